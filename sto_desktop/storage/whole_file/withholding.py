"""Finds the rows to leave out of output because somebody does not take part; the rules are in the domain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from sto_desktop.domain.model import (
    Insight,
    InsightInsight,
    InsightNote,
    Note,
    NoteTag,
    Panelist,
    Recommendation,
    RecommendationInsight,
    RecommendationNote,
    Voice,
)
from sto_desktop.domain.names.said_by import speakers_of
from sto_desktop.domain.panel.same import rows_of_people
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.privacy.participation import NOTHING, Withheld, resting_on_nothing_else, withheld
from sto_desktop.domain.vocabulary import Evidence, Stance
from sto_desktop.storage.read.reader import Reader


def withheld_of(read: Reader) -> Withheld:
    """Return what no output other than the dossier itself may hold, because somebody does not take part."""
    members, same = read.rows.records(Panelist), read.panels.sameness()
    no = [member.id for member in members if not takes_part(member)]
    # Usual case: nothing to withhold, and nothing more to read.
    by_themselves = read.notes.withheld()
    if not no and not by_themselves and not read.findings.some_withheld():
        return NOTHING
    people = rows_of_people(members, same)
    refusing = {row for member in no for row in people.get(member, (member,))}
    notes, speakers, labels = read.rows.records(Note), read.notes.speakers_of_bundles(), read.rows.records(NoteTag)
    note_ids = {note.id for note in notes}
    bundles: dict[str, list[str]] = {speaker: [speaker] for speaker in speakers.values()}
    for note in notes:
        if note.id in speakers:
            bundles[speakers[note.id]].append(note.id)
    said = (by_themselves & note_ids) | said_by(read, refusing, notes, members)
    gone = {insight.id for insight in read.rows.records(Insight) if insight.withheld}
    gone |= {advice.id for advice in read.rows.records(Recommendation) if advice.withheld}
    result = withheld(refusing, said, bundles.values(), _grounds(read, note_ids), members, gone)
    # A label is left out if all notes that have it are left out.
    withheld_tags, stays = (
        {label.tag for label in labels if (label.note in result.notes) is goes and label.tag} for goes in (True, False)
    )
    return replace(result, tags=frozenset(withheld_tags - stays))


def said_by(read: Reader, refusing: Collection[str], notes: Iterable[Note], members: Iterable[Panelist]) -> set[str]:
    """Return which of these notes (ids) somebody said who is one of the `refusing` (ids of some of all `members`), by
    voice or by name.
    """
    members = list(members)
    voices = [
        (record.note, record.panelist)
        for record in read.rows.records(Voice)
        if record.stance is Stance.SAYS and record.note is not None
    ]
    by_name = [member for member in members if member.id in refusing]
    known = {note for note, _ in voices}
    at_table: dict[str | None, list[Panelist]] = defaultdict(list)
    for member in members:
        at_table[member.panel].append(member)
    return {note for note, member in voices if member in refusing} | {
        note.id
        for note in notes
        if not speakers_of(
            note, by_name, () if note.id in known else at_table[note.panel], spoken=note.id in known
        ).isdisjoint(refusing)
    }


def resting_only_on(read: Reader, notes: Collection[str]) -> frozenset[str]:
    """Return the insights and recommendations (ids) that rest on nothing but these notes (ids)."""
    existing = {note.id for note in read.rows.records(Note)}
    return resting_on_nothing_else(_grounds(read, existing), notes)


def _grounds(read: Reader, notes: Collection[str]) -> dict[str, list[str]]:
    """Return what each existing insight and recommendation rests on."""
    advice = {record.id: record.position.parent for record in read.rows.records(Recommendation)}
    grounds: dict[str, list[str]] = {
        finding: [] for finding in (*(record.id for record in read.rows.records(Insight)), *advice)
    }
    existing = notes | grounds.keys()
    supports = Evidence.SUPPORTS
    ends: list[tuple[str | None, str | None]] = [
        *((record.insight, record.note) for record in read.rows.records(InsightNote) if record.evidence is supports),
        *(
            (record.insight, record.rests_on)
            for record in read.rows.records(InsightInsight)
            if record.evidence is supports
        ),
        *(
            (record.recommendation, record.note)
            for record in read.rows.records(RecommendationNote)
            if record.evidence is supports
        ),
        *((record.recommendation, record.insight) for record in read.rows.records(RecommendationInsight)),
    ]
    # A line of the plan rests on the panels' recommendations that it represents.
    same = read.panels.sameness()
    ends += [
        (finding, duplicate)
        for finding, panel in advice.items()
        if panel is None
        for duplicate in same.group("recommendation", finding)
        if advice.get(duplicate) is not None
    ]
    for finding, under in ends:
        if finding in grounds and under in existing:
            grounds[finding].append(under)
    return grounds
