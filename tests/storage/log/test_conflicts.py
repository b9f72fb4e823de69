"""Two people who did not know of each other's change: both values are kept, the later one is shown, a person can
choose.
"""

from pathlib import Path

import pytest

from sto_desktop.domain.log.change import action, change, create
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.record import DELETED, spec_of
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import (
    PANEL,
    QUESTION,
    Computer,
    assert_sound,
    deleted,
    edited,
    note,
    tables_of,
    text_of,
)


def _rivals(copy: WorkingCopy, jan: Computer, piet: Computer, path: Path) -> WorkingCopy:
    """Let Jan and Piet give one note different texts, and Jan merge what Piet published; returns Jan's copy."""
    copy.dossier.apply(note("samen", "N"))
    copy.publish()
    other = piet.open(path)
    copy.dossier.apply(edited("N", text="van Jan"))
    other.dossier.apply(edited("N", text="van Piet"))
    other.close()
    copy.take_in_published()
    return copy


def test_both_texts_are_listed_latest_first_with_who_wrote_them(
    copy: WorkingCopy, jan: Computer, piet: Computer, path: Path
) -> None:
    copy = _rivals(copy, jan, piet, path)
    (case,) = copy.dossier.conflicts()
    assert (case.table, case.row, case.field) == ("note", "N", "text")
    told = [(entry.person, entry.change.values["text"]) for entry in case.rivals]
    assert sorted(told) == [("Jan", "van Jan"), ("Piet", "van Piet")]
    assert text_of(copy.dossier, "N") == told[0][1]


@pytest.mark.parametrize("question", [name for name, item in spec_of(Panelist).fields.items() if item.codes is Consent])
@pytest.mark.parametrize("answers", [("YES", "NO"), ("NO", "YES"), ("YES", "UNKNOWN"), ("UNKNOWN", "YES")])
def test_of_two_answers_about_consent_the_strictest_holds_until_one_is_chosen(
    copy: WorkingCopy, piet: Computer, path: Path, question: str, answers: tuple[str, str]
) -> None:
    copy.dossier.apply(action("panellid", create("panelist", "L", panel=PANEL, name="Wiebe")))
    copy.publish()
    other = piet.open(path)
    for dossier, answer in zip((copy.dossier, other.dossier), answers, strict=True):
        # Set twice: an answer equal to the current one is not a change.
        dossier.apply(
            action("vooraf", change("panelist", "L", **{question: Consent.YES if answer != "YES" else Consent.NO}))
        )
        dossier.apply(action("antwoord", change("panelist", "L", **{question: Consent(answer)})))
    other.close()
    copy.take_in_published()

    def shown() -> str:
        (member,) = (item for item in copy.dossier.read.members.of_panel(PANEL) if item.id == "L")
        return str(getattr(member, question))

    (case,) = copy.dossier.conflicts()
    assert shown() == min(answers)  # NO, UNKNOWN, YES
    copy.dossier.choose(case, "YES")
    assert shown() == "YES"
    copy.dossier.undo()
    assert shown() == min(answers)
    assert_sound(copy.dossier)


def test_choosing_settles_it_for_everybody_and_undo_brings_it_back(
    copy: WorkingCopy, jan: Computer, piet: Computer, path: Path
) -> None:
    copy = _rivals(copy, jan, piet, path)
    before = tables_of(copy.dossier)
    (case,) = copy.dossier.conflicts()
    copy.dossier.choose(case, "van Jan")
    assert copy.dossier.conflicts() == []
    assert text_of(copy.dossier, "N") == "van Jan"
    copy.publish()
    other = piet.open(path)
    assert other.dossier.conflicts() == []
    assert text_of(other.dossier, "N") == "van Jan"
    other.close()
    assert copy.dossier.undo_label() == "tegenstrijdigheid oplossen"
    copy.dossier.undo()
    assert tables_of(copy.dossier) == before
    assert_sound(copy.dossier)


def test_choosing_what_shows_settles_it_too(copy: WorkingCopy, jan: Computer, piet: Computer, path: Path) -> None:
    copy = _rivals(copy, jan, piet, path)
    (case,) = copy.dossier.conflicts()
    copy.dossier.choose(case, case.rivals[0].change.values["text"])
    assert copy.dossier.conflicts() == []


def test_a_rival_that_came_in_after_the_list_was_shown_is_not_settled_unread(
    copy: WorkingCopy, jan: Computer, piet: Computer, path: Path
) -> None:
    copy = _rivals(copy, jan, piet, path)
    (case,) = copy.dossier.conflicts()
    other = piet.open(path)
    piet.clock.turn(jan.clock.time - piet.clock.time)
    other.dossier.apply(edited("N", text="nog een"))
    other.close()
    copy.take_in_published()
    copy.dossier.choose(case, "van Jan")
    (left,) = copy.dossier.conflicts()
    assert {entry.change.values["text"] for entry in left.rivals} == {"van Jan", "nog een"}


def test_a_deletion_that_did_not_see_an_edit_is_a_choice_and_the_note_stays(
    copy: WorkingCopy, jan: Computer, piet: Computer, path: Path
) -> None:
    copy.dossier.apply(note("samen", "N"))
    copy.publish()
    other = piet.open(path)
    other.dossier.apply(deleted("N"))
    other.close()
    copy.dossier.apply(edited("N", text="dit is belangrijk"))
    copy.take_in_published()
    assert text_of(copy.dossier, "N") == "dit is belangrijk"
    (case,) = copy.dossier.conflicts()
    assert case.field == DELETED
    assert {(entry.person, *entry.change.values) for entry in case.rivals} == {("Jan", "text"), ("Piet", DELETED)}
    copy.dossier.choose(case, True)
    assert text_of(copy.dossier, "N") is None
    copy.dossier.undo()
    copy.dossier.choose(copy.dossier.conflicts()[0], False)
    assert text_of(copy.dossier, "N") == "dit is belangrijk"
    assert copy.dossier.conflicts() == []


def test_a_note_that_the_deletion_of_its_panel_did_not_see_keeps_the_panel(
    copy: WorkingCopy, piet: Computer, path: Path
) -> None:
    other = piet.open(path)
    other.dossier.apply(deleted(PANEL, "panel"))
    other.close()
    copy.dossier.apply(note("niet gezien", "N"))
    copy.take_in_published()
    assert [panel.id for panel in copy.dossier.read.panels.listed()] == [PANEL]
    content = copy.dossier.read.panel_content(PANEL)
    assert content is not None
    assert [item.text for item in content.notes] == ["niet gezien"]


def test_an_insight_that_the_deletion_of_its_panel_did_not_see_keeps_the_panel(
    copy: WorkingCopy, piet: Computer, path: Path
) -> None:
    other = piet.open(path)
    other.dossier.apply(deleted(PANEL, "panel"))
    other.close()
    copy.dossier.apply(action("inzicht", create("insight", "I", panel=PANEL, text="niet gezien")))
    copy.take_in_published()
    assert [panel.id for panel in copy.dossier.read.panels.listed()] == [PANEL]


def test_a_note_that_the_deletion_of_its_question_did_not_see_is_unassigned(
    copy: WorkingCopy, piet: Computer, path: Path
) -> None:
    other = piet.open(path)
    other.dossier.apply(deleted(QUESTION, "question"))
    other.close()
    copy.dossier.apply(note("niet gezien", "N"))
    copy.take_in_published()
    content = copy.dossier.read.panel_content(PANEL)
    assert content is not None
    assert [item.text for item in content.unassigned()] == ["niet gezien"]


def test_an_editor_that_was_open_supersedes_only_what_it_had_seen(
    copy: WorkingCopy, piet: Computer, path: Path
) -> None:
    copy.dossier.apply(note("samen", "N"))
    copy.publish()
    other = piet.open(path)
    other.dossier.apply(edited("N", text="van Piet"))
    other.close()
    opened = copy.dossier.seq
    copy.take_in_published()
    copy.dossier.apply(action("notitie wijzigen", change("note", "N", text="van Jan"), seen=opened))
    (case,) = copy.dossier.conflicts()
    assert [entry.change.values["text"] for entry in case.rivals] == ["van Jan", "van Piet"]


def test_an_editor_that_left_a_field_as_it_was_says_nothing_of_it(
    copy: WorkingCopy, piet: Computer, path: Path
) -> None:
    copy.dossier.apply(note("samen", "N"))
    copy.publish()
    other = piet.open(path)
    other.dossier.apply(edited("N", text="van Piet"))
    other.close()
    opened = copy.dossier.seq
    copy.take_in_published()
    copy.dossier.apply(action("notitie wijzigen", change("note", "N", text="samen", star=True), seen=opened))
    assert text_of(copy.dossier, "N") == "van Piet"
    assert copy.dossier.conflicts() == []


def test_an_editor_that_deletes_leaves_a_child_that_it_did_not_see(
    copy: WorkingCopy, piet: Computer, path: Path
) -> None:
    opened = copy.dossier.seq
    other = piet.open(path)
    other.dossier.apply(note("van Piet", "N"))
    other.close()
    copy.take_in_published()
    copy.dossier.apply(action("panel verwijderen", deleted(PANEL, "panel").edits, seen=opened))
    assert text_of(copy.dossier, "N") == "van Piet"
    assert [panel.id for panel in copy.dossier.read.panels.listed()] == [PANEL]
    assert copy.dossier.conflicts() == []


def test_the_same_label_made_by_two_people_is_one(copy: WorkingCopy, piet: Computer, path: Path) -> None:
    other = piet.open(path)
    for dossier in (copy.dossier, other.dossier):
        dossier.apply(action("label", create("tag", "technolab", name="technolab")))
    other.close()
    copy.take_in_published()
    assert [tag.name for tag in copy.dossier.read.tags.listed()] == ["technolab"]
    assert copy.dossier.conflicts() == []
    assert_sound(copy.dossier)
