from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.ui.fields.kept_field import KeptChoice
from sto_desktop.ui.look.roles import TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import (
    ActionButton,
    Banner,
    Button,
    Card,
    Chip,
    ClickCard,
    ConfirmDialog,
    ElidedLabel,
    FormField,
    IconButton,
    LineEdit,
    SearchField,
    Segmented,
    TextLabel,
    chip_size,
    column,
    kind_chip,
    set_text,
    tag_chip,
)
from sto_desktop.ui.widgets.choices import ComboBox

LONG = "Leerlingen kunnen nu drie beroepen noemen die bij een profiel horen, en dat was vorig jaar nog anders."


Show = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """Show widgets below each other in a window, which the test keeps alive."""
    kept: list[QWidget] = []

    def show(*widgets: QWidget, width: int = 400) -> QWidget:
        window = QWidget()
        kept.append(window)
        window.setLayout(column(*widgets, None))
        window.resize(width, 300)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    return show


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_answers_to_the_keyboard(qtbot: QtBot, theme: Appearance, shown: Show, key: Qt.Key) -> None:
    done: list[str] = []
    button = Button(theme, "Bewaren & sluiten", hint="Ctrl S", on_click=lambda: done.append("x"))
    shown(button)
    qtbot.keyClick(button, key)
    assert done == ["x"]
    assert button.accessibleName() == "Bewaren & sluiten"


def test_an_ampersand_in_a_word_is_no_mnemonic(qtbot: QtBot, theme: Appearance, shown: Show) -> None:
    button = Button(theme, "P&O")
    shown(button)
    assert button.shortcut().isEmpty()
    assert button.word() == "P&O"


def test_a_button_follows_its_action(qtbot: QtBot, theme: Appearance, shown: Show) -> None:
    action = QAction("Ongedaan maken")
    action.setShortcut("Ctrl+Z")
    button = ActionButton(theme, action)
    shown(button)
    narrow = button.sizeHint().width()
    action.setText("Ongedaan maken: notitie toevoegen")
    action.setEnabled(False)
    assert button.accessibleName() == "Ongedaan maken: notitie toevoegen"
    assert not button.isEnabled()
    assert button.sizeHint().width() > narrow


def test_a_button_with_only_an_icon_says_what_it_does_and_its_key(theme: Appearance, qtbot: QtBot) -> None:
    button = IconButton(theme, "settings", "Instellingen", hint="F4")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Instellingen"
    assert button.toolTip() == "Instellingen (F4)"


def test_arrows_move_a_segmented_choice(qtbot: QtBot, theme: Appearance, shown: Show) -> None:
    choice = Segmented(theme, [("kort", "Kort"), ("uit", "Uitgebreid"), ("not", "Notulen")], name="Vorm", value="uit")
    shown(choice)
    segments = choice.findChildren(QWidget)
    segments[1].setFocus()
    with qtbot.waitSignal(choice.selected) as signal:
        qtbot.keyClick(segments[1], Qt.Key.Key_Right)
    assert signal.args == ["not"]
    assert choice.value() == "not"
    assert segments[2].hasFocus()
    with qtbot.assertNotEmitted(choice.selected):
        choice.set_value("kort")
    qtbot.mouseClick(segments[1], Qt.MouseButton.LeftButton)
    assert choice.value() == "uit"


def test_a_label_wraps_to_the_width_it_gets(qtbot: QtBot, theme: Appearance, shown: Show) -> None:
    label = TextLabel(theme, LONG)
    card = Card()
    card.body.addWidget(label)
    window = shown(card, width=300)
    assert label.height() == label.heightForWidth(label.width()) >= 3 * TextStyle.BODY.line
    window.resize(900, 300)
    qtbot.waitUntil(lambda: label.height() == TextStyle.BODY.line)


def test_a_line_that_does_not_fit_ends_in_an_ellipsis_with_the_whole_text_at_hand(
    qtbot: QtBot, theme: Appearance, shown: Show
) -> None:
    label = ElidedLabel(theme, LONG)
    window = shown(label, width=200)
    assert label.height() == TextStyle.BODY.line
    assert label.toolTip() == LONG
    window.resize(1200, 300)
    qtbot.waitUntil(lambda: label.toolTip() == "")


def test_text_is_broken_without_losing_a_word(theme: Appearance) -> None:
    text = set_text(f"{LONG}\n\n{LONG}", theme.font(TextStyle.BODY), 20, 240)
    assert " ".join(line for line in text.lines if line) == f"{LONG} {LONG}"
    assert text.lines.count("") == 1
    assert text.height == 20 * len(text.lines)
    two = set_text(LONG, theme.font(TextStyle.BODY), 20, 240, max_lines=2)
    assert len(two.lines) == 2
    assert two.lines[1].endswith("…")
    assert two.elided
    assert two.width <= 240


@pytest.mark.parametrize("kind", NoteKind)
def test_a_chip_says_its_kind_in_words(qtbot: QtBot, theme: Appearance, kind: NoteKind) -> None:
    chip = Chip(theme, kind_chip(kind, hollow=True))
    qtbot.addWidget(chip)
    assert chip.accessibleName() == kind.word
    assert chip.sizeHint() == chip_size(theme, kind_chip(kind))
    chip.set_look(tag_chip("loopbaan"))
    assert chip.accessibleName() == "#loopbaan"


def test_a_card_can_be_a_button(qtbot: QtBot, theme: Appearance, shown: Show) -> None:
    card = ClickCard(theme, "Openen")
    shown(card)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(card.clicked):
            qtbot.keyClick(card, key)
    with qtbot.waitSignal(card.clicked):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)


def test_a_question_before_a_danger_has_no_as_its_first_answer(qtbot: QtBot, theme: Appearance) -> None:
    dialog = ConfirmDialog(theme, "Verwijderen?", "Weg is weg.", "Verwijderen", danger=True)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    assert dialog.cancel_button.hasFocus()
    qtbot.keyClick(dialog.cancel_button, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Rejected
    dialog.show()
    qtbot.keyClick(dialog.confirm_button, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_searching_waits_for_a_rest_and_esc_empties(qtbot: QtBot, theme: Appearance, shown: Show) -> None:
    field = SearchField(theme, "Zoek in alles…", hint="Ctrl F")
    shown(field)
    with qtbot.waitSignal(field.searched) as signal:
        qtbot.keyClicks(field, "techno")
    assert signal.args == ["techno"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert field.accessibleName() == "Zoek in alles…"


def test_a_form_field_names_its_field_and_shows_a_problem(qtbot: QtBot, theme: Appearance, shown: Show) -> None:
    line = LineEdit()
    field = FormField(theme, "Gespreksleider", line)
    shown(field)
    assert line.accessibleName() == "Gespreksleider"
    before = field.sizeHint().height()
    field.set_note("Vul een naam in.", problem=True)
    line.set_invalid("Vul een naam in.")
    assert field.sizeHint().height() > before
    assert line.toolTip() == "Vul een naam in."


def test_a_banner_offers_something_to_do_and_can_be_closed(qtbot: QtBot, theme: Appearance, shown: Show) -> None:
    done: list[str] = []
    banner = Banner(theme, "Het bestand is alleen-lezen.", action="Opslaan als…", on_action=lambda: done.append("x"))
    shown(banner)
    buttons = {button.accessibleName(): button for button in banner.findChildren(Button)}
    qtbot.mouseClick(buttons["Opslaan als…"], Qt.MouseButton.LeftButton)
    assert done == ["x"]
    with qtbot.waitSignal(banner.closed):
        qtbot.mouseClick(buttons["Sluiten"], Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


@pytest.mark.parametrize("make", [ComboBox, lambda: KeptChoice(("een", "twee", "drie"))])
def test_scrolling_past_a_choice_does_not_change_it(qtbot: QtBot, make: Callable[[], QComboBox]) -> None:
    box = make()
    qtbot.addWidget(box)
    box.clear()
    box.addItems(["een", "twee", "drie"])
    box.setCurrentIndex(1)
    box.show()
    middle = QPointF(box.rect().center())
    down, none = QPoint(0, -120), Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(
        middle, middle, QPoint(), down, Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(box, wheel)
    assert box.currentIndex() == 1
