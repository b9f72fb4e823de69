from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.panels import add_panel, change_panel
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.settings import AppearanceChoice, SettingsStore
from sto_desktop.ui.base.keys import bind
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage, StageContext, StageFactory
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.shell.preferences import PreferencesDialog
from sto_desktop.ui.widgets import EmptyState, LineEdit, SearchField
from sto_desktop.workplace import Workplace
from tests.ui.reading import newest, saved_status

CTRL = Qt.KeyboardModifier.ControlModifier
DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6)


class PlainStage(QWidget):
    """A stage with a text field, a search field and a command of its own."""

    def __init__(self, context: StageContext) -> None:
        super().__init__()
        self.context = context
        self.field = LineEdit(name="Invoer")
        self.search = SearchField(context.theme, "Zoek")
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.search)
        self.setFocusProxy(self.field)
        self.paused = 0
        bind("pause", self, self._pause)

    def _pause(self) -> None:
        self.paused += 1


FACTORIES: Mapping[Stage, StageFactory] = {Stage.PREPARE: PlainStage, Stage.CONVERSATION: PlainStage}


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    place = Workplace.here("Kim Nijhuis")
    opened = Session(place.create(tmp_path / "Oldenzaal.sto"), place.copies.now)
    yield opened
    opened.close()


@pytest.fixture
def open_window(qtbot: QtBot, theme: Appearance, settings: SettingsStore, session: Session) -> MainWindow:
    window = MainWindow(theme, settings, FACTORIES)
    qtbot.addWidget(window, before_close_func=lambda one: one.set_session(None))
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
    window.set_session(session)
    return window


def stage_of(window: MainWindow, stage: Stage) -> PlainStage:
    widget = window.stage_widget(stage)
    assert isinstance(widget, PlainStage)
    return widget


@pytest.mark.parametrize(("key", "stage"), list(zip(DIGITS, Stage, strict=True)))
def test_ctrl_and_a_digit_go_to_a_stage(qtbot: QtBot, window: MainWindow, key: Qt.Key, stage: Stage) -> None:
    qtbot.keyClick(window, key, CTRL)
    assert window.stage is stage
    assert [one for one in Stage if window.rail.button(one).isChecked()] == [stage]


def test_a_click_on_the_rail_shows_the_stage_and_a_second_click_keeps_it(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(2):
        qtbot.mouseClick(window.rail.button(Stage.OVERVIEW), Qt.MouseButton.LeftButton)
        assert window.stage is Stage.OVERVIEW
        assert window.rail.button(Stage.OVERVIEW).isChecked()


def test_the_rail_goes_by_arrows_and_enter(qtbot: QtBot, window: MainWindow) -> None:
    window.rail.button(Stage.START).setFocus()
    qtbot.keyClick(window.rail.button(Stage.START), Qt.Key.Key_Down)
    assert window.rail.button(Stage.PREPARE).hasFocus()
    qtbot.keyClick(window.rail.button(Stage.PREPARE), Qt.Key.Key_Return)
    assert window.stage is Stage.PREPARE


def test_every_button_of_the_rail_says_its_name(window: MainWindow) -> None:
    names = [window.rail.button(stage).accessibleName() for stage in Stage]
    assert names == ["Start", "Voorbereiden", "Gesprek", "Uitwerken", "Verslag", "Vogelvlucht"]
    assert window.rail.button(Stage.CONVERSATION).toolTip() == "Gesprek (Ctrl 3)"
    assert window.rail.help_button.accessibleName() == "Help"


def test_a_stage_that_is_not_made_yet_says_so(window: MainWindow) -> None:
    window.navigate(Stage.OVERVIEW)
    widget = window.stage_widget(Stage.OVERVIEW)
    assert isinstance(widget, EmptyState)
    assert "nog niet gemaakt" in widget.text.text()
    assert widget.text.height() == widget.text.heightForWidth(widget.text.width())


def test_a_stage_without_a_dossier_offers_to_begin(qtbot: QtBot, theme: Appearance, settings: SettingsStore) -> None:
    window = MainWindow(theme, settings, FACTORIES)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    qtbot.keyClick(window, Qt.Key.Key_3, CTRL)
    widget = window.stage_widget(Stage.CONVERSATION)
    assert isinstance(widget, EmptyState)
    assert widget.button is not None
    assert widget.button.hasFocus()
    with qtbot.waitSignal(window.new_requested):
        qtbot.keyClick(widget.button, Qt.Key.Key_Return)


def test_stages_are_built_when_first_shown_and_anew_with_another_dossier(
    qtbot: QtBot, open_window: MainWindow, session: Session
) -> None:
    assert open_window.stage_widget(Stage.PREPARE) is None
    open_window.navigate(Stage.PREPARE)
    first = stage_of(open_window, Stage.PREPARE)
    assert first.context.session is session
    assert first.field.hasFocus()
    open_window.navigate(Stage.CONVERSATION)
    open_window.navigate(Stage.PREPARE)
    assert open_window.stage_widget(Stage.PREPARE) is first
    open_window.set_session(None)
    assert isinstance(open_window.stage_widget(Stage.PREPARE), EmptyState)
    assert open_window.stage_widget(Stage.CONVERSATION) is None


def test_keys_of_a_stage_work_in_it_and_not_elsewhere(qtbot: QtBot, open_window: MainWindow) -> None:
    open_window.navigate(Stage.PREPARE)
    stage = stage_of(open_window, Stage.PREPARE)
    qtbot.keyClick(stage.field, Qt.Key.Key_F5)
    qtbot.keyClick(stage.field, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert stage.paused == 2
    open_window.navigate(Stage.START)
    qtbot.keyClick(open_window, Qt.Key.Key_F5)
    assert stage.paused == 2


def test_ctrl_f_goes_to_the_search_field_of_the_stage(qtbot: QtBot, open_window: MainWindow) -> None:
    open_window.navigate(Stage.PREPARE)
    stage = stage_of(open_window, Stage.PREPARE)
    qtbot.keyClick(stage.field, Qt.Key.Key_F, CTRL)
    assert stage.search.hasFocus()


def test_undo_and_redo_say_what_they_do(qtbot: QtBot, open_window: MainWindow, session: Session) -> None:
    open_window.navigate(Stage.PREPARE)
    field = stage_of(open_window, Stage.PREPARE).field
    undo, redo = open_window.actions_by_id["undo"], open_window.actions_by_id["redo"]
    assert not undo.isEnabled()
    assert not open_window.undo_button.isVisible()
    session.apply(add_panel(builtin_guide_id(), title="Panel Oldenzaal"))
    panel = session.dossier.read.panels.listed()[0].id
    session.apply(change_panel(panel, place="Technolab"))
    label = session.undo_label()
    assert label
    qtbot.waitUntil(lambda: undo.text() == f"Ongedaan maken: {label}")
    assert open_window.undo_button.isVisible()
    assert label in open_window.undo_button.accessibleName()
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert session.dossier.read.panels.listed()[0].place == ""
    assert newest(open_window.notices)
    assert "Ongedaan gemaakt" in newest(open_window.notices)
    assert redo.text() == f"Opnieuw: {label}"
    qtbot.keyClick(field, Qt.Key.Key_Y, CTRL)
    assert session.dossier.read.panels.listed()[0].place == "Technolab"
    qtbot.mouseClick(open_window.undo_button, Qt.MouseButton.LeftButton)
    assert session.dossier.read.panels.listed()[0].place == ""


def test_the_foot_says_that_an_action_is_on_disk(qtbot: QtBot, open_window: MainWindow, session: Session) -> None:
    open_window.navigate(Stage.PREPARE)
    assert open_window.status_line.isVisible()
    session.apply(add_panel(builtin_guide_id(), title="Panel Oldenzaal"))
    qtbot.waitUntil(lambda: saved_status(open_window.status_line).startswith("Bewaard op schijf "))
    qtbot.waitUntil(lambda: open_window.status_line.text() == "Panel Oldenzaal · nog geen notities")
    qtbot.keyClick(stage_of(open_window, Stage.PREPARE).field, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: session.path.exists())
    assert open_window.windowTitle() == "Oldenzaal – STO Desktop"


def test_a_file_that_cannot_be_written_is_said_once_and_offers_another_place(
    qtbot: QtBot, open_window: MainWindow, session: Session
) -> None:
    session.path.unlink()
    session.path.mkdir()
    open_window.navigate(Stage.PREPARE)
    session.apply(add_panel(builtin_guide_id(), title="Panel Oldenzaal"))
    session.publishing.publish()
    qtbot.waitUntil(lambda: bool(newest(open_window.notices)))
    assert "niet bijgewerkt" in saved_status(open_window.status_line)
    session.path.rmdir()


def drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDropEvent(QPointF(300, 300), actions, mime, buttons, keys, QEvent.Type.DragEnter)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), actions, mime, buttons, keys))


def test_a_dossier_dropped_on_the_window_is_opened(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.open_requested) as asked:
        drop(window, tmp_path / "Hengelo.sto")
    assert asked.args == [tmp_path / "Hengelo.sto"]


def test_anything_else_dropped_is_refused(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    with qtbot.assertNotEmitted(window.open_requested):
        drop(window, tmp_path / "verslag.docx")
        drop(window, tmp_path / "a.sto", tmp_path / "b.sto")


def test_the_window_stays_when_the_dossier_cannot_be_put_away(window: MainWindow) -> None:
    window.may_close = lambda: False
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()
    window.may_close = lambda: True
    window.close()
    assert not window.isVisible()


def test_the_window_comes_back_where_it_was(
    qtbot: QtBot, window: MainWindow, theme: Appearance, settings: SettingsStore
) -> None:
    window.resize(780, 612)
    window.close()
    again = MainWindow(theme, SettingsStore(settings.path), {})
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (780, 612)


def test_settings_take_the_name_and_the_look_at_once(
    qtbot: QtBot, window: MainWindow, theme: Appearance, settings: SettingsStore
) -> None:
    qtbot.mouseClick(window.rail.settings_button, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PreferencesDialog)
    qtbot.keyClicks(dialog.name, "Kim Nijhuis")
    qtbot.mouseClick(dialog.look.findChildren(QWidget)[2], Qt.MouseButton.LeftButton)
    assert theme.dark
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    kept = SettingsStore(settings.path).current
    assert kept.user_name == "Kim Nijhuis"
    assert kept.theme is AppearanceChoice.DARK


def test_f1_shows_the_keys_and_esc_closes_them(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = QApplication.activeModalWidget()
    assert sheet is not None
    assert sheet.windowTitle() == "Sneltoetsen"
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not window.isHidden()
    assert QApplication.activeModalWidget() is None


def test_a_message_has_a_way_back_and_can_be_closed(qtbot: QtBot, window: MainWindow) -> None:
    done: list[str] = []
    window.notify("Notitie verwijderd", action="Terugzetten", on_action=lambda: done.append("terug"))
    button = next(widget for widget in window.notices.findChildren(QWidget) if widget.accessibleName() == "Terugzetten")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["terug"]
    assert not newest(window.notices)
    assert window.notices.geometry().bottom() < window.rect().bottom()


def test_a_stage_that_cannot_be_built_leaves_the_last_one_on_show(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, session: Session
) -> None:
    def broken(context: StageContext) -> QWidget:
        raise LookupError("a bug in the stage")

    window = MainWindow(theme, settings, {Stage.REPORT: broken})
    qtbot.addWidget(window, before_close_func=lambda one: one.set_session(None))
    window.set_session(session)
    with pytest.raises(LookupError):
        window.navigate(Stage.REPORT)
    assert window.stage is Stage.START
    assert window.rail.button(Stage.START).isChecked()
