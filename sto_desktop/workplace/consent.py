"""Proof of consent: how each answer of a member is known, who recorded it, and which outputs rest on one withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sto_desktop.domain.actions.consent import consent_given_id
from sto_desktop.domain.actions.reports import AS_IT_IS, ONE_PERSON
from sto_desktop.domain.bookkeeping import ConsentGiven, Issuance
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS, ConsentQuestion, TakenBack, allows
from sto_desktop.domain.privacy.naming import NameMode
from sto_desktop.domain.record import spec_of
from sto_desktop.domain.typed import read_moment
from sto_desktop.domain.vocabulary import Consent, Output
from sto_desktop.language import counted, listed, tr
from sto_desktop.report.blocks.issued import naming_in
from sto_desktop.storage.log.arrivals import Arrivals
from sto_desktop.storage.working.dossier import Dossier

_CODE_BOOK = "qdc"


def holds_members(output: Issuance) -> bool:
    """Return whether anything of a member can be in an output: a code book and most papers hold nothing of them."""
    return output.form != _CODE_BOOK and (output.output is not Output.PAPER or bool(output.naming))


@dataclass(frozen=True, slots=True)
class Proof:
    """How the present answer to a question is known. `given` None: it was not recorded how.

    `entered_by` and `entered_at` tell who recorded that, or else who entered the answer; empty if nobody did.
    """

    question: ConsentQuestion
    answer: Consent
    given: ConsentGiven | None
    entered_by: str
    entered_at: dt.datetime | None
    form_in: bool

    @property
    def how(self) -> str:
        """How the answer is known: "naam: ja · formulier · 14 februari 2023 · brief: versie 2"."""
        given = self.given
        parts = [f"{tr(self.question.word)}: {tr(self.answer.word)}"]
        if given is not None:
            letter = tr("brief: {version}", version=given.letter) if given.letter else ""
            parts += [tr(given.manner.word) if given.manner else "", long_date(given.given_on), letter]
        elif self.form_in:
            parts.append(tr("formulier ingeleverd"))
        elif self.answer is not Consent.UNKNOWN:
            parts.append(tr("hoe is niet vastgelegd"))
        return " · ".join(filter(None, parts))

    @property
    def sentence(self) -> str:
        """How the answer is known, and who entered it: "… · ingevoerd door Anna, 15 februari 2023"."""
        if self.entered_at is None:
            return self.how
        day = long_date(self.entered_at.astimezone().date())
        who = self.entered_by
        entered = tr("ingevoerd door {who}, {day}", who=who, day=day) if who else tr("ingevoerd {day}", day=day)
        return f"{self.how} · {entered}"


def proofs(dossier: Dossier, member: Panelist) -> list[Proof]:
    """Return how each answer of a member is known."""
    of_member = dossier.history("panelist", member.id)
    known = []
    for question in CONSENT_QUESTIONS:
        answer = getattr(member, question.field)
        row = consent_given_id(member.id, question.field)
        given = dossier.read.rows.record(ConsentGiven, row)
        current = given if given is not None and given.answer is answer else None
        entries = [entry for entry in of_member if question.field in entry.change.values]
        last = (dossier.history("consent_given", row) if current is not None else entries)[-1:]
        by, at = (last[0].person, read_moment(last[0].at)) if last else ("", None)
        known.append(Proof(question, answer, current, by, at, member.form_in))
    return known


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a member withdrew last, and the outputs that were made on the strength of it."""

    name: str
    questions: tuple[ConsentQuestion, ...]
    outputs: tuple[Issuance, ...]


def withdrawal(
    dossier: Dossier,
    member: str,
    questions: Sequence[ConsentQuestion] | None = None,
    known_to: Collection[str] | None = None,
) -> Withdrawal | None:
    """Return what a member withdrew, if outputs were made meanwhile that rest on it.

    Args:
        questions: those to look at; None: of the last change of the member.
        known_to: the only outputs (ids) whose maker may have known of it; None: all of them.
    """
    record = dossier.read.rows.record(Panelist, member)
    entries = dossier.history("panelist", member)
    if record is None or record.panel is None or not entries:
        return None
    asked = CONSENT_QUESTIONS if questions is None else questions
    last = [question for question in asked if questions is not None or question.field in entries[-1].change.values]
    issued = dossier.read.course.issued(record.panel)
    withdrawn, outputs = [], {}
    for question in last:
        name = question.field
        decode = spec_of(Panelist).fields[name].decode
        given = [
            (read_moment(entry.at), decode(entry.change.values[name]))
            for entry in entries
            if name in entry.change.values
        ]
        if allows(name, getattr(record, name)):
            continue
        before = list(given)
        # For who did not know of the withdrawal, the answer before it held.
        while before and not allows(name, before[-1][1]):
            before.pop()
        resting = [
            output
            for output in issued
            if _holds(name, output)
            and _allowed(name, given if known_to is None or output.id in known_to else before, output.made_at)
        ]
        if resting:
            withdrawn.append(question)
            outputs.update({output.id: output for output in resting})
    return Withdrawal(record.name, tuple(withdrawn), tuple(outputs.values())) if outputs else None


def withdrawals(
    dossier: Dossier, taken: Iterable[TakenBack], known_to: Collection[str] | None = None
) -> list[Withdrawal]:
    """Return the withdrawals among these on which outputs rest; `known_to`: as of `withdrawal`."""
    found = [withdrawal(dossier, one.member, one.questions, known_to) for one in taken]
    return [one for one in found if one is not None]


def withdrawals_arrived(dossier: Dossier, arrived: Arrivals) -> list[Withdrawal]:
    """Return the withdrawals that arrived and on which outputs rest. What was made here, was so without knowing."""
    return withdrawals(dossier, arrived.taken_back, arrived.new.get("report_made", ()))


def all_withdrawals(dossier: Dossier) -> list[Withdrawal]:
    """Return every withdrawal on which outputs rest."""
    every = (TakenBack(member.id, member.name, CONSENT_QUESTIONS) for member in dossier.read.rows.records(Panelist))
    return withdrawals(dossier, every)


def _allowed(field: str, given: Sequence[tuple[dt.datetime | None, Consent]], at: dt.datetime | None) -> bool:
    """Return whether an output of that moment was made while the answer allowed it; if unknown, while any did."""
    if at is None:
        return any(allows(field, answer) for _, answer in given)
    before = [answer for moment, answer in given if moment is None or moment <= at]
    return allows(field, before[-1] if before else Consent.UNKNOWN)


def _holds(field: str, output: Issuance) -> bool:
    """Return whether an output can hold what a consent allows."""
    # What somebody got of themselves is theirs.
    if not holds_members(output) or output.naming == ONE_PERSON or field == "consent_recording":
        return False
    if field == "consent_quote":
        # These hold no words.
        lists = output.output is Output.PAPER and output.naming == AS_IT_IS
        return output.output is not Output.FIGURE and not lists
    return field != "consent_name" or naming_in(output) in (NameMode.FULL, AS_IT_IS, "")


def said_withdrawn(withdrawals: Sequence[Withdrawal]) -> str:
    """Return sentences: what was withdrawn, and from whom to ask back what was made."""
    outputs = {output.id: output for withdrawn in withdrawals for output in withdrawn.outputs}.values()
    questions = dict.fromkeys(tr(question.word) for withdrawn in withdrawals for question in withdrawn.questions)
    names = list(dict.fromkeys(withdrawn.name for withdrawn in withdrawals))
    who = tr("{name} trok in", name=names[0]) if len(names) == 1 else tr("{names} trokken in", names=listed(names))
    first = counted(
        len(outputs),
        "{who}: {what}. Er is {n} stuk gemaakt toen dat nog mocht.",
        "{who}: {what}. Er zijn {n} stukken gemaakt toen dat nog mocht.",
        who=who,
        what=listed(list(questions)),
    )
    return " ".join(filter(None, (first, said_ask_back(outputs))))


def said_ask_back(outputs: Iterable[Issuance]) -> str:
    """Return whom to ask outputs back, as far as is known."""
    recipients = [output.recipient for output in outputs]
    known = [who for who in dict.fromkeys(recipients) if who]
    unknown = recipients.count("")
    parts = [tr("Vraag terug bij {who}.", who=listed(known))] if known else []
    if unknown:
        parts.append(
            counted(unknown, "Van {n} is niet ingevuld wie het kreeg.", "Van {n} is niet ingevuld wie ze kreeg.")
        )
    return " ".join(parts)
