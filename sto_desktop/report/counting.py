"""Numbers as Word writes them in front of headings, so that the table of contents can show the same."""

from __future__ import annotations

from collections.abc import Callable


def letters(number: int) -> str:
    """Return a number as Word counts in letters: A to Z, AA, BB."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def roman(number: int) -> str:
    """Return a number in Roman numerals."""
    out = ""
    pairs = zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split(), strict=True)
    for size, sign in pairs:
        while number >= size:
            out += sign
            number -= size
    return out


def shown(form: str, number: int) -> str:
    """Return a number in a form of Word (ST_NumberFormat); forms that are rare in headings show as decimal."""
    forms: dict[str, Callable[[int], str]] = {"upperLetter": letters, "upperRoman": roman}
    if form in forms:
        return forms[form](number)
    capital = {"lowerLetter": letters, "lowerRoman": roman}.get(form)
    return capital(number).lower() if capital else str(number)
