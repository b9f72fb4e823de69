"""Whether letters form a Dutch word, by the spelling checker's word list, which is loaded at first use.

The list also holds first names in lower case ("jan", "bram"): it can't tell that a word is not a name, only that a name
with letters attached is a word of its own ("januari"), or that the attached letters are ("plan").
"""

from __future__ import annotations

from functools import lru_cache

from sto_desktop.resources import resource

_ENDINGS = ("", "s", "en", "n", "e", "t", "es", "'s")
"""Endings that may follow a listed word without changing its letters, as far as relevant here."""

_SHORTEST_PART = 4
_LINKS = ("", "s", "en", "e")


@lru_cache(maxsize=1)
def _listed() -> str:
    """Return the words, each preceded by a line break and followed by a slash or another line break."""
    return "\n" + resource("dictionaries", "nl_NL.dic").read_text(encoding="utf-8") + "\n"


@lru_cache(maxsize=10_000)
def is_listed(word: str) -> bool:
    """Return whether a word is in the list as it is, without an ending."""
    return f"\n{word}/" in _listed() or f"\n{word}\n" in _listed()


def _is_simple(word: str) -> bool:
    stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    return any(len(stem) > 1 and is_listed(stem) for stem in stems)


@lru_cache(maxsize=10_000)
def is_word(word: str, *, compound: bool = True) -> bool:
    """Return whether lower-case letters are a Dutch word with a regular ending; `compound`: or two words in one."""
    # "lessen" is "les" with a doubled letter and "en".
    if _is_simple(word) or (_doubled(word) and _is_simple(word[:-3])):
        return True
    if not compound:
        return False
    cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    return any(
        _is_simple(word[cut:])
        and any(is_listed(word[:cut].removesuffix(link)) for link in _LINKS if word[:cut].endswith(link))
        for cut in cuts
    )


def _doubled(word: str) -> bool:
    """Return whether a word ends like "lessen" and "plannen"."""
    return len(word) > 5 and word.endswith("en") and word[-3] == word[-4]
