"""The stage Verslag: options on the left, pages on the right, and saving as Word in the background."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from sto_desktop.domain.actions.reports import set_up_report
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.errors import StoError
from sto_desktop.domain.log.change import Action, Changed
from sto_desktop.domain.names.decisions import decisions_of
from sto_desktop.domain.panel.terms import TERMS
from sto_desktop.domain.privacy.panel_texts import found_in
from sto_desktop.domain.privacy.participation import naming_of, said_left_out, taking_part
from sto_desktop.domain.privacy.redaction import Found, Redactor
from sto_desktop.domain.privacy.remaining import NamesInFileError
from sto_desktop.language import listed, tr
from sto_desktop.report.blocks.options import ReportOptions
from sto_desktop.report.content.chapters import question_bookmark
from sto_desktop.report.content.context import part_bookmark
from sto_desktop.report.content.setups import options_of, options_text
from sto_desktop.report.writers.pdf_writer import Pdf
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.doing import attempt, perform
from sto_desktop.ui.base.keys import hint
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage, StageContext
from sto_desktop.ui.notes.material import Material
from sto_desktop.ui.notes.names_check import store_decisions
from sto_desktop.ui.notes.names_dialog import NamesDialog
from sto_desktop.ui.paper.choices import SETTING, ReportChoices, documents_folder, subtitle
from sto_desktop.ui.paper.files import SYSTEM_FILES, Files
from sto_desktop.ui.paper.outlet import Outlet, ReportOutput, ReportRequest
from sto_desktop.ui.paper.page_view import PageView
from sto_desktop.ui.report.check_dialog import ask_answers
from sto_desktop.ui.report.made import MADE_SHOWN, made_words
from sto_desktop.ui.report.options_panel import OptionsPanel
from sto_desktop.ui.widgets import Button, Dialog, IconButton, Notices, PrimaryButton, Tone, TopBar, begins_elsewhere
from sto_desktop.workplace.house import HouseChoice
from sto_desktop.workplace.issuing import report_issued

if TYPE_CHECKING:
    from sto_desktop.ui.report.house_dialog import HouseDialog

REFRESH_AFTER_MS = 150
MOST_PARAGRAPHS = 1500
"""The preview, but never the file, stops after this many paragraphs: nobody scrolls that far."""
NARROW = 900


@dataclass(frozen=True)
class _Preview:
    """Result of the worker: text, names found in it, and fingerprint of the panel."""

    pdf: Pdf
    names: tuple[Found, ...]
    fingerprint: str


def report_stage(context: StageContext) -> QWidget:
    """Build the stage for the open dossier."""
    return ReportStage(context)


class ReportStage(QWidget):
    """The stage; it refreshes while visible. `save` asks for a file and writes it on a worker."""

    def __init__(self, context: StageContext, files: Files = SYSTEM_FILES) -> None:
        super().__init__()
        self._context = context
        self._session: Session = context.session
        self._files = files
        self._material = Material(lambda: self._session.dossier, report=True)
        self._stale = True
        self._something = False
        self._open_after = False
        self._shown = False
        self._again = False
        self._making = False
        self._setups: dict[str, str] = {}
        self._names_found: tuple[Found, ...] = ()
        self._fingerprint = ""
        self.names_dialog: NamesDialog | None = None
        self._timer = QTimer(self, singleShot=True, interval=REFRESH_AFTER_MS)
        self._timer.timeout.connect(self._make)
        theme = context.theme
        choices = ReportChoices.from_json(self._session.dossier.setting(SETTING))
        self.options = OptionsPanel(theme, choices, lambda: self._session.now().date())
        self._form = choices.options.form
        self.options.changed.connect(self._choose)
        self.options.names_asked.connect(self._check_names)
        self.options.state.asked.connect(self._apply)
        self.options.state.terms_set.connect(self._tell_terms)
        self.options.state.check_asked.connect(
            lambda: ask_answers(self._context, self._material.content, self, self._ask)
        )
        self.options.template_asked.connect(self._choose_house_style)
        self.options.style_reset.connect(partial(self._set_house, HouseChoice()))
        self.pages = PageView(theme)
        self.options.list.looked_at.connect(lambda part: self.pages.go_to(part_bookmark(part)))
        self.house_dialog: HouseDialog | None = None
        self._house = HouseChoice.of(context.settings.current)
        self.options.show_style(self._house.name, str(self._house.template or ""), own=self._house != HouseChoice())
        self._at_hand = ""
        self.notices = Notices(context.theme, self.pages.setFocus)
        self.out = Outlet(self, files, lambda: documents_folder(context.settings.current.last_folder, files.documents))
        self.out.busy.connect(self._show_busy)
        self.out.written.connect(self._written)
        self.out.failed.connect(self._not_written)
        self.out.copied.connect(self._copied)
        self.out.printed.connect(lambda job: self._remember(job, tr("(afgedrukt)"), self._fingerprint))
        self._add_ways_out()
        self._lay_out()
        self._session.changed.connect(self._changed)
        self._session.panel_changed.connect(self._look_again)

    def _add_ways_out(self) -> None:
        theme = self._context.theme
        self.top = TopBar(theme, tr("Verslag"))
        self.save_action = keys.bind("save_word", self, self.save, everywhere=True)
        self.print_action = keys.bind("print_report", self, self.print, everywhere=True)
        self.open_action = keys.bind("open_word", self, self.open_in_word, everywhere=True)
        self.copy_action = keys.bind("copy_report", self, self.copy, everywhere=True)
        self.more = QMenu(self)
        self.more.addActions([self.open_action, self.print_action, self.copy_action])
        self.more.addSeparator()
        keys.entry(self.more, "save_html", lambda: self.save(".html"))
        keys.entry(self.more, "save_markdown", lambda: self.save(".md"))
        # Exports of the data behind the verslag, for other programs; and what was made so far.
        beside = [self._context.actions[name] for name in ("export", "issuance") if name in self._context.actions]
        if beside:
            self.more.addSeparator()
            self.more.addActions(beside)
        self.print_button = Button(theme, tr("Afdrukken"), command="print_report", on_click=self.print)
        self.pdf_button = Button(theme, tr("PDF"), command="save_pdf", on_click=lambda: self.save(".pdf"))
        self.pdf_button.setAccessibleName(tr("Opslaan als PDF"))
        self.more_button = IconButton(
            theme, "more", tr("Meer manieren om het verslag te gebruiken"), command="report_more"
        )
        self.more_button.clicked.connect(lambda: self.more.popup(self.more_button.below()))
        self.save_button = PrimaryButton(
            theme, tr("Opslaan als Word"), hint=hint("save_word"), command="save_word", on_click=self.save
        )
        for button in (self.more_button, self.print_button, self.pdf_button, self.save_button):
            self.top.add(button)

    def _lay_out(self) -> None:
        across = QWidget()
        inside = QHBoxLayout(across)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.options)
        inside.addWidget(self.pages, 1)
        self._work = across
        empty = partial(begins_elsewhere, self._context, Stage.REPORT)
        text = tr("Een verslag gaat over een panel. Maak er een bij Voorbereiden.")
        self._no_panel = empty(tr("Nog geen panelgesprek"), text, Stage.PREPARE)
        text = tr("Zodra er notities zijn, staat hier het verslag zoals het in Word komt.")
        self._no_notes = empty(tr("Nog niets om verslag van te doen"), text, Stage.CONVERSATION)
        self._stack = QStackedWidget()
        for page in (self._work, self._no_panel, self._no_notes):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.notices)
        layout.addWidget(self._stack, 1)

    # In step with the dossier

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._load()
        if not self._shown:
            self._shown = True
            self.pages.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a narrow window the title needs the room; printing has its key and its menu item.
        self.print_button.setVisible(self.width() >= NARROW)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def _look_again(self) -> None:
        self._stale = True
        if self.isVisible():
            self._load()

    def _changed(self, changed: Changed) -> None:
        if not self.isVisible():
            self._at_hand = self._section_of(changed) or self._at_hand
            self._stale = True
        elif self._material.content is None:
            self._load()
        else:
            seen = changed.touches("report_setup", "report_made")
            if seen:
                self._read_setups()
            if self._material.follow(changed) or seen:
                self._show_frame()

    def _load(self) -> None:
        self._stale = False
        self._material.load(self._session.panel_id)
        self._read_setups()
        self._show_frame()

    def _read_setups(self) -> None:
        content = self._material.content
        self._setups = self._session.dossier.read.course.report_setups(content.panel.id) if content else {}
        choices = self.options.choices
        self.options.show_choices(replace(choices, options=options_of(self._setups, choices.options.form)))
        self._show_made()

    def _show_made(self) -> None:
        content = self._material.content
        made = self._session.dossier.read.course.issued(content.panel.id) if content else []
        self.options.show_made(made_words(made[:MADE_SHOWN], self._fingerprint))

    def _show_frame(self) -> None:
        content = self._material.content
        something = content is not None and bool(content.notes or content.insights or content.recommendations)
        self._stack.setCurrentWidget(self._no_panel if content is None else self._work if something else self._no_notes)
        self._something = something
        self._show_busy(self.out.working)
        self.top.set_subtitle(subtitle(content) if content else "")
        if content is not None and something:
            self.options.show_content(content)
            self._timer.start()

    def _choose(self, choices: ReportChoices) -> None:
        content = self._material.content
        form = choices.options.form
        # Each form has its own stored options.
        if form is not self._form:
            self._form = form
            self.options.show_choices(replace(choices, options=options_of(self._setups, form)))
        elif content is not None and choices.options != options_of(self._setups, form):
            row = self._session.dossier.read.course.setup_row(content.panel.id, form.value)
            self._apply(set_up_report(content.panel.id, form.value, options_text(choices.options), row))
        attempt(self._context.tell_error, self._session.dossier.set_setting, SETTING, choices.to_json())
        self._make()

    def _apply(self, action: Action) -> bool:
        return perform(self._context, action)

    def _tell_terms(self, terms: Mapping[str, dt.date]) -> None:
        kept = [
            tr("{what} tot en met {day}", what=tr(term.what), day=long_date(terms[term.field]))
            for term in TERMS
            if term.field in terms
        ]
        text = tr(
            "Bewaard blijven: {kept}. Daarna vraagt het programma ze te wissen. Een andere datum kiest u bij "
            "Voorbereiden (Ctrl D).",
            kept=listed(kept),
        )
        self.notices.tell(text)

    # Names in texts

    def _check_names(self, then: Callable[[], object] | None = None) -> None:
        content = self._material.content
        if content is None or not self._names_found or self.names_dialog is not None:
            return
        dialog = self.names_dialog = NamesDialog(self._context.theme, self._names_found, self)

        def accepted() -> None:
            earlier, decisions = decisions_of(self._setups), dialog.decisions
            if {**earlier, **decisions} != earlier:
                store_decisions(self._session, decisions, dict.fromkeys(decisions, content.panel.id))
            if then is not None:
                then()

        self._ask(dialog, accepted)

    def _ask(self, dialog: Dialog, accepted: Callable[[], object]) -> None:
        """Open a dialog that goes on when accepted; the keyboard returns to where it was."""
        before = self.focusWidget() or self.pages

        def closed(result: int) -> None:
            self.names_dialog = self.house_dialog = None
            self.activateWindow()
            before.setFocus()
            if result:
                accepted()

        dialog.finished.connect(closed)
        dialog.open()

    def _options(self) -> ReportOptions:
        return replace(self.options.choices.options, made_on=self._session.now().date())

    # The preview

    def _make(self) -> None:
        content = self._material.content
        if content is None:
            return
        # One preview at a time; a change during it makes another one afterwards.
        if self._making:
            self._again = True
            return
        options, house = self._options(), self._house

        def work() -> _Preview:
            from sto_desktop.report.content.changes_since import fingerprint
            from sto_desktop.report.content.panel_report import panel_report
            from sto_desktop.report.word.recognised import dress_for
            from sto_desktop.report.writers.pdf_writer import make_pdf

            dress = dress_for(house.style())
            reduced = taking_part(content)
            document = panel_report(reduced, replace(options, room=dress.room()))
            pdf = make_pdf(document, dress, room=MOST_PARAGRAPHS)
            redactor = Redactor(naming_of(reduced, options.naming), options.decisions)
            return _Preview(pdf, found_in(reduced, redactor), fingerprint(reduced))

        self._making = True
        # The session waits for this work before closing, so the result always arrives before its dossier is closed.
        self._session.in_background(work, self._made, self._not_made, ended=self._making_ended)

    def _making_ended(self) -> None:
        self._making = False

    def _made(self, preview: _Preview) -> None:
        self._names_found = preview.names
        self.options.show_found(preview.names)
        if preview.fingerprint != self._fingerprint:
            self._fingerprint = preview.fingerprint
            self._show_made()
        self.pages.show_pdf(preview.pdf)
        if self._at_hand:
            self.pages.go_to(self._at_hand)
            self._at_hand = ""
        self._make_again()

    def _not_made(self, error: StoError) -> None:
        # If another preview is pending, only that one reports.
        if not self._again:
            self._not_written(error)
        self._make_again()

    def _make_again(self) -> None:
        if self._again:
            self._again = False
            self._make()

    def _section_of(self, changed: Changed) -> str:
        """Return the bookmark of the section that this user changed, to show it on returning to the stage."""
        content = self._material.content
        if content is None or not changed.by_me or not changed.rows:
            return ""
        homes = {one.note.id: one.note.position.parent for one in content.notes}
        homes |= {one.insight.id: one.insight.position.parent for one in content.insights}
        touched = changed.ids("note") | changed.ids("insight")
        question = next((homes[row] for row in sorted(touched) if homes.get(row)), None)
        return question_bookmark(question) if question else ""

    # The house style

    def _choose_house_style(self) -> None:
        from sto_desktop.ui.report.house_dialog import HouseDialog

        if self.house_dialog is not None:
            return
        dialog = self.house_dialog = HouseDialog(self._context.theme, self._house, self._files, self)
        self._ask(dialog, lambda: self._set_house(dialog.choice))

    def _set_house(self, choice: HouseChoice) -> None:
        self._house = choice
        self.options.show_style(choice.name, str(choice.template or ""), own=choice != HouseChoice())
        attempt(self._context.tell_error, self._context.settings.change, **choice.settings())
        self.notices.clear()
        self._make()

    # Exports

    def save(self, ending: str = ".docx", *, then_open: bool = False) -> None:
        """Ask for a file and write the verslag to it; names in texts without a decision are shown first."""
        self._open_after = then_open
        self._when_approved(lambda job: self.out.save(job, ending))

    def print(self) -> None:
        """Print the verslag."""
        self._when_approved(self.out.print)

    def copy(self) -> None:
        """Copy the text of the verslag to the clipboard."""
        self._when_approved(self.out.copy)

    def open_in_word(self) -> None:
        """Save the verslag as Word and open it."""
        self.save(then_open=True)

    def _when_approved(self, do: Callable[[ReportRequest], object]) -> None:
        content = self._material.content
        if content is None or self.out.working or not self.save_action.isEnabled():
            return

        def go() -> None:
            now = self._material.content
            if now is not None:
                attempt(self._not_written, lambda: do(ReportRequest(now, self._options(), self._house.style())))

        decided = decisions_of(self._setups)
        if any(name.key not in decided for name in self._names_found):
            self._check_names(then=go)
        else:
            go()

    def _show_busy(self, busy: bool) -> None:
        able = self._something and not busy
        for action in (self.save_action, self.print_action, self.open_action, self.copy_action):
            action.setEnabled(able)
        for button in (self.save_button, self.print_button, self.pdf_button, self.more_button):
            button.setEnabled(able)
        self.save_button.setText(tr("Bezig met opslaan…") if busy else tr("Opslaan als Word"))

    def _remember(self, job: ReportRequest, file_name: str, fingerprint: str) -> None:
        """Record what was made, and for whom; the next one may be for somebody else."""
        recipient, now = self.options.recipient.text(), self._session.now()
        if self._apply(report_issued(job.content.panel.id, job.options, now, file_name, recipient, fingerprint)):
            self.options.recipient.clear()

    def _copied(self, job: ReportRequest) -> None:
        self._remember(job, tr("(klembord)"), self._fingerprint)
        self.notices.tell(tr("Het verslag staat als tekst op het klembord."), tone=Tone.GOOD)

    def _written(self, written: ReportOutput) -> None:
        target = written.target
        self._remember(written.job, target.name, written.fingerprint)
        sentences = [tr("Verslag opgeslagen als {name} in {folder}.", name=target.name, folder=target.parent)]
        sentences += [part for part in (said_left_out(written.left_out), written.lacks, written.names) if part]
        self.notices.tell(
            " ".join(sentences),
            tone=Tone.WARN if written.names or written.lacks else Tone.GOOD,
            action=tr("Openen"),
            on_action=lambda: self._files.open(target),
        )
        if self._open_after:
            self._files.open(target)
        self._open_after = False

    def _not_written(self, error: StoError) -> None:
        from sto_desktop.report.blocks.errors import TemplateError
        from sto_desktop.report.word.package import another_name

        self._open_after = False
        if isinstance(error, TemplateError):
            # Offer the house style without the template that failed.
            plain = HouseChoice(self._house.look, self._house.primary, self._house.accent, self._house.logo)
            use = tr("Huisstijl {name} gebruiken", name=plain.name)
            self.notices.tell(str(error), tone=Tone.LATE, action=use, on_action=lambda: self._set_house(plain))
            return
        if isinstance(error, NamesInFileError) and self.out.job is not None and self.out.target is not None:
            job, target = self.out.job, self.out.target
            self.notices.tell(
                str(error),
                tone=Tone.LATE,
                action=tr("Toch opslaan"),
                on_action=lambda: self.out.write(job, target, anyway=True),
            )
            return
        ending = ".docx"
        if self.out.target is not None:
            # Suggest another name, since this file could not be written.
            self.out.target = another_name(self.out.target)
            ending = self.out.target.suffix
        self.notices.tell(
            str(error), tone=Tone.LATE, action=tr("Andere naam kiezen"), on_action=lambda: self.save(ending)
        )
