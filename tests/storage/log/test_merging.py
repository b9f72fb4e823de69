"""A merge is the union of two logs, each row validated, and nothing else: only the log of the other file is read."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from sto_desktop.domain.errors import DossierError, NewerFormatError, NotADossierError
from sto_desktop.domain.log.change import ChangeId, Erasure, action, change, create
from sto_desktop.domain.log.clock import HIGHEST_STAMP
from sto_desktop.domain.place import Position, key_between
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import (
    FOREIGN,
    PANEL,
    QUESTION,
    Computer,
    add_change,
    assert_sound,
    changes_of,
    edited,
    log_of,
    note,
    other_program,
    tables_of,
    text_of,
)


@pytest.fixture
def theirs(jan: Computer, tmp_path: Path) -> Path:
    """A closed dossier of another person with one panel and one note."""
    made = jan.create(tmp_path / "theirs.sto")
    made.dossier.apply(action("panel", create("panel", "panel-2", title="Panel Almelo")))
    made.dossier.apply(note("hun notitie", "N", panel="panel-2"))
    made.close()
    return tmp_path / "theirs.sto"


def test_two_dossiers_together_are_one(copy: WorkingCopy, theirs: Path) -> None:
    (result,) = copy.merging.merge([theirs])
    assert result.changes == 2
    assert {("panel", "panel-2"), ("note", "N")} == result.rows
    assert [panel.title for panel in copy.dossier.read.panels.listed()] == ["Panel Almelo", "Panel Hengelo"]
    assert [hit.row for hit in copy.dossier.search("hun")] == ["N"]
    assert_sound(copy.dossier)


def test_merging_again_brings_nothing_new(copy: WorkingCopy, theirs: Path) -> None:
    copy.merging.merge([theirs])
    before = tables_of(copy.dossier), log_of(copy.dossier)
    (result,) = copy.merging.merge([theirs])
    assert result.nothing_new
    assert (tables_of(copy.dossier), log_of(copy.dossier)) == before


def test_merging_appends_no_change_so_that_two_who_publish_to_each_other_come_to_rest(
    jan: Computer, piet: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("van Jan", "N"))
    copy.publish()
    other = piet.open(path)
    other.dossier.apply(note("van Piet", "M"))
    other.publish()
    copy.publish()
    at_rest = path.read_bytes()
    for _ in range(3):
        assert not other.unpublished
        assert other.take_in_published() is None or not other.unpublished
        assert copy.take_in_published() is None
    assert path.read_bytes() == at_rest
    assert log_of(copy.dossier) == log_of(other.dossier)
    other.close()


def test_a_backup_is_made_before_other_files_are_merged(copy: WorkingCopy, theirs: Path, jan: Computer) -> None:
    copy.merging.merge([theirs])
    kept = list(copy.file.home.backups_of(copy.path).glob("*-samenvoegen*.sto"))
    assert len(kept) == 1
    with other_program(kept[0]) as raw:
        assert raw.execute("SELECT title FROM panel").fetchall() == [("Panel Hengelo",)]


def test_reordering_by_two_people_merges(copy: WorkingCopy, piet: Computer, path: Path) -> None:
    keys = ["a1", "a2", "a3"]
    for key in keys:
        copy.dossier.apply(note(key, key, position=Position(QUESTION, key)))
    copy.publish()
    other = piet.open(path)
    copy.dossier.apply(edited("a3", position=Position(QUESTION, key_between(None, "a1"))))
    other.dossier.apply(edited("a1", position=Position(QUESTION, key_between("a2", "a3"))))
    other.close()
    copy.take_in_published()
    assert [item.text for item in copy.dossier.read.notes.of_panel(PANEL)] == ["a3", "a2", "a1"]
    assert copy.dossier.conflicts() == []


def test_a_copy_of_a_file_that_was_opened_twice_merges(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.close()
    twin = path.with_name("kopie.sto")
    shutil.copyfile(path, twin)
    one, other = jan.open(path), jan.open(twin)
    one.dossier.apply(note("in het ene", "A"))
    other.dossier.apply(note("in het andere", "B"))
    other.close()
    (result,) = one.merging.merge([twin])
    assert not result.contradicted
    assert {item.text for item in one.dossier.read.notes.of_panel(PANEL)} == {"in het ene", "in het andere"}
    one.close()


def test_the_same_identity_with_other_content_is_reported_and_ours_stays(
    copy: WorkingCopy, path: Path, tmp_path: Path
) -> None:
    copy.dossier.apply(note("echt", "N"))
    copy.publish()
    forged = tmp_path / "vervalst.sto"
    shutil.copyfile(path, forged)
    with other_program(forged) as raw:
        raw.execute("""UPDATE change SET fields = replace(fields, 'echt', 'vals')""")
    (result,) = copy.merging.merge([forged])
    assert result.contradicted == (changes_of(copy.dossier)[-1].id,)
    assert text_of(copy.dossier, "N") == "echt"


def test_one_identity_twice_in_a_file_is_reported(copy: WorkingCopy, theirs: Path) -> None:
    with other_program(theirs) as raw:
        raw.execute("ALTER TABLE change RENAME TO old")
        raw.execute("CREATE TABLE change AS SELECT * FROM old")
        raw.execute("INSERT INTO change SELECT * FROM old")
        raw.execute("""UPDATE change SET fields = '{"text":"anders"}' WHERE rowid = 4""")
    (result,) = copy.merging.merge([theirs])
    assert len(result.contradicted) == 1
    assert result.changes == 2
    assert text_of(copy.dossier, "N") in ("hun notitie", "anders")


@pytest.mark.parametrize(
    "column",
    ["fields", "supersedes", "writer", "table_name", "row_id", "stamp", "action"],
)
@pytest.mark.parametrize("value", [b"\xff\xfe", "", "{", "[]", '{"a":NaN}', '{"a":1e999}', "[" * 100_000, -1, 1.5])
def test_rows_that_are_not_of_the_form_of_a_log_are_left_out_and_counted(
    copy: WorkingCopy, theirs: Path, column: str, value: object
) -> None:
    with other_program(theirs) as raw:
        raw.execute("ALTER TABLE change RENAME TO old")
        raw.execute("CREATE TABLE change AS SELECT * FROM old")
        if isinstance(value, bytes):
            raw.execute(f"UPDATE change SET {column} = CAST(? AS TEXT) WHERE row_id = 'N'", (value,))
        else:
            raw.execute(f"UPDATE change SET {column} = ? WHERE row_id = 'N'", (value,))
    (result,) = copy.merging.merge([theirs])
    names = ("writer", "table_name", "row_id")
    possible = (column in names and value and not isinstance(value, bytes)) or (column == "action" and value == -1)
    assert result.malformed == (0 if possible else 1)
    assert "Panel Almelo" in [panel.title for panel in copy.dossier.read.panels.listed()]
    assert_sound(copy.dossier)


def test_names_that_are_no_text_are_left_out(copy: WorkingCopy, theirs: Path) -> None:
    with other_program(theirs) as raw:
        raw.execute("UPDATE writer SET person = x'ff'")
        raw.execute("UPDATE action SET reverses = 'onzin' WHERE seq = 1")
        raw.execute("UPDATE action SET label = CAST(x'ff' AS TEXT) WHERE seq = 2")
        raw.execute("INSERT INTO erasure VALUES ('', 'N', 'text')")
    (result,) = copy.merging.merge([theirs])
    # A blob becomes text, as all that another program put into a column of text.
    assert (result.malformed, result.left.wrong) == (2, 1)
    assert text_of(copy.dossier, "N") == "hun notitie"


def test_only_the_log_is_read_never_tables_triggers_or_views(copy: WorkingCopy, theirs: Path) -> None:
    with other_program(theirs) as raw:
        raw.execute("UPDATE note SET text = 'veranderd in de tabel'")
        raw.execute("INSERT INTO panel (id, title, known) VALUES ('nep', 'Nep', 1)")
        raw.execute("INSERT INTO setting VALUES ('vreemd', 'ja')")
        raw.execute("INSERT INTO draft VALUES ('hier', 'half')")
        raw.execute("CREATE VIEW gluur AS SELECT * FROM note")
        raw.execute("CREATE TRIGGER val AFTER INSERT ON change BEGIN DELETE FROM note; END")
        raw.execute("DROP TABLE note")
        raw.execute("CREATE VIEW note AS SELECT 1")
    copy.merging.merge([theirs])
    assert text_of(copy.dossier, "N") == "hun notitie"
    assert "Nep" not in [panel.title for panel in copy.dossier.read.panels.listed()]
    assert copy.dossier.setting("vreemd") == ""
    assert copy.dossier.draft("hier") == ""
    assert_sound(copy.dossier)


@pytest.mark.parametrize(
    "trick",
    [
        "CREATE VIEW {table} AS SELECT * FROM old",
        "CREATE VIRTUAL TABLE {table} USING fts4(stamp, id, person, label, table_name, row_id, field)",
        "CREATE TABLE {table} (iets)",
    ],
)
@pytest.mark.parametrize("table", ["change", "action", "writer", "erasure"])
def test_what_only_looks_like_a_log_is_not_read_but_the_log_itself(
    copy: WorkingCopy, theirs: Path, table: str, trick: str
) -> None:
    with other_program(theirs) as raw:
        raw.execute(f"ALTER TABLE {table} RENAME TO old")
        raw.execute(trick.format(table=table))
    copy.merging.merge([theirs])
    assert text_of(copy.dossier, "N") == "hun notitie"
    assert_sound(copy.dossier)


def test_a_log_of_a_newer_form_that_can_not_be_read_is_refused(copy: WorkingCopy, theirs: Path) -> None:
    with other_program(theirs) as raw:
        raw.execute("PRAGMA user_version = 2")
        raw.execute("ALTER TABLE change DROP COLUMN fields")
    with pytest.raises(NewerFormatError, match="nieuwere versie"):
        copy.merging.merge([theirs])


def test_something_else_is_refused_in_words(copy: WorkingCopy, tmp_path: Path) -> None:
    other = tmp_path / "brief.docx"
    other.write_bytes(b"PK\x03\x04 en nog wat")
    with pytest.raises(NotADossierError, match="Word"):
        copy.merging.merge([other])


def test_when_one_of_several_can_not_be_read_those_before_it_are_in(
    copy: WorkingCopy, theirs: Path, tmp_path: Path
) -> None:
    with pytest.raises(DossierError):
        copy.merging.merge([theirs, tmp_path / "er niet.sto"])
    assert text_of(copy.dossier, "N") == "hun notitie"
    assert_sound(copy.dossier)


def test_unknown_tables_and_fields_are_kept_and_handed_on(
    jan: Computer, piet: Computer, copy: WorkingCopy, theirs: Path, tmp_path: Path
) -> None:
    later = ChangeId(FOREIGN.stamp + 1, FOREIGN.writer)
    add_change(theirs, {"mood": "blij", "text": "met gevoel"}, made=FOREIGN)
    add_change(theirs, {"deleted": False, "colour": "rood"}, table="sticker", row="S", made=later)
    copy.merging.merge([theirs])
    assert text_of(copy.dossier, "N") == "met gevoel"
    copy.close()
    handed_on = tmp_path / "doorgegeven.sto"
    shutil.copyfile(copy.path, handed_on)
    other = piet.create(tmp_path / "piet.sto")
    other.merging.merge([handed_on])
    kept = {item.id: item.values for item in changes_of(other.dossier)}
    assert kept[FOREIGN] == {"mood": "blij", "text": "met gevoel"}
    assert kept[later] == {"deleted": False, "colour": "rood"}
    assert_sound(other.dossier)
    other.close()


def test_a_stamp_from_far_ahead_is_kept_handed_on_and_not_shown(jan: Computer, copy: WorkingCopy, theirs: Path) -> None:
    far = ChangeId(HIGHEST_STAMP + 1, "ver")
    add_change(theirs, {"text": "uit 2100"}, made=far)
    (result,) = copy.merging.merge([theirs])
    assert result.quarantined == 1
    assert text_of(copy.dossier, "N") == "hun notitie"
    copy.dossier.apply(edited("N", text="van nu"))
    assert text_of(copy.dossier, "N") == "van nu"
    assert far in [item.id for item in changes_of(copy.dossier)]
    assert copy.dossier.conflicts() == []


def test_a_clock_years_ahead_orders_but_does_not_win_from_who_saw_it(
    jan: Computer, piet: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("samen", "N"))
    copy.publish()
    piet.clock.turn(timedelta(days=9000))
    other = piet.open(path)
    other.dossier.apply(edited("N", text="uit 2047"))
    other.close()
    copy.take_in_published()
    copy.dossier.apply(edited("N", text="van nu"))
    assert text_of(copy.dossier, "N") == "van nu"


def test_what_others_name_and_nobody_has_is_a_stub_until_it_comes(
    copy: WorkingCopy, theirs: Path, tmp_path: Path, jan: Computer
) -> None:
    with other_program(theirs) as raw:
        raw.execute("DELETE FROM change WHERE row_id = 'panel-2'")
    copy.merging.merge([theirs])
    stub = "SELECT known FROM panel WHERE id = 'panel-2'"
    assert copy.dossier.raw.execute(stub).fetchone() == (0,)
    assert text_of(copy.dossier, "N") == "hun notitie"
    assert_sound(copy.dossier)
    add_change(theirs, {"deleted": False, "title": "Panel Almelo"}, table="panel", row="panel-2")
    copy.merging.merge([theirs])
    assert copy.dossier.raw.execute(stub).fetchone() == (1,)
    assert_sound(copy.dossier)


def test_values_that_can_not_be_are_skipped_and_reported(copy: WorkingCopy, theirs: Path) -> None:
    from sto_desktop.storage.working.check import check

    add_change(theirs, {"text": 12, "kind": "GEDICHT", "star": True})
    copy.merging.merge([theirs])
    found = copy.dossier.read.notes.get("N")
    assert found is not None
    assert (found.text, found.note.kind, found.note.star) == ("hun notitie", None, True)
    assert [
        (finding.code, finding.count) for finding in check(copy.dossier).findings if finding.code == "rejected"
    ] == [("rejected", 2)]


def test_a_big_merge_and_many_small_ones_give_the_same(jan: Computer, piet: Computer, tmp_path: Path) -> None:
    """Above some number of rows everything is folded again; below it, only the rows that arrived."""
    parts = []
    big = jan.create(tmp_path / "groot.sto")
    for number in range(4):
        made = piet.create(tmp_path / f"deel{number}.sto")
        made.dossier.apply(action("importeren", (note(f"notitie {number} {place}").edits[0] for place in range(60))))
        made.close()
        parts.append(tmp_path / f"deel{number}.sto")
        big.merging.merge([tmp_path / f"deel{number}.sto"])
    big.dossier.apply(action("panel", create("panel", PANEL, title="later")))
    big.close()
    at_once = piet.create(tmp_path / "ineens.sto")
    at_once.merging.merge([tmp_path / "groot.sto"])
    big = jan.open(tmp_path / "groot.sto")
    assert tables_of(big.dossier) == tables_of(at_once.dossier)
    assert_sound(big.dossier)
    assert_sound(at_once.dossier)
    for made in (big, at_once):
        made.close()


def test_erasures_come_along_and_are_listed(jan: Computer, piet: Computer, copy: WorkingCopy, theirs: Path) -> None:
    copy.merging.merge([theirs])
    other = piet.open(theirs)
    other.erase([Erasure("note", "N", "text")])
    other.close()
    (result,) = copy.merging.merge([theirs])
    assert result.erasures == (Erasure("note", "N", "text"),)
    assert not result.contradicted
    assert text_of(copy.dossier, "N") == ""


def test_a_change_that_a_colleague_made_is_followed_by_mine(copy: WorkingCopy, theirs: Path) -> None:
    copy.merging.merge([theirs])
    copy.dossier.apply(action("wijzigen", change("note", "N", text="van ons")))
    assert copy.dossier.conflicts() == []
    assert text_of(copy.dossier, "N") == "van ons"
