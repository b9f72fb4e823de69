"""What changed in a panel since a verslag was made: a fingerprint stored with the verslag, and the difference in words.

A fingerprint is JSON: for each kind of record 6 bytes per record in base64, 3 of the hash of its id and 3 of the hash
of its content (SHA-256). So additions, removals and changes can be distinguished without storing the texts. Above
`_MOST` records of a kind, only their number and one hash of all are stored.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields
from typing import Any, NamedTuple

from sto_desktop.domain.dutch import capital, in_words
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.json_text import read_json
from sto_desktop.language import forms, listed, tr, tr_later

# Bytes stored of each hash.
_EACH = 3
_MOST = 2000
_FINDINGS = ("note", "insight", "recommendation")


class _Words(NamedTuple):
    all: str
    forms: tuple[str, str]


_KINDS = {
    "note": _Words(tr_later("notities"), forms("{n} notitie", "{n} notities")),
    "insight": _Words(tr_later("inzichten"), forms("{n} inzicht", "{n} inzichten")),
    "recommendation": _Words(tr_later("aanbevelingen"), forms("{n} aanbeveling", "{n} aanbevelingen")),
    "panelist": _Words(tr_later("panelleden"), forms("{n} panellid", "{n} panelleden")),
    "panel": _Words(tr_later("panelgegevens"), forms("{n} panelgegeven", "{n} panelgegevens")),
    "playback": _Words(tr_later("samenvattingen"), forms("{n} samenvatting", "{n} samenvattingen")),
    "debrief": _Words(tr_later("terugblikken"), forms("{n} terugblik", "{n} terugblikken")),
    "top_choice": _Words(
        tr_later("keuzes van panelleden"), forms("{n} keuze van een panellid", "{n} keuzes van panelleden")
    ),
}
# These are not content: a new status, reaction date or answer of a member does not count as a change.
_NOT_SAID = frozenset(
    {"id", "status", "report_version", "reaction_until", "draft_on", "confirmed_on", "check_answer", "check_words"}
)


def _canonical(record: Any) -> str:
    """Return the content of a record as one text, without fields at their default: a new field changes no hash."""
    parts = []
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in _NOT_SAID or (field.default is not MISSING and value == field.default):
            continue
        parts.append(f"{field.name}={value!s}")
    return "\x1f".join(sorted(parts))


def _records(content: PanelContent) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, id, content) of every record that a verslag shows."""
    for note in content.typed_notes():
        voices = sorted(f"{voice.panelist}:{voice.stance}" for voice in note.voices)
        # Separated by a character that nobody types (ASCII, record separator).
        yield "note", note.id, "\x1e".join((_canonical(note.note), *voices))
    for insight in content.insights:
        ends = (*sorted(insight.supports), "/", *sorted(insight.contradicts))
        yield "insight", insight.id, "\x1e".join((_canonical(insight.insight), *ends))
    for recommendation in content.recommendations:
        ends = (
            *sorted(recommendation.themes),
            "/",
            *sorted(recommendation.insights),
            "/",
            *sorted(recommendation.supports),
        )
        yield "recommendation", recommendation.id, "\x1e".join((_canonical(recommendation.recommendation), *ends))
    for kind, records in (
        ("panelist", content.panelists),
        ("playback", content.playbacks),
        ("debrief", content.debriefs),
        ("top_choice", content.top_choices),
        ("panel", (content.panel,)),
    ):
        for record in records:
            yield kind, record.id, _canonical(record)


def _digest(text: str) -> bytes:
    # A lone surrogate in a text must not make the report fail.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def fingerprint(content: PanelContent) -> str:
    """Return the fingerprint of a panel, stored with a verslag that was made of it."""
    digests: dict[str, list[bytes]] = {}
    for kind, identity, text in _records(content):
        digests.setdefault(kind, []).append(_digest(identity)[:_EACH] + _digest(text)[:_EACH])
    stored: dict[str, object] = {}
    for kind, pieces in digests.items():
        # The order of records must not affect the fingerprint.
        pieces.sort()
        if len(pieces) > _MOST:
            stored[kind] = [len(pieces), hashlib.sha256(b"".join(pieces)).hexdigest()[:16]]
        else:
            stored[kind] = base64.b64encode(b"".join(pieces)).decode()
    return json.dumps(stored, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Difference:
    """How many records of one kind were added, removed and changed; `many`: too many to know the numbers."""

    kind: str
    added: int = 0
    removed: int = 0
    changed: int = 0
    many: bool = False


def _pairs(encoded: object) -> dict[bytes, bytes] | None:
    if not isinstance(encoded, str):
        return None
    data = base64.b64decode(encoded, validate=True)
    step = 2 * _EACH
    return {data[at : at + _EACH]: data[at + _EACH : at + step] for at in range(0, len(data), step)}


def differences(then: str, now: str) -> tuple[Difference, ...] | None:
    """Return the differences between two fingerprints; None if the old one can't be read."""
    try:
        before, after = read_json(then), read_json(now)
        return tuple(
            difference
            for kind in _KINDS
            if before.get(kind) != after.get(kind)
            and (difference := _difference(kind, before.get(kind, ""), after.get(kind, "")))
        )
    except (ValueError, TypeError, AttributeError):
        return None


def _difference(kind: str, before: object, after: object) -> Difference | None:
    digests_before, digests_after = _pairs(before), _pairs(after)
    if digests_before is None or digests_after is None:
        return Difference(kind, many=True)
    changed = sum(digests_before[key] != digest for key, digest in digests_after.items() if key in digests_before)
    difference = Difference(
        kind,
        len(digests_after.keys() - digests_before.keys()),
        len(digests_before.keys() - digests_after.keys()),
        changed,
    )
    return difference if difference.added or difference.removed or difference.changed else None


def _words(difference: Difference) -> Iterator[str]:
    words = _KINDS[difference.kind]
    if difference.kind == "panel" or difference.many:
        yield tr("{what} gewijzigd", what=tr(words.all))
        return
    if difference.added:
        yield tr("{what} erbij", what=in_words(difference.added, *words.forms))
    if difference.changed:
        yield tr("{what} gewijzigd", what=in_words(difference.changed, *words.forms))
    if difference.removed:
        yield tr("{what} weg", what=in_words(difference.removed, *words.forms))


@dataclass(frozen=True, slots=True)
class Touched:
    """Which records (ids) were added and which were changed since a fingerprint was made."""

    added: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


def touched_since(then: str, content: PanelContent) -> Touched:
    """Return what is new or changed in a panel; nothing of a kind of which the fingerprint knows only the number."""
    try:
        before = {kind: _pairs(encoded) for kind, encoded in read_json(then).items()}
    except (ValueError, TypeError, AttributeError):
        return Touched()
    added, changed = set[str](), set[str]()
    for kind, identity, text in _records(content):
        digests = before.get(kind, {})
        if digests is None:
            continue
        old = digests.get(_digest(identity)[:_EACH])
        if old is None:
            added.add(identity)
        elif old != _digest(text)[:_EACH]:
            changed.add(identity)
    return Touched(frozenset(added), frozenset(changed))


def removed_text(changes: Iterable[Difference], aside: int = 0) -> str:
    """Return how many notes, insights and recommendations are gone, in a sentence; `aside`: notes set aside since."""
    counts = {kind: aside if kind == "note" else 0 for kind in _FINDINGS}
    for one in changes:
        if one.kind in counts and not one.many:
            counts[one.kind] += one.removed
    gone = [in_words(count, *_KINDS[kind].forms) for kind, count in counts.items() if count]
    if not gone:
        return ""
    what = capital(listed(gone))
    alone = sum(counts.values()) == 1
    return tr("{what} is vervallen.", what=what) if alone else tr("{what} zijn vervallen.", what=what)


def difference_text(changes: Iterable[Difference] | None) -> str:
    """Return the differences as a sentence: "Sindsdien: vier notities erbij en één inzicht gewijzigd."."""
    if changes is None:
        return tr("Wat er sindsdien is veranderd, is niet bekend.")
    parts = [words for difference in changes for words in _words(difference)]
    return tr("Sindsdien: {changes}.", changes=listed(parts)) if parts else tr("Sindsdien is er niets veranderd.")
