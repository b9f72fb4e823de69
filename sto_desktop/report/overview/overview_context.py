"""What every part of the vogelvlucht reads: all panels side by side, with nobody's name in any text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sto_desktop.domain.dutch import closed
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.content import InsightContent, PanelContent, RecommendationContent
from sto_desktop.domain.panel.overview import Axis, Finding, Head, Overview, OverviewContent, PlanLine
from sto_desktop.domain.panel.voices import Backing, Support
from sto_desktop.domain.privacy.naming import NameMode, Naming, unnamed
from sto_desktop.domain.privacy.redaction import Redactor
from sto_desktop.report.blocks.wording import capital, counted, listed, long_date, one_line, sentence


def without_names(content: OverviewContent) -> OverviewContent:
    """Return the content with no member's name in what panels found and recommend: a vogelvlucht names nobody."""
    redactors = [redactor for item in content.panels if (redactor := _redactor_of(item))]

    def clean(text: str) -> str:
        for redactor in redactors:
            text = redactor.redact(text) if text else text
        return text

    def insights(items: Iterable[InsightContent]) -> tuple[InsightContent, ...]:
        return tuple(replace(item, insight=replace(item.insight, text=clean(item.insight.text))) for item in items)

    def recommendations(items: Iterable[RecommendationContent]) -> tuple[RecommendationContent, ...]:
        return tuple(
            replace(
                item,
                recommendation=replace(
                    item.recommendation,
                    text=clean(item.recommendation.text),
                    first_step=clean(item.recommendation.first_step),
                    securing=clean(item.recommendation.securing),
                    owner=clean(item.recommendation.owner),
                ),
            )
            for item in items
        )

    if not redactors:
        return content
    panels = tuple(
        replace(item, insights=insights(item.insights), recommendations=recommendations(item.recommendations))
        for item in content.panels
    )
    return replace(
        content,
        panels=panels,
        insights=insights(content.insights),
        recommendations=recommendations(content.recommendations),
    )


def _redactor_of(content: PanelContent) -> Redactor:
    return Redactor(Naming(map(unnamed, content.panelists), NameMode.ROLE, content.withdrawn), doubtful=True)


def where(panel: Panel) -> str:
    """Return what a panel is called among others: its subregion, or its title where it has none."""
    return panel.subregion.strip() or panel.title.strip() or "een panel"


def said_backing(backing: Backing) -> str:
    """Return how widely something was shared: "breed gedragen: vijf panelleden, drie sectoren"."""
    members = counted(len(backing.supporters), "panellid", "panelleden")
    sectors = counted(len(backing.sectors), "sector", "sectoren") if backing.sectors else ""
    match backing.support:
        case Support.BROAD:
            return f"breed gedragen: {members}, {sectors}"
        case Support.SHARED:
            return f"gedeeld door {members}" + (f", uit {sectors}" if sectors else "")
        case Support.DIVIDED:
            return f"verdeeld: {members} voor, {counted(len(backing.dissenters), 'panellid', 'panelleden')} tegen"
        case Support.SINGLE:
            return "één stem"
        case None:
            return ""


@dataclass(frozen=True)
class OverviewContext:
    """All panels on their way into a document."""

    seen: Overview

    @classmethod
    def of(cls, content: OverviewContent, years: Iterable[str] = ()) -> OverviewContext:
        """Make the context of what lies in the dossier."""
        return cls(Overview(without_names(content), years))

    @cached_property
    def regions(self) -> tuple[Head, ...]:
        """The subregions."""
        return self.seen.heads(Axis.SUBREGION)

    @cached_property
    def panels(self) -> Sequence[PanelContent]:
        """The panels in order of date."""
        return self.seen.panels

    @cached_property
    def member_count(self) -> int:
        """How many members took part in all."""
        return sum(1 for item in self.panels for member in item.panelists if member.present)

    @cached_property
    def left_out(self) -> int:
        """How many notes were left out in all, since who said them does not take part."""
        return sum(item.left_out for item in self.panels)

    def held(self) -> str:
        """Return in a sentence how many panels there were, where and when."""
        dates = sorted(item.panel.date for item in self.panels if item.panel.date is not None)
        when = ""
        if dates:
            first, last = long_date(dates[0]), long_date(dates[-1])
            when = f" op {first}" if first == last else f" tussen {first} en {last}"
        panels = counted(len(self.panels), "panelgesprek", "panelgesprekken")
        regions = listed(head.label for head in self.regions if head.id)
        places = f" in {regions}" if regions else ""
        members = counted(self.member_count, "panellid", "panelleden")
        said = f"Deze vogelvlucht legt {panels}{places} naast elkaar, gehouden{when}"
        if not when:
            said = f"Deze vogelvlucht legt {panels}{places} naast elkaar"
        return f"{closed(said)} Er spraken {members}." if self.member_count > 1 else closed(said)

    def comes_back(self, insight: InsightContent) -> str:
        """Return "komt terug in vier van vijf panels (Almelo e.o., Enschede …)"; empty where it rests on no panel."""
        panels = self.seen.panels_behind(insight)
        if not panels:
            return ""
        places = listed(dict.fromkeys(where(panel) for panel in panels))
        return f"komt terug in {len(panels)} van {len(self.panels)} panels ({places})"

    def finding_line(self, item: Finding) -> str:
        """Return a finding with how widely it was shared, as a sentence."""
        backing = said_backing(item.backing)
        text = sentence(one_line(item.text))
        return f"{text} {closed(capital(backing))}" if backing else text

    def theme_names(self, line: PlanLine) -> str:
        """Return the themes of a line of the plan; "algemeen" where it is about all."""
        short = {head.id: head.short or head.label for head in self.seen.themes}
        return listed(short[theme] for theme in line.themes if theme in short) or "algemeen"

    def given_by(self, line: PlanLine) -> str:
        """Return the panels that gave the recommendations of a line."""
        return listed(dict.fromkeys(where(panel) for panel in line.panels))
