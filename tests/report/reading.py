"""Reads the content of a Word file, and reports its faults; for tests."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from tests.report.word.schema_order import disorder

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_PROPERTIES = {f"{W}rStyle"}
# Properties of place, not of appearance.
_PARAGRAPH_PROPERTIES = {f"{W}{name}" for name in ("pStyle", "numPr", "keepNext", "pageBreakBefore", "sectPr")}


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
    signs = {f"{W}br": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
    return "".join(signs.get(item.tag) or item.text or "" for item in element.iter(*signs, f"{W}t"))


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Return (style id, text) of every paragraph, those in tables too."""
    body = tree(data, "document")
    return [(style_of(element), text_of(element)) for element in body.iter(f"{W}p")]


def style_of(paragraph: Any) -> str:
    """Return the id of a paragraph's style; "" if it names none."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def text(data: bytes) -> str:
    """Return all text of the body, one line per paragraph."""
    return "\n".join(content for _, content in paragraphs(data))


def outline(data: bytes) -> list[tuple[int, str]]:
    """Return the headings as (level from 1, text), as Word's navigation shows them."""
    levels = {}
    for style in tree(data, "styles").iter(f"{W}style"):
        level = style.find(f"{W}pPr/{W}outlineLvl")
        # Level 9 is Word's way to say that something is no heading.
        if level is not None and int(level.get(f"{W}val")) < 9:
            levels[style.get(f"{W}styleId")] = int(level.get(f"{W}val")) + 1
    return [(levels[style], content) for style, content in paragraphs(data) if style in levels]


def problems(data: bytes) -> list[str]:
    """Return the faults in a file by the rules of Word's accessibility checker and of this project."""
    body = tree(data, "document")
    known = {style.get(f"{W}styleId") for style in tree(data, "styles").iter(f"{W}style")}
    return [
        *_direct_formatting(body),
        *_styles(body, known),
        *_headings(data),
        *_tables(body),
        *_links(body),
        *_drawings(data),
        *_package(data),
        *_order(data),
        *_about(data),
    ]


def _drawings(data: bytes) -> Iterator[str]:
    found: list[str] = []
    for name, part in parts(data).items():
        if not re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
            continue
        for element in etree.fromstring(part).iter("{*}docPr"):
            found.append(f"{name} {element.get('id')}")
            if not (element.get("descr") or "").strip():
                yield f"a drawing without alternative text in {name}"
    if len(found) != len(set(found)):
        yield "two drawings of one id"


def _package(data: bytes) -> Iterator[str]:
    """Yield relations without a target, parts to which nothing refers, and parts without a content type."""
    held = parts(data)
    types = etree.fromstring(held["[Content_Types].xml"])
    said = {element.get("PartName") for element in types.iter("{*}Override")}
    endings = {element.get("Extension", "").lower() for element in types.iter("{*}Default")}
    reached = {"[Content_Types].xml"}
    for name, part in held.items():
        if not name.endswith(".rels"):
            continue
        home = name.replace("_rels/", "").rpartition("/")[0]
        reached.add(name)
        for item in etree.fromstring(part):
            if item.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", home, item.get("Target", ""))).lstrip("/")
            reached.add(target)
            if target not in held:
                yield f"a relation to {target}, which is not there"
    yield from (f"{name} is in the file and nothing leads to it" for name in held if name not in reached)
    for name in held:
        if name != "[Content_Types].xml" and f"/{name}" not in said and name.rpartition(".")[2].lower() not in endings:
            yield f"nothing says what {name} is"


def _order(data: bytes) -> Iterator[str]:
    for name, part in parts(data).items():
        if name.startswith("word/") and name.endswith(".xml"):
            yield from (f"{name}: {found}" for found in disorder(etree.fromstring(part)))


def _about(data: bytes) -> Iterator[str]:
    core = etree.fromstring(parts(data)["docProps/core.xml"])
    for name in ("title", "language"):
        found = core.find(f"{{*}}{name}")
        if found is None or not (found.text or "").strip():
            yield f"a file without {name}"
    language = tree(data, "styles").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    if language is None or not language.get(f"{W}val"):
        yield "text without a language"


def _direct_formatting(body: Any) -> Iterator[str]:
    for properties in body.iter(f"{W}rPr"):
        yield from (f"direct text formatting {item.tag}" for item in properties if item.tag not in _TEXT_PROPERTIES)
    for properties in body.iter(f"{W}pPr"):
        extra = [item.tag for item in properties if item.tag not in _PARAGRAPH_PROPERTIES]
        yield from (f"direct paragraph formatting {tag}" for tag in extra)


def _styles(body: Any, known: set[str]) -> Iterator[str]:
    for name in ("pStyle", "rStyle", "tblStyle"):
        used = {element.get(f"{W}val") for element in body.iter(f"{W}{name}")}
        yield from (f"unknown style {style}" for style in used - known)
    for element in body.iter(f"{W}p"):
        if not style_of(element):
            yield "a paragraph without a style"
        if not text_of(element).strip() and element.find(f".//{W}drawing") is None:
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
    marks = [element.get(f"{W}name") for element in body.iter(f"{W}bookmarkStart")]
    if len(marks) != len(set(marks)):
        yield "two bookmarks of one name"
    ids = [element.get(f"{W}id") for element in body.iter(f"{W}bookmarkStart")]
    if len(ids) != len(set(ids)):
        yield "two bookmarks of one id"
    for link in body.iter(f"{W}hyperlink"):
        if link.get(f"{W}anchor") not in marks:
            yield f"a link to nowhere: {link.get(f'{W}anchor')}"
