"""What every part of the vogelvlucht reads: all panels side by side, with nobody's name in any text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sto_desktop.domain.dutch import capital, closed, in_words, long_date, one_line, sentence
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.content import InsightContent, PanelContent, RecommendationContent
from sto_desktop.domain.panel.overview import Axis, Finding, Head, Overview, OverviewContent, PlanLine
from sto_desktop.domain.panel.voices import Backing, Support
from sto_desktop.domain.privacy.naming import NameMode, Naming, unnamed
from sto_desktop.domain.privacy.redaction import Redactor
from sto_desktop.language import listed, tr


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
    return panel.subregion.strip() or panel.title.strip() or tr("een panel")


def said_backing(backing: Backing) -> str:
    """Return how widely something was shared: "breed gedragen: vijf panelleden, drie sectoren"."""
    members = in_words(len(backing.supporters), "{n} panellid", "{n} panelleden")
    sectors = in_words(len(backing.sectors), "{n} sector", "{n} sectoren") if backing.sectors else ""
    match backing.support:
        case Support.BROAD:
            return tr("breed gedragen: {members}, {sectors}", members=members, sectors=sectors)
        case Support.SHARED:
            return tr("gedeeld door {members}", members=members) + (
                tr(", uit {sectors}", sectors=sectors) if sectors else ""
            )
        case Support.DIVIDED:
            return in_words(
                len(backing.dissenters),
                "verdeeld: {members} voor, {n} panellid tegen",
                "verdeeld: {members} voor, {n} panelleden tegen",
                members=members,
            )
        case Support.SINGLE:
            return tr("één stem")
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

    @cached_property
    def _region_heads(self) -> Mapping[str, Head]:
        return {head.id: head for head in self.regions}

    def held(self) -> str:
        """Return in a sentence how many panels there were, where and when."""
        dates = sorted(item.panel.date for item in self.panels if item.panel.date is not None)
        when = ""
        if dates:
            first, last = long_date(dates[0]), long_date(dates[-1])
            when = (
                tr(" op {first}", first=first)
                if first == last
                else tr(" tussen {first} en {last}", first=first, last=last)
            )
        panels = in_words(len(self.panels), "{n} panelgesprek", "{n} panelgesprekken")
        regions = listed(head.label for head in self.regions if head.id)
        places = tr(" in {regions}", regions=regions) if regions else ""
        members = in_words(self.member_count, "{n} panellid", "{n} panelleden")
        said = tr(
            "Deze vogelvlucht legt {panels}{places} naast elkaar, gehouden{when}",
            panels=panels,
            places=places,
            when=when,
        )
        if not when:
            said = tr("Deze vogelvlucht legt {panels}{places} naast elkaar", panels=panels, places=places)
        return (
            tr("{said} Er spraken {members}.", said=closed(said), members=members)
            if self.member_count > 1
            else closed(said)
        )

    def comes_back(self, insight: InsightContent) -> str:
        """Return "komt terug in vier van vijf panels (Almelo e.o., Enschede …)"; empty where it rests on no panel."""
        panels = self.seen.panels_behind(insight)
        if not panels:
            return ""
        places = listed(dict.fromkeys(where(panel) for panel in panels))
        return tr(
            "komt terug in {panels} van {all} panels ({places})",
            panels=len(panels),
            all=len(self.panels),
            places=places,
        )

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
