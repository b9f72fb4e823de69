"""Pictures of the window without a display, to look at: every view, light and dark, in common sizes and scales.
`python -m tests.ui.shots FOLDER [DOSSIER.sto]`; settings, working copies and caches are stored in FOLDER too.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SIZES = ((911, 512), (1366, 768), (1920, 1080))
SCALES = ("1", "1.5", "2")
SETTLE_MS = 100


def _environment(folder: Path, scale: str) -> dict[str, str]:
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    own = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    return {**os.environ, **own, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}


def take(folder: Path, dossier: str) -> None:
    """Take all pictures in the scale of this process."""
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QDialog

    from sto_desktop import app
    from sto_desktop.settings import AppearanceChoice, SettingsStore
    from sto_desktop.ui.base.stage import Stage
    from sto_desktop.ui.commands.command import Place
    from sto_desktop.ui.overview import OverviewStage
    from sto_desktop.ui.paper.page_view import PageView
    from sto_desktop.ui.shell.commanding import ShowsPlaces

    qt = app.application()
    window, desk = app.make_window(qt, SettingsStore())
    scale = os.environ["QT_SCALE_FACTOR"]

    def made() -> bool:
        if window.session is None:
            return True
        pages = all(view.complete for view in window.findChildren(PageView))
        return pages and all(stage.seen is not None for stage in window.findChildren(OverviewStage))

    def settle() -> None:
        # The event loop delivers a worker's pages: run it in short turns until they are there.
        deadline = QTimer(singleShot=True, interval=10_000)
        deadline.start()
        QTest.qWait(SETTLE_MS)
        while not made() and deadline.isActive():
            QTest.qWait(SETTLE_MS)

    window.show()
    if dossier:
        desk.open(Path(dossier))
        deadline = QTimer(singleShot=True, interval=10_000)
        deadline.start()
        while window.session is None and deadline.isActive():
            qt.processEvents()
    for look in (AppearanceChoice.LIGHT, AppearanceChoice.DARK):
        window.theme.set_choice(look)
        for width, height in SIZES:
            window.resize(width, height)
            for stage in Stage:
                window.navigate(stage)
                settle()
                size = f"{width}x{height}-{scale}-{look.value}"
                window.grab().save(str(folder / f"{stage.value}-{size}.png"))
                widget = window.stage_widget(stage)
                if isinstance(widget, ShowsPlaces):
                    for place in (place for place in Place if place.stage == stage and place.view):
                        widget.show_place(place)
                        settle()
                        window.grab().save(str(folder / f"{stage.value}-{place.view}-{size}.png"))
                    widget.show_place(next(place for place in Place if place.stage == stage and place.view))
        for name, opened in (("help", window.show_help), ("preferences", window.show_preferences)):
            opened()
            settle()
            for dialog in window.findChildren(QDialog):
                dialog.grab().save(str(folder / f"{name}-{scale}-{look.value}.png"))
                dialog.close()
            settle()
    window.may_close = lambda: True
    window.close()


def main(arguments: list[str]) -> int:
    """Take the pictures, in a process per scale, since Qt reads the scale once."""
    folder, dossier, scale = Path(arguments[0]), (arguments[1:2] or [""])[0], arguments[2:3]
    folder.mkdir(parents=True, exist_ok=True)
    if scale:
        take(folder, dossier)
        return 0
    for one in SCALES:
        command = [sys.executable, "-m", "tests.ui.shots", str(folder), dossier, one]
        subprocess.run(command, env=_environment(folder, one), check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
