"""Every connection has all settings, and every error of SQLite becomes a sentence for the user."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from sto_desktop.domain.errors import DamagedDossierError, DossierError, NotADossierError, PasswordNeededError
from sto_desktop.storage.file.database import connect, connect_working, errors_of, reading, transaction
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.passwords import set_password
from tests.storage.desk import Computer, note

ALWAYS = {
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "foreign_keys": 1,
    "temp_store": 2,
}


def _settings(raw: Any, names: dict[str, Any]) -> dict[str, Any]:
    return {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in names}


@pytest.mark.parametrize("open_it", [connect, connect_working])
@pytest.mark.parametrize("password", [None, "geheim"])
def test_every_connection_has_every_setting(tmp_path: Path, open_it: Callable[..., Any], password: str | None) -> None:
    raw = open_it(tmp_path / "x.sto", password=password)
    assert _settings(raw, ALWAYS) == ALWAYS
    assert raw.execute("PRAGMA cipher_log_level").fetchone() in (("NONE",), (None,), ("0",))
    raw.close()


@pytest.mark.long
def test_a_working_copy_writes_ahead_and_syncs_every_commit(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    window = jan.open(path)
    expected = {**ALWAYS, "journal_mode": "wal", "synchronous": 2}
    for opened in (copy, window):
        assert _settings(opened.dossier.raw, expected) == expected
        deletes = opened.dossier.raw.execute("SELECT v FROM search_config WHERE k = 'secure-delete'").fetchone()
        assert int(deletes[0]) == 1
    window.close()
    set_password(copy, "geheim")
    assert _settings(copy.dossier.raw, expected) == expected
    assert copy.dossier.raw.execute("SELECT v FROM search_config WHERE k = 'secure-delete'").fetchone()[0] == 1


def test_references_are_checked_at_the_end_of_a_transaction(copy: WorkingCopy) -> None:
    raw = copy.dossier.raw
    with transaction(raw):
        raw.execute("INSERT INTO voice (id, note) VALUES ('V', 'later')")
        raw.execute("INSERT INTO note (id) VALUES ('later')")
    with pytest.raises(dbapi2.IntegrityError), transaction(raw):
        raw.execute("INSERT INTO voice (id, note) VALUES ('W', 'nooit')")
    assert not raw.in_transaction


def test_a_transaction_is_all_or_nothing(copy: WorkingCopy) -> None:
    raw = copy.dossier.raw

    def broken_off() -> None:
        with transaction(raw):
            raw.execute("DELETE FROM change")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert raw.execute("SELECT count(*) FROM change").fetchone()[0] > 0


def test_a_reader_sees_one_state_and_makes_no_writer_wait(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    window = jan.open(path)
    with reading(window.dossier.raw), reading(window.dossier.raw):
        assert len(window.dossier.read.panels.listed()) == 1
        copy.dossier.apply(note("ondertussen", "N"))
        assert window.dossier.read.notes.get("N") is None
    assert window.dossier.read.notes.get("N") is not None
    window.close()


def test_a_query_does_not_end_the_transaction_around_it(copy: WorkingCopy) -> None:
    raw = copy.dossier.raw
    with transaction(raw):
        raw.execute("INSERT INTO setting VALUES ('a', 'b')")
        copy.dossier.read.panels.listed()
        assert raw.in_transaction
    assert copy.dossier.setting("a") == "b"


def test_a_name_with_signs_of_an_address_is_a_name(jan: Computer, tmp_path: Path) -> None:
    for name in ("100% zeker?.sto", "a#b 'c' \"d\".sto", "Reünie – één.sto", "file:x.sto"):
        made = jan.create(tmp_path / name)
        made.dossier.apply(note("een", "N"))
        made.close()
        again = jan.open(tmp_path / name)
        other = jan.create(tmp_path / f"samen met {name}")
        other.merging.merge([tmp_path / name])
        assert other.dossier.read.notes.get("N") is not None
        other.discard()
        again.close()


def _garbage(folder: Path) -> Any:
    (folder / "x.sto").write_bytes(b"z" * 4096)
    return connect(folder / "x.sto").execute("SELECT * FROM sqlite_master")


def _nowhere(folder: Path) -> Any:
    return connect(folder / "er niet" / "x.sto").execute("SELECT 1")


def _unknown_table(folder: Path) -> Any:
    return connect(folder / "x.sto").execute("SELECT * FROM {onbekend}")


def _no_text(folder: Path) -> Any:
    return connect(folder / "x.sto").execute("SELECT CAST(x'ff' AS TEXT)").fetchone()


def _read_only(folder: Path) -> Any:
    connect(folder / "x.sto").execute("CREATE TABLE a (b)")
    return connect(folder / "x.sto", mode="ro").execute("INSERT INTO a VALUES (1)")


def _locked(folder: Path) -> Any:
    holder = connect(folder / "x.sto")
    holder.execute("BEGIN EXCLUSIVE")
    return connect(folder / "x.sto", busy=0).execute("BEGIN IMMEDIATE")


def _full(folder: Path) -> Any:
    raw = connect(folder / "x.sto")
    raw.execute("PRAGMA max_page_count = 2")
    raw.execute("CREATE TABLE a (b)")
    return raw.execute("INSERT INTO a VALUES (zeroblob(100000))")


@pytest.mark.parametrize(
    ("cause", "kind", "words"),
    [
        (_garbage, PasswordNeededError, "«x.sto» is niet leesbaar"),
        (_nowhere, NotADossierError, "kan niet geopend"),
        (_unknown_table, DossierError, "Er ging iets mis met «x.sto»"),
        (_no_text, DamagedDossierError, "beschadigd"),
        (_read_only, DossierError, "niet in «x.sto» geschreven"),
        (_locked, DossierError, "bezet"),
        (_full, DossierError, "schijf is vol"),
    ],
)
def test_errors_of_sqlite_are_told_in_words(
    tmp_path: Path, cause: Callable[[Path], Any], kind: type[DossierError], words: str
) -> None:
    with pytest.raises(kind, match=words), errors_of(tmp_path / "x.sto"):
        cause(tmp_path)


def test_errors_of_a_query_are_told_in_words_too(copy: WorkingCopy) -> None:
    copy.dossier.raw.execute("DROP TABLE debrief")
    with pytest.raises(DossierError, match="Er ging iets mis"):
        copy.dossier.read.course.debriefs("panel-1")


def test_a_bug_stays_a_bug(tmp_path: Path) -> None:
    raw = connect(tmp_path / "x.sto")
    with pytest.raises(dbapi2.ProgrammingError), errors_of(tmp_path / "x.sto"):
        raw.execute("SELECT ?", ())
    raw.close()
