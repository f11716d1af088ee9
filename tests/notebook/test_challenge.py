"""What goes to a student's kernel, and what does not."""

from typing import get_args

import numpy as np
import pytest
from problems import ROOT

from autograder.course import load_course
from autograder.evidence.requests import Kind
from autograder.notebook import files
from autograder.notebook.challenge import Challenge


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
