"""One spelling for each sector: "VMBO " and "vmbo" are the same wherever sectors are shown or counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import fold
from sto_desktop.domain.vocabulary import SECTORS

OTHERS = "overige sectoren"
"""Common name for sectors too small to be shown."""


def sector_of(members: Iterable[Panelist]) -> Mapping[str, str]:
    """Return each member's (id) sector, spelled as in the vocabulary, or as first encountered; empty: unknown."""
    spelled = {fold(sector): sector for sector in SECTORS}
    return {member.id: spelled.setdefault(fold(member.sector), " ".join(member.sector.split())) for member in members}


def in_usual_order(sectors: Iterable[str]) -> tuple[str, ...]:
    """Return distinct sectors: the vocabulary's in its order, others alphabetically, OTHERS last."""
    present = set(sectors)
    usual = [sector for sector in SECTORS if sector in present]
    return (*usual, *sorted(present - set(usual), key=lambda sector: (sector == OTHERS, sector)))
