"""Measures one note with a speaker and a tag, on disk and searchable, without a window, against one raw INSERT."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.capture import TEXT, RawInserts, fill, in_turn, row
from sto_desktop.domain.actions.notes import capture_note, tag_id
from sto_desktop.domain.actions.panels import add_panel, add_panelist
from sto_desktop.domain.capture.language import Captured, parse
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.workplace import Workplace


def _capture(dossier: Dossier, question: str, captured: Captured, _: int) -> float:
    """Capture one note and return the seconds it took."""
    known = {tag_id("technolab"): "technolab"}
    capture = capture_note("panel", question, captured, dt.datetime.now().astimezone(), known_tags=known)
    start = time.perf_counter()
    dossier.apply(capture)
    return time.perf_counter() - start


def measure(sizes: tuple[int, ...] = (100, 100_000)) -> list[dict[str, Any]]:
    """Return, for dossiers of these sizes, the time of `Dossier.apply` against that of the raw INSERT."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            copy = Workplace(Identity("Koen Nijhuis", "laptop"), WorkingCopies(folder / "home")).create(
                folder / "p.sto"
            )
            dossier = copy.dossier
            dossier.apply(add_panel(builtin_guide_id(), title="Panel", panel="panel"))
            dossier.apply(add_panelist("panel", "Jan Jansen", 2))
            questions = [question.id for _, question in dossier.read.guides.of_panel("panel").questions()]
            fill(dossier, "panel", questions, size)
            copy.publish()
            captured = parse(TEXT, dossier.read.members.of_panel("panel"))
            raw = RawInserts(folder / "raw")
            ours, raw_seconds = in_turn(partial(_capture, dossier, questions[3], captured), raw)
            raw.close()
            copy.close()
            rows.append(row(f"note on disk, dossier of {size} notes / raw INSERT", ours, raw_seconds))
    return rows
