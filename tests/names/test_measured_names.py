"""What stays of names, and what is spoilt of ordinary sentences, in made-up panels of two kinds: see measured_names."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from sto_desktop.domain.model import Panelist
from tests.names.measured_names import CERTAIN, LIKELY, Written, first_kind, measure, second_kind

pytestmark = pytest.mark.long

PANELS = 12
"""A thousand take half an hour: `python -m tests.names.measured_names`."""


@pytest.mark.parametrize("kind", [first_kind, second_kind])
def test_nothing_certain_stays_and_ordinary_sentences_are_left_alone(
    kind: Callable[[random.Random], tuple[list[Panelist], list[Written]]],
) -> None:
    for made in measure(PANELS, kind).values():
        assert made.written[CERTAIN] > 300
        assert [name for name in made.left if name.startswith(CERTAIN)] == []
        assert made.stayed[LIKELY] * 100 <= made.written[LIKELY]
        assert made.unshown[CERTAIN] + made.unshown[LIKELY] == 0
        assert len(made.spoilt) * 200 <= made.ordinary, made.spoilt
        assert made.doubts * 100 <= 6 * made.ordinary
