"""The line in which a note is typed: the shown text is the text of the note, and correcting a note loses nothing."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sto_desktop.domain.capture.chips import Chips, LineChip, chips_in
from sto_desktop.domain.capture.language import Captured, parse
from sto_desktop.domain.capture.line import Line
from sto_desktop.domain.capture.tokens import TAKEN
from sto_desktop.domain.capture.view import view_of
from sto_desktop.domain.model import Note, Tag, Voice
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.vocabulary import NoteKind, Stance
from tests.domain.capture.test_language import PANEL, notes, typed

SAYS, AGREES, DISAGREES, ABOUT = Stance.SAYS, Stance.AGREES, Stance.DISAGREES, Stance.ABOUT


sayings = st.lists(
    st.sampled_from(
        ["@4", "@jan", "@allen", "behalve", "op", "na", "Jan", "zegt", ",", ":", "aldus", "Nee", "@3-", "en"]
    ),
    max_size=12,
).map(" ".join)
"""Lines with words that belong to a speaker: "@allen behalve @4 , zegt @jan"."""


def empty() -> Line:
    return Line(lambda: PANEL)


def keys(line: Line, text: str, caret: int | None = None) -> int:
    """Type a text letter by letter at a place of the shown text (by default its end); return the cursor position
    afterwards.
    """
    place = len(line.view.text) if caret is None else caret
    for letter in text:
        shown = line.view.text
        line.typed(shown[:place] + letter + shown[place:], place + 1)
        place = line.caret
    return place


def delete(line: Line, first: int, last: int) -> None:
    """Delete [first, last) of the shown text."""
    shown = line.view.text
    line.typed(shown[:first] + shown[last:], first)


def said(captured: Captured) -> tuple[object, ...]:
    return captured.text, captured.kind, captured.parked, dict(captured.voices), captured.tags


def of(note: NoteContent) -> tuple[object, ...]:
    voices = {voice.panelist: voice.stance for voice in note.voices}
    return note.text, note.note.kind, note.note.parked, voices, tuple(tag.name for tag in note.tags)


def put_back(note: NoteContent) -> Line:
    line = empty()
    line.put_back(note)
    return line


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Vervoer is geregeld. @1 ", "Vervoer is geregeld."),
        ("Vervoer is geregeld. @1", "Vervoer is geregeld. @1"),
        ("Vervoer is geregeld @1 @2+ @", "Vervoer is geregeld @"),
        ("Vervoer is geregeld @1 @2+ @3", "Vervoer is geregeld @3"),
        ("Vervoer is geregeld @1 @2+ en", "Vervoer is geregeld en"),
        ("Vervoer is geregeld @1 en", "Vervoer is geregeld Renée en"),
        ("Te duur, zegt @jan", "Te duur, zegt @jan"),
        ("Te duur, zegt @jan ", "Te duur"),
        ("Te duur, zegt @jan en", "Te duur, zegt Jan en"),
        ("@jan zegt", "zegt"),
        ("@jan zegt: te", "te"),
        ("Ja @allen behalve @3", "Ja @allen behalve @3"),
        ("Ja @allen behalve @3 ", "Ja"),
        ("Vervoer is geregeld @1  en", "Vervoer is geregeld Renée en"),
        ("Vervoer is geregeld @1+  en", "Vervoer is geregeld en"),
        ("volgens @jan is #technolab ", "volgens Jan is"),
        ("volgens @jan is #technolab g", "volgens Jan is technolab g"),
        ("@4: vervoer ", "vervoer "),
        ("@4 ", ""),
        ("+ @4 ja", "+ ja"),
        ("\\+ ", "\\+ "),
        ("\\+ is", "+ is"),
        ("\\@jan ", "@jan "),
        ("@jan en @1 vinden", "vinden"),
        ("Rijker.\n@4 ", "Rijker."),
        ("Rijker.\n@4 x", "Rijker.\nx"),
        ("Rijker.\n", "Rijker.\n"),
        ("@piet zegt", "@piet zegt"),
    ],
)
def test_what_is_shown_while_typing(source: str, shown: str) -> None:
    line = empty()
    keys(line, source)
    assert (line.source, line.view.text) == (source, shown)


@given(typed | sayings)
@example("Goed @1 en @4 ")
@example('"Ja" @1 \\@2')
def test_a_line_typed_key_by_key_is_the_note_that_is_read_from_it(text: str) -> None:
    line = empty()
    text = clean_text(text)
    # "\\@1" hides its backslash, and means nothing more in "\\@1x@2": typed, the backslash is gone then.
    hidden = set(view_of(text, PANEL).escapes)
    assume(all(hidden.issuperset(view_of(text[:end], PANEL).escapes) for end in range(len(text))))
    keys(line, text)
    assert line.source == text
    assert said(line.reading()) == said(parse(text, PANEL))


@given(typed | sayings)
@example("\n@1 x")
@example("- \\- x\n \\- y")
def test_what_is_shown_before_enter_is_what_is_kept(text: str) -> None:
    source = clean_text(text)
    read, view = parse(source, PANEL), view_of(source, PANEL)
    assert list(view.where) == sorted(view.where)
    if read.sign is None and read.kind is None and view.text.strip() and not re.match(r"\s*([-*•–]|\d+\.)\s", source):
        blanks = re.compile(r"[ \t\u00a0\u202f]*\n[ \t\u00a0\u202f]*")
        assert blanks.sub("\n", view.text.strip()) == blanks.sub("\n", read.text)


@given(notes)
def test_a_note_that_is_corrected_shows_its_text_and_is_the_same_note(note: NoteContent) -> None:
    line = put_back(note)
    assert line.view.text == note.text
    assert said(line.reading()) == of(note)


plain = notes.filter(lambda item: re.fullmatch(r"[^\W\d_][^@#\n\\]*", item.text) is not None)
added_words = st.sampled_from([" en bedrijven", "ja ", "x", ", en", "ŵ 🙂"])


@given(plain, st.lists(st.tuples(st.integers(0, 10_000), added_words)))
def test_words_added_to_a_note_that_is_corrected_change_its_text_alone(
    note: NoteContent, added: list[tuple[int, str]]
) -> None:
    line, text = put_back(note), note.text
    for wish, words in added:
        place = min(wish, len(text))
        text = text[:place] + words + text[place:]
        keys(line, words, place)
        assert line.view.text == text
    assert said(line.reading())[1:] == of(note)[1:]
    assert line.reading().text == text.strip()


@given(
    notes,
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 3), st.sampled_from(["", "Ook ", "x", " "])), max_size=6),
)
@example(NoteContent(Note("n", text="000“@1"), NoteKind.YIELD), [(0, 3, "")])
@example(NoteContent(Note("n", text="“@1"), NoteKind.YIELD), [(1, 1, "")])
def test_words_of_a_note_that_is_corrected_mean_nothing_wherever_they_come_to_stand(
    note: NoteContent, edits: list[tuple[int, int, str]]
) -> None:
    line, text = put_back(note), note.text
    for wish, removed, words in edits:
        first = min(wish, len(text))
        text = text[:first] + words + text[first + removed :]
        line.typed(text, first + len(words))
        assert line.view.text == text
        assert said(line.reading())[1:] == of(note)[1:]


@st.composite
def lines_with_chips(draw: st.DrawFn) -> str:
    """Draw a line of text with speakers and labels at its start and its end."""
    front = draw(st.sampled_from(["", "@4 ", "@4: ", "@jan en @1: ", "@1+ ", "#les ", "@4 zegt: ", "@allen op @3 na "]))
    text = draw(st.sampled_from(["De bus rijdt niet", "Meer geld, en snel.", "Goed plan", "Twee dagen (of drie)", "x"]))
    ends = [" @4 ", " @1+ ", " #bus ", " @4 @1+ ", " @4 #bus ", " @3, @4- ", ", zegt @4 ", " @allen behalve @3 "]
    return front + text + draw(st.sampled_from(ends))


steps = st.tuples(
    st.sampled_from(["to", "type", "replace", "back"]),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(["", "a", "Ook ", " ", ", ", "- ", "weer", " en", "en ", ".", ": ", "B", "!"]),
)


@given(lines_with_chips(), st.lists(steps, max_size=12))
@example("Goed plan @4 ", [("replace", 5, 9, "idee")])
@example("@4: Goed plan @4- ", [("to", 9, 0, ""), ("type", 0, 0, "en ")])
def test_a_line_with_chips_holds_what_a_plain_field_would_hold(
    source: str, edits: list[tuple[str, int, int, str]]
) -> None:
    line = empty()
    keys(line, source)
    text, has, caret = line.view.text, line.reading(), 0
    line.moved(caret)
    for what, one, other, words in edits:
        first, last = caret, caret
        if what in ("to", "replace"):
            first, last = sorted((min(one, len(text)), min(other, len(text))))
            line.moved(first if what == "to" else last)
            caret = first
        if what == "back":
            first = max(0, caret - 1)
        if what in ("replace", "back"):
            text, caret = text[:first] + text[last:], first
            line.typed(text, caret)
        for letter in words if what in ("type", "replace") else "":
            text, caret = text[:caret] + letter + text[caret:], caret + 1
            line.typed(text, caret)
        assert line.view.text == text
        assert what == "to" or line.caret == caret or not words
        read = line.reading()
        assert (dict(read.voices), set(read.tags)) == (dict(has.voices), set(has.tags))


@given(
    st.sampled_from(["", "Te duur ", "Te duur. ", "Vindt de rest ook, zegt ", "@1 en ", "+ Goed plan @4+ ", "Ja\n"]),
    st.sampled_from(["@jan", "@4", "@fatma", "#bus", "@allen"]),
    st.lists(
        st.sampled_from(["en", "of", "voor", "zegt", "Wel", ",", ".", ":", "(", "de bus", "!", "4", "\n"]),
        max_size=6,
    ),
)
def test_what_was_taken_stays_a_chip_whatever_is_typed_behind_it(before: str, taken: str, words: list[str]) -> None:
    line = empty()
    keys(line, f"{before}{taken}{TAKEN} ")
    had, shown = line.reading(), line.view.text
    for word in words:
        keys(line, f"{word} ")
        read = line.reading()
        assert (dict(read.voices), read.tags) == (dict(had.voices), had.tags)
        assert TAKEN not in line.view.text + read.text
    letters = re.compile(r"\w")
    assert letters.findall(line.view.text) == letters.findall(f"{shown} {' '.join(words)}")


@given(notes, st.data())
def test_a_chip_that_is_removed_is_gone_and_no_other(note: NoteContent, data: st.DataObject) -> None:
    line = put_back(note)
    chips = list(chips_in(line.reading(), all_=True))
    if not chips:
        return
    gone = data.draw(st.sampled_from(chips))
    line.remove(gone)
    assert list(chips_in(line.reading(), all_=True)) == [chip for chip in chips if chip != gone]
    assert line.view.text == note.text
    line.undo()
    assert said(line.reading()) == of(note)


def test_what_is_a_word_behind_a_chip_is_one_without_it_too() -> None:
    line = empty()
    line.begin("@1#plan")
    line.remove(next(iter(chips_in(line.reading()))))
    assert (line.view.text, line.reading().tags) == ("#plan", ())


@given(typed | sayings, st.data())
def test_a_chip_of_a_typed_line_is_removed_and_what_is_shown_stays(text: str, data: st.DataObject) -> None:
    line = empty()
    line.begin(clean_text(text))
    chips = list(chips_in(line.reading()))
    if not chips:
        return
    gone = data.draw(st.sampled_from(chips))
    shown = line.view.text
    line.remove(gone)
    assert gone not in set(chips_in(line.reading()))
    assert line.view.text == shown


@given(
    typed | sayings,
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3), st.text("ab @1#+\n", max_size=3)), max_size=6),
)
def test_any_edit_of_the_shown_text_is_followed_and_undone(text: str, edits: list[tuple[int, int, str]]) -> None:
    line = empty()
    line.begin(clean_text(text))
    states = [line.state]
    for wish, removed, words in edits:
        shown = line.view.text
        first = min(wish, len(shown))
        line.typed(shown[:first] + words + shown[first + removed :], first + len(words))
        assert 0 <= line.caret <= len(line.view.text)
        states.append(line.state)
    while line.undo():
        pass
    assert line.state == states[0]
    while line.redo():
        pass
    assert line.state == states[-1]


def test_backspace_behind_a_chip_takes_back_what_was_typed() -> None:
    line = empty()
    keys(line, "Goed idee @6+ ")
    line.begin("Goed idee @1 ")
    assert line.take_back()
    assert line.view.text == "Goed idee @1"
    delete(line, len("Goed idee @"), len("Goed idee @1"))
    keys(line, "4 ")
    assert said(line.reading())[3] == {"p4": SAYS}
    line.begin("Goed idee ")
    assert not line.take_back()


def test_who_does_not_agree_with_all_others_stays_the_same_when_people_change_places() -> None:
    people = list(PANEL)
    line = Line(lambda: tuple(people))
    keys(line, "Ja @allen+ behalve @3 en Jan Bos")
    people[2], people[3] = replace(people[2], seat=4), replace(people[3], seat=3)
    assert line.follow_members() == ()
    assert dict(line.reading().voices) == dict.fromkeys(("p1", "p2", "p5"), AGREES)
    gone = people.pop(2)
    assert line.follow_members() == (gone,)
    assert line.source == "Ja @allen+ behalve @Jan"
    assert dict(line.reading().voices) == dict.fromkeys(("p1", "p2", "p5"), AGREES)
    keys(line, " @jan's")
    people[2] = replace(people[2], name="Johan Bos", first_name="Johan")
    line.follow_members()
    assert line.source.endswith("@Johan's")


def test_who_was_taken_stays_a_chip_when_the_members_change() -> None:
    people = list(PANEL)
    line = Line(lambda: tuple(people))
    keys(line, f"Te duur @jan{TAKEN} @1+{TAKEN} ")
    at = next(number for number, member in enumerate(people) if member.first_name == "Jan")
    people[at] = replace(people[at], name="Johan Bos", first_name="Johan")
    assert line.follow_members() == ()
    keys(line, "voor ons")
    assert said(line.reading())[0::3] == ("Te duur voor ons", {people[at].id: SAYS, "p1": AGREES})


def test_a_name_is_settled_when_the_cursor_leaves_it() -> None:
    line = empty()
    keys(line, "Goed idee @1")
    line.moved(len("Goed idee @"))
    assert line.view.text == "Goed idee @1"
    line.moved(2)
    assert line.view.text == "Goed idee"


def test_a_word_in_the_sentence_that_is_changed_is_a_word_and_no_name() -> None:
    for place, text in ((10, "volgens Jaxn is"), (11, "volgens Janx is")):
        line = empty()
        keys(line, "volgens @jan is")
        keys(line, "x", place)
        assert (line.view.text, line.reading().voices) == (text, ())
    line = empty()
    keys(line, "volgens @jan is")
    keys(line, ",", 11)
    assert (line.view.text, line.reading().voices) == ("volgens Jan, is", (("p4", ABOUT),))
    delete(line, 7, 11)
    assert (line.view.text, line.reading().voices) == ("volgens, is", ())


def test_a_word_whose_chip_is_removed_stays_in_the_sentence() -> None:
    line = empty()
    keys(line, "volgens @jan is #plan goed @1 ")
    line.remove(LineChip(("p4",), ABOUT))
    assert said(line.reading()) == ("volgens Jan is plan goed", None, False, {"p1": SAYS}, ("plan",))
    line.remove(LineChip(tag="plan"))
    line.remove(LineChip(("p1",)))
    assert said(line.reading()) == ("volgens Jan is plan goed", None, False, {}, ())


def test_text_that_is_selected_and_deleted_goes_with_what_was_typed_in_it() -> None:
    line = empty()
    keys(line, "Goed idee @1 @2+ ")
    line.clear()
    assert line.is_empty
    corrected = put_back(NoteContent(Note("n", text="Goed"), NoteKind.YIELD, (Voice("v", "n", "p1"),)))
    keys(corrected, " @2+ x ")
    corrected.clear()
    assert (corrected.view.text, corrected.reading().voices) == ("", (("p1", SAYS),))


def test_speakers_before_the_text_are_removed_at_once() -> None:
    line = empty()
    keys(line, "@4, @1 vervoer @2+ ")
    line.remove_front()
    assert said(line.reading()) == ("vervoer", None, False, {"p2": AGREES}, ())


def test_what_is_typed_in_a_correction_wins_from_what_was_there() -> None:
    note = NoteContent(
        Note("n", text="Een jaarplan", kind=NoteKind.YIELD),
        NoteKind.YIELD,
        (Voice("v", "n", "p1"), Voice("w", "n", "p2", AGREES)),
        (Tag("t", name="plan"),),
    )
    line = put_back(note)
    keys(line, "! ", 0)
    keys(line, " @2- volgens @1 is #Plan mooi @3 ")
    assert said(line.reading()) == (
        "Een jaarplan volgens Renée is Plan mooi",
        NoteKind.RECOMMENDATION,
        False,
        {"p1": SAYS, "p2": DISAGREES, "p3": SAYS},
        ("plan",),
    )
    line = put_back(note)
    keys(line, "? ", 0)
    assert said(line.reading())[1:3] == (NoteKind.YIELD, True)


def test_chips_survive_in_a_draft() -> None:
    chips = Chips(NoteKind.QUOTE, True, (("p1", ABOUT), ("p2", SAYS)), ("plan",))
    assert Chips.decode(json.loads(json.dumps(chips.encode()))) == chips
    assert Chips().encode() == {}
    others = {"voices": 3, "tags": [1, None], "kind": "x", "parked": "ja"}, {"voices": [["p1"], [1, 2]]}
    raw: object
    for raw in (None, 3, [], *others):
        assert Chips.decode(raw) == Chips()
