"""Jobs over whole files: merging dossiers into a new one, writing notes for other programs."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from sto_desktop.storage.dossier import Dossier
from sto_desktop.storage.incoming import Incoming
from sto_desktop.workplace.place import Workplace, panel_content


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


def export_notes(dossier: Dossier, title: str, form: str, out: Path) -> int:
    """Write the notes of a panel as Markdown («md») or for Excel («csv»); returns how many."""
    from sto_desktop.exchange.export_csv import write_csv
    from sto_desktop.exchange.notes_markdown import write_notes
    from sto_desktop.exchange.text_file import write_text

    content = panel_content(dossier, title)
    if form == "md":
        write_text(out, write_notes(content))
    else:
        write_csv(content, out)
    return len(content.notes)
