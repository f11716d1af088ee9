"""The package knows no assignment: its name, its notebooks and its loss stand in a course's settings only."""

import re
from pathlib import Path

import pytest

from autograder.course import load_course

ROOT = Path(__file__).parent.parent
PROBLEMS = {name: one for name, one in load_course(ROOT).assignments.items() if one.problem}
EXAMPLES = ROOT / "autograder" / "judge" / "catalogue"
"""Faults show what a student of some assignment reads."""

SOURCES = {
    path: path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "autograder").rglob("*.py"))
    if EXAMPLES not in path.parents
}


@pytest.mark.parametrize("assignment", PROBLEMS)
def test_no_module_names_an_assignment_or_its_notebooks_or_its_loss(assignment: str) -> None:
    settings = PROBLEMS[assignment]
    assert settings.problem is not None
    own_loss = {settings.problem.loss} - {type(settings.problem).model_fields["loss"].default}
    words = {assignment, *settings.notebooks, *own_loss}
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(words)))})\b")
    found = {str(path.relative_to(ROOT)): pattern.findall(text) for path, text in SOURCES.items()}
    assert {path: words for path, words in found.items() if words} == {}
