"""The application's only stylesheet, generated from colour roles: how Qt's own widgets look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template

from PySide6.QtGui import QColor

from sto_desktop.ui.look.icons import IconSet
from sto_desktop.ui.look.roles import ColourRole, TextStyle

SHEET = Template("""
QToolTip { background: $surface; color: $ink; border: 1px solid $control; padding: 4px 6px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: $surface; color: $ink; border: 1px solid $control; border-radius: 6px;
  selection-background-color: $primary; selection-color: $on_primary;
}
QLineEdit { padding: 0 8px; min-height: 30px; }
QComboBox { padding: 0 8px; min-height: 30px; }
QAbstractSpinBox { padding: 0; min-height: 30px; max-height: 30px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit, QComboBox QLineEdit:focus {
  border: none; border-radius: 0; min-height: 0; padding: 0 0 0 6px; background: transparent; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { padding: 0; }
QPlainTextEdit, QTextEdit { padding: 5px 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid $primary;
}
QLineEdit:focus { padding: 0 7px; min-height: 28px; }
QComboBox:focus { padding: 0 7px; min-height: 28px; }
QAbstractSpinBox:focus { padding: 0; min-height: 28px; max-height: 28px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 4px 5px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
  background: $sunken; color: $muted; border-color: $line;
}
QLineEdit[readOnly="true"] { background: $sunken; }
QLineEdit[invalid="true"] { border-color: $late; }
QAbstractItemView QLineEdit { border-radius: 0; min-height: 0; padding: 0 4px; }
QAbstractItemView QLineEdit:focus { padding: 0 3px; min-height: 0; }
QAbstractItemView QComboBox { border-radius: 0; min-height: 0; }

QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url($chevron_down); width: 14px; height: 14px; }
QComboBox QAbstractItemView {
  background: $surface; color: $ink; border: 1px solid $control; padding: 4px; outline: none;
  selection-background-color: $primary_soft; selection-color: $ink;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
  subcontrol-origin: border; width: 22px; border: none; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; margin-top: 2px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin-bottom: 2px; }
QAbstractSpinBox::up-arrow { image: url($chevron_up); width: 11px; height: 11px; }
QAbstractSpinBox::down-arrow { image: url($chevron_down); width: 11px; height: 11px; }
QDateEdit::drop-down, QDateTimeEdit::drop-down { border: none; width: 26px; }
QDateEdit::down-arrow, QDateTimeEdit::down-arrow { image: url($chevron_down); width: 14px; height: 14px; }

QCheckBox, QRadioButton { color: $ink; spacing: 10px; min-height: 24px; }
QCheckBox:disabled, QRadioButton:disabled { color: $muted; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $control;
  background: $surface; border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked { background: $primary; border-color: $primary; image: url($check); }
QCheckBox::indicator:indeterminate { background: $primary; border-color: $primary; image: url($minus); }
QRadioButton::indicator:checked { background: $primary; border-color: $primary; image: url($dot); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $primary; width: 12px; height: 12px; }
QCheckBox:focus, QRadioButton:focus { color: $primary; }
QAbstractItemView::indicator { width: 14px; height: 14px; border: 1px solid $control; background: $surface;
  border-radius: 4px; }
QAbstractItemView::indicator:checked { background: $primary; border-color: $primary; image: url($check); }

QPushButton {
  background: $surface; color: $ink; border: 1px solid $line; border-radius: 6px; padding: 0 14px; min-height: 30px;
  min-width: 56px;
}
QPushButton:hover { border-color: $control; }
QPushButton:pressed { background: $sunken; }
QPushButton:focus { border: 2px solid $primary; padding: 0 13px; min-height: 28px; }
QPushButton:disabled { color: $control; background: $sunken; }
QPushButton:default { background: $primary; color: $on_primary; border-color: $primary; }
QPushButton:default:hover { background: $primary_hover; border-color: $primary_hover; }
QPushButton:default:focus { border: 2px solid $ink; }
QToolButton { background: transparent; color: $ink; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $sunken; }
QToolButton:focus { border: 2px solid $primary; padding: 3px; }

QAbstractItemView { background: $surface; color: $ink; border: 1px solid $line; border-radius: 6px;
  outline: none; gridline-color: $line; alternate-background-color: $sunken;
  selection-background-color: $primary_soft; selection-color: $ink; }
QAbstractItemView:focus { border: 2px solid $primary; }
QAbstractItemView[flat="true"] { background: transparent; border: none; }
QTableView::item, QTreeView::item, QListView::item { padding: 0 8px; min-height: 28px; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {
  background: $primary_soft; color: $ink; }
QTableView::item:focus, QTreeView::item:focus, QListView::item:focus { border: 2px solid $primary; padding: 0 6px; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $surface; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: 6px 8px; font-size: ${small}pt; font-weight: 600; text-align: left; }
QTableCornerButton::section { background: $surface; border: none; border-bottom: 1px solid $line; }

QScrollArea, QScrollArea > QWidget > QWidget[transparent="true"] { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $control; border-radius: 2px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px 3px 2px 3px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 3px 2px 3px 2px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $surface; color: $ink; border: 1px solid $control; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $primary_soft; color: $ink; }
QMenu::item:disabled { color: $control; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $primary; border-radius: 3px; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $primary; }
QTabBar::tab { color: $muted; padding: 6px 12px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $primary; border-bottom: 2px solid $primary; }
QTabBar::tab:focus { color: $ink; }
QTabWidget::pane { border: none; }
QGroupBox { border: none; margin-top: 20px; }
QGroupBox::title { subcontrol-origin: margin; color: $muted; }
QCalendarWidget QWidget { alternate-background-color: $sunken; }
QCalendarWidget QToolButton { color: $ink; }

Card { background: $surface; border: 1px solid $line; border-radius: 10px; }
PausedCard { background: $warn_soft; border: 2px solid $warn; }
Card[selected="true"] { border: 2px solid $primary; }
Card[dashed="true"] { background: transparent; border: 1px dashed $control; }
Column { background: $sunken; border: none; border-radius: 10px; }
Surface { background: $surface; border: none; }
TopBar { background: $surface; border: none; border-bottom: 1px solid $line; }
StatusLine { background: $surface; border: none; border-top: 1px solid $line; }
Rail { background: $surface; border: none; border-right: 1px solid $line; }
SidePanel { background: $background; border: none; border-left: 1px solid $line; }
SidePanel[side="left"] { border-left: none; border-right: 1px solid $line; }
Hairline { background: $line; border: none; }
PaletteFrame { background: $surface; border: 1px solid $control; border-radius: 10px; }
Banner { background: $primary_soft; border: none; border-radius: 6px; }
Banner[tone="good"] { background: $good_soft; }
Banner[tone="warn"] { background: $warn_soft; }
Banner[tone="late"] { background: $late_soft; }
QLineEdit[plain="true"], QLineEdit[plain="true"]:focus { background: transparent; border: none; padding: 0; }
""")


def stylesheet(roles: Mapping[ColourRole, str], icons: IconSet, points: Callable[[TextStyle], float]) -> str:
    """Return the stylesheet for a set of role colours."""

    def image(name: str, role: ColourRole) -> str:
        return icons.file(name, QColor(roles[role])).as_posix()

    names = {role.value.replace("-", "_"): value for role, value in roles.items()}
    return SHEET.substitute(
        names,
        small=points(TextStyle.SECONDARY),
        chevron_down=image("chevron-down", ColourRole.MUTED),
        chevron_up=image("chevron-up", ColourRole.MUTED),
        check=image("check-bold", ColourRole.ON_PRIMARY),
        minus=image("minus", ColourRole.ON_PRIMARY),
        dot=image("dot", ColourRole.ON_PRIMARY),
    )
