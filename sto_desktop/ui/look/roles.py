"""The choices of the design: colour roles, grid steps and type scale."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from PySide6.QtGui import QColor, QFont

from sto_desktop.domain.vocabulary import Hue


class ColourRole(Enum):
    """What a colour is used for; widgets name roles, never colours."""

    BACKGROUND = "background"
    SURFACE = "surface"
    SUNKEN = "sunken"
    INK = "ink"
    MUTED = "muted"
    LINE = "line"
    CONTROL = "control"
    """Outline of fields, boxes and rings: contrast 3:1 on every background."""
    PRIMARY = "primary"
    PRIMARY_HOVER = "primary-hover"
    PRIMARY_SOFT = "primary-soft"
    ON_PRIMARY = "on-primary"
    GOOD = "good"
    WARN = "warn"
    WARN_SOFT = "warn-soft"
    WARN_TEXT = "warn-text"
    """Warning in small text (contrast 4.5:1); WARN itself is for large figures and marks."""
    LATE = "late"
    LATE_SOFT = "late-soft"
    GOOD_SOFT = "good-soft"
    SPENT = "spent"
    """Used time, in the theme bar."""
    ROOM = "room"
    """Background of the room's screen, the same in light and dark."""
    ON_ROOM = "on-room"


class Space(IntEnum):
    """Steps of the grid, in px."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    XXL = 32


CARD_RADIUS = 10


CONTROL_RADIUS = 6


CONTROL_HEIGHT = 32


LIVE_HEIGHT = 44
"""Height of controls that are used while the conversation runs."""


class TextStyle(Enum):
    """The type scale: size and line height in px, weight."""

    BODY = (14.0, 20, QFont.Weight.Normal)
    BODY_MEDIUM = (14.0, 20, QFont.Weight.Medium)
    BODY_STRONG = (14.0, 20, QFont.Weight.DemiBold)
    LARGE = (16.0, 22, QFont.Weight.Normal)
    LARGE_STRONG = (16.0, 22, QFont.Weight.DemiBold)
    SECONDARY = (12.5, 18, QFont.Weight.Normal)
    SECONDARY_STRONG = (12.5, 18, QFont.Weight.DemiBold)
    SMALL = (11.5, 16, QFont.Weight.Normal)
    SMALL_STRONG = (11.5, 16, QFont.Weight.DemiBold)
    RAIL = (11.25, 16, QFont.Weight.Normal)
    RAIL_STRONG = (10.9, 16, QFont.Weight.DemiBold)
    KEY = (11.0, 14, QFont.Weight.Normal)
    TITLE = (16.0, 22, QFont.Weight.DemiBold)
    QUESTION = (22.0, 28, QFont.Weight.DemiBold)
    CLOCK = (24.0, 28, QFont.Weight.DemiBold)
    SEAT = (21.0, 26, QFont.Weight.Bold)
    SEAT_SMALLER = (18.0, 26, QFont.Weight.Bold)
    PROBE = (20.0, 30, QFont.Weight.Normal)
    GREETING = (30.0, 38, QFont.Weight.Bold)
    DISPLAY = (46.0, 54, QFont.Weight.Bold)

    @property
    def size(self) -> float:
        """Font size, in px."""
        return self.value[0]

    @property
    def line(self) -> int:
        """Line height, in px."""
        return self.value[1]

    @property
    def weight(self) -> QFont.Weight:
        """Font weight."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class KindColors:
    """Colours of a kind of note: `ink` for shape and text, on `fill`."""

    ink: QColor
    fill: QColor


LIGHT: dict[ColourRole, str] = {
    ColourRole.BACKGROUND: "#F4F6F5",
    ColourRole.SURFACE: "#FFFFFF",
    ColourRole.SUNKEN: "#ECF0EF",
    ColourRole.INK: "#18282B",
    ColourRole.MUTED: "#5A6B6E",
    ColourRole.LINE: "#DCE3E1",
    ColourRole.CONTROL: "#7B8A8B",
    ColourRole.PRIMARY: "#0F5C63",
    ColourRole.PRIMARY_HOVER: "#0B4A50",
    ColourRole.PRIMARY_SOFT: "#DFEEED",
    ColourRole.ON_PRIMARY: "#FFFFFF",
    ColourRole.GOOD: "#24734A",
    ColourRole.GOOD_SOFT: "#E2F2E9",
    ColourRole.WARN: "#B86A00",
    ColourRole.WARN_SOFT: "#FBEBDB",
    ColourRole.WARN_TEXT: "#995700",
    ColourRole.LATE: "#B3261E",
    ColourRole.LATE_SOFT: "#FBE6E4",
    ColourRole.SPENT: "#869697",
    ColourRole.ROOM: "#0D3F45",
    ColourRole.ON_ROOM: "#FFFFFF",
}


DARK: dict[ColourRole, str] = {
    ColourRole.BACKGROUND: "#121A1C",
    ColourRole.SURFACE: "#1A2528",
    ColourRole.SUNKEN: "#152023",
    ColourRole.INK: "#E8EFEE",
    ColourRole.MUTED: "#9FB0B2",
    ColourRole.LINE: "#2C3A3E",
    ColourRole.CONTROL: "#6E8084",
    ColourRole.PRIMARY: "#5FB8BD",
    ColourRole.PRIMARY_HOVER: "#7CC7CB",
    ColourRole.PRIMARY_SOFT: "#1E3A3D",
    ColourRole.ON_PRIMARY: "#0B2426",
    ColourRole.GOOD: "#6FCB96",
    ColourRole.GOOD_SOFT: "#183226",
    ColourRole.WARN: "#F0B35A",
    ColourRole.WARN_SOFT: "#3A2815",
    ColourRole.WARN_TEXT: "#F0B35A",
    ColourRole.LATE: "#FF8A80",
    ColourRole.LATE_SOFT: "#3D1D1C",
    ColourRole.SPENT: "#728286",
    ColourRole.ROOM: "#0D3F45",
    ColourRole.ON_ROOM: "#FFFFFF",
}


LIGHT_HUES: dict[Hue, tuple[str, str]] = {
    Hue.GREEN: ("#24734A", "#E2F2E9"),
    Hue.BLUE: ("#2560A8", "#E3EDF9"),
    Hue.ORANGE: ("#A04E00", "#FBEBDB"),
    Hue.PURPLE: ("#6A3FA6", "#EEE6F8"),
    Hue.TEAL: ("#0F5C63", "#DFEEED"),
    Hue.RED: ("#A8324A", "#FAE5E9"),
    Hue.GREY: ("#606B6E", "#ECEFEF"),
}


DARK_HUES: dict[Hue, tuple[str, str]] = {
    Hue.GREEN: ("#6FCB96", "#183226"),
    Hue.BLUE: ("#85B4F0", "#182B42"),
    Hue.ORANGE: ("#F0A55A", "#3A2815"),
    Hue.PURPLE: ("#C2A1F2", "#2C2142"),
    Hue.TEAL: ("#7CC7CB", "#1E3A3D"),
    Hue.RED: ("#F28DA0", "#3D1D25"),
    Hue.GREY: ("#A3AFB2", "#232E31"),
}
