"""All panels compared: the findings of each about each theme, how widely they were shared, and what recurs where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.content import InsightContent, NoteContent, PanelContent, RecommendationContent
from sto_desktop.domain.panel.same import Sameness
from sto_desktop.domain.panel.sectors import in_usual_order, sector_of
from sto_desktop.domain.panel.voices import Backing, Support, Voices
from sto_desktop.domain.vocabulary import SUBREGIONS, Aspect, Priority, priority_rank
from sto_desktop.language import tr

_ORDER_OF_SUPPORT = (Support.BROAD, Support.SHARED, Support.DIVIDED, Support.SINGLE, None)


class Axis(StrEnum):
    """The dimension of rows or columns."""

    THEME = "theme"
    SUBREGION = "subregion"
    SECTOR = "sector"
    ASPECT = "aspect"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class OverviewContent:
    """The data read from all panels.

    Per panel: its guide, members, insights and recommendations, and only those notes on which these rest.
    `note_counts`: number of all notes by panel and question (ids). `insights` and `recommendations`: those of the
    programme, not of any panel.
    """

    panels: tuple[PanelContent, ...] = ()
    note_counts: Mapping[tuple[str, str | None], int] = field(default_factory=dict)
    insights: tuple[InsightContent, ...] = ()
    recommendations: tuple[RecommendationContent, ...] = ()
    same: Sameness = field(default_factory=Sameness)


@dataclass(frozen=True, slots=True)
class CrossingHead:
    """Header of a row or column; `short` for narrow places."""

    id: str
    label: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """An insight of a panel, with its backing; `theme`: the theme's id shared by all guides, None: no theme."""

    panel: Panel
    insight: InsightContent
    backing: Backing
    theme: str | None = None
    aspect: Aspect | None = None

    @property
    def text(self) -> str:
        """The text of the insight."""
        return self.insight.insight.text.strip()


@dataclass(frozen=True, slots=True)
class Crossing:
    """A cell of the overview: findings, most widely shared first; the number of notes; whether it was discussed."""

    findings: tuple[Finding, ...] = ()
    notes: int = 0
    panels: int = 0

    @property
    def foremost(self) -> Finding | None:
        """The most widely shared finding."""
        return self.findings[0] if self.findings else None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """Recommendations that say the same, as one line of the plan: `main` represents them.

    `panels`: the panels that made one of them; `themes`: theme ids shared by all guides; none means all themes.
    """

    main: RecommendationContent
    all: tuple[RecommendationContent, ...]
    panels: tuple[Panel, ...] = ()
    themes: tuple[str, ...] = ()


def foremost_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings, most widely shared first."""

    def rank(finding: Finding) -> tuple[int, int, int, str]:
        backing = finding.backing
        return (
            _ORDER_OF_SUPPORT.index(backing.support),
            -len(backing.sectors),
            -len(backing.supporters),
            finding.insight.insight.position.key,
        )

    return tuple(sorted(findings, key=rank))


def year_of(panel: Panel) -> str:
    """Return the year of a panel; empty without a date."""
    return str(panel.date.year) if panel.date is not None else ""


class Overview:
    """The vogelvlucht: rows and columns along two axes, and the data behind each cell.

    `years` limits it to panels of these years; none: all years. `alike`: for a document, the members of a panel whom no
    output may tell apart (see `Voices`).
    """

    def __init__(
        self,
        content: OverviewContent,
        years: Iterable[str] = (),
        alike: Callable[[PanelContent], Mapping[str, Hashable]] = lambda panel: {},
    ) -> None:
        self._alike = alike
        self.content = content
        self.same = content.same
        self.wanted = tuple(years)
        wanted = set(self.wanted)
        self.panels = tuple(panel for panel in content.panels if not wanted or year_of(panel.panel) in wanted)

    def prepare(self, rows: Axis, columns: Axis) -> None:
        """Compute in advance what these axes and the plan need; meant for a worker thread."""
        self._crossings(rows, columns)
        _ = self.plan

    # Heads

    @cached_property
    def themes(self) -> tuple[CrossingHead, ...]:
        """The conversation themes of all guides, in the order of the guides."""
        heads: dict[str, CrossingHead] = {}
        for panel in self.panels:
            for theme in panel.guide.themes:
                if theme.is_conversation:
                    key = self.same.theme(theme.theme)
                    heads.setdefault(key, CrossingHead(key, theme.title, theme.short_title))
        return tuple(heads.values())

    def heads(self, axis: Axis) -> tuple[CrossingHead, ...]:
        """Return the rows or columns of an axis; only those that some panel has."""
        match axis:
            case Axis.THEME:
                return self.themes
            case Axis.SUBREGION:
                return tuple(CrossingHead(name, name or tr("zonder subregio")) for name in self._subregions)
            case Axis.SECTOR:
                return tuple(CrossingHead(name, name) for name in self._sectors)
            case Axis.ASPECT:
                return tuple(CrossingHead(aspect.value, aspect.meaning.question, aspect.word) for aspect in Aspect)
            case Axis.YEAR:
                return tuple(CrossingHead(name, name or tr("zonder datum")) for name in self.years)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years in which panels were held, ascending."""
        return tuple(sorted({year_of(panel.panel) for panel in self.panels}))

    @cached_property
    def _subregions(self) -> tuple[str, ...]:
        names = {panel.panel.subregion.strip() for panel in self.panels}
        return _in_order(names, SUBREGIONS)

    @cached_property
    def _sectors(self) -> tuple[str, ...]:
        return in_usual_order(set(self._sector_of.values()) - {""})

    @cached_property
    def _sector_of(self) -> Mapping[str, str]:
        return sector_of(member for panel in self.panels for member in panel.panelists)

    # Findings

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every insight of every panel that has text."""
        return tuple(finding for panel in self.panels for finding in self._findings_of(panel))

    def _findings_of(self, content: PanelContent) -> Iterable[Finding]:
        voices = Voices(content, self._sector_of, self._alike(content))
        themes = {theme.id: self.same.theme(theme.theme) for theme in content.guide.themes}
        of_question = {
            question.id: (themes[theme.id], question.aspect) for theme, question in content.guide.questions()
        }
        for insight in content.insights:
            record = insight.insight
            if record.text.strip():
                theme, aspect = of_question.get(record.position.parent or "", (themes.get(record.theme or ""), None))
                backing = voices.backing(*content.evidence(insight))
                yield Finding(content.panel, insight, backing, theme, record.aspect or aspect)

    @cached_property
    def by_id(self) -> Mapping[str, Finding]:
        """Findings by the id of their insight."""
        return {finding.insight.id: finding for finding in self.findings}

    @cached_property
    def _panels_by_id(self) -> Mapping[str, PanelContent]:
        return {panel.panel.id: panel for panel in self.panels}

    def panel(self, panel: str) -> PanelContent | None:
        """Return a panel by id; None if it is not included."""
        return self._panels_by_id.get(panel)

    @cached_property
    def notes(self) -> Mapping[str, tuple[PanelContent, NoteContent]]:
        """The notes on which anything rests, by id, with their panel."""
        return {note: (panel, content) for panel in self.panels for content in panel.notes for note in content.ids}

    # Crossings

    def crossing(self, row: tuple[Axis, str], column: tuple[Axis, str]) -> Crossing:
        """Return one cell."""
        return self._crossings(row[0], column[0]).get((row[1], column[1]), Crossing())

    def _crossings(self, rows: Axis, columns: Axis) -> Mapping[tuple[str, str], Crossing]:
        crossings = self._known.get((rows, columns))
        if crossings is None:
            crossings = self._known[rows, columns] = self._cross(rows, columns)
        return crossings

    @cached_property
    def _known(self) -> dict[tuple[Axis, Axis], Mapping[tuple[str, str], Crossing]]:
        return {}

    def _cross(self, rows: Axis, columns: Axis) -> Mapping[tuple[str, str], Crossing]:
        findings: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in self.findings:
            # A finding of several sectors counts in each of them.
            for row in self._places(rows, finding):
                for column in self._places(columns, finding):
                    findings[row, column].append(finding)
        notes: dict[tuple[str, str], int] = defaultdict(int)
        panels: dict[tuple[str, str], set[str]] = defaultdict(set)
        for panel, place, count in self._counted:
            for key in ((row, column) for row in place.along(rows) for column in place.along(columns)):
                notes[key] += count
                panels[key].add(panel)
        return {
            key: Crossing(foremost_first(findings.get(key, ())), notes.get(key, 0), len(panels.get(key, ())))
            for key in findings.keys() | notes.keys()
        }

    def _places(self, axis: Axis, finding: Finding) -> Sequence[str]:
        match axis:
            case Axis.THEME:
                return (finding.theme,) if finding.theme else ()
            case Axis.SUBREGION:
                return (finding.panel.subregion.strip(),)
            case Axis.SECTOR:
                return finding.backing.sectors
            case Axis.ASPECT:
                return (finding.aspect.value,) if finding.aspect else ()
            case Axis.YEAR:
                return (year_of(finding.panel),)

    @cached_property
    def _counted(self) -> Sequence[tuple[str, _Place, int]]:
        """The number of notes per panel and question, with its place along an axis (unknown for sectors)."""
        places: dict[tuple[str, str], _Place] = {}
        for content in self.panels:
            for theme, question in content.guide.questions():
                places[content.panel.id, question.id] = _Place(
                    self.same.theme(theme.theme), question.aspect, content.panel
                )
        counted = []
        for (panel, asked), count in self.content.note_counts.items():
            place = places.get((panel, asked or ""))
            if place is not None:
                counted.append((panel, place, count))
        return counted

    def was_discussed(self, theme: str, subregion: str) -> bool:
        """Return whether a theme was discussed in a subregion at all."""
        crossing = self.crossing((Axis.THEME, theme), (Axis.SUBREGION, subregion))
        return bool(crossing.notes or crossing.findings)

    def behind(self, row: tuple[Axis, str] | None, column: tuple[Axis, str] | None) -> tuple[Finding, ...]:
        """Return the findings in a cell, or in a whole row or column; most widely shared first."""
        if row is not None and column is not None:
            return self.crossing(row, column).findings
        wanted = [place for place in (row, column) if place is not None]
        return foremost_first(
            finding for finding in self.findings if all(name in self._places(axis, finding) for axis, name in wanted)
        )

    def panels_at(self, *places: tuple[Axis, str]) -> tuple[PanelContent, ...]:
        """Return the panels of a subregion, of a year, or of both; for other axes all panels."""
        at = [(axis, name) for axis, name in places if axis in (Axis.SUBREGION, Axis.YEAR)]

        def is_there(panel: Panel) -> bool:
            where = {Axis.SUBREGION: panel.subregion.strip(), Axis.YEAR: year_of(panel)}
            return all(where[axis] == name for axis, name in at)

        return tuple(panel for panel in self.panels if is_there(panel.panel))

    # Recurring findings

    def spread(self, theme: str) -> Mapping[Support | None, tuple[str, ...]]:
        """Return, per degree of support, the subregions where the foremost insight about a theme has it.

        None holds the subregions whose speakers were not recorded, and those without an insight about it (see
        `was_discussed`).
        """
        regions_by_support: dict[Support | None, list[str]] = defaultdict(list)
        for region in self._subregions:
            foremost = self.crossing((Axis.THEME, theme), (Axis.SUBREGION, region)).foremost
            regions_by_support[foremost.backing.support if foremost is not None else None].append(region)
        return {support: tuple(regions) for support, regions in regions_by_support.items()}

    def evidence(self, insight: InsightContent) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """Return the findings of panels that support an insight of the programme, and those against it."""
        behind = tuple(self.by_id[finding_id] for finding_id in insight.insights if finding_id in self.by_id)
        against = tuple(self.by_id[finding_id] for finding_id in insight.against if finding_id in self.by_id)
        return behind, against

    def panels_behind(self, insight: InsightContent) -> tuple[Panel, ...]:
        """Return the panels in which an insight of the programme recurs, through their insights or notes."""
        behind, _ = self.evidence(insight)
        panels = {finding.panel.id: finding.panel for finding in behind}
        for note in insight.supports:
            if note in self.notes:
                panel = self.notes[note][0].panel
                panels.setdefault(panel.id, panel)
        return tuple(panels.values())

    def overall(self, theme: str | None) -> tuple[InsightContent, ...]:
        """Return the insights of the programme about a theme (None: about all themes), in order."""
        return tuple(
            insight
            for insight in self.content.insights
            if insight.insight.text.strip() and self._theme_of(insight.insight.theme) == theme
        )

    def _theme_of(self, theme: str | None) -> str | None:
        return self._theme_keys.get(theme, self.same.main("theme", theme)) if theme else None

    @cached_property
    def _theme_keys(self) -> Mapping[str, str]:
        return {theme.id: self.same.theme(theme.theme) for panel in self.content.panels for theme in panel.guide.themes}

    def of_theme(self, theme: str) -> tuple[Finding, ...]:
        """Return the findings about a theme, most widely shared first."""
        return foremost_first(finding for finding in self.findings if finding.theme == theme)

    # Recommendations

    @cached_property
    def plan(self) -> tuple[PlanLine, ...]:
        """Every recommendation; those that say the same form one line.

        The programme's lines come first, in the user's order. Lines of panels only are ordered by priority, then by
        number of panels, then in the panels' order.
        """
        of_panel = {
            recommendation.id: content.panel for content in self.panels for recommendation in content.recommendations
        }
        # The programme's own first, so that they represent their line.
        everything = [
            *self.content.recommendations,
            *(recommendation for content in self.panels for recommendation in content.recommendations),
        ]
        written = [recommendation for recommendation in everything if recommendation.recommendation.text.strip()]
        groups: dict[str, list[RecommendationContent]] = defaultdict(list)
        for recommendation in written:
            groups[self.same.main("recommendation", recommendation.id)].append(recommendation)
        lines = [self._line(same, of_panel) for same in groups.values()]
        return tuple(sorted(lines, key=_rank_of_line))

    def _line(self, same: Sequence[RecommendationContent], of_panel: Mapping[str, Panel]) -> PlanLine:
        # The programme's own wording represents the recommendations of the panels.
        # Among equals: the recommendation with most fields filled in, then the lowest id, so that every computer
        # chooses the same.
        main = min(same, key=lambda content: (content.id in of_panel, -_filled(content), content.id))
        if main.id in of_panel:
            main = replace(main, recommendation=replace(main.recommendation, priority=_most_given(same)))
        panels = {of_panel[content.id].id: of_panel[content.id] for content in same if content.id in of_panel}
        themes = dict.fromkeys(
            key for content in same for theme in content.themes if (key := self._theme_of(theme)) is not None
        )
        return PlanLine(main, tuple(same), tuple(panels.values()), tuple(themes))


def _most_given(same: Iterable[RecommendationContent]) -> Priority | None:
    """Return the priority that most of them have, of several the highest; None if none has any."""
    given = Counter(priority for content in same if (priority := content.recommendation.priority) is not None)
    return min(given, key=lambda priority: (-given[priority], priority_rank(priority)), default=None)


def _filled(content: RecommendationContent) -> int:
    record = content.recommendation
    values = (record.school_years, record.level, record.owner, record.priority, record.first_step, record.securing)
    return sum(1 for value in values if value)


def _rank_of_line(line: PlanLine) -> tuple[bool, str, int, int]:
    record = line.main.recommendation
    if record.position.parent is None:
        return False, record.position.key, 0, 0
    return True, "", priority_rank(record.priority), -len(line.panels)


class _Place(NamedTuple):
    """Where the notes on a question of a panel are counted."""

    theme: str
    aspect: Aspect | None
    panel: Panel

    def along(self, axis: Axis) -> Sequence[str]:
        match axis:
            case Axis.THEME:
                return (self.theme,)
            case Axis.SUBREGION:
                return (self.panel.subregion.strip(),)
            case Axis.ASPECT:
                return (self.aspect.value,) if self.aspect else ()
            case Axis.YEAR:
                return (year_of(self.panel),)
            case Axis.SECTOR:
                # Notes are counted per question, so their sectors are unknown.
                return ()


def _in_order(words: set[str], usual: Sequence[str]) -> tuple[str, ...]:
    """Return words in their usual order, others after them alphabetically, an empty one last."""
    in_usual_order = [word for word in usual if word in words]
    return (*in_usual_order, *sorted(words - set(in_usual_order) - {""}), *([""] if "" in words else []))
