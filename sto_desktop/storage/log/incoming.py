"""Merging several dossiers into one, each with its result or the reason why it could not be merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from sto_desktop.domain.errors import DossierError
from sto_desktop.storage.file.database import Raw, errors_of
from sto_desktop.storage.file.files import content_digest, private_copy, remove_with_journals
from sto_desktop.storage.log.arrivals import NOTHING, Arrivals, arrivals, mark
from sto_desktop.storage.log.left_behind import LeftBehind
from sto_desktop.storage.log.merge import MergeResult, merge_log

Progress = Callable[[int, int, Path], bool]
"""Called with the number of dossiers done, the total, and the next path; False stops before that dossier."""


def on_and_on(_done: int, _total: int, _path: Path) -> bool:
    """Continue always."""
    return True


_CACHE_KIB = 64 * 1024


@dataclass(frozen=True)
class Incoming:
    """A dossier to merge, and the outcome: neither result nor problem if it was not reached.

    `digest`: hash of the merged content (files.content_digest).
    """

    path: Path
    password: str | None = field(default=None, repr=False)
    result: MergeResult | None = None
    arrived: Arrivals = NOTHING
    problem: DossierError | None = None
    digest: str = ""

    @property
    def taken_whole(self) -> bool:
        """Whether all that it holds is in ours now, so that the file itself is no longer needed."""
        result = self.result
        return result is not None and not (result.contradicted or result.malformed or result.left)


Keep = Callable[[Path, Incoming], Path]
"""Called with a private copy of a dossier that comes in; returns what was kept of it."""


class _Keeping:
    """Keeps what comes in of one dossier, once, if it brings something."""

    def __init__(self, dossier: Incoming, keep: Keep | None) -> None:
        self._dossier = dossier
        self._keep = keep
        self._kept: Path | None = None

    def keep(self, copy: Path) -> None:
        if self._keep is not None and self._kept is None:
            self._kept = self._keep(copy, self._dossier)

    def before_renewal(self, copy: Path, _left: LeftBehind) -> None:
        """Keep a copy as it is before it is replaced by one with our tables."""
        self.keep(copy)

    def end(self, copy: Path, *, nothing_new: bool) -> None:
        """Settle it after the merge: most dossiers that are merged again bring nothing."""
        if nothing_new:
            self.drop()
            return
        # All of it is in ours by now, so a disk that is full costs only the list of what came in.
        with suppress(DossierError):
            self.keep(copy)

    def drop(self) -> None:
        if self._kept is not None:
            remove_with_journals(self._kept)


def take_in(
    raw: Raw, incoming: Sequence[Incoming], home: Path, progress: Progress, keep: Keep | None = None
) -> list[Incoming]:
    """Merge dossiers, each in one transaction. `home`: of the working copies; `keep`: of those that bring something."""
    done = list(incoming)
    # With the default cache, each lookup among a hundred thousand notes would read evicted pages from disk again.
    raw.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    for place, dossier in enumerate(incoming):
        if not progress(place, len(incoming), dossier.path):
            break
        before = mark(raw)
        keeping = _Keeping(dossier, keep)
        try:
            with private_copy(dossier.path, dossier.password, home) as copy, errors_of(dossier.path):
                # Hash the merged content: the original file may change meanwhile.
                digest = content_digest(copy)
                # A copy with other tables is replaced while it is read, by one with the log alone.
                result = merge_log(
                    raw, copy, dossier.password, name=dossier.path, keep=partial(keeping.before_renewal, copy)
                )
                keeping.end(copy, nothing_new=result.nothing_new)
        # One dossier that fails must not stop the others.
        except DossierError as error:
            done[place] = replace(dossier, problem=error)
            keeping.drop()
        else:
            arrived = arrivals(raw, before, result.left.told(dossier.path.name))
            done[place] = replace(dossier, result=result, arrived=arrived, digest=digest)
    return done
