"""Checks what the schema of REFI-QDA can't: references resolve, GUIDs are unique, positions are within their text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sto_desktop.exchange.refi.refi_xml import INTERNAL, local, plain_guid

_REFERENCES = ("targetGUID", "creatingUser", "creatingUserGUID", "modifyingUser", "modifyingUserGUID")
_CONTAINERS = ("Users", "CodeBook", "Codes", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs")
_TARGETS = {
    "CodeRef": ("Code",),
    "MemberCode": ("Code",),
    "NoteRef": ("Note",),
    "MemberNote": ("Note",),
    "SourceRef": ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource"),
    "MemberSource": ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource"),
    "VariableRef": ("Variable",),
}


def problems(root: Any, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the errors in a project or code book, in English for developers.

    Args:
        root: the element `Project` or `CodeBook` (lxml).
        texts: the text of every file under `sources/`, by its name there.
    """
    return tuple(_problems(root, texts))


def _problems(root: Any, texts: Mapping[str, str]) -> Iterator[str]:
    kinds: dict[str, set[str]] = {}
    times: Counter[str] = Counter()
    for element in root.iter():
        if element.get("guid") is not None:
            guid = plain_guid(element.get("guid"))
            times[guid] += 1
            kinds.setdefault(guid, set()).add(local(element))
    # A case may be a code too, with the same GUID: NVivo writes it so, and QualCoder knows who speaks only by that.
    twice = (guid for guid, count in times.items() if count > 1 and (count, kinds[guid]) != (2, {"Case", "Code"}))
    yield from (f"GUID {guid} is there {times[guid]} times" for guid in twice)
    # A second pass, since an element may refer to a later one.
    for element in root.iter():
        name = local(element)
        if name in _CONTAINERS and len(element) == 0:
            yield f"{name} is empty"
        for attribute in _REFERENCES:
            guid = plain_guid(element.get(attribute))
            if element.get(attribute) is None:
                continue
            if guid not in kinds:
                yield f"{name} points to {guid}, which is not there"
            elif attribute == "targetGUID" and kinds[guid].isdisjoint(_TARGETS.get(name, kinds[guid])):
                yield f"{name} points to a {' and '.join(sorted(kinds[guid]))}"
        if name == "TextSource":
            yield from _outside(element, texts)


def _outside(source: Any, texts: Mapping[str, str]) -> Iterator[str]:
    path = source.get("plainTextPath")
    inline = next((child.text or "" for child in source if local(child) == "PlainTextContent"), None)
    text = texts.get(path.removeprefix(INTERNAL)) if path else inline
    if text is None:
        yield f"the text of {source.get('guid')} is not there"
        return
    for selection in source:
        if local(selection) == "PlainTextSelection":
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            if not 0 <= start < end <= len(text):
                yield f"{start} to {end} is not within the {len(text)} signs of {source.get('guid')}"
