"""Imports a file of notes into a panel: each note to its question, none twice, with a report of what was unclear."""

from __future__ import annotations

import datetime as dt
import re
import string
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sto_desktop.domain.actions.notes import tag_edits, tag_id, voice_edits
from sto_desktop.domain.capture.language import Captured, parse
from sto_desktop.domain.identity import imported_id
from sto_desktop.domain.live.noting import admitted, may_be_noted, silent_named
from sto_desktop.domain.live.under import Above, below_one_of
from sto_desktop.domain.log.change import Edit, change, put
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.said_by import named_in
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.panel.matching import find_question, find_theme, fold_title
from sto_desktop.domain.people import NameIndex, fold, name_index, squeeze
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.seats import apart, as_typed
from sto_desktop.domain.typed import read_date
from sto_desktop.domain.vocabulary import SUBREGIONS, Stance
from sto_desktop.exchange.notes.findings import FindingsPlan
from sto_desktop.exchange.notes.import_report import ImportReport
from sto_desktop.exchange.notes.lines.speakers import on_behalf
from sto_desktop.exchange.notes.lines.spoken import UNASSIGNED, NotesFile, Section, Spoken
from sto_desktop.language import tr_later

_FIELD_WORDS = {
    "title": tr_later("de titel"),
    "date": tr_later("de datum"),
    "start": tr_later("de begintijd"),
    "place": tr_later("de locatie"),
    "moderator": tr_later("de gespreksleider"),
    "note_taker": tr_later("de notulist"),
    "subregion": tr_later("de subregio"),
}
# The digits of fractional-indexing, in ASCII order: 62 of them.
_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
# Seven digits together: 238,328 files and 14.8 million notes in each.
_FILE_DIGITS, _NOTE_DIGITS = 3, 4
_BETWEEN = " › "
_LONGEST_PANEL = dt.timedelta(hours=6)


def _key(file: str, number: int) -> str:
    """Return the position key of a note from this file (an id): the same on every computer, in the order of the file.

    It is an integer key of the package fractional-indexing with seven digits. It sorts before the keys of moments,
    which have eight, so that notes added later follow. The hash of the file's id distinguishes files.
    """
    total = zlib.crc32(file.encode()) % len(_DIGITS) ** _FILE_DIGITS
    total = total * len(_DIGITS) ** _NOTE_DIGITS + number % len(_DIGITS) ** _NOTE_DIGITS
    digits = ""
    for _ in range(_FILE_DIGITS + _NOTE_DIGITS):
        total, digit = divmod(total, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return f"g{digits}V"


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of notes: a question, or a heading without a matching question."""

    question: str | None
    heading: str = ""

    @property
    def name(self) -> str:
        """The key of this place in ids and comparisons."""
        return self.question or fold_title(self.heading)


def _place(section: Section, content: PanelContent) -> _Place:
    if fold_title(section.theme) == fold_title(UNASSIGNED):
        return _Place(None, section.question)
    theme = find_theme(section.theme, content.guide)
    if theme or not section.theme:
        title = section.question
        question = find_question(title, theme, content.guide)
    else:
        # The guide lacks this theme, so a question elsewhere in the guide matches only by its own words.
        title = section.question or section.theme
        question = find_question(title, None, content.guide, own_words=bool(section.question))
    if question:
        return _Place(question.id)
    return _Place(None, _BETWEEN.join(title for title in (section.theme, section.question) if title))


def _going_on(note: Spoken, after: Iterable[str]) -> Spoken:
    return replace(note, voices=tuple((name, Stance.SAYS) for name in after))


def _may_say(note: Spoken) -> tuple[str, ...]:
    """Return who may say a note: whose words it may go on with, and who signed the letter in which it may stand."""
    return (*(note.after or ()), *note.signed)


def _words(text: str) -> str:
    return squeeze(text) or text.strip()


def _place_of(note: NoteContent, content: PanelContent) -> str:
    if note.question and content.guide.question(note.question):
        return note.question
    return fold_title(note.note.heading)


class _Plan:
    """Collects edits and counts, note by note."""

    def __init__(self, file: NotesFile, content: PanelContent) -> None:
        self.content = content
        self._names = name_index(content.panelists)
        self._refusing = [member for member in content.panelists if not takes_part(member)]
        self._members = {member.id for member in content.panelists}
        # A position key goes into copies without names, and a title may name somebody.
        self._file = imported_id("file", content.panel.id, squeeze(file.title)) if file.title else ""
        self.edits: list[Edit] = []
        self.count = self.present = self.completed = self.left_out = self.named = self.below = 0
        self.unplaced: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.strangers: Counter[str] = Counter()
        self._ids = {note.id: note for note in content.typed_notes()}
        self._existing: dict[tuple[str, str], list[NoteContent]] = defaultdict(list)
        for note in content.typed_notes():
            self._existing[_place_of(note, content), _words(note.text)].append(note)
        self._occurrences: Counter[tuple[str, str]] = Counter()
        self._tags = {tag.id: tag.name for note in content.typed_notes() for tag in note.tags}
        self._number = 0
        self._refused = False
        self._above, self._above_in = Above(content.panelists), _Place(None)
        self.untimed = 0
        self.day = content.panel.date or file.date
        self.start = content.panel.start or file.start

    def add(self, note: str | Spoken, place: _Place) -> None:
        """Add one note of the file."""
        is_typed = not isinstance(note, Spoken) or note.typed
        if isinstance(note, Spoken) and not is_typed:
            captured, bare = self._understood(note)
            row = note.row or self._row(place, _words(note.text))
        else:
            words = note.text if isinstance(note, Spoken) else note
            captured, bare = parse(words, self.content.panelists), parse(words)
            if isinstance(note, Spoken):
                tags = tuple(dict.fromkeys((*captured.tags, *note.tags)))
                captured = replace(captured, tags=tags, parked=captured.parked or note.parked)
            # The id is derived without names, so it stays the same if a member is recognised later, or a mark is added.
            row = self._row(place, _words(re.sub(r"@\S+", " ", bare.text)))
        self._number += 1
        existing = self._present(row, place, captured.kept_text, bare.text, bare.kept_text)
        captured = self._below_whom(note, self._heard(captured, place, is_typed=is_typed))
        # Thousands of notes of which nobody refused anything need no further look.
        if self._refusing:
            may_be = may_be_noted(captured, self._refusing, existing) and self._may_follow(note, existing)
            self._refused = not may_be
            if self._refused:
                self.left_out += existing is None
                self.present += existing is not None
                return
            captured = admitted(captured, self._refusing, existing)
        if existing is None:
            kept = captured
            if not (kept.strangers or kept.voices) and isinstance(note, Spoken) and (may_say := _may_say(note)):
                # Who may say it is kept for a list of members that comes in later.
                kept = replace(kept, strangers=self._understood(_going_on(note, may_say))[0].strangers)
            self._create(row, place, kept, note if isinstance(note, Spoken) else None)
        else:
            self.present += 1
            self._complete(existing, captured, bare)
        strangers = dict(captured.strangers)
        self.strangers.update(strangers.keys())
        self.unknown.update(name for name in captured.unknown if not (name.isdecimal() and strangers))

    def _heard(self, captured: Captured, place: _Place, *, is_typed: bool) -> Captured:
        """Return a note with below whose words it stands: a line under the same question, no row of a table."""
        if place != self._above_in or not (is_typed or captured.voices or captured.strangers):
            self._above.end()
        self._above_in = place
        return self._above.hear(captured)

    def _below_whom(self, note: str | Spoken, captured: Captured) -> Captured:
        """Return a note that nobody says with whose words it may go on, or who signed it: they may refuse later."""
        if isinstance(note, str) or captured.voices or captured.strangers or not (may_say := _may_say(note)):
            return captured
        theirs = {member for member, _ in self._understood(_going_on(note, may_say))[0].voices}
        return replace(captured, under=below_one_of(theirs, self.content.panelists)) if theirs else captured

    def _may_follow(self, note: str | Spoken, existing: NoteContent | None) -> bool:
        """Return whether what may go on with the note before it is not of who said that and does not take part, and not
        of who signed it.
        """
        if isinstance(note, str) or (note.after is None and not note.signed):
            return True
        if self._refused and note.after is not None:
            return False
        going_on = _going_on(note, _may_say(note))
        return may_be_noted(self._understood(going_on)[0], self._refusing, existing)

    def _understood(self, spoken: Spoken) -> tuple[Captured, Captured]:
        """Return a note with its voices matched to members, and one without any."""
        voices: dict[str, Stance] = {}
        unknown: list[tuple[str, Stance]] = []
        named = ((one, stance) for label, stance in spoken.voices for one in on_behalf(label, self._names))
        for speaker, stance in named:
            known = (speaker,) if speaker in self._members else self._meant(speaker)
            # A name that fits several members matches none of them.
            if len(known) == 1:
                voices.setdefault(known[0], stance)
            elif name := speaker if "@" not in speaker else self._in_address(speaker):
                unknown.append((name, stance))
        bare = Captured(spoken.text, spoken.kind, spoken.parked, tags=spoken.tags)
        if not spoken.voices:
            return bare, bare
        return replace(bare, voices=tuple(voices.items()), strangers=tuple(unknown)), bare

    def _meant(self, speaker: str) -> tuple[str, ...]:
        if "@" in speaker:
            # Of an address only whose it is: itself it never comes into a dossier.
            return tuple(named_in(speaker, self.content.panelists))
        return tuple(member.id for member in self._names.meant(speaker.removeprefix("stoel ")))

    def _in_address(self, address: str) -> str:
        """Return the name of which an address may be made, where no list tells: it is not kept itself."""
        words = re.findall(r"[^\W\d_]+", address.partition("@")[0]) if not self._members else []
        return " ".join(word.capitalize() if len(word) > 1 else f"{word.upper()}." for word in words)

    def _row(self, place: _Place, words: str) -> str:
        self._occurrences[place.name, words] += 1
        # The same words twice in one place are two notes, so the number of the occurrence is part of the id.
        occurrence = self._occurrences[place.name, words]
        return imported_id("note", self.content.panel.id, place.name, words, str(occurrence))

    def _present(self, row: str, place: _Place, *texts: str) -> NoteContent | None:
        """Return the existing note that equals this one, and mark it as matched; None for a new note."""
        existing = self._ids.get(row)
        for text in dict.fromkeys(texts):
            alike = self._existing[place.name, _words(text)]
            if existing is None and alike:
                existing = alike[0]
            if existing in alike:
                alike.remove(existing)
        return existing

    def _create(self, row: str, place: _Place, captured: Captured, spoken: Spoken | None) -> None:
        self.count += 1
        self.named += bool(self._refusing and silent_named(captured, self.content.panelists))
        self.below += self._above.is_refused(captured)
        if place.question is None:
            self.unplaced[place.heading] += 1
        values: dict[str, object] = {
            "panel": self.content.panel.id,
            "position": Position(place.question, _key(self._file, self._number)),
            "text": captured.kept_text,
            "kind": captured.kind,
            "parked": captured.parked,
            "heading": place.heading,
        }
        if captured.under is not None:
            values["under"] = captured.under
        if captured.strangers:
            values["said_by"] = captured.said_by
        self.edits.append(
            put("note", row, **values)
            if spoken is None
            else put("note", row, **(values | self._properties(spoken, captured)))
        )
        self._add_voices(row, captured)
        for name in captured.tags:
            self.edits += tag_edits(row, name, self._tags)
            self._tags.setdefault(tag_id(name), name)

    def _properties(self, spoken: Spoken, captured: Captured) -> dict[str, object]:
        """Return the fields of a note that only a file with properties gives."""
        values: dict[str, object] = {
            "star": spoken.star,
            "set_aside": spoken.set_aside,
            "captured_at": self._at(spoken),
        }
        due = read_date(spoken.due, self.day) if spoken.due else None
        if spoken.due and due is None:
            # A day that can't be read ("voor de zomer") stays with what is to be done.
            values["text"] = f"{captured.kept_text} ({spoken.due})"
        agreed = {"owner": spoken.owner, "due": due, "answer": spoken.answer}
        return values | {name: value for name, value in agreed.items() if value}

    def _at(self, spoken: Spoken) -> dt.datetime | None:
        if spoken.at is not None or spoken.since is None:
            # A file that names no time zone means that of its readers.
            return spoken.at.astimezone() if spoken.at is not None and spoken.at.tzinfo is None else spoken.at
        if self.day is not None and spoken.since >= _LONGEST_PANEL:
            # A chat has the time of the day.
            return (dt.datetime.combine(self.day, dt.time.min) + spoken.since).astimezone()
        if self.day is None or self.start is None:
            # Without the day and the begin, a time code says nothing.
            self.untimed += 1
            return None
        return (dt.datetime.combine(self.day, self.start) + spoken.since).astimezone()

    def _add_voices(self, row: str, captured: Captured) -> None:
        self.edits += voice_edits(row, captured.voices)

    def _complete(self, note: NoteContent, captured: Captured, bare: Captured) -> None:
        """Add the speakers to a note imported before the members were known, unless it was edited since."""
        untouched = note.text in (bare.text, bare.kept_text) and note.note.kind == bare.kind and not note.voices
        if untouched and captured.voices:
            self.completed += 1
            known = {"said_by": captured.said_by} if note.note.said_by else {}
            self.edits.append(change("note", note.id, text=captured.kept_text, kind=captured.kind, **known))
            self._add_voices(note.id, captured)


def _about_panel(file: NotesFile, content: PanelContent) -> tuple[dict[str, object], list[str]]:
    """Return the fields of the panel that the file fills in, and the words for those in which it differs."""
    subregion = next((name for name in SUBREGIONS if fold(name) == fold(file.subregion)), file.subregion)
    says = {name: getattr(file, name) for name in _FIELD_WORDS} | {"subregion": subregion}
    values: dict[str, object] = {}
    differs: list[str] = []
    for name, value in says.items():
        has = getattr(content.panel, name)
        if not value:
            continue
        if not has:
            values[name] = value
        elif has != value and name != "title":
            differs.append(_FIELD_WORDS[name])
    return values, differs


def speakers_found(content: PanelContent, members: Iterable[Panelist]) -> dict[str, Sequence[Edit]]:
    """Return the edits by which who sits on an unknown seat of a note (id) now becomes its speaker; not of those who do
    not take part: their words stay theirs by the seat.
    """
    names = NameIndex(member for member in members if takes_part(member))
    found: dict[str, Sequence[Edit]] = {}
    for note in content.typed_notes() if names.panelists else ():
        seats, others = apart(note.note.said_by)
        read = parse(f"x {' '.join(map(as_typed, seats))}", names.panelists) if seats else Captured("")
        if read.voices:
            said_by = ", ".join(filter(None, (*others, read.said_by)))
            voices = dict(read.voices) | {voice.panelist: voice.stance for voice in note.voices if voice.panelist}
            edits = (change("note", note.id, said_by=said_by), *voice_edits(note.id, voices.items(), note.voices))
            found[note.id] = edits
    return found


def plan_import(file: NotesFile, content: PanelContent) -> tuple[tuple[Edit, ...], ImportReport]:
    """Return the edits that import the notes of a file into a panel, and a report.

    Ids are derived from panel, place, words and occurrence, so importing a file twice, or on two laptops, gives the
    same notes. A note that the panel has already under the same question, in the same words, is unchanged. Only empty
    fields of the panel are filled in. Notes in the capture language get no time: the file has none.
    """
    plan = _Plan(file, content)
    values, differs = _about_panel(file, content)
    if values:
        plan.edits.append(change("panel", content.panel.id, **values))
    for section in file.sections:
        place = _place(section, content)
        for item in section.items:
            plan.add(item, place)
    found = FindingsPlan(content, plan.edits)
    plan.edits += list(found.edits(file.findings))
    return tuple(plan.edits), ImportReport(
        plan.count,
        plan.present,
        plan.completed,
        dict(plan.unplaced),
        dict(plan.unknown),
        tuple(_FIELD_WORDS[name] for name in values),
        tuple(differs),
        bool(content.panelists),
        plan.left_out,
        dict(plan.strangers),
        plan.untimed,
        found.report,
        plan.named,
        plan.below,
    )
