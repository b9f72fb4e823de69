"""The records about the work on a dossier: how consent was given, searches, setups, issuances, and what is the same.

Declared like those of the panel itself, in `model`.
"""

from __future__ import annotations

import datetime as dt

from sto_desktop.domain import record as field
from sto_desktop.domain.record import Unnamed
from sto_desktop.domain.vocabulary import Consent, Manner, Output


@field.table("consent_given", word="vastlegging van toestemming", own_work=True)
class ConsentGiven:
    """How an answer of a member about consent is known: given on which day, how, and after which letter.

    `about`: the member's field with the answer. The id derives from both, so there is one row per question; it is about
    the present answer only if that equals `answer`. Its history has the earlier answers, and who recorded them.
    """

    id: str
    panelist: str | None = field.reference("panelist", default=None, owned=True, word="panellid", key=True)
    about: str = field.text(default="", word="welke toestemming", key=True)
    answer: Consent = field.code(Consent, default=Consent.UNKNOWN, word="antwoord")
    given_on: dt.date | None = field.day(default=None, word="gegeven op")
    manner: Manner | None = field.code(Manner, default=None, word="hoe gegeven")
    letter: str = field.text(default="", word="versie van de brief")


@field.table("saved_search", word="bewaarde zoekopdracht", own_work=True)
class SavedSearch:
    """A named search with its filters; `query` is JSON."""

    id: str
    name: str = field.text(default="", names=True, word="naam", unnamed=Unnamed.REDACTED)
    query: str = field.text(default="", word="zoekvraag", unnamed=Unnamed.REDACTED)


@field.table("report_setup", word="opzet van een verslag", own_work=True)
class ReportSetup:
    """The setup of a panel's verslag in one form; `options` is JSON."""

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True, word="panelgesprek", key=True)
    form: str = field.text(default="", word="vorm", unnamed=Unnamed.SAME, key=True)
    options: str = field.text(default="", word="keuzes")


@field.table("report_made", word="uitgifte", own_work=True)
class Issuance:
    """An output that was made, and whom it is for: a verslag, a copy of the dossier, an export, the vogelvlucht.

    `panel` None: of the whole dossier. `form`: that of the verslag, else what the output is. `naming`: how members are
    called in it; empty in a row of an older program, whose `options` say it. `recipient` may be unknown. Of a verslag:
    `options` (JSON), and the content that it was made from (`fingerprint`). `answers_known`: how far its maker knew the
    changes of the members (`log.known`), since what is refused later or elsewhere is in it.
    """

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True, word="panelgesprek")
    form: str = field.text(default="", word="vorm", unnamed=Unnamed.SAME)
    made_at: dt.datetime | None = field.moment(default=None, word="gemaakt", unnamed=Unnamed.SAME)
    file_name: str = field.text(default="", names=True, word="bestand")
    options: str = field.text(default="", word="keuzes")
    fingerprint: str = field.text(default="", word="vingerafdruk", unnamed=Unnamed.SAME)
    output: Output = field.code(Output, default=Output.REPORT, word="soort uitgifte")
    naming: str = field.text(default="", word="namen")
    recipient: str = field.text(default="", word="ontvanger")
    answers_known: str = field.text(default="", word="gekende antwoorden", unnamed=Unnamed.SAME, told=False)


@field.table("same_as", word="wat hetzelfde is")
class SameAs:
    """Two rows of one table that represent the same; the id derives from both ends in sorted order.

    For example a theme in two guides, a conversation recorded on two laptops, a member entered twice, or
    recommendations that say the same. `of`: the table. Repeating the link, in either direction, gives one row.
    """

    id: str
    of: str = field.text(default="", word="tabel", unnamed=Unnamed.SAME, key=True)
    one: str = field.text(default="", word="de ene", unnamed=Unnamed.SAME, key=True)
    other: str = field.text(default="", word="de andere", unnamed=Unnamed.SAME, key=True)
