"""The front of an extended report: cover, summary, and how and with whom the conversation was held."""

from __future__ import annotations

from collections.abc import Iterator

from sto_desktop.domain.dutch import capital, clock_time, closed, in_words, long_date, number, sentence, shortened
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.voices import BROAD_MEMBERS, BROAD_SECTORS
from sto_desktop.domain.privacy.naming import MEMBER, NameMode
from sto_desktop.domain.vocabulary import PanelStatus, Priority
from sto_desktop.language import forms, listed, tr, tr_later
from sto_desktop.report.blocks.blocks import (
    Block,
    Cover,
    Emphasis,
    ItemList,
    Paragraph,
    Role,
    Span,
    Table,
    Text,
)
from sto_desktop.report.blocks.options import Form, Part, own_title
from sto_desktop.report.blocks.wording import left_out
from sto_desktop.report.content.context import ReportContext, part_bookmark
from sto_desktop.report.content.figures import heard_by_theme

PROGRAMME = "Sterk Techniekonderwijs Twente"
CENTRAL = tr_later("wat is de opbrengst, wat zijn de succesfactoren en wat kan beter?")
FOREMOST = 2
"""Insights of a theme that the summary shows."""
FOREMOST_OF_ALL = 5
"""Insights about the panel as a whole that the summary shows."""
MOST_RECOMMENDATIONS = 5
"""Recommendations that the summary shows."""
LONGEST = 320
"""Signs of one insight in a summary: with those above it stays within two pages."""

_TITLES = {
    Form.EXTENDED: tr_later("Verslag panelgesprek"),
    Form.SHORT: tr_later("Kort verslag panelgesprek"),
    Form.MINUTES: tr_later("Notulen panelgesprek"),
}


def report_title(context: ReportContext) -> str:
    """Return the title of the document: the one that the cover was given, else the form and the place."""
    options = context.options
    given = options.title(Part.COVER)
    if given != own_title(options.form, Part.COVER):
        return given
    panel = context.content.panel
    where = panel.subregion.strip() or panel.title.strip()
    return " ".join(part for part in (tr(_TITLES[options.form]), where) if part)


def status_line(context: ReportContext) -> str:
    """Return how far the text is: "Concept 2, 3 juni 2026"."""
    panel, made = context.content.panel, context.options.made_on
    status = tr("Vastgesteld") if panel.status is PanelStatus.FINAL else tr("Concept")
    version = panel.report_version.strip()
    named = f"{status} {version}" if version and panel.status is not PanelStatus.FINAL else status
    named += tr(", versie {version}", version=version) if version and panel.status is PanelStatus.FINAL else ""
    return f"{named}, {long_date(made)}" if made else named


def reaction_term(context: ReportContext) -> str:
    """Return until when panel members may react, in a sentence; empty when nothing was agreed, or it is final."""
    panel = context.content.panel
    if panel.status is PanelStatus.FINAL or panel.reaction_until is None:
        return ""
    return tr(
        "Panelleden kunnen tot en met {reaction_until} op dit concept reageren.",
        reaction_until=long_date(panel.reaction_until),
    )


def panel_check(context: ReportContext) -> str:
    """Return that the panel found the text right, in a sentence; empty when it did not, or was not asked."""
    confirmed = context.content.panel.confirmed_on
    return (
        tr("Het panel heeft dit verslag op {confirmed} bevestigd.", confirmed=long_date(confirmed)) if confirmed else ""
    )


def _details(context: ReportContext) -> tuple[tuple[str, str], ...]:
    panel = context.content.panel
    open_until = panel.reaction_until if panel.status is not PanelStatus.FINAL else None
    details = (
        (tr("Panel"), panel.title),
        (tr("Subregio"), panel.subregion),
        (tr("Datum"), long_date(panel.date) if panel.date else ""),
        (tr("Locatie"), panel.place),
        (tr("Gespreksleider"), panel.moderator),
        (tr("Notulist"), panel.note_taker),
        (tr("Reageren"), tr("tot en met {open_until}", open_until=long_date(open_until)) if open_until else ""),
        (
            tr("Panelcheck"),
            tr("bevestigd op {confirmed_on}", confirmed_on=long_date(panel.confirmed_on)) if panel.confirmed_on else "",
        ),
    )
    return tuple((label, value.strip()) for label, value in details if value.strip())


def cover(context: ReportContext) -> Iterator[Block]:
    """Yield the cover."""
    yield Cover(report_title(context), PROGRAMME, status_line(context), _details(context))


def head(context: ReportContext) -> Iterator[Block]:
    """Yield the head of a short document: what a cover says, in a few lines."""
    panel = context.content.panel
    when = long_date(panel.date) if panel.date else ""
    held = ", ".join(part for part in (when, panel.place.strip()) if part)
    people = [
        f"{role} {name.strip()}"
        for role, name in ((tr("gespreksleider"), panel.moderator), (tr("notulist"), panel.note_taker))
        if name.strip()
    ]
    details = [(tr("Gehouden"), held)] if held else []
    if people:
        details.append((tr("Door"), listed(people)))
    said = (closed(status_line(context)), reaction_term(context), panel_check(context))
    status = " ".join(part for part in said if part)
    yield Cover(report_title(context), PROGRAMME, status, tuple(details), page=False)


def opening(context: ReportContext) -> str:
    """Return in a sentence when, where and with how many was spoken."""
    panel = context.content.panel
    when = tr("Op {date}", date=long_date(panel.date)) if panel.date else tr("In dit panelgesprek")
    where = tr(" in de subregio {subregion}", subregion=panel.subregion.strip()) if panel.subregion.strip() else ""
    members = len(context.present)
    if not members:
        return tr("{when} werd{where} gesproken over Sterk Techniekonderwijs (STO).", when=when, where=where)
    return in_words(
        members,
        "{when} sprak{where} {n} panellid over Sterk Techniekonderwijs (STO).",
        "{when} spraken{where} {n} panelleden over Sterk Techniekonderwijs (STO).",
        when=when,
        where=where,
    )


def theme_summary(context: ReportContext, theme: str, most: int) -> list[str]:
    """Return the foremost of what was said under a theme, as sentences: insights, or else starred notes."""
    insights = [item for item in context.insights if context.insight_theme(item) == theme]
    texts = [item.insight.text for item in context.foremost(insights)]
    if not texts:
        found = next(item for item in context.themes if item.id == theme)
        texts = [note.text for item in found.questions for note in context.body_notes(item) if note.note.star]
    return [sentence(shortened(text, LONGEST)) for text in texts[:most]]


def summary(context: ReportContext) -> Iterator[Block]:
    """Yield the summary: what came forward under each theme, and the foremost recommendations; two pages at most."""
    yield Paragraph(
        tr("{opening} Drie vragen stonden centraal: {questions}", opening=opening(context), questions=tr(CENTRAL)),
        Role.LEAD,
    )
    whole = context.foremost(context.insights_of_panel())[:FOREMOST_OF_ALL]
    if whole:
        yield Paragraph(tr("Over alle thema’s heen kwam dit naar voren."))
        yield ItemList(tuple(sentence(shortened(item.insight.text, LONGEST)) for item in whole))
    said = [(theme, theme_summary(context, theme.id, FOREMOST)) for theme in context.themes]
    themes: tuple[Text, ...] = tuple(
        (Span(f"{closed(theme.title.strip())} ", Emphasis.STRONG), " ".join(texts)) for theme, texts in said if texts
    )
    if themes:
        yield Paragraph(tr("Dit kwam per thema naar voren."))
        yield ItemList(themes)
    elif context.content.notes:
        rest = tr(" De hoofdstukken hierna geven per thema en per vraag weer wat het panel zei.")
        yield Paragraph(
            tr("De inzichten uit dit gesprek zijn nog niet uitgewerkt.")
            + (rest if context.chapters and context.options.includes(Part.THEMES) else "")
        )
    foremost = foremost_recommendations(context)
    if not foremost or not context.options.includes(Part.RECOMMENDATIONS):
        return
    if len(foremost) == len(context.recommendations):
        intro = (
            tr("Het panel komt tot deze aanbeveling")
            if len(foremost) == 1
            else tr("Het panel komt tot deze aanbevelingen")
        )
    else:
        intro = tr("De belangrijkste aanbeveling") if len(foremost) == 1 else tr("De belangrijkste aanbevelingen")
    yield Paragraph((tr("{intro} (zie ", intro=intro), Span("", target=part_bookmark(Part.RECOMMENDATIONS)), "):"))
    yield ItemList(tuple(foremost), ordered=True)


def foremost_recommendations(context: ReportContext) -> list[str]:
    """Return the recommendations that matter most, as sentences."""
    high = [item for item in context.recommendations if item.recommendation.priority is Priority.HIGH]
    foremost = (high or list(context.recommendations))[:MOST_RECOMMENDATIONS]
    return [sentence(shortened(item.recommendation.text, LONGEST)) for item in foremost]


def method(context: ReportContext) -> Iterator[Block]:
    """Yield why and how the conversation was held, and how the report must be read."""
    yield Paragraph(
        tr(
            "In STO Twente werken basisscholen, vmbo, mbo, bedrijven, bedrijfsvakscholen en "
            "gemeenten samen aan sterk techniekonderwijs. In elke subregio spreekt een panel over "
            "wat dat oplevert en wat er beter kan. De uitkomsten zijn voor de subregio zelf en, "
            "samen met die van de andere subregio’s, voor het plan voor de volgende periode."
        )
    )
    yield from _guide(context)
    yield Paragraph(how_made(context))
    silent = [theme.title.strip() for theme in context.themes if theme not in context.chapters and theme.title.strip()]
    if silent and context.chapters:
        topic = tr("het thema") if len(silent) == 1 else tr("de thema’s")
        yield Paragraph(
            tr(
                "Over {topic} {silent} is in dit gesprek niets genoteerd.",
                topic=topic,
                silent=listed(f"‘{title}’" for title in silent),
            )
        )
    yield Paragraph(_reading_guide(context), Role.REMARK)


def _guide(context: ReportContext) -> Iterator[Block]:
    titles = [theme.title.strip() for theme in context.themes if theme.title.strip()]
    if not titles:
        return
    text = (
        tr(
            "Het gesprek volgde een gespreksleidraad met {number} thema’s. "
            "Bij elk thema kwamen dezelfde drie vragen aan de orde: {questions}",
            number=number(len(titles)),
            questions=tr(CENTRAL),
        )
        if len(titles) > 1
        else closed(tr("Het gesprek volgde een gespreksleidraad met één thema: {theme}", theme=titles[0]))
    )
    if not context.options.includes(Part.GUIDE):
        yield Paragraph(text)
        return
    yield Paragraph((tr("{words} De leidraad staat in ", words=text), Span("", target=part_bookmark(Part.GUIDE)), "."))


def how_made(context: ReportContext) -> str:
    """Return who led and wrote, how notes were made, and how far the text is."""
    panel = context.content.panel
    led = tr("{moderator} leidde het gesprek", moderator=panel.moderator.strip()) if panel.moderator.strip() else ""
    wrote = (
        tr("{note_taker} maakte de aantekeningen", note_taker=panel.note_taker.strip())
        if panel.note_taker.strip()
        else ""
    )
    sentences = [
        f"{capital(listed([led, wrote]))}." if led or wrote else "",
        tr("De notities zijn tijdens het gesprek gemaakt en zijn geen letterlijk verslag."),
        left_out(context.content.left_out),
        tr("Alleen wat tussen aanhalingstekens staat, is een citaat."),
        reaction_term(context),
        panel_check(context),
    ]
    return " ".join(item for item in sentences if item)


def naming_rule(context: ReportContext) -> str:
    """Return how panel members are called, in a sentence."""
    quoted = tr("Panelleden die citeren goedvonden, zijn")
    match context.options.naming:
        case NameMode.FULL:
            said = tr("{quoted} bij naam aangeduid als zij ook dat goedvonden", quoted=quoted)
        case NameMode.ROLE:
            said = tr(
                "{quoted} met hun functie of sector aangeduid als ten minste twee van hen die delen", quoted=quoted
            )
        case NameMode.PSEUDONYM:
            said = tr("{quoted} met een letter aangeduid (‘Panellid A’), door het hele verslag dezelfde", quoted=quoted)
    also = tr(" Was dat er maar één, dan heet iemand anders ook zo.") if context.naming.company else ""
    return tr("{said}; alle anderen heten ‘{one}’.", said=said, one=MEMBER.one) + also


def _reading_guide(context: ReportContext) -> str:
    texts = [naming_rule(context)]
    if context.chapters:
        texts.append(
            tr("Wie zich over een thema liet horen, zei er zelf iets over, viel iemand bij of sprak iemand tegen.")
        )
    if context.insights:
        texts.append(
            tr(
                "Een inzicht heet breed gedragen als ten minste {members} panelleden uit ten "
                "minste {sectors} sectoren het uitspraken of ermee instemden; tegengeluid staat "
                "erbij. Het zijn geen metingen: een panel is geen steekproef.",
                members=number(BROAD_MEMBERS),
                sectors=number(BROAD_SECTORS),
            )
        )
    left = sum(1 for note in context.content.unassigned() if note.kind.is_panels)
    if left and not context.options.includes(Part.NOTES):
        words = forms(
            "{n} notitie is nog niet bij een vraag ingedeeld en staat niet in dit verslag.",
            "{n} notities zijn nog niet bij een vraag ingedeeld en staan niet in dit verslag.",
        )
        texts.append(capital(in_words(left, *words)))
    return " ".join(texts)


def composition_text(context: ReportContext) -> str:
    """Return how many took part and from which sectors; empty when nobody is known to have been there."""
    members = context.present
    if not members:
        return ""
    text = in_words(
        len(members), "Aan het gesprek nam {n} panellid deel.", "Aan het gesprek namen {n} panelleden deel."
    )
    sectors = sectors_text(context)
    if sectors:
        text += closed(tr(" Zij komen uit {sectors}", sectors=sectors))
    absent = len(context.content.panelists) - len(members)
    if absent:
        left = in_words(absent, "{n} genodigde was er niet bij.", "{n} genodigden waren er niet bij.")
        text += f" {capital(left)}"
    return text


def sectors_text(context: ReportContext) -> str:
    """Return how many members came from each sector that can be told of: "vmbo (drie) en overige sectoren (vier)".

    Empty where none can, or where not everybody can be counted: the numbers would not add up to those who were there.
    """
    told = listed(f"{sector} ({number(times)})" for sector, times in context.sectors.items())
    return "" if context.of_whom else told


def comings_and_goings(context: ReportContext) -> str:
    """Return who came later or left earlier, and when; empty when everybody was there from begin to end.

    Where people are not named nobody is told apart either: whoever sat there remembers who it was.
    """
    moments = [(item.arrived_at, tr("kwam"), item) for item in context.present]
    moments += [(item.left_at, tr("vertrok"), item) for item in context.present]
    known = [(at, verb, item) for at, verb, item in moments if at is not None]
    known.sort(key=lambda one: one[0])
    said = [
        tr(
            "{called_by_time} {verb} om {clock_time}",
            called_by_time=_called_by_time(context, item),
            verb=verb,
            clock_time=clock_time(at),
        )
        for at, verb, item in known
    ]
    return sentence(listed(said))


def _called_by_time(context: ReportContext, member: Panelist) -> str:
    return member.name if context.naming.shows_name(member) else MEMBER.one


def composition(context: ReportContext) -> Iterator[Block]:
    """Yield who was there by sector and when they came or went, and who spoke about which theme."""
    text = " ".join(part for part in (composition_text(context), comings_and_goings(context)) if part)
    if not text:
        return
    yield Paragraph(text)
    if context.sectors:
        yield Table(
            tr("Panelleden naar sector{of_whom}", of_whom=context.of_whom),
            (tr("Sector"), tr("Panelleden")),
            tuple((sector, str(times)) for sector, times in context.sectors.items()),
            (6, 2),
            tr("Een rij per sector, met hoeveel panelleden eruit kwamen."),
        )
    figure = heard_by_theme(context) if context.options.figures else None
    if figure:
        yield Paragraph((tr("Wie zich per thema liet horen, staat in "), Span("", target=figure.bookmark), "."))
        yield figure
