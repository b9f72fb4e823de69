"""Jobs on whole files: merges dossiers into a new one, or previews that."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.workplace.place import Workplace


def merge_files(workplace: Workplace, dossiers: Sequence[Path], out: Path) -> list[Incoming]:
    """Create a dossier at `out` that is the union of others.

    Raises:
        DossierError: `out` exists already, or one of the dossiers can't be merged; then nothing is created.
    """
    copy = workplace.create(out)
    try:
        results = copy.merging.merge_apart([Incoming(path) for path in dossiers])
        for incoming in results:
            if incoming.problem is not None:
                raise incoming.problem
    # On Ctrl+C too, no partly merged dossier may stay.
    except BaseException:
        copy.discard()
        out.unlink()
        raise
    copy.close()
    return results


def preview_files(workplace: Workplace, dossiers: Sequence[Path]) -> list[Incoming]:
    """Return what merging dossiers in this order would add, by merging them in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="sto-") as folder:
        copy = workplace.create(Path(folder) / "proef.sto")
        try:
            return copy.merging.preview([Incoming(path) for path in dossiers])
        finally:
            copy.discard()
