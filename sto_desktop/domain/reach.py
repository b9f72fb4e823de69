"""Ways to reach a person, as they are written in lists and letters: mail, telephone, postal address, website."""

from __future__ import annotations

import re

from sto_desktop.patterns import lazy_re

MAIL = lazy_re(r"[^\s@<>;,()\[\]]+@[^\s@<>;,()\[\]]+\.[a-z]{2,}", re.IGNORECASE)
PHONE = lazy_re(
    r"(?:\b(?:tel|mob|t|m)\b[.:]?\s*)?(?<![\w.])(?:\+31|0031|0)(?:[\s()–-]{0,2}[0-9]){9}(?!\w)", re.IGNORECASE
)
"""A Dutch telephone number of ten digits, with the letter or word before it."""
POSTCODE = lazy_re(r"\b[1-9][0-9]{3}\s?[A-Z]{2}\b")
STREET = lazy_re(
    r"[A-Z][\w .'’-]{2,40}(?:straat|laan|weg|plein|singel|kade|dijk|pad|hof|steeg|gracht|dreef)\s+\d+\s?[a-z]?\b",
    re.IGNORECASE,
)
LINK = lazy_re(r"(?:https?://|www\.)\S+")
