"""Publishing: whole files, replaced atomically, never over unread work of somebody else."""

import os
import resource
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sto_desktop.domain.errors import DossierError, PublishError
from sto_desktop.own_files import put_in_place
from sto_desktop.storage.file.local import temporary_for
from sto_desktop.storage.file.schema import APPLICATION_ID, LOG_FORMAT
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import (
    HOLDS_IT,
    Computer,
    add_change,
    assert_sound,
    edited,
    note,
    other_program,
    running,
    text_of,
)


def _holds(path: Path, row: str) -> bool:
    with other_program(path) as raw:
        found = raw.execute("SELECT 1 FROM note WHERE id = ? AND known = 1", (row,)).fetchone()
    return found is not None


def test_what_is_published_is_one_whole_plain_sqlite_file(copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.dossier.set_draft("gesprek", "half")
    copy.dossier.set_setting("panel", "panel-1")
    copy.publish()
    assert sorted(file.name for file in path.parent.iterdir()) == ["Hengelo.sto"]
    header = path.read_bytes()[:100]
    assert header.startswith(b"SQLite format 3\x00")
    assert header[18:20] == b"\x01\x01"
    with other_program(path) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert raw.execute("PRAGMA user_version").fetchone() == (LOG_FORMAT,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("SELECT text FROM note").fetchall() == [("een",)]
        for local in ("draft", "setting", "session"):
            assert raw.execute(f"SELECT count(*) FROM {local}").fetchone() == (0,)
    assert b"half" not in path.read_bytes()
    assert copy.dossier.draft("gesprek") == "half"
    assert copy.dossier.setting("panel") == "panel-1"


def test_it_knows_what_is_not_yet_at_the_path(copy: WorkingCopy, path: Path) -> None:
    assert not copy.unpublished
    copy.dossier.apply(note("een", "N"))
    assert copy.unpublished
    copy.publish()
    assert not copy.unpublished
    path.unlink()
    assert copy.unpublished


def test_what_changed_at_the_path_is_merged_in_first(copy: WorkingCopy, piet: Computer, path: Path) -> None:
    copy.dossier.apply(note("van Jan", "N"))
    other = piet.open(path)
    other.dossier.apply(note("van Piet", "M"))
    other.close()
    published = copy.publish()
    assert published.merged is not None
    assert text_of(copy.dossier, "M") == "van Piet"
    assert _holds(path, "N")
    assert _holds(path, "M")


def test_nothing_is_merged_where_nobody_else_wrote(copy: WorkingCopy) -> None:
    for number in range(3):
        copy.dossier.apply(note("een", f"N{number}"))
        assert copy.publish().merged is None


WRITES_SLOWLY = """
    import sys, sqlite3, time
    raw = sqlite3.connect(sys.argv[1], isolation_level=None)
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO change (stamp, writer, action, table_name, row_id, fields, supersedes)"
                " VALUES (120000000000000000, 'x', 1, 'note', 'M', '{\\"text\\":\\"van Piet\\"}', '{}')")
    print("ready", flush=True)
    time.sleep(0.5)
    raw.execute("COMMIT")
    raw.close()
"""


def test_somebody_who_was_faster_between_looking_and_putting_is_merged_in(copy: WorkingCopy, path: Path) -> None:
    """Another program is writing when we check, and is done just before our file would replace its own."""
    copy.dossier.apply(note("van Jan", "N"))
    with running(WRITES_SLOWLY, path) as process:
        published = copy.publish()
        process.wait()
    assert published.merged is not None
    assert text_of(copy.dossier, "M") == "van Piet"
    assert _holds(path, "M")
    assert _holds(path, "N")


def test_what_lies_at_the_path_a_moment_later_is_not_taken_for_ours(
    copy: WorkingCopy, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(temporary: Path, target: Path) -> None:
        put_in_place(temporary, target)
        add_change(path, {"deleted": False, "text": "van Piet", "panel": "panel-1"}, row="M")

    copy.dossier.apply(note("van Jan", "N"))
    monkeypatch.setattr("sto_desktop.storage.working.published_file.put_in_place", overtaken)
    copy.publish()
    monkeypatch.undo()
    assert copy.take_in_published() is not None
    assert text_of(copy.dossier, "M") == "van Piet"


def test_many_who_publish_at_once_lose_nothing(jan: Computer, piet: Computer, copy: WorkingCopy, path: Path) -> None:
    other = piet.open(path)
    failed: list[Exception] = []

    def publish_often(who: WorkingCopy) -> None:
        try:
            for _ in range(8):
                who.publish_apart()
        except PublishError as error:
            failed.append(error)

    copy.dossier.apply(note("van Jan", "N"))
    other.dossier.apply(note("van Piet", "M"))
    threads = [threading.Thread(target=publish_often, args=(who,)) for who in (copy, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for who in (copy, other, copy):
        who.publish()
    assert text_of(copy.dossier, "M") == "van Piet"
    assert text_of(other.dossier, "N") == "van Jan"
    other.close()


def test_writing_goes_on_while_a_worker_publishes(copy: WorkingCopy, path: Path) -> None:
    worker = threading.Thread(target=lambda: [copy.publish_apart() for _ in range(5)])
    worker.start()
    for number in range(50):
        copy.dossier.apply(note(f"notitie {number}", f"N{number}"))
    worker.join()
    copy.publish()
    assert all(_holds(path, f"N{number}") for number in range(50))
    assert_sound(copy.dossier)


def test_a_link_at_the_path_stays_a_link(jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path) -> None:
    copy.close()
    link = tmp_path / "snelkoppeling.sto"
    link.symlink_to(path)
    opened = jan.open(link)
    opened.dossier.apply(note("een", "N"))
    opened.close()
    assert link.is_symlink()
    assert _holds(path, "N")


def test_saving_elsewhere_goes_on_there(copy: WorkingCopy, path: Path, tmp_path: Path, jan: Computer) -> None:
    elsewhere = tmp_path / "stick.sto"
    copy.dossier.apply(note("een", "N"))
    copy.publish(elsewhere)
    assert copy.path == elsewhere
    assert not copy.unpublished
    before = path.read_bytes()
    copy.dossier.apply(note("twee", "M"))
    copy.close()
    assert _holds(elsewhere, "M")
    assert path.read_bytes() == before
    again = jan.open(elsewhere)
    assert text_of(again.dossier, "M") == "twee"
    again.close()


def test_saving_over_another_file_replaces_it(copy: WorkingCopy, tmp_path: Path) -> None:
    """The window asks first."""
    there = tmp_path / "oud.sto"
    there.write_text("wat er stond")
    copy.publish(there)
    assert _holds(there, "x") is False


def test_making_over_a_file_or_over_what_a_crash_left_is_refused(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    with pytest.raises(DossierError, match="al een bestand"):
        jan.create(path)
    copy.dossier.close()
    path.unlink()
    with pytest.raises(DossierError, match="werkkopie"):
        jan.create(path)
    again = jan.open(path)
    again.close()
    assert path.exists()


def test_a_dossier_that_is_not_wanted_leaves_nothing(jan: Computer, path: Path) -> None:
    made = jan.create(path)
    made.dossier.apply(note("een", "N"))
    made.discard()
    assert not path.exists()
    assert jan.copies.leftovers() == []


def test_an_older_file_that_is_put_over_ours_is_brought_up_to_date(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    """By a sync client that restores an old version, or by hand: both where the program looked and where it did not."""
    old = path.read_bytes()
    copy.dossier.apply(note("een", "N"))
    copy.publish()
    path.write_bytes(old)
    assert copy.replaced
    copy.take_in_apart()
    assert copy.unpublished
    copy.publish()
    assert _holds(path, "N")
    assert not copy.unpublished
    path.write_bytes(old)
    copy.close()
    assert _holds(path, "N")
    again = jan.open(path)
    assert text_of(again.dossier, "N") == "een"
    again.close()


# A path that can't be written: work goes on


@contextmanager
def _refused(copy: WorkingCopy, words: str) -> Iterator[None]:
    """Assert that publishing is refused with a message, that work goes on, and that closing keeps everything."""
    copy.dossier.apply(note("blijft", "N"))
    with pytest.raises(PublishError, match=words) as caught:
        copy.publish()
    assert "werkkopie" in caught.value.kept
    assert "Opslaan als" in caught.value.advice
    copy.dossier.apply(edited("N", text="blijft hier"))
    yield
    with pytest.raises(PublishError):
        copy.close()
    assert (copy.file.folder / "dossier.sto").exists()


def _opens_again(jan: Computer, path: Path) -> None:
    again = jan.open(path)
    assert text_of(again.dossier, "N") == "blijft hier"
    again.close()
    assert _holds(path, "N")


def test_a_folder_that_is_gone(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    away = path.parent.with_name("stick eruit")
    path.parent.rename(away)
    with _refused(copy, "map .* is er niet meer"):
        pass
    away.rename(path.parent)
    _opens_again(jan, path)


def test_a_folder_in_the_place_of_which_is_a_file(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    away = path.parent.with_name("stick eruit")
    path.parent.rename(away)
    path.parent.write_text("geen map")
    with _refused(copy, "map .* is er niet meer"):
        pass
    path.parent.unlink()
    away.rename(path.parent)
    _opens_again(jan, path)


def test_a_file_that_is_marked_read_only(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    before = path.read_bytes()
    path.chmod(0o444)
    with _refused(copy, "alleen-lezen"):
        pass
    assert path.read_bytes() == before
    path.chmod(0o644)
    _opens_again(jan, path)


def test_a_folder_in_which_nothing_may_be_made(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    """Even root is refused if a folder with content has the name of the temporary file."""
    taken = temporary_for(copy.dossier.raw, path)
    (taken / "iets").mkdir(parents=True)
    with _refused(copy, "kon niet worden bijgewerkt|mag niet geschreven|kan niet worden verwijderd"):
        pass
    (taken / "iets").rmdir()
    taken.rmdir()
    _opens_again(jan, path)


@pytest.mark.long
def test_a_file_that_another_program_is_writing(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    with running(HOLDS_IT, path, "BEGIN IMMEDIATE"), _refused(copy, "bezet"):
        pass
    _opens_again(jan, path)


def test_a_file_of_which_another_program_keeps_a_write_ahead_log(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    statements = "PRAGMA journal_mode = WAL", "UPDATE panel SET place = 'elders'"
    with running(HOLDS_IT, path, *statements), _refused(copy, "bezet"):
        pass
    _opens_again(jan, path)


FULL_DISK = """
    import resource, signal, sys
    from pathlib import Path
    sys.path.insert(0, ".")
    from sto_desktop.domain.errors import PublishError
    from tests.storage.desk import Computer, note
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    jan = Computer(Path(sys.argv[1]), "Jan")
    copy = jan.open(Path(sys.argv[2]))
    for number in range(40):
        copy.dossier.apply(note("blijft " * 200, f"N{number}"))
    size = (copy.file.folder / "dossier.sto-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    try:
        copy.publish()
    except PublishError as error:
        print(error)
"""


@pytest.mark.long
def test_a_disk_that_is_full(jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path) -> None:
    copy.close()
    before = path.read_bytes()
    script = textwrap.dedent(FULL_DISK)
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path), str(path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        check=True,
    )
    # The disk of the working copy is as full.
    assert "De werkkopie van «Hengelo.sto» op deze computer geeft een fout" in done.stdout
    assert "wat eerder bewaard was staat er nog" in done.stdout
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name]
    again = jan.open(path)
    assert text_of(again.dossier, "N39") == "blijft " * 200
    again.close()
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 100_000


def test_something_else_that_was_put_at_the_path_is_never_overwritten(copy: WorkingCopy, path: Path) -> None:
    path.write_text("boodschappen: brood, melk")
    with _refused(copy, "staat iets anders"):
        pass
    assert path.read_text() == "boodschappen: brood, melk"


def test_a_database_of_another_program_at_the_path_is_never_overwritten(copy: WorkingCopy, path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE klant (naam)")
    raw.close()
    before = path.read_bytes()
    with _refused(copy, "staat iets anders"):
        pass
    assert path.read_bytes() == before


def test_a_damaged_file_at_the_path_is_never_overwritten(copy: WorkingCopy, path: Path) -> None:
    content = path.read_bytes()
    os.truncate(path, len(content) // 2)
    with _refused(copy, "staat iets anders"):
        pass
    assert path.stat().st_size == len(content) // 2
