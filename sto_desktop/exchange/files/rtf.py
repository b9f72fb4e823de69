"""Reads Rich Text Format as lines and tables, without what is hidden or struck out."""

from __future__ import annotations

import itertools
import re

from striprtf import striprtf

from sto_desktop.exchange.files.document import FileText, Grid, TextBlock
from sto_desktop.exchange.files.plain_document import plain_document
from sto_desktop.language import tr

# The innermost group of braces; a brace of the text itself has a backslash before it.
_GROUP = re.compile(r"(?<!\\)\{(?:[^{}\\]|\\.)*\}", re.DOTALL)
_STRUCK = re.compile(r"\\(?:strike|striked1|striked|deleted)(?![a-z0-9])")
_HIDDEN = re.compile(r"\\v(?![a-z0-9])")
_BOLD = re.compile(r"\\b(?![a-z0-9]) ?")
_NOT_BOLD = re.compile(r"\\b0(?![0-9]) ?|\\plain(?![a-z])")
# Signs of nobody's alphabet, which pass through as text.
_ON, _OFF = "\ue000", "\ue001"
_ALL_BOLD = re.compile(f"(?:{_ON}[^{_ON}{_OFF}]*(?:{_OFF}|$))+")
_WORDS = re.compile(r"(?:^|[ }])[^\\{}]*\w")


def is_rtf(text: str) -> bool:
    """Return whether a text is in Rich Text Format."""
    return text.startswith("{\\rtf")


def text_of_rtf(text: str) -> str:
    """Return the text without its formatting; cells of a table are parted by bars."""
    return _plain(_seen(text)[0]).replace("|\n", "\n")


def document_of_rtf(text: str) -> FileText:
    """Return the lines and tables of a document."""
    seen, told = _seen(text)
    blocks: list[TextBlock | Grid] = []
    for in_table, lines in itertools.groupby(_plain(_with_bold(seen)).split("\n"), lambda line: line.endswith("|")):
        if in_table:
            rows = (line.replace(_ON, "").replace(_OFF, "")[:-1].split("|") for line in lines)
            blocks.append(Grid("", tuple(tuple(cell.strip() for cell in row) for row in rows)))
        else:
            blocks += plain_document("\n".join(map(_as_markdown, lines))).blocks
    return FileText(tuple(blocks), told)


def _plain(text: str) -> str:
    plain: str = striprtf.rtf_to_text(text, errors="ignore")  # type: ignore[no-untyped-call]
    return plain


def _with_bold(text: str) -> str:
    """Return the code with signs where bold begins and ends, at the end of a group too."""

    def closed(match: re.Match[str]) -> str:
        return f"{match[0][:-1]}{_OFF}}}" if _BOLD.search(match[0]) else match[0]

    marked = _GROUP.sub(closed, text)
    return _NOT_BOLD.sub(lambda match: f"{_OFF}{match[0]}", _BOLD.sub(lambda match: f"\\b {_ON}", marked))


def _as_markdown(line: str) -> str:
    """Return a line that is bold as a whole in the marks of Markdown, and any other without its signs."""
    words = line.replace(_ON, "").replace(_OFF, "")
    return f"**{words.strip()}**" if words.strip() and _ALL_BOLD.fullmatch(line.strip()) else words


def _seen(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the code without groups that are hidden or struck out, and messages about them."""
    told: dict[str, None] = {}

    def kept(match: re.Match[str]) -> str:
        for form, message in (
            (_STRUCK, tr("Doorgestreepte tekst in het document is niet overgenomen.")),
            (_HIDDEN, tr("Verborgen tekst in het document is niet overgenomen.")),
        ):
            if form.search(match[0]):
                if _WORDS.search(match[0]):
                    told[message] = None
                # Braces, so that the word of the code before it does not run into what follows.
                return "{}"
        return match[0]

    return _GROUP.sub(kept, text), tuple(told)
