"""The inzagepakket by command: all of one person, in Word, and nothing that names another."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from pathlib import Path

import pytest
from docx import Document

from sto_desktop.cli import run as run_here
from sto_desktop.domain.actions.consent import record_consent
from sto_desktop.domain.actions.conversation import set_top_choice
from sto_desktop.domain.actions.panels import change_panelist
from sto_desktop.domain.actions.reports import decide_on_names_of
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Consent, DebriefAuthor, Manner, Stance
from sto_desktop.workplace import Workplace

OTHERS = ("Sjoerd", "Hoekstra", "Truus", "Engbers", "Wilma", "Zwiers", "Guus", "Morssink", "Mirjam", "Lansink")
"""Parts of the names of everybody but Kees de Wit: members of this panel and another, moderator, note taker."""


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A panel in which Kees de Wit said, agreed, and is spoken of by others, and another panel."""
    path = tmp_path / "a.sto"
    copy = Workplace.here("Guus Morssink").create(path)
    note = Position(None, "a")
    members = [
        ("kees", "P", "Kees de Wit", "kees@example.org"),
        ("sjoerd", "P", "Sjoerd Hoekstra", ""),
        ("truus", "P", "Truus Engbers", ""),
        ("mirjam", "Q", "Mirjam Lansink", ""),
    ]
    said = [
        ("n1", "Zonder Sjoerd Hoekstra was het niet gelukt", [("kees", Stance.SAYS)]),
        ("n2", "De bus van Mirjam Lansink kwam te laat", [("truus", Stance.SAYS), ("kees", Stance.AGREES)]),
        ("n3", "Volgens Truus heeft Kees de Wit gelijk", [("sjoerd", Stance.SAYS)]),
        ("n4", "Dit gaat over heel iets anders", [("sjoerd", Stance.SAYS)]),
    ]
    voices = [
        create("voice", f"v{row}{who}", note=row, panelist=who, stance=stance)
        for row, _, spoken in said
        for who, stance in spoken
    ]
    copy.dossier.apply(
        action(
            "panel toevoegen",
            create("panel", "P", title="Panel Oost", moderator="Wilma Zwiers", note_taker="Guus Morssink",
                   processing_ground="algemeen belang", remarks="Bel Kees de Wit, of anders Truus"),
            create("panel", "Q", title="Panel West", moderator="Wilma Zwiers"),
            *(create("panelist", row, panel=panel, name=name, first_name=name.split()[0], organisation=about)
              for row, panel, name, about in members),
            *(create("note", row, panel="P", text=text, position=note) for row, text, _ in said),
            *voices,
            create("debrief", "d", panel="P", author=DebriefAuthor.MODERATOR, stood_out="Truus Engbers was stil"),
        )
    )  # fmt: skip
    copy.dossier.apply(change_panelist("kees", consent_quote=Consent.YES, role="conciërge"))
    (kees,) = (one for one in copy.dossier.read.members.of_panel("P") if one.id == "kees")
    copy.dossier.apply(record_consent([kees], ["consent_quote"], dt.date(2023, 2, 14), Manner.MAIL, "versie 2"))
    copy.dossier.apply(change_panelist("kees", role="docent"))
    copy.dossier.apply(decide_on_names_of([("P", json.dumps({"n3|text|Kees|LIKELY": True}), None)]))
    copy.close()
    return path


def words_of(path: Path) -> str:
    """Return all words of a Word file, a line a paragraph or row."""
    document = Document(str(path))
    rows = [" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *rows])


def package(capsys: pytest.CaptureFixture[str], dossier: Path, name: str) -> tuple[int, str]:
    """Make an inzagepakket; return the exit code and the words of the file."""
    target = dossier.parent / "inzage.docx"
    target.unlink(missing_ok=True)
    code = run_here(["inzage", str(dossier), "--persoon", name, "-o", str(target)])
    capsys.readouterr()
    return code, words_of(target) if target.exists() else ""


def test_a_member_gets_data_consent_words_mentions_history_and_recipients_and_no_name_of_another(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for out, recipient in (("v.docx", "wethouder Vos"), ("codes.qdc", "niemand")):
        run = ["verslag"] if out.endswith("docx") else ["exporteer"]
        form = [] if out.endswith("docx") else ["--formaat", "qdc"]
        panel = ["--panel", "Panel Oost"]
        run_here([*run, str(dossier), *panel, *form, "-o", str(dossier.parent / out), "--ontvanger", recipient])
    code, words = package(capsys, dossier, "kees de wit")
    assert code == 0
    for part in (
        "Naam | Kees de Wit",
        "Organisatie | kees@example.org",
        "Functie | docent",
        "citaat: ja · mail · 14 februari 2023 · brief: versie 2",
        "Grondslag: algemeen belang",
        "Zonder iemand was het niet gelukt",
        "De bus van iemand kwam te laat",
        "u stemde in",
        "heeft Kees de Wit gelijk",
        "Bel Kees de Wit, of anders iemand",
        "functie: conciërge",
        "wethouder Vos",
    ):
        assert part in words, part
    assert [name for name in OTHERS if name in words] == []
    assert ("heel iets anders" in words, "niemand" in words) == (False, False)


def test_a_moderator_and_somebody_who_is_only_mentioned_get_theirs(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, words = package(capsys, dossier, "Wilma Zwiers")
    assert (code, words.count("Gespreksleider | Wilma Zwiers")) == (0, 2)
    assert "Iemand was stil" in words
    assert "Zonder" not in words
    code, words = package(capsys, dossier, "Guus Morssink")
    assert (code, "Notulist | Guus Morssink" in words, "handelingen, van" in words) == (0, True, True)
    copy = Workplace.here("Anna").open(dossier)
    about = create(
        "note", "k", panel="P", text="Leerling Kevin hielp Kees de Wit en heeft ADHD", position=Position(None, "b")
    )
    copy.dossier.apply(action("", about))
    copy.close()
    code, words = package(capsys, dossier, "Kevin")
    assert (code, "Leerling Kevin hielp iemand en heeft ADHD" in words, "Kees" in words) == (0, True, False)


def test_about_somebody_unknown_nothing_is_written_and_each_package_is_recorded(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert package(capsys, dossier, "Piet Snot") == (1, "")
    package(capsys, dossier, "Kees de Wit")
    run_here(["uitgifte", str(dossier), "--json"])
    (row,) = json.loads(capsys.readouterr().out)["uitgifte"]
    assert (row["wat"], row["ontvanger"], row["namen"]) == ("inzagepakket", "Kees de Wit", "alleen de eigen")


def test_words_of_who_does_not_take_part_and_packages_of_others_are_in_none(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Workplace.here("Guus Morssink").open(dossier)
    copy.dossier.apply(change_panelist("sjoerd", consent_participation=Consent.NO))
    copy.dossier.apply(change_panelist("truus", consent_participation=Consent.NO))
    copy.dossier.apply(set_top_choice("sjoerd", 1, "Dat Kees de Wit blijft"))
    copy.close()
    assert package(capsys, dossier, "Mirjam Lansink")[0] == 0
    code, words = package(capsys, dossier, "Kees de Wit")
    assert (code, "Zonder iemand was het niet gelukt" in words) == (0, True)
    assert [said for said in ("gelijk", "te laat", "blijft", "Mirjam", "Lansink") if said in words] == []
    # Their own words are theirs to have.
    assert "Kees" not in (theirs := package(capsys, dossier, "Sjoerd Hoekstra")[1])
    assert "heel iets anders" in theirs


def wiped(capsys: pytest.CaptureFixture[str], dossier: Path, name: str, *flags: str) -> tuple[int, str, str]:
    """Erase a person; return the exit code, what was said, and the words of the wisbewijs."""
    target = dossier.parent / "wisbewijs.docx"
    target.unlink(missing_ok=True)
    code = run_here(["wissen", str(dossier), "--persoon", name, *flags, "--wisbewijs", str(target)])
    said = capsys.readouterr()
    return code, said.out + said.err, words_of(target) if target.exists() else ""


def texts_in(dossier: Path) -> list[str]:
    """The notes of the dossier."""
    with Workplace.here().reading(dossier) as copy:
        return sorted(note.text for note in copy.dossier.read.notes.of_panel("P"))


def test_a_member_is_erased_by_command_as_far_as_is_asked_with_a_proof(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, proof = wiped(capsys, dossier, "kees de wit")
    assert code == 0
    assert "Naam en gegevens als panellid." in said
    assert "Naam en gegevens als panellid." in proof
    assert "Wat deze persoon zei is niet gewist; daar staat geen spreker meer bij." in proof
    assert "kan deze naam nog staan" in said
    assert "Volgens Truus heeft Kees de Wit gelijk" in texts_in(dossier)
    assert b"kees@example.org" not in dossier.read_bytes()
    # What nobody is said to have said any more can't be asked for afterwards.
    code, said, _ = wiped(capsys, dossier, "Kees de Wit", "--woorden")
    assert code == 1
    assert "Met --vermeldingen wist u waar de naam staat." in said
    assert wiped(capsys, dossier, "Kees de Wit", "--vermeldingen")[0] == 0
    assert b"de Wit" not in dossier.read_bytes()


def test_words_and_mentions_go_along_and_what_others_said_stays(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, proof = wiped(capsys, dossier, "Kees de Wit", "--woorden", "--vermeldingen")
    assert code == 0
    assert texts_in(dossier) == [
        "De bus van Mirjam Lansink kwam te laat",
        "Dit gaat over heel iets anders",
        "Volgens Truus heeft … gelijk",
    ]
    assert "Eigen woorden: 1 notitie of keuze." in proof
    assert b"niet gelukt" not in dossier.read_bytes()


def test_moderator_and_note_taker_are_erased_by_command(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert wiped(capsys, dossier, "Wilma Zwiers", "--vermeldingen")[0] == 0
    assert b"Zwiers" not in dossier.read_bytes()
    with Workplace.here().reading(dossier) as copy:
        assert {panel.moderator for panel in copy.dossier.read.panels.every()} == {""}


def test_nothing_is_erased_without_a_place_for_the_proof_or_while_a_window_has_it(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = dossier.read_bytes()
    assert wiped(capsys, dossier, "Niemand Zo", "--vermeldingen")[0] == 1
    nowhere = dossier.parent / "weg" / "w.docx"
    assert run_here(["wissen", str(dossier), "--persoon", "Kees de Wit", "--wisbewijs", str(nowhere)]) == 1
    window = Workplace.here().open(dossier)
    code, said, proof = wiped(capsys, dossier, "Kees de Wit")
    window.close()
    assert (code, proof) == (1, "")
    assert "staat open in een venster" in said
    assert texts_in(dossier)[2] == "Volgens Truus heeft Kees de Wit gelijk"
    assert b"kees@example.org" in before


@pytest.mark.long
@pytest.mark.parametrize("naming", ["rol", "pseudoniem", "voluit", "alles"])
def test_who_led_and_who_noted_have_no_name_in_a_copy_or_export_by_role(
    dossier: Path, naming: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = dossier.parent
    outputs = [folder / "kopie.sto", folder / "p.md", folder / "p.qdpx"]
    for target in outputs:
        command = ["delen"] if target.suffix == ".sto" else ["exporteer", "--formaat", target.suffix[1:]]
        panel = ["--panel", "Panel Oost"] if target.suffix in (".sto", ".md") else []
        arguments = [str(dossier), *panel, "--namen", naming, "-o", str(target)]
        assert run_here([command[0], *arguments, *command[1:]]) == 0, capsys.readouterr().err
    open_texts = [zipfile.ZipFile(outputs[2]).read("project.qde"), *(target.read_bytes() for target in outputs[:2])]
    named = [b"Wilma Zwiers" in text for text in open_texts]
    assert named == [naming in ("voluit", "alles")] * 3
    if naming in ("rol", "pseudoniem"):
        assert all(b"Zwiers" not in text and b"Morssink" not in text for text in open_texts)
        with Workplace.here().reading(outputs[0]) as copy:
            (panel_there,) = copy.dossier.read.panels.every()
        assert (panel_there.moderator, panel_there.note_taker) == ("de gespreksleider", "de notulist")
