"""Every Dutch text for people can be translated: it is marked in the source, and shown through the catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from docs import words
from docs.structure import PACKAGE, ROOT

DUTCH = frozenset(
    re.findall(
        r"\w+",
        "de het een en is zijn niet van te met voor dat die er als om bij wordt worden werd was waren ook maar "
        "nog naar uit dit deze u uw geen kan staat staan heeft hebben wat wie waar hoe elk alle meer over door tot "
        "zonder onder",
    )
)
"""Words of which any Dutch sentence contains at least one, but code and English do not."""

STAYS_DUTCH = {
    "cli/base.py": "words of the command line",
    "domain/bookkeeping.py": "declared words",
    "domain/brackets.py": "words beside names in lists that are read in",
    "domain/capture": "the capture language",
    "domain/model.py": "declared words, and headings of lists that are read in",
    "domain/names": "the words that stand around names in texts, and those that are none",
    "domain/panel/matching.py": "headings that are read in",
    "domain/privacy": "words for people in what is written without names: content, not interface",
    "domain/typed.py": "days and times that are read in",
    "domain/vocabulary.py": "declared words",
    "exchange/members/panelists_columns.py": "answers that are read in",
    "exchange/members/panelists_rows.py": "words for nobody in lists that are read in",
    "exchange/notes/lines/turns.py": "words that are read in, and name nobody",
    "exchange/notes/lines/senders.py": "words that are read in, and the ends of letters",
    "exchange/notes/lines/spoken.py": "a heading that our own files are read back by",
    "exchange/notes/notes_columns.py": "headings that are read in",
    "exchange/notes/lines/clutter.py": "lines of other programs that are read in",
    "exchange/notes/lines/front.py": "words before facts that are read in",
    "exchange/notes/own_minutes.py": "headings and words that our own minutes are read back by",
    "exchange/files/plain_document.py": "the line that our own files are read back by",
    "exchange/out/tables.py": "headings that our own files are read back by",
    "exchange/refi": "names of codes that our own projects are read back by",
    "report/look/style_sheet.py": "names of styles",
    "report/papers/opening.py": "patterns in the words of the guide",
    "report/word": "names of styles",
    "storage/read/similar.py": "words that say nothing of what a note is about",
    "ui/shell/history.py": "a name in the log, which is Dutch whatever the window speaks",
}
"""Where Dutch is data and not a message. Sentences raised as errors are checked there too."""

NO_MESSAGE = {
    "compile",
    "lazy_re",
    "fullmatch",
    "match",
    "search",
    "sub",
    "removesuffix",
    "removeprefix",
    "split",
    "execute",
}


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _text(node: ast.AST) -> str:
    """Return the words of a string, with a gap for each placeholder."""
    if isinstance(node, ast.JoinedStr):
        return " … ".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_dutch(text: str) -> bool:
    matches = re.findall(r"[a-zéëïöü’]+", text.casefold())
    return (
        " " in text
        and len(matches) > 1
        and not DUTCH.isdisjoint(matches)
        and not re.search(r"\b(SELECT|WHERE|FROM|NULL|database|quote|the|to)\b", text)
    )


def _unmarked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the lines and words of Dutch strings without a mark."""
    done: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            done.add(id(node.value))  # a docstring
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in words.MARKS:
            done.update(id(argument) for argument in node.args)
        elif isinstance(node, ast.Call) and _name(node) in NO_MESSAGE:
            done.update(map(id, ast.walk(node)))
        elif isinstance(node, ast.JoinedStr):
            done.update(id(part) for part in node.values)
        elif isinstance(node, ast.Compare):
            done.update(map(id, ast.walk(node)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in done and _is_dutch(_text(node)):
            yield node.lineno, _text(node)


@cache
def _sources() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / PACKAGE).rglob("*.py"))}


def _stays(path: Path) -> bool:
    name = path.relative_to(ROOT / PACKAGE).as_posix()
    return any(name == place or name.startswith(f"{place}/") for place in STAYS_DUTCH)


@pytest.mark.long
def test_every_dutch_sentence_is_marked_for_the_catalogue() -> None:
    left = [
        f"{path.relative_to(ROOT)}:{line} {text!r}"
        for path, tree in _sources().items()
        if not _stays(path)
        for line, text in _unmarked(tree)
    ]
    assert left == []


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('raise UsageError("Er is niets gewijzigd.")', ["Er is niets gewijzigd."]),
        ('x = f"In {name} staan geen notities."', ["In  …  staan geen notities."]),
        ('x = tr("Er is niets gewijzigd.")\ny = tr_later("wat er was")', []),
        ('x = counted(n, "{n} van de", "{n} van de")', []),
        ('"""Hoe het is."""\nx = re.compile("van de")', []),
    ],
)
def test_an_unmarked_sentence_is_found(source: str, texts: list[str]) -> None:
    assert [text for _, text in _unmarked(ast.parse(source))] == texts


def _errors(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in _error_classes():
            yield from node.args


@cache
def _error_classes() -> frozenset[str]:
    names = {
        node.name
        for tree in _sources().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("Error") for base in node.bases)
    }
    return frozenset(names - {"MalformedChangeError"})


@pytest.mark.long
def test_every_word_of_an_error_is_marked() -> None:
    left = [
        f"{path.relative_to(ROOT)}:{node.lineno} {_text(node)!r}"
        for path, tree in _sources().items()
        for node in _errors(tree)
        if re.search("[A-Za-z]{2}", _text(node))
    ]
    assert left == []


def test_what_is_marked_is_one_text() -> None:
    """An f-string has other words each time, and of `tr(a if b else c)` neither text would be collected."""
    left = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in _sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in words.MARKS
        for argument in node.args
        if isinstance(argument, ast.JoinedStr)
        or (isinstance(argument, ast.IfExp) and (_text(argument.body) or _text(argument.orelse)))
    ]
    assert left == []


@pytest.mark.long
def test_the_template_has_the_words_of_window_documents_commands_and_records() -> None:
    template = words.template()
    for text in ("Bewaard op schijf {time}", "Alle notities", "toon de versie", "inzicht onder een conclusie", "april"):
        assert text in template, text
    several = template.get("{n} notitie")
    assert several is not None
    assert several.id == ("{n} notitie", "{n} notities")
