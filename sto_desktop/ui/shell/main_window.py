"""The main window: rail, current stage, status line, and the commands that work everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from sto_desktop.domain.errors import StoError
from sto_desktop.language import tr
from sto_desktop.settings import AppearanceChoice, SettingsStore
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.keypad import KeypadGuard
from sto_desktop.ui.base.leaving import FieldLeaver
from sto_desktop.ui.base.saving import said_discreet, said_undone
from sto_desktop.ui.base.stage import STAGE_LABELS, Stage, StageContext, StageFactory
from sto_desktop.ui.base.undo import TakesBack, UndoGuide
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.commanding import Commander
from sto_desktop.ui.shell.dropped import dropped_dossiers, dropped_others
from sto_desktop.ui.shell.foot import Foot
from sto_desktop.ui.shell.no_dossier import no_dossier
from sto_desktop.ui.shell.rail import Rail
from sto_desktop.ui.shell.stage_area import SMALLEST, StageArea
from sto_desktop.ui.start import StartPage
from sto_desktop.ui.widgets import EmptyState, Notices, SearchField, Tone, forget_drafts

if TYPE_CHECKING:  # imported with the first dossier, after the first paint, because the storage is slow to load
    from sto_desktop.domain.log.change import Changed
    from sto_desktop.storage.working.dossier import Undone
    from sto_desktop.ui.base.session import Session
    from sto_desktop.ui.shell.finding import PaletteProvider
    from sto_desktop.ui.shell.palette import CommandPalette
    from sto_desktop.ui.shell.veil import Veil


class MainWindow(QMainWindow):
    """The program's main window. It emits a signal for what it can't do itself; `set_session` sets the dossier.

    `may_close` is asked before the window closes: False keeps it open (the dossier could not be saved).
    """

    new_requested = Signal()
    open_requested = Signal(object)
    """Carries a `Path`, or None: ask the user for one."""
    merge_requested = Signal(object)
    import_requested = Signal(object)
    """Carries a list of `Path`: dropped dossiers, or folders with dossiers."""
    example_requested = Signal()
    save_as_requested = Signal()
    practise_requested = Signal()
    stage_shown = Signal(object)
    stage_left = Signal(object)

    def __init__(
        self,
        theme: Appearance,
        settings: SettingsStore,
        factories: Mapping[Stage, StageFactory],
        *,
        may_close: Callable[[], bool] = lambda: True,
        now: Callable[[], dt.datetime] = dt.datetime.now,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.settings = settings
        self.may_close = may_close
        self._factories = dict(factories)
        self._now = now
        self._session: Session | None = None
        self.opening = False
        """Whether a dossier is being opened."""
        self._stage = Stage.START
        self._built: dict[Stage, QWidget] = {}
        self._providers: list[PaletteProvider] = [Commander(self, self)]
        self._palette: CommandPalette | None = None
        self._veil: Veil | None = None
        self.undo_guide = UndoGuide(self, lambda: self._step_back(undo=True), lambda: self._step_back(undo=False))
        self._keypad = KeypadGuard(self)
        self.actions_by_id: dict[str, QAction] = {"leave_field": FieldLeaver(self).action}
        self._make_actions()
        self._lay_out()
        self.setAcceptDrops(True)
        self.setMinimumSize(SMALLEST)
        self._restore_geometry()
        self._show_title()
        self.navigate(Stage.START)

    @property
    def session(self) -> Session | None:
        """The open dossier's session."""
        return self._session

    @property
    def stage(self) -> Stage:
        """The current stage."""
        return self._stage

    def stage_widget(self, stage: Stage) -> QWidget | None:
        """Return the widget of a stage, if it has been built."""
        return self._built.get(stage)

    def set_session(self, session: Session | None, stage: Stage | None = None) -> None:
        """Show another dossier, or none, in a stage (by default the current one). The previous one's stages are
        deleted; the caller closes it.

        Raises StoError if the stage can't be read.
        """
        if self._session is not None:
            self._session.changed.disconnect(self._changed)
            self._session.failed.disconnect(self.tell_error)
            self._session.undone.disconnect(self._tell_undone)
            # The notices and dialogs were about the previous dossier.
            self.notices.clear()
            for dialog in self.findChildren(QDialog):
                if dialog.isVisible():
                    dialog.reject()
            forget_drafts(self)
        self._session = session
        self._drop_stages()
        if session is not None:
            session.changed.connect(self._changed)
            session.failed.connect(self.tell_error)
            session.undone.connect(self._tell_undone)
        self.status_line.follow(session)
        self._enable_for(session)
        self._show_title()
        self.navigate(stage or self._stage)

    def set_opening(self, opening: bool) -> None:
        """Show in stages without a dossier that one is being opened, or no longer."""
        if opening != self.opening:
            self.opening = opening
            if self._session is None:
                self._drop_stages()
                self._show(self._stage)

    def _drop_stages(self) -> None:
        """Delete the stages of the open dossier, or those that show that there is none."""
        for stage in [built for built in self._built if built is not Stage.START]:
            self._drop(stage)

    def _drop(self, stage: Stage) -> None:
        widget = self._built.pop(stage)
        self._stack.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def navigate(self, stage: Stage) -> None:
        """Show a stage. If it can't be read (StoError), the current one stays."""
        # Build it first: if that fails, nothing has changed yet.
        self._widget(stage)
        previous, self._stage = self._stage, stage
        if previous is not stage:
            self.notices.leave()
            self.stage_left.emit(previous)
            if self._session is not None:
                self._session.publishing.publish_if_needed()
        try:
            self._show(stage)
        except StoError:
            # Some stages read only when they are shown; build it anew the next time.
            self._drop(stage)
            self._stage = previous if previous in self._built else Stage.START
            self._show(self._stage)
            raise
        self.stage_shown.emit(stage)

    def notify(
        self,
        text: str,
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        tone: str = "",
        topic: str = "",
    ) -> None:
        """Show a message in the strip above the stages; see `stage.Notify`."""
        self.notices.tell(text, action=action, on_action=on_action, tone=Tone(tone), topic=topic)

    def add_palette_provider(self, provider: PaletteProvider) -> Callable[[], None]:
        """Add a source of palette items; return a function that removes it."""
        self._providers.append(provider)
        return lambda: self._providers.remove(provider)

    def show_palette(self) -> None:
        """Open the palette (Ctrl+K)."""
        if self._palette is None:
            from sto_desktop.ui.shell.palette import CommandPalette

            self._palette = CommandPalette(self.theme, self._providers, self)
        self._palette.open_over(self)

    def show_help(self) -> None:
        """Open the help sheet (F1)."""
        from sto_desktop.ui.shell.help import HelpSheet

        HelpSheet(self.theme, self, stage=self._stage).open()

    def show_history(self) -> None:
        """Open the history of actions (Ctrl+H)."""
        if self._session is None:
            return
        # The history names people and quotes notes.
        if self._session.discreet:
            self.notify(said_discreet())
            return
        from sto_desktop.ui.shell.history import HistoryDialog

        dialog = HistoryDialog(self.theme, self._session, self)
        undo = self.actions_by_id["undo"]
        dialog.went.connect(lambda message: self.notify(message, action=tr("Ongedaan maken"), on_action=undo.trigger))
        dialog.failed.connect(self.tell_error)
        dialog.open()

    def show_preferences(self) -> None:
        """Open the settings."""
        from sto_desktop.ui.shell.preferences import PreferencesDialog

        dialog = PreferencesDialog(self.theme, self.settings, self)
        dialog.problem.connect(self.tell_error)
        dialog.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        try:
            self.settings.change(window_geometry=geometry)
        except StoError:
            # A failure to save the window's geometry must not keep the window open.
            event.accept()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_dossiers(event) or dropped_others(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_dossiers(event)
        if not paths:
            self._drop_others(event)
            return
        event.acceptProposedAction()
        # A dossier dropped on an open one is most often a colleague's, to be merged; the dialog previews what it would
        # add.
        if self._session is None and len(paths) == 1 and not paths[0].is_dir():
            self.open_requested.emit(paths[0])
        elif self._session is not None:
            self.merge_requested.emit(paths)
        else:
            self.notify(tr("Open eerst een dossier, of laat er één los om te openen."))

    def _drop_others(self, event: QDropEvent) -> None:
        """Import a list or notes into the panel; one file at a time, since each is looked at."""
        paths = dropped_others(event)
        if not paths:
            return
        event.acceptProposedAction()
        if self._session is None:
            self.notify(tr("Open eerst een dossier; laat het bestand daarna op het venster los."))
        elif len(paths) > 1:
            self.notify(tr("Laat één bestand tegelijk los; u ziet eerst wat het wordt."))
        else:
            self.import_requested.emit(paths[0])

    def _make_actions(self) -> None:
        def bind(name: str, slot: Callable[[], object]) -> None:
            self.actions_by_id[name] = keys.bind(name, self, slot, everywhere=True)

        # In the palette's order.
        bind("undo", self.undo_guide.undo)
        bind("redo", self.undo_guide.redo)
        bind("history", self.show_history)
        bind("new", self.new_requested.emit)
        bind("open", lambda: self.open_requested.emit(None))
        bind("save", self._save)
        bind("save_as", self.save_as_requested.emit)
        bind("example", self.example_requested.emit)
        bind("practise", self.practise_requested.emit)
        for stage in Stage:
            bind(f"stage_{stage.value}", partial(self.navigate, stage))
            to_stage = tr("Naar {stage}", stage=tr(STAGE_LABELS[stage]))
            self.actions_by_id[f"stage_{stage.value}"].setText(plain.word(to_stage))
        bind("help", self.show_help)
        bind("palette", self.show_palette)
        bind("search", self._search)
        bind("preferences", self.show_preferences)
        for choice in AppearanceChoice:
            bind(f"look_{choice.value}", partial(self._look, choice))
        self._enable_for(None)

    def _enable_for(self, session: Session | None) -> None:
        """Enable or disable the commands that need an open dossier."""
        for name in ("save", "save_as", "history", "practise"):
            self.actions_by_id[name].setEnabled(session is not None)

    def _lay_out(self) -> None:
        centre = QWidget()
        across = QHBoxLayout(centre)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.rail = Rail(self.theme)
        self.rail.stage_chosen.connect(self.navigate)
        self.rail.help_asked.connect(self.actions_by_id["help"].trigger)
        self.rail.settings_asked.connect(self.show_preferences)
        across.addWidget(self.rail)
        down = QVBoxLayout()
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        self._stack = QStackedWidget()
        self.notices = Notices(self.theme)
        self.status_line = Foot(self.theme, self.actions_by_id, self.undo_guide, lambda: self._takes_back, self.notices)
        self.undo_button = self.status_line.undo_button
        down.addWidget(self.notices)
        self._stage_area = StageArea(self._stack)
        down.addWidget(self._stage_area, 1)
        down.addWidget(self.status_line)
        across.addLayout(down, 1)
        self.setCentralWidget(centre)

    def _context(self, session: Session) -> StageContext:
        return StageContext(
            session, self.theme, self.settings, self.navigate, self.notify, self.actions_by_id, self.stage_widget
        )

    def _widget(self, stage: Stage) -> QWidget:
        widget = self._built.get(stage)
        if widget is None:
            widget = self._build(stage)
            self._built[stage] = widget
            self._stack.addWidget(widget)
        return widget

    def _show(self, stage: Stage) -> None:
        widget = self._widget(stage)
        self._stack.setCurrentWidget(widget)
        self._stage_area.show_stage(stage)
        self._cover(stage, widget)
        self.status_line.setVisible(stage is not Stage.START)
        self.rail.set_stage(stage)
        if isinstance(widget, StartPage):
            widget.focus_first()
        elif widget.focusProxy() is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cover(self, stage: Stage, widget: QWidget) -> None:
        """In discreet mode cover the other stages too: each of them shows names."""
        if self._veil is not None:
            self._veil.hide()
            self._veil.deleteLater()
            self._veil = None
        # Start shows no names, and Conversation covers its own.
        if self._session is not None and self._session.discreet and stage not in (Stage.START, Stage.CONVERSATION):
            from sto_desktop.ui.shell.veil import Veil

            self._veil = Veil(self.theme, widget, said_discreet())
            self._veil.set_on(True)

    def _build(self, stage: Stage) -> QWidget:
        if stage is Stage.START:
            actions = self.actions_by_id
            page = StartPage(self.theme, self.settings, self.notify, actions, self._now)
            page.refresh()
            page.open_requested.connect(self.open_requested)
            return page
        if stage not in self._factories:
            return EmptyState(
                self.theme, stage.value, tr(STAGE_LABELS[stage]), tr("Dit deel is hier nog niet gemaakt.")
            )
        if self._session is None:
            return no_dossier(self.theme, stage, self.actions_by_id["new"], opening=self.opening)
        return self._factories[stage](self._context(self._session))

    def _look(self, choice: AppearanceChoice) -> None:
        self.theme.set_choice(choice)
        attempt(self.tell_error, self.settings.change, theme=choice)

    def _search(self) -> None:
        """Focus the search field of the current stage, or else open the palette, which searches everything."""
        for field in self._built[self._stage].findChildren(SearchField):
            if field.isVisible() and field.isEnabled():
                field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                field.selectAll()
                return
        self.show_palette()

    def _save(self) -> None:
        if self._session is not None:
            self._session.publishing.publish()

    def _step_back(self, *, undo: bool) -> Undone | None:
        if self._session is None:
            return None
        if undo and self._takes_back is not None:
            self._takes_back.take_back()
            return None
        try:
            return self._session.undo() if undo else self._session.redo()
        except StoError as error:
            self.tell_error(error)
            return None

    def _tell_undone(self, undone: Undone, redo: bool) -> None:
        self.status_line.show_undo()
        back = self.actions_by_id["undo" if redo else "redo"]
        again = tr("Ongedaan maken") if redo else tr("Opnieuw")
        self.notify(said_undone(undone, redo=redo), action=again, on_action=back.trigger)

    def tell_error(self, error: StoError) -> None:
        """Report at the foot of the window why something failed."""
        self.notify(str(error), tone="late")

    def _changed(self, changed: Changed) -> None:
        if changed.by_me:
            self.undo_guide.forget_way_back()

    @property
    def _takes_back(self) -> TakesBack | None:
        stage = self._built.get(self._stage)
        return stage if isinstance(stage, TakesBack) and stage.take_back_words() is not None else None

    def _show_title(self) -> None:
        path = self._session.path if self._session is not None else None
        name = tr("{name} – STO Desktop", name=path.stem) if path is not None else tr("STO Desktop")
        self.setWindowTitle(plain.title(name))

    def _restore_geometry(self) -> None:
        saved_geometry = QByteArray.fromBase64(
            QByteArray(self.settings.current.window_geometry.encode("ascii", "ignore"))
        )
        if saved_geometry.isEmpty() or not self.restoreGeometry(saved_geometry):
            screen = QApplication.primaryScreen().availableGeometry()
            # The window's frame needs space too.
            self.resize(min(1366, screen.width()), min(768, screen.height() - 40))
