"""Files that came in: kept with the backups, reached by passwords and wiping, and named in no copy that leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from sto_desktop.domain.log.change import Erasure
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.whole_file.backup import Reason, backups
from sto_desktop.storage.whole_file.came_in import came_in
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.passwords import set_password
from tests.storage.desk import Computer, note

NAME, WORD = b"Zwaluwenburg", b"geheimwoord"


def kept(jan: Computer, copy: WorkingCopy) -> list[Path]:
    """Return what is kept of files that came in, newest first."""
    return [made.path for made in backups(jan.copies.backups_of(copy.path)) if made.reason is Reason.CAME_IN]


def holding(jan: Computer, word: bytes) -> list[str]:
    """Return the program's own files in which a word can be read."""
    return [file.name for file in jan.files() if word in file.read_bytes()]


@pytest.fixture
def theirs(piet: Computer, copy: WorkingCopy, path: Path) -> Path:
    """A copy of Piet, named after a person, with a note of his."""
    copy.publish()
    made = path.with_name("Notities Zwaluwenburg.sto")
    made.write_bytes(path.read_bytes())
    opened = piet.open(made)
    opened.dossier.apply(note("geheimwoord", "M"))
    opened.close()
    return made


@pytest.fixture
def listed(path: Path) -> Path:
    """A list of members, named after one of them."""
    made = path.with_name("Lijst Zwaluwenburg.csv")
    made.write_text("naam\ngeheimwoord\n", encoding="utf-8")
    return made


def test_a_dossier_that_was_merged_is_kept_as_it_was_and_once(jan: Computer, copy: WorkingCopy, theirs: Path) -> None:
    (merged,) = copy.merging.merge_apart([Incoming(theirs)])
    assert merged.problem is None
    (file,) = kept(jan, copy)
    assert came_in(file, None).name == theirs.name
    copy.merging.merge_apart([Incoming(theirs)])
    assert kept(jan, copy) == [file], "it brought nothing the second time"
    theirs.write_bytes(b"x" * 5000)
    (broken,) = copy.merging.merge_apart([Incoming(theirs)])
    assert broken.problem is not None
    assert kept(jan, copy) == [file]
    copy.close()


def test_an_imported_file_is_kept_as_it_was(jan: Computer, copy: WorkingCopy, listed: Path) -> None:
    copy.keep_imported(listed, "Daaruit: 1 panellid.")
    (file,) = kept(jan, copy)
    came = came_in(file, None)
    assert (came.name, came.account, came.content) == (listed.name, "Daaruit: 1 panellid.", listed.read_bytes())
    listed.unlink()
    copy.keep_imported(listed, "Daaruit: 1 panellid.")
    assert came_in(kept(jan, copy)[0], None).content is None
    copy.close()


@pytest.mark.long
def test_a_password_leaves_neither_name_nor_content_readable(
    jan: Computer, copy: WorkingCopy, theirs: Path, listed: Path
) -> None:
    copy.merging.merge_apart([Incoming(theirs)])
    copy.keep_imported(listed, "Daaruit: 1 panellid.")
    assert holding(jan, NAME) != []
    set_password(copy, "wachtwoord")
    assert (holding(jan, NAME), holding(jan, WORD)) == ([], [])
    imported, merged = kept(jan, copy)
    assert came_in(merged, "wachtwoord").name == theirs.name
    assert came_in(imported, "wachtwoord").content == listed.read_bytes()
    copy.close()


def test_wiping_takes_the_name_the_words_and_what_was_imported(
    jan: Computer, copy: WorkingCopy, theirs: Path, listed: Path
) -> None:
    copy.merging.merge_apart([Incoming(theirs)])
    copy.keep_imported(listed, "Daaruit: 1 panellid.")
    copy.dossier.poll(always=True)
    copy.erase_apart([Erasure("note", "M", "text")])
    assert (holding(jan, NAME), holding(jan, WORD)) == ([], [])
    (merged,) = kept(jan, copy)
    assert came_in(merged, None).name == ""
    copy.keep_imported(listed, "Daaruit: 1 panellid.")
    copy.file.erase_in_files([Erasure("note", "M", "text")])
    assert len(kept(jan, copy)) == 2, "what was wiped before it came is no reason to forget it"
    copy.close()


def test_no_copy_that_leaves_says_what_came_in(copy: WorkingCopy, theirs: Path, listed: Path, tmp_path: Path) -> None:
    copy.merging.merge_apart([Incoming(theirs)])
    copy.keep_imported(listed, "Daaruit: 1 panellid.")
    copy.publish()
    assert NAME not in copy.path.read_bytes()
    copy.write_copy(tmp_path / "kopie.sto")
    assert NAME not in (tmp_path / "kopie.sto").read_bytes()
    copy.close()
