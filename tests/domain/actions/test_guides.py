"""A guide that is copied when it is changed: the same copy on every laptop, with the first row as origin."""

from __future__ import annotations

from dataclasses import replace

from sto_desktop.domain.actions.guides import change_theme, open_guide, place_after_step
from sto_desktop.domain.model import Guide, Panel, PanelQuestion, Playback, Probe, Question, Theme
from sto_desktop.domain.panel.content import GuideContent, PanelContent, QuestionContent, ThemeContent
from sto_desktop.domain.place import Position
from sto_desktop.domain.record import spec_of
from tests.filled import filled


def question(row: str, theme: str, key: str, origin: str = "") -> QuestionContent:
    return QuestionContent(Question(row, position=Position(theme, key), text=row, origin=origin))


GUIDE = GuideContent(
    Guide("g", name="Leidraad", version="1"),
    (
        ThemeContent(
            Theme("t1", position=Position("g", "a0")), (question("q1", "t1", "a0"), question("q2", "t1", "a1"))
        ),
        ThemeContent(Theme("t2", position=Position("g", "a1")), (question("q3", "t2", "a0", origin="eerste"),)),
    ),
)
PANEL = PanelContent(Panel("p", title="Panel Oldenzaal", guide="g"), GUIDE)


def test_two_laptops_make_one_copy() -> None:
    here, there = (open_guide(PANEL, shared=True) for _ in range(2))
    assert here == there
    other = open_guide(replace(PANEL, panel=Panel("p2", guide="g")), shared=True)
    assert not set(other.ids.values()) & set(here.ids.values())


def test_a_copy_that_was_left_is_not_written_over() -> None:
    first = open_guide(PANEL, shared=True)
    again = open_guide(PANEL, shared=True, known=[first.row("g")])
    assert again.row("g") != first.row("g")


def test_origin_is_the_first_row_also_of_a_copy_of_a_copy() -> None:
    copied = open_guide(PANEL, shared=True)
    origins = {edit.row: edit.values["origin"] for edit in copied.edits if edit.table == "question"}
    assert origins == {copied.row("q1"): "q1", copied.row("q2"): "q2", copied.row("q3"): "eerste"}


def test_a_guide_of_its_own_is_changed_itself() -> None:
    own = open_guide(PANEL, shared=False)
    action = change_theme(own, "t1", title="Anders")
    assert [(edit.table, edit.row, dict(edit.values)) for edit in action.edits] == [
        ("theme", "t1", {"title": "Anders"})
    ]


def test_a_step_goes_on_into_the_next_theme_and_ends_at_the_ends() -> None:
    assert place_after_step(GUIDE, "q1", 1) == ("t1", "q2")
    assert place_after_step(GUIDE, "q2", 1) == ("t2", None)
    assert place_after_step(GUIDE, "q3", -1) == ("t1", "q2")
    assert place_after_step(GUIDE, "q1", -1) is None
    assert place_after_step(GUIDE, "q3", 1) is None


def test_every_field_of_a_guide_and_of_what_a_panel_decided_goes_along_to_its_copy() -> None:
    asked = QuestionContent(
        filled(Question, "q", position=Position("t", "a0")),
        (filled(Probe, "d", position=Position("q", "a0")),),
        decided=filled(PanelQuestion, "pq", panel="p", question="q"),
    )
    guide = GuideContent(
        filled(Guide, "g"), (ThemeContent(filled(Theme, "t", position=Position("g", "a0")), (asked,)),)
    )
    read_back = filled(Playback, "b", panel="p", theme="t")
    opened = open_guide(PanelContent(Panel("p", guide="g"), guide, playbacks=(read_back,)), shared=True)
    made = {edit.table: dict(edit.values) for edit in opened.edits if not edit.deletes}
    records = (guide.guide, guide.themes[0].theme, asked.question, *asked.probes, asked.decided, read_back)
    moved = ("position", "origin", "question", "theme")
    for record in records:
        spec = spec_of(type(record))
        lost = [
            name for name in spec.fields if name not in moved and made[spec.name].get(name) != getattr(record, name)
        ]
        assert (spec.name, lost) == (spec.name, [])
