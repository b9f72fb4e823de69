"""What a person chose in the look beforehand, remembered for files of the same shape: without a word of the file."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sto_desktop.json_text import read_json

_MOST = 40
"""Number of shapes; the oldest is forgotten."""


def recalled(kept: str, shape: str) -> Mapping[str, str]:
    """Return what was remembered of files of a shape; what can't be read is forgotten."""
    found = _all(kept).get(shape, {})
    return {name: value for name, value in found.items() if isinstance(name, str) and isinstance(value, str)}


def remembering(kept: str, shape: str, values: Mapping[str, str]) -> str:
    """Return what to keep, with what was chosen for a shape as the newest."""
    others = {name: value for name, value in _all(kept).items() if name != shape}
    newest = {**others, shape: dict(values)}
    return json.dumps(dict(list(newest.items())[-_MOST:]), ensure_ascii=False)


def _all(kept: str) -> dict[str, dict[str, str]]:
    try:
        found = read_json(kept or "{}")
    except ValueError:
        return {}
    return {name: value for name, value in found.items() if isinstance(value, dict)} if isinstance(found, dict) else {}
