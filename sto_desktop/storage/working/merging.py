"""Merges other dossiers into a working copy: files of colleagues, and copies left by sync clients."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from sto_desktop.domain.log.change import Erasure
from sto_desktop.storage.file.database import connect, errors_of
from sto_desktop.storage.file.files import is_plain, private_place
from sto_desktop.storage.file.local import COPY
from sto_desktop.storage.log import log
from sto_desktop.storage.log.incoming import Incoming, Progress, on_and_on, take_in
from sto_desktop.storage.log.merge import MergeResult
from sto_desktop.storage.log.within import is_within
from sto_desktop.storage.whole_file.backup import Reason, bring_in_line, copy_dossier, put_away
from sto_desktop.storage.whole_file.keep_incoming import keep_merged
from sto_desktop.storage.working.copy_file import CopyFile
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.shared_place import copies_beside


class Merging:
    """The other dossiers of a working copy: what they would bring, and merging them."""

    def __init__(self, file: CopyFile, dossier: Dossier) -> None:
        self._file = file
        self._dossier = dossier

    def merge(
        self, paths: Iterable[Path], ask_password: Callable[[Path], str | None] | None = None
    ) -> list[MergeResult]:
        """Merge other dossiers, each in one transaction, after a backup; DossierError at the first that fails."""
        incoming = [Incoming(path, ask_password(path) if ask_password else None) for path in paths]
        results = []
        for dossier in self.merge_apart(incoming):
            if dossier.problem is not None:
                raise dossier.problem
            assert dossier.result is not None
            results.append(dossier.result)
        self._dossier.poll(always=True)
        return results

    def merge_apart(
        self, incoming: Sequence[Incoming], progress: Progress = on_and_on, kept_in: Path | None = None
    ) -> list[Incoming]:
        """Merge other dossiers over a separate connection, for any thread; `poll` reports what arrived.

        A backup is made before the first of which it is not known that all of it is here, and each dossier is one
        transaction: after cancelling, merged dossiers stay merged and the others leave no trace. One that can't be
        merged reports its problem and does not stop the others. What came in is kept as it was in `kept_in`, by default
        with the backups.

        Raises:
            DossierError: no backup could be made; nothing was merged.
        """
        with self._file.held(), errors_of(self._file.path):
            # The backup is the way back from an unwanted merge.
            with self._file.apart() as raw:
                done = take_in(
                    raw,
                    incoming,
                    self._file.home.home,
                    progress,
                    partial(self._keep, kept_in or self._file.backups, log.erasures(raw)),
                    partial(self._file.back_up, raw, Reason.MERGE),
                )
            self._file.erase_in_files(
                [erasure for dossier in done if dossier.result for erasure in dossier.result.to_erase]
            )
        return done

    def _keep(self, folder: Path, erased: Collection[Erasure], copy: Path, dossier: Incoming, ours: bool) -> Path:
        password = None if is_plain(copy) else dossier.password
        now, wanted = self._file.home.now(), self._file.password
        return keep_merged(copy, dossier.path.name, erased, folder, now, password, wanted, ours=ours)

    def preview(self, incoming: Sequence[Incoming], progress: Progress = on_and_on) -> list[Incoming]:
        """Return what merging would bring, by merging into a temporary copy; for any thread."""
        home = self._file.home.home
        with errors_of(self._file.path), private_place(home) as place:
            with self._file.apart() as raw:
                copy_dossier(raw, place / COPY, self._file.password)
            with closing(connect(place / COPY, password=self._file.password)) as raw:
                # The copy is deleted afterwards, so it need not reach the disk.
                raw.execute("PRAGMA synchronous = OFF")
                return take_in(raw, incoming, home, progress)

    def copies_beside(self) -> list[Path]:
        """Return the copies of this dossier that a sync client left next to it; for any thread."""
        with errors_of(self._file.path), self._file.apart() as raw:
            return copies_beside(self._file.path, raw, self._file.password, self._file.home.home)

    def put_away_copy(self, merged: Incoming) -> None:
        """Move a copy that was merged completely from next to the dossier to its backups; for any thread.

        DossierError if its content has changed or it can't be moved; it then stays in its place.
        """
        with errors_of(self._file.path), self._file.apart() as raw:
            erased = log.erasures(raw)
            folder, now = self._file.backups, self._file.home.now()
            proven = partial(is_within, raw, password=merged.password)
            adapt = partial(bring_in_line, erased=erased, password=merged.password, wanted=self._file.password)
            put_away(merged.path, merged.digest, folder, now, proven, adapt)
