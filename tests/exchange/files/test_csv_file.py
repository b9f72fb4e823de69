"""Text in columns as other programs write it, including its mistakes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.exchange.files.csv_file import MOST_ROWS, read_rows, split_rows
from sto_desktop.exchange.members.panelists_table import pasted_source, read_source
from sto_desktop.exchange.notes_source import read_notes_source, source_in

CELLS = st.text(st.sampled_from("ab;,\t|\"'\n\r é=sp"), max_size=12)


def no_headings(_: list[list[str]]) -> int:
    return 0


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6), st.sampled_from(";,\t|"))
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert split_rows(out.getvalue(), delimiter) == rows


@given(st.text(st.sampled_from('ab;"\n\r'), max_size=60))
def test_no_sign_of_any_text_is_lost_but_marks_and_ends(text: str) -> None:
    kept = "".join(cell for row in split_rows(text, ";") for cell in row)
    assert sorted(kept.replace('"', "").replace("\n", "").replace("\r", "").replace(";", "")) == sorted(
        sign for sign in text if sign in "ab"
    )


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('1;"nooit gesloten\n2;goed\n', [["1", '"nooit gesloten'], ["2", "goed"]]),
        ('1;"nooit gesloten\n2;"heel; goed"\n', [["1", '"nooit gesloten'], ["2", "heel; goed"]]),
        ('1;"half" open\n2;"twee\nregels"\n', [["1", '"half" open'], ["2", "twee\nregels"]]),
        ('1;een 2" buis\n', [["1", 'een 2" buis']]),
        ('1;"zij zei ""ja"""\n', [["1", 'zij zei "ja"']]),
        ("1;a\n\n2;b", [["1", "a"], [], ["2", "b"]]),
        ("1;", [["1", ""]]),
        ("", []),
    ],
)
def test_a_stray_quotation_mark_costs_its_own_cell_at_most(text: str, rows: list[list[str]]) -> None:
    assert split_rows(text, ";") == rows


def test_the_delimiter_is_the_one_that_is_stated_or_else_that_fits() -> None:
    assert read_rows("sep=,\na;b,c\n", no_headings) == [["a;b", "c"]]
    assert read_rows("a|b\nc|d;e\n", no_headings) == [["a", "b"], ["c", "d;e"]]


def test_a_stray_mark_leaves_the_other_members_and_notes_whole() -> None:
    members = (
        pasted_source('Naam;Organisatie;Sector\n"Jan;De Es;po\nLoïs;"Koeling; installatie";bedrijf\n').table().rows
    )
    assert [(row.name, row.text("organisation")) for row in members] == [
        ('"Jan', "De Es"),
        ("Loïs", "Koeling; installatie"),
    ]
    notes = source_in('Vraag;Notitie\nA;"Eén middag\nA;"Rust; ruimte"\n'.encode(), "x.csv").files[0]
    assert [text for section in notes.sections for text in section.notes] == ['"Eén middag', "Rust; ruimte"]


def test_of_a_file_with_too_many_rows_no_more_is_split_than_is_needed_to_refuse_it(tmp_path: Path) -> None:
    text = "Naam;Organisatie\n" + "Jan;ROC\n" * 60_000
    assert len(split_rows(text, ";")) == MOST_ROWS + 1
    file = tmp_path / "lang.csv"
    file.write_text(text)
    for read in (read_source, read_notes_source):
        with pytest.raises(ExchangeError, match="meer dan 20000 regels"):
            read(file)


def test_a_file_with_more_columns_than_any_list_is_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "breed.csv"
    file.write_text(";".join(["Naam"] * 30_000) + "\n" + ";".join(["Jan"] * 30_000) + "\n")
    for read in (read_source, read_notes_source):
        with pytest.raises(ExchangeError, match="meer dan 702 kolommen"):
            read(file)


def test_a_mark_that_closes_too_early_costs_its_own_cell_at_most() -> None:
    text = 'Naam;Bedrijf;Plaats\nIlse;"Vos; Metaal" BV;Losser\nBo;"Bos";Goor\n'
    assert read_rows(text, no_headings)[1:] == [["Ilse", "Vos; Metaal BV", "Losser"], ["Bo", "Bos", "Goor"]]
