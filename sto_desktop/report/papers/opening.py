"""The text that opens the conversation, with the panel's own data filled in."""

from __future__ import annotations

import re

from sto_desktop.domain.dutch import clock, closed, long_date
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.domain.vocabulary import ThemeKind
from sto_desktop.language import tr

OPEN = "…"
"""What stands where nothing is known yet."""

_STOP = r"(\.(?!\.))?"
"""The full stop right behind: what is filled in may bring its own ("Almelo e.o.")."""
_PLACE = re.compile(r"\{(gespreksleider|notulist|subregio|datum|locatie|begin|einde)\}" + _STOP)
_DOTS = (
    (re.compile(r"\b([Mm]ijn naam is) …" + _STOP), "gespreksleider"),
    (re.compile(r"\b([Nn]aast mij zit) …" + _STOP), "notulist"),
)
"""How the guide of STO Twente leaves room for names: it is the same in every dossier and can't be changed."""
_REGION = re.compile(r"\bin deze subregio\b" + _STOP)


def filled_in(text: str, panel: Panel) -> str:
    """Return what is read aloud with names, place and time of this panel; "…" where one is not known yet."""
    values = {
        "gespreksleider": panel.moderator,
        "notulist": panel.note_taker,
        "subregio": panel.subregion,
        "datum": long_date(panel.date) if panel.date else "",
        "locatie": panel.place,
        "begin": clock(panel.start),
        "einde": clock(panel.end),
    }

    def ended(value: str, stop: str | None) -> str:
        return closed(value) if stop else value

    said = _PLACE.sub(lambda found: ended(values[found[1]].strip() or OPEN, found[2]), text)
    for pattern, name in _DOTS:
        who = values[name].strip()
        if who:
            said = pattern.sub(lambda found, who=who: f"{found[1]} {ended(who, found[2])}", said)  # type: ignore[misc]
    region = panel.subregion.strip()
    # The guide's own words are Dutch, and so is what comes between them.
    return _REGION.sub(lambda found: ended(f"in de subregio {region}", found[1]), said, count=1) if region else said


def opening_paragraphs(guide: GuideContent, panel: Panel) -> list[str]:
    """Return the paragraphs that are read aloud at the opening; empty where the guide has none."""
    scripts = [theme.theme.script for theme in guide.themes if theme.theme.kind is ThemeKind.OPENING]
    parts = [part.strip() for script in scripts for part in script.split("\n\n") if part.strip()]
    said = [filled_in(part, panel) for part in parts]
    if said and panel.recording.strip():
        said.insert(
            -1, tr("Over de opname: {recording} Wie dat niet wil, zegt het nu.", recording=panel.recording.strip())
        )
    return said
