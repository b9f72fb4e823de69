"""Definitief wissen: which words to erase with a remark or a person, how to find them elsewhere, and what remains."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sto_desktop.domain.log.change import Erasure
from sto_desktop.domain.model import Debrief, Note, NoteTag, Panel, Panelist, TopChoice, Voice
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import Mention, NameFinder, finder_of
from sto_desktop.domain.names.said_by import speakers_by_name, speakers_in_heading
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.people import first_name_of, fold, squeeze, surname_of
from sto_desktop.domain.privacy.participation import by_note, whose
from sto_desktop.domain.record import Unnamed, spec_of
from sto_desktop.domain.tables import tables
from sto_desktop.domain.vocabulary import DebriefAuthor, Stance

LEFT_OUT = "…"
"""Replaces erased words in a text."""

_SHORT = 12
"""A shorter remark is not searched for elsewhere: «Ja.» occurs everywhere."""

CharRange = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Target:
    """What to erase: rows (table, id) with their erasable fields, and the words to search for elsewhere.

    `also`: values to erase in rows that stay. `words`: rows that go with all their fields, since they are what a person
    said. `sure`: words that can mean nothing else. `perhaps`: a first name, which can be somebody else's. `finder`:
    finds the person's name in every other written form, as for outputs: "Boukes klas", a label, an address. `glued`:
    letters in a form of one word that can mean nothing else: "#roosterpstra".
    """

    rows: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]
    also: tuple[Erasure, ...] = ()
    sure: re.Pattern[str] | None = None
    perhaps: re.Pattern[str] | None = None
    words: tuple[tuple[str, str], ...] = ()
    finder: NameFinder | None = None
    glued: tuple[str, ...] = ()

    @property
    def gone(self) -> tuple[tuple[str, str], ...]:
        """The rows to delete."""
        return (*self.rows, *self.words)

    @property
    def erasures(self) -> tuple[Erasure, ...]:
        """The values to erase permanently."""
        of_rows = (Erasure(table, row, field) for table, row in self.rows for field in self.fields)
        of_words = (Erasure(table, row, field) for table, row in self.words for field in tables()[table].erased)
        return (*of_rows, *of_words, *self.also)

    def spans(self, text: str) -> tuple[tuple[CharRange, ...], bool]:
        """Return where the words occur in a text, and whether they certainly refer to the target."""
        may = self.finder is not None and bool(self.finder.may_name((text,)))
        forms = [form for form in self.finder.find(text) if form.panelists] if self.finder is not None and may else []
        # Certain words first: uncertain ones count only in a text without these.
        for pattern, sure in ((self.sure, True), (self.perhaps, False)):
            matches = [match.span() for match in pattern.finditer(text)] if pattern else []
            matches += [(form.start, form.end) for form in forms if self._is_sure(form) is sure]
            if matches:
                # "Terpstra" in an address is all of the address.
                return _grown(matches, forms), sure
        return (), False

    def _is_sure(self, form: Mention) -> bool:
        """Return whether a written form means this person: one first name can be somebody else's."""
        if form.grade is not Grade.CERTAIN or form.form is NameForm.FIRST:
            return False
        return " " in form.name.strip() or any(letters in squeeze(form.name) for letters in self.glued)


@dataclass(frozen=True, slots=True)
class Trace:
    """A field elsewhere that contains the words now (`spans` in `text`), or contained them in the past (no spans).

    `exists`: the row is not deleted. `replaceable`: a new row without the words can replace it; otherwise the whole
    field is erased and stays empty.
    """

    table: str
    row: str
    field: str
    text: str
    spans: tuple[CharRange, ...]
    sure: bool
    exists: bool
    replaceable: bool

    @property
    def erasure(self) -> Erasure:
        """The value to erase."""
        return Erasure(self.table, self.row, self.field)

    @property
    def is_data(self) -> bool:
        """Whether this is kept about a person, and no text in which they are named: who led, who received something,
        what was decided about their name, and who says a note.
        """
        spec = tables()[self.table]
        field = spec.fields[self.field]
        says = spec.record is Note and field.unnamed is Unnamed.GONE
        return self.sure and (spec.own_work or field.unnamed is Unnamed.OFFICE or says)

    @property
    def goes_whole(self) -> bool:
        """Whether a text of today goes in its entirety: it says nothing else, or what else it says can't stay."""
        field = tables()[self.table].fields[self.field]
        return self.exists and bool(self.spans) and field.running and not (self.replaceable and self.rest)

    @property
    def rest(self) -> str:
        """The text without the words; empty if it had no others."""
        return without(self.text, self.spans)


def _grown(matches: Iterable[CharRange], forms: Iterable[Mention]) -> tuple[CharRange, ...]:
    """Return ranges in order, each with all of the written form that it is part of, without overlap."""
    grown: list[CharRange] = []
    around = [(form.start, form.end) for form in forms]
    for start, end in sorted(matches):
        over = [(first, last) for first, last in around if first < end and start < last]
        start, end = min([start, *(first for first, _ in over)]), max([end, *(last for _, last in over)])
        if grown and start < grown[-1][1]:
            grown[-1] = (grown[-1][0], max(end, grown[-1][1]))
        else:
            grown.append((start, end))
    return tuple(grown)


def without(text: str, spans: Iterable[CharRange]) -> str:
    """Return a text without the words at `spans`; empty if no other words remain."""
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces += (text[position:start], LEFT_OUT)
        position = end
    remaining = "".join((*pieces, text[position:])).strip()
    # A text that is only punctuation counts as empty.
    return remaining if re.search(r"\w", remaining) else ""


def phrases(texts: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for these texts as whole words, in any case and with any white space; None without texts."""
    words = {text.strip(" .,;:!?…\n") for text in texts}
    # The longest first: an alternation takes the first match, which could be only part of a longer text.
    parts = [r"\s+".join(map(re.escape, word.split())) for word in sorted(words, key=len, reverse=True) if word]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None


def remark(note: NoteContent) -> Target:
    """Return the target for a remark made off the record: the note, with those bundled in it."""
    long = [part.text for part in note.parts if len(part.text.strip()) >= _SHORT]
    return Target(tuple(("note", id_) for id_ in note.ids), spec_of(Note).erased, (), phrases(long))


def belonging(members: AbstractSet[str], records: Callable[[type[Any]], Iterable[Any]]) -> tuple[Erasure, ...]:
    """Return the private values in other rows of these members (ids): all fields that do not declare to be open.

    `records` reads the rows of a table.
    """
    voices: Mapping[str, Collection[str]] | None = None
    erasures: list[Erasure] = []
    for spec in tables().values():
        fields = [name for name, field in spec.fields.items() if field.erases and field.unnamed is Unnamed.GONE]
        if not fields or spec.record is Panelist:
            continue
        voices = by_note(records(Voice)) if voices is None else voices
        rows = (record.id for record in records(spec.record) if not members.isdisjoint(whose(record, voices)))
        erasures += (Erasure(spec.name, row, field) for row in rows for field in fields)
    return tuple(erasures)


def own_words(
    members: AbstractSet[str], records: Callable[[type[Any]], Iterable[Any]], name: str = ""
) -> tuple[tuple[str, str], ...]:
    """Return what these members (ids) said: the notes of which nobody else is a speaker, with the labels that no other
    note has and the choices that others made of them, and their own; and the debriefs of who led or noted under a name.

    `records` reads the rows of a table.
    """
    speakers: dict[str, set[str]] = {}
    for voice in records(Voice):
        if voice.stance is Stance.SAYS and voice.note is not None and voice.panelist is not None:
            speakers.setdefault(voice.note, set()).add(voice.panelist)
    everybody = list(records(Panelist))
    people = [panelist for panelist in everybody if panelist.id in members]
    for note in records(Note):
        if above := speakers_in_heading(note.heading, everybody):
            speakers.setdefault(note.id, set()).update(above)
        # Of several names in a file, those of nobody here are somebody else's.
        for written in filter(None, note.said_by.split(", ")):
            owners = speakers_by_name(written, people)
            speakers.setdefault(note.id, set()).update(owners or {written})
    notes = [note.id for note in records(Note) if (said_by := speakers.get(note.id)) and said_by <= members]
    of_notes = frozenset(notes)
    choices = (
        ("top_choice", choice.id)
        for choice in records(TopChoice)
        if choice.panelist in members or choice.note in of_notes
    )
    by_tag: dict[str, set[str]] = defaultdict(set)
    for label in records(NoteTag):
        if label.tag and label.note:
            by_tag[label.tag].add(label.note)
    return (
        *(("note", note) for note in notes),
        *(("tag", tag) for tag, on in by_tag.items() if on <= of_notes),
        *choices,
        *(("debrief", debrief.id) for debrief in _debriefs_of(name, records)),
    )


def _debriefs_of(name: str, records: Callable[[type[Any]], Iterable[Any]]) -> list[Debrief]:
    if not name.strip():
        return []
    authors = {DebriefAuthor.MODERATOR: "moderator", DebriefAuthor.NOTE_TAKER: "note_taker"}
    wrote = {
        (panel.id, author)
        for panel in records(Panel)
        for author, field in authors.items()
        if fold(getattr(panel, field)) == fold(name)
    }
    return [debrief for debrief in records(Debrief) if wrote and (debrief.panel, debrief.author) in wrote]


def words_of(
    panelists: Sequence[Panelist], records: Callable[[type[Any]], Iterable[Any]]
) -> tuple[Target, tuple[str, ...]]:
    """Return the target for what members said, while their data stays: what they sent in, the notes of which nobody
    else is a speaker, and their top choices; with these texts.

    `records` reads the rows of a table.
    """
    words = own_words({panelist.id for panelist in panelists}, records)
    rows = {row for _, row in words}
    texts = [record.text for kind in (Note, TopChoice) for record in records(kind) if record.id in rows and record.text]
    writers = [panelist for panelist in panelists if panelist.written]
    texts += [panelist.written for panelist in writers]
    also = tuple(Erasure("panelist", panelist.id, "written") for panelist in writers)
    long = [text for text in texts if len(text.strip()) >= _SHORT]
    return Target((), (), also, phrases(long), words=words), tuple(texts)


def member(panelist: Panelist, also: tuple[Erasure, ...] = ()) -> Target:
    """Return the target for a person who asks to be erased, with what is `belonging` to them; their notes stay, without
    a speaker.
    """
    surname = surname_of(panelist.name)
    full = [panelist.name] if " " in panelist.name.strip() else []
    # A short surname, or a single name, may be an ordinary word.
    sure = [*full, *([surname] if len(surname) > 2 and " " in panelist.name else [])]
    first = [panelist.first_name or first_name_of(panelist.name)]
    if " " in panelist.name and surname:
        sure += [f"{first[0]} {surname[0].upper()}"]
    rows = (("panelist", panelist.id),)
    fields, words = spec_of(Panelist).erased, (phrases(_as_written(sure)), phrases(_as_written(first)))
    several = (*full, surname) if len(surname) > 2 else full
    glued = tuple(squeeze(name) for name in several) if full else ()
    return Target(rows, fields, also, *words, finder=finder_of((panelist,)), glued=glued)


def _as_written(names: Iterable[str]) -> Iterator[str]:
    """Yield names, also without diacritics: as decisions about them are kept, and as many type them."""
    for name in names:
        yield name
        yield fold(name)


def members(panelists: Iterable[Panelist], also: tuple[Erasure, ...] = ()) -> Target:
    """Return the target for several persons at once, such as a whole panel after its retention period, with what is
    `belonging` to them.
    """
    everybody = tuple(panelists)
    targets = [member(panelist) for panelist in everybody]

    # One pattern for all, so that each text is searched once.
    def any_of(patterns: Iterable[re.Pattern[str] | None]) -> re.Pattern[str] | None:
        sources = [pattern.pattern for pattern in patterns if pattern]
        return re.compile("|".join(sources), re.IGNORECASE) if sources else None

    return Target(
        tuple(row for target in targets for row in target.rows),
        spec_of(Panelist).erased,
        also,
        any_of(target.sure for target in targets),
        any_of(target.perhaps for target in targets),
        finder=finder_of(everybody) if everybody else None,
        glued=tuple(letters for target in targets for letters in target.glued),
    )
