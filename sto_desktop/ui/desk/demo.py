"""The demonstration: the real window goes through a whole panel by key and mouse events, from guide to Word file.

With a display it runs at a pace that a person can follow; without one, as fast as possible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from sto_desktop.domain.panel.content import QuestionContent
from sto_desktop.domain.panel.matching import find_question, find_theme
from sto_desktop.exchange.notes.lines.spoken import NotesFile
from sto_desktop.exchange.notes.notes_file import read_notes_file
from sto_desktop.json_text import read_json
from sto_desktop.language import tr
from sto_desktop.own_files import make_folder, write_whole
from sto_desktop.resources import resource
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import STAGE_VIEWS, Stage, StageContext
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.elaborate.stage import NOTES, ElaborateStage
from sto_desktop.ui.paper.figure import png
from sto_desktop.ui.paper.files import SYSTEM_FILES
from sto_desktop.ui.prepare.stage import PrepareStage
from sto_desktop.ui.report.stage import ReportStage
from sto_desktop.ui.shell.main_window import MainWindow

SUBREGION = "Oldenzaal"
EXAMPLE = "oldenzaal"
INSIGHTS = 4
REPORT = f"Verslag Panel {SUBREGION}.docx"
KEY_MS, LOOK_MS = 18, 900
"""For a viewer: duration of a key press, and of a pause to see the result."""

SETTLE_MS = 300
PATIENCE_MS = 20_000
"""A step that takes longer than this has failed."""

Keys = Qt.Key
CTRL, ALT, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


def clean(folder: Path) -> None:
    """Create the folder, and delete what an earlier demonstration left in it."""
    make_folder(folder)
    for old in (*folder.glob("*.png"), *folder.glob(f"Panel {SUBREGION}*.sto"), folder / REPORT):
        old.unlink(missing_ok=True)


def made_in(folder: Path) -> list[Path]:
    """Return the files the demonstration made: dossier, verslag and pictures."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".png", ".sto", ".docx"))


def report_stage_into(folder: Path) -> Callable[[StageContext], QWidget]:
    """Return the factory of a stage Verslag that saves to a given file instead of asking."""
    files = replace(SYSTEM_FILES, ask_target=lambda _parent, _suggested: folder / REPORT)
    return lambda context: ReportStage(context, files)


class _Hands:
    """Presses keys, clicks and waits, as a user of the window would."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        shown = QGuiApplication.platformName() not in ("offscreen", "minimal")
        self._key_ms, self._look_ms = (KEY_MS, LOOK_MS) if shown else (0, 0)

    def wait(self, milliseconds: int) -> None:
        """Run the event loop for this long."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def look(self) -> None:
        """Pause, so that a viewer can see the change."""
        self.wait(self._look_ms)

    def until(self, true: Callable[[], object], awaited: str) -> None:
        """Wait until a condition holds; `awaited` names it in the failure message."""
        for _ in range(PATIENCE_MS // 10):
            if true():
                return
            self.wait(10)
        raise TimeoutError(f"Waited in vain for: {awaited}")

    def focus(self) -> QWidget:
        """Return the focused widget; without a desktop, focus must be restored by hand after a dialog."""
        if QApplication.focusWidget() is None:
            self.window.activateWindow()
            self.until(lambda: QApplication.focusWidget() is not None, "a widget with the keyboard")
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key in the focused widget."""
        QTest.keyPress(self.focus(), key, held)
        self.wait(self._key_ms)

    def type(self, text: str) -> None:
        """Type a text; a newline becomes Shift+Enter."""
        for character in text:
            if character == "\n":
                self.press(Keys.Key_Return, SHIFT)
            else:
                # Sent as events, because QTest types ASCII only.
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(self.focus(), QKeyEvent(kind, 0, NONE, character))
                if self._key_ms:
                    self.wait(self._key_ms)

    def click(self, widget: QWidget, at: QPoint | None = None, held: Qt.KeyboardModifier = NONE) -> None:
        """Click in the middle of a widget, or at a position in it."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, held, at or widget.rect().center())
        self.wait(self._key_ms)

    def dialog(self) -> QDialog:
        """Wait for a dialog and return it."""

        def shown() -> list[QDialog]:
            return [dialog for dialog in self.window.findChildren(QDialog) if dialog.isVisible()]

        self.until(shown, "a dialog")
        dialog = shown()[0]
        dialog.activateWindow()
        self.until(lambda: dialog.isAncestorOf(self.focus()), "a dialog with the keyboard")
        return dialog

    def button(self, text: str) -> QAbstractButton:
        """Return the visible button with this text."""
        for button in self.window.findChildren(QAbstractButton):
            if button.isVisible() and button.isEnabled() and text in button.text():
                return button
        raise LookupError(text)

    def fill(self, text: str) -> None:
        """Replace the text of the focused field, and go to the next field."""
        self.press(Keys.Key_A, CTRL)
        self.type(text)
        self.press(Keys.Key_Tab)


class Demonstration:
    """One panel from start to Word file."""

    def __init__(self, window: MainWindow, desk: Desk, folder: Path) -> None:
        self._window = window
        self._desk = desk
        self._folder = folder
        self._hands = _Hands(window)
        self._shots = 0

    @property
    def _session(self) -> Session:
        assert self._desk.session is not None
        return self._desk.session

    def play(self) -> None:
        """Go through all stages."""
        self._window.resize(1366, 768)
        self._window.show()
        self._window.activateWindow()
        self._hands.focus()
        self._picture("start")
        self._start()
        self._prepare()
        self._converse()
        self._elaborate()
        self._report()

    def _picture(self, name: str) -> None:
        # Counts and names in the status bar are updated shortly after the work.
        self._hands.wait(SETTLE_MS)
        self._hands.look()
        self._shots += 1
        write_whole(self._folder / f"{self._shots}-{name}.png", png(self._window.grab().toImage()), sync=False)

    def _start(self) -> None:
        hands = self._hands
        hands.press(Keys.Key_N, CTRL)
        hands.dialog()
        hands.type(SUBREGION)
        hands.look()
        hands.press(Keys.Key_Return)
        hands.until(lambda: self._desk.session is not None and self._desk.session.panel_id, "the new panel")

    def _prepare(self) -> None:
        hands = self._hands
        stage = self._window.stage_widget(Stage.PREPARE)
        assert isinstance(stage, PrepareStage)
        table = resource("example", f"{EXAMPLE}-panelleden.csv").read_text(encoding="utf-8-sig")
        QGuiApplication.clipboard().setText(table.replace(";", "\t"))
        hands.click(stage.side.paste)
        hands.dialog()
        hands.look()
        hands.press(Keys.Key_Return)
        session = self._session
        hands.until(lambda: session.dossier.read.members.of_panel(session.panel_id or ""), "the members")
        for name, text in (("place", "Technolab Oldenzaal"), ("note_taker", "Koen Nijhuis")):
            field = getattr(stage.side.form, name)
            hands.click(field)
            hands.fill(text)
        hands.press(Keys.Key_2, CTRL)
        self._picture("voorbereiden")

    def _converse(self) -> None:
        hands = self._hands
        hands.press(Keys.Key_3, CTRL)
        hands.press(Keys.Key_F5)
        session = self._session
        panel = session.panel_id or ""
        example = read_notes_file(resource("example", f"{EXAMPLE}.md"))
        questions = [
            question_content for _, question_content in session.dossier.read.guides.of_panel(panel).questions()
        ]
        for number, question in enumerate(questions):
            for line in _lines(example, question, session):
                before = session.dossier.read.notes.count(panel)
                hands.type(line)
                hands.press(Keys.Key_Return)
                hands.until(lambda before=before: session.dossier.read.notes.count(panel) > before, line)  # type: ignore[misc]
            if number == len(questions) // 2:
                self._picture("gesprek")
                hands.press(Keys.Key_F7)
                self._picture("gesprek-gespreksleider")
                hands.press(Keys.Key_F7)
            if question is not questions[-1]:
                hands.press(Keys.Key_Down, ALT)
        hands.press(Keys.Key_K, CTRL)
        hands.type("gesprek afronden")
        hands.wait(SETTLE_MS)
        hands.look()
        hands.press(Keys.Key_Return)
        hands.dialog()
        hands.press(Keys.Key_Return)

    def _elaborate(self) -> None:
        hands = self._hands
        hands.until(lambda: self._window.stage is Stage.ELABORATE, "the terugblik")
        stage = self._window.stage_widget(Stage.ELABORATE)
        assert isinstance(stage, ElaborateStage)
        self._picture("terugblik")
        hands.click(hands.button(tr(STAGE_VIEWS[Stage.ELABORATE][NOTES])))
        read, panel = self._session.dossier.read, self._session.panel_id or ""
        example = read_json(resource("example", f"{EXAMPLE}.json").read_text(encoding="utf-8"))
        for number, insight in enumerate(example["insights"][:INSIGHTS]):
            self._choose(stage, insight["supports"])
            hands.press(Keys.Key_I)
            hands.type(insight["text"])
            hands.press(Keys.Key_Return)
            hands.until(lambda number=number: len(read.findings.insights(panel)) > number, insight["text"])  # type: ignore[misc]
        self._picture("uitwerken")
        advice = example["recommendations"][0]
        self._choose(stage, advice["supports"])
        # `exec` blocks until the dialog closes, so schedule the steps inside it beforehand.
        QTimer.singleShot(SETTLE_MS, lambda: self._recommend(advice["text"]))
        hands.press(Keys.Key_A)
        hands.until(lambda: read.findings.recommendations(panel), "the recommendation")

    def _recommend(self, text: str) -> None:
        hands = self._hands
        hands.dialog()
        hands.type(text)
        hands.look()
        hands.press(Keys.Key_Return, CTRL)

    def _choose(self, stage: ElaborateStage, beginnings: Sequence[str]) -> None:
        """Click the notes that begin with these texts, the later ones with Ctrl."""
        view = stage.bench.notes
        notes = self._session.dossier.read.notes.of_panel(self._session.panel_id or "")
        for number, beginning in enumerate(beginnings):
            match = next(note.id for note in notes if note.text.startswith(beginning))
            index = stage.bench.model.index_of(match)
            view.scrollTo(index)
            self._hands.click(view.viewport(), view.visualRect(index).center(), CTRL if number else NONE)

    def _report(self) -> None:
        hands = self._hands
        hands.press(Keys.Key_5, CTRL)
        stage = self._window.stage_widget(Stage.REPORT)
        assert isinstance(stage, ReportStage)
        hands.until(lambda: stage.pages.pages and stage.pages.complete, "the pages of the verslag")
        self._picture("verslag")
        hands.press(Keys.Key_E, CTRL)
        if stage.names_dialog is not None:
            hands.click(stage.names_dialog.approve)
        hands.until((self._folder / REPORT).exists, "the Word file")
        hands.look()


def _lines(example: NotesFile, question: QuestionContent, session: Session) -> Sequence[str]:
    """Return the lines that the example's note taker typed under a question."""
    guide = session.dossier.read.guides.of_panel(session.panel_id or "")
    lines: list[str] = []
    for section in example.sections:
        noted_under = find_question(section.question, find_theme(section.theme, guide), guide)
        if noted_under is not None and noted_under.id == question.id:
            lines.extend(note.removeprefix("- ") for note in section.notes)
    return lines
