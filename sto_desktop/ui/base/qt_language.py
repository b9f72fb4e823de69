"""The language of Qt's own dialogs, and Qt's locale for dates and numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from sto_desktop.language import speak


def locale() -> QLocale:
    """Return the locale for dates and numbers: that of the program's language, not of the computer."""
    return QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands)


def install_qt(app: QCoreApplication) -> None:
    """Let Qt's own dialogs speak Dutch, where the language of the program is Dutch and Qt brought the words along."""
    translator = QTranslator(app)
    if translator.load("qtbase_nl", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def install(language: str) -> bool:
    """Speak a language; Dutch needs no catalogue. False: there is none, and the program goes on in Dutch.

    Dates and numbers in Qt's own widgets are Dutch from then on, whatever the computer's own way.
    """
    QLocale.setDefault(locale())
    return speak(language)
