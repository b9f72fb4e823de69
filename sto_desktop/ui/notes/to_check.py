"""What to check in a file just written: possible names left in texts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from sto_desktop.domain.dutch import capital
from sto_desktop.domain.privacy.to_check import ToCheck
from sto_desktop.language import counted, tr
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Dialog, TextEdit


class ToCheckDialog(Dialog):
    """A read-only list, whose text can be copied."""

    def __init__(self, theme: Appearance, file: str, remarks: Sequence[ToCheck], parent: QWidget | None = None) -> None:
        """`file`: name of the file."""
        about = tr(
            "In «{file}» staat dit misschien voor een panellid, misschien is het een gewoon woord of iemand anders. "
            "Klopt er iets niet, verander dan de tekst in het dossier en maak het bestand opnieuw.",
            file=file,
        )
        heading = counted(len(remarks), "{n} plaats om na te kijken", "{n} plaatsen om na te kijken")
        super().__init__(theme, tr("Nakijken"), about, parent, heading=heading)
        self.resize(680, 520)
        self.places = TextEdit("\n\n".join(map(_told, remarks)), name=tr("Plaatsen om na te kijken"))
        self.places.setReadOnly(True)
        self.body.addWidget(self.places, 1)
        self.add_buttons(close=tr("Sluiten"))
        self.places.setFocus()


def _told(remark: ToCheck) -> str:
    if remark.becomes is None:
        outcome = tr("«{words}» blijft staan", words=remark.words)
    else:
        outcome = tr("«{words}» werd «{becomes}»", words=remark.words, becomes=remark.becomes)
    return "\n".join(filter(None, (outcome, remark.sentence, capital(remark.why))))


def show_what_to_check(theme: Appearance, file: str, remarks: Sequence[ToCheck], window: QWidget) -> None:
    """Show over a window what to check in a file; nothing if there is nothing."""
    if not remarks:
        return
    ToCheckDialog(theme, file, remarks, window).open()
