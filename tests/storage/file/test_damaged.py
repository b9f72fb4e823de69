"""Dossiers that are damaged or hostile: each is refused or repaired with a message, and none is written."""

from __future__ import annotations

import contextlib
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from sto_desktop import cli
from sto_desktop.domain.errors import DamagedDossierError, DossierError
from sto_desktop.domain.log.change import action
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.database import bounded, connect, errors_of
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.log.renew import renewed
from sto_desktop.storage.working.check import check_file, repair
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import Computer, made_panel, note, other_program

DATA = Path(__file__).parents[1] / "data"
CASES = {
    # One byte of a table's name is damaged, so that SQLite's own message is not valid text.
    "name": DATA / "min-name-byte.sto",
    # One bit in the index of the log is damaged: it lacks rows of the log.
    "index": DATA / "flip3-136-before.sto",
}
PAGE = 4096
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT "
NO_UTF_8 = b"\xee"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A dossier with twenty notes as a file, made once."""
    folder = tmp_path_factory.mktemp("sound")
    made = Computer(folder).create(folder / "Hengelo.sto")
    made.dossier.apply(made_panel())
    for number in range(20):
        made.dossier.apply(note(f"notitie {number} over het Technolab", f"N{number}"))
    made.close()
    return (folder / "Hengelo.sto").read_bytes()


@pytest.fixture
def filled(path: Path, sound: bytes) -> Path:
    """That dossier, for one test to damage."""
    path.write_bytes(sound)
    return path


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkingCopy]:
    """An open dossier into which others are merged."""
    folder = tmp_path_factory.mktemp("office")
    made = Computer(folder, "Piet").create(folder / "van Piet.sto")
    yield made
    made.dossier.close()


@contextmanager
def untouched(path: Path) -> Iterator[None]:
    """Assert that the file stays unchanged and that nothing is written beside it."""
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    yield
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside


def answers_in_words(use: Callable[[], object]) -> bool:
    """Return whether a dossier was refused; any exception that is not an expected error fails the test."""
    try:
        use()
    except DossierError:
        return True
    return False


def commands(path: Path, folder: Path) -> dict[str, Sequence[object]]:
    """Return every command that reads a dossier."""
    sound = folder / "goed.sto"
    cli.run(["importeer", str(sound), "--panelleden", str(_members(folder)), "--panel", "Goed", "--json"])
    return {
        "controleer": ("controleer", path),
        "herstel": ("controleer", path, "--herstel", folder / "hersteld.sto"),
        "verslag": ("verslag", path, "--panel", "Panel A", "-o", folder / "verslag.docx"),
        "alle": ("verslag", path, "--alle", "--formaat", "md", "-o", folder / "verslagen"),
        "delen": ("delen", path, "--namen", "rol", "-o", folder / "gedeeld.sto"),
        "voluit": ("delen", path, "--namen", "alles", "-o", folder / "voluit.sto"),
        "xlsx": ("exporteer", path, "--formaat", "xlsx", "-o", folder / "tabel.xlsx"),
        "qdpx": ("exporteer", path, "--formaat", "qdpx", "-o", folder / "project.qdpx"),
        "vogelvlucht": ("vogelvlucht", path, "-o", folder / "vogelvlucht.md"),
        "proef": ("samenvoegen", sound, path, "--proef"),
        "samenvoegen": ("samenvoegen", sound, path, "-o", folder / "samen.sto"),
        "importeer": ("importeer", path, "--panelleden", _members(folder), "--panel", "Panel A"),
    }


def _members(folder: Path) -> Path:
    members = folder / "leden.csv"
    members.write_text("Naam;Organisatie\nAnna ter Horst;ROC De Brug\n")
    return members


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_command_answers_a_damaged_dossier_in_words(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "Panel.sto"
    path.write_bytes(case.read_bytes())
    for name, line in commands(path, tmp_path).items():
        capsys.readouterr()
        with untouched(path):
            code = cli.run([str(part) for part in line])
        shown = capsys.readouterr()
        if name == "herstel":
            assert (code, "Het oorspronkelijke bestand is niet gewijzigd." in shown.out) == (0, True)
        else:
            assert code == 1, name
            assert "beschadigd" in shown.out + shown.err, name
            # Nothing could be counted, which does not mean that there is nothing.
            assert "0 notities" not in shown.out, name
    assert cli.run(["controleer", str(tmp_path / "hersteld.sto")]) == 0
    assert not (tmp_path / "samen.sto").exists()


def test_of_a_dossier_with_a_damaged_name_all_is_kept(tmp_path: Path) -> None:
    mended = repair(CASES["name"], tmp_path / "hersteld.sto")
    assert (mended.panels, mended.notes, mended.changes, mended.lost, mended.left_out) == (1, 31, 101, 0, 0)


def test_a_repair_may_take_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Even the smallest file could not be read within such a limit.
    monkeypatch.setattr("sto_desktop.storage.file.database._SECONDS_A_MEGABYTE", -1e9)
    monkeypatch.setattr("sto_desktop.storage.file.database._STEPS_BETWEEN_LOOKS", 1)
    assert not check_file(CASES["name"]).ok
    mended = repair(CASES["name"], tmp_path / "hersteld.sto")
    assert (mended.panels, mended.notes, mended.changes, mended.lost) == (1, 31, 101, 0)


def _with_byte(path: Path, word: bytes, place: int) -> None:
    """Change one byte of a word that occurs once in the file."""
    content = bytearray(path.read_bytes())
    assert content.count(word) == 1
    content[content.index(word) + place : content.index(word) + place + 1] = NO_UTF_8
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("word", "place"),
    [
        (b"tablechangechange", 7),
        (b"tablechangechange", 12),
        (b"CREATE TABLE change", 3),
        (b"CREATE TABLE change", 15),
        (b"indexsqlite_autoindex_change_1", 24),
        (b"indexchange_rowchange", 8),
        (b"tablenotenote", 6),
        (b"CREATE TABLE note (", 14),
        (b"tablealembic_version", 9),
    ],
)
def test_a_byte_of_a_description_that_fell_over_is_said_and_costs_nothing(
    jan: Computer, filled: Path, word: bytes, place: int
) -> None:
    _with_byte(filled, word, place)
    with untouched(filled):
        assert not check_file(filled).ok
        assert answers_in_words(lambda: jan.open(filled))
        mended = repair(filled, filled.parents[1] / "hersteld.sto")
    assert (mended.notes, mended.changes, mended.lost) == (20, 23, 0)


@pytest.mark.long
@pytest.mark.parametrize("column", [b"supersedes TEXT", b"fields TEXT", b"row_id TEXT"])
def test_the_damaged_name_of_a_column_that_another_program_touched_is_said_by_every_command(
    filled: Path, tmp_path: Path, column: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    with other_program(filled) as raw:
        # The description is then longer than ours, so that it can't be restored.
        raw.execute("ALTER TABLE change ADD COLUMN extra TEXT")
    content = filled.read_bytes()
    place = content.index(column, content.index(b"CREATE TABLE change"))
    filled.write_bytes(content[: place + 1] + NO_UTF_8 + content[place + 2 :])
    for name, line in commands(filled, tmp_path).items():
        capsys.readouterr()
        with untouched(filled):
            code = cli.run([str(part) for part in line])
        shown = capsys.readouterr()
        # Only what each row supersedes can be missed.
        assert code == (0 if name == "herstel" and column.startswith(b"supersedes") else 1), name
        said = shown.out + shown.err
        assert "20 notities" in said if not code else re.search("beschadigd|geen logboek", said), (name, said)


@pytest.mark.parametrize("cut", [False, True], ids=["a page of the log", "the end"])
def test_a_repair_reads_every_row_that_can_be_read_by_itself(jan: Computer, path: Path, *, cut: bool) -> None:
    copy = jan.create(path)
    copy.dossier.apply(made_panel())
    copy.dossier.apply(action("notities", *(note(f"zin {row} " * 9, f"N{row}").edits[0] for row in range(200))))
    copy.close()
    content = bytearray(path.read_bytes())
    # Only the log has values as JSON.
    pages = [at for at in range(0, len(content), 4096) if b'"text":"zin' in content[at : at + 4096]]
    assert len(pages) > 5
    if cut:
        del content[pages[-3] :]
    else:
        content[pages[3] : pages[3] + 4096] = bytes(4096)
    path.write_bytes(content)
    whole = 0
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw:
        # Otherwise SQLite reads nothing of a file that was cut off.
        raw.execute("PRAGMA writable_schema = ON")
        for row in range(1, 400):
            with contextlib.suppress(sqlite3.DatabaseError):
                whole += len(raw.execute("SELECT * FROM change NOT INDEXED WHERE seq = ?", (row,)).fetchall())
    assert 0 < whole < 200
    assert repair(path, path.parents[1] / "hersteld.sto").changes == whole


def test_a_name_that_no_sql_can_hold_keeps_nobody_from_a_repair(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with other_program(filled) as raw:
        raw.execute("ALTER TABLE change DROP COLUMN supersedes")
        raw.execute("CREATE TABLE kladblok (tekst TEXT)")
    content = filled.read_bytes()
    assert content.count(b"tablekladblok") == 1
    filled.write_bytes(content.replace(b"tablekladblok", b"tableklad\0lok"))
    mended = tmp_path / "hersteld.sto"
    with untouched(filled):
        assert cli.run(["controleer", str(filled)]) == 1
        assert cli.run(["controleer", str(filled), "--herstel", str(mended)]) == 0
    assert "20 notities" in capsys.readouterr().out
    assert cli.run(["controleer", str(mended)]) == 0


def test_a_damaged_working_copy_that_a_crash_left_is_offered(jan: Computer, filled: Path) -> None:
    opened = jan.open(filled)
    opened.dossier.close()
    content = bytearray((opened.file.folder / "dossier.sto").read_bytes())
    content[100:4096] = b"\xa5" * 3996
    (opened.file.folder / "dossier.sto").write_bytes(content)
    (left,) = jan.copies.abandoned()
    assert left.path == filled
    with untouched(filled):
        jan.open(filled).dossier.close()
    assert [file for file in jan.files() if "quarantaine" in str(file)]


@pytest.mark.parametrize("modes", [b"\x01\x02", b"\x02\x01", b"\x02\x02"])
def test_a_head_that_speaks_of_a_write_ahead_log_has_nothing_made_beside_the_file(
    jan: Computer, filled: Path, modes: bytes
) -> None:
    content = bytearray(filled.read_bytes())
    content[18:20] = modes
    filled.write_bytes(content)
    with untouched(filled):
        check_file(filled)
        jan.open(filled).dossier.close()


# A seeded set of damage, the same in every run


@pytest.fixture(scope="module", params=[False, True], ids=["of before", "of this version"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The dossier of the first case before the two bytes were damaged, with the tables of this version."""
    content = CASES["name"].read_bytes()
    content = content.replace(b"t\xeegtag", b"tagtag", 1).replace(b"XREATE TABLE tag", b"CREATE TABLE tag", 1)
    if not request.param:
        return content
    path = tmp_path_factory.mktemp("whole") / "Panel.sto"
    path.write_bytes(content)
    renewed(path, path, None)
    return path.read_bytes()


def _flipped(content: bytes, chance: random.Random) -> bytes:
    """Damage a few bytes: anywhere, in the schema, in page headers, or in texts."""
    made = bytearray(content)
    pages = range(0, len(made), PAGE)
    described = [page for page in pages if b"CREATE TABLE" in made[page : page + PAGE]]
    for _ in range(chance.choice((1, 1, 2, 4))):
        match chance.randrange(5):
            case 0:
                place = chance.randrange(len(made))
            case 1:
                place = chance.choice(pages) + chance.randrange(40)
            case 2:
                place = chance.choice([hit.start() for hit in re.finditer(b"mening", content)])
            case _:
                place = chance.choice(described) + chance.randrange(PAGE)
        made[place] = chance.choice((0xFF, 0xEE, 0xC3, 0x80, 0, made[place] ^ 1 << chance.randrange(8)))
    return bytes(made)


def _looks_all_right(jan: Computer, office: WorkingCopy, path: Path) -> bool:
    """Pass a file to all readers of dossiers; return whether none of them reported anything."""
    with untouched(path):
        found = check_file(path).ok
        refused = answers_in_words(lambda: repair(path, path.parents[1] / "hersteld.sto"))
        (path.parents[1] / "hersteld.sto").unlink(missing_ok=True)
        (incoming,) = office.merging.preview([Incoming(path)])
        try:
            opened = jan.open(path)
        except DossierError:
            return False
        unread = answers_in_words(lambda: _read_all(opened))
        opened.dossier.close()
        shutil.rmtree(opened.file.folder)
    return found and not refused and incoming.problem is None and not unread


def _read_all(opened: WorkingCopy) -> None:
    read = opened.dossier.read
    for panel in read.panels.listed():
        read.panel_content(panel.id)
    for spec in tables().values():
        read.rows.records(spec.record)
    opened.dossier.conflicts()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
def test_damage_anywhere_is_said_or_does_no_harm(
    jan: Computer, office: WorkingCopy, path: Path, whole: bytes, seed: int
) -> None:
    chance = random.Random(seed)
    harmless = 0
    for _ in range(8):
        path.write_bytes(_flipped(whole, chance))
        harmless += _looks_all_right(jan, office, path)
    assert harmless < 8
    path.write_bytes(whole)
    assert _looks_all_right(jan, office, path)


UNEXPECTED: Sequence[object] = (
    b"\xff\xfe", b"\xed\xa0\x80", b"\x00\xff", None, -1, 2**62, 1.5, "", "onzin", "9999-99-99", "[]", "a\x00b",
)  # fmt: skip
"""Values that no fold of a log puts into a table; bytes are tried both as text and as bytes."""


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
def test_a_value_that_does_not_belong_there_is_said_or_does_no_harm(
    jan: Computer, office: WorkingCopy, path: Path, whole: bytes, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(6):
        path.write_bytes(whole)
        with other_program(path) as raw:
            raw.execute("PRAGMA ignore_check_constraints = ON")
            filled = [
                name
                for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
                if raw.execute(f'SELECT 1 FROM "{name}"').fetchone()
            ]
            table, value = chance.choice(filled), chance.choice(UNEXPECTED)
            column = chance.choice([row[1] for row in raw.execute(f'PRAGMA table_info("{table}")')])
            cast = "CAST(? AS TEXT)" if isinstance(value, bytes) and chance.random() < 0.7 else "?"
            with contextlib.suppress(sqlite3.Error):
                raw.execute(
                    f'UPDATE "{table}" SET "{column}" = {cast} WHERE rowid = (SELECT max(rowid) FROM "{table}")',
                    (value,),
                )
        _looks_all_right(jan, office, path)


# What stands in the place of a table

Maker = Callable[[sqlite3.Connection, str, Sequence[str]], None]
"""Makes something under a table's name with its columns."""


def _replaced(path: Path, table: str, make: Maker) -> None:
    """Replace a table of a closed dossier by something else with the same name."""
    with other_program(path) as raw:
        columns = [row[1] for row in raw.execute(f'PRAGMA table_info("{table}")')]
        raw.execute(f'DROP TABLE "{table}"')
        make(raw, table, columns)


def _endless_view(raw: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
    raw.execute(f'CREATE VIEW "{table}" AS {ENDLESS}' + ", ".join(f'x AS "{name}"' for name in columns) + " FROM n")


def _virtual(raw: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
    raw.execute(f'CREATE VIRTUAL TABLE "{table}" USING fts5({", ".join(columns)})')


def _worked_out(raw: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
    made = ", ".join(f'"{name}" AS (given)' for name in columns)
    raw.execute(f'CREATE TABLE "{table}" (given, {made})')
    raw.execute(f'INSERT INTO "{table}" (given) VALUES (1)')


def _chain(raw: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
    """Each view reads the one before it twice: SQLite needs twice as long to find the columns of the next."""
    made = ", ".join(f'1 AS "{name}"' for name in columns)
    raw.execute(f"CREATE VIEW link0 AS SELECT {made}")
    for number in range(1, 40):
        raw.execute(f"CREATE VIEW link{number} AS SELECT a.* FROM link{number - 1} AS a, link{number - 1} AS b")
    raw.execute(f'CREATE VIEW "{table}" AS SELECT * FROM link39')


MAKERS: dict[str, Maker] = {"view": _endless_view, "chain": _chain, "virtual": _virtual, "worked out": _worked_out}


LOG = ("change", "action", "writer", "erasure")


@pytest.mark.parametrize("table", [*LOG, "alembic_version", "note", "setting"])
@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_what_stands_in_the_place_of_a_table_is_never_read(
    jan: Computer, office: WorkingCopy, filled: Path, table: str, maker: Maker
) -> None:
    _replaced(filled, table, maker)
    out = filled.parents[1] / "hersteld.sto"
    with untouched(filled):
        assert check_file(filled).ok == (table != "change")
        assert answers_in_words(lambda: jan.open(filled).dossier.close()) == (table == "change")
        (incoming,) = office.merging.preview([Incoming(filled)])
        assert (incoming.problem is not None) == (table == "change")
        assert answers_in_words(lambda: repair(filled, out)) == (table == "change")
    if table != "change":
        assert check_file(out).ok


@pytest.mark.parametrize("table", LOG)
def test_an_endless_view_beside_an_open_dossier_or_in_its_place_holds_nobody_up(
    jan: Computer, filled: Path, table: str
) -> None:
    opened = jan.open(filled)
    _replaced(filled, table, _endless_view)
    filled.with_name("Hengelo (1).sto").write_bytes(filled.read_bytes())
    with untouched(filled):
        assert bool(opened.merging.copies_beside()) == (table != "change")
        assert answers_in_words(opened.take_in_published) == (table == "change")
    assert answers_in_words(opened.publish) == (table == "change")
    opened.dossier.close()


@pytest.mark.parametrize("kind", ["condition", "expression"])
def test_an_index_of_somebody_else_is_never_computed(jan: Computer, filled: Path, kind: str) -> None:
    # One step of SQLite that takes for ever, which no limit of time can stop.
    endless = f"row_id || '{'a' * 60}' LIKE '{'%a' * 25}%b'"
    index = f"(row_id) WHERE {endless}" if kind == "condition" else f"({endless})"
    with other_program(filled) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(
            "UPDATE sqlite_master SET sql = ? WHERE name = 'change_row'",
            (f"CREATE INDEX change_row ON change {index}",),
        )
    with untouched(filled):
        assert check_file(filled).ok
    opened = jan.open(filled)
    assert opened.dossier.read.notes.count("panel-1") == 20
    opened.close()
    assert check_file(filled).ok


def test_a_trigger_of_somebody_else_never_runs_and_is_left_out_of_a_repair(jan: Computer, filled: Path) -> None:
    with other_program(filled) as raw:
        for table in ("change", "note", "setting", "session"):
            raw.execute(
                f"CREATE TRIGGER t_{table} AFTER INSERT ON {table} BEGIN"
                f" INSERT INTO draft (name, content) {ENDLESS} x, x FROM n; END"
            )
    out = filled.parents[1] / "hersteld.sto"
    with untouched(filled):
        assert check_file(filled).ok
        opened = jan.open(filled)
        assert opened.dossier.read.notes.count("panel-1") == 20
        opened.close()
        assert repair(filled, out).lost == 0
    assert check_file(out).ok


def test_sql_that_never_ends_is_stopped_and_said(tmp_path: Path) -> None:
    path = tmp_path / "x.sto"
    raw = connect(path)
    never = f"{ENDLESS} count(*) FROM n"

    def read() -> None:
        with errors_of(path), bounded(raw, path, least=0.2):
            raw.execute(never).fetchone()

    with pytest.raises(DamagedDossierError, match=r"«x\.sto» kwam niet tot een eind"):
        read()
    assert raw.execute("SELECT 1").fetchone() == (1,)
    raw.close()


def test_a_page_that_leads_back_to_one_before_it_is_not_read_again(jan: Computer, path: Path, tmp_path: Path) -> None:
    copy = jan.create(path)
    copy.dossier.apply(made_panel())
    for number in range(150):
        copy.dossier.apply(note(f"notitie {number}"))
    copy.close()
    with other_program(path) as raw:
        (total,) = raw.execute("SELECT count(*) FROM change").fetchone()
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'change'").fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    content, start = bytearray(path.read_bytes()), (root - 1) * size
    # An inner page of a table: https://sqlite.org/fileformat.html#b_tree_pages
    assert content[start] == 5
    cells = [
        start + int.from_bytes(content[start + 12 + 2 * cell : start + 14 + 2 * cell])
        for cell in range(int.from_bytes(content[start + 3 : start + 5]))
    ]
    for cell in cells[1:]:
        content[cell : cell + 4] = content[cells[0] : cells[0] + 4]
    path.write_bytes(content)
    repaired = repair(path, tmp_path / "hersteld.sto")
    assert repaired.lost
    assert repaired.changes + repaired.lost == total
