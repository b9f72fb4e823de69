"""The house styles that come with the program: their colours, fonts and logo; and the choice of a Word template."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

_COLOUR = re.compile("#?([0-9A-Fa-f]{6})")


@dataclass(frozen=True, slots=True)
class Look:
    """The parameters of a house style: colours (hex, without #), font and size of running text in points.

    `lines` is the line height in 240ths of the font's own; `banded` puts the brand on a coloured band with a drawing
    on the cover, else on the plain page. `logo` is a PNG or JPEG.
    """

    name: str
    primary: str
    accent: str
    ink: str
    muted: str
    line: str
    soft: str
    font: str
    size: float
    brand: str
    lines: int = 288
    banded: bool = True
    logo: bytes = b""

    def coloured(self, primary: str = "", accent: str = "") -> Look:
        """Return the look in other colours ("#0F5C63" or "0F5C63"); an invalid colour changes nothing.

        The soft background of boxes follows the primary colour.
        """
        main, second = _colour(primary), _colour(accent)
        soft = mix(main, "FFFFFF", 0.93) if main else self.soft
        return replace(self, primary=main or self.primary, accent=second or self.accent, soft=soft)

    @property
    def on_primary(self) -> str:
        """The text colour on the primary colour: white or ink, whichever has more contrast."""
        return max(("FFFFFF", "18282B"), key=lambda colour: contrast(colour, self.primary))


def _colour(text: str) -> str:
    match = _COLOUR.fullmatch(text.strip())
    return match[1].upper() if match else ""


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (0, 2, 4)]


def mix(colour: str, other: str, part: float) -> str:
    """Return a colour mixed with another; `part` is the share of the other, 0 to 1."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    # From sRGB to linear light, weighted by the eye's sensitivity (WCAG 2.2, "relative luminance").
    parts = [value / 255 for value in _channels(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


STO_TWENTE = Look(
    name="STO Twente",
    primary="0F5C63",
    accent="E07A1F",
    ink="18282B",
    muted="5A6B6E",
    line="DCE3E1",
    soft="EDF5F4",
    font="Calibri",
    size=10.5,
    brand="STO Twente",
)
SOBER = replace(STO_TWENTE, name="Sober", primary="22303A", accent="7A8791", soft="F3F4F5", line="D5D9DC", banded=False)
LARGE_PRINT = replace(
    STO_TWENTE, name="Grote letter", ink="101B1D", muted="37474A", line="8C9A9C", size=15, lines=324, banded=False
)
LOOKS = (STO_TWENTE, SOBER, LARGE_PRINT)
"""The house styles that come with the program."""


def look_named(name: str) -> Look:
    """Return one of the program's own looks; the first if none has that name."""
    return next((look for look in LOOKS if look.name.casefold() == name.strip().casefold()), STO_TWENTE)


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """The house style of a document: one of the program's own looks, or the user's Word template.

    Styles that a template lacks are taken from the look.
    """

    look: Look = STO_TWENTE
    template: Path | None = None
    emptied: bool = False
    """Whether texts of the template that look like a person, an address, a number or a date are removed from it."""
