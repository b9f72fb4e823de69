"""The frame of every dialog: heading, explanation, content, and buttons that also respond to their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.base.keys import shown
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.buttons import Button, ButtonKind
from sto_desktop.ui.widgets.drafts import drafts_of, fields_of, is_changed, text_of, type_over
from sto_desktop.ui.widgets.frames import ScrollColumn, TopBar, row
from sto_desktop.ui.widgets.text import TextLabel

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

FRAME = QSize(8, 40)
"""Space that a window manager takes around a dialog, in device-independent pixels: a title bar and a border."""

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


class _Content(QWidget):
    """The scrolling part of a dialog. It scrolls only when its fields and lists are at their minimum height."""

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(width) if layout is not None else -1


class Dialog(QDialog):
    """Put content in `body`, then add the buttons with `add_buttons`.

    A key shown on a button (`hint`) presses that button wherever the focus is, unless a field handles the key itself.
    In every dialog Enter presses the main button, except where a field of several lines needs it; Ctrl+Enter does so
    everywhere. A dangerous action has no main button. Esc closes without discarding anything: changed texts return when
    the dialog is opened again with the same `about_row` (an id), and Ctrl+Z removes them.
    The dialog grows with its texts, up to the size of its screen; then it scrolls, with the buttons always visible. A
    dialog shown with `open` is deleted once closed.
    """

    about_row = ""

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
        inside = _Content()
        self.scrolling = ScrollColumn(inside=inside)
        # Unlike a column in a page, a dialog may be narrower than its content on a small screen.
        self.scrolling.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.body = self.scrolling.body
        inside.installEventFilter(self)
        self.body.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.M)
        self.body.setSpacing(Space.M)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(Space.XL, Space.S, Space.XL, Space.L)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(self.scrolling, 1)
        self._outer.addLayout(self._foot)
        self.heading = TextLabel(theme, title if heading is None else heading, style)
        self.about = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED)
        # Only its layout makes it visible: without a parent, a label would briefly be a window of its own.
        self.body.addWidget(self.heading)
        self.body.addWidget(self.about)
        self.main: Button | None = None
        self._met = False
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
        self.main = next((answer for answer in answers if answer.kind is ButtonKind.PRIMARY), None)
        if self.main is not None and not self.main.hint:
            self.main.set_hint(shown("Return"))
        foot = row(*beside, None, *closing, *answers)
        self._foot.addLayout(foot)
        return foot

    def as_sheet(self) -> None:
        """Show the title in a full-width bar, as a stage does: for a dialog nearly as large as the window."""
        self.heading.hide()
        self._outer.insertWidget(0, TopBar(self._theme, self.windowTitle()))
        self.body.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)

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
        # The number pad has its own codes for Enter and Delete. Keys such as € are not members of Qt's enum.
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence((Qt.Key.Key_Return if enter else event.key()) | modifiers.value)
        key = shown(pressed.toString(QKeySequence.SequenceFormat.PortableText))
        buttons = [button for button in self.findChildren(Button) if button.hint == key and button.isVisible()]
        own_button = next((button for button in buttons if button.window() is self), None)
        if own_button is None and enter and not modifiers & ~Qt.KeyboardModifier.ControlModifier:
            own_button = self.main if self.main is not None and self.main.isVisible() else None
        # Esc always closes, whatever the buttons are.
        if own_button is not None and event.key() != Qt.Key.Key_Escape:
            if not event.isAutoRepeat():
                own_button.click()
        elif enter and modifiers & Qt.KeyboardModifier.ControlModifier:
            # Without a main button it leaves the field, as in a stage.
            self.setFocus()
        elif not enter:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The content needs another layout, which its scroll area does not pass on.
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._fit(self.width(), self.height())
        return super().eventFilter(watched, event)

    def setVisible(self, visible: bool) -> None:
        """When first shown, take the size that the caller chose, or that of the content."""
        if visible and not self.isVisible():
            # Before the style sheet is applied, the sizes of the content are not final.
            self.ensurePolished()
            chosen = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
            wanted = self.width() if chosen else max(self.body.sizeHint().width(), self._outer.sizeHint().width())
            width = max(wanted, self.body.minimumSize().width())
            self._fit(width, self.height() if chosen else self._height(width, least=False))
            if not self._met:
                self._met = True
                self._take_up_draft()
        super().setVisible(visible)

    def done(self, result: int) -> None:
        """Close. Typed text is kept as a draft unless the dialog was accepted."""
        drafts = drafts_of(self)
        if drafts is not None and self._met:
            texts = self.typed_texts() if result != QDialog.DialogCode.Accepted else {}
            drafts.kept.pop(self.draft_key(), None)
            if texts:
                drafts.kept[self.draft_key()] = texts
        super().done(result)

    def typed_texts(self) -> dict[str, str]:
        """Return the texts that the user changed, by field."""
        return {name: text_of(field) for name, field in fields_of(self) if is_changed(field)}

    def type_again(self, texts: Mapping[str, str]) -> None:
        """Type these texts in their fields again."""
        for name, field in fields_of(self):
            if name in texts:
                type_over(field, texts[name])

    def draft_key(self) -> tuple[str, str, str]:
        return type(self).__name__, self.windowTitle(), self.about_row

    def _take_up_draft(self) -> None:
        drafts = drafts_of(self)
        texts = drafts.kept.get(self.draft_key()) if drafts is not None else None
        if texts:
            self.type_again(texts)
            again = tr("Wat u hier eerder typte en niet bewaarde, staat er weer. Ctrl Z haalt het weg.")
            self.body.insertWidget(2, TextLabel(self._theme, again, TextStyle.SECONDARY, ColourRole.WARN_TEXT))

    def _fit(self, width: int, height: int) -> None:
        """Take this size, higher if the texts need it, and no larger than the screen."""
        screen = self.screen().availableGeometry().size() - FRAME
        self.setMinimumSize(self.minimumSize().boundedTo(screen))
        width = min(max(width, self.minimumWidth()), screen.width())
        height = max(height, self._height(width, least=True))
        self.resize(width, min(height, screen.height()))

    def _height(self, width: int, *, least: bool) -> int:
        """Return the height that the content asks for at a width, or the minimum that it can do with."""
        body = self.body
        if body.hasHeightForWidth():
            inside = body.minimumHeightForWidth(width) if least else body.heightForWidth(width)
        else:
            inside = (body.minimumSize() if least else body.sizeHint()).height()
        bar = next((top.height() for top in self.findChildren(TopBar, options=DIRECT)), 0)
        return max(bar + inside + self._foot.sizeHint().height(), self.minimumHeight())


class FormDialog(Dialog):
    """A form with several fields, some of them for texts of several lines."""

    def add_form_buttons(self) -> None:
        """Add the button that saves, and the one that closes."""
        self.save_button = Button(
            self._theme, tr("Bewaren"), kind=ButtonKind.PRIMARY, hint="Ctrl Enter", on_click=self.accept
        )
        self.add_buttons(self.save_button)

    def ask_until(self, keep: Callable[[], object]) -> None:
        """Reopen the dialog until `keep` succeeds or it is cancelled."""
        while self.exec() and not keep():
            pass
        self.deleteLater()


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
