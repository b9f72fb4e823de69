"""The words that people type on the command line for parts, forms and ways of naming, by code.

Strings, since importing what they mean would slow the window's start.
"""

from __future__ import annotations

FORMS = {"kort": "SHORT", "uitgebreid": "EXTENDED", "notulen": "MINUTES"}
"""Names of `report.blocks.options.Form`."""

NAMINGS = {"voluit": "FULL", "rol": "ROLE", "pseudoniem": "PSEUDONYM"}
"""Names of `domain.privacy.naming.naming.NameMode`."""

PAPERS = {
    "bedankbericht": "THANKS",
    "afspraken": "AGREED",
    "panelcheck": "CHECK",
    "wijzigingen": "CHANGES",
    "a4": "ONE_PAGE",
}
"""Names of `report.papers.kinds.Paper`: those of the hours after a panel."""

ALL_NAMES = "alles"
"""Everybody by name, as in the dossier."""

PARTS = {
    "omslag": "COVER",
    "inhoud": "CONTENTS",
    "samenvatting": "SUMMARY",
    "werkwijze": "METHOD",
    "samenstelling": "COMPOSITION",
    "verantwoording": "ACCOUNT",
    "themas": "THEMES",
    "conclusies": "CONCLUSIONS",
    "schriftelijk": "WRITTEN",
    "aanbevelingen": "RECOMMENDATIONS",
    "afspraken": "ACTIONS",
    "open-vragen": "OPEN_QUESTIONS",
    "terugblik": "DEBRIEF",
    "leidraad": "GUIDE",
    "panelleden": "MEMBERS",
    "notities": "NOTES",
    "observaties": "OBSERVATIONS",
    "tijd": "TIME",
}
"""Names of `report.blocks.options.Part`."""
