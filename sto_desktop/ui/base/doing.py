"""Running the user's actions: errors from outside the program are reported where the user looks, and nothing else is
lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from PySide6.QtCore import QObject

from sto_desktop.domain.errors import StoError
from sto_desktop.ui.base.background import Newest
from sto_desktop.ui.base.stage import StageContext

if TYPE_CHECKING:  # imported with the dossier at run time, after the first paint
    from sto_desktop.domain.log.change import Action
    from sto_desktop.storage.read.reader import Reader
    from sto_desktop.storage.working.conflicts import ConflictCase
    from sto_desktop.ui.base.session import Session

P = ParamSpec("P")
T = TypeVar("T")
Tell = Callable[[StoError], object]
"""Reports an error to the user: at the foot of the window, in a banner or in a dialog."""


def attempt(tell: Tell, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Call `work`; return False, after reporting through `tell`, on a `StoError` (a full disk, an unreachable
    share)."""
    try:
        work(*args, **kwargs)
    except StoError as error:
        tell(error)
        return False
    return True


def perform(context: StageContext, action: Action) -> bool:
    """Apply an action; return False, after reporting the error, when it could not be saved."""
    return attempt(context.tell_error, context.session.apply, action)


class DossierWork:
    """Operations on the open dossier that all stages share; each stage's subclass adds those of its screen."""

    def __init__(self, session: Session, tell: Tell) -> None:
        self._session = session
        self._tell = tell

    @property
    def seq(self) -> int:
        """Current position in the log; an editor that opens now has seen everything up to it."""
        return self._session.dossier.seq

    def apply(self, action: Action) -> bool:
        """Apply an action; return False when it could not be saved."""
        return not action.edits or attempt(self._tell, self._session.apply, action)

    def newest(self, done: Callable[[Any], object], failed: Callable[[], object], parent: QObject) -> Newest:
        """Return what does work on a worker, of which only the newest result is wanted; see `read_apart`."""

        def told(error: StoError) -> None:
            failed()
            self._tell(error)

        return Newest(self._session.in_background, done, told, parent)

    def read_apart(self, look: Callable[[Reader], T]) -> T:
        """Read the dossier over a connection of its own, on any thread."""
        return self._session.copy.read_apart(look)

    def conflicts(self) -> Sequence[ConflictCase]:
        """Return every field to which two people gave different values."""
        return self._session.dossier.conflicts()

    def choose(self, case: ConflictCase, value: Any) -> bool:
        """Settle a conflict; return False when that could not be saved."""
        return attempt(self._tell, self._session.dossier.choose, case, value)

    def draft(self, place: str) -> str:
        """Return the draft of a place that was kept when the program stopped."""
        return self._session.dossier.draft(place)

    def keep_draft(self, content: str, place: str) -> None:
        """Save a draft; an empty one deletes it."""
        attempt(self._tell, self._session.dossier.set_draft, place, content)
