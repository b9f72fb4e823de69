"""The letter in which a member checks their own words: no word and no name of anybody else, whoever may be named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sto_desktop.domain.model import Panel, Panelist, TopChoice
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.vocabulary import Consent, Stance
from sto_desktop.report.blocks.document_texts import texts_of_document
from sto_desktop.report.blocks.options import Form, Part, ReportOptions
from sto_desktop.report.content.setups import options_text
from sto_desktop.report.papers.afterwards import Afterwards
from sto_desktop.report.papers.kinds import Paper
from tests.report.panels import GUIDE, MEMBERS
from tests.report.privacy.drawn_panels import NAMES, QUESTIONS, panels, spoken

pytestmark = pytest.mark.long


def told(note: NoteContent, about: Panelist) -> NoteContent:
    """Return a note with words of its own, and with somebody's name in it."""
    text = f"Het kernwoord is {note.id}ster, dat zei {about.name} ook, en {about.name.split()[-1]} weet het."
    return replace(note, note=replace(note.note, text=text))


def with_names(content: PanelContent, bundled: bool) -> PanelContent:
    """Return a panel whose notes name its members, the first two in one bundle if they are to be."""
    people = content.panelists
    notes = [told(note, people[at % len(people)]) for at, note in enumerate(content.notes)]
    if bundled:
        notes[:2] = [replace(notes[0], bundled=(notes[1],))]
    chosen = tuple(
        TopChoice(f"keuze-{member.id}", member.id, 1, text=f"Vooral keuze{member.seat}ster, met {people[0].name}")
        for member in people
    )
    sent = tuple(
        replace(member, written=f"Ik schrijf brief{member.seat}ster aan {people[-1].name}.")
        if member.seat == 1
        else member
        for member in people
    )
    return replace(content, notes=tuple(notes), top_choices=chosen, panelists=sent)


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=60)
@given(panels(), st.sampled_from(NameMode), st.sampled_from(Form), st.booleans(), st.booleans())
def test_a_letter_holds_no_word_and_no_name_of_another(
    content: PanelContent, naming: NameMode, form: Form, whole: bool, bundled: bool
) -> None:
    content = with_names(content, bundled)
    options = {each: ReportOptions(each, naming=naming).with_part(Part.NOTES, whole) for each in Form}
    setups = {each.value: options_text(options[each]) for each in Form}
    after = Afterwards(content, setups, form)
    letters = dict(after.choices(Paper.CHECK))
    refusing = {member.id for member in content.panelists if member.consent_participation is Consent.NO}
    assert letters.keys().isdisjoint(refusing)
    said = {
        member.id: {part.id for note in content.notes for part in note.parts if member.id in part.speakers}
        for member in content.panelists
    }
    shared = {note for note in set().union(*said.values()) if any(note in said[one] for one in refusing)}
    every = {part.id for note in content.notes for part in note.parts}
    for member in content.panelists:
        if member.id not in letters:
            # Who said something that stands in the verslag has a letter.
            assert member.id in refusing or not whole or not (said[member.id] - shared)
            continue
        text = " ".join(texts_of_document(after.document(Paper.CHECK, member.id)))
        for note in every - said[member.id]:
            assert f"{note}ster" not in text, (note, text)
        assert not shared or all(f"{note}ster" not in text for note in shared)
        if whole:
            assert all(f"{note}ster" in text for note in said[member.id] - shared), text
        for other in content.panelists:
            if other.id != member.id:
                assert NAMES[(other.seat or 0) - 1] not in text, (other.name, text)
                assert f"keuze{other.seat}ster" not in text
                assert f"brief{other.seat}ster" not in text


def test_the_stances_that_are_no_words_of_ones_own_bring_no_letter() -> None:
    """Who only agreed, disagreed or was spoken about said nothing that could be shown to them."""
    for stance in Stance:
        said = spoken("n0", QUESTIONS[0], {MEMBERS[0].id: stance, MEMBERS[1].id: Stance.SAYS})
        content = PanelContent(Panel("panel"), GUIDE, MEMBERS, (said,))
        letters = dict(Afterwards(content, {}).choices(Paper.CHECK))
        assert letters.keys() - {MEMBERS[0].id} == {MEMBERS[1].id}
        assert (MEMBERS[0].id in letters) is (stance is Stance.SAYS), stance
