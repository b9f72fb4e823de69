"""A note put back into a line for correction: tracks its marks while the text around them changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sto_desktop.domain.capture.language import TokenSpan
from sto_desktop.domain.capture.writing import put_back
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.record import clean_text

_TOKENS = ("speaker", "tag")


class Correction:
    """The line of a note under correction, and its marks: sign, quotes, speakers and tags.

    A mark follows its first character: text inserted before, between or after marks moves them, a change inside a mark
    changes it, and deleting its `@` deletes the mark. A text that occurred earlier gets its earlier marks back, so that
    undo restores them.
    """

    def __init__(self, note: NoteContent, panelists: Sequence[Panelist]) -> None:
        self.line, marks = put_back(note, panelists)
        self._now = self.line
        self._marks = {self.line: marks}

    def marks(self, text: str, caret: int | None = None) -> tuple[TokenSpan, ...]:
        """Return the positions of the marks in the line's current text, which differs from the previous one in one
        place. `caret`: the cursor, which decides between two equal characters.
        """
        text = clean_text(text)
        if text not in self._marks:
            self._marks[text] = tuple(_moved(self._marks[self._now], self._now, text, caret))
        self._now = text
        return self._marks[text]


def _moved(marks: Sequence[TokenSpan], old: str, new: str, caret: int | None) -> Iterator[TokenSpan]:
    """Yield marks at their positions after one piece of the text was replaced."""
    most = min(len(old), len(new))
    # In a run of equal characters, only the cursor tells which one was typed.
    behind = _alike(old[::-1], new[::-1], most if caret is None else min(most, max(0, len(new) - caret)))
    first = _alike(old, new, most - behind)
    old_end, new_end, shift = len(old) - behind, len(new) - behind, len(new) - len(old)
    place = first
    for mark in marks:
        start, end = mark.start, mark.end
        if end <= first:
            yield mark
        elif start >= old_end:
            yield mark._replace(start=start + shift, end=end + shift)
        elif start < first:
            yield mark._replace(end=end + shift if end >= old_end else first)
        elif mark.kind in _TOKENS:
            # The mark was overwritten; it stays if the new text spells it again.
            spelled = old[start:end]
            again = new.find(spelled, place, new_end)
            if again >= 0:
                place = again + len(spelled)
                yield mark._replace(start=again, end=place)


def _alike(first: str, second: str, most: int) -> int:
    """Return the length of the common prefix of two texts, at most this many characters."""
    return next((at for at in range(most) if first[at] != second[at]), most)
