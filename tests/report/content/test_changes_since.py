"""What changed since a verslag was made."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.report.content.changes_since import difference_text, differences, fingerprint
from tests.report.panels import bare, example, note


def since(then: PanelContent, now: PanelContent) -> str:
    return difference_text(differences(fingerprint(then), fingerprint(now)))


def test_nothing_changed_is_said() -> None:
    assert since(example(), example()) == "Sindsdien is er niets veranderd."


def test_what_came_went_and_changed_is_counted() -> None:
    then = example()
    notes = (*then.notes[2:], note("new", "technolab-yield", "Nieuw."), note("newer", "technolab-yield", "Nieuwer."))
    changed = replace(notes[0], note=replace(notes[0].note, text="Anders."))
    first = then.insights[0]
    insights = (replace(first, insight=replace(first.insight, text="Anders.")), *then.insights[1:])
    now = replace(then, notes=(changed, *notes[1:]), insights=insights, recommendations=then.recommendations[:1])
    assert since(then, now) == (
        "Sindsdien: twee notities erbij, één notitie gewijzigd, twee notities weg, één inzicht gewijzigd en "
        f"{'één aanbeveling' if len(then.recommendations) == 2 else 'meer aanbevelingen'} weg."
    )


def test_who_agreed_and_what_an_insight_rests_on_count_too() -> None:
    then = example()
    spoken = next(item for item in then.notes if item.voices)
    silent = replace(then, notes=tuple(replace(item, voices=()) if item is spoken else item for item in then.notes))
    assert since(then, silent) == "Sindsdien: één notitie gewijzigd."
    first = then.insights[0]
    loose = replace(then, insights=(replace(first, supports=()), *then.insights[1:]))
    assert since(then, loose) == "Sindsdien: één inzicht gewijzigd."


def test_how_far_the_verslag_is_is_no_change() -> None:
    then = example()
    final = replace(then.panel, status=PanelStatus.FINAL, report_version="3")
    assert since(then, replace(then, panel=final)) == "Sindsdien is er niets veranderd."
    moved = replace(then.panel, place="Elders")
    assert since(then, replace(then, panel=moved)) == "Sindsdien: panelgegevens gewijzigd."


def test_so_many_notes_are_only_told_to_have_changed() -> None:
    then = replace(bare(), notes=tuple(note(f"n{at}", None, f"Zin {at}.") for at in range(2100)))
    now = replace(then, notes=then.notes[1:])
    assert len(fingerprint(then)) < 2000
    assert since(then, now) == "Sindsdien: notities gewijzigd."


@given(st.text(max_size=40))
def test_a_fingerprint_that_cant_be_read_is_said(kept: str) -> None:
    assert difference_text(differences(kept, fingerprint(bare()))).startswith(("Wat er sindsdien", "Sindsdien"))


def test_nonsense_is_not_taken_for_nothing() -> None:
    assert (
        difference_text(differences("nonsense", fingerprint(bare())))
        == "Wat er sindsdien is veranderd, is niet bekend."
    )
