"""The top bar of the stage: choice and title of the panel, choice of the guide, and importing notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QComboBox, QMenu, QSizePolicy, QWidget

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.model import Panel
from sto_desktop.language import tr
from sto_desktop.ui.base.keys import entry, hint
from sto_desktop.ui.fields.kept_field import TitleLine
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import CONTROL_HEIGHT
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Button, ComboBox, IconButton, TopBar

_NARROW = 1040
"""Below this width, in px, rarely used buttons are replaced by a menu."""


class PanelChooser(ComboBox):
    """Chooses a panel of the dossier; `chosen` carries its id. It ignores the mouse wheel."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Panelgesprek"))
        plain.set_tip(self, tr("Een ander panelgesprek van dit dossier"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.activated.connect(lambda number: self.chosen.emit(self.itemData(number)))

    def show_panels(self, panels: Sequence[Panel], current: str) -> None:
        """Offer these panels."""
        self.clear()
        for panel in panels:
            self.addItem(title_for(panel), panel.id)
        self.setCurrentIndex(self.findData(current))
        # With a single panel there is nothing to choose.
        self.setVisible(len(panels) > 1)


@dataclass(frozen=True)
class BarCommands:
    """The commands behind the buttons."""

    new_panel: Callable[[], object]
    import_notes: Callable[[], object]
    fill_guides: Callable[[QMenu], object]
    """Fills a menu with the commands on guides."""
    papers: Callable[[], object]
    delete_panel: QAction | None = None


class PrepareBar(TopBar):
    """The bar, with the title of the panel as an editable field."""

    def __init__(self, theme: Appearance, commands: BarCommands, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Voorbereiden"), parent=parent)
        self._commands = commands
        self.title = TitleLine(placeholder=tr("Titel van het panel"), name=tr("Titel van het panel"))
        self.title.setMinimumWidth(120)
        self.title.textChanged.connect(self._fit_title)
        self._fit_title()
        self.title.setFixedHeight(CONTROL_HEIGHT)
        # Takes the width between the title of the stage and the buttons.
        self._layout.insertWidget(1, self.title, 2)
        self.chooser = PanelChooser()
        self.new_panel = Button(theme, tr("Nieuw panel"), command="new_panel", on_click=commands.new_panel)
        self.guides = Button(theme, tr("Leidraad…"), command="guides", on_click=self.show_guides)
        plain.set_tip(self.guides, tr("Andere leidraad, dupliceren, importeren en exporteren"))
        self.papers = Button(theme, tr("Papieren…"), hint=hint("papers"), command="papers", on_click=commands.papers)
        plain.set_tip(self.papers, tr("Leidraad, kaart, naamkaarten, brief en formulier: afdrukken of als Word"))
        self.import_notes = Button(
            theme, tr("Notities importeren…"), command="import_notes", on_click=commands.import_notes
        )
        self.more = IconButton(theme, "more", tr("Meer"), command="prepare_more", on_click=self.show_more)
        for widget in (self.chooser, self.new_panel, self.import_notes, self.guides, self.papers, self.more):
            self.add(widget)
        self._arrange()

    def show_panel(self, panel: Panel, panels: Sequence[Panel]) -> None:
        """Show the current panel, and the others to choose from."""
        self.chooser.show_panels(panels, panel.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < _NARROW
        for button in (self.new_panel, self.import_notes, self.guides, self.papers):
            button.setVisible(not narrow)
        self.more.setVisible(narrow or self._commands.delete_panel is not None)

    def show_guides(self) -> None:
        """Open the menu of guides."""
        menu = self._menu()
        self._commands.fill_guides(menu)
        menu.popup(self._under(self.guides if self.guides.isVisible() else self.more))

    def show_more(self) -> None:
        """Open the menu of what has no button."""
        menu = self._menu()
        if self.width() < _NARROW:
            for button in (self.new_panel, self.import_notes, self.papers):
                entry(menu, button.objectName(), button.click, button.word())
            menu.addSeparator()
            self._commands.fill_guides(menu)
            menu.addSeparator()
        if self._commands.delete_panel is not None:
            menu.addActions([self._commands.delete_panel])
        menu.popup(self._under(self.more))

    def _fit_title(self) -> None:
        words = self.title.fontMetrics().horizontalAdvance(self.title.text())
        # Besides the words: the margins of the field, and room to type on.
        self.title.setMaximumWidth(max(320, words + 40))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    @staticmethod
    def _under(button: QWidget) -> QPoint:
        return button.mapToGlobal(QPoint(0, button.height() + 2))
