"""Names in odd shapes and places: split, numbered, glued to a short word, behind a rare title, down to initials. In
every output without names each is gone or told, whether it is of a member of the panel or of another panel.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sto_desktop.cli import run
from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.people import first_name_of
from sto_desktop.domain.place import Position, plain_keys
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.workplace import Workplace
from tests.names.hurried_panel import texts_of

pytestmark = pytest.mark.long

MEMBERS = (
    *("Wouter Hulshof", "Bram Kuiper", "Ab Lansink", "Rik Tijhuis", "Anna Vos", "Piet Winter", "Roos de Wit", "Dirk"),
    *("Daan Mensink", "Ellen Jansen-de Ridder", "bea bos-op den kamp", "Roelie-Anne Smit van Dongen", "A.-F. 't H."),
    *("M.J. de W.", "Nora Ben Haddou-El Idrissi", "Rui da Silva Pereira", "Truus v.d. Molen", "Ger Van Damme-D'Hondt"),
    *("Ype op 't Hof-van 't Veer", "Hope ter Haar", "Do Wolbers", "Max Ligtenberg", "Pim Over"),
)
ELSEWHERE = ("Dieuwke Elferink", "Femke Hamer", "Sipke Zilver", "Wietse", "Jo Mosterd", "Kees Dijkstra")
GONE = (
    ("dus niet-wouter zei dat", "wouter"),
    ("volgens wou-ter kan het niet", "wou-ter"),
    ("Wou-ter zei dat ook", "Wou-ter"),
    ("dat was w-o-u-t-e-r weer", "w-o-u-t-e-r"),
    ("vraag het w.o.u.t.e.r maar", "w.o.u.t.e.r"),
    ("hij heet W O U T E R geloof ik", "W O U T E R"),
    ("mail dirkplan@school.example of bel", "dirkplan"),
    ("#dirkplan graag", "dirkplan"),
    ("mail @dirkplan even", "dirkplan"),
    ("de #wouterbus rijdt", "wouterbus"),
    ("dame vos zei niets", "vos"),
    ("dokter vos belt", "vos"),
    ("zr. winter komt", "winter"),
    ("br. winter komt", "winter"),
    ("buurvrouw winter komt", "winter"),
    ("de heren vos en winter waren er", "vos"),
    ("de heren vos en winter waren er ook", "winter"),
    ("de dames vos, de wit en winter gaan", "winter"),
    ("collega's vos en winter gaan", "winter"),
    ("conciërge vos komt", "vos"),
    ("mevrouw d.m. belt", "d.m."),
    ("dhr. D.M. belt", "D.M."),
    ("dat zei mevrouw m. ook", "m."),
    ("met meneer W gesproken", "W"),
    ("met mevr. dm gesproken", "dm"),
    ("mevrouw d.e. belt", "d.e."),
    ("heren hamer en zilver zijn er", "hamer"),
    ("de heren hamer en zilver zijn er", "zilver"),
    ("meneer zilver belt", "zilver"),
    ("dokter zilver belt", "zilver"),
    ("zr. hamer belt", "hamer"),
    ("dus niet-dieuwke zei dat", "dieuwke"),
    ("volgens dieuw-ke kan het niet", "dieuw-ke"),
    ("volgens kees kan het niet", "kees"),
    ("dat zei deridder ook", "deridder"),
    ("volgens 'deridder' niet", "deridder"),
    ("met @deridder gebeld", "deridder"),
    ("vraag #deridder maar", "deridder"),
    ("dat zei e.deridder ook", "e.deridder"),
    ("dat zei ederidder ook", "ederidder"),
    ("dat zei ellenderidder ook", "ellenderidder"),
    ("dat zei EdR ook", "EdR"),
    ("dat zei opdenkamp ook", "opdenkamp"),
    ("mail @bosopdenkamp even", "bosopdenkamp"),
    ("dat zei vandongen ook", "vandongen"),
    *((f"dat zei {name} ook", name) for name in ("benhaddou", "dasilva", "vandermolen", "dhondt", "YvtV")),
    *((f"vraag #{name} maar", name) for name in ("benhaddou", "dasilva", "vandermolen", "dhondt")),
    ("het #roelieplan is af", "roelieplan"),
    ("het #Roeliesplan is af", "Roeliesplan"),
    ("de #annebus rijdt", "annebus"),
    ("vroeg «'roelie'» weer", "roelie"),
    ("naast #roelie2 dan", "roelie2"),
    ("volgens A.-F. 't H. niet", "A.-F. 't H"),
    ("die piet van de metaal vindt dat", "piet"),
    ("de rik van het mbo wil het anders", "rik"),
    ("een dirk weet dat", "dirk"),
    ("zo'n ellen wil je erbij", "ellen"),
    ("beste hope, de bus is laat", "hope"),
    ("rooster klopt (zie hope)", "hope"),
    ("frau ter haar sagt das", "haar"),
    ("mrs ter haar was er", "haar"),
    ("dhrter haar komt", "haar"),
    ("mevrde wit belt", "wit"),
    ("dus abtje is er ook", "abtje"),
    ("dat zei roos al, en roosje ook", "roosje"),
    ("max: de bus is te laat", "max"),
    ("afgesproken met max en met de directie", "max"),
    ("MAX ROEPT DAT DE BUS TE LAAT IS", "MAX"),
)
TOLD = (
    ("tel do 0612", "do"),
    ("wacht op do", "do"),
    ("mail @bramk even", "bramk"),
    ("dus bramk zei dat", "bramk"),
    ("de wouterbus rijdt", "wouterbus"),
    ("kwestie van pim pam pet", "pim"),
    ("max: 12 leerlingen", "max"),
    ("met ab1 gebeld", "ab1"),
    ("1ab was er", "1ab"),
    ("een abplan maken", "abplan"),
    ("het riksplan is af", "riksplan"),
    ("het rikplan is af", "rikplan"),
    ("naast de bus van roos2", "roos2"),
    ("het roosplan is af", "roosplan"),
    ("met ro-os gebeld", "ro-os"),
    ("hij zei dat vos er was", "vos"),
    ("het dieuwkeplan is af", "dieuwkeplan"),
    ("de dieuwkebus rijdt", "dieuwkebus"),
    ("het wietseplan is af", "wietseplan"),
    ("dat zei TvdM ook", "TvdM"),
    ("volgens A.-F. niet", "A.-F"),
    ("volgens a.f. niet", "a.f"),
    ("dat zei M.J. ook", "M.J"),
    ("dat zei m.j. ook", "m.j"),
)
WHOLE = (
    *("niet-wouter", "wou-ter", "anti-wouter", "ex-wouter", "w-o-u-t-e-r", "#bramk", "@bramk", "dirkbus", "ab1"),
    *("wouterbus", "dieuwkebus", "dieuw-ke", "niet-dieuwke", "zr. zilver", "deridder", "opdenkamp", "vandongen"),
    *("benhaddou", "dasilva", "vandermolen", "dhondt"),
    *("Roelieplan", "roelieplan2", "'roelie'", "roelie2", "annebus", "ederidder"),
)
"""Notes and labels that are nothing but this."""
WORDS_ALONE = ("vos", "zilver")
"""Ordinary words that are a surname of a member of the panel, and of another one."""
NEVER_SPOILT = (
    "een dokter kan dat zien en de dame wil dat ook",
    "de heren gaan en de dames blijven",
    "mevrouw en meneer is ouderwets, en meneer is er niet",
    "ad-hocbeleid en een niet-roker bij de anti-pestweek",
    "een in-de-weglooptest en een rij-tjeshuis",
    "in groep7 met 3d en wk2, en blok1",
    "de busbaan en het busplan, het jaarplan en de planbureaus",
    "docent l.o. zoekt dhr. e.a. en mw. i.o.",
    "m.i. o.a. de a.s. week, m.u.v. ma. en d.m.v. een b.v.",
    "ma a.s. om 9 u b.v.",
    "de ernst ervan, een extra les en de stoere senior; op do 12 mei en do om 9",
    "een drop de wit staat er, de sirene en een miss",
    "de winter komt, en een vos sluipt over het erf",
    "collega's gaan en winter komt",
    "Roos, wit en groen zijn de kleuren",
    "het staat bij Over dit panel",
    "max: 12 leerlingen, max 3 weken en max. een uur",
    "een kwestie van pim pam pet",
    "er staat een Roos in de vaas",
)
OUTPUTS = {
    "verslag.md": ("verslag", "--vorm", "notulen", "--namen", "rol", "--panel", "Panel een"),
    "tabel.csv": ("exporteer", "--formaat", "csv", "--panel", "Panel een"),
    "kopie.sto": ("delen",),
}


def dossier_of(path: Path, notes: list[str], labels: tuple[str, ...] = ()) -> Path:
    """Make a dossier of two panels, with these notes and labels in the first."""
    question = next(item.id for _, item in builtin_guide().questions())
    rows = []
    for panel, people in (("een", MEMBERS), ("twee", ELSEWHERE)):
        rows.append(create("panel", panel, title=f"Panel {panel}", guide=builtin_guide().guide.id))
        for seat, name in enumerate(people, 1):
            who = {"name": name, "first_name": first_name_of(name), "sector": "vo", "role": "docent"}
            answers = {"consent_participation": Consent.YES, "consent_quote": Consent.YES}
            rows.append(create("panelist", f"{panel}-{seat}", panel=panel, seat=seat, **who, **answers))
    for at, (key, text) in enumerate(zip(plain_keys(len(notes)), notes, strict=True)):
        rows.append(create("note", f"n{at}", panel="een", text=text, position=Position(question, key)))
    for label in labels:
        rows.append(create("tag", f"t-{label}", name=label))
        rows.append(create("note_tag", derived_id("note_tag", "n0", label), note="n0", tag=f"t-{label}"))
    copy = Workplace.here("Marieke").create(path)
    copy.dossier.apply(action("panels", *rows))
    copy.close()
    return path


def made(dossier: Path, name: str, capsys: pytest.CaptureFixture[str]) -> tuple[list[str], str]:
    """Make an output; return its texts, and what the command says to check."""
    command, *options = OUTPUTS[name]
    target = dossier.parent / name
    capsys.readouterr()
    assert run([command, str(dossier), *options, "-o", str(target), "--json"]) == 0
    return texts_of(target), json.dumps(json.loads(capsys.readouterr().out)["nakijken"], ensure_ascii=False)


def said_in(texts: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the number and the words of each numbered sentence."""
    for text in texts:
        for line in text.split("\n"):
            begin = 0
            for number in re.finditer(r"\[(\d+)\]", line):
                yield int(number[1]), line[begin : number.start()]
                begin = number.end()


def stands(name: str, text: str) -> bool:
    """Return whether a name stands by itself in a text."""
    return re.search(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", text, re.IGNORECASE) is not None


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_name_in_an_odd_shape_is_gone_or_told(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = [*GONE, *TOLD]
    notes = [f"{text} [{number}]" for number, (text, _) in enumerate(said)]
    texts, told = made(dossier_of(tmp_path / "panel.sto", notes), name, capsys)
    wrong, seen = [], set()
    for number, words in said_in(texts):
        seen.add(number)
        text, written = said[number]
        if stands(written, words) and (number < len(GONE) or f"[{number}]" not in told):
            wrong.append(text)
    assert (wrong, len(seen)) == ([], len(said))


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("as_labels", [False, True])
def test_a_note_or_label_that_is_nothing_but_a_name_is_gone_or_told(
    name: str, as_labels: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = tuple(word.replace("zr. ", "zr-") for word in (*WHOLE, *WORDS_ALONE))
    dossier = (
        dossier_of(tmp_path / "panel.sto", ["er was niets"], tuple(word.strip("#@") for word in words))
        if as_labels
        else dossier_of(tmp_path / "panel.sto", [*WHOLE, *WORDS_ALONE])
    )
    texts, told = made(dossier, name, capsys)
    everything = "\n".join(texts).replace("\\", "")
    left = [word for word in (words if as_labels else (*WHOLE, *WORDS_ALONE)) if stands(word.strip("#@"), everything)]
    assert [word for word in left if f'"{word.strip("#@")}"' not in told] == []
    if not as_labels:
        assert set(left) <= {"ab1", *WORDS_ALONE}


@pytest.mark.parametrize("name", OUTPUTS)
def test_ordinary_sentences_are_not_spoilt_by_odd_shapes(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts, _ = made(dossier_of(tmp_path / "panel.sto", list(NEVER_SPOILT)), name, capsys)
    everything = "\n".join(texts).replace("\\", "")
    assert [sentence for sentence in NEVER_SPOILT if sentence[1:] not in everything] == []
