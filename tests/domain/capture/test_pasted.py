"""Which lines of a pasted list are notes: speakers and labels alone, however many, belong to the line above."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.capture.pasted import listed_notes
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import first_name_of

NAMES = ("Renée Oude Wessel", "J. ten Veldkamp", "Jan van den Berg van der Velde", "Peter Schol in 't Hof")
PANEL = tuple(
    Panelist(f"p{seat}", seat=seat, name=name, first_name=first_name_of(name)) for seat, name in enumerate(NAMES, 1)
)

marks = st.sampled_from(
    [*(f"@{name}" for name in NAMES), "@1", "@2+", "@renée", "@allen", "#bus", "@Jan van den Berg-"]
)
between = st.sampled_from([" ", ", ", " / ", "  "])


@given(st.lists(st.tuples(marks, between), min_size=1, max_size=8))
def test_speakers_and_labels_alone_are_no_note(pieces: list[tuple[str, str]]) -> None:
    line = "".join(f"{mark}{gap}" for mark, gap in pieces).rstrip(" ,/")
    assert listed_notes(f"De bus is te laat\n{line}", PANEL) == (f"De bus is te laat\n{line}",)


@given(st.lists(st.tuples(marks, between), max_size=3))
def test_a_line_with_words_is_a_note_whatever_stands_in_front(pieces: list[tuple[str, str]]) -> None:
    line = "".join(f"{mark}{gap}" for mark, gap in pieces) + "dat moet echt anders dan het nu gaat in onze streek"
    assert listed_notes(f"De bus is te laat\n{line}", PANEL) == ("De bus is te laat", line)
