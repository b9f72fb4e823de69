"""Values of another type than their column, which SQLite stores anywhere: every command answers in words, the log gives
back what it says, and no note goes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sto_desktop import cli
from sto_desktop.storage.file.schema import TABLES, change
from sto_desktop.storage.log.layout import wrong_values
from tests.storage.desk import PANELIST, Computer, made_panel, note, other_program

pytestmark = pytest.mark.long

WRONG: dict[str, object] = {"blob": b"\x00\xff\x00", "text": "geen getal", "number": 1.5}
"""A number in a column of text becomes text, so it is only wrong where a whole number belongs."""
COLUMNS = [
    (table.name, column.name, kind)
    for table in TABLES.values()
    for column in table.columns
    for kind in WRONG
    if column.name not in table.key or column.kind == "TEXT"
    if kind == "blob" or column.kind != "TEXT"
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A dossier with a row in most tables, made once."""
    folder = tmp_path_factory.mktemp("sound")
    made = Computer(folder).create(folder / "Hengelo.sto")
    made.dossier.apply(made_panel())
    for number in range(4):
        made.dossier.apply(note(f"notitie {number} van Zoë de Vries", f"N{number}"))
    made.close()
    path = folder / "Hengelo.sto"
    with other_program(path) as raw:
        raw.execute("INSERT INTO draft VALUES ('lijn', 'half')")
        raw.execute("INSERT INTO erasure VALUES ('note', 'weg', 'text')")
    return path.read_bytes()


def damage(path: Path, columns: list[tuple[str, str, str]]) -> int:
    """Put a wrong value into the last row of each column; return in how many tables this was possible."""
    tables = set()
    with other_program(path) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        for table, column, kind in columns:
            last = f'SELECT max(rowid) FROM "{table}"'
            changed = raw.execute(
                f'UPDATE OR IGNORE "{table}" SET "{column}" = ? WHERE rowid = ({last})', (WRONG[kind],)
            )
            tables |= {table} if changed.rowcount else set()
    return len(tables)


def run(*line: object) -> int:
    return cli.run([str(part) for part in line])


@pytest.mark.parametrize("kind", WRONG)
def test_every_command_answers_values_of_a_wrong_type_in_words(
    kind: str, sound: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, other = tmp_path / "Hengelo.sto", tmp_path / "goed.sto"
    other.write_bytes(sound)
    person = ("--persoon", "Zoë de Vries")
    lines: dict[str, tuple[Any, ...]] = {
        "controleer": (path,),
        "verslag": (path, "-o", tmp_path / "v.md"),
        "delen": (path, "-o", tmp_path / "d.sto"),
        "exporteer": (path, "--formaat", "csv", "-o", tmp_path / "e.csv"),
        "vogelvlucht": (path, "-o", tmp_path / "vv.md"),
        "samenvoegen": (other, path, "-o", tmp_path / "s.sto"),
        "inzage": (path, *person, "-o", tmp_path / "i.docx"),
        "uitgifte": (path,),
        "wissen": (path, *person, "--wisbewijs", tmp_path / "w.docx"),
    }
    for name, line in lines.items():
        path.write_bytes(sound)
        assert damage(path, [column for column in COLUMNS if column[2] == kind]) > 5
        capsys.readouterr()
        assert run(name, *line) in (0, 1), name
        assert "Er ging iets mis" not in "".join(capsys.readouterr()), name


def test_a_wrong_value_in_any_column_is_told_and_costs_no_note(sound: bytes, tmp_path: Path) -> None:
    left = []
    for number, (table, column, kind) in enumerate(COLUMNS):
        if table == change.name:
            continue
        path = tmp_path / f"{number}.sto"
        path.write_bytes(sound)
        if not damage(path, [(table, column, kind)]):
            continue
        copy = Computer(tmp_path / str(number)).open(path)
        notes = {note.text for note in (copy.dossier.read.notes.get(f"N{row}") for row in range(4)) if note}
        members = copy.dossier.read.members.of_conversation("panel-1")
        sane = len(notes) == 4 and [member.id for member in members] == [PANELIST]
        if not sane or wrong_values(copy.dossier.raw) or not copy.told:
            left.append((table, column, kind, len(notes), copy.told))
        copy.dossier.close()
    assert left == []
