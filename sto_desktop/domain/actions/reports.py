"""Actions on the verslag of a panel: its setup, its status, and a record of each one made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sto_desktop.domain.identity import derived_id, new_id
from sto_desktop.domain.log.change import Action, action, change, create, put
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.language import tr_later

NAMES = "NAMES"
"""The setup that holds decisions about names in texts, for every form."""


def setup_id(panel: str, form: str) -> str:
    """Return the id of a panel's setup for one form of the verslag."""
    return derived_id("report_setup", panel, form)


def set_up_report(panel: str, form: str, options: str, label: str = tr_later("opzet van het verslag")) -> Action:
    """Store the setup of a panel's verslag in one form; `options` is JSON."""
    return action(label, put("report_setup", setup_id(panel, form), panel=panel, form=form, options=options))


def decide_on_names(panel: str, decisions: str) -> Action:
    """Store which names in texts are replaced and which stay; `decisions` is JSON."""
    return set_up_report(panel, NAMES, decisions, tr_later("namen in de tekst nakijken"))


def confirm_report(panel: str, on: date | None) -> Action:
    """Set the day on which the panel approved the verslag; None clears it."""
    label = tr_later("panelcheck vastleggen") if on else tr_later("panelcheck intrekken")
    return action(label, change("panel", panel, confirmed_on=on))


def set_report_state(
    panel: str, *, final: bool | None = None, version: str | None = None, reaction_until: date | bool | None = False
) -> Action:
    """Set the state of the verslag: vastgesteld or concept, its version, the deadline for reactions (None: no
    deadline).
    """
    # False leaves the deadline as it is, because None already means no deadline.
    values: Mapping[str, object] = {
        **({} if final is None else {"status": PanelStatus.FINAL if final else PanelStatus.HELD}),
        **({} if version is None else {"report_version": version.strip()}),
        **({} if isinstance(reaction_until, bool) else {"reaction_until": reaction_until}),
    }
    label = (
        tr_later("verslag vaststellen")
        if final
        else tr_later("verslag weer concept maken")
        if final is False
        else tr_later("versie en reactietermijn")
    )
    return action(label, change("panel", panel, **values))


def remember_made(panel: str, form: str, made_at: datetime, file_name: str, options: str, fingerprint: str) -> Action:
    """Record that a verslag was made; bookkeeping, so no undo step."""
    made = create(
        "report_made",
        new_id(),
        panel=panel,
        form=form,
        made_at=made_at,
        file_name=file_name,
        options=options,
        fingerprint=fingerprint,
    )
    return action("", made)
