"""No output without names holds a name, however it was typed: panels of hurried sentences, through every command."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sto_desktop.cli import run
from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import action, create, put
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.workplace import Workplace
from tests.hurried_panel import FIRST_NAMES, Hurried, hurried_panel, texts_of
from tests.name_shapes import plain

OUTPUTS = {
    "verslag.docx": ("verslag", "{}", "--vorm", "notulen", "--namen", "rol"),
    "tabel.csv": ("exporteer", "{}", "--formaat", "csv"),
    "tabel.xlsx": ("exporteer", "{}", "--formaat", "xlsx"),
    "tekst.md": ("exporteer", "{}", "--formaat", "md"),
    "project.qdpx": ("exporteer", "{}", "--formaat", "qdpx"),
    "kopie.sto": ("delen", "{}"),
}
OVERVIEWS = {
    "vogelvlucht.docx": ("vogelvlucht", "{}"),
    "vogelvlucht.md": ("vogelvlucht", "{}"),
    "nieuwsbrief.html": ("vogelvlucht", "{}", "--nieuwsbrief"),
    "plan.xlsx": ("vogelvlucht", "{}"),
}
"""Outputs that hold only the main things of what was found."""


def by_itself(*names: str) -> re.Pattern[str]:
    """Return what finds these names where they stand by themselves, in text that was made plain."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(re.escape(plain(name)) for name in names)})(?![^\W_])")


def said_in(texts: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the number and the words of every sentence that stands in an output."""
    for text in texts:
        for line in text.split("\n"):
            begin = 0
            for found in re.finditer(r"\[(\d+)\]", line):
                yield int(found[1]), line[begin : found.start()]
                begin = found.end()


@pytest.fixture(params=range(3))
def panel(request: pytest.FixtureRequest, tmp_path: Path) -> Hurried:
    """A panel drawn with a seed."""
    return hurried_panel(tmp_path / f"panel {request.param}.sto", request.param)


def made(panel: Hurried, name: str, capsys: pytest.CaptureFixture[str]) -> tuple[list[str], dict[str, object]]:
    """Make an output and return its texts with what the command answered."""
    target = panel.path.parent / name
    command = [part.format(panel.path) for part in (OUTPUTS | OVERVIEWS)[name]]
    capsys.readouterr()
    assert run([*command, "-o", str(target), "--json"]) == 0
    return texts_of(target), json.loads(capsys.readouterr().out)


def test_no_output_without_names_holds_a_name_in_whatever_form(
    panel: Hurried, capsys: pytest.CaptureFixture[str]
) -> None:
    left, unlisted, spoilt = [], [], []
    sure = [first for first, _ in panel.members if first in FIRST_NAMES]
    labels = [label for label in panel.labels if by_itself(*sure).search(plain(label))]
    for name in (*OUTPUTS, *OVERVIEWS):
        texts, told = made(panel, name, capsys)
        assert told["nakijken"], name
        listed = json.dumps(told["nakijken"], ensure_ascii=False)
        seen = set()
        for number, words in said_in(texts):
            said = panel.said[number]
            seen.add(number)
            if not said.written:
                if said.text.casefold() not in words.casefold():
                    spoilt.append((name, said.text, words))
            elif by_itself(said.written).search(plain(words)):
                if said.sure or (said.likely and name != "verslag.docx"):
                    left.append((name, said.written, words))
                elif f"[{number}]" not in listed and said.text not in listed:
                    unlisted.append((name, said.written, words))
        assert seen if name in OVERVIEWS else seen == panel.said.keys()
        everything = plain("\n".join(texts))
        left += [(name, found[0], "somewhere") for found in by_itself(*sure, *labels).finditer(everything)]
    assert (left, unlisted, spoilt) == ([], [], [])


def test_nobody_is_named_by_what_stands_around_the_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = tmp_path / "Gesprek met sjoerd.sto"
    question = next(item.id for _, item in builtin_guide().questions())
    copy = Workplace.here("Marieke").create(dossier)
    copy.dossier.apply(
        action(
            "panel",
            create("panel", "P", title="Panel van Hoekstra", guide=builtin_guide().guide.id),
            # Without a seat there is only a name to say who spoke.
            create("panelist", "M", panel="P", name="Sjoerd Hoekstra", first_name="Sjoerd"),
            create("note", "N", panel="P", text="Dat werkt.", kind=NoteKind.QUOTE, position=Position(question, "a")),
            put("voice", derived_id("voice", "N", "M"), note="N", panelist="M"),
        )
    )
    copy.close()
    for name in ("tekst.md", "project.qdpx", "kopie.sto", "tabel.xlsx"):
        command = [part.format(dossier) for part in OUTPUTS[name]]
        assert run([*command, "-o", str(tmp_path / name)]) == 0
        texts = texts_of(tmp_path / name)
        assert by_itself("sjoerd", "hoekstra", "sjoerdhoekstra").search(plain("\n".join(texts))) is None, name
    text = (tmp_path / "tekst.md").read_text(encoding="utf-8")
    # Who did not agree to be quoted has no quotes, and the note still knows its own when it comes back.
    assert "“" not in text
    capsys.readouterr()
    assert run(["importeer", str(dossier), str(tmp_path / "tekst.md"), "--panel", "Panel van Hoekstra", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["notes"], len(told["messages"])) == (0, 1)


def test_a_cell_that_tells_who_agreed_leaves_no_half_of_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    members, notes, dossier = (tmp_path / name for name in ("leden.csv", "notities.csv", "panel.sto"))
    members.write_text("Stoel;Naam\n1;Bram Veldhuis\n2;Thijs 't Hoen\n3;Anna Smit\n", encoding="utf-8")
    notes.write_text("Notitie;Zegt;Bijval\nDat werkt.;Anna Smit;bram veldhuis samen met Thijs\n", encoding="utf-8")
    imported = ["importeer", dossier, "--panelleden", members, "--notities", notes, "--panel", "Oost"]
    assert run([str(part) for part in imported]) == 0
    for name in OUTPUTS:
        texts, _ = made(Hurried(dossier, {}, (), ()), name, capsys)
        assert "samen met" in "\n".join(texts), name
        assert by_itself("bram", "veldhuis", "thijs").search(plain("\n".join(texts))) is None, name
