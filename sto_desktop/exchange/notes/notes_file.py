"""Reads notes from a document: what each line is, a heading, a fact about the panel, somebody's words or a note.

In text and Markdown `##` is a theme, `###` a question, each bullet a note in the capture language. The file may start
with the title (`#`) and lines such as "Datum: 2023-02-14". A line indented under a bullet continues its note. A plain
line is a note too, and so is a nested bullet.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.panel.matching import fold_title
from sto_desktop.domain.people import fold, name_index
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.exchange.files.captions import with_stamps_beside
from sto_desktop.exchange.files.document import FileText, Grid, TextBlock
from sto_desktop.exchange.files.form import filled, is_full_name, looks_like_headings
from sto_desktop.exchange.files.look import NO_CHOICES, Becomes, Beforehand, Choices, FileLine, Newcomer, shape_of
from sto_desktop.exchange.files.plain_document import BULLET, plain_document
from sto_desktop.exchange.files.text_file import read_text
from sto_desktop.exchange.notes.chats import by_message, message_of, without_headings
from sto_desktop.exchange.notes.clutter import clutter, senders_in
from sto_desktop.exchange.notes.front import (
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
from sto_desktop.exchange.notes.headings import heading_levels, heading_text
from sto_desktop.exchange.notes.notes_table import TableSource, source_of_rows
from sto_desktop.exchange.notes.senders import by_line, letters_in, sending_lines
from sto_desktop.exchange.notes.speakers import SpeakerReader, distinct, listed_name, names_among
from sto_desktop.exchange.notes.spoken import NotesFile, Section, Spoken
from sto_desktop.exchange.notes.turns import (
    Turn,
    is_headed,
    is_role,
    may_be_labelled,
    name_like,
    seat_beside,
    without_colon,
)
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
        if not document.ours:
            lines = by_line(by_message(with_stamps_beside(document.blocks)), self._known)
            document = replace(document, blocks=tuple(parted(tuple(lines))))
        self._clutter = {} if document.ours else clutter(document.blocks)
        document = replace(document, blocks=tuple(self._marked(document.blocks)))
        self._document = document
        self._choices = choices
        self._titles = frozenset(_titles(content)) if content else frozenset()
        self._told = _Told()
        self._messages: list[str] = list(document.told)
        self._nothing_yet = True
        self._list: Becomes | None = None
        self._speaker: Turn | None = None
        # Whether the line before was nothing but the name of who speaks, and whether a mail of somebody known is in it.
        self._named = self._mailed = False
        # Whose words stand below, as a heading (with its level) or the head of a mail says, where no line says else.
        self._below: tuple[Turn | None, int] = None, 0
        # Whose words stand at a depth of a list; its deeper points are theirs.
        self._points: list[tuple[int, Turn]] = []
        # Who said the line before, which one without a name may go on with.
        self._last: Turn | None = None
        # In captions: whether who spoke last may have been followed by somebody else, and whether a sentence is open.
        self._unsure = self._open = False
        texts = [block.text for block in document.blocks if isinstance(block, TextBlock) and _is_text(block)]
        facts = [block.text for block in document.blocks if isinstance(block, TextBlock) and block.fact]
        if document.ours:
            # Its speakers stand behind an @.
            texts = facts = []
        sent = {} if document.ours else dict(sending_lines(document.blocks))
        # "Naam: Anna" is no line that somebody called Naam says.
        texts = [text for text in map(bare, texts) if not (text in sent and name_like(sent[text]))]
        voices = [block.speaker for block in document.blocks if isinstance(block, TextBlock) and block.speaker]
        abouts = [block for block in document.blocks if isinstance(block, Grid) and is_about(block)]
        rows = [_in_line(row) for grid in abouts for row in grid.rows]
        leads = _leads(facts + texts[:_MOST_FRONT] + rows, content)
        named = _named(facts + texts + rows) + ([] if document.ours else list(listed_below(document.blocks)))
        self._speakers = SpeakerReader(list(map(bare, texts)), self._known, named, self._titles, voices, leads)
        self._speakers.hear_above(_first_lines(document.blocks))
        if self._speakers.is_chat:
            document = replace(document, blocks=tuple(without_headings(document.blocks)))
        self._senders = self._speakers.sending(sent)
        # Who signed what stands at a place, and whether it shows where that begins.
        self._letters: dict[int, tuple[str, bool]] = {}
        self._document = replace(document, blocks=tuple(self._without_ends(document.blocks)))
        said = {
            at
            for at, block in enumerate(self._document.blocks)
            if isinstance(block, TextBlock) and _is_text(block) and self._is_said(block)
        }
        self._levels = heading_levels(self._document.blocks, said)
        self._front_end = end_of_front(self._document.blocks, self._is_speech)
        self.lines = tuple(self._read())
        self.file = self._told.file()

    def _marked(self, blocks: Sequence[TextBlock | Grid]) -> Iterator[TextBlock | Grid]:
        for at, block in enumerate(blocks):
            why = self._clutter.get(at)
            yield replace(block, left_out=why) if why and isinstance(block, TextBlock) and not block.left_out else block

    def _without_ends(self, blocks: Sequence[TextBlock | Grid]) -> Iterator[TextBlock | Grid]:
        """Yield the lines, in which the ends of letters are left out; who signed one said what stands above it."""
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
            if self._document.ours or self._speakers.is_chat
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
        return bool(self._senders or self._letters or self._speakers.is_chat or self._mailed)

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
        turn = self._turn(text)
        if turn is None or not turn.speaker:
            return bool(block.speaker)
        return bool(block.speaker) or not facts_in(text) or self._speakers.count(turn.speaker) > 1

    def _is_said(self, block: TextBlock) -> bool:
        text = bare(block.text)
        turn = self._turn(text)
        # A word in capitals in a cue, or below a message, is said too.
        goes_on = block.at is not None or (self._speakers.is_chat and not block.look)
        speaks = goes_on or block.speaker or (turn and turn.speaker) or self._speakers.above(text)
        return bool(speaks or facts_in(text) or is_list(text))

    def _read(self) -> Iterator[FileLine]:
        number = 0
        for at, block in enumerate(self._document.blocks):
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
                self._hear(block)
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
                if level <= self._below[1]:
                    self._below = None, 0
                # "ROC C" below a name is what stands beside it.
                self._speaker = self._below[0] or (self._speaker if self._named and not block.level else None)
                self._last = None
        if becomes is Becomes.NOTE and level and not chosen:
            # A heading that is nothing but a name.
            name = heading_text(text)
            self._speaker = Turn(self._senders.get(name) or self._speakers.below_heading(name), "")
            self._below = self._speaker, level
            text, speaker, why = "", self._speaker.speaker, tr("spreekt in wat volgt")
        elif becomes is Becomes.NOTE:
            text, speaker = self._note(at, block)
            why = "" if text else tr("spreekt in wat volgt")
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
        if (self._speaker is not None and self._speaker.message) or text in self._senders:
            self._list = None
            return Becomes.NOTE
        if self._list and (block.item or names_among(text)[0]) and not (block.apart and self._told.people):
            return self._list if names_among(text)[0] else Becomes.NOTE
        self._list = None
        people = list_in(text)
        names = names_among(after_label(text))[0] if people else []
        # Once there is more than the front, a list is one if it has a whole name: "Aanwezig: Ja" may be an answer.
        listing = not (block.item and self._document.ours) and (len(names) > 1 or any(map(is_full_name, names)))
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

    def _note(self, at: int, block: TextBlock) -> tuple[str, str]:
        """Add a note, and return its text and who says it."""
        text = bare(block.text)
        pointed = self._has_points(at, block)
        if text in self._senders and not (self._speaker and self._speaker.message):
            sender = Turn(self._senders[text], "")
            if pointed and block.item:
                # "- Anna vindt:" above deeper points is of these alone.
                self._above(block)
                self._points.append((block.depth, sender))
            else:
                self._speaker, self._below, self._last = sender, (sender, 0), None
            return "", sender.speaker
        turn = self._said(block, text, pointed=pointed)
        above = self._above(block) or self._speaker
        signer, opened = self._letters.get(at, ("", False))
        signers = self._speakers.who(signer) if signer else ()
        if signer and opened and above is None:
            above = Turn(signer, "")
        if above is not None and above.message and not (turn and turn.message):
            # In a chat, a line without a stamp goes on with the message above it, whatever stands in it.
            turn = None
        if turn is not None and turn.message and (message := message_of(text)) is not None and message.numbered:
            self._messages += [tr(_NUMBERS_OUT)] if tr(_NUMBERS_OUT) not in self._messages else []
        if turn is not None and turn.speaker and not turn.text:
            # A name above its text: what follows is theirs, in a list the deeper points.
            if pointed:
                self._points.append((block.depth, turn))
                if not self._speakers.is_person(turn.speaker):
                    self._told.add(block.text)
                    return text, ""
            else:
                self._speaker = turn
            return "", turn.speaker
        after: tuple[str, ...] | None = None
        if (turn is None or not (turn.speaker or turn.message)) and above is not None:
            unsure = block.at is not None and self._may_be_another(block)
            after = self._speakers.who(above.speaker) if unsure else None
            since = turn.since if turn else above.since
            turn = Turn("" if unsure else above.speaker, text, since, above.moment)
        elif turn is not None and (turn.speaker or turn.message):
            if self._last is not None and self._speakers.may_be_a_word(turn.speaker):
                after = self._speakers.who(self._last.speaker)
            goes_on = turn.message or block.at is not None or (turn.sure and "\n" in block.text)
            self._speaker, self._unsure = (turn if goes_on else self._below[0]), False
        self._open = not text.endswith(_ENDS)
        if turn is not None and turn.speaker and pointed:
            self._points.append((block.depth if block.item else -1, turn))
        if turn is None:
            goes_on = self._speakers.talks and not (block.item or is_headed(text))
            said = self._speakers.who(self._last.speaker) if goes_on and self._last is not None else None
            follows = said is not None or signers
            self._told.add(Spoken(block.text, typed=True, after=said, signed=signers) if follows else block.text)
            return text, ""
        self._last = turn if turn.speaker else None
        names = self._speakers.who(turn.speaker) if turn.speaker else ()
        voices = tuple((name, Stance.SAYS) for name in names)
        self._told.add(Spoken(turn.text, voices=voices, at=turn.moment, since=turn.since, after=after, signed=signers))
        return turn.text, ", ".join(names)

    def _has_points(self, at: int, block: TextBlock) -> bool:
        """Return whether points of a list stand below a line that are about it: deeper ones, or those it announces."""
        below = self._document.blocks[at + 1] if at + 1 < len(self._document.blocks) else None
        if self._document.ours or not isinstance(below, TextBlock) or not below.item:
            return False
        return below.depth > block.depth if block.item else block.text.endswith(":")

    def _above(self, block: TextBlock) -> Turn | None:
        """Return who says the point of the list in which a deeper one stands."""
        while self._points and not (block.item and block.depth > self._points[-1][0]):
            self._points.pop()
        return self._points[-1][1] if self._points else None

    def _said(self, block: TextBlock, text: str, *, pointed: bool = False) -> Turn | None:
        """Return who says a line, as its format or its form tells; `pointed`: it has points below it."""
        turn = Turn(block.speaker, text, block.at) if block.speaker else self._turn(text, pointed=pointed)
        if turn is None and self._speakers.above(text, pointed=pointed) and (pointed or not BULLET.match(block.text)):
            turn = Turn(without_colon(text), "")
        if block.at is not None and not block.speaker:
            # Captions have the time apart from the words, before which a name may stand.
            turn = replace(turn or Turn("", text), since=block.at)
        return turn

    def _may_be_another(self, block: TextBlock) -> bool:
        """Return whether somebody else may speak in a cue without a name: a dash, label or its words say so, up to a
        name.
        """
        text = bare(block.text)
        said = self._speakers.says_who(text)
        self._unsure |= block.another or said or (not self._open and may_be_labelled(text))
        return self._unsure

    def _hear(self, block: TextBlock) -> None:
        """Remember who speaks in a line that is left out: what goes on below it is not of who spoke before."""
        if block.left_out == tr(_END_OF_LETTER):
            self._speaker, self._below, self._last = None, (None, 0), None
            return
        if (message := message_of(bare(block.text))) is not None and message.parted:
            self._speaker = Turn(message.who, "", message=True)
            return
        if block.left_out and (senders := senders_in(bare(block.text))):
            # Who mails minutes round is often no member, and did not say what stands in them; who is one, a list that
            # comes in later tells.
            members = filter(self._speakers.is_member if self._known.panelists else None, senders)
            self._speaker = next((Turn(sender, "") for sender in members), None)
            self._mailed |= self._speaker is not None
            self._below = self._speaker, 0
            return
        turn = self._said(block, bare(block.text)) if not block.left_out else None
        if turn is not None and turn.speaker and (not turn.text or turn.message or block.at is not None):
            self._speaker, self._unsure = turn, False

    def _turn(self, text: str, *, pointed: bool = False) -> Turn | None:
        return None if self._document.ours else self._speakers.turn(text, pointed=pointed)

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
                if sender := self._senders.get(": ".join(cell for _, cell in filled(cells))):
                    self._speaker = Turn(sender, "")
                    yield FileLine(number + at, cells, becomes, "", tr("spreekt in wat volgt"), speaker=sender)
                    continue
                after = self._speakers.who(self._speaker.speaker) if self._speaker else None
                who, words = seat_beside(text) or ("", text)
                voices = tuple((name, Stance.SAYS) for name in self._speakers.who(who)) if who else ()
                self._told.add(Spoken(words, voices=voices, after=after))
            yield FileLine(number + at, cells, becomes, text if becomes is Becomes.NOTE else "")


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
