"""The frame of every dialog: heading, explanation, what the dialog is for, and buttons that keys press as well."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.base.keys import shown
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import Role, Space, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets.buttons import Button, ButtonKind
from sto_desktop.ui.widgets.frames import TopBar, row
from sto_desktop.ui.widgets.text import TextLabel

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Dialog(QDialog):
    """Put content in `body`, then the answers with `add_buttons`.

    The key that a button shows (`hint`) presses it wherever the keyboard is, unless a field takes that key for itself;
    Enter that no button shows does nothing. Esc closes. The dialog becomes higher when its texts do, so that nothing is
    cut off. One that is shown with `open` is deleted once it is closed.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        about: str = "",
        parent: QWidget | None = None,
        *,
        heading: str | None = None,
        style: TextStyle = TextStyle.QUESTION,
    ) -> None:
        """`heading` stands in the dialog where that is something else than the window's title; empty: none."""
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(plain.title(title))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        self.body.setSpacing(Space.M)
        self.heading = TextLabel(theme, title if heading is None else heading, style)
        self.about = TextLabel(theme, "", TextStyle.BODY, Role.MUTED)
        # Shown before it is in the layout, a label would be a window of its own for a moment.
        self.body.addWidget(self.heading)
        self.body.addWidget(self.about)
        self.heading.setVisible(heading != "")
        self.say_about(about)

    def say_about(self, text: str) -> None:
        """Explain under the heading what the dialog is about; an empty text takes the line away."""
        self.about.setText(text)
        self.about.setVisible(bool(text))

    def add_buttons(self, *answers: Button, close: str | None = None, beside: Sequence[Button] = ()) -> QHBoxLayout:
        """Add the row at the foot and return it: `beside` on the left, then the button that closes, then `answers`.

        `close` is the word of the button that closes, which Esc does as well: "Annuleren" unless said, empty for none.
        """
        closing: list[QWidget] = []
        if close != "":
            self.close_button = Button(self._theme, close or tr("Annuleren"), hint="Esc", on_click=self.reject)
            closing.append(self.close_button)
        foot = row(*beside, None, *closing, *answers)
        self.body.addSpacing(Space.S)
        self.body.addLayout(foot)
        return foot

    def as_sheet(self) -> None:
        """Take the whole width for a bar with the title, as a stage has: for a dialog nearly as large as the window."""
        self.heading.hide()
        outer = self._layout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.insertWidget(0, TopBar(self._theme, self.windowTitle()))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(Space.XL, Space.M, Space.XL, Space.L)
        self.body.setSpacing(Space.M)
        outer.addLayout(self.body, 1)

    def open(self) -> None:
        """Show the dialog over its window, which waits; once closed it is deleted."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        super().open()

    def ask(self) -> bool:
        """Show the dialog and wait until it is accepted or not; it is deleted when the caller has returned to Qt."""
        accepted = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return accepted

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that shows this key."""
        enter = event.key() in ENTER
        # The number pad has an Enter and a Delete too; a letter such as € is no member of Qt's list of keys.
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence((Qt.Key.Key_Return if enter else event.key()) | modifiers.value)
        key = shown(pressed.toString(QKeySequence.SequenceFormat.PortableText))
        buttons = [button for button in self.findChildren(Button) if button.hint == key and button.isVisible()]
        here = next((button for button in buttons if button.window() is self), None)
        if here is not None and event.key() != Qt.Key.Key_Escape:
            if not event.isAutoRepeat():
                here.click()
        elif not enter:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        # Last: after the event that deletes it there is no dialog to ask.
        return super().event(event)

    def setVisible(self, visible: bool) -> None:
        """Begin, unless a size was given, with the height that the texts need at the width that the dialog gets."""
        if visible and not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.ensurePolished()
            width = max(self.sizeHint().width(), self.minimumWidth())
            self.resize(width, max(self._layout().totalHeightForWidth(width), self.minimumHeight()))
            self.setAttribute(Qt.WidgetAttribute.WA_Resized, False)
        super().setVisible(visible)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._grow()

    def _grow(self) -> None:
        """Take the height that the texts need at this width."""
        needed = self._layout().totalMinimumHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)

    def _layout(self) -> QVBoxLayout:
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout


class ConfirmDialog(Dialog):
    """A question before something that is hard to take back. Esc and the left button mean no."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        text: str,
        confirm: str,
        *,
        cancel: str = "",
        danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, title, text, parent, style=TextStyle.TITLE)
        self.setMinimumWidth(420)
        self.cancel_button = Button(theme, cancel or tr("Annuleren"), on_click=self.reject)
        kind = ButtonKind.DANGER if danger else ButtonKind.PRIMARY
        self.confirm_button = Button(theme, confirm, kind=kind, on_click=self.accept)
        self.add_buttons(self.cancel_button, self.confirm_button, close="")
        (self.cancel_button if danger else self.confirm_button).setFocus()
