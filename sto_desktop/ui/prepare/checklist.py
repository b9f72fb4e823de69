"""The checklist «Klaar voor het gesprek?»: status of each check, and a link to where it is settled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.readiness import Check, CheckKind
from sto_desktop.domain.record import spec_of
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import paint_focus_ring, set_text

_MARK = 17.0
_LEFT = 26


class CheckLine(QAbstractButton):
    """One check; a click, Enter or space goes to where it is settled."""

    def __init__(self, theme: Appearance, kind: CheckKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.kind = kind
        self.done = False
        self.setObjectName(f"check_{kind.name.lower()}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_check(self, check: Check) -> None:
        """Show the status of a check."""
        self.done = check.done
        text = words_for(check)
        self.setText(plain.word(text))
        self.setAccessibleName(tr("{what}: {state}", what=text, state=tr("gedaan") if self.done else tr("nog te doen")))
        plain.set_tip(self, advice_for(check))
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """Return the text as displayed."""
        return plain.read_word(self.text())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        style = TextStyle.BODY
        text = set_text(self.words(), self._theme.font(style), style.line, max(width - _LEFT, 40))
        return text.height + 6

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        mark = QRectF(0.5, 5, _MARK - 1, _MARK - 1)
        if self.done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ColourRole.GOOD))
            painter.drawEllipse(mark)
            self._theme.paint_icon(painter, "check-bold", mark.adjusted(3, 3, -3, -3), color(ColourRole.SURFACE))
        else:
            painter.setPen(QPen(color(ColourRole.CONTROL), 1.2))
            painter.setBrush(color(ColourRole.SURFACE))
            painter.drawEllipse(mark)
        style = TextStyle.BODY
        font = self._theme.font(style)
        font.setUnderline(self.underMouse())
        text = set_text(self.words(), font, style.line, self.width() - _LEFT)
        ink = color(ColourRole.MUTED if self.done else ColourRole.INK)
        text.paint(painter, QRectF(QPointF(_LEFT, 3), self.size().toSizeF()), ink)
        if self.hasFocus():
            ring = QRectF(_LEFT - 6, 0, min(text.width + 12, self.width() - _LEFT + 6), self.height())
            paint_focus_ring(painter, ring, color(ColourRole.PRIMARY), 5)


class Checklist(QWidget):
    """All checks; `asked` carries the activated check."""

    asked = Signal(object)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = {kind: CheckLine(theme, kind) for kind in CheckKind}
        self._checks: dict[CheckKind, Check] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for kind, line in self.lines.items():
            line.clicked.connect(lambda _checked=False, kind=kind: self.asked.emit(self._checks[kind]))
            layout.addWidget(line)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show the status of these checks."""
        self._checks = {check.kind: check for check in checks}
        for check in checks:
            self.lines[check.kind].show_check(check)


def words_for(check: Check) -> str:
    """Describe a check in words."""
    if check.kind is CheckKind.TIME:
        return _time(check)
    if check.kind is CheckKind.OCCASION:
        if check.done:
            return tr("Datum, begin en locatie ingevuld")
        return _to_fill_in(check)
    if check.kind is CheckKind.PANELISTS:
        return _panelists(check)
    if check.kind is CheckKind.CONSENT:
        if not check.of:
            return tr("Toestemming: nog geen panelleden")
        return tr("Toestemming: {count} van {of} beantwoord", count=check.count, of=check.of)
    if check.kind is CheckKind.PRIVACY:
        return _privacy(check)
    if check.kind is CheckKind.TODO:
        if check.done:
            return tr("Alles van de voorbereidingslijst is gedaan")
        return tr("Voorbereidingslijst: {count} van {of} gedaan", count=check.count, of=check.of)
    return tr("Openingstekst doorgelezen") if check.done else tr("Openingstekst doorlezen")


def _to_fill_in(check: Check) -> str:
    fields = listed([tr(spec_of(Panel).fields[name].label) for name in check.missing])
    return tr("Nog invullen: {fields}", fields=fields)


def _privacy(check: Check) -> str:
    if check.missing:
        return _to_fill_in(check)
    if check.count:
        return counted(
            check.count,
            "Opname: {n} panellid zei er geen ja op",
            "Opname: {n} panelleden zeiden er geen ja op",
        )
    return tr("Grondslag en bewaartermijn ingevuld")


def _time(check: Check) -> str:
    if not check.count:
        return tr("De leidraad is nog leeg")
    if check.done:
        return tr("Leidraad past in de tijd: {count} van {of} minuten", count=check.count, of=check.of)
    over = counted(check.count - check.of, "{n} minuut te lang", "{n} minuten te lang")
    return tr("Leidraad is {over}: {count} van {of} minuten", over=over, count=check.count, of=check.of)


def _panelists(check: Check) -> str:
    if not check.of:
        return tr("Nog geen panelleden")
    if check.twice:
        return counted(
            len(check.twice),
            "Stoel {seats} is dubbel bezet",
            "Stoelen {seats} zijn dubbel bezet",
            seats=listed(map(str, check.twice)),
        )
    if check.done:
        return tr("Panelleden met stoel en sector")
    return tr("Stoel en sector: {count} van {of} panelleden", count=check.count, of=check.of)


def advice_for(check: Check) -> str:
    """Return where a check is settled."""
    return {
        CheckKind.TIME: tr("Naar de leidraad: minuten wijzigen of vragen overslaan"),
        CheckKind.OCCASION: tr("Naar het veld dat nog leeg is"),
        CheckKind.PANELISTS: tr("Naar de lijst van panelleden"),
        CheckKind.CONSENT: tr("Naar de toestemming per panellid; onbekend telt als nee"),
        CheckKind.PRIVACY: tr("Naar de gegevens over persoonsgegevens en opname"),
        CheckKind.TODO: tr("Naar wat u zelf regelt: uitnodigingen, zaal, papieren"),
        CheckKind.OPENING: tr("De openingstekst lezen"),
    }[check.kind]
