"""The parts of a verslag as a list: switched by checkbox, moved by dragging or key, and renamed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from sto_desktop.language import tr, tr_later
from sto_desktop.report.blocks.options import ANNEXES, FIXED_TITLE, Form, Part, ReportOptions, own_title
from sto_desktop.ui.base.keys import entry, hint
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import CheckBox, IconButton, LineEdit

HEIGHT = 32
_MEANINGS: dict[Part, str] = {
    Part.NOTES: tr_later("Elke notitie één keer, met wie het zei."),
    Part.OBSERVATIONS: tr_later("Wat de notulist zag, apart van wat het panel zei."),
    Part.WRITTEN: tr_later("Van wie er niet bij kon zijn; telt nergens mee als stem."),
    Part.DEBRIEF: tr_later("Alleen van wie dat bij de terugblik aankruiste."),
    Part.MEMBERS: tr_later("De namen van wie genoemd mag worden."),
    Part.ACCOUNT: tr_later("Hoe het gesprek is gehouden, naar de lijst van COREQ."),
}


def label_of(options: ReportOptions, part: Part) -> str:
    """Return the label of a part in the window."""
    title = options.title(part)
    annex = options.form is Form.EXTENDED and part in ANNEXES
    return tr("Bijlage: {title}", title=title[:1].lower() + title[1:]) if annex else title


class PartRow(QFrame):
    """One part: its checkbox, and a grip to drag it by. `renamed` carries the new name; empty restores its own."""

    renamed = Signal(str)
    rename_asked = Signal()
    dragged = Signal(int)
    let_go = Signal()
    stepped = Signal(int)
    reached = Signal()

    def __init__(self, theme: Appearance, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self.setFixedHeight(HEIGHT)
        self.box = CheckBox()
        self.box.setObjectName("part_shown")
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field = LineEdit(name=tr("Naam van het onderdeel"))
        self.field.hide()
        self.field.editingFinished.connect(self._finish)
        self.grip = IconButton(theme, "grip", tr("Verplaatsen"), hint=hint("move_part"), command="move_part")
        # No tab stop: `move_part` has a key as well.
        self.grip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.grip.setCursor(Qt.CursorShape.OpenHandCursor)
        # The row handles the mouse over the grip, because it does the dragging.
        self.grip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusProxy(self.box)
        self.box.installEventFilter(self)
        self.field.installEventFilter(self)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self.box, 1)
        inside.addWidget(self.field, 1)
        inside.addWidget(self.grip)
        self._pressed = False

    def show_part(self, options: ReportOptions) -> None:
        """Show the state of the part in these options."""
        label = label_of(options, self.part)
        self.box.setText(label)
        self.box.setChecked(options.includes(self.part))
        meaning = _MEANINGS.get(self.part, "")
        plain.set_tip(self.box, tr(meaning) if meaning else "")
        self.grip.set_name(tr("{part} verplaatsen", part=label), hint("move_part"))

    def rename(self, title: str) -> None:
        """Edit the name in place."""
        self.field.setText(title)
        self.field.selectAll()
        self.box.hide()
        self.field.show()
        self.field.setFocus()

    def _finish(self) -> None:
        if self.field.isHidden():
            return
        text = self.field.text()
        self._back()
        self.renamed.emit(text)

    def _back(self) -> None:
        had_focus = self.field.hasFocus()
        self.field.hide()
        self.box.show()
        if had_focus:
            self.box.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and watched is self.box:
            self.reached.emit()
        # Intercept the keys first: a QCheckBox moves the focus to its neighbour on arrow keys.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._take(watched, event):
            return True
        return super().eventFilter(watched, event)

    def _take(self, watched: QObject, event: QKeyEvent) -> bool:
        if watched is self.field:
            if event.key() == Qt.Key.Key_Escape:
                self._back()
            return event.key() == Qt.Key.Key_Escape
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.rename_asked.emit()
        else:
            return False
        return True

    def does(self) -> Mapping[str, Callable[[], object]]:
        """Return what can be done with this part, by command."""
        return {"move_part": partial(self.stepped.emit, -1), "rename_part": self.rename_asked.emit}

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self.grip.geometry().contains(event.position().toPoint())
        if not self._pressed:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed:
            self.dragged.emit(self.mapToParent(event.position().toPoint()).y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed:
            self._pressed = False
            self.let_go.emit()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.rename_asked.emit()


class PartsList(QWidget):
    """The list; `changed` carries the new `ReportOptions`; `looked_at` the part that got focus."""

    changed = Signal(object)
    looked_at = Signal(object)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._options = ReportOptions()
        self.rows: dict[Part, PartRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)

    @property
    def boxes(self) -> dict[Part, CheckBox]:
        """The checkbox of each visible part."""
        return {part: part_row.box for part, part_row in self.rows.items()}

    def show_options(self, options: ReportOptions) -> None:
        """Show options, without emitting `changed`; the row with focus keeps it."""
        self._options = options
        for part in [part for part in self.rows if part not in options.parts]:
            removed = self.rows.pop(part)
            self._layout.removeWidget(removed)
            removed.hide()
            removed.deleteLater()
        for at, part in enumerate(options.parts):
            if part not in self.rows:
                self.rows[part] = self._made(part)
            if self._layout.indexOf(self.rows[part]) != at:
                self._layout.insertWidget(at, self.rows[part])
            self.rows[part].show_part(options)
        for before, after in zip(options.parts, options.parts[1:], strict=False):
            QWidget.setTabOrder(self.rows[before].box, self.rows[after].box)

    def _made(self, part: Part) -> PartRow:
        made = PartRow(self._theme, part, self)
        made.reached.connect(partial(self.looked_at.emit, part))
        made.box.clicked.connect(lambda on: self.changed.emit(self._options.with_part(part, on)))
        made.renamed.connect(partial(self._rename, part))
        made.rename_asked.connect(partial(self._ask_name, part))
        made.stepped.connect(partial(self._step, part))
        made.dragged.connect(partial(self._drag, part))
        made.let_go.connect(self._drop)
        return made

    def _ask_name(self, part: Part) -> None:
        if part not in FIXED_TITLE:
            self.rows[part].rename(self._options.title(part))

    def _rename(self, part: Part, title: str) -> None:
        options = self._options.renamed(part, title)
        if options.title(part) != self._options.title(part):
            self.changed.emit(options)

    def _step(self, part: Part, by: int) -> None:
        to = self._options.parts.index(part) + by
        if 0 <= to < len(self._options.parts):
            self.changed.emit(self._options.moved(part, to))

    def _drag(self, part: Part, y: int) -> None:
        to = max(0, min(y // (HEIGHT + self._layout.spacing()), len(self.rows) - 1))
        if self._layout.indexOf(self.rows[part]) != to:
            self._layout.insertWidget(to, self.rows[part])

    def _drop(self) -> None:
        order = sorted(self.rows, key=lambda part: self._layout.indexOf(self.rows[part]))
        moved = next((part for part, old in zip(order, self._options.parts, strict=True) if part is not old), None)
        if moved is not None:
            self.changed.emit(self._options.ordered(order))

    def does(self) -> Mapping[str, Callable[[], object]]:
        """Return what can be done with the focused part, by command."""
        part = next((part for part, line in self.rows.items() if line.isAncestorOf(self.focusWidget() or self)), None)
        if part is None or part not in self._options.titles:
            return {}
        return {"part_own_name": partial(self._rename, part, "")}

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        part = next(
            (candidate.part for candidate in self.rows.values() if candidate.geometry().contains(event.pos())), None
        )
        if part is not None:
            self._menu(part, event.globalPos())

    def _menu(self, part: Part, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place, last = self._options.parts.index(part), len(self._options.parts) - 1
        if part not in FIXED_TITLE:
            entry(menu, "rename_part", lambda: self._ask_name(part), tr("Anders noemen…"))
            name = tr("Weer «{name}» noemen", name=own_title(self._options.form, part))
            own = entry(menu, "part_own_name", partial(self._rename, part, ""), name)
            own.setEnabled(part in self._options.titles)
            menu.addSeparator()
        entry(menu, "move_part", lambda: self._step(part, -1), tr("Omhoog")).setEnabled(place > 0)
        entry(menu, "move_part", lambda: self._step(part, 1), tr("Omlaag"), hint_shown=False).setEnabled(place < last)
        ordered = entry(menu, "parts_order", lambda: self.changed.emit(self._options.ordered([])))
        ordered.setEnabled(bool(self._options.order))
        menu.popup(at)
