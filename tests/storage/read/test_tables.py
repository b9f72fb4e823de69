"""The tables are the fold of the log: the same row by row as all at once, for any log."""

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from sto_desktop.domain.actions.merging import same_as_id
from sto_desktop.domain.bookkeeping import SameAs
from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Erasure
from sto_desktop.domain.record import TableSpec
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.database import transaction
from sto_desktop.storage.log import folded
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.example import make_example
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


def _derives_from(spec: TableSpec, record: Any) -> tuple[str, ...]:
    """Return the fields from whose values the id of a row derives, in order; empty if from none."""
    values = {name: str(field.encode(getattr(record, name))) for name, field in spec.fields.items()}
    if spec.record is SameAs:
        # A link means the same in both directions.
        return ("of", "one", "other") if record.id == same_as_id(record.of, record.one, record.other) else ()
    return next(
        (
            names
            for number in (1, 2)
            for names in permutations(values, number)
            if derived_id(spec.name, *(values[name] for name in names)) == record.id
        ),
        (),
    )


@pytest.mark.long
def test_the_ids_of_rows_derive_from_the_fields_that_say_so(tmp_path: Path) -> None:
    example = make_example(Workplace.here("Renée"), tmp_path / "voorbeeld.sto")
    derived = {
        (spec.name, _derives_from(spec, record))
        for spec in tables().values()
        for record in example.dossier.read.rows.records(spec.record)
    }
    example.close()
    # The id of a label derives from its folded name, which is the name itself of most.
    derived -= {("tag", ("name",))}
    assert derived == {(name, tables()[name].key) for name, _ in derived}
    assert {name for name, fields in derived if fields} >= {"voice", "planned_part", "recommendation_theme", "debrief"}
