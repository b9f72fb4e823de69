"""What the workspace shows for a theme: insights over panels as cards, differences between panels, and notes behind."""

from __future__ import annotations

from collections.abc import Sequence

from sto_desktop.domain.dutch import closed
from sto_desktop.domain.panel.content import InsightContent, PanelContent
from sto_desktop.domain.panel.overview import Finding, Overview, PlanLine
from sto_desktop.domain.panel.voices import Support
from sto_desktop.domain.people import called
from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.language import counted, listed, tr
from sto_desktop.report.overview.overview_context import where
from sto_desktop.ui.findings.cards import AttachedNote, CardContent
from sto_desktop.ui.findings.deck import MOST_NUMBERS
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.notes.listing import people_of
from sto_desktop.ui.notes.wording import plan_words, support_word
from sto_desktop.ui.overview.finding_card import BehindNote


def comes_back(seen: Overview, insight: InsightContent) -> str:
    """Return "komt terug in 4 van 5 panels"; empty if it rests on nothing from a panel."""
    count = len(seen.panels_behind(insight))
    if not count:
        return ""
    return tr("komt terug in {n} van {all} panels", n=count, all=len(seen.panels))


def overall_cards(seen: Overview, theme: str | None) -> list[CardContent]:
    """Return cards for the insights over panels about a theme (None: about all); the first nine get a digit."""
    cards: list[CardContent] = []
    for number, content in enumerate(seen.overall(theme), 1):
        lines = _lines(seen, content)
        against = sum(line.evidence is Evidence.CONTRADICTS for line in lines)
        insights = sum(line.insight and line.evidence is Evidence.SUPPORTS for line in lines)
        notes = len(lines) - against - insights
        parts = [
            counted(insights, "gebaseerd op {n} inzicht", "gebaseerd op {n} inzichten") if insights else "",
            counted(notes, "{n} notitie", "{n} notities") if notes else "",
            counted(against, "{n} tegengeluid", "{n} tegengeluiden") if against else "",
        ]
        aspect = content.insight.aspect
        cards.append(
            CardContent(
                content.id,
                content.insight.text,
                aspect.kind if aspect else None,
                comes_back(seen, content),
                ColourRole.INK,
                " · ".join(part for part in parts if part) or tr("nog geen inzichten gekoppeld"),
                lines,
                number if number <= MOST_NUMBERS else None,
                on_insights=True,
                conclusion=True,
            )
        )
    return cards


def _lines(seen: Overview, insight: InsightContent) -> tuple[AttachedNote, ...]:
    lines = []
    behind, against = seen.evidence(insight)
    for findings, evidence in ((behind, Evidence.SUPPORTS), (against, Evidence.CONTRADICTS)):
        for finding in findings:
            source = f"{where(finding.panel)} · {support_word(finding.backing)[0]}"
            lines.append(AttachedNote(finding.insight.id, finding.text, source, evidence, insight=True))
    for notes, evidence in ((insight.supports, Evidence.SUPPORTS), (insight.contradicts, Evidence.CONTRADICTS)):
        for note in notes:
            located = seen.notes.get(note)
            if located is not None:
                panel, content = located
                lines.append(AttachedNote(note, content.text, where(panel.panel), evidence))
    return tuple(lines)


def behind_notes(panel: PanelContent, finding: Finding) -> list[BehindNote]:
    """Return the notes behind a finding, with their speakers."""
    by_id = {note: content for content in panel.notes for note in content.ids}
    names = {member.id: called(member) for member in panel.panelists}
    supports, contradicts = panel.evidence(finding.insight)
    behind = []
    for notes, evidence in ((supports, Evidence.SUPPORTS), (contradicts, Evidence.CONTRADICTS)):
        for note in notes:
            content = by_id.get(note)
            if content is not None:
                behind.append(BehindNote(note, content.text, people_of(content, names), evidence))
    return behind


def differences(seen: Overview, theme: str) -> str:
    """Describe in a sentence how widely a theme was shared per subregion, and where it has no insight."""
    spread = seen.spread(theme)
    order = (Support.BROAD, Support.SHARED, Support.DIVIDED, Support.SINGLE)
    words = {
        Support.BROAD: tr("breed gedragen in {where}"),
        Support.SHARED: tr("gedeeld in {where}"),
        Support.DIVIDED: tr("verdeeld in {where}"),
        Support.SINGLE: tr("één stem in {where}"),
    }
    parts = [_at(words[support], spread[support]) for support in order if spread.get(support)]
    without_insight = spread.get(None, ())
    silent = [region for region in without_insight if not seen.was_discussed(theme, region)]
    open_still = [region for region in without_insight if region not in silent]
    parts += [_at(tr("nog geen inzicht of spreker in {where}"), open_still)] if open_still else []
    parts += [_at(tr("niet besproken in {where}"), silent)] if silent else []
    sentence = "; ".join(parts)
    return closed(f"{sentence[:1].upper()}{sentence[1:]}")


def _at(words: str, regions: Sequence[str]) -> str:
    return words.replace("{where}", listed([region or tr("een panel zonder subregio") for region in regions]))


def line_words(line: PlanLine) -> str:
    """Return the line under a recommendation: "3 panels · programma · 2025-2026 · hoge prioriteit"."""
    panels = counted(len(line.panels), "{n} panel", "{n} panels") if line.panels else tr("van het programma")
    return " · ".join(part for part in (panels, plan_words(line.main)) if part)
