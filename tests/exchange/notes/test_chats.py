"""Chats and transcripts: every message, cue and name begins somebody else's words, whatever that person is called."""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from sto_desktop.cli import run
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.files.look import Becomes, Choices
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.exchange.notes_source import read_notes_source, source_in
from sto_desktop.workplace.importing import Intake, notes_intake

NAMES = ("Emre Aydin", "Jildou van der Bos", "Kees Wolbert", "Saskia Tulp", "Hans Roelvink")
MEMBERS = tuple(
    Panelist(f"m{seat}", "panel", seat=seat, name=name, first_name=name.split()[0], consent_participation=answer)
    for seat, name in enumerate(NAMES, 1)
    # The second does not take part.
    for answer in [Consent.NO if seat == 2 else Consent.YES]
)
CONTENT = PanelContent(Panel("panel"), builtin_guide(), MEMBERS)
REFUSED = "doet niet mee (deelname: nee)"
CONTACTS = (
    "jildou", "Jildou - mbo", "Jildou v d Bos", "Jildou vdB", "jildou vd bos", "Jildou 🌸", "mevrouw van der Bos",
    "mevrouw van der Bos, mbo", "Jildou van der Bos | Reggesteyn", "Jildou van der Bos [mbo]", "Jildou collega Emre",
    "~\u202fJildou", "jildou b", "juf jildou", "JILDOU", "kees en jildou",
    "Jildou's iPhone", "iPhone van Jildou", "stoel 2", "2", "Jildou :)",
)  # fmt: skip
STAMPS = (
    "[14-02-2023, 15:41:1{}] ", "[14/02/2023 15:41:1{}] ", "[2/14/23, 3:41:1{}\u202fPM] ", "14-02-2023 15:4{} - ",
    "14/02/2023, 15:4{} - ", "2/14/23, 3:4{} PM - ", "14.02.23, 15:4{} – ", "[15:41:1{}, 14-02-2023] ",
    "14 feb. 2023 15:4{} - ", "14-02-13 15:41:1{}: ",
)  # fmt: skip


def taken(text: str, name: str = "gesprek.txt", choices: Choices | None = None) -> Intake:
    """What a file would do to the panel."""
    return notes_intake(source_in(text.encode(), name), CONTENT, choices or Choices())


def said(intake: Intake) -> list[str]:
    """The notes that come in: by which members, or the name that nobody has, and the words."""
    voices: dict[str, list[str]] = {}
    for edit in intake.edits:
        if edit.table == "voice":
            voices.setdefault(edit.values["note"], []).append(NAMES[int(edit.values["panelist"][1:]) - 1].split()[0])
    notes = [edit for edit in intake.edits if edit.table == "note" and "text" in edit.values]
    return [
        f"{', '.join(voices.get(edit.row, ())) or edit.values.get('said_by') or '-'}: {edit.values['text']}"
        for edit in notes
    ]


def chat(stamp: str, who: str) -> str:
    lines = ("Emre Aydin: De bus rijdt niet.", f"{who}: ik vind het te duur", "Kees Wolbert: mee eens", "Kees: ja")
    first, second, *others = (f"{stamp.format(number)}{line}" for number, line in enumerate(lines))
    return "\n".join((first, second, "en het lokaal is koud", "Let op: morgen", *others, ""))


KEPT = ["Emre: De bus rijdt niet.", "Kees: mee eens", "Kees: ja"]


@pytest.mark.parametrize("stamp", STAMPS)
def test_whatever_a_contact_is_called_a_stamp_begins_its_message(stamp: str) -> None:
    for who in CONTACTS:
        intake = taken(chat(stamp, who))
        assert said(intake) == KEPT, (stamp, who)
        assert any(REFUSED in line for line in intake.messages), (stamp, who)


@pytest.mark.parametrize(("who", "name"), [("saskia - mbo", "Saskia"), ("4", "Saskia"), ("jan de boer", "jan de boer")])
def test_members_and_strangers_in_a_chat_have_their_own_words(who: str, name: str) -> None:
    for stamp in STAMPS:
        intake = taken(chat(stamp, who))
        theirs = ["ik vind het te duur", "en het lokaal is koud", "Let op: morgen"]
        assert said(intake) == [KEPT[0], *(f"{name}: {words}" for words in theirs), *KEPT[1:]], stamp
        assert any("jan de boer is geen panellid" in line for line in intake.messages) == (who == "jan de boer")


def test_a_number_in_a_chat_is_told_and_its_further_lines_are_nobody_else_s() -> None:
    for who in ("+31 6 12345678", "+31\u00a06\u00a012345678", "+49 170 1234567", "06-12345678"):
        intake = taken(chat(STAMPS[0], who))
        assert said(intake)[1:4] == ["-: ik vind het te duur", "-: en het lokaal is koud", "-: Let op: morgen"]
        assert re.search("345678|1234567", repr(intake.edits)) is None
        assert "Telefoonnummers waarmee iemand in een chat staat, zijn niet overgenomen." in intake.told


NOTICES = (
    "Berichten en gesprekken zijn end-to-end versleuteld.", "Emre Aydin heeft de groep ‘Panel: oost’ aangemaakt",
    "Jildou is toegevoegd", "Panel Oost: \u200eEmre heeft de groep aangemaakt.",
    "Panel Oost: Emre heeft de groep aangemaakt.", "Jildou: \u200eafbeelding weggelaten",
    "Jildou: IMG-2023.jpg (bestand bijgevoegd)",
)  # fmt: skip


def test_what_the_program_says_in_a_chat_is_left_out_and_a_caption_is_of_who_sent_the_picture() -> None:
    for stamp in STAMPS:
        text = "".join(f"{stamp.format(5)}{notice}\n" for notice in NOTICES)
        intake = taken(f"{chat(stamp, 'Saskia')}{text}kijk eens naar dit lokaal\n{stamp.format(6)}Kees: mooi\n")
        assert said(intake)[-2:] == ["Kees: ja", "Kees: mooi"], stamp
        assert sum(line.becomes is Becomes.OUT for line in intake.look.lines) == len(NOTICES)


def test_a_message_that_a_person_leaves_out_keeps_its_further_lines_from_who_spoke_before() -> None:
    text = chat(STAMPS[3], "jildou")
    assert said(taken(text, choices=Choices({1: Becomes.OUT}))) == KEPT


def test_one_message_is_a_chat_too_and_telegram_has_the_name_first() -> None:
    for stamp in (STAMPS[0], STAMPS[3]):
        assert said(taken(f"{stamp.format(1)}jildou: te duur\nkoud\n")) == []
        assert said(taken(f"{stamp.format(1)}saskia: te duur\nkoud\n")) == ["Saskia: te duur", "Saskia: koud"]
    words = (("Emre Aydin", "De bus"), ("jildou 🌸", "Te duur\nen koud"), ("Kees", "ja"))
    telegram = "\n".join(f"{who}, [14-02-2023 15:4{at}]\n{text}\n" for at, (who, text) in enumerate(words))
    assert said(taken(telegram)) == ["Emre: De bus", "Kees: ja"]


def test_messages_in_one_paragraph_are_messages_of_their_own(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph(chat(STAMPS[0], "Jildou 🌸").strip())
    document.save(str(tmp_path / "chat.docx"))
    assert said(notes_intake(read_notes_source(tmp_path / "chat.docx"), CONTENT)) == KEPT
    indented = chat(STAMPS[0], "jildou").replace("\n[", "\n  [")
    assert said(taken(indented)) == KEPT


ABOVE = ("jildou", "Jildou - mbo", "jildou b", "Jildou's iPhone", "Jildou van der Bos | Reggesteyn", "stoel 2")


ABOVE_FORMS = (
    "{who}  {time}", "{who}   {time}\n", "[{who}] 00:0{time}", "00:0{time} {who}", "{who}", "[15:{at}] {who}",
    "[00:0{time}] {who}: zeg",
)  # fmt: skip


@pytest.mark.parametrize("who", [*ABOVE, "Jildou van der Bos [mbo]", "2", "juf jildou", "Jildou"])
@pytest.mark.parametrize("form", ABOVE_FORMS)
def test_a_name_above_its_words_begins_them(form: str, who: str) -> None:
    if form == "{who}" and who == "2":
        # A number alone on a line is no seat.
        return
    words = (("Emre Aydin", "De bus rijdt niet."), (who, "ik vind het te duur.\nen het lokaal is koud"),
             ("Kees Wolbert", "Mee eens."), ("Emre Aydin", "Dat klopt."))  # fmt: skip
    lines = (
        form.format(who=name, time=f"0:1{at}", at=40 + at) + f"\n{text}\n" for at, (name, text) in enumerate(words)
    )
    intake = taken("\n".join(lines))
    kept = ["De bus rijdt niet.", "Mee eens.", "Dat klopt."]
    assert [line.split(": ")[1] for line in said(intake) if not line.endswith(": zeg")] == kept
    who_is = ["Emre", "Kees", "Emre"] if "zeg" not in form else ["-", "-", "-"]
    assert [line.split(": ")[0] for line in said(intake) if not line.endswith(": zeg")] == who_is
    assert any(REFUSED in line for line in intake.messages)


def test_a_name_and_a_colon_on_a_line_of_their_own_stand_above_words() -> None:
    for who in (*ABOVE, "Jildou van der Bos"):
        text = f"Emre Aydin:\nDe bus.\n\n{who}:\nTe duur.\nEn koud.\n\nKees Wolbert:\nMee eens.\n"
        assert said(taken(text)) == ["Emre: De bus.", "Kees: Mee eens."], who
    captions = cues("Emre Aydin:", "De bus.", "Jildou:", "te duur", "Kees:", "Ja.")
    assert said(taken(captions, "a.srt")) == ["Emre: De bus.", "Kees: Ja."]


def test_an_unknown_name_alone_above_its_words_is_a_stranger_between_names_of_members() -> None:
    text = "Emre Aydin\nDe bus.\n\njan de boer\nTe duur.\nEn koud.\n\nKees\nMee eens.\n\nHans\nOk.\n"
    strangers = ["jan de boer: Te duur.", "jan de boer: En koud."]
    assert said(taken(text)) == ["Emre: De bus.", *strangers, "Kees: Mee eens.", "Hans: Ok."]


def test_a_line_below_who_does_not_take_part_is_not_noted_as_nobody_s() -> None:
    minutes = "Emre Aydin: De bus.\nvol {0}\n{1}: te duur.\nen het lokaal is koud.\n\nPauze.\nKees: Ja.\nHans: nee\n"
    kept = ["Emre: De bus.", "Saskia: vol", "Kees: Ja.", "Hans: nee"]
    assert said(taken(minutes.format("@saskia", "Jildou"))) == kept
    zoom = "15:40:12 From Emre Aydin to Everyone: De bus\n15:41:10 From jildou to Everyone: te duur\nen koud\n"
    assert said(taken(zoom)) == ["Emre: De bus"]
    below = "a | b | c\nd | e | f\nDAT IS HET\nAanwezig: Kees Wolbert, Saskia Tulp\nLocatie: school"
    assert said(taken(chat(STAMPS[0], "jildou").replace("Let op: morgen", f"{below.split('DAT')[0]}"))) == KEPT
    assert said(taken(chat(STAMPS[0], "jildou").replace("Let op: morgen", f"DAT{below.split('DAT')[1]}"))) == KEPT


def test_names_in_lower_case_with_times_are_speakers_though_most_are_unknown() -> None:
    intake = taken("piet klein  0:03\nDe bus.\n\njildou  0:12\nTe duur.\n\nmies  0:40\nJa.\n")
    assert said(intake) == ["piet klein: De bus.", "mies: Ja."]


def test_an_unknown_name_with_a_time_above_its_words_is_a_stranger() -> None:
    text = "Emre Aydin  0:03\nDe bus.\n\njan de boer  0:12\nTe duur.\n\nKees Wolbert  0:40\nDe bus gaat om 0:50\n"
    assert said(taken(text)) == ["Emre: De bus.", "jan de boer: Te duur.", "Kees: De bus gaat om 0:50"]


def cues(*texts: str, form: str = "srt") -> str:
    mark = "," if form == "srt" else "."
    times = (f"00:00:{at:02d}{mark}000 --> 00:00:{at + 1:02d}{mark}000" for at in range(len(texts)))
    head = "" if form == "srt" else "WEBVTT\n\n"
    return head + "\n".join(
        f"{at}\n{time}\n{text}\n" for at, (time, text) in enumerate(zip(times, texts, strict=True), 1)
    )


@pytest.mark.parametrize("form", ["srt", "vtt"])
@pytest.mark.parametrize("who", ["{}: ", "<v {}>"])
def test_a_cue_without_a_name_goes_on_with_who_spoke(form: str, who: str) -> None:
    emre, kees, jildou, jan = (who.format(name) for name in ("Emre Aydin", "Kees", "Jildou van der Bos", "Jan Pot"))
    text = cues(
        f"{emre}De bus",
        "rijdt niet.",
        "Nooit.",
        f"{jildou}Te duur.",
        "EN KOUD",
        "dus: nee",
        f"{kees}Ja.",
        "Wel",
        f"{jan}Hoi.",
        form=form,
    )
    intake = taken(text, f"a.{form}")
    assert [line.split(": ")[0] for line in said(intake)][-3:] == ["Kees", "Kees", "Jan Pot"]
    assert {line.split(": ")[0] for line in said(intake)[:-3]} == {"Emre"}
    assert " ".join(line.split(": ")[1] for line in said(intake)[:-3]) == "De bus rijdt niet. Nooit."
    assert any("3 regels zijn niet overgenomen" in line for line in intake.messages)


def test_who_else_may_speak_in_a_cue_is_nobody_and_not_noted_after_who_does_not_take_part() -> None:
    dashes, label = "- Wat vindt u?\n- Prima.", "jan de boer: te ver."
    found = said(taken(cues("Emre: De bus.", dashes, label), "a.srt"))
    assert found == ["Emre: De bus.", "-: Wat vindt u?", "-: Prima.", "-: jan de boer: te ver."]
    intake = taken(cues("Emre: De bus.", "Jildou: Nee.", dashes, label, "Kees: Ja."), "a.srt")
    assert said(intake) == ["Emre: De bus.", "Kees: Ja."]
    assert any("4 regels zijn niet overgenomen" in line for line in intake.messages)


@pytest.mark.parametrize(
    "who", ["2", "jildou b", "Jildou's iPhone", "iPhone van Jildou", "stoel 2", "jildou", "juf jildou"]
)
def test_a_seat_a_short_name_and_a_telephone_before_a_colon_are_who_speaks(who: str) -> None:
    text = "Emre Aydin: De bus.\n{0}: te duur.\nKees Wolbert: mee eens.\n{0}: en koud.\nHans: Dat klopt.\n"
    intake = taken(text.format(who))
    assert said(intake) == ["Emre: De bus.", "Kees: mee eens.", "Hans: Dat klopt."]
    assert any("2 regels zijn niet overgenomen" in line for line in intake.messages)
    theirs = (
        who.replace("jildou b", "saskia t").replace("Jildou", "Saskia").replace("jildou", "saskia").replace("2", "4")
    )
    assert said(taken(text.format(theirs)))[1::2] == ["Saskia: te duur.", "Saskia: en koud."]


ORDINARY = (
    "Emre Aydin: drie punten.\n1: de bus\n2: het lokaal\n3: de uren\nKees Wolbert: ja.\n",
    "Kees Wolbert: ja.\nja: dat klopt\nwat wij zagen: de bus\nin het kort: te duur\n2:1 voor Twente\n2:30 was het\n",
    "15:30 inloop: koffie\n16:00 ronde 1: kennismaken\n17:00 einde: napraten\n",
    "14-02-2023 15:30 - inloop\n14-02-2023 16:00 - ronde 1\n14-02-2023 17:00 - einde\n",
    "De bus gaat om 15:40\nop 14-02-2023 15:40 - zoals afgesproken: te laat\nhet lokaal: te koud\n",
    "het lokaal\nis koud\n\nde bus\nrijdt niet\n",
    "Inloop 15:30\nmet koffie\nronde 1 16:00\nmet iedereen\nhet einde  17:00\n",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_lines_with_a_colon_or_a_clock_are_notes(text: str) -> None:
    lines = [
        line.split(": ", 1)[1] if line.startswith(("Emre", "Kees")) else line for line in text.splitlines() if line
    ]
    notes = [note.split(": ", 1) for note in said(taken(text))]
    assert len(notes) == len(lines)
    assert all(words in line for (_, words), line in zip(notes, lines, strict=True))
    assert {who for who, _ in notes} <= {"-", "Emre", "Kees"}


def test_the_command_takes_over_nothing_of_who_does_not_take_part(tmp_path: Path) -> None:
    dossier, members, notes = tmp_path / "d.sto", tmp_path / "leden.csv", tmp_path / "chat.txt"
    rows = [f"{member.seat};{member.name};{'nee' if member.seat == 2 else 'ja'}\n" for member in MEMBERS]
    members.write_text("Stoel;Naam;Deelname\n" + "".join(rows), encoding="utf-8")
    notes.write_text(chat(STAMPS[0], "Jildou 🌸"), encoding="utf-8")
    out = io.StringIO()
    with redirect_stdout(out):
        assert run(["importeer", str(dossier), "--panelleden", str(members), "--subregio", "Oldenzaal"]) == 0
        assert run(["importeer", str(dossier), str(notes), "--panel", "1", "--proef"]) == 0
    assert "Emre Aydin: [14" not in out.getvalue()
    with redirect_stdout(answer := io.StringIO()):
        assert run(["importeer", str(dossier), str(notes), "--panel", "1", "--json"]) == 0
    assert json.loads(answer.getvalue())["notes"] == len(KEPT)
    assert REFUSED in answer.getvalue()
