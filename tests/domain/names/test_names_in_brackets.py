"""What brackets in a list of members add to a name, and what they say that is no name; names written together."""

from __future__ import annotations

import pytest

from sto_desktop.domain.brackets import in_brackets
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.doubts import doubts_of
from sto_desktop.domain.names.forms import called_in_list, name_of
from sto_desktop.domain.names.grades import Grade
from sto_desktop.domain.names.mentions import finder_of
from sto_desktop.domain.people import by_name_only, name_index


def grades(name: str, text: str) -> list[tuple[str, Grade]]:
    """Return the names in a text of a member with this name, each with its grade."""
    return [(mention.name, mention.grade) for mention in finder_of((by_name_only(name),)).find(text)]


@pytest.mark.parametrize(
    ("content", "called", "born", "others"),
    [
        ("roepnaam Dinie", ("Dinie",), (), ()),
        ("roepnaam: Dinie, docent", ("Dinie",), (), ()),
        ("rn Dinie", ("Dinie",), (), ()),
        ("r: Dinie", ("Dinie",), (), ()),
        ("ook wel Dinie", ("Dinie",), (), ()),
        ("zeg maar Dinie", ("Dinie",), (), ()),
        ("alias „Dinie”", ("Dinie",), (), ()),
        ("wil Dinie heten", ("Dinie",), (), ()),
        ("Dinie genoemd", ("Dinie",), (), ()),
        ("geb. Rouwhorst", (), ("Rouwhorst",), ()),
        ("geb. van der Berg", (), ("van der Berg",), ()),
        ("meisjesnaam: Rouwhorst", (), ("Rouwhorst",), ()),
        ("e.v. Jansen", (), ("Jansen",), ()),
        ("vervangt Coby", (), (), ("Coby",)),
        ("vervanger van Coby Smit", (), (), ("Coby", "Smit")),
        ("i.p.v. Coby", (), (), ("Coby",)),
        ("ook wel docent", (), (), ()),
        ("vroeger docent", (), (), ()),
        ("was ziek", (), (), ()),
        ("ma t/m do", (), (), ()),
    ],
)
def test_a_mark_tells_what_a_name_in_brackets_is(
    content: str, called: tuple[str, ...], born: tuple[str, ...], others: tuple[str, ...]
) -> None:
    told = in_brackets(f"Johanna Vos ({content})")
    assert (told.called, told.born, told.perhaps, told.others) == (called, born, (), others)


@pytest.mark.parametrize(
    ("name", "firsts", "surnames"),
    [
        ("Johanna Vos (Mia)", {"Mia"}, {"Mia"}),
        ("Johanna Vos (mia)", {"Mia"}, {"Mia"}),
        ("johanna vos (mia)", {"Mia"}, {"Mia"}),
        ("Anna Temmink (Rouwhorst)", {"Rouwhorst"}, {"Rouwhorst"}),
        ("Anna Temmink (van Dijk)", set(), {"van Dijk"}),
        ("Jan Bos (Mia i.p.v. Coby)", {"Mia"}, {"Mia"}),
        ("Jan Bos ('Mia', docent)", {"Mia"}, {"Mia"}),
        ("mevrouw Vos (Mia)", {"mevrouw Vos", "Mia"}, set()),
        ("J.H. Vos (Mia)", {"Mia"}, set()),
        ("J.H. Vos (Wil)", {"Wil"}, set()),
        ("Johanna Vos (Snor)", {"Snor"}, set()),
        # A word of the dictionary that is no name is as doubtful as a surname that is a word.
        ("J.H. Vos (Sproet)", set(), {"Sproet"}),
    ],
)
def test_a_word_in_brackets_counts_as_one_more_name(name: str, firsts: set[str], surnames: set[str]) -> None:
    plain = name_of(by_name_only(name[: name.index(" (")]))
    found = name_of(by_name_only(name))
    assert set(found.firsts) - set(plain.firsts) == firsts
    assert set(found.surnames) - set(plain.surnames) == surnames


@pytest.mark.parametrize(
    "about",
    [
        *("voorzitter", "Teamleider", "Roostermaker", "Beleidsmedewerker", "Docent", "Techniek", "Zorg", "binnenvaart"),
        *("ROC", "HR", "SLO", "vmbo", "vmbo/mbo", "Twente", "Oost", "Saxion", "Bosch", "Afgemeld", "Ziek", "online"),
        *("m", "vz", "Vz.", "sr.", "5", "do", "mei", "ma-do", "Enschede-Zuid", "Ing.", "secr."),
    ],
)
def test_what_else_is_in_brackets_adds_no_name(about: str) -> None:
    member = Panelist("a", name=f"Jan Bos ({about})", first_name="Jan", organisation="Bosch Techniek")
    assert name_of(member).firsts == ("Jan",)
    assert name_of(member).surnames == ("Bos",)


def test_a_nickname_that_is_a_word_is_weighed() -> None:
    assert grades("Johanna Vos (Snor)", "een snor in het gezicht") == [("snor", Grade.UNLIKELY)]
    assert grades("Johanna Vos (Sproet)", "ik zag sproet daar") == [("sproet", Grade.DOUBTFUL)]
    assert grades("J.H. Vos (Mia)", "toen mia knikte") == [("mia", Grade.CERTAIN)]
    assert grades("Johanna Vos (Mia)", "toen mia knikte") == [("mia", Grade.LIKELY)]


def test_whom_a_member_stands_for_is_a_stranger() -> None:
    find = doubts_of((by_name_only("Johanna Vos (vervangt Jildau)"), by_name_only("Jan Bos"))).find
    assert [doubt.name for doubt in find("toen kwam jildau binnen")] == ["jildau"]
    assert [doubt.name for doubt in find("toen kwam Jildau binnen")] == ["Jildau"]
    listed = (by_name_only("Johanna Vos (vervangt Jildau)"), by_name_only("Jildau Bos"))
    assert not [doubt for doubt in doubts_of(listed).find("toen kwam jildau binnen") if not doubt.panelists]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("B. Lubbers (Dinie)", "Dinie"),
        ("mevrouw Lubbers (Dinie)", "Dinie"),
        ("Lubbers, Berendina (roepnaam Dinie)", "Dinie"),
        ("Anna (geb. Rouwhorst) Temmink", "Anna"),
        ("Anna Temmink (Rouwhorst)", "Anna"),
        ("Berendina 'Snor' Lubbers", "Snor"),
        ("Berendina ‘Snor’ Lubbers-Pol", "Snor"),
        ("B. Lubbers [Dinie]", "Dinie"),
        ("Ype op 't Hof-van 't Veer", "Ype"),
        ("B. Lubbers (Demcon)", "B."),
        ("B. Lubbers (voorzitter)", "B."),
    ],
)
def test_a_name_behind_initials_is_what_somebody_is_called(name: str, called: str) -> None:
    assert called_in_list(name) == called


def test_a_member_is_found_by_a_name_in_brackets() -> None:
    members = (Panelist("a", name="Lubbers, Berendina (Dinie)"), Panelist("b", name="Anna Temmink (geb. Rouwhorst)"))
    names = name_index(members)
    assert names.find("dinie") == members[:1]
    assert names.find("rouwhorst") == members[1:]
    assert not name_index((by_name_only("Jan Bos (voorzitter)"),)).find("voorzitter")


@pytest.mark.parametrize("name", ["A.Rouwhorst", "Mevr.Rouwhorst", "Rouwhorst;Anna", "Anna Temmink/Rouwhorst"])
def test_a_surname_is_found_where_a_list_lacks_a_space(name: str) -> None:
    for text in ("volgens mw rouwhorst kan het", "dat zei Rouwhorst ook", "toen rouwhorst knikte"):
        assert [grade in (Grade.CERTAIN, Grade.LIKELY) for _, grade in grades(name, text)] == [True], text


@pytest.mark.parametrize(
    "name",
    [*(f"Wim van der Sluis{sign}" for sign in ("*", "**", "¹", "†", "!", "?", ":", "/", "…")),
     *(f"{sign}Wim van der Sluis" for sign in ("*", "**", "?", "_", "~", "@", "- ")),
     "(Wim van der Sluis)", "[Wim van der Sluis]", "Wim V.D.SLUIS"],
)  # fmt: skip
def test_a_sign_around_a_name_in_a_list_is_no_part_of_it(name: str) -> None:
    for text in ("wim wil mee", "mw sluis wil mee", "volgens van der sluis te duur"):
        (found,) = grades(name, text)
        assert found[1] in (Grade.CERTAIN, Grade.LIKELY), text


@pytest.mark.parametrize("others", ["vervangt", "plv.", "ipv", "namens", "duo met", "waarnemend voor"])
@pytest.mark.parametrize("text", ["wim knikt", "toen kwam Wim binnen", "sluis is tegen"])
def test_whom_a_member_stands_for_is_told_though_it_is_a_word(others: str, text: str) -> None:
    find = doubts_of((by_name_only(f"Anja Bosman ({others} Wim van der Sluis)"), by_name_only("Jan Bos"))).find
    assert [doubt.name.lower() for doubt in find(text)] == [
        next(word for word in ("wim", "sluis") if word in text.lower())
    ]


def test_the_initials_of_a_double_first_name_alone_are_shown() -> None:
    assert grades("Henk-Jan", "hj belt maandag") == [("hj", Grade.DOUBTFUL)]
