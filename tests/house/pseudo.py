"""A made-up language: every source text in other letters, so that untranslated text keeps ordinary ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo

from docs import words
from sto_desktop import language
from sto_desktop.domain.record import FieldType
from sto_desktop.domain.tables import tables

CODE = "xx"
_KEPT = re.compile(r"(\{\w+\}|%\(\w+\)\w|%s|<[^<>]+>|&\w+;)")
_WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_GREEK = {ord(letter): 0x3B1 + ord(letter) - ord("a") for letter in "abcdefghijklmnopqrstuvwxyz"}


def translated(text: str) -> str:
    """Return a source text in wide letters; placeholders and markup stay."""
    parts = _KEPT.split(text)
    return "".join(part if number % 2 else part.translate(_WIDE) for number, part in enumerate(parts))


def make_catalogue(folder: Path) -> None:
    """Write the catalogue of the made-up language, with every text of the template."""
    catalogue = words.template()
    catalogue.locale = None
    for message in catalogue:
        if message.id:
            several = isinstance(message.id, tuple)
            message.string = tuple(map(translated, message.id)) if several else translated(str(message.id))
    file = folder / CODE / "LC_MESSAGES" / f"{language.DOMAIN}.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_mo(out, catalogue)


@contextmanager
def spoken(folder: Path) -> Iterator[None]:
    """Switch to the made-up language inside a block."""
    assert language.speak(CODE, folder)
    try:
        yield
    finally:
        language.speak(language.SOURCE)


def typed_in_greek(value: Any) -> Any:
    """Return content in which everything typed by people is in Greek letters, so that ordinary ones are the
    program's.
    """
    if isinstance(value, tuple):
        return tuple(map(typed_in_greek, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    spec = next((item for item in tables().values() if item.record is type(value)), None)
    if spec is None:
        inside = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        return replace(value, **{name: typed_in_greek(part) for name, part in inside.items()})
    texts = {name for name, field in spec.fields.items() if field.kind is FieldType.TEXT}
    return replace(value, **{name: in_greek(getattr(value, name)) for name in texts})


def in_greek(text: str) -> str:
    """Return a text in Greek letters."""
    return text.casefold().translate(_GREEK)


def own_words(text: str, *known: str) -> list[str]:
    """Return the words of a text in ordinary letters, except names."""
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in known]
