"""The look beforehand at a file: left what stands in it, right what each line becomes, to be changed before Enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.exchange.files.look import NO_CHOICES, Becomes, Beforehand, Choices, Newcomer
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.ui.base.jobs import Jobs
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.intake.column_chooser import ColumnChooser, TableColumn
from sto_desktop.ui.prepare.intake.look_model import BECOMES, SHOWN, TEXT, LookModel
from sto_desktop.ui.widgets import Banner, Button, CheckBox, Dialog, PrimaryButton, TextLabel, Tone, empty, row

T = TypeVar("T")

KEYS: Mapping[Becomes, str] = {
    Becomes.MEMBER: tr_later("L"),
    Becomes.NOTE: tr_later("N"),
    Becomes.INSIGHT: tr_later("Z"),
    Becomes.RECOMMENDATION: tr_later("B"),
    Becomes.THEME: tr_later("T"),
    Becomes.QUESTION: tr_later("V"),
    Becomes.PROBE: tr_later("D"),
    Becomes.SCRIPT: tr_later("U"),
    Becomes.FACT: tr_later("G"),
    Becomes.PRESENT: tr_later("A"),
    Becomes.ABSENT: tr_later("F"),
    Becomes.TITLE: tr_later("I"),
    Becomes.HEADINGS: tr_later("K"),
    Becomes.OUT: tr_later("Del"),
}
"""The key that makes something of the chosen lines."""

_MOST_SHOWN = 12
_LINE_HEIGHT = 30
_BECOMES_WIDTH = 168


class LinesView(QTableView):
    """The lines; letters and Del change the chosen ones. `wanted`: what they should become."""

    wanted = Signal(object)
    menu_asked = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.offers: Sequence[Becomes] = ()
        self.setAccessibleName(tr("Regels van het bestand"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMinimumHeight(4 * _LINE_HEIGHT)
        self.verticalHeader().hide()
        # A fixed height: thousands of lines are shown without measuring any.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_LINE_HEIGHT)
        across = self.horizontalHeader()
        across.setStyleSheet("QHeaderView::section { padding: 6px 11px; }")
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Menu, Qt.Key.Key_Space):
            self.menu_asked.emit(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))
            return
        if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            key = "Del" if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) else event.text().upper()
            wanted = next((becomes for becomes in self.offers if tr(KEYS[becomes]) == key), None)
            if wanted is not None:
                self.wanted.emit(wanted)
                return
        super().keyPressEvent(event)

    def chosen_rows(self) -> list[int]:
        """Return the chosen rows, or the current one."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return rows or ([self.currentIndex().row()] if self.currentIndex().isValid() else [])


class LookDialog(Dialog):
    """Shows a file as it would come in; accepting imports it. `changed`: the choices are other ones."""

    changed = Signal()

    def __init__(
        self,
        theme: Appearance,
        title: str,
        source: str,
        parent: QWidget | None = None,
        *,
        columns: Sequence[TableColumn] = (),
        meanings: Mapping[str, str] | None = None,
        repeated: frozenset[str] = frozenset(),
        choices: Choices = NO_CHOICES,
    ) -> None:
        """`columns`: those of a table, with the `meanings` they can have, of which `repeated` may be given twice."""
        super().__init__(theme, title, _about(source, remembered=choices != NO_CHOICES), parent)
        self.resize(1120, 640)
        self.choices = choices
        # What is shown may be older than what was chosen; who takes it over then means what was chosen.
        self._counting = self._wanted = False
        self._leave_counting: Callable[[], object] = lambda: None
        self.changed.connect(self.count)
        self.columns = ColumnChooser(theme, columns, meanings or {}, repeated)
        # A single column is a list of names, with nothing to choose.
        self.columns.setVisible(len(columns) > 1)
        self.columns.changed.connect(self._remap)
        self.body.addWidget(self.columns)
        self.model = LookModel(theme, self)
        self.view = LinesView()
        self.view.setModel(self.model)
        self.view.wanted.connect(self.make)
        self.view.menu_asked.connect(self._show_menu)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(lambda at: self._show_menu(self.view.viewport().mapToGlobal(at)))
        self.view.doubleClicked.connect(lambda index: self._show_menu(self._below(index.row())))
        self.body.addWidget(self.view, 1)
        across = self.view.horizontalHeader()
        across.setSectionResizeMode(SHOWN, QHeaderView.ResizeMode.Stretch)
        across.setSectionResizeMode(BECOMES, QHeaderView.ResizeMode.Fixed)
        across.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        self.view.setColumnWidth(BECOMES, _BECOMES_WIDTH)
        self.people = row()
        self.body.addLayout(self.people)
        self.newcomers: dict[str, CheckBox] = {}
        self._messages = row()
        self.body.addLayout(self._messages)
        self.become = Button(theme, tr("Regels worden…"), hint=tr("Spatie"), on_click=self._menu_at_button)
        self.take = PrimaryButton(theme, tr("Overnemen"), hint="Enter", on_click=self.accept)
        self.add_buttons(self.take, beside=(self.become,))

    def count(self) -> None:
        """Wait with taking over until `show_found` tells what the choices give."""
        self._counting, self._wanted = True, False

    def count_with(self, jobs: Jobs, work: Callable[[], T], show: Callable[[T], None]) -> None:
        """Count on a worker what the choices give, and show it; choices that can't be are told why."""

        def counted_or_not() -> T | ExchangeError:
            try:
                return work()
            except ExchangeError as error:
                return error

        def tell(found: T | ExchangeError) -> None:
            if isinstance(found, ExchangeError):
                self._counting = False
                self._tell((str(found),))
                self.take.setEnabled(False)
                self.view.setFocus()
            else:
                show(found)

        self._leave_counting = jobs.cancel
        jobs.start(tr("Het bestand wordt opnieuw gelezen…"), counted_or_not, tell)

    def done(self, result: int) -> None:
        """Close; what is still counted is not for anybody."""
        self._leave_counting()
        super().done(result)

    def accept(self) -> None:
        """Take over what is shown; while it is counted, as soon as that is known."""
        self._wanted = self._counting
        if not self._counting:
            super().accept()

    def show_found(self, heading: str, look: Beforehand, messages: Sequence[str], *, ready: bool) -> None:
        """Show what would come in; `ready`: there is something to import."""
        first = not self.model.lines
        self._counting = False
        self.heading.setText(heading)
        self.view.offers = look.offers
        self.model.show_lines(look.lines)
        self.become.setVisible(bool(look.offers))
        self._show_people(look.newcomers)
        self._tell(messages)
        self.take.setEnabled(ready)
        if first and look.lines:
            self.view.setCurrentIndex(self.model.index(0, 0))
            self.view.clearSelection()
        if not self.isAncestorOf(self.focusWidget() or self) or self.focusWidget() in (None, self, self.close_button):
            (self.take if ready else self.view).setFocus()
        if self._wanted and ready:
            self.accept()

    def _tell(self, messages: Sequence[str]) -> None:
        empty(self._messages)
        if messages:
            self._messages.addWidget(Banner(self._theme, "\n".join(messages), tone=Tone.WARN, closable=False))

    def speakers(self) -> frozenset[str]:
        """Return the names of those who become a member."""
        return frozenset(name for name, box in self.newcomers.items() if box.isChecked())

    def make(self, becomes: Becomes) -> None:
        """Make something of the chosen lines."""
        numbers = [self.model.lines[at].number for at in self.view.chosen_rows()]
        if becomes is Becomes.HEADINGS:
            # A table has one row of headings.
            others = {number: one for number, one in self.choices.lines.items() if one is not Becomes.HEADINGS}
            self.choices = Choices(others, self.choices.looks, self.choices.columns)
            numbers = numbers[:1]
        self.choices = self.choices.with_lines(numbers, becomes)
        self.changed.emit()

    def choose_alike(self, look: str) -> None:
        """Choose all lines that look alike."""
        selection = self.view.selectionModel()
        selection.clearSelection()
        rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for at, line in enumerate(self.model.lines):
            if line.look == look:
                selection.select(self.model.index(at, 0), rows)
        self.view.setFocus()

    def _remap(self) -> None:
        self.choices = Choices(self.choices.lines, self.choices.looks, self.columns.meanings())
        self.changed.emit()

    def _show_people(self, newcomers: Sequence[Newcomer]) -> None:
        names = [person.name for person in newcomers][:_MOST_SHOWN]
        if names == list(self.newcomers):
            return
        empty(self.people)
        checked = self.speakers()
        self.newcomers = {}
        if not names:
            return
        self.people.addWidget(TextLabel(self._theme, tr("Als panellid toevoegen:"), TextStyle.BODY, ColourRole.MUTED))
        for name in names:
            self.newcomers[name] = box = CheckBox(name)
            box.setChecked(name in checked)
            box.toggled.connect(self.changed)
            self.people.addWidget(box)
        self.people.addStretch(1)

    def _below(self, at: int) -> QPoint:
        return self.view.viewport().mapToGlobal(self.view.visualRect(self.model.index(at, BECOMES)).bottomLeft())

    def _menu_at_button(self) -> None:
        self._show_menu(self.become.mapToGlobal(QPoint(0, 0)))

    def _show_menu(self, at: QPoint) -> None:
        rows = self.view.chosen_rows()
        if not rows or not self.view.offers:
            return
        self.menu = QMenu(self)
        for becomes in self.view.offers:
            word = becomes.word[:1].upper() + becomes.word[1:]
            action = self.menu.addAction(plain.word(word, tr(KEYS[becomes])))
            action.triggered.connect(lambda _checked=False, becomes=becomes: self.make(becomes))
        look = self.model.lines[rows[0]].look
        alike = sum(line.look == look for line in self.model.lines) if look else 0
        if alike > 1:
            self.menu.addSeparator()
            words = tr("Alle {n} regels in deze vorm kiezen ({look})", n=alike, look=look)
            self.menu.addAction(plain.word(words)).triggered.connect(lambda: self.choose_alike(look))
        self.menu.popup(at)


def _about(source: str, *, remembered: bool) -> str:
    how = tr(
        "Uit {source}. Er is nog niets overgenomen. Klopt een regel niet, kies die dan (meer met Shift of Ctrl) en "
        "druk op Spatie.",
        source=source,
    )
    return f"{how} {tr('Uw keuzes van de vorige keer gelden weer.')}" if remembered else how


def found_in_words(notes: int, people: int, findings: int = 0) -> str:
    """Return the heading of a look: how much would be new. `findings`: insights and recommendations."""
    parts = []
    if people:
        parts.append(counted(people, "{n} nieuw panellid", "{n} nieuwe panelleden"))
    if notes:
        parts.append(counted(notes, "{n} nieuwe notitie", "{n} nieuwe notities"))
    if findings:
        parts.append(
            counted(findings, "{n} nieuw inzicht of nieuwe aanbeveling", "{n} nieuwe inzichten en aanbevelingen")
        )
    return " · ".join(parts) or tr("Niets nieuws gevonden")
