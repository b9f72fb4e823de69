"""What may be words of who does not take part is left out or listed, in any order of list, file and answer."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from sto_desktop.cli import run

GONE, STAYS = "woordweg", "woordblijft"
HIS, HERS = "Joost ter Braak", "Karin Smit"
POINTS = f"- {GONE}1 te vol\n- {GONE}2 te kort\n"
FILES = {
    "een naam boven punten": ("txt", f"Joost:\n{POINTS}Karin:\n- {STAYS} de bus\n"),
    "een naam vet boven punten": ("md", f"**Joost**\n{POINTS}\n**Karin**\n- {STAYS} de bus\n"),
    "een naam met een nummer": ("txt", f"1. Joost\n{POINTS}2. Karin\n- {STAYS} de bus\n"),
    "een naam klein boven diepere punten": (
        "md",
        f"## Beeld\n- joost:\n  - {GONE}1 te vol\n  - {GONE}2 te kort\n- karin:\n  - {STAYS} de bus\n",
    ),
    "een titel met een achternaam": (
        "md",
        f"## Beeld\n- mevr ter braak\n  - {GONE}1 te vol\n- Karin\n  - {STAYS} eens\n",
    ),
    "punten onder woorden": (
        "md",
        f"## Beeld\n- Joost: {GONE}1 te vol\n- {GONE}2 te kort\n- Karin: {STAYS} de bus\n",
    ),
    "een rij zonder naam": ("csv", f"Wie;Wat\nJoost;{GONE}1 te vol\n;{GONE}2 te kort\nKarin;{STAYS} de bus\n"),
    "een tabel": (
        "md",
        f"| Wie | Wat |\n| --- | --- |\n| Joost | {GONE}1 te vol |\n|  | {GONE}2 kort |\n| Karin | {STAYS} de bus |\n",
    ),
    "een ondertekening": ("txt", f"{GONE}1 is te vol\n{GONE}2 is te kort\n\nGroetjes, Joost\n"),
    "een naam aan het eind": ("txt", f"{GONE}1 is te vol\n{GONE}2 is te kort\n\nJoost\n"),
    "citaten met een naam eronder": (
        "txt",
        f'"{GONE}1 is te vol"\n— {HIS}\n\n"{STAYS} is de bus"\n— {HERS}\n\n"{GONE}2 is te kort"\n— {HIS}\n',
    ),
    "een tijd en een naam": ("txt", f"15:40 Joost\n{POINTS}15:42 Karin\n- {STAYS} de bus\n"),
}
LISTS = {
    "nee": f"Naam;Functie;Deelname\n{HIS};docent;nee\n{HERS};docent;ja\nAda Blom;docent;ja\n",
    "ja": f"Naam;Functie;Deelname\n{HIS};docent;ja\n{HERS};docent;ja\nAda Blom;docent;ja\n",
    "anderen": f"Naam;Functie;Deelname\n{HERS};docent;ja\nAda Blom;docent;ja\n",
}
ORDERS = {"lijst eerst": ("nee", "file"), "nee later": ("ja", "file", "nee"), "lijst later": ("file", "nee")}
ORDERS |= {"eerst anderen": ("anderen", "file", "nee")}


@pytest.mark.long
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("form", FILES)
def test_what_may_be_theirs_is_left_out_or_listed_in_any_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, order: str
) -> None:
    ending, text = FILES[form]
    made, notes, out = tmp_path / "p.sto", tmp_path / f"gesprek.{ending}", tmp_path / "o.csv"
    notes.write_text(text, "utf-8")
    for step in ORDERS[order]:
        if step == "file":
            given = [str(notes)]
        else:
            (tmp_path / f"{step}.csv").write_text(LISTS[step], "utf-8")
            given = ["--panelleden", str(tmp_path / f"{step}.csv")]
        assert run(["importeer", str(made), *given, "--panel", "P"]) == 0
    capsys.readouterr()
    assert run(["exporteer", str(made), "--formaat", "csv", "-o", str(out), "--json"]) == 0
    listed = " ".join(doubt["sentence"] for doubt in json.loads(capsys.readouterr().out)["nakijken"])
    rows = csv.DictReader(io.StringIO(out.read_text("utf-8-sig")), delimiter=";")
    shown = [row["Notitie"] for row in rows]
    assert [words for words in shown if GONE in words and words not in listed] == []
    assert STAYS not in text or any(STAYS in words for words in shown)


@pytest.mark.parametrize("command", ["exporteer", "verslag"])
def test_words_by_name_in_another_panel_of_who_does_not_take_part_stay_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    made, members, notes = tmp_path / "p.sto", tmp_path / "l.csv", tmp_path / "gesprek.txt"
    members.write_text(LISTS["nee"], "utf-8")
    notes.write_text(f"{HIS}: {GONE} is te vol\nPiet Bos: {STAYS} is de bus\n{HIS}: {GONE} is te kort\n", "utf-8")
    assert run(["importeer", str(made), "--panelleden", str(members), "--panel", "Oldenzaal"]) == 0
    assert run(["importeer", str(made), str(notes), "--panel", "Interviews"]) == 0
    out = tmp_path / "o.md"
    options = ["--formaat", "md"] if command == "exporteer" else ["--vorm", "notulen"]
    assert run([command, str(made), *options, "--panel", "Interviews", "-o", str(out)]) == 0
    assert GONE not in out.read_text("utf-8")
    assert STAYS in out.read_text("utf-8")
