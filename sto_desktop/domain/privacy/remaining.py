"""Looks through the texts of a finished file for names that should have gone: the last of three, and unlike the others.

It knows neither the patterns of the finders nor the records of a panel. It compares runs of letters with those of the
names, wherever they stand: in a cell, the properties of a file, a label. Only what is certain counts; words that are
also names were decided about in their sentence (`redaction`), and what was kept there may stand here.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sto_desktop.domain.errors import StoError
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.grades import NameForm
from sto_desktop.domain.names.ordinary_words import ABBREVIATIONS, ORDINARY, ORGANISATIONS, PLACES, is_word
from sto_desktop.domain.people import INVISIBLE, fold, is_label, is_particle, surname_of
from sto_desktop.domain.privacy.given import stands_in_given
from sto_desktop.domain.privacy.redaction import Found
from sto_desktop.domain.privacy.to_check import standing
from sto_desktop.language import counted, listed, tr
from sto_desktop.patterns import lazy_re

_LETTERS = lazy_re(r"[^\W\d_]+")
_UNSEEN = lazy_re(f"[{INVISIBLE}]")
_SHORTEST = 3
_AROUND = 36
_SHOWN = 4

Run = tuple[str, ...]
"""Folded words that follow each other."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """A name that is still in a finished file: in which part, and the words around it."""

    part: str
    around: str


class NamesInFileError(StoError):
    """A finished file was not written for the names in it; it can be written anyway."""


class NamesRemainError(NamesInFileError):
    """A finished file would hold names that may not be in it; it was not written."""

    def __init__(self, file: str, remaining: Sequence[Remaining]) -> None:
        super().__init__(
            said_remaining(file, remaining),
            tr("Er is niets geschreven."),
            tr("Kijk de namen na, of verander de tekst. In een opdracht schrijft --toch het bestand evengoed."),
        )


class UnknownPeopleError(NamesInFileError):
    """A finished file is about people behind an @ of whom nobody knows who they are; it was not written."""

    def __init__(self, file: str, names: Sequence[str]) -> None:
        more = tr("{n} anderen", n=len(names) - _SHOWN) if len(names) > _SHOWN + 1 else ""
        shown = listed([*names[: _SHOWN if more else len(names)], *([more] if more else [])])
        super().__init__(
            counted(
                len(names),
                "Wie {names} is, weet het programma niet, en in «{file}» zou erover worden gesproken.",
                "Wie {names} zijn, weet het programma niet, en in «{file}» zou erover worden gesproken.",
                file=file,
                names=shown,
            ),
            tr("Er is niets geschreven."),
            tr(
                "Maak er een panellid van of verander de tekst, of kies in het venster wat er komt te staan. In een "
                "opdracht schrijft --toch het bestand met «iemand»."
            ),
        )


def said_remaining(file: str, remaining: Sequence[Remaining]) -> str:
    """Return a sentence on names that are in a file; empty for none."""
    if not remaining:
        return ""
    message = counted(
        len(remaining),
        "In «{file}» staat op {n} plaats een naam die er niet in mag",
        "In «{file}» staat op {n} plaatsen een naam die er niet in mag",
        file=file,
    )
    places = "; ".join(f"«{place.around}»" for place in remaining[:_SHOWN])
    more = tr(" en nog {n}", n=len(remaining) - _SHOWN) if len(remaining) > _SHOWN else ""
    return f"{message}: {places}{more}."


@dataclass(frozen=True, slots=True)
class _Kept:
    """A name that was kept in a text, with the words beside it (empty at an end)."""

    words: Run
    before: str
    after: str


class Watch:
    """Knows the names that may not be in a file: of the hidden members, but for what was kept and what is allowed."""

    def __init__(
        self,
        hidden: Iterable[Panelist],
        allowed: Iterable[str] = (),
        found: Iterable[Found] = (),
    ) -> None:
        """`allowed`: names of others, and of organisations, that may hold the same words. `found`: names that were
        found in texts.
        """
        found = tuple(found)
        members = [member for member in hidden if not is_label(member.name)]
        people = [_run(text) for text in allowed]
        bodies = [_run(text) for text in (*ORGANISATIONS, *(member.organisation for member in members))]
        common = {word for person in people for word in person}
        self._runs: dict[str, list[Run]] = defaultdict(list)
        for run in {form for member in members for form in _certain_forms(member, common)}:
            self._runs[run[0]].append(run)
        self._common = common
        self._allowed = [phrase for phrase in (*people, *bodies) if phrase]
        self._kept: dict[str, list[_Kept]] = defaultdict(list)
        for name in found:
            # A whole note that stays says nothing of the names in it.
            if not name.replaced and name.mention.form is not NameForm.BELOW:
                self._keep(name)
        self._found = found
        self._unknown = [name for name in found if name.mention.form is NameForm.UNKNOWN and not name.decided]

    def __bool__(self) -> bool:
        """Whether there is any name to look for."""
        return bool(self._runs or self._unknown)

    def check(self, file: str, parts: Iterable[tuple[str, str]], *, anyway: bool) -> tuple[Remaining, ...]:
        """Return the names that are still in a file, given as (name of the part, text).

        Unless `anyway`: NamesRemainError if there are any, UnknownPeopleError if it is about people of whom nobody
        knows who they are.
        """
        parts = tuple(parts)
        remaining = self.remaining(parts)
        if not anyway:
            if remaining:
                raise NamesRemainError(file, remaining)
            unknown = standing(self._unknown, self._found, [text for _, text in parts]) if self._unknown else ()
            if names := dict.fromkeys(f"@{name.mention.name}" for name in unknown):
                raise UnknownPeopleError(file, tuple(names))
        return remaining

    def remaining(self, parts: Iterable[tuple[str, str]]) -> tuple[Remaining, ...]:
        """Return the names that are still in a file, given as (name of the part, text)."""
        found = (Remaining(part, around) for part, text in parts for around in self._in_text(text))
        return tuple(dict.fromkeys(found))

    def _keep(self, name: Found) -> None:
        start, end = name.mention.start, name.mention.end
        before, after = _run(name.text[max(0, start - _AROUND) : start]), _run(name.text[end : end + _AROUND])
        kept = _Kept(_run(name.text[start:end]), before[-1] if before else "", after[0] if after else "")
        for word in dict.fromkeys(kept.words):
            self._kept[word].append(kept)

    def _in_text(self, text: str) -> Iterator[str]:
        plain = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
        matches = list(_LETTERS.finditer(plain))
        words = [fold(match[0]) for match in matches]
        for at, word in enumerate(words):
            for run in (*self._runs.get(word, ()), *self._runs.get(word.removesuffix("s"), ())):
                end = at + len(run)
                if not _goes_on(words[at:end], run) or self._may_stand(words, at, end):
                    continue
                # "vries" is a word too; "Vries" is one where it begins a sentence only.
                if plain[matches[end - 1].start()].islower() and is_word(words[end - 1], compound=False):
                    continue
                first, last = matches[at].start(), matches[end - 1].end()
                if stands_in_given(plain, first, last):
                    continue
                yield " ".join(plain[max(0, first - _AROUND) : last + _AROUND].split())
                break

    def _may_stand(self, words: list[str], at: int, end: int) -> bool:
        # "Uytewaals" is the name of somebody who may be named, and not of somebody called Uytewaal.
        if all(word in self._common for word in words[at:end]):
            return True
        for kept in (kept for word in words[at:end] for kept in self._kept.get(word, ())):
            for first, last in _places(words, at, end, kept.words):
                before = words[first - 1] if first else ""
                after = words[last] if last < len(words) else ""
                alone = not kept.before and not kept.after
                if alone or (kept.before and kept.before == before) or (kept.after and kept.after == after):
                    return True
        return any(True for phrase in self._allowed for _ in _places(words, at, end, phrase))


def _places(words: list[str], at: int, end: int, phrase: Run) -> Iterator[tuple[int, int]]:
    """Yield where a phrase stands that holds all of the words from `at` to `end`."""
    for first in range(max(0, end - len(phrase)), at + 1):
        last = first + len(phrase)
        if tuple(words[first:last]) == phrase:
            yield first, last


def _run(text: str) -> Run:
    return tuple(fold(word) for word in _LETTERS.findall(_UNSEEN.sub("", text)))


def _goes_on(words: list[str], run: Run) -> bool:
    last = run[-1]
    return len(words) == len(run) and tuple(words[:-1]) == run[:-1] and words[-1] in (last, f"{last}s")


def _certain_forms(member: Panelist, common: set[str]) -> Iterator[Run]:
    """Yield the forms of a name that can be nothing else, as runs of words."""
    whole, last = _run(member.name), _run(surname_of(member.name))
    firsts = [run for run in (_run(member.first_name), whole[: len(whole) - len(last)]) if run]
    bare = next((last[at:] for at, word in enumerate(last) if not is_particle(word)), ())
    if last:
        for first in firsts:
            if len("".join(first)) > 1:
                yield (*first, *last)
                yield (*first, *bare)
    for run in (*firsts, last, bare):
        joined = "".join(run)
        if run and len(joined) >= _SHORTEST and not _may_be_else(run, common):
            yield run
            if len(run) > 1:
                yield (joined,)


def _may_be_else(run: Run, common: set[str]) -> bool:
    words = [word for word in run if not is_particle(word)]
    return all(word in ORDINARY or word in PLACES or word in ABBREVIATIONS or word in common for word in words)
