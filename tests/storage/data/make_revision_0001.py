"""Makes revision-0001.sto: a dossier as the first migration made it, for the test that later programs open it.

    python -m tests.storage.data.make_revision_0001

Only until the first release: after that the file stays as it is, and a change of the tables gets a migration.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from sto_desktop.domain.log.change import Erasure, Writer, action, change, create, delete
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Consent, NoteKind, Stance
from sto_desktop.storage.file.database import connect
from sto_desktop.storage.file.schema import APPLICATION_ID, LOG_FORMAT
from sto_desktop.storage.migrate import upgrade
from sto_desktop.storage.whole_file.backup import copy_dossier
from sto_desktop.storage.working.dossier import Dossier

TARGET = Path(__file__).parent / "revision-0001.sto"


def fill(dossier: Dossier) -> None:
    """Do a bit of everything that a log can hold."""
    moment = datetime(2023, 2, 14, 13, tzinfo=UTC)
    dossier.apply(
        action(
            "panel toevoegen",
            create("panel", "P", title="Panel Hengelo", subregion="Hengelo", date=moment.date()),
            create("question", "Q", text="Wat is de opbrengst?", position=Position("T", "a0")),
            create("panelist", "L", panel="P", name="Zoë de Vries", seat=1, consent_name=Consent.YES),
        )
    )
    for number, text in enumerate(("Technolab trekt leerlingen", "Gastlessen vallen uit", "Dit gaat weg"), 1):
        place = Position("Q", f"a{number}")
        dossier.apply(
            action(
                "notitie toevoegen",
                create("note", f"N{number}", panel="P", position=place, text=text, captured_at=moment),
                create("voice", f"V{number}", note=f"N{number}", panelist="L", stance=Stance.SAYS),
            )
        )
    dossier.apply(
        action("notitie wijzigen", change("note", "N2", text="Gastlessen vallen vaak uit", kind=NoteKind.QUOTE))
    )
    dossier.apply(action("notitie verwijderen", delete("note", "N3")))
    dossier.apply(action("notitie wijzigen", change("note", "N1", star=True)))
    dossier.undo()
    dossier.apply(action("lid", create("panelist", "G", panel="P", name="Wie gewist wil zijn", role="ouder")))
    dossier.erase([Erasure("panelist", "G", "name")])


def make(target: Path) -> None:
    """Write the dossier."""
    made = target.with_suffix(".making")
    raw = connect(made)
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version = {LOG_FORMAT}")
    raw.close()
    upgrade(made, revision="0001")
    raw = connect(made)
    seconds = count()
    start = datetime(2023, 2, 14, 13, tzinfo=UTC)
    writer = Writer("7d1b7f0e-5b43-4f0e-9d4f-0a4c1f6d0001", "Jan", "laptop van Jan", "0.1.0")
    fill(Dossier(raw, target, writer, lambda: start + timedelta(seconds=next(seconds))))
    copy_dossier(raw, target, None)
    raw.close()
    made.unlink()


if __name__ == "__main__":
    make(TARGET)
