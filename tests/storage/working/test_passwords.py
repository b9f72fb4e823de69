"""A password makes file, working copy, drafts and backups unreadable without it."""

import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest

from sto_desktop.domain.errors import DossierError, PasswordNeededError, PublishError
from sto_desktop.domain.log.change import Erasure
from sto_desktop.storage.file.database import connect, quoted
from sto_desktop.storage.working.check import check_file
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.passwords import set_password
from tests.storage.desk import Computer, assert_sound, log_of, made_panel, note, other_program, tables_of, text_of

pytestmark = pytest.mark.long

SECRET = b"vertrouwelijke notitie"


@pytest.fixture
def locked(jan: Computer, copy: WorkingCopy) -> WorkingCopy:
    """The dossier with a note and a draft, given the password «geheim 'e»."""
    copy.dossier.apply(note("vertrouwelijke notitie", "N"))
    copy.dossier.set_draft("gesprek", "vertrouwelijke notitie, half af")
    copy.backup()
    set_password(copy, "geheim 'e")
    return copy


def _readable(jan: Computer, *paths: Path) -> list[Path]:
    """Return the files in which anything can be read."""
    files = [
        file
        for file in (*jan.files(), *paths)
        if file.suffix != ".lock" and file.name not in ("info.json", "laatst.json")
    ]
    return [file for file in files if SECRET in file.read_bytes() or file.read_bytes().startswith(b"SQLite format 3")]


def test_nothing_is_readable_on_disk_not_even_that_it_is_a_database(
    jan: Computer, locked: WorkingCopy, path: Path
) -> None:
    locked.dossier.apply(note("vertrouwelijke notitie, nog een"))
    locked.dossier.set_draft("gesprek", "vertrouwelijke notitie, verder")
    locked.backup()
    locked.publish()
    assert _readable(jan, path) == []


def test_the_work_goes_on_as_it_was(locked: WorkingCopy) -> None:
    assert text_of(locked.dossier, "N") == "vertrouwelijke notitie"
    assert locked.dossier.draft("gesprek") == "vertrouwelijke notitie, half af"
    assert [hit.row for hit in locked.dossier.search("vertr")] == ["N"]
    locked.dossier.apply(note("verder", "M"))
    assert locked.dossier.undo_label() == "notitie toevoegen"
    locked.dossier.undo()
    locked.dossier.undo()
    assert text_of(locked.dossier, "N") is None
    assert_sound(locked.dossier)


@pytest.mark.parametrize("wrong", [None, "", "Geheim", "x'00'"])
def test_without_the_password_it_does_not_open_and_says_why(
    jan: Computer, locked: WorkingCopy, path: Path, wrong: str | None
) -> None:
    locked.dossier.set_draft("gesprek", "")
    locked.close()
    before = path.read_bytes()
    with pytest.raises(PasswordNeededError, match="wachtwoord") as caught:
        jan.open(path, wrong)
    assert "beschadigd" in caught.value.happened
    assert path.read_bytes() == before
    assert jan.copies.leftovers() == []


def test_with_the_password_it_opens_here_and_elsewhere(
    jan: Computer, piet: Computer, locked: WorkingCopy, path: Path
) -> None:
    locked.close()
    for somebody in (jan, piet):
        again = somebody.open(path, "geheim 'e")
        again.dossier.apply(note("van " + somebody.who.person, somebody.who.person))
        assert text_of(again.dossier, "N") == "vertrouwelijke notitie"
        again.close()
    assert _readable(jan, path) == []
    assert check_file(path, "geheim 'e").ok


def test_what_a_crash_left_needs_the_password_too(jan: Computer, locked: WorkingCopy, path: Path) -> None:
    locked.dossier.apply(note("niet gepubliceerd", "M"))
    locked.dossier.close()
    with pytest.raises(PasswordNeededError):
        jan.open(path)
    again = jan.open(path, "geheim 'e")
    assert text_of(again.dossier, "M") == "niet gepubliceerd"
    again.close()


def test_another_password_and_none_at_all(jan: Computer, locked: WorkingCopy, path: Path) -> None:
    before = tables_of(locked.dossier), log_of(locked.dossier)
    set_password(locked, "anders")
    assert (tables_of(locked.dossier), log_of(locked.dossier)) == before
    with pytest.raises(PasswordNeededError):
        check_file(path, "geheim 'e")
    set_password(locked, None)
    assert (tables_of(locked.dossier), log_of(locked.dossier)) == before
    locked.close()
    with other_program(path) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kept = list((jan.home / "reservekopie").rglob("*.sto"))
    assert len(kept) == 1
    assert kept[0].read_bytes().startswith(b"SQLite format 3")
    again = jan.open(path)
    assert_sound(again.dossier)
    again.close()


def test_a_made_dossier_can_have_a_password_from_the_start(jan: Computer, path: Path) -> None:
    made = jan.create(path, "geheim")
    made.dossier.apply(note("vertrouwelijke notitie"))
    made.close()
    assert _readable(jan, path) == []
    again = jan.open(path, "geheim")
    assert_sound(again.dossier)
    again.close()


def test_a_password_for_a_dossier_without_one_is_not_asked(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.close()
    again = jan.open(path, "overbodig")
    again.close()
    with other_program(path) as raw:
        assert raw.execute("SELECT count(*) FROM panel").fetchone() == (1,)


def test_a_locked_dossier_merges_with_its_password_and_is_refused_without(
    jan: Computer, copy: WorkingCopy, tmp_path: Path
) -> None:
    made = jan.create(tmp_path / "slot.sto", "hun wachtwoord")
    made.dossier.apply(note("van achter slot", "M"))
    made.close()
    with pytest.raises(PasswordNeededError, match=r"slot\.sto"):
        copy.merging.merge([tmp_path / "slot.sto"])
    copy.merging.merge([tmp_path / "slot.sto"], lambda asked: "hun wachtwoord")
    assert text_of(copy.dossier, "M") == "van achter slot"
    set_password(copy, "ons wachtwoord")
    plain = jan.create(tmp_path / "open.sto")
    plain.dossier.apply(note("gewoon", "P"))
    plain.close()
    for path in (tmp_path / "open.sto", tmp_path / "slot.sto"):
        copy.merging.merge([path], lambda asked: "hun wachtwoord")
    assert text_of(copy.dossier, "P") == "gewoon"


def test_colleagues_merge_by_publishing_a_locked_file(
    jan: Computer, piet: Computer, locked: WorkingCopy, path: Path
) -> None:
    other = piet.open(path, "geheim 'e")
    other.dossier.apply(note("van Piet", "M"))
    other.close()
    locked.dossier.apply(note("van Jan", "O"))
    assert locked.publish().merged is not None
    assert text_of(locked.dossier, "M") == "van Piet"
    assert _readable(jan, path) == []


def test_with_another_window_open_the_password_stays(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    window = jan.open(path)
    with pytest.raises(DossierError, match="nog een venster"):
        set_password(copy, "geheim")
    copy.dossier.apply(note("verder", "N"))
    assert window.dossier.poll()
    window.close()
    set_password(copy, "geheim")
    assert _readable(jan, path) == []


def test_a_password_that_could_not_be_published_is_published_later(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    away = path.parent.with_name("stick eruit")
    path.parent.rename(away)
    with pytest.raises(PublishError):
        set_password(copy, "geheim")
    away.rename(path.parent)
    assert copy.unpublished
    copy.close()
    assert _readable(jan, path) == []


def test_erasing_in_a_locked_dossier_reaches_its_backups(jan: Computer, locked: WorkingCopy, path: Path) -> None:
    locked.backup()
    locked.erase([Erasure("note", "N", "text")])
    set_password(locked, None)
    for file in (path, *(jan.home / "reservekopie").rglob("*.sto")):
        assert SECRET not in file.read_bytes()


COMPOSED = "Zoë één paraplu"


@pytest.mark.parametrize(("made", "given"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_an_accent_opens_however_the_computer_types_it(
    jan: Computer, piet: Computer, path: Path, made: Literal["NFC", "NFD"], given: Literal["NFC", "NFD"]
) -> None:
    copy = jan.create(path, unicodedata.normalize(made, COMPOSED))
    copy.dossier.apply(made_panel())
    copy.publish()
    typed = unicodedata.normalize(given, COMPOSED)
    other = piet.open(path, typed)
    other.dossier.apply(note("van Piet", "N"))
    other.close()
    beside = path.with_name("ander.sto")
    beside.write_bytes(path.read_bytes())
    copy.merging.merge([beside], lambda _path: typed)
    assert text_of(copy.dossier, "N") == "van Piet"
    copy.close()


def test_what_an_earlier_version_locked_as_it_was_typed_opens(jan: Computer, path: Path) -> None:
    typed = unicodedata.normalize("NFD", COMPOSED)
    jan.create(path, "geheim").publish()
    with closing(connect(path, password="geheim")) as raw:
        raw.execute(f"PRAGMA rekey = {quoted(typed)}")
    for given in (typed, COMPOSED):
        Computer(path.parents[1], f"met {len(given)}").open(path, given).close()
