"""Headings of notes match the theme and question that they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.model import Guide, PanelQuestion, Question, Theme
from sto_desktop.domain.panel.content import GuideContent, QuestionContent, ThemeContent
from sto_desktop.domain.panel.matching import find_question, find_theme, fold_title
from sto_desktop.domain.vocabulary import Aspect, ThemeKind

YIELD = QuestionContent(
    Question("y", text="Wat hebben de basisscholen eraan gehad?", short_text="Opbrengst", aspect=Aspect.YIELD),
    decided=PanelQuestion("d", question="y", wording="Wat heeft uw school eraan gehad?"),
)
FACTORS = QuestionContent(Question("f", text="Waardoor lukt het?", short_text="Waardoor", aspect=Aspect.SUCCESS_FACTOR))
BETTER = QuestionContent(Question("b", text="Wat zou u anders doen?", aspect=Aspect.IMPROVEMENT))
SCHOOLS = ThemeContent(
    Theme("t1", title="Samenwerking primair onderwijs en Technolab", short_title="Po en Technolab"),
    (YIELD, FACTORS, BETTER),
)
IMAGE = ThemeContent(
    Theme("t2", title="Beeldvorming: techniek & coördinatie"),
    (QuestionContent(Question("i", text="Wat merkt u ervan?", aspect=Aspect.YIELD)),),
)
CLOSING = ThemeContent(
    Theme("t3", title="Afronding", kind=ThemeKind.CLOSING),
    (QuestionContent(Question("m", text="Wat hebben we gemist?")),),
)
GUIDE = GuideContent(Guide("g"), (SCHOOLS, IMAGE, CLOSING))


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("Samenwerking primair onderwijs en Technolab", SCHOOLS),
        ("  samenwerking PRIMAIR  onderwijs en technolab. ", SCHOOLS),
        ("Thema 1: Samenwerking primair onderwijs en Technolab", SCHOOLS),
        ("1. po en technolab", SCHOOLS),
        ("Beeldvorming: techniek & coordinatie:", IMAGE),
        ("Afronding!", CLOSING),
        ("Po", None),
        ("", None),
        ("???", None),
    ],
)
def test_a_heading_finds_its_theme(title: str, theme: ThemeContent | None) -> None:
    assert find_theme(title, GUIDE) is theme


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Wat heeft uw school eraan gehad", YIELD),
        ("wat hebben de basisscholen eraan gehad?", YIELD),
        ("Opbrengst", YIELD),
        ("Opbrengsten:", YIELD),
        ("Wat is de opbrengst van STO Twente?", YIELD),
        ("Wat is de opbrengst?", YIELD),
        ("Wat zijn de succesfactoren van STO Twente", FACTORS),
        ("2) Wat zijn de succesfactoren?", FACTORS),
        ("Wat kan béter…", BETTER),
        ("Verbeterpunten", BETTER),
        ("Wat merkt u ervan?", None),
        ("Iets anders", None),
    ],
)
def test_questions_of_a_theme(title: str, question: QuestionContent | None) -> None:
    assert find_question(title, SCHOOLS, GUIDE) is question


def test_without_a_theme_only_what_one_question_answers_to_is_found() -> None:
    assert find_question("Wat merkt u ervan?", None, GUIDE) is IMAGE.questions[0]
    assert find_question("Wat zijn de succesfactoren?", None, GUIDE) is FACTORS
    assert find_question("Wat is de opbrengst van STO Twente?", None, GUIDE) is None
    assert find_question("Wat zijn de succesfactoren?", None, GUIDE, own_words=True) is None


def test_own_words_come_before_the_words_of_another() -> None:
    short = QuestionContent(Question("s", text="Opbrengst"))
    theme = ThemeContent(Theme("t"), (YIELD, short))
    assert find_question("Opbrengst", theme, GuideContent(Guide("g"), (theme,))) is short


def test_a_question_that_is_asked_comes_before_one_that_is_skipped() -> None:
    skipped = QuestionContent(
        Question("a", text="Een", aspect=Aspect.YIELD), decided=PanelQuestion("d", question="a", skipped=True)
    )
    asked = QuestionContent(Question("b", text="Twee", aspect=Aspect.YIELD))
    theme = ThemeContent(Theme("t"), (skipped, asked))
    guide = GuideContent(Guide("g"), (theme,))
    assert find_question("Wat is de opbrengst?", theme, guide) is asked
    assert find_question("Een", theme, guide) is skipped


@given(st.text())
def test_a_title_always_matches_itself(title: str) -> None:
    theme = ThemeContent(Theme("t", title=title))
    found = find_theme(title, GuideContent(Guide("g"), (theme,)))
    assert found is (theme if fold_title(title) else None)
    assert fold_title(fold_title(title)) == fold_title(title)
