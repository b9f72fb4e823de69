"""A line as shown while it is typed: its text without speakers and labels, which are chips, with positions in the
source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sto_desktop.domain.capture.drawn import MARK, SPELLED, Piece, body_lines, drawn, without_marks
from sto_desktop.domain.capture.language import Front, front_of
from sto_desktop.domain.capture.tokens import (
    SPACE,
    Token,
    tokens_in,
)
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import name_index


class Placed(NamedTuple):
    """A token at [start, end) of a source, whose word is shown at [left, right); a mark is not shown."""

    token: Token
    start: int
    end: int
    left: int = -1
    right: int = -1

    @property
    def is_word(self) -> bool:
        """Whether the token is shown as a word of the sentence."""
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class View:
    """The shown text of a source. `where`: for each shown character its position in the source; all letters of a
    token's word have the position of the token. `tokens`: the speakers and labels, except one that is being typed.
    """

    source: str
    text: str
    where: tuple[int, ...]
    tokens: tuple[Placed, ...] = ()

    def place(self, shown: int) -> int:
        """Return the position in the source of a position in the shown text."""
        return self.where[shown] if shown < len(self.where) else len(self.source)

    def shown(self, place: int) -> int:
        """Return the position in the shown text of a position in the source."""
        return len(self.text) if place >= len(self.source) else bisect_left(self.where, place)

    def word_at(self, shown: int) -> Placed | None:
        """Return the token whose word contains a position in the shown text, not at its edge."""
        return next((placed for placed in self.tokens if placed.left < shown < placed.right), None)

    @property
    def escapes(self) -> tuple[int, ...]:
        """Positions in the source of the backslashes that are not shown."""
        if "\\" not in self.source:
            return ()
        shown = set(self.where)
        return tuple(at for at, character in enumerate(self.source) if character == "\\" and at not in shown)

    def hides_escape(self, place: int) -> bool:
        """Return whether there is a hidden backslash before a position in the source."""
        return place - 1 in self.escapes

    @property
    def tail(self) -> bool:
        """Whether the source ends in marks, which are not shown."""
        return any(not placed.is_word and placed.start >= self._end for placed in self.tokens)

    @property
    def _end(self) -> int:
        return self.where[-1] + 1 if self.where else 0


def view_of(source: str, panelists: Sequence[Panelist], being_typed: int | None = None) -> View:
    """Return a source as it is shown; `being_typed`: the position of the last edit, where a token stays as typed."""
    names = name_index(panelists)
    front = front_of(source, [])
    shown = [(source[at], at) for at in range(front.start) if not _hides(front, source, at, being_typed)]
    tokens: list[Placed] = []
    lines = 0
    for start, line in body_lines(source[front.start :]):
        offset = front.start + start
        in_line = list(tokens_in(line, names))
        touched = None if being_typed is None else being_typed - offset
        cells, placed = _line(drawn(line, in_line, touched)) if in_line else (_cells([Piece(line, 0)]), [])
        # A line that consists of marks is not shown.
        if lines and (cells or not line.strip()):
            shown.append(("\n", source.rfind("\n", 0, offset)))
        lines += bool(cells or not line.strip())
        left = len(shown)
        tokens += (_moved(token, offset, left) for token in placed)
        shown += ((character, offset + at) for character, at in cells)
    return View(source, "".join(character for character, _ in shown), tuple(at for _, at in shown), tuple(tokens))


def _hides(front: Front, source: str, at: int, being_typed: int | None) -> bool:
    """Return whether a character of the prefix is a necessary backslash that is not being typed."""
    if not front.literal or at != front.start - 1:
        return False
    if being_typed is None or being_typed <= at or source[being_typed:].strip():
        return True
    return len(source[front.start : being_typed].strip(SPACE)) > 1


def _moved(placed: Placed, offset: int, left: int) -> Placed:
    placed = placed._replace(start=placed.start + offset, end=placed.end + offset)
    return placed._replace(left=placed.left + left, right=placed.right + left) if placed.is_word else placed


def _cells(pieces: Sequence[Piece]) -> list[tuple[str, int]]:
    return [(character, piece.start + at) for piece in pieces for at, character in enumerate(piece.text)]


def _line(pieces: Sequence[Piece]) -> tuple[list[tuple[str, int]], list[Placed]]:
    """Return the shown characters of a line with their positions in it, and its tokens."""
    cells = _cells(pieces)
    spelled = {piece.start: piece.token for piece in pieces if piece.text == SPELLED and piece.token is not None}
    drawing = "".join(piece.text for piece in pieces)
    remaining = [*_kept(cells, without_marks(drawing))]
    shown: list[tuple[str, int]] = []
    tokens = [
        Placed(piece.token, piece.start, piece.token.end) for piece in pieces if piece.text == MARK and piece.token
    ]
    bare = drawing.rstrip(SPACE)
    # Blanks at the start or end are still being typed, unless they belong to a mark.
    blanks = len(drawing) - len(drawing.lstrip(SPACE))
    if not drawing[blanks:].startswith(MARK):
        remaining = cells[:blanks] + remaining
    if bare and not bare.endswith(MARK):
        remaining += cells[len(bare) :]
    for character, at in remaining:
        token = spelled.get(at) if character == SPELLED else None
        if token is not None:
            tokens.append(Placed(token, at, token.end, len(shown), len(shown) + len(token.word)))
        shown += ((letter, at) for letter in (token.word if token is not None else character))
    return shown, sorted(tokens, key=lambda placed: placed.start)


def _kept(cells: Sequence[tuple[str, int]], text: str) -> Iterator[tuple[str, int]]:
    """Yield the cells that remain when the others are removed; `text` is the remaining text."""
    at = 0
    for character in text:
        while cells[at][0] != character:
            at += 1
        yield cells[at]
        at += 1
