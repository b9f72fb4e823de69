"""What should be gone from a dossier by now: names, forms and notes whose term is over, words of who said no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import capital, long_date
from sto_desktop.domain.log.change import Erasure
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.terms import FORMS, FORMS_GONE, NAMES, NOTES, TERMS, Term, ends_on, is_over
from sto_desktop.domain.privacy.erasing import Target, belonging, members, words_of
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.record import spec_of
from sto_desktop.domain.typed import read_moment
from sto_desktop.language import counted, listed, tr
from sto_desktop.report.rights.erasure_proof import ErasureProof
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.traces import said_in, take_away
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace.erasing import Chosen, proof_of


@dataclass(frozen=True, slots=True)
class Due:
    """Something of a panel that should be gone. `term` None: what members said who do not take part. `amount`: how many
    names, notes or texts there are; 1 for the forms.
    """

    panel: Panel
    term: Term | None
    amount: int

    @property
    def sentence(self) -> str:
        """What should be gone, and since when."""
        name = title_for(self.panel)
        if self.term is None:
            return counted(
                self.amount,
                "Van wie niet meedoet, staat er nog {n} notitie of keuze.",
                "Van wie niet meedoet, staan er nog {n} notities en keuzes.",
            )
        day = long_date(ends_on(self.panel, self.term))
        if self.term is NAMES:
            return tr("De bewaartermijn van «{name}» liep tot {day}; de namen staan er nog.", name=name, day=day)
        if self.term is FORMS:
            return tr("De formulieren van «{name}» zouden uiterlijk op {day} vernietigd zijn.", name=name, day=day)
        return tr("De notities van «{name}» zouden uiterlijk op {day} gewist zijn.", name=name, day=day)

    @property
    def gone(self) -> str:
        """What was erased of it, and how long it was kept."""
        name, day = title_for(self.panel), long_date(ends_on(self.panel, self.term or NAMES))
        if self.term is NAMES:
            return counted(
                self.amount,
                "«{name}»: naam en gegevens van {n} panellid, bewaartermijn tot en met {day}.",
                "«{name}»: naam en gegevens van {n} panelleden, bewaartermijn tot en met {day}.",
                name=name,
                day=day,
            )
        return counted(
            self.amount,
            "«{name}»: {n} notitie, keuze of terugblik, bewaartermijn tot en met {day}.",
            "«{name}»: {n} notities, keuzes en terugblikken, bewaartermijn tot en met {day}.",
            name=name,
            day=day,
        )

    @property
    def brief(self) -> str:
        """The same, beside the name of the panel."""
        if self.term is None:
            return self.sentence
        return tr(
            "{what}: tot en met {day}", what=capital(tr(self.term.what)), day=long_date(ends_on(self.panel, self.term))
        )


def named(dossier: Dossier, panel: Panel) -> list[Panelist]:
    """Return the members of a panel whose name is still there."""
    return [member for member in dossier.read.members.of_panel(panel.id) if member.name]


def with_day(dossier: Dossier, panel: Panel) -> Panel:
    """Return a panel with the day from which its terms run: its date, or else the day on which it was made here."""
    entries = dossier.history("panel", panel.id) if panel.date is None else ()
    made = read_moment(entries[0].at) if entries else None
    return replace(panel, date=made.astimezone().date()) if made is not None else panel


def due_of(dossier: Dossier, panel: Panel, today: dt.date) -> list[Due]:
    """Return what of a panel should be gone because its term is over."""
    panel = with_day(dossier, panel)
    return [
        Due(panel, term, amount)
        for term in TERMS
        if is_over(panel, term, today) and (amount := _amount(dossier, panel, term))
    ]


def all_due(dossier: Dossier, today: dt.date) -> list[Due]:
    """Return what should be gone of all panels because its term is over."""
    return [due for panel in dossier.read.panels.listed() for due in due_of(dossier, panel, today)]


def refused_in(dossier: Dossier, panel: Panel) -> tuple[list[Panelist], int]:
    """Return the members of a panel who do not take part, and how much they said that is still there."""
    refusing = [member for member in dossier.read.members.of_panel(panel.id) if not takes_part(member)]
    return refusing, len(words_of(refusing, dossier.read.rows.records)[1]) if refusing else 0


def due_of_refusing(dossier: Dossier, panel: Panel) -> list[Due]:
    """Return what is still there of members of a panel who do not take part."""
    _, amount = refused_in(dossier, panel)
    return [Due(panel, None, amount)] if amount else []


def said_due(due: Sequence[Due], kept: int = 0) -> str:
    """Return in a sentence what should be gone; of several things how many of each.

    `kept`: the number of backups and the like of this dossier on this computer.
    """
    also = counted(
        kept,
        "Ook in {n} bestand dat hier bewaard wordt: wissen haalt ze daar ook uit.",
        "Ook in {n} bestanden die hier bewaard worden: wissen haalt ze daar ook uit.",
    )
    in_files = kept and any(one.term is not FORMS for one in due)
    return " ".join((_said(due), *((also,) if in_files else ())))


def _said(due: Sequence[Due]) -> str:
    if len(due) == 1:
        return due[0].sentence
    kinds = [(term, sum(one.term is term for one in due)) for term in TERMS]
    parts = [
        counted(count, "{what} van {n} panel", "{what} van {n} panels", what=tr(term.what))
        for term, count in kinds
        if count
    ]
    return tr("De bewaartermijn is voorbij van: {what}.", what=listed(parts))


def _amount(dossier: Dossier, panel: Panel, term: Term) -> int:
    if term is NAMES:
        return len(named(dossier, panel))
    if term is FORMS:
        return int(FORMS_GONE not in dossier.read.course.ticked(panel.id))
    return len(said_in(dossier.raw, _ids(dossier, panel), known=True))


def _ids(dossier: Dossier, panel: Panel) -> Sequence[str]:
    return sorted(dossier.read.panels.sameness().group("panel", panel.id))


def notes_target(dossier: Dossier, panel: Panel) -> Target:
    """Return the target for all that was noted in a panel, also what was deleted: notes, choices, debriefs, and what
    members sent in, or wanted changed. What was drawn from it stays.
    """
    ids = _ids(dossier, panel)
    members = [member for member in dossier.read.rows.records(Panelist) if member.panel in ids]
    texts = [name for name, field in spec_of(Panelist).fields.items() if field.running]
    also = tuple(Erasure("panelist", member.id, name) for member in members for name in texts if getattr(member, name))
    return Target((), (), also, words=said_in(dossier.raw, ids))


def said_erased(notes: int) -> str:
    """Return a sentence on notes that were erased because their term is over."""
    return counted(notes, "{n} notitie, keuze of terugblik gewist.", "{n} notities, keuzes en terugblikken gewist.")


def erase_overdue(copy: WorkingCopy, at: dt.datetime) -> tuple[ErasureProof | None, int, tuple[str, ...]]:
    """Erase the names and notes whose term is over; return the proof (None: there were none), in how many texts a name
    may still stand, and sentences on what only people can do.

    Raises:
        DossierError: the dossier can't be written.
    """
    dossier, today = copy.dossier, at.date()
    due = all_due(dossier, today)
    people = [member for one in due if one.term is NAMES for member in named(dossier, one.panel)]
    target = members(people, belonging({member.id for member in people}, dossier.read.rows.records))
    notes = [(one, notes_target(dossier, one.panel)) for one in due if one.term is NOTES]
    noted = [of_notes for _, of_notes in notes]
    also = (*target.also, *(erasure for one in noted for erasure in one.also))
    target = replace(target, also=also, words=tuple(row for one in noted for row in one.words))
    waiting = tuple(one.sentence for one in due if one.term is FORMS)
    if not target.erasures:
        return None, 0, waiting
    found = copy.traces(target)
    traces = [trace for trace in found if trace.sure]
    take_away(dossier, target, traces)
    erased = copy.erase_apart((*target.erasures, *(trace.erasure for trace in traces)))
    dossier.poll(always=True)
    chosen = Chosen.of(_whose(due, len(people)), target, traces, len(people))
    # What went of each panel is told by panel, with its term.
    # Notes that were deleted before go too, and count.
    amounts = {one: len(of_notes.words) for one, of_notes in notes}
    gone = [replace(one, amount=amounts.get(one, one.amount)).gone for one in due if one.term is not FORMS]
    gone += replace(chosen, data=False, words=0).sentences if people else ()
    return proof_of(dossier, chosen, erased, at, gone), len(found) - len(traces), waiting


def _whose(due: Sequence[Due], people: int) -> str:
    """Return of how many members something is over, or of which panels if only notes are."""
    titles = list(dict.fromkeys(title_for(one.panel) for one in due if one.term is not FORMS))
    of_panels = counted(len(titles), "{n} panel", "{n} panels")
    members_of = counted(people, "{n} panellid van {panels}", "{n} panelleden van {panels}", panels=of_panels)
    return members_of if people else listed(titles)
