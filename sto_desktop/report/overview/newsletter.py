"""The vogelvlucht for a newsletter: a paragraph per theme and the recommendations, under 500 words, without names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sto_desktop.domain.dutch import closed, one_line, sentence, shortened
from sto_desktop.domain.panel.overview import CrossingHead, OverviewContent
from sto_desktop.language import listed, tr, tr_later
from sto_desktop.report.blocks.blocks import (
    Block,
    Cover,
    Document,
    Heading,
    HeadingKind,
    ItemList,
    Paragraph,
    Properties,
)
from sto_desktop.report.content.front import PROGRAMME
from sto_desktop.report.overview.overview_context import OverviewContext, where

MOST_WORDS = 500
_TITLE = tr_later("Panelgesprekken STO Twente leveren bruikbare inzichten op")
# Words reserved for the opening, and the number of recommendations: what remains is divided over the themes.
_OPENING_WORDS = 70
_RECOMMENDATIONS = 6


def newsletter(content: OverviewContent, years: Iterable[str] = ()) -> Document:
    """Return the text for a newsletter; a paragraph that is too long loses whole sentences at its end."""
    context = OverviewContext.of(content, years)
    themes = [theme for theme in context.seen.themes if _sentences(context, theme)]
    advice = [shortened(sentence(one_line(plan_line.main.recommendation.text)), 200) for plan_line in context.seen.plan]
    advice = advice[:_RECOMMENDATIONS]
    words_left = MOST_WORDS - 1 - _OPENING_WORDS - len(_words(advice)) - 8 * len(themes)
    share = max(words_left // max(len(themes), 1), 12)
    blocks: list[Block] = [Cover(tr(_TITLE), PROGRAMME, "", (), page=False), Paragraph(shortened(context.held(), 380))]
    for theme in themes:
        blocks.append(Heading(1, theme.label, HeadingKind.FLOWING))
        blocks.append(Paragraph(" ".join(_within(_sentences(context, theme), share))))
    if advice:
        blocks.append(Heading(1, tr("Aanbevelingen voor de toekomst"), HeadingKind.FLOWING))
        blocks.append(ItemList(tuple(advice)))
    return Document(tr(_TITLE), tuple(blocks), properties=Properties(author="STO Twente", subject=PROGRAMME))


def _sentences(context: OverviewContext, theme: CrossingHead) -> list[str]:
    """Return the sentences about a theme, the most important first."""
    sentences = []
    for insight in context.seen.overall(theme.id):
        sentences.append(sentence(one_line(insight.insight.text)))
        places = list(dict.fromkeys(where(panel) for panel in context.seen.panels_behind(insight)))
        if len(places) > 1:
            sentences.append(closed(tr("Dat hoorden we in {places}", places=listed(places))))
    if sentences:
        return sentences
    panels_shown: set[str] = set()
    for finding in context.seen.of_theme(theme.id):
        if finding.panel.id not in panels_shown:
            panels_shown.add(finding.panel.id)
            sentences.append(f"{where(finding.panel)}: {sentence(one_line(finding.text))}")
    return sentences


def _within(sentences: Iterable[str], most: int) -> Iterator[str]:
    """Yield sentences of at most `most` words in all; at least the first, truncated if it alone is too long."""
    used = 0
    for at, text in enumerate(sentences):
        words = text.split()
        if used + len(words) > most:
            if at == 0:
                yield " ".join(words[:most]).rstrip(",;:") + " …"
            return
        used += len(words)
        yield text


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in text.split()]
