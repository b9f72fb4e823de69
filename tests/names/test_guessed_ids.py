"""Somebody with a list of names and copies without names can't find a person or original words by guessing row ids.

The outsider knows this source: how ids derive from names and words. All ids in all outputs are tried as those of panels
and places, with every name of the list and every note as typed.
"""

from __future__ import annotations

import csv
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from sto_desktop.domain.actions.notes import tag_id
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.panel.matching import fold_title
from sto_desktop.domain.people import squeeze
from sto_desktop.exchange.refi.refi_xml import refi_guid
from sto_desktop.resources import resource
from tests.cli.processes import run

_MANY = 500
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MEMBERS = """Naam;Organisatie;Sector;Functie;Naam noemen;Citeren
Annelies Bruggink;Het Stormink;vmbo;docent PIE;nee;ja
Bert Wolters;Het Stormink;vmbo;docent PIE;nee;ja
Coosje ten Have;Maakbedrijf;bedrijf;monteur;nee;nee
Dirk Elferink;Maakbedrijf;bedrijf;monteur;ja;ja
"""
_NOTES = """# Panel bij Annelies

## Samenwerking primair onderwijs en Technolab

### Wat kan beter?

- Annelies Bruggink zei dat het rooster knelt #annelies
- @bert vond Coosje te streng
- Dirk Elferink wil meer uren

## Iets anders

- Bert Wolters gaat weg
"""


def outputs(dossier: Path, folder: Path) -> list[Path]:
    """Make every output without names that contains more than sentences; return the paths."""
    folder.mkdir()
    made = []
    for name in ("rol", "pseudoniem", "voluit"):
        made.append(folder / f"{name}.sto")
        answer = run("delen", dossier, "--namen", name, "-o", made[-1], "--json")
        assert answer.returncode == 0, answer.stderr
        (folder / f"{name}.json").write_text(answer.stdout, "utf-8")
    made.append(folder / "inzichten.sto")
    assert run("delen", dossier, "--wat", "inzichten", "-o", made[-1]).returncode == 0
    for ending in ("qdpx", "csv", "xlsx"):
        made.append(folder / f"uit.{ending}")
        assert run("exporteer", dossier, "--formaat", ending, "-o", made[-1]).returncode == 0
    return [*made, *folder.glob("*.json")]


def texts(path: Path) -> Iterable[str]:
    """Yield every text in a file."""
    if path.suffix == ".sto":
        with closing(sqlite3.connect(path)) as raw:
            for (table,) in raw.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'").fetchall():
                for row in raw.execute(f'SELECT * FROM "{table}"'):
                    yield from (cell for cell in row if isinstance(cell, str))
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (name + archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    else:
        yield path.read_text("utf-8", "replace")


def ids_in(paths: Iterable[Path]) -> set[str]:
    """Return every id in these files."""
    return {found.lower() for path in paths for text in texts(path) for found in _ID.findall(text)}


def rows_in(table: str, dossiers: Iterable[Path]) -> set[str]:
    """Return the ids of the rows of one table in dossiers and copies."""
    rows: set[str] = set()
    for dossier in dossiers:
        if dossier.suffix == ".sto":
            with closing(sqlite3.connect(dossier)) as raw:
                rows |= {row for (row,) in raw.execute(f'SELECT id FROM "{table}"')}
    return rows


def confirmed(made: Sequence[Path], names: Iterable[str], words: Iterable[str]) -> set[str]:
    """Return which of these names and words are confirmed by the ids in some files."""
    ids, panels = ids_in(made), rows_in("panel", made)
    assert panels
    guesses: dict[str, str] = {}
    # Any id might be that of a panel; among thousands, only those of panels are tried.
    tried = panels if len(ids) > _MANY else ids | panels
    for name in names:
        for panel, number in product(tried, "12"):
            guesses[derived_id("panelist", panel, squeeze(name), number)] = name
        for word in (name, name.split()[0], name.split()[-1], "".join(name.split())):
            guesses[tag_id(word)] = name
    headings = map(fold_title, ("", "Iets anders"))
    for text, panel, place in product(words, panels, (*rows_in("question", made), *headings)):
        squeezed = squeeze(re.sub(r"@\S+", " ", parse(text).text))
        guesses[derived_id("note", panel, place, squeezed, "1")] = text
    # Ids for other programs are derived a second time.
    again = {refi_guid(table, row): what for row, what in guesses.items() for table in ("member", "note", "tag")}
    return {what for row, what in (guesses | again).items() if row in ids}


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    """A dossier with a list of members, and notes that name them, as the command makes it."""
    members, notes, dossier = (tmp_path / name for name in ("leden.csv", "notities.md", "panel.sto"))
    members.write_text(_MEMBERS, "utf-8")
    notes.write_text(_NOTES, "utf-8")
    answer = run("importeer", dossier, "--panelleden", members, "--notities", notes, "--subregio", "Almelo e.o.")
    assert answer.returncode == 0, answer.stderr
    return dossier


NAMES = [row["Naam"] for row in csv.DictReader(_MEMBERS.splitlines(), delimiter=";")]
WORDS = re.findall(r"^- (.*)", _NOTES, flags=re.MULTILINE)


def test_who_has_the_dossier_itself_confirms_every_name(imported: Path) -> None:
    """The guesses are correct: with the ids of the dossier all of them succeed."""
    assert confirmed([imported], NAMES, WORDS) == {*NAMES, *WORDS}


@pytest.mark.long
def test_no_output_confirms_a_name_or_what_was_typed(imported: Path, tmp_path: Path) -> None:
    assert confirmed(outputs(imported, tmp_path / "uit"), NAMES, WORDS) == set()


@pytest.mark.long
def test_no_copy_of_the_example_confirms_one_of_44_names(tmp_path: Path) -> None:
    path = tmp_path / "voorbeeld.sto"
    assert run("voorbeeld", path).returncode == 0
    lists = sorted(resource("example").glob("*-panelleden.csv"))
    rows = [csv.DictReader(found.read_text("utf-8-sig").splitlines(), delimiter=";") for found in lists]
    names = [row["Naam"] for found in rows for row in found]
    assert len(confirmed([path], names, ())) == len(names) == 44
    with closing(sqlite3.connect(path)) as raw:
        words = [text for (text,) in raw.execute("SELECT text FROM note ORDER BY id LIMIT 20")]
    assert confirmed(outputs(path, tmp_path / "uit"), names, words) == set()


@pytest.mark.long
def test_what_is_imported_into_a_copy_without_names_is_not_guessed_either(imported: Path, tmp_path: Path) -> None:
    """The outsider also has that copy, and so the alias of the panel."""
    copy, shared, members, notes = (tmp_path / name for name in ("kopie.sto", "verder.sto", "er bij.csv", "er bij.md"))
    assert run("delen", imported, "-o", copy).returncode == 0
    before = tmp_path / "eerste kopie.sto"
    before.write_bytes(copy.read_bytes())
    members.write_text("Naam;Organisatie;Functie\nEefje Tijhuis;ROC;docent\n;Metaalunie;adviseur\n", "utf-8")
    notes.write_text("## Iets anders\n\n- Eefje Tijhuis kwam later\n- Nog iets\n- Nog iets\n", "utf-8")
    for _ in range(2):
        answer = run("importeer", copy, "--panelleden", members, "--notities", notes)
        assert answer.returncode == 0, answer.stderr
        with closing(sqlite3.connect(copy)) as raw:
            assert raw.execute("SELECT count(*) FROM panelist WHERE deleted = 0").fetchone() == (len(NAMES) + 2,)
            assert raw.execute("SELECT count(*) FROM note WHERE deleted = 0").fetchone() == (len(WORDS) + 3,)
    assert run("delen", copy, "-o", shared).returncode == 0
    assert confirmed([before, shared], ["Eefje Tijhuis", *NAMES], ["Eefje Tijhuis kwam later", *WORDS]) == set()
    together = tmp_path / "samen.sto"
    assert run("samenvoegen", copy, imported, "-o", together).returncode == 0
    assert len(rows_in("panel", [together])) == 1
