"""Finds the headings of minutes that no style marks: bold, in capitals, underlined or numbered lines above text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Mapping, Sequence

from sto_desktop.exchange.files.document import Grid, TextBlock
from sto_desktop.language import tr

_NUMBER = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2})*|[A-Z](?=[.)]))[.)]?[ \t\u00a0]+(?=\S)")
# A line above text by its place alone is shorter than one that stands out, and most of them have more below.
_MOST_WORDS = 5
_LONGER = 1.5
_LEAST_PLACED = 2
_LONGEST = 90
# Letters: "OK" and "ROC" are words.
_INITIALS = 3
_ENDS = ".;,!…"
# Numbers above text are headings from two on; a single one may be the first item of a list.
_LEAST_NUMBERED = 2
Block = TextBlock | Grid


def heading_levels(blocks: Sequence[Block], said: Collection[int]) -> Mapping[int, tuple[int, str]]:
    """Return the level (1 a theme, 2 a question) and the look of each paragraph that is a heading by its form.

    `said`: the paragraphs that are somebody's words or a fact, which are none.
    """
    styled = any(isinstance(block, TextBlock) and block.level > 0 for block in blocks)
    looks = {at: look for at, block in enumerate(blocks) if at not in said and (look := _look(block))}
    found = {at: look for at, look in looks.items() if _stands_above(blocks, at, looks)}
    numbered = _numbered(blocks, said)
    order = list(dict.fromkeys(found[at] for at in sorted(found)))
    levels = {at: (2 if styled else min(order.index(look) + 1, 2), look) for at, look in found.items()}
    # Under headings with a style, numbered lines are what stands in them.
    depths = {at: 2 if styled else depth for at, depth in numbered.items()}
    levels |= {at: (depth, tr("genummerd")) for at, depth in depths.items() if at not in levels}
    if styled or levels:
        return levels
    return {at: (1, tr("los boven tekst")) for at in _above_points(blocks, said) or _placed(blocks, said)}


def heading_text(text: str) -> str:
    """Return a heading without the number before it and the colon after it."""
    number = _NUMBER.match(text.strip())
    bare = text.strip()[number.end() :] if number else text
    return " ".join(bare.split()).rstrip(":").strip() or text


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST and "\n" not in text and text[-1] not in _ENDS and any(map(str.isalpha, text))


def _look(block: Block) -> str:
    """Return how a paragraph stands out; empty for one that can't be a heading."""
    if isinstance(block, Grid) or block.level or block.left_out or block.fact or not _is_short(block.text):
        return ""
    shouted = sum(map(str.isalpha, block.text)) > _INITIALS and block.text.isupper()
    look = block.look or (tr("hoofdletters") if shouted else "")
    return look if not block.item or _NUMBER.match(block.text) else ""


def _stands_above(blocks: Sequence[Block], at: int, looks: Mapping[int, str]) -> bool:
    """Return whether text that looks otherwise follows, or a heading of a lower level above such text."""
    for below in range(at + 1, min(at + 3, len(blocks))):
        block = blocks[below]
        if isinstance(block, Grid):
            return True
        if block.level:
            return block.level > 1
        if looks.get(below, "") != looks[at]:
            return True
        if below == at + 1:
            return False
    return False


def _numbered(blocks: Sequence[Block], said: Collection[int]) -> dict[int, int]:
    """Return the depth of numbered lines above text, if all of them are: else they are the items of a list."""
    found: dict[int, int] = {}
    firsts: list[int] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Grid) or block.level or at in said or block.left_out:
            continue
        number = _NUMBER.match(block.text)
        if number is None:
            continue
        below = blocks[at + 1] if at + 1 < len(blocks) else None
        deeper = isinstance(below, TextBlock) and (inner := _NUMBER.match(below.text)) and "." in inner[1]
        above_text = below is not None and (
            isinstance(below, Grid) or not _NUMBER.match(below.text) or "." in number[1] or deeper
        )
        if not _is_short(block.text) or not above_text:
            return {}
        found[at] = min(number[1].count(".") + 1, 2)
        if "." not in number[1]:
            firsts.append(int(number[1]) if number[1].isdecimal() else ord(number[1]))
    ascending = all(later == earlier + 1 for earlier, later in itertools.pairwise(firsts))
    return found if len(found) >= _LEAST_NUMBERED and ascending else {}


def _placed(blocks: Sequence[Block], said: Collection[int]) -> list[int]:
    """Return the lines that are headings by their place alone: short ones, each the first of lines that stand together.

    As people type them: an empty line, "Stage", and below it the sentences or bullets about that.
    """
    groups = [at for at, block in enumerate(blocks) if isinstance(block, TextBlock) and block.apart]
    ends = [*groups[1:], len(blocks)][: len(groups)]
    several = [(start, end) for start, end in zip(groups, ends, strict=True) if end - start > 1]
    found = [start for start, _ in several if start not in said and _is_placed(blocks, start)]
    others = [start for start, _ in several if start not in said and start not in found]
    return found if len(found) >= _LEAST_PLACED and len(found) > len(others) else []


def _is_placed(blocks: Sequence[Block], at: int) -> bool:
    block, below = blocks[at], blocks[at + 1]
    if not isinstance(block, TextBlock) or block.item or block.left_out or not _is_short(block.text):
        return False
    text = block.text.rstrip(":")
    if ":" in text or not text[0].isupper() or len(text.split()) > _MOST_WORDS or text[-1] == "?":
        return False
    if isinstance(below, Grid) or below.item:
        return True
    return below.text[-1] in ".!?" or len(below.text) >= _LONGER * len(text)


def _above_points(blocks: Sequence[Block], said: Collection[int]) -> list[int]:
    """Return the short lines between lists of points, if all the text is points and such lines; a question may be one.

    One line in front of them may be the title.
    """
    rest = [at for at, block in enumerate(blocks) if at not in said and not _is_point(block)]
    above = [at for at in rest if _is_above_point(blocks, at)]
    only = rest[-len(above) :] == above and len(rest) < len(above) + 2
    return above if len(above) >= _LEAST_PLACED and only else []


def _is_point(block: Block) -> bool:
    return isinstance(block, TextBlock) and (block.item or block.text.startswith(("+ ", "→ ", "> ")))


def _is_above_point(blocks: Sequence[Block], at: int) -> bool:
    block = blocks[at]
    if isinstance(block, Grid) or block.left_out or block.fact or at + 1 == len(blocks):
        return False
    return _is_point(blocks[at + 1]) and _is_short(block.text) and ":" not in block.text.rstrip(":")
