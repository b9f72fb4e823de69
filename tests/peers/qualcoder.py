"""Runs the import and export of the real QualCoder, from a checkout beside this project, on a project of its own.

Nothing of QualCoder is here: its `refi.py` is loaded from the checkout, and the tables of its database are read from
its `__main__.py`. It is written for PyQt6, in whose place PySide6 answers; its dialogs get the answers that a test
gives.
"""

from __future__ import annotations

import builtins
import importlib
import re
import sqlite3
import sys
import types
from pathlib import Path
from typing import Any

import PySide6
from PySide6 import QtCore, QtGui, QtWidgets

_TABLE = re.compile(r'CREATE TABLE (?!IF )(?:[^"]|"\s*\n\s*")*')


def _package(checkout: Path) -> Path:
    found = [path.parent for path in checkout.glob("**/qualcoder/refi.py")]
    if not found:
        raise FileNotFoundError(f"no qualcoder/refi.py in {checkout}")
    return found[0]


class _Message:
    """In place of the message boxes, which wait for a person."""

    def __init__(self, *_: object) -> None: ...

    def exec(self) -> None:
        """Wait for nobody."""


def load(checkout: Path) -> Any:
    """Return QualCoder's module for REFI-QDA."""
    folder = _package(checkout)
    builtins._ = str  # type: ignore[attr-defined]
    sys.modules |= {"PyQt6": PySide6, "PyQt6.QtCore": QtCore, "PyQt6.QtGui": QtGui, "PyQt6.QtWidgets": QtWidgets}
    package = types.ModuleType("qualcoder")
    package.__path__ = [str(folder)]
    helpers = types.ModuleType("qualcoder.helpers")
    helpers.Message = _Message  # type: ignore[attr-defined]
    sys.modules |= {"qualcoder": package, "qualcoder.helpers": helpers}
    module = importlib.import_module("qualcoder.refi")
    module.RefiLineEndings.exec = lambda _self: None
    return module


class _Lines(list[str]):
    """In place of the text field in which QualCoder writes its account."""


class Project:
    """A new, empty project of QualCoder."""

    def __init__(self, checkout: Path, folder: Path) -> None:
        self._refi = load(checkout)
        self.account = _Lines()
        self._folder = folder / "peer.qda"
        (self._folder / "documents").mkdir(parents=True)
        self.conn = sqlite3.connect(folder / "data.qda")
        source = (_package(checkout) / "__main__.py").read_text(encoding="utf-8")
        made = source[source.index("def new_project") :]
        for match in _TABLE.finditer(made):
            statement = re.sub(r'"\s*\n\s*"', "", match[0]).rstrip(";")
            name = statement.split("(")[0].split()[-1]
            if not self.conn.execute("select 1 from sqlite_master where name=?", (name,)).fetchone():
                self.conn.execute(statement)
        self.conn.execute(
            "insert into project (databaseversion, date, memo, about) values (?, ?, '', 'QualCoder')",
            ("v14", "2026-01-01 12:00:00"),
        )
        self._app = types.SimpleNamespace(
            conn=self.conn,
            settings={
                "codername": "peer",
                "directory": str(folder),
                "ai_enable": "False",
                "fontsize": 10,
                "font": "Sans",
            },
            ai_models=[],
            write_config_ini=lambda *_: None,
            project_path=str(self._folder),
            project_name=self._folder.name,
            version="QualCoder",
            get_annotations=self._annotations,
        )

    def _annotations(self) -> list[dict[str, Any]]:
        names = ("anid", "fid", "pos0", "pos1", "memo", "owner", "date")
        rows = self.conn.execute(f"select {', '.join(names)} from annotation").fetchall()
        return [dict(zip(names, row, strict=True)) for row in rows]

    def take_in(self, path: Path) -> None:
        """Import a `.qdpx` as its user does, who chooses the file."""
        QtWidgets.QFileDialog.getOpenFileName = lambda *_, **__: (str(path), True)  # type: ignore[method-assign,assignment]
        self._refi.RefiImport(self._app, self.account, "qde")

    def give_out(self, folder: Path) -> Path:
        """Export the project, and return the file."""
        folder.mkdir(exist_ok=True)
        (Path.home() / ".qualcoder").mkdir(exist_ok=True)
        QtWidgets.QFileDialog.getExistingDirectory = lambda *_, **__: str(folder)  # type: ignore[method-assign]
        self._refi.RefiExport(self._app, self.account, "project")
        (found,) = folder.glob("*.qdpx")
        return found

    def counts(self) -> dict[str, int]:
        """Return how much of each kind it holds."""
        tables = ("source", "code_cat", "code_name", "code_text", "cases", "case_text", "journal", "attribute")
        return {table: self.conn.execute(f"select count(*) from {table}").fetchone()[0] for table in tables}
