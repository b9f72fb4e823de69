"""What is offered for erasure after a no, and the proof of an erasure: what was erased of a person, and where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sto_desktop.domain.dutch import capital
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.privacy.erasing import words_of
from sto_desktop.domain.privacy.participation import takes_part
from sto_desktop.language import counted, listed, tr
from sto_desktop.report.blocks.issued import said_made, said_output, said_recipient
from sto_desktop.report.rights.erasure_proof import ErasureProof
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copy import Erased
from sto_desktop.workplace.consent import CODE_BOOK


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen to erase of a person: `data`, their rows as a member; numbers of their own words, and of texts
    that named them.
    """

    name: str
    data: bool
    words: int
    mentions: int

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was erased, and what was left on purpose."""
        data = tr("Naam en gegevens als panellid.") if self.data else ""
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
        kept = tr("Wat deze persoon zei is niet gewist; daar staat geen spreker meer bij.")
        unnamed = tr("Waar deze persoon genoemd wordt, is niets gewist.")
        said = words if self.words else kept if self.data else ""
        return tuple(filter(None, (data, said, mentions if self.mentions else unnamed)))


def refused(dossier: Dossier, members: Collection[str]) -> list[Panelist]:
    """Return which of these members (ids) said no to taking part in the last change of their data, while what they said
    before is still there.
    """
    rows = dossier.read.rows
    found = []
    for id_ in sorted(members):
        record, entries = rows.record(Panelist, id_), dossier.history("panelist", id_)
        if record is None or takes_part(record) or "consent_participation" not in entries[-1].change.values:
            continue
        if words_of([record], rows.records)[1]:
            found.append(record)
    return found


def said_refused(dossier: Dossier, members: Sequence[Panelist]) -> str:
    """Return in sentences that these members do not take part, and how much they said that is still there."""
    _, texts = words_of(members, dossier.read.rows.records)
    names = listed([member.name for member in members])
    first = tr("{who} doet niet mee.", who=names) if len(members) == 1 else tr("{who} doen niet mee.", who=names)
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


def proof_of(dossier: Dossier, chosen: Chosen, erased: Erased, at: datetime) -> ErasureProof:
    """Return the proof of an erasure that was just done."""
    outputs = [
        " · ".join((capital(said_output(one)), said_made(one), one.file_name, said_recipient(one.recipient)))
        for one in dossier.read.course.all_issued()
        if one.form != CODE_BOOK
    ]
    return ErasureProof(
        chosen.name,
        at,
        dossier.writer.person,
        dossier.path.name,
        chosen.sentences,
        tuple(outputs),
        erased.searched.backups,
        erased.searched.removed,
        erased.searched.unread,
        erased.unpublished.happened if erased.unpublished is not None else "",
        dossier.actions_by(chosen.name),
    )
