import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.settings import ThemeChoice
from sto_desktop.ui.look.roles import DARK, LIGHT, Role, TextStyle
from sto_desktop.ui.look.theme import Theme

GROUNDS = (Role.BACKGROUND, Role.SURFACE, Role.SUNKEN)
TEXT_ON = [
    *((ink, ground) for ink in (Role.INK, Role.MUTED, Role.PRIMARY, Role.WARN_TEXT, Role.LATE) for ground in GROUNDS),
    (Role.GOOD, Role.BACKGROUND),
    (Role.GOOD, Role.SURFACE),
    (Role.ON_PRIMARY, Role.PRIMARY),
    (Role.ON_PRIMARY, Role.PRIMARY_HOVER),
    (Role.ON_PRIMARY, Role.LATE),
    (Role.INK, Role.PRIMARY_SOFT),
    (Role.MUTED, Role.PRIMARY_SOFT),
    (Role.PRIMARY, Role.PRIMARY_SOFT),
    (Role.GOOD, Role.GOOD_SOFT),
    (Role.WARN_TEXT, Role.WARN_SOFT),
    (Role.LATE, Role.LATE_SOFT),
    (Role.ON_ROOM, Role.ROOM),
]
CONTROLS = (Role.CONTROL, Role.PRIMARY, Role.GOOD, Role.WARN, Role.LATE)


def luminance(color: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [color.redF(), color.greenF(), color.blueF()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(params=[ThemeChoice.LIGHT, ThemeChoice.DARK])
def look(theme: Theme, request: pytest.FixtureRequest) -> Theme:
    theme.set_choice(request.param)
    return theme


@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_can_be_read(look: Theme, ink: Role, ground: Role) -> None:
    assert contrast(look.color(ink), look.color(ground)) >= 4.5


@pytest.mark.parametrize("role", CONTROLS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_controls_stand_out(look: Theme, role: Role, ground: Role) -> None:
    assert contrast(look.color(role), look.color(ground)) >= 3.0


@pytest.mark.parametrize("kind", NoteKind)
def test_the_word_of_a_kind_can_be_read_on_its_chip_and_hollow(look: Theme, kind: NoteKind) -> None:
    colors = look.kind(kind)
    assert contrast(colors.ink, colors.fill) >= 4.5
    assert contrast(colors.ink, look.color(Role.SURFACE)) >= 4.5


def test_every_role_has_a_colour_in_both_looks() -> None:
    assert set(LIGHT) == set(DARK) == set(Role)


def test_the_choice_of_the_user_beats_the_system(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_choice(ThemeChoice.DARK)
    assert theme.dark
    assert theme.color(Role.BACKGROUND) == QColor("#121A1C")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("#121A1C")
    assert QColor("#5FB8BD").name() in qapp.styleSheet().lower()


def test_it_follows_the_system_while_it_runs(theme: Theme, qapp: QApplication) -> None:
    theme.set_choice(ThemeChoice.SYSTEM)
    assert not theme.dark
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.dark
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert not theme.dark
    theme.set_choice(ThemeChoice.LIGHT)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not theme.dark


def test_a_field_shows_where_the_keyboard_is(theme: Theme, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(200, 32)
    with qtbot.waitActive(field):
        field.show()
    field.setFocus()
    image = field.grab().toImage()
    assert image.pixelColor(100, 0) == theme.color(Role.PRIMARY)


def test_sizes_are_those_of_the_scale_and_figures_can_have_one_width(theme: Theme) -> None:
    assert QFontMetricsF(theme.font(TextStyle.DISPLAY)).height() > QFontMetricsF(theme.font(TextStyle.BODY)).height()
    body = theme.font(TextStyle.SECONDARY)
    assert body.pointSizeF() == pytest.approx(12.5 * 0.75, abs=0.1)
    metrics = QFontMetricsF(theme.font(TextStyle.CLOCK, tabular=True))
    assert metrics.horizontalAdvance("11:11") == pytest.approx(metrics.horizontalAdvance("08:58"))
