"""A newer list writes a name another way: its answers are those of whom it means, or it is told whom it may mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.cli import run
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.members.panelists_import import members_after, plan_panelists
from sto_desktop.exchange.members.panelists_table import pasted_source

HEAD = "Stoel;Naam;Organisatie;Deelname\n"
TABLE = "1;Thijs Dubbelink;De Linde;ja\n2;Tjeerd Hogenkamp;Het Erasmus;ja\n3;Wilma Brinkhuis;Oost;ja\n"
NOTES = "# Panel Borne\n\n## Beeldvorming\n\n### Wat kan beter?\n\n- Kanarie is te vol. @2\n- Mus een @1\n"
NO = Consent.NO


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A panel with notes of three members, who all take part."""
    made, members, notes = (tmp_path / name for name in ("panel.sto", "leden.csv", "gesprek.md"))
    members.write_text(HEAD + TABLE, encoding="utf-8")
    notes.write_text(NOTES, encoding="utf-8")
    assert run(["importeer", str(made), str(notes), "--panelleden", str(members)]) == 0
    return made


def told_of(dossier: Path, row: str, capsys: pytest.CaptureFixture[str]) -> tuple[str, str, str]:
    """What the look beforehand and the command say of a newer list with this row, and the verslag made after it."""
    newer, report = dossier.with_name("nieuw.csv"), dossier.with_name("verslag.md")
    newer.write_text(f"{HEAD}{row}\n", encoding="utf-8")
    command = ["importeer", str(dossier), "--panelleden", str(newer), "--panel", "1"]
    capsys.readouterr()
    assert run([*command, "--proef"]) == 0
    before = capsys.readouterr().out
    assert run(command) == 0
    after = capsys.readouterr().out
    assert run(["verslag", str(dossier), "--vorm", "notulen", "-o", str(report)]) == 0
    return before, after, report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "row",
    [
        "2;T. Hogenkamp;Het Erasmus;nee",
        ";Dhr. T. Hogenkamp;;nee",
        "2;Tjeerd;;nee",
        ";Hogenkamp;Erasmus;nee",
        "2;Tjeerd Hogenkamp (vmbo);;nee",
        "2;Tjeerd Hoogenkamp;Het Erasmus;nee",
        ";Hogenkamp, dhr. T.;;nee",
        ";Hogenkamp Tjeerd;;nee",
        "1;Hogenkamp Tjeerd;Het Erasmus;nee",
    ],
)
def test_a_no_is_that_of_the_member_however_the_list_writes_the_name(
    dossier: Path, row: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, report = told_of(dossier, row, capsys)
    assert "Kanarie" not in report
    assert "Mus een" in report
    for told in (before, after):
        assert "is Tjeerd Hogenkamp (stoel 2)" in told


@pytest.mark.parametrize(
    "row",
    [
        "2;T. Hogenkamp;Metaal BV;nee",
        "9;T. Hogenkamp;Het Erasmus;nee",
        ";Tjeerd;;nee",
        ";Tjeerd Hoogenkamp;;nee",
    ],
)
def test_where_it_is_not_sure_it_says_whom_the_no_may_be_of(
    dossier: Path, row: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, report = told_of(dossier, row, capsys)
    assert "Kanarie" in report
    for told in (before, after):
        assert "misschien Tjeerd Hogenkamp (stoel 2)" in told


def after(there: list[Panelist], rows: str) -> tuple[list[Panelist], tuple[str, ...]]:
    """The members after a newer list, and what was told."""
    edits, report = plan_panelists(pasted_source(HEAD + rows).table(), "panel", there)
    return members_after(edits, there), report.details


def there(*names: str, organisation: str = "ROC") -> list[Panelist]:
    """Members of one organisation."""
    return [Panelist(name, seat=at, name=name, organisation=organisation) for at, name in enumerate(names, 1)]


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        # Two who may be meant, by the list or by the panel.
        (("Jan Bos", "Joke Bos"), ";J. Bos;ROC;nee"),
        (("Jan Bos",), ";J. Bos;ROC;nee\n;Bos;ROC;nee"),
        # Twice in one list.
        ((), ";Jan Bos;ROC;ja\n;J. Bos;ROC;nee"),
        # Who is meant is in the list too.
        (("Jan Bos",), ";Jan Bos;ROC;ja\n;J. Bos;ROC;nee"),
    ],
)
def test_two_who_may_be_one_are_not_made_one(names: tuple[str, ...], rows: str) -> None:
    people, told = after(there(*names), rows)
    assert len(people) == len({*names, *(row.split(";")[1] for row in rows.splitlines())})
    assert all(member.consent_participation is not NO for member in people[: len(names)])
    assert sum("misschien" in sentence for sentence in told) == rows.count("nee")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Jan Bos", "Jan Vos"),
        ("Peter Jansen", "Peter Hansen"),
        ("Anna Smit", "Anne Smit"),
        ("Jan Bos", "Piet Bos"),
        ("Jan de Vries", "Jan Bos"),
    ],
)
def test_two_people_of_one_organisation_stay_two(name: str, other: str) -> None:
    people, _ = after(there(name), f";{other};ROC;nee")
    assert [member.name for member in people] == [name, other]


def test_of_two_writings_the_fuller_name_stays() -> None:
    for first, second in (("T. Hogenkamp", "Tjeerd Hogenkamp"), ("Tjeerd Hogenkamp", "T. Hogenkamp")):
        (member,), told = after(there(first), f";{second};ROC;nee")
        assert (member.name, member.consent_participation) == ("Tjeerd Hogenkamp", NO)
        assert after([member], f";{second};ROC;nee")[0] == [member]
        assert any(f"«{second}»" in sentence for sentence in told)


def test_nothing_is_told_of_a_namesake_where_nobody_says_no() -> None:
    people, told = after(there("Jan Bos"), ";Jan;Metaal;ja")
    assert len(people) == 2
    assert not any("misschien" in sentence for sentence in told)


NAMES = st.sampled_from(["Jan Bos", "J. Bos", "Jan", "Bos", "Joke Bos", "dhr. Bos", "Tjeerd Hogenkamp", "T. Hogenkamp"])
ROWS = st.lists(
    st.tuples(NAMES, st.sampled_from(["", "ROC", "Metaal"])), min_size=1, max_size=5, unique_by=lambda row: row[0]
)


@given(ROWS, ROWS)
def test_every_row_is_one_person_and_every_no_is_heard(one: list[tuple[str, str]], two: list[tuple[str, str]]) -> None:
    known = [Panelist(str(at), seat=at, name=name, organisation=place) for at, (name, place) in enumerate(one, 1)]
    rows = "\n".join(f";{name};{place};nee" for name, place in two)
    people, _ = after(known, rows)
    assert sum(member.consent_participation is NO for member in people) == len(two)
    assert after(people, rows)[0] == people
