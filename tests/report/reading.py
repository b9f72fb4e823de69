"""Reads back what a Word file holds, and tells what is not as it should be; for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_PROPERTIES = {f"{W}rStyle"}
# What is about place and not about looks.
_PARAGRAPH_PROPERTIES = {f"{W}{name}" for name in ("pStyle", "numPr", "keepNext", "sectPr")}


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes, name: str) -> Any:
    """Return the root of one part within word/."""
    return etree.fromstring(parts(data)[f"word/{name}.xml"])


def text_of(element: Any) -> str:
    """Return the text of an element as a reader sees it."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(signs.get(item.tag) or item.text or "" for item in element.iter(*signs, f"{W}t"))


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Return (style id, text) of every paragraph, those in tables too."""
    body = tree(data, "document")
    return [(item.find(f"{W}pPr/{W}pStyle").get(f"{W}val"), text_of(item)) for item in body.iter(f"{W}p")]


def text(data: bytes) -> str:
    """Return all text of the body, a line a paragraph."""
    return "\n".join(content for _, content in paragraphs(data))


def outline(data: bytes) -> list[tuple[int, str]]:
    """Return the headings as (level from 1, text), as Word's navigation shows them."""
    levels = {}
    for style in tree(data, "styles").iter(f"{W}style"):
        level = style.find(f"{W}pPr/{W}outlineLvl")
        # Level 9 is how Word says that something is no heading.
        if level is not None and int(level.get(f"{W}val")) < 9:
            levels[style.get(f"{W}styleId")] = int(level.get(f"{W}val")) + 1
    return [(levels[style], content) for style, content in paragraphs(data) if style in levels]


def problems(data: bytes) -> list[str]:
    """Return what is wrong with a file by the rules of Word's accessibility checker and of this project."""
    body = tree(data, "document")
    known = {style.get(f"{W}styleId") for style in tree(data, "styles").iter(f"{W}style")}
    return [
        *_direct_formatting(body),
        *_styles(body, known),
        *_headings(data),
        *_tables(body),
        *_links(body),
    ]


def _direct_formatting(body: Any) -> Iterator[str]:
    for properties in body.iter(f"{W}rPr"):
        yield from (f"direct text formatting {item.tag}" for item in properties if item.tag not in _TEXT_PROPERTIES)
    for properties in body.iter(f"{W}pPr"):
        extra = [item.tag for item in properties if item.tag not in _PARAGRAPH_PROPERTIES]
        yield from (f"direct paragraph formatting {tag}" for tag in extra)


def _styles(body: Any, known: set[str]) -> Iterator[str]:
    for name in ("pStyle", "rStyle", "tblStyle"):
        used = {item.get(f"{W}val") for item in body.iter(f"{W}{name}")}
        yield from (f"unknown style {style}" for style in used - known)
    for item in body.iter(f"{W}p"):
        if item.find(f"{W}pPr/{W}pStyle") is None:
            yield "a paragraph without a style"
        if not text_of(item).strip() and item.find(f".//{W}drawing") is None:
            yield "an empty paragraph"


def _headings(data: bytes) -> Iterator[str]:
    before = 0
    for level, content in outline(data):
        if level > before + 1:
            yield f"heading {content!r} at level {level} follows level {before}"
        before = level


def _tables(body: Any) -> Iterator[str]:
    for table in body.iter(f"{W}tbl"):
        properties = table.find(f"{W}tblPr")
        for name in ("tblCaption", "tblDescription"):
            found = properties.find(f"{W}{name}")
            if found is None or not found.get(f"{W}val").strip():
                yield f"a table without {name}"
        rows = table.findall(f"{W}tr")
        if rows[0].find(f"{W}trPr/{W}tblHeader") is None:
            yield "a table whose head is not repeated"
        if any(row.find(f"{W}trPr/{W}cantSplit") is None for row in rows):
            yield "a row that can break"
        widths = [column.get(f"{W}w") for column in table.iter(f"{W}gridCol")]
        for row in rows:
            if [cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w") for cell in row.findall(f"{W}tc")] != widths:
                yield "cells that don't fit the columns"


def _links(body: Any) -> Iterator[str]:
    marks = [item.get(f"{W}name") for item in body.iter(f"{W}bookmarkStart")]
    if len(marks) != len(set(marks)):
        yield "two bookmarks of one name"
    for link in body.iter(f"{W}hyperlink"):
        if link.get(f"{W}anchor") not in marks:
            yield f"a link to nowhere: {link.get(f'{W}anchor')}"
