"""Outputs of several panels: a name becomes what its owner is called, and what somebody is called is no name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sto_desktop.cli import run
from sto_desktop.domain.actions.elaborate import add_insight
from sto_desktop.domain.log.change import action, change, create
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Consent, NoteKind
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.workplace import Workplace
from tests.names.hurried_panel import texts_of

PANELS = {
    "een": (("Andries Bos", "docent"), ("Berend Aalbers", "docent"), ("Piet Dam", "ib'er"), ("Han Cats", "ib'er")),
    "twee": (("Coba Dorrestein", "mentor"), ("Dora Cornelis", "mentor"), ("Piet Olde", "coach"), ("Hans Bol", "coach")),
}
"""Members whose initials are the letters of pseudonyms, and some whose name is a part of one in the other panel."""


def _add_panel(dossier: Dossier, panel: str) -> None:
    question = next(item.id for _, item in builtin_guide().questions())
    dossier.apply(action("panel", create("panel", panel, title=f"Panel {panel}", guide=builtin_guide().guide.id)))
    people = PANELS[panel]
    for seat, (name, role) in enumerate(people):
        member = f"{panel}-{seat}"
        values = {"name": name, "first_name": name.split()[0], "sector": "vo", "role": role}
        answers = {"consent_name": Consent.NO, "consent_quote": Consent.YES}
        dossier.apply(action("lid", create("panelist", member, panel=panel, seat=seat + 1, **values, **answers)))
    for seat, (name, _) in enumerate(people):
        # Who says it is named in it, so that both places have to agree.
        note, text = f"{panel}-n{seat}", f"dat moet {name} maar uitzoeken"
        place = Position(question, f"a{seat}")
        dossier.apply(
            action("notitie", create("note", note, panel=panel, text=text, kind=NoteKind.REMARK, position=place))
        )
        dossier.apply(action("stem", create("voice", f"v{note}", note=note, panelist=f"{panel}-{seat}")))


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A dossier of two panels, in which each member said a note with their own name."""
    path = tmp_path / "samen.sto"
    copy = Workplace.here("Marieke").create(path)
    for panel in PANELS:
        _add_panel(copy.dossier, panel)
    copy.close()
    return path


def table(dossier: Path, naming: str) -> list[tuple[str, str]]:
    """Return who said each note, and who is in its text, as an exported table of all panels calls them."""
    target = dossier.parent / "notities.csv"
    assert run(["exporteer", str(dossier), "--formaat", "csv", "--namen", naming, "-o", str(target)]) == 0
    lines = "\n".join(texts_of(target))
    return [(said, named) for named, said in re.findall(r"dat moet (.*) maar uitzoeken;([^;]*);", lines)]


def copied(dossier: Path, naming: str) -> list[tuple[str, str]]:
    """Return the same of a copy of all panels."""
    target = dossier.parent / "kopie.sto"
    assert run(["delen", str(dossier), "--namen", naming, "-o", str(target)]) == 0
    copy = Workplace.here("Jan").open(target)
    members = {
        member.id: member.name
        for panel in copy.dossier.read.panels.every()
        for member in copy.dossier.read.members.of_panel(panel.id)
    }
    notes = [note for panel in copy.dossier.read.panels.every() for note in copy.dossier.read.notes.of_panel(panel.id)]
    copy.close()
    return [
        (members[note.voices[0].panelist or ""], note.text.removeprefix("dat moet ").removesuffix(" maar uitzoeken"))
        for note in notes
    ]


@pytest.mark.parametrize("naming", ["rol", "pseudoniem"])
@pytest.mark.parametrize("output", [table, copied])
def test_somebody_in_a_text_is_called_as_where_they_speak(
    output: Callable[[Path, str], list[tuple[str, str]]], naming: str, dossier: Path
) -> None:
    called = output(dossier, naming)
    assert len(called) == sum(map(len, PANELS.values()))
    assert [one for one in called if one[0] != one[1]] == []


@pytest.mark.parametrize(("naming", "shown"), [("rol", "een docent vo"), ("pseudoniem", "een panellid")])
@pytest.mark.parametrize("output", [table, copied])
def test_a_member_of_another_panel_is_never_called_as_one_of_this(
    output: Callable[[Path, str], list[tuple[str, str]]], naming: str, shown: str, dossier: Path
) -> None:
    # Each panel has a "Panellid A" of its own.
    copy = Workplace.here("Marieke").open(dossier)
    copy.dossier.apply(action("notitie", change("note", "twee-n0", text="dat moet Andries Bos maar uitzoeken")))
    copy.close()
    named = [named for _, named in output(dossier, naming)]
    assert named.count(shown) == (3 if naming == "rol" else 1)


@pytest.mark.parametrize("form", ["kort", "uitgebreid", "notulen"])
def test_a_pseudonym_is_not_told_as_a_name_that_stands_there_still(
    form: str, dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for panel in PANELS:
        target = dossier.parent / f"{panel}.md"
        command = ["verslag", str(dossier), "--panel", f"Panel {panel}", "--vorm", form, "--namen", "pseudoniem"]
        assert run([*command, "-o", str(target)]) == 0
        told = capsys.readouterr().out
        assert "naam van een panellid" not in told
        assert "nakijken" not in told
        if form == "notulen":
            assert "Panellid A" in target.read_text(encoding="utf-8")


def test_a_vogelvlucht_calls_a_name_of_one_panel_once(dossier: Path) -> None:
    copy = Workplace.here("Marieke").open(dossier)
    theme = next(theme.id for theme in builtin_guide().themes if theme.is_conversation)
    copy.dossier.apply(add_insight("twee", "Hans Bol regelt de bus.", theme=theme, keys=[]))
    copy.close()
    target = dossier.parent / "vogelvlucht.md"
    assert run(["vogelvlucht", str(dossier), "-o", str(target)]) == 0
    assert "Een coach vo regelt de bus." in target.read_text(encoding="utf-8")


def test_a_pupil_goes_from_a_copy_of_a_panel_without_members_too(tmp_path: Path) -> None:
    path, target = tmp_path / "leeg.sto", tmp_path / "kopie.sto"
    copy = Workplace.here("Marieke").create(path)
    note = create("note", "n", panel="p", text="leerling Kevin wil naar de bouw", kind=NoteKind.REMARK)
    copy.dossier.apply(action("panel", create("panel", "p", title="Panel", guide=builtin_guide().guide.id), note))
    copy.close()
    assert run(["delen", str(path), "-o", str(target)]) == 0
    texts = "\n".join(texts_of(target))
    assert "wil naar de bouw" in texts
    assert "Kevin" not in texts
