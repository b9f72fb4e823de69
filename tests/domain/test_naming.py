"""Who may be named how."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.privacy.naming import NameMode, Naming
from sto_desktop.domain.vocabulary import Consent

YES, NO, UNKNOWN = Consent.YES, Consent.NO, Consent.UNKNOWN


def member(seat: int, name: str, role: str, sector: str, named: Consent = YES, quoted: Consent = YES) -> Panelist:
    return Panelist(
        id=f"p{seat}", seat=seat, name=name, role=role, sector=sector, consent_name=named, consent_quote=quoted
    )


PANEL = (
    member(1, "Renée Oude Wessel", "leerkracht groep 8", "po"),
    member(2, "J. ten Veldkamp", "docent PIE", "vmbo"),
    member(3, "Annemarie Bröring", "coördinator Technolab", "vmbo"),
    member(4, "H. Kuipers", "Docent onderbouw", "VMBO"),
    member(5, "P. Schol in ’t Hof", "beleidsmedewerker", "gemeente", NO, NO),
    member(6, "Fatma Yıldız", "docent mechatronica", "mbo"),
)


def test_by_role_only_where_two_share_role_and_sector_in_one_wording() -> None:
    naming = Naming(PANEL)
    assert [naming.of(item.id) for item in PANEL] == [
        "een panellid",
        "een docent vmbo",
        "een panellid",
        "een docent vmbo",
        "een panellid",
        "een panellid",
    ]
    assert naming.label("p2").plural == "docenten vmbo"


def test_who_was_not_there_does_not_hide_who_was() -> None:
    absent = [replace(item, present=item.id != "p4") for item in PANEL]
    assert Naming(absent).of("p2") == "een panellid uit het vmbo"
    alone = [replace(item, present=item.id not in ("p3", "p4")) for item in PANEL]
    assert Naming(alone).of("p2") == "een panellid"


def test_by_sector_only_where_two_of_it_are_left() -> None:
    # Two teachers are called so; a third member of their sector would be the only one called by the sector.
    assert Naming(PANEL).of("p3") == "een panellid"
    more = (*PANEL, member(7, "L. Bos", "teamleider", "vmbo"))
    naming = Naming(more)
    assert naming.of("p3") == naming.of("p7") == "een panellid uit het vmbo"
    assert naming.label("p3").plural == "panelleden uit het vmbo"


def test_pseudonyms_are_letters_that_stay_and_say_nothing_about_seats() -> None:
    panel = (*PANEL, member(7, "L. Bos", "wethouder", "gemeente", YES, NO))
    naming = Naming(panel, NameMode.PSEUDONYM)
    names = {item.id: naming.of(item.id) for item in panel if item.consent_quote is YES}
    assert len(set(names.values())) == len(names)
    assert all(re.fullmatch("Panellid [A-G]", name) for name in names.values())
    assert [*names.values()] != sorted(names.values())
    assert naming.of("p5") == "een panellid"
    renamed = [replace(item, name=f"{item.name} x", seat=10 - (item.seat or 0)) for item in reversed(panel)]
    assert {item.id: Naming(renamed, NameMode.PSEUDONYM).of(item.id) for item in panel if item.id in names} == names


def test_without_consent_to_be_quoted_a_member_is_a_member() -> None:
    quiet = [replace(item, consent_quote=UNKNOWN) if item.id == "p2" else item for item in PANEL]
    assert Naming(quiet).of("p2") == "een panellid"
    assert Naming(quiet, NameMode.FULL).of("p2") == "een panellid"


def test_by_name_needs_consent_to_the_name() -> None:
    naming = Naming(PANEL, NameMode.FULL)
    assert naming.of("p1") == "Renée Oude Wessel"
    # The other teacher stands there by name: "een docent vmbo" would be nobody else.
    shy = [replace(item, consent_name=UNKNOWN) if item.id == "p2" else item for item in PANEL]
    assert Naming(shy, NameMode.FULL).of("p2") == "een panellid"
    both = [replace(item, consent_name=UNKNOWN) if item.id in ("p2", "p4") else item for item in PANEL]
    quiet = [replace(item, consent_name=NO, consent_quote=NO) if item.id == "p1" else item for item in both]
    assert Naming(quiet, NameMode.FULL).of("p2") == "een docent vmbo"


def test_who_may_not_be_quoted_does_not_hide_another_of_the_same_role() -> None:
    silent = [replace(item, consent_quote=NO) if item.id in ("p4", "p6") else item for item in PANEL]
    assert Naming(silent).of("p2") == "een panellid uit het vmbo"
    assert Naming(silent).of("p3") == "een panellid uit het vmbo"


def test_nobody_is_the_only_panellid_beside_others_who_are_told() -> None:
    others = [member(at, f"Naam {at}", "docent", sector) for at, sector in enumerate(("vmbo", "vmbo", "mbo", "mbo"))]
    assert {Naming(others).of(item.id) for item in others} == {"een docent vmbo", "een docent mbo"}
    for odd in (member(9, "Truus Bos", "wethouder", "gemeente"), member(9, "Truus Bos", "docent", "vmbo", NO, NO)):
        naming = Naming([*others, odd])
        called = [naming.of(item.id) for item in (*others, odd)]
        assert called.count("een panellid") == 3
        assert naming.of(odd.id) == "een panellid"


def test_who_is_unknown_is_a_member() -> None:
    assert Naming(PANEL).of("nobody") == Naming(PANEL).of(None) == "een panellid"


@pytest.mark.parametrize(
    ("role", "sector", "one", "many"),
    [
        ("directeur", "bedrijf", "een directeur van een bedrijf", "directeuren van een bedrijf"),
        ("Wethouder onderwijs", "gemeente", "een wethouder van een gemeente", "wethouders van een gemeente"),
        ("technisch leider", "mbo", "een technisch leider mbo", "panelleden"),
        ("vormgever", "overig", "een vormgever", "panelleden"),
        ("medewerker Technolab", "Technolab", "een medewerker van het Technolab", "medewerkers van het Technolab"),
        ("docent mbo", "mbo", "een docent mbo", "docenten mbo"),
    ],
)
def test_roles_read_as_dutch(role: str, sector: str, one: str, many: str) -> None:
    label = Naming([member(1, "A. Een", role, sector), member(2, "B. Twee", role, sector)]).label("p1")
    assert (label.singular, label.plural) == (one, many)


def test_words_may_be_quoted_only_when_everybody_who_said_them_agrees() -> None:
    naming = Naming(PANEL)
    assert naming.quotable(["p1", "p2"])
    assert not naming.quotable(["p1", "p5"])
    assert not naming.quotable([])
    assert not naming.quotable(["nobody"])


def test_by_name_the_only_one_without_a_name_has_company() -> None:
    members = [member(at, f"Lid {at}", "docent", "vmbo", NO if at == 2 else YES) for at in range(1, 6)]
    naming = Naming(members, NameMode.FULL)
    called = [naming.of(item.id) for item in members]
    assert called[1] == "een docent vmbo"
    assert called.count("een docent vmbo") == 2
    # Whoever keeps the first company does so in every document, wherever they sit.
    assert [Naming(reversed(members), NameMode.FULL).of(item.id) for item in members] == called
    # In lists and texts that one has no name either, or the only one missing would be known by it.
    shown = {item.id for item in members if naming.shows_name(item)}
    assert len(shown) == 3
    assert shown == {item.id for item in members if naming.of(item.id) == item.name}
