"""Actions on the verslag of a panel: its setup, its status; and a record of each output that was made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from sto_desktop.domain.identity import derived_id, new_id
from sto_desktop.domain.log.change import Action, action, change, create, put
from sto_desktop.domain.names.decisions import NAMES
from sto_desktop.domain.vocabulary import CheckAnswer, Output, PanelStatus
from sto_desktop.language import tr_later

AS_IT_IS = "AS_IT_IS"
"""The naming of an output in which everybody is named as in the dossier."""

ONE_PERSON = "ONE_PERSON"
"""The naming of an output that is about one person, and names nobody else."""


def setup_id(panel: str, form: str) -> str:
    """Return the id of a panel's setup for one form of the verslag."""
    return derived_id("report_setup", panel, form)


def set_up_report(
    panel: str, form: str, options: str, row: str | None = None, label: str = tr_later("opzet van het verslag")
) -> Action:
    """Store the setup of a panel's verslag in one form; `options` is JSON. `row`: the one that has it now, since the
    usual one may be erased for good, with somebody's name in it.
    """
    return action(label, put("report_setup", row or setup_id(panel, form), panel=panel, form=form, options=options))


def decide_on_names_of(panels: Iterable[tuple[str, str, str | None]]) -> Action:
    """Store which names in texts are replaced and which stay, given as (panel, decisions in JSON, the row that has them
    now or None).
    """
    edits = [edit for panel, decisions, row in panels for edit in set_up_report(panel, NAMES, decisions, row).edits]
    return action(tr_later("namen in de tekst nakijken"), *edits)


def confirm_report(panel: str, on: date | None) -> Action:
    """Set the day on which the panel approved the verslag; None clears it."""
    label = tr_later("panelcheck vastleggen") if on else tr_later("panelcheck intrekken")
    return action(label, change("panel", panel, confirmed_on=on))


def confirmed_by(answers: Collection[CheckAnswer | None], before: date | None, today: date) -> date | None:
    """Return when the panel approved the verslag, as it follows from the answers to the panel check (None: still open).

    One who wants a change takes it back; it is there once everybody answered, or did not in time, and somebody agreed.
    Otherwise it stays as it was `before`, since it may also have been said aloud.
    """
    if CheckAnswer.CHANGE in answers:
        return None
    return before or today if CheckAnswer.AGREED in answers and None not in answers else before


def record_answers(
    panel: str, answers: Mapping[str, tuple[CheckAnswer | None, str]], confirmed_on: date | None
) -> Action:
    """Record the answers of members (id) to the panel check, each with what they want changed; and what follows."""
    edits = []
    for member, (answer, words) in answers.items():
        wanted = words.strip() if answer is CheckAnswer.CHANGE else ""
        edits.append(change("panelist", member, check_answer=answer, check_words=wanted))
    return action(tr_later("antwoorden op de panelcheck"), *edits, change("panel", panel, confirmed_on=confirmed_on))


def set_report_state(
    panel: str,
    *,
    final: bool | None = None,
    version: str | None = None,
    reaction_until: date | bool | None = False,
    terms: Mapping[str, date] = {},
) -> Action:
    """Set the state of the verslag: vastgesteld or concept, its version, the deadline for reactions (None: no
    deadline); and with `terms` the days (by field) until when things are kept.
    """
    # False leaves the deadline as it is, because None already means no deadline.
    values: Mapping[str, object] = {
        **({} if final is None else {"status": PanelStatus.FINAL if final else PanelStatus.HELD}),
        **({} if version is None else {"report_version": version.strip()}),
        **({} if isinstance(reaction_until, bool) else {"reaction_until": reaction_until}),
        **terms,
    }
    label = (
        tr_later("verslag vaststellen")
        if final
        else tr_later("verslag weer concept maken")
        if final is False
        else tr_later("versie en reactietermijn")
    )
    return action(label, change("panel", panel, **values))


def remember_made(
    output: Output,
    panel: str | None,
    made_at: datetime,
    file_name: str,
    *,
    form: str,
    naming: str,
    recipient: str = "",
    **of_report: str,
) -> Action:
    """Record an output that was made; no undo step, since it exists whatever is undone here.

    `panel` None: of the whole dossier. `naming`: a code of `NameMode`, AS_IT_IS or ONE_PERSON. `of_report`: its options
    (JSON) and its fingerprint.
    """
    made = create(
        "report_made",
        new_id(),
        output=output,
        panel=panel,
        made_at=made_at,
        file_name=file_name,
        form=form,
        naming=naming,
        recipient=recipient.strip(),
        **of_report,
    )
    return action("", made)


def name_recipient(issuance: str, recipient: str) -> Action:
    """Fill in whom an output went to."""
    return action(tr_later("ontvanger invullen"), change("report_made", issuance, recipient=recipient.strip()))
