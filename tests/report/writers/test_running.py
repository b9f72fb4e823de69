"""Headers and footers of a template in the PDF: their words in their places, and nothing of an old document."""

from __future__ import annotations

from pathlib import Path

import docx
import pypdfium2
import pypdfium2.raw as pdfium
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.parser import parse_xml
from docx.shared import Pt

from sto_desktop.report.blocks.blocks import Cover, Document, Heading, Paragraph
from sto_desktop.report.look.look import HouseStyle
from sto_desktop.report.look.markup import W as NAMESPACE
from sto_desktop.report.word.recognised import dress_for
from sto_desktop.report.writers.pdf_writer import make_pdf
from tests.report.word.templates import bare, control, old_document, saved, sections

LONG = Document(
    "Verslag Zuid",
    (
        Cover("Verslag Zuid", "Sterk Techniekonderwijs", "Concept", (("Datum", "1 maart 2024"),)),
        Heading(1, "Kop"),
        *(Paragraph(f"regel {at}") for at in range(120)),
    ),
)


def pages_in(template: Path, *, emptied: bool = False) -> list[pypdfium2.PdfPage]:
    made = make_pdf(LONG, dress_for(HouseStyle(template=template, emptied=emptied)))
    assert made.accessible
    return list(pypdfium2.PdfDocument(made.data))


def texts(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_range().split())


def pictures(page: pypdfium2.PdfPage) -> int:
    return sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=9))


def test_the_header_of_the_text_and_the_logo_of_the_first_section_are_on_their_pages(tmp_path: Path) -> None:
    first, second, *_ = pages_in(sections(tmp_path))
    assert pictures(first) == 1
    assert "Vervolgpagina" not in texts(first)
    assert pictures(second) == 0
    assert "Vervolgpagina" in texts(second)


def test_places_and_fields_are_filled_and_old_results_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    title = control("Titel", "<w:r><w:t>Verslag panel Borne</w:t></w:r>")
    document.sections[0].header.paragraphs[0]._p.append(title)
    footer = document.sections[0].footer.paragraphs[0]
    for field, old in (("PAGE", "7"), ("NUMPAGES", "99"), ("AUTHOR", "Ineke Tuinman"), ("FILENAME", "oud-borne.docx")):
        footer.add_run(f" {field.lower()}: ")
        footer._p.append(
            parse_xml(
                f'<w:fldSimple xmlns:w="{NAMESPACE}" w:instr=" {field} "><w:r><w:t>{old}</w:t></w:r></w:fldSimple>'
            )
        )
    pages = pages_in(saved(document, tmp_path, "velden.docx"))
    assert "Verslag Zuid" in texts(pages[1])
    assert f"page: 2 numpages: {len(pages)} author:" in texts(pages[1])
    old_words = ("Tuinman", "oud-borne", "Borne")
    assert not [page for page in pages if any(word in texts(page) for word in old_words)]


def test_tabs_part_a_line_as_their_stops_say(tmp_path: Path) -> None:
    document = docx.Document()
    line = document.sections[0].header.paragraphs[0]
    line.style = document.styles["Normal"]
    line.paragraph_format.tab_stops.add_tab_stop(Pt(220), WD_TAB_ALIGNMENT.CENTER)
    line.paragraph_format.tab_stops.add_tab_stop(Pt(440), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run("School\tSTO\tConcept")
    page = pages_in(saved(document, tmp_path))[1]
    shown = page.get_textpage()
    text = shown.get_text_range()
    left, middle, right = (shown.get_charbox(text.index(word))[0] for word in ("School", "STO", "Concept"))
    assert left < page.get_width() * 0.3 < middle < page.get_width() * 0.7 < right


def test_what_is_emptied_is_not_in_the_pdf_and_the_rest_is(tmp_path: Path) -> None:
    whole, emptied = (pages_in(old_document(tmp_path), emptied=emptied) for emptied in (False, True))
    assert "Opgesteld door H. Wessels" in texts(whole[0])
    assert "Ineke Tuinman" in texts(whole[1])
    assert not [page for page in emptied if any(word in texts(page) for word in ("Wessels", "Tuinman", "7514"))]
    assert "STO Twente, pagina 2" in texts(emptied[1])
    assert "Voetnootman" not in "".join(map(texts, whole))


def test_a_tall_header_moves_the_text(tmp_path: Path) -> None:
    document = docx.Document()
    for at in range(12):
        document.sections[0].header.add_paragraph(f"kopregel {at}")
    page = pages_in(saved(document, tmp_path))[1]
    shown = page.get_textpage()
    text = shown.get_text_range()
    lines = text[text.index("regel ", text.index("kopregel 11") + 12) :]
    assert shown.get_charbox(text.index("kopregel 11"))[1] > shown.get_charbox(text.index(lines))[3]


def test_without_headers_the_pages_have_our_own_footer(tmp_path: Path) -> None:
    assert "Verslag Zuid pagina 2" in texts(pages_in(bare(tmp_path))[1])
