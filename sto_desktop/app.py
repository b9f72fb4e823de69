"""Start-up of the window: first paint first, everything else afterwards."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base import qt_language as language
from sto_desktop.ui.base.stage import Stage, StageContext, StageFactory
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.desk.painted import OncePainted
from sto_desktop.ui.look.theme import Appearance, make_application
from sto_desktop.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    pass


def _prepare(context: StageContext) -> QWidget:
    from sto_desktop.ui.prepare import prepare_stage

    return prepare_stage(context)


def _conversation(context: StageContext) -> QWidget:
    from sto_desktop.ui.conversation import conversation_stage

    return conversation_stage(context)


def _elaborate(context: StageContext) -> QWidget:
    from sto_desktop.ui.elaborate import elaborate_stage

    return elaborate_stage(context)


def _report(context: StageContext) -> QWidget:
    from sto_desktop.ui.report import report_stage

    return report_stage(context)


def _overview(context: StageContext) -> QWidget:
    from sto_desktop.ui.overview import overview_stage

    return overview_stage(context)


FACTORIES: Mapping[Stage, StageFactory] = {
    Stage.PREPARE: _prepare,
    Stage.CONVERSATION: _conversation,
    Stage.ELABORATE: _elaborate,
    Stage.REPORT: _report,
    Stage.OVERVIEW: _overview,
}
"""The builder of each stage, called when it is first shown."""


def application() -> QApplication:
    """Return the Qt application, with its name and the user's language."""
    app = QApplication.instance() or make_application(sys.argv[0])
    assert isinstance(app, QApplication)
    app.setApplicationName("STO Desktop")
    app.setDesktopFileName("sto-desktop")
    return app


def make_window(
    app: QApplication, settings: SettingsStore, factories: Mapping[Stage, StageFactory] = FACTORIES
) -> tuple[MainWindow, Desk]:
    """Return the main window, not yet shown, and the desk that serves it."""
    # The language first, since the window's texts are translated when it is built.
    language.install(settings.current.language)
    theme = Appearance(app, settings.current.theme)
    window = MainWindow(theme, settings, factories)
    return window, Desk(window)


def run(path: Path | None = None) -> int:
    """Show the window, open a dossier if a path is given, and return the exit code."""
    app = application()
    settings = SettingsStore()
    window, desk = make_window(app, settings)
    OncePainted(window, lambda: _after_first_paint(window, desk, path))
    window.show()
    return app.exec()


def run_demo(folder: Path) -> list[Path]:
    """Run a demo panel through the window; write dossier, verslag and pictures to `folder` and return their paths."""
    import tempfile

    from sto_desktop.ui.base.garbage import GarbageCollector
    from sto_desktop.ui.desk.demo import Demonstration, clean, made_in, report_stage_into

    clean(folder)
    app = application()
    if app.platformName() == "offscreen":
        qInstallMessageHandler(_without_excuses)
    with tempfile.TemporaryDirectory() as own:
        settings = SettingsStore(Path(own) / "settings.json")
        settings.change(last_folder=str(folder.resolve()), user_name="Marijke Assink")
        window, desk = make_window(app, settings, {**FACTORIES, Stage.REPORT: report_stage_into(folder)})
        GarbageCollector(window)
        try:
            Demonstration(window, desk, folder).play()
        finally:
            desk.put_away()
            window.close()
    return made_in(folder)


def _without_excuses(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Pass on Qt's messages, except those about a missing screen."""
    if not message.startswith("This plugin does not support"):
        print(message, file=sys.stderr)


def _import_ahead(window: MainWindow) -> None:
    """Import the other stages on a worker once one is on the screen: half of what their first look would wait for."""
    from sto_desktop.ui.base.background import Background

    def work() -> None:
        for stage in FACTORIES:
            import_module(f"sto_desktop.ui.{stage.value}")

    ahead = Background(work, lambda _: None)

    def shown(stage: Stage) -> None:
        if window.session is not None:
            window.stage_shown.disconnect(shown)
            OncePainted(window.stage_widget(stage) or window, ahead.start)

    window.stage_shown.connect(shown)
    # A lambda, as below.
    application().aboutToQuit.connect(lambda: ahead.wait())


def _after_first_paint(window: MainWindow, desk: Desk, path: Path | None) -> None:
    from sto_desktop.ui.base.background import Background
    from sto_desktop.ui.base.garbage import GarbageCollector
    from sto_desktop.ui.shell.crash import install

    # Objects made so far live until exit, so exclude them from garbage collection.
    gc.freeze()
    GarbageCollector(window)
    install(window.theme, window)
    language.install_qt(application())

    _import_ahead(window)

    def warm_up() -> None:
        import sto_desktop.ui.base.session
        import sto_desktop.workplace  # noqa: F401

    def warmed_up(_: None) -> None:
        if window.isVisible():
            desk.offer_abandoned()

    # Importing the database layer takes longer than painting the window.
    warm = Background(warm_up, warmed_up)
    # A lambda, because the signal keeps it alive; with only a bound method the worker would be freed while it runs.
    application().aboutToQuit.connect(lambda: warm.wait())
    warm.start()
    if path is not None:
        desk.open(path)
