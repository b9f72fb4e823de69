"""Takes names of members out of the texts of a panel, after somebody looked at what was found.

Which names have to go follows from how people are called in the document (`domain.privacy.naming`): in full, those of
who may
not be named; by role or under pseudonyms, everybody's. What is found is replaced unless somebody decided that it stays
(an ordinary word, a namesake), or, as long as nobody decided, where it may well be one of these. What is not certain
is told, each with its sentence, so that a person can look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, TypeVar

from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.people import fold
from sto_desktop.domain.privacy.mentions import Mention, finder_of
from sto_desktop.domain.privacy.name_grades import Grade, NameForm, begins_sentence
from sto_desktop.domain.privacy.naming import MEMBER, NameMode, Naming, may_be_named
from sto_desktop.domain.record import FieldType

Decisions = Mapping[str, bool]
"""What somebody decided about names that were found, by `decision_key`: True replaces the name, False leaves it."""


ADDRESS = "een e-mailadres"
"""Stands in place of an e-mail address that is made of no member's name, and may be theirs all the same."""

_AS_A_WORD = "/woord"
"""Behind the key of a name that looks like an ordinary word: "Roos" and "een roos" in one text are decided apart."""

_SENTENCE_END = re.compile(r"[.!?…](?=\s)|\n")
_LONGEST_SENTENCE = 200


def decision_key(row: str, field: str, name: str, grade: Grade = Grade.CERTAIN) -> str:
    """Return under which key it is kept what to do with a name in one field of one row."""
    return f"{row}/{field}/{fold(name)}{_AS_A_WORD if grade is Grade.UNLIKELY else ''}"


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence in which something stands, on one line; of a long one what is nearest."""
    spare = max(0, _LONGEST_SENTENCE - (end - start)) // 2
    first, last = max(0, start - spare), min(len(text), end + spare)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, first, start)]
    after = _SENTENCE_END.search(text, end, last)
    before = "…" if first and not ends else ""
    behind = "…" if last < len(text) and after is None else ""
    words = text[ends[-1] if ends else first : after.end() if after else last]
    return f"{before}{' '.join(words.split())}{behind}"


@dataclass(frozen=True, slots=True)
class Found:
    """A name in one text of a panel: where, how it stands there, what it would become, and whether it will.

    `decided`: somebody looked at it. `must`: it is the name of somebody who may not be named at all.
    """

    row: str
    field: str
    text: str
    mention: Mention
    becomes: str
    replaced: bool
    decided: bool
    must: bool

    @property
    def key(self) -> str:
        """The key for `Decisions`."""
        return decision_key(self.row, self.field, self.mention.name, self.mention.grade)

    @property
    def words(self) -> str:
        """The name as it stands there, with its title."""
        return self.text[self.mention.start : self.mention.end]

    @property
    def sentence(self) -> str:
        """The sentence in which it stands."""
        return sentence_around(self.text, self.mention.start, self.mention.end)

    @property
    def is_doubt(self) -> bool:
        """Whether a person should look at it: it is not certain, and nobody decided."""
        return not self.decided and self.mention.grade is not Grade.CERTAIN


@dataclass(frozen=True, slots=True)
class ToCheck:
    """Words that may be a member's name, for a person to look at; `becomes` None: they are left as they are."""

    words: str
    sentence: str
    becomes: str | None


def to_check(found: Iterable[Found]) -> tuple[ToCheck, ...]:
    """Return what of the names that were found a person should look at, each once, what was left standing first."""
    doubts = (
        ToCheck(item.words, item.sentence, item.becomes if item.replaced else None) for item in found if item.is_doubt
    )
    return tuple(sorted(dict.fromkeys(doubts), key=lambda item: item.becomes is not None))


class Redactor:
    """Finds and replaces names in texts of one panel, for one way of calling people."""

    def __init__(
        self,
        naming: Naming,
        decisions: Decisions | None = None,
        *,
        doubtful: bool = False,
        tell: Callable[[Found], object] | None = None,
    ) -> None:
        """`doubtful`: also what may be no name is replaced as long as nobody decided; where nobody looks, it must.

        `tell` hears of each name in a text that is redacted.
        """
        self._naming = naming
        self._tell = tell
        self._doubtful = doubtful
        self._decisions = decisions or {}
        self._finder = finder_of(naming.hidden)
        self._never = {item.id for item in naming.hidden if not may_be_named(item)}

    def __bool__(self) -> bool:
        """Whether there is anybody whose name has to go."""
        return bool(self._finder)

    def find(self, text: str, row: str = "", field: str = "") -> tuple[Found, ...]:
        """Return the names in one text of one field of one row."""
        return tuple(self._found(text, row, field, mention) for mention in self._finder.find(text))

    def may_name(self, texts: Sequence[str]) -> frozenset[int]:
        """Return which texts, by their place, hold what looks like a name that has to go."""
        return self._finder.may_name(texts)

    def redact(self, text: str, row: str = "", field: str = "") -> str:
        """Return a text with the names replaced; the very same text where there are none."""
        found = self._finder.find(text)
        if not found:
            return text
        kept = [self._found(text, row, field, mention) for mention in found]
        if self._tell is not None:
            for item in kept:
                self._tell(item)
        for item in reversed([item for item in kept if item.replaced]):
            text = text[: item.mention.start] + item.becomes + text[item.mention.end :]
        return text

    def _found(self, text: str, row: str, field: str, mention: Mention) -> Found:
        must = any(item in self._never for item in mention.panelists)
        decided = self._decisions.get(decision_key(row, field, mention.name, mention.grade))
        sure = mention.grade in (Grade.CERTAIN, Grade.LIKELY)
        if mention.grade is Grade.DOUBTFUL:
            # "Roos" may be a flower; "Lieke-Anne" can only be somebody, and perhaps the one who may not be named.
            a_word = mention.form in (NameForm.FIRST, NameForm.PART) and "-" not in mention.name
            sure = self._doubtful or (must and not a_word)
        replaced = decided if decided is not None else sure
        return Found(row, field, text, mention, self._label(text, mention), replaced, decided is not None, must)

    def _label(self, text: str, mention: Mention) -> str:
        if not mention.panelists:
            return ADDRESS
        only = mention.panelists[0] if len(mention.panelists) == 1 else None
        # In full, the only names that go are those of who is "een panellid" everywhere else too.
        label = self._naming.of(only) if self._naming.mode is not NameMode.FULL else MEMBER.one
        if mention.possessive:
            # "een docent vmbos plan" is no Dutch.
            label = f"{label}’s" if label[0].isupper() else f"{MEMBER.one}s"
        return label[:1].upper() + label[1:] if begins_sentence(text, mention.start) else label


R = TypeVar("R")
_SEPARATOR = "\x00"
"""Between texts that are searched together: it stands in none of them."""


@cache
def _text_fields(record: Any) -> tuple[str, ...]:
    return tuple(item.name for item in fields(record) if item.metadata.get("type") is FieldType.TEXT)


def _texts_of(record: Any) -> tuple[str, ...]:
    kind: Any = type(record)
    return _text_fields(kind)


def with_texts(record: R, change: Callable[[str, str, str], str]) -> R:
    """Return a record with each of its texts as `change` (text, row, field) returns it; the very same where none is."""
    row = str(getattr(record, "id", ""))
    changed = {}
    for name in _texts_of(record):
        old = getattr(record, name)
        if old and (new := change(old, row, name)) is not old:
            changed[name] = new
    return replace(record, **changed) if changed else record  # type: ignore[type-var]


def _clean(record: R, redactor: Redactor) -> R:
    return with_texts(record, redactor.redact)


def _clean_all(records: tuple[R, ...], redactor: Redactor) -> tuple[R, ...]:
    return tuple(_clean(record, redactor) for record in records)


def _clean_note(item: NoteContent, redactor: Redactor) -> NoteContent:
    note = _clean(item.note, redactor)
    tags = _clean_all(item.tags, redactor) if item.tags else item.tags
    bundled = tuple(_clean_note(part, redactor) for part in item.bundled) if item.bundled else item.bundled
    # There can be thousands, and few that name somebody.
    same = note is item.note and tags == item.tags and bundled == item.bundled
    return item if same else replace(item, note=note, tags=tags, bundled=bundled)


def _clean_notes(notes: Sequence[NoteContent], redactor: Redactor) -> tuple[NoteContent, ...]:
    """Return notes without names; of thousands only the few that may name somebody are looked at one by one."""
    named = redactor.may_name([_SEPARATOR.join(_words_of(item)) for item in notes])
    return tuple(_clean_note(item, redactor) if at in named else item for at, item in enumerate(notes))


def _words_of(item: NoteContent) -> Iterator[str]:
    yield from (getattr(item.note, name) for name in _texts_of(item.note))
    # With its sign: only the name of a label is glued from words.
    yield from (f"#{tag.name}" for tag in item.tags)
    for part in item.bundled:
        yield from _words_of(part)


def redacted(content: PanelContent, redactor: Redactor) -> PanelContent:
    """Return the content with no text in which somebody is named who may not be; the members themselves stay.

    Every field of text of every record is looked at, so that what is added to the model later is too.
    """
    if not redactor:
        return content
    themes = tuple(
        replace(
            theme,
            theme=_clean(theme.theme, redactor),
            questions=tuple(
                replace(
                    item,
                    question=_clean(item.question, redactor),
                    probes=_clean_all(item.probes, redactor),
                    decided=_clean(item.decided, redactor) if item.decided else None,
                )
                for item in theme.questions
            ),
        )
        for theme in content.guide.themes
    )
    return replace(
        content,
        panel=_clean(content.panel, redactor),
        guide=replace(content.guide, guide=_clean(content.guide.guide, redactor), themes=themes),
        notes=_clean_notes(content.notes, redactor),
        insights=tuple(replace(item, insight=_clean(item.insight, redactor)) for item in content.insights),
        recommendations=tuple(
            replace(item, recommendation=_clean(item.recommendation, redactor)) for item in content.recommendations
        ),
        playbacks=_clean_all(content.playbacks, redactor),
        debriefs=_clean_all(content.debriefs, redactor),
        top_choices=_clean_all(content.top_choices, redactor),
    )


def _records(content: PanelContent) -> Iterator[Any]:
    yield content.panel
    yield content.guide.guide
    for theme in content.guide.themes:
        yield theme.theme
        for question in theme.questions:
            yield question.question
            yield from question.probes
            if question.decided:
                yield question.decided
    for note in content.typed_notes():
        yield note.note
    yield from {tag.id: tag for note in content.typed_notes() for tag in note.tags}.values()
    yield from (item.insight for item in content.insights)
    yield from (item.recommendation for item in content.recommendations)
    yield from content.playbacks
    yield from content.debriefs
    yield from content.top_choices


def found_in(content: PanelContent, redactor: Redactor) -> tuple[Found, ...]:
    """Return every name that stands in a text of the panel, in the order in which the content has them."""
    if not redactor:
        return ()
    return tuple(
        found
        for record in _records(content)
        for name in _texts_of(record)
        if (text := getattr(record, name))
        for found in redactor.find(text, str(record.id), name)
    )
