"""The tables are the fold of the log: the same row by row as all at once, for any log."""

from pathlib import Path

import pytest

from sto_desktop.domain.log.change import Erasure
from sto_desktop.storage.file.database import transaction
from sto_desktop.storage.log import folded
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import Computer, add_change, assert_sound, deleted, edited, note, tables_of


def test_rebuilding_gives_what_was_there(copy: WorkingCopy, piet: Computer, path: Path) -> None:
    for number in range(30):
        copy.dossier.apply(note(f"notitie {number}", f"N{number}"))
    copy.publish()
    other = piet.open(path)
    for number in range(0, 30, 3):
        copy.dossier.apply(edited(f"N{number}", text=f"van Jan {number}"))
        other.dossier.apply(edited(f"N{number}", text=f"van Piet {number}"))
        other.dossier.apply(deleted(f"N{number + 1}"))
    copy.dossier.apply(edited("N1", text="niet gezien"))
    other.close()
    copy.take_in_published()
    copy.dossier.erase([Erasure("note", "N6", "text"), Erasure("note", "N7", "position")])
    assert len(copy.dossier.conflicts()) == 10
    before = tables_of(copy.dossier)
    with transaction(copy.dossier.raw):
        folded.rebuild(copy.dossier.raw)
    assert tables_of(copy.dossier) == before
    assert [hit.row for hit in copy.dossier.search("notitie 20")] == ["N20"]
    assert_sound(copy.dossier)


@pytest.mark.parametrize(
    "values",
    [
        {"text": "zonder maken"},
        {"deleted": True},
        {"deleted": True, "text": "weg"},
        {"deleted": "onzin"},
        {"mood": [1, {"a": None}]},
        {},
        {"panel": "N", "position": ["N", "zzz"]},
        {"position": None},
        {"captured_at": "9999-12-31T23:59:59-23:00"},
    ],
)
def test_whatever_the_log_holds_a_dossier_opens_and_its_tables_follow(
    jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path, values: dict[str, object]
) -> None:
    copy.close()
    add_change(path, values)
    fresh = jan.create(tmp_path / "nieuw.sto")
    fresh.merging.merge([path])
    fresh.dossier.apply(edited("N", text="verder"))
    assert_sound(fresh.dossier)
    fresh.close()


def test_a_reference_that_was_erased_leaves_no_stub_of_what_only_it_named(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("een", "N", panel="geheim-panel"))
    copy.dossier.erase([Erasure("note", "N", "panel")])
    assert copy.dossier.raw.execute("SELECT count(*) FROM panel WHERE id = 'geheim-panel'").fetchone() == (0,)
    assert_sound(copy.dossier)


def test_an_erasure_of_what_is_not_here_waits_for_it(
    jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path
) -> None:
    copy.dossier.erase([Erasure("note", "N", "text")])
    assert_sound(copy.dossier)
    other = jan.create(tmp_path / "ander.sto")
    other.dossier.apply(note("geheim", "N"))
    other.close()
    copy.merging.merge([tmp_path / "ander.sto"])
    found = copy.dossier.read.notes.get("N")
    assert found is not None
    assert found.text == ""
    assert_sound(copy.dossier)


def test_rows_are_never_replaced_so_that_their_keys_stay(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("een", "N"))
    key = copy.dossier.raw.execute("SELECT key FROM note WHERE id = 'N'").fetchone()
    copy.dossier.apply(edited("N", text="twee"))
    copy.dossier.apply(deleted("N"))
    copy.dossier.undo()
    assert copy.dossier.raw.execute("SELECT key FROM note WHERE id = 'N'").fetchone() == key
