"""Guides as files, and the built-in guide, which is identical in every dossier."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.log.clock import LOWEST_REAL_STAMP
from sto_desktop.domain.log.fold import fold_row
from sto_desktop.domain.model import Guide, Probe, Question, Theme
from sto_desktop.domain.panel.content import GuideContent, QuestionContent, ThemeContent
from sto_desktop.domain.place import Position
from sto_desktop.domain.record import DELETED
from sto_desktop.domain.tables import tables
from sto_desktop.domain.vocabulary import Aspect, QuestionType, ThemeKind
from sto_desktop.exchange.guides import (
    builtin_changes,
    builtin_guide,
    builtin_guide_id,
    builtin_writer_id,
    guide_edits,
    read_guide,
    same_guide,
    write_guide,
)
from sto_desktop.resources import resource
from tests.filled import filled

SMALL: dict[str, Any] = {
    "format": 1,
    "id": "klein",
    "name": "Kleine leidraad",
    "themes": [
        {
            "id": "start",
            "title": "Start",
            "kind": "OPENING",
            "minutes": 5,
            "questions": [
                {"id": "wie", "text": "Wie bent u?", "type": "OPENING", "probes": ["Sinds wanneer?", "Waar?"]}
            ],
        },
        {
            "id": "les",
            "title": "De les",
            "questions": [{"id": "opbrengst", "text": "Wat?", "aspect": "YIELD", "minutes": 8}],
        },
    ],
}


def written(tmp_path: Path, content: Any) -> Path:
    path = tmp_path / "leidraad.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_guide_is_read_with_everything_in_it(tmp_path: Path) -> None:
    guide = read_guide(written(tmp_path, SMALL))
    assert guide.guide.name == "Kleine leidraad"
    assert [(theme.title, theme.theme.kind, theme.minutes) for theme in guide.themes] == [
        ("Start", ThemeKind.OPENING, 5),
        ("De les", ThemeKind.CONVERSATION, 8),
    ]
    first, second = (item for _, item in guide.questions())
    assert (first.text, first.question.type) == ("Wie bent u?", QuestionType.OPENING)
    assert [probe.text for probe in first.probes] == ["Sinds wanneer?", "Waar?"]
    assert (second.question.type, second.aspect, second.minutes) == (QuestionType.KEY, Aspect.YIELD, 8)


def test_the_same_file_has_the_same_ids_everywhere(tmp_path: Path) -> None:
    once, again = read_guide(written(tmp_path, SMALL)), read_guide(written(tmp_path, SMALL))
    assert once == again
    other = read_guide(written(tmp_path, {**SMALL, "id": "ander"}))
    assert {edit.row for edit in guide_edits(once)}.isdisjoint(edit.row for edit in guide_edits(other))


def changed(path: str, value: Any) -> Any:
    content = json.loads(json.dumps(SMALL))
    *parts, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    at = content
    for part in parts:
        at = at[part]
    at[last] = value
    return content


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ([], "geen groep van gegevens"),
        ("tekst", "geen groep van gegevens"),
        ({}, "vorm die deze versie van het programma niet kent"),
        (changed("format", 2), "nieuwere versie van dit programma"),
        (changed("name", " "), "ontbreekt «name»"),
        (changed("themes", {}), "«themes» geen lijst"),
        (changed("themes/1/id", "start"), "«start» komt twee keer voor"),
        (changed("themes/1/title", 3), "thema 2 is «title» geen tekst"),
        (changed("themes/0/kind", "KOFFIE"), "kent het programma «KOFFIE» niet"),
        (changed("themes/0/minutes", -1), "thema 1 is «minutes» geen aantal minuten"),
        (changed("themes/0/minutes", True), "thema 1 is «minutes» geen aantal minuten"),
        (changed("themes/1/questions/0/aspect", []), "kent het programma «[]» niet"),
        (changed("themes/1/questions/0", None), "thema 2, vraag 1 is geen groep van gegevens"),
        (changed("themes/1/questions/0/essential", "ja"), "geen true of false"),
        (changed("themes/0/questions/0/probes", [1]), "een doorvraag geen tekst"),
        (changed("themes/1/questions/0/id", "wie"), "«wie» komt twee keer voor"),
    ],
)
def test_what_is_wrong_with_a_guide_is_said(tmp_path: Path, content: Any, says: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read_guide(written(tmp_path, content))
    assert says in str(caught.value)
    assert "Er is niets overgenomen." in str(caught.value)


@pytest.mark.parametrize(
    "content", [b"geen json", b'{"format": 1', b"[" * 100_000, b"", b"PK\x03\x04zip", b"\x00\x01", b"9" * 5000]
)
def test_a_file_that_is_no_guide_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(ExchangeError, match=r"«x[.]json»"):
        read_guide(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"«weg[.]json» is niet gevonden"):
        read_guide(tmp_path / "weg.json")
    with pytest.raises(ExchangeError, match="is een map"):
        read_guide(tmp_path)


def test_the_built_in_guide_is_the_file_in_resources() -> None:
    guide = builtin_guide()
    assert guide.guide.id == builtin_guide_id()
    assert guide.minutes == 110
    assert len([theme for theme in guide.themes if theme.is_conversation]) == 4
    assert resource("guides", "sto-twente.json").is_file()


def test_built_in_changes_are_identical_complete_and_below_any_real_stamp() -> None:
    changes = builtin_changes()
    assert [change.id.stamp for change in changes] == list(range(1, len(changes) + 1))
    assert len(changes) < LOWEST_REAL_STAMP
    assert {change.id.writer for change in changes} == {builtin_writer_id()}
    assert len({change.row for change in changes}) == len(changes)
    for change in changes:
        assert set(change.values) == {DELETED, *tables()[change.table].fields}
        assert change.values[DELETED] is False
        assert not change.supersedes
    # Permanent: with other values dossiers would no longer have the same rows.
    assert builtin_guide_id() == "9b0c0ffd-0de4-5682-aca7-487d688be898"
    assert changes[1].row == "b2d8e0d4-4751-5c73-abe2-c34afc65af5b"


def test_folding_the_built_in_changes_gives_the_guide() -> None:
    guide: GuideContent = builtin_guide()
    folded = {
        (change.table, change.row): fold_row(tables()[change.table], [change]).values for change in builtin_changes()
    }
    rows: list[tuple[str, Theme | Question | Probe]] = [("theme", theme.theme) for theme in guide.themes]
    for _, question in guide.questions():
        rows.append(("question", question.question))
        rows += [("probe", probe) for probe in question.probes]
    for table, row in rows:
        assert folded[table, row.id] == {name: getattr(row, name) for name in tables()[table].fields}


def test_files_are_found_in_the_frozen_program_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("guides", "x.json") == tmp_path / "resources" / "guides" / "x.json"


def test_a_guide_that_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "uit.json"
    for guide in (builtin_guide(), read_guide(written(tmp_path, SMALL))):
        write_guide(path, guide)
        again = read_guide(path)
        assert same_guide(guide, again)
        assert [theme.theme.origin for theme in again.themes] == [theme.id for theme in guide.themes]
        assert again.guide.id != guide.guide.id
        assert read_guide(path) == again, "the same file gives the same rows everywhere"
        assert read_guide(path, salt="2").guide.id != again.guide.id


def test_every_field_of_a_guide_comes_back_from_its_file(tmp_path: Path) -> None:
    question = filled(Question, "q", position=Position("t", "a0"))
    theme = ThemeContent(filled(Theme, "t", position=Position("g", "a0")), (QuestionContent(question),))
    path = tmp_path / "leidraad.json"
    write_guide(path, GuideContent(filled(Guide, "g"), (theme,)))
    again = read_guide(path)
    assert replace(again.guide, id="g", origin="") == replace(filled(Guide, "g"), origin="")
    (read,) = again.themes
    assert replace(read.theme, id="t", position=theme.theme.position) == theme.theme
    assert replace(read.questions[0].question, id="q", position=question.position) == question
