"""Counts what becomes of each written form of the second generator in files by role, made by command.

`python -m tests.names.measures.second_measured 300 [first]`: panels, and the seed of the first one.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sto_desktop.cli import run
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.workplace import Workplace
from tests.names.measures.second_panel import Panel, Sentence, panel, plain

WAYS = {"exporteer": ("--formaat", "csv"), "delen": ()}
_ROLES = ("docent", "directeur", "")


@dataclass
class Count:
    """What became of sentences: by grade and form, and the sentences in which a name stayed or a word went."""

    became: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    examples: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def share(self, grade: str, became: str) -> float:
        """Return in % how much of a grade became this."""
        of_grade = {key: count for key, count in self.became.items() if key[0] == grade}
        return 100 * sum(count for key, count in of_grade.items() if key[2] == became) / (sum(of_grade.values()) or 1)


def times(part: str, text: str) -> int:
    """Return how often a part of a name is in a text: a short one only as a word."""
    edge = r"(?<![^\W_])%s(?![^\W_])" if len(part) < 4 else "%s"
    return len(re.findall(edge % re.escape(plain(part)), plain(text)))


def _dossier(made: Panel, path: Path) -> None:
    yes, no = Consent.YES, Consent.NO
    rows = [create("panel", "P", title="Panel Zuid")]
    for seat, one in enumerate(made.members, 1):
        rows.append(
            create(
                "panelist",
                f"m{seat}",
                panel="P",
                seat=seat,
                name=one.full,
                first_name=one.nick or one.first,
                role=_ROLES[seat % 3],
                sector=("vmbo", "bedrijf")[seat % 2],
                consent_participation=yes,
                consent_name=no,
                consent_quote=no,
            )
        )
    for at, sentence in enumerate(made.sentences):
        rows.append(create("note", f"n{at}", panel="P", text=sentence.text, heading=f"punt {at}"))
        if sentence.form.startswith("label"):
            name = sentence.text.partition("#")[2].split()[0]
            rows.append(create("tag", f"t{at}", name=name))
            rows.append(create("note_tag", f"nt{at}", note=f"n{at}", tag=f"t{at}"))
    copy = Workplace.here("Tester").create(path)
    copy.dossier.apply(action("panel", *rows))
    copy.close()


def _by_number(path: Path) -> dict[int, str]:
    """Return the text and labels of each note of a file, by the number in its heading."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file, delimiter=";") if row["Vraag"]]
        return {int(row["Vraag"].split()[-1]): f"{row['Notitie']} {row['Labels']}".strip() for row in rows}
    with Workplace.here("Tester").reading(path) as copy:
        content = copy.dossier.read.panel_content(copy.dossier.read.panels.listed()[0].id)
    assert content is not None
    notes = [(note.note.heading, note.text, *(tag.name for tag in note.tags)) for note in content.notes]
    return {int(heading.split()[-1]): " ".join(texts) for heading, *texts in notes}


def _listed(sentence: Sentence, written: str, doubts: list[Mapping[str, str]]) -> bool:
    seen = plain(f"{sentence.text} {written}")
    for doubt in doubts:
        words = plain(doubt["words"])
        if plain(doubt["sentence"].strip("…")) in seen and any(
            plain(part) in words or words in plain(part) for part in sentence.parts
        ):
            return True
    return False


def measured(made: Panel, folder: Path, count: Count, ways: Iterable[str] = WAYS) -> None:
    """Make files of a panel by role by these commands, and count what became of its sentences."""
    dossier = folder / "panel.sto"
    _dossier(made, dossier)
    for way in ways:
        arguments, said = WAYS[way], io.StringIO()
        target = folder / f"uit{'.csv' if arguments else '.sto'}"
        with contextlib.redirect_stdout(said):
            code = run([way, str(dossier), *arguments, "--namen", "rol", "--toch", "--json", "-o", str(target)])
        assert code == 0, said.getvalue()
        doubts = json.loads(said.getvalue())["nakijken"]
        for number, written in _by_number(target).items():
            sentence = made.sentences[number]
            became = _became(sentence, written, doubts)
            count.became[sentence.grade or "ordinary", sentence.form, became] += 1
            if became != "replaced" and became != "same":
                count.examples.append((sentence.grade or "ordinary", became, sentence.form, sentence.text, written))
        target.unlink()
    dossier.unlink()


def _became(sentence: Sentence, written: str, doubts: list[Mapping[str, str]]) -> str:
    if not sentence.form:
        return "same" if written == sentence.text else "changed"
    rest = sentence.frame.format("")
    left = [part for part in sentence.parts if times(part, written) > times(part, rest)]
    return ("listed" if _listed(sentence, written, doubts) else "silent") if left else "replaced"


def _table(count: Count) -> str:
    lines = ["| grade | form | n | replaced | listed | silent |", "|---|---|---|---|---|---|"]
    forms = sorted({key[:2] for key in count.became})
    for grade in ("certain", "likely", "doubtful"):
        all_of = [form for form in forms if form[0] == grade]
        for name, keys in [*((form[1], [form]) for form in all_of), ("all", all_of)]:
            of = {what: sum(count.became[(*key, what)] for key in keys) for what in ("replaced", "listed", "silent")}
            total = sum(of.values()) or 1
            cells = " | ".join(f"{100 * amount / total:.2f}" for amount in of.values())
            lines.append(f"| {grade} | {name} | {total} | {cells} |")
    lines.append(f"\nordinary sentences changed: {count.share('ordinary', 'changed'):.2f} %")
    return "\n".join(lines)


def main(panels: int, first: int = 0) -> None:
    """Measure so many panels, every fourth as a copy too; print the table, and all that was left or spoilt."""
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        os.environ.update({f"XDG_{name}_HOME": folder for name in ("CACHE", "CONFIG", "DATA", "STATE")})
        for seed in range(first, first + panels):
            measured(panel(seed), Path(folder), count, list(WAYS)[: 1 if seed % 4 else 2])
    print(_table(count))
    seen = Counter(re.sub(r"\n", "↵", " | ".join(example)) for example in count.examples)
    for example, often in sorted(seen.items()):
        print(f"{often} {example}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
