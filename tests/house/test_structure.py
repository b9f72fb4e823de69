"""The code is in rooms that import only lower ones, and docs/ARCHITECTURE.md shows them correctly."""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from docs import structure


def test_the_table_of_rooms_is_that_of_the_code() -> None:
    page = structure.PAGE.read_text(encoding="utf-8")
    assert structure.with_table(page) == page, "run: make structure"


def test_no_room_imports_one_that_imports_it() -> None:
    assert set(structure.order(structure.imports())) == {name for name, _ in structure.rooms()}


def test_a_cycle_of_rooms_is_found() -> None:
    with pytest.raises(ValueError, match="cycle: domain -> ui -> report -> domain"):
        structure.order({"ui": {"report"}, "report": {"domain"}, "domain": {"ui"}})


def test_no_room_is_crowded() -> None:
    folders = [room for _, room in structure.rooms()]
    folders += [folder for folder in (structure.ROOT / "tests").rglob("*") if folder.is_dir()]
    assert {str(room): structure.files_in(room) for room in folders if structure.files_in(room) > 16} == {}


def test_tests_of_a_room_are_in_its_twin() -> None:
    """A folder of tests has the name of a room, or says with its own name what it holds."""
    rooms = {name.replace(".", "/") for name, _ in structure.rooms()} | {"ui", "data"}
    own = {"house", "names", "names/measures", "office", "peers", "resources", "torture", "report/privacy"}
    own |= {"report/golden", "ui/scripts"}
    tests = structure.ROOT / "tests"
    folders = {path.parent.relative_to(tests).as_posix() for path in tests.rglob("*.py")} - {"."}
    assert folders - own - rooms == set()


ALLOWED_IN = {
    "PySide6": {"app", "ui"},
    "sqlalchemy": {"storage"},
    "sqlcipher3": {"storage"},
    "sqlite3": {"storage"},
    "docx": {"archive", "exchange", "report"},
    "lxml": {"archive", "exchange", "report"},
    "openpyxl": {"archive", "exchange", "report"},
    "python_calamine": {"archive", "exchange", "report"},
    **{key: {"archive"} for key in ("zipfile", "tarfile", "gzip", "bz2", "lzma")},
}


def test_the_import_rules_hold_for_every_package_that_may_not_use_a_library() -> None:
    text = (structure.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    forbidden: dict[str, set[str]] = defaultdict(set)
    for contract in tomllib.loads(text)["tool"]["importlinter"]["contracts"]:
        for library in contract.get("forbidden_modules", ()):
            forbidden[library] |= {module.removeprefix("sto_desktop.") for module in contract["source_modules"]}
    packages = {path.stem for path in (structure.ROOT / "sto_desktop").glob("[a-z]*") if path.suffix in ("", ".py")}
    assert forbidden == {library: packages - allowed for library, allowed in ALLOWED_IN.items()}


CONNECTING = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "imaplib", "xmlrpc", "asyncio", "requests",
              "httpx", "aiohttp", "QtNetwork", "QtWebEngineCore", "QtWebSockets"}  # fmt: skip
"""Modules that can send something; the page for IT says that the program sends nothing."""


@pytest.mark.long
def test_a_module_of_the_domain_compiles_no_pattern_when_it_is_imported() -> None:
    eager = [
        f"{path.name}:{call.lineno}"
        for path in (structure.ROOT / "sto_desktop" / "domain").rglob("*.py")
        for statement in ast.parse(path.read_text(encoding="utf-8")).body
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef)
        for call in ast.walk(statement)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "re.compile"
    ]
    assert eager == [], "use patterns.lazy_re"


def test_nothing_in_the_program_can_send_anything() -> None:
    imported = {
        part
        for path in (structure.ROOT / "sto_desktop").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (getattr(node, "module", None) or "", *(alias.name for alias in node.names))
        for part in name.split(".")
    }
    assert "PySide6" in imported
    assert imported & CONNECTING == set()


def _outside(path: Path) -> list[str]:
    """Return the expressions of a test that refer to paths above the checkout, or beside it."""
    above = len(path.relative_to(structure.ROOT).parts)
    reaching = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Subscript(value=ast.Attribute(attr="parents"), slice=ast.Constant(value=int(steps))):
                outside = steps >= above
            case ast.Attribute(value=ast.Name(id="ROOT"), attr="parent"):
                outside = True
            case ast.BinOp(op=ast.Div(), right=ast.Constant(value=str(folder))):
                outside = ".." in folder.split("/")
            case _:
                continue
        if outside:
            reaching.append(f"{path.name}:{node.lineno} {ast.unparse(node)}")
    return reaching


@pytest.mark.long
def test_no_test_looks_outside_the_checkout() -> None:
    assert [line for path in sorted((structure.ROOT / "tests").rglob("*.py")) for line in _outside(path)] == []
