"""Short texts of the window about how widely something was shared, and about a recommendation."""

from __future__ import annotations

import datetime as dt

from sto_desktop.domain.dutch import day_and_month, one_line
from sto_desktop.domain.model import Note, Panelist
from sto_desktop.domain.panel.content import NoteContent, RecommendationContent
from sto_desktop.domain.panel.voices import Backing, Support
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.vocabulary import Priority
from sto_desktop.language import counted, tr
from sto_desktop.ui.look.roles import ColourRole


def with_part(name: str, member: Panelist) -> str:
    """Return a member's name beside their statement, followed by a remark if they do not take part."""
    return name if takes_part(member) else tr("{name} (doet niet mee)", name=name)


def shown_text(note: NoteContent) -> str:
    """Return the displayed text: a quote in quotation marks; for a moment only marked, that it still needs words."""
    if not note.text and note.note.mark is not None:
        return tr("{mark}: nog invullen", mark=tr(note.note.mark.word).capitalize())
    return f"“{note.text}”" if note.kind.is_quote else note.text


def agreed_words(owner: str, due: dt.date | None, answer: str = "", *, discreet: bool = False) -> str:
    """Return who does an action or finds out a question, by when, and the answer; no name when others may see the
    screen."""
    parts = []
    if owner:
        parts.append(tr("wie: {name}", name=tr("iemand") if discreet else owner))
    if due:
        parts.append(tr("voor {day}", day=day_and_month(due)))
    if answer and not discreet:
        parts.append(tr("antwoord: {answer}", answer=one_line(answer)))
    return ", ".join(parts)


def stranger_words(said_by: str) -> str:
    """Return who says a note in the file it came from, if that is no member; empty if everybody is."""
    return tr("{name} (geen panellid)", name=said_by) if said_by else ""


def withheld_words(note: Note) -> str:
    """Return why a note without a speaker is in no output, if that is so; else empty."""
    return tr("van wie niet meedeed") if note.withheld else ""


def support_words(backing: Backing, present: int = 0) -> tuple[str, ColourRole]:
    """Return how widely an insight was shared, as "breed gedragen: 5 van 7 panelleden, 3 sectoren", and its colour.

    `present` is the number of members at the table; 0: unknown.
    """
    heard = len(backing.supporters)
    if present >= heard > 1:
        members = _together(tr("{n} van {all} panelleden", n=heard, all=present))
    else:
        members = _together(counted(heard, "{n} panellid", "{n} panelleden"))
    sectors = _together(counted(len(backing.sectors), "{n} sector", "{n} sectoren")) if backing.sectors else ""
    sharers = f"{members}, {sectors}" if sectors else members
    match backing.support:
        case Support.BROAD:
            return tr("breed gedragen: {who}", who=sharers), ColourRole.GOOD
        case Support.SHARED:
            return tr("gedeeld door {who}", who=sharers), ColourRole.MUTED
        case Support.DIVIDED:
            against = _together(tr("{n} tegen", n=len(backing.dissenters)))
            return tr("verdeeld: {members} voor, {against}", members=members, against=against), ColourRole.WARN_TEXT
        case Support.SINGLE:
            return tr("één stem"), ColourRole.WARN_TEXT
        case None:
            return tr("nog geen spreker bekend"), ColourRole.MUTED


def support_word(backing: Backing) -> tuple[str, ColourRole]:
    """Return the support in a few words ("breed gedragen"), and its colour."""
    roles: dict[Support | None, ColourRole] = {Support.BROAD: ColourRole.GOOD, Support.DIVIDED: ColourRole.WARN_TEXT}
    return backing.word or tr("spreker onbekend"), roles.get(backing.support, ColourRole.MUTED)


def support_short(backing: Backing) -> tuple[str, ColourRole]:
    """Return the support as it fits in a cell of a table ("gedeeld: 3 van 9"), and its colour."""
    word, role = support_word(backing)
    heard = len(backing.supporters)
    if backing.support is Support.SHARED and backing.present >= heard > 2:
        return tr("gedeeld: {n} van {all}", n=heard, all=backing.present), role
    return word, role


def _together(words: str) -> str:
    """Join words with non-breaking spaces: a number and its unit."""
    return words.replace(" ", "\u00a0")


def evidence_words(supports: int, contradicts: int) -> str:
    """Return "3 notities · 1 tegengeluid"."""
    parts = [counted(supports, "{n} notitie", "{n} notities")]
    if contradicts:
        parts.append(counted(contradicts, "{n} tegengeluid", "{n} tegengeluiden"))
    return " · ".join(parts)


def plan_words(recommendation: RecommendationContent) -> str:
    """Describe a recommendation's plan: "2025-2026 · subregio · decaan · hoge prioriteit"."""
    record = recommendation.recommendation
    priority = {Priority.HIGH: "hoge prioriteit", Priority.LOW: "lage prioriteit"}
    parts = [
        record.school_years.strip(),
        tr(record.level.word) if record.level else "",
        record.owner.strip(),
        tr(priority[record.priority]) if record.priority in priority else "",
    ]
    return " · ".join(part for part in parts if part)
