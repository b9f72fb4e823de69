"""Text that Qt would interpret as HTML or mnemonics passes through `ui.plain`: checked in the source of the window."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[3] / "sto_desktop"
FILES = (*sorted((PACKAGE / "ui").rglob("*.py")), PACKAGE / "app.py")
PLACES = {
    # Tooltips, since Qt guesses.
    "QToolTip": ("ui/look/plain.py",),
    "setStatusTip": (),
    "setWhatsThis": (),
    # Labels that guess, and texts in which an & makes a mnemonic: `TextLabel`, `Button`, `CheckBox` and the like
    # replace them.
    "QLabel": ("ui/widgets/text.py",),
    "QCheckBox": ("ui/widgets/choices.py",),
    "QRadioButton": ("ui/widgets/choices.py",),
    "QPushButton": (),
    "QToolButton": ("ui/fields/date_field.py",),
    "QGroupBox": (),
    "QTabBar": (),
    "QTabWidget": (),
    "QMessageBox": (),
    "QInputDialog": (),
    "QErrorMessage": (),
    "QProgressDialog": (),
    "QSystemTrayIcon": (),
    # HTML of documents, whose writers escape their input, and on the clipboard.
    "QTextBrowser": (),
    "setHtml": ("ui/paper/preview.py", "ui/paper/files.py", "ui/paper/figure.py"),
    "insertHtml": (),
    "appendHtml": (),
    "setMarkdown": (),
    "setTextFormat": ("ui/widgets/text.py",),
    "fromHtml": (),
}
"""Names that only some files may use; the calendar has buttons of Qt's own."""

PROPERTIES = ("toolTip", "statusTip", "whatsThis", "windowTitle", "textFormat")
"""Widget properties that PySide accepts as keyword arguments of the constructor."""

WRAPPED = {"setToolTip": "tip", "setWindowTitle": "title", "addAction": "word", "addMenu": "word", "QAction": "word"}
"""The required wrapper around a text that is not completely our own, by the call that gets it."""
SETTERS = ("setToolTip", "setWindowTitle")
"""Handed on instead of called, nobody sees what they get."""


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _is_plain(node: ast.expr, wanted: str) -> bool:
    """Return whether it is a call of `plain.wanted`, or `wanted` in `plain` itself."""
    return _called(node) == wanted


def _is_own(node: ast.expr) -> bool:
    """Return whether a text is the program's own: a constant, or translated without inserted values."""
    if isinstance(node, ast.IfExp):
        return _is_own(node.body) and _is_own(node.orelse)
    if isinstance(node, ast.Constant):
        return True
    return isinstance(node, ast.Call) and _called(node) == "tr" and not node.keywords


def _texts(node: ast.Call) -> list[ast.expr]:
    """The arguments of a call that may be the text, without actions and icons."""
    found = [one for one in node.args[:2] if not isinstance(one, ast.Lambda)]
    if _called(node) == "QAction":
        return found[:1]
    if _called(node) == "addAction" and _called(found[0]) == "QIcon":
        return found[1:]
    return [] if "action" in ast.unparse(found[0]).lower() else found[:1]


def _safe(node: ast.expr, wanted: str) -> bool:
    if isinstance(node, ast.IfExp):
        return _safe(node.body, wanted) and _safe(node.orelse, wanted)
    return _is_own(node) or _is_plain(node, wanted)


def _tips(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and source of each tooltip that a model returns without `plain.tip` around it."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.If) or "ToolTipRole" not in ast.unparse(node.test):
            continue
        for given in (one for line in node.body for one in ast.walk(line) if isinstance(one, ast.Return)):
            if given.value is not None and not _is_plain(given.value, "tip"):
                yield given.lineno, ast.unparse(given)
    tests = {id(one) for node in ast.walk(tree) if isinstance(node, ast.If) for one in ast.walk(node.test)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "ToolTipRole" and id(node) not in tests:
            yield node.lineno, ast.unparse(node)


def unsafe(source: str, file: str = "ui/x.py") -> list[tuple[int, str]]:
    """Line and source of everything that shows a text without `ui.plain`."""
    tree = ast.parse(source)
    found = list(_tips(tree))
    called_here = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            # Under another name.
            found += [(node.lineno, one.name) for one in node.names if one.asname and one.name in PLACES]
        if isinstance(node, ast.Attribute) and node.attr in SETTERS and id(node) not in called_here:
            found.append((node.lineno, ast.unparse(node)))
        if isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            if file not in PLACES.get(name, (file,)):
                found.append((node.lineno, name))
        if not isinstance(node, ast.Call):
            continue
        found += [(node.lineno, str(keyword.arg)) for keyword in node.keywords if keyword.arg in PROPERTIES]
        if not node.args:
            continue
        called = _called(node)
        if called == "setProperty" and isinstance(node.args[0], ast.Constant) and node.args[0].value in PROPERTIES:
            found.append((node.lineno, ast.unparse(node)))
        if called == "setToolTip" and not _is_plain(node.args[0], "tip") and file != "ui/look/plain.py":
            found.append((node.lineno, ast.unparse(node)))
        elif called in WRAPPED and called != "setToolTip":
            texts = _texts(node)
            found += [(node.lineno, ast.unparse(node)) for text in texts if not _safe(text, WRAPPED[called])]
        elif called == "setText" and "action" in ast.unparse(node.func).lower() and not _safe(node.args[0], "word"):
            found.append((node.lineno, ast.unparse(node)))
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_every_text_that_qt_would_read_goes_through_plain(file: Path) -> None:
    assert unsafe(file.read_text(encoding="utf-8"), file.relative_to(PACKAGE).as_posix()) == []


@pytest.mark.parametrize(
    "source",
    [
        "x.setToolTip(note.text)",
        "from PySide6.QtWidgets import QLabel as Words",
        "set_tip = x.setToolTip",
        "changed.connect(x.setWindowTitle)",
        'x.setProperty("toolTip", name)',
        'x.setToolTip(tr("Vraag {n}", n=title))',
        "label = QLabel(title)",
        "QToolTip.showText(at, title)",
        "x.setStatusTip(title)",
        "box = QCheckBox(title)",
        "QMessageBox.warning(self, title, text)",
        "document.setHtml(text)",
        "menu.addAction(guide.name, self.go)",
        'menu.addAction(f"{name}\\tEnter")',
        'menu.addAction(tr("Naar {name}", name=name))',
        "menu.addAction(QIcon(square), name)",
        "menu.addMenu(theme.title)",
        "QAction(name, menu)",
        "QWidget(parent, toolTip=name)",
        'undo_action.setText(tr("Terug: {what}", what=what))',
        "self.setWindowTitle(panel.title)",
        'self.setWindowTitle(tr("{name}: vragen", name=name) if name else tr("Vragen"))',
        "item.setData(Qt.ItemDataRole.ToolTipRole, name)",
        "def data(role):\n    if role == Qt.ItemDataRole.ToolTipRole:\n        return self.said",
        "def data(role):\n    if role in (Role.DisplayRole, Role.ToolTipRole):\n        return said",
    ],
)
def test_the_walk_sees_a_text_that_goes_past_plain(source: str) -> None:
    assert len(unsafe(source)) == 1


def test_the_walk_lets_our_own_words_and_wrapped_texts_pass() -> None:
    source = """
plain.set_tip(x, note.text)
item.setToolTip(plain.tip(note.text))
menu.addAction(tr("Openen"), self.open)
menu.addAction(tr("Weer stellen") if skipped else tr("Overslaan"), self.skip)
menu.addAction(plain.word(guide.name, "Enter"))
menu.addAction(action)
self.addAction(self.print_action)
self.setWindowTitle(plain.title(name) if name else tr("Vragen"))
undo_action.setText(plain.word(said) if said else tr("Ongedaan maken"))
def data(role):
    if role == Qt.ItemDataRole.ToolTipRole and late:
        return plain.tip(said)
"""
    assert unsafe(source) == []
