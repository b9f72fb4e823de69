"""docs/FILE_FORMAT.md agrees with the program: its tables, its numbers, and its rules for reading and writing."""

from __future__ import annotations

import re
import sqlite3
import uuid
from pathlib import Path
from typing import Any

from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Erasure
from sto_desktop.domain.log.clock import COUNTER_BITS, HIGHEST_STAMP, LATEST_MILLISECONDS, LOWEST_REAL_STAMP
from sto_desktop.domain.model import Note
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.sharing import SharedScope, Sharing
from sto_desktop.domain.record import FieldSpec, FieldType
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.schema import APPLICATION_ID, LOG_FORMAT
from sto_desktop.storage.working.check import check_file
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage import plain_reader
from tests.storage.desk import Computer, deleted, edited, note, text_of

DOCUMENT = Path(__file__).parents[3] / "docs" / "FILE_FORMAT.md"
BEGIN = "<!-- tables: made by tests/storage/file/test_file_format.py -->\n"
END = "<!-- end of tables -->\n"
USUAL = {FieldType.TEXT: "", FieldType.BOOLEAN: False, FieldType.INTEGER: 0}


def _field(field: FieldSpec) -> str:
    kind = field.kind.name.lower()
    if field.parent is not None:
        kind += f" {'→→' if field.owned else '→'} `{field.parent}`"
    if field.codes is not None:
        kind += " " + ", ".join(f"`{code.value}`" for code in field.codes)
    told: Any = field.default
    if field.kind is not FieldType.POSITION and told != USUAL.get(field.kind):
        kind += f"; default `{str(field.encode(told)).lower() if isinstance(told, bool) else field.encode(told)}`"
    if told is None and field.kind in USUAL:
        kind = kind.replace("; default `None`", "; default null")
    return kind + ("; part of the id" if field.key else "") + ("; searched" if field.searched else "")


def _listed() -> str:
    """Return the tables as the document lists them."""
    lines = []
    for table in tables().values():
        about = (table.record.__doc__ or "").split("\n\n")[0].replace("\n", " ")
        lines += ["", f"### {table.name}", "", about, "", "| field | type |", "|---|---|"]
        lines += [f"| `{field.name}` | {_field(field)} |" for field in table.fields.values()]
    return "\n".join(lines) + "\n\n"


def test_the_list_of_tables_is_the_program_s() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    listed = text.partition(BEGIN)[2].partition(END)[0]
    assert listed == _listed(), "run: python -m tests.storage.file.test_file_format"


def test_its_numbers_are_the_program_s() -> None:
    text = DOCUMENT.read_text(encoding="utf-8").replace(",", "").replace("\n", " ")
    for number in (APPLICATION_ID, LATEST_MILLISECONDS, HIGHEST_STAMP, LOWEST_REAL_STAMP, 1 << COUNTER_BITS):
        assert re.search(rf"\b{number}\b", text), number
    assert f"| {LOG_FORMAT} the version of the log's format" in text


def test_ids_are_derived_as_it_says() -> None:
    namespace = uuid.UUID("6f1c1b1e-57ad-5d6c-9a37-53544f440001")
    assert derived_id("voice", "a", "b") == str(uuid.uuid5(namespace, "voice\x1fa\x1fb"))


def _statements(language: str) -> list[str]:
    text = DOCUMENT.read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def test_one_can_read_a_dossier_as_it_says(copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("wat gezegd is", "N"))
    copy.publish()
    with sqlite3.connect(path) as raw:
        (statement,) = _statements("sql")
        rows = raw.execute(statement).fetchall()
        (command,) = _statements("sh")
        texts = raw.execute(command.split('"')[1]).fetchall()
    raw.close()
    assert [(row, text) for row, text, _ in rows] == [("N", "wat gezegd is")]
    assert texts == [("wat gezegd is",)]


def _shown(copy: WorkingCopy) -> dict[str, tuple[str, bool]]:
    return {record.id: (record.text, record.star) for record in copy.dossier.read.rows.records(Note)}


def test_who_knows_only_the_page_reads_the_same_notes_also_beside_copies_without_names(
    copy: WorkingCopy, piet: Computer, path: Path, tmp_path: Path
) -> None:
    for row in ("A", "B", "C", "D", "E"):
        copy.dossier.apply(note(f"{row} zei Zoë de Vries", row))
    copy.dossier.apply(edited("B", star=True))
    copy.dossier.apply(deleted("C"))
    copy.dossier.undo()
    copy.dossier.apply(deleted("D"))
    shared = tmp_path / "zonder namen.sto"
    copy.share(shared, Sharing(SharedScope.ALL, NameMode.ROLE))
    there = piet.open(shared)
    there.dossier.apply(edited("A", text="een voorstel van Piet"))
    there.dossier.apply(edited("B", star=False))
    there.dossier.apply(deleted("C"))
    there.dossier.apply(note("van Piet", "P"))
    there.close()
    again = piet.open(shared)
    assert plain_reader.notes(shared) == _shown(again)
    again.close()
    copy.dossier.apply(edited("B", text="thuis gewijzigd"))
    copy.dossier.erase([Erasure("note", "E", "text")])
    copy.merging.merge([shared])
    copy.publish()
    shown = _shown(copy)
    assert plain_reader.notes(path) == shown
    assert (shown["A"], shown["E"], "D" in shown) == (("A zei Zoë de Vries", False), ("", False), False)
    office = piet.create(tmp_path / "bureau.sto")
    office.merging.merge([shared])
    office.merging.merge([path])
    office.close()
    assert plain_reader.notes(tmp_path / "bureau.sto") == shown


def test_one_can_write_a_dossier_as_it_says(jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path) -> None:
    copy.dossier.apply(note("wat gezegd is", "N"))
    copy.close()
    with sqlite3.connect(path, isolation_level=None) as raw:
        raw.execute("BEGIN IMMEDIATE")
        writer = str(uuid.uuid4())
        raw.execute("INSERT INTO writer VALUES (?, 'een script', 'ergens', 'sqlite3')", (writer,))
        stamp = raw.execute("SELECT max(stamp) + 1 FROM (SELECT stamp FROM change UNION SELECT stamp FROM action)")
        at = stamp.fetchone()[0]
        head = raw.execute("SELECT stamp || ':' || writer FROM change WHERE row_id = 'N'").fetchone()[0]
        raw.execute(
            "INSERT INTO action VALUES (NULL, ?, ?, 'bijwerken', '2023-02-14T14:00:00+01:00', NULL)", (at, writer)
        )
        raw.execute(
            "INSERT INTO change VALUES (NULL, ?, ?, ?, 'note', 'N', json_object('text', 'wat bedoeld is'), ?)",
            (at, writer, at, f'{{"text":["{head}"]}}'),
        )
        raw.execute("COMMIT")
    raw.close()
    together = jan.create(tmp_path / "samen.sto")
    together.merging.merge([path])
    assert text_of(together.dossier, "N") == "wat bedoeld is"
    assert together.dossier.conflicts() == []
    assert together.dossier.history("note", "N")[-1].person == "een script"
    together.close()
    assert check_file(tmp_path / "samen.sto").ok


if __name__ == "__main__":
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    DOCUMENT.write_text(before + BEGIN + _listed() + END + rest.partition(END)[2], encoding="utf-8")
