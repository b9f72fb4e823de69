"""The sentence about omitted notes that all documents share."""

from __future__ import annotations

from sto_desktop.domain.dutch import capital, in_words
from sto_desktop.language import forms


def left_out(notes: int) -> str:
    """Return a sentence on how many notes a document leaves out, and why; empty for none.

    It does not say whose they were, nor of how many people: with a list of attendees that would identify them.
    """
    if not notes:
        return ""
    words = forms(
        "{n} notitie is weggelaten, omdat er geen toestemming voor is.",
        "{n} notities zijn weggelaten, omdat er geen toestemming voor is.",
    )
    return capital(in_words(notes, *words))
