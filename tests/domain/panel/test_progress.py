from sto_desktop.domain.model import Guide, Insight, Note, Panel, Question, Recommendation, Theme
from sto_desktop.domain.panel.content import (
    GuideContent,
    InsightContent,
    NoteContent,
    PanelContent,
    QuestionContent,
    RecommendationContent,
    ThemeContent,
)
from sto_desktop.domain.panel.progress import Progress, progress, used_notes
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import NoteKind, ThemeKind


def note(name: str, question: str | None, *, aside: bool = False) -> NoteContent:
    return NoteContent(Note(name, position=Position(question, name), text=name, set_aside=aside), NoteKind.REMARK)


def insight(
    name: str, question: str | None, supports: tuple[str, ...] = (), against: tuple[str, ...] = ()
) -> InsightContent:
    return InsightContent(Insight(name, position=Position(question, name), text=name), supports, against)


def panel(
    notes: tuple[NoteContent, ...],
    insights: tuple[InsightContent, ...] = (),
    recommendations: tuple[RecommendationContent, ...] = (),
) -> PanelContent:
    guide = GuideContent(
        Guide("g"),
        (
            ThemeContent(Theme("t0", kind=ThemeKind.OPENING), (QuestionContent(Question("q0")),)),
            ThemeContent(Theme("t1"), (QuestionContent(Question("q1")), QuestionContent(Question("q2")))),
            ThemeContent(Theme("t2"), (QuestionContent(Question("q3")),)),
        ),
    )
    return PanelContent(Panel("p"), guide, notes=notes, insights=insights, recommendations=recommendations)


def test_a_note_counts_once_whatever_points_to_it() -> None:
    notes = (note("a", "q1"), note("b", "q1"), note("c", "q2", aside=True), note("d", None))
    counts = progress(
        panel(
            notes,
            (insight("i", "q1", ("a",)), insight("j", "q1", ("a",), ("b",))),
            (RecommendationContent(Recommendation("r"), supports=("a",)),),
        )
    )
    assert (counts.used, counts.aside, counts.handled, counts.total) == (2, 1, 3, 4)
    assert counts.share == 0.75
    assert not counts.done


def test_a_note_that_was_put_aside_and_is_used_counts_as_used() -> None:
    counts = progress(panel((note("a", "q1", aside=True),), (insight("i", "q1", ("a",)),)))
    assert (counts.used, counts.aside) == (1, 0)
    assert counts.done


def test_only_conversation_questions_with_notes_want_an_insight_in_order_of_the_guide() -> None:
    notes = (note("a", "q3"), note("b", "q1"), note("c", "q0"))
    assert progress(panel(notes)).without_insight == ("q1", "q3")
    assert progress(panel(notes, (insight("i", "q3"),))).without_insight == ("q1",)


def test_an_empty_insight_concludes_nothing() -> None:
    empty = InsightContent(Insight("i", position=Position("q1", "k"), text="  "), ("a",))
    counts = progress(panel((note("a", "q1"),), (empty,)))
    assert counts.without_insight == ("q1",)
    assert counts.used == 1


def test_without_notes_there_is_nothing_left_to_do() -> None:
    assert progress(panel(())) == Progress(0, 0, 0)
    assert progress(panel(())).share == 1.0
    assert progress(panel(())).done


def test_a_link_to_a_note_that_is_gone_does_not_count() -> None:
    counts = progress(panel((note("a", "q1"),), (insight("i", "q1", ("gone",)),)))
    assert counts.used == 0
    assert used_notes([insight("i", "q1", ("x",), ("y",))]) == {"x", "y"}
