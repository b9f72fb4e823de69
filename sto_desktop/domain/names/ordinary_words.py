"""Words that are also names, so that the name finder leaves ordinary sentences unchanged.

In lower case, a word listed here is usually the word; any other word that is part of a member's name is the name, but
for a surname that the dictionary takes for a word (`is_rather_a_word`), which is doubtful. So the lists hold what a
note about school and work may contain, not rare or old words ("mulder", "smit").

Whether other letters form a Dutch word tells the spelling checker's word list, which is loaded at first use. It also
holds first names in lower case ("jan", "bram"): it can't tell that a word is not a name, only that a name with letters
attached is a word of its own ("januari"), or that the attached letters are ("plan").
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sto_desktop.resources import resource

if TYPE_CHECKING:
    from hunspell import Hunspell  # type: ignore[import-untyped]

_EVERYDAY = """
    aan af al alle als ben bij boven dan dat de deze die dit doe door een en er ga geen haar heb hem hen het hier
    hij hoe hun ik in ja je jij kan ken kom kon maar me mee meer men met mij moet mogen na naar nee niet nog nu of
    om onder ons ook op over per sta te ten ter toch toe tot tussen u uit van ver via voor waar want was wat wel
    werd wie wij wil wilde worden zal ze zelf zie zij zo zou
"""
_VERBS = "ben doe ga heb kan ken kom kon moet mogen sta was werd wil wilde worden zal zie zou"
_COUNTED = """
    amber bas beer bloem fleur iris jade jasmijn jet job lelie linde lot mare margriet mark mees merel nova parel puck
    puk roos valentijn violet wolf
"""

_DESKS = """
    aanmelden aanmelding aanmeldingen administratie afdeling algemeen avg balie bedrijfsbureau beheer bestuur
    bestellingen bestelling boekhouding bpv bureau campus college communicatie contact crediteuren decanaat decanen
    debiteuren directie evenement evenementen events examen examens facturatie factuur facturen fg financien
    functionaris gegevensbescherming hallo havo helpdesk hello hr hrm ict informatie inkoop info inschrijven
    inschrijving jobs kantoor klantenservice kwaliteit leerlingenzaken leerlingzaken loket mail marketing mbo mavo
    media meldingen nieuws nieuwsbrief noreply no reply office onderhoud onderwijs open opendag dag ouders onthaal
    personeelszaken planning po post postmaster praktijkonderwijs presentatie privacy project projectbureau projecten
    projectleiding promotie pers pr pro programma pz receptie redactie rooster roosters sales school scholen
    secretariaat servicebureau service servicedesk servicepunt shop stage stagebureau stages sto subsidie subsidies
    support systeembeheer team techniek technieknetwerk technologie uitnodiging vacature vacatures verkoop verzuim vmbo
    vo voorlichting vragen vraag webmaster web welkom werk werkenbij werkplaats winkel zorg zorgteam
"""
_ABBREVIATIONS = """
    ai bb bbl bo bol bpv bv cv ez fg gl go hbo hr ib ict io it kb lob lo mbo mr mt nb nl nt nv ob oc ok or ov ow pc pie
    po pr ps pta pto pvc ra rt so st sto tl tu vg vgz vk vo vmbo vso wo zw
    apk avo bhv bso bsa btw cao cbs dga ggd gym hbs kbs kvk lvs mts lts obs pws rdw ros sbb sbo ses vwo uwv vog wtf wmo
    wvttk zzp
"""
_SHORTENED = """
    ah be bh by ca cc cd ch cl cm co da dd di dj dm dr ds du ed eh el ev ex ge ha hm ho hr ie if ir is it jl jo jr
    kg ki kk km la ll lp ma max mg min ml mm mn mr ms mw my nl nm no nr ns oa oh on pa pf pk pm pp re rk st sv tm to
    tt tv uh uk us uv va vb vd vp vs wc xl zs
"""
_LENT = "faith floor ge grace hope joke joy may summer"
_DAYS = "di do ma vr wo za zo"
_MONTHS = "april augustus juli june juni may mei sep sept"
_COLOURS = """
    amber beige blauw bruin geel goud grijs groen indigo jade lila oranje paars rood roos roze violet wit zilver zwart
"""
_DOTTED = """
    a.d.h.v a.h.v a.s a.u.b afd art bel betr bijv blz bv bvb c.q ca cf circa d.d d.m.v d.w.z dd dhr div dr drs ed evt
    excl fam geb gem h.t incl ing ir i.h.b i.o i.o.m i.p.v i.s.m i.t.t i.v.m jl juffr jr max m.b.t m.b.v m.i m.i.v m.m.v
    m.n m.u.v mej mevr min mr mvr mw n.a.v nl nr o.a o.b.v o.i.d o.l.v o.v.v p.p pag prof r.s resp s.v.p st t.a.v t.b.v
    t.g.v t.o.v t.w.v t.z.t tel tlf v.a v.w.b vb vgl vnl z.g zgn
"""
_STREETS = """
    avenue baan boulevard brug college dijk dreef erf gracht haven hof hoeve kade kamp laan markt pad park plaats
    plantsoen plein poort school singel sporthal stadion steeg straat toren tunnel veld wal weg wijk zaal
"""

EVERYDAY = frozenset(_EVERYDAY.split())
"""Very common words ("wil", "ben", "die"): asking a person to check each is pointless."""

VERBS = EVERYDAY & frozenset(_VERBS.split())
"""Those that may follow "meneer" without being a name: "en meneer wil"."""


def _lines_in(name: str) -> frozenset[str]:
    """Return the lines of a list in `resources/names`, which a person can extend."""
    lines = map(str.strip, resource("names", name).read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _words_in(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines_in(name) for word in line.split())


ORDINARY = EVERYDAY | _words_in("woorden.txt")
"""Ordinary words that are also names."""

COUNTED = frozenset(_COUNTED.split())
"""Ordinary words that are also first names, and as words take an article ("een roos"): without one they are names."""

PLACES = _words_in("plaatsen.txt")
"""Names of nearby and large places, which occur in surnames ("Van Hengelo")."""

ORGANISATIONS = _lines_in("organisaties.txt")
"""Schools, companies, programmes and products: names of something, not of somebody."""

DESKS = frozenset(_DESKS.split())
"""Words before the @ of a general address: "info", "administratie"."""

DAYS = frozenset(_DAYS.split())
"""Short names of days, of which "do" is also a first name."""

MONTHS = frozenset(_MONTHS.split())
"""Months that are also first names, and what stands beside them."""

COLOURS = frozenset(_COLOURS.split())
"""Colours, of which some are first names: "roos", "violet"."""

DOTTED = frozenset(_DOTTED.split())
"""Abbreviations that end in a full stop but rarely end a sentence."""

STREETS = frozenset(_STREETS.split())
"""Words attached to a name in the names of streets, places and schools."""

ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
"""Abbreviations in school and work that are never initials."""

SHORTENED = frozenset(_SHORTENED.split())
"""Written abbreviations, and words of two letters, that are never initials in lower case."""

LENT = frozenset(_LENT.split())
"""First names that are also words of another language or a dialect: "ge moet dat zien", "pure joy"."""

_ENDINGS = ("", "s", "en", "n", "e", "t", "es", "'s")
"""Endings that may follow a listed word without changing its letters; only those that occur near names."""

_SHORTEST_PART = 4
_LINKS = ("", "s", "en", "e")


_NAME_MARK = "PN"
_NO_PERSON_MARKS = {"PI", "CA", "PK"}
"""Marks in the word list: of names, and of names of places, companies and the like."""


@cache
def _lines() -> tuple[str, ...]:
    return tuple(resource("dictionaries", "nl_NL.dic").read_text(encoding="utf-8").split("\n"))


@cache
def _listed() -> frozenset[str]:
    return frozenset(line.partition("/")[0] for line in _lines())


@cache
def _names() -> frozenset[str]:
    entries = (line.partition("/") for line in _lines() if _NAME_MARK in line)
    marked = ((word, {marks[at : at + 2] for at in range(0, len(marks), 2)}) for word, _, marks in entries)
    return frozenset(word for word, marks in marked if _NAME_MARK in marks and marks.isdisjoint(_NO_PERSON_MARKS))


def is_persons_name(word: str) -> bool:
    """Return whether a word with a capital is in the list as a name, and not as that of a place or company."""
    return word in _names()


def is_listed(word: str) -> bool:
    """Return whether a word is in the list as it is, without an ending."""
    return word in _listed()


def _is_simple(word: str) -> bool:
    stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    return any(len(stem) > 1 and is_listed(stem) for stem in stems)


@lru_cache(maxsize=10_000)
def is_word(word: str, *, compound: bool = True) -> bool:
    """Return whether lower-case letters are a Dutch word with a regular ending; `compound`: or two words in one."""
    # "lessen" is "les" with a doubled letter and "en".
    if _is_simple(word) or (_doubled(word) and _is_simple(word[:-3])) or any(map(is_listed, _before_en(word))):
        return True
    if not compound:
        return False
    cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    return any(
        _is_simple(word[cut:])
        and any(is_listed(word[:cut].removesuffix(link)) for link in _LINKS if word[:cut].endswith(link))
        for cut in cuts
    )


def _before_en(word: str) -> tuple[str, ...]:
    """Return the words of which this may be the plural: "tomaat" of "tomaten", "brief" of "brieven"."""
    stem = word.removesuffix("en")
    if stem == word or len(stem) < 3:
        return ()
    last = {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    return (f"{stem[:-1]}{last}", *((f"{stem[:-1]}{stem[-2]}{last}",) if stem[-2] in "aeou" else ()))


def _doubled(word: str) -> bool:
    """Return whether a word ends like "lessen" and "plannen"."""
    return len(word) > 5 and word.endswith("en") and word[-3] == word[-4]


@cache
def _spelling() -> Hunspell:
    from hunspell import Hunspell  # at first use: loading takes a tenth of a second

    return Hunspell("nl_NL", hunspell_data_dir=str(resource("dictionaries")))


@lru_cache(maxsize=50_000)
def is_right(word: str) -> bool:
    """Return whether the spelling checker takes a word as it is, compounds too."""
    return word in ORDINARY or bool(_spelling().spell(word))


@lru_cache(maxsize=50_000)
def is_a_word(low: str) -> bool:
    """Return whether lower-case letters are a word: ours, one of the list, or one that the speller takes."""
    return low in ORDINARY or is_word(low) or is_right(low)


@lru_cache(maxsize=10_000)
def is_rather_a_word(low: str) -> bool:
    """Return whether a surname in lower case is a Dutch word as well: "leeuwen", "loos", "kuipers".

    Not if the list has it as a name ("vries", "mulder"), nor if it is one only as a compound ("kamphuis").
    """
    compound = is_word(low) and not is_word(low, compound=False)
    return is_right(low) and not compound and not is_persons_name(low.capitalize())
