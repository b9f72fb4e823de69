"""Panels drawn by hypothesis, and the documents and tables made from them."""

from __future__ import annotations

import csv
import io

from hypothesis import strategies as st

from sto_desktop.domain.model import Insight, Note, Panel, Panelist, Voice
from sto_desktop.domain.panel.content import InsightContent, NoteContent, PanelContent
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.vocabulary import Consent, NoteKind, Stance
from sto_desktop.exchange.files.table_export import table_csv
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.out.tables import Subject, table_of
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.blocks.options import Form, Part, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from tests.report.panels import GUIDE

NAMES = (
    "Blömer",
    "Root",
    "Amrani",
    "Kolkman",
    "Venne",
    "Łoziński",
    "Bos",
    "Kaya",
    "Engbers",
    "Wolf",
    "Prak",
    "Sikkens",
)
PARTS = (Part.ACCOUNT, Part.COMPOSITION, Part.MEMBERS, Part.NOTES, Part.THEMES)
QUESTIONS = [item.id for theme in GUIDE.themes if theme.is_conversation for item in theme.questions]
ANSWERS = st.sampled_from((Consent.YES, Consent.YES, Consent.YES, Consent.NO, Consent.UNKNOWN))


@st.composite
def panels(draw: st.DrawFn) -> PanelContent:
    members = []
    for seat in range(1, draw(st.integers(1, len(NAMES))) + 1):
        members.append(
            Panelist(
                f"lid-{seat}",
                "panel",
                seat=seat,
                name=f"Naam {NAMES[seat - 1]}",
                sector=draw(st.sampled_from(("vmbo", "VMBO", "mbo", "po", "gemeente", ""))),
                role=draw(st.sampled_from(("docent PIE", "Docent", "leerkracht", "wethouder", ""))),
                organisation=f"Organisatie {seat}",
                consent_participation=draw(st.sampled_from((Consent.YES, Consent.YES, Consent.UNKNOWN, Consent.NO))),
                consent_name=draw(ANSWERS),
                consent_quote=draw(ANSWERS),
                present=draw(st.sampled_from((True, True, True, False))),
            )
        )
    voices = st.dictionaries(st.sampled_from([member.id for member in members]), st.sampled_from(Stance), max_size=4)
    kinds = st.sampled_from((NoteKind.YIELD, NoteKind.QUOTE))
    notes = tuple(spoken(f"n{at}", question, draw(voices), draw(kinds)) for at, question in enumerate(QUESTIONS))
    insights = tuple(
        InsightContent(Insight(f"i{at}", "panel", Position(QUESTIONS[at], "a"), text=f"Inzicht {at}"), (f"n{at}",))
        for at in range(len(QUESTIONS))
    )
    return PanelContent(Panel("panel", subregion="Zuid"), GUIDE, tuple(members), notes, insights)


def spoken(identity: str, question: str, voices: dict[str, Stance], kind: NoteKind = NoteKind.YIELD) -> NoteContent:
    said = tuple(Voice(f"{identity}{who}", identity, who, stance) for who, stance in voices.items())
    return NoteContent(Note(identity, "panel", Position(question, identity), identity, kind=kind), kind, said)


def made(content: PanelContent, form: Form, naming: NameMode, *, members: bool = True) -> Document:
    options = ReportOptions(form, naming=naming)
    for part in PARTS:
        options = options.with_part(part, members or part is not Part.MEMBERS)
    return panel_report(content, options)


def rows_of(content: PanelContent, subject: Subject, names: NameMode) -> list[dict[str, str]]:
    text = table_csv(table_of(subject, outgoing([content], names)).rows).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))
