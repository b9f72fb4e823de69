"""The language of the window: Dutch is the source, translations are Qt's own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from sto_desktop.domain.dutch import filled
from sto_desktop.resources import resource

CONTEXT = "STO"
TRANSLATIONS = resource("translations")


def tr(text: str, **values: object) -> str:
    """Return `text` in the language of the window; `values` fill its `{names}`."""
    translated = QCoreApplication.translate(CONTEXT, text)
    return filled(translated, values) if values else translated


def counted(count: int, one: str, many: str) -> str:
    """Return "1 notitie" or "3 notities": `one` and `many` are source texts in which `{n}` stands for the number."""
    return tr(one if count == 1 else many, n=count)


def listed(parts: list[str]) -> str:
    """Return "a, b en c"."""
    if len(parts) < 2:
        return "".join(parts)
    return tr("{first} en {last}", first=", ".join(parts[:-1]), last=parts[-1])


def locale() -> QLocale:
    """Return the locale for dates and numbers: that of the program's language, not of the computer."""
    return QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands)


def available_languages(folder: Path = TRANSLATIONS) -> tuple[str, ...]:
    """Return the codes of the languages that can be chosen: Dutch, and what has a compiled translation."""
    return ("nl", *sorted(file.stem.removeprefix("sto_") for file in folder.glob("sto_*.qm")))


def install_qt(app: QCoreApplication) -> None:
    """Let Qt's own dialogs speak Dutch, where the language of the program is Dutch and Qt brought the words along."""
    translator = QTranslator(app)
    if translator.load("qtbase_nl", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def install(app: QCoreApplication, language: str, folder: Path = TRANSLATIONS) -> bool:
    """Load the translation of `language` into the application; Dutch needs none. False: there is no such file.

    Dates and numbers in Qt's own widgets are Dutch from then on, whatever the computer's own way.
    """
    QLocale.setDefault(locale())
    if language == "nl":
        return True
    translator = QTranslator(app)
    if not translator.load(f"sto_{language}", str(folder)):
        return False
    return app.installTranslator(translator)
