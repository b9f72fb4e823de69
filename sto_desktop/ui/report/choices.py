"""What a user chose for the verslag, kept with the working copy."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from sto_desktop.domain.naming import NameMode
from sto_desktop.report.options import Form, Part, ReportOptions

SETTING = "report_choices"


@dataclass(frozen=True, slots=True)
class Choices:
    """Options of the report, and the .docx whose house style it takes (None: that of STO Twente)."""

    options: ReportOptions = field(default_factory=ReportOptions)
    template: Path | None = None

    def with_part(self, part: Part, wanted: bool) -> Choices:
        """Return the choices with a part in or out."""
        return replace(self, options=self.options.with_part(part, wanted))

    def with_naming(self, naming: NameMode) -> Choices:
        """Return the choices with people called otherwise."""
        return replace(self, options=replace(self.options, naming=naming))

    def to_json(self) -> str:
        """Return the choices as text."""
        return json.dumps(
            {
                "form": self.options.form.value,
                "options": self.options.data(),
                "template": str(self.template) if self.template else "",
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Choices:
        """Read what `to_json` wrote; the defaults where it says something else."""
        try:
            kept = json.loads(text)
            options = ReportOptions.from_data(Form(kept["form"]), kept["options"])
            return cls(options, Path(kept["template"]) if kept["template"] else None)
        except (ValueError, KeyError, TypeError):
            return cls()


def documents_folder(last: str, documents: Callable[[], Path]) -> Path:
    """Return the folder to offer: the one used last if it is still there, else that of the user's documents."""
    return Path(last) if last and Path(last).is_dir() else documents()
