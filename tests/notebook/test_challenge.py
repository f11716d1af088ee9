"""What goes to a student's kernel, and what does not."""

from typing import get_args

import nbformat.v4 as made
import numpy as np
import pytest
from problems import ROOT

from autograder.batch.task import Task, travelling
from autograder.course import load_course
from autograder.data import challenge_key
from autograder.evidence.requests import Kind
from autograder.notebook import files
from autograder.notebook.challenge import Challenge, seed_for


@pytest.mark.parametrize("assignment", ["multitask", "multimodal"])
def test_no_question_tells_a_kernel_true_labels_or_what_is_suspicious(assignment: str) -> None:
    course = load_course(ROOT)
    problem = course.assignment(assignment).problem
    assert problem is not None
    assert any(metric.implausible is not None for metric in problem.metrics)
    parts = files.example_material(ROOT, course, assignment).parts(problem)
    challenge = Challenge.fresh(parts, course.assignment(assignment), 1)
    for kind in get_args(Kind):
        asked = challenge.content(kind).get("problem")
        assert asked is None or all(metric.implausible is None for metric in asked.metrics)
    assert challenge.hidden is not None
    assert challenge.hidden_labels is not None
    for head, true in zip(problem.heads, challenge.hidden_labels, strict=True):
        sent = head.labels(challenge.hidden.column(head.column))
        assert not np.array_equal(sent, true)


def notebook(*sources: str) -> made.nbbase.NotebookNode:
    return made.new_notebook(cells=[made.new_code_cell(source) for source in sources])


def test_the_same_cells_get_the_same_challenge_whatever_was_run() -> None:
    one, again = notebook("a = 1", "b = 2"), notebook("a = 1", "b = 2")
    again.cells[0].outputs = [made.new_output("stream", text="1")]
    again.cells[1].metadata["scrolled"] = True
    assert one.cells[0].id != again.cells[0].id
    assert seed_for(one, "key") == seed_for(again, "key")


def test_other_cells_and_other_courses_get_another_one() -> None:
    text = made.new_notebook(cells=[made.new_markdown_cell("a = 1"), made.new_code_cell("b = 2")])
    others = [notebook("a = 1", "b = 3"), notebook("a = 1b = 2"), notebook("b = 2", "a = 1"), text]
    seeds = {seed_for(nb, challenge_key(seed)) for nb in (notebook("a = 1", "b = 2"), *others) for seed in (7, 8)}
    assert len(seeds) == 2 * (len(others) + 1)


def test_a_half_surrogate_in_a_cell_is_no_obstacle() -> None:
    assert seed_for(notebook("x = '\ud800'"), "key") != seed_for(notebook("x = '\ud801'"), "key")


def test_the_key_reaches_a_worker() -> None:
    course = load_course(ROOT)
    material = files.example_material(ROOT, course, "multitask")
    assert material.key == challenge_key(files.EXAMPLE_SEED)
    task = Task(
        code="", student="", assignment="", notebook="", text="", files={}, course=course, **travelling(material)
    )
    assert task.material().key == material.key


def test_without_a_problem_there_is_no_key() -> None:
    assert files.example_material(ROOT, load_course(ROOT), "visualisation").key == ""
