"""Changes the password of the open dossier: the slow parts on workers, the switch itself between them."""

from __future__ import annotations

from collections.abc import Callable

from sto_desktop.domain.errors import DossierError
from sto_desktop.storage.whole_file.encrypting import Encrypted
from sto_desktop.storage.working.register import NOTHING_MORE, Reached
from sto_desktop.ui.base.background import Background
from sto_desktop.ui.base.session import Session

Done = Callable[[DossierError | None, Reached], None]


class Encrypt:
    """One change of password; keep a reference until `done` is called, with the error or None, and with
    what could not be reached."""

    def __init__(self, session: Session, password: str | None, done: Done) -> None:
        self._session = session
        self._password = password
        self._done = done
        self._work: Background[Encrypted] | Background[Reached] | None = None

    def start(self) -> None:
        """Start the first worker."""
        copy, password = self._session.copy, self._password
        self._session.pause()
        work = Background(lambda: copy.encrypted_apart(password), self._made, self._failed)
        self._work = work
        work.start()

    def _made(self, made: Encrypted) -> None:
        # During the switch no other connection may have the working copy open.
        self._session.pause()
        copy = self._session.copy
        try:
            old = copy.take_password(self._password, made)
        except DossierError as error:
            self._failed(error)
            return
        work = Background(lambda: copy.encrypt_files(old), lambda reached: self._end(None, reached), self._failed)
        self._work = work
        work.start()

    def _failed(self, error: Exception) -> None:
        # An unexpected error is raised, but the session must not stay paused.
        if not isinstance(error, DossierError):
            self._session.resume()
            raise error
        self._end(error)

    def _end(self, error: DossierError | None, reached: Reached = NOTHING_MORE) -> None:
        self._work = None
        self._session.resume()
        self._done(error, reached)
