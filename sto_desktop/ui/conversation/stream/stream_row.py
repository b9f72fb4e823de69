"""The layout of one note in the stream: computed once per note and width, and painted from that."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from sto_desktop.domain.dutch import clock, shortened
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.people import told_apart
from sto_desktop.domain.seats import apart
from sto_desktop.domain.vocabulary import Mark, Stance
from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.wording import agreed_words, shown_text, stranger_words, with_part, withheld_words
from sto_desktop.ui.widgets import (
    ChipLook,
    SetText,
    chip_size,
    kind_chip,
    paint_chip,
    paint_focus_ring,
    set_text,
    status_chip,
    tag_chip,
    voice_mark,
)

SIDE = 9
CHIP_LEFT = 62
TEXT_LEFT = 188
PADDING = 8
LINE = TextStyle.BODY.line
LOWEST = 2 * PADDING + 20
"""Height of a row of one line, in px."""
CHIP_GAP = 4
ALSO_INDENT = 10
ALSO_GAP = 2
ON_LINES_OF_THEIR_OWN = 3
"""Up to this many speakers each get a line; more are listed in running text."""

NAMED = 4
"""Up to this many members who agree are named; more are counted."""

LONGEST_AGREED = 44

SPEAKER_SHARE = 0.28
"""Largest share of the width beside the text that speakers may take."""


def stream_names(panelists: Iterable[Panelist]) -> dict[str, str]:
    """Return the names of those at the table as the stream shows them, by id."""
    members = tuple(panelists)
    names = told_apart(members)
    return {member.id: with_part(names[member.id], member) for member in members}


def speakers_of(note: NoteContent, names: Mapping[str, str], between: str = ", ", *, counted: bool = False) -> str:
    """Return who said it, agreed (+), disagreed (−) and whom it is about; "notulist" for an observation.

    `names`: those of `stream_names`.

    `counted`: replace many names by their number, since twelve names would crowd out the other notes.
    """
    # The enum declares the stances in the order of the screen.
    order = list(Stance)
    speakers = note.speakers
    keys = dict.fromkeys(
        (voice.stance, voice.panelist)
        for voice in note.all_voices
        # In a bundle a speaker may agree with their own note: list them once.
        if voice.stance is not Stance.AGREES or voice.panelist not in speakers
    )
    voices = [(stance, names[panelist]) for stance, panelist in keys if panelist is not None and panelist in names]
    voices.sort(key=lambda voice: order.index(voice[0]))
    shown = []
    for stance, together in itertools.groupby(voices, key=lambda voice: voice[0]):
        members, mark = [name for _, name in together], voice_mark(stance)
        if counted and mark and len(members) > NAMED:
            shown.append(tr("{mark}{n} panelleden", mark=mark, n=len(members)))
        else:
            shown += [mark + name for name in members]
    # Who is named by a file is no seat, and others may see the screen.
    shown += map(stranger_words, apart(note.note.said_by)[0])
    if note.note.withheld:
        shown.append(withheld_words(note.note))
    if not shown and not note.kind.is_panels:
        return tr("notulist")
    return (between if len(shown) <= ON_LINES_OF_THEIR_OWN else ", ").join(shown)


def said_aloud(note: NoteContent, names: Mapping[str, str]) -> str:
    """Return a note's text for screen readers."""
    texts = [shown_text(part) for part in note.parts]
    parts = [time_of(note), tr(note.kind.word), *texts, speakers_of(note, names)]
    if note.note.star:
        parts.append(tr("met ster"))
    if note.note.parked:
        parts.append(tr("geparkeerd"))
    parts.append(agreed_words(note.note.owner, note.note.due, note.note.answer))
    return ", ".join(part for part in parts if part)


def time_of(note: NoteContent) -> str:
    """Return the time of a note, as "16:14"."""
    moment = note.note.captured_at
    return clock(moment)


@dataclass(frozen=True)
class StreamRow:
    """A note laid out for a width, in px: `text` and `speakers` broken into lines; below the text the notes bundled in
    it (`also`), then `chips`. `waits`: it has no text yet."""

    width: int
    time: str
    kind: ChipLook
    text: SetText
    speakers: SetText
    also: SetText
    waits: bool
    chips: tuple[tuple[ChipLook, float, float], ...]
    star: bool
    height: int

    @property
    def text_rect(self) -> QRectF:
        """Rectangle of the text, relative to the row's corner."""
        return QRectF(TEXT_LEFT, PADDING, self.width - TEXT_LEFT - SIDE - self.speakers.width - 12, self.text.height)

    def paint(
        self,
        painter: QPainter,
        theme: Appearance,
        top: float,
        *,
        chosen: bool,
        focused: bool,
        without_text: bool = False,
    ) -> None:
        """Paint the row; `chosen` draws it on a card. `without_text`: an editor covers the text."""
        color = theme.color
        if chosen or focused:
            card = QRectF(0, top, self.width, self.height).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(color(ColourRole.LINE), 1.0))
            painter.setBrush(color(ColourRole.SURFACE))
            painter.drawRoundedRect(card, 8, 8)
            if focused:
                paint_focus_ring(painter, QRectF(0, top, self.width, self.height), color(ColourRole.PRIMARY), 8)
        small = theme.font(TextStyle.SECONDARY, tabular=True)
        metrics = QFontMetricsF(small)
        base = top + PADDING + (LINE - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(small)
        painter.setPen(color(ColourRole.MUTED))
        painter.drawText(QPointF(SIDE, base), self.time)
        if self.star:
            theme.paint_icon(painter, "star-filled", QRectF(48, top + PADDING + 4, 12, 12), color(ColourRole.WARN))
        paint_chip(painter, theme, self.kind, QPointF(CHIP_LEFT, top + PADDING))
        if without_text:
            return
        self.text.paint(
            painter, self.text_rect.translated(0, top), color(ColourRole.MUTED if self.waits else ColourRole.INK)
        )
        if self.also.lines:
            place = self.text_rect.translated(ALSO_INDENT, top + self.text.height + ALSO_GAP)
            self.also.paint(painter, place, color(ColourRole.MUTED))
            painter.fillRect(QRectF(TEXT_LEFT, place.top() + 2, 2, self.also.height - 4), color(ColourRole.CONTROL))
        right = QRectF(self.width - SIDE - self.speakers.width, top + PADDING + 1, self.speakers.width, 100)
        self.speakers.paint(painter, right, color(ColourRole.MUTED), Qt.AlignmentFlag.AlignRight)
        for look, left, below in self.chips:
            paint_chip(painter, theme, look, QPointF(TEXT_LEFT + left, top + PADDING + below))


def set_row(theme: Appearance, note: NoteContent, width: int, names: Mapping[str, str]) -> StreamRow:
    """Lay out a row for a width, in px."""
    font = theme.font(TextStyle.SECONDARY)
    # No minimum widths: text wider than the available space would be painted over its neighbours.
    free = max(1.0, width - TEXT_LEFT - SIDE)
    share = max(1.0, (width - TEXT_LEFT) * SPEAKER_SHARE)
    who = speakers_of(note, names, counted=True)
    # Too wide for one line: one line for each speaker.
    if QFontMetricsF(font).horizontalAdvance(who) > share:
        who = speakers_of(note, names, "\n", counted=True)
    speakers = set_text(who, font, TextStyle.SECONDARY.line, share) if who else _nothing(theme)
    text_room = max(1.0, free - (speakers.width + 12 if who else 0))
    text = set_text(shown_text(note), theme.font(TextStyle.BODY), LINE, text_room)
    looks = [tag_chip(name) for name in dict.fromkeys(tag.name for part in note.parts for tag in part.tags)]
    if note.note.parked:
        why = tr("doorvragen") if note.note.mark is Mark.PROBE else tr("parkeerplaats")
        looks.insert(0, status_chip(why, ColourRole.WARN_TEXT, ColourRole.WARN_SOFT))
    looks += _agreed(note)
    also = _nothing(theme)
    if note.bundled:
        small = theme.font(TextStyle.SECONDARY)
        words = "\n".join(shown_text(content) for content in note.bundled)
        also = set_text(words, small, TextStyle.SECONDARY.line, max(1.0, text_room - ALSO_INDENT))
    chips: list[tuple[ChipLook, float, float]] = []
    texts = text.height + (also.height + ALSO_GAP if also.lines else 0)
    left, below = 0.0, texts + 2.0
    for look in looks:
        size = chip_size(theme, look)
        if left and left + size.width() > text_room:
            left, below = 0.0, below + size.height() + CHIP_GAP
        chips.append((look, left, below))
        left += size.width() + CHIP_GAP
    bottom = below + 20 if chips else float(texts)
    height = max(LOWEST, 2 * PADDING + max(bottom, speakers.height + 2.0))
    return StreamRow(
        width,
        time_of(note),
        kind_chip(note.kind, hollow=note.inherited),
        text,
        speakers,
        also,
        not note.text,
        tuple(chips),
        note.note.star,
        round(height),
    )


def _agreed(note: NoteContent) -> list[ChipLook]:
    """Return the chips of who does it or finds it out, by when, and that there is an answer."""
    words = shortened(agreed_words(note.note.owner, note.note.due), LONGEST_AGREED)
    looks = [status_chip(words, ColourRole.PRIMARY, ColourRole.PRIMARY_SOFT)] if words else []
    if note.note.answer:
        looks.append(status_chip(tr("beantwoord"), ColourRole.GOOD, ColourRole.GOOD_SOFT))
    return looks


def _nothing(theme: Appearance) -> SetText:
    return SetText((), 0.0, TextStyle.SECONDARY.line, theme.font(TextStyle.SECONDARY), False)
