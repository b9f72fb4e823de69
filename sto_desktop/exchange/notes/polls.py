"""Recognises the exports of polls, in which answers stand below each question, between empty rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from sto_desktop.exchange.files.form import CellForm, filled, form_of
from sto_desktop.exchange.files.look import Becomes
from sto_desktop.exchange.members.panelists_columns import heading
from sto_desktop.exchange.notes.notes_columns import COLUMNS, Rows, asks
from sto_desktop.language import tr, tr_later

_NUMBERED = re.compile(r"(?:question|vraag|slide|dia|poll|q)? ?[0-9]{1,3}")
_LABELS = frozenset(COLUMNS["text"].split("|"))


def question_in(row: Sequence[str]) -> str:
    """Return the question in a row of nothing else, behind its number if it has one; empty for any other row."""
    cells = [cell.strip() for _, cell in filled(row)]
    if len(cells) == 2 and _NUMBERED.fullmatch(heading(cells[0])) and form_of(cells[1]) is CellForm.TEXT:
        return cells[1]
    return cells[0] if len(cells) == 1 and asks(cells[0]) else ""


def rows_of_poll(rows: Rows) -> tuple[int, Mapping[int, tuple[Becomes, str]]] | None:
    """Return in which column the answers of a poll stand, and what each row is; None for any other table.

    A question stands first, or behind its number; what stands between it and a label such as "Responses" is about it.
    """
    first = [at for at, row in enumerate(rows) if question_in(row) and (not at or not filled(rows[at - 1]))]
    if len(first) < _LEAST:
        return None
    ends = (*first[1:], len(rows))
    made: dict[int, tuple[Becomes, str]] = {at: (Becomes.OUT, tr("staat boven de vragen")) for at in range(first[0])}
    places: Counter[int] = Counter()
    for begin, end in zip(first, ends, strict=True):
        made[begin] = Becomes.QUESTION, ""
        label = next((at for at in range(begin + 1, end) if _is_label(rows[at])), begin)
        tallied = label == begin and any(map(_is_tally, rows[begin + 1 : end]))
        for at in range(begin + 1, end):
            made[at] = (
                (Becomes.OUT, tr(_TALLY)) if tallied else _becomes(rows[at], above=at < label, labels=at == label)
            )
            places.update([place for place, _ in filled(rows[at])[:1] if made[at][0] is Becomes.NOTE])
    return (places.most_common(1)[0][0], made) if places else None


_LEAST = 2
_TALLY = tr_later("geen antwoord, maar een telling")


def _is_label(row: Sequence[str]) -> bool:
    cells = filled(row)
    return len(cells) in (1, 2) and heading(cells[0][1]) in _LABELS


def _counts(row: Sequence[str]) -> list[bool]:
    """Return of each cell behind the first whether it is a number."""
    return [form_of(cell) is CellForm.NUMBER for _, cell in filled(row)[1:]]


def _is_tally(row: Sequence[str]) -> bool:
    return sum(_counts(row)) > 1


def _becomes(row: Sequence[str], *, above: bool, labels: bool) -> tuple[Becomes, str]:
    cells, counts = filled(row), _counts(row)
    if labels:
        return Becomes.HEADINGS, ""
    if above:
        return Becomes.OUT, tr("staat tussen de vraag en de antwoorden")
    # Behind a word in a cloud stands how often it was said.
    if len(counts) > 1 or not all(counts) or (cells and form_of(cells[0][1]) is not CellForm.TEXT):
        return Becomes.OUT, tr(_TALLY)
    return Becomes.NOTE, ""
