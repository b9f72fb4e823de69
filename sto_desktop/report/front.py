"""The front of a panel's report: cover, summary, and how and with whom the conversation was held."""

from __future__ import annotations

from collections.abc import Iterator

from sto_desktop.domain.naming import MEMBER, NameMode, may_be_named
from sto_desktop.domain.vocabulary import NoteKind, PanelStatus, Priority
from sto_desktop.domain.voices import BROAD_MEMBERS, BROAD_SECTORS
from sto_desktop.report.blocks import (
    Block,
    Cover,
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
from sto_desktop.report.closing import RECOMMENDATIONS_BOOKMARK
from sto_desktop.report.context import ReportContext
from sto_desktop.report.options import Part
from sto_desktop.report.wording import capital, counted, listed, long_date, number, sentence

PROGRAMME = "Sterk Techniekonderwijs Twente"
_FOREMOST = 2
"""Insights of a theme that the summary shows."""
_RECOMMENDATIONS = 5
"""Recommendations that the summary shows."""


def report_title(context: ReportContext) -> str:
    """Return the title of the document."""
    panel = context.content.panel
    return " ".join(part for part in ("Verslag panelgesprek", panel.subregion.strip() or panel.title.strip()) if part)


def cover(context: ReportContext) -> Iterator[Block]:
    """Yield the cover."""
    panel = context.content.panel
    details = (
        ("Panel", panel.title),
        ("Subregio", panel.subregion),
        ("Datum", long_date(panel.date) if panel.date else ""),
        ("Locatie", panel.place),
        ("Gespreksleider", panel.moderator),
        ("Notulist", panel.note_taker),
    )
    status = "Vastgesteld" if panel.status is PanelStatus.FINAL else "Concept"
    made = context.options.made_on
    yield Cover(
        report_title(context),
        PROGRAMME,
        f"{status}, {long_date(made)}" if made else status,
        tuple((label, value.strip()) for label, value in details if value.strip()),
    )


def _opening(context: ReportContext) -> str:
    panel = context.content.panel
    when = f"Op {long_date(panel.date)}" if panel.date else "In dit panelgesprek"
    where = f" in de subregio {panel.subregion.strip()}" if panel.subregion.strip() else ""
    members = len(context.present)
    if not members:
        return f"{when} werd{where} gesproken over Sterk Techniekonderwijs (STO)."
    verb = "sprak" if members == 1 else "spraken"
    return f"{when} {verb}{where} {counted(members, 'panellid', 'panelleden')} over Sterk Techniekonderwijs (STO)."


def _theme_summaries(context: ReportContext) -> Iterator[Text]:
    for theme in context.themes:
        insights = [item for item in context.insights if context.insight_theme(item) == theme.id]
        texts = [item.insight.text for item in context.foremost(insights)]
        if not texts:
            texts = [note.text for item in theme.questions for note in context.body_notes(item) if note.note.star]
        if texts:
            said = " ".join(sentence(" ".join(text.split())) for text in texts[:_FOREMOST])
            yield (Span(f"{theme.title.strip()}. ", Emphasis.STRONG), said)


def summary(context: ReportContext) -> Iterator[Block]:
    """Yield the summary: what came forward under each theme, and the foremost recommendations."""
    yield Heading(1, Part.SUMMARY, HeadingKind.UNNUMBERED)
    questions = "Drie vragen stonden centraal: wat is de opbrengst, wat zijn de succesfactoren en wat kan beter?"
    yield Paragraph(f"{_opening(context)} {questions}", Role.LEAD)
    themes = tuple(_theme_summaries(context))
    if themes:
        yield Paragraph("Dit kwam per thema naar voren.")
        yield ItemList(themes)
    elif context.content.notes:
        yield Paragraph(
            "De inzichten uit dit gesprek zijn nog niet uitgewerkt. De hoofdstukken hierna geven per thema en per "
            "vraag weer wat het panel zei."
        )
    high = [item for item in context.recommendations if item.recommendation.priority is Priority.HIGH]
    foremost = (high or list(context.recommendations))[:_RECOMMENDATIONS]
    if not foremost or not context.options.includes(Part.RECOMMENDATIONS):
        return
    if len(foremost) == len(context.recommendations):
        intro = "Het panel komt tot deze aanbeveling" if len(foremost) == 1 else "Het panel komt tot deze aanbevelingen"
    else:
        intro = "De belangrijkste aanbeveling" if len(foremost) == 1 else "De belangrijkste aanbevelingen"
    yield Paragraph((f"{intro} (zie ", Span("", target=RECOMMENDATIONS_BOOKMARK), "):"))
    yield ItemList(tuple(sentence(item.recommendation.text) for item in foremost), ordered=True)


def about(context: ReportContext) -> Iterator[Block]:
    """Yield how and with whom the conversation was held."""
    parts = (
        (Part.METHOD, tuple(_method(context))),
        (Part.COMPOSITION, tuple(_composition(context))),
    )
    shown = [(part, blocks) for part, blocks in parts if blocks and context.options.includes(part)]
    if not shown:
        return
    yield Heading(1, "Over dit panelgesprek", HeadingKind.UNNUMBERED)
    for part, blocks in shown:
        yield Heading(2, part, HeadingKind.UNNUMBERED)
        yield from blocks


def _method(context: ReportContext) -> Iterator[Block]:
    panel = context.content.panel
    yield Paragraph(
        "In STO Twente werken basisscholen, vmbo, mbo, bedrijven, bedrijfsvakscholen en gemeenten samen aan sterk "
        "techniekonderwijs. In elke subregio spreekt een panel over wat dat oplevert en wat er beter kan. De "
        "uitkomsten zijn voor de subregio zelf en, samen met die van de andere subregio’s, voor het plan voor de "
        "volgende periode."
    )
    titles = [theme.title.strip() for theme in context.themes if theme.title.strip()]
    if titles:
        yield Paragraph(
            f"Het gesprek volgde een gespreksleidraad met {counted(len(titles), 'thema', 'thema’s')}. Bij elk thema "
            "kwamen dezelfde drie vragen aan de orde: wat is de opbrengst, wat zijn de succesfactoren en wat kan beter?"
            if len(titles) > 1
            else f"Het gesprek volgde een gespreksleidraad met één thema: {titles[0]}."
        )
    led = f"{panel.moderator.strip()} leidde het gesprek" if panel.moderator.strip() else ""
    wrote = f"{panel.note_taker.strip()} maakte de aantekeningen" if panel.note_taker.strip() else ""
    people = f"{capital(listed([led, wrote]))}. " if led or wrote else ""
    yield Paragraph(
        f"{people}De notities zijn tijdens het gesprek gemaakt en zijn geen letterlijk verslag. Alleen wat tussen "
        "aanhalingstekens staat, is een citaat."
    )
    silent = [theme.title.strip() for theme in context.themes if theme not in context.chapters and theme.title.strip()]
    if silent and context.chapters:
        topic = "het thema" if len(silent) == 1 else "de thema’s"
        yield Paragraph(f"Over {topic} {listed(f'‘{title}’' for title in silent)} is in dit gesprek niets genoteerd.")
    yield Paragraph(_reading_guide(context), Role.REMARK)


def _reading_guide(context: ReportContext) -> str:
    named = "bij naam" if context.options.naming is NameMode.FULL else "met hun functie"
    texts = [
        f"Panelleden die citeren goedvonden, zijn {named} aangeduid"
        + (
            ""
            if context.options.naming is NameMode.FULL
            else " als ten minste twee leden die functie in hun sector delen"
        )
        + f"; alle anderen heten ‘{MEMBER.one}’."
    ]
    if context.chapters:
        texts.append(
            "Wie zich over een thema liet horen, zei er zelf iets over, viel iemand bij of sprak iemand tegen."
        )
    if context.insights:
        texts.append(
            f"Een inzicht heet breed gedragen als ten minste {number(BROAD_MEMBERS)} panelleden uit ten minste "
            f"{number(BROAD_SECTORS)} sectoren het uitspraken of ermee instemden; tegengeluid staat erbij. "
            "Het zijn geen metingen: een panel is geen steekproef."
        )
    left = sum(1 for note in context.content.unassigned() if note.kind is not NoteKind.OBSERVATION)
    if left and not context.options.includes(Part.NOTES):
        verb = "is" if left == 1 else "zijn"
        stands = "staat" if left == 1 else "staan"
        texts.append(
            f"{capital(counted(left, 'notitie', 'notities'))} {verb} nog niet bij een vraag ingedeeld en {stands} niet "
            "in dit verslag."
        )
    return " ".join(texts)


def _composition(context: ReportContext) -> Iterator[Block]:
    members = context.present
    if not members:
        return
    several = [f"{sector} ({number(times)})" for sector, times in context.sectors.items() if times > 1]
    sectors = listed([*several, *(sector for sector, times in context.sectors.items() if times == 1)])
    took = "nam" if len(members) == 1 else "namen"
    text = f"Aan het gesprek {took} {counted(len(members), 'panellid', 'panelleden')} deel."
    if len(context.sectors) > 1:
        text += f" Zij komen uit {counted(len(context.sectors), 'sector', 'sectoren')}: {sectors}."
    absent = len(context.content.panelists) - len(members)
    if absent:
        text += f" {capital(counted(absent, 'genodigde was', 'genodigden waren'))} er niet bij."
    yield Paragraph(text)
    yield Table(
        "Panelleden",
        ("Naam", "Functie", "Organisatie", "Sector"),
        tuple(_member_row(context, position) for position in range(len(members))),
        (2.9, 2.8, 2.9, 2.1),
        "Een rij per panellid, met naam, functie, organisatie en sector. Wie niet genoemd wil worden, heet panellid.",
    )


def _member_row(context: ReportContext, position: int) -> tuple[Text, ...]:
    member = context.present[position]
    shared = context.sectors.get(member.sector, 0) > 1
    if not may_be_named(member):
        # Organisation and role would say who it is.
        cells = (MEMBER.one, "", "", member.sector if shared else "")
    else:
        redact = context.naming.redact
        cells = (member.name, redact(member.role), redact(member.organisation), member.sector)
    return tuple(cell.strip() or "–" for cell in cells)
