"""Reading a dossier: converts folded tables to the records and contents of the domain."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from sto_desktop.domain.live.schedule import minutes_used
from sto_desktop.domain.model import (
    Debrief,
    Guide,
    Insight,
    InsightInsight,
    InsightNote,
    Note,
    NoteTag,
    Panel,
    PanelCheck,
    Panelist,
    PanelQuestion,
    Playback,
    Probe,
    Question,
    Recommendation,
    RecommendationInsight,
    RecommendationNote,
    RecommendationTheme,
    ReportMade,
    ReportSetup,
    SameAs,
    SavedSearch,
    Tag,
    Theme,
    TimeSpan,
    TopChoice,
    Voice,
)
from sto_desktop.domain.panel.bundles import bundled, speaking_for
from sto_desktop.domain.panel.content import (
    GuideContent,
    InsightContent,
    NoteContent,
    PanelContent,
    QuestionContent,
    RecommendationContent,
    ThemeContent,
)
from sto_desktop.domain.panel.note_filter import NoteFilter
from sto_desktop.domain.panel.same import (
    Sameness,
    counterparts,
    one_member_each,
    one_voice_each,
    placed_in,
    time_of_one,
)
from sto_desktop.domain.record import spec_of
from sto_desktop.domain.vocabulary import Aspect, Evidence, NoteKind
from sto_desktop.storage.file.database import Raw, engine_for, errors_of, reading
from sto_desktop.storage.file.schema import folded
from sto_desktop.storage.read.note_list import (
    Elsewhere,
    ListedNote,
    listed_notes,
    note_entries,
    other_entries,
    used_among,
)
from sto_desktop.storage.read.records import (
    R,
    Where,
    columns_for,
    grouped,
    is_there,
    leads_to,
    misplaced,
    reader_of,
)
from sto_desktop.storage.read.search import matching
from sto_desktop.storage.read.similar import Similar, similar_notes


class Queries:
    """All queries on the folded tables; deleted rows and stubs are left out."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._engine = engine_for(raw)

    def _rows(self, statement: Select[Any]) -> Sequence[Sequence[Any]]:
        with errors_of(None), self._engine.connect() as connection:
            return connection.execute(statement).fetchall()

    def rows(self, statement: Select[Any]) -> Sequence[Sequence[Any]]:
        """Return the rows of a statement, for other modules of this package."""
        return self._rows(statement)

    def records(self, record: Callable[..., R], *where: Where, order: Sequence[ColumnElement[Any]] = ()) -> list[R]:
        """Return the existing records of one table, for other modules of this package."""
        table = folded[spec_of(record).name]
        statement = select(*columns_for(record)).where(is_there(table.name), *where)
        by_default = (table.c.position, table.c.id) if "position" in table.c else (table.c.key,)
        read = reader_of(record)
        return [read(row) for row in self._rows(statement.order_by(*(order or by_default)))]

    def record(self, record: Callable[..., R], row: str) -> R | None:
        """Return one record, or None if it is absent or deleted."""
        return next(iter(self.records(record, folded[spec_of(record).name].c.id == row)), None)

    # Panels and guides

    def sameness(self) -> Sameness:
        """Return the links between rows that represent the same."""
        # Runs with every query, also after each captured note: raw SQL takes a tenth of the time.
        links = self._raw.execute("SELECT id, of, one, other FROM same_as WHERE deleted = 0 AND known = 1").fetchall()
        return Sameness(SameAs(*row) for row in links)

    def panels(self) -> list[Panel]:
        """Return the panels, by date and title; for panels that are one conversation only the representative."""
        all_panels, same = self.all_panels(), self.sameness()
        ids = {panel.id for panel in all_panels}
        return [panel for panel in all_panels if same.main("panel", panel.id, ids) == panel.id]

    def all_panels(self) -> list[Panel]:
        """Return every panel, by date and title, including duplicates of the same conversation."""
        panel = folded["panel"]
        order = (panel.c.date.is_(None), panel.c.date, panel.c.start, panel.c.title, panel.c.id)
        return self.records(Panel, order=order)

    def panel(self, panel: str) -> Panel | None:
        """Return one panel, or its representative."""
        group = self.sameness().group("panel", panel)
        return next((panel for panel in self.panels() if panel.id in group), None)

    def _one_of(self, column: ColumnElement[Any], panel: str | None) -> Where:
        """Return the condition that a row belongs to this panel, or to another of the same conversation."""
        if panel is None:
            return column.is_(None)
        return column.in_(self.sameness().group("panel", panel))

    def counterparts_of(self, panel: str | None) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Return the counterparts in a panel's guide of the themes and questions of other panels of the same
        conversation.
        """
        same = self.sameness()
        themes: dict[str, str] = {}
        questions: dict[str, str] = {}
        # Usual case: one panel per conversation, no mapping needed.
        if panel is None or same.is_alone("panel", panel):
            return themes, questions
        group = same.group("panel", panel)
        guides = {each.id: each.guide for each in self.all_panels() if each.id in group and each.guide}
        ours = guides.get(panel)
        for other in sorted({guide for guide in guides.values() if guide != ours}):
            maps = counterparts(self.guide_content(ours), self.guide_content(other), same)
            themes.update(maps[0])
            questions.update(maps[1])
        return themes, questions

    def guides(self) -> list[Guide]:
        """Return the guides, by name."""
        guide = folded["guide"]
        return self.records(Guide, order=(guide.c.name, guide.c.version, guide.c.id))

    def guide_content(self, guide: str | None, panel: str | None = None) -> GuideContent:
        """Return a guide, as written or with the decisions of one panel."""
        guide_record = self.record(Guide, guide) if guide else None
        themes = self.records(Theme, folded["theme"].c.guide == guide)
        question, probe = folded["question"], folded["probe"]
        of_guide = select(folded["theme"].c.id).where(folded["theme"].c.guide == guide)
        questions = self.records(Question, question.c.theme.in_(of_guide))
        of_themes = select(question.c.id).where(question.c.theme.in_(of_guide))
        probes = grouped(self.records(Probe, probe.c.question.in_(of_themes)), lambda child: child.position.parent)
        decisions = (
            {
                record.question: record
                for record in self.records(PanelQuestion, folded["panel_question"].c.panel == panel)
            }
            if panel
            else {}
        )
        placed: list[tuple[str | None, str, QuestionContent]] = []
        for guide_question in questions:
            decided = decisions.get(guide_question.id)
            content = QuestionContent(guide_question, tuple(probes.get(guide_question.id, ())), decided)
            placed.append((*content.position, content))
        # Keys decide the order; ids break ties, so that every computer shows the same.
        placed.sort(key=lambda entry: (entry[1], entry[2].id))
        return GuideContent(
            guide_record or Guide(guide or ""),
            tuple(
                ThemeContent(theme, tuple(content for parent, _, content in placed if parent == theme.id))
                for theme in themes
            ),
        )

    def panel_guide(self, panel: str) -> GuideContent:
        """Return the guide as one panel uses it."""
        record = self.panel(panel)
        return self.guide_content(record.guide if record else None, panel)

    def _members_of(self, panel: str) -> list[Panelist]:
        table = folded["panelist"]
        by_seat = (table.c.seat.is_(None), table.c.seat, table.c.name, table.c.id)
        return self.records(Panelist, self._one_of(table.c.panel, panel), order=by_seat)

    def panelists(self, panel: str) -> list[Panelist]:
        """Return the members of a panel, by seat, each with its own row's values."""
        members = self._members_of(panel)
        same, ids = self.sameness(), {member.id for member in members}
        return [member for member in members if same.main("panelist", member.id, ids) == member.id]

    def all_panelists(self) -> list[Panelist]:
        """Return the members of all panels, by name."""
        table = folded["panelist"]
        return self.records(Panelist, order=(table.c.name, table.c.id))

    # Notes

    def aspects(self) -> Mapping[str, Aspect | None]:
        """Return the aspect of every question in the dossier, including deleted ones."""
        question = folded["question"]
        rows = self._rows(select(question.c.id, question.c.aspect))
        # A code of a newer program can't be in a folded table: the file was altered.
        try:
            return {row[0]: Aspect(row[1]) if row[1] else None for row in rows}
        except ValueError as error:
            raise misplaced() from error

    def saved_searches(self) -> list[SavedSearch]:
        """Return the saved searches, by name."""
        table = folded["saved_search"]
        return self.records(SavedSearch, order=(table.c.name, table.c.id))

    def tag_counts(self) -> dict[str, int]:
        """Return the number of notes with each label, by label id."""
        with errors_of(None):
            rows = self._raw.execute(
                "SELECT l.tag, count(*) FROM note_tag AS l JOIN note AS n ON n.id = l.note"
                " WHERE l.deleted = 0 AND n.deleted = 0 AND n.known = 1 GROUP BY l.tag"
            )
            return dict(rows.fetchall())

    def labelled(self, tag: str) -> list[str]:
        """Return the ids of the notes with a label, including bundled ones."""
        with errors_of(None):
            rows = self._raw.execute("SELECT note FROM note_tag WHERE tag = ? AND deleted = 0", (tag,))
            return [note for (note,) in rows if note is not None]

    def tags(self) -> list[Tag]:
        """Return all labels, by name."""
        table = folded["tag"]
        return self.records(Tag, order=(table.c.name, table.c.id))

    def _note_contents(
        self, notes: Sequence[Note], voices: Iterable[Voice], links: Iterable[NoteTag]
    ) -> list[NoteContent]:
        tags = {tag.id: tag for tag in self.tags()}
        voices_of = grouped(self._by_person(voices), lambda row: row.note)
        links_of = grouped(links, lambda row: row.note)
        aspects = self.aspects()
        result = []
        for note in notes:
            aspect = aspects.get(note.position.parent or "")
            kind = note.kind or (aspect.kind if aspect else NoteKind.REMARK)
            labels = [tags[link.tag] for link in links_of.get(note.id, ()) if link.tag in tags]
            result.append(
                NoteContent(
                    note,
                    kind,
                    tuple(sorted(voices_of.get(note.id, ()), key=lambda row: (row.stance, row.id))),
                    tuple(sorted(labels, key=lambda tag: tag.name)),
                )
            )
        return result

    def _by_person(self, voices: Iterable[Voice]) -> Iterable[Voice]:
        same = self.sameness()
        # Without linked members nothing can be double.
        if same.knows("panelist"):
            return one_voice_each(voices, same, {member.id for member in self.all_panelists()})
        return voices

    def speakers_of_bundles(self) -> Mapping[str, str]:
        """Return the representative note of every bundled note (id).

        A note whose representative is deleted, or in another panel, represents itself: text wins over deletion.
        """
        note, speaker = folded["note"], folded["note"].alias()
        both = note.join(speaker, and_(speaker.c.id == note.c.bundled_in, speaker.c.panel == note.c.panel))
        existing = [
            table.c[name] == value for table in (note, speaker) for name, value in (("deleted", 0), ("known", 1))
        ]
        statement = select(note.c.id, note.c.bundled_in).select_from(both)
        return speaking_for(dict(map(tuple, self._rows(statement.where(note.c.bundled_in.is_not(None), *existing)))))

    def notes(self, panel: str) -> list[NoteContent]:
        """Return the notes of a panel in the order of the conversation within each question, each bundle as one
        note.
        """
        note, voice, link = folded["note"], folded["voice"], folded["note_tag"]
        mine = self._one_of(note.c.panel, panel)
        ids = select(note.c.id).where(mine, note.c.deleted == 0)
        # Panels of one conversation may follow different copies of a guide.
        _, questions = self.counterparts_of(panel)
        contents = self._note_contents(
            [placed_in(record, questions) for record in self.records(Note, mine)],
            self.records(Voice, voice.c.note.in_(ids)),
            self.records(NoteTag, link.c.note.in_(ids)),
        )
        return bundled(contents, self.speakers_of_bundles())

    def _loose_notes(self, ids: Collection[str]) -> list[NoteContent]:
        note, voice, link = folded["note"], folded["voice"], folded["note_tag"]
        wanted = list(ids)
        return self._note_contents(
            self.records(Note, note.c.id.in_(wanted)),
            self.records(Voice, voice.c.note.in_(wanted)),
            self.records(NoteTag, link.c.note.in_(wanted)),
        )

    def some_notes(self, ids: Collection[str]) -> list[NoteContent]:
        """Return those of these notes that exist; for a bundled note its representative."""
        speakers = self.speakers_of_bundles()
        wanted = {speakers.get(note, note) for note in ids}
        return bundled(self._loose_notes({*wanted, *(note for note in speakers if speakers[note] in wanted)}), speakers)

    def note(self, note: str) -> NoteContent | None:
        """Return one note by itself, even if it is bundled."""
        return next(iter(self._loose_notes([note])), None)

    def listed_notes(self, wanted: NoteFilter, *, panel: str, questions: Collection[str] = ()) -> list[ListedNote]:
        """Return ids of notes in order; see `note_list.listed_notes`."""
        with errors_of(None):
            speakers = self.speakers_of_bundles()
            return listed_notes(self._raw, wanted, panel=panel, questions=questions, speakers=speakers)

    def matching(self, words: str) -> list[int]:
        """Return keys of the search index; see `search.matching`."""
        with errors_of(None):
            return matching(self._raw, words)

    def note_entries(self, panel: str | None) -> dict[int, str]:
        """Return note ids by their key in the search index; see `note_list.note_entries`."""
        with errors_of(None):
            return note_entries(self._raw, panel)

    def other_entries(self) -> dict[int, Elsewhere]:
        """Return other search results by key; see `note_list.other_entries`."""
        with errors_of(None):
            return other_entries(self._raw)

    def used_among(self, notes: Collection[str]) -> frozenset[str]:
        """Return those of these notes to which insights or recommendations refer."""
        with errors_of(None):
            return used_among(self._raw, notes)

    def note_count(self, panel: str) -> int:
        """Return the number of notes typed in a panel, counting each note of a bundle."""
        note = folded["note"]
        conditions = (self._one_of(note.c.panel, panel), note.c.deleted == 0, note.c.known == 1)
        return int(self._rows(select(func.count()).where(*conditions))[0][0])

    def similar(
        self, note: str, *, panel: str | None = None, limit: int = 5, without: Collection[str] = ()
    ) -> list[Similar]:
        """Return notes that resemble another; see `similar.similar_notes`."""
        return similar_notes(self._raw, note, panel=panel, limit=limit, without=without)

    def all_note_count(self) -> int:
        """Return the number of notes in all panels, counting a bundle as one."""
        with errors_of(None):
            row = self._raw.execute("SELECT count(*) FROM note WHERE deleted = 0 AND known = 1").fetchone()
        return int(row[0]) - len(self.speakers_of_bundles())

    # Insights and recommendations

    def insights(self, panel: str | None) -> list[InsightContent]:
        """Return the insights of a panel (None: of the programme), in order."""
        insight, link = folded["insight"], folded["insight_note"]
        themes, questions = self.counterparts_of(panel)
        records = [
            placed_in(replace(record, theme=themes.get(record.theme or "", record.theme)), questions)
            for record in self.records(Insight, self._one_of(insight.c.panel, panel))
        ]
        links = grouped(
            self.records(InsightNote, link.c.insight.in_([item.id for item in records]), leads_to(link, "note")),
            lambda item: item.insight,
        )
        under = self._insights_under([item.id for item in records])
        speakers = self.speakers_of_bundles()
        return [
            InsightContent(item, *_evidence(links.get(item.id, ()), speakers), *_under(under.get(item.id, ())))
            for item in records
        ]

    def _insights_under(self, insights: Sequence[str]) -> Mapping[str, list[InsightInsight]]:
        link, narrower = folded["insight_insight"], folded["insight"]
        exists = link.c.rests_on.in_(select(narrower.c.id).where(is_there("insight")))
        return grouped(self.records(InsightInsight, link.c.insight.in_(insights), exists), lambda row: row.insight)

    def recommendations(self, panel: str | None) -> list[RecommendationContent]:
        """Return the recommendations of a panel (None: of the programme), in order."""
        table = folded["recommendation"]
        records = self.records(Recommendation, self._one_of(table.c.panel, panel))
        ids = [recommendation.id for recommendation in records]

        def linked(record: Callable[..., R], end: str) -> dict[str, list[R]]:
            link = folded[spec_of(record).name]
            links = self.records(record, link.c.recommendation.in_(ids), leads_to(link, end))
            return grouped(links, lambda row: str(getattr(row, "recommendation", "")))

        notes = linked(RecommendationNote, "note")
        insights = linked(RecommendationInsight, "insight")
        themes = linked(RecommendationTheme, "theme")
        speakers = self.speakers_of_bundles()
        return [
            RecommendationContent(
                recommendation,
                tuple(link.theme for link in themes.get(recommendation.id, ()) if link.theme),
                tuple(link.insight for link in insights.get(recommendation.id, ()) if link.insight),
                *_evidence(notes.get(recommendation.id, ()), speakers),
            )
            for recommendation in records
        ]

    def top_choices(self, panel: str) -> list[TopChoice]:
        """Return the top choices of a panel's members, in order of rank."""
        choice, member = folded["top_choice"], folded["panelist"]
        of_panel = select(member.c.id).where(member.c.panel == panel, member.c.deleted == 0)
        return self.records(TopChoice, choice.c.panelist.in_(of_panel), order=(choice.c.rank, choice.c.id))

    def ticked(self, panel: str) -> frozenset[str]:
        """Return the codes of the checklist items that were ticked for a panel."""
        checks = self.records(PanelCheck, folded["panel_check"].c.panel == panel, order=(folded["panel_check"].c.id,))
        return frozenset(check.item for check in checks if check.done)

    def playbacks(self, panel: str) -> list[Playback]:
        """Return the summaries that were read back to a panel."""
        themes, _ = self.counterparts_of(panel)
        records = self.records(Playback, self._one_of(folded["playback"].c.panel, panel))
        return [replace(playback, theme=themes.get(playback.theme or "", playback.theme)) for playback in records]

    def debriefs(self, panel: str) -> list[Debrief]:
        """Return the debriefs of a panel, the moderator's first."""
        table = folded["debrief"]
        return self.records(Debrief, self._one_of(table.c.panel, panel), order=(table.c.author, table.c.id))

    def time_spans(self, panel: str) -> list[TimeSpan]:
        """Return the time used in a panel, in order."""
        table = folded["time_span"]
        order = (table.c.started_at, table.c.id)
        return time_of_one(self.records(TimeSpan, self._one_of(table.c.panel, panel), order=order))

    def report_setups(self, panel: str) -> dict[str, str]:
        """Return the report setups of a panel, as JSON by form."""
        where = self._one_of(folded["report_setup"].c.panel, panel)
        return {record.form: record.options for record in self.records(ReportSetup, where)}

    def reports_made(self, panel: str) -> list[ReportMade]:
        """Return the verslagen made of a panel, newest first."""
        table = folded["report_made"]
        where = self._one_of(table.c.panel, panel)
        return self.records(ReportMade, where, order=(table.c.made_at.desc(), table.c.id))

    def panel_content(self, panel: str) -> PanelContent | None:
        """Return everything of one panel from a single snapshot, or None if there is no such panel."""
        with errors_of(None), reading(self._raw):
            return self._panel_content(panel)

    def _panel_content(self, panel: str) -> PanelContent | None:
        record = self.panel(panel)
        if record is None:
            return None
        spans = self.time_spans(panel)
        return PanelContent(
            record,
            self.guide_content(record.guide, panel),
            tuple(one_member_each(self._members_of(panel), self.sameness())),
            tuple(self.notes(panel)),
            tuple(self.insights(panel)),
            tuple(self.recommendations(panel)),
            tuple(self.playbacks(panel)),
            tuple(self.debriefs(panel)),
            tuple(spans),
            minutes_used(spans),
            tuple(self.top_choices(panel)),
        )


def _evidence(
    links: Iterable[InsightNote | RecommendationNote], speakers: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the supporting and the contradicting notes; a link to a bundled note counts for its representative."""
    sides: dict[Evidence, dict[str, None]] = {Evidence.SUPPORTS: {}, Evidence.CONTRADICTS: {}}
    for link in links:
        if link.note is not None:
            sides[link.evidence][speakers.get(link.note, link.note)] = None
    return tuple(sides[Evidence.SUPPORTS]), tuple(sides[Evidence.CONTRADICTS])


def _under(links: Iterable[InsightInsight]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sides: dict[Evidence, list[str]] = {Evidence.SUPPORTS: [], Evidence.CONTRADICTS: []}
    for link in links:
        if link.rests_on is not None:
            sides[link.evidence].append(link.rests_on)
    return tuple(sides[Evidence.SUPPORTS]), tuple(sides[Evidence.CONTRADICTS])
