"""From a key to its pixels, while a whole conversation is typed, beside a bare QLineEdit in a bare window."""

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
"""What is typed: kinds, several voices, labels that are completed, an abbreviation."""


def _press(widget: QWidget, sign: str) -> float:
    """Press one key, and return the seconds until everything that it changed is painted."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    key = Qt.Key.Key_Return if sign == "\r" else Qt.Key.Key_Space if sign == " " else Qt.Key.Key_A
    begin = time.perf_counter()
    QTest.sendKeyEvent(QTest.KeyAction.Press, widget, key, sign, Qt.KeyboardModifier.NoModifier)
    QApplication.processEvents()
    return time.perf_counter() - begin


@contextmanager
def bare_field() -> Iterator[QLineEdit]:
    """Show a bare QLineEdit in a bare window of the same size."""
    from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

    window = QWidget()
    window.resize(1366, 768)
    made = QLineEdit()
    layout = QVBoxLayout(window)
    layout.addStretch(1)
    layout.addWidget(made)
    window.show()
    QApplication.processEvents()
    try:
        yield made
    finally:
        window.hide()
        window.deleteLater()


@dataclass
class Typed:
    """Seconds of each letter of ours and of the bare field, and of each Enter of ours."""

    letters: list[float] = field(default_factory=list)
    enters: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


def typed(ours: QWidget, bare: QLineEdit) -> Typed:
    """Type the notes in both, line by line in turn, so that both find one machine."""
    found = Typed()
    for number in range(WARMING + NOTES):
        line = LINES[number % len(LINES)]
        letters = [_press(ours, sign) for sign in line]
        enter = _press(ours, "\r")
        plain = [_press(bare, sign) for sign in line]
        bare.clear()
        if number >= WARMING:
            found.letters += letters
            found.enters.append(enter)
            found.bare += plain
    return found


def _row(name: str, ours: float, raw: float, keys: list[float]) -> dict[str, Any]:
    late = sum(taken > FRAME for taken in keys)
    return {
        "name": f"{name}; {late} of {len(keys)} later than a frame",
        "ours_s": ours,
        "raw_s": raw,
        "ratio": ours / raw,
        "p99_ms": p99(keys) * 1000,
    }


def measure(sizes: tuple[int, ...] = SIZES) -> list[dict[str, Any]]:
    """Measure typing in panels of so many notes, and in a bare field, in one run."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    results: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            with conversation(Path(name), size) as page, bare_field() as bare:
                found = typed(page.line.edit, bare)
            shown = f"panel of {size:,}".replace(",", ".")
            middle, plain = statistics.median(found.letters), statistics.median(found.bare)
            results += [
                _row(f"letter, {shown}, median", middle, plain, found.letters),
                _row(f"letter, {shown}, p99", p99(found.letters), p99(found.bare), found.letters),
                _row(f"Enter (on disk too), {shown}", statistics.median(found.enters), plain, found.enters),
            ]
    return results
