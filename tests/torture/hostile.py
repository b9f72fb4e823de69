"""Damaged and hostile files: dossiers through every command that reads one, and inputs through each reader."""

from __future__ import annotations

import io
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from sto_desktop.domain.errors import StoError
from sto_desktop.exchange.guides import read_guide
from sto_desktop.exchange.members.panelists_table import read_source
from sto_desktop.exchange.notes_source import read_notes_source
from sto_desktop.report.word.recognised import recognise
from sto_desktop.resources import resource as own
from sto_desktop.storage.working.check import check_file
from tests.cli.processes import run as command
from tests.report.word.mutated import mutated

MOST_SECONDS, MOST_KIB = 10, 512 * 1024


# Dossiers through commands


@cache
def sound(place: Path) -> Path:
    """Return a dossier with members and notes."""
    made = place / "goed.sto"
    members, notes = (own("example") / name for name in ("oldenzaal-panelleden.csv", "oldenzaal.md"))
    done = command("importeer", made, "--panelleden", members, "--notities", notes, "--panel", "Panel Oldenzaal")
    assert done.returncode == 0, done.stderr
    return made


def damaged(sound: bytes, drawn: random.Random) -> bytes:
    """Return a dossier that ends too soon, or with other bytes."""
    content = bytearray(sound)
    kind = drawn.random()
    if kind < 0.2:
        del content[drawn.randint(1, len(content) - 1) :]
    else:
        # Often in the first pages, with the header and the schema.
        end = len(content) if kind < 0.7 else 3 * 4096
        for _ in range(drawn.choice((1, 1, 2, 8, 64))):
            content[drawn.randrange(0, end)] = drawn.randrange(256)
    return bytes(content)


_OPENED = (
    "UPDATE {table} SET {column} = {value}",
    "UPDATE {table} SET {column} = {value} WHERE rowid = {row}",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE rowid % 7 = {row} % 7",
    "DROP TABLE {table}",
    "ALTER TABLE {table} RENAME TO {word}",
    "ALTER TABLE {table} RENAME COLUMN {column} TO {word}",
    "ALTER TABLE {table} ADD COLUMN {word} DEFAULT {value}",
    "CREATE TABLE {word} AS SELECT * FROM {table}",
    "CREATE VIEW {word} AS SELECT * FROM {table}",
    "CREATE TRIGGER {word} AFTER INSERT ON {table} BEGIN DELETE FROM change; END",
    "DROP TABLE {table}; CREATE VIEW {table} AS WITH RECURSIVE n(seq) AS "
    "(SELECT 1 UNION ALL SELECT seq + 1 FROM n) SELECT * FROM n",
    "PRAGMA application_id = {row}",
    "PRAGMA user_version = {row}",
)
_VALUES = (
    "NULL", "''", "x'fffe'", "CAST(x'fffe41' AS TEXT)", "-9223372036854775808", "9e999", "char(0)", "'{{'", "'null'",
    "'[[1]]'", "'<img src=\"file:///etc/passwd\">'", "replace(hex(zeroblob(2000)), '0', '[')",
    "replace(hex(zeroblob(2000000)), '0', 'woord ')", "'9999-99-99T99:99'", "'a' || char(8238) || 'b'",
)  # fmt: skip


def hostile_dossier(path: Path, sound: bytes, drawn: random.Random) -> None:
    """Write a damaged dossier, or one into which another program wrote anything."""
    if drawn.random() < 0.5:
        path.write_bytes(damaged(sound, drawn))
        return
    path.write_bytes(sound)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA ignore_check_constraints = 1")
        named = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        tables = [name for (name,) in raw.execute(named) if not name.startswith("sqlite_")]
        for _ in range(drawn.choice((1, 1, 2, 5))):
            # More often the log, from which all else follows.
            table = drawn.choice(("change", "action", "writer", drawn.choice(tables), drawn.choice(tables)))
            columns = [name for (name,) in raw.execute("SELECT name FROM pragma_table_info(?)", (table,))]
            said = drawn.choice(_OPENED).format(
                table=table,
                column=drawn.choice(columns or ["x"]),
                value=drawn.choice(_VALUES),
                row=drawn.randrange(100),
                word=drawn.choice(("x", "change", "note", '"een twee"')),
            )
            # What it can't be made to hold stays out.
            with suppress(sqlite3.Error):
                raw.executescript(said)


def dossier(seed: int, place: Path) -> None:
    """Damage a dossier, and let a command read it: an answer in words, and the file as it was."""
    drawn = random.Random(seed)
    content = damaged(sound(place).read_bytes(), drawn)
    folder = place / f"dossier-{seed}"
    folder.mkdir()
    path = folder / "Panel.sto"
    path.write_bytes(content)
    line = drawn.choice(
        (
            ("controleer", path),
            ("controleer", path, "--herstel", folder / "uit.sto"),
            ("verslag", path, "-o", folder / "uit.md"),
            ("samenvoegen", sound(place), path, "-o", folder / "uit.sto"),
            ("samenvoegen", sound(place), path, "--proef"),
            ("delen", path, "--namen", "rol", "-o", folder / "uit.sto"),
            ("exporteer", path, "--formaat", "xlsx", "-o", folder / "uit.xlsx"),
            ("vogelvlucht", path, "-o", folder / "uit.md"),
        )
    )
    done = command(*line)
    assert done.returncode in (0, 1), (line[0], done.returncode, done.stderr[-400:])
    assert "Traceback" not in done.stderr, (line[0], done.stderr[-2000:])
    assert done.returncode == 0 or (done.stdout + done.stderr).strip(), (line[0], "no word")
    assert done.seconds < MOST_SECONDS, (line[0], done.seconds)
    assert done.kib < MOST_KIB, (line[0], done.kib)
    # A report is recorded in a dossier that could be read whole; nothing else writes.
    if done.returncode:
        assert path.read_bytes() == content, (line[0], "written")
        # A merge that leaves lines out says so, and with what it writes.
        told = line[0] == "samenvoegen" and f"samengevoegd in {folder / 'uit.sto'}" in done.stdout
        assert told == (folder / "uit.sto").exists(), (line[0], "a file at -o")
    shutil.rmtree(folder)


# Inputs through readers

_CSV = "Naam;Organisatie;Sector\nAnna ter Horst;ROC De Brug;mbo\nJan Kok;De Wijzer;po\n"
_MD = "## Thema\n### Wat is de opbrengst?\n- @Jan + Goed gereedschap #label\n- > Actie voor @Anna\n"


def readers() -> dict[str, Callable[[Path], object]]:
    """Return a reader for each form of file."""
    return {
        "leden.csv": read_source,
        "leden.xlsx": read_source,
        "notities.md": read_notes_source,
        "notities.csv": read_notes_source,
        "notities.xlsx": read_notes_source,
        "notities.docx": read_notes_source,
        "project.qdpx": read_notes_source,
        "boek.qdc": read_notes_source,
        "leidraad.json": read_guide,
        "sjabloon.docx": lambda path: recognise(path).dress.room(),
        "dossier.sto": check_file,
    }


@cache
def samples(place: Path) -> dict[str, bytes]:
    """Return an example of each form."""
    import openpyxl

    from sto_desktop.report.content.panel_report import panel_report
    from sto_desktop.report.word.word import word_bytes
    from tests.report.panels import example

    book = io.BytesIO()
    sheet = openpyxl.Workbook()
    for line in _CSV.splitlines():
        sheet.active.append(line.split(";"))  # type: ignore[union-attr]
    sheet.save(book)
    docx = word_bytes(panel_report(example()))
    project = b'<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0"><CodeBook><Codes/></CodeBook></Project>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("project.qde", project)
    return {
        "leden.csv": _CSV.encode(),
        "leden.xlsx": book.getvalue(),
        "notities.md": _MD.encode(),
        "notities.csv": ("Notitie;" + _CSV).encode(),
        "notities.xlsx": book.getvalue(),
        "notities.docx": docx,
        "project.qdpx": packed.getvalue(),
        "boek.qdc": project.replace(b"Project", b"CodeBook"),
        "leidraad.json": b'{"title": "L", "themes": [{"title": "T", "questions": [{"text": "V"}]}]}',
        "sjabloon.docx": docx,
        "dossier.sto": sound(place).read_bytes(),
    }


def reader(seed: int, place: Path) -> None:
    """Change an input, and let its reader read it: content, or an error in words."""
    drawn = random.Random(seed)
    found = samples(place)
    name = drawn.choice(sorted(found))
    content, read = found[name], readers()[name]
    inside = content.startswith(b"PK") and drawn.random() < 0.7
    path = place / name
    path.write_bytes(mutated(content, seed) if inside else _changed(content, drawn))
    try:
        read(path)
    except StoError:
        return
    except Exception as error:
        path.rename(place / f"reader-{seed}-{name}")
        raise AssertionError(f"{name}: {type(error).__name__}: {error}") from error


_PIECES = (
    b"\x00",
    b"\xff\xfe",
    b"\n",
    b";",
    b'"',
    b"\t",
    b"<",
    b"&#0;",
    b"\r",
    b"{",
    b"[",
    b"999999999999999999999",
    b"@",
    b"#",
)


def _changed(content: bytes, drawn: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(drawn.randint(1, 6)):
        at = drawn.randint(0, len(changed))
        kind = drawn.randint(0, 3)
        if kind == 0:
            changed[at:at] = drawn.choice(_PIECES) * drawn.choice((1, 1, 3, 2000))
        elif kind == 1:
            del changed[at : at + drawn.choice((1, 5, 400))]
        elif kind == 2 and changed:
            changed[at % len(changed)] = drawn.randrange(256)
        else:
            changed[at:at] = changed[at : at + drawn.choice((3, 60))]
    return bytes(changed)
