"""What came from other dossiers, in words: for the preview of merging, for what comes in by itself, for the command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sto_desktop.domain.dutch import closed
from sto_desktop.language import counted, forms, listed, tr, tr_later
from sto_desktop.storage.log.arrivals import Arrivals
from sto_desktop.storage.log.incoming import Incoming

_NAMES: tuple[tuple[str, tuple[str, str]], ...] = (
    ("panel", forms("{n} panel", "{n} panels")),
    ("panelist", forms("{n} panellid", "{n} panelleden")),
    ("note", forms("{n} notitie", "{n} notities")),
    ("insight", forms("{n} inzicht", "{n} inzichten")),
    ("recommendation", forms("{n} aanbeveling", "{n} aanbevelingen")),
)
_NAMED = frozenset(name for name, _ in _NAMES)
_SILENT = frozenset({"time_span", "report_setup", "report_made", "saved_search", "tag"})
"""What nobody needs to be told of."""


def amounts(rows: Mapping[str, Sequence[str]]) -> list[str]:
    """Return "1 panel", "12 notities" and so on for rows by table; what has no name of its own is "iets anders"."""
    said = [counted(len(rows[name]), *several) for name, several in _NAMES if rows.get(name)]
    rest = sum(len(found) for name, found in rows.items() if name not in _NAMED and name not in _SILENT)
    if rest and not said:
        said.append(tr("kleine dingen"))
    return said


def said_arrivals(arrived: Arrivals) -> str:
    """Return what came in a sentence: "Nieuw: 1 panel en 12 notities. Gewijzigd: 2 notities."; empty for nothing."""
    parts = [
        tr(sentence, what=listed(found))
        for sentence, rows in (
            (tr_later("Nieuw: {what}."), arrived.new),
            (tr_later("Gewijzigd: {what}."), arrived.changed),
            (tr_later("Verwijderd: {what}."), arrived.deleted),
        )
        if (found := amounts(rows))
    ]
    if arrived.conflicts:
        parts.append(counted(len(arrived.conflicts), "{n} tegenstrijdigheid.", "{n} tegenstrijdigheden."))
    if arrived.left_behind:
        parts.append(arrived.left_behind)
    return " ".join(parts)


def said_people(arrived: Arrivals, *, but: str = "") -> str:
    """Return from whom it came: "Guus Morssink en Piet"; those who gave no name are left out, and `but` too."""
    people = sorted(arrived.people, key=lambda name: (-arrived.people[name], name))
    return listed(name for name in people if name and name != but)


def said_incoming(item: Incoming) -> str:
    """Return what one dossier brings, or brought, or why it could not come in."""
    if item.problem is not None:
        return str(item.problem)
    if item.result is None:
        return tr("Nog niet samengevoegd.")
    if item.result.nothing_new:
        nothing = tr("Niets nieuws: alles hieruit is er al.")
        return f"{nothing} {item.arrived.left_behind}".rstrip()
    parts = [said_arrivals(item.arrived) or tr("Alleen geschiedenis; u ziet geen verschil.")]
    people = said_people(item.arrived)
    if people:
        parts.append(closed(tr("Van {people}", people=people)))
    if item.result.erasures:
        count = len(item.result.erasures)
        parts.append(
            counted(
                count,
                "{n} veld is elders definitief gewist, en hier dus ook.",
                "{n} velden zijn elders definitief gewist, en hier dus ook.",
            )
        )
    wrong = len(item.result.contradicted) + item.result.malformed
    if wrong:
        parts.append(
            counted(wrong, "{n} regel klopte niet en gaat niet mee.", "{n} regels klopten niet en gaan niet mee.")
        )
    if item.result.quarantined:
        parts.append(tr("Een deel draagt een datum ver in de toekomst en blijft daarom onzichtbaar bewaard."))
    return " ".join(parts)
