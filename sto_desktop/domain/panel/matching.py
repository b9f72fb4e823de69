"""Matching a heading to a theme or question, so that notes made with another version of the guide find their place.

Case, accents, white space, punctuation around the title, and a leading number are ignored. A question matches its own
wording, that of this panel and of the guide, its short text, and its central question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from sto_desktop.domain.panel.content import GuideContent, QuestionContent, ThemeContent
from sto_desktop.domain.people import fold
from sto_desktop.domain.vocabulary import Aspect
from sto_desktop.patterns import lazy_re

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-"})
_AROUND = lazy_re(r"^[^\w]+|[^\w]+$")
_NUMBER = lazy_re(r"^(?:(?:thema|vraag|hoofdstuk|deel|theme)\s*)?[0-9]+(?:[.][0-9]+)*\s*[.):-]*\s+(?=\w)")
_PROGRAMME = " van sto twente"

Found = TypeVar("Found", ThemeContent, QuestionContent)


@lru_cache(maxsize=1024)
def fold_title(title: str) -> str:
    """Return a title folded for comparison; one of only punctuation stays unchanged."""
    folded = fold(title.translate(_APOSTROPHES))
    return _AROUND.sub("", folded) or folded


def _without_number(title: str) -> str:
    return _NUMBER.sub("", title)


def _central(aspect: Aspect | None) -> tuple[str, ...]:
    """Return the other titles that a question with this aspect matches."""
    if aspect is None:
        return ()
    asked = fold_title(aspect.meaning.question).removesuffix(_PROGRAMME)
    name = aspect.word
    return (asked, asked + _PROGRAMME, name, aspect.kind.meaning.plural)


def _pick(candidates: Sequence[Found], tiers: Iterable[Callable[[Found], Iterable[str]]], title: str) -> list[Found]:
    """Return the candidates of the first tier that has any match for the title."""
    wanted = fold_title(title)
    if not wanted:
        return []
    # The full title first: a number may be part of it.
    for name in dict.fromkeys((wanted, _without_number(wanted))):
        for tier in tiers:
            matches = [candidate for candidate in candidates if name in {fold_title(text) for text in tier(candidate)}]
            if matches:
                return matches
    return []


def find_theme(title: str, guide: GuideContent) -> ThemeContent | None:
    """Return the theme that a heading matches by title or short title; the first if there are several."""
    tiers: tuple[Callable[[ThemeContent], Iterable[str]], ...] = (
        lambda theme: (theme.title,),
        lambda theme: (theme.short_title,),
    )
    matches = _pick(guide.themes, tiers, title)
    return matches[0] if matches else None


def find_question(
    title: str, theme: ThemeContent | None, guide: GuideContent, *, own_words: bool = False
) -> QuestionContent | None:
    """Return the question that a heading matches, or None.

    Args:
        title: the heading.
        theme: the theme above the heading, which limits the search; None: any theme, if only one question matches.
        guide: the guide as this panel uses it.
        own_words: match only the question's own wording, not its short text or central question.
    """
    questions = theme.questions if theme else tuple(question for _, question in guide.questions())
    tiers: list[Callable[[QuestionContent], Iterable[str]]] = [
        lambda question: (question.text,),
        lambda question: (question.question.text,),
    ]
    if not own_words:
        tiers += [lambda question: (question.question.short_text,), lambda question: _central(question.aspect)]
    matches = _pick(questions, tiers, title)
    # Without a theme, two matches are ambiguous.
    if theme is None and len(matches) != 1:
        return None
    asked = [question for question in matches if not question.skipped]
    return next(iter((*asked, *matches)), None)
