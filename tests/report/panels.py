"""A made-up panel for these tests, with everything that a report can show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sto_desktop.domain.model import (
    Debrief,
    Guide,
    Insight,
    Note,
    Panel,
    Panelist,
    Playback,
    Question,
    Recommendation,
    Theme,
    TopChoice,
    Voice,
)
from sto_desktop.domain.panel.content import (
    GuideContent,
    InsightContent,
    NoteContent,
    PanelContent,
    QuestionContent,
    RecommendationContent,
    ThemeContent,
)
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import (
    Agreement,
    Aspect,
    Consent,
    DebriefAuthor,
    Level,
    NoteKind,
    PanelStatus,
    Priority,
    QuestionType,
    Stance,
    ThemeKind,
)

YES, NO = Consent.YES, Consent.NO


def member(
    seat: int,
    name: str,
    sector: str,
    role: str,
    organisation: str,
    consent: Consent = YES,
    quote: Consent | None = None,
) -> Panelist:
    """A present member; `consent` to being named, and to being quoted unless that differs."""
    return Panelist(
        id=f"lid-{seat}",
        panel="panel",
        seat=seat,
        name=name,
        organisation=organisation,
        sector=sector,
        role=role,
        consent_participation=YES,
        consent_name=consent,
        consent_quote=consent if quote is None else quote,
    )


MEMBERS = (
    member(1, "Loïs Blömer", "po", "leerkracht groep 7", "Basisschool De Wilgen"),
    member(2, "T. op ’t Root", "vmbo", "docent PIE", "Vmbo-college Zuid"),
    member(3, "Saïda el Amrani", "vmbo", "docent BWI", "Vmbo-college Zuid"),
    member(4, "Jurre Kolkman", "gemeente", "beleidsmedewerker", "Gemeente Zuid", NO),
    member(5, "Wietske Hoge Venne", "bedrijf", "eigenaar", "Hoge Venne Installatie", YES, Consent.UNKNOWN),
    member(6, "Ferry Łoziński", "mbo", "docent mechatronica", "Mbo-college Zuid"),
)
ABSENT = Panelist(id="lid-7", panel="panel", seat=7, name="Roelie Wegman", sector="hbo", present=False)


def question(theme: str, aspect: Aspect | None, text: str, short: str, minutes: int = 6) -> QuestionContent:
    """A question of the guide; its id is the theme's id with the aspect appended."""
    return QuestionContent(
        Question(
            id=f"{theme}-{aspect.lower() if aspect else short.lower().replace(' ', '-')}",
            text=text,
            short_text=short,
            type=QuestionType.KEY if aspect else QuestionType.ENDING,
            aspect=aspect,
            minutes=minutes,
        )
    )


def theme(identity: str, title: str, questions: Sequence[QuestionContent], kind: ThemeKind) -> ThemeContent:
    """A theme of the guide."""
    return ThemeContent(Theme(id=identity, title=title, short_title=title.split()[0], kind=kind), tuple(questions))


def chapter(identity: str, title: str) -> ThemeContent:
    """A conversation theme with the three central questions."""
    asked = (
        (Aspect.YIELD, f"Wat leverde {title.lower()} u op?", "Opbrengst"),
        (Aspect.SUCCESS_FACTOR, f"Waardoor lukt {title.lower()}?", "Succesfactoren"),
        (Aspect.IMPROVEMENT, f"Wat zou u anders doen bij {title.lower()}?", "Wat kan beter"),
    )
    questions = [question(identity, aspect, text, short) for aspect, text, short in asked]
    return theme(identity, title, questions, ThemeKind.CONVERSATION)


GUIDE = GuideContent(
    Guide(id="leidraad", name="Leidraad"),
    (
        theme("welkom", "Welkom", [question("welkom", None, "Wie bent u?", "Kennismaking", 5)], ThemeKind.OPENING),
        chapter("technolab", "Samenwerking primair onderwijs en Technolab"),
        chapter("beeld", "Beeldvorming techniek en technologie"),
        chapter("netwerk", "Regionale samenwerking en netwerkvorming"),
        theme(
            "slot", "Afronding", [question("slot", None, "Wat is voor u het belangrijkste?", "Slot")], ThemeKind.CLOSING
        ),
    ),
)


def note(
    identity: str,
    under: str | None,
    text: str,
    says: Iterable[int] = (),
    agrees: Iterable[int] = (),
    disagrees: Iterable[int] = (),
    kind: NoteKind | None = None,
    **more: object,
) -> NoteContent:
    """A note with the voices of members by seat."""
    found = GUIDE.question(under)
    inherited = found.aspect.kind if found and found.aspect else NoteKind.REMARK
    voices = tuple(
        Voice(id=f"{identity}-{seat}", note=identity, panelist=f"lid-{seat}", stance=stance)
        for stance, seats in ((Stance.SAYS, says), (Stance.AGREES, agrees), (Stance.DISAGREES, disagrees))
        for seat in seats
    )
    row = Note(id=identity, panel="panel", position=Position(under, identity), text=text, kind=kind, **more)  # type: ignore[arg-type]
    return NoteContent(row, kind or inherited, voices)


NOTES = (
    note("n01", "welkom-kennismaking", "Iedereen kent elkaar van de technische dag.", kind=NoteKind.REMARK),
    note("n02", "technolab-yield", "Groep 7 komt nu zes keer per jaar, was twee keer.", [1], [2, 3]),
    note("n03", "technolab-yield", "Leerkrachten pakken zelf weer een vijl.\nVoorbeeld: de zwevende brug.", [2]),
    note("n04", "technolab-yield", "Ik hoor ze er op het plein nog over.", [2], kind=NoteKind.QUOTE),
    note(
        "n05", "technolab-yield", "Wij krijgen nu kinderen die weten wat een stroomkring is.", [5], kind=NoteKind.QUOTE
    ),
    note("n06", "technolab-yield", "Iemand zat vooral op de telefoon.", kind=NoteKind.OBSERVATION),
    note("n07", "technolab-success_factor", "Vaste data, in juni al bekend.", [1], [2, 3, 4, 5, 6]),
    note("n08", "technolab-improvement", "Jurre Kolkman vindt het vervoer te duur.", [3], [], [4]),
    note("n09", "technolab-improvement", "Zet het bezoek in het schoolplan.", [4], kind=NoteKind.RECOMMENDATION),
    note("n10", "technolab-improvement", "Wie betaalt straks de bus?", [6], parked=True),
    note("n11", "beeld-yield", "Ouders zeggen nu zelf: techniek is ook netjes werk.", [2, 3], star=True),
    note("n12", "beeld-yield", "Bij veel ouders merk je er nog niets van.", [6]),
    note("n13", "beeld-improvement", "De <folder> & de “website” spreken elkaar tegen.", [3]),
    note("n14", "beeld-improvement", "Saïda stuurt de lijst rond vóór 1 mei.", [3], kind=NoteKind.ACTION),
    note("n15", "beeld-improvement", "Dubbel opgeschreven.", [3], set_aside=True),
    note("n16", "slot-slot", "Blijf elkaar bellen.", [5]),
    note("n17", None, "Losse gedachte over de bus.", heading="Vervoer"),
    note("n18", "weg", "Stond bij een vraag die er niet meer is.", [1]),
)

AMENDMENT = note("n19", "technolab-improvement", "Ook de ouders horen de data te weten.", amends="s1")


def at(hour: int, minute: int) -> dt.datetime:
    """A time on the day of the panel, by the time zone of the test."""
    return dt.datetime(2024, 3, 1, hour, minute).astimezone()


LATE = replace(MEMBERS[5], arrived_at=at(15, 50))

INSIGHTS = (
    InsightContent(
        Insight(
            id="i1",
            panel="panel",
            position=Position("technolab-yield", "a"),
            text="Kinderen komen vaker en onthouden het",
        ),
        supports=("n02", "n07"),
        contradicts=("n08",),
    ),
    InsightContent(
        Insight(id="i2", panel="panel", position=Position("beeld-yield", "a"), text="Ouders veranderen mee."),
        supports=("n11",),
        contradicts=("n12",),
    ),
    InsightContent(
        Insight(id="i3", panel="panel", position=Position(None, "a"), text="Zonder vaste mensen gaat niets door."),
        supports=("n16",),
    ),
)

RECOMMENDATIONS = (
    RecommendationContent(
        Recommendation(
            id="r1",
            position=Position("panel", "a"),
            text="Neem het Technolabbezoek op in elk schoolplan",
            school_years="2025–2027",
            level=Level.SUBREGION,
            owner="schoolleiders po",
            priority=Priority.HIGH,
            first_step="Modeltekst maken",
            securing="Staat in de jaarplanning",
        ),
        insights=("i1",),
        supports=("n09",),
    ),
    RecommendationContent(
        Recommendation(id="r2", position=Position("panel", "b"), text="Regel het vervoer voor alle scholen samen."),
        supports=("n08", "n10"),
    ),
)


def example() -> PanelContent:
    """A panel that was completely elaborated."""
    return PanelContent(
        panel=Panel(
            id="panel",
            title="Panel Zuid",
            guide="leidraad",
            subregion="Zuid",
            date=dt.date(2024, 3, 1),
            place="Technolab Zuid",
            moderator="G. Leider",
            note_taker="N. Otulist",
            status=PanelStatus.HELD,
        ),
        guide=GUIDE,
        panelists=(*MEMBERS[:3], replace(MEMBERS[3], left_at=at(16, 40)), *MEMBERS[4:5], LATE, ABSENT),
        notes=(*NOTES, AMENDMENT),
        insights=INSIGHTS,
        recommendations=RECOMMENDATIONS,
        playbacks=(
            Playback(
                id="s1",
                panel="panel",
                theme="technolab",
                text="Jullie zijn het eens over de data",
                agreed=Agreement.PARTLY,
            ),
        ),
        debriefs=(
            Debrief(id="t1", panel="panel", stood_out="Veel energie.", in_report=True),
            Debrief(id="t2", panel="panel", author=DebriefAuthor.NOTE_TAKER, stood_out="Niet voor buiten."),
        ),
        minutes_used={"technolab-yield": 7.4, "beeld-yield": 5.2},
        top_choices=(
            TopChoice("k1", "lid-2", 1, "n07", "Vaste data, in juni al bekend."),
            TopChoice("k2", "lid-5", 1, None, "Dat Jurre Kolkman de bus regelt"),
            TopChoice("k3", "lid-2", 2, None, "Minder papier"),
        ),
    )


def bare() -> PanelContent:
    """A panel about which nothing is known yet."""
    return PanelContent(panel=Panel(id="panel"), guide=GuideContent(Guide(id="leidraad")))


def overfull(length: int) -> PanelContent:
    """A panel with far more text than fits on two pages; each text has this many characters."""
    words = "Wat het panel hier zegt is van belang. " * (length // 38 + 1)
    themes = ("technolab", "beeld", "netwerk")
    return replace(
        example(),
        insights=tuple(
            InsightContent(Insight(id=f"i{at}", panel="panel", theme=themes[at % 3], text=f"{at} {words}"))
            for at in range(40)
        ),
        recommendations=tuple(
            RecommendationContent(Recommendation(id=f"r{at}", text=f"{at} {words}", owner=words)) for at in range(20)
        ),
        notes=tuple(note(f"a{at}", "technolab-yield", f"{at} {words}", kind=NoteKind.ACTION) for at in range(30)),
    )
