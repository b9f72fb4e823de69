"""Editing a panel's guide: turns requests of the table into actions, after a dialog where one is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from sto_desktop.domain.actions import guides, panels
from sto_desktop.domain.actions.guides import OpenGuide
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.live.schedule import clock_after
from sto_desktop.domain.log.change import Action
from sto_desktop.domain.model import Guide, Panel
from sto_desktop.domain.panel.content import GuideContent, PanelContent, QuestionContent, ThemeContent
from sto_desktop.domain.vocabulary import QuestionType
from sto_desktop.language import counted, tr
from sto_desktop.ui.base.doing import perform
from sto_desktop.ui.base.stage import QUESTION_GONE, StageContext
from sto_desktop.ui.prepare.guide.guide_dialogs import QuestionDialog, RemovalDialog, ThemeDialog
from sto_desktop.ui.prepare.guide.guide_table import GuideTable, Wish
from sto_desktop.ui.widgets import ConfirmDialog


class GuideEditor(QObject):
    """Connects the guide's table to the dossier; `length_with`: the length of the guide in words, with minutes more."""

    def __init__(
        self, context: StageContext, table: GuideTable, window: QWidget, length_with: Callable[[int], str]
    ) -> None:
        super().__init__(window)
        self._context = context
        self._table = table
        self._window = window
        self._length_with = length_with
        self._panel: Panel | None = None
        self._guide = GuideContent(Guide(""))
        self._others: tuple[str, ...] = ()
        self._known: tuple[str, ...] = ()
        self.dialog: QDialog | None = None
        table.asked.connect(self.ask)
        table.dropped.connect(self._drop)

    def show_guide(self, panel: Panel, guide: GuideContent, panels: Sequence[Panel], known: Sequence[Guide]) -> None:
        """Edit the guide of this panel; `panels` are all panels, `known` all guides of the dossier."""
        self._panel, self._guide = panel, guide
        self._others = tuple(other.id for other in panels if other.guide == panel.guide and other.id != panel.id)
        self._known = tuple(listed.id for listed in known)

    @property
    def users(self) -> int:
        """Number of panels that use the guide."""
        return len(self._others) + 1

    @property
    def own(self) -> bool:
        """Whether only this panel uses the guide, so that it is changed itself rather than copied."""
        from sto_desktop.exchange.guides import builtin_guide_id

        return not self._others and self._guide.guide.id != builtin_guide_id()

    def ask(self, wish: Wish, row: str) -> None:
        """Handle a request on a row of the table."""
        if self._panel is None:
            return
        theme = self._guide.theme(row) or self._guide.theme_of(row)
        question = self._guide.question(row)
        if wish is Wish.ADD_THEME:
            self._new_theme(theme)
        elif theme is None:
            if wish is Wish.ADD_QUESTION:
                self._new_theme(None)
        elif wish is Wish.ADD_QUESTION:
            self._new_question(theme, question)
        elif wish is Wish.DETAILS:
            self._question_details(question) if question else self._theme_details(theme)
        elif wish is Wish.REMOVE:
            self._remove(theme, question)
        else:
            self._step(theme, question, -1 if wish is Wish.UP else 1)

    def set_wording(self, question: QuestionContent, wording: str) -> None:
        """Reword a question: in the guide if it is this panel's own, otherwise as this panel's wording."""
        if self._panel is None:
            return
        if self.own and wording:
            self._do(lambda guide: guides.change_question(guide, question, text=wording), question.id)
        else:
            perform(self._context, panels.set_wording(self._panel.id, question, wording))

    def set_title(self, theme: ThemeContent, title: str) -> None:
        """Change the title of a theme."""
        self._do(lambda guide: guides.change_theme(guide, theme.id, title=title), theme.id)

    # Themes and questions

    def _new_question(self, theme: ThemeContent, after: QuestionContent | None) -> None:
        kind = after.question.type if after else theme.questions[0].question.type if theme.questions else None
        dialog = QuestionDialog(
            self._context.theme, None, self._saying(0), kind=kind or QuestionType.KEY, parent=self._window
        )

        def add() -> None:
            row = new_id()
            values = {"text": dialog.words(), "minutes": dialog.minutes.value(), "probes": dialog.follow_ups()}
            behind = after.id if after else None
            self._do(
                lambda guide: guides.add_question(guide, theme.id, behind, question=row, **dialog.values(), **values),
                row,
            )

        self._open(dialog, add)

    def _question_details(self, question: QuestionContent) -> None:
        dialog = QuestionDialog(self._context.theme, question, self._saying(question.minutes), parent=self._window)

        def keep() -> None:
            before = question.question
            values = {name: new for name, new in dialog.values().items() if getattr(before, name) != new}
            if dialog.follow_ups() != [probe.text for probe in question.probes]:
                values["probes"] = dialog.follow_ups()
            # Wording and minutes are stored per panel; only other changes need a copy of a shared guide.
            in_place = self.own or not values
            if dialog.words() != question.text:
                values["text" if self.own else "wording"] = dialog.words()
            if dialog.minutes.value() != question.minutes:
                values["own_minutes"] = dialog.minutes.value()
            if values:
                self._do(
                    lambda guide: guides.change_question(guide, question, **values), question.id, in_place=in_place
                )

        self._open(dialog, keep)

    def _new_theme(self, after: ThemeContent | None) -> None:
        dialog = ThemeDialog(self._context.theme, None, self._saying(0), self._window)

        def add() -> None:
            row = new_id()
            behind = after.id if after else None
            self._do(lambda guide: guides.add_theme(guide, behind, theme=row, **dialog.values()), row)

        self._open(dialog, add)

    def _theme_details(self, theme: ThemeContent) -> None:
        dialog = ThemeDialog(self._context.theme, theme.theme, self._saying(theme.theme.minutes), self._window)

        def keep() -> None:
            changed = {name: new for name, new in dialog.values().items() if getattr(theme.theme, name) != new}
            if changed:
                self._do(lambda guide: guides.change_theme(guide, theme.id, **changed), theme.id)

        self._open(dialog, keep)

    def _remove(self, theme: ThemeContent, question: QuestionContent | None) -> None:
        content = self._content()
        if content is None:
            return
        removed = (question,) if question else theme.questions
        notes = [note for removed_question in removed for note in content.notes_of(removed_question.id)]
        spans = {span.question for span in content.time_spans}
        without = {removed_question.id for removed_question in removed} | (set() if question else {theme.id})
        name = question.short_text if question else theme.short_title

        def remove(to: str | None = None) -> None:
            if question is not None:
                self._do(lambda guide: guides.delete_question(guide, question, notes, to), "", without=without)
            else:
                self._do(lambda guide: guides.delete_theme(guide, theme, notes, to), "", without=without)
            # The user answered here, so Gesprek need not ask where the notes go.
            self._context.notify(
                tr("«{name}» is uit de leidraad.", name=name),
                action=tr("Ongedaan maken"),
                on_action=self._context.actions["undo"].trigger,
                topic=QUESTION_GONE if notes else "",
            )

        title = tr("Vraag uit de leidraad halen?") if question else tr("Thema uit de leidraad halen?")
        if notes:
            dialog = RemovalDialog(self._context.theme, title, self._guide, without, len(notes), parent=self._window)
            self._open(dialog, lambda: remove(dialog.question()))
        elif any(removed_question.id in spans for removed_question in removed):
            warning = tr("In het gesprek is er al tijd aan besteed. Die tijd blijft in het verslag.")
            confirm = ConfirmDialog(
                self._context.theme, title, warning, tr("Verwijderen"), danger=True, parent=self._window
            )
            self._open(confirm, remove)
        else:
            # Without notes or recorded time, undo is safe enough: don't ask.
            remove()

    # Order

    def _step(self, theme: ThemeContent, question: QuestionContent | None, step: int) -> None:
        if question is not None:
            place = guides.place_after_step(self._guide, question.id, step)
            if place is not None:
                self._put(question.id, *place)
            return
        behind = guides.theme_after_step(self._guide, theme.id, step)
        if behind is not None:
            self._do(lambda guide: guides.move_theme(guide, theme.id, behind[0]), theme.id)

    def _drop(self, row: str, target: int) -> None:
        """Move a row before the row with this number."""
        model = self._table.guide
        # The row itself is not above its target, also when it is moved down.
        above = [
            above_row
            for number in range(target)
            if (above_row := model.row_at(model.index(number, 0))) and above_row.id != row
        ]
        if self._guide.question(row) is not None:
            last = above[-1] if above else None
            under = last.theme if last else self._guide.themes[0]
            self._put(row, under.id, last.question.id if last and last.question else None)
        elif theme := self._guide.theme(row):
            behind = next((above_row.theme.id for above_row in reversed(above) if above_row.theme.id != row), None)
            now = [guide_theme.id for guide_theme in self._guide.themes]
            # Dropped where it was: no action, and so no undo step.
            if behind != (now[now.index(row) - 1] if now.index(row) else None):
                self._do(lambda guide: guides.move_theme(guide, theme.id, behind), row)

    def _put(self, question: str, theme: str, after: str | None) -> None:
        if self._panel is None:
            return
        target = self._guide.theme(theme)
        ids = [target_question.id for target_question in target.questions] if target else []
        if question in ids and (ids[ids.index(question) - 1] if ids.index(question) else None) == after:
            return
        own = self.own
        perform(self._context, guides.move_question(self._panel.id, self._guide, question, theme, after, own=own))
        self._table.go_to(question)

    # Applying

    def _content(self) -> PanelContent | None:
        content: PanelContent | None = self._context.session.dossier.read.panel_content(
            self._panel.id if self._panel else ""
        )
        return content

    def _do(
        self,
        make: Callable[[OpenGuide], Action],
        row: str,
        *,
        without: set[str] | None = None,
        in_place: bool | None = None,
    ) -> None:
        """Make the guide editable, apply the action of `make`, and go to a row, under its id in the changed guide."""
        content = self._content()
        if content is None:
            return
        shared = not (self.own if in_place is None else in_place)
        others = len(self._others)
        guide = guides.open_guide(
            replace(content, guide=self._guide), shared=shared, known=self._known, without=without or ()
        )
        if not perform(self._context, make(guide)):
            return
        if row:
            self._table.go_to(guide.row(row))
        # The shared guide was copied for this panel.
        if guide.edits and others:
            what_others_keep = counted(others, "Het andere panel houdt", "De {n} andere panels houden")
            self._context.notify(
                tr("Dit panel heeft nu een eigen leidraad. {others} de leidraad die er was.", others=what_others_keep),
                action=tr("Ongedaan maken"),
                on_action=self._context.actions["undo"].trigger,
            )

    def _saying(self, now: int) -> Callable[[int], str]:
        return lambda minutes: self._length_with(minutes - now)

    def _open(self, dialog: QDialog, accepted: Callable[[], object]) -> None:
        self.dialog = dialog
        dialog.accepted.connect(accepted)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None
        self._table.setFocus()


def time_said(guide: GuideContent, panel: Panel | None, available: int, more: int) -> str:
    """Describe the length of a guide with some minutes more: its total, end time, and whether it fits."""
    minutes = guide.minutes + more
    total = counted(minutes, "{n} minuut", "{n} minuten")
    end = clock_after(panel.start if panel else None, minutes)
    total_text = tr("Samen {total}, tot {end}", total=total, end=end) if end else tr("Samen {total}", total=total)
    over = minutes - available
    if over <= 0:
        return total_text
    return tr("{said}: {over}", said=total_text, over=counted(over, "{n} minuut te lang", "{n} minuten te lang"))
