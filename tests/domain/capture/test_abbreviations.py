"""Which abbreviation before the cursor is expanded, and which lists of abbreviations are usable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.capture.abbreviations import Expansion, cleaned, expansion
from sto_desktop.domain.capture.language import parse

WORDS = {"vb": "bijvoorbeeld", "lln": "leerlingen", "ivm": "in verband met"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("vb", Expansion(0, 2, "bijvoorbeeld")),
        ("Dat is vb", Expansion(7, 9, "bijvoorbeeld")),
        ("Vb", Expansion(0, 2, "Bijvoorbeeld")),
        ("(ivm", Expansion(1, 4, "in verband met")),
        ("“lln", Expansion(1, 4, "leerlingen")),
        ("+ lln", Expansion(2, 5, "leerlingen")),
        ("één\nlln", Expansion(4, 7, "leerlingen")),
        ("VB", None),
        ("vB", None),
        ("@vb", None),
        ("#lln", None),
        ("klln", None),
        ("e-vb", None),
        ("info@vb", None),
        ("n.lln", None),
        ("lln ", None),
        ("", None),
        ("onbekend", None),
    ],
)
def test_only_a_whole_word_that_is_typed_as_such_is_written_out(text: str, meant: Expansion | None) -> None:
    assert expansion(text, len(text), WORDS) == meant


def test_a_word_that_goes_on_behind_the_cursor_is_another_word() -> None:
    assert expansion("vbx", 2, WORDS) is None
    assert expansion("vb x", 2, WORDS) == Expansion(0, 2, "bijvoorbeeld")


@pytest.mark.long
@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=20))))
def test_a_list_from_a_person_is_made_usable(pairs: list[tuple[str, str]]) -> None:
    words = cleaned(pairs)
    assert cleaned(words.items()) == words
    for short, full in words.items():
        found = expansion(short, len(short), words)
        # A few letters become longer in lower case.
        assert found is None or found.text == full


def test_what_can_not_be_used_is_left_out() -> None:
    pairs = [("Vb.", " bij  voorbeeld "), ("", "iets"), ("x", ""), ("a b", "c"), ("po", "PO"), ("1e", "eerste")]
    assert cleaned(pairs) == {"vb": "bij voorbeeld"}


def test_the_list_of_the_program_is_usable_and_takes_no_word_of_the_field() -> None:
    from sto_desktop.ui.fields.abbreviations import starter_list

    words = starter_list()
    assert cleaned(words.items()) == words
    taken = {"po", "vo", "mbo", "hbo", "vmbo", "bv", "nv", "ok", "tl", "bbl", "bol", "sto", "lob"}
    taken |= {"de", "het", "een", "en", "of", "in", "op", "te", "is", "er", "je", "we", "ze", "al", "om", "uit", "aan"}
    assert not taken & words.keys()
    for full in words.values():
        assert parse(full).text == full
