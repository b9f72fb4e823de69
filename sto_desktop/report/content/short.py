"""The short form: what matters most on two pages at most, whatever the panel said and however long it wrote it.

What a page holds is counted in lines of the house style. Every part has its share of them; what does not fit is left
out and told in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from sto_desktop.domain.dutch import capital, closed, in_words, school_years, sentence, shortened
from sto_desktop.domain.panel.content import InsightContent, NoteContent, RecommendationContent
from sto_desktop.domain.panel.voices import Support
from sto_desktop.domain.vocabulary import NoteKind, priority_rank
from sto_desktop.language import forms, tr, tr_later
from sto_desktop.report.blocks.blocks import (
    Block,
    Emphasis,
    Heading,
    HeadingKind,
    ItemList,
    Paragraph,
    Role,
    Span,
    Text,
    plain,
)
from sto_desktop.report.blocks.options import Part
from sto_desktop.report.content.closing import said_notes
from sto_desktop.report.content.context import ReportContext
from sto_desktop.report.content.front import composition_text, how_made, naming_rule, opening

_ROOM = {Part.SUMMARY: 36, Part.RECOMMENDATIONS: 20, Part.ACTIONS: 10, Part.OPEN_QUESTIONS: 6}
"""Lines of each part in the program's own house style; with head, headings and the parts of fixed length together less
than two pages."""
_OF_HEADING = 2.2
"""Lines that the heading of a theme takes."""
_LONGEST = 260
_LONGEST_ITEM = 170
_MOST_OF_THEME = 3
_SUPPORT = {
    Support.BROAD: tr_later("breed gedragen"),
    Support.DIVIDED: tr_later("verdeeld"),
    Support.SINGLE: tr_later("één stem"),
}


def _lines(context: ReportContext, text: Text) -> float:
    """Return how many lines an item takes, with the gap behind it."""
    return -(-len(plain(text)) // context.options.room.signs) + 0.25


def _fitting(context: ReportContext, items: list[Text], part: Part) -> list[Text]:
    room = _ROOM[part] * context.options.room.share
    kept: list[Text] = []
    for item in items:
        room -= _lines(context, item)
        if room < 0 and kept:
            break
        kept.append(item)
    return kept


def essence(context: ReportContext) -> Iterator[Block]:
    """Yield the foremost insights by theme, those shared most widely first."""
    yield Paragraph(opening(context), Role.LEAD)
    whole = [_insight(context, item) for item in context.foremost(context.insights_of_panel())]
    by_theme = [(tr("Over het geheel"), whole)]
    by_theme += [(theme.title.strip(), _of_theme(context, theme.id)) for theme in context.themes]
    by_theme = [(title, texts) for title, texts in by_theme if texts]
    if not by_theme:
        if context.content.notes:
            yield Paragraph(tr("De inzichten uit dit gesprek zijn nog niet uitgewerkt."))
        return
    # Room goes round, so that each theme has its foremost first.
    room = _ROOM[Part.SUMMARY] * context.options.room.share
    shown = _go_round(context, [texts for _, texts in by_theme], room)
    for (title, _), texts in zip(by_theme, shown, strict=True):
        if texts:
            yield Heading(2, title, HeadingKind.FLOWING)
            yield ItemList(tuple(texts))
    left = len(context.insights) - sum(map(len, shown))
    if left > 0 and context.insights:
        verb = "staat" if left == 1 else "staan"
        more = capital(in_words(left, "{n} ander inzicht", "{n} andere inzichten"))
        yield Paragraph(tr("{more} {verb} in het uitgebreide verslag.", more=more, verb=verb), Role.REMARK)


def _go_round(context: ReportContext, columns: list[list[Text]], room: float) -> list[list[Text]]:
    kept: list[list[Text]] = [[] for _ in columns]
    for at in range(_MOST_OF_THEME):
        for column, texts in enumerate(columns):
            needed = _lines(context, texts[at]) + (0 if kept[column] else _OF_HEADING) if at < len(texts) else 0
            if 0 < needed <= room:
                room -= needed
                kept[column].append(texts[at])
    return kept


def _of_theme(context: ReportContext, theme: str) -> list[Text]:
    insights = [item for item in context.insights if context.insight_theme(item) == theme]
    if insights:
        return [_insight(context, item) for item in context.foremost(insights)]
    found = next(item for item in context.themes if item.id == theme)
    starred = [note for item in found.questions for note in context.body_notes(item) if note.note.star]
    return [sentence(shortened(note.text, _LONGEST)) for note in starred]


def _insight(context: ReportContext, item: InsightContent) -> Text:
    words = sentence(shortened(item.insight.text, _LONGEST))
    said = tr(_SUPPORT.get(context.backing(item).support or Support.SHARED, ""))
    return (words, Span(f" {capital(said)}.", Emphasis.SOFT)) if said else words


def recommendations(context: ReportContext) -> Iterator[Block]:
    """Yield the recommendations, those that matter most first, each with what is known about it."""
    ranked = sorted(context.recommendations, key=lambda item: priority_rank(item.recommendation.priority))
    items: list[Text] = [_recommendation(item) for item in ranked]
    if not items:
        items = [shortened(note.text, _LONGEST_ITEM) for note in said_notes(context, NoteKind.RECOMMENDATION)]
    yield from _list(
        context,
        items,
        Part.RECOMMENDATIONS,
        forms(
            "{n} andere aanbeveling staat in het uitgebreide verslag.",
            "{n} andere aanbevelingen staan in het uitgebreide verslag.",
        ),
    )


def _recommendation(item: RecommendationContent) -> Text:
    record = item.recommendation
    level = tr(record.level.word) if record.level else ""
    owner = record.owner.strip()
    who = f"{owner} ({level})" if owner and level else owner or level
    tail = ", ".join(part for part in (who, school_years(record.school_years)) if part)
    words = sentence(shortened(record.text, _LONGEST))
    return (words, Span(f" {closed(capital(shortened(tail, _LONGEST_ITEM)))}", Emphasis.SOFT)) if tail else words


def actions(context: ReportContext) -> Iterator[Block]:
    """Yield what was agreed."""
    notes = said_notes(context, NoteKind.ACTION)
    items: list[Text] = [shortened(note.text, _LONGEST_ITEM) for note in notes]
    yield from _list(
        context,
        items,
        Part.ACTIONS,
        forms(
            "{n} andere afspraak staat in het uitgebreide verslag.",
            "{n} andere afspraken staan in het uitgebreide verslag.",
        ),
    )


def open_questions(context: ReportContext) -> Iterator[Block]:
    """Yield what stayed on the parking lot."""
    items: list[Text] = [shortened(note.text, _LONGEST_ITEM) for note in _parked(context)]
    yield from _list(
        context,
        items,
        Part.OPEN_QUESTIONS,
        forms(
            "{n} andere open vraag staat in het uitgebreide verslag.",
            "{n} andere open vragen staan in het uitgebreide verslag.",
        ),
    )


def _parked(context: ReportContext) -> Iterator[NoteContent]:
    for item in context.content.notes:
        aside = item.note.set_aside or not item.kind.is_panels
        if item.note.parked and item.text.strip() and not aside:
            yield item


def _list(context: ReportContext, items: list[Text], part: Part, more: tuple[str, str]) -> Iterator[Block]:
    kept = _fitting(context, items, part)
    if kept:
        yield ItemList(tuple(kept))
    left = len(items) - len(kept)
    if left:
        yield Paragraph(capital(in_words(left, *more)), Role.REMARK)


def composition(context: ReportContext) -> Iterator[Block]:
    """Yield who was there, by sector."""
    text = composition_text(context)
    if text:
        yield Paragraph(shortened(text, 6 * context.options.room.signs))


def method(context: ReportContext) -> Iterator[Block]:
    """Yield how the text was made and must be read."""
    yield Paragraph(
        shortened(f"{how_made(context)} {naming_rule(context)}", 8 * context.options.room.signs), Role.REMARK
    )
