"""Definitief wissen: gone from every file of ours, overrides every stamp, can't be undone, and applies where it is
merged.
"""

import shutil
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from random import Random

import pytest

from sto_desktop.domain.errors import PublishError
from sto_desktop.domain.log.change import Edit, Erasure, action, create
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import (
    PANEL,
    Computer,
    Watcher,
    assert_sound,
    deleted,
    edited,
    log_of,
    note,
    other_program,
    tables_of,
    text_of,
)

SECRET = "Wethouder Quispelzwaan"
THE_TEXT = Erasure("note", "N", "text")
WORDS = (
    "leerlingen",
    "docenten",
    "bedrijven",
    "techniek",
    "praktijk",
    "vmbo",
    "gastles",
    "stage",
    "robot",
    "las",
    "hout",
)


def _in_bytes(path: Path, word: str) -> bool:
    """Return whether a word, or its start as an index may store it, is anywhere in a file."""
    content = path.read_bytes().lower()
    return word.lower().encode() in content or word.lower().encode("utf-16-le") in content


def _files_with(word: str, jan: Computer, *paths: Path) -> list[Path]:
    return [file for file in (*jan.files(), *paths) if _in_bytes(file, word)]


def _busy(copy: WorkingCopy) -> None:
    """Fill a dossier until pages are full and split, and the index has many of them."""
    for part in range(4):
        edits: list[Edit] = []
        for number in range(150):
            words = " ".join(WORDS[(number * 7 + place * (part + 3)) % len(WORDS)] + str(number) for place in range(25))
            edits += note(words, f"vol-{part}-{number}").edits
        copy.dossier.apply(action("importeren", edits))


def test_the_words_are_gone_from_working_copy_published_file_and_backups(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note(f"{SECRET} vindt het niets", "N"))
    _busy(copy)
    copy.dossier.apply(edited("N", text=f"volgens {SECRET} kan het weg"))
    copy.dossier.undo()
    copy.dossier.set_draft("gesprek", f"{SECRET} zei net")
    copy.publish()
    copy.backup()
    assert len(_files_with("quispelzwaan", jan, path)) >= 3
    copy.erase([THE_TEXT])
    assert _files_with("quispelz", jan, path) == []
    assert text_of(copy.dossier, "N") == ""
    assert copy.dossier.search("quispel") == []
    assert copy.dossier.draft("gesprek") == ""
    assert len(copy.dossier.search("robot149")) > 0
    assert_sound(copy.dossier)


def test_other_texts_of_the_row_and_its_history_stay(copy: WorkingCopy) -> None:
    copy.dossier.apply(action("lid", create("panelist", "P", panel=PANEL, name=SECRET, role="wethouder")))
    copy.dossier.erase([Erasure("panelist", "P", "name")])
    member = next(item for item in copy.dossier.read.members.of_panel(PANEL) if item.id == "P")
    assert (member.name, member.role) == ("", "wethouder")
    assert [sorted(entry.change.values) for entry in copy.dossier.history("panelist", "P")] == [
        ["deleted", "panel", "role"]
    ]


def test_rows_can_go_along_and_that_can_be_undone_without_the_value(copy: WorkingCopy) -> None:
    copy.dossier.apply(note(SECRET, "N"))
    copy.erase([THE_TEXT], also_delete=[("note", "N")])
    assert text_of(copy.dossier, "N") is None
    copy.dossier.undo()
    assert text_of(copy.dossier, "N") == ""


def test_an_erasure_beats_every_stamp_also_later_ones(copy: WorkingCopy, piet: Computer, path: Path) -> None:
    copy.dossier.apply(note(SECRET, "N"))
    copy.publish()
    piet.clock.turn(timedelta(days=3000))
    other = piet.open(path)
    copy.erase([THE_TEXT])
    other.dossier.apply(edited("N", text=f"nog eens {SECRET}"))
    other.close()
    copy.take_in_published()
    assert text_of(copy.dossier, "N") == ""
    copy.dossier.apply(edited("N", text="iets anders"))
    assert text_of(copy.dossier, "N") == ""
    assert_sound(copy.dossier)


def test_the_copies_of_others_do_the_same_when_they_merge_and_list_it(
    jan: Computer, piet: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note(SECRET, "N"))
    copy.publish()
    other = piet.open(path)
    other.dossier.apply(edited("N", text=f"{SECRET} dus"))
    other.backup()
    copy.erase([THE_TEXT])
    watcher = Watcher(other.dossier)
    published = other.publish()
    assert published.merged is not None
    assert published.merged.erasures == (THE_TEXT,)
    assert any(changed.everything for changed in watcher.told)
    assert text_of(other.dossier, "N") == ""
    assert _files_with("quispelz", piet, path) == []
    assert_sound(other.dossier)
    other.close()


@pytest.mark.long
def test_the_order_of_merging_makes_no_difference(jan: Computer, tmp_path: Path) -> None:
    base = jan.create(tmp_path / "basis.sto")
    base.dossier.apply(note(SECRET, "N"))
    base.close()
    variants = []
    for number in range(3):
        variant = tmp_path / f"{number}.sto"
        shutil.copyfile(tmp_path / "basis.sto", variant)
        opened = jan.open(variant)
        if number == 0:
            opened.dossier.erase([THE_TEXT])
        elif number == 1:
            opened.dossier.apply(edited("N", text=f"{SECRET} twee", star=True))
        else:
            opened.dossier.apply(deleted("N"))
        opened.close()
        variants.append(variant)
    results = []
    for number, order in enumerate(permutations(variants)):
        together = jan.create(tmp_path / f"samen-{number}.sto")
        assert all(not result.contradicted for result in together.merging.merge(order))
        results.append((tables_of(together.dossier), log_of(together.dossier)))
        assert_sound(together.dossier)
        together.close()
        assert not _in_bytes(tmp_path / f"samen-{number}.sto", "quispelz")
    assert all(result == results[0] for result in results)


def test_it_can_not_be_undone(copy: WorkingCopy) -> None:
    copy.dossier.apply(note(SECRET, "N"))
    copy.dossier.apply(edited("N", text="gewoon"))
    copy.dossier.erase([THE_TEXT])
    for _ in range(5):
        copy.dossier.undo()
    for _ in range(5):
        copy.dossier.redo()
    assert text_of(copy.dossier, "N") == ""


def test_while_another_window_reads_the_rest_goes_and_what_it_reads_goes_at_the_next_publishing(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note(SECRET, "N"))
    window = jan.open(path)
    reader = window.dossier.raw
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM note").fetchone()
    copy.dossier.erase([THE_TEXT])
    assert text_of(copy.dossier, "N") == ""
    reader.execute("COMMIT")
    assert window.dossier.poll()
    assert text_of(window.dossier, "N") == ""
    copy.publish()
    assert _files_with("quispelz", jan, path) == []
    window.close()


def test_an_erasure_that_could_not_be_published_is_published_on_closing(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note(SECRET, "N"))
    copy.publish()
    assert not copy.unpublished
    moved = path.parent.with_name("weg")
    path.parent.rename(moved)
    with pytest.raises(PublishError):
        copy.erase([THE_TEXT])
    moved.rename(path.parent)
    assert copy.unpublished
    copy.close()
    assert not _in_bytes(path, "quispelz")


def test_backups_of_the_same_dossier_under_another_name_are_wiped_too(
    jan: Computer, copy: WorkingCopy, tmp_path: Path
) -> None:
    copy.dossier.apply(note(SECRET, "N"))
    copy.backup()
    copy.publish(tmp_path / "Hengelo definitief.sto")
    copy.erase([THE_TEXT])
    assert [file for file in jan.files() if _in_bytes(file, "quispelz")] == []


def test_what_a_crash_left_of_a_backup_is_thrown_away(copy: WorkingCopy, jan: Computer) -> None:
    copy.dossier.apply(note(SECRET, "N"))
    half = copy.backup().with_suffix(".tmp")
    half.write_bytes(copy.backup().read_bytes())
    copy.erase([THE_TEXT])
    assert not half.exists()
    assert not [file for file in jan.files() if SECRET.encode() in file.read_bytes()]


def test_a_backup_that_can_not_be_opened_any_more_is_thrown_away(jan: Computer, copy: WorkingCopy) -> None:
    copy.dossier.apply(note(SECRET, "N"))
    kept = copy.backup()
    kept.write_bytes(kept.read_bytes()[:5000])
    copy.erase([THE_TEXT])
    assert not kept.exists()


def test_a_malformed_row_of_an_erased_note_is_emptied(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note(SECRET, "N"))
    copy.close()
    with other_program(path) as raw:
        raw.execute("""UPDATE change SET fields = fields || '}' WHERE row_id = 'N'""")
    again = jan.open(path)
    again.erase([THE_TEXT])
    again.close()
    assert not _in_bytes(path, "quispelz")


@pytest.mark.long
def test_beginnings_of_words_do_not_stay_in_the_inner_pages_of_the_index(jan: Computer, copy: WorkingCopy) -> None:
    random = Random(3)
    words = [f"quispelzwaan{number:06d}" for number in random.sample(range(10**6), 4000)]
    for at in range(0, len(words), 500):
        part = words[at : at + 500]
        copy.dossier.apply(action("importeren", (note(word, f"N{word}").edits[0] for word in part)))
    gone, kept = words[::2], words[1::2]
    copy.dossier.erase([Erasure("note", f"N{word}", "text") for word in gone])
    content = (copy.file.folder / "dossier.sto").read_bytes()
    # Row ids contain the words too: look only for them in the form of the index.
    content = content.replace(b"Nquispelzwaan", b"")
    known = {word[:length] for word in kept for length in (16, 17)}
    beginnings = {word[:length] for word in gone for length in (16, 17)} - known
    assert [word for word in beginnings if word.encode() in content] == []
    assert_sound(copy.dossier)
