"""The left of the stage: the guide as this panel uses it, and below it how long that takes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.actions import panels
from sto_desktop.domain.content import GuideContent, QuestionContent
from sto_desktop.domain.model import Panel
from sto_desktop.domain.readiness import guide_minutes
from sto_desktop.domain.schedule import clock_after
from sto_desktop.ui.language import counted, tr
from sto_desktop.ui.prepare.doing import perform
from sto_desktop.ui.prepare.guide_model import GuideEdits, GuideModel
from sto_desktop.ui.prepare.guide_table import GuideTable
from sto_desktop.ui.stage import StageContext
from sto_desktop.ui.theme import Role, Space, TextStyle
from sto_desktop.ui.widgets import EmptyState, Hairline, QuietButton, TextLabel, row


class GuidePage(QWidget):
    """Shows a panel's guide; `planned` carries it as it would be with what is being typed."""

    planned = Signal(object)

    def __init__(self, context: StageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._panel: Panel | None = None
        self.model = GuideModel(GuideEdits(self._set_minutes, self._set_wording, self._set_skipped), self)
        self.table = GuideTable(context.theme, self.model)
        self.total = TextLabel(context.theme, "", TextStyle.BODY_STRONG, lines=1, tabular=True)
        self.verdict = TextLabel(context.theme, "", TextStyle.BODY, Role.WARN_TEXT, lines=1)
        self.essentials = QuietButton(
            context.theme, tr("Tijd kort? Alleen de vragen met ★"), on_click=self._keep_essentials
        )
        self.essentials.setToolTip(tr("Slaat bij elk thema de vragen zonder ★ over; terug kan met Ctrl Z"))
        self.empty = EmptyState(
            context.theme,
            "prepare",
            tr("Dit panel heeft nog geen leidraad"),
            tr("Kies hierboven een leidraad; dan staan hier de thema's en vragen met hun tijden."),
        )
        self.empty.hide()
        foot = row(self.total, self.verdict, None, self.essentials, spacing=Space.M)
        foot.setContentsMargins(Space.L + 38, Space.XS, Space.L, Space.XS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        # The table keeps its distance inside, so that its scroll bar stands at the edge.
        around = QVBoxLayout()
        around.setContentsMargins(Space.L, Space.S, Space.XS, 0)
        around.addWidget(self.table)
        layout.addLayout(around, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(Hairline())
        layout.addLayout(foot)
        self.setFocusProxy(self.table)
        self.model.totals_changed.connect(self._show_totals)

    def show_guide(self, panel: Panel, guide: GuideContent) -> None:
        """Show the guide as the panel uses it."""
        self._panel = panel
        self.model.show(guide, panel.start)
        for widget in (self.table, self.total, self.verdict):
            widget.setVisible(bool(guide.themes))
        self.empty.setVisible(not guide.themes)

    def commit(self) -> None:
        """Keep what was changed and not kept yet."""
        self.table.keep()

    def _show_totals(self, guide: GuideContent) -> None:
        start = self._panel.start if self._panel else None
        minutes, made_for = guide.minutes, guide_minutes(guide)
        total = counted(minutes, "{n} minuut", "{n} minuten")
        end = clock_after(start, minutes)
        if end:
            total = tr("{total}, tot {end}", total=total, end=end)
        self.total.setText(total)
        over = minutes - made_for
        said = counted(over, "{n} minuut te lang", "{n} minuten te lang") if over > 0 else ""
        self.verdict.setText(said)
        left = any(
            not item.skipped and not item.question.essential
            for theme, item in guide.questions()
            if theme.is_conversation
        )
        self.essentials.setVisible(left)
        self.planned.emit(guide)

    def _set_minutes(self, question: QuestionContent, minutes: int) -> None:
        if self._panel is not None:
            perform(self._context, panels.set_minutes(self._panel.id, question, minutes))

    def _set_wording(self, question: QuestionContent, wording: str) -> None:
        if self._panel is not None:
            perform(self._context, panels.set_wording(self._panel.id, question, wording))

    def _set_skipped(self, question: QuestionContent, skipped: bool) -> None:
        if self._panel is not None:
            perform(self._context, panels.skip_question(self._panel.id, question, skipped))

    def _keep_essentials(self) -> None:
        if self._panel is not None:
            perform(self._context, panels.keep_essentials(self._panel.id, self.model.guide))
            self.table.setFocus()
