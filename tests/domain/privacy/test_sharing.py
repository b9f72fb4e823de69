"""The content of each row in a copy to send: texts without names, members without identifying data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sto_desktop.domain.bookkeeping import SavedSearch
from sto_desktop.domain.model import Debrief, Insight, Note, Panel, Panelist, Question, Recommendation, Voice
from sto_desktop.domain.names.decisions import ADDED
from sto_desktop.domain.privacy.given import given_texts
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.participation import Withheld
from sto_desktop.domain.privacy.sharing import (
    WITHHELD,
    Projection,
    SharedScope,
    Sharing,
    members_without_names,
    said_of_members,
    said_of_names,
    with_a_name,
)
from sto_desktop.domain.vocabulary import Consent

YES, NO, UNKNOWN = Consent.YES, Consent.NO, Consent.UNKNOWN
BY_ROLE = Sharing(naming=NameMode.ROLE)
BY_NAME = Sharing(naming=NameMode.FULL)
EVERYBODY = Sharing()


def member(id_: str, name: str, role: str, named: Consent = YES, quoted: Consent = YES, panel: str = "P") -> Panelist:
    return Panelist(
        id=id_,
        panel=panel,
        seat=len(name),
        name=name,
        first_name=name.split()[0],
        organisation="Bakkerij Noord",
        sector="vmbo",
        role=role,
        consent_participation=YES,
        consent_name=named,
        consent_quote=quoted,
        consent_recording=YES,
    )


KEES = member("K", "Kees Visser", "docent PIE", NO)
ANNA = member("A", "Anna Bosman", "docent zorg", NO)
RENEE = member("R", "Renée Oudewater", "rector")
FATMA = member("F", "Fatma Yıldız", "decaan", YES, NO)
WIM = replace(member("W", "Wim Kamphuis", "wethouder", NO), sector="gemeente")
OLAF = replace(member("O", "Olaf Brunink", "eigenaar", NO), sector="bedrijf")
PANEL = (KEES, ANNA, RENEE, FATMA, WIM, OLAF)
GERDA = member("G", "Gerda Smit", "decaan", YES, NO)
WITH_GERDA = (*PANEL, GERDA, member("I", "Ina Bakker", "rector"))
"""Fatma and Renée have each somebody of their own role as company."""
ELSEWHERE = member("E", "Dirk Zandstra", "rector", NO, panel="Q")


def text_of(projection: Projection, text: str) -> str:
    """Return the text of a note in the copy."""
    return str(projection.replaced(Note("N", text=text)).get("text", text))


def row_of(projection: Projection, record: Panelist) -> Panelist:
    """Return the row of a member in the copy."""
    return replace(record, **projection.replaced(record))


def test_without_a_naming_all_stays_as_it_is_also_own_work_and_debriefs() -> None:
    projection = Projection(EVERYBODY, PANEL)
    for record in (*PANEL, Note("N", text="Dat zei Kees Visser"), SavedSearch("S", name="Kees"), Debrief("D")):
        assert projection.holds(record)
        assert projection.replaced(record) == {}


@pytest.mark.parametrize("sharing", [BY_ROLE, BY_NAME, Sharing(SharedScope.FINDINGS)])
def test_own_work_and_a_debrief_that_is_not_for_the_verslag_stay_at_home(sharing: Sharing) -> None:
    projection = Projection(sharing, PANEL)
    assert not projection.holds(SavedSearch("S"))
    assert not projection.holds(Debrief("D"))
    assert projection.holds(Debrief("D", in_report=True))
    assert projection.holds(Note("N"))
    assert projection.holds(KEES)


def test_by_role_no_name_stays_in_a_text_and_nothing_else_of_a_row_changes() -> None:
    projection = Projection(BY_ROLE, PANEL)
    note = Note("N", panel="P", text="Kees Visser belt Renée Oudewater", star=True)
    assert projection.replaced(note) == {"text": "Een docent vmbo belt een panellid"}
    assert projection.replaced(replace(note, text="Niemand belt")) == {}
    assert projection.replaced(replace(note, text="")) == {}


def test_names_of_one_panel_go_from_the_texts_of_another() -> None:
    projection = Projection(BY_ROLE, (*PANEL, ELSEWHERE))
    assert text_of(projection, "Dirk Zandstra en Kees Visser") == "Een panellid en een docent vmbo"
    assert row_of(projection, ELSEWHERE).name == "een panellid"


def test_by_role_a_field_that_may_identify_somebody_is_left_out() -> None:
    projection = Projection(BY_ROLE, PANEL)
    panel = Panel("P", title="Panel", declined="Piet kon niet", others_present="Wim", moderator="Kees Visser")
    assert projection.replaced(panel) == {"declined": "", "others_present": "", "moderator": "de gespreksleider"}


def test_by_role_a_member_is_a_label_with_what_at_least_two_share() -> None:
    projection = Projection(BY_ROLE, PANEL)
    blank = Panelist("K", panel="P", sector="vmbo", consent_quote=YES)
    assert row_of(projection, KEES) == replace(blank, name="een docent vmbo", first_name="een docent vmbo")
    assert projection.holds(KEES)


def test_with_full_names_who_consented_is_named_and_only_answers_that_the_copy_needs_go_along() -> None:
    projection = Projection(BY_NAME, WITH_GERDA)
    assert row_of(projection, RENEE) == replace(RENEE, consent_participation=UNKNOWN, consent_recording=UNKNOWN)
    kees = row_of(projection, KEES)
    assert (kees.name, kees.organisation, kees.seat, kees.consent_name) == ("een docent vmbo", "", None, UNKNOWN)


def test_with_full_names_who_may_not_be_quoted_has_no_name_beside_their_words() -> None:
    projection = Projection(BY_NAME, PANEL)
    fatma = row_of(projection, FATMA)
    assert (fatma.name, fatma.organisation, fatma.role) == ("een panellid", "", "")
    # In a text about somebody, though, that name is allowed.
    assert text_of(projection, "Fatma Yıldız komt") == "Fatma Yıldız komt"


def test_with_full_names_only_names_of_who_refused_go_from_texts() -> None:
    projection = Projection(BY_NAME, PANEL)
    assert text_of(projection, "Kees Visser belt Renée Oudewater") == "Een panellid belt Renée Oudewater"
    panel = Panel("P", subregion="Twente", declined="Kees Visser kon niet, Piet ook niet", invited=7)
    assert projection.replaced(panel) == {"declined": "Een panellid kon niet, Piet ook niet"}
    # A reference or a code is not a text, whatever it looks like.
    assert projection.replaced(Voice("V", note="Kees Visser", panelist="K")) == {}


def test_who_does_not_take_part_is_in_no_row_and_no_text_whatever_the_naming() -> None:
    goes = Withheld(members=frozenset({"K"}), notes={"A": "B", "C": None})
    for sharing in (EVERYBODY, BY_ROLE, BY_NAME):
        projection = Projection(sharing, PANEL, goes)
        assert not projection.holds(KEES)
        assert projection.holds(ANNA)
        assert not projection.holds(Note("A"))
        assert text_of(projection, "Kees Visser belt") == "Een panellid belt"
        assert projection.replaced(Note("N", bundled_in="A")) == {"bundled_in": "B"}


def test_somebody_alone_in_a_panel_who_does_not_take_part_is_in_no_text() -> None:
    goes = Withheld(members=frozenset({"E"}))
    projection = Projection(EVERYBODY, (*PANEL, ELSEWHERE), goes)
    assert text_of(projection, "Dirk Zandstra en Kees Visser") == "Een panellid en Kees Visser"


def test_of_findings_only_the_texts_of_notes_are_left_out() -> None:
    projection = Projection(Sharing(SharedScope.FINDINGS), PANEL)
    assert text_of(projection, "Kees Visser belt") == WITHHELD
    assert projection.replaced(Note("N", text="", star=True)) == {}
    assert projection.replaced(Insight("I", text="Kees Visser belt")) == {}
    by_role = Projection(Sharing(SharedScope.FINDINGS, NameMode.ROLE), PANEL)
    assert by_role.replaced(Insight("I", text="Kees Visser belt")) == {"text": "Een docent vmbo belt"}
    assert by_role.replaced(Recommendation("I", owner="Anna Bosman")) == {"owner": "Een docent vmbo"}


def test_a_word_that_may_be_a_name_goes_and_is_told_to_whoever_sends_the_copy() -> None:
    projection = Projection(BY_ROLE, (*PANEL, member("S", "Roos Dekker", "rector", NO)))
    assert projection.to_check() == ()
    text = text_of(projection, "Roos is er niet. Er bloeit een roos.")
    assert text == "Een rector vmbo is er niet. Er bloeit een roos."
    assert [(name.words, name.becomes) for name in projection.to_check()] == [
        ("roos", None),
        ("Roos", "Een rector vmbo"),
    ]


def test_under_a_pseudonym_a_member_has_a_letter_and_nothing_that_only_they_have() -> None:
    projection = Projection(Sharing(naming=NameMode.PSEUDONYM), WITH_GERDA)
    rows = {item.id: row_of(projection, item) for item in WITH_GERDA}
    assert len({row.name for row in rows.values()}) == len(WITH_GERDA) - 1
    assert all(row.name.startswith("Panellid ") for id_, row in rows.items() if id_ not in "FG")
    assert rows["F"].name == rows["G"].name == "een panellid"
    assert all(row.organisation == "" and row.seat is None for row in rows.values())


def test_a_list_without_names_has_the_traits_that_two_of_a_label_share_and_shows_who_may_be_quoted() -> None:
    members = (*PANEL, replace(WIM, id="X", role="decaan"), replace(OLAF, id="Y", sector="mbo"))
    listed = members_without_names(members, Naming(members))
    assert [(row.id, row.name, row.first_name, row.sector, row.role, row.consent_quote) for row in listed] == [
        ("K", "een docent vmbo", "", "vmbo", "", YES),
        ("A", "een docent vmbo", "", "vmbo", "", YES),
        ("R", "een panellid", "", "vmbo", "", UNKNOWN),
        ("F", "een panellid", "", "vmbo", "", UNKNOWN),
        ("W", "een panellid van een gemeente", "", "gemeente", "", YES),
        ("O", "een panellid", "", "", "", UNKNOWN),
        ("X", "een panellid van een gemeente", "", "gemeente", "", YES),
        ("Y", "een panellid", "", "", "", UNKNOWN),
    ]


def test_two_who_share_a_role_are_listed_with_it_in_one_wording() -> None:
    members = (KEES, replace(KEES, id="Y", role="Docent Pie"), WIM, replace(WIM, id="X"))
    listed = members_without_names(members, Naming(members))
    assert [(row.sector, row.role) for row in listed] == [("vmbo", "docent PIE")] * 2 + [("gemeente", "wethouder")] * 2


def test_a_list_of_some_members_has_no_label_that_only_one_of_them_bears() -> None:
    naming = Naming(PANEL)
    assert [row.name for row in members_without_names((KEES, RENEE, OLAF), naming)] == ["een panellid"] * 3
    pseudonyms = Naming(PANEL, NameMode.PSEUDONYM)
    listed = members_without_names((KEES, ANNA, FATMA), pseudonyms)
    assert [row.name for row in listed] == [pseudonyms.of("K"), pseudonyms.of("A"), "een panellid"]
    # Fatma would be the only one with a sector under this label.
    assert {(row.sector, row.role) for row in listed} == {("", "")}
    # Kees and Anna have a letter each, so they share only what everybody of their sector shares.
    listed = members_without_names((KEES, ANNA, FATMA, GERDA), Naming(WITH_GERDA, NameMode.PSEUDONYM))
    assert [(row.sector, row.role) for row in listed] == [("vmbo", "")] * 2 + [("vmbo", "decaan")] * 2


def test_who_sends_everything_is_told_of_the_names_of_those_who_refused() -> None:
    assert said_of_names(None) == (
        "Ook wie niet genoemd wil worden, staat er met naam in. Alleen voor wie de namen mag weten."
    )
    assert said_of_names(NameMode.FULL) == said_of_names(NameMode.ROLE) == ""


def test_who_opens_a_dossier_is_told_of_the_same_names_but_not_of_labels() -> None:
    warning = said_of_names(None)
    assert warning
    label, blank = replace(KEES, id="L", name="een docent vmbo"), replace(KEES, id="B", name="  ")
    assert with_a_name((KEES, label, blank, RENEE)) == [KEES, RENEE]
    assert said_of_members((RENEE, KEES)) == warning
    assert said_of_members((RENEE, FATMA)) == said_of_members((RENEE, label, blank)) == said_of_members(()) == ""


def test_with_full_names_who_led_is_named_unless_that_is_a_member_who_refused() -> None:
    led = Panel("P", moderator="Kees Visser", note_taker="Lars Olthof")
    elsewhere = Panel("Q", moderator="Kees Visser", note_taker="Dirk Zandstra")
    projection = Projection(BY_NAME, (*PANEL, ELSEWHERE), panels=(led, elsewhere))
    assert projection.replaced(led) == {"moderator": "de gespreksleider"}
    # Whoever refused in one panel has no name in the fields of another one either.
    assert projection.replaced(elsewhere) == {"moderator": "de gespreksleider", "note_taker": "de notulist"}
    assert projection.replaced(Panel("Z", moderator="Lars Olthof")) == {}


def test_who_led_under_the_surname_of_a_hidden_member_may_stand_in_the_copy() -> None:
    led = Panel("P", moderator="Lars Visser", note_taker="Kees Visser")
    watch = Projection(BY_NAME, PANEL, panels=(led,)).watch(())
    assert watch.remaining([("blad", "Geleid door Lars Visser")]) == ()
    assert watch.remaining([("blad", "Geleid door Kees Visser"), ("blad", "Visser belt")])
    # Where nobody is named, nor is who led.
    assert Projection(BY_ROLE, PANEL, panels=(led,)).watch(()).remaining([("blad", "Geleid door Lars Visser")])


def test_with_full_names_a_member_keeps_an_address_in_their_own_row_but_not_in_what_they_wrote() -> None:
    renee = replace(
        RENEE, organisation="sanne.dijk@vechtstede.nl", written="Mail naar w.kamphuis@hengelo.nl of piet.jansen@vmbo.nl"
    )
    projection = Projection(BY_NAME, (renee, *WITH_GERDA[:2], *WITH_GERDA[3:]))
    row = row_of(projection, renee)
    assert row.organisation == "sanne.dijk@vechtstede.nl"
    assert row.written == "Mail naar een panellid of een e-mailadres"


def test_who_says_a_note_in_words_is_left_out_where_the_voice_is_hidden() -> None:
    said = tuple(Note(f"N{number}", panel="P", said_by="de rector") for number in range(3))
    voices = tuple(Voice(note.id, note.id, member) for note, member in zip(said, "RWF", strict=True))
    projection = Projection(BY_NAME, WITH_GERDA, Withheld(members=frozenset({"F"})), voices=voices)
    shown, hidden, withheld = (replace(note, **projection.replaced(note)).said_by for note in said)
    assert (shown, hidden, withheld) == ("de rector", "", "")
    gone = Projection(BY_NAME, WITH_GERDA, Withheld(members=frozenset({"R"})), voices=voices)
    assert gone.replaced(said[0])["said_by"] == ""


def test_no_row_of_who_was_absent_is_in_a_copy_without_names() -> None:
    quiet = replace(KEES, id="Y", present=False)
    projection = Projection(BY_ROLE, (*PANEL, quiet))
    assert not projection.holds(quiet)
    assert not projection.holds(Voice("V", note="N", panelist="Y"))
    assert projection.holds(Voice("V", note="N", panelist="K"))


def test_each_text_is_found_under_its_row_and_field_and_decided_there() -> None:
    note = Note("N", panel="P", text="Kees Visser belt", answer="Kees Visser belt terug")
    projection = Projection(BY_ROLE, PANEL)
    projection.replaced(note)
    found = {name.key: name for name in projection.names_found}
    assert {(name.row, name.field) for name in found.values()} == {("N", "text"), ("N", "answer")}
    decided = Projection(
        BY_ROLE,
        PANEL,
        decisions={name.key: "De docent" for name in found.values() if name.field == "text"},
    )
    assert decided.replaced(note)["text"] == "De docent belt"
    assert decided.replaced(note)["answer"] == "Een docent vmbo belt terug"
    assert decided.replaced(replace(note, id="M"))["text"] == "Een docent vmbo belt"


def test_a_name_is_called_as_in_the_panel_of_its_row() -> None:
    here = (KEES, ANNA, WIM, OLAF)
    there = (replace(KEES, id="K2", panel="Q"), member("J", "Jan Mulder", "wethouder", NO, panel="Q"))
    projection = Projection(BY_ROLE, (*here, *there), panels=(Panel("P"), Panel("Q")))
    text = "Kees Visser belt"
    assert projection.replaced(Note("N", panel="P", text=text)) == {"text": "Een docent vmbo belt"}
    assert projection.replaced(Note("N", panel="Q", text=text)) == {"text": "Een panellid uit het vmbo belt"}
    assert projection.replaced(Panel("P", remarks=text))["remarks"] == "Een docent vmbo belt"
    assert projection.replaced(Panel("Q", remarks=text))["remarks"] == "Een panellid uit het vmbo belt"


def test_a_text_of_the_built_in_guide_names_nobody_but_the_same_words_of_a_person_may() -> None:
    given = max(given_texts(), key=len)
    word = next(word.strip(".,?") for word in given.split() if len(word) > 6)
    called = replace(KEES, name=word.capitalize(), first_name=word.capitalize())
    projection = Projection(BY_ROLE, (called, ANNA))
    assert projection.replaced(Question("Q", text=given)) == {}
    assert projection.replaced(Note("N", panel="P", text=f"Volgens mevrouw {word.capitalize()}")) != {}


def test_names_that_a_person_added_are_looked_for_in_the_copy_beside_those_of_members() -> None:
    projection = Projection(BY_ROLE, PANEL, decisions={f"{ADDED}Gonda Tuinman": True})
    watch = projection.watch(["Anna Bosman"])
    assert watch.remaining([("blad", "Gonda Tuinman was er")])
    assert watch.remaining([("blad", "Kees Visser was er")])
    assert not watch.remaining([("blad", "Anna Bosman was er")])
    # Who is shown by name may stand in it, and a name that was decided to stay may too.
    assert not Projection(BY_NAME, WITH_GERDA).watch(()).remaining([("blad", "Renée Oudewater was er")])
    kept = Projection(BY_ROLE, PANEL)
    kept.replaced(Note("N", panel="P", text="Kees Visser belt"))
    stays = Projection(BY_ROLE, PANEL, decisions={name.key: False for name in kept.names_found})
    stays.replaced(Note("N", panel="P", text="Kees Visser belt"))
    assert not stays.watch(()).remaining([("blad", "Kees Visser belt")])


def test_whom_no_list_knows_stays_in_a_copy_for_working_together_only() -> None:
    note = Note("N", panel="P", text="Leerling Kevin uit 3B vond het leuk")
    assert Projection(EVERYBODY, PANEL).replaced(note) == {}
    assert "Kevin" not in Projection(BY_ROLE, PANEL).replaced(note)["text"]


def test_a_word_of_what_the_panels_say_of_themselves_is_no_stranger() -> None:
    note = Note("N", panel="P", text="Dat zei Truusveld ook, met Rebergen")
    for about, doubted in (((), {"Truusveld", "Rebergen"}), (("Panel Truusveld",), {"Rebergen"})):
        projection = Projection(BY_ROLE, PANEL, about=about)
        projection.replaced(note)
        assert {name.mention.name for name in projection.names_found} == doubted
