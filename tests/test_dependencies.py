"""Whatever the package imports is declared, and what is installed with it runs on every Python that it allows."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet


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


def test_every_pinned_version_runs_on_the_oldest_python_that_is_allowed(root: Path) -> None:
    """Debian 12 has Python 3.11.2: a package that asks for 3.11.5 cannot be installed there."""
    allowed = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    oldest = f"{allowed.removeprefix('>=')}.0"
    lines = (line.partition("#")[0].strip() for line in (root / "constraints.txt").read_text("utf-8").splitlines())
    needed = {}
    for requirement in (Requirement(line) for line in lines if line):
        try:
            needed[requirement.name] = metadata(requirement.name).get("Requires-Python", "")
        except PackageNotFoundError:  # of another system
            continue
    assert len(needed) > 100
    assert [name for name, pythons in needed.items() if oldest not in SpecifierSet(pythons)] == []
