"""Writing a recommendation on notes or insights, and changing one: the form, until the dossier has it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.ui.fields.spelling import Spelling
from sto_desktop.ui.findings.recommendation_form import Basis, RecommendationDialog
from sto_desktop.ui.findings.work import Work
from sto_desktop.ui.look.theme import Theme


def new_recommendation(
    parent: QWidget,
    theme: Theme,
    work: Work,
    content: PanelContent,
    *,
    notes: Sequence[str] = (),
    insights: Sequence[str] = (),
    themes: Sequence[str] = (),
    spelling: Spelling | None = None,
) -> None:
    """Write a recommendation; `themes` are ticked to begin with."""
    dialog = RecommendationDialog(
        theme,
        [one for one in content.guide.themes if one.is_conversation],
        None,
        basis=Basis(themes, len(notes), len(insights)),
        seen=work.seq,
        spelling=spelling,
        parent=parent,
    )
    dialog.ask_until(lambda: work.add_recommendation(dialog.values(), dialog.chosen_themes(), notes, insights))


def edit_recommendation(
    parent: QWidget, theme: Theme, work: Work, content: PanelContent, row: str, *, spelling: Spelling | None = None
) -> None:
    """Change a recommendation, if it is still there."""
    found = next((item for item in content.recommendations if item.id == row), None)
    if found is None:
        return
    themes = [one for one in content.guide.themes if one.is_conversation]
    dialog = RecommendationDialog(theme, themes, found, seen=work.seq, spelling=spelling, parent=parent)
    dialog.ask_until(lambda: work.change_recommendation(row, dialog.values(), dialog.chosen_themes(), dialog.seen))
