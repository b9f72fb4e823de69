"""Working copies that can't lie: each says inside what it is of, and one that can't be read costs nobody a dossier."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path

import pytest

from sto_desktop.domain.errors import PasswordNeededError
from sto_desktop.storage.whole_file.backup import backups, restore
from sto_desktop.storage.working import quarantine
from sto_desktop.storage.working.check import check, repair
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace import Workplace
from tests.storage.desk import Computer, made_panel, note, running, text_of

INDEXES = {
    "emptied": "",
    "gone": None,
    "of another path": "{other}",
    "no object": "[]",
    "no path": '{"path": 3}',
}


def crashed(copy: WorkingCopy) -> Path:
    """Leave a working copy as a crash does; return its folder."""
    folder = copy.file.folder
    copy.dossier.close()
    return folder


def kept_in_quarantine(jan: Computer) -> list[Path]:
    """Return the files in quarantine."""
    return [item.file for item in quarantine.in_quarantine(jan.home)]


@pytest.mark.parametrize("index", INDEXES.values(), ids=INDEXES)
def test_after_saving_elsewhere_and_a_crash_no_index_leads_a_note_to_the_other_dossier(
    jan: Computer, copy: WorkingCopy, path: Path, index: str | None
) -> None:
    copy.publish()
    other = path.with_name("Elders.sto")
    copy.publish(other)
    copy.dossier.apply(note("voor elders", "N"))
    info = crashed(copy) / "info.json"
    if index is None:
        info.unlink()
    else:
        info.write_text(index.replace("{other}", json.dumps({"path": str(path)})))
    first = jan.open(path)
    assert text_of(first.dossier, "N") is None
    first.close()
    again = jan.open(other)
    assert text_of(again.dossier, "N") == "voor elders"
    again.close()
    assert kept_in_quarantine(jan) == []


@pytest.mark.long
def test_a_working_copy_with_a_password_is_looked_into_before_its_index_is_believed(jan: Computer, path: Path) -> None:
    copy = jan.create(path, "geheim")
    copy.dossier.apply(made_panel())
    copy.publish()
    other = path.with_name("Elders.sto")
    copy.publish(other)
    copy.dossier.apply(note("voor elders", "N"))
    info = crashed(copy) / "info.json"
    info.write_text(json.dumps({"path": str(path.resolve()), "locked": True}))
    first = jan.open(path, "geheim")
    assert text_of(first.dossier, "N") is None
    first.close()
    again = jan.open(other, "geheim")
    assert text_of(again.dossier, "N") == "voor elders"
    again.close()


@pytest.mark.long
def test_of_two_working_copies_with_a_password_and_each_others_index_none_gets_the_notes_of_the_other(
    jan: Computer, path: Path
) -> None:
    paths = path, path.with_name("Elders.sto")
    folders = []
    for place, row in zip(paths, ("N", "M"), strict=True):
        copy = jan.create(place, "geheim")
        copy.dossier.apply(made_panel())
        copy.publish()
        copy.dossier.apply(note(f"van {row}", row))
        folders.append(crashed(copy))
    first, second = (folder / "info.json" for folder in folders)
    said = first.read_text(), second.read_text()
    first.write_text(said[1])
    second.write_text(said[0])
    for place in paths:
        with pytest.raises(PasswordNeededError):
            jan.open(place)
    for place in paths:
        jan.open(place, "geheim").close()
    for place, row, others in zip(paths, ("N", "M"), ("M", "N"), strict=True):
        again = jan.open(place, "geheim")
        assert text_of(again.dossier, row) == f"van {row}"
        assert text_of(again.dossier, others) is None
        again.close()


@pytest.mark.long
def test_a_damaged_working_copy_with_the_index_of_another_is_merged_into_its_own(jan: Computer, path: Path) -> None:
    other = path.with_name("Elders.sto")
    for place in (path, other):
        copy = jan.create(place, "geheim")
        copy.dossier.apply(made_panel())
        copy.publish()
        copy.close()
    copy = jan.open(other, "geheim")
    copy.dossier.apply(note("voor elders", "N"))
    folder = crashed(copy)
    (folder / "info.json").write_text(json.dumps({"path": str(path.resolve()), "locked": True}))
    content = bytearray((folder / "dossier.sto").read_bytes())
    content[-3000] ^= 0xFF
    (folder / "dossier.sto").write_bytes(content)
    for place, text in ((path, None), (other, "voor elders"), (path, None)):
        again = jan.open(place, "geheim")
        assert text_of(again.dossier, "N") == text
        again.close()


def test_a_folder_that_somebody_copied_is_no_working_copy(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.publish()
    copy.dossier.apply(note("in de echte", "N"))
    folder = crashed(copy)
    shutil.copytree(folder, folder.with_name("0-kopie"))
    again = jan.open(path)
    again.dossier.close()
    again = jan.open(path)
    assert text_of(again.dossier, "N") == "in de echte"
    again.close()


def test_a_name_says_nothing_of_the_path_and_is_new_each_time(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.close()
    again = jan.open(path)
    assert again.file.folder.name != copy.file.folder.name
    again.close()
    assert not copy.file.folder.exists()
    assert not list(copy.file.folder.parent.glob("[!p]*"))


NOTHING_ANY_MORE = {
    "empty": b"",
    "a beginning": b"SQLite format 3\x00",
    "a plain head": b"SQLite format 3\x00" + random.Random(1).randbytes(20_000),
    "text": b"x" * 9,
}


@pytest.mark.parametrize("content", NOTHING_ANY_MORE.values(), ids=NOTHING_ANY_MORE)
def test_a_working_copy_that_is_nothing_any_more_locks_nobody_out(
    jan: Computer, copy: WorkingCopy, path: Path, content: bytes
) -> None:
    copy.dossier.apply(note("gepubliceerd", "N"))
    copy.publish()
    for time in range(3):
        folder = crashed(copy)
        for file in folder.glob("dossier.sto*"):
            file.unlink()
        (folder / "dossier.sto").write_bytes(content)
        copy = jan.open(path)
        assert text_of(copy.dossier, "N") == "gepubliceerd"
        assert len(kept_in_quarantine(jan)) == time + 1
        assert ["was beschadigd" in sentence for sentence in copy.told] == [True]
        assert copy.salvage is not None
        assert not copy.salvage.complete
    copy.close()
    # What was told once is not told again.
    again = jan.open(path)
    assert again.told == ()
    assert again.salvage is None
    again.close()


def test_what_can_be_read_of_a_damaged_working_copy_is_merged_in_and_told(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    for number in range(60):
        copy.dossier.apply(note(f"woorden {number} " * 20, f"N{number}"))
    copy.publish()
    for number in range(60, 120):
        copy.dossier.apply(note(f"woorden {number} " * 20, f"N{number}"))
    copy.dossier.set_draft("gesprek", "half getypt")
    file = crashed(copy) / "dossier.sto"
    # A page of the folded notes and some of the log, of which the last pages are.
    content = bytearray(file.read_bytes())
    damaged = [place for place in range(len(content) // 4096) if place % 23 == 12]
    for page in damaged:
        content[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    file.write_bytes(content)
    again = jan.open(path)
    here = [number for number in range(120) if text_of(again.dossier, f"N{number}")]
    assert set(range(60)) <= set(here)
    assert len(here) > 80, "most is saved"
    assert again.unpublished
    assert again.dossier.draft("gesprek") == "half getypt"
    (told,) = again.told
    assert "gered" in told
    assert ("Verloren" in told) == (again.salvage is not None and not again.salvage.complete)
    assert check(again.dossier).ok
    assert kept_in_quarantine(jan)[0].read_bytes() == content
    again.dossier.set_draft("gesprek", "")
    again.close()


def test_a_damaged_working_copy_of_a_file_that_is_gone_opens_as_far_as_it_can_be_read(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.publish()
    copy.dossier.apply(note("nergens anders", "N"))
    path.unlink()
    file = crashed(copy) / "dossier.sto"
    content = bytearray(file.read_bytes())
    # The name of a table in the schema.
    place = content.index(b"CREATE TABLE recommendation")
    content[place + 14] = 0xFF
    file.write_bytes(content)
    again = jan.open(path)
    assert text_of(again.dossier, "N") == "nergens anders"
    again.close()
    assert path.exists()


def test_what_an_earlier_version_put_aside_among_the_working_copies_goes_to_quarantine(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.publish()
    folder = crashed(copy)
    aside = folder.with_name("0123456789abcdef-beschadigd-20230101-120000")
    aside.mkdir()
    (aside / "info.json").write_text(json.dumps({"path": str(path.resolve())}))
    (aside / "dossier.sto").write_bytes(b"onleesbaar")
    again = Computer(path.parents[1]).open(path)
    assert again.told == ()
    again.close()
    assert [file.read_bytes() for file in kept_in_quarantine(jan)] == [b"onleesbaar"]


def test_a_working_copy_of_an_earlier_version_goes_on(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.publish()
    copy.dossier.apply(note("alleen hier", "N"))
    copy.dossier.raw.execute("DELETE FROM setting WHERE name IN ('path', 'copy')")
    folder = crashed(copy)
    (folder / "info.json").write_text(json.dumps({"path": str(path.resolve())}))
    folder.rename(folder.with_name("0123456789abcdef"))
    again = jan.open(path)
    assert text_of(again.dossier, "N") == "alleen hier"
    again.dossier.close()
    (again.file.folder / "info.json").unlink()
    # Now it says so itself.
    assert text_of(jan.open(path).dossier, "N") == "alleen hier"


def test_a_name_as_long_as_names_can_be_opens_merges_is_backed_up_and_mended(jan: Computer, path: Path) -> None:
    longest = path.with_name("é" * 125 + "a.sto")
    assert len(os.fsencode(longest.name)) == 255
    copy = jan.create(longest)
    copy.dossier.apply(made_panel())
    copy.publish()
    copy.backup()
    beside = path.with_name("b" * 251 + ".sto")
    shutil.copyfile(longest, beside)
    copy.merging.merge([beside])
    copy.close()
    workplace = Workplace(Identity("Jan", "laptop"), jan.copies)
    target = path.with_name("c" * 251 + ".sto")
    restore(backups(jan.copies.backups_of(longest))[0], target)
    target.unlink()
    repair(longest, target)
    with workplace.reading(longest) as read:
        assert read.dossier.read.panels.listed()


KILLED_IN_A_PASSWORD = """
    import os, signal, sys
    from pathlib import Path
    from sto_desktop.storage.working import working_copy
    from tests.storage.desk import Computer, note
    path, place = Path(sys.argv[1]), sys.argv[2]
    copy = Computer(path.parent).open(path)
    copy.dossier.apply(note("bevestigd", "N"))
    real = working_copy.put_in_place
    def switch(*args, **kwargs):
        if place == "after":
            real(*args, **kwargs)
        print("ready", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    working_copy.put_in_place = switch
    copy.take_password("geheim")
"""


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_note_outlives_a_kill_at_the_moment_a_password_is_set(tmp_path: Path, place: str) -> None:
    path = tmp_path / "Hengelo.sto"
    jan = Computer(tmp_path)
    copy = jan.create(path)
    copy.dossier.apply(made_panel())
    copy.close()
    with running(KILLED_IN_A_PASSWORD, path, place) as process:
        process.wait()
    if place == "after":
        with pytest.raises(PasswordNeededError):
            jan.open(path)
    again = jan.open(path, "geheim")
    assert text_of(again.dossier, "N") == "bevestigd"
    assert again.told == ()
    again.close()
    assert kept_in_quarantine(jan) == []


DAMAGED_AT_THE_HEAD = {
    "salt": (0, b"\0" * 16),
    "first page": (100, b"\0" * 2000),
    "zeroes": (0, b"\0" * 300_000),
}


@pytest.mark.long
@pytest.mark.parametrize(("at", "content"), DAMAGED_AT_THE_HEAD.values(), ids=DAMAGED_AT_THE_HEAD)
def test_a_damaged_working_copy_with_a_password_locks_nobody_out(
    jan: Computer, path: Path, at: int, content: bytes
) -> None:
    copy = jan.create(path, "geheim")
    copy.dossier.apply(made_panel())
    copy.dossier.apply(note("gepubliceerd", "N"))
    copy.publish()
    file = crashed(copy) / "dossier.sto"
    with file.open("rb+") as damaged:
        damaged.seek(at)
        damaged.write(content)
    with pytest.raises(PasswordNeededError):
        jan.open(path, "verkeerd")
    with jan.copies.reading(path, jan.who, "geheim") as reading:
        assert text_of(reading.dossier, "N") == "gepubliceerd"
    again = jan.open(path, "geheim")
    assert text_of(again.dossier, "N") == "gepubliceerd"
    assert len(kept_in_quarantine(jan)) == 1
    assert ["was beschadigd" in sentence for sentence in again.told] == [True]
    again.close()
