"""Who says it in a file, in all the ways in which people write that: words of who does not take part stay out."""

from __future__ import annotations

import pytest

from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.exchange.notes_source import source_in
from sto_desktop.workplace.importing import Intake, notes_intake

GONE, STAYS = "woordweg", "woordblijft"
NAME, OTHER = "Wietske Oude Luttikhuis", "Mohamed Ouali"
MEMBERS = tuple(
    Panelist(str(seat), "panel", seat=seat, name=name, first_name=name.split()[0], consent_participation=answer)
    for seat, (name, answer) in enumerate(
        ((OTHER, Consent.YES), (NAME, Consent.NO), ("Rik ten Broeke", Consent.YES)), 1
    )
)
CONTENT = PanelContent(Panel("panel"), builtin_guide(), panelists=MEMBERS)


def said(intake: Intake) -> dict[str, str]:
    """Return who says each note that an import makes, by its words."""
    notes = {edit.row: edit.values["text"] for edit in intake.edits if edit.table == "note"}
    voices = [edit.values for edit in intake.edits if edit.table == "voice"]
    names = {member.id: member.name for member in MEMBERS}
    return {
        text: ", ".join(names[voice["panelist"]] for voice in voices if voice["note"] == row)
        for row, text in notes.items()
    }


def of_table(*rows: tuple[str, ...]) -> Intake:
    """What a csv of these rows would do to the panel."""
    return of_text("\n".join(";".join(row) for row in rows), "notities.csv")


def of_text(text: str, name: str = "notities.txt") -> Intake:
    """What a file with this text would do to the panel."""
    return notes_intake(source_in(text.encode(), name), CONTENT)


def only_others(intake: Intake) -> bool:
    """Whether the words of others are there, and none of who does not take part."""
    words = " ".join(said(intake))
    return STAYS in words and GONE not in words


HEADS = (
    "Afzender", "Gebruiker", "Inzender", "Van", "Persoon", "From", "User", "Sender", "Wie zei het", "Gezegd door",
    "Genoemd door", "Inbreng van", "Collega", "Posted by", "Voornaam",
    "Initialen", "Stoel", "E-mailadres", "Achternaam",
)  # fmt: skip
WRITTEN = {
    "Voornaam": ("Wietske", "Mohamed"),
    "Achternaam": ("Oude Luttikhuis", "Ouali"),
    "Initialen": ("WOL", "MO"),
    "Stoel": ("2", "1"),
    "E-mailadres": ("w.oudeluttikhuis@rocvt.nl", "m.ouali@canisius.nl"),
}


@pytest.mark.parametrize("head", HEADS)
def test_a_column_of_who_says_it_is_known_by_its_head(head: str) -> None:
    gone, stays = WRITTEN.get(head, (NAME, OTHER))
    rows = [("10:00", stays, f"{STAYS} de bus rijdt niet"), ("10:01", gone, f"{GONE} het lokaal is te duur")]
    intake = of_table(("Tijd", head, "Notitie"), *rows)
    assert only_others(intake)
    assert said(intake)[f"{STAYS} de bus rijdt niet"] == OTHER


@pytest.mark.parametrize(
    ("heads", "gone", "stays"),
    [
        (("Voornaam", "Achternaam"), ("Wietske", "Oude Luttikhuis"), ("Mohamed", "Ouali")),
        (("Voornaam", "Tussenvoegsel", "Achternaam"), ("Wietske", "Oude", "Luttikhuis"), ("Mohamed", "", "Ouali")),
        (("Achternaam", "Voornaam"), ("Oude Luttikhuis", "Wietske"), ("Ouali", "Mohamed")),
        (("Van", "Aan"), (NAME, "panel"), (OTHER, "panel")),
        (("Stoel", "Wie"), ("", NAME), ("", OTHER)),
        (("Nr", "Spreker"), ("1", "w.oudeluttikhuis@rocvt.nl"), ("2", "m.ouali@canisius.nl")),
    ],
)
def test_columns_that_say_together_who_it_is(
    heads: tuple[str, ...], gone: tuple[str, ...], stays: tuple[str, ...]
) -> None:
    rows = [(*stays, f"{STAYS} de bus rijdt niet"), (*gone, f"{GONE} het lokaal is te duur")]
    intake = of_table((*heads, "Notitie"), *rows)
    assert only_others(intake)
    assert said(intake)[f"{STAYS} de bus rijdt niet"] == OTHER


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        (("Van", "Tot"), ("10:00", "10:05")),
        (("Nr",), ("2",)),
        (("Persoon",), ("de ouders van wie hier komt",)),
        (("Collega",), ("geen idee",)),
    ],
)
def test_other_columns_with_such_a_head_say_nothing_of_who_it_is(
    heads: tuple[str, ...], cells: tuple[str, ...]
) -> None:
    rows = [(*cells, f"{STAYS} {number} de bus rijdt niet") for number in "abc"]
    intake = of_table((*heads, "Notitie"), *rows)
    assert [who for words, who in said(intake).items() if STAYS in words] == ["", "", ""]


def test_a_mail_address_of_nobody_here_is_left_out() -> None:
    rows = [("k.jansen@roc.nl", f"{STAYS} de bus rijdt niet"), (OTHER, f"{STAYS} en de trein ook niet")]
    intake = of_table(("Spreker", "Notitie"), *rows)
    assert said(intake) == {f"{STAYS} de bus rijdt niet": "", f"{STAYS} en de trein ook niet": OTHER}
    assert "E-mailadressen en telefoonnummers bij namen zijn niet overgenomen." in intake.told
    assert "k.jansen" not in repr(intake.edits)
