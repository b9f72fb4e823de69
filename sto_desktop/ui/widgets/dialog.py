"""The frame of every dialog: heading, explanation, content, and buttons that also respond to their keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.base.keys import shown
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.buttons import Button, ButtonKind
from sto_desktop.ui.widgets.frames import TopBar, row
from sto_desktop.ui.widgets.text import TextLabel

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Dialog(QDialog):
    """Put content in `body`, then add the buttons with `add_buttons`.

    A key shown on a button (`hint`) presses that button wherever the focus is, unless a field handles the key itself;
    Enter does nothing if no button shows it. Esc closes. The dialog grows with its texts, so that nothing is cut off. A
    dialog shown with `open` is deleted once closed.
    """

    def __init__(
        self,
        theme: Appearance,
        title: str,
        about: str = "",
        parent: QWidget | None = None,
        *,
        heading: str | None = None,
        style: TextStyle = TextStyle.QUESTION,
    ) -> None:
        """`heading` is shown in the dialog if it differs from the window's title; empty: none."""
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(plain.title(title))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        self.body.setSpacing(Space.M)
        self.heading = TextLabel(theme, title if heading is None else heading, style)
        self.about = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED)
        # Made visible only by its layout: without a parent a label would briefly be a window of its own.
        self.body.addWidget(self.heading)
        self.body.addWidget(self.about)
        self.heading.setVisible(heading != "")
        self.say_about(about)

    def say_about(self, text: str) -> None:
        """Set the explanation under the heading; an empty text removes the line."""
        self.about.setText(text)
        self.about.setVisible(bool(text))

    def add_buttons(self, *answers: Button, close: str | None = None, beside: Sequence[Button] = ()) -> QHBoxLayout:
        """Add the row of buttons and return it: `beside` on the left, then the button that closes, then `answers`.

        `close` is the text of the button that closes, as Esc does: "Annuleren" by default, empty for no button.
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
        """Show the title in a full-width bar, as a stage does: for a dialog nearly as large as the window."""
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
        """Show the dialog, modal to its window; it is deleted once closed."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        super().open()

    def ask(self) -> bool:
        """Show the dialog and wait for the answer; return whether it was accepted. It is deleted when control returns
        to Qt."""
        accepted = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return accepted

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that shows this key."""
        enter = event.key() in ENTER
        # The number pad has its own Enter and Delete codes; keys such as € are not members of Qt's enum.
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence((Qt.Key.Key_Return if enter else event.key()) | modifiers.value)
        key = shown(pressed.toString(QKeySequence.SequenceFormat.PortableText))
        buttons = [button for button in self.findChildren(Button) if button.hint == key and button.isVisible()]
        own_button = next((button for button in buttons if button.window() is self), None)
        # Esc always closes, whatever the buttons say.
        if own_button is not None and event.key() != Qt.Key.Key_Escape:
            if not event.isAutoRepeat():
                own_button.click()
        elif not enter:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        # Last, because the event may delete the dialog.
        return super().event(event)

    def setVisible(self, visible: bool) -> None:
        """When first shown without a given size, take the height that the texts need at the dialog's width."""
        if visible and not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.ensurePolished()
            width = max(self.sizeHint().width(), self.minimumWidth())
            self.resize(width, max(self._layout().totalHeightForWidth(width), self.minimumHeight()))
            # `resize` sets this flag, which here must mean that the caller chose a size.
            self.setAttribute(Qt.WidgetAttribute.WA_Resized, False)
        super().setVisible(visible)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._grow()

    def _grow(self) -> None:
        """Grow to the height that the texts need at this width."""
        needed = self._layout().totalMinimumHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)

    def _layout(self) -> QVBoxLayout:
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout


class ConfirmDialog(Dialog):
    """Confirms an action that is hard to undo. Esc and the left button cancel."""

    def __init__(
        self,
        theme: Appearance,
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
        # Enter must not confirm something dangerous by accident.
        (self.cancel_button if danger else self.confirm_button).setFocus()
