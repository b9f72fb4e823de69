"""Measures making a verslag, against the same text as plain paragraphs, and against pandoc if it is installed."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
from lxml import etree

from sto_desktop.domain.model import Guide, Note, Panel, Panelist, Question, Theme, Voice
from sto_desktop.domain.panel.content import (
    GuideContent,
    NoteContent,
    PanelContent,
    QuestionContent,
    ThemeContent,
)
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Aspect, Consent
from sto_desktop.report.blocks.options import ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.look.markup import W
from sto_desktop.report.word.word import word_bytes

_WORDS = (
    "leerlingen", "techniek", "school", "bedrijf", "samen", "vaker", "beter", "docent",
    "les", "week", "ouders", "plan", "bezoek", "vervoer", "tijd", "maken",
)  # fmt: skip
_MEMBERS = 8
_LEAST_SECONDS = 1.0
_ROUNDS = 5


def panel_of(count: int) -> PanelContent:
    """Return a panel with `count` notes, spread over four themes of three questions; deterministic."""
    chance = random.Random(count)
    themes = []
    for at in range(4):
        questions = tuple(
            QuestionContent(Question(id=f"q{at}-{aspect}", text=f"Vraag naar {aspect.lower()}?", aspect=aspect))
            for aspect in Aspect
        )
        themes.append(ThemeContent(Theme(id=f"t{at}", title=f"Thema {at + 1}"), questions))
    guide = GuideContent(Guide(id="g"), tuple(themes))
    places = guide.questions()
    members = tuple(
        Panelist(
            id=f"p{seat}", seat=seat, name=f"Lid Nummer{seat}", sector="vmbo", role="docent", consent_quote=Consent.YES
        )
        for seat in range(_MEMBERS)
    )
    notes = []
    for at in range(count):
        question = places[at % len(places)][1]
        text = " ".join(chance.choices(_WORDS, k=18)).capitalize() + "."
        voice = Voice(id=f"v{at}", note=f"n{at}", panelist=f"p{chance.randrange(_MEMBERS)}")
        kind = (question.aspect or Aspect.YIELD).kind
        notes.append(
            NoteContent(Note(id=f"n{at}", position=Position(question.id, f"{at:06}"), text=text), kind, (voice,))
        )
    return PanelContent(Panel(id="p", title="Panel"), guide, members, tuple(notes))


def paragraphs_of(data: bytes) -> list[str]:
    """Return the text of every paragraph of a Word file."""
    body = docx.Document(io.BytesIO(data)).element.body
    return ["".join(text.text or "" for text in paragraph.iter(f"{{{W}}}t")) for paragraph in body.iter(f"{{{W}}}p")]


def plain_paragraphs(texts: Sequence[str]) -> bytes:
    """Return a Word file with only paragraphs, added as lxml elements to a document of python-docx."""
    document = docx.Document()
    body: Any = document.element.body
    for text in texts:
        paragraph = etree.SubElement(body, f"{{{W}}}p")
        etree.SubElement(etree.SubElement(paragraph, f"{{{W}}}r"), f"{{{W}}}t").text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _seconds(work: Callable[[], object]) -> float:
    """Return the shortest of several runs: disturbances only add time."""
    best = float("inf")
    first_start = time.perf_counter()
    rounds = 0
    while rounds < _ROUNDS or time.perf_counter() - first_start < _LEAST_SECONDS:
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
        rounds += 1
    return best


def result_row(name: str, ours: float, raw: float) -> dict[str, object]:
    """Return one result: seconds of ours and of the reference, and their ratio."""
    return {"name": name, "ours_s": round(ours, 5), "raw_s": round(raw, 5), "ratio": round(ours / raw, 2)}


def _memory(size: int, content: PanelContent, texts: Sequence[str]) -> dict[str, object]:
    """Return the peak memory of both in MiB, in the columns for milliseconds."""

    def most(work: Callable[[], object]) -> float:
        tracemalloc.start()
        work()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak / 2**20

    ours = most(lambda: word_bytes(panel_report(content, ReportOptions())))
    raw = most(lambda: plain_paragraphs(texts))
    # lxml's elements are not in Python's memory, so the comparison favours the reference.
    return result_row(f"verslag, {size} notes: memory in MiB (as ms)", ours / 1000, raw / 1000)


def _changed(content: PanelContent) -> PanelContent:
    """Return the panel with another text in its last note."""
    *earlier, last = content.notes
    return replace(content, notes=(*earlier, replace(last, note=replace(last.note, text="Iets heel anders."))))


def _pages(size: int, content: PanelContent, whole: float) -> list[dict[str, object]]:
    """Return the time until the PDF is made, and again after one changed note, against making the Word file; and what
    the window waits for: opening it, and a picture of its first page.
    """
    from sto_desktop.report.writers.pdf_writer import Pdf, make_pdf
    from sto_desktop.ui.paper.pages import Pages

    def pdf(shown: PanelContent) -> Pdf:
        return make_pdf(panel_report(shown, ReportOptions()))

    changed, made = _changed(content), pdf(content)
    build = _seconds(lambda: pdf(content))
    again = _seconds(lambda: pdf(changed))
    shown = _seconds(lambda: Pages(made).picture(0, 1.0))
    name = f"verslag, {size} notes: pages"
    return [
        result_row(f"{name} against the Word file", build, whole),
        result_row(f"{name} after one changed note against the Word file", again, whole),
        result_row(f"{name}, what the window waits for, against making them", shown, build),
    ]


def _pandoc(texts: Sequence[str], folder: Path) -> float:
    source, target = folder / "verslag.md", folder / "verslag.docx"
    source.write_text("\n\n".join(texts), encoding="utf-8")
    start = time.perf_counter()
    subprocess.run(["pandoc", "-o", str(target), str(source)], check=True, capture_output=True)
    return time.perf_counter() - start


def _workbook(size: int) -> dict[str, object]:
    """Return the time of a workbook of all notes against openpyxl writing the same cells, without any look."""
    from openpyxl import Workbook

    from sto_desktop.exchange.files.table_export import sheets_xlsx
    from sto_desktop.exchange.out.outgoing import outgoing
    from sto_desktop.exchange.out.tables import Subject, table_of

    rows = table_of(Subject.NOTES, outgoing([panel_of(size)], None)).rows
    same = [[cell if cell != "" else None for cell in row] for row in rows]

    def plain() -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Notities")
        for row in same:
            sheet.append(row)
        book.save(io.BytesIO())

    ours = _seconds(lambda: sheets_xlsx([("Notities", rows)], filters=True))
    return result_row(f"xlsx of {size} notes: against the same cells by openpyxl", ours, _seconds(plain))


def measure(sizes: Sequence[int] = (100, 1_000, 10_000)) -> list[dict[str, object]]:
    """Return, for verslagen of these sizes (each note once, in its chapter), seconds of ours and of the reference, and
    their ratio.
    """
    rows = [_workbook(5_000)]
    for size in sizes:
        content = panel_of(size)
        texts = paragraphs_of(word_bytes(panel_report(content, ReportOptions())))
        ours = _seconds(lambda content=content: word_bytes(panel_report(content, ReportOptions())))  # type: ignore[misc]
        raw = _seconds(lambda texts=texts: plain_paragraphs(texts))  # type: ignore[misc]
        rows.append(result_row(f"verslag, {size} notes: against lxml paragraphs", ours, raw))
        rows.append(_memory(size, content, texts))
        rows += _pages(size, content, ours)
        if shutil.which("pandoc"):
            with tempfile.TemporaryDirectory() as folder:
                rows.append(result_row(f"verslag, {size} notes: against pandoc", ours, _pandoc(texts, Path(folder))))
    return rows
