"""Plays the scripts of `tests/ui/scripts` through the real window, by key events and a clock that the script moves."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.app import FACTORIES
from sto_desktop.resources import resource
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage, StageFactory
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.page.page import ConversationPage
from sto_desktop.ui.conversation.room import Surroundings
from sto_desktop.ui.conversation.stage import ConversationStage
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.elaborate.stage import BOARD, CONCLUSIONS, ElaborateStage
from sto_desktop.ui.fields.file_questions import FileQuestions
from sto_desktop.ui.findings.cards import EvidenceCard
from sto_desktop.ui.findings.picking import PickCard
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.names_dialog import NamesDialog
from sto_desktop.ui.paper.files import SYSTEM_FILES
from sto_desktop.ui.prepare.stage import PrepareStage
from sto_desktop.ui.report.stage import ReportStage
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.shell.practise import PractiseWindow
from tests.ui.conversation_support import CTRL, PLAIN, Clock, type_text
from tests.ui.screens_support import BEAMER, LAPTOP, Desktop

SCRIPTS = Path(__file__).parent / "scripts"
PATIENCE_MS = 8000


@dataclass(frozen=True)
class Line:
    """One line of a script: its place, and the step."""

    number: int
    verb: str
    rest: str


def read_script(path: Path) -> list[Line]:
    """Return the lines of a script that do something."""
    lines = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            verb, _, rest = line.strip().partition(" ")
            lines.append(Line(number, verb, rest))
    return lines


def keys_of(path: Path) -> Iterator[tuple[Stage, str]]:
    """Yield every key that a script presses, with the stage in which it does."""
    stage = Stage.START
    for line in read_script(path):
        verb, rest = (line.verb, line.rest) if line.verb != "will" else line.rest.split(" ", 1)
        if verb == "expect" and rest.startswith("stage: "):
            stage = Stage(rest.removeprefix("stage: "))
        elif verb == "press":
            yield stage, rest.partition(" x ")[0]
        elif verb == "note":
            yield stage, "Return"


class _Answers(FileQuestions):
    """Answers in place of the system's file dialogs."""

    def __init__(self) -> None:
        self.path: Path | None = None

    def to_open(self, window: QWidget, folder: Path) -> Path | None:
        return self.path

    def to_save(self, window: QWidget, path: Path) -> Path | None:
        return self.path


@dataclass
class Player:
    """The program, with somebody who follows a script."""

    qtbot: QtBot
    window: MainWindow
    desk: Desk
    clock: Clock
    folder: Path
    answers: _Answers
    opened: list[Path]

    def play(self, script: Path) -> None:
        """Follow a script; an AssertionError names the line that failed."""
        for line in read_script(script):
            try:
                getattr(self, f"do_{line.verb}")(line.rest)
                QApplication.processEvents()
            except Exception as error:
                raise AssertionError(f"{script.name}, line {line.number}: {line.verb} {line.rest}\n{error}") from error

    # What can be done

    def do_press(self, rest: str) -> None:
        keys, _, times = rest.partition(" x ")
        combination = QKeySequence(keys)[0]  # type: ignore[index]
        for _ in range(int(times or 1)):
            QTest.keyClick(self.focus(), combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()

    def do_type(self, rest: str) -> None:
        for sign in rest:
            type_text(self.focus(), sign)
        QApplication.processEvents()

    def do_note(self, rest: str) -> None:
        self.do_type(rest)
        self.do_press("Return")

    def do_pass(self, rest: str) -> None:
        number, _, unit = rest.partition(" ")
        self.clock.pass_time(**{unit if unit.endswith("s") else f"{unit}s": float(number)})
        self.live.clock.tick()

    def do_focus(self, rest: str) -> None:
        places: dict[str, Callable[[], QWidget]] = {
            "line": lambda: self.page.line.edit,
            "notes of the conversation": lambda: self.page.stream.view,
            "table": lambda: self.page.side.ring.tiles[0],
            "guide": lambda: self.prepare.guide_page.table,
            "members": lambda: self.prepare.members.table,
            "notes": lambda: self.elaborate.bench.notes,
            "board": self._card,
            "insight": lambda: self.elaborate.bench.side.findChildren(EvidenceCard)[0],
            "conclusions": self._pick,
            "parts": lambda: next(iter(self.report.options.parts.values())),
        }
        if rest == "members":
            self.prepare.show_members()
        elif rest == "guide":
            self.prepare.show_guide()
        places[rest]().setFocus(Qt.FocusReason.MouseFocusReason)

    def _card(self) -> QWidget:
        """Show the board, and select the first card of the first column with cards."""
        self.elaborate.show_page(BOARD)
        view = next(
            column for column in self.elaborate.bench.pane.views.board.columns if column.model_of_notes.rowCount()
        )
        spot = view.visualRect(view.model_of_notes.index(0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, PLAIN, spot)
        return view

    def _pick(self) -> QWidget:
        """Show the conclusions, and return the first insight on which one could rest."""
        self.elaborate.show_page(CONCLUSIONS)
        return self.elaborate.conclusions.findChildren(PickCard)[0]

    def do_choose(self, rest: str) -> None:
        begin = rest.removeprefix("also ")
        view, model = self.elaborate.bench.notes, self.elaborate.bench.model
        notes = self.session.dossier.read.notes.of_panel(self.session.panel_id or "")
        index = model.index_of(next(note.id for note in notes if note.text.startswith(begin)))
        view.scrollTo(index)
        held = CTRL if begin != rest else PLAIN
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, view.visualRect(index).center())

    def do_paste(self, rest: str) -> None:
        table = resource("example", rest).read_text(encoding="utf-8-sig")
        QGuiApplication.clipboard().setText(table.replace(";", "\t"))

    def do_answer(self, rest: str) -> None:
        self.answers.path = self.folder / rest

    def do_await(self, rest: str) -> None:
        if rest == "dialog":
            self.qtbot.waitUntil(lambda: isinstance(self.focus().window(), QDialog), timeout=PATIENCE_MS)
        elif rest == "practice":
            self.qtbot.waitUntil(lambda: self.practice() is not None, timeout=PATIENCE_MS)
        else:
            self.window.activateWindow()
            self.qtbot.waitUntil(lambda: self.focus().window() is self.window, timeout=PATIENCE_MS)

    def do_will(self, rest: str) -> None:
        """Prepare the answer to a dialog that blocks: `will press Esc`, `will type TEXT`."""
        QTimer.singleShot(400, lambda: self._answer(rest))

    def _answer(self, rest: str) -> None:
        self.do_await("dialog")
        verb, _, what = rest.partition(" ")
        getattr(self, f"do_{verb}")(what)
        if verb == "type":
            self.do_press("Ctrl+Return")

    def do_close(self, _rest: str) -> None:
        practice = self.practice()
        assert practice is not None
        practice.close()

    def do_look(self, _rest: str) -> None:
        self.qtbot.wait(300)

    def do_expect(self, rest: str) -> None:
        what, _, value = rest.partition(": ")
        seen: object = None

        def so() -> bool:
            nonlocal seen
            # What may be a name is asked before a verslag is written: whoever follows the script agrees.
            for dialog in self.window.findChildren(NamesDialog):
                if dialog.isVisible():
                    dialog.approve.click()
            seen = self.see(what)
            return seen == value

        try:
            self.qtbot.waitUntil(so, timeout=PATIENCE_MS)
        except Exception as error:
            raise AssertionError(f"{what} is «{seen}», not «{value}»") from error

    # What can be seen

    def see(self, what: str) -> str:
        """Return the observed value, as a text."""
        name = re.sub(r"\W", "_", what)
        return str(getattr(self, f"see_{name}")())

    def see_stage(self) -> str:
        return self.window.stage.value

    def see_title(self) -> str:
        return self.window.windowTitle()

    def see_question(self) -> str:
        step = self.live.place.step
        return f"{step.theme.short_title}, {step.question.short_text}" if step else ""

    def see_clock(self) -> str:
        return self.live.phase.name.lower().replace("_", " ")

    def see_mode(self) -> str:
        return "gespreksleider" if self.page.moderating else "notulist"

    def see_notes(self) -> str:
        return str(len(self.live.rows.notes))

    def see_note(self) -> str:
        last = max(self.live.rows.notes.values(), key=lambda note: (note.note.captured_at or self.clock.now, note.id))
        names = [member.first_name for voice in last.voices if (member := self.live.rows.member(voice.panelist))]
        return f"{', '.join(names)}: {last.text}" if names else last.text

    def see_line(self) -> str:
        return self.page.line.edit.toPlainText()

    def see_speaker(self) -> str:
        member = self.live.rows.member(self.page.line.draft.speaker)
        return member.first_name if member else "niemand"

    def see_parked(self) -> str:
        return str(len(self.live.rows.parked()))

    def see_starred(self) -> str:
        return str(sum(note.note.star for note in self.live.rows.notes.values()))

    def see_used(self) -> str:
        return f"{round(sum(self.live.clock.used().values()))} minuten"

    def see_turn(self) -> str:
        going = self.live.round
        member = self.live.rows.member(going.turn) if going else None
        return member.first_name if member else "niemand"

    def see_room(self) -> str:
        shown = self.conversation.room.room
        return shown.view.content.large if shown.isVisible() else "weg"

    def see_summary(self) -> str:
        kept = self.live.state().playback
        return kept.text if kept is not None else ""

    def see_discreet(self) -> str:
        return "ja" if self.live.discreet else "nee"

    def see_moderator_window(self) -> str:
        return "open" if self.conversation.room.moderator_shown else "weg"

    def see_practice(self) -> str:
        return "open" if self.practice() is not None else "weg"

    def see_dialog(self) -> str:
        shown = QApplication.activeModalWidget()
        return type(shown).__name__ if shown is not None else "geen"

    def see_members(self) -> str:
        return str(len(self.session.dossier.read.members.of_panel(self.session.panel_id or "")))

    def see_questions(self) -> str:
        return str(len(self.session.dossier.read.guides.of_panel(self.session.panel_id or "").questions()))

    def see_insights(self) -> str:
        return str(len(self.session.dossier.read.findings.insights(self.session.panel_id or "")))

    def see_recommendations(self) -> str:
        return str(len(self.session.dossier.read.findings.recommendations(self.session.panel_id or "")))

    def see_word_files(self) -> str:
        return str(len(list(self.folder.glob("*.docx"))))

    def see_report(self) -> str:
        return "busy" if self.report.out.working else "ready"

    def see_opened(self) -> str:
        return str(len(self.opened))

    def see_published(self) -> str:
        return self.session.path.name if self.session.path.exists() else ""

    # Where things are

    def focus(self) -> QWidget:
        """Return the focused widget; without a desktop nobody returns the focus after a dialog."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup.focusWidget() or popup
        if QApplication.focusWidget() is None:
            (QApplication.activeModalWidget() or self.window).activateWindow()
            self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=PATIENCE_MS)
        return cast(QWidget, QApplication.focusWidget())

    def practice(self) -> PractiseWindow | None:
        """The window of Oefenen."""
        shown = QApplication.activeWindow()
        return shown if isinstance(shown, PractiseWindow) else None

    @property
    def session(self) -> Session:
        assert self.desk.session is not None
        return self.desk.session

    @property
    def conversation(self) -> ConversationStage:
        return cast(ConversationStage, self.window.stage_widget(Stage.CONVERSATION))

    @property
    def page(self) -> ConversationPage:
        page = self.conversation.page
        assert page is not None
        return page

    @property
    def live(self) -> LiveConversation:
        return self.page.live

    @property
    def prepare(self) -> PrepareStage:
        return cast(PrepareStage, self.window.stage_widget(Stage.PREPARE))

    @property
    def elaborate(self) -> ElaborateStage:
        return cast(ElaborateStage, self.window.stage_widget(Stage.ELABORATE))

    @property
    def report(self) -> ReportStage:
        return cast(ReportStage, self.window.stage_widget(Stage.REPORT))


@contextmanager
def player_at(qtbot: QtBot, theme: Appearance, settings: SettingsStore, folder: Path) -> Iterator[Player]:
    """Open the program as on the first day: empty, with a laptop and a beamer."""
    folder.mkdir()
    settings.change(last_folder=str(folder), user_name="Marijke Assink")
    clock, answers = Clock(dt.datetime.now().astimezone()), _Answers()
    around = Surroundings(Desktop(LAPTOP, BEAMER))
    opened: list[Path] = []
    files = replace(
        SYSTEM_FILES,
        ask_target=lambda _parent, suggested, *_: folder / Path(suggested).name,
        open=opened.append,
    )
    factories: dict[Stage, StageFactory] = {
        **FACTORIES,
        Stage.CONVERSATION: lambda context: ConversationStage(context, around=around),
        Stage.REPORT: lambda context: ReportStage(context, files),
    }
    window = MainWindow(theme, settings, factories, now=lambda: clock.now.replace(tzinfo=None))
    window.resize(1366, 768)
    desk = Desk(window, answers, clock=clock, monotonic=lambda: clock.seconds)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    try:
        yield Player(qtbot, window, desk, clock, folder, answers, opened)
    finally:
        desk.put_away()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
