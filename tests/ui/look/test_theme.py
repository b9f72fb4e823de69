import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.settings import AppearanceChoice
from sto_desktop.ui.look.roles import DARK, LIGHT, ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance

GROUNDS = (ColourRole.BACKGROUND, ColourRole.SURFACE, ColourRole.SUNKEN)
TEXT_ON = [
    *(
        (ink, ground)
        for ink in (ColourRole.INK, ColourRole.MUTED, ColourRole.PRIMARY, ColourRole.WARN_TEXT, ColourRole.LATE)
        for ground in GROUNDS
    ),
    (ColourRole.GOOD, ColourRole.BACKGROUND),
    (ColourRole.GOOD, ColourRole.SURFACE),
    (ColourRole.ON_PRIMARY, ColourRole.PRIMARY),
    (ColourRole.ON_PRIMARY, ColourRole.PRIMARY_HOVER),
    (ColourRole.ON_PRIMARY, ColourRole.LATE),
    (ColourRole.INK, ColourRole.PRIMARY_SOFT),
    (ColourRole.MUTED, ColourRole.PRIMARY_SOFT),
    (ColourRole.PRIMARY, ColourRole.PRIMARY_SOFT),
    (ColourRole.GOOD, ColourRole.GOOD_SOFT),
    (ColourRole.WARN_TEXT, ColourRole.WARN_SOFT),
    (ColourRole.LATE, ColourRole.LATE_SOFT),
    (ColourRole.ON_ROOM, ColourRole.ROOM),
]
CONTROLS = (ColourRole.CONTROL, ColourRole.PRIMARY, ColourRole.GOOD, ColourRole.WARN, ColourRole.LATE)


def luminance(color: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [color.redF(), color.greenF(), color.blueF()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(params=[AppearanceChoice.LIGHT, AppearanceChoice.DARK])
def look(theme: Appearance, request: pytest.FixtureRequest) -> Appearance:
    theme.set_choice(request.param)
    return theme


@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_can_be_read(look: Appearance, ink: ColourRole, ground: ColourRole) -> None:
    assert contrast(look.color(ink), look.color(ground)) >= 4.5


@pytest.mark.parametrize("role", CONTROLS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_control_can_be_seen_on_its_ground(
    look: Appearance, role: ColourRole, ground: ColourRole
) -> None:
    assert contrast(look.color(role), look.color(ground)) >= 3.0


@pytest.mark.parametrize("kind", NoteKind)
def test_the_word_of_a_kind_can_be_read_on_its_chip_and_hollow(look: Appearance, kind: NoteKind) -> None:
    colors = look.kind(kind)
    assert contrast(colors.ink, colors.fill) >= 4.5
    assert contrast(colors.ink, look.color(ColourRole.SURFACE)) >= 4.5


def test_every_role_has_a_colour_in_both_looks() -> None:
    assert set(LIGHT) == set(DARK) == set(ColourRole)


def test_the_choice_of_the_user_beats_the_system(theme: Appearance, qtbot: QtBot, qapp: QApplication) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_choice(AppearanceChoice.DARK)
    assert theme.dark
    assert theme.color(ColourRole.BACKGROUND) == QColor("#121A1C")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("#121A1C")
    assert QColor("#5FB8BD").name() in qapp.styleSheet().lower()


def test_it_follows_the_system_while_it_runs(theme: Appearance, qapp: QApplication) -> None:
    theme.set_choice(AppearanceChoice.SYSTEM)
    assert not theme.dark
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.dark
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert not theme.dark
    theme.set_choice(AppearanceChoice.LIGHT)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not theme.dark
    # A window that another test made may follow the system still.
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)


def test_a_field_shows_where_the_keyboard_is(theme: Appearance, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(200, 32)
    with qtbot.waitActive(field):
        field.show()
    field.setFocus()
    image = field.grab().toImage()
    assert image.pixelColor(100, 0) == theme.color(ColourRole.PRIMARY)


def test_sizes_are_those_of_the_scale_and_figures_can_have_one_width(theme: Appearance) -> None:
    assert QFontMetricsF(theme.font(TextStyle.DISPLAY)).height() > QFontMetricsF(theme.font(TextStyle.BODY)).height()
    body = theme.font(TextStyle.SECONDARY)
    assert body.pointSizeF() == pytest.approx(12.5 * 0.75, abs=0.1)
    metrics = QFontMetricsF(theme.font(TextStyle.CLOCK, tabular=True))
    assert metrics.horizontalAdvance("11:11") == pytest.approx(metrics.horizontalAdvance("08:58"))
