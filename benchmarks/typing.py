"""Measures from a key press to its pixels while a conversation is typed, against a bare QLineEdit in a bare window."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.capture import conversation, p99

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QWidget

SIZES = (50, 5000)
NOTES = 24
WARMING = 3
FRAME = 1 / 60

LINES = (
    "= Bedrijfsbezoeken waarbij je zelf iets maakt en mee naar huis neemt. @6 @2+ #bedrijf",
    "Leerlingen kunnen nu drie beroepen noemen die bij een profiel horen, vb lasser. @3",
    "“Eén middag bij ons in de hal doet meer dan tien folders.” @nummer5",
    "(Er wordt gelachen; de docenten knikken.)",
    "? Wie betaalt het onderhoud van de lasersnijder na 2024? #geld",
    "+ Bij ouders die een keer zijn komen kijken verandert het beeld echt. @1 @4+ @7-",
)
"""The typed lines: kinds, several voices, labels that are completed, an abbreviation."""


def _press(widget: QWidget, character: str) -> float:
    """Press one key and return the seconds until all its changes are painted."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    key = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_Space if character == " " else Qt.Key.Key_A
    start = time.perf_counter()
    QTest.sendKeyEvent(QTest.KeyAction.Press, widget, key, character, Qt.KeyboardModifier.NoModifier)
    QApplication.processEvents()
    return time.perf_counter() - start


@contextmanager
def bare_field() -> Iterator[QLineEdit]:
    """Show a bare QLineEdit in a bare window of the same size."""
    from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

    window = QWidget()
    window.resize(1366, 768)
    line_edit = QLineEdit()
    layout = QVBoxLayout(window)
    layout.addStretch(1)
    layout.addWidget(line_edit)
    window.show()
    QApplication.processEvents()
    try:
        yield line_edit
    finally:
        window.hide()
        window.deleteLater()


@dataclass
class Typed:
    """Seconds per letter in our field and in the bare one, and per Enter in ours."""

    letters: list[float] = field(default_factory=list)
    enters: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


def typed(ours: QWidget, bare: QLineEdit) -> Typed:
    """Type the notes in both fields, alternating line by line so that both meet the same load."""
    timings = Typed()
    for number in range(WARMING + NOTES):
        text = LINES[number % len(LINES)]
        letters = [_press(ours, character) for character in text]
        enter = _press(ours, "\r")
        plain = [_press(bare, character) for character in text]
        bare.clear()
        if number >= WARMING:
            timings.letters += letters
            timings.enters.append(enter)
            timings.bare += plain
    return timings


def _row(name: str, ours: float, raw: float, keys: list[float]) -> dict[str, Any]:
    late = sum(seconds > FRAME for seconds in keys)
    return {
        "name": f"{name}; {late} of {len(keys)} later than a frame",
        "ours_s": ours,
        "raw_s": raw,
        "ratio": ours / raw,
        "p99_ms": p99(keys) * 1000,
    }


def measure(sizes: tuple[int, ...] = SIZES) -> list[dict[str, Any]]:
    """Measure typing in panels of these sizes and in a bare field, in one run."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    results: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            with conversation(Path(name), size) as page, bare_field() as bare:
                timings = typed(page.line.edit, bare)
            shown = f"panel of {size:,}".replace(",", ".")
            middle, plain = statistics.median(timings.letters), statistics.median(timings.bare)
            results += [
                _row(f"letter, {shown}, median", middle, plain, timings.letters),
                _row(f"letter, {shown}, p99", p99(timings.letters), p99(timings.bare), timings.letters),
                _row(f"Enter (on disk too), {shown}", statistics.median(timings.enters), plain, timings.enters),
            ]
    return results
