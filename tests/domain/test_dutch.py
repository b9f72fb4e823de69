"""Dutch as people write it."""

from __future__ import annotations

import datetime as dt

import pytest

from sto_desktop.domain import dutch
from sto_desktop.language import listed


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c"), (["", "b", ""], "b")],
)
def test_lists_end_in_en(items: list[str], text: str) -> None:
    assert listed(items) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "geen panelleden"),
        (1, "één panellid"),
        (7, "zeven panelleden"),
        (20, "twintig panelleden"),
        (21, "21 panelleden"),
        (12345, "12.345 panelleden"),
    ],
)
def test_numbers_have_their_noun(count: int, text: str) -> None:
    assert dutch.in_words(count, "{n} panellid", "{n} panelleden") == text


def test_dates_are_written_out() -> None:
    assert dutch.long_date(dt.date(2023, 2, 14)) == "14 februari 2023"
    assert dutch.long_date(dt.date(2024, 3, 1)) == "1 maart 2024"
    assert dutch.day_and_date(dt.date(2023, 2, 14)) == "dinsdag 14 februari 2023"
    assert dutch.day_and_month(dt.date(2023, 2, 14)) == "14 februari"
    assert dutch.short_date(dt.date(2023, 2, 14)) == "14 feb"
    assert dutch.short_date(dt.date(2023, 8, 1), year=True) == "1 aug 2023"
    assert dutch.long_date(None) == dutch.clock(None) == ""


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("vaste data", "Vaste data."),
        ("Is dat zo?", "Is dat zo?"),
        ("hij zei “ja.”", "Hij zei “ja.”"),
        ("hij zei “ja”", "Hij zei “ja”."),
        ("ijver helpt", "IJver helpt."),
        ("  ", ""),
        ("en zo verder…", "En zo verder…"),
    ],
)
def test_a_text_becomes_a_sentence(typed: str, text: str) -> None:
    assert dutch.sentence(typed) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Mooi.", "“Mooi.”"),
        ('"Mooi."', "“Mooi.”"),
        ("„Mooi.”", "“Mooi.”"),
        ('Het "echte" werk', '“Het "echte" werk”'),
        ('"Een" en "twee"', '“"Een" en "twee"”'),
    ],
)
def test_quotes_have_one_pair_of_marks(typed: str, text: str) -> None:
    assert dutch.quoted(typed) == text
