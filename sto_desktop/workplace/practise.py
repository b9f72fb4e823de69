"""A copy of a dossier to practise a conversation on: nothing of it reaches the dossier, and it is thrown away."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sto_desktop.domain.actions.conversation import start_over
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.model import Panel
from sto_desktop.own_files import make_folder
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace.place import program_folder

FOLDER = "oefening"
NAME = "Oefening.sto"
FASTEST = 20
SPEEDS = (1, 2, 5, 10, FASTEST)


class PractiseClock:
    """The two clocks of a conversation that is played faster: `now` is the wall clock, `seconds` never jumps."""

    def __init__(self, start: dt.datetime, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._real = monotonic
        self._start = start
        self._speed = 1.0
        self._played = 0.0
        self._since = monotonic()

    @property
    def speed(self) -> float:
        """How many times as fast as it would be."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Go on at another speed, from 1 to `FASTEST`."""
        self._played, self._since = self.seconds(), self._real()
        self._speed = min(float(FASTEST), max(1.0, speed))

    def seconds(self) -> float:
        """Return the seconds that were played."""
        return self._played + (self._real() - self._since) * self._speed

    def now(self) -> dt.datetime:
        """Return what the clock on the wall would say."""
        return self._start + dt.timedelta(seconds=self.seconds())


def begin_of(panel: Panel, now: dt.datetime) -> dt.datetime:
    """Return when a panel that is practised begins: at its planned time, so that all clock times are as on the day."""
    if panel.start is None:
        return now
    return dt.datetime.combine(panel.date or now.date(), panel.start).astimezone()


def practise_copy(copy: WorkingCopy, panel: str, who: Identity, home: Path | None = None) -> WorkingCopy:
    """Return a copy of a dossier in which this panel has not been held yet; `throw_away` takes it away again.

    Any thread may call it. What an earlier practice left behind (after a crash) goes first.

    Raises:
        DossierError: there is no room for it; the dossier is as it was.
    """
    folder = (home or program_folder()) / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    own = folder / new_id()
    make_folder(own)
    copy.write_copy(own / NAME)
    made = copy.open_copy(lambda path, password: WorkingCopies(own).open(path, who, password), own / NAME)
    found = made.dossier.read.panel(panel)
    if found is not None:
        made.dossier.apply(start_over(found, _held(made.dossier, panel)))
    made.dossier.set_setting("panel", panel)
    return made


def throw_away(copy: WorkingCopy) -> None:
    """Take a copy that was practised on away, with everything in it."""
    copy.discard()
    shutil.rmtree(copy.path.parent, ignore_errors=True)


def _held(dossier: Dossier, panel: str) -> Iterator[tuple[str, str]]:
    read = dossier.read
    yield from (("note", one.id) for one in read.notes(panel))
    yield from (("time_span", one.id) for one in read.time_spans(panel))
    yield from (("playback", one.id) for one in read.playbacks(panel))
