"""Reads OpenDocument: the text of an .odt, and what of an .ods is seen (OASIS OpenDocument 1.3, part 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sto_desktop.archive import Archive, damaged, packed, parse_xml
from sto_desktop.exchange.files.document import FileText, Grid, TextBlock, titled
from sto_desktop.exchange.files.sheet_view import SeenSheet, local
from sto_desktop.language import tr

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_ODT = b"application/vnd.oasis.opendocument.text"
# A person repeats no row a hundred times; a program repeats an empty one to the end of the sheet.
_MOST_REPEATED = 100
_UNSEEN = ("annotation", "tracked-changes", "note", "table-of-content", "deletion", "change", "ruby-text")


def is_odt(archive: Archive) -> bool:
    """Return whether an archive is a text document."""
    return (archive.read("mimetype") or b"").startswith(_ODT)


def _content(archive: Archive) -> Any:
    content = archive.read("content.xml")
    if content is None:
        raise damaged(archive.name)
    return parse_xml(content, archive.name)


def seen_ods(archive: Archive) -> tuple[bytes, dict[str, SeenSheet]]:
    """Return a spreadsheet without rows and columns that are repeated without end, and what of it is not seen."""
    from lxml import etree

    root = _content(archive)
    views = {}
    for table in root.iter(f"{_TABLE}table"):
        views[str(table.get(f"{_TABLE}name", ""))] = view = SeenSheet()
        at = 0
        for column in table.iter(f"{_TABLE}table-column"):
            repeated = _repeated(column, "number-columns-repeated")
            if _hidden(column):
                view.hidden_columns.update(range(at, at + min(repeated, 1000)))
            at += repeated
        at = 0
        for row in table.iter(f"{_TABLE}table-row"):
            _limit(row, "number-rows-repeated")
            for cell in row:
                _limit(cell, "number-columns-repeated")
                view.formulas |= cell.get(f"{_TABLE}formula") is not None
            repeated = _repeated(row, "number-rows-repeated")
            if _hidden(row):
                view.hidden_rows.update(range(at, at + repeated))
            at += repeated
    return packed(archive.parts() | {"content.xml": etree.tostring(root, encoding="UTF-8")}), views


def _repeated(element: Any, name: str) -> int:
    stated = element.get(f"{_TABLE}{name}") or "1"
    return min(int(stated), 1_048_576) if stated.isdecimal() and len(stated) < 9 else 1


def _limit(element: Any, name: str) -> None:
    if _repeated(element, name) > _MOST_REPEATED:
        element.set(f"{_TABLE}{name}", "1" if not "".join(element.itertext()).strip() else str(_MOST_REPEATED))


def _hidden(element: Any) -> bool:
    return element.get(f"{_TABLE}visibility") in ("collapse", "filter")


def read_odt(archive: Archive) -> FileText:
    """Return the paragraphs and tables of a text document; ExchangeError if it is damaged."""
    root = _content(archive)
    body = next(root.iter("{*}text"), None)
    if body is None:
        raise damaged(archive.name)
    bold, struck = _styles(root)
    return FileText(titled(tuple(_blocks(body, bold, struck))), tuple(_told(archive, root)))


def _styles(root: Any) -> tuple[set[str], set[str]]:
    """Return the names of the styles that are bold, and of those that are struck out or hidden."""
    bold, struck = set(), set()
    for style in root.iter(f"{_STYLE}style"):
        name = str(style.get(f"{_STYLE}name", ""))
        for properties in style.iter(f"{_STYLE}text-properties"):
            if properties.get(f"{_FO}font-weight") == "bold":
                bold.add(name)
            line = properties.get(f"{_STYLE}text-line-through-style", "none")
            if line != "none" or properties.get("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}display") == "none":
                struck.add(name)
    return bold, struck


def _blocks(parent: Any, bold: set[str], struck: set[str]) -> Iterator[TextBlock | Grid]:
    for element in parent:
        name = local(element) if isinstance(element.tag, str) else ""
        if name in _UNSEEN:
            continue
        if name == "table":
            yield Grid(str(element.get(f"{_TABLE}name", "")), tuple(_rows(element, struck)))
        elif name in ("p", "h"):
            text = _words(element, struck).strip()
            level = int(element.get(f"{_TEXT}outline-level") or 1) if name == "h" else 0
            if text:
                yield TextBlock(text, level, look="vet" if _all_bold(element, bold) else "")
        else:
            yield from _blocks(element, bold, struck)


def _all_bold(paragraph: Any, bold: set[str]) -> bool:
    if paragraph.get(f"{_TEXT}style-name") in bold:
        return True
    spans = [span for span in paragraph if isinstance(span.tag, str)]
    bare = (paragraph.text or "").strip() or any((span.tail or "").strip() for span in spans)
    return bool(spans) and not bare and all(span.get(f"{_TEXT}style-name") in bold for span in spans)


def _rows(table: Any, struck: set[str]) -> Iterator[tuple[str, ...]]:
    for row in table.iter(f"{_TABLE}table-row"):
        if not _hidden(row):
            cells = (cell for cell in row if local(cell) == "table-cell")
            yield tuple("\n".join(_words(part, struck) for part in cell.iter(f"{_TEXT}p")).strip() for cell in cells)


def _words(element: Any, struck: set[str]) -> str:
    if element.get(f"{_TEXT}style-name") in struck:
        return ""
    parts = [element.text or ""]
    for child in element:
        name = local(child) if isinstance(child.tag, str) else ""
        if name == "s":
            parts.append(" " * min(_number(child.get(f"{_TEXT}c")), 100))
        elif name in ("tab", "line-break"):
            parts.append("\t" if name == "tab" else "\n")
        elif name and name not in _UNSEEN:
            parts.append(_words(child, struck))
        parts.append(child.tail or "")
    return "".join(parts)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 1


def _told(archive: Archive, root: Any) -> Iterator[str]:
    if next(root.iter("{*}tracked-changes"), None) is not None:
        yield tr("In het document staan bijgehouden wijzigingen; gelezen is de tekst met alle wijzigingen doorgevoerd.")
    if next(root.iter("{*}annotation"), None) is not None:
        yield tr("De opmerkingen in de kantlijn van het document zijn niet overgenomen.")
    if next(root.iter(f"{_TEXT}note"), None) is not None:
        yield tr("Voetnoten en eindnoten zijn niet overgenomen.")
    if any(entry.startswith("Pictures/") for entry in archive.entries):
        yield tr("Afbeeldingen in het document zijn niet overgenomen.")
