"""Files as people have them, made-up names: what each becomes, by the command as by the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sto_desktop.domain.brackets import normalised
from sto_desktop.domain.model import Note, Panel, Panelist
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.people import surname_of
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.files.table_export import sheets_xlsx
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.exchange.members.panelists_import import members_after
from sto_desktop.exchange.members.panelists_table import pasted_source, read_source
from sto_desktop.exchange.notes_source import read_notes_source, source_in
from sto_desktop.workplace.importing import Intake, members_intake, notes_intake

FILES = Path(__file__).resolve().parents[2] / "data" / "imports"
EMPTY = PanelContent(Panel("panel"), builtin_guide())


def members(name: str) -> Intake:
    """What a list of members would do to an empty panel."""
    return members_intake(read_source(FILES / name, guess=False), EMPTY)


def notes(name: str) -> Intake:
    """What a file of notes would do to an empty panel."""
    return notes_intake(read_notes_source(FILES / name), EMPTY)


def people_of(intake: Intake) -> list[tuple[str, str, str]]:
    """The members that come in: name, organisation, role."""
    rows = [edit.values for edit in intake.edits if edit.table == "panelist"]
    return [tuple(str(row.get(name, "")) for name in ("name", "organisation", "role")) for row in rows]  # type: ignore[misc]


def texts_of(intake: Intake) -> list[tuple[str, str]]:
    """The notes that come in: who says it, and the text."""
    rows = [edit.values for edit in intake.edits if edit.table == "note"]
    return [(str(row.get("said_by", "")), str(row["text"])) for row in rows]


ANNA, BRAM = ("Anna ter Horst", "ROC De Brug", "docent"), ("Bram Wolters", "Metaal BV", "eigenaar")


@pytest.mark.parametrize(
    ("name", "people", "told"),
    [
        ("kop-1.csv", [("Anna ter Horst", "", ""), ("Bram Wolters", "", "")], "«E-mail» en «Telefoon»"),
        ("kop-2.csv", [("Anna ter Horst", "ROC De Brug", ""), ("Bram Wolters", "Metaal BV", "")], ""),
        ("kop-5.csv", [("Anna ter Horst", "ROC De Brug", "teacher"), ("Bram Wolters", "Metaal BV", "owner")], ""),
        ("mens-1.csv", [ANNA, BRAM], "«ONDERWIJS» en «BEDRIJVEN» (een tussenkop)"),
        ("presentie-1.docx", [ANNA, BRAM], "«Paraaf»"),
        ("aanwezig-1.csv", [ANNA, BRAM], ""),
        ("blad-1.xlsx", [ANNA], "«Enschede»"),
        ("blad-2.xlsx", [ANNA, BRAM], "1 verborgen of weggefilterde rij"),
        ("pakket-2.xlsx", [ANNA], ""),
        ("x000d-1.xlsx", [ANNA], ""),
        ("tekenset-1.csv", [("René Nijhuis", "Zoë & Co", "docent")], ""),
        ("tekenset-2.csv", [("René Nijhuis", "Zoë & Co", "docent"), ("André Wolters", "ROC De Brug", "docent")], ""),
        ("tekenset-5.csv", [("René Nijhuis", "Zoë & Co", "docent")], ""),
        (
            "quote-1.csv",
            [
                ('"Henk" de Boer', "ROC De Brug", "docent"),
                ("Wolters, Bram", "Metaal; Techniek BV", "eigenaar"),
                ("Anna ter Horst", "Bouw Groep", "docent"),
            ],
            "",
        ),
    ],
)
def test_a_list_of_people(name: str, people: list[tuple[str, str, str]], told: str) -> None:
    intake = members(name)
    assert people_of(intake) == people
    assert told in " ".join(intake.told)


def test_who_is_absent_stays_absent() -> None:
    rows = [edit.values for edit in members("aanwezig-1.csv").edits if edit.table == "panelist"]
    assert {row["name"]: row.get("present", True) for row in rows} == {"Anna ter Horst": True, "Bram Wolters": False}


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        (
            "slik-1.txt",
            [
                ("Gespreksleider", "Welkom allemaal, wie wil beginnen?"),
                ("Anna", "De uren zijn te kort."),
                ("Notulist", "Mag ik vragen wat u bedoelt?"),
                ("", "Plaats: een vmbo in Oldenzaal zou meer willen doen."),
            ],
            "",
        ),
        (
            "spreker-1.txt",
            [("Anna", "De uren zijn te kort."), ("Bram", "Bij ons ook."), ("Anna", "En het rooster?")],
            "",
        ),
        ("spreker-3.txt", [("Anna ter Horst", "De uren zijn te kort"), ("Bram Wolters", "Bij ons ook")], ""),
        ("tabel-2.md", [("Anna", "De uren zijn te kort"), ("Bram", "Bij ons ook")], ""),
        ("vorm-1.rtf", [("", "De uren zijn te kort, zei René."), ("", "Het rooster werkt tegen.")], ""),
        ("vorm-2.vtt", [("Anna ter Horst", "De uren zijn te kort."), ("Bram Wolters", "Bij ons ook.")], ""),
        ("vorm-4.srt", [("", "De uren zijn te kort."), ("", "Bij ons ook.")], ""),
        ("onzichtbaar-1.docx", [("", "De bus gaat vaak.")], "Doorgestreepte tekst"),
        ("onzichtbaar-2.docx", [("", "De uren zijn te kort.")], "inhoudsopgave"),
        ("onzichtbaar-4.docx", [("", "De uren zijn te kort.")], "Invulvelden"),
        ("weg-1.docx", [("", "Minder leerlingen → minder monteurs.")], ""),
        ("weg-4.xlsx", [("Bram", "Gewone notitie")], "In rij 2 staat een formule"),
        ("pakket-1.docx", [("", "De uren zijn te kort.")], ""),
        ("kopje-2.md", [("", "De uren zijn te kort.")], ""),
        (
            "enquete-1.csv",
            [
                ("Anna ter Horst", "De sfeer, en de zaal"),
                ("Bram Wolters", "De bus"),
                ("Anna ter Horst", "Het rooster"),
                ("Bram Wolters", "De uren"),
            ],
            "",
        ),
    ],
)
def test_a_file_of_notes(name: str, said: list[tuple[str, str]], told: str) -> None:
    intake = notes(name)
    assert texts_of(intake) == said
    assert told in " ".join(intake.told)
    about = [edit.values for edit in intake.edits if edit.table == "panel"]
    assert not any({"place", "moderator", "note_taker"} & set(values) for values in about)


@pytest.mark.parametrize(
    ("name", "places"),
    [
        (
            "kopje-1.docx",
            {
                "Ouders komen nooit kijken.": "Beeldvorming",
                "Jongens kiezen vaker.": "Beeldvorming",
                "De bus gaat niet.": "Regionale samenwerking",
            },
        ),
        ("kopje-4.md", {"De uren zijn te kort.": "Beeldvorming"}),
        (
            "enquete-2.xlsx",
            {
                "De sfeer": "Wat gaat goed?",
                "De bus": "Wat gaat goed?",
                "Het rooster": "Wat kan beter?",
                "De zaal": "Wat kan beter?",
                "Minder toetsen": "Wat zou u anders doen?",
                "Meer stage": "Wat zou u anders doen?",
            },
        ),
    ],
)
def test_notes_stand_under_their_heading(name: str, places: dict[str, str]) -> None:
    rows = [edit.values for edit in notes(name).edits if edit.table == "note"]
    assert {str(row["text"]): str(row["heading"]) for row in rows} == places


def test_a_table_of_actions_has_owners_and_days() -> None:
    dated = PanelContent(Panel("panel", date=dt.date(2023, 2, 14)), builtin_guide())
    intake = notes_intake(read_notes_source(FILES / "tabel-1.docx"), dated)
    rows = [edit.values for edit in intake.edits if edit.table == "note"]
    assert [(row["text"], row["owner"], row["due"]) for row in rows] == [
        ("Zaal reserveren", "Anna", dt.date(2023, 3, 1)),
        ("Mail sturen", "Bram", dt.date(2023, 3, 8)),
    ]
    # Without a date of the panel nobody knows the year; the day stays with the words.
    rows = [edit.values for edit in notes("tabel-1.docx").edits if edit.table == "note"]
    assert [row["text"] for row in rows] == ["Zaal reserveren (1 maart)", "Mail sturen (8 maart)"]


def test_times_go_to_the_note_where_the_panel_has_a_day_and_a_begin() -> None:
    panel = Panel("panel", date=dt.date(2023, 2, 14), start=dt.time(15, 30))
    intake = notes_intake(read_notes_source(FILES / "spreker-1.txt"), PanelContent(panel, builtin_guide()))
    times = [edit.values["captured_at"] for edit in intake.edits if edit.table == "note"]
    assert times == [None, None, dt.datetime(2023, 2, 14, 15, 31, 5).astimezone()]


def test_speakers_are_members_where_the_list_has_them() -> None:
    people = (Panelist("a", seat=1, name="Anna ter Horst"), Panelist("b", seat=2, name="Bram Wolters"))
    content = PanelContent(Panel("panel"), builtin_guide(), people)
    intake = notes_intake(read_notes_source(FILES / "spreker-1.txt"), content)
    assert [edit.values["panelist"] for edit in intake.edits if edit.table == "voice"] == ["a", "b", "a"]
    assert intake.look.newcomers == ()
    assert not any(edit.table == "panelist" for edit in intake.edits)


def test_nobody_becomes_a_member_unasked() -> None:
    source = read_notes_source(FILES / "vorm-2.vtt")
    intake = notes_intake(source, EMPTY)
    assert [person.name for person in intake.look.newcomers] == ["Anna ter Horst", "Bram Wolters"]
    assert not any(edit.table in ("panelist", "voice") for edit in intake.edits)
    asked = notes_intake(source, EMPTY, speakers={"Anna ter Horst"})
    assert [edit.values["name"] for edit in asked.edits if edit.table == "panelist"] == ["Anna ter Horst"]
    assert texts_of(asked) == [("", "De uren zijn te kort."), ("Bram Wolters", "Bij ons ook.")]


def written(tmp_path: Path, name: str, text: str) -> Path:
    """A file with this text."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


MINUTES = """Notulen panelgesprek Oldenzaal
Datum: 14 februari 2023
Gespreksleider: Tessa Brinkhuis
Aanwezig: Anna ter Horst (AtH), Bram Wolters
Afwezig: Carla de Wit

1. Beeldvorming
AtH: De uren zijn te kort.
Horst, Anna ter: En de bus?
Anna/Bram: Het rooster.

2. Afspraken
Actie: Zaal reserveren
"""


def test_minutes_with_a_front_a_list_of_those_present_and_initials(tmp_path: Path) -> None:
    intake = notes_intake(
        read_notes_source(written(tmp_path, "notulen.txt", MINUTES)),
        EMPTY,
        speakers={"Anna ter Horst", "Bram Wolters", "Carla de Wit"},
    )
    (about,) = [edit.values for edit in intake.edits if edit.table == "panel"]
    assert about == {
        "title": "Notulen panelgesprek Oldenzaal",
        "date": dt.date(2023, 2, 14),
        "moderator": "Tessa Brinkhuis",
    }
    people = {edit.row: edit.values for edit in intake.edits if edit.table == "panelist"}
    assert {(row["name"], row["present"]) for row in people.values()} == {
        ("Anna ter Horst", True),
        ("Bram Wolters", True),
        ("Carla de Wit", False),
    }
    said: dict[str, list[object]] = {}
    for edit in intake.edits:
        if edit.table == "voice":
            said.setdefault(str(edit.values["note"]), []).append(people[str(edit.values["panelist"])]["name"])
    rows = [(edit.row, edit.values) for edit in intake.edits if edit.table == "note"]
    assert [(said.get(row, []), values["text"], values["heading"]) for row, values in rows] == [
        (["Anna ter Horst"], "De uren zijn te kort.", "Beeldvorming"),
        (["Anna ter Horst"], "En de bus?", "Beeldvorming"),
        (["Anna ter Horst", "Bram Wolters"], "Het rooster.", "Beeldvorming"),
        ([], "Actie: Zaal reserveren", "Afspraken"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("leidraad.json", '{"format": 1, "themes": []}', "Leidraad importeren"),
        ("boek.qdc", '<?xml version="1.0"?><CodeBook><Codes/></CodeBook>', "een codeboek"),
        ("iets.xml", '<?xml version="1.0"?><iets/>', "XML"),
        ("brief.eml", "From: a@b.nl\nTo: c@d.nl\nMIME-Version: 1.0\nSubject: x\n\nHallo\n", "e-mail"),
    ],
)
def test_what_is_no_text_of_people_is_refused_with_what_helps(tmp_path: Path, name: str, text: str, says: str) -> None:
    from sto_desktop.domain.errors import ExchangeError

    with pytest.raises(ExchangeError) as caught:
        read_notes_source(written(tmp_path, name, text))
    assert says in str(caught.value)


def test_a_csv_of_taguette_is_a_note_for_each_highlight(tmp_path: Path) -> None:
    highlights = ("1,Gesprek,bus,De bus gaat niet", "1,Gesprek,geld,De bus gaat niet", "2,Gesprek,bus,Te ver")
    rows = "\n".join(("id,document,tag,content", *highlights))
    (file,) = read_notes_source(written(tmp_path, "taguette.csv", rows)).files
    assert file.title == "Gesprek"
    assert [(note.text, note.tags) for section in file.sections for note in section.spoken] == [
        ("De bus gaat niet", ("bus", "geld")),
        ("Te ver", ("bus",)),
    ]


@pytest.mark.parametrize("read", [members, notes])
def test_every_row_or_line_is_in_the_look(read: Callable[[str], Intake]) -> None:
    name = "mens-1.csv" if read is members else "tabel-1.docx"
    lines = read(name).look.lines
    assert len({line.number for line in lines}) == len(lines)
    assert [line.shown for line in lines if line.why == "een totaal"] == (["Totaal: 2"] if read is members else [])


def test_said_by_is_of_the_note_alone() -> None:
    assert Note("n").said_by == ""


def test_headings_in_two_rows_say_what_the_lower_ones_are_about(tmp_path: Path) -> None:
    rows = (
        "Panel Losser, 12 mei;;;;;",
        "Persoon;;Werk;;Toestemming;",
        "Voornaam;Achternaam;Organisatie;Functie;Naam;Citaat",
        "Anna;ter Horst;ROC;docent;ja;nee",
        "Bram;Wolters;Metaal;eigenaar;nee;nee",
    )
    intake = members_intake(read_source(written(tmp_path, "lijst.csv", "\n".join(rows))), EMPTY)
    assert people_of(intake) == [("Anna ter Horst", "ROC", "docent"), ("Bram Wolters", "Metaal", "eigenaar")]
    said = [(edit.values["consent_name"], edit.values["consent_quote"]) for edit in intake.edits]
    assert said == [(Consent.YES, Consent.NO), (Consent.NO, Consent.NO)]


def test_nobody_is_called_yes(tmp_path: Path) -> None:
    rows = "Voornaam;Achternaam;Naam\nAnna;ter Horst;ja\nBram;Wolters;nee\n"
    intake = members_intake(read_source(written(tmp_path, "lijst.csv", rows)), EMPTY)
    assert [name for name, _, _ in people_of(intake)] == ["Anna ter Horst", "Bram Wolters"]


def test_answers_to_an_invitation_say_who_is_there(tmp_path: Path) -> None:
    rows = "Name,Title,Attendance\nAnna ter Horst,Teacher,Accepted\nBram Wolters,Owner,Declined\nCor Smit,,None\n"
    intake = members_intake(read_source(written(tmp_path, "lijst.csv", rows)), EMPTY)
    assert [(edit.values["name"], edit.values.get("present", True)) for edit in intake.edits] == [
        ("Anna ter Horst", True),
        ("Bram Wolters", False),
        ("Cor Smit", True),
    ]
    assert people_of(intake)[0][2] == "Teacher"
    assert "Bij aanwezig staat «None»; dat is niet overgenomen." in intake.told


def test_questions_of_a_form_are_headings(tmp_path: Path) -> None:
    text = (
        "Tijdstempel,Hoe heet je?,Bij welke organisatie werk je?,Wat is je functie?,Ben je erbij op 12 maart?,"
        "Mogen we je naam noemen?,Wat gaat goed op jouw school?\n"
        "12-3-2025 15:31:02,Anna ter Horst,ROC De Brug,docent,Ja,Ja,Veel\n"
        "12-3-2025 15:31:02,Bram Wolters,Metaal BV,eigenaar,Nee,Nee,Niets\n"
    )
    intake = members_intake(read_source(written(tmp_path, "form.csv", text), guess=False), EMPTY)
    assert people_of(intake) == [ANNA, BRAM]
    rows = [edit.values for edit in intake.edits]
    assert [row["present"] for row in rows] == [True, False]
    assert [row["consent_name"] for row in rows] == [Consent.YES, Consent.NO]
    assert "«Wat gaat goed op jouw school?»" in " ".join(intake.told)


TEAMS_LIST = """1. Summary
Meeting title\tPanelgesprek
Attended participants\t2

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole
Anna ter Horst\t3/12/25, 3:30:01 PM\t3/12/25, 4:30:01 PM\t1h\ta@r.nl\tOrganizer
Wolters, Bram\t3/12/25, 3:30:01 PM\t3/12/25, 4:30:01 PM\t1h\tb@r.nl\tPresenter

3. In-Meeting Activities
Name\tJoin Time\tLeave Time
Anna ter Horst\t3/12/25\t3/12/25
"""


@pytest.mark.parametrize(
    ("name", "text", "people"),
    [
        ("teams.csv", TEAMS_LIST, [("Anna ter Horst", "", ""), ("Bram Wolters", "", "")]),
        (
            "log.csv",
            "Full name;User action\nAnna ter Horst;Joined\nAnna ter Horst;Left\nBram Wolters (Guest);Joined\n",
            [("Anna ter Horst", "", ""), ("Bram Wolters", "", "")],
        ),
        (
            "outlook.csv",
            'Title,First Name,Last Name,Company,Job Title\n"",Anna,ter Horst,ROC De Brug,docent\n',
            [ANNA],
        ),
        (
            "aan.txt",
            "Anna ter Horst <a@roc.nl>; 'Bram Wolters' <b@c.nl>; Wit, Fenna de <f@t.nl>; rob@stam.nl\n",
            [("Anna ter Horst", "", ""), ("Bram Wolters", "", ""), ("Fenna de Wit", "", "")],
        ),
        (
            "lijst.html",
            "<table><tr><th colspan=2>Deelnemer</th><th rowspan=2>Bedrijf</th></tr><tr><th>Voornaam</th>"
            "<th>Achternaam</th></tr><tr><td>Bram</td><td>Wolters</td><td>Metaal BV</td></tr></table>",
            [("Bram Wolters", "Metaal BV", "")],
        ),
    ],
)
def test_lists_of_meetings_mail_and_address_books(
    tmp_path: Path, name: str, text: str, people: list[tuple[str, str, str]]
) -> None:
    source = read_source(written(tmp_path, name, text), guess=name == "aan.txt")
    assert people_of(members_intake(source, EMPTY)) == people


def test_who_is_marked_absent_under_any_heading_is_absent(tmp_path: Path) -> None:
    text = "Naam;Organisatie;Paraaf\nAnna ter Horst;ROC De Brug;\nBram Wolters;Metaal BV;afwezig\n"
    intake = members_intake(read_source(written(tmp_path, "lijst.csv", text), guess=False), EMPTY)
    assert [edit.values.get("present", True) for edit in intake.edits] == [True, False]


def test_members_of_our_own_workbook_are_those_of_their_sheet(tmp_path: Path) -> None:
    book = tmp_path / "alles.xlsx"
    notes_sheet = [("Panel", "Notitie", "Zegt"), ("Oost", "Te duur", "Anna ter Horst"), ("Oost", "Ook", "Bram Wolters")]
    people = [("Panel", "Naam", "Organisatie"), ("Oost", "Anna ter Horst", "ROC"), ("Oost", "Mo", "Metaal")]
    book.write_bytes(sheets_xlsx([("Notities", notes_sheet), ("Panelleden", people)]))
    intake = members_intake(read_source(book, guess=False), EMPTY)
    assert people_of(intake) == [("Anna ter Horst", "ROC", ""), ("Mo", "Metaal", "")]


WRITTEN = (
    "Wim van der Sluis", "vanderSluis, Wim", "vdSluis, Wim", "Wim_van_der_Sluis", "Wim.van.der.Sluis",
    "wim-van-der-sluis", "WimvanderSluis", "WvdSluis", "Sluis,W.van der", "w.vandersluis@school.nl",
    "wim.van.der.sluis@school.nl",
    "Wim van der Sluis (Carmel)", "W. van der Sluis (Reggesteyn)",
)  # fmt: skip
SAID = (
    "Wim van der Sluis: te duur",
    "W. van der Sluis: te duur",
    "meneer van der Sluis: te duur",
    "v.d. Sluis: te duur",
)


@pytest.mark.parametrize("written", WRITTEN)
def test_who_does_not_take_part_is_heard_however_the_list_writes_the_name(written: str) -> None:
    rows = "\n".join((f'"{written}";nee', '"Rik ten Broeke";ja'))
    intake = members_intake(pasted_source(f"Naam;Deelname\n{rows}"), EMPTY)
    people = members_after(intake.edits, ())
    content = replace(EMPTY, panelists=tuple(people))
    text = "\n".join((*SAID, "Carmel: wij doen mee", "Rik: dat klopt"))
    noted = notes_intake(source_in(text.encode(), "notities.txt"), content)
    assert [said for _, said in texts_of(noted) if "te duur" in said] == []
    assert "wij doen mee" in " ".join(said for _, said in texts_of(noted))


@pytest.mark.parametrize("written", ["ARouwhorst", "A.Rouwhorst", "AnnaRouwhorst", "Anna_Rouwhorst", "anna.rouwhorst"])
def test_the_name_of_an_account_is_a_name(written: str) -> None:
    (member,) = members_after(members_intake(pasted_source(f"Naam;Functie\n{written};docent"), EMPTY).edits, ())
    assert surname_of(member.name).casefold() == "rouwhorst"
    assert member.first_name.casefold() in ("a.", "anna")


@pytest.mark.parametrize(
    "name", ["McDonald", "DeVries", "IJsbrand", "Anne-Marie", "Ellen Jansen-de Ridder", "KEES BOS"]
)
def test_other_names_stay_as_they_are(name: str) -> None:
    assert normalised(name) == name


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("w.vandersluis@school.nl", "W. van der Sluis"),
        ("anna.rouwhorst@school.nl", "Anna Rouwhorst"),
        ("j.p.jansen@school.nl", "J. P. Jansen"),
        ("administratie.oost@school.nl", ""),
        ("arouwhorst@school.nl", ""),
        ("klas2.oost@school.nl", ""),
    ],
)
def test_an_address_where_a_name_belongs_gives_the_name_and_says_so(address: str, name: str) -> None:
    intake = members_intake(pasted_source(f"Naam;Functie\n{address};docent"), EMPTY)
    assert [person for person, _, _ in people_of(intake)] == [name]
    assert "@" not in repr(intake.edits)
    said = f"Uit een e-mailadres gehaald, dus kijk na of de naam zo klopt: {name}."
    assert (said in intake.told) == bool(name)
