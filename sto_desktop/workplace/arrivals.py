"""Describes in words what came from other dossiers: for the preview of a merge, automatic merges and the command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sto_desktop.domain.dutch import closed
from sto_desktop.domain.panel.consent import TakenBack
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
_SILENT = frozenset({"time_span", "planned_part", "report_setup", "report_made", "saved_search", "tag"})
"""Tables whose changes are not reported."""


def amounts(rows: Mapping[str, Sequence[str]]) -> list[str]:
    """Return "1 panel", "12 notities" and so on for rows by table; "kleine dingen" if all are of other tables."""
    texts = [counted(len(rows[name]), *several) for name, several in _NAMES if rows.get(name)]
    other_rows = sum(len(ids) for name, ids in rows.items() if name not in _NAMED and name not in _SILENT)
    if other_rows and not texts:
        texts.append(tr("kleine dingen"))
    return texts


def said_arrivals(arrived: Arrivals) -> str:
    """Return what arrived: "Nieuw: 1 panel en 12 notities. Gewijzigd: 2 notities."; empty for nothing."""
    parts = [
        tr(sentence, what=listed(texts))
        for sentence, rows in (
            (tr_later("Nieuw: {what}."), arrived.new),
            (tr_later("Gewijzigd: {what}."), arrived.changed),
            (tr_later("Verwijderd: {what}."), arrived.deleted),
        )
        if (texts := amounts(rows))
    ]
    if arrived.conflicts:
        parts.append(counted(len(arrived.conflicts), "{n} tegenstrijdigheid.", "{n} tegenstrijdigheden."))
    parts += [said_taken_back(one) for one in arrived.taken_back]
    if arrived.left_behind:
        parts.append(arrived.left_behind)
    return " ".join(parts)


def said_taken_back(one: TakenBack) -> str:
    """Return that a member takes consent back: what was made before is no longer right."""
    return tr(
        "{name} zegt nu nee of onbekend bij: {what}. Wat eerder gemaakt is, klopt dan niet meer.",
        name=one.name or tr("Een panellid"),
        what=listed([tr(question.word) for question in one.questions]),
    )


def said_people(arrived: Arrivals, *, but: str = "") -> str:
    """Return whose changes arrived: "Guus Morssink en Piet"; without people who gave no name, and without `but`."""
    people = sorted(arrived.people, key=lambda name: (-arrived.people[name], name))
    return listed(name for name in people if name and name != but)


def said_incoming(incoming: Incoming) -> str:
    """Return what one dossier adds, or why it could not be merged."""
    if incoming.problem is not None:
        return str(incoming.problem)
    if incoming.result is None:
        return tr("Nog niet samengevoegd.")
    wrong = _said_wrong(len(incoming.result.contradicted) + incoming.result.malformed)
    if incoming.result.nothing_new:
        nothing = tr("Niets nieuws.") if wrong else tr("Niets nieuws: alles hieruit is er al.")
        return " ".join(filter(None, (nothing, incoming.arrived.left_behind, wrong)))
    parts = [said_arrivals(incoming.arrived) or tr("Alleen geschiedenis; u ziet geen verschil.")]
    people = said_people(incoming.arrived)
    if people:
        parts.append(closed(tr("Van {people}", people=people)))
    if incoming.result.erasures:
        count = len(incoming.result.erasures)
        parts.append(
            counted(
                count,
                "{n} veld is elders definitief gewist, en hier dus ook.",
                "{n} velden zijn elders definitief gewist, en hier dus ook.",
            )
        )
    if wrong:
        parts.append(wrong)
    if incoming.result.quarantined:
        parts.append(tr("Een deel draagt een datum ver in de toekomst en blijft daarom onzichtbaar bewaard."))
    return " ".join(parts)


def _said_wrong(lines: int) -> str:
    if not lines:
        return ""
    return counted(lines, "{n} regel klopte niet en gaat niet mee.", "{n} regels klopten niet en gaan niet mee.")
