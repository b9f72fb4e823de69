"""Only the model lists names of fields, a list of codes contains all of them, and no two classes share a name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sto_desktop.domain import vocabulary
from sto_desktop.domain.model import Debrief, Panelist
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS
from sto_desktop.domain.record import FieldType, spec_of
from sto_desktop.domain.tables import tables
from sto_desktop.domain.vocabulary import Coded, Consent
from sto_desktop.ui.elaborate.insights.debrief_page import QUESTIONS

SOURCE = Path(__file__).parents[2] / "sto_desktop"
CODES = {
    name: {code.name for code in codes}
    for name, codes in vars(vocabulary).items()
    if isinstance(codes, type) and issubclass(codes, Coded) and codes is not Coded
}
FEW = 3
"""From this number of names, a list counts as a list of names."""

KNOWN = {
    ("domain/actions/notes.py", "note"): "what the second part of a note does not take over",
    ("domain/capture/chips.py", "note"): "what of a note is a chip in its line",
    ("domain/panel/consent.py", "panelist"): "the questions of consent; held below",
    ("domain/panel/readiness.py", "panel"): "what the checklist asks for",
    ("exchange/members/panelists_columns.py", "panelist"): "what a column without a heading is guessed to be",
    ("exchange/notes/findings.py", "recommendation"): "the words of the plan's fields in our files",
    ("exchange/notes/notes_import.py", "note"): "what a file of notes may say of one",
    ("exchange/notes/notes_import.py", "panel"): "what the head of a file of notes may say",
    ("exchange/notes/notes_table.py", "note"): "the headings under which people write what of a note",
    ("exchange/notes/lines/spoken.py", "note"): "what a written line may say of a note",
    ("exchange/refi/refi_in.py", "panelist"): "all that another program knows of a person",
    ("report/content/changes_since.py", "panel"): "what is no change of the content",
    ("ui/conversation/table/arrival_table.py", "panelist"): "what is asked of people who come in",
    ("ui/elaborate/insights/debrief_page.py", "debrief"): "a form; held below",
    ("ui/findings/recommendation_form.py", "recommendation"): "a form",
    ("ui/findings/work.py", "insight"): "what was typed in a form",
    ("ui/prepare/guide/guide_dialogs.py", "question"): "a form",
    ("ui/prepare/guide/guide_dialogs.py", "theme"): "a form",
    ("ui/prepare/members/members_model.py", "panelist"): "columns with a rule of their own",
    ("ui/prepare/members/address_dialog.py", "panelist"): "by what people know somebody again",
}
"""Lists of names of fields that are a choice: a new field rightly is not in them."""


@cache
def literals() -> tuple[tuple[str, list[ast.expr]], ...]:
    """Return every list of some length in the source; see `_literals`."""
    return tuple(_literals())


def _literals() -> Iterator[tuple[str, list[ast.expr]]]:
    """Yield every list, tuple, set and table of keys in the source, by file, with its content."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts: list[ast.expr] = []
            if isinstance(node, ast.Tuple | ast.List | ast.Set):
                parts = node.elts
            elif isinstance(node, ast.Dict):
                parts = [part for part in (*node.keys, *node.values) if part is not None]
            if len(parts) >= FEW:
                yield path.relative_to(SOURCE).as_posix(), [part for part in map(_first, parts) if part is not None]


def _first(part: ast.expr) -> ast.expr | None:
    """Return an element of a list; if it is a list or call itself, its first element."""
    if isinstance(part, ast.Call):
        return part.args[0] if part.args else None
    return part.elts[0] if isinstance(part, ast.Tuple) and part.elts else part


def listed_fields() -> set[tuple[str, str]]:
    """Return where the source lists the fields of which table."""
    found = set()
    for file, parts in literals():
        names = {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
        if len(names) < FEW:
            continue
        fitting = {table: len(names & spec.fields.keys()) for table, spec in tables().items()}
        most = max(fitting.values())
        if most >= max(FEW, len(names) / 2):
            found.add((file, next(table for table, count in fitting.items() if count == most)))
    return found


@pytest.mark.long
def test_lists_of_names_of_fields_are_those_that_are_a_choice() -> None:
    assert listed_fields() == KNOWN.keys()


def test_a_list_of_codes_holds_all_of_them() -> None:
    left = []
    for file, parts in literals():
        names = [part for part in parts if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name)]
        for kind, codes in CODES.items():
            there = {part.attr for part in names if isinstance(part.value, ast.Name) and part.value.id == kind}
            if len(there & codes) >= FEW and there & codes != codes:
                left.append((file, kind, codes - there))
    # If nobody confirmed the summary, the chapter does not mention that.
    assert left == [("report/content/chapters.py", "Agreement", {"UNKNOWN"})]


def test_every_consent_is_asked_and_every_field_of_a_debrief_too() -> None:
    consents = [name for name, field in spec_of(Panelist).fields.items() if field.codes is Consent]
    assert [question.field for question in CONSENT_QUESTIONS] == consents
    texts = [name for name, field in spec_of(Debrief).fields.items() if field.kind is FieldType.TEXT]
    assert [name for name, _ in QUESTIONS] == texts


def test_no_two_classes_have_one_name() -> None:
    places: dict[str, list[str]] = {}
    for file in SOURCE.rglob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(file.relative_to(SOURCE).as_posix())
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


def test_records_are_made_by_the_names_of_their_fields() -> None:
    # A field may be added anywhere in its record, and by position it would silently take the value of another.
    records = {spec.record.__name__ for spec in tables().values()}
    by_position = [
        f"{file.relative_to(SOURCE)}:{node.lineno}"
        for file in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in records
        if len(node.args) > 1
    ]
    assert by_position == []
