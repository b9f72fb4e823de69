"""Reads notes from a Word document: Kop 1 is a theme, Kop 2 a question, each paragraph, list item or cell a note.

Reads the XML itself, as if all tracked changes were accepted. Comments, footnotes, headers and pictures are ignored;
messages report that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sto_desktop.archive import Archive, damaged, parse_xml
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.record import clean_text
from sto_desktop.exchange.notes.notes_file import NotesFile, NotesReader
from sto_desktop.language import tr

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Names of heading styles in Dutch, English, German and French versions of Word.
_HEADING = re.compile(r"(?:heading|kop|überschrift|titre)\s*([1-9])")
_TITLES = ("title", "titel")
# Tracked deletions, and the old place of moved text.
_STRUCK = (f"{_W}del", f"{_W}moveFrom")
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Limits the chain of styles, which is a cycle in some damaged files.
_MOST_BASES = 12


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph: `level` 0 is text, 1 to 9 a heading, -1 the document's title."""

    level: int
    text: str


def read_docx(content: bytes, name: str) -> tuple[NotesFile, tuple[str, ...]]:
    """Return the notes in a Word document, and messages about what was left out.

    Raises:
        ExchangeError: it has macros or a password, is no Word document, or is damaged.
    """
    archive = Archive(content, name)
    # Judged by content: a file with macros may be named .docx.
    if archive.has_macros():
        raise ExchangeError(
            tr("«{name}» bevat macro's (kleine programma's) en wordt niet gelezen.", name=name),
            tr("Er is niets overgenomen."),
            tr("Open het in Word, kies Opslaan als, en bewaar het als gewoon Word-document (.docx)."),
        )
    document = archive.read("word/document.xml")
    if document is None:
        raise ExchangeError(
            tr("«{name}» is geen Word-document.", name=name), tr("Er is niets overgenomen."), tr("Kies een .docx.")
        )
    body = parse_xml(document, name).find(f"{_W}body")
    if body is None:
        raise damaged(name)
    styles = archive.read("word/styles.xml")
    levels = _levels(parse_xml(styles, name)) if styles else {}
    return _file(list(_paragraphs(body, levels))), tuple(_told(archive, body))


def _levels(styles: Any) -> Mapping[str, int]:
    """Return the heading level of every style that is a heading, or is based on one, by id of the style."""
    styles_by_id = {style.get(f"{_W}styleId", ""): style for style in styles.iter(f"{_W}style")}
    levels = {}
    for row in styles_by_id:
        style, level = styles_by_id.get(row), 0
        for _ in range(_MOST_BASES):
            if style is None or (level := _level_of(style)):
                break
            style = styles_by_id.get(_value(style.find(f"{_W}basedOn")))
        if level:
            levels[row] = level
    return levels


def _level_of(style: Any) -> int:
    name = _value(style.find(f"{_W}name")).casefold()
    if name in _TITLES:
        return -1
    heading = _HEADING.fullmatch(name)
    outline = style.find(f"{_W}pPr/{_W}outlineLvl")
    if heading:
        return int(heading[1])
    return _outline(outline)


def _outline(element: Any) -> int:
    """Return the heading level (from 1) of an outline level (from 0); 9 in the file is body text, here 0."""
    number = _value(element)
    return int(number) + 1 if number.isdecimal() and int(number) < 9 else 0


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{_W}val", ""))


def _paragraphs(body: Any, levels: Mapping[str, int]) -> Iterator[_Paragraph]:
    for element in body.iter(f"{_W}p"):
        # A text box is stored twice; the fallback is for old programs.
        if any(above.tag == _FALLBACK for above in element.iterancestors()):
            continue
        text = clean_text("".join(_words(element)))
        style = levels.get(_value(element.find(f"{_W}pPr/{_W}pStyle")), 0)
        level = style or _outline(element.find(f"{_W}pPr/{_W}outlineLvl"))
        if text.strip():
            yield _Paragraph(level, text.strip())


def _words(paragraph: Any) -> Iterator[str]:
    """Yield the text of a paragraph, without nested paragraphs (text boxes) and tracked deletions."""
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in _SIGNS:
            yield _SIGNS[element.tag]
        elif element.tag not in _STRUCK and element.tag not in (f"{_W}p", _FALLBACK, f"{_W}pPr", f"{_W}rPr"):
            # Reversed, because the last of `pending` is taken first.
            pending.extend(reversed(element))


def _file(paragraphs: list[_Paragraph]) -> NotesFile:
    used = {paragraph.level for paragraph in paragraphs if paragraph.level > 0}
    firsts = [number for number, paragraph in enumerate(paragraphs) if paragraph.level == 1]
    # A single heading 1 before all others, with two levels below it, is the title of the document.
    shift = 1 if len(firsts) == 1 and {2, 3} <= used and not any(p.level > 0 for p in paragraphs[: firsts[0]]) else 0
    reader = NotesReader()
    for paragraph in paragraphs:
        if paragraph.level == 0:
            reader.paragraph(paragraph.text)
        else:
            title = " ".join(paragraph.text.split())
            reader.heading(1 if paragraph.level < 0 else paragraph.level + 1 - shift, title)
    return reader.file()


def _told(archive: Archive, body: Any) -> Iterator[str]:
    changed = (*_STRUCK, f"{_W}ins", f"{_W}moveTo")
    if next(body.iter(*changed), None) is not None:
        yield tr("In het document staan bijgehouden wijzigingen; gelezen is de tekst met alle wijzigingen doorgevoerd.")
    if next(body.iter(f"{_W}commentReference"), None) is not None:
        yield tr("De opmerkingen in de kantlijn van het document zijn niet overgenomen.")
    if next(body.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"), None) is not None:
        yield tr("Voetnoten en eindnoten zijn niet overgenomen.")
    if any(entry.startswith("word/media/") for entry in archive.entries):
        yield tr("Afbeeldingen in het document zijn niet overgenomen.")
