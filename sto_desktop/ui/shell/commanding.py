"""Runs any command from any stage: goes to its place, finds the control that does it, or says why it can't run now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.base.keys import CommandAction, hint
from sto_desktop.ui.base.stage import STAGE_LABELS, Notify, Stage
from sto_desktop.ui.commands.command import Command, Need, Place
from sto_desktop.ui.commands.table import COMMANDS
from sto_desktop.ui.look import plain
from sto_desktop.ui.shell.finding import PaletteGroup, PaletteItem

if TYPE_CHECKING:
    from sto_desktop.ui.base.session import Session

Doer = QAction | QAbstractButton | Callable[[], object]

LOOK_AGAIN_MS, PATIENCE = 40, 12
"""How often, and how many times, to look again in a stage that was just entered."""

_ON_THE_SPOT = ("palette", "search")
"""Not offered in the palette, since the palette itself is what they open."""


class CommandedWindow(Protocol):
    """What the commander needs from its window, besides being a widget."""

    actions_by_id: dict[str, QAction]

    @property
    def notify(self) -> Notify:
        """Shows a message."""
        ...

    @property
    def session(self) -> Session | None:
        """The open dossier."""
        ...

    @property
    def opening(self) -> bool:
        """Whether a dossier is being opened."""
        ...

    @property
    def stage(self) -> Stage:
        """The current stage."""
        ...

    def stage_widget(self, stage: Stage) -> QWidget | None:
        """Return the widget of a stage, if it has been built."""
        ...

    def navigate(self, stage: Stage) -> None:
        """Show a stage."""
        ...


@runtime_checkable
class DoesCommands(Protocol):
    """A widget with commands that work while it, or a widget inside it, has the focus: a card, a row."""

    def does(self) -> Mapping[str, Callable[[], object]]:
        """Return the functions for its commands that can be done now, by command id."""
        ...


@runtime_checkable
class ShowsPlaces(Protocol):
    """A stage with more than one view."""

    def shows_place(self, place: Place) -> bool:
        """Return whether the current view is the one in which the commands of a place work."""
        ...

    def show_place(self, place: Place) -> None:
        """Show the view in which the commands of a place work."""
        ...


@runtime_checkable
class ReadsFirst(Protocol):
    """A stage that is read by a worker before its commands can be done."""

    def missing_now(self) -> Need | None:
        """Return what all its commands wait for now."""
        ...


class Commander(QObject):
    """Provides the commands of one window to the palette. `answered` carries a command and whether it was done; if not,
    the user was told why.
    """

    answered = Signal(str, bool)

    def __init__(self, window: QWidget, frame: CommandedWindow) -> None:
        """`frame` is the same object as `window`: the interface that the commander uses."""
        super().__init__(window)
        self._window = window
        self._frame = frame
        self._doers: dict[str, list[Doer]] = {}
        self._views: ShowsPlaces | None = None
        self._waiting, self._patience = COMMANDS[0], 0
        self._again = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self._again.timeout.connect(self._do_here)

    def __call__(self, query: str) -> list[PaletteItem]:
        """Return all commands, those of the current stage first; the palette ranks them."""
        # The palette opens with an empty query; while the user types in it, the window behind it does not change.
        if not query or not self._doers:
            self._look()
        current = self._frame.stage
        order = sorted(COMMANDS, key=lambda command: command.place.stage not in ("", current))
        return [self._item(command) for command in order if command.id not in _ON_THE_SPOT]

    def _item(self, command: Command) -> PaletteItem:
        missing = self.missing(command)
        stage = command.place.stage
        elsewhere = tr(STAGE_LABELS[Stage(stage)]) if stage and stage != self._frame.stage else ""
        return PaletteItem(
            PaletteGroup.COMMANDS,
            self._text(command),
            partial(self.do, command),
            tr(missing.value) if missing is not None else elsewhere,
            key=hint(command.id),
            words=f"{tr(command.words)} {tr(command.place.heading)}" if command.words else tr(command.place.heading),
            able=missing is None,
            family=command.family,
        )

    def _text(self, command: Command) -> str:
        """Return the name of a command, or its action's current text, which may say more: "Ongedaan maken: notitie"."""
        action = self._frame.actions_by_id.get(command.id)
        if action is not None and action.isEnabled():
            return plain.read_word(action.text())
        return tr(command.name)

    def missing(self, command: Command) -> Need | None:
        """Return what is missing before a command can be done, as far as is known here; None if nothing is known to be
        missing.
        """
        window, place = self._frame, command.place
        needs_dossier = place.stage not in ("", Stage.START) or command.need is Need.DOSSIER
        if needs_dossier and window.session is None:
            return Need.OPENED if window.opening else Need.DOSSIER
        panel = window.session.panel_id if window.session is not None else None
        if place.stage not in ("", Stage.START, Stage.OVERVIEW) and command.need is not Need.DOSSIER and panel is None:
            return Need.PANEL
        if place.stage not in ("", window.stage) or (self._views is not None and not self._views.shows_place(place)):
            return None
        return None if self._able(command.id) is not None else self._need(command)

    def _need(self, command: Command) -> Need:
        """Return why a command can't be done, whose control is missing or disabled."""
        stage = self._frame.stage_widget(self._frame.stage)
        waits_for = stage.missing_now() if command.place.stage and isinstance(stage, ReadsFirst) else None
        return waits_for or command.need

    def do(self, command: Command) -> None:
        """Go to the place of a command, and do it there; if that is impossible, say why."""
        self._look()
        missing = self.missing(command)
        if missing is not None:
            self._answer(command, missing)
            return
        already_there = command.place.stage in ("", self._frame.stage)
        self._go_to(command.place)
        self._waiting, self._patience = command, 0 if already_there else PATIENCE
        self._do_here()

    def _do_here(self) -> None:
        command = self._waiting
        self._look()
        doer = self._able(command.id)
        if doer is None and self._patience and command.place.stage == self._frame.stage:
            # The stage builds its controls after it has read the dossier, so they may not exist yet: look again a
            # little later.
            self._patience -= 1
            self._again.start()
            return
        if isinstance(doer, QAction):
            doer.trigger()
        elif isinstance(doer, QAbstractButton):
            doer.click()
        elif doer is not None:
            doer()
        self._answer(command, self._need(command) if doer is None else None)

    def _answer(self, command: Command, missing: Need | None) -> None:
        if missing is not None:
            self._frame.notify(tr(missing.value))
        self.answered.emit(command.id, missing is None)

    def _go_to(self, place: Place) -> None:
        if not place.stage:
            return
        if self._frame.stage != place.stage:
            self._frame.navigate(Stage(place.stage))
        stage = self._frame.stage_widget(self._frame.stage)
        if isinstance(stage, ShowsPlaces):
            stage.show_place(place)

    def _look(self) -> None:
        """Collect the controls that do each command, in this window and its stage."""
        self._doers = {}
        stage = self._frame.stage_widget(self._frame.stage)
        # Asked once: a look-up of a protocol takes longer than all else that is asked of a command.
        self._views = stage if isinstance(stage, ShowsPlaces) else None
        controls: list[QObject] = [*self._window.actions()]
        if stage is not None:
            controls += [*stage.actions(), *stage.findChildren(QAction), *stage.findChildren(QAbstractButton)]
        controls += [button for button in self._window.findChildren(QAbstractButton) if button.window() is self._window]
        # The id of a command is the object name of its action or button (see `keys`).
        for doer in controls:
            if isinstance(doer, QAction | QAbstractButton):
                self._doers.setdefault(doer.objectName(), []).append(doer)
        at: QWidget | None = self._window.focusWidget()
        while at is not None:
            if isinstance(at, DoesCommands):
                for command, does in at.does().items():
                    self._doers.setdefault(command, []).append(does)
            at = at.parentWidget()

    def _able(self, command: str) -> Doer | None:
        return next((doer for doer in self._doers.get(command, ()) if _can(doer)), None)


def _can(doer: Doer) -> bool:
    # A row may have been deleted since it was collected: by the clock, or by a merge.
    if isinstance(doer, QObject) and not shiboken6.isValid(doer):
        return False
    if isinstance(doer, QAbstractButton):
        return doer.isEnabled() and doer.isVisible()
    if isinstance(doer, QAction):
        return doer.isEnabled() and (not isinstance(doer, CommandAction) or doer.ready())
    return True
