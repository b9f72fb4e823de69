"""One full stop at the end of a sentence, also if it ends in an abbreviation with a full stop of its own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from sto_desktop.domain.dutch import closed, filled, unclosed
from sto_desktop.domain.model import Recommendation
from sto_desktop.domain.panel.content import InsightContent, PanelContent, RecommendationContent, ThemeContent
from sto_desktop.domain.panel.overview import Overview, OverviewContent
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.blocks.document_texts import texts_of
from sto_desktop.report.blocks.options import Form, Part, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.overview.newsletter import newsletter
from sto_desktop.report.overview.overview_report import overview_report
from sto_desktop.report.papers.kinds import AFTERWARDS, Paper
from sto_desktop.report.papers.opening import opening_paragraphs
from sto_desktop.report.papers.papers import mail_text, paper
from sto_desktop.ui.overview.cards import differences
from tests.report.panels import example

REGION = "Almelo e.o."
TWICE = re.compile(r"(?<!\.)\.\.(?!\.)")


def abbreviated(subregion: str = REGION) -> PanelContent:
    """A panel in which every text that can end a sentence is an abbreviation."""
    content = example()
    themes: list[ThemeContent] = []
    for item in content.guide.themes:
        script = "We praten over STO in deze subregio. Dit is {subregio}. Daar zit {notulist}." if not themes else ""
        record = replace(item.theme, title=f"{item.title} e.d.", short_title=f"{item.short_title} e.d.", script=script)
        themes.append(ThemeContent(record, item.questions))
    return replace(
        content,
        panel=replace(
            content.panel,
            id=f"panel {subregion}",
            title=f"Panel {subregion}",
            subregion=subregion,
            place="zaal van de Beuk B.V.",
            moderator="G. Leider sr.",
            note_taker="N. Otulist jr.",
            processing_ground="uw toestemming e.d.",
            selection="bekenden e.d.",
            report_version="0.1 enz.",
            reaction_until=dt.date(2024, 4, 1),
        ),
        guide=replace(content.guide, themes=tuple(themes)),
        panelists=tuple(
            replace(member, name=f"{member.name} jr.", role=f"{member.role} e.d.", sector=f"{member.sector} e.d.")
            for member in content.panelists
        ),
        insights=tuple(
            replace(insight, insight=replace(insight.insight, text="Dat werkt in Almelo e.o."))
            for insight in content.insights
        ),
        recommendations=(
            RecommendationContent(
                Recommendation("r1", Position("panel", "a"), "Doe dit in Almelo e.o.", owner="gemeente Almelo e.o."),
                tuple(theme.id for theme in themes[1:2]),
                supports=("n09",),
            ),
        ),
        top_choices=tuple(replace(choice, text="de bus in Almelo e.o.") for choice in content.top_choices),
    )


def over_panels() -> OverviewContent:
    panels = (abbreviated(), abbreviated("Rijssen e.o."))
    insight = panels[0].insights[0]
    overall = InsightContent(
        replace(insight.insight, id="ALL", panel=None, position=Position(None, "a"), theme="beeld")
    )
    return OverviewContent(panels, insights=(replace(overall, insights=(insight.id,)),))


def _report(form: Form, naming: NameMode) -> Document:
    options = ReportOptions(form, naming=naming)
    for part in Part:
        options = options.with_part(part, True)
    return panel_report(abbreviated(), options)


MADE: dict[str, Callable[[], Document]] = {
    **{f"{form} {naming}": partial(_report, form, naming) for form in Form for naming in NameMode},
    "vogelvlucht": lambda: overview_report(over_panels()),
    "nieuwsbrief": lambda: newsletter(over_panels()),
    "nieuwsbrief zonder inzichten over panels": lambda: newsletter(replace(over_panels(), insights=())),
    **{
        kind.value: partial(paper, kind, abbreviated().panel, abbreviated().guide)
        for kind in Paper
        if kind not in AFTERWARDS
    },
}


@pytest.mark.parametrize("name", MADE)
def test_no_sentence_of_any_document_ends_in_two_full_stops(name: str) -> None:
    texts = [text for block in MADE[name]().blocks for text in texts_of(block)]
    assert any("e.o." in text or "e.d." in text for text in texts)
    assert [text for text in texts if TWICE.search(text)] == []


def test_what_is_read_aloud_and_mailed_has_one_full_stop_too() -> None:
    content = abbreviated()
    *_, said = opening_paragraphs(content.guide, content.panel)
    assert said == ("We praten over STO in de subregio Almelo e.o. Dit is Almelo e.o. Daar zit N. Otulist jr.")
    for kind in (Paper.INVITATION, Paper.THANKS):
        mail = mail_text(kind, content.panel, content.guide)
        assert mail is not None
        assert "e.o." in mail
        assert not TWICE.search(mail)


def test_the_abbreviation_keeps_its_own_full_stop_where_the_sentence_goes_on() -> None:
    options = ReportOptions(Form.EXTENDED, naming=NameMode.FULL)
    texts = [text for block in panel_report(abbreviated(), options).blocks for text in texts_of(block)]
    assert not [text for text in texts if re.search(r"e\.o(?!\.)|e\.d(?!\.)", text)]


def test_where_a_theme_is_shared_is_said_with_one_full_stop() -> None:
    said = differences(Overview(over_panels()), "beeld")
    assert said.endswith("Rijssen e.o.")
    assert not TWICE.search(said)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Almelo e.o.", "Almelo e.o."),
        ("Almelo", "Almelo."),
        ("Hoezo?", "Hoezo?"),
        ("hij zei “ja”", "hij zei “ja”."),
        ("(in Almelo e.o.)", "(in Almelo e.o.)"),
        ("", ""),
    ],
)
def test_a_sentence_is_closed_once(text: str, sentence: str) -> None:
    assert closed(text) == sentence


@pytest.mark.parametrize(
    ("text", "bare"),
    [("Het werkt.", "Het werkt"), ("In Almelo e.o.", "In Almelo e.o."), ("Bussen enz.", "Bussen enz."), ("Al", "Al")],
)
def test_only_the_full_stop_of_the_sentence_is_taken_off(text: str, bare: str) -> None:
    assert unclosed(text) == bare


def test_a_text_of_the_window_that_a_value_closes_is_not_closed_again() -> None:
    assert filled("Uit {panel}.", {"panel": "Panel Almelo e.o."}) == "Uit Panel Almelo e.o."
    assert (
        filled("Uit {panel}. Dat is {n}.", {"panel": "Panel Almelo e.o.", "n": 3}) == "Uit Panel Almelo e.o. Dat is 3."
    )
    assert filled("Even wachten, {panel}...", {"panel": "Oost e.o."}) == "Even wachten, Oost e.o...."
    assert filled("{{letterlijk}} {n}", {"n": 1}) == "{letterlijk} 1"
