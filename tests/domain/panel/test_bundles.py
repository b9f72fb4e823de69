"""Which note represents a bundle, for any pairs that two people could make."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.actions.notes import split_note
from sto_desktop.domain.model import Note
from sto_desktop.domain.panel.bundles import bundled, speaking_for
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.record import spec_of
from sto_desktop.domain.vocabulary import NoteKind
from tests.filled import filled

NOTES = "abcdefg"


@given(st.text(), st.integers(0, 40))
def test_splitting_loses_no_word(text: str, place: int) -> None:
    note = NoteContent(Note(id="n", panel="p", text=text), NoteKind.REMARK)
    texts = [edit.values["text"] for edit in split_note(note, min(place, len(text))).edits]
    assert len(texts) in (0, 2)
    assert not texts or "".join("".join(texts).split()) == "".join(text.split())
    assert all(part.strip() for part in texts)


@given(st.dictionaries(st.sampled_from(NOTES), st.sampled_from(NOTES)))
def test_every_note_is_there_once_and_who_speaks_is_spoken_for_by_nobody(pairs: dict[str, str]) -> None:
    speakers = speaking_for(pairs)
    shown = bundled([NoteContent(Note(id=note), NoteKind.REMARK) for note in NOTES], speakers)
    assert sorted(part.id for item in shown for part in item.parts) == sorted(NOTES)
    assert not speakers.keys() & set(speakers.values())
    assert [item.id for item in shown] == [note for note in NOTES if note not in speakers]


@given(st.dictionaries(st.sampled_from(NOTES), st.sampled_from(NOTES)))
def test_notes_that_are_bundled_together_have_one_speaker(pairs: dict[str, str]) -> None:
    speakers = speaking_for(pairs)
    for note, other in pairs.items():
        assert speakers.get(note, note) == speakers.get(other, other)


def test_a_bundle_in_a_bundle_is_one() -> None:
    assert speaking_for({"a": "b", "b": "c"}) == {"a": "c", "b": "c"}


def test_two_people_who_bundle_the_same_notes_in_each_other_agree_on_who_speaks() -> None:
    assert speaking_for({"a": "b", "b": "a", "c": "b"}) == {"b": "a", "c": "a"}


def test_every_field_of_a_note_that_is_split_is_of_both_parts_but_for_what_is_of_the_first() -> None:
    record = filled(
        Note, "n", panel="p", text="een twee", captured_at=dt.datetime(2024, 3, 1, 15, tzinfo=dt.UTC), amends="b"
    )
    (made,) = [
        edit for edit in split_note(NoteContent(record, record.kind), 3).edits if edit.table == "note" and edit.new
    ]
    lost = {name for name in spec_of(Note).fields if made.values.get(name) != getattr(record, name)}
    assert lost == {"position", "text", "star", "mark", "split_from", "answer"}
