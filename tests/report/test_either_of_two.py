"""Where exactly one member may not be named, nothing tells that one from the other without a name, or who sat where."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sto_desktop.domain.model import Panel, Panelist, TopChoice
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.panel.matrix import Across, Counting, matrix
from sto_desktop.domain.privacy.crowd import sector_groups
from sto_desktop.domain.privacy.naming import NameMode
from sto_desktop.domain.privacy.participation import taking_part
from sto_desktop.domain.vocabulary import Consent, Stance
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.out.tables import Subject
from sto_desktop.report.blocks.blocks import Document, Figure, Series
from sto_desktop.report.blocks.options import Form
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


def _without_names(content: PanelContent) -> list[str]:
    naming = outgoing([content], NameMode.FULL)[0].naming
    assert naming is not None
    return [item.id for item in content.panelists if not naming.shows_name(item)]


def _either(content: PanelContent) -> None:
    """Assert that nothing tells the only one who may not be named from the one who has no name for their sake."""
    one, other = _without_names(content)
    exchanged = _exchanged(content, one, other)
    for form in Form:
        assert plain_text(made(content, form, NameMode.FULL)) == plain_text(made(exchanged, form, NameMode.FULL))
    for mode in NameMode:
        before, after = (_figures(made(panel, Form.EXTENDED, mode)) for panel in (content, exchanged))
        assert before == after
    for across, counting in itertools.product(Across, Counting):
        tables = (matrix(panel, across, sector_groups(panel)) for panel in (content, exchanged))
        assert len({repr(matrix_rows(table, counting)) for table in tables}) == 1
    for subject in (Subject.NOTES, Subject.INSIGHTS):
        assert rows_of(content, subject, NameMode.FULL) == rows_of(exchanged, subject, NameMode.FULL)


@settings(max_examples=60)
@given(panels())
def test_the_only_one_without_a_name_can_be_either_of_two(content: PanelContent) -> None:
    members = tuple(
        replace(
            item,
            present=True,
            consent_participation=Consent.YES,
            consent_name=Consent.NO if item.seat == 1 else Consent.YES,
        )
        for item in content.panelists
    )
    if len(members) == 1:
        return
    # How widely an insight was shared depends on sectors, so let these two have the same one.
    either = _without_names(replace(content, panelists=members))
    members = tuple(replace(item, sector="gemeente") if item.id in either else item for item in members)
    _either(replace(content, panelists=members))


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
    _either(content)


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
    by_sector, by_aspect = (matrix(there, across, sector_groups(there)) for across in (Across.SECTOR, Across.ASPECT))
    for theme in by_aspect.rows:
        one, other = by_sector.row_total(theme.id), by_aspect.row_total(theme.id)
        assert (set(one.notes), one.members) == (set(other.notes), other.members)
