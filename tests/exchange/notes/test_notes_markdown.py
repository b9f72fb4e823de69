"""Notes as Markdown: read, imported without duplicates, and written back."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.log.change import Edit
from sto_desktop.domain.model import Guide, Note, Panel, Panelist, Question, Tag, Theme, Voice
from sto_desktop.domain.panel.content import (
    GuideContent,
    NoteContent,
    PanelContent,
    QuestionContent,
    ThemeContent,
)
from sto_desktop.domain.panel.matching import fold_title
from sto_desktop.domain.people import first_name_of, squeeze
from sto_desktop.domain.place import Position, key_between, key_of_moment, valid_key
from sto_desktop.domain.privacy.participation import taking_part
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.vocabulary import Aspect, Consent, NoteKind, Stance
from sto_desktop.exchange.files.document import TextBlock
from sto_desktop.exchange.files.plain_document import plain_document
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.exchange.notes.notes_file import read_notes, read_notes_file
from sto_desktop.exchange.notes.notes_import import plan_import, speakers_found
from sto_desktop.exchange.notes.notes_markdown import write_notes

DATA = Path(__file__).parents[1] / "data"
PANEL = Path(__file__).resolve().parents[2] / "data"
NAMES = ["Tineke Kok", "J. ten Have", "Ömer Kaya"]
MEMBERS = tuple(
    Panelist(f"p{seat}", panel="panel", seat=seat, name=name, first_name=first_name_of(name))
    for seat, name in enumerate(NAMES, 1)
)
GUIDE = builtin_guide()
EMPTY = PanelContent(Panel("panel"), GUIDE, MEMBERS)


def after(content: PanelContent, edits: Iterable[Edit]) -> PanelContent:
    """Return the content of a panel after edits: notes, voices, labels and the panel's own fields."""
    rows: dict[str, dict[str, dict[str, object]]] = {"note": {}, "voice": {}, "note_tag": {}, "tag": {}, "panel": {}}
    for note in content.notes:
        rows["note"][note.id] = {field.name: getattr(note.note, field.name) for field in dataclasses.fields(note.note)}
        for voice in note.voices:
            rows["voice"][voice.id] = {field.name: getattr(voice, field.name) for field in dataclasses.fields(voice)}
        for tag in note.tags:
            rows["tag"][tag.id] = {"id": tag.id, "name": tag.name}
            rows["note_tag"][note.id + tag.id] = {"note": note.id, "tag": tag.id}
    for edit in edits:
        values = {name: value for name, value in edit.values.items() if name != "deleted"}
        rows[edit.table].setdefault(edit.row, {"id": edit.row}).update(values)
    guide = content.guide
    notes = []
    for values in rows["note"].values():
        record = Note(**values)  # type: ignore[arg-type]
        question = guide.question(record.position.parent)
        voices = tuple(Voice(**row) for row in rows["voice"].values() if row["note"] == record.id)  # type: ignore[arg-type]
        tags = tuple(
            Tag(**rows["tag"][str(row["tag"])])  # type: ignore[arg-type]
            for row in rows["note_tag"].values()
            if row["note"] == record.id
        )
        kind = record.kind or (question.inherited_kind if question else NoteKind.REMARK)
        notes.append(NoteContent(record, kind, voices, tags))
    notes.sort(key=lambda note: (note.note.position.key, note.id))
    panel = dataclasses.replace(content.panel, **rows["panel"].get(content.panel.id, {}))  # type: ignore[arg-type]
    return dataclasses.replace(content, notes=tuple(notes), panel=panel)


def imported(text: str, content: PanelContent = EMPTY) -> PanelContent:
    return after(content, plan_import(read_notes(text), content)[0])


def question(theme: int, aspect: Aspect) -> str:
    themes = [item for item in GUIDE.themes if item.is_conversation]
    return next(item.id for item in themes[theme].questions if item.aspect is aspect)


def test_what_stands_in_front_is_read_as_the_panels_own() -> None:
    file = read_notes_file(DATA / "aantekeningen-zomerbeek.md")
    assert (file.title, file.date, file.start) == ("Panelgesprek Zomerbeek", dt.date(2023, 3, 7), dt.time(15, 30))
    assert (file.place, file.moderator, file.note_taker) == (
        "Kantine van de praktijkschool",
        "T. Brinkhuis",
        "L. Haarman",
    )
    # Text that is not recognised is kept as a note.
    assert file.sections[0].notes == ("Aanwezig: zeven mensen, later acht",)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023-02-14", dt.date(2023, 2, 14)),
        ("14 februari 2023", dt.date(2023, 2, 14)),
        ("di. 14 feb. 2023", dt.date(2023, 2, 14)),
        ("3 mrt 2023", dt.date(2023, 3, 3)),
        ("14-2-2023", dt.date(2023, 2, 14)),
        ("14-2-23", dt.date(2023, 2, 14)),
        ("14 feb '23", dt.date(2023, 2, 14)),
        ("2023-02-14T15:30", dt.date(2023, 2, 14)),
        ("31 februari 2023", None),
        ("volgende week", None),
    ],
)
def test_the_date_of_a_panel_is_read_as_people_write_it(text: str, date: dt.date | None) -> None:
    file = read_notes(f"DATUM: {text}\n")
    assert file.date == date
    assert [section.notes for section in file.sections] == ([] if date else [(f"DATUM: {text}",)])


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("15:30", dt.time(15, 30)),
        ("15.30 uur", dt.time(15, 30)),
        ("15u30 - 17u20", dt.time(15, 30)),
        ("1535", dt.time(15, 35)),
        ("15:30:00", dt.time(15, 30)),
        ("15.30 – 17.20 uur", dt.time(15, 30)),
        ("25:00", None),
    ],
)
def test_the_start_of_a_panel_is_read_as_people_write_it(text: str, start: dt.time | None) -> None:
    assert read_notes(f"Begin: {text}\n").start == start


def test_every_note_of_a_file_finds_its_place_or_is_reported() -> None:
    file = read_notes_file(DATA / "aantekeningen-zomerbeek.md")
    edits, report = plan_import(file, EMPTY)
    panel = after(EMPTY, edits)
    notes = {note.text: note for note in panel.notes}
    yields, factors = question(0, Aspect.YIELD), question(0, Aspect.SUCCESS_FACTOR)
    placed = {text: note.question for text, note in notes.items()}
    missed = next(item.id for _, item in GUIDE.questions() if item.text == "Wat hebben we gemist?")
    assert placed == {
        "Aanwezig: zeven mensen, later acht": None,
        "Kinderen bouwen nu zelf een brug in plaats van erover te lezen.": yields,
        "Ze willen na het bezoek niet naar huis.": yields,
        "en de leerkracht ook niet": yields,
        "De spullen blijven op school.\nVorige week stond er nog een kraan in de hal.\n\nDe kraan doet het.": yields,
        "Gelach bij de deur.": yields,
        "Eén telefoonnummer dat altijd opneemt.": factors,
        "Wie helpt er mee?": factors,
        "Een losse regel zonder streepje.": factors,
        "De bus kost te veel.": None,
        "Parkeren bij de school is lastig.": None,
        "De ouders, die zaten er niet bij.": missed,
    }
    assert notes["Ze willen na het bezoek niet naar huis."].kind is NoteKind.QUOTE
    assert notes["Gelach bij de deur."].kind is NoteKind.OBSERVATION
    assert notes["Wie helpt er mee?"].speakers == ("p1",)
    assert notes["De ouders, die zaten er niet bij."].panelists(Stance.AGREES) == ("p2", "p3")
    assert notes["De bus kost te veel."].note.heading == (
        "Thema 1: Samenwerking Primair Onderwijs en Technolab › Hoe zit het met het vervoer?"
    )
    assert {note.note.captured_at for note in panel.notes} == {None}
    assert (report.count, report.present, dict(report.unknown)) == (12, 0, {})
    assert (panel.panel.title, panel.panel.moderator) == ("Panelgesprek Zomerbeek", "T. Brinkhuis")
    assert report.messages == (
        "12 notities overgenomen.",
        "3 notities staan onder «Niet ingedeeld»; geen vraag in de leidraad heet «Thema 1: Samenwerking Primair"
        " Onderwijs en Technolab › Hoe zit het met het vervoer?» of «Iets wat we niet in de leidraad hadden».",
        "Van het panel zijn de titel, de datum, de begintijd, de locatie, de gespreksleider en de notulist ingevuld.",
    )


def test_the_order_of_the_file_is_kept_and_later_notes_come_after() -> None:
    text = "## Afronding\n### Wat hebben we gemist?\n" + "".join(f"- punt {number}\n" for number in range(200))
    notes = imported(text).notes
    assert [note.text for note in notes] == [f"punt {number}" for number in range(200)]
    keys = [note.note.position.key for note in notes]
    assert all(valid_key(key) for key in keys)
    assert keys[3] < key_between(keys[3], keys[4]) < keys[4]
    assert keys[-1] < key_of_moment(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))


def test_the_same_file_twice_adds_nothing_and_gives_the_same_rows_on_another_laptop() -> None:
    file = read_notes_file(DATA / "aantekeningen-zomerbeek.md")
    edits, _ = plan_import(file, EMPTY)
    assert plan_import(file, EMPTY)[0] == edits
    again, report = plan_import(file, after(EMPTY, edits))
    assert again == ()
    assert (report.count, report.present) == (0, 12)
    assert report.messages[0] == "12 notities waren er al en zijn niet nog eens toegevoegd."


def test_a_file_that_grew_adds_only_what_is_new() -> None:
    text = "## Afronding\n### Wat hebben we gemist?\n- ouders\n- ouders\n- @1\n"
    panel = imported(text)
    assert [note.text for note in panel.notes] == ["ouders", "ouders", "@1"]
    edits, report = plan_import(read_notes(text + "- Ouders!\n- docenten\n"), panel)
    assert (report.count, report.present) == (2, 3)
    assert [note.text for note in after(panel, edits).notes if note not in panel.notes] == ["Ouders!", "docenten"]


def test_notes_typed_by_hand_are_not_doubled_by_their_own_export() -> None:
    typed = Note("n", panel="panel", position=Position(question(0, Aspect.YIELD), "a0"), text="Volgens Tineke wel.")
    panel = dataclasses.replace(EMPTY, notes=(NoteContent(typed, NoteKind.YIELD),))
    edits, report = plan_import(read_notes(write_notes(panel)), panel)
    assert (edits, report.count, report.present) == ((), 0, 1)


def test_a_note_that_was_moved_or_rewritten_since_is_left_alone() -> None:
    text = "## Afronding\n### Wat hebben we gemist?\n- ouders\n"
    panel = imported(text)
    moved = dataclasses.replace(panel.notes[0].note, position=Position(None, "a1"), text="Alle ouders")
    changed = dataclasses.replace(panel, notes=(NoteContent(moved, NoteKind.REMARK),))
    assert plan_import(read_notes(text), changed)[0] == ()


def test_speakers_are_found_after_all_once_the_members_are_known() -> None:
    text = "## Afronding\n### Wat hebben we gemist?\n- “Ouders.” @1 @2+\n- docenten @8\n"
    nobody = dataclasses.replace(EMPTY, panelists=())
    edits, report = plan_import(read_notes(text), nobody)
    panel = after(nobody, edits)
    assert [(note.text, note.note.said_by) for note in panel.notes] == [
        ("Ouders.", "stoel 1, stoel 2+"),
        ("docenten", "stoel 8"),
    ]
    assert (dict(report.unknown), dict(report.strangers)) == ({}, {"stoel 1": 1, "stoel 2": 1, "stoel 8": 1})
    assert report.messages[1:] == (
        "stoel 1, stoel 2 en stoel 8 zijn geen panellid; bij de notities staan die namen als onbekende sprekers.",
        "Vul de panelleden in en importeer het bestand nog eens; dan worden de sprekers alsnog gevonden.",
    )
    known = dataclasses.replace(panel, panelists=MEMBERS)
    edits, report = plan_import(read_notes(text), known)
    notes = after(known, edits).notes
    assert [(note.text, note.kind, note.note.said_by) for note in notes] == [
        ("Ouders.", NoteKind.QUOTE, ""),
        ("docenten", NoteKind.REMARK, "stoel 8"),
    ]
    assert notes[0].speakers == ("p1",)
    assert (report.count, report.present, report.completed) == (0, 2, 1)
    assert "stoel 8 is geen panellid; bij de notities staat die naam als onbekende spreker." in report.messages


def test_a_seat_typed_before_the_members_is_theirs_who_refuse() -> None:
    text = "## Afronding\n### Wat hebben we gemist?\n- de kruk wiebelt @2\n- @2: te vol\n- prima @1 @2+\n"
    nobody = dataclasses.replace(EMPTY, panelists=())
    panel = after(nobody, plan_import(read_notes(text), nobody)[0])
    refused = tuple(
        dataclasses.replace(member, consent_participation=Consent.NO if member.id == "p2" else Consent.YES)
        for member in MEMBERS
    )
    assert [note.text for note in taking_part(dataclasses.replace(panel, panelists=refused)).notes] == ["prima"]
    assert not any("@" in note.text for note in panel.notes)
    # Who takes part is a speaker of the notes from when the list comes in.
    found = speakers_found(panel, refused)
    listed = after(panel, [edit for edits in found.values() for edit in edits]).notes
    assert [(note.speakers, note.note.said_by) for note in listed] == [
        ((), "stoel 2"),
        ((), "stoel 2"),
        (("p1",), "stoel 2+"),
    ]
    # Our own file keeps them for whoever reads it after the members.
    again = after(nobody, plan_import(read_notes(write_notes(panel)), nobody)[0])
    said = [(note.text, note.note.said_by) for note in panel.notes]
    assert said == [("de kruk wiebelt", "stoel 2"), ("te vol", "stoel 2"), ("prima", "stoel 1, stoel 2+")]
    assert [(note.text, note.note.said_by) for note in again.notes] == said


def test_what_somebody_says_who_does_not_take_part_is_not_taken_over_and_told() -> None:
    text = "## Afronding\n### Wat hebben we gemist?\n- Ouders. @1 @2+\n- Te duur. @2\n- Docenten. @1 @allen\n"
    refused = tuple(
        dataclasses.replace(member, consent_participation=Consent.NO if member.id == "p2" else Consent.YES)
        for member in MEMBERS
    )
    panel = dataclasses.replace(EMPTY, panelists=refused)
    edits, report = plan_import(read_notes(text), panel)
    notes = after(panel, edits).notes
    assert [note.text for note in notes] == ["Ouders.", "Docenten."]
    assert all(voice.panelist != "p2" for note in notes for voice in note.voices)
    assert report.messages == (
        "2 notities overgenomen.",
        "1 regel is niet overgenomen: wie dat zei, doet niet mee (deelname: nee).",
    )
    # What was there before the answer is left alone.
    known = after(EMPTY, plan_import(read_notes(text), EMPTY)[0])
    edits, report = plan_import(read_notes(text), dataclasses.replace(known, panelists=refused))
    assert (edits, report.present, report.left_out) == ((), 3, 0)


def test_fields_of_the_panel_are_only_filled_in_where_they_are_empty() -> None:
    text = "# Panel\nDatum: 2023-02-14\nPlaats: Borne\nSubregio: almelo E.O.\n"
    panel = dataclasses.replace(EMPTY, panel=Panel("panel", title="Ons panel", place="Delden"))
    edits, report = plan_import(read_notes(text), panel)
    assert [edit.values for edit in edits] == [{"date": dt.date(2023, 2, 14), "subregion": "Almelo e.o."}]
    assert report.messages == (
        "In dit bestand staan geen notities.",
        "Van het panel zijn de datum en de subregio ingevuld.",
        "Het bestand noemt iets anders als de locatie dan het panel; die van het panel is gehouden.",
    )


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("een\ntwee\n", ["een", "twee"]),
        ("- een\n\n\n- twee\n", ["- een", "- twee"]),
        ("- een\n  verder\n- twee", ["- een\nverder", "- twee"]),
        ("- een\n\tverder", ["- een\nverder"]),
        ("- een\n\nlos", ["- een", "los"]),
        (
            "- " + "woord " * 12 + "en\ngaat verder\nMaar dit niet",
            ["- " + "woord " * 12 + "en\ngaat verder", "Maar dit niet"],
        ),
        ("- " + "woord " * 12 + "klaar.\nkleine letter", ["- " + "woord " * 12 + "klaar.", "kleine letter"]),
        ("1. een\n2. twee\n12) drie", ["1. een", "2. twee", "12) drie"]),
        ("***\n- een\n---\n- \n*\n", ["- een"]),
        ("> quote\n| a | b |", ["quote", "| a | b |"]),
        ("\ufeff- een\r\n- twee\r\n", ["- een", "- twee"]),
    ],
)
def test_each_item_or_paragraph_is_one_note(text: str, items: list[str]) -> None:
    assert [note for section in read_notes(text).sections for note in section.notes] == items


def test_headings_in_front_of_each_other() -> None:
    text = "# Titel\n# Thema A\n##Thema B ##\n- b\n#### Vraag\n- v\n## \n- los\n#label is geen kop"
    sections = [(section.theme, section.question, section.notes) for section in read_notes(text).sections]
    assert sections == [
        ("Thema B", "", ("- b",)),
        ("Thema B", "Vraag", ("- v",)),
        ("", "", ("- los", "#label is geen kop")),
    ]


def test_a_question_alone_is_found_where_one_question_is_meant() -> None:
    assert imported("### Wat hebben we gemist?\n- a").notes[0].question is not None
    assert imported("## Wat hebben we gemist?\n- a").notes[0].question is not None
    assert imported("### Wat kan beter?\n- a").notes[0].question is None
    # Under a theme that the guide lacks, only a question's own words count.
    only = GuideContent(Guide("g"), (GUIDE.themes[1],))
    one_theme = PanelContent(Panel("panel"), only)
    assert imported("## Heel iets anders\n### Wat kan beter?\n- a", one_theme).notes[0].question is None
    assert imported("### Wat kan beter?\n- a", one_theme).notes[0].question is not None


PIECES = "Ja|en| |\n|\n\n|- |* |1. |# |## |@1|@8|#x|“|”|(|)|\\|+ |---|> |Datum: 2023-02-14|.|\t|@"
pieces = st.lists(st.sampled_from(PIECES.split("|")) | st.text(max_size=4), max_size=15).map("".join)
texts = pieces.map(lambda text: parse("\\+ " + text).text).filter(lambda text: text.strip() == text and text != "")
titles = st.text("abcdeé #.?-’ ", min_size=1, max_size=12).filter(squeeze)


@st.composite
def panels(draw: st.DrawFn) -> PanelContent:
    themes = []
    for number, title in enumerate(draw(st.lists(titles, max_size=3, unique_by=fold_title))):
        asked = [
            QuestionContent(Question(f"q{number}-{at}", text=text, aspect=draw(st.none() | st.sampled_from(Aspect))))
            for at, text in enumerate(draw(st.lists(titles, max_size=3, unique_by=fold_title)))
        ]
        themes.append(ThemeContent(Theme(f"t{number}", title=title), tuple(asked)))
    guide = GuideContent(Guide("g"), tuple(themes))
    places = [None, "gone", *(item.id for _, item in guide.questions())]
    notes = []
    for number, text in enumerate(draw(st.lists(texts, max_size=6))):
        place = draw(st.sampled_from(places))
        kind = draw(st.none() | st.sampled_from(NoteKind))
        unplaced = guide.question(place) is None
        record = Note(
            f"n{number}",
            panel="panel",
            position=Position(place, f"a{number}"),
            text=text,
            kind=kind,
            parked=draw(st.booleans()),
            heading=draw(st.sampled_from(["", "Bus", "Thema › Bus?"])) if unplaced else "",
        )
        says = draw(
            st.lists(st.tuples(st.integers(1, 3), st.sampled_from(Stance)), max_size=2, unique_by=lambda v: v[0])
        )
        voices = tuple(Voice(f"v{number}-{who}", note=record.id, panelist=f"p{who}", stance=how) for who, how in says)
        tags = tuple(Tag(name, name=name) for name in draw(st.sets(st.sampled_from(["ouders", "vmbo-mbo", "PIE"]))))
        notes.append(NoteContent(record, kind or NoteKind.REMARK, voices, tags))
    return PanelContent(Panel("panel", title=draw(st.sampled_from(["", "Panel #1"]))), guide, MEMBERS, tuple(notes))


def summary(content: PanelContent) -> dict[str, list[tuple[object, ...]]]:
    """Return the content of the notes in a file, by place, in order."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for note in content.notes:
        known = content.guide.question(note.question)
        found.setdefault(known.id if known else f"heading {note.note.heading}", []).append(
            (
                note.text,
                note.note.kind,
                note.note.parked,
                sorted((voice.panelist, voice.stance) for voice in note.voices),
                sorted(squeeze(tag.name) for tag in note.tags),
            )
        )
    return found


@given(panels())
def test_export_and_import_give_the_same_notes(panel: PanelContent) -> None:
    empty = dataclasses.replace(panel, notes=())
    text = write_notes(panel)
    assert summary(imported(text, empty)) == summary(panel)
    # Imported into its own panel, nothing is duplicated.
    assert plan_import(read_notes(text), panel)[1].count == 0


@given(
    st.lists(
        st.sampled_from(["- ", "* ", "a", "B", "\n", "\n", "  ", "@p ", "Datum: ", "---", "\t"])
        | st.text(st.characters(exclude_characters="#", exclude_categories=["Nd", "No", "Nl"]), max_size=5)
    ).map("".join)
)
@example("AAAA\n- - ")
@example("- - Datum: - ")
def test_any_text_is_a_file_of_notes_and_no_word_of_it_is_lost(text: str) -> None:
    # An underlined line above others is their heading.
    assume(not any(isinstance(block, TextBlock) and block.level for block in plain_document(text).blocks))
    sections = read_notes(text).sections
    # A line in capitals above others is one as well, and stays the words it is.
    words = [words for section in sections for words in (section.theme, section.question, *section.notes)]
    assert squeeze(" ".join(words)) == squeeze(clean_text(text))
    assert len(imported(text).notes) == sum(len(section.notes) for section in sections)


def test_a_note_that_names_who_does_not_take_part_is_taken_over_and_told() -> None:
    refused = tuple(dataclasses.replace(member, consent_participation=Consent.NO) for member in MEMBERS[1:2])
    name = MEMBERS[1].name
    text = f"## Afronding\n### Wat hebben we gemist?\n- {name} ook\n- Volgens de rest is {name} er niet\n- Vaste data\n"
    _, report = plan_import(read_notes(text), dataclasses.replace(EMPTY, panelists=refused))
    assert report.messages == (
        "3 notities overgenomen.",
        "2 notities noemen iemand die niet meedoet (deelname: nee). Zijn het eigen woorden, haal ze dan weg.",
    )


@pytest.mark.parametrize("text", ["Dat was het\n---", "Eerste\n\nDat was het\n===\n\n---\n"])
def test_a_rule_below_the_last_line_closes_the_text_and_makes_it_no_heading(text: str) -> None:
    assert "Dat was het" in [note for section in read_notes(text).sections for note in section.notes]


@given(pieces)
def test_any_text_with_headings_can_be_taken_in(text: str) -> None:
    file = read_notes(text)
    assert len(imported(text).notes) == sum(len(section.notes) for section in file.sections)


def test_the_kinds_of_a_guide_are_those_of_its_questions() -> None:
    panel = imported("## Afronding\n### Wat hebben we gemist?\n- a\n## Beeldvorming\n### Opbrengst\n- b")
    assert [note.kind for note in panel.notes] == [NoteKind.REMARK, Aspect.YIELD.kind]


def test_a_file_in_another_encoding_is_read(tmp_path: Path) -> None:
    text = "# Één\n\n## Afronding\n\n### Wat hebben we gemist?\n\n- “Coördinatie” @3\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        path = tmp_path / f"{encoding}.md"
        path.write_bytes(text.encode(encoding))
        assert read_notes_file(path) == read_notes(text)
    (tmp_path / "x.md").write_bytes(b"PK\x03\x04...")
    with pytest.raises(ExchangeError, match="een Word-, Excel- of zipbestand"):
        read_notes_file(tmp_path / "x.md")


def test_a_file_of_others_finds_its_place_whole() -> None:
    path = PANEL / "aantekeningen-oldenzaal.md"
    members = tuple(Panelist(f"p{seat}", seat=seat, name=f"Lid {seat}") for seat in range(1, 8))
    content = PanelContent(Panel("panel"), GUIDE, members)
    edits, report = plan_import(read_notes_file(path), content)
    bullets = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("- ")]
    assert report.count == len(bullets)
    assert not report.unplaced
    assert not report.unknown
    assert summary(imported(write_notes(after(content, edits)), content)) == summary(after(content, edits))


def test_who_led_and_noted_is_told_by_name_or_not_at_all() -> None:
    led = Panel("p", title="Panel", moderator="de gespreksleider", note_taker="Lars Olthof")
    written = write_notes(PanelContent(led, GuideContent(Guide("g")), (), ()))
    assert "Notulist: Lars Olthof" in written
    assert "de gespreksleider" not in written
