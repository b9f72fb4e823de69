"""Reads the data of the vogelvlucht: of all panels, with only those notes on which findings rest.

All of it may be exported, so members who do not take part are left out, also on screen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

from sqlalchemy import ColumnElement, TableClause, column, func, or_, select, table
from sqlalchemy.dialects import sqlite

from sto_desktop.domain.model import (
    Insight,
    InsightInsight,
    InsightNote,
    Panel,
    Panelist,
    Recommendation,
    RecommendationInsight,
    RecommendationNote,
    RecommendationTheme,
)
from sto_desktop.domain.panel.content import (
    GuideContent,
    InsightContent,
    NoteContent,
    PanelContent,
    RecommendationContent,
)
from sto_desktop.domain.panel.overview import OverviewContent
from sto_desktop.domain.panel.same import one_member_each, placed_in
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.privacy.participation import taking_part_in_all
from sto_desktop.domain.vocabulary import Evidence, Stance
from sto_desktop.storage.file.database import errors_of, reading
from sto_desktop.storage.file.schema import folded
from sto_desktop.storage.log.folded import without_collecting
from sto_desktop.storage.read.reader import Reader
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copy import WorkingCopy

R = TypeVar("R")
Link = InsightNote | RecommendationNote | InsightInsight
Counted = Mapping[tuple[str, str | None], int]


def overview_content(dossier: Dossier) -> OverviewContent:
    """Return the data of all panels from a single snapshot."""
    with errors_of(dossier.path), reading(dossier.raw), without_collecting():
        return _OverviewReader(dossier.read).content()


def overview_apart(copy: WorkingCopy) -> OverviewContent:
    """Like `overview_content`, over a separate connection, for any thread."""
    with errors_of(copy.path), copy.file.apart() as raw, reading(raw), without_collecting():
        return _OverviewReader(Reader(raw)).content()


class _OverviewReader:
    """Reads each table once; a panel of the same conversation as another is read as part of it."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._same = read.panels.sameness()
        panels = read.panels.every()
        ids = {panel.id for panel in panels}
        self._main = {panel.id: self._same.main("panel", panel.id, ids) for panel in panels}
        self._panels = [panel for panel in panels if self._main[panel.id] == panel.id]
        self._counterparts = {
            panel.id: read.guides.counterparts(panel.id)
            for panel in self._panels
            if not self._same.is_alone("panel", panel.id)
        }
        self._guides: dict[str | None, GuideContent] = {}

    def content(self) -> OverviewContent:
        insights = self._insights()
        recommendations = self._recommendations()
        notes = self._notes([*insights.values()], [*recommendations.values()])
        members = self._members()
        panels = tuple(
            PanelContent(
                panel,
                self._guide(panel),
                tuple(members.get(panel.id, ())),
                tuple(notes.get(panel.id, ())),
                tuple(insights.get(panel.id, ())),
                tuple(recommendations.get(panel.id, ())),
            )
            for panel in self._panels
        )
        # Refusing members are left out after reading, so that the number of left-out notes can be reported.
        refusing = {member.id for group in members.values() for member in group if not takes_part(member)}
        away = self._counts(self._said_by(refusing))
        whole = OverviewContent(
            panels,
            {place: left for place, count in self._counts().items() if (left := count - away.get(place, 0))},
            tuple(insights.get(None, ())),
            tuple(recommendations.get(None, ())),
            self._same,
        )
        return _told_left_out(taking_part_in_all(whole), away)

    def _guide(self, panel: Panel) -> GuideContent:
        if panel.guide not in self._guides:
            self._guides[panel.guide] = self._read.guides.content(panel.guide)
        return self._guides[panel.guide]

    def _home(self, panel: str | None) -> str | None:
        return self._main.get(panel, panel) if panel else None

    def _members(self) -> Mapping[str | None, Sequence[Panelist]]:
        mains = one_member_each(self._read.rows.records(Panelist), self._same)
        return _grouped((self._home(member.panel), member) for member in mains)

    def _insights(self) -> Mapping[str | None, Sequence[InsightContent]]:
        notes = _sides(self._read.rows.records(InsightNote), "insight", "note")
        links = _sides(self._read.rows.records(InsightInsight), "insight", "rests_on")
        contents = []
        for record in self._read.rows.records(Insight):
            home = self._home(record.panel)
            themes, questions = self._counterparts.get(home or "", ({}, {}))
            placed = placed_in(replace(record, theme=themes.get(record.theme or "", record.theme)), questions)
            supports, contradicts = notes.get(record.id, ((), ()))
            behind, against = links.get(record.id, ((), ()))
            contents.append((home, InsightContent(placed, supports, contradicts, behind, against)))
        return _grouped(contents)

    def _recommendations(self) -> Mapping[str | None, Sequence[RecommendationContent]]:
        notes = _sides(self._read.rows.records(RecommendationNote), "recommendation", "note")
        insights = _grouped(
            (record.recommendation, record.insight) for record in self._read.rows.records(RecommendationInsight)
        )
        themes = _grouped(
            (record.recommendation, record.theme) for record in self._read.rows.records(RecommendationTheme)
        )
        contents = []
        for recommendation in self._read.rows.records(Recommendation):
            home = self._home(recommendation.position.parent)
            record = replace(recommendation, position=Position(home, recommendation.position.key))
            contents.append(
                (
                    home,
                    RecommendationContent(
                        record,
                        tuple(theme for theme in themes.get(recommendation.id, ()) if theme),
                        tuple(insight for insight in insights.get(recommendation.id, ()) if insight),
                        *notes.get(recommendation.id, ((), ())),
                    ),
                )
            )
        return _grouped(contents)

    def _notes(
        self,
        insights: Iterable[Sequence[InsightContent]],
        recommendations: Iterable[Sequence[RecommendationContent]],
    ) -> Mapping[str | None, Sequence[NoteContent]]:
        """Return the notes that findings refer to, with their voices."""
        wanted = {note for group in insights for insight in group for note in (*insight.supports, *insight.contradicts)}
        wanted |= {
            note
            for group in recommendations
            for recommendation in group
            for note in (*recommendation.supports, *recommendation.contradicts)
        }
        notes = self._read.notes.some(wanted)
        return _grouped((self._home(note.note.panel), note) for note in notes)

    def _said_by(self, members: Collection[str]) -> ColumnElement[bool]:
        """Return the condition that one of these members, or a row linked to them, said a note, or that it is withheld
        since who said it is gone.
        """
        voice = _table("voice")
        everybody = {row for member in members for row in self._same.group("panelist", member)}
        notes_said = select(voice.c.note).where(
            voice.c.deleted == 0, voice.c.stance == Stance.SAYS.value, voice.c.panelist.in_(sorted(everybody))
        )
        note = _table("note")
        gone = or_(note.c.withheld == 1, note.c.id.in_(sorted(self._read.notes.of_gone_refusers())))
        return or_(gone, note.c.id.in_(notes_said)) if members else gone

    def _counts(self, *where: ColumnElement[bool]) -> Counted:
        """Return the number of notes by panel and question, under the representative's panel and question."""
        note = _table("note")
        statement = (
            select(note.c.panel, note.c.question, func.count())
            .where(note.c.deleted == 0, note.c.known == 1, *where)
            .group_by(note.c.panel, note.c.question)
        )
        counts: dict[tuple[str, str | None], int] = defaultdict(int)
        compiled = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"render_postcompile": True})
        values = [compiled.params[name] for name in compiled.positiontup or ()]
        for panel, question, count in self._read.rows.fetch(str(compiled), values):
            home = self._home(panel)
            if home is not None:
                _, questions = self._counterparts.get(home, ({}, {}))
                counts[home, questions.get(question, question)] += count
        return counts


@cache
def _table(name: str) -> TableClause:
    return table(name, *(column(each) for each in folded[name].names))


def _told_left_out(content: OverviewContent, away: Counted) -> OverviewContent:
    """Return the content with the number of left-out notes of each panel."""
    notes: dict[str, int] = defaultdict(int)
    for (panel, _), count in away.items():
        notes[panel] += count
    return replace(
        content, panels=tuple(replace(panel, left_out=notes.get(panel.panel.id, 0)) for panel in content.panels)
    )


def _grouped(rows: Iterable[tuple[str | None, R]]) -> dict[str | None, list[R]]:
    groups: dict[str | None, list[R]] = defaultdict(list)
    for key, row in rows:
        groups[key].append(row)
    return groups


def _sides(links: Iterable[Link], of: str, end: str) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return for each row the ids that support it and those that contradict it."""
    sides: dict[str, tuple[dict[str, None], dict[str, None]]] = defaultdict(lambda: ({}, {}))
    for link in links:
        row, target = getattr(link, of), getattr(link, end)
        if row is not None and target is not None:
            sides[row][link.evidence is Evidence.CONTRADICTS][target] = None
    return {row: (tuple(supports), tuple(contradicts)) for row, (supports, contradicts) in sides.items()}
