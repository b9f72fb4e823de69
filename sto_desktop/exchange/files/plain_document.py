"""Reads plain text and Markdown as a document: headings, list items, wrapped lines, tables and front matter."""

from __future__ import annotations

import re
from dataclasses import replace

from sto_desktop.domain.record import clean_text
from sto_desktop.domain.typed import BULLETS
from sto_desktop.exchange.files.document import FileText, Grid, TextBlock
from sto_desktop.language import tr

OURS = "<!-- Geschreven door STO Desktop -->"
"""A line at the top of Markdown that this program writes."""
_TOP = 4

BULLET = re.compile(rf"{BULLETS}[ \t\u00a0]+\S")
_HEADING = re.compile(r"(#{2,6})\s*(.*?)\s*#*|(#)\s+(.*?)\s*#*")
_EMPTY_BULLET = re.compile(BULLETS)
_COMMENT = re.compile(r"<!--.*-->")
# A Markdown rule (---, ***, ===) separates notes and is no note itself.
_RULE = re.compile(r"([-*_=])(?:[ \t]*\1){2,}")
_UNDERLINE = re.compile(r"(=|-)\1{2,}")
_TABLE_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\|?")
_FRONT_LINE = re.compile(r"[\w -]{1,40}:.*|\s+.*|-\s.*|#.*|")
_MOST_FRONT_LINES = 40
# Bars that part cells; one behind a backslash stands in a cell.
_CELLS = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"\s*<br ?/?>\s*", re.IGNORECASE)
_WHOLE = re.compile(r"(\*\*\*|\*\*|__|\*|_)([^*_\n]+)\1")
# Of a table without a rule: fewer bars or lines may be a sentence.
_LEAST_BARS = 2
_BOLD = re.compile(r"(\*\*|__)([^*_\n]+)\1:?")
_STRUCK = re.compile(r"[ \t]?~~(?=\S)[^~\n]+(?<=\S)~~")
_QUOTED = re.compile(r"^(?:>[ \t]*)+(?=[^\s>])", re.MULTILINE)
# Characters: a line this long was probably broken by wrapping; a shorter one ended on purpose.
_WRAPPED_AT = 60
_LONGEST_HEADING = 120
_ENDS = ".!?…:;”\"')"


def plain_document(text: str) -> FileText:
    """Return the document in a text. Any text is valid, and no word of it is dropped but a comment that is a line of
    its own (`<!-- … -->`), which Markdown doesn't show either, and what is struck out (`~~…~~`), which is told.
    """
    lines = clean_text(text.removeprefix("\ufeff")).split("\n")
    ours = OURS in map(str.strip, lines[:_TOP])
    struck = not ours and any(map(_STRUCK.search, lines))
    if struck:
        lines = [_STRUCK.sub("", line) for line in lines]
    front, rest = _front(lines)
    reader = _Reader()
    last = max((at for at, line in enumerate(rest) if _has_words(line.strip())), default=-1)
    at = 0
    while at < len(rest):
        size = _table_at(rest, at)
        if size:
            reader.table(rest[at : at + size])
            at += size
            continue
        # Nothing stands below the last line: a rule there closes the text.
        reader.line(rest[at], rest[at + 1] if at < last else "")
        at += 1
    told = (tr("Doorgestreepte tekst in het document is niet overgenomen."),) if struck else ()
    return FileText((*front, *reader.blocks()), told, ours)


def _has_words(line: str) -> bool:
    return bool(line) and not any(form.fullmatch(line) for form in (_COMMENT, _RULE, _UNDERLINE, _EMPTY_BULLET))


def _front(lines: list[str]) -> tuple[tuple[TextBlock, ...], list[str]]:
    """Return the front matter (YAML between two lines `---`) as facts, and the lines below it."""
    if not lines or lines[0].rstrip() != "---":
        return (), lines
    end = next((at for at, line in enumerate(lines[1:_MOST_FRONT_LINES], 1) if line.rstrip() in ("---", "...")), None)
    inside = lines[1:end] if end else []
    if not any(":" in line for line in inside) or not all(_FRONT_LINE.fullmatch(line) for line in inside):
        return (), lines
    assert end is not None
    facts = (TextBlock(line, fact=True) for line in _joined(inside))
    return tuple(replace(fact, text=fact.text.replace('"', "").replace("'", "")) for fact in facts), lines[end + 1 :]


def _joined(lines: list[str]) -> list[str]:
    """Return the lines of front matter; the items of a list stand behind the name above them, parted by commas."""
    joined: list[str] = []
    for line in filter(None, map(str.strip, lines)):
        if line.startswith("- ") and joined:
            joined[-1] += f"{'' if joined[-1].endswith(':') else ','} {line[2:].strip()}"
        else:
            joined.append(line)
    return joined


def _table_at(lines: list[str], at: int) -> int:
    """Return the number of lines of the table that starts here; 0 if none does.

    Below the first line of one stands a rule, or else all have the same two bars or more.
    """
    if at + 1 >= len(lines) or "|" not in lines[at]:
        return 0
    ruled = _TABLE_RULE.fullmatch(lines[at + 1].strip()) is not None
    if not ruled and BULLET.match(lines[at].strip()):
        # Points of a list with bars in their words.
        return 0
    bars = _bars(lines[at])
    end = at + (2 if ruled else 1)
    while end < len(lines) and ("|" in lines[end] if ruled else _bars(lines[end]) == bars) and lines[end].strip():
        end += 1
    return end - at if ruled or (bars >= _LEAST_BARS and end - at >= _LEAST_BARS) else 0


def has_table(text: str) -> bool:
    """Return whether a text has a table of Markdown, with its rule below the headings."""
    return "|" in text and any("|" in line and _TABLE_RULE.fullmatch(line.strip()) for line in text.splitlines())


def _cell(text: str) -> str:
    """Return a cell of a table without the marks around all of it; a break in it is a line."""
    plain = _BREAK.sub("\n", text.strip().replace("\\|", "|"))
    bold = _WHOLE.fullmatch(plain)
    return bold[2] if bold else plain


def _bars(line: str) -> int:
    return line.strip().strip("|").count("|")


class _Reader:
    """Reads line by line; holds the paragraph that is being read."""

    def __init__(self) -> None:
        self._blocks: list[TextBlock | Grid] = []
        self._lines: list[str] = []
        self._blank = 0
        self._depth = 0
        self._numbered = False
        self._apart = False

    def blocks(self) -> tuple[TextBlock | Grid, ...]:
        """Return all that was read."""
        self._close()
        return tuple(self._blocks)

    def table(self, lines: list[str]) -> None:
        """Read the lines of a Markdown table."""
        self._close()
        rows = (_CELLS.split(line.strip().strip("|")) for line in lines if not _TABLE_RULE.fullmatch(line.strip()))
        headed = len(lines) > 1 and _TABLE_RULE.fullmatch(lines[1].strip()) is not None
        self._blocks.append(Grid("", tuple(tuple(map(_cell, row)) for row in rows), headed))
        self._blank = 0

    def line(self, line: str, following: str) -> None:
        """Read one line; the one that follows may underline it."""
        stripped = line.strip()
        if not stripped.strip(">"):
            # In an answered mail, an empty line has the mark of one too.
            self._blank += 1
            return
        # An indented line belongs to the note above it, whatever it starts with, except for a bullet.
        inside = line[0].isspace() and bool(self._lines)
        underline = self._is_underlined(line, following)
        if underline:
            self._heading(-1 if underline == "=" else 1, stripped)
        elif BULLET.match(stripped):
            self._item(stripped, len(line[: len(line) - len(line.lstrip())].expandtabs(4)) // 2)
        elif inside:
            self._lines += [""] * self._blank + [stripped]
        elif heading := _HEADING.fullmatch(stripped):
            level = len(heading[1] or heading[3]) - 1
            self._heading(level or -1, (heading[2] or heading[4] or "").strip())
        elif _COMMENT.fullmatch(stripped) or _RULE.fullmatch(stripped) or _EMPTY_BULLET.fullmatch(stripped):
            # It parts what stands above and below as an empty line does.
            self._close()
            self._blank += 1
            return
        # Without a blank line in between, it may be the second half of a wrapped line.
        elif self._lines and not self._blank and _wraps(self._lines[-1], stripped):
            self._lines.append(stripped)
        else:
            self._start(stripped)
        self._blank = 0

    def _is_underlined(self, line: str, following: str) -> str:
        stripped, below = line.strip(), following.strip()
        if not _UNDERLINE.fullmatch(below) or BULLET.match(stripped) or stripped.startswith("#") or line[0].isspace():
            return ""
        # A rule below a sentence parts it from the next one; the line must stand alone above it.
        if len(stripped) > _LONGEST_HEADING or stripped[-1] in ".;," or _RULE.fullmatch(stripped):
            return ""
        return below[0] if self._blank or not self._lines else ""

    def _heading(self, level: int, title: str) -> None:
        self._close()
        self._blocks.append(TextBlock(title, level))

    def _item(self, text: str, depth: int) -> None:
        """Begin an item of a list. Points with a sign below a numbered one are its own, indented or not."""
        numbered = text[0].isalnum()
        below = self._numbered and not numbered
        self._start(text, depth + below)
        self._numbered = numbered or below

    def _start(self, text: str, depth: int = 0) -> None:
        self._close()
        self._apart = bool(self._blank) or not self._blocks
        self._depth, self._numbered = depth, False
        self._lines = [text]

    def _close(self) -> None:
        if self._lines:
            text = "\n".join(self._lines)
            bold = _BOLD.fullmatch(text)
            look = tr("vet") if bold else ""
            item = BULLET.match(text) is not None
            text = bold[2] if bold else _QUOTED.sub("", text) if text.startswith(">") else text
            self._blocks.append(TextBlock(text, look=look, item=item, depth=self._depth, apart=self._apart))
        self._lines = []


def _wraps(before: str, line: str) -> bool:
    """Return whether a line continues the sentence of a long line before it, as in hard-wrapped text."""
    if len(before) < _WRAPPED_AT or before[-1] in _ENDS or not line[0].islower():
        return False
    # Names and labels end a note, so the line after one starts a new note.
    return before.rsplit(maxsplit=1)[-1][0] not in "@#"
