"""The second finder: words that look like somebody's name, told without the patterns of the first (`mentions`).

It reads a text word by word. A word is doubted if it is a letter or two from a member's name, the beginning of one,
stands behind a title, has a capital that no list explains, or is spelled right only with a capital. Few false alarms
count more than completeness: a list that is long is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sto_desktop.domain.brackets import in_brackets
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.context import (
    COMPANY_AFTER,
    INSTITUTION_BEFORE,
    NEUTER_BEFORE,
    STREET_AFTER,
    TITLE_WORDS,
    Title,
    begins_sentence,
    does_something,
    may_end_here,
    particles_before,
    says,
    stands_in_a_saying,
    title_before,
    titled_initials,
)
from sto_desktop.domain.names.forms import name_of
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import Mention
from sto_desktop.domain.names.ordinary_words import (
    ABBREVIATIONS,
    DOTTED,
    EVERYDAY,
    ORDINARY,
    ORGANISATIONS,
    PLACES,
    is_a_word,
    is_listed,
    is_persons_name,
    is_right,
    is_word,
)
from sto_desktop.domain.people import fold, is_label, is_particle
from sto_desktop.patterns import lazy_re

_WORD = lazy_re(r"(?<![\w@#.'’-])[^\W\d_]{3,}(?:-[^\W\d_]+)*(?![\w@])")
_PARTS = lazy_re(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CLOSING = lazy_re(r"\([^()]*\)\s*$")
_AROUND = 60
_SHORTEST = 3
_SHORTEST_MISSPELLED = 4
"""Minimum letters of a name of which another word may be a misspelling: "Jan" is a letter from too many words."""
_TWO_LETTERS_FROM = 8
"""From this many letters in a name, two may be wrong."""
_SHORTEST_HALF = 4
_ARTICLE_BEFORE = lazy_re(r"(?<![^\W_])(?:de|het|een|deze|dit|die|dat|geen|elke?|onze?|mijn|via|per)\s+$")
_ONE_BEFORE = lazy_re(r"(?<![^\W_])(?:de|het|onze|ons|hun|mijn)\s+$", re.I)
_SHORT = "|".join(sorted(word for word in TITLE_WORDS if len(word) < 3))
_SHORT_TITLES = lazy_re(rf"(?<![^\W_])(?:{_SHORT})\.?\s+(?:(?:de|op|te|['’]t)\s+)*", re.I)
"""With the short particles behind them: `_WORD` has words of three letters and more."""
_OF_SOMETHING = lazy_re(r"(?<![^\W_])(?:van|de|het|een|[’']t)\s+$", re.I)
"""Between a title and a word: "de mevrouw van de receptie"; a name is "van der Veen" more often."""


@lru_cache(maxsize=50_000)
def _only_with_a_capital(word: str) -> bool:
    """Return whether a word is a name of the dictionary, and no word: "Truus", but not "Jan" or "Twente"."""
    low = word.lower()
    return is_persons_name(low[:1].upper() + low[1:]) and not is_a_word(low)


_BODIES = frozenset(fold(word) for body in ORGANISATIONS for word in _PARTS.findall(body))
_SHORTEST_HEAD = 4
_SHORTEST_TAIL = 5
"""Minimum letters of a word behind the name of a thing: many a surname ends in a shorter one, such as "Almelohuis"."""


@lru_cache(maxsize=50_000)
def _is_of_a_thing(word: str) -> bool:
    """Return whether a word begins with the name of a body, place or thing and ends in a word: "Saxionstudenten"."""
    low = word.lower()
    heads = ((low[:cut], low[cut:]) for cut in range(_SHORTEST_HEAD, len(low) - 2))
    return any(
        (fold(head) in _BODIES or (len(tail) >= _SHORTEST_TAIL and _is_a_thing(head))) and is_word(tail, compound=False)
        for head, tail in heads
    )


def _is_a_thing(head: str) -> bool:
    name = head.capitalize()
    return fold(head) in PLACES or (is_listed(name) and not is_listed(head) and not is_persons_name(name))


@dataclass(frozen=True, slots=True)
class _Near:
    """A member's name that a word is close to: whose it is, and how close."""

    panelists: tuple[str, ...]
    grade: Grade


class DoubtFinder:
    """Finds what may be a name of these members, written wrong, or of somebody in no list."""

    def __init__(self, panelists: Iterable[Panelist], known: Iterable[Panelist], about: Iterable[str]) -> None:
        """`known`: members who are in the list, with a name or without. `about`: other texts whose words are known."""
        members = [member for member in panelists if not is_label(member.name)]
        listed = [*members, *known]
        self._names: dict[str, set[str]] = {}
        for member in members:
            # What stands behind a name in brackets says where somebody works, unless it is a name of theirs.
            parts = name_of(member)
            written = " ".join((_CLOSING.sub("", member.name), member.first_name, *parts.firsts, *parts.surnames))
            for part in _PARTS.findall(written):
                for word in (part, *part.split("-")):
                    if len(word) >= _SHORTEST_MISSPELLED and not is_particle(word):
                        self._names.setdefault(fold(word), set()).add(member.id)
        texts = (text for member in listed for text in (member.first_name, member.organisation, member.role))
        written_names = [member.name for member in listed]
        # Whom a member stands for is a stranger: "Johanna Vos (vervangt Coby)".
        others = known_words(other for written in written_names for other in in_brackets(written).others)
        others -= known_words(_CLOSING.sub("", written) for written in written_names)
        self._known = (known_words(written_names) - others) | known_words((*texts, *about)) | _BODIES
        self._others = others - self._known
        self._deleted: dict[str, list[str]] = {}
        for name in self._names:
            for rest in _without_letters(name, _allowed(name)):
                self._deleted.setdefault(rest, []).append(name)
        self._functions = _functions_of(members)
        self._near: dict[str, _Near | None] = {}
        self._suspect: dict[str, bool] = {}

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the doubts about a text, in order, without overlap."""
        if not any(map(self._is_suspect, _PARTS.findall(text))):
            return ()
        return tuple(sorted(self._found_in(text), key=lambda mention: mention.start))

    def may_doubt(self, texts: Sequence[str]) -> frozenset[int]:
        """Return the indexes of the texts that hold a word to look at: each distinct word is looked up once."""
        return frozenset(at for at, text in enumerate(texts) if any(map(self._is_suspect, _PARTS.findall(text))))

    def _is_suspect(self, word: str) -> bool:
        if word not in self._suspect:
            low = fold(word)
            told = low in TITLE_WORDS or low in self._functions
            self._suspect[word] = told or self._near_to(word) is not None or self._may_be_a_stranger(word)
        return self._suspect[word]

    def _may_be_a_stranger(self, word: str) -> bool:
        low = word.lower()
        if len(word) < _SHORTEST or fold(word) in self._known or word.isupper():
            return False
        if fold(word) in self._others:
            return True
        if word == low:
            return _only_with_a_capital(word)
        return is_persons_name(word) or not is_a_word(low)

    def _found_in(self, text: str) -> Iterator[Mention]:
        for start, end, written, title in titled_initials(text):
            if title is not Title.FUNCTION and fold(written) not in self._known:
                yield Mention(start, end, text[start:end], NameForm.STRANGER, (), grade=Grade.DOUBTFUL, titled=True)
        behind_title = False
        short = [match.end() for match in _SHORT_TITLES.finditer(text)]
        for match in _WORD.finditer(text):
            word = match[0]
            low = fold(word)
            behind_title = behind_title or match.start() in short
            if low in self._functions and (article := _ONE_BEFORE.search(text, 0, match.start())) is not None:
                owner = (self._functions[low],)
                yield Mention(article.start(), match.end(), word, NameForm.FUNCTION, owner, grade=Grade.DOUBTFUL)
            elif behind_title or self._is_suspect(word):
                near = self._near_to(word)
                if near is not None and not _is_of_something_else(text, match):
                    yield _at(match, near.panelists, near.grade)
                elif near is None and self._is_a_stranger(text, match):
                    yield _at(match, (), Grade.DOUBTFUL)
            # "mevrouw van Dijkhuizen"
            behind_title = low in TITLE_WORDS or (behind_title and is_particle(word))

    # A letter or two from a name

    def owners_near(self, word: str) -> frozenset[str]:
        """Return the members (ids) a letter or two of whose name a word is, or the beginning; none if it is another."""
        near = self._near_to(word)
        return frozenset(near.panelists) if near is not None else frozenset()

    def _near_to(self, word: str) -> _Near | None:
        if word not in self._near:
            self._near[word] = self._looked_up(word)
        return self._near[word]

    def _looked_up(self, word: str) -> _Near | None:
        key = fold(word)
        for written in dict.fromkeys((key, key.removesuffix("s"))):
            if len(written) < _SHORTEST_MISSPELLED:
                continue
            if written in self._names:
                # The first finder should have it; this one can't know that.
                return None if written in ORDINARY else self._close(word, written, (written,))
            # The spelling checker takes "hoekstar" for two words in one; with a capital it is none.
            spelled = word.lower() in ORDINARY or (
                is_right(word.lower()) and (word[0].islower() or is_word(word.lower(), compound=False))
            )
            if written in self._known or written in PLACES or written in ABBREVIATIONS or spelled:
                return None
            if close := self._close_to(written):
                return self._close(word, written, close)
            if len(written) >= _SHORTEST_HALF and (half := self._halves(written)):
                return _Near(half, Grade.DOUBTFUL)
        return None

    def _close_to(self, written: str) -> list[str]:
        rests = _without_letters(written, _allowed(written))
        names = {name for rest in rests for name in self._deleted.get(rest, ())}
        return sorted(name for name in names if _is_misspelled(written, name))

    def _close(self, word: str, written: str, names: Sequence[str]) -> _Near:
        owners = tuple(sorted({owner for name in names for owner in self._names[name]}))
        # "Joris" is a letter from Doris, and a name of its own.
        another = written not in names and is_listed(written[:1].upper() + written[1:])
        return _Near(owners, Grade.LIKELY if word[0].isupper() and not another else Grade.DOUBTFUL)

    def _halves(self, written: str) -> tuple[str, ...]:
        names = [name for name in self._names if name.startswith(written) and len(written) * 2 >= len(name)]
        return tuple(sorted({owner for name in names for owner in self._names[name]}))

    # Somebody in no list

    def _is_a_stranger(self, text: str, match: re.Match[str]) -> bool:
        word, start, end = match[0], match.start(), match.end()
        low = fold(word)
        if low in self._known or low.removesuffix("s") in self._known:
            return False
        if word.isupper() or low in PLACES or low in ABBREVIATIONS or low in DOTTED or is_particle(word):
            return False
        if low not in self._others and _is_of_a_thing(word):
            return False
        return self._reads_as_a_name(text, word, start, end) and not _is_of_something_else(text, match)

    def _reads_as_a_name(self, text: str, word: str, start: int, end: int) -> bool:
        low = fold(word)
        capital, begins = word[0].isupper(), begins_sentence(text, start)
        if low in self._others:
            return True
        first = particles_before(text, start, all_of_them=True)
        titled = title_before(text, first)[0] in (Title.SHORT, Title.COURTESY)
        if titled and first < start and not is_word(low, compound=False):
            return True
        if titled and not capital and _OF_SOMETHING.search(text[first:start]) and is_word(low, compound=False):
            return False
        if titled and capital:
            return True
        if titled and low not in EVERYDAY and not _is_verb(low):
            ends = low not in ORDINARY and may_end_here(text[end : end + _AROUND])
            return ends or does_something(text, end) or not is_right(low)
        if not capital:
            return _only_with_a_capital(word)
        if low in ORDINARY:
            return False
        name, no_word = is_persons_name(word), not is_a_word(word.lower())
        if begins:
            return (name and (no_word or does_something(text, end))) or (no_word and says(text, end))
        return name or (no_word and not is_right(word) and _stands_as_somebody(text, start, end))


@lru_cache(maxsize=16)
def doubts_of(
    hidden: tuple[Panelist, ...], known: tuple[Panelist, ...] = (), about: tuple[str, ...] = ()
) -> DoubtFinder:
    """Return the finder of doubts about these members, cached."""
    return DoubtFinder(hidden, known, about)


def _at(match: re.Match[str], panelists: tuple[str, ...], grade: Grade) -> Mention:
    form = NameForm.MISSPELLED if panelists else NameForm.STRANGER
    return Mention(match.start(), match.end(), match[0], form, panelists, grade=grade)


def _allowed(name: str) -> int:
    """Return how many letters of a name may be wrong."""
    return 2 if len(name) >= _TWO_LETTERS_FROM else 1


def _without_letters(word: str, most: int) -> frozenset[str]:
    """Return a word without up to so many of its letters: words that share such a rest may be close to each other."""
    rests = {word}
    for _ in range(most):
        rests |= {rest[:at] + rest[at + 1 :] for rest in rests for at in range(len(rest))}
    return frozenset(rests)


def _is_misspelled(written: str, name: str) -> bool:
    from rapidfuzz.distance import OSA  # at first use: it is no part of the start-up

    allowed = min(_allowed(written), _allowed(name))
    return OSA.distance(written, name, score_cutoff=allowed) <= allowed


def _functions_of(members: Iterable[Panelist]) -> dict[str, str]:
    """Return the functions (folded) that only one member has, with that member (id)."""
    owners: dict[str, set[str]] = {}
    for member in members:
        for word in re.findall(r"[^\W\d_]{5,}", member.role)[:1]:
            owners.setdefault(fold(word), set()).add(member.id)
    return {function: next(iter(ids)) for function, ids in owners.items() if len(ids) == 1}


def _is_verb(low: str) -> bool:
    return low.endswith(("t", "de", "te")) and is_word(low, compound=False)


def _stands_as_somebody(text: str, start: int, end: int) -> bool:
    """Return whether a capital that no list knows may be somebody's: no article before it, and no inner capital."""
    word, before = text[start:end], text[max(0, start - _AROUND) : start]
    inner = any(letter.isupper() for part in word.split("-") for letter in part[1:])
    return not inner and _ARTICLE_BEFORE.search(before) is None


def _is_of_something_else(text: str, match: re.Match[str]) -> bool:
    """Return whether a name is that of a school, a street or a figure: "basisschool De Roos"."""
    before = text[max(0, match.start() - _AROUND) : match.start()]
    end = match.end()
    if INSTITUTION_BEFORE.search(before) or NEUTER_BEFORE.search(before):
        return True
    if STREET_AFTER.match(text, end) or COMPANY_AFTER.match(text, end):
        return True
    return stands_in_a_saying(text, match.start(), match.end())


def known_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the folded words of texts, and the halves of double ones."""
    words = {fold(word) for text in texts for word in _PARTS.findall(text)}
    return frozenset(part for word in words for part in (word, *word.split("-")))
