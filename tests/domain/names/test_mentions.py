"""Which forms of members' names are found, and how certain it is that they are names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import NameFinder, finder_of
from sto_desktop.domain.names.ordinary_words import COUNTED, EVERYDAY, ORDINARY
from sto_desktop.resources import resource

CERTAIN, LIKELY, DOUBTFUL, UNLIKELY = Grade
MEMBERS = (
    Panelist("s", name="Sjoerd de Vries", first_name="Joep"),
    Panelist("r", name="Roos de Boer"),
    Panelist("m", name="Mirjam Hoekstra"),
    Panelist("w", name="Wil Oude Wessel"),
    Panelist("b", name="Bo Bakker"),
    Panelist("h", name="Łukasz van Hengelo"),
    Panelist("z", name="Zoë Wu"),
    Panelist("t", name="Thea v.d. Kolk"),
    Panelist("k", name="Kim v/d Wal"),
)


def finder() -> NameFinder:
    return finder_of(MEMBERS)


def found(text: str) -> list[tuple[str, Grade]]:
    """Return the names in a text as written, with their grades."""
    return [(text[mention.start : mention.end], mention.grade) for mention in finder().find(text)]


@pytest.mark.parametrize(
    "text",
    [
        *("Sjoerd de Vries", "SJOERD DE VRIES", "sjoerd de vries", "De Vries, Sjoerd", "Vries, Sjoerd de"),
        *(
            "S. de Vries",
            "S.de Vries",
            "s. de vries",
            "Sjoerd",
            "SJOERD",
            "sjoerd",
            "Joep",
            "joep",
            "mirjam",
            "bo",
            "zoe",
        ),
        *(
            "mevrouw De Vries",
            "meneer de vries",
            "dhr. Vries",
            "mw.Vries",
            "juf Roos",
            "wethouder vries",
            "MEVR. WESSEL",
        ),
        *("meneer bakker", "de heer bakker", "mevr de boer", "juf roos", "dhr wil", "mevrouw wu", "dhr. de boer"),
        *(
            "De Vries",
            "familie De Vries",
            "Sjo\u00aderd de Vries",
            "sjoerd\u00a0de  vries",
            "Sjoerd\nde Vries",
            "Lukasz",
        ),
        *("s.devries@school.example", "sjoerd.de.vries@x.nl", "sjoerddevries@x.nl", "mirjam@x.nl"),
        *("#sjoerd", "#de_vries", "#mirjam-hoekstra", "#team-mirjam"),
        *("mevrouw Hoekstra-Jansen", "mevrouw hoekstra"),
        *("theakolk@x.nl", "#theakolk", "mevrouw Kolk", "kimwal@school.example"),
    ],
)
def test_what_can_be_nothing_else_is_certain_and_found_whole(text: str) -> None:
    said = f"plan van {text} over techniek"
    assert found(said) == [(text, CERTAIN)]


def test_a_title_that_is_somebody_elses_name_is_no_part_of_the_next_one() -> None:
    finder = NameFinder([Panelist("d", name="Dieuwke Meester"), Panelist("w", name="Wouter Hulshof")])
    text = "juf Dieuwke en meester Hulshof"
    assert [text[mention.start : mention.end] for mention in finder.find(text)][-1] == "Hulshof"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("volgens de vries kan het", [("de vries", LIKELY)]),
        ("volgens vries kan het", [("vries", LIKELY)]),
        ("wessel kwam niet", [("wessel", LIKELY)]),
        ("Bakker's plan, een bakker's zaak", [("Bakker's", LIKELY), ("bakker's", UNLIKELY)]),
        (
            "Bakker, B. was er; ook vries, s., en bakker, b.",
            [("Bakker, B.", CERTAIN), ("vries, s.", CERTAIN), ("bakker, b.", DOUBTFUL)],
        ),
        ("volgens devries kan het, zei vdkolk", [("devries", LIKELY), ("vdkolk", LIKELY)]),
        ("Sjoerdje en Joepie", [("Sjoerdje", LIKELY), ("Joepie", LIKELY)]),
        ("bericht van @sjoerdv of mhoekstra@x.nl", [("@sjoerdv", CERTAIN), ("mhoekstra@x.nl", LIKELY)]),
        ("de Vriesen kwamen", [("de Vriesen", LIKELY)]),
        ("docent bakker zei niets", [("docent bakker", LIKELY)]),
        ("Wu zei ja", [("Wu", LIKELY)]),
        ("Mirjam-Anne komt", [("Mirjam-Anne", DOUBTFUL)]),
        ("Bakker is er", [("Bakker", DOUBTFUL)]),
        ("Roos zei dat. Roos is een bloem.", [("Roos", CERTAIN), ("Roos", DOUBTFUL)]),
        (
            "roos zei dat; een roos in de tuin, die mooie roos",
            [("roos", LIKELY), ("roos", UNLIKELY), ("roos", UNLIKELY)],
        ),
        ("mail van roos", [("roos", LIKELY)]),
        ("de bakker en een boer", [("de bakker", UNLIKELY), ("boer", UNLIKELY)]),
        ("Wil zei dat, volgens wil, dat vindt wil", [("Wil", CERTAIN), ("wil", LIKELY), ("wil", LIKELY)]),
        ("Ik wil dat, wij willen. Wil je ook? meneer wil", [("Wil", UNLIKELY), ("meneer wil", UNLIKELY)]),
        ("Basisschool De Bakker en Het Bakker", [("De Bakker", UNLIKELY), ("Bakker", UNLIKELY)]),
        ("een docent bakker", [("bakker", UNLIKELY)]),
        ("de trein naar Hengelo", [("Hengelo", UNLIKELY)]),
        ("van Hengelo zei ja", [("van Hengelo", LIKELY)]),
        ("De oude school", [("De oude", UNLIKELY)]),
        ("het bos, de bos en Bos", []),
        ("wurm, bakkerij, Vriezenveen, sjoerdxyz, wil2, bakker3, wilskracht", []),
        ("bo1 of 2bo, met roos2", [("bo1", UNLIKELY), ("2bo", UNLIKELY), ("roos2", UNLIKELY)]),
        (
            "mirjams1, 2sjoerd, hoekstra3, zoe1",
            [("mirjams1", LIKELY), ("2sjoerd", LIKELY), ("hoekstra3", LIKELY), ("zoe1", LIKELY)],
        ),
        (
            "sjoerdhuis, planMirjam, Hoekstraweg, Sjoerdstraat",
            [
                ("sjoerdhuis", DOUBTFUL),
                ("planMirjam", LIKELY),
                ("Hoekstraweg", UNLIKELY),
                ("Sjoerdstraat", UNLIKELY),
            ],
        ),
        (
            "volgens MH, SdV zei, M.H. en H: MH, de MH. M. H. ook",
            [("MH", LIKELY), ("SdV", LIKELY), ("M.H.", DOUBTFUL), ("MH", UNLIKELY), ("M. H.", DOUBTFUL)],
        ),
        ("MH: geen tijd", [("MH", DOUBTFUL)]),
        (
            "volgens vd kolk en van der kolk, ook tkolk en jufmirjam",
            [("vd kolk", LIKELY), ("van der kolk", LIKELY), ("tkolk", LIKELY), ("jufmirjam", LIKELY)],
        ),
        ("**M**irjam zei", [("M**irjam", CERTAIN)]),
        (
            "mevrouw van der hoekstra, Van der Hoekstra zei",
            [("mevrouw van der hoekstra", CERTAIN), ("Van der Hoekstra", CERTAIN)],
        ),
        ("met van der hoekstra, het plan van der hoekstra", [("van der hoekstra", LIKELY), ("der hoekstra", LIKELY)]),
        ("Jan en alleman, piet precies, Sint en Piet", []),
        ("mirjamhoekstra en HoekstraMirjam", [("mirjamhoekstra", CERTAIN), ("HoekstraMirjam", CERTAIN)]),
        ("zie www.devries.nl/plan, of technolab.nl", [("www.devries.nl/plan", LIKELY)]),
        ("hoekkstra zei het, Hoekstraa ook", [("hoekkstra", LIKELY), ("Hoekstraa", LIKELY)]),
        ("info@school.example, #vervoer en @allen", []),
        ("mh@x.nl, h.m@x.nl en #mh", [("mh@x.nl", LIKELY), ("h.m@x.nl", LIKELY)]),
        ("jansen@school.example of k.p@x.nl", [("jansen@school.example", LIKELY), ("k.p@x.nl", LIKELY)]),
        (
            "Sjoerds, Mirjam's en Roos\u2019 school",
            [("Sjoerds", CERTAIN), ("Mirjam's", CERTAIN), ("Roos\u2019", CERTAIN)],
        ),
        (
            '**sjoerd**, (joep) "mirjam" sjoerd/bo _zoe_',
            [(w, CERTAIN) for w in ["sjoerd", "joep", "mirjam", "sjoerd", "bo", "zoe"]],
        ),
        ("de Vries-methode, een sjoerd-avond", [("de Vries", CERTAIN), ("sjoerd", CERTAIN)]),
    ],
)
def test_what_may_be_something_else_is_graded_by_what_stands_around_it(
    text: str, expected: list[tuple[str, Grade]]
) -> None:
    assert found(text) == expected


def test_a_text_that_is_nothing_but_a_label_is_read_as_one() -> None:
    for label in ("sjoerd", "de_vries", "team-mirjam", "sjoerdhoekstra", "idee-roos", "roos"):
        assert [start for start, _ in found(label)] == [label], label
    assert found("vervoer") == found("bakkerij") == []


@pytest.mark.parametrize("address", ["tkolk@x.nl", "kolkt@x.nl"])
def test_an_address_of_an_initial_and_a_surname_behind_a_shortened_particle_is_found(address: str) -> None:
    assert found(address) == [(address, LIKELY)]


@pytest.mark.parametrize(
    "text",
    [
        *("@sjoerd de vries", "@roos de boer", "#mirjam hoekstra", "@vries, sjoerd de", "@mirjam\nhoekstra"),
        *("linkedin.nl/mirjam hoekstra", "www.sjoerd.nl/de-vries sjoerd", "mirjam hoekstra@school.example"),
    ],
)
def test_a_name_of_which_one_half_stands_in_an_address_is_found_whole(text: str) -> None:
    assert found(f"plan van {text} over techniek") == [(text, CERTAIN)]


def test_behind_an_address_that_is_no_name_with_the_next_word_the_search_goes_on() -> None:
    assert found("mail @mirjam, sjoerd en @joep hoekstra") == [
        ("@mirjam", CERTAIN),
        ("sjoerd", CERTAIN),
        ("@joep", CERTAIN),
        ("hoekstra", LIKELY),
    ]


def test_a_surname_that_begins_with_an_apostrophe_is_found_with_what_is_left_of_it() -> None:
    finder = NameFinder([Panelist("k", name="Kees 't Hoen"), Panelist("m", name="Mees 't Hof")])
    texts = ("de heer t hoen", "@kees 't hoen", "'t hoen", "t Hoen", "’t Hoen", "mevrouw t hof")
    assert [
        text for text in texts if [(0, len(text))] != [(mention.start, mention.end) for mention in finder.find(text)]
    ] == []
    assert [mention.grade for mention in finder.find("we zaten in het hof")] == [UNLIKELY]


@pytest.mark.parametrize("text", ["ook wu stemde in", "daarna kwam kruidenier wu", "moeder wu was er ook"])
def test_a_surname_of_two_letters_without_a_capital_is_shown_to_a_person(text: str) -> None:
    assert found(text) == [("wu", DOUBTFUL)]


def test_initials_in_lower_case_that_are_no_word_are_shown_to_a_person() -> None:
    finder = NameFinder([Panelist("h", name="Hendrik Jansen"), Panelist("e", name="Evert-Jan Reijmerink")])
    found = [(mention.name, mention.grade) for mention in finder.find("dat zei hj, en (ej) ook; er is meer van hj.")]
    assert found == [("hj", DOUBTFUL), ("ej", DOUBTFUL), ("hj", DOUBTFUL)]
    names = ("Jan Evers", "Imke Kok", "Evert Rood", "Karel Maas", "Olaf Aal", "Coen Aal", "Niek Rood", "Vera Oord")
    words = NameFinder([Panelist(name, name=name) for name in names])
    assert words.find("o.a. de vo en 5 km verder, ca. nr 3: er is wat je en ik zien, thj.nl") == ()


@pytest.mark.parametrize("text", ["ge moet dat doen", "Ge kunt dat zien", "dat is pure joy", "pure joy is dat"])
def test_a_first_name_that_is_a_word_elsewhere_is_shown_where_it_reads_as_one(text: str) -> None:
    finder = NameFinder([Panelist("g", name="Gé Hoekstra"), Panelist("j", name="Joy Wiefferink")])
    assert [mention.grade for mention in finder.find(text)] == [DOUBTFUL]


@pytest.mark.parametrize(
    "text", ["gé moet dat doen", "met ge gebeld", "Toen kwam Ge", "joy heeft het druk", "ge zei dat"]
)
def test_a_first_name_that_is_a_word_elsewhere_is_a_name_where_it_reads_as_one(text: str) -> None:
    finder = NameFinder([Panelist("g", name="Gé Hoekstra"), Panelist("j", name="Joy Wiefferink")])
    assert [mention.grade for mention in finder.find(text)] == [CERTAIN]


VERY_COMMON = (
    Panelist("w", name="Wil van den Bruggen"),
    Panelist("b", name="Ben de Jager"),
    Panelist("a", name="An Lubbers"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("actie: ben", [DOUBTFUL]),
        ("wil, lubbers en ben", [DOUBTFUL, LIKELY, DOUBTFUL]),
        ("an en ben gaan samen", [UNLIKELY, UNLIKELY]),
        ("vraag ben maar, bel an", [DOUBTFUL, LIKELY]),
        ("wil's idee", [LIKELY]),
        ("Ben: rooster maken", [LIKELY]),
        ("wil moet dat doen", [UNLIKELY]),
        ("daarna ben gebeld", [UNLIKELY]),
        ("de wil is er, ik ben het eens, wil graag meer", []),
        ("dat is an", [UNLIKELY]),
        ("een doel an sich", [UNLIKELY]),
        ("ik ben de jager kwijt", [UNLIKELY]),
        ("nu ben de jager gebeld", [DOUBTFUL]),
        ("mail ben de jager", [CERTAIN]),
    ],
)
def test_a_very_common_word_is_a_name_by_its_place(text: str, expected: list[Grade]) -> None:
    assert [mention.grade for mention in finder_of(VERY_COMMON).find(text)] == expected


COMMON = tuple(
    Panelist(f"c{at}", name=name)
    for at, name in enumerate(("Wil Jansma", "Ben Kooi", "Dan Vos", "Door Prak", "An Smid", "Leen Maas", "Dirk Hamer"))
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("we hebben wil gevraagd", "wil"),
        ("ik heb wil gebeld", "wil"),
        ("ik had an gisteren gesproken", "an"),
        ("joke, wil en piet doen mee", "wil"),
        ("laat wil het doen", "wil"),
        ("dus laat ben maar", "ben"),
        ("bedankt wil", "wil"),
        ("goed punt wil", "wil"),
        ("hoi an, tot morgen", "an"),
        ("vraag het wil", "wil"),
        ("zeg dat even ben.", "ben"),
        ("wil en ik gaan dat doen", "wil"),
        ("Dan en ik gaan dat doen", "Dan"),
        ("ik en door gaan dat doen", "door"),
        ("is leen er ook?", "leen"),
        ("komt wil er ook bij?", "wil"),
        ("dirk en hamer samen", "hamer"),
    ],
)
def test_a_very_common_word_is_shown_where_only_a_name_fits(text: str, name: str) -> None:
    grades = {text[mention.start : mention.end]: mention.grade for mention in finder_of(COMMON).find(text)}
    assert grades[name] in (LIKELY, DOUBTFUL)


@pytest.mark.parametrize(
    "text",
    [
        *("ik wil dat", "we hebben dan gekozen voor techniek", "dat hebben we door gekregen", "de school wil dat"),
        *("laat dan het werk liggen", "te laat wil niemand komen", "bedankt dan", "stuur het door", "vraag het dan"),
        *("is dan er ook iets geregeld", "kennis, wil en kunde hebben we", "we moeten, ben ik bang, stoppen"),
        *("als hij het wil.", "wat de school wil", "dan en alleen dan gaan we", "ik heb door en door nat gehad"),
    ],
)
def test_a_very_common_word_is_not_shown_where_it_reads_as_one(text: str) -> None:
    assert [mention for mention in finder_of(COMMON).find(text) if mention.grade is not UNLIKELY] == []


STEMS = (
    *("Anna", "Jo", "Robbert", "Teun", "Jan", "Lambert", "Andrea", "Johan", "Sanne", "Rob", "Nel", "Maria"),
    *("Johanna", "Jos", "Janneke", "Sanneke", "Teuntje", "Marianne", "Robert", "Nelleke"),
)


@pytest.mark.parametrize("name", STEMS)
def test_another_first_name_is_a_variant_only_if_it_has_the_same_stem(name: str) -> None:
    finder = NameFinder([Panelist("x", name=f"{name} Xantenkwik")])
    variants = {("Teun", "Teuntje"), ("Robbert", "Robert"), ("Robert", "Robbert"), ("Jo", "Jos")}
    alike = {
        (name, other)
        for other in STEMS
        for text in (f"dat zei {other.lower()} ook", other)
        if other != name and any(mention.grade is not UNLIKELY for mention in finder.find(text))
    }
    assert alike <= variants


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Pieterjan Zwart", "pieter jan"),
        ("Pieter Jan Zwart", "pieterjan"),
        ("Pieter-Jan Zwart", "pj zwart"),
        ("Pieter Jan Zwart", "Zwart, P.J."),
        ("Pieter Jan Zwart", "pieter z."),
        ("Pieter Jan Zwart", "Pieter Z"),
        ("Sjoukje Zandstra", "Sj. Zandstra"),
        ("Marloes Hulsbeek", "dhr. M. Hulsbeek"),
        ("Marloes Hulsbeek", "M.A.C. Hulsbeek"),
        ("Marloes Hulsbeek", "marloes_hulsbeek"),
        ("Joost d'Hondt", "d hondt"),
        ("Joost Vandamme", "van damme"),
        ("Jip Mensink-Oude Voshaar", "jmensink"),
        ("Wil van den Bruggen", "wvdbruggen"),
        ("Gerrit-Jan Prak", "plangerrit-jan"),
        ("Lubbert Prak", "lubbert"),
        ("Jan Wil Prak", "jan-wil"),
        ("An De Smedt", "An D."),
        ("Wil op den Brouw", "wil_brouw"),
        ("İbrahim Şimşek", "ibrahim_simsek"),
    ],
)
def test_what_belongs_to_a_name_goes_with_it(name: str, text: str) -> None:
    mentions = NameFinder([Panelist("x", name=name)]).find(f"plan van {text} over techniek")
    assert [(mention.start, mention.end) for mention in mentions] == [(9, 9 + len(text))]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Jip Tromp", "dat is Jip en Janneke"),
        ("Ad Kraak", "dat was ad hoc, met ad-hocbeleid"),
        ("Joke Kraak", "een flauwe joke"),
        ("Frank Kraak", "frank en vrij"),
        ("Bed Kraak", "het bed opmaken"),
        ("Do Kraak", "op do, van ma t/m do, en do 12 mei"),
        ("Mark Kraak", "mark my words"),
        ("Fleur Kraak", "de tuin staat in fleur"),
    ],
)
def test_what_reads_as_a_word_stays(name: str, text: str) -> None:
    grades = {mention.grade for mention in NameFinder([Panelist("x", name=name)]).find(text)}
    assert grades <= {UNLIKELY}


GLUED = (
    Panelist("f", name="Femke Grootveld"),
    Panelist("h", name="Hidde ter Braak"),
    Panelist("j", name="Joukje Zandstra"),
    Panelist("t", name="Tjeerd Ykema"),
    Panelist("r", name="Rik Kooistra"),
    Panelist("s", name="Sjef Kooistra"),
)


@pytest.mark.parametrize(
    "word",
    [
        *("femkesplan", "Femkesplan", "hiddesplan", "hiddeplan", "joukjesplan", "tjeerdsroute", "grootveldsroute"),
        *("rikplan", "Rikroute", "teamrik", "sjefsplan", "sjefke", "femkeke", "Rikske", "sjefkes"),
    ],
)
def test_a_word_or_an_ending_attached_to_a_name_is_found_or_shown(word: str) -> None:
    found_there = finder_of(GLUED).find(f"we doen {word} volgend jaar")
    assert [(item.name, item.grade in (LIKELY, DOUBTFUL)) for item in found_there] in (
        [(word, True)],
        [(word.removesuffix("s").removesuffix("ke").removesuffix("s"), True)],
    )


def test_no_word_of_the_dictionary_is_a_name_with_something_attached() -> None:
    given = "Rik Jan Tim Ron Els Ans Ine Ria Ton Rob Kim Tom Pim Sjef Jef Lex Mia Eva Bob Ali Leo Lot Ida Ada Ivo Fem"
    given_too = "Femke Hidde Anna Hans Hendrik Karel Lars Maria Marie Peter Rens Sander Sofie Stef Tess Vera Joost Lien"
    finder = NameFinder(
        [Panelist(f"p{at}", name=f"{name} Xyzzy") for at, name in enumerate(f"{given} {given_too}".split())]
    )
    words = [line.partition("/")[0] for line in resource("dictionaries", "nl_NL.dic").read_text("utf-8").splitlines()]
    names = {name.casefold() for name in f"{given} {given_too}".split()}
    wrong = []
    for word in words[::9]:
        if not word.isalpha() or not word.islower() or word in names:
            continue
        for mention in finder.find(f"we doen {word} volgend jaar"):
            if mention.grade is not UNLIKELY and mention.name.casefold() not in names:
                wrong.append((word, mention.name, mention.grade.name))
    assert wrong == []


def test_initials_that_stand_alone_are_shown() -> None:
    finder = NameFinder([Panelist("x", name="Gerlof Hein Prak")])
    texts = ("gh belt", "ook GHP belt", "met G-H erbij", "van GH, de GH en 3 gh")
    assert [[mention.grade for mention in finder.find(text)] for text in texts] == [
        [DOUBTFUL],
        [LIKELY],
        [UNLIKELY],
        [UNLIKELY, DOUBTFUL],
    ]


def test_who_has_one_name_only_is_found_by_it() -> None:
    finder = NameFinder(
        [Panelist("a", name="Sjoerd", first_name="Sjuul"), Panelist("b", name="de Boer"), Panelist("c")]
    )
    assert [mention.name for mention in finder.find("vraag sjoerd, Sjuul of mevrouw de boer")] == [
        "sjoerd",
        "Sjuul",
        "de boer",
    ]
    assert [mention.grade for mention in finder.find("daar staat de boer")] == [UNLIKELY]


def test_what_is_no_name_in_the_list_of_members_leaves_the_rest_of_it() -> None:
    finder = NameFinder([Panelist("x", name="Sjoerd Wiefferink", first_name="??")])
    assert [(mention.name, mention.form) for mention in finder.find("volgens Sjoerd kan het")] == [
        ("Sjoerd", NameForm.FIRST)
    ]


def test_a_surname_that_is_a_word_if_written_as_one_counts_only_apart() -> None:
    apart = Panelist("a", name="Kees te Kort")
    finder = NameFinder([apart])
    assert [*finder.find("Er is een tekort aan docenten. Tekort is er ook in de zorg.")] == []
    assert [mention.name for mention in finder.find("volgens te Kort kan het")] == ["te Kort"]
    both = NameFinder([apart, Panelist("b", name="Piet Tekort")])
    assert [mention.grade for mention in both.find("volgens Tekort, bij een tekort")] == [CERTAIN, UNLIKELY]


def test_initials_that_stand_alone_are_known_to_be_whose_they_are() -> None:
    assert [(mention.form, mention.panelists) for mention in finder().find("volgens MH")] == [
        (NameForm.INITIALS, ("m",))
    ]


def test_a_name_with_a_typing_error_is_known_to_be_whose_it_is() -> None:
    assert [mention.panelists for mention in finder().find("hoekkstra zei het, en @hoekstra ook")] == [("m",), ("m",)]


@pytest.mark.parametrize(
    ("name", "text", "grade"),
    [
        ("Jo", "Jos zei ja", DOUBTFUL),
        ("Eva", "Evas plan", CERTAIN),
        ("Zoë", "Zoes plan", CERTAIN),
        ("Ine", "Ine's plan", CERTAIN),
    ],
)
def test_behind_a_vowel_an_s_may_make_another_name(name: str, text: str, grade: Grade) -> None:
    assert [mention.grade for mention in NameFinder([Panelist("x", name=f"{name} Kraak")]).find(text)] == [grade]


@pytest.mark.parametrize(
    ("words", "name", "form", "grade"),
    [
        ("Mirjams", "Mirjam", NameForm.FIRST, CERTAIN),
        ("Mirjampje", "Mirjam", NameForm.FIRST, LIKELY),
        ("hoekstra3", "hoekstra3", NameForm.SURNAME, LIKELY),
        ("1234mirjam", "1234mirjam", NameForm.FIRST, LIKELY),
        ("Anne-Mirjam", "Anne-Mirjam", NameForm.FIRST, DOUBTFUL),
        ("Anne-Mirjams", "Anne-Mirjam", NameForm.FIRST, DOUBTFUL),
        ("Mirjam-Anne", "Mirjam-Anne", NameForm.FIRST, DOUBTFUL),
        ("Bo-Anne", "Bo-Anne", NameForm.FIRST, DOUBTFUL),
        ("M. Hoekstra's", "Hoekstra", NameForm.INITIALS, CERTAIN),
        ("M. Hoekstra-Jansen", "Hoekstra-Jansen", NameForm.INITIALS, CERTAIN),
        ("Mirjam H.", "Mirjam", NameForm.FIRST, CERTAIN),
    ],
)
def test_a_name_is_told_without_what_stands_around_it(words: str, name: str, form: NameForm, grade: Grade) -> None:
    text = f"vraag {words} om hulp"
    assert [
        (text[mention.start : mention.end], mention.name, mention.form, mention.grade)
        for mention in finder().find(text)
    ] == [(words, name, form, grade)]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Jan", "Jannetje"),
        ("Jan", "Jannetjes"),
        ("Jan", "Jannie"),
        ("Jan", "Jannen"),
        ("Jan", "Jantje"),
        ("Sjoerd", "Sjoerdjes"),
        ("Sjoerd", "Sjoerdie"),
        ("Willem", "Willempje"),
        ("Jorin", "Jorinkje"),
        ("Jos", "Joseje"),
        ("Bram", "Brammetje"),
        ("Fenna", "fennaatje"),
        ("Eva", "Evaatjes"),
        ("Hugo", "hugootje"),
        ("Lulu", "luluutje"),
        ("Noé", "noeetje"),
        ("Jo", "jootje"),
        ("Ad", "Adje"),
        ("Ali", "alietje"),
        ("Romy", "Romietje"),
        ("Fenna", "FENNAATJE"),
        ("Sjoerd", "SJOERDJES"),
    ],
)
def test_a_first_name_made_smaller_or_plural_is_found_whole(name: str, word: str) -> None:
    mentions = NameFinder([Panelist("x", name=f"{name} Wiefferink")]).find(f"daar kwam {word} aan")
    assert [(mention.start, mention.end, mention.grade) for mention in mentions] == [(10, 10 + len(word), LIKELY)]


@pytest.mark.parametrize(("name", "word"), [("Bé", "beetje"), ("We", "weetje"), ("Jo", "JOTEN"), ("Sam", "SAMEN")])
def test_a_word_made_smaller_or_more_is_no_name(name: str, word: str) -> None:
    assert not NameFinder([Panelist("x", name=f"{name} Wiefferink")]).find(f"daar kwam {word} aan")


@pytest.mark.parametrize(
    ("name", "words", "grade"),
    [
        ("Bo", "botje", UNLIKELY),
        ("Bo", "bootje", UNLIKELY),
        ("Ko", "Kootje", LIKELY),
        ("Ab", "abtje", LIKELY),
        ("Ab", "een abtje", UNLIKELY),
    ],
)
def test_a_name_of_two_letters_made_smaller_is_shown_where_it_may_be_a_word(
    name: str, words: str, grade: Grade
) -> None:
    mentions = NameFinder([Panelist("x", name=f"{name} Wiefferink")]).find(f"daar kwam {words} aan")
    assert [(mention.end, mention.grade) for mention in mentions] == [(10 + len(words), grade)]


def test_half_a_first_name_made_smaller_is_found() -> None:
    mentions = NameFinder([Panelist("x", name="Jan Willem Wiefferink")]).find("daar kwam willempje aan")
    assert [(mention.start, mention.end, mention.grade) for mention in mentions] == [(10, 19, LIKELY)]


def test_a_possessive_in_capitals_goes_whole() -> None:
    (mention,) = NameFinder([Panelist("x", name="Sjoerd Wiefferink")]).find("HET IS SJOERDS PLAN")
    assert (mention.start, mention.end, mention.possessive, mention.grade) == (7, 14, True, CERTAIN)


@pytest.mark.parametrize(
    ("text", "possessive"),
    [
        ("vraag Mirjam Bakker", False),
        ("vraag Mirjam_Bakker", False),
        ("vraag Mirjam.Bakker", False),
        ("vraag Mirjam Bakkers", True),
    ],
)
def test_a_first_name_and_a_surname_of_two_members_are_one_name(text: str, *, possessive: bool) -> None:
    (item,) = finder().find(f"{text} plan")
    assert (item.start, item.end, item.name) == (6, len(text), "Mirjam Bakker")
    assert (item.form, item.grade, item.possessive) == (NameForm.FULL, CERTAIN, possessive)
    assert item.panelists == ("m", "b")


def test_two_words_that_may_be_names_beside_each_other_are_two() -> None:
    assert found("Wil de bakker dat?") == [("Wil", UNLIKELY), ("de bakker", UNLIKELY)]


@pytest.mark.parametrize("text", ["vraag K. Mirjam", "vraag Mirjams H. daar", "vraag Mirjampje H. daar"])
def test_initials_that_do_not_go_with_a_name_stay(text: str) -> None:
    assert len(finder().find(text)) == 1
    assert all(initials not in found(text)[0][0] for initials in ("K.", "H."))


@pytest.mark.parametrize("text", ["en toen kwam wiltje", "met wilpje erbij"])
def test_a_very_common_word_with_an_ending_that_makes_no_word_is_shown(text: str) -> None:
    (mention,) = finder_of(VERY_COMMON).find(text)
    assert mention.grade in (DOUBTFUL, UNLIKELY)


@pytest.mark.parametrize(
    ("name", "text", "grades"),
    [
        ("Zonneveld", "volgens zoneveld kan het", [LIKELY]),
        ("Koopman", "Volgens Kopman kan het", [DOUBTFUL]),
        ("Koopman", "volgens kopman kan het", []),
    ],
)
def test_a_typing_error_that_makes_a_word_is_weighed(name: str, text: str, grades: list[Grade]) -> None:
    assert [mention.grade for mention in NameFinder([Panelist("x", name=f"Sjoerd {name}")]).find(text)] == grades


def test_a_name_of_two_members_has_its_fullest_form() -> None:
    members = [Panelist("a", name="Lieke Prak"), Panelist("b", name="Anne Lieke Wiefferink")]
    assert [(mention.form, mention.panelists) for mention in NameFinder(members).find("volgens Lieke")] == [
        (NameForm.FIRST, ("a", "b"))
    ]


def test_a_label_that_is_a_word_with_a_name_in_it_is_no_name() -> None:
    finder = NameFinder([Panelist("x", name="Jan Wiefferink")])
    assert [(mention.form, mention.grade) for mention in finder.find("jan-van-gent")] == [(NameForm.ADDRESS, UNLIKELY)]


def test_a_name_in_an_address_is_decided_about_as_it_is_written() -> None:
    assert [mention.name for mention in finder().find("mail @sjoerd de vries, of #mirjam")] == [
        "@sjoerd de vries",
        "#mirjam",
    ]
    # As certain as its most certain half.
    assert found("vraag @mirjam hoekstraa") == [("@mirjam hoekstraa", CERTAIN)]


def test_of_many_texts_those_that_may_hold_a_name_are_told() -> None:
    named = ("volgens MH", "#mirjam", "zie devries.nl", "plan van sjoerd", "een sjoerdplan maken", "x@y.nl")
    unnamed = ("er was niets", "twee woorden", "")
    assert all(finder().find(text) for text in named)
    texts = [text for pair in zip(named, unnamed * 2, strict=True) for text in pair]
    assert finder().may_name(texts) == {at for at, text in enumerate(texts) if text in named}


@given(st.text(max_size=60))
def test_names_that_are_found_never_overlap_and_lie_within_the_text(text: str) -> None:
    mentions = finder().find(f"sjoerd {text} #sjoerd s.devries@x.nl {text}-Mirjam-Anne de Bakker")
    ends = [0, *(mention.end for mention in mentions)]
    assert all(end <= item.start < item.end for end, item in zip(ends, mentions, strict=False))


def test_every_list_of_words_is_part_of_the_ordinary_ones() -> None:
    assert EVERYDAY < ORDINARY
    assert COUNTED < ORDINARY
    assert all(word == word.lower().strip() for word in ORDINARY)
    assert {"roos", "wil", "mark", "bakker", "visser", "groen", "dijk", "berg", "bos"} <= ORDINARY
    assert not {"jan", "sjoerd", "kees", "daan", "piet"} & ORDINARY
