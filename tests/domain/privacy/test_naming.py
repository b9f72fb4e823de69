"""Who may be named, and how."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from string import ascii_uppercase

import pytest

from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import Mention
from sto_desktop.domain.privacy.naming.crowd import Crowd
from sto_desktop.domain.privacy.naming.leaders import named_leaders
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming, mentions_of_seats, pseudonyms, unnamed
from sto_desktop.domain.privacy.naming.roles import MemberLabel
from sto_desktop.domain.privacy.redaction import Redactor
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
    # Two teachers share this label; a third member of their sector would be the only one called by the sector.
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
    assert naming.of("p2") == "J. ten Veldkamp"
    # Those of the same sector are the company, so none of them is named.
    shy = [replace(item, consent_name=UNKNOWN) if item.id == "p2" else item for item in PANEL]
    called = [Naming(shy, NameMode.FULL).of(item.id) for item in PANEL]
    assert called[1:4] == ["een panellid uit het vmbo"] * 3
    two = [item for item in shy if item.id != "p3"]
    assert [Naming(two, NameMode.FULL).of(key) for key in ("p2", "p4")] == ["een docent vmbo"] * 2


def test_who_may_not_be_quoted_does_not_hide_another_of_the_same_role() -> None:
    willing = [replace(item, consent_name=YES, consent_quote=YES) for item in PANEL]
    silent = [replace(item, consent_quote=NO) if item.id in ("p4", "p6") else item for item in willing]
    # Their company is not quoted either.
    assert Naming(silent).of("p2") == Naming(silent).of("p3") == "een panellid"


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
        ("Docent, PIE en BWI", "vmbo", "een docent vmbo", "docenten vmbo"),
        ("conciërge vmbo", "vmbo", "een conciërge vmbo", "panelleden"),
        # Without a role, a sector, or a phrase for the sector, only what is known of both is mentioned.
        ("docent", "", "een panellid", "panelleden"),
        ("", "vmbo", "een panellid uit het vmbo", "panelleden uit het vmbo"),
        ("", "bank", "een panellid", "panelleden"),
    ],
)
def test_roles_read_as_dutch(role: str, sector: str, one: str, many: str) -> None:
    label = Naming([member(1, "A. Een", role, sector), member(2, "B. Twee", role, sector)]).label("p1")
    assert (label.singular, label.plural) == (one, many)


def test_words_may_be_quoted_only_when_everybody_who_said_them_agrees() -> None:
    naming = Naming(PANEL)
    assert naming.quotable(["p2", "p3"])
    assert not naming.quotable(["p2", "p5"])
    assert not naming.quotable([])
    assert not naming.quotable(["nobody"])


def test_by_name_the_only_one_without_a_name_has_company() -> None:
    members = [member(at, f"Lid {at}", "docent", "vmbo", NO if at == 2 else YES) for at in range(1, 6)]
    naming = Naming(members, NameMode.FULL)
    called = [naming.of(item.id) for item in members]
    assert called[1] == "een docent vmbo"
    assert called.count("een docent vmbo") == 2
    # The companion of the first member is the same in every document, wherever they sit.
    assert [Naming(reversed(members), NameMode.FULL).of(item.id) for item in members] == called
    # In lists and texts the companion has no name either: otherwise the only missing name would be known.
    shown = {item.id for item in members if naming.shows_name(item)}
    assert len(shown) == 3
    assert shown == {item.id for item in members if naming.of(item.id) == item.name}


def test_who_has_a_sector_without_a_wording_is_company_for_who_is_alone() -> None:
    roles = ("docent", "decaan", "kapper", "bakker", "wethouder")
    sectors = ("vmbo", "vmbo", "overig", "overig", "gemeente")
    members = [
        member(at, f"Lid {at}", role, sector) for at, (role, sector) in enumerate(zip(roles, sectors, strict=True))
    ]
    naming = Naming(members)
    assert [naming.of(item.id) for item in members] == [*["een panellid uit het vmbo"] * 2, *["een panellid"] * 3]


def test_those_who_are_company_for_one_are_not_called_by_their_sector_either() -> None:
    roles = ("docent", "docent", "decaan", "kapper", "bakker")
    members = [member(at, f"Lid {at}", role, "vmbo") for at, role in enumerate(roles)]
    naming = Naming([*members, member(9, "Truus Bos", "wethouder", "gemeente", quoted=NO)])
    # The bakker is her company, so that the two docenten keep their label.
    called = [*["een docent vmbo"] * 2, *["een panellid uit het vmbo"] * 2, "een panellid"]
    assert [naming.of(item.id) for item in members] == called


def test_more_members_than_letters_have_a_pseudonym_of_their_own() -> None:
    members = [member(at, "", "", "") for at in range(26 + 26 * 26 + 1)]
    letters = (*ascii_uppercase, *map("".join, product(ascii_uppercase, repeat=2)), "AAA")
    assert [*pseudonyms(members).values()] == [f"Panellid {letter}" for letter in letters]


@pytest.mark.parametrize("mode", [NameMode.FULL, NameMode.PSEUDONYM])
def test_who_has_a_name_of_their_own_has_it_in_the_plural_too(mode: NameMode) -> None:
    naming = Naming(PANEL, mode)
    assert naming.label("p2") == MemberLabel(naming.of("p2"), naming.of("p2"))
    assert naming.of("p2") in ("J. ten Veldkamp", *(f"Panellid {letter}" for letter in "ABCDEF"))


def test_who_spoke_although_absent_is_called_like_those_who_were_there() -> None:
    gone = {"p7": "docent", "p8": "conciërge"}
    absent = [replace(member(int(key[1]), key, role, "vmbo"), present=False) for key, role in gone.items()]
    elsewhere = replace(member(9, "Truus Bos", "wethouder", "gemeente"), present=False)
    naming = Naming((*PANEL, *absent, elsewhere))
    # Two teachers were present, and nobody who is called by the sector only.
    assert [naming.of(key) for key in ("p7", "p8", "p9")] == ["een docent vmbo", "een panellid", "een panellid"]
    more = Naming((*PANEL, member(0, "L. Bos", "teamleider", "vmbo"), *absent))
    assert more.of("p8") == "een panellid uit het vmbo"


def test_the_only_speaker_who_may_not_be_quoted_is_not_the_only_one_without_a_name() -> None:
    members = [member(at, f"Lid {at}", "docent", "vmbo", quoted=NO if at == 2 else YES) for at in range(1, 8)]
    naming = Naming(members, NameMode.FULL)
    nameless = [item for item in members if naming.of(item.id) == "een panellid"]
    assert len(nameless) == 2
    assert members[1] in nameless
    # The companion is always the same, wherever they sit, and is not quoted.
    assert {item.id for item in nameless} == {
        item.id for item in members if Naming(reversed(members), NameMode.FULL).of(item.id) == "een panellid"
    }
    assert [item for item in members if not naming.quotable([item.id])] == nameless
    # Not the member on the first seat, but the same one whatever else is known about them.
    assert nameless != members[:2]
    # In a list both are named, since they consented to that.
    assert all(naming.shows_name(item) for item in members)


def test_who_sits_alone_without_a_name_is_a_member() -> None:
    assert Naming([member(1, "Truus Bos", "docent", "vmbo", NO)], NameMode.FULL).of("p1") == "een panellid"


def test_beside_names_words_are_quoted_only_if_another_could_have_said_them() -> None:
    named = [member(at, f"Lid {at}", "directeur", "bedrijf") for at in (1, 2, 3)]
    first, second = (member(at, f"Lid {at}", "docent", "vmbo", NO) for at in (4, 5))
    both = Naming([*named, first, second], NameMode.FULL)
    assert both.of("p4") == "een docent vmbo"
    assert both.quotable(["p1", "p4"])
    silent = [*named, first, replace(second, consent_quote=NO)]
    assert not Naming(silent, NameMode.FULL).quotable(["p4"])
    assert Naming(silent, NameMode.FULL).quotable(["p1"])
    # By role too: whoever may not be quoted is not the only one, since the other docent is the companion.
    assert not Naming(silent, NameMode.ROLE).quotable(["p4"])
    assert Naming(silent, NameMode.ROLE).quotable(["p1"])
    # An absent member hides nobody.
    absent = replace(member(6, "Lid 6", "kapper", "overig", NO), present=False)
    assert not Naming([*silent, absent], NameMode.FULL).quotable(["p4"])


def test_names_stand_in_the_order_given_and_who_has_none_by_what_they_are_called() -> None:
    named = [member(at, f"Lid {at}", "directeur", "bedrijf") for at in (3, 1, 2)]
    roles = ("wethouder", "wethouder", "docent", "docent", "kapper", "bakker")
    hidden = [member(at, f"Lid {at}", role, "mbo", NO) for at, role in enumerate(roles, 4)]
    apart = [replace(item, sector="overig") for item in hidden[4:]]
    panel = [*hidden[:4], *apart, *named]
    naming = Naming(panel, NameMode.FULL)
    ordered = naming.in_order(["nobody", *(item.id for item in panel)])
    assert [naming.of(key) for key in ordered] == [
        *("Lid 3", "Lid 1", "Lid 2"),
        *("een docent mbo", "een docent mbo"),
        *("een wethouder mbo", "een wethouder mbo"),
        *("een panellid", "een panellid", "een panellid"),
    ]
    # Members without a name have the same order wherever they sit.
    assert naming.in_order(reversed(ordered)) == [*reversed(ordered[:3]), *ordered[3:]]


def test_the_name_of_who_does_not_take_part_must_go_whatever_they_allowed() -> None:
    gone = member(9, "Truus Zandvoort", "docent", "vmbo")
    mentions = Redactor(Naming(PANEL, withdrawn=[gone])).find("Volgens Truus en Renée kan het.")
    assert [(mention.words, mention.must) for mention in mentions] == [("Truus", True), ("Renée", False)]


def test_in_a_text_who_was_not_there_is_somebody_where_everybody_who_was_has_a_name() -> None:
    away = replace(member(9, "Truus Zandvoort", "docent", "vmbo", NO), present=False)
    named = [item for item in PANEL if item.consent_name is YES]
    by_name, by_role = (Naming([*named, away], mode) for mode in (NameMode.FULL, NameMode.ROLE))
    assert [by_name.in_text(key).singular for key in ("p1", "p9", None)] == ["een panellid", "iemand", "iemand"]
    # Nobody has a name there, so whoever "een panellid" is may have been present.
    assert [by_role.in_text(key).singular for key in ("p1", "p9", None)] == ["een panellid", "iemand", "een panellid"]
    # Somebody who was there has no name either.
    assert Naming([*PANEL, away], NameMode.FULL).in_text("p9").singular == "een panellid"
    assert Naming([away], NameMode.FULL).in_text("p9").singular == "een panellid"


@pytest.mark.parametrize(
    ("noted", "told"),
    [
        ("petra", False),
        ("Petra M.", False),
        ("Anke en Petra", False),
        ("Anke de Wit, petra", False),
        ("Anke de Wit (vervangt petra)", False),
        ("mevrouw meijerink", False),
        ("petra.meijerink@school.nl", False),
        ("stagiair van petra", False),
        ("Petra Meijerink-Bos", False),
        ("Petra de Vries", True),
        ("Jan Meijerink", True),
        ("Anke de Wit", True),
    ],
)
def test_who_noted_is_told_by_office_where_the_field_holds_a_hidden_name(noted: str, told: bool) -> None:
    hidden = [member(1, "Petra Meijerink", "docent", "vmbo", NO)]
    leaders = dict(named_leaders(Panel("p", note_taker=noted), hidden))
    assert leaders == ({"notulist": noted} if told else {})


def test_elsewhere_than_in_their_own_panel_nobody_consented_to_be_named() -> None:
    member = Panelist("K", name="Jan Kok", consent_name=Consent.YES, consent_quote=Consent.YES)
    assert unnamed(member) == replace(member, consent_name=Consent.NO)


def test_who_was_absent_may_be_named_if_they_said_so_whatever_the_groups_of_who_was_there() -> None:
    absent = (member(at, f"Lid {at}", "kok", "overig", named) for at, named in ((7, YES), (8, NO)))
    said_yes, said_no = (replace(item, present=False) for item in absent)
    naming = Naming((*PANEL, said_yes, said_no), NameMode.FULL)
    assert (naming.shows_name(said_yes), naming.shows_name(said_no)) == (True, False)


def test_no_group_tells_that_somebody_who_does_not_take_part_is_missing() -> None:
    withdrawn = [member(7, "Truus Bos", "docent", "mbo", NO, NO)]
    crowd = Naming(PANEL, withdrawn=withdrawn).crowd
    assert crowd.sectors == Crowd(PANEL, withdrawn).sectors != Crowd(PANEL).sectors


def test_who_led_has_their_office_in_texts_of_one_and_of_several() -> None:
    leader = Panelist("P/moderator", name="Anne Blok", role="de gespreksleider")
    naming = Naming(PANEL, leading=(leader,), panel="P")
    assert naming.in_text(leader.id) == MemberLabel("de gespreksleider", "de gespreksleider")
    assert (naming.panel, Naming(PANEL).panel) == ("P", "")


def test_a_seat_that_a_text_says_is_likely_whoever_sits_there() -> None:
    text = "@2 en stoel 4 knikken, stoel 9 is leeg"
    assert mentions_of_seats(text, PANEL) == (
        Mention(0, 2, "@2", NameForm.ADDRESS, ("p2",), grade=Grade.LIKELY),
        Mention(6, 13, "stoel 4", NameForm.ADDRESS, ("p4",), grade=Grade.LIKELY),
    )
    assert mentions_of_seats("de stoel kraakt", PANEL) == ()
    assert mentions_of_seats(text, [replace(item, seat=None) for item in PANEL]) == ()
