"""Who may be named how."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.content import GuideContent, NoteContent, PanelContent, QuestionContent, ThemeContent
from sto_desktop.domain.model import Guide, Note, Panel, Panelist, Question, Theme
from sto_desktop.domain.naming import NameMode, Naming, redacted
from sto_desktop.domain.vocabulary import Consent, NoteKind

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


def test_by_role_only_where_two_share_role_and_sector() -> None:
    naming = Naming(PANEL)
    assert [naming.of(item.id) for item in PANEL] == [
        "een panellid",
        "een docent vmbo",
        "een panellid",
        "een docent VMBO",
        "een panellid",
        "een panellid",
    ]
    assert naming.label("p2").many == "docenten vmbo"


def test_who_was_not_there_does_not_hide_who_was() -> None:
    absent = [replace(item, present=item.id != "p4") for item in PANEL]
    assert Naming(absent).of("p2") == "een panellid"


def test_without_consent_to_be_quoted_a_member_is_a_member() -> None:
    quiet = [replace(item, consent_quote=UNKNOWN) if item.id == "p2" else item for item in PANEL]
    assert Naming(quiet).of("p2") == "een panellid"
    assert Naming(quiet, NameMode.FULL).of("p2") == "een panellid"


def test_by_name_needs_consent_to_the_name() -> None:
    naming = Naming(PANEL, NameMode.FULL)
    assert naming.of("p1") == "Renée Oude Wessel"
    shy = [replace(item, consent_name=UNKNOWN) if item.id == "p2" else item for item in PANEL]
    assert Naming(shy, NameMode.FULL).of("p2") == "een docent vmbo"


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
    assert (label.one, label.many) == (one, many)


def test_words_may_be_quoted_only_when_everybody_who_said_them_agrees() -> None:
    naming = Naming(PANEL)
    assert naming.quotable(["p1", "p2"])
    assert not naming.quotable(["p1", "p5"])
    assert not naming.quotable([])
    assert not naming.quotable(["nobody"])


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Volgens P. Schol in ’t Hof kan het.", "Volgens een panellid kan het."),
        ("Volgens Schol in 't Hof kan het.", "Volgens een panellid kan het."),
        ("SCHOL IN ’T HOF belt terug.", "Een panellid belt terug."),
        ("Klaar. Schol  in\n't Hof belt.", "Klaar. Een panellid belt."),
        ("Schol in ’t Hofs plan", "Een panellid plan"),
        ("De hof is mooi, de schol ook.", "De hof is mooi, de schol ook."),
        ("Renée Oude Wessel belt.", "Renée Oude Wessel belt."),
    ],
)
def test_names_without_consent_go_from_texts(typed: str, shown: str) -> None:
    assert Naming(PANEL).redact(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "Cécile Brüning",
        "Cecile Bruning",
        "cécile brüning",
        "Brüning",
        "Bruning",
        "Ce\u0301cile Bru\u0308ning",
        "(Brüning)",
    ],
)
def test_accents_do_not_hide_a_name(typed: str) -> None:
    assert "ning" not in Naming([member(1, "Cécile Brüning", "", "", NO)]).redact(f"Dat zei {typed} net.")


def test_a_surname_that_is_a_word_goes_only_with_its_capital() -> None:
    naming = Naming([member(1, "Jan Bakker", "", "", NO)])
    assert naming.redact("De bakker en Bakker") == "De bakker en een panellid"
    assert naming.redact("Bakkerij Bakkers Bakkersman") == "Bakkerij een panellid Bakkersman"


def test_a_nickname_with_the_surname_is_a_name_too() -> None:
    naming = Naming([replace(member(1, 'Niels "Nick" Wolter', "", "", NO), first_name="Nick")])
    for typed in ("Niels Wolter", "Nick Wolter", "Wolter", 'Niels "Nick" Wolter'):
        assert naming.redact(f"met {typed} erbij") == "met een panellid erbij"


@given(st.lists(st.text(min_size=1, max_size=12), max_size=3), st.text(max_size=40))
def test_no_name_breaks_the_redaction(names: list[str], typed: str) -> None:
    naming = Naming([member(seat, name, "", "", NO) for seat, name in enumerate(names)])
    assert isinstance(naming.redact(typed), str)


def test_a_whole_panel_is_redacted_but_for_its_members() -> None:
    said = "Schol in ’t Hof zei het"
    content = PanelContent(
        panel=Panel(id="panel", remarks=said),
        guide=GuideContent(
            Guide(id="g"), (ThemeContent(Theme(id="t", script=said), (QuestionContent(Question(id="q", text=said)),)),)
        ),
        panelists=PANEL,
        notes=(NoteContent(Note(id="n", text=said, heading=said), NoteKind.REMARK),),
    )
    clean = redacted(content, Naming(PANEL))
    assert clean.notes[0].note.heading == clean.notes[0].text == clean.panel.remarks == "Een panellid zei het"
    assert clean.guide.themes[0].theme.script == clean.guide.themes[0].questions[0].text == "Een panellid zei het"
    assert clean.panelists == PANEL
    assert clean.notes[0].id == "n"


def test_where_everybody_may_be_named_nothing_changes() -> None:
    content = PanelContent(panel=Panel(id="panel"), guide=GuideContent(Guide(id="g")), panelists=PANEL[:2])
    assert redacted(content, Naming(content.panelists)) is content
