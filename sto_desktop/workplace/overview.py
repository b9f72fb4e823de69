"""Writes the vogelvlucht of a dossier: in Word, Markdown or HTML, as text for a newsletter, and the plan in Excel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

from sto_desktop.domain.dutch import one_line, school_years, sentence
from sto_desktop.domain.panel.overview import OverviewContent
from sto_desktop.domain.privacy.naming.leaders import named_leaders
from sto_desktop.domain.privacy.remaining import Watch
from sto_desktop.exchange.out.plan_xlsx import PlanRow, plan_xlsx
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.look.look import HouseStyle
from sto_desktop.report.overview.overview_context import OverviewContext, names_found


def plan_rows(content: OverviewContent, years: Iterable[str] = ()) -> list[PlanRow]:
    """Return the lines of the plan as text."""
    context = OverviewContext.of(content, years)
    rows = []
    for plan_line in context.seen.plan:
        record = plan_line.main.recommendation
        rows.append(
            PlanRow(
                sentence(one_line(record.text)),
                context.theme_names(plan_line),
                context.given_by(plan_line),
                school_years(record.school_years),
                record.level.word if record.level else "",
                record.owner.strip(),
                record.priority.word if record.priority else "",
                one_line(record.first_step),
                one_line(record.securing),
            )
        )
    return rows


def overview_watch(content: OverviewContent, years: Iterable[str] = ()) -> Watch:
    """Return what looks for names in a finished vogelvlucht or plan: nobody is named in one."""
    people = [member for panel in content.panels for member in panel.people]
    led = (name for panel in content.panels for _, name in named_leaders(panel.panel, people))
    return Watch(people, led, names_found(content, years))


def write_plan(content: OverviewContent, target: Path, years: Iterable[str] = ()) -> list[PlanRow]:
    """Write the plan as an Excel file; return its lines."""
    from sto_desktop.report.word.package import replace_file

    rows = plan_rows(content, years)
    replace_file(target, plan_xlsx("Plan STO Twente", rows))
    return rows


def texts_of_plan(rows: Iterable[PlanRow]) -> tuple[str, ...]:
    """Return every text of these lines."""
    return tuple(text for row in rows for text in astuple(row))


def write_overview(
    content: OverviewContent,
    target: Path,
    *,
    short: bool = False,
    years: Iterable[str] = (),
    style: HouseStyle | None = None,
) -> Document:
    """Write the vogelvlucht, or if `short` the text for a newsletter, in the format of the file's extension.

    Returns the document.
    """
    from sto_desktop.report.overview.newsletter import newsletter
    from sto_desktop.report.overview.overview_report import OverviewOptions, overview_report
    from sto_desktop.report.writers.formats import write

    chosen = tuple(years)
    document = newsletter(content, chosen) if short else overview_report(content, OverviewOptions(chosen))
    write(document, target, style)
    return document
