"""The part Verantwoording: how the conversation was held, by the checklist for qualitative research COREQ.

The items are those of COREQ (Tong, Sainsbury & Craig, *Int J Qual Health Care* 19(6), 2007) that a panel can answer.
Items without an answer are left out, and so are their numbers, which would look like missing rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from sto_desktop.domain.dutch import capital, closed, in_words, number, sentence
from sto_desktop.domain.live.happened import course
from sto_desktop.domain.vocabulary import Agreement
from sto_desktop.language import listed, tr
from sto_desktop.report.blocks.blocks import Block, Paragraph, ParagraphRole, Table, Text, TextSpan
from sto_desktop.report.blocks.options import Part
from sto_desktop.report.content.annex import length, planned_length
from sto_desktop.report.content.context import ReportContext, part_bookmark
from sto_desktop.report.content.front import panel_check, reaction_term, sectors_text

_FEWEST = 4
"""With fewer answers than this there is no table."""


def account(context: ReportContext) -> Iterator[Block]:
    """Yield the table of answered items; nothing if there are too few."""
    rows = tuple(row for row in _items(context) if row[1])
    if len(rows) < _FEWEST:
        return
    yield Table(
        tr("Hoe het gesprek is gehouden en verwerkt"),
        (tr("Onderwerp"), tr("In dit panelgesprek")),
        rows,
        (2.6, 7.8),
        tr("Een rij per onderwerp van COREQ, met hoe het in dit panelgesprek ging."),
    )
    # Below the table: above it, a page break could separate the table from its heading.
    yield Paragraph(
        tr("De onderwerpen komen uit COREQ, een checklist voor kwalitatief onderzoek."), ParagraphRole.REMARK
    )


def _items(context: ReportContext) -> Iterator[tuple[str, Text]]:
    panel = context.content.panel
    yield tr("Gespreksleider"), panel.moderator.strip()
    yield tr("Band met het panel"), sentence(panel.moderator_role)
    yield tr("Keuze van de panelleden"), sentence(panel.selection)
    yield tr("Deelnemers"), _members(context)
    yield tr("Niet deelgenomen"), _declined(context)
    yield tr("Plaats"), capital(panel.place.strip())
    yield tr("Anderen aanwezig"), sentence(panel.others_present)
    yield tr("Sectoren"), sentence(sectors_text(context))
    yield tr("Gespreksleidraad"), _guide(context)
    yield tr("Opname"), sentence(panel.recording)
    yield tr("Aantekeningen"), _notes(context)
    yield tr("Duur"), _duration(context)
    yield tr("Herkomst van de thema’s"), tr("Vooraf bepaald, in de gespreksleidraad.") if context.chapters else ""
    yield tr("Terugkoppeling"), _checked(context)
    yield tr("Citaten"), _quotes(context)


def _members(context: ReportContext) -> str:
    present, invited = len(context.present), context.content.panel.invited
    if not present:
        return ""
    if invited and invited >= present:
        return in_words(
            invited,
            "{present} van de {n} genodigde.",
            "{present} van de {n} genodigden.",
            present=capital(number(present)),
        )
    return f"{capital(in_words(present, '{n} panellid', '{n} panelleden'))}."


def _declined(context: ReportContext) -> str:
    sent = sum(bool(member.written.strip()) for member in context.content.panelists)
    wrote = (
        in_words(sent, "{n} panellid gaf schriftelijke inbreng.", "{n} panelleden gaven schriftelijke inbreng.")
        if sent
        else ""
    )
    return " ".join(part for part in (sentence(context.content.panel.declined), capital(wrote)) if part)


def _guide(context: ReportContext) -> Text:
    guide = context.content.guide.guide
    if not context.themes or not guide.name.strip():
        return ""
    name = guide.name.strip()
    if context.options.includes(Part.GUIDE):
        return (tr("{name}; zie ", name=name), TextSpan("", target=part_bookmark(Part.GUIDE)))
    return name


def _notes(context: ReportContext) -> str:
    notes, late = context.notes_made
    if not notes + late:
        return ""
    by = context.content.panel.note_taker.strip()
    made = in_words(notes, "{n} notitie, tijdens het gesprek gemaakt", "{n} notities, tijdens het gesprek gemaakt")
    typed = in_words(late, "{n} notitie, van papier, later uitgetypt", "{n} notities, van papier, later uitgetypt")
    how_many = capital("; ".join(part for part, there in ((made, notes), (typed, late)) if there))
    # Without times, the notes do not show the course of the conversation.
    untimed = tr("Van wat later is uitgetypt, is niet bekend wanneer het gezegd is.") if late else ""
    told = closed(tr("{made} door {by}", made=how_many, by=by) if by else how_many)
    return " ".join(part for part in (told, untimed) if part)


def _duration(context: ReportContext) -> str:
    went = course(context.content)
    if not round(went.talked):
        return ""
    planned = planned_length(went)
    return tr("{length}; gepland: {planned}.", length=length(went), planned=planned) if planned else f"{length(went)}."


def _checked(context: ReportContext) -> str:
    read = [playback for playback in context.content.playbacks if playback.text.strip()]
    answered = [playback for playback in read if playback.agreed is not Agreement.UNKNOWN]
    sentences = []
    if answered:
        yes = sum(playback.agreed is Agreement.YES for playback in answered)
        partly = sum(playback.agreed is Agreement.PARTLY for playback in answered)
        no = len(answered) - yes - partly
        reactions = ((yes, tr("herkend")), (partly, tr("deels herkend")), (no, tr("niet herkend")))
        parts = [
            in_words(times, "{n} werd {reaction}", "{n} werden {reaction}", reaction=reaction)
            for times, reaction in reactions
            if times
        ]
        outcome = in_words(
            len(answered),
            "{n} samenvatting is aan het panel voorgelezen; {parts}.",
            "{n} samenvattingen zijn aan het panel voorgelezen; {parts}.",
            parts=listed(parts),
        )
        sentences.append(capital(outcome))
    sentences += [reaction_term(context), panel_check(context)]
    return " ".join(text for text in sentences if text)


def _quotes(context: ReportContext) -> str:
    quotes = sum(context.said.is_quotable(note) for note in context.content.notes if not note.note.set_aside)
    return capital(in_words(quotes, "{n} citaat, met toestemming.", "{n} citaten, met toestemming.")) if quotes else ""
