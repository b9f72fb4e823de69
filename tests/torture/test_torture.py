"""Twenty seconds of `make torture`: the first seeds of every kind, and that what it can find is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture import table
from tests.torture.kinds import KINDS, available
from tests.torture.looking import holding

SEEDS = {"faults": range(15), "dossiers": range(4), "readers": range(40), "histories": range(3), "words": range(1)}


_SLOW = {"dossiers", "words"}


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.long] if kind in _SLOW else []) for kind in available()]
)
def test_the_first_runs_of_each_kind(kind: str, tmp_path: Path) -> None:
    for seed in SEEDS[kind]:
        KINDS[kind].run(seed, tmp_path)


def test_the_page_has_the_table() -> None:
    page = table.PAGE.read_text(encoding="utf-8")
    assert table.rows(table.read()) in page


def test_a_planted_word_is_found_in_every_form(tmp_path: Path) -> None:
    import zipfile
    import zlib

    (tmp_path / "a.txt").write_text("geheim")
    (tmp_path / "b.bin").write_bytes("geheim".encode("utf-16-le"))
    with zipfile.ZipFile(tmp_path / "c.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("document.xml", "geheim")
    (tmp_path / "d.pdf").write_bytes(b"%PDF stream\n" + zlib.compress(b"geheim") + b"endstream")
    (tmp_path / "e.txt").write_text("iets anders")
    assert [Path(file).name for file in holding("geheim", tmp_path)] == ["a.txt", "b.bin", "c.docx", "d.pdf"]
