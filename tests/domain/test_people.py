"""Names of people as written in the Netherlands, and whom a typed name means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import (
    called,
    first_name_of,
    fold,
    name_index,
    squeeze,
    surname_of,
    told_apart,
)

NAMES = ["Renée Oude Wessel", "J. ten Veldkamp", "P. Schol in 't Hof", 'Niels "Nick" Wolter', "Fatma Yildiz"]
PANEL = tuple(
    Panelist(f"p{seat}", seat=seat, name=name, first_name=first_name_of(name)) for seat, name in enumerate(NAMES, 1)
)


@pytest.mark.parametrize(
    ("full", "first", "surname"),
    [
        ("Renée Oude Wessel", "Renée", "Oude Wessel"),
        ("J. ten Veldkamp", "J.", "ten Veldkamp"),
        ('Niels "Nick" Wolter', "Nick", "Wolter"),
        ("J.P. (Jaap) van der Meer", "Jaap", "van der Meer"),
        ("P. Schol in 't Hof", "P.", "Schol in 't Hof"),
        ("J. P. de Vries", "J. P.", "de Vries"),
        ("Veldkamp, J. ten", "J.", "ten Veldkamp"),
        ("Jan Bos, MSc", "Jan", "Bos"),
        ("drs. Piet Bos", "Piet", "Bos"),
        ("de heer K. de Wit", "K.", "de Wit"),
        ("dhr. Jansen", "dhr. Jansen", "Jansen"),
        ("van den Berg", "van den Berg", "van den Berg"),
        ("Anne-Fleur d'Hont", "Anne-Fleur", "d'Hont"),
        ("Karin Bos (voorzitter)", "Karin", "Bos"),
        ("Fatma", "Fatma", ""),
        ("Bert vd Veen", "Bert", "vd Veen"),
        ("Thea v.d. Berg", "Thea", "v.d. Berg"),
        ("Kim v/d Wal", "Kim", "v/d Wal"),
        # Initials may look like a particle: al, l, t, d, s, da.
        ("A.-L. de Boer", "A.-L.", "de Boer"),
        ("Jansen, A.-L.", "A.-L.", "Jansen"),
        ("L. Al Hassan", "L.", "Al Hassan"),
        ("T. op 't Root", "T.", "op 't Root"),
        ("D.A. Jansen", "D.A.", "Jansen"),
        ("S Prak", "S", "Prak"),
        ("v.d. Berg", "v.d. Berg", "v.d. Berg"),
        ("'t Hart", "'t Hart", "'t Hart"),
        # A list of members does not show whether this is a first name; "al" is too common a word for one.
        ("Al Hassan", "Al Hassan", "Al Hassan"),
        ("Al van der Aa", "Al", "van der Aa"),
        ("Al d'Hondt", "Al", "d'Hondt"),
        ("  ", "", ""),
    ],
)
def test_first_names_and_surnames(full: str, first: str, surname: str) -> None:
    assert (first_name_of(full), surname_of(full)) == (first, surname)


def test_folding_takes_case_and_accents_off() -> None:
    assert fold("  Coördinator\tTECHNOLAB ") == "coordinator technolab"
    assert squeeze("J. ten Veldkamp") == "jtenveldkamp"
    assert fold("Cafe\u0301") == fold("café")


@pytest.mark.parametrize(
    ("typed", "seats"),
    [
        ("1", [1]),
        ("renee", [1]),
        ("Renée", [1]),
        ("OudeWessel", [1]),
        ("wessel", [1]),
        ("veldkamp", [2]),
        ("tenveldkamp", [2]),
        ("j", [2]),
        ("jtenveldkamp", [2]),
        ("schol", [3]),
        ("hof", [3]),
        ("nick", [4]),
        ("niels", [4]),
        ("nickwolter", [4]),
        ("ren", []),
        ("ten", []),
        ("9", []),
        ("99999999999999999999999", []),
        ("p5", [5]),
        ("", []),
    ],
)
def test_a_typed_name_means_a_member(typed: str, seats: list[int]) -> None:
    assert [member.seat for member in name_index(PANEL).find(typed)] == seats


def test_a_name_that_two_share_means_both() -> None:
    two = (Panelist("a", name="Jan Bos"), Panelist("b", name="Piet Jan"))
    assert name_index(two).find("jan") == two


def test_completing_puts_the_exact_one_in_front() -> None:
    many = tuple(Panelist(f"p{seat}", seat=seat, name=f"Lid {seat}") for seat in range(12, 0, -1))
    assert [member.seat for member in name_index(many).complete("1")] == [1, 12, 11, 10]
    assert [member.seat for member in name_index(PANEL).complete("ve")] == [2]
    assert name_index(PANEL).complete("") == PANEL


def test_people_are_called_by_what_is_known_of_them() -> None:
    assert called(PANEL[3]) == "Nick"
    assert called(Panelist("x", name="Fatma Yildiz")) == "Fatma"
    assert called(Panelist("x", seat=7)) == "stoel 7"


@pytest.mark.parametrize(
    ("name", "first", "expected"),
    [
        ("Anna-Lena Smit", "Anna-Lena", "Anna-Lena"),
        ("J. ten Veldkamp", "J.", "Ten Veldkamp"),
        ("Veldkamp, J. ten", "", "Ten Veldkamp"),
        ("J.P. de Wit", "J. P.", "De Wit"),
        ("H.-P. Smit", "H.-P.", "Smit"),
        ("Jan Bos", "J", "Jan"),
        ("J.", "J.", "J. (stoel 4)"),
        ("dhr. Jansen", "dhr. Jansen", "dhr. Jansen"),
        ("Bo Bakker", "Bo", "Bo"),
    ],
)
def test_nobody_is_called_by_a_bare_initial(name: str, first: str, expected: str) -> None:
    assert called(Panelist("x", seat=4, name=name, first_name=first)) == expected


def test_who_are_called_alike_at_one_table_are_told_apart() -> None:
    names = (
        "Jan Bos",
        "jan de Vries",
        "J. ten Veldkamp",
        "P. ten Veldkamp",
        "Nick Wolter",
        "Jan",
        "Els Bos",
        "Els Bos",
    )
    table = [Panelist(str(seat), seat=seat, name=name) for seat, name in enumerate(names, 1)]
    assert list(told_apart(table).values()) == [
        "Jan Bos",
        "jan de Vries",
        "J. ten Veldkamp",
        "P. ten Veldkamp",
        "Nick",
        "Jan",
        "Els Bos (stoel 7)",
        "Els Bos (stoel 8)",
    ]


members = st.lists(
    st.tuples(
        st.none() | st.integers(-3, 10**9), st.sampled_from([*NAMES, "Jan", "Jan", "", "allen", "3"]) | st.text()
    ),
    max_size=8,
).map(lambda rows: tuple(Panelist(f"id-{at}", seat=seat, name=name) for at, (seat, name) in enumerate(rows)))


@given(members, st.booleans())
def test_every_member_has_a_handle_of_their_own(panel: tuple[Panelist, ...], by_name: bool) -> None:
    index = name_index(panel)
    for member in panel:
        assert index.find(index.handle(member, by_name=by_name)) == (member,)


@given(st.text())
def test_any_text_is_taken_as_a_name(text: str) -> None:
    assert set(squeeze(first_name_of(text) + surname_of(text))) <= set(squeeze(text))
    assert name_index(PANEL).find(text) in [(), *((member,) for member in PANEL)]
