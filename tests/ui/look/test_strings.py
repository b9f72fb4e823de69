"""Every text that people see passes through `tr`: checked in the source of the window."""

import ast
import re
from pathlib import Path

import pytest

UI = Path(__file__).parents[3] / "sto_desktop" / "ui"
METHODS = {
    "addAction",
    "addButton",
    "addItem",
    "addItems",
    "addTab",
    "notify",
    "setAccessibleDescription",
    "setAccessibleName",
    "setDetailedText",
    "setHorizontalHeaderLabels",
    "setHeaderLabels",
    "setInformativeText",
    "setLabelText",
    "setPlaceholderText",
    "setPrefix",
    "setStatusTip",
    "setSuffix",
    "setText",
    "setTitle",
    "setToolTip",
    "setWhatsThis",
    "setWindowTitle",
    "set_tip",
    "set_note",
    "set_saved",
    "set_subtitle",
    "set_text",
    "set_title",
    "tell",
}
WIDGETS = {
    "Banner",
    "Button",
    "ConfirmDialog",
    "ElidedLabel",
    "EmptyState",
    "FormField",
    "IconButton",
    "LineEdit",
    "PrimaryButton",
    "QAction",
    "CheckBox",
    "QGroupBox",
    "QLabel",
    "QLineEdit",
    "QPushButton",
    "RadioButton",
    "QToolButton",
    "QuietButton",
    "SearchField",
    "SectionLabel",
    "TextEdit",
    "TextLabel",
    "TopBar",
    "question",
    "warning",
    "information",
    "critical",
    "getOpenFileName",
    "getSaveFileName",
    "getExistingDirectory",
}
WITH_ICON_FIRST = {"EmptyState", "IconButton"}
NO_WORDS = {"hint", "icon", "tone", "key", "topic", "command", "commands"}
OWN_NAMES = {"STO Desktop"}
KEYS = re.compile(r"((Ctrl|Alt|Shift)\+)*([A-Z0-9]|F\d+|Ctrl|Alt|Shift|Esc|Enter|Delete|PgUp|PgDn)")


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _words(node: ast.expr) -> list[str]:
    """The literal texts in an argument without `tr` around them."""
    if isinstance(node, ast.Call):
        return []
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return [part.value for part in node.values if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    if isinstance(node, ast.IfExp):
        return _words(node.body) + _words(node.orelse)
    if isinstance(node, ast.BinOp):
        return _words(node.left) + _words(node.right)
    if isinstance(node, (ast.List, ast.Tuple)):
        return [word for one in node.elts for word in _words(one)]
    return []


def _named(text: str) -> bool:
    return text in OWN_NAMES or KEYS.fullmatch(text) is not None


def untranslated(source: str) -> list[tuple[int, str]]:
    """Line and text of every text in `source` that is shown untranslated."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or _called(node) not in METHODS | WIDGETS:
            continue
        positional = list(node.args)
        if _called(node) in WITH_ICON_FIRST:
            # theme, icon, text: the icon's name is not for people.
            positional = [one for number, one in enumerate(positional) if number != 1]
        named = [keyword.value for keyword in node.keywords if keyword.arg not in NO_WORDS]
        for argument in (*positional, *named):
            for text in _words(argument):
                if re.search(r"[^\W\d_]{2}", text) and not _named(text.strip()):
                    found.append((node.lineno, text))
    return found


@pytest.mark.parametrize("file", sorted(UI.rglob("*.py")), ids=lambda file: file.relative_to(UI).as_posix())
def test_every_word_on_screen_can_be_translated(file: Path) -> None:
    assert untranslated(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'label.setText("Bewaren")',
        'QPushButton("Bewaren")',
        'Button(theme, "Bewaren", hint="F1")',
        'x.setToolTip(f"Stoel {n}")',
        'EmptyState(theme, "icon", "Leeg", tr("Niets"))',
        'x.setText("Ja" if y else tr("Nee"))',
        'FormField(theme, "Naam", field)',
        'notify(text, action="Terug")',
    ],
)
def test_the_walk_sees_a_word_without_translation(source: str) -> None:
    assert len(untranslated(source)) == 1


def test_the_walk_lets_translated_words_and_names_of_icons_pass() -> None:
    source = (
        'Button(theme, tr("Bewaren"), icon="save")\nlabel.setText(f"{a} · {b}")\nIconButton(theme, "close", tr("X"))'
    )
    assert untranslated(source) == []
