"""What cells look like, whatever their words: mail, telephone, date, number; and which row holds headings."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto

from sto_desktop.domain.people import fold, in_order, is_particle
from sto_desktop.domain.reach import LINK, MAIL, PHONE, POSTCODE, STREET
from sto_desktop.domain.typed import read_date, read_time

Rows = Sequence[Sequence[str]]

HEADER_WITHIN = 15
"""Titles and explanations above the headings rarely take more rows."""
SAMPLE = 200
"""Rows by which a column is judged; more tell nothing new."""
_MOSTLY = 0.7
"""The share of the filled cells that gives a column its form: people write "onbekend" among dates."""
_LONGEST_HEADING = 160

_MAIL = re.compile(r"[^\s@<>;,]+@[^\s@<>;,]+\.[a-z]{2,}", re.IGNORECASE)
_REACHING = re.compile(r"mail|telefoon|mobiel|(?<![^\W_])tel(?![^\W_])|adres", re.IGNORECASE)
_MAIL_IN = re.compile(rf"[(<\[]?\s*(?:mailto:)?{MAIL.pattern}\s*[)>\]]?", re.IGNORECASE)
_PHONE = re.compile(r"(?:(?:\+|00)[1-9][0-9]{0,2}|\(?0)(?:[\s./()–-]*[0-9]){8,11}")
_DIGIT = re.compile(r"[0-9]")
_STREET = re.compile(rf"{STREET.pattern}.*", re.IGNORECASE)
_NUMBER = re.compile(r"[-+€$]?\s*[0-9][0-9.,\s]*%?")
_STAMP = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}[ T,]+[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?.*")
_CODE = re.compile(
    r"(?:[0-9a-f]{8}-[0-9a-f]{4}-.*|(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9_-]{12,}|R_[A-Za-z0-9]{8,}|\{.*\})"
)
_TOTAL = re.compile(
    r"(?:sub)?tota(?:al|len)\b.*|aantal(?: .*)?(?:\b[0-9]+)?|gemiddelde?\b.*|som\b.*|total\b.*|n\s*=\s*[0-9]+"
)


class CellForm(Enum):
    """The form of a cell, or of most cells of a column."""

    EMPTY = auto()
    TEXT = auto()
    MAIL = auto()
    PHONE = auto()
    ADDRESS = auto()
    MOMENT = auto()
    NUMBER = auto()
    CODE = auto()
    """A link, an id or a piece of code, which no person reads."""


PERSONAL = (CellForm.MAIL, CellForm.PHONE, CellForm.ADDRESS)
"""Ways to reach a person, which no field asks for."""


def form_of(cell: str) -> CellForm:
    """Return the form of a cell."""
    text = cell.strip()
    if not text:
        return CellForm.EMPTY
    for form, fits in _FORMS:
        if fits(text):
            return form
    return CellForm.TEXT


def _is_moment(text: str) -> bool:
    return (
        _STAMP.fullmatch(text) is not None
        or read_date(text) is not None
        or (read_time(text) is not None and not text.isdecimal())
    )


_FORMS: tuple[tuple[CellForm, Callable[[str], object]], ...] = (
    (CellForm.MAIL, _MAIL.fullmatch),
    (CellForm.PHONE, _PHONE.fullmatch),
    (CellForm.MOMENT, lambda text: len(text) < 40 and text[-1] != "?" and _is_moment(text)),
    (CellForm.NUMBER, _NUMBER.fullmatch),
    (CellForm.CODE, lambda text: LINK.fullmatch(text) or _CODE.fullmatch(text)),
    (CellForm.ADDRESS, lambda text: len(text) < 80 and (POSTCODE.search(text) or _STREET.fullmatch(text))),
)


def form_of_column(rows: Rows, column: int) -> CellForm:
    """Return the form of most filled cells of a column."""
    cells = (row[column] for row in rows[:SAMPLE] if column < len(row))
    forms = Counter(form for form in map(form_of, cells) if form is not CellForm.EMPTY)
    if not forms:
        return CellForm.EMPTY
    form, count = forms.most_common(1)[0]
    return form if count >= _MOSTLY * forms.total() else CellForm.TEXT


def without_addresses(cell: str) -> tuple[str, bool]:
    """Return a cell without mail addresses and telephone numbers in it, and whether there were any."""
    if "@" not in cell and len(_DIGIT.findall(cell)) < 9:
        return cell, False
    bare = PHONE.sub(" ", _MAIL_IN.sub(" ", cell))
    if bare == cell:
        return cell, False
    return re.sub(r"^[\s,;/|:–-]+|[\s,;/|:–-]+$", "", re.sub(r"[ \t]{2,}", " ", bare)), True


def asks_for_addresses(heading: str) -> bool:
    """Return whether a heading names a way to reach somebody: "E-mail", "Telefoon werk"."""
    return _REACHING.search(heading) is not None


def is_remark(heading: str, rows: Rows, column: int) -> bool:
    """Return whether a heading is a sentence over nothing, which names no column: the warning in our own csv is one."""
    is_sentence = heading.rstrip().endswith(".") and len(heading.split()) > 3
    return is_sentence and not any(column < len(row) and row[column].strip() for row in rows)


def is_total(cell: str) -> bool:
    """Return whether a cell begins a row that counts the others."""
    return _TOTAL.fullmatch(fold(cell).strip(" :.")) is not None


def filled(row: Sequence[str]) -> list[tuple[int, str]]:
    """Return the cells of a row that have content, with their place."""
    return [one for one in enumerate(row) if one[1].strip()]


def looks_like_headings(rows: Rows, number: int) -> bool:
    """Return whether a row names the columns below it: short texts, of which no two are the same, over cells that
    differ from them in form or in length.
    """
    cells = filled(rows[number]) if rows else []
    filled_rows = (rows[at] for at in range(number + 1, len(rows)) if any(map(str.strip, rows[at])))
    below = list(itertools.islice(filled_rows, SAMPLE))
    if len(cells) < 2 or not below:
        return False
    words = [fold(cell) for _, cell in cells]
    if len(set(words)) < len(words) or any(
        form_of(cell) is not CellForm.TEXT or len(cell) > _LONGEST_HEADING for _, cell in cells
    ):
        return False
    # A title or an explanation above the table has fewer cells than the rows below it.
    if len(cells) < max(len(filled(row)) for row in below[:5]) - 1:
        return False
    if any(is_full_name(cell) for _, cell in cells):
        return False
    return any(
        form_of_column(below, at) not in (CellForm.TEXT, CellForm.EMPTY)
        or cell.rstrip().endswith("?")
        or _are_people(below, at)
        for at, cell in cells
    )


def _are_people(rows: Rows, column: int) -> bool:
    """Return whether every filled cell of a column is a name of two words or more."""
    cells = [row[column].strip() for row in rows if column < len(row) and row[column].strip()]
    return bool(cells) and all(is_full_name(cell) for cell in cells)


_WORD = re.compile(r"[^\W\d_][\w.'’‘-]*\.?")
IN_BRACKETS = re.compile(r"\([^)]*\)")
_BETWEEN_WORDS = re.compile(r"[\s,/&+]+")
_MOST_WORDS = 6
GUEST = re.compile(
    r"\s*\((?:gast|guest|extern|external|host|co-host|me|ik|unverified|niet[ -]geverifieerd)\)", re.IGNORECASE
)
"""What a program for meetings writes behind a name."""
# What stands in brackets behind a name.
_BEHIND = re.compile(r"\s*\([^()]*\)\s*$")


def looks_like_name(text: str) -> bool:
    """Return whether a text has the form of a name: a few words, each with a capital, or particles."""
    words = _BETWEEN_WORDS.split(IN_BRACKETS.sub(" ", text).strip())
    if len(words) > _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return False
    capitals = [word for word in words if word[0].isupper()]
    return bool(capitals) and all(word[0].isupper() or is_particle(word) or word == "en" for word in words)


def is_full_name(text: str) -> bool:
    """Return whether a text has the form of a first name and a surname."""
    own = [word for word in text.split() if word[0].isupper() and not is_particle(word)]
    # "V3. Cijfer" is none.
    return looks_like_name(text) and len(own) > 1 and not _DIGIT.search(text)


def is_turned_round(text: str) -> bool:
    """Return whether a text is a surname, a comma and a first name: the particle or initials after it show so."""
    last, _, rest = _BEHIND.sub("", text).partition(",")
    words = rest.split()
    if "," in rest or not words or not last.strip():
        return False
    return (len(words) > 1 and is_particle(words[-1])) or all(re.fullmatch(r"(?:[A-Z]\.)+", word) for word in words)


def are_turned_round(texts: Iterable[str]) -> bool:
    """Return whether people stand by surname, comma and first name, of which "Anna, Bram" alone does not say so."""
    names = {_BEHIND.sub("", text).strip() for text in texts}
    turned = [name for name in names if is_turned_round(name) or _may_be_turned_round(name)]
    parts = {part.strip() for name in turned for part in name.split(",")}
    return len(turned) * 2 >= len(names) > 0 and parts.isdisjoint(names)


def _may_be_turned_round(name: str) -> bool:
    last, _, first = name.partition(",")
    own = [word for word in first.split() if not is_particle(word)]
    # Degrees behind a name go when it is put in order.
    named = last.strip() and in_order(name) != last.strip()
    return bool(named) and len(own) == 1 and looks_like_name(last) and looks_like_name(first)


def put_in_order(name: str, *, turned: bool = False) -> str:
    """Return "Anna ter Horst" for "Horst, Anna ter", and any other text as it is; `turned`: also "Vos, Anna"."""
    if "," not in name:
        return name
    bare = _BEHIND.sub("", name).strip()
    round_about = is_turned_round(name) or (turned and _may_be_turned_round(bare))
    return name.replace(bare, in_order(bare)) if round_about else name


def is_code_row(row: Sequence[str]) -> bool:
    """Return whether a row holds what a program adds below the headings, such as Qualtrics' ids of its questions."""
    if '{"' not in "".join(row):
        return False
    cells = filled(row)
    return len(cells) > 1 and sum(cell.lstrip().startswith('{"') for _, cell in cells) * 2 > len(cells)
