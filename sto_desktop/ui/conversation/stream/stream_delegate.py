"""Paints the rows of the stream, and creates the editors that change them in place."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    QSizeF,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from sto_desktop.domain.capture.chips import Chips
from sto_desktop.domain.live.draft import CorrectionDraft
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.language import tr
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.conversation.capture.capture_edit import CaptureEdit
from sto_desktop.ui.conversation.capture.understood import withheld_in
from sto_desktop.ui.conversation.capture.vocabulary import Vocabulary
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.stream.stream_model import Index, StreamModel
from sto_desktop.ui.conversation.stream.stream_row import SIDE, TEXT_LEFT, StreamRow, set_row, stream_names
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import TextLabel

MOST_PICTURES = 80


class StreamEditor(QFrame):
    """The editor over a note's text: the note in the capture language."""

    def __init__(
        self, theme: Appearance, live: LiveConversation, settings: SettingsStore, note: NoteContent, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._live = live
        self.note = note
        self.began = note.question
        """The question under which the note stood when it was taken up."""
        self.seen = live.session.dossier.seq
        self.kept = False
        """Whether the text was already saved, other than by `StreamDelegate.keep_asked`."""
        self.failed = False
        """Whether saving failed: the receiver of `StreamDelegate.keep_asked` sets it."""
        self.edit = CaptureEdit(
            theme,
            Vocabulary(live, settings),
            name=tr("Notitie wijzigen: Enter bewaart"),
            parent=self,
        )
        self.edit.set_discreet(live.discreet)
        self.edit.put_back(note)
        self._before = self.edit.line.state
        self.edit.move(8, 6)
        self._withheld = TextLabel(theme, "", TextStyle.SECONDARY_STRONG, ColourRole.WARN_TEXT, lines=1, parent=self)
        self._withheld.setVisible(False)
        self.show_withheld()
        self.setFocusProxy(self.edit)

    def follow(self, note: NoteContent) -> None:
        """Apply changes made elsewhere to the note's chips. The text stays, since it is being edited here."""
        before, self.note = Chips.of(self.note), note
        now = Chips.of(note)
        if before != now:
            self._before = replace(self._before, chips=self._before.chips.following(before, now))
            self.edit.follow_chips(before, now)

    @property
    def draft(self) -> CorrectionDraft:
        """The correction so far, for who opens the dossier after a crash."""
        edit = self.edit
        return CorrectionDraft(self.note.id, edit.source, edit.quote, edit.chips, Chips.of(self.note), self.seen)

    def resume(self, draft: CorrectionDraft) -> None:
        """Go on with a correction at which the program stopped; what the note got elsewhere since is in it too."""
        self.seen = min(self.seen, draft.seen)
        chips = draft.chips.following(draft.had, Chips.of(self.note))
        self.edit.put_back_as(self.note, draft.text, chips, quote=draft.quote)

    @property
    def changed(self) -> bool:
        """Whether the edited note differs from the saved one."""
        state = self.edit.line.state
        return (state.source, state.chips) != (self._before.source, self._before.chips) or self.edit.quote

    def show_withheld(self) -> bool:
        """Name below the field the members in the text who do not take part; return whether this list changed."""
        rows = self._live.rows
        words = withheld_in(self.edit.captured, rows.panelists, rows.member, self.note)
        if words == self._withheld.text():
            return False
        self._withheld.setText(words)
        self._withheld.setVisible(bool(words))
        return True

    @property
    def wanted_height(self) -> int:
        """Height of the row that the editor needs, in px."""
        warning_height = 0 if self._withheld.isHidden() else self._withheld.sizeHint().height() + 4
        return self.edit.height() + warning_height + 12 + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.edit.setFixedWidth(self.width() - 16)
        self._withheld.setGeometry(
            8, self.edit.geometry().bottom() + 5, self.width() - 16, self._withheld.sizeHint().height()
        )
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setColor(self._theme.color(ColourRole.PRIMARY))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.setBrush(self._theme.color(ColourRole.SURFACE))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)


class StreamDelegate(QStyledItemDelegate):
    """Paints notes and creates their editors.

    `keep_asked` carries a `StreamEditor` whose text should be saved, `split_asked` one whose note should be split at
    the cursor; `editor_resized` its index and the editor; `editor_gone`: no editor is open any more; `members_lost`
    carries people who are named in the editor and no longer members; `typed`: the line in the editor changed;
    `cursor_moved`: its cursor moved.
    """

    keep_asked = Signal(object)
    split_asked = Signal(object)
    editor_resized = Signal(object, object)
    editor_gone = Signal()
    members_lost = Signal(tuple)
    typed = Signal()
    cursor_moved = Signal()

    def __init__(
        self, theme: Appearance, live: LiveConversation, settings: SettingsStore, stream: StreamModel, view: QTableView
    ) -> None:
        super().__init__(view)
        self._settings = settings
        self._theme = theme
        self._live = live
        self._stream = stream
        self._view = view
        self._rows: dict[str, tuple[NoteContent, StreamRow]] = {}
        self._pictures: dict[str, tuple[StreamRow, QPixmap]] = {}
        theme.changed.connect(self._pictures.clear)
        self.editing: str | None = None
        self._names = stream_names(live.rows.panelists)

    def forget(self) -> None:
        """Forget the layout of all rows: names of members changed."""
        self._names = stream_names(self._live.rows.panelists)
        self._rows.clear()
        self._pictures.clear()

    def row_for(self, note: NoteContent, width: int) -> StreamRow:
        """Return the layout of a note's row."""
        cached = self._rows.get(note.id)
        if cached is not None and cached[0] is note and cached[1].width == width:
            return cached[1]
        row = set_row(self._theme, note, width, self._names)
        self._rows[note.id] = (note, row)
        return row

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, self.row_for(self._stream.notes[index.row()], width).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        note = self._stream.notes[index.row()]
        row = self.row_for(note, rect.width())
        state = option.state
        chosen = bool(state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver))
        # Only a plain row at its own height can be painted from the cache.
        if not chosen and note.id != self.editing and rect.height() == row.height:
            painter.drawPixmap(rect.topLeft(), self._picture_of(note, row))
            return
        focused = bool(state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.left(), 0)
        row.paint(
            painter, self._theme, rect.top(), chosen=chosen, focused=focused, without_text=note.id == self.editing
        )
        painter.restore()

    def _picture_of(self, note: NoteContent, row: StreamRow) -> QPixmap:
        """Return a cached picture of a row that is not hovered over. Each new note moves all rows above it, and
        pictures are faster to paint.
        """
        ratio = self._view.devicePixelRatioF()
        cached = self._pictures.get(note.id)
        if cached is not None and cached[0] is row and cached[1].devicePixelRatioF() == ratio:
            return cached[1]
        picture = QPixmap(QSizeF(row.width * ratio, row.height * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.color(ColourRole.BACKGROUND))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row.paint(painter, self._theme, 0, chosen=False, focused=False)
        painter.end()
        # Discard the oldest picture, to limit the memory used.
        if len(self._pictures) >= MOST_PICTURES:
            del self._pictures[next(iter(self._pictures))]
        self._pictures[note.id] = (row, picture)
        return picture

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        note = self._stream.notes[index.row()]
        editor = StreamEditor(self._theme, self._live, self._settings, note, parent)
        self.editing = note.id
        self._stream.hold(note.id)
        # Opened as a persistent editor, because notes may be added above while it is open.
        place = QPersistentModelIndex(index)
        editor.edit.height_changed.connect(lambda _height: self.editor_resized.emit(place, editor))
        editor.edit.understood_changed.connect(partial(self._on_understood, place, editor))
        editor.edit.cursorPositionChanged.connect(self.cursor_moved)
        # The field itself scrolls to its cursor only afterwards.
        editor.edit.verticalScrollBar().valueChanged.connect(self.cursor_moved)
        editor.edit.members_lost.connect(self.members_lost)
        editor.edit.submitted.connect(partial(self.finish, editor))
        editor.edit.split_wanted.connect(partial(self.split_asked.emit, editor))
        editor.edit.left.connect(partial(self.finish, editor))
        editor.edit.focus_lost.connect(partial(self.finish, editor))
        return editor

    def _on_understood(self, place: QPersistentModelIndex, editor: StreamEditor) -> None:
        self.typed.emit()
        if editor.show_withheld():
            self.editor_resized.emit(place, editor)

    def finish(self, editor: StreamEditor) -> None:
        """Save the text and close the editor; it stays open when saving fails."""
        # Closing the editor takes its focus, which calls this method again.
        if self.editing != editor.note.id:
            return
        editor.failed = False
        if not editor.kept and editor.changed:
            self.keep_asked.emit(editor)
        if not editor.failed:
            self.editing = None
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Qt's filter would handle Enter, Tab and Esc, which the editor handles itself.
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        return super().eventFilter(watched, event)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # The editor already has the text; later changes of the note must not overwrite typing.
        return

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        # `finish` saves the text, since it can tell whether that succeeded.
        return

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        editor.setGeometry(rect.adjusted(TEXT_LEFT - 9, 2, -SIDE + 4, -2))

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self.editing = None
        super().destroyEditor(editor, index)
        self.editor_gone.emit()
