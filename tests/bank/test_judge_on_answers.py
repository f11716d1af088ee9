"""The judge on a fixed part of the known answers, graded the real way; `make verify` does all of them."""

from pathlib import Path

import pytest

from autograder.answers.answer import Answer, read_answers
from autograder.answers.verify import Checked, verify

IN_BOTH = {"outputs", "shared_trunk", "two_heads", "non_linear", "regression_term", "classification_term", "weights"}
IN_BOTH |= {"learns", "shuffle"}
"""Criteria whose evidence differs by framework; the others are judged on arrays, and once is enough here."""

RIGHT = {
    "pytorch/right/functional_parameters",
    "pytorch/right/kendall_weights",
    "pytorch/right/mixture_of_experts",
    "pytorch/right/pipeline_polynomial_pca",
    "pytorch/right/stacked_output",
    "keras/right/batchnorm_dropout_early_stopping",
    "keras/right/custom_train_step",
    "keras/right/numpy_arrays_logits",
    "keras/right/subclassed_dict",
}


def chosen(answers: list[Answer]) -> list[Answer]:
    """Some right answers, and the first wrong one for each fault."""
    seen: set[tuple[str, str, str]] = set()
    found = [answer for answer in answers if answer.name in RIGHT]
    for answer in answers:
        new = {(answer.framework, *item) for item in answer.expected.items()} - seen
        if any(framework == "pytorch" or criterion in IN_BOTH for framework, criterion, _ in new):
            seen |= new
            found.append(answer)
    return found


@pytest.fixture(scope="module")
def checked(root: Path) -> list[Checked]:
    answers = chosen(read_answers(root / "tests" / "answers" / "multitask"))
    assert {answer.name for answer in answers} >= RIGHT
    questions = read_answers(root / "tests" / "answers" / "visualisation")
    return [
        *verify(root, "multitask", answers, seeds=1, workers=2),
        *verify(root, "visualisation", questions, seeds=1, workers=2),
    ]


def _said(checked: list[Checked], what: str) -> list[str]:
    return [f"{one.answer.name}: {text}" for one in checked for text in getattr(one, what)]


def test_no_right_answer_loses_a_point(checked: list[Checked]) -> None:
    assert _said(checked, "false_rejections") == []


def test_no_wrong_answer_keeps_its_points(checked: list[Checked]) -> None:
    assert _said(checked, "false_acceptances") == []


def test_every_fault_gets_its_own_name(checked: list[Checked]) -> None:
    assert _said(checked, "misnamed") == []


def test_the_judge_is_sure_of_right_answers(checked: list[Checked]) -> None:
    assert _said([one for one in checked if not one.answer.expected], "unsure") == []


def test_a_wrong_answer_does_not_hide_behind_doubt(checked: list[Checked]) -> None:
    doubted = [one.answer.name for one in checked if "unsure" in (one.got.get(c) for c in one.answer.expected)]
    assert doubted == []


def test_no_right_answer_needs_a_person(checked: list[Checked]) -> None:
    assert [one.answer.name for one in checked if not one.answer.expected and one.result.needs_person] == []
