"""Every code has a Dutch word of its own kind."""

from __future__ import annotations

import pytest

from sto_desktop.domain import vocabulary
from sto_desktop.domain.capture.language import SIGNS, parse
from sto_desktop.domain.capture.wrapping import FAMILIES
from sto_desktop.domain.vocabulary import AROUNDS, Agreement, Coded, Consent, KindMeaning, NoteKind
from sto_desktop.exchange.notes.notes_file import read_notes


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


@pytest.mark.parametrize("sign", [chr(code) for code in (*range(33, 127), *map(ord, "•–—“”‘’«»§€·°"))])
def test_a_sign_of_a_kind_has_no_other_meaning_or_is_refused(sign: str) -> None:
    try:
        KindMeaning("proef", "proeven", sign)
    except ValueError:
        with pytest.raises(ValueError, match="can't be a sign, it has another meaning in a typed line"):
            KindMeaning("proef", "proeven", sign)
        return
    # As long as no kind declares it, it is an ordinary character.
    line = f"{sign} woorden"
    read = parse(line)
    assert (read.text, read.kind) == (("woorden", SIGNS[sign]) if sign in SIGNS else (line, None))
    assert read_notes(f"## Thema\n\n- {line}\n- en nog een\n").sections[-1].notes == (f"- {line}", "- en nog een")


@pytest.mark.parametrize("around", [*AROUNDS, "{", "<", "*", "a", "()"])
def test_what_can_be_around_a_kind_encloses_its_notes_or_is_refused(around: str) -> None:
    if around in AROUNDS:
        assert KindMeaning("proef", "proeven", around=around).around in FAMILIES
        return
    with pytest.raises(ValueError, match="can't be around a note"):
        KindMeaning("proef", "proeven", around=around)
