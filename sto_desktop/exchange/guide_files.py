"""Reads a guide from any file: our own JSON, a document with headings, or a table with a row for each question."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.domain.people import fold
from sto_desktop.domain.typed import BULLETS, read_time
from sto_desktop.exchange.files.document import FileText, TextBlock
from sto_desktop.exchange.files.form import CellForm, form_of_column
from sto_desktop.exchange.files.look import NO_CHOICES, Becomes, Beforehand, Choices, FileLine, shape_of
from sto_desktop.exchange.files.text_file import read_bytes
from sto_desktop.exchange.guides import FORMAT, guide_of_data, read_guide
from sto_desktop.exchange.members.panelists_columns import heading
from sto_desktop.exchange.notes.lines.headings import heading_levels, heading_text
from sto_desktop.exchange.notes_source import source_in
from sto_desktop.language import counted, listed, tr

OFFERS = (
    Becomes.THEME,
    Becomes.QUESTION,
    Becomes.PROBE,
    Becomes.SCRIPT,
    Becomes.TITLE,
    Becomes.HEADINGS,
    Becomes.OUT,
)
"""What a line of a guide can become, in the order in which it is offered."""

_COLUMNS: Mapping[str, str] = {
    "theme": "thema|onderwerp|blok|onderdeel|hoofdstuk",
    "question": "vraag|vragen|hoofdvraag|kernvraag|question",
    "minutes": "minuten|min|tijd|duur|minutes",
    "probes": "doorvragen|doorvraag|doorvraagpunten|probes",
    "script": "toelichting|tekst|inleiding|uitleg",
}
_MINUTES = re.compile(
    r"\s*[\[(]?\s*(?:ca\.?\s*)?([0-9]{1,3})\s*(?:minuten|minuut|min\.?|['’])\s*[\])]?\s*$", re.IGNORECASE
)
_TIMES = r"[\[(]?\s*[0-9]{1,2}[:.u][0-9]{2}\s*(?:[-–—]|tot)\s*[0-9]{1,2}[:.u][0-9]{2}(?:\s*uur)?\s*[\])]?"
_TIMES_BEHIND = re.compile(rf"[\s:–-]*{_TIMES}\s*$", re.IGNORECASE)
_TIMES_BEFORE = re.compile(rf"\s*{_TIMES}\s*[:–-]?\s+", re.IGNORECASE)
_BULLET = re.compile(rf"^{BULLETS}\s+")
_LABEL = re.compile(r"(?:doorvra(?:ag|gen)|toelichting|uitleg|vraag)\s*:\s+(?=\S)", re.IGNORECASE)
_JSON = (b"{", b"\xef\xbb\xbf{")


@dataclass
class _Made:
    """The guide so far, as the data of a guide's file."""

    name: str
    themes: list[dict[str, Any]] = field(default_factory=list)
    depth: int | None = None
    """How deep in a list the last question stood; None for one outside a list."""
    taken: set[str] = field(default_factory=set)
    """The headings of the columns that were read."""

    def theme(self, text: str) -> None:
        title, minutes = _with_minutes(text)
        self.themes.append({"id": f"t{len(self.themes) + 1}", "title": title, "minutes": minutes, "questions": []})

    def question(self, text: str, minutes: int = 0) -> None:
        if not self.themes:
            self.theme(self.name)
        title, stated = _with_minutes(text)
        questions = self.themes[-1]["questions"]
        own_id = f"{self.themes[-1]['id']}v{len(questions) + 1}"
        questions.append({"id": own_id, "text": title, "minutes": minutes or stated, "probes": []})

    def probe(self, text: str) -> None:
        if self.themes and self.themes[-1]["questions"]:
            self.themes[-1]["questions"][-1]["probes"].append(text)
        else:
            self.question(text)

    def script(self, text: str) -> None:
        if not self.themes:
            return
        questions = self.themes[-1]["questions"]
        holder = questions[-1] if questions else self.themes[-1]
        holder["script"] = "\n".join(filter(None, (holder.get("script", ""), text)))


def _with_minutes(text: str) -> tuple[str, int]:
    """Return a title without its minutes ("(10 min)") or times ("15.30-15.40 uur") at an end of it, and the minutes."""
    found = _MINUTES.search(text) or _TIMES_BEHIND.search(text) or _TIMES_BEFORE.match(text)
    bare = (text[: found.start()] + text[found.end() :]).strip(" –-:") if found else ""
    return (bare, _minutes(found[0].strip(" ()[]–-:"))) if found and bare else (text, 0)


def read_guide_file(path: Path, choices: Choices = NO_CHOICES, *, salt: str = "") -> tuple[Beforehand, GuideContent]:
    """Return what each line of a file becomes, and the guide in it.

    Raises:
        ExchangeError: the file can't be read, or holds no question.
    """
    content = read_bytes(path)
    if content.lstrip().startswith(_JSON):
        guide = read_guide(path, salt=salt)
        return Beforehand(tuple(_lines_of(guide)), ()), guide
    source = source_in(content, path.name, guess=True)
    made = _Made(path.stem)
    if source.table is not None:
        lines = tuple(_of_rows(source.table.rows, made, choices))
    elif source.document is not None:
        lines = tuple(_of_text(source.document, made, choices))
    else:
        lines = ()
    if not any(theme["questions"] for theme in made.themes):
        raise ExchangeError(
            tr("In «{name}» is geen leidraad gevonden: geen regel is een vraag.", name=path.name),
            tr("Er is niets overgenomen."),
            tr("Zet boven elke groep vragen een kop, of maak een tabel met de koppen Thema, Vraag en Minuten."),
        )
    # The same file on two laptops gives the same guide.
    own_id = hashlib.sha256(content).hexdigest()[:24]
    data = {"format": FORMAT, "id": own_id, "name": made.name, "themes": made.themes}
    told = source.table.told if source.table is not None else source.told
    look = Beforehand(lines, OFFERS, (*told, *_untaken(lines, made.taken)), shape=shape_of("guide", [path.suffix]))
    return look, guide_of_data(data, salt)


def _untaken(lines: Sequence[FileLine], taken: Collection[str]) -> Iterator[str]:
    """Yield which columns of tables are not taken over."""
    heads = [cell for line in lines if line.becomes is Becomes.HEADINGS for cell in line.cells if cell]
    others = [f"«{cell}»" for cell in heads if cell not in taken]
    if others:
        yield counted(
            len(others),
            "Niet overgenomen: de kolom {columns}.",
            "Niet overgenomen: de kolommen {columns}.",
            columns=listed(others),
        )


def _lines_of(guide: GuideContent) -> Iterator[FileLine]:
    texts = [(Becomes.TITLE, guide.guide.name)]
    for theme in guide.themes:
        texts.append((Becomes.THEME, theme.title))
        for question in theme.questions:
            texts.append((Becomes.QUESTION, question.text))
            texts += [(Becomes.PROBE, probe.text) for probe in question.probes]
    yield from (FileLine(at, (text,), becomes, text) for at, (becomes, text) in enumerate(texts))


def _of_text(document: FileText, made: _Made, choices: Choices) -> Iterator[FileLine]:
    levels = heading_levels(document.blocks, ())
    number = 0
    for at, block in enumerate(document.blocks):
        if isinstance(block, TextBlock):
            level, look = levels.get(at, (block.level, block.look))
            becomes = choices.of(number, look) or _becomes(block, level, made)
            text = heading_text(_LABEL.sub("", _BULLET.sub("", block.text)))
            _take(becomes, text, made)
            if becomes in (Becomes.QUESTION, Becomes.THEME):
                made.depth = block.depth if _is_item(block) else None
            why = (block.left_out or tr("staat voor het eerste thema")) if becomes is Becomes.OUT else ""
            yield FileLine(number, (block.text,), becomes, text, why, look)
            number += 1
        else:
            yield from _of_rows(block.rows, made, choices, number)
            number += len(block.rows)


def _becomes(block: TextBlock, level: int, made: _Made) -> Becomes:
    if block.left_out:
        return Becomes.OUT
    if level < 0:
        return Becomes.TITLE if not made.themes else Becomes.THEME
    if level:
        return Becomes.THEME if level == 1 else Becomes.QUESTION
    questions = made.themes[-1]["questions"] if made.themes else []
    # Points under each other are the questions of a theme; under a question that is no point, its probes.
    beside = made.depth is not None and block.depth <= made.depth
    if _is_item(block) and made.themes:
        return Becomes.PROBE if questions and not beside else Becomes.QUESTION
    if block.text.rstrip().endswith("?"):
        return Becomes.QUESTION
    return Becomes.SCRIPT if made.themes else Becomes.OUT


def _is_item(block: TextBlock) -> bool:
    return block.item or _BULLET.match(block.text) is not None


def _take(becomes: Becomes, text: str, made: _Made) -> None:
    match becomes:
        case Becomes.TITLE:
            made.name = text
        case Becomes.THEME:
            made.theme(text)
        case Becomes.QUESTION:
            made.question(text)
        case Becomes.PROBE:
            made.probe(text)
        case Becomes.SCRIPT:
            made.script(text)


def _of_rows(rows: Sequence[Sequence[str]], made: _Made, choices: Choices, first: int = 0) -> Iterator[FileLine]:
    columns: dict[str, int] = {}
    asking = _asking_column(rows)
    for at, row in enumerate(rows):
        cells = tuple(" ".join(cell.split()) for cell in row)
        if not any(cells):
            continue
        found = _columns_in(cells, rows[at + 1 :], asking)
        becomes = choices.of(first + at) or (
            Becomes.HEADINGS if not columns and "question" in found else Becomes.QUESTION if columns else Becomes.OUT
        )
        if becomes is Becomes.HEADINGS:
            columns = found or {"question": 0}
            made.taken.update(cells[place] for place in columns.values() if place < len(cells))
        text = ""
        if becomes is Becomes.QUESTION:
            text = _take_row(cells, rows[at], columns or {"question": 0}, made)
        elif becomes in (Becomes.THEME, Becomes.TITLE):
            text = " ".join(filter(None, cells))
            _take(becomes, text, made)
        why = tr("staat boven de koppen") if becomes is Becomes.OUT else ""
        yield FileLine(first + at, cells, becomes, text, why)


def _asking_column(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the column with most questions, of at least two; None if there is none."""
    asked = Counter(at for row in rows for at, cell in enumerate(row) if cell.rstrip().endswith("?"))
    column, count = asked.most_common(1)[0] if asked else (None, 0)
    return column if count > 1 else None


def _columns_in(cells: Sequence[str], below: Sequence[Sequence[str]], asking: int | None) -> dict[str, int]:
    """Return the columns of a row of headings: by its words, or by what stands below it."""
    words = {name: column for column, names in _COLUMNS.items() for name in names.split("|")}
    found = {words[heading(cell)]: place for place, cell in enumerate(cells) if heading(cell) in words}
    others = sum(map(bool, cells)) > 1 and not any(cell.endswith("?") for cell in cells)
    if asking is not None and others and "question" not in found and cells[asking : asking + 1] != ("",):
        found = {name: place for name, place in found.items() if place != asking} | {"question": asking}
    if "question" in found and "theme" not in found:
        before = [place for place in range(found["question"]) if place not in found.values() and cells[place]]
        texts = [place for place in before if form_of_column(below, place) is CellForm.TEXT]
        found |= dict(zip(("theme",), texts[-1:], strict=False))
    return found


def _take_row(cells: Sequence[str], row: Sequence[str], columns: Mapping[str, int], made: _Made) -> str:
    def cell(name: str) -> str:
        place = columns.get(name)
        return cells[place] if place is not None and place < len(cells) else ""

    theme = cell("theme")
    if theme and (not made.themes or fold(made.themes[-1]["title"]) != fold(_with_minutes(theme)[0])):
        made.theme(theme)
    question = cell("question")
    if not question:
        return theme
    asked = [_BULLET.sub("", line.strip()) for line in row[columns["question"]].split("\n") if line.strip()]
    for number, one in enumerate(asked):
        # The minutes are those of all questions in the cell.
        made.question(one, 0 if number else _minutes(cell("minutes")))
    if "probes" in columns and columns["probes"] < len(row):
        for probe in re.split(r"[\n;]", row[columns["probes"]]):
            if probe.strip():
                made.probe(_BULLET.sub("", probe.strip()))
    if cell("script"):
        made.script(cell("script"))
    return ": ".join(filter(None, (theme, question)))


def _minutes(cell: str) -> int:
    """Return the minutes in a cell: "25", "25 min", or from one time to another ("15:30-15:55"); 0 for none."""
    times = [time for part in re.split(r"\s*(?:[-–—]|tot)\s*", cell) if (time := read_time(part.removesuffix("uur")))]
    if len(times) == 2 and re.search(r"[0-9][:.u][0-9]", cell):
        first, last = (time.hour * 60 + time.minute for time in times)
        return max(last - first, 0)
    stated = re.fullmatch(r"(?:ca\.?\s*)?([0-9]{1,3})\s*(?:minuten|minuut|min\.?|m|['’])?", cell.strip(), re.IGNORECASE)
    stated = stated or _MINUTES.search(cell)
    return int(stated[1]) if stated else 0
