"""The left side of the stage: the guide as this panel uses it, and below it the total time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.actions import panels
from sto_desktop.domain.live.schedule import clock_after
from sto_desktop.domain.model import Guide, Panel
from sto_desktop.domain.panel.content import GuideContent, QuestionContent
from sto_desktop.domain.panel.readiness import minutes_available
from sto_desktop.language import counted, tr
from sto_desktop.ui.base.doing import perform
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.prepare.guide.guide_editor import GuideEditor, time_said
from sto_desktop.ui.prepare.guide.guide_model import GuideEdits, GuideModel
from sto_desktop.ui.prepare.guide.guide_table import GuideTable, Wish
from sto_desktop.ui.widgets import ElidedLabel, EmptyState, Hairline, QuietButton, TextLabel, row

NARROW = 520
"""Below this width, in px, the footer has no room for full sentences."""


class GuidePage(QWidget):
    """Shows a panel's guide; `planned` carries the guide including minutes being tried."""

    planned = Signal(object)

    def __init__(self, context: StageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._panel: Panel | None = None
        self._available = 0
        edits = GuideEdits(
            self._set_minutes,
            lambda question, words: self.editor.set_wording(question, words),
            self._set_skipped,
            lambda theme, title: self.editor.set_title(theme, title),
        )
        self.model = GuideModel(edits, self)
        self.table = GuideTable(context.theme, self.model)
        self.editor = GuideEditor(
            context,
            self.table,
            self,
            lambda more: time_said(self.model.guide, self._panel, self._available, more),
        )
        self.used = ElidedLabel(context.theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.add_question = QuietButton(
            context.theme,
            tr("Vraag"),
            icon="plus",
            command="add_question",
            on_click=lambda: self.ask(Wish.ADD_QUESTION),
        )
        self.add_theme = QuietButton(
            context.theme, tr("Thema"), icon="plus", command="add_theme", on_click=lambda: self.ask(Wish.ADD_THEME)
        )
        self.total = TextLabel(context.theme, "", TextStyle.BODY_STRONG, lines=1, tabular=True)
        self.verdict = TextLabel(context.theme, "", TextStyle.BODY, ColourRole.WARN_TEXT, lines=1)
        self.essentials = QuietButton(context.theme, "", command="essentials", on_click=self._keep_essentials)
        plain.set_tip(self.essentials, tr("Slaat bij elk thema de vragen zonder ★ over; terug kan met Ctrl Z"))
        self.empty = EmptyState(
            context.theme,
            "prepare",
            tr("Dit panel heeft nog geen leidraad"),
            tr("Begin met een thema, of kies hierboven een leidraad; dan staan hier de vragen met hun tijden."),
            action=tr("Thema toevoegen…"),
            command="add_theme",
            on_action=lambda: self.ask(Wish.ADD_THEME),
        )
        self.empty.hide()
        self._lay_out()
        self.setFocusProxy(self.table)
        self.model.totals_changed.connect(self._show_totals)

    def _lay_out(self) -> None:
        foot = row(self.total, self.verdict, None, self.essentials, spacing=Space.M)
        foot.setContentsMargins(Space.L + 50, Space.XS, Space.L, Space.XS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = row(self.used, None, self.add_question, self.add_theme, spacing=Space.S)
        head.setContentsMargins(Space.L + 50, Space.S, Space.L, 0)
        layout.addLayout(head)
        # The table has its margin inside, so that the scroll bar is at the edge.
        around = QVBoxLayout()
        around.setContentsMargins(Space.L, 0, Space.XS, 0)
        around.addWidget(self.table)
        layout.addLayout(around, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(Hairline())
        layout.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # If there is no room for everything, the total has priority.
        narrow = self.width() < NARROW
        self.essentials.setText(tr("Tijd kort? Alleen ★") if narrow else tr("Tijd kort? Alleen de vragen met ★"))

    def show_guide(
        self, panel: Panel, guide: GuideContent, panels: Sequence[Panel] = (), known: Sequence[Guide] = ()
    ) -> None:
        """Show the guide as the panel uses it; `panels` are all panels, `known` all guides of the dossier."""
        self._panel = panel
        self._available = minutes_available(panel, guide)
        self.editor.show_guide(panel, guide, panels, known)
        self.used.setText(said_of(guide.guide, self.editor.users))
        self.model.show(guide, panel.start, self._available)
        for widget in (self.table, self.total, self.verdict, self.used, self.add_question, self.add_theme):
            widget.setVisible(bool(guide.themes))
        self.empty.setVisible(not guide.themes)

    def ask(self, wish: Wish) -> None:
        """Ask the guide's editor for something on the current row."""
        current = self.table.current_row()
        self.table.keep()
        self.editor.ask(wish, current.id if current else "")

    def commit(self) -> None:
        """Save pending changes."""
        self.table.keep()

    def _show_totals(self, guide: GuideContent) -> None:
        start = self._panel.start if self._panel else None
        minutes, made_for = guide.minutes, self._available
        total = counted(minutes, "{n} minuut", "{n} minuten")
        end = clock_after(start, minutes)
        if end:
            total = tr("{total}, tot {end}", total=total, end=end)
        self.total.setText(total)
        over = minutes - made_for
        warning = counted(over, "{n} minuut te lang", "{n} minuten te lang") if over > 0 else ""
        self.verdict.setText(warning)
        # The button is useful only while an inessential question is still included.
        can_skip_more = any(
            not question.skipped and not question.question.essential
            for theme, question in guide.questions()
            if theme.is_conversation
        )
        self.essentials.setVisible(can_skip_more)
        self.planned.emit(guide)

    def _set_minutes(self, question: QuestionContent, minutes: int) -> None:
        if self._panel is not None:
            perform(self._context, panels.set_minutes(self._panel.id, question, minutes))

    def _set_skipped(self, question: QuestionContent, skipped: bool) -> None:
        if self._panel is not None:
            perform(self._context, panels.skip_question(self._panel.id, question, skipped))

    def _keep_essentials(self) -> None:
        if self._panel is not None:
            perform(self._context, panels.keep_essentials(self._panel.id, self.model.guide))
            self.table.setFocus()


def guide_name(guide: Guide) -> str:
    """Return a guide's name with its version."""
    return " ".join(part for part in (guide.name or tr("Leidraad zonder naam"), guide.version) if part)


def said_of(guide: Guide, users: int) -> str:
    """Return the name of a guide, with the number of panels that use it."""
    used = counted(users, "alleen van dit panel", "gebruikt in {n} panels")
    return tr("{name} · {used}", name=guide_name(guide), used=used)
