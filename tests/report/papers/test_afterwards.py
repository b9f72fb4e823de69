"""The papers of the hours after a panel: who does what, own words, what changed, and all of it on one page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from sto_desktop.domain.bookkeeping import Issuance
from sto_desktop.domain.dutch import in_words
from sto_desktop.domain.model import Debrief, Panelist
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.participation import taking_part
from sto_desktop.domain.vocabulary import CheckAnswer, Consent, NoteKind, Output
from sto_desktop.report.blocks.document_texts import texts_of_document
from sto_desktop.report.blocks.options import Form, ReportOptions
from sto_desktop.report.content.changes_since import fingerprint
from sto_desktop.report.content.setups import options_text
from sto_desktop.report.papers.afterwards import Afterwards
from sto_desktop.report.papers.kinds import Paper
from sto_desktop.report.papers.papers import mail_text
from sto_desktop.report.writers.pdf_writer import make_pdf
from sto_desktop.report.writers.plain_text import plain_text
from tests.report.panels import example, note, overfull


def text(after: Afterwards, kind: Paper, choice: str = "") -> str:
    return plain_text(after.document(kind, choice))


def with_notes(*notes: NoteContent) -> PanelContent:
    return replace(example(), notes=notes, top_choices=(), insights=(), recommendations=(), playbacks=())


def setup(naming: NameMode, form: Form = Form.EXTENDED) -> dict[str, str]:
    return {each.value: options_text(ReportOptions(each, naming=naming)) for each in Form}


def agreed(identity: str, words: str, owner: str, due: dt.date | None = None) -> NoteContent:
    return note(identity, "technolab-improvement", words, [1], kind=NoteKind.ACTION, owner=owner, due=due)


def test_each_owner_gets_what_was_agreed_with_them_and_nobody_is_named_who_did_not_agree() -> None:
    after = Afterwards(
        with_notes(
            agreed("a", "De bus later laten rijden", "gemeente Zuid", dt.date(2024, 5, 1)),
            agreed("b", "Een open dag houden", "Jurre Kolkman"),
            agreed("c", "De lessen afstemmen met Jurre", "Saïda el Amrani"),
            agreed("d", "Nog iets", ""),
            note("e", "technolab-yield", "Wat kost een bus?", [2], parked=True, owner="gemeente Zuid"),
        ),
        {},
    )
    # Jurre Kolkman did not agree to be named: nobody can be written to under what replaces the name.
    assert after.choices(Paper.AGREED) == [
        ("", "Iedereen"),
        ("Gemeente Zuid", "Gemeente Zuid"),
        ("Saïda el Amrani", "Saïda el Amrani"),
    ]
    one = text(after, Paper.AGREED, "Gemeente Zuid")
    assert "dat u dit doet:\n\n– De bus later laten rijden. Vóór 1 mei 2024." in one
    assert "Dit zou u uitzoeken:\n\n– Wat kost een bus?" in one
    assert "open dag" not in one
    asked = text(replace(after, content=with_notes(*after.content.notes[4:])), Paper.AGREED, "Gemeente Zuid")
    assert "In het panelgesprek van 1 maart 2024 in de subregio Zuid bleef dit open. U zou het uitzoeken:" in asked
    everybody = text(after, Paper.AGREED)
    assert "Een panellid\n\n– Een open dag houden." in everybody
    assert "Saïda el Amrani\n\n– De lessen afstemmen met een panellid." in everybody
    assert everybody.rstrip().endswith("Nog zonder eigenaar\n\n– Nog iets.")
    assert "Jurre" not in everybody


def test_a_day_that_is_in_the_words_of_an_action_is_not_said_twice() -> None:
    content = with_notes(agreed("a", "De link rondsturen, vóór 1 mei.", "gemeente Zuid", dt.date(2024, 5, 1)))
    assert "– De link rondsturen, vóór 1 mei.\n" in text(Afterwards(content, {}), Paper.AGREED)


def test_a_letter_has_the_own_words_as_they_stand_in_the_verslag_with_what_one_is_called() -> None:
    after = Afterwards(
        replace(
            with_notes(
                note("q", "technolab-yield", "Opa wilde ook een robot bouwen", [1], kind=NoteKind.QUOTE),
                note("r", "beeld-yield", "Jurre kwam in de klas kijken.", [1], [2]),
                note("s", "beeld-yield", "De buurman is er ook.", [2], [1]),
                note("t", "beeld-yield", "Opzijgelegd.", [1], set_aside=True),
            ),
            panel=replace(example().panel, date=dt.date(2024, 3, 12), reaction_until=dt.date(2024, 4, 2)),
        ),
        {},
    )
    assert [words for _, words in after.choices(Paper.CHECK)] == ["Loïs Blömer", "T. op ’t Root"]
    letter = text(after, Paper.CHECK, "lid-1")
    assert "Beste Loïs Blömer," in letter
    assert "U heet daarin ‘een panellid’." in letter
    assert "– “Opa wilde ook een robot bouwen”" in letter
    assert "– Een panellid kwam in de klas kijken." in letter
    assert "Laat het me uiterlijk op 2 april 2024 weten." in letter
    for absent in ("buurman", "Opzijgelegd", "Root", "Jurre"):
        assert absent not in letter


def test_by_name_a_letter_has_only_the_readers_name_and_says_so() -> None:
    content = with_notes(note("r", "beeld-yield", "Saïda en ik, Loïs Blömer, deden het samen.", [1]))
    letter = text(Afterwards(content, setup(NameMode.FULL)), Paper.CHECK, "lid-1")
    assert "Uw naam staat erbij. Namen van anderen zijn hier weggelaten." in letter
    assert "Loïs Blömer, deden het samen" in letter
    assert "Saïda" not in letter


def test_what_was_bundled_under_anothers_words_is_told_without_these() -> None:
    both = replace(
        note("r", "beeld-yield", "De kinderen bloeien op.", [2]),
        bundled=(note("s", "beeld-yield", "Ze vinden het prachtig.", [1]),),
    )
    letter = text(Afterwards(with_notes(both), {}), Paper.CHECK, "lid-1")
    assert "Eén keer zei u hetzelfde als een ander; het staat er één keer, in andermans woorden." in letter
    assert "bloeien" not in letter
    assert "prachtig" not in letter


def made_before(content: PanelContent, recipient: str = "", row: str = "m", hour: int = 9) -> Issuance:
    at = dt.datetime(2024, 3, 20, hour, tzinfo=dt.UTC)
    return Issuance(
        row, "panel", "EXTENDED", at, f"verslag {row}.docx", "", fingerprint(taking_part(content)), Output.REPORT,
        "ROLE", recipient,
    )  # fmt: skip


def test_what_changed_since_the_version_that_was_sent_is_listed_without_names() -> None:
    before = with_notes(
        note("a", "beeld-yield", "Dit blijft.", [1]),
        note("b", "beeld-yield", "Dit was anders.", [1]),
        note("c", "beeld-yield", "Dit gaat weg.", [1]),
    )
    now = replace(
        before,
        notes=(
            before.notes[0],
            note("b", "beeld-yield", "Jurre zei het anders.", [1]),
            note("d", "beeld-yield", "Dit is nieuw.", [2]),
        ),
        panelists=tuple(replace(member, check_answer=CheckAnswer.AGREED) for member in before.panelists),
    )
    sent, later = made_before(before, "de panelleden"), made_before(now, row="n", hour=12)
    after = Afterwards(now, {}, made=(later, sent))
    # The version that went to somebody comes first.
    assert [row for row, _ in after.choices(Paper.CHANGES)] == ["m", "n"]
    said = text(after, Paper.CHANGES, "m")
    assert "Dit is er veranderd sinds het uitgebreide verslag van 20 maart 2024, " in said
    assert " uur, aan de panelleden." in said
    assert "– Nieuw: Dit is nieuw." in said
    assert "– Gewijzigd: Een panellid zei het anders." in said
    assert "Dit blijft" not in said
    # Answers to the panel check change nothing in the verslag.
    assert said.rstrip().endswith("Eén notitie is vervallen.")
    none = text(after, Paper.CHANGES, "n")
    assert "In wat het panel zei, is niets veranderd sinds het uitgebreide verslag van 20 maart 2024, " in none
    assert "veranderd" not in none.split("sinds")[1]


def test_what_is_gone_and_what_else_changed_is_said_in_sentences() -> None:
    before = replace(
        example(),
        notes=tuple(note(str(at), "beeld-yield", f"Dit is punt {at}.", [1]) for at in range(5)),
        top_choices=(),
        recommendations=(),
    )
    first = replace(before.notes[1].note, set_aside=True)
    now = replace(
        before,
        notes=(before.notes[0], replace(before.notes[1], note=first)),
        insights=(),
        panel=replace(before.panel, place="Een andere zaal"),
        debriefs=(*before.debriefs, Debrief("nieuw", panel="panel", stood_out="Een gedachte.")),
    )
    said = text(Afterwards(now, {}, made=(made_before(before),)), Paper.CHANGES, "m")
    gone = in_words(len(before.insights), "{n} inzicht", "{n} inzichten")
    # Four: three are gone, and one was set aside.
    assert f"Vier notities en {gone} zijn vervallen." in said
    # The debrief is not in this verslag.
    assert said.rstrip().endswith("Ook zijn veranderd: gegevens over het gesprek, zoals datum en plaats.")


def test_what_changed_says_who_does_it_now_and_never_that_somebody_left() -> None:
    before = with_notes(agreed("a", "De bus later laten rijden", "gemeente Zuid", dt.date(2024, 5, 1)))
    members = [replace(member, consent_participation=Consent.NO) for member in before.panelists[3:4]]
    now = replace(
        with_notes(agreed("a", "De bus later laten rijden", "gemeente Zuid", dt.date(2024, 6, 1))),
        panelists=(*before.panelists[:3], *members, *before.panelists[4:]),
    )
    said = text(Afterwards(now, {}, made=(made_before(before),)), Paper.CHANGES, "m")
    assert "– Gewijzigd: De bus later laten rijden – wie: gemeente Zuid, vóór 1 juni 2024" in said.replace("\xa0", " ")
    assert "vervallen" not in said
    assert "panellid" not in said


@pytest.mark.parametrize("content", [example(), *map(overfull, (40, 100, 260, 5000))], ids=str)
def test_one_a4_is_one_page_however_much_was_written(content: PanelContent) -> None:
    document = Afterwards(content, {}).document(Paper.ONE_PAGE, "")
    assert make_pdf(document).pages == 1
    assert len(" ".join(texts_of_document(document)).split()) > 100


def test_the_thanks_say_when_the_draft_comes_and_how_to_change_ones_mind() -> None:
    content = example()
    panel = replace(content.panel, draft_on=dt.date(2024, 3, 26), reaction_until=dt.date(2024, 4, 2))
    thanks = mail_text(Paper.THANKS, panel, content.guide) or ""
    assert "Op 26 maart 2024 krijgt u het concept van het verslag" in thanks
    assert "Tot en met 2 april 2024 kunt u erop reageren." in thanks
    assert "toch niet geciteerd of genoemd worden" in thanks
    assert "Op … krijgt u het concept" in (mail_text(Paper.THANKS, content.panel, content.guide) or "")


def test_who_does_not_take_part_and_who_has_no_name_have_no_letter() -> None:
    content = with_notes(note("r", "beeld-yield", "Dat werkt.", [1, 2]), note("s", "beeld-yield", "Heel goed.", [3]))
    refusing: list[Panelist] = [
        replace(member, consent_participation=Consent.NO) if member.seat == 1 else member
        for member in content.panelists
    ]
    refusing[2] = replace(refusing[2], name="", first_name="")
    assert Afterwards(replace(content, panelists=tuple(refusing)), {}).choices(Paper.CHECK) == []
