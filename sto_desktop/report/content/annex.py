"""The annexes of a verslag: the guide, the members, every note once under its question, observations, and time used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sto_desktop.domain.dutch import ASIDE, capital, in_words
from sto_desktop.domain.live.happened import Course, course, whole_minutes
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.panel.sectors import sector_of
from sto_desktop.domain.privacy.naming.company import FEWEST_ALIKE
from sto_desktop.domain.privacy.naming.crowd import merged
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.language import counted, tr
from sto_desktop.report.blocks.blocks import (
    Block,
    Emphasis,
    Heading,
    ItemList,
    Paragraph,
    ParagraphRole,
    Table,
    Text,
    TextSpan,
)
from sto_desktop.report.blocks.options import Part
from sto_desktop.report.content.context import ReportContext
from sto_desktop.report.content.figures import note_counts, time_by_part


def guide(context: ReportContext) -> Iterator[Block]:
    """Yield the guide as the panel used it: themes, questions and the probes under them."""
    for theme in context.content.guide.themes:
        questions = [question for question in theme.questions if not question.skipped and question.text.strip()]
        if not questions:
            continue
        yield context.heading(Part.GUIDE, theme.title.strip() or tr("Thema"))
        for question in questions:
            minutes = TextSpan(tr("{ASIDE}{minutes} min.", ASIDE=ASIDE, minutes=question.minutes), Emphasis.SOFT)
            yield Paragraph((question.text.strip(), minutes) if question.minutes else question.text.strip())
            probes = tuple(probe.text.strip() for probe in question.probes if probe.text.strip())
            if probes:
                yield ItemList(probes)


def members(context: ReportContext) -> Iterator[Block]:
    """Yield who was present, with the names of those who are named in this document; nothing if nobody is named."""
    if context.options.naming is not NameMode.FULL:
        return
    named = [member for member in context.present if context.naming.shows_name(member)]
    unnamed = [member for member in context.present if member not in named]
    # A list of one member would only say that this one has no name.
    if not named and len(unnamed) < FEWEST_ALIKE:
        return
    # Members without a name come last, sorted by sector: the order of seats would identify them.
    sectors = merged(sector_of(unnamed), "", together=context.naming.crowd.shown.together)
    alike = Counter(sectors[member.id] for member in unnamed)
    cells = [_named_row(context, member) for member in named]
    cells += [
        (capital(in_words(times, "{n} panellid", "{n} panelleden")), "", "", sector)
        for sector, times in sorted(alike.items(), key=lambda one: (not one[0], one[0]))
    ]
    yield Table(
        tr("Panelleden"),
        (tr("Naam"), tr("Functie"), tr("Organisatie"), tr("Sector")),
        tuple(tuple(cell.strip() or "–" for cell in row) for row in cells),
        (2.9, 2.8, 2.9, 2.1),
        tr("Een rij per panellid, met naam, functie, organisatie en sector.")
        + (tr(" Wie niet genoemd wordt, staat er met zovelen als er uit een sector zijn.") if unnamed else ""),
    )


def _named_row(context: ReportContext, member: Panelist) -> tuple[str, str, str, str]:
    redact = context.redactor.redact
    return member.name, redact(member.role), redact(member.organisation), member.sector


def all_notes(context: ReportContext) -> Iterator[Block]:
    """Yield every note exactly once, under its question; observations are a separate part."""
    if not spoken_notes(context.content.notes):
        return
    yield Paragraph(
        tr("Elke notitie staat hier één keer, onder de vraag waarbij zij is gemaakt."), ParagraphRole.REMARK
    )
    figure = note_counts(context) if context.options.counts else None
    if figure:
        yield figure
    for theme in context.content.guide.themes:
        sections = [(question, spoken_notes(context.all_notes(question))) for question in theme.questions]
        if not any(notes for _, notes in sections):
            continue
        yield context.heading(Part.NOTES, theme.title.strip() or tr("Thema"))
        for question, notes in sections:
            if notes:
                yield Heading(3, question.text.strip() or capital(question.short_text.strip()) or tr("Vraag"))
                yield ItemList(tuple(context.said.list_item(note, *marks(context, note)) for note in notes))
    unassigned = spoken_notes(context.content.unassigned())
    if unassigned:
        yield context.heading(Part.NOTES, tr("Niet ingedeeld"))
        yield ItemList(
            tuple(context.said.list_item(note, *marks(context, note), *where_it_stood(note)) for note in unassigned)
        )


def observations(context: ReportContext) -> Iterator[Block]:
    """Yield the observations of the notulist."""
    observed = [note for note in context.typed if not note.kind.is_panels and note.text.strip()]
    if observed:
        yield Paragraph(tr("Dit is niet gezegd door het panel, maar gezien door de notulist."), ParagraphRole.REMARK)
        yield ItemList(tuple(_observation(context, note) for note in observed))


def spoken_notes(notes: Iterable[NoteContent]) -> list[NoteContent]:
    """Return the notes of what the panel said, those in bundles separately."""
    loose = (typed for note in notes for typed in note.parts)
    return [note for note in loose if note.kind.is_panels and note.text.strip()]


def marks(context: ReportContext, note: NoteContent) -> Iterator[str]:
    """Yield the words after a note that say what it is: its kind, parked, set aside."""
    # The label "quote" would claim that these are somebody's literal words.
    if not note.kind.is_quote or context.said.is_quotable(note):
        yield tr(note.kind.word)
    if note.note.amends:
        yield tr("aanvulling op de samenvatting")
    if note.note.parked:
        yield tr("geparkeerd")
    if note.note.set_aside:
        yield tr("opzijgelegd")


def where_it_stood(note: NoteContent) -> Iterator[str]:
    """Yield the heading under which a note stood in an imported file, if no question matched that heading."""
    if note.note.heading.strip():
        yield tr("stond onder ‘{heading}’", heading=note.note.heading.strip())


def _observation(context: ReportContext, note: NoteContent) -> Text:
    theme = context.content.guide.theme_of(note.question)
    question = context.content.guide.question(note.question)
    if theme is None or question is None:
        return note.text.strip()
    place = ", ".join(part for part in (theme.short_title.strip(), question.short_text.strip()) if part)
    return (note.text.strip(), TextSpan(f"{ASIDE}{place}", Emphasis.SOFT)) if place else note.text.strip()


def time_used(context: ReportContext) -> Iterator[Block]:
    """Yield the minutes of each part of the conversation, planned and used; nothing if no time was recorded."""
    went = course(context.content)
    if not round(went.talked) or not went.parts:
        return
    yield Paragraph(" ".join(_how_long(went)))
    used = whole_minutes([part.used or 0.0 for part in went.parts])
    rows = [(part, minutes) for part, minutes in zip(went.parts, used, strict=True)]
    if context.options.figures:
        figure = time_by_part([(part.title, part.planned or 0, minutes) for part, minutes in rows])
        if figure:
            yield figure
            return
    yield Table(
        tr("Minuten per onderdeel"),
        (tr("Onderdeel"), tr("Gepland"), tr("Gebruikt")),
        tuple(
            (
                part.title,
                "–" if part.planned is None else str(part.planned),
                "–" if part.used is None else str(minutes),
            )
            for part, minutes in rows
        ),
        (6, 1.4, 1.4),
        tr("Een rij per onderdeel van het gesprek, met de geplande en de gebruikte minuten."),
    )


def length(went: Course) -> str:
    """Return how long a conversation took: "102 minuten, waarvan 5 minuten pauze"."""
    total, breaks = (whole_minutes([minutes])[0] for minutes in (went.talked + went.breaks, went.breaks))
    return _with_breaks(total, breaks)


def planned_length(went: Course) -> str:
    """Return the same of the plan; empty without one."""
    breaks = went.planned(breaks=True)
    return _with_breaks(went.planned(breaks=False) + breaks, breaks)


def _with_breaks(total: int, breaks: int) -> str:
    words = counted(total, "{n} minuut", "{n} minuten") if total else ""
    paused = counted(breaks, ", waarvan {n} minuut pauze", ", waarvan {n} minuten pauze") if breaks else ""
    return f"{words}{paused}"


def _how_long(went: Course) -> Iterator[str]:
    """Yield the sentences on how long the conversation and its breaks took, against the plan."""
    yield tr("Het gesprek duurde {length}.", length=length(went))
    if planned_length(went):
        yield tr("Het plan was {length}.", length=planned_length(went))
    if went.planned(breaks=True) and not round(went.breaks):
        # A break may have taken place even though nobody stopped the clock.
        yield tr("Er is geen pauze geklokt.")
    if round(went.stopped):
        yield counted(
            round(went.stopped),
            "Buiten de pauze stond de klok {n} minuut stil.",
            "Buiten de pauze stond de klok {n} minuten stil.",
        )
    yield from _began_and_ended(went)


def _began_and_ended(went: Course) -> Iterator[str]:
    """Yield when it began and ended, if the plan for that was kept and it was held on one day."""
    if not went.kept:
        if planned_length(went):
            yield tr("Het plan is de gespreksleidraad zoals die nu is; die van het begin is niet bewaard.")
        return
    if went.began and went.ended and went.began.date() == went.ended.date() and went.planned_start and went.planned_end:
        # In the time zone of the conversation, like the plan, wherever the document is made.
        yield tr(
            "Het begon om {began} uur en eindigde om {ended} uur; het plan was van {planned_start} tot "
            "{planned_end} uur.",
            began=f"{went.began:%H.%M}",
            planned_start=f"{went.planned_start:%H.%M}",
            ended=f"{went.ended:%H.%M}",
            planned_end=f"{went.planned_end:%H.%M}",
        )
    yield tr("Het plan is de gespreksleidraad zoals die was toen het gesprek begon.")
