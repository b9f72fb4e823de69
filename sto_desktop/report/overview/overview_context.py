"""The input of every part of the vogelvlucht: all panels side by side, without any member's name in a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sto_desktop.domain.dutch import capital, closed, day_and_month, in_words, long_date, number, one_line, sentence
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.content import GuideContent, InsightContent, PanelContent, RecommendationContent
from sto_desktop.domain.panel.overview import Axis, CrossingHead, Finding, Overview, OverviewContent, PlanLine, year_of
from sto_desktop.domain.panel.voices import Backing, Support
from sto_desktop.domain.privacy.naming.crowd import crowd_of
from sto_desktop.domain.privacy.naming.leaders import leading
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.participation import as_read
from sto_desktop.domain.privacy.redaction import Found, Redactor, with_texts
from sto_desktop.domain.privacy.to_check import ToCheck, to_check
from sto_desktop.language import listed, tr
from sto_desktop.report.content.given import as_printed


def without_names(
    content: OverviewContent, years: Iterable[str] = (), on_found: Callable[[Found], object] | None = None
) -> OverviewContent:
    """Return the panels of these years (none: all) without any member's name: a vogelvlucht names nobody.

    `on_found` is called with each name found. Names of one panel are removed from the texts of all panels.
    """
    wanted = set(years)
    namings = [
        Naming(panel.panelists, NameMode.ROLE, panel.withdrawn, leading=leading(panel.panel, panel.people))
        for panel in content.panels
    ]
    redactor = Redactor(Naming(()), among=namings, tell=on_found)
    cleaned_texts: dict[str, str] = {}

    def clean(text: str, row: str, field: str) -> str:
        if text not in cleaned_texts:
            cleaned_texts[text] = redactor.redact(text, row, field)
        return text if cleaned_texts[text] == text else cleaned_texts[text]

    def insights(contents: Iterable[InsightContent]) -> tuple[InsightContent, ...]:
        return tuple(replace(content, insight=with_texts(content.insight, clean)) for content in contents)

    def recommendations(contents: Iterable[RecommendationContent]) -> tuple[RecommendationContent, ...]:
        return tuple(replace(content, recommendation=with_texts(content.recommendation, clean)) for content in contents)

    def guide(content: GuideContent) -> GuideContent:
        # The documents show only the titles of themes of a guide.
        themes = tuple(replace(theme, theme=with_texts(theme.theme, clean)) for theme in content.themes)
        return as_printed(replace(content, themes=themes))

    panels = tuple(
        replace(
            panel,
            panel=with_texts(panel.panel, clean),
            guide=guide(panel.guide),
            insights=insights(panel.insights),
            recommendations=recommendations(panel.recommendations),
        )
        for panel in map(as_read, content.panels)
        if not wanted or year_of(panel.panel) in wanted
    )
    return replace(
        content,
        panels=panels,
        insights=insights(content.insights),
        recommendations=recommendations(content.recommendations),
    )


def names_found(content: OverviewContent, years: Iterable[str] = ()) -> tuple[Found, ...]:
    """Return the names that were found in the texts of a vogelvlucht."""
    found_names: list[Found] = []
    without_names(content, years, found_names.append)
    return tuple(found_names)


def names_to_check(content: OverviewContent, years: Iterable[str], written: Iterable[str]) -> tuple[ToCheck, ...]:
    """Return the possible names of members for a person to review, of those in the texts of what was written."""
    return to_check(names_found(content, years), written)


def where(panel: Panel) -> str:
    """Return the short name of a panel: its subregion, or its title if it has none."""
    return panel.subregion.strip() or panel.title.strip() or tr("een panel")


def backing_text(backing: Backing) -> str:
    """Return how widely something was shared: "breed gedragen: vijf panelleden"; never the number of sectors."""
    match backing.support:
        case Support.BROAD:
            words = tr("breed gedragen: {behind}", behind=backing.behind)
        case Support.SHARED:
            words = tr("gedeeld door {behind}", behind=backing.behind)
        case Support.DIVIDED:
            return in_words(
                len(backing.supporters),
                "verdeeld: {n} panellid voor, {against} tegen",
                "verdeeld: {n} panelleden voor, {against} tegen",
                against=number(len(backing.dissenters)),
            )
        case _:
            words = backing.word
    against = in_words(len(backing.dissenters), "{n} tegen", "{n} tegen") if backing.dissenters else ""
    return ", ".join(part for part in (words, against) if part)


@dataclass(frozen=True)
class OverviewContext:
    """All panels prepared for a document."""

    seen: Overview

    @classmethod
    def of(cls, content: OverviewContent, years: Iterable[str] = ()) -> OverviewContext:
        """Make the context of the panels in a dossier."""
        chosen = tuple(years)
        return cls(Overview(without_names(content, chosen), chosen, lambda panel: crowd_of(panel).alike))

    @cached_property
    def regions(self) -> tuple[CrossingHead, ...]:
        """The subregions."""
        return self.seen.heads(Axis.SUBREGION)

    @cached_property
    def panels(self) -> Sequence[PanelContent]:
        """The panels in order of date."""
        return self.seen.panels

    @cached_property
    def member_count(self) -> int:
        """How many members took part in all panels together."""
        return sum(1 for panel in self.panels for member in panel.panelists if member.present)

    def held(self) -> str:
        """Return a sentence on how many panels there were, where and when."""
        dates = sorted(panel.panel.date for panel in self.panels if panel.panel.date is not None)
        when = ""
        if dates:
            last = long_date(dates[-1])
            # Dutch says a year once.
            first = (long_date if dates[0].year < dates[-1].year else day_and_month)(dates[0])
            when = (
                tr(" op {last}", last=last)
                if dates[0] == dates[-1]
                else tr(" tussen {first} en {last}", first=first, last=last)
            )
        panels = in_words(len(self.panels), "{n} panelgesprek", "{n} panelgesprekken")
        regions = listed(head.label for head in self.regions if head.id)
        places = tr(" in {regions}", regions=regions) if regions else ""
        members = in_words(self.member_count, "{n} panellid", "{n} panelleden")
        text = tr(
            "Deze vogelvlucht legt {panels}{places} naast elkaar, gehouden{when}",
            panels=panels,
            places=places,
            when=when,
        )
        if not when:
            text = tr("Deze vogelvlucht legt {panels}{places} naast elkaar", panels=panels, places=places)
        return (
            tr("{said} Er spraken {members}.", said=closed(text), members=members)
            if self.member_count > 1
            else closed(text)
        )

    def comes_back(self, insight: InsightContent) -> str:
        """Return "komt terug in vier van vijf panels (Almelo e.o., Enschede …)"; empty if no panel supports it."""
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

    def finding_line(self, finding: Finding) -> str:
        """Return a finding with how widely it was shared, as a sentence."""
        backing = backing_text(finding.backing)
        text = sentence(one_line(finding.text))
        return f"{text} {closed(capital(backing))}" if backing else text

    def theme_names(self, plan_line: PlanLine) -> str:
        """Return the themes of a line of the plan; "algemeen" if it has none."""
        short = {head.id: head.short or head.label for head in self.seen.themes}
        # A theme can have "en" in its name.
        return "; ".join(short[theme] for theme in plan_line.themes if theme in short) or "algemeen"

    def given_by(self, plan_line: PlanLine) -> str:
        """Return the panels that made the recommendations of a line of the plan."""
        return listed(dict.fromkeys(where(panel) for panel in plan_line.panels))
