"""Gesprek on common screens: the question is complete in both modes, also beside messages, rounds and pauses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.guides import change_theme, open_guide
from sto_desktop.domain.actions.panels import add_panelist, change_panelist, set_wording
from sto_desktop.domain.log.change import action, change
from sto_desktop.language import tr
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.commands.command import Place
from sto_desktop.ui.conversation.capture.capture_edit import CaptureEdit
from sto_desktop.ui.conversation.page.closing_sheet import ClosingSheet
from sto_desktop.ui.look.roles import TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.help import HelpSheet
from sto_desktop.ui.shell.palette import CommandPalette
from sto_desktop.ui.widgets import SectionLabel, TextLabel, set_text
from tests.ui.conversation_support import ALT, CTRL, PANEL, SHIFT, Room, make_dossier, window_on

pytestmark = pytest.mark.long

SIZES = ((683, 384), (911, 512), (960, 540), (1280, 720), (1366, 768), (1920, 1080))
"""1366 × 768 and 1920 × 1080 at 100, 150 and 200 %."""
LONG = (
    "Als u terugdenkt aan de afgelopen vier jaar Sterk Techniekonderwijs in deze subregio, met alle activiteiten voor "
    "basisscholen, vmbo, mbo en bedrijven: wat heeft dat volgens u concreet opgeleverd voor leerlingen, docenten en "
    "werkgevers, en waaraan merkt u dat in uw eigen dagelijkse werk het duidelijkst?"
)


def place(widget: QWidget) -> QRect:
    """Where a widget is on the screen."""
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def resize(room: Room, size: tuple[int, int]) -> None:
    """Give the window a size; it must accept it."""
    room.window.resize(*size)
    QTest.qWait(30)
    assert (room.window.width(), room.window.height()) == size


def reword(room: Room, wording: str) -> None:
    """Give the current question another text."""
    question = room.page.live.rows.question(room.page.live.place.current)
    assert question is not None
    room.session.apply(set_wording(PANEL, question, wording))


def assert_whole(room: Room, label: TextLabel) -> None:
    """Check that all lines of a label are visible, and not covered."""
    assert label.isVisible()
    for _ in range(40):
        # A later turn of the event loop lays out again.
        if label.height() >= label.heightForWidth(label.width()):
            break
        QTest.qWait(50)
    assert label.height() >= label.heightForWidth(label.width())
    around = label.parentWidget()
    while around is not None:
        assert place(around).contains(place(label)), (around, place(around), place(label))
        around = around.parentWidget() if not around.isWindow() else None
    others = [*room.page.findChildren(TextLabel), *room.page.findChildren(QAbstractButton)]
    for widget in (*others, room.page.line, room.page.stream, room.window.notices):
        if widget is not label and widget.isVisible() and not widget.visibleRegion().isEmpty():
            assert not place(widget).intersects(place(label)), widget


@pytest.mark.parametrize("size", SIZES)
def test_the_question_is_whole_in_both_modes(room: Room, size: tuple[int, int]) -> None:
    room.press(Qt.Key.Key_F5)
    room.next(2)
    for number in range(1, 6):
        room.note(f"@{number} De bus rijdt niet op tijd en dan komt de klas te laat bij het Technolab")
    reword(room, LONG)
    page = room.page

    def look() -> None:
        QTest.qWait(30)
        assert_whole(room, page.moderator.question if page.moderating else page.head.question)
        if not page.moderating:
            assert room.window.geometry().contains(place(page.line))
            assert not place(page.line).intersects(place(page.stream))

    resize(room, size)
    look()
    room.window.notify("De trein was te laat; alles is bewaard.", action="Ongedaan maken", topic="trein")
    look()
    room.press(Qt.Key.Key_R, ALT)
    assert page.round_bar.isVisible()
    look()
    room.press(Qt.Key.Key_F7)
    look()
    room.press(Qt.Key.Key_X, ALT)
    look()
    room.window.notices.clear()
    look()
    room.press(Qt.Key.Key_F5)
    assert page.moderator.paused.isVisible()
    look()
    room.press(Qt.Key.Key_F7)
    assert page.paused.isVisible()
    look()


def test_the_question_is_large_again_when_there_is_room(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    before = room.page.head.question.height()
    reword(room, LONG)
    resize(room, (683, 384))
    reword(room, "Wat hoorde u?")
    resize(room, (1366, 768))
    assert room.page.head.question.height() == before
    assert room.page.side.isVisible()


@pytest.mark.parametrize("size", [(683, 384), (911, 512), (1366, 768)])
@pytest.mark.parametrize("title", ["Regionaal", "Samenwerking van basisscholen, vmbo, mbo en bedrijven"])
def test_the_current_theme_has_its_whole_name_in_the_bar(room: Room, size: tuple[int, int], title: str) -> None:
    room.press(Qt.Key.Key_F5)
    resize(room, size)
    for _ in range(12):
        theme = room.page.live.place.step.theme.theme if room.page.live.place.step else None
        assert theme is not None
        room.session.apply(action("titel", change("theme", theme.id, short_title=title)))
        bar = room.page.time.bar
        (words,) = [words for words in bar.words() if words.current]
        assert words.title is not None
        assert " ".join(words.title.lines) == title
        assert 0 <= words.left <= words.left + words.title.width <= bar.width()
        assert not any(word.title and words.left < word.left < words.right for word in bar.words() if word != words)
        room.next()


def test_on_a_small_screen_a_note_is_typed_corrected_and_the_summary_written(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.next(2)
    reword(room, LONG)
    resize(room, (683, 384))
    room.note("De bus rijdt niet op tjid")
    room.press(Qt.Key.Key_Up)
    editor = room.page.stream.view.editor
    QTest.qWait(30)
    assert editor is not None
    assert place(room.page.stream).intersects(place(editor))
    room.press(Qt.Key.Key_Backspace, times=3)
    room.type("ijd")
    room.press(Qt.Key.Key_Return)
    assert [note.text for note in room.notes] == ["De bus rijdt niet op tijd"]
    assert not room.page.side.isVisible()
    room.press(Qt.Key.Key_S, ALT)
    assert room.page.side.playback.text.hasFocus()
    room.type("Techniek leeft.")
    room.press(Qt.Key.Key_Escape)
    QTest.qWait(30)
    assert not room.page.side.isVisible()
    assert room.page.line.edit.hasFocus()
    assert [kept.text for kept in room.page.live.rows.playbacks.values()] == ["Techniek leeft."]


@pytest.mark.parametrize("size", SIZES)
def test_what_ctrl_k_finds_fits_the_window(room: Room, size: tuple[int, int]) -> None:
    resize(room, size)
    for query in ("", "a", "xyzzy"):
        room.press(Qt.Key.Key_K, CTRL)
        palette = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, CommandPalette))
        QTest.keyClicks(palette.field, query)
        QTest.qWait(20)
        assert room.window.geometry().contains(palette.geometry()), palette.geometry()
        assert place(palette).contains(place(palette.field))
        shown = palette.list if palette.list.isVisible() else palette.nothing
        assert place(palette).contains(place(shown))
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)


def test_f1_shows_the_keys_and_signs_of_gesprek_first_in_both_columns(room: Room, qtbot: QtBot) -> None:
    resize(room, (1366, 768))
    room.press(Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), HelpSheet))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, HelpSheet)
    headings = {label.text().casefold(): label.mapTo(sheet, QPoint(0, 0)) for label in sheet.findChildren(SectionLabel)}
    names = dict.fromkeys(place.heading for place in Place if place.stage == Stage.CONVERSATION)
    own = [headings.pop(tr(name).casefold()) for name in names if tr(name).casefold() in headings]
    own.append(headings.pop("tekens in de invoerregel"))
    assert len({at.x() for at in own}) == 2
    assert max(at.y() for at in own) < min(at.y() for at in headings.values())
    assert sum(at.y() == min(other.y() for other in own) for at in own) == 2
    room.press(Qt.Key.Key_Escape)


ALIKE = (
    "Jan Jansen", "Jan de Vries", "Jan van der Heijden", "Jan Jansen-Oude Wessel", "Jan", "Jan Bakker", "Jan Kuipers",
    "Anna-Margaretha Wilhelmina van der Molen-Schuurman tot Ootmarsum", "Maria Jansen", "Maria de Vries",
    "Maria Bröring", "Maria van Aalst", "Jan Yıldız", "Maria Schol in 't Hof",
)  # fmt: skip


@pytest.fixture
def alike(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    """Fourteen members, many with the same first name."""
    make_dossier(tmp_path / "home", tmp_path / "o.sto", people=False)
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as made:
        for seat, name in enumerate(ALIKE, 1):
            made.session.apply(add_panelist(PANEL, name, seat, sector="vmbo", role="Docent"))
        yield made


def test_names_in_the_bar_of_a_round_are_whole_or_left_out(alike: Room) -> None:
    room = alike
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_R, ALT, times=2)
    shown = set()
    for bar in (room.page.round_bar, room.page.moderator.round_bar):
        for width in range(660, 1500, 60):
            resize(room, (width, 600))
            QTest.qWait(20)
            assert bar.isVisible()
            assert (bar.turn.toolTip(), bar.after.toolTip()) == ("", ""), width
            shown.add((bar.turn.text(), bar.after.text()))
        room.press(Qt.Key.Key_F7)
    name = room.page.side.speakers.rows[1].line.first_name
    assert {turn for turn, _ in shown} <= {f"Rondje: {name}", name}
    assert {after.partition(" · ")[0] for _, after in shown} == {"2 van 14", ""}


@pytest.mark.parametrize("size", SIZES)
def test_with_fourteen_alike_the_question_is_whole_in_a_round_and_a_pause(alike: Room, size: tuple[int, int]) -> None:
    room = alike
    room.press(Qt.Key.Key_F5)
    room.next(2)
    reword(room, LONG)
    room.note("@8 + Een heel lange naam zegt iets")
    room.press(Qt.Key.Key_R, ALT)
    room.press(Qt.Key.Key_F7)
    QTest.qWait(50)
    resize(room, size)
    question = room.page.moderator.question
    QTest.qWait(100)
    assert question.height() >= question.heightForWidth(question.width())
    assert_whole(room, question)
    room.press(Qt.Key.Key_X, ALT)
    room.press(Qt.Key.Key_F5)
    QTest.qWait(100)
    assert question.height() >= question.heightForWidth(question.width())


@pytest.mark.parametrize("size", [(911, 512), (1366, 768)])
def test_the_names_of_fourteen_alike_tell_them_apart(alike: Room, size: tuple[int, int]) -> None:
    alike.press(Qt.Key.Key_F5)
    alike.next(2)
    for seat in range(1, 5):
        alike.note(f"@{seat} Wat hij zei")
    alike.clock.pass_time(minutes=20)
    alike.page.clock.tick()
    resize(alike, size)
    font = QFontMetricsF(alike.window.theme.font(TextStyle.BODY))
    for row in alike.page.side.speakers.rows:
        if len(row.line.first_name) <= len("Maria de Vries"):
            assert row.name_width(row.width()) >= font.horizontalAdvance(row.line.first_name), row.line.first_name


@pytest.mark.parametrize("size", SIZES)
def test_what_is_saved_is_said_whole(room: Room, size: tuple[int, int]) -> None:
    room.session.apply(add_panelist(PANEL, "Bo Vink", 8))
    resize(room, size)
    QTest.qWait(150)
    saved = next(label for label in room.window.findChildren(TextLabel) if label.text().startswith("Bewaard op schijf"))
    assert saved.width() >= saved.sizeHint().width()


@pytest.mark.parametrize("size", SIZES)
def test_the_words_at_the_top_are_whole_in_every_stage_of_the_conversation(room: Room, size: tuple[int, int]) -> None:
    def look() -> None:
        resize(room, size)
        QTest.qWait(50)
        top = room.page.top
        for widget in (top.pill, *(button for button in top.findChildren(QAbstractButton) if button.isVisible())):
            assert widget.width() >= widget.sizeHint().width(), widget
            assert top.rect().contains(widget.geometry()), widget

    look()
    room.press(Qt.Key.Key_F7)
    look()
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=70)
    room.page.clock.tick()
    look()
    room.press(Qt.Key.Key_F7)
    look()
    room.press(Qt.Key.Key_F5)
    look()


def test_what_stands_beside_a_name_on_one_line_is_whole(alike: Room) -> None:
    alike.press(Qt.Key.Key_F5)
    alike.note("@1 Wat hij zei")
    small = QFontMetricsF(alike.window.theme.font(TextStyle.SMALL))
    for row in alike.page.side.speakers.rows:
        for width in (160, 200, 260, 600):
            beside = row.detail_in(width)
            assert row.line.detail.startswith(beside)
            assert not beside or row.name_width(width) > small.horizontalAdvance(beside)
        assert row.detail_in(600) == row.line.detail


def test_the_stream_tells_two_of_one_surname_apart(alike: Room) -> None:
    alike.press(Qt.Key.Key_F5)
    for seat in (1, 9, 2, 10, 3):
        alike.note(f"@{seat} Dit wordt gezegd")
    spoken = [line.rsplit(", ", 1)[1] for line in read_aloud(alike)]
    assert spoken == ["Jan Jansen", "Maria Jansen", "Jan de Vries", "Maria de Vries", "Jan van der Heijden"]
    (third,) = [member for member in alike.page.live.rows.panelists if member.seat == 3]
    alike.session.apply(change_panelist(third.id, name="Jan Jansen"))
    QTest.qWait(50)
    spoken = [line.rsplit(", ", 1)[1] for line in read_aloud(alike)]
    assert spoken == [
        "Jan Jansen (stoel 1)", "Maria Jansen", "Jan de Vries", "Maria de Vries", "Jan Jansen (stoel 3)"
    ]  # fmt: skip


def test_chips_tell_two_of_one_surname_apart(alike: Room) -> None:
    alike.press(Qt.Key.Key_F5)
    alike.type("Dat klopt @1 @9+")
    assert alike.page.line.understood == ("@ Jan Jansen", "+ Maria Jansen")
    alike.press(Qt.Key.Key_Return)
    alike.press(Qt.Key.Key_2, ALT)
    alike.type("Ook goed")
    assert "Jan de Vries" in alike.page.line.looks[-1].text


def read_aloud(room: Room) -> list[str]:
    """What a screen reader says of the notes in the stream."""
    stream = room.page.stream.view.stream
    rows = (stream.index(row, 0) for row in range(stream.rowCount()))
    return [str(stream.data(row, Qt.ItemDataRole.AccessibleTextRole)) for row in rows]


@pytest.mark.parametrize("size", SIZES)
def test_the_summary_is_in_sight_while_it_is_typed_beside_fourteen(alike: Room, size: tuple[int, int]) -> None:
    room = alike
    room.press(Qt.Key.Key_F5)
    room.next(2)
    resize(room, size)
    for _ in range(2):
        room.press(Qt.Key.Key_S, ALT)
        QTest.qWait(50)
        text = room.page.side.playback.text
        assert text.hasFocus()
        assert text.visibleRegion().boundingRect() == text.rect()
        room.type("Techniek leeft. ")
        assert text.visibleRegion().boundingRect() == text.rect()
        room.press(Qt.Key.Key_Escape)
        room.press(Qt.Key.Key_F7)
        QTest.qWait(50)


def test_the_question_is_whole_beside_six_lines_in_a_pause_and_beside_a_message_and_a_round(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.next(2)
    reword(room, LONG)
    resize(room, (683, 384))
    page = room.page

    def look() -> None:
        QTest.qWait(150)
        assert_whole(room, page.head.question)
        assert room.window.geometry().contains(place(page.line))

    room.press(Qt.Key.Key_F5)
    for number in range(5):
        room.type(f"regel {number}")
        room.press(Qt.Key.Key_Return, SHIFT)
    room.type("zes")
    look()
    room.press(Qt.Key.Key_A, CTRL)
    room.press(Qt.Key.Key_Delete)
    room.press(Qt.Key.Key_R, ALT)
    look()
    room.window.notify("De trein was te laat; alles is bewaard.", action="Ongedaan maken", topic="trein")
    look()
    room.press(Qt.Key.Key_F5)
    look()
    room.window.notices.clear()
    QTest.qWait(30)
    assert page.top.isVisible()


def test_the_signs_stand_under_the_line_on_a_small_screen_if_the_question_leaves_room(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.next(2)
    resize(room, (683, 384))
    signs = room.page.line.signs
    assert signs.isVisible()
    assert room.window.geometry().contains(place(signs))
    assert_whole(room, room.page.head.question)
    assert room.page.stream.height() > 0
    for number in range(10):
        room.note(f"Notitie {number}.")
    assert not signs.isVisible()
    room.press(Qt.Key.Key_F1)
    sheet = QApplication.activeModalWidget()
    assert sheet is not None
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    room.window.activateWindow()
    QTest.qWait(30)
    assert signs.isVisible()
    reword(room, LONG)
    room.press(Qt.Key.Key_F5)
    QTest.qWait(30)
    assert not signs.isVisible()
    assert_whole(room, room.page.head.question)


@pytest.mark.parametrize("size", [(683, 384), (911, 512)])
def test_the_correction_is_whole_with_all_its_chips_and_its_offer(room: Room, size: tuple[int, int]) -> None:
    room.press(Qt.Key.Key_F5)
    room.next(2)
    reword(room, LONG)
    resize(room, size)
    room.note("> @jaap belt met @nick voor 1 mei over het nieuwe rooster")
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_End)
    room.type(" @4+ @5- @7 #rooster #plan ")
    QTest.qWait(50)
    editor = room.page.stream.view.editor
    assert editor is not None
    assert place(room.page.stream.view.viewport()).contains(place(editor))
    assert place(editor).contains(place(editor.edit))
    assert place(editor.edit).contains(place(editor.edit.row))
    row = editor.edit.row
    assert row.height() >= row.heightForWidth(row.width()) or row.heightForWidth(row.width()) < 0


@pytest.mark.parametrize("size", [(683, 384), (911, 512)])
def test_the_line_is_whole_with_all_that_stands_before_and_behind_it(room: Room, size: tuple[int, int]) -> None:
    room.press(Qt.Key.Key_F5)
    room.next(2)
    resize(room, size)
    room.press(Qt.Key.Key_5, ALT)
    room.type("? ! Wie betaalt het vervoer @4+ @6- #geld #vervoer ")
    room.press(Qt.Key.Key_B, ALT)
    room.press(Qt.Key.Key_D, ALT)
    QTest.qWait(50)
    assert_whole(room, room.page.head.question)
    line, edit = room.page.line, room.page.line.edit
    assert place(room.page).contains(place(line))
    assert place(line).contains(place(edit))
    assert place(edit).contains(place(edit.row))
    assert edit.row.height() >= edit.row.heightForWidth(edit.row.width())
    assert edit.verticalScrollBar().maximum() == 0
    assert edit.width() > line.width() / 2


def test_no_word_of_the_closing_sheet_is_cut_on_a_small_screen(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.note("een notitie @6 @2+")
    resize(room, (683, 384))
    room.press(Qt.Key.Key_A, ALT)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, ClosingSheet)
    QTest.qWait(50)
    inside = place(sheet.open_list.viewport())
    for button in sheet.open_list.findChildren(QAbstractButton):
        at = place(button)
        assert inside.left() <= at.left() <= at.right() <= inside.right(), button.accessibleName()
        assert button.width() >= button.sizeHint().width()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)


def test_the_texts_of_the_closing_sheet_are_whole_beside_fourteen_on_a_small_screen(alike: Room) -> None:
    alike.press(Qt.Key.Key_F5)
    for seat in range(1, 5):
        alike.note(f"@{seat} Wat hij zei")
    alike.clock.pass_time(minutes=20)
    alike.page.clock.tick()
    resize(alike, (683, 384))
    alike.press(Qt.Key.Key_A, ALT)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, ClosingSheet)
    QTest.qWait(50)
    labels = [label for label in sheet.findChildren(TextLabel) if label.parent() is sheet.summary.parent()]
    assert len(labels) > 1
    assert [label.text() for label in labels if label.height() < label.heightForWidth(label.width())] == []
    QTest.keyClick(sheet, Qt.Key.Key_Escape)


@pytest.mark.parametrize("size", [(911, 512), (1366, 768)])
def test_the_closing_sheet_shows_whole_what_is_read_aloud_and_what_is_parked(
    room: Room, theme: Appearance, size: tuple[int, int]
) -> None:
    thanks = "Dank voor uw komst; binnen twee weken krijgt u het concept, met de vraag of wij u goed begrepen. " * 5
    content = room.session.dossier.read.panel_content(PANEL)
    assert content is not None
    own = open_guide(content, shared=False)
    room.session.apply(change_theme(own, content.guide.themes[-1].id, script=f"Tot slot.\n\n{thanks}"))
    room.press(Qt.Key.Key_F5)
    room.note(f"? {LONG} @2")
    resize(room, size)
    room.press(Qt.Key.Key_A, ALT)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, ClosingSheet)
    QTest.qWait(50)
    for text, style in ((thanks.strip(), None), (LONG, TextStyle.BODY)):
        (label,) = (one for one in sheet.findChildren(TextLabel) if one.text() == text)
        style = style or (TextStyle.BODY if size[1] < 600 else TextStyle.LARGE)
        assert label.height() >= set_text(text, theme.font(style), style.line, label.width()).height
    QTest.keyClick(sheet, Qt.Key.Key_Escape)


@pytest.mark.parametrize("text", ["Kort", "Een lange zin over de bus en de school. " * 14])
def test_the_cursor_of_a_correction_is_in_sight_on_the_smallest_screen(room: Room, text: str) -> None:
    room.press(Qt.Key.Key_F5)
    room.next(2)
    room.press(Qt.Key.Key_R, ALT)
    room.press(Qt.Key.Key_F5)
    reword(room, LONG)
    labels = "#langlabelvoorschool #nogeenlanglabel #technieklokaal #vervoersprobleem #bedrijfsbezoekdag"
    room.note(f"{text} @1 @2 @3 @4- @5- @6+ @7+ {labels}")
    resize(room, (683, 384))
    room.press(Qt.Key.Key_Up)
    editor = room.page.stream.view.editor
    assert editor is not None
    edit = editor.edit

    def look() -> None:
        QTest.qWait(30)
        cursor = edit.cursorRect()
        cursor.moveTopLeft(edit.viewport().mapToGlobal(cursor.topLeft()))
        assert place(room.page.stream.view.viewport()).contains(cursor)

    look()
    for key, held in ((Qt.Key.Key_X, SHIFT), (Qt.Key.Key_Home, CTRL), (Qt.Key.Key_Y, SHIFT), (Qt.Key.Key_End, CTRL)):
        room.press(key, held)
        look()
    for _ in range(8):
        room.press(Qt.Key.Key_Up)
        look()
    resize(room, (683, 400))
    resize(room, (683, 384))
    look()


@pytest.mark.parametrize("size", [(683, 384), (911, 512), (1366, 768)])
def test_the_offered_names_are_whole_and_leave_the_clocks_in_sight(room: Room, size: tuple[int, int]) -> None:
    room.press(Qt.Key.Key_F5)
    resize(room, size)
    room.note("een notitie")
    # In the line, and in the note that is corrected, with the cursor below the clocks.
    for begin in (lambda: room.type("een zin die lang genoeg is, "), lambda: room.press(Qt.Key.Key_Up)):
        begin()
        room.type(" @")
        edit = room.focus()
        assert isinstance(edit, CaptureEdit)
        assert edit.popup is not None
        popup = edit.popup
        listed = popup.findChild(QListWidget)
        assert listed is not None
        assert place(room.page).contains(place(popup))
        assert not place(popup).intersects(place(room.page.time))
        assert not place(popup).intersects(place(edit))
        # From below upwards each name is whole in its turn.
        for _ in range(listed.count()):
            room.press(Qt.Key.Key_Up)
            chosen = listed.visualItemRect(listed.currentItem())
            assert listed.viewport().rect().contains(chosen), size
        room.press(Qt.Key.Key_Escape)
        room.press(Qt.Key.Key_A, CTRL)
        room.press(Qt.Key.Key_Delete)


@pytest.mark.parametrize("size", [(683, 384), (683, 420), (911, 512), (911, 560), (1366, 768)])
def test_the_moderator_sees_a_whole_probe(room: Room, size: tuple[int, int]) -> None:
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_F7)
    resize(room, size)
    room.next(2)
    QTest.qWait(30)
    view = room.page.moderator
    sight = place(view.question).united(place(view.probes))
    around = view.question.parentWidget()
    while around is not None:
        sight, around = sight & place(around), around.parentWidget()
    first, style = view.probes.text().split("\n")[0], TextStyle.LARGE if size[0] < 800 else TextStyle.PROBE
    whole = place(view.probes)
    whole.setHeight(set_text(first, view.probes.font(), style.line, whole.width()).height)
    assert sight.contains(place(view.question))
    assert sight.contains(whole)
