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
    for in_table, lines in itertools.groupby(_plain(seen).split("\n"), lambda line: line.endswith("|")):
        if in_table:
            blocks.append(Grid("", tuple(tuple(cell.strip() for cell in line[:-1].split("|")) for line in lines)))
        else:
            blocks += plain_document("\n".join(lines)).blocks
    return FileText(tuple(blocks), told)


def _plain(text: str) -> str:
    plain: str = striprtf.rtf_to_text(text, errors="ignore")  # type: ignore[no-untyped-call]
    return plain


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
