"""Reads OpenDocument: the text of an .odt, and what of an .ods is seen (OASIS OpenDocument 1.3, part 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sto_desktop.archive import Archive, damaged, packed, parse_xml
from sto_desktop.domain.typed import whole_number
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
    return min(max(whole_number(element.get(f"{_TABLE}{name}"), 1), 1), 1_048_576)


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
    styles = archive.read("styles.xml")
    named = parse_xml(styles, archive.name) if styles else None
    reader = _Reader([root] if named is None else [named, root])
    blocks = titled(tuple(reader.blocks(body)))
    return FileText(blocks, (*reader.told(), *_told(archive, root), *_around(named)))


class _Reader:
    """Reads blocks in order, and keeps what was left out."""

    def __init__(self, roots: Sequence[Any]) -> None:
        """`roots`: where styles stand, those of the document itself last."""
        self._bold: set[str] = set()
        self._struck: set[str] = set()
        self._hidden: set[str] = set()
        self._titles: set[str] = set()
        self._left_struck = self._left_hidden = False
        for root in roots:
            for style in root.iter(f"{_STYLE}style"):
                self._learn(style)

    def _learn(self, style: Any) -> None:
        """Take what counts of a style: what it is based on, and its own properties."""
        name, above = str(style.get(f"{_STYLE}name", "")), str(style.get(f"{_STYLE}parent-style-name", ""))
        for styles in (self._bold, self._struck, self._hidden, self._titles):
            if above in styles:
                styles.add(name)
        if name == "Title":
            self._titles.add(name)
        for properties in style.iter(f"{_STYLE}text-properties"):
            if properties.get(f"{_FO}font-weight") == "bold":
                self._bold.add(name)
            if properties.get(f"{_STYLE}text-line-through-style", "none") != "none":
                self._struck.add(name)
            if properties.get(f"{_TEXT}display") == "none":
                self._hidden.add(name)

    def blocks(self, parent: Any, depth: int = -1) -> Iterator[TextBlock | Grid]:
        """Yield the paragraphs and tables in an element; `depth`: of how many lists in a list it is, from 0."""
        for element in parent:
            name = local(element) if isinstance(element.tag, str) else ""
            if name in _UNSEEN:
                continue
            if name == "table":
                yield from self._table(element)
            elif name in ("p", "h"):
                yield from self._paragraph(element, name, depth)
            else:
                yield from self.blocks(element, depth + (name == "list"))

    def _paragraph(self, element: Any, name: str, depth: int) -> Iterator[TextBlock]:
        text = self._words(element).strip()
        level = whole_number(element.get(f"{_TEXT}outline-level"), 1) if name == "h" else 0
        if element.get(f"{_TEXT}style-name") in self._titles:
            level = -1
        if text:
            look = tr("vet") if self._all_bold(element) else ""
            yield TextBlock(text, level, look, item=depth >= 0, depth=max(depth, 0))

    def _all_bold(self, paragraph: Any) -> bool:
        if paragraph.get(f"{_TEXT}style-name") in self._bold:
            return True
        spans = [span for span in paragraph if isinstance(span.tag, str)]
        bare = (paragraph.text or "").strip() or any((span.tail or "").strip() for span in spans)
        return bool(spans) and not bare and all(span.get(f"{_TEXT}style-name") in self._bold for span in spans)

    def _table(self, table: Any) -> Iterator[TextBlock | Grid]:
        rows = [row for row in table.iter(f"{_TABLE}table-row") if next(row.iterancestors(f"{_TABLE}table")) is table]
        cells = [[cell for cell in row if local(cell).endswith("table-cell")] for row in rows if not _hidden(row)]
        # One row or one column only places text on the page.
        if len(cells) < 2 or max(map(len, cells)) < 2:
            for row in cells:
                for cell in row:
                    yield from self.blocks(cell)
            return
        grid = tuple(tuple(text for cell in row for text in self._cell(cell)) for row in cells)
        yield Grid(str(table.get(f"{_TABLE}name", "")), grid)

    def _cell(self, cell: Any) -> list[str]:
        """Return the text of a cell, as often as it is repeated; one that another covers is empty."""
        texts = [block.text if isinstance(block, TextBlock) else "" for block in self.blocks(cell)]
        return ["\n".join(texts).strip()] * min(_repeated(cell, "number-columns-repeated"), _MOST_REPEATED)

    def _words(self, element: Any) -> str:
        style = element.get(f"{_TEXT}style-name")
        if style in self._struck or style in self._hidden:
            words = bool("".join(element.itertext()).strip())
            self._left_struck |= words and style in self._struck
            self._left_hidden |= words and style in self._hidden
            return ""
        parts = [element.text or ""]
        for child in element:
            name = local(child) if isinstance(child.tag, str) else ""
            if name == "s":
                parts.append(" " * min(whole_number(child.get(f"{_TEXT}c"), 1), 100))
            elif name in ("tab", "line-break"):
                parts.append("\t" if name == "tab" else "\n")
            elif name and name not in _UNSEEN:
                parts.append(self._words(child) + ("\n" if name == "p" else ""))
            parts.append(child.tail or "")
        return "".join(parts)

    def told(self) -> Iterator[str]:
        """Yield what was left out while reading."""
        if self._left_struck:
            yield tr("Doorgestreepte tekst in het document is niet overgenomen.")
        if self._left_hidden:
            yield tr("Verborgen tekst in het document is niet overgenomen.")


def _around(styles: Any) -> Iterator[str]:
    """Yield a message if something stands above or below the pages."""
    parts = () if styles is None else styles.iter(*(f"{_STYLE}{name}" for name in ("header", "footer")))
    if any("".join(part.itertext()).strip() for part in parts):
        yield tr("Wat boven en onder aan de bladzijden staat, is niet overgenomen.")


def _told(archive: Archive, root: Any) -> Iterator[str]:
    if next(root.iter("{*}tracked-changes"), None) is not None:
        yield tr("In het document staan bijgehouden wijzigingen; gelezen is de tekst met alle wijzigingen doorgevoerd.")
    if next(root.iter("{*}annotation"), None) is not None:
        yield tr("De opmerkingen in de kantlijn van het document zijn niet overgenomen.")
    if next(root.iter(f"{_TEXT}note"), None) is not None:
        yield tr("Voetnoten en eindnoten zijn niet overgenomen.")
    if any(entry.startswith("Pictures/") for entry in archive.entries):
        yield tr("Afbeeldingen in het document zijn niet overgenomen.")
