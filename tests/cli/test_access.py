"""The inzagepakket by command: all of one person, in Word, and nothing that names another."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document

from sto_desktop.cli import run as run_here
from sto_desktop.domain.actions.consent import record_consent
from sto_desktop.domain.actions.conversation import set_top_choice
from sto_desktop.domain.actions.panels import change_panel, change_panelist
from sto_desktop.domain.actions.reports import decide_on_names_of
from sto_desktop.domain.log.change import action, change, create, delete
from sto_desktop.domain.model import Debrief, Note, Recommendation
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Consent, DebriefAuthor, Manner, Output, Stance
from sto_desktop.workplace import Workplace
from tests.names.hurried_panel import texts_of
from tests.passwords import set_password

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


@pytest.mark.parametrize("who", ["Kees de Wit", "Wilma Zwiers"])
def test_a_package_says_what_the_law_wants_told_beside_the_data(
    dossier: Path, capsys: pytest.CaptureFixture[str], who: str
) -> None:
    copy = Workplace.here("Anna").open(dossier)
    of_panel = {"responsible": "Stichting De Bron", "privacy_contact": "fg@debron.nl"}
    copy.dossier.apply(change_panel("P", **of_panel, processing_ground="publieke taak (onder e)"))
    copy.close()
    words = package(capsys, dossier, who)[1]
    # AVG, article 15, paragraph 1: purposes, who is responsible, source, rights, complaint, automated decisions.
    for told in ("het verslag van het panelgesprek", "Stichting De Bron", "fg@debron.nl", "van uzelf, of van wie u "
                 "voorstelde", "verbeteren, beperken of wissen", "bezwaar", "Autoriteit Persoonsgegevens",
                 "niets automatisch"):  # fmt: skip
        assert told in words, told


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


def test_what_who_does_not_take_part_says_within_a_text_is_in_no_package_of_others_or_told(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Workplace.here("Guus Morssink").open(dossier)
    copy.dossier.apply(change_panelist("sjoerd", consent_participation=Consent.NO))
    text = "Sjoerd: de excursie was te kort. Het eten ook. Kees de Wit zegt dat het rooster klopt.\n"
    copy.dossier.apply(action("opmerking", change("panel", "P", remarks=text + "Sjoerd vindt dat Kees zeurt.")))
    copy.dossier.apply(
        action(
            "notitie",
            create("note", "n5", panel="P", text="Kees en Sjoert vinden de kar te duur", position="n5"),
            create("voice", "v5", note="n5", panelist="kees", stance=Stance.SAYS),
        )
    )
    copy.close()
    target = dossier.parent / "inzage.docx"
    assert run_here(["inzage", str(dossier), "--persoon", "Kees de Wit", "-o", str(target)]) == 0
    told, words = capsys.readouterr().out, words_of(target)
    assert [said for said in ("excursie", "het eten", "zeurt") if said in words.casefold()] == []
    assert "Kees de Wit zegt dat het rooster klopt." in words
    # The reader says it as well: a person decides.
    assert "en iemand vinden de kar te duur" in words
    assert "nakijken: «Kees en iemand vinden de kar te duur» (wie niet meedoet, zegt dit misschien ook" in told


def test_deleted_words_of_who_does_not_take_part_are_in_no_package(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Workplace.here("Anna").open(dossier)
    copy.dossier.apply(change_panelist("sjoerd", consent_participation=Consent.NO))
    copy.dossier.apply(action("weg", delete("note", "n3")))
    copy.dossier.apply(action("weg", *(delete("voice", f"v{row}sjoerd") for row in ("n3",))))
    copy.dossier.apply(set_top_choice("sjoerd", 1, "Dat Kees de Wit blijft"))
    copy.dossier.apply(set_top_choice("sjoerd", 1, ""))
    copy.dossier.apply(action("weg", delete("note", "n2")))
    copy.close()
    code, words = package(capsys, dossier, "Kees de Wit")
    assert (code, "gelijk" in words, "blijft" in words) == (0, False, False)
    # What is deleted and of somebody who takes part is still told.
    assert "Bel Kees de Wit" in words


def test_everybody_is_told_who_received_what_and_what_they_did(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Workplace.here("Anna Vos").open(dossier)
    text = "Leerling Kevin hielp Kees de Wit"
    copy.dossier.apply(action("notitie", create("note", "k", panel="P", text=text, position=Position(None, "b"))))
    copy.dossier.apply(change_panel("Q", moderator="Piet Bos"))
    copy.close()
    for panel, recipient in (("Panel Oost", "wethouder Vos"), ("Panel West", "de inspectie")):
        target = dossier.parent / f"{panel}.docx"
        assert run_here(["verslag", str(dossier), "--panel", panel, "-o", str(target), "--ontvanger", recipient]) == 0
    # Somebody who is only mentioned, in one panel.
    words = package(capsys, dossier, "Kevin")[1]
    assert ("wethouder Vos" in words, "de inspectie" in words) == (True, False)
    # A colleague who only typed.
    code, words = package(capsys, dossier, "Anna Vos")
    assert (code, "2 handelingen, van" in words) == (0, True)
    # Who led: since when.
    words = package(capsys, dossier, "Piet Bos")[1]
    assert ("gespreksleider: Piet Bos" in words, "de inspectie" in words, "Wilma" in words) == (True, True, False)


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
    assert "Naam en gegevens als panellid, ook wat schriftelijk ingebracht was." in said
    assert "Naam en gegevens als panellid, ook wat schriftelijk ingebracht was." in proof
    assert "De notities van deze persoon zijn niet gewist; daar staat geen spreker meer bij." in proof
    assert "kan deze naam nog staan" in said
    assert "Volgens Truus heeft Kees de Wit gelijk" in texts_in(dossier)
    assert b"kees@example.org" not in dossier.read_bytes()
    # What nobody is said to have said any more can't be asked for afterwards.
    code, said, _ = wiped(capsys, dossier, "Kees de Wit", "--woorden")
    assert code == 1
    assert "Met --vermeldingen wist u waar de naam staat." in said
    assert wiped(capsys, dossier, "Kees de Wit", "--vermeldingen")[0] == 0
    assert b"de Wit" not in dossier.read_bytes()


def test_what_says_more_than_the_name_stays_and_the_proof_tells_what_went_whole(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, name = Position(None, "b"), "Kees de Wit"
    copy = Workplace.here("Anna").open(dossier)
    copy.dossier.apply(
        action(
            "",
            create("note", "own", panel="P", text="Kees de Wit.", position=place),
            create("voice", "v-own", note="own", panelist="kees", stance=Stance.SAYS),
            create("note", "said", panel="P", text="De lessen zijn leuk", said_by=name, position=place),
            create("note", "agreed", panel="P", text="Rooster maken", owner=name, position=place),
            create("note", "done", panel="P", text=name, answer="Dat is gebeurd", position=place),
            create("recommendation", "r", position=Position("P", "a"), text="Maak een plan", owner=name),
        )
    )
    copy.dossier.apply(change_panelist("kees", written="Ik stuurde dit in"))
    copy.close()
    code, said, proof = wiped(capsys, dossier, name, "--vermeldingen")
    assert code == 0
    for words in (said, proof):
        assert "ook wat schriftelijk ingebracht was" in words
        assert "Daarvan zijn 3 teksten helemaal gewist" in words
        assert "Van de andere notities van deze persoon is de tekst niet gewist" in words
    assert {"De lessen zijn leuk", "Rooster maken", "Zonder Sjoerd Hoekstra was het niet gelukt"} <= {
        *texts_in(dossier)
    }
    with Workplace.here().reading(dossier) as copy:
        rows = copy.dossier.read.rows
        assert [(one.text, one.owner) for one in rows.records(Recommendation)] == [("Maak een plan", "")]
        assert {(note.said_by, note.owner) for note in rows.records(Note)} == {("", "")}
        assert [note.answer for note in rows.records(Note) if note.answer] == ["Dat is gebeurd"]
    content = dossier.read_bytes()
    assert (b"de Wit" in content, b"stuurde dit in" in content) == (False, False)


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


def test_every_written_form_of_a_name_goes_or_is_told(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Truus Engbers by an address, an initial and with her surname; her first name alone may be another's."""
    forms = (
        "Mail truus.engbers@debolster.nl even",
        "Truus E. regelde het",
        "T. Engbers ook",
        "Truusens klas",
        "De Truus",
    )
    copy = Workplace.here("Guus Morssink").open(dossier)
    rows = [create("note", f"f{at}", panel="P", text=text, position=Position(None, f"b{at}"))
            for at, text in enumerate(forms)]  # fmt: skip
    copy.dossier.apply(action("notities", *rows, create("note", "g", panel="P", text="Met Truus' klas mee")))
    copy.dossier.apply(action("label", create("tag", "t", name="truusplan")))
    copy.close()
    code, told, _ = wiped(capsys, dossier, "Truus Engbers", "--vermeldingen")
    assert code == 0
    left = [text for text in texts_in(dossier) if "ruus" in text or "ngbers" in text or "debolster" in text]
    assert left == ["De Truus", "Met Truus' klas mee", "Truusens klas", "Volgens Truus heeft Kees de Wit gelijk"]
    # In these, in the panel's remarks and in the label she may be meant.
    assert "In 6 teksten kan deze naam nog staan" in told


def test_moderator_and_note_taker_are_erased_by_command(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert wiped(capsys, dossier, "Wilma Zwiers", "--vermeldingen")[0] == 0
    assert b"Zwiers" not in dossier.read_bytes()
    with Workplace.here().reading(dossier) as copy:
        assert {panel.moderator for panel in copy.dossier.read.panels.every()} == {""}


def test_what_is_kept_of_somebody_goes_with_the_data_also_where_it_comes_back_from_a_colleague(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Workplace.here("Wilma Zwiers").open(dossier)
    copy.dossier.apply(
        action(
            "",
            create("debrief", "e", panel="P", author=DebriefAuthor.NOTE_TAKER, stood_out="Het liep heel anders"),
            create(
                "report_made", "r", output=Output.ACCESS, recipient="Guus Morssink", file_name="Voor Guus Morssink.docx"
            ),
        )
    )
    copy.dossier.apply(decide_on_names_of([("P", json.dumps({"n3/text/guus morssink": True}), None)]))
    copy.backup()
    copy.close()
    colleague = dossier.parent / "collega.sto"
    colleague.write_bytes(dossier.read_bytes())
    code, said, proof = wiped(capsys, dossier, "Guus Morssink")
    assert code == 0, said
    assert "Wat van deze persoon bijgehouden werd" in proof
    place = (dossier.parent, Workplace.here().copies.home)
    holding = [
        path for folder in place for path in folder.rglob("*") if path.is_file() and b"orssink" in path.read_bytes()
    ]
    assert [path for path in holding if path != colleague] == []
    with Workplace.here().reading(dossier) as opened:
        assert {past.person for past in opened.dossier.past()} == {"", "Wilma Zwiers"}
        assert [made.recipient for made in opened.dossier.read.course.all_issued()] == [""]
        assert [one.stood_out for one in opened.dossier.read.rows.records(Debrief) if one.id == "e"] == [
            "Het liep heel anders"
        ]
    together = dossier.parent / "samen.sto"
    for first, second in ((dossier, colleague), (colleague, dossier)):
        together.unlink(missing_ok=True)
        assert run_here(["samenvoegen", str(first), str(second), "-o", str(together)]) == 0
        assert b"orssink" not in together.read_bytes()
    assert run_here(["controleer", str(together)]) == 0


def test_a_debrief_is_among_the_own_words_of_who_led(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, proof = wiped(capsys, dossier, "Wilma Zwiers", "--woorden")
    assert (code, "Eigen woorden: 1 notitie of keuze." in proof) == (0, True), said
    assert b"Engbers was stil" not in dossier.read_bytes()


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


@pytest.mark.long
@pytest.mark.parametrize("naming", ["rol", "pseudoniem", "voluit"])
def test_where_nobody_is_named_a_note_names_neither_who_led_nor_who_noted(
    dossier: Path, naming: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Workplace.here().open(dossier)
    for at, text in enumerate(("Wilma vroeg door, Guus Morssink schreef", "Morssinks plan en Wilma's vraag")):
        copy.dossier.apply(
            action("notitie", create("note", f"w{at}", panel="P", text=text, position=Position(None, "b")))
        )
    copy.close()
    folder = dossier.parent
    minutes = ["verslag", "--panel", "Panel Oost", "--vorm", "notulen", "--met-notities", "--namen", naming]
    exporting = ["--panel", "Panel Oost", "--namen", naming]
    for command, target in (
        (["delen", *exporting], folder / "k.sto"),
        (["exporteer", "--formaat", "md", *exporting], folder / "n.md"),
        (["exporteer", "--formaat", "csv", *exporting], folder / "n.csv"),
        (minutes, folder / "v.docx"),
    ):
        assert run_here([command[0], str(dossier), *command[1:], "-o", str(target)]) == 0, capsys.readouterr().err
        if target.suffix == ".docx":
            told = words_of(target)
            # The cover says by whom the conversation was led, as a verslag owes its reader.
            assert "Wilma Zwiers" in told
        else:
            told = target.read_bytes().decode(errors="replace")
        by_name = naming == "voluit"
        assert ("Wilma vroeg door, Guus Morssink schreef" in told) == by_name, target
        assert ("De gespreksleider vroeg door, de notulist schreef" in told) == (not by_name), target
        assert ("Het plan van de notulist en de vraag van de gespreksleider" in told) == (not by_name), target


@pytest.mark.long
def test_with_a_password_a_person_has_the_same_rights_by_command(
    dossier: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Workplace.here().open(dossier)
    set_password(copy, "een lang wachtwoord")
    copy.backup()
    copy.close()

    def told(*arguments: str, typed: str = "een lang wachtwoord\n") -> tuple[int, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        code = run_here([arguments[0], str(dossier), *arguments[1:]])
        said = capsys.readouterr()
        return code, said.out + said.err

    package_file, proof = dossier.parent / "inzage.docx", dossier.parent / "wisbewijs.docx"
    asking = ("inzage", "--persoon", "Kees de Wit", "-o", str(package_file))
    code, said = told(*asking)
    assert (code, "wachtwoord" in said, package_file.exists()) == (1, True, False)
    assert told(*asking, "--wachtwoord", typed="verkeerd\n")[0] == 1
    assert told(*asking, "--wachtwoord", typed="\n")[0] == 1
    assert not package_file.exists()
    assert told(*asking, "--wachtwoord")[0] == 0
    assert "kees@example.org" in words_of(package_file)
    assert "aan Kees de Wit" in told("uitgifte", "--wachtwoord")[1]
    erasing = ("wissen", "--persoon", "Kees de Wit", "--vermeldingen", "--wisbewijs", str(proof))
    assert told(*erasing)[0] == 1
    assert not proof.exists()
    code, said = told(*erasing, "--wachtwoord")
    assert (code, "op deze computer zijn doorzocht" in words_of(proof)) == (0, True), said
    with Workplace.here().reading(dossier, "een lang wachtwoord") as opened:
        assert "Kees de Wit" not in [member.name for member in opened.dossier.read.members.every()]
    assert b"SQLite format 3" not in dossier.read_bytes()[:16]


@pytest.mark.long
@pytest.mark.parametrize("answer", ["consent_participation", "consent_name"])
@pytest.mark.parametrize("naming", ["rol", "voluit", "pseudoniem"])
def test_who_noted_under_a_name_that_may_be_a_hidden_members_has_an_office_in_every_output(
    answer: str, naming: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    yes = dict.fromkeys(("consent_participation", "consent_name", "consent_quote"), Consent.YES)
    for number, (noted, hidden) in enumerate(
        (("Durk", True), ("durk h.", True), ("Hoekstra", True), ("Durk Hoekstra", True), ("Wilma Hoekstra", False))
    ):
        dossier = tmp_path / f"{number}.sto"
        copy = Workplace.here("Anna").create(dossier)
        people = ("Durk Hoekstra", "Truus Engbers", "Anna Vos")
        rows = [create("panel", "P", title="Panel Oost", moderator="Guus Morssink", note_taker=noted)]
        for seat, name in enumerate(people):
            said = yes | ({answer: Consent.NO} if seat == 0 else {})
            first = name.split()[0]
            rows.append(create("panelist", f"m{seat}", panel="P", name=name, first_name=first, role="docent", **said))
        rows.append(create("note", "n", panel="P", text="De bus is laat", position=Position(None, "a")))
        copy.dossier.apply(action("", *rows))
        copy.close()
        for name, command in {
            "verslag.md": ("verslag", "--vorm", "uitgebreid"),
            "kort.md": ("verslag", "--vorm", "kort"),
            "kopie.sto": ("delen",),
            "tekst.md": ("exporteer", "--formaat", "md"),
            "codes.qdpx": ("exporteer", "--formaat", "qdpx"),
        }.items():
            target = tmp_path / f"{number} {name}"
            run = [command[0], str(dossier), *command[1:], "--namen", naming, "-o", str(target)]
            assert run_here(run) == 0, (noted, name, capsys.readouterr())
            words = "\n".join(texts_of(target)).casefold()
            assert "durk" not in words, (noted, name)
            shown = not hidden and (naming == "voluit" or name in ("verslag.md", "kort.md"))
            assert ("hoekstra" in words) is shown, (noted, name)
