"""What a command tells to look at in a file stands in that file, and all that stands there is told."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from sto_desktop.cli import run
from sto_desktop.domain.actions import conversation, elaborate, notes, panels
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.vocabulary import Agreement, Consent, DebriefAuthor
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.workplace import Workplace

pytestmark = pytest.mark.long

NOTE, LABEL, INSIGHT, ADVICE = "notitie: bel wil even.", "planwil", "inzicht: bel wil even.", "advies: bel wil even."
STRANGER, SUMMARY, DEBRIEF = "toen kwam Henk binnen", "samen: bel wil even.", "terugblik: bel wil even."
TOLD = {
    ("verslag", "--vorm", "notulen", "uit.md"): {NOTE},
    ("verslag", "--vorm", "notulen", "--zonder", "notities", "--met", "terugblik", "uit.docx"): set[str](),
    ("verslag", "--met", "notities", "uit.html"): {NOTE, INSIGHT, ADVICE, SUMMARY},
    ("verslag", "--vorm", "kort", "uit.md"): {INSIGHT, ADVICE},
    ("exporteer", "--formaat", "csv", "uit.csv"): {NOTE, LABEL},
    ("exporteer", "--formaat", "csv", "--wat", "inzichten", "uit.csv"): {INSIGHT},
    ("exporteer", "--formaat", "xlsx", "--wat", "aanbevelingen", "uit.xlsx"): {ADVICE},
    ("exporteer", "--formaat", "xlsx", "--wat", "panelleden", "uit.xlsx"): set[str](),
    ("exporteer", "--formaat", "xlsx", "uit.xlsx"): {NOTE, LABEL, INSIGHT, ADVICE},
    ("exporteer", "--formaat", "md", "uit.md"): {NOTE, LABEL},
    ("exporteer", "--formaat", "qdpx", "uit.qdpx"): {NOTE, LABEL, INSIGHT, ADVICE},
    ("exporteer", "--formaat", "qdc", "uit.qdc"): {LABEL},
    ("delen", "uit.sto"): {NOTE, LABEL, INSIGHT, ADVICE, SUMMARY},
    ("delen", "--wat", "inzichten", "uit.sto"): {INSIGHT, ADVICE},
    ("vogelvlucht", "uit.md"): {INSIGHT, ADVICE},
    ("vogelvlucht", "uit.xlsx"): {ADVICE},
    ("vogelvlucht", "--nieuwsbrief", "uit.md"): {INSIGHT, ADVICE},
}
"""By command: the sentences with a word to look at that stand in its file."""


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A panel with one doubtful word in each kind of text, and somebody of no list in a note."""
    path = tmp_path_factory.mktemp("dossier") / "panel.sto"
    with Workplace.here().making(path) as copy:
        act = copy.dossier.apply
        act(panels.add_panel(builtin_guide_id(), title="Panel", subregion="Almelo", day=dt.date(2024, 3, 1), panel="p"))
        for seat, name in enumerate(("Wil Prins", "Ada Quist", "Bas Zwolsman"), 1):
            answers = {"consent_participation": Consent.YES, "consent_name": Consent.NO, "consent_quote": Consent.YES}
            values = {
                "panel": "p",
                "seat": seat,
                "name": name,
                "first_name": name.split()[0],
                "role": "docent",
                **answers,
            }
            act(action("panellid", create("panelist", f"lid {seat}", **values)))
        guide = copy.dossier.read.guides.of_panel("p")
        theme = next(item for item in guide.themes if item.is_conversation)
        question, members = theme.questions[0].id, copy.dossier.read.members.of_panel("p")
        at = dt.datetime(2024, 3, 1, 15, tzinfo=dt.UTC)
        for text in (f"{NOTE} #{LABEL}", STRANGER):
            act(notes.capture_note("p", question, parse(text, members), at))
        act(elaborate.add_insight("p", INSIGHT, question=question))
        act(elaborate.add_recommendation("p", ADVICE, themes=[theme.id]))
        act(conversation.set_playback("p", theme.id, SUMMARY, Agreement.YES))
        act(elaborate.set_debrief("p", DebriefAuthor.MODERATOR, stood_out=DEBRIEF))
    return path


@pytest.mark.parametrize("command", TOLD, ids=" ".join)
def test_a_command_tells_what_stands_in_its_file_and_nothing_else(
    dossier: Path, command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *options, target = command
    capsys.readouterr()
    assert run([name, str(dossier), *options, "-o", str(tmp_path / target), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    stranger = {STRANGER} if NOTE in TOLD[command] else set[str]()
    assert {doubt["sentence"] for doubt in told["nakijken"]} == TOLD[command] | stranger
