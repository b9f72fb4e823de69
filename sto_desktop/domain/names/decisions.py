"""Decisions about names in texts, as a dossier stores them: a JSON text in a row of its panel.

They are personal records: the row is in no copy without names, and is wiped with what it says of a member.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import by_name_only
from sto_desktop.json_text import read_json

Decisions = Mapping[str, bool | str]
"""Decisions of a person about detected names, by the key of a name in one field of one row: True replaces the name,
False keeps it, and a text is what replaces it.
"""

NAMES = "NAMES"
"""The setup that holds them, for every form of the verslag, copies and exports."""

ADDED = "+"
"""Before a name that a person added to those that go: somebody who was not there."""


def decisions_of(setups: Mapping[str, str]) -> dict[str, bool | str]:
    """Return the decisions about names in texts, from the JSON of each setup by form; a damaged one gives none."""
    try:
        stored = read_json(setups.get(NAMES, "") or "null")
    except ValueError:
        return {}
    kinds = (bool, str)
    return {key: on for key, on in stored.items() if isinstance(on, kinds)} if isinstance(stored, dict) else {}


def decisions_text(decisions: Decisions) -> str:
    """Return decisions about names as JSON, the same for the same decisions."""
    return json.dumps(dict(sorted(decisions.items())), ensure_ascii=False)


def added_names(decisions: Decisions) -> tuple[Panelist, ...]:
    """Return the people whom somebody added to those whose names go."""
    names: Iterable[str] = (key for key, on in decisions.items() if key.startswith(ADDED) and on)
    return tuple(_somebody(key) for key in names)


def _somebody(key: str) -> Panelist:
    person = by_name_only(key.removeprefix(ADDED))
    return Panelist(key, name=person.name, first_name=person.first_name)
