"""The judge as a process of its own: it answers, it is stopped, it dies, and each time the grader goes on."""

from collections.abc import Sequence

import numpy as np
import pytest
from problems import MULTITASK, RUBRIC

from autograder.course import Course, Limits
from autograder.evidence.encoding import MAX_TEXT
from autograder.evidence.records import NotebookEvidence
from autograder.evidence.requests import Frame
from autograder.exceptions import JudgeError, NoJudgeError
from autograder.judge.case import Context
from autograder.judge.process import JudgeProcess
from autograder.judge.verdicts import Verdict
from autograder.notebook import execute
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


class _Challenge:
    def context(self) -> Context:
        return CONTEXT


def _judged(monkeypatch: pytest.MonkeyPatch, judge: JudgeProcess, evidence: NotebookEvidence) -> Sequence[Verdict]:
    monkeypatch.setattr("autograder.notebook.execute.judge_of", lambda *_: judge)
    try:
        return execute._judge(evidence, _Challenge(), Course(assignments={}, limits=Limits()))  # type: ignore[arg-type]
    finally:
        judge.close()


def test_when_the_judge_fails_on_a_notebook_every_verdict_is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    too_much = NotebookEvidence(framework="pytorch", remarks=("x" * MAX_TEXT,))
    (verdict,) = _judged(monkeypatch, JudgeProcess(timeout=120, gigabytes=4), too_much)
    assert verdict.status == "unsure"
    assert "te groot" in verdict.message
    assert execute._verdict("mae", {verdict.criterion: verdict}).status == "unsure"


def test_when_the_judge_fails_on_any_notebook_grading_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoJudgeError, match=r"is gestopt.*c\.Course\.limits") as caught:
        _judged(monkeypatch, JudgeProcess(timeout=120, gigabytes=0.02), NOTHING)
    assert caught.value.stops_grading
