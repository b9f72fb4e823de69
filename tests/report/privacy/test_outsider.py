"""An outsider who knows who was at the table reads tables, figures and csv by role.

Nobody who did not consent to being named can be identified in a group smaller than two.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sto_desktop import cli
from sto_desktop.domain.log.change import action, change, create
from sto_desktop.domain.model import Insight, Panel, Panelist
from sto_desktop.domain.panel.content import InsightContent, PanelContent
from sto_desktop.domain.panel.matrix import Across, Counting, matrix
from sto_desktop.domain.panel.overview import Overview, OverviewContent
from sto_desktop.domain.panel.sectors import OTHERS
from sto_desktop.domain.people import fold
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.crowd import crowd_of
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.participation import taking_part, taking_part_in_all
from sto_desktop.domain.vocabulary import Consent, NoteKind, Stance
from sto_desktop.exchange.files.table_export import table_csv
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.out.tables import Subject, table_of
from sto_desktop.report.blocks.blocks import Document, Figure, Paragraph, Quote, Table, plain
from sto_desktop.report.blocks.document_texts import texts_of
from sto_desktop.report.blocks.options import Form, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.overview.newsletter import newsletter
from sto_desktop.report.overview.overview_figures import overview_figures
from sto_desktop.report.overview.overview_report import overview_report
from sto_desktop.report.writers.plain_text import plain_text
from sto_desktop.ui.elaborate.matrix.matrix_page import matrix_figure, matrix_rows
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.exporting import ExportWish, write_export
from tests.report.panels import GUIDE, example
from tests.report.privacy.drawn_panels import NAMES, PARTS, QUESTIONS, made, panels, rows_of, spoken

pytestmark = pytest.mark.long

COUNTED_SECTORS = re.compile(
    r"(?<!ten minste )(?<!panelleden uit )\b(één|twee|drie|vier|vijf|zes|zeven|\d+) sector(en)?\b"
)
SPOKE = re.compile(r"^Van (?:alle )?(\w+) .*panelleden is hierover iets genoteerd")
BEHIND = re.compile(
    r"(?:gedragen: |Gedeeld door |Gesteund door |Verdeeld: )(?:alle )?(\w+) (?:van de \w+ )?panell|(?=Eén stem)"
)
COUNTS = {
    word: number
    for number, word in enumerate(("één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"), 1)
}


def _counted(word: str | None) -> int:
    """Return the number that a word in a sentence stands for; None: a single voice."""
    return COUNTS[word or "één"]


class Outsider:
    """Knows name, sector and role of everybody who was present, but not their answers about consent."""

    def __init__(self, content: PanelContent) -> None:
        taking = [member for member in content.panelists if member.consent_participation is not Consent.NO]
        self.there = [item for item in taking if item.present]
        self.protected = {member.id for member in self.there if member.consent_name is not Consent.YES}

    def reads(self, document: Document) -> None:
        """Try to find out who is meant where no name is given."""
        texts = " ".join(text for block in document.blocks for text in texts_of(block))
        self.named = {member.id for member in self.there if member.name in texts}
        for block in document.blocks:
            if isinstance(block, Table) and block.caption == "Panelleden":
                self._reads_members(block)
            elif isinstance(block, Table) and block.caption.startswith("Panelleden naar sector"):
                counts = {plain(row[0]): int(plain(row[1])) for row in block.rows}
                self._groups_are_large(list(counts))
                assert all(count >= 2 for count in counts.values())
            elif isinstance(block, Figure) and "naar sector" in block.caption:
                self._groups_are_large([one.name for one in block.series])
            elif isinstance(block, Table) and block.caption.startswith("Hoe het gesprek"):
                row = next((plain(row[2]) for row in block.rows if plain(row[1]) == "Sectoren"), "")
                self._reads_sectors(row)
        self._takes_figures_off_the_text(document)
        if self.named:
            self._reads_sectors(next(iter(re.findall(r"Naar sector: [^.]*\.", texts)), ""))

    def _takes_figures_off_the_text(self, document: Document) -> None:
        """Subtract the numbers of a figure from those of a sentence: nobody remains, since one would be the member that
        is missing from the figure.
        """
        texts = [plain(block.text) for block in document.blocks if isinstance(block, Paragraph)]
        heard = [SPOKE.search(text) for text in texts]
        spoke = [_counted(found[1]) for found in heard if found]
        for block in document.blocks:
            if not isinstance(block, Figure) or "naar sector" not in block.caption:
                continue
            sums = [sum(one.values[at] for one in block.series) for at in range(len(block.categories))]
            if block.bookmark == "wie-sprak":
                assert sums == spoke
                continue
            for insight, total in zip(block.categories, sums, strict=True):
                (text,) = (text for text in texts if text.startswith(f"{insight}. "))
                found = BEHIND.search(text)
                assert found is not None, text
                assert _counted(found[1]) == total, (text, total)

    def _reads_members(self, table: Table) -> None:
        names = {member.name for member in self.there}
        rows = [tuple(plain(cell) for cell in row) for row in table.rows]
        nameless = [row for row in rows if row[0] not in names]
        assert all(_counted(row[0].removesuffix(" panelleden").lower()) >= 2 for row in nameless), nameless
        assert all(row[1:3] == ("–", "–") for row in nameless)
        assert len({row[3] for row in nameless}) == len(nameless)

    def _groups_are_large(self, groups: Sequence[str]) -> None:
        """Subtract the named members from each group: nobody is left, or at least two."""
        told = {fold(group) for group in groups}
        of_group = Counter(fold(member.sector) if fold(member.sector) in told else OTHERS for member in self.there)
        nameless = Counter(
            fold(member.sector) if fold(member.sector) in told else OTHERS
            for member in self.there
            if member.id not in self.named and member.id in self.protected
        )
        for group in map(fold, groups):
            assert of_group[group] >= 2, (group, of_group)
            assert nameless[group] != 1 or self._hidden(group, told) >= 2, (group, nameless)

    def _hidden(self, group: str, told: set[str]) -> int:
        """Return how many members of a group have no name in the document, whatever they answered."""
        nameless = (member for member in self.there if member.id not in self.named)
        return sum((fold(member.sector) if fold(member.sector) in told else OTHERS) == group for member in nameless)

    def _reads_sectors(self, text: str) -> None:
        """A sector in a sentence or a cell has a number, and stands for at least two members."""
        if ":" not in text:
            return
        for part in re.split(r", | en ", text.split(":", 1)[1].strip().rstrip(".")):
            assert re.fullmatch(r".+ \((twee|drie|vier|vijf|zes|zeven|acht|negen)\)", part), text


@settings(max_examples=150)
@given(panels(), st.sampled_from(Form), st.sampled_from(NameMode), st.booleans())
def test_no_table_and_no_figure_tells_of_who_did_not_say_yes(
    content: PanelContent, form: Form, naming: NameMode, members: bool
) -> None:
    Outsider(content).reads(made(content, form, naming, members=members))


def test_no_figure_less_than_the_text_tells_whether_the_only_one_without_a_name_spoke() -> None:
    of = (("po", "leerkracht"), ("po", "leerkracht"), ("mbo", "docent"), ("mbo", "docent"), ("gemeente", "wethouder"))
    members = tuple(
        Panelist(
            f"lid-{seat}", "panel", seat=seat, name=f"Naam {NAMES[seat]}", sector=sector, role=role,
            consent_participation=Consent.YES, consent_name=Consent.NO if seat == 5 else Consent.YES,
            consent_quote=Consent.YES,
        )
        for seat, (sector, role) in enumerate(of, 1)
    )  # fmt: skip
    voices = dict.fromkeys(("lid-1", "lid-3", "lid-4", "lid-5"), Stance.SAYS)
    notes = tuple(spoken(f"n{at}", question, voices) for at, question in enumerate(QUESTIONS))
    insights = tuple(
        InsightContent(Insight(f"i{at}", "panel", Position(question, "a"), text=f"Inzicht {at}"), (f"n{at}",))
        for at, question in enumerate(QUESTIONS)
    )
    content = PanelContent(Panel("panel", subregion="Zuid"), GUIDE, members, notes, insights)
    for naming in (NameMode.FULL, NameMode.ROLE):
        document = made(content, Form.EXTENDED, naming)
        assert any("vier van de vijf panelleden" in text for block in document.blocks for text in texts_of(block))
        Outsider(content).reads(document)
    open_about_it = replace(content, panelists=tuple(replace(member, consent_name=Consent.YES) for member in members))
    shown = made(open_about_it, Form.EXTENDED, NameMode.FULL)
    Outsider(open_about_it).reads(shown)
    assert [block.caption for block in shown.blocks if isinstance(block, Figure) and "naar sector" in block.caption]


@pytest.mark.parametrize("naming", NameMode)
@pytest.mark.parametrize("refusing", [0, 1, 2])
def test_no_table_of_sectors_lacks_exactly_one_of_those_whom_the_text_counts(naming: NameMode, refusing: int) -> None:
    of = ("po", "po", "vmbo", "vmbo", "vmbo", *("mbo",) * refusing)
    members = tuple(
        Panelist(
            f"lid-{seat}", "panel", seat=seat, name=f"Naam {NAMES[seat]}", sector=sector,
            consent_participation=Consent.YES, consent_name=Consent.NO if sector == "mbo" else Consent.YES,
        )
        for seat, sector in enumerate(of, 1)
    )  # fmt: skip
    content = PanelContent(Panel("panel", subregion="Zuid"), GUIDE, members, (), ())
    tables = _sector_tables([made(content, Form.EXTENDED, naming)])
    assert [sum(table.values()) for table in tables] == [len(of)]


@settings(max_examples=150)
@given(panels(), st.sampled_from((NameMode.ROLE, NameMode.PSEUDONYM, NameMode.FULL)))
def test_no_row_and_no_word_of_a_csv_points_at_one_member(content: PanelContent, names: NameMode) -> None:
    real = {member.name for member in content.panelists}
    if sum(member.consent_participation is not Consent.NO for member in content.panelists) < 2:
        return  # With a single member there is nothing to hide
    rows = rows_of(content, Subject.MEMBERS, names)
    nameless = [tuple(row.values()) for row in rows if row["Naam"] not in real]
    if names is NameMode.PSEUDONYM:
        nameless = [(*row[:3], *row[4:]) for row in nameless]
    for row, count in Counter(nameless).items():
        assert count >= 2 or len(rows) == 1, (row, nameless)
    # Nothing in such a row is known about one person only: no seat, no answer, no presence.
    assert all(row["Stoel"] == row["Aanwezig"] == "" for row in rows if row["Naam"] not in real)
    # Answers are for the dossier only, also next to a name.
    assert not {"Deelname", "Naam noemen", "Citeren", "Opname"} & {heading for row in rows for heading in row}
    if names is NameMode.FULL:
        there = {member.name for member in taking_part(content).panelists if member.present}
        assert {row["Naam"] for row in rows} & real <= there
        assert len(there - {row["Naam"] for row in rows}) != 1 or len(rows) == 1
    (ready,) = outgoing([content], names)
    called = Counter(ready.called(member.id) for member in ready.content.panelists)
    sectors = Counter(fold(row["Sector"]) for row in rows)
    for note in rows_of(content, Subject.NOTES, names):
        for column in ("Zegt", "Bijval", "Tegenspraak"):
            for word in filter(None, note[column].split(", ")):
                # A letter reveals no more about a person than no letter.
                assert word in real or called[word] >= 2 or names is NameMode.PSEUDONYM, (word, called)
    for insight in rows_of(content, Subject.INSIGHTS, names):
        for sector in filter(None, insight["Sectoren"].split(", ")):
            assert sectors[fold(sector)] >= 2 or names is NameMode.FULL, (sector, sectors)


# All outputs of one panel side by side


def _every_verslag(content: PanelContent) -> list[Document]:
    return [
        made(content, form, naming, members=members)
        for form, naming, members in itertools.product(Form, NameMode, (True, False))
    ]


def _every_text(content: PanelContent, verslagen: Sequence[Document], folder: Path) -> dict[str, str]:
    """Return what an outsider can read: each output as text."""
    overview = taking_part_in_all(OverviewContent((content,)))
    found = {f"verslag {at}": plain_text(document) for at, document in enumerate(verslagen)}
    found |= {"vogelvlucht": plain_text(overview_report(overview)), "nieuwsbrief": plain_text(newsletter(overview))}
    found["figuren"] = repr(overview_figures(Overview(overview)))
    there = taking_part(content)
    for across, counting in itertools.product(Across, Counting):
        table = matrix(there, across, crowd_of(there).sectors)
        found[f"matrix {across} {counting}"] = repr((matrix_rows(table, counting), matrix_figure(table, counting)))
    for names in NameMode:
        for subject in Subject:
            text = table_csv(table_of(subject, outgoing([content], names)).rows).decode("utf-8-sig")
            found[f"csv {subject} {names}"] = text
        for form in ("md", "xlsx", "qdpx"):
            target = folder / f"uit.{form}"
            write_export([content], ExportWish(form, names=names), target)
            if form == "md":
                found[f"md {names}"] = target.read_text(encoding="utf-8")
            else:
                with zipfile.ZipFile(target) as archive:
                    found[f"{form} {names}"] = "".join(archive.read(name).decode() for name in archive.namelist())
    return found


def _sector_tables(verslagen: Sequence[Document]) -> list[dict[str, int]]:
    return [
        {plain(row[0]): int(plain(row[1])) for row in block.rows}
        for document in verslagen
        for block in document.blocks
        if isinstance(block, Table) and block.caption.startswith("Panelleden naar sector")
    ]


@settings(
    max_examples=15,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=panels())
def test_all_outputs_together_pin_down_nobody_who_said_no(content: PanelContent, tmp_path: Path) -> None:
    verslagen = _every_verslag(content)
    texts = _every_text(content, verslagen, tmp_path)
    refused = [member for member in content.panelists if member.consent_participation is Consent.NO]
    there = [member for member in content.panelists if member.present and member not in refused]
    # As an outsider sees it: company of who refused has no name either.
    named = {member.id for member in there if any(member.name in text for text in texts.values())}
    hidden = [
        member.name for member in content.panelists if member in refused or member.consent_name is not Consent.YES
    ]
    for where, text in texts.items():
        assert not [name for name in hidden if name in text], (where, hidden)
        # The number of sectors, next to the list of members, would be a group of one under another name.
        assert not COUNTED_SECTORS.search(text), where

    # All documents group alike: otherwise one could be subtracted from the other.
    tables = _sector_tables(verslagen)
    assert all(table == tables[0] for table in tables)
    told = {fold(group) for group in (tables[0] if tables else {})}
    groups: dict[str, list[Panelist]] = {}
    for item in (*there, *refused):
        groups.setdefault(fold(item.sector) if fold(item.sector) in told else OTHERS, []).append(item)
    for group, people in groups.items() if tables else ():
        unnamed = [person for person in people if person.id not in named]
        missing = [person for person in people if person in refused]
        assert not missing or len(unnamed) >= 2, (group, people)
    taking = taking_part(content)
    columns = matrix(taking, Across.SECTOR, crowd_of(taking).sectors).columns
    assert not tables or {fold(head.label) for head in columns} - {"zonder spreker"} <= told


@settings(max_examples=150)
@given(panels())
def test_what_is_said_by_somebody_without_a_name_can_be_of_two(content: PanelContent) -> None:
    """Next to the names of the others, nobody can tell who said a note without a name."""
    naming = outgoing([content], NameMode.FULL)[0].naming
    assert naming is not None
    there = [member for member in taking_part(content).panelists if member.present]
    called = Counter(naming.of(member.id) for member in there)
    alone = [member for member in there if called[naming.of(member.id)] == 1 and naming.of(member.id) != member.name]
    assert not alone or len(there) == 1, (alone, called)


@settings(max_examples=150)
@given(panels(), st.sampled_from((Form.EXTENDED, Form.MINUTES)))
def test_who_said_no_is_not_the_only_one_whom_no_output_names(content: PanelContent, form: Form) -> None:
    """Whoever was invited is on a list that an outsider has; who is named anywhere did not say no."""
    refused = {member.id for member in content.panelists if member.consent_participation is Consent.NO}
    said = plain_text(made(content, form, NameMode.FULL))
    said += "".join(
        cell for subject in Subject for row in rows_of(content, subject, NameMode.FULL) for cell in row.values()
    )
    suspects = [member for member in content.panelists if member.name not in said]
    assert refused <= {member.id for member in suspects}
    at_table = [member for member in suspects if member.present or member.id in refused]
    # Without anybody else at the table there is nobody to hide among.
    others = any(member.present and member.id not in refused for member in content.panelists)
    assert not refused or len(at_table) >= 2 or not others


def test_beside_somebody_who_said_no_others_are_not_named_and_sectors_can_still_be_counted() -> None:
    members = tuple(
        Panelist(
            f"lid-{seat}", "panel", seat=seat, name=f"Naam {NAMES[seat]}", sector="po" if seat % 2 else "vmbo",
            consent_participation=Consent.NO if seat == 5 else Consent.YES, consent_name=Consent.YES,
            consent_quote=Consent.YES,
        )
        for seat in range(1, 8)
    )  # fmt: skip
    content = PanelContent(Panel("panel", subregion="Zuid"), GUIDE, members, (), ())
    document = made(content, Form.EXTENDED, NameMode.FULL)
    (table,) = (block for block in document.blocks if isinstance(block, Table) and block.caption == "Panelleden")
    names = [plain(row[0]) for row in table.rows]
    assert (names[3:], len(names)) == (["Drie panelleden"], 4)
    assert [sum(table.values()) for table in _sector_tables([document])] == [6]


@pytest.mark.parametrize(("unquoted", "by_name"), [(1, 4), (2, 2), (3, 2)])
def test_a_role_is_not_of_one_beside_names_even_if_that_member_agreed_to_all(
    unquoted: int, by_name: int, tmp_path: Path
) -> None:
    """Of six docents one is neither named nor quoted, and some are not quoted; nor is the company of each."""
    path = tmp_path / "vijf.sto"
    copy = Workplace.here("Karin").create(path)
    question = QUESTIONS[0]
    copy.dossier.apply(action("panel", create("panel", "P", title="Panel Zuid", guide=GUIDE.guide.id)))
    for seat in range(1, 7):
        answers = {
            "consent_name": Consent.NO if seat == 1 else Consent.YES,
            "consent_quote": Consent.NO if seat <= 1 + unquoted else Consent.YES,
        }
        member = {"name": f"Naam {NAMES[seat]}", "sector": "vmbo", "role": "docent"}
        copy.dossier.apply(action("lid", create("panelist", f"L{seat}", panel="P", seat=seat, **member, **answers)))
        place = Position(question, f"a{seat}")
        said = create("note", f"N{seat}", panel="P", text=f"punt {seat}", position=place)
        copy.dossier.apply(action("notitie", [said, create("voice", f"V{seat}", note=f"N{seat}", panelist=f"L{seat}")]))
    copy.close()
    table, report = tmp_path / "notities.csv", tmp_path / "notulen.md"
    assert cli.run(["exporteer", str(path), "--formaat", "csv", "--namen", "voluit", "-o", str(table)]) == 0
    rows = csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    called = Counter(row["Zegt"] for row in rows)
    assert called.pop("een panellid") == 6 - by_name
    assert len(called) == by_name
    assert all(name.startswith("Naam ") for name in called), called
    command = ["verslag", str(path), "--vorm", "notulen", "--namen", "voluit", "-o", str(report)]
    assert cli.run(command) == 0
    assert "docent vmbo" not in report.read_text(encoding="utf-8")


# A realistic panel: everybody agreed except the only member of the gemeente


@pytest.mark.parametrize("form", [Form.EXTENDED, Form.MINUTES])
def test_who_refused_as_the_only_one_of_a_sector_is_not_the_only_one_without_a_name(form: Form) -> None:
    content = example()
    options = ReportOptions(form, naming=NameMode.FULL)
    for part in PARTS:
        options = options.with_part(part, True)
    blocks = panel_report(content, options).blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    names = next(block for block in tables if block.caption == "Panelleden")
    assert [plain(row[0]) for row in names.rows][4:] == ["Twee panelleden"]
    cells = " ".join(plain(cell) for table in tables for row in table.rows for cell in row)
    assert "gemeente" not in cells
    said = " ".join(text for block in blocks for text in texts_of(block))
    assert "Aan het gesprek namen zes panelleden deel." in said
    figures = [block for block in blocks if isinstance(block, Figure)]
    assert not [one.name for figure in figures for one in figure.series if one.name == "gemeente"]


def test_sectors_of_one_go_together_and_one_left_over_takes_another_along() -> None:
    def members(*sectors: str) -> PanelContent:
        people = tuple(
            Panelist(f"lid-{at}", "panel", seat=at, name=f"Naam {at}", sector=sector)
            for at, sector in enumerate(sectors, 1)
        )
        return replace(example(), panelists=people)

    def told(*sectors: str) -> dict[str, str]:
        document = made(members(*sectors), Form.EXTENDED, NameMode.ROLE, members=False)
        blocks = [block for block in document.blocks if isinstance(block, Table) and "naar sector" in block.caption]
        return {plain(row[0]): plain(row[1]) for table in blocks for row in table.rows}

    assert told("vmbo", "vmbo", "po", "mbo", "gemeente") == {"vmbo": "2", OTHERS: "3"}
    assert told("vmbo", "vmbo", "vmbo", "po", "po", "gemeente") == {"po": "2", OTHERS: "4"}
    assert told("vmbo", "vmbo", "gemeente") == {}
    assert told("vmbo", "vmbo", "po", "po") == {"vmbo": "2", "po": "2"}


@pytest.mark.parametrize("refuses", [1, 3])
def test_words_between_quotation_marks_are_of_somebody_by_name_or_of_one_of_two(refuses: int) -> None:
    """The speaker on seat 4 has no name, seat 1 is their company; `refuses`: the seat of who may not be quoted."""
    members = tuple(
        replace(
            member,
            consent_name=Consent.NO if member.seat == 4 else Consent.YES,
            consent_quote=Consent.NO if member.seat == refuses else Consent.YES,
        )
        for member in example().panelists[:4]
    )
    note = replace(spoken("n", QUESTIONS[0], {members[3].id: Stance.SAYS}), kind=NoteKind.QUOTE)
    note = replace(note, note=replace(note.note, kind=NoteKind.QUOTE, text="Zo is het gegaan"))
    content = replace(example(), panelists=members, notes=(note,), insights=(), recommendations=())
    if refuses != 1:
        # Their company has no name either, and may be quoted: the words can be of either.
        (quote,) = (b for b in made(content, Form.EXTENDED, NameMode.FULL).blocks if isinstance(b, Quote))
        assert quote.attribution == "Een panellid"
        return
    for form in Form:
        document = made(content, form, NameMode.FULL)
        assert not [block for block in document.blocks if isinstance(block, Quote)], form
        texts = plain_text(document)
        assert not re.search("[“‘\"']Zo is het gegaan", texts), form
        assert "citaat, met toestemming" not in texts
    assert "Zo is het gegaan" in plain_text(made(content, Form.EXTENDED, NameMode.FULL))
    (row,) = rows_of(content, Subject.NOTES, NameMode.FULL)
    assert row["Soort"] == NoteKind.REMARK.word


def test_who_came_at_the_same_time_is_not_in_the_order_of_the_seats() -> None:
    came = dt.datetime(2024, 3, 1, 14, 50, tzinfo=dt.UTC)
    members = tuple(replace(member, arrived_at=came) for member in example().panelists[:6])
    content = replace(example(), panelists=members)
    told = {
        plain_text(made(replace(content, panelists=tuple(changed)), Form.EXTENDED, NameMode.FULL))
        for changed in ([*members], [replace(member, seat=7 - (member.seat or 0)) for member in members])
    }
    for text in told:
        (line,) = (line for line in text.splitlines() if "kwam om" in line)
        called = re.findall(r"(een panellid|\w+ [^,.]*?) kwam om", line[line.index("kwam om") - 30 :], re.I)
        hidden = [name == "een panellid" for name in called]
        assert any(hidden), line
        assert hidden == sorted(hidden), line


# Other ways out


def test_markdown_names_no_seat_of_who_has_no_name_in_it(tmp_path: Path) -> None:
    def written(names: NameMode | None) -> str:
        write_export([example()], ExportWish("md", names=names), tmp_path / "n.md")
        return (tmp_path / "n.md").read_text(encoding="utf-8")

    assert "@4" in written(None)
    assert not re.search(r"@\d", written(NameMode.ROLE) + written(NameMode.PSEUDONYM))
    full = written(NameMode.FULL)
    assert re.search(r"@3\b", full)
    # Jurre may not be named, Wietske not quoted: they are each other's company.
    assert not re.search(r"@[45]\b", full)


def test_a_project_for_researchers_has_no_case_of_one_member_without_a_name(tmp_path: Path) -> None:
    write_export([example()], ExportWish("qdpx", names=NameMode.FULL), tmp_path / "p.qdpx")
    with zipfile.ZipFile(tmp_path / "p.qdpx") as archive:
        project = archive.read("project.qde").decode()
    cases = re.findall(r'<Case [^>]*name="([^"]*)"', project)
    assert "Saïda el Amrani" in cases
    assert "" not in cases
    # Jurre may not be named, Wietske not quoted, and each has a companion: "een panellid" can be four people.
    assert cases.count("een panellid") == 1
    everybody = replace(
        example(), panelists=tuple(replace(member, consent_quote=Consent.YES) for member in example().panelists[:6])
    )
    write_export([everybody], ExportWish("qdpx", names=NameMode.FULL), tmp_path / "p.qdpx")
    with zipfile.ZipFile(tmp_path / "p.qdpx") as archive:
        cases = re.findall(r'<Case [^>]*name="([^"]*)"', archive.read("project.qde").decode())
    # A member who may be named is Jurre's companion.
    assert cases.count("een panellid") == 1
    assert len(cases) == 5


# Two versions of one output: somebody withdrew in between


def _without_consent(content: PanelContent, member: str, field: str) -> PanelContent:
    answer: dict[str, Any] = {field: Consent.NO}
    people = (replace(one, **answer) if one.id == member else one for one in content.panelists)
    return replace(content, panelists=tuple(people))


def _could_have_said(content: PanelContent, member: str) -> set[str]:
    """Return who of those at the table could have said the words of a member, as far as all outputs together tell.

    Of a set of whom one does not take part any more, nobody knows which one it is, and so whose words are left.
    """
    crowd = crowd_of(taking_part(content))
    if member not in crowd.alike:
        return {member}
    alike = {other for other in crowd.alike if crowd.alike[other] == crowd.alike[member]}
    return alike.union(*(some for some in crowd.shown.together if member in some))


@settings(max_examples=150)
@given(panels(), st.data())
def test_two_versions_of_the_outputs_pin_no_words_on_who_refused(content: PanelContent, data: st.DataObject) -> None:
    """What no label, figure or list of one version tells apart is compared with that of the other."""
    there = [member for member in taking_part(content).panelists if member.present]
    leaving = data.draw(st.sampled_from(content.panelists)).id
    field = data.draw(st.sampled_from(("consent_name", "consent_quote", "consent_participation")))
    later = _without_consent(content, leaving, field)
    still = [member for member in taking_part(later).panelists if member.present]
    for member in still if len(still) > 1 and len(there) > 1 else ():
        if member.id == leaving or {member.consent_name, member.consent_quote} == {Consent.YES}:
            continue
        if member in there:
            both = _could_have_said(content, member.id) & _could_have_said(later, member.id)
            assert len(both) >= 2, (member, leaving, field)


@settings(max_examples=50)
@given(panels(), st.data())
def test_two_versions_of_the_list_of_names_pin_down_nobody_who_withdrew(
    content: PanelContent, data: st.DataObject
) -> None:
    """Who is in the first list and not in the second withdrew, or is company of who did."""

    def listed(panel: PanelContent) -> set[str]:
        said = plain_text(made(panel, Form.EXTENDED, NameMode.FULL))
        return {member.id for member in panel.panelists if member.name in said}

    leaving = data.draw(st.sampled_from(content.panelists)).id
    field = data.draw(st.sampled_from(("consent_name", "consent_participation")))
    later = _without_consent(content, leaving, field)
    (there, still) = ([m for m in taking_part(one).panelists if m.present] for one in (content, later))
    if len(still) < 2 or leaving not in {member.id for member in there}:
        return
    gone = listed(content) - listed(later)
    assert not gone or len(gone) >= 2, (gone, leaving, field)


def test_whoever_is_company_stays_so_when_another_withdraws(tmp_path: Path) -> None:
    """By command: the words of the first who refused could be of two, in both versions of the minutes together."""
    path = tmp_path / "vier.sto"
    copy = Workplace.here("Karin").create(path)
    copy.dossier.apply(action("panel", create("panel", "P", title="Panel Zuid", guide=GUIDE.guide.id)))
    for seat in range(1, 7):
        member = {"name": f"Naam {NAMES[seat]}", "sector": "vmbo", "role": "docent", "consent_quote": Consent.YES}
        named = Consent.NO if seat == 1 else Consent.YES
        copy.dossier.apply(
            action("lid", create("panelist", f"L{seat}", panel="P", seat=seat, consent_name=named, **member))
        )
        said = create("note", f"N{seat}", panel="P", text=f"punt {seat}", position=Position(QUESTIONS[0], f"a{seat}"))
        copy.dossier.apply(action("notitie", [said, create("voice", f"V{seat}", note=f"N{seat}", panelist=f"L{seat}")]))
    copy.close()

    def nameless(number: int) -> set[str]:
        target = tmp_path / f"{number}.csv"
        assert cli.run(["exporteer", str(path), "--formaat", "csv", "--namen", "voluit", "-o", str(target)]) == 0
        rows = csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
        return {row["Notitie"] for row in rows if not row["Zegt"].startswith("Naam ")}

    versions = [nameless(1)]
    for seat in (3, 5):
        copy = Workplace.here("Karin").open(path)
        copy.dossier.apply(action("antwoord", change("panelist", f"L{seat}", consent_name=Consent.NO)))
        copy.close()
        versions.append(nameless(seat))
    assert "punt 1" in set.intersection(*versions)
    assert len(set.intersection(*versions)) >= 2
    assert all(len(later - earlier) != 1 for earlier, later in itertools.pairwise(versions))
