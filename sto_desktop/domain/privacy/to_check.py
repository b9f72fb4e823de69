"""What in the texts of a document may be a name, for a person to check: only what stands in it, each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.privacy.naming.wording import Replacement, in_place
from sto_desktop.domain.privacy.redaction import Found, once_each, part_around
from sto_desktop.language import tr
from sto_desktop.patterns import lazy_re


@dataclass(frozen=True, slots=True)
class ToCheck:
    """Words that may be a member's name, for a person to check. `becomes`: the replacement, or None if they stay.
    `refuses`: they name somebody who does not take part; `below`: they stood below words of such a person.
    """

    words: str
    sentence: str
    becomes: str | None
    refuses: bool = False
    below: bool = False

    @property
    def why(self) -> str:
        """Why a name that was replaced is to be checked all the same; empty if that is plain."""
        if self.below:
            return tr("dit stond onder woorden van wie niet meedoet: zijn het die woorden, haal ze dan weg")
        return tr("wie zo heet, doet niet mee: zijn het eigen woorden, haal ze dan weg") if self.refuses else ""


def to_check(names: Iterable[Found], written: Iterable[str] | None = None) -> tuple[ToCheck, ...]:
    """Return the detected names that a person should check, each once, those that are kept first.

    `written`: the texts of what was made, if that may lack some of the texts in which `names` were detected; only
    names that stand in it are returned.
    """
    names = tuple(names)
    doubts = [name for name in names if name.is_doubt]
    # A line below their words that names them too is told once, as a whole.
    below = {(name.row, name.field) for name in doubts if _is_below(name)}
    doubts = [name for name in doubts if _is_below(name) or not (_is_plain(name) and (name.row, name.field) in below)]
    if written is not None and doubts:
        doubts = list(standing(doubts, names, tuple(written)))
    remarks = (
        ToCheck(
            name.words,
            name.sentence,
            name.becomes if name.replaced else None,
            name.refuses,
            _is_below(name),
        )
        for name in once_each(doubts)
    )
    # Kept names first: if keeping one is a mistake, the document shows a name.
    return tuple(sorted(dict.fromkeys(remarks), key=lambda name: name.becomes is not None))


def _is_below(name: Found) -> bool:
    return name.mention.form is NameForm.BELOW


def _is_plain(name: Found) -> bool:
    """Return whether a name is to be checked only since the words may be theirs who bear it."""
    return name.refuses and name.replaced and name.mention.grade is Grade.CERTAIN


_NO_LETTER = lazy_re(r"[\W_]+")


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text.casefold())


def standing(doubts: Iterable[Found], names: Iterable[Found], written: Sequence[str]) -> Iterator[Found]:
    """Yield those of `doubts` whose text or sentence stands in these texts, as it was replaced there. Only letters and
    digits are compared, since every format has signs, line ends and capitals of its own.
    """
    texts: dict[tuple[str, str, str], dict[int, Found]] = defaultdict(dict)
    for name in names:
        # What stays says nothing of what was written where a name that is replaced begins.
        if name.replaced:
            texts[name.row, name.field, name.text].setdefault(name.mention.start, name)
    everything = _letters("\n".join(written))
    # The end of a text may be left out where room is short.
    shortened = _letters("\n".join(text for text in written if "…" in text))
    for name in doubts:
        beside = texts[name.row, name.field, name.text]
        parts = [beside[at].instead for at in sorted(beside)]
        first, last, *_ = part_around(name.text, name.mention.start, name.mention.end)
        told = [(0, len(name.text), everything)]
        # A sentence of one name says nothing: "iemand" stands in many.
        if _letters(name.text[first : name.mention.start] + name.text[name.mention.end : last]):
            told += [(first, last, everything), (first, name.mention.end, shortened)]
        if any(where and _letters(_part_in_place(name.text, parts, *part)) in where for *part, where in told):
            yield name


def _part_in_place(text: str, parts: Sequence[Replacement], first: int, last: int) -> str:
    """Return a part of a text with these parts of it replaced; one that its ends would cut is in it as a whole."""
    inside = [part for part in parts if part.start < last and part.end > first]
    first = min([first, *(part.start for part in inside)])
    last = max([last, *(part.end for part in inside)])
    return in_place(text[:last], inside)[first:]
