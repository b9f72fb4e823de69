"""The commands as a person runs them: in a separate process, on real files, judged by exit code and output."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sto_desktop.cli import run as run_here
from sto_desktop.cli.words import FORMS, NAMINGS, PARTS
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.exchange.notes.notes_file import read_notes_file
from sto_desktop.report.blocks.options import Form, Part
from sto_desktop.report.look.look import SOBER, STO_TWENTE
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.whole_file.backup import Reason
from sto_desktop.storage.working.register import kept_files
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.keeping import what_came_in
from tests.cli.processes import run

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "resources" / "example"
PANEL = ROOT / "tests" / "data"
MEMBERS, NOTES = DATA / "oldenzaal-panelleden.csv", DATA / "oldenzaal.md"
SOURCES = [(MEMBERS, NOTES), (PANEL / "panelleden-oldenzaal.csv", PANEL / "aantekeningen-oldenzaal.md")]
"""The panel of the example, and the same as it comes from Excel and a note taker."""


def done(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command that should succeed."""
    result = run(*arguments)
    assert (result.returncode, result.stderr) == (0, ""), result.stderr
    return result


def answered(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run a command in this process; returns its exit code and its output on both streams."""
    try:
        code = run_here([str(item) for item in arguments])
    except SystemExit as stopped:
        code = int(str(stopped.code))
    output = capsys.readouterr()
    return code, output.out, output.err


def import_panel(dossier: Path, members: Path = MEMBERS, notes: Path = NOTES) -> subprocess.CompletedProcess[str]:
    """Import the members and the notes of a panel."""
    panel = ("--subregio", "Oldenzaal", "--panel", "Panel Oldenzaal")
    return done("importeer", dossier, "--panelleden", members, "--notities", notes, *panel)


def test_every_form_part_and_naming_can_be_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(PARTS.values()) == {part.name for part in Part}
    assert set(FORMS.values()) == {form.name for form in Form}
    assert set(NAMINGS.values()) == {naming.name for naming in NameMode}
    dossier = tmp_path / "a.sto"
    copy = Workplace.here("Jan").create(dossier)
    copy.dossier.apply(
        action(
            "panel",
            create("panel", "P", title="Panel Zuid"),
            create("panelist", "A", panel="P", name="Karin Bosgra", present=False, written="Meer bussen."),
            create("panelist", "B", panel="P", name="Wilma Terpstra"),
        )
    )
    copy.close()
    report = tmp_path / "verslag.md"
    for words, told in (((), True), (("--zonder", "schriftelijk"), False), (("--met", *PARTS), True)):
        code, _, problem = answered(capsys, "verslag", dossier, *words, "-o", report)
        assert (code, problem) == (0, "")
        assert ("Meer bussen." in report.read_text(encoding="utf-8")) is told


def text_of(path: Path) -> str:
    """Return all text of a Word file's body, one line per paragraph."""
    xml = zipfile.ZipFile(path).read("word/document.xml").decode().replace("<w:br/>", "<w:t>\n</w:t>")
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", xml, flags=re.S)
    lines = ["".join(re.findall(r"<w:t(?: [^>]*)?>(.*?)</w:t>", paragraph, flags=re.S)) for paragraph in paragraphs]
    text = "\n".join(lines)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


@pytest.mark.long
@pytest.mark.parametrize(("members", "notes"), SOURCES, ids=lambda path: path.stem)
def test_from_two_files_to_a_word_file_with_every_note_and_member(members: Path, notes: Path, tmp_path: Path) -> None:
    dossier, word = tmp_path / "o.sto", tmp_path / "o.docx"
    said = import_panel(dossier, members, notes)
    assert "geïmporteerd" in said.stdout
    done("verslag", dossier, "--met-notities", "--namen", "voluit", "-o", word)
    opened = Workplace.here().open(dossier)
    content = opened.dossier.read.panel_content(opened.dossier.read.panels.listed()[0].id)
    opened.close()
    assert content is not None
    told = read_notes_file(notes)
    assert len(content.notes) == sum(len(section.notes) for section in told.sections)
    assert not content.unassigned()
    printed = " ".join(text_of(word).split())
    named = [member.name for member in content.panelists if member.consent_name == "YES"]
    unnamed = [member.name for member in content.panelists if member.consent_name != "YES"]
    assert len(named) >= 4
    assert unnamed
    # The only one who refused is not the only one without a name; who joins them depends on ids, which are drawn.
    without = [name for name in named if name not in printed]
    assert bool(without) == (len(unnamed) == 1)
    assert len(without) <= 2
    assert not any(name in printed for name in unnamed)
    for section in told.sections:
        for note in section.notes:
            words = " ".join(parse(note, content.panelists).text.split())
            assert words in printed or any(part in words for name in without for part in name.split()), words
    assert done("controleer", dossier).stdout.startswith("Het dossier is in orde")


@pytest.mark.long
def test_importing_twice_adds_nothing(tmp_path: Path) -> None:
    dossier = tmp_path / "o.sto"
    import_panel(dossier)
    before = json.loads(done("controleer", dossier, "--json").stdout)
    import_panel(dossier)
    after = json.loads(done("controleer", dossier, "--json").stdout)
    assert before["ok"]
    assert before == after


@pytest.mark.long
def test_export_and_import_give_the_same_notes(tmp_path: Path) -> None:
    first, second, text = tmp_path / "a.sto", tmp_path / "b.sto", tmp_path / "a.md"
    import_panel(first)
    in_full = ("--formaat", "md", "--namen", "alles")
    done("exporteer", first, *in_full, "-o", text)
    done("importeer", second, "--panelleden", MEMBERS, "--notities", text)
    again = tmp_path / "b.md"
    done("exporteer", second, *in_full, "-o", again)
    assert again.read_text(encoding="utf-8") == text.read_text(encoding="utf-8")
    table = tmp_path / "a.csv"
    answer = json.loads(done("exporteer", first, "--formaat", "csv", "-o", table, "--json").stdout)
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    assert answer["notes"] > 5


@pytest.mark.long
def test_a_project_for_researchers_comes_back_once_and_tables_tell_all(tmp_path: Path) -> None:
    first, second, project = tmp_path / "a.sto", tmp_path / "b.sto", tmp_path / "a.qdpx"
    import_panel(first)
    told = json.loads(done("exporteer", first, "--formaat", "qdpx", "--namen", "alles", "-o", project, "--json").stdout)
    assert (told["panels"], told["names"]) == (1, "alles")
    for expected in (told["notes"], 0):
        assert json.loads(done("importeer", second, project, "--json").stdout)["notes"] == expected
    table = tmp_path / "a.xlsx"
    done("exporteer", second, "--formaat", "xlsx", "--namen", "alles", "-o", table)
    named = ("--panel", "Panel Oldenzaal", "--kolom", "notitie=Notitie")
    assert "niet nog eens toegevoegd" in done("importeer", second, table, *named).stdout
    told = done("exporteer", first, "--formaat", "qdc", "-o", tmp_path / "a.qdc").stdout
    assert told.startswith("Het codeboek van 1 panel geschreven in ")
    done("exporteer", first, "--formaat", "csv", "--wat", "panelleden", "--namen", "rol", "-o", tmp_path / "p.csv")
    wrong = run("importeer", second, table, "--kolom", "onzin")
    assert (wrong.returncode, "WAT=KOP" in wrong.stderr) == (1, True)


@pytest.mark.long
def test_example_has_five_panels_and_its_reports_name_nobody_who_said_no(tmp_path: Path) -> None:
    dossier = tmp_path / "voorbeeld.sto"
    answer = json.loads(done("voorbeeld", dossier, "--json").stdout)
    assert len(answer["panels"]) == 5
    assert all(40 <= count <= 80 for count in answer["panels"].values())
    assert done("controleer", dossier).returncode == 0
    opened = Workplace.here().open(dossier)
    contents = [opened.dossier.read.panel_content(panel.id) for panel in opened.dossier.read.panels.listed()]
    opened.close()
    for content in contents:
        assert content is not None
        assert content.insights
        assert content.recommendations
        assert content.minutes_used
        word = tmp_path / f"{content.panel.subregion}.docx"
        done("verslag", dossier, "--panel", content.panel.title, "--met-notities", "-o", word)
        printed = text_of(word)
        for member in content.panelists:
            if member.consent_name != "YES":
                assert member.name not in printed
    refused = run("verslag", dossier, "-o", tmp_path / "x.docx")
    assert refused.returncode == 1
    assert "--panel" in refused.stderr


@pytest.mark.long
def test_a_verslag_in_every_form_and_naming_leaves_out_and_adds_what_is_asked(tmp_path: Path) -> None:
    dossier, word = tmp_path / "o.sto", tmp_path / "o.docx"
    import_panel(dossier, *SOURCES[0])
    done("verslag", dossier, "--vorm", "kort", "--namen", "pseudoniem", "--zonder", "werkwijze", "-o", word)
    printed = text_of(word)
    assert "Kort verslag panelgesprek Oldenzaal" in printed
    assert "Over dit verslag" not in printed
    answer = json.loads(done("verslag", dossier, "--met", "leidraad", "panelleden", "-o", word, "--json").stdout)
    assert "Bijlage A" in text_of(word) or "Gespreksleidraad" in text_of(word)
    # By role there is no list of members, whoever asks for it, and the command says so.
    assert answer["names"] == []
    asked = ("verslag", dossier, "--met", "panelleden", "-o", word)
    lacking = "De lijst van panelleden staat er niet in: die noemt namen. Vraag erom met --namen voluit."
    assert [lacking in done(*asked, "--namen", names).stdout for names in ("rol", "pseudoniem", "voluit")] == [
        True,
        True,
        False,
    ]
    wrong = run("verslag", dossier, "--vorm", "lang", "-o", word)
    assert wrong.returncode == 2
    assert "kan niet (kies uit" in wrong.stderr


@pytest.mark.long
def test_the_house_style_is_that_of_the_window_unless_another_is_asked_for(tmp_path: Path) -> None:
    dossier, word = tmp_path / "o.sto", tmp_path / "o.docx"
    import_panel(dossier)
    SettingsStore().change(report_look="Grote letter", report_primary="112233")

    def styles(*asked: object) -> str:
        done("verslag", dossier, "--vorm", "kort", *asked, "-o", word)
        return zipfile.ZipFile(word).read("word/styles.xml").decode()

    large = styles()
    assert ('w:sz w:val="30"' in large, "112233" in large) == (True, True)
    sober = styles("--huisstijl", "sober")
    assert (SOBER.primary in sober, "112233" in sober) == (True, False)
    done("vogelvlucht", dossier, "--huisstijl", "sto", "-o", word)
    assert STO_TWENTE.primary in zipfile.ZipFile(word).read("word/styles.xml").decode()
    done("vogelvlucht", dossier, "-o", word)
    assert "112233" in zipfile.ZipFile(word).read("word/styles.xml").decode()


@pytest.mark.long
def test_all_panels_at_once_go_into_a_folder_with_progress(tmp_path: Path) -> None:
    dossier, folder = tmp_path / "voorbeeld.sto", tmp_path / "verslagen"
    done("voorbeeld", dossier)
    result = run("verslag", dossier, "--alle", "--vorm", "notulen", "-o", folder)
    assert result.returncode == 0
    made = sorted(path.name for path in folder.iterdir())
    assert made[0] == "Notulen Almelo e.o. 24 januari 2023.docx"
    assert len(made) == 5
    assert result.stdout.count("staat in") == result.stderr.count("is klaar (van 5).") == 5
    both = run("verslag", dossier, "--alle", "--panel", "Panel Hengelo", "-o", folder)
    assert (both.returncode, "gaan niet samen" in both.stderr) == (2, True)


@pytest.mark.long
def test_merging_in_any_order_gives_the_same_dossier(tmp_path: Path) -> None:
    first, second = tmp_path / "a.sto", tmp_path / "b.sto"
    import_panel(first)
    done("importeer", second, "--panelleden", MEMBERS, "--panel", "Panel Hengelo")
    shutil.copy(first, tmp_path / "kopie.sto")
    for name, order in (("x", (first, second)), ("y", (second, first, tmp_path / "kopie.sto"))):
        done("samenvoegen", *order, "-o", tmp_path / f"{name}.sto")
    logs = []
    for name in ("x", "y"):
        raw = sqlite3.connect(tmp_path / f"{name}.sto")
        logs.append(raw.execute("SELECT stamp, writer, fields, supersedes FROM change ORDER BY 1, 2").fetchall())
        raw.close()
    assert logs[0] == logs[1]
    again = run("samenvoegen", first, "-o", tmp_path / "x.sto")
    assert again.returncode == 1
    assert "Er is al een bestand" in again.stderr


@pytest.mark.long
def test_a_rehearsal_says_what_merging_would_bring_and_writes_nothing(tmp_path: Path) -> None:
    first, second = tmp_path / "a.sto", tmp_path / "b.sto"
    import_panel(first)
    shutil.copy(first, second)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.sto")}
    answer = json.loads(done("samenvoegen", first, second, "--proef", "--json").stdout)
    assert [item["new"].get("note") for item in answer["merged"]] == [answer["merged"][0]["new"]["note"], None]
    assert "Niets nieuws" in done("samenvoegen", first, second, "--proef").stdout
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.sto")} == before


def test_what_comes_in_by_command_is_kept_and_nothing_where_it_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, lines, both, gone = (tmp_path / name for name in ("a.sto", "regels.md", "samen.sto", "weg/uit.sto"))
    lines.write_text("De bus komt te laat\n", encoding="utf-8")
    for command in (("importeer", first, lines), ("samenvoegen", first, "-o", both)):
        assert answered(capsys, *command)[0] == 0
    for command in (("importeer", gone, lines), ("samenvoegen", first, "-o", gone)):
        assert answered(capsys, *command)[0] == 1
    workplace = Workplace.here()
    came = [what_came_in(kept, None) for kept in kept_files(workplace.copies) if kept.why is Reason.CAME_IN]
    assert [one and (one.name, one.account, one.content) for one in came] == [
        ("a.sto", None, None),
        ("regels.md", "Daaruit: 0 panelleden en 1 notitie.", lines.read_bytes()),
    ]


def test_a_dossier_that_can_not_be_put_in_its_place_is_not_said_to_be_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, lines, gone = tmp_path / "a.sto", tmp_path / "regels.md", tmp_path / "weg" / "uit.sto"
    lines.write_text("De bus komt te laat\n", encoding="utf-8")
    assert answered(capsys, "importeer", first, lines)[0] == 0
    for command in (("samenvoegen", first, "-o", gone), ("importeer", gone, lines), ("delen", first, "-o", gone)):
        code, _, said = answered(capsys, *command)
        assert code == 1
        assert "«uit.sto»" in said
        assert "Er is niets gemaakt." in said
        assert "veilig" not in said
        assert "Opslaan als" not in said


@pytest.mark.long
def test_a_copy_to_share_without_names_and_under_a_password(tmp_path: Path) -> None:
    dossier, copy = tmp_path / "a.sto", tmp_path / "zonder namen.sto"
    done("voorbeeld", dossier)
    with sqlite3.connect(dossier) as raw:
        names = [name for (name,) in raw.execute("SELECT name FROM panelist")]
    raw.close()
    done("delen", dossier, "--namen", "rol", "-o", copy)
    content = copy.read_bytes()
    assert names
    assert not [name for name in names if name.encode() in content]
    assert done("controleer", copy).returncode == 0
    refused = run("delen", dossier, "-o", copy)
    assert (refused.returncode, "Er is al een bestand" in refused.stderr) == (1, True)
    secret = tmp_path / "geheim.sto"
    assert run("delen", dossier, "--wachtwoord", "-o", secret, words="vier losse woorden\n").returncode == 0
    assert not secret.read_bytes().startswith(b"SQLite")


def titles_in(dossier: Path) -> list[str]:
    """Return the titles of the panels of a dossier."""
    with sqlite3.connect(dossier) as raw:
        titles = [title for (title,) in raw.execute("SELECT title FROM panel WHERE deleted = 0 AND known = 1")]
    raw.close()
    return titles


@pytest.mark.long
def test_sharing_a_panel_that_is_named_shares_that_panel_by_role_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier, copy = tmp_path / "a.sto", tmp_path / "een panel.sto"
    answered(capsys, "voorbeeld", dossier)
    answer = answered(capsys, "delen", dossier, "--panel", "Panel Hengelo", "-o", copy)[1]
    assert titles_in(copy) == ["Panel Hengelo"]
    assert "een panel.sto: «Panel Hengelo», namen: rol." in answer
    # Nothing of the other panels, including the link of a recommendation to its theme.
    assert "verwijzing" not in answered(capsys, "controleer", copy)[1]
    with sqlite3.connect(copy) as raw:
        (others,) = raw.execute("SELECT count(*) FROM recommendation WHERE panel IS NULL").fetchone()
    raw.close()
    assert others == 0
    in_full = tmp_path / "voluit.sto"
    named = ("--panel", "Panel Hengelo", "--namen", "voluit")
    told = json.loads(answered(capsys, "delen", dossier, *named, "-o", in_full, "--json")[1])
    assert (titles_in(in_full), told["names"], told["nakijken"]) == (["Panel Hengelo"], "voluit", [])
    with sqlite3.connect(dossier) as raw:
        members = [name for (name,) in raw.execute("SELECT name FROM panelist")]
    raw.close()
    assert not [name for name in members if name.encode() in copy.read_bytes()]
    assert [name for name in members if name.encode() in in_full.read_bytes()]


@pytest.mark.long
def test_a_panel_that_is_not_there_is_told_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier = tmp_path / "a.sto"
    import_panel(dossier)
    (title,) = titles_in(dossier)
    for command in (("delen",), ("exporteer", "--formaat", "md"), ("verslag",)):
        ending = {"delen": ".sto", "exporteer": ".md", "verslag": ".docx"}[command[0]]
        out = tmp_path / f"uit{ending}"
        code, _, answer = answered(capsys, *command, dossier, "--panel", "99", "-o", out)
        assert (code, out.exists()) == (1, False)
        assert "Er is geen panel «99» in dit dossier." in answer
        assert f"Kies uit: 1 «{title}»" in answer
        # As it may be typed: with more spaces, and in another case.
        assert answered(capsys, *command, dossier, "--panel", f" {title.upper()}  ", "-o", out)[0] == 0
        # Or by its subregion, as it is called.
        assert answered(capsys, *command, dossier, "--panel", "oldenzaal", "-o", out.with_stem("weer"))[0] == 0


@pytest.mark.long
def test_an_export_begins_by_role_says_so_and_comes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = tmp_path / "a.sto"
    import_panel(dossier)
    for form in ("csv", "xlsx", "md", "qdpx"):
        out, again = tmp_path / f"uit.{form}", tmp_path / f"{form}.sto"
        command = ("exporteer", dossier, "--formaat", form, "-o", out)
        assert json.loads(answered(capsys, *command, "--namen", "alles", "--json")[1])["names"] == "alles"
        assert json.loads(answered(capsys, *command, "--json")[1])["names"] == "rol"
        assert "namen: rol" in answered(capsys, *command)[1]
        if form == "md":
            answered(capsys, "importeer", again, "--panelleden", MEMBERS)
        assert json.loads(answered(capsys, "importeer", again, out, "--json")[1])["notes"] > 5


CONTRADICTIONS = (
    "delen {o} --panel Oost --wat alles -o {tmp}/uit.sto",
    "delen {o} --panel= -o {tmp}/uit.sto",
    "exporteer {o} --formaat csv --panel= -o {tmp}/uit.csv",
    "exporteer {o} --formaat md --wat inzichten -o {tmp}/uit.md",
    "verslag {o} --alle --panel Oost -o {tmp}/uit",
    "verslag {o} --formaat pdf -o {tmp}/uit.docx",
    "verslag {o} --met-notities --zonder notities -o {tmp}/uit.docx",
    "vogelvlucht {o} --nieuwsbrief -o {tmp}/uit.xlsx",
    "samenvoegen {o} --proef -o {tmp}/uit.sto",
    "importeer {tmp}/uit.sto {notes} --notities {notes}",
    "importeer {tmp}/uit.sto --panelleden {members} --kolom notitie=Opmerking",
    "importeer {tmp}/uit.sto {project} --panel Oost",
    "importeer {tmp}/uit.sto {project} --panelleden {members}",
)


@pytest.mark.long
def test_options_that_contradict_each_other_are_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"o": tmp_path / "o.sto", "project": tmp_path / "o.qdpx", "tmp": tmp_path, "notes": NOTES}
    import_panel(places["o"])
    done("exporteer", places["o"], "--formaat", "qdpx", "-o", places["project"])
    before = sorted(path.name for path in tmp_path.iterdir())
    for line in CONTRADICTIONS:
        arguments = [part.format(**places, members=MEMBERS) for part in line.split()]
        code, said, explained = answered(capsys, *arguments)
        assert (line, code, said) == (line, 2, "")
        assert not re.search(r"\b(Traceback|usage|error|argument)\b", explained), explained
        assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.long
def test_the_vogelvlucht_in_word_a_newsletter_and_the_plan(tmp_path: Path) -> None:
    dossier = tmp_path / "a.sto"
    done("voorbeeld", dossier)
    for name, more in (("v.docx", ()), ("n.md", ("--nieuwsbrief",)), ("plan.xlsx", ())):
        answer = json.loads(done("vogelvlucht", dossier, *more, "-o", tmp_path / name, "--json").stdout)
        assert answer["panels"] == 5
    assert len((tmp_path / "n.md").read_text(encoding="utf-8").split()) < 500
    assert (tmp_path / "v.docx").read_bytes()[:2] == (tmp_path / "plan.xlsx").read_bytes()[:2] == b"PK"
    wrong = run("vogelvlucht", dossier, "-o", tmp_path / "v.pptx")
    assert (wrong.returncode, ".xlsx" in wrong.stderr) == (1, True)


@pytest.mark.long
def test_a_dossier_that_lacks_a_table_of_the_log_is_read_all_the_same(tmp_path: Path) -> None:
    dossier = tmp_path / "o.sto"
    import_panel(dossier)
    raw = sqlite3.connect(dossier)
    raw.execute("DROP TABLE writer")
    raw.commit()
    raw.close()
    assert done("verslag", dossier, "-o", tmp_path / "x.docx").returncode == 0
    mended = tmp_path / "heel.sto"
    done("controleer", dossier, "--herstel", mended)
    assert done("controleer", mended).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["verslag", "{tmp}/niets.sto", "-o", "{tmp}/x.docx"], "niets.sto"),
        (["verslag", "{data}/oldenzaal-panelleden.csv", "-o", "{tmp}/x.docx"], "geen dossier"),
        (["importeer", "{tmp}/o.sto", "--panelleden", "{data}/oldenzaal.md"], "oldenzaal.md"),
        (["importeer", "{tmp}/o.sto"], "importeren"),
        (["samenvoegen", "{tmp}/niets.sto", "-o", "{tmp}/uit.sto"], "niets.sto"),
        (["samenvoegen", "{tmp}/niets.sto"], "--proef"),
        (["delen", "{tmp}/niets.sto", "-o", "{tmp}/uit.sto"], "niets.sto"),
        (["vogelvlucht", "{tmp}/niets.sto", "-o", "{tmp}/uit.docx"], "niets.sto"),
        (["controleer", "{tmp}/niets.sto"], "niets.sto"),
    ],
)
def test_a_problem_is_a_sentence_and_exit_code_one(arguments: list[str], said: str, tmp_path: Path) -> None:
    filled = [item.format(tmp=tmp_path, data=DATA) for item in arguments]
    result = run(*filled)
    assert result.returncode == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "uit.sto").exists()
    answer = json.loads(run(*filled, "--json").stdout)
    assert answer["ok"] is False
    assert said in answer["happened"] + answer["advice"]


@pytest.mark.parametrize("arguments", [["verslag"], ["exporteer", "x.sto", "--formaat", "pdf", "-o", "y"], ["--wat"]])
def test_wrong_use_is_exit_code_two_in_dutch(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert "gebruik:" in result.stderr
    assert not re.search(r"\b(usage|required|error|choose)\b", result.stderr)


@pytest.mark.parametrize(
    "command",
    [
        *("verslag", "samenvoegen", "delen", "vogelvlucht", "importeer", "exporteer"),
        *("controleer", "voorbeeld", "demo"),
    ],
)
def test_every_command_has_dutch_help(command: str) -> None:
    helped = done(command, "--help").stdout
    assert "opties:" in helped
    assert not re.search(r"\b(usage|show this|optional|positional)\b", helped)


@pytest.mark.parametrize(
    "arguments", [["controleer", "{o}"], ["controleer", "{o}", "--json"], ["controleer", "{o}.weg"]]
)
def test_a_command_whose_output_nobody_reads_ends_quietly(arguments: list[str], tmp_path: Path) -> None:
    dossier = tmp_path / "o.sto"
    import_panel(dossier)
    reading, writing = os.pipe()
    os.close(reading)
    line = [sys.executable, str(ROOT / "main.py"), *(part.format(o=dossier) for part in arguments)]
    wants_error = arguments[-1].endswith("weg")
    process = subprocess.run(
        line, stdout=subprocess.PIPE if wants_error else writing, stderr=writing if wants_error else subprocess.PIPE,
        check=False,
    )  # fmt: skip
    os.close(writing)
    assert (process.returncode, process.stdout or b"", process.stderr or b"") == (141, b"", b"")


@pytest.mark.long
def test_commands_do_without_qt(tmp_path: Path) -> None:
    script = (
        "import sys; from sto_desktop.cli import run; "
        f"code = run(['importeer', r'{tmp_path / 'o.sto'}', '--notities', r'{NOTES}']);"
        f"code += run(['verslag', r'{tmp_path / 'o.sto'}', '--toch', '-o', r'{tmp_path / 'o.docx'}']);"
        f"code += run(['verslag', r'{tmp_path / 'o.sto'}', '--toch', '-o', r'{tmp_path / 'o.pdf'}']);"
        "sys.exit(code or any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False).returncode == 0


@pytest.mark.long
@pytest.mark.parametrize(
    "arguments", [["verslag", "{o}", "-o", "{o}"], ["exporteer", "{o}", "--formaat", "md", "-o", "{o}"]]
)
def test_a_dossier_is_never_put_out_of_the_way(arguments: list[str], tmp_path: Path) -> None:
    dossier = tmp_path / "o.sto"
    import_panel(dossier)
    before = dossier.read_bytes()
    result = run(*(item.format(o=dossier) for item in arguments))
    assert result.returncode == 1
    assert "eindigt niet op" in result.stderr
    assert dossier.read_bytes() == before


def test_a_word_that_is_no_command_is_wrong_use() -> None:
    result = run("verslg")
    assert result.returncode == 2
    assert "verslg" in result.stderr


@pytest.mark.parametrize(
    ("command", "option", "values"),
    [
        (("delen", "-o", "kopie.sto"), "--panel", ("A", "B")),
        (("verslag",), "-o", ("a.docx", "b.docx")),
        (("verslag", "-o", "a.docx"), "--met", ("panelleden", "notities")),
        (("exporteer", "--formaat", "csv", "-o", "a.csv"), "--namen", ("rol", "voluit")),
        (("importeer", "notities.md"), "--subregio", ("Almelo", "Enschede")),
    ],
)
def test_an_option_that_takes_one_value_is_refused_when_it_stands_there_twice(
    tmp_path: Path, command: tuple[str, ...], option: str, values: tuple[str, str]
) -> None:
    import_panel(tmp_path / "o.sto")
    before = sorted(tmp_path.iterdir())
    line = [*command[1:], *(part for value in values for part in (option, value))]
    files = [tmp_path / part if part.endswith((".sto", ".docx", ".csv")) else part for part in line]
    result = run(command[0], tmp_path / "o.sto", *files)
    assert result.returncode == 2
    assert f"{option}" in result.stderr
    assert "dit staat er meer dan één keer; noem het één keer" in result.stderr
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["controleer", "{p}"],
        ["verslag", "{p}", "-o", "{folder}/v.docx"],
        ["importeer", "{folder}/n.sto", "--notities", "{p}"],
    ],
)
def test_a_pipe_in_place_of_a_file_is_refused_at_once(tmp_path: Path, arguments: list[str]) -> None:
    pipe = tmp_path / "pijp.sto"
    os.mkfifo(pipe)
    ended = run(*(part.format(p=pipe, folder=tmp_path) for part in arguments))
    assert ended.returncode == 1
    assert "het is geen gewoon bestand" in ended.stderr
