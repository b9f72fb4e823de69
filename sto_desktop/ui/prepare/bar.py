"""The head of the stage: which panel it is, its title to change, another panel, another guide, notes from a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QMenu, QSizePolicy, QWidget

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.model import Guide, Panel
from sto_desktop.ui.language import tr
from sto_desktop.ui.prepare.kept_field import TitleLine
from sto_desktop.ui.theme import CONTROL_HEIGHT, Theme
from sto_desktop.ui.widgets import Button, IconButton, TopBar

_NARROW = 1040
"""Below this width, in px, the buttons that are used once give way to a menu."""


class PanelChooser(QComboBox):
    """The panels of the dossier; `chosen` carries an id. The wheel leaves it alone."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Panelgesprek"))
        self.setToolTip(tr("Een ander panelgesprek van dit dossier"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.activated.connect(lambda number: self.chosen.emit(self.itemData(number)))

    def show_panels(self, found: Sequence[Panel], current: str) -> None:
        """Offer these panels."""
        self.clear()
        for panel in found:
            self.addItem(title_for(panel), panel.id)
        self.setCurrentIndex(self.findData(current))
        self.setVisible(len(found) > 1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


@dataclass(frozen=True)
class BarCommands:
    """What the buttons do."""

    new_panel: Callable[[], object]
    import_notes: Callable[[], object]
    use_guide: Callable[[str], object]


class PrepareBar(TopBar):
    """The bar, with the title of the panel as a field."""

    def __init__(self, theme: Theme, commands: BarCommands, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Voorbereiden"), parent=parent)
        self._commands = commands
        self._guides: tuple[Guide, ...] = ()
        self._guide = ""
        self.title = TitleLine(placeholder=tr("Titel van het panel"), name=tr("Titel van het panel"))
        self.title.setMinimumWidth(120)
        self.title.setMaximumWidth(320)
        self.title.setFixedHeight(CONTROL_HEIGHT)
        # Between the title of the stage and what is left over.
        self._layout.insertWidget(1, self.title, 2)
        self.chooser = PanelChooser()
        self.new_panel = Button(theme, tr("Nieuw panel"), on_click=commands.new_panel)
        self.other_guide = Button(theme, tr("Andere leidraad kiezen…"), on_click=self._show_guides)
        self.import_notes = Button(theme, tr("Notities importeren…"), on_click=commands.import_notes)
        self.more = IconButton(theme, "more", tr("Meer"), on_click=self._show_more)
        for widget in (self.chooser, self.new_panel, self.other_guide, self.import_notes, self.more):
            self.add(widget)
        self._arrange()

    def show_panel(self, panel: Panel, found: Sequence[Panel], guides: Sequence[Guide]) -> None:
        """Show which panel it is, and what else there is to choose."""
        self.chooser.show_panels(found, panel.id)
        self._guides, self._guide = tuple(guides), panel.guide or ""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @property
    def _can_choose(self) -> bool:
        return len(self._guides) > 1 or (bool(self._guides) and self._guides[0].id != self._guide)

    def _arrange(self) -> None:
        narrow = self.width() < _NARROW
        self.new_panel.setVisible(not narrow)
        self.import_notes.setVisible(not narrow)
        self.other_guide.setVisible(self._can_choose and not narrow)
        self.more.setVisible(narrow)

    def _show_guides(self) -> None:
        menu = self._menu()
        self._add_guides(menu)
        menu.popup(self._under(self.other_guide))

    def _show_more(self) -> None:
        menu = self._menu()
        menu.addAction(self.new_panel.word(), self._commands.new_panel)
        menu.addAction(self.import_notes.word(), self._commands.import_notes)
        if self._can_choose:
            menu.addSeparator()
            self._add_guides(menu)
        menu.popup(self._under(self.more))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add_guides(self, menu: QMenu) -> None:
        for guide in self._guides:
            name = " ".join(part for part in (guide.name or tr("Leidraad zonder naam"), guide.version) if part)
            chosen = menu.addAction(name.replace("&", "&&"), partial(self._commands.use_guide, guide.id))
            chosen.setCheckable(True)
            chosen.setChecked(guide.id == self._guide)

    @staticmethod
    def _under(button: QWidget) -> QPoint:
        return button.mapToGlobal(QPoint(0, button.height() + 2))
