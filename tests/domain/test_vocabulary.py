"""Every code has a Dutch word of its own kind."""

from __future__ import annotations

from enum import StrEnum

import pytest

from sto_desktop.domain import vocabulary
from sto_desktop.domain.vocabulary import Agreement, Consent, word


def test_equal_codes_of_other_kinds_keep_their_own_words() -> None:
    assert [word(answer) for answer in Consent] == ["ja", "nee", "onbekend"]
    assert [word(answer) for answer in Agreement] == ["herkend", "deels herkend", "niet herkend", "nog niet bevestigd"]


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for kind in vars(vocabulary).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    ],
)
def test_every_code_has_a_word(kind: type[StrEnum]) -> None:
    assert all(word(code) for code in kind)
