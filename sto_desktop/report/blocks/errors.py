"""What can go wrong in the world while a report is written, with a Dutch sentence for the user."""

from __future__ import annotations

from sto_desktop.domain.errors import StoError


class ReportError(StoError):
    """A report could not be made, or not be put in its place."""


class TemplateError(ReportError):
    """The house style that was chosen can't be used."""
