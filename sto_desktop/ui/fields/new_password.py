"""A field for a new password: its strength, and what having or not having one means."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout

from sto_desktop.language import tr, tr_later
from sto_desktop.ui.look.roles import CONTROL_HEIGHT, ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import CheckBox, FormField, LineEdit, TextLabel, row

STRENGTHS = (tr_later("zeer zwak"), tr_later("zwak"), tr_later("matig"), tr_later("sterk"), tr_later("zeer sterk"))
# Of the strengths 0 to 4: what zxcvbn calls "safely unguessable".
GOOD_ENOUGH = 3
_SHORTEST = 8
_NOTE_HEIGHT = 38
"""Height of two lines."""


def strength(password: str) -> int:
    """Return how hard a password is to guess, 0 to 4; see Wheeler, *zxcvbn* (USENIX Security 2016)."""
    if not password:
        return 0
    from zxcvbn import zxcvbn

    # zxcvbn raises ValueError for longer texts.
    return int(zxcvbn(password[:72])["score"])


class NewPassword(QVBoxLayout):
    """The field with a strength bar under it; `changed` on every edit, `shown` is whether the letters are visible.

    `without` is the note while the field is empty, `forgotten` the one about what happens if the password is forgotten.
    """

    changed = Signal()

    def __init__(self, theme: Appearance, label: str, without: str, forgotten: str, *, placeholder: str = "") -> None:
        super().__init__()
        self._without = without
        self._forgotten = forgotten
        self.setSpacing(Space.M)
        self.edit = LineEdit(name=label, placeholder=placeholder)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.shown = CheckBox(tr("Tonen"))
        self.shown.toggled.connect(self._show_password)
        across = row(FormField(theme, label, self.edit), spacing=Space.M)
        across.addWidget(self.shown, 0, Qt.AlignmentFlag.AlignBottom)
        self.shown.setMinimumHeight(CONTROL_HEIGHT)
        self.addLayout(across)
        self.bar = QProgressBar()
        self.bar.setRange(0, len(STRENGTHS) - 1)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Sterkte van het wachtwoord"))
        # A fixed height, so that the dialog does not change size during typing.
        keeps = self.bar.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(keeps)
        self.addWidget(self.bar)
        self._note = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self._note.setMinimumHeight(_NOTE_HEIGHT)
        self.addWidget(self._note)
        # Estimating the strength is too slow for every key press.
        self._judge = QTimer(self, singleShot=True, interval=150)
        self._judge.timeout.connect(self._show_strength)
        self.edit.textChanged.connect(self._judge.start)
        self.edit.textChanged.connect(self.changed)
        self._show_strength()

    def set_enabled(self, enabled: bool) -> None:
        """Enable or disable typing."""
        self.edit.setEnabled(enabled)
        self.shown.setEnabled(enabled)

    def text(self) -> str:
        """Return the password."""
        return self.edit.text()

    def _show_password(self, shown: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.changed.emit()

    def _show_strength(self) -> None:
        password = self.edit.text()
        self.bar.setVisible(bool(password))
        if not password:
            self._note.setText(self._without)
            self._note.set_role(ColourRole.MUTED)
            return
        score = strength(password)
        self.bar.setValue(score)
        self._note.setText(f"{tr('Sterkte: {how}.', how=tr(STRENGTHS[score]))} {self._forgotten}")
        weak = score < GOOD_ENOUGH or len(password) < _SHORTEST
        self._note.set_role(ColourRole.WARN_TEXT if weak else ColourRole.MUTED)
