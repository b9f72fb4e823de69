"""The options of a verslag as a dossier stores them: from the JSON of its setups to options, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sto_desktop.domain.names.decisions import decisions_of
from sto_desktop.json_text import read_json
from sto_desktop.report.blocks.options import Form, ReportOptions


def _read(text: str) -> object:
    try:
        return read_json(text) if text else None
    # A damaged setup gives the defaults, so that a report can still be made.
    except ValueError:
        return None


def options_of(setups: Mapping[str, str], form: Form) -> ReportOptions:
    """Return the options of one form, from the JSON of each setup by form."""
    return ReportOptions.from_data(form, _read(setups.get(form, ""))).with_decisions(decisions_of(setups))


def options_text(options: ReportOptions) -> str:
    """Return the options of one form as JSON."""
    return json.dumps(options.data(), ensure_ascii=False, sort_keys=True)
