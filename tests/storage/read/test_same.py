"""Rows that a person declared the same: a conversation on two laptops, a theme of two guides, a member
entered twice.
"""

import datetime as dt
import itertools
from pathlib import Path

import pytest

from sto_desktop.domain.actions.merging import say_apart, say_same
from sto_desktop.domain.bookkeeping import SameAs
from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Action, action, change, create, put
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.voices import Voices
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.sharing import Sharing
from sto_desktop.domain.record import spec_of
from sto_desktop.domain.vocabulary import Aspect, Consent, Stance
from sto_desktop.storage.whole_file.share import write_copy
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import Computer, assert_sound, tables_of

START = dt.datetime(2023, 2, 14, 15, 30, tzinfo=dt.UTC)


def _laptop(letter: str, minutes: int) -> Action:
    """Return what one of two laptops recorded of a conversation, with its own guide and the same person."""
    panel, guide, theme, question = (f"{kind}-{letter}" for kind in ("panel", "guide", "theme", "question"))
    person, notes = f"person-{letter}", [f"note-{letter}{number}" for number in (1, 2)]
    return action(
        "laptop",
        create("guide", guide, name=f"Leidraad {letter}"),
        create("theme", theme, title="Beeldvorming", position=Position(guide, "a0")),
        create("question", question, text="?", aspect=Aspect.YIELD, position=Position(theme, "a0")),
        create("panel", panel, title=f"Panel van {letter}", guide=guide),
        create("panelist", person, panel=panel, name=f"R. Oude Wessel {letter}", seat=1),
        create(
            "time_span",
            f"span-{letter}",
            panel=panel,
            question=question,
            started_at=START,
            stopped_at=START + dt.timedelta(minutes=minutes),
            seconds=minutes * 60,
        ),
        [create("note", note, panel=panel, text=note, position=Position(question, "a0")) for note in notes],
        [put("voice", derived_id("voice", note, person), note=note, panelist=person) for note in notes],
        create("insight", f"insight-{letter}", panel=panel, text="Het werkt", position=Position(question, "a0")),
        create("insight_note", f"link-{letter}", insight=f"insight-{letter}", note=notes[0]),
        create("playback", f"playback-{letter}", panel=panel, theme=theme, text="samengevat"),
    )


@pytest.fixture
def two(copy: WorkingCopy) -> Dossier:
    """A dossier with one conversation in it twice."""
    copy.dossier.apply(_laptop("A", 60))
    copy.dossier.apply(_laptop("B", 50))
    return copy.dossier


def _linked(dossier: Dossier) -> None:
    for table in ("theme", "panelist", "panel"):
        kind = table if table != "panelist" else "person"
        dossier.apply(say_same(table, [f"{kind}-B", f"{kind}-A"]))


CONSENT = [name for name, field in spec_of(Panelist).fields.items() if field.codes is Consent]


@pytest.mark.parametrize("question", CONSENT)
@pytest.mark.parametrize(("one", "other"), list(itertools.product(Consent, repeat=2)))
def test_the_strictest_of_two_answers_about_consent_holds_whichever_row_stands(
    two: Dossier, question: str, one: Consent, other: Consent
) -> None:
    _linked(two)
    two.apply(
        action("ja", *(change("panelist", f"person-{row}", **dict.fromkeys(CONSENT, Consent.YES)) for row in "AB"))
    )
    two.apply(action("een", change("panelist", "person-A", **{question: one})))
    two.apply(action("ander", change("panelist", "person-B", **{question: other})))
    content = two.read.panel_content("panel-A")
    assert content is not None
    (member,) = content.panelists
    strictest = Consent.NO if Consent.NO in (one, other) else Consent.UNKNOWN if one is not other else one
    assert getattr(member, question) is strictest
    assert [getattr(member, name) for name in CONSENT if name != question] == [Consent.YES] * 3


@pytest.mark.parametrize("question", ["consent_name", "consent_quote"])
@pytest.mark.parametrize("refuses", ["person-A", "person-B"])
def test_a_copy_names_nobody_who_said_no_on_the_other_laptop(
    two: Dossier, jan: Computer, path: Path, question: str, refuses: str
) -> None:
    _linked(two)
    two.apply(
        action("ja", *(change("panelist", f"person-{row}", **dict.fromkeys(CONSENT, Consent.YES)) for row in "AB"))
    )
    two.apply(action("nee", change("panelist", refuses, **{question: Consent.NO})))
    target = path.with_name("kopie.sto")
    write_copy(two.raw, target, Sharing(naming=NameMode.FULL), two.writer, 1_700_000_000_000)
    opened = jan.open(target)
    called = {member.name for member in opened.dossier.read.rows.records(Panelist)}
    opened.close()
    assert not [name for name in called if "Wessel" in name]


def test_two_panels_that_are_one_conversation_are_one_panel(two: Dossier) -> None:
    assert [panel.id for panel in two.read.panels.listed()][-2:] == ["panel-A", "panel-B"]
    two.apply(say_same("panel", ["panel-B", "panel-A"]))
    assert "panel-B" not in [panel.id for panel in two.read.panels.listed()]
    asked = two.read.panels.get("panel-B")
    assert asked is not None
    assert asked.id == "panel-A"
    assert sorted(note.id for note in two.read.notes.of_panel("panel-A")) == [
        "note-A1",
        "note-A2",
        "note-B1",
        "note-B2",
    ]
    assert two.read.notes.count("panel-A") == 4
    assert_sound(two)


def test_the_plan_is_that_of_the_laptop_whose_time_counts_or_else_of_the_one_that_kept_one(two: Dossier) -> None:
    def plan(letter: str, minutes: int) -> Action:
        panel, theme = f"panel-{letter}", f"theme-{letter}"
        return action("", put("planned_part", f"plan-{letter}", panel=panel, theme=theme, number=1, minutes=minutes))

    _linked(two)
    two.apply(plan("B", 20))
    (part,) = two.read.course.plan("panel-A")
    assert (part.theme, part.minutes) == ("theme-A", 20)
    two.apply(plan("A", 25))
    (part,) = two.read.course.plan("panel-A")
    assert (part.theme, part.minutes) == ("theme-A", 25)


def test_time_and_voices_count_once(two: Dossier) -> None:
    _linked(two)
    content = two.read.panel_content("panel-A")
    assert content is not None
    assert content.minutes_used == {"question-A": 60}
    assert [member.id for member in content.panelists] == ["person-A"]
    assert {note.speakers for note in content.notes} == {("person-A",)}
    insights = {insight.insight.id: insight for insight in content.insights}
    backing = Voices(content).backing(("note-A1", "note-B1"), ())
    assert len(backing.supporters) == 1
    assert insights.keys() == {"insight-A", "insight-B"}


def test_what_was_under_the_same_theme_stands_under_it(two: Dossier) -> None:
    _linked(two)
    content = two.read.panel_content("panel-A")
    assert content is not None
    assert {note.question for note in content.notes} == {"question-A"}
    assert {insight.insight.position.parent for insight in content.insights} == {"question-A"}
    assert {playback.theme for playback in content.playbacks} == {"theme-A"}


def test_agreeing_with_oneself_is_no_second_voice(two: Dossier) -> None:
    voice = derived_id("voice", "note-A1", "person-B")
    two.apply(action("stem", put("voice", voice, note="note-A1", panelist="person-B", stance=Stance.AGREES)))
    _linked(two)
    note = next(note for note in two.read.notes.of_panel("panel-A") if note.id == "note-A1")
    assert [(item.panelist, item.stance) for item in note.voices] == [("person-A", Stance.SAYS)]


def test_it_can_be_undone_and_taken_back(two: Dossier) -> None:
    before = tables_of(two)
    two.apply(say_same("panel", ["panel-B", "panel-A"]))
    assert two.undo_label() == "hetzelfde panelgesprek"
    two.undo()
    assert [panel.id for panel in two.read.panels.listed()][-2:] == ["panel-A", "panel-B"]
    two.redo()
    two.apply(say_apart("panel", "panel-B", two.read.rows.records(SameAs)))
    assert [panel.id for panel in two.read.panels.listed()][-2:] == ["panel-A", "panel-B"]
    assert len(tables_of(two)) == len(before) + 1


def test_one_of_three_can_leave_and_the_others_stay_together(two: Dossier) -> None:
    two.apply(_laptop("C", 10))
    two.apply(say_same("panel", ["panel-A", "panel-B", "panel-C"]))
    two.apply(say_apart("panel", "panel-A", two.read.rows.records(SameAs)))
    assert [panel.id for panel in two.read.panels.listed()][-2:] == ["panel-A", "panel-B"]
    assert {note.note.panel for note in two.read.notes.of_panel("panel-B")} == {"panel-B", "panel-C"}


def test_two_people_who_say_the_same_say_it_once(two: Dossier, copy: WorkingCopy, piet: Computer, path: Path) -> None:
    copy.publish()
    other = piet.open(path)
    other.dossier.apply(say_same("panel", ["panel-A", "panel-B"]))
    two.apply(say_same("panel", ["panel-B", "panel-A"]))
    other.close()
    copy.take_in_published()
    assert len(two.read.rows.records(SameAs)) == 1
    assert two.conflicts() == []


def test_a_link_to_what_is_not_here_hides_nothing(two: Dossier) -> None:
    two.apply(say_same("panel", ["panel-B", "an earlier one"]))
    assert [panel.id for panel in two.read.panels.listed()][-2:] == ["panel-A", "panel-B"]
    assert two.read.notes.count("panel-B") == 2
