"""The judge on a fixed part of the known answers, graded the real way; `make verify` does all of them."""

from pathlib import Path

import pytest

from autograder.answers.answer import Answer, read_answers
from autograder.answers.findings import Findings
from autograder.answers.verify import Checked, verify

IN_BOTH = {"outputs", "shared_trunk", "two_heads", "non_linear", "regression_term", "classification_term", "weights"}
IN_BOTH |= {"learns", "shuffle", "encoders", "fusion", "baseline"}
"""Criteria whose evidence differs by framework; the others are judged on arrays, and once is enough here."""

RIGHT = {
    "multitask": {
        "pytorch/right/functional_parameters",
        "pytorch/right/kendall_weights",
        "pytorch/right/mixture_of_experts",
        "pytorch/right/pipeline_polynomial_pca",
        "pytorch/right/stacked_output",
        "keras/right/batchnorm_dropout_early_stopping",
        "keras/right/custom_train_step",
        "keras/right/numpy_arrays_logits",
        "keras/right/subclassed_dict",
    },
    "multimodal": {
        "pytorch/right/attention_over_words",
        "pytorch/right/dict_batches",
        "pytorch/right/early_bag_of_words",
        "pytorch/right/late_learned_weight",
        "keras/right/attention_layer",
        "keras/right/dutch_late_average",
        "keras/right/early_concatenation",
    },
}


def chosen(answers: list[Answer], right: set[str], seen: set[tuple[str, str, str]]) -> list[Answer]:
    """The named right answers, and the first wrong one for each fault that is not yet in `seen`, which grows."""
    found = [answer for answer in answers if answer.name in right]
    for answer in answers:
        new = {(answer.framework, *item) for item in answer.expected.items()} - seen
        if any(framework == "pytorch" or criterion in IN_BOTH for framework, criterion, _ in new):
            seen |= new
            found.append(answer)
    return found


@pytest.fixture(scope="module")
def checked(root: Path) -> list[Checked]:
    found: list[Checked] = []
    seen: set[tuple[str, str, str]] = set()
    for assignment, right in RIGHT.items():
        answers = chosen(read_answers(root / "tests" / "answers" / assignment), right, seen)
        assert {answer.name for answer in answers} >= right
        found += verify(root, assignment, answers, seeds=1, workers=2)
    questions = read_answers(root / "tests" / "answers" / "visualisation")
    return [*found, *verify(root, "visualisation", questions, seeds=1, workers=2)]


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
    faults = [(one, c) for one in checked for c, fault in one.answer.expected.items() if fault != "unsure"]
    doubted = [one.answer.name for one, criterion in faults if one.got.get(criterion) == "unsure"]
    assert doubted == []


def test_no_right_answer_needs_a_person(checked: list[Checked]) -> None:
    assert [one.answer.name for one in checked if not one.answer.expected and one.result.needs_person] == []


def test_right_answers_pass_every_visible_check(checked: list[Checked]) -> None:
    assert Findings(checked).refused == []
