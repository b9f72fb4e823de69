"""Up to five colleagues with one dossier in a folder that a bad sync client keeps in step: their work and its faults.

Each has a computer with a folder, real working copies and a clock. The client delays, delivers old versions after new
ones, leaves copies under other names, and writes files in halves; it never discards what only it has.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

from sto_desktop.domain.actions.merging import say_apart, say_same
from sto_desktop.domain.bookkeeping import SameAs
from sto_desktop.domain.errors import DossierError
from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Erasure, action, change, create, delete, put
from sto_desktop.domain.model import Note
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.sharing import SharedScope, Sharing
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.storage.whole_file.backup import backups, restore
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage import plain_reader
from tests.storage.desk import (
    PANEL,
    PANELIST,
    QUESTION,
    Computer,
    assert_sound,
    changes_of,
    log_of,
    made_panel,
    note,
    tables_of,
)

PEOPLE = ("Jan", "Piet", "Koen", "Marijke", "Wim")
NAME = "Zoë de Vries"
OTHER_PANEL = "panel-2"
SHARINGS = (
    Sharing(),
    Sharing(SharedScope.PANEL, None, PANEL),
    Sharing(SharedScope.ALL, NameMode.FULL),
    Sharing(SharedScope.FINDINGS, NameMode.FULL),
    Sharing(SharedScope.ALL, NameMode.ROLE),
    Sharing(SharedScope.PANEL, NameMode.PSEUDONYM, PANEL),
    Sharing(SharedScope.FINDINGS, NameMode.ROLE, PANEL),
)
YEARS = (-20, -1, 3, 60)
DOSSIER = "Hengelo.sto"
_ROUNDS = 6


@contextmanager
def memory_folder() -> Iterator[Path]:
    """Return a folder in memory if the system has one: these tests are not about the speed of a disk."""
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="sto-", dir=place) as folder:
        yield Path(folder)


class Cloud:
    """The files of the sync client: the versions of the dossier in the order of arrival, and its copies by name."""

    def __init__(self, first: bytes) -> None:
        self.versions = [first]
        self.copies: dict[str, bytes] = {}

    def add_copy(self, content: bytes, of: str) -> None:
        """Store a file that can't be the next version, under the name of a copy."""
        if content not in self.versions and content not in self.copies.values():
            name = f"Hengelo (kopie van {of}{f' {len(self.copies)}' if self.copies else ''}).sto"
            self.copies[name] = content


class Colleague:
    """A person with a computer and a synced folder."""

    def __init__(self, folder: Path, name: str, cloud: Cloud) -> None:
        self.name = name
        self.computer = Computer(folder, name)
        self.folder = folder / f"OneDrive van {name}"
        self.folder.mkdir()
        self.path = self.folder / DOSSIER
        self.cloud = cloud
        self.open: WorkingCopy | None = None
        self._base = 0
        self._written = b""
        self._half: bytes | None = None
        self._deliver(0)

    # The sync client

    def _deliver(self, version: int) -> None:
        self._base = version
        self._write(self.cloud.versions[version])
        self._written = self.cloud.versions[version]

    def _write(self, content: bytes) -> None:
        temporary = self.folder / "~sync.tmp"
        temporary.write_bytes(content)
        temporary.replace(self.path)

    def sync(self, back: int) -> None:
        """Upload what changed here; otherwise download a version: the newest, or an older one."""
        self.finish()
        found = self.path.read_bytes() if self.path.exists() else self._written
        if found != self._written and self._base == len(self.cloud.versions) - 1:
            self.cloud.versions.append(found)
            self._base, self._written = len(self.cloud.versions) - 1, found
        else:
            if found != self._written:
                # Somebody else was first: the file here continues under another name.
                self.cloud.add_copy(found, self.name)
            self._deliver(max(0, len(self.cloud.versions) - 1 - back))
        for name, content in self.cloud.copies.items():
            (self.folder / name).write_bytes(content)

    def half(self) -> None:
        """Start to download a version, over what was uploaded before, and stop halfway."""
        self.finish()
        if self.path.exists() and self.path.read_bytes() == self._written:
            whole = self.cloud.versions[-1]
            self._half = whole[: len(whole) // 2]
            self.path.write_bytes(self._half)

    def finish(self) -> None:
        """Finish a half download."""
        if self._half is not None and self.path.read_bytes() == self._half:
            self._deliver(len(self.cloud.versions) - 1)
        self._half = None

    def duplicate(self, back: int) -> None:
        """Put some version beside the dossier."""
        self.cloud.add_copy(self.cloud.versions[max(0, len(self.cloud.versions) - 1 - back)] + b"", self.name)

    # The person

    def start(self) -> WorkingCopy:
        """Return the open dossier; DossierError if it can't be read now."""
        if self.open is None:
            self.open = self.computer.open(self.path)
        return self.open

    def publish(self) -> None:
        """Publish the work to the folder, if that is possible now."""
        if self.open is not None:
            try:
                self.open.publish()
            except DossierError:
                assert self._half is not None, "only half a file stands in the way"

    def leave(self, *, crash: bool) -> None:
        """Close the dossier, or lose power."""
        copy, self.open = self.open, None
        if copy is None:
            return
        if crash:
            copy.dossier.close()
            return
        try:
            copy.close()
        except DossierError:
            assert self._half is not None, "only half a file stands in the way"


class Colleagues:
    """The colleagues, the texts that they typed, and the copies that they mailed."""

    def __init__(self, folder: Path, first: bytes) -> None:
        self._folder = folder
        self.cloud = Cloud(first)
        self.people: list[Colleague] = []
        self.mail: list[Path] = []
        self.typed: list[tuple[str, str]] = []
        self.erased: set[str] = set()
        self._numbers = count()
        for _ in range(2):
            self.join()

    def join(self) -> None:
        """Let another person take part."""
        if len(self.people) < len(PEOPLE):
            self.people.append(Colleague(self._folder, PEOPLE[len(self.people)], self.cloud))

    def at_work(self, who: int) -> WorkingCopy | None:
        """Return a person's open dossier; None if a half file prevents opening."""
        try:
            return self.people[who % len(self.people)].start()
        except DossierError:
            return None

    # What is typed

    def _typed(self, row: str) -> str:
        number = next(self._numbers)
        text = f"woorden{number}x van {NAME}" if number % 2 else f"woorden{number}x"
        self.typed.append((row, text))
        return text

    def note(self, dossier: Dossier, other: int) -> None:
        """Make a note, with who said it."""
        row = f"note-{next(self._numbers)}"
        panel = OTHER_PANEL if other == 3 else PANEL
        dossier.apply(note(self._typed(row), row, panel=panel, position=Position(QUESTION, f"a{other}")))
        if other % 2:
            voice = derived_id("voice", row, PANELIST)
            dossier.apply(
                action("stem", put("voice", voice, note=row, panelist=PANELIST, stance=list(Stance)[other % 2]))
            )

    @staticmethod
    def _row(dossier: Dossier, which: int) -> str | None:
        rows = sorted({item.row for item in changes_of(dossier) if item.table == "note"})
        return rows[which % len(rows)] if rows else None

    def change(self, dossier: Dossier, which: int, other: int) -> None:
        """Change, mark, move or delete a note; or write an insight on it."""
        row = self._row(dossier, which)
        if row is None:
            return
        if other == 0:
            dossier.apply(action("weg", delete("note", row)))
        elif other == 1:
            insight = f"insight-{row}"
            dossier.apply(
                action(
                    "inzicht",
                    put("insight", insight, panel=PANEL, text=f"Inzicht bij {row}"),
                    put("insight_note", derived_id("insight_note", insight, row), insight=insight, note=row),
                )
            )
        elif other == 2:
            dossier.apply(action("plaats", change("note", row, position=Position(QUESTION, f"b{which}"), star=True)))
        else:
            dossier.apply(action("tekst", change("note", row, text=self._typed(row))))

    def erase(self, copy: WorkingCopy, which: int) -> None:
        """Erase a text permanently."""
        row = self._row(copy.dossier, which)
        if row is None:
            return
        self.erased.add(row)
        try:
            copy.erase([Erasure("note", row, "text")])
        except DossierError:
            assert row not in {item for item, _ in self.reachable(copy.dossier)}

    @staticmethod
    def same(dossier: Dossier, *, apart: bool) -> None:
        """Mark two panels as one conversation, or undo that."""
        if apart:
            dossier.apply(say_apart("panel", PANEL, dossier.read.rows.records(SameAs)))
        else:
            dossier.apply(say_same("panel", [PANEL, OTHER_PANEL]))

    @staticmethod
    def choose(dossier: Dossier, which: int) -> None:
        """Settle a conflict between two people."""
        cases = dossier.conflicts()
        if cases:
            case = cases[which % len(cases)]
            entry = case.rivals[which % len(case.rivals)]
            dossier.choose(case, entry.change.values.get(case.field, False))

    # What is sent

    def _new_path(self) -> Path:
        return self._folder / f"post {next(self._numbers)}.sto"

    def share(self, copy: WorkingCopy, kind: int) -> None:
        """Mail a copy to everybody."""
        path = self._new_path()
        copy.share(path, SHARINGS[kind % len(SHARINGS)])
        self.mail.append(path)

    def work_in_mail(self, who: int, which: int) -> None:
        """Continue to work in a mailed copy, and mail the result."""
        if not self.mail:
            return
        path = Path(shutil.copyfile(self.mail[which % len(self.mail)], self._new_path()))
        self._work_apart(self.people[who % len(self.people)], path, which)

    def restore(self, who: int, which: int) -> None:
        """Restore a backup beside the dossier, continue in it, and mail the result."""
        person = self.people[who % len(self.people)]
        made = backups(person.computer.copies.backups_of(person.path))
        if made:
            path = self._new_path()
            restore(made[which % len(made)], path)
            self._work_apart(person, path, which)

    def _work_apart(self, person: Colleague, path: Path, which: int) -> None:
        opened = person.computer.open(path)
        self.change(opened.dossier, which, 3)
        self.note(opened.dossier, which % 4)
        opened.close()
        self.mail.append(path)

    def merge_mail(self, copy: WorkingCopy, which: int) -> None:
        """Merge something that was mailed."""
        if self.mail:
            (result,) = copy.merging.merge([self.mail[which % len(self.mail)]])
            assert not result.contradicted
            assert not result.malformed

    def old_over(self, who: int, back: int) -> None:
        """Copy an old version over the file, as in Explorer, while the dossier is open."""
        person = self.people[who % len(self.people)]
        if person.open is not None:
            versions = self.cloud.versions
            person.finish()
            person.path.write_bytes(versions[max(0, len(versions) - 1 - back)])

    def turn(self, who: int, which: int) -> None:
        """Change a person's clock, by years."""
        clock = self.people[who % len(self.people)].computer.clock
        years = YEARS[which % len(YEARS)]
        if 1990 < clock.time.year + years < 2150:
            clock.turn(timedelta(days=365 * years))

    # The end

    def after_kill(self, numbers: int) -> None:
        """Give no number again that a killed process may have given without telling."""
        self._numbers = count(next(self._numbers) + numbers)

    @staticmethod
    def reachable(dossier: Dossier) -> set[tuple[str, str]]:
        """Return every text of a note that a person can reach: current ones, and those in the history."""
        rows = {item.row for item in changes_of(dossier) if item.table == "note"}
        found = set()
        for row in rows:
            for entry in dossier.history("note", row):
                if entry.change.values.get("text"):
                    found.add((row, str(entry.change.values["text"])))
        return found

    def everybody_merges_everything(self) -> None:
        """Let the client finish, and everybody merge everything, until nothing is new to anybody."""
        for _ in range(_ROUNDS):
            before = len(self.cloud.versions), set(self.cloud.copies)
            news = False
            for person in self.people:
                person.sync(0)
                copy = person.start()
                beside = copy.merging.copies_beside()
                assert {path.name for path in beside} == set(self.cloud.copies), "each copy is found"
                results = copy.merging.merge([*self.mail, *beside])
                assert not any(result.contradicted or result.malformed for result in results)
                taken = copy.take_in_published()
                news = news or not all(result.nothing_new for result in (*results, *([taken] if taken else ())))
                if copy.unpublished:
                    copy.publish()
                person.sync(0)
            if not news and before == (len(self.cloud.versions), set(self.cloud.copies)):
                return
        raise AssertionError("they don't come to rest")

    def check(self) -> None:
        """Assert that all agree, that every text can be reached, and that erased texts are nowhere."""
        self.everybody_merges_everything()
        first, *others = [person.start().dossier for person in self.people]
        for other in others:
            assert tables_of(first) == tables_of(other)
            assert log_of(first) == log_of(other)
        assert_sound(first)
        shown = {record.id: (record.text, record.star) for record in first.read.rows.records(Note)}
        assert plain_reader.notes(self.people[0].path) == shown, "who knows only the page reads the same"
        found = self.reachable(first)
        wanted = {(row, text) for row, text in self.typed if row not in self.erased}
        assert wanted <= found, f"lost: {sorted(wanted - found)}"
        self._check_erased()

    def _check_erased(self) -> None:
        gone = [text.partition(" ")[0].encode() for row, text in self.typed if row in self.erased]
        for person in self.people:
            person.leave(crash=False)
            for path in (person.path, *person.computer.files()):
                content = path.read_bytes() if gone else b""
                for text in gone:
                    assert text not in content, f"{text.decode()} was erased, and stands in {path}"

    def close(self) -> None:
        """Close every file."""
        for person in self.people:
            person.leave(crash=True)


def first_version(folder: Path) -> bytes:
    """Return the dossier with which all of them start."""
    computer = Computer(folder, "Begin")
    path = folder / DOSSIER
    copy = computer.create(path)
    copy.dossier.apply(made_panel())
    copy.dossier.apply(action("panel", create("panel", OTHER_PANEL, title="Panel op de andere laptop")))
    copy.close()
    return path.read_bytes()
