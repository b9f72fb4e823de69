"""Who else on the computer can read the program's files: nobody, whatever the umask, unless the user allowed it."""

from __future__ import annotations

import ast
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from docs import structure
from sto_desktop import cli
from sto_desktop.own_files import put_in_place
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.writers.pdf_writer import make_pdf
from sto_desktop.resources import resource
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.working.check import repair
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.register import kept_files
from sto_desktop.ui.conversation.table.seating_plan import print_plan
from sto_desktop.ui.paper.pages import paint_pages
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.keeping import bring_back
from sto_desktop.workplace.practise import practise_copy, throw_away
from tests.passwords import set_password
from tests.report.panels import MEMBERS, example
from tests.storage.desk import Computer, made_panel, note
from tests.ui.elaborated_panel import PANEL, make_copy

pytestmark = pytest.mark.long

FILE, FOLDER = 0o600, 0o700


@pytest.fixture(params=[0o022, 0o000], ids=["022", "000"], autouse=True)
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """What others may do with a file for which nothing is specified: read it, or also write it."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(*places: Path) -> dict[str, int]:
    """Return the modes of everything in folders, and of the folders themselves."""
    found = [path for place in places for path in (place, *place.rglob("*"))]
    return {str(path): stat.S_IMODE(path.lstat().st_mode) for path in found}


def open_to_others(*places: Path) -> dict[str, str]:
    """Return the files that others can access, or that allow more than reading and writing."""
    wanted = {path: FOLDER if Path(path).is_dir() else FILE for path in modes(*places)}
    return {path: oct(mode) for path, mode in modes(*places).items() if mode != wanted[path]}


def test_working_copies_backups_and_what_lies_beside_them(tmp_path: Path) -> None:
    jan = Computer(tmp_path)
    documents = tmp_path / "Documenten"
    documents.mkdir(FOLDER)
    copy = jan.create(documents / "Hengelo.sto")
    copy.dossier.apply(made_panel())
    copy.dossier.apply(note("een", "N"))
    copy.dossier.set_draft("gesprek", "half")
    copy.publish()
    copy.backup()
    left = documents / "Hengelo (1).sto"
    left.write_bytes(copy.path.read_bytes())
    (merged,) = copy.merging.merge_apart([Incoming(left)])
    copy.merging.put_away_copy(merged)
    assert {path.name.rpartition("-")[2] for path in copy.file.folder.iterdir()} >= {
        "dossier.sto",
        "wal",
        "shm",
        "info.json",
    }
    assert not open_to_others(jan.home, documents)
    copy.publish(documents / "Elders.sto")
    practised = practise_copy(copy, "panel-1", Identity("Jan", "laptop"), jan.home)
    assert not open_to_others(jan.home, documents)
    throw_away(practised)
    set_password(copy, "paarse fiets leunt stil")
    assert not open_to_others(jan.home, documents)
    copy.close()
    assert not open_to_others(jan.home, documents)


def test_what_is_made_before_it_is_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def looked_at(temporary: Path, target: Path) -> None:
        seen.append(stat.S_IMODE(temporary.stat().st_mode))
        put_in_place(temporary, target)

    monkeypatch.setattr("sto_desktop.storage.working.published_file.put_in_place", looked_at)
    copy = Computer(tmp_path).create(tmp_path / "Hengelo.sto")
    copy.publish()
    copy.path.chmod(0o664)
    copy.dossier.apply(made_panel())
    copy.publish()
    assert seen == [FILE, FILE]
    assert stat.S_IMODE(copy.path.stat().st_mode) == 0o664
    copy.dossier.close()


@pytest.mark.parametrize("mode", [0o640, 0o666])
def test_a_file_that_was_there_keeps_the_mode_that_it_had(tmp_path: Path, mode: int) -> None:
    copy = make_copy(tmp_path)
    copy.publish()
    assert stat.S_IMODE(copy.path.stat().st_mode) == FILE
    for name in ("verslag.docx", "tabel.csv", "kopie.sto", "notities.md"):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(mode)
    copy.path.chmod(mode)
    copy.dossier.apply(note("nog een", panel=PANEL))
    copy.publish()
    path = copy.path
    assert stat.S_IMODE(path.stat().st_mode) == mode
    copy.close()
    assert cli.run(["verslag", str(path), "-o", str(tmp_path / "verslag.docx")]) == 0
    assert cli.run(["exporteer", str(path), "--formaat", "csv", "-o", str(tmp_path / "tabel.csv")]) == 0
    assert cli.run(["exporteer", str(path), "--formaat", "md", "-o", str(tmp_path / "notities.md")]) == 0
    again = Workplace.here().open(path)
    again.publish(tmp_path / "kopie.sto")
    again.close()
    for name in (path.name, "verslag.docx", "tabel.csv", "kopie.sto", "notities.md"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == mode, name
        assert (tmp_path / name).stat().st_size


FORMS = ("xlsx", "csv", "md", "qdpx", "qdc")


def test_what_commands_write_is_for_the_user_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "uit"
    out.mkdir(FOLDER)
    made = out / "panel.sto"
    members, notes = (resource("example") / name for name in ("oldenzaal-panelleden.csv", "oldenzaal.md"))
    lines: tuple[tuple[object, ...], ...] = (
        ("importeer", made, "--panelleden", members, "--notities", notes, "--panel", "Panel Oldenzaal"),
        ("verslag", made, "-o", out / "v.docx"),
        ("verslag", made, "-o", out / "v.html"),
        ("verslag", made, "-o", out / "v.pdf"),
        ("verslag", made, "-o", out / "v.md"),
        ("vogelvlucht", made, "-o", out / "vogelvlucht.docx"),
        ("vogelvlucht", made, "--nieuwsbrief", "-o", out / "nieuws.md"),
        ("verslag", made, "--alle", "--formaat", "md", "-o", out / "alle" / "verslagen"),
        ("vogelvlucht", made, "-o", out / "plan.xlsx"),
        ("delen", made, "--namen", "rol", "-o", out / "rol.sto"),
        ("delen", made, "--namen", "alles", "-o", out / "voluit.sto"),
        ("samenvoegen", made, out / "rol.sto", "-o", out / "samen.sto"),
        ("controleer", made, "--herstel", out / "hersteld.sto"),
        *(("exporteer", made, "--formaat", form, "-o", out / f"x.{form}") for form in FORMS),
    )
    for line in lines:
        assert cli.run([str(part) for part in line]) == 0, (line, capsys.readouterr().err)
    assert len([path for path in out.rglob("*") if path.is_file()]) == len(lines)
    assert not open_to_others(out)
    ours = list(Path(os.environ["HOME"]).rglob("STO Desktop"))
    assert ours
    assert not open_to_others(*ours)


def test_the_settings_are_for_the_user_alone(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "nieuw" / "STO Desktop" / "settings.json")
    store.change(user_name="Marieke Assink", own_words="Ten Cate")
    assert not open_to_others(tmp_path / "nieuw")
    store.path.chmod(0o644)
    store.change(user_name="Marieke")
    assert not open_to_others(tmp_path / "nieuw")


def test_what_an_older_program_left_open_is_closed_to_others_when_a_dossier_is_opened(tmp_path: Path) -> None:
    jan = Computer(tmp_path)
    copy = jan.create(tmp_path / "Hengelo.sto")
    copy.backup()
    copy.close()
    for path in (jan.home, *jan.home.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    jan.open(tmp_path / "Hengelo.sto").close()
    assert modes(jan.home)[str(jan.home)] == FOLDER


def test_a_repaired_dossier_and_a_restored_backup_are_for_the_user_alone(tmp_path: Path) -> None:
    made = make_copy(tmp_path)
    made.publish()
    path = made.path
    made.close()
    repair(path, tmp_path / "hersteld.sto")
    workplace = Workplace.here()
    copy = workplace.open(path)
    copy.backup()
    copy.close()
    restored = bring_back(workplace, kept_files(workplace.copies)[0], path, None)
    for item in (tmp_path / "hersteld.sto", restored):
        assert stat.S_IMODE(item.stat().st_mode) == FILE


@pytest.mark.parametrize("what", ["papier", "tafel"])
def test_what_is_printed_to_a_file_is_for_the_user_alone(tmp_path: Path, qtbot: QtBot, what: str) -> None:
    for mode in (None, 0o640):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        target = tmp_path / f"{mode}.pdf"
        printer.setOutputFileName(str(target))
        if mode is not None:
            target.touch()
            target.chmod(mode)
        if what == "papier":
            paint_pages(printer, make_pdf(panel_report(example())), [0])
        else:
            assert print_plan(printer, "Zuid", "1 maart", MEMBERS)
        assert target.read_bytes().startswith(b"%PDF")
        assert stat.S_IMODE(target.stat().st_mode) == (mode or FILE)


# Files are made through `own_files` only

MAKERS = {
    *(
        "NamedTemporaryFile",
        "QFile",
        "QSaveFile",
        "QTemporaryFile",
        "QPdfWriter",
        "QImageWriter",
        "makedirs",
        "mkdir",
        "mkstemp",
    ),
    *("setOutputFileName", "symlink_to", "hardlink_to", "touch"),
}
"""Calls that make a file or a folder, with any arguments."""

IN_MEMORY = {
    "archive.py: zipfile.ZipFile(buffer, 'w', zipfile.ZIP_STORED)",
    "exchange/refi/refi_out.py: zipfile.ZipFile(buffer, 'w', zipfile.ZIP_DEFLATED)",
    "report/word/package.py: zipfile.ZipFile(buffer, 'w', zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION_LEVEL)",
    "ui/paper/figure.py: QImageWriter(buffer, QByteArray(b'png'))",
    "report/word/template.py: self._docx.save(buffer)",
    "report/word/charts.py: book.save(buffer)",
    "exchange/out/plan_xlsx.py: book.save(buffer)",
    "exchange/files/table_export.py: book.save(buffer)",
}
"""Calls that look as if they made a file, but write to memory."""


def _makes_a_file(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id="open"):
            return _writes(call, 1)
        case ast.Attribute(attr="ZipFile"):
            return _writes(call, 1)
        case ast.Attribute(value=ast.Name(id="os"), attr="open"):
            return "O_CREAT" in ast.unparse(call)
        case ast.Attribute(attr="open"):
            return _writes(call, 0)
        case ast.Attribute(value=ast.Name(id="shutil"), attr=name):
            return name not in {"rmtree", "disk_usage"}
        case ast.Attribute(value=ast.Name(id="self") | ast.Attribute(attr="out"), attr="save"):
            return False  # a stage that asks where to
        case ast.Attribute(attr="save"):
            return bool(call.args)
        case ast.Attribute(attr="write_text" | "write_bytes"):
            return True
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in MAKERS
    return False


def _writes(call: ast.Call, at: int) -> bool:
    modes = [*call.args[at : at + 1], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    return any(isinstance(mode, ast.Constant) and set("wax+") & set(str(mode.value)) for mode in modes)


def test_a_file_is_made_by_own_files_alone() -> None:
    code = structure.ROOT / "sto_desktop"
    makers = {
        f"{path.relative_to(code).as_posix()}: {ast.unparse(node)}"
        for path in sorted(code.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _makes_a_file(node)
    }
    assert {line for line in makers if not line.startswith("own_files.py: ")} == IN_MEMORY
