"""Merging several dossiers into one, each with its result or the reason why it could not be merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from sto_desktop.domain.errors import DossierError
from sto_desktop.storage.file.database import Raw, errors_of
from sto_desktop.storage.file.files import (
    content_digest,
    copy_in,
    has_journal,
    is_plain,
    private_place,
    remove_with_journals,
)
from sto_desktop.storage.log import log, taken
from sto_desktop.storage.log.arrivals import NOTHING, Arrivals, LogPoint, arrivals, mark
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


Keep = Callable[[Path, Incoming, bool], Path]
"""Called with a private copy of a dossier that comes in, and whether it has our tables; returns what was kept of it."""


class _Keeping:
    """Keeps what comes in of one dossier, once, if it brings something."""

    def __init__(self, dossier: Incoming, keep: Keep | None) -> None:
        self._dossier = dossier
        self._keep = keep
        self._kept: Path | None = None

    def keep(self, copy: Path, *, ours: bool) -> None:
        if self._keep is not None and self._kept is None:
            self._kept = self._keep(copy, self._dossier, ours)

    def before_renewal(self, copy: Path, _left: LeftBehind) -> None:
        """Keep a copy as it is before it is replaced by one with our tables."""
        self.keep(copy, ours=False)

    def end(self, copy: Path, *, nothing_new: bool) -> None:
        """Settle it after the merge: most dossiers that are merged again bring nothing."""
        if nothing_new:
            self.drop()
            return
        # All of it is in ours by now, so a disk that is full costs only the list of what came in.
        with suppress(DossierError):
            self.keep(copy, ours=True)

    def drop(self) -> None:
        if self._kept is not None:
            remove_with_journals(self._kept)


def take_in(
    raw: Raw,
    incoming: Sequence[Incoming],
    home: Path,
    progress: Progress,
    keep: Keep | None = None,
    before_first: Callable[[], object] = lambda: None,
) -> list[Incoming]:
    """Merge dossiers, each in one transaction.

    Args:
        home: of the working copies.
        keep: keeps what brings something.
        before_first: called before the first one of which it is not known that all of it is here.

    Raises:
        DossierError: there is no room to read any; nothing was merged.
    """
    done = list(incoming)
    # With the default cache, each lookup among a hundred thousand notes would read evicted pages from disk again.
    raw.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    known = taken.known(raw)
    since: LogPoint | None = None
    with ExitStack() as until_the_end:
        for at, dossier in enumerate(incoming):
            if not progress(at, len(incoming), dossier.path):
                break
            digest = taken.digest_if_known(known, dossier.path)
            # Without its password a file is refused, also if all of it is here.
            if digest and (dossier.password or is_plain(dossier.path)):
                done[at] = replace(dossier, result=MergeResult(), digest=digest)
                continue
            if since is None:
                before_first()
                place = until_the_end.enter_context(private_place(home))
            if since is None or since.seq != log.last_seq(raw):
                since = mark(raw)
            done[at] = _taken_in(raw, dossier, place, _Keeping(dossier, keep))
            result = done[at].result
            if result is not None and (result.rows or not result.nothing_new):
                before, since = since, mark(raw)
                known = {} if result.erasures else known
                done[at] = replace(done[at], arrived=arrivals(raw, before, since, done[at].arrived.left_behind))
    return done


def _taken_in(raw: Raw, dossier: Incoming, place: Path, keeping: _Keeping) -> Incoming:
    """Merge a dossier, copied to a private place; of what arrived, it tells only what was left behind."""
    try:
        with copy_in(place, dossier.path, dossier.password) as copy, errors_of(dossier.path):
            # Hash the merged content: the original file may change meanwhile.
            digest = content_digest(copy)
            result = merge_log(
                raw,
                copy,
                dossier.password,
                name=dossier.path,
                # A copy with other tables is replaced while it is read, by one with the log alone.
                keep=partial(keeping.before_renewal, copy),
                # With a journal beside it, something else is read.
                digest="" if has_journal(copy) else digest,
            )
            keeping.end(copy, nothing_new=result.nothing_new)
    # One dossier that fails must not stop the others.
    except DossierError as error:
        keeping.drop()
        return replace(dossier, problem=error)
    left_behind = result.left.told(dossier.path.name)
    return replace(dossier, result=result, arrived=Arrivals(left_behind=left_behind), digest=digest)
