"""The parts of Uitwerken that need no window: what is read again, the words of conflicts, wording."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sto_desktop.domain.actions import elaborate as acts
from sto_desktop.domain.actions import notes as note_acts
from sto_desktop.domain.actions.notes import tag_id
from sto_desktop.domain.actions.panels import add_panelist, change_panel, delete_panelists
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.log.change import Action, Change, Changed, ChangeId
from sto_desktop.domain.panel.note_filter import Grouping, NoteFilter, NoteScope, Ordering, from_json, to_json
from sto_desktop.domain.panel.voices import Backing
from sto_desktop.domain.vocabulary import Aspect, DebriefAuthor, Evidence, NoteKind
from sto_desktop.storage.working.conflicts import ConflictCase, HistoryEntry
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.notes.conflict_words import options_of, title_of, value_words, who_and_when
from sto_desktop.ui.notes.listing import HeadingRow, Listing
from sto_desktop.ui.notes.material import Material
from sto_desktop.ui.notes.wording import evidence_words, support_short, support_words
from tests.ui import elaborated_panel as panel
from tests.ui.elaborated_panel import HELD, PANEL


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkingCopy]:
    made = panel.make_copy(tmp_path_factory.mktemp("dossier"))
    panel.add_first_insight(made)
    yield made
    made.dossier.close()


ACTIONS = st.sampled_from(
    [
        "add",
        "rewrite",
        "delete",
        "star",
        "aside",
        "kind",
        "move",
        "label",
        "insight",
        "attach",
        "detach",
        "recommend",
        "debrief",
        "member",
        "leave",
        "place",
        "undo",
        "redo",
    ]
)


def an_action(copy: WorkingCopy, name: str, number: int) -> Action | None:
    """Return an action that a person could do now."""
    read = copy.dossier.read
    notes, members = read.notes.of_panel(PANEL), read.members.of_panel(PANEL)
    note = notes[number % len(notes)] if notes else None
    questions = [item.id for _, item in read.guides.of_panel(PANEL).questions()]
    question = questions[number % len(questions)]
    match name:
        case "add":
            typed = parse(f"Nieuw {number} @{number % 5 + 1} #label{number % 3}", members)
            return note_acts.capture_note(PANEL, question, typed, HELD + dt.timedelta(seconds=number))
        case "member":
            return add_panelist(PANEL, f"Lid {number}", None)
        case "leave":
            return delete_panelists([members[number % len(members)].id]) if members else None
        case "place":
            return change_panel(PANEL, place=f"Zaal {number}")
        case "insight":
            return acts.add_insight(PANEL, f"Inzicht {number}", question=question, supports=[note.id] if note else [])
        case "recommend":
            return acts.add_recommendation(PANEL, f"Doe {number}", supports=[note.id] if note else [])
        case "debrief":
            return acts.set_debrief(PANEL, DebriefAuthor.NOTE_TAKER, stood_out=f"Dat {number}")
    if note is None:
        return None
    insights = read.findings.insights(PANEL)
    match name:
        case "rewrite":
            return note_acts.edit_note(note, parse(f"Anders {number} @{number % 5 + 1}- #los", members))
        case "delete":
            return note_acts.delete_notes([note.id])
        case "star":
            return note_acts.star_note(note.id, not note.note.star)
        case "aside":
            return note_acts.set_aside([note.id], not note.note.set_aside)
        case "kind":
            return note_acts.set_kind([note.id], NoteKind.ACTION if number % 2 else None)
        case "move":
            return note_acts.move_notes([note.id], question, None, None)
        case "label":
            return Action("label", note_acts.tag_edits(note.id, f"nieuw{number % 4}"))
        case "attach" if insights:
            side = Evidence.SUPPORTS if number % 2 else Evidence.CONTRADICTS
            return acts.attach_to_insight(insights[number % len(insights)].id, [note.id], side)
        case "detach" if insights and insights[0].supports:
            return acts.detach_from_insight(insights[0].id, insights[0].supports[0])
    return None


@pytest.mark.long
@settings(max_examples=25)
@given(st.lists(st.tuples(ACTIONS, st.integers(0, 30)), min_size=1, max_size=12))
def test_following_what_changed_gives_the_same_as_reading_all(copy: WorkingCopy, steps: list[tuple[str, int]]) -> None:
    material = Material(lambda: copy.dossier, report=True)
    material.load(PANEL)

    def follow(changed: Changed) -> None:
        material.follow(changed)

    end = copy.dossier.subscribe(follow)
    try:
        for name, number in steps:
            if name in ("undo", "redo"):
                copy.dossier.undo() if name == "undo" else copy.dossier.redo()
            else:
                wanted = an_action(copy, name, number)
                if wanted is not None:
                    copy.dossier.apply(wanted)
            assert material.content == copy.dossier.read.panel_content(PANEL)
    finally:
        end()


def test_what_concerns_another_table_is_not_read(copy: WorkingCopy) -> None:
    material = Material(lambda: copy.dossier)
    material.load(PANEL)
    before = material.content
    assert not material.follow(Changed(frozenset({("time_span", "x"), ("playback", "y")})))
    assert material.content is before


def test_without_a_panel_there_is_nothing_to_follow(copy: WorkingCopy) -> None:
    material = Material(lambda: copy.dossier)
    material.load(None)
    assert material.content is None
    assert not material.follow(Changed(everything=True))
    assert material.progress.total == 0


@given(
    st.sampled_from([NoteScope.ALL, NoteScope.UNASSIGNED, "theme"]),
    st.sampled_from([None, *NoteKind]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "po", "vmbo"]),
    st.booleans(),
    st.booleans(),
    st.sampled_from(list(Grouping)),
    st.sampled_from(list(Ordering)),
    st.booleans(),
)
def test_every_note_is_listed_once_and_a_filter_lets_through_what_it_says(
    copy: WorkingCopy,
    scope: NoteScope | str,
    kind: NoteKind | None,
    starred: bool,
    todo: bool,
    speakerless: bool,
    sector: str,
    tagged: bool,
    aspectless: bool,
    grouping: Grouping,
    ordering: Ordering,
    all_panels: bool,
) -> None:
    material = Material(lambda: copy.dossier)
    material.load(PANEL)
    content = material.content
    assert content is not None
    listing = Listing(material, copy.dossier.read)
    theme = content.guide.themes[1]
    wanted = NoteFilter(
        theme.id if scope == "theme" else scope,
        kind,
        starred,
        todo,
        all_panels,
        sector,
        tag_id("technolab") if tagged else "",
        speakerless,
        aspectless,
        grouping=grouping,
        ordering=ordering,
    )
    known = {item.id for _, item in content.guide.questions()}
    sectors = {member.id: member.sector for member in content.panelists}
    expected = {
        note.id
        for note in content.notes
        if (
            scope is NoteScope.ALL
            or note.question in {question.id for question in theme.questions}
            or scope is NoteScope.UNASSIGNED
        )
        and (scope is not NoteScope.UNASSIGNED or note.question not in known)
        and kind in (None, note.kind)
        and (note.note.star or not starred)
        and not (todo and (note.note.set_aside or note.id in material.used))
        and not (speakerless and note.speakers)
        and not (aspectless and note.kind in {aspect.kind for aspect in Aspect})
        and (not sector or sector in {sectors.get(one) for one in note.speakers})
        and (not tagged or tag_id("technolab") in {tag.id for tag in note.tags})
    }
    entries = listing.entries(wanted)
    shown = [entry for entry in entries if isinstance(entry, str)]
    assert len(shown) == len(set(shown))
    assert set(shown) == expected
    counts = [entry.count for entry in entries if isinstance(entry, HeadingRow) and entry.level == 2]
    counts += [
        entry.count
        for entry in entries
        if isinstance(entry, HeadingRow) and (entry.key == "unassigned" or entry.key.startswith("group:"))
    ]
    assert 0 not in counts
    assert grouping is Grouping.NONE or sum(counts) == len(shown)
    if scope is not NoteScope.UNASSIGNED and not all_panels:
        columns = [note for column in listing.columns(wanted) for note in column.notes]
        assert sorted(columns) == sorted(shown)
    assert from_json(to_json(wanted, "kind NEAR(")) == (wanted, "kind NEAR(")


@given(st.text(max_size=40) | st.recursive(st.none() | st.booleans() | st.text(), st.lists).map(json.dumps))
def test_what_is_no_saved_search_leaves_nothing_out(text: str) -> None:
    wanted, _words = from_json(text)
    assert wanted == NoteFilter()


# Wording


@pytest.mark.parametrize(
    ("backing", "words"),
    [
        (Backing(("a", "b", "c"), (), ("po", "vmbo")), "breed gedragen: 3\u00a0panelleden, 2\u00a0sectoren"),
        (Backing(("a", "b"), (), ("po",)), "gedeeld door 2\u00a0panelleden, 1\u00a0sector"),
        (Backing(("a", "b"), ("c",), ("po",)), "verdeeld: 2\u00a0panelleden voor, 1\u00a0tegen"),
        (Backing(("a",), (), ("po",)), "één stem"),
        (Backing(), "nog geen spreker bekend"),
    ],
)
def test_support_is_said_in_voices_and_not_in_counts_of_notes(backing: Backing, words: str) -> None:
    assert support_words(backing)[0] == words


def test_support_says_of_how_many_where_that_is_known() -> None:
    broad = Backing(("a", "b", "c", "d", "e"), (), ("po", "vmbo", "mbo"))
    assert support_words(broad, 7)[0] == "breed gedragen: 5\u00a0van\u00a07\u00a0panelleden, 3\u00a0sectoren"
    # A member marked as absent spoke all the same.
    assert support_words(broad, 4)[0] == "breed gedragen: 5\u00a0panelleden, 3\u00a0sectoren"


def test_in_a_cell_of_the_vogelvlucht_the_support_is_a_few_words() -> None:
    assert support_short(Backing(("a", "b", "c"), present=9))[0] == "gedeeld: 3 van 9"
    assert support_short(Backing(("a", "b", "c")))[0] == "door drie panelleden"
    assert support_short(Backing(("a",), present=9))[0] == "één stem"


def test_evidence_knows_singular_and_plural() -> None:
    assert evidence_words(1, 0) == "1 notitie"
    assert evidence_words(3, 1) == "3 notities · 1 tegengeluid"
    assert evidence_words(0, 2) == "0 notities · 2 tegengeluiden"


# Conflicts in words


def entry(person: str, values: dict[str, object], at: str = "2023-02-14T16:20:00.000+01:00") -> HistoryEntry:
    made = Change(ChangeId(len(person), person), len(person), "note", "n", values, {})  # type: ignore[arg-type]
    return HistoryEntry(made, "notitie wijzigen", at, person, "laptop", False)


def named(table: str, row: str) -> str:
    return {"q1": "Wat kan beter?", "t1": "Beeldvorming"}.get(row, "")


def test_a_conflict_names_field_writer_and_time() -> None:
    case = ConflictCase("note", "n", "text", (entry("Guus", {"text": "Zo."}), entry("Wilma", {"text": "Zus."})))
    assert title_of(case) == "Notitie · tekst"
    first, second = options_of(case, named)
    assert (first.text, first.value) == ("Zo.", "Zo.")
    assert second.who == "Wilma, 14 februari 2023 om 16:20"


def test_a_deletion_against_an_edit_offers_both_ways() -> None:
    case = ConflictCase("note", "n", "deleted", (entry("Guus", {"deleted": True}), entry("Wilma", {"text": "Zus."})))
    assert title_of(case) == "Notitie · verwijderd en gewijzigd"
    assert [(option.text, option.value) for option in options_of(case, named)] == [
        ("Verwijderd laten", True),
        ("Laten staan, zoals het gewijzigd is", False),
    ]


@pytest.mark.parametrize(
    ("table", "field", "value", "words"),
    [
        ("note", "kind", "YIELD", "opbrengst"),
        ("note", "kind", None, "(leeg)"),
        ("note", "star", True, "ja"),
        ("note", "position", ["q1", "a0"], "onder «Wat kan beter?»"),
        ("note", "position", [None, "a0"], "niet ingedeeld"),
        ("insight", "theme", "t1", "Beeldvorming"),
        ("note", "text", "", "(leeg)"),
        ("note", "unheard_of", 5, "5"),
        ("note", "star", "broken", "broken"),
    ],
)
def test_values_of_the_log_are_said_in_words(table: str, field: str, value: object, words: str) -> None:
    assert value_words(table, field, value, named) == words  # type: ignore[arg-type]


def test_a_time_that_nobody_can_read_is_left_out() -> None:
    assert who_and_when(entry("", {}, at="")) == "Onbekend"
