"""A member who refused to be named or quoted could be another one: exchanging what two members said changes
no output.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sto_desktop.cli import run
from sto_desktop.domain.actions import conversation, elaborate, notes
from sto_desktop.domain.actions import panels as panels_made
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.model import Panel, Panelist, TopChoice, Voice
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.panel.matrix import Across, Counting, matrix
from sto_desktop.domain.panel.overview import OverviewContent
from sto_desktop.domain.privacy.naming.crowd import crowd_of
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.naming.roles import MEMBER
from sto_desktop.domain.privacy.participation import Withheld, taking_part, taking_part_in_all
from sto_desktop.domain.privacy.sharing import Projection, Sharing
from sto_desktop.domain.vocabulary import Consent, Stance
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.out.tables import Subject
from sto_desktop.report.blocks.blocks import Document, Figure, Series
from sto_desktop.report.blocks.options import Form
from sto_desktop.report.overview.newsletter import newsletter
from sto_desktop.report.overview.overview_report import overview_report
from sto_desktop.report.writers.plain_text import plain_text
from sto_desktop.ui.elaborate.matrix.matrix_page import matrix_rows
from sto_desktop.workplace import Workplace
from tests.report.panels import GUIDE
from tests.report.privacy.drawn_panels import NAMES, QUESTIONS, made, panels, rows_of, spoken


def _figures(document: Document) -> list[tuple[str, tuple[str, ...], tuple[Series, ...]]]:
    return [
        (block.caption, block.categories, block.series)
        for block in document.blocks
        if isinstance(block, Figure) and "naar sector" in block.caption
    ]


def _exchanged(content: PanelContent, one: str, other: str) -> PanelContent:
    """Exchange the words of two members."""
    instead = {one: other, other: one}

    def said_by(note: NoteContent) -> NoteContent:
        voices = (replace(voice, panelist=instead.get(voice.panelist or "", voice.panelist)) for voice in note.voices)
        return replace(note, voices=tuple(voices))

    return replace(content, notes=tuple(map(said_by, content.notes)))


def _letter_of(content: PanelContent, member: str) -> str:
    return outgoing([content], NameMode.PSEUDONYM)[0].called(member)


def _without_letters(text: str, letters: Collection[str]) -> list[list[str]]:
    """Return the words of each line in no order, with letters of labels made equal: nobody knows whose they are."""
    words = (re.findall(r"Panellid [A-Z]+|\w+|[“‘«]", line) for line in text.splitlines())
    return [sorted("Panellid" if word in letters else word for word in line) for line in words]


def _outputs(content: PanelContent, letters: Collection[str]) -> Iterator[object]:
    """Yield all that an outsider can read about a panel, the most revealing first."""
    for mode in NameMode:
        document = made(content, Form.EXTENDED, mode)
        yield _figures(document)
        yield _without_letters(plain_text(document), letters)
        (ready,) = outgoing([content], mode)
        yield [
            _without_letters(ready.called(member.id), letters) for member in content.panelists if member.id in letters
        ]
        for subject in (Subject.NOTES, Subject.INSIGHTS):
            yield [_without_letters("\n".join(row.values()), letters) for row in rows_of(content, subject, mode)]
    there = taking_part(content)
    for across, counting in itertools.product(Across, Counting):
        yield matrix_rows(matrix(there, across, crowd_of(there).sectors), counting)
    overview = taking_part_in_all(OverviewContent((content,)))
    yield plain_text(overview_report(overview))
    yield plain_text(newsletter(overview))
    for form, mode in itertools.product((Form.SHORT, Form.MINUTES), NameMode):
        yield _without_letters(plain_text(made(content, form, mode)), letters)


def _listed_in_copies(content: PanelContent, member: str) -> Iterator[object]:
    """Yield the properties of a member in a copy to share, to which all their words are linked there."""
    letter, there = _letter_of(content, member), taking_part(content)
    for mode in NameMode:
        projection = Projection(
            Sharing(naming=mode), content.panelists, Withheld(frozenset(item.id for item in there.withdrawn))
        )
        (found,) = (item for item in content.panelists if item.id == member)
        row = replace(found, **projection.replaced(found))
        yield "Panellid" if row.name == letter else row.name, row.sector, row.role, row.consent_quote, row.consent_name


def _could_be(content: PanelContent, one: str, other: str) -> bool:
    """Return whether no output distinguishes two members."""
    if [*_listed_in_copies(content, one)] != [*_listed_in_copies(content, other)]:
        return False
    letters = {_letter_of(content, one), _letter_of(content, other)} - {MEMBER.singular}
    exchanged = _exchanged(content, one, other)
    return all(a == b for a, b in zip(_outputs(content, letters), _outputs(exchanged, letters), strict=True))


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(panels())
def test_who_refused_to_be_named_or_quoted_could_be_somebody_else(content: PanelContent) -> None:
    there = [item for item in taking_part(content).panelists if item.present]
    refused = [item for item in there if {item.consent_name, item.consent_quote} != {Consent.YES}]
    for member in refused if len(there) > 1 else ():
        assert any(_could_be(content, member.id, other.id) for other in there if other is not member), member


@pytest.mark.long
@settings(max_examples=40, deadline=None)
@given(panels(), st.sampled_from(Form), st.sampled_from(NameMode))
def test_words_of_who_was_not_there_and_may_not_be_named_have_no_speaker(
    content: PanelContent, form: Form, naming: NameMode
) -> None:
    """Everybody knows who was absent, so nobody else could be meant; who may be named is named."""
    chosen = tuple(TopChoice(f"k{member.id}", member.id, 1, None, f"Keuze {member.id}") for member in content.panelists)
    content = replace(content, top_choices=chosen)
    away = {
        member.id
        for member in content.panelists
        if not member.present
        and {member.consent_name, member.consent_quote} != {Consent.YES}
        # Texts left out because a member does not take part are another matter.
        and member.consent_participation is not Consent.NO
    }
    notes = tuple(
        replace(note, voices=tuple(voice for voice in note.voices if voice.panelist not in away))
        for note in content.notes
    )
    choices = tuple(choice for choice in content.top_choices if choice.panelist not in away)
    without = replace(content, notes=notes, top_choices=choices)
    assert plain_text(made(content, form, naming)) == plain_text(made(without, form, naming))
    assert _figures(made(content, form, naming)) == _figures(made(without, form, naming))
    for subject in Subject:
        assert rows_of(content, subject, naming) == rows_of(without, subject, naming)
    assert plain_text(overview_report(taking_part_in_all(OverviewContent((content,))))) == plain_text(
        overview_report(taking_part_in_all(OverviewContent((without,))))
    )
    refusing = frozenset(member.id for member in taking_part(content).withdrawn)
    projection = Projection(Sharing(naming=naming), content.panelists, Withheld(refusing))
    assert all(projection.holds(member) is (member.id not in away | refusing) for member in content.panelists)
    said = [voice for note in content.notes for voice in note.voices]
    assert all(projection.holds(item) is (item.panelist not in away | refusing) for item in said)
    assert all(projection.holds(choice) is (choice.panelist not in away | refusing) for choice in content.top_choices)


@pytest.mark.long
@settings(max_examples=300)
@given(panels())
def test_nobody_is_the_only_one_without_a_name_or_never_beside_their_words(content: PanelContent) -> None:
    there = [member for member in taking_part(content).panelists if member.present]
    (ready,) = outgoing([content], NameMode.FULL)
    listed = [member for member in there if ready.shows_name(member.id)]
    silent = [item for item in listed if ready.called(item.id) != item.name]
    assert len(there) == 1 or (len(there) - len(listed) != 1 and len(silent) != 1)


def test_figures_count_the_only_one_without_a_name_among_others() -> None:
    of = (*(("vmbo", "docent"),) * 3, *(("po", "leerkracht"),) * 3, ("gemeente", "wethouder"))
    members = tuple(
        Panelist(
            f"lid-{seat}", "panel", seat=seat, name=f"Naam {NAMES[seat]}", sector=sector, role=role,
            consent_participation=Consent.YES, consent_name=Consent.NO if sector == "gemeente" else Consent.YES,
            consent_quote=Consent.YES,
        )
        for seat, (sector, role) in enumerate(of, 1)
    )  # fmt: skip
    voices = dict.fromkeys(("lid-1", "lid-4", "lid-7"), Stance.SAYS)
    notes = tuple(spoken(f"n{at}", question, voices) for at, question in enumerate(QUESTIONS))
    content = PanelContent(Panel("panel", subregion="Zuid"), GUIDE, members, notes, ())
    for naming in NameMode:
        ((_, _, series),) = _figures(made(content, Form.EXTENDED, naming))
        assert len(series) == 2
        assert {sum(bar.values[theme] for bar in series) for theme in range(3)} == {3.0}
    assert any(_could_be(content, "lid-7", member.id) for member in members[:-1])


@pytest.mark.long
@settings(max_examples=60)
@given(panels(), st.sampled_from(Form), st.sampled_from((NameMode.ROLE, NameMode.PSEUDONYM)))
def test_no_order_tells_who_sat_where(content: PanelContent, form: Form, naming: NameMode) -> None:
    chosen = tuple(TopChoice(f"k{member.id}", member.id, 1, None, f"Keuze {member.id}") for member in content.panelists)
    content = replace(content, top_choices=chosen)
    seats = len(content.panelists) + 1
    moved = tuple(replace(member, seat=seats - (member.seat or 0)) for member in reversed(content.panelists))
    assert plain_text(made(content, form, naming)) == plain_text(made(replace(content, panelists=moved), form, naming))


@given(panels())
def test_nothing_is_left_when_the_matrix_by_sector_is_taken_off_that_by_aspect(content: PanelContent) -> None:
    there = taking_part(content)
    by_sector, by_aspect = (matrix(there, across, crowd_of(there).sectors) for across in (Across.SECTOR, Across.ASPECT))
    for theme in by_aspect.rows:
        one, other = by_sector.row_total(theme.id), by_aspect.row_total(theme.id)
        assert (set(one.notes), one.members) == (set(other.notes), other.members)


# By command: the member without a name was absent


def _three_teachers(path: Path, quoted: Consent) -> Path:
    """Make a dossier with three similar members; the one without a name was absent, sent something in, and said
    something.
    """
    made_here = Workplace.here("Marieke").create(path)
    dossier = made_here.dossier
    dossier.apply(panels_made.add_panel(builtin_guide_id(), title="Panel", subregion="Zuid", panel="p"))
    for seat, name in enumerate(("Anna Bosman", "Kees Visser", "Wiebe Hoekstra"), 1):
        away = seat == 3
        values = {
            "panel": "p", "seat": seat, "name": name, "sector": "vmbo", "role": "docent", "present": not away,
            "consent_participation": Consent.YES, "consent_name": Consent.NO if away else Consent.YES,
            "consent_quote": quoted if away else Consent.YES, "written": "Graag ook de havo." if away else "",
        }  # fmt: skip
        dossier.apply(action("panellid", create("panelist", f"lid-{seat}", **values)))
    members = dossier.read.members.of_panel("p")
    question = (
        next(theme for theme in dossier.read.guides.of_panel("p").themes if theme.is_conversation).questions[0].id
    )
    now = dt.datetime(2024, 3, 1, 15, tzinfo=dt.UTC)
    for row, text in (
        ("n1", "De praktijk werkt @1"),
        ("n2", "De bus rijdt niet @3"),
        ("n3", "Dat doet Wiebe @2"),
        ("n4", "> Bellen @1"),
    ):
        dossier.apply(notes.capture_note("p", question, parse(text, members), now, note=row))
    (asked,) = (note for note in dossier.read.notes.of_panel("p") if note.id == "n4")
    dossier.apply(notes.agree_on(asked, "Wiebe Hoekstra", None, ""))
    dossier.apply(conversation.set_top_choice("lid-3", 1, "De bus eerst"))
    dossier.apply(
        elaborate.add_insight("p", "Vervoer ontbreekt", question=question, supports=["n2"], keys=[], insight="i")
    )
    made_here.close()
    return path


@pytest.mark.parametrize("quoted", [Consent.YES, Consent.NO])
@pytest.mark.parametrize("names", ["voluit", "rol", "pseudoniem"])
def test_who_was_not_there_is_not_the_only_one_without_a_name_by_what_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quoted: Consent, names: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    dossier = _three_teachers(tmp_path / "d.sto", quoted)
    for form in ("kort", "uitgebreid", "notulen"):
        out = tmp_path / f"{form}.md"
        assert run(["verslag", str(dossier), "--vorm", form, "--namen", names, "-o", str(out)]) == 0
        words = out.read_text(encoding="utf-8")
        around = [line for line in words.splitlines() if re.search("bus|Vervoer|havo", line)]
        assert around
        # The member meant in a text, if nobody else has no name.
        matches = re.findall(r"Dat doet \w+|wie: \w+", words)
        assert set(matches) <= {"Dat doet iemand", "wie: iemand"}, matches
        assert matches or form == "kort"
        assert not [line for line in around if re.search("Eén stem|docent vmbo|niet bij", line)]
        if names == "voluit":
            called = [line for line in around if "panellid" in line.lower()]
            assert not [line for line in called if "havo" not in line], called
    shared = tmp_path / "kopie.sto"
    assert run(["delen", str(dossier), "--namen", names, "-o", str(shared)]) == 0
    opened = Workplace.here("Piet").open(shared)
    read = opened.dossier.read
    assert [member.present for member in read.rows.records(Panelist)] == [True, True]
    assert len(read.rows.records(Voice)) == 3
    assert not read.rows.records(TopChoice)
    opened.close()


@pytest.mark.parametrize("names", NameMode)
def test_a_copy_says_no_more_about_quoting_than_its_labels_and_comes_back_without_changing_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: NameMode
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    dossier, shared, home = _three_teachers(tmp_path / "d.sto", Consent.YES), tmp_path / "k.sto", tmp_path / "h.sto"
    word = {NameMode.FULL: "voluit", NameMode.ROLE: "rol", NameMode.PSEUDONYM: "pseudoniem"}[names]
    assert run(["delen", str(dossier), "--namen", word, "-o", str(shared)]) == 0
    assert run(["samenvoegen", str(dossier), str(shared), "-o", str(home)]) == 0
    rows = {}
    for path in (dossier, shared, home):
        opened = Workplace.here("Piet").open(path)
        rows[path] = {record.id: record for record in opened.dossier.read.rows.records(Panelist)}
        assert not opened.dossier.conflicts()
        opened.close()
    assert rows[home] == rows[dossier]
    for member in rows[shared].values():
        assert (member.consent_quote is Consent.YES) is (member.name != "een panellid")
        assert (member.consent_name is Consent.YES) is (names is NameMode.FULL)
        assert member.consent_participation is member.consent_recording is Consent.UNKNOWN
