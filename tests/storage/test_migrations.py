"""Older dossiers get the tables of this version; the log is never rewritten."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from sto_desktop.domain.errors import AlteredSchemaError
from sto_desktop.storage.file.database import connect
from sto_desktop.storage.file.schema import REVISIONS
from sto_desktop.storage.migrate import MIGRATIONS, upgrade
from sto_desktop.storage.whole_file import setup
from sto_desktop.storage.working.check import check_file
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.data.make_revision_0001 import TARGET, make
from tests.storage.desk import Computer, assert_sound, changes_of, note, other_program, tables_of, text_of

FIRST = TARGET


@pytest.fixture
def old(path: Path) -> Path:
    """A dossier that the first revision made."""
    shutil.copyfile(FIRST, path)
    return path


def _assert_all_there(opened: WorkingCopy) -> None:
    content = opened.dossier.read.panel_content("P")
    assert content is not None
    assert [item.text for item in content.notes] == ["Technolab trekt leerlingen", "Gastlessen vallen vaak uit"]
    assert [item.speakers for item in content.notes] == [("L",), ("L",)]
    assert [(member.name, member.role) for member in content.panelists] == [("Zoë de Vries", ""), ("", "ouder")]
    assert [hit.row for hit in opened.dossier.search("zoe")] == ["L"]
    assert_sound(opened.dossier)


def test_a_dossier_of_the_first_revision_opens(jan: Computer, old: Path) -> None:
    before = old.read_bytes()
    opened = jan.open(old)
    assert old.read_bytes() == before
    _assert_all_there(opened)
    opened.close()
    assert check_file(old).ok


def test_the_script_that_made_it_still_makes_it(tmp_path: Path, jan: Computer) -> None:
    make(tmp_path / "opnieuw.sto")
    opened, again = jan.open(tmp_path / "opnieuw.sto"), jan.open(FIRST)
    assert tables_of(opened.dossier) == tables_of(again.dossier)
    assert changes_of(opened.dossier) == changes_of(again.dossier)
    opened.close()
    again.close()


@pytest.fixture
def later_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program with one more revision, in which the tables that follow from the log have changed."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    (folder / "versions" / "r0003_later.py").write_text(
        'from alembic import op\nrevision = "0003"\ndown_revision = "0002"\n'
        "def upgrade():\n    op.execute(\"DELETE FROM draft WHERE place = 'oud'\")\n"
    )
    monkeypatch.setattr("sto_desktop.storage.migrate.MIGRATIONS", folder)
    monkeypatch.setattr("sto_desktop.storage.whole_file.setup.REVISIONS", (*REVISIONS, "0003"))
    monkeypatch.setattr("sto_desktop.storage.whole_file.setup.REVISION", "0003")


def _with_tables_of_long_ago(path: Path) -> None:
    raw = connect(path)
    raw.execute("ALTER TABLE note DROP COLUMN heading")
    raw.execute("DROP TABLE debrief")
    raw.execute("DROP TABLE conflict")
    raw.execute("DROP TABLE search")
    raw.execute("UPDATE note SET text = 'wat een oud programma ervan maakte'")
    raw.close()


@pytest.mark.usefixtures("later_program")
def test_a_later_program_migrates_it_and_makes_its_tables_anew(jan: Computer, old: Path) -> None:
    _with_tables_of_long_ago(old)
    before = old.read_bytes()
    opened = jan.open(old)
    _assert_all_there(opened)
    assert opened.dossier.raw.execute("SELECT version_num FROM alembic_version").fetchall() == [("0003",)]
    assert old.read_bytes() == before
    (kept,) = (jan.home / "reservekopie").rglob("*.sto")
    assert kept.read_bytes() == before
    opened.dossier.apply(note("verder", "N9", panel="P"))
    opened.close()


@pytest.mark.usefixtures("later_program")
def test_the_log_is_not_rewritten(jan: Computer, old: Path) -> None:
    with other_program(old) as raw:
        before = raw.execute("SELECT * FROM change").fetchall()
    _with_tables_of_long_ago(old)
    opened = jan.open(old)
    assert opened.dossier.raw.execute("SELECT * FROM change").fetchall() == before
    opened.close()


@pytest.mark.usefixtures("later_program")
def test_what_an_older_program_left_in_a_crash_is_migrated_with_what_is_local(
    jan: Computer, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr("sto_desktop.storage.whole_file.setup.REVISIONS", REVISIONS)
        then.setattr("sto_desktop.storage.whole_file.setup.REVISION", REVISIONS[-1])
        made = jan.create(path)
        made.dossier.apply(note("niet gepubliceerd", "N"))
        made.dossier.set_draft("gesprek", "half")
        made.dossier.close()
    again = jan.open(path)
    assert text_of(again.dossier, "N") == "niet gepubliceerd"
    assert again.dossier.draft("gesprek") == "half"
    assert again.dossier.undo_label() == "notitie toevoegen"
    again.dossier.set_draft("gesprek", "")
    again.close()


@pytest.mark.usefixtures("later_program")
def test_code_in_an_older_dossier_never_runs(jan: Computer, old: Path) -> None:
    with other_program(old) as raw:
        raw.execute("CREATE TRIGGER val AFTER DELETE ON draft BEGIN DELETE FROM change; END")
    with pytest.raises(AlteredSchemaError, match="val"):
        jan.open(old)


def test_a_revision_that_nobody_knows_opens_from_its_log(jan: Computer, old: Path) -> None:
    with other_program(old) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0000'")
    opened = jan.open(old)
    _assert_all_there(opened)
    opened.close()


def test_a_dossier_made_by_migrations_is_one_that_was_made_at_once(tmp_path: Path) -> None:
    migrated = tmp_path / "migrated.sto"
    upgrade(migrated)
    raw = connect(migrated)
    assert setup.differences(raw) == ([], [])
    raw.close()


def test_every_migration_is_known_without_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(script.revision for script in scripts)[::-1] == REVISIONS


def test_alembic_is_imported_only_when_there_is_something_to_migrate(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "from pathlib import Path\n"
        "from tests.storage.desk import Computer\n"
        "jan = Computer(Path(sys.argv[1]))\n"
        "jan.create(Path(sys.argv[1]) / 'x.sto').close()\n"
        "jan.open(Path(sys.argv[1]) / 'x.sto').close()\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('alembic', 'mako', 'PySide6', 'docx')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "[]"
