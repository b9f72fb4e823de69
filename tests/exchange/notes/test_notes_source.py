"""Notes from Word, Excel, csv and plain text: how they are imported, and what is refused."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.exchange.files.table_export import sheets_xlsx, table_csv
from sto_desktop.exchange.notes.lines.spoken import NotesFile, Section, Spoken
from sto_desktop.exchange.notes.notes_import import plan_import
from sto_desktop.exchange.notes.notes_table import LONGEST_TEXT
from sto_desktop.exchange.notes_source import NotesSource, read_notes_source, source_in
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.out.tables import Subject, table_of
from tests.exchange.notes.test_notes_markdown import after
from tests.exchange.refi.refi_support import GUIDE, MEMBERS, QUESTIONS, THEMES, full_panel, note, panel
from tests.packing import that_unpacks_to_more_than_it_states

TEXTS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
    .map(clean_text)
    .filter(lambda text: bool(text.strip()) and text == text.strip() and not text.startswith("'"))
)


def saved(tmp_path: Path, document: Any, name: str = "notities.docx") -> Path:
    path = tmp_path / name
    document.save(path)
    return path


def _notes_in(content: bytes, name: str) -> NotesSource:
    return source_in(content, name)


# Word


def test_headings_of_word_are_themes_and_questions_and_the_rest_are_notes(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Panel Oost", 0)
    document.add_paragraph("Datum: 14-2-2023")
    document.add_heading(THEMES[0].title, 1)
    document.add_heading("Wat kan beter?", 2)
    document.add_paragraph("+ Kinderen bouwen zelf. @1", style="List Bullet")
    document.add_paragraph("Te ver\nen te duur")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Links"
    table.cell(0, 1).text = "Rechts"
    source = read_notes_source(saved(tmp_path, document))
    (file,) = source.files
    assert (file.title, str(file.date)) == ("Panel Oost", "2023-02-14")
    assert file.sections == (
        Section(
            THEMES[0].title,
            "Wat kan beter?",
            ("+ Kinderen bouwen zelf. @1", "Te ver\nen te duur", "Links", "Rechts"),
        ),
    )
    edits, report = plan_import(file, PanelContent(Panel("panel"), GUIDE, MEMBERS))
    assert report.count == 4
    assert not report.unplaced
    first = next(edit for edit in edits if edit.table == "note")
    assert (first.values["text"], first.values["kind"]) == ("Kinderen bouwen zelf.", NoteKind.YIELD)
    assert [edit.values["panelist"] for edit in edits if edit.table == "voice"] == ["p1"]


def test_one_heading_over_all_others_is_the_title(tmp_path: Path) -> None:
    document = Document()
    for level, text in enumerate(("Verslag", "Thema", "Vraag"), 1):
        document.add_heading(text, level)
    document.add_paragraph("Een notitie")
    (file,) = read_notes_source(saved(tmp_path, document)).files
    assert (file.title, file.sections) == ("Verslag", (Section("Thema", "Vraag", ("Een notitie",)),))


def test_a_style_of_ones_own_that_is_based_on_a_heading_is_one(tmp_path: Path) -> None:
    document = Document()
    own = document.styles.add_style("Mijn kop", 1)
    own.base_style = document.styles["Heading 1"]
    document.add_paragraph("Beeldvorming", style=own)
    document.add_paragraph("Een notitie")
    (file,) = read_notes_source(saved(tmp_path, document)).files
    assert file.sections == (Section("Beeldvorming", "", ("Een notitie",)),)


def test_what_was_struck_out_is_no_note_and_comments_are_told(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Dit blijft")
    for tag, inside in (("ins", "<w:t> erbij</w:t>"), ("del", "<w:delText> eraf</w:delText>")):
        element = parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="x"><w:r>{inside}</w:r></w:{tag}>')
        paragraph._p.append(element)
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:commentReference w:id="0"/></w:r>'))
    source = read_notes_source(saved(tmp_path, document))
    assert source.files[0].sections == (Section("", "", ("Dit blijft erbij",)),)
    told = " ".join(source.told)
    assert "bijgehouden wijzigingen" in told
    assert "opmerkingen in de kantlijn" in told


def with_entry(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, content)
    return path


def test_macros_are_refused(tmp_path: Path) -> None:
    word = with_entry(saved(tmp_path, Document(), "a.docm"), "word/vbaProject.bin", b"x")
    book = Workbook()
    book.worksheets[0].append(["Thema", "Notitie"])
    excel = with_entry(saved(tmp_path, book, "a.xlsm"), "xl/vbaProject.bin", b"x")
    for path in (word, excel):
        with pytest.raises(ExchangeError, match="macro's"):
            read_notes_source(path)


@pytest.mark.parametrize("name", ["geheim.docx", "geheim.xlsx"])
def test_a_password_is_seen(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(ExchangeError, match="beveiligd met een wachtwoord"):
        read_notes_source(path)


def test_a_word_file_with_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "erg.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
            "<w:t>&x;</w:t></w:r></w:p></w:body></w:document>",
        )
    with pytest.raises(ExchangeError, match="buiten zichzelf"):
        read_notes_source(path)


def test_a_word_file_that_unpacks_to_more_than_it_states_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bom.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(40_000_000))
    path.write_bytes(that_unpacks_to_more_than_it_states(path.read_bytes(), "word/document.xml"))
    tracemalloc.start()
    with pytest.raises(ExchangeError, match="beschadigd"):
        read_notes_source(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


@pytest.mark.parametrize(("name", "content"), [("a.zip", {"x": b""}), ("b.docx", {"ppt/presentation.xml": b""})])
def test_another_kind_of_archive_is_explained(tmp_path: Path, name: str, content: dict[str, bytes]) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        for entry, inside in content.items():
            archive.writestr(entry, inside)
    with pytest.raises(ExchangeError, match="geen bestand met notities"):
        read_notes_source(path)


# Tables


def notes_in(file: NotesFile) -> list[Spoken]:
    return [item for section in file.sections for item in section.spoken]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_our_own_table_gives_the_same_notes(tmp_path: Path, form: str) -> None:
    ready = outgoing([full_panel()], None)
    path = tmp_path / f"uit.{form}"
    tables = [table_of(subject, ready) for subject in Subject]
    written = (
        table_csv(tables[0].rows) if form == "csv" else sheets_xlsx([(table.title, table.rows) for table in tables])
    )
    path.write_bytes(written)
    source = read_notes_source(path)
    (file,) = source.files
    empty = PanelContent(Panel("panel"), GUIDE, MEMBERS)
    edits, report = plan_import(file, empty)
    made = {edit.values["text"]: edit.values for edit in edits if edit.table == "note"}
    assert report.count == 5
    for item in full_panel().notes:
        if item.text.strip():
            values = made[item.text]
            assert values["kind"] is item.kind
            assert values["position"].parent == item.question
            assert (values["star"], values["parked"], values["set_aside"]) == (
                item.note.star,
                item.note.parked,
                item.note.set_aside,
            )
    voices = {(edit.values["panelist"], edit.values["stance"]) for edit in edits if edit.table == "voice"}
    assert voices == {
        ("p1", Stance.SAYS),
        ("p2", Stance.AGREES),
        ("p3", Stance.SAYS),
        ("p2", Stance.DISAGREES),
    }
    assert (form == "csv") or any("«Panelleden» niet" in said for said in source.told)


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_any_texts_come_back_from_csv_and_xlsx(texts: list[str]) -> None:
    content = panel(*(note(number, text, QUESTIONS[0].id) for number, text in enumerate(texts)))
    rows = table_of(Subject.NOTES, outgoing([content], None)).rows
    for written in (table_csv(rows), sheets_xlsx([("Notities", rows)])):
        (file,) = _notes_in(written, "x.csv").files
        assert [item.text for item in notes_in(file)] == texts


def test_a_table_of_words_alone_is_in_the_short_language(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Thema,Vraag,Opmerking\nBeeldvorming,Wat kan beter?,/ Te duur @1\n,,Los\n")
    (file,) = read_notes_source(path).files
    assert file.sections == (Section("Beeldvorming", "Wat kan beter?", ("/ Te duur @1",)), Section("", "", ("Los",)))


@pytest.mark.parametrize("empty", [0, 99, 300])
def test_labels_and_marks_beside_words_in_the_short_language_are_taken_over(empty: int) -> None:
    before = "".join(f"Notitie {number};;;\n" for number in range(empty))
    content = f"Notitie;Labels;Ster;Geparkeerd\n{before}/ Te duur @1 #geld;vervoer, geld;ja;x\n".encode()
    (file,) = _notes_in(content, "x.csv").files
    members = (Panelist("lid", "panel", seat=1, name="Loïs Bos"),)
    edits, report = plan_import(file, PanelContent(Panel("panel"), GUIDE, members))
    notes = [edit for edit in edits if edit.table == "note"]
    assert (len(notes), report.count) == (empty + 1, empty + 1)
    assert (notes[-1].values["text"], notes[-1].values["star"], notes[-1].values["parked"]) == ("Te duur", True, True)
    assert [edit.values["panelist"] for edit in edits if edit.table == "voice"] == ["lid"]
    assert {edit.values["name"] for edit in edits if edit.table == "tag"} == {"vervoer", "geld"}
    assert len([edit for edit in edits if edit.table == "note_tag"]) == 2


def test_a_column_may_be_called_anything_when_one_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Wat zei men;Blok;Notitie\nTe duur;Beeldvorming;niet dit\n")
    columns = {"text": "Wat zei men", "theme": "blok"}
    (file,) = read_notes_source(path, columns).files
    assert file.sections == (Section("Beeldvorming", "", ("Te duur",)),)
    with pytest.raises(ExchangeError, match="bovenaan staat «A» en «B»"):
        _notes_in(b"A;B\n1;2\n", "x.csv")


def test_formulas_stay_text_and_giant_cells_are_cut(tmp_path: Path) -> None:
    rows = [["Soort", "Notitie"], ["", "'=cmd|' /C calc'!A0"], ["vreemd", "x" * 200_000]]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    table = _notes_in(text.getvalue().encode(), "x.csv")
    first, second = notes_in(table.files[0])
    assert first.text == "=cmd|' /C calc'!A0"
    assert len(second.text) <= LONGEST_TEXT
    told = " ".join(table.about)
    assert "ingekort" in told
    assert "«vreemd»" in told


def test_formulas_of_a_workbook_are_not_run(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Thema", "Notitie"])
    sheet.append(["Beeldvorming", "gewoon"])
    sheet.append(["Beeldvorming", "=1+1"])
    table = read_notes_source(saved(tmp_path, book, "x.xlsx"))
    assert table.files[0].sections == (Section("Beeldvorming", "", ("gewoon",)),)
    assert any("formule" in said for said in table.about)


def test_notes_of_several_panels_go_each_to_their_own(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Panel;Notitie\nOost;een\nWest;twee\n")
    source = read_notes_source(path)
    assert [file.title for file in source.files] == ["Oost", "West"]
    west = PanelContent(Panel("panel", title="west"), GUIDE)
    assert source.seen(west)[1].sections == (Section("", "", ("twee",)),)
    with pytest.raises(ExchangeError, match="«Oost», «West»"):
        source.seen(PanelContent(Panel("panel", title="Noord"), GUIDE))


def test_who_is_named_by_role_alone_is_nobody() -> None:
    table = _notes_in("Zegt;Bijval;Notitie\neen docent vmbo;Loïs Bos;Te duur\n".encode(), "x.csv")
    assert notes_in(table.files[0])[0].voices == (("Loïs Bos", Stance.AGREES),)
    assert any("alleen met hun rol" in said for said in table.about)


def test_who_is_not_known_stays_an_unknown_speaker_and_is_found_later() -> None:
    file = _notes_in("Zegt;Notitie\nLoïs Bos;Te duur\n".encode(), "x.csv").files[0]
    content = PanelContent(Panel("panel"), GUIDE)
    edits, report = plan_import(file, content)
    (made,) = [edit for edit in edits if edit.table == "note"]
    assert (made.values["text"], made.values["said_by"]) == ("Te duur", "Loïs Bos")
    assert dict(report.strangers) == {"Loïs Bos": 1}
    assert any("Loïs Bos is geen panellid" in said for said in report.messages)
    known = replace(after(content, edits), panelists=(Panelist("lid", "panel", seat=1, name="Loïs Bos"),))
    edits, report = plan_import(file, known)
    assert (report.count, report.completed) == (0, 1)
    assert [edit.values["said_by"] for edit in edits if edit.table == "note"] == [""]
    assert [edit.values["panelist"] for edit in edits if edit.table == "voice"] == ["lid"]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for name in ("x.csv", "x.xlsx"):
        try:
            _notes_in(content, name)
        except ExchangeError:
            continue
