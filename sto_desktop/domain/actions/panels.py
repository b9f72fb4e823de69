"""What a person does to panels, their members and how they use a guide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from sto_desktop.domain.identity import derived_id, new_id
from sto_desktop.domain.log.change import Action, Edit, action, change, create, delete, put
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.address_book import Contact
from sto_desktop.domain.panel.content import GuideContent, QuestionContent
from sto_desktop.domain.people import first_name_of
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.language import tr_later


def panel_question_id(panel: str, question: str) -> str:
    """Return the id of what a panel decided about a question."""
    return derived_id("panel_question", panel, question)


def add_panel(
    guide: str | None,
    *,
    title: str,
    subregion: str = "",
    day: date | None = None,
    start: time | None = None,
    place: str = "",
    moderator: str = "",
    note_taker: str = "",
    panel: str | None = None,
) -> Action:
    """Make a panel that follows a guide. `panel`: the id it gets."""
    return action(
        tr_later("panelgesprek toevoegen"),
        create(
            "panel",
            panel or new_id(),
            title=title,
            guide=guide,
            subregion=subregion,
            date=day,
            start=start,
            place=place,
            moderator=moderator,
            note_taker=note_taker,
        ),
    )


def change_panel(panel: str, **values: Any) -> Action:
    """Give fields of a panel new values."""
    return action(tr_later("panelgegevens wijzigen"), change("panel", panel, **values))


def set_status(panel: str, status: PanelStatus) -> Action:
    """Say how far a panel is; no undo step of its own."""
    return action("", change("panel", panel, status=status))


def tick(panel: str, item: str, done: bool) -> Action:
    """Say of a line of the preparation's checklist whether it is done."""
    row = derived_id("panel_check", panel, item)
    label = tr_later("voorbereiding afvinken") if done else tr_later("vinkje weghalen")
    return action(label, put("panel_check", row, panel=panel, item=item, done=done))


def delete_panel(rows: Iterable[str]) -> Action:
    """Take a panel away with all that belongs to it. `rows`: every row that stands for this conversation."""
    return action(tr_later("panelgesprek verwijderen"), [delete("panel", row) for row in rows])


def next_seat(panelists: Iterable[Panelist]) -> int:
    """Return the lowest seat where nobody sits."""
    taken = {item.seat for item in panelists}
    return next(seat for seat in range(1, len(taken) + 2) if seat not in taken)


def add_panelist(panel: str, name: str, seat: int | None, **values: Any) -> Action:
    """Have somebody take part."""
    values.setdefault("first_name", first_name_of(name))
    return action(
        tr_later("panellid toevoegen"), create("panelist", new_id(), panel=panel, name=name, seat=seat, **values)
    )


def add_panelists(panel: str, contacts: Iterable[Contact], known: Iterable[Panelist]) -> Action:
    """Have people of earlier panels take part, each on the next seat that is free."""
    seats = {item.seat for item in known if item.seat is not None}
    edits = []
    for contact in contacts:
        seat = next(number for number in range(1, len(seats) + 2) if number not in seats)
        seats.add(seat)
        edits.append(create("panelist", new_id(), panel=panel, name=contact.name, seat=seat, **contact.values))
    label = tr_later("panellid toevoegen") if len(edits) == 1 else f"{len(edits)} panelleden toevoegen"
    return action(label, edits)


def change_panelist(panelist: str, **values: Any) -> Action:
    """Give fields of a member new values; a new name brings its first name along."""
    if "name" in values:
        values.setdefault("first_name", first_name_of(values["name"]))
    return action(tr_later("panellid wijzigen"), change("panelist", panelist, **values))


def delete_panelists(panelists: Iterable[str]) -> Action:
    """Take members away, with their part in notes; what they said stays."""
    edits = [delete("panelist", item) for item in panelists]
    return action(
        tr_later("panellid verwijderen") if len(edits) == 1 else f"{len(edits)} panelleden verwijderen", edits
    )


def import_panelists(edits: Iterable[Edit]) -> Action:
    """Take in members from a file or a paste, as one step."""
    return action(tr_later("panelleden importeren"), edits)


def import_notes(edits: Iterable[Edit]) -> Action:
    """Take in notes from a file, as one step."""
    return action(tr_later("notities importeren"), edits)


def _decide(panel: str, question: QuestionContent, label: str, **values: Any) -> Action:
    row = panel_question_id(panel, question.id)
    return action(label, put("panel_question", row, panel=panel, question=question.id, **values))


def set_minutes(panel: str, question: QuestionContent, minutes: int) -> Action:
    """Plan other minutes for a question, in this panel only."""
    return _decide(panel, question, "minuten wijzigen", minutes=max(0, minutes))


def set_wording(panel: str, question: QuestionContent, wording: str) -> Action:
    """Ask a question in other words, in this panel only; empty: in the guide's words."""
    return _decide(panel, question, "vraag verwoorden", wording=wording.strip())


def skip_question(panel: str, question: QuestionContent, skipped: bool) -> Action:
    """Leave a question out of this panel, or take it back in."""
    return _decide(panel, question, "vraag overslaan" if skipped else "vraag weer stellen", skipped=skipped)


def keep_essentials(panel: str, guide: GuideContent) -> Action:
    """Leave out every key question that is not the one to keep when time is short."""
    edits = [
        put(
            "panel_question",
            panel_question_id(panel, item.id),
            panel=panel,
            question=item.id,
            skipped=True,
        )
        for theme, item in guide.questions()
        if theme.is_conversation and not item.question.essential and not item.skipped
    ]
    return action(tr_later("alleen de belangrijkste vragen"), edits)


def title_for(panel: Panel) -> str:
    """Return what to call a panel that was given no title."""
    return panel.title or (f"Panel {panel.subregion}" if panel.subregion else "Panelgesprek")
