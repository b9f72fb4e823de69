"""Who says it in a file, in all the ways in which people write that: words of who does not take part stay out."""

from __future__ import annotations

import io

import pytest
from docx import Document

from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.exchange.notes_source import source_in
from sto_desktop.workplace.importing import Intake, notes_intake

GONE, STAYS = "woordweg", "woordblijft"
NAME, OTHER = "Wietske Oude Luttikhuis", "Mohamed Ouali"
MEMBERS = tuple(
    Panelist(str(seat), "panel", seat=seat, name=name, first_name=name.split()[0], consent_participation=answer)
    for seat, (name, answer) in enumerate(
        ((OTHER, Consent.YES), (NAME, Consent.NO), ("Rik ten Broeke", Consent.YES)), 1
    )
)
CONTENT = PanelContent(Panel("panel"), builtin_guide(), panelists=MEMBERS)


def said(intake: Intake) -> dict[str, str]:
    """Return who says each note that an import makes, by its words."""
    notes = {edit.row: edit.values["text"] for edit in intake.edits if edit.table == "note"}
    voices = [edit.values for edit in intake.edits if edit.table == "voice"]
    names = {member.id: member.name for member in MEMBERS}
    return {
        text: ", ".join(names[voice["panelist"]] for voice in voices if voice["note"] == row)
        for row, text in notes.items()
    }


def of_table(*rows: tuple[str, ...]) -> Intake:
    """What a csv of these rows would do to the panel."""
    return of_text("\n".join(";".join(row) for row in rows), "notities.csv")


def of_text(text: str, name: str = "notities.txt") -> Intake:
    """What a file with this text would do to the panel."""
    return notes_intake(source_in(text.encode(), name), CONTENT)


def only_others(intake: Intake) -> bool:
    """Whether the words of others are there, and none of who does not take part."""
    words = " ".join(said(intake))
    return STAYS in words and GONE not in words


HEADS = (
    "Afzender", "Gebruiker", "Inzender", "Van", "Persoon", "From", "User", "Sender", "Wie zei het", "Gezegd door",
    "Genoemd door", "Inbreng van", "Collega", "Posted by", "Voornaam",
    "Initialen", "Stoel", "E-mailadres", "Achternaam", "Bron", "Reactie van", "Opgemerkt door", "Nr",
)  # fmt: skip
WRITTEN = {
    "Voornaam": ("Wietske", "Mohamed"),
    "Achternaam": ("Oude Luttikhuis", "Ouali"),
    "Initialen": ("WOL", "MO"),
    "Stoel": ("2", "1"),
    "Nr": ("2", "stoel 1"),
    "E-mailadres": ("w.oudeluttikhuis@rocvt.nl", "m.ouali@canisius.nl"),
}


def test_a_table_with_a_column_for_each_person_is_read_by_person() -> None:
    head = ("Vraag", OTHER, NAME)
    intake = of_table(
        head, ("Wat gaat goed?", f"{STAYS} de bus", f"{GONE} de kar"), ("Wat kan beter?", "", f"{GONE} het")
    )
    assert only_others(intake)
    assert said(intake)[f"{STAYS} de bus"] == OTHER


def test_numbers_that_go_up_are_those_of_rows() -> None:
    intake = of_table(("Nr", "Notitie"), ("1", f"{STAYS} de bus rijdt niet"), ("2", f"{STAYS} het lokaal is te duur"))
    assert len(said(intake)) == 2


@pytest.mark.parametrize("head", HEADS)
def test_a_column_of_who_says_it_is_known_by_its_head(head: str) -> None:
    gone, stays = WRITTEN.get(head, (NAME, OTHER))
    rows = [("10:00", stays, f"{STAYS} de bus rijdt niet"), ("10:01", gone, f"{GONE} het lokaal is te duur")]
    intake = of_table(("Tijd", head, "Notitie"), *rows)
    assert only_others(intake)
    assert said(intake)[f"{STAYS} de bus rijdt niet"] == OTHER


@pytest.mark.parametrize(
    ("heads", "gone", "stays"),
    [
        (("Voornaam", "Achternaam"), ("Wietske", "Oude Luttikhuis"), ("Mohamed", "Ouali")),
        (("Voornaam", "Tussenvoegsel", "Achternaam"), ("Wietske", "Oude", "Luttikhuis"), ("Mohamed", "", "Ouali")),
        (("Achternaam", "Voornaam"), ("Oude Luttikhuis", "Wietske"), ("Ouali", "Mohamed")),
        (("Van", "Aan"), (NAME, "panel"), (OTHER, "panel")),
        (("Stoel", "Wie"), ("", NAME), ("", OTHER)),
        (("Nr", "Spreker"), ("1", "w.oudeluttikhuis@rocvt.nl"), ("2", "m.ouali@canisius.nl")),
    ],
)
def test_columns_that_say_together_who_it_is(
    heads: tuple[str, ...], gone: tuple[str, ...], stays: tuple[str, ...]
) -> None:
    rows = [(*stays, f"{STAYS} de bus rijdt niet"), (*gone, f"{GONE} het lokaal is te duur")]
    intake = of_table((*heads, "Notitie"), *rows)
    assert only_others(intake)
    assert said(intake)[f"{STAYS} de bus rijdt niet"] == OTHER


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        (("Van", "Tot"), ("10:00", "10:05")),
        (("Nr",), ("2",)),
        (("Persoon",), ("de ouders van wie hier komt",)),
        (("Collega",), ("geen idee",)),
    ],
)
def test_other_columns_with_such_a_head_say_nothing_of_who_it_is(
    heads: tuple[str, ...], cells: tuple[str, ...]
) -> None:
    rows = [(*cells, f"{STAYS} {number} de bus rijdt niet") for number in "abc"]
    intake = of_table((*heads, "Notitie"), *rows)
    assert [who for words, who in said(intake).items() if STAYS in words] == ["", "", ""]


def test_a_mail_address_of_nobody_here_is_left_out() -> None:
    rows = [("k.jansen@roc.nl", f"{STAYS} de bus rijdt niet"), (OTHER, f"{STAYS} en de trein ook niet")]
    intake = of_table(("Spreker", "Notitie"), *rows)
    assert said(intake) == {f"{STAYS} de bus rijdt niet": "", f"{STAYS} en de trein ook niet": OTHER}
    assert "E-mailadressen en telefoonnummers bij namen zijn niet overgenomen." in intake.told
    assert "k.jansen" not in repr(intake.edits)


SEATED = (
    "(stoel {n}) {text}", "[stoel {n}] {text}", "(Stoel {n}): {text}", "stoel {n} – {text}", "Stoel {n} - {text}",
    "{text} (stoel {n})", "{text}. (stoel {n})", "{text} [stoel {n}].", "{text} – stoel {n}",
    "{text} (stoelen {n} en 3)",
)  # fmt: skip


@pytest.mark.parametrize("form", SEATED)
def test_a_seat_beside_the_words_says_who_it_is(form: str) -> None:
    lines = [form.format(n=1, text=f"{STAYS} de bus"), form.format(n=2, text=f"{GONE} te duur")]
    cues = (f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}\n" for n, line in enumerate(lines, 1))
    after = ("Rik ten Broeke: dat klopt", *lines, "Rik ten Broeke: en dat ook")
    for intake in (
        of_text("\n".join(after)),
        of_text("\n".join(f"- {line}" for line in lines)),
        of_text("\n".join(f"[10:00:0{n}] {line}" for n, line in enumerate(after))),
        of_text("\n".join(cues), "opname.srt"),
        of_table(("Tijd", "Notitie"), *(("10:00", line) for line in lines)),
        of_table(("Notitie", "Soort"), *((line, "citaat") for line in lines)),
    ):
        assert only_others(intake)
        assert [who.split(", ")[0] for words, who in said(intake).items() if STAYS in words] == [OTHER]


def test_a_seat_in_a_table_without_headings_says_who_it_is() -> None:
    document = Document()
    table = document.add_table(rows=0, cols=2)
    rows = [(OTHER, f"{STAYS} de bus rijdt niet."), ("stoel 2", f"{GONE} vind het lokaal te duur.")]
    rows += [
        ("Rik ten Broeke", "Mee eens, dat is zo."),
        ("stoel 2", f"{GONE} en de stage."),
        ("Tess", "Dat klopt wel."),
    ]
    for who, words in rows:
        for cell, text in zip(table.add_row().cells, (who, words), strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    assert only_others(notes_intake(source_in(file.getvalue(), "notities.docx"), CONTENT))


def test_a_seat_elsewhere_in_the_words_says_nothing_of_who_it_is() -> None:
    lines = [f"{STAYS} naar stoel 2 gaan", f"Stoel 2 – 4 {STAYS}", f"{STAYS} (stoel of bank)"]
    assert said(of_text("\n\n".join(lines))) == dict.fromkeys(lines, "")


@pytest.mark.parametrize(
    "name",
    [
        NAME,
        "Wietske",
        "Oude Luttikhuis, Wietske",
        "WOL",
        "Wietske (ROC)",
        "Stoel 2",
        "mw. Oude Luttikhuis",
        "Mevrouw Oude Luttikhuis",
        f"{NAME}:",
    ],
)
def test_a_heading_that_is_a_name_says_whose_words_stand_below(name: str) -> None:
    below = f"- {GONE} te kort\n\n- Rik ten Broeke: dat is zo\n- {GONE} geen budget\n\n"
    hers, his = f"## {name}\n\n{below}### Stage\n\n{below}", f"## {OTHER}\n\n- {STAYS} de bus\n\n"
    text = f"# Beeldvorming\n\n{hers}{his}# Slot\n\n- einde\n"
    intake = of_text(text, "notities.md")
    assert only_others(intake)
    assert said(intake)[f"{STAYS} de bus"] == OTHER
    assert said(intake)["einde"] == ""
    document = Document()
    for head, words in ((name, GONE), (OTHER, STAYS)):
        document.add_heading(head, 2)
        document.add_paragraph(f"{words} een", style="List Bullet")
        document.add_paragraph(f"{words} twee")
    file = io.BytesIO()
    document.save(file)
    intake = notes_intake(source_in(file.getvalue(), "notities.docx"), CONTENT)
    assert said(intake) == {f"{STAYS} een": OTHER, f"{STAYS} twee": OTHER}


def mail_from(who: str, words: str) -> str:
    """A mail as Outlook prints it."""
    head = f"Van: {who}\nVerzonden: dinsdag 14 februari 2023 10:04\nAan: Panel\nOnderwerp: RE: panelgesprek"
    return f"{head}\n\nBeste allen,\n\n{words}\nRik ten Broeke: eens.\n{words} nog eens.\n\n"


HERS, HIS = f"{GONE} te kort.", f"{STAYS} de bus."
SENDERS = (
    NAME,
    f"{NAME} <w.oudeluttikhuis@rocvt.nl>",
    '"Oude Luttikhuis, W."',
    "w.oudeluttikhuis@rocvt.nl",
    "Wietske",
    "Wies <w.oudeluttikhuis@rocvt.nl>",
)


@pytest.mark.parametrize("who", SENDERS)
def test_a_mail_is_said_by_who_sent_it(who: str) -> None:
    sent = mail_from(OTHER, HIS) + mail_from(who, HERS) + mail_from(f"{OTHER} <m.ouali@canisius.nl>", f"{HIS} slot")
    for text in (sent, sent.replace("Van:", "From:").replace("Aan:", "To:").replace("Verzonden:", "Sent:")):
        intake = of_text(text)
        assert only_others(intake)
        assert {one for words, one in said(intake).items() if STAYS in words} == {OTHER}


def test_a_head_with_line_breaks_is_one_of_a_mail_too() -> None:
    document = Document()
    for part in (mail_from(NAME, HERS) + mail_from(OTHER, HIS)).split("\n\n"):
        document.add_paragraph(part)
    file = io.BytesIO()
    document.save(file)
    assert only_others(notes_intake(source_in(file.getvalue(), "mail.docx"), CONTENT))


@pytest.mark.parametrize(
    "head",
    [
        f"Op di 14 feb 2023 om 10:04 schreef {NAME} <w.oudeluttikhuis@rocvt.nl>:",
        f"Op 14 feb 2023, om 10:04 heeft {NAME} het volgende geschreven:",
        f"On Tue, 14 Feb 2023 at 10:04, {NAME} <w.oudeluttikhuis@rocvt.nl> wrote:",
        f"On Feb 14, 2023, at 10:04 AM, {NAME} wrote:",
    ],
)
def test_an_answered_mail_is_said_by_who_wrote_it(head: str) -> None:
    assert only_others(of_text(f"{HIS}\n\n{head}\n\n> {HERS}\n> {GONE} geen budget.\n"))
    assert only_others(of_text(f"{HIS}\n\n{head}\n\n{HERS}\n\n{GONE} geen budget.\n"))


def test_who_mails_minutes_round_and_is_no_member_did_not_say_them() -> None:
    intake = of_text(mail_from("Karin de Notulist <k@school.nl>", HIS))
    assert said(intake)[HIS] == ""
    assert not intake.look.newcomers


def captions(*lines: str) -> str:
    """Captions as SubRip has them, one line in each."""
    cues = (f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{line}\n" for n, line in enumerate(lines, 1))
    return "\n".join(cues)


BESIDE = (
    "Wietske (ROC) – {}", "Wietske en Rik – {}", "Wietske en Karin – {}", "[mw. Oude Luttikhuis] {}", "(Wietske): {}",
    "(Wietske) {}", "Wietske > {}", "Wietske, ROC – {}", "{} (Wietske)", "{}, aldus Wietske", "<Wietske> {}",
    f"{NAME} -- {{}}", "Wietske/Rik – {}", "*Wietske* Nou, {}", "**Wietske** Te {}", "mevr. Oude Luttikhuis | {}",
    "[Wietske Oude Luttikhuis (ROC)] {}", "wietske - {}",
)  # fmt: skip


@pytest.mark.parametrize("form", BESIDE)
def test_who_stands_beside_words_speaks_until_somebody_else_does(form: str) -> None:
    lines = (f"{OTHER}: {STAYS} de bus.", form.format(f"{GONE} te duur."), f"{GONE} nog eens.", f"Rik: {STAYS} ja.")
    for intake in (
        of_text(captions(*lines), "opname.srt"),
        of_text("WEBVTT\n\n" + captions(*lines).replace(",0", ".0").replace(",9", ".9"), "opname.vtt"),
        of_text("\n".join((lines[0], lines[3], lines[0], *lines))),
    ):
        assert only_others(intake)
        assert said(intake)[f"{STAYS} de bus."] == OTHER


def test_who_stands_beside_words_and_is_no_member_is_a_speaker_that_is_told() -> None:
    intake = of_text(captions(f"{OTHER}: de bus.", "[mw. Bakker] te duur.", "Nog eens.", "Rik: ja."), "opname.srt")
    assert said(intake) == {"de bus.": OTHER, "te duur.": "", "Nog eens.": "", "ja.": "Rik ten Broeke"}
    assert "mw. Bakker is geen panellid; bij de notities staat die naam als onbekende spreker." in intake.told


@pytest.mark.parametrize("form", ["Oké: {}", "[Gelach] {}", "[Muziek] {}", "Ja: {}", "Rooster: {}", "Kijk, ja: {}"])
def test_a_word_before_a_colon_or_in_brackets_is_no_other_speaker(form: str) -> None:
    lines = (f"{OTHER}: {STAYS} de bus.", f"Wietske: {GONE} te duur.", form.format(GONE), f"Rik: {STAYS} ja.")
    assert only_others(of_text(captions(*lines), "opname.srt"))
    assert only_others(of_text("\n".join(lines)))


@pytest.mark.parametrize(
    "line", ["Almelo – Hengelo is te ver.", "Ja – dat klopt.", "Rik en de bus – te laat.", "2 – 4", "*Rik* komt"]
)
def test_other_words_before_a_dash_are_words(line: str) -> None:
    assert said(of_text(f"- {line}\n- de trein\n", "notities.md")) == {line: "", "de trein": ""}


SENT_BY = (
    "Afzender: {}", "Naam: {}", "**Naam:** {}", "Ingevuld door: {}", "Notitie van: {}", "Notities van {}", "Inbreng {}",
    "Reactie van {}:", "Geschreven door {}", "Panellid: {}", "{} schrijft:", "Uw naam: {}", "## Bijdrage van {}",
)  # fmt: skip


@pytest.mark.parametrize("form", SENT_BY)
def test_a_line_that_tells_who_sent_what_follows(form: str) -> None:
    parts = [
        f"{form.format(who)}\n\n- {words} een.\n\n{words} twee.\n- Rik ten Broeke: eens.\n{words} drie.\n"
        for who, words in ((OTHER, STAYS), ("Wietske (ROC)", GONE), ("Karin Smit", "onbekend"), ("Rik", "slot"))
    ]
    intake = of_text("\n".join(parts), "notities.md")
    assert only_others(intake)
    whose = said(intake)
    assert {whose[f"{STAYS} {number}."] for number in ("een", "twee", "drie")} == {OTHER}
    assert {whose[f"onbekend {number}."] for number in ("een", "twee", "drie")} == {""}
    assert whose["slot drie."] == "Rik ten Broeke"


@pytest.mark.parametrize(
    "line",
    [
        "Naam: De Brug",
        "Mail Rik",
        "Antwoord: Rik",
        "Punten: Rik en Mohamed",
        "Naam van de school: Rik",
        "Reactie van de bus",
    ],
)
def test_other_lines_tell_nothing_of_who_sent_what_follows(line: str) -> None:
    assert said(of_text(f"- een\n- {line}\n- {STAYS} de bus\n"))[f"{STAYS} de bus"] == ""


def test_a_form_in_a_table_says_who_filled_it_in() -> None:
    document = Document()
    for who, words in ((OTHER, STAYS), (NAME, GONE)):
        table = document.add_table(rows=0, cols=2)
        for row in (("Naam", who), ("Functie", "docent"), ("Wat gaat goed?", f"{words} de bus")):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    file = io.BytesIO()
    document.save(file)
    intake = notes_intake(source_in(file.getvalue(), "formulier.docx"), CONTENT)
    assert only_others(intake)


def letter(who: str, words: str, hail: str = "Beste Karin,", end: str = "Groet,\n") -> str:
    """A letter or mail as it is pasted, without its head."""
    return f"{hail}\n\n{words} een.\n{words} twee.\n\n{end}{who}\n\n"


@pytest.mark.parametrize(
    "end", ["Groet,\n", "Met vriendelijke groet,\n\n", "Mvg ", "Gr. ", "Groetjes van ", "Hartelijke groeten\n", "MVG, "]
)
@pytest.mark.parametrize("hail", ["Beste allen,", "Hoi Karin!", ""])
def test_a_letter_is_said_by_who_signed_it(end: str, hail: str) -> None:
    letters = ((OTHER, STAYS), ("Wietske", GONE), ("Karin Smit", "onbekend"), (OTHER, f"{STAYS} slot"))
    intake = of_text("".join(letter(who, words, hail, end) for who, words in letters))
    assert only_others(intake)
    whose = said(intake)
    assert whose[f"{STAYS} slot twee."] == (OTHER if hail else "")
    assert whose["onbekend een."] == ""
    assert "Wietske" not in " ".join(whose)


def test_a_greeting_that_is_a_word_ends_no_letter() -> None:
    words = [f"{STAYS} een", "Groet: zeg dag tegen wie binnenkomt", "Succes hangt af van de stage", "Best veel werk"]
    assert list(said(of_text("\n".join(f"- {line}" for line in words)))) == words


VOICES = (
    "Spreker {}", "Speaker {}", "SPEAKER_0{}", "S{}", "Spk{}", "Speaker A{}", "Onbekende spreker {}",
    "Unknown Speaker {}", "Stem {}", "Gast {}", "Participant {}", "Vrouw {}", "Persoon {}",
)  # fmt: skip


@pytest.mark.parametrize("voice", [*VOICES, *(f"[{voice}]" for voice in VOICES[:3])])
def test_a_voice_of_a_transcript_is_an_unknown_speaker(voice: str) -> None:
    one, two = voice.replace("A{}", "A").format(1), voice.replace("A{}", "B").format(2)
    lines = ((one, "de bus."), (two, "te duur."), (one, "ja."))
    known = (one.strip("[]"), two.strip("[]"), one.strip("[]"))
    for intake in (
        of_text("".join(f"{who}: {words}\n" for who, words in lines)),
        of_text("".join(f"{who}\n{words}\n\n" for who, words in lines)),
        of_text("".join(f"{who} 00:0{at}\n{words}\n\n" for at, (who, words) in enumerate(lines))),
        of_text(captions(*(f"{who}: {words}" for who, words in lines)), "opname.srt"),
    ):
        notes = [edit.values for edit in intake.edits if edit.table == "note"]
        assert tuple(note.get("said_by") for note in notes) == known
        assert not intake.look.newcomers
        assert any(f"{known[0]} en {known[1]} zijn geen panellid" in told for told in intake.told)


@pytest.mark.parametrize("voice", ["P{}", "[P{}]"])
def test_a_number_of_a_participant_may_be_the_seat_of_who_does_not_take_part(voice: str) -> None:
    lines = ((voice.format(1), "de bus."), (voice.format(2), f"{GONE} te duur."), (voice.format(1), STAYS))
    intake = of_text("".join(f"{who}: {words}\n" for who, words in lines))
    assert only_others(intake)
    assert list(said(intake)) == ["de bus.", STAYS]


def test_what_is_left_out_takes_nothing_of_others_with_it() -> None:
    for hail in ("", "Hoi,"):
        letters = "".join(letter(who, words, hail) for who, words in (("Wietske", GONE), ("Rik ten Broeke", STAYS)))
        assert only_others(of_text(letters))
        assert len(said(of_text(letters))) == 2 + bool(hail)
    talk = (
        f"{OTHER}: de bus.\nRik: ja.\nWietske: {GONE} te duur.\n{GONE} nog eens.\n\n## Vraag 2\n\n{STAYS} zonder naam\n"
    )
    assert only_others(of_text(talk, "notities.md"))


def in_word(*paragraphs: str) -> Intake:
    """What a Word file with these paragraphs, which may have line breaks, would do to the panel."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return notes_intake(source_in(file.getvalue(), "notities.docx"), CONTENT)


TURNS = (
    f"{OTHER}: {STAYS} de bus.", f"Wietske: {GONE} te duur.", f"En {GONE} nog.", f"Rik: {STAYS} ja.",
    f"Mohamed: {STAYS} slot.",
)  # fmt: skip


@pytest.mark.parametrize("between", [": ", " – ", "\n", ":\n", " (ROC): "])
def test_line_breaks_in_a_paragraph_part_who_speaks(between: str) -> None:
    turns = [turn.replace(": ", between) for turn in TURNS]
    paragraphs = (turns[0], f"{turns[1]}\n{turns[2]}", *turns[3:])
    for intake in (
        in_word("\n".join(turns)),
        in_word("Verslag", "\n".join(turns[:3]), "\n".join(turns[3:])),
        in_word(*paragraphs),
    ):
        assert only_others(intake)
        whose = said(intake)
        assert [whose.get(f"{STAYS} {words}") for words in ("de bus.", "ja.", "slot.")] == [
            OTHER,
            "Rik ten Broeke",
            OTHER,
        ]


def test_line_breaks_in_a_letter_and_in_a_mail_are_lines_of_it() -> None:
    letters = (letter(who, words).rstrip() for who, words in (("Wietske", GONE), (OTHER, STAYS)))
    mails = (mail_from(who, words).rstrip() for who, words in ((NAME, HERS), (OTHER, HIS)))
    for intake in (in_word(*letters), in_word(*mails), in_word(f"Naam: Wietske\n{GONE} een\nNaam: Rik\n{STAYS} twee")):
        assert only_others(intake)


def test_line_breaks_in_what_one_person_says_stay() -> None:
    words = f"{STAYS} een.\ntwee zonder naam.\ndrie: met dubbele punt"
    assert said(in_word(f"{OTHER}: {words}")) == {words: OTHER}
    heads = "Vervoer: de bus\nRooster: vol"
    assert said(in_word("Verslag", heads, "De trein.", "En de fiets."))[heads] == ""


@pytest.mark.parametrize("stamp", ["[14-02-2023 10:0{}] ", "14-02-2023 10:0{} - "])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_heading_in_a_message_is_words_of_it(stamp: str, gap: str) -> None:
    hers = gap.join((f"Wietske: {GONE} een", f"# {GONE} twee", f"{GONE} drie", "## Aanwezig", f"- {GONE} vier"))
    messages = (f"{OTHER}: {STAYS} de bus", hers, f"Rik: {STAYS} ja")
    text = "\n".join(f"{stamp.format(number)}{message}" for number, message in enumerate(messages))
    for name in ("chat.txt", "chat.md"):
        intake = of_text(text, name)
        assert only_others(intake)
        assert GONE not in repr(intake.edits)


def test_a_heading_between_messages_is_a_heading() -> None:
    first, second = (f"[14-02-2023 10:0{at}] {OTHER}: {STAYS} {at}\n" for at in (1, 2))
    intake = of_text(f"## Stage\n\n{first}{second}\n## Vervoer\n\n{second}{first}", "chat.md")
    heads = [edit.values["heading"] for edit in intake.edits if edit.table == "note"]
    assert heads == ["Stage", "Stage", "Vervoer", "Vervoer"]


@pytest.mark.parametrize("names", ["@2@1", "@1@9@2", "@1-@2", "@rik@2", "@rik@karin@wietske"])
def test_names_without_a_space_between_them_refuse_if_one_does_not_take_part(names: str) -> None:
    assert only_others(of_text(f"- {names} {GONE} te duur\n- @1 {STAYS} de bus\n", "notities.md"))


@pytest.mark.parametrize("name", ["notities.txt", "notities.md"])
@pytest.mark.parametrize("sign", ["–", "-"])
def test_no_words_behind_a_name_and_a_dash_are_lost_for_a_name_alone(name: str, sign: str) -> None:
    bullet = "- " if name.endswith("md") else ""
    turns = (("Mohamed (vmbo)", "te duur"), ("Rik", "De bus is te laat"), ("Mohamed Ouali", f"{STAYS} nu"))
    for gap in ("", "  al sinds mei\n" if bullet else "al sinds mei\n"):
        lines = [f"{bullet}{who} {sign} {words}\n" for who, words in turns]
        whose = said(of_text(f"{lines[0]}{gap}{''.join(lines[1:])}", name))
        assert [text.split("\n")[0] for text in whose if text != "al sinds mei"] == [words for _, words in turns]
        members = ["Mohamed Ouali", "Rik ten Broeke", "Mohamed Ouali"]
        assert [who for text, who in whose.items() if text != "al sinds mei"] == members


def test_a_name_with_a_function_or_a_school_behind_a_dash_stands_above_words() -> None:
    for beside in ("docent PIE", "ROC van Twente"):
        text = f"Mohamed Ouali – {beside}\n{STAYS} de bus.\n\nRik ten Broeke – directeur\nte laat.\n\n"
        assert said(of_text(text)) == {f"{STAYS} de bus.": "Mohamed Ouali", "te laat.": "Rik ten Broeke"}


def test_what_somebody_does_is_a_note_and_not_who_speaks_in_what_follows() -> None:
    lines = (
        "Rik mailt",
        "De bus is te laat",
        "mevrouw van Dijkhuizen schreef",
        "Er is te weinig tijd",
        "r.broeke@x.nl mailt",
    )
    for text in ("\n".join(lines), "\n".join(f"- {line}" for line in lines)):
        assert [said(of_text(text)).get(line, said(of_text(text)).get(f"- {line}")) for line in lines] == [""] * 5
    assert said(of_text("Rik mailt:\n\nDe bus is te laat\n"))["De bus is te laat"] == "Rik ten Broeke"


@pytest.mark.parametrize("written", ["[{}] {}", "{} {}", "{}   {}", "{} ({})", "{} - {}"])
@pytest.mark.parametrize("code", ["15:31:0{}", "15:3{}"])
def test_names_with_the_time_of_day_above_their_words_are_all_heard(written: str, code: str) -> None:
    turns = [(OTHER, "te vol"), ("Lidewij ter Brugge", "dat niet"), (OTHER, "toch wel")]
    heads = (written.format(name, code.format(at)) for at, (name, _) in enumerate(turns, 1))
    text = "\n\n".join(f"{head}\n{words}" for head, (_, words) in zip(heads, turns, strict=True))
    intake = of_text(text)
    assert said(intake) == {"te vol": OTHER, "dat niet": "", "toch wel": OTHER}
    strangers = {edit.values["text"]: edit.values.get("said_by", "") for edit in intake.edits if edit.table == "note"}
    assert strangers["dat niet"] == "Lidewij ter Brugge"


@pytest.mark.parametrize("dash", ["-", "–", "—"])
@pytest.mark.parametrize(
    "words", [("te duur", "meer bussen"), ("Bussen te laat", "Lokalen te vol"), ("de uren zijn kort", "Stage")]
)
def test_words_behind_a_name_and_a_dash_between_other_lines_are_theirs(dash: str, words: tuple[str, str]) -> None:
    lines = (
        "We beginnen om half vier.",
        f"{OTHER} {dash} {words[0]}",
        f"Rik {dash} {words[1]}",
        "De koffie staat klaar.",
    )
    assert [(text, who) for text, who in said(of_text("\n".join(lines))).items() if who] == [
        (words[0], OTHER),
        (words[1], "Rik ten Broeke"),
    ]


@pytest.mark.parametrize(
    "behind", ["(+Wietske)", "(bijval Wietske)", "(Wietske)", "(zie Wietske)", "– Wietske", "(Wietske en Rik eens)"]
)
def test_who_is_named_behind_words_that_somebody_else_says_did_not_say_them(behind: str) -> None:
    intake = of_text(f"- Rik: {STAYS} is vol {behind}\n- {GONE} {behind}\n- {OTHER}: {STAYS} de bus\n", "notities.md")
    assert list(said(intake).values()) == ["Rik ten Broeke", OTHER]
    assert only_others(intake)


@pytest.mark.parametrize("head", ["{}", "{}:", "{} (ROC C)"])
@pytest.mark.parametrize("point", ["{}", "- {}"])
def test_an_unlisted_name_alone_ends_the_words_of_the_one_above(head: str, point: str) -> None:
    names = ("Gerwin", "Lidewij", "Bram", "Rik", "Oksana")
    lines = (line for name in names for line in (head.format(name), point.format(f"van {name} is dit.")))
    intake = of_text("\n".join(lines))
    notes = {
        edit.row: edit.values for edit in intake.edits if edit.table == "note" and "van " in str(edit.values["text"])
    }
    voices = {edit.values["note"]: edit.values["panelist"] for edit in intake.edits if edit.table == "voice"}
    for row, note in notes.items():
        who = str(note["text"]).split()[-3]
        assert str(note.get("said_by", "")).split(" ")[0] in ("", who)
        assert voices.get(row) == ("3" if who == "Rik" else None)
