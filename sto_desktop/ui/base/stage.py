"""The stages of the window, and the context that each is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.errors import StoError
from sto_desktop.language import tr_later
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.look.theme import Appearance

if TYPE_CHECKING:  # imported with the dossier at run time, after the first paint
    from sto_desktop.ui.base.session import Session


class Stage(StrEnum):
    """The stages of the work, in the order of the rail."""

    START = "start"
    PREPARE = "prepare"
    CONVERSATION = "conversation"
    ELABORATE = "elaborate"
    REPORT = "report"
    OVERVIEW = "overview"


STAGE_LABELS: dict[Stage, str] = {
    Stage.START: tr_later("Start"),
    Stage.PREPARE: tr_later("Voorbereiden"),
    Stage.CONVERSATION: tr_later("Gesprek"),
    Stage.ELABORATE: tr_later("Uitwerken"),
    Stage.REPORT: tr_later("Verslag"),
    Stage.OVERVIEW: tr_later("Vogelvlucht"),
}
"""Source texts: pass through `tr`. Each stage's icon is named by its code."""


QUESTION_GONE = "question gone"
"""Topic of the message that asks where the notes of a deleted question go."""


STAGE_VIEWS: dict[Stage, dict[str, str]] = {
    Stage.ELABORATE: {
        "notes": tr_later("Lijst"),
        "board": tr_later("Bord"),
        "conclusions": tr_later("Conclusies"),
        "matrix": tr_later("Matrix"),
        "debrief": tr_later("Terugblik"),
    },
    Stage.OVERVIEW: {"matrix": tr_later("Overzicht"), "plan": tr_later("Plan"), "figures": tr_later("Figuren")},
}
"""The views of a stage, by id in the order of their tabs, with their labels: source texts, pass through `tr`."""


class Notify(Protocol):
    """Shows a message in the strip above the stages."""

    def __call__(
        self,
        text: str,
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        tone: str = "",
        topic: str = "",
    ) -> None:
        """Show `text`, with a button named `action`; `tone` is "", "good", "warn" or "late".

        It disappears by itself, unless its tone is "late" or it has a `topic`: the subject of a question, which stays
        until it is answered or closed, or a newer message on the same topic takes its place.
        """
        ...


@dataclass(frozen=True)
class StageContext:
    """What a stage is given: the dossier, the theme, the settings, and ways to report to the window.

    `actions` are the window's own actions by the ids of their commands (undo, redo, save, palette, help, …), for an
    `ActionButton` in a stage's top bar.
    """

    session: Session
    theme: Appearance
    settings: SettingsStore
    navigate: Callable[[Stage], None]
    notify: Notify
    actions: Mapping[str, QAction]
    stage_widget: Callable[[Stage], QWidget | None] = lambda _stage: None
    """Returns the widget of a stage that was shown before."""

    def tell_error(self, error: StoError) -> None:
        """Report at the foot of the window why something failed."""
        self.notify(str(error), tone="late")


StageFactory = Callable[[StageContext], QWidget]
"""Builds the widget of a stage when it is first shown with a dossier.

The widget has its own `TopBar`. It may add QActions to itself or its children (`keys.bind`), which the palette offers
while it is visible. Ctrl+F focuses its first visible `SearchField`. Its focus proxy, if any, gets the focus when it is
shown; `showEvent` and `hideEvent` tell it when it is entered and left. It is deleted when another dossier is opened,
and rebuilt when next shown.
"""
