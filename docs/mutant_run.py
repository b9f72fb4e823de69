"""Runs the mutants that mutmut makes, each in a fork of one process that has collected the tests, which makes it fast.

`python -m docs.mutant_run` runs those without a result and those that survived before; with patterns of names (as
`mutmut results` lists them) only the matching ones. Results are stored where mutmut stores them, so Ctrl+C loses none.
"""

from __future__ import annotations

import gc
import os
import resource
import shutil
import signal
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from functools import cache
from itertools import zip_longest
from pathlib import Path
from time import monotonic

import mutmut.__main__ as mutmut
import pytest
from mutmut.mutation.data import SourceFileMutationData
from mutmut.state import state
from mutmut.utils.format_utils import mangled_name_from_mutant_name

from docs.mutants import RESULTS, ROOT, SURVIVED

_PATIENCE = 3
"""A mutant whose tests take this many times longer than usual counts as one that does not end."""
_OTHERS = 10
"""The same factor on a computer that others use too."""
_MEMORY = "/dev/shm"
_KILLER = "found-by"
"""The file in which the process of a mutant stores the name of the test that failed."""


class Runs:
    """A plugin for pytest that runs mutants in place of the collected tests."""

    def __init__(self, mutants: Sequence[tuple[SourceFileMutationData, str]]) -> None:
        self._mutants = mutants
        self._kills: Counter[str] = Counter()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests of each mutant until one fails, and store the outcome."""
        items = {item.nodeid: item for item in session.items}
        # The processes are forked: a collection of garbage would touch, and so copy, all their memory.
        gc.freeze()
        for module, mutant in self._mutants:
            # First the tests that killed most mutants so far, then the quickest ones.
            tests = sorted(_tests_of(mutant, str(module.path)), key=lambda test: (-self._kills[test], _seconds(test)))
            known = [items[name] for name in tests if name in items]
            start = monotonic()
            # 33 as in mutmut: no test reaches the function.
            code = self._outcome(session, mutant, known) if known else 33
            module.exit_code_by_key[mutant] = code
            module.durations_by_key[mutant] = monotonic() - start
            module.save()
        return True

    def _outcome(self, session: pytest.Session, mutant: str, tests: Sequence[pytest.Item]) -> int:
        """Return the exit code of tests in a process of their own: 0 if all pass, negative if it had to be ended."""
        limit = 5 + _PATIENCE * round(sum(_seconds(test.nodeid) for test in tests))
        folder = Path(tempfile.mkdtemp(prefix="mutant-"))
        child = os.fork()
        if not child:
            try:
                mutmut.set_mutant_under_test(mutant)
                silence = os.open(os.devnull, os.O_WRONLY)
                os.dup2(silence, 1)
                os.dup2(silence, 2)
                # Other work on the computer makes it slow, so processor time counts first.
                resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
                signal.alarm(limit * _OTHERS)
                session.config._tmp_path_factory._basetemp = folder  # type: ignore[attr-defined]
                for test, following in zip_longest(tests, tests[1:]):
                    test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
                    if session.testsfailed:
                        (folder / _KILLER).write_text(test.nodeid, encoding="utf-8")
                        os._exit(1)
                os._exit(0)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        if (folder / _KILLER).exists():
            self._kills[(folder / _KILLER).read_text(encoding="utf-8")] += 1
        shutil.rmtree(folder, ignore_errors=True)
        return os.waitstatus_to_exitcode(status)


def _seconds(test: str) -> float:
    return float(state().duration_by_test[test])


def _tests_of(mutant: str, path: str) -> Collection[str]:
    """Return the tests that reach a mutated function; for a module with tests of its own (`[tool.mutants]`)
    only those.
    """
    reaching = state().tests_by_mangled_function_name.get(mangled_name_from_mutant_name(mutant), set())
    own = _settings("mutants")["tests"].get(path, [""])
    return {test for test in reaching if test.startswith(tuple(own))}


@cache
def _settings(tool: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    settings: Mapping[str, Mapping[str, Sequence[str]]]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][tool]
    return settings


def _wanted(patterns: Sequence[str]) -> Iterator[tuple[SourceFileMutationData, str]]:
    mutants, _ = mutmut.collect_source_file_mutation_data(mutant_names=())
    for module, mutant, code in mutants:
        module.meta_path = module.meta_path.absolute()
        if any(fnmatch(mutant, pattern) for pattern in patterns or "*") and (code is None or code in SURVIVED):
            yield module, mutant


def _run(patterns: Sequence[str]) -> None:
    os.chdir(ROOT)
    # In memory where possible: on a disk the tests mostly wait.
    if os.path.isdir(_MEMORY):
        os.environ.setdefault("TMPDIR", _MEMORY)
    RESULTS.mkdir(exist_ok=True)
    mutmut.set_mutant_under_test("mutant_generation")
    mutmut.copy_src_dir()
    mutmut.copy_also_copy_files()
    mutmut.setup_source_paths()
    mutmut.store_lines_covered_by_tests()
    mutmut.create_mutants(1)
    # Which tests reach which function: mutmut runs all tests once, later only new ones.
    mutmut.collect_or_load_stats(
        mutmut.get_mutant_runner(1), mutants_caught_by_type_checker={}, apply_config_invalidation=True
    )
    mutants = sorted(
        _wanted(patterns), key=lambda mutant: sum(map(_seconds, _tests_of(mutant[1], str(mutant[0].path))))
    )
    mutmut.set_mutant_under_test("")
    os.chdir(RESULTS)
    selection = _settings("mutmut")["pytest_add_cli_args_test_selection"]
    pytest.main(["--rootdir=.", "-q", "--tb=no", "-p", "no:cacheprovider", *selection], plugins=[Runs(mutants)])


if __name__ == "__main__":
    _run(sys.argv[1:])
