"""The texts that come with the program: the built-in guide and the example panels are complete and consistent."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
GUIDE = json.loads((RESOURCES / "guides" / "sto-twente.json").read_text(encoding="utf-8"))
EXAMPLE = RESOURCES / "example"
SLUGS = ("almelo-eo", "enschede", "hengelo", "oldenzaal", "rijssen-holten")

ASPECTS = ("YIELD", "SUCCESS_FACTOR", "IMPROVEMENT")
QUESTION_TYPES = ("OPENING", "INTRODUCTORY", "TRANSITION", "KEY", "ENDING")
SECTORS = {
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
}
CONSENTS = ("Deelname", "Naam noemen", "Citeren", "Opname")
DEBRIEF = {"stood_out", "different", "went_well", "do_differently", "follow_up"}
METADATA = {
    "Datum": "date",
    "Begin": "start",
    "Locatie": "place",
    "Gespreksleider": "moderator",
    "Notulist": "note_taker",
}
QUOTES = {'"': '"', "“": "”", "„": "”", "«": "»", "'": "'"}

THEMES: list[dict[str, Any]] = GUIDE["themes"]
CONVERSATION = [theme for theme in THEMES if theme["kind"] == "CONVERSATION"]
QUESTIONS: list[dict[str, Any]] = [question for theme in THEMES for question in theme["questions"]]


@dataclass(frozen=True)
class Line:
    """One note of an example panel: as typed, its text without signs, and whom it names."""

    theme: str
    question: str
    typed: str
    text: str
    kind: str
    mentions: tuple[str, ...]


def cleaned(typed: str) -> tuple[str, str]:
    """Return the kind (a sign, "quote", "observation" or "") of a bullet, and its text without voices."""
    first, *rest = typed.split("\n")
    text = "\n".join([re.sub(r"(?<!\S)[@#][^\W_]\S*", "", line).strip() for line in (first, *rest)]).strip()
    if text.startswith("\\"):
        return "", text[1:]
    if re.match(r"[+=/!.>?] (?!\d)", text):
        return text[0], text[2:].strip()
    if text.startswith("(") and ")" not in text[:-1]:
        return "observation", text.strip("()")
    closing = QUOTES.get(text[:1])
    if closing and closing not in text[1:-1]:
        return "quote", text[1:].removesuffix(closing).strip()
    return "", text


def notes_of(slug: str) -> list[Line]:
    """Return the notes of an example panel in their order."""
    theme = question = ""
    bullets: list[tuple[str, str, str]] = []
    for line in (EXAMPLE / f"{slug}.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            question = line[4:]
        elif line.startswith("## "):
            theme, question = line[3:], ""
        elif re.match(r"[-*] ", line):
            bullets.append((theme, question, line[2:]))
        elif line.startswith("  ") and bullets:
            where, under, typed = bullets[-1]
            bullets[-1] = (where, under, f"{typed}\n{line.strip()}")
    notes = []
    for where, under, typed in bullets:
        kind, text = cleaned(typed)
        notes.append(Line(where, under, typed, text, kind, tuple(re.findall(r"(?<!\S)@(\S+)", typed))))
    return notes


def members_of(slug: str) -> list[dict[str, str]]:
    """Return the members of an example panel."""
    with (EXAMPLE / f"{slug}-panelleden.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def record_of(slug: str) -> dict[str, Any]:
    """Return the elaboration of an example panel."""
    record: dict[str, Any] = json.loads((EXAMPLE / f"{slug}.json").read_text(encoding="utf-8"))
    return record


def same(title: str) -> str:
    """Return a title without case, accents and closing punctuation, as headings are compared."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).rstrip(" ?!.:")


def conclusions_of(slug: str) -> list[dict[str, Any]]:
    """Return the insights and recommendations of an example panel."""
    record = record_of(slug)
    return [*record["insights"], *record["recommendations"]]


# The guide


def test_minutes_of_the_guide_add_up_to_110() -> None:
    """A conversation as planned takes an hour and fifty minutes."""
    assert sum(t["minutes"] + sum(q["minutes"] for q in t["questions"]) for t in THEMES) == 110


def test_guide_ids_are_unique_and_plain() -> None:
    """Ids never change, so they contain nothing that somebody might want to correct."""
    ids = [item["id"] for item in (*THEMES, *QUESTIONS)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", i) for i in ids)


def test_guide_runs_from_welcome_by_four_themes_and_a_break_to_the_closing() -> None:
    """The break is halfway, after two of the four themes."""
    two = ["CONVERSATION", "CONVERSATION"]
    assert [t["kind"] for t in THEMES] == ["OPENING", *two, "BREAK", *two, "CLOSING"]
    assert [t["title"] for t in CONVERSATION] == [
        "Samenwerking primair onderwijs en Technolab",
        "Beeldvorming techniek en technologie",
        "Samenwerking bedrijfsleven, bedrijfsvakscholen en mbo",
        "Regionale samenwerking en netwerkvorming",
    ]


@pytest.mark.parametrize("theme", CONVERSATION, ids=lambda t: t["id"])
def test_each_theme_asks_for_three_aspects_and_keeps_one_question(theme: dict[str, Any]) -> None:
    """When time is short, exactly one question per theme remains."""
    assert [q["aspect"] for q in theme["questions"]] == list(ASPECTS)
    assert [q["type"] for q in theme["questions"]] == ["KEY"] * 3
    assert sum(q["essential"] for q in theme["questions"]) == 1


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q["id"])
def test_each_question_can_be_said_aloud_and_has_probes(question: dict[str, Any]) -> None:
    """A question ends in a question mark, fits on a screen, and has two or three probes and its own time."""
    assert question["type"] in QUESTION_TYPES
    assert question["text"].endswith("?")
    assert len(question["text"]) <= 110
    assert 0 < len(question["short_text"]) <= 22
    assert question["minutes"] > 0
    assert 2 <= len(question["probes"]) <= 3
    assert all(probe.endswith("?") for probe in question["probes"])


def test_question_texts_differ_from_each_other_and_from_the_central_questions() -> None:
    """A heading in a text of notes means one question of its theme."""
    own = [q["text"] for q in QUESTIONS]
    texts = [same(text) for text in (*own, *GUIDE["central_questions"].values())]
    assert len(set(texts)) == len(texts)
    assert list(GUIDE["central_questions"]) == list(ASPECTS)


def test_short_titles_fit_a_narrow_bar() -> None:
    """The bar with themes has room for some twenty characters each."""
    assert all(0 < len(t["short_title"]) <= 22 for t in THEMES)


def test_welcome_names_the_agreements() -> None:
    """The text to read aloud explains the conversation rules, what is written down, and what happens with names."""
    script = THEMES[0]["script"]
    for word in ("kwalitatief", "fout", "naam", "pauzeren", "aantekeningen", "toestemming", "verslag"):
        assert word in script


# The example


def test_there_is_a_panel_for_each_subregion() -> None:
    """Five panels, each with its three files, and nothing else in the folder."""
    assert sorted(record_of(slug)["panel"]["subregion"] for slug in SLUGS) == sorted(GUIDE["subregions"])
    expected = {name for slug in SLUGS for name in (f"{slug}.md", f"{slug}.json", f"{slug}-panelleden.csv")}
    assert {path.name for path in EXAMPLE.iterdir()} == expected


@pytest.mark.parametrize("slug", SLUGS)
def test_panel_data_of_notes_and_record_agree(slug: str) -> None:
    """The heading of the notes and the record agree on subregion, date, place and people."""
    panel = record_of(slug)["panel"]
    lines = (EXAMPLE / f"{slug}.md").read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"# Panelgesprek subregio {panel['subregion']}"
    head = dict(line.split(": ", 1) for line in lines[1:8] if ": " in line)
    assert head == {name: panel[key] for name, key in METADATA.items()}
    assert dt.date.fromisoformat(panel["date"]).year == 2023
    assert panel["status"] in {"HELD", "FINAL"}


@pytest.mark.parametrize("slug", SLUGS)
def test_members_have_seats_sectors_and_answers(slug: str) -> None:
    """Six to ten members, each on their own seat, and somebody who does not consent to everything."""
    members = members_of(slug)
    assert 6 <= len(members) <= 10
    assert [m["Stoel"] for m in members] == [str(seat) for seat in range(1, len(members) + 1)]
    assert len({m["Naam"] for m in members}) == len(members)
    assert {m["Sector"] for m in members} <= SECTORS
    assert all(m[question] in {"ja", "nee", "onbekend"} for m in members for question in CONSENTS)
    assert any(m[question] == "nee" for m in members for question in CONSENTS)
    assert all(m["Naam"] and m["Organisatie"] and m["Functie"] for m in members)


@pytest.mark.parametrize("slug", SLUGS)
def test_notes_are_many_enough_different_and_placed(slug: str) -> None:
    """Forty to eighty different notes, under headings of the guide, except for those written afterwards."""
    notes = notes_of(slug)
    assert 40 <= len(notes) <= 80
    assert len({note.text for note in notes}) == len(notes)
    by_title = {same(theme["title"]): theme for theme in THEMES}
    central = [same(text) for text in GUIDE["central_questions"].values()]
    strangers = 0
    for note in notes:
        theme = by_title.get(same(note.theme))
        answers = [same(q["text"]) for q in theme["questions"]] if theme else []
        if theme and theme["kind"] == "CONVERSATION":
            answers += central
        strangers += same(note.question) not in answers
    assert strangers == (4 if slug == "enschede" else 0)


def test_the_example_shows_the_whole_capture_language() -> None:
    """Every sign, both ways of quoting, observations, voices, labels and a continued line occur somewhere."""
    notes = [note for slug in SLUGS for note in notes_of(slug)]
    assert {note.kind for note in notes} == {"", "+", "=", "/", "!", ".", ">", "?", "quote", "observation"}
    typed = "\n".join(note.typed for note in notes)
    for pattern in (r"@\d\+", r"@\d-", r"@allen\b", r"@[a-z]{3}", r"#[a-z]", r"[“„«\"]", r"(?m)^\\"):
        assert re.search(pattern, typed)
    assert any("\n" in note.text for note in notes)
    assert any(not note.mentions for note in notes)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_voice_is_one_member(slug: str) -> None:
    """A seat, first name or surname means exactly one member, and every member is heard."""
    members = members_of(slug)
    names = [{same(part) for part in re.findall(r"[^\s\"]+", member["Naam"])} for member in members]
    heard = set()
    for note in notes_of(slug):
        for mention in note.mentions:
            who = mention.rstrip("+-")
            if who == "allen":
                continue
            found = [i for i, parts in enumerate(names) if who == str(i + 1) or same(who) in parts]
            assert len(found) == 1, f"{slug}: @{mention} in {note.typed!r}"
            heard.add(found[0])
    assert heard == set(range(len(members)))


@pytest.mark.parametrize("slug", SLUGS)
def test_conclusions_rest_on_notes_that_can_be_found(slug: str) -> None:
    """The words with which a conclusion refers to a note are the start of exactly one note of the panel."""
    notes = notes_of(slug)
    for conclusion in conclusions_of(slug):
        assert conclusion["supports"]
        pointers = [*conclusion["supports"], *conclusion["contradicts"]]
        assert len(set(pointers)) == len(pointers)
        for pointer in pointers:
            found = [note for note in notes if note.text.startswith(pointer)]
            assert len(found) == 1, f"{slug}: {pointer!r} begins {len(found)} notes"
            assert found[0].kind not in {"observation", ">", "?"}


@pytest.mark.parametrize("slug", SLUGS)
def test_conclusions_name_known_themes_and_codes(slug: str) -> None:
    """Insights, recommendations and summaries belong to themes of the guide."""
    record = record_of(slug)
    titles = {theme["title"] for theme in CONVERSATION}
    assert 7 <= len(record["insights"]) <= 11
    for drawn in record.get("conclusions", ()):
        # A conclusion is across themes, and answers the question that its insights answer.
        under = [record["insights"][number] for number in drawn["insights"]]
        assert len({insight["theme"] for insight in under}) == len(under) > 1
        assert {insight["question"] for insight in under} == {drawn["aspect"]}
    assert 4 <= len(record["recommendations"]) <= 6
    assert {insight["theme"] for insight in record["insights"]} <= titles
    assert {insight["question"] for insight in record["insights"]} <= {*ASPECTS, None}
    for recommendation in record["recommendations"]:
        assert recommendation["themes"]
        assert set(recommendation["themes"]) <= titles
        assert recommendation["level"] in {"SUBREGION", "PROGRAMME"}
        assert recommendation["priority"] in {"HIGH", "NORMAL", "LOW"}
        first, last = map(int, recommendation["school_years"].split("-"))
        assert 2023 <= first < last <= 2029
        assert all(recommendation[key] for key in ("text", "owner", "first_step", "securing"))
    assert {playback["theme"] for playback in record["playbacks"]} <= titles
    assert {playback["agreed"] for playback in record["playbacks"]} <= {"YES", "NO", "PARTLY"}
    assert set(record["debrief"]) == {"moderator", "note_taker"}
    assert all(set(answers) == DEBRIEF and all(answers.values()) for answers in record["debrief"].values())


@pytest.mark.parametrize("slug", SLUGS)
def test_time_used_is_near_the_plan(slug: str) -> None:
    """Time was used for known questions, in total about as long as such a conversation takes."""
    used = record_of(slug)["minutes_used"]
    assert set(used) <= {question["id"] for question in QUESTIONS}
    assert 85 <= sum(used.values()) <= 115


@pytest.mark.parametrize("slug", SLUGS)
def test_conclusions_name_nobody(slug: str) -> None:
    """The elaboration is about findings; it contains no surnames of members."""
    surnames = {member["Naam"].split()[-1] for member in members_of(slug)}
    parts = ("text", "first_step", "owner", "securing")
    texts = [c.get(part, "") for c in conclusions_of(slug) for part in parts]
    for text in texts:
        assert not {name for name in surnames if name in text}


def test_people_disagree_in_every_panel() -> None:
    """Each panel has a note that somebody contradicts, and an insight with a note against it."""
    for slug in SLUGS:
        assert any(mention.endswith("-") for note in notes_of(slug) for mention in note.mentions)
        assert any(insight["contradicts"] for insight in record_of(slug)["insights"])
