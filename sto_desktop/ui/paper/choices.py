"""The user's options for the verslag: those stored in the dossier, and those of this computer alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.json_text import read_json
from sto_desktop.language import tr
from sto_desktop.report.blocks.options import Form, ReportOptions

SETTING = "report_choices"


@dataclass(frozen=True, slots=True)
class ReportChoices:
    """Options of the verslag."""

    options: ReportOptions = field(default_factory=ReportOptions)

    def with_form(self, form: Form) -> ReportChoices:
        """Return the options for another form, with that form's own defaults: its layout is stored in the dossier."""
        return self if form is self.options.form else replace(self, options=ReportOptions(form=form))

    def to_json(self) -> str:
        """Return the options that belong to this computer as text: the form on show."""
        return json.dumps({"form": self.options.form.value})

    @classmethod
    def from_json(cls, text: str) -> ReportChoices:
        """Read what `to_json` wrote; use the defaults for anything else."""
        try:
            stored = read_json(text)
            return cls(ReportOptions(Form(stored["form"])))
        except (ValueError, KeyError, TypeError):
            return cls()


def documents_folder(last: str, documents: Callable[[], Path]) -> Path:
    """Return the folder to suggest: the one used last if it still exists, else the user's documents folder."""
    return Path(last) if last and Path(last).is_dir() else documents()


def subtitle(content: PanelContent) -> str:
    """Return the panel's name and date, and the status of its verslag."""
    panel = content.panel
    status = tr("vastgesteld") if panel.status is PanelStatus.FINAL else tr("concept")
    parts = [title_for(panel), long_date(panel.date) if panel.date else "", status]
    return " · ".join(part for part in parts if part)
