"""Which members say a note by its own words: "Jildou: …", "[jildou] …", "…, aldus jildou"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from sto_desktop.domain.capture.drawn import SAYING
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.capture.tokens import STANCES
from sto_desktop.domain.model import Note, Panelist
from sto_desktop.domain.names.context import TITLE_WORDS
from sto_desktop.domain.names.doubts import doubts_of
from sto_desktop.domain.names.forms import given_initials, surname_initials
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import Mention, NameFinder, finder_of
from sto_desktop.domain.people import fold, name_index, squeeze
from sto_desktop.domain.seats import seats_in, seats_named
from sto_desktop.domain.vocabulary import Consent, Stance
from sto_desktop.patterns import lazy_re

_SIGNS = " \t\"'“‘«„-–—•*_!?+=~.>"
_LONGEST = 48
"""Characters of somebody's name with a title; more are a sentence."""

_SAYS = (
    rf"{SAYING}|vertel(?:t|de)|meld(?:t|de)|noem(?:t|de)|benadrukt(?:e)?|herhaal(?:t|de)|waarschuw(?:t|de)|wil(?:de)?"
    r"|geeft\s+aan|gaf\s+aan|merkt(?:e)?\s+op|legt(?:e)?\s+uit|voeg(?:t|de)\s+toe"
)
_SAYS_AT_END = lazy_re(rf"\s+(?:{_SAYS})\s*$", re.IGNORECASE)
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?"
_TIME = lazy_re(rf"(?:[\[(]?{_CLOCK}[\])]?(?:\s+uur)?(?:[\s,–—-]+|\s*-->\s*))+")
_SKIPPED = lazy_re(rf"(?:\d{{1,2}}[.)]\s+)?(?:{_TIME.pattern})?")
_LINES = lazy_re(r"\n|;\s")
_SENTENCES = lazy_re(r"(?<=[.!?…])(?<!(?<![^\W_])(?:nr|st|no)\.)[\"”’»]?\s+", re.IGNORECASE)
"""Each line and each sentence of it may have a speaker of its own."""

_PIECES = lazy_re(rf"\n+|{_SENTENCES.pattern}", re.IGNORECASE)

_LABEL = lazy_re(rf"(?P<label>[^:：>|=…\t\n]{{1,{_LONGEST}}}?)\s*(?:[:：>|=…\t]|->|\.\.\.|$)")
"""Before a colon and the like: a name may have a title, a function and others beside it."""
_COLON = lazy_re(rf"(?P<label>[^:：]{{1,{_LONGEST}}})[:：]")
_BRACKETED = lazy_re(rf"[\[(<{{](?:v\s+)?(?P<label>[^\])>}}\n]{{1,{_LONGEST}}})[\])>}}]")
_BRACKETED_BEHIND = lazy_re(rf"{_BRACKETED.pattern}(?=[\"”»’']?\s*(?:[,.!?…]|$))")
_ALONE_IN_FRONT = (
    # "Stoel 2 – 4" are three seats.
    lazy_re(rf"(?P<label>[^–—\n]{{1,{_LONGEST}}}?)\s+[-–—]\s(?!(?<=\d\s[-–—]\s)\d)"),
    lazy_re(rf"(?P<label>\S[^,.;:\n]{{0,{_LONGEST}}}?)\s+(?:{_SAYS})(?![^\W_])", re.IGNORECASE),
)
"""At the start, where only a name may stand: before a dash or a verb of saying."""
_ALONE_BEHIND = lazy_re(
    rf"(?:(?<=[.!?…”\"»])\s+(?:bron:?\s+)?|\s(?:--|[-–—])\s+|\s[/^~]{{1,2}}\s*)(?P<label>[^–—/^~\n]{{1,{_LONGEST}}}?)[\W_]*$",
    re.IGNORECASE,
)
"""At the end, where only a name may stand."""
_SAID_BEHIND = lazy_re(
    rf"(?:,?\s+aldus|[,.!?…”\"»’'](?:\s+zo)?\s+(?:{_SAYS}))\s+(?P<label>[^,.;:\n]{{1,{_LONGEST}}}?)\s*(?=[,.:!…”\"»]|$)",
    re.IGNORECASE,
)

_IN_LIST = lazy_re(r"(?:^|[,;/&+]|\s[-–—]\s|(?<![^\W_])(?:en|of|namens))\s*(?:[^\W_][\w.]*\s+)?$", re.IGNORECASE)
_BEHIND_IN_LIST = lazy_re(rf"[\s\"”“’'_*]*(?:$|[,;/&+(\[]|(?:en|of)\s|(?:{_SAYS})\s*$)", re.IGNORECASE)
_BESIDE_NAME = lazy_re(
    r"\s+(?:ook|weer|nogmaals|opnieuw|zachtjes|boos|\w+end|\d[\d:.]*|(?:aan|op|tegen|vanuit|via)\s.*)\s*$",
    re.IGNORECASE,
)
"""Behind a name before a colon: "Jurre nogmaals: …", "Jurre tegen Anna: …"; not "Jurre is ziek: …"."""
# In mid-sentence only these verbs show that a member speaks: "anna noemt jurre als voorbeeld".
_PLAINLY_SAYS = "zegt|zei|vertel(?:t|de)|vindt|vond"
_REPORTED = lazy_re(rf"\s+(?:{_PLAINLY_SAYS})(?![^\W_])(?!.*\?)", re.IGNORECASE)
_REPORTING = lazy_re(rf"(?<![^\W_])(?:{_PLAINLY_SAYS})\s+$", re.IGNORECASE)
_WHAT = lazy_re(r"\s*(?:[,:.!…”\"»]|dat\s|$)", re.IGNORECASE)
_BEHIND_SAYING = lazy_re(rf"(?<![^\W_])(?:{_SAYS})\s+$", re.IGNORECASE)
_LINE = lazy_re(r"[^\n]+")
_MAY_BE_IN_FRONT = lazy_re(
    rf"(?P<label>[^:：\n]{{1,{_LONGEST}}}?)\s*(?:[:：](?!\s*\d)|\s(?:{_SAYS})(?![^\W_]))", re.IGNORECASE
)
"""Not "2:1", a score, or "om 2:10"."""
# In lower case, a letter counts the items of a list.
_INITIAL = r"[A-ZÀ-ÖØ-Þ]"
_SIGN_BRACKETED = lazy_re(rf"[\[(](?P<label>\d{{1,2}}|{_INITIAL})[\])]")
_SIGNS_BEHIND = (
    lazy_re(rf"{_SIGN_BRACKETED.pattern}[\s.!?…]*$"),
    lazy_re(rf"\s[-–—~]{{1,2}}\s?(?P<label>{_INITIAL})[\s.!?…]*$"),
)
"""A seat or an initial behind words: "te vol (4)", "te vol (J)", "te vol -J"."""
_NAME_WORDS = lazy_re(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*")
_MOST_NAME_WORDS = 3
_MOST_ABOVE = 5
"""Blanks in a line with a title, a name and a time."""
_PARTED = lazy_re(r"\s*(?:[,/&+]|(?<![^\W_])(?:en|of)(?![^\W_]))\s*", re.IGNORECASE)
_ROLE_LETTERS = frozenset("ir")
"""Of an interviewer and a respondent."""
_OF_SOMEBODY = lazy_re(
    r"^(?:de\s+|een\s+)?(?:aanvulling|advies|antwoord|bijdrage|citaat|commentaar|idee|inbreng|kritiek|mening|opmerking"
    r"|punt|reactie|standpunt|suggestie|toevoeging|uitspraak|vraag|woorden|zorg)\s+van\s+$",
    re.IGNORECASE,
)
"""What somebody says: "Reactie van Jurre: …"; "Vraag aan Jurre: …" is somebody else's."""
_BESIDE_SOMEBODY = lazy_re(
    r"[\W_]*(?:behalve|dankzij|door|na|naast|n\.?a\.?v\.?|rond|sinds|(?P<of>van)|zonder)\s+(?=[^\W\d_])", re.IGNORECASE
)
"""In front, the words go on about the name: "van Jurre wil ik weten …", "na Jurre: …"; behind words, they are whose."""
_LISTED = lazy_re(r"(?:^|[,;/&+]|\s[-–—]\s|(?<![^\W_])(?:en|of))\s*$", re.IGNORECASE)
_HEADED = lazy_re(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?(?P<label>.*?)[\s:]*", re.DOTALL)
"""A heading may have a number before it and a colon behind."""
_TOWARDS = lazy_re(
    r"(?<![^\W_])(?:aan|bij|met|naar|niet|over|tegen|voor|volgens|actie|app|bel|bericht|mail|tip|uitnodiging)\s",
    re.IGNORECASE,
)


def speakers_by_name(said_by: str, members: Sequence[Panelist]) -> frozenset[str]:
    """Return which of these members (ids) a file names as who says a note, by name or seat: their list may come in
    after the notes.
    """
    # Behind a name or seat, "+" says that it agrees.
    saying = ", ".join(name for name in said_by.split(", ") if name[-1:] not in STANCES)
    return _named(saying, members)


def without_speakers(said_by: str, members: Sequence[Panelist]) -> str:
    """Return who a file names with a note, without these members, whatever their stance."""
    if not said_by or not members:
        return said_by
    names = said_by.split(", ")
    return ", ".join(name for name in names if not _named(name.rstrip("".join(STANCES)), members))


def _named(said_by: str, members: Sequence[Panelist]) -> frozenset[str]:
    if not said_by or not members:
        return frozenset()
    mentions = finder_of(tuple(members)).find(said_by)
    seats = {seat for part in re.split("[,;/@]", said_by) for seat in seats_in(part, bare=True)}
    return _at(seats, members) | frozenset(owner for mention in mentions for owner in mention.panelists)


def speakers_of(
    note: Note, members: Sequence[Panelist], among: Sequence[Panelist] = (), *, spoken: bool = False
) -> frozenset[str]:
    """Return which of these members (ids) said a note: as a file names them beside or above it, or by its own words.

    `among`: all members of its panel, if whom the file may mean counts too: an initial, a name written wrong. `spoken`:
    somebody else says it.
    """
    owners = _surely_said(note, members, spoken=spoken)
    # On a seat with that number sits somebody else in another panel.
    strange = [replace(member, seat=None) for member in members if member.id in owners and member.panel != note.panel]
    if strange:
        owners -= {member.id for member in strange}
        owners |= _surely_said(note, strange, spoken=spoken)
    names = (name for name in note.said_by.split(", ") if name[-1:] not in STANCES)
    return owners | frozenset(owner for name in names for owner in likely_speakers(name, among))


def _surely_said(note: Note, members: Sequence[Panelist], *, spoken: bool) -> frozenset[str]:
    named = speakers_by_name(note.said_by, members) | speakers_in_heading(note.heading, members)
    return named | speakers_in_words(note.text, members, spoken=spoken or bool(note.said_by))


def likely_speakers(label: str, members: Sequence[Panelist]) -> frozenset[str]:
    """Return which members (ids) who do not take part a label of a speaker is likely to mean, that names nobody: a mere
    number, an initial, a function, an organisation or a sector that nobody else here has, a name written wrong.
    """
    refusing = tuple(member for member in members if member.consent_participation is Consent.NO)
    label = label.strip(_SIGNS + "”“’»")
    if refusing and len(parts := [part for part in _PARTED.split(label) if part]) > 1:
        return frozenset(owner for part in parts for owner in likely_speakers(part, members))
    if not refusing or not label or speakers_by_name(label, members):
        return _at(seats_in(label, bare=True), refusing) if refusing else frozenset()
    if (letter := squeeze(label)) and len(letter) == 1:
        having = [member for member in members if letter in given_initials(member)]
        having = having or [member for member in members if letter in surname_initials(member)]
        only_theirs = letter not in _ROLE_LETTERS and all(member in refusing for member in having)
        return frozenset(member.id for member in having) if only_theirs else frozenset()
    # Also the initials of an abbreviation, which is rarely somebody in a text: "ev".
    if meant := name_index(members).meant(label):
        return frozenset(member.id for member in meant if all(one in refusing for one in meant))
    if sort := [member for member in members if _is_of(member, fold(label))]:
        return frozenset(member.id for member in sort if all(one in refusing for one in sort))
    words = [word for word in _NAME_WORDS.findall(label) if fold(word) not in TITLE_WORDS]
    if not 0 < len(words) <= _MOST_NAME_WORDS:
        return frozenset()
    finder = doubts_of(refusing, tuple(member for member in members if member not in refusing))
    return frozenset(owner for word in words for owner in finder.owners_near(word))


def _is_of(member: Panelist, label: str) -> bool:
    """Return whether a folded label is a member's function, sector or organisation, or the first words of that."""
    whole = (fold(member.role), fold(member.sector), fold(member.organisation))
    return bool(label) and (label in whole or whole[-1].startswith(f"{label} "))


def may_say(text: str, members: Sequence[Panelist]) -> tuple[Mention, ...]:
    """Return where a text may tell who says it, if they do not take part: "4: te vol", "te vol (4)", "te vol (H)"."""
    if all(member.consent_participation is not Consent.NO for member in members):
        return ()
    labels = (match for line in _LINE.finditer(text) for match in _may_be_labels(text, *line.span()))
    found = ((match, likely_speakers(match["label"], members)) for match in labels)
    return tuple(
        Mention(*match.span("label"), match["label"], NameForm.SPEAKER, tuple(sorted(owners)), grade=Grade.DOUBTFUL)
        for match, owners in found
        if owners
    )


def _may_be_labels(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    line = text[start:end]
    start += len(line) - len(line.lstrip(_SIGNS))
    front = _MAY_BE_IN_FRONT.match(text, start, end) or _SIGN_BRACKETED.match(text, start, end)
    if front is not None:
        yield front
        return
    found = (behind.search(text, start, end) for behind in _SIGNS_BEHIND)
    yield from filter(None, found)


def speakers_in_words(text: str, members: Sequence[Panelist], *, spoken: bool = False) -> frozenset[str]:
    """Return which of these members (ids) a text says to have spoken: "wethouder Kolkman: …", "…, zei Kolkman".

    `spoken`: somebody else says it, who may come back to what another said: "ik ben het eens met wat Kolkman zei".
    """
    if not members:
        return frozenset()
    finder = finder_of(tuple(members))
    lines = [line for line in _LINES.split(text) if line.strip()]
    # What was typed or imported before the members were known has its marks still: "te duur @4".
    marks = parse(text, members).voices if "@" in text else ()
    owners = {member for member, stance in marks if stance is Stance.SAYS}
    for at, line in enumerate(lines):
        sentences = _SENTENCES.split(line)
        for sentence in sentences:
            owners.update(_in_front(sentence, members, finder))
        if len(sentences) > 1:
            # "Jurre. Te duur."
            owners.update(_named_alone(sentences[0], members, finder, opens=True))
        owners.update(_further_on(line, members, finder, spoken=spoken))
        # A name by itself above the words.
        if at < len(lines) - 1:
            owners.update(speakers_above(line, members))
    return frozenset(owners)


def speakers_above(line: str, members: Sequence[Panelist]) -> frozenset[str]:
    """Return which of these members (ids) a line names and nothing else but a time: they say what stands below it."""
    if not members or line.count(" ") > _MOST_ABOVE:
        return frozenset()
    return frozenset(_named_alone(_TIME.sub("", f"{line} "), members, finder_of(tuple(members))))


def speakers_in_heading(heading: str, members: Sequence[Panelist]) -> frozenset[str]:
    """Return which of these members (ids) say what stands below a heading: it is their name, or says whose words follow
    ("Inbreng van Jurre"). Headings in each other are parted by "›".
    """
    if not heading or not members:
        return frozenset()
    return frozenset(owner for part in heading.split("›") for owner in _in_heading(_headed(part.strip()), members))


def _headed(heading: str) -> str:
    found = _HEADED.fullmatch(heading)
    return found["label"] if found else heading


def _in_heading(label: str, members: Sequence[Panelist]) -> Iterator[str]:
    yield from _seated(label, members)
    for mention in finder_of(tuple(members)).find(f"{label}:"):
        before, behind = label[: mention.start], label[mention.end :]
        words = before.split()
        if words and fold(words[-1]).strip(".") in TITLE_WORDS:
            before = before[: before.rindex(words[-1])]
        # A heading is short: "Inbreng Hilde".
        of_somebody = _OF_SOMEBODY.match(before) or _OF_SOMEBODY.match(f"{before.rstrip()} van ")
        if (_LISTED.search(before) or of_somebody) and _BEHIND_IN_LIST.match(behind):
            yield from mention.panelists


def without_words_of(text: str, members: Sequence[Panelist], others: Sequence[Panelist]) -> str:
    """Return a text without the sentences that these members say in it, and without those that go on behind a label of
    theirs; what one of the others says, alone or with them, stays.
    """
    kept: list[str] = []
    goes_on, at = False, 0
    for end in (*(match.end() for match in _PIECES.finditer(text)), len(text)):
        piece, at = text[at:end], end
        if speakers_in_words(piece, others):
            goes_on = False
        elif speakers_in_words(piece, members):
            goes_on = _COLON.match(piece) is not None
            continue
        if not goes_on:
            kept.append(piece)
    return "".join(kept).strip()


def named_in(text: str, members: Sequence[Panelist]) -> frozenset[str]:
    """Return which of these members (ids) a text names, or their seat, whatever it says of them."""
    if not members:
        return frozenset()
    mentions = finder_of(tuple(members)).find(text)
    sure = (mention for mention in mentions if mention.grade in (Grade.CERTAIN, Grade.LIKELY))
    by_name = frozenset(owner for mention in sure for owner in mention.panelists)
    return by_name | _at(seats_named(text), members)


def _in_front(sentence: str, members: Sequence[Panelist], finder: NameFinder) -> Iterator[str]:
    start = len(sentence) - len(sentence.lstrip(_SIGNS))
    if (skipped := _SKIPPED.match(sentence, start)) is not None:
        start = skipped.end()
    beside = _BESIDE_SOMEBODY.match(sentence, start)
    for at, label in enumerate(_COLON.finditer(sentence, start)):
        # "Van Jurre: te duur" is his.
        if at or beside is None or beside["of"]:
            yield from _in_list(label["label"], members, finder, begins=at == 0)
    if (bracketed := _BRACKETED.match(sentence, start)) is not None:
        yield from _in_list(bracketed["label"], members, finder)
    for pattern in (_LABEL, *_ALONE_IN_FRONT):
        if (alone := pattern.match(sentence, start)) is not None and alone.end("label") < len(sentence):
            yield from _named_alone(alone["label"], members, finder, opens=True)


def _further_on(line: str, members: Sequence[Panelist], finder: NameFinder, *, spoken: bool) -> Iterator[str]:
    # Behind words that somebody says, "(Anna)" and "– Anna" are who agrees, or who is meant.
    for bracketed in () if spoken else _BRACKETED_BEHIND.finditer(line):
        yield from _in_list(bracketed["label"], members, finder)
    for alone in (None if spoken else _ALONE_BEHIND.search(line), *_SAID_BEHIND.finditer(line)):
        if alone is not None:
            yield from _named_alone(alone["label"], members, finder)
    for mention in () if spoken else finder.find(line):
        reporting = _REPORTING.search(line, 0, mention.start) and _WHAT.match(line, mention.end)
        if not mention.possessive and (_REPORTED.match(line, mention.end) or reporting):
            yield from mention.panelists


def _at(seats: Collection[int], members: Sequence[Panelist]) -> frozenset[str]:
    return frozenset(member.id for member in members if member.seat in seats)


def _seated(label: str, members: Sequence[Panelist]) -> frozenset[str]:
    """Return whose seat a label is, and nothing else: "stoel 4", "st. 4 zegt"."""
    return _at(seats_in(_SAYS_AT_END.sub("", label)), members)


def _in_list(label: str, members: Sequence[Panelist], finder: NameFinder, *, begins: bool = False) -> Iterator[str]:
    """Yield whose names stand in a label as of a speaker: alone or beside others, with a title or a function; or, if
    `begins` is enough, at its start: "Jurre nogmaals: …".
    """
    yield from _seated(label, members)
    for mention in finder.find(f"{label}:"):
        before, behind = label[: mention.start], label[mention.end :]
        first = begins and not before.strip(_SIGNS + "@") and _BESIDE_NAME.match(behind) is not None
        said = _OF_SOMEBODY.match(before) or _BEHIND_SAYING.search(before)
        listed = _IN_LIST.search(before) and not _TOWARDS.search(before)
        if first or ((said or listed) and _BEHIND_IN_LIST.match(behind)):
            yield from mention.panelists


def _named_alone(label: str, members: Sequence[Panelist], finder: NameFinder, *, opens: bool = False) -> Iterator[str]:
    """Yield whose name a label is, and nothing more than a title before it; `opens`: it stands in front of words."""
    label = label.strip(_SIGNS + "”“’»")
    yield from _seated(label, members)
    for mention in finder.find(f"{label}:"):
        title = label[: mention.start].strip(" @")
        if (
            mention.end == len(label)
            and " " not in title
            and not _TOWARDS.match(f"{title} ")
            and not (opens and _BESIDE_SOMEBODY.match(f"{title} x"))
            and not mention.possessive
        ):
            yield from mention.panelists
