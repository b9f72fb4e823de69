"""No output contains a name that it may not: panels of hurried sentences, and members with every combination of
answers, through every command.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest

from sto_desktop.cli import _COMMANDS as COMMANDS
from sto_desktop.cli import run
from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import action, create, put
from sto_desktop.domain.people import is_label
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.workplace import Workplace
from tests.cli.answers import APART, PANELS, Asked, answered_dossier, check_output, read_by_an_outsider
from tests.names.hurried_panel import FIRST_NAMES, Hurried, hurried_panel, texts_of
from tests.names.name_shapes import plain

pytestmark = pytest.mark.long

OUTPUTS = {
    "verslag.docx": ("verslag", "{}", "--vorm", "notulen", "--namen", "rol"),
    "tabel.csv": ("exporteer", "{}", "--formaat", "csv"),
    "tabel.xlsx": ("exporteer", "{}", "--formaat", "xlsx"),
    "tekst.md": ("exporteer", "{}", "--formaat", "md"),
    "project.qdpx": ("exporteer", "{}", "--formaat", "qdpx"),
    "kopie.sto": ("delen", "{}"),
}
OVERVIEWS = {
    "vogelvlucht.docx": ("vogelvlucht", "{}"),
    "vogelvlucht.md": ("vogelvlucht", "{}"),
    "nieuwsbrief.html": ("vogelvlucht", "{}", "--nieuwsbrief"),
    "plan.xlsx": ("vogelvlucht", "{}"),
}
"""Outputs with only the main findings."""


def by_itself(*names: str) -> re.Pattern[str]:
    """Return a pattern for these names as separate words, in text reduced to plain letters."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(re.escape(plain(name)) for name in names)})(?![^\W_])")


def said_in(texts: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the number and the words of every sentence in an output."""
    for text in texts:
        for line in text.split("\n"):
            begin = 0
            for match in re.finditer(r"\[(\d+)\]", line):
                yield int(match[1]), line[begin : match.start()]
                begin = match.end()


@pytest.fixture(params=range(3))
def panel(request: pytest.FixtureRequest, tmp_path: Path) -> Hurried:
    """A panel drawn with a seed."""
    return hurried_panel(tmp_path / f"panel {request.param}.sto", request.param)


def made(panel: Hurried, name: str, capsys: pytest.CaptureFixture[str]) -> tuple[list[str], dict[str, object]]:
    """Make an output; return its texts and the answer of the command."""
    target = panel.path.parent / name
    command = [part.format(panel.path) for part in (OUTPUTS | OVERVIEWS)[name]]
    capsys.readouterr()
    assert run([*command, "-o", str(target), "--json"]) == 0
    return texts_of(target), json.loads(capsys.readouterr().out)


def test_no_output_without_names_holds_a_name_in_whatever_form(
    panel: Hurried, capsys: pytest.CaptureFixture[str]
) -> None:
    left, unlisted, spoilt = [], [], []
    sure = [first for first, _ in panel.members if first in FIRST_NAMES]
    labels = [label for label in panel.labels if by_itself(*sure).search(plain(label))]
    for name in (*OUTPUTS, *OVERVIEWS):
        texts, told = made(panel, name, capsys)
        assert told["nakijken"], name
        listed = json.dumps(told["nakijken"], ensure_ascii=False)
        seen = set()
        for number, words in said_in(texts):
            said = panel.said[number]
            seen.add(number)
            if not said.written:
                if said.text.casefold() not in words.casefold():
                    spoilt.append((name, said.text, words))
            elif by_itself(said.written).search(plain(words)):
                if said.sure:
                    left.append((name, said.written, words))
                elif f"[{number}]" not in listed and said.text not in listed:
                    unlisted.append((name, said.written, words))
        assert seen if name in OVERVIEWS else seen == panel.said.keys()
        everything = plain("\n".join(texts))
        left += [(name, match[0], "somewhere") for match in by_itself(*sure, *labels).finditer(everything)]
    assert (left, unlisted, spoilt) == ([], [], [])


@pytest.mark.parametrize("name", ["kopie.sto", "tabel.csv", "verslag.docx"])
def test_every_doubtful_place_is_told_in_words_too(
    panel: Hurried, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, told = made(panel, name, capsys)
    doubts = cast("list[dict[str, str]]", told["nakijken"])
    assert run([*(part.format(panel.path) for part in OUTPUTS[name]), "-o", str(panel.path.parent / f"in {name}")]) == 0
    written = plain(capsys.readouterr().out)
    assert len(doubts) > 30
    assert [doubt for doubt in doubts if plain(f"«{doubt['words']}»") not in written] == []
    assert written.count("nakijken:") == len(doubts)


def test_nobody_is_named_by_what_stands_around_the_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = tmp_path / "Gesprek met sjoerd.sto"
    question = next(item.id for _, item in builtin_guide().questions())
    copy = Workplace.here("Marieke").create(dossier)
    copy.dossier.apply(
        action(
            "panel",
            create("panel", "P", title="Panel van Hoekstra", guide=builtin_guide().guide.id),
            # Without a seat, only a name can say who spoke.
            create("panelist", "M", panel="P", name="Sjoerd Hoekstra", first_name="Sjoerd"),
            create("note", "N", panel="P", text="Dat werkt.", kind=NoteKind.QUOTE, position=Position(question, "a")),
            put("voice", derived_id("voice", "N", "M"), note="N", panelist="M"),
        )
    )
    copy.close()
    for name in ("tekst.md", "project.qdpx", "kopie.sto", "tabel.xlsx"):
        command = [part.format(dossier) for part in OUTPUTS[name]]
        assert run([*command, "-o", str(tmp_path / name)]) == 0
        texts = texts_of(tmp_path / name)
        assert by_itself("sjoerd", "hoekstra", "sjoerdhoekstra").search(plain("\n".join(texts))) is None, name
    text = (tmp_path / "tekst.md").read_text(encoding="utf-8")
    # Members who did not consent to being quoted have no quotes, and the note is still recognised when it comes back.
    assert "“" not in text
    capsys.readouterr()
    assert run(["importeer", str(dossier), str(tmp_path / "tekst.md"), "--panel", "Panel van Hoekstra", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["notes"], len(answer["messages"])) == (0, 1)


def test_two_labels_of_members_who_are_called_alike_are_written_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier = tmp_path / "panel.sto"
    question = next(item.id for _, item in builtin_guide().questions())
    copy = Workplace.here("Marieke").create(dossier)
    copy.dossier.apply(
        action(
            "panel",
            create("panel", "P", title="Panel", guide=builtin_guide().guide.id),
            create("panelist", "M", panel="P", name="Femke Grootveld", first_name="Femke", seat=1),
            create("panelist", "N", panel="P", name="Hidde ter Braak", first_name="Hidde", seat=2),
            create("note", "N", panel="P", text="dat is een goed plan", position=Position(question, "a")),
            *(put("tag", f"t-{name}", name=name) for name in ("femke", "hidde")),
            *(put("note_tag", f"n-{name}", note="N", tag=f"t-{name}") for name in ("femke", "hidde")),
        )
    )
    copy.close()
    for name in ("tekst.md", "tabel.csv"):
        command = [part.format(dossier) for part in OUTPUTS[name]]
        assert run([*command, "--namen", "rol", "-o", str(tmp_path / name)]) == 0
    text = (tmp_path / "tekst.md").read_text(encoding="utf-8")
    assert "- dat is een goed plan #Een-panellid\n" in text
    assert (tmp_path / "tabel.csv").read_text(encoding="utf-8-sig").count("Een panellid") == 1


def test_a_cell_that_tells_who_agreed_leaves_no_half_of_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    members, notes, dossier = (tmp_path / name for name in ("leden.csv", "notities.csv", "panel.sto"))
    members.write_text("Stoel;Naam\n1;Bram Veldhuis\n2;Thijs 't Hoen\n3;Anna Smit\n", encoding="utf-8")
    notes.write_text("Notitie;Zegt;Bijval\nDat werkt.;Anna Smit;bram veldhuis samen met Thijs\n", encoding="utf-8")
    imported = ["importeer", dossier, "--panelleden", members, "--notities", notes, "--panel", "Oost"]
    assert run([str(part) for part in imported]) == 0
    for name in OUTPUTS:
        texts, _ = made(Hurried(dossier, {}, (), ()), name, capsys)
        assert by_itself("bram", "veldhuis", "thijs").search(plain("\n".join(texts))) is None, name


# Every answer about consent, in every output that a command can make

CUSTODY = {"controleer", "demo", "importeer", "samenvoegen", "uitgifte", "voorbeeld", "wissen"}
"""Commands that make no output: they read, or keep or make whole dossiers."""
OF_ONE_PERSON = {"inzage", "papier"}
"""What somebody gets about themselves, and papers, most of them for one person: see test_access.py, test_papers.py."""
ENDINGS = (".docx", ".pdf", ".html", ".md", ".xlsx", ".csv", ".qdpx", ".qdc", ".sto")
NOT_ANSWERS = {"--panel", "--wachtwoord", "--alle", "--zonder", "--huisstijl", "--json", "--uit", "--toch"}
"""Options that change neither the content of an output nor the naming, or make no file."""
OF_SOME_FORMS = {"--wat", "--formaat"}
"""Options whose choices apply to some outputs only."""


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A dossier with a panel of every combination of answers, and one in which a single member refuses to be named."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield answered_dossier(tmp_path_factory.mktemp("dossier") / "antwoorden.sto")


def every_output(command: str) -> Iterator[tuple[str, ...]]:
    """Yield the arguments of each output that a command can make, from its own declarations."""
    _, _, arguments = COMMANDS[command]
    choices: list[list[tuple[str, ...]]] = []
    for flags, settings in arguments:
        flag = flags[-1]
        if not flag.startswith("-") or flag in NOT_ANSWERS:
            continue
        if settings.get("nargs") == "+":
            # All parts of a verslag at once.
            choices.append([(flag, *settings["choices"])] if "choices" in settings else [()])
        elif settings.get("choices"):
            choices.append([(flag, choice) for choice in settings["choices"]])
            if flag in OF_SOME_FORMS:
                choices[-1].append(())
        elif settings.get("action") == "store_true":
            choices.append([(), (flag,)])
    for chosen in itertools.product(*choices):
        yield tuple(itertools.chain.from_iterable(chosen))


def endings_of(options: Sequence[str]) -> Iterator[str]:
    """Yield the endings of files to try with these arguments: with a form, its own and one that is not."""
    form = f".{options[options.index('--formaat') + 1]}" if "--formaat" in options else ""
    for ending in ENDINGS if not form else (form, ".docx" if form != ".docx" else ".md"):
        # Each naming is laid out as pages in one form: the words are those of the Word file.
        if ending != ".pdf" or "kort" in options:
            yield ending


def test_every_command_is_an_output_or_custody() -> None:
    outputs = {name for name, (_, _, arguments) in COMMANDS.items() if any("-o" in flags for flags, _ in arguments)}
    assert outputs - CUSTODY - OF_ONE_PERSON == {"verslag", "delen", "exporteer", "vogelvlucht"}
    assert set(COMMANDS) == outputs | CUSTODY


@pytest.mark.parametrize("command", ["verslag", "delen", "exporteer", "vogelvlucht"])
@pytest.mark.parametrize(("title", "members"), PANELS.items())
def test_no_output_holds_what_somebody_refused(
    answered: Path, tmp_path: Path, command: str, title: str, members: Sequence[Asked], qapp: object
) -> None:
    of_panel = ("--panel", f"Panel {title}") if command != "vogelvlucht" else ()
    written, named = [], set[Asked]()
    for options in every_output(command):
        for ending in endings_of(options):
            out = tmp_path / f"uit{ending}"
            out.unlink(missing_ok=True)
            try:
                code = run([command, str(answered), *of_panel, *options, "-o", str(out)])
            except SystemExit as stopped:
                code = int(str(stopped.code))
            assert (code == 0) is out.exists()
            if code:
                # A combination that is refused, or a form that this output does not have.
                continue
            written.append(ending)
            naming = options[options.index("--namen") + 1] if "--namen" in options else None
            text = read_by_an_outsider(out)
            check_output((command, *options, ending), text, naming, members)
            named |= {member for member in members if member.last.casefold() in text.casefold()}
    # Each member who may be named is named somewhere: otherwise the search would prove nothing.
    expected = {member for member in members if member.taking} if command in ("delen", "exporteer") else set()
    if command == "verslag":
        # Of the others, each is the company of somebody who refuses.
        expected = {member for member in members if member.number >= APART}
    assert named >= expected or title == "B"
    assert len(set(written)) >= {"verslag": 4, "delen": 1, "exporteer": 5, "vogelvlucht": 4}[command]


@pytest.mark.parametrize("shared", ["voluit", "rol", "pseudoniem"])
def test_what_a_copy_calls_people_is_no_name_in_it(
    answered: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], shared: str
) -> None:
    copy, out = tmp_path / "kopie.sto", tmp_path / "uit.md"
    assert run(["delen", str(answered), "--namen", shared, "-o", str(copy)]) == 0
    for names in ("voluit", "rol"):
        capsys.readouterr()
        made_of_it = ["verslag", str(copy), "--panel", "Panel A", "--met-notities", "--namen", names]
        assert run([*made_of_it, "-o", str(out), "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer["names"] == []
        assert not any(is_label(doubt["words"]) for doubt in answer["nakijken"])
        assert not re.search("panellid (een )?panellid", out.read_text(encoding="utf-8"), re.IGNORECASE)
