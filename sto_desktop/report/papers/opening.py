"""The text that opens the conversation, with the panel's own data filled in."""

from __future__ import annotations

import re

from sto_desktop.domain.dutch import clock_time, closed, long_date
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.domain.vocabulary import ThemeKind
from sto_desktop.language import tr

OPEN = "…"
"""Placeholder for an unknown value."""

_STOP = r"(\.(?!\.))?"
"""The full stop after a field: the value may end in one itself ("Almelo e.o.")."""
_PLACE = re.compile(r"\{(gespreksleider|notulist|subregio|datum|locatie|begin|einde)\}" + _STOP)
_DOTS = (
    (re.compile(r"\b([Mm]ijn naam is) …" + _STOP), "gespreksleider"),
    (re.compile(r"\b([Nn]aast mij zit) …" + _STOP), "notulist"),
)
"""The dotted blanks for names in the guide of STO Twente. They are in every dossier, so the guide can't be changed."""
_NOT_BY_NAME = "niet bij naam"
"""The words of a guide whose opening asks this itself; that of STO Twente does not."""
_REGION = re.compile(r"\bin deze subregio\b" + _STOP)


def filled_in(text: str, panel: Panel) -> str:
    """Return a text to read aloud with names, place and time of this panel; "…" for unknown values."""
    values = {
        "gespreksleider": panel.moderator,
        "notulist": panel.note_taker,
        "subregio": panel.subregion,
        "datum": long_date(panel.date) if panel.date else "",
        "locatie": panel.place,
        "begin": clock_time(panel.start) if panel.start else "",
        "einde": clock_time(panel.end) if panel.end else "",
    }

    def ended(value: str, stop: str | None) -> str:
        return closed(value) if stop else value

    filled = _PLACE.sub(lambda match: ended(values[match[1]].strip() or OPEN, match[2]), text)
    for pattern, name in _DOTS:
        person = values[name].strip()
        if person:
            filled = pattern.sub(lambda match, person=person: f"{match[1]} {ended(person, match[2])}", filled)  # type: ignore[misc]
    region = panel.subregion.strip()
    # Not translated: the guide is Dutch, so the inserted words are too.
    return _REGION.sub(lambda match: ended(f"in de subregio {region}", match[1]), filled, count=1) if region else filled


def opening_paragraphs(guide: GuideContent, panel: Panel) -> list[str]:
    """Return the paragraphs to read aloud at the opening; empty if the guide has none."""
    scripts = [theme.theme.script for theme in guide.themes if theme.theme.kind is ThemeKind.OPENING]
    parts = [part.strip() for script in scripts for part in script.split("\n\n") if part.strip()]
    filled = [filled_in(part, panel) for part in parts]
    if filled and not any(_NOT_BY_NAME in text for text in filled):
        filled.insert(
            -1,
            tr(
                "Noem leerlingen niet bij naam, en ook anderen niet die hier niet aan tafel zitten. Vertel "
                "niets waaraan ze te herkennen zijn."
            ),
        )
    if filled and panel.recording.strip():
        filled.insert(
            -1, tr("Over de opname: {recording} Wie dat niet wil, zegt het nu.", recording=panel.recording.strip())
        )
    return filled
