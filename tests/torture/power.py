"""Power cuts: of an operation that was recorded, what was not synced is on the disk in part, and in any order.

A disk keeps the content of a file when the file is synced, and its name when the folder is. Of writes after that, any
may be there; of names made, moved and removed in a folder after that, any number of the first.
"""

from __future__ import annotations

import os
import random
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.torture import faults

_HEAD = struct.Struct("@ciqq")
_CREATED, _TRUNCATED = os.O_CREAT, os.O_TRUNC
_FROM_ROOT = -100
"""AT_FDCWD: a path that is not within an open folder."""


@dataclass(frozen=True)
class Call:
    """A recorded call, as `faults.c` writes it."""

    what: str
    file: int
    at: int
    content: bytes


@dataclass(eq=False)
class File:
    """A file: as programs read it, as it surely is on the disk, and what was written since it was synced."""

    now: bytearray
    kept: bytes = b""
    unsynced: list[tuple[int, bytes | None]] = field(default_factory=list)

    def write(self, at: int, content: bytes | None) -> None:
        """Write at a place, or cut off there (None)."""
        _put(self.now, at, content)
        self.unsynced.append((at, content))

    def sync(self) -> None:
        """Keep all of it."""
        self.kept, self.unsynced = bytes(self.now), []

    def left(self, drawn: random.Random) -> bytes:
        """Return what a power cut leaves of it."""
        content, how = bytearray(self.kept), drawn.choice(("all", "none", "some"))
        for at, written in self.unsynced:
            if how == "all" or (how == "some" and drawn.random() < 0.5):
                _put(content, at, written)
        return bytes(content)


@dataclass(eq=False)
class Folder:
    """A folder: its names as programs see them, as they surely are on the disk, and the changes since it was synced."""

    now: dict[str, File | Folder] = field(default_factory=dict)
    kept: dict[str, File | Folder] = field(default_factory=dict)
    unsynced: list[dict[str, File | Folder | None]] = field(default_factory=list)

    def change(self, names: dict[str, File | Folder | None]) -> None:
        """Make, move or remove names at once."""
        _rename(self.now, names)
        self.unsynced.append(names)

    def sync(self) -> None:
        """Keep its names."""
        self.kept, self.unsynced = dict(self.now), []

    def left(self, drawn: random.Random) -> dict[str, File | Folder]:
        """Return the names that a power cut leaves in it."""
        names = dict(self.kept)
        for changed in self.unsynced[: drawn.randint(0, len(self.unsynced))]:
            _rename(names, changed)
        return names


def _put(content: bytearray, at: int, written: bytes | None) -> None:
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    if written is None:
        del content[at:]
    else:
        content[at : at + len(written)] = written


def _rename(names: dict[str, File | Folder], changed: dict[str, File | Folder | None]) -> None:
    for name, node in changed.items():
        names.pop(name, None)
        if node is not None:
            names[name] = node


class Disk:
    """What is on the disk under a folder, from a beginning that is synced."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self.top = _read(root)
        self._open: dict[int, File | Folder] = {}

    def follow(self, call: Call) -> None:
        """Do what a recorded call did."""
        match call.what:
            case "o":
                self._opened(call)
            case "c":
                self._open.pop(call.file, None)
            case "m" | "u":
                where, name = self._place(os.fsdecode(call.content), call.file)
                if where is not None:
                    where.change({name: Folder() if call.what == "m" else None})
            case "r":
                self._renamed(*os.fsdecode(call.content).split("\n"))
            case _ if (node := self._open.get(call.file)) is not None:
                if call.what == "s":
                    node.sync()
                elif isinstance(node, File):
                    node.write(call.at, call.content if call.what == "w" else None)

    def _opened(self, call: Call) -> None:
        flags, within = call.at & 0xFFFFFFFF, call.at >> 32
        self._open.pop(call.file, None)
        where, name = self._place(os.fsdecode(call.content), within)
        if where is None:
            return
        node = where.now.get(name) if name else where
        if node is None and flags & _CREATED:
            node = File(bytearray())
            where.change({name: node})
        if isinstance(node, File) and flags & _TRUNCATED and node.now:
            node.write(0, None)
        if node is not None:
            self._open[call.file] = node

    def _renamed(self, old: str, new: str) -> None:
        source, was = self._place(old)
        target, name = self._place(new)
        if source is None or target is None:
            return
        node = source.now.get(was)
        if source is target:
            source.change({was: None, name: node})
        else:
            target.change({name: node})
            source.change({was: None})

    def _place(self, path: str, within: int = _FROM_ROOT) -> tuple[Folder | None, str]:
        """Return the folder in which a path is, and its name there; the folder itself without a name for the root."""
        if not path.startswith("/"):
            opened = self._open.get(within)
            return (opened, path) if isinstance(opened, Folder) else (None, "")
        if path == self._root:
            return self.top, ""
        if not path.startswith(f"{self._root}/"):
            return None, ""
        *folders, name = path[len(self._root) + 1 :].split("/")
        where: File | Folder | None = self.top
        for folder in folders:
            where = where.now.get(folder) if isinstance(where, Folder) else None
        return (where, name) if isinstance(where, Folder) else (None, "")

    def cut(self, root: Path, drawn: random.Random) -> None:
        """Write what a power cut leaves to a folder."""
        shutil.rmtree(root, ignore_errors=True)
        _write(self.top, root, drawn)


def _read(root: Path) -> Folder:
    names: dict[str, File | Folder] = {}
    for path in sorted(root.iterdir()):
        content = b"" if path.is_dir() else path.read_bytes()
        names[path.name] = _read(path) if path.is_dir() else File(bytearray(content), content)
    return Folder(names, dict(names))


def _write(folder: Folder, path: Path, drawn: random.Random) -> None:
    path.mkdir(0o700)
    for name, node in sorted(folder.left(drawn).items()):
        if isinstance(node, Folder):
            _write(node, path / name, drawn)
        # The index of a write-ahead log is in memory.
        elif not name.endswith("-shm"):
            (path / name).write_bytes(node.left(drawn))


def calls_in(record: Path) -> Iterator[Call]:
    """Yield the calls that were recorded."""
    content, at = record.read_bytes(), 0
    while at < len(content):
        what, file, place, size = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        carries = size if what in b"wormu" else 0
        yield Call(what.decode(), file, place, content[at : at + carries])
        at += carries


@cache
def recorded(place: Path, operation: str) -> tuple[Call, ...]:
    """Return the calls of an operation that nothing disturbs."""
    record = place / f"{operation}.calls"
    code, said = faults.done(place, operation, f"/sto-record:{record}", opened_first=False)
    assert code == 0, said
    return tuple(calls_in(record))


def run(seed: int, place: Path) -> None:
    """Cut the power in the operation of a seed, and check what is left; AssertionError as for `faults.run`."""
    drawn = random.Random(seed)
    operation = drawn.choice(sorted(faults.OPERATIONS))
    cut_after(drawn.randint(1, len(recorded(place, operation))), operation, place, drawn)


def cut_after(last: int, operation: str, place: Path, drawn: random.Random) -> None:
    """Cut the power after so many calls of an operation, and check what is left."""
    calls = recorded(place, operation)
    folder = faults.begun(place)
    disk, said = Disk(folder), b""
    for call in calls[:last]:
        if call.what == "w" and call.file == 1:
            said += call.content
        disk.follow(call)
    disk.cut(folder, drawn)
    text = said.decode("utf-8", "replace")
    faults.checked(folder, text, f"{operation}, the power cut after call {last} of {len(calls)}\n{text}")
