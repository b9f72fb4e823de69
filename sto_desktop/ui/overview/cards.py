"""What the workspace of a theme says: insights over panels as cards, how a theme differs, and the notes behind."""

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
from sto_desktop.ui.look.roles import Role
from sto_desktop.ui.notes.listing import people_of
from sto_desktop.ui.notes.wording import plan_words, support_word
from sto_desktop.ui.overview.finding_card import BehindNote


def comes_back(seen: Overview, item: InsightContent) -> str:
    """Return "komt terug in 4 van 5 panels"; empty where it rests on nothing of a panel."""
    count = len(seen.panels_behind(item))
    if not count:
        return ""
    return tr("komt terug in {n} van {all} panels", n=count, all=len(seen.panels))


def overall_cards(seen: Overview, theme: str | None) -> list[CardContent]:
    """Return the cards of the insights over panels about a theme (None: about all); the first nine have a digit."""
    cards: list[CardContent] = []
    for number, item in enumerate(seen.overall(theme), 1):
        lines = _lines(seen, item)
        against = sum(line.evidence is Evidence.CONTRADICTS for line in lines)
        insights = sum(line.insight and line.evidence is Evidence.SUPPORTS for line in lines)
        notes = len(lines) - against - insights
        parts = [
            counted(insights, "gebaseerd op {n} inzicht", "gebaseerd op {n} inzichten") if insights else "",
            counted(notes, "{n} notitie", "{n} notities") if notes else "",
            counted(against, "{n} tegengeluid", "{n} tegengeluiden") if against else "",
        ]
        aspect = item.insight.aspect
        cards.append(
            CardContent(
                item.id,
                item.insight.text,
                aspect.kind if aspect else None,
                comes_back(seen, item),
                Role.INK,
                " · ".join(part for part in parts if part) or tr("nog geen inzichten gekoppeld"),
                lines,
                number if number <= MOST_NUMBERS else None,
                on_insights=True,
                conclusion=True,
            )
        )
    return cards


def _lines(seen: Overview, item: InsightContent) -> tuple[AttachedNote, ...]:
    lines = []
    behind, against = seen.evidence(item)
    for findings, evidence in ((behind, Evidence.SUPPORTS), (against, Evidence.CONTRADICTS)):
        for one in findings:
            said = f"{where(one.panel)} · {support_word(one.backing)[0]}"
            lines.append(AttachedNote(one.insight.id, one.text, said, evidence, insight=True))
    for notes, evidence in ((item.supports, Evidence.SUPPORTS), (item.contradicts, Evidence.CONTRADICTS)):
        for note in notes:
            found = seen.notes.get(note)
            if found is not None:
                panel, content = found
                lines.append(AttachedNote(note, content.text, where(panel.panel), evidence))
    return tuple(lines)


def behind_notes(panel: PanelContent, finding: Finding) -> list[BehindNote]:
    """Return the notes behind a finding, with who said them."""
    by_id = {note: item for item in panel.notes for note in item.ids}
    names = {item.id: called(item) for item in panel.panelists}
    supports, contradicts = panel.evidence(finding.insight)
    found = []
    for notes, evidence in ((supports, Evidence.SUPPORTS), (contradicts, Evidence.CONTRADICTS)):
        for note in notes:
            item = by_id.get(note)
            if item is not None:
                found.append(BehindNote(note, item.text, people_of(item, names), evidence))
    return found


def differences(seen: Overview, theme: str) -> str:
    """Return in a sentence where a theme was shared how widely, and where nobody came to it."""
    spread = seen.spread(theme)
    order = (Support.BROAD, Support.SHARED, Support.DIVIDED, Support.SINGLE)
    words = {
        Support.BROAD: tr("breed gedragen in {where}"),
        Support.SHARED: tr("gedeeld in {where}"),
        Support.DIVIDED: tr("verdeeld in {where}"),
        Support.SINGLE: tr("één stem in {where}"),
    }
    parts = [_at(words[support], spread[support]) for support in order if spread.get(support)]
    rest = spread.get(None, ())
    silent = [region for region in rest if not seen.was_discussed(theme, region)]
    open_still = [region for region in rest if region not in silent]
    parts += [_at(tr("nog geen inzicht of spreker in {where}"), open_still)] if open_still else []
    parts += [_at(tr("niet besproken in {where}"), silent)] if silent else []
    said = "; ".join(parts)
    return closed(f"{said[:1].upper()}{said[1:]}")


def _at(words: str, regions: Sequence[str]) -> str:
    return words.replace("{where}", listed([region or tr("een panel zonder subregio") for region in regions]))


def line_words(line: PlanLine) -> str:
    """Return what stands under a recommendation: "3 panels · programma · 2025-2026 · hoge prioriteit"."""
    panels = counted(len(line.panels), "{n} panel", "{n} panels") if line.panels else tr("van het programma")
    return " · ".join(part for part in (panels, plan_words(line.main)) if part)
