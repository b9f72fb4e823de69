"""What a person does to the verslag of a panel: how it is made, how far it is, and that it was made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sto_desktop.domain.identity import derived_id, new_id
from sto_desktop.domain.log.change import Action, action, change, create, put
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.language import tr_later

NAMES = "NAMES"
"""The setup that holds what was decided about names in texts, whatever the form."""


def setup_id(panel: str, form: str) -> str:
    """Return the id of how the verslag of a panel is made in one form."""
    return derived_id("report_setup", panel, form)


def set_up_report(panel: str, form: str, options: str, label: str = tr_later("opzet van het verslag")) -> Action:
    """Keep how the verslag of a panel is made in one form; `options` is JSON."""
    return action(label, put("report_setup", setup_id(panel, form), panel=panel, form=form, options=options))


def decide_on_names(panel: str, decisions: str) -> Action:
    """Keep which names in texts are replaced and which stay; `decisions` is JSON."""
    return set_up_report(panel, NAMES, decisions, tr_later("namen in de tekst nakijken"))


def confirm_report(panel: str, on: date | None) -> Action:
    """Keep on which day the panel found the verslag right; None takes it back."""
    label = tr_later("panelcheck vastleggen") if on else tr_later("panelcheck intrekken")
    return action(label, change("panel", panel, confirmed_on=on))


def set_report_state(
    panel: str, *, final: bool | None = None, version: str | None = None, reaction_until: date | bool | None = False
) -> Action:
    """Say how far the verslag is: vastgesteld or concept, its version, until when one may react (None: no term)."""
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
    """Remember that a verslag was made; bookkeeping, so no undo step."""
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
