"""Ctrl+K leads to every place by the words that people search for, from any stage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.app import make_window
from sto_desktop.settings import AppearanceChoice, SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.elaborate.stage import ElaborateStage
from sto_desktop.ui.prepare.guide.guide_dialogs import ThemeDialog
from sto_desktop.ui.prepare.stage import PrepareStage
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.shell.palette import CommandPalette
from tests.ui.conversation_support import CTRL, make_dossier, type_text

LOOKED_FOR = {
    "toestemming": "Panelleden: lijst en toestemming",
    "panelleden": "Panelleden: lijst en toestemming",
    "deelnemers": "Panelleden: lijst en toestemming",
    "thema toevoegen": "Thema toevoegen",
    "conclusies": "Uitwerken: Conclusies",
    "donker": "Weergave: donker",
    "uitnodiging": "Uitnodiging",
    "toestemmingsform": "Toestemmingsformulier",
    "matrix": "Uitwerken: Matrix",
    "plan": "Vogelvlucht: Plan",
    "printen": "Verslag afdrukken",
    "pdf": "Verslag opslaan als PDF",
    "excel": "Exporteren naar Excel, csv, Markdown of REFI-QDA",
    "mailen": "Delen: een kopie om te mailen of mee te geven",
    "backup": "Bestanden en reservekopieën…",
    "avg": "Een persoon wissen: gegevens, woorden, vermeldingen…",
    "anoniem": "Namen in het verslag: pseudoniem",
    "naamkaartjes": "Naamkaarten",
    "checklist": "Voorbereidingslijst",
    "beamer": "Scherm voor de zaal tonen of weghalen",
    "koffie": "Pauzeren of verdergaan",
    "starten": "Gesprek beginnen",
    "afsluiten": "Gesprek afronden",
    "logo": "Huisstijl wijzigen",
    "nieuwsbrief": "Nieuwsbrief kopiëren als tekst",
    "grafiek": "Figuur van dit panel kopiëren",
    "tags": "Labels beheren…",
    "samenvoegen": "Samenvoegen met andere dossiers",
    "evaluatie": "Uitwerken: Terugblik",
    "vragenlijst": "Leidraad: een andere kiezen",
    "training": "Oefenen op een wegwerpkopie",
    "beveiligen": "Wachtwoord van dit dossier: instellen, wijzigen of verwijderen",
    "voorkeuren": "Instellingen",
    "sneltoetsen": "Sneltoetsen tonen",
    "contacten": "Adresboek: panelleden van andere panels",
    "definitief": "Stand van het verslag: vastgesteld",
    "verslag pdf": "Verslag opslaan als PDF",
    "panel weg": "Panelgesprek verwijderen…",
}
"""What people type, and what must be among the first three that are offered."""


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, settings: SettingsStore, tmp_path: Path) -> Iterator[MainWindow]:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    made, desk = make_window(qapp, settings)
    qtbot.addWidget(made)
    desk.open(tmp_path / "o.sto")
    qtbot.waitUntil(lambda: made.session is not None, timeout=20_000)
    with qtbot.waitActive(made):
        made.show()
    made.navigate(Stage.REPORT)
    yield made
    desk.put_away()


def look_for(qtbot: QtBot, window: MainWindow, words: str) -> CommandPalette:
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = QApplication.activePopupWidget()
    assert isinstance(palette, CommandPalette)
    type_text(palette.field, words)
    return palette


def shown(window: MainWindow) -> QWidget:
    widget = window.stage_widget(window.stage)
    assert widget is not None
    return widget


def test_what_people_look_for_is_found_first(qtbot: QtBot, window: MainWindow) -> None:
    missed = {}
    for words, name in LOOKED_FOR.items():
        palette = look_for(qtbot, window, words)
        first = [item.text for item in palette.items()][:3]
        if name not in first:
            missed[words] = first
        palette.close()
    assert not missed


def test_enter_goes_to_the_members(qtbot: QtBot, window: MainWindow) -> None:
    palette = look_for(qtbot, window, "deelnemers")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    stage = shown(window)
    assert isinstance(stage, PrepareStage)
    assert stage.members.isVisible()


def test_enter_adds_a_theme_from_another_stage(qtbot: QtBot, window: MainWindow) -> None:
    palette = look_for(qtbot, window, "thema toevoegen")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    dialog = next(one for one in window.findChildren(ThemeDialog) if one.isVisible())
    dialog.reject()


def test_enter_shows_the_conclusions_and_the_invitation(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(look_for(qtbot, window, "conclusies").field, Qt.Key.Key_Return)
    elaborate = shown(window)
    assert isinstance(elaborate, ElaborateStage)
    assert elaborate.page == "conclusions"
    qtbot.keyClick(look_for(qtbot, window, "uitnodiging").field, Qt.Key.Key_Return)
    prepare = shown(window)
    assert isinstance(prepare, PrepareStage)
    assert prepare.papers.isVisible()
    assert prepare.papers.list.currentItem().text() == "Uitnodiging"


def test_enter_makes_it_dark(qtbot: QtBot, window: MainWindow, settings: SettingsStore) -> None:
    qtbot.keyClick(look_for(qtbot, window, "donker").field, Qt.Key.Key_Return)
    assert settings.current.theme is AppearanceChoice.DARK
    assert window.theme.dark
    qtbot.keyClick(look_for(qtbot, window, "licht").field, Qt.Key.Key_Return)
    assert not window.theme.dark


def test_every_button_of_the_screen_is_found_by_its_name(qtbot: QtBot, window: MainWindow) -> None:
    window.navigate(Stage.PREPARE)
    palette = look_for(qtbot, window, "papieren")
    assert any("Papieren" in item.text for item in palette.items())
    palette.close()
