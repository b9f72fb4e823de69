"""Progress of the elaboration of a panel: notes used or set aside, and questions that lack an insight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sto_desktop.domain.panel.content import InsightContent, PanelContent, RecommendationContent


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of notes, and ids of questions in order of the guide.

    A note is `used` when an insight or a recommendation refers to it, as support or contradiction; `aside` counts the
    unused notes that were set aside. `without_insight`: questions of conversation themes that have notes but no
    insight.
    """

    total: int
    used: int
    aside: int
    without_insight: tuple[str, ...] = ()

    @property
    def handled(self) -> int:
        """Notes that were reviewed: used, or deliberately not."""
        return self.used + self.aside

    @property
    def share(self) -> float:
        """Share of the notes that was reviewed, 0 to 1; 1 without notes."""
        return self.handled / self.total if self.total else 1.0

    @property
    def done(self) -> bool:
        """Whether the elaboration is complete."""
        return self.handled == self.total and not self.without_insight


def used_notes(conclusions: Iterable[InsightContent | RecommendationContent]) -> frozenset[str]:
    """Return the ids of the notes that insights and recommendations refer to."""
    return frozenset(note for content in conclusions for note in (*content.supports, *content.contradicts))


def progress(content: PanelContent) -> Progress:
    """Return the progress of the elaboration of a panel."""
    used = used_notes((*content.insights, *content.recommendations))
    noted: set[str | None] = set()
    in_use = aside = 0
    for note in content.notes:
        noted.add(note.question)
        if note.id in used:
            in_use += 1
        elif note.note.set_aside:
            aside += 1
    concluded = {insight.insight.position.parent for insight in content.insights if insight.insight.text.strip()}
    without = tuple(
        question.id
        for theme, question in content.guide.questions()
        if theme.is_conversation and question.id in noted and question.id not in concluded
    )
    return Progress(len(content.notes), in_use, aside, without)
