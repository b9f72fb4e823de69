"""Content that was found sound is not looked through again; any other is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sto_desktop.domain.errors import DamagedDossierError
from sto_desktop.storage.file import checked
from tests.storage.desk import Computer, made_panel


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A dossier in which two indexes are at one page: every note can be read, and SQLite's check finds it."""
    path = tmp_path / "Hengelo.sto"
    copy = Computer(tmp_path, "Piet").create(path)
    copy.dossier.apply(made_panel())
    copy.close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'ix_note_tag_note')"
            " WHERE name = 'ix_top_choice_panelist'"
        )
        raw.commit()
    return path


def test_the_same_bytes_are_looked_through_once(jan: Computer, damaged: Path) -> None:
    with pytest.raises(DamagedDossierError):
        jan.open(damaged)
    assert not checked.is_known(jan.home, checked.digest(damaged))
    # As if it had been sound: no check runs that would find it.
    checked.remember(jan.home, checked.digest(damaged))
    with jan.copies.reading(damaged, jan.who) as copy:
        assert copy.dossier.read.panels.listed()
    # The same content under another name is known, and one byte more is not.
    other = damaged.with_name("Almelo.sto")
    other.write_bytes(damaged.read_bytes())
    with jan.copies.reading(other, jan.who) as copy:
        assert copy.dossier.read.panels.listed()
    other.write_bytes(damaged.read_bytes() + b"\0")
    with pytest.raises(DamagedDossierError), jan.copies.reading(other, jan.who):
        pass


def test_what_was_opened_is_known_and_what_has_a_journal_is_not(jan: Computer, tmp_path: Path) -> None:
    path = tmp_path / "Hengelo.sto"
    made = Computer(tmp_path, "Piet").create(path)
    made.dossier.apply(made_panel())
    made.close()
    content = checked.digest(path)
    jan.open(path).close()
    assert checked.is_known(jan.home, content)
    path.with_name("Hengelo.sto-journal").write_bytes(b"journal")
    assert checked.digest(path) == ""
