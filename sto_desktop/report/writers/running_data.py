"""Headers and footers of a template as data for the layout of pages, with the words of one document in their places."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sto_desktop.report.look.markup import clean
from sto_desktop.report.look.pictures import picture
from sto_desktop.report.look.running import MARK, PAGE, PAGES, RunCell, Running, RunPicture, RunText

Data = dict[str, Any]
_COUNTED = {PAGE: "page", PAGES: "pages"}
_LABEL = re.compile(r"[\w\s./()-]{0,30}:?\s*")
"""What stands before a place; alone on its line it goes with an empty one, as in Word."""


def running_data(running: Running | None, values: Mapping[str, str]) -> Data | None:
    """Return a header or footer as data; `values`: the text for each place, those without one are left out."""
    if running is None:
        return None
    return {
        "edge": running.edge,
        "rows": [[_cell(cell, values) for cell in row] for row in running.rows],
        "placed": [{**_picture(one), "x": one.place[0], "y": one.place[1]} for one in running.placed if one.place],
    }


def _cell(cell: RunCell, values: Mapping[str, str]) -> Data:
    lines = [list(_line(line, values)) for line in cell.lines]
    return {"align": cell.align, "share": cell.share, "lines": lines}


def _line(line: tuple[RunText | RunPicture, ...], values: Mapping[str, str]) -> Iterator[Data]:
    texts = "".join(piece.text for piece in line if isinstance(piece, RunText))
    marks = [mark for mark in MARK.findall(texts) if mark not in _COUNTED]
    if marks and not any(values.get(mark[1:-1]) for mark in marks) and _LABEL.fullmatch(MARK.sub("", texts)):
        line = tuple(piece for piece in line if isinstance(piece, RunPicture))
    for piece in line:
        if isinstance(piece, RunPicture):
            yield _picture(piece)
            continue
        look = {"size": piece.size, "colour": piece.colour, "bold": piece.bold, "italic": piece.italic}
        for part in MARK.split(piece.text):
            if part in _COUNTED:
                yield {"is": _COUNTED[part], **look}
            elif part:
                words = values.get(part[1:-1], "") if MARK.fullmatch(part) else part
                yield {"is": "text", "text": clean(words), **look}


def _picture(one: RunPicture) -> Data:
    image = picture(one.data)
    kind = image.kind if image else "png"
    data = base64.b64encode(one.data).decode()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {one.width} {one.height}"><image width="{one.width}" '
        f'height="{one.height}" preserveAspectRatio="none" href="data:image/{kind};base64,{data}"/></svg>'
    )
    return {"is": "picture", "svg": svg, "width": one.width, "height": one.height}
