"""Paints headings and notes in the list, and edits a note in place, in the capture language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sto_desktop.domain.model import Tag
from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.language import counted, tr
from sto_desktop.ui.base.keys import press
from sto_desktop.ui.elaborate.notes.found_strip import paint_marks
from sto_desktop.ui.fields.spelling import SpelledEdit, Spelling
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.label_look import label_ink
from sto_desktop.ui.notes.listing import HeadingRow, NoteRow
from sto_desktop.ui.notes.notes_model import EVIDENCE, ROW, Index, NotesModel
from sto_desktop.ui.notes.wording import agreed_words, shown_text, stranger_words, withheld_words
from sto_desktop.ui.widgets import SetText, chip_size, kind_chip, paint_chip, set_text

# Sizes in px of a row and the parts in it.
LEFT = 12
TEXT_LEFT = 140
RIGHT = 68
TOP = 8
META_GAP = 2
MOST_LINES = 12
# In a very long list all rows have this many lines, so that Qt need not measure them.
UNIFORM_LINES = 2
MARK = 16.0
THEME_HEIGHT = 40
QUESTION_HEIGHT = 34
MOST_CACHED = 20_000


class NoteEditor(SpelledEdit):
    """Edits a note as text in the capture language; `seen` is the sequence number of the dossier at opening."""

    def __init__(self, text: str, seen: int, parent: QWidget) -> None:
        super().__init__(text, parent, name=tr("Notitie"))
        self._room = parent.height
        self.least = 0
        """Height of the line that it covers."""
        self.opened_with = text
        self.seen = seen
        self.note = ""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        plain.set_tip(self, tr("Enter bewaart, Shift Enter is een nieuwe regel. @ spreker, # label, ! aanbeveling …"))
        self.textChanged.connect(self.fit)

    def does(self) -> Mapping[str, Callable[[], object]]:
        """Return what can be done with the text, by command."""
        return {"split_chosen": partial(press, self, "split_chosen")}

    def fit(self) -> None:
        """Grow with the text."""
        lines = max(1, round(self.document().size().height()))
        height = max(self.least, lines * QFontMetricsF(self.font()).lineSpacing() + 16)
        room = self._room() - 8
        if abs(height - self.height()) >= 1:
            top = max(0, min(self.y(), room - int(height)))
            self.setGeometry(self.x(), top, self.width(), min(int(height), room))


class NoteDelegate(QStyledItemDelegate):
    """Paints the rows; `edited` carries a note's id, the typed text and the sequence number at which typing began."""

    edited = Signal(str, str, int)
    split_asked = Signal(str, str, int, int)
    """A note's id, its typed text, the position of the cut in code points, and the sequence number at opening."""
    typed = Signal(str, str)
    """During typing: the note's id and text, for a draft that survives a crash."""

    def __init__(
        self, theme: Appearance, width: Callable[[], int], written: Callable[[str], tuple[str, int]], parent: QObject
    ) -> None:
        """`width` is that of a row; `written` returns a note's text as typed and the dossier's sequence number, by its
        id."""
        super().__init__(parent)
        self._theme = theme
        self._width = width
        self._written = written
        self._set: dict[tuple[str, int, int], SetText] = {}
        self.spelling: Spelling | None = None
        self.uniform = False
        """All rows have one height, so that a very long list need not measure each."""

    # Measuring

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._width()
        if self.uniform:
            return QSize(width, UNIFORM_LINES * TextStyle.BODY.line + META_GAP + TextStyle.SECONDARY.line + 2 * TOP + 1)
        row = index.data(ROW)
        if isinstance(row, HeadingRow):
            return QSize(width, THEME_HEIGHT if row.level == 1 else QUESTION_HEIGHT)
        height = self._text(row, width).height + 2 * TOP
        if meta_of(row) or row.tags:
            height += META_GAP + TextStyle.SECONDARY.line
        return QSize(width, height + 1)

    def _text(self, row: NoteRow, width: int) -> SetText:
        lines = UNIFORM_LINES if self.uniform else MOST_LINES
        return self._in_lines(row, max(80, width - TEXT_LEFT - RIGHT), lines)

    def _in_lines(self, row: NoteRow, room: int, most: int) -> SetText:
        """Return the text of a note in at most `most` lines of `room` px."""
        key = (shown_text(row.content), room, most)
        if key not in self._set:
            if len(self._set) > MOST_CACHED:
                self._set.clear()
            style = TextStyle.BODY
            self._set[key] = set_text(key[0], self._theme.font(style), style.line, room, most)
        return self._set[key]

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, HeadingRow):
            self._paint_heading(painter, QRectF(option.rect), row)
        else:
            self._paint_note(painter, option, row, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRectF, row: HeadingRow) -> None:
        color = self._theme.color
        first = row.level == 1
        style = TextStyle.BODY_STRONG if first else TextStyle.SECONDARY_STRONG
        end = rect.right() - LEFT
        right = counted(row.count, "{n} notitie", "{n} notities")
        ink = ColourRole.MUTED
        if row.insights is not None:
            if row.insights:
                right += " · " + counted(row.insights, "{n} inzicht", "{n} inzichten")
            else:
                right += " · " + tr("nog geen inzicht")
                ink = ColourRole.WARN_TEXT
        small = self._theme.font(TextStyle.SECONDARY, tabular=True)
        taken = QFontMetricsF(small).horizontalAdvance(right) if not first else 0.0
        font = self._theme.font(style)
        words = QFontMetricsF(font).elidedText(
            row.text, Qt.TextElideMode.ElideRight, end - rect.left() - LEFT - taken - 16
        )
        height = float(THEME_HEIGHT if first else QUESTION_HEIGHT)
        box = QRectF(rect.left() + LEFT, rect.bottom() - height + 8, end - rect.left() - LEFT, height - 12)
        painter.setFont(font)
        painter.setPen(color(ColourRole.INK if first else ColourRole.MUTED))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        if not first:
            painter.setFont(small)
            painter.setPen(color(ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, right)

    def _paint_note(self, painter: QPainter, option: QStyleOptionViewItem, row: NoteRow, index: Index) -> None:
        color = self._theme.color
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        aside = row.content.note.set_aside and not row.used
        quiet = row.used or aside
        ground = ColourRole.PRIMARY_SOFT if selected else ColourRole.SUNKEN if _over(option) else None
        if ground is not None:
            painter.fillRect(rect, color(ground))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(color(ColourRole.PRIMARY), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -2), 6, 6)
        evidence = index.data(EVIDENCE)
        if evidence is not None:
            # Qt returns a `StrEnum` from the model as a plain string.
            bar = ColourRole.PRIMARY if evidence == Evidence.SUPPORTS else ColourRole.LATE
            painter.fillRect(QRectF(rect.left(), rect.top() + 4, 4, rect.height() - 9), color(bar))
        painter.fillRect(
            QRectF(rect.left() + LEFT, rect.bottom() - 1, rect.width() - 2 * LEFT, 1), color(ColourRole.LINE)
        )
        chip = kind_chip(row.content.kind, hollow=row.content.inherited)
        paint_chip(painter, self._theme, chip, QPointF(rect.left() + LEFT, rect.top() + TOP))
        text = self._text(row, option.rect.width())
        top = rect.top() + TOP
        box = QRectF(rect.left() + TEXT_LEFT, top, rect.width() - TEXT_LEFT - RIGHT, text.height)
        self._paint_text(painter, index, text, box, ColourRole.MUTED if quiet else ColourRole.INK)
        self._paint_meta(painter, row, QRectF(box.left(), box.bottom() + META_GAP, box.width(), 0))
        self._paint_marks(painter, row, rect)

    def _paint_text(self, painter: QPainter, index: Index, text: SetText, box: QRectF, ink: ColourRole) -> None:
        """Paint the text over the marks of the search matches."""
        model = index.model()
        if isinstance(model, NotesModel):
            metrics = QFontMetricsF(text.font)
            for number, line in enumerate(text.lines):
                at = QRectF(box.left(), box.top() + number * text.line_height, box.width(), text.line_height)
                paint_marks(painter, self._theme, model.marker, line, metrics, at)
        text.paint(painter, box, self._theme.color(ink))

    def _paint_meta(self, painter: QPainter, row: NoteRow, at: QRectF) -> None:
        meta = meta_of(row)
        if not (meta or row.tags):
            return
        font = self._theme.font(TextStyle.SECONDARY)
        metrics = QFontMetricsF(font)
        box = QRectF(at.left(), at.top(), at.width(), TextStyle.SECONDARY.line)
        tags = metrics.horizontalAdvance(row.tags)
        people = metrics.elidedText(meta, Qt.TextElideMode.ElideRight, box.width() - (tags + 16 if row.tags else 0))
        painter.setFont(font)
        painter.setPen(self._theme.color(ColourRole.MUTED))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, people)
        if row.tags:
            left = metrics.horizontalAdvance(people) + 12 if people else 0.0
            paint_labels(painter, self._theme, row.content.tags, box.adjusted(left, 0, 0, 0))

    def _paint_marks(self, painter: QPainter, row: NoteRow, rect: QRectF) -> None:
        top = rect.top() + TOP + 2
        left = rect.right() - LEFT - MARK
        icons: list[tuple[str, QColor]] = []
        if row.content.note.star:
            icons.append(("star-filled", self._theme.color(ColourRole.WARN)))
        if row.used:
            icons.append(("link", self._theme.color(ColourRole.PRIMARY)))
        elif row.content.note.set_aside:
            icons.append(("check", self._theme.color(ColourRole.MUTED)))
        if row.content.note.parked:
            icons.append(("parked", self._theme.color(ColourRole.MUTED)))
        for name, ink in icons:
            self._theme.paint_icon(painter, name, QRectF(left, top, MARK, MARK), ink)
            left -= MARK + 4

    def forget(self) -> None:
        """Discard all measured texts: the font changed."""
        self._set.clear()

    def chip_rect(self, rect: QRect, row: NoteRow) -> QRect:
        """Return the rectangle of a note's kind chip, for clicks on it."""
        return QRect(rect.topLeft() + QPoint(LEFT, TOP), chip_size(self._theme, kind_chip(row.content.kind)))

    # Editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        row: NoteRow = index.data(ROW)
        text, seen = self._written(row.key)
        editor = NoteEditor(text, seen, parent)
        editor.setFont(self._theme.font(TextStyle.BODY))
        if self.spelling is not None:
            editor.check_spelling(self.spelling, self._theme)
        key = editor.note = row.key
        editor.textChanged.connect(lambda: self.typed.emit(key, editor.toPlainText()))
        editor.moveCursor(editor.textCursor().MoveOperation.End)
        # After Qt has placed the editor.
        QTimer.singleShot(0, editor, editor.fit)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Do nothing: the editor got its text at opening, and model updates must not overwrite typing."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if not isinstance(editor, NoteEditor):
            return
        text = editor.toPlainText()
        if text.strip() and text != editor.opened_with:
            self.edited.emit(index.data(ROW).key, text, editor.seen)
            # A second commit, when the editor closes, must not save again.
            editor.opened_with = text

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        box = option.rect.adjusted(TEXT_LEFT - 9, 1, -LEFT, -2)
        if isinstance(editor, NoteEditor):
            editor.least = box.height()
        editor.setGeometry(box.x(), box.y(), box.width(), max(box.height(), editor.height()))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, NoteEditor):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                text, place = editor.toPlainText(), editor.textCursor().position()
                # Qt counts UTF-16 units, `split_asked` counts code points.
                units = text.encode("utf-16-le")[: 2 * place]
                self.split_asked.emit(editor.note, text, len(units.decode("utf-16-le", "ignore")), editor.seen)
                return True
            # Esc saves too, so that typed text is never lost.
            if event.key() == Qt.Key.Key_Escape or (
                enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            ):
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                return True
        return super().eventFilter(editor, event)


def paint_labels(painter: QPainter, theme: Appearance, tags: Sequence[Tag], box: QRectF) -> None:
    """Paint labels side by side, each in its own colour; elide the ones that do not fit."""
    metrics = QFontMetricsF(painter.font())
    left = box.left()
    for number, tag in enumerate(tags):
        label = f"#{tag.name}"
        room = box.right() - left
        if room < 16:
            return
        words = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room + 1)
        painter.setPen(label_ink(theme, tag.colour))
        painter.drawText(QRectF(left, box.top(), room + 1, box.height()), Qt.AlignmentFlag.AlignVCenter, words)
        left += metrics.horizontalAdvance(label + ("  " if number < len(tags) - 1 else ""))


def meta_of(row: NoteRow) -> str:
    """Return the speakers of a note, what was agreed about it, and its panel if that is another one."""
    note = row.content.note
    agreed = agreed_words(note.owner, note.due, note.answer)
    more = tr("en {n} gebundelde", n=len(row.content.bundled)) if row.content.bundled else ""
    people = (row.people, stranger_words(note.said_by), withheld_words(note))
    return " · ".join(filter(None, (*people, agreed, row.place, more)))


def _over(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_MouseOver)
