"""Lists notes as ordered ids, so that a list of a hundred thousand reads only the rows that it displays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from sto_desktop.domain.bookkeeping import SavedSearch
from sto_desktop.domain.panel.note_filter import Grouping, NoteFilter, NoteScope, Ordering
from sto_desktop.domain.vocabulary import Aspect, NoteKind, Stance
from sto_desktop.storage.file.database import errors_of
from sto_desktop.storage.read.notes import NoteReader
from sto_desktop.storage.read.records import Condition, all_of, among, equals
from sto_desktop.storage.read.rows import Rows
from sto_desktop.storage.read.search import matching
from sto_desktop.storage.read.similar import Similar, similar_notes

_GROUPS = {
    Grouping.QUESTION: "n.question",
    Grouping.NONE: "NULL",
    Grouping.PANEL: "n.panel",
    Grouping.KIND: "coalesce(n.kind, (SELECT 'aspect:' || q.aspect FROM question AS q WHERE q.id = n.question))",
    Grouping.SPEAKER: (
        "(SELECT v.panelist FROM voice AS v JOIN panelist AS p ON p.id = v.panelist WHERE v.note = n.id"
        f" AND v.deleted = 0 AND v.stance = '{Stance.SAYS.value}' AND p.deleted = 0 ORDER BY p.seat, v.id LIMIT 1)"
    ),
    Grouping.TAG: (
        "(SELECT t.id FROM note_tag AS l JOIN tag AS t ON t.id = l.tag WHERE l.note = n.id AND l.deleted = 0"
        " AND t.deleted = 0 ORDER BY t.name LIMIT 1)"
    ),
}
_ORDERS = {
    Ordering.CONVERSATION: "n.position, n.id",
    Ordering.NEWEST: "n.captured_at DESC, n.position DESC, n.id",
    Ordering.TEXT: "n.text COLLATE NOCASE, n.id",
    Ordering.STAR: "n.star DESC, n.position, n.id",
}
_LINKED = (
    "(SELECT l.note FROM {link} AS l JOIN {owner} AS o ON o.id = l.{owner}"
    " WHERE l.deleted = 0 AND l.known = 1 AND o.deleted = 0 AND o.known = 1 AND l.note IS NOT NULL)"
)
USED = tuple(
    _LINKED.format(link=link, owner=owner)
    for link, owner in (("insight_note", "insight"), ("recommendation_note", "recommendation"))
)
"""Queries for the notes that insights and recommendations refer to."""

_THERE = Condition("n.deleted = 0 AND n.known = 1")


@dataclass(frozen=True, slots=True)
class ListedNotes:
    """Ids of notes in order, and beside each its group: the question, panel, kind, speaker or label."""

    notes: list[str]
    groups: list[str | None]

    def only(self, wanted: Callable[[str], bool]) -> ListedNotes:
        """Return the notes for which `wanted` is true."""
        kept = [place for place, note in enumerate(self.notes) if wanted(note)]
        return ListedNotes([self.notes[place] for place in kept], [self.groups[place] for place in kept])


@dataclass(frozen=True, slots=True)
class OtherResult:
    """A search result other than a note: a member, insight or recommendation, with its panel (None: no panel).

    `written`: what the member sent in.
    """

    table: str
    row: str
    text: str
    detail: str
    panel: str | None
    written: str = ""


class NoteLists:
    """Lists notes and search results, and reads the saved searches."""

    def __init__(self, rows: Rows, notes: NoteReader) -> None:
        self._rows = rows
        self._notes = notes

    def listed(self, wanted: NoteFilter, *, panel: str, questions: Collection[str] = ()) -> ListedNotes:
        """Return the notes that pass a filter, in its order; for bundled notes their representative.

        `panel`: the current panel; `questions`: ids of the questions of its guide, of the selected theme or all.
        """
        speakers = self._notes.speakers_of_bundles()
        listed = self._select(wanted, _conditions(wanted, panel, questions))
        if not speakers:
            return listed
        if wanted.todo:
            marks = {row[0] for used in USED for row in self._rows.fetch(f"SELECT note FROM {used}")}
            used_bundles = {speakers.get(note, note) for note in marks}
            return listed.only(lambda note: note not in speakers and note not in used_bundles)
        standing = {note for note in listed.notes if note not in speakers}
        named = {speakers[note] for note in listed.notes if note in speakers} - standing
        if not named:
            return listed.only(standing.__contains__)
        # A match inside a bundle is shown through its representative, at that note's position.
        return self._select(wanted, [among("n.id", [*standing, *named])])

    def _select(self, wanted: NoteFilter, conditions: Iterable[Condition]) -> ListedNotes:
        listed, where = ListedNotes([], []), all_of((_THERE, *conditions))
        for note, group in self._rows.each(
            f"SELECT n.id, {_GROUPS[wanted.grouping]} FROM note AS n"
            f" WHERE {where.sql} ORDER BY {_ORDERS[wanted.ordering]}",
            where.values,
        ):
            listed.notes.append(note)
            listed.groups.append(group)
        return listed

    def size(self) -> int:
        """Return about how many notes the dossier has, at once: those that were deleted count too."""
        ((last,),) = self._rows.fetch("SELECT max(key) FROM note")
        return last or 0

    def used_among(self, notes: Collection[str]) -> frozenset[str]:
        """Return those of these notes to which insights or recommendations refer."""
        where = among("note", notes)
        used = " UNION ".join(f"SELECT note FROM {used}" for used in USED)
        rows = self._rows.fetch(f"SELECT note FROM ({used}) WHERE {where.sql}", where.values)
        return frozenset(note for (note,) in rows)

    def saved_searches(self) -> list[SavedSearch]:
        """Return the saved searches, by name."""
        return self._rows.records(SavedSearch, order="name, id")

    def similar(
        self, note: str, *, panel: str | None = None, limit: int = 5, without: Collection[str] = ()
    ) -> list[Similar]:
        """Return notes that resemble another; see `similar.similar_notes`."""
        return similar_notes(self._rows.raw, note, panel=panel, limit=limit, without=without)

    def matching(self, words: str) -> list[int]:
        """Return keys of the search index; see `search.matching`."""
        with errors_of(None):
            return matching(self._rows.raw, words)

    def entries(self, panel: str | None) -> dict[int, str]:
        """Return the id of every note of a panel (None: of all panels) by its key in the search index."""
        if panel is None:
            return dict(self._rows.each("SELECT key, row_id FROM search_entry WHERE table_name = 'note'"))
        return dict(
            self._rows.each(
                "SELECT e.key, n.id FROM note AS n JOIN search_entry AS e"
                " ON e.row_id = n.id AND e.table_name = 'note' WHERE n.panel = ?",
                (panel,),
            )
        )

    def other_entries(self) -> dict[int, OtherResult]:
        """Return the members, insights and recommendations by their key in the search index."""
        rows = self._rows.fetch(
            "SELECT e.key, 'panelist', p.id, p.name, p.organisation, p.panel, p.written FROM search_entry AS e"
            " JOIN panelist AS p ON p.id = e.row_id WHERE e.table_name = 'panelist'"
            " UNION ALL SELECT e.key, 'insight', i.id, i.text, '', i.panel, '' FROM search_entry AS e"
            " JOIN insight AS i ON i.id = e.row_id WHERE e.table_name = 'insight'"
            " UNION ALL SELECT e.key, 'recommendation', r.id, r.text, r.first_step, r.panel, '' FROM search_entry AS e"
            " JOIN recommendation AS r ON r.id = e.row_id WHERE e.table_name = 'recommendation'"
        )
        return {key: OtherResult(*rest) for key, *rest in rows}


def _conditions(wanted: NoteFilter, panel: str, questions: Collection[str]) -> Iterator[Condition]:
    if not wanted.all_panels:
        yield equals("n.panel", panel)
    yield from _of_scope(wanted, questions)
    yield from _of_kind(wanted.kind)
    if wanted.starred:
        yield Condition("n.star = 1")
    if wanted.todo:
        yield Condition("n.set_aside = 0")
        for used in USED:
            yield Condition(f"n.id NOT IN {used}")
    says = f"FROM voice AS v WHERE v.note = n.id AND v.deleted = 0 AND v.stance = '{Stance.SAYS.value}'"
    if wanted.aspectless:
        # A note without a kind of its own has that of its question's aspect.
        kinds = ", ".join(f"'{aspect.kind.value}'" for aspect in Aspect)
        inherited = "n.question IN (SELECT id FROM question WHERE aspect IS NOT NULL)"
        yield Condition(f"NOT COALESCE(n.kind IN ({kinds}), {inherited}, 0)")
    if wanted.speakerless:
        yield Condition(f"NOT EXISTS (SELECT 1 {says})")
    if wanted.sector:
        of_sector = "v.panelist IN (SELECT id FROM panelist WHERE sector = ? AND deleted = 0)"
        yield Condition(f"EXISTS (SELECT 1 {says} AND {of_sector})", (wanted.sector,))
    if wanted.tag:
        yield Condition("n.id IN (SELECT note FROM note_tag WHERE tag = ? AND deleted = 0)", (wanted.tag,))
    if wanted.speaker:
        yield Condition(f"EXISTS (SELECT 1 {says} AND v.panelist = ?)", (wanted.speaker,))


def _of_scope(wanted: NoteFilter, questions: Collection[str]) -> Iterator[Condition]:
    if wanted.question:
        yield equals("n.question", wanted.question)
    asked = among("n.question", questions)
    if isinstance(wanted.scope, str):
        # Copied guides have their own themes, so in other panels compare the themes' origins.
        elsewhere = (
            " OR n.question IN (SELECT q.id FROM question AS q JOIN theme AS t ON t.id = q.theme"
            " WHERE coalesce(nullif(t.origin, ''), t.id) ="
            " (SELECT coalesce(nullif(o.origin, ''), o.id) FROM theme AS o WHERE o.id = ?))"
        )
        if wanted.all_panels:
            yield Condition(f"({asked.sql}{elsewhere})", (*asked.values, wanted.scope))
        else:
            yield asked
    elif wanted.scope is NoteScope.UNASSIGNED:
        if wanted.all_panels:
            yield Condition(
                "NOT EXISTS (SELECT 1 FROM question AS q JOIN theme AS t ON t.id = q.theme JOIN panel AS p"
                " ON p.guide = t.guide WHERE q.id = n.question AND p.id = n.panel AND q.deleted = 0 AND t.deleted = 0)"
            )
        else:
            yield Condition(f"(n.question IS NULL OR NOT {asked.sql})", asked.values)


def _of_kind(kind: NoteKind | None) -> Iterator[Condition]:
    if kind is None:
        return
    # A note without a kind has that of its question's aspect; without an aspect it is a remark.
    aspect = next((aspect for aspect in Aspect if aspect.kind is kind), None)
    if aspect is not None:
        yield Condition(
            "(n.kind = ? OR (n.kind IS NULL AND n.question IN (SELECT id FROM question WHERE aspect = ?)))",
            (kind.value, aspect.value),
        )
    elif kind is NoteKind.REMARK:
        yield Condition(
            "(n.kind = ? OR (n.kind IS NULL AND (n.question IS NULL OR n.question NOT IN"
            " (SELECT id FROM question WHERE aspect IS NOT NULL))))",
            (kind.value,),
        )
    else:
        yield equals("n.kind", kind.value)
