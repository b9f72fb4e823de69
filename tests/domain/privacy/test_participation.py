"""Members who do not take part: what is left out with them, what stays, and that nothing refers to what was
left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.bookkeeping import SameAs
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.live.noting import may_be_noted
from sto_desktop.domain.model import Guide, Insight, Note, Panel, Panelist, Playback, Recommendation, TopChoice, Voice
from sto_desktop.domain.names.grades import NameForm
from sto_desktop.domain.panel.content import (
    GuideContent,
    InsightContent,
    NoteContent,
    PanelContent,
    RecommendationContent,
)
from sto_desktop.domain.panel.overview import OverviewContent
from sto_desktop.domain.panel.same import Sameness, one_member_each
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.panel_texts import found_in, redacted
from sto_desktop.domain.privacy.participation import (
    Withheld,
    naming_of,
    resting_on_nothing_else,
    said_left_out,
    taking_part,
    taking_part_in_all,
)
from sto_desktop.domain.privacy.redaction import Found, Redactor
from sto_desktop.domain.privacy.remaining import Watch
from sto_desktop.domain.privacy.sharing import Projection, Sharing
from sto_desktop.domain.privacy.to_check import to_check
from sto_desktop.domain.vocabulary import Consent, NoteKind, Stance

MEMBERS = ("a", "b", "c", "d")


def member(identity: str, participation: Consent = Consent.YES) -> Panelist:
    return Panelist(identity, "p", name=f"Naam {identity}", consent_participation=participation)


def note(identity: str, *says: str, bundled: Sequence[NoteContent] = (), **others: Stance) -> NoteContent:
    """Return a note said by these members; `others`: members who agreed or disagreed."""
    voices = [Voice(f"{identity}{who}", identity, who) for who in says]
    voices += [Voice(f"{identity}{who}{stance}", identity, who, stance) for who, stance in others.items()]
    return NoteContent(Note(identity, "p", text=identity), NoteKind.REMARK, tuple(voices), bundled=tuple(bundled))


def insight(
    identity: str, supports: Sequence[str] = (), insights: Sequence[str] = (), **more: object
) -> InsightContent:
    return InsightContent(Insight(identity, "p"), tuple(supports), insights=tuple(insights), **more)  # type: ignore[arg-type]


def advice(identity: str, supports: Sequence[str] = (), insights: Sequence[str] = ()) -> RecommendationContent:
    record = Recommendation(identity, Position("p", identity))
    return RecommendationContent(record, insights=tuple(insights), supports=tuple(supports))


def panel(*notes: NoteContent, refusing: str = "d", **more: object) -> PanelContent:
    members = tuple(member(one, Consent.NO if one in refusing else Consent.UNKNOWN) for one in MEMBERS)
    return PanelContent(Panel("p"), GuideContent(Guide("g")), members, notes, **more)  # type: ignore[arg-type]


def test_what_they_said_goes_alone_or_with_others_and_their_voices_go_from_the_rest() -> None:
    content = panel(note("one", "a", d=Stance.AGREES, b=Stance.DISAGREES), note("two", "d"), note("three", "a", "d"))
    participating = taking_part(content)
    assert [item.id for item in participating.notes] == ["one"]
    assert [(voice.panelist, voice.stance) for voice in participating.notes[0].voices] == [
        ("a", Stance.SAYS),
        ("b", Stance.DISAGREES),
    ]
    assert [item.id for item in participating.panelists] == ["a", "b", "c"]
    assert [item.id for item in participating.withdrawn] == ["d"]
    assert [person.id for person in participating.people] == list(MEMBERS)
    assert participating.left_out == 2


def test_where_everybody_takes_part_or_nobody_knows_the_panel_is_the_very_same() -> None:
    content = panel(note("one", "a"), refusing="")
    assert taking_part(content) is content
    assert taking_part(taking_part(panel(note("one", "d")))).left_out == 1


def test_of_a_bundle_the_first_that_is_left_speaks_and_what_rested_on_it_rests_on_that() -> None:
    bundle = note("one", "d", bundled=[note("two", "a"), note("three", "d"), note("four", "b")])
    kept = note("five", "a", bundled=[note("six", "d")])
    gone = note("seven", "d", bundled=[note("eight", "d")])
    content = panel(
        bundle,
        kept,
        gone,
        insights=(insight("i", ["one", "six"]), insight("j", ["seven"])),
        recommendations=(advice("r", ["three", "seven"]),),
    )
    participating = taking_part(content)
    assert [item.ids for item in participating.notes] == [("two", "four"), ("five",)]
    assert [(item.id, item.supports) for item in participating.insights] == [("i", ("two", "five"))]
    assert participating.recommendations[0].supports == ("two",)
    assert participating.left_out == 5


def test_findings_that_rest_on_nothing_else_go_through_each_other_too() -> None:
    content = panel(
        note("theirs", "d"),
        note("ours", "a"),
        insights=(
            insight("only", ["theirs"]),
            insight("both", ["theirs", "ours"]),
            insight("none"),
            insight("over only", insights=["only"]),
            insight("over both", insights=["only", "both"], against=("over only",)),
            # Two that rest on each other, and on nothing else that remains.
            insight("ring one", ["theirs"], ["ring two"]),
            insight("ring two", insights=["ring one"]),
        ),
        recommendations=(
            advice("from only", insights=["only"]),
            advice("from both", insights=["both"]),
            advice("bare"),
        ),
    )
    participating = taking_part(content)
    assert [item.id for item in participating.insights] == ["both", "none", "over both"]
    assert [recommendation.id for recommendation in participating.recommendations] == ["from both", "bare"]
    over = participating.insights[-1]
    assert (over.insights, over.against) == (("both",), ())


def test_what_rests_on_each_other_alone_is_not_theirs() -> None:
    rings = {"one": ["two"], "two": ["one"], "three": ["four", "gone"], "four": ["three"]}
    assert resting_on_nothing_else(rings, {"gone"}) == {"three", "four"}


def test_their_top_three_goes_and_what_another_chose_of_their_notes() -> None:
    content = panel(
        note("theirs", "d"),
        note("ours", "a"),
        top_choices=(
            TopChoice("k1", "d", 1, None, "van hen"),
            TopChoice("k2", "a", 1, "theirs", "hun woorden"),
            TopChoice("k3", "a", 2, "ours", "onze woorden"),
        ),
    )
    assert [choice.id for choice in taking_part(content).top_choices] == ["k3"]


def test_a_line_of_the_plan_goes_with_what_the_panels_said() -> None:
    theirs, ours = panel(note("theirs", "d")), panel(note("ours", "a"))
    own = [RecommendationContent(Recommendation(one)) for one in ("repeats theirs", "repeats both", "of its own")]
    same = Sameness(
        [
            SameAs("1", "recommendation", "repeats theirs", "r1"),
            SameAs("2", "recommendation", "repeats both", "r2"),
            SameAs("3", "recommendation", "repeats both", "r3"),
        ]
    )
    content = OverviewContent(
        (
            replace(theirs, recommendations=(advice("r1", ["theirs"]), advice("r2", ["theirs"]))),
            replace(ours, panel=Panel("q"), recommendations=(advice("r3", ["ours"]),)),
        ),
        insights=(insight("over", ["theirs"]), insight("all", ["theirs", "ours"])),
        recommendations=tuple(own),
        same=same,
    )
    participating = taking_part_in_all(content)
    assert [recommendation.id for recommendation in participating.recommendations] == ["repeats both", "of its own"]
    assert [item.id for item in participating.insights] == ["all"]
    assert [[recommendation.id for recommendation in one.recommendations] for one in participating.panels] == [
        [],
        ["r3"],
    ]


def test_that_one_of_two_rows_of_a_person_does_not_take_part_holds_for_the_person() -> None:
    same = Sameness([SameAs("s", "panelist", "a", "b")])
    members = [member("a"), member("b", Consent.NO), member("c", Consent.UNKNOWN)]
    found = one_member_each(members, same)
    assert [(item.id, item.consent_participation) for item in found] == [("a", Consent.NO), ("c", Consent.UNKNOWN)]


def test_how_many_were_left_out_is_said_with_why_and_never_whose() -> None:
    assert said_left_out(0) == ""
    assert said_left_out(1) == "1 notitie bleef weg: er is geen toestemming voor (deelname: nee)."
    assert said_left_out(2) == "2 notities bleven weg: er is geen toestemming voor (deelname: nee)."


IDS = [f"n{at}" for at in range(6)]
VOICES = st.dictionaries(st.sampled_from(MEMBERS), st.sampled_from(Stance), max_size=3)


@st.composite
def panels(draw: st.DrawFn) -> PanelContent:
    loose = []
    for identity in IDS:
        voices = draw(VOICES)
        says = [who for who, stance in voices.items() if stance is Stance.SAYS]
        loose.append(note(identity, *says, **{who: one for who, one in voices.items() if one is not Stance.SAYS}))
    size = draw(st.integers(1, 4))
    notes = (replace(loose[0], bundled=tuple(loose[1:size])), *loose[size:])
    some = st.lists(st.sampled_from(IDS), max_size=3, unique=True)
    under = st.lists(st.sampled_from(["i0", "i1", "i2"]), max_size=2, unique=True)
    insights = tuple(insight(f"i{at}", draw(some), draw(under), against=tuple(draw(under))) for at in range(3))
    advices = tuple(advice(f"r{at}", draw(some), draw(under)) for at in range(2))
    choices = tuple(
        TopChoice(f"k{at}", draw(st.sampled_from(MEMBERS)), 1, draw(st.sampled_from([None, *IDS]))) for at in range(3)
    )
    return panel(
        *notes,
        refusing="".join(draw(st.sets(st.sampled_from(MEMBERS)))),
        insights=insights,
        recommendations=advices,
        top_choices=choices,
    )


@given(panels())
def test_of_any_panel_nothing_is_left_of_them_and_nothing_leads_to_what_went(content: PanelContent) -> None:
    refusing = {item.id for item in content.panelists if item.consent_participation is Consent.NO}
    theirs = {one.id for one in content.typed_notes() if refusing & set(one.speakers)}
    participating = taking_part(content)
    assert {one.id for one in participating.typed_notes()} == set(IDS) - theirs
    assert participating.left_out == len(theirs)
    assert not refusing & {voice.panelist for one in participating.notes for voice in one.all_voices}
    assert not refusing & {choice.panelist for choice in participating.top_choices}
    speaking, standing = {one.id for one in participating.notes}, {one.id for one in participating.insights}
    for item in participating.insights:
        assert {*item.supports, *item.contradicts} <= {*speaking, *IDS} - theirs
        assert {*item.insights, *item.against} <= standing
    for one in participating.recommendations:
        assert {*one.supports, *one.contradicts} <= {*speaking, *IDS} - theirs
        assert set(one.insights) <= standing
    assert not theirs & {choice.note for choice in participating.top_choices}
    assert taking_part(participating) == participating
    untouched = {field.name for field in dataclasses.fields(PanelContent)} - {
        "panelists", "notes", "insights", "recommendations", "top_choices", "withdrawn", "left_out",
    }  # fmt: skip
    assert all(getattr(participating, name) == getattr(content, name) for name in untouched)


@pytest.mark.parametrize(
    ("hands", "of", "told"), [(4, 4, (3, 3)), (2, 4, (None, None)), (3, 3, (3, 3)), (None, None, (None, None))]
)
def test_hands_are_those_of_who_take_part(
    hands: int | None, of: int | None, told: tuple[int | None, int | None]
) -> None:
    counted = panel(playbacks=(Playback("r", "p", hands=hands, hands_of=of),))
    assert [(read.hands, read.hands_of) for read in taking_part(counted).playbacks] == [told]


# Who says it in words

JURRE = Panelist("j", "p", seat=2, name="Jurre Kolkman", role="wethouder", consent_participation=Consent.NO)
ANNA = Panelist("a", "p", seat=1, name="Anna Smit", consent_participation=Consent.YES)


@pytest.mark.parametrize(
    ("text", "theirs"),
    [
        ("Jurre: dat wil ik niet", True),
        ("jurre: dat wil ik niet", True),
        ("- jurre kolkman : dat wil ik niet", True),
        ("dhr. Kolkman: dat wil ik niet", True),
        ("wethouder Kolkman: dat wil ik niet", True),
        ("Stoel 2: dat wil ik niet", True),
        ("anna: dat wil ik wel", False),
        ("Stoel 1: dat wil ik wel", False),
        ("Vraag aan Jurre: wat wil je?", False),
        ("2: het tweede punt", False),
        ("Jurre kwam binnen. Daarna: koffie", False),
        ("Anna en jurre: dat willen we niet", True),
        ("anna/jurre: dat willen we niet", True),
        ("jurre;anna: dat willen we niet", True),
        ("Jurre & Anna: dat willen we niet", True),
        ("Jurre, wethouder: dat wil ik niet", True),
        ("Kolkman (gemeente): dat wil ik niet", True),
        ("Jurre (zachtjes): dat wil ik niet", True),
        ("jurre zegt: dat wil ik niet", True),
        ("Reactie van Jurre: dat wil ik niet", True),
        ("15:30 Jurre: dat wil ik niet", True),
        ("[00:12:05] jurre kolkman: dat wil ik niet", True),
        ("[jurre] dat wil ik niet", True),
        ("(Jurre Kolkman) dat wil ik niet", True),
        ("<v Jurre>dat wil ik niet", True),
        ("jurre> dat wil ik niet", True),
        ("Jurre – dat wil ik niet", True),
        ("dat wil ik niet, aldus jurre", True),
        ("Dat wil ik niet, zei wethouder Kolkman.", True),
        ("“Dat wil ik niet” (Jurre)", True),
        ("Dat wil ik niet – Jurre Kolkman", True),
        ("Kolkman zegt dat hij dat niet wil", True),
        ("Anna: te duur\njurre: ook te duur", True),
        ("Anna: te duur; jurre: juist niet", True),
        ("Anna: te duur. Jurre: dat vind ik niet", True),
        ("Anna: te duur / jurre: valt mee", True),
        ("Jurre Kolkman\nte duur", True),
        ("0:15 Jurre Kolkman\nte duur", True),
        ("Daarop zegt jurre: te duur", True),
        ("“Te duur”, zegt jurre, “en te laat”", True),
        ("Over geld zegt jurre dat het te duur is", True),
        ("Anna zegt ja maar jurre zegt nee", True),
        ("ja (jurre), nee (anna)", True),
        ("Te duur (anna en jurre)", True),
        ("te duur [jurre]", True),
        ("15:30 - 15:31 jurre: te duur", True),
        ("00:00:01,200 --> 00:00:03,000 jurre: te duur", True),
        ("“jurre”: te duur", True),
        ("1) _jurre_: te duur", True),
        ("jurre nogmaals: te duur", True),
        ("jurre tegen anna: te duur", True),
        ("jurre -> te duur", True),
        ("jurre merkt op dat het te duur is", True),
        ("panellid 2: te duur", True),
        ("(stoel 2) te duur", True),
        ("[stoel 2] te duur", True),
        ("te duur (stoel 2)", True),
        ("Stoel 2 – te duur", True),
        ("St.2 - te duur", True),
        ("te duur, aldus stoel 2", True),
        ("stoel 2 vindt het te duur", True),
        ("(stoel 1) te duur", False),
        ("Stoel 2 – 4 gaan eerder weg", False),
        ("we schuiven naar stoel 2", False),
        ("jurre is ziek: anna vervangt", False),
        ("mail jurre: de stukken", False),
        ("collega van jurre: te duur", False),
        ("wat vindt jurre?", False),
        ("nog te bellen\njurre", False),
        ("anna vindt dat jurre gelijk heeft", False),
        ("te duur, zegt anna tegen jurre", False),
        ("we missen jurre", False),
        ("Jurre gaf aan dat het niet kan", True),
        ("Vraag aan Anna en Jurre: wat willen jullie?", False),
        ("Anna tegen Jurre: dat wil ik wel", False),
        ("Volgens Anna (en niet Jurre): dat wil ik wel", False),
        ("Jurre kwam later binnen", False),
        ("De brief aan Jurre – die is verstuurd", False),
        ("Dat is geregeld, aldus Anna", False),
        ("anna zegt dat jurre te laat was", False),
        ("Jurre's brief zegt dat het mag", False),
    ],
)
def test_the_words_say_whose_they_are(text: str, theirs: bool) -> None:
    assert may_be_noted(parse(text, (ANNA, JURRE)), (ANNA, JURRE)) is not theirs
    content = replace(panel(), panelists=(ANNA, JURRE))
    written = NoteContent(Note("n", "p", text=text), NoteKind.REMARK, ())
    assert len(taking_part(replace(content, notes=(written,))).notes) == (not theirs)


@pytest.mark.parametrize(
    ("text", "theirs"),
    [
        ("@1 ik ben het eens met wat jurre zei over geld", False),
        ("@1 herhaalt wat @2 zei: te duur", False),
        ("te duur, zei jurre, en dat klopt @1", True),
        ("jurre: te duur @1", True),
        ("te duur, aldus jurre @1", True),
        ("ik ben het eens met wat jurre zei over geld", True),
        ("@1 van jurre wil ik weten of het past", False),
        ("@1 door jurre wil mijn zoon lasser worden", False),
        ("@1 na jurre: de hal is koud", False),
        ("van jurre: te duur", True),
        ("te duur - van jurre", True),
    ],
)
def test_who_stands_in_front_says_what_comes_back_to_another_s_words(text: str, theirs: bool) -> None:
    captured = parse(text, (ANNA, JURRE))
    assert may_be_noted(captured, (ANNA, JURRE)) is not theirs
    voices = tuple(Voice(member, "n", member, stance) for member, stance in captured.voices)
    written = NoteContent(Note("n", "p", text=captured.text), NoteKind.REMARK, voices)
    shown = taking_part(replace(panel(), panelists=(ANNA, JURRE), notes=(written,)))
    assert len(shown.notes) == (not theirs)
    if not theirs:
        naming = naming_of(replace(panel(), panelists=(ANNA, JURRE), notes=(written,)), NameMode.ROLE)
        found = Redactor(naming).find(captured.text)
        assert any(name.refuses and name.is_doubt and name.replaced for name in found)


@pytest.mark.parametrize("said_by", ["2", "stoel 2", "@2", "Plaats 2", "1, 2", "jurre"])
def test_a_seat_in_a_column_of_speakers_says_so_too(said_by: str) -> None:
    written = NoteContent(Note("n", "p", text="Dat wil ik niet", said_by=said_by), NoteKind.REMARK, ())
    content = replace(panel(), panelists=(ANNA, JURRE), notes=(written,))
    assert taking_part(content).notes == ()
    assert taking_part(replace(content, panelists=(ANNA,))).notes == (written,)


def below(**fields: object) -> PanelContent:
    """A panel with one note that stood below words of who does not take part."""
    written = Note("n", "p", text="Timmerlui lukt Kolkman ook niet, zegt Anna", under=JURRE.id)
    note = replace(NoteContent(written, NoteKind.REMARK, ()), **fields)  # type: ignore[arg-type]
    return taking_part(replace(panel(), panelists=(ANNA, JURRE), notes=(note,)))


@pytest.mark.parametrize("mode", NameMode)
def test_a_note_below_their_words_stays_among_what_to_check_until_a_person_decides(mode: NameMode) -> None:
    content = below()
    naming = naming_of(content, mode)
    told: list[Found] = []
    shown = redacted(content, Redactor(naming, tell=told.append)).notes[0].text
    assert shown.startswith("Timmerlui lukt ")
    assert "Kolkman" not in shown
    for names in (told, found_in(content, Redactor(naming))):
        (listed,) = [one for one in to_check(names, [shown]) if one.below]
        assert (listed.words, listed.becomes, listed.refuses) == (content.notes[0].text, None, True)
        assert "zijn het die woorden, haal ze dan weg" in listed.why
    assert Watch([JURRE], (), told).remaining([("tekst", "Kolkman lukt ook niet")])
    (key,) = [name.key for name in told if name.mention.form is NameForm.BELOW]
    for decision, text in ((False, shown), (True, "[weggelaten]"), ("Iets anders", "Iets anders")):
        told.clear()
        assert redacted(content, Redactor(naming, {key: decision}, tell=told.append)).notes[0].text == text
        assert not any(one.below for one in to_check(told))


def test_a_note_that_has_a_speaker_or_where_all_take_part_is_not_below_anything() -> None:
    spoken = below(voices=(Voice("v", "n", ANNA.id),))
    everybody = replace(below(), withdrawn=())
    for content in (spoken, everybody):
        assert not any(one.below for one in to_check(found_in(content, Redactor(naming_of(content, NameMode.ROLE)))))


@pytest.mark.parametrize("mode", [None, *NameMode])
def test_a_copy_says_it_before_it_is_made_and_not_in_itself(mode: NameMode | None) -> None:
    written = below().notes[0].note
    goes = Withheld(frozenset({JURRE.id}))
    projection = Projection(Sharing(naming=mode), (ANNA, JURRE), goes)
    assert projection.replaced(written)["under"] is None
    assert any(one.below for one in projection.to_check())


@pytest.mark.parametrize(
    ("said_by", "theirs"),
    [("J", True), ("Jurra", True), ("jurr", True), ("A", False), ("Anne", False), ("Piet", False)],
)
def test_whom_a_file_is_likely_to_mean_says_so_until_a_person_says_who_it_was(said_by: str, theirs: bool) -> None:
    written = NoteContent(Note("n", "p", text="Dat wil ik niet", said_by=said_by), NoteKind.REMARK, ())
    content = replace(panel(), panelists=(ANNA, JURRE), notes=(written,))
    assert taking_part(content).notes == (() if theirs else (written,))
    known = replace(written, voices=(Voice("v", "n", ANNA.id),))
    assert taking_part(replace(content, notes=(known,))).notes == (known,)


def test_on_the_same_seat_of_another_panel_sits_somebody_else() -> None:
    written = NoteContent(Note("n", "q", text="Dat wil ik niet", said_by="stoel 2"), NoteKind.REMARK, ())
    other = replace(panel(), panel=Panel("q"), panelists=(), notes=(written,))
    both = OverviewContent((replace(panel(), panelists=(ANNA, JURRE), notes=()), other))
    assert taking_part_in_all(both).panels[1].notes == (written,)


def test_a_written_speaker_who_agrees_and_does_not_take_part_goes_and_the_note_stays() -> None:
    for said_by, left in (
        (f"{ANNA.name}, {JURRE.name}+", ANNA.name),
        (f"Piet, stoel {JURRE.seat}-", "Piet"),
        (f"{JURRE.name}+", ""),
        ("Piet, stoel 9+", "Piet, stoel 9+"),
    ):
        written = NoteContent(Note("n", "p", text="Dat wil ik ook", said_by=said_by), NoteKind.REMARK, ())
        content = replace(panel(), panelists=(ANNA, JURRE), notes=(written,))
        (shown,) = taking_part(content).notes
        assert (shown.text, shown.note.said_by) == ("Dat wil ik ook", left)


def test_a_name_that_only_agrees_is_no_speaker_beside_a_name_of_nobody() -> None:
    stance = Stance.AGREES
    captured = replace(parse("te duur @xander", (ANNA, JURRE)), strangers=(("Piet", Stance.SAYS), (JURRE.name, stance)))
    assert captured.unknown == ("xander",)
    assert may_be_noted(captured, (ANNA, JURRE))
