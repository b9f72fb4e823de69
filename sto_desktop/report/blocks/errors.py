"""Expected errors while a report is written, each with a Dutch sentence for the user."""

from __future__ import annotations

from sto_desktop.domain.errors import StoError


class ReportError(StoError):
    """A report could not be made or written."""


class TemplateError(ReportError):
    """The chosen house style can't be used."""
