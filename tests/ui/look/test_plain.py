"""User text is shown as typed: no tooltip, label, button or menu interprets it as HTML or as a mnemonic."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QHelpEvent, QKeySequence, QTextDocument
from PySide6.QtGui import Qt as RichText
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QGroupBox,
    QLabel,
    QMenu,
    QTabBar,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sto_desktop.app import FACTORIES
from sto_desktop.domain.actions.searches import save_search
from sto_desktop.domain.log.change import action, change
from sto_desktop.domain.record import FieldType
from sto_desktop.domain.tables import tables
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.conversation.stage import ConversationStage
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.elaborate.notes.notes_view import NotesView
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.overview import OverviewStage
from sto_desktop.ui.paper.page_view import PageView
from sto_desktop.ui.prepare.stage import PrepareStage
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.widgets import MarkedLabel
from sto_desktop.workplace.example import add_example_panel
from sto_desktop.workplace.place import builtin_seed

pytestmark = pytest.mark.long

PICTURE = Path(__file__).parents[1] / "data" / "breed.png"
"""A picture so wide that a tooltip which shows it can't be overlooked."""
PLANTS = (
    f'<img src="{PICTURE.as_uri()}"><b>x</b> &Lees<a href="file:///etc/passwd">y</a>',
    "Jan & Piet <jan@x.nl>",
    "&lt;i&gt; is <i>schuin</i> [*]\ten meer",
)
MOST_ROWS = 80
CODED = ("origin", "form", "options", "fingerprint", "colour", "item", "of", "one", "other", "query")
"""Fields whose text is not for people."""


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier with two panels in which every text is HTML, an address, or has an & in it."""
    folder = tmp_path_factory.mktemp("planted")
    path = folder / "geplant.sto"
    copy = WorkingCopies(folder / "home").create(path, Identity("<b>Karin</b> & co", "laptop"), builtin_seed())
    dossier = copy.dossier
    for slug in ("oldenzaal", "enschede"):
        add_example_panel(dossier, slug)
    dossier.apply(save_search("een", '{"words": "een"}'))
    edits = []
    for name, spec in tables().items():
        texts = [field for field, told in spec.fields.items() if told.kind is FieldType.TEXT and field not in CODED]
        for number, record in enumerate(dossier.read.rows.records(spec.record)):
            values = {field: f"{PLANTS[(number + at) % 3]} {number}" for at, field in enumerate(texts)}
            if values:
                edits.append(change(name, record.id, **values))
    dossier.apply(action("<b>planten</b> & meer", edits))
    copy.close()
    return path


KEY, NONE, ALT = Qt.Key, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
OPENING = ((KEY.Key_Return, NONE), (KEY.Key_Return, ALT), (KEY.Key_Delete, ALT))
COMMANDS = tuple((key, NONE) for key in (KEY.Key_V, KEY.Key_W, KEY.Key_L, KEY.Key_H, KEY.Key_A))
"""Keys that open something in a list: in most lists, and in that of the notes."""
RAW = ("<img", "<a href", "<b>", "<i>schuin", "<jan@", "&lt;i&gt; is")
"""A part of a planted text that no HTML which shows it literally contains."""
AMPERSANDS = ("Lees", "& Piet", "lt;i", "& co", "&Co")
"""Text behind, or around, a planted &; Qt's own dialogs have other texts."""


def misread(text: str) -> bool:
    """Return whether Qt takes a text for HTML, of which a part was typed by a user."""
    if not RichText.mightBeRichText(text):
        return False
    document = QTextDocument()
    document.setHtml(text)
    return any(raw in text for raw in RAW) or not any(raw in document.toPlainText() for raw in RAW)


def tips_of(view: QAbstractItemView) -> Iterator[str]:
    """The tooltips of the lines and headings of a list or table."""
    model = view.model()
    if model is None:
        return
    flat = isinstance(model, QAbstractListModel)

    def below(parent: QModelIndex) -> Iterator[str]:
        for row in range(min(model.rowCount(parent), MOST_ROWS)):
            for column in range(1 if flat else model.columnCount(parent)):
                index = model.index(row, column, parent)
                yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
                if not flat:
                    yield from below(index)

    yield from below(QModelIndex())
    across = 1 if flat else model.columnCount()
    down = min(model.rowCount(), MOST_ROWS)
    for way, count in ((Qt.Orientation.Horizontal, across), (Qt.Orientation.Vertical, down)):
        for section in range(count):
            yield str(model.headerData(section, way, Qt.ItemDataRole.ToolTipRole) or "")


class Eyes:
    """Looks at everything visible, and records texts that are not as typed, and which texts were seen."""

    def __init__(self) -> None:
        self.wrong: set[str] = set()
        self.seen: set[str] = set()
        self.planted: set[str] = set()

    def look(self, where: str) -> None:
        for widget in QApplication.allWidgets():
            with suppress(RuntimeError):  # one that goes while it is looked at
                self._look_at(where, widget)

    def _look_at(self, where: str, widget: QWidget) -> None:
        name = type(widget).__name__
        if isinstance(widget, QDialog | QMenu) and widget.isVisible():
            self.seen.add(name)
        tips = [widget.toolTip(), widget.statusTip(), widget.whatsThis()]
        actions = list(widget.actions())
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            tips.append(widget.text())
        if isinstance(widget, QAbstractItemView):
            tips += tips_of(widget)
        if isinstance(widget, QMenu):
            actions.append(widget.menuAction())
            if widget.toolTipsVisible():
                tips += [one.toolTip() for one in actions]
        for tip in tips:
            if any(raw in tip for raw in RAW) or RichText.mightBeRichText(tip):
                self.planted.add(name)
            if misread(tip):
                self.wrong.add(f"{where}: {name} would show as HTML: {tip}")
        words = [one.text() for one in actions]
        if isinstance(widget, QAbstractButton):
            words.append(widget.text())
        if isinstance(widget, QGroupBox):
            words.append(widget.title())
        if isinstance(widget, QTabBar):
            words += [widget.tabText(number) for number in range(widget.count())]
        for word in words:
            if any(mark in word for mark in AMPERSANDS) and not QKeySequence.mnemonic(word).isEmpty():
                self.wrong.add(f"{where}: {name} would make a key of: {word}")
        if "[*]" in widget.windowTitle().replace("[*][*]", ""):
            self.wrong.add(f"{where}: {name} would leave out of its title: {widget.windowTitle()}")


@pytest.fixture
def shown(
    planted: Path, tmp_path: Path, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> Iterator[MainWindow]:
    """The program on the planted dossier, whose folder and file have such names too."""
    folder = tmp_path / "<b>map & co"
    folder.mkdir()
    path = folder / "Jan & Piet <b>dossier.sto"
    shutil.copy(planted, path)
    settings.change(last_folder=str(folder), user_name="<b>Karin</b> &Co")
    window = MainWindow(theme, settings, FACTORIES)
    desk = Desk(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
    desk.open(path)
    qtbot.waitUntil(lambda: window.session is not None)
    yield window
    desk.put_away()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Walk:
    """Goes through a page: clicks every button, opens every menu, types commands in lists. Whatever opens is looked at
    and closed.
    """

    def __init__(self, window: MainWindow, qtbot: QtBot, eyes: Eyes) -> None:
        self.window = window
        self.qtbot = qtbot
        self.eyes = eyes
        self.where = ""
        # Some dialogs block until they are answered: a timer looks at them and closes them.
        self._closer = QTimer(interval=15)
        self._closer.timeout.connect(self._close_what_is_open)

    def opened(self) -> list[QWidget]:
        kinds = (QDialog, QMenu)
        return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kinds) and widget.isVisible()]

    def _close_what_is_open(self) -> None:
        for one in self.opened():
            self.eyes.look(f"{self.where}, {type(one).__name__}")
            one.close()

    def do(self, what: Callable[[], object]) -> None:
        """Do something, look, and close what it opened."""
        self._closer.start()
        what()
        self.qtbot.wait(20)
        self.qtbot.waitUntil(lambda: not self.opened())
        self._closer.stop()

    def visit(self, where: str, page: QWidget, *, only: Container[str] | None = None) -> None:
        """Look at a page and at everything that opens from it; `only`: of its buttons these, by name."""
        self.where = where
        self.qtbot.wait(100)
        self.eyes.look(where)
        for view in page.findChildren(QAbstractItemView):
            # Only our own; a calendar, for example, has its own.
            if type(view).__module__.startswith("sto_desktop") and view.isVisible() and view.model().rowCount():
                self._ask_list(view)
        for widget in page.findChildren(QWidget):
            with suppress(RuntimeError):  # what was done before took it away
                if widget.isVisible() and type(widget).__module__.startswith("sto_desktop"):
                    self._ask_menu(widget, widget.rect().center())
        self._click_all(page, only)
        self.eyes.look(where)

    def _ask_menu(self, widget: QWidget, at: QPoint) -> None:
        if "contextMenuEvent" not in vars(type(widget)):
            return
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
        self.do(lambda: QApplication.sendEvent(widget, event))

    def _ask_list(self, view: QAbstractItemView) -> None:
        view.setCurrentIndex(view.model().index(min(3, view.model().rowCount() - 1), 0))
        at = view.visualRect(view.currentIndex()).center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
        self.do(lambda: QApplication.sendEvent(view.viewport(), asked))
        for key, held in (*OPENING, *(COMMANDS if isinstance(view, NotesView) else ())):
            self.window.activateWindow()
            view.setFocus()
            self.do(partial(QTest.keyClick, view, key, held))
            focus = QApplication.focusWidget()
            if focus is not None and focus is not view:
                self.do(partial(QTest.keyClick, focus, Qt.Key.Key_Escape))

    def _click_all(self, page: QWidget, only: Container[str] | None) -> None:
        done: set[tuple[str, str]] = set()
        for button in page.findChildren(QAbstractButton):
            with suppress(RuntimeError):
                name = (type(button).__name__, button.accessibleName() or button.text())
                wanted = only is None or name[1] in only
                if wanted and button.isVisible() and button.isEnabled() and name not in done:
                    done.add(name)
                    self.do(button.click)


Visit = Callable[[Walk, MainWindow], None]


def prepare(walk: Walk, window: MainWindow) -> None:
    stage = cast(PrepareStage, window.stage_widget(Stage.PREPARE))
    for show in (stage.show_guide, stage.show_members, stage.show_details, stage.show_papers):
        show()
        walk.visit(show.__name__, stage)


def conversation(walk: Walk, window: MainWindow) -> None:
    stage = cast(ConversationStage, window.stage_widget(Stage.CONVERSATION))
    page = stage.page
    assert page is not None
    page.line.edit.set_text("Een <b>vette</b> & lange notitie @1 @2+ #nieuw")
    page.line.save()
    page.line.type("<i>Half</i> getypt &Lees @")
    walk.visit("notes", stage)
    page.toggle_mode()
    walk.visit("leading", stage)
    for name in ("room", "moderator_window"):
        next(one for one in stage.findChildren(QAction) if one.objectName() == name).trigger()
        walk.qtbot.wait(50)
    walk.eyes.look("other windows")


def pages(*names: str) -> Visit:
    def visit(walk: Walk, window: MainWindow) -> None:
        stage = cast(Any, window.stage_widget(window.stage))
        for name in names:
            stage.show_page(name)
            walk.visit(name, stage)

    return visit


def start(walk: Walk, window: MainWindow) -> None:
    stage = window.stage_widget(Stage.START)
    assert stage is not None
    walk.visit("recent", stage, only=())


def report(walk: Walk, window: MainWindow) -> None:
    stage = window.stage_widget(Stage.REPORT)
    assert stage is not None
    # The others rebuild all pages, each time.
    walk.visit("pages", stage, only=("Meer manieren om het verslag te gebruiken", "Huisstijl wijzigen"))


@pytest.mark.parametrize(
    ("stage", "visit", "seen"),
    [
        (Stage.START, start, {"QMenu"}),
        (Stage.PREPARE, prepare, {"QMenu", "QuestionDialog", "ThemeDialog"}),
        (Stage.CONVERSATION, conversation, {"QMenu", "TableDialog", "MinutesDialog", "ClosingSheet", "EraseDialog"}),
        (
            Stage.ELABORATE,
            pages("notes", "board", "conclusions", "matrix", "debrief"),
            {"QMenu", "LabelDialog", "MoveDialog", "SpeakerDialog", "NoteHistoryDialog", "RecommendationDialog"},
        ),
        (Stage.REPORT, report, {"QMenu", "HouseDialog"}),
        (Stage.OVERVIEW, pages("matrix", "plan", "figures"), {"QMenu", "RecommendationDialog"}),
    ],
)
def test_nothing_that_was_typed_is_read_as_html_or_as_a_key(
    shown: MainWindow, qtbot: QtBot, stage: Stage, visit: Visit, seen: set[str]
) -> None:
    eyes = Eyes()
    shown.navigate(stage)
    qtbot.waitUntil(lambda: is_made(shown), timeout=30_000)
    visit(Walk(shown, qtbot, eyes), shown)
    assert sorted(eyes.wrong) == []
    assert seen <= eyes.seen
    assert eyes.planted


def is_made(window: MainWindow) -> bool:
    """Return whether the workers of the current stage are done."""
    pages = all(view.complete for view in window.findChildren(PageView) if view.isVisible())
    return pages and all(stage.seen is not None for stage in window.findChildren(OverviewStage) if stage.isVisible())


def test_the_dialogs_of_the_window_show_what_was_typed_as_it_was_typed(shown: MainWindow, qtbot: QtBot) -> None:
    eyes = Eyes()
    walk = Walk(shown, qtbot, eyes)
    for name in ("help", "history", "preferences", "new", "share", "export", "same", "password", "restore"):
        walk.where = name
        walk.do(shown.actions_by_id[name].trigger)
    shown.show_palette()
    qtbot.wait(50)
    eyes.look("palette")
    assert sorted(eyes.wrong) == []
    assert {"HistoryDialog", "ShareDialog", "SameDialog", "NewPanelDialog"} <= eyes.seen


COMES_IN = {
    "leden.csv": f"Stoel;Naam;Organisatie;Sector;Functie\n1;{PLANTS[0]};{PLANTS[1]};{PLANTS[2]};{PLANTS[0]}\n",
    "notities.csv": f"Thema;Notitie;Zegt\n{PLANTS[0]};{PLANTS[2]};{PLANTS[1]}\n",
    "<b>notities & meer.md": f"# {PLANTS[0]}\n\n## {PLANTS[1]}\n\n- {PLANTS[2]} @<b>wie\n",
}


def test_what_comes_in_and_names_to_look_at_are_shown_as_they_were_typed(
    shown: MainWindow, qtbot: QtBot, planted: Path, tmp_path: Path
) -> None:
    eyes = Eyes()
    walk = Walk(shown, qtbot, eyes)

    def opens(kind: str, what: Callable[[], object]) -> None:
        """Do something after which a dialog opens only when a worker is done, and look at that."""
        walk.where = kind
        what()
        qtbot.waitUntil(lambda: any(type(one).__name__ == kind for one in walk.opened()), timeout=10_000)
        walk.do(lambda: None)

    shown.navigate(Stage.PREPARE)
    stage = cast(PrepareStage, shown.stage_widget(Stage.PREPARE))
    QApplication.clipboard().setText(COMES_IN["leden.csv"].replace(";", "\t"))
    opens("LookDialog", stage.intake.members_from_clipboard)
    for name, kind in (("notities.csv", "LookDialog"), ("<b>notities & meer.md", "LookDialog")):
        path = tmp_path / name
        path.write_text(COMES_IN[name], encoding="utf-8")
        stage.intake._ask = lambda _question, path=path: path  # type: ignore[method-assign, misc]
        opens(kind, stage.intake.notes_from_file)
    opens("MergeDialog", lambda: shown.actions_by_id["merge"].trigger())
    shown.navigate(Stage.REPORT)
    qtbot.waitUntil(lambda: is_made(shown), timeout=10_000)
    page = cast(Any, shown.stage_widget(Stage.REPORT))
    opens("NamesDialog", page.options.check_names.click)
    assert sorted(eyes.wrong) == []


def tip_at(widget: QWidget, at: QPoint) -> QLabel:
    """Hold the pointer still over a place, and return the tooltip that appears."""
    QToolTip.hideText()
    QApplication.processEvents()
    where = widget.mapToGlobal(at)
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, where))
    tips = [one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel") and one.isVisible()]
    assert len(tips) == 1
    return cast(QLabel, tips[0])


def read(tip: QLabel) -> str:
    """What a tooltip shows."""
    if not RichText.mightBeRichText(tip.text()):
        return tip.text()
    document = QTextDocument()
    document.setHtml(tip.text())
    return document.toPlainText()


def test_a_tooltip_shows_what_was_typed_and_opens_no_file(shown: MainWindow, qtbot: QtBot) -> None:
    shown.navigate(Stage.CONVERSATION)
    page = cast(ConversationStage, shown.stage_widget(Stage.CONVERSATION)).page
    assert page is not None
    page.toggle_mode()
    qtbot.waitUntil(lambda: all(tile.isVisible() for tile in page.side.ring.tiles))
    tips: list[tuple[QWidget, QPoint, str]] = [
        (tile, tile.rect().center(), tile.look.name) for tile in page.side.ring.tiles
    ]
    bar = page.time.bar
    titles = [theme.title for theme in page.live.rows.guide.themes if theme.minutes]
    tips += [(bar, rect.center().toPoint(), title) for rect, title in zip(bar.rects(), titles, strict=True)]
    assert {plant for plant in PLANTS for _, _, said in tips if plant in said} == set(PLANTS)
    for widget, at, said in tips:
        tip = tip_at(widget, at)
        assert read(tip).startswith(said)
        # The picture named in the text is 3000 px wide.
        assert tip.width() < 2500


def test_a_screen_reader_reads_the_text_of_a_tooltip(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    plain.set_tip(widget, PLANTS[0])
    assert widget.accessibleDescription() == PLANTS[0]
    plain.set_tip(widget, "gewoon")
    assert (widget.toolTip(), widget.accessibleDescription()) == ("gewoon", "")
    widget.setAccessibleDescription("van zichzelf")
    plain.set_tip(widget, PLANTS[0])
    assert widget.accessibleDescription() == "van zichzelf"


@given(st.text(st.sampled_from("<>&;/!?bi \n\t\"'=xlt-") | st.characters(codec="utf-8", exclude_categories=["Cc"])))
@example("<b>x</b>  twee\nregels\t& <jan@x.nl>")
@example("&lt;b&gt;")
@example("<?xml version='1'?><b>x")
@example("<!DOCTYPE html>x")
def test_a_tooltip_is_read_as_it_was_typed(qapp: QApplication, text: str) -> None:
    tip = plain.tip(text)
    if RichText.mightBeRichText(tip):
        document = QTextDocument()
        document.setHtml(tip)
        assert document.toPlainText() == text.replace("\u00a0", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    else:
        assert tip == text


@given(st.text())
def test_a_word_with_an_ampersand_is_read_as_it_was_typed_and_makes_no_key(qapp: QApplication, text: str) -> None:
    assert plain.read_word(plain.word(text)) == text.replace("\t", " ")
    assert QKeySequence.mnemonic(plain.word(text)).isEmpty()


def test_marked_text_shows_its_pieces_as_they_were_typed(theme: Appearance, qtbot: QtBot) -> None:
    pieces = ((f"{PLANTS[0]}  twee", True), (f"\n{PLANTS[1]} ", False), (PLANTS[2], True))
    label = MarkedLabel(theme, pieces)
    qtbot.addWidget(label)
    assert read(label) == "".join(text for text, _ in pieces)
    assert label.accessibleName() == read(label)
