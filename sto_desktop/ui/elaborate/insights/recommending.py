"""Create or edit a recommendation in a dialog, which reopens until the dossier has stored it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.ui.fields.spelling import Spelling
from sto_desktop.ui.findings.recommendation_form import Basis, RecommendationDialog
from sto_desktop.ui.findings.work import Work
from sto_desktop.ui.look.theme import Appearance


def new_recommendation(
    parent: QWidget,
    theme: Appearance,
    work: Work,
    content: PanelContent,
    *,
    notes: Sequence[str] = (),
    insights: Sequence[str] = (),
    themes: Sequence[str] = (),
    spelling: Spelling | None = None,
) -> None:
    """Create a recommendation; `themes` are ticked initially."""
    dialog = RecommendationDialog(
        theme,
        [guide_theme for guide_theme in content.guide.themes if guide_theme.is_conversation],
        None,
        basis=Basis(themes, len(notes), len(insights)),
        seen=work.seq,
        spelling=spelling,
        parent=parent,
    )
    dialog.ask_until(lambda: work.add_recommendation(dialog.values(), dialog.chosen_themes(), notes, insights))


def edit_recommendation(
    parent: QWidget, theme: Appearance, work: Work, content: PanelContent, row: str, *, spelling: Spelling | None = None
) -> None:
    """Edit a recommendation, if it still exists."""
    recommendation = next((candidate for candidate in content.recommendations if candidate.id == row), None)
    if recommendation is None:
        return
    themes = [guide_theme for guide_theme in content.guide.themes if guide_theme.is_conversation]
    dialog = RecommendationDialog(theme, themes, recommendation, seen=work.seq, spelling=spelling, parent=parent)
    dialog.ask_until(lambda: work.change_recommendation(row, dialog.values(), dialog.chosen_themes(), dialog.seen))
