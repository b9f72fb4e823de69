"""The records of a panel, one dataclass per table: guide, panel, people, notes and what they add up to.

Those about the work on a dossier are in `bookkeeping`.

A field declares here everything that holds for it elsewhere: see `record.FieldSpec`. A field that declares nothing is
private.

Ids are UUIDs as text. A link between two rows has an id derived from both ends (see `identity`), so that the same link
made twice is one row. None means that a field was never set.
"""

from __future__ import annotations

import datetime as dt

from sto_desktop.domain import record as field
from sto_desktop.domain.place import NOWHERE, Position
from sto_desktop.domain.record import Unnamed
from sto_desktop.domain.vocabulary import (
    Agreement,
    Aspect,
    CheckAnswer,
    Consent,
    DebriefAuthor,
    Evidence,
    Level,
    Mark,
    NoteKind,
    PanelStatus,
    Priority,
    QuestionType,
    Stance,
    ThemeKind,
)


@field.table("guide", word="gespreksleidraad")
class Guide:
    """Themes with questions, times and probes; `origin`: the guide from which this one was copied."""

    id: str
    name: str = field.text(default="", names=True, word="naam", unnamed=Unnamed.REDACTED)
    version: str = field.text(default="", word="versie", unnamed=Unnamed.REDACTED)
    origin: str = field.text(default="", word="herkomst", unnamed=Unnamed.SAME)


@field.table("theme", word="thema")
class Theme:
    """A block of the guide; `minutes`: time without a question (welcome, break); `script`: text to read aloud."""

    id: str
    position: Position = field.position("guide", default=NOWHERE, owned=True, word="plaats")
    title: str = field.text(default="", names=True, word="titel", unnamed=Unnamed.REDACTED)
    short_title: str = field.text(default="", names=True, word="korte titel", unnamed=Unnamed.REDACTED)
    kind: ThemeKind = field.code(ThemeKind, default=ThemeKind.CONVERSATION, word="soort", unnamed=Unnamed.SAME)
    minutes: int = field.integer(default=0, word="minuten", unnamed=Unnamed.SAME)
    script: str = field.text(default="", word="tekst om voor te lezen", unnamed=Unnamed.REDACTED, running=True)
    origin: str = field.text(default="", word="herkomst", unnamed=Unnamed.SAME)


@field.table("question", word="vraag")
class Question:
    """A question under a theme; `essential`: keep it when time is short."""

    id: str
    position: Position = field.position("theme", default=NOWHERE, owned=True, word="plaats")
    text: str = field.text(default="", names=True, word="tekst", unnamed=Unnamed.REDACTED, running=True)
    short_text: str = field.text(default="", word="korte tekst", unnamed=Unnamed.REDACTED)
    type: QuestionType = field.code(QuestionType, default=QuestionType.KEY, word="vraagtype", unnamed=Unnamed.SAME)
    aspect: Aspect | None = field.code(Aspect, default=None, word="aspect", unnamed=Unnamed.SAME)
    minutes: int = field.integer(default=0, word="minuten", unnamed=Unnamed.SAME)
    essential: bool = field.boolean(default=False, word="kern van de zaak", unnamed=Unnamed.SAME)
    script: str = field.text(default="", word="tekst om voor te lezen", unnamed=Unnamed.REDACTED, running=True)
    origin: str = field.text(default="", word="herkomst", unnamed=Unnamed.SAME)


@field.table("probe", word="doorvraag")
class Probe:
    """A follow-up question that helps the conversation."""

    id: str
    position: Position = field.position("question", default=NOWHERE, owned=True, word="plaats")
    text: str = field.text(default="", names=True, word="tekst", unnamed=Unnamed.REDACTED, running=True)
    origin: str = field.text(default="", word="herkomst", unnamed=Unnamed.SAME)


@field.table("panel", word="panelgesprek")
class Panel:
    """One conversation, planned from `start` to `end`; `retain_until`, `forms_until`, `notes_until`: until when names,
    forms and notes are kept (see `panel.terms`).

    Context for the reader of a report (COREQ, *Int J Qual Health Care* 19(6), 2007, items 1 to 15 and 19):
    `moderator_role`: relation of the moderator to those present; `selection`: why these people; `invited`: how many;
    `declined`: who could not or would not come, and why; `others_present`; `recording`. `report_version` and
    `reaction_until` concern the verslag; `draft_on`: when members get its draft; `confirmed_on`: when the panel
    approved it (the panel check).
    What the letter tells (AVG, article 13): `responsible`, the school board or the programme; `privacy_contact`, its
    officer for data protection; `processing_ground`; `recipients` of the verslag.
    """

    id: str
    title: str = field.text(default="", names=True, word="titel", unnamed=Unnamed.REDACTED)
    guide: str | None = field.reference("guide", default=None, word="gespreksleidraad")
    subregion: str = field.text(default="", word="subregio", unnamed=Unnamed.REDACTED)
    date: dt.date | None = field.day(default=None, word="datum", unnamed=Unnamed.SAME)
    start: dt.time | None = field.clock_time(default=None, word="begin", unnamed=Unnamed.SAME)
    place: str = field.text(default="", word="locatie", unnamed=Unnamed.REDACTED)
    moderator: str = field.text(default="", word="gespreksleider", unnamed=Unnamed.OFFICE)
    note_taker: str = field.text(default="", word="notulist", unnamed=Unnamed.OFFICE)
    status: PanelStatus = field.code(PanelStatus, default=PanelStatus.PREPARING, word="stand", unnamed=Unnamed.SAME)
    remarks: str = field.text(default="", word="opmerkingen", unnamed=Unnamed.REDACTED, running=True)
    processing_ground: str = field.text(default="", word="grondslag", unnamed=Unnamed.REDACTED)
    retain_until: dt.date | None = field.day(default=None, word="bewaartermijn", unnamed=Unnamed.SAME)
    moderator_role: str = field.text(
        default="", word="band van de gespreksleider met het panel", unnamed=Unnamed.REDACTED, running=True
    )
    selection: str = field.text(default="", word="hoe het panel gekozen is", unnamed=Unnamed.REDACTED, running=True)
    invited: int | None = field.integer(default=None, word="aantal uitgenodigd", unnamed=Unnamed.SAME)
    declined: str = field.text(default="", word="wie niet kon of wilde", running=True)
    others_present: str = field.text(default="", word="wie er verder bij was", running=True)
    recording: str = field.text(default="", word="opname", unnamed=Unnamed.REDACTED, running=True)
    report_version: str = field.text(default="", word="versie van het verslag", unnamed=Unnamed.REDACTED)
    reaction_until: dt.date | None = field.day(default=None, word="reageren tot", unnamed=Unnamed.SAME)
    confirmed_on: dt.date | None = field.day(default=None, word="akkoord van het panel", unnamed=Unnamed.SAME)
    end: dt.time | None = field.clock_time(default=None, word="einde", unnamed=Unnamed.SAME)
    responsible: str = field.text(default="", word="verantwoordelijke")
    privacy_contact: str = field.text(default="", word="FG")
    recipients: str = field.text(default="", word="wie het verslag krijgt", running=True)
    forms_until: dt.date | None = field.day(default=None, word="bewaartermijn van de formulieren", unnamed=Unnamed.SAME)
    notes_until: dt.date | None = field.day(default=None, word="bewaartermijn van de notities", unnamed=Unnamed.SAME)
    draft_on: dt.date | None = field.day(default=None, word="concept naar het panel", unnamed=Unnamed.SAME)


@field.table("panel_question", word="vraag in dit panel")
class PanelQuestion:
    """The decisions of one panel about one question; None keeps the guide's own value."""

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True, word="panelgesprek", key=True)
    question: str | None = field.reference("question", default=None, word="vraag", key=True)
    minutes: int | None = field.integer(default=None, word="minuten", unnamed=Unnamed.SAME)
    wording: str = field.text(default="", names=True, word="verwoording", unnamed=Unnamed.REDACTED, running=True)
    skipped: bool = field.boolean(default=False, word="overgeslagen", unnamed=Unnamed.SAME)
    position: Position = field.position("theme", default=NOWHERE, word="plaats")


@field.table("panelist", word="panellid")
class Panelist:
    """A member of a panel. `name`: full name; `first_name`: the name used in conversation.

    `form_in`: handed in the form about consent. `leaves_at`: said to leave before the end; `left_at`: did. `written`:
    what somebody who could not come sent in instead; it is no voice. `check_answer`: to their own words as they stand
    in the verslag (the panel check; None: not yet); `check_words`: what they want changed.
    """

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True, word="panelgesprek")
    seat: int | None = field.integer(
        default=None,
        word="stoel",
        erased=False,
        hint="Waar iemand zit, en het cijfer dat die persoon betekent: @3",
        read_as="stoel|stoelnr|stoelnummer|zitplaats|plaats aan tafel|nr|nummer|no|volgnummer",
    )
    name: str = field.text(
        default="",
        names=True,
        searched=True,
        word="naam",
        unnamed=Unnamed.LABEL,
        hint="Voor- en achternaam",
        read_as="naam|volledige naam|voor en achternaam|panellid|deelnemer|contactpersoon|genodigde|full name|name"
        "|wie bent u|uw naam|hoe heet je|hoe heet u|achternaam voornaam|achternaam en voornaam|naam voornaam"
        "|voornaam achternaam|voornaam en achternaam",
    )
    first_name: str = field.text(
        default="",
        word="roepnaam",
        unnamed=Unnamed.LABEL,
        hint="Hoe iemand in het gesprek genoemd wordt",
        column="",
        read_as="voornaam|roepnaam|first name|given name",
    )
    organisation: str = field.text(
        default="",
        searched=True,
        word="organisatie",
        hint="School, bedrijf of gemeente",
        expected=True,
        read_as="organisatie|school|bedrijf|instelling|werkgever|naam organisatie|naam school|naam bedrijf"
        "|naam instelling|naam werkgever|bedrijfsnaam|company|organisation|organization",
    )
    sector: str = field.text(
        default="",
        word="sector",
        unnamed=Unnamed.TRAIT,
        erased=False,
        hint="Kies of typ",
        expected=True,
        read_as="sector|branche|onderwijssoort|soort onderwijs",
    )
    role: str = field.text(
        default="",
        searched=True,
        word="functie",
        unnamed=Unnamed.TRAIT,
        hint="Bijvoorbeeld docent PIE",
        expected=True,
        read_as="functie|rol|beroep|functietitel|job title|title|position",
    )
    consent_participation: Consent = field.code(
        Consent,
        default=Consent.UNKNOWN,
        word="toestemming: deelname",
        erased=False,
        hint="Toestemming om mee te doen: j, n of o",
        column="Deelname",
        read_as="deelname|deelnemen|neemt deel|neem je deel|neemt u deel|toestemming deelname|toestemming deelnemen"
        "|meedoen|doet mee|doe je mee|doe jij mee|doet u mee|wil meedoen|wilt meedoen|wil je meedoen|wilt u meedoen"
        "|toestemming meedoen|mee|participatie|participeert",
    )
    consent_name: Consent = field.code(
        Consent,
        default=Consent.UNKNOWN,
        word="toestemming: naam",
        erased=False,
        hint="Toestemming om met naam in het verslag te staan: j, n of o",
        column="Naam noemen",
        read_as="naam noemen|naamsvermelding|naam in verslag|naam vermelden|toestemming naam",
    )
    consent_quote: Consent = field.code(
        Consent,
        default=Consent.UNKNOWN,
        word="toestemming: citaat",
        erased=False,
        hint="Toestemming om letterlijk geciteerd te worden: j, n of o",
        column="Citeren",
        read_as="citeren|citaat|citaten|toestemming citaat|toestemming citeren",
    )
    consent_recording: Consent = field.code(
        Consent,
        default=Consent.UNKNOWN,
        word="toestemming: opname",
        erased=False,
        hint="Toestemming om opgenomen te worden: j, n of o",
        column="Opname",
        read_as="opname|opnames|opnemen|geluidsopname|toestemming opname",
    )
    present: bool = field.boolean(
        default=True,
        word="aanwezig",
        unnamed=Unnamed.SAME,
        hint="Of iemand er is: spatie",
        read_as="aanwezig|aanwezigheid|presentie|komt|erbij|attendance|response|rsvp",
    )
    arrived_at: dt.datetime | None = field.moment(default=None, word="binnengekomen", erased=False, column="")
    left_at: dt.datetime | None = field.moment(default=None, word="vertrokken", erased=False, column="")
    form_in: bool = field.boolean(default=False, word="formulier ingeleverd", erased=False, column="")
    leaves_at: dt.time | None = field.clock_time(default=None, word="gaat weg om", erased=False, column="")
    written: str = field.text(default="", searched=True, word="schriftelijke inbreng", running=True, column="")
    check_answer: CheckAnswer | None = field.code(CheckAnswer, default=None, word="panelcheck", column="")
    check_words: str = field.text(default="", word="wijziging bij de panelcheck", running=True, column="")


@field.table("note", word="notitie")
class Note:
    """One thing that was said or seen, under a question (`position.parent`) or not yet placed.

    `kind` None: inherited from the question. `heading`: the title under which it was imported when it matched no
    question. `set_aside`: reviewed and deliberately not used. `mark`: set by one key, text to be added later.
    `bundled_in`: the note that says the same and represents both. `split_from`: the note from which it was split.
    `amends`: the summary that the panel corrected with this note. `owner` and `due`: who does an action, or finds out
    an open question, and by when; `answer`: what came of it. `late`: typed after the conversation, from paper, so that
    nobody knows when it was said. `said_by`: who says it, if that is no member: as a file names them, or the seat at
    which nobody was known to sit. `under`: the member below whose words it stood, without a speaker of its own.
    `withheld`: who said it did not take part and is no member any more, so that it stays out of every output.
    """

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True, word="panelgesprek", told=False)
    position: Position = field.position("question", default=NOWHERE, word="plaats")
    text: str = field.text(default="", names=True, searched=True, word="tekst", unnamed=Unnamed.REDACTED, running=True)
    kind: NoteKind | None = field.code(NoteKind, default=None, word="soort", unnamed=Unnamed.SAME)
    star: bool = field.boolean(default=False, word="ster", unnamed=Unnamed.SAME)
    parked: bool = field.boolean(default=False, word="parkeerplaats", unnamed=Unnamed.SAME)
    set_aside: bool = field.boolean(default=False, word="opzij gelegd", unnamed=Unnamed.SAME)
    captured_at: dt.datetime | None = field.moment(default=None, word="tijd", unnamed=Unnamed.SAME, told=False)
    heading: str = field.text(default="", word="kop waaronder de notitie stond", unnamed=Unnamed.REDACTED, told=False)
    mark: Mark | None = field.code(Mark, default=None, word="markering", unnamed=Unnamed.SAME, told=False)
    bundled_in: str | None = field.reference("note", default=None, word="bundel")
    split_from: str | None = field.reference("note", default=None, word="gesplitst van", told=False)
    amends: str | None = field.reference("playback", default=None, word="aanvulling op de samenvatting", told=False)
    owner: str = field.text(default="", names=True, searched=True, word="wie het doet", unnamed=Unnamed.REDACTED)
    due: dt.date | None = field.day(default=None, word="wanneer het klaar is", unnamed=Unnamed.SAME)
    answer: str = field.text(default="", searched=True, word="antwoord", unnamed=Unnamed.REDACTED, running=True)
    late: bool = field.boolean(default=False, word="later uitgetypt", unnamed=Unnamed.SAME, told=False)
    said_by: str = field.text(default="", word="spreker die geen panellid is")
    under: str | None = field.reference(
        "panelist", default=None, word="stond onder woorden van", unnamed=Unnamed.GONE, erased=False, told=False
    )
    withheld: bool = field.boolean(default=False, word="van wie niet meedeed", erased=False, told=False)


@field.table("voice", word="spreker bij een notitie")
class Voice:
    """A member's part in a note. `place`: its place among the voices, as typed; 0 where that was not kept."""

    id: str
    note: str | None = field.reference("note", default=None, owned=True, word="notitie", key=True)
    panelist: str | None = field.reference("panelist", default=None, owned=True, word="panellid", key=True)
    stance: Stance = field.code(Stance, default=Stance.SAYS, word="rol in de notitie", unnamed=Unnamed.SAME)
    place: int | None = field.integer(default=0, word="volgorde", unnamed=Unnamed.SAME, told=False)


@field.table("tag", word="label")
class Tag:
    """A label; its id derives from its name."""

    id: str
    name: str = field.text(default="", names=True, searched=True, word="naam", unnamed=Unnamed.REDACTED)
    colour: str = field.text(default="", word="kleur", unnamed=Unnamed.SAME)


@field.table("note_tag", word="label bij een notitie")
class NoteTag:
    """A label on a note."""

    id: str
    note: str | None = field.reference("note", default=None, owned=True, word="notitie", key=True)
    tag: str | None = field.reference("tag", default=None, owned=True, word="label", key=True)


@field.table("insight", word="inzicht")
class Insight:
    """A conclusion from notes, under a question (`position.parent`), a theme, or the panel as a whole.

    `withheld`: it rested on nothing but words, erased since, of who did not take part: it stays out of every output.
    """

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True, word="panelgesprek")
    position: Position = field.position("question", default=NOWHERE, word="plaats")
    theme: str | None = field.reference("theme", default=None, word="thema")
    aspect: Aspect | None = field.code(Aspect, default=None, word="aspect", unnamed=Unnamed.SAME)
    text: str = field.text(default="", names=True, searched=True, word="tekst", unnamed=Unnamed.REDACTED, running=True)
    withheld: bool = field.boolean(default=False, word="van wie niet meedeed", erased=False, told=False)


@field.table("insight_note", word="notitie bij een inzicht")
class InsightNote:
    """A note that supports or contradicts an insight."""

    id: str
    insight: str | None = field.reference("insight", default=None, owned=True, word="inzicht", key=True)
    note: str | None = field.reference("note", default=None, owned=True, word="notitie", key=True)
    evidence: Evidence = field.code(
        Evidence, default=Evidence.SUPPORTS, word="steun of tegengeluid", unnamed=Unnamed.SAME
    )


@field.table("insight_insight", word="inzicht onder een conclusie")
class InsightInsight:
    """A narrower insight that supports or contradicts a broader one."""

    id: str
    insight: str | None = field.reference("insight", default=None, owned=True, word="conclusie", key=True)
    rests_on: str | None = field.reference("insight", default=None, owned=True, word="inzicht", key=True)
    evidence: Evidence = field.code(
        Evidence, default=Evidence.SUPPORTS, word="steun of tegengeluid", unnamed=Unnamed.SAME
    )


@field.table("recommendation", word="aanbeveling")
class Recommendation:
    """A recommended action, of a panel (`position.parent`) or of the programme (None); `withheld`: as of an insight."""

    id: str
    position: Position = field.position("panel", default=NOWHERE, owned=True, word="plaats")
    text: str = field.text(default="", names=True, searched=True, word="tekst", unnamed=Unnamed.REDACTED, running=True)
    school_years: str = field.text(default="", word="schooljaren", unnamed=Unnamed.REDACTED)
    level: Level | None = field.code(Level, default=None, word="niveau", unnamed=Unnamed.SAME)
    owner: str = field.text(default="", word="eigenaar", unnamed=Unnamed.REDACTED)
    priority: Priority | None = field.code(Priority, default=None, word="prioriteit", unnamed=Unnamed.SAME)
    first_step: str = field.text(default="", searched=True, word="eerste stap", unnamed=Unnamed.REDACTED, running=True)
    securing: str = field.text(default="", word="borging", unnamed=Unnamed.REDACTED, running=True)
    withheld: bool = field.boolean(default=False, word="van wie niet meedeed", erased=False, told=False)


@field.table("recommendation_note", word="notitie bij een aanbeveling")
class RecommendationNote:
    """A note that supports or contradicts a recommendation."""

    id: str
    recommendation: str | None = field.reference(
        "recommendation", default=None, owned=True, word="aanbeveling", key=True
    )
    note: str | None = field.reference("note", default=None, owned=True, word="notitie", key=True)
    evidence: Evidence = field.code(
        Evidence, default=Evidence.SUPPORTS, word="steun of tegengeluid", unnamed=Unnamed.SAME
    )


@field.table("recommendation_insight", word="inzicht bij een aanbeveling")
class RecommendationInsight:
    """An insight from which a recommendation follows."""

    id: str
    recommendation: str | None = field.reference(
        "recommendation", default=None, owned=True, word="aanbeveling", key=True
    )
    insight: str | None = field.reference("insight", default=None, owned=True, word="inzicht", key=True)


@field.table("recommendation_theme", word="thema van een aanbeveling")
class RecommendationTheme:
    """A theme that a recommendation concerns; none means all themes."""

    id: str
    recommendation: str | None = field.reference(
        "recommendation", default=None, owned=True, word="aanbeveling", key=True
    )
    theme: str | None = field.reference("theme", default=None, owned=True, word="thema", key=True)


@field.table("playback", word="samenvatting voor het panel")
class Playback:
    """The summary that the moderator read back to the panel about a theme, and whether the panel agreed.

    `hands` of `hands_of` members present recognised it, if that was counted.
    """

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True, word="panelgesprek", key=True)
    theme: str | None = field.reference("theme", default=None, word="thema", key=True)
    text: str = field.text(default="", names=True, searched=True, word="tekst", unnamed=Unnamed.REDACTED, running=True)
    agreed: Agreement = field.code(
        Agreement, default=Agreement.UNKNOWN, word="herkend door het panel", unnamed=Unnamed.SAME
    )
    hands: int | None = field.integer(default=None, word="handen omhoog", unnamed=Unnamed.SAME)
    hands_of: int | None = field.integer(default=None, word="van zoveel aanwezigen", unnamed=Unnamed.SAME)


@field.table("debrief", word="terugblik")
class Debrief:
    """Five short answers of moderator or note taker, directly afterwards; `in_report`: may appear in the verslag."""

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True, word="panelgesprek", key=True)
    author: DebriefAuthor = field.code(
        DebriefAuthor, default=DebriefAuthor.MODERATOR, word="van wie", unnamed=Unnamed.SAME, key=True
    )
    stood_out: str = field.text(default="", searched=True, word="wat opviel", unnamed=Unnamed.REDACTED, running=True)
    different: str = field.text(
        default="", searched=True, word="wat anders liep", unnamed=Unnamed.REDACTED, running=True
    )
    went_well: str = field.text(default="", searched=True, word="wat goed ging", unnamed=Unnamed.REDACTED, running=True)
    do_differently: str = field.text(
        default="", searched=True, word="wat de volgende keer anders gaat", unnamed=Unnamed.REDACTED, running=True
    )
    follow_up: str = field.text(
        default="", searched=True, word="wat er nog moet gebeuren", unnamed=Unnamed.REDACTED, running=True
    )
    in_report: bool = field.boolean(default=False, word="mag in het verslag", unnamed=Unnamed.SAME)


@field.table("time_span", word="gebruikte tijd")
class TimeSpan:
    """Time used for a question: start and stop by the wall clock, `seconds` by a monotonic clock.

    A span without `stopped_at` is running: its question is the current one. `alive_at`: when it was last seen running,
    so that a crash loses only the time since.
    """

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True, word="panelgesprek")
    question: str | None = field.reference("question", default=None, word="vraag")
    started_at: dt.datetime | None = field.moment(default=None, word="begonnen", unnamed=Unnamed.SAME)
    stopped_at: dt.datetime | None = field.moment(default=None, word="gestopt", unnamed=Unnamed.SAME)
    alive_at: dt.datetime | None = field.moment(default=None, word="laatst gezien", unnamed=Unnamed.SAME)
    seconds: int | None = field.integer(default=None, word="seconden", unnamed=Unnamed.SAME)


@field.table("planned_part", word="onderdeel van het plan bij het begin")
class PlannedPart:
    """A part of the guide (`theme`) as planned when the conversation began. `begins`: clock time; `number`: from 1.

    Kept so that the course of the conversation can be compared with the plan, even after the guide was changed.
    """

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True, word="panelgesprek", key=True)
    theme: str | None = field.reference("theme", default=None, word="thema", key=True)
    number: int = field.integer(default=0, word="volgorde", unnamed=Unnamed.SAME)
    title: str = field.text(default="", names=True, word="titel", unnamed=Unnamed.REDACTED)
    kind: ThemeKind = field.code(ThemeKind, default=ThemeKind.CONVERSATION, word="soort", unnamed=Unnamed.SAME)
    begins: dt.time | None = field.clock_time(default=None, word="begin volgens plan", unnamed=Unnamed.SAME)
    minutes: int = field.integer(default=0, word="minuten", unnamed=Unnamed.SAME)


@field.table("top_choice", word="keuze van een panellid")
class TopChoice:
    """One of the three things that a member found most important at the end; `rank` 1 is the first."""

    id: str
    panelist: str | None = field.reference("panelist", default=None, owned=True, word="panellid", key=True)
    rank: int = field.integer(default=0, word="rang", unnamed=Unnamed.SAME, key=True)
    note: str | None = field.reference("note", default=None, word="notitie")
    text: str = field.text(default="", names=True, searched=True, word="tekst", unnamed=Unnamed.REDACTED, running=True)


@field.table("panel_check", word="regel van de checklist")
class PanelCheck:
    """An item of the preparation checklist that a person ticked; checks the program can make itself have no row."""

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True, word="panelgesprek", key=True)
    item: str = field.text(default="", word="regel", unnamed=Unnamed.SAME, key=True)
    done: bool = field.boolean(default=False, word="gedaan", unnamed=Unnamed.SAME)
