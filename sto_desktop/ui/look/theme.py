"""The theme in force: colours by role, light or dark, fonts of the type scale, icons and the stylesheet."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from sto_desktop.domain.vocabulary import Hue, NoteKind
from sto_desktop.settings import AppearanceChoice
from sto_desktop.ui.look.icons import IconSet
from sto_desktop.ui.look.roles import DARK, DARK_HUES, LIGHT, LIGHT_HUES, ColourRole, KindColors, TextStyle
from sto_desktop.ui.look.stylesheet import stylesheet

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


PALETTE_ROLES: dict[QPalette.ColorRole, ColourRole] = {
    QPalette.ColorRole.Window: ColourRole.BACKGROUND,
    QPalette.ColorRole.WindowText: ColourRole.INK,
    QPalette.ColorRole.Base: ColourRole.SURFACE,
    QPalette.ColorRole.AlternateBase: ColourRole.SUNKEN,
    QPalette.ColorRole.Text: ColourRole.INK,
    QPalette.ColorRole.PlaceholderText: ColourRole.MUTED,
    QPalette.ColorRole.Button: ColourRole.SURFACE,
    QPalette.ColorRole.ButtonText: ColourRole.INK,
    QPalette.ColorRole.BrightText: ColourRole.LATE,
    QPalette.ColorRole.Highlight: ColourRole.PRIMARY,
    QPalette.ColorRole.HighlightedText: ColourRole.ON_PRIMARY,
    QPalette.ColorRole.Accent: ColourRole.PRIMARY,
    QPalette.ColorRole.Link: ColourRole.PRIMARY,
    QPalette.ColorRole.LinkVisited: ColourRole.PRIMARY,
    QPalette.ColorRole.ToolTipBase: ColourRole.SURFACE,
    QPalette.ColorRole.ToolTipText: ColourRole.INK,
    QPalette.ColorRole.Light: ColourRole.SURFACE,
    QPalette.ColorRole.Midlight: ColourRole.SUNKEN,
    QPalette.ColorRole.Mid: ColourRole.LINE,
    QPalette.ColorRole.Dark: ColourRole.CONTROL,
    QPalette.ColorRole.Shadow: ColourRole.LINE,
}


FUSION = "fusion"
"""Application property: the Fusion style was set at the start, so it need not be set again."""


def make_application(program: str) -> QApplication:
    """Return the Qt application in Fusion style. Setting the style later would delay the first paint by about 7 ms,
    because Python then loads all of Qt's style classes.
    """
    app = QApplication([program, "-style", "fusion"])
    app.setProperty(FUSION, True)
    return app


class Appearance(QObject):
    """The theme in force, passed to every widget that paints; `changed` means that the colours are different.

    After a change Qt repaints every widget by itself: `changed` is only for widgets that cache colours (icons,
    documents).
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: AppearanceChoice = AppearanceChoice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._icons = IconSet()
        self._base_font = app.font()
        self._fonts: dict[tuple[TextStyle, bool], QFont] = {}
        self._choice = choice
        self._system = Qt.ColorScheme.Unknown
        self._dark = False
        self._colors: dict[ColourRole, QColor] = {}
        self._hues: dict[Hue, KindColors] = {}
        if not app.property(FUSION):
            app.setStyle("Fusion")
        app.setFont(self.font(TextStyle.BODY))
        self._ask_system(choice)
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def choice(self) -> AppearanceChoice:
        """The user's choice."""
        return self._choice

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in force."""
        return self._dark

    def set_choice(self, choice: AppearanceChoice) -> None:
        """Follow the system, or be light or dark regardless of it."""
        self._choice = choice
        self._ask_system(choice)
        self._show_wanted()

    def color(self, role: ColourRole) -> QColor:
        """Return the colour of a role."""
        return self._colors[role]

    def kind(self, kind: NoteKind) -> KindColors:
        """Return the colours of a kind of note."""
        return self._hues[kind.meaning.hue]

    def hue(self, hue: Hue) -> KindColors:
        """Return the colours of a hue, legible in light and dark."""
        return self._hues[hue]

    def font(self, style: TextStyle, *, tabular: bool = False) -> QFont:
        """Return the font of a step of the type scale; `tabular` gives all digits the same width, for times and
        counts."""
        key = (style, tabular)
        if key not in self._fonts:
            # A copy, because a caller may change the font that it gets.
            self._fonts[key] = self._make_font(style, tabular)
        return QFont(self._fonts[key])

    def icon(self, name: str, role: ColourRole = ColourRole.INK) -> QIcon:
        """Return an icon in the current colour of a role; recreate it on `changed`."""
        return self._icons.icon(name, self.color(role))

    def paint_icon(self, painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
        """Paint an icon into a square."""
        self._icons.paint(painter, name, rect, color)

    def _make_font(self, style: TextStyle, tabular: bool) -> QFont:
        font = QFont(self._base_font)
        if sys.platform.startswith("linux"):
            font.setFamilies(["Inter", "Noto Sans", *self._base_font.families()])
        # Point sizes, because pixel sizes must be whole numbers and the scale contains 12.5 px.
        font.setPointSizeF(style.size * 72.0 / self._app.primaryScreen().logicalDotsPerInchY())
        font.setWeight(style.weight)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _ask_system(self, choice: AppearanceChoice) -> None:
        hints = self._app.styleHints()
        if choice is AppearanceChoice.SYSTEM:
            hints.unsetColorScheme()
            self._system = hints.colorScheme()
        else:
            dark = choice is AppearanceChoice.DARK
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _wants_dark(self) -> bool:
        if self._choice is AppearanceChoice.SYSTEM:
            return self._system == Qt.ColorScheme.Dark
        return self._choice is AppearanceChoice.DARK

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        if self._choice is AppearanceChoice.SYSTEM:
            self._system = scheme
            self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wants_dark() != self._dark:
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        self._dark = self._wants_dark()
        roles, hues = (DARK, DARK_HUES) if self._dark else (LIGHT, LIGHT_HUES)
        self._colors = {role: QColor(value) for role, value in roles.items()}
        self._hues = {hue: KindColors(QColor(ink), QColor(fill)) for hue, (ink, fill) in hues.items()}
        palette = QPalette()
        for qt_role, role in PALETTE_ROLES.items():
            palette.setColor(qt_role, self._colors[role])
        for qt_role in (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, qt_role, self._colors[ColourRole.CONTROL])
        self._app.setPalette(palette)
        self._app.setStyleSheet(stylesheet(roles, self._icons, self._point_size))

    def _point_size(self, style: TextStyle) -> float:
        return self.font(style).pointSizeF()
