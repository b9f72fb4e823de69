"""Finds notes that say the same as another: candidates by FTS5's BM25 on rare words, ranked by text similarity."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from sto_desktop.storage.file.database import Raw

# Shorter words rarely say what a note is about; the few rarest words are enough to find candidates.
LEAST_LETTERS = 4
MOST_WORDS = 8
COMMON = 2000
"""A word in more rows than this says little about the subject and is slow to look up."""

AMONG = 80
"""Number of best FTS5 matches that are compared as texts."""

# Minimum similarity of the texts themselves, from 0 to 1.
LEAST_ALIKE = 0.3
_WORDS = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = """
alle allemaal alleen altijd andere anderen anders bent bijna daar daarom deel deze doen door echt eens eerst elke
erbij ergens gaat geen gewoon goed graag haar hebben heeft heel helemaal hier hoeft iedereen iemand iets jaar jullie
komen komt kunnen maakt maar maken meer meest mensen moet moeten mogen naar niet niets omdat onder onze over staat
steeds tegen terug toch toen tussen vaak veel verder voor waar waarom wanneer want waren wordt weer welke werd weten
willen wilt worden zeker zelf zich zien ziet zijn zitten zoals zodat zonder zouden
"""
_ABOUT_NOTHING = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Similar:
    """A note similar to another; `score` from 0 to 1."""

    note: str
    panel: str | None
    score: float


def similar_notes(
    raw: Raw, note: str, *, panel: str | None = None, limit: int = 5, without: Collection[str] = ()
) -> list[Similar]:
    """Return notes that resemble another, most similar first.

    `panel`: only notes of this panel; None: of the whole dossier. `without`: notes to leave out, such as those of the
    same bundle. Sources: BM25 as in https://sqlite.org/fts5.html#the_bm25_function; token sets as in RapidFuzz.
    """
    text_row = raw.execute("SELECT text FROM note WHERE id = ?", (note,)).fetchone()
    words = _telling(raw, text_row[0]) if text_row else []
    if not words:
        return []
    in_panel = " AND n.panel = ?" if panel is not None else ""
    # The words are quoted, so that FTS5 takes none for an operator.
    rows = raw.execute(
        "SELECT n.id, n.panel, n.text, s.rank FROM search AS s JOIN search_entry AS e ON e.key = s.rowid"
        " JOIN note AS n ON n.id = e.row_id"
        f" WHERE s.body MATCH ? AND e.table_name = 'note' AND n.deleted = 0 AND n.known = 1{in_panel}"
        " ORDER BY s.rank LIMIT ?",
        (" OR ".join(f'"{word}"' for word in words), *((panel,) if panel is not None else ()), AMONG),
    ).fetchall()
    return _alike(text_row[0], [row for row in rows if row[0] != note and row[0] not in without])[:limit]


def _telling(raw: Raw, text: str) -> list[str]:
    """Return the most distinctive words of a text: the rarest in the dossier that occur in other rows too."""
    # Small words and very short ones say nothing about the subject.
    words = {word.lower() for word in _WORDS.findall(text) if len(word) >= LEAST_LETTERS} - _ABOUT_NOTHING
    counted = []
    for word in words:
        (count,) = raw.execute(
            "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)", (f'"{word}"', COMMON + 1)
        ).fetchone()
        # A word that occurs only in this note finds no other.
        if count > 1:
            counted.append((count, word))
    counted.sort()
    # Without rare words, use the two least common ones.
    rare = [word for count, word in counted if count <= COMMON]
    return rare[:MOST_WORDS] or [word for _, word in counted[:2]]


def _alike(text: str, rows: list[tuple[str, str | None, str, float]]) -> list[Similar]:
    from rapidfuzz import fuzz, utils

    # BM25 ranks are negative, so dividing by the best gives a share of it.
    best = min((rank for *_, rank in rows), default=-1.0) or -1.0
    scored = []
    for note, panel, other_text, rank in rows:
        letters = fuzz.token_set_ratio(text, other_text, processor=utils.default_process) / 100
        # Text similarity also recognises other forms of a word; BM25 gives more weight to rare words.
        score = round(0.5 * letters + 0.5 * rank / best, 4)
        if letters >= LEAST_ALIKE:
            scored.append(Similar(note, panel, score))
    return sorted(scored, key=lambda similar: (-similar.score, similar.note))
