"""Puts a whole line on the clipboard with its chips, beside its words for other programs, and takes it from there."""

from __future__ import annotations

import json
from typing import NamedTuple

from PySide6.QtCore import QMimeData

from sto_desktop.domain.capture.chips import Chips
from sto_desktop.domain.capture.line import Line
from sto_desktop.json_text import read_json

_FORMAT = "application/x-sto-desktop-line"


class WholeLine(NamedTuple):
    """A line in the capture language, and the properties that are not in it."""

    source: str
    chips: Chips


def with_line(data: QMimeData, line: Line) -> QMimeData:
    """Return what is copied when all of a line is, with that line. It must be Qt's own object: on the clipboard, one
    made here would outlive Python, and crash at the end of the program.
    """
    values = {"source": line.source, "chips": line.chips.encode()}
    data.setData(_FORMAT, json.dumps(values).encode())
    return data


def line_in(data: QMimeData) -> WholeLine | None:
    """Return the line in what is pasted; None if it is none of ours."""
    # Qt's own object does not list other formats.
    content = bytes(data.data(_FORMAT).data())
    if not content:
        return None
    try:
        values = read_json(content)
        return WholeLine(str(values["source"]), Chips.decode(values["chips"]))
    except (ValueError, KeyError, TypeError):
        # Of another version; what is pasted is its words.
        return None
