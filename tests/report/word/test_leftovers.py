"""What an old document leaves in the verslag that is made with it as template: said beforehand, emptied, or never."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

import docx
import pytest

from sto_desktop.domain.names.clues import Clue, clues_in
from sto_desktop.report.content.sample import sample_document
from sto_desktop.report.look.look import HouseStyle
from sto_desktop.report.word.leftovers import Where
from sto_desktop.report.word.template import Template
from sto_desktop.report.writers.formats import write
from tests.cli.processes import run
from tests.cli.test_commands import MEMBERS, import_panel
from tests.report.word.templates import old_document

SEEN = ("Tuinman", "Wessels", "053-4871234", "7514 AE", "i.tuinman@roc.nl", "12 maart 2024", "Kok", "handtekening")
"""Of people who have nothing to do with the new panel; a reader sees them, or hears them read aloud."""
UNSEEN = ("Chef", "Geheim", "intern.roc", "Douma", "Ambtenaar", "Sien", "Doorgehaald", "Voetnootman", "IMG_Ineke")


def words_of(file: Path) -> str:
    """Return all parts of a Word file, pictures too, as one text."""
    with zipfile.ZipFile(file) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode('utf-8', 'replace')}" for name in archive.namelist())


def made(folder: Path, *, emptied: bool) -> str:
    target = folder / "verslag.docx"
    write(sample_document(), target, HouseStyle(template=old_document(folder), emptied=emptied))
    docx.Document(str(target))
    return words_of(target)


def test_what_nobody_sees_of_an_old_document_is_never_in_the_new_one(tmp_path: Path) -> None:
    assert all(word in words_of(old_document(tmp_path)) for word in UNSEEN)
    words = made(tmp_path, emptied=False)
    assert [word for word in UNSEEN if word in words] == []
    assert "thumbnail" not in words
    assert re.search(r'w:author="|w15:author=', words) is None


def test_what_a_reader_sees_is_told_beforehand_with_what_it_looks_like(tmp_path: Path) -> None:
    told = Template(HouseStyle(template=old_document(tmp_path))).leftovers()
    assert [(one.where, one.text, one.clues) for one in told] == [
        (
            Where.HEADER,
            "Verslag panel Borne, 12 maart 2024 - contact: Ineke Tuinman, 053-4871234",
            (Clue.PERSON, Clue.NUMBER, Clue.DATE),
        ),
        (Where.HEADER, "Opgesteld door H. Wessels", (Clue.PERSON,)),
        (Where.HEADER, "De handtekening van Bea Kok", (Clue.PERSON,)),
        (Where.FOOTER, "STO Twente, pagina", ()),
        (Where.FOOTER, "Hengelosestraat 51, 7514 AE Enschede", (Clue.ADDRESS,)),
        (Where.FOOTER, "i.tuinman@roc.nl", (Clue.ADDRESS,)),
    ]
    words = made(tmp_path, emptied=False)
    assert [one.text for one in told if one.text.split()[-1] not in words] == []


def test_emptied_it_holds_the_house_style_and_nobody(tmp_path: Path) -> None:
    words = made(tmp_path, emptied=True)
    assert [word for word in SEEN if word in words] == []
    assert "STO Twente, pagina" in words
    assert "PAGE" in words
    assert "mailto:" not in words


@pytest.mark.parametrize("text", ["STO Twente", "Pagina 1 van 3", "Strategisch Techniek Onderwijs", "ROC van Twente",
                                  "Concept", "Regio Noord Oost", "College van Bestuur"])  # fmt: skip
def test_an_ordinary_line_of_a_house_style_looks_like_nobody(text: str) -> None:
    assert clues_in(text) == ()


@pytest.mark.parametrize(("text", "clue"), [
    ("Contact: Wil Roos", Clue.PERSON), ("dhr. de Boer", Clue.PERSON), ("Namens Truus", Clue.PERSON),
    ("KvK 08123456", Clue.NUMBER), ("NL91 ABNA 0417 1643 00", Clue.NUMBER), ("www.roc.nl", Clue.ADDRESS),
    ("Utrecht, 3 mei", Clue.DATE), ("d.d. 14-2-23", Clue.DATE),
])  # fmt: skip
def test_a_clue_is_told_by_its_kind(text: str, clue: Clue) -> None:
    assert clues_in(text) == (clue,)


@pytest.mark.long
def test_the_command_tells_of_the_template_and_empties_it_when_asked(tmp_path: Path) -> None:
    import_panel(tmp_path / "x.sto")
    told = run("verslag", tmp_path / "x.sto", "--sjabloon", old_document(tmp_path), "-o", tmp_path / "x.docx")
    assert told.returncode == 0
    assert "nakijken in het sjabloon: Koptekst: «Opgesteld door H. Wessels», dat lijkt op een naam" in told.stdout
    assert "Met --sjabloon-leeg blijft dat weg." in told.stdout
    emptied = run("verslag", tmp_path / "x.sto", "--sjabloon", old_document(tmp_path), "--sjabloon-leeg",
                  "-o", tmp_path / "leeg.docx")  # fmt: skip
    assert "sjabloon" not in emptied.stdout
    assert "Wessels" not in words_of(tmp_path / "leeg.docx")
    pages = run("verslag", tmp_path / "x.sto", "--sjabloon", old_document(tmp_path), "-o", tmp_path / "x.pdf")
    assert "nakijken in het sjabloon: Koptekst: «Opgesteld door H. Wessels», dat lijkt op een naam" in pages.stdout
    # No other format has headers of the template.
    other = run("verslag", tmp_path / "x.sto", "--sjabloon", old_document(tmp_path), "-o", tmp_path / "x.html")
    assert "nakijken" not in other.stdout


@pytest.mark.long
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_member_in_the_header_of_a_template_stops_the_file(tmp_path: Path, ending: str) -> None:
    import_panel(tmp_path / "x.sto")
    with MEMBERS.open(encoding="utf-8") as file:
        name = next(row["Naam"] for row in csv.DictReader(file, delimiter=";"))
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = f"Verslag van {name}"
    document.save(str(tmp_path / "kop.docx"))
    made = run("verslag", tmp_path / "x.sto", "--sjabloon", tmp_path / "kop.docx", "-o", tmp_path / f"x.{ending}")
    assert made.returncode == 1
    assert name in made.stderr
    assert not (tmp_path / f"x.{ending}").exists()
