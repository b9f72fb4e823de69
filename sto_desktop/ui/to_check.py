"""What a person should know of a file that was just made: how people are called in it."""

from __future__ import annotations

from sto_desktop.domain.naming import NameMode
from sto_desktop.ui.language import tr


def said_names(names: NameMode | None) -> str:
    """Return in a word how people are called in a file; None: as they stand in the dossier."""
    match names:
        case NameMode.FULL:
            return tr("voluit")
        case NameMode.ROLE:
            return tr("rol")
        case NameMode.PSEUDONYM:
            return tr("pseudoniem")
        case None:
            return tr("alles")
