"""Panel members from csv, xlsx and a paste, in the forms in which people really have them."""

import dataclasses
import io
import re
import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.log.change import Edit
from sto_desktop.domain.model import Guide, Panel, Panelist
from sto_desktop.domain.panel.content import GuideContent, PanelContent
from sto_desktop.domain.people import squeeze
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.files.table_export import table_csv
from sto_desktop.exchange.members.panelists_columns import CONSENTS, FIELDS, columns_of
from sto_desktop.exchange.members.panelists_import import plan_panelists
from sto_desktop.exchange.members.panelists_rows import PanelistsTable
from sto_desktop.exchange.members.panelists_table import pasted_source, read_source
from sto_desktop.exchange.out.outgoing import Outgoing
from sto_desktop.exchange.out.tables import Subject, table_of
from tests.packing import that_unpacks_to_more_than_it_states

DATA = Path(__file__).parents[1] / "data"
PANEL = Path(__file__).resolve().parents[2] / "data"
EXAMPLES = Path(__file__).resolve().parents[3] / "resources" / "example"
YES, NO, UNKNOWN = Consent.YES, Consent.NO, Consent.UNKNOWN
LIST = (
    "Stoel;Naam;Organisatie;Sector;Functie;Toestemming\n"
    "1;Loïs Bos;De Linde;po;leerkracht;ja\n"
    "2;Ömer Kaya;Oost;mbo;docent;nee\n"
)


def read_panelists(path: Path) -> PanelistsTable:
    """Read a list that has headings, as the command does."""
    return read_source(path, guess=False).table()


def after(existing: Iterable[Panelist], edits: Iterable[Edit]) -> list[Panelist]:
    members = {member.id: member for member in existing}
    for edit in edits:
        values = {name: value for name, value in edit.values.items() if name != "deleted"}
        members[edit.row] = dataclasses.replace(members.get(edit.row, Panelist(edit.row)), **values)
    return list(members.values())


def taken_in(table: PanelistsTable, existing: Iterable[Panelist] = ()) -> list[Panelist]:
    there = list(existing)
    return after(there, plan_panelists(table, "panel", there)[0])


def file_of(tmp_path: Path, content: bytes | str, name: str = "leden.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def workbook(tmp_path: Path, sheets: dict[str, list[list[Any]]], name: str = "leden.xlsx") -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / name)
    return tmp_path / name


def test_a_csv_file_as_excel_saves_it() -> None:
    table = read_panelists(DATA / "panelleden-zomerbeek.csv")
    edits, report = plan_panelists(table, "panel", [])
    lois, bep, pol, coen = after([], edits)
    assert (lois.name, lois.first_name, lois.seat, lois.sector) == ("Loïs van 't Erve", "Loïs", 1, "po")
    assert (bep.name, bep.first_name, bep.organisation) == (
        'Bernadette "Bep" Haverkate',
        "Bep",
        "Haverkate; staal en lassen",
    )
    assert (pol.name, pol.role) == ("D. Günes-Pol", "coördinator techniek")
    assert (coen.seat, coen.consent_name) == (4, UNKNOWN)
    assert report.messages == (
        "4 panelleden toegevoegd.",
        "Niet overgenomen, want hoe iemand te bereiken is hoort niet in een dossier: «E-mail».",
        "Bij toestemming staat «ja, mits eerst gelezen»; dat is als onbekend overgenomen.",
    )


def test_one_column_of_consent_is_about_being_named_and_quoted() -> None:
    lois, bep, pol, _ = taken_in(read_panelists(DATA / "panelleden-zomerbeek.csv"))

    def answers(member: Panelist) -> tuple[Consent, ...]:
        return (
            member.consent_participation,
            member.consent_name,
            member.consent_quote,
            member.consent_recording,
        )

    assert answers(lois) == (YES, YES, YES, UNKNOWN)
    assert answers(bep) == (UNKNOWN, NO, NO, UNKNOWN)
    assert answers(pol) == (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)


def test_a_column_for_each_answer(tmp_path: Path) -> None:
    text = "Naam\tDeelname\tNaam noemen\tCiteren\tOpname\nJan Bos\tja\tnee\tonbekend\tX\n"
    (jan,) = taken_in(read_panelists(file_of(tmp_path, text)))
    assert (jan.consent_participation, jan.consent_name, jan.consent_quote, jan.consent_recording) == (
        YES,
        NO,
        UNKNOWN,
        YES,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_list_is_read_in_any_usual_encoding_and_with_any_delimiter(
    tmp_path: Path, encoding: str, delimiter: str, newline: str
) -> None:
    text = LIST.replace(";", delimiter).replace("\n", newline)
    table = read_panelists(file_of(tmp_path, text.encode(encoding)))
    assert [(row.seat, row.name, row.text("role")) for row in table.rows] == [
        (1, "Loïs Bos", "leerkracht"),
        (2, "Ömer Kaya", "docent"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('sep=,\nNaam,Functie\n"Bos, Jan",docent\n', ["Jan Bos"]),
        ("Panelleden Zomerbeek;;\n;;\nNr;Naam deelnemer;School/bedrijf\n1;Jan Bos;Oost\n;;\n", ["Jan Bos"]),
        ("Voornaam;Tussenvoegsel;Achternaam\nJan;van der;Meer\nAn;;Bos\n", ["Jan van der Meer", "An Bos"]),
        ("Naam;Achternaam\nJan;Bos\n", ["Jan Bos"]),
        ("NAAM\nJan Bos\nAn Vos\n", ["Jan Bos", "An Vos"]),
        ('Naam;Organisatie\n"Nick" Wolter;Oost\nJan;"niet gesloten\nAn;West\n', ['"Nick" Wolter', "Jan", "An"]),
        ("Naam (volledig);Organisatie (of school)\nJan;Oost\n", ["Jan"]),
        ("Organisatie;Naam\nOost;\n;Jan\n;;;\n", ["", "Jan"]),
    ],
)
def test_lists_as_people_make_them(tmp_path: Path, text: str, names: list[str]) -> None:
    assert [row.name for row in read_panelists(file_of(tmp_path, text)).rows] == names


def test_what_is_missing_or_odd_is_said(tmp_path: Path) -> None:
    table = read_panelists(file_of(tmp_path, "Naam;Stoel\nJan;raam\n;2;x\nAn;3;extra\n" + "B" * 2000 + ";4\n"))
    assert table.messages == (
        "Niet overgenomen: «2 | x» (geen naam, organisatie of functie).",
        "De kolommen Organisatie, Sector, Functie en Toestemming ontbreken; die gegevens zijn leeg gelaten.",
        "Bij stoel staat «raam»; dat is geen stoelnummer.",
        "1 regel heeft meer cellen dan er koppen zijn; kijk die na, bijvoorbeeld «3».",
        "Cellen van meer dan 1000 tekens zijn afgekapt.",
    )
    table = read_panelists(file_of(tmp_path, "Naam;Organisatie;Sector;Functie\n;Oost;;docent\n"))
    assert table.messages == (
        "De kolom Toestemming ontbreekt; dat gegeven is leeg gelaten.",
        "De kolom Stoel ontbreekt; de stoelen zijn genummerd in de volgorde van de lijst.",
        "1 regel heeft geen naam; vul die zelf nog in.",
    )


def test_seats_are_given_once(tmp_path: Path) -> None:
    table = read_panelists(file_of(tmp_path, "Stoel;Naam\n1;Jan\n1;An\n;Bo\n3;Cor\n"))
    there = [Panelist("x", name="Al", seat=3)]
    edits, report = plan_panelists(table, "panel", there)
    assert {member.name: member.seat for member in after(there, edits)} == {
        "Al": 3,
        "Jan": 1,
        "An": 2,
        "Bo": 4,
        "Cor": 5,
    }
    assert report.details[-2:] == (
        "Stoel 1 was al bezet; An heeft stoel 2 gekregen.",
        "Stoel 3 was al bezet; Cor heeft stoel 5 gekregen.",
    )


def test_the_same_list_twice_changes_nothing_and_is_the_same_on_another_laptop(tmp_path: Path) -> None:
    table = read_panelists(file_of(tmp_path, LIST + ";Jan Bos;a;;;\n;Jan Bos;b;;;\n"))
    edits, _ = plan_panelists(table, "panel", [])
    assert plan_panelists(table, "panel", [])[0] == edits
    assert len({edit.row for edit in edits}) == 4
    again, report = plan_panelists(table, "panel", after([], edits))
    assert (again, report.count, report.same) == ((), 0, 4)
    assert report.messages[0] == "4 panelleden stonden er al en zijn niet veranderd."


def test_a_newer_list_updates_members_and_leaves_what_it_does_not_say(tmp_path: Path) -> None:
    there = [
        Panelist("a", name="LOIS BOS", first_name="Lo", seat=5, organisation="Oud", role="juf", consent_name=NO),
        Panelist("b", seat=2),
        Panelist("c", name="Bo", seat=1),
    ]
    table = read_panelists(file_of(tmp_path, LIST.replace("leerkracht", "")))
    edits, report = plan_panelists(table, "panel", there)
    lois, omer, bo = after(there, edits)
    assert (lois.name, lois.first_name, lois.organisation, lois.role) == ("Loïs Bos", "Lo", "De Linde", "juf")
    assert (lois.seat, bo.seat) == (3, 1)
    # A refused consent is only withdrawn in person, not by an old list.
    assert (lois.consent_name, lois.consent_quote) == (NO, YES)
    assert (omer.id, omer.name, omer.seat) == ("b", "Ömer Kaya", 2)
    assert (report.count, report.updated) == (0, 2)
    assert report.messages == (
        "2 panelleden bijgewerkt.",
        "Stoel 1 was al bezet; Loïs Bos heeft stoel 3 gekregen.",
        "Van Loïs Bos is een nee bij toestemming gehouden, ook al staat in de lijst ja.",
    )


def test_a_name_that_was_put_right_by_hand_stays(tmp_path: Path) -> None:
    table = read_panelists(file_of(tmp_path, LIST))
    lois, omer = taken_in(table)
    there = [dataclasses.replace(lois, name="Loïse Bos", first_name="Loïse"), omer]
    assert plan_panelists(table, "panel", there)[0] == ()


def test_a_list_in_excel_is_read_from_the_sheet_that_has_it(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Panel"],
        [],
        ["Stoel", "Naam", "Organisatie", "Toestemming"],
        [1.0, "Loïs Bos", "#N/A", True],
        [2, None, None],
        ["03", "Ömer Kaya", 12, False],
    ]
    path = workbook(tmp_path, {"Uitleg": [["Vul het tweede blad in"]], "Leden": rows})
    table = read_panelists(path)
    assert [(row.seat, row.name, row.text("organisation")) for row in table.rows] == [
        (1, "Loïs Bos", ""),
        (3, "Ömer Kaya", "12"),
    ]
    assert [row.values["consent_name"] for row in table.rows] == [YES, NO]
    # The name of the file does not matter.
    path.rename(tmp_path / "leden.csv")
    assert read_panelists(tmp_path / "leden.csv") == table


def test_cells_far_away_do_not_matter(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Naam"], ["Jan Bos"]):
        sheet.append(row)
    sheet.cell(18_000, 16_000, "ver weg")
    book.save(tmp_path / "x.xlsx")
    assert [row.name for row in read_panelists(tmp_path / "x.xlsx").rows] == ["Jan Bos"]


def zipped(parts: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def with_part(path: Path, name: str, content: str | bytes) -> bytes:
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, str | bytes] = {entry: archive.read(entry) for entry in archive.namelist()}
    return zipped(parts | {name: content})


def test_more_rows_than_any_sheet_has_are_refused_at_once(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Blad1": [["Naam"], ["Jan"]]})
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
    file = tmp_path / "rijen.xlsx"
    file.write_bytes(with_part(path, "xl/worksheets/sheet1.xml", sheet.format("<row/>" * 1_100_000)))
    with pytest.raises(ExchangeError, match="beschadigd"):
        read_source(file)


def test_macros_are_left_alone_and_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Leden": [["Naam", "Functie"], ["Jan Bos", "docent"]]})
    path.write_bytes(with_part(path, "xl/vbaProject.bin", b"macro"))
    assert "Het bestand bevat macro's; die zijn niet uitgevoerd." in read_panelists(path).messages


def test_an_entity_that_grows_without_end_is_no_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Leden": [["Naam"], ["Jan Bos"]]})
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{entities}]><x>&e11;</x>'
    path.write_bytes(with_part(path, "xl/worksheets/sheet1.xml", bomb))
    with pytest.raises(ExchangeError, match="verwijst naar gegevens buiten zichzelf"):
        read_panelists(path)


def test_a_part_of_a_workbook_that_unpacks_to_more_than_it_states_is_not_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Leden": [["Naam"], ["Jan Bos"]]})
    path.write_bytes(with_part(path, "xl/styles.xml", bytes(40_000_000)))
    path.write_bytes(that_unpacks_to_more_than_it_states(path.read_bytes(), "xl/styles.xml"))
    tracemalloc.start()
    with pytest.raises(ExchangeError, match="beschadigd"):
        read_panelists(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


FORMULA = '<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">SUM("x</f></c></row>'


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("worksheets/sheet1", r'<row r="2".*</row>', f'{FORMULA}<row r="3"><c r="A3"><f t="shared" si="0"/></c></row>'),
        ("worksheets/sheet1", r'<row r="2"', '<row r="twee"'),
        ("workbook", r' activeTab="\d+"', ' activeTab="-99999999999"'),
        ("workbook", r'visibility="visible"', 'visibility="soms"'),
        ("styles", r"<cellXfs.*</cellXfs>", ""),
    ],
)
def test_a_workbook_that_says_what_makes_no_sense_is_read_or_refused(
    tmp_path: Path, part: str, before: str, after: str
) -> None:
    path = workbook(tmp_path, {"Leden": [["Naam"], ["Jan Bos"]]})
    with zipfile.ZipFile(path) as archive:
        text = archive.read(f"xl/{part}.xml").decode()
    changed = re.sub(before, after, text, flags=re.DOTALL)
    assert changed != text
    path.write_bytes(with_part(path, f"xl/{part}.xml", changed))
    try:
        names = [row.name for row in read_panelists(path).rows]
    except ExchangeError as refusal:
        names = [refusal.happened]
    uncomputed = "Het blad «Leden» in «leden.xlsx» bestaat uit formules waarvan de uitkomst niet is bewaard."
    assert names in (["Jan Bos"], ["«leden.xlsx» is beschadigd en kan niet worden gelezen."], [uncomputed])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is leeg"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "oude versie van Office"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "beveiligd met een wachtwoord"),
        (b"PK\x03\x04 kapot", "is beschadigd"),
        (zipped({"a.txt": "x"}), "is een zipbestand"),
        (zipped({"word/document.xml": "x"}), "is beschadigd"),
        (zipped({"xl/workbook.bin": "x"}), "binaire werkmap"),
        (zipped({"mimetype": "x"}), "OpenDocument"),
        (zipped({"xl/workbook.xml": "<x"}), "is beschadigd"),
        (zipped({"xl/workbook.xml": "x", "bom": b"\x00" * 110_000_000}), "te groot"),
        (b"%PDF-1.7 ...", "een pdf"),
        (b"Naam\x00;x", "geen tekst"),
        (b"Voor;Achter\nJan;Bos\n", "geen kolom «Naam» gevonden; bovenaan staat «Voor» en «Achter»."),
        (b"\n\n", "geen kolom «Naam»"),
        (b"Naam;Functie\n;\n", "geen panelleden"),
        (b"Naam\n" + b"x\n" * 20_001, "meer dan 20000 regels"),
    ],
)
def test_files_that_are_no_list_are_refused_in_words(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read_panelists(file_of(tmp_path, content, "leden.xlsx"))
    assert says in str(caught.value)
    assert "«leden.xlsx»" in str(caught.value)
    assert caught.value.kept == "Er is niets overgenomen."
    assert caught.value.advice


@pytest.mark.long
def test_workbooks_that_are_no_list_are_refused_in_words(tmp_path: Path) -> None:
    formulas = workbook(tmp_path, {"Leden": [["Naam", "Functie"], ['="Jan"', "=1"]]})
    with pytest.raises(ExchangeError, match="formules waarvan de uitkomst niet is bewaard"):
        read_panelists(formulas)
    with pytest.raises(ExchangeError, match="bovenaan staat «Wie»"):
        read_panelists(workbook(tmp_path, {"Leden": [["Wie"], ["Jan"]]}))
    with pytest.raises(ExchangeError, match="geen panelleden"):
        read_panelists(workbook(tmp_path, {"Leden": [["Naam", "Functie"]]}))
    with pytest.raises(ExchangeError, match="meer dan 20000 regels"):
        read_panelists(workbook(tmp_path, {"Leden": [["Naam"], *[["Jan"]] * 20_000]}))


def test_a_workbook_cut_short_anywhere_is_refused_in_words(tmp_path: Path) -> None:
    whole = workbook(tmp_path, {"Leden": [["Naam"], ["Jan Bos"]]}).read_bytes()
    for end in range(4, len(whole), 97):
        with pytest.raises(ExchangeError):
            read_panelists(file_of(tmp_path, whole[:end]))


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=3))
def test_a_workbook_with_flipped_bytes_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, at: int, bits: bytes
) -> None:
    folder = tmp_path_factory.mktemp("kapot")
    content = bytearray(workbook(folder, {"Leden": [["Naam"], ["Jan Bos"]]}).read_bytes())
    for number, value in enumerate(bits):
        content[(at + number) % len(content)] ^= value
    path = file_of(folder, bytes(content))
    try:
        names = [row.name for row in read_panelists(path).rows]
    except ExchangeError:
        names = ["geweigerd"]
    assert names


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Loïs Bos\nÖmer Kaya\n", [(None, "Loïs Bos", "", "", ""), (None, "Ömer Kaya", "", "", "")]),
        ("1\tLoïs Bos\tDe Linde\tpo\tleerkracht\tja\r\n", [(1, "Loïs Bos", "De Linde", "po", "leerkracht")]),
        ("Naam\tFunctie\nLoïs Bos\tleerkracht", [(None, "Loïs Bos", "", "", "leerkracht")]),
        (
            "Loïs Bos, De Linde, leerkracht\nÖmer, Oost, docent",
            [
                (None, "Loïs Bos", "De Linde", "", "leerkracht"),
                (None, "Ömer", "Oost", "", "docent"),
            ],
        ),
        ("• Loïs Bos\n2. Ömer Kaya", [(None, "Loïs Bos", "", "", ""), (None, "Ömer Kaya", "", "", "")]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_members_are_read_from_pasted_text(text: str, rows: list[tuple[int | None, str, str, str, str]]) -> None:
    found = [
        (row.seat, row.name, row.text("organisation"), row.text("sector"), row.text("role"))
        for row in pasted_source(text).table().rows
    ]
    assert found == rows


@given(
    st.text() | st.lists(st.sampled_from(["Naam", "Stoel", ";", "\t", ",", "\n", '"', "1", "ja", "po"])).map("".join)
)
def test_any_paste_can_be_taken_in(text: str) -> None:
    table = pasted_source(text).table()
    members = taken_in(table)
    assert len(members) == len(table.rows)
    assert len({member.seat for member in members}) == len(members)
    assert plan_panelists(table, "panel", members)[1].count == 0


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(1, 4), st.sampled_from(["Jan", "An", "Bo", ""]), st.sampled_from(["", "Oost"])
        ),
        max_size=6,
    ),
    st.lists(
        st.tuples(st.integers(1, 4), st.sampled_from(["Jan", "An", ""])), max_size=3, unique_by=lambda row: row[0]
    ),
)
@example([(None, "Jan", ""), (1, "", "Oost")], [])
def test_nobody_is_doubled_or_shares_a_seat(
    rows: list[tuple[int | None, str, str]], there: list[tuple[int, str]]
) -> None:
    existing = [Panelist(f"e{seat}", seat=seat, name=name) for seat, name in there]
    text = "Stoel\tNaam\tOrganisatie\n" + "".join(f"{seat or ''}\t{name}\t{place}\n" for seat, name, place in rows)
    members = taken_in(pasted_source(text).table(), existing)
    assert len({member.seat for member in members}) == len(members)
    assert {squeeze(name) for _, name, _ in rows} <= {squeeze(member.name) for member in members} | {""}


@pytest.mark.parametrize(
    "path", sorted((*PANEL.glob("panelleden-*.csv"), *EXAMPLES.glob("*-panelleden.csv"))), ids=lambda path: path.name
)
def test_lists_of_others_are_read_whole(path: Path) -> None:
    content = path.read_bytes()
    table = read_panelists(path)
    members = taken_in(table)
    assert len(members) == len([line for line in content.splitlines() if line.strip()]) - 1
    assert all(member.name and member.organisation and member.sector and member.role for member in members)
    assert [member.seat for member in members] == list(range(1, len(members) + 1))
    assert "\ufffd" not in "".join(member.name for member in members)
    assert table.messages == ()


@pytest.mark.parametrize(
    "heading",
    [
        "Meedoen",
        "meedoen?",
        "Doet mee",
        "Doe je mee?",
        "Neemt deel",
        "mee?",
        "Wil meedoen (j/n)",
        "Toestemming meedoen",
    ],
)
def test_who_takes_part_is_read_whatever_it_is_called(heading: str, tmp_path: Path) -> None:
    table = read_panelists(file_of(tmp_path, f"Naam;Organisatie;{heading}\nLoïs Bos;De Linde;nee\n"))
    assert table.rows[0].values["consent_participation"] is Consent.NO


def test_who_eats_along_may_take_part(tmp_path: Path) -> None:
    table = read_panelists(file_of(tmp_path, "Naam;Organisatie;Mee eten\nLoïs Bos;De Linde;nee\n"))
    assert "consent_participation" not in table.rows[0].values


def test_headings_in_two_rows_are_read_as_one(tmp_path: Path) -> None:
    text = (
        "Naam;Organisatie;Toestemming;;;;Sector\n;;deelname;naam;citaat;opname;\nLoïs Bos;De Linde;ja;nee;ja;nee;po\n"
    )
    table = read_panelists(file_of(tmp_path, text))
    assert [row.name for row in table.rows] == ["Loïs Bos"]
    assert table.rows[0].text("sector") == "po"
    assert {name: table.rows[0].values[name] for name in CONSENTS} == {
        "consent_participation": YES,
        "consent_name": NO,
        "consent_quote": YES,
        "consent_recording": NO,
    }


def test_a_first_member_with_little_data_is_no_second_row_of_headings(tmp_path: Path) -> None:
    table = read_panelists(file_of(tmp_path, "Naam;Organisatie;Sector\n;;po\nLoïs Bos;De Linde;mbo\n"))
    assert [row.name for row in table.rows if row.name] == ["Loïs Bos"]


def test_cells_that_were_merged_say_the_same_in_each_row(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        {
            "Leden": [
                ["Panelleden Oldenzaal", None, None],
                ["Naam", "Organisatie", "Sector"],
                ["Loïs Bos", "De Linde", "po"],
                ["Ömer Kaya", None, "po"],
                ["Jan", None, "mbo"],
            ]
        },
    )
    book = load_workbook(path)
    book["Leden"].merge_cells("A1:C1")
    book["Leden"].merge_cells("B3:B4")
    book.save(path)
    table = read_panelists(path)
    assert [(row.name, row.text("organisation")) for row in table.rows] == [
        ("Loïs Bos", "De Linde"),
        ("Ömer Kaya", "De Linde"),
        ("Jan", ""),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "<table><tr><th>Naam</th><th>Sector</th></tr><tr><td><b>Loïs</b> Bos</td><td rowspan='2'>po</td></tr>"
            "<tr><td>Ömer&nbsp;Kaya</td></tr></table>",
            [("Loïs Bos", "po"), ("Ömer Kaya", "po")],
        ),
        ("<p>Loïs Bos</p><p>Ömer Kaya<br>Jan</p>", [("Loïs Bos", ""), ("Ömer Kaya", ""), ("Jan", "")]),
        ("<ul><li>Loïs Bos</li><li>Jan</li></ul><script>alert('x')</script>", [("Loïs Bos", ""), ("Jan", "")]),
    ],
)
def test_a_paste_of_html(text: str, names: list[tuple[str, str]]) -> None:
    assert [(row.name, row.text("sector")) for row in pasted_source(text).table().rows] == names


@given(st.text(alphabet="<>/tdrablepx=\"' \n1", max_size=80))
def test_any_html_can_be_taken_in(text: str) -> None:
    pasted_source(f"<table>{text}</table>").table()


def test_every_column_that_is_written_is_read_as_the_field_that_it_holds() -> None:
    for name, field in FIELDS.items():
        if field.heading:
            assert columns_of([field.heading]) == {name: 0}


def test_what_the_program_writes_of_members_it_reads_again(tmp_path: Path) -> None:
    (known,) = taken_in(pasted_source("Stoel;Naam;Organisatie\n4;Loïs Bos;De Linde\n").table())
    member = dataclasses.replace(
        known, sector="po", role="leerkracht", consent_name=NO, consent_quote=YES, present=False
    )
    table = table_of(Subject.MEMBERS, [Outgoing(PanelContent(Panel("panel"), GuideContent(Guide("g")), (member,)))])
    path = tmp_path / "leden.csv"
    path.write_bytes(table_csv(table.rows))
    (again,) = taken_in(read_panelists(path))
    assert dataclasses.replace(again, id=member.id) == member


@pytest.mark.parametrize(("said", "present"), [("ja", True), ("x", True), ("nee", False), ("", True)])
def test_who_is_there_is_read_from_a_list(said: str, present: bool) -> None:
    (member,) = taken_in(pasted_source(f"Naam;Aanwezig\nLoïs Bos;{said}\n").table())
    assert member.present is present


def test_what_no_box_can_be_is_told() -> None:
    table = pasted_source("Naam;Sector;Aanwezig\nLoïs Bos;po;misschien\n").table()
    assert "Bij aanwezig staat «misschien»; dat is niet overgenomen." in table.messages


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Horst, Anna ter\nWit, Jeroen de\n", [("Anna ter Horst", ""), ("Jeroen de Wit", "")]),
        ("Naam;Organisatie\nVos, Anna;ROC\nWit, F. de;X\n", [("Anna Vos", "ROC"), ("F. de Wit", "X")]),
        ("Naam;Organisatie\nAnna ter Horst, MSc;ROC\nMo;X\n", [("Anna ter Horst, MSc", "ROC"), ("Mo", "X")]),
        (
            "1. Anna ter Horst - ROC De Brug\n2. Bram Wolters – Metaal BV\n",
            [("Anna ter Horst", "ROC De Brug"), ("Bram Wolters", "Metaal BV")],
        ),
        (
            "Deelnemers\nAnna ter Horst, ROC, docent\nBram Wolters, Metaal, baas\n",
            [("Anna ter Horst", "ROC"), ("Bram Wolters", "Metaal")],
        ),
        ("Anna ter Horst\n- Bram Wolters\n", [("Anna ter Horst", ""), ("Bram Wolters", "")]),
        (
            'Aan: "Horst, Anna ter" <a@b.nl>; Bram Wolters <b@b.nl>, c@b.nl\n',
            [("Anna ter Horst", ""), ("Bram Wolters", "")],
        ),
    ],
)
def test_lines_without_headings_are_people_in_a_file_too(
    tmp_path: Path, text: str, people: list[tuple[str, str]]
) -> None:
    path = tmp_path / "lijst.txt"
    path.write_text(text, encoding="utf-8")
    assert [(member.name, member.organisation) for member in taken_in(read_source(path).table())] == people
    assert [(member.name, member.organisation) for member in taken_in(pasted_source(text).table())] == people
