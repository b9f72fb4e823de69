"""Formats numbers as Word does before headings, so that the table of contents can show the same."""

from __future__ import annotations

from collections.abc import Callable


def letters(number: int) -> str:
    """Return a number as Word's letter numbering: A to Z, then AA, BB."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_ROMAN = {
    1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC",
    50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I",
}  # fmt: skip


def roman(number: int) -> str:
    """Return a number in Roman numerals."""
    out = ""
    for size, numeral in _ROMAN.items():
        out += numeral * (number // size)
        number %= size
    return out


def shown(form: str, number: int) -> str:
    """Return a number in one of Word's formats (ST_NumberFormat); formats that are rare in headings give decimal."""
    forms: dict[str, Callable[[int], str]] = {"upperLetter": letters, "upperRoman": roman}
    if form in forms:
        return forms[form](number)
    capital = {"lowerLetter": letters, "lowerRoman": roman}.get(form)
    return capital(number).lower() if capital else str(number)
