"""What was made of a panel earlier, in words, with the changes since, and names that still occur in a verslag."""

from __future__ import annotations

from collections.abc import Sequence

from sto_desktop.domain.bookkeeping import Issuance
from sto_desktop.domain.dutch import capital
from sto_desktop.language import counted, tr
from sto_desktop.report.blocks.issued import naming_in, said_made, said_naming, said_output, said_recipient
from sto_desktop.report.content.changes_since import difference_text, differences
from sto_desktop.report.writers.name_check import StandingName

MADE_SHOWN = 3
"""Number of earlier outputs shown in the panel."""
_NAMES_SHOWN = 3


def made_words(made: Sequence[Issuance], now: str) -> list[tuple[str, str]]:
    """Describe each output and the changes since; `now` is the current fingerprint of the panel."""
    lines = []
    for issuance in made:
        naming = said_naming(naming_in(issuance))
        parts = (
            capital(said_output(issuance)),
            tr("namen {how}", how=naming) if naming else "",
            said_made(issuance),
            said_recipient(issuance.recipient) if issuance.recipient else "",
        )
        description = " · ".join(part for part in parts if part)
        compared = now and issuance.fingerprint
        since = difference_text(differences(issuance.fingerprint, now)) if compared else ""
        lines.append((f"{description}\n{issuance.file_name}", since))
    return lines


def standing_words(names: Sequence[StandingName]) -> str:
    """List where names of members still occur, in a few sentences; empty if there are none."""
    if not names:
        return ""
    message = counted(
        len(names),
        "Op {n} plaats staat nog een naam van een panellid",
        "Op {n} plaatsen staat nog een naam van een panellid",
    )
    places = "; ".join(f"{name.heading}: «{name.around}»" for name in names[:_NAMES_SHOWN])
    hidden = len(names) - _NAMES_SHOWN
    return f"{message}: {places}" + (tr(" en nog {n}.", n=hidden) if hidden > 0 else ".")
