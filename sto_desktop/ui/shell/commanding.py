"""Does any command from any stage: goes to its place, finds what does it there, or says why it can't be done now."""

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
"""Commands that the palette itself is the answer to."""


class Frame(Protocol):
    """What the commander asks of its window besides being one."""

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
    """A widget that does commands while it, or something in it, has the focus: a card, a row."""

    def does(self) -> Mapping[str, Callable[[], object]]:
        """Return what it can do now, by command."""
        ...


@runtime_checkable
class ShowsPlaces(Protocol):
    """A stage with more than one view."""

    def shows_place(self, place: Place) -> bool:
        """Return whether the view in which the commands of a place work is on show."""
        ...

    def show_place(self, place: Place) -> None:
        """Show the view in which the commands of a place work."""
        ...


class Commander(QObject):
    """The palette's provider of commands, for one window. `answered`: a command was done, or it was said why not."""

    answered = Signal(str, bool)

    def __init__(self, window: QWidget, frame: Frame) -> None:
        """`frame` is the window again, as what it can do."""
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
        # The palette opens with an empty query; while one types in it, nothing behind it changes.
        if not query or not self._doers:
            self._look()
        here = self._frame.stage
        order = sorted(COMMANDS, key=lambda command: command.place.stage not in ("", here))
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
        )

    def _text(self, command: Command) -> str:
        """Return the name of a command, or what its action says that it does now: "Ongedaan maken: notitie"."""
        action = self._frame.actions_by_id.get(command.id)
        if action is not None and action.isEnabled():
            return plain.read_word(action.text())
        return tr(command.name)

    def missing(self, command: Command) -> Need | None:
        """Return what must be there first, as far as can be told from here; None if nothing is known to be missing."""
        window, place = self._frame, command.place
        needs_dossier = place.stage not in ("", Stage.START) or command.need is Need.DOSSIER
        if needs_dossier and window.session is None:
            return Need.DOSSIER
        panel = window.session.panel_id if window.session is not None else None
        if place.stage not in ("", Stage.START, Stage.OVERVIEW) and command.need is not Need.DOSSIER and panel is None:
            return Need.PANEL
        if place.stage not in ("", window.stage) or (self._views is not None and not self._views.shows_place(place)):
            return None
        return None if self._able(command.id) is not None else command.need

    def do(self, command: Command) -> None:
        """Go to where the command works, and do it there; say why, if it can't be done."""
        self._look()
        missing = self.missing(command)
        if missing is not None:
            self._answer(command, missing)
            return
        there = command.place.stage in ("", self._frame.stage)
        self._go_to(command.place)
        self._waiting, self._patience = command, 0 if there else PATIENCE
        self._do_here()

    def _do_here(self) -> None:
        command = self._waiting
        self._look()
        doer = self._able(command.id)
        if doer is None and self._patience and command.place.stage == self._frame.stage:
            # A stage reads the dossier when it is first shown.
            self._patience -= 1
            self._again.start()
            return
        if isinstance(doer, QAction):
            doer.trigger()
        elif isinstance(doer, QAbstractButton):
            doer.click()
        elif doer is not None:
            doer()
        self._answer(command, command.need if doer is None else None)

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
        """Find what does which command in this window and its stage."""
        self._doers = {}
        stage = self._frame.stage_widget(self._frame.stage)
        # Asked once: a look-up of a protocol takes longer than all else that is asked of a command.
        self._views = stage if isinstance(stage, ShowsPlaces) else None
        found: list[QObject] = [*self._window.actions()]
        if stage is not None:
            found += [*stage.actions(), *stage.findChildren(QAction), *stage.findChildren(QAbstractButton)]
        found += [button for button in self._window.findChildren(QAbstractButton) if button.window() is self._window]
        for doer in found:
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
    # A row may have gone since it was found: the clock ticks, a colleague's work comes in.
    if isinstance(doer, QObject) and not shiboken6.isValid(doer):
        return False
    if isinstance(doer, QAbstractButton):
        return doer.isEnabled() and doer.isVisible()
    if isinstance(doer, QAction):
        return doer.isEnabled() and (not isinstance(doer, CommandAction) or doer.ready())
    return True
