"""What every part of the vogelvlucht reads: all panels side by side, with nobody's name in any text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sto_desktop.domain.dutch import capital, closed, in_words, long_date, one_line, sentence
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.content import GuideContent, InsightContent, PanelContent, RecommendationContent
from sto_desktop.domain.panel.overview import Axis, Finding, Head, Overview, OverviewContent, PlanLine, year_of
from sto_desktop.domain.panel.voices import Backing, Support
from sto_desktop.domain.privacy.naming import NameMode, Naming, unnamed
from sto_desktop.domain.privacy.redaction import Found, Redactor, ToCheck, to_check, with_texts
from sto_desktop.language import listed, tr


def without_names(
    content: OverviewContent, years: Iterable[str] = (), tell: Callable[[Found], object] | None = None
) -> OverviewContent:
    """Return the panels of these years (none: all) with no member's name in any text: a vogelvlucht names nobody.

    `tell` hears of each name that was found. A name of one panel goes out of the texts of all.
    """
    wanted = set(years)
    redactors = [redactor for item in content.panels if (redactor := _redactor_of(item, tell))]
    known: dict[str, str] = {}

    def clean(text: str, row: str, field: str) -> str:
        if text not in known:
            cleaned = text
            for redactor in redactors:
                cleaned = redactor.redact(cleaned, row, field)
            known[text] = cleaned
        return text if known[text] == text else known[text]

    def insights(items: Iterable[InsightContent]) -> tuple[InsightContent, ...]:
        return tuple(replace(item, insight=with_texts(item.insight, clean)) for item in items)

    def recommendations(items: Iterable[RecommendationContent]) -> tuple[RecommendationContent, ...]:
        return tuple(replace(item, recommendation=with_texts(item.recommendation, clean)) for item in items)

    def guide(item: GuideContent) -> GuideContent:
        # Of a guide only the titles of themes are shown.
        return replace(item, themes=tuple(replace(one, theme=with_texts(one.theme, clean)) for one in item.themes))

    panels = tuple(
        replace(
            item,
            panel=with_texts(item.panel, clean),
            guide=guide(item.guide),
            insights=insights(item.insights),
            recommendations=recommendations(item.recommendations),
        )
        for item in content.panels
        if not wanted or year_of(item.panel) in wanted
    )
    return replace(
        content,
        panels=panels,
        insights=insights(content.insights),
        recommendations=recommendations(content.recommendations),
    )


def names_to_check(content: OverviewContent, years: Iterable[str] = ()) -> tuple[ToCheck, ...]:
    """Return what may be a member's name in the texts of a vogelvlucht, for a person to look at."""
    found: list[Found] = []
    without_names(content, years, found.append)
    return to_check(found)


def _redactor_of(content: PanelContent, tell: Callable[[Found], object] | None) -> Redactor:
    naming = Naming(map(unnamed, content.panelists), NameMode.ROLE, content.withdrawn)
    return Redactor(naming, doubtful=True, tell=tell)


def where(panel: Panel) -> str:
    """Return what a panel is called among others: its subregion, or its title where it has none."""
    return panel.subregion.strip() or panel.title.strip() or tr("een panel")


def said_backing(backing: Backing) -> str:
    """Return how widely something was shared: "breed gedragen: vijf panelleden", not from how many sectors."""
    members = in_words(len(backing.supporters), "{n} panellid", "{n} panelleden")
    match backing.support:
        case Support.BROAD:
            return tr("breed gedragen: {members}", members=members)
        case Support.SHARED:
            return tr("gedeeld door {members}", members=members)
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
        chosen = tuple(years)
        return cls(Overview(without_names(content, chosen), chosen))

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
