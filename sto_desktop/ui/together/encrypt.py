"""Changes the password of the open dossier: the slow parts on workers, the switch itself between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sto_desktop.domain.errors import DossierError
from sto_desktop.storage.whole_file.encrypting import Encrypted
from sto_desktop.storage.working.register import NOTHING_MORE, Reached
from sto_desktop.ui.base.background import Background
from sto_desktop.ui.base.session import Session

T = TypeVar("T")
Done = Callable[[DossierError | None, Reached], None]


class Encrypt:
    """One change of password; keep a reference until `done` is called, with the error or None, and with
    what could not be reached."""

    def __init__(self, session: Session, password: str | None, done: Done) -> None:
        self._session = session
        self._password = password
        self._done = done
        self._work: Background[Any] | None = None

    def start(self) -> None:
        """Start the first worker."""
        copy, password = self._session.copy, self._password
        self._session.pause()
        self._run(lambda: copy.encrypted_apart(password), self._made)

    def wait(self) -> None:
        """Wait until it is done, and report it."""
        while self._work is not None:
            self._work.wait()

    def _run(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        self._work = Background(work, done, self._end, ended=self._ended)
        self._work.start()

    def _ended(self) -> None:
        # A bug is reported to nobody, but the session must not stay paused.
        if self._work is not None and self._work.crashed:
            self._session.resume()

    def _made(self, made: Encrypted) -> None:
        # During the switch no other connection may have the working copy open.
        self._session.pause()
        copy = self._session.copy
        try:
            old = copy.take_password(self._password, made)
        except DossierError as error:
            self._end(error)
            return
        self._run(lambda: copy.encrypt_files(old), lambda reached: self._end(None, reached))

    def _end(self, error: DossierError | None, reached: Reached = NOTHING_MORE) -> None:
        self._work = None
        self._session.resume()
        self._done(error, reached)
