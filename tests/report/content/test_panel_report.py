"""The verslag of a panel: its content, how people are called, and what is left out."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.model import Insight, Panelist, Voice
from sto_desktop.domain.panel.content import InsightContent, PanelContent
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.vocabulary import Aspect, Consent, NoteKind, PanelStatus, Stance
from sto_desktop.report.blocks.blocks import (
    Contents,
    Cover,
    Document,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    ParagraphRole,
    Quote,
    Table,
    Text,
)
from sto_desktop.report.blocks.options import Form, Part, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from tests.report.panels import ABSENT, MEMBERS, NO, NOTES, YES, bare, example, member, note

NOTES_TOO = (Part.NOTES, Part.OBSERVATIONS)
ALL_TOO = (*NOTES_TOO, Part.DEBRIEF, Part.GUIDE, Part.MEMBERS)


def plain(text: Text) -> str:
    """Return the words of a text, with a number for each reference that a writer fills in."""
    return (
        text
        if isinstance(text, str)
        else "".join(part if isinstance(part, str) else part.text or "1.1" for part in text)
    )


def lines(document: Document) -> list[str]:
    """Every text of a document, in order."""
    found: list[str] = []
    for block in document.blocks:
        match block:
            case Cover():
                found += [block.title, block.subtitle, block.status, *(text for pair in block.details for text in pair)]
            case Contents():
                found.append(block.title)
            case Heading():
                found.append(block.text)
            case Paragraph():
                found.append(plain(block.text))
            case ItemList():
                found += [plain(item) for item in block.items]
            case Quote():
                found += [block.text, block.attribution]
            case Table():
                found += [block.caption, *block.header, *(plain(cell) for row in block.rows for cell in row)]
            case Figure():
                found += [block.caption, *block.categories, block.description, *(one.name for one in block.series)]
    return found


def text(document: Document) -> str:
    return "\n".join(lines(document))


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def annex(document: Document) -> str:
    """The notes and observations at the end; without notes of the panel only the observations."""
    after = lines(document)
    return "\n".join(after[min(after.index(part) for part in NOTES_TOO if part in after) :])


def report(
    content: PanelContent | None = None, also: tuple[Part, ...] = (), form: Form = Form.EXTENDED, **options: object
) -> Document:
    chosen = ReportOptions(form=form, with_also=frozenset(also), **options)  # type: ignore[arg-type]
    return panel_report(content or example(), chosen)


def recommendations(document: Document) -> Table:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return next(table for table in tables if table.caption == "Aanbevelingen van het panel")


def with_notes(*notes: object) -> PanelContent:
    return replace(example(), notes=notes)  # type: ignore[arg-type]


def test_the_parts_come_in_order() -> None:
    whole = report(also=ALL_TOO, naming=NameMode.FULL)
    chapters = [block.text for block in whole.blocks if isinstance(block, Heading) and block.level == 1]
    assert chapters == [
        "Samenvatting",
        "Over dit panelgesprek",
        "Samenwerking primair onderwijs en Technolab",
        "Beeldvorming techniek en technologie",
        "Conclusies",
        "Aanbevelingen, afspraken en open vragen",
        "Terugblik",
        "Gespreksleidraad",
        "Panelleden",
        "Alle notities",
        "Observaties van de notulist",
        "Tijdsverloop",
    ]


def test_cover_tells_which_panel_and_that_it_is_a_concept() -> None:
    cover = report().blocks[0]
    assert isinstance(cover, Cover)
    assert (cover.title, cover.status) == ("Verslag panelgesprek Zuid", "Concept")
    assert ("Datum", "1 maart 2024") in cover.details
    final = replace(example(), panel=replace(example().panel, status=PanelStatus.FINAL))
    assert report(final).blocks[0].status == "Vastgesteld"  # type: ignore[union-attr]


def test_an_insight_says_how_widely_it_was_shared_and_what_was_said_against_it() -> None:
    insights = [
        plain(block.text)
        for block in report().blocks
        if isinstance(block, Paragraph) and block.role is ParagraphRole.INSIGHT
    ]
    assert insights[0] == (
        "Kinderen komen vaker en onthouden het. Breed gedragen: alle zes panelleden. "
        "Tegengeluid: Een panellid vindt het vervoer te duur."
    )
    assert "Verdeeld: twee panelleden voor, één tegen." in insights[1]
    assert "Zonder vaste mensen gaat niets door. Eén stem: een panellid." in lines(report())


def test_a_conclusion_answers_its_central_question_with_the_voices_of_all_that_is_under_it() -> None:
    content = example()
    under = tuple(insight.id for insight in content.insights)
    drawn = InsightContent(Insight("conclusie", aspect=Aspect.YIELD, text="alles komt samen"), insights=under)
    document = report(replace(content, insights=(*content.insights, drawn)))
    report_lines = lines(document)
    # The summary has it too, before the conclusions.
    at = [number for number, line in enumerate(report_lines) if line.startswith("Alles komt samen. ")][-1]
    assert Aspect.YIELD.meaning.question in report_lines[at - 1]
    heard = {voice.panelist for item in content.notes if item.id in content.evidence(drawn)[0] for voice in item.voices}
    assert len(heard) > 2
    assert "panelleden" in report_lines[at]


@pytest.mark.parametrize("form", [Form.EXTENDED, Form.SHORT])
def test_no_claim_stands_without_what_was_said_against_it(form: Form) -> None:
    content = with_notes(
        note("n1", "technolab-yield", "Het gaat goed.", [1], [2, 3]),
        note("n2", "technolab-improvement", "Bij ons gaat het niet.", [4]),
    )
    narrow = InsightContent(Insight("eng", theme="technolab", text="Het gaat goed"), ("n1",), ("n2",))
    broad = InsightContent(Insight("breed", aspect=Aspect.YIELD, text="Alles bij elkaar is er veel bereikt"),
                           insights=("eng",))  # fmt: skip
    document = report(replace(content, insights=(narrow, broad)), form=form)
    claims = [line for line in lines(document) if line.startswith(("Het gaat goed", "Alles bij elkaar"))]
    claims = [line for line in claims if not line.startswith("Het gaat goed. –\u00a0een")]
    assert len(claims) >= 2
    assert all("egengeluid" in line for line in claims), claims
    if form is Form.EXTENDED:
        assert (
            "Alles bij elkaar is er veel bereikt. Breed gedragen: drie van de zes panelleden. "
            "Tegengeluid: Bij ons gaat het niet." in claims
        )


def test_a_chapter_counts_everybody_whom_its_insights_count() -> None:
    content = with_notes(
        note("n02", "technolab-yield", "Groep 7 komt nu zes keer per jaar.", [1], [2]),
        note("n07", "slot-slot", "Vaste data, in juni al bekend.", [3], [4]),
        note("n08", "technolab-improvement", "Het vervoer is te duur.", [5], [], [6]),
    )
    report_lines = lines(report(content))
    assert "Van alle zes panelleden is hierover iets genoteerd." in report_lines
    alone = with_notes(note("n03", "technolab-yield", "Leerkrachten pakken zelf weer een vijl.", [2]))
    assert "Van één van de zes panelleden is hierover iets genoteerd." in lines(report(alone))


def test_notes_say_who_spoke_by_role_and_who_agreed() -> None:
    report_lines = lines(report())
    assert (
        "Groep 7 komt nu zes keer per jaar, was twee keer. –\u00a0een panellid, met bijval van twee docenten vmbo"
        in report_lines
    )
    assert "Vaste data, in juni al bekend. –\u00a0een panellid, met bijval van het hele panel" in report_lines
    assert (
        "Een panellid vindt het vervoer te duur. –\u00a0een docent vmbo, tegengesproken door een panellid"
        in report_lines
    )
    content = with_notes(note("n1", "technolab-yield", "Ja.", [1], [4], [5]))
    said = "Ja. –\u00a0een panellid, met bijval van een ander panellid, tegengesproken door een ander panellid"
    assert said in lines(report(content))


@pytest.mark.parametrize(
    ("says", "agrees", "printed"),
    [
        ([2], [], "Docent vmbo: wil kleinere groepen"),
        ([2, 3], [], "Twee docenten vmbo: wil kleinere groepen"),
        ([2, 4], [], "Docent vmbo en een panellid: wil kleinere groepen"),
        ([4], [3], "Panellid: wil kleinere groepen –\u00a0met bijval van een docent vmbo"),
        ([], [3], "wil kleinere groepen –\u00a0met bijval van een docent vmbo"),
    ],
)
def test_a_note_that_begins_in_lower_case_stands_behind_its_speaker(
    says: list[int], agrees: list[int], printed: str
) -> None:
    content = with_notes(note("n1", "technolab-yield", "wil kleinere groepen", says, agrees))
    assert printed in lines(report(content))
    assert printed.split(" –")[0] in text(report(content, also=(Part.NOTES,), form=Form.MINUTES))
    said = with_notes(note("n1", "technolab-yield", "wil kleinere groepen", [2], kind=NoteKind.RECOMMENDATION))
    short = text(report(replace(said, recommendations=()), form=Form.SHORT))
    assert "Docent vmbo: wil kleinere groepen" in short


def test_whom_a_note_is_about_is_not_among_those_who_said_it() -> None:
    item = note("n1", "technolab-yield", "Volgens Saïda is het goed.", [2])
    about = Voice("v", note="n1", panelist="lid-3", stance=Stance.ABOUT)
    document = report(with_notes(replace(item, voices=(*item.voices, about))))
    assert "Volgens een docent vmbo is het goed. –\u00a0een docent vmbo" in lines(document)


def test_an_action_of_two_is_not_that_of_one_of_them() -> None:
    words = "Loïs en Jurre lunchen samen."
    item = note("n1", "technolab-yield", words, kind=NoteKind.ACTION, owner="Loïs Blömer")
    together = report(with_notes(item))
    assert "Twee panelleden lunchen samen." in lines(together)
    assert "wie:" not in text(together)
    minutes = report(with_notes(item), form=Form.MINUTES)
    table = next(block for block in minutes.blocks if isinstance(block, Table) and "Wie" in block.header)
    assert [plain(cell) for cell in table.rows[0]] == ["Twee panelleden lunchen samen.", "Twee panelleden", "–"]


def test_an_action_says_who_does_it_and_by_when_under_the_chosen_names() -> None:
    item = note("n1", "technolab-yield", "Bel de school.", kind=NoteKind.ACTION, owner="Saïda el Amrani",
                due=dt.date(2024, 5, 1))  # fmt: skip
    by_role = report(with_notes(item))
    assert "Bel de school. –\u00a0wie: een docent vmbo, vóór 1 mei 2024" in lines(by_role)
    assert "Saïda" not in text(by_role)
    short = report(with_notes(item), form=Form.SHORT)
    assert "Bel de school. –\u00a0wie: een docent vmbo, vóór 1 mei 2024" in lines(short)
    assert "Saïda" not in text(short)
    other = note("n2", "technolab-yield", "Mail de ouders.", kind=NoteKind.ACTION, owner="Wietske Hoge Venne")
    by_name = text(report(with_notes(item, other), naming=NameMode.FULL))
    assert "wie: Saïda el Amrani" in by_name
    # She may be named, but has no name all the same: see `crowd.shown`.
    assert "Wietske" not in by_name
    said = "Saïda belt vóór 1 mei de school."
    told = note("n1", "technolab-yield", said, kind=NoteKind.ACTION, owner="Saïda el Amrani", due=dt.date(2024, 5, 1))
    # Its words say both.
    assert "Een docent vmbo belt vóór 1 mei de school." in lines(report(with_notes(told)))
    later = replace(told, note=replace(told.note, text="Saïda belt vóór 11 mei de school."))
    assert "Een docent vmbo belt vóór 11 mei de school. –\u00a0vóór 1 mei 2024" in lines(report(with_notes(later)))


@pytest.mark.parametrize("form", Form)
def test_an_open_question_says_what_was_found_out_without_who_does_not_take_part(form: Form) -> None:
    item = note("n1", "technolab-yield", "Wie betaalt de bus?", [2], parked=True, owner="Saïda el Amrani",
                due=dt.date(2024, 5, 1), answer="de gemeente, zegt Saïda")  # fmt: skip
    content = with_notes(item)
    away = replace(MEMBERS[2], consent_participation=Consent.NO)
    content = replace(content, panelists=tuple(away if one.id == away.id else one for one in content.panelists))
    for naming in NameMode:
        found = text(report(content, (Part.OPEN_QUESTIONS,), form, naming=naming))
        assert "Wie betaalt de bus?" in found
        assert "ntwoord: " in found
        assert "Saïda" not in found


@pytest.mark.parametrize("naming", NameMode)
def test_written_input_follows_name_and_quote_and_no_role_points_at_its_writer(naming: NameMode) -> None:
    sent = replace(
        ABSENT, sector="vmbo", role="docent PIE", written="Vraag Saïda el Amrani ook eens. Zelf zie ik niets."
    )
    found = {}
    for named, quoted in itertools.product((YES, NO), repeat=2):
        member = replace(sent, consent_name=named, consent_quote=quoted)
        content = replace(example(), panelists=(*example().panelists[:-1], member))
        found[named, quoted] = told = text(report(content, naming=naming))
        assert "Op schrift gegeven." in told
        assert ("“Vraag" in told) is (quoted is YES and (naming is not NameMode.FULL or named is YES))
        assert ("Roelie Wegman" in told) is (named is quoted is YES and naming is NameMode.FULL)
        assert ("Vraag Saïda el Amrani" in told) is (naming is NameMode.FULL)
        tail = told[told.index("Op schrift gegeven") :][:200]
        assert "docent vmbo" not in tail.replace("Vraag een docent vmbo", "")
    # It counts nowhere: except for these lines the verslag is the same.
    without = text(report(naming=naming)).splitlines()
    more = [line for line in found[NO, NO].splitlines() if line not in without]
    assert len(more) <= 6, more


def test_by_name_names_those_who_may_be_named() -> None:
    content = text(report(naming=NameMode.FULL))
    # The only one who may not be named is not the only one without a name.
    assert "Loïs Blömer, met bijval van T. op ’t Root en Saïda el Amrani" in content
    assert "Kolkman" not in content
    assert "Wietske" not in content


def test_quotes_are_quotes_only_with_consent() -> None:
    quotes = [block for block in report().blocks if isinstance(block, Quote)]
    assert quotes == [Quote("“Ik hoor ze er op het plein nog over.”", "Een docent vmbo")]
    assert "Wij krijgen nu kinderen die weten wat een stroomkring is." in lines(report())


def test_a_quote_of_nobody_known_is_an_ordinary_note() -> None:
    content = with_notes(note("n1", "technolab-yield", "Wij gaan door.", kind=NoteKind.QUOTE))
    assert not [block for block in report(content).blocks if isinstance(block, Quote)]
    assert "Wij gaan door." in lines(report(content))


@pytest.mark.parametrize("naming", list(NameMode))
def test_a_member_without_consent_is_named_nowhere(naming: NameMode) -> None:
    content = example()
    everywhere = "Dat zei Jurre Kolkman, en meneer Kolkman ook."
    content = replace(
        content,
        panel=replace(content.panel, moderator="Jurre Kolkman", place="Bij Kolkman thuis"),
        insights=tuple(
            replace(insight, insight=replace(insight.insight, text=everywhere)) for insight in content.insights
        ),
        recommendations=tuple(
            replace(
                recommendation,
                recommendation=replace(recommendation.recommendation, owner="Jurre Kolkman", first_step=everywhere),
            )
            for recommendation in content.recommendations
        ),
        playbacks=tuple(replace(playback, text=everywhere) for playback in content.playbacks),
        debriefs=tuple(replace(debrief, stood_out=everywhere) for debrief in content.debriefs),
    )
    document = report(content, also=ALL_TOO, naming=naming)
    assert "Kolkman" not in text(document) + document.title + repr(document.properties)


def test_the_list_of_members_names_who_may_be_named_with_their_diacritics() -> None:
    def listed(*more: Panelist) -> list[list[str]]:
        content = replace(example(), panelists=(*example().panelists, *more))
        blocks = report(content, naming=NameMode.FULL).blocks
        table = next(block for block in blocks if isinstance(block, Table) and block.caption == "Panelleden")
        return [[plain(cell) for cell in row] for row in table.rows]

    names = ["Loïs Blömer", "T. op ’t Root", "Saïda el Amrani", "Wietske Hoge Venne", "Ferry Łoziński"]
    # A list of all names but one would reveal whose name is missing.
    assert [row[0] for row in listed()] == [*(name for name in names if "Wietske" not in name), "Twee panelleden"]
    shy = member(8, "Bo Acht", "bedrijf", "eigenaar", "Acht BV", NO)
    rows = listed(shy)
    assert [row[0] for row in rows[:-2]] == names[1:3]
    assert rows[-2:] == [["Twee panelleden", "–", "–", "bedrijf"], ["Drie panelleden", "–", "–", "–"]]
    other = member(9, "Cor Negen", "bedrijf", "monteur", "Negen BV", NO)
    third = member(10, "Do Tien", "gemeente", "wethouder", "Gemeente", NO)
    assert [row[3] for row in listed(shy, other, third)[-2:]] == ["bedrijf", "gemeente"]


@pytest.mark.parametrize("naming", [NameMode.ROLE, NameMode.PSEUDONYM])
def test_there_is_no_list_of_members_where_nobody_is_named(naming: NameMode) -> None:
    document = report(also=ALL_TOO, naming=naming)
    assert "Panelleden" not in headings(document)
    assert not [item.name for item in MEMBERS if item.name in text(document)]


def test_observations_stand_in_the_annex_alone() -> None:
    seen = "Iemand zat vooral op de telefoon."
    assert seen not in text(report())
    document = report(also=NOTES_TOO)
    assert text(document).count(seen) == 1
    assert annex(document).index("Observaties van de notulist") < annex(document).index(seen)


def test_a_debrief_needs_the_option_and_its_author() -> None:
    assert "Veel energie." not in text(report())
    assert "Wat viel op: Veel energie." in lines(report(also=(Part.DEBRIEF,)))
    assert "Niet voor buiten." not in text(report(also=(Part.DEBRIEF,)))


def test_the_annex_has_every_note_once() -> None:
    annex_text = annex(report(also=NOTES_TOO))
    for item in NOTES:
        words = item.text.replace("Jurre Kolkman", "Een panellid").replace("Saïda", "Een docent vmbo")
        assert annex_text.count(words) == 1, words
    assert annex_text.index("Niet ingedeeld") < annex_text.index("Losse gedachte over de bus.")
    assert "Wie betaalt straks de bus? –\u00a0verbeterpunt, geparkeerd" in annex_text
    assert "stond onder ‘Vervoer’" in annex_text


def test_the_body_leaves_out_what_was_put_aside_and_says_what_is_not_placed() -> None:
    document = report()
    assert "Dubbel opgeschreven." not in text(document)
    assert "Twee notities zijn nog niet bij een vraag ingedeeld en staan niet in dit verslag." in text(document)
    assert "ingedeeld en staan niet" not in text(report(also=NOTES_TOO))


def test_what_stands_in_the_report_all_the_same_is_not_told_as_left_out() -> None:
    left_out = "{} zijn nog niet bij een vraag ingedeeld en staan niet in dit verslag."
    agreed = [replace(note, kind=NoteKind.ACTION) if "de bus." in note.text else note for note in example().notes]
    loose = replace(example(), notes=tuple(agreed))
    unplaced = [note.text for note in loose.unassigned() if note.kind.is_panels]
    assert len(unplaced) == 2
    document = text(report(loose))
    assert [words for words in unplaced if words in document] == ["Losse gedachte over de bus."]
    one = "Eén notitie is nog niet bij een vraag ingedeeld en staat niet in dit verslag."
    assert (left_out.format("Twee notities") in document, one in document) == (False, True)


def test_recommendations_are_a_table_of_what_is_known_about_them() -> None:
    table = recommendations(report())
    assert table.header == ("Nr.", "Aanbeveling", "Eigenaar", "Planning", "Berust op")
    assert plain(table.rows[0][1]) == (
        "Neem het Technolabbezoek op in elk schoolplan.\n"
        "Eerste stap: Modeltekst maken.\nBorging: Staat in de jaarplanning."
    )
    only_text = replace(example(), recommendations=example().recommendations[1:])
    assert recommendations(report(only_text)).header == ("Nr.", "Aanbeveling", "Berust op")


def test_without_worked_out_recommendations_those_from_the_conversation_are_listed() -> None:
    content = replace(example(), recommendations=())
    assert "Deze aanbevelingen werden in het gesprek gedaan. Ze zijn nog niet uitgewerkt." in lines(report(content))


def test_actions_and_what_was_parked_have_places_of_their_own() -> None:
    report_lines = lines(report())
    assert report_lines.index("Afspraken") < report_lines.index(
        "Een docent vmbo stuurt de lijst rond vóór 1 mei. –\u00a0een docent vmbo"
    )
    assert report_lines.index("Open vragen") < report_lines.index("Wie betaalt straks de bus?")


def test_notes_without_insights_still_make_a_report() -> None:
    content = replace(
        example(), insights=(), recommendations=(), notes=tuple(item for item in NOTES if not item.note.star)
    )
    found = text(report(content))
    assert "De inzichten uit dit gesprek zijn nog niet uitgewerkt." in found
    assert "Wat het panel hierover zei, staat in de paragrafen 1.1 en 1.1." in found


def test_no_chapter_only_refers_to_other_chapters() -> None:
    notes = [item for item in NOTES if not item.note.star and item.question != "slot-slot"]
    document = report(replace(example(), insights=(), recommendations=(), top_choices=(), notes=tuple(notes)))
    assert "Conclusies" not in headings(document)


@pytest.mark.parametrize("part", list(Part))
def test_each_part_can_be_left_out(part: Part) -> None:
    sent = replace(ABSENT, written="Graag ook de havo.")
    content = replace(example(), panelists=(*example().panelists[:-1], sent))
    whole = report(content, also=ALL_TOO, naming=NameMode.FULL)
    less = report(content, also=ALL_TOO, naming=NameMode.FULL, without=frozenset({part}))
    assert len(less.blocks) < len(whole.blocks)


def test_nothing_at_all_gives_a_report_of_one_piece() -> None:
    document = report(bare(), also=ALL_TOO)
    assert headings(document) == ["Samenvatting", "Aanleiding en werkwijze"]


@pytest.mark.parametrize("content", [example(), bare()])
def test_no_traces_of_a_program_in_the_text(content: PanelContent) -> None:
    found = text(report(content, also=ALL_TOO))
    assert not re.search(r"\bNone\b|\bgeen panelleden\b|\b0 panelleden\b|  |\.\.(?!\.)|\( ", found)
    assert all(line.strip() for line in found.split("\n"))


def test_no_heading_is_empty() -> None:
    blocks = [*report(also=ALL_TOO).blocks, Heading(1, "slot")]
    for heading, following in itertools.pairwise(blocks):
        if isinstance(heading, Heading) and isinstance(following, Heading):
            assert following.level > heading.level, heading.text


def test_the_same_content_gives_the_same_document() -> None:
    assert report(also=NOTES_TOO) == report(also=NOTES_TOO)


KINDS = st.none() | st.sampled_from(NoteKind)
UNDER = st.sampled_from([item.question for item in NOTES])
SEATS = st.lists(st.integers(1, 8), max_size=4)
MADE = st.builds(
    lambda at, under, says, agrees, denies, kind, flags: note(
        f"x{at}", under, f"Woorden nummer {at} van iemand.", says, agrees, denies, kind,
        star=flags[0], parked=flags[1], set_aside=flags[2],
    ),
    st.integers(0, 10**9), UNDER, SEATS, SEATS, SEATS, KINDS, st.tuples(st.booleans(), st.booleans(), st.booleans()),
)  # fmt: skip


@pytest.mark.long
@hypothesis.example(
    [note("x0", "welkom-kennismaking", "Woorden nummer 0 van iemand.", kind=NoteKind.OBSERVATION)],
    [(Consent.YES,) * 2] * 6,
)
@given(
    st.lists(MADE, max_size=12, unique_by=lambda item: item.id),
    st.lists(st.tuples(st.sampled_from(Consent), st.sampled_from(Consent)), min_size=6, max_size=6),
)
def test_any_notes_stand_once_in_the_annex_and_nobody_is_named_without_consent(
    notes: list[object], consents: list[tuple[Consent, Consent]]
) -> None:
    members = tuple(
        replace(member, consent_name=named, consent_quote=quoted)
        for member, (named, quoted) in zip(MEMBERS, consents, strict=True)
    )
    content = replace(example(), notes=tuple(notes), panelists=members)  # type: ignore[arg-type]
    document = report(content, also=NOTES_TOO)
    whole = text(document)
    if notes:
        annex_text = annex(document)
        assert all(annex_text.count(item.text) == 1 for item in notes)  # type: ignore[attr-defined]
    assert not [item.name for item in members if item.consent_name is not Consent.YES and item.name in whole]


@pytest.mark.parametrize("naming", [mode for mode in NameMode if mode is not NameMode.FULL])
def test_the_order_in_which_voices_were_typed_changes_no_word_where_nobody_is_named(naming: NameMode) -> None:
    content, options = example(), ReportOptions(naming=naming, with_also=frozenset(ALL_TOO))
    turned = replace(content, notes=tuple(replace(item, voices=item.voices[::-1]) for item in content.notes))
    assert lines(panel_report(turned, options)) == lines(panel_report(content, options))
