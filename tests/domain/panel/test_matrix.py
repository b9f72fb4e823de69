from dataclasses import replace

from sto_desktop.domain.model import Guide, Note, Panel, Panelist, Question, Theme, Voice
from sto_desktop.domain.panel.content import (
    GuideContent,
    NoteContent,
    PanelContent,
    QuestionContent,
    ThemeContent,
)
from sto_desktop.domain.panel.matrix import UNKNOWN, Across, Counting, matrix
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import NoteKind, Stance, ThemeKind


def note(name: str, question: str, kind: NoteKind, *says: str, agrees: str = "") -> NoteContent:
    voices = [Voice(f"{name}-{who}", name, who, Stance.SAYS) for who in says]
    if agrees:
        voices.append(Voice(f"{name}-{agrees}", name, agrees, Stance.AGREES))
    return NoteContent(Note(name, position=Position(question, name), text=name), kind, tuple(voices))


PANEL = PanelContent(
    Panel("p"),
    GuideContent(
        Guide("g"),
        (
            ThemeContent(Theme("w", kind=ThemeKind.OPENING), (QuestionContent(Question("q0")),)),
            ThemeContent(Theme("t1", title="Po"), (QuestionContent(Question("q1")),)),
            ThemeContent(Theme("t2", title="Beeld"), (QuestionContent(Question("q2")),)),
        ),
    ),
    (
        Panelist("a", sector="vmbo"),
        Panelist("b", sector="po"),
        Panelist("c", sector="vmbo"),
        Panelist("d", sector="zorg"),
    ),
    (
        note("n1", "q1", NoteKind.YIELD, "a", "b"),
        note("n2", "q1", NoteKind.YIELD, "a", agrees="b"),
        note("n3", "q1", NoteKind.QUOTE, "c"),
        note("n4", "q2", NoteKind.IMPROVEMENT),
        note("n5", "q0", NoteKind.YIELD, "a"),
    ),
)


def test_sectors_are_of_those_who_said_it_in_their_usual_order() -> None:
    crosstab = matrix(PANEL, Across.SECTOR)
    assert [head.label for head in crosstab.rows] == ["1 Po", "2 Beeld"]
    assert [head.label for head in crosstab.columns] == ["po", "vmbo", "zorg", "zonder spreker"]
    assert crosstab.cell("t1", "po").notes == ("n1",)
    vmbo = crosstab.cell("t1", "vmbo")
    assert (vmbo.count(Counting.NOTES), vmbo.count(Counting.MEMBERS)) == (3, 2)
    assert crosstab.cell("t2", UNKNOWN).count(Counting.NOTES) == 1
    assert crosstab.cell("t2", "zorg").count(Counting.NOTES) == 0


def test_a_note_of_two_sectors_counts_once_in_the_totals() -> None:
    crosstab = matrix(PANEL, Across.SECTOR)
    assert crosstab.row_total("t1").count(Counting.NOTES) == 3
    assert crosstab.row_total("t1").count(Counting.MEMBERS) == 3
    assert crosstab.column_total("vmbo").count(Counting.NOTES) == 3
    assert crosstab.total().count(Counting.NOTES) == 4


def test_aspects_follow_the_kind_of_the_note_and_what_has_none_stands_apart() -> None:
    crosstab = matrix(PANEL, Across.ASPECT)
    assert [head.label for head in crosstab.columns] == ["opbrengst", "succesfactor", "verbeterpunt", "zonder aspect"]
    assert crosstab.cell("t1", UNKNOWN).notes == ("n3",)
    assert crosstab.cell("t1", "YIELD").notes == ("n1", "n2")
    assert crosstab.cell("t2", "IMPROVEMENT").notes == ("n4",)
    for counting in Counting:
        assert crosstab.total().count(counting) == matrix(PANEL, Across.SECTOR).total().count(counting)


def test_one_sector_in_two_spellings_is_one_column() -> None:
    members = (Panelist("a", sector="vmbo"), Panelist("b", sector="VMBO "), Panelist("c", sector="Zorg"))
    crosstab = matrix(replace(PANEL, panelists=(*members, Panelist("d", sector="zorg"))), Across.SECTOR)
    assert [head.label for head in crosstab.columns] == ["vmbo", "Zorg", "zonder spreker"]
    assert crosstab.cell("t1", "vmbo").count(Counting.MEMBERS) == 2


def test_a_table_that_goes_out_counts_by_group_and_no_member_who_is_in_none() -> None:
    groups = {"a": "overige sectoren", "d": "overige sectoren"}
    crosstab = matrix(PANEL, Across.SECTOR, groups)
    assert [head.label for head in crosstab.columns] == ["overige sectoren", "zonder spreker"]
    # b also said n1, and only c said n3: neither member is counted, but the notes are, as across aspects.
    assert set(crosstab.row_total("t1").notes) == {"n1", "n2", "n3"}
    assert crosstab.cell("t1", UNKNOWN).notes == ("n3",)
    assert crosstab.row_total("t1").count(Counting.MEMBERS) == 1
    assert crosstab.cell("t2", UNKNOWN).count(Counting.NOTES) == 1
