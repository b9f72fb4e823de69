"""Whoever refused to be named or quoted could be somebody else: exchanging what two members said changes no output."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sto_desktop.domain.model import Panel, Panelist, TopChoice
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.panel.matrix import Across, Counting, matrix
from sto_desktop.domain.panel.overview import OverviewContent
from sto_desktop.domain.privacy.crowd import crowd_of
from sto_desktop.domain.privacy.naming import NameMode
from sto_desktop.domain.privacy.participation import Withheld, taking_part, taking_part_in_all
from sto_desktop.domain.privacy.roles import MEMBER
from sto_desktop.domain.privacy.sharing import Projection, Sharing
from sto_desktop.domain.vocabulary import Consent, Stance
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.out.tables import Subject
from sto_desktop.report.blocks.blocks import Document, Figure, Series
from sto_desktop.report.blocks.options import Form
from sto_desktop.report.overview.newsletter import newsletter
from sto_desktop.report.overview.overview_report import overview_report
from sto_desktop.report.writers.plain_text import plain_text
from sto_desktop.ui.elaborate.matrix.matrix_page import matrix_rows
from tests.report.drawn_panels import NAMES, QUESTIONS, made, panels, rows_of, spoken
from tests.report.panels import GUIDE


def _figures(document: Document) -> list[tuple[str, tuple[str, ...], tuple[Series, ...]]]:
    return [
        (block.caption, block.categories, block.series)
        for block in document.blocks
        if isinstance(block, Figure) and "naar sector" in block.caption
    ]


def _exchanged(content: PanelContent, one: str, other: str) -> PanelContent:
    """Let two members have said what the other said."""
    instead = {one: other, other: one}

    def said_by(note: NoteContent) -> NoteContent:
        voices = (replace(voice, panelist=instead.get(voice.panelist or "", voice.panelist)) for voice in note.voices)
        return replace(note, voices=tuple(voices))

    return replace(content, notes=tuple(map(said_by, content.notes)))


def _letter_of(content: PanelContent, member: str) -> str:
    return outgoing([content], NameMode.PSEUDONYM)[0].called(member)


def _without_letters(text: str, letters: Collection[str]) -> list[list[str]]:
    """Return the words of each line in no order, with these letters alike: nobody knows whose they are."""
    words = (re.findall(r"Panellid [A-Z]+|\w+|[“‘«]", line) for line in text.splitlines())
    return [sorted("Panellid" if word in letters else word for word in line) for line in words]


def _outputs(content: PanelContent, letters: Collection[str]) -> Iterator[object]:
    """Yield all that an outsider can read of a panel, what tells most first."""
    for mode in NameMode:
        document = made(content, Form.EXTENDED, mode)
        yield _figures(document)
        yield _without_letters(plain_text(document), letters)
        (ready,) = outgoing([content], mode)
        yield [_without_letters(ready.called(item.id), letters) for item in content.panelists if item.id in letters]
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
    """Yield with what a member stands in a copy to share, to which all that they said is linked there."""
    letter, there = _letter_of(content, member), taking_part(content)
    for mode in NameMode:
        projection = Projection(
            Sharing(naming=mode), content.panelists, Withheld(frozenset(item.id for item in there.withdrawn))
        )
        (found,) = (item for item in content.panelists if item.id == member)
        row = replace(found, **projection.replaced(found))
        yield "Panellid" if row.name == letter else row.name, row.sector, row.role, row.consent_quote, row.consent_name


def _could_be(content: PanelContent, one: str, other: str) -> bool:
    """Return whether no output tells two members apart."""
    if [*_listed_in_copies(content, one)] != [*_listed_in_copies(content, other)]:
        return False
    letters = {_letter_of(content, one), _letter_of(content, other)} - {MEMBER.singular}
    exchanged = _exchanged(content, one, other)
    return all(a == b for a, b in zip(_outputs(content, letters), _outputs(exchanged, letters), strict=True))


@settings(max_examples=40, deadline=None)
@given(panels())
def test_who_refused_to_be_named_or_quoted_could_be_somebody_else(content: PanelContent) -> None:
    there = [item for item in taking_part(content).panelists if item.present]
    refused = [item for item in there if {item.consent_name, item.consent_quote} != {Consent.YES}]
    for member in refused if len(there) > 1 else ():
        assert any(_could_be(content, member.id, other.id) for other in there if other is not member), member


@settings(max_examples=300)
@given(panels())
def test_nobody_is_the_only_one_without_a_name_or_never_beside_their_words(content: PanelContent) -> None:
    there = [item for item in taking_part(content).panelists if item.present]
    (ready,) = outgoing([content], NameMode.FULL)
    listed = [item for item in there if ready.shows_name(item.id)]
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
    assert any(_could_be(content, "lid-7", other.id) for other in members[:-1])


@settings(max_examples=60)
@given(panels(), st.sampled_from(Form), st.sampled_from((NameMode.ROLE, NameMode.PSEUDONYM)))
def test_no_order_tells_who_sat_where(content: PanelContent, form: Form, naming: NameMode) -> None:
    chosen = tuple(TopChoice(f"k{item.id}", item.id, 1, None, f"Keuze {item.id}") for item in content.panelists)
    content = replace(content, top_choices=chosen)
    seats = len(content.panelists) + 1
    moved = tuple(replace(item, seat=seats - (item.seat or 0)) for item in reversed(content.panelists))
    assert plain_text(made(content, form, naming)) == plain_text(made(replace(content, panelists=moved), form, naming))


@given(panels())
def test_nothing_is_left_when_the_matrix_by_sector_is_taken_off_that_by_aspect(content: PanelContent) -> None:
    there = taking_part(content)
    by_sector, by_aspect = (matrix(there, across, crowd_of(there).sectors) for across in (Across.SECTOR, Across.ASPECT))
    for theme in by_aspect.rows:
        one, other = by_sector.row_total(theme.id), by_aspect.row_total(theme.id)
        assert (set(one.notes), one.members) == (set(other.notes), other.members)
