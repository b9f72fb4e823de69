"""Import of REFI-QDA: our own project comes back unchanged, projects of others become panels, hostile files are
refused.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sto_desktop.archive import packed
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.identity import alias_of
from sto_desktop.domain.log.change import action, put
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.vocabulary import Aspect, Consent, NoteKind, Stance
from sto_desktop.exchange.notes_source import NotesSource, read_notes_source
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.refi.refi_in import plan_project
from sto_desktop.exchange.refi.refi_out import project_qdpx
from sto_desktop.exchange.refi.refi_read import read_project
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.workplace.importing import Imported, Sources, import_into, import_project
from sto_desktop.workplace.place import builtin_seed
from tests.exchange.refi.refi_support import GUIDE, MOMENT, NS, QUESTIONS, THEMES, full_panel, note, panel

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).map(clean_text).filter(str.strip)


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    copies = WorkingCopies(tmp_path / "program")
    copy = copies.create(tmp_path / "mijn.sto", Identity("Anna", "laptop"), builtin_seed())
    yield copy.dossier
    copy.close()


def taken_in(dossier: Dossier, content: bytes) -> Imported:
    return import_project(dossier, NotesSource(project=read_project(content, "proef.qdpx")))


def own(*contents: PanelContent, names: NameMode | None = None) -> bytes:
    return project_qdpx("Proef", outgoing(contents, names), MOMENT)


def said(item: NoteContent, content: PanelContent) -> tuple[object, ...]:
    """Return all properties of a note except its speakers and its position."""
    record = item.note
    voices = {
        (member.name, voice.stance) for voice in item.voices if (member := content.panelist(voice.panelist)) is not None
    }
    return (
        record.text, record.kind, record.star, record.parked, record.set_aside, record.captured_at, record.heading,
        record.position.parent, frozenset(voices), frozenset(tag.name for tag in item.tags),
    )  # fmt: skip


def only_panel(dossier: Dossier) -> PanelContent:
    (found,) = dossier.read.panels.listed()
    content = dossier.read.panel_content(found.id)
    assert content is not None
    return content


def everything(content: PanelContent) -> list[tuple[object, ...]]:
    return sorted((said(item, content) for item in content.typed_notes() if item.text.strip()), key=repr)


def test_our_own_project_gives_the_same_notes_again_and_only_once(dossier: Dossier) -> None:
    first = taken_in(dossier, own(full_panel()))
    content = only_panel(dossier)
    assert everything(content) == everything(full_panel())
    assert (content.panel.title, content.panel.subregion) == ("Panel Oost", "Hengelo")
    assert {(member.name, member.sector) for member in content.panelists} == {
        ("Loïs Bos", "po"),
        ("Ömer Kaya", "mbo"),
        ("Truus Engbers", "mbo"),
    }
    assert first.notes == 5
    assert "2 inzichten en aanbevelingen overgenomen." in first.messages
    before = dossier.seq
    again = taken_in(dossier, own(full_panel()))
    assert again.notes == 0
    assert "5 notities waren er al en zijn niet nog eens toegevoegd." in again.messages
    assert everything(only_panel(dossier)) == everything(full_panel())
    assert len(only_panel(dossier).panelists) == 3
    assert before <= dossier.seq


def test_a_note_that_was_changed_here_since_is_left_as_it_is(dossier: Dossier) -> None:
    taken_in(dossier, own(full_panel()))
    item = next(one for one in only_panel(dossier).notes if one.text == "Los")
    dossier.apply(action("notitie wijzigen", put("note", item.id, text="Los, maar anders")))
    assert taken_in(dossier, own(full_panel())).notes == 0
    assert {one.text for one in only_panel(dossier).notes} == {
        "Los, maar anders" if one.text == "Los" else one.text for one in full_panel().notes if one.text.strip()
    }


@pytest.mark.parametrize("names", [None, NameMode.ROLE])
def test_a_panel_of_this_dossier_is_recognised_whatever_names_it_went_out_under(
    dossier: Dossier, names: NameMode | None
) -> None:
    taken_in(dossier, own(full_panel()))
    there = only_panel(dossier)
    in_a_copy = replace(there, panel=replace(there.panel, id=alias_of(there.panel.id)))
    for content in (there, in_a_copy):
        done = taken_in(dossier, own(content, names=names))
        assert (done.notes, done.panelists) == (0, 0)
    assert everything(only_panel(dossier)) == everything(full_panel())


@given(st.lists(st.tuples(TEXTS, st.integers(-1, 5), st.sampled_from([None, *NoteKind])), min_size=1, max_size=6))
def test_any_texts_come_back(notes: list[tuple[str, int, NoteKind | None]]) -> None:
    made = panel(
        *(
            note(number, text, QUESTIONS[at].id if at >= 0 else None, kind, (("p1", Stance.SAYS),) if at == 0 else ())
            for number, (text, at, kind) in enumerate(notes)
        )
    )
    project = read_project(own(made), "x.qdpx")
    edits, report = plan_project(project, (), lambda _row: None, GUIDE)
    back = [edit.values for edit in edits if edit.table == "note"]
    assert sorted((v["text"], v["position"].parent or "", str(v["kind"])) for v in back) == sorted(
        (one.text, one.question or "", str(one.note.kind)) for one in made.notes
    )
    assert report.count == len(notes)


# Projects of others

GUIDS = [f"{number:08d}-0000-4000-8000-000000000000" for number in range(20)]
THEME_TITLE = THEMES[1].title


def foreign(body: str, files: dict[str, bytes] | None = None, head: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "project.qde",
            f'<?xml version="1.0" encoding="utf-8"?>{head}<Project xmlns="urn:QDA-XML:project:1.0" name="Ander" '
            f'origin="ATLAS.ti">{body}</Project>',
        )
        for name, content in (files or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def coded(start: int, end: int, *codes: int, guid: int) -> str:
    codings = "".join(
        f'<Coding guid="{GUIDS[guid][:-2]}{n:02d}"><CodeRef targetGUID="{{{GUIDS[code].upper()}}}"/></Coding>'
        for n, code in enumerate(codes, 1)
    )
    return (
        f'<PlainTextSelection guid="{GUIDS[guid]}" startPosition="{start}" endPosition="{end}">{codings}'
        "</PlainTextSelection>"
    )


def test_a_project_of_another_program_becomes_panels(dossier: Dossier) -> None:
    book = (
        f'<CodeBook><Codes><Code guid="{GUIDS[1]}" name="{THEME_TITLE}" isCodable="true"/>'
        f'<Code guid="{GUIDS[2]}" name="Verbeterpunten" isCodable="true"/>'
        f'<Code guid="{GUIDS[3]}" name="frustratie over reistijd" isCodable="true"/></Codes></CodeBook>'
    )
    cases = f'<Cases><Case guid="{GUIDS[4]}" name="Piet Jansen"><SelectionRef targetGUID="{GUIDS[11]}"/></Case></Cases>'
    source = (
        f'<Sources><TextSource guid="{GUIDS[10]}" name="Gesprek A" plainTextPath="internal://{GUIDS[10]}.txt">'
        + coded(0, 11, 1, 2, guid=11)
        + coded(0, 11, 3, guid=12)
        + coded(90, 95, 1, guid=13)
        + f'</TextSource><PictureSource guid="{GUIDS[14]}"/></Sources>'
    )
    text = "\ufeff👩‍🔬 Te ver\r\nen te duur".encode()
    done = taken_in(dossier, foreign(book + cases + source, {f"Sources/{GUIDS[10]}.txt": text}))
    content = only_panel(dossier)
    (item,) = content.notes
    assert content.panel.title == "Gesprek A"
    assert item.text == "👩‍🔬 Te ver"
    assert item.note.kind is NoteKind.IMPROVEMENT
    asked = content.guide.question(item.question)
    assert asked is not None
    assert (asked.aspect, content.guide.theme_of(asked.id).title) == (Aspect.IMPROVEMENT, THEME_TITLE)  # type: ignore[union-attr]
    assert [tag.name for tag in item.tags] == ["frustratie-over-reistijd"]
    assert [member.name for member in content.panelists] == ["Piet Jansen"]
    assert item.speakers == (content.panelists[0].id,)
    words = " ".join(done.messages)
    assert "De code «frustratie over reistijd» heeft hier geen tegenhanger en is een label geworden." in words
    assert "Niet overgenomen: 1 selectie buiten de tekst, 1 regel zonder code en 1 afbeelding." in words
    assert taken_in(dossier, foreign(book + cases + source, {f"Sources/{GUIDS[10]}.txt": text})).notes == 0


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (foreign("", {"../buiten.txt": b"x"}), "onveilige naam"),
        (foreign("", {"/etc/passwd": b"x"}), "onveilige naam"),
        (foreign("", {"C:\\x.txt": b"x"}), "onveilige naam"),
        (foreign("", head='<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "buiten zichzelf"),
        (foreign("", head='<!DOCTYPE Project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'), "buiten zichzelf"),
        (foreign("<Users>"), "beschadigd"),
        (foreign(f"<CodeBook><Codes>{'<Code>' * 2_000}{'</Code>' * 2_000}</Codes></CodeBook>"), "beschadigd"),
        (b"PK\x03\x04 kapot", "beschadigd"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
        (b"\xd0\xcf\x11\xe0 oud", "oude versie"),
    ],
)
def test_what_could_do_harm_is_refused_in_words(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "erg.qdpx"
    path.write_bytes(content)
    with pytest.raises(ExchangeError, match=word):
        read_notes_source(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b"<x/>")
        with archive.open("sources/bom.txt", "w") as file:
            for _ in range(201):
                file.write(bytes(1_000_000))
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(ExchangeError, match="te groot"):
        read_project(out.getvalue(), "bom.qdpx")


@given(st.integers(0, 4_000), st.integers(0, 255))
def test_a_damaged_project_is_read_or_refused_never_a_crash(at: int, value: int) -> None:
    content = bytearray(own(full_panel()))
    content[at % len(content)] = value
    try:
        read_project(bytes(content), "x.qdpx")
    except ExchangeError:
        return


def test_the_command_takes_a_project_in(dossier: Dossier, tmp_path: Path) -> None:
    path = tmp_path / "proef.qdpx"
    path.write_bytes(own(full_panel()))
    done = import_into(dossier, Sources.read(notes=path))
    assert (done.notes, done.panelists) == (5, 3)


def test_lines_of_a_text_between_what_is_coded_are_told(dossier: Dossier) -> None:
    source = (
        f'<Sources><TextSource guid="{GUIDS[10]}" name="Gesprek C">'
        "<PlainTextContent>Te ver.\nBij ons ook.\n\nTe duur, en te laat.\nEn de bus?</PlainTextContent>"
        + coded(22, 29, 1, guid=11)
        + coded(0, 7, 1, guid=12)
        + "</TextSource></Sources>"
    )
    done = taken_in(dossier, foreign(source))
    assert done.notes == 2
    assert "Niet overgenomen: 2 regels zonder code." in done.messages


def test_a_text_that_nobody_coded_is_a_panel_with_its_lines_as_notes(dossier: Dossier) -> None:
    source = (
        f'<Sources><TextSource guid="{GUIDS[10]}" name="Gesprek B">'
        "<PlainTextContent>Te ver.\n\nTe duur.</PlainTextContent></TextSource></Sources>"
    )
    taken_in(dossier, foreign(source))
    content = only_panel(dossier)
    assert content.panel.title == "Gesprek B"
    assert sorted(note.text for note in content.notes) == ["Te duur.", "Te ver."]
    assert taken_in(dossier, foreign(source)).notes == 0


def test_insights_and_recommendations_come_back_with_the_notes_they_rest_on(dossier: Dossier) -> None:
    sent = full_panel()
    for _ in range(2):  # the second time nothing is added
        taken_in(dossier, own(sent))
        content = only_panel(dossier)
        words = {one.id: one.text for one in content.notes}

        def resting(supports: Sequence[str], words: dict[str, str] = words) -> list[str]:
            return sorted(words[note] for note in supports)

        sent_words = {one.id: one.text for one in sent.notes}
        assert [(one.insight.text, one.insight.position.parent, resting(one.supports)) for one in content.insights] == [
            (one.insight.text, one.insight.position.parent, sorted(sent_words[note] for note in one.supports))
            for one in sent.insights
        ]
        about = ("text", "school_years", "level", "owner", "priority", "first_step", "securing")
        came = [[getattr(one.recommendation, name) for name in about] for one in content.recommendations]
        assert came == [[getattr(one.recommendation, name) for name in about] for one in sent.recommendations]
        assert [resting(one.supports) for one in content.recommendations] == [
            sorted(sent_words[note] for note in one.supports) for one in sent.recommendations
        ]


def as_qualcoder_writes(content: bytes) -> bytes:
    """The project with other GUIDs, without what links a case: what QualCoder exports of what it imported."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root: Any = etree.fromstring(parts["project.qde"])
    root.set("origin", "QualCoder")
    cases = {case.get("guid") for case in root.iter(f"{NS}Case")}
    for element in list(root.iter(f"{NS}SelectionRef", f"{NS}SourceRef", f"{NS}Code", f"{NS}Coding")):
        coded = {element.get("guid"), *(ref.get("targetGUID") for ref in element.iter(f"{NS}CodeRef"))}
        if element.tag in (f"{NS}SelectionRef", f"{NS}SourceRef") or cases & coded:
            element.getparent().remove(element)
    written = etree.tostring(root).decode()
    for guid in set(map(str, root.xpath("//@guid"))):
        written = written.replace(f'"{guid}"', f'"{uuid.uuid5(uuid.NAMESPACE_URL, guid)}"')
    return packed(parts | {"project.qde": written.encode()})


def test_what_comes_back_of_qualcoder_doubles_nothing_and_its_voices_are_members(dossier: Dossier) -> None:
    content = own(full_panel())
    taken_in(dossier, content)
    before = everything(only_panel(dossier))
    report = taken_in(dossier, as_qualcoder_writes(content))
    assert (report.notes, report.panelists) == (0, 0)
    assert everything(only_panel(dossier)) == before


def test_a_case_without_links_is_a_member_of_the_panel_where_its_voice_is(dossier: Dossier) -> None:
    taken_in(dossier, as_qualcoder_writes(own(full_panel())))
    agreeing = {member.name for member in only_panel(dossier).panelists}
    assert agreeing
    assert agreeing <= {"Loïs Bos", "Ömer Kaya", "Truus Engbers"}


@pytest.mark.parametrize(
    ("case", "there", "told"),
    [
        ("Piet Jansen", "Piet Jansen", "Piet Jansen doet in een ander panel van dit dossier niet mee (deelname: nee)"),
        ("Jansen, P.J.", "P.J. Jansen", "doet in een ander panel van dit dossier niet mee (deelname: nee)"),
        ("Piet", "Piet Jansen", "Piet kan iemand zijn die in een ander panel van dit dossier niet meedoet"),
        ("Kees Bos", "Piet Jansen", ""),
    ],
)
def test_who_does_not_take_part_elsewhere_in_the_dossier_does_not_here(
    dossier: Dossier, case: str, there: str, told: str
) -> None:
    values = {"name": there, "consent_participation": Consent.NO, "consent_quote": Consent.NO}
    dossier.apply(
        action("Ander panel", put("panel", "oost", title="Oost"), put("panelist", "p", panel="oost", **values))
    )
    cases = f'<Cases><Case guid="{GUIDS[4]}" name="{case}"><SelectionRef targetGUID="{GUIDS[11]}"/></Case></Cases>'
    source = (
        f'<Sources><TextSource guid="{GUIDS[10]}" name="Gesprek A" plainTextPath="internal://{GUIDS[10]}.txt">'
        + coded(0, 6, guid=11)
        + coded(7, 14, guid=12)
        + "</TextSource></Sources>"
    )
    done = taken_in(dossier, foreign(cases + source, {f"Sources/{GUIDS[10]}.txt": b"Te ver te duur"}))
    (brought,) = (found for found in dossier.read.panels.listed() if found.title == "Gesprek A")
    content = dossier.read.panel_content(brought.id)
    assert content is not None
    refuses = told.endswith("niet mee (deelname: nee)")
    assert [item.text for item in content.notes] == (["te duur"] if refuses else ["Te ver", "te duur"])
    (member,) = content.panelists
    assert member.consent_participation is (Consent.NO if refuses else Consent.UNKNOWN)
    assert member.consent_quote is member.consent_participation
    assert told in " ".join(done.messages)
