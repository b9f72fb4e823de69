"""Reads notes from a table: recognises its columns by their headings and their form, and reads each row as notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sto_desktop.domain.capture.language import tag_name
from sto_desktop.domain.people import fold, name_index
from sto_desktop.domain.reach import MAIL
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.typed import read_date, read_moment, read_time
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.exchange.files.form import (
    PERSONAL,
    CellForm,
    asks_for_addresses,
    filled,
    form_of,
    form_of_column,
    is_code_row,
    is_remark,
    is_total,
    without_addresses,
)
from sto_desktop.exchange.files.look import NO_CHOICES, Becomes, Choices, FileLine, shape_of
from sto_desktop.exchange.members.panelists_columns import heading
from sto_desktop.exchange.notes.lines.speakers import speakers_in
from sto_desktop.exchange.notes.lines.spoken import MARK_WORDS, UNASSIGNED, NotesFile, Section, Spoken
from sto_desktop.exchange.notes.lines.turns import seat_beside
from sto_desktop.exchange.notes.notes_columns import (
    ANSWER,
    COLUMNS,
    SEATS,
    WORDS,
    Rows,
    answers_below,
    asks,
    by_person,
    header_of,
    meanings_of,
    parts_of_name,
)
from sto_desktop.exchange.notes.polls import question_in, rows_of_poll
from sto_desktop.language import counted, listed, tr

# Characters, the limit of a cell in Excel.
LONGEST_TEXT = 32_767
_NOBODY = ("anoniem", "anonymous", "anonym", "onbekend", "nvt", "n.v.t.")
_MARKS = frozenset(("tags", *MARK_WORDS))
_VOICES = {stance.value.lower(): stance for stance in Stance}
_KINDS = {fold(name): kind for kind in NoteKind for name in (kind.word, kind.meaning.plural)}


@dataclass(frozen=True, slots=True)
class NotesTable:
    """The notes of a table, one file for each panel that it names, and messages about the table itself."""

    files: tuple[NotesFile, ...]
    told: tuple[str, ...] = ()


def kind_of(text: str) -> NoteKind | None:
    """Return the kind of note for a word, singular or plural; None if there is none."""
    return _KINDS.get(fold(text))


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table as read: its rows, which of them holds the headings, and the meaning of its columns by index.

    `told`: messages about the file itself. `polled`: of a poll, what each row becomes by its place.
    `guessed`: nothing in it says that it holds notes.
    """

    name: str
    rows: Rows
    header: int | None
    meanings: Mapping[int, str]
    told: tuple[str, ...] = ()
    polled: Mapping[int, tuple[Becomes, str]] | None = None
    guessed: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings; empty for a table without."""
        return () if self.header is None else tuple(" ".join(cell.split()) for cell in self.rows[self.header])

    @property
    def body(self) -> Rows:
        """The rows below the headings."""
        return self.rows if self.header is None else self.rows[self.header + 1 :]

    @property
    def has_words(self) -> bool:
        """Whether a column with words is known."""
        return not set(WORDS).isdisjoint(self.meanings.values())

    @property
    def width(self) -> int:
        """Number of columns."""
        return max(map(len, self.rows), default=0)

    @property
    def talks(self) -> bool:
        """Whether it is a conversation: most rows say who speaks, so that one without a name goes on with the row above
        it. In our own tables it has no speaker, and answers are by row of somebody else.
        """
        says = says_in(self.meanings)
        if says is None or not {ANSWER, "panel", "question", "kind"}.isdisjoint(self.meanings.values()):
            return False
        rows = [row for row in self.body if filled(row)]
        return sum(bool(says < len(row) and row[says].strip()) for row in rows) * 2 >= len(rows)

    def sample(self, column: int) -> str:
        """Return the first non-empty cell of a column."""
        return next(
            (" ".join(row[column].split()) for row in self.body if column < len(row) and row[column].strip()), ""
        )

    @property
    def shape(self) -> str:
        """Equal for tables with the same headings."""
        return shape_of("notes", self.headings or (str(self.width),))

    def chosen(self, choices: Choices) -> TableSource:
        """Return the table as a person says that it is."""
        header = next((row for row, becomes in choices.lines.items() if becomes is Becomes.HEADINGS), self.header)
        if header is not None and choices.lines.get(header, Becomes.HEADINGS) is not Becomes.HEADINGS:
            header = None
        if header is not None and header >= len(self.rows):
            header = self.header
        meanings = self.meanings
        if choices.columns is not None:
            meanings = {at: name for at, name in choices.columns.items() if name in COLUMNS}
        elif header != self.header:
            meanings = meanings_of(self.rows, header)
        return replace(self, header=header, meanings=meanings)

    def with_answers(self) -> TableSource:
        """Return a table whose columns nobody knows as what people wrote, below its first row if that is a heading."""
        first = next((at for at, row in enumerate(self.rows) if filled(row)), 0)
        if self.width == 1 and form_of_column(self.rows, 0) is CellForm.TEXT:
            is_asked = bool(self.rows) and asks(self.rows[first][0])
            made = replace(self, header=first if is_asked else None, meanings={0: ANSWER if is_asked else "text"})
        else:
            # A single column of numbers gives no answers either.
            made = replace(self, header=first, meanings=answers_below(self.rows[first:]))
        return replace(made, guessed=True) if made.has_words else self

    def notes(self, choices: Choices = NO_CHOICES) -> NotesTable:
        """Return the notes in it, with what a person changed."""
        _, table = self.read(choices)
        return table

    def read(self, choices: Choices = NO_CHOICES, first: int = 0) -> tuple[tuple[FileLine, ...], NotesTable]:
        """Return what each row becomes, numbered from `first`, and the notes in it."""
        source = self.chosen(Choices({n - first: b for n, b in choices.lines.items()}, {}, choices.columns))
        gathered = _Gathered(source.headings, source.meanings, talks=source.talks)
        lines = []
        for at, row in enumerate(source.rows):
            cells = tuple([" ".join(cell.split()) for cell in row])
            if not any(cells):
                continue
            becomes, why = source.becomes(at)
            said = choices.lines.get(first + at)
            if said is not None and becomes is not Becomes.HEADINGS:
                becomes, why = said, "" if said is not Becomes.OUT else tr("zo gekozen")
            text = gathered.add(row, becomes)
            if becomes is Becomes.NOTE and not text:
                becomes, why = Becomes.OUT, tr("geen tekst in de kolommen die gekozen zijn")
            lines.append(FileLine(first + at, cells, becomes, text, why))
        told = (*self.told, *source.about_columns(), *gathered.told())
        return tuple(lines), NotesTable(tuple(gathered.made()), told)

    def becomes(self, at: int) -> tuple[Becomes, str]:
        """Return what a row is by its form, and why it is left out."""
        row, cells = self.rows[at], filled(self.rows[at])
        if self.polled is not None and self.header is None:
            return self.polled[at]
        if at == self.header:
            return Becomes.HEADINGS, ""
        if self.header is not None and at < self.header:
            return Becomes.OUT, tr("staat boven de koppen")
        if self.header is not None and self._repeats(row, self.rows[self.header]):
            return Becomes.OUT, tr("de koppen, nog eens")
        if is_code_row(row):
            return Becomes.OUT, tr("codes van het programma waar de tabel uit komt")
        words = [cell for column, cell in cells if self.meanings.get(column) in WORDS]
        if cells and is_total(cells[0][1]):
            counts = all(form_of(cell) is CellForm.NUMBER for _, cell in cells[1:]) and len(cells) > 1
            if counts or not words:
                return Becomes.OUT, tr("een totaal")
        if not words and len(cells) == 1 and len(self.meanings) > 1 and cells[0][0] == 0 and self.width > 2:
            return Becomes.THEME, ""
        return Becomes.NOTE, ""

    @staticmethod
    def _repeats(row: Sequence[str], headings: Sequence[str]) -> bool:
        # The first cell tells nearly always.
        return len(row) == len(headings) and all(fold(a) == fold(b) for a, b in zip(row, headings, strict=True))

    def about_columns(self) -> Iterator[str]:
        """Yield messages about columns that are not taken over."""
        taken = {*self.meanings, *parts_of_name(self.headings, says_in(self.meanings))}
        names = [(at, name) for at, name in enumerate(self.headings) if name and at not in taken]
        names = [(at, name) for at, name in names if not is_remark(name, self.body, at)]
        reaching = [
            f"«{name}»"
            for at, name in names
            if form_of_column(self.body, at) in PERSONAL or asks_for_addresses(name) or "ip" in fold(name).split()
        ]
        others = [f"«{name}»" for at, name in names if f"«{name}»" not in reaching]
        if reaching:
            yield tr(
                "Niet overgenomen, want hoe iemand te bereiken is hoort niet in een dossier: {columns}.",
                columns=listed(reaching),
            )
        if self.header is None and self.has_words and self.polled is None:
            others += [
                tr("nummer {n}", n=at + 1) for at in range(self.width) if at not in self.meanings and self.sample(at)
            ]
        if others and self.has_words:
            yield counted(
                len(others),
                "Niet overgenomen: de kolom {columns}.",
                "Niet overgenomen: de kolommen {columns}.",
                columns=listed(others),
            )


def says_in(meanings: Mapping[int, str]) -> int | None:
    """Return the column of who says it."""
    return next((at for at, name in meanings.items() if name == "says"), None)


def source_of_rows(
    name: str, rows: Rows, chosen: Mapping[str, str] | None = None, told: tuple[str, ...] = ()
) -> TableSource:
    """Return a table of notes from its rows; `chosen`: headings by the keys of `COLUMNS`."""
    if not chosen and (poll := rows_of_poll(rows)):
        return TableSource(name, rows, None, {poll[0]: "text"}, told, poll[1])
    rows = rows if chosen else by_person(rows)
    header = header_of(rows, chosen)
    return TableSource(name, rows, header, meanings_of(rows, header, chosen), told)


@dataclass
class _Gathered:
    """Collects notes by panel and place, in the order of the table."""

    headings: Sequence[str]
    meanings: Mapping[int, str]
    files: dict[str, dict[tuple[str, str], list[str | Spoken]]] = field(default_factory=dict)
    about: dict[str, dict[str, Any]] = field(default_factory=dict)
    theme: str = ""
    asked: str = ""
    cut: int = 0
    unnamed: int = 0
    reached: int = 0
    strange: dict[str, None] = field(default_factory=dict)
    talks: bool = False
    after: tuple[str, ...] | None = None
    whose: Sequence[int] = ()

    def __post_init__(self) -> None:
        """Find the columns that say together who says a row, if it takes more than a cell with a name."""
        says = says_in(self.meanings)
        parts = parts_of_name(self.headings, says)
        seated = says is not None and heading(self._question(says)) in SEATS
        self.whose = parts if seated or len(parts) > 1 else []

    def add(self, row: Sequence[str], becomes: Becomes) -> str:
        """Add the notes of a row, and return what comes of it in words."""
        if becomes in (Becomes.THEME, Becomes.QUESTION):
            head = " ".join((question_in(row) or " ".join(row)).split())
            self.theme, self.asked = (head, "") if becomes is Becomes.THEME else (self.theme, head)
            return head
        if becomes is not Becomes.NOTE:
            return ""
        cells = {name: self._cell(row, at) for at, name in self.meanings.items() if name != ANSWER}
        if self.whose:
            cells["says"] = self._who(row)
        words = [(self._cell(row, at), self._question(at)) for at, name in self.meanings.items() if name == ANSWER]
        words += [(cells[name], "") for name in ("text", "action") if cells.get(name)]
        told = [self._note(text, asked, cells) for text, asked in words if text]
        return " • ".join(told)

    def _cell(self, row: Sequence[str], at: int) -> str:
        if at >= len(row):
            return ""
        return clean_text(row[at]).strip()

    def _who(self, row: Sequence[str]) -> str:
        who = " ".join(filter(None, [self._cell(row, at) for at in self.whose]))
        return f"stoel {who}" if who.isdecimal() else who

    def _question(self, at: int) -> str:
        return self.headings[at] if at < len(self.headings) else ""

    def _note(self, text: str, asked: str, cells: Mapping[str, str]) -> str:
        if len(text) > LONGEST_TEXT:
            self.cut += 1
            text = text[:LONGEST_TEXT]
        panel = cells.get("panel", "")
        about = self.about.setdefault(panel, {})
        if cells.get("subregion"):
            about.setdefault("subregion", cells["subregion"])
        if date := read_date(cells.get("date", "")):
            about.setdefault("date", date)
        theme, question = cells.get("theme", "") or self.theme, asked or cells.get("question", "") or self.asked
        if {"panel", "question", "kind"}.isdisjoint(self.meanings.values()):
            # People write a theme once and leave the cells below it empty. Where a question stands, as in our own
            # tables, an empty theme may mean none.
            self.theme = theme
        place = (theme or (UNASSIGNED if question and not asked else ""), question)
        items = self.files.setdefault(panel, {}).setdefault(place, [])
        columns: Collection[str] = self.meanings.values()
        typed = {"kind", "action", ANSWER, "owner", "due", *_VOICES}.isdisjoint(columns)
        if not cells.get("says") and cells.get("action") != text and (seated := seat_beside(text)) is not None:
            who, text = seated
            # In the capture language, a seat stands behind an @.
            text = f"{text} {who.replace('stoel ', '@').replace(' en', '')}" if typed else text
            cells = {**cells, "says": "" if typed else who}
        spoken = self._spoken(text, cells)
        if cells.get("says"):
            self.after = tuple(name for name, stance in spoken.voices if stance is Stance.SAYS)
        elif self.talks:
            spoken = replace(spoken, after=self.after)
        if typed and _MARKS.isdisjoint(columns) and spoken.at is None:
            items.append(text)
        else:
            items.append(replace(spoken, typed=typed))
        return said_in_short(spoken)

    def _spoken(self, text: str, cells: Mapping[str, str]) -> Spoken:
        kind_word = cells.get("kind", "")
        kind = (kind_of(kind_word) if kind_word else None) or (NoteKind.ACTION if cells.get("action") == text else None)
        if kind_word and kind is None:
            self.strange[kind_word[:40]] = None
        said_by = [(name, stance) for column, stance in _VOICES.items() for name in self._names(cells.get(column, ""))]
        # "een docent vmbo" is not a name: the table was exported without names.
        voices = tuple((who, stance) for who, stance in said_by if not fold(who).startswith("een "))
        voices = tuple((who, stance) for who, stance in voices if fold(who) not in _NOBODY)
        self.unnamed += sum(fold(who).startswith("een ") for who, _ in said_by)
        tags = tuple(filter(None, map(tag_name, parts(cells["tags"])))) if cells.get("tags") else ()
        marks: dict[str, Any] = {mark: fold(cells[mark]) in _YES for mark in MARK_WORDS if cells.get(mark)}
        # Beside an action, what was said has neither.
        does = not cells.get("action") or cells["action"] == text
        owner, due = (cells.get("owner", ""), cells.get("due", "")) if does else ("", "")
        at = _moment(cells)
        return Spoken(text, kind, voices, tags, at=at, owner=owner, due=due, answer=cells.get("outcome", ""), **marks)

    def _names(self, cell: str) -> Iterator[str]:
        if not cell:
            return iter(())
        plain, reached = without_addresses(cell)
        self.reached += reached
        if not plain.strip():
            # An address in the place of a name is kept until the members are known: it may be made of one.
            return (match[0] for match in MAIL.finditer(cell))
        return iter(speakers_in(plain, name_index(())))

    def made(self) -> Iterator[NotesFile]:
        """Yield a file for each panel."""
        for panel, places in self.files.items():
            sections = tuple(Section(*place, tuple(items)) for place, items in places.items())
            yield NotesFile(title=panel, sections=sections, **self.about[panel])

    def told(self) -> Iterator[str]:
        """Yield messages about problems in the rows."""
        if self.cut:
            yield counted(
                self.cut,
                "{n} tekst was langer dan {longest} tekens en is ingekort.",
                "{n} teksten waren langer dan {longest} tekens en zijn ingekort.",
                longest=LONGEST_TEXT,
            )
        if self.unnamed:
            yield tr("Sprekers die in het bestand alleen met hun rol genoemd zijn, zijn niet overgenomen.")
        if self.reached:
            yield tr("E-mailadressen en telefoonnummers bij namen zijn niet overgenomen.")
        if self.strange:
            names = listed(f"«{name}»" for name in self.strange)
            yield tr("De soort {names} is onbekend; zulke notities krijgen de soort van hun vraag.", names=names)


def _moment(cells: Mapping[str, str]) -> dt.datetime | None:
    stated = cells.get("time", "")
    if not stated:
        return None
    day, _, rest = stated.replace("T", " ").partition(" ")
    date, time = read_date(day), read_time(rest.split("+")[0].strip()) if rest else None
    if date is None and (clock := read_time(stated)):
        date, time = read_date(cells.get("date", "")), clock
    if date is None or time is None:
        return read_moment(stated)
    return dt.datetime.combine(date, time)


def said_in_short(spoken: Spoken) -> str:
    """Return a note with who says it and who does it, in one line."""
    says = ", ".join(name for name, stance in spoken.voices if stance is Stance.SAYS and "@" not in name)
    text = f"{says}: {spoken.text}" if says else spoken.text
    by = ", ".join(filter(None, (spoken.owner, spoken.due)))
    return f"{text} ({by})" if by else text


_YES = ("ja", "x", "1", "waar", "true", "✓")


def parts(cell: str) -> list[str]:
    """Return the parts of a cell that are parted by commas, semicolons or lines."""
    return [part.strip() for part in cell.replace(";", ",").replace("\n", ",").split(",") if part.strip()]
