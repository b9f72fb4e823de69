"""A temporary copy of a dossier to practise a conversation on, which never changes the dossier itself."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sto_desktop.domain.actions.conversation import start_over
from sto_desktop.domain.model import Panel
from sto_desktop.own_files import program_folder
from sto_desktop.storage.file.files import private_place
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.storage.working.working_copy import WorkingCopy

_FOLDER_BEFORE = "oefening"
NAME = "Oefening.sto"
FASTEST = 20
SPEEDS = (1, 2, 5, 10, FASTEST)


_PLACES: dict[Path, ExitStack] = {}
"""By the path of a practice copy: its temporary folder, which is removed with it, or when its program was killed."""


class PractiseClock:
    """The two clocks of a conversation played faster: `now` is the wall clock, `seconds` is monotonic."""

    def __init__(self, start: dt.datetime, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._real = monotonic
        self._start = start
        self._speed = 1.0
        self._played = 0.0
        self._since = monotonic()

    @property
    def speed(self) -> float:
        """The factor by which the conversation is faster than real time."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Continue at another speed, limited to 1 to `FASTEST`."""
        self._played, self._since = self.seconds(), self._real()
        self._speed = min(float(FASTEST), max(1.0, speed))

    def seconds(self) -> float:
        """Return the seconds played so far."""
        return self._played + (self._real() - self._since) * self._speed

    def now(self) -> dt.datetime:
        """Return the wall-clock time in the conversation."""
        return self._start + dt.timedelta(seconds=self.seconds())


def begin_of(panel: Panel, now: dt.datetime) -> dt.datetime:
    """Return the start of the practice: the planned start of the panel, so that the clock shows the times of the day
    itself.
    """
    if panel.start is None:
        return now
    return dt.datetime.combine(panel.date or now.date(), panel.start).astimezone()


def practise_copy(copy: WorkingCopy, panel: str, person: Identity, home: Path | None = None) -> WorkingCopy:
    """Return a copy of a dossier in which this panel has not been held yet; `throw_away` deletes it.

    Any thread may call it. First deletes what an earlier practice left after a crash.

    Raises:
        DossierError: the disk is full; the dossier is unchanged.
    """
    at_home = home or program_folder()
    # Earlier versions kept them apart, and a crash may have left one.
    shutil.rmtree(at_home / _FOLDER_BEFORE, ignore_errors=True)
    place = ExitStack()
    own_folder = place.enter_context(private_place(at_home))
    with closed_on_failure(place):
        copy.write_copy(own_folder / NAME)
        practice = copy.with_password(
            lambda password: WorkingCopies(own_folder).open(own_folder / NAME, person, password)
        )
    _PLACES[practice.path] = place
    record = practice.dossier.read.panels.get(panel)
    if record is not None:
        practice.dossier.apply(start_over(record, _held(practice.dossier, panel)))
    practice.dossier.set_setting("panel", panel)
    return practice


def throw_away(copy: WorkingCopy) -> None:
    """Delete a practice copy, with everything in its folder."""
    copy.discard()
    _PLACES.pop(copy.path).close()


@contextmanager
def closed_on_failure(place: ExitStack) -> Iterator[None]:
    """Leave a place if the block fails."""
    try:
        yield
    except BaseException:
        place.close()
        raise


def _held(dossier: Dossier, panel: str) -> Iterator[tuple[str, str]]:
    read = dossier.read
    yield from (("note", record.id) for record in read.notes.of_panel(panel))
    yield from (("time_span", record.id) for record in read.course.time_spans(panel))
    yield from (("planned_part", record.id) for record in read.course.plan(panel))
    yield from (("playback", record.id) for record in read.course.playbacks(panel))
