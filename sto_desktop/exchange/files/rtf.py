"""Reads Rich Text Format as plain text."""

from __future__ import annotations

from striprtf import striprtf


def is_rtf(text: str) -> bool:
    """Return whether a text is in Rich Text Format."""
    return text.startswith("{\\rtf")


def text_of_rtf(text: str) -> str:
    """Return the text without its formatting; cells of a table are parted by bars."""
    plain: str = striprtf.rtf_to_text(text, errors="ignore")  # type: ignore[no-untyped-call]
    return plain.replace("|\n", "\n")
