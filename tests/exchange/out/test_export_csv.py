"""The notes of a panel as a csv file that Excel opens correctly."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.model import Guide, Note, Panel, Panelist, Question, Tag, Theme, Voice
from sto_desktop.domain.panel.content import (
    GuideContent,
    NoteContent,
    PanelContent,
    QuestionContent,
    ThemeContent,
)
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Aspect, NoteKind, Stance
from sto_desktop.exchange.files.table_export import harmless, table_csv
from sto_desktop.exchange.files.text_file import write_bytes
from sto_desktop.exchange.out.outgoing import Outgoing
from sto_desktop.exchange.out.tables import NOTE_COLUMNS, Subject, table_of

GUIDE = GuideContent(
    Guide("g"),
    (
        ThemeContent(
            Theme("t", title="Technolab"),
            (
                QuestionContent(Question("q1", text="Wat levert het op?", aspect=Aspect.YIELD)),
                QuestionContent(Question("q2", text="Wat kan beter?", aspect=Aspect.IMPROVEMENT)),
            ),
        ),
    ),
)
MEMBERS = (Panelist("p1", seat=1, name="Loïs Bos"), Panelist("p2", seat=2, name="Ömer Kaya"), Panelist("p3", seat=3))


def note(number: int, text: str, question: str | None, kind: NoteKind, *voices: Voice, **values: object) -> NoteContent:
    record = Note(f"n{number}", position=Position(question, f"a{number}"), text=text, **values)  # type: ignore[arg-type]
    return NoteContent(record, kind, voices, (Tag("t", name="planning"),) if number == 1 else ())


def write_csv(content: PanelContent, path: Path) -> None:
    write_bytes(path, table_csv(table_of(Subject.NOTES, [Outgoing(content)]).rows))


def read(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))


def test_every_note_is_a_row_in_the_order_of_the_guide(tmp_path: Path) -> None:
    moment = dt.datetime(2023, 2, 14, 16, 5, tzinfo=dt.UTC)
    voices = (Voice("a", panelist="p1"), Voice("b", panelist="p3", stance=Stance.AGREES))
    notes = (
        note(0, "Nergens thuis", None, NoteKind.REMARK, heading="Bus"),
        note(2, 'Te duur;\n"echt"', "q2", NoteKind.IMPROVEMENT, Voice("c", panelist="p2", stance=Stance.DISAGREES)),
        note(1, "Meer lessen", "q1", NoteKind.YIELD, *voices, captured_at=moment, star=True),
    )
    panel = Panel("panel", title="Panel Oost", subregion="Hengelo", date=dt.date(2023, 2, 14))
    write_csv(PanelContent(panel, GUIDE, MEMBERS, notes), tmp_path / "uit.csv")
    first, second, third = read(tmp_path / "uit.csv")
    assert tuple(first) == NOTE_COLUMNS
    assert first == {
        "Panel": "Panel Oost",
        "Subregio": "Hengelo",
        "Datum": "2023-02-14",
        "Tijd": "16:05",
        "Thema": "Technolab",
        "Vraag": "Wat levert het op?",
        "Soort": "opbrengst",
        "Notitie": "Meer lessen",
        "Zegt": "Loïs Bos",
        "Bijval": "stoel 3",
        "Tegenspraak": "",
        "Over": "",
        "Labels": "planning",
        "Ster": "ja",
        "Geparkeerd": "",
        "Opzijgelegd": "",
        "Eigenaar": "",
        "Klaar op": "",
        "Uitkomst": "",
    }
    assert (second["Notitie"], second["Tegenspraak"]) == ('Te duur;\n"echt"', "Ömer Kaya")
    assert (third["Thema"], third["Vraag"]) == ("Niet ingedeeld", "Bus")


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-5 graden", "@SUM(A1)", "  =1", "\t=1", "＝1"])
def test_what_excel_would_run_is_made_text(tmp_path: Path, text: str) -> None:
    notes = (note(1, text, "q1", NoteKind.YIELD),)
    write_csv(PanelContent(Panel("panel"), GUIDE, MEMBERS, notes), tmp_path / "uit.csv")
    assert read(tmp_path / "uit.csv")[0]["Notitie"] == f"'{text}"
    assert harmless("Gewoon = tekst") == "Gewoon = tekst"


def test_a_place_that_cannot_be_written_to_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    content = PanelContent(Panel("panel"), GUIDE)
    with pytest.raises(ExchangeError, match=r"«uit[.]csv» kan niet worden geschreven"):
        write_csv(content, tmp_path / "weg" / "uit.csv")
    (tmp_path / "map.csv").mkdir()
    with pytest.raises(ExchangeError):
        write_csv(content, tmp_path / "map.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["map.csv"]


def test_writing_replaces_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "uit.csv"
    path.write_text("oud " * 10_000)
    write_csv(PanelContent(Panel("panel"), GUIDE), path)
    assert read(path) == []
