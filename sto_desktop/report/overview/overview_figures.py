"""The figures of the vogelvlucht: how many members support the foremost insights, by subregion."""

from __future__ import annotations

from sto_desktop.domain.dutch import capital
from sto_desktop.domain.panel.overview import Axis, CrossingHead, Overview
from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Figure, FigureKind, Series


def overview_figures(overview: Overview) -> list[Figure]:
    """Return the figures of the themes that have one."""
    return [figure for theme in overview.themes if (figure := theme_figure(overview, theme)) is not None]


def theme_figure(overview: Overview, theme: CrossingHead) -> Figure | None:
    """Return how many members support the foremost insight about a theme in each subregion.

    None with fewer than two subregions: there is nothing to compare.
    """
    names: list[str] = []
    members: list[float] = []
    for region in overview.heads(Axis.SUBREGION):
        foremost = overview.crossing((Axis.THEME, theme.id), (Axis.SUBREGION, region.id)).foremost
        if foremost is not None and foremost.backing.supporters:
            names.append(region.label)
            members.append(float(len(foremost.backing.supporters)))
    if len(names) < 2:
        return None
    counts = "; ".join(f"{name} {int(count)}" for name, count in zip(names, members, strict=True))
    return Figure(
        FigureKind.BARS,
        tr("Wie er achter het voornaamste inzicht staan: {theme}", theme=theme.short or theme.label),
        tr("Subregio"),
        tuple(names),
        (Series(tr("panelleden"), tuple(members)),),
        tr("panelleden"),
        tr("Per subregio het aantal panelleden achter het voornaamste inzicht. {said}.", said=capital(counts)),
    )
