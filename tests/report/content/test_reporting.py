"""Writing several verslagen: one by one, or in a process per core, with the same result."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sto_desktop.report.blocks.options import Form, ReportOptions
from sto_desktop.workplace.reporting import WritingJob, WrittenReport, write_all
from tests.report.panels import example


def jobs(folder: Path) -> list[WritingJob]:
    folder.mkdir()
    return [
        WritingJob(
            replace(example(), panel=replace(example().panel, subregion=where)), ReportOptions(Form.SHORT), target
        )
        for where, target in (("Noord", folder / "noord.docx"), ("Zuid", folder / "zuid.docx"))
    ]


@pytest.mark.long
def test_at_the_same_time_gives_the_same_bytes_in_the_same_order(tmp_path: Path) -> None:
    told: list[WrittenReport] = []
    apart = write_all(jobs(tmp_path / "apart"), told.append)
    shared = write_all(jobs(tmp_path / "samen"), told.append, share_from=0)
    assert [one.target.name for one in told] == ["noord.docx", "zuid.docx"] * 2
    for one, other in zip(apart, shared, strict=True):
        assert (one.panel, one.notes, one.names) == (other.panel, other.notes, other.names)
        assert one.target.read_bytes() == other.target.read_bytes()
