"""Messages of an exported chat, as WhatsApp on every telephone writes them: a stamp, who sends it, and the words."""

from __future__ import annotations

import datetime as dt
import re
import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sto_desktop.domain.typed import read_date, read_time
from sto_desktop.exchange.files.document import Grid, TextBlock
from sto_desktop.language import tr

DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202c"))
"""Marks for the direction of writing, which chats of a telephone have before and after a name."""

_DAY = r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4}\.?|[0-9]{1,2}\s+[a-z]{3,9}\.?(?:\s+[0-9]{4})?"
_CLOCK = r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:\s*[ap]\.?\s?m\b\.?)?"
_STAMP = re.compile(
    rf"(?P<open>\[)?(?:(?P<day>{_DAY}),?\s+(?:om\s+)?(?P<clock>{_CLOCK})|(?P<first>{_CLOCK}),?\s+(?P<after>{_DAY}))"
    r"(?P<ends>(?(open)\]|(?:\s*[-–—]|:)(?=\s)))?\s*",
    re.IGNORECASE,
)
# Telegram has the name first, above the words.
_ABOVE = re.compile(rf"([^\n]{{1,60}}?),\s\[({_DAY}),?\s({_CLOCK})\](?:\n(.*)|$)", re.IGNORECASE | re.DOTALL)
_STARTS = frozenset((*string.digits, "[", *map(chr, DIRECTIONS)))
# A contact may have a colon in its name, such as a face; a blank follows the one before the words.
_SENDER = re.compile(r"([^\n]{1,80}?)\s*:(?:\s(.*)|$)|([^:\n]{1,60}):(.*)", re.DOTALL)
_BY_MONTH = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{2,4})")
_NUMBER = re.compile(r"\+?[0-9(][0-9\s().\u2010-\u2015-]{6,}")
_LEAST_DIGITS = 8

_NOT_IN_FILE = re.compile(
    r"<?(?:media|afbeelding|image|video|audio|document|sticker|gif|contactkaart)\s*(?:weggelaten|omitted)>?"
    r"|(?:dit bericht is verwijderd|this message was deleted)\.?"
    r"|\S+\s\((?:bestand bijgevoegd|file attached)\)|<(?:bijlage|attached):[^>]*>",
    re.IGNORECASE,
)
_ENCRYPTED = re.compile(r".*end-to-end.*(?:versleuteld|encrypted).*", re.IGNORECASE)
_GROUP = re.compile(r"(?:.{1,60}\s)?(?:heeft|hebt)\s(?:de|deze|het)\s(?:groep|onderwerp).*", re.IGNORECASE | re.DOTALL)
# What stands before a colon in a message of the program itself.
_DOES = re.compile(r".*\s(?:heeft|hebt|changed|created|added|removed)\s.*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `day`: as written. `parted`: a sign parts the stamp from the rest, so it begins a message whatever
    follows. `notice`: why it is nobody's words; `who` may still have sent it. `numbered`: a telephone number stood
    where the name does, which is in no field.
    """

    who: str
    words: str
    day: str
    clock: str
    parted: bool
    in_brackets: bool
    numbered: bool = False
    notice: str = ""

    def moment(self, *, month_first: bool) -> dt.datetime | None:
        """Return when it was sent; None for a day that can't be read."""
        turned = _BY_MONTH.sub(r"\3\g<2>\1\g<2>\4", self.day)
        days = (turned, self.day) if month_first else (self.day, turned)
        day = next((found for text in days if (found := read_date(text.rstrip("."))) is not None), None)
        time = read_time(re.sub(r"\s+(?=[ap]\.?\s?m)", " ", self.clock, flags=re.IGNORECASE))
        return dt.datetime.combine(day, time) if day and time else None


def message_of(line: str) -> Message | None:
    """Return the message that a line begins; None if no stamp stands at its start."""
    if "[" in line and (above := _ABOVE.fullmatch(line)) is not None:
        return Message(above[1], (above[4] or "").strip(), above[2], above[3], parted=True, in_brackets=True)
    # Thousands of other lines are no message.
    if line[:1] not in _STARTS:
        return None
    found = _STAMP.match(text := line.translate(DIRECTIONS))
    if found is None:
        return None
    stamp = (found["day"] or found["after"], found["clock"] or found["first"], bool(found["ends"]), bool(found["open"]))
    rest = text[found.end() :]
    sent = _SENDER.fullmatch(rest)
    if sent is None or _DOES.fullmatch(sent[1] or sent[3] or ""):
        return Message("", rest, *stamp, notice=tr("een melding van het chatprogramma"))
    who, words = (sent[1] or sent[3]).strip(" ~\u202f\u00a0"), (sent[2] or sent[4] or "").strip()
    bare = " ".join(_NUMBER.sub(lambda digits: " " if _is_number(digits[0]) else digits[0], who).split())
    notice = ""
    if _NOT_IN_FILE.fullmatch(words.split("\n")[0]):
        notice = tr("een bijlage of bericht dat niet in het bestand staat")
    # An iPhone writes a mark of direction before words that are the program's.
    elif re.search(r":\s*\u200e", line.split("\n")[0]) or _ENCRYPTED.fullmatch(words) or _GROUP.fullmatch(words):
        notice = tr("een melding van het chatprogramma")
    return Message(bare, words, *stamp, numbered=bare != " ".join(who.split()), notice=notice)


def _is_number(text: str) -> bool:
    return sum(map(str.isdecimal, text)) >= _LEAST_DIGITS


def has_months_first(messages: Iterable[Message]) -> bool:
    """Return whether the days of a chat are in the American order: one of them can be no other."""
    days = [found for message in messages if (found := _BY_MONTH.fullmatch(message.day))]
    return any(int(day[3]) > 12 for day in days) and all(int(day[1]) <= 12 for day in days)


def by_message(blocks: Iterable[TextBlock | Grid]) -> Iterator[TextBlock | Grid]:
    """Yield the blocks; of several messages in one paragraph each is a paragraph of its own."""
    for block in blocks:
        if isinstance(block, Grid) or "\n" not in block.text:
            yield block
            continue
        lines: list[str] = []
        for line in block.text.split("\n"):
            message = message_of(line.strip()) if lines else None
            if message is not None and message.parted:
                yield replace(block, text="\n".join(lines))
                lines = []
            lines.append(line)
        yield replace(block, text="\n".join(lines))


def without_headings(blocks: Sequence[TextBlock | Grid]) -> Iterator[TextBlock | Grid]:
    """Yield the blocks of a chat, in which a heading inside a message is words of it; one with an empty line between it
    and the message below is of who put the chat in order.
    """
    begun = False
    for block, below in zip(blocks, (*blocks[1:], None), strict=True):
        begun |= _begins(block)
        between = below is not None and _begins(below) and isinstance(below, TextBlock) and below.apart
        if begun and isinstance(block, TextBlock) and block.level and not between:
            block = replace(block, level=0, look="")
        yield block


def _begins(block: TextBlock | Grid) -> bool:
    message = message_of(block.text.strip()) if isinstance(block, TextBlock) else None
    return message is not None and message.parted
