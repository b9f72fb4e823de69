"""No output without names holds a name, however it was typed: panels of hurried sentences, through every command."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sto_desktop.cli import run
from tests.hurried_panel import FIRST_NAMES, Hurried, hurried_panel, plain, texts_of

OUTPUTS = {
    "verslag.docx": ("verslag", "{}", "--vorm", "notulen", "--namen", "rol"),
    "tabel.csv": ("exporteer", "{}", "--formaat", "csv"),
    "tabel.xlsx": ("exporteer", "{}", "--formaat", "xlsx"),
    "tekst.md": ("exporteer", "{}", "--formaat", "md"),
    "project.qdpx": ("exporteer", "{}", "--formaat", "qdpx"),
    "kopie.sto": ("delen", "{}"),
}


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
    command = [part.format(panel.path) for part in OUTPUTS[name]]
    capsys.readouterr()
    assert run([*command, "-o", str(target), "--json"]) == 0
    return texts_of(target), json.loads(capsys.readouterr().out)


def test_no_output_without_names_holds_a_name_in_whatever_form(
    panel: Hurried, capsys: pytest.CaptureFixture[str]
) -> None:
    left, unlisted, spoilt = [], [], []
    sure = [first for first, _ in panel.members if first in FIRST_NAMES]
    labels = [label for label in panel.labels if by_itself(*sure).search(plain(label))]
    for name in OUTPUTS:
        texts, told = made(panel, name, capsys)
        listed = json.dumps(told["nakijken"], ensure_ascii=False)
        seen = set()
        for number, words in said_in(texts):
            said = panel.said[number]
            seen.add(number)
            if not said.written:
                if said.text not in words:
                    spoilt.append((name, said.text, words))
            elif by_itself(said.written).search(plain(words)):
                if said.sure:
                    left.append((name, said.written, words))
                elif f"[{number}]" not in listed and said.text not in listed:
                    unlisted.append((name, said.written, words))
        assert seen == panel.said.keys()
        everything = plain("\n".join(texts))
        left += [(name, found[0], "somewhere") for found in by_itself(*sure, *labels).finditer(everything)]
    assert (left, unlisted, spoilt) == ([], [], [])
