"""Files in forms other than Word, Excel and csv: web pages, OpenDocument, Rich Text, and old workbooks."""

from __future__ import annotations

from pathlib import Path

from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.exchange.members.panelists_table import read_source
from sto_desktop.exchange.notes_source import read_notes_source
from sto_desktop.workplace.importing import Intake, members_intake, notes_intake

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
