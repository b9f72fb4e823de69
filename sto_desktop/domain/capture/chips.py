"""Chips: the properties of a note besides its text. Each can be removed from the line in which the note is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sto_desktop.domain.capture.language import NOTHING_AGREED, PARK_SIGN, Agreed, Captured
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.people import fold
from sto_desktop.domain.typed import read_date
from sto_desktop.domain.vocabulary import NoteKind, Stance

MANY = 5
"""Above this number, members with the same stance share one chip."""


class LineChip(NamedTuple):
    """One chip: members (ids) with a stance, a label, a kind, the parking lot, or a part of what was agreed."""

    members: tuple[str, ...] = ()
    stance: Stance = Stance.SAYS
    tag: str = ""
    kind: NoteKind | None = None
    parked: bool = False
    agreed: Agreed = NOTHING_AGREED


@dataclass(frozen=True, slots=True)
class Chips:
    """The properties of a note that is corrected in the line, as far as they are not in the line's text."""

    kind: NoteKind | None = None
    parked: bool = False
    voices: tuple[tuple[str, Stance], ...] = ()
    tags: tuple[str, ...] = ()
    agreed: Agreed = NOTHING_AGREED

    @classmethod
    def of(cls, note: NoteContent) -> Chips:
        """Return the chips of a note."""
        voices = ((voice.panelist, voice.stance) for voice in note.voices)
        return cls(
            note.note.kind,
            note.note.parked,
            tuple((panelist, stance) for panelist, stance in voices if panelist is not None),
            tuple(tag.name for tag in note.tags),
            Agreed(note.note.owner, note.note.due),
        )

    def added_to(self, captured: Captured) -> Captured:
        """Return a captured line with these chips added. Where both say something, the line wins."""
        voices = dict(self.voices)
        for panelist, stance in captured.voices:
            # A sentence about a member does not make them less of a speaker.
            if stance.counts or panelist not in voices:
                voices[panelist] = stance
        tags = {fold(tag): tag for tag in self.tags}
        for tag in captured.tags:
            tags.setdefault(fold(tag), tag)
        # Only "? " parks a note and leaves its kind.
        says_kind = captured.kind is not None and not (
            captured.sign == PARK_SIGN and captured.kind is NoteKind.REMARK and self.kind is not None
        )
        return replace(
            captured,
            kind=captured.kind if says_kind else self.kind,
            parked=captured.parked or self.parked,
            voices=tuple(voices.items()),
            tags=tuple(tags.values()),
            agreed=self.agreed,
        )

    def without(self, chip: LineChip) -> Chips:
        """Return the chips without one."""
        return Chips(
            None if chip.kind is not None else self.kind,
            self.parked and not chip.parked,
            tuple(voice for voice in self.voices if voice[0] not in chip.members),
            tuple(tag for tag in self.tags if fold(tag) != fold(chip.tag)),
            Agreed(
                "" if chip.agreed.owner else self.agreed.owner,
                None if chip.agreed.due else self.agreed.due,
            ),
        )

    def joined(self, other: Chips) -> Chips:
        """Return these chips with others added. Where both say something, the others win."""
        tags = {fold(tag): tag for tag in (*other.tags, *self.tags)}
        return Chips(
            other.kind or self.kind,
            self.parked or other.parked,
            tuple({**dict(self.voices), **dict(other.voices)}.items()),
            tuple(tags.values()),
            Agreed(other.agreed.owner or self.agreed.owner, other.agreed.due or self.agreed.due),
        )

    def following(self, before: Chips, now: Chips) -> Chips:
        """Return these chips with the changes made elsewhere to the note, which had `before` and now has `now`."""
        had, voices = dict(before.voices), dict(self.voices)
        new = dict(now.voices)
        # A voice that changed elsewhere wins over the one here; the other voices stay.
        for member in had.keys() | new.keys():
            if had.get(member) is not new.get(member):
                voices.pop(member, None)
        voices |= {member: stance for member, stance in new.items() if had.get(member) is not stance}
        old, labels = {fold(tag) for tag in before.tags}, {fold(tag) for tag in now.tags}
        # Labels that were removed elsewhere go, unless they were added here.
        labels_kept = [tag for tag in self.tags if fold(tag) in labels or fold(tag) not in old]
        present = {fold(tag) for tag in labels_kept}
        return Chips(
            now.kind if now.kind is not before.kind else self.kind,
            now.parked if now.parked is not before.parked else self.parked,
            tuple(voices.items()),
            (*labels_kept, *(tag for tag in now.tags if fold(tag) not in old | present)),
            now.agreed if now.agreed != before.agreed else self.agreed,
        )

    def encode(self) -> dict[str, Any]:
        """Return the chips for JSON; empty if there are none."""
        if self == NO_CHIPS:
            return {}
        owner, due = self.agreed
        return {
            "kind": self.kind,
            "parked": self.parked,
            "voices": self.voices,
            "tags": self.tags,
            "owner": owner,
            "due": due.isoformat() if due else "",
        }

    @classmethod
    def decode(cls, raw: object) -> Chips:
        """Read what `encode` wrote; values of another form are left out."""
        if not isinstance(raw, Mapping):
            return cls()
        voices = [entry for entry in _list(raw.get("voices")) if isinstance(entry, list) and len(entry) == 2]
        return cls(
            NoteKind(raw["kind"]) if raw.get("kind") in list(NoteKind) else None,
            raw.get("parked") is True,
            tuple((str(member), Stance(stance)) for member, stance in voices if stance in list(Stance)),
            tuple(tag for tag in _list(raw.get("tags")) if isinstance(tag, str) and tag),
            Agreed(str(raw.get("owner") or ""), read_date(str(raw.get("due") or ""))),
        )


NO_CHIPS = Chips()


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def chips_in(captured: Captured, *, all_: bool = False) -> Iterator[LineChip]:
    """Yield the chips of a captured line: who says it, agrees and disagrees, whom it is about, and labels.

    `all_`: also the kind and the parking lot, for a note that is corrected.
    """
    if all_ and captured.kind is not None:
        yield LineChip(kind=captured.kind)
    if all_ and captured.parked:
        yield LineChip(parked=True)
    for stance in Stance:
        members = tuple(panelist for panelist, part in captured.voices if part is stance)
        if len(members) > MANY:
            yield LineChip(members, stance)
        else:
            yield from (LineChip((member,), stance) for member in members)
    yield from (LineChip(tag=tag) for tag in captured.tags)
    owner, due = captured.agreed or NOTHING_AGREED
    if owner:
        yield LineChip(agreed=Agreed(owner))
    if due:
        yield LineChip(agreed=Agreed("", due))
