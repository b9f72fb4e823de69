"""What stays of names, and what is spoilt, in panels of the second generator: see second_measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.names.measures.second_measured import Count, measured
from tests.names.measures.second_panel import ORDINARY, panel

pytestmark = pytest.mark.long

PANELS = range(20)
"""Three hundred take a quarter of an hour: `python -m tests.names.measures.second_measured 300`."""


def test_there_are_enough_ordinary_sentences_and_each_once() -> None:
    assert len(set(ORDINARY)) == len(ORDINARY) >= 150


def test_by_command_nothing_certain_stays_and_few_ordinary_sentences_change(tmp_path: Path) -> None:
    count = Count()
    for seed in PANELS:
        measured(panel(seed, forms=90), tmp_path, count, ["exporteer"])
    certain = [example for example in count.examples if example[0] == "certain"]
    assert certain == []
    assert count.share("likely", "silent") < 1
    assert count.share("ordinary", "changed") < 3
