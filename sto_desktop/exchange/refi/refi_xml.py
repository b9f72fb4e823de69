"""Words of REFI-QDA that writing, reading and checking share: namespaces, GUIDs, elements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sto_desktop.domain.identity import derived_id

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
INTERNAL = "internal://"


def refi_guid(what: str, *ids: str) -> str:
    """Return the GUID under which a row of the dossier goes out: the same every time, on every machine."""
    return derived_id("refi", what, *ids)


def plain_guid(guid: str | None) -> str:
    """Return a GUID for comparing: without braces, in lower case."""
    return (guid or "").strip().strip("{}").lower()


def local(element: Any) -> str:
    """Return an element's name without its namespace; empty of a comment or an instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def root_of(namespace: str, name: str) -> Any:
    """Return an element that has no parent yet, in a namespace that needs no prefix."""
    from lxml import etree

    spaces: Any = {None: namespace}
    return etree.Element(f"{{{namespace}}}{name}", nsmap=spaces)


def add(parent: Any, name: str, text: str | None = None, /, **attributes: str | None) -> Any:
    """Add an element in its parent's namespace; attributes that are None or empty are left out."""
    from lxml import etree

    child = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    for key, value in attributes.items():
        if value:
            child.set(key, value)
    child.text = text
    return child


def moment(at: dt.datetime) -> str:
    """Return a moment as other programs read it: to the second, at Greenwich."""
    return at.astimezone(dt.UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


@dataclass
class Names:
    """Names that were given out; programs want them to differ."""

    taken: set[str] = field(default_factory=set)

    def free(self, name: str, more: str) -> str:
        """Return a name that nobody has: itself, with `more` in brackets, or with a number too."""
        tries = [name, f"{name} ({more})"]
        while tries[-1].casefold() in self.taken:
            tries.append(f"{name} ({more}, {len(tries)})")
        found = next(one for one in tries if one.casefold() not in self.taken)
        self.taken.add(found.casefold())
        return found
