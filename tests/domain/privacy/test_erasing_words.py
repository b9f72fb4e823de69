"""What a person said and what belongs to them, as erased with them: which rows and fields, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from sto_desktop.domain.bookkeeping import ConsentGiven
from sto_desktop.domain.log.change import Erasure
from sto_desktop.domain.model import Debrief, Note, Panel, Panelist, TopChoice, Voice
from sto_desktop.domain.privacy.erasing import belonging, member, members, own_words, words_of
from sto_desktop.domain.vocabulary import DebriefAuthor, Stance

ROOS, KOK = Panelist("R", name="Roos Terpstra"), Panelist("K", name="Jan Kok")


class _Rows:
    """A dossier of a few records; counts how often each table is read."""

    def __init__(self, *records: Any) -> None:
        self._records = records
        self.read: list[type[Any]] = []

    def __call__(self, kind: type[Any]) -> Iterable[Any]:
        self.read.append(kind)
        return [record for record in self._records if isinstance(record, kind)]


def _says(note: str | None, member: str | None, stance: Stance = Stance.SAYS) -> Voice:
    return Voice(f"{note}{member}{stance}", note, member, stance)


# What they said


def test_notes_of_one_speaker_are_their_own_and_shared_ones_are_not() -> None:
    rows = _Rows(
        ROOS,
        KOK,
        *(Note(name) for name in ("own", "shared", "other", "agreed", "nobody")),
        _says("own", "R"),
        _says("own", "K", Stance.AGREES),
        _says("shared", "R"),
        _says("shared", "K"),
        _says("other", "K"),
        _says("agreed", "R", Stance.AGREES),
        _says(None, "R"),
        _says("nobody", None),
    )
    assert own_words({"R"}, rows) == (("note", "own"),)
    assert own_words({"R", "K"}, rows) == (("note", "own"), ("note", "shared"), ("note", "other"))
    assert own_words(set(), rows) == own_words({"nobody"}, rows) == ()


def test_a_written_speaker_counts_as_the_member_of_that_name() -> None:
    rows = _Rows(
        ROOS,
        KOK,
        Note("hers", said_by="Roos Terpstra"),
        Note("both", said_by="Roos Terpstra, Jan Kok"),
        Note("guest", said_by="Roos Terpstra, Gerda van Buiten"),
        Note("voice", said_by="Roos Terpstra"),
        _says("voice", "K"),
        Note("mixed", said_by="Roos Terpstra"),
        _says("mixed", "R"),
    )
    assert own_words({"R"}, rows) == (("note", "hers"), ("note", "mixed"))
    # A name of somebody who is not erased is no reason to erase what two said.
    assert own_words({"R", "K"}, rows) == (("note", "hers"), ("note", "both"), ("note", "voice"), ("note", "mixed"))


def test_top_choices_go_with_who_chose() -> None:
    rows = _Rows(ROOS, KOK, TopChoice("1", "R"), TopChoice("2", "K"), TopChoice("3", None))
    assert own_words({"R"}, rows) == (("top_choice", "1"),)


def test_debriefs_go_with_the_name_of_who_led_or_noted() -> None:
    rows = _Rows(
        Panel("P", moderator="Anne-Lot Blok", note_taker="Wim Vos"),
        Panel("Q", moderator="Wim Vos", note_taker=""),
        *(Debrief(f"{panel}{author}", panel, author) for panel in "PQ" for author in DebriefAuthor),
        Debrief("loose", None, DebriefAuthor.MODERATOR),
    )
    assert own_words(set(), rows, "wim vos") == (("debrief", "PNOTE_TAKER"), ("debrief", "QMODERATOR"))
    assert own_words(set(), rows, "Anne-Lot Blok") == (("debrief", "PMODERATOR"),)
    # A panel without a note taker is not one of somebody without a name.
    assert own_words(set(), rows, "  ") == ()
    assert own_words(set(), rows, "Iemand Anders") == ()


def test_their_words_are_looked_for_elsewhere_while_their_data_stays() -> None:
    roos = Panelist("R", name="Roos Terpstra", written="De bus naar Rijssen rijdt te laat.")
    kok = Panelist("K", name="Jan Kok", written="")
    rows = _Rows(
        roos,
        kok,
        Note("long", text="Leerlingen bouwen zelf een brug."),
        Note("short", text="Ja hoor."),
        Note("twelve", text="Twaalf lang!"),
        Note("empty", text=""),
        Note("other", text="Iets wat Jan Kok heeft gezegd."),
        _says("long", "R"),
        _says("short", "R"),
        _says("twelve", "R"),
        _says("empty", "R"),
        _says("other", "K"),
        TopChoice("first", "R", text="Elke klas een week lang"),
    )
    target, texts = words_of([roos], rows)
    assert target.rows == ()
    assert target.fields == ()
    words = (*(("note", name) for name in ("long", "short", "twelve", "empty")), ("top_choice", "first"))
    assert target.words == words
    assert target.gone == target.words
    assert target.also == (Erasure("panelist", "R", "written"),)
    # The short one is searched nowhere: it would be found everywhere.
    said = (
        "Leerlingen bouwen zelf een brug.",
        "Twaalf lang!",
        "Elke klas een week lang",
        "De bus naar Rijssen rijdt te laat.",
    )
    assert sorted(texts) == sorted((*said, "Ja hoor."))
    for text in said:
        assert target.spans(f"Hij schreef: {text}")[1], text
    assert target.spans("Ja hoor. Iets wat Jan Kok heeft gezegd.") == ((), False)
    assert Erasure("note", "long", "text") in target.erasures
    # Whoever sent nothing in has nothing of the kind to erase.
    assert words_of([kok], rows)[0].also == ()


# What belongs to them


def test_their_consent_and_the_written_speaker_of_their_notes_belong_to_them() -> None:
    rows = _Rows(
        ROOS,
        KOK,
        Panel("P", declined="Roos Terpstra kon niet"),
        Note("hers", said_by="mevrouw T."),
        Note("agreed", said_by="de heer K."),
        Note("other", said_by="meneer K."),
        _says("hers", "R"),
        _says("agreed", "R", Stance.AGREES),
        _says("other", "K"),
        ConsentGiven("C1", "R"),
        ConsentGiven("C2", "K"),
        ConsentGiven("C3", None),
    )
    consent = ("about", "answer", "given_on", "manner", "letter")
    assert belonging({"R"}, rows) == (
        Erasure("note", "hers", "said_by"),
        Erasure("note", "agreed", "said_by"),
        *(Erasure("consent_given", "C1", field) for field in consent),
    )
    assert {erasure.row for erasure in belonging({"R", "K"}, rows)} == {"hers", "agreed", "other", "C1", "C2"}
    assert belonging(set(), rows) == ()


def test_the_voices_are_read_once() -> None:
    rows = _Rows(ROOS)
    belonging({"R"}, rows)
    assert rows.read.count(Voice) == 1
    assert Panelist not in rows.read


# Other written forms of their name


def test_a_certain_form_of_the_whole_name_is_sure_and_part_of_an_address_is_all_of_it() -> None:
    target = member(Panelist("R", name="Roos Terpstra"))
    text = "Mail naar roos.terpstra@school.nl over de bus"
    assert target.spans(text) == (((10, 33),), True)
    # A first name can be somebody else's, also where it is certainly a name.
    assert target.spans("Vraag het aan @roos en Roos' klas")[1] is False
    assert target.spans("Vraag het aan de buurvrouw") == ((), False)


def test_names_side_by_side_stay_two() -> None:
    target = member(Panelist("R", name="Roos Terpstra"))
    assert target.spans("Terpstra,Terpstra") == (((0, 8), (9, 17)), True)


def test_an_initial_behind_the_first_name_is_sure() -> None:
    target = member(Panelist("R", name="Roos Terpstra"))
    assert target.sure is not None
    assert [target.sure.findall(text) for text in ("Roos T. belt", "Roos E. belt", "Roos belt")] == [["Roos T"], [], []]
    assert member(Panelist("R", name="Roos")).sure is None
    assert target.also == ()


def test_several_people_are_found_in_every_form_too() -> None:
    target = members([ROOS, KOK])
    assert target.spans("Mail naar roos.terpstra@school.nl") == (((10, 33),), True)
    assert target.spans("Mail naar niemand@school.nl") == ((), False)
    assert members([]).finder is None


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Mail naar j.dewit@school.nl", True),
        ("Zie #jandewit", True),
        ("Zei JanDeWit gisteren", True),
        ("de Wit, Jan kwam later", True),
        ("Mail naar jan@school.nl", False),
        ("Zie #jan", False),
        ("Jan kwam later", False),
    ],
)
def test_a_name_glued_into_one_word_is_sure_where_it_holds_more_than_a_first_name(text: str, *, sure: bool) -> None:
    for target in (member(Panelist("J", name="Jan de Wit")), members([Panelist("J", name="Jan de Wit"), KOK])):
        spans, told = target.spans(text)
        assert spans
        assert told is sure


def test_a_short_surname_is_sure_only_with_the_first_name() -> None:
    target = member(Panelist("H", name="Jan Ho"))
    assert [target.spans(text)[1] for text in ("#janho", "Ho, Jan kwam", "J. Ho kwam", "j.ho@school.nl")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_surname_of_three_letters_is_sure_in_an_address_and_a_single_name_never() -> None:
    assert member(Panelist("V", name="Jan Vos")).spans("Mail naar j.vos@school.nl")[1]
    assert not member(Panelist("R", name="Roos")).spans("Mail naar roos@school.nl")[1]


def test_what_stood_below_a_heading_with_their_name_is_theirs() -> None:
    rows = _Rows(
        ROOS,
        KOK,
        Note("hers", heading="Beeldvorming › Inbreng van Roos Terpstra"),
        Note("his", heading="Jan Kok"),
        Note("nobody", heading="Vervoer"),
        Note("spoken", heading="Roos Terpstra"),
        _says("spoken", "K"),
    )
    assert own_words({"R"}, rows) == (("note", "hers"),)
    assert set(own_words({"R", "K"}, rows)) == {("note", "hers"), ("note", "his"), ("note", "spoken")}
