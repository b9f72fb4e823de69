"""Reads a REFI-QDA project (`.qdpx`) of any program as plain data: its texts with selections, codes and cases.

Handles the differences between programs: `Sources/` with a capital, GUIDs in braces, byte order marks, line ends of
Windows, selections beyond the text, several selections of the same words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sto_desktop.archive import Archive, damaged, parse_xml
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.typed import read_moment
from sto_desktop.exchange.files.text_file import decode
from sto_desktop.exchange.refi.refi_xml import GOES_ON, INTERNAL, local, plain_guid
from sto_desktop.language import tr

# Between two values: what is indented goes on.
_LINE = re.compile(r"\n(?!  )")
_MEDIA = {
    "PictureSource": "afbeelding",
    "PDFSource": "pdf",
    "AudioSource": "geluidsopname",
    "VideoSource": "video",
}


@dataclass(frozen=True, slots=True)
class RefiCode:
    """A code and the names of its ancestors, the topmost first."""

    name: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefiSelection:
    """A passage of a text with its codes (GUIDs); `guids`: all selections of this same passage."""

    guids: tuple[str, ...]
    text: str
    codes: tuple[str, ...]
    at: dt.datetime | None = None
    findings: tuple[str, ...] = ()
    """The notes of the project (GUIDs) that rest on it."""


@dataclass(frozen=True, slots=True)
class RefiSource:
    """A text with selections; `values` of its variables by name."""

    guid: str
    name: str
    selections: tuple[RefiSelection, ...]
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefiCase:
    """A person or another unit, with the sources and selections (GUIDs) that belong to it."""

    guid: str
    name: str
    values: Mapping[str, str]
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class RefiFinding:
    """An insight or a recommendation of our own, which is a note of the project; `about`: headings with their text."""

    guid: str
    text: str
    codes: tuple[str, ...]
    about: tuple[tuple[str, str], ...] = ()
    recommends: bool = False

    def told(self, heading: str) -> tuple[str, ...]:
        """Return what stands under a heading."""
        return tuple(text for head, text in self.about if head == heading)


@dataclass(frozen=True, slots=True)
class RefiProject:
    """The importable part of a project; `left` counts the rest by kind; `ours`: this program wrote it."""

    name: str
    ours: bool
    codes: Mapping[str, RefiCode]
    sources: tuple[RefiSource, ...]
    cases: tuple[RefiCase, ...]
    left: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[RefiFinding, ...] = ()


def read_project(content: bytes, name: str) -> RefiProject:
    """Return the project in a `.qdpx` file.

    Args:
        content: the file's bytes.
        name: the file's name, for messages.

    Raises:
        ExchangeError: it is no project, is damaged, or could do harm.
    """
    archive = Archive(content, name)
    entries = {entry.lower(): entry for entry in archive.entries}
    project = next((entry for low, entry in entries.items() if "/" not in low and low.endswith(".qde")), None)
    if project is None:
        raise ExchangeError(
            tr("«{name}» is geen REFI-QDA-project.", name=name), tr("Er is niets overgenomen."), tr("Kies een .qdpx.")
        )
    written = archive.read(project)
    root = parse_xml(written or b"", name)
    if local(root) != "Project":
        raise damaged(name)
    return _Reader(archive, entries).project(root)


def read_bare_project(content: bytes, name: str) -> RefiProject:
    """Return the project in a `.qde` file outside its archive, which has only texts that stand in it.

    Raises:
        ExchangeError: it is a code book, or other XML.
    """
    root = parse_xml(content, name)
    if local(root) == "Project":
        return _Reader(None, {}).project(root)
    if local(root) == "CodeBook":
        raise ExchangeError(
            tr("«{name}» is een codeboek: codes zonder teksten, dus zonder notities.", name=name),
            tr("Er is niets overgenomen."),
            tr("Bewaar in het andere programma het hele project als REFI-QDA (.qdpx) en importeer dat."),
        )
    raise ExchangeError(
        tr("«{name}» bevat gegevens voor een programma (XML), geen notities.", name=name),
        tr("Er is niets overgenomen."),
        tr("Bewaar het in het andere programma als Word (.docx), Excel (.xlsx), csv of tekst."),
    )


class _Reader:
    """Reads the parts of one project, and counts what is not imported."""

    def __init__(self, archive: Archive | None, entries: Mapping[str, str]) -> None:
        self._archive = archive
        self._entries = entries
        self._left: Counter[str] = Counter()
        self._variables: dict[str, str] = {}

    def project(self, root: Any) -> RefiProject:
        """Return the project of a root element."""
        parts = {local(child): child for child in root}
        for variable in parts.get("Variables", ()):
            self._variables[plain_guid(variable.get("guid"))] = str(variable.get("name") or "")
        codes = dict(_codes(parts.get("CodeBook")))
        ours = str(root.get("origin") or "").startswith("STO Desktop")
        sources = tuple(self._sources(parts.get("Sources", ()), ours))
        coded: dict[str, set[str]] = {}
        for selection in (selection for source in sources for selection in source.selections):
            for code in selection.codes:
                coded.setdefault(code, set()).update(selection.guids)
        found = [self._case(case) for case in parts.get("Cases", ()) if local(case) == "Case"]
        # What is coded with a code of a case's GUID is that case's.
        cases = tuple(replace(case, members=case.members | coded.get(case.guid, set())) for case in found)
        for element_name, kind in (
            ("Notes", "memo"),
            ("Links", "verband"),
            ("Graphs", "schema"),
            ("Sets", "verzameling"),
        ):
            # Our own sets are the subregions, which are also variables of the sources: nothing is lost.
            self._left[kind] += 0 if ours and element_name in ("Sets", "Notes") else len(parts.get(element_name, ()))
        ignored = {kind: count for kind, count in self._left.items() if count}
        findings = tuple(self._findings(parts.get("Notes", ()))) if ours else ()
        return RefiProject(str(root.get("name") or ""), ours, codes, sources, cases, ignored, findings)

    def _findings(self, notes: Any) -> Iterator[RefiFinding]:
        for note in notes:
            about = next((child.text or "" for child in note if local(child) == "Description"), "")
            about = list(filter(None, _LINE.split(about)))
            text = (self._text(note) or "").strip()
            # The file of its text repeats the fields below it, since other programs show only that.
            text = text.removesuffix("\n\n".join(about)).strip() if about else text
            codes = tuple(plain_guid(code.get("targetGUID")) for code in note.iter() if local(code) == "CodeRef")
            recommends = str(note.get("name") or "").startswith("Aanbeveling: ")
            told = tuple((head, value.replace(GOES_ON, "\n")) for head, _, value in (a.partition(": ") for a in about))
            if text:
                yield RefiFinding(plain_guid(note.get("guid")), text, codes, told, recommends)

    def _sources(self, sources: Any, ours: bool) -> Iterator[RefiSource]:
        for source in sources:
            kind = local(source)
            if kind in _MEDIA:
                self._left[_MEDIA[kind]] += 1
            elif kind == "TextSource":
                text = self._text(source)
                if text is None:
                    self._left["tekst buiten het bestand"] += 1
                    continue
                guid = plain_guid(source.get("guid"))
                # A text that nobody coded yet is still what was said.
                selections = tuple(self._selections(source, text, ours))
                self._left["regel zonder code"] += _lines_between(source, text) if selections and not ours else 0
                selections = selections or tuple(_uncoded(guid, text))
                if not selections:
                    self._left["lege tekst"] += 1
                    continue
                title = str(source.get("name") or "").strip()
                yield RefiSource(guid, title, selections, self._values(source))

    def _text(self, source: Any) -> str | None:
        path = str(source.get("plainTextPath") or "")
        inline = next((child.text or "" for child in source if local(child) == "PlainTextContent"), None)
        if not path:
            return inline
        if not path.lower().startswith(INTERNAL):
            return inline
        entry = self._entries.get(f"sources/{path[len(INTERNAL) :].lstrip('/').lower()}")
        content = self._archive.read(entry) if entry and self._archive else None
        if content is None:
            return inline
        return decode(content, entry or path, exact=True) if content else ""

    def _selections(self, source: Any, text: str, ours: bool) -> Iterator[RefiSelection]:
        """Yield the selections in the order of the text; those of the same passage are merged, with all their codes."""
        by_span: dict[tuple[int, int], RefiSelection] = {}
        for element in source:
            if local(element) != "PlainTextSelection":
                continue
            place = _span(element)
            if place is None or not 0 <= place[0] < place[1] <= len(text):
                self._left["selectie buiten de tekst"] += 1
                continue
            words = text[slice(*place)]
            # Other programs may include the spaces around a passage.
            words = words if ours else words.strip()
            if not words.strip():
                self._left["selectie zonder woorden"] += 1
                continue
            codes = tuple(plain_guid(code.get("targetGUID")) for code in element.iter() if local(code) == "CodeRef")
            refs = tuple(plain_guid(ref.get("targetGUID")) for ref in element if local(ref) == "NoteRef")
            before = by_span.get(place)
            by_span[place] = RefiSelection(
                (*(before.guids if before else ()), plain_guid(element.get("guid"))),
                words,
                tuple(dict.fromkeys((*(before.codes if before else ()), *codes))),
                # The time of the first selection of a passage is that of the note.
                before.at if before else _moment(element.get("creationDateTime")),
                (*(before.findings if before else ()), *refs),
            )
        for place in sorted(by_span):
            yield by_span[place]

    def _values(self, element: Any) -> Mapping[str, str]:
        values = {}
        for value in element:
            if local(value) == "VariableValue" and len(value) > 1:
                name = self._variables.get(plain_guid(value[0].get("targetGUID")), "")
                values[name.casefold()] = (value[1].text or "").strip()
        return values

    def _case(self, case: Any) -> RefiCase:
        members = frozenset(
            plain_guid(child.get("targetGUID")) for child in case if local(child) in ("SourceRef", "SelectionRef")
        )
        name = str(case.get("name") or "").strip()
        return RefiCase(plain_guid(case.get("guid")), name, self._values(case), members)


def _lines_between(source: Any, text: str) -> int:
    """Return how many lines of a text no selection touches."""
    places = sorted(filter(None, (_span(child) for child in source if local(child) == "PlainTextSelection")))
    count = at = 0
    for line in text.splitlines(keepends=True):
        begin, at = at, at + len(line)
        while places and places[0][1] <= begin:
            del places[0]
        count += bool(line.strip()) and not (places and places[0][0] < at)
    return count


def _uncoded(source: str, text: str) -> Iterator[RefiSelection]:
    """Yield a selection for each line of a text."""
    for number, line in enumerate(text.splitlines()):
        if line.strip():
            yield RefiSelection((f"{source}-{number}",), line.strip(), (), None)


def _codes(book: Any) -> Iterator[tuple[str, RefiCode]]:
    if book is None:
        return
    pending: list[tuple[Any, tuple[str, ...]]] = [
        (code, ()) for holder in book for code in holder if local(holder) == "Codes"
    ]
    while pending:
        code, above = pending.pop()
        if local(code) == "Code":
            name = str(code.get("name") or "").strip()
            yield plain_guid(code.get("guid")), RefiCode(name, above)
            pending += [(child, (*above, name)) for child in code]


def _span(element: Any) -> tuple[int, int] | None:
    try:
        return int(element.get("startPosition", "")), int(element.get("endPosition", ""))
    except ValueError:
        return None


def _moment(stated: str | None) -> dt.datetime | None:
    moment = read_moment(stated or "")
    return moment if moment and moment.tzinfo is not None else None
