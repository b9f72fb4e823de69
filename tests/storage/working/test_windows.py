"""Two windows on one dossier share the working copy, and each notices what the other does."""

from pathlib import Path

import pytest

from sto_desktop.domain.errors import DossierError
from sto_desktop.domain.log.change import Erasure
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import Computer, Watcher, add_change, assert_sound, edited, note, tables_of, text_of


@pytest.fixture
def window(jan: Computer, copy: WorkingCopy, path: Path) -> WorkingCopy:
    """A second window on the dossier."""
    return jan.open(path)


def test_what_one_writes_the_other_hears_at_its_next_look(copy: WorkingCopy, window: WorkingCopy) -> None:
    assert window.file.folder == copy.file.folder
    watcher = Watcher(window.dossier)
    assert not window.dossier.poll()
    copy.dossier.apply(note("een", "N"))
    assert window.dossier.poll()
    assert watcher.told[0].by_me is False
    assert watcher.rows() == {("note", "N")}
    assert not window.dossier.poll()
    assert text_of(window.dossier, "N") == "een"
    window.close()


def test_a_window_that_writes_itself_still_hears_what_it_missed(copy: WorkingCopy, window: WorkingCopy) -> None:
    watcher = Watcher(window.dossier)
    copy.dossier.apply(note("van de een", "N"))
    window.dossier.apply(note("van de ander", "M"))
    assert [(sorted(changed.rows), changed.by_me) for changed in watcher.told] == [
        ([("note", "N")], False),
        ([("note", "M")], True),
    ]
    assert not window.dossier.poll()
    assert copy.dossier.poll()
    window.close()


def test_undo_is_of_the_person_in_whatever_window(copy: WorkingCopy, window: WorkingCopy) -> None:
    copy.dossier.apply(note("een", "N"))
    window.dossier.apply(edited("N", text="twee"))
    copy.dossier.apply(edited("N", star=True))
    # Without a check in between: undo takes the last action.
    undone = window.dossier.undo()
    assert undone is not None
    assert undone.left == ()
    found = window.dossier.read.notes.get("N")
    assert found is not None
    assert (found.text, found.note.star) == ("twee", False)
    copy.dossier.undo()
    assert text_of(copy.dossier, "N") == "een"
    assert window.dossier.poll()
    assert window.dossier.redo_label() == "notitie wijzigen"
    window.close()


def test_a_merge_in_one_window_is_heard_in_the_other(
    jan: Computer, copy: WorkingCopy, window: WorkingCopy, tmp_path: Path
) -> None:
    made = jan.create(tmp_path / "ander.sto")
    made.dossier.apply(note("uit een ander bestand", "X"))
    made.close()
    watcher = Watcher(window.dossier)
    copy.merging.merge([tmp_path / "ander.sto"])
    assert window.dossier.poll()
    assert ("note", "X") in watcher.rows()
    window.close()


def test_a_window_that_merges_hears_what_the_other_did_just_before(
    jan: Computer, copy: WorkingCopy, window: WorkingCopy, tmp_path: Path
) -> None:
    made = jan.create(tmp_path / "ander.sto")
    made.dossier.apply(note("uit een ander bestand", "X"))
    made.close()
    watcher = Watcher(window.dossier)
    copy.dossier.apply(note("van de een", "N"))
    window.merging.merge([tmp_path / "ander.sto"])
    assert {("note", "N"), ("note", "X")} <= watcher.rows()
    window.close()


def test_an_erasure_in_one_window_makes_the_other_read_all_again(copy: WorkingCopy, window: WorkingCopy) -> None:
    copy.dossier.apply(note("geheim", "N"))
    window.dossier.poll()
    watcher = Watcher(window.dossier)
    copy.dossier.erase([Erasure("note", "N", "text")])
    assert window.dossier.poll()
    assert watcher.told[-1].everything
    assert text_of(window.dossier, "N") == ""
    assert copy.dossier.undo_label() == "notitie toevoegen"
    window.close()


def test_publishing_by_a_worker_is_heard_when_something_came_in(copy: WorkingCopy, piet: Computer, path: Path) -> None:
    other = piet.open(path)
    other.dossier.apply(note("van Piet", "N"))
    other.close()
    watcher = Watcher(copy.dossier)
    published = copy.publish_apart()
    assert published.merged is not None
    assert copy.dossier.poll()
    assert watcher.rows() == {("note", "N")}


def test_closing_one_leaves_the_other_at_work_and_the_last_one_clears_up(
    jan: Computer, copy: WorkingCopy, window: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.close()
    assert window.file.folder.exists()
    window.dossier.apply(note("twee", "M"))
    window.close()
    assert not window.file.folder.exists()
    again = jan.open(path)
    assert (text_of(again.dossier, "N"), text_of(again.dossier, "M")) == ("een", "twee")
    again.close()


def test_saving_elsewhere_takes_both_windows_along(
    copy: WorkingCopy, window: WorkingCopy, path: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "stick.sto"
    copy.publish(elsewhere)
    before = path.read_bytes()
    window.dossier.apply(note("na het verplaatsen", "N"))
    window.publish()
    assert window.path == elsewhere
    assert path.read_bytes() == before
    assert tables_of(window.dossier) == tables_of(copy.dossier)
    window.close()


def test_the_file_of_another_window_is_not_saved_over(jan: Computer, copy: WorkingCopy, tmp_path: Path) -> None:
    other = jan.create(tmp_path / "ander.sto")
    other.publish()
    with pytest.raises(DossierError, match="ander venster"):
        copy.publish(tmp_path / "ander.sto")
    other.close()


def test_after_saving_elsewhere_the_old_place_opens_as_a_dossier_of_its_own(
    jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path
) -> None:
    copy.publish(tmp_path / "stick.sto")
    copy.dossier.apply(note("alleen op de stick", "N"))
    old = jan.open(path)
    assert old.file.folder != copy.file.folder
    assert text_of(old.dossier, "N") is None
    old.close()


def test_a_view_may_look_again_while_it_is_told(copy: WorkingCopy) -> None:
    seen = []
    copy.dossier.subscribe(lambda changed: seen.append([text_of(copy.dossier, row) for row in changed.ids("note")]))
    end = copy.dossier.subscribe(lambda changed: seen.append(["dit venster is dicht"]))
    end()
    copy.dossier.apply(note("een", "N"))
    copy.dossier.apply(edited("N", text="twee"))
    assert seen == [["een"], ["twee"]]


def test_what_a_published_file_of_another_program_brings_is_heard(copy: WorkingCopy, path: Path) -> None:
    add_change(path, {"deleted": False, "text": "van elders", "panel": "panel-1"})
    watcher = Watcher(copy.dossier)
    assert copy.take_in_published() is not None
    assert watcher.rows() == {("note", "N")}
    assert_sound(copy.dossier)


def test_a_check_after_another_window_wrote_reports_no_damage_that_is_not_there(
    copy: WorkingCopy, window: WorkingCopy
) -> None:
    copy.dossier.apply(note("een", "N"))
    assert_sound(copy.dossier)
    window.dossier.apply(edited("N", text="twee"))
    assert_sound(copy.dossier)
    window.close()
