"""What is offered for erasure after a no, and the proof of an erasure: what was erased of a person, and where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sto_desktop.domain.actions.reports import ONE_PERSON
from sto_desktop.domain.dutch import capital
from sto_desktop.domain.errors import UsageError
from sto_desktop.domain.log.change import Changed
from sto_desktop.domain.model import Panelist, Voice
from sto_desktop.domain.people import by_name_only, fold
from sto_desktop.domain.privacy.erasing import Target, Trace, belonging, member, members, own_words, words_of
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.language import counted, listed, tr
from sto_desktop.report.blocks.issued import said_made, said_output, said_recipient
from sto_desktop.report.rights.erasure_proof import ErasureProof, said_people
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.traces import take_away
from sto_desktop.storage.working.working_copy import Erased, WorkingCopy
from sto_desktop.workplace.consent import Withdrawal, holds_members, said_withdrawn


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen to erase of a person: `data`, their rows as a member; numbers of their own words, of texts that
    named them, `whole` those that went in their entirety, and of what else was `kept` of them: who led, who received
    something, who wrote. `people`: of how many persons all this is.
    """

    name: str
    data: bool
    words: int
    mentions: int
    kept: int = 0
    whole: int = 0
    people: int = 1

    @classmethod
    def of(cls, name: str, target: Target, traces: Collection[Trace], people: int = 1) -> Chosen:
        """Return what erasing a target with these texts comes to."""
        data = [trace for trace in traces if trace.is_data]
        kept = len(data) + len({erasure.row for erasure in target.also if erasure.table == "writer"})
        whole = sum(trace.goes_whole for trace in traces)
        return cls(name, bool(target.rows), len(target.words), len(traces) - len(data), kept, whole, people)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was erased, and what was left on purpose."""
        who = said_people(self.people)
        data = tr("Naam en gegevens als panellid, ook wat schriftelijk ingebracht was.") if self.data else ""
        kept = counted(
            self.kept,
            "Wat van {who} bijgehouden werd (leiden, noteren, spreken, schrijven, ontvangen, beslissingen over "
            "de naam): {n} gegeven.",
            "Wat van {who} bijgehouden werd (leiden, noteren, spreken, schrijven, ontvangen, beslissingen over "
            "de naam): {n} gegevens.",
            who=who,
        )
        words = counted(
            self.words,
            "Eigen woorden: {n} notitie of keuze.",
            "Eigen woorden: {n} notities en keuzes.",
        )
        mentions = counted(
            self.mentions,
            "Vermeldingen: uit {n} tekst, ook in eerdere versies.",
            "Vermeldingen: uit {n} teksten, ook in eerdere versies.",
        )
        whole = counted(
            self.whole,
            "Daarvan is {n} tekst helemaal gewist: er stond niets anders in, of de rest kon niet blijven.",
            "Daarvan zijn {n} teksten helemaal gewist: er stond niets anders in, of de rest kon niet blijven.",
        )
        stays = (
            tr("Van de andere notities van {who} is de tekst niet gewist; daar staat geen spreker meer bij.", who=who)
            if self.whole
            else tr("De notities van {who} zijn niet gewist; daar staat geen spreker meer bij.", who=who)
        )
        unnamed = (
            tr("Waar deze persoon genoemd wordt, is niets gewist.")
            if self.people == 1
            else tr("Waar deze personen genoemd worden, is niets gewist.")
        )
        said = words if self.words else stays if self.data else ""
        named = (mentions, whole if self.whole else "") if self.mentions else (unnamed,)
        return tuple(filter(None, (data, kept if self.kept else "", *named, said)))


def refused(dossier: Dossier, panelists: Collection[str]) -> list[Panelist]:
    """Return which of these members (ids) said no to taking part in the last change of their data, while what they said
    before is still there.
    """
    rows = dossier.read.rows
    records = (rows.record(Panelist, id_) for id_ in sorted(panelists))
    return [
        panelist
        for panelist in records
        if panelist is not None
        and not takes_part(panelist)
        and "consent_participation" in dossier.history("panelist", panelist.id)[-1].change.values
        and words_of([panelist], rows.records)[1]
    ]


def refused_elsewhere(dossier: Dossier, changed: Changed) -> list[Panelist]:
    """Return which members do not take part, and have words here, as far as others' changes are about them: their
    answer arrived, or what somebody noted of them.
    """
    rows = dossier.read.rows
    refusing = {panelist.id: panelist for panelist in rows.records(Panelist) if not takes_part(panelist)}
    if not refusing:
        return []
    about = set(refusing) if changed.everything else changed.ids("panelist") & refusing.keys()
    arrived = changed.ids("voice")
    if arrived:
        about |= {voice.panelist for voice in rows.records(Voice) if voice.id in arrived and voice.panelist in refusing}
    return [refusing[row] for row in sorted(about) if words_of([refusing[row]], rows.records)[1]]


def said_refused(dossier: Dossier, panelists: Sequence[Panelist]) -> str:
    """Return in sentences that these members do not take part, and how much they said that is still there."""
    _, texts = words_of(panelists, dossier.read.rows.records)
    names = listed([panelist.name for panelist in panelists])
    first = tr("{who} doet niet mee.", who=names) if len(panelists) == 1 else tr("{who} doen niet mee.", who=names)
    return " ".join(
        (
            first,
            counted(
                len(texts),
                "Wat eerder genoteerd is, staat er nog: {n} notitie of keuze.",
                "Wat eerder genoteerd is, staat er nog: {n} notities en keuzes.",
            ),
        )
    )


def said_of_refusing(dossier: Dossier, withdrawals: Sequence[Withdrawal]) -> tuple[str, ...]:
    """Return sentences on what members who do not take part said that is still there, and on withdrawn consent: from
    whom to ask back what rests on it.
    """
    rows = dossier.read.rows
    refusing = [panelist for panelist in rows.records(Panelist) if not takes_part(panelist)]
    with_words = [panelist for panelist in refusing if words_of([panelist], rows.records)[1]]
    sentences = [said_withdrawn(withdrawals)] if withdrawals else []
    if with_words:
        where = tr("Wis het in het venster, bij «Waar staat elk panel» (Ctrl+K).")
        sentences.insert(0, f"{said_refused(dossier, with_words)} {where}")
    return tuple(sentences)


def target_of(dossier: Dossier, name: str) -> Target:
    """Return what the dossier has of everybody with this name: member, moderator, note taker, or somebody who is only
    mentioned; their own words not included.
    """
    read, writers = dossier.read, dossier.writer_erasures(name)
    known = [panelist for panelist in read.members.every() if fold(panelist.name) == fold(name)]
    if known:
        also = belonging({panelist.id for panelist in known}, read.rows.records)
        return members(known, (*also, *writers))
    return replace(member(by_name_only(name)), rows=(), also=writers)


def erase_person(
    copy: WorkingCopy, name: str, at: datetime, *, words: bool, mentions: bool
) -> tuple[ErasureProof, list[Trace]]:
    """Erase a person for good, as the window does; return the proof, and where the name may still stand.

    Args:
        words: also what only this person said.
        mentions: also where this person is certainly named; of somebody whom only one name is known of, everywhere.

    Raises:
        UsageError: there is nothing to erase.
        DossierError: the dossier can't be written.
    """
    dossier = copy.dossier
    target = target_of(dossier, name)
    if words:
        target = replace(target, words=own_words({row for _, row in target.rows}, dossier.read.rows.records, name))
    traces = copy.traces(target)
    any_place = not target.rows and " " not in name.strip()
    taken = [trace for trace in traces if trace.is_data or (mentions and (trace.sure or any_place))]
    if not target.gone and not target.erasures and not taken:
        advice = tr("Met --vermeldingen wist u waar de naam staat.") if traces and not mentions else ""
        raise UsageError(tr("Er is niets te wissen van «{name}».", name=name), tr("Er is niets gewijzigd."), advice)
    take_away(dossier, target, taken)
    erased = copy.erase_apart((*target.erasures, *(trace.erasure for trace in taken)))
    dossier.poll(always=True)
    chosen = Chosen.of(name, target, taken)
    return proof_of(dossier, chosen, erased, at), [trace for trace in traces if trace not in taken]


def proof_of(
    dossier: Dossier, chosen: Chosen, erased: Erased, at: datetime, what: Sequence[str] | None = None
) -> ErasureProof:
    """Return the proof of an erasure that was just done; `what`: sentences instead of those on what was chosen."""
    outputs = [
        " · ".join(
            (capital(said_output(output)), said_made(output), output.file_name, said_recipient(output.recipient))
        )
        for output in dossier.read.course.all_issued()
        # What somebody else got of themselves says nothing of this person, and that they asked for it is theirs.
        if holds_members(output) and output.naming != ONE_PERSON
    ]
    return ErasureProof(
        chosen.name,
        at,
        dossier.writer.person,
        dossier.path.name,
        chosen.sentences if what is None else tuple(what),
        tuple(outputs),
        erased.searched.backups,
        erased.searched.removed,
        erased.searched.unread,
        erased.unpublished.happened if erased.unpublished is not None else "",
        dossier.actions_by(chosen.name),
        tuple(other.name for other in erased.elsewhere),
        chosen.people,
    )
