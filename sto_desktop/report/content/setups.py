"""The options of a verslag as a dossier stores them: from the JSON of its setups to options, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sto_desktop.domain.actions.reports import NAMES
from sto_desktop.report.blocks.options import Form, ReportOptions


def _read(text: str) -> object:
    try:
        return json.loads(text) if text else None
    # A damaged setup gives the defaults, so that a report can still be made.
    except ValueError:
        return None


def decisions_of(setups: Mapping[str, str]) -> dict[str, bool]:
    """Return the decisions about names in texts, from the JSON of each setup by form."""
    stored = _read(setups.get(NAMES, ""))
    return {key: on for key, on in stored.items() if isinstance(on, bool)} if isinstance(stored, dict) else {}


def decisions_text(decisions: Mapping[str, bool]) -> str:
    """Return decisions about names as JSON, the same for the same decisions."""
    return json.dumps(dict(sorted(decisions.items())), ensure_ascii=False)


def options_of(setups: Mapping[str, str], form: Form) -> ReportOptions:
    """Return the options of one form, from the JSON of each setup by form."""
    return ReportOptions.from_data(form, _read(setups.get(form, ""))).with_decisions(decisions_of(setups))


def options_text(options: ReportOptions) -> str:
    """Return the options of one form as JSON."""
    return json.dumps(options.data(), ensure_ascii=False, sort_keys=True)
