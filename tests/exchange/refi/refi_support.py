"""Panels to write as REFI-QDA, and helpers to read what was written."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from sto_desktop.domain.model import Insight, Note, Panel, Panelist, Recommendation, Tag, Voice
from sto_desktop.domain.panel.content import InsightContent, NoteContent, PanelContent, RecommendationContent
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Aspect, Consent, NoteKind, Stance
from sto_desktop.exchange.guides import builtin_guide

SCHEMA = Path(__file__).parents[1] / "data" / "Project-mrt2019.xsd"
NS = "{urn:QDA-XML:project:1.0}"
GUIDE = builtin_guide()
THEMES = [theme for theme in GUIDE.themes if theme.is_conversation]
QUESTIONS = [item for theme in THEMES for item in theme.questions]
YES = {"consent_name": Consent.YES, "consent_quote": Consent.YES, "consent_participation": Consent.YES}
MEMBERS = (
    Panelist("p1", seat=1, name="Loïs Bos", first_name="Loïs", sector="po", role="Leerkracht", **YES),  # type: ignore[arg-type]
    Panelist("p2", seat=2, name="Ömer Kaya", first_name="Ömer", sector="mbo", role="Docent", **YES),  # type: ignore[arg-type]
    Panelist("p3", seat=3, name="Truus Engbers", first_name="Truus", sector="mbo", role="Docent"),
)
MOMENT = dt.datetime(2023, 2, 14, 16, 5, tzinfo=dt.UTC)


def note(
    number: int,
    text: str,
    question: str | None = None,
    kind: NoteKind | None = NoteKind.REMARK,
    voices: tuple[tuple[str, Stance], ...] = (),
    tags: tuple[str, ...] = (),
    **values: Any,
) -> NoteContent:
    record = Note(f"n{number}", "panel", Position(question, f"a{number}"), text, kind, **values)
    inherited = GUIDE.question(question)
    means = kind or (inherited.inherited_kind if inherited else NoteKind.REMARK)
    found = tuple(Voice(f"{number}{who}", record.id, who, stance) for who, stance in voices)
    return NoteContent(record, means, found, tuple(Tag(f"t-{name}", name) for name in tags))


def panel(*notes: NoteContent, identity: str = "panel", **values: Any) -> PanelContent:
    told = {"title": "Panel Oost", "subregion": "Hengelo", "moderator": "Anna Vos", "note_taker": "Bert Smit"} | values
    return PanelContent(Panel(identity, **told), GUIDE, MEMBERS, notes)


def full_panel() -> PanelContent:
    """A panel that contains something of every kind."""
    notes = (
        note(1, "Kinderen 👩‍🔬 bouwen zelf", QUESTIONS[0].id, None, (("p1", Stance.SAYS), ("p2", Stance.AGREES))),
        note(
            2,
            "שלום\nen é",
            QUESTIONS[1].id,
            NoteKind.QUOTE,
            (("p3", Stance.SAYS),),
            ("technolab", "vervoer"),
            star=True,
        ),
        note(3, "Te duur volgens Truus Engbers", QUESTIONS[2].id, NoteKind.IMPROVEMENT, (("p2", Stance.DISAGREES),)),
        note(4, "Nergens thuis", heading="Bus", parked=True, captured_at=MOMENT),
        note(5, "Los", set_aside=True),
        note(6, "  ", QUESTIONS[0].id),
    )
    insight = Insight("i1", "panel", Position(QUESTIONS[0].id, "a"), None, Aspect.YIELD, "Zelf bouwen werkt")
    advice = Recommendation("r1", Position("panel", "a"), "Begin jonger", owner="STO", first_step="Bel de scholen")
    base = panel(*notes)
    return PanelContent(
        base.panel,
        base.guide,
        base.panelists,
        base.notes,
        (InsightContent(insight, ("n1",), ("n3",)),),
        (RecommendationContent(advice, (THEMES[0].id,), ("i1",), ("n2",)),),
    )


def opened(content: bytes) -> tuple[Any, dict[str, str]]:
    """Return the project of a qdpx file and its texts by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = {
            name.removeprefix("sources/"): archive.read(name).decode()
            for name in archive.namelist()
            if name.startswith("sources/")
        }
        return etree.fromstring(archive.read("project.qde")), texts


def assert_valid(root: Any) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    assert schema.validate(root), schema.error_log


def selected(root: Any, texts: dict[str, str]) -> list[str]:
    """Return the words of every selection, in order."""
    found = []
    for source in root.iter(f"{NS}TextSource"):
        text = texts[source.get("plainTextPath").removeprefix("internal://")]
        for element in source.iter(f"{NS}PlainTextSelection"):
            found.append(text[int(element.get("startPosition")) : int(element.get("endPosition"))])
    return found
