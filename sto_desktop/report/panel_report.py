"""The verslag of one panel as a document: its parts in order.

Who may be named is decided in `domain.naming`, once for all output. On top of that:

- A quote stands as a quote only when everybody who said it agreed to being quoted. Otherwise its words are shown as an
  ordinary note of "een panellid", without quotation marks. A quote of which nobody knows who said it is treated the
  same: there is no consent for it.
- The annex has the words of every note exactly once, under the same rule.
- Observations of the notulist stand in the annex alone, apart from what was said. Debriefs stand nowhere unless both
  the options and their author allow it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from sto_desktop.domain.content import PanelContent
from sto_desktop.report.annex import all_notes, time_used
from sto_desktop.report.blocks import Block, Contents, Document, Properties
from sto_desktop.report.chapters import theme_chapters
from sto_desktop.report.closing import conclusions, debrief, follow_up
from sto_desktop.report.context import ReportContext
from sto_desktop.report.front import PROGRAMME, about, cover, report_title, summary
from sto_desktop.report.options import Part, ReportOptions

_AUTHOR = "STO Twente"


def _contents(_: ReportContext) -> Iterator[Block]:
    yield Contents("Inhoud")


_PARTS: tuple[tuple[frozenset[Part], Callable[[ReportContext], Iterator[Block]]], ...] = (
    (frozenset({Part.COVER}), cover),
    (frozenset({Part.CONTENTS}), _contents),
    (frozenset({Part.SUMMARY}), summary),
    (frozenset({Part.METHOD, Part.COMPOSITION}), about),
    (frozenset({Part.THEMES}), theme_chapters),
    (frozenset({Part.CONCLUSIONS}), conclusions),
    (frozenset({Part.RECOMMENDATIONS, Part.ACTIONS, Part.OPEN_QUESTIONS}), follow_up),
    (frozenset({Part.DEBRIEF}), debrief),
    (frozenset({Part.NOTES}), all_notes),
    (frozenset({Part.TIME}), time_used),
)


def panel_report(content: PanelContent, options: ReportOptions | None = None) -> Document:
    """Return the verslag of a panel; the same content and options give an equal document."""
    chosen = options or ReportOptions()
    context = ReportContext.of(content, chosen)
    blocks = [
        block for parts, make in _PARTS if any(chosen.includes(part) for part in parts) for block in make(context)
    ]
    day = chosen.made_on or context.content.panel.date
    properties = Properties(author=_AUTHOR, subject=PROGRAMME)
    if day:
        properties = replace(properties, made=dt.datetime(day.year, day.month, day.day))
    return Document(report_title(context), tuple(blocks), properties=properties)
