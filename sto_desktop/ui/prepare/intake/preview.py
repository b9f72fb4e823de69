"""Dialogs around importing: a preview before, and a report after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.members.panelists_table import ListSource
from sto_desktop.exchange.notes.notes_table import COLUMN_WORDS, TableSource
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.intake.column_chooser import ColumnChooser
from sto_desktop.ui.prepare.intake.understood import UnderstoodMember
from sto_desktop.ui.prepare.members.members_model import COLUMNS, shown
from sto_desktop.ui.widgets import Banner, Card, Dialog, Hairline, PrimaryButton, TextLabel, Tone, empty, row

_FIELDS = tuple(field for field in COLUMNS if field.heading and field.codes is not Consent)
_CONSENTS = {question.field: question.word for question in CONSENT_QUESTIONS}
_STATE_WIDTH, _LEAST_WIDTH, _MOST_WIDTH = 92, 60, 184


def consent_in_short(panelist: Panelist) -> str:
    """Summarise the four answers: "alle ja", "deelname: ja; naam en citaat: nee", "onbekend"."""
    answers = {name: getattr(panelist, name) for name in _CONSENTS}
    kinds = set(answers.values())
    if kinds == {Consent.YES}:
        return tr("alle ja")
    if kinds == {Consent.UNKNOWN}:
        return tr("onbekend")
    if kinds == {Consent.NO}:
        return tr("alle nee")
    parts = []
    for kind in (Consent.YES, Consent.NO):
        about = [tr(_CONSENTS[name]) for name, answer in answers.items() if answer is kind]
        if about:
            parts.append(tr("{what}: {answer}", what=listed(about), answer=tr(kind.word)))
    return "; ".join(parts)


def _about(source: str) -> str:
    return tr("Uit {source}. Klopt een kolom niet, kies dan een andere. Overnemen is ongedaan te maken.", source=source)


MOST_MEMBERS = 60
"""More people than this are some other list, not a panel."""


class MembersPreview(Dialog):
    """Shows the members to be imported; accepting imports them. `remapped`: a column was corrected."""

    remapped = Signal()

    def __init__(self, theme: Appearance, name: str, source: ListSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Panelleden overnemen"), _about(name), parent)
        self.resize(1080, 560)
        self.columns = ColumnChooser(theme, source)
        # A single column is a list of names, with nothing to choose.
        self.columns.setVisible(len(self.columns.choices) > 1)
        self.columns.changed.connect(self.remapped)
        self.body.addWidget(self.columns)
        self._messages = QVBoxLayout()
        self.body.addLayout(self._messages)
        self.table = QTableView()
        self.body.addWidget(self.table, 1)
        self.take = PrimaryButton(theme, tr("Overnemen"), hint="Enter", on_click=self.accept)
        self.add_buttons(self.take)
        self._dress()

    def show_found(self, members: Sequence[UnderstoodMember], messages: Sequence[str]) -> None:
        """Show what would be imported, with messages about it."""
        new = sum(member.new for member in members)
        self.heading.setText(_heading(new, len(members) - new))
        warnings = list(messages)
        if len(members) > MOST_MEMBERS:
            many = tr(
                "Dit zijn {n} mensen; een panel heeft er zes tot twaalf. Kopieer alleen hun regels.", n=len(members)
            )
            warnings.insert(0, many)
        empty(self._messages)
        if warnings:
            self._messages.addWidget(Banner(self._theme, "\n".join(warnings), tone=Tone.WARN, closable=False))
        self.table.setModel(self._model(members[:MOST_MEMBERS]))
        self.table.resizeColumnsToContents()
        self.table.setColumnWidth(0, _STATE_WIDTH)
        for column in range(1, len(_FIELDS) + 1):
            width = self.table.columnWidth(column)
            self.table.setColumnWidth(column, max(_LEAST_WIDTH, min(width, _MOST_WIDTH)))
        self.table.horizontalHeader().setSectionResizeMode(len(_FIELDS) + 1, QHeaderView.ResizeMode.Stretch)
        self.take.setEnabled(0 < len(members) <= MOST_MEMBERS)
        if not self.columns.isAncestorOf(self.focusWidget() or self):
            self.take.setFocus()

    def _model(self, members: Sequence[UnderstoodMember]) -> QStandardItemModel:
        headings = ["", *(tr(field.heading) for field in _FIELDS), tr("Toestemming")]
        model = QStandardItemModel(len(members), len(headings), self)
        model.setHorizontalHeaderLabels(headings)
        for number, member in enumerate(members):
            for column, cell in enumerate(_cells(self._theme, member)):
                model.setItem(number, column, cell)
        return model

    def _dress(self) -> None:
        table = self.table
        table.setAccessibleName(tr("Gevonden panelleden"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(32)
        across = table.horizontalHeader()
        # Qt indents the text of a cell three px more than that of its heading.
        across.setStyleSheet("QHeaderView::section { padding: 6px 11px; }")
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)


def _heading(new: int, changed: int) -> str:
    parts = []
    if new:
        parts.append(counted(new, "{n} nieuw panellid", "{n} nieuwe panelleden"))
    if changed:
        parts.append(counted(changed, "{n} panellid gewijzigd", "{n} panelleden gewijzigd"))
    return listed(parts) or tr("Niets nieuws gevonden")


def _cells(theme: Appearance, member: UnderstoodMember) -> list[QStandardItem]:
    state = QStandardItem(tr("nieuw") if member.new else tr("gewijzigd"))
    state.setForeground(theme.color(ColourRole.GOOD if member.new else ColourRole.WARN_TEXT))
    cells = [state]
    for field in _FIELDS:
        value = getattr(member.panelist, field.name)
        cells.append(_cell(theme, shown(value), strong=field.name in member.changed))
    cells.append(_cell(theme, consent_in_short(member.panelist), strong=bool(member.changed & set(_CONSENTS))))
    return cells


def _cell(theme: Appearance, text: str, *, strong: bool) -> QStandardItem:
    cell = QStandardItem(text or "–")
    cell.setForeground(QColor(theme.color(ColourRole.INK if text else ColourRole.MUTED)))
    cell.setFont(theme.font(TextStyle.BODY_STRONG if strong else TextStyle.BODY))
    cell.setToolTip(plain.tip(text))
    return cell


class NotesPreview(Dialog):
    """Shows the notes of a table to be imported; accepting imports them. `remapped`: a column was corrected."""

    remapped = Signal()

    def __init__(self, theme: Appearance, name: str, source: TableSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Notities importeren"), _about(name), parent)
        self.resize(860, 300)
        self.columns = ColumnChooser(
            theme, source, {meaning: word.capitalize() for meaning, word in COLUMN_WORDS.items()}
        )
        self.columns.changed.connect(self.remapped)
        self.body.addWidget(self.columns)
        self.messages = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.body.addWidget(self.messages)
        self.body.addStretch(1)
        self.take = PrimaryButton(theme, tr("Overnemen"), hint="Enter", on_click=self.accept)
        self.add_buttons(self.take)

    def show_found(self, count: int, messages: Sequence[str]) -> None:
        """Show how many notes would be imported, with messages about it."""
        self.heading.setText(
            counted(count, "{n} notitie", "{n} notities") if count else tr("In welke kolom staan de notities?")
        )
        self.messages.setText("\n".join(messages))
        self.take.setEnabled(count > 0)
        if not self.columns.isAncestorOf(self.focusWidget() or self):
            (self.take if count else next(iter(self.columns.choices.values()), self.take)).setFocus()


class NotesReport(Dialog):
    """Reports the import of a file of notes: the number per theme, with messages about it."""

    def __init__(
        self,
        theme: Appearance,
        source: str,
        placed: Sequence[tuple[str, int]],
        messages: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        heading = tr("Notities uit {source}", source=source)
        super().__init__(theme, tr("Notities importeren"), parent=parent, heading=heading)
        self.placed = tuple(placed)
        self.setMinimumWidth(520)
        for message in messages:
            self.body.addWidget(TextLabel(theme, message, TextStyle.BODY, ColourRole.MUTED))
        if placed:
            self.body.addWidget(_places(theme, placed))
        self.add_buttons(close=tr("Sluiten"))
        self.close_button.setFocus()


def _places(theme: Appearance, placed: Sequence[tuple[str, int]]) -> Card:
    card = Card(margin=Space.M)
    card.body.setSpacing(Space.XS)
    for number, (title, count) in enumerate(placed):
        if number:
            card.body.addWidget(Hairline())
        name = TextLabel(
            theme,
            title or tr("Niet ingedeeld"),
            TextStyle.BODY,
            ColourRole.INK if title else ColourRole.WARN_TEXT,
            lines=1,
        )
        amount = TextLabel(
            theme,
            counted(count, "{n} notitie", "{n} notities"),
            TextStyle.BODY,
            ColourRole.MUTED,
            lines=1,
            tabular=True,
        )
        card.body.addLayout(row(name, None, amount))
    return card
