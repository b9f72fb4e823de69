"""Pictures of what Gesprek shows elsewhere, of Discreet and Oefenen: `python -m tests.ui.room_shots FOLDER`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

SIZE = (1366, 768)


def take(folder: Path, home: Path) -> None:
    """Lead a conversation for a while, and take the pictures."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QWidget

    from sto_desktop.settings import AppearanceChoice, SettingsStore
    from sto_desktop.ui.base import qt_language as language
    from sto_desktop.ui.conversation import conversation_stage
    from sto_desktop.ui.look.theme import Appearance
    from sto_desktop.ui.shell.practise import PractiseWindow
    from sto_desktop.workplace.practise import PractiseClock, practise_copy
    from tests.ui.conversation_support import CTRL, PANEL, START, WHO, make_dossier, window_on
    from tests.ui.reading import moderator_window

    app = QApplication([])
    language.install("nl")
    theme, settings = Appearance(app, AppearanceChoice.LIGHT), SettingsStore(home / "settings.json")

    def save(window: QWidget, name: str) -> None:
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(*SIZE)
        app.processEvents()
        window.grab().save(str(folder / f"{name}.png"))

    make_dossier(home / "home", home / "o.sto")
    with window_on(home / "home", home / "o.sto", theme, settings) as room:
        room.press(Qt.Key.Key_F5)
        for minutes in (9, 8):
            room.clock.pass_time(minutes=minutes)
            room.next()
        room.note("@renée Leerlingen zien techniek al in groep 7")
        room.clock.pass_time(minutes=18)
        room.go_to("Beeldvorming", "Succesfactoren")
        room.clock.pass_time(minutes=6)
        room.note("@fatma Het bezoek aan Technolab maakt indruk, ook bij ouders")
        room.note("@jaap Leerlingen zien wat er bij bedrijven kan")
        control = room.stage.room
        room.press(Qt.Key.Key_F9)
        save(control.room, "zaal")
        room.press(Qt.Key.Key_F9)
        room.window.notices.clear()
        room.press(Qt.Key.Key_F9, CTRL)
        second = moderator_window()
        assert second is not None
        save(second, "gespreksleider-venster")
        room.press(Qt.Key.Key_F9, CTRL)
        room.press(Qt.Key.Key_F8)
        save(room.window, "gesprek-discreet")
        copy = practise_copy(room.session.copy, PANEL, WHO, home)
        window = PractiseWindow(theme, settings, conversation_stage, copy, PractiseClock(START))
        window.show()
        save(window, "oefenen")
        window.close()


def main(arguments: list[str]) -> int:
    """Take the pictures into a folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        take(folder, Path(home))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
