"""The judge comes from where the framework is imported already, in a sandbox; without one it is an ordinary process."""

import subprocess
import sys

import numpy as np
import pytest
from problems import MULTITASK, RUBRIC

from autograder.course import Course, Limits
from autograder.evidence.records import NotebookEvidence
from autograder.evidence.requests import Frame
from autograder.exceptions import JudgeError
from autograder.judge.case import Context
from autograder.judge.process import JudgeProcess
from autograder.notebook.judging import judge_of
from autograder.wines import COLUMNS

NOTHING = NotebookEvidence(framework="pytorch")
CONTEXT = Context(
    seed=1,
    problem=MULTITASK,
    rubric=RUBRIC,
    thresholds={"mae": 0.6, "accuracy": 0.67},
    students=Frame(columns=COLUMNS, values=tuple(np.zeros(0) for _ in COLUMNS)),
)

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")


def _judge(seconds: float, *, sandbox: bool) -> JudgeProcess:
    """A judge of its own for each test: judges are kept by their limits."""
    return judge_of("pytorch", Course(assignments={}, limits=Limits(judge_seconds=seconds), sandbox=sandbox))


@linux_only
def test_a_judge_is_forked_answers_and_is_replaced_when_it_dies() -> None:
    from autograder.kernel.program import WarmProgram

    judge = _judge(91, sandbox=True)
    try:
        assert {verdict.status for verdict in judge.judge(NOTHING, CONTEXT)} == {"not_judged"}
        first = judge._child
        assert isinstance(first, WarmProgram)
        first.kill()
        assert first.wait() is not None
        assert {verdict.status for verdict in judge.judge(NOTHING, CONTEXT)} == {"not_judged"}
        assert judge._child is not first
    finally:
        judge.close()


@linux_only
def test_a_forked_judge_that_takes_too_long_is_stopped() -> None:
    judge = _judge(92, sandbox=True)
    try:
        assert judge.judge(NOTHING, CONTEXT)
        judge.timeout = 0.0
        with pytest.raises(JudgeError, match="seconden nodig"):
            judge.judge(NOTHING, CONTEXT)
        judge.timeout = 92
        assert judge.judge(NOTHING, CONTEXT)
    finally:
        judge.close()


def test_without_a_sandbox_the_judge_is_an_ordinary_process() -> None:
    judge = _judge(93, sandbox=False)
    try:
        assert {verdict.status for verdict in judge.judge(NOTHING, CONTEXT)} == {"not_judged"}
        assert isinstance(judge._child, subprocess.Popen)
    finally:
        judge.close()
