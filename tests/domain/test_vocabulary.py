"""Every code has a Dutch word of its own kind."""

from __future__ import annotations

import pytest

from sto_desktop.domain import vocabulary
from sto_desktop.domain.vocabulary import Agreement, Coded, Consent, NoteKind


def test_equal_codes_of_other_kinds_keep_their_own_words() -> None:
    assert [answer.word for answer in Consent] == ["ja", "nee", "onbekend"]
    assert [answer.word for answer in Agreement] == ["herkend", "deels herkend", "niet herkend", "nog niet bevestigd"]


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for kind in vars(vocabulary).values()
        if isinstance(kind, type) and issubclass(kind, Coded) and kind is not Coded
    ],
)
def test_every_code_has_a_word(kind: type[Coded]) -> None:
    assert all(code._meaning for code in kind)


def test_every_kind_can_be_typed_and_has_a_plural() -> None:
    ways = [kind.meaning.sign or kind.meaning.around for kind in NoteKind]
    assert all(ways)
    assert len(set(ways)) == len(ways)
    assert all(kind.meaning.plural for kind in NoteKind)
