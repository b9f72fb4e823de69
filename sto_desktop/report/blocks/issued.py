"""What was made for others, in words: what it is, how people are called in it, when it was made."""

from __future__ import annotations

from sto_desktop.domain.actions.reports import AS_IT_IS, ONE_PERSON
from sto_desktop.domain.bookkeeping import Issuance
from sto_desktop.domain.dutch import clock_time, long_date
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.vocabulary import Output
from sto_desktop.json_text import read_json
from sto_desktop.language import tr, tr_later
from sto_desktop.report.blocks.options import FORM_NAMES, Form

NEWSLETTER, PLAN = "NEWSLETTER", "PLAN"
"""Forms of the vogelvlucht besides the whole of it."""

_FORMS = {
    "ALL": tr_later("alles"),
    "PANEL": tr_later("één panel"),
    "FINDINGS": tr_later("inzichten en aanbevelingen"),
    NEWSLETTER: tr_later("nieuwsbrief"),
    PLAN: tr_later("plan"),
    "xlsx": tr_later("Excel"),
    "md": tr_later("Markdown"),
    "qdpx": tr_later("REFI-QDA"),
    "qdc": tr_later("codeboek"),
}
"""The forms of outputs other than a verslag; one that is not here is shown as it is."""

_NAMINGS = {
    NameMode.FULL.value: tr_later("voluit"),
    NameMode.ROLE.value: tr_later("rol"),
    NameMode.PSEUDONYM.value: tr_later("pseudoniem"),
    AS_IT_IS: tr_later("alles"),
    ONE_PERSON: tr_later("alleen de eigen"),
}


def naming_code(naming: NameMode | None) -> str:
    """Return a naming as it is recorded; None: as in the dossier."""
    return AS_IT_IS if naming is None else naming.value


def naming_in(issuance: Issuance) -> str:
    """Return how members are called in an output, as a code; empty if that is unknown."""
    if issuance.naming:
        return issuance.naming
    try:
        return str(read_json(issuance.options)["naming"])
    except (ValueError, KeyError, TypeError):
        return ""


def said_naming(code: str) -> str:
    """Return a naming in a word; empty if it is unknown."""
    return tr(_NAMINGS[code]) if code in _NAMINGS else ""


def said_output(issuance: Issuance) -> str:
    """Return what an output is: "verslag, uitgebreid"."""
    form = issuance.form
    if issuance.output is Output.REPORT:
        form = tr(FORM_NAMES[Form(form)]).lower() if form in Form.__members__ else form
    else:
        form = tr(_FORMS[form]) if form in _FORMS else form
    return ", ".join(part for part in (tr(issuance.output.word), form) if part)


def said_recipient(recipient: str) -> str:
    """Return whom an output went to: "aan wethouder Vos"."""
    return tr("aan {who}", who=recipient) if recipient else tr("aan wie is niet ingevuld")


def said_made(issuance: Issuance) -> str:
    """Return when an output was made: "29 november 2026, 13.20 uur"; empty if that is unknown."""
    local = issuance.made_at.astimezone() if issuance.made_at else None
    return f"{long_date(local.date())}, {clock_time(local)}" if local else ""
