"""Opening reads a file without writing it, whatever is next to it or wrong with it."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sto_desktop.domain.errors import (
    DamagedDossierError,
    DossierError,
    NewerFormatError,
    NotADossierError,
    PasswordNeededError,
    PublishError,
    StoError,
)
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import HOLDS_IT, Computer, assert_sound, note, other_program, running, text_of


def _looks(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return all visible properties of the files in a folder."""
    return {
        path.name: (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes())
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


@contextmanager
def _untouched(path: Path) -> Iterator[None]:
    before = _looks(path.parent)
    yield
    assert _looks(path.parent) == before


WRITER_THAT_DIES = """
    import sys, sqlite3, time
    raw = sqlite3.connect(sys.argv[1], isolation_level=None)
    raw.execute(f"PRAGMA journal_mode = {sys.argv[2]}")
    raw.execute("PRAGMA cache_size = 1")
    if sys.argv[2] == "WAL":
        raw.execute("UPDATE change SET fields = replace(fields, 'eerst', 'later')")
        raw.execute("UPDATE note SET text = 'later'")
    else:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE change SET fields = replace(fields, 'eerst', 'half geschreven')")
        raw.execute("CREATE TABLE vol AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 5000)"
                    " SELECT i, randomblob(200) AS b FROM n")
    print("ready", flush=True)
    time.sleep(60)
"""


def _killed_while_writing(path: Path, mode: str) -> None:
    """Let another program start to write a dossier and be killed."""
    with running(WRITER_THAT_DIES, path, mode) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def test_a_hot_journal_beside_a_file_is_honoured_and_nothing_there_is_written(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("eerst", "N"))
    copy.close()
    _killed_while_writing(path, "DELETE")
    assert path.with_name("Hengelo.sto-journal").stat().st_size > 0
    with _untouched(path):
        again = jan.open(path)
        assert text_of(again.dossier, "N") == "eerst"
        assert_sound(again.dossier)
    # Publishing rolls back the journal before it replaces the file: it must not be applied to the new file.
    again.dossier.apply(note("daarna", "M"))
    again.close()
    assert not path.with_name("Hengelo.sto-journal").exists()
    once_more = jan.open(path)
    assert text_of(once_more.dossier, "M") == "daarna"
    assert_sound(once_more.dossier)
    once_more.close()


def test_a_write_ahead_log_left_beside_a_file_is_honoured_and_nothing_there_is_written(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("eerst", "N"))
    copy.close()
    _killed_while_writing(path, "WAL")
    assert path.with_name("Hengelo.sto-wal").stat().st_size > 0
    with _untouched(path):
        again = jan.open(path)
        assert text_of(again.dossier, "N") == "later"
    again.dossier.apply(note("daarna", "M"))
    again.close()
    assert not path.with_name("Hengelo.sto-wal").exists()
    once_more = jan.open(path)
    assert text_of(once_more.dossier, "M") == "daarna"
    once_more.close()


def test_a_file_in_wal_mode_gets_nothing_beside_it(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.close()
    with other_program(path) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
    with _untouched(path):
        jan.open(path).close()


def test_opening_and_closing_writes_nothing(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.close()
    # Of what was closed there is a backup, and of that no second.
    kept = [file for file in jan.files() if file.suffix == ".sto"]
    assert len(kept) == 1
    with _untouched(path):
        jan.open(path).close()
    assert [file for file in jan.files() if file.suffix == ".sto"] == kept


NOTES_UNTIL_KILLED = """
    import sys
    from pathlib import Path
    sys.path.insert(0, ".")
    from tests.storage.desk import Computer, note
    jan = Computer(Path(sys.argv[1]), "Jan")
    copy = jan.open(Path(sys.argv[2]))
    print("ready", flush=True)
    number = 0
    while True:
        copy.dossier.apply(note(f"notitie {number}", f"N{number}"))
        print(number, flush=True)
        number += 1
"""


def test_every_note_that_was_captured_before_a_kill_is_there(
    jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path
) -> None:
    copy.close()
    with running(NOTES_UNTIL_KILLED, tmp_path, path) as process:
        assert process.stdout is not None
        for _ in range(20):
            last = int(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read().split()
    last = max(last, *map(int, rest)) if rest else last
    (leftover,) = jan.copies.leftovers()
    assert leftover.path == path
    again = jan.open(path)
    assert [text_of(again.dossier, f"N{number}") for number in range(last + 1)] == [
        f"notitie {number}" for number in range(last + 1)
    ]
    assert again.unpublished
    assert_sound(again.dossier)
    again.close()
    assert jan.copies.leftovers() == []


def test_what_a_crash_left_is_merged_with_what_was_published_since(
    jan: Computer, piet: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("niet gepubliceerd", "N"))
    copy.dossier.close()
    other = piet.open(path)
    other.dossier.apply(note("van Piet", "M"))
    other.close()
    again = jan.open(path)
    assert again.taken_in.new == {"note": ["M"]}
    assert again.taken_in.people == {"Piet": 1}
    assert again.trouble is None
    assert (text_of(again.dossier, "N"), text_of(again.dossier, "M")) == ("niet gepubliceerd", "van Piet")
    again.close()


def test_something_else_with_the_same_name_is_merged(
    jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path
) -> None:
    copy.dossier.apply(note("van het ene dossier", "N"))
    copy.dossier.close()
    made = jan.create(tmp_path / "ander.sto")
    made.dossier.apply(note("van het andere", "M"))
    made.close()
    os.replace(tmp_path / "ander.sto", path)
    again = jan.open(path)
    assert (text_of(again.dossier, "N"), text_of(again.dossier, "M")) == ("van het ene dossier", "van het andere")
    again.close()


def test_what_a_crash_left_opens_when_the_file_is_gone(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("alleen hier", "N"))
    copy.dossier.close()
    path.unlink()
    again = jan.open(path)
    assert text_of(again.dossier, "N") == "alleen hier"
    again.close()
    assert path.exists()


def test_what_a_crash_left_opens_when_something_else_lies_at_the_path_which_is_never_written(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("alleen hier", "N"))
    copy.dossier.close()
    path.write_text("boodschappen: brood, melk")
    again = jan.open(path)
    assert again.trouble is not None
    assert isinstance(again.trouble.__cause__, NotADossierError)
    assert text_of(again.dossier, "N") == "alleen hier"
    with pytest.raises(PublishError, match="staat iets anders"):
        again.close()
    assert path.read_text() == "boodschappen: brood, melk"


def test_a_working_copy_that_is_damaged_is_put_in_quarantine_and_the_file_opens(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("gepubliceerd", "N"))
    copy.publish()
    copy.dossier.close()
    damaged = copy.file.folder / "dossier.sto"
    content = bytearray(damaged.read_bytes())
    content[8192:40960] = b"\xa5" * 32768
    damaged.write_bytes(content)
    again = jan.open(path)
    assert text_of(again.dossier, "N") == "gepubliceerd"
    assert again.salvage is not None
    assert again.salvage.item.file.read_bytes() == content
    again.close()
    assert again.salvage.item.file.exists()


# What can't be opened


@pytest.mark.long
def test_a_file_that_another_program_holds_locked(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.close()
    with running(HOLDS_IT, path, "BEGIN EXCLUSIVE"), _untouched(path), pytest.raises(DossierError, match="bezet"):
        jan.open(path)
    assert jan.copies.leftovers() == []


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", NotADossierError, "leeg"),
        (b"SQLite format 3\x00", NotADossierError, "afgebroken"),
        ("Notulen van het panel, één exemplaar".encode(), NotADossierError, "tekst"),
        (b"PK\x03\x04abc", NotADossierError, "Word"),
        (b"%PDF-1.7", NotADossierError, "pdf"),
        (b"\x89PNG\r\n", NotADossierError, "afbeelding"),
        (os.urandom(4096), PasswordNeededError, "wachtwoord"),
    ],
)
def test_what_is_no_dossier_is_called_by_its_name(
    jan: Computer, path: Path, content: bytes, kind: type[StoError], words: str
) -> None:
    path.write_bytes(content)
    with _untouched(path), pytest.raises(kind, match=words) as caught:
        jan.open(path)
    assert "gewijzigd" in caught.value.kept
    assert caught.value.advice
    assert not (jan.home / "werkkopie").exists() or not any(file.suffix == ".sto" for file in jan.files())


def test_a_path_without_a_file_and_a_folder(jan: Computer, path: Path) -> None:
    with pytest.raises(NotADossierError, match="is er niet"):
        jan.open(path)
    path.mkdir()
    with pytest.raises(NotADossierError, match="map"):
        jan.open(path)


def test_a_database_of_another_program(jan: Computer, path: Path) -> None:
    with other_program(path) as raw:
        raw.execute("CREATE TABLE klant (naam)")
    with _untouched(path), pytest.raises(NotADossierError, match="ander programma"):
        jan.open(path)


def test_a_log_of_a_newer_form_that_can_not_be_read(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.close()
    with other_program(path) as raw:
        raw.execute("PRAGMA user_version = 2")
        raw.execute("ALTER TABLE change DROP COLUMN fields")
    with _untouched(path), pytest.raises(NewerFormatError, match="nieuwere versie"):
        jan.open(path)


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE erasure",
        "ALTER TABLE erasure RENAME TO old; CREATE VIEW erasure AS SELECT * FROM old",
        "ALTER TABLE change RENAME TO old; CREATE VIEW change AS SELECT * FROM old",
        "CREATE TABLE sticker (id)",
    ],
)
def test_a_computer_that_kept_nothing_of_a_file_does_not_say_that_it_did(
    jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path, change: str
) -> None:
    copy.dossier.apply(note("te duur"))
    copy.close()
    with other_program(path) as raw:
        raw.executescript(change)
    piet = Computer(tmp_path, "Piet")
    for _ in range(2):
        try:
            opened = piet.open(path)
        except DossierError:
            continue
        told = " ".join(opened.told)
        opened.publish()
        opened.close()
        assert "bewaarde" not in told
        assert "ander dossier" not in told


def test_a_trigger_that_calls_itself_one_of_sqlite_s_own(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.close()
    with other_program(path) as raw:
        raw.execute("CREATE TRIGGER val AFTER INSERT ON note BEGIN DELETE FROM change; END")
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_master SET name = 'sqlite_stat1' WHERE type = 'trigger'")
    # SQLite refuses it by itself.
    with pytest.raises(DamagedDossierError):
        jan.open(path)


def test_statistics_that_somebody_asked_sqlite_for_are_no_alteration(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.close()
    with other_program(path) as raw:
        raw.execute("ANALYZE")
    jan.open(path).close()


def _full(copy: WorkingCopy, path: Path) -> bytearray:
    for number in range(150):
        copy.dossier.apply(note(f"notitie {number} " + "tekst " * 30, f"N{number}"))
    copy.close()
    return bytearray(path.read_bytes())


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.95])
def test_a_truncated_file_is_refused_as_damaged_and_stays_as_it_is(
    jan: Computer, copy: WorkingCopy, path: Path, share: float
) -> None:
    content = _full(copy, path)
    path.write_bytes(content[: max(600, int(len(content) * share))])
    with _untouched(path), pytest.raises(DamagedDossierError, match=r"beschadigd|afgebroken"):
        jan.open(path)


@pytest.mark.long
def test_a_file_with_flipped_bits_opens_whole_or_is_refused_in_words(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    content = _full(copy, path)
    refused = 0
    # Ids are random, so the content at a position differs; a page header is a page header in every run.
    heads = range(0, len(content), 4 * int.from_bytes(content[16:18], "big"))
    for at in (*heads[1:], *((place * 7919 * 13) % len(content) for place in range(1, 40))):
        flipped = content.copy()
        flipped[at : at + 64] = bytes(byte ^ 0x5A for byte in flipped[at : at + 64])
        path.write_bytes(flipped)
        with _untouched(path):
            try:
                opened = jan.open(path)
            except StoError:
                # Any other exception fails the test: the user would see a traceback.
                refused += 1
            else:
                opened.dossier.read.panels.listed()
                opened.dossier.close()
                shutil.rmtree(opened.file.folder)
        assert not jan.copies.leftovers()
    assert refused > 5
