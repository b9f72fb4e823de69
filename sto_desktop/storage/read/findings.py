"""Reads insights and recommendations, and what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sto_desktop.domain.model import (
    Insight,
    InsightInsight,
    InsightNote,
    Recommendation,
    RecommendationInsight,
    RecommendationNote,
    RecommendationTheme,
)
from sto_desktop.domain.panel.content import InsightContent, RecommendationContent
from sto_desktop.domain.panel.same import placed_in
from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.storage.read.guides import GuideReader
from sto_desktop.storage.read.notes import NoteReader
from sto_desktop.storage.read.panels import PanelReader
from sto_desktop.storage.read.records import R, among, grouped, leads_to
from sto_desktop.storage.read.rows import Rows


class FindingReader:
    """The insights and recommendations of the panels and of the programme."""

    def __init__(self, rows: Rows, panels: PanelReader, guides: GuideReader, notes: NoteReader) -> None:
        self._rows = rows
        self._panels = panels
        self._guides = guides
        self._notes = notes

    def insights(self, panel: str | None) -> list[InsightContent]:
        """Return the insights of a panel (None: of the programme), in order."""
        themes, questions = self._guides.counterparts(panel)
        records = [
            placed_in(replace(record, theme=themes.get(record.theme or "", record.theme)), questions)
            for record in self._rows.records(Insight, self._panels.owns(panel))
        ]
        ids = [record.id for record in records]
        links = grouped(
            self._rows.records(InsightNote, among("insight", ids), leads_to("note")),
            lambda row: row.insight,
        )
        under = self._insights_under(ids)
        speakers = self._notes.speakers_of_bundles()
        return [
            InsightContent(record, *_evidence(links.get(record.id, ()), speakers), *_under(under.get(record.id, ())))
            for record in records
        ]

    def some_withheld(self) -> bool:
        """Return whether an insight or recommendation stays out of every output by itself."""
        tables = ("insight", "recommendation")
        found = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE withheld = 1 AND deleted = 0" for table in tables)
        return bool(self._rows.fetch(f"SELECT 1 FROM ({found}) LIMIT 1"))

    def _insights_under(self, insights: Sequence[str]) -> Mapping[str, list[InsightInsight]]:
        links = self._rows.records(InsightInsight, among("insight", insights), leads_to("rests_on", "insight"))
        return grouped(links, lambda row: row.insight)

    def recommendations(self, panel: str | None) -> list[RecommendationContent]:
        """Return the recommendations of a panel (None: of the programme), in order."""
        records = self._rows.records(Recommendation, self._panels.owns(panel))
        ids = [recommendation.id for recommendation in records]

        def linked(record: Callable[..., R], end: str) -> dict[str, list[R]]:
            links = self._rows.records(record, among("recommendation", ids), leads_to(end))
            return grouped(links, lambda row: str(getattr(row, "recommendation", "")))

        notes = linked(RecommendationNote, "note")
        insights = linked(RecommendationInsight, "insight")
        themes = linked(RecommendationTheme, "theme")
        speakers = self._notes.speakers_of_bundles()
        return [
            RecommendationContent(
                recommendation,
                tuple(link.theme for link in themes.get(recommendation.id, ()) if link.theme),
                tuple(link.insight for link in insights.get(recommendation.id, ()) if link.insight),
                *_evidence(notes.get(recommendation.id, ()), speakers),
            )
            for recommendation in records
        ]


def _evidence(
    links: Iterable[InsightNote | RecommendationNote], speakers: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the supporting and the contradicting notes; a link to a bundled note counts for its representative."""
    sides: dict[Evidence, dict[str, None]] = {evidence: {} for evidence in Evidence}
    for link in links:
        if link.note is not None:
            sides[link.evidence][speakers.get(link.note, link.note)] = None
    return tuple(sides[Evidence.SUPPORTS]), tuple(sides[Evidence.CONTRADICTS])


def _under(links: Iterable[InsightInsight]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sides: dict[Evidence, list[str]] = {evidence: [] for evidence in Evidence}
    for link in links:
        if link.rests_on is not None:
            sides[link.evidence].append(link.rests_on)
    return tuple(sides[Evidence.SUPPORTS]), tuple(sides[Evidence.CONTRADICTS])
