"""Tables of answers and of who said what, as programs for surveys and people make them."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.model import Panelist
from sto_desktop.exchange.notes_source import source_in
from sto_desktop.workplace.importing import notes_intake
from tests.exchange.notes.test_minutes import EMPTY

IDS = '{"ImportId":"%s"}'


def csv_of(*rows: tuple[str, ...]) -> bytes:
    """A csv file with these rows."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def test_the_questions_of_qualtrics_are_in_its_second_row_of_headings() -> None:
    names = ("StartDate", "EndDate", "IPAddress", "ResponseId", "Q1", "Q2", "Q3_TEXT")
    asked = (
        "Start Date",
        "End Date",
        "IP Address",
        "Response ID",
        "Wat gaat goed?",
        "Wat kan beter?",
        "Anders, namelijk",
    )
    answers = (
        "2025-05-12 10:00:00",
        "2025-05-12 10:05:00",
        "145.1.2.3",
        "R_1abCDefGhIjKlMn",
        "De sfeer",
        "Meer tijd",
        "",
    )
    more = (
        "2025-05-12 11:00:00",
        "2025-05-12 11:05:00",
        "145.1.2.4",
        "R_2abCDefGhIjKlMn",
        "Niets",
        "De bus",
        "Vervoer is te duur voor ons",
    )
    content = csv_of(names, asked, tuple(IDS % name for name in names), answers, more)
    (file,) = source_in(content, "export.csv").files
    assert [(section.question, [one.text for one in section.spoken]) for section in file.sections] == [
        ("Wat gaat goed?", ["De sfeer", "Niets"]),
        ("Wat kan beter?", ["Meer tijd", "De bus"]),
        ("Anders, namelijk", ["Vervoer is te duur voor ons"]),
    ]
    assert file.sections[0].spoken[0].at is not None


def test_who_answers_is_found_and_a_mark_or_a_yes_is_no_note() -> None:
    content = csv_of(
        ("Tijdstempel", "E-mail", "Hoe heet je?", "Wat gaat goed?", "Welk cijfer geef je?", "Mogen we je citeren?"),
        ("2025/05/12 15:31", "anonymous", "Anna ter Horst", "De sfeer, echt", "8", "Ja"),
        ("2025/05/12 15:35", "anonymous", "Bram Wolters", "De uren", "6", "Nee"),
    )
    intake = notes_intake(source_in(content, "forms.csv"), EMPTY)
    notes = [edit.values for edit in intake.edits if edit.table == "note"]
    assert [(row["said_by"], row["text"]) for row in notes] == [
        ("Anna ter Horst", "De sfeer, echt"),
        ("Bram Wolters", "De uren"),
    ]
    told = " ".join(intake.told)
    assert "hoe iemand te bereiken is hoort niet in een dossier: «E-mail»" in told
    assert "de kolommen «Welk cijfer geef je?» en «Mogen we je citeren?»" in told


def test_a_theme_that_is_written_once_is_that_of_the_rows_below_it() -> None:
    rows = (
        ("Thema", "Opmerking", "Door"),
        ("Stage", "Te weinig", "Anna"),
        ("", "Te duur", "Bram"),
        ("Rooster", "Vol", ""),
    )
    (file,) = source_in(csv_of(*rows), "lijst.csv").files
    assert [(section.theme, len(section.items)) for section in file.sections] == [("Stage", 2), ("Rooster", 1)]


def test_a_table_in_word_without_headings_says_who_says_what(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=3, cols=2)
    for at, texts in enumerate(
        (("Anna", "De uren zijn te kort."), ("Bram", "Bij ons ook."), ("", "Het lokaal is dicht."))
    ):
        for cell, text in zip(table.rows[at].cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "gesprek.docx"))
    intake = notes_intake(source_in((tmp_path / "gesprek.docx").read_bytes(), "gesprek.docx"), EMPTY)
    assert [line.result for line in intake.look.lines] == [
        "Anna: De uren zijn te kort.",
        "Bram: Bij ons ook.",
        "Het lokaal is dicht.",
    ]


def test_one_answer_of_nobody_to_questions_that_are_only_known_by_their_ids() -> None:
    rows = (
        ("Q0", "Name", "Q1"),
        ("Status", "Name", "Vrije reactie."),
        ('{"ImportId":"status"}', '{"ImportId":"name"}', '{"ImportId":"QID1_TEXT"}'),
    )
    intake = notes_intake(source_in(csv_of(*rows, ("0", "Anonymous", "Hallo wereld")), "export.csv"), EMPTY)
    notes = [edit.values for edit in intake.edits if edit.table == "note"]
    assert [(row["text"], row["heading"], row.get("said_by", "")) for row in notes] == [
        ("Hallo wereld", "Vrije reactie.", "")
    ]


def results(*rows: tuple[str, ...]) -> list[str]:
    """What each row of a table becomes, in words."""
    intake = notes_intake(source_in(csv_of(*rows), "tabel.csv"), EMPTY)
    return [f"{line.becomes.word}: {line.result}" for line in intake.look.lines]


def test_who_brought_something_in_is_not_who_does_it() -> None:
    head = ("Thema", "Opmerking", "Ingebracht door", "Actie", "Wie", "Wanneer")
    assert results(
        head, ("Stage", "Te weinig", "Anna", "", "", ""), ("", "Te duur", "Bram", "Folder maken", "Fenna", "1 mei")
    )[1:] == ["notitie: Anna: Te weinig", "notitie: Bram: Te duur • Bram: Folder maken (Fenna, 1 mei)"]
    assert results(("Bespreking", "Actie", "Wie"), ("Te duur", "Bellen", "Bram"))[1:] == [
        "notitie: Te duur • Bellen (Bram)"
    ]


def test_a_total_under_notes_is_none() -> None:
    rows = (("Thema", "Opmerking"), ("Stage", "Te weinig"), ("Totaal", "4"))
    assert results(*rows)[2] == "niet overnemen: een totaal"
    assert results(("Thema", "Opmerking"), ("Totaal", "Alles bij elkaar te weinig"))[1].startswith("notitie: ")


def test_a_wall_of_posts_in_english_has_its_columns() -> None:
    rows = (
        ("Section", "Subject", "Body", "Author", "Created At"),
        ("Wat gaat goed", "Lokalen", "Mooie lokalen", "Marloes", "2025-03-12 15:31:00 UTC"),
        ("Wat kan beter", "", "Meer tijd", "Anonymous", "2025-03-12 15:32:00 UTC"),
    )
    assert results(*rows)[1:] == ["notitie: Marloes: Mooie lokalen", "notitie: Meer tijd"]
    (file,) = source_in(csv_of(*rows), "muur.csv").files
    assert [section.theme for section in file.sections] == ["Wat gaat goed", "Wat kan beter"]


def test_a_form_whose_questions_have_no_question_mark_keeps_all_its_answers() -> None:
    head = (
        "Id",
        "Begintijd",
        "E-mail",
        "Naam",
        "Wat leverde STO op",
        "Geef een voorbeeld",
        "Wat is uw functie",
        "Naam van uw school",
        "Hoe tevreden bent u over het contact",
        "Mogen we u citeren?",
    )
    one = ("1", "2024-03-12 09:00", "anonymous", "", "Meer instroom", "Vorig jaar koos een klas PIE", "docent bouw")
    two = ("2", "2024-03-12 09:10", "anonymous", "", "Contacten", "We bellen elkaar nu gewoon", "decaan")
    rows = (head, (*one, "CSG Reggesteyn", "4", "Ja"), (*two, "ROC van Twente", "5", "Nee"))
    assert results(*rows)[1:] == [
        "notitie: Meer instroom • Vorig jaar koos een klas PIE",
        "notitie: Contacten • We bellen elkaar nu gewoon",
    ]


def test_a_form_of_nothing_but_marks_and_yes_is_still_read() -> None:
    assert results(("Tijdstempel", "Komt u volgend jaar weer?"), ("2025-05-12 10:00", "Ja"))[1:] == ["notitie: Ja"]


def test_the_sheets_of_a_wall_are_answers_below_the_headings() -> None:
    rows = (("Opbrengst", "Kan beter"), ("kleine groepen", "vervoer"), ("meer meisjes", "planning"), ("", "tijd"))
    assert results(*rows) == [
        "koppen van de tabel: ",
        "notitie: kleine groepen • vervoer",
        "notitie: meer meisjes • planning",
        "notitie: tijd",
    ]
    (file,) = source_in(csv_of(*rows), "flap.csv").files
    assert [(section.question, len(section.items)) for section in file.sections] == [("Opbrengst", 2), ("Kan beter", 3)]


def test_a_sheet_of_one_column_is_what_people_wrote_with_or_without_a_question_above() -> None:
    assert results(("Wat gaat goed?",), ("Docenten",), ("bus",)) == [
        "koppen van de tabel: ",
        "notitie: Docenten",
        "notitie: bus",
    ]
    assert results(("Docenten",), ("bus",)) == ["notitie: Docenten", "notitie: bus"]
    with pytest.raises(ExchangeError):
        source_in(csv_of(("1",), ("2",), ("3",)), "nummers.csv")


def test_numbered_questions_are_headings_and_no_conversation() -> None:
    rows = (
        ("Respondent", "V1. Wat gaat goed", "V2. Wat kan beter", "V3. Cijfer"),
        ("R1", "De sfeer in de klas", "Vervoer", "8"),
        ("R2", "Niets", "Meer tijd", "7"),
    )
    assert results(*rows)[1:] == [
        "notitie: R1: De sfeer in de klas • R1: Vervoer",
        "notitie: R2: Niets • R2: Meer tijd",
    ]


def test_who_stands_before_what_was_said_does_not_have_to_do_it() -> None:
    rows = (("Wie", "Opmerking", "Actie"), ("Anna", "Te duur", ""), ("Bram", "Te ver", "Bus vragen"))
    assert results(*rows)[1:] == ["notitie: Anna: Te duur", "notitie: Bram: Te ver • Bram: Bus vragen"]
    asked = (("Wie", "Opmerking", "Actie?"), ("Anna", "Te duur", "nee"), ("Bram", "Te ver", "ja"))
    assert results(*asked)[1:] == ["notitie: Anna: Te duur", "notitie: Bram: Te ver"]


def test_the_class_of_somebody_who_answers_is_no_panel() -> None:
    rows = (("Naam", "Groep", "Wat vond je ervan?"), ("Anna", "3b", "Het was heel open"), ("Bram", "4a", "Te kort"))
    assert [file.title for file in source_in(csv_of(*rows), "klas.csv").files] == [""]
    assert results(*rows)[1:] == ["notitie: Anna: Het was heel open", "notitie: Bram: Te kort"]


def test_polls_with_a_row_for_each_answer_have_who_and_what_was_asked() -> None:
    rows = (
        ("Poll question", "Poll type", "User name", "User email", "Answer", "Submitted at"),
        ("Wat gaat goed?", "Open text", "Anna Vos", "a@voorbeeld.nl", "Kleine groepen", "2024-03-12 15:41:12"),
        ("Wat kan beter?", "Open text", "Anonymous", "", "Vervoer", "2024-03-12 15:50:00"),
    )
    assert results(*rows)[1:] == ["notitie: Anna Vos: Kleine groepen", "notitie: Vervoer"]
    (file,) = source_in(csv_of(*rows), "poll.csv").files
    assert [section.question for section in file.sections] == ["Wat gaat goed?", "Wat kan beter?"]
    asked = (("Question", "Author", "Upvotes"), ("Waarom rijdt er geen bus?", "Anna Vos", "5"))
    assert results(*asked)[1:] == ["notitie: Anna Vos: Waarom rijdt er geen bus?"]
    (file,) = source_in(csv_of(*asked), "vragen.csv").files
    assert [section.question for section in file.sections] == [""]


def test_a_column_beside_what_was_discussed_is_not_lost() -> None:
    rows = (
        ("Onderwerp", "Besproken", "Besluit", "Actie", "Wie"),
        ("Vervoer", "De bus rijdt niet na vieren", "We vragen een offerte aan", "Offerte vragen", "Bram"),
        ("Stage", "Te weinig plekken", "", "", ""),
    )
    assert results(*rows)[1:] == [
        "notitie: We vragen een offerte aan • De bus rijdt niet na vieren • Offerte vragen (Bram)",
        "notitie: Te weinig plekken",
    ]


def test_answers_of_a_poll_stand_below_the_questions_between_empty_rows() -> None:
    """As Mentimeter and the like write a whole presentation into one sheet."""
    rows = (
        ("Panel Hengelo",),
        ("2024-03-12",),
        (),
        ("Question 1", "Wat gaat er goed bij jullie?"),
        ("Type", "Open Ended"),
        ("Respondents", "2"),
        ("Responses",),
        ("Kleine groepen, vooral in het Technolab",),
        ("Enthousiaste docenten",),
        (),
        ("Question 2", "Hoe belangrijk is samenwerking?"),
        ("Type", "Scales"),
        ("Met het po", "0", "1", "1", "2.5"),
        (),
        ("Question 3", "Een woord voor techniek"),
        ("Responses",),
        ("toekomst", "2"),
    )
    assert results(*rows) == [
        "niet overnemen: staat boven de vragen",
        "niet overnemen: staat boven de vragen",
        "vraag: Wat gaat er goed bij jullie?",
        "niet overnemen: staat tussen de vraag en de antwoorden",
        "niet overnemen: staat tussen de vraag en de antwoorden",
        "koppen van de tabel: ",
        "notitie: Kleine groepen, vooral in het Technolab",
        "notitie: Enthousiaste docenten",
        "vraag: Hoe belangrijk is samenwerking?",
        "niet overnemen: geen antwoord, maar een telling",
        "niet overnemen: geen antwoord, maar een telling",
        "vraag: Een woord voor techniek",
        "koppen van de tabel: ",
        "notitie: toekomst",
    ]
    (file,) = source_in(csv_of(*rows), "menti.csv").files
    assert [(one.question, len(one.items)) for one in file.sections] == [
        ("Wat gaat er goed bij jullie?", 2),
        ("Een woord voor techniek", 1),
    ]


def test_notes_of_other_panels_in_a_table_are_left_out_in_the_look_too() -> None:
    rows = (("Panel", "Notitie"), ("Oost", "De uren"), ("West", "De bus"), ("Oost", "De zaal"), ("", "De koffie"))
    here = replace(EMPTY, panel=replace(EMPTY.panel, title="Oost"))
    intake = notes_intake(source_in(csv_of(*rows), "alles.csv"), here)
    assert intake.notes == 2
    assert [f"{line.becomes.word}: {line.result}" for line in intake.look.lines[1:]] == [
        "notitie: De uren",
        "niet overnemen: van panel «West»",
        "notitie: De zaal",
        "niet overnemen: van geen panel",
    ]
    assert "Niet overgenomen: «West | De bus» (van panel «West»)." in intake.told


def calls_of(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls: the same each time, which no time is."""
    calls = 0

    def count(_frame: object, event: str, _about: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.long
@pytest.mark.parametrize("members", [0, 20])
def test_the_look_at_thousands_of_rows_reads_each_of_them_once(members: int) -> None:
    people = tuple(Panelist(f"p{seat}", seat=seat, name=f"Anna Vos{'s' * seat}") for seat in range(members))
    there = replace(EMPTY, panelists=people)

    def looked_at(rows: int) -> Callable[[], object]:
        said = [("Anna", "Stage", f"Dit is opmerking {number} over van alles") for number in range(rows)]
        content = csv_of(("Wie", "Thema", "Opmerking"), *said)

        def work() -> object:
            # As the window does: the file, its shape, and what comes of it.
            source = source_in(content, "lijst.csv", guess=True)
            return source.seen(there)[0].shape, notes_intake(source, there)

        return work

    few, many = calls_of(looked_at(200)), calls_of(looked_at(1200))
    assert (many - few) / 1000 < 160


@pytest.mark.long
def test_the_look_at_thousands_of_paragraphs_reads_each_of_them_once() -> None:
    def looked_at(lines: int) -> Callable[[], object]:
        said = [f"Anna Vos: Dit is opmerking {number} over van alles" for number in range(lines)]
        content = "\n\n".join(("# Verslag", "## Stage", *said)).encode()

        def work() -> object:
            source = source_in(content, "verslag.txt")
            return source.seen(EMPTY)[0].shape, notes_intake(source, EMPTY)

        return work

    few, many = calls_of(looked_at(200)), calls_of(looked_at(1200))
    assert (many - few) / 1000 < 200
