"""A theme that was left by who leads and writes alone, and the lines about it that are not saved yet."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sto_desktop.json_text import read_json


@dataclass(frozen=True, slots=True)
class LeftTheme:
    """The last question of the theme, the one that follows (empty: the conversation ends), and what is typed so far."""

    question: str
    following: str = ""
    lines: tuple[str, ...] = ()

    def encode(self) -> str:
        """Return it as JSON, to survive a crash; empty where nothing is typed."""
        if not self.lines:
            return ""
        return json.dumps([self.question, self.following, *self.lines], ensure_ascii=False)

    @classmethod
    def decode(cls, content: str) -> LeftTheme | None:
        """Read what `encode` wrote; None for anything else."""
        try:
            raw = read_json(content or "null")
        except ValueError:
            return None
        if not isinstance(raw, list) or len(raw) < 2 or not all(isinstance(text, str) for text in raw):
            return None
        question, following, *lines = raw
        return cls(question, following, tuple(lines))


def three_lines_place(panel: str) -> str:
    """Return where the lines of a panel are kept."""
    return f"three_lines:{panel}"
