"""How the window looks: colours by role, light and dark, the type scale, the grid, and the one stylesheet."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.settings import ThemeChoice
from sto_desktop.ui.icons import IconSet

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


class Role(Enum):
    """What a colour is for; widgets name roles, never colours."""

    BACKGROUND = "background"
    SURFACE = "surface"
    SUNKEN = "sunken"
    INK = "ink"
    MUTED = "muted"
    LINE = "line"
    CONTROL = "control"
    """Outline of fields, boxes and rings: 3:1 on every ground."""
    PRIMARY = "primary"
    PRIMARY_HOVER = "primary-hover"
    PRIMARY_SOFT = "primary-soft"
    ON_PRIMARY = "on-primary"
    GOOD = "good"
    WARN = "warn"
    WARN_SOFT = "warn-soft"
    WARN_TEXT = "warn-text"
    """Warning in small text (4.5:1); WARN itself is for large figures and marks."""
    LATE = "late"
    LATE_SOFT = "late-soft"
    GOOD_SOFT = "good-soft"
    SPENT = "spent"
    """Time that has been used, in the theme bar."""
    ROOM = "room"
    """Ground of the room's own screen, the same in light and dark."""
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
        """Height of the type, in px."""
        return self.value[0]

    @property
    def line(self) -> int:
        """Distance of base lines, in px."""
        return self.value[1]

    @property
    def weight(self) -> QFont.Weight:
        """Weight of the type."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class KindColors:
    """Colours of a kind of note: `ink` for shape and word, on `fill`."""

    ink: QColor
    fill: QColor


LIGHT: dict[Role, str] = {
    Role.BACKGROUND: "#F4F6F5",
    Role.SURFACE: "#FFFFFF",
    Role.SUNKEN: "#ECF0EF",
    Role.INK: "#18282B",
    Role.MUTED: "#5A6B6E",
    Role.LINE: "#DCE3E1",
    Role.CONTROL: "#7B8A8B",
    Role.PRIMARY: "#0F5C63",
    Role.PRIMARY_HOVER: "#0B4A50",
    Role.PRIMARY_SOFT: "#DFEEED",
    Role.ON_PRIMARY: "#FFFFFF",
    Role.GOOD: "#24734A",
    Role.GOOD_SOFT: "#E2F2E9",
    Role.WARN: "#B86A00",
    Role.WARN_SOFT: "#FBEBDB",
    Role.WARN_TEXT: "#995700",
    Role.LATE: "#B3261E",
    Role.LATE_SOFT: "#FBE6E4",
    Role.SPENT: "#869697",
    Role.ROOM: "#0D3F45",
    Role.ON_ROOM: "#FFFFFF",
}
DARK: dict[Role, str] = {
    Role.BACKGROUND: "#121A1C",
    Role.SURFACE: "#1A2528",
    Role.SUNKEN: "#152023",
    Role.INK: "#E8EFEE",
    Role.MUTED: "#9FB0B2",
    Role.LINE: "#2C3A3E",
    Role.CONTROL: "#6E8084",
    Role.PRIMARY: "#5FB8BD",
    Role.PRIMARY_HOVER: "#7CC7CB",
    Role.PRIMARY_SOFT: "#1E3A3D",
    Role.ON_PRIMARY: "#0B2426",
    Role.GOOD: "#6FCB96",
    Role.GOOD_SOFT: "#183226",
    Role.WARN: "#F0B35A",
    Role.WARN_SOFT: "#3A2815",
    Role.WARN_TEXT: "#F0B35A",
    Role.LATE: "#FF8A80",
    Role.LATE_SOFT: "#3D1D1C",
    Role.SPENT: "#728286",
    Role.ROOM: "#0D3F45",
    Role.ON_ROOM: "#FFFFFF",
}

LIGHT_KINDS: dict[NoteKind, tuple[str, str]] = {
    NoteKind.YIELD: ("#24734A", "#E2F2E9"),
    NoteKind.SUCCESS_FACTOR: ("#2560A8", "#E3EDF9"),
    NoteKind.IMPROVEMENT: ("#A04E00", "#FBEBDB"),
    NoteKind.RECOMMENDATION: ("#6A3FA6", "#EEE6F8"),
    NoteKind.QUOTE: ("#0F5C63", "#DFEEED"),
    NoteKind.ACTION: ("#A8324A", "#FAE5E9"),
    NoteKind.OBSERVATION: ("#606B6E", "#ECEFEF"),
    NoteKind.REMARK: ("#606B6E", "#ECEFEF"),
}
DARK_KINDS: dict[NoteKind, tuple[str, str]] = {
    NoteKind.YIELD: ("#6FCB96", "#183226"),
    NoteKind.SUCCESS_FACTOR: ("#85B4F0", "#182B42"),
    NoteKind.IMPROVEMENT: ("#F0A55A", "#3A2815"),
    NoteKind.RECOMMENDATION: ("#C2A1F2", "#2C2142"),
    NoteKind.QUOTE: ("#7CC7CB", "#1E3A3D"),
    NoteKind.ACTION: ("#F28DA0", "#3D1D25"),
    NoteKind.OBSERVATION: ("#A3AFB2", "#232E31"),
    NoteKind.REMARK: ("#A3AFB2", "#232E31"),
}

PALETTE_ROLES: dict[QPalette.ColorRole, Role] = {
    QPalette.ColorRole.Window: Role.BACKGROUND,
    QPalette.ColorRole.WindowText: Role.INK,
    QPalette.ColorRole.Base: Role.SURFACE,
    QPalette.ColorRole.AlternateBase: Role.SUNKEN,
    QPalette.ColorRole.Text: Role.INK,
    QPalette.ColorRole.PlaceholderText: Role.MUTED,
    QPalette.ColorRole.Button: Role.SURFACE,
    QPalette.ColorRole.ButtonText: Role.INK,
    QPalette.ColorRole.BrightText: Role.LATE,
    QPalette.ColorRole.Highlight: Role.PRIMARY,
    QPalette.ColorRole.HighlightedText: Role.ON_PRIMARY,
    QPalette.ColorRole.Accent: Role.PRIMARY,
    QPalette.ColorRole.Link: Role.PRIMARY,
    QPalette.ColorRole.LinkVisited: Role.PRIMARY,
    QPalette.ColorRole.ToolTipBase: Role.SURFACE,
    QPalette.ColorRole.ToolTipText: Role.INK,
    QPalette.ColorRole.Light: Role.SURFACE,
    QPalette.ColorRole.Midlight: Role.SUNKEN,
    QPalette.ColorRole.Mid: Role.LINE,
    QPalette.ColorRole.Dark: Role.CONTROL,
    QPalette.ColorRole.Shadow: Role.LINE,
}


FUSION = "fusion"
"""Property of an application that has the style this program draws upon from its start."""


def make_application(program: str) -> QApplication:
    """Return Qt's application in the right style. Setting the style later costs the first paint some 7 ms: it makes
    Python know every part of Qt's styles."""
    app = QApplication([program, "-style", "fusion"])
    app.setProperty(FUSION, True)
    return app


class Theme(QObject):
    """The look in force. Hand it to every widget that paints; `changed` tells that colours are different now.

    After a change Qt repaints every widget by itself: `changed` is only for what keeps colours (icons, documents).
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._icons = IconSet()
        self._base_font = app.font()
        self._fonts: dict[tuple[TextStyle, bool], QFont] = {}
        self._choice = choice
        self._system = Qt.ColorScheme.Unknown
        self._dark = False
        self._colors: dict[Role, QColor] = {}
        self._kinds: dict[NoteKind, KindColors] = {}
        if not app.property(FUSION):
            app.setStyle("Fusion")
        app.setFont(self.font(TextStyle.BODY))
        self._ask_system(choice)
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def choice(self) -> ThemeChoice:
        """What the user chose."""
        return self._choice

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in force."""
        return self._dark

    def set_choice(self, choice: ThemeChoice) -> None:
        """Follow the system, or be light or dark whatever the system says."""
        self._choice = choice
        self._ask_system(choice)
        self._show_wanted()

    def color(self, role: Role) -> QColor:
        """Return the colour of a role."""
        return self._colors[role]

    def kind(self, kind: NoteKind) -> KindColors:
        """Return the colours of a kind of note."""
        return self._kinds[kind]

    def font(self, style: TextStyle, *, tabular: bool = False) -> QFont:
        """Return the font of a step of the type scale; `tabular` gives figures of one width, for times and counts."""
        key = (style, tabular)
        if key not in self._fonts:
            self._fonts[key] = self._make_font(style, tabular)
        return QFont(self._fonts[key])

    def icon(self, name: str, role: Role = Role.INK) -> QIcon:
        """Return an icon in the colour of a role, as it is now: make it again on `changed`."""
        return self._icons.icon(name, self.color(role))

    def paint_icon(self, painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
        """Paint an icon into a square."""
        self._icons.paint(painter, name, rect, color)

    def _make_font(self, style: TextStyle, tabular: bool) -> QFont:
        font = QFont(self._base_font)
        if sys.platform.startswith("linux"):
            font.setFamilies(["Inter", "Noto Sans", *self._base_font.families()])
        # Points, because a size in px must be whole: 12.5 px is part of the scale.
        font.setPointSizeF(style.size * 72.0 / self._app.primaryScreen().logicalDotsPerInchY())
        font.setWeight(style.weight)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _ask_system(self, choice: ThemeChoice) -> None:
        hints = self._app.styleHints()
        if choice is ThemeChoice.SYSTEM:
            hints.unsetColorScheme()
            self._system = hints.colorScheme()
        else:
            dark = choice is ThemeChoice.DARK
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _wants_dark(self) -> bool:
        if self._choice is ThemeChoice.SYSTEM:
            return self._system == Qt.ColorScheme.Dark
        return self._choice is ThemeChoice.DARK

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._system = scheme
            self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wants_dark() != self._dark:
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        from sto_desktop.ui.stylesheet import stylesheet

        self._dark = self._wants_dark()
        roles, kinds = (DARK, DARK_KINDS) if self._dark else (LIGHT, LIGHT_KINDS)
        self._colors = {role: QColor(value) for role, value in roles.items()}
        self._kinds = {kind: KindColors(QColor(ink), QColor(fill)) for kind, (ink, fill) in kinds.items()}
        palette = QPalette()
        for qt_role, role in PALETTE_ROLES.items():
            palette.setColor(qt_role, self._colors[role])
        for qt_role in (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, qt_role, self._colors[Role.CONTROL])
        self._app.setPalette(palette)
        self._app.setStyleSheet(stylesheet(roles, self._icons, self._point_size))

    def _point_size(self, style: TextStyle) -> float:
        return self.font(style).pointSizeF()
