"""Meets every dialog of the program on a screen of any size: is all of it in sight, do Enter and Esc do what they do
everywhere?

`python -m tests.ui.every_dialog FOLDER light|dark` prints what is wrong, and puts a picture of each dialog in FOLDER.
`on_screen` runs that in a process with a screen of some size.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QWidget,
)

from sto_desktop import app
from sto_desktop.domain.live.left_theme import LeftTheme
from sto_desktop.domain.log.change import Change, ChangeId
from sto_desktop.domain.privacy.to_check import ToCheck
from sto_desktop.exchange.files.look import Becomes, Beforehand, FileLine, Newcomer
from sto_desktop.exchange.notes.notes_file import OFFERS
from sto_desktop.language import tr
from sto_desktop.settings import AppearanceChoice, SettingsStore
from sto_desktop.storage.working.conflicts import ConflictCase, HistoryEntry
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.commands.command import Command, Place
from sto_desktop.ui.commands.table import BY_ID, COMMANDS
from sto_desktop.ui.conversation.capture.pasting import PasteDialog
from sto_desktop.ui.conversation.page.closing_sheet import ChoiceField
from sto_desktop.ui.conversation.page.page import ConversationPage
from sto_desktop.ui.conversation.page.three_lines import ThreeLines
from sto_desktop.ui.conversation.stage import ConversationStage
from sto_desktop.ui.conversation.table.arrival_dialog import ArrivalDialog
from sto_desktop.ui.elaborate.notes.label_manager import LabelManager
from sto_desktop.ui.elaborate.stage import ElaborateStage
from sto_desktop.ui.fields.password_field import PasswordDialog
from sto_desktop.ui.look import plain
from sto_desktop.ui.notes.conflict_dialog import ConflictDialog
from sto_desktop.ui.notes.to_check import ToCheckDialog
from sto_desktop.ui.prepare.intake.account import ImportAccount
from sto_desktop.ui.prepare.intake.column_chooser import TableColumn
from sto_desktop.ui.prepare.intake.look_dialog import LookDialog
from sto_desktop.ui.report.stage import ReportStage
from sto_desktop.ui.shell.commanding import Commander, ShowsPlaces
from sto_desktop.ui.shell.crash import CrashDialog
from sto_desktop.ui.shell.finding import rank
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.shell.preferences import PreferencesDialog
from sto_desktop.ui.widgets import Button, Dialog, FormDialog, Picker
from sto_desktop.ui.widgets.buttons import SegmentButton
from sto_desktop.ui.widgets.dialog import FRAME
from sto_desktop.ui.widgets.drafts import drafts_of, fields_of, text_of
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.example import make_example

TYPED = "Renee typte dit"

LAST = ("new_panel", "new", "restore")
"""Commands that may open another panel or dossier."""

WINDOWS = ("example", "practise", "room", "moderator_window", "discreet", "recent", "forget_recent")
"""Commands that open no dialog but another window or dossier, or hide this one."""

GENERAL = (
    "Annuleren",
    "Sluiten",
    "Bewaren",
    "Opslaan",
    "Klaar",
    "Openen",
    "Toevoegen",
    "Kiezen",
    "Gebruiken",
    "Nog niet",
)
"""Answers that need not lead anywhere."""

TELLING = 6
"""Letters of a word that says something by itself."""

LONG = "Kan een bedrijf het busje naar het Technolab sponsoren, met de naam erop, of willen de scholen dat juist niet? "


def on_screen(folder: Path, width: int, height: int, look: str = "light") -> list[str]:
    """Meet every dialog in a process with a screen of this size; return what is wrong with them."""
    folder.mkdir(parents=True, exist_ok=True)
    screens = folder / f"screen-{width}x{height}.json"
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    one = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height, **dots}
    screens.write_text(json.dumps({"screens": [one]}), encoding="utf-8")
    home = {f"XDG_{name}_HOME": str(folder / "home" / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    told = subprocess.run(
        [sys.executable, "-m", "tests.ui.every_dialog", str(folder), look],
        env={**os.environ, **home, "QT_QPA_PLATFORM": f"offscreen:configfile={screens}"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return told.stdout.splitlines()


class Meeting(QObject):
    """Looks at each dialog that opens, presses its keys, and closes it; closes whatever else waits for an answer."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.met: set[str] = set()
        self.faults: list[str] = []
        self.command: Command | None = None
        self.opened_by: dict[str, set[str]] = {}
        self.words: dict[str, set[str]] = {}
        self._folder = folder
        self._looks: dict[QWidget, int] = {}
        self._timer = QTimer(self, interval=15)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        popup, dialog = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            popup.close()
        elif isinstance(dialog, Dialog) and dialog.isVisible():
            # It takes its size, and what a worker brings, in its first moments.
            self._looks[dialog] = self._looks.get(dialog, 0) + 1
            if self._looks[dialog] == 6:
                # Not from here: the timer rests meanwhile, and others may open.
                QTimer.singleShot(0, self, partial(self._meet, dialog))
        elif dialog is not None:
            dialog.close()

    def _meet(self, dialog: Dialog) -> None:
        name = type(dialog).__name__
        parent = dialog.parentWidget()
        if self.command is not None and parent is not None and isinstance(parent.window(), QMainWindow):
            self.opened_by.setdefault(name, set()).add(self.command.id)
            self.words.setdefault(name, set()).update(button_words(dialog))
        if name not in self.met:
            self.met.add(name)
            size = dialog.screen().size()
            dialog.grab().save(str(self._folder / f"{name}-{size.width()}x{size.height()}.png"))
            open_others(dialog)
            for faults in (in_sight(dialog), enter_in(dialog), esc_in(dialog)):
                self.faults += [f"{name}: {fault}" for fault in faults]
        if dialog.isVisible():
            dialog.reject()


def in_sight(dialog: Dialog) -> Iterator[str]:
    """Tell what does not fit the screen, or is not in sight without scrolling though it is a button of the foot."""
    screen = dialog.screen().availableGeometry().size() - FRAME
    if dialog.width() > screen.width() or dialog.height() > screen.height():
        yield f"{dialog.size()} on a screen of {screen}"
    if dialog.minimumWidth() == dialog.maximumWidth() or dialog.minimumHeight() == dialog.maximumHeight():
        yield "has a fixed size"
    if dialog.scrolling.horizontalScrollBar().maximum():
        yield "is wider than it can be shown"
    for button in dialog.findChildren(QAbstractButton):
        if not button.isVisible() or button.window() is not dialog:
            continue
        if not _scrolls(button) and not dialog.rect().contains(QRect(button.mapTo(dialog, QPoint()), button.size())):
            yield f"{button.text()!r} is out of sight"
        if isinstance(button, Button) and button.word() and button.width() < button.sizeHint().width():
            yield f"{button.word()!r} is cut off"


def button_words(dialog: Dialog) -> Iterator[str]:
    """Yield what stands on the buttons of a dialog, without the general answers."""
    for button in dialog.findChildren(QAbstractButton):
        if isinstance(button, Button | SegmentButton) and button.isVisible():
            text = plain.read_word(button.text()).strip("…")
            if text and text not in GENERAL and any(sign.isalpha() for sign in text):
                yield text


def lost_words(window: MainWindow, meeting: Meeting) -> Iterator[str]:
    """Tell which words on the buttons of a dialog do not lead in Ctrl+K to a command that opens it."""
    offered = Commander(window, window)("")
    for name, words in meeting.words.items():
        openers = {named_now(window, command) for command in meeting.opened_by[name]}
        for phrase in sorted(words):
            # People type the whole, or the word that says most.
            asked = [phrase, *(word for word in phrase.replace(",", "").split() if len(word) >= TELLING)]
            if not any(openers & {item.text for item in rank(words, offered)} for words in asked):
                yield f"{name}: {phrase!r} does not lead to {sorted(meeting.opened_by[name])}"


def named_now(window: MainWindow, command: str) -> str:
    """Return the name under which Ctrl+K offers a command."""
    action = window.actions_by_id.get(command)
    return plain.read_word(action.text()) if action is not None and action.isEnabled() else tr(BY_ID[command].name)


def _scrolls(widget: QWidget) -> bool:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QAbstractScrollArea):
        around = around.parentWidget()
    return around is not None


def open_others(dialog: Dialog) -> None:
    """Press the buttons that open dialogs without a command of their own."""
    if isinstance(dialog, LabelManager | PreferencesDialog):
        for button in dialog.findChildren(Button):
            if button.isVisible() and button.isEnabled() and button.word().endswith("…"):
                button.click()
                QTest.qWait(50)
                wait_until(lambda: QApplication.activeModalWidget() in (None, dialog))


def enter_in(dialog: Dialog) -> Iterator[str]:
    """Tell from where Enter or Ctrl+Enter does not press the main button, whose effect is taken out."""
    main = dialog.main
    if main is None or not main.isEnabled():
        return
    pressed: list[bool] = []
    main.clicked.disconnect()
    main.clicked.connect(lambda: pressed.append(True))
    for widget in [dialog, *dialog.findChildren(QWidget)]:
        if not widget.isVisible() or not widget.isEnabled() or widget.window() is not dialog:
            continue
        if widget is not dialog and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if isinstance(widget, ChoiceField):
            # To end the conversation takes its button.
            continue
        for modifier in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier):
            if not modifier.value and (isinstance(widget, QPlainTextEdit | QAbstractButton) or has_own_enter(widget)):
                continue
            pressed.clear()
            widget.setFocus()
            QTest.keyClick(widget, Qt.Key.Key_Return, modifier)
            if len(pressed) != 1:
                yield f"{modifier.name} Enter in {type(widget).__name__} {widget.accessibleName()!r}: {len(pressed)}"


def has_own_enter(widget: QWidget) -> bool:
    """Return whether Enter keeps a line, or ticks or edits a cell: the main button is pressed by itself then."""
    kept = isinstance(widget.window(), ThreeLines | ArrivalDialog) and isinstance(widget, QLineEdit)
    return kept or isinstance(widget, QAbstractItemView)


def esc_in(dialog: Dialog) -> Iterator[str]:
    """Type in every field, and press Esc in the last; tell if that does not close it, or loses a text."""
    fields = dict(fields_of(dialog))
    for field in fields.values():
        field.setFocus()
        QTest.keyClicks(field, TYPED)
    typed = {name: text_of(field) for name, field in fields.items() if TYPED in text_of(field)}
    focus: QWidget = dialog.focusWidget() or dialog
    if isinstance(dialog, Picker):
        focus = dialog.search
        QTest.keyClicks(focus, "a")
    drafts, kept_at_once = drafts_of(dialog), not dialog.typed_texts()
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    if dialog.isVisible():
        yield f"stays after Esc in {type(focus).__name__}"
    kept = [text for texts in drafts.kept.values() for text in texts.values()] if drafts is not None else []
    if not isinstance(dialog, ThreeLines) and not kept_at_once and not set(typed.values()) <= set(kept):
        yield f"loses {sorted(set(typed.values()) - set(kept))}"


class _Settled:
    """Conflicts that stay."""

    def conflicts(self) -> Sequence[ConflictCase]:
        return [
            ConflictCase("note", "n", "text", (_said("Guus Oude Wessel", LONG), _said("Wilma", LONG * 2))),
            ConflictCase("note", "m", "text", (_said("Guus Oude Wessel", "Zo."), _said("Wilma", "Zus."))),
        ]

    def choose(self, case: ConflictCase, value: object) -> bool:
        return False


def _said(person: str, text: str) -> HistoryEntry:
    made = Change(ChangeId(len(person), person), len(person), "note", "n", {"text": text}, {})
    return HistoryEntry(made, "notitie wijzigen", "2023-02-14T16:20:00.000+01:00", person, "laptop", False)


def by_themselves(window: MainWindow) -> list[Callable[[], Dialog]]:
    """Return what makes the dialogs that files, errors and the course of a conversation open."""
    theme = window.theme
    remarks = [ToCheck("Kamp", LONG, "«Een panellid»"), ToCheck("Wever", LONG, None)] * 20
    return [
        lambda: PasteDialog(theme, [LONG, "- @renée Nog een"] * 9, [LONG] * 9, lambda: None, lambda: None, window),
        lambda: ThreeLines(
            theme,
            _page(window).live,
            "Samenwerking primair onderwijs en Technolab",
            LeftTheme("", "", (LONG,)),
            lambda _text: True,
            window,
        ),
        lambda: PasswordDialog(theme, "Panel Rijssen-Holten en omgeving 2023.sto", again=True, parent=window),
        lambda: ConflictDialog(theme, _Settled(), lambda table, row: LONG, window),
        lambda: ToCheckDialog(theme, "Verslag Panel Rijssen-Holten.docx", remarks, window),
        lambda: _look(window),
        lambda: ImportAccount(theme, "«lijst.docx»", [("Beeldvorming", 3)] * 12, [LONG] * 6, window),
        lambda: CrashDialog(theme, LONG * 20, Path("/home/renée/STO Twente/fouten/2023-02-14.txt"), window),
    ]


def _look(window: MainWindow) -> LookDialog:
    columns = [TableColumn(0, "Wie", "Renée", "says"), TableColumn(1, "Wat er gezegd is", LONG, "text")] * 6
    meanings = {"text": "Notitie", "says": "Zegt"}
    shown = LookDialog(window.theme, "Notities importeren", "«lijst.csv»", window, columns=columns, meanings=meanings)
    lines = tuple(FileLine(number, ("Renée", LONG), Becomes.NOTE, LONG, speaker="Renée") for number in range(400))
    people = tuple(Newcomer(name) for name in ("Renée Oude Wessel", "Fatma Yildiz", "Jan de Boer"))
    shown.show_found("400 nieuwe notities", Beforehand(lines, OFFERS, (), people), [LONG] * 3, ready=True)
    return shown


def _page(window: MainWindow) -> ConversationPage:
    window.navigate(Stage.CONVERSATION)
    stage = window.stage_widget(Stage.CONVERSATION)
    assert isinstance(stage, ConversationStage)
    assert stage.page is not None
    return stage.page


def wait_until(true: Callable[[], object]) -> None:
    """Run the event loop until something holds."""
    for _ in range(1000):
        if true():
            return
        QTest.qWait(20)
    raise TimeoutError


def choose(window: MainWindow, command: Command) -> None:
    """Go to where a command works, and choose a row there."""
    if not command.place.stage:
        return
    window.navigate(Stage(command.place.stage))
    stage = window.stage_widget(window.stage)
    assert stage is not None
    if isinstance(stage, ShowsPlaces):
        stage.show_place(Place.LIST if command.place is Place.ELABORATE else command.place)
    QTest.qWait(20)
    if isinstance(stage, ReportStage) and command.id == "check_names":
        # They are searched on a worker, which takes its time on a busy machine.
        wait_until(lambda: stage._names_found)
    if isinstance(stage, ElaborateStage) and stage.page == "notes":
        stage.bench.focus_notes()
        for _ in range(2):
            QTest.keyClick(stage.bench.notes, Qt.Key.Key_Down)
        return
    if window.stage not in (Stage.PREPARE, Stage.OVERVIEW):
        return
    for view in stage.findChildren(QAbstractItemView):
        if view.isVisible() and view.model() is not None and view.model().rowCount() > 2:
            view.setFocus()
            view.setCurrentIndex(view.model().index(2, 0))
            return


def meet_all(window: MainWindow, meeting: Meeting) -> None:
    """Open every dialog."""
    commander = Commander(window, window)
    assert window.session is not None
    panel = window.session.panel_id
    assert panel is not None

    def closed() -> bool:
        return QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None

    for command in sorted(COMMANDS, key=lambda command: command.id in LAST):
        if command.id in WINDOWS:
            continue
        window.session.show_panel(panel)
        choose(window, command)
        QApplication.clipboard().setText("Naam\tSector\tFunctie\nRenée Oude Wessel\tpo\tleerkracht")
        meeting.command = command
        commander.do(command)
        QTest.qWait(30)
        wait_until(closed)
        window.activateWindow()
    meeting.command = None
    for make in by_themselves(window):
        make().open()
        wait_until(closed)


def every() -> set[str]:
    """Return the names of all dialogs, without those that others are made of."""

    def below(of: type[Dialog]) -> Iterator[type[Dialog]]:
        for one in of.__subclasses__():
            yield one
            yield from below(one)

    made_of = {FormDialog, Picker}
    return {one.__name__ for one in below(Dialog) if one not in made_of and not one.__name__.startswith("_")}


def main(arguments: list[str]) -> None:
    """Meet all dialogs on the example, and print what is wrong."""
    folder, look = Path(arguments[0]), arguments[1]
    window, desk = app.make_window(app.application(), SettingsStore(folder / "settings.json"))
    window.theme.set_choice(AppearanceChoice(look))
    path = folder / "voorbeeld.sto"
    path.unlink(missing_ok=True)
    copy = make_example(Workplace.here("Renée"), path)
    copy.publish()
    copy.close()
    screen = window.screen().availableGeometry().size()
    window.resize(min(screen.width(), 1366), min(screen.height(), 768))
    window.show()
    window.activateWindow()
    desk.open(path)
    wait_until(lambda: window.session is not None)
    meeting = Meeting(folder)
    meet_all(window, meeting)
    unmet = (f"{name}: not met" for name in sorted(every() - meeting.met))
    for fault in (*meeting.faults, *lost_words(window, meeting), *unmet):
        print(fault)
    desk.put_away()
    # Not through Qt's closing, which would save this dossier as the last one.
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
