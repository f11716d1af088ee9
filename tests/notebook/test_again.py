"""A notebook that is graded again, on whatever machine, is asked the same."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.course import load_course
from autograder.notebook import files
from autograder.notebook.challenge import Challenge
from autograder.notebook.execute import Job, execute_and_judge


def test_what_a_notebook_is_asked_depends_on_its_cells_only(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    fresh = Challenge.fresh

    def noted(*arguments: Any) -> Challenge:
        challenge = fresh(*arguments)
        asked.append(str([challenge.content(kind) for kind in ("data", "loss", "hidden")]))
        return challenge

    monkeypatch.setattr(Challenge, "fresh", noted)
    course = load_course(root)
    material = files.example_material(root, course, "multitask")
    for source in ("a = 1", "a = 1", "a = 1 "):
        nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        execute_and_judge(nb, tmp_path, Job(course, "multitask", "multitask_pytorch", material))
        assert nb.cells[0].execution_count == 1
    first, again, other = asked
    assert again == first
    assert other != first
