"""Saves typed fields of a panel: a draft at a pause in typing, one action when a field loses focus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from sto_desktop.domain.actions import panels
from sto_desktop.domain.dutch import one_line
from sto_desktop.domain.model import Panel
from sto_desktop.ui.base.doing import attempt, perform
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.fields.kept_field import KeptLine, KeptText


def no_problem(problem: str) -> None:
    """Report nothing: the mark on the field is enough."""


@dataclass(frozen=True)
class PanelField:
    """One field of the panel, with conversion from its text (None: invalid) and back.

    `problem` is the message about invalid text; `tell` shows it, and clears it with an empty text.
    """

    line: KeptLine | KeptText
    read: Callable[[str], Any] = one_line
    write: Callable[[Any], str] = str
    problem: str = ""
    tell: Callable[[str], object] = no_problem


class PanelKeeper(QObject):
    """Connects the fields of a panel to the dossier."""

    def __init__(self, context: StageContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._panel: Panel | None = None
        self._fields: dict[str, PanelField] = {}

    def add(self, name: str, field: PanelField) -> None:
        """Save this widget's text as the field `name` of the panel."""
        self._fields[name] = field
        field.line.left.connect(partial(self._keep, name))
        field.line.rested.connect(partial(self._draft, name))
        if self._panel is not None:
            self._settle(name, field, self._panel)

    def show_panel(self, panel: Panel) -> None:
        """Show the values of a panel; pending text for the previous one is saved first."""
        is_other_panel = self._panel is None or self._panel.id != panel.id
        if is_other_panel:
            self.commit()
        self._panel = panel
        # A text left over from a crash is an action, after which the stage may build more fields.
        for name, field in list(self._fields.items()):
            if is_other_panel:
                self._settle(name, field, panel)
            else:
                field.line.show_kept(field.write(getattr(panel, name)))

    def _settle(self, name: str, field: PanelField, panel: Panel) -> None:
        """Show the value of a panel in a field that had another one's, or none."""
        field.line.settle(field.write(getattr(panel, name)))
        self._mark(field, "")
        left_over = self._context.session.dossier.draft(self._place(name))
        if left_over:
            # It was typed before the program stopped, and not saved.
            field.line.setText(left_over)
            field.line.commit()

    def commit(self) -> None:
        """Save pending text of all fields."""
        for field in self._fields.values():
            field.line.commit()

    def focus_first(self, names: tuple[str, ...]) -> None:
        """Focus the first of these fields that exists."""
        for name in names:
            if name in self._fields:
                self._fields[name].line.setFocus()
                return

    def _place(self, name: str) -> str:
        return f"panel/{self._panel.id if self._panel else ''}/{name}"

    def _draft(self, name: str, text: str) -> None:
        if self._panel is not None:
            attempt(self._context.tell_error, self._context.session.dossier.set_draft, self._place(name), text)

    def _keep(self, name: str, text: str) -> None:
        if self._panel is None:
            return
        field = self._fields[name]
        value = field.read(text)
        if value is None and text.strip():
            self._mark(field, field.problem)
            # Invalid text stays as a draft, so that it is not lost.
            self._draft(name, text)
            return
        self._mark(field, "")
        values = {name: value}
        # A generated title follows the subregion, in the same action.
        if name == "subregion":
            values.update(_title_for(self._panel, value))
        if perform(self._context, panels.change_panel(self._panel.id, **values)):
            field.line.settle(field.write(value))
            self._draft(name, "")

    def _mark(self, field: PanelField, problem: str) -> None:
        field.line.set_invalid(problem)
        field.tell(problem)


def _title_for(panel: Panel, subregion: str) -> dict[str, str]:
    """Return the title for a new subregion, if the current title was generated rather than typed."""
    by_itself = {"", panels.generated_title(""), panels.generated_title(panel.subregion)}
    if panel.title not in by_itself or not subregion:
        return {}
    return {"title": panels.generated_title(subregion)}
