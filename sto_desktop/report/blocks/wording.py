"""What every document says of the notes that it leaves out."""

from __future__ import annotations

from sto_desktop.domain.dutch import capital, in_words
from sto_desktop.language import forms


def left_out(notes: int) -> str:
    """Return in a sentence how many notes a document leaves out, and why; empty for none.

    It says nothing of whose they were, nor of how many people: beside a list of who was there that would tell.
    """
    if not notes:
        return ""
    words = forms(
        "{n} notitie is weggelaten, omdat er geen toestemming voor is.",
        "{n} notities zijn weggelaten, omdat er geen toestemming voor is.",
    )
    return capital(in_words(notes, *words))
