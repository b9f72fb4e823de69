"""What in a text that came from elsewhere looks like a person, an address, a number or a date.

For the texts of a template: whose names they hold is unknown here, and one glance at one too many costs little, so that
every name is told that reads as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from sto_desktop.domain.dutch import MONTHS
from sto_desktop.domain.names.context import initials_before, particles_before, title_before
from sto_desktop.domain.names.doubts import doubts_of
from sto_desktop.domain.names.ordinary_words import ABBREVIATIONS, ORGANISATIONS, PLACES, is_a_word, is_persons_name
from sto_desktop.domain.people import fold, is_particle
from sto_desktop.domain.reach import LINK, MAIL, PHONE, POSTCODE, STREET
from sto_desktop.language import tr_later
from sto_desktop.patterns import lazy_re

_SPACES = (" ", "\u00a0")
_WORD = lazy_re(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DATE = lazy_re(
    rf"(?<!\d)(?:\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}\s+(?:{'|'.join(f'{month}|{month[:3]}' for month in MONTHS)})\b\.?(?:\s+\d{{4}})?)(?!\d)",
    re.IGNORECASE,
)
_NUMBER = lazy_re(r"(?<!\w)(?:[A-Z]{2}\d{2}\s?[A-Z]{4}(?:\s?\d{2,4}){3,}|\d[\d .-]{4,}\d)(?!\w)")
"""An IBAN, or six digits and more: of a chamber of commerce, a case, a tax office."""

_BLANK = lazy_re(
    r"\[[^\[\]]*[^\W\d][^\[\]]*\]|\{[^{}]*[^\W\d][^{}]*\}|<[^<>]*[^\W\d][^<>]*>|«[^«»]+»|\.{5,}|…{2,}|_{4,}"
    r"|\b(?:klik|tik|click|tap)\b.{0,12}\b(?:om|to)\b",
    re.IGNORECASE,
)
"""What somebody would have filled in: "[dd-mm-jjjj]", "{{naam}}", "<adres>", "Klik of tik om tekst in te voeren"."""


class Clue(Enum):
    """What a text looks like; the value is its Dutch words."""

    PERSON = tr_later("een naam")
    ADDRESS = tr_later("een adres")
    NUMBER = tr_later("een nummer")
    DATE = tr_later("een datum")
    BLANK = tr_later("een plek om in te vullen")


@lru_cache(maxsize=1000)
def clues_in(text: str) -> tuple[Clue, ...]:
    """Return what a text looks like, each once."""
    return tuple(dict.fromkeys(_clues(text)))


def _clues(text: str) -> Iterator[Clue]:
    if _names_somebody(text):
        yield Clue.PERSON
    if any(form.search(text) for form in (MAIL, POSTCODE, STREET, LINK)):
        yield Clue.ADDRESS
    without_dates = _DATE.sub(" ", text)
    if PHONE.search(without_dates) or _NUMBER.search(without_dates):
        yield Clue.NUMBER
    if without_dates != text:
        yield Clue.DATE
    if _BLANK.search(text):
        yield Clue.BLANK


def _names_somebody(text: str) -> bool:
    before = ""
    for word in _WORD.finditer(text):
        written = word[0]
        if is_particle(fold(written)):
            continue
        if not written[0].isupper() or written.isupper():
            before = ""
            continue
        start = particles_before(text, word.start())
        initials = initials_before(text, start)[0]
        if "." in initials or title_before(text, start)[0] or (before and _are_a_name(before, written)):
            return not _is_known(written)
        before = "" if _is_known(written) or text[word.end() : word.end() + 1] not in _SPACES else written
    return bool(doubts_of((), (), ()).find(text))


def _are_a_name(first: str, second: str) -> bool:
    """Return whether two words with a capital beside each other read as a name."""
    read_as_one = any(is_persons_name(word) or not is_a_word(word.lower()) for word in (first, second))
    return read_as_one and not _is_known(second)


def _is_known(word: str) -> bool:
    return fold(word) in PLACES or fold(word) in ABBREVIATIONS or word in ORGANISATIONS
