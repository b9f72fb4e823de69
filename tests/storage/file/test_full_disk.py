"""A disk that fills up at any moment of merging, publishing and sharing: nothing is lost, and the user is told in
Dutch.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sto_desktop.domain.errors import DossierError, PublishError
from sto_desktop.domain.log.change import action
from sto_desktop.domain.privacy.sharing import Sharing
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.whole_file.backup import backups
from sto_desktop.storage.working.check import check_file
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import (
    D89B78D,
    D89B78D_WORKING,
    Computer,
    assert_sound,
    made_panel,
    note,
    tables_of,
    text_of,
)
from tests.storage.small_disk import SmallDisk, small_disk

ROOM = (0, 20_000, 300_000, 450_000, 600_000, 900_000, 1_300_000, 2_000_000)
"""Bytes that are left: for nothing, for a page, for a backup, for a backup and a copy of the other, for nearly all."""

NOTES = 150


@pytest.fixture(params=[True, False], ids=["full disk", "limit"])
def disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SmallDisk]:
    """A really full disk where possible, and in any case the size limit that simulates one."""
    with small_disk(tmp_path / "schijf", mount=request.param) as made:
        yield made


@pytest.fixture
def theirs(piet: Computer, tmp_path: Path) -> Path:
    """A dossier of Piet, larger than the little room there is."""
    path = tmp_path / "van Piet.sto"
    made = piet.create(path)
    notes = [note(f"van Piet {number} " * 60, f"P{number}") for number in range(NOTES)]
    made.dossier.apply(action("notities", *(item.edits for item in notes)))
    made.close()
    return path


def _made(computer: Computer, path: Path) -> WorkingCopy:
    copy = computer.create(path)
    copy.dossier.apply(made_panel())
    copy.dossier.apply(note("van Jan", "N"))
    copy.publish()
    return copy


def _assert_dutch(disk: SmallDisk, error: DossierError) -> None:
    # SQLite reports a limit on file size as a failing disk.
    assert ("vol" if disk.mounted else "schijf") in error.happened, str(error)
    for english in ("No space", "File too large", "disk", "Errno"):
        assert english not in str(error), str(error)
    assert error.kept
    assert error.advice


def test_merging_on_a_disk_that_is_full_takes_in_all_or_nothing(disk: SmallDisk, tmp_path: Path, theirs: Path) -> None:
    """The program's own disk: working copy, backup, and temporary copies."""
    path = tmp_path / "Hengelo.sto"
    copy = _made(Computer(disk.folder, "Jan"), path)
    refused = 0
    for left in ROOM:
        before = tables_of(copy.dossier)
        with disk.nearly_full(left):
            try:
                (done,) = copy.merging.merge_apart([Incoming(theirs)])
                problem = done.problem
            except DossierError as error:
                problem = error
        copy.dossier.poll(always=True)
        if problem is None:
            break
        refused += 1
        _assert_dutch(disk, problem)
        assert tables_of(copy.dossier) == before
        assert_sound(copy.dossier)
        assert not [file for file in copy.file.folder.iterdir() if file.name.startswith("sto-")]
        assert all(check_file(backup.path).ok for backup in backups(copy.file.folder.parents[1] / "reservekopie"))
    assert refused >= 3, "the disk was never full"
    copy.merging.merge([theirs])
    assert text_of(copy.dossier, "P0") == ("van Piet 0 " * 60)
    assert len(copy.dossier.read.notes.of_panel("panel-1")) == NOTES + 1
    copy.close()
    assert check_file(path).ok


def test_a_preview_on_a_disk_that_is_full_says_so(disk: SmallDisk, tmp_path: Path, theirs: Path) -> None:
    copy = _made(Computer(disk.folder, "Jan"), tmp_path / "Hengelo.sto")
    for left in ROOM[:4]:
        with disk.nearly_full(left):
            try:
                (done,) = copy.merging.preview([Incoming(theirs)])
                problem = done.problem
            except DossierError as error:
                problem = error
        assert problem is not None
        _assert_dutch(disk, problem)
        assert sorted(file.name for file in copy.file.folder.iterdir() if "proef" in file.name) == []
    copy.close()


@pytest.mark.long
def test_a_stick_that_is_full_keeps_the_file_that_it_has(disk: SmallDisk, jan: Computer, theirs: Path) -> None:
    path = disk.folder / "Hengelo.sto"
    copy = _made(jan, path)
    copy.merging.merge([theirs])
    before = path.read_bytes()
    for number, left in enumerate(ROOM[:3]):
        with disk.nearly_full(left), pytest.raises(PublishError) as caught:
            copy.publish()
        _assert_dutch(disk, caught.value)
        assert f"«{path.name}»" in caught.value.happened
        assert path.read_bytes() == before
        assert [file.name for file in disk.folder.iterdir()] == [path.name]
        # Work goes on.
        copy.dossier.apply(note(f"toch {number}", f"T{number}"))
    with disk.nearly_full(ROOM[0]), pytest.raises(PublishError):
        copy.close()
    again = jan.open(path)
    assert text_of(again.dossier, "T2") == "toch 2"
    again.close()
    assert check_file(path).ok
    assert path.read_bytes() != before


def test_a_copy_to_share_that_does_not_fit_leaves_nothing(disk: SmallDisk, copy: WorkingCopy, theirs: Path) -> None:
    copy.merging.merge([theirs])
    target = disk.folder / "Gedeeld.sto"
    for left in ROOM[:3]:
        with disk.nearly_full(left), pytest.raises(DossierError) as caught:
            copy.share(target, Sharing())
        _assert_dutch(disk, caught.value)
        assert list(disk.folder.iterdir()) == []
    copy.share(target, Sharing())
    assert check_file(target).ok


def test_a_note_on_a_disk_that_is_full_is_refused_whole(disk: SmallDisk, tmp_path: Path) -> None:
    copy = _made(Computer(disk.folder, "Jan"), tmp_path / "Hengelo.sto")

    def note_on_and_on() -> None:
        for number in range(50):
            copy.dossier.apply(note("lang " * 20_000, f"L{number}"))

    with disk.nearly_full(0), pytest.raises(DossierError) as caught:
        note_on_and_on()
    _assert_dutch(disk, caught.value)
    assert_sound(copy.dossier)
    there = [item.note.id for item in copy.dossier.read.notes.of_panel("panel-1")]
    copy.dossier.apply(note("nu wel", "M"))
    copy.close()
    assert check_file(tmp_path / "Hengelo.sto").ok
    again = Computer(disk.folder, "Jan").open(tmp_path / "Hengelo.sto")
    assert {item.note.id for item in again.dossier.read.notes.of_panel("panel-1")} == {*there, "M"}
    again.close()


@pytest.mark.parametrize("crashed", [False, True], ids=["read in", "a working copy"])
def test_making_tables_anew_on_a_disk_that_is_full_keeps_what_was_there(
    disk: SmallDisk, tmp_path: Path, crashed: bool
) -> None:
    path = tmp_path / "Hengelo.sto"
    path.write_bytes(D89B78D.read_bytes())
    jan = Computer(disk.folder, "Jan")
    if crashed:
        opened = jan.open(path)
        opened.dossier.close()
        (opened.file.folder / "dossier.sto").write_bytes(D89B78D_WORKING.read_bytes())
    refused = 0
    for left in ROOM:
        with disk.nearly_full(left):
            try:
                opened = jan.open(path)
            except DossierError as error:
                refused += 1
                _assert_dutch(disk, error)
                assert [item.path for item in jan.copies.leftovers()] == ([path] if crashed else [])
                assert path.read_bytes() == D89B78D.read_bytes()
                continue
        break
    assert refused >= 3, "the disk was never full"
    assert text_of(opened.dossier, "N9") == ("nog niet bewaard" if crashed else None)
    assert opened.dossier.draft("gesprek") == ("half getypt" if crashed else "")
    assert_sound(opened.dossier)
    opened.dossier.close()
