"""Full-text search by words or word prefixes, ignoring accents and case, best match first."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sto_desktop.storage.file.database import Raw

# Pages per step, and a limit on the steps: in practice `total_changes` ends it much earlier.
_TIDY_PAGES = 16
_TIDY_STEPS = 400


@dataclass(frozen=True)
class Hit:
    """A matching row; `rank` is BM25, lower is better."""

    table: str
    row: str
    rank: float


def match_expression(query: str) -> str:
    """Return a typed query as an FTS5 expression: every word as a prefix, with FTS5 syntax escaped.

    The tokenizer indexes only letters and digits, so a word without any is left out.
    """
    # Composed letters count as letters; separate accents do not.
    composed = unicodedata.normalize("NFC", query)
    words = "".join(_kept(character) for character in composed).split()
    return " ".join(f'"{word}"*' for word in words)


def _kept(character: str) -> str:
    if character.isalnum():
        return character
    # A separate accent belongs to the preceding letter; the index has neither.
    return "" if unicodedata.combining(character) else " "


def search(raw: Raw, query: str, *, tables: Sequence[str] = (), limit: int = 200) -> list[Hit]:
    """Return the rows in which every word of the query is a word prefix, best first; empty for a query without
    words.
    """
    expression = match_expression(query)
    if not expression:
        return []
    among = f" AND e.table_name IN ({', '.join('?' * len(tables))})" if tables else ""
    rows = raw.execute(
        "SELECT e.table_name, e.row_id, s.rank FROM search AS s JOIN search_entry AS e ON e.key = s.rowid"
        f" WHERE s.body MATCH ?{among} ORDER BY s.rank, e.row_id LIMIT ?",
        (expression, *tables, limit),
    ).fetchall()
    return [Hit(*row) for row in rows]


def matching(raw: Raw, query: str) -> list[int]:
    """Return the index keys of all rows in which every word of the query is a word prefix, unordered."""
    expression = match_expression(query)
    if not expression:
        return []
    return [key for (key,) in raw.execute("SELECT rowid FROM search WHERE search MATCH ?", (expression,))]


def tidy(raw: Raw) -> None:
    """Merge segments of the search index in steps short enough not to delay the capture of a note.

    See «The 'merge' Command» in https://sqlite.org/fts5.html.
    """
    for _ in range(_TIDY_STEPS):
        before = raw.total_changes
        raw.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (_TIDY_PAGES,))
        if raw.total_changes - before < 2:
            return
