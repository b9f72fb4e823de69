"""Names in texts: found in every spelling, replaced where necessary, kept where a person decided so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.model import Guide, Note, Panel, Panelist, Question, Tag, Theme
from sto_desktop.domain.panel.content import (
    GuideContent,
    NoteContent,
    PanelContent,
    QuestionContent,
    ThemeContent,
)
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.panel_texts import found_in, redacted
from sto_desktop.domain.privacy.participation import naming_of
from sto_desktop.domain.privacy.redaction import Redactor
from sto_desktop.domain.privacy.to_check import ToCheck, to_check
from sto_desktop.domain.vocabulary import Consent, NoteKind

YES, NO = Consent.YES, Consent.NO


def member(seat: int, name: str, named: Consent = YES, role: str = "", sector: str = "") -> Panelist:
    return Panelist(
        id=f"p{seat}", seat=seat, name=name, role=role, sector=sector, consent_name=named, consent_quote=YES
    )


PANEL = (
    member(1, "Renée Oude Wessel"),
    member(2, "J. ten Veldkamp", role="docent PIE", sector="vmbo"),
    member(3, "H. Kuipers", role="docent onderbouw", sector="vmbo"),
    member(4, "P. Schol in ’t Hof", NO),
)


def clean(text: str, members: Sequence[Panelist] = PANEL, mode: NameMode = NameMode.FULL) -> str:
    return Redactor(Naming(members, mode)).redact(text)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Volgens P. Schol in ’t Hof kan het.", "Volgens een panellid kan het."),
        ("Volgens Schol in 't Hof kan het.", "Volgens een panellid kan het."),
        ("SCHOL IN ’T HOF belt terug.", "Een panellid belt terug."),
        ("Klaar. Schol  in\n't Hof belt.", "Klaar. Een panellid belt."),
        ("Schol in ’t Hofs plan", "Het plan van een panellid"),
        ("De hof is mooi, de schol ook.", "De hof is mooi, de schol ook."),
        ("J. ten Veldkamp belt.", "J. ten Veldkamp belt."),
    ],
)
def test_names_without_consent_go_from_texts(typed: str, shown: str) -> None:
    assert clean(typed) == shown


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
    assert "ning" not in clean(f"Dat zei {typed} net.", [member(1, "Cécile Brüning", NO)])


def test_a_surname_that_is_a_word_goes_only_with_its_capital() -> None:
    members = [member(1, "Jan Bakker", NO)]
    assert clean("De bakker en Bakker", members) == "De bakker en een panellid"
    assert clean("Bakkerij Bakkers Bakkersman", members) == "Bakkerij de Bakkersman van een panellid"


def test_a_nickname_with_the_surname_is_a_name_too() -> None:
    members = [replace(member(1, 'Niels "Nick" Wolter', NO), first_name="Nick")]
    for typed in ("Niels Wolter", "Nick Wolter", "Wolter", 'Niels "Nick" Wolter'):
        assert clean(f"met {typed} erbij", members) == "met een panellid erbij"


_ORDINARY_NAMES = """
    Jan Bloem; Hans de Wit; Pim Mulder; Oeds de Boer; Bartjan Wiefferink; Marijke Ter Braak; N. Oude Nijeweme;
    Ysbrand Kluis; Johanna Beld; Wim Rij; Roos Tsas; Sep Boom; Mees van den Berg; Mark Beer; Wil Groen; Piet van Dijk;
    Bas de Groot; Max Prins; Iris Kok; Kim Post; Sam Brink; Rob Bos; Tim de Jong; Ton van der Elst; Ben Wegwijzer;
    Tom van ’t Hof; Eva Bakker; Joost Visser; Han Brug; Ger Klein
"""
SENTENCES = (Path(__file__).parents[1] / "data" / "ordinary_sentences.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.long
@pytest.mark.parametrize("sentence", SENTENCES)
def test_ordinary_sentences_stay_whole_beside_members_who_are_called_by_their_words(sentence: str) -> None:
    names = [name.strip() for name in _ORDINARY_NAMES.split(";")]
    members = [replace(member(seat, name, NO), first_name=name.split()[0]) for seat, name in enumerate(names, 1)]
    assert Redactor(Naming(members, NameMode.ROLE), doubtful=True).redact(sentence) == sentence


@given(st.lists(st.text(min_size=1, max_size=12), max_size=3), st.text(max_size=40))
def test_no_name_breaks_the_redaction(names: list[str], typed: str) -> None:
    members = [member(seat, name, NO) for seat, name in enumerate(names)]
    assert isinstance(clean(typed, members), str)


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
    clean = redacted(content, Redactor(Naming(PANEL, NameMode.FULL)))
    assert clean.notes[0].note.heading == clean.notes[0].text == clean.panel.remarks == "Een panellid zei het"
    assert clean.guide.themes[0].theme.script == clean.guide.themes[0].questions[0].text == "Een panellid zei het"
    assert clean.panelists == PANEL
    assert clean.notes[0].id == "n"


def test_where_everybody_may_be_named_nothing_changes() -> None:
    content = PanelContent(panel=Panel(id="panel"), guide=GuideContent(Guide(id="g")), panelists=PANEL[:2])
    assert redacted(content, Redactor(Naming(content.panelists, NameMode.FULL))) == content


TABLE = (
    replace(member(1, "Ahmet Çelik", role="coördinator", sector="Technolab"), first_name="Ahmet"),
    replace(member(2, "Truus Engbers-Wientjes", role="docent", sector="vmbo"), first_name="Truus"),
    replace(member(3, "Jan ter Denge", role="docent", sector="vmbo"), first_name="Jan"),
    replace(member(4, "Roos Koning"), first_name="Roos"),
    replace(member(5, "Lieke Smits", NO), first_name="Lieke"),
    replace(member(8, "Bo Sørensen"), first_name="Bo"),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ahmet komt eerst kijken.", "Een panellid komt eerst kijken."),
        ("Vraag het Ahmet Celik maar.", "Vraag het een panellid maar."),
        ("Vraag het A. Çelik of A Celik maar.", "Vraag het een panellid of een panellid maar."),
        ("Met Bo Sorensen en SØRENSEN erbij.", "Met een panellid en een panellid erbij."),
        ("Met ÇELIK erbij.", "Met een panellid erbij."),
        ("Ahmets lokaal, en Ahmet's klas.", "Het lokaal van een panellid, en de klas van een panellid."),
        ("Het lokaal van Truus’ buurvrouw.", "Het lokaal van de buurvrouw van een docent vmbo."),
        ("juf Truus en mevrouw Engbers", "Een docent vmbo en een docent vmbo"),
        ("Dat weet meneer Ter Denge.", "Dat weet een docent vmbo."),
        ("Dat weet Denge.", "Dat weet een docent vmbo."),
        ("Jan-Willem is iemand anders, Janneke ook.", "Jan-Willem is iemand anders, Janneke ook."),
        ("Lieke-Anne misschien niet.", "Lieke-Anne misschien niet."),
        ("Jan Jansen is iemand anders.", "Jan Jansen is iemand anders."),
        ("ahmet en truus zonder hoofdletter", "Een panellid en een docent vmbo zonder hoofdletter"),
        ("Toen zei mevrouw koning niets.", "Toen zei een panellid niets."),
        ("vraag dhr. ter denge of ter denge zelf", "vraag een docent vmbo of een docent vmbo zelf"),
        ("dat weten de Koning en Smits ook", "dat weten twee panelleden ook"),
        ("Jan Smits is er twee.", "Een panellid is er twee."),
        ("#jan belt @ahmetc en #ter_denge", "Een docent vmbo belt een panellid en een docent vmbo"),
        ("(Meneer T.D. niet, *mevrouw T.E.* wel)", "(Een docent vmbo niet, *een docent vmbo* wel)"),
        ("Dat zei Roos.", "Dat zei een panellid."),
        ("Roos is een bloem, en koning een ambt.", "Roos is een bloem, en koning een ambt."),
        ("Mail ahmet@technolab.nl.", "Mail een panellid."),
        ("Mail info@technolab.nl of bosch@technolab.nl.", "Mail info@technolab.nl of een e-mailadres."),
        ("Bos is geen Bo, Het Bos een wijk.", "Bos is geen een panellid, Het Bos een wijk."),
    ],
)
def test_by_role_every_name_goes_as_it_is_written(typed: str, shown: str) -> None:
    assert clean(typed, TABLE, NameMode.ROLE) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Bel Smits: tel. Smits", "Bel een panellid: tel. een panellid"),
        ("Ja. Smits: nee", "Ja. Een panellid: nee"),
        ("bel o.a. Smits, en bijv. Lieke", "bel o.a. een panellid, en bijv. een panellid"),
        ("actie: lieke", "actie: een panellid"),
        ("Lieke Smits Lieke belt", "Een panellid belt"),
        ("vraag een smits", "vraag een panellid"),
        ("Een Lieke is er niet", "Een panellid is er niet"),
        ("L.M. Smits, en mw. L. Smits", "Een panellid, en een panellid"),
    ],
)
def test_a_label_stands_in_its_sentence_as_dutch_wants_it(typed: str, shown: str) -> None:
    assert Redactor(Naming(TABLE, NameMode.ROLE), doubtful=True).redact(typed) == shown


def test_pseudonyms_stand_in_texts_too() -> None:
    cleaned = clean("Ahmets plan was van Ahmet.", TABLE, NameMode.PSEUDONYM)
    name = Naming(TABLE, NameMode.PSEUDONYM).of("p1")
    assert cleaned == f"Het plan van {name} was van {name}."


def test_in_full_only_those_go_who_may_not_be_named() -> None:
    several = tuple(replace(item, consent_name=NO) if item.first_name == "Bo" else item for item in TABLE)
    assert (
        clean("Truus belt Lieke, en Lieke belt Bo.", several)
        == "Truus belt een panellid, en een panellid belt een panellid."
    )


def test_in_full_the_only_one_who_may_not_be_named_is_not_the_only_one_who_goes() -> None:
    said = [clean(f"{item.first_name} belt.", TABLE) for item in TABLE]
    assert said.count("Een panellid belt.") == 2
    assert said[4] == "Een panellid belt."


def test_a_name_of_two_members_says_neither_role() -> None:
    both = (*TABLE, replace(member(6, "Truus Bos", role="docent", sector="vmbo"), first_name="Truus"))
    assert clean("Truus belt.", both, NameMode.ROLE) == "Een panellid belt."


def test_somebody_decides_what_is_replaced_and_what_stays() -> None:
    content = PanelContent(
        panel=Panel(id="panel"),
        guide=GuideContent(Guide(id="g")),
        panelists=TABLE,
        notes=tuple(
            NoteContent(Note(id=f"n{at}", text=text), NoteKind.REMARK)
            for at, text in enumerate(("Roos is een bloem.", "Ahmet belt.", "Ahmet komt."))
        ),
    )
    naming = Naming(TABLE, NameMode.ROLE)
    found = found_in(content, Redactor(naming))
    assert [(item.row, item.mention.name, item.replaced, item.decided) for item in found] == [
        ("n0", "Roos", False, False),
        ("n1", "Ahmet", True, False),
        ("n2", "Ahmet", True, False),
    ]
    decisions = {found[0].key: True, found[1].key: False}
    clean_content = redacted(content, Redactor(naming, decisions))
    assert [note.text for note in clean_content.notes] == [
        "Een panellid is een bloem.",
        "Ahmet belt.",
        "Een panellid komt.",
    ]
    again = found_in(content, Redactor(naming, decisions))
    assert [(item.replaced, item.decided) for item in again] == [(True, True), (False, True), (True, False)]


def test_a_name_and_the_same_word_in_one_text_are_decided_apart() -> None:
    redactor = Redactor(Naming(TABLE, NameMode.ROLE))
    name, word = redactor.find("Dat zei Roos over een roos.", "n", "text")
    assert (name.replaced, word.replaced) == (True, False)
    decided = Redactor(Naming(TABLE, NameMode.ROLE), {name.key: True, word.key: False})
    assert decided.redact("Dat zei Roos over een roos.", "n", "text") == "Dat zei een panellid over een roos."
    # A decision from before the distinction of words still holds for the name alone.
    before = Redactor(Naming(TABLE, NameMode.ROLE), {"n/text/roos": False})
    assert before.redact("Dat zei Roos over een roos.", "n", "text") == "Dat zei Roos over een roos."


def test_what_is_not_certain_is_told_with_its_sentence_what_stays_first() -> None:
    redactor = Redactor(Naming(TABLE, NameMode.ROLE), doubtful=True)
    text = "Ahmet kwam laat. Volgens smits kan het. Er bloeit een roos.\nEr bloeit een roos."
    assert to_check(redactor.find(text)) == (
        ToCheck("roos", "Er bloeit een roos.", None),
        ToCheck("smits", "Volgens smits kan het.", "een panellid"),
    )
    long = f"{'woord ' * 60}roos {'woord ' * 60}"
    (only,) = to_check(redactor.find(long))
    assert only.sentence.startswith("…")
    assert only.sentence.endswith("…")
    assert len(only.sentence) < 220


def test_labels_and_the_name_of_the_guide_are_redacted_and_found_too() -> None:
    note = NoteContent(Note(id="n", text="Goed."), NoteKind.REMARK, tags=(Tag("t", "ahmet_plan"), Tag("u", "vervoer")))
    content = PanelContent(
        panel=Panel(id="p"),
        guide=GuideContent(Guide(id="g", name="leidraad van ahmet")),
        panelists=TABLE,
        notes=(note,),
    )
    redactor = Redactor(Naming(TABLE, NameMode.ROLE))
    assert [place.row for place in found_in(content, redactor)] == ["g", "t"]
    clean_content = redacted(content, redactor)
    assert [tag.name for tag in clean_content.notes[0].tags] == ["Een panellid", "vervoer"]
    assert clean_content.guide.guide.name == "leidraad van een panellid"


def test_what_is_bundled_is_looked_at_too() -> None:
    inner = NoteContent(Note(id="n2", text="Ahmet ook."), NoteKind.REMARK)
    outer = NoteContent(Note(id="n1", text="Dat klopt."), NoteKind.REMARK, bundled=(inner,))
    content = PanelContent(panel=Panel(id="p"), guide=GuideContent(Guide(id="g")), panelists=TABLE, notes=(outer,))
    redactor = Redactor(Naming(TABLE, NameMode.ROLE))
    assert [place.row for place in found_in(content, redactor)] == ["n2"]
    assert redacted(content, redactor).notes[0].bundled[0].text == "Een panellid ook."


@given(
    st.text(max_size=60),
    st.sampled_from(["Ahmet Çelik", "ter Denge", "Engbers-Wientjes", "A. Celik"]),
    st.text(max_size=60),
)
def test_a_name_between_spaces_never_stays(before: str, name: str, after: str) -> None:
    redactor = Redactor(Naming(TABLE, NameMode.ROLE), doubtful=True)
    assert f" {name}," not in redactor.redact(f"{before} {name}, {after}")


NAMING_TEXTS = st.sampled_from(["Kees Visser", "van Kees", "Vissers plan"])


@given(texts=st.lists(st.text(alphabet="abK Vis.\x01é", max_size=40) | NAMING_TEXTS))
def test_one_search_through_all_texts_finds_those_that_each_would(texts: list[str]) -> None:
    members = (Panelist(id="k", name="Kees Visser", first_name="Kees"),)
    redactor = Redactor(Naming(members, NameMode.ROLE), doubtful=True)
    named = redactor.may_name(texts)
    assert {at for at, text in enumerate(texts) if redactor.redact(text) != text} <= named
    assert all(text for at, text in enumerate(texts) if at in named)


@pytest.mark.parametrize("name", ["A.-L. de Boer", "T. Smit", "L. Al Hassan", "D.A. Prak"])
def test_a_name_goes_whole_whose_initials_look_like_a_particle(name: str) -> None:
    members = (member(1, name, NO), member(2, "Kees Kok"))
    surname = name.split(" ", 1)[1]
    for typed in (name, name.replace("-", ""), f"{name[0]}. {surname}", surname):
        assert clean(f"Dan zegt {typed} iets.", members, NameMode.ROLE) == "Dan zegt een panellid iets."


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("R.K. Wolthof (Roelie)", "roelie had griep"),
        ("H.J. Tempelman (Harma)", "juf harma"),
        ("Wolda, G. (Geertien)", "geertien"),
    ],
)
def test_a_first_name_in_brackets_behind_initials_is_a_name(name: str, typed: str) -> None:
    first = typed.split()[-1] if typed.startswith("juf") else typed.split()[0]
    assert first not in clean(f"toen zei {typed} dat.", [member(1, name, NO)])


@pytest.mark.parametrize("name", ["R.K. Wolthof (voorzitter)", "R.K. Wolthof (Saxion)", "Roel Wolthof (Technolab)"])
def test_what_follows_in_brackets_otherwise_is_none(name: str) -> None:
    text = "De voorzitter van Saxion was in het Technolab."
    assert clean(text, [member(1, name, NO)]) == text


def test_who_led_is_found_in_texts_but_not_on_the_cover_where_they_stay() -> None:
    content = PanelContent(
        panel=Panel(id="panel", moderator="Froukje Dijkema", note_taker="Lars Olthof"),
        guide=GuideContent(Guide(id="g")),
        panelists=TABLE,
        notes=(NoteContent(Note(id="n", text="Dat vroeg Froukje Dijkema zelf."), NoteKind.REMARK),),
    )
    naming = naming_of(content, NameMode.ROLE)
    redactor = Redactor(naming)
    assert redacted(content, redactor).panel.moderator == "Froukje Dijkema"
    found = found_in(content, redactor)
    assert [(name.field, name.words, name.replaced, name.must) for name in found] == [
        ("text", "Froukje Dijkema", True, False)
    ]
