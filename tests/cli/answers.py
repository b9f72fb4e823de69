"""Members with every combination of answers about consent, and what an outsider must not learn about them from an
output.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sto_desktop.domain.actions import conversation, elaborate, notes, panels
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.guides import builtin_guide, builtin_guide_id
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.workplace import Workplace
from tests.names.hurried_panel import texts_of
from tests.ui.paper.pdf_reading import text_of_pdf

FIRST = ("Wiebrand", "Ottoline", "Jelmer", "Gesina", "Rutger", "Hadewych", "Tjitske", "Maurits", "Fenna", "Berend",
         "Aleida", "Klaasje", "Diederik", "Wubbina")  # fmt: skip
LAST = ("Quispel", "Zwagerman", "Dorrestein", "Uytewaal", "Ypma", "Vroegindewey", "Kloosterboer", "Huizinga",
        "Nagtegaal", "Pennewaard", "Schimmelpenninck", "Oosterwegel", "Rozendal", "Knoppert")  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A member with their answers; `taking`, `named` and `quoted` are the consequences of these."""

    number: int
    panel: str
    answers: tuple[Consent, Consent, Consent]

    @property
    def first(self) -> str:
        return FIRST[self.number % len(FIRST)] + ("" if self.panel == "A" else "a")

    @property
    def last(self) -> str:
        return LAST[self.number % len(LAST)] + ("" if self.panel == "A" else "s")

    @property
    def taking(self) -> bool:
        return self.answers[0] is not Consent.NO

    @property
    def named(self) -> bool:
        return self.taking and self.answers[1] is Consent.YES

    @property
    def of_one(self) -> tuple[str, ...]:
        """Texts that identify the member: names, and unique properties."""
        return (self.first, self.last, f"Werkplek{self}", f"ambt{self}", f"vak{self}")

    @property
    def words(self) -> tuple[str, ...]:
        """Texts that the member said."""
        return (f"zin{self}", f"letterlijk{self}")

    def __str__(self) -> str:
        return f"{self.panel.lower()}{'abcdefghijklmn'[self.number]}q"

    @property
    def sector(self) -> str:
        """The sector: two who agree to everything share one, and are each other's company."""
        return "po" if self.number >= APART else self.of_one[-1] if self.number % 2 else "vmbo"


APART = 12
"""From this number on, members of the first panel have a company in which nobody refuses."""
YES, NO, UNKNOWN = Consent.YES, Consent.NO, Consent.UNKNOWN
EVERY_ANSWER = [
    Asked(number, "A", answers)
    for number, answers in enumerate((*itertools.product((YES, UNKNOWN, NO), (YES, NO), (YES, NO)), *[(YES,) * 3] * 2))
]
ALL_BUT_ONE = [Asked(number, "B", (YES, NO if number == 2 else YES, YES)) for number in range(5)]
PANELS = {"A": EVERY_ANSWER, "B": ALL_BUT_ONE}


def answered_dossier(path: Path) -> Path:
    """Make a dossier with two panels: one with every combination of answers, one with a single member who refuses to be
    named.
    """
    copy = Workplace.here("Marieke").create(path)
    for title, members in PANELS.items():
        _add_panel(copy.dossier, title, members)
    copy.close()
    return path


def _add_panel(dossier: Dossier, title: str, members: Sequence[Asked]) -> None:
    dossier.apply(panels.add_panel(builtin_guide_id(), title=f"Panel {title}", subregion=title, panel=title))
    theme = next(item for item in builtin_guide().themes if item.is_conversation)
    question = theme.questions[0].id
    moment = dt.datetime(2024, 3, 1, 15, tzinfo=dt.UTC)
    for member in members:
        taking, naming, quoting = member.answers
        _, last, organisation, role, _ = member.of_one
        row = create(
            "panelist", f"{member}", panel=title, seat=member.number + 1, name=f"{member.first} {last}",
            first_name=member.first, organisation=organisation, role=role,
            sector=member.sector, consent_participation=taking, consent_name=naming,
            consent_quote=quoting, consent_recording=NO, arrived_at=moment,
        )  # fmt: skip
        dossier.apply(action("panellid", row))
    people = dossier.read.members.of_panel(title)
    for member, other in zip(members, (*members[1:], members[0]), strict=True):
        seat, (said, literally) = member.number + 1, member.words
        typed = (
            f"{said} hoort bij {other.first} {other.last}, zei {other.first} @{seat}",
            f'"{literally} gezegd" @{seat}',
        )
        notes_made: list[str] = []
        for text in typed:
            made = f"{member}{len(notes_made)}"
            dossier.apply(notes.capture_note(title, question, parse(text, people), moment, note=made))
            notes_made.append(made)
        dossier.apply(conversation.set_top_choice(f"{member}", 1, f"keuze van {other.first}"))
        dossier.apply(
            elaborate.add_insight(
                title, f"inzicht {said} {other.last}", question=question, theme=theme.id,
                supports=notes_made[:1], keys=[], insight=f"i{member}",
            )
        )  # fmt: skip
        dossier.apply(
            elaborate.add_recommendation(
                title, f"advies {said} {other.last}", supports=notes_made[:1], keys=[], recommendation=f"r{member}",
                owner=f"{other.first} {other.last}",
            )
        )  # fmt: skip


def unpacked(content: bytes) -> str:
    """Return the content of a file, including files inside it."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join((*archive.namelist(), *(unpacked(archive.read(name)) for name in archive.namelist())))


def read_by_an_outsider(path: Path) -> str:
    """Return everything that can be read in an output."""
    if path.suffix == ".pdf":
        return text_of_pdf(path.read_bytes())
    texts = texts_of(path) if path.suffix in (".docx", ".xlsx", ".sto") else []
    return "\n".join((unpacked(path.read_bytes()), *texts))


def check_output(of: tuple[str, ...], text: str, naming: str | None, members: Sequence[Asked]) -> None:
    """Assert that the text of an output contains nothing that one of these members refused."""
    low = text.casefold()
    for member in members:
        shown = naming == "alles" or (naming == "voluit" and member.named)
        forbidden = () if member.taking and shown else member.of_one
        forbidden += () if member.taking else member.words
        assert [word for word in forbidden if word.casefold() in low] == [], (of, member)
        if naming != "alles" and not (member.taking and member.answers[2] is YES):
            assert not re.search(f"[“‘«]{member.words[1]}", text), (of, member)
    if naming != "alles" and of[-1] != ".sto":
        assert not re.search("Naam noemen|Citeren|Deelname", text), of
    if naming == "voluit":
        missing = [member for member in members if member.last.casefold() not in low]
        assert len(missing) != 1, (of, missing)
