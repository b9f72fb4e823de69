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
    school_years,
    sentence,
    shortened,
)
from sto_desktop.domain.panel.content import InsightContent
from sto_desktop.domain.panel.overview import Axis, Finding, Head, OverviewContent, PlanLine, foremost_first
from sto_desktop.domain.panel.voices import BROAD_MEMBERS, BROAD_SECTORS
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
    Properties,
    Role,
    Span,
    Table,
    Text,
)
from sto_desktop.report.blocks.wording import left_out
from sto_desktop.report.content.front import PROGRAMME
from sto_desktop.report.overview.overview_context import OverviewContext, said_backing, where
from sto_desktop.report.overview.overview_figures import theme_figure

TITLE = tr_later("Vogelvlucht panelgesprekken")
_AUTHOR = "STO Twente"
_FOREMOST = 3
_IN_SUMMARY = 5
_CELL = 160
"""Signs of an insight in the cell of a table."""


@dataclass(frozen=True, slots=True)
class OverviewOptions:
    """What goes into the vogelvlucht: `years` limits it; `figures` and the `annex` of evidence can be left out."""

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
    day = chosen.made_on or max((item.panel.date for item in context.panels if item.panel.date), default=None)
    made = dt.datetime(day.year, day.month, day.day) if day else dt.datetime(2000, 1, 1)
    properties = Properties(author=_AUTHOR, subject=PROGRAMME, made=made)
    return Document(tr(TITLE), tuple(blocks), properties=properties)


def _cover(context: OverviewContext, options: OverviewOptions) -> Iterator[Block]:
    details = [(where(item.panel), long_date(item.panel.date)) for item in context.panels if item.panel.date]
    status = long_date(options.made_on) if options.made_on else ""
    yield Cover(tr(TITLE), PROGRAMME, capital(status), tuple(details[:10]))


def _summary(context: OverviewContext, _: OverviewOptions) -> Iterator[Block]:
    yield Heading(1, tr("Samenvatting"), HeadingKind.UNNUMBERED, "samenvatting")
    yield Paragraph(context.held(), Role.LEAD)
    for theme in context.seen.themes:
        said = _theme_in_short(context, theme)
        if said:
            yield Paragraph((Span(f"{closed(theme.label)} ", Emphasis.STRONG), said))
    first = context.seen.plan[:_IN_SUMMARY]
    if first:
        yield Paragraph(tr("De panels bevelen vooral aan:") if len(first) > 1 else tr("De panels bevelen aan:"))
        yield ItemList(tuple(sentence(one_line(line.main.recommendation.text)) for line in first))
    reading = tr(
        "«Breed gedragen» is wat minstens {members} panelleden uit {sectors} "
        "sectoren in één panel zeiden. Een panel is geen steekproef: het laat zien wat speelt, "
        "niet hoe vaak.",
        members=number(BROAD_MEMBERS),
        sectors=number(BROAD_SECTORS),
    )
    yield Paragraph(" ".join(part for part in (reading, left_out(context.left_out)) if part), Role.REMARK)


def _theme_in_short(context: OverviewContext, theme: Head) -> str:
    overall = context.seen.overall(theme.id)
    if overall:
        return " ".join(sentence(one_line(item.insight.text)) for item in overall)
    findings = context.seen.of_theme(theme.id)[:2]
    return " ".join(f"{where(item.panel)}: {sentence(shortened(one_line(item.text), 220))}" for item in findings)


# Per theme


def _themes(context: OverviewContext, options: OverviewOptions) -> Iterator[Block]:
    for theme in context.seen.themes:
        findings = context.seen.of_theme(theme.id)
        overall = context.seen.overall(theme.id)
        if not findings and not overall:
            continue
        yield Heading(1, theme.label, HeadingKind.CHAPTER, f"thema-{theme.id}")
        yield Paragraph(_lead(context, findings), Role.LEAD)
        for item in overall:
            yield from _overall(context, item)
        if not overall:
            yield Paragraph(tr("Dit kwam het breedst naar voren:"))
            yield ItemList(tuple(_finding(context, item) for item in findings[:_FOREMOST]))
        yield _by_region(context, theme)
        if options.figures:
            figure = theme_figure(context.seen, theme)
            if figure is not None:
                yield figure
        lines = [line for line in context.seen.plan if theme.id in line.themes]
        if lines:
            yield Heading(2, tr("Aanbevelingen bij dit thema"))
            yield ItemList(tuple(_short_line(context, line) for line in lines))


def _lead(context: OverviewContext, findings: Iterable[Finding]) -> str:
    found = list(findings)
    panels = len({item.panel.id for item in found})
    insights = in_words(len(found), "{n} inzicht", "{n} inzichten")
    if not found:
        return tr("Geen van de panels werkte hierover een inzicht uit.")
    if panels == len(context.panels) and panels > 1:
        return tr(
            "Alle {panels} panels hadden hierover iets te zeggen: samen {insights}.",
            panels=number(panels),
            insights=insights,
        )
    some = capital(in_words(panels, "{n} panel", "{n} panels"))
    return tr("{some} van de {all}: samen {insights}.", some=some, all=number(len(context.panels)), insights=insights)


def _overall(context: OverviewContext, item: InsightContent) -> Iterator[Block]:
    comes_back = context.comes_back(item)
    words = Span(sentence(one_line(item.insight.text)), Emphasis.STRONG)
    yield Paragraph((words, f" {closed(capital(comes_back))}" if comes_back else ""), Role.INSIGHT)
    behind, against = context.seen.evidence(item)
    if behind:
        yield ItemList(tuple(_finding(context, one) for one in behind))
    if against:
        yield Paragraph(tr("Daar staat tegenover:"))
        yield ItemList(tuple(_finding(context, one) for one in against))


def _finding(context: OverviewContext, item: Finding) -> Text:
    return (Span(f"{where(item.panel)}: ", Emphasis.SOFT), context.finding_line(item))


def _by_region(context: OverviewContext, theme: Head) -> Table:
    rows: list[tuple[Text, ...]] = []
    for region in context.regions:
        found = context.seen.crossing((Axis.THEME, theme.id), (Axis.SUBREGION, region.id))
        if found.foremost is not None:
            rows.append((region.label, sentence(one_line(found.foremost.text)), said_backing(found.foremost.backing)))
        else:
            rows.append(
                (
                    region.label,
                    tr("Hierover is geen inzicht uitgewerkt.") if found.notes else tr("Niet besproken."),
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
    if len(context.regions) < 2:
        return
    yield Heading(1, tr("Verschillen tussen subregio’s"), HeadingKind.CHAPTER, "verschillen")
    yield Paragraph(tr("Het voornaamste inzicht van elke subregio bij elk thema."))
    themes = context.seen.themes
    rows: list[tuple[Text, ...]] = []
    for region in context.regions:
        cells: list[Text] = [region.label]
        for theme in themes:
            found = context.seen.crossing((Axis.THEME, theme.id), (Axis.SUBREGION, region.id)).foremost
            cells.append(sentence(shortened(one_line(found.text), _CELL)) if found is not None else "–")
        rows.append(tuple(cells))
    yield Table(
        tr("Thema’s en subregio’s naast elkaar"),
        (tr("Subregio"), *(theme.short or theme.label for theme in themes)),
        tuple(rows),
        (1.1, *(1.6 for _ in themes)),
        tr("Een rij per subregio en een kolom per thema, met in elke cel het voornaamste inzicht."),
    )
    alone = [item for item in context.seen.findings if item.theme and _only_here(context, item)]
    if alone:
        yield Paragraph(tr("Alleen in één subregio kwam naar voren:"))
        yield ItemList(tuple(_finding(context, item) for item in alone[:_IN_SUMMARY]))


def _only_here(context: OverviewContext, item: Finding) -> bool:
    """Tell whether a finding is broad where it is, and no insight of the programme says that it comes back."""
    behind = {
        one.insight.id
        for theme in (item.theme, None)
        for overall in context.seen.overall(theme)
        for one in context.seen.evidence(overall)[0]
        if len(context.seen.panels_behind(overall)) > 1
    }
    return bool(context.seen.overall(item.theme)) and item.insight.id not in behind


def _conclusions(context: OverviewContext, _: OverviewOptions) -> Iterator[Block]:
    general = context.seen.overall(None)
    by_aspect: list[tuple[Aspect | None, list[Text]]] = []
    for aspect in (*Aspect, None):
        found: list[Text] = [
            (sentence(one_line(item.insight.text)), *_soft(context.comes_back(item)))
            for item in general
            if item.insight.aspect is aspect
        ]
        if not found and aspect is not None:
            best = [
                item
                for theme in context.seen.themes
                for item in context.seen.of_theme(theme.id)
                if item.aspect is aspect
            ]
            found = [_finding(context, item) for item in _one_each(best)[:_IN_SUMMARY]]
        if found:
            by_aspect.append((aspect, found))
    if not by_aspect:
        return
    yield Heading(1, tr("De drie centrale vragen"), HeadingKind.CHAPTER, "conclusies")
    for aspect, items in by_aspect:
        yield Heading(2, tr(aspect.meaning.question) if aspect is not None else tr("Over het geheel"))
        yield ItemList(tuple(items))


def _soft(text: str) -> tuple[Span, ...]:
    return (Span(f" {closed(capital(text))}", Emphasis.SOFT),) if text else ()


def _one_each(findings: Iterable[Finding]) -> list[Finding]:
    """Return the foremost finding of each panel."""
    seen: dict[str, Finding] = {}
    for item in foremost_first(findings):
        seen.setdefault(item.panel.id, item)
    return list(seen.values())


# Recommendations and plan


def _short_line(context: OverviewContext, line: PlanLine) -> Text:
    given = context.given_by(line)
    return (sentence(one_line(line.main.recommendation.text)), *_soft(given))


def _recommendations(context: OverviewContext, _: OverviewOptions) -> Iterator[Block]:
    lines = context.seen.plan
    if not lines:
        return
    yield Heading(1, tr("Aanbevelingen en plan"), HeadingKind.CHAPTER, "plan")
    panels = in_words(len(context.panels), "{n} panel", "{n} panels")
    given = in_words(sum(len(line.all) for line in lines), "{n} aanbeveling", "{n} aanbevelingen")
    yield Paragraph(
        tr(
            "De {panels} deden samen {recommendations}; wat hetzelfde vraagt staat hier op één regel. {order}",
            panels=panels,
            recommendations=given,
            order=_order_of_plan(lines),
        ),
        Role.LEAD,
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
            steps.append(Paragraph((Span(f"{at}. ", Emphasis.STRONG), " ".join(part for part in parts if part))))
    if steps:
        yield Heading(2, tr("Eerste stap en borging"))
        yield from steps


def _order_of_plan(lines: Sequence[PlanLine]) -> str:
    """Return in a sentence by what the recommendations are ordered: a reader takes the first for the foremost."""
    by_rule = tr("op prioriteit, en daarna op het aantal panels dat erom vroeg")
    own = sum(line.main.recommendation.position.parent is None for line in lines)
    if not own:
        return tr("Ze staan {by_rule}.", by_rule=by_rule)
    if own == len(lines):
        return tr("Ze staan in de volgorde van het plan.")
    return tr(
        "Eerst wat in het plan is opgenomen, in de volgorde van het plan; de andere staan {by_rule}.", by_rule=by_rule
    )


def _asked(context: OverviewContext, line: PlanLine) -> Text:
    """Return a recommendation with who gave it and what it is about: as columns these would leave no room for words."""
    given = context.given_by(line)
    about = "; ".join(part for part in (given, context.theme_names(line)) if part)
    return (sentence(one_line(line.main.recommendation.text)), *_soft(about))


def _plan_table(context: OverviewContext, lines: Iterable[PlanLine]) -> Table:
    found = list(lines)
    records = [line.main.recommendation for line in found]
    columns: list[tuple[str, float, list[Text]]] = [
        (tr("Nr."), 0.55, [str(at) for at in range(1, len(found) + 1)]),
        (tr("Aanbeveling"), 4.4, [_asked(context, line) for line in found]),
    ]
    optional: list[tuple[str, float, list[Text]]] = [
        (tr("Schooljaar"), 1.15, [school_years(item.school_years) for item in records]),
        (tr("Niveau"), 1.35, [tr(item.level.word) if item.level else "" for item in records]),
        (tr("Eigenaar"), 2.0, [item.owner.strip() for item in records]),
        (tr("Prioriteit"), 1.1, [tr(item.priority.word) if item.priority else "" for item in records]),
    ]
    columns += [column for column in optional if any(column[2])]
    cells = ([cell or "–" for cell in column] for _, _, column in columns)
    return Table(
        tr("Aanbevelingen van de panels, als plan"),
        tuple(title for title, _, _ in columns),
        tuple(zip(*cells, strict=True)),
        tuple(width for _, width, _ in columns),
        tr("Een rij per aanbeveling, met de panels die haar deden en wat erover is afgesproken."),
    )


# The evidence


def _evidence(context: OverviewContext) -> Iterator[Block]:
    if not context.seen.findings:
        return
    yield Heading(1, tr("Inzichten per panel"), HeadingKind.ANNEX, "onderbouwing")
    yield Paragraph(tr("Alle inzichten van de panels, met hoe breed ze gedragen werden."))
    for theme in (*context.seen.themes, None):
        found = [item for item in context.seen.findings if item.theme == (theme.id if theme else None)]
        if found:
            yield Heading(2, theme.label if theme else tr("Over het geheel"), HeadingKind.ANNEX)
            yield ItemList(tuple(_finding(context, item) for item in found))
