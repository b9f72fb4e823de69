"""Finds the rows to leave out of output because somebody does not take part; the rules are in the domain."""

from __future__ import annotations

from collections.abc import Collection
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
from sto_desktop.domain.privacy.participation import NOTHING, Withheld, takes_part, withheld
from sto_desktop.domain.vocabulary import Evidence, Stance
from sto_desktop.storage.read.queries import Queries


def withheld_of(read: Queries) -> Withheld:
    """Return what no output other than the dossier itself may hold, because somebody does not take part."""
    members, same = read.records(Panelist), read.sameness()
    no = [item.id for item in members if not takes_part(item)]
    if not no:
        return NOTHING
    refusing = {row for member in no for row in same.group("panelist", member)}
    notes, speakers, labels = read.records(Note), read.speakers_of_bundles(), read.records(NoteTag)
    there = {item.id for item in notes}
    bundles: dict[str, list[str]] = {speaker: [speaker] for speaker in speakers.values()}
    for item in notes:
        if item.id in speakers:
            bundles[speakers[item.id]].append(item.id)
    said = [
        (item.note, item.panelist) for item in read.records(Voice) if item.stance is Stance.SAYS and item.note in there
    ]
    found = withheld(refusing, said, bundles.values(), _grounds(read, there))
    gone, stays = (
        {item.tag for item in labels if (item.note in found.notes) is goes and item.tag} for goes in (True, False)
    )
    return replace(found, tags=frozenset(gone - stays))


def _grounds(read: Queries, notes: Collection[str]) -> dict[str, list[str]]:
    """Return what each existing insight and recommendation rests on."""
    advice = {item.id: item.position.parent for item in read.records(Recommendation)}
    found: dict[str, list[str]] = {item: [] for item in (*(one.id for one in read.records(Insight)), *advice)}
    there = notes | found.keys()
    supports = Evidence.SUPPORTS
    ends: list[tuple[str | None, str | None]] = [
        *((item.insight, item.note) for item in read.records(InsightNote) if item.evidence is supports),
        *((item.insight, item.rests_on) for item in read.records(InsightInsight) if item.evidence is supports),
        *((item.recommendation, item.note) for item in read.records(RecommendationNote) if item.evidence is supports),
        *((item.recommendation, item.insight) for item in read.records(RecommendationInsight)),
    ]
    # A line of the plan rests on the panels' recommendations that it represents.
    same = read.sameness()
    ends += [
        (item, other)
        for item, panel in advice.items()
        if panel is None
        for other in same.group("recommendation", item)
        if advice.get(other) is not None
    ]
    for item, under in ends:
        if item in found and under in there:
            found[item].append(under)
    return found
