"""The notes of a panel written as Markdown; see `notes_file` for the form, `notes_import` for the way back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sto_desktop.domain.capture.language import render
from sto_desktop.domain.dutch import clock
from sto_desktop.domain.panel.content import NoteContent, PanelContent, QuestionContent, ThemeContent
from sto_desktop.domain.panel.matching import find_question, find_theme
from sto_desktop.exchange.notes.notes_file import UNASSIGNED


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _front(content: PanelContent) -> Iterator[str]:
    panel = content.panel
    if panel.title.strip():
        yield f"# {_one_line(panel.title)}"
        yield ""
    about = {
        "Datum": panel.date.isoformat() if panel.date else "",
        "Begin": clock(panel.start),
        "Subregio": panel.subregion,
        "Locatie": panel.place,
        "Gespreksleider": panel.moderator,
        "Notulist": panel.note_taker,
    }
    for name, value in about.items():
        if value.strip():
            yield f"{name}: {_one_line(value)}"


def _theme_heading(theme: ThemeContent, content: PanelContent) -> str:
    titles = (theme.title, theme.short_title)
    return next((title for title in titles if find_theme(title, content.guide) is theme), theme.title)


def _question_heading(item: QuestionContent, theme: ThemeContent, content: PanelContent) -> str:
    texts = (item.text, item.question.text, item.question.short_text)
    return next((text for text in texts if find_question(text, theme, content.guide) is item), item.text)


def _bullets(notes: Iterable[NoteContent], content: PanelContent) -> Iterator[str]:
    yield ""
    for note in notes:
        first, *rest = render(note, content.panelists).split("\n")
        yield f"- {first}"
        yield from (f"  {line}" if line else "" for line in rest)
    yield ""


def write_notes(content: PanelContent) -> str:
    """Return the notes of a panel as Markdown that `read_notes` and the import give back.

    Speakers are written by seat, so the file names nobody who was not typed into a note. Not in it: stars, times,
    what was set aside, insights, and notes whose text is gone.
    """
    notes = [note for note in content.typed_notes() if note.text.strip()]
    lines = [*_front(content), ""]
    known = set()
    for theme in content.guide.themes:
        lines_of_theme: list[str] = []
        for item in theme.questions:
            known.add(item.id)
            here = [note for note in notes if note.question == item.id]
            if here:
                lines_of_theme += [
                    f"### {_one_line(_question_heading(item, theme, content))}",
                    *_bullets(here, content),
                ]
        if lines_of_theme:
            lines += [f"## {_one_line(_theme_heading(theme, content))}", "", *lines_of_theme]
    left: dict[str, list[NoteContent]] = {}
    for note in notes:
        if note.question not in known:
            left.setdefault(_one_line(note.note.heading), []).append(note)
    if left:
        lines += [f"## {UNASSIGNED}", *_bullets(left.pop("", ()), content)]
        for heading, here in left.items():
            lines += [f"### {heading}", *_bullets(here, content)]
    return re.sub(r"\n{3,}(?=[#-])", "\n\n", "\n".join(lines).strip("\n") + "\n")
