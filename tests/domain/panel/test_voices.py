"""How widely something was shared, and who spoke how often."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

import pytest

from sto_desktop.domain.model import Guide, Note, Panel, Panelist, Voice
from sto_desktop.domain.panel.content import GuideContent, NoteContent, PanelContent
from sto_desktop.domain.panel.voices import Backing, Support, TalkBalance, Voices, talk_balance
from sto_desktop.domain.vocabulary import NoteKind, Stance

SECTORS = ("po", "vmbo", "vmbo", "mbo", "bedrijf", "")
MEMBERS = tuple(Panelist(id=f"p{seat}", seat=seat, sector=sector) for seat, sector in enumerate(SECTORS, 1))


def note(
    identity: str,
    says: Iterable[int] = (),
    agrees: Iterable[int] = (),
    disagrees: Iterable[int] = (),
    at: dt.datetime | None = None,
) -> NoteContent:
    voices = tuple(
        Voice(id=f"{identity}{seat}{stance}", note=identity, panelist=f"p{seat}", stance=stance)
        for stance, seats in ((Stance.SAYS, says), (Stance.AGREES, agrees), (Stance.DISAGREES, disagrees))
        for seat in seats
    )
    return NoteContent(Note(id=identity, captured_at=at), NoteKind.REMARK, voices)


def voices(*notes: NoteContent) -> Voices:
    return Voices(PanelContent(Panel(id="p"), GuideContent(Guide(id="g")), panelists=MEMBERS, notes=notes))


@pytest.mark.parametrize(
    ("notes", "support"),
    [
        ([note("a", [1], [2, 4])], Support.BROAD),
        ([note("a", [1]), note("b", [2]), note("c", [5], [1])], Support.BROAD),
        ([note("a", [2], [3])], Support.SHARED),
        ([note("a", [1], [4])], Support.SHARED),
        ([note("a", [6], [], [])], Support.SINGLE),
        ([note("a", [1]), note("b", [1])], Support.SINGLE),
        ([note("a", [1], [], [2])], Support.SINGLE),
        ([note("a", [1], [2, 4], [5])], Support.BROAD),
        ([note("a", [1], [2, 4], [5, 3])], Support.DIVIDED),
        ([note("a", [1], [2], [3])], Support.DIVIDED),
        ([note("a")], None),
        ([note("a", [], [], [1])], None),
    ],
)
def test_support_follows_from_the_voices(notes: list[NoteContent], support: Support | None) -> None:
    assert voices(*notes).backing([item.id for item in notes]).support is support


@pytest.mark.parametrize(
    ("supporters", "present", "support", "word"),
    [
        (3, 9, Support.SHARED, "door drie van de negen panelleden"),
        (5, 9, Support.BROAD, "breed gedragen"),
        (4, 8, Support.BROAD, "breed gedragen"),
        (5, 12, Support.SHARED, "door vijf van de twaalf panelleden"),
        (6, 12, Support.BROAD, "breed gedragen"),
        (2, 4, Support.SHARED, "gedeeld"),
        (3, 4, Support.BROAD, "breed gedragen"),
        # Of how many can't be told, if a member who was marked as absent spoke.
        (2, 1, Support.SHARED, "gedeeld"),
    ],
)
def test_broad_begins_at_half_of_those_present(supporters: int, present: int, support: Support, word: str) -> None:
    backing = Backing(tuple(f"p{seat}" for seat in range(supporters)), (), ("po", "vmbo"), present)
    assert (backing.support, backing.word) == (support, word)
    one_sector = replace(backing, sectors=("po",))
    assert one_sector.support is Support.SHARED


def test_a_voice_about_somebody_counts_nowhere() -> None:
    about = [Voice("v", note="a", panelist=f"p{seat}", stance=Stance.ABOUT) for seat in (2, 4)]
    item = replace(note("a", [1]), voices=(*note("a", [1]).voices, *about))
    backing = voices(item).backing(["a"])
    assert (backing.support, backing.supporters, backing.dissenters) == (Support.SINGLE, ("p1",), ())
    assert voices(item, note("b", [1])).backing(["b"], ["a"]).dissenters == ("p1",)
    assert [balance.times for balance in talk_balance(MEMBERS, [item])] == [1, 0, 0, 0, 0, 0]


def test_who_speaks_in_a_contradicting_note_is_against_and_who_denies_it_is_behind() -> None:
    backing = voices(note("a", [5]), note("b", [4], [2], [1])).backing(["a"], ["b"])
    assert backing.supporters == ("p1", "p5")
    assert backing.dissenters == ("p2", "p4")
    assert backing.sectors == ("po", "bedrijf")


def test_members_count_once_and_in_order_of_seat() -> None:
    backing = voices(note("a", [4], [1, 4]), note("b", [1])).backing(["a", "b", "a"])
    assert backing.supporters == ("p1", "p4")


def test_support_is_of_those_who_were_present() -> None:
    members = tuple(replace(member, present=member.seat != 5) for member in MEMBERS)
    content = PanelContent(Panel(id="p"), GuideContent(Guide(id="g")), panelists=members, notes=(note("a", [1]),))
    assert Voices(content).backing(["a"]).present == 5


def test_notes_that_are_gone_and_strangers_have_no_voice() -> None:
    assert voices(note("a", [9])).backing(["a", "weg"]).supporters == ()


def test_talk_balance_counts_who_said_something_and_when_last() -> None:
    early, late = dt.datetime(2024, 3, 1, 13, 0, tzinfo=dt.UTC), dt.datetime(2024, 3, 1, 13, 20, tzinfo=dt.UTC)
    balance = talk_balance(MEMBERS, [note("a", [1], [2], at=late), note("b", [1], at=early), note("c", [4])])
    assert balance[:4] == (
        TalkBalance("p1", 2, late),
        TalkBalance("p2", 0, None),
        TalkBalance("p3", 0, None),
        TalkBalance("p4", 1, None),
    )
    assert balance[0].silent_for(late + dt.timedelta(minutes=5)) == dt.timedelta(minutes=5)
    assert balance[0].silent_for(early) == dt.timedelta()
    assert balance[1].silent_for(late) is None


def test_a_sector_in_two_spellings_is_one_sector() -> None:
    members = tuple(
        replace(item, sector=sector) for item, sector in zip(MEMBERS, ("vmbo", "VMBO ", "Vmbo"), strict=False)
    )
    content = PanelContent(Panel("p"), GuideContent(Guide("g")), members, (note("a", [1, 2, 3]),))
    backing = Voices(content).backing(["a"])
    assert backing.sectors == ("vmbo",)
    assert backing.support is Support.SHARED


def test_sectors_are_called_as_in_the_panels_that_are_compared() -> None:
    content = PanelContent(Panel("p"), GuideContent(Guide("g")), MEMBERS, (note("a", [1, 2]),))
    compared = {member.id: member.sector.upper() for member in MEMBERS}
    assert Voices(content, compared).backing(["a"]).sectors == ("PO", "VMBO")


@pytest.mark.parametrize(
    ("alike", "said", "sectors"),
    [
        # Either of three, from as many sectors: two of them, whichever.
        ({1: "x", 2: "x", 4: "x"}, (1, 2), ("mbo", "po")),
        # It may have been the two of one sector.
        ({2: "x", 3: "x", 4: "x"}, (2, 4), ("vmbo",)),
        # One of them has no sector, and it may have been that one.
        ({1: "x", 6: "x"}, (1,), ()),
        ({1: "x", 6: "x"}, (1, 6), ("po",)),
        # Both of them.
        ({1: "x", 4: "x"}, (1, 4), ("mbo", "po")),
        # Beside somebody who is told apart; nobody spoke of another group.
        ({2: "x", 3: "x", 1: "y", 4: "y"}, (2, 5), ("bedrijf", "vmbo")),
        # One of each group, who may be from the same sector.
        ({2: "x", 1: "x", 3: "y", 4: "y"}, (1, 4), ("vmbo",)),
    ],
)
def test_of_members_who_are_not_told_apart_only_sectors_count_that_must_be_behind(
    alike: dict[int, str], said: tuple[int, ...], sectors: tuple[str, ...]
) -> None:
    content = PanelContent(Panel(id="p"), GuideContent(Guide(id="g")), panelists=MEMBERS, notes=(note("a", said),))
    known = Voices(content, alike={f"p{seat}": group for seat, group in alike.items()})
    assert known.backing(["a"]).sectors == sectors
