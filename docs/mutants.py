"""Writes docs/MUTANTS.md: how many small faults, put into the code by mutmut, the tests find, and which they don't.

`make mutants` runs mutmut first, and then this on the results in `mutants/`. An equal mutant is one that no test can
find because the program does the same; each has a reason in `docs/equal_mutants.toml`.
"""

from __future__ import annotations

import ast
import hashlib
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "mutants"
PAGE = ROOT / "docs" / "MUTANTS.md"
EQUAL = ROOT / "docs" / "equal_mutants.toml"
MUTMUT = Path(sys.executable).with_name("mutmut")

SURVIVED = {0, 5, 33}
"""Exit codes of tests that passed, or of which none ran the function. For mutants that it did not run, mutmut stores
None.
"""

HEAD = """# Mutants

Written by `make mutants`, not by hand. [mutmut](https://mutmut.readthedocs.io) makes small changes (mutants) in the
modules where a silent fault costs most, one at a time, and runs the tests that reach the changed function. A mutant is
killed if one of them fails or does not end. The modules and tests are in `pyproject.toml`, `[tool.mutmut]` and
`[tool.mutants]`. «Not run» are mutants without a result so far. A module of which none was run on this computer keeps
its figures as long as its code is the same: `code` is a hash of it, without comments, docstrings and imports.

The aim is at least 95 % killed and at most 2 % equal: a change that no test can find because the program does the
same. Functions with a decorator (such as properties), and values outside functions, are not changed by mutmut.
"""


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no test found: its function, and the changed lines, «before → after»."""

    function: str
    change: str

    @property
    def key(self) -> tuple[str, str]:
        """Identifies the same mutant in the next run, since mutmut's numbers may shift."""
        return self.function, self.change


@dataclass(slots=True)
class Module:
    """The results of one module, by path; `not_run` counts its mutants without a result; `code`: see the page."""

    path: str
    code: str = ""
    killed: int = 0
    not_run: int = 0
    survivors: list[Survivor] = field(default_factory=list)

    @property
    def mutants(self) -> int:
        """All mutants of the module."""
        return self.killed + self.not_run + len(self.survivors)


def change_in(diff: str) -> str:
    """Return the changed lines of a unified diff as «before → after»."""
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
    before, after = (" ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in ("-", "+"))
    return f"{before} → {after}"


def survivor(mutant: str) -> Survivor:
    """Return what mutmut changed in a mutant, by its name: `package.module.xǁClassǁmethod__mutmut_1`."""
    shown = subprocess.run([MUTMUT, "show", mutant], cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    function = mutant.rpartition("__mutmut_")[0].rpartition(".")[2]
    return Survivor(function.removeprefix("x").removeprefix("_").strip("ǁ").replace("ǁ", "."), change_in(shown.stdout))


def code_in(source: str) -> str:
    """Return a short hash of the code that mutants change: comments, docstrings and imports leave it as it is."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(body := getattr(node, "body", None), list):
            # A constant on a line of its own is a docstring.
            node.body = [  # type: ignore[attr-defined]
                line
                for line in body
                if not isinstance(line, ast.Import | ast.ImportFrom)
                and not (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
            ]
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest()[:8]


def modules(paths: list[str]) -> Iterator[Module]:
    """Yield the results of each module, as far as it was run."""
    for path in sorted(paths):
        module = Module(path.removeprefix("sto_desktop/"), code_in((ROOT / path).read_text(encoding="utf-8")))
        stored = RESULTS / f"{path}.meta"
        results = json.loads(stored.read_text(encoding="utf-8"))["exit_code_by_key"] if stored.exists() else {}
        for mutant, code in results.items():
            if code is None:
                module.not_run += 1
            elif code in SURVIVED:
                module.survivors.append(survivor(mutant))
            else:
                module.killed += 1
        yield module


def reasons() -> Mapping[tuple[str, str, str], str]:
    """Return the reasons why survivors are equal, by module, function and change."""
    named = tomllib.loads(EQUAL.read_text(encoding="utf-8"))["equal"]
    return {(mutant["module"], mutant["function"], mutant["change"]): mutant["reason"] for mutant in named}


def _of_module(text: str, start: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(start)]


def page(results: list[Module], equals: Mapping[tuple[str, str, str], str], earlier: str = "") -> str:
    """Return the page as Markdown; `equals`: see `reasons`; `earlier`: the page before."""
    table = ["| module | mutants | killed | survived | equal | not run | code |", "|---|---|---|---|---|---|---|"]
    equal, alive = ["## Equal", ""], ["## Survived", ""]
    before, _, equal_before = earlier.partition("## Equal")
    for module in results:
        known = [line for line in _of_module(before, f"| `{module.path}` |") if line.endswith(f" {module.code} |")]
        if known and module.not_run == module.mutants:
            table += known
            alive += _of_module(before, f"- `{module.path}`,")
            equal += _of_module(equal_before, f"- `{module.path}`,")
            continue
        named = 0
        for mutant in module.survivors:
            reason = equals.get((module.path, *mutant.key))
            named += reason is not None
            line = f"- `{module.path}`, `{mutant.function}`: `{mutant.change}`"
            (alive if reason is None else equal).append(line if reason is None else f"{line}. {reason}")
        ran = module.mutants - module.not_run
        share = f" ({module.killed / ran:.1%})" if ran else ""
        left = len(module.survivors) - named
        figures = (f"{module.killed}{share}", left, named, module.not_run, module.code)
        table.append(f"| `{module.path}` | {module.mutants} | {' | '.join(map(str, figures))} |")
    parts = (table, *(lines if lines[2:] else [*lines, "None."] for lines in (alive, equal)))
    return "\n".join([HEAD, *("\n".join(lines) + "\n" for lines in parts)])


def _write() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    earlier = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(page(list(modules(settings["only_mutate"])), reasons(), earlier), encoding="utf-8")


if __name__ == "__main__":
    _write()
