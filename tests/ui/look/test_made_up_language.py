"""The window in a made-up language: text in ordinary letters was never translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.app import FACTORIES
from sto_desktop.cli import run
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.desk.desk import Desk
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.main_window import MainWindow
from tests.house.pseudo import make_catalogue, own_words, spoken

pytestmark = pytest.mark.long

KEYS = ("Ctrl", "Alt", "Shift", "Enter", "Esc", "Tab", "Del", "Delete", "Space", "PgUp", "PgDn", "Home", "End")
NAMES = ("STO", "Desktop", "Twente", "Word", "Excel", "REFI", "QDA", "Markdown", "ATLAS", "ti", "csv", "pdf", "sto")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("translations")
    make_catalogue(folder)
    return folder


def _dossier(folder: Path) -> Path:
    """Make a dossier in which people typed Greek."""
    dossier, notes, members = folder / "ααα.sto", folder / "βββ.md", folder / "γγγ.csv"
    notes.write_text("# ψψψ\n\n## βββ\n\n### γγγ\n\n- δδδ @1\n- ζζζ #ηηη @2\n", encoding="utf-8")
    members.write_text("Stoel;Naam;Organisatie;Functie\n1;ααα;βββ;γγγ\n2;θθθ;ιιι;κκκ\n", encoding="utf-8")
    run(["importeer", str(dossier), "--panelleden", str(members), "--notities", str(notes), "--subregio", "εεε"])
    return dossier


@cache
def _guide() -> list[str]:
    """Return the texts of the guide of STO Twente, the longest first: content, which is Dutch."""
    guide = builtin_guide()
    records: list[Any] = [guide.guide, *(theme.theme for theme in guide.themes)]
    for theme in guide.themes:
        for question in theme.questions:
            records += [question.question, *question.probes]
    texts = {str(value).strip() for record in records for value in astuple(record) if isinstance(value, str)}
    texts |= {part.strip() for text in texts for part in text.split("\n")}
    return sorted((text for text in texts if len(text) > 3), key=len, reverse=True)


def _texts(window: QWidget) -> Iterator[tuple[str, str]]:
    """Yield the text of every widget and action in a window, and its place, except text typed by the user."""
    for widget in (window, *window.findChildren(QWidget)):
        where = type(widget).__name__
        yield where, widget.toolTip()
        yield where, widget.accessibleName()
        yield where, widget.accessibleDescription()
        if isinstance(widget, QLabel | QAbstractButton):
            yield where, widget.text()
        if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
            yield where, widget.placeholderText()
    for action in window.findChildren(QAction):
        yield "QAction", action.text()


def _without(text: str) -> str:
    """Return a text without markup, paths, and texts of the guide."""
    text = text.replace("in de subregio εεε", "in deze subregio")
    for words in _guide():
        text = text.replace(words, "")
    return re.sub(r"<[^>]+>|&\w+;|/\S+", "", text)


@pytest.mark.parametrize("stage", Stage)
def test_no_stage_says_anything_in_dutch(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path, catalogue: Path, stage: Stage
) -> None:
    dossier = _dossier(tmp_path)
    with spoken(catalogue):
        window = MainWindow(theme, settings, FACTORIES)
        qtbot.addWidget(window)
        desk = Desk(window)
        window.show()
        desk.open(dossier)
        qtbot.waitUntil(lambda: window.session is not None)
        window.navigate(stage)
        qtbot.wait(300)
        left = {f"{where}: {text}" for where, text in _texts(window) if own_words(_without(text), *KEYS, *NAMES)}
        desk.put_away()

    assert left == set()
