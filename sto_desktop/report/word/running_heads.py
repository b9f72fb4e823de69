"""Reads a header or footer of a template for the preview and PDF: its lines, fields, tables and pictures.

ECMA-376 part 1: headers 17.10, tabs 17.3.1.37, fields 17.16, pictures 20.4. Drawings of shapes are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sto_desktop.domain.typed import whole_number
from sto_desktop.report.look.dress import Page
from sto_desktop.report.look.pictures import picture
from sto_desktop.report.look.running import PAGE, PAGES, RunCell, Running, RunPicture, RunText, mark_of
from sto_desktop.report.word.style_book import LONGEST_CHAIN, Element, styles_by_id, value, w
from sto_desktop.report.word.style_reading import StyleLook, StyleReader

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_EMU, _TWIPS = 12_700, 20
"""Units in a point."""
_FIELDS = {
    "PAGE": PAGE,
    "NUMPAGES": PAGES,
    "SECTIONPAGES": PAGES,
    "TITLE": mark_of("titel"),
    "AUTHOR": mark_of("auteur"),
}
_ALIGNED = {"right": "right", "end": "right", "center": "center"}
_LARGEST = 1600.0
"""Points: larger than any paper, for measures of damaged files."""


class RunningReader:
    """Reads headers and footers of one template; `ink`: the colour of text that has none."""

    def __init__(self, styles: Element, reader: StyleReader, page: Page, ink: str) -> None:
        self._styles = styles_by_id(styles)
        self._plain = next((key for key, style in self._styles.items() if style.get(w("default")) == "1"), "")
        self._reader = reader
        self._page = page
        self._ink = ink

    def read(self, part: Any, edge: float) -> Running | None:
        """Return what a header or footer (part of the package) shows, `edge` points from the paper's; None: nothing."""
        placed: list[RunPicture] = []
        rows = tuple(self._rows(part, part.element, placed, edge))
        shown = placed or any(line for row in rows for cell in row for line in cell.lines)
        return Running(rows, edge, tuple(placed)) if shown else None

    def _rows(self, part: Any, home: Element, placed: list[RunPicture], edge: float) -> Iterator[tuple[RunCell, ...]]:
        for block in home:
            if block.tag == w("p"):
                yield self._line(part, block, placed, edge)
            elif block.tag == w("tbl"):
                for row in block.iter(w("tr")):
                    yield tuple(self._cell(part, cell, placed, edge) for cell in row.iterchildren(w("tc")))
            elif block.tag == w("sdt"):
                inside = block.find(w("sdtContent"))
                yield from self._rows(part, inside, placed, edge) if inside is not None else ()

    def _cell(self, part: Any, cell: Element, placed: list[RunPicture], edge: float) -> RunCell:
        lines = [self._line(part, line, placed, edge) for line in cell.iter(w("p"))]
        width = whole_number(_width(cell), 1)
        sides = [one.align for line in lines for one in line if any(one.lines)]
        texts = tuple(tuple(piece for one in line for each in one.lines for piece in each) for line in lines)
        return RunCell(sides[0] if sides else "left", texts, max(float(width), 1.0))

    def _line(self, part: Any, line: Element, placed: list[RunPicture], edge: float) -> tuple[RunCell, ...]:
        """Return the cells of a paragraph: one, or those between its tabs."""
        style = value(line, "pPr/pStyle") or self._plain
        look = self._reader.read(style)
        pieces: list[list[RunText | RunPicture]] = [[]]
        for piece in self._pieces(part, line, look, edge):
            if piece is None:
                pieces.append([])
            elif isinstance(piece, RunPicture) and piece.place is not None:
                placed.append(piece)
            else:
                pieces[-1].append(piece)
        if len(pieces) == 1:
            return (RunCell(_ALIGNED.get(self._property(line, style, "jc"), "left"), (tuple(pieces[0]),)),)
        stops = self._stops(line, style)
        by_side: dict[str, list[RunText | RunPicture]] = {"left": [*pieces[0]], "center": [], "right": []}
        for at, found in enumerate(pieces[1:]):
            by_side[stops[at] if at < len(stops) else "right"] += found
        return tuple(RunCell(side, (tuple(found),)) for side, found in by_side.items() if found or side != "center")

    def _property(self, line: Element, style: str, name: str) -> str:
        own = value(line, f"pPr/{name}")
        for each in self._chain(style):
            own = own or value(each, f"pPr/{name}")
        return own or ""

    def _stops(self, line: Element, style: str) -> list[str]:
        stops: dict[int, str] = {}
        for home in (*reversed(list(self._chain(style))), line):
            for tab in home.iterfind(f"{w('pPr')}/{w('tabs')}/{w('tab')}"):
                at, kind = whole_number(tab.get(w("pos"))), tab.get(w("val")) or ""
                stops[at] = kind
        return [_ALIGNED.get(kind, "left") for _, kind in sorted(stops.items()) if kind not in ("clear", "bar")]

    def _chain(self, style: str) -> Iterator[Element]:
        seen: set[str] = set()
        at = style
        while at in self._styles and at not in seen and len(seen) < LONGEST_CHAIN:
            seen.add(at)
            yield self._styles[at]
            at = value(self._styles[at], "basedOn") or ""

    def _pieces(self, part: Any, line: Element, look: StyleLook, edge: float) -> Iterator[RunText | RunPicture | None]:
        """Yield texts, pictures and None for a tab; of a field its mark, and nothing if the program works it out not.

        What Word once worked out (who wrote it, what it was called) is that of an old document, and is told nowhere.
        """
        codes: list[str] = []
        wanted = (w("t"), w("tab"), w("ptab"), w("br"), w("fldChar"), w("instrText"), w("fldSimple"), w("drawing"))
        for element in line.iter(*wanted, w("noBreakHyphen")):
            run = next(element.iterancestors(w("r")), None)
            if element.tag == w("fldSimple") and not codes:
                mark = _mark(element.get(w("instr")) or "")
                if mark:
                    yield self._text(mark, next(element.iter(w("r")), None), look)
            elif element.tag == w("fldChar"):
                kind = element.get(w("fldCharType"))
                if kind == "begin":
                    codes.append("")
                elif codes and kind == "separate" and len(codes) == 1 and _mark(codes[0]):
                    yield self._text(_mark(codes[0]), run, look)
                elif codes and kind == "end":
                    codes.pop()
            elif element.tag == w("instrText"):
                if codes:
                    codes[-1] += element.text or ""
            elif not codes and not any(True for _ in element.iterancestors(w("fldSimple"), w("del"))):
                yield from self._outside_fields(part, element, run, look, edge)

    def _outside_fields(
        self, part: Any, element: Element, run: Element, look: StyleLook, edge: float
    ) -> Iterator[RunText | RunPicture | None]:
        if element.tag == w("drawing"):
            yield from self._picture(part, element, edge)
        elif element.tag == w("t"):
            yield self._text(element.text or "", run, look)
        elif run is None:
            return  # a tab stop of the paragraph
        elif element.tag in (w("tab"), w("ptab")):
            yield None
        else:
            yield self._text(" " if element.tag == w("br") else "\u2011", run, look)

    def _text(self, text: str, run: Element, look: StyleLook) -> RunText:
        shown = look if run is None else self._reader.with_run(look, run.find(w("rPr")))
        return RunText(text, shown.size, shown.colour or self._ink, shown.bold, shown.italic)

    def _picture(self, part: Any, drawing: Element, edge: float) -> Iterator[RunPicture]:
        frame: Element = next(drawing.iter(f"{_DRAWING}inline", f"{_DRAWING}anchor"), None)
        blip = next(drawing.iter(_BLIP), None)
        held = part.related_parts.get(blip.get(_EMBED)) if blip is not None else None
        extent = None if frame is None else frame.find(f"{_DRAWING}extent")
        if held is None or extent is None or picture(held.blob) is None:
            return
        width, height = (min(whole_number(extent.get(side)) / _EMU, _LARGEST) for side in ("cx", "cy"))
        if width <= 0 or height <= 0:
            return
        about = frame.find(f"{_DRAWING}docPr")
        told = "" if about is None else about.get("descr") or ""
        place = None
        if frame.tag == f"{_DRAWING}anchor":
            page = self._page
            across = _along(frame, "H", width, page.width / _TWIPS, page.left / _TWIPS, page.right / _TWIPS)
            down = _along(frame, "V", height, page.height / _TWIPS, page.top / _TWIPS, page.bottom / _TWIPS, edge)
            place = (across, down)
        yield RunPicture(held.blob, width, height, told, place)


def _width(cell: Element) -> str | None:
    found = cell.find(f"{w('tcPr')}/{w('tcW')}")
    return None if found is None else found.get(w("w"))


def _mark(code: str) -> str:
    return _FIELDS.get((code.split() or [""])[0].upper(), "")


def _along(
    frame: Element, side: str, size: float, paper: float, before: float, after: float, edge: float | None = None
) -> float:
    """Return where a picture begins, in points from the edge of the paper; `edge`: that of its paragraph, if other."""
    position = frame.find(f"{_DRAWING}position{side}")
    if position is None:
        return before
    beside = position.get("relativeFrom")
    start, room = {"page": (0.0, paper), "leftMargin": (0.0, before), "topMargin": (0.0, before)}.get(
        beside, (before, paper - before - after)
    )
    if beside in ("rightMargin", "bottomMargin"):
        start, room = paper - after, after
    elif beside in ("paragraph", "line") and edge is not None:
        start, room = edge, 0.0
    offset, align = position.findtext(f"{_DRAWING}posOffset"), position.findtext(f"{_DRAWING}align")
    if align is not None:
        share = {"center": 0.5, "right": 1.0, "bottom": 1.0, "outside": 1.0}.get(align, 0.0)
        return start + (room - size) * share
    return start + max(-_LARGEST, min(whole_number(offset) / _EMU, _LARGEST))
