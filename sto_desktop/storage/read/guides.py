"""Reads the guides: themes, questions and probes, as written or as one panel uses them."""

from __future__ import annotations

from collections.abc import Mapping

from sto_desktop.domain.model import Guide, PanelQuestion, Probe, Question, Theme
from sto_desktop.domain.panel.content import GuideContent, QuestionContent, ThemeContent
from sto_desktop.domain.panel.same import counterparts
from sto_desktop.domain.vocabulary import Aspect
from sto_desktop.storage.read.panels import PanelReader
from sto_desktop.storage.read.records import equals, grouped, in_rows, misplaced
from sto_desktop.storage.read.rows import Rows


class GuideReader:
    """The guides, and what each panel decided about its guide."""

    def __init__(self, rows: Rows, panels: PanelReader) -> None:
        self._rows = rows
        self._panels = panels

    def listed(self) -> list[Guide]:
        """Return the guides, by name."""
        return self._rows.records(Guide, order="name, version, id")

    def content(self, guide: str | None, panel: str | None = None) -> GuideContent:
        """Return a guide, as written or with the decisions of one panel."""
        guide_record = self._rows.record(Guide, guide) if guide else None
        themes = self._rows.records(Theme, equals("guide", guide))
        of_guide = in_rows("theme", "theme", equals("guide", guide))
        questions = self._rows.records(Question, of_guide)
        probes = grouped(
            self._rows.records(Probe, in_rows("question", "question", of_guide)), lambda child: child.position.parent
        )
        decisions = self._decisions(panel) if panel else {}
        placed: list[tuple[str | None, str, QuestionContent]] = []
        for guide_question in questions:
            decided = decisions.get(guide_question.id)
            content = QuestionContent(guide_question, tuple(probes.get(guide_question.id, ())), decided)
            placed.append((*content.position, content))
        # The keys decide the order. Ids break ties, so that every computer shows the same order.
        placed.sort(key=lambda entry: (entry[1], entry[2].id))
        return GuideContent(
            guide_record or Guide(guide or ""),
            tuple(
                ThemeContent(theme, tuple(content for parent, _, content in placed if parent == theme.id))
                for theme in themes
            ),
        )

    def _decisions(self, panel: str) -> Mapping[str | None, PanelQuestion]:
        records = self._rows.records(PanelQuestion, equals("panel", panel))
        return {record.question: record for record in records}

    def of_panel(self, panel: str) -> GuideContent:
        """Return the guide as one panel uses it."""
        record = self._panels.get(panel)
        return self.content(record.guide if record else None, panel)

    def counterparts(self, panel: str | None) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Return the counterparts in a panel's guide of the themes and questions of other panels of the same
        conversation.
        """
        same = self._panels.sameness()
        themes: dict[str, str] = {}
        questions: dict[str, str] = {}
        # Usual case: one panel per conversation, no mapping needed.
        if panel is None or same.is_alone("panel", panel):
            return themes, questions
        group = same.group("panel", panel)
        guides = {
            sibling.id: sibling.guide for sibling in self._panels.every() if sibling.id in group and sibling.guide
        }
        ours = guides.get(panel)
        for other in sorted({guide for guide in guides.values() if guide != ours}):
            maps = counterparts(self.content(ours), self.content(other), same)
            themes.update(maps[0])
            questions.update(maps[1])
        return themes, questions

    def aspects(self) -> Mapping[str, Aspect | None]:
        """Return the aspect of every question in the dossier, including deleted ones."""
        rows = self._rows.fetch("SELECT id, aspect FROM question")
        # The fold never writes an unknown code, so another program altered the file.
        try:
            return {row[0]: Aspect(row[1]) if row[1] else None for row in rows}
        except ValueError as error:
            raise misplaced() from error
