"""What somebody said in a file that came in before the list of members is theirs all the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from sto_desktop.cli import run
from sto_desktop.domain.model import Note, Panel, Panelist
from sto_desktop.domain.names.said_by import likely_speakers, speakers_of
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.privacy.erasing import own_words
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.exchange.notes_source import source_in
from sto_desktop.workplace.importing import notes_intake
from tests.names.hurried_panel import texts_of

WORDS = "ik vond de kar zqtwee te klein"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A panel whose notes came in before its members, of whom one does not take part."""
    made, notes, members = (tmp_path / name for name in ("panel.sto", "gesprek.txt", "leden.csv"))
    notes.write_text(
        f"Durk Hoitema: {WORDS}.\nTineke Wester: de werkplaats was vol.\nDurk Hoitema: dat was het.\n",
        encoding="utf-8",
    )
    members.write_text(
        "Naam;Functie;Deelname\nDurk Hoitema;docent;nee\nTineke Wester;docent;ja\nAda Blom;docent;ja\n",
        encoding="utf-8",
    )
    assert run(["importeer", str(made), str(notes)]) == 0
    assert run(["importeer", str(made), "--panelleden", str(members)]) == 0
    return made


@pytest.mark.parametrize("names", ["rol", "voluit", "alles"])
@pytest.mark.parametrize("ending", ["md", "csv"])
def test_words_of_who_does_not_take_part_are_left_out(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str, names: str
) -> None:
    out = tmp_path / f"uit.{ending}"
    assert run(["exporteer", str(dossier), "--formaat", ending, "--namen", names, "-o", str(out)]) == 0
    text = "\n".join(texts_of(out))
    assert "werkplaats was vol" in text
    assert WORDS not in text
    assert "2 notities bleven weg" in capsys.readouterr().out


def test_a_copy_holds_none_of_them(dossier: Path, tmp_path: Path) -> None:
    out = tmp_path / "kopie.sto"
    assert run(["delen", str(dossier), "--namen", "alles", "-o", str(out)]) == 0
    assert WORDS.encode() not in out.read_bytes()
    assert b"werkplaats was vol" in out.read_bytes()


def test_wiping_what_a_person_said_takes_them(dossier: Path, tmp_path: Path) -> None:
    assert (
        run(["wissen", str(dossier), "--persoon", "Durk Hoitema", "--woorden", "--wisbewijs", str(tmp_path / "b.docx")])
        == 0
    )
    assert WORDS.encode() not in dossier.read_bytes()
    assert b"werkplaats was vol" in dossier.read_bytes()


REPORTS = {
    "exporteer": ("exporteer", "--formaat", "csv"),
    "delen": ("delen",),
    "verslag": ("verslag", "--vorm", "notulen"),
}


@pytest.mark.parametrize("command", REPORTS)
def test_what_is_about_who_does_not_take_part_is_told_once_below_their_words_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    made, notes, members = (tmp_path / name for name in ("p.sto", "n.txt", "leden.csv"))
    lines = ("wil meer uren", "pleit voor meer geld", "voelt zich niet gehoord")
    notes.write_text("- de kar is te laat\n" + "".join(f"- Durk {line}\n" for line in lines), "utf-8")
    members.write_text("Naam;Functie;Deelname\nDurk Hoitema;docent;nee\nAda Blom;docent;ja\n", "utf-8")
    for read in (["--panelleden", str(members)], [str(notes)]):
        assert run(["importeer", str(made), *read, "--panel", "P"]) == 0
    capsys.readouterr()
    name, *options = REPORTS[command]
    out = tmp_path / {"exporteer": "o.csv", "delen": "o.sto", "verslag": "o.md"}[command]
    assert run([name, str(made), *options, "--namen", "rol", "-o", str(out), "--json"]) == 0
    listed = [doubt["sentence"] for doubt in json.loads(capsys.readouterr().out)["nakijken"]]
    assert listed == [f"Durk {line}" for line in lines[1:]]


GONE, STAYS = "woordweg", "woordblijft"
HIS, HERS = "Joost ter Braak", "Karin Smit"
POINTS = f"## Beeldvorming\n### Wat kan beter?\n- {{0}}\n  - {GONE} een\n  - {GONE} twee\n- {HERS}: {STAYS} eens\n"
UNDER = {
    "een kop": ("md", f"## Beeldvorming\n### {HIS}\n- {GONE} een\n- {GONE} twee\n### {HERS}\n- {STAYS} eens\n"),
    "een kop met meer": ("md", f"## Inbreng van {HIS}\n- {GONE} een\n## Inbreng van {HERS}\n- {STAYS} eens\n"),
    "een punt": ("md", POINTS.format(HIS)),
    "een punt met een voornaam": ("md", POINTS.format("Joost:")),
    "woorden in een punt": ("md", POINTS.format(f"{HIS}: {GONE}")),
    "een aanspreking": ("txt", f"Dhr. ter Braak:\n{GONE} een.\n{GONE} twee.\nMw. Smit:\n{STAYS} eens.\n"),
    "een gesprek": ("txt", f"{HERS}: {STAYS} eens.\n{HIS}: ja.\n{GONE} een.\n\n{GONE} twee.\n{HERS}: klopt.\n"),
    "een e-mail": (
        "txt",
        f"Van: {HIS}\nAan: Ada\nOnderwerp: x\n\n{GONE} een.\n\nVan: {HERS}\nAan: Ada\nOnderwerp: x\n\n{STAYS}\n",
    ),
    "een adres": (
        "vtt",
        f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v joost.ter.braak@bouw.nl>{GONE} een</v>\n\n"
        f"00:03.000 --> 00:04.000\n<v karin.smit@roc.nl>{STAYS} eens</v>\n",
    ),
    "een rij": ("csv", f"Wie;Wat\n{HERS};{STAYS} eens\n{HIS};{GONE} een\n;{GONE} twee\n"),
}  # fmt: skip


@pytest.mark.parametrize("where", UNDER)
def test_what_stands_under_who_does_not_take_part_is_theirs_too(where: str) -> None:
    ending, text = UNDER[where]
    intake = notes_intake(source_in(text.encode(), f"gesprek.{ending}"), PanelContent(Panel("p"), builtin_guide()))
    kept = ("text", "said_by", "heading")
    notes = [
        Note(edit.row, **{name: edit.values[name] for name in kept if name in edit.values})
        for edit in intake.edits
        if edit.table == "note"
    ]
    members = [Panelist("his", name=HIS), Panelist("hers", name=HERS)]
    theirs = {note.text: speakers_of(note, members) for note in notes}
    assert {who for words, who in theirs.items() if GONE in words} == {frozenset({"his"})}
    assert {who for words, who in theirs.items() if STAYS in words} == {frozenset({"hers"})}
    assert "@" not in "".join(note.said_by for note in notes)
    rows: dict[type, list[object]] = {Note: [*notes], Panelist: [*members]}
    wiped = {row for _, row in own_words({"his"}, lambda table: rows.get(table, []))}
    assert {note.id for note in notes if GONE in note.text} <= wiped
    assert not {note.id for note in notes if STAYS in note.text} & wiped


def test_a_word_that_may_be_a_name_above_points_is_not_lost() -> None:
    text = "## Beeldvorming\n- Technolab\n  - leuk voor groep 8\n- Ouders\n  - komen wel\n"
    intake = notes_intake(source_in(text.encode(), "gesprek.md"), PanelContent(Panel("p"), builtin_guide()))
    words = [edit.values["text"] for edit in intake.edits if edit.table == "note"]
    assert words == ["Technolab", "leuk voor groep 8", "Ouders", "komen wel"]


SEATS = (
    "nr. 7: de kar is klein",
    "Nr 7 zegt: de kar is laag",
    "stoel zeven: de kar is duur",
    "P7: de kar is oud",
    "deelnemer nr 7: de kar is zwaar",
    "J: de kar is blauw",
    "Josst: de kar is rood",
    "Werkvoorbereider: de kar is stuk",
    "de kar is krom @7",
    "@7: de kar is scheef",
    "de kar is vol (stoel 7)",
)


@pytest.mark.parametrize("first", ["leden", "notities"])
def test_a_seat_an_initial_or_a_name_written_wrong_is_theirs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], first: str
) -> None:
    made, notes, members, out = (tmp_path / name for name in ("p.sto", "n.md", "leden.csv", "uit.csv"))
    lines = (*SEATS, "(7) de kar is groen", "@8: de kar is prima", "K: de kar is geel")
    notes.write_text("# P\n## Beeldvorming\n### Wat kan beter?\n" + "".join(f"- {line}\n" for line in lines), "utf-8")
    members.write_text(
        "Stoel;Naam;Functie;Deelname\n7;Joost ter Braak;werkvoorbereider;nee\n8;Karin Smit;docent;ja\n", "utf-8"
    )
    reads = [[str(notes), "--panel", "P"], ["--panelleden", str(members), "--panel", "P"]]
    for arguments in reversed(reads) if first == "leden" else reads:
        assert run(["importeer", str(made), *arguments]) == 0
    if first == "leden":
        told = capsys.readouterr().out
        assert "9 regels zijn niet overgenomen" in told
        assert "3 notities noemen iemand die niet meedoet" in told
    assert run(["exporteer", str(made), "--formaat", "csv", "--namen", "rol", "-o", str(out)]) == 0
    text = "\n".join(texts_of(out))
    assert [line for line in SEATS if line[-12:] in text] == []
    assert "de kar is prima" in text
    assert "de kar is geel" in text
    # A mere number may be one of a list: a person decides.
    assert "nakijken: «7» blijft staan" in capsys.readouterr().out


@pytest.mark.parametrize("first", ["leden", "notities"])
@pytest.mark.parametrize("sign", ["(J)", "[J]", "-J", "– J", "(J)."])
def test_an_initial_that_nobody_else_has_is_told_behind_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sign: str, first: str
) -> None:
    made, notes, members = (tmp_path / name for name in ("p.sto", "n.md", "leden.csv"))
    notes.write_text(f"# P\n- de kar is vol {sign}\n- de kar is leeg {sign.replace('J', 'K')}\n- (a) de bus\n", "utf-8")
    members.write_text("Naam;Deelname\nJoost ter Braak;nee\nKarin Smit;ja\nAda Blom;ja\n", "utf-8")
    reads = [[str(notes), "--panel", "P"], ["--panelleden", str(members), "--panel", "P"]]
    for arguments in reversed(reads) if first == "leden" else reads:
        assert run(["importeer", str(made), *arguments]) == 0
    if first == "leden":
        assert "1 notitie noemt iemand die niet meedoet" in capsys.readouterr().out
    capsys.readouterr()
    assert run(["exporteer", str(made), "--formaat", "csv", "-o", str(tmp_path / "o.csv"), "--json"]) == 0
    assert [doubt["words"] for doubt in json.loads(capsys.readouterr().out)["nakijken"]] == ["J"]


BODY = f"{GONE} is te vol\n{GONE} is te kort\n"
POINTED = f"- {GONE} is te vol\n- {GONE} is te kort\n"
TOLD_OF_WHOM = {
    "een brief": f"Beste Karin,\n\n{BODY}\nMet vriendelijke groet,\n\n{HIS}\nTeamleider\n",
    "een brief zonder aanhef": f"{BODY}\nMvg,\n{HIS}\nTeamleider\n",
    "een groet met een voornaam": f"Hoi,\n\n{BODY}\nGroetjes Joost\n",
    "een naam eronder": f"{BODY}\n{HIS}\n",
    "een naam onder streepjes": f"{BODY}\n-- \n{HIS}\n",
    "een naam erboven": f"{HIS}\nROC C\n\n{BODY}",
    "namen zonder witregels": f"Karin\n{STAYS} de bus\nJoost\n{BODY}Karin Smit\n{STAYS} eens\n",
    "ingevuld door": f"Ingevuld door: {HIS}\n\n{BODY}",
    "een formulier": f"Naam: {HIS}\nSchool: Bonhoeffer\n\nWat gaat goed?\n{BODY}",
    "inbreng van": f"Inbreng van {HIS}\n\n{BODY}",
    "schrijft": f"Joost schrijft:\n{BODY}",
    "reactie": f"Reactie Joost:\n{POINTED}",
    "een punt met vindt": f"- Joost vindt:\n  - {GONE} is te vol\n  - {GONE} is te kort\n- {STAYS} de bus\n",
    "namen met een punt": f"Karin. {STAYS} de bus\nJoost. {GONE} is te vol\nKarin. {STAYS} eens\n",
    "namen en tabs": f"Karin\t{STAYS} bus\nJoost\t{GONE} vol\nKarin\t{STAYS} ook eens\n{HIS}\t{GONE} is te kort\n",
    "een interview": f"Interview met {HIS}, 14 februari\n\n{BODY}",
    "een gesprek": f"Gesprek met Joost:\n{POINTED}",
    "een gespreksverslag": f"Gespreksverslag {HIS}\n\n{BODY}",
    "geïnterviewd": f"Geïnterviewde: {HIS}\n\n{BODY}",
    "een titel": f"# {HIS}\n{POINTED}",
    "een kop met een dubbele punt": f"## {HIS}:\n{POINTED}",
    "een kop met een nummer": f"## 3. Joost\n{POINTED}",
    "een kop van een vragenlijst": f"## Vragenlijst {HIS}\n{POINTED}",
}


@pytest.mark.parametrize("listed", ["all", "others", "nobody"])
@pytest.mark.parametrize("form", TOLD_OF_WHOM)
def test_words_are_theirs_in_every_form_in_which_a_text_says_of_whom_it_is(form: str, listed: str) -> None:
    members = (
        Panelist("his", seat=1, name=HIS, consent_participation=Consent.NO),
        Panelist("hers", seat=2, name=HERS),
    )
    text = TOLD_OF_WHOM[form]
    before = {"all": members, "others": members[1:], "nobody": ()}[listed]
    shown = shown_of(text, "gesprek.md" if "#" in text else "gesprek.txt", before, members)
    assert [words for words in shown if GONE in words] == []
    assert len([words for words in shown if STAYS in words]) == text.count(STAYS)


def test_a_heading_that_names_who_does_not_take_part_is_told_with_what_stands_below(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, notes, members = (tmp_path / name for name in ("p.sto", "n.md", "leden.csv"))
    notes.write_text("# P\n## Over Durk\n- de kar is laat\n## Vervoer\n- de bus is vol\n", "utf-8")
    members.write_text("Naam;Functie;Deelname\nDurk Hoitema;docent;nee\nAda Blom;docent;ja\n", "utf-8")
    for read in ([str(notes)], ["--panelleden", str(members)]):
        assert run(["importeer", str(made), *read, "--panel", "P"]) == 0
    capsys.readouterr()
    assert run(["exporteer", str(made), "--formaat", "csv", "-o", str(tmp_path / "o.csv"), "--json"]) == 0
    listed = [doubt["sentence"] for doubt in json.loads(capsys.readouterr().out)["nakijken"]]
    assert "de kar is laat" in listed
    assert "de bus is vol" not in listed


INITIALS = {
    "Ria Olde Monnikhof-Scholten": ("ROMS", "ROM", "R.O.M.S.", "ROM-S", "Ria OMS"),
    "Els in 't Veld": ("EV", "EitV", "E.V.", "Els V", "Els itV"),
    "Chantal van Beek": ("CvB", "CB", "Chantal vB", "Chantal B."),
    "Jan-Willem ter Horst": ("JWtH", "JWH", "JH", "JtH"),
    "Bart Jansen op de Haar": ("BJodH", "BJH", "Bart JH"),
}


def shown_of(text: str, name: str, listed: Sequence[Panelist], members: Sequence[Panelist]) -> list[str]:
    """The texts of a file that came in with one list and are not said by the first member of another."""
    intake = notes_intake(source_in(text.encode(), name), PanelContent(Panel("p"), builtin_guide(), tuple(listed)))
    kept = ("text", "said_by", "heading")
    voices = [(edit.values["note"], edit.values["panelist"]) for edit in intake.edits if edit.table == "voice"]
    shown = []
    for edit in (edit for edit in intake.edits if edit.table == "note"):
        note = Note(edit.row, panel="p", **{field: edit.values[field] for field in kept if field in edit.values})
        spoken = any(row == edit.row for row, _ in voices)
        theirs = speakers_of(note, members[:1], () if spoken else members, spoken=spoken)
        if members[0].id not in theirs and (edit.row, members[0].id) not in voices:
            shown.append(note.text)
    return shown


@pytest.mark.parametrize("listed_first", [True, False])
@pytest.mark.parametrize(("name", "label"), [(name, label) for name, labels in INITIALS.items() for label in labels])
def test_initials_in_a_column_are_those_of_who_does_not_take_part(name: str, label: str, listed_first: bool) -> None:
    members = (
        Panelist("his", seat=1, name=name, consent_participation=Consent.NO),
        Panelist("hers", seat=2, name="Gerda Leferink"),
    )
    text = f"Spreker;Notitie\n{label};{GONE} is te vol\nGerda Leferink;{STAYS} eens\nGL;{STAYS} twee\n"
    shown = shown_of(text, "gesprek.csv", members if listed_first else (), members)
    assert shown == [f"{STAYS} eens", f"{STAYS} twee"]


@pytest.mark.parametrize("listed", [Consent.NO, Consent.YES, None])
@pytest.mark.parametrize(
    "label",
    [
        "Thijs (namens Aaltje)",
        "Thijs namens Aaltje",
        "Thijs, namens Aaltje de Jong",
        "Thijs (namens mevrouw De Jong)",
        "Thijs (namens stoel 1)",
        "namens Aaltje",
    ],
)
@pytest.mark.parametrize("ending", ["csv", "txt"])
def test_words_on_behalf_of_who_does_not_take_part_are_left_out_in_any_order(
    label: str, listed: Consent | None, ending: str
) -> None:
    hers = Panelist("hers", panel="p", seat=1, name="Aaltje de Jong-Wiegers", consent_participation=Consent.NO)
    others = (Panelist("his", panel="p", seat=2, name="Thijs Dubbelink"), Panelist("x", panel="p", name="Gerda Vos"))
    before = () if listed is None else (replace(hers, consent_participation=listed), *others)
    rows = [(label, GONE), ("Gerda Vos", f"{STAYS} een"), ("Thijs (namens het ROC)", f"{STAYS} twee"), ("Thijs", STAYS)]
    if ending == "csv":
        text = "Zegt;Notitie\n" + "".join(f'"{who}";{words}\n' for who, words in rows)
    else:
        text = "".join(f"{who}: {words}\n" for who, words in rows)
    shown = shown_of(text, f"gesprek.{ending}", before, (hers, *others))
    assert shown == [f"{STAYS} een", f"{STAYS} twee", STAYS]


def test_initials_that_somebody_else_has_too_are_not_only_theirs() -> None:
    members = (
        Panelist("his", name="Els in 't Veld", consent_participation=Consent.NO),
        Panelist("hers", name="Evert Vos"),
    )
    assert likely_speakers("EV", members) == frozenset()


@pytest.mark.parametrize(
    ("label", "theirs"), [("ROC", True), ("roc twente", True), ("mbo", True), ("vmbo", False), ("R", False)]
)
def test_an_organisation_or_sector_that_nobody_else_is_of_is_theirs(label: str, theirs: bool) -> None:
    members = (
        Panelist("his", organisation="ROC Twente", sector="mbo", consent_participation=Consent.NO),
        Panelist("hers", organisation="Bonhoeffer", sector="vmbo"),
        Panelist("its", organisation="Bonhoeffer", sector="vmbo", consent_participation=Consent.NO),
    )
    assert likely_speakers(label, members) == (frozenset({"his"}) if theirs else frozenset())
