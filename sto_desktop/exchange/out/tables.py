"""The notes, insights, recommendations and members of panels as tables, for xlsx and csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import clock
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent, RecommendationContent
from sto_desktop.domain.record import FieldSpec, Unnamed, spec_of
from sto_desktop.domain.vocabulary import Coded, Consent, Stance
from sto_desktop.exchange.files.table_export import Row
from sto_desktop.exchange.out.outgoing import Outgoing


class Subject(StrEnum):
    """The subject of a table."""

    NOTES = "NOTES"
    INSIGHTS = "INSIGHTS"
    RECOMMENDATIONS = "RECOMMENDATIONS"
    MEMBERS = "MEMBERS"


TITLES: Mapping[Subject, str] = {
    Subject.NOTES: "Notities",
    Subject.INSIGHTS: "Inzichten",
    Subject.RECOMMENDATIONS: "Aanbevelingen",
    Subject.MEMBERS: "Panelleden",
}

NOTE_COLUMNS = (
    "Panel", "Subregio", "Datum", "Tijd", "Thema", "Vraag", "Soort", "Notitie",
    *(stance.word.capitalize() for stance in Stance),
    "Labels", "Ster", "Geparkeerd", "Opzijgelegd", "Eigenaar", "Klaar op", "Uitkomst",
)  # fmt: skip
_INSIGHT_COLUMNS = (
    "Panel", "Subregio", "Thema", "Vraag", "Aspect", "Inzicht", "Draagvlak", "Gedragen door", "Sectoren",
    "Tegengeluid van", "Notities", "Tegengeluid", "Inzichten", "Inzichten ertegen",
)  # fmt: skip
_RECOMMENDATION_COLUMNS = (
    "Panel", "Subregio", "Aanbeveling", "Thema's", "Schooljaren", "Niveau", "Eigenaar", "Prioriteit", "Eerste stap",
    "Borging", "Inzichten", "Notities", "Tegengeluid",
)  # fmt: skip
_MEMBER_FIELDS = sorted(
    (field for field in spec_of(Panelist).fields.values() if field.heading), key=lambda field: field.codes is Consent
)
"""In the order of declaration, consent last."""

_OUTGOING_FIELDS = [field for field in _MEMBER_FIELDS if field.codes is not Consent]
"""Without the answers about consent, which are for the dossier only."""

_OF_SEVERAL = [field for field in _MEMBER_FIELDS if field.unnamed in (Unnamed.LABEL, Unnamed.TRAIT)]


def _member_fields(panels: Sequence[Outgoing]) -> Sequence[FieldSpec]:
    return _MEMBER_FIELDS if all(panel.naming is None for panel in panels) else _OUTGOING_FIELDS


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table under a title; its first row holds the headings."""

    title: str
    rows: Sequence[Row]


def table_of(subject: Subject, panels: Sequence[Outgoing]) -> ExportTable:
    """Return the table of one subject over panels."""
    columns, rows_of = {
        Subject.NOTES: (NOTE_COLUMNS, _notes),
        Subject.INSIGHTS: (_INSIGHT_COLUMNS, _insights),
        Subject.RECOMMENDATIONS: (_RECOMMENDATION_COLUMNS, _recommendations),
        Subject.MEMBERS: (("Panel", "Subregio", *(field.heading for field in _member_fields(panels))), _members),
    }[subject]
    return ExportTable(TITLES[subject], [columns, *(row for panel in panels for row in rows_of(panel))])


def _place(panel: Outgoing) -> tuple[str, str]:
    return title_for(panel.content.panel), panel.content.panel.subregion


def _yes(answer: object) -> str:
    return "ja" if answer else ""


def _notes(panel: Outgoing) -> Iterator[Row]:
    record, guide = panel.content.panel, panel.content.guide
    for note in panel.notes():
        theme, question = guide.theme_of(note.question), guide.question(note.question)
        captured_at = note.note.captured_at
        yield (
            *_place(panel),
            record.date.isoformat() if record.date else "",
            clock(captured_at),
            theme.title if theme else "Niet ingedeeld",
            question.text if question else note.note.heading,
            panel.kind(note).word,
            note.text,
            *_voices(panel, note),
            ", ".join(dict.fromkeys(tag.name for tag in note.tags)),
            *(_yes(marked) for marked in (note.note.star, note.note.parked, note.note.set_aside)),
            # Who does it may be somebody whom no list of members knows, so no search finds the name.
            note.note.owner if panel.naming is None else "",
            note.note.due.isoformat() if note.note.due else "",
            note.note.answer,
        )


def _voices(panel: Outgoing, note: NoteContent) -> Iterator[str]:
    """Yield who has each stance in a note; where all are named, also a speaker who is no member."""
    for stance in Stance:
        names = [panel.all_called(note.panelists(stance))]
        if stance is Stance.SAYS and panel.naming is None:
            names.append(note.note.said_by)
        yield ", ".join(filter(None, names))


def _texts(panel: Outgoing, notes: Sequence[str]) -> str:
    return _listed(notes, {note.id: note.text for note in panel.content.notes})


def _listed(rows: Sequence[str], texts: Mapping[str, str]) -> str:
    return "\n".join(f"• {texts[row]}" for row in rows if row in texts)


def _insights(panel: Outgoing) -> Iterator[Row]:
    guide, voices = panel.content.guide, panel.voices()
    texts = {insight.id: insight.insight.text for insight in panel.content.insights}
    for insight in panel.content.insights:
        record = insight.insight
        question = guide.question(record.position.parent)
        theme = guide.theme(record.theme) or guide.theme_of(record.position.parent)
        supports, contradicts = panel.content.evidence(insight)
        backing = voices.backing(supports, contradicts)
        aspect = record.aspect or (question.aspect if question else None)
        yield (
            *_place(panel),
            theme.title if theme else "",
            question.text if question else "",
            aspect.word if aspect else "",
            record.text,
            backing.word,
            panel.all_called(backing.supporters),
            ", ".join(panel.sectors_behind(backing.supporters)),
            panel.all_called(backing.dissenters),
            _texts(panel, supports),
            _texts(panel, contradicts),
            _listed(insight.insights, texts),
            _listed(insight.against, texts),
        )


def _recommendations(panel: Outgoing) -> Iterator[Row]:
    insights = {insight.id: insight.insight.text for insight in panel.content.insights}
    for recommendation in panel.content.recommendations:
        record = recommendation.recommendation
        yield (
            *_place(panel),
            record.text,
            ", ".join(_themes(panel, recommendation)),
            record.school_years,
            record.level.word if record.level else "",
            record.owner,
            record.priority.word if record.priority else "",
            record.first_step,
            record.securing,
            _listed(recommendation.insights, insights),
            _texts(panel, recommendation.supports),
            _texts(panel, recommendation.contradicts),
        )


def _themes(panel: Outgoing, recommendation: RecommendationContent) -> Iterator[str]:
    for row in recommendation.themes:
        theme = panel.content.guide.theme(row)
        if theme is not None:
            yield theme.title


def _members(panel: Outgoing) -> Iterator[Row]:
    for member in panel.members():
        # In a row without a name, a field that others do not share would identify the member, or what they refused.
        fields = _member_fields([panel])
        open_fields = fields if panel.shows_name(member.id) else _OF_SEVERAL
        yield (
            *_place(panel),
            *(_cell(getattr(member, field.name)) if field in open_fields else "" for field in fields),
        )


def _cell(value: Any) -> str | int:
    """Return the value of a field as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return value if isinstance(value, int) else value.word if isinstance(value, Coded) else str(value)
