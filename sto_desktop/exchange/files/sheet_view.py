"""What a person sees of a sheet in an xlsx file: which rows, columns and cells are hidden, struck out or not computed.

Readers of values do not tell this, so it is taken from the sheet's XML (ECMA-376, part 1, 18.3).
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sto_desktop.archive import Archive, damaged, parse_xml
from sto_desktop.domain.typed import whole_number

# Strict and transitional packages differ in their namespaces only, so names are compared without them.
_RELATIONS = "/_rels/"
_ROWS_OF_EXCEL = 1_048_576
_VALUES = ("v", "is")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass
class SeenSheet:
    """What is not seen of a sheet; rows and columns count from 0. `rows` and `columns`: how many are in use."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)
    formulas: bool = False
    rows: int = 0
    columns: int = 0

    @property
    def extent(self) -> int:
        """Number of cells up to the last one."""
        return self.rows * self.columns


def local(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def main_part(archive: Archive) -> str:
    """Return the name of the part with the content of an Office file, by its relations; empty if there is none."""
    relations = archive.read("_rels/.rels")
    if relations is None:
        return ""
    for relation in parse_xml(relations, archive.name):
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return ""


def relations_of(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return the relations of a part by id: the last word of their type, and the part to which they lead."""
    folder, _, file = part.rpartition("/")
    content = archive.read(f"{folder}{_RELATIONS if folder else '_rels/'}{file}.rels")
    if content is None:
        return {}
    found = {}
    for relation in parse_xml(content, archive.name):
        target = str(relation.get("Target", ""))
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        while "/../" in path:
            path = re.sub(r"[^/]+/\.\./", "", path, count=1)
        found[str(relation.get("Id", ""))] = (str(relation.get("Type", "")).rpartition("/")[2], path)
    return found


def sheet_parts(archive: Archive) -> dict[str, str]:
    """Return the part of each sheet of a workbook, by its title."""
    book = main_part(archive)
    content = archive.read(book)
    if content is None:
        return {}
    relations = relations_of(archive, book)
    parts = {}
    for sheet in parse_xml(content, archive.name).iter("{*}sheet"):
        row = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        if row in relations:
            parts[str(sheet.get("name", ""))] = relations[row][1]
    return parts


def views_of(archive: Archive) -> Mapping[str, SeenSheet]:
    """Return what is not seen of each sheet, by its title."""
    parts = sheet_parts(archive)
    styles = _struck_styles(archive)
    return {title: _view(archive.read(part) or b"", styles, archive.name) for title, part in parts.items()}


def _struck_styles(archive: Archive) -> set[str]:
    content = archive.read("xl/styles.xml")
    if content is None or b"strike" not in content:
        return set()
    root = parse_xml(content, archive.name)
    struck_fonts = {
        str(number)
        for fonts in root.iter("{*}fonts")
        for number, font in enumerate(fonts)
        if any(local(part) == "strike" and part.get("val", "1") not in ("0", "false") for part in font)
    }
    return {
        str(number)
        for formats in root.iter("{*}cellXfs")
        for number, form in enumerate(formats)
        if form.get("fontId") in struck_fonts
    }


def _view(content: bytes, struck_styles: set[str], name: str) -> SeenSheet:
    from lxml import etree

    view = SeenSheet()
    number = -1
    # Before it is parsed: no sheet has more rows, and each costs far more time than the few bytes that it takes.
    if content.count(b"<row") > _ROWS_OF_EXCEL:
        raise damaged(name)
    try:
        rows = etree.iterparse(
            io.BytesIO(content),
            events=("end",),
            tag=("{*}row", "{*}col"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        for _, element in rows:
            if local(element) == "row":
                number = whole_number(element.get("r"), number + 2) - 1
                if element.get("hidden") in ("1", "true"):
                    view.hidden_rows.add(number)
                for cell in element:
                    _look_at(cell, view, struck_styles)
                element.clear()
            elif element.get("hidden") in ("1", "true"):
                last = min(whole_number(element.get("max"), 0), 16_384)
                view.hidden_columns.update(range(max(whole_number(element.get("min"), 1), 1) - 1, last))
    except etree.XMLSyntaxError as error:
        raise damaged(name) from error
    return view


def _look_at(cell: Any, view: SeenSheet, struck_styles: set[str]) -> None:
    has_value = has_formula = False
    for part in cell:
        tag = local(part)
        has_formula |= tag == "f"
        has_value |= tag in _VALUES and bool(part.text or len(part))
    view.formulas |= has_formula
    if not has_value and not has_formula:
        return
    place = _CELL.fullmatch(cell.get("r") or "")
    if place is None:
        return
    row, column = whole_number(place[2], 1) - 1, _column(place[1])
    if not has_value:
        view.uncomputed.append((row, column))
        return
    view.rows, view.columns = max(view.rows, row + 1), max(view.columns, column + 1)
    if cell.get("s") in struck_styles:
        view.struck.add((row, column))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
