"""The options of a verslag as they are stored, and the folder for its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from sto_desktop.report.blocks.options import Form, ReportOptions
from sto_desktop.ui.paper.choices import ReportChoices, documents_folder


@pytest.mark.parametrize("form", list(Form))
def test_the_form_is_read_back_as_it_was(form: Form) -> None:
    choices = ReportChoices(ReportOptions(form))
    assert ReportChoices.from_json(choices.to_json()) == choices


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"form": "OTHER", "template": ""}'])
def test_choices_that_make_no_sense_are_the_defaults(text: str) -> None:
    assert ReportChoices.from_json(text) == ReportChoices()


def test_the_folder_used_last_is_offered_while_it_is_there(tmp_path: Path) -> None:
    assert documents_folder(str(tmp_path), lambda: Path("/elders")) == tmp_path
    assert documents_folder(str(tmp_path / "weg"), lambda: Path("/elders")) == Path("/elders")
    assert documents_folder("", lambda: Path("/elders")) == Path("/elders")
