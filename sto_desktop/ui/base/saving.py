"""Texts about saving and undoing: the state of a session in Dutch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sto_desktop.domain.dutch import clock
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.ui.base import keys
from sto_desktop.ui.look.roles import ColourRole

if TYPE_CHECKING:
    from sto_desktop.storage.working.dossier import Undone
    from sto_desktop.storage.working.shared_place import DossierPlace
    from sto_desktop.ui.base.publishing import SaveStatus


def said_status(status: SaveStatus) -> tuple[str, ColourRole]:
    """Return the text at the foot of the window and the role of its dot."""
    moment = status.saved_at or status.published_at
    if status.refused:
        return tr("De laatste handeling is niet bewaard"), ColourRole.LATE
    if status.problem is not None:
        return tr("Bewaard op deze computer · het bestand zelf is niet bijgewerkt"), ColourRole.WARN
    if moment is None and status.lost:
        return tr("Niet alles van de vorige keer was te lezen"), ColourRole.WARN
    if moment is None:
        return tr("Alles is bewaard"), ColourRole.GOOD
    return tr("Bewaard op schijf {time}", time=clock(moment, seconds=True)), ColourRole.GOOD


def said_open(title: str, notes: int, place: str = "") -> str:
    """Return the text for the foot of the window that names the open dossier; `place` comes from `said_place`."""
    count = counted(notes, "{n} notitie", "{n} notities") if notes else tr("nog geen notities")
    return " · ".join(part for part in (title, count, place) if part)


def said_place(place: DossierPlace) -> tuple[str, str]:
    """Return a short name of where a dossier is stored, and what that means for the user.

    Both are empty for a dossier on the computer's own disk.
    """
    from sto_desktop.storage.working.shared_place import PlaceKind

    if place.kind is PlaceKind.SYNCED:
        meaning = tr(
            "Dit dossier staat in {name}. Wie bij de map kan, kan meewerken: wat een ander bewaart, komt vanzelf "
            "binnen.",
            name=place.name,
        )
        return tr("in {name}", name=place.name), meaning
    if place.kind is PlaceKind.NETWORK:
        meaning = tr(
            "Dit dossier staat op een netwerkschijf. Wie bij de map kan, kan meewerken. Is het netwerk weg, dan werkt "
            "u door op deze computer en gaat alles later mee."
        )
        return tr("op een netwerkschijf"), meaning
    if place.kind is PlaceKind.REMOVABLE:
        meaning = tr(
            "Dit dossier staat op een stick. Gaat die eruit, dan werkt u door op deze computer en gaat alles mee zodra "
            "hij terug is."
        )
        return tr("op een stick"), meaning
    return "", ""


def said_undone(undone: Undone, *, redo: bool) -> str:
    """Return a message about what was undone or redone, and what was skipped because it was edited since."""
    sentence = tr_later("Opnieuw gedaan: {label}.") if redo else tr_later("Ongedaan gemaakt: {label}.")
    done = tr(sentence, label=undone.label)
    if not undone.left:
        return done
    skipped = counted(
        len(undone.left),
        "Eén onderdeel was daarna gewijzigd en bleef zoals het is.",
        "{n} onderdelen waren daarna gewijzigd en bleven zoals ze zijn.",
    )
    return f"{done} {skipped}"


def said_discreet() -> str:
    """Tell that names and notes are hidden, and how to show them again."""
    return tr(
        "Discreet: namen en notities zijn verborgen. Ga naar Gesprek ({stage}) en druk op {key} om ze weer te zien.",
        stage=keys.hint("stage_conversation"),
        key=keys.hint("discreet"),
    )
