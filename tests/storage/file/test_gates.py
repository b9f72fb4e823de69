"""Who opens a database: foreign dossiers go through one gate, and whoever else does is named here with the reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from docs import structure

OPENERS = {
    "storage/file/database.py: reading_foreign": "the gate",
    "storage/log/renew.py: renewed": "looks first whether it is a dossier, and copies its log",
    "storage/log/renew.py: _fill": "a new file of our own",
    "storage/log/merge.py: merge_log": "attaches what `renewed` made or found to be ours",
    "storage/log/within.py: _asked": "attaches, and reads stored rows of the log only",
    "storage/file/database.py: connect_working": "our own working copy",
    "storage/file/files.py: _shared_lock": "holds a lock, and reads nothing",
    "storage/file/files.py: settle": "takes a lock, and lets SQLite roll back a journal",
    "storage/whole_file/backup.py: copy_dossier": "a new file of our own",
    "storage/whole_file/backup.py: erase_in_file": "our own backup, looked at by `renewed` before it is written",
    "storage/whole_file/backup.py: _export": "our own backup",
    "storage/whole_file/came_in.py: describe_merged": "our own backup, which `renewed` looked at",
    "storage/whole_file/came_in.py: describe_imported": "a new file of our own",
    "storage/whole_file/came_in.py: came_in": "our own backup",
    "storage/whole_file/came_in.py: wiped_since": "our own backup",
    "storage/whole_file/came_in.py: forget_name": "our own backup",
    "storage/whole_file/repair.py: _mend": "a new file of our own",
    "storage/whole_file/setup.py: export": "a new file of our own",
    "storage/whole_file/share.py: write_copy": "a new file of our own",
    "storage/whole_file/share.py: _copy_whole": "a new file of our own",
    "storage/working/copies_home.py: _stated_by": "our own working copy",
    "storage/working/merging.py: preview": "a copy of our own working copy",
    "storage/working/check.py: check_file": "what `renewed` made",
    "storage/working/working_copies.py: fill": "a new file of our own",
    "storage/working/working_copies.py: _adopt": "what `repair` made",
    "storage/working/working_copies.py: _go_on": "our own working copy, looked at by `_is_ours`",
    "storage/working/working_copies.py: _read_in": "a private copy, looked at by `_is_ours` first",
    "storage/working/working_copies.py: _may_be_whole": "our own working copy",
    "storage/working/working_copies.py: abandoned": "our own working copy",
}


def _openers() -> Iterator[str]:
    code = structure.ROOT / "sto_desktop"
    for path in sorted((code / "storage").rglob("*.py")):
        functions = [
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
        ]
        for function in functions:
            inner = [node for node in functions if node is not function and node in set(ast.walk(function))]
            within = {node for one in inner for node in ast.walk(one)}
            if any(_opens(node) for node in ast.walk(function) if node not in within):
                yield f"{path.relative_to(code).as_posix()}: {function.name}"


def _opens(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id == "connect"
    return isinstance(node, ast.JoinedStr) and ast.unparse(node).startswith(("f'ATTACH", 'f"ATTACH'))


def test_whoever_opens_a_database_is_named_with_the_reason() -> None:
    assert set(_openers()) == set(OPENERS)


def test_a_workbook_begins_in_the_archive_alone() -> None:
    code = structure.ROOT / "sto_desktop"
    beginners = {
        path.relative_to(code).as_posix()
        for path in code.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and node.module == "openpyxl" and node.names[0].name == "Workbook")
        or (isinstance(node, ast.Attribute) and node.attr == "Workbook")
    }
    assert beginners == {"archive.py"}, "elsewhere it would leave its sheets in the system's temporary folder"
