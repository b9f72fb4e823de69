"""The written forms of a name, each with the grade that a person expects: certain, likely or doubtful.

The list was made before the finders, by people who read such notes.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.grades import Grade
from sto_desktop.domain.names.mentions import finder_of
from sto_desktop.domain.names.spelling import pattern_of
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.redaction import Redactor
from sto_desktop.domain.privacy.to_check import to_check
from sto_desktop.resources import resource

CERTAIN, LIKELY, DOUBTFUL = "certain", "likely", "doubtful"
GRADES = {Grade.CERTAIN: CERTAIN, Grade.LIKELY: LIKELY, Grade.DOUBTFUL: DOUBTFUL, Grade.UNLIKELY: DOUBTFUL}
MEMBERS = (
    Panelist("s", name="Sjoerd de Vries", first_name="Joep", organisation="De Vries Techniek B.V."),
    Panelist("r", name="Roos de Boer", role="wethouder"),
    Panelist("h", name="Sjoerd Hoekstra", role="docent"),
    Panelist("z", name="Zoë Wu", role="docent"),
    Panelist("l", name="Łukasz Aa"),
    Panelist("a", name="Ahmet Li"),
)


@cache
def redactor() -> Redactor:
    return Redactor(Naming(MEMBERS, NameMode.ROLE))


def found(text: str) -> list[tuple[str, str]]:
    """Return what a person is shown of a text: the words, and their grade."""
    names = redactor().find(text)
    return [(text[name.mention.start : name.mention.end], GRADES[name.mention.grade]) for name in names]


def check(frame: str, grade: str, *forms: str) -> None:
    for form in forms:
        text = frame.format(form)
        assert found(text) == [(form.removesuffix(" plan").removesuffix(" idee"), grade)], text


def test_a_full_name_in_any_case_is_certain() -> None:
    names = ("Sjoerd de Vries", "SJOERD DE VRIES", "Sjoerd de Vries' plan", "sjoerd de vries")
    check("dat was {} ook", CERTAIN, *names)


def test_marks_around_half_of_a_full_name_leave_it_one_name() -> None:
    for text in ("met **Ahmet** Li erbij", 'met "Ahmet" Li erbij', "met Ahmet _Li_ erbij", "met ‘Ahmet’ Li erbij"):
        assert [grade for _, grade in found(text)] == [CERTAIN], text
        assert "Li" not in redactor().redact(text), text


def test_a_surname_first_is_certain() -> None:
    check("op de lijst: {} was er", CERTAIN, "De Vries, Sjoerd", "Vries, Sjoerd de")


def test_initials_before_a_surname_are_certain_and_so_are_those_that_mix_cases() -> None:
    check("dat zei {} ook", CERTAIN, "S. de Vries", "S.de Vries", "SdV")


def test_a_first_name_is_certain_also_in_lower_case_if_it_is_no_word() -> None:
    check("dat was {} ook", CERTAIN, "Sjoerd", "Sjoerds idee", "Sjoerd's idee", "SJOERD", "sjoerd")
    check("volgens {} kan het", CERTAIN, "sjoerd")


def test_a_first_name_that_is_a_word_is_doubtful_in_lower_case() -> None:
    check("een {} in de tuin", DOUBTFUL, "roos")


def test_who_speaks_is_likely_rather_than_doubtful_though_the_name_is_a_word() -> None:
    """Stronger than the list asks: nobody means a flower here."""
    check("{} zei dat", LIKELY, "roos")


def test_a_first_name_that_is_a_word_is_a_name_where_it_begins_a_sentence() -> None:
    check("{} zei dat", CERTAIN, "Roos")
    check("{} ging naar huis", CERTAIN, "Roos")
    check("{} staat op de lijst", LIKELY, "Roos")
    check("{} is er niet", LIKELY, "Roos")
    check("{} is een bloem", DOUBTFUL, "Roos")


def test_a_nickname_is_certain() -> None:
    """In lower case too, as every first name that is no word: stronger than the list asks."""
    check("dat wilde {} ook", CERTAIN, "Joep", "joep", "joeps plan")


def test_a_title_and_a_surname_are_certain_in_any_case() -> None:
    names = ("mevrouw De Vries", "meneer de vries", "dhr. Vries", "juf Roos", "wethouder Vries")
    check("dat zei {} ook", CERTAIN, *names)


def test_a_surname_is_certain_with_a_capital() -> None:
    check("{} zei dat", CERTAIN, "De Vries")
    check("het plan van {} is er", CERTAIN, "De Vries")


def test_a_surname_in_lower_case_is_likely_or_doubtful_if_it_is_a_word() -> None:
    check("volgens {} kan het", LIKELY, "de vries")
    check("volgens {} kan het", DOUBTFUL, "de boer")


def test_the_last_word_of_a_surname_alone() -> None:
    check("{} kwam niet", CERTAIN, "Vries")
    check("volgens {} kan het", LIKELY, "Aa", "Wu", "Li")
    check("daar kwam {} om", DOUBTFUL, "Aa", "Wu", "Li", "aa", "wu", "li")


def test_two_letters_behind_their_particles_are_as_certain_as_a_longer_surname() -> None:
    members = (Panelist("a", name="Łukasz van der Aa"), Panelist("b", name="Roos te Wu"))
    found = Redactor(Naming(members, NameMode.ROLE)).find
    for text in ("toen kwam Van der Aa binnen", "de Van der Aa-route", "toen kwam van der Aa binnen", "dat Te Wu kwam"):
        assert [name.mention.grade for name in found(text)] == [Grade.CERTAIN], text
    assert [name.mention.grade for name in found("langs de Aa wandelen")] == [Grade.DOUBTFUL]


def test_a_name_that_is_a_foreign_word_is_certain_behind_words_that_are_no_adjective() -> None:
    find = Redactor(Naming((Panelist("a", name="Joke Terpstra"),), NameMode.ROLE)).find
    for text in ("iedereen behalve joke was voor", "dat is vanwege joke", "ik weet niet hoe joke dat ziet"):
        assert [name.mention.grade for name in find(text)] == [Grade.CERTAIN], text
    assert Grade.CERTAIN not in [name.mention.grade for name in find("dat was een leuke joke")]


def test_a_family_and_a_plural_are_certain() -> None:
    check("daar kwam {} aan", CERTAIN, "familie De Vries", "de Vriesen")


def test_a_plural_that_is_a_word_is_shown_if_its_capital_is_its_own() -> None:
    find = Redactor(
        Naming((Panelist("a", name="Anna van den Berg"), Panelist("b", name="Wim Kamer")), NameMode.ROLE)
    ).find
    for text in ("stuur het naar de Bergen toe", "bij de Kamers thuis"):
        assert [name.mention.grade for name in find(text)] == [Grade.DOUBTFUL], text
    for text in ("De bergen papier", "in de kamers", "Kamers genoeg", "BERGEN VAN PAPIER"):
        assert not find(text), text


def test_a_double_name_is_certain_as_a_whole() -> None:
    check("dat zei {} ook", CERTAIN, "Sjoerd Hoekstra-Jansen", "mevrouw Hoekstra-Jansen")


def test_an_address_an_account_and_a_label_are_certain() -> None:
    check("vraag het {} maar", CERTAIN, "s.devries@school.example", "@sjoerdv", "#sjoerd", "#de_vries")


def test_two_names_in_one_label_are_names_though_the_other_is_nobody_listed() -> None:
    members = tuple(
        Panelist(str(seat), name=name) for seat, name in enumerate(("Vera Winters", "Ting Chen", "José Blok"))
    )
    for label in ("#veraenpiet", "#pietenvera", "#joseenpiet", "#tingenpiet", "#veraenkees"):
        assert [mention.grade for mention in finder_of(members).find(f"over {label}")], label
    assert finder_of(members).find("over #veranderen en #tingelen") == ()


LABELS = """
    #tipvan{} #vraagvan{} #ideevan{} #groepvan{} #terugkomenop{} #mailnaar{} #mevr{} #mevrouw{} #dhr{} #mw{}
    #meneer{} #juf{} #{}2
"""
ORDINARY_LABELS = """
    samenwerking bakkerij prinsenhof techniekdag basis basisschool basisonderwijs rooster wilskracht
    vrijwilligers arbeidsmarkt marktplein postzegel vossenjacht januari smederij schilderen leermeester
    molenwiek kuiperij samenhang dekkingsplan tomaat boomgaard zwartwerk lotgenoot loterij slagveld educatie
    noordelijk standaard lasrobot lesrooster busvervoer ouderavond lerarentekort stageplekken bedrijfsbezoek
    gastlessen doorstroom vmbo techniekhavo technolab onderzoekendleren meisjesintechniek tweedekans loopbaan
    beroepsbeeld opendag nieuwsbrief veiligheid werkplaats jaarplanning draagvlak regeldruk toetsing
    digitalisering lasersnijder metaaltechniek energietransitie zorgtechniek vakmanschap kennisdeling
    samenwerkingsovereenkomst aanspreekpunt succesfactor verbeterpunt continuiteit leerlingenzorg burgerschap
    groep7 klas2 fase3 voorlichting voorbeeld bijscholing opbrengst overstap naschools aanbod zijinstroom
    hybridedocent teamleider mentorles terugkoppeling navraag nabespreken vraagvanouders ideevanleerlingen
    tipvandocent actievoorschool mailnaarouders wil2
"""
WORDS_TOO = ("Linda Prins", "Sven Bakker", "Bas Kok", "Roos Steen", "Wil Groen", "Jet Post", "Hugo Vos", "Ans Molen")


@pytest.mark.parametrize("name", ["Sven", "Bas", "Hugo", "Prins", "Bakker", "Roos"])
def test_a_name_among_the_words_of_a_label_is_replaced(name: str) -> None:
    members = tuple(Panelist(str(seat), name=whole) for seat, whole in enumerate(WORDS_TOO))
    grades = {
        label: [mention.grade for mention in finder_of(members).find(label.format(name.lower()))]
        for label in LABELS.split()
    }
    assert [
        label for label, found in grades.items() if not found or found[0] not in (Grade.CERTAIN, Grade.LIKELY)
    ] == []


def test_a_label_that_may_be_a_name_and_a_word_is_told() -> None:
    members = tuple(Panelist(str(seat), name=whole) for seat, whole in enumerate(WORDS_TOO))
    for label in ("#navraagprins", "#navraagbas", "#klasroos", "#navraagsven"):
        assert finder_of(members).find(label), label


SHORT_NAMES = (
    "Tom Huisken",
    "Kim Nijkamp",
    "Eva Lohuis",
    "Cas Tijink",
    "Linda Schurink",
    "Ben Groen",
    "Ad van 't Hof",
    "Wim Jansen",
)


@pytest.mark.parametrize(
    "label",
    [
        *("todotom", "navkim", "evatodo", "cflinda", "cfcas", "tavtijink", "castav", "ben2", "vdhof", "vthof"),
        *("vanhethof", "voor_wj", "todo-kn", "navTom"),
    ],
)
def test_a_name_beside_an_abbreviation_or_with_short_particles_in_a_label_is_told(label: str) -> None:
    members = tuple(Panelist(str(seat), name=whole) for seat, whole in enumerate(SHORT_NAMES))
    assert finder_of(members).find(f"te weinig uren #{label}")


def test_topics_in_labels_are_quiet_beside_short_names() -> None:
    members = tuple(Panelist(str(seat), name=whole) for seat, whole in enumerate(SHORT_NAMES))
    told = [label for label in ORDINARY_LABELS.split() if finder_of(members).find(f"#{label}")]
    assert told == []


def test_ordinary_labels_stay() -> None:
    members = tuple(Panelist(str(seat), name=whole) for seat, whole in enumerate(WORDS_TOO))
    sure = (Grade.CERTAIN, Grade.LIKELY)
    named = [
        label
        for label in ORDINARY_LABELS.split()
        if any(mention.grade in sure for mention in finder_of(members).find(f"#{label}"))
    ]
    assert named == []


def test_a_name_inside_a_compound_is_certain() -> None:
    assert found("dat is de Vries-methode hier") == [("de Vries", CERTAIN)]
    assert found("dat is Sjoerd-avond hier") == [("Sjoerd", CERTAIN)]
    # Only the first word of a sentence has its capital for that.
    for behind in ("de Roos-avond", "De Roos-avond", "de De Boer-methode", "De De Boer-methode"):
        assert [grade for _, grade in found(f"{behind} was goed")] == [CERTAIN], behind
    assert [grade for _, grade in found("Roos-avond was goed")] == [DOUBTFUL]


def test_a_diminutive_is_likely() -> None:
    check("daar kwam {} aan", LIKELY, "Sjoerdje", "Joepie")


def test_missing_and_other_accents_are_certain() -> None:
    check("dat wilde {} ook", CERTAIN, "Zoe", "Lukasz")


def test_the_pattern_of_names_has_no_sign_that_takes_long_to_compile() -> None:
    """A class with a sign beyond Latin-1 takes 0.2 ms, and forty members have thousands of letters."""
    assert max(map(ord, "".join(pattern_of(["Łukasz Żółkowski", "Şule Çağlar", "Anaïs de Böhm"])))) < 0x100


def test_what_does_not_show_between_letters_and_words_is_certain() -> None:
    names = ("Sjo\u00aderd de Vries", "Sjoerd\u00a0de Vries", "Sjoerd  de Vries", "Sjoerd\nde Vries")
    check("dat wilde {} ook", CERTAIN, *names)


def test_markdown_and_punctuation_around_a_name_leave_it_certain() -> None:
    for around in ("**{}**", '"{}"', "({})", "_{}_"):
        assert found(f"dat wilde {around.format('Sjoerd')} ook") == [("Sjoerd", CERTAIN)]
    check("dat wilde {} ook", CERTAIN, "Sjoerd (de Vries)")
    assert found("dat wilde Sjoerd/Ahmet ook") == [("Sjoerd", CERTAIN), ("Ahmet", CERTAIN)]


@pytest.mark.parametrize("name", ["leerling Henkjan", "zoon Henkjan"])
def test_somebody_beside_a_word_for_a_child_is_certain(name: str) -> None:
    check("toen kwam mijn {} binnen", CERTAIN, name)


def test_somebody_of_a_group_is_certain() -> None:
    check("toen kwam {} uit groep 6 binnen", CERTAIN, "Henkjan")


def test_the_name_of_an_organisation_a_street_and_a_school_is_doubtful_and_stays() -> None:
    for text, name in (
        ("bij De Vries Techniek B.V. kan het", "De Vries"),
        ("bij Hoekstra Metaal kan het", "Hoekstra"),
        ("op Basisschool De Vries is het druk", "De Vries"),
        ("in de De Vriesstraat is het druk", "Vriesstraat"),
    ):
        assert found(text) == [(name, DOUBTFUL)], text
        assert redactor().redact(text) == text
    assert found("op het Technolab is het druk") == []


def test_somebody_of_a_member_is_not_the_member() -> None:
    assert found("De opa van Hoekstra werkte bij ons") == [("Hoekstra", CERTAIN)]
    assert found("de directeur van Hoekstra belt") == [("Hoekstra", CERTAIN)]
    assert found("mevrouw van Hoekstra belt") == [("mevrouw van Hoekstra", CERTAIN)]


def test_a_letter_wrong_or_swapped_is_likely_with_a_capital_and_else_doubtful() -> None:
    check("daar kwam {} aan", LIKELY, "Sjored", "Shoerd", "Hoekstar")
    check("daar kwam {} aan", DOUBTFUL, "sjored", "shoerd")
    # A name of its own is no misspelling for certain.
    assert found("daar kwam Sjoert aan") == [("Sjoert", LIKELY)]


def test_somebody_on_no_list_is_doubtful() -> None:
    for text, name in (
        ("dat zei mevrouw Tuinman ook", "Tuinman"),
        ("mevrouw tuinman belt", "tuinman"),
        ("toen kwam Henkjan binnen", "Henkjan"),
        ("volgens truus kan het", "truus"),
    ):
        assert found(text) == [(name, DOUBTFUL)], text
        assert redactor().redact(text) == text


def test_a_function_that_only_one_has_is_doubtful_and_told_once_for_a_panel() -> None:
    check("{} belt morgen", DOUBTFUL, "de wethouder", "onze wethouder")
    assert found("de docent belt morgen") == []
    names = (
        name for text in ("De wethouder belt.", "Onze wethouder komt.") for name in redactor().find(text, "n", "t")
    )
    assert [doubt.words for doubt in to_check(names)] == ["De wethouder"]


@pytest.mark.parametrize("path", sorted(resource("example").glob("*.md")), ids=lambda path: path.stem)
def test_ordinary_notes_give_few_doubts(path: Path) -> None:
    """At most three for a hundred notes: a longer list is not read."""
    with path.with_name(f"{path.stem}-panelleden.csv").open(encoding="utf-8-sig", newline="") as file:
        members = list(csv.DictReader(file, delimiter=";"))
    lines = [line.lstrip("- ") for line in path.read_text("utf-8").splitlines() if line.startswith("- ")]
    people = tuple(
        Panelist(str(at), name=row["Naam"], organisation=row["Organisatie"]) for at, row in enumerate(members)
    )
    names = Redactor(Naming(people, NameMode.ROLE))
    doubts = to_check(name for line in lines for name in names.find(line))
    assert len(doubts) * 100 <= 3 * len(lines), doubts


@pytest.mark.parametrize(
    "written",
    [
        "Mevrouw Haisma-de Vries", "Wiebrigje Haisma-van der Zee", "mevrouw haisma-jansen", "Haisma-Van den Berg",
        "mevrouw Haisma-ter Braak",
    ],
)  # fmt: skip
def test_the_other_half_of_a_married_name_goes_with_its_particles(written: str) -> None:
    (found,) = finder_of((Panelist("H", name="Wiebrigje Haisma", first_name="Wiebrigje"),)).find(f"{written} zei dat")
    assert (found.start, found.end) == (0, len(written))


@pytest.mark.parametrize("written", ["Haisma-metaal", "Haisma-aanpak", "Haisma-denken"])
def test_a_word_behind_a_name_is_no_other_half(written: str) -> None:
    (found,) = finder_of((Panelist("H", name="Wiebrigje Haisma", first_name="Wiebrigje"),)).find(f"{written} werkt")
    assert found.name == "Haisma"
