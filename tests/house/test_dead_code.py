"""No code is used by tests only, or by nothing: every name that the program defines occurs elsewhere in it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from sto_desktop.domain.vocabulary import Coded

SOURCE = Path(__file__).parents[2] / "sto_desktop"

DATA = {"domain/bookkeeping.py", "domain/model.py", "settings.py"}
"""Their classes declare the content of files; such fields are read by a variable name."""

CODES = {f"domain/vocabulary.py: {code.name}" for codes in Coded.__subclasses__() for code in codes}
"""Codes occur in files, whether or not the program treats one of them differently."""


def _definitions(tree: ast.Module) -> Iterator[str]:
    """Yield the names of functions, classes, constants, fields and attributes that a module defines.

    Qt calls methods with a name in mixed case, Python those with underscores around theirs. A private attribute may
    exist only to keep an object alive.
    """
    for scope in ast.walk(tree):
        if isinstance(scope, ast.Module | ast.ClassDef):
            for statement in scope.body:
                targets = statement.targets if isinstance(statement, ast.Assign) else []
                if isinstance(statement, ast.AnnAssign):
                    targets = [statement.target]
                names = (node for target in targets for node in ast.walk(target))
                yield from (node.id for node in names if isinstance(node, ast.Name))
        match scope:
            case ast.FunctionDef(name=name) if name == name.lower():
                yield name
            case ast.ClassDef(name=name):
                yield name
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()) if not name.startswith("_"):
                yield name


def _uses(node: ast.AST, within: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the names that are read below a node, except those of the functions and classes in which they are read."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield from (name for part in node.decorator_list for name in _uses(part, within))
        within |= {node.name}
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    if name and name not in within and isinstance(node.ctx, ast.Load):  # type: ignore[attr-defined]
        yield name
    for part in ast.iter_child_nodes(node):
        yield from _uses(part, within)


def unused(modules: Iterable[tuple[str, ast.Module]]) -> list[str]:
    """Return the definitions in these modules (path, tree) that no other line of them uses."""
    known = list(modules)
    used = Counter(name for _, tree in known for name in _uses(tree))
    defined = [(path, name) for path, tree in known if path not in DATA for name in _definitions(tree)]
    return sorted({f"{path}: {name}" for path, name in defined if not used[name] and not name.startswith("__")})


def unread(modules: Iterable[tuple[str, ast.Module]]) -> list[str]:
    """Return the modules (path, tree) that no other one imports."""
    known = list(modules)
    imported = set()
    for _, tree in known:
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
    names = {path: "sto_desktop." + path.removesuffix(".py").replace("/", ".") for path, _ in known}
    return sorted(path for path, name in names.items() if name not in imported and not path.endswith("__init__.py"))


def _program() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.long
def test_every_name_is_used_and_every_module_imported() -> None:
    modules = list(_program())
    assert [name for name in unused(modules) if name not in CODES] == []
    assert unread(modules) == []


def test_a_name_that_only_its_own_lines_use_is_found() -> None:
    code = """
LIMIT = 3
KNOWN = 4
class Shown:
    @property
    def text(self): return self.row
    def count(self, number): return number and self.count(number - KNOWN)
    def paintEvent(self, event): self.row, self.kept, self._alive = 1, 2, 3
def start(): return Shown().text
start()
"""
    assert unused([("a.py", ast.parse(code))]) == ["a.py: LIMIT", "a.py: count", "a.py: kept"]
