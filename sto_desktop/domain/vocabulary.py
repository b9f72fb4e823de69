"""The fixed words of the field: codes as the log knows them, and the Dutch words that people read.

The codes go into files and are for ever; the Dutch words may change.
"""

from __future__ import annotations

from enum import StrEnum


class QuestionType(StrEnum):
    """Place of a question in the conversation (Krueger & Casey, *Focus Groups*, chapter 3)."""

    OPENING = "OPENING"
    INTRODUCTORY = "INTRODUCTORY"
    TRANSITION = "TRANSITION"
    KEY = "KEY"
    ENDING = "ENDING"


class ThemeKind(StrEnum):
    """What a block of the guide is for; only CONVERSATION becomes a chapter of the verslag."""

    OPENING = "OPENING"
    CONVERSATION = "CONVERSATION"
    BREAK = "BREAK"
    CLOSING = "CLOSING"


class Aspect(StrEnum):
    """What the three central questions ask for."""

    YIELD = "YIELD"
    SUCCESS_FACTOR = "SUCCESS_FACTOR"
    IMPROVEMENT = "IMPROVEMENT"


class NoteKind(StrEnum):
    """What a note is."""

    YIELD = "YIELD"
    SUCCESS_FACTOR = "SUCCESS_FACTOR"
    IMPROVEMENT = "IMPROVEMENT"
    RECOMMENDATION = "RECOMMENDATION"
    QUOTE = "QUOTE"
    ACTION = "ACTION"
    REMARK = "REMARK"
    OBSERVATION = "OBSERVATION"


class Mark(StrEnum):
    """What the moderator marked with one key, in the middle of the talk."""

    IMPORTANT = "IMPORTANT"
    RETURN = "RETURN"
    PROBE = "PROBE"


class Stance(StrEnum):
    """A panel member's part in a note."""

    SAYS = "SAYS"
    AGREES = "AGREES"
    DISAGREES = "DISAGREES"


class Evidence(StrEnum):
    """How a note bears on an insight or a recommendation."""

    SUPPORTS = "SUPPORTS"
    CONTRADICTS = "CONTRADICTS"


class Consent(StrEnum):
    """An answer about consent; UNKNOWN counts as NO."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


class PanelStatus(StrEnum):
    """How far a panel is."""

    PREPARING = "PREPARING"
    RUNNING = "RUNNING"
    HELD = "HELD"
    FINAL = "FINAL"


class Agreement(StrEnum):
    """Whether the panel recognised the summary that was read back."""

    YES = "YES"
    PARTLY = "PARTLY"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


class Level(StrEnum):
    """Who a recommendation is for."""

    SUBREGION = "SUBREGION"
    PROGRAMME = "PROGRAMME"


class Priority(StrEnum):
    """How much a recommendation matters."""

    HIGH = "HIGH"
    NORMAL = "NORMAL"
    LOW = "LOW"


def priority_rank(priority: Priority | None) -> int:
    """Return the place of a priority in an order, the highest first; where nobody gave one it is normal."""
    return list(Priority).index(priority or Priority.NORMAL)


class DebriefAuthor(StrEnum):
    """Whose debrief it is."""

    MODERATOR = "MODERATOR"
    NOTE_TAKER = "NOTE_TAKER"


SECTORS: tuple[str, ...] = (
    "po",
    "vmbo",
    "mavo/havo/vwo",
    "mbo",
    "hbo",
    "Technolab",
    "bedrijf",
    "bedrijfsvakschool",
    "gemeente",
    "overig",
)
"""Sectors that are offered; a dossier may hold others."""

SUBREGIONS: tuple[str, ...] = ("Almelo e.o.", "Enschede", "Hengelo", "Oldenzaal", "Rijssen-Holten")
"""Subregions of STO Twente; a dossier may hold others."""

CENTRAL_QUESTIONS: dict[Aspect, str] = {
    Aspect.YIELD: "Wat is de opbrengst van STO Twente?",
    Aspect.SUCCESS_FACTOR: "Wat zijn de succesfactoren?",
    Aspect.IMPROVEMENT: "Wat kan beter?",
}
"""The three questions that every theme asks in its own words."""

KIND_OF_ASPECT: dict[Aspect, NoteKind] = {
    Aspect.YIELD: NoteKind.YIELD,
    Aspect.SUCCESS_FACTOR: NoteKind.SUCCESS_FACTOR,
    Aspect.IMPROVEMENT: NoteKind.IMPROVEMENT,
}
"""The kind that a note inherits from the question under which it was made."""

_WORDS: tuple[tuple[StrEnum, str], ...] = (
    (QuestionType.OPENING, "opening"),
    (QuestionType.INTRODUCTORY, "introductie"),
    (QuestionType.TRANSITION, "overgang"),
    (QuestionType.KEY, "kern"),
    (QuestionType.ENDING, "afsluiting"),
    (ThemeKind.OPENING, "opening"),
    (ThemeKind.CONVERSATION, "thema"),
    (ThemeKind.BREAK, "pauze"),
    (ThemeKind.CLOSING, "afronding"),
    (Aspect.YIELD, "opbrengst"),
    (Aspect.SUCCESS_FACTOR, "succesfactor"),
    (Aspect.IMPROVEMENT, "verbeterpunt"),
    (NoteKind.YIELD, "opbrengst"),
    (NoteKind.SUCCESS_FACTOR, "succesfactor"),
    (NoteKind.IMPROVEMENT, "verbeterpunt"),
    (NoteKind.RECOMMENDATION, "aanbeveling"),
    (NoteKind.QUOTE, "citaat"),
    (NoteKind.ACTION, "actie"),
    (NoteKind.REMARK, "opmerking"),
    (NoteKind.OBSERVATION, "observatie"),
    (Mark.IMPORTANT, "belangrijk"),
    (Mark.RETURN, "terugkomen"),
    (Mark.PROBE, "doorvragen"),
    (Stance.SAYS, "zegt"),
    (Stance.AGREES, "bijval"),
    (Stance.DISAGREES, "tegenspraak"),
    (Evidence.SUPPORTS, "steunt"),
    (Evidence.CONTRADICTS, "tegengeluid"),
    (Consent.YES, "ja"),
    (Consent.NO, "nee"),
    (Consent.UNKNOWN, "onbekend"),
    (PanelStatus.PREPARING, "in voorbereiding"),
    (PanelStatus.RUNNING, "gesprek loopt"),
    (PanelStatus.HELD, "gehouden"),
    (PanelStatus.FINAL, "vastgesteld"),
    (Agreement.YES, "herkend"),
    (Agreement.PARTLY, "deels herkend"),
    (Agreement.NO, "niet herkend"),
    (Agreement.UNKNOWN, "nog niet bevestigd"),
    (Level.SUBREGION, "subregio"),
    (Level.PROGRAMME, "programma"),
    (Priority.HIGH, "hoog"),
    (Priority.NORMAL, "midden"),
    (Priority.LOW, "laag"),
    (DebriefAuthor.MODERATOR, "gespreksleider"),
    (DebriefAuthor.NOTE_TAKER, "notulist"),
)

WORDS: dict[tuple[type[StrEnum], str], str] = {(type(code), code.value): said for code, said in _WORDS}
"""The Dutch word of every code. Two codes of different kinds can be equal text (YES), so the kind counts."""


def word(code: StrEnum) -> str:
    """Return the Dutch word of a code, in lower case."""
    return WORDS[type(code), code.value]
