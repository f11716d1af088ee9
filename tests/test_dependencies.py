"""Whatever the package imports is among the dependencies that it declares."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.partition(".")[0]


def test_everything_that_is_imported_is_declared(root: Path) -> None:
    declared = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0].lower().replace("_", "-") for line in declared}
    imported = {name for file in (root / "autograder").rglob("*.py") for name in _imported(file)}
    owners = packages_distributions()
    foreign = sorted(imported - set(sys.stdlib_module_names) - {"autograder"})
    assert {"nbgrader", "torch", "sqlalchemy"} <= set(foreign)
    missing = [
        name
        for name in foreign
        if not names & {owner.lower().replace("_", "-") for owner in owners.get(name, [name])}
    ]
    assert missing == []
