"""The figures of the vogelvlucht: who is behind the foremost insights, subregion by subregion."""

from __future__ import annotations

from sto_desktop.domain.dutch import capital
from sto_desktop.domain.panel.overview import Axis, Head, Overview
from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Figure, FigureKind, Series


def overview_figures(seen: Overview) -> list[Figure]:
    """Return the figure of each theme that has one."""
    return [figure for theme in seen.themes if (figure := theme_figure(seen, theme)) is not None]


def theme_figure(seen: Overview, theme: Head) -> Figure | None:
    """Return who is behind the foremost insight about a theme in each subregion; None where that is known of one."""
    names: list[str] = []
    members: list[float] = []
    for region in seen.heads(Axis.SUBREGION):
        found = seen.crossing((Axis.THEME, theme.id), (Axis.SUBREGION, region.id)).foremost
        if found is not None and found.backing.supporters:
            names.append(region.label)
            members.append(float(len(found.backing.supporters)))
    if len(names) < 2:
        return None
    said = "; ".join(f"{name} {int(count)}" for name, count in zip(names, members, strict=True))
    return Figure(
        FigureKind.BARS,
        tr("Wie er achter het voornaamste inzicht staan: {theme}", theme=theme.short or theme.label),
        tr("Subregio"),
        tuple(names),
        (Series(tr("panelleden"), tuple(members)),),
        tr("panelleden"),
        tr("Per subregio het aantal panelleden achter het voornaamste inzicht. {said}.", said=capital(said)),
    )
