"""Proof of consent: how each answer of a member is known, who recorded it, and which outputs rest on one withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sto_desktop.domain.actions.consent import consent_given_id
from sto_desktop.domain.actions.reports import AS_IT_IS, ONE_PERSON
from sto_desktop.domain.bookkeeping import ConsentGiven, Issuance
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.log import known
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS, PARTICIPATION, ConsentQuestion, TakenBack, allows
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.record import spec_of
from sto_desktop.domain.typed import read_moment
from sto_desktop.domain.vocabulary import Consent, Output
from sto_desktop.language import counted, listed, tr
from sto_desktop.report.blocks.issued import naming_in
from sto_desktop.storage.log.arrivals import Arrivals
from sto_desktop.storage.working.conflicts import HistoryEntry
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
    """What a member withdrew, and the outputs that were made by who did not know of that. `name`: empty if they were
    wiped elsewhere.
    """

    name: str
    resting: Mapping[ConsentQuestion, Sequence[Issuance]]

    @property
    def questions(self) -> tuple[ConsentQuestion, ...]:
        """What was withdrawn, as far as outputs rest on it."""
        return tuple(self.resting)

    @property
    def outputs(self) -> tuple[Issuance, ...]:
        """The outputs that rest on any of it, each once."""
        return tuple({output.id: output for outputs in self.resting.values() for output in outputs}.values())


def withdrawal(
    dossier: Dossier,
    member: str,
    questions: Sequence[ConsentQuestion] | None = None,
    among: Collection[str] | None = None,
) -> Withdrawal | None:
    """Return what a member withdrew, if outputs rest on it that were made by who did not know of that.

    Args:
        questions: those to look at; None: of the last change of the member.
        among: the only outputs (ids) to look at; None: all.
    """
    record = dossier.read.rows.record(Panelist, member)
    entries = dossier.history("panelist", member)
    if record is None or record.panel is None or not entries:
        return None
    asked = CONSENT_QUESTIONS if questions is None else questions
    last = [question for question in asked if questions is not None or question.field in entries[-1].change.values]
    issued = [one for one in dossier.read.course.issued(record.panel) if among is None or one.id in among]
    resting = {
        question: [
            output for output in issued if _holds(question.field, output) and _allowed(question.field, entries, output)
        ]
        for question in last
        if not allows(question.field, getattr(record, question.field))
    }
    resting = {question: outputs for question, outputs in resting.items() if outputs}
    return Withdrawal(record.name, resting) if resting else None


def withdrawals(dossier: Dossier, taken: Iterable[TakenBack]) -> list[Withdrawal]:
    """Return the withdrawals among these on which outputs rest."""
    found = [withdrawal(dossier, one.member, one.questions) for one in taken]
    return [one for one in found if one is not None]


def withdrawals_arrived(dossier: Dossier, arrived: Arrivals) -> list[Withdrawal]:
    """Return the withdrawals on which outputs rest, of which either arrived."""
    made = arrived.new.get(spec_of(Issuance).name, ())
    unknown = all_withdrawals(dossier, made) if made else ()
    return [*withdrawals(dossier, arrived.taken_back), *unknown, *wiped_arrived(dossier, arrived)]


def wiped_arrived(dossier: Dossier, arrived: Arrivals) -> list[Withdrawal]:
    """Return for each member who was wiped elsewhere the outputs from here that can hold them: the proof of it, made
    there, does not name these.
    """
    new = arrived.new.get(spec_of(Issuance).name, ())
    found = []
    for member in arrived.wiped:
        entries = dossier.history("panelist", member)
        # Whoever is wiped is no member any more; to which panel they belonged says nothing of them, and stays.
        panel = next((str(entry.change.values["panel"]) for entry in entries if entry.change.values.get("panel")), "")
        issued = [one for one in dossier.read.course.issued(panel) if one.id not in new]
        in_them = [
            one for one in issued if _holds(PARTICIPATION.field, one) and _allowed(PARTICIPATION.field, entries, one)
        ]
        found += [Withdrawal("", {PARTICIPATION: in_them})] if in_them else []
    return found


def all_withdrawals(dossier: Dossier, among: Collection[str] | None = None) -> list[Withdrawal]:
    """Return every withdrawal on which outputs rest; `among`: as of `withdrawal`."""
    every = dossier.read.rows.records(Panelist)
    found = [withdrawal(dossier, member.id, CONSENT_QUESTIONS, among) for member in every]
    return [one for one in found if one is not None]


def _allowed(field: str, entries: Sequence[HistoryEntry], output: Issuance) -> bool:
    """Return whether what the maker of an output knew of a member (its history) allowed something.

    An older program did not record what its maker knew; then all of before the output counts; all, if its time is
    unknown.
    """
    answers_known, at = known.read(output.answers_known), output.made_at
    if answers_known:
        seen = [entry for entry in entries if known.knows(answers_known, entry.change.id)]
    else:
        seen = [entry for entry in entries if (moment := read_moment(entry.at)) is None or at is None or moment <= at]
    decode = spec_of(Panelist).fields[field].decode
    answers = [decode(entry.change.values[field]) for entry in seen if field in entry.change.values]
    if at is None and not answers_known:
        return any(allows(field, answer) for answer in answers)
    # Who was no member yet, is not in it.
    return bool(seen) and allows(field, answers[-1] if answers else Consent.UNKNOWN)


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
    known = [withdrawn for withdrawn in withdrawals if withdrawn.name]
    questions = dict.fromkeys(tr(question.word) for withdrawn in known for question in withdrawn.questions)
    names = list(dict.fromkeys(withdrawn.name for withdrawn in known))
    who = tr("{name} trok in", name=names[0]) if len(names) == 1 else tr("{names} trokken in", names=listed(names))
    gone = counted(
        len(withdrawals) - len(known),
        "De gegevens van {n} panellid zijn elders gewist.",
        "De gegevens van {n} panelleden zijn elders gewist.",
    )
    made = counted(
        len(outputs),
        "Er is {n} stuk gemaakt toen dat nog niet bekend was.",
        "Er zijn {n} stukken gemaakt toen dat nog niet bekend was.",
    )
    taken = f"{who}: {listed(list(questions))}." if known else ""
    return " ".join(filter(None, (taken, gone if len(known) < len(withdrawals) else "", made, said_ask_back(outputs))))


def reasons(withdrawals: Iterable[Withdrawal]) -> dict[str, str]:
    """Return per output (id) why it is to be asked back: "Anna: naam en citaat; Bram: deelname"."""
    why: dict[str, list[str]] = {}
    for one in withdrawals:
        for output in one.outputs:
            what = listed([tr(question.word) for question, outputs in one.resting.items() if output in outputs])
            why.setdefault(output.id, []).append(f"{one.name}: {what}")
    return {output: "; ".join(parts) for output, parts in why.items()}


def said_to_ask_back(reason: str) -> str:
    """Return that an output is to be asked back, and why; empty without a reason."""
    return tr("terug te vragen ({why})", why=reason) if reason else ""


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
