"""The page of mutants: what counts as killed, survived and equal, and that each reason is about an existing line."""

import tomllib

from docs import mutants

DIFF = """--- sto_desktop/a.py
+++ sto_desktop/a.py
@@ -1,3 +1,3 @@
 def f():
-    return 1
+    return 2
"""


def test_a_change_is_told_on_one_line() -> None:
    assert mutants.change_in(DIFF) == "return 1 → return 2"


def test_survivors_are_listed_and_those_with_a_reason_are_equal() -> None:
    alive, same = mutants.Survivor("f", "return 1 → return 2"), mutants.Survivor("C.g", "x > 0 → x >= 0")
    module = mutants.Module("domain/a.py", "12ab", killed=7, not_run=1, survivors=[alive, same])
    page = mutants.page([module, mutants.Module("domain/b.py", "34cd")], {("domain/a.py", *same.key): "x is never 0."})
    assert "| `domain/a.py` | 10 | 7 (77.8%) | 1 | 1 | 1 | 12ab |" in page
    assert "| `domain/b.py` | 0 | 0 | 0 | 0 | 0 | 34cd |" in page
    assert "## Survived\n\n- `domain/a.py`, `f`: `return 1 → return 2`\n" in page
    assert "## Equal\n\n- `domain/a.py`, `C.g`: `x > 0 → x >= 0`. x is never 0.\n" in page


def test_a_module_that_was_not_run_here_keeps_its_figures_while_its_code_is_the_same() -> None:
    ran = mutants.Module(
        "a.py", "12ab", killed=1, survivors=[mutants.Survivor("f", "x → y"), mutants.Survivor("g", "z → w")]
    )
    earlier = mutants.page([ran], {("a.py", "g", "z → w"): "They are the same."})
    assert mutants.page([mutants.Module("a.py", "12ab", not_run=3)], {}, earlier) == earlier
    changed = mutants.page([mutants.Module("a.py", "34cd", not_run=3)], {}, earlier)
    assert "| `a.py` | 3 | 0 | 0 | 0 | 3 | 34cd |" in changed
    assert "x → y" not in changed


def test_only_what_can_be_changed_makes_code_another() -> None:
    code = mutants.code_in('"""A."""\n\nimport re\n\n\ndef f():\n    """F."""\n    return 1\n')
    assert code == mutants.code_in("# Why.\ndef f():\n    return 1\n")
    assert code != mutants.code_in("def f():\n    return 2\n")


def test_every_reason_is_of_a_line_of_the_code() -> None:
    tools = tomllib.loads((mutants.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    settings, near = tools["mutmut"], tools["mutants"]["tests"]
    assert all((mutants.ROOT / path).is_file() for path in (*settings["only_mutate"], *settings["also_copy"][:1]))
    assert near.keys() <= set(settings["only_mutate"])
    assert all((mutants.ROOT / path).exists() for paths in near.values() for path in paths)
    for module, _, change in mutants.reasons():
        code = (mutants.ROOT / "sto_desktop" / module).read_text(encoding="utf-8")
        assert change.split(" → ")[0] in " ".join(code.split()), change
