"""Which words are erased with a remark or a person, and what remains of a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.log.change import Erasure
from sto_desktop.domain.model import Note, Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.privacy.erasing import Target, Trace, member, members, phrases, remark, without
from sto_desktop.domain.record import spec_of
from sto_desktop.domain.vocabulary import NoteKind


def matches(pattern: re.Pattern[str] | None, text: str) -> list[str]:
    """Return the matches of a pattern in a text."""
    return [] if pattern is None else pattern.findall(text)


def said(id_: str, text: str, *bundled: NoteContent) -> NoteContent:
    return NoteContent(Note(id_, text=text), NoteKind.REMARK, bundled=bundled)


def person(name: str, first: str = "", id_: str = "P") -> Panelist:
    return Panelist(id_, name=name, first_name=first)


# Words


def test_words_are_found_whole_in_any_case_and_with_any_space() -> None:
    pattern = phrases(["de heer  Kok", "Kok"])
    assert pattern is not None
    text = "DE HEER\nKok en kok, niet Kokkie en geen Karelkok"
    assert matches(pattern, text) == ["DE HEER\nKok", "kok"]
    assert without(text, [match.span() for match in pattern.finditer(text)]).startswith("… en …, niet Kokkie")


def test_the_sign_at_the_end_of_a_remark_need_not_be_there() -> None:
    assert matches(phrases(["Dat blijft hier…!\n"]), "dat blijft hier, zei hij") == ["dat blijft hier"]
    assert matches(phrases([": Wat?; ", "Xerxes"]), "Wat Xerxes") == ["Wat", "Xerxes"]
    assert matches(phrases(["kop.staart"]), "kop staart kop.staart") == ["kop.staart"]


def test_the_longest_words_are_taken_whatever_their_letters() -> None:
    for texts in (["Kok", "Kok en Bos"], ["De heer Kok", "de heer"]):
        longest = max(texts, key=len)
        assert matches(phrases(texts), longest) == matches(phrases(texts[::-1]), longest) == [longest]


def test_nothing_is_looked_for_without_words() -> None:
    assert phrases([]) is None
    assert phrases(["", " . "]) is None
    assert matches(phrases(["", "Kok"]), "Jan Kok") == ["Kok"]


@pytest.mark.parametrize(
    ("spans", "rest"),
    [
        ([], "Kok en Bos bellen Kok."),
        ([(0, 3)], "… en Bos bellen Kok."),
        ([(0, 3), (7, 10), (18, 21)], "… en … bellen …."),
        ([(3, 22)], "Kok…"),
        ([(0, 21)], ""),
    ],
)
def test_a_text_without_some_of_its_words(spans: list[tuple[int, int]], rest: str) -> None:
    assert without("Kok en Bos bellen Kok.", spans) == rest


def test_signs_alone_are_no_text_and_space_around_it_goes() -> None:
    assert without("  Kok, Bos!", [(2, 5), (7, 10)]) == ""
    assert without("  Kok ziet 3 ", [(2, 5)]) == "… ziet 3"


@given(st.lists(st.sampled_from(["Kok", "Bos", "ziet", "heel", "de", "Kokkie"]), min_size=1, max_size=9))
def test_words_that_were_taken_away_are_not_found_again(words: list[str]) -> None:
    pattern = phrases(["Kok", "de Bos"])
    assert pattern is not None
    rest = without(" ".join(words), [match.span() for match in pattern.finditer(" ".join(words))])
    assert matches(pattern, rest) == []
    assert [word for word in words if word in ("ziet", "heel", "Kokkie")] == [
        word for word in rest.split() if word in ("ziet", "heel", "Kokkie")
    ]


# Remarks and people


def test_a_remark_goes_with_those_bundled_in_it_and_long_ones_are_looked_for_elsewhere() -> None:
    target = remark(
        said("A", "Dat blijft onder ons", said("B", "Ja hoor."), said("C", "  Twaalf lang "), said("D", "Precies zo'n"))
    )
    assert target.rows == (("note", "A"), ("note", "B"), ("note", "C"), ("note", "D"))
    assert target.fields == spec_of(Note).erased == ("text", "heading", "owner", "answer", "said_by")
    assert target.perhaps is None
    assert matches(target.sure, "Ja hoor. Twaalf lang, precies zo'n: dat blijft onder ons") == [
        "precies zo'n",
        "dat blijft onder ons",
    ]
    assert target.erasures[:6] == (
        Erasure("note", "A", "text"),
        Erasure("note", "A", "heading"),
        Erasure("note", "A", "owner"),
        Erasure("note", "A", "answer"),
        Erasure("note", "A", "said_by"),
        Erasure("note", "B", "text"),
    )


def test_a_short_remark_is_not_looked_for_elsewhere() -> None:
    assert remark(said("N", "Ja hoor.")).sure is None


def test_a_person_is_found_by_full_name_and_surname_and_perhaps_by_first_name() -> None:
    target = member(person("Quinten ten Spelbos", "Quin"))
    assert target.rows == (("panelist", "P"),)
    assert target.fields == spec_of(Panelist).erased
    text = "Quinten ten Spelbos, ten Spelbos, Quin en Quinten"
    assert matches(target.sure, text) == ["Quinten ten Spelbos", "ten Spelbos"]
    assert matches(target.perhaps, text) == ["Quin"]
    # A surname with a first name behind it is one name.
    assert target.spans(text) == (((0, 19), (21, 38)), True)
    assert target.spans("Quin belt") == (((0, 4),), False)
    assert target.spans("Niemand belt") == ((), False)


def test_a_surname_that_may_be_a_word_is_looked_for_only_with_the_first_name() -> None:
    assert matches(member(person("Jan Ho")).sure, "Ho, zei Jan Ho") == ["Jan Ho"]
    assert matches(member(person("Jan Kok")).sure, "Kok, zei Jan Kok") == ["Kok", "Jan Kok"]


@pytest.mark.parametrize("name", ["Roos", " Roos "])
def test_somebody_with_one_name_is_found_only_perhaps(name: str) -> None:
    target = member(person(name))
    assert target.sure is None
    assert target.spans("Roos en de rozen") == (((0, 4),), False)


def test_several_people_are_found_at_once_in_any_case() -> None:
    target = members([person("Jan Kok", "Jan", "A"), person("Roos", "", "B"), person("Piet de Bos", "Piet", "C")])
    assert target.rows == (("panelist", "A"), ("panelist", "B"), ("panelist", "C"))
    assert target.fields == spec_of(Panelist).erased
    assert matches(target.sure, "KOK, de bos, roos") == ["KOK", "de bos"]
    assert matches(target.perhaps, "jan, ROOS, piet") == ["jan", "ROOS", "piet"]


def test_nobody_and_people_of_one_name_are_found_by_nothing_certain() -> None:
    assert members([]) == Target((), spec_of(Panelist).erased)
    assert members([person("Roos")]).sure is None


def test_a_trace_tells_what_to_erase_and_what_is_left() -> None:
    trace = Trace("note", "N", "text", "Kok belt de wethouder", ((0, 3),), sure=True, exists=True, replaceable=True)
    assert trace.erasure == Erasure("note", "N", "text")
    assert trace.rest == "… belt de wethouder"
