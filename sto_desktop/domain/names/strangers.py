"""Words in texts that may be names of people in no list of members: told once, for a person to read them.

They are known by the word list of the spelling checker, which marks names (and not places, by other marks), and by a
title before them. Only a person can decide, so few false alarms count more than completeness.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from sto_desktop.domain.names.context import (
    INSTITUTION_BEFORE,
    NEUTER_BEFORE,
    STREET_AFTER,
    Title,
    begins_sentence,
    does_something,
    says,
    stands_in_a_saying,
    title_before,
    titled_initials,
)
from sto_desktop.domain.names.ordinary_words import (
    ABBREVIATIONS,
    DOTTED,
    ORDINARY,
    PLACES,
    is_persons_name,
    is_word,
)
from sto_desktop.domain.people import fold, is_particle

_NAME = re.compile(r"(?<![\w@#.'’-])[^\W\d_]{3,}(?:-[^\W\d_]+)*(?![\w@])")
_AROUND = 60


def strangers_in(texts: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """Return words that may be names, each as it is first written, in the order of the texts.

    `known`: folded words that are no names of strangers, such as those of the members and their organisations.
    """
    found: dict[str, str] = {}
    # A new line begins a sentence, so all texts can be searched as one.
    for word in _names_in("\n".join(dict.fromkeys(texts))):
        key = fold(word)
        if key not in known:
            found.setdefault(key, word)
    return tuple(found.values())


def known_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the folded words of names and titles, for `strangers_in`: also without a possessive s."""
    words = {fold(word) for text in texts for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)}
    return frozenset(part for word in words for part in (word, *word.split("-")))


def _names_in(text: str) -> Iterator[str]:
    yield from (text[start:end] for start, end, _, title in titled_initials(text) if title is not Title.FUNCTION)
    for match in _NAME.finditer(text):
        # In lower case most names are words too: only one that is none is told.
        if not (match[0].islower() and _is_a_word(match[0])) and _may_be_a_stranger(text, match):
            yield match[0].removesuffix("’s")


def _may_be_a_stranger(text: str, match: re.Match[str]) -> bool:
    word, start = match[0], match.start()
    low = fold(word)
    if low in ORDINARY and begins_sentence(text, start):
        return False
    if word.isupper() or low in PLACES or low in ABBREVIATIONS or low in DOTTED or is_particle(word):
        return False
    return _reads_as_a_name(text, match) and not _is_of_something_else(text, match)


def _reads_as_a_name(text: str, match: re.Match[str]) -> bool:
    word, start, end = match[0], match.start(), match.end()
    name = is_persons_name(word[:1].upper() + word[1:].lower())
    if title_before(text, start)[0] in (Title.SHORT, Title.COURTESY):
        return True
    if word.islower() or (name and not begins_sentence(text, start)):
        return name
    no_word = not _is_a_word(word.lower())
    return (name and (no_word or does_something(text, end))) or (no_word and says(text, end))


def _is_of_something_else(text: str, match: re.Match[str]) -> bool:
    """Return whether a name is that of a school, a street or a figure: "basisschool De Roos"."""
    before = text[max(0, match.start() - _AROUND) : match.start()]
    if INSTITUTION_BEFORE.search(before) or NEUTER_BEFORE.search(before) or STREET_AFTER.match(text, match.end()):
        return True
    return stands_in_a_saying(text, match.start(), match.end())


@cache
def _is_a_word(low: str) -> bool:
    return low in ORDINARY or is_word(low)
