"""Dutch as a person writes it."""

from __future__ import annotations

import datetime as dt

import pytest

from sto_desktop.report.blocks import wording


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c"), (["", "b", ""], "b")],
)
def test_lists_end_in_en(items: list[str], text: str) -> None:
    assert wording.listed(items) == text


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
    assert wording.counted(count, "panellid", "panelleden") == text


def test_dates_are_written_out() -> None:
    assert wording.long_date(dt.date(2023, 2, 14)) == "14 februari 2023"
    assert wording.long_date(dt.date(2024, 3, 1)) == "1 maart 2024"


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
    assert wording.sentence(typed) == text


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
    assert wording.quoted(typed) == text
