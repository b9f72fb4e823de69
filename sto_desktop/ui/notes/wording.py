"""What the window says about how widely something was shared, and about a recommendation, in few words."""

from __future__ import annotations

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent, RecommendationContent
from sto_desktop.domain.panel.voices import Backing, Support
from sto_desktop.domain.privacy.participation import takes_part
from sto_desktop.domain.vocabulary import NoteKind, Priority
from sto_desktop.language import counted, tr
from sto_desktop.ui.look.roles import Role


def with_part(name: str, member: Panelist) -> str:
    """Return what a member is called beside what they said; that they do not take part is said behind it."""
    return name if takes_part(member) else tr("{name} (doet niet mee)", name=name)


def shown_text(note: NoteContent) -> str:
    """Return the text as it is read: a quote in quotes; of a moment that was only marked, that it waits for words."""
    if not note.text and note.note.mark is not None:
        return tr("{mark}: nog invullen", mark=tr(note.note.mark.word).capitalize())
    return f"“{note.text}”" if note.kind is NoteKind.QUOTE else note.text


def support_words(backing: Backing, present: int = 0) -> tuple[str, Role]:
    """Return how widely an insight was shared, as "breed gedragen: 5 van 7 panelleden, 3 sectoren", and its colour.

    `present` is how many there were at the table; 0: unknown.
    """
    heard = len(backing.supporters)
    if present >= heard > 1:
        members = _together(tr("{n} van {all} panelleden", n=heard, all=present))
    else:
        members = _together(counted(heard, "{n} panellid", "{n} panelleden"))
    sectors = _together(counted(len(backing.sectors), "{n} sector", "{n} sectoren")) if backing.sectors else ""
    who = f"{members}, {sectors}" if sectors else members
    match backing.support:
        case Support.BROAD:
            return tr("breed gedragen: {who}", who=who), Role.GOOD
        case Support.SHARED:
            return tr("gedeeld door {who}", who=who), Role.MUTED
        case Support.DIVIDED:
            against = _together(tr("{n} tegen", n=len(backing.dissenters)))
            return tr("verdeeld: {members} voor, {against}", members=members, against=against), Role.WARN_TEXT
        case Support.SINGLE:
            return tr("één stem"), Role.WARN_TEXT
        case None:
            return tr("nog geen spreker bekend"), Role.MUTED


def support_word(backing: Backing) -> tuple[str, Role]:
    """Return the same in a word or two, as "breed gedragen"."""
    match backing.support:
        case Support.BROAD:
            return tr("breed gedragen"), Role.GOOD
        case Support.SHARED:
            return tr("gedeeld"), Role.MUTED
        case Support.DIVIDED:
            return tr("verdeeld"), Role.WARN_TEXT
        case Support.SINGLE:
            return tr("één stem"), Role.MUTED
        case None:
            return tr("spreker onbekend"), Role.MUTED


def _together(words: str) -> str:
    """Return words that stay on one line: a number and what it counts."""
    return words.replace(" ", "\u00a0")


def evidence_words(supports: int, contradicts: int) -> str:
    """Return "3 notities · 1 tegengeluid"."""
    parts = [counted(supports, "{n} notitie", "{n} notities")]
    if contradicts:
        parts.append(counted(contradicts, "{n} tegengeluid", "{n} tegengeluiden"))
    return " · ".join(parts)


def plan_words(item: RecommendationContent) -> str:
    """Return what is known about a recommendation's plan: "2025-2026 · subregio · decaan · hoge prioriteit"."""
    record = item.recommendation
    priority = {Priority.HIGH: "hoge prioriteit", Priority.LOW: "lage prioriteit"}
    parts = [
        record.school_years.strip(),
        tr(record.level.word) if record.level else "",
        record.owner.strip(),
        tr(priority[record.priority]) if record.priority in priority else "",
    ]
    return " · ".join(part for part in parts if part)
