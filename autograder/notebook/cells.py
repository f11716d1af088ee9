"""What a notebook's cells carry for grading: identity, declared topics, remarks, verdicts."""

import re
from collections.abc import Iterator
from typing import Any

from nbformat.notebooknode import NotebookNode

KEY = "autograder"
"""Where this package keeps its own metadata, in cells and notebooks; cleared from everything that students hand in."""

BEGIN, END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"

_DECLARED = re.compile(r"""^judged\(\s*["'](\w+)["']\s*\)""", re.MULTILINE)


def grade_id(cell: NotebookNode) -> str | None:
    """Return the nbgrader id of a cell, None for an ordinary one."""
    found = cell.metadata.get("nbgrader", {})
    value = found.get("grade_id") if isinstance(found, dict) else None
    return value if isinstance(value, str) else None


def is_test(cell: NotebookNode) -> bool:
    """Whether a cell is graded by its outputs."""
    return bool(cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"))


def tests(nb: NotebookNode) -> Iterator[NotebookNode]:
    """Every test cell, in order."""
    return (cell for cell in nb.cells if is_test(cell))


def own(node: NotebookNode) -> dict[str, Any]:
    """Return this package's metadata of a cell or notebook, made when absent."""
    return node.metadata.setdefault(KEY, {})


def without_hidden(source: str) -> str:
    """Return a test cell's visible part."""
    kept, hidden = [], False
    for line in source.split("\n"):
        if line.strip() == BEGIN:
            hidden = True
        elif line.strip() == END:
            hidden = False
        elif not hidden:
            kept.append(line)
    return "\n".join(kept).rstrip("\n")


def declared_topics(source: str) -> list[str]:
    """Return the topics that a test cell's hidden block declares."""
    hidden = source[source.find(BEGIN) : source.find(END)] if BEGIN in source else ""
    return _DECLARED.findall(hidden)


def remark(nb: NotebookNode, text: str, cells: list[str] | None = None) -> None:
    """Note why a notebook needs a person; `cells` are the grade_ids it concerns, None for all test cells."""
    own(nb).setdefault("remarks", []).append({"text": text, "cells": cells})


def remarks(nb: NotebookNode) -> list[dict[str, Any]]:
    """The notes made by `remark`."""
    found = nb.metadata.get(KEY, {}).get("remarks", [])
    return list(found)
