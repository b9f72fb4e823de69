"""The guide is edited in the table of Voorbereiden: added to, reordered, copied if others use it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import panels
from sto_desktop.domain.actions.conversation import amend_playback, playback_id, set_playback, start_question
from sto_desktop.domain.actions.elaborate import add_insight, add_recommendation
from sto_desktop.domain.actions.notes import capture_note
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.domain.panel.readiness import CheckKind
from sto_desktop.domain.vocabulary import Agreement, Aspect, QuestionType
from sto_desktop.exchange.guides import builtin_guide, builtin_guide_id
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.guide.guide_dialogs import QuestionDialog, ThemeDialog
from sto_desktop.ui.prepare.guide.guide_model import GuideColumn
from tests.ui.prepare_support import Desk, desk_on

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def desk(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(qtbot, theme, settings, tmp_path) as made:
        yield made


def guide(desk: Desk, panel: str = "") -> GuideContent:
    """A panel's guide as it is on disk."""
    return desk.session.dossier.read.guides.of_panel(panel or desk.panel.id)


def questions(desk: Desk) -> list[str]:
    return [item.text for _, item in guide(desk).questions()]


def themes(desk: Desk) -> list[str]:
    return [theme.title for theme in guide(desk).themes]


def add_question(desk: Desk, words: str, minutes: str = "5") -> None:
    """Add a question under the current one, by keys only."""
    desk.press(Qt.Key.Key_Return, CTRL)
    dialog = desk.dialog()
    assert isinstance(dialog, QuestionDialog)
    assert desk.focus() is dialog.text
    desk.type(words)
    dialog.minutes.setFocus()
    desk.replace(minutes)
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.put(desk.stage.guide_page.table)


def another_panel(desk: Desk) -> str:
    desk.session.apply(panels.add_panel(desk.panel.guide, title="Panel Hengelo", panel="p2"))
    return "p2"


def test_a_question_is_added_below_the_current_one_by_keys(desk: Desk) -> None:
    before = questions(desk)
    add_question(desk, "Wat verraste u?", "7")
    assert questions(desk) == [before[0], "Wat verraste u?", *before[1:]]
    new = desk.question(1)
    assert (new.minutes, new.question.type) == (7, QuestionType.OPENING)
    page = desk.stage.guide_page
    row = page.table.current_row()
    assert row is not None
    assert row.question is not None
    assert row.question.text == "Wat verraste u?"
    assert page.total.text() == "117 minuten"
    desk.ctrl(Qt.Key.Key_Z)
    assert questions(desk) == before
    assert desk.panel.guide == builtin_guide_id()


def test_the_dialog_says_while_typing_what_the_minutes_make_of_the_whole(desk: Desk) -> None:
    desk.session.apply(panels.change_panel(desk.panel.id, start=dt.time(15, 35), end=dt.time(17, 30)))
    desk.press(Qt.Key.Key_Return, CTRL)
    dialog = desk.dialog()
    assert isinstance(dialog, QuestionDialog)
    assert not dialog.save.isEnabled()
    dialog.minutes.setFocus()
    desk.replace("3")
    assert dialog.time.text() == "Samen 113 minuten, tot 17:28"
    desk.type("0")
    assert dialog.time.text() == "Samen 140 minuten, tot 17:55: 25 minuten te lang"
    desk.press(Qt.Key.Key_Escape)
    assert len(questions(desk)) == len(builtin_guide().questions())


def test_everything_of_a_question_is_changed_in_one_step(desk: Desk) -> None:
    desk.stage.guide_page.table.go_to(desk.question(2).id)
    own = desk.question(2)
    desk.press(Qt.Key.Key_Return, ALT)
    dialog = desk.dialog()
    assert isinstance(dialog, QuestionDialog)
    assert dialog.follow_ups() == [probe.text for probe in own.probes]
    dialog.type.setFocus()
    desk.press(Qt.Key.Key_Home)
    dialog.aspect.setFocus()
    desk.press(Qt.Key.Key_End)
    dialog.probes.setFocus()
    desk.replace("Noem een voorbeeld.")
    desk.press(Qt.Key.Key_Return)
    desk.type("Wie nog meer?")
    desk.click(dialog.essential)
    desk.press(Qt.Key.Key_Return, CTRL)
    changed = desk.question(2)
    assert (changed.question.type, changed.aspect) == (QuestionType.OPENING, Aspect.IMPROVEMENT)
    assert [probe.text for probe in changed.probes] == ["Noem een voorbeeld.", "Wie nog meer?"]
    assert changed.question.essential is not own.question.essential
    assert changed.question.origin == own.id
    desk.session.undo()
    assert desk.question(2) == own


def test_follow_ups_keep_their_rows_when_one_is_put_between(desk: Desk) -> None:
    add_question(desk, "Eerst")
    for words in ("Een\nTwee", "Een\nEn een half\nTwee"):
        desk.press(Qt.Key.Key_Return, ALT)
        dialog = desk.dialog()
        assert isinstance(dialog, QuestionDialog)
        dialog.probes.setPlainText(words)
        desk.press(Qt.Key.Key_Return, CTRL)
        desk.put(desk.stage.guide_page.table)
        if words == "Een\nTwee":
            first = {probe.text: probe.id for probe in desk.question(1).probes}
    probes = desk.question(1).probes
    assert [probe.text for probe in probes] == ["Een", "En een half", "Twee"]
    assert {probe.text: probe.id for probe in probes}.items() >= first.items()


def test_a_theme_is_added_and_its_title_changed_in_place(desk: Desk) -> None:
    before = themes(desk)
    desk.press(Qt.Key.Key_Return, CTRL | SHIFT)
    dialog = desk.dialog()
    assert isinstance(dialog, ThemeDialog)
    desk.type("Vervoer")
    dialog.minutes.setFocus()
    desk.replace("4")
    desk.click(dialog.save)
    assert themes(desk) == [before[0], "Vervoer", *before[1:]]
    assert desk.stage.guide_page.total.text() == "114 minuten"
    table = desk.stage.guide_page.table
    desk.put(table)
    row = table.current_row()
    assert row is not None
    assert row.theme.title == "Vervoer"
    desk.press(Qt.Key.Key_F2)
    desk.replace("Vervoer en tijd")
    desk.press(Qt.Key.Key_Return)
    assert themes(desk)[1] == "Vervoer en tijd"
    add_question(desk, "Hoe komt u er?")
    assert guide(desk).themes[1].questions[0].text == "Hoe komt u er?"


def test_a_question_goes_up_and_down_by_keys_and_into_the_next_theme(desk: Desk) -> None:
    before = questions(desk)
    desk.press(Qt.Key.Key_Down, ALT)
    assert questions(desk) == [before[1], before[0], *before[2:]]
    desk.press(Qt.Key.Key_Down, ALT)
    second = guide(desk).themes[1]
    assert second.questions[0].text == before[0]
    desk.press(Qt.Key.Key_Up, ALT, times=2)
    assert questions(desk) == before
    # Only this panel asks it elsewhere: the guide itself is unchanged.
    assert desk.panel.guide == builtin_guide_id()
    for _ in range(4):
        desk.ctrl(Qt.Key.Key_Z)
    assert questions(desk) == before


def test_a_theme_goes_down_with_its_questions(desk: Desk) -> None:
    before = themes(desk)
    table = desk.stage.guide_page.table
    table.go_to(guide(desk).themes[1].id)
    desk.press(Qt.Key.Key_Down, ALT)
    assert themes(desk)[1:3] == [before[2], before[1]]
    row = table.current_row()
    assert row is not None
    assert row.theme.title == before[1]
    desk.press(Qt.Key.Key_Up, ALT)
    assert themes(desk) == before


def drag(desk: Desk, row: str, onto: str, *, below: bool) -> None:
    """Drag a row by its grip to above or below the middle of another one."""
    table = desk.stage.guide_page.table
    view = table.viewport()
    grip = table.visualRect(table.guide.index_of(row, GuideColumn.ASKED))
    goal = table.visualRect(table.guide.index_of(onto, GuideColumn.ASKED))
    start = QPoint(8, grip.center().y() + 4)
    end = QPoint(8, goal.bottom() - 3 if below else goal.top() + 3)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for at in (start + QPoint(0, 15), end):
        QTest.mouseMove(view, at)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


def test_a_question_is_dragged(desk: Desk) -> None:
    before = questions(desk)
    drag(desk, desk.question(0).id, desk.question(1).id, below=True)
    assert questions(desk)[:2] == [before[1], before[0]]
    desk.session.undo()
    drag(desk, desk.question(3).id, guide(desk).themes[1].id, below=True)
    assert guide(desk).themes[1].questions[0].text == before[3]


def test_a_theme_is_dragged_between_themes(desk: Desk) -> None:
    desk.window.resize(1366, 1000)
    before = themes(desk)
    drag(desk, guide(desk).themes[0].id, guide(desk).themes[1].questions[-1].id, below=True)
    assert themes(desk)[:2] == [before[1], before[0]]


def test_a_click_that_moves_nowhere_drags_nothing(desk: Desk) -> None:
    drag(desk, desk.question(0).id, desk.question(0).id, below=False)
    assert desk.session.undo_label() == "panelgesprek toevoegen"


def test_a_guide_in_use_is_copied_and_the_other_panel_keeps_its_own(desk: Desk) -> None:
    other = another_panel(desk)
    page = desk.stage.guide_page
    assert page.used.text().endswith("· gebruikt in 2 panels")
    before = guide(desk, other)
    add_question(desk, "Wat verraste u?")
    assert page.used.text().endswith("· alleen van dit panel")
    assert guide(desk, other) == before
    mine = guide(desk)
    assert mine.guide.id != before.guide.id
    assert mine.guide.origin == before.guide.id
    assert "Panelgesprek" in mine.guide.version
    origins = [
        (theme.theme.origin, [question.question.origin for question in theme.questions]) for theme in mine.themes
    ]
    assert [theme for theme, _ in origins] == [theme.id for theme in before.themes]
    assert origins[1][1] == [question.id for question in before.themes[1].questions]
    assert "eigen leidraad" in desk.message()
    copy = mine.guide.id
    add_question(desk, "En wat nog meer?")
    assert guide(desk).guide.id == copy, "a guide of its own is changed itself"


def test_what_was_said_and_decided_moves_along_with_the_copy(desk: Desk) -> None:
    another_panel(desk)
    asked = desk.question(2)
    desk.session.apply(panels.set_minutes(desk.panel.id, asked, 3))
    desk.session.apply(panels.skip_question(desk.panel.id, desk.question(3), True))
    desk.session.apply(capture_note(desk.panel.id, asked.id, parse("Vier bezoeken per jaar"), desk.session.now()))
    add_question(desk, "Wat verraste u?")
    content = desk.session.dossier.read.panel_content(desk.panel.id)
    assert content is not None
    assert not content.unassigned()
    assert content.notes[0].question == desk.question(3).id
    assert (desk.question(3).minutes, desk.question(4).skipped) == (3, True)
    desk.session.undo()
    content = desk.session.dossier.read.panel_content(desk.panel.id)
    assert content is not None
    assert content.notes[0].question == asked.id


def test_all_that_was_found_moves_along_with_the_copy_and_back(desk: Desk) -> None:
    another_panel(desk)
    panel, asked, theme = desk.panel.id, guide(desk).themes[1].questions[0].id, guide(desk).themes[1].id
    now = desk.session.now()
    for act in (
        start_question(panel, asked, (), now, None, span="span"),
        set_playback(panel, theme, "Samengevat.", Agreement.PARTLY),
        amend_playback(panel, playback_id(panel, theme), asked, parse("Niet overal"), now),
        add_insight(panel, "Bij de vraag", question=asked, insight="i1"),
        add_insight(panel, "Bij het thema", theme=theme, insight="i2"),
        add_recommendation(panel, "Doe meer", themes=[theme]),
    ):
        desk.session.apply(act)

    def found() -> tuple[object, ...]:
        content = desk.session.dossier.read.panel_content(panel)
        assert content is not None
        one = content.guide.themes[1]
        first, second = (insight.insight for insight in sorted(content.insights, key=lambda item: item.id))
        (playback,), (span,) = content.playbacks, content.time_spans
        assert content.notes[0].note.amends == playback.id
        assert (playback.text, playback.agreed) == ("Samengevat.", Agreement.PARTLY)
        places = (first.position.parent, span.question, content.notes[0].question)
        assert places == (one.questions[0].id,) * 3
        assert (second.theme, playback.theme, *content.recommendations[0].themes) == (one.id,) * 3
        return places

    before = found()
    add_question(desk, "Wat verraste u?")
    assert found() != before
    desk.session.undo()
    assert found() == before


def test_a_question_without_notes_goes_at_once_and_comes_back(desk: Desk) -> None:
    before = questions(desk)
    desk.press(Qt.Key.Key_Delete)
    assert questions(desk) == before[1:]
    assert desk.stage.guide_page.total.text() == "104 minuten"
    desk.ctrl(Qt.Key.Key_Z)
    assert questions(desk) == before


@pytest.mark.long
@pytest.mark.parametrize("own", [False, True])
def test_a_theme_with_two_hundred_notes_is_asked_about_and_nothing_is_lost(desk: Desk, own: bool) -> None:
    if own:
        add_question(desk, "Wat verraste u?")
    theme = guide(desk).themes[1]
    read = desk.session.dossier.read
    for number in range(200):
        asked = theme.questions[number % len(theme.questions)]
        desk.session.dossier.apply(
            capture_note(desk.panel.id, asked.id, parse(f"Notitie {number}"), desk.session.now())
        )
    desk.stage.guide_page.table.go_to(theme.id)
    desk.press(Qt.Key.Key_Delete)
    desk.dialog()
    desk.press(Qt.Key.Key_Escape)
    assert len(guide(desk).themes) == len(builtin_guide().themes)
    desk.put(desk.stage.guide_page.table)
    desk.press(Qt.Key.Key_Delete)
    desk.dialog()
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Space)
    assert QApplication.activeModalWidget() is None
    assert theme.title not in themes(desk)
    content = read.panel_content(desk.panel.id)
    assert content is not None
    assert len(content.unassigned()) == 200
    desk.session.undo()
    content = read.panel_content(desk.panel.id)
    assert content is not None
    assert theme.title in themes(desk)
    assert not content.unassigned()


def test_deleting_a_theme_leaves_what_was_dragged_out_of_it(desk: Desk) -> None:
    add_question(desk, "Wat verraste u?")
    second = guide(desk).themes[1]
    moved = second.questions[0]
    desk.stage.guide_page.table.go_to(moved.id)
    desk.press(Qt.Key.Key_Up, ALT)
    desk.stage.guide_page.table.go_to(second.id)
    desk.press(Qt.Key.Key_Delete)
    assert second.title not in themes(desk)
    assert moved.text in [question.text for question in guide(desk).themes[0].questions]


def test_what_does_not_fit_before_the_end_is_marked(desk: Desk) -> None:
    desk.session.apply(panels.change_panel(desk.panel.id, start=dt.time(15, 30), end=dt.time(16, 30)))
    page = desk.stage.guide_page
    assert page.verdict.text() == "50 minuten te lang"
    assert desk.stage.side.checklist.lines[CheckKind.TIME].words() == (
        "Leidraad is 50 minuten te lang: 110 van 60 minuten"
    )
    rows = [page.model.row_at(page.model.index(number, 0)) for number in range(page.model.rowCount())]
    late = [row.late for row in rows if row is not None]
    assert late[0] is False
    assert late[-1] is True
    assert (
        page.model.index(page.model.rowCount() - 1, GuideColumn.MINUTES)
        .data(Qt.ItemDataRole.AccessibleTextRole)
        .endswith("past niet meer in de tijd")
    )
    desk.session.apply(panels.change_panel(desk.panel.id, end=dt.time(17, 20)))
    assert page.verdict.text() == ""


@pytest.mark.long
def test_a_guide_from_nothing(desk: Desk) -> None:
    from sto_desktop.domain.log.change import action, create

    desk.session.apply(action("leidraad toevoegen", create("guide", "leeg", name="Eigen leidraad")))
    desk.session.apply(panels.change_panel(desk.panel.id, guide="leeg"))
    empty = desk.stage.guide_page.empty
    assert empty.isVisible()
    assert empty.button is not None
    desk.click(empty.button)
    desk.dialog()
    desk.type("Kennismaking")
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.put(desk.stage.guide_page.table)
    add_question(desk, "Wie bent u?")
    assert questions(desk) == ["Wie bent u?"]
    assert desk.panel.guide == "leeg"
