"""Where erased words occur elsewhere, and what happens with texts that say more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sto_desktop.domain.actions.conversation import set_playback
from sto_desktop.domain.actions.elaborate import add_insight
from sto_desktop.domain.actions.reports import decide_on_names_of
from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import action, change, create
from sto_desktop.domain.names.decisions import NAMES, decisions_of
from sto_desktop.domain.privacy.erasing import Trace, member, remark
from sto_desktop.domain.vocabulary import Agreement, Stance
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.traces import take_away
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import PANEL, PANELIST, Computer, assert_sound, edited, note

NAME = "Quinten Spelbos"
JAN = "panelist-jan"


@pytest.fixture
def dossier(copy: WorkingCopy) -> Dossier:
    """A panel with a member whose name is in a note, an old version, an insight and a summary."""
    made = copy.dossier
    made.apply(action("lid", create("panelist", JAN, panel=PANEL, name=NAME, first_name="Quinten", role="directeur")))
    made.apply(note("Spelbos belt de wethouder", "A"))
    voice = derived_id("voice", "A", PANELIST)
    made.apply(action("stem", create("voice", voice, note="A", panelist=PANELIST, stance=Stance.SAYS)))
    made.apply(note("Dat zei quinten spelbos zelf", "B"))
    made.apply(edited("B", text="Dat zei iemand zelf"))
    made.apply(note("Quinten vindt het prima", "C"))
    made.apply(note("Spelbossen is een dorp", "D"))
    made.apply(add_insight(PANEL, "Zonder Spelbos gebeurt er niets", supports=["A"], insight="I"))
    made.apply(set_playback(PANEL, "T", "Spelbos", Agreement.YES))
    return made


def found(copy: WorkingCopy, dossier: Dossier) -> dict[tuple[str, str], Trace]:
    panelist = next(item for item in dossier.read.members.of_panel(PANEL) if item.id == JAN)
    return {(trace.table, trace.row): trace for trace in copy.traces(member(panelist))}


def test_names_are_found_in_texts_of_today_and_of_before(copy: WorkingCopy, dossier: Dossier) -> None:
    traces = found(copy, dossier)
    playback = dossier.read.course.playbacks(PANEL)[0]
    assert traces.keys() == {*(("note", row) for row in "ABCD"), ("insight", "I"), ("playback", playback.id)}
    # "Spelbossen" may be the family, or a village.
    assert [traces["note", row].sure for row in "ABCD"] == [True, True, False, False]
    assert (traces["note", "A"].spans, traces["note", "B"].spans) == (((0, 7),), ())
    assert traces["note", "A"].rest == "… belt de wethouder"


def test_what_else_was_said_stands_in_a_row_of_its_own_with_all_that_pointed_to_it(
    jan: Computer, copy: WorkingCopy, dossier: Dossier, path: Path
) -> None:
    copy.publish()
    copy.backup()
    panelist = next(item for item in dossier.read.members.of_panel(PANEL) if item.id == JAN)
    target = member(panelist)
    traces = [trace for trace in copy.traces(target) if trace.sure]
    take_away(dossier, target, traces)
    copy.erase_apart((*target.erasures, *(trace.erasure for trace in traces)))
    dossier.poll(always=True)
    notes = {item.text: item for item in dossier.read.notes.of_panel(PANEL)}
    assert notes.keys() == {
        "… belt de wethouder",
        "Dat zei iemand zelf",
        "Quinten vindt het prima",
        "Spelbossen is een dorp",
    }
    kept = notes["… belt de wethouder"]
    assert kept.speakers == (PANELIST,)
    assert kept.voices[0].id == derived_id("voice", kept.id, PANELIST)
    (insight,) = dossier.read.findings.insights(PANEL)
    assert (insight.insight.text, insight.supports) == ("Zonder … gebeurt er niets", (kept.id,))
    assert [item.id for item in dossier.read.members.of_panel(PANEL)] == [PANELIST]
    (playback,) = dossier.read.course.playbacks(PANEL)
    assert playback.text == ""
    dossier.apply(set_playback(PANEL, "T", "Iets anders", Agreement.PARTLY, playback.id))
    assert dossier.read.course.playbacks(PANEL)[0].text == "Iets anders"
    assert_sound(dossier)
    for file in (*jan.files(), path):
        # «Spelbossen» is another word, and stays.
        content = file.read_bytes().lower().replace(b"spelbossen", b"")
        assert b"spelbos" not in content, file
        assert b"directeur" not in content, file


def test_a_remark_takes_along_what_says_the_same_elsewhere(copy: WorkingCopy, dossier: Dossier) -> None:
    dossier.apply(note("Dit blijft echt onder ons.", "X"))
    dossier.apply(note("dit blijft  echt onder ons", "Y"))
    dossier.apply(
        action("terugblik", create("debrief", "Z", panel=PANEL, stood_out="Dit blijft echt onder ons, vond ik"))
    )
    item = dossier.read.notes.get("X")
    assert item is not None
    target = remark(item)
    traces = {trace.row: trace for trace in copy.traces(target)}
    assert {row: trace.rest for row, trace in traces.items()} == {"Y": "", "Z": "…, vond ik"}
    take_away(dossier, target, [traces["Y"]])
    copy.erase_apart((*target.erasures, traces["Y"].erasure))
    dossier.poll(always=True)
    assert {item.id for item in dossier.read.notes.of_panel(PANEL)} == set("ABCD")
    assert dossier.read.course.debriefs(PANEL)[0].stood_out == "Dit blijft echt onder ons, vond ik"


def test_what_is_wiped_is_no_step_of_undo(copy: WorkingCopy, dossier: Dossier) -> None:
    label = dossier.undo_label()
    item = dossier.read.notes.get("D")
    assert item is not None
    take_away(dossier, remark(item), ())
    assert dossier.undo_label() == label
    assert dossier.read.notes.get("D") is None


def test_decisions_about_a_name_go_with_it_and_others_can_still_be_made(copy: WorkingCopy, dossier: Dossier) -> None:
    dossier.apply(action("naam", change("panelist", JAN, name="Zoë Spelbós", first_name="Zoë")))
    read = dossier.read.course
    dossier.apply(decide_on_names_of([(PANEL, json.dumps({"A/text/zoe spelbos": True, "C/text/piet": False}), None)]))
    panelist = next(item for item in dossier.read.members.of_panel(PANEL) if item.id == JAN)
    traces = [trace for trace in copy.traces(member(panelist)) if trace.table == "report_setup"]
    take_away(dossier, member(panelist), traces)
    copy.erase_apart([trace.erasure for trace in traces])
    dossier.poll(always=True)
    assert decisions_of(read.report_setups(PANEL)) == {"A/text/…": True, "C/text/piet": False}
    dossier.apply(decide_on_names_of([(PANEL, json.dumps({"C/text/piet": True}), read.setup_row(PANEL, NAMES))]))
    assert decisions_of(read.report_setups(PANEL)) == {"C/text/piet": True}
    assert b"zoe spelbos" not in copy.path.read_bytes()


def test_a_field_that_no_row_can_take_over_goes_whole(copy: WorkingCopy, dossier: Dossier) -> None:
    dossier.apply(action("panel", change("panel", PANEL, remarks="Spelbos komt later")))
    trace = found(copy, dossier)["panel", PANEL]
    assert not trace.replaceable
    panelist = next(item for item in dossier.read.members.of_panel(PANEL) if item.id == JAN)
    take_away(dossier, member(panelist), [trace])
    copy.erase_apart([trace.erasure])
    dossier.poll(always=True)
    panel = dossier.read.panels.get(PANEL)
    assert panel is not None
    assert (panel.remarks, panel.title) == ("", "Panel Hengelo")
