"""Texts of notes with who said them, as far as a document may name or quote anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sto_desktop.domain.dutch import ASIDE, capital, number, quoted
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.privacy.naming.naming import Naming
from sto_desktop.domain.privacy.naming.roles import MEMBER, MemberLabel
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.language import listed, tr
from sto_desktop.report.blocks.blocks import Emphasis, Quote, Text, TextSpan


@dataclass(frozen=True)
class Attribution:
    """Writes notes with their speakers. `present`: the members who were present (ids)."""

    naming: Naming
    present: frozenset[str]

    def several(self, panelists: Iterable[str], before: Iterable[str] = ()) -> str:
        """Return how members (ids) are called together, names in this order: "een docent vmbo en twee panelleden".

        A member with the same label as one in `before` becomes "een andere docent vmbo".
        """
        labels = Counter(self.naming.label(panelist) for panelist in self.naming.in_order(panelists))
        labels_before = {self.naming.label(panelist) for panelist in before}
        return listed(_called(label, times, label in labels_before) for label, times in labels.items())

    def words(self, note: NoteContent) -> str:
        """Return the text of a note. If it starts in lower case, the speakers precede it, since the sentence is about
        them: "Docent mbo: wil kleinere groepen".
        """
        words = note.text.strip()
        if not self._is_led(note):
            return words
        return f"{capital(self.several(note.speakers).removeprefix(tr('een ')))}: {words}"

    def _is_led(self, note: NoteContent) -> bool:
        return bool(note.speakers) and note.text.strip()[:1].islower()

    def _tail(self, note: NoteContent, marks: tuple[str, ...] = (), *, led: bool = False) -> TextSpan:
        # A few people say many things: compute the attribution once for all notes with the same voices and marks.
        key = (led, marks, tuple([(voice.panelist, voice.stance) for voice in note.all_voices]))
        tail = self._tails.get(key)
        if tail is None:
            speakers = self._attribute(note, led=led)
            # "een panellid" alone would add nothing.
            words = ", ".join(part for part in (*marks, speakers if speakers != MEMBER.singular else "") if part)
            tail = self._tails[key] = TextSpan(f"{ASIDE}{words}" if words else "", Emphasis.SOFT)
        return tail

    @cached_property
    # A cached property as mutable cache, since a frozen dataclass can't set attributes.
    def _tails(self) -> dict[object, TextSpan]:
        return {}

    def _attribute(self, note: NoteContent, *, led: bool = False) -> str:
        """Return who said a note, who agreed and who disagreed; empty if unknown.

        `led`: the text already starts with the speakers.
        """
        speakers = note.speakers
        agreed = [panelist for panelist in note.panelists(Stance.AGREES) if panelist not in speakers]
        denied = note.panelists(Stance.DISAGREES)
        parts = [] if led else [self.several(speakers)]
        # A single member present is named, not called the whole panel.
        if agreed and len(self.present) > 1 and self.present <= {*speakers, *agreed}:
            parts.append(tr("met bijval van het hele panel"))
        elif agreed:
            parts.append(tr("met bijval van {several}", several=self.several(agreed, speakers)))
        if denied:
            parts.append(tr("tegengesproken door {several}", several=self.several(denied, (*speakers, *agreed))))
        return ", ".join(part for part in parts if part)

    def is_quotable(self, note: NoteContent) -> bool:
        """Return whether a note may be shown as a quote: everybody who said it consented to being quoted."""
        return note.kind.is_quote and self.naming.quotable(note.parts[0].speakers)

    def quote(self, note: NoteContent) -> Quote:
        """Return a quote with who said it: only these words, not what was bundled with them."""
        note = note.parts[0]
        return Quote(quoted(note.text), capital(self._attribute(note)))

    def marked(self, note: NoteContent, *marks: str) -> Text:
        """Return a note as an item of a list with its marks, without who said it."""
        words = quoted(note.parts[0].text.strip()) if self.is_quotable(note) else self.words(note)
        return words, TextSpan(f"{ASIDE}{', '.join(marks)}", Emphasis.SOFT)

    def list_item(self, note: NoteContent, *marks: str) -> Text:
        """Return a note as an item of a list: its words, then in soft emphasis its marks and who said it."""
        if self.is_quotable(note):
            note = note.parts[0]
            words, tail = quoted(note.text.strip()), self._tail(note, marks)
        else:
            words, tail = self.words(note), self._tail(note, marks, led=self._is_led(note))
        return (words, tail) if tail.text else words


def _called(label: MemberLabel, times: int, again: bool) -> str:
    """Return a number of people with one label; `again`: others with that label were just mentioned."""
    if label.singular == label.plural:
        return label.singular
    if times > 1:
        return f"{number(times)} {'andere ' if again else ''}{label.plural}"
    if not again:
        return label.singular
    return label.singular.replace(
        "een ", tr("een ander ") if label.singular.startswith(MEMBER.singular) else tr("een andere "), 1
    )
