from sto_desktop.domain.model import Guide, Insight, Panel, Question, Theme
from sto_desktop.domain.panel.content import (
    GuideContent,
    InsightContent,
    PanelContent,
    QuestionContent,
    ThemeContent,
)
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Aspect

GUIDE = GuideContent(Guide("g"), (ThemeContent(Theme("t"), (QuestionContent(Question("q")),)),))


def panel(*insights: InsightContent) -> PanelContent:
    return PanelContent(Panel("p"), GUIDE, insights=insights)


def test_a_conclusion_has_the_notes_of_all_that_is_under_it_on_their_own_side() -> None:
    one = InsightContent(Insight("one"), ("a", "b"), ("c",))
    other = InsightContent(Insight("other"), ("d",), ("b",))
    conclusion = InsightContent(Insight("all"), ("e",), (), ("one",), ("other",))
    supports, contradicts = panel(one, other, conclusion).evidence(conclusion)
    assert set(supports) == {"a", "b", "e"}
    assert set(contradicts) == {"c", "d"}


def test_insights_that_rest_on_each_other_come_to_an_end() -> None:
    one = InsightContent(Insight("one"), ("a",), (), ("other",))
    other = InsightContent(Insight("other"), ("b",), (), ("one", "gone"))
    assert set(panel(one, other).evidence(one)[0]) == {"a", "b"}


def test_a_conclusion_is_of_no_theme_and_has_an_aspect() -> None:
    content = panel()
    for insight, is_one in (
        (Insight("i", aspect=Aspect.YIELD), True),
        (Insight("i"), False),
        (Insight("i", aspect=Aspect.YIELD, theme="t"), False),
        (Insight("i", aspect=Aspect.YIELD, position=Position("q", "a")), False),
        (Insight("i", aspect=Aspect.YIELD, position=Position("question of another guide", "a")), True),
    ):
        assert content.is_conclusion(InsightContent(insight)) is is_one
