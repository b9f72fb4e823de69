"""Names of people who are no members, and words that tell something special of a person, in what leaves the program."""

from __future__ import annotations

import csv
import itertools
import json
import random
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from sto_desktop.cli import run
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.grades import NameForm
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.redaction import Redactor
from sto_desktop.domain.privacy.special import category_of
from sto_desktop.exchange.notes.notes_file import read_notes_file
from tests.cli.answers import read_by_an_outsider

ROOT = Path(__file__).resolve().parents[2]
MEMBERS = (
    Panelist("a", name="Kevin de Vries", first_name="Kevin"),
    Panelist("b", name="Can Turk", first_name="Can"),
)

GONE = {
    "Leerling Kevin uit 3B heeft ADHD": "Een leerling uit 3B heeft [weggelaten]",
    "leerling kevin uit 3b heeft adhd": "Een leerling uit 3b heeft [weggelaten]",
    "Gisteren belde leerling Kevin de Vries.": "Gisteren belde een leerling.",
    "mijn zoon Bram doet techniek": "mijn zoon doet techniek",
    "Haar dochter Sanne is gestopt.": "Haar dochter is gestopt.",
    "Sanne uit groep 7 wil lassen": "Een leerling uit groep 7 wil lassen",
    "Sanne (groep 7) wil lassen": "Een leerling (groep 7) wil lassen",
    "Jayden uit 3B stopt": "Een leerling uit 3B stopt",
    "Het kind Mohammed El Amrani is moslim": "Het kind is [weggelaten]",
    "De zoon van Truus werkt daar": "De zoon van iemand werkt daar",
    "Sanne, leerling van groep 8, zegt het": "Iemand, leerling van groep 8, zegt het",
    "We zagen leerling Daan's werkstuk": "We zagen een leerlings werkstuk",
    "Can Turk zei dat hij ziek was": "Een panellid zei dat hij [weggelaten] was",
    "De docent is lid van de FNV": "De docent is [weggelaten]",
    "Bram uit 3B wil lassen": "Een leerling uit 3B wil lassen",
    "Toen kwam leerling Merel terug": "Toen kwam een leerling terug",
    "Merel (groep 7) wil lassen": "Een leerling (groep 7) wil lassen",
    "Daar zei Noah uit 3B iets van": "Daar zei een leerling uit 3B iets van",
    "Met Eva, Bram en Sanne uit groep 7 gaat het goed": "Met enkele leerlingen uit groep 7 gaat het goed",
    "De leerlingen Kevin en Daan bleven weg": "De leerlingen bleven weg",
    "De dochter van mevrouw Hoekstra stopte": "De dochter van iemand stopte",
    "Kevin (leerling) wil lasser worden": "Iemand (leerling) wil lasser worden",
    "Sanne en Daan, twee leerlingen van mij, stoppen": "Enkelen, twee leerlingen van mij, stoppen",
    "Leerlingen als Sanne en Daan blijven weg": "Leerlingen blijven weg",
    "De leerlingen: Sanne, Daan en Noor": "De leerlingen",
    "Klas 3B: Sanne, Daan en Noor waren er": "Klas 3B: Enkele leerlingen waren er",
    "De moeder van Sem belde": "De moeder van iemand belde",
    "de ouders van Liam waren boos": "de ouders van iemand waren boos",
    "Sem's moeder belde, Daans vader niet": "Iemands moeder belde, iemands vader niet",
    "Kleinkind Saar wil ook": "Een kleinkind wil ook",
    "Mijn pleegzoon Mats heeft begeleiding": "Mijn pleegzoon heeft begeleiding",
    "Brugklasser Timo kwam te laat": "Een brugklasser kwam te laat",
    "Onze Sanne uit de derde is gestopt": "Onze leerling uit de derde is gestopt",
    "Oud-leerling Joris werkt nu bij ons": "Een oud-leerling werkt nu bij ons",
    "De stille jongen, Omar, durfde te praten": "De stille jongen durfde te praten",
    "Een stille leerling Omar durfde te praten": "Een stille leerling durfde te praten",
    "Mijn zoon heet Thijs en zit op het vmbo": "Mijn zoon heet [weggelaten] en zit op het vmbo",
    "Zij is lesbisch en werd gepest": "Zij is [weggelaten] en werd gepest",
    "Ze draagt een hoofddoek": "Ze draagt een [weggelaten]",
    "zijn Turkse ouders komen nooit": "zijn [weggelaten] ouders komen nooit",
    "Zijn Turkse moeder zit in de ggz": "Zijn [weggelaten] moeder zit in de [weggelaten]",
    "Hij heeft een strafblad en is homo": "Hij heeft een [weggelaten] en is [weggelaten]",
}
"""What people note, and how it goes out where nobody has decided."""

STAYS = [
    "Leerlingen uit klas 3 komen naar Technolab in groep 7",
    "Een leerling Techniek vraagt meer",
    "Student Werktuigbouwkunde loopt stage bij Stork",
    "leerlingen van het Noordik, stagiair van Stork",
    "Negen panelleden op stoeltjes uit groep 8; dat breekt het ijs.",
    "Mijn groep 7 praat er nog over. Zijn klas 4 ook.",
    "Elke klas 3 mag mee, en ieder leerjaar 2.",
    "leerling ondersteuningg nodig",
    "Meer uit groep 7 halen, en jij uit 3B",
    "Materiaal uit groep 7 komt terug, robots en boeken uit groep 8 ook",
    "Leerlingen Techniek en leerlingen Bouw werken samen",
    "Soms uit 3B, soms uit 4V",
    "Vandaag is een leerling gekomen",
    "Hengelo in groep 7, Almelo in groep 8",
    "Ik geloof dat de christelijke scholen dat ook doen",
    "We moeten de docenten toevoegen in MS Teams (add)",
    "De ouders van leerlingen, de ouders van het Noordik en de vaders van Hengelo",
    "Groep 8: Technolab, Twence en Stork",
    "Leerlingen als vakman zien, scholieren zoals zij",
    "Technolab uit de eerste ronde, en Stork uit de derde",
    "Zij willen meer praktijk, ze zijn er klaar voor",
]
"""What people note that names nobody."""


@pytest.mark.parametrize(("said", "goes_out"), GONE.items())
def test_an_outsider_and_what_is_special_of_one_person_go(said: str, goes_out: str) -> None:
    assert Redactor(Naming(MEMBERS), doubtful=True).redact(said) == goes_out


@pytest.mark.parametrize("said", STAYS)
def test_what_names_nobody_is_not_shown(said: str) -> None:
    assert Redactor(Naming(MEMBERS), doubtful=True).find(said) == ()


def test_a_special_word_about_nobody_stays_and_is_shown() -> None:
    (found,) = Redactor(Naming(MEMBERS), doubtful=True).find("Leerlingen met autisme vinden hier een plek.")
    assert (found.words, found.replaced, found.is_doubt) == ("autisme", False, True)


def test_a_decision_of_a_person_wins() -> None:
    said = "Leerling Kevin uit 3B heeft ADHD"
    first = Redactor(Naming(MEMBERS), doubtful=True).find(said, "note", "text")
    decisions = {found.key: not found.replaced for found in first}
    assert Redactor(Naming(MEMBERS), decisions, doubtful=True).redact(said, "note", "text") == said


def test_beside_names_outsiders_go_too() -> None:
    everybody = [*MEMBERS]
    redactor = Redactor(Naming(everybody, NameMode.FULL))
    assert redactor.redact("Leerling Jayden heeft ADHD") == "Een leerling heeft [weggelaten]"


def test_every_category_of_the_law_has_words() -> None:
    words = {
        "ADHD": "gezondheid", "moslims": "geloof of levensovertuiging", "Syrische": "afkomst",
        "strafblad": "strafrecht", "vakbondslid": "lidmaatschap van een vakbond", "PVV'er": "politieke opvatting",
        "homo": "seksualiteit",
    }  # fmt: skip
    assert {word: category_of(word) for word in words} == words
    redactor = Redactor(Naming(MEMBERS))
    for word in (*words, "PVV’er", "lid van de  vakbond", "LID VAN DE FNV"):
        (found,) = redactor.find(f"Hij noemt {word} hier.")
        assert found.becomes == "[weggelaten]"
    written = (ROOT / "resources" / "special_categories" / "nl.txt").read_text(encoding="utf-8")
    assert "AVG, artikel 9" in written
    assert "artikel 10" in written


SPECIAL = {
    "gezondheid": [
        "een dyslectische leerling last graag",
        "hij is dyslectisch",
        "mijn dochter heeft reuma",
        "zij kreeg een chemokuur",
        "zij heeft borderline",
        "de leerling heeft astma",
        "die jongen is doof",
        "zij heeft multiple sclerose",
        "hij is bipolair",
        "hij heeft het syndroom van Down",
        "zijn handicap is zwaar voor hem",
        "de docente heeft borstkanker gehad",
        "hij is spastisch",
        "haar zoon is zwakbegaafd",
        "zij heeft een lvb",
        "een jongen met een fysieke beperking",
        "ze is hoogzwanger",
        "haar broer is drugsverslaafd",
        "de moeder is alcoholist",
        "hij slikt antidepressiva",
        "zij is in therapie",
        "hij heeft hiv",
        "hij heeft een taalontwikkelingsstoornis",
        "zij is suïcidaal",
    ],
    "geloof of levensovertuiging": [
        "hij is christen",
        "zij is protestants",
        "hij draagt een keppeltje",
        "hij gaat naar de moskee",
        "zij is boeddhiste",
        "zij draagt een hijab",
    ],
    "afkomst": [
        "die Surinaamse jongen was handig",
        "een Oekraïense leerling spreekt geen Nederlands",
        "hij komt uit een Roma-gezin",
        "haar man is Molukker",
        "die jongen is Irakees",
        "ze is een Koerdische",
        "hij is Roemeen",
        "hij woont in het azc",
        "een meisje met een donkere huidskleur",
    ],
    "strafrecht": [
        "zijn vader heeft een celstraf gehad",
        "hij was verdachte in een zaak",
        "die leerling heeft gestolen",
        "die jongen is drugsdealer",
        "hij heeft een enkelband",
        "zij kreeg geen VOG",
    ],
    "lidmaatschap van een vakbond": ["hij is FNV'er", "zij is bondslid", "de monteur is lid van het CNV"],
    "politieke opvatting": ["zij is PvdA'er", "mijn collega is lid van de SP", "hij stemde op de PVV", "hij is D66’er"],
    "seksualiteit": ["die jongen is homofiel", "de docent is transvrouw", "zij is lhbti'er", "hij is hetero"],
}
"""Sentences of one person by category of the law, inflected and compounded."""

NOT_SPECIAL = [
    "We moeten dat nog nazien, in heterogene groepen, met service van de leverancier",
    "De beperking van het rooster is een bedreiging voor de samenwerking",
    "Hij houdt zich doorgaans aan de afspraak, die is aangehouden en door ons opgepakt",
    "De protestants-christelijke basisschool en de christelijke scholen doen mee",
    "Zij werkt bij een Toyota-dealer in de stal van het bedrijf",
    "De Duitse bedrijven willen blind varen op wat wij doen, met een blinde vlek voor de pool van gastdocenten",
    "Hij heeft MS Teams, en zij mag de 3D-geprinte prothese roemen",
]


@pytest.mark.parametrize(("category", "said"), [(of, said) for of, texts in SPECIAL.items() for said in texts])
def test_what_is_special_is_known_in_every_form_of_the_word(category: str, said: str) -> None:
    found = Redactor(Naming(MEMBERS), doubtful=True).find(said)
    assert [(one.becomes, category_of(one.words)) for one in found] == [("[weggelaten]", category)]


@pytest.mark.parametrize("said", NOT_SPECIAL)
def test_words_that_look_like_a_special_one_are_not_shown(said: str) -> None:
    assert Redactor(Naming(MEMBERS), doubtful=True).find(said) == ()


SUBJECTS = ["De leerlingen", "Een leerling", "De docent", "Technolab", "Het Noordik", "De gemeente Almelo", "Stork",
            "Een student mbo", "Groep 7", "Klas 3B", "De stagiair", "Ouders", "Het bedrijf", "Onze school"]  # fmt: skip
VERBS = ["wil meer", "mist", "heeft behoefte aan", "werkt graag met", "vraagt om", "ziet weinig van", "vindt"]
OBJECTS = ["praktijk in de les", "gastlessen in groep 8", "een vast contact", "tijd voor voorbereiding", "BBL-plekken",
           "uitleg over Metaalbewerking", "bezoek aan Twence", "materiaal uit klas 2", "de excursie naar Duitsland",
           "een kind aan het werk zien", "begeleiding van de mentor", "lessen Techniek", "hulp van Saxion",
           "leerlingen uit leerjaar 4", "een jongen of meisje als rolmodel"]  # fmt: skip
ENDS = [".", ", ook na schooltijd.", "; dat scheelt.", " (zie Almelo).", ", zegt de teamleider.", ""]


def test_ordinary_notes_are_left_alone() -> None:
    redactor = Redactor(Naming(MEMBERS), doubtful=True)
    drawn = random.Random(14)
    generated = [
        f"{drawn.choice(SUBJECTS)} {drawn.choice(VERBS)} {drawn.choice(OBJECTS)}{drawn.choice(ENDS)}"
        for _ in range(2000)
    ]
    panels = [*(ROOT / "resources" / "example").glob("*.md"), ROOT / "tests" / "data" / "aantekeningen-oldenzaal.md"]
    assert len(panels) == 6

    def told(texts: list[str]) -> list[str]:
        # Who types an @ means somebody, and these are no members here.
        names = (found for text in texts for found in redactor.find(text))
        return [found.words for found in names if found.mention.form is not NameForm.UNKNOWN]

    shown = {"generated": told(generated)}
    for path in panels:
        texts = [text for section in read_notes_file(path).sections for text in section.notes]
        assert len(texts) > 15
        shown[path.stem] = told(texts)
    # At most a few in a panel of eighty notes; none today.
    assert {name: words for name, words in shown.items() if len(words) > 3} == {}


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A panel in which pupils are named."""
    members = tmp_path / "leden.csv"
    members.write_text(
        "naam;functie;organisatie;sector;naam noemen;citeren\nSjoerd Hoek;docent;De Bron;vmbo;ja;ja\n"
        "Mirjam Prak;docent;De Bron;vmbo;ja;ja\n",
        encoding="utf-8",
    )
    notes = tmp_path / "notities.md"
    notes.write_text(
        "- Leerling Kevin uit 3B heeft ADHD @1\n- Onze dochter Fenna wil lassen @2\n- Autisme is hier gewoon\n"
        "- Sjoerd is vorig jaar overspannen geweest @2\n",
        encoding="utf-8",
    )
    path = tmp_path / "panel.sto"
    assert run(["importeer", str(path), "--panelleden", str(members), "--notities", str(notes)]) == 0
    return path


@pytest.mark.parametrize(
    "command",
    [
        ("verslag", "-o", "uit.docx", "--met-notities"),
        ("verslag", "-o", "uit.docx", "--vorm", "notulen", "--namen", "voluit"),
        ("exporteer", "--formaat", "csv", "-o", "uit.csv"),
        ("exporteer", "--formaat", "xlsx", "-o", "uit.xlsx"),
        ("exporteer", "--formaat", "md", "-o", "uit.md"),
        ("exporteer", "--formaat", "qdpx", "-o", "uit.qdpx"),
        ("exporteer", "--formaat", "csv", "--namen", "voluit", "-o", "uit.csv"),
        ("delen", "-o", "uit.sto"),
    ],
)
def test_no_output_holds_them_and_the_command_lists_what_is_special(
    dossier: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    name, *rest = command
    target = dossier.parent / next(part for part in rest if part.startswith("uit."))
    capsys.readouterr()
    arguments = [name, str(dossier), *(str(target) if part == target.name else part for part in rest)]
    assert run([*arguments, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    doubts = told["nakijken"]
    assert {"ADHD": "[weggelaten]", "Autisme": None}.items() <= {
        doubt["words"]: doubt["becomes"] for doubt in doubts
    }.items()
    text = read_by_an_outsider(target)
    assert [word for word in ("Kevin", "Fenna", "ADHD", "overspannen") if word.casefold() in text.casefold()] == []
    assert "heeft [weggelaten]" in text
    assert "Autisme is hier gewoon" in text


@pytest.mark.parametrize("names", ["alles", "rol", "voluit"])
def test_a_workbook_with_all_names_says_so_on_every_page(
    dossier: Path, names: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = dossier.parent / "tabel.xlsx"
    capsys.readouterr()
    assert run(["exporteer", str(dossier), "--formaat", "xlsx", "--namen", names, "-o", str(target)]) == 0
    warned = "Ook wie niet genoemd wil worden" in capsys.readouterr().out
    book = load_workbook(target)
    headers = [sheet.oddHeader.center.text or "" for sheet in book if sheet.oddHeader is not None]
    assert len(headers) == 4
    in_file = ["Ook wie niet genoemd wil worden" in text for text in (*headers, book.properties.description or "")]
    assert [warned, *in_file] == [names == "alles"] * (2 + len(headers))


def test_markdown_with_all_names_says_so_in_its_first_line_and_comes_back(dossier: Path) -> None:
    target = dossier.parent / "alles.md"
    assert run(["exporteer", str(dossier), "--formaat", "md", "--namen", "alles", "-o", str(target)]) == 0
    first, *_ = target.read_text(encoding="utf-8").splitlines()
    assert "Ook wie niet genoemd wil worden" in first
    notes = [text for section in read_notes_file(target).sections for text in section.notes]
    assert len(notes) == 4
    assert not [text for text in notes if "genoemd" in text]


@pytest.mark.parametrize("names", ["alles", "rol"])
def test_csv_and_a_project_with_all_names_say_so_inside_and_come_back(dossier: Path, names: str) -> None:
    for what in ("notities", "panelleden"):
        target = dossier.parent / f"{what}.csv"
        assert (
            run(["exporteer", str(dossier), "--formaat", "csv", "--wat", what, "--namen", names, "-o", str(target)])
            == 0
        )
        head, *rows = csv.reader(target.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
        assert [cell for cell in head if "Ook wie niet genoemd wil worden" in cell] == head[-1:] * (names == "alles")
        assert all(len(row) == len(head) for row in rows)
        empty = dossier.parent / f"{what}.sto"
        option = "--panelleden" if what == "panelleden" else "--notities"
        assert run(["importeer", str(empty), option, str(target)]) == 0
    project = dossier.parent / "p.qdpx"
    assert run(["exporteer", str(dossier), "--formaat", "qdpx", "--namen", names, "-o", str(project)]) == 0
    with zipfile.ZipFile(project) as archive:
        root = etree.fromstring(archive.read("project.qde"))
    said = [element.text for element in root if element.tag.endswith("}Description")]
    assert [text for text in said if text and "Ook wie niet genoemd wil worden" in text] == said
    assert bool(said) == (names == "alles")
    assert run(["importeer", str(dossier.parent / "qdpx.sto"), "--notities", str(project)]) == 0


def test_ones_own_data_are_as_in_the_dossier_and_what_stands_in_them_is_told(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = dossier.parent / "alles.csv"
    told = "In 3 teksten staat iets bijzonders over iemand, of hoe een leerling of een ander heet die er niet bij is"
    for command in (
        ("exporteer", "--formaat", "csv", "-o", str(target)),
        ("delen", "-o", str(dossier.parent / "k.sto")),
    ):
        name, *rest = command
        for naming, warned in (("alles", True), ("rol", False)):
            capsys.readouterr()
            (dossier.parent / "k.sto").unlink(missing_ok=True)
            assert run([name, str(dossier), *rest, "--namen", naming]) == 0
            assert (told in capsys.readouterr().out) == warned
    assert run(["exporteer", str(dossier), "--formaat", "csv", "--namen", "alles", "-o", str(target)]) == 0
    assert "Leerling Kevin uit 3B heeft ADHD" in target.read_text(encoding="utf-8-sig")


def test_a_seat_in_a_text_is_as_good_as_a_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    members, notes, path = tmp_path / "leden.csv", tmp_path / "n.md", tmp_path / "p.sto"
    members.write_text(
        "naam;stoel;sector;naam noemen;citeren\nSjoerd Hoek;1;vmbo;ja;ja\nMirjam Prak;2;vmbo;ja;ja\n"
        "Truus Bos;3;vmbo;nee;nee\nAnna Vos;4;vmbo;nee;ja\n",
        encoding="utf-8",
    )
    notes.write_text(
        "- Dat zei \\@3 ook al @1\n- Stoel 3 was boos, en stoel 9 is stuk @2\n- (@4 keek weg)\n", encoding="utf-8"
    )
    assert run(["importeer", str(path), "--panelleden", str(members), "--notities", str(notes)]) == 0
    for form, naming in itertools.product(("csv", "xlsx", "qdpx"), ("rol", "voluit", "pseudoniem")):
        target = tmp_path / f"{naming}.{form}"
        capsys.readouterr()
        assert run(["exporteer", str(path), "--formaat", form, "--namen", naming, "-o", str(target)]) == 0
        told, text = capsys.readouterr().out, read_by_an_outsider(target)
        assert [word for word in ("@3", "stoel 3") if word in text.casefold()] == [], (form, naming)
        # A seat where nobody sits tells nothing of anybody.
        assert "stoel 9 is stuk" in text
        # It may be a chair: a person sees it.
        assert "nakijken: «Stoel 3»" in told
