"""Actions on panels, their members and their use of a guide."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, time
from typing import Any

from sto_desktop.domain.identity import derived_id, new_id
from sto_desktop.domain.log.change import Action, Edit, action, change, create, delete, put
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.names.forms import called_in_list
from sto_desktop.domain.panel.address_book import Contact
from sto_desktop.domain.panel.content import GuideContent, QuestionContent
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.language import tr, tr_later


def panel_question_id(panel: str, question: str) -> str:
    """Return the id of a panel's decisions about a question."""
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
    """Add a panel that follows a guide. `panel`: id for the new panel."""
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
    """Set fields of a panel."""
    return action(tr_later("panelgegevens wijzigen"), change("panel", panel, **values))


def set_status(panel: str, status: PanelStatus) -> Action:
    """Set the status of a panel, without an undo step."""
    return action("", change("panel", panel, status=status))


def tick(panel: str, check: str, done: bool) -> Action:
    """Set whether a check of the preparation is done."""
    row = derived_id("panel_check", panel, check)
    label = tr_later("voorbereiding afvinken") if done else tr_later("vinkje weghalen")
    return action(label, put("panel_check", row, panel=panel, item=check, done=done))


def delete_panel(rows: Iterable[str]) -> Action:
    """Delete a panel with all that belongs to it. `rows`: every row that stands for this conversation."""
    return action(tr_later("panelgesprek verwijderen"), [delete("panel", row) for row in rows])


def next_seat(panelists: Iterable[Panelist]) -> int:
    """Return the lowest free seat."""
    taken = {panelist.seat for panelist in panelists}
    return next(seat for seat in range(1, len(taken) + 2) if seat not in taken)


def add_panelist(panel: str, name: str, seat: int | None, **values: Any) -> Action:
    """Add a member to a panel."""
    values.setdefault("first_name", called_in_list(name))
    return action(
        tr_later("panellid toevoegen"), create("panelist", new_id(), panel=panel, name=name, seat=seat, **values)
    )


def add_panelists(panel: str, contacts: Iterable[Contact], known: Iterable[Panelist]) -> Action:
    """Add people of earlier panels as members, each on the next free seat."""
    seats = {panelist.seat for panelist in known if panelist.seat is not None}
    edits = []
    for contact in contacts:
        seat = next(number for number in range(1, len(seats) + 2) if number not in seats)
        seats.add(seat)
        edits.append(create("panelist", new_id(), panel=panel, name=contact.name, seat=seat, **contact.values))
    label = tr_later("panellid toevoegen") if len(edits) == 1 else f"{len(edits)} panelleden toevoegen"
    return action(label, edits)


def change_panelist(panelist: str, **values: Any) -> Action:
    """Set fields of a member; a new name also sets the first name."""
    if "name" in values:
        values.setdefault("first_name", called_in_list(values["name"]))
    return action(tr_later("panellid wijzigen"), change("panelist", panelist, **values))


def write_in(panelist: str, text: str) -> Action:
    """Set what a member who could not come sent in."""
    return action(tr_later("schriftelijke inbreng"), change("panelist", panelist, written=text))


def delete_panelists(panelists: Collection[str], withheld: Iterable[str] = ()) -> Action:
    """Delete members and their voices in notes; the notes stay. `withheld`: those (ids) that one of them said who does
    not take part.
    """
    count = len(panelists)
    return action(
        tr_later("panellid verwijderen") if count == 1 else f"{count} panelleden verwijderen",
        (delete("panelist", panelist) for panelist in panelists),
        (change("note", note, withheld=True) for note in withheld),
    )


def import_panelists(edits: Iterable[Edit]) -> Action:
    """Add members from a file or the clipboard, as one step."""
    return action(tr_later("panelleden importeren"), edits)


def import_notes(edits: Iterable[Edit]) -> Action:
    """Add notes from a file, as one step."""
    return action(tr_later("notities importeren"), edits)


def _decide(panel: str, question: QuestionContent, label: str, **values: Any) -> Action:
    row = panel_question_id(panel, question.id)
    return action(label, put("panel_question", row, panel=panel, question=question.id, **values))


def set_minutes(panel: str, question: QuestionContent, minutes: int) -> Action:
    """Set the minutes of a question, in this panel only."""
    return _decide(panel, question, tr_later("minuten wijzigen"), minutes=max(0, minutes))


def set_wording(panel: str, question: QuestionContent, wording: str) -> Action:
    """Set the wording of a question, in this panel only; empty: use the guide's."""
    return _decide(panel, question, tr_later("vraag verwoorden"), wording=wording.strip())


def skip_question(panel: str, question: QuestionContent, skipped: bool) -> Action:
    """Skip a question in this panel, or restore it."""
    return _decide(
        panel, question, tr_later("vraag overslaan") if skipped else tr_later("vraag weer stellen"), skipped=skipped
    )


def keep_essentials(panel: str, guide: GuideContent) -> Action:
    """Skip every conversation question that is not marked essential."""
    edits = [
        put(
            "panel_question",
            panel_question_id(panel, question.id),
            panel=panel,
            question=question.id,
            skipped=True,
        )
        for theme, question in guide.questions()
        if theme.is_conversation and not question.question.essential and not question.skipped
    ]
    return action(tr_later("alleen de belangrijkste vragen"), edits)


def title_for(panel: Panel) -> str:
    """Return the title of a panel, or a generated one if it has none."""
    return panel.title.strip() or generated_title(panel.subregion)


def generated_title(subregion: str) -> str:
    """Return the title that a panel gets by itself in a subregion (or in none, if empty)."""
    named = subregion.strip()
    return tr("Panel {subregion}", subregion=named) if named else tr("Panelgesprek")
