"""Actions on how consent is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Action, action, put
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.vocabulary import Manner
from sto_desktop.language import tr_later


def consent_given_id(member: str, about: str) -> str:
    """Return the id of what is recorded of a member's answer; `about`: the member's field."""
    return derived_id("consent_given", member, about)


def record_consent(
    members: Iterable[Panelist], about: Iterable[str], on: date | None, manner: Manner | None, letter: str
) -> Action:
    """Record how the present answers of members in these fields were given."""
    fields = tuple(about)
    edits = [
        put(
            "consent_given",
            consent_given_id(member.id, field),
            panelist=member.id,
            about=field,
            answer=getattr(member, field),
            given_on=on,
            manner=manner,
            letter=letter.strip(),
        )
        for member in members
        for field in fields
    ]
    return action(tr_later("toestemming vastleggen"), edits)
