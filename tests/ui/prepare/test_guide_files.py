"""Whole guides: duplicated, renamed, deleted, and exported to and imported from files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import panels
from sto_desktop.domain.actions.notes import capture_note
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.exchange.guides import builtin_guide, builtin_guide_id, same_guide
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.whole_file.backup import Reason, backups
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.guide.guide_dialogs import GuideNameDialog
from sto_desktop.ui.prepare.intake.look_dialog import LookDialog
from tests.ui.prepare_support import Desk, desk_on
from tests.ui.reading import newest, shown_with


@pytest.fixture
def desk(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(qtbot, theme, settings, tmp_path) as made:
        yield made


def guide(desk: Desk) -> GuideContent:
    return desk.session.dossier.read.guides.of_panel(desk.panel.id)


def choose(desk: Desk, words: str) -> None:
    """Choose a line of the menu of guides."""
    desk.click(desk.stage.bar.guides)
    menu = next(menu for menu in desk.stage.bar.findChildren(QMenu) if menu.isVisible())
    action = next(one for one in menu.actions() if one.text() == words)
    menu.close()
    action.trigger()


def test_a_copy_under_a_name_of_its_own_has_what_the_panel_decided(desk: Desk) -> None:
    asked = desk.question(2)
    desk.session.apply(panels.set_minutes(desk.panel.id, asked, 3))
    desk.session.apply(panels.set_wording(desk.panel.id, asked, "Wat bracht het?"))
    desk.session.apply(panels.skip_question(desk.panel.id, desk.question(3), True))
    desk.session.apply(capture_note(desk.panel.id, asked.id, parse("Veel"), desk.session.now()))
    before = guide(desk)
    choose(desk, "Leidraad dupliceren…")
    dialog = desk.dialog()
    assert isinstance(dialog, GuideNameDialog)
    assert dialog.name.text() == "STO Twente (kopie)"
    desk.replace("Korte ronde")
    desk.click(dialog.save)
    copy = guide(desk)
    assert copy.guide.name == "Korte ronde"
    assert same_guide(copy, GuideContent(copy.guide, before.themes))
    assert (desk.question(2).question.text, desk.question(2).question.minutes) == ("Wat bracht het?", 3)
    assert desk.question(3).skipped
    assert desk.session.dossier.read.notes.of_panel(desk.panel.id)[0].question == desk.question(2).id
    desk.session.undo()
    assert guide(desk) == before


def test_another_name_for_a_guide_that_came_with_the_program_makes_it_the_panel_s_own(desk: Desk) -> None:
    choose(desk, "Leidraad: naam en versie…")
    dialog = desk.dialog()
    assert isinstance(dialog, GuideNameDialog)
    dialog.version.setFocus()
    desk.replace("najaar 2026")
    desk.click(dialog.save)
    assert (guide(desk).guide.name, guide(desk).guide.version) == ("STO Twente", "najaar 2026")
    assert guide(desk).guide.origin == builtin_guide_id()
    assert desk.stage.guide_page.used.text() == "STO Twente najaar 2026 · alleen van dit panel"


def test_a_guide_that_nobody_uses_can_go_and_come_back(desk: Desk) -> None:
    choose(desk, "Leidraad dupliceren…")
    dialog = desk.dialog()
    assert isinstance(dialog, GuideNameDialog)
    desk.click(dialog.save)
    choose(desk, "STO Twente 1 · niet in gebruik")
    choose(desk, "STO Twente (kopie) verwijderen")
    assert [one.id for one in desk.session.dossier.read.guides.listed()] == [builtin_guide_id()]
    desk.session.undo()
    assert len(desk.session.dossier.read.guides.listed()) == 2


def test_a_guide_goes_to_a_file_and_comes_back_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.session.apply(panels.set_minutes(desk.panel.id, desk.question(2), 3))
    file = tmp_path / "leidraad.json"
    desk.files += [file, file]
    choose(desk, "Leidraad exporteren…")
    desk.qtbot.waitUntil(file.exists)
    desk.qtbot.waitUntil(lambda: bool(newest(desk.window.notices)))
    choose(desk, "Leidraad importeren…")
    desk.qtbot.waitUntil(lambda: "staat nu in dit dossier" in desk.message())
    folder = desk.session.copy.file.backups
    desk.qtbot.waitUntil(lambda: any(made.reason is Reason.CAME_IN for made in backups(folder)), timeout=20_000)
    read = desk.session.dossier.read
    new = next(one for one in read.guides.listed() if one.id != builtin_guide_id())
    came = read.guides.content(new.id)
    assert same_guide(came, guide(desk))
    assert new.origin == builtin_guide_id()
    assert [theme.theme.origin for theme in came.themes] == [theme.id for theme in builtin_guide().themes]
    desk.files.append(file)
    choose(desk, "Leidraad importeren…")
    desk.qtbot.waitUntil(lambda: "staat al in dit dossier" in desk.message())
    assert len(read.guides.listed()) == 2


def test_a_file_does_not_write_over_what_was_changed_here(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "leidraad.json"
    small = {"format": 1, "id": "klein", "name": "Klein", "themes": [{"id": "t", "title": "Start"}]}
    file.write_text(json.dumps(small), encoding="utf-8")
    read = desk.session.dossier.read
    for count in (2, 3):
        desk.window.notices.clear()
        desk.files.append(file)
        choose(desk, "Leidraad importeren…")
        desk.qtbot.waitUntil(lambda: len(read.guides.listed()) == count)  # noqa: B023
        if count == 2:
            own = next(one for one in read.guides.listed() if one.name == "Klein")
            desk.session.apply(panels.change_panel(desk.panel.id, guide=own.id))
            editor = desk.stage.guide_page.editor
            editor.set_title(guide(desk).themes[0], "Mijn start")
    assert guide(desk).themes[0].title == "Mijn start"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"format": 2, "id": "x"}, "nieuwere versie"),
        (
            {"format": 1, "id": "x", "name": "X", "themes": [{"id": "a", "title": "A"}, {"id": "a", "title": "B"}]},
            "«a» komt twee keer voor",
        ),
    ],
)
def test_a_guide_that_can_not_be_used_says_why(desk: Desk, tmp_path: Path, content: object, says: str) -> None:
    file = tmp_path / "leidraad.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    desk.files.append(file)
    choose(desk, "Leidraad importeren…")
    desk.qtbot.waitUntil(lambda: bool(newest(desk.window.notices)))
    assert says in desk.message()
    assert "Er is niets overgenomen" in desk.message()
    assert len(desk.session.dossier.read.guides.listed()) == 1


def test_enter_at_once_takes_the_guide_as_it_was_changed(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "gids.md"
    path.write_text("# Gids\n\n## Beeld\n- Wat ziet u?\n- Wat mist u?\n", encoding="utf-8")
    desk.files.append(path)
    choose(desk, "Leidraad importeren…")
    shown = desk.dialog()
    assert isinstance(shown, LookDialog)
    shown.view.selectRow(next(at for at, line in enumerate(shown.model.lines) if line.text == "Wat ziet u?"))
    QTest.keyClick(shown.view, Qt.Key.Key_Delete)
    QTest.keyClick(shown.take, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: "staat nu in dit dossier" in desk.message())
    read = desk.session.dossier.read.guides
    (new,) = (one for one in read.listed() if one.id != builtin_guide_id())
    assert [question.text for question in read.content(new.id).themes[0].questions] == ["Wat mist u?"]


def test_a_guide_of_which_nothing_is_left_says_so_in_the_look(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "gids.md"
    path.write_text("# Gids\n\n## Beeld\n- Wat ziet u?\n", encoding="utf-8")
    desk.files.append(path)
    choose(desk, "Leidraad importeren…")
    shown = desk.dialog()
    assert isinstance(shown, LookDialog)
    shown.view.selectAll()
    QTest.keyClick(shown.view, Qt.Key.Key_Delete)
    desk.qtbot.waitUntil(lambda: bool(shown_with("geen regel is een vraag", shown)))
    assert not shown.take.isEnabled()
    desk.press(Qt.Key.Key_Return)
    assert shown.isVisible()
    desk.press(Qt.Key.Key_Escape)
