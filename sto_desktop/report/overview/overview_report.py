"""The vogelvlucht as a document: summary, each theme, differences between subregions, recommendations and plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sto_desktop.domain.dutch import (
    capital,
    closed,
    in_words,
    long_date,
    number,
    one_line,
    sentence,
    shortened,
)
from sto_desktop.domain.panel.content import InsightContent
from sto_desktop.domain.panel.overview import Axis, CrossingHead, Finding, OverviewContent, PlanLine, foremost_first
from sto_desktop.domain.panel.voices import BROAD_SECTORS
from sto_desktop.domain.vocabulary import Aspect
from sto_desktop.language import tr, tr_later
from sto_desktop.report.blocks.blocks import (
    Block,
    Contents,
    Cover,
    Document,
    Emphasis,
    Heading,
    HeadingKind,
    ItemList,
    Paragraph,
    ParagraphRole,
    Properties,
    Table,
    Text,
    TextSpan,
)
from sto_desktop.report.content.closing import agreed_columns
from sto_desktop.report.content.front import PROGRAMME
from sto_desktop.report.overview.overview_context import OverviewContext, backing_text, where
from sto_desktop.report.overview.overview_figures import theme_figure

TITLE = tr_later("Vogelvlucht panelgesprekken")
_AUTHOR = "STO Twente"
_IN_SUMMARY = 5


@dataclass(frozen=True, slots=True)
class OverviewOptions:
    """What goes into the vogelvlucht: only panels of `years` (none: all); `figures` and the `annex` are optional."""

    years: tuple[str, ...] = ()
    figures: bool = True
    annex: bool = True
    made_on: dt.date | None = None


def overview_report(content: OverviewContent, options: OverviewOptions | None = None) -> Document:
    """Return the vogelvlucht of all panels; the same content and options give an equal document."""
    chosen = options or OverviewOptions()
    context = OverviewContext.of(content, chosen.years)
    blocks: list[Block] = [*_cover(context, chosen), Contents(tr("Inhoud"))]
    for make in (_summary, _themes, _differences, _conclusions, _recommendations):
        blocks += make(context, chosen)
    if chosen.annex:
        blocks += _evidence(context)
    day = chosen.made_on or max((panel.panel.date for panel in context.panels if panel.panel.date), default=None)
    made = dt.datetime(day.year, day.month, day.day) if day else dt.datetime(2000, 1, 1)
    properties = Properties(author=_AUTHOR, subject=PROGRAMME, made=made)
    return Document(tr(TITLE), tuple(blocks), properties=properties)


def _cover(context: OverviewContext, options: OverviewOptions) -> Iterator[Block]:
    details = [(where(panel.panel), long_date(panel.panel.date)) for panel in context.panels if panel.panel.date]
    status = long_date(options.made_on) if options.made_on else ""
    yield Cover(tr(TITLE), PROGRAMME, capital(status), tuple(details[:10]))


def _summary(context: OverviewContext, _: OverviewOptions) -> Iterator[Block]:
    yield Heading(1, tr("Samenvatting"), HeadingKind.UNNUMBERED, "samenvatting")
    yield Paragraph(context.held(), ParagraphRole.LEAD)
    for theme in context.seen.themes:
        words = _theme_in_short(context, theme)
        if words:
            yield Paragraph((TextSpan(f"{closed(theme.label)} ", Emphasis.STRONG), words))
    first = context.seen.plan[:_IN_SUMMARY]
    if first:
        yield Paragraph(tr("De panels bevelen vooral aan:") if len(first) > 1 else tr("De panels bevelen aan:"))
        yield ItemList(tuple(sentence(one_line(plan_line.main.recommendation.text)) for plan_line in first))
    reading = tr(
        "«Breed gedragen» is wat in één panel ten minste de helft van de aanwezigen zei of bijviel, uit ten minste "
        "{sectors} sectoren. Een panel is geen steekproef: het laat zien wat speelt, niet hoe vaak.",
        sectors=number(BROAD_SECTORS),
    )
    yield Paragraph(reading, ParagraphRole.REMARK)


def _theme_in_short(context: OverviewContext, theme: CrossingHead) -> str:
    insights = context.seen.overall(theme.id)
    if insights:
        return " ".join(sentence(one_line(insight.insight.text)) for insight in insights)
    # Of each panel one: two of the same would leave out what others found.
    findings = _one_each(context.seen.of_theme(theme.id))[:2]
    return " ".join(
        f"{where(finding.panel)}: {sentence(shortened(one_line(finding.text), 220))}" for finding in findings
    )


# Per theme


def _themes(context: OverviewContext, options: OverviewOptions) -> Iterator[Block]:
    for theme in context.seen.themes:
        findings = context.seen.of_theme(theme.id)
        overall = context.seen.overall(theme.id)
        if not findings and not overall:
            continue
        yield Heading(1, theme.label, HeadingKind.CHAPTER, f"thema-{theme.id}")
        yield Paragraph(_lead(context, findings), ParagraphRole.LEAD)
        for insight in overall:
            yield from _overall(context, insight)
        yield _by_region(context, theme)
        if options.figures:
            figure = theme_figure(context.seen, theme)
            if figure is not None:
                yield figure
        lines = [plan_line for plan_line in context.seen.plan if theme.id in plan_line.themes]
        if lines:
            yield Heading(2, tr("Aanbevelingen bij dit thema"))
            yield ItemList(tuple(_short_line(context, plan_line) for plan_line in lines))


def _lead(context: OverviewContext, findings: Iterable[Finding]) -> str:
    listed = list(findings)
    panels = len({finding.panel.id for finding in listed})
    insights = in_words(len(listed), "{n} inzicht", "{n} inzichten")
    if not listed:
        return tr("Geen van de panels werkte hierover een inzicht uit.")
    if panels == len(context.panels) and panels > 1:
        return tr(
            "De {panels} panels kwamen hierover samen tot {insights}.",
            panels=number(panels),
            insights=insights,
        )
    return capital(
        in_words(
            panels,
            "{n} van de {all} panels kwam hierover tot {insights}.",
            "{n} van de {all} panels kwamen hierover samen tot {insights}.",
            all=number(len(context.panels)),
            insights=insights,
        )
    )


def _overall(context: OverviewContext, insight: InsightContent) -> Iterator[Block]:
    comes_back = context.comes_back(insight)
    words = TextSpan(sentence(one_line(insight.insight.text)), Emphasis.STRONG)
    yield Paragraph((words, f" {closed(capital(comes_back))}" if comes_back else ""), ParagraphRole.INSIGHT)
    behind, against = context.seen.evidence(insight)
    if behind:
        yield ItemList(tuple(_finding(context, finding) for finding in behind))
    if against:
        yield Paragraph(tr("Daar staat tegenover:"))
        yield ItemList(tuple(_finding(context, finding) for finding in against))


def _finding(context: OverviewContext, finding: Finding) -> Text:
    return (TextSpan(f"{where(finding.panel)}: ", Emphasis.SOFT), context.finding_line(finding))


def _by_region(context: OverviewContext, theme: CrossingHead) -> Table:
    rows: list[tuple[Text, ...]] = []
    for region in context.regions:
        crossing = context.seen.crossing((Axis.THEME, theme.id), (Axis.SUBREGION, region.id))
        if crossing.foremost is not None:
            rows.append(
                (region.label, sentence(one_line(crossing.foremost.text)), backing_text(crossing.foremost.backing))
            )
        else:
            rows.append(
                (
                    region.label,
                    tr("Hierover is geen inzicht uitgewerkt.") if crossing.notes else tr("Niet besproken."),
                    "–",
                )
            )
    return Table(
        tr("{label} per subregio", label=theme.label),
        (tr("Subregio"), tr("Voornaamste inzicht"), tr("Draagvlak")),
        tuple(rows),
        (1.3, 4.2, 1.9),
        tr(
            "Een rij per subregio, met het voornaamste inzicht over {label} en hoe breed het gedragen werd.",
            label=theme.label,
        ),
    )


# Side by side


def _differences(context: OverviewContext, _: OverviewOptions) -> Iterator[Block]:
    """Yield what only one subregion told; the chapters of the themes have all subregions side by side."""
    # With a single subregion there is nothing to compare.
    if len(context.regions) < 2:
        return
    alone = [finding for finding in context.seen.findings if finding.theme and _only_here(context, finding)]
    if alone:
        yield Heading(1, tr("Verschillen tussen subregio’s"), HeadingKind.CHAPTER, "verschillen")
        yield Paragraph(tr("Alleen in één subregio kwam naar voren:"))
        yield ItemList(tuple(_finding(context, finding) for finding in alone[:_IN_SUMMARY]))


def _only_here(context: OverviewContext, finding: Finding) -> bool:
    """Return whether a finding is in one subregion only: no overall insight that several panels share rests on it."""
    behind = {
        other.insight.id
        for theme in (finding.theme, None)
        for overall in context.seen.overall(theme)
        for other in context.seen.evidence(overall)[0]
        if len(context.seen.panels_behind(overall)) > 1
    }
    return bool(context.seen.overall(finding.theme)) and finding.insight.id not in behind


def _conclusions(context: OverviewContext, _: OverviewOptions) -> Iterator[Block]:
    general = context.seen.overall(None)
    by_aspect: list[tuple[Aspect | None, list[Text]]] = []
    for aspect in (*Aspect, None):
        texts: list[Text] = [
            (sentence(one_line(insight.insight.text)), *_soft(context.comes_back(insight)))
            for insight in general
            if insight.insight.aspect is aspect
        ]
        # Without an insight over panels, give what the panels concluded, or else the best of each.
        if not texts and aspect is not None:
            found = [finding for finding in context.seen.findings if finding.aspect is aspect]
            best = [finding for finding in found if finding.theme is None] or _one_each(found)[:_IN_SUMMARY]
            texts = [_finding(context, finding) for finding in best]
        if texts:
            by_aspect.append((aspect, texts))
    if not by_aspect:
        return
    yield Heading(1, tr("De drie centrale vragen"), HeadingKind.CHAPTER, "conclusies")
    for aspect, texts in by_aspect:
        yield Heading(2, tr(aspect.meaning.question) if aspect is not None else tr("Over het geheel"))
        yield ItemList(tuple(texts))


def _soft(text: str) -> tuple[TextSpan, ...]:
    return (TextSpan(f" {closed(capital(text))}", Emphasis.SOFT),) if text else ()


def _one_each(findings: Iterable[Finding]) -> list[Finding]:
    """Return the foremost finding of each panel."""
    by_panel: dict[str, Finding] = {}
    for finding in foremost_first(findings):
        by_panel.setdefault(finding.panel.id, finding)
    return list(by_panel.values())


# Recommendations and plan


def _short_line(context: OverviewContext, plan_line: PlanLine) -> Text:
    panels = context.given_by(plan_line)
    return (sentence(one_line(plan_line.main.recommendation.text)), *_soft(panels))


def _recommendations(context: OverviewContext, _: OverviewOptions) -> Iterator[Block]:
    lines = context.seen.plan
    if not lines:
        return
    yield Heading(1, tr("Aanbevelingen en plan"), HeadingKind.CHAPTER, "plan")
    recommendations = in_words(sum(len(line.all) for line in lines), "{n} aanbeveling", "{n} aanbevelingen")
    yield Paragraph(
        in_words(
            len(context.panels),
            "Het panel deed {recommendations}; wat hetzelfde vraagt staat hier op één regel. {order}",
            "De {n} panels deden samen {recommendations}; wat hetzelfde vraagt staat hier op één regel. {order}",
            recommendations=recommendations,
            order=_order_of_plan(lines),
        ),
        ParagraphRole.LEAD,
    )
    yield _plan_table(context, lines)
    steps: list[Block] = []
    for at, line in enumerate(lines, 1):
        record = line.main.recommendation
        parts = [
            tr("Eerste stap: {first_step}", first_step=sentence(one_line(record.first_step)))
            if record.first_step.strip()
            else "",
            tr("Borging: {securing}", securing=sentence(one_line(record.securing))) if record.securing.strip() else "",
        ]
        if any(parts):
            steps.append(Paragraph((TextSpan(f"{at}. ", Emphasis.STRONG), " ".join(part for part in parts if part))))
    if steps:
        yield Heading(2, tr("Eerste stap en borging"))
        yield from steps


def _order_of_plan(lines: Sequence[PlanLine]) -> str:
    """Return a sentence on the order of the recommendations: readers assume that the first is the most important."""
    by_rule = tr("op prioriteit, en daarna op het aantal panels dat erom vroeg")
    own = sum(line.main.recommendation.position.parent is None for line in lines)
    if not own:
        return tr("Ze staan {by_rule}.", by_rule=by_rule)
    if own == len(lines):
        return tr("Ze staan in de volgorde van het plan.")
    return tr(
        "Eerst wat in het plan is opgenomen, in de volgorde van het plan; de andere staan {by_rule}.", by_rule=by_rule
    )


def _asked(context: OverviewContext, plan_line: PlanLine) -> Text:
    """Return a recommendation with its panels and themes in one cell: separate columns would leave it too
    little room.
    """
    panels = context.given_by(plan_line)
    about = "; ".join(part for part in (panels, context.theme_names(plan_line)) if part)
    return (sentence(one_line(plan_line.main.recommendation.text)), *_soft(about))


def _plan_table(context: OverviewContext, lines: Iterable[PlanLine]) -> Table:
    plan_lines = list(lines)
    return Table.of_columns(
        tr("Aanbevelingen van de panels, als plan"),
        [
            (tr("Nr."), 0.55, [str(at) for at in range(1, len(plan_lines) + 1)]),
            (tr("Aanbeveling"), 6.0, [_asked(context, line) for line in plan_lines]),
        ],
        agreed_columns([line.main.recommendation for line in plan_lines], (2.0, 1.75)),
        tr("Een rij per aanbeveling, met de panels die haar deden en wat erover is afgesproken."),
    )


# The evidence


def _evidence(context: OverviewContext) -> Iterator[Block]:
    """Yield the insights that no chapter tells, so that each stands in the document."""
    blocks: list[Block] = []
    for theme in (*context.seen.themes, None):
        told = _told(context, theme)
        findings = [
            finding
            for finding in context.seen.findings
            if finding.theme == (theme.id if theme else None) and finding.insight.id not in told
        ]
        if findings:
            blocks.append(Heading(2, theme.label if theme else tr("Over het geheel"), HeadingKind.ANNEX))
            blocks.append(ItemList(tuple(_finding(context, finding) for finding in findings)))
    if blocks:
        yield Heading(1, tr("Andere inzichten van de panels"), HeadingKind.ANNEX, "onderbouwing")
        yield Paragraph(tr("De inzichten die niet in de hoofdstukken staan, met hoe breed ze gedragen werden."))
        yield from blocks


def _told(context: OverviewContext, theme: CrossingHead | None) -> set[str]:
    """Return the insights (id) of panels that the chapter of a theme tells; None: that of the central questions."""
    if theme is None:
        covered = {insight.insight.aspect for insight in context.seen.overall(None)}
        asked = set(Aspect) - covered
        return {one.insight.id for one in context.seen.findings if one.theme is None and one.aspect in asked}
    cells = (context.seen.crossing((Axis.THEME, theme.id), (Axis.SUBREGION, one.id)) for one in context.regions)
    behind = [cell.foremost for cell in cells if cell.foremost is not None]
    for insight in context.seen.overall(theme.id):
        behind += (finding for side in context.seen.evidence(insight) for finding in side)
    return {finding.insight.id for finding in behind}
