"""What can still be read of a working copy in quarantine, and the account of it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sto_desktop.domain.errors import DossierError
from sto_desktop.language import counted, tr
from sto_desktop.storage.file.database import reading_foreign, stored_columns
from sto_desktop.storage.file.files import copy_for_reading, is_plain
from sto_desktop.storage.file.local import stated_path
from sto_desktop.storage.whole_file.repair import Repaired, repair
from sto_desktop.storage.working.quarantine import Quarantined


@dataclass(frozen=True)
class Salvaged:
    """What was read of a working copy in quarantine.

    `file`: a clean dossier with the readable part of its log; None if nothing could be read. `path`: that it says it is
    published at, if that can be read. `drafts`: by their place.
    """

    item: Quarantined
    file: Path | None = None
    path: Path | None = None
    repaired: Repaired | None = None
    drafts: Mapping[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether its whole log could be read."""
        return self.repaired is not None and self.repaired.lost == 0 and not self.repaired.left_out

    def told(self, new: int) -> str:
        """Return what became of it, in Dutch; `new`: the number of changes that were in no other file."""
        happened = tr("Wat van dit dossier nog open stond op deze computer, was beschadigd.")
        apart = tr("De beschadigde kopie wordt apart bewaard, bij «Bestanden en reservekopieën».")
        if self.repaired is None:
            lost = tr("Er was niets meer uit te lezen: wat na het laatste bijwerken van het bestand kwam, ontbreekt.")
            return f"{happened} {lost} {apart}"
        saved = (
            counted(
                new,
                "Daaruit is {n} wijziging gered die nergens anders stond.",
                "Daaruit zijn {n} wijzigingen gered die nergens anders stonden.",
            )
            if new
            else tr("Wat erin te lezen was, stond ook al in het bestand zelf.")
        )
        return " ".join((happened, saved, *self.repaired.losses, apart))


def salvaged(item: Quarantined, out: Path, password: str | None) -> Salvaged:
    """Read what can be read of a working copy in quarantine into a clean dossier at `out`."""
    path, drafts = _local(item.file, out.with_suffix(".gelezen"), password)
    try:
        return Salvaged(item, out, path, repair(item.file, out, password), drafts)
    except DossierError:
        return Salvaged(item, None, path, drafts=drafts)


def _local(file: Path, reading: Path, password: str | None) -> tuple[Path | None, Mapping[str, str]]:
    """Return what only a working copy has: the path that it says it belongs to, and drafts by their place."""
    path = None
    found: dict[str, str] = {}
    with contextlib.suppress(DossierError, OSError):
        copy_for_reading(file, reading, password)
        with reading_foreign(reading, file, None if is_plain(reading) else password) as raw:
            if stored_columns(raw, "setting") >= {"name", "value"}:
                path = stated_path(raw)
            stored = stored_columns(raw, "draft") >= {"place", "content"}
            for place, content in raw.execute("SELECT place, content FROM draft NOT INDEXED") if stored else ():
                if isinstance(place, str) and isinstance(content, str):
                    found[place] = content
    return path, found
