"""Members who do not take part (deelname: nee) are in no output: every command, form, naming and kind of file."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sto_desktop.cli import run
from sto_desktop.domain.actions import conversation, elaborate, notes, panels
from sto_desktop.domain.actions.merging import say_same
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS
from sto_desktop.domain.vocabulary import Agreement, Aspect, Consent, Evidence, Level, NoteKind, Priority
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.storage.whole_file.backup import backups
from sto_desktop.storage.whole_file.came_in import came_in
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.workplace import Workplace

GONE, STAYS = "woordweg", "woordblijft"
NAME = "kolkman"
"""The surname of the member who does not take part, which another member says too."""
MOMENT = dt.datetime(2024, 3, 1, 15, tzinfo=dt.UTC)
PARTS = (
    "omslag", "inhoud", "samenvatting", "werkwijze", "samenstelling", "verantwoording", "themas", "conclusies",
    "aanbevelingen", "afspraken", "open-vragen", "terugblik", "leidraad", "panelleden", "notities", "observaties",
    "tijd",
)  # fmt: skip
SAID = {
    # The words of seat 4, in every form in which something can be said.
    "g1": f"{GONE} gewoon @4 #{GONE}label",
    "g2": f'"{GONE} letterlijk" @4',
    "g3": f"{GONE} samen met een ander @4 @1",
    "g4": f"{GONE} spreekt voor de bundel @4",
    "g5": f"> {GONE} afspraak @4",
    "g6": f"! {GONE} aanbeveling @4",
    "g7": f"? {GONE} geparkeerd @4",
    "g8": f"/ {GONE} verbeterpunt @4 @1+ @2-",
    "g9": f"{GONE} in een bundel @4",
    "ga": f"{GONE} gekozen door een ander @4",
    "s1": f"{STAYS} een @1 @4+ #bus",
    "s2": f"{STAYS} twee @2 @4-",
    "s3": f"{STAYS} drie uit de bundel @3",
    "s4": f"{STAYS} vier met Jurre {NAME.title()} erin @2",
    "s5": f"{STAYS} vijf spreekt voor de bundel @1",
    "s6": f"{STAYS} zes zonder spreker",
}


def _members(dossier: Dossier, panel: str, participation: Consent) -> None:
    people = (
        ("Loïs Blömer", "po", "leerkracht"),
        ("Saïda el Amrani", "vmbo", "docent"),
        ("Ferry Vos", "vmbo", "docent"),
        (f"Jurre {NAME.title()}", "gemeente", "wethouder"),
        ("Truus Bos", "gemeente", "wethouder"),
    )
    for seat, (name, sector, role) in enumerate(people, 1):
        refuses = seat == 4
        values = {
            "panel": panel,
            "seat": seat,
            "name": name,
            "first_name": name.split()[0],
            "organisation": f"Organisatie {seat}",
            "sector": sector,
            "role": role,
            "consent_participation": participation if refuses else Consent.YES,
            # Also if they consented to everything else: without taking part that means nothing.
            "consent_name": Consent.YES,
            "consent_quote": Consent.YES,
        }
        dossier.apply(action("panellid", create("panelist", f"{panel}-{seat}", **values)))


def _panel(dossier: Dossier, panel: str, subregion: str, participation: Consent) -> None:
    dossier.apply(
        panels.add_panel(
            builtin_guide_id(), title=f"Panel {subregion}", subregion=subregion, day=MOMENT.date(), panel=panel
        )
    )
    _members(dossier, panel, participation)
    guide = dossier.read.guides.of_panel(panel)
    theme = next(item for item in guide.themes if item.is_conversation)
    question = theme.questions[0].id
    members: list[Panelist] = dossier.read.members.of_panel(panel)
    for number, (row, text) in enumerate(SAID.items()):
        at = MOMENT + dt.timedelta(minutes=number)
        dossier.apply(notes.capture_note(panel, question, parse(text, members), at, note=f"{panel}-{row}"))
    there = {note.id: note for note in dossier.read.notes.of_panel(panel)}

    def note(row: str) -> str:
        return f"{panel}-{row}"

    dossier.apply(notes.bundle_notes(there[note("g4")], [there[note("s3")]]))
    dossier.apply(notes.bundle_notes(there[note("s5")], [there[note("g9")]]))
    dossier.apply(notes.set_kind([note("g3")], NoteKind.OBSERVATION))
    dossier.apply(conversation.set_playback(panel, theme.id, "Dit vatten wij samen.", Agreement.YES))
    playback = conversation.playback_id(panel, theme.id)
    # Counted while all five took part.
    dossier.apply(conversation.count_hands(playback, 5, 5))
    parsed = parse(f"{GONE} aanvulling @4", members)
    dossier.apply(conversation.amend_playback(panel, playback, question, parsed, MOMENT))
    dossier.apply(conversation.set_top_choice(f"{panel}-4", 1, f"{GONE} belangrijkste"))
    dossier.apply(conversation.set_top_choice(f"{panel}-1", 1, f"{GONE} gekozen door een ander", note("ga")))
    dossier.apply(conversation.set_top_choice(f"{panel}-1", 2, f"{STAYS} op twee"))
    for row, text, supports, contradicts in (
        ("i1", f"{GONE} inzicht op hun woorden alleen", ("g1", "g2"), ("s2",)),
        ("i2", f"{STAYS} inzicht op woorden van meer", ("g1", "s1"), ("g8",)),
        ("i3", f"{STAYS} inzicht op de bundel", ("g4",), ()),
        ("i4", f"{STAYS} inzicht zonder notities", (), ()),
    ):
        dossier.apply(
            elaborate.add_insight(
                panel,
                text,
                question=question,
                theme=theme.id,
                aspect=Aspect.YIELD,
                supports=[note(one) for one in supports],
                contradicts=[note(one) for one in contradicts],
                keys=[],
                insight=note(row),
            )
        )
    for row, text, insights in (
        ("c1", f"{GONE} conclusie op hun inzicht alleen", ("i1",)),
        ("c2", f"{STAYS} conclusie", ("i1", "i2")),
    ):
        dossier.apply(
            elaborate.add_insight(
                panel,
                text,
                aspect=Aspect.YIELD,
                insights=[note(insight) for insight in insights],
                keys=[],
                insight=note(row),
            )
        )
    advices: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
        ("r1", f"{GONE} advies op hun notitie", ("g6",), ()),
        ("r2", f"{GONE} advies op hun inzicht", (), ("i1", "c1")),
        ("r3", f"{STAYS} advies", ("g6", "s1"), ("i1",)),
    )
    for row, text, rests, behind in advices:
        dossier.apply(
            elaborate.add_recommendation(
                panel,
                text,
                supports=[note(one) for one in rests],
                contradicts=[note("g8")],
                insights=[note(one) for one in behind],
                themes=[theme.id],
                keys=[],
                recommendation=note(row),
                level=Level.PROGRAMME,
                priority=Priority.HIGH,
            )
        )


def _programme(dossier: Dossier) -> None:
    """The elaboration by the programme: of both panels, of these words alone, and a line of the plan that
    repeats them.
    """
    theme = next(item for item in dossier.read.guides.of_panel("p").themes if item.is_conversation).id
    for row, text, insights in (
        ("o1", f"{GONE} overal hetzelfde", ["p-i1"]),
        ("o2", f"{STAYS} overal hetzelfde", ["p-i1", "p-i2"]),
    ):
        dossier.apply(elaborate.add_insight(None, text, theme=theme, insights=insights, keys=[], insight=row))
    dossier.apply(elaborate.attach_to_insight("o2", ["p-g1"], Evidence.SUPPORTS))
    dossier.apply(elaborate.add_recommendation(None, f"{GONE} in het plan", recommendation="plan1", keys=[]))
    dossier.apply(say_same("recommendation", ["plan1", "p-r1"]))
    dossier.apply(elaborate.add_recommendation(None, f"{STAYS} in het plan", recommendation="plan2", keys=[]))
    dossier.apply(say_same("recommendation", ["plan2", "p-r3"]))


def _made(path: Path, participation: Consent) -> Path:
    copy = Workplace.here("Marieke").create(path)
    _panel(copy.dossier, "p", "Zuid", participation)
    _programme(copy.dossier)
    copy.dossier.apply(panels.add_panel(builtin_guide_id(), title="Panel Noord", subregion="Noord", panel="q"))
    copy.close()
    return path


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A dossier with a panel in which seat 4 does not take part, made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield _made(tmp_path_factory.mktemp("dossier") / "zuid.sto", Consent.NO)


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Run a command that should succeed, and return its output."""
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    heard = capsys.readouterr()
    assert (code, heard.err) == (0, "")
    return heard.out


def words_of(path: Path) -> str:
    """Return the content of a file, unpacked."""
    content = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", "replace").casefold()
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist()).casefold()


def _zuid(copy: Dossier) -> str:
    """Return the id of the panel in a copy, which is another one than in the original."""
    (zuid,) = (panel.id for panel in copy.read.panels.every() if panel.subregion == "Zuid")
    return zuid


REPORTS = list(itertools.product(("kort", "uitgebreid", "notulen"), ("voluit", "rol", "pseudoniem")))


@pytest.mark.parametrize(("form", "names"), REPORTS)
def test_no_verslag_has_a_word_of_who_does_not_take_part(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, names: str
) -> None:
    for ending in ("docx", "html", "md"):
        out = tmp_path / f"verslag.{ending}"
        output = told(
            capsys, "verslag", dossier, "--panel", "Panel Zuid", "--vorm", form, "--namen", names,
            "--met", *PARTS, "-o", out,
        )  # fmt: skip
        words = words_of(out)
        assert GONE not in words
        assert NAME not in words
        assert STAYS in words
        assert "11 notities bleven weg" in output
        # The maker is told how many notes, not whose: a reader who notices whose name is missing would know whose they
        # were.
        assert "elf notities" not in words
        assert "alle vijf aanwezigen" not in words
        assert ("alle vier aanwezigen" in words) is (form == "uitgebreid")
        assert "toestemming voor is" not in words
        # What names them may be their own words: a person looks at it.
        named = [line for line in output.splitlines() if "Jurre" in line]
        assert named or form == "kort"
        assert all(line.startswith("nakijken: «Jurre Kolkman» werd") and "doet niet mee" in line for line in named)


def test_what_others_said_stands_all_of_it(dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "notulen.md"
    told(capsys, "verslag", dossier, "--panel", "Panel Zuid", "--vorm", "notulen", "-o", out)
    ours = [row for row in SAID if row.startswith("s")]
    # Each note, and the second of the three choices of seat 1.
    assert words_of(out).count(STAYS) == len(ours) + 1


EXPORTS = [
    *itertools.product(("xlsx", "md", "qdpx", "qdc"), ("",), ("alles", "voluit", "rol", "pseudoniem")),
    *itertools.product(
        ("csv",), ("notities", "inzichten", "aanbevelingen", "panelleden"), ("alles", "voluit", "rol", "pseudoniem")
    ),
]


@pytest.mark.parametrize(("form", "what", "names"), EXPORTS)
def test_no_export_has_a_word_or_the_name_of_who_does_not_take_part(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, what: str, names: str
) -> None:
    out = tmp_path / f"uit.{form}"
    only = ("--wat", what) if what else ()
    output = told(
        capsys, "exporteer", dossier, "--panel", "Panel Zuid", "--formaat", form, *only, "--namen", names, "-o", out
    )
    words = words_of(out)
    assert GONE not in words
    # Nor in texts that somebody else typed, also where everything else is unchanged.
    assert NAME not in words
    if form != "qdc" and what != "panelleden":
        assert STAYS in words
    assert "11 notities bleven weg" in output


@pytest.mark.parametrize("what", ["alles", "panel", "inzichten"])
@pytest.mark.parametrize("names", ["rol", "pseudoniem"])
def test_a_copy_without_names_holds_nothing_of_who_does_not_take_part_in_any_byte(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str, names: str
) -> None:
    out = tmp_path / "kopie.sto"
    panel = () if what == "alles" else ("--panel", "Panel Zuid")
    output = told(capsys, "delen", dossier, "--wat", what, *panel, "--namen", names, "-o", out)
    content = out.read_bytes()
    assert GONE.encode() not in content
    assert NAME.title().encode() not in content
    assert STAYS.encode() in content
    assert "11 notities bleven weg" in output
    assert "Het dossier is in orde" in told(capsys, "controleer", out)
    opened = Workplace.here("Piet").open(out)
    content_of = opened.dossier.read.panel_content(_zuid(opened.dossier))
    opened.close()
    assert content_of is not None
    assert len(content_of.panelists) == 4
    counted = [(4, 4)] if what != "inzichten" else []
    assert [(playback.hands, playback.hands_of) for playback in content_of.playbacks] == counted
    # What rested on the bundle with their note now rests on the remaining notes of the bundle.
    by_text = {insight.insight.text: insight for insight in content_of.insights}
    assert by_text[f"{STAYS} inzicht op de bundel"].supports == ("p-s3",)


@pytest.mark.parametrize("names", ["alles", "voluit"])
@pytest.mark.parametrize("what", ["alles", "panel", "inzichten"])
def test_a_copy_with_names_holds_nothing_of_them_either(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str, names: str
) -> None:
    out = tmp_path / "kopie.sto"
    panel = () if what == "alles" else ("--panel", "Panel Zuid")
    output = told(capsys, "delen", dossier, "--wat", what, *panel, "--namen", names, "-o", out)
    content = out.read_bytes().decode("utf-8", "replace").casefold()
    assert GONE not in content
    assert NAME not in content
    # Beside everybody else by name, who said no would be told: Truus of the same sector and another are not named.
    assert ("truus bos" in content) is (names == "alles")
    assert sum(name in content for name in ("loïs blömer", "saïda el amrani", "ferry vos")) == (
        3 if names == "alles" else 2
    )
    assert "deelname: nee" in output
    assert ("Ook wie niet genoemd wil worden, staat er met naam in." in output) is (names == "alles")
    opened = Workplace.here("Piet").open(out)
    if what != "inzichten":
        assert opened.dossier.read.notes.count(_zuid(opened.dossier)) == len(SAID) + 1 - 11
    opened.close()


@pytest.mark.parametrize("names", ["voluit", "rol"])
def test_a_copy_that_comes_back_takes_nothing_away_at_home(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], names: str
) -> None:
    shared, home = tmp_path / "kopie.sto", tmp_path / "thuis.sto"
    told(capsys, "delen", dossier, "--namen", names, "-o", shared)
    told(capsys, "samenvoegen", dossier, shared, "-o", home)
    opened = Workplace.here("Marieke").open(home)
    assert opened.dossier.read.notes.count("p") == len(SAID) + 1
    content = opened.dossier.read.panel_content("p")
    assert content is not None
    assert len(content.panelists) == 5
    assert opened.dossier.conflicts() == []
    opened.close()


@pytest.mark.parametrize("ending", ["docx", "md", "html", "xlsx"])
def test_no_vogelvlucht_newsletter_or_plan_has_a_word_of_them(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    for also in ((), ("--nieuwsbrief",)) if ending != "xlsx" else ((),):
        out = tmp_path / f"uit.{ending}"
        output = told(capsys, "vogelvlucht", dossier, *also, "-o", out)
        words = words_of(out)
        assert GONE not in words
        assert NAME not in words
        assert STAYS in words
        assert "elf notities" not in words
        assert "11 notities bleven weg" in output


def test_onbekend_holds_nothing_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier, out = _made(tmp_path / "zuid.sto", Consent.UNKNOWN), tmp_path / "notulen.md"
    output = told(capsys, "verslag", dossier, "--panel", "Panel Zuid", "--vorm", "notulen", "-o", out)
    assert f"{GONE} gewoon" in words_of(out)
    assert "weg" not in output.replace(GONE, "")
    assert "niet vastgelegd of" in output


@pytest.mark.parametrize(
    ("command", "name"),
    [("exporteer", "uit.csv"), ("delen", "uit.sto"), ("vogelvlucht", "uit.md")],
)
def test_every_command_tells_of_whom_it_is_not_known_whether_they_take_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, name: str
) -> None:
    for answer, is_told in ((Consent.UNKNOWN, True), (Consent.YES, False)):
        folder = tmp_path / answer.value
        folder.mkdir()
        dossier = _made(folder / "zuid.sto", answer)
        extra = ("--formaat", "csv") if command == "exporteer" else ()
        said = told(capsys, command, dossier, *extra, "-o", folder / name)
        assert ("niet vastgelegd of" in said) is is_told


def test_a_no_that_comes_in_by_command_is_told_with_what_was_said_before_and_whom_to_ask_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, colleague, merged, table = (tmp_path / name for name in ("ons.sto", "hun.sto", "samen.sto", "leden.csv"))
    rows = "Naam;Deelname;Naam noemen\nSietske Bolhuis;{};ja\nDouwe Haanstra;ja;ja\nNynke Postma;ja;ja\n"
    notes = tmp_path / "n.md"
    notes.write_text("# Panel Zuid\n\n- Het lab werkt goed @1\n- De bus ontbreekt @2\n", encoding="utf-8")
    table.write_text(rows.format("ja"), encoding="utf-8")
    asked = ("importeer", mine, notes, "--panelleden", table, "--panel", "Panel Zuid")
    assert "doet niet mee" not in told(capsys, *asked)
    colleague.write_bytes(mine.read_bytes())
    made = tmp_path / "v.md"
    told(capsys, "verslag", mine, "--vorm", "notulen", "--namen", "voluit", "--ontvanger", "De gemeente", "-o", made)
    table.write_text(rows.format("nee"), encoding="utf-8")
    before = "Sietske Bolhuis doet niet mee. Wat eerder genoteerd is, staat er nog: 1 notitie of keuze."
    assert before in told(capsys, "importeer", colleague, "--panelleden", table, "--panel", "Panel Zuid")
    said = told(capsys, "samenvoegen", mine, colleague, "-o", merged)
    assert before in said
    assert "Sietske Bolhuis trok in: deelname." in said
    assert "Vraag terug bij De gemeente." in said


def test_a_name_or_quote_taken_back_that_comes_in_by_command_is_told_before_and_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, colleague, merged, table = (tmp_path / name for name in ("ons.sto", "hun.sto", "samen.sto", "leden.csv"))
    rows = "Naam;Deelname;Naam noemen;Citeren\nSietske Bolhuis;ja;{0};{0}\nDouwe Haanstra;ja;ja;ja\n"
    notes = tmp_path / "n.md"
    notes.write_text("# Panel Zuid\n\n- Het lab werkt goed @1\n", encoding="utf-8")
    table.write_text(rows.format("ja"), encoding="utf-8")
    told(capsys, "importeer", mine, notes, "--panelleden", table, "--panel", "Panel Zuid")
    colleague.write_bytes(mine.read_bytes())
    table.write_text(rows.format("nee"), encoding="utf-8")
    again = ("--panelleden", table, "--panel", "Panel Zuid")
    told(capsys, "importeer", colleague, *again)
    # Made after the answer was given elsewhere, by who did not know of it.
    made = ("--vorm", "notulen", "--namen", "voluit", "-o", tmp_path / "v.md", "--ontvanger", "De gemeente")
    told(capsys, "verslag", mine, *made)
    before = "Sietske Bolhuis zegt nu nee of onbekend bij: naam en citaat. Wat eerder gemaakt is, klopt dan niet meer."
    made_then = "Er is 1 stuk gemaakt toen dat nog niet bekend was. Vraag terug bij De gemeente."
    after = f"Sietske Bolhuis trok in: naam en citaat. {made_then}"
    assert before in told(capsys, "samenvoegen", mine, colleague, "--proef")
    assert after in told(capsys, "samenvoegen", mine, colleague, "-o", merged)
    assert before in told(capsys, "importeer", mine, *again, "--proef")
    assert after in told(capsys, "importeer", mine, *again)
    # Once.
    assert "trok in" not in told(capsys, "importeer", mine, *again)
    told_as_data = json.loads(told(capsys, "samenvoegen", merged, colleague, "--proef", "--json"))
    assert [one["withdrawn"] for one in told_as_data["merged"]] == [{}, {}]


def test_a_file_with_words_of_who_does_not_take_part_is_not_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier, table, notes = (tmp_path / name for name in ("ons.sto", "leden.csv", "notities.md"))
    table.write_text("Naam;Deelname\nSietske Bolhuis;nee\nDouwe Haanstra;ja\n", encoding="utf-8")
    notes.write_text("# Panel Zuid\n\n- Het lab werkt goed @1\n- De bus ontbreekt @2\n", encoding="utf-8")
    told(capsys, "importeer", dossier, notes, "--panelleden", table, "--panel", "Panel Zuid")
    place = Workplace.here()
    came = [came_in(backup.path, None) for backup in backups(place.copies.backups_of(dossier))]
    kept = {one.name: (one.content, one.account) for one in came if one.name}
    assert {name: content for name, (content, _) in kept.items()} == {"leden.csv": None, "notities.md": None}
    # The list of what came in says why.
    assert "die niet meedoet" in (kept["notities.md"][1] or "")


def test_the_form_promises_of_words_that_may_not_be_quoted_what_every_output_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier, table, notes = (tmp_path / name for name in ("ons.sto", "leden.csv", "notities.md"))
    table.write_text(
        "Naam;Deelname;Naam noemen;Citeren\nSietske Bolhuis;ja;ja;nee\n"
        + "".join(f"{name};ja;ja;ja\n" for name in ("Douwe Haanstra", "Nynke Postma", "Wiebe Roorda")),
        encoding="utf-8",
    )
    said = "wij schamen ons voor dit lokaal"
    notes.write_text(f'# Panel Zuid\n\n- "{said}" @1\n- "de bus ontbreekt" @2\n', encoding="utf-8")
    told(capsys, "importeer", dossier, notes, "--panelleden", table, "--panel", "Panel Zuid")
    for names in ("voluit", "rol", "pseudoniem"):
        out, rows = tmp_path / f"{names}.md", tmp_path / f"{names}.csv"
        told(capsys, "verslag", dossier, "--vorm", "notulen", "--namen", names, "-o", out)
        told(capsys, "exporteer", dossier, "--formaat", "csv", "--namen", names, "-o", rows)
        for line in (line for file in (out, rows) for line in words_of(file).splitlines() if said in line):
            assert ("bolhuis" in line, f"‘{said}" in line, f"“{said}" in line) == (False, False, False)
        # The words themselves stay, so nothing else is promised.
        assert said in words_of(out)
    (quote,) = (question for question in CONSENT_QUESTIONS if question.field == "consent_quote")
    assert quote.if_no == "dan staat wat u zei er niet als citaat: zonder aanhalingstekens, en zonder wie het zei"
