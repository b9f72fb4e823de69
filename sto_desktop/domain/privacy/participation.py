"""Members who do not take part (*deelname: nee*): none of their words or voices leave the program.

A note is left out if somebody who does not take part said it, alone or with others: none of their words may appear
anywhere, and nobody can tell whose words a shared note has. Also left out: their agreement and disagreement, their top
three, and notes of theirs that others chose; they are not counted as present, nor in a sector. The rest of a bundle
stays: its first remaining note represents it. An insight or a recommendation is left out if it rests on nothing else,
directly or through others. Their name is removed from every text, whatever they answered about names.

Once the answer is no, nothing more is noted of them: a line that they said is refused, and they are no voice in what
others said (see `live.noting`).

*Onbekend* holds nothing back here. The dossier keeps everything, and so do its backups and a dossier saved elsewhere:
the moderator has custody of these, and can show and erase them. A copy to share leaves it out, whoever it names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sto_desktop.domain.bookkeeping import ConsentGiven, SameAs
from sto_desktop.domain.model import (
    Insight,
    InsightInsight,
    InsightNote,
    Note,
    NoteTag,
    Panel,
    Panelist,
    Playback,
    Recommendation,
    RecommendationInsight,
    RecommendationNote,
    RecommendationTheme,
    Tag,
    TopChoice,
    Voice,
)
from sto_desktop.domain.names.said_by import speakers_of, without_speakers
from sto_desktop.domain.panel.content import InsightContent, NoteContent, PanelContent, RecommendationContent
from sto_desktop.domain.panel.overview import OverviewContent
from sto_desktop.domain.people import fold
from sto_desktop.domain.privacy.naming.crowd import may_speak, takes_part
from sto_desktop.domain.privacy.naming.elsewhere import elsewhere_in, named_elsewhere
from sto_desktop.domain.privacy.naming.leaders import leading
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.panel_texts import texts_in
from sto_desktop.domain.record import spec_of
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.language import counted


def unasked(members: Iterable[Panelist]) -> int:
    """Return of how many members who were there nobody recorded whether they take part."""
    return sum(member.present and member.consent_participation is Consent.UNKNOWN for member in members)


def said_unasked(members: int) -> str:
    """Return a sentence for who makes a document, on so many members who are `unasked`; empty for 0."""
    if not members:
        return ""
    return counted(
        members,
        "Van {n} panellid is niet vastgelegd of het meedoet; wat het zei, staat erin. Vraag het voor u iets doorgeeft.",
        "Van {n} panelleden is niet vastgelegd of ze meedoen; wat zij zeiden, staat erin. Vraag het voor u iets "
        "doorgeeft.",
    )


def said_left_out(notes: int) -> str:
    """Return a sentence with the number of notes left out and why; empty for 0. It does not name or count the members.

    Show it to the person who makes a document, never in the document: a reader who notices whose name is missing would
    know whose notes they are.
    """
    if not notes:
        return ""
    return counted(
        notes,
        "{n} notitie bleef weg: er is geen toestemming voor (deelname: nee).",
        "{n} notities bleven weg: er is geen toestemming voor (deelname: nee).",
    )


def said_withheld(notes: int) -> str:
    """Return a sentence with the number of notes that stay out of every output when who said them goes; empty for 0."""
    if not notes:
        return ""
    return counted(
        notes,
        "{n} notitie blijft buiten elk stuk: wie dat zei, doet niet mee (deelname: nee).",
        "{n} notities blijven buiten elk stuk: wie dat zei, doet niet mee (deelname: nee).",
    )


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is left out. `members`; `notes`, each with the note that replaces it (None: none does); `findings`: insights
    and recommendations that rest on nothing else; `tags` that are on no other note. All are ids. `present`: how many of
    each panel (id) were there and take part.
    """

    members: frozenset[str] = frozenset()
    notes: Mapping[str, str | None] = field(default_factory=dict)
    findings: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    present: Mapping[str | None, int] = field(default_factory=dict)

    def instead(self, notes: Iterable[str]) -> tuple[str, ...]:
        """Return the notes (ids), with left-out ones replaced by their representative; each once."""
        replacements = (self.notes.get(note, note) for note in notes)
        return tuple(dict.fromkeys(note for note in replacements if note is not None))

    def holds(self, record: Any) -> bool:
        """Return whether a row is included."""
        withheld_notes = self.notes.keys()
        match record:
            case Panelist():
                return record.id not in self.members
            case Note():
                return record.id not in withheld_notes
            case Voice():
                return record.note not in withheld_notes and record.panelist not in self.members
            case NoteTag():
                return record.note not in withheld_notes and record.tag not in self.tags
            case Tag():
                return record.id not in self.tags
            case ConsentGiven():
                return record.panelist not in self.members
            case TopChoice():
                return record.note not in withheld_notes and record.panelist not in self.members
            case Insight() | Recommendation():
                return record.id not in self.findings
            case InsightNote():
                return record.insight not in self.findings and self._stands(record.note)
            case RecommendationNote():
                return record.recommendation not in self.findings and self._stands(record.note)
            case InsightInsight():
                return self.findings.isdisjoint((record.insight, record.rests_on))
            case RecommendationInsight():
                return self.findings.isdisjoint((record.recommendation, record.insight))
            case RecommendationTheme():
                return record.recommendation not in self.findings
            case SameAs():
                return {record.one, record.other}.isdisjoint((*self.members, *withheld_notes, *self.findings))
        # Rows of other tables have no speaker.
        return True

    def replaced(self, record: Any) -> Mapping[str, Any]:
        """Return the fields of a row that refer to left-out rows or count left-out members, with their replacement."""
        if isinstance(record, Playback):
            return self._hands(record)
        names: Sequence[str] = ()
        match record:
            case Note():
                names = ("bundled_in", "split_from")
            case InsightNote() | RecommendationNote():
                names = ("note",)
        values = {name: getattr(record, name) for name in names}
        changed = {name: self.notes[note] for name, note in values.items() if note in self.notes}
        # A note can't be bundled in itself: it is the representative now.
        if isinstance(record, Note) and changed.get("bundled_in") == record.id:
            changed["bundled_in"] = None
        return changed

    def _hands(self, playback: Playback) -> Mapping[str, Any]:
        present = self.present.get(playback.panel, 0)
        if playback.hands_of is None or playback.hands_of <= present:
            return {}
        # Somebody was counted who does not take part; whether that hand was up is known only if all were.
        hands = present if playback.hands == playback.hands_of and present else None
        return {"hands": hands, "hands_of": hands}

    def _stands(self, note: str | None) -> bool:
        return note is None or self.notes.get(note, note) is not None


NOTHING = Withheld()
"""The value where everybody takes part."""


def withheld(
    refusing: Collection[str],
    said: Collection[str],
    bundles: Iterable[Sequence[str]],
    grounds: Mapping[str, Collection[str]],
    members: Iterable[Panelist] = (),
    gone: Collection[str] = (),
) -> Withheld:
    """Return what is left out, except tags.

    Args:
        refusing: the members (ids) who do not take part.
        said: the notes (ids) that are withheld by themselves (`withheld_notes`).
        bundles: the notes (ids) of each bundle, the representative first.
        grounds: what each insight and recommendation rests on: notes, insights, recommendations (all by id).
        members: all of them, to count those who were there and take part.
        gone: the insights and recommendations (ids) that are withheld by themselves, since their grounds are erased.
    """
    if not refusing and not said and not gone:
        return NOTHING
    instead: dict[str, str | None] = dict.fromkeys(said)
    for notes in bundles:
        # The first remaining note of a bundle replaces the ones left out.
        representative = next((note for note in notes if note not in said), None)
        instead.update((note, representative) for note in notes if note in said)
    without = {*gone, *(note for note, other in instead.items() if other is None)}
    present = Counter(member.panel for member in members if member.present and member.id not in refusing)
    return Withheld(
        frozenset(refusing), instead, resting_on_nothing_else(grounds, without).union(gone), present=present
    )


def resting_on_nothing_else(grounds: Mapping[str, Collection[str]], gone: Collection[str]) -> frozenset[str]:
    """Return what rests, directly or indirectly, only on what is left out. What never rested on anything is not
    included.
    """
    standing: set[str] = set()
    touched: set[str] = set()
    before = -1
    # Repeat until nothing changes: findings may rest on findings in any order.
    while before != len(standing) + len(touched):
        before = len(standing) + len(touched)
        for finding, under in grounds.items():
            if not under or any(
                ground not in gone and (ground not in grounds or ground in standing) for ground in under
            ):
                standing.add(finding)
            if any(ground in gone or ground in touched for ground in under):
                touched.add(finding)
    return frozenset(touched - standing)


def taking_part(content: PanelContent) -> PanelContent:
    """Return a panel as it may leave the program; the same object if everybody takes part."""
    (content_taking_part,) = _taking_part((content,), (), (), {}).panels
    return content_taking_part


def notes_taking_part(notes: Iterable[NoteContent], members: Iterable[Panelist]) -> list[NoteContent]:
    """Return notes as others may see them: without those of members who do not take part, and without their voices."""
    all_notes, members = list(notes), list(members)
    refusing = [member for member in members if not takes_part(member)]
    ids = {member.id for member in refusing}
    goes = withheld(ids, withheld_notes(all_notes, refusing, members), [note.ids for note in all_notes], {})
    return [visible for note in all_notes if (visible := _note(note, goes, refusing)) is not None]


def as_read(content: PanelContent) -> PanelContent:
    """Return a panel as it may be read under a naming: as it may leave the program, without the speakers whom any label
    would identify (see `crowd.may_speak`).
    """
    content = taking_part(content)
    unsaid = [member for member in content.panelists if not may_speak(member)]
    if not unsaid:
        return content
    goes = Withheld(frozenset(member.id for member in unsaid))
    notes = (_note(note, goes, unsaid) for note in content.notes)
    return replace(
        content,
        notes=tuple(note for note in notes if note is not None),
        top_choices=tuple(choice for choice in content.top_choices if goes.holds(choice)),
    )


def naming_of(content: PanelContent, mode: NameMode, also: Iterable[str] = ()) -> Naming:
    """Return the naming of the members of a panel in a document; members who do not take part are not in it.

    `also`: texts besides those of the panel that may name members of other panels.
    """
    shown = taking_part(content)
    named = named_elsewhere(shown.elsewhere) if mode is NameMode.FULL else ()
    leaders = leading(shown.panel, shown.people) if mode is not NameMode.FULL else ()
    elsewhere = elsewhere_in((*texts_in(shown), *also), (*shown.people, *leaders), shown.elsewhere, named)
    about = (*said_of_itself(content.panel), *(theme.title for theme in content.guide.themes))
    return Naming(shown.panelists, mode, shown.withdrawn, elsewhere, leaders, about, content.panel.id)


def said_of_itself(panel: Panel) -> tuple[str, ...]:
    """Return what a panel says of itself: who led it stands on the cover by name."""
    return (panel.title, panel.subregion, panel.place, panel.moderator, panel.note_taker)


def taking_part_in_all(content: OverviewContent) -> OverviewContent:
    """Return the data of all panels as it may leave the program; `note_counts` are unchanged."""
    same = content.same
    asked = [recommendation.id for panel in content.panels for recommendation in panel.recommendations]
    ours = {recommendation.id for recommendation in content.recommendations}
    # A line of the plan rests on the panels' recommendations, even if these are linked to no note.
    also = {
        own: [row for row in same.group("recommendation", own) if row in set(asked)]
        for own in ours
        if not same.is_alone("recommendation", own)
    }
    return _taking_part(content.panels, content.insights, content.recommendations, also, content)


def _taking_part(
    panels: Sequence[PanelContent],
    insights: Sequence[InsightContent],
    recommendations: Sequence[RecommendationContent],
    also: Mapping[str, Sequence[str]],
    whole: OverviewContent | None = None,
) -> OverviewContent:
    whole = whole or OverviewContent(tuple(panels))
    refusing = [member for panel in panels for member in panel.panelists if not takes_part(member)]
    said = {note for panel in panels for note in withheld_notes(panel.notes, refusing, panel.panelists)}
    said |= {note for panel in panels for note in _said_by_others(panel)}
    gone = {of.insight.id for of in _every(panels, insights) if of.insight.withheld}
    gone |= {of.recommendation.id for of in _advice(panels, recommendations) if of.recommendation.withheld}
    # The usual case: return the same object.
    if not refusing and not said and not gone:
        return whole
    notes = [note for panel in panels for note in panel.notes]
    goes = withheld(
        {member.id for member in refusing},
        said,
        [note.ids for note in notes if note.bundled],
        _grounds(panels, insights, recommendations, also),
        [member for panel in panels for member in panel.panelists],
        gone,
    )
    return replace(
        whole,
        panels=tuple(_panel(panel, goes) for panel in panels),
        insights=_insights(insights, goes),
        recommendations=_recommendations(recommendations, goes),
    )


def withheld_notes(notes: Iterable[NoteContent], refusing: Sequence[Panelist], members: Sequence[Panelist]) -> set[str]:
    """Return the notes (ids) that one of these members who do not take part said, or somebody like that who is gone.

    `members`: all of the panel, whom a file may mean.
    """
    parts, ids = [part for note in notes for part in note.parts], {member.id for member in refusing}
    said = {part.id for part in parts if part.note.withheld}
    for part in parts if refusing else ():
        # Whom a file may mean no longer matters where a person said who it was.
        among, spoken = () if part.speakers else members, bool(part.speakers)
        if not ids.isdisjoint(part.speakers) or not ids.isdisjoint(
            speakers_of(part.note, refusing, among, spoken=spoken)
        ):
            said.add(part.id)
    return said


def _said_by_others(panel: PanelContent) -> Iterator[str]:
    """Yield the notes (ids) of a panel that a file says to be of somebody, by whole name, who does not take part in
    another panel: theirs only where nobody of the panel itself has that name.
    """
    own = {fold(member.name) for member in panel.panelists}
    refusing = {fold(member.name) for member in panel.elsewhere if not takes_part(member)} - own
    for note in panel.notes if refusing else ():
        for part in note.parts:
            if part.note.said_by and not refusing.isdisjoint(map(fold, part.note.said_by.split(", "))):
                yield part.id


def _every(panels: Sequence[PanelContent], insights: Iterable[InsightContent]) -> list[InsightContent]:
    return [*insights, *(insight for panel in panels for insight in panel.insights)]


def _advice(
    panels: Sequence[PanelContent], recommendations: Iterable[RecommendationContent]
) -> list[RecommendationContent]:
    return [*recommendations, *(recommendation for panel in panels for recommendation in panel.recommendations)]


def _grounds(
    panels: Sequence[PanelContent],
    insights: Iterable[InsightContent],
    recommendations: Iterable[RecommendationContent],
    also: Mapping[str, Sequence[str]],
) -> Mapping[str, Sequence[str]]:
    every_insight, every_advice = _every(panels, insights), _advice(panels, recommendations)
    existing = {note for panel in panels for content in panel.notes for note in content.ids}
    existing |= {insight.id for insight in every_insight} | {advice.id for advice in every_advice}
    grounds = {insight.id: [*insight.supports, *insight.insights] for insight in every_insight}
    grounds |= {advice.id: [*advice.supports, *advice.insights, *also.get(advice.id, ())] for advice in every_advice}
    return {finding: [ground for ground in under if ground in existing] for finding, under in grounds.items()}


def _panel(content: PanelContent, goes: Withheld) -> PanelContent:
    refusing = [member for member in content.panelists if member.id in goes.members]
    notes = [visible for note in content.notes if (visible := _note(note, goes, refusing)) is not None]
    before = sum(len(note.ids) for note in content.notes)
    return replace(
        content,
        panelists=tuple(member for member in content.panelists if member.id not in goes.members),
        # Their name must be hidden in every text, whatever they answered about names.
        withdrawn=(*content.withdrawn, *(replace(member, consent_name=Consent.NO) for member in refusing)),
        notes=tuple(notes),
        left_out=content.left_out + before - sum(len(note.ids) for note in notes),
        insights=_insights(content.insights, goes),
        recommendations=_recommendations(content.recommendations, goes),
        top_choices=tuple(choice for choice in content.top_choices if goes.holds(choice)),
        playbacks=tuple(replace(playback, **goes.replaced(playback)) for playback in content.playbacks),
    )


def _note(note: NoteContent, goes: Withheld, refusing: Sequence[Panelist]) -> NoteContent | None:
    kept = [_voices(part, goes, refusing) for part in note.parts if part.id not in goes.notes]
    return replace(kept[0], bundled=tuple(kept[1:])) if kept else None


def _voices(note: NoteContent, goes: Withheld, refusing: Sequence[Panelist]) -> NoteContent:
    voices = tuple(voice for voice in note.voices if voice.panelist not in goes.members)
    said_by = without_speakers(note.note.said_by, refusing)
    if len(voices) == len(note.voices) and said_by == note.note.said_by:
        return note
    return replace(note, voices=voices, note=replace(note.note, said_by=said_by))


def _insights(insights: Iterable[InsightContent], goes: Withheld) -> tuple[InsightContent, ...]:
    return tuple(
        replace(
            content,
            supports=goes.instead(content.supports),
            contradicts=goes.instead(content.contradicts),
            insights=tuple(insight for insight in content.insights if insight not in goes.findings),
            against=tuple(finding for finding in content.against if finding not in goes.findings),
        )
        for content in insights
        if content.id not in goes.findings
    )


def _recommendations(
    recommendations: Iterable[RecommendationContent], goes: Withheld
) -> tuple[RecommendationContent, ...]:
    return tuple(
        replace(
            content,
            supports=goes.instead(content.supports),
            contradicts=goes.instead(content.contradicts),
            insights=tuple(insight for insight in content.insights if insight not in goes.findings),
        )
        for content in recommendations
        if content.id not in goes.findings
    )


def by_note(voices: Iterable[Voice]) -> Mapping[str, Collection[str]]:
    """Return the members (ids) with a voice in each note (id), whatever their stance."""
    members: dict[str, set[str]] = defaultdict(set)
    for voice in voices:
        if voice.note is not None and voice.panelist is not None:
            members[voice.note].add(voice.panelist)
    return members


def whose(record: Any, voices: Mapping[str, Collection[str]]) -> Collection[str]:
    """Return the members (ids) to whom a row belongs, by those of its references that declare this; none if it is
    nobody's.

    `voices`: the members with a voice in each note.
    """
    if isinstance(record, Panelist):
        return (record.id,)
    if isinstance(record, Note):
        return voices.get(record.id, ())
    owners = {
        field.parent: getattr(record, field.name)
        for field in spec_of(type(record)).fields.values()
        if field.owned and getattr(record, field.name)
    }
    if "panelist" in owners:
        return (owners["panelist"],)
    return voices.get(owners.get("note", ""), ())
