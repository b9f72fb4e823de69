"""The four consent questions: their wording, and the consequences of each answer (AVG)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.language import tr_later


@dataclass(frozen=True, slots=True)
class ConsentQuestion:
    """A consent question: the member's field, a word for it, the question, and the consequences of yes and no.

    `if_no` addresses the member; the other texts address the moderator.
    """

    field: str
    word: str
    asked: str
    yes: str
    no: str
    if_no: str


PARTICIPATION = ConsentQuestion(
    "consent_participation",
    tr_later("deelname"),
    tr_later("Ik doe mee aan het panelgesprek."),
    tr_later("wat dit panellid zegt, mag worden opgeschreven"),
    tr_later("schrijf niets op van wat dit panellid zegt"),
    tr_later("dan komt niets van wat u zegt in het verslag of een ander stuk"),
)
"""Whether somebody takes part: no consent in the sense of the law, since nobody has to come."""

CONSENT_QUESTIONS: tuple[ConsentQuestion, ...] = (
    PARTICIPATION,
    ConsentQuestion(
        "consent_name",
        tr_later("naam"),
        tr_later("Mijn naam, functie en organisatie mogen in het verslag staan."),
        tr_later("staat met naam, functie en organisatie in het verslag"),
        tr_later("heet in het verslag ‘een panellid’, ook binnen teksten"),
        tr_later("dan heet u in het verslag ‘een panellid’"),
    ),
    ConsentQuestion(
        "consent_quote",
        tr_later("citaat"),
        tr_later("Wat ik letterlijk zeg, mag als citaat in het verslag staan."),
        tr_later("letterlijke woorden mogen als citaat in het verslag"),
        tr_later("een citaat wordt een gewone notitie, zonder aanhalingstekens"),
        tr_later("dan staat wat u zei er niet als citaat: zonder aanhalingstekens, en zonder wie het zei"),
    ),
    ConsentQuestion(
        "consent_recording",
        tr_later("opname"),
        tr_later("Het gesprek mag worden opgenomen; de opname is alleen om het verslag na te kijken."),
        tr_later("mag worden opgenomen"),
        tr_later("neem niet op zolang dit panellid erbij is"),
        tr_later("dan nemen we het gesprek niet op"),
    ),
)
"""In the order in which they are asked. An unknown answer counts as no, except for participation, where it holds back
nothing that was written down (see `domain.privacy.participation`).
"""


def allows(field: str, answer: Consent) -> bool:
    """Return whether an answer to a question (by the member's field) allows what was asked."""
    # Without an answer, what somebody at the table says is used.
    return answer is Consent.YES or (field == PARTICIPATION.field and answer is Consent.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Answers:
    """A member's answers (by field) at a moment."""

    name: str
    given: Mapping[str, Consent]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The questions to which a member (id) had answered otherwise before."""

    member: str
    name: str
    questions: tuple[ConsentQuestion, ...]


def answers_of(panelists: Iterable[Panelist]) -> dict[str, Answers]:
    """Return the answers of members by id."""
    return {
        one.id: Answers(one.name, {question.field: getattr(one, question.field) for question in CONSENT_QUESTIONS})
        for one in panelists
    }


def taken_back(before: Mapping[str, Answers], after: Mapping[str, Answers]) -> tuple[TakenBack, ...]:
    """Return what members allowed before and do not allow afterwards."""
    found = []
    for member, now in after.items():
        earlier = before.get(member)
        questions = tuple(
            question
            for question in CONSENT_QUESTIONS
            if earlier is not None
            and allows(question.field, earlier.given[question.field])
            and not allows(question.field, now.given[question.field])
        )
        if questions:
            found.append(TakenBack(member, now.name, questions))
    return tuple(found)


def consequences(panelist: Panelist) -> tuple[tuple[str, str], ...]:
    """Return the consequence of each answer of a member, with the word for the question."""
    return tuple(
        (question.word, question.yes if getattr(panelist, question.field) is Consent.YES else question.no)
        for question in CONSENT_QUESTIONS
    )


def refuse_recording(panelists: Iterable[Panelist]) -> tuple[Panelist, ...]:
    """Return the participating members who did not consent to being recorded."""
    return tuple(
        panelist for panelist in panelists if panelist.present and panelist.consent_recording is not Consent.YES
    )
