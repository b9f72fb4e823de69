"""The words of the program's own guide as documents write them; what people typed stays as they typed it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

from sto_desktop.domain.dutch import apostrophes
from sto_desktop.domain.panel.content import GuideContent, QuestionContent, ThemeContent
from sto_desktop.domain.privacy.given import is_given

_Row = TypeVar("_Row")


def as_printed(guide: GuideContent) -> GuideContent:
    """Return a guide with the apostrophes of documents in titles, questions and scripts of the built-in guide."""
    return replace(guide, themes=tuple(map(_theme, guide.themes)))


def _theme(content: ThemeContent) -> ThemeContent:
    return replace(content, theme=_row(content.theme), questions=tuple(map(_question, content.questions)))


def _question(content: QuestionContent) -> QuestionContent:
    return replace(content, question=_row(content.question), probes=tuple(map(_row, content.probes)))


def _row(record: _Row) -> _Row:
    row: Any = record
    texts = {field.name: getattr(row, field.name) for field in fields(row)}
    # A code of the vocabulary is a string too, and stays what it is.
    changed = {name: apostrophes(text) for name, text in texts.items() if type(text) is str and is_given(row, text)}
    return replace(row, **changed) if changed else record
