"""The vogelvlucht as a document, and its text for a newsletter: complete, and without names."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sto_desktop.domain.bookkeeping import SameAs
from sto_desktop.domain.model import Guide, Insight, Note, Panel, Panelist, Question, Recommendation, Theme, Voice
from sto_desktop.domain.panel.content import (
    GuideContent,
    InsightContent,
    NoteContent,
    PanelContent,
    QuestionContent,
    RecommendationContent,
    ThemeContent,
)
from sto_desktop.domain.panel.overview import OverviewContent
from sto_desktop.domain.panel.same import Sameness
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Aspect, NoteKind, Priority
from sto_desktop.report.blocks.blocks import (
    Block,
    Cover,
    Document,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    Table,
    plain,
)
from sto_desktop.report.overview.newsletter import MOST_WORDS, newsletter
from sto_desktop.report.overview.overview_report import OverviewOptions, overview_report
from sto_desktop.report.word.word import word_bytes
from sto_desktop.storage.working.overview_read import overview_content
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.example import make_example
from sto_desktop.workplace.overview import plan_rows


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> OverviewContent:
    """The example's five panels, read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        copy = make_example(Workplace.here("Marieke"), tmp_path_factory.mktemp("example") / "voorbeeld.sto")
        content = overview_content(copy.dossier)
        copy.close()
    return content


def _texts(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                found.append(plain(block.text))
            case ItemList():
                found += [plain(item) for item in block.items]
            case Table():
                found += [block.caption, *block.header, *(plain(cell) for row in block.rows for cell in row)]
            case Figure():
                found += [block.caption, block.description, *block.categories]
            case Cover():
                found += [block.title, block.subtitle, block.status, *(item for pair in block.details for item in pair)]
            case _:
                pass
    return found


def _all(document: Document) -> str:
    return "\n".join(_texts(document.blocks))


@pytest.mark.long
def test_every_insight_and_every_recommendation_of_every_panel_stands_in_it(example: OverviewContent) -> None:
    said = " ".join(_all(overview_report(example)).split())
    for panel in example.panels:
        for insight in panel.insights:
            assert " ".join(insight.insight.text.split()).rstrip(".") in said
        for recommendation in panel.recommendations:
            assert " ".join(recommendation.recommendation.text.split()).rstrip(".") in said


@pytest.mark.long
def test_an_insight_stands_there_once_and_perhaps_in_the_summary(example: OverviewContent) -> None:
    document = overview_report(example)
    said = " ".join(_all(document).split())
    chapters = said[said.index("Samenwerking primair onderwijs en Technolab De vijf panels") :]
    for panel in example.panels:
        for insight in panel.insights:
            text = " ".join(insight.insight.text.split()).rstrip(".")
            assert chapters.count(text) == 1, text
            assert said.count(text) <= 2


def test_the_summary_gives_of_each_theme_what_two_panels_found(example: OverviewContent) -> None:
    document = overview_report(example)
    at = next(at for at, block in enumerate(document.blocks) if isinstance(block, Heading))
    themes = [plain(block.text) for block in document.blocks[at + 2 : at + 6] if isinstance(block, Paragraph)]
    regions = [panel.panel.subregion for panel in example.panels]
    assert [sum(f"{region}: " in text for region in regions) for text in themes] == [2, 2, 2, 2]
    assert "tussen 24 januari en 16 maart 2023" in _all(document)


def test_each_theme_has_a_chapter_with_all_subregions_and_a_figure(example: OverviewContent) -> None:
    document = overview_report(example)
    chapters = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    themes = [theme.title for theme in example.panels[0].guide.themes if theme.is_conversation]
    assert [text for text in chapters if text in themes] == themes
    tables = [block for block in document.blocks if isinstance(block, Table) and block.caption.endswith("per subregio")]
    assert [len(table.rows) for table in tables] == [5] * len(themes)
    assert sum(isinstance(block, Figure) for block in document.blocks) == len(themes)
    without = overview_report(example, OverviewOptions(figures=False, annex=False))
    assert not any(isinstance(block, Figure) for block in without.blocks)
    assert len(without.blocks) < len(document.blocks)


def test_nobody_s_name_is_in_it(example: OverviewContent) -> None:
    named = replace(
        example.panels[0],
        insights=(
            *example.panels[0].insights,
            InsightContent(Insight(id="X", text=f"{example.panels[0].panelists[0].name} zei het als eerste.")),
        ),
    )
    content = replace(example, panels=(named, *example.panels[1:]))
    for document in (overview_report(content), newsletter(content)):
        said = _all(document)
        for panel in content.panels:
            for member in panel.panelists:
                assert member.name not in said
    assert "zei het als eerste" in _all(overview_report(content))


def test_the_same_dossier_gives_the_same_bytes(example: OverviewContent) -> None:
    assert word_bytes(overview_report(example)) == word_bytes(overview_report(example))


def test_what_comes_back_is_said(example: OverviewContent) -> None:
    first = [panel.insights[0] for panel in example.panels]
    theme = example.panels[0].guide.themes[1].id
    overall = InsightContent(
        Insight(id="ALL", text="Overal groeit het", theme=theme), insights=tuple(item.id for item in first[:4])
    )
    content = replace(example, insights=(overall,))
    assert "Komt terug in 4 van 5 panels (" in _all(overview_report(content))
    assert "Overal groeit het." in _all(newsletter(content))


def test_the_newsletter_of_the_example_stays_under_500_words(example: OverviewContent) -> None:
    document = newsletter(example)
    assert len(_all(document).split()) < MOST_WORDS
    themes = [theme.title for theme in example.panels[0].guide.themes if theme.is_conversation]
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert headings == [*themes, "Aanbevelingen voor de toekomst"]


WORDS = st.text(alphabet="abcdé ,.", max_size=900)


def _made(texts: list[str], advice: list[str], themes: int) -> OverviewContent:
    guide = GuideContent(
        Guide(id="g"),
        tuple(
            ThemeContent(
                Theme(id=f"t{at}", title=f"Thema {at}"),
                (QuestionContent(Question(id=f"q{at}", text="?", aspect=Aspect.YIELD)),),
            )
            for at in range(themes)
        ),
    )
    panel = PanelContent(
        Panel(id="p", title="Panel", subregion="Hengelo", date=dt.date(2023, 2, 14)),
        guide,
        (Panelist(id="m", panel="p", name="Kees Visser", sector="po"),),
        (NoteContent(Note(id="n", panel="p"), NoteKind.YIELD, (Voice(id="v", note="n", panelist="m"),)),),
        tuple(
            InsightContent(
                Insight(id=f"i{at}", panel="p", text=text, position=Position(f"q{at % themes}", "a")), ("n",)
            )
            for at, text in enumerate(texts)
        ),
        tuple(
            RecommendationContent(Recommendation(id=f"r{at}", text=text, position=Position("p", f"a{at}")))
            for at, text in enumerate(advice)
        ),
    )
    return OverviewContent((panel,))


@settings(max_examples=30)
@given(texts=st.lists(WORDS, max_size=8), advice=st.lists(WORDS, max_size=9), themes=st.integers(1, 6))
def test_whatever_is_in_a_dossier_the_newsletter_stays_short_and_both_can_be_written(
    texts: list[str], advice: list[str], themes: int
) -> None:
    content = _made(texts, advice, themes)
    assert len(_all(newsletter(content)).split()) < MOST_WORDS
    document = overview_report(content)
    assert not any(text.strip() == "" for text in _texts(document.blocks) if isinstance(document, Heading))
    assert "None" not in _all(document)


def test_without_panels_it_says_so_without_nonsense(tmp_path: Path) -> None:
    document = overview_report(OverviewContent())
    content = _all(document)
    assert "geen panelgesprekken" in content
    assert "None" not in content


def _asking(*asked: tuple[str, Priority | None, int]) -> OverviewContent:
    """Three panels; each recommendation has a text, a priority, and the number of panels that ask for it."""
    given: dict[int, list[RecommendationContent]] = {0: [], 1: [], 2: []}
    same = []
    for at, (text, priority, times) in enumerate(asked):
        for panel in range(times):
            record = Recommendation(f"r{at}-{panel}", Position(f"p{panel}", f"a{at}"), text, priority=priority)
            given[panel].append(RecommendationContent(record, ("t",)))
            if panel:
                same.append(SameAs(f"s{at}-{panel}", "recommendation", f"r{at}-0", record.id))
    guide = GuideContent(Guide(id="g"), (ThemeContent(Theme(id="t", title="Beeldvorming")),))
    regions = ("Almelo e.o.", "Enschede", "Hengelo")
    panels = tuple(
        PanelContent(
            Panel(f"p{at}", subregion=region),
            guide,
            insights=(InsightContent(Insight(f"i{at}", f"p{at}", theme="t", text="Het werkt")),),
            recommendations=tuple(given[at]),
        )
        for at, region in enumerate(regions)
    )
    return OverviewContent(panels, same=Sameness(same))


def test_recommendations_go_by_priority_then_by_how_many_panels_asked_for_them() -> None:
    high, normal, low = Priority.HIGH, Priority.NORMAL, Priority.LOW
    content = _asking(
        ("Alles kan wachten", low, 3),
        ("Bel elkaar", None, 1),
        ("Maak werk ervan", normal, 1),
        ("Neem de tijd", None, 2),
        ("Probeer het", normal, 3),
        ("Ruim op", high, 1),
        ("Zet door", high, 2),
    )
    # A recommendation without a priority ranks as normal; with equal numbers of panels, in the panels' order.
    wanted = [
        "Zet door", "Ruim op", "Probeer het", "Neem de tijd", "Bel elkaar", "Maak werk ervan", "Alles kan wachten",
    ]  # fmt: skip
    assert [row.text.rstrip(".") for row in plan_rows(content)] == wanted
    report, letter = overview_report(content), newsletter(content)
    table = next(block for block in report.blocks if isinstance(block, Table) and block.caption.endswith("als plan"))
    assert [plain(row[1]).split(".")[0] for row in table.rows] == wanted
    assert [text.rstrip(".") for text in _list_behind(letter, "Aanbevelingen voor de toekomst")] == wanted[:6]
    assert [text.split(".")[0] for text in _list_behind(report, "Aanbevelingen bij dit thema")] == wanted


def _list_behind(document: Document, heading: str) -> list[str]:
    """Return the items of the list that directly follows a heading."""
    at = next(at for at, item in enumerate(document.blocks) if isinstance(item, Heading) and item.text == heading)
    found = document.blocks[at + 1]
    assert isinstance(found, ItemList)
    return [plain(item) for item in found.items]


def test_what_panels_rate_differently_has_the_priority_that_most_of_them_gave() -> None:
    content = _asking(("Zet door", Priority.HIGH, 3), ("Bel elkaar", Priority.NORMAL, 1), ("Ruim op", None, 2))
    first, *others = content.panels
    zet, *rest = first.recommendations
    # The one with most fields filled in, whose words stand there.
    told = replace(zet, recommendation=replace(zet.recommendation, priority=Priority.LOW, owner="Gemeente"))
    rated = replace(content, panels=(replace(first, recommendations=(told, *rest)), *others))
    assert [row.text for row in plan_rows(rated)] == ["Zet door.", "Ruim op.", "Bel elkaar."]


def test_the_order_that_somebody_gave_the_plan_stands_above_priority() -> None:
    content = _asking(("Zet door", Priority.HIGH, 2), ("Bel elkaar", None, 1))
    own = RecommendationContent(Recommendation("own", Position(None, "a0"), "Eerst dit", priority=Priority.LOW))
    rows = plan_rows(replace(content, recommendations=(own,)))
    assert [row.text for row in rows] == ["Eerst dit.", "Zet door.", "Bel elkaar."]
