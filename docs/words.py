"""Collects every visible text from the source into the template for translators: build/sto.pot.

`make words` writes it. It has the arguments of `tr`, `tr_later`, `forms`, `counted` and `in_words` (see
`sto_desktop/language.py`), and the words in the declarations of records, fields and codes.
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
"""Functions that take source texts, and the positions of these arguments: one text, or singular and plural."""


def marked(tree: ast.AST) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield line and source texts of every marked call; a variable as argument is skipped: its text is marked where it
    is defined."""
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
    """Yield the words in the meaning of a code, which is a word, a tuple or a dataclass."""
    if isinstance(meaning, str):
        if sum(map(str.isalpha, meaning)) > 1:
            yield meaning
    elif isinstance(meaning, tuple):
        for element in meaning:
            yield from _texts(element)
    elif is_dataclass(meaning):
        for field in fields(meaning):
            yield from _texts(getattr(meaning, field.name))


def declared() -> Iterator[tuple[str, str]]:
    """Yield the words of records, fields and codes, and the module that declares them."""
    for spec in tables().values():
        yield spec.label, "model"
        for field in spec.fields.values():
            yield field.label, "model"
            if field.hint:
                yield field.hint, "model"
    for codes in Coded.__subclasses__():
        for code in codes:
            yield code.word, "vocabulary"
            # If the meaning is a code of another vocabulary, its words are declared there.
            meaning = code._meaning if not isinstance(code._meaning, Coded) else ()
            for text in _texts(meaning):
                yield text, "vocabulary"


def template() -> Catalog:
    """Return every source text of the program, with the files and lines that use it."""
    words = Catalog(project="STO Desktop", version=sto_desktop.__version__, charset="utf-8")
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        for line_number, texts in marked(ast.parse(path.read_text(encoding="utf-8"))):
            message = texts[0] if len(texts) == 1 else texts
            words.add(message, locations=[(path.relative_to(ROOT).as_posix(), line_number)])
    for text, module in declared():
        words.add(text, locations=[(f"{PACKAGE}/domain/{module}.py", 0)])
    return words


def write(path: Path = TEMPLATE) -> int:
    """Write the template and return its number of texts."""
    words, out = template(), io.BytesIO()
    write_po(out, words, width=100)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue())
    return len(words)


if __name__ == "__main__":
    print(f"{write()} texts in {TEMPLATE.relative_to(ROOT)}")
