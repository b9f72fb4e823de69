"""Reads JSON, which in a dossier or a file may be somebody else's: whatever stands there, a value or a ValueError."""

from __future__ import annotations

import json
from typing import Any


def read_json(text: str | bytes) -> Any:
    """Return the value of a JSON text.

    Raises:
        ValueError: it is no JSON, or its lists and objects stand deeper in each other than Python can follow (some
            thousands), for which `json` raises a RecursionError, that is: a bug of ours.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
