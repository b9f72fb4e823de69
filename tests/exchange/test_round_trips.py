"""What the program writes with full names it reads back, for any dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sto_desktop.cli import run
from sto_desktop.domain.actions import panels
from sto_desktop.domain.actions.notes import tag_id
from sto_desktop.domain.model import Insight, Panel, Panelist, Recommendation
from sto_desktop.domain.panel.content import InsightContent, PanelContent, RecommendationContent
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.vocabulary import Aspect, Consent, Level, NoteKind, Priority, Stance
from sto_desktop.exchange.files.form import put_in_order
from sto_desktop.exchange.files.table_export import sheets_xlsx, table_csv
from sto_desktop.exchange.members.panelists_columns import CONSENTS
from sto_desktop.exchange.members.panelists_import import members_after, plan_panelists
from sto_desktop.exchange.members.panelists_table import read_source
from sto_desktop.exchange.notes.findings import findings_table
from sto_desktop.exchange.notes.notes_import import plan_import
from sto_desktop.exchange.notes.notes_markdown import write_notes
from sto_desktop.exchange.notes_source import source_in
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.out.tables import TITLES, Subject, table_of
from sto_desktop.exchange.refi.refi_out import project_qdpx
from sto_desktop.report.blocks.options import Form, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.word.word import word_bytes
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.workplace.importing import Sources, import_into, import_sources
from sto_desktop.workplace.place import builtin_seed
from tests.exchange.refi.refi_support import GUIDE, MEMBERS, MOMENT, QUESTIONS, THEMES, YES, note, panel

WORDS = st.sampled_from(
    ("De uren zijn te kort", "Zaal; reserveren", "Wie, wat", "Totaal", "a@b.nl", '"Ja"', "3", "1. Eerst")
)
NAMES = st.sampled_from(("", "Renée Oude Wessel", "J. ten Veldkamp", "de gemeente"))
DAYS = st.none() | st.dates(dt.date(2023, 1, 1), dt.date(2025, 12, 31))
FIELDS = ("text", "kind", "star", "parked", "set_aside", "owner", "due", "answer", "said_by")


@st.composite
def notes(draw: st.DrawFn) -> PanelContent:
    """A panel with notes of every kind, some of them agreements."""
    made = []
    for number in range(draw(st.integers(1, 5))):
        one = note(number, draw(WORDS), draw(st.sampled_from(QUESTIONS)).id)
        values: dict[str, Any] = {
            "kind": draw(st.sampled_from(NoteKind)),
            "star": draw(st.booleans()),
            "parked": draw(st.booleans()),
            "owner": draw(NAMES),
            "due": draw(DAYS),
            "answer": draw(st.sampled_from(("", "Gedaan"))),
            "said_by": draw(st.sampled_from(("", "Fatma Yildiz"))),
        }
        made.append(replace(one, kind=values["kind"], note=replace(one.note, **values), voices=()))
    return panel(*made)


@settings(max_examples=40)
@given(notes())
def test_notes_come_back_from_csv_and_xlsx_with_owner_and_day(content: PanelContent) -> None:
    rows = table_of(Subject.NOTES, outgoing([content], None)).rows
    for written in (table_csv(rows), sheets_xlsx([("Notities", rows)])):
        (file,) = source_in(written, "notities.csv").files
        edits, report = plan_import(file, PanelContent(Panel("other"), GUIDE, MEMBERS))
        assert report.count == len(content.notes)
        rows_made = [edit.values for edit in edits if edit.table == "note"]
        came = [tuple(values.get(name, "") for name in FIELDS) for values in rows_made]
        assert sorted(map(_plain, came)) == sorted(
            _plain(tuple(getattr(one.note, name) for name in FIELDS)) for one in content.notes
        )


def _plain(values: tuple[Any, ...]) -> str:
    return repr(tuple(str(value) if value else "" for value in values))


TEXTS = st.sampled_from(("Zelf bouwen werkt", "Totaal: 3; wie, wat", "- punt\n- punt", "=1+1", "Anna: de bus", '"Ja"'))


COMMA = next(theme for theme in THEMES if "," in theme.title)


@st.composite
def elaborated(draw: st.DrawFn) -> PanelContent:
    """A panel with insights, conclusions over them, and recommendations, which rest on notes that look alike."""
    questions = (*QUESTIONS[:2], None)
    many = range(1, draw(st.integers(1, 4)) + 1)
    # Of notes with the same words, a table can't tell which one it means.
    made = [note(n, f"{draw(TEXTS)} {n}", getattr(draw(st.sampled_from(questions)), "id", None)) for n in many]
    some = st.lists(st.sampled_from([one.id for one in made]), unique=True).map(tuple)
    insights: list[InsightContent] = []
    for number in range(draw(st.integers(0, 3))):
        question = draw(st.sampled_from(questions))
        theme = draw(st.sampled_from((None, THEMES[0].id))) if question is None else None
        place, words = Position(question.id if question else None, f"a{number}"), f"{draw(TEXTS)} {number}"
        record = Insight(f"i{number}", "panel", place, theme, draw(st.none() | st.sampled_from(Aspect)), words)
        narrower = [one.id for one in insights if not one.insights]
        over = bool(narrower) and draw(st.integers(0, 1)) == 1
        for_, against = ((), ()) if over else (draw(some), draw(some))
        beneath = (tuple(narrower[:1]), tuple(narrower[1:2])) if over else ((), ())
        insights.append(InsightContent(record, for_, tuple(one for one in against if one not in for_), *beneath))
    advice = []
    for number in range(draw(st.integers(0, 2))):
        told: dict[str, Any] = {"owner": draw(NAMES), "school_years": draw(st.sampled_from(("", "2024-2026")))}
        told |= {
            "level": draw(st.none() | st.sampled_from(Level)),
            "priority": draw(st.none() | st.sampled_from(Priority)),
        }
        told |= {
            "first_step": draw(st.sampled_from(("", "Bel; de scholen", "Bel\nNiveau: 3"))),
            "securing": draw(st.sampled_from(("", "In het plan"))),
        }
        row = Recommendation(f"r{number}", Position("panel", f"a{number}"), f"{draw(TEXTS)} {number}", **told)
        themes = draw(st.sampled_from(((), (THEMES[0].id,), (THEMES[1].id, COMMA.id))))
        advice.append(RecommendationContent(row, themes, tuple(one.id for one in insights[:1]), draw(some)))
    return replace(panel(*made), insights=tuple(insights), recommendations=tuple(advice))


def _told(content: PanelContent) -> list[Any]:
    """Return what a panel says of its insights and recommendations, by words instead of ids."""
    words = {one.id: one.text for one in content.notes} | {one.id: one.insight.text for one in content.insights}

    def texts(rows: Iterable[str]) -> list[str]:
        return sorted(words[row] for row in rows)

    told: list[Any] = []
    for one in content.insights:
        record, question = one.insight, content.guide.question(one.insight.position.parent)
        aspect = record.aspect or (question.aspect if question else None)
        sides = [texts(side) for side in content.evidence(one)]
        told.append(
            (
                record.text,
                question and question.id,
                record.theme,
                aspect,
                texts(one.insights),
                texts(one.against),
                sides,
            )
        )
    for advised in content.recommendations:
        plan = advised.recommendation
        fields = (plan.text, plan.school_years, plan.level, plan.owner, plan.priority, plan.first_step, plan.securing)
        rests_on = (texts(advised.insights), texts(advised.supports), texts(advised.contradicts))
        told.append((*fields, sorted(advised.themes), *rests_on))
    return told


@pytest.mark.long
def test_insights_and_recommendations_come_back_from_csv_and_xlsx_with_what_they_rest_on(tmp_path: Path) -> None:
    copies = WorkingCopies(tmp_path / "program")
    copy = copies.create(tmp_path / "mijn.sto", Identity("Anna", "laptop"), builtin_seed())
    numbers = count()

    @settings(max_examples=12)
    @given(elaborated())
    def come_back(content: PanelContent) -> None:
        tables = {subject: table_of(subject, outgoing([content], None)).rows for subject in Subject}
        subjects = (Subject.NOTES, Subject.INSIGHTS, Subject.RECOMMENDATIONS)
        files = [(table_csv(tables[one]), f"{one}.csv") for one in subjects if len(tables[one]) > 1]
        book = (sheets_xlsx([(TITLES[one], rows) for one, rows in tables.items()]), "alles.xlsx")
        # From a file for each subject, and from a workbook with a sheet for each, which are there already after that.
        for written in (files, [book, *files]):
            row = f"panel {next(numbers)}"
            copy.dossier.apply(panels.add_panel(GUIDE.guide.id, title="Panel Oost", panel=row))
            for data, name in written:
                (tmp_path / name).write_bytes(data)
                import_sources(copy.dossier, row, Sources.read(notes=tmp_path / name))
            came = copy.dossier.read.panel_content(row)
            assert came is not None
            assert _told(came) == _told(content)

    come_back()
    copy.close()


def test_a_recommendation_in_the_words_of_its_insight_keeps_its_own_notes() -> None:
    heads, row = ("Aanbeveling", "Notities", "Inzichten", "Borging"), ("Zelf bouwen", "• De zaal", "• Zelf bouwen", "")
    table = findings_table((heads, row))
    assert table is not None
    (_, (finding,)) = table.read()
    assert finding.supports == ("De zaal",)


@pytest.mark.long
def test_insights_and_recommendations_come_back_from_a_project_with_what_they_rest_on(tmp_path: Path) -> None:
    copies = WorkingCopies(tmp_path / "program")
    copy = copies.create(tmp_path / "mijn.sto", Identity("Anna", "laptop"), builtin_seed())
    numbers, path = count(), tmp_path / "alles.qdpx"

    @settings(max_examples=12)
    @given(elaborated())
    def come_back(content: PanelContent) -> None:
        # Of another name too: one with the same words is known as the same panel.
        row = f"panel {next(numbers)}"
        content = replace(content, panel=replace(content.panel, id=row, title=row))
        path.write_bytes(project_qdpx("Proef", outgoing([content], None), MOMENT))
        # The second time everything is there already.
        for _ in range(2):
            done = import_into(copy.dossier, Sources.read(notes=path))
            came = copy.dossier.read.panel_content(done.panel)
            assert came is not None
            assert _told(came) == _told(content)

    come_back()
    copy.close()


@pytest.mark.long
def test_nothing_of_our_own_tables_is_told_to_be_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "n.md").write_text("# Panel Oost\n\nSubregio: Hengelo\n\n## Iets\n\n- De uren zijn te kort\n")
    (tmp_path / "l.csv").write_text("Naam;Organisatie\nAnna Vos;De Brug\n")
    first = tmp_path / "a.sto"
    assert run(["importeer", str(first), str(tmp_path / "n.md"), "--panelleden", str(tmp_path / "l.csv")]) == 0
    for written in (["csv", "--wat", "notities"], ["csv", "--wat", "panelleden"], ["xlsx"]):
        out, second = tmp_path / f"uit.{written[0]}", tmp_path / f"{written[-1]}.sto"
        assert run(["exporteer", str(first), "--namen", "alles", "--formaat", *written, "-o", str(out)]) == 0
        members = ["--panelleden"] if "panelleden" in written else []
        capsys.readouterr()
        assert run(["importeer", str(second), *members, str(out)]) == 0
        assert "Niet overgenomen" not in capsys.readouterr().out
    # Of several panels, a list does lose who was where.
    (tmp_path / "l.csv").write_text("Naam;Panel\nAnna Vos;Oost\nBo Bos;West\n")
    assert run(["importeer", str(tmp_path / "b.sto"), "--panelleden", str(tmp_path / "l.csv")]) == 0
    assert "Niet overgenomen: kolom «Panel»" in capsys.readouterr().out


SAID = st.sampled_from(
    (
        *("Anna: de uren", "Anna: de bus", "Aanwezig: Ria Pot, Sem Bakker", "De uren. Aanwezig: Ria Pot, Bo Bos."),
        *("**vet**", "**Anna**: vet", "> geciteerd", "1.1 Eerst", "A. Opening", "Datum: 12 mei 2025", "[id1] ja"),
        *("a | b | c", "Spreker 1  00:07", "TOTAAL", "12-05-2025 15:31 - Bas: Ik", "van: x", "## kop", "- streep"),
        *("a\nb", "Anna: x\nBram: y", "@iemand", "Transcribed by https://otter.ai", "---", "<b>x</b>", "=1+1", "'x"),
    )
)


@st.composite
def spoken(draw: st.DrawFn) -> PanelContent:
    """A panel with notes whose words look like something else, with chips."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        voices = tuple(
            (who, draw(st.sampled_from(Stance))) for who in draw(st.lists(st.sampled_from(("p1", "p2")), unique=True))
        )
        tags = tuple(draw(st.lists(st.sampled_from(("bus", "geld")), unique=True)))
        kind = draw(st.none() | st.sampled_from(NoteKind))
        made.append(note(number, draw(SAID), draw(st.sampled_from(QUESTIONS)).id, kind, voices, tags))
    return panel(*made)


def as_markdown(content: PanelContent) -> tuple[bytes, str]:
    return write_notes(content).encode(), "notities.md"


def as_csv(content: PanelContent) -> tuple[bytes, str]:
    return table_csv(table_of(Subject.NOTES, outgoing([content], None)).rows), "notities.csv"


def as_workbook(content: PanelContent) -> tuple[bytes, str]:
    rows = table_of(Subject.NOTES, outgoing([content], None)).rows
    return sheets_xlsx([("Notities", rows)]), "notities.xlsx"


@pytest.mark.parametrize("written", [as_markdown, as_csv, as_workbook])
@settings(max_examples=60)
@given(content=spoken())
def test_words_that_look_like_something_else_come_back_as_they_were_with_their_chips(
    written: Callable[[PanelContent], tuple[bytes, str]], content: PanelContent
) -> None:
    (file,) = source_in(*written(content)).files
    edits, _ = plan_import(file, PanelContent(Panel("other"), GUIDE, MEMBERS))
    notes = {edit.row: edit.values for edit in edits if edit.table == "note"}
    chips: dict[str, list[str]] = {row: [] for row in notes}
    for edit in edits:
        if edit.table == "voice":
            chips[str(edit.values["note"])].append(f"{edit.values['panelist']} {edit.values['stance']}")
        elif edit.table == "note_tag":
            chips[str(edit.values["note"])].append(str(edit.values["tag"]))
    came = sorted(
        (str(values["text"]), str(values["position"].parent), *sorted(chips[row])) for row, values in notes.items()
    )
    went = sorted(
        (
            one.text,
            str(one.question),
            *sorted(
                [f"{voice.panelist} {voice.stance}" for voice in one.voices] + [tag_id(tag.name) for tag in one.tags]
            ),
        )
        for one in content.notes
    )
    assert came == went


PEOPLE = st.sampled_from(("Renée Oude Wessel", "Horst, Anna ter", "J. ten Veldkamp", 'Niels "Nick" Wolter', "Mo", "Ja"))
PLACES = st.sampled_from(("", "ROC De Brug", "Metaal; Techniek BV", "Totaal Techniek", '"Vos"', "Naam", "3"))


@st.composite
def lists(draw: st.DrawFn) -> tuple[Panelist, ...]:
    """Members with everything that a list has of them."""
    made = []
    for number, name in enumerate(draw(st.lists(PEOPLE, min_size=1, max_size=4, unique=True)), 1):
        consents = {name: draw(st.sampled_from(Consent)) for name in CONSENTS}
        # Who does not take part is in no list that goes out.
        consents["consent_participation"] = draw(st.sampled_from((Consent.YES, Consent.UNKNOWN)))
        about = {"organisation": draw(PLACES), "role": draw(PLACES), "sector": draw(st.sampled_from(("", "po", "mbo")))}
        made.append(Panelist(f"m{number}", seat=number, name=name, present=draw(st.booleans()), **about, **consents))  # type: ignore[arg-type]
    return tuple(made)


@settings(max_examples=60)
@given(lists())
def test_members_come_back_from_csv_and_xlsx_with_presence_and_consent(people: tuple[Panelist, ...]) -> None:
    rows = table_of(Subject.MEMBERS, outgoing([replace(panel(), panelists=people)], None)).rows
    for written, name in ((table_csv(rows), "leden.csv"), (sheets_xlsx([("Panelleden", rows)]), "leden.xlsx")):
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(written)
            edits, _ = plan_panelists(read_source(path, guess=False).table(), "other", ())
        came = members_after(edits, ())
        # "Horst, Anna ter" comes back in order.
        people = tuple(replace(one, name=put_in_order(one.name)) for one in people)
        fields = ("seat", "name", "organisation", "role", "sector", "present", *CONSENTS)
        assert [[getattr(one, name) for name in fields] for one in came] == [
            [getattr(one, name) for name in fields] for one in people
        ]


@st.composite
def held(draw: st.DrawFn) -> PanelContent:
    """A panel that was held, whose members are all named, with a time for each note."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        voices = tuple(
            (who, draw(st.sampled_from((Stance.SAYS, Stance.AGREES, Stance.DISAGREES))))
            for who in draw(st.lists(st.sampled_from(("p1", "p2")), unique=True))
        )
        moment = dt.datetime(2023, 2, 14, 15, 30 + number).astimezone()
        words = draw(st.sampled_from(("De uren zijn te kort", "Wie, wat – en waar?", "Totaal: 3", "Anna: de bus")))
        kind = draw(st.sampled_from((NoteKind.YIELD, NoteKind.IMPROVEMENT, NoteKind.ACTION)))
        made.append(note(number, words, draw(st.sampled_from(QUESTIONS)).id, kind, voices, captured_at=moment))
    told: dict[str, Any] = {"date": dt.date(2023, 2, 14), "start": dt.time(15, 30), "place": "De Brug"}
    # Whoever refuses to be named would hide others with them.
    named: dict[str, Any] = dict(YES)
    return replace(panel(*made, **told), panelists=tuple(replace(member, **named) for member in MEMBERS))


@pytest.mark.long
@settings(max_examples=25)
@given(held())
def test_minutes_in_word_come_back_with_times_and_voices(content: PanelContent) -> None:
    options = ReportOptions(form=Form.MINUTES, naming=NameMode.FULL)
    written = word_bytes(panel_report(content, options))
    (file,) = source_in(written, "notulen.docx").files
    assert (file.date, file.place, file.moderator, file.note_taker) == (
        content.panel.date,
        "De Brug",
        "Anna Vos",
        "Bert Smit",
    )
    edits, _ = plan_import(file, PanelContent(Panel("other", date=file.date), GUIDE, MEMBERS))
    notes = {edit.row: edit.values for edit in edits if edit.table == "note"}
    said: dict[str, list[str]] = {row: [] for row in notes}
    for edit in edits:
        if edit.table == "voice":
            said[str(edit.values["note"])].append(f"{edit.values['panelist']} {edit.values['stance']}")
    came = [(row["text"], row["position"].parent, row["captured_at"], sorted(said[key])) for key, row in notes.items()]
    went = [
        (
            one.text,
            one.question,
            one.note.captured_at,
            sorted(f"{voice.panelist} {voice.stance}" for voice in one.voices),
        )
        for one in content.notes
    ]
    assert sorted(came, key=repr) == sorted(went, key=repr)
    assert {person.name for person in file.people} == {member.name for member in MEMBERS}
