"""Members of another panel who are named in the texts of one panel: no output of that panel reveals who they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.cli import run
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.grades import Grade
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.elsewhere import elsewhere_in
from sto_desktop.domain.vocabulary import Consent, NoteKind
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.workplace import Workplace
from tests.names.hurried_panel import texts_of

NOTES = (
    "in het andere panel zei Wobbe Zandstra dat al, en fokje ook",
    "w. zandstra belde met Fokje",
    "Hylke Nauta van het andere panel mag genoemd worden",
    "Femke vond dat ook, Femke Zandstra niet",
    "ik wil dat de bakker meer brood bakt, en volgens het panel doet hij dat",
    "het wobbesplan gaat door",
    "tjeerd lijkt op Tjeerd Ykema van ons",
    "mail naar fokje.tjepkema@x.nl",
)
ONE = (("Femke Grootveld", True), ("Sytske Ykema", True), ("Tjeerd Ykema", True))
TWO = (
    ("Wobbe Zandstra", False),
    ("Fokje Tjepkema", False),
    ("Hylke Nauta", True),
    ("Femke Zandstra", False),
    ("Wil Bakker", False),
    ("Tjeerd Ykema", True),
    ("Douwe Kooistra", True),
    ("Jetze Kooistra", False),
    ("Lourens Oosterhof", False),
)
GONE = ("Oosterhof", "Zandstra", "zandstra", "Wobbe", "Fokje", "fokje", "tjepkema")


def dossier_of(
    path: Path, notes: Sequence[str], one: Sequence[tuple[str, bool]], two: Sequence[tuple[str, bool]]
) -> Path:
    """Make a dossier of two panels, with notes of the first."""
    question = next(item.id for _, item in builtin_guide().questions())
    rows = []
    for panel, people in (("een", one), ("twee", two)):
        rows.append(create("panel", panel, title=f"Panel {panel}", guide=builtin_guide().guide.id))
        for seat, (name, named) in enumerate(people, 1):
            answer = Consent.YES if named else Consent.NO
            # Hylke and Douwe are each other's company: both may be named.
            role = "rector" if name in ("Hylke Nauta", "Douwe Kooistra") else "docent"
            values = {"name": name, "first_name": name.split()[0], "seat": seat, "sector": "vo", "role": role}
            takes = Consent.NO if name.startswith("Fokje") else Consent.YES
            rows.append(
                create(
                    "panelist",
                    f"{panel}-{seat}",
                    panel=panel,
                    consent_name=answer,
                    consent_quote=Consent.YES,
                    consent_participation=takes,
                    **values,
                )
            )
    for at, text in enumerate(notes):
        place = Position(question, f"a{at}")
        rows.append(create("note", f"n{at}", panel="een", text=text, kind=NoteKind.REMARK, position=place))
    copy = Workplace.here("Marieke").create(path)
    copy.dossier.apply(action("panels", *rows))
    copy.close()
    return path


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A dossier of two panels, of which the first mentions members of the second."""
    return dossier_of(tmp_path / "Gesprek over Oosterhof.sto", NOTES, ONE, TWO)


def made(dossier: Path, name: str, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str]:
    """Make an output of the first panel; return its text, and the names to check."""
    target = dossier.parent / name
    capsys.readouterr()
    command = [words[0], str(dossier), "--panel", "Panel een", *words[1:], "-o", str(target), "--json"]
    assert run(command) == 0
    return "\n".join(texts_of(target)), json.dumps(json.loads(capsys.readouterr().out), ensure_ascii=False)


OUTPUTS = {
    "verslag.docx": ("verslag", "--vorm", "notulen"),
    "tabel.csv": ("exporteer", "--formaat", "csv"),
    "tabel.xlsx": ("exporteer", "--formaat", "xlsx"),
    "tekst.md": ("exporteer", "--formaat", "md"),
    "project.qdpx": ("exporteer", "--formaat", "qdpx"),
}


@pytest.mark.parametrize("names", ["rol", "pseudoniem", "voluit"])
@pytest.mark.parametrize("name", OUTPUTS)
def test_no_output_of_one_panel_names_a_member_of_another(
    dossier: Path, name: str, names: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text, told = made(dossier, name, capsys, *OUTPUTS[name], "--namen", names)
    assert [word for word in GONE if word in text] == []
    # All members of this panel may be named, so "een panellid" could be none of them.
    assert "in het andere panel zei iemand dat al, en iemand ook" in text
    assert "ik wil dat de bakker meer brood bakt, en volgens het panel doet hij dat" in text
    assert ("Hylke Nauta" in text) == (names == "voluit")
    # Two are called Femke: alone, the name means the one of this panel, who may be named.
    assert ("Femke vond dat ook, iemand niet" in text) == (names == "voluit")
    assert ("Tjeerd Ykema van ons" in text) == (names == "voluit")
    # A doubtful name of another panel is reported in every output, and replaced in none.
    assert ("het wobbesplan gaat door" in text, "«wobbesplan»" in told or '"wobbesplan"' in told) == (True, True)


@pytest.mark.parametrize("name", list(OUTPUTS)[1:])
def test_who_does_not_take_part_in_another_panel_is_not_named_even_with_all_names(
    dossier: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text, _ = made(dossier, name, capsys, *OUTPUTS[name], "--namen", "alles")
    assert "zei Wobbe Zandstra dat al, en een panellid ook" in text
    assert "Fokje" not in text


HURRIED = (
    "dat heeft bram al geregeld",
    "ik bel sjors morgen",
    "bram: te vol",
    "vraag het sjors",
    "dat zei max al",
    "mail van roos gehad",
    "het plan van bram en sjors",
    "meneer schilder belt",
)
DOUBTED = ("max: te vol", "mail schilder even")
PLAIN = (
    "de schilder komt morgen",
    "een vergadering duurt max een uur",
    "de roos van de winter",
    "gitaar en bas van sigarenkisten",
    "de prijs was tien mark in die tijd",
)
OTHERS = ("Max Lansink", "Bram Kolthoff", "Roos Schilder", "Sjors Nijmeijer", "Mark Bas", "Bas Mark")


@pytest.mark.parametrize("name", ["verslag.docx", "tekst.md"])
def test_names_typed_in_a_hurry_are_those_of_another_panel_as_in_a_copy_of_all(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = (*HURRIED, *DOUBTED, *PLAIN)
    two = dossier_of(tmp_path / "twee.sto", notes, [("Jurjen Haarhuis", False)], [(one, False) for one in OTHERS])
    text, told = made(two, name, capsys, *OUTPUTS[name], "--namen", "rol")
    assert [sentence for sentence in HURRIED if sentence in text] == []
    assert [sentence for sentence in (*DOUBTED, *PLAIN) if sentence not in text] == []
    assert [sentence for sentence in DOUBTED if sentence not in told] == []
    copy = tmp_path / "kopie.sto"
    assert run(["delen", str(two), "-o", str(copy)]) == 0
    shared = "\n".join(texts_of(copy))
    assert [sentence for sentence in HURRIED if sentence in shared] == []


@given(st.lists(st.sampled_from(OTHERS + tuple(name for name, _ in TWO)), unique=True, min_size=1))
def test_who_else_is_elsewhere_reveals_no_name(names: list[str]) -> None:
    members = [
        Panelist(name, name=name, first_name=name.split()[0], panel="twee") for name in (*names, "Bram Kolthoff")
    ]
    found = elsewhere_in(HURRIED, (), members, ())
    for sentence in ("dat heeft bram al geregeld", "bram: te vol"):
        assert [(one.name, one.grade) for one in found.find(sentence)] == [("bram", Grade.CERTAIN)]
