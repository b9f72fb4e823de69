"""Panelcheck: answers ticked by keys, undone by one Ctrl+Z, and what follows from them for the verslag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.panels import change_panelist
from sto_desktop.domain.actions.reports import confirm_report, confirmed_by
from sto_desktop.domain.privacy.erasing import member
from sto_desktop.domain.vocabulary import CheckAnswer, Consent
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage, StageContext
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.report.check_dialog import CheckDialog
from sto_desktop.ui.report.stage import ReportStage
from sto_desktop.workplace.access import access_package
from tests.ui import elaborated_panel as panel

A, W, G = CheckAnswer.AGREED, CheckAnswer.CHANGE, CheckAnswer.SILENT
TODAY = panel.NOW.date()


class Check:
    """The stage Verslag of a panel, of which member 5 does not take part."""

    def __init__(self, qtbot: QtBot, session: Session, stage: ReportStage) -> None:
        self.qtbot, self.session, self.stage = qtbot, session, stage

    def open(self) -> CheckDialog:
        """Click the button, and wait for the dialog."""
        self.qtbot.waitUntil(lambda: self.stage.pages.complete)
        QTest.mouseClick(self.stage.options.state.check, Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), CheckDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CheckDialog)
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and dialog.isActiveWindow())
        return dialog

    def type(self, keys: str) -> None:
        """Type in what has the focus after each key."""
        for key in keys:
            focus = QApplication.focusWidget()
            assert focus is not None
            QTest.keyClicks(focus, key)

    def press(self, key: Qt.Key) -> None:
        """Press a key in what has the focus."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)

    def answers(self) -> dict[str, tuple[CheckAnswer | None, str]]:
        """Return what the dossier has, by first name."""
        people = self.session.dossier.read.members.of_panel(panel.PANEL)
        return {one.first_name: (one.check_answer, one.check_words) for one in people}

    def confirmed(self) -> dt.date | None:
        """Return when the panel confirmed the verslag, as the dossier has it."""
        found = self.session.dossier.read.panels.get(panel.PANEL)
        assert found is not None
        return found.confirmed_on


@pytest.fixture
def check(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Check]:
    copy = panel.make_copy(tmp_path)
    copy.dossier.apply(change_panelist("lid-5", consent_participation=Consent.NO))

    def build(context: StageContext) -> QWidget:
        return ReportStage(context)

    window, session = panel.open_window(qtbot, theme, settings, copy, Stage.REPORT, build)
    yield Check(qtbot, session, cast(ReportStage, window.stage_widget(Stage.REPORT)))
    panel.close_window(window, session)


def test_answers_are_ticked_by_letters_and_the_verslag_is_confirmed_once_all_are_in(check: Check) -> None:
    dialog = check.open()
    # Not who does not take part, and not who said nothing.
    assert [row.member.first_name for row in dialog.rows] == ["Truus", "Sjoerd", "Mirjam", "Ahmet"]
    check.type("aaw")
    check.type("Niet groen maar hout")
    assert dialog.follows.text() == (
        "1 panellid wil een wijziging: het verslag is nog niet bevestigd. "
        "Na de wijziging zet u het antwoord op akkoord."
    )
    check.press(Qt.Key.Key_Return)
    check.qtbot.waitUntil(lambda: check.answers()["Mirjam"] == (W, "Niet groen maar hout"))
    assert check.answers()["Truus"] == (A, "")
    assert check.answers()["Ahmet"] == (None, "")
    assert check.confirmed() is None
    state = check.stage.options.state
    check.qtbot.waitUntil(lambda: state.answers.text() == "2 akkoord en 1 wijziging.")
    dialog = check.open()
    # The first that is still open has the focus; Shift+Tab goes back.
    check.type("g")
    dialog.rows[2].setFocus()
    check.type("a")
    assert dialog.follows.text() == "Het verslag geldt als door het panel bevestigd op 15 februari 2023."
    check.press(Qt.Key.Key_Return)
    check.qtbot.waitUntil(lambda: check.confirmed() == TODAY)
    assert check.answers()["Mirjam"] == (A, "")
    check.qtbot.waitUntil(lambda: state.confirmed.text() == "15 februari 2023")
    check.session.undo()
    assert check.confirmed() is None
    assert check.answers()["Mirjam"] == (W, "Niet groen maar hout")


def test_a_change_takes_the_confirmation_back_and_says_so_before(check: Check) -> None:
    check.session.apply(confirm_report(panel.PANEL, dt.date(2023, 2, 14)))
    dialog = check.open()
    assert dialog.follows.text() == "Het verslag geldt als door het panel bevestigd op 14 februari 2023."
    check.type("w")
    assert "de bevestiging vervalt" in dialog.follows.text()
    check.press(Qt.Key.Key_Return)
    check.qtbot.waitUntil(lambda: check.confirmed() is None)


def test_escape_records_nothing(check: Check) -> None:
    check.open()
    check.type("aaaa")
    check.press(Qt.Key.Key_Escape)
    check.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert {answer for answer, _ in check.answers().values()} == {None}


def test_answers_are_in_the_access_package_and_go_with_the_member(check: Check) -> None:
    check.session.apply(change_panelist("lid-3", check_answer=W, check_words="Niet groen, vraag Sjoerd maar"))
    package = access_package(check.session.dossier, "Mirjam Lansink", TODAY)
    data = dict(package.panels[0].data)
    assert data["Panelcheck"] == "wijziging"
    assert data["Wijziging bij de panelcheck"] == "Niet groen, vraag iemand maar"
    (mirjam,) = (one for one in check.session.dossier.read.members.of_panel(panel.PANEL) if one.id == "lid-3")
    assert {"check_answer", "check_words"} <= {erasure.field for erasure in member(mirjam).erasures}


@pytest.mark.parametrize(
    ("answers", "before", "follows"),
    [
        ([A, G, A], None, TODAY),
        ([A, A], dt.date(2023, 1, 1), dt.date(2023, 1, 1)),
        ([A, None], None, None),
        ([A, None], dt.date(2023, 1, 1), dt.date(2023, 1, 1)),
        ([A, W], dt.date(2023, 1, 1), None),
        ([G, G], None, None),
        ([], None, None),
    ],
)
def test_what_follows_from_the_answers(
    answers: list[CheckAnswer | None], before: dt.date | None, follows: dt.date | None
) -> None:
    assert confirmed_by(answers, before, TODAY) == follows
