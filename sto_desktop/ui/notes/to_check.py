"""What a person should know of a file that was just made: how people are called in it, and what may be a name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from sto_desktop.domain.privacy.naming import NameMode
from sto_desktop.domain.privacy.redaction import ToCheck
from sto_desktop.language import counted, tr
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets import Dialog, TextEdit


class ToCheckDialog(Dialog):
    """One list that can be read, searched by eye and copied; nothing in it can be changed here."""

    def __init__(self, theme: Theme, file: str, found: Sequence[ToCheck], parent: QWidget | None = None) -> None:
        """`file`: what the file is called."""
        about = tr(
            "In «{file}» staat dit misschien voor een panellid, misschien is het een gewoon woord of iemand anders. "
            "Klopt er iets niet, verander dan de tekst in het dossier en maak het bestand opnieuw.",
            file=file,
        )
        heading = counted(len(found), "{n} plaats om na te kijken", "{n} plaatsen om na te kijken")
        super().__init__(theme, tr("Nakijken"), about, parent, heading=heading)
        self.resize(680, 520)
        self.places = TextEdit("\n\n".join(map(_told, found)), name=tr("Plaatsen om na te kijken"))
        self.places.setReadOnly(True)
        self.body.addWidget(self.places, 1)
        self.add_buttons(close=tr("Sluiten"))
        self.places.setFocus()


def _told(item: ToCheck) -> str:
    if item.becomes is None:
        what = tr("«{words}» blijft staan", words=item.words)
    else:
        what = tr("«{words}» werd «{becomes}»", words=item.words, becomes=item.becomes)
    return f"{what}\n{item.sentence}"


def said_names(names: NameMode | None) -> str:
    """Return in a word how people are called in a file; None: as they stand in the dossier."""
    match names:
        case NameMode.FULL:
            return tr("voluit")
        case NameMode.ROLE:
            return tr("rol")
        case NameMode.PSEUDONYM:
            return tr("pseudoniem")
        case None:
            return tr("alles")


def show_what_to_check(theme: Theme, file: str, found: Sequence[ToCheck], window: QWidget) -> None:
    """Show over a window what should be looked at in a file; nothing where there is nothing."""
    if not found:
        return
    ToCheckDialog(theme, file, found, window).open()
