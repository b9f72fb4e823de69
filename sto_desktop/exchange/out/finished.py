"""Looks through a finished file before it is put in its place, for names that may not be in it.

Every text is read: all parts of a package, also packages inside it, properties, alternative texts, names of sheets.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from sto_desktop.archive import Archive, is_archive, parse_xml
from sto_desktop.domain.errors import StoError
from sto_desktop.domain.names.decisions import Decisions, added_names
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.privacy.naming.leaders import named_leaders
from sto_desktop.domain.privacy.naming.naming import Naming
from sto_desktop.domain.privacy.redaction import Found
from sto_desktop.domain.privacy.remaining import Remaining, Watch
from sto_desktop.scratch import scratch

T = TypeVar("T")

_INLINE = frozenset(
    (
        "t",
        "r",
        "rPr",
        "span",
        "b",
        "i",
        "em",
        "strong",
        "a",
        "u",
        "sup",
        "sub",
        "hyperlink",
        "ins",
        "smartTag",
        "proofErr",
    )
)
"""Elements that part no words: a word may go on in the next one."""
_TOLD_NAMES = "descr title author lastAuthor tooltip name Target creator creatingUser alt content userName"
_TOLD = frozenset(_TOLD_NAMES.split())
"""Attributes with words of people, by their name without namespace."""
_NO_WORDS = ("fontTable.xml", "styles.xml", "theme1.xml", "[Content_Types].xml")
"""Parts with names of fonts and styles only."""
_TEXTS = (".txt", ".md", ".csv", ".tsv")
_HTML_TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)([^>]*)>")
_HTML_ATTRIBUTE = re.compile(r"(?:alt|title|content)=\"([^\"]*)\"")
_ESCAPED = re.compile(r"\\([^\w\s])")


def texts_of(content: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Yield (name of the part, text) for everything a reader or a program can find in a file."""
    yield "bestandsnaam", name.rpartition("/")[2]
    yield from _parts(content, name)


def _parts(content: bytes, name: str) -> Iterator[tuple[str, str]]:
    low = name.lower()
    if is_archive(content):
        for entry, data in Archive(content, name).parts().items():
            yield from _parts(data, entry)
    elif low.endswith((".xml", ".rels", ".qde", ".qdc")):
        if not name.endswith(_NO_WORDS):
            yield from ((name, text) for text in _xml(content, name))
    elif low.endswith((".html", ".htm")):
        yield from ((name, text) for text in _html(content.decode("utf-8", errors="replace")))
    elif low.endswith(_TEXTS):
        yield name, _ESCAPED.sub(r"\1", content.decode("utf-8-sig", errors="replace"))


def _xml(content: bytes, name: str) -> Iterator[str]:
    try:
        root = parse_xml(content, name)
    except StoError:
        yield content.decode("utf-8", errors="replace")
        return
    pieces: list[str] = []
    _walk(root, pieces)
    yield "".join(pieces)


def _walk(element: Any, pieces: list[str]) -> None:
    if not isinstance(element.tag, str):
        return
    apart = "" if element.tag.rpartition("}")[2] in _INLINE else "\n"
    pieces.append(apart)
    pieces += (f"\n{value}\n" for key, value in element.attrib.items() if key.rpartition("}")[2] in _TOLD)
    pieces.append(element.text or "")
    for child in element:
        _walk(child, pieces)
        pieces.append(child.tail or "")
    pieces.append(apart)


def _html(text: str) -> Iterator[str]:
    body = re.sub(r"(?s)<style.*?</style>|<script.*?</script>", "", text)
    yield from (html.unescape(value) for value in _HTML_ATTRIBUTE.findall(body))
    yield html.unescape(_HTML_TAG.sub(lambda tag: "" if tag[2].lower() in _INLINE else "\n", body))


def watch_of(
    contents: Sequence[PanelContent],
    namings: Sequence[Naming],
    found: Iterable[Found],
    decisions: Decisions,
    reader: str = "",
) -> Watch:
    """Return what looks for the names that these namings of panels hide; `found`: the names found in their texts.

    `reader`: the member (id) whom the file is for, if it is for one: their own name may stand in it.
    """
    members = [member for naming in namings for member in naming.hidden if not naming.leads(member.id)]
    hidden = [
        member
        for naming in namings
        for member in (*naming.hidden, *naming.elsewhere.hidden)
        if not reader or member.id != reader
    ]
    hidden += added_names(decisions)
    ids = {member.id for member in hidden}
    shown = (member.name for naming in namings for member in naming.members if member.id not in ids)
    led = (name for content in contents for _, name in named_leaders(content.panel, members))
    return Watch(hidden, (*shown, *led), found)


def look_through(
    content: bytes, name: str, watch: Watch, *, anyway: bool, also: Iterable[str] = ()
) -> tuple[Remaining, ...]:
    """Return the names that remain in a finished file; NamesRemainError or UnknownPeopleError as `Watch.check`.

    `also`: texts that the file holds in a form that is not read here, such as the pages of a PDF.
    """
    if not watch:
        return ()
    return watch.check(name, (*texts_of(content, name), *((name, text) for text in also)), anyway=anyway)


def write_checked(
    target: Path,
    write: Callable[[Path], T],
    watch: Watch,
    put: Callable[[Path, bytes], object],
    *,
    anyway: bool = False,
    also: Iterable[str] = (),
) -> tuple[T, tuple[Remaining, ...]]:
    """Write a file elsewhere, look through it, and `put` it in its place; return also the names that remain.

    Raises:
        NamesRemainError, UnknownPeopleError: as `Watch.check`; nothing was written.
        StoError: it can't be written there.
    """
    with scratch() as folder:
        made = folder / target.name
        result = write(made)
        content = made.read_bytes()
    remaining = look_through(content, target.name, watch, anyway=anyway, also=also)
    put(target, content)
    return result, remaining
