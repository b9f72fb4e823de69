"""Texts of the built-in guide. They are the same in every dossier, so they name nobody; a word taken out of them would
tell whose name it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sto_desktop.domain.dutch import apostrophes
from sto_desktop.domain.model import Guide, PlannedPart, Probe, Question, Theme
from sto_desktop.json_text import read_json
from sto_desktop.resources import resource

_OF_A_GUIDE = (Guide, Theme, Question, Probe, PlannedPart)


@cache
def given_texts() -> frozenset[str]:
    """Return every text of the built-in guide, as it is in a dossier and as documents print it."""
    texts = list(_texts_in(read_json(resource("guides", "sto-twente.json").read_text("utf-8"))))
    return frozenset((*texts, *map(apostrophes, texts)))


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(inner)


def is_given(record: Any, text: str) -> bool:
    """Return whether a text of a row of a guide is as in the built-in one; what people typed elsewhere never is."""
    return isinstance(record, _OF_A_GUIDE) and text in given_texts()


def stands_in_given(text: str, start: int, end: int) -> bool:
    """Return whether a part of a text of a document belongs to a title, question or script of the built-in guide."""
    for given in given_texts():
        # From the first place that can hold this part.
        at = text.find(given, max(0, end - len(given)))
        # A title of one word ("Pauze") may be anything in another text.
        if 0 <= at <= start and end <= at + len(given) and (" " in given or given == text):
            return True
    return False
