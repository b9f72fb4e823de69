"""Removes names of members from the texts of a panel, after a person checked what was found.

Which names are removed follows from how people are called in the document (`domain.privacy.naming`): with full names,
those of members who may not be named; by role or pseudonym, everybody's. A name that was found is replaced unless a
person decided to keep it (an ordinary word, a namesake) or, while nobody has decided, it may well be one of these.
Uncertain names are reported with their sentence for checking.

Names of others ("leerling Kevin") and words that tell something special of a person (`domain.privacy.special`) are
found and decided likewise, however people are called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, TypeVar

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.context import begins_sentence
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import Mention, beside, finder_of
from sto_desktop.domain.names.outsiders import called, may_name_outsider, with_outsiders
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.people import fold
from sto_desktop.domain.privacy.crowd import may_be_named
from sto_desktop.domain.privacy.leaders import with_leaders_of
from sto_desktop.domain.privacy.naming import NameMode, Naming
from sto_desktop.domain.privacy.roles import MEMBER, SOMEBODY
from sto_desktop.domain.privacy.special import LEFT_OUT, may_be_special, special_in
from sto_desktop.domain.record import FieldType, spec_of
from sto_desktop.language import tr

Decisions = Mapping[str, bool]
"""Decisions of a person about detected names, by `decision_key`: True replaces the name, False keeps it."""


ADDRESS = "een e-mailadres"
"""Replaces an e-mail address that matches no member's name but may be a member's all the same."""

_AS_A_WORD = "/woord"
"""Suffix of the key of a name that looks like an ordinary word: "Roos" and "een roos" in one text are decided
separately.
"""

_ARTICLE = re.compile(r"(?<![^\W_])een\s+$", re.I)
_SENTENCE_END = re.compile(r"[.!?…](?=\s)|\n")
_LONGEST_SENTENCE = 200


def decision_key(row: str, field: str, name: str, grade: Grade = Grade.CERTAIN) -> str:
    """Return the key under which the decision about a name in one field of one row is stored."""
    return f"{row}/{field}/{fold(name)}{_AS_A_WORD if grade is Grade.UNLIKELY else ''}"


_WORD = re.compile(r"[^\W\d_]+")


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence around a position, on one line; of a long sentence only the nearest part."""
    spare = max(0, _LONGEST_SENTENCE - (end - start)) // 2
    first, last = max(0, start - spare), min(len(text), end + spare)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, first, start)]
    after = _SENTENCE_END.search(text, end, last)
    before = "…" if first and not ends else ""
    behind = "…" if last < len(text) and after is None else ""
    words = text[ends[-1] if ends else first : after.end() if after else last]
    return f"{before}{' '.join(words.split())}{behind}"


@dataclass(frozen=True, slots=True)
class Found:
    """A name in one text of a panel: its position, its text, its replacement, and whether it is replaced.

    `decided`: a person checked it. `must`: it is the name of somebody who has no name in the document at all.
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
        """The name as it appears there, with its title."""
        return self.text[self.mention.start : self.mention.end]

    @property
    def sentence(self) -> str:
        """The sentence that contains it."""
        return sentence_around(self.text, self.mention.start, self.mention.end)

    @property
    def is_doubt(self) -> bool:
        """Whether a person should check it: it is uncertain, and nobody decided."""
        return not self.decided and self.mention.grade is not Grade.CERTAIN


@dataclass(frozen=True, slots=True)
class ToCheck:
    """Words that may be a member's name, for a person to check. `becomes`: the replacement, or None if they stay."""

    words: str
    sentence: str
    becomes: str | None


def to_check(names: Iterable[Found]) -> tuple[ToCheck, ...]:
    """Return the detected names that a person should check, each once, those that are kept first."""
    doubts = (
        ToCheck(name.words, name.sentence, name.becomes if name.replaced else None) for name in names if name.is_doubt
    )
    # Kept names first: if keeping one is a mistake, the document shows a name.
    return tuple(sorted(dict.fromkeys(doubts), key=lambda name: name.becomes is not None))


class Redactor:
    """Finds and replaces names in texts of one panel, each with what its owner is called."""

    def __init__(
        self,
        naming: Naming,
        decisions: Decisions | None = None,
        *,
        among: Sequence[Naming] = (),
        doubtful: bool = False,
        own_data: bool = False,
        reader: str = "",
        tell: Callable[[Found], object] | None = None,
    ) -> None:
        """`among`: the namings of all panels, whose members the texts may name too. All are looked for at once: one
        panel after the other would find the Piet of one in "Piet Olde" of the other, and names in what was replaced.

        `doubtful`: also replace uncertain names that nobody has decided about; required where no person checks.

        `own_data`: texts stay as in the dossier, but for the names that are hidden. `reader`: the name of the person
        who gets the texts; it stays, and so does what is said about them. `tell` is called with each name in a
        redacted text.
        """
        self._naming = naming
        self._own_data = own_data
        # Particles ("de Vries") are words of any sentence.
        self._reader = frozenset(fold(word) for word in _WORD.findall(reader) if word[0].isupper())
        self._tell = tell
        self._doubtful = doubtful
        self._decisions = decisions or {}
        self._naming_of = {member.id: one for one in among or (naming,) for member in one.hidden}
        hidden = tuple(member for one in among or (naming,) for member in one.hidden)
        self._finder = finder_of(hidden)
        self._elsewhere = naming.elsewhere
        self._of_others = {member.id for member in naming.elsewhere.hidden}
        # With names in the document, all hidden members are treated alike: otherwise one whose name stays in doubtful
        # places would be distinguished from the others.
        all_alike = doubtful or naming.mode is NameMode.FULL
        self._never = {member.id for member in hidden if all_alike or not may_be_named(member)}

    def __bool__(self) -> bool:
        """Whether anything may have to be removed."""
        return not self._own_data or bool(self._finder) or bool(self._of_others)

    @property
    def leaders(self) -> frozenset[str]:
        """The names of who led and who noted that are removed from texts."""
        return frozenset(person.name for person in self._naming.hidden if self._naming.leads(person.id))

    def find(self, text: str, row: str = "", field: str = "") -> tuple[Found, ...]:
        """Return the names in the text of one field of one row."""
        return tuple(self._found(text, row, field, mention) for mention in self._mentions(text))

    def may_name(self, texts: Sequence[str]) -> frozenset[int]:
        """Return the indexes of the texts that contain a possible name to remove."""
        names = self._finder.may_name(texts) | self._elsewhere.may_name(texts)
        if self._own_data:
            return names
        others = (at for at, text in enumerate(texts) if may_name_outsider(text) or may_be_special(text))
        return names.union(others)

    def redact(self, text: str, row: str = "", field: str = "", *, but_addresses: bool = False) -> str:
        """Return a text with the names replaced; the same object if it contains none.

        `but_addresses`: keep an address that belongs to no hidden member, as in a member's own row.
        """
        mentions = self._mentions(text)
        if but_addresses:
            mentions = tuple(mention for mention in mentions if mention.panelists)
        if not mentions:
            return text
        names = [self._found(text, row, field, mention) for mention in mentions]
        if self._tell is not None:
            for name in names:
                self._tell(name)
        return _replaced(text, [name for name in names if name.replaced])

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        members = beside(self._finder.find(text), self._elsewhere.find(text))
        if self._own_data:
            return members
        names = with_outsiders(text, members)
        return tuple(sorted((*names, *special_in(text, names)), key=lambda mention: mention.start))

    def _found(self, text: str, row: str, field: str, mention: Mention) -> Found:
        must = any(panelist in self._never for panelist in mention.panelists)
        decided = self._decisions.get(decision_key(row, field, mention.name, mention.grade))
        sure = mention.grade in (Grade.CERTAIN, Grade.LIKELY)
        if mention.grade is Grade.DOUBTFUL and self._of_others.isdisjoint(mention.panelists):
            # "Roos" may be a flower; "Lieke-Anne" is certainly a person, perhaps one who may not be named.
            a_word = mention.form in (NameForm.FIRST, NameForm.PART) and "-" not in mention.name
            sure = self._doubtful or (must and not a_word)
        replaced = decided if decided is not None else sure and not self._is_about_reader(text, mention)
        return Found(row, field, text, mention, self._label(text, mention), replaced, decided is not None, must)

    def _is_about_reader(self, text: str, mention: Mention) -> bool:
        if mention.form is NameForm.SPECIAL:
            about = sentence_around(text, mention.start, mention.end)
        else:
            about = mention.name if mention.form is NameForm.OUTSIDER else ""
        return not self._reader.isdisjoint(fold(word) for word in _WORD.findall(about))

    def _label(self, text: str, mention: Mention) -> str:
        if mention.form is NameForm.SPECIAL:
            return tr(LEFT_OUT)
        outsider = mention.form is NameForm.OUTSIDER
        if not mention.panelists and not outsider:
            return ADDRESS
        label = called(text, mention) if outsider else self._in_text(mention.panelists)
        if mention.possessive and not outsider:
            # The possessive "een docent vmbos plan" is not Dutch.
            possessor = label if label == SOMEBODY.singular or self._lead(mention.panelists) else MEMBER.singular
            label = f"{label}’s" if label[0].isupper() else f"{possessor}s"
        # After a colon, a name that was in lower case does not start a sentence.
        goes_on = text[: mention.start].rstrip().endswith(":") and text[mention.start].islower()
        begins = begins_sentence(text, mention.start) and not goes_on
        return label[:1].upper() + label[1:] if begins else label

    def _in_text(self, owners: Sequence[str]) -> str:
        """Return the replacement of a name of one of these members (ids): those of the panel itself come first."""
        own = [owner for owner in owners if self._naming_of.get(owner) is self._naming] or owners
        naming = self._naming_of.get(own[0], self._naming)
        if self._lead(own):
            # Whoever led several panels has one office in all, unless they noted in another.
            offices = {self._naming_of[owner].in_text(owner) for owner in own}
            return offices.pop() if len(offices) == 1 else SOMEBODY.singular
        # "Panellid A" of another panel would be taken for that of this one.
        is_strange = naming is not self._naming and naming.mode is NameMode.PSEUDONYM
        return self._naming.in_text(None) if is_strange or len(own) > 1 else naming.in_text(own[0])

    def _lead(self, owners: Sequence[str]) -> bool:
        return all(owner in self._naming_of and self._naming_of[owner].leads(owner) for owner in owners)


def _replaced(text: str, names: Sequence[Found]) -> str:
    """Return a text with these names, in order, replaced."""
    pieces: list[str] = []
    at, last = 0, ""
    for name in names:
        between, becomes = text[at : name.mention.start], name.becomes
        at = name.mention.end
        if between.isspace() and becomes.lower() == last.lower():
            continue  # "een panellid een panellid" would be two names of one member
        pieces += _article(between, becomes)
        last = becomes
    return "".join((*pieces, text[at:]))


def _article(before: str, label: str) -> tuple[str, str]:
    """Return the text before a label, and the label, with one article if both have it: "een hoekstra"."""
    article = label[:4].lower() == "een " and _ARTICLE.search(before)
    return (before[: article.start()], f"{article[0][0]}{label[1:]}") if article else (before, label)


_ABOUT_OTHERS = tuple(name for name, field in spec_of(Panelist).fields.items() if field.running)
"""Text fields of a member that may be about other people."""

R = TypeVar("R")


@cache
def _text_fields(record: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record) if field.metadata.get("type") is FieldType.TEXT)


def _texts_of(record: Any) -> tuple[str, ...]:
    kind: Any = type(record)
    return _text_fields(kind)


def with_texts(record: R, change: Callable[[str, str, str], str]) -> R:
    """Return a record with each text replaced by `change` (text, row, field); the same object if none changes."""
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


def _clean_note(content: NoteContent, redactor: Redactor) -> NoteContent:
    note = _clean(content.note, redactor)
    tags = _clean_all(content.tags, redactor) if content.tags else content.tags
    bundled = tuple(_clean_note(part, redactor) for part in content.bundled) if content.bundled else content.bundled
    # Reuse unchanged notes: there can be thousands, few of which name somebody.
    same = note is content.note and tags == content.tags and bundled == content.bundled
    return content if same else replace(content, note=note, tags=tags, bundled=bundled)


def _clean_notes(notes: Sequence[NoteContent], redactor: Redactor) -> tuple[NoteContent, ...]:
    """Return notes without names. Of thousands, only the few that may contain a name are processed one by one."""
    # Each text by itself: one that is nothing but a word is read as a label.
    texts = [(at, text) for at, note in enumerate(notes) for text in _words_of(note) if text]
    named = {texts[index][0] for index in redactor.may_name([text for _, text in texts])}
    return tuple(_clean_note(content, redactor) if at in named else content for at, content in enumerate(notes))


def _words_of(content: NoteContent) -> Iterator[str]:
    yield from (getattr(content.note, name) for name in _texts_of(content.note))
    # With its sign, as only labels can have a name joined from several words.
    yield from (f"#{tag.name}" for tag in content.tags)
    for part in content.bundled:
        yield from _words_of(part)


def redacted(content: PanelContent, redactor: Redactor) -> PanelContent:
    """Return the content with the names of members who may not be named removed from all texts. The members themselves
    stay, but not the names in what they sent in.

    Every text field of every record is checked, so that fields added to the model later are included.
    """
    # Nobody's name is hidden: skip the search through all texts.
    if not redactor:
        return content
    themes = tuple(
        replace(
            theme,
            theme=_clean(theme.theme, redactor),
            questions=tuple(
                replace(
                    question,
                    question=_clean(question.question, redactor),
                    probes=_clean_all(question.probes, redactor),
                    decided=_clean(question.decided, redactor) if question.decided else None,
                )
                for question in theme.questions
            ),
        )
        for theme in content.guide.themes
    )
    return replace(
        content,
        # A document says on its cover who led and who noted; an export leaves that out (see `leaders`).
        panel=with_leaders_of(_clean(content.panel, redactor), content.panel, redactor.leaders),
        panelists=tuple(_clean_written(member, redactor) for member in content.panelists),
        guide=replace(content.guide, guide=_clean(content.guide.guide, redactor), themes=themes),
        notes=_clean_notes(content.notes, redactor),
        insights=tuple(replace(insight, insight=_clean(insight.insight, redactor)) for insight in content.insights),
        recommendations=tuple(
            replace(recommendation, recommendation=_clean(recommendation.recommendation, redactor))
            for recommendation in content.recommendations
        ),
        playbacks=_clean_all(content.playbacks, redactor),
        debriefs=_clean_all(content.debriefs, redactor),
        top_choices=_clean_all(content.top_choices, redactor),
        plan=_clean_all(content.plan, redactor),
    )


def _clean_written(member: Panelist, redactor: Redactor) -> Panelist:
    texts: dict[str, Any] = {name: redactor.redact(getattr(member, name), member.id, name) for name in _ABOUT_OTHERS}
    return member if all(texts[name] is getattr(member, name) for name in texts) else replace(member, **texts)


def texts_in(content: PanelContent) -> Iterator[str]:
    """Yield every text of the panel that may hold a name."""
    return (text for _, _, text in _fields_with_text(content))


def _fields_with_text(content: PanelContent) -> Iterator[tuple[str, str, str]]:
    """Yield the row (id), the field and the text of everything that may contain a name, in the order of the content."""
    fields = [(record, name) for record in _records(content) for name in _texts_of(record)]
    fields += [(member, name) for member in content.panelists for name in _ABOUT_OTHERS]
    return ((str(record.id), name, text) for record, name in fields if (text := getattr(record, name)))


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
    # A label counts once, however many notes have it.
    yield from {tag.id: tag for note in content.typed_notes() for tag in note.tags}.values()
    yield from (insight.insight for insight in content.insights)
    yield from (recommendation.recommendation for recommendation in content.recommendations)
    yield from content.playbacks
    yield from content.debriefs
    yield from content.top_choices
    yield from content.plan


def found_in(content: PanelContent, redactor: Redactor) -> tuple[Found, ...]:
    """Return every name in the texts of the panel, in the order of the content."""
    if not redactor:
        return ()
    return tuple(
        name_found for row, field, text in _fields_with_text(content) for name_found in redactor.find(text, row, field)
    )
