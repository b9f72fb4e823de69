"""What a person says of rows that came together by merging."""

from __future__ import annotations

from collections.abc import Iterable

from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Action, action, delete, put
from sto_desktop.domain.model import SameAs

_SAME = {
    "panel": "hetzelfde panelgesprek",
    "theme": "hetzelfde thema",
    "panelist": "dezelfde persoon",
    "recommendation": "dezelfde aanbeveling",
}


def same_as_id(table: str, one: str, other: str) -> str:
    """Return the id of the saying that two rows are the same, whichever is named first."""
    return derived_id("same_as", table, *sorted((one, other)))


def say_same(table: str, rows: Iterable[str]) -> Action:
    """Say that rows of one table stand for the same; undone, or taken back later, they are apart again."""
    first, *others = sorted(set(rows))
    return action(
        _SAME.get(table, "hetzelfde"),
        (put("same_as", same_as_id(table, first, other), of=table, one=first, other=other) for other in others),
    )


def say_apart(table: str, row: str, links: Iterable[SameAs]) -> Action:
    """Take back everything that was said of a row being the same as another.

    Args:
        links: what was said, of all rows; those that hung together by this row alone are joined with each other.
    """
    mine = [link for link in links if link.of == table and row in (link.one, link.other)]
    others = sorted({link.other if link.one == row else link.one for link in mine})
    rejoined = others[1:]
    return action(
        "niet " + _SAME.get(table, "hetzelfde"),
        (delete("same_as", link.id) for link in mine),
        (put("same_as", same_as_id(table, others[0], one), of=table, one=others[0], other=one) for one in rejoined),
    )
