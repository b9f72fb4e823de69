"""The verslag of one panel as a document: the parts of its form, in the order wanted, under their headings.

`domain.privacy.naming` decides who may be named, and `domain.privacy.redaction` which names are removed from texts,
once for all output. In addition:

- A quote is shown as a quote only if everybody who said it agreed to being quoted. Otherwise its words are shown as an
  ordinary note of "een panellid", without quotation marks. So is a quote of unknown speakers: nobody consented.
- The part with all notes, if included, has the words of every note exactly once, under the same rule.
- Observations of the notulist are a separate part, apart from what was said. Debriefs are left out unless both the
  options and their author allow them.

A part makes the blocks under its heading; a part without blocks gets no heading.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from sto_desktop.domain.dutch import capital
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.language import listed, tr, tr_later
from sto_desktop.report.blocks.blocks import Block, Contents, Document, Heading, HeadingKind, Properties
from sto_desktop.report.blocks.options import ANNEXES, Form, Part, ReportOptions
from sto_desktop.report.content import account, annex, chapters, closing, front, minutes, short
from sto_desktop.report.content.context import ReportContext, part_bookmark

_AUTHOR = "STO Twente"

Maker = Callable[[ReportContext], Iterator[Block]]


def _contents(context: ReportContext) -> Iterator[Block]:
    yield Contents(context.options.title(Part.CONTENTS))


_MAKERS: Mapping[Part, Maker] = {
    Part.COVER: front.cover,
    Part.CONTENTS: _contents,
    Part.SUMMARY: front.summary,
    Part.METHOD: front.method,
    Part.COMPOSITION: front.composition,
    Part.ACCOUNT: account.account,
    Part.THEMES: chapters.theme_chapters,
    Part.CONCLUSIONS: closing.conclusions,
    Part.WRITTEN: closing.written,
    Part.RECOMMENDATIONS: closing.recommendations,
    Part.ACTIONS: closing.actions,
    Part.OPEN_QUESTIONS: closing.open_questions,
    Part.DEBRIEF: closing.debrief,
    Part.GUIDE: annex.guide,
    Part.MEMBERS: annex.members,
    Part.NOTES: annex.all_notes,
    Part.OBSERVATIONS: annex.observations,
    Part.TIME: annex.time_used,
}
_OF_FORM: Mapping[Form, Mapping[Part, Maker]] = {
    Form.EXTENDED: {},
    Form.SHORT: {
        Part.COVER: front.head,
        Part.SUMMARY: short.essence,
        Part.RECOMMENDATIONS: short.recommendations,
        Part.ACTIONS: short.actions,
        Part.OPEN_QUESTIONS: short.open_questions,
        Part.COMPOSITION: short.composition,
        Part.METHOD: short.method,
    },
    Form.MINUTES: {
        Part.COVER: front.head,
        Part.MEMBERS: minutes.present,
        Part.NOTES: minutes.course,
        Part.ACTIONS: minutes.actions,
        Part.OPEN_QUESTIONS: minutes.open_questions,
    },
}
# The themes have headings of their own.
_WITHOUT_HEADING = frozenset({Part.COVER, Part.CONTENTS, Part.THEMES})
_CHAPTERS: tuple[tuple[frozenset[Part], str], ...] = (
    (frozenset({Part.METHOD, Part.COMPOSITION, Part.ACCOUNT}), tr_later("Over dit panelgesprek")),
    (frozenset({Part.RECOMMENDATIONS, Part.ACTIONS, Part.OPEN_QUESTIONS}), ""),
)
"""Parts that form one chapter if they are consecutive, and its title; empty: the titles of the parts joined."""
# They come before the chapters that the panel's themes form.
_UNNUMBERED = frozenset({Part.SUMMARY, Part.METHOD, Part.COMPOSITION, Part.ACCOUNT})


def panel_report(content: PanelContent, options: ReportOptions | None = None) -> Document:
    """Return the verslag of a panel; the same content and options give an equal document."""
    chosen = options or ReportOptions()
    context = ReportContext.of(content, chosen)
    blocks = tuple(_blocks(context))
    # Never the current time: the same content and options must give the same file.
    day = chosen.made_on or context.content.panel.date
    properties = Properties(author=_AUTHOR, subject=front.PROGRAMME)
    if day:
        properties = replace(properties, made=dt.datetime(day.year, day.month, day.day))
    return Document(front.report_title(context), blocks, properties=properties)


def _blocks(context: ReportContext) -> Iterator[Block]:
    makers = _OF_FORM[context.options.form]
    sections = [
        (part, tuple(makers.get(part, _MAKERS[part])(context)))
        for part in context.options.parts
        if context.options.includes(part)
    ]
    for group in _grouped([section for section in sections if section[1]]):
        yield from _under_headings(context, group)


_Section = tuple[Part, tuple[Block, ...]]


def _family(part: Part) -> int | Part:
    return next((at for at, (parts, _) in enumerate(_CHAPTERS) if part in parts), part)


def _grouped(sections: list[_Section]) -> list[list[_Section]]:
    groups: list[list[_Section]] = []
    for section in sections:
        if groups and _family(groups[-1][0][0]) == _family(section[0]):
            groups[-1].append(section)
        else:
            groups.append([section])
    return groups


def _under_headings(context: ReportContext, group: list[_Section]) -> Iterator[Block]:
    options = context.options
    first, blocks = group[0]
    if first in _WITHOUT_HEADING:
        yield from blocks
        return
    # Only the extended form joins parts into chapters.
    if options.form is not Form.EXTENDED:
        for part, inside in group:
            yield Heading(1, options.title(part), HeadingKind.FLOWING, part_bookmark(part))
            yield from inside
        return
    kind = _kind(first)
    if len(group) == 1:
        yield Heading(1, options.title(first), kind, part_bookmark(first))
        yield from blocks
        return
    own_title = next(tr(title) for parts, title in _CHAPTERS if first in parts)
    yield Heading(1, own_title or _together(options.title(part) for part, _ in group), kind)
    for part, inside in group:
        yield Heading(2, options.title(part), kind, part_bookmark(part))
        yield from inside


def _kind(part: Part) -> HeadingKind:
    if part in ANNEXES:
        return HeadingKind.ANNEX
    return HeadingKind.UNNUMBERED if part in _UNNUMBERED else HeadingKind.CHAPTER


def _together(titles: Iterator[str]) -> str:
    first, *later_titles = titles
    return listed([capital(first), *(title[:1].lower() + title[1:] for title in later_titles)])
