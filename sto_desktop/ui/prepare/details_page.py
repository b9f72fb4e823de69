"""The page of the panel's other data: what a report must state (COREQ), and what privacy law requires."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.dutch import capital, long_date
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.terms import NAMES, TERMS, Term, ends_on, is_over
from sto_desktop.domain.typed import read_date
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.ui.fields.date_field import EXAMPLE_DATE, DateLine
from sto_desktop.ui.fields.kept_field import KeptChoice, KeptLine, KeptText
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.panel_keeper import PanelField, PanelKeeper
from sto_desktop.ui.widgets import Button, FormField, QuietButton, ScrollColumn, SectionLabel, TextLabel, row

GROUNDS = (
    tr_later("een taak van algemeen belang (AVG, artikel 6, lid 1, onder e)"),
    tr_later("een gerechtvaardigd belang (AVG, artikel 6, lid 1, onder f)"),
    tr_later("toestemming van de panelleden (AVG, artikel 6, lid 1, onder a)"),
)
"""Legal grounds offered for processing, the likeliest first; any other text is accepted too."""

_TEXT_HEIGHT = 58
_WIDEST = 1120


def _lines(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def _number(text: str) -> int | None:
    match = re.fullmatch(r"\s*([0-9]{1,3})\s*", text)
    return int(match[1]) if match else None


class DetailsPage(QWidget):
    """Two columns of fields, saved like those beside the guide; `left` returns to the guide, `erase_asked` erases
    names."""

    left = Signal()
    erase_asked = Signal()

    def __init__(
        self, theme: Appearance, keeper: PanelKeeper, today: Callable[[], dt.date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self.back = QuietButton(
            theme, tr("Terug"), command="prepare_back", icon="chevron-left", hint="Esc", on_click=self.left.emit
        )
        self.title = TextLabel(theme, tr("Over dit panel"), TextStyle.TITLE, lines=1)
        self.erase = Button(
            theme, tr("Persoonsgegevens wissen…"), command="erase_panel", on_click=self.erase_asked.emit
        )
        self.term = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self._ends: dict[Term, DateLine] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        layout.setSpacing(Space.S)
        layout.addLayout(row(self.back, self.title, None))
        scroll = ScrollColumn()
        inside = QWidget()
        inside.setMaximumWidth(_WIDEST)
        across = QHBoxLayout(inside)
        across.setContentsMargins(0, Space.S, Space.S, 0)
        across.setSpacing(Space.XL)
        across.addLayout(self._account(theme, keeper), 3)
        across.addLayout(self._privacy(theme, keeper), 2)
        scroll.body.addWidget(inside)
        scroll.body.addStretch(1)
        layout.addWidget(scroll, 1)
        self.setFocusProxy(self.role)

    def _text(
        self, theme: Appearance, keeper: PanelKeeper, name: str, label: str, hint: str
    ) -> tuple[KeptText, FormField]:
        field = KeptText(placeholder=hint, name=label)
        field.setFixedHeight(_TEXT_HEIGHT)
        keeper.add(name, PanelField(field, _lines))
        return field, FormField(theme, label, field)

    def _account(self, theme: Appearance, keeper: PanelKeeper) -> QVBoxLayout:
        self.role, role = self._text(
            theme,
            keeper,
            "moderator_role",
            tr("Band van de gespreksleider met het panel"),
            tr("Bijvoorbeeld: programmaleider STO, kent drie panelleden uit eerder overleg"),
        )
        self.selection, selection = self._text(
            theme,
            keeper,
            "selection",
            tr("Waarom deze mensen"),
            tr("Hoe gekozen, en wie bewust wel of niet"),
        )
        self.invited = KeptLine(placeholder=tr("Aantal"), name=tr("Uitgenodigd"))
        invited = FormField(theme, tr("Uitgenodigd"), self.invited)
        problem = tr("Schrijf een aantal, bijvoorbeeld 12.")
        keeper.add(
            "invited",
            PanelField(
                self.invited,
                _number,
                lambda value: "" if value is None else str(value),
                problem,
                lambda message: invited.set_note(message, problem=True),
            ),
        )
        self.declined, declined = self._text(
            theme,
            keeper,
            "declined",
            tr("Wie niet kon of wilde, en waarom"),
            tr("Bijvoorbeeld: twee bedrijven, geen tijd"),
        )
        self.others, others = self._text(
            theme,
            keeper,
            "others_present",
            tr("Wie er verder bij waren"),
            tr("Toehoorders, tolk, stagiair"),
        )
        self.remarks, remarks = self._text(
            theme, keeper, "remarks", tr("Opmerkingen"), tr("Wat men verder moet weten om het verslag te begrijpen")
        )
        left_column = QVBoxLayout()
        left_column.setSpacing(Space.M)
        left_column.addWidget(SectionLabel(theme, tr("Voor de verantwoording in het verslag")))
        self.draft, draft = self._day(theme, keeper, "draft_on", tr("Concept naar het panel op"))
        for field in (role, selection):
            left_column.addWidget(field)
        left_column.addLayout(row(invited, draft, spacing=Space.M))
        for field in (declined, others, remarks):
            left_column.addWidget(field)
        left_column.addStretch(1)
        return left_column

    def _privacy(self, theme: Appearance, keeper: PanelKeeper) -> QVBoxLayout:
        self.ground = KeptChoice(
            [tr(ground) for ground in GROUNDS], placeholder=tr("Kies of typ"), name=tr("Grondslag")
        )
        keeper.add("processing_ground", PanelField(self.ground.line))
        ground = FormField(theme, tr("Grondslag voor de verwerking"), self.ground)
        ground.set_note(
            tr(
                "Een schoolbestuur of gemeente: onder e. Een bedrijf of ander programma: onder f. Toestemming past "
                "zelden bij werknemers."
            )
        )
        self.responsible = KeptLine(placeholder=tr("Schoolbestuur of programma"), name=tr("Verantwoordelijke"))
        keeper.add("responsible", PanelField(self.responsible))
        self.contact = KeptLine(placeholder=tr("Naam en mailadres"), name=tr("Functionaris gegevensbescherming"))
        keeper.add("privacy_contact", PanelField(self.contact))
        self.recipients, recipients = self._text(
            theme,
            keeper,
            "recipients",
            tr("Wie het verslag krijgt"),
            tr("Leeg: de panelleden, en wie in de subregio en bij STO aan het plan werkt"),
        )
        kept: list[QWidget] = []
        for term in TERMS:
            name = tr("{what} tot", what=capital(tr(term.what)))
            self._ends[term], shown = self._day(theme, keeper, term.field, name)
            kept.append(shown)
        until = QGridLayout()
        until.setSpacing(Space.S)
        # A whole date fits in half the width; the explanation stands beside the last.
        for at, field in enumerate((*kept, self.term)):
            until.addWidget(field, at // 2, at % 2)
            until.setColumnStretch(at % 2, 1)
        self.recording, recording = self._text(
            theme,
            keeper,
            "recording",
            tr("Opname"),
            tr("Leeg: geen opname. Anders: waarmee, waarvoor, en wanneer gewist"),
        )
        right = QVBoxLayout()
        right.setSpacing(Space.M)
        right.addWidget(SectionLabel(theme, tr("Persoonsgegevens")))
        right.addWidget(FormField(theme, tr("Verantwoordelijke"), self.responsible))
        right.addWidget(FormField(theme, tr("Functionaris gegevensbescherming"), self.contact))
        right.addWidget(ground)
        right.addLayout(until)
        right.addWidget(recipients)
        right.addWidget(recording)
        right.addLayout(row(self.erase, None))
        right.addStretch(1)
        return right

    def _day(self, theme: Appearance, keeper: PanelKeeper, field: str, label: str) -> tuple[DateLine, FormField]:
        line = DateLine(theme, self._today, name=label)
        form_field = FormField(theme, label, line)
        keeper.add(
            field,
            PanelField(
                line,
                lambda text: read_date(text, self._today()),
                long_date,
                tr("Schrijf de datum als 14 februari 2023 of 14-2-2023."),
                lambda problem: form_field.set_note(problem, problem=True),
            ),
        )
        return line, form_field

    def show_panel(self, panel: Panel, people: Sequence[Panelist]) -> None:
        """Show the retention term of this panel and the names still stored."""
        named = sum(1 for panelist in people if panelist.name)
        self.erase.setEnabled(bool(named))
        passed = is_over(panel, NAMES, self._today())
        # An expired term matters only while names are still stored.
        for term, line in self._ends.items():
            day = ends_on(panel, term)
            line.setPlaceholderText(tr("vanzelf {day}", day=long_date(day)) if day else tr(EXAMPLE_DATE))
        self.term.set_role(ColourRole.LATE if passed and named else ColourRole.MUTED)
        if not passed:
            self.term.setText(
                tr("Leeg: namen en formulieren tot drie maanden na het vaststellen, notities tot een jaar.")
            )
        elif named:
            message = counted(
                named, "Van {n} panellid staat de naam er nog.", "Van {n} panelleden staat de naam er nog."
            )
            self.term.setText(tr("De termijn van de namen is voorbij. {said}", said=message))
        else:
            self.term.setText(tr("De termijn van de namen is voorbij, en er staan geen namen van panelleden meer in."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
