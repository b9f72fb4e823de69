"""Templates that are damaged, hostile or senseless: used, or refused with a message, never a crash."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest

from sto_desktop.report.blocks.errors import TemplateError
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.look.dress import Page
from sto_desktop.report.look.look import HouseStyle
from sto_desktop.report.word.recognised import recognise
from sto_desktop.report.word.template import Template
from sto_desktop.report.word.word import word_bytes
from tests.cli.processes import run
from tests.cli.test_commands import import_panel
from tests.packing import that_unpacks_to_more_than_it_states
from tests.report import reading
from tests.report.panels import example
from tests.report.reading import W
from tests.report.word.mutated import mutated
from tests.report.word.templates import (
    TEMPLATES,
    bookmarks,
    controls,
    english,
    old_document,
    rewritten,
    sections,
    with_macros,
)

SEEDS = (*range(24), 45, 49, 52, 60, 65, 96, 151)
"""Seeds of the drawn templates: a few, and those that once revealed a bug."""
WORDS = "Samenwerking primair onderwijs en Technolab"


def report(template: Path) -> bytes:
    return word_bytes(panel_report(example()), HouseStyle(template=template))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The templates of `TEMPLATES` and a verslag made by the program, undamaged."""
    folder = tmp_path_factory.mktemp("sjablonen")
    found = {name: make(folder).read_bytes() for name, make in TEMPLATES.items()}
    return found | {"verslag": word_bytes(panel_report(example()))}


@pytest.mark.long
def test_whatever_is_wrong_in_a_template_it_is_used_or_refused_in_words(
    sound: Mapping[str, bytes], tmp_path: Path
) -> None:
    names, file = sorted(sound), tmp_path / "sjabloon.docx"
    used = 0
    for seed in SEEDS:
        file.write_bytes(mutated(sound[names[seed % len(names)]], seed))
        try:
            room, data = recognise(file).dress.room(), report(file)
            Template(HouseStyle(template=file)).running()
        except TemplateError as refusal:
            told = (refusal.happened, refusal.kept)
        else:
            used += 1
            docx.Document(io.BytesIO(data))
            assert WORDS in reading.text(data), seed
            told = (str(room), "Er is geen verslag gemaakt.")
        assert told[0], seed
        assert told[1] == "Er is geen verslag gemaakt.", seed
    assert len(SEEDS) / 4 < used < len(SEEDS)


# Harmful content


def with_part(template: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(template) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    target = template.with_name("sjabloon.docx")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, held in (parts | {name: content}).items():
            archive.writestr(part, held)
    return target


def parts_of(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(part) for part in archive.namelist()]


def refused(template: Path) -> str:
    """Return the message with which both the check and the verslag refuse a template."""
    said = []
    for use in (recognise, report):
        with pytest.raises(TemplateError) as caught:
            use(template)
        assert caught.value.kept == "Er is geen verslag gemaakt."
        assert caught.value.advice
        said.append(caught.value.happened)
    assert said[0] == said[1]
    return said[0]


def refused_in_little_room(template: Path) -> str:
    """Return the result of `refused`, with its peak memory limited: about 10 MB besides the file itself."""
    refused(template)  # what the first one loads for all does not count
    tracemalloc.start()
    said = refused(template)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 25_000_000
    return said


@pytest.mark.long
def test_a_template_that_unpacks_far_too_large_is_not_unpacked(tmp_path: Path) -> None:
    bomb = with_part(english(tmp_path), "word/media/groot.bin", bytes(120_000_000))
    assert bomb.stat().st_size < 1_000_000
    assert "te groot" in refused_in_little_room(bomb)


def test_a_part_that_unpacks_to_more_than_it_states_is_not_unpacked(tmp_path: Path) -> None:
    bomb = with_part(english(tmp_path), "word/styles.xml", bytes(40_000_000))
    bomb.write_bytes(that_unpacks_to_more_than_it_states(bomb.read_bytes(), "word/styles.xml"))
    assert "beschadigd" in refused_in_little_room(bomb)


def test_a_part_with_more_tags_than_a_template_needs_is_not_parsed(tmp_path: Path) -> None:
    many = b'<w:styles xmlns:w="x">' + b"<w:style/>" * 1_500_000 + b"</w:styles>"
    assert "te groot" in refused(with_part(english(tmp_path), "word/styles.xml", many))


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "film.docx"
    with file.open("wb") as stream:
        stream.truncate(200_000_000)
    assert "te groot" in refused_in_little_room(file)


@pytest.mark.parametrize("part", ["document.xml", "styles.xml", "settings.xml", "header1.xml", "theme/theme1.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_template_that_declares_entities_is_refused_whichever_part_does(
    tmp_path: Path, part: str, encoding: str
) -> None:
    template = sections(tmp_path)
    with zipfile.ZipFile(template) as archive:
        text = re.sub(r"^<\?xml[^>]*>", "", archive.read(f"word/{part}").decode())
    doctype = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    assert "buiten zichzelf" in refused(with_part(template, f"word/{part}", (doctype + text).encode(encoding)))


def test_attributes_count_as_tags_do(tmp_path: Path) -> None:
    letters = " ".join(f'{letter}=""' for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    many = f"<r>{f'<a {letters}/>' * 40_000}</r>".encode()
    assert "te groot" in refused(with_part(english(tmp_path), "customXml/item1.xml", many))


@pytest.mark.parametrize("encoding", ["UTF-7", "cp037"])
def test_xml_in_an_encoding_that_hides_its_tags_is_refused(tmp_path: Path, encoding: str) -> None:
    hidden = f'<?xml version="1.0" encoding="{encoding}"?><a/>'
    content = hidden.encode(encoding) if encoding == "cp037" else hidden.encode()
    assert "beschadigd" in refused(with_part(english(tmp_path), "customXml/item1.xml", content))


def test_notes_of_an_old_document_go_whatever_their_part_is_said_to_be(tmp_path: Path) -> None:
    odd = rewritten(
        old_document(tmp_path),
        {"[Content_Types].xml": lambda text: text.replace("footnotes+xml", "footnotes+xml ")},
        "raar.docx",
    )
    assert b"Voetnootman" not in b"".join(parts_of(report(odd)))


@pytest.mark.parametrize("name", ["../styles.xml", "/etc/passwd", "C:\\x.xml"])
def test_a_template_with_names_outside_itself_is_refused(tmp_path: Path, name: str) -> None:
    assert "onveilige naam" in refused(with_part(english(tmp_path), name, b"x"))


def test_macros_stay_out_whatever_the_file_says_that_it_is(tmp_path: Path) -> None:
    assert not any(b"Sub AutoOpen" in part for part in parts_of(report(with_macros(tmp_path))))
    hidden = with_part(english(tmp_path), "word/vbaProject.bin", b"Sub AutoOpen")
    assert not any(b"Sub AutoOpen" in part for part in parts_of(report(hidden)))


@pytest.mark.long
def test_the_command_says_what_is_wrong_with_a_template_and_writes_nothing(tmp_path: Path) -> None:
    import_panel(tmp_path / "x.sto")
    bomb = with_part(english(tmp_path), "word/media/groot.bin", bytes(120_000_000))
    result = run("verslag", tmp_path / "x.sto", "--sjabloon", bomb, "-o", tmp_path / "x.docx")
    assert result.returncode == 1
    assert result.stderr.startswith("«sjabloon.docx» wordt bij het uitpakken te groot om in te lezen. Er is geen versl")
    assert not (tmp_path / "x.docx").exists()


# Damaged files

RELATIONS = "word/_rels/document.xml.rels"
DAMAGE: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "a relation without a kind": (RELATIONS, lambda text: re.sub(r' Type="[^"]*/fontTable"', "", text)),
    "a relation of no kind": (RELATIONS, lambda text: re.sub(r'Type="[^"]*/fontTable"', 'Type=""', text)),
    "a relation to nothing": (RELATIONS, lambda text: text.replace('Target="styles.xml"', 'Target="weg.xml"')),
    "styles elsewhere": (
        RELATIONS,
        lambda text: text.replace('Target="styles.xml"', 'Target="x" TargetMode="External"'),
    ),
    "styles twice": (RELATIONS, lambda text: text.replace("/relationships/settings", "/relationships/styles")),
    "styles that are settings": (RELATIONS, lambda text: text.replace('"styles.xml"', '"settings.xml"')),
    "a part of no type": ("[Content_Types].xml", lambda text: re.sub(r'ContentType="[^"]*styles\+xml"', "", text)),
    "styles of another type": ("[Content_Types].xml", lambda text: text.replace("styles+xml", "stijlen+xml")),
    "settings of another type": ("[Content_Types].xml", lambda text: text.replace("settings+xml", "x+xml")),
    "styles that are none": ("word/styles.xml", lambda _text: "<x/>"),
    "settings that are none": ("word/settings.xml", lambda _text: "<x/>"),
    "numbering that is none": ("word/numbering.xml", lambda _text: "<x/>"),
    "a header that is none": ("word/header1.xml", lambda _text: "<x/>"),
    "a document that is none": ("word/document.xml", lambda _text: "<x/>"),
    "properties cut off": ("docProps/core.xml", lambda text: text[:100]),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_part_is_told(tmp_path: Path, what: str) -> None:
    part, change = DAMAGE[what]
    assert "is geen Word-document (.docx) of is beschadigd" in refused(
        rewritten(sections(tmp_path), {part: change}, "stuk.docx")
    )


@pytest.mark.parametrize("gone", ["styles", "numbering", "settings", "header", "footer", "theme", "fontTable"])
def test_what_a_template_lacks_altogether_is_added(tmp_path: Path, gone: str) -> None:
    without = {RELATIONS: lambda text: re.sub(rf'<Relationship [^>]*/{gone}"[^>]*/>', "", text)}
    template = rewritten(sections(tmp_path), without, "minder.docx")
    assert recognise(template).styles
    data = report(template)
    assert WORDS in reading.text(data)
    body = reading.tree(data, "document")
    relations = reading.parts(data)[RELATIONS].decode()
    for reference in body.iter(f"{W}headerReference", f"{W}footerReference"):
        assert f'Id="{reference.values()[-1]}"' in relations or f'Id="{reference.values()[0]}"' in relations


def test_a_file_whose_begin_is_gone_is_told(tmp_path: Path) -> None:
    template = english(tmp_path)
    template.write_bytes(template.read_bytes()[37:])
    assert "is beschadigd" in refused(template)


# Senseless values


def odd(template: Path, part: str, pattern: str, by: str) -> Path:
    made = rewritten(template, {f"word/{part}.xml": lambda text: re.sub(pattern, by, text)}, "raar.docx")
    with zipfile.ZipFile(made) as one, zipfile.ZipFile(template) as other:
        assert one.read(f"word/{part}.xml") != other.read(f"word/{part}.xml")
    return made


@pytest.mark.parametrize("value", ["", "-3", "²", "999999999", "99999999999999999999"])
@pytest.mark.parametrize(
    ("part", "attributes"),
    [
        ("styles", r"w:(val|before|after|line)"),
        ("numbering", r"w:(abstractNumId|numId|ilvl|val)"),
        ("document", r"w:(w|h|left|right|top|bottom|header|footer|gutter|type)"),
    ],
)
def test_odd_values_everywhere_do_not_matter(tmp_path: Path, part: str, attributes: str, value: str) -> None:
    template = odd(sections(tmp_path), part, rf' {attributes}="[^"]*"', rf' w:\1="{value}"')
    recognised = recognise(template)
    assert recognised.dress.room().share > 0
    assert all(style.size <= 200 for style in recognised.dress.styles.values())
    assert recognised.page.width <= 31_680
    assert WORDS in reading.text(report(template))


@pytest.mark.parametrize("value", ["abc", "-1", "0", "999999999", "31681"])
def test_paper_that_makes_no_sense_is_ordinary_paper_in_the_document_too(tmp_path: Path, value: str) -> None:
    template = odd(english(tmp_path), "document", r' w:(w|h|left|right|top|bottom|gutter)="[^"]*"', rf' w:\1="{value}"')
    assert recognise(template).page == Page()
    for section in docx.Document(io.BytesIO(report(template))).sections:
        assert section.page_width is not None
        assert round(section.page_width.twips) == Page().width
        assert section.gutter is not None
        assert 0 <= section.gutter.twips <= 31_680


def test_the_level_of_a_list_that_no_list_has_is_no_level(tmp_path: Path) -> None:
    level = r'<w:pPr><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="1"/></w:numPr>'
    template = odd(english(tmp_path), "styles", r'(w:styleId="Heading1">.*?)<w:pPr>', rf"\1{level}")
    assert not recognise(template).numbered
    assert WORDS in reading.text(report(template))


def test_names_of_styles_can_hold_any_sign(tmp_path: Path) -> None:
    def quoted(text: str) -> str:
        return text.replace('"Heading1"', '"Kop &quot;1&quot; &amp; &lt;meer&gt;"')

    template = rewritten(english(tmp_path), {"word/styles.xml": quoted, "word/document.xml": quoted}, "tekens.docx")
    assert ('Kop "1" & <meer>', WORDS) in reading.paragraphs(report(template))


def test_a_font_can_be_called_anything(tmp_path: Path) -> None:
    template = odd(english(tmp_path), "styles", 'w:ascii="Verdana"', 'w:ascii="A &quot;b&quot; &amp; &lt;c&gt;"')
    assert recognise(template).dress.look.font == 'A "b" & <c>'
    assert WORDS in reading.text(report(template))


def test_a_style_without_an_id_is_no_style(tmp_path: Path) -> None:
    template = odd(english(tmp_path), "styles", r' w:styleId="(Heading1|Quote|Normal)"', "")
    assert next(style.name for style in recognise(template).styles if style.purpose == "Hoofdstuk") == ""
    assert not {"", "None"} & {style for style, _ in reading.paragraphs(report(template))}


def test_numbering_without_ids_is_left_alone(tmp_path: Path) -> None:
    template = odd(english(tmp_path), "numbering", r' w:(abstractNumId|numId)="\d+"', "")
    assert WORDS in reading.text(report(template))


# Covers


def test_two_places_in_one_row_may_both_have_nothing_to_say(tmp_path: Path) -> None:
    def row(text: str) -> str:
        place = '<w:tc><w:p><w:bookmarkStart w:id="{0}" w:name="{1}"/><w:bookmarkEnd w:id="{0}"/></w:p></w:tc>'
        cells = place.format(70, "Versie") + place.format(71, "STO_versie")
        return re.sub(r"</w:tr>\s*</w:tbl>", rf"</w:tr><w:tr>{cells}</w:tr></w:tbl>", text)

    template = rewritten(bookmarks(tmp_path), {"word/document.xml": row}, "rij.docx")
    assert WORDS in reading.text(report(template))


def test_a_place_within_a_place_is_filled_once(tmp_path: Path) -> None:
    inner = (
        '<w:r><w:sdt><w:sdtPr><w:tag w:val="titel"/></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent>'
        '</w:sdt><w:bookmarkStart w:id="9" w:name="versie"/><w:r><w:t>y</w:t></w:r></w:r>'
    )
    change = {"word/document.xml": lambda text: text.replace("<w:r><w:t>Klik om", f"{inner}<w:r><w:t>Klik om")}
    texts = [text for _, text in reading.paragraphs(report(rewritten(controls(tmp_path), change, "binnen.dotx")))]
    assert texts[0] == "Verslag panelgesprek Zuid"


def test_a_control_that_begins_with_an_empty_line_is_filled_all_the_same(tmp_path: Path) -> None:
    change = {"word/document.xml": lambda text: text.replace("<w:sdtContent><w:p>", "<w:sdtContent><w:p/><w:p>", 1)}
    data = report(rewritten(controls(tmp_path), change, "leeg.dotx"))
    assert "Verslag panelgesprek Zuid" in [text for _, text in reading.paragraphs(data)]
