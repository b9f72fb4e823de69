"""Rows of a built-in guide are added to every dossier as identical changes, with stamps below every real one."""

from pathlib import Path

from sto_desktop.domain.log.change import Change, ChangeId, Writer, action, change
from sto_desktop.domain.log.clock import LOWEST_REAL_STAMP
from sto_desktop.storage.working.working_copies import Seed
from tests.storage.desk import Computer, assert_sound, log_of, tables_of


def _seed(*titles: str) -> Seed:
    changes = tuple(
        Change(
            ChangeId(stamp, "builtin"),
            stamp,
            "theme",
            f"theme-{stamp}",
            {"deleted": False, "title": title, "position": ["guide", f"a{stamp}"]},
            {},
        )
        for stamp, title in enumerate(titles, 1)
    )
    return Seed(changes, Writer("builtin", "STO Twente", "", ""))


def test_two_dossiers_with_the_same_guide_hold_it_once_when_merged(
    jan: Computer, piet: Computer, tmp_path: Path
) -> None:
    seed = _seed("Welkom", "Opbrengst")
    one = jan.copies.create(tmp_path / "een.sto", jan.who, seed)
    other = piet.copies.create(tmp_path / "twee.sto", piet.who, seed)
    assert log_of(one.dossier) == log_of(other.dossier)
    other.close()
    (result,) = one.merging.merge([tmp_path / "twee.sto"])
    assert result.nothing_new
    assert not result.contradicted
    one.close()


def test_what_somebody_changes_in_it_is_later_than_the_guide(jan: Computer, tmp_path: Path) -> None:
    made = jan.copies.create(tmp_path / "een.sto", jan.who, _seed("Welkom"))
    made.dossier.apply(action("thema", change("theme", "theme-1", title="Hallo")))
    assert [
        item.title
        for item in made.dossier.read.guides.content("guide").themes
        and [theme.theme for theme in made.dossier.read.guides.content("guide").themes]
    ] == ["Hallo"]
    assert made.dossier.history("theme", "theme-1")[-1].change.id.stamp > LOWEST_REAL_STAMP
    assert made.dossier.conflicts() == []
    made.close()


def test_taking_it_in_again_changes_nothing_and_a_newer_guide_adds_its_rows(jan: Computer, tmp_path: Path) -> None:
    made = jan.copies.create(tmp_path / "een.sto", jan.who, _seed("Welkom"))
    before = tables_of(made.dossier)
    made.dossier.adopt(*_parts(_seed("Welkom")))
    assert tables_of(made.dossier) == before
    made.dossier.adopt(*_parts(_seed("Welkom", "Opbrengst")))
    assert len(made.dossier.read.guides.content("guide").themes) == 2
    assert made.dossier.undo_label() is None
    assert_sound(made.dossier)
    made.close()


def test_opening_a_dossier_can_bring_the_newest_guide_in(jan: Computer, tmp_path: Path) -> None:
    jan.copies.create(tmp_path / "een.sto", jan.who, _seed("Welkom")).close()
    again = jan.copies.open(tmp_path / "een.sto", jan.who, seed=_seed("Welkom", "Opbrengst"))
    assert len(again.dossier.read.guides.content("guide").themes) == 2
    again.close()


def _parts(seed: Seed) -> tuple[tuple[Change, ...], Writer]:
    return seed.changes, seed.writer
