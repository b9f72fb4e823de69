"""Actions on rows that merging brought together: declare them the same, or separate them."""

from __future__ import annotations

from collections.abc import Iterable

from sto_desktop.domain.bookkeeping import SameAs
from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Action, action, delete, put
from sto_desktop.language import tr_later

_SAME = {
    "panel": tr_later("hetzelfde panelgesprek"),
    "theme": tr_later("hetzelfde thema"),
    "panelist": tr_later("dezelfde persoon"),
    "recommendation": tr_later("dezelfde aanbeveling"),
}


def same_as_id(table: str, first: str, second: str) -> str:
    """Return the id of the link that declares two rows the same; the order of the two does not matter."""
    return derived_id("same_as", table, *sorted((first, second)))


def say_same(table: str, rows: Iterable[str]) -> Action:
    """Declare rows of one table the same; undoing or removing the links separates them again."""
    # A star of links to the lowest id, so that every computer makes the same links.
    first, *others = sorted(set(rows))
    return action(
        _SAME.get(table, "hetzelfde"),
        (put("same_as", same_as_id(table, first, other), of=table, one=first, other=other) for other in others),
    )


def say_apart(table: str, row: str, links: Iterable[SameAs]) -> Action:
    """Remove every link that declares a row the same as another.

    Args:
        links: all links between rows; rows that were connected through this row only are linked to each other.
    """
    mine = [link for link in links if link.of == table and row in (link.one, link.other)]
    # Sorted, so that every computer makes the same links.
    linked_rows = sorted({link.other if link.one == row else link.one for link in mine})
    rejoined = linked_rows[1:]
    return action(
        "niet " + _SAME.get(table, "hetzelfde"),
        (delete("same_as", link.id) for link in mine),
        (
            put(
                "same_as",
                same_as_id(table, linked_rows[0], rejoined_row),
                of=table,
                one=linked_rows[0],
                other=rejoined_row,
            )
            for rejoined_row in rejoined
        ),
    )
