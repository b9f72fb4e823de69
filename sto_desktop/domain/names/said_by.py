"""Which members say a note by its own words: "Jildou: …", "[jildou] …", "…, aldus jildou"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from sto_desktop.domain.capture.drawn import SAYING
from sto_desktop.domain.model import Note, Panelist
from sto_desktop.domain.names.mentions import NameFinder, finder_of

_SEAT = re.compile(r"\s*(?:stoel|plaats|@)?\s*(\d{1,2})\s*", re.IGNORECASE)
_SEAT_IN_WORDS = re.compile(r"\s*(?:stoel|plaats)\s*(\d{1,2})\s*", re.IGNORECASE)
_SIGNS = " \t\"'“‘«„-–—•*!?+=~."
_LONGEST = 48
"""Characters of somebody's name with a title; more are a sentence."""

_SAYS = rf"{SAYING}|vertel(?:t|de)|meld(?:t|de)|geeft\s+aan|gaf\s+aan"
_TIME = re.compile(r"[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?[\])]?[\s,–—-]+")

_LABEL = re.compile(rf"(?P<label>[^:>\n]{{1,{_LONGEST}}})(?::|>)")
"""Before a colon: a name may have a title, a function and others beside it."""
_NAME_ALONE = (
    re.compile(rf"[\[(<](?:v\s+)?(?P<label>[^\])>\n]{{1,{_LONGEST}}})[\])>]"),
    re.compile(rf"(?P<label>[^–—\n]{{1,{_LONGEST}}}?)\s+[-–—]\s"),
    re.compile(rf"(?P<label>\S[^,.;:\n]{{0,{_LONGEST}}}?)\s+(?:{_SAYS})(?![^\W_])", re.IGNORECASE),
)
"""At the start, where only a name may stand: in brackets, before a dash, before a verb of saying."""
_NAME_AT_END = (
    re.compile(
        rf"(?:,?\s+aldus|[,.!?…”\"»’'](?:\s+zo)?\s+(?:{_SAYS}))\s+(?P<label>[^,.;:\n]{{1,{_LONGEST}}}?)\W*$", re.I
    ),
    re.compile(rf"\((?P<label>[^()\n]{{1,{_LONGEST}}})\)\W*$"),
    re.compile(rf"\s[-–—]\s+(?P<label>[^–—\n]{{1,{_LONGEST}}}?)\W*$"),
)

_BEFORE_IN_LIST = re.compile(r"(?:^|[,;/&+]|(?<![^\W_])(?:en|of))\s*(?:[^\W_][\w.]*\s+)?$", re.IGNORECASE)
_OF_SOMEBODY = re.compile(r"^\w+\s+van\s+$", re.IGNORECASE)
"""What he says himself, "Reactie van Jurre: …"; "Vraag aan Jurre: …" is somebody else's."""
_TOWARDS = re.compile(r"(?<![^\W_])(?:aan|bij|met|naar|niet|over|tegen|voor|volgens)\s", re.IGNORECASE)
_BEHIND_IN_LIST = re.compile(rf"\s*(?:$|[,;/&+(\[]|(?:en|of)\s|(?:{_SAYS})\s*$)", re.IGNORECASE)


def speakers_by_name(said_by: str, members: Sequence[Panelist]) -> frozenset[str]:
    """Return which of these members (ids) a file names as who says a note, by name or seat: their list may come in
    after the notes.
    """
    if not said_by or not members:
        return frozenset()
    mentions = finder_of(tuple(members)).find(said_by)
    seats = {int(match[1]) for match in map(_SEAT.fullmatch, re.split("[,;/]", said_by)) if match}
    return _at(seats, members) | frozenset(owner for mention in mentions for owner in mention.panelists)


def speakers_of(note: Note, members: Sequence[Panelist]) -> frozenset[str]:
    """Return which of these members (ids) said a note: as a file names them, or by its own words."""
    return speakers_by_name(note.said_by, members) | speakers_in_words(note.text, members)


def speakers_in_words(text: str, members: Sequence[Panelist]) -> frozenset[str]:
    """Return which of these members (ids) a text says to have spoken: "wethouder Kolkman: …", "…, zei Kolkman"."""
    if not members:
        return frozenset()
    finder = finder_of(tuple(members))
    start = len(text) - len(text.lstrip(_SIGNS))
    if (time := _TIME.match(text, start)) is not None:
        start = time.end()
    owners = set[str]()
    if (label := _LABEL.match(text, start)) is not None:
        seat = _SEAT_IN_WORDS.fullmatch(label["label"])
        owners.update(_at({int(seat[1])}, members) if seat else _in_list(label["label"], finder))
    for alone in (
        *(pattern.match(text, start) for pattern in _NAME_ALONE),
        *(pattern.search(text, start) for pattern in _NAME_AT_END),
    ):
        if alone is not None:
            owners.update(_named_alone(alone["label"], finder))
    return frozenset(owners)


def _at(seats: Collection[int], members: Sequence[Panelist]) -> frozenset[str]:
    return frozenset(member.id for member in members if member.seat in seats)


def _in_list(label: str, finder: NameFinder) -> Iterator[str]:
    """Yield whose names stand in a label as of a speaker: alone or beside others, with a title or a function."""
    for mention in finder.find(f"{label}:"):
        before, behind = label[: mention.start], label[mention.end :]
        stands = _BEFORE_IN_LIST.search(before) is not None and _TOWARDS.search(before) is None
        if (stands or _OF_SOMEBODY.match(before)) and _BEHIND_IN_LIST.match(behind):
            yield from mention.panelists


def _named_alone(label: str, finder: NameFinder) -> Iterator[str]:
    """Yield whose name a label is, and nothing more than a title before it."""
    label = label.strip()
    for mention in finder.find(f"{label}:"):
        if mention.end == len(label) and not label[: mention.start].strip(" @").count(" ") and not mention.possessive:
            yield from mention.panelists
