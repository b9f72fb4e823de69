"""The stage Voorbereiden: combines bar, guide, panel, members and checklist, and connects them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sto_desktop.domain.actions import panels
from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.log.change import Changed
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.address_book import address_book
from sto_desktop.domain.panel.consent import refuse_recording
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.domain.panel.readiness import OPENING_READ, Check, CheckKind, consent_answered, readiness
from sto_desktop.language import tr
from sto_desktop.report.papers.kinds import Paper
from sto_desktop.ui.base.doing import perform
from sto_desktop.ui.base.jobs import Jobs
from sto_desktop.ui.base.keys import bind
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.commands.command import Place
from sto_desktop.ui.prepare.bar import BarCommands, PrepareBar
from sto_desktop.ui.prepare.busy import BusyLine
from sto_desktop.ui.prepare.guide.guide_page import GuidePage
from sto_desktop.ui.prepare.guide.guide_shelf import GuideShelf
from sto_desktop.ui.prepare.guide.guide_table import Wish
from sto_desktop.ui.prepare.intake.intake import FileIntake
from sto_desktop.ui.prepare.members.members_model import NAME, SEAT, SECTOR, column_of
from sto_desktop.ui.prepare.panel_keeper import PanelField, PanelKeeper
from sto_desktop.ui.prepare.papers.printer import AskPrinter, ask_printer
from sto_desktop.ui.prepare.side import PrepareSide
from sto_desktop.ui.widgets import ChooseFile, ChooseTarget, EmptyState, FileQuestion, ask_file, ask_target

if TYPE_CHECKING:  # imported with what is built when it is first needed
    from sto_desktop.report.rights.erasure_proof import ErasureProof
    from sto_desktop.ui.notes.erasing import Eraser
    from sto_desktop.ui.prepare.details_page import DetailsPage
    from sto_desktop.ui.prepare.members.members_page import MembersPage
    from sto_desktop.ui.prepare.papers.papers_page import PapersPage

_PAPERS = {paper: f"paper_{paper.name.lower()}" for paper in Paper}
"""The command that shows each paper."""

_PAGES = {"guide": "_work", "members": "members", "papers": "papers", "details": "details"}
"""By the view of a command, the page that has it."""

_WIDE, _SIDE, _NARROW_SIDE = 1100, 420, 360
"""Below the first width, in px, the side gets the last width."""


def prepare_stage(
    context: StageContext,
    choose_file: ChooseFile = ask_file,
    choose_target: ChooseTarget = ask_target,
    ask_printer: AskPrinter = ask_printer,
) -> PrepareStage:
    """Build the stage for the open dossier.

    `choose_file` asks for files to import, `choose_target` where to write, `ask_printer` where to print.
    """
    return PrepareStage(context, choose_file, choose_target, ask_printer)


class PrepareStage(QWidget):
    """All preparation before a panel meets."""

    def __init__(
        self,
        context: StageContext,
        choose_file: ChooseFile,
        choose_target: ChooseTarget,
        ask_printer: AskPrinter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._session: Session = context.session
        self._panel: Panel | None = None
        self._guide: GuideContent | None = None
        self._people: tuple[Panelist, ...] = ()
        self._choose_target = choose_target
        self.keeper = PanelKeeper(context, self)
        self.jobs = Jobs(self)
        self.intake = FileIntake(context, self, self.jobs, choose_file, self.commit)
        self.shelf = GuideShelf(context, self, self.jobs, (choose_file, choose_target), self.commit)
        commands = BarCommands(
            self._new_panel,
            self.intake.notes_from_file,
            self.shelf.fill,
            self.show_papers,
            context.actions.get("delete_panel"),
        )
        self.bar = PrepareBar(context.theme, commands)
        self.keeper.add("title", PanelField(self.bar.title))
        self.guide_page = GuidePage(context)
        self.side = PrepareSide(context, self.keeper, self._today)
        self._ask_printer = ask_printer
        self.busy = BusyLine(context.theme, self.jobs.cancel)
        self.empty = EmptyState(
            context.theme,
            "prepare",
            tr("In dit dossier staat nog geen panelgesprek"),
            tr("Een panelgesprek heeft een leidraad, een datum en panelleden. Alles kan later nog anders."),
            action=tr("Nieuw panelgesprek"),
            command="new_panel",
            on_action=self._new_panel,
        )
        self._stale = False
        self._lay_out()
        self._connect()
        self.refresh()

    # Pages that are built when they are first needed: the guide is on the screen before them.

    @cached_property
    def members(self) -> MembersPage:
        """The full list of members."""
        from sto_desktop.ui.prepare.members.members_page import MembersPage

        page = MembersPage(self._context)
        page.paste_asked.connect(self.intake.members_from_clipboard)
        page.import_asked.connect(self.intake.members_from_file)
        page.left.connect(self.show_guide)
        page.erase_asked.connect(self.eraser.ask_about_member)
        page.consent_asked.connect(self._ask_consent)
        self._pages.addWidget(page)
        self._fill_members(page)
        return page

    @cached_property
    def details(self) -> DetailsPage:
        """The panel's other data."""
        from sto_desktop.ui.prepare.details_page import DetailsPage

        page = DetailsPage(self._context.theme, self.keeper, self._today)
        page.erase_asked.connect(self.erase_names)
        page.left.connect(self._show_table)
        self._pages.addWidget(page)
        self._fill_details(page)
        return page

    @cached_property
    def papers(self) -> PapersPage:
        """What can be printed."""
        from sto_desktop.ui.prepare.papers.papers_page import PapersPage

        page = PapersPage(self._context, self._choose_target, self._ask_printer)
        page.left.connect(self._show_table)
        self._pages.addWidget(page)
        self._fill_papers(page)
        return page

    @cached_property
    def eraser(self) -> Eraser:
        """What asks before names are erased."""
        from sto_desktop.ui.notes.erasing import Eraser

        eraser = Eraser(self._session, self._context.theme, self._context.notify, self)
        eraser.person_erased.connect(self._offer_proof)
        return eraser

    def _built(self, name: str) -> Any:
        """Return a page, or what else is built when it is needed; None if it was not needed yet."""
        return vars(self).get(name)

    def _connect(self) -> None:
        self.bar.chooser.chosen.connect(self._session.show_panel)
        self.guide_page.planned.connect(self._show_checks)
        self.side.checklist.asked.connect(self._settle)
        self.side.members_asked.connect(self.show_members)
        self.side.card.typed.connect(self._type_member)
        self.side.paste_asked.connect(self.intake.members_from_clipboard)
        self.side.details_asked.connect(self.show_details)
        self._bind()
        self.jobs.busy.connect(self.busy.show_text)
        self.jobs.failed.connect(self._context.tell_error)
        # A running job must not report to a deleted stage.
        self.destroyed.connect(self.jobs.end)
        self._session.changed.connect(self._on_changed)
        self._session.panel_changed.connect(self._refresh_if_shown)

    def _bind(self) -> None:
        """Bind the keys, and what the palette does without a button in sight."""
        bind("details", self._work, self.show_details)
        bind("papers", self._work, self.show_papers)
        bar, table, shelf = self.bar, self.guide_page.table, self.shelf
        for command, slot in {
            "prepare_guide": self.show_guide,
            "members": self.show_members,
            "new_panel": self._new_panel,
            "import_notes": self.intake.notes_from_file,
            "paste_members": self.intake.members_from_clipboard,
            "guides": bar.show_guides,
            "prepare_more": bar.show_more,
            "guide_import": shelf.import_file,
        }.items():
            bind(command, self, slot)
        for command, slot in {
            "guide_duplicate": shelf.duplicate,
            "guide_name": shelf.rename,
            "guide_export": shelf.export_file,
        }.items():
            bind(command, self, slot, ready=lambda: bool(self._guide and self._guide.themes))
        bind("choose_panel", self, bar.chooser.showPopup, ready=bar.chooser.isVisible)
        for paper, command in _PAPERS.items():
            bind(command, self, partial(self.show_papers, paper))
        bind("paper_cards", self, self._show_cards)
        bind("prepare_back", self, self._show_table)
        for wish, command in ((Wish.ADD_QUESTION, "add_question"), (Wish.ADD_THEME, "add_theme")):
            bind(command, table, partial(self.guide_page.ask, wish))

    def shows_place(self, place: Place) -> bool:
        """Return whether the view of these commands is on show."""
        return not place.view or self._pages.currentWidget() is self._built(_PAGES[place.view])

    def show_place(self, place: Place) -> None:
        """Show the view of these commands."""
        if self._panel is not None and not self.shows_place(place):
            self._views()[place.view]()

    def _views(self) -> dict[str, Callable[[], object]]:
        return {
            "guide": self._show_table,
            "members": self.show_members,
            "papers": self.show_papers,
            "details": self.show_details,
        }

    def _show_cards(self) -> None:
        self.show_papers()
        self.papers.choose(None)

    def _lay_out(self) -> None:
        work = QWidget()
        across = QHBoxLayout(work)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.guide_page, 1)
        across.addWidget(self.side)
        self._work = work
        self._pages = QStackedWidget()
        self._pages.addWidget(work)
        self._pages.addWidget(self.empty)
        self.setFocusProxy(self.guide_page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.busy)
        layout.addWidget(self._pages, 1)

    def _today(self) -> dt.date:
        return self._session.now().date()

    # Showing

    def refresh(self) -> None:
        """Read everything again and show it."""
        read = self._session.dossier.read
        all_panels = read.panels.listed()
        panel = next((candidate for candidate in all_panels if candidate.id == self._session.panel_id), None)
        if panel is None:
            self.keeper.commit()
        other = panel is not None and (self._panel is None or self._panel.id != panel.id)
        self._panel = panel
        self.bar.setVisible(panel is not None)
        if panel is None:
            self._pages.setCurrentWidget(self.empty)
            self.setFocusProxy(self.empty)
            return
        self._guide = read.guides.content(panel.guide, panel.id)
        self._people = tuple(read.members.of_panel(panel.id))
        if self._pages.currentWidget() is self.empty:
            self._pages.setCurrentWidget(self._work)
            self.setFocusProxy(self.guide_page)
        all_guides = read.guides.listed()
        self.bar.show_panel(panel, all_panels)
        self.shelf.show(all_panels, all_guides)
        self.side.form.set_subregions([candidate.subregion for candidate in all_panels])
        self.side.show_people(self._people)
        # What was typed before the program stopped is taken up by its field, which may be on that page.
        if other and self._session.dossier.has_drafts(f"panel/{panel.id}/"):
            _ = self.details
        self.keeper.show_panel(panel)
        self.guide_page.show_guide(panel, self._guide, all_panels, all_guides)
        pages = (("members", self._fill_members), ("details", self._fill_details), ("papers", self._fill_papers))
        for name, fill in pages:
            if (page := self._built(name)) is not None:
                fill(page)

    def _fill_members(self, page: MembersPage) -> None:
        if self._panel is not None:
            read = self._session.dossier.read
            titles = {candidate.id: title_for(candidate) for candidate in reversed(read.panels.listed())}
            page.show_members(self._panel.id, self._people, address_book(read.members.every(), titles, self._people))

    def _fill_papers(self, page: PapersPage) -> None:
        if self._panel is not None and self._guide is not None:
            copy, noted = self._session.copy, partial(self._session.dossier.read.notes.texts, self._panel.id)
            page.show_panel(self._panel, self._guide, self._people, encrypted=copy.has_password, noted=noted)

    def _fill_details(self, page: DetailsPage) -> None:
        if self._panel is not None:
            page.show_panel(self._panel, self._people)

    def _on_changed(self, changed: Changed) -> None:
        if changed.touches("panel", "panel_question", "panelist", "guide", "theme", "question", "probe", "panel_check"):
            self._refresh_if_shown()

    def _refresh_if_shown(self) -> None:
        # During a conversation, spend no time on a hidden stage.
        self._stale = not self.isVisible()
        if not self._stale:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def _show_checks(self, guide: GuideContent) -> None:
        if self._panel is None:
            return
        ticked = self._session.dossier.read.course.ticked(self._panel.id)
        self.side.checklist.show_checks(readiness(self._panel, guide, self._people, ticked=ticked))

    def show_guide(self) -> None:
        """Show the guide beside the panel."""
        self._pages.setCurrentWidget(self._work)
        self.setFocusProxy(self.guide_page)
        self.side.card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_table(self) -> None:
        self.show_guide()
        self.guide_page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_members(self, panelist: str = "", column: int = NAME) -> None:
        """Show the full list of members, with one of them focused."""
        if self._panel is None:
            return
        self._pages.setCurrentWidget(self.members)
        self.setFocusProxy(self.members)
        # Without a given member, start at the first one.
        first = self._people[0].id if self._people else ""
        self.members.go_to(panelist or first, column)

    def _type_member(self, event: QKeyEvent) -> None:
        self.show_members()
        self.members.type_on(event)

    def show_row(self, table: str, row: str) -> None:
        """Bring a question, theme or member into view."""
        if table == "panelist":
            self.show_members(row)
        elif table in ("question", "theme") and self._panel is not None:
            self.show_guide()
            self.guide_page.table.go_to(row)
            self.guide_page.table.setFocus()

    # Saving

    def commit(self) -> None:
        """Save all pending edits."""
        self.keeper.commit()
        self.guide_page.commit()

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()
        if (eraser := self._built("eraser")) is not None:
            eraser.settle()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setFixedWidth(_SIDE if self.width() >= _WIDE else _NARROW_SIDE)

    # Commands

    def _new_panel(self) -> None:
        read = self._session.dossier.read
        guides = read.guides.listed()
        guide = (self._panel.guide if self._panel else None) or (guides[0].id if guides else None)
        row = new_id()
        if perform(self._context, panels.add_panel(guide, title=panels.generated_title(""), panel=row)):
            self._session.show_panel(row)
            self.side.form.subregion.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_details(self) -> None:
        """Show the panel's other data."""
        if self._panel is not None:
            self._pages.setCurrentWidget(self.details)
            self.setFocusProxy(self.details)
            self.details.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_papers(self, paper: Paper | None = None) -> None:
        """Show what can be printed for this panel, or one of these papers."""
        if self._panel is None:
            return
        self.commit()
        self._pages.setCurrentWidget(self.papers)
        if paper is not None:
            self.papers.choose(paper)
        self.setFocusProxy(self.papers)
        self.papers.setFocus(Qt.FocusReason.OtherFocusReason)

    # Going to where a check is settled

    def _settle(self, check: Check) -> None:
        if check.kind is CheckKind.TIME:
            self.guide_page.table.setFocus()
        elif check.kind is CheckKind.OCCASION:
            self.keeper.focus_first(check.missing or ("date",))
        elif check.kind is CheckKind.PANELISTS:
            incomplete = (
                panelist
                for panelist in self._people
                if panelist.seat is None or panelist.seat in check.twice or not panelist.sector
            )
            first = next(incomplete, None)
            column = SECTOR if first and not first.sector else SEAT
            self.show_members(first.id if first else "", column)
        elif check.kind is CheckKind.CONSENT:
            unknown = next((panelist.id for panelist in self._people if not consent_answered(panelist)), "")
            self.show_members(unknown, column_of("consent_participation"))
        elif check.kind is CheckKind.PRIVACY:
            self._settle_privacy(check)
        elif check.kind is CheckKind.OPENING:
            self._show_opening()
        elif check.kind is CheckKind.TODO:
            self._show_todo()

    def _settle_privacy(self, check: Check) -> None:
        refusing = refuse_recording(self._people)
        if check.missing or not refusing:
            self.show_details()
            self.keeper.focus_first(check.missing or ("recording",))
        else:
            self.show_members(refusing[0].id, column_of("consent_recording"))

    def _show_opening(self) -> None:
        if self._guide is None or self._panel is None:
            return
        read = OPENING_READ in self._session.dossier.read.course.ticked(self._panel.id)
        from sto_desktop.report.papers.opening import opening_paragraphs
        from sto_desktop.ui.prepare.papers.opening import OpeningDialog

        paragraphs = opening_paragraphs(self._guide, self._panel)
        dialog = OpeningDialog(self._context.theme, paragraphs, read=read, parent=self)
        dialog.marked.connect(self._mark_opening)
        dialog.open()

    def _mark_opening(self, read: bool) -> None:
        self._tick(OPENING_READ, read)

    def erase_names(self) -> None:
        """Ask whether to erase the names of this panel: its term is over."""
        if named := [panelist for panelist in self._people if panelist.name]:
            self.eraser.ask_about_members(named)

    def _offer_proof(self, proof: ErasureProof) -> None:
        from sto_desktop.ui.paper.proof import offer_proof

        question = FileQuestion(tr("Wisbewijs opslaan"), tr("Word-document (*.docx)"))
        folder = Path(self._context.settings.current.last_folder or self._session.path.parent)
        offer_proof(proof, self._context.notify, partial(self._choose_target, self, question), folder)

    def _ask_consent(self, people: list[Panelist]) -> None:
        from sto_desktop.ui.prepare.consent_dialog import ConsentDialog

        dialog = ConsentDialog(self._context.theme, self._session.dossier, people, self._today(), self)
        dialog.accepted.connect(lambda: perform(self._context, dialog.action()))
        dialog.open()

    def _show_todo(self) -> None:
        from sto_desktop.ui.prepare.todo_dialog import TodoDialog

        if self._panel is None:
            return
        ticked = self._session.dossier.read.course.ticked(self._panel.id)
        TodoDialog(self._context.theme, ticked, self._tick, self).open()

    def _tick(self, code: str, done: bool) -> None:
        if self._panel is not None:
            perform(self._context, panels.tick(self._panel.id, code, done))
