"""Whether letters are a Dutch word, by the word list of the spelling checker; it is read when somebody first asks.

The list holds first names in lower case too ("jan", "bram"): it can't tell that a word is no name, only that a name
with something glued to it is a word of its own ("januari"), or that what is glued to it is one ("plan").
"""

from __future__ import annotations

from functools import lru_cache

from sto_desktop.resources import resource

_ENDINGS = ("", "s", "en", "n", "e", "t", "es", "'s")
"""What is added to the words of the list without a change of their letters, as far as it matters here."""

_SHORTEST_PART = 4
_LINKS = ("", "s", "en", "e")


@lru_cache(maxsize=1)
def _listed() -> str:
    """Return the words, each between a line break and what ends it: a stroke or another break."""
    return "\n" + resource("dictionaries", "nl_NL.dic").read_text(encoding="utf-8") + "\n"


@lru_cache(maxsize=10_000)
def is_listed(word: str) -> bool:
    """Tell whether a word stands in the list as it is, without an ending."""
    return f"\n{word}/" in _listed() or f"\n{word}\n" in _listed()


def _is_simple(word: str) -> bool:
    found = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    return any(len(stem) > 1 and is_listed(stem) for stem in found)


@lru_cache(maxsize=10_000)
def is_word(word: str, *, compound: bool = True) -> bool:
    """Tell whether letters in lower case are a Dutch word, in an ordinary ending; `compound`: or two of them."""
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
    """Tell whether a word ends as "lessen" and "plannen" do."""
    return len(word) > 5 and word.endswith("en") and word[-3] == word[-4]
