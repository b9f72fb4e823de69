"""What a user chose for the verslag: how it is made, which the dossier keeps, and what is of this computer alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.language import tr
from sto_desktop.report.blocks.options import Form, ReportOptions

SETTING = "report_choices"


@dataclass(frozen=True, slots=True)
class Choices:
    """Options of the verslag."""

    options: ReportOptions = field(default_factory=ReportOptions)

    def with_form(self, form: Form) -> Choices:
        """Return the choices in another form, as that form has it by itself: the dossier knows how it is set up."""
        return self if form is self.options.form else replace(self, options=ReportOptions(form=form))

    def to_json(self) -> str:
        """Return what belongs to this computer as text: the form on show."""
        return json.dumps({"form": self.options.form.value})

    @classmethod
    def from_json(cls, text: str) -> Choices:
        """Read what `to_json` wrote; the defaults where it says something else."""
        try:
            kept = json.loads(text)
            return cls(ReportOptions(Form(kept["form"])))
        except (ValueError, KeyError, TypeError):
            return cls()


def documents_folder(last: str, documents: Callable[[], Path]) -> Path:
    """Return the folder to offer: the one used last if it is still there, else that of the user's documents."""
    return Path(last) if last and Path(last).is_dir() else documents()


def subtitle(content: PanelContent) -> str:
    """Return which panel it is, when it was, and how far its verslag is."""
    panel = content.panel
    status = tr("vastgesteld") if panel.status is PanelStatus.FINAL else tr("concept")
    parts = [title_for(panel), long_date(panel.date) if panel.date else "", status]
    return " · ".join(part for part in parts if part)
