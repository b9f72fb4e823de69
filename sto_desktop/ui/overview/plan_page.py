"""Plan: the recommendations of all panels as lines to order, group and complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.actions.planning import own_line
from sto_desktop.domain.panel.content import RecommendationContent, ThemeContent
from sto_desktop.domain.panel.overview import Overview, PlanLine
from sto_desktop.language import counted, tr
from sto_desktop.report.overview.overview_context import where
from sto_desktop.ui.fields.side_column import SideColumn
from sto_desktop.ui.findings.recommendation_form import Basis, RecommendationDialog
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.overview.cards import line_words
from sto_desktop.ui.overview.plan_table import PlanTable
from sto_desktop.ui.overview.work import OverviewWork
from sto_desktop.ui.widgets import (
    Button,
    Card,
    IconButton,
    QuietButton,
    SectionLabel,
    SidePanel,
    TextLabel,
    row,
)


def plan_themes(seen: Overview) -> dict[str, ThemeContent]:
    """Return per shared theme id one panel's theme that a recommendation can refer to."""
    themes: dict[str, ThemeContent] = {}
    for panel in seen.panels:
        for theme in panel.guide.themes:
            if theme.is_conversation:
                themes.setdefault(seen.same.theme(theme.theme), theme)
    return themes


class LineView(SidePanel):
    """The current line: every panel that asked for it, and the agreements.

    `apart_asked` carries a recommendation to be separated again, `shown` the panel and recommendation to open.
    """

    apart_asked = Signal(str)
    edit_asked = Signal()
    shown = Signal(str, str)

    def __init__(self, theme: Appearance) -> None:
        super().__init__()
        self._theme = theme
        self.body.setContentsMargins(0, 0, 0, 0)
        self._column = SideColumn()
        self.body.addWidget(self._column)
        self._inside: QWidget | None = None
        self.apart_buttons: list[IconButton] = []

    def show_line(self, line: PlanLine | None, seen: Overview | None) -> None:
        """Show a line; None: nothing."""
        if self._inside is not None:
            self._column.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(Space.S)
        self.apart_buttons = []
        if line is not None and seen is not None:
            self._fill(inside, line, seen)
        inside.addStretch(1)
        self._column.body.addWidget(self._inside)
        self._inside.show()

    def _fill(self, inside: QVBoxLayout, line: PlanLine, seen: Overview) -> None:
        theme, record = self._theme, line.main.recommendation
        inside.addWidget(TextLabel(theme, record.text, TextStyle.LARGE_STRONG))
        inside.addWidget(TextLabel(theme, line_words(line), TextStyle.SECONDARY, ColourRole.MUTED))
        if own_line(line) is None:
            advice = tr("Nog niet in het plan. Vul haar in met Enter, of geef haar een plaats met Alt ↑: dan neemt het "
                      "programma haar over, en blijft staan wat het panel schreef.")  # fmt: skip
            inside.addWidget(TextLabel(theme, advice, TextStyle.SECONDARY, ColourRole.MUTED))
        for title, text in ((tr("Eerste stap"), record.first_step), (tr("Borging"), record.securing)):
            if text.strip():
                inside.addWidget(SectionLabel(theme, title))
                inside.addWidget(TextLabel(theme, text.strip(), TextStyle.BODY))
        edit = Button(
            theme, tr("Invullen"), hint="Enter", icon="edit", command="edit_line", on_click=self.edit_asked.emit
        )
        inside.addLayout(row(edit, None))
        of_panel = {recommendation.id: content for content in seen.panels for recommendation in content.recommendations}
        requested = [recommendation for recommendation in line.all if recommendation.id in of_panel]
        if requested:
            inside.addSpacing(Space.XS)
            inside.addWidget(
                SectionLabel(theme, counted(len(requested), "Gevraagd door {n} panel", "Gevraagd in {n} aanbevelingen"))
            )
        for recommendation in requested:
            panel = of_panel[recommendation.id].panel
            card = Card(margin=Space.M)
            card.body.setSpacing(2)
            name = TextLabel(theme, where(panel), TextStyle.SECONDARY_STRONG, lines=1)
            head = row(name, None, spacing=Space.XS)
            if len(line.all) > 1:
                apart = IconButton(
                    theme,
                    "close",
                    tr("Losmaken"),
                    command="apart_lines",
                    on_click=partial(self.apart_asked.emit, recommendation.id),
                )
                self.apart_buttons.append(apart)
                head.addWidget(apart)
            card.body.addLayout(head)
            card.body.addWidget(TextLabel(theme, recommendation.recommendation.text, TextStyle.BODY))
            go = QuietButton(
                theme,
                tr("Naar Uitwerken"),
                command="line_to_elaborate",
                on_click=partial(self.shown.emit, panel.id, recommendation.id),
            )
            card.body.addLayout(row(go, None, spacing=0))
            inside.addWidget(card)


class PlanPage(QWidget):
    """The page; `shown` carries the panel and recommendation to open in Uitwerken."""

    shown = Signal(str, str)

    def __init__(self, theme: Appearance, work: OverviewWork) -> None:
        super().__init__()
        self._theme = theme
        self._work = work
        self.table = PlanTable(theme)
        self.line = LineView(theme)
        self._summary = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.new_button = Button(
            theme, tr("Nieuw"), hint="A", icon="plus", command="new_line_in_plan", on_click=self.new
        )
        self.same_button = Button(theme, tr("Hetzelfde"), hint="G", command="same_lines", on_click=self.say_same)
        self.apart_button = Button(theme, tr("Losmaken"), hint="L", command="apart_lines", on_click=self.say_apart)
        plain.set_tip(self.same_button, tr("De gekozen aanbevelingen zeggen hetzelfde: maak er één regel van"))
        self.up = IconButton(
            theme,
            "chevron-up",
            tr("Hoger in het plan"),
            hint="Alt ↑",
            command="order_lines",
            on_click=lambda: self._step(-1),
        )
        self.down = IconButton(
            theme,
            "chevron-down",
            tr("Lager in het plan"),
            hint="Alt ↓",
            command="order_lines",
            on_click=lambda: self._step(1),
        )
        self.drop_button = IconButton(
            theme, "trash", tr("Uit het plan halen"), hint="Delete", command="drop_line", on_click=self.drop
        )
        self._lay_out()
        self.table.entered.connect(self.edit)
        self.table.moved.connect(self.move_line)
        self.table.commanded.connect(self._command)
        self.table.line_chosen.connect(self._show_line)
        self.table.selectionModel().selectionChanged.connect(self._allow)
        self.line.edit_asked.connect(self.edit)
        self.line.apart_asked.connect(lambda recommendation: self._work.say_apart([recommendation]))
        self.line.shown.connect(self.shown)

    def _lay_out(self) -> None:
        left_side = QVBoxLayout()
        left_side.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        left_side.setSpacing(Space.S)
        left_side.addLayout(
            row(self.new_button, self.same_button, self.apart_button, self.up, self.down, self.drop_button, None)
        )
        card = Card(margin=4)
        card.body.addWidget(self.table)
        left_side.addWidget(card, 1)
        left_side.addWidget(self._summary)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left_side, 1)
        layout.addWidget(self.line)

    # Showing

    def refresh(self) -> None:
        """Show the current plan."""
        seen = self._work.seen
        if seen is None:
            return
        self.table.show_plan(seen)
        own = self.table.plan.own_count
        not_included = len(self.table.plan.lines) - own
        parts = [
            counted(own, "{n} regel in het plan", "{n} regels in het plan"),
            counted(not_included, "{n} aanbeveling nog niet opgenomen", "{n} aanbevelingen nog niet opgenomen")
            if not_included
            else "",
        ]
        self._summary.setText(" · ".join(part for part in parts if part))
        self._allow()

    def take_keyboard(self) -> None:
        """Focus the table, or the button for a new line if the plan is empty."""
        (self.table if self.table.plan.lines else self.new_button).setFocus()

    def go_to(self, recommendation: str) -> None:
        """Bring the line of a recommendation into view."""
        for number, line in enumerate(self.table.plan.lines):
            if any(asked.id == recommendation for asked in line.all):
                self.table.go_to(number)
        self.take_keyboard()

    def _show_line(self) -> None:
        self.line.show_line(self.table.current(), self._work.seen)
        self._allow()

    def _allow(self) -> None:
        chosen, current = self.table.chosen(), self.table.current()
        self.same_button.setEnabled(len(chosen) > 1)
        self.apart_button.setEnabled(any(len(line.all) > 1 for line in chosen))
        for button in (self.up, self.down):
            button.setEnabled(current is not None)
        self.drop_button.setEnabled(current is not None and own_line(current) is not None)

    # Actions

    def _command(self, name: str) -> None:
        {"A": self.new, "G": self.say_same, "L": self.say_apart, "Delete": self.drop}[name]()

    def say_same(self) -> None:
        """Mark the selected recommendations as asking for the same."""
        chosen = self.table.chosen()
        if len(chosen) > 1:
            self._work.say_same(chosen)
            self.table.setFocus()

    def say_apart(self) -> None:
        """Separate the recommendations of the selected lines again."""
        for line in self.table.chosen():
            if len(line.all) > 1:
                # Separating all but the first leaves each of them by itself.
                self._work.say_apart([recommendation.id for recommendation in line.all[1:]])

    def drop(self) -> None:
        """Remove the current line from the plan."""
        line = self.table.current()
        if line is not None:
            self._work.drop_line(line)

    def _step(self, by: int) -> None:
        at = self.table.currentIndex().row()
        if at >= 0:
            self.move_line(at, at + by)
            self.table.setFocus()

    def move_line(self, at: int, to: int) -> None:
        """Move a line; the programme's own lines always come first."""
        line = self.table.plan.lines[at]
        own = self.table.plan.own_count
        if own_line(line) is None:
            # Moving a panel's line adopts it into the plan: at that place, or at the end.
            self._work.move_line(line, min(to, own))
        elif 0 <= to < own and to != at:
            self._work.move_line(line, to)
        elif to >= own:
            self._work.move_line(line, own - 1)

    def new(self, insights: Sequence[str] = (), themes: Sequence[str] = ()) -> None:
        """Create a recommendation of the programme; it may follow from insights."""
        seen = self._work.seen
        if seen is None:
            return
        plannable = plan_themes(seen)
        chosen = [plannable[theme].id for theme in themes if theme in plannable]
        dialog = self._dialog(None, chosen, len(insights))
        dialog.ask_until(lambda: self._work.add_recommendation(dialog.values(), dialog.chosen_themes(), insights))

    def edit(self) -> None:
        """Edit the current line."""
        line, seen = self.table.current(), self._work.seen
        if line is None or seen is None:
            return
        plannable = plan_themes(seen)
        themes = tuple(plannable[theme].id for theme in line.themes if theme in plannable)
        dialog = self._dialog(replace(line.main, themes=themes), themes, 0)
        dialog.ask_until(lambda: self._work.change_line(line, dialog.values(), dialog.chosen_themes(), dialog.seen))
        self.table.setFocus()

    def _dialog(
        self, recommendation: RecommendationContent | None, themes: Sequence[str], insights: int
    ) -> RecommendationDialog:
        seen = self._work.seen
        assert seen is not None
        return RecommendationDialog(
            self._theme,
            list(plan_themes(seen).values()),
            recommendation,
            basis=Basis(themes, insights=insights),
            seen=self._work.seq,
            parent=self.window(),
        )
