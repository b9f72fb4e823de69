"""The three forms: the content and order of each, how people are called in it, and that it is correct Dutch."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.model import Insight
from sto_desktop.domain.names.decisions import decisions_of, decisions_text
from sto_desktop.domain.panel.content import InsightContent, PanelContent
from sto_desktop.domain.panel.sectors import OTHERS
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.participation import naming_of
from sto_desktop.domain.privacy.remaining import Watch
from sto_desktop.domain.vocabulary import Aspect, Consent, NoteKind, PanelStatus
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.report.blocks.blocks import (
    Block,
    Cover,
    Document,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    Table,
    Text,
    TextSpan,
    plain,
)
from sto_desktop.report.blocks.document_texts import texts_of, texts_of_document
from sto_desktop.report.blocks.options import PARTS, Form, Part, ReportOptions, Room
from sto_desktop.report.content.context import ReportContext
from sto_desktop.report.content.file_names import report_file_name
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.content.setups import options_of, options_text
from sto_desktop.report.look.dress import dress_of
from sto_desktop.report.look.look import LOOKS
from tests.report.panels import MEMBERS, NOTES, bare, example, member, note, overfull

EVERYTHING = frozenset(Part)


def made(form: Form, content: PanelContent | None = None, **options: object) -> Document:
    return panel_report(content or example(), ReportOptions(form=form, **options))  # type: ignore[arg-type]


def text(document: Document) -> str:
    """All words of a document, with a number for each reference that a writer fills in."""
    return "\n".join(words for block in filled(document) for words in texts_of(block))


def filled(document: Document) -> list[Block]:
    """The blocks of a document with words in place of every reference."""

    def words(said: Text) -> Text:
        return said if isinstance(said, str) else tuple(fill(part) for part in said)

    def fill(part: str | TextSpan) -> str | TextSpan:
        return replace(part, text="1.1") if isinstance(part, TextSpan) and part.target and not part.text else part

    def block_of(block: Block) -> Block:
        match block:
            case Paragraph():
                return replace(block, text=words(block.text))
            case ItemList():
                return replace(block, items=tuple(map(words, block.items)))
            case Table():
                return replace(block, rows=tuple(tuple(map(words, row)) for row in block.rows))
        return block

    return [block_of(block) for block in document.blocks]


def references(document: Document) -> tuple[set[str], set[str]]:
    """The bookmarks to which a document refers, and those that it defines."""
    wanted, there = set(), set()
    for block in document.blocks:
        if isinstance(block, Heading | Table | Figure):
            there.add(block.bookmark)
        texts: list[Text] = []
        if isinstance(block, Paragraph):
            texts = [block.text]
        elif isinstance(block, ItemList):
            texts = list(block.items)
        elif isinstance(block, Table):
            texts = [cell for row in block.rows for cell in row]
        wanted |= {
            part.target for said in texts if not isinstance(said, str) for part in said if isinstance(part, TextSpan)
        }
    return wanted - {""}, there


def headings(document: Document, level: int = 1) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == level]


def with_notes(*notes: object) -> PanelContent:
    return replace(example(), notes=notes)  # type: ignore[arg-type]


# Kort


def test_short_has_the_most_important_first() -> None:
    document = made(Form.SHORT)
    assert headings(document) == [
        "Wat het panel zegt",
        "Aanbevelingen",
        "Afspraken",
        "Wie er spraken",
        "Over dit verslag",
    ]
    head = document.blocks[0]
    assert isinstance(head, Cover)
    assert not head.page
    assert head.title == "Kort verslag panelgesprek Zuid"
    assert not any(isinstance(block, Table | Figure) for block in document.blocks)


def lines_of(document: Document) -> float:
    """The number of lines of 88 characters that a document takes; a heading counts for three."""
    total = 0.0
    for block in document.blocks:
        if isinstance(block, Heading):
            total += 3 if block.level == 1 else 2.4
        elif isinstance(block, Cover):
            total += 6
        elif isinstance(block, ItemList):
            total += sum(-(-len(plain(item)) // 88) + 0.25 for item in block.items)
        elif isinstance(block, Paragraph):
            total += -(-len(plain(block.text)) // 88) + 0.5
    return total


@pytest.mark.parametrize("length", [20, 200, 5000])
def test_short_stays_within_two_pages_and_says_what_is_left_out(length: int) -> None:
    whole = overfull(length)
    document = made(Form.SHORT, whole, with_also=EVERYTHING)
    assert lines_of(document) < 98
    for theme in whole.guide.themes[1:4]:
        assert theme.title in headings(document, 2)
    assert re.search(r"andere inzichten staan in het uitgebreide verslag\.", text(document))
    assert re.search(r"andere afspraken staan in het uitgebreide verslag\.", text(document))


def test_what_parts_of_the_short_form_leave_goes_to_those_that_need_more() -> None:
    def insights(content: PanelContent) -> int:
        blocks = made(Form.SHORT, content, room=Room(share=0.65)).blocks
        end = next(
            at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.text == "Aanbevelingen"
        )
        return sum(len(block.items) for block in blocks[:end] if isinstance(block, ItemList))

    whole = overfull(5000)
    quiet = replace(whole, notes=tuple(note for note in whole.notes if not note.kind.is_agreed))
    few = replace(quiet, recommendations=quiet.recommendations[:2])
    assert insights(few) > insights(whole)
    assert lines_of(made(Form.SHORT, few)) < 98


def test_questions_of_the_built_in_guide_have_the_apostrophe_of_the_document_and_what_was_typed_its_own() -> None:
    guide = builtin_guide()
    typed = note("n", guide.themes[1].questions[0].id, "Zo'n les helpt.", [1])
    content = replace(example(), guide=guide, notes=(typed,), insights=(), recommendations=(), playbacks=())
    said = text(made(Form.EXTENDED, content, with_also=frozenset({Part.GUIDE})))
    assert "scholen en subregio’s u in uw werk" in said
    assert "zo’n samenwerking slaagt" in said
    assert "Zo'n les helpt." in said
    assert "subregio's" not in said


def test_a_short_summary_keeps_to_its_room_after_the_foremost_of_each_theme() -> None:
    blocks = made(Form.SHORT, overfull(5000), room=Room(share=0.65)).blocks
    end = next(at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.text == "Aanbevelingen")
    lists = [block.items for block in blocks[:end] if isinstance(block, ItemList)]
    assert [len(items) for items in lists] == [2, 2, 1]
    # 36 lines in the program's own style; a heading takes 2.2, an item a quarter more than its text.
    assert sum(2.2 + sum(-(-len(plain(item)) // 88) + 0.25 for item in items) for items in lists) <= 36 * 0.65


# Notulen


def at(minute: int) -> dt.datetime:
    return dt.datetime(2024, 3, 1, 15, minute)


def test_minutes_are_in_order_of_time_with_a_heading_where_the_theme_changes() -> None:
    content = with_notes(
        note("n1", "technolab-yield", "Eerst dit.", [2], captured_at=at(10)),
        note("n3", "technolab-yield", "Daarna weer hier.", [1], captured_at=at(30)),
        note("n2", "beeld-yield", "Toen dat.", [3], captured_at=at(20)),
        note("n4", None, "Wanneer was dit?"),
    )
    document = made(Form.MINUTES, content)
    assert headings(document, 2) == [
        "Samenwerking primair onderwijs en Technolab",
        "Beeldvorming techniek en technologie",
        "Samenwerking primair onderwijs en Technolab",
        "Zonder tijdstip",
        "Wat panelleden het belangrijkst vonden",
    ]
    found = text(document)
    assert "15.10\u2002Eerst dit. –\u00a0een docent vmbo" in found
    assert [found.index(words) for words in ("Eerst", "Toen", "Daarna", "Wanneer")] == sorted(
        found.index(words) for words in ("Eerst", "Toen", "Daarna", "Wanneer")
    )


def test_minutes_name_those_present_only_in_full() -> None:
    assert "Saïda el Amrani" not in text(made(Form.MINUTES))
    assert "Aan het gesprek namen zes panelleden deel." in text(made(Form.MINUTES))
    assert "Saïda el Amrani" in text(made(Form.MINUTES, naming=NameMode.FULL))


@pytest.mark.parametrize("naming", NameMode)
def test_minutes_have_what_minutes_have(naming: NameMode) -> None:
    panel = replace(example().panel, declined="Saïda el Amrani was ziek", others_present="een stagiair")
    content = with_notes(
        note("n1", "technolab-yield", "Bel de school.", [2], kind=NoteKind.ACTION, owner="Saïda el Amrani",
             due=dt.date(2024, 5, 1)),
        note("n2", "technolab-yield", "Mail de ouders.", kind=NoteKind.ACTION, owner="Vmbo-college Zuid"),
        note("n3", "technolab-yield", "Wie betaalt de bus?", parked=True, owner="Jurre Kolkman", answer="de gemeente"),
    )  # fmt: skip
    document = made(Form.MINUTES, replace(content, panel=panel), naming=naming)
    assert headings(document) == ["Aanwezig en afwezig", "Verloop van het gesprek", "Afspraken", "Open vragen"]
    found = text(document)
    assert "Aan het gesprek namen zes panelleden deel." in found
    assert "Ook aanwezig: een stagiair." in found
    assert "Afwezig: één genodigde. Met kennisgeving: " in found
    tables = {block.caption: block for block in document.blocks if isinstance(block, Table)}
    agreed = [tuple(map(plain, row)) for row in tables["Wie wat doet, en wanneer"].rows]
    someone = "Saïda el Amrani" if naming is NameMode.FULL else agreed[0][1]
    assert agreed == [("Bel de school.", someone, "1 mei 2024"), ("Mail de ouders.", "Vmbo-college Zuid", "–")]
    (asked,) = tables["Wat nog wordt uitgezocht"].rows
    assert tuple(map(plain, asked)) == ("Wie betaalt de bus?\nAntwoord: de gemeente.", "Een panellid", "–")
    assert "Kolkman" not in found
    assert naming is NameMode.FULL or "Saïda" not in found


def test_beside_who_does_it_stands_not_who_said_it() -> None:
    said = note("n1", "technolab-yield", "Bel de school.", [3], [2], kind=NoteKind.ACTION, owner="Vmbo-college Zuid")
    found = text(made(Form.EXTENDED, with_notes(said)))
    assert "Bel de school. – wie: Vmbo-college Zuid\n" in found.replace("\xa0", " ")


UNDER = st.sampled_from([item.question for item in NOTES])
SEATS = st.lists(st.integers(1, 8), max_size=3)
MADE = st.builds(
    lambda number, under, says, kind, minute, parked, aside: note(
        f"x{number}", under, f"Woorden nummer {number} van iemand.", says, kind=kind,
        captured_at=None if minute is None else at(minute), parked=parked, set_aside=aside,
    ),
    st.integers(0, 10**9), UNDER, SEATS, st.none() | st.sampled_from(NoteKind), st.none() | st.integers(0, 59),
    st.booleans(), st.booleans(),
)  # fmt: skip


@hypothesis.example(
    [note("x0", "welkom-kennismaking", "Woorden nummer 0 van iemand.", kind=NoteKind.OBSERVATION)], NameMode.ROLE
)
@given(st.lists(MADE, max_size=12, unique_by=lambda item: item.id), st.sampled_from(NameMode))
def test_any_notes_stand_once_in_the_minutes(notes: list[object], naming: NameMode) -> None:
    content = with_notes(*notes)
    bundled = replace(content, notes=content.notes[:1] and (replace(content.notes[0], bundled=content.notes[1:]),))
    for one in (content, bundled):
        # Agreements and open questions are told again, as what is to be done.
        again = frozenset({Part.ACTIONS, Part.OPEN_QUESTIONS})
        options = ReportOptions(Form.MINUTES, with_also=frozenset({Part.OBSERVATIONS}), without=again, naming=naming)
        found = text(panel_report(one, options))
        assert all(found.count(item.text) == 1 for item in notes)  # type: ignore[attr-defined]


def test_observations_that_are_left_out_are_told() -> None:
    assert "Eén observatie van de notulist is weggelaten." in text(made(Form.MINUTES))
    also = frozenset({Part.OBSERVATIONS})
    assert "weggelaten" not in text(made(Form.MINUTES, with_also=also))
    assert "Iemand zat vooral op de telefoon." in text(made(Form.MINUTES, with_also=also))


# Parts


def test_parts_come_in_the_order_and_under_the_names_that_were_chosen() -> None:
    options = ReportOptions().renamed(Part.CONCLUSIONS, "Slotsom").moved(Part.CONCLUSIONS, 2)
    options = options.renamed(Part.COVER, "Panelverslag Zuid").moved(Part.ACTIONS, 0)
    document = panel_report(example(), options)
    assert document.title == "Panelverslag Zuid"
    heading_texts = headings(document)
    assert heading_texts.index("Afspraken") < heading_texts.index("Slotsom") < heading_texts.index("Samenvatting")
    # A separated part is a chapter of its own; consecutive parts form one chapter.
    assert "Aanbevelingen en open vragen" in heading_texts


def test_a_name_that_is_its_own_again_is_no_name_of_its_own() -> None:
    options = ReportOptions().renamed(Part.SUMMARY, "Kern")
    assert options.renamed(Part.SUMMARY, "Samenvatting") == options.renamed(Part.SUMMARY, " ") == ReportOptions()
    back = ReportOptions().moved(Part.SUMMARY, 0).moved(Part.SUMMARY, list(Part).index(Part.SUMMARY))
    assert back == ReportOptions()


@st.composite
def _options(draw: st.DrawFn) -> ReportOptions:
    form = draw(st.sampled_from(Form))
    options = ReportOptions(form, naming=draw(st.sampled_from(NameMode)), figures=draw(st.booleans()))
    for part in draw(st.lists(st.sampled_from(PARTS[form]), max_size=4)):
        options = options.with_part(part, draw(st.booleans()))
        options = options.renamed(part, draw(st.text("abc é\n", max_size=6)))
        options = options.moved(part, draw(st.integers(0, len(PARTS[form]) - 1)))
    return options.with_decisions(draw(st.dictionaries(st.text(max_size=5), st.booleans(), max_size=3)))


@given(_options())
def test_a_setup_is_read_back_as_it_was_and_makes_a_document(options: ReportOptions) -> None:
    setups = {options.form.value: options_text(options), "NAMES": decisions_text(options.decisions)}
    assert options_of(setups, options.form) == options
    assert decisions_of(setups) == options.decisions
    document = panel_report(example(), options)
    wanted, there = references(document)
    assert wanted <= there
    assert {part for part in Part if options.includes(part)} <= set(options.parts)
    assert not [block for block in document.blocks if isinstance(block, Heading) and not block.text.strip()]


@pytest.mark.parametrize("kept", ["", "null", "[1]", "{", '{"order": 3, "titles": [1], "naming": 7, "with": ["GONE"]}'])
def test_a_setup_that_makes_no_sense_is_the_forms_own(kept: str) -> None:
    assert options_of({"SHORT": kept, "NAMES": kept}, Form.SHORT) == ReportOptions(Form.SHORT)


# Status


def test_status_version_and_reaction_term_are_told() -> None:
    content = example()
    panel = replace(content.panel, report_version="2", reaction_until=dt.date(2024, 4, 2))
    concept = made(Form.EXTENDED, replace(content, panel=panel), made_on=dt.date(2024, 3, 12))
    cover = concept.blocks[0]
    assert isinstance(cover, Cover)
    assert cover.status == "Concept 2, 12 maart 2024"
    assert ("Reageren", "tot en met 2 april 2024") in cover.details
    assert "Panelleden kunnen tot en met 2 april 2024 op dit concept reageren." in text(concept)
    final = made(Form.EXTENDED, replace(content, panel=replace(panel, status=PanelStatus.FINAL)))
    assert isinstance(final.blocks[0], Cover)
    assert final.blocks[0].status == "Vastgesteld, versie 2"
    assert "reageren" not in text(final)
    agreed = replace(panel, status=PanelStatus.FINAL, confirmed_on=dt.date(2024, 4, 9))
    settled = made(Form.EXTENDED, replace(content, panel=agreed))
    assert isinstance(settled.blocks[0], Cover)
    assert settled.blocks[0].status == "Vastgesteld, versie 2, met akkoord van het panel op 9 april 2024"


@pytest.mark.parametrize("form", Form)
def test_every_form_tells_that_the_panel_confirmed_it(form: Form) -> None:
    content = example()
    assert "bevestigd" not in text(made(form, content))
    confirmed = replace(content, panel=replace(content.panel, confirmed_on=dt.date(2024, 4, 9)))
    assert "evestigd op 9 april 2024" in text(made(form, confirmed)) or "op 9 april 2024 bevestigd" in text(
        made(form, confirmed)
    )


def test_the_account_tells_what_is_known_and_no_more() -> None:
    content = example()
    panel = replace(content.panel, selection="gevraagd door de subregio", invited=8, recording="geen opname")
    document = made(Form.EXTENDED, replace(content, panel=panel))
    table = next(block for block in document.blocks if isinstance(block, Table) and "verwerkt" in block.caption)
    rows = {plain(row[0]): plain(row[1]) for row in table.rows}
    assert rows["Keuze van de panelleden"] == "Gevraagd door de subregio."
    assert rows["Deelnemers"] == "Zes van de acht genodigden."
    assert "Twee genodigden waren er niet bij." in text(document)
    assert rows["Opname"] == "Geen opname."
    assert "Niet deelgenomen" not in rows
    assert not [block for block in made(Form.EXTENDED, bare()).blocks if isinstance(block, Table)]


def test_a_conclusion_over_all_themes_stands_under_its_question() -> None:
    whole = InsightContent(Insight(id="w", panel="panel", aspect=Aspect.YIELD, text="Overal werd meer gedaan"))
    content = replace(example(), insights=(*example().insights, whole))
    document = made(Form.EXTENDED, content)
    blocks = list(document.blocks)
    at_question = next(
        number
        for number, block in enumerate(blocks)
        if isinstance(block, Heading) and block.text == "Wat is de opbrengst van STO Twente?"
    )
    following = blocks[at_question + 1]
    assert isinstance(following, Paragraph)
    assert plain(following.text).startswith("Overal werd meer gedaan.")


# Names


FORMS_AND_NAMES = list(itertools.product(Form, NameMode))


def gossip() -> PanelContent:
    """The example with a name of every member in every text."""
    said = "Dat zei Loïs Blömer tegen mevrouw El Amrani, Kolkmans baas, Ferry Lozinski en W. Hoge Venne; Root ook."
    content = example()
    first = replace(content.panel, place=f"Bij Jurre Kolkman. {said}", remarks=said, selection=said, declined=said)
    return replace(
        content,
        panel=first,
        panelists=tuple(replace(item, first_name=item.name.split()[0]) for item in content.panelists),
        notes=tuple(replace(item, note=replace(item.note, text=f"{item.text} {said}", heading=said)) for item in NOTES),
        insights=tuple(replace(insight, insight=replace(insight.insight, text=said)) for insight in content.insights),
        recommendations=tuple(
            replace(
                recommendation,
                recommendation=replace(recommendation.recommendation, text=said, owner="Ferry", first_step=said),
            )
            for recommendation in content.recommendations
        ),
        playbacks=tuple(replace(playback, text=said) for playback in content.playbacks),
        debriefs=tuple(replace(debrief, stood_out=said) for debrief in content.debriefs),
    )


@pytest.mark.parametrize(("form", "naming"), FORMS_AND_NAMES)
def test_no_name_stands_where_none_may(form: Form, naming: NameMode) -> None:
    content = gossip()
    also = EVERYTHING - ({Part.MEMBERS} if naming is not NameMode.FULL else set())
    options = ReportOptions(form, with_also=also, naming=naming, counts=True)
    document = panel_report(content, options)
    name = naming_of(content, naming)
    # The cover tells who led and who noted, as COREQ asks.
    led = (content.panel.moderator, content.panel.note_taker)
    watch = Watch(name.hidden, (*led, *(member.name for member in MEMBERS if name.shows_name(member))))
    told = (*texts_of_document(document), report_file_name(content, options))
    assert watch.remaining(("", words) for words in told) == ()
    found = text(document)
    for hidden in ("Kolkman", *(("Blömer", "Amrani", "Lozinski", "Łoziński") if naming is not NameMode.FULL else ())):
        assert hidden not in found


def test_pseudonyms_are_the_same_through_the_whole_verslag_and_hide_the_list() -> None:
    document = made(Form.EXTENDED, naming=NameMode.PSEUDONYM, with_also=EVERYTHING)
    content = text(document)
    assert re.search(r"Panellid [A-G], met bijval van Panellid [A-G]", content)
    assert "Loïs" not in content
    assert not [block for block in document.blocks if isinstance(block, Table) and block.caption == "Panelleden"]


# Figures


@given(st.lists(st.sampled_from(["po", "vmbo", "mbo", "bedrijf", ""]), max_size=9))
def test_no_figure_is_about_one_member(sectors: list[str]) -> None:
    members = tuple(member(seat, f"Naam{seat}", sector, "", "") for seat, sector in enumerate(sectors, 1))
    content = replace(example(), panelists=members)
    groups = ReportContext.of(content, ReportOptions()).sector_groups
    sizes = [list(groups.values()).count(name) for name in set(groups.values())]
    assert all(size > 1 for size in sizes)
    assert not groups or (len(groups) == len(members) and len(sizes) > 1)


def test_figures_say_in_numbers_and_words_who_is_behind_what() -> None:
    more = (*MEMBERS, member(7, "Bo Zeven", "bedrijf", "", ""), member(8, "Cees Acht", "po", "", ""))
    named = tuple(replace(item, consent_name=Consent.YES) for item in more)
    content = replace(example(), panelists=named)
    figures = [block for block in made(Form.EXTENDED, content).blocks if isinstance(block, Figure)]
    assert figures
    for figure in figures:
        assert all(len(series.values) == len(figure.categories) for series in figure.series)
        assert all(category.rstrip("….") in figure.description for category in figure.categories)
        assert [len(row) for row in figure.table().rows] == [len(figure.series) + 1] * len(figure.categories)
    sectors = {series.name for figure in figures for series in figure.series}
    assert OTHERS in sectors
    assert not {"gemeente", "mbo"} & sectors
    without = made(Form.EXTENDED, content, figures=False)
    assert not [block for block in without.blocks if isinstance(block, Figure)]


def test_counts_of_notes_are_only_there_when_asked_for_and_say_what_they_are() -> None:
    also = frozenset({Part.NOTES})
    assert "Aantal notities" not in text(made(Form.EXTENDED, with_also=also))
    assert "Aantal notities per thema, voor zover genoteerd" in text(made(Form.EXTENDED, with_also=also, counts=True))


# Reading


@pytest.mark.parametrize(("form", "naming"), FORMS_AND_NAMES)
@pytest.mark.parametrize("content", [example(), bare()], ids=["example", "bare"])
def test_it_reads_as_dutch(form: Form, naming: NameMode, content: PanelContent) -> None:
    document = panel_report(content, ReportOptions(form, with_also=EVERYTHING, naming=naming, counts=True))
    found = text(document)
    assert not re.search(r"\bNone\b|\b0 |\bgeen panelleden\b| {2}|\.\.(?!\.)|\( | ,| \.|een een|\bvan van\b", found), (
        found
    )
    wanted, there = references(document)
    assert wanted <= there
    blocks = [*document.blocks, Heading(1, "slot")]
    for heading, following in itertools.pairwise(blocks):
        if isinstance(heading, Heading) and isinstance(following, Heading):
            assert following.level > heading.level, heading.text
    levels = [block.level for block in document.blocks if isinstance(block, Heading)]
    assert all(after - before <= 1 for before, after in itertools.pairwise([0, *levels]))


TEXTS = st.text(max_size=60)


@given(st.sampled_from(Form), st.sampled_from(NameMode), st.lists(TEXTS, min_size=6, max_size=6))
def test_any_text_makes_a_document_without_empty_pieces(form: Form, naming: NameMode, words: list[str]) -> None:
    content = example()
    content = replace(
        content,
        panel=replace(content.panel, title=words[0], place=words[1], report_version=words[2], selection=words[3]),
        notes=tuple(
            replace(item, note=replace(item.note, text=words[number % 6])) for number, item in enumerate(NOTES)
        ),
        insights=tuple(
            replace(insight, insight=replace(insight.insight, text=words[4])) for insight in content.insights
        ),
        panelists=tuple(
            replace(item, name=words[number % 6], consent_name=Consent.NO) for number, item in enumerate(MEMBERS)
        ),
    )
    document = panel_report(content, ReportOptions(form, with_also=EVERYTHING, naming=naming))
    for block in document.blocks:
        if isinstance(block, ItemList):
            assert block.items
            assert all(plain(item).strip() for item in block.items)
        if isinstance(block, Heading | Paragraph):
            assert plain(block.text).strip()


def test_positions_do_not_matter_for_notes_at_the_same_moment() -> None:
    same = [note(f"n{number}", "technolab-yield", f"Zin {number}.", captured_at=at(1)) for number in (2, 1)]
    placed = [replace(item, note=replace(item.note, position=Position("technolab-yield", item.id))) for item in same]
    content = text(made(Form.MINUTES, with_notes(*placed)))
    assert content.index("Zin 1.") < content.index("Zin 2.")


def test_what_the_panel_added_to_a_summary_stands_under_it_and_not_also_under_its_question() -> None:
    content = text(made(Form.EXTENDED))
    assert "deels.\nHet panel vulde daarbij aan:\nOok de ouders horen de data te weten." in content
    assert content.count("Ook de ouders horen") == 1
    assert "Ook de ouders horen de data te weten. –\u00a0aanvulling op de samenvatting" in text(made(Form.MINUTES))


def test_an_addition_to_a_summary_that_is_gone_stays_under_its_question() -> None:
    content = text(made(Form.EXTENDED, replace(example(), playbacks=())))
    assert "vulde daarbij aan" not in content
    assert content.count("Ook de ouders horen") == 1


@pytest.mark.parametrize("form", [Form.EXTENDED, Form.MINUTES])
def test_the_top_three_of_each_member_stands_at_the_end(form: Form) -> None:
    content = text(made(form, naming=NameMode.FULL))
    assert (
        "Wat panelleden het belangrijkst vonden\nT. op ’t Root: Vaste data, in juni al bekend; daarna: Minder papier."
        in content
    )
    # A member who may not be quoted has no name here, also not in what they chose.
    assert "Een panellid: Dat een panellid de bus regelt." in content
    assert "Wat panelleden" not in text(made(form, replace(example(), top_choices=())))


@pytest.mark.parametrize("form", [Form.EXTENDED, Form.MINUTES])
def test_who_came_later_or_left_earlier_is_told_with_the_time_and_by_name_only_where_people_are_named(
    form: Form,
) -> None:
    by_name = text(made(form, naming=NameMode.FULL))
    assert "Ferry Łoziński kwam om 15.50 uur en een panellid vertrok om 16.40 uur." in by_name
    for naming in (NameMode.ROLE, NameMode.PSEUDONYM):
        assert "Een panellid kwam om 15.50 uur en een panellid vertrok om 16.40 uur." in text(made(form, naming=naming))
    stayed = replace(example(), panelists=MEMBERS)
    assert "vertrok om" not in text(made(form, stayed))


def test_the_short_form_says_less_where_less_fits_and_tells_what_it_leaves_out() -> None:
    rooms = [dress_of(look).room() for look in LOOKS]
    assert [room == Room() for room in rooms] == [True, True, False]
    usual, large = (text(made(Form.SHORT, overfull(40), room=room)) for room in (rooms[0], rooms[2]))
    assert len(large) < len(usual)
    assert "in het uitgebreide verslag" in large
    for theme in ("Samenwerking primair onderwijs en Technolab", "Beeldvorming techniek en technologie"):
        assert theme in large
