"""What was merged whole is known by its content: merging it again is no work, and never brings less than reading it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.errors import PasswordNeededError
from sto_desktop.domain.log.change import Erasure, action
from sto_desktop.storage.file.database import transaction
from sto_desktop.storage.log import taken
from sto_desktop.storage.log.incoming import Incoming, on_and_on, take_in
from sto_desktop.storage.log.merge import MergeResult
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import Computer, deleted, edited, log_of, note, other_program, tables_of, text_of
from tests.work import Work, counted


def test_a_row_that_comes_in_is_written_with_what_it_has_alone(copy: WorkingCopy, theirs: Path) -> None:
    work, _ = work_of(copy, theirs)
    written = [statement for statement in work.statements if statement.startswith('INSERT INTO "note"')]
    assert len(written) == 2
    assert all(statement.split(" VALUES ")[0].count(",") < 7 for statement in written), written


@pytest.fixture
def theirs(piet: Computer, copy: WorkingCopy, path: Path) -> Path:
    """A closed copy of Piet, with two notes of his."""
    made = Path(shutil.copyfile(path, path.with_name("van Piet.sto")))
    opened = piet.open(made)
    opened.dossier.apply(note("van Piet", "A"))
    opened.dossier.apply(note("ook van Piet", "B"))
    opened.close()
    return made


def work_of(copy: WorkingCopy, *paths: Path, password: str | None = None) -> tuple[Work, list[Incoming]]:
    """Merge files over the connection of the dossier itself; return the work and the outcome."""
    with counted(copy.dossier.raw) as work:
        done = take_in(copy.dossier.raw, [Incoming(path, password) for path in paths], copy.file.home.home, on_and_on)
    copy.dossier.poll(always=True)
    return work, done


def is_opened(work: Work) -> bool:
    """Return whether a file was opened, which is done by attaching it."""
    return any(statement.startswith("ATTACH") for statement in work.statements)


def test_what_was_merged_whole_is_not_opened_again(jan: Computer, copy: WorkingCopy, theirs: Path) -> None:
    more = [Path(shutil.copyfile(theirs, theirs.with_name(f"{number}.sto"))) for number in range(20)]
    work, first = work_of(copy, theirs)
    assert is_opened(work)
    before = jan.files()
    work, done = work_of(copy, theirs, *more)
    assert len(work.statements) <= 2, work.statements
    assert {merged.result for merged in done} == {MergeResult()}
    assert {merged.digest for merged in done} == {first[0].digest}
    copy.merging.merge_apart([Incoming(path) for path in more])
    assert [path for path in jan.files() if path.parent != copy.file.folder] == [
        path for path in before if path.parent != copy.file.folder
    ], "nothing changes, so no backup is made"


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.with_name(f"{path.name}-journal").write_bytes(b"half"),
        lambda path: path.with_name(f"{path.name}-wal").write_bytes(b"half"),
        lambda path: path.write_bytes(path.read_bytes() + bytes(4096)),
    ],
    ids=["a journal beside it", "a write-ahead log beside it", "more bytes"],
)
def test_a_file_that_may_hold_something_else_is_opened(
    copy: WorkingCopy, theirs: Path, change: Callable[[Path], object]
) -> None:
    work_of(copy, theirs)
    change(theirs)
    assert is_opened(work_of(copy, theirs)[0])


def test_a_file_in_which_somebody_wrote_as_many_bytes_is_merged(copy: WorkingCopy, theirs: Path) -> None:
    work_of(copy, theirs)
    size = theirs.stat().st_size
    with other_program(theirs) as raw:
        columns = "writer, 3000, table_name, 'C', fields, supersedes"
        raw.execute(f"INSERT INTO change SELECT 9, 3000, {columns} FROM change WHERE row_id = 'B'")
    assert theirs.stat().st_size == size
    work_of(copy, theirs)
    assert text_of(copy.dossier, "C") == "ook van Piet"


def test_what_could_not_be_taken_whole_is_told_each_time(copy: WorkingCopy, theirs: Path) -> None:
    with other_program(theirs) as raw:
        raw.execute("UPDATE change SET fields = '[1]' WHERE row_id = 'B'")
    for _ in range(2):
        _, (merged,) = work_of(copy, theirs)
        assert merged.result is not None
        assert merged.result.malformed == 1


def test_after_erasing_it_is_told_anew_what_a_file_still_has(copy: WorkingCopy, theirs: Path) -> None:
    work_of(copy, theirs)
    copy.dossier.erase([Erasure("note", "A", "text")])
    for _ in range(2):
        _, (merged,) = work_of(copy, theirs)
        assert merged.result is not None
        assert merged.result.held == (Erasure("note", "A", "text"),)
    assert text_of(copy.dossier, "A") == ""


def test_of_what_an_incoming_file_erased_the_next_one_is_opened(
    piet: Computer, copy: WorkingCopy, theirs: Path
) -> None:
    wiped = Path(shutil.copyfile(theirs, theirs.with_name("gewist.sto")))
    opened = piet.open(wiped)
    opened.erase([Erasure("note", "A", "text")])
    opened.close()
    work_of(copy, theirs)
    _, (_, merged) = work_of(copy, wiped, theirs)
    assert merged.result is not None
    assert merged.result.held == (Erasure("note", "A", "text"),)


def test_no_file_that_leaves_says_what_was_merged(copy: WorkingCopy, theirs: Path) -> None:
    work_of(copy, theirs)
    (digest,) = taken.known(copy.dossier.raw)
    copy.publish()
    copy.backup()
    assert digest.encode() not in copy.path.read_bytes()
    assert all(digest.encode() not in made.read_bytes() for made in copy.file.backups.glob("*.sto"))


def test_a_password_is_asked_of_what_was_merged_too(piet: Computer, copy: WorkingCopy, tmp_path: Path) -> None:
    locked = tmp_path / "op slot.sto"
    made = piet.create(locked, "een wachtwoord")
    made.dossier.apply(note("achter slot", "LOCKED"))
    made.close()
    assert is_opened(work_of(copy, locked, password="een wachtwoord")[0])
    work, _ = work_of(copy, locked, password="een wachtwoord")
    assert not is_opened(work)
    _, (refused,) = work_of(copy, locked)
    assert isinstance(refused.problem, PasswordNeededError)


def _drawn(path: Path, drawn: random.Random, piet: Computer) -> None:
    """Let Piet do something in a file."""
    opened = piet.open(path)
    row = drawn.choice("ABC")
    match drawn.choice(("note", "edit", "delete", "erase", "nothing")):
        case "note":
            opened.dossier.apply(note(f"notitie {drawn.random()}"))
        case "edit":
            opened.dossier.apply(edited(row, text=f"anders {drawn.random()}"))
        case "delete":
            opened.dossier.apply(deleted(row))
        case "erase":
            opened.erase([Erasure("note", row, "text")])
    opened.close()


@pytest.mark.long
@given(seed=st.integers(0, 2**32))
def test_with_and_without_what_is_remembered_all_is_the_same(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    drawn, folder = random.Random(seed), tmp_path_factory.mktemp("samen")
    piet, jan = Computer(folder, "Piet"), Computer(folder, "Jan")
    first = piet.create(folder / "0.sto")
    first.dossier.apply(action("drie", (edit for row in "ABC" for edit in note(f"tekst {row}", row).edits)))
    first.close()
    paths = [folder / "0.sto", *(Path(shutil.copyfile(folder / "0.sto", folder / f"{n}.sto")) for n in (1, 2))]
    office = jan.create(folder / "met.sto")
    forgetful = jan.create(folder / "zonder.sto")
    for _ in range(5):
        if drawn.random() < 0.6:
            _drawn(drawn.choice(paths), drawn, piet)
        if drawn.random() < 0.2:
            erased = [Erasure("note", drawn.choice("ABC"), "text")]
            office.dossier.erase(erased)
            forgetful.dossier.erase(erased)
        merged = drawn.choices(paths, k=2)
        with transaction(forgetful.dossier.raw):
            taken.forget(forgetful.dossier.raw)
        outcomes = []
        for copy in (office, forgetful):
            done = copy.merging.merge_apart([Incoming(path) for path in merged])
            copy.dossier.poll(always=True)
            outcomes.append([(one.result, one.arrived, one.digest) for one in done])
        assert outcomes[0] == outcomes[1]
        assert tables_of(office.dossier) == tables_of(forgetful.dossier)
        assert log_of(office.dossier) == log_of(forgetful.dossier)
    for copy in (office, forgetful):
        copy.close()
