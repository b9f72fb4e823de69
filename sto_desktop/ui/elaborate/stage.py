"""The stage Uitwerken: combines notes, insights and debrief, and keeps them in step with the dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from platformdirs import user_documents_path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.log.change import Changed
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.panel.note_filter import NoteFilter
from sto_desktop.language import counted, tr
from sto_desktop.ui.base.doing import perform
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import STAGE_VIEWS, Stage, StageContext
from sto_desktop.ui.commands.command import Place
from sto_desktop.ui.elaborate.insights.conclusions_page import ConclusionsPage
from sto_desktop.ui.elaborate.insights.debrief_page import DebriefPage
from sto_desktop.ui.elaborate.insights.workbench import Workbench
from sto_desktop.ui.elaborate.matrix.matrix_page import MatrixPage
from sto_desktop.ui.fields.debrief_clock import DebriefClock, debrief_ends
from sto_desktop.ui.fields.spelling import Spelling
from sto_desktop.ui.findings.work import Work
from sto_desktop.ui.notes.conflict_dialog import ConflictDialog
from sto_desktop.ui.notes.material import Material
from sto_desktop.ui.notes.similar_list import MOST_SHOWN
from sto_desktop.ui.paper.choices import documents_folder
from sto_desktop.ui.widgets import ActionButton, EmptyState, Notices, Segmented, Tone, TopBar, begins_elsewhere
from sto_desktop.workplace.issuing import figure_issued

NOTES, BOARD, CONCLUSIONS, MATRIX, DEBRIEF = STAGE_VIEWS[Stage.ELABORATE]

NARROW = 1000
"""Below this width, in px, the top bar has no room for both the view tabs and undo."""


@dataclass(frozen=True)
class PanelView:
    """One view of the panel: its page, and how to operate it.

    `show` updates the page with the content, `finish` saves what is being typed in it, `focus` gives it keyboard focus.
    Views may share a page. `without_notes`: the view is also useful for a panel without notes.
    """

    page: QWidget
    show: Callable[[PanelContent], object]
    finish: Callable[[], object]
    focus: Callable[[], object]
    without_notes: bool = False


def elaborate_stage(context: StageContext) -> QWidget:
    """Build the stage for the open dossier."""
    return ElaborateStage(context)


class ElaborateStage(QWidget):
    """The stage; `page` is the id of the visible view, `show_row` shows a note, insight or recommendation."""

    def __init__(self, context: StageContext) -> None:
        super().__init__()
        self._context = context
        self._session: Session = context.session
        theme = context.theme
        self.material = Material(lambda: self._session.dossier)
        self.work = Work(self._session, self.material, context.tell_error)
        self._conflict_count = 0
        self.top = TopBar(theme, tr("Uitwerken"))
        self._undo: ActionButton | None = None
        if "undo" in context.actions:
            self._undo = ActionButton(theme, context.actions["undo"])
            self.top.add(self._undo)
        copy = self._session.copy
        self.bench = Workbench(
            theme,
            self.work,
            self.material,
            self._session.dossier,
            lambda note, without: copy.read_apart(
                lambda read: read.lists.similar(note, limit=MOST_SHOWN, without=without)
            ),
        )
        self.bench.pane.hands.told.connect(context.notify)
        self.debrief_clock = DebriefClock(theme, self._session)
        self.spelling = Spelling(context.settings, self)
        self.bench.check_spelling(self.spelling)
        self.bench.debrief.asked.connect(partial(self.show_page, DEBRIEF))
        self.debrief = DebriefPage(theme, self.work, self.debrief_clock)
        self._led_to: dt.datetime | None = None
        self.matrix = self._make_matrix()
        self.conclusions = ConclusionsPage(theme, self.work, self.material)
        self.conclusions.spelling = self.debrief.spelling = self.spelling
        self.conclusions.insight_shown.connect(partial(self.show_row, "insight"))
        self.views = self._make_views()
        labels = [(view, tr(label)) for view, label in STAGE_VIEWS[Stage.ELABORATE].items()]
        self.tabs = Segmented(
            theme,
            labels,
            name=tr("Weergave"),
            commands=[f"elaborate_{view}" for view in STAGE_VIEWS[Stage.ELABORATE]],
            value=NOTES,
        )
        self.tabs.selected.connect(self.show_page)
        self.top.add(self.tabs)
        self.notices = Notices(theme, lambda: self.views[self.page].focus())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.notices)
        self._pages = QStackedWidget()
        layout.addWidget(self._pages, 1)
        self._no_panel = self._empty_without_panel()
        self._no_notes = self._empty_without_notes()
        for page in dict.fromkeys((*(entry.page for entry in self.views.values()), self._no_panel, self._no_notes)):
            self._pages.addWidget(page)
        self._session.changed.connect(self._changed)
        self._session.panel_changed.connect(self._panel_changed)
        self._stale = self._fresh = True

    def _make_views(self) -> dict[str, PanelView]:
        """Return the views by id."""
        bench, debrief, matrix, concluding = self.bench, self.debrief, self.matrix, self.conclusions
        focus = bench.focus_notes
        return {
            NOTES: PanelView(bench, lambda _content: self._show_notes(board=False), bench.finish, focus),
            BOARD: PanelView(bench, lambda _content: self._show_notes(board=True), bench.finish, focus),
            CONCLUSIONS: PanelView(concluding, concluding.show_content, concluding.finish, concluding.take_keyboard),
            MATRIX: PanelView(matrix, matrix.show_content, lambda: None, matrix.take_keyboard),
            DEBRIEF: PanelView(debrief, debrief.show_content, debrief.save, debrief.focus_first, without_notes=True),
        }

    def _show_notes(self, *, board: bool) -> None:
        self.bench.refresh()
        self.bench.pane.show_as_board(board)

    def _make_matrix(self) -> MatrixPage:
        context = self._context
        page = MatrixPage(
            context.theme, lambda: documents_folder(context.settings.current.last_folder, user_documents_path)
        )
        page.notes_asked.connect(self.show_filtered)
        page.told.connect(context.notify)
        page.failed.connect(context.tell_error)
        page.made.connect(self._remember)
        return page

    def _remember(self, what: str, file_name: str) -> None:
        session = self._context.session
        perform(self._context, figure_issued(session.panel_id, what, session.now(), file_name))

    def show_filtered(self, wanted: NoteFilter) -> None:
        """Show the notes that match a filter in the list."""
        self.show_page(NOTES)
        self.bench.pane.filters.ask(wanted)

    def _empty_without_panel(self) -> EmptyState:
        text = tr("In dit dossier staat nog geen panel. Maak er een bij Voorbereiden; na het gesprek werkt u het "
                  "hier uit.")  # fmt: skip
        return begins_elsewhere(self._context, Stage.ELABORATE, tr("Nog geen panelgesprek"), text, Stage.PREPARE)

    def _empty_without_notes(self) -> EmptyState:
        text = tr("Wat er in het gesprek genoteerd wordt, komt hier bij elkaar: om te ordenen, en om er inzichten "
                  "van te maken.")  # fmt: skip
        return begins_elsewhere(self._context, Stage.ELABORATE, tr("Nog geen notities"), text, Stage.CONVERSATION)

    # Showing

    @property
    def page(self) -> str:
        """Id of the selected view."""
        return str(self.tabs.value())

    def show_page(self, page: str) -> None:
        """Switch to a view."""
        self.finish()
        self.tabs.set_value(page)
        self._show_page()
        view, content = self.views[page], self.material.content
        if content is not None and self._pages.currentWidget() is view.page:
            view.show(content)
            view.focus()

    def shows_place(self, place: Place) -> bool:
        """Return whether the view of these commands is on show; those on notes work in list and board."""
        return self.page == place.view or (not place.view and self.page in (NOTES, BOARD))

    def show_place(self, place: Place) -> None:
        """Show the view of these commands."""
        if not self.shows_place(place):
            self.show_page(place.view or NOTES)

    def show_row(self, table: str, row: str) -> None:
        """Bring a note, insight or recommendation into view, whatever filter is active."""
        if self.views[self.page].page is not self.bench:
            self.show_page(NOTES)
        self.bench.show_row(table, row)

    def _show_page(self) -> None:
        content = self.material.content
        if content is None:
            self._pages.setCurrentWidget(self._no_panel)
        elif self.views[self.page].without_notes or content.notes or content.insights or content.recommendations:
            self._pages.setCurrentWidget(self.views[self.page].page)
        else:
            self._pages.setCurrentWidget(self._no_notes)
        self.tabs.setEnabled(content is not None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.load()
        if self._fresh:
            self._fresh = False
            self.views[self.page].focus()
            QTimer.singleShot(0, self.bench, self.bench.restore_draft)
        self._lead_to_debrief()

    def _lead_to_debrief(self) -> None:
        """Show the debrief once to a user who comes straight from the conversation."""
        ends = debrief_ends(self._session, self._session.panel_id)
        if ends is not None and ends != self._led_to and ends > self._session.now():
            self._led_to = ends
            self.show_page(DEBRIEF)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._undo is not None:
            # In a narrow window the title needs the room; the status bar offers undo too.
            self._undo.setVisible(self.width() >= NARROW)

    def hideEvent(self, event: QHideEvent) -> None:
        self.finish()
        super().hideEvent(event)

    def finish(self) -> None:
        """Save everything being typed."""
        for view in self.views.values():
            view.finish()

    def _panel_changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.load()

    def load(self) -> None:
        """Read the current panel in full."""
        self._stale = False
        self.finish()
        self.material.load(self._session.panel_id)
        self.bench.reset()
        self._refresh()

    def _changed(self, changed: Changed) -> None:
        if not self.isVisible():
            # During a conversation, spend no time on a hidden stage.
            self._stale = True
        elif self.material.content is None and self._session.panel_id is not None:
            self.load()
        elif self.material.follow(changed):
            self._refresh()
        else:
            self.bench.pane.follow_elsewhere(changed)
            self._show_conflicts()

    def _refresh(self) -> None:
        content = self.material.content
        self.top.set_subtitle(_subtitle(content) if content else "")
        self._show_page()
        if content is not None:
            names = ((panelist.name, panelist.first_name, panelist.organisation) for panelist in content.panelists)
            self.spelling.set_names(name for parts in names for name in parts)
            # Hidden views are updated when they are shown.
            self.views[self.page].show(content)
        self._show_conflicts()

    # Conflicts

    def _show_conflicts(self) -> None:
        count = len(self.work.conflicts())
        if count == self._conflict_count:
            return
        self._conflict_count = count
        self.notices.clear()
        if count:
            message = counted(
                count,
                "{n} tegenstrijdigheid: twee mensen wijzigden hetzelfde. Beide versies zijn bewaard.",
                "{n} tegenstrijdigheden: twee mensen wijzigden hetzelfde. Alle versies zijn bewaard.",
            )
            self.notices.tell(
                message,
                tone=Tone.WARN,
                action=tr("Bekijken en kiezen"),
                on_action=self.show_conflicts,
                closable=False,
            )

    def show_conflicts(self) -> None:
        """Open the list of conflicts."""
        ConflictDialog(self._context.theme, self.work, self._named, self).ask()

    def _named(self, table: str, row: str) -> str:
        content = self.material.content
        if content is None:
            return ""
        names = {question.id: question.text for _, question in content.guide.questions()}
        names |= {theme.id: theme.title for theme in content.guide.themes}
        names |= {member.id: member.name for member in content.panelists}
        names |= {note.id: note.text for note in content.notes}
        names |= {finding.id: finding.insight.text for finding in content.insights}
        return names.get(row, "")


def _subtitle(content: PanelContent) -> str:
    day = content.panel.date
    title = title_for(content.panel)
    return f"{title} · {long_date(day)}" if day else title
