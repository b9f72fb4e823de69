"""Surnames that are Dutch words too ("Van Leeuwen", "Loos"), in a copy by role: the word stays and is shown, the name
goes where only a person can stand. And first names that are words only without their accent ("Gül").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.redaction import Redactor

_STAYS = """
van Leeuwen|de leeuwen slapen|Leeuwen slapen overdag|een filmpje over leeuwen|een groep van leeuwen
van Dalen|de aantallen dalen elk jaar|dalen en stijgen met de lift|Dalen de aantallen dan stoppen we|bergen en dalen
van Haren|lange haren vast bij de boor|haren en losse kleding zijn gevaarlijk|Haren vast|wie haren heeft bindt ze op
Loos|loos alarm bij de brandweer|Loos alarm was het|er was iets loos in de werkplaats|dat is een loos gebaar
Nood|nood aan docenten|Nood breekt wet|de nood is hoog|in geval van nood de rode knop
Kuipers|kuipers en wagenmakers zijn er niet meer|de kuipers maakten vaten|er zijn weinig kuipers over
Wevers|wevers en spinners in Twente|de wevers staakten|Wevers en spinners werkten thuis|wevers en docenten uit de buurt
Dekkers|de dekkers leggen het dak|we zoeken dekkers|Dekkers van riet zijn er weinig
Schouten|schouten en schepenen bestuurden de stad|de schouten van vroeger|over schouten lezen ze bij geschiedenis
Beuken|de beuken op het plein|beuken en eiken herkennen|Beuken zagen ze zelf|een plank van beuken
van Essen|de essen langs de weg zijn gekapt|essen en eiken planten|van essen hout maken ze een bank|Essen hout is taai
van Berken|de berken voor de school|berken en elzen|Berken geven veel stuifmeel|een laan met berken
de Vlieger|de vlieger gaat niet op|een vlieger bouwen|Vlieger en drone in een les|met een vlieger meten ze de wind
Bouwman|de bouwman komt niet meer|een bouwman met ervaring|Bouwman of metselaar, dat weten ze niet
Peters|peters en meters van de school|de peters van de doop|Peters en meters waren er ook
Brouwers|de brouwers in de streek|brouwers zoeken personeel|een excursie naar brouwers|Brouwers zoeken personeel
Ridders|ridders en kastelen in groep vijf|de ridders op het toneel|een les over ridders
Bakkers|bakkers en slagers zoeken mensen|de bakkers staan vroeg op|Bakkers beginnen om vier uur|te weinig bakkers
Vissers|vissers en boeren|de vissers uit Urk|Vissers varen weken achtereen
Slagers|de slagers willen stagiairs|slagers zijn er nauwelijks|Slagers leren het vak in de praktijk
Maaiers|de maaiers zijn kapot|maaiers en tractors|Maaiers repareren ze zelf
Zagers|de zagers dragen een bril|zagers en schavers|Zagers dragen een bril
van der Hoven|de hoven van Twente|hoven en tuinen aanleggen|tuinen en hoven
van Duren|lessen die lang duren|de uren duren te lang|gesprekken duren een kwartier
van Huizen|het bouwen van huizen|huizen van hout|Huizen bouwen willen ze leren|de prijzen van huizen stijgen
van Huizen|een groep van huizen|het bouwen van huizen gaat door|de prijs van huizen vindt iedereen hoog
van Kampen|de kampen in de zomer|kampen met een tekort|Kampen met een tekort doen we allemaal
de Lier|een lier op de wagen|de lier trekt de boot|Lier en takel hangen klaar|met de lier omhoog
van Meren|meren en rivieren|de meren in Friesland|water van meren en rivieren
Baal|een baal stro|de baal is nat|per baal betalen
van Engelen|engelen in de kerstmusical|de engelen zongen|Engelen en herders speelden mee
Hees|hees van het praten boven de machines|de directeur was hees|Hees van het roepen
Horn|de horn van de vrachtwagen
van Linnen|linnen en katoen|het linnen is op|Linnen knippen is lastig|tassen van linnen
Luit|een luit in het museum|op de luit spelen
Moes|appels tot moes koken|het moes was te dun|Moes koken in de kantine
Mok|een mok koffie|de mok is stuk|Mok en lepel meenemen
Prooi|een prooi voor de vos|de prooi ontsnapte
Raap|een raap uit de tuin|de raap groeit goed|Raap en biet uit de schooltuin
Raven|de raven op het dak|raven en kraaien|Raven zijn slim
Rem|de rem van de machine|een rem op de groei|Rem en gas oefenen|op de rem staan
Romp|de romp van het schip|een romp van aluminium|Romp en vleugels lijmen
Rook|rook in het lokaal|de rook trok weg|Rook in het lokaal|geen rook zonder vuur
Ruis|ruis op de lijn|de ruis in de cijfers|Ruis op de lijn|veel ruis in het verhaal
Scheer|ik scheer de schapen|dan scheer je het schaap
Schilders|schilders en stukadoors|de schilders zijn klaar|Schilders zoeken we nog|een tekort aan schilders
Schim|een schim in de gang|de schim van vroeger
Snoeren|snoeren en stekkers|de snoeren liggen los|Snoeren opruimen na de les|een kist met snoeren
Stel|een stel leerlingen|stel dat het regent|Stel dat het regent|op stel en sprong
Tel|in een tel|tel de schroeven|Tel de schroeven eerst|op de eerste tel
Twist|een twist over geld|de twist is bijgelegd|Twist en ruzie helpen niet
van der Vaan|een vaan op de optocht|de vaan wappert
Vlek|een vlek op het plan|de vlek ging eruit|Vlek in de vloer
Vlok|een vlok sneeuw|de vlok smolt
Worm|een worm in de appel|de worm van het tandwiel|Worm en wiel passen
Evers|evers in het bos|de evers wroeten
Franken|betalen in franken|de franken van toen
van der Groten|de groten der aarde|kleinen en groten
Hogen|de hogen en lagen
Kappers|kappers en visagisten|de kappers zoeken mensen|Kappers verdienen weinig|een school voor kappers
Klompen|klompen maken in de les|de klompen staan buiten|Klompen aan|op klompen naar school
Knippen|knippen en plakken|de stof knippen|Knippen en lassen|leren knippen
Kosters|de kosters van de kerken|kosters en dominees
Kramers|kramers op de markt|de kramers van vroeger
Meesters|meesters en juffen|de meesters van groep acht|Meesters en juffen zijn schaars|te weinig meesters
Molenaars|molenaars en bakkers|de molenaars malen graan|Molenaars leggen het uit
Nagels|nagels en schroeven|vuile nagels|Nagels lakken doen ze bij uiterlijke verzorging
Stoffels|de stoffels op de gang
Tempels|tempels en kerken|de tempels in Rome|Tempels bouwen in karton
Winters|strenge winters|de winters worden zachter|Winters zijn te zacht
Zuilen|de zuilen van de hal|zuilen en bogen|Zuilen van beton gieten
"""


def _rows() -> Iterator[tuple[str, str]]:
    for line in _STAYS.strip().splitlines():
        surname, *sentences = line.split("|")
        yield from ((surname, sentence) for sentence in sentences)


ROWS = tuple(_rows())
SURNAMES = tuple(dict.fromkeys(surname for surname, _ in ROWS))


@cache
def _redactor(*names: str) -> Redactor:
    members = [Panelist(name, name=name, first_name=name.split()[0]) for name in names]
    return Redactor(Naming(members, NameMode.ROLE))


def _of(surname: str) -> Redactor:
    return _redactor(f"Wietske {surname}")


def _core(surname: str) -> str:
    return surname.split()[-1].lower()


def test_there_are_enough_of_them() -> None:
    assert len(SURNAMES) >= 60
    assert len(set(ROWS)) == len(ROWS) >= 200


@pytest.mark.parametrize(("surname", "sentence"), ROWS)
def test_a_surname_that_is_a_word_stays_as_the_word_and_is_shown(surname: str, sentence: str) -> None:
    redactor = _of(surname)
    assert redactor.redact(sentence) == sentence
    shown = [name.mention.name.lower() for name in redactor.find(sentence) if name.is_doubt]
    assert [name.split()[-1] for name in shown] == [_core(surname)]


ONLY_A_PERSON = (
    "mevrouw {full} belt terug",
    "volgens {full} kan het niet",
    "wietske {full} was er ook",
    "dat zei {core} al",
    "{core} zei dat het te laat is",
    "dhr. {core} komt later",
    "mnr {core} komt later",
    "mnr. {full} komt later",
    "mijnh. {full} komt later",
    "mstr. {core} komt later",
    "weth. {full} komt later",
    "volgens vakdocent {full} kan het niet",
    "volgens stagecoördinator {core} kan het niet",
    "volgens beleidsmedewerker {core} kan het niet",
    "mevr w {full} belt terug",
    "dhr. {full}-visser belt terug",
    "in de pauze vertelde {core} over de werkplaats",
    "in overleg met {core} besloten",
    "met {core} gebeld over de bus",
    "vraag maar aan {core} hoe dat zit",
    "dat heb ik van {core} gehoord",
    "actiepunt voor {core}: offerte opvragen",
    "de klas van {core} had het druk",
    "bedankt {core}, goed verhaal",
    "{core}: we moeten eerder beginnen",
    "{core} en de anderen waren het eens",
    "{Core} komt later binnen",
    "{Core}: we moeten eerder beginnen",
    "gisteren was {Core} er ook",
)


@pytest.mark.parametrize("surname", SURNAMES)
def test_a_surname_that_is_a_word_goes_where_only_a_person_can_stand(surname: str) -> None:
    core = _core(surname)
    for frame in ONLY_A_PERSON:
        text = frame.format(full=surname.lower(), core=core, Core=core.capitalize())
        cleaned = _of(surname).redact(text)
        assert core not in cleaned.lower().replace(":", " ").split(), text


@pytest.mark.parametrize(
    "text",
    [
        "stuur het naar van huizen",
        "met van huizen afgesproken",
        "het idee van van huizen",
        "van huizen komt later",
        "van huizen zei dat het kan",
        "omdat van huizen moet werken",
        "- van huizen: liever op dinsdag",
        "Van Huizen is er niet",
        "bel van huizen even",
    ],
)
def test_a_word_with_its_particle_goes_where_that_can_be_no_preposition(text: str) -> None:
    assert "huizen" not in _of("van Huizen").redact(text).lower()


@pytest.mark.parametrize(
    ("surname", "label"),
    [
        ("Brouwers", "#brouwers"),
        ("van Huizen", "#huizen"),
        ("Nood", "#nood"),
        ("van Huizen", "huizen"),
        ("Nood", "nooduitgang"),
        ("Beuken", "beukenhaag"),
        ("van Leeuwen", "#leeuwenkooi"),
    ],
)
def test_a_label_with_such_a_word_is_for_a_person_to_decide_about(surname: str, label: str) -> None:
    assert _of(surname).redact(label) == label
    assert [name.is_doubt for name in _of(surname).find(label)] == [True]


@pytest.mark.parametrize("surname", ["van Dalen", "van Huizen", "van der Hoven"])
def test_a_label_with_the_particles_is_the_name(surname: str) -> None:
    label = "#" + surname.lower().replace(" ", "_")
    assert _core(surname) not in _of(surname).redact(f"zie {label} voor de details")


@pytest.mark.parametrize("surname", ["de Vries", "Mulder", "Smit", "Kamphuis", "Hoekstra", "Veldhuis", "Wessels"])
def test_a_surname_that_is_hardly_a_word_still_goes(surname: str) -> None:
    text = f"afgesproken dat {surname.lower()} de kist terugbrengt"
    assert _core(surname) not in _of(surname).redact(text)


@pytest.mark.parametrize(
    "surname", ["Hulshof", "Wolters", "Averesch", "Meijer", "Smit", "Reinders", "Peeters", "Veldhuis"]
)
@pytest.mark.parametrize(
    "frame",
    [
        "vraag het {}",
        "geef het {} mee",
        "heeft het {} gezegd",
        "dan is er geen {} meer",
        "ik heb het {} gevraagd",
        "een {} erbij",
    ],
)
def test_a_surname_that_is_no_word_goes_behind_any_word(surname: str, frame: str) -> None:
    assert surname.lower() not in _of(surname).redact(frame.format(surname.lower()))


@pytest.mark.parametrize("surname", ["Peters", "Kuipers", "Mulder", "Kamphuis"])
def test_a_surname_that_is_a_word_stays_behind_an_article_and_is_shown(surname: str) -> None:
    sentence = f"het {surname.lower()} is te klein"
    assert _of(surname).redact(sentence) == sentence
    assert [name.is_doubt for name in _of(surname).find(sentence)] == [True]


@pytest.mark.parametrize(
    "frame", ["volgens {} te duur", "{} zei dat het te laat is", "{} vindt dat niet", "{} belt de school"]
)
@pytest.mark.parametrize("surname", ["Meer", "van der Meer", "Best", "Goed"])
def test_a_surname_that_is_a_very_common_word_is_shown_where_somebody_speaks(surname: str, frame: str) -> None:
    core = _core(surname)
    sentence = frame.format(core)
    assert core in _of(surname).redact(sentence)
    assert [name.mention.name for name in _of(surname).find(sentence) if name.is_doubt] == [core]


@pytest.mark.parametrize(
    "text", ["er is meer geld nodig", "niet meer dan drie", "meer uren voor de les", "dat kost meer"]
)
def test_a_very_common_word_is_not_shown_elsewhere(text: str) -> None:
    assert _of("Meer").find(text) == ()


_ACCENTED = """
    Gül Dağ Łoś Taş Gök Söz Hür Köy Mör Bân Bär Rös Dör Kôl Şal Çan Ömer Zoë Noël Işık
"""


@pytest.mark.parametrize("first", _ACCENTED.split())
@pytest.mark.parametrize(
    "frame", ["ik hoorde van {} dat de bus uitvalt", "{} was er ook", "een {} is er niet", "met {}"]
)
def test_a_first_name_with_its_accent_is_no_word(first: str, frame: str) -> None:
    low = first.lower()
    assert low not in _redactor(f"{first} Wiefferink").redact(frame.format(low)).lower()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Gül Wiefferink", "hij was gul met complimenten"),
        ("Gül Wiefferink", "Gul zijn met complimenten helpt"),
        ("Gül Wiefferink", "een gul gebaar"),
        ("Dé Wiefferink", "dat is dé oplossing"),
        ("Wil Wiefferink", "dat wíl de school niet"),
        ("Mark Wiefferink", "de márk bestaat niet meer"),
        ("Gül Dağ", "elke dag een uur techniek"),
        ("Jan van Één", "dat geluid kwam van één kant"),
    ],
)
def test_a_word_with_or_without_an_accent_stays(name: str, text: str) -> None:
    assert _redactor(name).redact(text) == text


def test_a_surname_with_its_accent_is_no_word() -> None:
    assert "dağ" not in _redactor("Wietske Dağ").redact("afspraak op verzoek van dağ verzet")
