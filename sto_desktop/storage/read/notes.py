"""Reads the notes with their voices, labels and bundles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sto_desktop.domain.model import Note, NoteTag, Voice
from sto_desktop.domain.panel.bundles import bundled, speaking_for
from sto_desktop.domain.panel.content import NoteContent, as_typed
from sto_desktop.domain.panel.same import one_voice_each, placed_in
from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.storage.read.guides import GuideReader
from sto_desktop.storage.read.members import MemberReader
from sto_desktop.storage.read.panels import PanelReader
from sto_desktop.storage.read.records import Condition, all_of, among, grouped, in_rows, is_there
from sto_desktop.storage.read.rows import Rows
from sto_desktop.storage.read.tags import TagReader

_OF_GONE = """
    SELECT voice.note FROM panelist JOIN voice ON voice.panelist = panelist.id AND voice.stance = 'SAYS'
    WHERE panelist.consent_participation = 'NO' AND (
        (panelist.deleted = 1 AND voice.deleted = 0) OR (voice.deleted = 1 AND EXISTS (
            SELECT 1 FROM change AS mine JOIN change AS theirs ON theirs.row_id = panelist.id
            WHERE mine.row_id = voice.id AND mine.action = theirs.action AND mine.writer = theirs.writer
            AND mine.table_name = 'voice' AND theirs.table_name = 'panelist'
            AND json_extract(mine.fields, '$.deleted') AND json_extract(theirs.fields, '$.deleted')
        ))
    )
"""

_BUNDLED = """
    SELECT note.id, note.bundled_in FROM note
    JOIN note AS speaker ON speaker.id = note.bundled_in AND speaker.panel = note.panel
    WHERE note.bundled_in IS NOT NULL
    AND note.deleted = 0 AND note.known = 1 AND speaker.deleted = 0 AND speaker.known = 1
"""


class NoteReader:
    """The notes of the panels; a bundle is read as one note."""

    def __init__(
        self, rows: Rows, panels: PanelReader, guides: GuideReader, members: MemberReader, tags: TagReader
    ) -> None:
        self._rows = rows
        self._panels = panels
        self._guides = guides
        self._members = members
        self._tags = tags

    def of_panel(self, panel: str) -> list[NoteContent]:
        """Return the notes of a panel in the order of the conversation within each question, each bundle as one
        note.
        """
        mine = self._panels.owns(panel)
        of_mine = in_rows("note", "note", mine, Condition("deleted = 0"))
        # Panels of one conversation may follow different copies of a guide.
        _, questions = self._guides.counterparts(panel)
        contents = self._contents(
            [placed_in(record, questions) for record in self._rows.records(Note, mine)],
            self._rows.records(Voice, of_mine),
            self._rows.records(NoteTag, of_mine),
        )
        return bundled(contents, self.speakers_of_bundles())

    def some(self, ids: Collection[str]) -> list[NoteContent]:
        """Return those of these notes that exist; for a bundled note its representative."""
        speakers = self.speakers_of_bundles()
        wanted = {speakers.get(note, note) for note in ids}
        return bundled(self._loose({*wanted, *(note for note in speakers if speakers[note] in wanted)}), speakers)

    def get(self, note: str) -> NoteContent | None:
        """Return one note by itself, even if it is bundled."""
        return next(iter(self._loose([note])), None)

    def count(self, panel: str) -> int:
        """Return the number of notes typed in a panel, counting each note of a bundle."""
        ((count,),) = self._of_panel("count(*)", panel)
        return int(count)

    def texts(self, panel: str) -> list[str]:
        """Return the texts of the notes typed in a panel, each of a bundle too."""
        return [str(text) for (text,) in self._of_panel("text", panel)]

    def _of_panel(self, wanted: str, panel: str) -> list[Any]:
        where = all_of((self._panels.owns(panel), is_there("note")))
        return self._rows.fetch(f"SELECT {wanted} FROM note WHERE {where.sql}", where.values)

    def count_all(self) -> int:
        """Return the number of notes in all panels, counting a bundle as one."""
        ((count,),) = self._rows.fetch("SELECT count(*) FROM note WHERE deleted = 0 AND known = 1")
        return int(count) - len(self.speakers_of_bundles())

    def of_gone_refusers(self) -> frozenset[str]:
        """Return the notes (ids) said by members who do not take part and were deleted, also if they are there again.

        Who deleted them, or noted what they said, need not have known the answer: a merge brings these together. A
        voice that a person took away says nothing: only one that went in the same action as the member.
        """
        said = self._rows.fetch(_OF_GONE)
        return frozenset(note for (note,) in said)

    def withheld(self) -> frozenset[str]:
        """Return the notes (ids) that stay out of every output by themselves: marked so, or said by who is gone."""
        marked = self._rows.fetch("SELECT id FROM note WHERE withheld = 1 AND deleted = 0 AND known = 1")
        return self.of_gone_refusers().union(note for (note,) in marked)

    def speakers_of_bundles(self) -> Mapping[str, str]:
        """Return the representative note of every bundled note (id).

        A note whose representative is deleted, or in another panel, represents itself: text wins over deletion.
        """
        return speaking_for(dict(self._rows.fetch(_BUNDLED)))

    def _loose(self, ids: Collection[str]) -> list[NoteContent]:
        return self._contents(
            self._rows.records(Note, among("id", ids)),
            self._rows.records(Voice, among("note", ids)),
            self._rows.records(NoteTag, among("note", ids)),
        )

    def _contents(self, notes: Sequence[Note], voices: Iterable[Voice], links: Iterable[NoteTag]) -> list[NoteContent]:
        tags = {tag.id: tag for tag in self._tags.listed()}
        voices_of = grouped(self._by_person(voices), lambda row: row.note)
        links_of = grouped(links, lambda row: row.note)
        aspects = self._guides.aspects()
        gone = self.of_gone_refusers()
        result = []
        for read in notes:
            note = replace(read, withheld=True) if read.id in gone else read
            aspect = aspects.get(note.position.parent or "")
            # Outside a question with an aspect, a note without a kind is a remark.
            kind = note.kind or (aspect.kind if aspect else NoteKind.REMARK)
            labels = [tags[link.tag] for link in links_of.get(note.id, ()) if link.tag in tags]
            result.append(
                NoteContent(
                    note,
                    kind,
                    as_typed(voices_of.get(note.id, ())),
                    tuple(sorted(labels, key=lambda tag: tag.name)),
                )
            )
        return result

    def _by_person(self, voices: Iterable[Voice]) -> Iterable[Voice]:
        same = self._panels.sameness()
        # Without linked members no voice can be counted twice.
        if same.knows("panelist"):
            return one_voice_each(voices, same, {member.id for member in self._members.every()})
        return voices
