"""Filter and order of notes: the filters of Uitwerken, which a saved search stores."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Any

from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.json_text import read_json


class NoteScope(Enum):
    """Which notes to show, other than those of a single theme."""

    ALL = "all"
    UNASSIGNED = "unassigned"


class Grouping(StrEnum):
    """The headings under which notes are grouped."""

    QUESTION = "question"
    PANEL = "panel"
    KIND = "kind"
    SPEAKER = "speaker"
    TAG = "tag"
    NONE = "none"


class Ordering(StrEnum):
    """The order of notes under a heading."""

    CONVERSATION = "conversation"
    NEWEST = "newest"
    TEXT = "text"
    STAR = "star"


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """A filter for notes; `scope`: the id of a theme, or all notes, or notes without a question.

    `all_panels`: the whole dossier, not only the current panel. `tag`: id of a label; `speaker`: id of a member.
    `question`: only notes under it.
    """

    scope: str | NoteScope = NoteScope.ALL
    kind: NoteKind | None = None
    starred: bool = False
    todo: bool = False
    """Only notes that were neither used nor set aside."""
    all_panels: bool = False
    sector: str = ""
    tag: str = ""
    speakerless: bool = False
    aspectless: bool = False
    """Only notes that are neither a yield, nor a success factor, nor an improvement."""
    question: str = ""
    speaker: str = ""
    grouping: Grouping = Grouping.QUESTION
    ordering: Ordering = Ordering.CONVERSATION

    @property
    def theme(self) -> str | None:
        """The selected theme, if a single one."""
        return self.scope if isinstance(self.scope, str) else None

    @property
    def in_order(self) -> bool:
        """Whether notes of one panel are listed per question, in the order of the conversation."""
        return self.grouping is Grouping.QUESTION and self.ordering is Ordering.CONVERSATION and not self.all_panels

    @property
    def narrows(self) -> bool:
        """Whether the filter leaves anything out."""
        return replace(self, grouping=Grouping.QUESTION, ordering=Ordering.CONVERSATION, all_panels=False) != (
            NoteFilter()
        )


def to_json(wanted: NoteFilter, words: str) -> str:
    """Return a filter and its search words as JSON for a saved search."""
    values: dict[str, Any] = {name: getattr(wanted, name) for name in NoteFilter.__slots__}
    scope = wanted.scope
    # The id of a theme is an object in the JSON, to distinguish it from the name of a scope.
    values["scope"] = {"theme": scope} if isinstance(scope, str) else scope.value
    plain = NoteFilter()
    changed = {name: value for name, value in values.items() if name == "scope" or value != getattr(plain, name)}
    return json.dumps({"words": words, **changed}, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> tuple[NoteFilter, str]:
    """Return the filter and search words of a saved search; values unknown to this program are ignored."""
    try:
        content = read_json(text)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        return NoteFilter(), ""
    return NoteFilter(**_read(content)), str(content.get("words", ""))


def _read(content: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    scope = content.get("scope")
    if isinstance(scope, dict) and isinstance(scope.get("theme"), str):
        values["scope"] = scope["theme"]
    elif scope == NoteScope.UNASSIGNED.value:
        values["scope"] = NoteScope.UNASSIGNED
    for name, code in (("kind", NoteKind), ("grouping", Grouping), ("ordering", Ordering)):
        # Skip codes of a newer program.
        if content.get(name) in {member.value for member in code}:
            values[name] = code(content[name])
    for name in ("starred", "todo", "all_panels", "speakerless", "aspectless"):
        if isinstance(content.get(name), bool):
            values[name] = content[name]
    for name in ("sector", "tag", "question", "speaker"):
        if isinstance(content.get(name), str):
            values[name] = content[name]
    return values
