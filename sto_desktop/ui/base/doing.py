"""Doing an action for the user: what the world refuses is said at the foot of the window, nothing else is lost."""

from __future__ import annotations

from sto_desktop.domain.errors import StoError
from sto_desktop.domain.log.change import Action
from sto_desktop.ui.base.stage import StageContext


def perform(context: StageContext, action: Action) -> bool:
    """Do an action; False where it could not be put on disk, which the user has then been told."""
    try:
        context.session.apply(action)
    except StoError as error:
        context.notify(str(error), tone="late")
        return False
    return True


def together(label: str, actions: list[Action]) -> Action:
    """Return several actions as one thing that a person did."""
    return Action(label, tuple(edit for one in actions for edit in one.edits))
