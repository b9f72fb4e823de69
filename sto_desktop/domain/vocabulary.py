"""The fixed words of the field: each code as the log knows it, declared once with all that it means.

The codes go into files and are for ever; the Dutch words may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any, Self


class Coded(StrEnum):
    """A code of the log, declared with what it means: its Dutch word, or a record that holds the word among others.

    The word of a code that declares none is the code itself, so that it is at least shown.
    """

    word: str
    _meaning: Any

    def __new__(cls, code: str, meaning: Any = "") -> Self:
        """Make a member of a code and its meaning; the meaning takes no part in comparing or looking up."""
        member = str.__new__(cls, code)
        member._value_ = code
        member._meaning = meaning
        member.word = (meaning if isinstance(meaning, str) else meaning.word) or code.lower().replace("_", " ")
        return member


class QuestionType(Coded):
    """Place of a question in the conversation (Krueger & Casey, *Focus Groups*, chapter 3)."""

    OPENING = "OPENING", "opening"
    INTRODUCTORY = "INTRODUCTORY", "introductie"
    TRANSITION = "TRANSITION", "overgang"
    KEY = "KEY", "kern"
    ENDING = "ENDING", "afsluiting"


class ThemeKind(Coded):
    """What a block of the guide is for; only CONVERSATION becomes a chapter of the verslag."""

    OPENING = "OPENING", "opening"
    CONVERSATION = "CONVERSATION", "thema"
    BREAK = "BREAK", "pauze"
    CLOSING = "CLOSING", "afronding"


class Shape(Enum):
    """The shape that stands for a kind of note beside its colour, so that nobody has to tell colours apart."""

    TRIANGLE = auto()
    STAR = auto()
    DIAMOND = auto()
    ARROW = auto()
    QUOTE_MARKS = auto()
    TICK = auto()
    RING = auto()
    RING_AND_POINT = auto()


class Hue(Enum):
    """A colour of a kind of note, or of a label; the window knows it in light and dark."""

    GREEN = auto()
    BLUE = auto()
    ORANGE = auto()
    PURPLE = auto()
    TEAL = auto()
    RED = auto()
    GREY = auto()


class Told(Enum):
    """Where the verslag tells notes of a kind."""

    UNDER_QUESTION = auto()
    """Under their question; below a heading of their own where the question asks for another kind."""
    AS_QUOTE = auto()
    """Under their question, in the words of who may be quoted; otherwise as the kind that the question asks for."""
    AS_AGREED = auto()
    """In the list of what was agreed."""
    AS_SEEN = auto()
    """Only among the note taker's own observations: the panel did not say it."""


@dataclass(frozen=True, slots=True)
class KindMeaning:
    """All that holds of a kind of note.

    `sign` is typed in front of a note; `around` is the first of the characters that stand around the whole note.
    `headings`: above one and above several in the verslag, where they differ from `word` and `plural`.
    """

    word: str
    plural: str
    sign: str = ""
    around: str = ""
    shape: Shape = Shape.RING_AND_POINT
    hue: Hue = Hue.GREY
    told: Told = Told.UNDER_QUESTION
    headings: tuple[str, str] | None = None


class NoteKind(Coded):
    """What a note is. A new kind is declared here and nowhere else; see CONTRIBUTING."""

    YIELD = "YIELD", KindMeaning("opbrengst", "opbrengsten", "+", shape=Shape.TRIANGLE, hue=Hue.GREEN)
    SUCCESS_FACTOR = (
        "SUCCESS_FACTOR",
        KindMeaning("succesfactor", "succesfactoren", "=", shape=Shape.STAR, hue=Hue.BLUE),
    )
    IMPROVEMENT = "IMPROVEMENT", KindMeaning("verbeterpunt", "verbeterpunten", "/", shape=Shape.DIAMOND, hue=Hue.ORANGE)
    RECOMMENDATION = (
        "RECOMMENDATION",
        KindMeaning(
            "aanbeveling",
            "aanbevelingen",
            "!",
            shape=Shape.ARROW,
            hue=Hue.PURPLE,
            headings=("aanbeveling uit het gesprek", "aanbevelingen uit het gesprek"),
        ),
    )
    QUOTE = (
        "QUOTE",
        KindMeaning("citaat", "citaten", around='"', shape=Shape.QUOTE_MARKS, hue=Hue.TEAL, told=Told.AS_QUOTE),
    )
    ACTION = "ACTION", KindMeaning("actie", "acties", ">", shape=Shape.TICK, hue=Hue.RED, told=Told.AS_AGREED)
    REMARK = "REMARK", KindMeaning("opmerking", "opmerkingen", ".")
    OBSERVATION = (
        "OBSERVATION",
        KindMeaning("observatie", "observaties", around="(", shape=Shape.RING, told=Told.AS_SEEN),
    )

    @property
    def meaning(self) -> KindMeaning:
        """All that holds of the kind."""
        meaning: KindMeaning = self._meaning
        return meaning

    @property
    def is_panels(self) -> bool:
        """Whether the panel said it; what only the note taker saw is never printed as something that was said."""
        return self.meaning.told is not Told.AS_SEEN

    @property
    def headings(self) -> tuple[str, str]:
        """What stands above one and above several such notes, in lower case."""
        return self.meaning.headings or (self.word, self.meaning.plural)


@dataclass(frozen=True, slots=True)
class AspectMeaning:
    """All that holds of an aspect; `kind`: what notes are that were made under a question that asks for it."""

    word: str
    kind: NoteKind
    question: str
    title: str


class Aspect(Coded):
    """What the three central questions ask for."""

    YIELD = (
        "YIELD",
        AspectMeaning("opbrengst", NoteKind.YIELD, "Wat is de opbrengst van STO Twente?", "Wat is de opbrengst?"),
    )
    SUCCESS_FACTOR = (
        "SUCCESS_FACTOR",
        AspectMeaning(
            "succesfactor", NoteKind.SUCCESS_FACTOR, "Wat zijn de succesfactoren?", "Wat zijn de succesfactoren?"
        ),
    )
    IMPROVEMENT = "IMPROVEMENT", AspectMeaning("verbeterpunt", NoteKind.IMPROVEMENT, "Wat kan beter?", "Wat kan beter?")

    @property
    def meaning(self) -> AspectMeaning:
        """All that holds of the aspect."""
        meaning: AspectMeaning = self._meaning
        return meaning

    @property
    def kind(self) -> NoteKind:
        """The kind that a note inherits from a question that asks for this."""
        return self.meaning.kind


class Mark(Coded):
    """What the moderator marked with one key, in the middle of the talk."""

    IMPORTANT = "IMPORTANT", "belangrijk"
    RETURN = "RETURN", "terugkomen"
    PROBE = "PROBE", "doorvragen"


@dataclass(frozen=True, slots=True)
class StanceMeaning:
    """All that holds of a stance: `sign` is typed behind a name, and so are the characters of `also`."""

    word: str
    sign: str = ""
    also: str = ""


class Stance(Coded):
    """A panel member's part in a note, in the order in which voices are told."""

    SAYS = "SAYS", StanceMeaning("zegt")
    AGREES = "AGREES", StanceMeaning("bijval", "+")
    DISAGREES = "DISAGREES", StanceMeaning("tegenspraak", "-", also="−–")

    @property
    def meaning(self) -> StanceMeaning:
        """All that holds of the stance."""
        meaning: StanceMeaning = self._meaning
        return meaning

    @property
    def sign(self) -> str:
        """What is typed behind a name."""
        return self.meaning.sign

    @property
    def shown_sign(self) -> str:
        """What stands before a name on the screen: as wide as a plus."""
        return self.meaning.also[:1] or self.sign


class Evidence(Coded):
    """How a note bears on an insight or a recommendation."""

    SUPPORTS = "SUPPORTS", "steunt"
    CONTRADICTS = "CONTRADICTS", "tegengeluid"


class Consent(Coded):
    """An answer about consent; UNKNOWN counts as NO."""

    YES = "YES", "ja"
    NO = "NO", "nee"
    UNKNOWN = "UNKNOWN", "onbekend"


class PanelStatus(Coded):
    """How far a panel is."""

    PREPARING = "PREPARING", "in voorbereiding"
    RUNNING = "RUNNING", "gesprek loopt"
    HELD = "HELD", "gehouden"
    FINAL = "FINAL", "vastgesteld"


class Agreement(Coded):
    """Whether the panel recognised the summary that was read back."""

    YES = "YES", "herkend"
    PARTLY = "PARTLY", "deels herkend"
    NO = "NO", "niet herkend"
    UNKNOWN = "UNKNOWN", "nog niet bevestigd"


class Level(Coded):
    """Who a recommendation is for."""

    SUBREGION = "SUBREGION", "subregio"
    PROGRAMME = "PROGRAMME", "programma"


class Priority(Coded):
    """How much a recommendation matters."""

    HIGH = "HIGH", "hoog"
    NORMAL = "NORMAL", "midden"
    LOW = "LOW", "laag"


class DebriefAuthor(Coded):
    """Whose debrief it is."""

    MODERATOR = "MODERATOR", "gespreksleider"
    NOTE_TAKER = "NOTE_TAKER", "notulist"


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


def priority_rank(priority: Priority | None) -> int:
    """Return the place of a priority in an order, the highest first; where nobody gave one it is normal."""
    return list(Priority).index(priority or Priority.NORMAL)
