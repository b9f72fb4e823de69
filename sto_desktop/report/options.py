"""What a user chooses about a report: which parts, and how people are called."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sto_desktop.domain.naming import NameMode


class Part(StrEnum):
    """The parts of the verslag of one panel, in order; the value is what the window calls it."""

    COVER = "Omslag"
    CONTENTS = "Inhoud"
    SUMMARY = "Samenvatting"
    METHOD = "Aanleiding en werkwijze"
    COMPOSITION = "Samenstelling van het panel"
    THEMES = "Thema’s en inzichten"
    CONCLUSIONS = "Conclusies per vraag"
    RECOMMENDATIONS = "Aanbevelingen"
    ACTIONS = "Afspraken"
    OPEN_QUESTIONS = "Open vragen"
    DEBRIEF = "Terugblik"
    NOTES = "Bijlage: alle notities"
    TIME = "Bijlage: tijdsverloop"


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What goes into a report.

    `with_notes` adds the annex with every note, the notulist's own observations among them; `with_debrief` the
    debriefs that their authors allow in the verslag; `without` leaves parts out. `made_on` is printed and kept in the
    file where it is given: the same content and options give the same file.
    """

    with_notes: bool = False
    with_debrief: bool = False
    without: frozenset[Part] = frozenset()
    naming: NameMode = NameMode.ROLE
    made_on: dt.date | None = None

    def includes(self, part: Part) -> bool:
        """Tell whether a part goes in."""
        if part in self.without:
            return False
        return {Part.NOTES: self.with_notes, Part.DEBRIEF: self.with_debrief}.get(part, True)
