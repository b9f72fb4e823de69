"""Laws over generated histories: however people work, copy, crash and merge, all get the same dossier.

Several replicas, each a real file with its own writers and clock, in which people note, edit, move, link, delete, undo,
redo, erase, copy open files, open one file twice, restore backups, share parts and copies without names (in which
others continue to work), change clocks and merge.
"""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log import undo
from sto_desktop.domain.log.aliases import Renaming, aliases
from sto_desktop.domain.log.change import Erasure, Writer, action, change, delete, put
from sto_desktop.domain.log.fold import RowState, fold_row, stub
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.sharing import SharedScope, Sharing
from sto_desktop.domain.tables import tables
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.storage.file.database import connect
from sto_desktop.storage.log import append, folded, log
from sto_desktop.storage.log.layout import create_dossier
from sto_desktop.storage.whole_file.backup import copy_dossier
from sto_desktop.storage.whole_file.share import write_copy
from sto_desktop.storage.working.dossier import Dossier, new_writer
from tests.storage.desk import TurnableClock, assert_sound, changes_of, log_of, merge_into, tables_of

pytestmark = pytest.mark.long

NOTES = ("n0", "n1", "n2", "n3")
PEOPLE = ("p0", "p1")
NAME = "Kees Visser"
SHARINGS = (
    Sharing(SharedScope.ALL, NameMode.ROLE),
    Sharing(SharedScope.PANEL, NameMode.ROLE, "panel"),
    Sharing(SharedScope.FINDINGS, NameMode.FULL),
    Sharing(SharedScope.PANEL, NameMode.FULL, "panel"),
    Sharing(SharedScope.PANEL, None, "panel"),
)
STEPS = (
    *("note", "note", "edit", "edit", "edit", "star", "move", "link", "unlink", "delete", "delete panel"),
    *("undo", "undo", "redo", "erase", "merge", "merge", "merge", "copy", "window", "back up", "restore", "turn"),
    *("share", "share", "answer"),
)
Step = tuple[str, int, int, int]
HISTORIES = st.lists(st.tuples(st.sampled_from(STEPS), *[st.integers(0, 3)] * 3), min_size=4, max_size=40)


class World:
    """Replicas of a dossier in a folder, and what people do in them."""

    def __init__(self, folder: Path, empty: Path) -> None:
        self._folder = folder
        self._empty = empty
        self._names = count()
        self._texts = count()
        self._backups: list[Path] = []
        self._clocks: list[TurnableClock] = []
        self.replicas: list[Dossier] = []
        for _ in range(2):
            self._open(self._copied(empty))

    def _copied(self, path: Path) -> Path:
        return Path(shutil.copyfile(path, self.new_path()))

    def new_path(self) -> Path:
        """Return an unused path."""
        return self._folder / f"{next(self._names)}.sto"

    def _open(self, path: Path) -> None:
        raw = connect(path)
        raw.execute("PRAGMA journal_mode = WAL")
        # The laws do not depend on the disk, so don't wait for it.
        raw.execute("PRAGMA synchronous = OFF")
        clock = TurnableClock()
        self._clocks.append(clock)
        self.replicas.append(Dossier(raw, path, new_writer("iemand", "hier"), clock))

    def closed(self, dossier: Dossier) -> Path:
        """Return a closed copy of a replica, as it would be published."""
        path = self.new_path()
        copy_dossier(dossier.raw, path, None)
        return path

    def merged(self, *dossiers: Dossier | Path) -> Dossier:
        """Return a new replica into which the others were merged, one after the other."""
        self._open(self._copied(self._empty))
        for other in dossiers:
            merge_into(self.replicas[-1], other if isinstance(other, Path) else self.closed(other))
        return self.replicas.pop()

    def close(self) -> None:
        """Close every file."""
        for dossier in self.replicas:
            dossier.close()

    def do(self, step: Step) -> Dossier:
        """Do one thing in one replica, and return what it was."""
        what, who, which, other = step
        dossier = self.replicas[who % len(self.replicas)]
        done: Callable[[Dossier, int, int], object] = getattr(self, "_" + what.replace(" ", "_"))
        done(dossier, which, other)
        return dossier

    def _note(self, dossier: Dossier, which: int, other: int) -> None:
        row = f"{NOTES[which]}-{dossier.writer.id[:4]}-{next(self._names)}" if other else NOTES[which]
        values = {"panel": "panel", "position": Position("question", f"a{other}"), "text": f"tekst {next(self._texts)}"}
        dossier.apply(action("notitie", put("panel", "panel", title="Panel"), put("note", row, **values)))

    def _row(self, dossier: Dossier, which: int) -> str:
        rows = sorted({item.row for item in changes_of(dossier) if item.table == "note"}) or [NOTES[which]]
        return rows[which % len(rows)]

    def _edit(self, dossier: Dossier, which: int, other: int) -> None:
        seen = max(0, dossier.seq - other) if other else None
        text = f"tekst {next(self._texts)} van {NAME}" if other < 3 else "zelfde"
        dossier.apply(action("tekst", change("note", self._row(dossier, which), text=text), seen=seen))

    def _star(self, dossier: Dossier, which: int, other: int) -> None:
        dossier.apply(action("ster", change("note", self._row(dossier, which), star=other % 2 == 0)))

    def _move(self, dossier: Dossier, which: int, other: int) -> None:
        place = Position(f"question {other % 2}", f"a{other}")
        dossier.apply(action("plaats", change("note", self._row(dossier, which), position=place)))

    def _voice(self, dossier: Dossier, which: int, other: int) -> tuple[str, str, str]:
        row, person = self._row(dossier, which), PEOPLE[other % 2]
        return derived_id("voice", row, person), row, person

    def _link(self, dossier: Dossier, which: int, other: int) -> None:
        voice, row, person = self._voice(dossier, which, other)
        dossier.apply(
            action(
                "stem",
                put("panelist", person, panel="panel", name=NAME),
                put("voice", voice, note=row, panelist=person, stance=list(Stance)[other % 3]),
            )
        )

    def _unlink(self, dossier: Dossier, which: int, other: int) -> None:
        dossier.apply(action("stem weg", delete("voice", self._voice(dossier, which, other)[0])))

    def _delete(self, dossier: Dossier, which: int, other: int) -> None:
        seen = max(0, dossier.seq - other) if other else None
        dossier.apply(action("weg", delete("note", self._row(dossier, which)), seen=seen))

    def _delete_panel(self, dossier: Dossier, which: int, other: int) -> None:
        dossier.apply(action("panel weg", delete("panel", "panel")))

    def _undo(self, dossier: Dossier, which: int, other: int) -> None:
        dossier.undo()

    def _redo(self, dossier: Dossier, which: int, other: int) -> None:
        dossier.redo()

    def _erase(self, dossier: Dossier, which: int, other: int) -> None:
        field = ("text", "text", "position", "star")[other]
        dossier.erase([Erasure("note", self._row(dossier, which), field)])

    def _merge(self, dossier: Dossier, which: int, other: int) -> None:
        result = merge_into(dossier, self.closed(self.replicas[other % len(self.replicas)]))
        assert not result.contradicted
        assert not result.malformed

    def _copy(self, dossier: Dossier, which: int, other: int) -> None:
        """Copy the file while somebody works in it, and open the copy too."""
        if len(self.replicas) < 4:
            self._open(self.closed(dossier))

    def _window(self, dossier: Dossier, which: int, other: int) -> None:
        """Open the same file in a second window."""
        if len(self.replicas) < 4:
            self._open(dossier.path)

    def _back_up(self, dossier: Dossier, which: int, other: int) -> None:
        self._backups.append(self.closed(dossier))

    def _restore(self, dossier: Dossier, which: int, other: int) -> None:
        if self._backups and len(self.replicas) < 4:
            self._open(self._copied(self._backups[which % len(self._backups)]))

    def _share(self, dossier: Dossier, which: int, other: int) -> None:
        """Send a copy to somebody who continues to work in it."""
        if len(self.replicas) < 4:
            path = self.new_path()
            write_copy(dossier.raw, path, SHARINGS[other], dossier.writer, 1_700_000_000_000)
            self._open(path)

    def _answer(self, dossier: Dossier, which: int, other: int) -> None:
        cases = dossier.conflicts()
        if cases:
            case = cases[which % len(cases)]
            entry = case.rivals[other % len(case.rivals)]
            dossier.choose(case, entry.change.values.get(case.field, False))

    def _turn(self, dossier: Dossier, which: int, other: int) -> None:
        days = (-20_000, -1, 400, 30_000)[other]
        self._clocks[which % len(self.replicas)].turn(timedelta(days=days) if which else timedelta(seconds=days))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty dossier to copy."""
    path = tmp_path_factory.mktemp("laws") / "empty.sto"
    raw = connect(path)
    create_dossier(raw)
    raw.close()
    return path


def _worlds(empty: Path, history: Sequence[Step], *, check_each: bool = False) -> Iterator[World]:
    with TemporaryDirectory() as folder:
        world = World(Path(folder), empty)
        try:
            for step in history:
                dossier = world.do(step)
                if check_each:
                    assert_sound(dossier)
            yield world
        finally:
            world.close()


def _fold_of_the_union(dossiers: Sequence[Dossier]) -> Counter[tuple[Any, ...]]:
    """Return what the tables should contain: the pure fold of all existing changes, and nothing else."""
    found_changes = [item for dossier in dossiers for item in changes_of(dossier)]
    # Where logs are merged, a panel's own id replaces its alias.
    panels = {"panel"} if any(item.row == "panel" for item in found_changes) and len(dossiers) > 1 else set()
    names = Renaming({alias: panel for panel, alias in aliases(panels).items()})
    changes = {item.id: names.change(item) for item in found_changes}
    erased: dict[tuple[str, str], set[str]] = defaultdict(set)
    for dossier in dossiers:
        for item in map(names.erasure, log.erasures(dossier.raw)):
            erased[item.table, item.row].add(item.field)
    rows = defaultdict(list)
    for found in changes.values():
        rows[found.table, found.row].append(found)
    states: dict[tuple[str, str], RowState] = {
        row: fold_row(tables()[row[0]], found, erased[row]) for row, found in rows.items()
    }
    for parent in {parent for state in states.values() for parent in state.parents} - states.keys():
        states[parent] = stub(tables()[parent[0]])
    return Counter(folded.expected_rows(states))


def _same(one: Dossier, other: Dossier) -> None:
    assert tables_of(one) == tables_of(other)
    assert log_of(one) == log_of(other)


@given(history=HISTORIES)
@example([("note", 0, 0, 0), ("note", 0, 0, 0), ("share", 0, 0, 0), ("move", 2, 0, 0)])
def test_after_every_step_the_tables_are_the_fold_of_the_log(empty: Path, history: list[Step]) -> None:
    for world in _worlds(empty, history, check_each=True):
        for dossier in world.replicas:
            assert tables_of(dossier) == _fold_of_the_union([dossier])


@given(history=HISTORIES)
def test_merging_is_commutative_associative_idempotent_and_the_fold_of_the_union(
    empty: Path, history: list[Step]
) -> None:
    for world in _worlds(empty, history):
        a, b, *rest = world.replicas
        c = rest[0] if rest else world.merged(b)
        ab, ba = world.merged(a, b), world.merged(b, a)
        _same(ab, ba)
        _same(world.merged(ab, c), world.merged(a, world.closed(world.merged(b, c))))
        before = tables_of(ab), log_of(ab)
        for again in (a, b, ab):
            result = merge_into(ab, world.closed(again))
            assert result.nothing_new
            assert not result.contradicted
        assert (tables_of(ab), log_of(ab)) == before
        assert tables_of(ab) == _fold_of_the_union([a, b])
        assert_sound(ab)


@given(history=HISTORIES)
def test_undo_and_then_redo_changes_nothing(empty: Path, history: list[Step]) -> None:
    for world in _worlds(empty, history):
        for dossier in world.replicas:
            before = tables_of(dossier)
            steps = 0
            while dossier.undo():
                steps += 1
                assert steps < 200
            for _ in range(steps):
                dossier.redo()
            assert tables_of(dossier) == before
            assert_sound(dossier)


@given(history=HISTORIES)
def test_those_who_merge_each_other_come_to_rest(empty: Path, history: list[Step]) -> None:
    for world in _worlds(empty, history):
        for _ in range(2):
            for one in world.replicas:
                for other in world.replicas:
                    if one is not other:
                        merge_into(one, world.closed(other))
        first, *others = world.replicas
        for other in others:
            _same(first, other)
            assert merge_into(first, world.closed(other)).nothing_new


def test_a_history_with_everything_in_it(empty: Path) -> None:
    """One run that is always the same, so that nothing depends on the drawn examples."""
    history = [(what, at % 3, at % 4, (at * 7) % 4) for at, what in enumerate([*STEPS, *reversed(STEPS), *STEPS])]
    for world in _worlds(empty, history, check_each=True):
        assert tables_of(world.merged(*world.replicas)) == _fold_of_the_union(world.replicas)


ALONE = {"note", "edit", "star", "move", "link", "unlink", "delete", "delete panel", "undo", "redo", "erase"}


def _played(empty: Path, history: list[Step]) -> list[tuple[Any, Any]]:
    """Return log and tables of two people who did this, each alone."""
    with TemporaryDirectory() as folder:
        world = World(Path(folder), empty)
        try:
            for number, dossier in enumerate(world.replicas):
                dossier.writer = Writer(f"writer {number}", "iemand", "hier", "1")
            for step in history:
                if step[0] in ALONE:
                    world.do(step)
            return [(log_of(dossier), tables_of(dossier)) for dossier in world.replicas]
        finally:
            world.close()


@given(history=HISTORIES)
def test_rows_read_in_bulk_give_the_same_log(empty: Path, history: list[Step]) -> None:
    one_by_one = _played(empty, history)
    with pytest.MonkeyPatch.context() as patch:
        # As if these few rows were many.
        patch.setattr(append, "MANY", 0)
        assert _played(empty, history) == one_by_one


@given(history=HISTORIES)
def test_undoing_a_row_that_only_one_action_made_is_as_undoing_any(empty: Path, history: list[Step]) -> None:
    for world in _worlds(empty, history):
        for dossier in world.replicas:
            for made in changes_of(dossier):
                so_far = log.changes_of_row(dossier.raw, made.table, made.row)
                row = undo._Row(made.table, so_far, partial(log.reversed_action, dossier.raw))
                shortcut = undo._only_made(made, so_far)
                assert shortcut in (None, undo._Plan(row, made).reversal())
