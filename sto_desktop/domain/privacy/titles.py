"""The title of a panel or dossier as a part of a file name: a folder shows it to whoever opens the folder."""

from __future__ import annotations

from collections.abc import Sequence

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.privacy.naming.elsewhere import elsewhere_in, named_elsewhere
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.redaction import Redactor


def title_without_names(title: str, members: Sequence[Panelist], mode: NameMode | None) -> str:
    """Return a title without the names of members (of all panels) that a file made this way hides.

    None: as in the dossier, which hides those who do not take part.
    """
    if mode is None:
        named = frozenset(member.id for member in members if takes_part(member))
    else:
        named = named_elsewhere(members) if mode is NameMode.FULL else frozenset()
    # Of thousands of members only those whose name occurs: to look for all takes seconds.
    hidden = elsewhere_in((title,), (), members, named).hidden
    return Redactor(Naming((), mode or NameMode.FULL, hidden), own_data=mode is None).redact(title)
