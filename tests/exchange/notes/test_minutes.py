"""Minutes, transcripts and chats as different people and programs type them: what each line becomes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from docx import Document

from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.exchange.files.look import Becomes
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.exchange.notes.notes_file import read_notes
from sto_desktop.exchange.notes_source import read_notes_source, source_in
from sto_desktop.workplace.importing import Intake, notes_intake

EMPTY = PanelContent(Panel("panel"), builtin_guide())


def shown(intake: Intake) -> list[str]:
    """Each line of the look beforehand: what it becomes, and what comes of it."""
    return [f"{line.becomes.word}: {line.result}" for line in intake.look.lines]


def taken(text: str, name: str = "notulen.txt") -> Intake:
    """What a text would do to an empty panel."""
    return notes_intake(source_in(text.encode(), name), EMPTY)


SHORT = """Panel vakmanschap Losser
12 mei 2025, De Brug, 15.30 uur

Aanwezig: Fatima El Amrani (Zone.college), Jeroen de Wit, Mo en 3 leerlingen
Afwezig m.k.: Piet van Dalen

Stage
Jeroen: begeleiding kost te veel uren.
Mo vraagt of dat ook kan.

Afspraken
- de lijst gaat rond
"""
NUMBERED = """VERSLAG PANELGESPREK
Datum: 3 april 2025
Voorzitter: Karin Bos

1. Opening
Karin heet ons welkom.
2. Wat gaat goed
2.1 Docenten
De docenten zijn betrokken.

3. Acties
Wie | Wat | Wanneer
Henk | meidendag | half juni
"""
LETTERS = "A. Opening\nWelkom.\nB. Stage\nTe weinig.\n"
FRONT_MATTER = """---
titel: Panel Haaksbergen
aanwezig:
  - Ria Pot
  - Sem Bakker
---

# Panel Haaksbergen

## Instroom

**Ria Pot**: te weinig meisjes.
> vieze handen
"""
MAIL = "Van: Karin <k@school.nl>\nVerzonden: 12 mei\nAan: Jeroen\nOnderwerp: verslag\n\nHierbij het verslag.\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            SHORT,
            [
                "titel: Panel vakmanschap Losser",
                "gegeven: 12 mei 2025, De Brug, 15.30 uur",
                "aanwezig: Fatima El Amrani, Jeroen de Wit, Mo",
                "afwezig: Piet van Dalen",
                "thema: Stage (los boven tekst)",
                "notitie: Jeroen de Wit: begeleiding kost te veel uren.",
                "notitie: Mo vraagt of dat ook kan.",
                "thema: Afspraken",
                "notitie: de lijst gaat rond",
            ],
        ),
        (
            NUMBERED,
            [
                "titel: VERSLAG PANELGESPREK",
                "gegeven: Datum: 3 april 2025",
                "gegeven: Voorzitter: Karin Bos",
                "thema: Opening",
                "notitie: Karin heet ons welkom.",
                "thema: Wat gaat goed",
                "vraag: Docenten",
                "notitie: De docenten zijn betrokken.",
                "thema: Acties",
                "koppen van de tabel: ",
                "notitie: meidendag (Henk, half juni)",
            ],
        ),
        (LETTERS, ["thema: Opening", "notitie: Welkom.", "thema: Stage", "notitie: Te weinig."]),
        (
            FRONT_MATTER,
            [
                "gegeven: titel: Panel Haaksbergen",
                "aanwezig: Ria Pot, Sem Bakker",
                "titel: Panel Haaksbergen",
                "thema: Instroom",
                "notitie: Ria Pot: te weinig meisjes.",
                "notitie: vieze handen",
            ],
        ),
        (MAIL, ["niet overnemen: de kop van een e-mail"] * 4 + ["notitie: Karin: Hierbij het verslag."]),
    ],
)
def test_minutes_of_five_people(text: str, lines: list[str]) -> None:
    name = "notulen.md" if text.startswith("---") else "notulen.txt"
    assert shown(taken(text, name)) == [line.replace(" (los boven tekst)", "") for line in lines]


def test_a_line_with_day_time_and_place_fills_them_in_and_who_is_no_name_is_told() -> None:
    intake = taken(SHORT)
    (about,) = [edit.values for edit in intake.edits if edit.table == "panel"]
    assert (about["date"], about["start"], about["place"]) == (dt.date(2025, 5, 12), dt.time(15, 30), "De Brug")
    assert "Bij wie er was is niet als naam gelezen: «3 leerlingen»." in intake.told


def test_a_bold_title_in_word_leaves_the_facts_below_it_facts(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph().add_run("Verslag panel Losser").bold = True
    document.add_paragraph("Datum: 12 mei 2025")
    document.add_paragraph("Aanwezig:\tAnna ter Horst, Bram Wolters")
    document.add_paragraph().add_run("Stage").bold = True
    document.add_paragraph("Te weinig plekken.")
    document.save(str(tmp_path / "notulen.docx"))
    assert shown(notes_intake(read_notes_source(tmp_path / "notulen.docx"), EMPTY)) == [
        "titel: Verslag panel Losser",
        "gegeven: Datum: 12 mei 2025",
        "aanwezig: Anna ter Horst, Bram Wolters",
        "thema: Stage",
        "notitie: Te weinig plekken.",
    ]


CHAT = """12-05-2025 15:31 - Berichten zijn versleuteld.
12-05-2025 15:33 - Bas: Ik
en ik neem Cor mee
12-05-2025 15:40 - Cor ten Cate: <Media weggelaten>
12-05-2025 15:41 - +31 6 12345678: ok
"""
ABOVE = "Spreker 1  00:00\nWelkom.\n\nSpreker 2  00:07\nDank je.\nFijn.\n"
TEAMS = """Anna ter Horst heeft transcriptie gestart
Anna ter Horst   0:03
De uren zijn te kort.
Bram Wolters   0:06
Bij ons ook.
Transcribed by https://otter.ai
"""
AGENDA = "Inloop 15:30\nMet koffie.\nStart 16:00\nMet iedereen.\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CHAT, ["", "Bas: Ik", "Bas: en ik neem Cor mee", "", "ok"]),
        (ABOVE, ["Spreker 1", "Spreker 1: Welkom.", "Spreker 2", "Spreker 2: Dank je.", "Spreker 2: Fijn."]),
        (
            TEAMS,
            [
                "",
                "Anna ter Horst",
                "Anna ter Horst: De uren zijn te kort.",
                "Bram Wolters",
                "Bram Wolters: Bij ons ook.",
                "",
            ],
        ),
        ("[id1] de uren\n[id2] ook\n[lacht] nee\n", ["id1: de uren", "id2: ook", "[lacht] nee"]),
        ("Aanwezig: Chris Smit (CS), Bo\nCS (als ouder): leuk\n", ["Chris Smit, Bo", "Chris Smit: leuk"]),
        (AGENDA, ["Inloop 15:30", "Met koffie.", "Start 16:00", "Met iedereen."]),
    ],
)
def test_who_says_what_in_transcripts_and_chats(text: str, said: list[str]) -> None:
    lines = taken(text).look.lines
    results = ["" if line.becomes.word == "niet overnemen" else line.result for line in lines]
    assert [result.removesuffix(" (spreekt in wat volgt)") for result in results] == said


def test_a_number_in_a_chat_is_nobody_and_told() -> None:
    intake = taken(CHAT)
    assert "+31" not in repr(intake.edits)
    assert "Telefoonnummers waarmee iemand in een chat staat, zijn niet overgenomen." in intake.told


TEAMS_VTT = """WEBVTT

00:00:00.000 --> 00:00:06.100
<v Horst, Anna ter>De uren zijn</v>

00:00:06.100 --> 00:00:08.000
<v Horst, Anna ter>te kort.</v>

00:00:09.100 --> 00:00:11.000
<v Bram Wolters (Gast)>Ook hier.</v>
"""
ZOOM_VTT = (
    TEAMS_VTT.replace("<v Horst, Anna ter>", "Anna: ").replace("<v Bram Wolters (Gast)>", "Bram: ").replace("</v>", "")
)
SRT = "1\n00:00:01,000 --> 00:00:04,000\n- Wat vindt u?\n- Prima.\n"


def test_captions_are_whole_sentences_of_who_says_them() -> None:
    assert shown(taken(TEAMS_VTT, "a.vtt")) == [
        "notitie: Anna ter Horst: De uren zijn te kort.",
        "notitie: Bram Wolters: Ook hier.",
    ]
    zoom = taken(ZOOM_VTT, "a.vtt")
    assert [person.name for person in zoom.look.newcomers] == ["Anna", "Bram"]
    assert shown(taken(SRT, "a.srt")) == ["notitie: Wat vindt u?", "notitie: Prima."]


def test_the_first_caption_has_its_time_too() -> None:
    panel = Panel("panel", date=dt.date(2025, 5, 12), start=dt.time(15, 30))
    intake = notes_intake(source_in(TEAMS_VTT.encode(), "a.vtt"), PanelContent(panel, builtin_guide()))
    times = [edit.values["captured_at"] for edit in intake.edits if edit.table == "note"]
    assert times[0] == dt.datetime(2025, 5, 12, 15, 30).astimezone()


def test_captions_without_their_first_line_are_captions() -> None:
    intake = taken("00:00:00.500 --> 00:00:07.000\nDe uren zijn te kort.\n", "a.vtt")
    assert shown(intake) == ["notitie: De uren zijn te kort."]


def test_people_under_a_heading_in_english_are_those_who_were_there() -> None:
    intake = taken("## Members present:\n\n- Ria Pot (chair)\n- Sem Bakker\n\n## Recap\n\nSem opened.\n", "a.md")
    assert [person.name for person in intake.look.newcomers] == ["Ria Pot", "Sem Bakker"]
    assert shown(intake)[-1] == "notitie: Sem opened."


def test_who_was_there_is_found_behind_a_sentence_and_under_a_heading() -> None:
    there = "Aanwezig: Ria Pot, Sem Bakker en Bo Bos. Afwezig met afbericht: Cor Smit."
    text = f"Notulen, 6 juli gehouden in Goor. {there}\n\nDe bus.\n"
    assert shown(taken(text)) == [
        "notitie: Notulen, 6 juli gehouden in Goor.",
        "aanwezig: Ria Pot, Sem Bakker, Bo Bos",
        "afwezig: Cor Smit",
        "notitie: De bus.",
    ]
    under = taken("## Aanwezige leden:\n\n- Ria Pot\n- Sem Bakker\n\n## Bus\n\nTe laat.\n", "a.md")
    assert [person.name for person in under.look.newcomers] == ["Ria Pot", "Sem Bakker"]


ROUND = """WEBVTT

00:00:01.100 --> 00:00:03.000
<v Oude Lansink, Dirk-Jan>De bus &amp; de fiets.</v>

00:00:06.000 --> 00:00:07.000
<v Horst, Anna ter (extern)>Ook.</v>
"""
TEAMS_CHAT = "[15:31] Kamphuis, Marloes\nKunnen we beginnen?\n[15:32] Oude Lansink, Dirk-Jan (Gast)\nJa hoor.\n"
PHONE_CHAT = """[12-03-2025, 15:31:02] Marloes: \u200eBerichten en gesprekken zijn end-to-end versleuteld.
[12-03-2025, 15:32:11] ~ Fenna: ik
met twee collega's
\u200e[12-03-2025, 15:33:00] Marloes: Mooi
"""


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (ROUND, "a.vtt", ["Dirk-Jan Oude Lansink: De bus & de fiets.", "Anna ter Horst: Ook."]),
        (TEAMS_CHAT, "a.txt", ["Marloes Kamphuis: Kunnen we beginnen?", "Dirk-Jan Oude Lansink: Ja hoor."]),
        (PHONE_CHAT, "a.txt", ["Fenna: ik", "Fenna: met twee collega's", "Marloes: Mooi"]),
        (
            "Spreker 1 [00:00:05]:\nWelkom allemaal.\nSpreker 2 (00:00:15):\nDankjewel.\n",
            "a.txt",
            ["Spreker 1: Welkom allemaal.", "Spreker 2: Dankjewel."],
        ),
        (
            "Aanwezig: Dirk-Jan Oude Lansink (DJ), Horst, Anna ter (AH)\n\nDJ: De bus.\nAH: De fiets.\nDJ: De trein.\n",
            "a.txt",
            ["Dirk-Jan Oude Lansink: De bus.", "Anna ter Horst: De fiets.", "Dirk-Jan Oude Lansink: De trein."],
        ),
        ("Anna, Bram: wij ook.\nAnna: Ja.\nBram: Nee.\n", "a.txt", ["Anna, Bram: wij ook.", "Anna: Ja.", "Bram: Nee."]),
    ],
    ids=["captions", "Teams chat", "telephone", "transcript", "initials", "two people"],
)
def test_who_says_what_as_programs_write_names(text: str, name: str, said: list[str]) -> None:
    intake = taken(text, name)
    notes = [line.result for line in intake.look.lines if line.becomes is Becomes.NOTE and line.text]
    assert notes == said
    people = {person.name for person in intake.look.newcomers}
    assert not [person for person in people if "," in person]


def test_names_in_bold_above_what_they_say_are_no_headings(tmp_path: Path) -> None:
    document = Document()
    for who, words in (("Marloes Kamphuis", "Te laat."), ("Dirk-Jan ten Broek", "Wel."), ("Marloes Kamphuis", "Ja.")):
        document.add_paragraph().add_run(who).bold = True
        document.add_paragraph(words)
    document.save(str(tmp_path / "gesprek.docx"))
    intake = notes_intake(read_notes_source(tmp_path / "gesprek.docx"), EMPTY)
    notes = [line.result for line in intake.look.lines if line.text]
    assert notes == ["Marloes Kamphuis: Te laat.", "Dirk-Jan ten Broek: Wel.", "Marloes Kamphuis: Ja."]


def test_a_transcript_of_teams_in_word_has_its_day_and_not_its_length(tmp_path: Path) -> None:
    document = Document()
    for text in ("Panelgesprek STO-20250312_153000-Vergaderingsopname", "12 maart 2025, 02:30p.m.", "31m 12s"):
        document.add_paragraph(text)
    for who, at, words in (("Marloes Kamphuis", "0:03", "Welkom."), ("Fenna de Wit", "0:12", "Dank.")):
        said = document.add_paragraph()
        said.add_run(f"{who}   {at}")
        said.add_run().add_break()
        said.add_run(words)
    document.save(str(tmp_path / "teams.docx"))
    intake = notes_intake(read_notes_source(tmp_path / "teams.docx"), EMPTY)
    assert shown(intake)[3:] == ["notitie: Marloes Kamphuis: Welkom.", "notitie: Fenna de Wit: Dank."]
    assert [line.becomes for line in intake.look.lines][:3] == [Becomes.TITLE, Becomes.FACT, Becomes.OUT]
    about = {name: value for edit in intake.edits if edit.table == "panel" for name, value in edit.values.items()}
    assert (about["date"], about["start"]) == (dt.date(2025, 3, 12), dt.time(14, 30))


def test_people_under_each_other_in_a_cell_are_those_who_were_there(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("Datum", "12 maart 2025"), ("Aanwezig", "Hans Pol\nMieke van Gelder"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    for text in ("Hans: Het loopt.", "Mieke: Ja."):
        document.add_paragraph(text)
    document.save(str(tmp_path / "notulen.docx"))
    intake = notes_intake(read_notes_source(tmp_path / "notulen.docx"), EMPTY)
    assert [person.name for person in intake.look.newcomers] == ["Hans Pol", "Mieke van Gelder"]


def test_a_chat_with_times_of_the_day_has_them_at_that_time() -> None:
    panel = Panel("panel", date=dt.date(2025, 5, 12), start=dt.time(15, 30))
    text = "15:31:20\t From  Marloes Kamphuis : welkom\n15:32:01\t From  Fenna to  Everyone : ik hoor niets\n"
    intake = notes_intake(source_in(text.encode(), "chat.txt"), PanelContent(panel, builtin_guide()))
    times = [edit.values["captured_at"] for edit in intake.edits if edit.table == "note"]
    assert times[0] == dt.datetime(2025, 5, 12, 15, 31, 20).astimezone()


def test_lines_in_capitals_are_headings_in_any_document(tmp_path: Path) -> None:
    document = Document()
    for text in ("OPENING", "De voorzitter heet allen welkom.", "SAMENWERKING", "Bedrijven hebben geen tijd.", "WVTTK"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "notulen.docx"))
    intake = notes_intake(read_notes_source(tmp_path / "notulen.docx"), EMPTY)
    assert shown(intake)[:4] == [
        "thema: OPENING",
        "notitie: De voorzitter heet allen welkom.",
        "thema: SAMENWERKING",
        "notitie: Bedrijven hebben geen tijd.",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        (r"\pard\b Beeldvorming\b0\par Ouders \b weten\b0  niets.\par", r"\b Instroom\b0\par Te weinig.\par"),
        (
            r"{\rtlch\fcs1 \ltrch\fcs0 \b\insrsid7 Beeld}{\b\insrsid8 vorming}{\insrsid7 \par Ouders }{\b weten}",
            r"{ niets.\par }{\b Instroom\par }{Te weinig.\par }",
        ),
    ],
    ids=["on and off", "groups"],
)
def test_bold_lines_in_rich_text_are_headings(lines: tuple[str, ...]) -> None:
    text = r"{\rtf1\ansi{\stylesheet{\s1 \b heading 1;}}" + "\n".join(lines) + "}"
    assert shown(taken(text, "a.rtf")) == [
        "thema: Beeldvorming",
        "notitie: Ouders weten niets.",
        "thema: Instroom",
        "notitie: Te weinig.",
    ]


UNDER_EACH_OTHER = """Notulen panel Hengelo
Datum : 12-03-2024
Aanwezig :
Linda Koopman (ROC)
Ruben ten Thije (Bouw)
Afwezig :
Jeroen van der Meulen

OPBRENGST
Linda: kleine groepen werken.
RtT: stagiairs blijven.
"""


@pytest.mark.parametrize("bullet", ["", "- "])
def test_who_stands_below_present_is_known_by_a_first_name_and_initials(bullet: str) -> None:
    text = UNDER_EACH_OTHER.replace("\nLinda K", f"\n{bullet}Linda K").replace("\nRuben t", f"\n{bullet}Ruben t")
    intake = taken(text)
    assert shown(intake)[-2:] == [
        "notitie: Linda Koopman: kleine groepen werken.",
        "notitie: Ruben ten Thije: stagiairs blijven.",
    ]
    assert sorted(person.name for person in intake.look.newcomers) == [
        "Jeroen van der Meulen",
        "Linda Koopman",
        "Ruben ten Thije",
    ]
    assert "«Aanwezig :» en «Afwezig :» (de kop boven wie er was)" in " ".join(intake.told)


def test_a_title_with_a_day_is_no_place() -> None:
    intake = taken("Gespreksverslag panel Enschede, 21 maart 2024\n\nWe begonnen met wat STO heeft opgeleverd.\n")
    (values,) = (edit.values for edit in intake.edits if edit.table == "panel")
    assert values == {"date": dt.date(2024, 3, 21)}


def test_short_lines_between_points_are_headings() -> None:
    intake = taken("Wat ging goed?\n+ kleine groepen\n+ docenten\nWat kan beter?\n- vervoer\n- tijd\nTips\n* eerder\n")
    assert shown(intake) == [
        "thema: Wat ging goed?",
        "notitie: + kleine groepen",
        "notitie: + docenten",
        "thema: Wat kan beter?",
        "notitie: vervoer",
        "notitie: tijd",
        "thema: Tips",
        "notitie: eerder",
    ]


TURNS = (("0:0:3.240 --> 0:0:6.1", "Anna Vos", "Welkom."), ("0:1:6.100 --> 0:1:9.0", "Bram ten Horst", "Dank je wel."))


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2)])
def test_a_time_on_a_line_of_its_own_beside_a_name_is_when_somebody_speaks(order: tuple[int, ...]) -> None:
    """As older exports of Teams, and a copy of its pane, have them."""
    text = "Datum: 14 februari 2023\nTijd: 15.30 uur\n\n"
    text += "\n".join("\n".join(turn[part] for part in order) for turn in TURNS)
    notes = [edit.values for edit in taken(text).edits if edit.table == "note"]
    assert [(row["said_by"], row["text"], row["captured_at"].strftime("%H:%M:%S")) for row in notes] == [
        ("Anna Vos", "Welkom.", "15:30:03"),
        ("Bram ten Horst", "Dank je wel.", "15:31:06"),
    ]


def test_the_times_of_an_agenda_are_nobody_s() -> None:
    text = "9:00\nOpening\nWelkom door de school.\n9:15\nVoorstelrondje\nIedereen zegt wie hij is.\n"
    assert not taken(text).look.newcomers


def test_who_stands_in_a_table_below_is_who_was_there() -> None:
    text = "Aanwezig: Krijn Hoetmer, Tom Greuter\n\n# Taken\n\n| Taak | Voor | [Doel] |\n|---|---|---|\n"
    text += "| Leden | Krijn | Alle leden hebben betaald |\n| Site | TG | Feed toevoegen aan de site |\n"
    text += "| Zaal | Krijn | De datum is bekend gemaakt |\n| Bus | Tom | Een voorstel voor de ouders |\n"
    intake = taken(text, "notulen.md")
    assert [person.name for person in intake.look.newcomers] == ["Krijn Hoetmer", "Tom Greuter"]
    said = [edit.values["said_by"] for edit in intake.edits if edit.table == "note"]
    assert said == ["Krijn Hoetmer", "Tom Greuter", "Krijn Hoetmer", "Tom Greuter"]
    assert "koppen van de tabel: " in shown(intake)


@pytest.mark.parametrize(
    "line",
    [
        "Datum: 14 februari 2023  Tijd: 15.30 uur  Locatie: Stadhuis",
        "Datum: 14-2-2023 | Tijd: 15:30 - 17:00 | Locatie: Stadhuis",
        "Datum: 14 februari 2023; tijd: 15.30 uur; plaats: Stadhuis",
        "datum: 14-2-23, locatie: Stadhuis, aanvang: 15.30",
        "Plaats en datum: Stadhuis, 14 februari 2023 – Tijd: 15.30 uur",
    ],
)
def test_several_facts_on_one_line_are_all_read(line: str) -> None:
    text = f"Panel Hengelo\n{line}\nVoorzitter: Anna Vos, notulist: Bram Kok\n\nJan: te duur\nPiet: nee hoor\n"
    read = read_notes(text)
    assert (read.date, read.start, read.place) == (dt.date(2023, 2, 14), dt.time(15, 30), "Stadhuis")
    assert (read.moderator, read.note_taker) == ("Anna Vos", "Bram Kok")
    assert [(note.text, note.voices[0][0]) for section in read.sections for note in section.spoken] == [
        ("te duur", "Jan"),
        ("nee hoor", "Piet"),
    ]
