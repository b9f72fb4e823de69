"""The term by command: what is over is gone from every file of this computer, and wins from every promise to keep."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from docx import Document

from sto_desktop.cli import run
from sto_desktop.domain.actions.panels import change_panel, change_panelist
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import CheckAnswer
from sto_desktop.storage.file.files import content_digest
from sto_desktop.storage.whole_file.backup import Reason, backups, put_away
from sto_desktop.storage.working import quarantine
from sto_desktop.workplace import Workplace

pytestmark = pytest.mark.long

WORDS = ("Kees", "Gezegd in P", "Meegestuurd")


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A panel held years ago, with a backup before a merge, a file put away, a damaged copy in quarantine, and a backup
    that nobody can read."""
    path = tmp_path / "a.sto"
    copy = Workplace.here("Anna").create(path)
    note = create("note", "n", panel="P", text="Gezegd in P, volgens Kees de Wit", position=Position(None, "a"))
    member = create("panelist", "m", panel="P", name="Kees de Wit", first_name="Kees", written="Meegestuurd")
    panel = create("panel", "P", title="Panel P", date=dt.date(2019, 3, 1))
    insight = create("insight", "i", panel="P", text="Inzicht van toen", position=Position(None, "a"))
    copy.dossier.apply(action("", panel, member, note, insight))
    copy.publish()
    raw, folder, now = copy.dossier.raw, copy.file.backups, dt.datetime(2019, 4, 1)
    copy.file.back_up(raw, Reason.MERGE)
    beside = tmp_path / "a (kopie).sto"
    beside.write_bytes(path.read_bytes())
    put_away(beside, content_digest(beside), folder, now, lambda _copy: True)
    (folder / "20190402-101010-000000-samenvoegen.sto").write_bytes(b"onleesbaar, met Kees de Wit")
    damaged = tmp_path / "beschadigd"
    damaged.mkdir()
    (damaged / "dossier.sto").write_bytes(path.read_bytes()[:5000] + b"Kees de Wit" * 500)
    quarantine.put(copy.file.home.home, damaged, path.resolve(), now)
    copy.close()
    return path


def _holding(word: str, path: Path) -> list[str]:
    places = (path.parent, Workplace.here().copies.home)
    files = (file for place in places for file in place.rglob("*") if file.is_file() and file.suffix != ".docx")
    return [file.name for file in files if word.encode() in file.read_bytes()]


def _run(*arguments: object) -> int:
    return run([str(argument) for argument in arguments])


def test_what_is_over_is_in_no_file_of_this_computer_whatever_was_promised(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = dossier.parent / "wisbewijs.docx"
    assert len({name for word in WORDS for name in _holding(word, dossier)}) >= 5
    assert _run("wissen", dossier, "--verlopen", "--wisbewijs", proof) == 0
    said = capsys.readouterr().out
    assert "De formulieren van «Panel P» zouden uiterlijk op 1 maart 2020 vernietigd zijn." in said
    assert {word: _holding(word, dossier) for word in WORDS} == {word: [] for word in WORDS}
    assert _holding("Inzicht van toen", dossier)
    # Kept and searched, but for what nobody can read.
    kept = [backup.reason for backup in backups(Workplace.here().copies.backups_of(dossier))]
    assert {Reason.MERGE, Reason.PUT_AWAY} <= set(kept)
    words = "\n".join(paragraph.text for paragraph in Document(str(proof)).paragraphs)
    assert "«Panel P»: 1 notitie, keuze of terugblik, bewaartermijn tot en met 1 maart 2021." in words
    assert "reservekopieën op deze computer zijn doorzocht." in words
    assert "2 reservekopieën waren niet meer te openen en zijn weggegooid." in words
    # A second time there is nothing left, and no second proof.
    proof.unlink()
    assert _run("wissen", dossier, "--verlopen", "--wisbewijs", proof) == 0
    assert "Er staat niets meer dat over zijn bewaartermijn is." in capsys.readouterr().out
    assert not proof.exists()


def test_what_is_within_its_term_stays_and_the_command_says_what_it_needs(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Workplace.here("Anna").open(dossier)
    copy.dossier.apply(change_panel("P", notes_until=dt.date(2999, 1, 1)))
    copy.close()
    proof = dossier.parent / "wisbewijs.docx"
    assert _run("wissen", dossier, "--verlopen", "--persoon", "Kees de Wit", "--wisbewijs", proof) == 1
    assert _run("wissen", dossier, "--wisbewijs", proof) == 1
    assert capsys.readouterr().err.count("Geef --persoon of --verlopen.") == 2
    assert _run("wissen", dossier, "--verlopen", "--wisbewijs", proof) == 0
    assert (_holding("Kees", dossier), bool(_holding("Gezegd in P", dossier))) == ([], True)
    said = [paragraph.text for paragraph in Document(str(proof)).paragraphs]
    assert "Van wie: 1 panellid van 1 panel" in said
    assert "«Panel P»: naam en gegevens van 1 panellid, bewaartermijn tot en met 1 maart 2020." in said


def test_a_panel_without_a_date_has_terms_from_the_day_on_which_it_was_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, proof, package = tmp_path / "b.sto", tmp_path / "wisbewijs.docx", tmp_path / "inzage.docx"
    copy = Workplace.here("Anna", lambda: dt.datetime(2019, 3, 1, 12, tzinfo=dt.UTC)).create(path)
    member = create("panelist", "m", panel="P", name="Roos de Wit", first_name="Roos")
    note = create("note", "n", panel="P", text="Er staat een roos in de tuin", position=Position(None, "a"))
    copy.dossier.apply(action("", create("panel", "P", title="Panel P", notes_until=dt.date(2999, 1, 1)), member, note))
    copy.close()
    assert _run("inzage", path, "--persoon", "Roos de Wit", "-o", package) == 0
    given = "\n".join(paragraph.text for paragraph in Document(str(package)).paragraphs)
    assert "Namen: tot en met 1 maart 2020" in given
    assert _run("wissen", path, "--verlopen", "--wisbewijs", proof) == 0
    said = capsys.readouterr().out
    assert "De formulieren van «Panel P» zouden uiterlijk op 1 maart 2020 vernietigd zijn." in said
    assert "In 1 tekst kan deze naam nog staan; kijk die na in het venster." in said
    assert (_holding("de Wit", path), bool(_holding("een roos in de tuin", path))) == ([], True)


def test_what_a_member_wrote_goes_with_the_notes_where_the_names_stay(dossier: Path) -> None:
    later = dt.date.today() + dt.timedelta(days=400)
    copy = Workplace.here("Anna").open(dossier)
    copy.dossier.apply(change_panel("P", retain_until=later, forms_until=later))
    copy.dossier.apply(change_panelist("m", check_answer=CheckAnswer.CHANGE, check_words="Wilde het anders"))
    copy.close()
    assert _holding("Wilde het anders", dossier)
    assert _run("wissen", dossier, "--verlopen", "--wisbewijs", dossier.parent / "wisbewijs.docx") == 0
    for word in ("Meegestuurd", "Wilde het anders"):
        assert _holding(word, dossier) == [], word
    assert _holding("Kees de Wit", dossier)
