"""Export of REFI-QDA: valid by the published schema, and by the rules that the schema can't check."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.refi.refi_check import problems
from sto_desktop.exchange.refi.refi_out import codebook_qdc, project_qdpx
from tests.exchange.refi.refi_support import (
    GUIDE,
    MOMENT,
    NS,
    QUESTIONS,
    assert_valid,
    full_panel,
    note,
    opened,
    panel,
    selected,
)

# All characters that the log can hold: emoji, right to left, combining, white space of all kinds.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(clean_text)


def written(*panels: PanelContent, names: NameMode | None = None) -> bytes:
    return project_qdpx("Proef", outgoing(panels, names), MOMENT)


def test_a_project_is_valid_and_selects_the_words_of_each_note() -> None:
    root, texts = opened(written(full_panel()))
    assert_valid(root)
    assert problems(root, texts) == ()
    words = [item.text for item in full_panel().notes if item.text.strip()]
    assert selected(root, texts) == words
    assert [etree.QName(child).localname for child in root] == [
        "Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Sets",
    ]  # fmt: skip


def test_themes_hold_questions_and_can_not_be_coded_with() -> None:
    root, _ = opened(written(full_panel()))
    themes = {code.get("name"): code for code in root.iterfind(f"{NS}CodeBook/{NS}Codes/{NS}Code")}
    for theme in GUIDE.themes:
        if theme.questions:
            assert themes[theme.title].get("isCodable") == "false"
            assert len(themes[theme.title].findall(f"{NS}Code")) == len(theme.questions)
    names = [code.get("name").casefold() for code in root.iter(f"{NS}Code")]
    assert len(names) == len(set(names))


def test_every_insight_and_recommendation_says_when_it_was_made_since_qualcoder_stops_at_one_that_does_not() -> None:
    notes = list(opened(written(full_panel()))[0].iterfind(f"{NS}Notes/{NS}Note"))
    assert len(notes) == 2
    said = {(note.get("creationDateTime"), note.get("modifiedDateTime")) for note in notes}
    assert said == {("2023-02-14T16:05:00Z", "2023-02-14T16:05:00Z")}


def test_the_same_dossier_twice_has_the_same_guids_and_another_order_too() -> None:
    first, second = full_panel(), panel(note(9, "Anders"), identity="ander", title="Panel West")
    assert written(first) == written(first)
    one, other = opened(written(first, second))[0], opened(written(second, first))[0]
    assert {element.get("guid") for element in one.iter()} == {element.get("guid") for element in other.iter()}


@pytest.mark.parametrize("names", [NameMode.FULL, NameMode.ROLE, NameMode.PSEUDONYM])
def test_who_may_not_be_named_is_nowhere_in_the_file(names: NameMode) -> None:
    content = written(full_panel(), names=names)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "Engbers" not in everything
    assert "Truus" not in everything
    # The two who may be named are Truus's company.
    assert not any(name in everything for name in ("Ömer Kaya", "Loïs Bos"))
    root, texts = opened(content)
    assert_valid(root)
    assert problems(root, texts) == ()


def test_who_is_not_quotable_has_no_quote() -> None:
    kinds = [code.get("name") for code in opened(written(full_panel(), names=NameMode.FULL))[0].iter(f"{NS}Code")]
    assert "citaat" not in kinds
    assert "citaat" in [code.get("name") for code in opened(written(full_panel()))[0].iter(f"{NS}Code")]


@given(st.lists(st.tuples(TEXTS, st.integers(-1, len(QUESTIONS) - 1), TEXTS), max_size=6))
def test_any_texts_give_a_valid_project(notes: list[tuple[str, int, str]]) -> None:
    made = [
        note(number, text, QUESTIONS[at].id if at >= 0 else None, tags=(tag,), heading="" if at >= 0 else tag)
        for number, (text, at, tag) in enumerate(notes)
    ]
    root, texts = opened(written(panel(*made)))
    assert_valid(root)
    assert problems(root, texts) == ()
    assert sorted(selected(root, texts)) == sorted(text for text, _, _ in notes if text.strip())


def test_an_empty_panel_and_two_with_everything_alike_are_valid() -> None:
    empty = PanelContent(Panel("leeg"), GUIDE)
    for panels in ([empty], [full_panel(), panel(identity="tweede")]):
        root, texts = opened(written(*panels))
        assert_valid(root)
        assert problems(root, texts) == ()


def test_a_code_book_holds_the_codes_of_the_project() -> None:
    root = etree.fromstring(codebook_qdc(outgoing([full_panel()], None)))
    assert root.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    assert problems(root, {}) == ()
    # The codes have the form that the schema of a project gives them.
    project = etree.fromstring(
        b'<Project xmlns="urn:QDA-XML:project:1.0" name="x">'
        + etree.tostring(root).replace(b"urn:QDA-XML:codebook:1.0", b"urn:QDA-XML:project:1.0")
        + b"</Project>"
    )
    book = project[0]
    book.attrib.pop("origin")
    assert_valid(project)


def test_what_the_schema_lets_pass_is_found() -> None:
    root, texts = opened(written(full_panel()))
    selection = next(root.iter(f"{NS}PlainTextSelection"))
    selection.set("endPosition", "99999")
    codes = list(root.iter(f"{NS}Code"))
    codes[1].set("guid", codes[0].get("guid"))
    next(root.iter(f"{NS}CodeRef")).set("targetGUID", "00000000-0000-0000-0000-000000000000")
    etree.SubElement(root, f"{NS}Graphs")
    found = " ".join(problems(root, texts))
    for said in ("is not within", "is there 2 times", "which is not there", "Graphs is empty"):
        assert said in found
    assert problems(root, {})


def test_qualcoder_gets_every_note_as_a_journal() -> None:
    # It takes a note with a file as a journal, reads its text from there, and fails on one without a time
    # (`parse_notes` in QualCoder's refi.py).
    root, texts = opened(written(full_panel(), panel(identity="tweede")))
    notes = list(root.iterfind(f"{NS}Notes/{NS}Note"))
    assert notes
    for element in notes:
        assert texts[element.get("plainTextPath").removeprefix("internal://")].strip()
        assert element.get("creationDateTime").endswith("Z")
    names = [element.get("name") for element in notes]
    assert len(set(names)) == len(names)


def test_who_speaks_has_a_code_with_the_guid_of_the_case_since_qualcoder_links_by_no_other() -> None:
    root, _ = opened(written(full_panel()))
    speaking = {
        case.get("guid"): {ref.get("targetGUID") for ref in case.iter(f"{NS}SelectionRef")}
        for case in root.iter(f"{NS}Case")
    }
    speaking = {guid: said for guid, said in speaking.items() if said}
    assert speaking
    codes = {code.get("guid"): code for code in root.iter(f"{NS}Code")}
    for guid, said in speaking.items():
        assert codes[guid].get("isCodable") == "true"
        coded = {
            selection.get("guid")
            for selection in root.iter(f"{NS}PlainTextSelection")
            if any(ref.get("targetGUID") == guid for ref in selection.iter(f"{NS}CodeRef"))
        }
        assert coded == said
    assert all(str(at).endswith("Z") for at in root.xpath("//@creationDateTime | //@modifiedDateTime"))


def test_two_members_with_one_label_who_say_the_same_are_one_case() -> None:
    both = (("p2", Stance.SAYS), ("p3", Stance.SAYS))
    root, texts = opened(written(panel(note(1, "Zij samen", QUESTIONS[0].id, voices=both)), names=NameMode.ROLE))
    assert_valid(root)
    assert problems(root, texts) == ()
