"""Which notes a person wants to see, and in what order: what the filters of Uitwerken say, and a saved search keeps."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Any

from sto_desktop.domain.vocabulary import NoteKind


class Scope(Enum):
    """Which notes, where it is no single theme."""

    ALL = "all"
    UNASSIGNED = "unassigned"


class Grouping(StrEnum):
    """Under which headings notes stand."""

    QUESTION = "question"
    PANEL = "panel"
    KIND = "kind"
    SPEAKER = "speaker"
    TAG = "tag"
    NONE = "none"


class Ordering(StrEnum):
    """In what order notes stand under a heading."""

    CONVERSATION = "conversation"
    NEWEST = "newest"
    TEXT = "text"
    STAR = "star"


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """What the user wants to see; `scope` is the id of a theme, or all, or what belongs to no question.

    `all_panels`: of the whole dossier, not only of the panel that is worked on. `tag` is the id of a label, `speaker`
    that of a member. `question`: only what stands under it.
    """

    scope: str | Scope = Scope.ALL
    kind: NoteKind | None = None
    starred: bool = False
    todo: bool = False
    """Only notes that were neither used nor put aside."""
    all_panels: bool = False
    sector: str = ""
    tag: str = ""
    speakerless: bool = False
    question: str = ""
    speaker: str = ""
    grouping: Grouping = Grouping.QUESTION
    ordering: Ordering = Ordering.CONVERSATION

    @property
    def theme(self) -> str | None:
        """The one theme that is asked for."""
        return self.scope if isinstance(self.scope, str) else None

    @property
    def in_order(self) -> bool:
        """Whether notes of one panel stand per question, in the order of the conversation."""
        return self.grouping is Grouping.QUESTION and self.ordering is Ordering.CONVERSATION and not self.all_panels

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return replace(self, grouping=Grouping.QUESTION, ordering=Ordering.CONVERSATION, all_panels=False) != (
            NoteFilter()
        )


def to_json(wanted: NoteFilter, words: str) -> str:
    """Return a filter with the words that are searched for, as a saved search keeps them."""
    values: dict[str, Any] = {name: getattr(wanted, name) for name in NoteFilter.__slots__}
    scope = wanted.scope
    values["scope"] = {"theme": scope} if isinstance(scope, str) else scope.value
    plain = NoteFilter()
    kept = {name: value for name, value in values.items() if name == "scope" or value != getattr(plain, name)}
    return json.dumps({"words": words, **kept}, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> tuple[NoteFilter, str]:
    """Return the filter and the words of a saved search; what this program can't read is left out."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return NoteFilter(), ""
    return NoteFilter(**_read(found)), str(found.get("words", ""))


def _read(found: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    scope = found.get("scope")
    if isinstance(scope, dict) and isinstance(scope.get("theme"), str):
        values["scope"] = scope["theme"]
    elif scope == Scope.UNASSIGNED.value:
        values["scope"] = Scope.UNASSIGNED
    for name, code in (("kind", NoteKind), ("grouping", Grouping), ("ordering", Ordering)):
        if found.get(name) in {one.value for one in code}:
            values[name] = code(found[name])
    for name in ("starred", "todo", "all_panels", "speakerless"):
        if isinstance(found.get(name), bool):
            values[name] = found[name]
    for name in ("sector", "tag", "question", "speaker"):
        if isinstance(found.get(name), str):
            values[name] = found[name]
    return values
