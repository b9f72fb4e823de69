"""Controleer finds what is wrong and reports it in Dutch; repair makes a clean dossier of the readable rows."""

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from sto_desktop.domain.errors import (
    DamagedDossierError,
    DossierError,
    NewerFormatError,
    NotADossierError,
    PasswordNeededError,
)
from sto_desktop.domain.log.change import ChangeId, Erasure, action
from sto_desktop.domain.log.clock import HIGHEST_STAMP
from sto_desktop.storage.working.check import CheckReport, Severity, check, check_file, repair
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.altered import CASES
from tests.storage.desk import (
    FOREIGN,
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
def filled(copy: WorkingCopy, path: Path) -> Path:
    """A closed dossier with fifty notes."""
    for number in range(50):
        copy.dossier.apply(note(f"notitie {number} " + "over het Technolab " * 10, f"N{number}"))
    copy.close()
    return path


def _codes(report: CheckReport) -> dict[str, int]:
    return {finding.code: finding.count for finding in report.findings}


def test_an_emptied_log_promises_no_repair(filled: Path, tmp_path: Path) -> None:
    with other_program(filled) as raw:
        raw.execute("DELETE FROM change")
    report = check_file(filled)
    assert not report.ok
    assert "Het logboek is leeg. Open een reservekopie." in " ".join(report.sentences)
    assert "alle notities gaan mee" not in " ".join(report.sentences)
    with pytest.raises(DamagedDossierError):
        repair(filled, tmp_path / "hersteld.sto")


def test_a_sound_dossier_is_in_order_and_the_file_stays_as_it_is(filled: Path) -> None:
    before = filled.read_bytes(), filled.stat().st_mtime_ns
    report = check_file(filled)
    assert report.ok
    assert report.findings == ()
    assert report.sentences == ("Het dossier is in orde: 1 panel, 50 notities en 53 wijzigingen.",)
    assert (filled.read_bytes(), filled.stat().st_mtime_ns) == before
    assert [file.name for file in filled.parent.iterdir()] == [filled.name]


def test_an_open_dossier_can_be_checked(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("een", "N"))
    assert check(copy.dossier).ok
    assert not copy.dossier.poll()


@pytest.mark.parametrize(
    ("statement", "count"),
    [
        ("UPDATE note SET text = 'anders' WHERE id IN ('N1', 'N2')", 2),
        ("DELETE FROM note WHERE id = 'N3'", 1),
        ("INSERT INTO note (id, text, known) VALUES ('nep', 'nep', 1)", 1),
        ("UPDATE note SET deleted = 1 WHERE id = 'N4'", 1),
        ("INSERT INTO conflict VALUES ('note', 'N5', 'text')", 1),
        ("UPDATE search SET body = 'anders' WHERE rowid = 3", 1),
        ("DELETE FROM search WHERE rowid = 3", 1),
        ("DELETE FROM search_entry WHERE key = 3", 1),
        ("DELETE FROM change WHERE row_id = 'N6'", 1),
    ],
)
def test_tables_that_are_not_the_fold_of_the_log_are_found(filled: Path, statement: str, count: int) -> None:
    with other_program(filled) as raw:
        raw.execute(statement)
    report = check_file(filled)
    assert not report.ok
    assert _codes(report) == {"tables_differ": count}
    assert "wijk" in report.sentences[0]
    assert report.sentences[0].startswith("Fout: ")
    assert "herstel" in report.sentences[0]


def test_what_is_strange_in_a_log_is_told_with_how_often(filled: Path) -> None:
    one, two, three = (ChangeId(FOREIGN.stamp + place, FOREIGN.writer) for place in range(3))
    add_change(filled, {"text": 3, "star": "ja"}, row="N1", made=one)
    add_change(filled, {"x": 1}, table="sticker", made=two)
    add_change(filled, {"panel": "onbekend"}, row="N1", made=three)
    add_change(filled, {"text": "uit 2100"}, row="N1", made=ChangeId(HIGHEST_STAMP + 1, "ver"))
    report = check_file(filled)
    found = {finding.code: (finding.severity, finding.count) for finding in report.findings}
    assert found == {
        "quarantine": (Severity.WARNING, 1),
        "unknown_tables": (Severity.INFORMATION, 1),
        "unknown_writers": (Severity.WARNING, 2),
        "unknown_actions": (Severity.WARNING, 4),
        "rejected": (Severity.WARNING, 2),
        "stubs": (Severity.INFORMATION, 1),
        "conflicts": (Severity.INFORMATION, 1),
        # Another program wrote to the log, but not to the tables.
        "tables_differ": (Severity.ERROR, 2),
    }


def test_stubs_and_conflicts_are_worth_knowing_and_no_error(
    jan: Computer, piet: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("samen", "N", panel="onbekend panel"))
    copy.publish()
    other = piet.open(path)
    for opened, text in ((copy, "van Jan"), (other, "van Piet")):
        opened.dossier.apply(edited("N", text=text))
    other.close()
    copy.take_in_published()
    report = check(copy.dossier)
    assert report.ok
    assert _codes(report) == {"stubs": 1, "conflicts": 1}
    assert "Informatie: 1 tegenstrijdigheid wacht op een keuze." in report.sentences
    assert "Informatie: 1 verwijzing naar iets dat niet in dit dossier staat." in report.sentences


def test_malformed_rows_are_an_error(filled: Path) -> None:
    with other_program(filled) as raw:
        raw.execute("UPDATE change SET fields = '{' WHERE row_id = 'N1'")
        raw.execute("UPDATE change SET fields = CAST(x'ff' AS TEXT) WHERE row_id = 'N2'")
    report = check_file(filled)
    assert not report.ok
    assert _codes(report)["malformed"] == 2
    assert "2 onleesbare regels in het logboek" in " ".join(report.sentences)


def test_an_erased_value_that_is_still_there_is_an_error(copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("geheim", "N"))
    copy.erase([Erasure("note", "N", "text")])
    copy.close()
    assert check_file(path).ok
    with other_program(path) as raw:
        raw.execute("""UPDATE change SET fields = '{"text":"geheim"}' WHERE row_id = 'N'""")
    report = check_file(path)
    assert not report.ok
    assert _codes(report)["erased_left"] == 1


def test_an_index_that_keeps_erased_words_is_an_error(filled: Path) -> None:
    with other_program(filled) as raw:
        raw.execute("UPDATE search_config SET v = 0 WHERE k = 'secure-delete'")
    assert _codes(check_file(filled)) == {"search_keeps_words": 1}


def test_what_another_program_made_is_no_damage_and_the_log_is_still_checked(filled: Path) -> None:
    with other_program(filled) as raw:
        raw.execute("CREATE TRIGGER val AFTER INSERT ON note BEGIN DELETE FROM change; END")
        raw.execute("UPDATE change SET fields = '[]' WHERE row_id = 'N1'")
    report = check_file(filled)
    assert _codes(report) == {"malformed": 1, "altered_schema": 1}
    assert "trigger «val»" in " ".join(report.sentences)
    assert not report.ok


def test_a_dossier_of_another_version_is_checked_by_what_opening_makes_of_it(filled: Path) -> None:
    with other_program(filled) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0002'")
        raw.execute("DROP TABLE note")
    report = check_file(filled)
    assert report.ok
    assert _codes(report) == {"other_revision": 1}
    assert report.counts["note"] == 50


def test_damage_is_an_error_and_no_traceback(filled: Path) -> None:
    content = bytearray(filled.read_bytes())
    found = 0
    for at in range(4096, len(content), 4096 * 5):
        damaged = content.copy()
        damaged[at : at + 200] = os.urandom(200)
        filled.write_bytes(damaged)
        report = check_file(filled)
        found += not report.ok
        json.dumps(report.data())
        assert report.ok == (report.sentences[-1].startswith("Het dossier is in orde"))
    assert found > 10


def test_what_is_no_dossier_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("Beste mensen")
    with pytest.raises(NotADossierError, match="tekst"):
        check_file(tmp_path / "brief.txt")
    (tmp_path / "slot.sto").write_bytes(os.urandom(8192))
    with pytest.raises(PasswordNeededError):
        check_file(tmp_path / "slot.sto")


def test_a_log_that_only_a_newer_program_can_read_is_refused(filled: Path) -> None:
    with other_program(filled) as raw:
        raw.execute("PRAGMA user_version = 2")
    assert repair(filled, filled.with_name("uit.sto")).notes == 50
    with other_program(filled) as raw:
        raw.execute("ALTER TABLE change DROP COLUMN fields")
    for use in (check_file, lambda path: repair(path, path.with_name("anders.sto"))):
        with pytest.raises(NewerFormatError):
            use(filled)


@pytest.mark.parametrize("name", ["log without what it supersedes", "log without row ids", "log under another name"])
def test_a_log_that_another_program_changed_is_mended_too(filled: Path, name: str) -> None:
    with other_program(filled) as raw:
        for statement in CASES[name].statements:
            raw.execute(statement)
    assert repair(filled, filled.with_name("uit.sto")).notes == 50


def test_a_report_is_data_for_other_programs(filled: Path) -> None:
    data = check_file(filled).data()
    assert data == {
        "ok": True,
        "counts": {"change": 53, "erasure": 0, "panel": 1, "note": 50, "conflict": 0},
        "findings": [],
    }


# Repair


def _repaired(jan: Computer, path: Path) -> WorkingCopy:
    out = path.with_name("hersteld.sto")
    before = path.read_bytes()
    repair(path, out)
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, out.name]
    assert check_file(out).ok
    return jan.open(out)


def test_a_sound_dossier_repaired_is_the_same_dossier(jan: Computer, filled: Path) -> None:
    opened = jan.open(filled)
    opened.dossier.erase([Erasure("note", "N1", "text")])
    opened.publish()
    again = _repaired(jan, filled)
    assert log_of(again.dossier) == log_of(opened.dossier)
    assert tables_of(again.dossier) == tables_of(opened.dossier)
    opened.close()
    again.close()


def test_an_altered_dossier_repaired_has_all_notes_and_nothing_else(jan: Computer, filled: Path) -> None:
    with other_program(filled) as raw:
        raw.execute("UPDATE note SET text = 'vervalst in de tabel'")
        raw.execute("CREATE TRIGGER val AFTER INSERT ON note BEGIN DELETE FROM change; END")
        raw.execute("CREATE VIEW gluur AS SELECT * FROM note")
        raw.execute("DROP TABLE panel")
        raw.execute("DROP TABLE alembic_version")
    out = filled.with_name("hersteld.sto")
    done = repair(filled, out)
    assert (done.notes, done.panels, done.changes, done.lost, done.left_out) == (50, 1, 53, 0, 0)
    assert done.sentences == (
        "Hersteld in «hersteld.sto»: 1 panel, 50 notities en 53 wijzigingen.",
        "Het hele logboek was te lezen: er is niets verloren.",
        "Het oorspronkelijke bestand is niet gewijzigd.",
    )
    again = jan.open(out)
    assert (text_of(again.dossier, "N7") or "").startswith("notitie 7 over")
    assert_sound(again.dossier)
    again.close()


def _damage(path: Path, places: list[int]) -> None:
    content = bytearray(path.read_bytes())
    for place in places:
        content[place : place + 4096] = b"\xa5" * 4096
    path.write_bytes(content)


@pytest.fixture
def large(copy: WorkingCopy, path: Path) -> Path:
    """A dossier whose log takes many pages."""
    for part in range(6):
        rows = [f"N{part}-{place}" for place in range(100)]
        copy.dossier.apply(note("x", f"los-{part}"))
        copy.dossier.apply(action("importeren", *(note(f"notitie {row} " + "woord " * 40, row).edits for row in rows)))
    copy.close()
    return path


def _leaves(path: Path) -> list[int]:
    """Return the positions of the log's pages, found by their content."""
    content = path.read_bytes()
    marks = [
        at for at in range(0, len(content), 4096) if content[at] == 13 and b'"deleted":false' in content[at : at + 4096]
    ]
    return [at for at in marks if b'"text":"notitie' in content[at : at + 4096]]


def test_of_a_damaged_log_the_rest_is_kept_and_the_loss_is_told(jan: Computer, large: Path) -> None:
    leaves = _leaves(large)
    assert len(leaves) > 20
    _damage(large, leaves[3:6])
    with pytest.raises(DamagedDossierError):
        jan.open(large)
    assert not check_file(large).ok
    done = repair(large, large.with_name("hersteld.sto"))
    assert done.lost is not None
    assert 3 <= done.lost <= 60
    assert done.changes == 609 - done.lost
    assert f"Verloren: {done.lost} regels van het logboek, niet meer te lezen." in done.sentences
    again = jan.open(large.with_name("hersteld.sto"))
    assert len(again.dossier.read.notes.of_panel("panel-1")) == done.notes > 500
    assert_sound(again.dossier)
    again.close()


def test_rows_that_damage_hides_without_an_error_are_told_too(large: Path) -> None:
    with sqlite3.connect(large) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'change'").fetchone()
    content = bytearray(large.read_bytes())
    at = (root - 1) * 4096
    assert content[at] == 5
    # The number of pages below this one, halved: SQLite skips the others and reports nothing.
    pages = int.from_bytes(content[at + 3 : at + 5])
    content[at + 3 : at + 5] = (pages // 2).to_bytes(2)
    large.write_bytes(content)
    done = repair(large, large.with_name("hersteld.sto"))
    assert 100 < done.changes < 509
    assert done.lost == 609 - done.changes


def test_damage_anywhere_but_in_the_log_loses_nothing(jan: Computer, large: Path) -> None:
    content = large.read_bytes()
    log = set(_leaves(large))
    others = [
        at
        for at in range(4096 * 30, len(content), 4096)
        if at not in log and content[at] in (2, 5, 10) and b"Technolab" not in content[at : at + 4096]
    ]
    index_pages = [at for at in others if content[at] in (2, 10)]
    assert len(index_pages) > 10
    _damage(large, index_pages)
    again = _repaired(jan, large)
    assert len(changes_of(again.dossier)) == 609
    again.close()


@pytest.mark.long
@pytest.mark.parametrize("share", [0.4, 0.7, 0.9])
def test_of_a_truncated_file_what_is_left_is_kept_or_it_says_that_nothing_is(
    jan: Computer, large: Path, share: float
) -> None:
    content = large.read_bytes()
    large.write_bytes(content[: int(len(content) * share)])
    out = large.with_name("hersteld.sto")
    try:
        done = repair(large, out)
    except DamagedDossierError:
        assert not out.exists()
    else:
        assert done.changes > 0
        assert check_file(out).ok
    assert sorted(file.suffix for file in large.parent.iterdir()) in ([".sto"], [".sto", ".sto"])


def test_rows_that_are_not_of_the_form_of_a_log_are_left_out_and_told(jan: Computer, filled: Path) -> None:
    with other_program(filled) as raw:
        raw.execute("UPDATE change SET fields = '{' WHERE row_id = 'N1'")
        raw.execute("UPDATE change SET supersedes = CAST(x'ff' AS TEXT) WHERE row_id = 'N2'")
    done = repair(filled, filled.with_name("hersteld.sto"))
    assert (done.notes, done.left_out) == (48, 2)
    assert "Weggelaten: 2 regels van het logboek, niet goed van vorm." in done.sentences


def test_an_erased_value_that_crept_back_goes(filled: Path, jan: Computer) -> None:
    with other_program(filled) as raw:
        raw.execute("INSERT INTO erasure VALUES ('note', 'N1', 'text')")
    again = _repaired(jan, filled)
    assert text_of(again.dossier, "N1") == ""
    again.close()
    assert b"notitie 1 over" not in filled.with_name("hersteld.sto").read_bytes()


def test_where_there_is_no_log_it_says_so_and_makes_nothing(filled: Path, tmp_path: Path) -> None:
    with other_program(filled) as raw:
        raw.execute("DROP TABLE change")
        raw.execute("CREATE VIEW change AS SELECT 1 AS stamp")
    out = filled.with_name("hersteld.sto")
    with pytest.raises(DamagedDossierError, match="geen logboek"):
        repair(filled, out)
    (tmp_path / "brief.sto").write_text("Beste mensen")
    with pytest.raises(NotADossierError):
        repair(tmp_path / "brief.sto", out)
    assert [file.name for file in filled.parent.iterdir()] == [filled.name]


def test_nothing_is_written_over(filled: Path) -> None:
    with pytest.raises(DossierError, match="al een bestand"):
        repair(filled, filled)
    out = filled.with_name("hersteld.sto")
    shutil.copyfile(filled, out)
    with pytest.raises(DossierError, match="al een bestand"):
        repair(filled, out)


def test_where_it_can_not_be_written_it_says_so(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(DossierError, match="map van"):
        repair(filled, tmp_path / "er niet" / "uit.sto")


@pytest.mark.long
def test_a_locked_dossier_is_repaired_with_its_password_and_keeps_it(jan: Computer, path: Path) -> None:
    made = jan.create(path, "geheim")
    made.dossier.apply(note("vertrouwelijk", "N"))
    made.close()
    out = path.with_name("hersteld.sto")
    for wrong in (None, "anders"):
        with pytest.raises(PasswordNeededError):
            repair(path, out, wrong)
    repair(path, out, "geheim")
    assert b"vertrouwelijk" not in out.read_bytes()
    assert check_file(out, "geheim").counts["note"] == 1
