"""The language of Qt's own dialogs, and Qt's locale for dates and numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from sto_desktop.language import speak


def locale() -> QLocale:
    """Return the locale for dates and numbers: that of the program's language, not of the system."""
    return QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands)


def install_qt(app: QCoreApplication) -> None:
    """Install Qt's Dutch translations for its own dialogs, if the program's language is Dutch and Qt ships them."""
    translator = QTranslator(app)
    if translator.load("qtbase_nl", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def install(language: str) -> bool:
    """Switch to a language; Dutch needs no catalogue. False: no catalogue exists, and the program stays Dutch.

    From then on Qt's widgets show dates and numbers the Dutch way, whatever the system's locale.
    """
    QLocale.setDefault(locale())
    return speak(language)
