"""Recognising where a dossier is stored, and finding the copies that sync clients leave beside it."""

from pathlib import Path

import pytest

from sto_desktop.storage.working.shared_place import (
    DossierPlace,
    Mount,
    PlaceKind,
    copies_beside,
    looks_like_copy,
    place_of,
)
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.copy_names import GIVEN_BY_PEOPLE, LEFT_BY_CLIENTS
from tests.storage.desk import Computer, note

MOUNTS = (
    Mount("/", "ext4", "rw"),
    Mount("/media/jan/STICK", "vfat", "rw"),
    Mount("/mnt/school", "cifs", "rw"),
    Mount("/boot/efi", "vfat", "rw"),
)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/home/jan/Documenten/x.sto", DossierPlace(PlaceKind.LOCAL)),
        ("/home/jan/OneDrive - Twents Carmel/Documenten/x.sto", DossierPlace(PlaceKind.SYNCED, "OneDrive")),
        ("/home/jan/Dropbox (STO)/x.sto", DossierPlace(PlaceKind.SYNCED, "Dropbox")),
        ("/home/jan/Nextcloud/panels/x.sto", DossierPlace(PlaceKind.SYNCED, "Nextcloud")),
        ("/Users/jan/Library/CloudStorage/OneDrive-STO/x.sto", DossierPlace(PlaceKind.SYNCED, "OneDrive")),
        ("/home/jan/OneDrive.sto", DossierPlace(PlaceKind.LOCAL)),
        ("/media/jan/STICK/x.sto", DossierPlace(PlaceKind.REMOVABLE)),
        ("/mnt/school/team/x.sto", DossierPlace(PlaceKind.NETWORK)),
        ("/boot/efi/x.sto", DossierPlace(PlaceKind.LOCAL)),
        ("\\\\server\\deel\\x.sto", DossierPlace(PlaceKind.NETWORK)),
    ],
)
def test_a_place_is_recognised(path: str, place: DossierPlace) -> None:
    assert place_of(Path(path), lambda: MOUNTS, {}) == place


def test_a_library_of_teams_is_known_by_the_client_s_variable() -> None:
    path = Path("/home/jan/STO Twente/Panels - Documenten/x.sto")
    assert place_of(path, lambda: MOUNTS, {"OneDriveCommercial": "/home/jan/STO Twente"}).name == "OneDrive"


def test_a_windows_stick_says_that_it_is_removable() -> None:
    stick = (Mount("/", "NTFS", "rw,fixed"), Mount("/stick", "FAT32", "rw,removable"))
    assert place_of(Path("/stick/x.sto"), lambda: stick, {}).kind is PlaceKind.REMOVABLE


def test_this_computer_has_places() -> None:
    assert isinstance(place_of(Path.home() / "x.sto").kind, PlaceKind)


@pytest.mark.parametrize("name", [name for names in LEFT_BY_CLIENTS.values() for name in names])
def test_a_name_that_sync_clients_give_is_that_of_a_copy(name: str) -> None:
    assert looks_like_copy(name, "Hengelo")


@pytest.mark.parametrize("name", GIVEN_BY_PEOPLE)
def test_a_name_that_people_give_is_that_of_another_dossier(name: str) -> None:
    assert not looks_like_copy(name, "Hengelo")


def test_a_computer_that_wrote_in_the_dossier_is_known_by_its_name() -> None:
    assert looks_like_copy("Hengelo-Thuis van Piet", "Hengelo", ["thuis van Piet"])
    assert looks_like_copy("Hengelo-CARMEL-2", "Hengelo", ["carmel"])
    assert not looks_like_copy("Hengelo-archief", "Hengelo", ["carmel", ""])


def test_only_copies_of_this_dossier_are_found(copy: WorkingCopy, piet: Computer, path: Path) -> None:
    copy.dossier.apply(note("samen", "N"))
    copy.publish()
    theirs = path.with_name("Hengelo-LAPTOP-2.sto")
    theirs.write_bytes(path.read_bytes())
    opened = piet.open(theirs)
    opened.dossier.apply(note("van Piet", "P"))
    opened.close()
    piet.create(path.with_name("Hengelo (2).sto")).close()
    path.with_name("Hengelo (3).sto").write_bytes(b"kapot")
    path.with_name("Hengelo (4).sto").mkdir()
    path.with_name("Hengelo (5).docx").write_bytes(path.read_bytes())
    assert copy.merging.copies_beside() == [theirs]


def test_a_copy_is_known_by_what_is_here_whatever_lies_at_the_path_now(copy: WorkingCopy, path: Path) -> None:
    empty = path.read_bytes()
    copy.dossier.apply(note("samen", "N"))
    copy.publish()
    left = path.with_name("Hengelo (kopie van LAPTOP-2).sto")
    left.write_bytes(path.read_bytes())
    path.write_bytes(empty)
    assert copy.merging.copies_beside() == [left]


def test_nothing_is_found_where_nothing_can_be_read(tmp_path: Path, copy: WorkingCopy) -> None:
    assert copies_beside(tmp_path / "weg" / "x.sto", copy.dossier.raw) == []
