"""Twenty seconds of `make torture`: the first seeds of every kind, and that what it can find is found."""

from __future__ import annotations

import io
import os
import random
import shutil
from pathlib import Path

import pytest

from tests.torture import coverage, table, windows
from tests.torture.kinds import KINDS, available
from tests.torture.looking import holding
from tests.torture.power import Call, Disk, cut_after, recorded

SEEDS = {
    "faults": range(15),
    "power": range(4),
    "dossiers": range(4),
    "readers": range(40),
    "histories": range(3),
    "words": range(1),
    "window dossiers": range(3),
    "processes": range(2),
    "keys": range(1),
    "coverage": range(1),
}


_SLOW = {"coverage", "dossiers", "keys", "power", "processes", "window dossiers", "words"}


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.long] if kind in _SLOW else []) for kind in available()]
)
def test_the_first_runs_of_each_kind(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "EVENTS", 150)
    monkeypatch.setattr(coverage, "INPUTS", 500)
    for seed in SEEDS[kind]:
        KINDS[kind].run(seed, tmp_path)


def test_a_power_cut_takes_what_was_not_synced_and_nothing_else(tmp_path: Path) -> None:
    def cuts(*calls: Call) -> set[tuple[tuple[str, bytes], ...]]:
        found = set()
        for seed in range(40):
            root = tmp_path / "disk"
            root.mkdir(exist_ok=True)
            (root / "old.txt").write_bytes(b"old")
            disk = Disk(root)
            for call in calls:
                disk.follow(call)
            disk.cut(root, random.Random(seed))
            found.add(tuple(sorted((file.name, file.read_bytes()) for file in root.iterdir())))
            shutil.rmtree(root)
        return found

    root = os.fsencode(tmp_path / "disk")
    flags, kept = os.O_CREAT | (-100 << 32), ("old.txt", b"old")
    made = [Call("o", 7, flags, root + b"/new.txt"), Call("w", 7, 0, b"new")]
    moved = Call("r", -1, 0, root + b"/new.txt\n" + root + b"/old.txt")
    opened_folder, synced, synced_folder = (
        Call("o", 8, -100 << 32, root), Call("s", 7, 0, b""), Call("s", 8, 0, b""))  # fmt: skip
    assert cuts(*made) == {(kept,), (("new.txt", b""), kept), (("new.txt", b"new"), kept)}
    assert cuts(*made, synced, moved) == {(kept,), (("new.txt", b"new"), kept), (("old.txt", b"new"),)}
    # Replaced without a sync of the file: an empty one may be in the place of the old.
    assert (("old.txt", b""),) in cuts(*made, moved, opened_folder, synced_folder)
    assert cuts(*made, synced, moved, opened_folder, synced_folder) == {(("old.txt", b"new"),)}


def test_memory_that_grows_after_the_first_quarter_is_seen() -> None:
    assert windows.growth([100], 8) == 0
    assert windows.growth([100, 300, 280, 310], 8) == 10
    assert windows.growth([100, 300, 400, 500, 600], 8) == 300


def test_a_part_of_a_packed_file_is_an_input() -> None:
    from zipfile import ZipFile

    made = io.BytesIO()
    with ZipFile(made, "w") as packed:
        packed.writestr("een.xml", "<a/>")
        packed.writestr("twee.xml", "<b/>")
    sample = made.getvalue()
    assert coverage.seeds(sample) == [b"\x00<a/>", b"\x01<b/>", b"\xff" + sample]
    assert coverage.file_of(b"\xff" + sample, sample) == sample
    with ZipFile(io.BytesIO(coverage.file_of(b"\x01anders", sample))) as packed:
        assert [packed.read(name) for name in packed.namelist()] == [b"<a/>", b"anders"]


def test_the_page_has_the_table() -> None:
    page = table.PAGE.read_text(encoding="utf-8")
    assert table.rows(table.read()) in page


@pytest.mark.long
@pytest.mark.parametrize("operation", [operation for operation in ("first",) if "power" in available()])
def test_the_first_note_on_a_computer_outlives_a_power_cut(tmp_path: Path, operation: str) -> None:
    calls = recorded(tmp_path, operation)
    (confirmed,) = (at for at, call in enumerate(calls, 1) if call.file == 1 and b"FIRST" in call.content)
    for seed in range(6):
        cut_after(confirmed, operation, tmp_path, random.Random(seed))


def test_a_planted_word_is_found_in_every_form(tmp_path: Path) -> None:
    import zipfile
    import zlib

    (tmp_path / "a.txt").write_text("geheim")
    (tmp_path / "b.bin").write_bytes("geheim".encode("utf-16-le"))
    with zipfile.ZipFile(tmp_path / "c.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("document.xml", "geheim")
    (tmp_path / "d.pdf").write_bytes(b"%PDF stream\n" + zlib.compress(b"geheim") + b"endstream")
    (tmp_path / "e.txt").write_text("iets anders")
    assert [Path(file).name for file in holding("geheim", tmp_path)] == ["a.txt", "b.bin", "c.docx", "d.pdf"]
