"""A place in a list as one value, parent and fractional key, so that moving and reordering merge.

Keys are those of the package fractional-indexing (base 62, ASCII order) with a random suffix, so that two people who
insert at the same spot get different keys; equal keys are ordered by row id.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from fractional_indexing import generate_key_between, generate_n_keys_between  # type: ignore[import-untyped]

from sto_desktop.patterns import lazy_re

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# Random digits: 62^4 keys, so that two people who insert at the same spot rarely get equal ones.
_SUFFIX = 4
# Eight base-62 digits hold milliseconds for the next 6,900 years.
_TIME_DIGITS = 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FORM = lazy_re(r"[A-Za-z][0-9A-Za-z]+")
_SMALLEST = "A" + "0" * 26
"""The one integer key before which no other key exists."""

_random = random.Random()


class Position(NamedTuple):
    """Where a row is: the row it belongs to (None: nowhere yet) and its key among its siblings."""

    parent: str | None
    key: str


NOWHERE = Position(None, "")
"""The position of a row that was never placed."""


def _suffix() -> str:
    # A key may not end in the lowest digit: no key could sort directly before it.
    return "".join(_random.choices(_DIGITS, k=_SUFFIX - 1)) + _random.choice(_DIGITS[1:])


def valid_key(key: str) -> bool:
    """Return whether a key from a file is valid for inserting next to it."""
    if not _FORM.fullmatch(key):
        return False
    head = key[0]
    whole = ord(head) - ord("a") + 2 if head >= "a" else ord("Z") - ord(head) + 2
    return len(key) >= whole and not key[whole:].endswith("0") and key != _SMALLEST


def key_between(before: str | None, after: str | None) -> str:
    """Return a key that sorts after `before` and ahead of `after`; None stands for an end of the list.

    Invalid or equal keys (from a file) are treated as absent: the result is then only approximately in place.
    """
    low = before if before and valid_key(before) else None
    high = after if after and valid_key(after) else None
    if low is not None and high is not None and low >= high:
        high = None
    key: str = generate_key_between(low, high)
    suffixed = key + _suffix()
    if high is not None and suffixed >= high:
        return key
    return suffixed


def plain_keys(count: int) -> list[str]:
    """Return `count` ascending keys without a random part, for rows that are identical in every dossier."""
    return list(generate_n_keys_between(None, None, count))


def key_of_moment(moment: datetime) -> str:
    """Return the key of something captured at `moment`: it sorts by time, also across laptops.

    The form is that of an integer key with eight digits ("h" and eight base-62 digits of milliseconds since 1970).
    """
    number = max(0, (moment - _EPOCH) // timedelta(milliseconds=1))
    digits = ""
    for _ in range(_TIME_DIGITS):
        number, remainder = divmod(number, len(_DIGITS))
        digits = _DIGITS[remainder] + digits
    return "h" + digits + _suffix()


def last_key(keys: Iterable[str]) -> str | None:
    """Return the highest key, or None for an empty list."""
    return max(keys, default=None)
