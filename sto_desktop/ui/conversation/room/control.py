"""Opens and places the windows on other screens, hides what the room must not see, and keeps the computer awake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.errors import StoError
from sto_desktop.domain.live.state import LiveState, Phase
from sto_desktop.language import counted, tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.power import BatteryWatch, KeepAwake
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.conversation.capture.capture_edit import CaptureEdit
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.room.content import RoomShows, room_content
from sto_desktop.ui.conversation.room.moderator_window import ModeratorWindow
from sto_desktop.ui.conversation.room.places import ScreenWindows, WindowPlace
from sto_desktop.ui.conversation.room.screens import Screens
from sto_desktop.ui.conversation.room.view import RoomWindow
from sto_desktop.ui.conversation.table.round_bar import RoundBar
from sto_desktop.ui.look import plain
from sto_desktop.ui.shell.veil import Veil, Veils

if TYPE_CHECKING:
    from sto_desktop.ui.conversation.page.page import ConversationPage

SMALL_ROOM = (480, 270)
"""Size in px of the room's window when it has no screen of its own: too small to be mistaken for the real display."""

SMALL_MODERATOR = (960, 600)


@dataclass
class Surroundings:
    """The computer's screens, sleep and battery. Tests supply their own."""

    screens: Screens = field(default_factory=Screens)
    awake: KeepAwake = field(default_factory=KeepAwake)
    battery: BatteryWatch = field(default_factory=BatteryWatch)


class RoomControl(QObject):
    """Everything that Gesprek shows outside its own window. `follow` sets the conversation to show."""

    shown_changed = Signal()
    """A window was opened or closed, or the discreet mode changed."""

    def __init__(self, context: StageContext, owner: QWidget, around: Surroundings | None = None) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._live: LiveConversation | None = None
        self._veils: Veils | None = None
        self._edit: CaptureEdit | None = None
        self.around = around or Surroundings()
        self.screens = self.around.screens
        self.room = RoomWindow(context.theme)
        self.room.closed.connect(self.hide_room)
        # Some systems activate the room's window: give the focus back at once.
        self.room.activated.connect(lambda: owner.window().activateWindow())
        self._windows: list[QWidget] = [self.room]
        self._room = WindowPlace("room_screen", full=True, small=SMALL_ROOM)
        self._moderator = WindowPlace("moderator_screen", full=False, small=SMALL_MODERATOR)
        self._places = ScreenWindows(self.screens, owner, context.settings, (self._room, self._moderator))
        self._places.lost.connect(self._lost)
        self._places.failed.connect(self._tell)
        self._second: ModeratorWindow | None = None
        self._page: ConversationPage | None = None
        self.actions = self._bind_keys()
        self.screens.mirror_changed.connect(self._mirror_changed)
        self.around.awake.failed.connect(self._sleeps)
        self.around.battery.low.connect(self._battery_low)
        # No reference to `self`, which is already deleted when `destroyed` is emitted.
        windows, around_ = self._windows, self.around
        owner.destroyed.connect(lambda: _let_go(windows, around_))

    def _bind_keys(self) -> dict[str, QAction]:
        actions = {
            "room": keys.bind("room", self._owner, self.toggle_room),
            "moderator_window": keys.bind("moderator_window", self._owner, self.toggle_moderator),
            "discreet": keys.bind("discreet", self._owner, self.toggle_discreet),
        }
        for action in actions.values():
            action.setCheckable(True)
        return actions

    def attach(self, page: ConversationPage) -> None:
        """Attach to this page: its names, notes and silences are covered in discreet mode."""
        self._page = page
        theme, edit = self._context.theme, page.line.edit
        self._veils = Veils(page)
        text = tr("Discreet: namen, notities en stilte zijn verborgen. {key} toont ze weer.", key=keys.hint("discreet"))
        self._veils.add(Veil(theme, page.stream, text))
        self._veils.add(Veil(theme, page.side, text))
        for bar in page.findChildren(RoundBar):
            self._veils.add(Veil(theme, bar, tr("Discreet: wie aan de beurt is, is verborgen.")))
        line = self._veils.add(Veil(theme, page.line, "", through=True))

        def count() -> None:
            length = len(edit.toPlainText())
            signs = counted(length, "{n} teken", "{n} tekens") if length else tr("nog leeg")
            line.set_text(tr("Verborgen regel ({signs}): typen en Enter werken gewoon.", signs=signs))

        # Not the field's own signal, which is blocked while the text of a note is cleared.
        edit.document().contentsChanged.connect(count)
        count()
        self._edit = edit

    def _cover(self, discreet: bool) -> None:
        if self._veils is not None and self._veils.on != discreet:
            self._veils.set_on(discreet)
        if self._edit is not None:
            self._edit.set_discreet(discreet)
        self._context.session.discreet = discreet

    # Following the conversation

    def follow(self, live: LiveConversation | None) -> None:
        """Show this conversation from now on, or none."""
        if self._live is not None:
            self._live.updated.disconnect(self._show)
        self._live = live
        # The moderator's window shows one page: open it again for the new page.
        again = self.moderator_shown and live is not None
        if self.moderator_shown:
            self.hide_moderator()
        if live is not None:
            # A new page starts in the discreet mode of the previous one.
            live.set_discreet(self._context.session.discreet)
            live.updated.connect(self._show)
            self._show(live.state())
        else:
            self.close()
        if again:
            self.show_moderator()

    def close(self) -> None:
        """Close every window and let the computer sleep: the conversation is not shown any more."""
        self.hide_room()
        self.hide_moderator()
        self.around.awake.set(False)
        self.around.battery.set(False)
        self.screens.watch_mirror(False)

    def _show(self, state: LiveState) -> None:
        self.around.awake.set(state.running)
        self.around.battery.set(state.phase in (Phase.RUNNING, Phase.PAUSED))
        self._cover(state.discreet)
        if self.actions["discreet"].isChecked() != state.discreet:
            self.actions["discreet"].setChecked(state.discreet)
            self.shown_changed.emit()
        self._show_room(state)
        if self._second is not None:
            self._second.show_state(state)

    def _show_room(self, state: LiveState) -> None:
        if self._live is None or not self._room.wanted:
            return
        shows = RoomShows(*(self.sees(name) for name in ("room_time", "room_summary", "room_notes", "room_names")))
        notes = self._live.rows.notes_of(self._live.place.current) if shows.notes else ()
        self.room.setWindowTitle(plain.title(tr("Voor de zaal: {panel}", panel=title_for(state.panel))))
        self.room.view.show_content(room_content(state, shows, notes))

    def refresh(self) -> None:
        """Update the display after the settings of what the room sees changed."""
        if self._live is not None:
            self._show(self._live.state())

    # The room's window

    @property
    def room_shown(self) -> bool:
        """Whether the room's window is switched on (it may be waiting for its screen)."""
        return self._room.wanted

    def toggle_room(self) -> None:
        """Show or hide the room's window."""
        if self._room.wanted:
            self.hide_room()
        else:
            self.show_room()

    def show_room(self) -> None:
        """Show the room's window: on another screen, or small if there is none."""
        if self._live is None:
            return
        self._places.show(self._room, self.room)
        self._told()
        self._show(self._live.state())
        if self._room.screen is None:
            self._context.notify(
                tr(
                    "Er is geen tweede scherm. Sluit een beamer aan en kies «Uitbreiden»: het scherm voor de zaal gaat "
                    "er vanzelf heen."
                )
            )

    def hide_room(self) -> None:
        """Hide the room's window."""
        self._places.take_away(self._room)
        self._told()

    def _told(self) -> None:
        self.actions["room"].setChecked(self.room_shown)
        self.actions["moderator_window"].setChecked(self.moderator_shown)
        self.shown_changed.emit()

    def _lost(self, place: WindowPlace) -> None:
        if place is self._room:
            message = tr("Het tweede scherm is weg. Zodra het er weer is, staat de vraag er weer op.")
        else:
            message = tr("Het scherm van de gespreksleider is weg. Zodra het er weer is, komt het venster terug.")
        self._context.notify(message, tone="warn")

    def sees(self, name: str) -> bool:
        """Return whether the room may see something, by the name of its setting."""
        return bool(getattr(self._context.settings.current, name))

    def set_shows(self, **shows: bool) -> None:
        """Apply what the room may see (`room_time`, `room_summary`, `room_notes`, `room_names`)."""
        attempt(self._tell, self._context.settings.change, **shows)
        self.refresh()

    # The moderator's second window

    @property
    def moderator_shown(self) -> bool:
        """Whether the moderator's second window is switched on."""
        return self._moderator.wanted

    def toggle_moderator(self) -> None:
        """Show or hide the moderator's second window."""
        if self.moderator_shown:
            self.hide_moderator()
        else:
            self.show_moderator()

    def show_moderator(self) -> None:
        """Show the moderator's second window: on a screen that the room does not use, or beside the main window."""
        if self._page is None or self._live is None:
            return
        self._second = ModeratorWindow(self._context.theme, self._page, self._context.actions)
        for action in self.actions.values():
            self._second.addAction(action)
        own = self._owner.window()
        if own.isModal():
            # While practising, the program's other windows get no keys or clicks, unless they belong to this one.
            self._second.winId()
            self._second.windowHandle().setTransientParent(own.windowHandle())
        self._second.closed.connect(self.hide_moderator)
        self._windows.append(self._second)
        self._places.show(self._moderator, self._second)
        # Some systems activate a new window even when told not to.
        self._owner.window().activateWindow()
        self._told()

    def hide_moderator(self) -> None:
        """Hide the moderator's second window."""
        self._places.take_away(self._moderator)
        if self._second is not None:
            self._windows.remove(self._second)
            self._second.deleteLater()
            self._second = None
        self._told()

    def _tell(self, error: StoError) -> None:
        self._context.notify(str(error), tone="late")

    # Discretion

    def toggle_discreet(self) -> None:
        """Hide names, notes and silences on every screen, or show them again."""
        if self._live is not None:
            self._live.set_discreet(not self._live.discreet)

    def watch(self, watched: bool) -> None:
        """Check whether the projector mirrors this screen, while Gesprek is visible."""
        self.screens.watch_mirror(watched)
        if watched and self.screens.mirrored:
            self._mirror_changed(True)

    def _mirror_changed(self, mirrored: bool) -> None:
        # In discreet mode there are no names or notes to read.
        if not mirrored or self._live is None or self._live.discreet:
            return
        self._context.notify(
            tr(
                "De beamer toont hetzelfde als dit scherm: de zaal leest namen en notities mee. Druk Windows P en kies "
                "«Uitbreiden», of verberg ze met F8."
            ),
            action=tr("Nu verbergen"),
            on_action=self.toggle_discreet,
            tone="late",
        )

    # Power

    def _sleeps(self) -> None:
        message = tr("Het slapen van deze computer is niet uit te zetten. Zet de slaapstand zelf uit voor het gesprek.")
        self._context.notify(message, tone="warn")

    def _battery_low(self, percent: int) -> None:
        message = tr("De accu staat op {n} %. Sluit de lader aan; alles wat u typte is bewaard.", n=percent)
        self._context.notify(message, tone="late" if percent <= 10 else "warn")


def _let_go(windows: Sequence[QWidget], around: Surroundings) -> None:
    """Close the windows on every screen, and let the computer sleep."""
    # When the program ends, Qt may already have deleted them.
    if not all(shiboken6.isValid(owned) for owned in (*windows, around.awake, around.battery, around.screens)):
        return
    around.awake.set(False)
    around.battery.set(False)
    around.screens.watch_mirror(False)
    for window in windows:
        window.hide()
        window.deleteLater()
