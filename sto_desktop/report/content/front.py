"""The front of an extended report: cover, summary, and how and with whom the conversation was held."""

from __future__ import annotations

from collections.abc import Iterator

from sto_desktop.domain.dutch import capital, clock_time, closed, in_words, long_date, number, sentence, shortened
from sto_desktop.domain.live.happened import course
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.panel.voices import BROAD_MEMBERS, BROAD_SECTORS, broad_from
from sto_desktop.domain.privacy.naming.leaders import named_leaders
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.naming.roles import MEMBER
from sto_desktop.domain.vocabulary import PanelStatus, Priority
from sto_desktop.language import counted, forms, listed, tr, tr_later
from sto_desktop.report.blocks.blocks import (
    Block,
    Cover,
    Emphasis,
    ItemList,
    Paragraph,
    ParagraphRole,
    Table,
    Text,
    TextSpan,
)
from sto_desktop.report.blocks.options import Form, Part, own_title
from sto_desktop.report.content.closing import agreed_notes, parked_notes, recommended_notes
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
"""Characters of one insight in a summary: with the limits above it stays within two pages."""

_TITLES = {
    Form.EXTENDED: tr_later("Verslag panelgesprek"),
    Form.SHORT: tr_later("Kort verslag panelgesprek"),
    Form.MINUTES: tr_later("Notulen panelgesprek"),
}

_ON_A_LINE = 20
"""Characters that surely fit on a line of a cover, in the largest letters of the house styles."""


def report_title(context: ReportContext) -> str:
    """Return the title of the document: the user's title of the cover, else the form and the place."""
    options = context.options
    chosen_title = options.title(Part.COVER)
    if chosen_title != own_title(options.form, Part.COVER):
        return chosen_title
    return " ".join(part for part in (tr(_TITLES[options.form]), _place(context)) if part)


def _place(context: ReportContext) -> str:
    panel = context.content.panel
    return panel.subregion.strip() or panel.title.strip()


def status_line(context: ReportContext) -> str:
    """Return the status of the text: "Concept 2, 3 juni 2026", or with what and when it was settled."""
    panel, made_on = context.content.panel, context.options.made_on
    status = tr("Vastgesteld") if panel.status is PanelStatus.FINAL else tr("Concept")
    version = panel.report_version.strip()
    named = f"{status} {version}" if version and panel.status is not PanelStatus.FINAL else status
    if panel.status is PanelStatus.FINAL:
        named += tr(", versie {version}", version=version) if version else ""
        if panel.confirmed_on:
            return tr("{named}, met akkoord van het panel op {day}", named=named, day=long_date(panel.confirmed_on))
    return f"{named}, {long_date(made_on)}" if made_on else named


def reaction_term(context: ReportContext) -> str:
    """Return a sentence on until when panel members may react; empty if no date was set, or the text is final."""
    panel = context.content.panel
    if panel.status is PanelStatus.FINAL or panel.reaction_until is None:
        return ""
    return tr(
        "Panelleden kunnen tot en met {reaction_until} op dit concept reageren.",
        reaction_until=long_date(panel.reaction_until),
    )


def panel_check(context: ReportContext) -> str:
    """Return the sentence that the panel confirmed the text; empty if it did not, or was not asked."""
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
        *((capital(role), name) for role, name in named_leaders(panel)),
        (tr("Reageren"), tr("tot en met {open_until}", open_until=long_date(open_until)) if open_until else ""),
        (
            tr("Panelcheck"),
            tr("bevestigd op {confirmed_on}", confirmed_on=long_date(panel.confirmed_on))
            if panel.confirmed_on and panel.status is not PanelStatus.FINAL
            else "",
        ),
    )
    return tuple((label, value.strip()) for label, value in details if value.strip())


def cover(context: ReportContext) -> Iterator[Block]:
    """Yield the cover, whose large letters break no name of a few words."""
    place = _place(context)
    whole = place if len(place) <= _ON_A_LINE else ""
    yield Cover(report_title(context), PROGRAMME, status_line(context), _details(context), whole=whole)


def _hours(context: ReportContext) -> str:
    """Return from when until when the conversation was; as planned, if it was held without the clock."""
    went, panel = course(context.content), context.content.panel
    if went.began and went.ended:
        return tr("van {begin} tot {end} uur", begin=clock_time(went.began), end=clock_time(went.ended))
    return tr("{begin} uur", begin=clock_time(panel.start)) if panel.start else ""


def head(context: ReportContext) -> Iterator[Block]:
    """Yield the head of a short document: the content of a cover in a few lines."""
    panel = context.content.panel
    held = ", ".join(part for part in (long_date(panel.date), _hours(context), panel.place.strip()) if part)
    people = [f"{role} {name}" for role, name in named_leaders(panel)]
    details = [(tr("Gehouden"), held)] if held else []
    if people:
        details.append((tr("Door"), listed(people)))
    # A final text says in its status when the panel agreed.
    check = "" if panel.status is PanelStatus.FINAL else panel_check(context)
    status_sentences = (closed(status_line(context)), reaction_term(context), check)
    status = " ".join(part for part in status_sentences if part)
    yield Cover(report_title(context), PROGRAMME, status, tuple(details), page=False)


def opening(context: ReportContext) -> str:
    """Return a sentence on when and where the conversation was, and with how many members."""
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
    """Return the foremost insights of a theme as sentences; without insights, its starred notes."""
    insights = [insight for insight in context.insights if context.insight_theme(insight) == theme]
    if insights:
        return [context.in_summary(insight, LONGEST) for insight in context.foremost(insights)[:most]]
    theme_content = next(content for content in context.themes if content.id == theme)
    texts = [
        note.text for question in theme_content.questions for note in context.body_notes(question) if note.note.star
    ]
    return [sentence(shortened(text, LONGEST)) for text in texts[:most]]


def summary(context: ReportContext) -> Iterator[Block]:
    """Yield the summary: the foremost insights of each theme and the foremost recommendations, at most two pages."""
    yield Paragraph(
        tr("{opening} Drie vragen stonden centraal: {questions}", opening=opening(context), questions=tr(CENTRAL)),
        ParagraphRole.LEAD,
    )
    whole = context.foremost(context.insights_of_panel())[:FOREMOST_OF_ALL]
    if whole:
        yield Paragraph(tr("Over alle thema’s heen kwam dit naar voren."))
        yield ItemList(tuple(context.in_summary(insight, LONGEST) for insight in whole))
    summaries = [(theme, theme_summary(context, theme.id, FOREMOST)) for theme in context.themes]
    themes: tuple[Text, ...] = tuple(
        (TextSpan(f"{closed(theme.title.strip())} ", Emphasis.STRONG), " ".join(texts))
        for theme, texts in summaries
        if texts
    )
    if themes:
        yield Paragraph(tr("Dit kwam per thema naar voren."))
        yield ItemList(themes)
    elif context.content.notes:
        pointer = tr(" De hoofdstukken hierna geven per thema en per vraag weer wat het panel zei.")
        yield Paragraph(
            tr("De inzichten uit dit gesprek zijn nog niet uitgewerkt.")
            + (pointer if context.chapters and context.options.includes(Part.THEMES) else "")
        )
    foremost = foremost_recommendations(context)
    if not foremost or not context.options.includes(Part.RECOMMENDATIONS):
        return
    # "The most important" would suggest that there are more.
    if len(foremost) == len(context.recommendations):
        intro = counted(len(foremost), "Het panel komt tot deze aanbeveling", "Het panel komt tot deze aanbevelingen")
    else:
        intro = counted(len(foremost), "De belangrijkste aanbeveling", "De belangrijkste aanbevelingen")
    yield Paragraph((tr("{intro} (zie ", intro=intro), TextSpan("", target=part_bookmark(Part.RECOMMENDATIONS)), "):"))
    yield ItemList(tuple(foremost), ordered=True)


def foremost_recommendations(context: ReportContext) -> list[str]:
    """Return the recommendations of high priority, or else the first ones, as sentences."""
    high = [
        recommendation
        for recommendation in context.recommendations
        if recommendation.recommendation.priority is Priority.HIGH
    ]
    foremost = (high or list(context.recommendations))[:MOST_RECOMMENDATIONS]
    return [sentence(shortened(recommendation.recommendation.text, LONGEST)) for recommendation in foremost]


def method(context: ReportContext) -> Iterator[Block]:
    """Yield why and how the conversation was held, and how to read the report."""
    yield Paragraph(
        tr(
            "In STO Twente werken basisscholen, vmbo, mbo, bedrijven, bedrijfsvakscholen en "
            "gemeenten samen aan sterk techniekonderwijs. In elke subregio spreekt een panel over "
            "wat dat oplevert en wat er beter kan. De uitkomsten zijn voor de subregio zelf en, "
            "samen met die van de andere subregio’s, voor het plan voor de volgende periode."
        )
    )
    yield from _guide(context)
    # The account says this too, and so does the head of a short document.
    status = () if context.options.includes(Part.ACCOUNT) else (reaction_term(context), panel_check(context))
    yield Paragraph(" ".join(part for part in (how_made(context), *status) if part))
    silent = [theme.title.strip() for theme in context.themes if theme not in context.chapters and theme.title.strip()]
    if silent and context.chapters:
        yield Paragraph(
            counted(
                len(silent),
                "Over het thema {silent} is in dit gesprek niets genoteerd.",
                "Over de thema’s {silent} is in dit gesprek niets genoteerd.",
                silent=listed(f"‘{title}’" for title in silent),
            )
        )
    yield Paragraph(_reading_guide(context), ParagraphRole.REMARK)


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
    yield Paragraph(
        (tr("{words} De leidraad staat in ", words=text), TextSpan("", target=part_bookmark(Part.GUIDE)), ".")
    )


def how_made(context: ReportContext) -> str:
    """Return who led and took notes, and how notes were made."""
    panel = context.content.panel
    led = tr("{moderator} leidde het gesprek", moderator=panel.moderator.strip()) if panel.moderator.strip() else ""
    wrote = (
        tr("{note_taker} maakte de aantekeningen", note_taker=panel.note_taker.strip())
        if panel.note_taker.strip()
        else ""
    )
    sentences = [
        f"{capital(listed([led, wrote]))}." if led or wrote else "",
        _when_made(context),
        tr("Alleen wat tussen aanhalingstekens staat, is letterlijk gezegd, op eventuele namen na."),
    ]
    return " ".join(text for text in sentences if text)


def _when_made(context: ReportContext) -> str:
    during, late = context.notes_made
    if not late:
        return tr("De notities zijn tijdens het gesprek gemaakt en zijn geen letterlijk verslag.")
    if not during:
        return tr(
            "De notities zijn na het gesprek uitgetypt van papier, zonder tijden, en zijn geen letterlijk verslag."
        )
    return tr(
        "De notities zijn tijdens het gesprek gemaakt, voor een deel later uitgetypt van papier, en zijn geen "
        "letterlijk verslag."
    )


def naming_rule(context: ReportContext) -> str:
    """Return a sentence on how panel members are called."""
    match context.options.naming:
        case NameMode.FULL:
            rule = tr("Wie geciteerd en genoemd mag worden, noemen we bij naam.")
        case NameMode.ROLE:
            rule = tr(
                "Wie geciteerd mag worden, noemen we bij functie of sector, als ten minste twee van hen die hebben."
            )
        case NameMode.PSEUDONYM:
            rule = tr("Wie geciteerd mag worden, krijgt een letter (‘Panellid A’), in het hele verslag dezelfde.")
    # Always included: in only some documents it would reveal that there was just one such member.
    return tr(
        "{rule} De anderen heten ‘{one}’; dat zijn er altijd ten minste twee.",
        rule=rule,
        one=MEMBER.singular,
    )


def _reading_guide(context: ReportContext) -> str:
    texts = [naming_rule(context)]
    if context.chapters:
        texts.append(
            tr(
                "Bij elk thema staat van hoeveel panelleden er iets is genoteerd: zij zeiden er zelf iets over, vielen "
                "iemand bij of spraken iemand tegen. Er kan meer gezegd zijn dan genoteerd is."
            )
        )
    if context.insights:
        texts.append(
            tr(
                "Breed gedragen noemen we een inzicht als ten minste {members} panelleden, uit ten minste {sectors} "
                "sectoren, het uitspraken of bijvielen{half}. Tegengeluid staat erbij. Het zijn geen metingen: een "
                "panel is geen steekproef.",
                members=number(broad_from(len(context.present))),
                sectors=number(BROAD_SECTORS),
                half=tr(" (ten minste de helft van wie erbij was)")
                if len(context.present) >= 2 * BROAD_MEMBERS - 1
                else "",
            )
        )
    elsewhere = _notes_shown_elsewhere(context)
    unassigned = sum(1 for note in context.content.unassigned() if note.kind.is_panels and note.id not in elsewhere)
    if unassigned and not context.options.includes(Part.NOTES):
        words = forms(
            "{n} notitie is nog niet bij een vraag ingedeeld en staat niet in dit verslag.",
            "{n} notities zijn nog niet bij een vraag ingedeeld en staan niet in dit verslag.",
        )
        texts.append(capital(in_words(unassigned, *words)))
    return " ".join(texts)


def _notes_shown_elsewhere(context: ReportContext) -> set[str]:
    """Return the notes (ids) that the report shows elsewhere, under whatever question they are."""
    includes = context.options.includes
    notes: list[NoteContent] = []
    if includes(Part.ACTIONS):
        notes += agreed_notes(context)
    if includes(Part.OPEN_QUESTIONS):
        notes += parked_notes(context)
    if includes(Part.RECOMMENDATIONS) and not context.recommendations:
        notes += recommended_notes(context)
    if includes(Part.THEMES):
        playbacks = [playback for theme in context.themes for playback in context.playbacks(theme)]
        notes += [note for playback in playbacks for note in context.amendments(playback)]
    return {note.id for note in notes}


def composition_text(context: ReportContext, *, sectors: bool = True) -> str:
    """Return how many members took part and from which `sectors`; empty if nobody is marked as present."""
    members = context.present
    if not members:
        return ""
    text = in_words(
        len(members), "Aan het gesprek nam {n} panellid deel.", "Aan het gesprek namen {n} panelleden deel."
    )
    of_sectors = sectors_text(context) if sectors else ""
    if of_sectors:
        text += closed(tr(" Naar sector: {sectors}", sectors=of_sectors))
    return text


def absent(context: ReportContext) -> int:
    """Return how many invited members were absent; 0 if nobody is marked as present."""
    # The account tells how many were invited: more than those in the list, if they declined before it was made.
    invited = max(context.content.panel.invited or 0, len(context.content.panelists))
    return invited - len(context.present) if context.present else 0


def absent_text(context: ReportContext) -> str:
    """Return how many invited members were absent, as a sentence; empty if that is 0."""
    away = absent(context)
    return (
        capital(in_words(away, "{n} genodigde was er niet bij.", "{n} genodigden waren er niet bij.")) if away else ""
    )


def sectors_text(context: ReportContext) -> str:
    """Return how many members came from each sector that may be shown: "vmbo (drie) en overige sectoren (vier)"; empty
    if none may.
    """
    return listed(f"{sector} ({number(times)})" for sector, times in context.sectors.items())


def comings_and_goings(context: ReportContext) -> str:
    """Return who came late or left early, and when; empty if everybody was present from start to end.

    Without names all are "panellid", without role or letter: those present remember who came or left at that time.
    """
    moments = [(member.arrived_at, tr("kwam"), member) for member in context.present]
    moments += [(member.left_at, tr("vertrok"), member) for member in context.present]
    timed = [(at, verb, member) for at, verb, member in moments if at is not None]
    # By the time shown, to the minute, those without a name last: the order of seats would reveal their seats.
    timed.sort(
        key=lambda moment: (
            moment[0].replace(second=0, microsecond=0),
            moment[1],
            not context.naming.shows_name(moment[2]),
        )
    )
    movements = [
        tr(
            "{called_by_time} {verb} om {clock_time} uur",
            called_by_time=_called_by_time(context, member),
            verb=verb,
            clock_time=clock_time(at),
        )
        for at, verb, member in timed
    ]
    return sentence(listed(movements))


def _called_by_time(context: ReportContext, member: Panelist) -> str:
    return member.name if context.naming.shows_name(member) else MEMBER.singular


def composition(context: ReportContext) -> Iterator[Block]:
    """Yield who was present by sector, when they came or went, and who spoke about which theme."""
    # The table below says from which sectors.
    text = " ".join(
        part
        for part in (composition_text(context, sectors=False), absent_text(context), comings_and_goings(context))
        if part
    )
    if not text:
        return
    yield Paragraph(text)
    if context.sectors:
        yield Table(
            tr("Panelleden naar sector"),
            (tr("Sector"), tr("Panelleden")),
            tuple((sector, str(times)) for sector, times in context.sectors.items()),
            (6, 2),
            tr("Een rij per sector, met hoeveel panelleden eruit kwamen."),
        )
    figure = heard_by_theme(context) if context.options.figures else None
    if figure:
        yield Paragraph(
            (TextSpan("", target=figure.bookmark), tr(" laat per thema zien uit welke sectoren er iets is genoteerd."))
        )
        yield figure
