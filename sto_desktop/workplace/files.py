"""Jobs over whole files: merging dossiers into a new one."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.workplace.place import Workplace


def merge_files(workplace: Workplace, dossiers: Sequence[Path], out: Path) -> list[Incoming]:
    """Make a dossier at `out` that is the union of others.

    Raises:
        DossierError: something is there already, or one of them can't be taken in; nothing was made.
    """
    copy = workplace.create(out)
    try:
        results = copy.merge_apart([Incoming(path) for path in dossiers])
        for item in results:
            if item.problem is not None:
                raise item.problem
    except BaseException:
        copy.discard()
        out.unlink()
        raise
    copy.close()
    return results


def preview_files(workplace: Workplace, dossiers: Sequence[Path]) -> list[Incoming]:
    """Tell what merging dossiers would bring, one after the other; nothing stays of it."""
    with tempfile.TemporaryDirectory(prefix="sto-") as folder:
        copy = workplace.create(Path(folder) / "proef.sto")
        try:
            return copy.preview([Incoming(path) for path in dossiers])
        finally:
            copy.discard()
