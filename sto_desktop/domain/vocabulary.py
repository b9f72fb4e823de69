"""The vocabulary: every code that the log may hold, declared once with its meaning.

Codes are written into files and are permanent; the Dutch words may change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any, Self


class Coded(StrEnum):
    """A code of the log with its meaning: its Dutch word, or a record that contains the word.

    A code without a declared word uses the code itself, so that something is shown.
    """

    word: str
    _meaning: Any

    def __new__(cls, code: str, meaning: Any = "") -> Self:
        """Create a member from a code and its meaning; comparison and lookup use only the code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member._meaning = meaning
        member.word = (meaning if isinstance(meaning, str) else meaning.word) or code.lower().replace("_", " ")
        return member


@dataclass(frozen=True, slots=True)
class QuestionTypeMeaning:
    """Everything that holds for a type of question; `asked`: the word for such a question, if not `word` + "vraag"."""

    word: str
    asked: str = ""


class QuestionType(Coded):
    """Function of a question in the conversation (Krueger & Casey, *Focus Groups*, chapter 3)."""

    OPENING = "OPENING", QuestionTypeMeaning("opening", "openingsvraag")
    INTRODUCTORY = "INTRODUCTORY", QuestionTypeMeaning("introductie")
    TRANSITION = "TRANSITION", QuestionTypeMeaning("overgang", "overgangsvraag")
    KEY = "KEY", QuestionTypeMeaning("kern")
    ENDING = "ENDING", QuestionTypeMeaning("afsluiting", "slotvraag")

    @property
    def asked(self) -> str:
        """The word for a question of this type."""
        meaning: QuestionTypeMeaning = self._meaning
        return meaning.asked or f"{self.word}vraag"


class ThemeKind(Coded):
    """Function of a block of the guide; only CONVERSATION becomes a chapter of the verslag."""

    OPENING = "OPENING", "opening"
    CONVERSATION = "CONVERSATION", "thema"
    BREAK = "BREAK", "pauze"
    CLOSING = "CLOSING", "afronding"


class Shape(Enum):
    """The shape that marks a kind of note besides its colour, so that colour is never the only distinction."""

    TRIANGLE = auto()
    STAR = auto()
    DIAMOND = auto()
    ARROW = auto()
    QUOTE_MARKS = auto()
    TICK = auto()
    RING = auto()
    RING_AND_POINT = auto()
    SQUARE = auto()
    """Of no kind yet."""


class Hue(Enum):
    """A colour of a kind of note, or of a label; the window has a light and a dark variant."""

    GREEN = auto()
    BLUE = auto()
    ORANGE = auto()
    PURPLE = auto()
    TEAL = auto()
    RED = auto()
    GREY = auto()


class Told(Enum):
    """Where the verslag shows notes of a kind."""

    UNDER_QUESTION = auto()
    """Under their question; below a heading of their own if the question asks for another kind."""
    AS_QUOTE = auto()
    """Under their question, as a quote if the speaker may be quoted; otherwise as the kind that the
    question asks for.
    """
    AS_AGREED = auto()
    """In the list of agreements."""
    AS_SEEN = auto()
    """Only among the note taker's own observations, since the panel did not say it."""


AROUNDS = ('"', "(", "[")
"""Opening characters that may enclose a note of a kind; `capture.wrapping` has the closing ones."""
_BULLET_BLOCKS = (
    ("\u2190", "\u21ff"),  # arrows
    ("\u2460", "\u24ff"),  # numbers and letters in a circle
    ("\u25a0", "\u25ff"),  # squares, circles, triangles
    ("\u2719", "\u275a"),  # crosses and stars; before them are ticks, which say something
    ("\u2776", "\u27bf"),  # numbers in a circle, arrows; before them are quotes and brackets
    ("\u27f0", "\u27ff"),
    ("\u2b00", "\u2bff"),
    ("\uf020", "\uf0ff"),  # the fonts of symbols of Word
)
BULLET_SIGNS = "-*•–·‣⁃∙☐" + "".join(
    chr(code) for first, last in _BULLET_BLOCKS for code in range(ord(first), ord(last) + 1)
)
"""Characters that stand before an item of a list, as people type them and programs copy them."""
_NO_SIGNS = BULLET_SIGNS + " —−?@#\\\"“”„‟«»'‘’‚‹›()[]{}"
"""Bullets, quotes, brackets and other characters with a meaning in a typed line."""


@dataclass(frozen=True, slots=True)
class KindMeaning:
    """Everything that holds for a kind of note.

    `sign`: typed before a note; `around`: the first of the characters that enclose a whole note. `headings`: singular
    and plural in the verslag, if they differ from `word` and `plural`.

    Raises:
        ValueError: the capture language can't read the sign, or what is around a note.
    """

    word: str
    plural: str
    sign: str = ""
    around: str = ""
    shape: Shape = Shape.RING_AND_POINT
    hue: Hue = Hue.GREY
    told: Told = Told.UNDER_QUESTION
    headings: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        if self.sign and (
            len(self.sign) > 1 or not self.sign.isprintable() or self.sign.isalnum() or self.sign in _NO_SIGNS
        ):
            raise ValueError(f"{self.word}: {self.sign!r} can't be a sign, it has another meaning in a typed line")
        if self.around and self.around not in AROUNDS:
            raise ValueError(f"{self.word}: {self.around!r} can't be around a note, only one of {AROUNDS}")


class NoteKind(Coded):
    """The kind of a note. Declaring a new kind here is enough, with a shape that no other has; see CONTRIBUTING."""

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
        """Everything that holds for the kind."""
        meaning: KindMeaning = self._meaning
        return meaning

    @property
    def is_panels(self) -> bool:
        """Whether the panel said it; the note taker's own observations are never reported as statements."""
        return self.meaning.told is not Told.AS_SEEN

    @property
    def is_agreed(self) -> bool:
        """Whether it is an agreement, with who does it and by when; reported in the list of agreements."""
        return self.meaning.told is Told.AS_AGREED

    @property
    def is_quote(self) -> bool:
        """Whether it is somebody's literal words: shown as a quote only if they may be quoted."""
        return self.meaning.told is Told.AS_QUOTE

    @property
    def headings(self) -> tuple[str, str]:
        """The headings above one and above several such notes, in lower case."""
        return self.meaning.headings or (self.word, self.meaning.plural)


@dataclass(frozen=True, slots=True)
class AspectMeaning:
    """Everything that holds for an aspect; `kind`: default kind of notes under a question that asks for it."""

    word: str
    kind: NoteKind
    question: str
    title: str


class Aspect(Coded):
    """The subject of each of the three central questions."""

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
        """Everything that holds for the aspect."""
        meaning: AspectMeaning = self._meaning
        return meaning

    @property
    def kind(self) -> NoteKind:
        """The kind that a note inherits from a question with this aspect."""
        return self.meaning.kind


class Mark(Coded):
    """A mark that the moderator set with one key during the conversation."""

    IMPORTANT = "IMPORTANT", "belangrijk"
    RETURN = "RETURN", "terugkomen"
    PROBE = "PROBE", "doorvragen"


class StanceTone(Enum):
    """What the colour of a stance expresses; the window has colours for each."""

    MAIN = auto()
    GOOD = auto()
    AGAINST = auto()
    QUIET = auto()


@dataclass(frozen=True, slots=True)
class StanceMeaning:
    """Everything that holds for a stance: `sign` is typed after a name, and so are the characters of `also`.

    `counts`: whether it is a part in the conversation, and so counts as support and as having been heard. `of` and
    `many`: the phrases that list such members by name, and that count them.
    """

    word: str
    sign: str = ""
    also: str = ""
    counts: bool = True
    of: str = ""
    many: str = ""
    tone: StanceTone = StanceTone.QUIET


class Stance(Coded):
    """A member's part in a note; declared in the order in which voices are listed."""

    SAYS = "SAYS", StanceMeaning("zegt", of="{names}", many="@ {n} panelleden", tone=StanceTone.MAIN)
    AGREES = (
        "AGREES",
        StanceMeaning("bijval", "+", of="bijval van {names}", many="+ {n} vallen bij", tone=StanceTone.GOOD),
    )
    DISAGREES = (
        "DISAGREES",
        StanceMeaning(
            "tegenspraak", "-", "−–", of="tegenspraak van {names}", many="− {n} spreken tegen", tone=StanceTone.AGAINST
        ),
    )
    ABOUT = "ABOUT", StanceMeaning("over", "~", counts=False, of="over {names}", many="over {n} panelleden")

    @property
    def meaning(self) -> StanceMeaning:
        """Everything that holds for the stance."""
        meaning: StanceMeaning = self._meaning
        return meaning

    @property
    def sign(self) -> str:
        """The character typed after a name."""
        return self.meaning.sign

    @property
    def of(self) -> str:
        """How members in it are listed, with {names}."""
        return self.meaning.of or f"{self.word}: {{names}}"

    @property
    def many(self) -> str:
        """How members in it are told by their number {n}."""
        return self.meaning.many or f"{self.word}: {{n}} panelleden"

    @property
    def shown_sign(self) -> str:
        """The character shown before a name on screen: as wide as a plus."""
        return self.meaning.also[:1] or self.sign

    @property
    def counts(self) -> bool:
        """Whether a voice is a part in the conversation; one ABOUT a member only says that the note is."""
        return self.meaning.counts


class Evidence(Coded):
    """How a note relates to an insight or a recommendation."""

    SUPPORTS = "SUPPORTS", "steunt"
    CONTRADICTS = "CONTRADICTS", "tegengeluid"


class Consent(Coded):
    """An answer about consent; UNKNOWN counts as NO."""

    YES = "YES", "ja"
    NO = "NO", "nee"
    UNKNOWN = "UNKNOWN", "onbekend"

    @classmethod
    def strictest(cls, answers: Iterable[Consent]) -> Consent:
        """Return the answer that allows least: that of a person who gave several on several computers."""
        return max(answers, key=(cls.YES, cls.UNKNOWN, cls.NO).index)


class CheckAnswer(Coded):
    """What a member answered to their own words as they stand in the verslag."""

    AGREED = "AGREED", "akkoord"
    CHANGE = "CHANGE", "wijziging"
    SILENT = "SILENT", "geen reactie"


class Manner(Coded):
    """How an answer about consent was given."""

    FORM = "FORM", "formulier"
    MAIL = "MAIL", "mail"
    ALOUD = "ALOUD", "mondeling"


class PanelStatus(Coded):
    """The stage that a panel has reached."""

    PREPARING = "PREPARING", "in voorbereiding"
    RUNNING = "RUNNING", "gesprek loopt"
    HELD = "HELD", "gehouden"
    FINAL = "FINAL", "vastgesteld"


class Agreement(Coded):
    """Whether the panel agreed with the summary that was read back."""

    YES = "YES", "herkend"
    PARTLY = "PARTLY", "deels herkend"
    NO = "NO", "niet herkend"
    UNKNOWN = "UNKNOWN", "nog niet bevestigd"


class Level(Coded):
    """The level that a recommendation addresses."""

    SUBREGION = "SUBREGION", "subregio"
    PROGRAMME = "PROGRAMME", "programma"


class Priority(Coded):
    """The importance of a recommendation."""

    HIGH = "HIGH", "hoog"
    NORMAL = "NORMAL", "midden"
    LOW = "LOW", "laag"


class DebriefAuthor(Coded):
    """The author of a debrief."""

    MODERATOR = "MODERATOR", "gespreksleider"
    NOTE_TAKER = "NOTE_TAKER", "notulist"


class Output(Coded):
    """A kind of output, in the list of what was made for others."""

    REPORT = "REPORT", "verslag"
    COPY = "COPY", "kopie van het dossier"
    EXPORT = "EXPORT", "export"
    OVERVIEW = "OVERVIEW", "vogelvlucht"
    ACCESS = "ACCESS", "inzagepakket"
    FIGURE = "FIGURE", "figuur of tabel"
    PAPER = "PAPER", "papier"


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
"""Suggested sectors; a dossier may hold others."""

SUBREGIONS: tuple[str, ...] = ("Almelo e.o.", "Enschede", "Hengelo", "Oldenzaal", "Rijssen-Holten")
"""Subregions of STO Twente; a dossier may hold others."""


def priority_rank(priority: Priority | None) -> int:
    """Return the sort rank of a priority, highest first; None counts as normal."""
    return list(Priority).index(priority or Priority.NORMAL)
