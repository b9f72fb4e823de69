"""Reads an untrusted Word document as its reader sees it: paragraphs and tables, without what is hidden or struck out.

Reads the XML itself, as if all tracked changes were accepted. What has words and is not read is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sto_desktop.archive import Archive, damaged, parse_xml
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.typed import whole_number
from sto_desktop.exchange.files.document import FileText, Grid, TextBlock, titled
from sto_desktop.exchange.files.encodings import composed
from sto_desktop.exchange.files.sheet_view import main_part
from sto_desktop.exchange.files.word_symbols import symbol
from sto_desktop.language import tr

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# A Strict document differs in these names only (ISO/IEC 29500-1, annex A).
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": _W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": _M[1:-1].encode(),
}
# Names of heading styles in Dutch, English, German and French versions of Word.
_HEADING = re.compile(r"(?:heading|kop|überschrift|titre)\s*([1-9])")
_TITLES = ("title", "titel")
_CONTENTS = re.compile(r"(?:toc|inhopg|inhoudsopgave|verzeichnis|tm)\s*[1-9]?|toc heading|kopvaninhoudsopgave")
# "List Bullet 2", "Lijstopsomteken 2".
_NESTED = re.compile(r"\s([2-5])$")
# Tracked deletions, and the old place of moved text.
_DELETED = (f"{_W}del", f"{_W}moveFrom")
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Limits the chain of styles, which is a cycle in some damaged files.
_MOST_BASES = 12
# Half points: how much larger than the text a style of one's own for headings is.
_LARGER = 3
_PLAIN_SIZE = 22


@dataclass(frozen=True, slots=True)
class _Style:
    """What counts of a style: its heading level, and whether it stands out, is hidden, or is of a contents list."""

    level: int = 0
    look: str = ""
    unseen: bool = False
    contents: bool = False
    name: str = ""
    """That of a style of this program's own."""
    depth: int = -1
    """Of how many lists in a list its paragraphs are items, from 0; -1 for text."""


def is_docx(archive: Archive) -> bool:
    """Return whether an archive is a Word document, by its relations or by the usual name of its main part."""
    main = main_part(archive)
    return "word/document.xml" in archive.entries or (main.startswith("word/") and main.endswith(".xml"))


def read_docx(archive: Archive) -> FileText:
    """Return the paragraphs and tables of a Word document.

    Raises:
        ExchangeError: it has macros, is no Word document, or is damaged.
    """
    name = archive.name
    # Judged by content: a file with macros may be named .docx.
    if archive.has_macros():
        raise ExchangeError(
            tr("«{name}» bevat macro's (kleine programma's) en wordt niet gelezen.", name=name),
            tr("Er is niets overgenomen."),
            tr("Open het in Word, kies Opslaan als, en bewaar het als gewoon Word-document (.docx)."),
        )
    part = main_part(archive) if "word/document.xml" not in archive.entries else "word/document.xml"
    document = archive.read(part)
    if document is None:
        raise damaged(name)
    body = parse_xml(_transitional(document), name).find(f"{_W}body")
    if body is None:
        raise damaged(name)
    styles = archive.read("word/styles.xml")
    reader = _Reader(_styles(parse_xml(_transitional(styles), name)) if styles else {})
    blocks = tuple(reader.blocks(body))
    return FileText(titled(blocks), (*reader.told(), *_told(archive, body)))


def _transitional(content: bytes) -> bytes:
    for strict, transitional in _STRICT.items():
        content = content.replace(strict, transitional)
    return content


def _styles(styles: Any) -> Mapping[str, _Style]:
    """Return what counts of every style, or of the one that it is based on, by id of the style."""
    by_id = {style.get(f"{_W}styleId", ""): style for style in styles.iter(f"{_W}style")}
    found = {}
    for row in by_id:
        style, own = by_id.get(row), _Style()
        for _ in range(_MOST_BASES):
            if style is None or (own := _style(style)) != _Style():
                break
            style = by_id.get(_value(style.find(f"{_W}basedOn")))
        found[row] = own
    return found


def _style(style: Any) -> _Style:
    name = _value(style.find(f"{_W}name")).casefold()
    if _CONTENTS.fullmatch(name):
        return _Style(contents=True)
    heading = _HEADING.fullmatch(name)
    level = -1 if name in _TITLES else int(heading[1]) if heading else _outline(style.find(f"{_W}pPr/{_W}outlineLvl"))
    properties = style.find(f"{_W}rPr")
    unseen = name == "placeholder text" or _is_on(properties, "vanish")
    size = _value(None if properties is None else properties.find(f"{_W}sz"))
    large = whole_number(size) >= _PLAIN_SIZE + _LARGER
    stands_out = style.get(f"{_W}type") == "paragraph" and (_is_on(properties, "b") or large)
    depth = _depth(style)
    if depth >= 0 and (nested := _NESTED.search(name)):
        depth = whole_number(nested[1], 1) - 1
    look = tr("stijl {name}", name=name) if stands_out and not level else ""
    return _Style(level, look, unseen, name=name if name.startswith("sto ") else "", depth=depth)


def _depth(element: Any) -> int:
    """Return of how many lists in a list the paragraph is an item; -1 if it is none."""
    numbering = element.find(f"{_W}pPr/{_W}numPr")
    if numbering is None or _value(numbering.find(f"{_W}numId")) == "0":
        return -1
    return min(max(whole_number(_value(numbering.find(f"{_W}ilvl"))), 0), 8)


def _outline(element: Any) -> int:
    """Return the heading level (from 1) of an outline level (from 0); 9 in the file is body text, here 0."""
    number = whole_number(_value(element), -1)
    return number + 1 if 0 <= number < 9 else 0


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{_W}val", ""))


def _is_on(properties: Any, name: str) -> bool:
    element = None if properties is None else properties.find(f"{_W}{name}")
    return element is not None and element.get(f"{_W}val", "1") not in ("0", "false", "off", "none")


class _Reader:
    """Reads blocks in order, and keeps what was left out."""

    def __init__(self, styles: Mapping[str, _Style]) -> None:
        self._styles = styles
        self._struck = self._hidden = self._placeholders = self._unknown_signs = False
        self._in_contents = 0

    def blocks(self, parent: Any) -> Iterator[TextBlock | Grid]:
        """Yield the paragraphs and tables in an element, with those in text boxes after their paragraph."""
        for element in parent:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element)
            elif element.tag == f"{_W}sdt":
                yield from self._control(element)
            elif element.tag not in (*_DELETED, _FALLBACK) and isinstance(element.tag, str):
                yield from self.blocks(element)

    def _control(self, control: Any) -> Iterator[TextBlock | Grid]:
        if _value(control.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")) == "Table of Contents":
            text = " ".join(part.text or "" for part in control.iter(f"{_W}t"))
            yield TextBlock(text[:200], left_out=tr("inhoudsopgave"))
        elif control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
            self._placeholders = True
        else:
            yield from self.blocks(control.findall(f"{_W}sdtContent/*"))

    def _table(self, table: Any) -> Iterator[TextBlock | Grid]:
        rows = [row for row in table.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tbl")) is table]
        rows = [row for row in rows if row.find(f"{_W}trPr/{_W}del") is None]
        cells = [[cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row] for row in rows]
        # One row or one column only places text on the page.
        if len(rows) < 2 or max(map(len, cells)) < 2:
            for row in cells:
                for cell in row:
                    yield from self.blocks(cell)
            return
        grid: list[tuple[str, ...]] = []
        for row in cells:
            texts: list[str] = []
            for cell in row:
                merged = cell.find(f"{_W}tcPr/{_W}vMerge")
                text = "\n".join(_text_of(block) for block in self.blocks(cell))
                if merged is not None and _value(merged) != "restart" and grid and len(texts) < len(grid[-1]):
                    text = text or grid[-1][len(texts)]
                span = whole_number(_value(cell.find(f"{_W}tcPr/{_W}gridSpan")), 1)
                texts += [text, *[""] * (min(span, 60) - 1)]
            grid.append(tuple(texts))
        if any(map(any, grid)):
            yield Grid("", tuple(grid))

    def _paragraph(self, element: Any) -> Iterator[TextBlock | Grid]:
        style = self._styles.get(_value(element.find(f"{_W}pPr/{_W}pStyle")), _Style())
        in_contents = self._in_contents or style.contents
        text = composed(clean_text("".join(self._words(element)))).strip()
        if self._struck:
            # The blanks on both sides of struck words are left.
            text = re.sub(r"  +", " ", text)
        if text:
            left_out = tr("inhoudsopgave") if in_contents or self._in_contents else ""
            level = style.level or _outline(element.find(f"{_W}pPr/{_W}outlineLvl"))
            look = style.look or _look(element, text)
            depth = max(_depth(element), style.depth)
            yield TextBlock(
                text, level, look, left_out=left_out, item=depth >= 0, depth=max(depth, 0), style=style.name
            )
        for box in element.iter(f"{_W}txbxContent"):
            # A text box is stored twice; the fallback is for old programs.
            above = list(box.iterancestors())
            inner = [one.tag for one in above[: above.index(element)]]
            if _FALLBACK not in inner and f"{_W}txbxContent" not in inner:
                yield from self.blocks(box)

    def _words(self, paragraph: Any) -> Iterator[str]:
        """Yield the text of a paragraph, without nested paragraphs (text boxes) and what is not seen."""
        pending = list(reversed(paragraph))
        while pending:
            element = pending.pop()
            tag = element.tag
            if tag == f"{_W}t":
                yield element.text or ""
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag == f"{_W}sym":
                sign = symbol(str(element.get(f"{_W}font", "")), str(element.get(f"{_W}char", "")))
                self._unknown_signs |= sign == "\ufffd"
                yield sign
            elif tag == f"{_M}t":
                yield element.text or ""
            elif tag == f"{_W}instrText":
                self._in_contents += (element.text or "").strip().upper().startswith("TOC")
            elif tag == f"{_W}fldChar":
                self._follow_field(str(element.get(f"{_W}fldCharType", "")))
            elif not self._skips(element):
                # Reversed, because the last of `pending` is taken first.
                pending.extend(reversed(element))

    def _follow_field(self, kind: str) -> None:
        # A contents list is a field over many paragraphs, with fields inside it.
        if self._in_contents:
            self._in_contents += {"begin": 1, "end": -1}.get(kind, 0)

    def _skips(self, element: Any) -> bool:
        tag = element.tag
        if tag in (*_DELETED, f"{_W}p", f"{_W}txbxContent", _FALLBACK, f"{_W}pPr", f"{_W}rPr", f"{_W}sdtPr"):
            return True
        if tag == f"{_W}sdt" and element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
            self._placeholders = True
            return True
        if tag != f"{_W}r":
            return False
        properties = element.find(f"{_W}rPr")
        if _is_on(properties, "strike") or _is_on(properties, "dstrike"):
            self._struck = True
            return True
        style = _value(None if properties is None else properties.find(f"{_W}rStyle"))
        if _is_on(properties, "vanish") or self._styles.get(style, _Style()).unseen:
            self._hidden = True
            return True
        return False

    def told(self) -> Iterator[str]:
        """Yield what was left out while reading."""
        if self._struck:
            yield tr("Doorgestreepte tekst in het document is niet overgenomen.")
        if self._hidden:
            yield tr("Verborgen tekst in het document is niet overgenomen.")
        if self._placeholders:
            yield tr("Invulvelden waarin nog niets is ingevuld, zijn niet overgenomen.")
        if self._unknown_signs:
            yield tr("Een teken uit een symbolenlettertype is niet herkend; in de tekst staat er � voor.")


def _text_of(block: TextBlock | Grid) -> str:
    if isinstance(block, TextBlock):
        return block.text
    return "\n".join(" – ".join(filter(None, row)) for row in block.rows)


def _look(paragraph: Any, text: str) -> str:
    """Return how a whole paragraph stands out: bold, in capitals or underlined; empty if it does not."""
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(part.text or "" for part in run.iter(f"{_W}t")).strip()]
    forms = [run.find(f"{_W}rPr") for run in runs]
    if runs and all(_is_on(form, "b") for form in forms):
        return tr("vet")
    if runs and all(_is_on(form, "caps") for form in forms):
        return tr("hoofdletters")
    return tr("onderstreept") if runs and all(_is_on(form, "u") for form in forms) else ""


def _told(archive: Archive, body: Any) -> Iterator[str]:
    changed = (*_DELETED, f"{_W}ins", f"{_W}moveTo")
    if next(body.iter(*changed), None) is not None:
        yield tr("In het document staan bijgehouden wijzigingen; gelezen is de tekst met alle wijzigingen doorgevoerd.")
    if next(body.iter(f"{_W}commentReference"), None) is not None:
        yield tr("De opmerkingen in de kantlijn van het document zijn niet overgenomen.")
    if next(body.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"), None) is not None:
        yield tr("Voetnoten en eindnoten zijn niet overgenomen.")
    margins = [entry for entry in archive.entries if re.fullmatch(r"word/(?:header|footer)[0-9]*\.xml", entry)]
    if any(re.search(rb"<w:t[ >][^<]*[^\W\d]", archive.read(entry) or b"") for entry in margins):
        yield tr("Wat boven en onder aan de bladzijden staat, is niet overgenomen.")
    if any(entry.startswith("word/media/") for entry in archive.entries):
        yield tr("Afbeeldingen in het document zijn niet overgenomen.")
    if next(body.iter(f"{_M}oMath"), None) is not None:
        yield tr("Van formules zijn alleen de tekens overgenomen, niet hun vorm.")
    if next(body.iter(f"{_W}altChunk"), None) is not None:
        yield tr(
            "In het document is een ander bestand ingevoegd; dat deel is niet gelezen. "
            "Open het in Word en bewaar het opnieuw, dan staat de tekst in het document zelf."
        )
    if any(entry.startswith(("word/charts/", "word/diagrams/", "word/embeddings/")) for entry in archive.entries):
        yield tr("Grafieken, schema's en ingevoegde bestanden zijn niet overgenomen.")
