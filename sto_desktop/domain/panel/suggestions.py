"""Suggestions of rows that look the same but are not linked yet: panels, themes and members brought in by merging."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sto_desktop.domain.model import Panel, Panelist, Theme
from sto_desktop.domain.panel.same import Sameness
from sto_desktop.domain.people import fold
from sto_desktop.domain.vocabulary import ThemeKind


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Rows of one table that look the same."""

    table: str
    rows: tuple[str, ...]


def suggest(
    panels: Sequence[Panel],
    themes: Sequence[Theme],
    panelists: Sequence[Panelist],
    used_guides: Iterable[str],
    same: Sameness,
) -> list[Suggestion]:
    """Return what to ask about: a conversation recorded on two laptops, a theme in two guides, a person entered twice.

    Args:
        used_guides: guides that a panel follows; themes of other guides are not suggested.
    """
    suggestions = [*_panels(panels, same), *_themes(themes, set(used_guides), same)]
    return [*suggestions, *_people(panelists, panels, same)]


def _groups(table: str, keyed: Mapping[object, Sequence[str]], same: Sameness) -> list[Suggestion]:
    suggestions = []
    for rows in keyed.values():
        # Rows that are already linked need no suggestion.
        mains = sorted({same.main(table, row) for row in rows})
        if len(mains) > 1:
            suggestions.append(Suggestion(table, tuple(sorted(rows))))
    return suggestions


def _panels(panels: Sequence[Panel], same: Sameness) -> list[Suggestion]:
    keyed: dict[object, list[str]] = defaultdict(list)
    for panel in panels:
        # Without a date and a subregion there is nothing to match on.
        if panel.date is not None and panel.subregion.strip():
            keyed[panel.date, fold(panel.subregion)].append(panel.id)
    return _groups("panel", keyed, same)


def _themes(themes: Sequence[Theme], used: set[str], same: Sameness) -> list[Suggestion]:
    keyed: dict[object, list[str]] = defaultdict(list)
    for theme in themes:
        if theme.kind is ThemeKind.CONVERSATION and theme.position.parent in used and theme.title.strip():
            keyed[fold(theme.title)].append(same.theme(theme))
    return _groups("theme", {key: sorted(set(rows)) for key, rows in keyed.items()}, same)


def _people(panelists: Sequence[Panelist], panels: Sequence[Panel], same: Sameness) -> list[Suggestion]:
    """Suggest equal names within one conversation. A member of two conversations is deliberately two members."""
    keyed: dict[object, list[str]] = defaultdict(list)
    panel_ids = {panel.id for panel in panels}
    for panelist in panelists:
        if panelist.name.strip() and panelist.panel is not None:
            keyed[same.main("panel", panelist.panel, panel_ids), fold(panelist.name)].append(panelist.id)
    return _groups("panelist", keyed, same)
