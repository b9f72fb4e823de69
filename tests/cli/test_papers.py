"""The papers of the hours after a panel by command: for whom they are, what is in them, and what is recorded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sto_desktop.cli import run as run_here
from sto_desktop.cli.words import NAMINGS, PAPERS
from sto_desktop.domain.actions import panels
from sto_desktop.domain.log.change import action, change, create
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Consent, NoteKind
from sto_desktop.exchange.guides import builtin_guide, builtin_guide_id
from sto_desktop.report.papers.kinds import FOR_EACH, Paper
from sto_desktop.workplace import Workplace
from tests.cli.answers import EVERY_ANSWER, NO, answered_dossier
from tests.ui.paper.pdf_reading import text_of_pdf


def answered(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run a command in this process; return its exit code and its output on both streams."""
    code = run_here(["papier", *map(str, arguments)])
    output = capsys.readouterr()
    return code, output.out, output.err


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A dossier with an agreement, an open question, and two members with words of their own; one has no part in it."""
    path = tmp_path / "a.sto"
    copy = Workplace.here("Anna").create(path)
    members = (("m", "Kees de Wit", Consent.YES), ("n", "Jo Bos", Consent.UNKNOWN), ("o", "Bo Vink", Consent.NO))
    copy.dossier.apply(panels.add_panel(builtin_guide_id(), title="Panel Oost", panel="P"))
    question = next(item for item in builtin_guide().themes if item.is_conversation).questions[0].id
    copy.dossier.apply(
        action(
            "notities",
            *(
                create("panelist", row, panel="P", name=name, seat=seat, consent_participation=answer)
                for seat, (row, name, answer) in enumerate(members, 1)
            ),
            *(
                create("note", f"n{row}", panel="P", text=text, position=Position(question, row))
                for row, text in (("m", "De bus rijdt niet meer."), ("n", "Het rooster is vol."), ("o", "Geheim."))
            ),
            *(create("voice", f"v{row}", note=f"n{row}", panelist=row) for row, _, _ in members),
            create("note", "a", panel="P", text="Een busje regelen", kind=NoteKind.ACTION, owner="gemeente Oost"),
            create("note", "q", panel="P", text="Wat kost dat?", parked=True, owner="Technolab"),
        )
    )
    copy.close()
    return path


def recorded(capsys: pytest.CaptureFixture[str], dossier: Path) -> list[tuple[str, str, str]]:
    """Return paper, file and recipient of all that was made, oldest first."""
    run_here(["uitgifte", str(dossier), "--json"])
    rows = json.loads(capsys.readouterr().out)["uitgifte"]
    return [(row["wat"], row["bestand"], row["ontvanger"]) for row in reversed(rows)]


def test_every_paper_is_made_and_recorded(dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = {}
    run_here(["verslag", str(dossier), "-o", str(tmp_path / "v.md")])
    capsys.readouterr()
    for word in ("bedankbericht", "afspraken", "wijzigingen", "a4"):
        code, out, problem = answered(capsys, dossier, word, "-o", tmp_path / f"{word}.md")
        assert (code, problem) == (0, ""), word
        said[word] = (tmp_path / f"{word}.md").read_text(encoding="utf-8")
        # Thanks hold nothing that anybody said.
        assert ("niet vastgelegd of het meedoet" in out) == (word != "bedankbericht")
    assert "Beste panellid," in said["bedankbericht"]
    assert "Een busje regelen." in said["afspraken"]
    assert "Gemeente Oost" in said["afspraken"]
    assert "niets veranderd" in said["wijzigingen"]
    assert not [word for word, text in said.items() if "Geheim" in text]
    code, out, _ = answered(capsys, dossier, "afspraken", "--voor", "technolab", "-o", tmp_path / "t.pdf", "--json")
    assert json.loads(out)["vastgelegd"]
    assert "Wat kost dat?" in text_of_pdf((tmp_path / "t.pdf").read_bytes())
    assert recorded(capsys, dossier)[1:] == [
        ("papier, Bedankbericht", "bedankbericht.md", ""),
        ("papier, Afspraken per eigenaar", "afspraken.md", ""),
        ("papier, Wijzigingen in het verslag", "wijzigingen.md", ""),
        ("papier, Eén A4", "a4.md", ""),
        ("papier, Afspraken per eigenaar", "t.pdf", "Technolab"),
    ]


def test_all_letters_are_a_file_each_and_recorded_for_whom(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "brieven"
    assert answered(capsys, dossier, "panelcheck", "--alle", "-o", folder, "--formaat", "md")[0] == 0
    names = ["panelcheck-per-panellid-jo-bos-panel-oost.md", "panelcheck-per-panellid-kees-de-wit-panel-oost.md"]
    assert sorted(file.name for file in folder.iterdir()) == names
    letters = [(folder / name).read_text(encoding="utf-8") for name in names]
    assert ["rooster" in letter for letter in letters] == [True, False]
    assert ["bus" in letter for letter in letters] == [False, True]
    assert answered(capsys, dossier, "afspraken", "--alle", "-o", tmp_path / "afspraken")[0] == 0
    assert len(list((tmp_path / "afspraken").iterdir())) == 2
    whom = {recipient for _, _, recipient in recorded(capsys, dossier)}
    assert whom == {"Kees de Wit", "Jo Bos", "Gemeente Oost", "Technolab"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("panelcheck",), 1, "Voor wie? Er is niets geschreven. Kies uit: Kees de Wit of Jo Bos."),
        (("panelcheck", "--voor", "Bo Vink"), 1, "Er is geen papier voor of sinds «Bo Vink»."),
        (("wijzigingen",), 1, "Er is nog geen verslag gemaakt"),
        (("a4", "--alle"), 2, "--alle en --voor horen bij"),
        (("panelcheck", "--alle", "--voor", "Jo Bos"), 2, "gaan niet samen"),
        (("a4", "--sinds", "v.md"), 2, "--sinds hoort bij wijzigingen."),
        (("a4", "--formaat", "md"), 2, "--formaat hoort bij --alle."),
    ],
)
def test_what_can_not_be_made_is_said_and_nothing_is_recorded(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    got, _, problem = answered(capsys, dossier, *words, "-o", tmp_path / "p.md")
    assert (got, said in problem, (tmp_path / "p.md").exists()) == (code, True, False), problem
    assert recorded(capsys, dossier) == []


def test_letters_written_before_the_disk_was_full_are_recorded(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "brieven"
    # Something else has the name of the second letter.
    (folder / "panelcheck-per-panellid-jo-bos-panel-oost.docx").mkdir(parents=True)
    code, _, problem = answered(capsys, dossier, "panelcheck", "--alle", "-o", folder)
    assert (code, "is een map of een apparaat" in problem) == (1, True)
    assert [recipient for _, _, recipient in recorded(capsys, dossier)] == ["Kees de Wit"]


@pytest.mark.long
@pytest.mark.parametrize("naming", NAMINGS)
def test_a_letter_has_nothing_of_others_under_any_naming(
    naming: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, folder = answered_dossier(tmp_path / "a.sto"), tmp_path / "brieven"
    words = ("--panel", "Panel A", "--alle", "--formaat", "md", "--namen", naming)
    assert answered(capsys, path, "panelcheck", *words, "-o", folder)[0] == 0
    letters = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    taking = [member for member in EVERY_ANSWER if member.answers[0] is not NO]
    assert len(letters) == len(taking)
    for member in taking:
        (letter,) = (text for name, text in letters.items() if member.last.lower() in name)
        assert member.words[1] in letter
        for other in EVERY_ANSWER:
            if other is not member:
                assert not [word for word in (other.first, other.last, *other.words) if word in letter], other


def test_each_word_of_the_command_is_a_paper_of_afterwards() -> None:
    assert {Paper[name] for name in PAPERS.values()} >= FOR_EACH
    assert len(set(PAPERS.values())) == len(PAPERS)


def test_thanks_to_all_name_no_member_whom_the_title_of_the_panel_names(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Workplace.here("Anna").open(dossier)
    copy.dossier.apply(action("titel", change("panel", "P", title="Panel Oost, gesprek met Jo Bos en Bo Vink")))
    copy.close()
    target = tmp_path / "dank.md"
    assert answered(capsys, dossier, "bedankbericht", "-o", target)[0] == 0
    written = target.read_text(encoding="utf-8")
    assert "Panel Oost, gesprek met" in written
    assert "Bos" not in written
    assert "Vink" not in written
