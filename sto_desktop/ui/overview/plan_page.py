"""Plan: the recommendations of all panels as lines that are put in order, grouped and filled in."""

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
from sto_desktop.ui.look.roles import Role, Space, TextStyle
from sto_desktop.ui.look.theme import Theme
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
    """Return for each theme, as all guides call it, one that a recommendation can be about."""
    found: dict[str, ThemeContent] = {}
    for panel in seen.panels:
        for theme in panel.guide.themes:
            if theme.is_conversation:
                found.setdefault(seen.same.theme(theme.theme), theme)
    return found


class LineView(SidePanel):
    """The line one is on: all who asked it, and what is agreed. `apart_asked` carries a recommendation that is to stand
    by itself again, `shown` the panel and the recommendation to go to."""

    apart_asked = Signal(str)
    edit_asked = Signal()
    shown = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
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
        inside.addWidget(TextLabel(theme, line_words(line), TextStyle.SECONDARY, Role.MUTED))
        if own_line(line) is None:
            said = tr("Nog niet in het plan. Vul haar in met Enter, of geef haar een plaats met Alt ↑: dan neemt het "
                      "programma haar over, en blijft staan wat het panel schreef.")  # fmt: skip
            inside.addWidget(TextLabel(theme, said, TextStyle.SECONDARY, Role.MUTED))
        for title, text in ((tr("Eerste stap"), record.first_step), (tr("Borging"), record.securing)):
            if text.strip():
                inside.addWidget(SectionLabel(theme, title))
                inside.addWidget(TextLabel(theme, text.strip(), TextStyle.BODY))
        edit = Button(theme, tr("Invullen"), hint="Enter", icon="edit", on_click=self.edit_asked.emit)
        inside.addLayout(row(edit, None))
        of_panel = {item.id: content for content in seen.panels for item in content.recommendations}
        asked = [item for item in line.all if item.id in of_panel]
        if asked:
            inside.addSpacing(Space.XS)
            inside.addWidget(
                SectionLabel(theme, counted(len(asked), "Gevraagd door {n} panel", "Gevraagd in {n} aanbevelingen"))
            )
        for item in asked:
            panel = of_panel[item.id].panel
            card = Card(margin=Space.M)
            card.body.setSpacing(2)
            name = TextLabel(theme, where(panel), TextStyle.SECONDARY_STRONG, lines=1)
            head = row(name, None, spacing=Space.XS)
            if len(line.all) > 1:
                apart = IconButton(theme, "close", tr("Losmaken"), on_click=partial(self.apart_asked.emit, item.id))
                self.apart_buttons.append(apart)
                head.addWidget(apart)
            card.body.addLayout(head)
            card.body.addWidget(TextLabel(theme, item.recommendation.text, TextStyle.BODY))
            go = QuietButton(theme, tr("Naar Uitwerken"), on_click=partial(self.shown.emit, panel.id, item.id))
            card.body.addLayout(row(go, None, spacing=0))
            inside.addWidget(card)


class PlanPage(QWidget):
    """`shown` carries the panel and the recommendation to go to in Uitwerken."""

    shown = Signal(str, str)

    def __init__(self, theme: Theme, work: OverviewWork) -> None:
        super().__init__()
        self._theme = theme
        self._work = work
        self.table = PlanTable(theme)
        self.line = LineView(theme)
        self._said = TextLabel(theme, "", TextStyle.SECONDARY, Role.MUTED)
        self.new_button = Button(theme, tr("Nieuw"), hint="A", icon="plus", on_click=self.new)
        self.same_button = Button(theme, tr("Hetzelfde"), hint="G", on_click=self.say_same)
        self.apart_button = Button(theme, tr("Losmaken"), hint="L", on_click=self.say_apart)
        plain.set_tip(self.same_button, tr("De gekozen aanbevelingen zeggen hetzelfde: maak er één regel van"))
        self.up = IconButton(
            theme, "chevron-up", tr("Hoger in het plan"), hint="Alt ↑", on_click=lambda: self._step(-1)
        )
        self.down = IconButton(
            theme, "chevron-down", tr("Lager in het plan"), hint="Alt ↓", on_click=lambda: self._step(1)
        )
        self.drop_button = IconButton(theme, "trash", tr("Uit het plan halen"), hint="Delete", on_click=self.drop)
        self._lay_out()
        self.table.entered.connect(self.edit)
        self.table.moved.connect(self.move_line)
        self.table.commanded.connect(self._command)
        self.table.line_chosen.connect(self._show_line)
        self.table.selectionModel().selectionChanged.connect(self._allow)
        self.line.edit_asked.connect(self.edit)
        self.line.apart_asked.connect(lambda item: self._work.say_apart([item]))
        self.line.shown.connect(self.shown)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        left.setSpacing(Space.S)
        left.addLayout(
            row(self.new_button, self.same_button, self.apart_button, self.up, self.down, self.drop_button, None)
        )
        card = Card(margin=4)
        card.body.addWidget(self.table)
        left.addWidget(card, 1)
        left.addWidget(self._said)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.line)

    # Showing

    def refresh(self) -> None:
        """Show the plan as it is now."""
        seen = self._work.seen
        if seen is None:
            return
        self.table.show_plan(seen)
        own = self.table.plan.own_count
        rest = len(self.table.plan.lines) - own
        said = [
            counted(own, "{n} regel in het plan", "{n} regels in het plan"),
            counted(rest, "{n} aanbeveling nog niet opgenomen", "{n} aanbevelingen nog niet opgenomen") if rest else "",
        ]
        self._said.setText(" · ".join(part for part in said if part))
        self._allow()

    def take_keyboard(self) -> None:
        """Put the keyboard in the table, or on what can be written."""
        (self.table if self.table.plan.lines else self.new_button).setFocus()

    def go_to(self, recommendation: str) -> None:
        """Bring the line of a recommendation into view."""
        for number, line in enumerate(self.table.plan.lines):
            if any(item.id == recommendation for item in line.all):
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

    # What is done

    def _command(self, name: str) -> None:
        {"A": self.new, "G": self.say_same, "L": self.say_apart, "Delete": self.drop}[name]()

    def say_same(self) -> None:
        """Say that the chosen recommendations ask for the same."""
        chosen = self.table.chosen()
        if len(chosen) > 1:
            self._work.say_same(chosen)
            self.table.setFocus()

    def say_apart(self) -> None:
        """Let the recommendations of the chosen lines stand by themselves again."""
        for line in self.table.chosen():
            if len(line.all) > 1:
                self._work.say_apart([item.id for item in line.all[1:]])

    def drop(self) -> None:
        """Take the line one is on out of the plan."""
        line = self.table.current()
        if line is not None:
            self._work.drop_line(line)

    def _step(self, by: int) -> None:
        at = self.table.currentIndex().row()
        if at >= 0:
            self.move_line(at, at + by)
            self.table.setFocus()

    def move_line(self, at: int, to: int) -> None:
        """Put the line at a place elsewhere; the programme's own lines stand first."""
        line = self.table.plan.lines[at]
        own = self.table.plan.own_count
        if own_line(line) is None:
            # Moved at all, it comes into the plan: at its place there, or at the end.
            self._work.move_line(line, min(to, own))
        elif 0 <= to < own and to != at:
            self._work.move_line(line, to)
        elif to >= own:
            self._work.move_line(line, own - 1)

    def new(self, insights: Sequence[str] = (), themes: Sequence[str] = ()) -> None:
        """Write a recommendation of the programme; it may follow from insights."""
        seen = self._work.seen
        if seen is None:
            return
        known = plan_themes(seen)
        chosen = [known[theme].id for theme in themes if theme in known]
        dialog = self._dialog(None, chosen, len(insights))
        dialog.ask_until(lambda: self._work.add_recommendation(dialog.values(), dialog.chosen_themes(), insights))

    def edit(self) -> None:
        """Fill in the line one is on."""
        line, seen = self.table.current(), self._work.seen
        if line is None or seen is None:
            return
        known = plan_themes(seen)
        themes = tuple(known[theme].id for theme in line.themes if theme in known)
        dialog = self._dialog(replace(line.main, themes=themes), themes, 0)
        dialog.ask_until(lambda: self._work.change_line(line, dialog.values(), dialog.chosen_themes(), dialog.seen))
        self.table.setFocus()

    def _dialog(self, item: RecommendationContent | None, themes: Sequence[str], insights: int) -> RecommendationDialog:
        seen = self._work.seen
        assert seen is not None
        return RecommendationDialog(
            self._theme,
            list(plan_themes(seen).values()),
            item,
            basis=Basis(themes, insights=insights),
            seen=self._work.seq,
            parent=self.window(),
        )
