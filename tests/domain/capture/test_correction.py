"""A note that is put back into a line to be corrected: its marks stay marks, and nothing else changes."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from sto_desktop.domain.capture.correction import Correction
from sto_desktop.domain.capture.language import Captured, parse
from sto_desktop.domain.model import Note, Tag, Voice
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.vocabulary import NoteKind, Stance
from tests.domain.capture.test_language import PANEL, notes

SAYS, AGREES, DISAGREES, ABOUT = Stance.SAYS, Stance.AGREES, Stance.DISAGREES, Stance.ABOUT


def read(correction: Correction, text: str, caret: int | None = None) -> Captured:
    return parse(text, PANEL, kept=correction.marks(text, caret))


def said(captured: Captured) -> tuple[object, ...]:
    return captured.kind, captured.parked, dict(captured.voices), captured.tags


def note(text: str, kind: NoteKind | None = None, *, parked: bool = False, tags: tuple[str, ...] = ()) -> NoteContent:
    """A note said by the first member; the second agrees and the third disagrees."""
    voices = tuple(
        Voice(f"v{seat}", note="n", panelist=f"p{seat}", stance=stance)
        for seat, stance in ((1, SAYS), (2, AGREES), (3, DISAGREES))
    )
    content = Note("n", text=text, kind=kind, parked=parked)
    return NoteContent(content, kind or NoteKind.YIELD, voices, tuple(Tag(name, name=name) for name in tags))


@given(notes)
def test_a_note_that_is_put_back_and_read_is_the_same_note(item: NoteContent) -> None:
    correction = Correction(item, PANEL)
    captured = read(correction, correction.line)
    assert captured.text == item.text
    assert said(captured) == (
        item.note.kind,
        item.note.parked,
        {voice.panelist: voice.stance for voice in item.voices},
        tuple(tag.name for tag in item.tags),
    )


plain = notes.filter(lambda item: re.match(r"[^\W\d_]", item.text) is not None and not re.search("[@#]", item.text))
"""Notes of which no word becomes a sign, quote, speaker or label because of text typed next to it."""

added_words = st.sampled_from(["en bedrijven", " ja ", "x", ", en", "ŵ 🙂"])


@given(plain, st.lists(st.tuples(st.integers(0, 10_000), added_words)))
@example(note("Een aanspreekpunt voor alle scholen"), [(10_000, " en bedrijven")])
@example(note("Wij willen “meer”", NoteKind.QUOTE, tags=("plan",)), [(0, "Ja: "), (10_000, " techniek")])
@example(note("+ 3 leerlingen", parked=True, tags=("plan",)), [(0, "x"), (10_000, "x")])
@example(note("Volgens @jan en #plan", NoteKind.OBSERVATION), [(0, "x"), (12, "x"), (10_000, "x")])
def test_words_that_are_added_anywhere_change_nothing_but_the_text(
    item: NoteContent, added: list[tuple[int, str]]
) -> None:
    correction = Correction(item, PANEL)
    line = correction.line
    before = read(correction, line)
    for wish, words in added:
        inside = {at for mark in correction.marks(line) for at in range(mark.start + 1, mark.end)}
        if words[0].isalpha():
            # Letters typed directly after a label make it longer.
            inside |= {mark.end for mark in correction.marks(line) if mark.kind == "tag"}
        at = next(place for place in range(min(wish, len(line)), -1, -1) if place not in inside)
        line = line[:at] + words + line[at:]
        after = read(correction, line, at + len(words))
        assert said(after) == said(before)
    letters = re.sub(r"\s|[.,;:!?…]", "", after.text if added else before.text)
    left = iter(letters)
    # Everything is still there, in the same order.
    assert all(sign in left for sign in re.sub(r"\s|[.,;:!?…]", "", before.text))
    assert len(letters) == len(re.sub(r"\s|[.,;:!?…]", "", before.text + "".join(words for _, words in added)))


@given(notes, st.data())
def test_a_mark_that_is_taken_out_takes_its_voice_or_label_along_and_no_other(
    item: NoteContent, data: st.DataObject
) -> None:
    correction = Correction(item, PANEL)
    line = correction.line
    tokens = [mark for mark in correction.marks(line) if mark.kind in ("speaker", "tag")]
    everybody = "@allen" in line[tokens[0].start :] if tokens else False
    if not tokens or everybody:
        return
    gone = data.draw(st.sampled_from(tokens))
    spelled = line[gone.start : gone.end]
    line = line[: gone.start] + line[gone.end :]
    after, before = read(correction, line, gone.start), read(correction, correction.line)
    lost = dict(before.voices).keys() - dict(after.voices).keys(), set(before.tags) - set(after.tags)
    assert (after.text, after.kind) == (before.text, before.kind)
    assert (len(lost[0]), lost[1]) == ((0, {spelled[1:]}) if gone.kind == "tag" else (1, set()))


def test_what_is_typed_anew_is_read_as_ever() -> None:
    correction = Correction(note("Het rooster past", tags=("rooster",)), PANEL)
    assert correction.line == "Het rooster past @1 @2+ @3- #rooster"
    for line, text, voices, tags in (
        ("Het rooster past @1 @2+ @3- #rooster @4", "Het rooster past", {"p4": SAYS}, ()),
        ("Het rooster past @5- @1 @2+ @3- #rooster", "Het rooster past", {"p5": DISAGREES}, ()),
        ("Het rooster past volgens @4 @1 @2+ @3- #rooster", "Het rooster past volgens Jan", {"p4": ABOUT}, ()),
        ("Het rooster past @1 @2+ @3- #rooster zegt @jan", "Het rooster past zegt", {"p4": SAYS}, ()),
        (
            "Het rooster past @1 @2+ @3- #rooster voor #vmbo scholen",
            "Het rooster past voor vmbo scholen",
            {},
            ("vmbo",),
        ),
        # A later mention of a member wins.
        ("Het rooster past @1 @2+ @3- #rooster @2-", "Het rooster past", {"p2": DISAGREES}, ()),
        ("Het rooster past @2- @1 @2+ @3- #rooster", "Het rooster past", {"p2": DISAGREES}, ()),
    ):
        captured = parse(line, PANEL, kept=Correction(note("Het rooster past", tags=("rooster",)), PANEL).marks(line))
        assert captured.text == text
        assert dict(captured.voices) == {"p1": SAYS, "p2": AGREES, "p3": DISAGREES} | voices
        assert captured.tags == ("rooster", *tags)


def test_a_sign_that_is_typed_in_front_wins_from_the_one_that_was_there() -> None:
    correction = Correction(note("Een jaarplan", NoteKind.YIELD), PANEL)
    assert said(read(correction, "! + Een jaarplan @1 @2+ @3-"))[0] is NoteKind.RECOMMENDATION
    assert read(correction, "! + Een jaarplan @1 @2+ @3-").text == "Een jaarplan"
    parked = read(correction, "? + Een jaarplan @1 @2+ @3-")
    assert (parked.text, parked.kind, parked.parked) == ("Een jaarplan", NoteKind.YIELD, True)


def test_a_backslash_takes_the_meaning_of_what_was_there_away() -> None:
    correction = Correction(note("Een jaarplan", NoteKind.YIELD), PANEL)
    away = read(correction, "\\+ Een jaarplan @1 @2+ @3-")
    assert (away.text, away.kind) == ("+ Een jaarplan", None)
    away = read(correction, "+ Een jaarplan \\@1 @2+ @3- en meer")
    assert away.text == "Een jaarplan @1 en meer"
    assert dict(away.voices) == {"p2": AGREES, "p3": DISAGREES}


def test_quotes_that_are_taken_off_make_it_no_quote_and_leave_no_backslash() -> None:
    item = note("Zij zei: “kom (maar)”, ”en“ ik kwam", NoteKind.QUOTE)
    correction = Correction(item, PANEL)
    assert "\\" not in correction.line
    bare = correction.line.removeprefix("“").replace("” @", " @")
    captured = read(correction, bare)
    assert (captured.text, captured.kind) == (item.text, None)


def test_a_text_that_was_there_before_has_its_marks_again() -> None:
    correction = Correction(note("Het rooster past"), PANEL)
    line = correction.line
    for text in (f"{line} niet", "Het rooster past niet", "Het rooster past nie", "Het rooster past niet"):
        assert read(correction, text).text == text.replace(" @1 @2+ @3-", "")
    back = read(correction, f"{line} niet")
    assert back.text == "Het rooster past niet"
    assert dict(back.voices) == {"p1": SAYS, "p2": AGREES, "p3": DISAGREES}


def test_a_text_that_is_put_in_at_once_keeps_the_marks_that_are_in_it() -> None:
    correction = Correction(note("Het rooster past", NoteKind.YIELD, tags=("plan",)), PANEL)
    captured = read(correction, "+ Ons rooster past @1 @2+ #plan niet")
    assert captured.text == "Ons rooster past niet"
    assert said(captured) == (NoteKind.YIELD, False, {"p1": SAYS, "p2": AGREES}, ("plan",))
