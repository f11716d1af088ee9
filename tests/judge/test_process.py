"""The judge as a process of its own: it answers, it is stopped, it dies, and each time the grader goes on."""

import numpy as np
import pytest
from problems import MULTITASK, RUBRIC

from autograder.course import Course, Limits
from autograder.evidence.records import NotebookEvidence
from autograder.evidence.requests import Frame
from autograder.exceptions import JudgeError
from autograder.judge.case import Context
from autograder.judge.process import JudgeProcess
from autograder.wines import COLUMNS

NOTHING = NotebookEvidence(framework="pytorch")
CONTEXT = Context(
    seed=1,
    problem=MULTITASK,
    rubric=RUBRIC,
    thresholds={"mae": 0.6, "accuracy": 0.67},
    students=Frame(columns=COLUMNS, values=tuple(np.zeros(0) for _ in COLUMNS)),
)


def test_no_evidence_passes_nothing() -> None:
    judge = JudgeProcess(timeout=120, gigabytes=4)
    try:
        first = judge.judge(NOTHING, CONTEXT)
        assert {verdict.status for verdict in first} == {"not_judged"}
        assert judge.judge(NOTHING, CONTEXT) == first
    finally:
        judge.close()


def test_a_judge_that_takes_too_long_is_stopped() -> None:
    judge = JudgeProcess(timeout=0.01, gigabytes=4)
    with pytest.raises(JudgeError, match="seconden nodig"):
        judge.judge(NOTHING, CONTEXT)
    judge.timeout = 120
    assert judge.judge(NOTHING, CONTEXT)
    judge.close()


def test_a_judge_without_memory_dies_and_says_so() -> None:
    judge = JudgeProcess(timeout=120, gigabytes=0.02)
    with pytest.raises(JudgeError, match="is gestopt"):
        judge.judge(NOTHING, CONTEXT)
    judge.gigabytes = 4
    assert judge.judge(NOTHING, CONTEXT)
    judge.close()


def test_when_the_judge_fails_every_verdict_is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    from autograder.notebook import execute

    class _Challenge:
        def context(self) -> Context:
            return CONTEXT

    monkeypatch.setitem(execute.__dict__, "judge_of", lambda *_: JudgeProcess(timeout=120, gigabytes=0.02))
    course = Course(assignments={}, limits=Limits())
    (verdict,) = execute._judge(NOTHING, _Challenge(), course)  # type: ignore[arg-type]
    assert verdict.status == "unsure"
    assert execute._verdict("mae", {verdict.criterion: verdict}).status == "unsure"
