"""One spelling for each sector: "VMBO " and "vmbo" are the same, wherever sectors are told or counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import fold
from sto_desktop.domain.vocabulary import SECTORS

OTHERS = "overige sectoren"
"""What sectors are called together that are too small to be told."""


def sector_of(members: Iterable[Panelist]) -> Mapping[str, str]:
    """Return each member's (id) sector, spelled as in the vocabulary, or as it was met first; empty: unknown."""
    spelled = {fold(sector): sector for sector in SECTORS}
    return {item.id: spelled.setdefault(fold(item.sector), " ".join(item.sector.split())) for item in members}


def in_usual_order(sectors: Iterable[str]) -> tuple[str, ...]:
    """Return sectors, each once: those of the vocabulary in its order, others by the alphabet, and OTHERS last."""
    there = set(sectors)
    usual = [sector for sector in SECTORS if sector in there]
    return (*usual, *sorted(there - set(usual), key=lambda sector: (sector == OTHERS, sector)))
