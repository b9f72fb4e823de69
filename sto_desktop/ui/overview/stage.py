"""The stage Vogelvlucht: matrix with workspace, plan and figures, kept in step with the dossier, and the exports."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from sto_desktop.domain.errors import StoError
from sto_desktop.domain.log.change import Changed
from sto_desktop.domain.panel.note_filter import NoteFilter
from sto_desktop.domain.panel.overview import Axis, Overview, OverviewContent
from sto_desktop.domain.privacy.participation import said_left_out, said_unasked, unasked
from sto_desktop.domain.privacy.to_check import ToCheck
from sto_desktop.json_text import read_json
from sto_desktop.language import counted, tr
from sto_desktop.report.blocks.issued import NEWSLETTER
from sto_desktop.storage.working.overview_read import overview_apart
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.doing import attempt, perform
from sto_desktop.ui.base.keys import hint
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import STAGE_VIEWS, Stage, StageContext
from sto_desktop.ui.commands.command import Need, Place
from sto_desktop.ui.elaborate.stage import ElaborateStage
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.notes.to_check import show_what_to_check
from sto_desktop.ui.overview.bar import AxesBar
from sto_desktop.ui.overview.crossing_table import CrossingTable
from sto_desktop.ui.overview.figures_page import FiguresPage
from sto_desktop.ui.overview.outlet import OverviewOutlet
from sto_desktop.ui.overview.plan_page import PlanPage
from sto_desktop.ui.overview.similar import SimilarElsewhere
from sto_desktop.ui.overview.work import OverviewWork
from sto_desktop.ui.overview.workspace import Workspace
from sto_desktop.ui.paper.choices import documents_folder
from sto_desktop.ui.paper.files import SYSTEM_FILES, Files
from sto_desktop.ui.widgets import (
    ChooseTarget,
    EmptyState,
    IconButton,
    PrimaryButton,
    Segmented,
    TextLabel,
    TopBar,
    ask_target,
    begins_elsewhere,
)
from sto_desktop.workplace.house import HouseChoice
from sto_desktop.workplace.issuing import figure_issued, overview_issued

MATRIX, PLAN, FIGURES = STAGE_VIEWS[Stage.OVERVIEW]
SETTING = "overview"
AFTER_MS = 60
"""Changes within this time, in ms, are read together."""
NARROW, WIDE = 1000, 1500
SIDE_NARROW, SIDE, SIDE_WIDE = 300, 360, 420
SHOWN_HERE = (
    "panel", "guide", "theme", "question", "panelist", "note", "voice", "insight", "insight_note", "insight_insight",
    "recommendation", "recommendation_note", "recommendation_insight", "recommendation_theme", "same_as",
)  # fmt: skip


def overview_stage(context: StageContext) -> QWidget:
    """Build the stage for the open dossier."""
    return OverviewStage(context)


class OverviewStage(QWidget):
    """The stage; `page` is the visible view; `seen` the overview shown, None until it was read."""

    def __init__(self, context: StageContext, files: Files = SYSTEM_FILES, ask: ChooseTarget = ask_target) -> None:
        super().__init__()
        self._context = context
        self._session: Session = context.session
        self._content: OverviewContent | None = None
        self._reading = self._again = False
        self._stale = self._fresh = True
        theme = context.theme
        self.work = OverviewWork(self._session, context.tell_error)
        self._rest = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._rest.timeout.connect(self._read)

        def folder() -> Path:
            return documents_folder(context.settings.current.last_folder, files.documents)

        self._files = files
        self.out = OverviewOutlet(self, files, ask, folder)
        self.bar = AxesBar(theme)
        self.table = CrossingTable(theme)
        self.workspace = Workspace(theme, self.work, SimilarElsewhere(theme, self._session.dossier))
        self.plan = PlanPage(theme, self.work)
        self.figures = FiguresPage(theme, folder, ask)
        self._lay_out()
        self._wire()
        self._restore_axes()
        self._session.changed.connect(self._changed)

    @property
    def seen(self) -> Overview | None:
        """The overview shown."""
        return self.work.seen

    # Building

    def _lay_out(self) -> None:
        theme = self._context.theme
        self.top = TopBar(theme, tr("Vogelvlucht"))
        views = [(page, tr(label)) for page, label in STAGE_VIEWS[Stage.OVERVIEW].items()]
        self.tabs = Segmented(
            theme, views, name=tr("Weergave"), commands=[f"overview_{page}" for page, _ in views], value=MATRIX
        )
        self.more_button = IconButton(
            theme, "more", tr("Meer manieren om de vogelvlucht te gebruiken"), command="overview_more"
        )
        self.save_button = PrimaryButton(
            theme,
            tr("Vogelvlucht in Word"),
            hint=hint("save_overview"),
            command="save_overview",
            on_click=self.save,
        )
        for widget in (self.tabs, self.more_button, self.save_button):
            self.top.add(widget)
        self._make_menu()
        matrix = QWidget()
        left_side = QVBoxLayout()
        left_side.setContentsMargins(0, 0, 0, Space.S)
        left_side.setSpacing(Space.S)
        left_side.addWidget(self.bar)
        inside = QVBoxLayout()
        inside.setContentsMargins(Space.M, 0, Space.S, 0)
        inside.setSpacing(Space.XS)
        inside.addWidget(self.table, 1)
        explanation = tr(
            "Per vak het voornaamste inzicht; bolletjes: sectoren die het delen. Klik voor wat er gezegd is."
        )
        inside.addWidget(TextLabel(theme, explanation, TextStyle.SECONDARY, ColourRole.MUTED, lines=1))
        left_side.addLayout(inside, 1)
        across = QHBoxLayout(matrix)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(left_side, 1)
        across.addWidget(self.workspace)
        self._pages = {MATRIX: matrix, PLAN: self.plan, FIGURES: self.figures}
        self._being_read = EmptyState(theme, "overview", tr("De panels worden gelezen…"), "")
        self._no_panel, self._no_insight = self._empty_without_panel(), self._empty_without_insight()
        self._stack = QStackedWidget()
        for page in (self._being_read, *self._pages.values(), self._no_panel, self._no_insight):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self._stack, 1)

    def _make_menu(self) -> None:
        self.save_action = keys.bind("save_overview", self, self.save, everywhere=True)
        self.menu = QMenu(self)
        keys.entry(self.menu, "newsletter_copy", self.copy_newsletter)
        keys.entry(self.menu, "newsletter_word", lambda: self.save(short=True))
        self.menu.addSeparator()
        keys.entry(self.menu, "plan_excel", self.save_plan)
        self.menu.addSeparator()
        keys.entry(self.menu, "overview_markdown", lambda: self.save(ending=".md"))
        keys.entry(self.menu, "overview_pdf", lambda: self.save(ending=".pdf"))
        keys.entry(self.menu, "overview_html", lambda: self.save(ending=".html"))

    def _empty_without_panel(self) -> EmptyState:
        text = tr("Hier komen alle panels naast elkaar: per thema wat elke subregio vond, en het plan. "
                  "Maak een panel bij Voorbereiden of haal met Samenvoegen dossiers van collega's binnen.")  # fmt: skip
        return begins_elsewhere(self._context, Stage.OVERVIEW, tr("Nog geen panelgesprekken"), text, Stage.PREPARE)

    def _empty_without_insight(self) -> EmptyState:
        text = tr("De vogelvlucht legt de inzichten van de panels naast elkaar. Schrijf ze bij Uitwerken, bij de "
                  "notities waarop ze rusten; wat collega's uitwerkten komt binnen met Samenvoegen.")  # fmt: skip
        return begins_elsewhere(self._context, Stage.OVERVIEW, tr("Nog geen inzichten"), text, Stage.ELABORATE)

    def _wire(self) -> None:
        context = self._context
        self.tabs.selected.connect(self.show_page)
        self.more_button.clicked.connect(self._show_more)
        self.bar.changed.connect(self._axes_changed)
        self.table.chosen.connect(self.workspace.show_place)
        self.table.entered.connect(self.workspace.take_keyboard)
        self.workspace.left.connect(self.table.setFocus)
        self.workspace.note_asked.connect(self._go)
        self.workspace.line_asked.connect(self._go_to_line)
        self.workspace.recommendation_asked.connect(self.plan.new)
        self.plan.shown.connect(lambda panel, recommendation: self._go(panel, "recommendation", recommendation))
        self.figures.told.connect(context.notify)
        self.figures.made.connect(self._remember_figure)
        for failed in (self.figures.failed, self.out.failed):
            failed.connect(context.tell_error)
        self.out.busy.connect(self._allow)
        self.out.written.connect(self._written)
        self.out.copied.connect(self._copied)

    def _show_more(self) -> None:
        self.menu.popup(self.more_button.below())

    # In step with the dossier

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        self._rest.stop()
        self.workspace.finish()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = SIDE_WIDE if self.width() >= WIDE else SIDE if self.width() >= NARROW else SIDE_NARROW
        self.workspace.set_width(wide)
        self.plan.line.setFixedWidth(wide)

    def _changed(self, changed: Changed) -> None:
        if not changed.touches(*SHOWN_HERE):
            return
        self._stale = True
        if self.isVisible():
            self._rest.start()

    def _read(self) -> None:
        # One read at a time; if something changes during it, another read follows.
        if self._reading:
            self._again = True
            return
        self._stale, self._again = False, False
        self._reading = True
        self._being_read.title.setText(tr("De panels worden gelezen…"))
        copy = self._session.copy
        years, (rows, columns) = self.bar.years, self.bar.axes()

        def work() -> Overview:
            seen = Overview(overview_apart(copy), years)
            # With a thousand panels this takes long, so the worker computes it before it is shown.
            seen.prepare(rows, columns)
            return seen

        self._session.in_background(work, self._came, self._not_read, ended=self._read_ended)

    def _read_ended(self) -> None:
        self._reading = False

    def _came(self, seen: Overview) -> None:
        content = self._content = seen.content
        if not self.isVisible():
            self._stale = True
            return
        years = self.bar.years
        self.bar.show_years(Overview(content).years)
        # The years may have changed during reading; then compute again for the current ones.
        self.show_content(seen if years == self.bar.years == seen.wanted else None)
        if self._again or self._stale:
            self._read()

    def _not_read(self, error: StoError) -> None:
        self._stale = True
        self._being_read.title.setText(tr("De panels konden niet worden gelezen."))
        self._context.tell_error(error)

    def show_content(self, ready: Overview | None = None) -> None:
        """Show what was read, with the selected axes and years; `ready`: already computed for those years."""
        content = self._content
        if content is None:
            return
        seen = ready or self._again_with(content)
        self.work.seen = self.workspace.similar.seen = seen
        self.top.set_subtitle(counted(len(seen.panels), "{n} panel", "{n} panels"))
        rows, columns = self.bar.axes()
        self.table.show_overview(seen, rows, columns, counts=self.bar.counts.isChecked())
        self.workspace.refresh()
        self.plan.refresh()
        if self.page == FIGURES:
            self.figures.show_overview(seen)
        self._show_page()
        if self._fresh:
            self._fresh = False
            self.workspace.restore()
            if self.workspace.editor is None:
                self._focus()

    def _again_with(self, content: OverviewContent) -> Overview:
        """Return the overview shown, recomputed if other years were selected."""
        seen = self.seen
        is_current = seen is not None and seen.content is content and seen.wanted == self.bar.years
        return seen if is_current and seen is not None else Overview(content, self.bar.years)

    def missing_now(self) -> Need | None:
        """Return what all commands of this stage wait for: until it was read, nothing can be done with it."""
        return Need.READ if self._content is None else None

    def shows_place(self, place: Place) -> bool:
        """Return whether the view of these commands is on show."""
        return not place.view or self.page == place.view

    def show_place(self, place: Place) -> None:
        """Show the view of these commands."""
        if not self.shows_place(place):
            self.show_page(place.view)

    def _show_page(self) -> None:
        content, seen = self._content, self.seen
        if content is None or seen is None:
            return
        something = seen.findings or content.insights or seen.plan
        if not content.panels:
            page: QWidget = self._no_panel
        else:
            page = self._pages[self.page] if something else self._no_insight
        self._stack.setCurrentWidget(page)
        self._allow()

    def _allow(self) -> None:
        shown = self._stack.currentWidget() in self._pages.values()
        for control in (self.tabs, self.save_button, self.more_button):
            control.setEnabled(shown)
        self.save_action.setEnabled(shown and not self.out.working)
        self.save_button.setEnabled(shown and not self.out.working)

    # Views

    @property
    def page(self) -> str:
        """Id of the selected view."""
        return str(self.tabs.value())

    def show_page(self, page: str) -> None:
        """Switch to a view."""
        self.workspace.finish()
        self.tabs.set_value(page)
        if page == FIGURES and self.seen is not None:
            self.figures.show_overview(self.seen)
        self._show_page()
        self._focus()

    def _focus(self) -> None:
        current = self._stack.currentWidget()
        if isinstance(current, EmptyState):
            current.setFocus()
        elif self.page == PLAN:
            self.plan.take_keyboard()
        elif self.page == FIGURES:
            self.figures.take_keyboard()
        else:
            self.table.setFocus()

    def _axes_changed(self) -> None:
        rows, columns = self.bar.axes()
        stored = {
            "rows": rows.value,
            "columns": columns.value,
            "years": self.bar.years,
            "counts": self.bar.counts.isChecked(),
        }
        attempt(self._context.tell_error, self._session.dossier.set_setting, SETTING, json.dumps(stored))
        self.show_content()

    def _restore_axes(self) -> None:
        try:
            stored = read_json(self._session.dossier.setting(SETTING))
            rows, columns = Axis(stored["rows"]), Axis(stored["columns"])
            years, counts = tuple(map(str, stored["years"])), bool(stored["counts"])
        except (ValueError, KeyError, TypeError):
            # Without a readable setting, the default axes stay.
            return
        self.bar.years = years
        self.bar.counts.setChecked(counts)
        if rows is not columns:
            self.bar.set_axes(rows, columns)

    # Links to Uitwerken and the plan

    def _go(self, panel: str, table: str, row_id: str) -> None:
        """Open a note, insight or recommendation of a panel in Uitwerken, or all its notes about a theme."""
        self._session.show_panel(panel)
        self._context.navigate(Stage.ELABORATE)
        stage = self._context.stage_widget(Stage.ELABORATE)
        if not isinstance(stage, ElaborateStage):
            return
        if table != "theme":
            stage.show_row(table, row_id)
            return
        content, seen = stage.material.content, self.seen
        themes = content.guide.themes if content is not None and seen is not None else ()
        # Each panel has its own ids; `same` gives the theme of the overview.
        matching = (theme.id for theme in themes if seen is not None and seen.same.theme(theme.theme) == row_id)
        theme_id = next(matching, None)
        stage.show_filtered(NoteFilter(scope=theme_id) if theme_id else NoteFilter())

    def _go_to_line(self, recommendation: str) -> None:
        self.show_page(PLAN)
        self.plan.go_to(recommendation)

    # Exports

    def save(self, *, short: bool = False, ending: str = ".docx") -> None:
        """Ask for a file and write the vogelvlucht, or the newsletter, to it."""
        if self._content is not None:
            style = HouseChoice.of(self._context.settings.current).style()
            self.out.save(self._content, self.bar.years, style, self._session.now().date(), short=short, ending=ending)

    def save_plan(self) -> None:
        """Ask for a file and write the plan to it."""
        if self._content is not None:
            self.out.save_plan(self._content, self.bar.years)

    def copy_newsletter(self) -> None:
        """Copy the newsletter to the clipboard."""
        if self._content is not None:
            self.out.copy(self._content, self.bar.years, self._session.now().date())

    def _copied(self, to_check: tuple[ToCheck, ...]) -> None:
        self._remember(NEWSLETTER, tr("(klembord)"))
        self._context.notify(tr("De nieuwsbrief staat als tekst op het klembord."), tone="good")
        show_what_to_check(self._context.theme, tr("de nieuwsbrief"), to_check, self.window())

    def _remember(self, form: str, file_name: str) -> None:
        perform(self._context, overview_issued(form, self._session.now(), file_name, ""))

    def _remember_figure(self, caption: str, file_name: str) -> None:
        perform(self._context, figure_issued(None, caption, self._session.now(), file_name))

    def _written(self, target: object, to_check: tuple[ToCheck, ...], lacks: str, form: str) -> None:
        assert isinstance(target, Path)
        self._remember(form, target.name)
        self._context.settings.change(last_folder=str(target.parent))
        message = tr("Opgeslagen: {name}.", name=target.name)
        panels = self.seen.panels if self.seen is not None else ()
        away = said_left_out(sum(panel.left_out for panel in panels))
        not_asked = said_unasked(sum(unasked(panel.panelists) for panel in panels))
        self._context.notify(
            " ".join(part for part in (message, away, not_asked, lacks) if part),
            action=tr("Openen"),
            on_action=lambda: self._files.open(target),
            tone="late" if lacks else "good",
        )
        show_what_to_check(self._context.theme, target.name, to_check, self.window())
