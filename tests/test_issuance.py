"""Uitgifte: each output that is made is recorded in the dossier, with its naming and whom it is for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sto_desktop.cli import run as run_here
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.place import Position
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace import Workplace

RECIPIENT = "Wethouder Vos"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A dossier with one panel and one note."""
    path = tmp_path / "a.sto"
    copy = Workplace.here("Anna").create(path)
    _fill(copy)
    copy.close()
    return path


def _fill(copy: WorkingCopy) -> None:
    copy.dossier.apply(
        action(
            "panel toevoegen",
            create("panel", "P", title="Panel Oost"),
            create("panelist", "m", panel="P", name="Kees de Wit", first_name="Kees", seat=1),
            create("note", "n", panel="P", text="Het ging goed", position=Position(None, "a")),
        )
    )


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Run a command in this process; return its exit code and what it said."""
    code = run_here([str(argument) for argument in arguments])
    return code, capsys.readouterr().out


def recorded(capsys: pytest.CaptureFixture[str], dossier: Path) -> list[dict[str, str]]:
    """Return what the command lists, newest first."""
    rows: list[dict[str, str]] = json.loads(said(capsys, "uitgifte", dossier, "--json")[1])["uitgifte"]
    return rows


@pytest.mark.long
def test_every_output_of_a_command_is_listed_with_naming_file_and_recipient(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = dossier.parent
    for command in (
        ("verslag", dossier, "--vorm", "kort", "-o", folder / "v.docx", "--ontvanger", RECIPIENT),
        ("delen", dossier, "--namen", "alles", "-o", folder / "k.sto"),
        ("delen", dossier, "--panel", "Panel Oost", "-o", folder / "p.sto"),
        ("exporteer", dossier, "--formaat", "csv", "--namen", "voluit", "-o", folder / "e.csv"),
        ("exporteer", dossier, "--formaat", "md", "-o", folder / "e.md", "--ontvanger", "Ineke"),
        ("vogelvlucht", dossier, "--nieuwsbrief", "-o", folder / "n.md"),
        ("vogelvlucht", dossier, "-o", folder / "plan.xlsx"),
    ):
        code, words = said(capsys, *command)
        assert (code, "niet in het dossier vastgelegd" in words) == (0, False), words
    whole = "het hele dossier"
    assert [(row["wat"], row["panel"], row["namen"], row["bestand"], row["ontvanger"]) for row in
            reversed(recorded(capsys, dossier))] == [
        ("verslag, kort", "Panel Oost", "rol", "v.docx", RECIPIENT),
        ("kopie van het dossier, alles", whole, "alles", "k.sto", ""),
        ("kopie van het dossier, één panel", "Panel Oost", "rol", "p.sto", ""),
        ("export, csv", whole, "voluit", "e.csv", ""),
        ("export, Markdown", "Panel Oost", "rol", "e.md", "Ineke"),
        ("vogelvlucht, nieuwsbrief", whole, "rol", "n.md", ""),
        ("vogelvlucht, plan", whole, "rol", "plan.xlsx", ""),
    ]  # fmt: skip
    listed = said(capsys, "uitgifte", dossier)[1].splitlines()
    assert (len(listed), f"aan {RECIPIENT}" in listed[-1], "aan wie is niet ingevuld" in listed[0]) == (7, True, True)


@pytest.mark.long
def test_the_list_is_personal_in_no_copy_without_history_and_no_undo_takes_it_away(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = dossier.parent
    said(capsys, "verslag", dossier, "-o", folder / "voor de wethouder.docx", "--ontvanger", RECIPIENT)
    for naming in ("rol", "pseudoniem", "voluit"):
        copy = folder / f"{naming}.sto"
        said(capsys, "delen", dossier, "--namen", naming, "-o", copy)
        content = copy.read_bytes()
        assert not [word for word in (RECIPIENT, "voor de wethouder") if word.encode() in content]
        assert recorded(capsys, copy) == []
    opened = Workplace.here("Anna").open(dossier)
    point = opened.dossier.past()[-1].seq
    while opened.dossier.undo():
        pass
    opened.dossier.go_back_to(point, "terug")
    assert [one.recipient for one in opened.dossier.read.course.all_issued()][-1] == RECIPIENT
    opened.close()


def test_a_dossier_that_cant_be_written_gives_its_verslag_and_says_that_it_is_not_recorded(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier.chmod(0o444)
    before = dossier.read_bytes()
    target = dossier.parent / "v.docx"
    code, words = said(capsys, "verslag", dossier, "-o", target)
    assert (code, target.exists()) == (0, True)
    assert "niet in het dossier vastgelegd: «a.sto» is alleen-lezen." in words
    assert json.loads(said(capsys, "verslag", dossier, "-o", target, "--json")[1])["vastgelegd"] is False
    # Nothing of the dossier stays on this computer, and it can be written again later.
    assert (dossier.read_bytes(), Workplace.here().copies.leftovers()) == (before, [])
    dossier.chmod(0o644)
    assert json.loads(said(capsys, "verslag", dossier, "-o", target, "--json")[1])["vastgelegd"] is True


def test_what_a_window_has_not_published_yet_is_not_published_by_a_command(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window = Workplace.here("Anna").open(dossier)
    window.dossier.apply(
        action("", create("note", "later", panel="P", text="Nog niet af", position=Position(None, "b")))
    )
    before = dossier.read_bytes()
    said(capsys, "exporteer", dossier, "--formaat", "csv", "-o", dossier.parent / "e.csv")
    assert dossier.read_bytes() == before
    window.dossier.poll()
    assert [one.file_name for one in window.dossier.read.course.all_issued()] == ["e.csv"]
    window.close()
    assert [row["bestand"] for row in recorded(capsys, dossier)] == ["e.csv"]


def test_a_verslag_recorded_by_an_older_program_is_in_the_list(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Workplace.here("Anna").open(dossier)
    options = json.dumps({"naming": "FULL"})
    copy.dossier.apply(
        action("", create("report_made", "r", panel="P", form="MINUTES", file_name="oud.docx", options=options))
    )
    copy.close()
    (row,) = recorded(capsys, dossier)
    assert (row["wat"], row["namen"], row["bestand"]) == ("verslag, notulen", "voluit", "oud.docx")


def test_a_command_that_makes_a_dossier_with_names_says_who_can_read_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    members = tmp_path / "leden.csv"
    members.write_text("naam;naam noemen;citeren\nJildou Hamstra;ja;ja\nTjalling Roos;ja;ja\n", encoding="utf-8")
    notes = tmp_path / "n.md"
    notes.write_text("- Het lab is klein\n", encoding="utf-8")
    path, merged = tmp_path / "met.sto", tmp_path / "samen.sto"
    alone = "Het is te lezen voor u alleen op deze computer"
    protect = "het heeft geen wachtwoord"
    assert protect not in said(capsys, "importeer", tmp_path / "zonder.sto", notes)[1]
    for command in (("importeer", path, "--panelleden", members), ("samenvoegen", path, "-o", merged)):
        words = said(capsys, *command)[1]
        assert (protect in words, alone in words, "Wachtwoord van dit dossier" in words) == (True, True, True), command
    # Nobody new came in.
    assert protect not in said(capsys, "importeer", path, notes)[1]
    for naming, warned in (("alles", True), ("voluit", True), ("rol", False), ("pseudoniem", False)):
        words = said(capsys, "delen", path, "--namen", naming, "-o", tmp_path / f"{naming}.sto")[1]
        assert (protect in words, "--wachtwoord" in words) == (warned, warned)
    # A copy without names has none, when it is merged too.
    assert protect not in said(capsys, "samenvoegen", tmp_path / "rol.sto", "-o", tmp_path / "r.sto")[1]


def test_who_has_a_copy_with_names_and_one_without_can_join_them_and_that_is_told(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = dossier.parent
    both = "Wie beide heeft, kan ze naast elkaar leggen en ziet wie wat zei."

    def told(command: str, naming: str, file: str, *more: str) -> str:
        form = ("--formaat", file.rpartition(".")[2]) if command == "exporteer" else ()
        code, words = said(capsys, command, dossier, *form, "--namen", naming, "-o", folder / file, *more)
        assert code == 0
        return words

    assert both not in told("delen", "rol", "een.sto", "--ontvanger", RECIPIENT)
    assert both not in told("delen", "pseudoniem", "twee.sto")
    made = f"Er zijn al 2 kopieën of exports zonder alle namen gemaakt (aan wie is niet ingevuld en aan {RECIPIENT})."
    assert f"{made} {both}" in told("delen", "alles", "drie.sto", "--ontvanger", "Ineke")
    made = "Er is al 1 kopie of export met alle namen gemaakt (aan Ineke)."
    for command, file in (("delen", "vier.sto"), ("exporteer", "vijf.qdpx"), ("exporteer", "zes.csv")):
        assert f"{made} {both}" in told(command, "rol", file)
    assert both not in told("exporteer", "rol", "zeven.qdc")
