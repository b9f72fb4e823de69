"""Writes the notes of a panel as Markdown; see `notes_file` for the format, `notes_import` for the import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sto_desktop.domain.capture.writing import render, with_seats
from sto_desktop.domain.dutch import capital, clock, one_line
from sto_desktop.domain.panel.content import NoteContent, PanelContent, QuestionContent, ThemeContent
from sto_desktop.domain.panel.matching import find_question, find_theme
from sto_desktop.domain.privacy.naming.leaders import named_leaders
from sto_desktop.exchange.files.plain_document import OURS
from sto_desktop.exchange.notes.lines.spoken import UNASSIGNED


def _front(content: PanelContent) -> Iterator[str]:
    panel = content.panel
    if panel.title.strip():
        yield f"# {one_line(panel.title)}"
        yield ""
    about = {
        "Datum": panel.date.isoformat() if panel.date else "",
        "Begin": clock(panel.start),
        "Subregio": panel.subregion,
        "Locatie": panel.place,
        # Where nobody is named, "de gespreksleider" would say nothing, and come back as a note.
        **{capital(word): name for word, name in named_leaders(panel)},
    }
    for name, value in about.items():
        if value.strip():
            yield f"{name}: {one_line(value)}"


def _theme_heading(theme: ThemeContent, content: PanelContent) -> str:
    titles = (theme.title, theme.short_title)
    return next((title for title in titles if find_theme(title, content.guide) is theme), theme.title)


def _question_heading(question: QuestionContent, theme: ThemeContent, content: PanelContent) -> str:
    texts = (question.text, question.question.text, question.question.short_text)
    return next((text for text in texts if find_question(text, theme, content.guide) is question), question.text)


def _bullets(notes: Iterable[NoteContent], content: PanelContent) -> Iterator[str]:
    yield ""
    for note in notes:
        first, *further_lines = with_seats(render(note, content.panelists), note).split("\n")
        yield f"- {first}"
        yield from (f"  {line}" if line else "" for line in further_lines)
    yield ""


def write_notes(content: PanelContent, warning: str = "") -> str:
    """Return the notes of a panel as Markdown that `read_notes` and the import can restore.

    Speakers are written by seat, so the only names in the file are those typed into notes. Left out are stars, times,
    whether a note was set aside, insights, and notes without text. `warning` is a comment at the top.
    """
    notes = [note for note in content.typed_notes() if note.text.strip()]
    lines = [*([f"<!-- {warning} -->"] if warning else []), OURS, "", *_front(content), ""]
    question_ids = set()
    for theme in content.guide.themes:
        lines_of_theme: list[str] = []
        for question in theme.questions:
            question_ids.add(question.id)
            notes_here = [note for note in notes if note.question == question.id]
            if notes_here:
                lines_of_theme += [
                    f"### {one_line(_question_heading(question, theme, content))}",
                    *_bullets(notes_here, content),
                ]
        if lines_of_theme:
            lines += [f"## {one_line(_theme_heading(theme, content))}", "", *lines_of_theme]
    unplaced: dict[str, list[NoteContent]] = {}
    for note in notes:
        if note.question not in question_ids:
            unplaced.setdefault(one_line(note.note.heading), []).append(note)
    if unplaced:
        lines += [f"## {UNASSIGNED}", *_bullets(unplaced.pop("", ()), content)]
        for heading, notes_here in unplaced.items():
            lines += [f"### {heading}", *_bullets(notes_here, content)]
    return re.sub(r"\n{3,}(?=[#-])", "\n\n", "\n".join(lines).strip("\n") + "\n")
