"""Gathers every word for people from the source into a template that translators start from: build/sto.pot.

`make words` writes it. `tr`, `tr_later`, `forms`, `counted` and `in_words` mark what belongs in it (see
`sto_desktop/language.py`), and so do the words that records, fields and codes are declared with.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

import sto_desktop
from docs.structure import PACKAGE, ROOT
from sto_desktop.domain.tables import tables
from sto_desktop.domain.vocabulary import Coded

TEMPLATE = ROOT / "build" / "sto.pot"
MARKS = {"tr": (0,), "tr_later": (0,), "forms": (0, 1), "counted": (1, 2), "in_words": (1, 2)}
"""What is called with source texts, and where these stand among its arguments: one, or a form for one and for more."""


def marked(tree: ast.AST) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the line and the source texts of every mark in a module; what is no text but a name is marked elsewhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            places = MARKS[node.func.id]
            texts = tuple(
                node.args[place].value  # type: ignore[attr-defined]
                for place in places
                if place < len(node.args)
                and isinstance(node.args[place], ast.Constant)
                and isinstance(node.args[place].value, str)  # type: ignore[attr-defined]
            )
            if len(texts) == len(places) and all(texts):
                yield node.lineno, texts


def _texts(meaning: Any) -> Iterator[str]:
    """Yield the words in what a code means, whether one word or a record of them."""
    if isinstance(meaning, str):
        if sum(map(str.isalpha, meaning)) > 1:
            yield meaning
    elif isinstance(meaning, tuple):
        for part in meaning:
            yield from _texts(part)
    elif is_dataclass(meaning):
        for field in fields(meaning):
            yield from _texts(getattr(meaning, field.name))


def declared() -> Iterator[tuple[str, str]]:
    """Yield the words of records, fields and codes, and the module that declares them."""
    for spec in tables().values():
        yield spec.label, "model"
        for field in spec.fields.values():
            yield field.label, "model"
    for codes in Coded.__subclasses__():
        for code in codes:
            yield code.word, "vocabulary"
            # A code that is itself a word of another list is declared there.
            meaning = code._meaning if not isinstance(code._meaning, Coded) else ()
            for text in _texts(meaning):
                yield text, "vocabulary"


def template() -> Catalog:
    """Return every source text of the program, with the files that it stands in."""
    words = Catalog(project="STO Desktop", version=sto_desktop.__version__, charset="utf-8")
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        for line, texts in marked(ast.parse(path.read_text(encoding="utf-8"))):
            message = texts[0] if len(texts) == 1 else texts
            words.add(message, locations=[(path.relative_to(ROOT).as_posix(), line)])
    for text, module in declared():
        words.add(text, locations=[(f"{PACKAGE}/domain/{module}.py", 0)])
    return words


def write(path: Path = TEMPLATE) -> int:
    """Write the template, and return how many texts it has."""
    words, out = template(), io.BytesIO()
    write_po(out, words, width=100)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue())
    return len(words)


if __name__ == "__main__":
    print(f"{write()} texts in {TEMPLATE.relative_to(ROOT)}")
