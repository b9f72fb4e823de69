"""Real processes: killed during merging and publishing, and two working on one file at once."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sto_desktop.domain.log.change import action
from sto_desktop.storage.working.check import check_file
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage import colleague_process
from tests.storage.desk import Computer, assert_sound, note
from tests.ui.killing import lines_until_killed

pytestmark = pytest.mark.long

SCRIPT = Path(colleague_process.__file__)
KILLS = 4
MAILED, NOTES_EACH = 3, 150
TIMES = 8
LOOKS = 60


@pytest.fixture
def mailed(piet: Computer, tmp_path: Path) -> list[Path]:
    """Dossiers of Piet, large enough to be killed halfway."""
    paths = []
    for which in range(MAILED):
        path = tmp_path / f"van Piet {which}.sto"
        made = piet.create(path)
        notes = [note(f"van Piet {which} {number} " * 20, f"Piet{which}-{number}") for number in range(NOTES_EACH)]
        made.dossier.apply(action("notities", *(item.edits for item in notes)))
        made.close()
        paths.append(path)
    return paths


def _rows(copy: WorkingCopy) -> set[str]:
    return {item.note.id for item in copy.dossier.read.notes.of_panel("panel-1")}


def test_killed_while_it_merges_and_publishes_nothing_is_lost_and_no_merge_is_half(
    copy: WorkingCopy, jan: Computer, path: Path, mailed: list[Path]
) -> None:
    copy.close()
    home = path.parents[1]
    wait = random.Random(7)
    saved: set[str] = set()
    merged: set[str] = set()
    left: set[str] = set()
    for _ in range(KILLS):
        arguments = [str(home), "Jan", str(path), "0", *map(str, mailed)]
        lines = lines_until_killed(SCRIPT, arguments, wait.uniform(0.02, 0.5))
        assert not [line for line in lines if line.startswith("refused")]
        saved |= {line.removeprefix("saved ") for line in lines if line.startswith("saved ")}
        merged |= {line.removeprefix("merged ") for line in lines if line.startswith("merged ")}
        # What others can see is complete at every moment.
        assert check_file(path).ok
        # A copy has one name, however often writing it is killed; SQLite may leave its journals beside it.
        left |= {re.sub("-(journal|wal|shm)$", "", file.name) for file in path.parent.iterdir() if file != path}
        assert len(left) <= 1, f"each kill leaves a file more: {left}"
    again = jan.open(path)
    rows = _rows(again)
    assert saved, "nobody came so far as to save a note"
    assert saved <= rows
    for which, file in enumerate(mailed):
        there = sum(f"Piet{which}-{number}" in rows for number in range(NOTES_EACH))
        assert there == NOTES_EACH if file.name in merged else there in (0, NOTES_EACH)
    again.merging.merge(mailed)
    assert_sound(again.dossier)
    again.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert not list((jan.home / "werkkopie").glob("*/dossier.sto"))


def test_a_colleague_who_goes_on_after_a_kill_finds_what_was_saved(
    copy: WorkingCopy, piet: Computer, path: Path, mailed: list[Path]
) -> None:
    """The other side of the folder: whatever the kill left at the path is a dossier that Piet can open."""
    copy.close()
    arguments = [str(path.parents[1]), "Jan", str(path), "0", *map(str, mailed)]
    lines = lines_until_killed(SCRIPT, arguments, 0.4)
    published = [at for at, line in enumerate(lines) if line == "published"]
    before = lines[: published[-1]] if published else []
    other = piet.open(path)
    assert {line.removeprefix("saved ") for line in before if line.startswith("saved ")} <= _rows(other)
    assert_sound(other.dossier)
    other.close()


@pytest.mark.parametrize("same_computer", [False, True], ids=["two laptops", "two windows"])
def test_two_processes_on_one_file_both_publish_and_both_find_all(
    copy: WorkingCopy, jan: Computer, piet: Computer, path: Path, same_computer: bool
) -> None:
    copy.close()
    home = path.parents[1]
    people = ("Jan", "Jan") if same_computer else ("Jan", "Piet")
    at_work = [
        subprocess.Popen(
            [sys.executable, str(SCRIPT), str(home), person, str(path), str(TIMES)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        for person in people
    ]
    saved: list[str] = []
    for process in at_work:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        saved += [line.removeprefix("saved ") for line in out.splitlines() if line.startswith("saved ")]
        assert "published" in out
    assert len(saved) == 2 * TIMES
    for computer in (jan, piet):
        opened = computer.open(path)
        assert set(saved) <= _rows(opened)
        assert_sound(opened.dossier)
        opened.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_what_is_open_is_listed_while_another_window_opens_and_closes(jan: Computer, tmp_path: Path) -> None:
    path = tmp_path / "panel.sto"
    jan.create(path).close()
    copies, done = WorkingCopies(jan.home, jan.clock), threading.Event()

    def open_and_close() -> None:
        try:
            for _ in range(LOOKS):
                jan.open(path).close()
        finally:
            done.set()

    with ThreadPoolExecutor(1) as another:
        work = another.submit(open_and_close)
        while not done.is_set():
            assert {left.path for left in copies.leftovers()} <= {path}
        work.result()
