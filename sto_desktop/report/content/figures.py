"""The figures of a verslag: only if there is enough to show, and never with a sector of one member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sto_desktop.domain.dutch import closed, shortened, unclosed
from sto_desktop.domain.panel.content import InsightContent, ThemeContent
from sto_desktop.domain.panel.sectors import in_usual_order
from sto_desktop.domain.vocabulary import Aspect
from sto_desktop.language import listed, tr
from sto_desktop.report.blocks.blocks import Figure, FigureKind, Series
from sto_desktop.report.content.context import ReportContext

_LONGEST_LABEL = 160
# A chart of one bar compares nothing.
_FEWEST_BARS = 2


def _by_group(groups: dict[str, str], members: Iterable[Sequence[str]]) -> tuple[Series, ...]:
    """Return one series for each group: how many of each collection of members (ids) are in that group."""
    names = in_usual_order(groups.values())
    counted = [Counter(groups[member] for member in some if member in groups) for some in members]
    return tuple(Series(name, tuple(float(group_counts[name]) for group_counts in counted)) for name in names)


def _described(figure_of: str, categories: Sequence[str], series: Sequence[Series], unit: str) -> str:
    """Return the alternative text of a figure."""
    rows = []
    for at, name in enumerate(categories):
        shares = listed(
            f"{bar_series.name} {bar_series.values[at]:g}" for bar_series in series if bar_series.values[at]
        )
        rows.append(f"{unclosed(name)}: {shares or 'geen'}")
    return closed(tr("{figure_of}, in {unit}. {rows}", figure_of=figure_of, unit=unit, rows="; ".join(rows)))


def support(context: ReportContext, theme: ThemeContent) -> Figure | None:
    """Return how many members of each sector support the insights of a theme; None if there is too little to show."""
    groups = context.sector_groups
    # In the order of the chapter.
    insights = context.insights_of_theme(theme.id)
    insights += [insight for question in theme.questions for insight in context.insights_under(question.id)]
    supported: list[tuple[InsightContent, tuple[str, ...]]] = [
        (insight, context.backing(insight).supporters) for insight in insights
    ]
    shown = [(insight, supporters) for insight, supporters in supported if supporters]
    # An absent member who spoke all the same is counted in the text, but belongs to no group.
    everybody = all(member in groups for _, supporters in shown for member in supporters)
    if not groups or not everybody or len(shown) < _FEWEST_BARS:
        return None
    categories = tuple(shortened(insight.insight.text, _LONGEST_LABEL) for insight, _ in shown)
    series = _by_group(groups, [supporters for _, supporters in shown])
    return Figure(
        FigureKind.STACKED,
        tr("Wie achter de inzichten staan, naar sector"),
        tr("Inzicht"),
        categories,
        series,
        tr("panelleden"),
        _described(
            tr("Gestapelde balken: het aantal panelleden achter elk inzicht"), categories, series, tr("panelleden")
        ),
        bookmark=f"draagvlak-{theme.id}",
    )


def heard_by_theme(context: ReportContext) -> Figure | None:
    """Return from which sectors members spoke about each theme; None if there is too little to show."""
    groups = context.sector_groups
    heard = [(theme, context.heard(theme)) for theme in context.chapters]
    heard = [(theme, members) for theme, members in heard if members]
    if not groups or len(heard) < _FEWEST_BARS:
        return None
    categories = tuple(shortened(theme.short_title, _LONGEST_LABEL) for theme, _ in heard)
    series = _by_group(groups, [tuple(member.id for member in members) for _, members in heard])
    return Figure(
        FigureKind.STACKED,
        tr("Panelleden van wie iets is genoteerd, per thema en naar sector"),
        tr("Thema"),
        categories,
        series,
        tr("panelleden"),
        _described(
            tr("Gestapelde balken: het aantal panelleden van wie iets is genoteerd"),
            categories,
            series,
            tr("panelleden"),
        ),
        bookmark="wie-sprak",
    )


def time_by_part(rows: Sequence[tuple[str, int, int]]) -> Figure | None:
    """Return planned and used minutes of the parts of a conversation (name, planned, used)."""
    if len(rows) < _FEWEST_BARS:
        return None
    categories = tuple(shortened(name, _LONGEST_LABEL) for name, _, _ in rows)
    planned = Series(tr("gepland"), tuple(float(minutes) for _, minutes, _ in rows))
    used = Series(tr("gebruikt"), tuple(float(minutes) for _, _, minutes in rows))
    series = (planned, used) if any(planned.values) else (used,)
    return Figure(
        FigureKind.BARS,
        tr("Minuten per onderdeel, gepland en gebruikt") if len(series) > 1 else tr("Minuten per onderdeel"),
        tr("Onderdeel"),
        categories,
        series,
        tr("minuten"),
        _described(tr("Balken: de tijd per onderdeel van het gesprek"), categories, series, tr("minuten")),
        bookmark="tijd",
    )


def note_counts(context: ReportContext) -> Figure | None:
    """Return how many notes of each kind were typed under each theme."""
    kinds = tuple(aspect.kind for aspect in Aspect)
    counted = []
    for theme in context.chapters:
        notes = [note for question in theme.questions for note in context.body_notes(question)]
        counts = Counter(note.kind for note in notes)
        if any(counts[kind] for kind in kinds):
            counted.append((theme, counts))
    if len(counted) < _FEWEST_BARS:
        return None
    categories = tuple(shortened(theme.short_title, _LONGEST_LABEL) for theme, _ in counted)
    series = tuple(Series(tr(kind.word), tuple(float(counts[kind]) for _, counts in counted)) for kind in kinds)
    return Figure(
        FigureKind.BARS,
        tr("Aantal notities per thema, voor zover genoteerd"),
        tr("Thema"),
        categories,
        series,
        tr("notities"),
        _described(tr("Balken: het aantal notities per thema en soort"), categories, series, tr("notities")),
        bookmark="aantallen",
    )
