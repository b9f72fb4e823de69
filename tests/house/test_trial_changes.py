"""The instructions in CONTRIBUTING for adding something, tried in a copy of the program: only the named files change.

A field without a declaration is private, and shown by its name: nothing leaks, nothing is missing, nothing is refused.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import action, create, put
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Consent, NoteKind, Told
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.workplace import Workplace
from tests.names.hurried_panel import texts_of

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
CHANGES: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "a field of a record": [
        ("domain/model.py", "    arrived_at: dt.datetime", '    email: str = field.text(default="")\n'),
        (
            "domain/model.py",
            "    form_in: bool",
            "    geboren: dt.date | None = field.day(default=None)\n"
            "    lengte: int | None = field.integer(default=None)\n",
        ),
        ("domain/model.py", "    late: bool", '    toelichting: str = field.text(default="")\n'),
        ("domain/model.py", "    stance: Stance", '    toon: str = field.text(default="")\n'),
        ("domain/model.py", "    rank: int", '    reden: str = field.text(default="")\n'),
        # Declared as a trait of several people, although nothing groups members by it.
        (
            "domain/model.py",
            "    left_at: dt.datetime",
            '    opleiding: str = field.text(default="", unnamed=Unnamed.TRAIT)\n'
            '    bijnaam: str = field.text(default="", unnamed=Unnamed.LABEL)\n',
        ),
    ],
    "a kind of note": [
        (
            "domain/vocabulary.py",
            "    @property\n    def meaning(self) -> KindMeaning:",
            '    RISICO = "RISICO", KindMeaning("risico", "risico\'s", "%", shape=Shape.SQUARE)\n'
            '    DILEMMA = "DILEMMA", KindMeaning("dilemma", "dilemma\'s", "&", told=Told.AS_AGREED)\n'
            '    MOTTO = "MOTTO", KindMeaning("motto", "motto\'s", "^", told=Told.AS_QUOTE)\n'
            '    GEVOEL = "GEVOEL", KindMeaning("gevoel", "gevoelens", around="[", told=Told.AS_SEEN)\n\n',
        ),
    ],
    "another code of the vocabulary": [
        ("domain/vocabulary.py", f"    {before} = ", f'    {code} = "{code}", {meaning}\n')
        for before, code, meaning in (
            ("KEY", "SPIEGEL", 'QuestionTypeMeaning("spiegel")'),
            ("BREAK", "SPEL", '"spel"'),
            ("RETURN", "UITROEP", '"uitroep"'),
            ("ABOUT", "TWIJFELT", 'StanceMeaning("twijfel", "=")'),
            ("CONTRADICTS", "NUANCE", '"nuance"'),
            ("RUNNING", "VERZET", '"verzet"'),
            ("PARTLY", "HALF", '"half herkend"'),
            ("PROGRAMME", "LAND", '"land"'),
            ("NORMAL", "OOIT", '"ooit"'),
            ("NOTE_TAKER", "TOLK", '"tolk"'),
        )
    ],
    "a column of an exported table": [
        ("exchange/out/tables.py", '    "Labels", "Ster"', '    "Kop",\n'),
        ("exchange/out/tables.py", '            ", ".join(dict.fromkeys(tag.name', "            note.note.heading,\n"),
    ],
    "a stage": [
        ("ui/base/stage.py", '    OVERVIEW = "overview"', '    TRIAL = "trial"\n'),
        (
            "ui/base/stage.py",
            '    Stage.OVERVIEW: tr_later("Vogelvlucht")',
            '    Stage.TRIAL: tr_later("Proefscherm"),\n',
        ),
        (
            "ui/commands/everywhere.py",
            '    Command("stage_start"',
            '    Command("stage_trial", "Proefscherm", Place.STAGES, ("Ctrl+7",)),\n',
        ),
        ("app.py", "    Stage.OVERVIEW: _overview", "    Stage.TRIAL: _overview,\n"),
    ],
    "a command of the window, and its key": [
        (
            "ui/commands/everywhere.py",
            '    Command("stage_start"',
            '    Command("trial", "Proefwerk", Place.EVERYWHERE, ("Ctrl+Shift+F9",)),\n',
        ),
    ],
    "a command without the window": [
        (
            "cli/upkeep.py",
            '    "voorbeeld": (',
            '    "proef": (lambda _options: Outcome(("Gelukt.",), {"proef": 1}), "Doe een proef.", ()),\n',
        ),
    ],
    "a setting": [("settings.py", "    recent: tuple", "    trial: bool = False\n")],
}
"""The additions to the copy, by their row in CONTRIBUTING: before which words of which file."""

# Addresses, which are hidden in sentences, but not in a field that was declared to stay.
ADDRESSES = {row: f"{name}@roc-zuid.nl" for row, name in zip("ABCDE", ("sj", "wi", "ka", "he", "ge"), strict=True)}
LEARNT = {row: f"vak-{row}-0001" for row in ADDRESSES}
RISKS = ("Gevaar R1", "Gevaar R2", "Gevaar R3", "Gevaar van vroeger")
FORMS = ("kort", "uitgebreid", "notulen")


def add_before(path: Path, mark: str, text: str) -> None:
    """Add lines to a file before the only occurrence of `mark`."""
    source = path.read_text(encoding="utf-8")
    assert source.count(mark) == 1, (path, mark)
    path.write_text(source.replace(mark, text + mark), encoding="utf-8")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a copy of the program with a made-up field and a made-up kind."""
    folder = tmp_path_factory.mktemp("programma")
    for name in ("sto_desktop", "resources", ".mypy_cache"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    for changes in CHANGES.values():
        for file, mark, text in changes:
            add_before(folder / "sto_desktop" / file, mark, text)
    shutil.copyfile(folder / "resources/icons/overview.svg", folder / "resources/icons/trial.svg")
    return folder


def make_dossier(path: Path) -> None:
    """Make a dossier with this program, which has neither the field nor the kind."""
    under = next(item.id for _, item in builtin_guide().questions() if item.aspect is not None)
    copy = Workplace.here("Jan").create(path)
    yes = dict.fromkeys(("consent_participation", "consent_name", "consent_quote"), Consent.YES)
    names = {
        "A": "Sjoerd Hoekstra",
        "B": "Wilma Terpstra",
        "C": "Karin Bosgra",
        "D": "Henk Dijkema",
        "E": "Geert Postma",
    }
    # E does not take part, so all words of the others are searched for E.
    consents: dict[str, dict[str, Consent]] = {"B": {}, "E": {"consent_participation": Consent.NO}}
    rows = [
        # A and C are each other's company, so that nobody's answer hides them.
        create(
            "panelist",
            row,
            panel="P",
            seat=seat,
            name=name,
            sector="vmbo" if row in "AC" else "mbo",
            **consents.get(row, yes),
        )
        for seat, (row, name) in enumerate(names.items(), 1)
    ]
    copy.dossier.apply(
        action(
            "panel",
            create("panel", "P", title="Panel Zuid", guide=builtin_guide().guide.id),
            *rows,
            create(
                "note", "OUD", panel="P", text=RISKS[-1], kind=NoteKind.REMARK, position=Position(under, "a"), star=True
            ),
            put("voice", derived_id("voice", "OUD", "A"), note="OUD", panelist="A"),
        )
    )
    copy.close()
    lines = ["Naam;Email;Opleiding;Bijnaam;Geboren;Lengte"]
    lines += [
        f"{names[row]};{address};leerde {LEARNT[row]};heet {LEARNT[row]};14-2-1970;180,0"
        for row, address in ADDRESSES.items()
    ]
    path.with_name("leden.csv").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="module")
def made(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with everything that the changed program made from an older dossier."""
    folder = tmp_path_factory.mktemp("gemaakt")
    home = folder / "home"
    home.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_DATA_HOME", str(home))
        make_dossier(folder / "oud.sto")
        line = [sys.executable, "-P", str(ROOT / "tests/house/trial_paths.py"), str(folder)]
        done = subprocess.run(
            line, env=os.environ | {"PYTHONPATH": str(program)}, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def words(made: Path) -> Mapping[str, Any]:
    """The output of the window and the commands."""
    answer: Mapping[str, Any] = json.loads((made / "woorden.json").read_text(encoding="utf-8"))
    return answer


def test_the_copy_is_what_ran(words: Mapping[str, Any], program: Path) -> None:
    assert Path(words["program"]).is_relative_to(program)


def test_the_types_still_fit(program: Path) -> None:
    line = [sys.executable, "-m", "mypy", "sto_desktop"]
    done = subprocess.run(line, cwd=program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def _whose_in(made: Path, words: Mapping[str, str], *endings: str) -> dict[str, set[str]]:
    """Return which outputs contain whose words, by the member's row, for outputs that contain any."""
    found: dict[str, set[str]] = {}
    for path in sorted(made.iterdir()):
        if path.is_file() and path.name.startswith(endings):
            said = "\n".join(texts_of(path))
            if path.suffix == ".sto":
                said += path.read_bytes().decode("latin-1")
            if who := {row for row, word in words.items() if word in said}:
                found[path.name] = who
    return found


def test_what_is_private_is_in_nothing_without_names(made: Path) -> None:
    for words in (ADDRESSES, LEARNT):
        assert _whose_in(made, words, "rol", "pseudoniem") == {}


def test_what_is_private_stands_where_people_stand_by_name(made: Path) -> None:
    # Only B did not consent to being named, so D has no name either. A verslag contains only what a member was asked.
    named, everybody = {"A", "C"}, set("ABCD")
    for words in (ADDRESSES, LEARNT):
        assert _whose_in(made, words, "voluit", "alles") == {
            "voluit-leden.csv": named,
            "voluit.xlsx": named,
            "voluit.sto": named,
            "alles.sto": everybody,
            "alles-leden.csv": everybody,
            "alles.xlsx": everybody,
        }


def _private_words_in(path: Path) -> set[str]:
    return set(re.findall(r"Geheim \w+-\w", path.read_bytes().decode("latin-1")))


def test_what_is_private_of_any_record_goes_with_whose_it_is(made: Path) -> None:
    of_all = {f"Geheim {field}-{who}" for field in ("toelichting", "toon", "reden") for who in "AB"}
    everything = {*of_all, "Geheim toelichting-X"}
    assert _private_words_in(made / "rol.sto") == _private_words_in(made / "pseudoniem.sto") == set()
    # Nothing of B, who is not named; and of rows of nobody, everything.
    assert _private_words_in(made / "voluit.sto") == {word for word in everything if not word.endswith("B")}
    assert _private_words_in(made / "alles.sto") == everything


def test_what_is_private_of_any_record_is_wiped_with_the_member(made: Path) -> None:
    left = _private_words_in(made / "gewist.sto")
    assert left == {f"Geheim {name}" for name in ("toelichting-A", "toon-A", "reden-A", "toelichting-X")}


def test_the_column_comes_in_and_goes_out(made: Path, words: Mapping[str, Any]) -> None:
    assert [said for said in (*words["took"], *words["again"]) if "email" in said.casefold()] == []
    with (made / "alles-leden.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    assert {(row["Geboren"], row["Lengte"]) for row in rows} == {("1970-02-14", "180")}
    assert [row["Email"] for row in rows] == [ADDRESSES[row] for row in "ABCD"]
    sheet = load_workbook(made / "alles.xlsx")["Panelleden"]
    assert "Email" in [cell.value for cell in sheet[1]]


def test_every_form_tells_every_note_of_the_kind(made: Path) -> None:
    missing = {}
    for form in FORMS:
        for ending in ("docx", "md", "html", "txt"):
            said = "\n".join(texts_of(made / f"rol-{form}.{ending}"))
            # The short form shows starred notes of a theme without insights, a chapter the notes under its questions.
            wanted = {"kort": (RISKS[0], RISKS[3]), "uitgebreid": (RISKS[0], RISKS[1], RISKS[3])}.get(form, RISKS)
            if left := [text for text in wanted if text not in said]:
                missing[form, ending] = left
    assert missing == {}


def test_a_kind_is_told_where_its_declaration_says(made: Path, words: Mapping[str, Any]) -> None:
    assert sorted(words["told"].values()) == sorted(told.name for told in Told)
    agreed, quoted, seen = ([f"Dit {kind} van {who}" for who in "ABC"] for kind in ("dilemma", "motto", "gevoel"))
    # The short form shows three things per theme.
    wanted = {"kort": [*agreed, quoted[0]], "uitgebreid": [*agreed, *quoted[:2]], "notulen": [*agreed, *quoted]}
    texts = {
        (form, ending): "\n".join(texts_of(made / f"rol-{form}.{ending}"))
        for form in FORMS
        for ending in ("docx", "md", "html", "txt")
    }
    for (form, ending), text in texts.items():
        assert [note for note in wanted[form] if note not in text] == [], (form, ending)
        assert [note for note in seen if note in text] == [], (form, ending)
        # A quote is only for words of a member who may be quoted.
        assert f"“{quoted[1]}" not in text, (form, ending)
        assert form == "kort" or f"“{quoted[0]}" in text, (form, ending)
    text = "\n".join(texts_of(made / "rol-gezien.txt"))
    assert [note for note in seen if note not in text] == []


def test_a_kind_is_read_back_as_it_was_typed_and_written(words: Mapping[str, Any]) -> None:
    kinds = {word: word for word in words["told"]}
    assert words["typed as"] == kinds
    assert {text: kind for text, kind in words["read back"].items() if text.startswith("Dit ")} == {
        f"Dit {kind} van {who}": kind for kind in kinds if kind != "risico" for who in "ABC"
    }


def test_no_table_calls_a_quote_what_may_not_be_quoted(made: Path) -> None:
    for names, kinds in (("rol", ["motto", "opmerking"]), ("alles", ["motto", "motto"])):
        with (made / f"{names}.csv").open(encoding="utf-8-sig", newline="") as lines:
            rows = {row["Notitie"]: row["Soort"] for row in csv.DictReader(lines, delimiter=";")}
        assert [rows[f"Dit motto van {who}"] for who in "AB"] == kinds


def test_every_table_and_project_holds_every_note_under_its_kind(made: Path) -> None:
    for names in ("rol", "alles"):
        with (made / f"{names}.csv").open(encoding="utf-8-sig", newline="") as lines:
            kinds = {row["Notitie"]: row["Soort"] for row in csv.DictReader(lines, delimiter=";")}
        assert {text: kinds.get(text) for text in RISKS} == dict.fromkeys(RISKS, "risico")
        for ending in ("xlsx", "qdpx", "md"):
            said = "\n".join(texts_of(made / f"{names}.{ending}"))
            assert [text for text in RISKS if text not in said] == [], (names, ending)
            assert ("% Gevaar R1" if ending == "md" else "risico") in said, (names, ending)


def test_conflicts_and_histories_are_told_in_words(words: Mapping[str, Any]) -> None:
    assert words["conflicts"] == {
        "Panellid · email": ["06-33333333", "06-22222222"],
        "Notitie · soort": ["risico", "opbrengst"],
    }
    assert "soort: risico" in words["history"][0]


def test_the_window_has_a_column_for_it_to_read_and_to_type_in(words: Mapping[str, Any]) -> None:
    assert words["cells"][words["heads"].index("Email")] in ("06-33333333", "06-22222222")
    assert {"14-2-1970", "180"} <= set(words["cells"])
    assert words["typed"] == [["A", {"email": "06-44444444"}], ["A", {"geboren": "1971-03-15"}], ["A", {"lengte": 175}]]


def test_wiping_a_member_takes_it_along(made: Path) -> None:
    content = (made / "gewist.sto").read_bytes()
    assert ADDRESSES["A"].encode() in content
    assert ADDRESSES["B"].encode() not in content


def _lines_of_the_page() -> dict[str, str]:
    """Return the instructions of CONTRIBUTING: in which files to add something, by what is added."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("### How do I add")[2].partition("\n## ")[0]
    rows = [row.split(" | ") for row in page.splitlines() if row.startswith("| ")]
    return {row[0].removeprefix("| "): " | ".join(row[1:]) for row in rows[1:]}


def test_the_page_names_files_and_tests_that_there_are() -> None:
    for what, said in _lines_of_the_page().items():
        paths = [name for name in re.findall(r"`([\w/.]+)`", said) if "/" in name or name.endswith(".py")]
        assert paths, what
        missing = [name for name in paths if not any((place / name).exists() for place in (ROOT, ROOT / "sto_desktop"))]
        assert (what, missing) == (what, [])


@pytest.mark.parametrize("what", CHANGES)
def test_the_page_names_every_file_that_is_touched(what: str) -> None:
    touched = {file for file, _, _ in CHANGES[what]}
    said = _lines_of_the_page()[what]
    assert {file for file in touched if f"`{file}`" not in said} == set()
    assert len(touched) <= 4


def test_a_code_of_any_enumeration_is_shown_typed_and_written(made: Path, words: Mapping[str, Any]) -> None:
    codes = words["codes"]
    assert codes["voices"] == [["A", "TWIJFELT"]]
    assert {"notulist", "gespreksleider"} == {mode for mode, texts in codes["shown"].items() if "spiegelvraag" in texts}
    assert "= Sjoerd" in codes["chip"]
    assert "twijfel: 6 panelleden" in codes["many"]
    with (made / "codes.csv").open(encoding="utf-8-sig", newline="") as lines:
        heads, *rows = csv.reader(lines, delimiter=";")
    assert {len(row) for row in rows} == {len(heads)}
    assert [row[heads.index("Twijfel")] for row in rows if "Met twijfel" in row] == ["Sjoerd Hoekstra"]


def test_what_was_added_works(made: Path, words: Mapping[str, Any]) -> None:
    assert words["setting"] is True
    assert words["command"] == {"ok": True, "proef": 1}
    assert words["key"] == "Ctrl+Shift+F9"
    assert {"Proefwerk", "Proefscherm"} <= set(words["help"])
    assert words["stage"] == ["Proefscherm (Ctrl 7)", "trial"]
    with (made / "alles.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert "Kop" in next(csv.reader(lines, delimiter=";"))
