"""Doing something for the user: what the world refuses is told where the user looks, nothing else is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ParamSpec

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sto_desktop.domain.errors import StoError
from sto_desktop.domain.log.change import Action
from sto_desktop.ui.base.stage import StageContext

if TYPE_CHECKING:  # at run time they come with the dossier: SQLAlchemy costs more than the window itself
    from sto_desktop.storage.working.dossier import ConflictCase
    from sto_desktop.ui.base.session import Session

P = ParamSpec("P")
Tell = Callable[[StoError], object]
"""Says to the user why something could not be done: at the foot of the window, in a banner, in a dialog."""

MANY_EDITS = 1000
"""An action on so many rows takes a noticeable moment: it is on disk before anything else is done."""


def attempt(tell: Tell, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Call `work`; False where the world refused (a full disk, a share that is away), which `tell` has then told."""
    try:
        work(*args, **kwargs)
    except StoError as error:
        tell(error)
        return False
    return True


def perform(context: StageContext, action: Action) -> bool:
    """Do an action; False where it could not be put on disk, which the user has then been told."""
    return attempt(context.tell_error, context.session.apply, action)


def together(label: str, actions: list[Action]) -> Action:
    """Return several actions as one thing that a person did."""
    return Action(label, tuple(edit for one in actions for edit in one.edits))


@contextmanager
def _sign_of_work(shown: bool) -> Iterator[None]:
    """Show by the pointer that the program is at work."""
    if not shown:
        yield
        return
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QApplication.restoreOverrideCursor()


class DossierWork:
    """What all that is done to the open dossier shares; each stage adds what its screen does."""

    def __init__(self, session: Session, tell: Tell) -> None:
        self._session = session
        self._tell = tell

    @property
    def seq(self) -> int:
        """How far the dossier is: what an editor that opens now has seen."""
        return self._session.dossier.seq

    def apply(self, action: Action) -> bool:
        """Do an action; False where the dossier could not take it."""
        with _sign_of_work(len(action.edits) >= MANY_EDITS):
            return not action.edits or attempt(self._tell, self._session.apply, action)

    def conflicts(self) -> Sequence[ConflictCase]:
        """Return every field about which two people said different things."""
        return self._session.dossier.conflicts()

    def choose(self, case: ConflictCase, value: Any) -> bool:
        """Settle a conflict; False where it could not be."""
        return attempt(self._tell, self._session.dossier.choose, case, value)

    def draft(self, place: str) -> str:
        """Return what was being typed at a place when the program stopped."""
        return self._session.dossier.draft(place)

    def keep_draft(self, content: str, place: str) -> None:
        """Keep what is being typed; empty forgets it."""
        attempt(self._tell, self._session.dossier.set_draft, place, content)
