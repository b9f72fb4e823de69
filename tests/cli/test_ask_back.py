"""What is asked back: outputs made by who did not know of a refusal, in whatever order both come in."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sto_desktop.cli import run
from sto_desktop.domain.actions.panels import change_panelist
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.consent import allows
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.report.blocks.options import ReportOptions
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.dossier import Dossier, wall_clock
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.consent import all_withdrawals
from sto_desktop.workplace.issuing import report_issued
from tests.cli.answers import read_by_an_outsider

ROWS = "Naam;Deelname;Naam noemen;Citeren\nSietske Bolhuis;ja;{0};{0}\nDouwe Haanstra;ja;ja;ja\n"
REFUSES = "Sietske Bolhuis trok in: naam en citaat. Er is 1 stuk gemaakt toen dat nog niet bekend was."
ASKED = "Vraag terug bij De gemeente."

Said = Callable[..., str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    def run_it(*arguments: object) -> str:
        code = run([str(argument) for argument in arguments])
        heard = capsys.readouterr()
        assert (code, heard.err) == (0, ""), heard
        return heard.out

    return run_it


@pytest.fixture
def mine(tmp_path: Path, said: Said) -> Path:
    """A dossier in which everybody agreed to everything."""
    path, notes = tmp_path / "ons.sto", tmp_path / "n.md"
    notes.write_text("# Panel Zuid\n\n- Het lab werkt goed @1\n", encoding="utf-8")
    said("importeer", path, notes, "--panelleden", _list(tmp_path, "ja"), "--panel", "Panel Zuid")
    return path


def _list(folder: Path, answer: str) -> Path:
    table = folder / "leden.csv"
    table.write_text(ROWS.format(answer), encoding="utf-8")
    return table


def _answer(said: Said, dossier: Path, answer: str) -> str:
    return said("importeer", dossier, "--panelleden", _list(dossier.parent, answer), "--panel", "Panel Zuid")


def _verslag(said: Said, dossier: Path, name: str = "v.md") -> None:
    said(
        "verslag", dossier, "--vorm", "notulen", "--namen", "voluit", "-o", dossier.parent / name,
        "--ontvanger", "De gemeente",
    )  # fmt: skip


def _copied(dossier: Path, name: str) -> Path:
    return Path(shutil.copy(dossier, dossier.with_name(name)))


def test_what_a_colleague_made_before_is_asked_back_at_a_no_after_it_came_in(mine: Path, said: Said) -> None:
    theirs, merged = _copied(mine, "hun.sto"), mine.with_name("samen.sto")
    _verslag(said, theirs)
    assert "trok in" not in said("samenvoegen", mine, theirs, "-o", merged)
    assert f"{REFUSES} {ASKED}" in _answer(said, merged, "nee")


@pytest.mark.parametrize("first", ["nee", "verslag"])
def test_what_a_colleague_made_who_did_not_know_of_the_no_is_asked_back_when_it_comes_in(
    mine: Path, said: Said, first: str
) -> None:
    theirs, merged = _copied(mine, "hun.sto"), mine.with_name("samen.sto")
    if first == "verslag":
        _verslag(said, theirs)
    assert "trok in" not in _answer(said, mine, "nee")
    if first == "nee":
        _verslag(said, theirs)
    for order in ((mine, theirs), (theirs, mine)):
        assert f"{REFUSES} {ASKED}" in said("samenvoegen", *order, "-o", merged)
        merged.unlink()


def test_what_a_colleague_made_who_knew_of_the_no_is_not_asked_back(mine: Path, said: Said) -> None:
    _verslag(said, mine)
    assert f"{REFUSES} {ASKED}" in _answer(said, mine, "nee")
    theirs, merged = _copied(mine, "hun.sto"), mine.with_name("samen.sto")
    _verslag(said, theirs, "later.md")
    # Only the first.
    assert f"{REFUSES} {ASKED}" in said("samenvoegen", mine, theirs, "-o", merged)


def test_who_was_no_member_yet_is_in_nothing_that_was_made(tmp_path: Path, mine: Path, said: Said) -> None:
    _verslag(said, mine)
    table = tmp_path / "nieuw.csv"
    table.write_text("Naam;Deelname\nWiebe Roorda;nee\n", encoding="utf-8")
    assert "trok in" not in said("importeer", mine, "--panelleden", table, "--panel", "Panel Zuid")
    assert "trok in" not in said("samenvoegen", mine, "-o", tmp_path / "samen.sto")


def test_the_list_of_what_was_made_says_what_is_to_be_asked_back(mine: Path, said: Said) -> None:
    _verslag(said, mine)
    assert "terug te vragen" not in said("uitgifte", mine)
    _answer(said, mine, "nee")
    _verslag(said, mine, "later.md")
    later, first = said("uitgifte", mine).splitlines()
    assert ("terug te vragen" in later, "terug te vragen (Sietske Bolhuis: naam en citaat)" in first) == (False, True)
    rows = json.loads(said("uitgifte", mine, "--json"))["uitgifte"]
    assert [row["terugvragen"] for row in rows] == ["", "Sietske Bolhuis: naam en citaat"]


def test_what_is_wiped_at_a_colleague_s_is_asked_back_where_it_was_given_here(mine: Path, said: Said) -> None:
    theirs, merged = _copied(mine, "hun.sto"), mine.with_name("samen.sto")
    said("wissen", theirs, "--persoon", "Sietske Bolhuis", "--woorden", "--wisbewijs", mine.with_name("wis.docx"))
    said("verslag", theirs, "--vorm", "notulen", "-o", mine.with_name("later.md"), "--ontvanger", "Ineke")
    assert "elders gewist" not in said("samenvoegen", mine, theirs, "-o", merged)
    merged.unlink()
    _verslag(said, mine)
    heard = said("samenvoegen", mine, theirs, "-o", merged)
    # What was made there after the wiping holds nothing of it.
    made = "Er is 1 stuk gemaakt toen dat nog niet bekend was."
    assert f"De gegevens van 1 panellid zijn elders gewist. {made} {ASKED}" in heard
    assert "Sietske" not in heard


def test_a_proof_of_erasure_says_nothing_of_who_else_asked_for_access(mine: Path, said: Said) -> None:
    _verslag(said, mine)
    said("inzage", mine, "--persoon", "Douwe Haanstra", "-o", mine.with_name("inzage.docx"))
    proof = mine.with_name("wisbewijs.docx")
    said("wissen", mine, "--persoon", "Sietske Bolhuis", "--woorden", "--wisbewijs", proof)
    words = read_by_an_outsider(proof)
    # What others got of themselves holds nothing of who is erased.
    assert ("De gemeente" in words, "Douwe" in words, "Inzagepakket" in words) == (True, False, False)


MEMBER, PANEL = "m", "P"
NAMED = replace(ReportOptions(), naming=NameMode.FULL)
STEPS = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 2), st.sampled_from(Consent)),
    st.tuples(st.just("output"), st.integers(0, 2), st.integers(-3, 3)),
    st.tuples(st.just("merge"), st.integers(0, 2), st.integers(0, 2)),
)


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEPS, min_size=4, max_size=14))
def test_whoever_made_it_and_whenever_it_comes_in_only_what_its_maker_did_not_know_is_asked_back(
    steps: list[tuple[str, int, object]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        anna, *others = (_Person(Path(folder) / name) for name in ("Anna", "Piet", "Guus"))
        anna.begin()
        for other in others:
            other.begin(anna)
        people = (anna, *others)
        named: dict[str, bool] = {}
        for what, who, more in (*steps, *(("merge", 0, one) for one in (1, 2))):
            person = people[who]
            if isinstance(more, Consent):
                person.dossier.apply(change_panelist(MEMBER, consent_name=more))
            elif what == "output":
                # A clock may be wrong.
                at = wall_clock() + dt.timedelta(hours=int(str(more)))
                file_name = f"{len(named)}.docx"
                person.dossier.apply(report_issued(PANEL, NAMED, at, file_name, "", ""))
                named[file_name] = person.may_name()
            else:
                person.merge(people[int(str(more))])
        there = {one.file_name for one in anna.dossier.read.course.all_issued()}
        asked = {output.file_name for one in all_withdrawals(anna.dossier) for output in one.outputs}
        assert asked == {name for name in there if named[name] and not anna.may_name()}
        for person in people:
            person.dossier.close()


class _Person:
    """Somebody on their own computer, with their own file of one dossier."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.path = folder / "zuid.sto"
        self._copy: WorkingCopy
        self._place = Workplace(Identity(folder.name, "laptop"), WorkingCopies(folder / "werk"))

    def begin(self, other: _Person | None = None) -> None:
        """Make the dossier, or open a copy of somebody's."""
        if other is not None:
            other._copy.publish()
            shutil.copy(other.path, self.path)
            self._copy = self._place.open(self.path)
            return
        self._copy = self._place.create(self.path)
        member = create("panelist", MEMBER, panel=PANEL, name="Sietske Bolhuis", consent_name=Consent.YES)
        self.dossier.apply(action("", create("panel", PANEL, title="Zuid"), member))

    @property
    def dossier(self) -> Dossier:
        """The dossier as this person has it."""
        return self._copy.dossier

    def may_name(self) -> bool:
        """Return whether the member may be named, as far as this person knows."""
        member = self.dossier.read.rows.record(Panelist, MEMBER)
        return member is not None and allows("consent_name", member.consent_name)

    def merge(self, other: _Person) -> None:
        """Merge what somebody published."""
        if other is not self:
            other._copy.publish()
            self._copy.merging.merge([other.path])
