"""What writing, reading and checking of REFI-QDA share: namespaces, GUIDs, elements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sto_desktop.domain.identity import derived_id

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
INTERNAL = "internal://"
OF_PANEL, ABOUT_THEME, ABOUT_THEMES, ABOUT_ASPECT = "Panel", "Thema", "Thema's", "Aspect"
NARROWER, OPPOSED = "Inzicht", "Inzicht ertegen"
DISSENT, DISSENT_BELOW = "Tegengeluid", "Tegengeluid via een inzicht"
"""What the description of an insight or a recommendation tells, line by line; a conclusion repeats the last."""
GOES_ON = "\n  "
"""Between two lines of one value in such a description."""


def refi_guid(table: str, *ids: str) -> str:
    """Return the GUID of a row of the dossier in exports: the same every time, on every machine."""
    return derived_id("refi", table, *ids)


def plain_guid(guid: str | None) -> str:
    """Return a GUID normalised for comparison: without braces, in lower case."""
    return (guid or "").strip().strip("{}").lower()


def local(element: Any) -> str:
    """Return the name of an element without its namespace; empty for a comment or processing instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def root_of(namespace: str, name: str) -> Any:
    """Return a root element in a namespace, which is the default one."""
    from lxml import etree

    spaces: Any = {None: namespace}
    return etree.Element(f"{{{namespace}}}{name}", nsmap=spaces)


# Positional-only, so that `name` and `text` can be attributes too.
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
    """Return a moment as other programs read it: in UTC, to the second."""
    return at.astimezone(dt.UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


@dataclass
class UniqueNames:
    """The names in use; other programs require unique names."""

    taken: set[str] = field(default_factory=set)

    def free(self, name: str, more: str) -> str:
        """Return an unused name: `name` itself, or with `more` added in brackets, or also with a number."""
        tries = [name, f"{name} ({more})"]
        while tries[-1].casefold() in self.taken:
            tries.append(f"{name} ({more}, {len(tries)})")
        free_name = next(candidate for candidate in tries if candidate.casefold() not in self.taken)
        self.taken.add(free_name.casefold())
        return free_name
