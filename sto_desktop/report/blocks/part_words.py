"""The words for parts, forms and ways of naming on the command line."""

from __future__ import annotations

from collections.abc import Mapping

from sto_desktop.domain.privacy.naming import NameMode
from sto_desktop.report.blocks.options import Form, Part

FORM_WORDS: Mapping[str, Form] = {"kort": Form.SHORT, "uitgebreid": Form.EXTENDED, "notulen": Form.MINUTES}
NAMING_WORDS: Mapping[str, NameMode] = {
    "voluit": NameMode.FULL,
    "rol": NameMode.ROLE,
    "pseudoniem": NameMode.PSEUDONYM,
}
PART_WORDS: Mapping[str, Part] = {
    "omslag": Part.COVER,
    "inhoud": Part.CONTENTS,
    "samenvatting": Part.SUMMARY,
    "werkwijze": Part.METHOD,
    "samenstelling": Part.COMPOSITION,
    "verantwoording": Part.ACCOUNT,
    "themas": Part.THEMES,
    "conclusies": Part.CONCLUSIONS,
    "schriftelijk": Part.WRITTEN,
    "aanbevelingen": Part.RECOMMENDATIONS,
    "afspraken": Part.ACTIONS,
    "open-vragen": Part.OPEN_QUESTIONS,
    "terugblik": Part.DEBRIEF,
    "leidraad": Part.GUIDE,
    "panelleden": Part.MEMBERS,
    "notities": Part.NOTES,
    "observaties": Part.OBSERVATIONS,
    "tijd": Part.TIME,
}
