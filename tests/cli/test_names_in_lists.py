"""What stands behind a name in a list of members: a nickname or maiden name is gone or told, the words of who does not
take part are left out by it, and a function stays a word.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sto_desktop.cli import run
from tests.names.hurried_panel import texts_of

FRAMES = (
    "{} knikt",
    "volgens {} loopt de stage stroef",
    "vraag aan {} mailen",
    "{}: te weinig uren",
    "met {} afgestemd",
)
# In all forms they are tried in tests/domain/names/test_names_in_brackets.py.
NICKNAMES = (
    "Vos, Johanna ({})",
    "mevrouw Vos ({})",
    "Vos J.H. ({})",
    "Johanna Vos (roepnaam: {})",
    "Johanna Vos ('{}', docent)",
)
SURNAMES = (
    "Anna Temmink ({})",
    "Anna Temmink (geb. {})",
    "Anna Temmink/{}",
    "Mevr.{}",
)


def outcome(tmp_path: Path, capsys: pytest.CaptureFixture[str], member: str, *notes: str) -> tuple[str, list[str]]:
    """Return the text of a table without names of a panel with this member, and the words to check."""
    members, file, made, out = (tmp_path / name for name in ("leden.csv", "notities.md", "panel.sto", "uit.csv"))
    rows = (f'1;"{member}";docent;ja;nee', "2;Kees Wolbert;docent;ja;nee", "3;Ali Demir;docent;ja;nee")
    members.write_text("\n".join(("Stoel;Naam;Functie;Deelname;Naam noemen", *rows)), encoding="utf-8")
    lines = "\n".join(f"- {note}" for note in notes)
    file.write_text(f"# Panel\n\n## Beeldvorming\n\n### Wat kan beter?\n\n{lines}\n", encoding="utf-8")
    assert run(["importeer", str(made), str(file), "--panelleden", str(members)]) == 0
    capsys.readouterr()
    assert run(["exporteer", str(made), "--formaat", "csv", "--toch", "--json", "-o", str(out)]) == 0
    told = [doubt["words"] for doubt in json.loads(capsys.readouterr().out)["nakijken"]]
    return "\n".join(texts_of(out)), told


@pytest.mark.long
@pytest.mark.parametrize("member", [frame.format("Mia") for frame in NICKNAMES])
def test_a_nickname_in_brackets_is_gone(tmp_path: Path, capsys: pytest.CaptureFixture[str], member: str) -> None:
    text, _ = outcome(tmp_path, capsys, member, *(frame.format("mia") for frame in FRAMES))
    assert "te weinig uren" in text
    assert re.findall(r"(?i)\bmia\b", text) == []


@pytest.mark.long
@pytest.mark.parametrize("member", [frame.format("Rouwhorst") for frame in SURNAMES])
def test_a_surname_in_brackets_or_glued_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], member: str
) -> None:
    notes = (*FRAMES, "mw {} wil meer uren", "mail a.{}@roc.nl")
    text, _ = outcome(tmp_path, capsys, member, *(frame.format("rouwhorst") for frame in notes))
    assert "te weinig uren" in text
    assert "rouwhorst" not in text.lower()


@pytest.mark.long
@pytest.mark.parametrize("word", ["wil", "snor", "roos", "beer"])
def test_a_nickname_that_is_a_word_is_gone_or_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    for at, member in enumerate(("J.H.M. Vos ({})", "Johanna Vos ({})", "Johanna '{}' Vos", "Johanna Vos [{}]")):
        folder = tmp_path / str(at)
        folder.mkdir()
        text, told = outcome(folder, capsys, member.format(word.title()), *(frame.format(word) for frame in FRAMES))
        left = re.findall(rf"(?i)\b{word}\b", text)
        assert len(left) <= told.count(word), (member, left, told)


@pytest.mark.long
def test_what_else_stands_in_brackets_is_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    about = ("voorzitter", "Voorzitter", "vmbo", "Techniek", "online", "Afgemeld", "notulist", "Zorg", "Directeur")
    notes = [f"volgens de {word.lower()} kan het, {word.lower()} is nodig" for word in about]
    for word in (*about, "ROC van Twente", "ma t/m do", "werkt 3 dagen", "m"):
        folder = tmp_path / word.replace("/", "")
        folder.mkdir()
        text, told = outcome(folder, capsys, f"Johanna Vos ({word})", *notes)
        assert told == [], word
        assert all(note in text for note in notes), word


def test_who_is_replaced_is_told_as_somebody_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, told = outcome(tmp_path, capsys, "Johanna Vos (vervangt Coby)", "coby knikt", "dat zei Johanna")
    assert told == ["coby"]


@pytest.mark.parametrize("member", ["Lubbers, Berendina (Dinie)", "B. Lubbers (Dinie)", "Berendina Lubbers (rn Dinie)"])
def test_who_does_not_take_part_is_known_by_the_nickname(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], member: str
) -> None:
    members, file, made, out = (tmp_path / name for name in ("leden.csv", "notities.md", "panel.sto", "uit.csv"))
    members.write_text(f'Stoel;Naam;Deelname\n1;"{member}";nee\n2;Kees Wolbert;ja\n', encoding="utf-8")
    notes = ("dinie: wegeen te duur", "wegtwee @dinie", "@dinie wegdrie", "wegvier te duur (dinie)", "blijft @kees")
    file.write_text("# Panel\n\n## Beeldvorming\n\n" + "\n".join(f"- {note}" for note in notes), encoding="utf-8")
    assert run(["importeer", str(made), str(file), "--panelleden", str(members)]) == 0
    assert run(["exporteer", str(made), "--formaat", "csv", "--namen", "alles", "--toch", "-o", str(out)]) == 0
    text = "\n".join(texts_of(out))
    assert "blijft" in text
    assert re.findall(r"weg\w+", text) == []
