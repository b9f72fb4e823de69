"""Names beside others: in a list, behind one title, in two halves, beside an address, in the name of a body."""

from __future__ import annotations

import pytest

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import Mention, NameFinder, beside

CERTAIN, LIKELY, DOUBTFUL, UNLIKELY = Grade
PANEL = (
    Panelist("v", name="Jan Vos", organisation="Vos Techniek"),
    Panelist("w", name="Roos Wit", organisation="Wit en Zonen BV"),
    Panelist("g", name="Bas Groen", organisation="Groep Groen"),
    Panelist("a", name="Ahmet Li", organisation="Hamer Nijboer"),
    Panelist("n", name="Kees Nijboer", organisation="Nijboer"),
    Panelist("h", name="Dirk Hamer", organisation="Groep Groen Hamer"),
)


def finder() -> NameFinder:
    return NameFinder(PANEL)


def found(text: str) -> list[tuple[str, Grade]]:
    """Return the names in a text as written, with their grades."""
    return [(text[mention.start : mention.end], mention.grade) for mention in finder().find(text)]


def test_there_is_somebody_to_find_if_anybody_has_a_name() -> None:
    assert finder()
    assert not NameFinder([Panelist("x")])


def test_two_names_that_touch_are_both_kept_and_one_that_overlaps_gives_way() -> None:
    first, second = (Mention(start, end, "", NameForm.FIRST, ()) for start, end in ((0, 3), (3, 6)))
    assert beside([first], [second]) == beside([second], [first]) == (first, second)
    over = Mention(2, 4, "", NameForm.FIRST, ())
    assert beside([first, second], [over]) == (over,)


def test_behind_a_title_for_several_all_names_of_the_list_are_certain_and_titled() -> None:
    names = finder().find("de heren vos, wit en hamer waren er, groen niet")
    assert [(mention.name, mention.grade, mention.titled) for mention in names] == [
        ("vos", CERTAIN, True),
        ("wit", CERTAIN, True),
        ("hamer", CERTAIN, True),
        ("groen", UNLIKELY, False),
    ]
    assert [mention.titled for mention in finder().find("Jan, Dirk en meneer Vos")] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dirk en hamer gaan", [("dirk", CERTAIN), ("hamer", DOUBTFUL)]),
        ("jan, dirk en hamer gaan", [("jan", CERTAIN), ("dirk", CERTAIN), ("hamer", DOUBTFUL)]),
        (
            "dirk met hamer, jan en hamer gaan",
            [("dirk", CERTAIN), ("hamer", UNLIKELY), ("jan", CERTAIN), ("hamer", DOUBTFUL)],
        ),
        ("dirk, hamer en vader gaan", [("dirk", CERTAIN), ("hamer", UNLIKELY)]),
        ("dirk en de hamer gaan", [("dirk", CERTAIN), ("de hamer", UNLIKELY)]),
        ("dirk en hamer hamer", [("dirk", CERTAIN), ("hamer", UNLIKELY), ("hamer", UNLIKELY)]),
        ("DH en Ahmet gaan", [("DH", UNLIKELY), ("Ahmet", CERTAIN)]),
    ],
)
def test_a_word_in_a_list_of_names_may_be_one_where_the_list_may_end(
    text: str, expected: list[tuple[str, Grade]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("wil of ben", ["wil", "ben"]),
        ("wil, ben bart", ["wil", "ben", "bart"]),
        ("dan of dat bel", ["dan"]),
        ("wil niet", []),
    ],
)
def test_very_common_words_that_are_names_are_shown_beside_each_other(text: str, names: list[str]) -> None:
    common = NameFinder([Panelist(name, name=f"{name} Kolkman") for name in ("Wil", "Ben", "Dan", "Dat", "Bart")])
    assert [mention.name for mention in common.find(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("met ‘Ahmet’ Li erbij", ["‘Ahmet’ Li"]),
        ("*Ahmet* Li", ["*Ahmet* Li"]),
        ("Ahmet_Li", ["Ahmet_Li"]),
        ("Ahmet* Li", ["Ahmet* Li"]),
        ("(Ahmet Li)", ["Ahmet Li"]),
        ("Ahmet (Li) erbij", ["Ahmet (Li)"]),
        ("(met Ahmet en Li)", ["Ahmet", "Li"]),
    ],
)
def test_the_marks_around_half_a_name_go_with_it_and_no_others(text: str, names: list[str]) -> None:
    assert [name for name, _ in found(text)] == names


def test_a_first_name_and_a_surname_of_one_member_are_that_members_name() -> None:
    assert [mention.panelists for mention in finder().find("Ahmetje Li en Kees Li")] == [("a",), ("n", "a")]


def test_a_name_directly_before_an_address_is_another_one() -> None:
    assert found("van hamer#jan1") == [("hamer", UNLIKELY), ("#jan1", CERTAIN)]


def test_a_surname_behind_its_own_address_is_a_surname() -> None:
    jansen = NameFinder([Panelist("j", name="Jan Jansen")])
    assert [mention.form for mention in jansen.find("mail @jansen jansen)")] == [NameForm.ADDRESS, NameForm.SURNAME]


def test_a_name_in_the_name_of_an_organisation_is_for_a_person_to_decide_about() -> None:
    assert found("bij Vos  Techniek en WIT EN ZONEN BV zag Vos het") == [
        ("Vos", UNLIKELY),
        ("WIT", UNLIKELY),
        ("Vos", CERTAIN),
    ]
    assert found("bij Groep Groen Hamer") == [("Groen", UNLIKELY), ("Hamer", UNLIKELY)]
    assert found("bij Hamer Nijboer") == [("Hamer", UNLIKELY), ("Nijboer", UNLIKELY)]
    assert found("Nijboer is hun bedrijf") == [("Nijboer", CERTAIN)]


def test_a_colour_in_a_list_of_colours_is_for_a_person_to_decide_about() -> None:
    boer = NameFinder([Panelist("r", name="Roos de Boer")])
    assert [mention.grade for mention in boer.find("de kleuren zijn roos en groen")] == [UNLIKELY]


def test_initials_behind_a_title_are_a_name_in_one_text_and_in_many() -> None:
    for text in ("meneer V. zei niets", "(meneer V. zei niets)", "*meneer V.* zei niets", "dat zei:meneer V. niet"):
        assert found(text) == [("meneer V.", LIKELY)], text
    assert finder().may_name(["de hal", "meneer V. zei niets", "het plan"]) == {1}


def test_a_name_that_is_a_word_is_shown_with_an_ending_that_makes_no_word() -> None:
    words = NameFinder([Panelist(name, name=f"{name} Kolkman") for name in ("Alle", "Ad", "Dat")])
    assert [(mention.name, mention.grade) for mention in words.find("de alleje knikt")] == [("alle", UNLIKELY)]
    assert [(mention.name, mention.grade) for mention in words.find("zag de adtje")] == [("ad", UNLIKELY)]
    assert words.find("de ditjes en de datjes") == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mevrouw Haisma-van Dijk knikt", "mevrouw Haisma-van Dijk"),
        ("mevrouw van Haisma-visser knikt", "mevrouw van Haisma-visser"),
        ("sjoerd-jansma knikt", "sjoerd"),
    ],
)
def test_the_other_half_of_a_double_name_goes_with_its_particles_and_a_surname(text: str, name: str) -> None:
    haisma = NameFinder([Panelist("h", name="Sjoerd Haisma")])
    assert [text[mention.start : mention.end] for mention in haisma.find(text)] == [name]
