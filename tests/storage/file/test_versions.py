"""Versions of the program side by side: older dossiers, newer ones, and two versions that share a folder."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from sto_desktop import cli
from sto_desktop.storage.file.database import connect
from sto_desktop.storage.working.check import check_file
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import (
    D89B78D,
    D89B78D_LOCKED,
    D89B78D_WORKING,
    REVISION_0001,
    Computer,
    assert_sound,
    edited,
    note,
    text_of,
)
from tests.storage.other_version import LaterVersion

pytestmark = pytest.mark.long

PASSWORD = "geheim"
TEXTS = ["Technolab trekt leerlingen", "Gastlessen vallen vaak uit"]


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> LaterVersion:
    """A version with more declarations than this one."""
    return LaterVersion(tmp_path_factory.mktemp("version"))


# Older dossiers


def _assert_all_there(opened: WorkingCopy) -> None:
    content = opened.dossier.read.panel_content("P")
    assert content is not None
    assert [item.text for item in content.notes][-2:] == TEXTS
    assert [item.speakers for item in content.notes][-2:] == [("L",), ("L",)]
    assert [(member.name, member.role) for member in content.panelists] == [("Zoë de Vries", ""), ("", "ouder")]
    assert [hit.row for hit in opened.dossier.search("zoe")] == ["L"]
    assert_sound(opened.dossier)


@pytest.mark.parametrize(
    ("made", "password"),
    [(REVISION_0001, None), (D89B78D, None), (D89B78D_LOCKED, PASSWORD)],
    ids=["0001", "d89b78d", "d89b78d, locked"],
)
def test_a_dossier_of_before_opens_and_goes_on(
    jan: Computer, piet: Computer, path: Path, made: Path, password: str | None
) -> None:
    shutil.copyfile(made, path)
    before = path.read_bytes()
    assert check_file(path, password).ok
    opened = jan.open(path, password)
    _assert_all_there(opened)
    opened.close()
    assert path.read_bytes() == before
    opened = jan.open(path, password)
    opened.dossier.apply(note("verder", "N7", panel="P"))
    opened.close()
    again = piet.open(path, password)
    assert text_of(again.dossier, "N7") == "verder"
    _assert_all_there(again)
    again.close()
    assert check_file(path, password).ok
    if password:
        assert b"Technolab" not in path.read_bytes()


@pytest.mark.parametrize("made", [REVISION_0001, D89B78D], ids=["0001", "d89b78d"])
def test_the_log_is_not_rewritten(jan: Computer, path: Path, made: Path) -> None:
    shutil.copyfile(made, path)
    opened = jan.open(path)
    raw = sqlite3.connect(made)
    for table in ("change", "action", "writer", "erasure"):
        statement = f"SELECT * FROM {table} ORDER BY rowid"
        assert opened.dossier.raw.execute(statement).fetchall() == raw.execute(statement).fetchall()
    raw.close()
    opened.close()


def test_what_a_crash_of_before_left_keeps_drafts_settings_and_undo(jan: Computer, path: Path) -> None:
    shutil.copyfile(D89B78D, path)
    opened = jan.open(path)
    opened.dossier.close()
    shutil.copyfile(D89B78D_WORKING, opened.file.folder / "dossier.sto")
    again = jan.open(path)
    _assert_all_there(again)
    assert text_of(again.dossier, "N9") == "nog niet bewaard"
    assert again.dossier.draft("gesprek") == "half getypt"
    assert again.dossier.setting("panel") == "P"
    assert again.dossier.undo_label() == "notitie toevoegen"
    again.dossier.set_draft("gesprek", "")
    again.close()
    assert check_file(path).ok


def test_a_dossier_of_before_is_used_by_every_command(
    jan: Computer, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copyfile(D89B78D, path)
    outputs = {"n.csv", "v.docx", "o.md", "rol.sto", "voluit.sto"}
    for line in (
        ("controleer", path),
        ("exporteer", path, "--formaat", "csv", "--namen", "alles", "-o", tmp_path / "n.csv"),
        ("verslag", path, "-o", tmp_path / "v.docx"),
        ("vogelvlucht", path, "-o", tmp_path / "o.md"),
        ("delen", path, "-o", tmp_path / "rol.sto"),
        ("delen", path, "--namen", "alles", "-o", tmp_path / "voluit.sto"),
        ("samenvoegen", path, REVISION_0001, "-o", tmp_path / "samen.sto"),
    ):
        before = path.read_bytes()
        assert cli.run([str(part) for part in line]) == 0, capsys.readouterr()
        assert "ander programma" not in capsys.readouterr().out
        # An output is recorded in it; nothing else changes it.
        unchanged = path.read_bytes() == before
        assert unchanged is (Path(line[-1]).name not in outputs)
        assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert all(text in (tmp_path / "n.csv").read_text(encoding="utf-8-sig") for text in TEXTS)
    for made in ("rol.sto", "voluit.sto", "samen.sto"):
        assert check_file(tmp_path / made).ok
    opened = jan.open(path)
    assert {one.file_name for one in opened.dossier.read.course.all_issued()} == outputs
    _assert_all_there(opened)
    opened.close()


# A field that somebody adds, and nothing else


def test_a_field_that_is_added_works_with_dossiers_that_lack_it(
    jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path
) -> None:
    copy.dossier.apply(note("van nu", "N"))
    copy.close()
    added = LaterVersion(tmp_path, only_a_field=True)
    old = path.with_name("oud.sto")
    shutil.copyfile(D89B78D, old)
    for file, member in ((path, "panelist-1"), (old, "L")):
        answer = added.run(
            tmp_path,
            "Marieke",
            file,
            f"""
            report = check_file(path)
            opened = computer.open(path)
            opened.dossier.apply(action("lid wijzigen", change("panelist", "{member}", email="zoe@example.org")))
            assert_sound(opened.dossier)
            opened.close()
            tell([report.ok, opened.told, check_file(path).ok])
            """,
        )
        assert answer == [True, [], True]
        opened = jan.open(file)
        assert opened.told == ()
        assert_sound(opened.dossier)
        opened.dossier.apply(note("verder", "N8"))
        opened.close()
        answer = added.run(
            tmp_path,
            "Marieke",
            file,
            f"""
            from sto_desktop.domain.model import Panelist
            opened = computer.open(path)
            emails = [item.email for item in opened.dossier.read.rows.records(Panelist) if item.id == "{member}"]
            opened.close()
            tell(emails)
            """,
        )
        assert answer == ["zoe@example.org"]


def test_what_a_later_version_keeps_of_a_person_is_wiped_with_them(
    jan: Computer, copy: WorkingCopy, path: Path, later: LaterVersion, tmp_path: Path
) -> None:
    copy.close()
    _with_what_only_the_later_one_knows(later, tmp_path, path)
    jan.open(path).close()
    assert b"zoe@example.org" in path.read_bytes()
    proof = tmp_path / "wisbewijs.docx"
    assert cli.run(["wissen", str(path), "--persoon", "Zoë de Vries", "--wisbewijs", str(proof)]) == 0
    assert b"zoe@example.org" not in path.read_bytes()
    assert check_file(path).ok


# Two versions in one folder


def _with_what_only_the_later_one_knows(later: LaterVersion, home: Path, path: Path) -> None:
    later.run(
        home,
        "Marieke",
        path,
        """
        from sto_desktop.domain.vocabulary import NoteKind
        opened = computer.open(path)
        opened.dossier.apply(action("later", change("panelist", "panelist-1", email="zoe@example.org", first_name="Zo"),
            create("note", "R", panel="panel-1", text="een risico", kind=NoteKind.RISK),
            create("sticker", "S", note="R", text="geel")))
        opened.close()
        """,
    )


_READ = """
    from sto_desktop.domain.model import Note, Panelist, Sticker
    opened = computer.open(path)
    (member,) = opened.dossier.read.rows.records(Panelist)
    kinds = {item.id: item.kind for item in opened.dossier.read.rows.records(Note)}
    stickers = [(item.note, item.text) for item in opened.dossier.read.rows.records(Sticker)]
    found = [[hit.table, hit.row] for word in ("zo", "geel") for hit in opened.dossier.search(word)]
    assert_sound(opened.dossier)
    text = opened.dossier.read.notes.get("R").text
    opened.close()
    tell([member.email, kinds["R"], stickers, text, found])
"""


def test_what_a_later_version_wrote_is_kept_as_it_is_and_comes_back(
    jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path, later: LaterVersion
) -> None:
    copy.close()
    _with_what_only_the_later_one_knows(later, tmp_path, path)
    raw = connect(path)
    before = raw.execute("SELECT stamp, writer, table_name, row_id, fields, supersedes FROM change").fetchall()
    raw.close()
    opened = jan.open(path)
    assert opened.told == ()
    assert text_of(opened.dossier, "R") == "een risico"
    opened.dossier.apply(edited("R", text="een groot risico", star=True))
    opened.dossier.apply(note("verder", "N8"))
    assert_sound(opened.dossier)
    opened.close()
    raw = connect(path)
    after = raw.execute("SELECT stamp, writer, table_name, row_id, fields, supersedes FROM change").fetchall()
    raw.close()
    assert after[: len(before)] == before
    answer = later.run(tmp_path, "Marieke", path, _READ)
    assert answer == [
        "zoe@example.org",
        "RISK",
        [["R", "geel"]],
        "een groot risico",
        [["panelist", "panelist-1"], ["sticker", "S"]],
    ]


def test_opening_by_turns_writes_nothing_and_fills_no_disk(
    jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path, later: LaterVersion
) -> None:
    copy.close()
    _with_what_only_the_later_one_knows(later, tmp_path, path)
    look = "computer.open(path).close()"
    for last in ("later", "this"):
        if last == "this":
            opened = jan.open(path)
            opened.dossier.apply(note("verder", "N8"))
            opened.close()
        before = path.read_bytes(), path.stat().st_mtime_ns
        for _ in range(3):
            jan.open(path).close()
            later.run(tmp_path, "Marieke", path, look)
            later.run(tmp_path, "Jan", path, look)
        assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    kept = [file.name for file in (jan.home / "reservekopie").rglob("*.sto")]
    assert len(kept) <= 3, kept
    assert not [name for name in kept if name.endswith("-bijwerken.sto")]


def test_two_versions_that_have_it_open_come_to_rest(
    jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path, later: LaterVersion
) -> None:
    copy.dossier.apply(note("van nu", "N"))
    copy.publish()
    _with_what_only_the_later_one_knows(later, tmp_path, path)
    copy.take_in_apart()
    copy.dossier.poll()
    assert not copy.unpublished
    copy.dossier.apply(note("verder", "N8"))
    copy.publish()
    before = path.read_bytes()
    # A crash of the later version left a working copy, so it continues in one of its own.
    crash = "opened = computer.open(path); opened.dossier.set_draft('gesprek', 'half'); opened.dossier.close()"
    later.run(tmp_path, "Marieke", path, crash)
    for _ in range(3):
        answer = later.run(
            tmp_path,
            "Marieke",
            path,
            "opened = computer.open(path); tell([opened.unpublished, opened.dossier.draft('gesprek')]); opened.close()",
        )
        assert answer == [False, "half"]
        copy.take_in_apart()
        assert not copy.unpublished
        assert not copy.replaced
    assert path.read_bytes() == before


def test_a_working_copy_that_goes_from_version_to_version_keeps_drafts_and_settings(
    jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path, later: LaterVersion
) -> None:
    copy.dossier.apply(note("nog niet bewaard", "N9"))
    copy.dossier.set_draft("gesprek", "half")
    copy.dossier.set_setting("panel", "panel-1")
    copy.dossier.close()
    answer = later.run(
        tmp_path,
        "Jan",
        path,
        """
        opened = computer.open(path)
        told = [opened.dossier.draft("gesprek"), opened.dossier.setting("panel"), opened.dossier.undo_label()]
        opened.dossier.set_setting("later", "1")
        opened.dossier.close()
        tell(told)
        """,
    )
    assert answer == ["half", "panel-1", "notitie toevoegen"]
    again = jan.open(path)
    assert (again.dossier.draft("gesprek"), again.dossier.setting("later")) == ("half", "1")
    assert again.unpublished
    again.dossier.set_draft("gesprek", "")
    again.close()
    assert check_file(path).counts["note"] == 1
