"""The texts of a panel in which a name may stand: all of them, what was found in them, and the panel without names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.privacy.given import is_given
from sto_desktop.domain.privacy.naming.leaders import is_office
from sto_desktop.domain.privacy.redaction import Found, Redactor, once_each, texts_of, with_texts
from sto_desktop.domain.record import spec_of

R = TypeVar("R")
_ABOUT_OTHERS = tuple(name for name, field in spec_of(Panelist).fields.items() if field.running)
"""Text fields of a member that may be about other people."""


def _clean(record: R, redactor: Redactor) -> R:
    return with_texts(record, redactor.redact)


def _clean_all(records: tuple[R, ...], redactor: Redactor) -> tuple[R, ...]:
    return tuple(_clean(record, redactor) for record in records)


def _clean_note(content: NoteContent, redactor: Redactor) -> NoteContent:
    note = with_texts(content.note, redactor.redact_below if _is_below(content, redactor) else redactor.redact)
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
    named.update(at for at, note in enumerate(notes) if any(_is_below(part, redactor) for part in note.parts))
    return tuple(_clean_note(content, redactor) if at in named else content for at, content in enumerate(notes))


def _is_below(content: NoteContent, redactor: Redactor) -> bool:
    return redactor.is_below(content.note, spoken=bool(content.speakers))


def _words_of(content: NoteContent) -> Iterator[str]:
    yield from (getattr(content.note, name) for name in texts_of(content.note))
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
        panel=redactor.panel_of(content.panel),
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
    fields = [(record, name) for record in _records(content) for name in texts_of(record)]
    fields += [(member, name) for member in content.panelists for name in _ABOUT_OTHERS]
    texts = ((record, name, getattr(record, name)) for record, name in fields)
    return ((str(record.id), name, text) for record, name, text in texts if text and not is_given(record, text))


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
    # In their own fields who led and who noted are no names in a text (see `leaders`).
    texts = (
        (row, field, text)
        for row, field, text in _fields_with_text(content)
        if row != content.panel.id or not is_office(field)
    )
    below = (redactor.below(note.text, note.id) for note in content.typed_notes() if _is_below(note, redactor))
    return (*once_each(name for row, field, text in texts for name in redactor.find(text, row, field)), *below)
