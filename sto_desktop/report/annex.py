"""The annexes of a panel's report: every note once, in its place, with its kind and who said it; and the time used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sto_desktop.domain.content import NoteContent
from sto_desktop.domain.vocabulary import NoteKind, word
from sto_desktop.report.blocks import (
    Block,
    Emphasis,
    Heading,
    HeadingKind,
    ItemList,
    Paragraph,
    Role,
    Span,
    Table,
    Text,
)
from sto_desktop.report.context import ReportContext
from sto_desktop.report.wording import ASIDE, capital


def all_notes(context: ReportContext) -> Iterator[Block]:
    """Yield the annex with every note exactly once; nothing when there are none."""
    notes = [note for note in context.content.typed_notes() if note.text.strip()]
    if not notes:
        return
    yield Heading(1, "Alle notities", HeadingKind.ANNEX)
    yield Paragraph(
        "Elke notitie staat hier één keer, onder de vraag waarbij zij is gemaakt.",
        Role.REMARK,
    )
    for theme in context.content.guide.themes:
        sections = [(question, _said(context.all_notes(question))) for question in theme.questions]
        if not any(said for _, said in sections):
            continue
        yield Heading(2, theme.title.strip() or "Thema", HeadingKind.ANNEX)
        for question, said in sections:
            if said:
                yield Heading(3, question.text.strip() or capital(question.short_text.strip()) or "Vraag")
                yield ItemList(tuple(context.item(note, *_marks(context, note)) for note in said))
    left = _said(context.content.unassigned())
    if left:
        yield Heading(2, "Niet ingedeeld", HeadingKind.ANNEX)
        yield ItemList(tuple(context.item(note, *_marks(context, note), *_heading(note)) for note in left))
    seen = [note for note in notes if note.kind is NoteKind.OBSERVATION]
    if seen:
        yield Heading(2, "Observaties van de notulist", HeadingKind.ANNEX)
        yield Paragraph("Dit is niet gezegd door het panel, maar gezien door de notulist.", Role.REMARK)
        yield ItemList(tuple(_observation(context, note) for note in seen))


def _said(notes: Iterable[NoteContent]) -> list[NoteContent]:
    loose = (part for note in notes for part in note.parts)
    return [note for note in loose if note.kind is not NoteKind.OBSERVATION and note.text.strip()]


def _marks(context: ReportContext, note: NoteContent) -> Iterator[str]:
    # To call it a quote would say that these were somebody's very words.
    if note.kind is not NoteKind.QUOTE or context.is_quotable(note):
        yield word(note.kind)
    if note.note.parked:
        yield "parkeerplaats"
    if note.note.set_aside:
        yield "opzijgelegd"


def _heading(note: NoteContent) -> Iterator[str]:
    if note.note.heading.strip():
        yield f"stond onder ‘{note.note.heading.strip()}’"


def _observation(context: ReportContext, note: NoteContent) -> Text:
    theme = context.content.guide.theme_of(note.question)
    question = context.content.guide.question(note.question)
    if theme is None or question is None:
        return note.text.strip()
    place = ", ".join(part for part in (theme.short_title.strip(), question.short_text.strip()) if part)
    return (note.text.strip(), Span(f"{ASIDE}{place}", Emphasis.SOFT)) if place else note.text.strip()


def time_used(context: ReportContext) -> Iterator[Block]:
    """Yield the annex with the minutes of each part of the conversation; nothing when no time was kept."""
    used = context.content.minutes_used
    rows = []
    for theme in context.content.guide.themes:
        spent = round(sum(used.get(item.id, 0.0) for item in theme.questions))
        if spent or (theme.minutes and theme.questions):
            rows.append((theme.title.strip() or theme.short_title, str(theme.minutes), str(spent)))
    total = round(sum(used.values()))
    if not total or not rows:
        return
    planned = sum(theme.minutes for theme in context.content.guide.themes)
    yield Heading(1, "Tijdsverloop", HeadingKind.ANNEX)
    plan = f"; gepland waren er {planned}" if planned else ""
    yield Paragraph(f"Het gesprek duurde {total} {'minuut' if total == 1 else 'minuten'}{plan}.")
    yield Table(
        "Minuten per onderdeel",
        ("Onderdeel", "Gepland", "Gebruikt"),
        tuple(rows),
        (6, 1.4, 1.4),
        "Een rij per onderdeel van het gesprek, met de geplande en de gebruikte minuten.",
    )
