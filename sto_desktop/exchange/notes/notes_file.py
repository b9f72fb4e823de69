"""Reads notes from a document: what each line is, a heading, a fact about the panel, somebody's words or a note.

In text and Markdown `##` is a theme, `###` a question, each bullet a note in the capture language. The file may start
with the title (`#`) and lines such as "Datum: 2023-02-14". A line indented under a bullet continues its note. A plain
line is a note too, and so is a nested bullet.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.panel.matching import fold_title
from sto_desktop.domain.people import fold, name_index
from sto_desktop.exchange.files.captions import with_stamps_beside
from sto_desktop.exchange.files.document import FileText, Grid, TextBlock
from sto_desktop.exchange.files.form import filled, is_full_name, looks_like_headings
from sto_desktop.exchange.files.look import NO_CHOICES, Becomes, Beforehand, Choices, FileLine, Newcomer, shape_of
from sto_desktop.exchange.files.plain_document import BULLET, plain_document
from sto_desktop.exchange.files.text_file import read_text
from sto_desktop.exchange.notes.lines.chats import by_message, without_headings
from sto_desktop.exchange.notes.lines.clutter import clutter
from sto_desktop.exchange.notes.lines.floor import Floor, Heard
from sto_desktop.exchange.notes.lines.front import (
    after_label,
    bare,
    begins,
    dated_line,
    end_of_front,
    facts_in,
    is_about,
    is_list,
    is_title,
    list_in,
    listed_below,
    parted,
)
from sto_desktop.exchange.notes.lines.headings import heading_levels, heading_text
from sto_desktop.exchange.notes.lines.senders import by_line, letters_in, sending_lines, with_quoted
from sto_desktop.exchange.notes.lines.speakers import SpeakerReader, distinct, listed_name, names_among
from sto_desktop.exchange.notes.lines.spoken import NotesFile, Section, Spoken
from sto_desktop.exchange.notes.lines.turns import (
    is_role,
    name_like,
)
from sto_desktop.exchange.notes.notes_table import TableSource, source_of_rows
from sto_desktop.language import listed, tr, tr_later

_MOST_FRONT = 25
"""Lines among which stands who led and who noted."""
_ENDS = tuple(".!?…")
_END_OF_LETTER = tr_later("het einde van een brief of e-mail")
_NUMBERS_OUT = tr_later("Telefoonnummers waarmee iemand in een chat staat, zijn niet overgenomen.")

OFFERS = (
    Becomes.NOTE,
    Becomes.THEME,
    Becomes.QUESTION,
    Becomes.FACT,
    Becomes.PRESENT,
    Becomes.ABSENT,
    Becomes.TITLE,
    Becomes.HEADINGS,
    Becomes.OUT,
)
"""What a line of notes can become, in the order in which it is offered."""


@dataclass
class _Told:
    """What the lines say so far: facts, sections, and who is there."""

    about: dict[str, Any] = field(default_factory=dict)
    sections: list[tuple[str, str, list[str | Spoken]]] = field(default_factory=lambda: [("", "", [])])
    people: list[Newcomer] = field(default_factory=list)

    def head(self, title: str, *, theme: bool) -> None:
        """Begin a theme or a question."""
        self.sections.append((title if theme else self.sections[-1][0], "" if theme else title, []))

    def add(self, note: str | Spoken) -> None:
        """Add a note under the current headings."""
        self.sections[-1][2].append(note)

    def file(self) -> NotesFile:
        """Return all that was told."""
        sections = tuple(Section(theme, question, tuple(notes)) for theme, question, notes in self.sections if notes)
        return NotesFile(sections=sections, people=tuple(self.people), **self.about)


class NotesReading:
    """Reads a document of notes, with what a person changed of it."""

    def __init__(
        self,
        document: FileText,
        content: PanelContent | None = None,
        choices: Choices = NO_CHOICES,
        pasted: Sequence[Panelist] | None = None,
    ) -> None:
        """`content`: the panel for which it is read, whose members and guide are known. `pasted`: these members; the
        text is a letter as a whole, rather than a file that may have one in it.
        """
        self._known = name_index(content.panelists if content else pasted or ())
        self._whole = pasted is not None
        self._ours = document.ours
        self._choices = choices
        self._titles = frozenset(_titles(content)) if content else frozenset()
        self._told = _Told()
        self._nothing_yet = True
        # Whether the line before was nothing but the name of who speaks.
        self._named = False
        self._list: Becomes | None = None
        if not document.ours:
            lines = by_line(by_message(with_stamps_beside(document.blocks)), self._known)
            document = _without_clutter(replace(document, blocks=with_quoted(tuple(parted(tuple(lines))))))
        self._messages: list[str] = list(document.told)
        sent = {} if document.ours else dict(sending_lines(document.blocks))
        self._speakers = self._speakers_in(document, content, sent)
        if self._speakers.is_chat:
            document = replace(document, blocks=tuple(without_headings(document.blocks)))
        self._senders = self._speakers.sending(sent)
        # Who signed what stands at a place, and whether it shows where that begins.
        self._letters: dict[int, tuple[str, bool]] = {}
        self._blocks = tuple(self._without_ends(document))
        self._floor = Floor(self._blocks, self._speakers, self._senders, self._letters, ours=document.ours)
        said = {
            at
            for at, block in enumerate(self._blocks)
            if isinstance(block, TextBlock) and _is_text(block) and self._is_said(block)
        }
        self._levels = heading_levels(self._blocks, said)
        self._front_end = end_of_front(self._blocks, self._is_speech)
        self.lines = tuple(self._read())
        if self._floor.numbered:
            self._messages.append(tr(_NUMBERS_OUT))
        self.file = self._told.file()

    def _speakers_in(self, document: FileText, content: PanelContent | None, sent: Mapping[str, str]) -> SpeakerReader:
        """Return who speaks in a document; `sent`: who sends what follows, by the line that says so."""
        blocks = document.blocks
        texts = [block.text for block in blocks if isinstance(block, TextBlock) and _is_text(block)]
        facts = [block.text for block in blocks if isinstance(block, TextBlock) and block.fact]
        if document.ours:
            # Its speakers stand behind an @.
            texts = facts = []
        # "Naam: Anna" is no line that somebody called Naam says.
        texts = [text for text in map(bare, texts) if not (text in sent and name_like(sent[text]))]
        voices = [block.speaker for block in blocks if isinstance(block, TextBlock) and block.speaker]
        abouts = [block for block in blocks if isinstance(block, Grid) and is_about(block)]
        rows = [_in_line(row) for grid in abouts for row in grid.rows]
        leads = _leads(facts + texts[:_MOST_FRONT] + rows, content)
        named = _named(facts + texts + rows) + ([] if document.ours else list(listed_below(blocks)))
        # A fact of the front is no line of which nobody says who speaks.
        spoken = [text for at, text in enumerate(texts) if at >= _MOST_FRONT or not facts_in(text)]
        speakers = SpeakerReader(list(map(bare, spoken)), self._known, named, self._titles, voices, leads)
        speakers.hear_above(_first_lines(blocks))
        return speakers

    def _without_ends(self, document: FileText) -> Iterator[TextBlock | Grid]:
        """Yield the lines, in which the ends of letters are left out; who signed one said what stands above it."""
        blocks = document.blocks
        texts = {
            at: bare(block.text)
            for at, block in enumerate(blocks)
            if isinstance(block, TextBlock) and block.text.strip()
        }
        heads = [at for at, block in enumerate(blocks) if isinstance(block, TextBlock) and block.left_out]
        bounds = frozenset((*heads, *(at for at, text in texts.items() if text in self._senders)))
        ends: set[int] = set()
        last = max(texts, default=-1)
        end = blocks[last] if len(texts) > 1 else None
        bare_end = isinstance(end, TextBlock) and end.apart and not end.item and self._speakers.may_sign(texts[last])
        signed = (
            ()
            if document.ours or self._speakers.is_chat
            else letters_in(texts, bounds, name_like, last if bare_end else -1)
        )
        for words, last, name, opened in signed:
            ends |= {words.stop, last}
            if self._speakers.is_sender(name):
                self._letters |= dict.fromkeys(words, (name, opened or self._whole))
        for at, block in enumerate(blocks):
            yield replace(block, left_out=tr(_END_OF_LETTER)) if at in ends and isinstance(block, TextBlock) else block

    @property
    def look(self) -> Beforehand:
        """The look beforehand at it."""
        kinds = sorted({line.look for line in self.lines if line.look} | {line.becomes.value for line in self.lines})
        return Beforehand(
            self.lines, OFFERS, tuple(self._messages), self.newcomers_of(self.file), shape_of("document", kinds)
        )

    @property
    def tells_of_whom(self) -> bool:
        """Whether it is a letter, a mail or a chat, or has a line that tells whose words follow."""
        return bool(self._senders or self._letters or self._speakers.is_chat or self._floor.mailed or self._floor.above)

    def newcomers_of(self, file: NotesFile) -> tuple[Newcomer, ...]:
        """Return who speaks or is listed in a file, and is no member, in the order of the file."""
        listed_people = {fold(person.name): person for person in file.people}
        spoken = (name for section in file.sections for note in section.spoken for name, _ in note.voices)
        named = distinct([*(person.name for person in file.people), *spoken])
        return tuple(
            listed_people.get(fold(name), Newcomer(name))
            for name in named
            if "@" not in name and not self._known.meant(name) and not is_role(name) and not name.isdecimal()
        )

    def _is_speech(self, block: TextBlock) -> bool:
        """Return whether a line is somebody's words, rather than a fact that begins as such a line does."""
        text = bare(block.text)
        turn = None if self._ours else self._speakers.turn(text)
        if turn is None or not turn.speaker:
            return bool(block.speaker)
        return bool(block.speaker) or not facts_in(text) or self._speakers.count(turn.speaker) > 1

    def _is_said(self, block: TextBlock) -> bool:
        text = bare(block.text)
        turn = None if self._ours else self._speakers.turn(text)
        # A word in capitals in a cue, or below a message, is said too.
        goes_on = block.at is not None or (self._speakers.is_chat and not block.look)
        speaks = goes_on or block.speaker or (turn and turn.speaker) or self._speakers.above(text)
        return bool(speaks or text in self._senders or facts_in(text) or is_list(text))

    def _read(self) -> Iterator[FileLine]:
        number = 0
        for at, block in enumerate(self._blocks):
            if isinstance(block, Grid):
                lines = list(self._grid(block, number, in_front=at <= self._front_end))
                yield from lines
                number += len(block.rows)
            else:
                yield self._paragraph(number, at, block)
                number += 1

    # Paragraphs

    def _paragraph(self, number: int, at: int, block: TextBlock) -> FileLine:
        level, look = self._levels.get(at, (block.level, block.look))
        chosen = self._choices.of(number, look)
        becomes = chosen or self._becomes(at, block, level)
        text, why = block.text, ""
        speaker = ""
        match becomes:
            case Becomes.OUT:
                self._floor.leave_out(block, ends_letter=block.left_out == tr(_END_OF_LETTER))
                unknown = tr("de kop boven wie er was") if self._list else tr("geen gegeven dat het programma kent")
                why = block.left_out or (tr("zo gekozen") if chosen else unknown)
            case Becomes.TITLE:
                text = heading_text(text)
                self._told.about["title"] = text
            case Becomes.FACT:
                becomes, text = self._fact(block.text)
            case Becomes.PRESENT | Becomes.ABSENT:
                text = self._people(block.text, present=becomes is Becomes.PRESENT)
            case Becomes.THEME | Becomes.QUESTION:
                text = heading_text(text) if not block.level else " ".join(text.split())
                self._told.head(text, theme=becomes is Becomes.THEME)
                # "ROC C" below a name is what stands beside it.
                self._floor.below_heading(level, beside=self._named and not block.level)
        if becomes is Becomes.NOTE and level and not chosen:
            # A heading that is nothing but a name.
            speaker = self._floor.below_name(heading_text(text), level)
            text = ""
        elif becomes is Becomes.NOTE:
            text, speaker = self._add(self._floor.note(at, block))
        if becomes is Becomes.NOTE and not text:
            why = tr("spreekt in wat volgt")
        self._named = becomes is Becomes.NOTE and not text and bool(speaker)
        self._nothing_yet &= becomes in (Becomes.OUT, Becomes.FACT)
        return FileLine(number, (block.text,), becomes, text, why, look, speaker)

    def _becomes(self, at: int, block: TextBlock, level: int) -> Becomes:
        if block.left_out:
            return Becomes.OUT
        text = bare(block.text)
        if block.fact:
            return Becomes.FACT if facts_in(text) else list_in(text) or Becomes.OUT
        if level:
            return self._heading(at, text, level)
        if self._floor.in_message or text in self._senders:
            self._list = None
            return Becomes.NOTE
        if self._list and (block.item or names_among(text)[0]) and not (block.apart and self._told.people):
            return self._list if names_among(text)[0] else Becomes.NOTE
        self._list = None
        people = list_in(text)
        names = names_among(after_label(text))[0] if people else []
        # Once there is more than the front, a list is one if it has a whole name: "Aanwezig: Ja" may be an answer.
        listing = not (block.item and self._ours) and (len(names) > 1 or any(map(is_full_name, names)))
        if people and (at <= self._front_end or listing):
            # Names under each other follow where none stand in the line itself.
            self._list = None if names else people
            return people if names else Becomes.OUT
        if at <= self._front_end:
            return self._in_front(at, block, text)
        return Becomes.NOTE

    def _heading(self, at: int, text: str, level: int) -> Becomes:
        asked = list_in(text, heading=True)
        if asked:
            self._list = asked
            return Becomes.OUT
        name = heading_text(text)
        if name in self._senders or (self._speakers.below_heading(name) and fold_title(name) not in self._titles):
            return Becomes.NOTE
        above_all = self._nothing_yet and (level < 0 or (at < self._front_end and not begins(text)))
        title = self._told.about.get("title", "")
        if (above_all and not title and not self._speakers.may_head(name)) or (level < 0 and fold(title) == fold(text)):
            return Becomes.TITLE
        return Becomes.THEME if level < 2 else Becomes.QUESTION

    def _in_front(self, at: int, block: TextBlock, text: str) -> Becomes:
        facts = facts_in(text) or dated_line(text)
        if facts and not self._told.about.keys() & facts and not self._is_speech(block):
            return Becomes.FACT
        first = self._nothing_yet and "title" not in self._told.about and not BULLET.match(block.text)
        first = first and not self._speakers.above(text)
        return Becomes.TITLE if first and at < self._front_end and is_title(text) else Becomes.NOTE

    def _fact(self, text: str) -> tuple[Becomes, str]:
        facts = facts_in(bare(text)) or dated_line(bare(text))
        self._told.about.update(facts)
        return (Becomes.FACT, text) if facts else (Becomes.NOTE, text)

    def _people(self, text: str, *, present: bool) -> str:
        bare_text = bare(text)
        names, others = names_among(after_label(bare_text))
        names = list(map(listed_name, names or [bare_text]))
        self._told.people += [Newcomer(name, present) for name in names]
        if names and others:
            parts = listed(f"«{other}»" for other in others)
            self._messages.append(tr("Bij wie er was is niet als naam gelezen: {parts}.", parts=parts))
        return ", ".join(names)

    def _add(self, heard: Heard) -> tuple[str, str]:
        """Add what a line gives, and return its text and who says it."""
        if heard.note is not None:
            self._told.add(heard.note)
        return heard.text, heard.speaker

    # Tables

    def _grid(self, grid: Grid, number: int, *, in_front: bool) -> Iterator[FileLine]:
        if in_front and is_about(grid):
            yield from self._facts(grid, number)
            return
        source = source_of_rows("", grid.rows)
        if grid.headed and source.header is None and not source.polled:
            source = replace(source, header=0)
        if not source.has_words and "says" in source.meanings.values():
            source = source.with_answers()
        if not source.has_words and "says" in source.meanings.values():
            yield from self._attendance(source, number)
            return
        if not source.has_words:
            source = TableSource("", grid.rows, 0 if looks_like_headings(grid.rows, 0) else None, {})
            yield from self._plain_rows(source, number)
            return
        size = len(grid.rows)
        lines = {at: b for at, b in self._choices.lines.items() if number <= at < number + size}
        read, table = source.read(Choices(lines), number)
        self._messages += table.told
        theme, question, _ = self._told.sections[-1]
        for file in table.files:
            for section in file.sections:
                place = (section.theme or theme, section.question or ("" if section.theme else question))
                self._told.sections.append((*place, list(map(self._as_known, section.items))))
        self._told.sections.append((theme, question, []))
        yield from read

    def _as_known(self, item: str | Spoken) -> str | Spoken:
        """Return a note of a table with who says it as the list of who is present has them."""
        if isinstance(item, str):
            return item
        return replace(item, voices=tuple((who, how) for name, how in item.voices for who in self._speakers.who(name)))

    def _facts(self, grid: Grid, number: int) -> Iterator[FileLine]:
        for at, row in enumerate(grid.rows):
            cells = tuple(" ".join(cell.split()) for cell in row)
            text = ": ".join(filter(None, cells))
            whole = _in_line(row)
            becomes, why = self._choices.of(number + at) or Becomes.FACT, ""
            if becomes is Becomes.FACT and facts_in(text):
                becomes, text = self._fact(text)
            elif becomes is Becomes.FACT and (people := list_in(whole)):
                becomes, text = people, self._people(whole, present=people is Becomes.PRESENT)
            elif becomes is Becomes.FACT and len([cell for cell in cells if cell]) < 2:
                becomes, why = Becomes.OUT, tr("niet ingevuld")
            elif becomes in (Becomes.FACT, Becomes.NOTE):
                becomes = Becomes.NOTE
                self._told.add(text)
            yield FileLine(number + at, cells, becomes, text, why)

    def _attendance(self, source: TableSource, number: int) -> Iterator[FileLine]:
        column = next(at for at, name in source.meanings.items() if name == "says")
        for at, row in enumerate(source.rows):
            cells = tuple(" ".join(cell.split()) for cell in row)
            becomes = self._choices.of(number + at) or (
                Becomes.HEADINGS
                if at == source.header
                else Becomes.PRESENT
                if cells[column : column + 1] != ("",)
                else Becomes.OUT
            )
            text = (
                self._people(cells[column], present=becomes is Becomes.PRESENT)
                if becomes in (Becomes.PRESENT, Becomes.ABSENT)
                else ""
            )
            yield FileLine(number + at, cells, becomes, text)

    def _plain_rows(self, source: TableSource, number: int) -> Iterator[FileLine]:
        for at, row in enumerate(source.rows):
            cells = tuple(" ".join(cell.split()) for cell in row)
            text = " – ".join(cell for _, cell in filled(cells))
            if not text:
                continue
            becomes = self._choices.of(number + at) or (Becomes.HEADINGS if at == source.header else Becomes.NOTE)
            if becomes is Becomes.NOTE:
                said, speaker = self._add(self._floor.row([cell for _, cell in filled(cells)]))
                if not said:
                    yield FileLine(number + at, cells, becomes, "", tr("spreekt in wat volgt"), speaker=speaker)
                    continue
            yield FileLine(number + at, cells, becomes, text if becomes is Becomes.NOTE else "")


def _without_clutter(document: FileText) -> FileText:
    """Return a document in which the lines that other programs put around the words are left out."""
    blocks = list(document.blocks)
    for at, why in clutter(blocks).items():
        block = blocks[at]
        if isinstance(block, TextBlock) and not block.left_out:
            blocks[at] = replace(block, left_out=why)
    return replace(document, blocks=tuple(blocks))


def _is_text(block: TextBlock) -> bool:
    return not block.level and not block.left_out and not block.fact


def _first_lines(blocks: Sequence[TextBlock | Grid]) -> list[str]:
    """Return the first of the lines that stand together, between empty ones."""
    pairs = itertools.pairwise(block for block in blocks if isinstance(block, TextBlock) and _is_text(block))
    return [above.text for above, below in pairs if above.apart and not (below.apart or above.item)]


def _in_line(row: Sequence[str]) -> str:
    """Return a word and its value in one line; people may stand under each other in their cell."""
    return ": ".join(filter(None, map(str.strip, row)))


def _leads(lines: Iterable[str], content: PanelContent | None) -> list[str]:
    """Return who led and who noted, as lines of facts say, and the panel for which a text is read."""
    facts = map(facts_in, lines)
    leads = [str(fact[office]) for fact in facts for office in ("moderator", "note_taker") if office in fact]
    return leads + [name for name in (content.panel.moderator, content.panel.note_taker) if name] if content else leads


def _named(texts: list[str]) -> list[str]:
    """Return the names in lists of who is present or absent."""
    return [name for text in texts if is_list(text) for name in names_among(after_label(text))[0]]


def _titles(content: PanelContent) -> Iterator[str]:
    for theme in content.guide.themes:
        yield fold_title(theme.title)
        yield fold_title(theme.short_title)
        for question in theme.questions:
            yield fold_title(question.text)
            yield fold_title(question.question.short_text)


def read_notes(text: str) -> NotesFile:
    """Read notes from the text of a file or a paste. Any text is valid; notes without a heading have empty titles."""
    return NotesReading(plain_document(text)).file


def read_notes_file(path: Path) -> NotesFile:
    """Read a file of notes in any encoding.

    Raises:
        ExchangeError: it can't be read, or is no text.
    """
    return read_notes(read_text(path))
