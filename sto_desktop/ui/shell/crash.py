"""Handling of bugs: writes a report, shows a dialog that says the notes are safe, and lets the program continue.

A report has versions and tracebacks, and no content: exception messages may quote a note or a name, so only messages of
exceptions that concern code are kept.
"""

from __future__ import annotations

import datetime as dt
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, QUrl, Signal, qInstallMessageHandler, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from sto_desktop import __version__
from sto_desktop.domain.errors import StoError
from sto_desktop.language import tr
from sto_desktop.own_files import make_folder, write_whole
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Button, Dialog, PrimaryButton, TextLabel

if TYPE_CHECKING:
    from sto_desktop.ui.shell.main_window import MainWindow

ABOUT_CODE = (AttributeError, ImportError, NameError, TypeError, RecursionError)
"""Exceptions whose messages name code, never user text."""

MOST_REPORTS = 20
"""Maximum per session: a fault that repeats on every frame must not fill the disk."""

_ROOT = Path(__file__).resolve().parents[3]


def report_text(error: BaseException, now: dt.datetime, doing: str = "") -> str:
    """Return the report of an error: versions, `doing` (where it was caught), and the tracebacks of its chain."""
    import PySide6

    lines = [
        f"STO Desktop {__version__}",
        f"{now:%Y-%m-%d %H:%M:%S}",
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}, {QGuiApplication.platformName()}",
        f"Screens: {', '.join(_screens())}",
    ]
    if doing:
        lines.append(doing)
    for link in _chain(error):
        lines += ["", "Traceback (most recent call last):"]
        for frame in traceback.extract_tb(link.__traceback__):
            lines.append(f'  File "{_short(frame.filename)}", line {frame.lineno}, in {frame.name}')
            if frame.line:
                lines.append(f"    {frame.line}")
        lines.append(_named(link))
    return "\n".join(lines) + "\n"


def _screens() -> list[str]:
    return [
        f"{screen.size().width()}x{screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    ]


def _chain(error: BaseException) -> list[BaseException]:
    """Return the error and its causes, the first cause first."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    # A chain of causes may contain a cycle.
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return chain[::-1]


def _short(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name


def _named(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, ABOUT_CODE):
        return f"{name}: {error}"
    # An OSError's message ends with the path, which may contain a name; number and text of the error do not.
    if isinstance(error, OSError):
        return f"{name}: [Errno {error.errno}] {error.strerror}"
    return f"{name}: (message left out: it may quote what was written)"


class CrashDialog(Dialog):
    """Says what happened, that the notes are safe, and where the report is."""

    quit_asked = Signal()

    def __init__(self, theme: Appearance, report: str, path: Path | None, parent: QWidget | None = None) -> None:
        title = tr("Fout in het programma")
        super().__init__(theme, title, parent=parent, heading=tr("Er ging iets mis in het programma"))
        self.report = report
        self.setMinimumWidth(520)
        happened = tr("Dit is een fout van het programma, niet van u. De laatste handeling is misschien niet gedaan.")
        self.body.addWidget(TextLabel(theme, happened))
        reassurance = tr("Uw notities zijn veilig: alles wat bewaard was, staat op schijf.")
        self.body.addWidget(TextLabel(theme, reassurance, TextStyle.BODY_STRONG, ColourRole.GOOD))
        self.body.addWidget(TextLabel(theme, _advice(path), TextStyle.BODY, ColourRole.MUTED))
        self.copy_button = Button(theme, tr("Kopieer"), icon="copy", on_click=self._copy)
        self.folder_button = Button(theme, tr("Toon map"), icon="folder", on_click=lambda: _show_folder(path))
        self.folder_button.setVisible(path is not None)
        self.quit_button = Button(theme, tr("Sluiten"), on_click=self._quit)
        self.continue_button = PrimaryButton(theme, tr("Verder werken"), on_click=self.accept)
        beside = [self.copy_button, self.folder_button]
        self.add_buttons(self.quit_button, self.continue_button, close="", beside=beside)
        self.continue_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self.copy_button.setText(tr("Gekopieerd"))

    def _quit(self) -> None:
        self.reject()
        self.quit_asked.emit()


def _advice(path: Path | None) -> str:
    if path is None:
        return tr(
            "U kunt verder werken. Gaat het nog eens mis, sluit het programma dan en start het opnieuw. "
            "Het foutverslag kon niet op schijf worden gezet; met Kopieer neemt u het mee."
        )
    return tr(
        "U kunt verder werken. Gaat het nog eens mis, sluit het programma dan en start het opnieuw. "
        "Een foutverslag, zonder notities of namen, staat in {path}. Stuur het mee als u de fout meldt.",
        path=path,
    )


def _show_folder(path: Path | None) -> None:
    if path is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


class CrashReporter(QObject):
    """Catches unhandled exceptions: in the window's thread, in other threads and in Qt itself.

    `tell` reports a `StoError` that nothing else handled: a message, not a crash.
    """

    _caught = Signal(object, str)

    def __init__(
        self,
        theme: Appearance,
        folder: Path | None = None,
        *,
        tell: Callable[[str], None] | None = None,
        now: Callable[[], dt.datetime] = dt.datetime.now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._folder = folder
        self._tell = tell
        self._now = now
        self._busy = False
        self._written = 0
        self.dialog: CrashDialog | None = None
        # Queued: a dialog must not open inside a paint event, nor in another thread.
        self._caught.connect(self._handle, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Install the hooks in Python and Qt."""
        sys.excepthook = self.excepthook
        threading.excepthook = self._thread_hook
        qInstallMessageHandler(self._qt_message)

    def uninstall(self) -> None:
        """Restore the default hooks."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def excepthook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Handle an unhandled exception."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._caught.emit(error, "")

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self._caught.emit(args.exc_value, f"In thread {args.thread.name if args.thread else '?'}")

    def _qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if sys.stderr is not None:
            print(message, file=sys.stderr)
        if kind is QtMsgType.QtFatalMsg:
            # Qt aborts the program after a fatal message, so write the report now.
            self._write(f"STO Desktop {__version__}, Qt {qVersion()}\nQt: {message}\n")

    def _handle(self, error: BaseException, doing: str) -> None:
        if self._busy:
            # A fault in this dialog itself: printed on the terminal, because another dialog would fail too.
            sys.__excepthook__(type(error), error, error.__traceback__)
            return
        self._busy = True
        try:
            if isinstance(error, StoError) and self._tell is not None:
                self._tell(str(error))
                return
            report = report_text(error, self._now(), doing)
            path = self._write(report)
            print(report, file=sys.stderr or sys.stdout)
            # One dialog at a time: a fault that repeats must not stack them.
            if self.dialog is None:
                self._show(report, path)
        finally:
            self._busy = False

    def _write(self, report: str) -> Path | None:
        """Write a report; return its path, or None if that fails."""
        if self._written >= MOST_REPORTS:
            return None
        self._written += 1
        # Without a report the dialog still offers its text to copy.
        try:
            folder = self._report_folder()
            make_folder(folder)
            path = folder / f"foutverslag-{self._now():%Y%m%d-%H%M%S}-{self._written}.txt"
            write_whole(path, report.encode())
        except OSError:
            return None
        return path

    def _report_folder(self) -> Path:
        if self._folder is None:
            import platformdirs

            from sto_desktop.own_files import APP_NAME

            self._folder = platformdirs.user_log_path(APP_NAME, appauthor=False)
        return self._folder

    def _show(self, report: str, path: Path | None) -> None:
        dialog = CrashDialog(self._theme, report, path, QApplication.activeWindow())
        # Queued, so that this dialog is closed before the windows are.
        dialog.quit_asked.connect(self._close_all, Qt.ConnectionType.QueuedConnection)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _close_all(self) -> None:
        QApplication.closeAllWindows()

    def _forget(self, _result: int) -> None:
        self.dialog = None


def install(theme: Appearance, window: MainWindow) -> CrashReporter:
    """Install the hooks for the lifetime of `window`, which reports a `StoError` at its foot."""
    reporter = CrashReporter(theme, tell=lambda text: window.notify(text, tone="late"), parent=window)
    window.destroyed.connect(reporter.uninstall)
    reporter.install()
    return reporter
