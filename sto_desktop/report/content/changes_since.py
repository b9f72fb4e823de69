"""What changed in a panel since a verslag of it was made: a fingerprint that goes along, and the difference in words.

A fingerprint is JSON: per kind of record 6 bytes a record in base64, 3 of its id and 3 of what it says (SHA-256). So
additions, removals and changes can be told apart without keeping the texts themselves. Above so many records only how
many there are and one sum of all is kept.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields
from typing import Any, NamedTuple

from sto_desktop.domain.dutch import in_words
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.language import forms, listed, tr, tr_later

_EACH = 3
_MOST = 2000


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
_NOT_SAID = frozenset({"id", "status", "report_version", "reaction_until", "confirmed_on"})


def _said(record: Any) -> str:
    """Return what a record says; a field with its default value is left out, so that new fields change nothing."""
    parts = []
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in _NOT_SAID or (field.default is not MISSING and value == field.default):
            continue
        parts.append(f"{field.name}={value!s}")
    return "\x1f".join(sorted(parts))


def _records(content: PanelContent) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, id, what it says) of every record that a verslag shows."""
    for item in content.typed_notes():
        voices = sorted(f"{voice.panelist}:{voice.stance}" for voice in item.voices)
        yield "note", item.id, "\x1e".join((_said(item.note), *voices))
    for insight in content.insights:
        ends = (*sorted(insight.supports), "/", *sorted(insight.contradicts))
        yield "insight", insight.id, "\x1e".join((_said(insight.insight), *ends))
    for item_ in content.recommendations:
        ends = (*sorted(item_.themes), "/", *sorted(item_.insights), "/", *sorted(item_.supports))
        yield "recommendation", item_.id, "\x1e".join((_said(item_.recommendation), *ends))
    for kind, records in (
        ("panelist", content.panelists),
        ("playback", content.playbacks),
        ("debrief", content.debriefs),
        ("top_choice", content.top_choices),
        ("panel", (content.panel,)),
    ):
        for record in records:
            yield kind, record.id, _said(record)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def fingerprint(content: PanelContent) -> str:
    """Return what is kept of a panel beside a verslag that was made of it."""
    found: dict[str, list[bytes]] = {}
    for kind, identity, said in _records(content):
        found.setdefault(kind, []).append(_digest(identity)[:_EACH] + _digest(said)[:_EACH])
    kept: dict[str, object] = {}
    for kind, pieces in found.items():
        pieces.sort()
        if len(pieces) > _MOST:
            kept[kind] = [len(pieces), hashlib.sha256(b"".join(pieces)).hexdigest()[:16]]
        else:
            kept[kind] = base64.b64encode(b"".join(pieces)).decode()
    return json.dumps(kept, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Difference:
    """How many records of one kind came, went and changed; `many`: there are too many to say more than that."""

    kind: str
    added: int = 0
    removed: int = 0
    changed: int = 0
    many: bool = False


def _pairs(kept: object) -> dict[bytes, bytes] | None:
    if not isinstance(kept, str):
        return None
    data = base64.b64decode(kept, validate=True)
    step = 2 * _EACH
    return {data[at : at + _EACH]: data[at + _EACH : at + step] for at in range(0, len(data), step)}


def differences(then: str, now: str) -> tuple[Difference, ...] | None:
    """Return what is different between two fingerprints; None where the old one can't be read."""
    try:
        before, after = json.loads(then), json.loads(now)
        return tuple(
            found
            for kind in _KINDS
            if before.get(kind) != after.get(kind)
            and (found := _difference(kind, before.get(kind, ""), after.get(kind, "")))
        )
    except (ValueError, TypeError, AttributeError):
        return None


def _difference(kind: str, before: object, after: object) -> Difference | None:
    old, new = _pairs(before), _pairs(after)
    if old is None or new is None:
        return Difference(kind, many=True)
    changed = sum(old[key] != said for key, said in new.items() if key in old)
    found = Difference(kind, len(new.keys() - old.keys()), len(old.keys() - new.keys()), changed)
    return found if found.added or found.removed or found.changed else None


def _words(found: Difference) -> Iterator[str]:
    words = _KINDS[found.kind]
    if found.kind == "panel" or found.many:
        yield tr("{what} gewijzigd", what=tr(words.all))
        return
    if found.added:
        yield tr("{what} erbij", what=in_words(found.added, *words.forms))
    if found.changed:
        yield tr("{what} gewijzigd", what=in_words(found.changed, *words.forms))
    if found.removed:
        yield tr("{what} weg", what=in_words(found.removed, *words.forms))


def told(found: Iterable[Difference] | None) -> str:
    """Return what changed in a sentence: "Sindsdien: vier notities erbij en één inzicht gewijzigd."."""
    if found is None:
        return tr("Wat er sindsdien is veranderd, is niet bekend.")
    parts = [words for item in found for words in _words(item)]
    return tr("Sindsdien: {changes}.", changes=listed(parts)) if parts else tr("Sindsdien is er niets veranderd.")
