"""After a theme, for a moderator who works alone: three lines in sixty seconds for what could not be
written during it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.live.left_theme import LeftTheme, three_lines_place
from sto_desktop.language import tr
from sto_desktop.ui.conversation.live.kept_draft import KeptDraft
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import ENTER, Dialog, LineEdit, PrimaryButton, TextLabel, expanding, row

SECONDS = 60
WIDTH = 680


class ThreeLines(Dialog):
    """The dialog; `write` saves a line, on Enter and at the end, and returns whether it could. Nothing ends it but the
    user. `about`: the theme, with what was typed before the program stopped."""

    def __init__(
        self,
        theme: Appearance,
        live: LiveConversation,
        title: str,
        about: LeftTheme,
        write: Callable[[str], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            tr("Drie regels, zestig seconden"),
            tr(
                "Wat zei het panel over «{theme}» dat u niet kon opschrijven? Tekens en @ werken als altijd.",
                theme=title,
            ),
            parent,
        )
        self._about = about
        self._save = write
        self.setMinimumWidth(WIDTH)
        self._session = live.session
        self._began = self._session.monotonic()
        self.left = TextLabel(theme, "", TextStyle.CLOCK, lines=1, tabular=True)
        self._hint = TextLabel(
            theme,
            tr("Enter bewaart een regel. Een lege regel, en u gaat verder."),
            TextStyle.SECONDARY,
            ColourRole.MUTED,
        )
        self.body.addLayout(row(self.left, Space.M, expanding(self._hint)))
        self.lines = [LineEdit(name=tr("Regel {n}", n=number), placeholder=str(number)) for number in (1, 2, 3)]
        self.kept = KeptDraft(live.session, three_lines_place(live.rows.panel.id), self._unsaved, self)
        for line in self.lines:
            line.textChanged.connect(self.kept.keep_soon)
            self.body.addWidget(line)
        for line, text in zip(self.lines, about.lines, strict=False):
            line.setText(text)
        self.go_on = PrimaryButton(theme, tr("Verder"), hint="Ctrl Enter", on_click=self.accept)
        self.add_buttons(self.go_on, close="")
        live.clock.ticked.connect(self._count)
        self._count()
        self.lines[0].setFocus()

    def open(self) -> None:
        """Show the dialog, with the cursor behind what was typed before."""
        super().open()
        self.lines[0].end(False)

    def _count(self) -> None:
        seconds = max(0, SECONDS - round(self._session.monotonic() - self._began))
        self.left.setText(str(seconds))
        self.left.set_role(ColourRole.INK if seconds > SECONDS // 6 else ColourRole.WARN_TEXT)
        if not seconds:
            self._hint.setText(tr("De tijd is om. Maak rustig af wat u schrijft; alles wordt bewaard."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.focusWidget()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in ENTER and plain and isinstance(line, LineEdit) and not event.isAutoRepeat():
            self._keep(line)
        else:
            super().keyPressEvent(event)

    def _keep(self, line: LineEdit) -> None:
        """Save a line and go to the next. After the last line, or an empty one, the conversation goes on."""
        typed = bool(line.text().strip())
        self._write(line)
        free = [line_left for line_left in self.lines if not line_left.isReadOnly()]
        if typed and free:
            free[0].setFocus()
        else:
            self.accept()

    def _write(self, line: LineEdit) -> None:
        text = line.text().strip()
        if text and not line.isReadOnly() and self._save(text):
            # From here on it is a note, to be changed where notes are.
            line.setReadOnly(True)
            line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.kept.keep()

    def _unsaved(self) -> str:
        texts = (line.text().strip() for line in self.lines if not line.isReadOnly())
        return replace(self._about, lines=tuple(filter(None, texts))).encode()

    def done(self, result: int) -> None:
        """Save what was typed, also when Esc closes it."""
        for line in self.lines:
            self._write(line)
        # What could not be saved is there again when the conversation is opened.
        self.kept.keep()
        super().done(result)
