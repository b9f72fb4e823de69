"""The minutes: who was present and who not, every note once in order of time with who spoke, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sto_desktop.domain.dutch import capital, clock_time, closed, in_words, long_date
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import (
    Block,
    Emphasis,
    ItemList,
    Paragraph,
    ParagraphRole,
    Table,
    Text,
    TextSpan,
)
from sto_desktop.report.blocks.options import Part
from sto_desktop.report.content.annex import marks, members, spoken_notes, where_it_stood
from sto_desktop.report.content.closing import MOST_IMPORTANT, agreed_notes, doer, most_important, parked_notes
from sto_desktop.report.content.context import ReportContext
from sto_desktop.report.content.front import absent, comings_and_goings, composition_text


def present(context: ReportContext) -> Iterator[Block]:
    """Yield who was present: by name if people are named, else how many from which sectors; and who was absent."""
    panel = context.content.panel
    by_name = tuple(members(context))
    # The table of members says from which sectors.
    there = (composition_text(context, sectors=not by_name), comings_and_goings(context))
    # Who declined said so beforehand. Of nobody else is it known, and nobody absent is named: see `closing.written`.
    declined, away = closed(panel.declined.strip()), absent(context)
    missing = (
        in_words(away, "{n} genodigde.", "{n} genodigden.") if away else "",
        tr("Met kennisgeving: {declined}", declined=declined) if declined else "",
    )
    there_text = " ".join(part for part in there if part)
    if there_text:
        yield Paragraph(there_text)
    for label, texts in (
        (tr("Ook aanwezig"), (closed(panel.others_present.strip()),)),
        (tr("Afwezig"), missing),
    ):
        text = " ".join(part for part in texts if part)
        if text:
            yield Paragraph((TextSpan(f"{label}: ", Emphasis.STRONG), text))
    yield from by_name


def actions(context: ReportContext) -> Iterator[Block]:
    """Yield what was agreed as a table, with who does it and by when."""
    notes = agreed_notes(context)
    if notes:
        yield _to_do(
            context,
            notes,
            tr("Wie wat doet, en wanneer"),
            (tr("Afspraak"), tr("Wie"), tr("Vóór")),
            tr("Een rij per afspraak, met wie haar uitvoert en vóór wanneer."),
        )


def open_questions(context: ReportContext) -> Iterator[Block]:
    """Yield what was left open as a table, with who finds out and by when."""
    notes = parked_notes(context)
    if notes:
        yield _to_do(
            context,
            notes,
            tr("Wat nog wordt uitgezocht"),
            (tr("Vraag"), tr("Wie zoekt het uit"), tr("Vóór")),
            tr("Een rij per open vraag, met wie haar uitzoekt en vóór wanneer."),
        )


def _to_do(
    context: ReportContext, notes: Sequence[NoteContent], caption: str, header: tuple[str, str, str], description: str
) -> Table:
    """Return what is still to be done; the owner is an organisation, or a person under the chosen names."""
    rows: list[tuple[Text, ...]] = []
    for note in notes:
        words, answer = context.said.words(note), note.note.answer.strip()
        label = tr("Antwoord: ") if note.note.parked else tr("Uitkomst: ")
        told: Text = (words, "\n", TextSpan(label, Emphasis.STRONG), closed(answer)) if answer else words
        rows.append((told, capital(doer(context, note)) or "–", long_date(note.note.due) or "–"))
    return Table(caption, header, tuple(rows), (5.6, 2.4, 1.8), description)


def course(context: ReportContext) -> Iterator[Block]:
    """Yield every note in order of time; those without a time last, in the order of the guide."""
    notes = spoken_notes(context.content.notes)
    timed = [note for note in notes if note.note.captured_at is not None]
    # Key and id break ties between notes of one moment, so that the order is always the same.
    timed.sort(key=lambda note: (note.note.captured_at, note.note.position.key, note.id))
    untimed = _in_order_of_the_guide(context, [note for note in notes if note.note.captured_at is None])
    yield from _runs(context, timed)
    if untimed:
        if timed:
            yield context.heading(Part.NOTES, tr("Zonder tijdstip"))
        if timed or all(note.note.late for note in untimed):
            yield Paragraph(_why_untimed(untimed), ParagraphRole.REMARK)
        yield from _runs(context, untimed, under=bool(timed))
    chosen = most_important(context)
    if chosen:
        yield context.heading(Part.NOTES, tr(MOST_IMPORTANT))
        yield chosen
    yield from _observations_left_out(context)


def _why_untimed(notes: Sequence[NoteContent]) -> str:
    if all(note.note.late for note in notes):
        return tr("Deze notities zijn later uitgetypt, van papier. Wanneer iets gezegd is, is niet bekend.")
    return tr("Van deze notities is niet bekend wanneer ze zijn gemaakt.")


def _observations_left_out(context: ReportContext) -> Iterator[Block]:
    observations = sum(1 for note in context.typed if not note.kind.is_panels and note.text.strip())
    if observations and not context.options.includes(Part.OBSERVATIONS):
        away = in_words(
            observations,
            "{n} observatie van de notulist is weggelaten.",
            "{n} observaties van de notulist zijn weggelaten.",
        )
        yield Paragraph(capital(away), ParagraphRole.REMARK)


def _in_order_of_the_guide(context: ReportContext, notes: Sequence[NoteContent]) -> list[NoteContent]:
    order = {question.id: at for at, (_, question) in enumerate(context.content.guide.questions())}
    return sorted(notes, key=lambda note: order.get(note.question or "", len(order)))


def _runs(context: ReportContext, notes: Sequence[NoteContent], *, under: bool = False) -> Iterator[Block]:
    """Yield notes with a heading where the theme changes, and the question where the question changes.

    `under`: the notes are already under a heading, so a theme gets a paragraph instead.
    """
    theme_shown: str | None = ""
    question_shown: str | None = ""
    items: list[Text] = []
    for note in notes:
        theme = context.content.guide.theme_of(note.question)
        title = theme.title.strip() if theme else tr("Niet ingedeeld")
        if note.question == question_shown and items:
            items.append(_item(context, note))
            continue
        if items:
            yield ItemList(tuple(items))
        if title != theme_shown and not under:
            yield context.heading(Part.NOTES, title or tr("Thema"))
        question = context.content.guide.question(note.question)
        question_text = question.text.strip() if question else ""
        if question_text:
            yield Paragraph(question_text, ParagraphRole.QUESTION)
        elif under and title != theme_shown:
            yield Paragraph(title, ParagraphRole.QUESTION)
        theme_shown, question_shown, items = title, note.question, [_item(context, note)]
    if items:
        yield ItemList(tuple(items))


def _marks(context: ReportContext, note: NoteContent) -> Iterator[str]:
    """Yield the marks of a note that are not clear from the question above it or its quotation marks."""
    question = context.content.guide.question(note.question)
    implied = {tr(note.kind.word)} if note.kind.is_quote or (question and note.kind is question.inherited_kind) else ()
    return (mark for mark in marks(context, note) if mark not in implied)


def _item(context: ReportContext, note: NoteContent) -> Text:
    text = context.said.list_item(note, *_marks(context, note), *where_it_stood(note))
    at = note.note.captured_at
    if at is None:
        return text
    parts = (text,) if isinstance(text, str) else text
    return (TextSpan(f"{clock_time(at)}\u2002", Emphasis.SOFT), *parts)
