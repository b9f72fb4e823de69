"""Who sent what stands below or above a line: "Ingevuld door: Anna", and the end of a letter."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum

from sto_desktop.domain.names.ordinary_words import is_persons_name
from sto_desktop.domain.people import NameIndex, fold
from sto_desktop.exchange.files.document import Grid, TextBlock
from sto_desktop.exchange.files.form import filled, is_full_name
from sto_desktop.exchange.notes.lines.clutter import begins_mail, is_mail_head
from sto_desktop.exchange.notes.lines.front import bare
from sto_desktop.exchange.notes.lines.headings import heading_text
from sto_desktop.exchange.notes.lines.turns import is_voice, label_beside, name_like, turn_of, without_colon
from sto_desktop.language import tr, tr_later

_ALONE = (
    "afzender|naam|auteur|schrijver|gebruiker|inzender|invuller|persoon|panellid|deelnemer|spreker|respondent|collega|lid"
    "|geïnterviewde|van|aan het woord|uw naam|je naam|jouw naam|naam panellid|naam deelnemer|naam respondent"
    "|naam inzender|naam van panellid|ik ben|mijn naam|from|sender|name|your name|author|by|user|speaker|posted by"
    "|written by"
)
_BY = (
    "ingevuld|geschreven|opgeschreven|ingezonden|ingestuurd|aangeleverd|ingebracht|gezegd|genoemd|verteld|gestuurd"
    "|verzonden|verstuurd|gemaild|geappt|geplaatst|toegevoegd|beantwoord"
)
_OF = (
    "notitie|notities|aantekening|aantekeningen|inbreng|schriftelijke inbreng|bijdrage|schriftelijke bijdrage|reactie"
    "|reacties|schriftelijke reactie|opmerking|opmerkingen|antwoord|antwoorden|aanvulling|aanvullingen|bericht"
    "|berichten|mail|e-mail|email|feedback|terugkoppeling|commentaar|mening|woorden|punten|input|formulier|vragenlijst|enquête"
    "|brief|app|appje|invulformulier|per mail|per e-mail|per app|per brief|per post"
)
_WRITES = "schrijft|schreef|mailt|mailde|appt|appte|reageert|reageerde|zegt|zei|vertelt|vertelde|antwoordt|antwoordde"
_FINDS = "vindt|vond|noemt|noemde|meldt|meldde|wil|wilde|vraagt|vroeg"
_BEFORE_NAME = frozenset(
    (
        *(f"{word} door" for word in _BY.split("|")),
        *(f"{word} {by}" for word in _OF.split("|") for by in ("van", "door")),
    )
)
# "Mail Anna" is something to do.
_BARE = "inbreng|bijdrage|reactie|notities|aantekeningen|opmerkingen|antwoorden|aan het woord is"
_BEFORE_BARE_NAME = _BEFORE_NAME | {*_BARE.split("|")}
# As a point of a list, "Interview Anna" is something to do.
_TALKED = (
    "interview|interview met|telefonisch|telefonisch met|telefoongesprek met|gespreksverslag|input|vragenlijst"
    "|verslag gesprek|verslag gesprek met|verslag van het gesprek met"
)
_BEFORE_HEADED_NAME = _BEFORE_BARE_NAME | {*_TALKED.split("|")}
# "Gesprek met Anna" may be about what others said to her.
_ANNOUNCED = _BEFORE_HEADED_NAME | {"gesprek", "gesprek met"}
# "Antwoord: Anna" answers who does it.
_BEFORE_COLON = _BEFORE_BARE_NAME | {*_ALONE.split("|")}
_BEHIND_NAME = frozenset(f"{_WRITES}|{_FINDS}".split("|"))
# What says how or when it came: "Schriftelijke inbreng van", "Reactie per mail van", "mailt nog:".
_HOW = re.compile(
    r"^\s*(?:schriftelijke|nagekomen|aanvullende|latere|ingezonden|digitale|mondelinge)(?=\s)"
    r"|(?<=\s)per\s+(?:(?:e-?)?mail|app|brief|post|telefoon)(?=\s+(?:van|door)\s)|\s(?:nog|ook|verder|later)\s*$",
    re.IGNORECASE,
)
_LONGEST = 80
"""Characters of a line that names who sent what follows; more are a sentence."""
_MARKS = " \t*_"

_GREETINGS = (
    "groet|groeten|groetjes|gr|grtjs|grt|mvg|m vr gr|vriendelijke groet|vriendelijke groeten|met vriendelijke groet"
    "|met vriendelijke groeten|hartelijke groet|hartelijke groeten|met hartelijke groet|met hartelijke groeten"
    "|warme groet|met groet|veel groeten|lieve groet|lieve groeten|liefs|hoogachtend|dank en groet"
    "|kind regards|best regards|regards|best|cheers|with kind regards"
)
_ENDS = frozenset(_GREETINGS.split("|"))
_STARTS = frozenset((*_MARKS, *(letter for greeting in _ENDS for letter in (greeting[0], greeting[0].upper()))))
_MOST_GREETING_WORDS = 4
_BETWEEN = ("van", "-", "–")
# A dash, a name, and what they are.
_QUOTED_BY = re.compile(r"(?:[—–~-]|--)\s*(?P<name>[^\W\d_][^,(—–\n]{1,47}?)(?:(?:,|\s[(—–-]).*)?")
_QUOTES = frozenset("\"“„«'‘”’")
_NAMES_WHO = tr_later("noemt wie de regel erboven zei")
_SALUTATIONS = "beste|hoi|hallo|hi|dag|geachte|lieve|goedemorgen|goedemiddag|goedenavond|goedendag|hey|dear"
_HAILS = frozenset(_SALUTATIONS.split("|"))
_MOST_HAIL_WORDS = 8
"""Words in a salutation: more are a sentence."""


def sender_in(text: str, *, point: bool = False) -> str:
    """Return who is named in a line that tells nothing else than who sent what follows; empty if it does not.

    `point`: it is one of a list.
    """
    # Most of thousands of lines are longer.
    if len(text) > _LONGEST or "\n" in text:
        return ""
    head, colon, name = text.strip(_MARKS).partition(":")
    if colon and name.strip(_MARKS):
        return name.strip(_MARKS) if head.strip(_MARKS).lower() in _BEFORE_COLON else ""
    words = _HOW.sub(" ", head).strip(_MARKS).split()
    # "Anna mailt:" says whose words follow; "Anna mailt" is what somebody does.
    if colon and len(words) > 1 and fold(words[-1]) in _BEHIND_NAME:
        return " ".join(words[:-1])
    before = _BEFORE_BARE_NAME if point else _ANNOUNCED if colon else _BEFORE_HEADED_NAME
    fitting = (at for at in range(len(words) - 1, 0, -1) if fold(" ".join(words[:at])) in before)
    return _undated(" ".join(words[next(fitting, len(words)) :]))


def _undated(name: str) -> str:
    """Return a name without the day or the function behind it: "Anna, 14 februari", "Anna, docent"."""
    bare, _, behind = name.rstrip(".").partition(",")
    return bare if any(map(str.isdecimal, behind)) or behind.strip()[:1].islower() else name.rstrip(".")


def sending_lines(blocks: Sequence[TextBlock | Grid]) -> Iterator[tuple[str, str]]:
    """Yield the lines and rows that may say who sent what follows, with who that is."""
    for block in blocks:
        if isinstance(block, Grid):
            rows = (": ".join(cell for _, cell in filled(row)) for row in block.rows)
            yield from ((row, name) for row in rows if (name := sender_in(row)))
            continue
        line = heading_text(bare(block.text)) if block.level else bare(block.text)
        if name := sender_in(line, point=block.item):
            yield line, name


def ends_letter(text: str) -> tuple[bool, str]:
    """Return whether a line is the greeting at the end of a letter, and who is named in it: "Groet, Anna"."""
    # Below "--", mail programs put who sent it. Thousands of other lines are none.
    if text == "--":
        return True, ""
    if text[:1] not in _STARTS:
        return False, ""
    words = text.strip(_MARKS).split()
    for at in range(min(len(words), _MOST_GREETING_WORDS), 0, -1):
        if fold(" ".join(words[:at])).replace(".", " ").strip(" ,!-–:") in _ENDS and (
            at == len(words) or words[at - 1][-1] in ",.!-–:" or words[at] in _BETWEEN or words[at][0].isupper()
        ):
            named = words[at:]
            return True, " ".join(named[1:] if named and named[0] in _BETWEEN else named)
    return False, ""


def _hails(text: str) -> bool:
    if text[-1] not in ",!:.":
        return False
    words = text.split()
    return len(words) <= _MOST_HAIL_WORDS and fold(words[0]).strip(",!") in _HAILS


def letters_in(
    texts: Mapping[int, str], bounds: frozenset[int], is_name: Callable[[str], bool], bare: int = -1
) -> Iterator[tuple[range, int, str, bool]]:
    """Yield the letters in lines by their place: the places of their words, the last place of their end, who signed
    them, and whether a salutation or the head of a mail shows where they begin.

    `bounds`: places at which something else begins, such as the head of a mail. `bare`: the place of a name that is
    the end of a letter by itself.
    """
    start, opened = 0, False
    places = list(texts)
    for number, at in enumerate(places):
        if at in bounds or _hails(texts[at]):
            start, opened = at + 1, True
            continue
        ends, name = (True, texts[at]) if at == bare else ends_letter(texts[at])
        last = at
        if ends and not name and number + 1 < len(places):
            last = places[number + 1]
            name = texts[last].strip(_MARKS)
        if ends and name and is_name(name):
            yield range(start, at), last, name, opened
            start, opened = last + 1, False


def by_line(blocks: Iterable[TextBlock | Grid], known: NameIndex) -> Iterator[TextBlock | Grid]:
    """Yield the blocks; a paragraph in which line breaks part what several people say, or who sent it from the words,
    is a paragraph for each.
    """
    for block in blocks:
        if isinstance(block, Grid) or "\n" not in block.text or block.level or block.speaker:
            yield block
            continue
        lines = list(filter(None, map(str.strip, block.text.split("\n"))))
        head = any(map(begins_mail, lines))
        kinds = [_Line.ALONE if head and is_mail_head(line) else _kind(line, known) for line in lines]
        if not (any(kinds[1:]) or kinds[0] is _Line.ALONE) or not (
            _Line.ALONE in kinds or any(_tells_somebody(line, known) for line in lines)
        ):
            yield block
            continue
        # Where few lines begin with a name, as in a mail, the line below one need not go on with it.
        apart = kinds.count(_Line.BEGINS) < kinds.count(_Line.GOES_ON)
        parts: list[list[str]] = []
        for line, kind, above in zip(lines, kinds, (_Line.ALONE, *kinds), strict=False):
            if apart or kind or above is _Line.ALONE:
                parts.append([])
            parts[-1].append(line)
        for number, part in enumerate(parts):
            yield replace(block, text="\n".join(part), apart=block.apart and not number)


def with_quoted(blocks: Sequence[TextBlock | Grid]) -> tuple[TextBlock | Grid, ...]:
    """Return the blocks; a quotation with a name behind a dash below it is said by them."""
    changed = list(blocks)
    for at, (block, below) in enumerate(itertools.pairwise(blocks)):
        if isinstance(block, Grid) or block.text[:1] not in _QUOTES or isinstance(below, Grid):
            continue
        named = _QUOTED_BY.fullmatch(below.text)
        if named and name_like(named["name"]) and not (below.apart or block.level or block.speaker):
            changed[at] = replace(block, speaker=named["name"])
            changed[at + 1] = replace(below, left_out=tr(_NAMES_WHO), item=False)
    return tuple(changed)


class _Line(Enum):
    """What a line of a paragraph is: one with which somebody begins to speak, or one that tells only who."""

    GOES_ON = 0
    BEGINS = 1
    ALONE = 2

    def __bool__(self) -> bool:
        return self is not _Line.GOES_ON


def _kind(line: str, known: NameIndex) -> _Line:
    ends, name = ends_letter(line)
    if (ends and (not name or name_like(name))) or _hails(line) or name_like(sender_in(line)):
        return _Line.ALONE
    name = without_colon(line)
    if name_like(name) and known.meant(name):
        return _Line.ALONE
    turn, beside = turn_of(line), label_beside(line)
    if turn is not None and turn.speaker and not turn.loose:
        return _Line.BEGINS
    return _Line.BEGINS if beside is not None and known.meant(beside[0]) else _Line.GOES_ON


def _tells_somebody(line: str, known: NameIndex) -> bool:
    """Return whether it is somebody who begins to speak: "Vervoer: de bus" has the form of it too."""
    turn, beside = turn_of(line), label_beside(line)
    if turn is None or not turn.speaker:
        return beside is not None and bool(known.meant(beside[0]))
    who = turn.speaker
    return bool(turn.sure or known.meant(who) or is_full_name(who) or is_voice(who) or is_persons_name(who.split()[0]))
