"""The short form: the most important content on at most two pages, however much was written.

The size of a page is counted in lines of the house style. Every part has a share of them, and most of what it leaves
goes to the parts that need more; a sentence reports what does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sto_desktop.domain.dutch import ASIDE, capital, closed, in_words, school_years, sentence, shortened
from sto_desktop.domain.panel.content import InsightContent, NoteContent, RecommendationContent
from sto_desktop.domain.vocabulary import priority_rank
from sto_desktop.language import forms, tr
from sto_desktop.report.blocks.blocks import (
    Block,
    Emphasis,
    Heading,
    HeadingKind,
    ItemList,
    Paragraph,
    ParagraphRole,
    Text,
    TextSpan,
    plain,
)
from sto_desktop.report.blocks.options import Part
from sto_desktop.report.content.closing import agreed, agreed_notes, parked_notes, recommended_notes
from sto_desktop.report.content.context import ReportContext
from sto_desktop.report.content.front import absent_text, composition_text, how_made, naming_rule, opening

_ROOM = {Part.SUMMARY: 36, Part.RECOMMENDATIONS: 20, Part.ACTIONS: 10, Part.OPEN_QUESTIONS: 6}
"""Lines of each part in the program's own house style; together with head, headings and the parts of fixed length
less than two pages."""
_KEPT_BACK = 8
"""Lines of what parts leave that no other gets: they are counted roughly, and a third page is worse than some room."""
_OF_HEADING = 2.2
"""Lines that the heading of a theme takes."""
# Characters of an insight, and of an item of the other lists; with these a part shows several items.
_LONGEST = 260
_LONGEST_ITEM = 170
_MOST_OF_THEME = 3


def _lines(context: ReportContext, text: Text) -> float:
    """Return how many lines an item takes, including the gap below it."""
    return -(-len(plain(text)) // context.options.room.signs) + 0.25


def _room(context: ReportContext, part: Part) -> float:
    """Return the lines of a part: its share, and what other parts leave of theirs, the first part first."""
    share = {each: lines * context.options.room.share for each, lines in _ROOM.items()}
    lacking = {each: _wanted(context, each) - lines for each, lines in share.items()}
    left = max(0.0, sum(max(0.0, -lines) for lines in lacking.values()) - _KEPT_BACK)
    for each, lines in lacking.items():
        more = min(left, max(0.0, lines))
        left -= more
        share[each] += more
    return share[part]


def _wanted(context: ReportContext, part: Part) -> float:
    """Return how many lines all of a part takes."""
    if not context.options.includes(part):
        return 0.0
    if part is Part.SUMMARY:
        columns = [texts[:_MOST_OF_THEME] for _, texts in _by_theme(context)]
        return sum(_OF_HEADING + sum(_lines(context, text) for text in texts) for texts in columns)
    return sum(_lines(context, text) for text in _ITEMS[part](context))


def _fitting(context: ReportContext, items: list[Text], part: Part) -> list[Text]:
    room = _room(context, part)
    shown: list[Text] = []
    for text in items:
        room -= _lines(context, text)
        # The first item is shown whatever its length: a heading needs something under it.
        if room < 0 and shown:
            break
        shown.append(text)
    return shown


def essence(context: ReportContext) -> Iterator[Block]:
    """Yield the foremost insights by theme, the most widely shared first."""
    yield Paragraph(opening(context), ParagraphRole.LEAD)
    by_theme = _by_theme(context)
    if not by_theme:
        yield from _nothing_yet(context)
        return
    # The lines are distributed round-robin, so that each theme shows its foremost insight before any shows a second
    # one.
    shown = _go_round(context, [texts for _, texts in by_theme], _room(context, Part.SUMMARY))
    for (title, _), texts in zip(by_theme, shown, strict=True):
        if texts:
            yield Heading(2, title, HeadingKind.FLOWING)
            yield ItemList(tuple(texts))
    yield from _others(context, sum(map(len, shown)))


def essence_on_one_page(context: ReportContext) -> Iterator[Block]:
    """Yield the foremost insight of each theme, behind its title: headings would leave room for half of them."""
    yield Paragraph(opening(context), ParagraphRole.LEAD)
    first: list[Text] = [
        (TextSpan(f"{closed(title)} ", Emphasis.STRONG), *(texts[0] if isinstance(texts[0], tuple) else (texts[0],)))
        for title, texts in _by_theme(context)
    ]
    if not first:
        yield from _nothing_yet(context)
        return
    shown = _fitting(context, first, Part.SUMMARY)
    yield ItemList(tuple(shown))
    yield from _others(context, len(shown))


def _by_theme(context: ReportContext) -> list[tuple[str, list[Text]]]:
    """Return the insights by title of their theme, those about the whole panel first; only where there are any."""
    whole: list[Text] = [_insight(context, insight) for insight in context.foremost(context.insights_of_panel())]
    by_theme = [(tr("Over het geheel"), whole)]
    by_theme += [(theme.title.strip(), _of_theme(context, theme.id)) for theme in context.themes]
    return [(title, texts) for title, texts in by_theme if texts]


def _nothing_yet(context: ReportContext) -> Iterator[Block]:
    if context.content.notes:
        yield Paragraph(tr("De inzichten uit dit gesprek zijn nog niet uitgewerkt."))


def _others(context: ReportContext, shown: int) -> Iterator[Block]:
    omitted = len(context.insights) - shown
    if omitted > 0 and context.insights:
        more = in_words(
            omitted,
            "{n} ander inzicht staat in het uitgebreide verslag.",
            "{n} andere inzichten staan in het uitgebreide verslag.",
        )
        yield Paragraph(capital(more), ParagraphRole.REMARK)


def _go_round(context: ReportContext, columns: list[list[Text]], room: float) -> list[list[Text]]:
    shown: list[list[Text]] = [[] for _ in columns]
    for at in range(_MOST_OF_THEME):
        for column, texts in enumerate(columns):
            # The first item of a theme also needs room for its heading.
            needed = _lines(context, texts[at]) + (0 if shown[column] else _OF_HEADING) if at < len(texts) else 0
            if 0 < needed <= room:
                room -= needed
                shown[column].append(texts[at])
    return shown


def _of_theme(context: ReportContext, theme: str) -> list[Text]:
    insights = [insight for insight in context.insights if context.insight_theme(insight) == theme]
    if insights:
        return [_insight(context, insight) for insight in context.foremost(insights)]
    theme_content = next(content for content in context.themes if content.id == theme)
    starred = [note for question in theme_content.questions for note in context.body_notes(question) if note.note.star]
    return [sentence(shortened(context.said.words(note), _LONGEST)) for note in starred]


def _insight(context: ReportContext, insight: InsightContent) -> Text:
    words = sentence(shortened(insight.insight.text, _LONGEST))
    support = context.support_in_short(insight)
    return (words, TextSpan(f" {capital(support)}.", Emphasis.SOFT)) if support else words


def recommendations(context: ReportContext) -> Iterator[Block]:
    """Yield the recommendations by priority, each with owner, level and school years."""
    yield from _list(
        context,
        Part.RECOMMENDATIONS,
        forms(
            "{n} andere aanbeveling staat in het uitgebreide verslag.",
            "{n} andere aanbevelingen staan in het uitgebreide verslag.",
        ),
    )


def _recommendation(recommendation: RecommendationContent) -> Text:
    record = recommendation.recommendation
    level = tr(record.level.word) if record.level else ""
    owner = record.owner.strip()
    responsible = f"{owner} ({level})" if owner and level else owner or level
    tail = ", ".join(part for part in (responsible, school_years(record.school_years)) if part)
    words = sentence(shortened(record.text, _LONGEST))
    return (words, TextSpan(f" {closed(capital(shortened(tail, _LONGEST_ITEM)))}", Emphasis.SOFT)) if tail else words


def actions(context: ReportContext) -> Iterator[Block]:
    """Yield what was agreed, with who does it and by when."""
    yield from _list(
        context,
        Part.ACTIONS,
        forms(
            "{n} andere afspraak staat in het uitgebreide verslag.",
            "{n} andere afspraken staan in het uitgebreide verslag.",
        ),
    )


def _agreed(context: ReportContext, note: NoteContent) -> Text:
    words, tail = shortened(context.said.words(note), _LONGEST_ITEM), ", ".join(agreed(context, note))
    return (words, TextSpan(f"{ASIDE}{tail}", Emphasis.SOFT)) if tail else words


def open_questions(context: ReportContext) -> Iterator[Block]:
    """Yield the notes that are still parked, with their answers."""
    yield from _list(
        context,
        Part.OPEN_QUESTIONS,
        forms(
            "{n} andere open vraag staat in het uitgebreide verslag.",
            "{n} andere open vragen staan in het uitgebreide verslag.",
        ),
    )


def _answered(context: ReportContext, note: NoteContent) -> str:
    words, answer = context.said.words(note), note.note.answer.strip()
    return tr("{question} Antwoord: {answer}", question=closed(words), answer=answer) if answer else words


def _recommended(context: ReportContext) -> list[Text]:
    ranked = sorted(
        context.recommendations, key=lambda recommendation: priority_rank(recommendation.recommendation.priority)
    )
    if ranked:
        return [_recommendation(recommendation) for recommendation in ranked]
    return [shortened(context.said.words(note), _LONGEST_ITEM) for note in recommended_notes(context)]


_ITEMS: Mapping[Part, Callable[[ReportContext], list[Text]]] = {
    Part.RECOMMENDATIONS: _recommended,
    Part.ACTIONS: lambda context: [_agreed(context, note) for note in agreed_notes(context)],
    Part.OPEN_QUESTIONS: lambda context: [
        shortened(_answered(context, note), _LONGEST_ITEM) for note in parked_notes(context)
    ],
}
"""What the lists of the parts have, all of it."""


def _list(context: ReportContext, part: Part, more: tuple[str, str]) -> Iterator[Block]:
    items = _ITEMS[part](context)
    shown = _fitting(context, items, part)
    if shown:
        yield ItemList(tuple(shown))
    omitted = len(items) - len(shown)
    if omitted:
        yield Paragraph(capital(in_words(omitted, *more)), ParagraphRole.REMARK)


def composition(context: ReportContext) -> Iterator[Block]:
    """Yield who was present, by sector."""
    text = " ".join(part for part in (composition_text(context), absent_text(context)) if part)
    if text:
        # At most six lines: this part has a fixed share of the page.
        yield Paragraph(shortened(text, 6 * context.options.room.signs))


def method(context: ReportContext) -> Iterator[Block]:
    """Yield how the text was made and how to read it."""
    yield Paragraph(
        shortened(f"{how_made(context)} {naming_rule(context)}", 8 * context.options.room.signs), ParagraphRole.REMARK
    )
