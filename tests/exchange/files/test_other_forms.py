"""Files in forms other than Word, Excel and csv: web pages, OpenDocument, Rich Text, and old workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sto_desktop.archive import packed
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.exchange.members.panelists_table import read_source
from sto_desktop.exchange.notes_source import read_notes_source
from sto_desktop.workplace.importing import Intake, members_intake, notes_intake

FILES = Path(__file__).resolve().parents[2] / "data" / "imports"
EMPTY = PanelContent(Panel("panel"), builtin_guide())


def taken(tmp_path: Path, name: str, content: str | bytes) -> Intake:
    """What a file of notes would do to an empty panel."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return notes_intake(read_notes_source(path), EMPTY)


def listed(tmp_path: Path, name: str, content: str | bytes) -> Intake:
    """What a list of members would do to an empty panel."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return members_intake(read_source(path), EMPTY)


def shown(intake: Intake) -> list[str]:
    """Each line of the look beforehand: what it becomes, and what comes of it."""
    return [f"{line.becomes.word}: {line.result}" for line in intake.look.lines]


PAGE = """<!DOCTYPE html><html><head><title>Lade 3</title><style>p{color:red}</style></head><body>
Los bovenaan<h1>Notulen Borne</h1><h2>Stage</h2>
<ul><li>Te weinig plekken<ul><li>vooral in de bouw</li></ul></li></ul>
<p>Eerste<br>tweede</p><p style="display: none">geheim</p><p><del>oud</del> nieuw</p>
<table><tr><th>Actie</th><th>Wie</th></tr><tr><td>Zaal<br>bellen</td><td>Ilse</td></tr>
<tr hidden><td>weg</td></tr></table>
<div>losse <i>div</i><div>daarin</div>staart</div>los onderaan</body></html>"""


def test_every_word_that_is_seen_of_a_page_comes_in_and_no_other(tmp_path: Path) -> None:
    intake = taken(tmp_path, "pagina.html", PAGE)
    assert shown(intake) == [
        "notitie: Los bovenaan",
        "thema: Notulen Borne",
        "thema: Stage",
        "notitie: Te weinig plekken",
        "notitie: vooral in de bouw",
        "notitie: Eerste",
        "notitie: tweede",
        "notitie: nieuw",
        "koppen van de tabel: ",
        "notitie: Zaal\nbellen (Ilse)",
        "notitie: losse div",
        "notitie: daarin",
        "notitie: staart",
        "notitie: los onderaan",
    ]
    assert {
        "Verborgen tekst op de pagina is niet overgenomen.",
        "Doorgestreepte tekst op de pagina is niet overgenomen.",
    } <= {*intake.told}


def test_a_list_on_a_page_has_no_hidden_people_and_names_of_two_lines(tmp_path: Path) -> None:
    rows = "<tr><td>Bram<br>Wolters</td><td>Metaal</td></tr><tr style='display:none'><td>Cor Smit</td><td>X</td></tr>"
    page = f"<html><body><table><tr><th>Naam</th><th>Organisatie</th></tr>{rows}</table></body></html>"
    intake = listed(tmp_path, "lijst.html", page)
    assert [edit.values["name"] for edit in intake.edits] == ["Bram Wolters"]
    assert "Verborgen tekst op de pagina is niet overgenomen." in intake.told


def odf(kind: str, content: str, styles: str = "") -> bytes:
    """A package of OpenDocument with this body."""
    mime = f"application/vnd.oasis.opendocument.{kind}"
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{whole}:1.0"'
        for short, whole in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    body = f"<office:document-content {names}>{styles}<office:body>{content}</office:body></office:document-content>"
    listed_files = '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>{listed_files}</manifest:manifest>'
    )
    return packed({"mimetype": mime.encode(), "content.xml": body.encode(), "META-INF/manifest.xml": manifest.encode()})


def cell(text: str, more: str = "") -> str:
    """A cell of a table."""
    return f'<table:table-cell {more} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


STYLES = """<office:automatic-styles>
<style:style style:name="B" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="S" style:family="text">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
</office:automatic-styles>"""


def test_a_text_of_opendocument_is_read_as_it_is_seen(tmp_path: Path) -> None:
    rows = "".join(
        f"<table:table-row>{cells}</table:table-row>"
        for cells in (cell("Actie") + cell("Wie"), cell("Bellen") + cell("Anna"))
    )
    body = f"""<office:text><text:h text:outline-level="1">Stage</text:h>
<text:p>Anna: te<text:s/>weinig<text:span text:style-name="S"> weg</text:span>
<text:span text:style-name="H"> geheim</text:span></text:p>
<text:p>Anna: ja</text:p>
<text:list><text:list-item><text:p>punt</text:p></text:list-item></text:list>
<text:p text:style-name="B">Rooster</text:p><text:p>vrijdag dicht</text:p>
<table:table>{rows}</table:table></office:text>"""
    intake = taken(tmp_path, "notulen.odt", odf("text", body, STYLES))
    assert shown(intake) == [
        "thema: Stage",
        "notitie: Anna: te weinig",
        "notitie: Anna: ja",
        "notitie: punt",
        "vraag: Rooster",
        "notitie: vrijdag dicht",
        "koppen van de tabel: ",
        "notitie: Bellen (Anna)",
    ]
    assert {
        "Doorgestreepte tekst in het document is niet overgenomen.",
        "Verborgen tekst in het document is niet overgenomen.",
    } <= {*intake.told}


def test_a_sheet_of_opendocument_is_read_without_what_is_hidden_or_filtered_out(tmp_path: Path) -> None:
    rows = (
        f"<table:table-row>{cell('Naam')}{cell('Organisatie')}{cell('Functie')}</table:table-row>"
        f"<table:table-row>{cell('Anna ter Horst')}{cell('ROC')}{cell('geheim')}</table:table-row>"
        f'<table:table-row table:visibility="filter">{cell("Weg Gefilterd")}</table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    )
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    other = f'<table:table table:name="Reserve"><table:table-row>{cell("Cor Smit")}</table:table-row></table:table>'
    body = f'<office:spreadsheet><table:table table:name="A">{columns}{rows}</table:table>{other}</office:spreadsheet>'
    intake = listed(tmp_path, "lijst.ods", odf("spreadsheet", body))
    assert [edit.values["name"] for edit in intake.edits] == ["Anna ter Horst"]
    assert "geheim" not in repr(intake.edits)
    told = " ".join(intake.told)
    assert "1 verborgen of weggefilterde rij" in told
    assert "1 verborgen kolom" in told
    assert "«Reserve»" in told


def test_a_workbook_of_an_old_excel_is_a_list() -> None:
    intake = members_intake(read_source(FILES / "oud-1.xls", guess=False), EMPTY)
    assert [edit.values["name"] for edit in intake.edits] == ["Anna ter Horst", "Bram Wolters"]
    assert "@" not in repr(intake.edits)
    assert "«Reserve»" in " ".join(intake.told)


RTF = r"""{\rtf1\ansi\ansicpg1252 Anna: ca\'ef\par{\v geheim}{\strike weg }Anna: ja\par
\trowd\cellx2000\cellx4000\intbl Actie\cell Wie\cell\row
\trowd\cellx2000\cellx4000\intbl Bellen\cell Bram\cell\row\pard Einde.\par}"""


def test_rich_text_is_read_with_its_tables_and_without_what_is_hidden(tmp_path: Path) -> None:
    intake = taken(tmp_path, "notulen.rtf", RTF)
    assert shown(intake) == [
        "notitie: Anna: caï",
        "notitie: Anna: ja",
        "koppen van de tabel: ",
        "notitie: Bellen (Bram)",
        "notitie: Einde.",
    ]
    assert "Verborgen tekst in het document is niet overgenomen." in intake.told


@pytest.mark.parametrize(
    "content",
    [
        "BEGIN:VCARD\nVERSION:3.0\nFN:Anna Vos\nORG:ROC\nTEL:0612345678\nEND:VCARD\n",
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nATTENDEE;CN=Anna Vos:mailto:a@roc.nl\nEND:VEVENT\nEND:VCALENDAR\n",
    ],
)
def test_a_file_of_a_calendar_or_address_book_is_refused_with_what_helps(tmp_path: Path, content: str) -> None:
    """Its lines were notes of VERSION and TEL, or members of these names."""
    path = tmp_path / "kaart.vcf"
    path.write_text(content, encoding="utf-8")
    for read in (read_source, read_notes_source):
        with pytest.raises(ExchangeError) as refused:
            read(path)
        assert "van een agenda of adresboek" in str(refused.value)
        assert "kopieer de namen en plak die bij Panelleden" in str(refused.value)


def test_what_is_struck_out_in_markdown_is_left_out_and_told(tmp_path: Path) -> None:
    text = "# P\n\n## Kan beter\n\n- ~~planning~~\n- vervoer ~~naar school~~ na vieren\n- ~~ 10 min\n"
    intake = taken(tmp_path, "n.md", text)
    assert [edit.values["text"] for edit in intake.edits if edit.table == "note"] == ["vervoer na vieren", "~~ 10 min"]
    assert "Doorgestreepte tekst in het document is niet overgenomen." in intake.told


@pytest.mark.parametrize("number", ["9" * 5000, "-9", "٣", "1e9", ""])
def test_numbers_in_a_file_that_no_program_writes_are_left_aside(tmp_path: Path, number: str) -> None:
    page = f'<table><tr><th colspan="{number}">Wie</th><th>Wat</th></tr><tr><td>Jan</td><td>te duur</td></tr></table>'
    assert "te duur" in " ".join(shown(taken(tmp_path, "a.html", page)))
    document = Document()
    level, outline = f'<w:ilvl w:val="{number}"/>', f'<w:outlineLvl w:val="{number}"/>'
    for inner in (f'<w:numPr>{level}<w:numId w:val="1"/></w:numPr>', outline):
        paragraph = f"<w:p {nsdecls('w')}><w:pPr>{inner}</w:pPr><w:r><w:t>te duur is {len(inner)}</w:t></w:r></w:p>"
        document.element.body.insert(0, parse_xml(paragraph))
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "te vol"
    table.cell(0, 0)._tc.get_or_add_tcPr().append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="{number}"/>'))
    document.save(str(tmp_path / "b.docx"))
    words = " ".join(shown(taken(tmp_path, "b.docx", (tmp_path / "b.docx").read_bytes())))
    assert "te duur" in words
    assert "te vol" in words
    heading = (
        f'<text:h text:outline-level="{number}">Beeld</text:h><text:p>Dit is<text:s text:c="{number}"/>te kort</text:p>'
    )
    written = taken(tmp_path, "c.odt", odf("text", f"<office:text>{heading}</office:text>"))
    assert "te kort" in " ".join(shown(written))
