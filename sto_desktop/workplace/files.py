"""Jobs on whole files: merges dossiers into a new one, or previews that."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sto_desktop.storage.file.files import private_place
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.workplace.keeping import keeping_for
from sto_desktop.workplace.place import Workplace


def merge_files(workplace: Workplace, dossiers: Sequence[Path], out: Path) -> list[Incoming]:
    """Create a dossier at `out` that is the union of others.

    Raises:
        DossierError: `out` exists already, or one of the dossiers can't be merged; then nothing is created.
    """
    with keeping_for(workplace, out) as folder, workplace.making(out) as copy:
        results = copy.merging.merge_apart([Incoming(path) for path in dossiers], kept_in=folder)
        for incoming in results:
            if incoming.problem is not None:
                raise incoming.problem
    return results


def preview_files(workplace: Workplace, dossiers: Sequence[Path]) -> list[Incoming]:
    """Return what merging dossiers in this order would add, by merging them in a temporary folder."""
    with private_place(workplace.copies.home) as folder:
        copy = workplace.create(folder / "proef.sto")
        try:
            return copy.merging.preview([Incoming(path) for path in dossiers])
        finally:
            copy.discard()
