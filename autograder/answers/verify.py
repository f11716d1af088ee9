"""Verify the judge with known answers: no right one may lose a point, no wrong one may keep it."""

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.answers.answer import Answer
from autograder.answers.course import hand_in, notebook_name, temporary_course
from autograder.batch import grading
from autograder.batch.executors import Workers
from autograder.course import load_course
from autograder.data import SEED_VARIABLE
from autograder.exceptions import AnswerError
from autograder.report.results import NotebookResult, read_results


@dataclass(frozen=True)
class Checked:
    """What the judge said of one answer, against what it must say."""

    answer: Answer
    seed: int
    result: NotebookResult

    @property
    def got(self) -> dict[str, str]:
        """What failed, by criterion: the fault, `unsure` or `not_judged`."""
        return {v.criterion: v.fault or v.status for v in self.result.verdicts if v.status != "pass"}

    @property
    def false_rejections(self) -> list[str]:
        """Criteria that lost their points though the answer is right about them."""
        allowed = set(self.answer.expected) | self.answer.may_fail
        return [f"{c} {got}" for c, got in self.got.items() if c not in allowed and got != "unsure"]

    @property
    def false_acceptances(self) -> list[str]:
        """Criteria that kept their points though the answer is wrong about them."""
        judged = {v.criterion for v in self.result.verdicts}
        return [c for c in self.answer.expected if c not in self.got] + (["no verdicts"] if not judged else [])

    @property
    def misnamed(self) -> list[str]:
        """Criteria that failed as they should, under another name."""
        return [
            f"{c} {self.got[c]} (expected {fault})"
            for c, fault in self.answer.expected.items()
            if c in self.got and self.got[c] != fault
        ]

    @property
    def unsure(self) -> list[str]:
        """Criteria on which the judge was not sure, though it should have been."""
        allowed = self.answer.may_fail | {c for c, fault in self.answer.expected.items() if fault == "unsure"}
        return [c for c, got in self.got.items() if got == "unsure" and c not in allowed]

    @property
    def flags(self) -> list[str]:
        """Why the grader wants a person to look."""
        return list(self.result.remarks)


def verify(
    root: Path, assignment: str, answers: Sequence[Answer], seeds: int, workers: int
) -> Generator[Checked, None, None]:
    """Grade every answer in a throw-away course for each of `seeds` hidden parts, and yield what came of it.

    Each answer is a student of that course, and the class is graded as any class is.  Raises AnswerError when an
    answer expects a criterion that the rubric does not have, or was not graded.
    """
    _check_criteria(root, assignment, answers)
    by_framework = sorted(answers, key=lambda answer: answer.framework)
    for seed in range(1, seeds + 1):
        with _own_seed(), temporary_course(root, assignment, seed) as course:
            yield from _grade(course, assignment, by_framework, seed, workers)


@contextmanager
def _own_seed() -> Iterator[None]:
    """The throw-away course has a seed of its own, whatever the environment says."""
    said = os.environ.pop(SEED_VARIABLE, None)
    try:
        yield
    finally:
        if said is not None:
            os.environ[SEED_VARIABLE] = said


def _check_criteria(root: Path, assignment: str, answers: Sequence[Answer]) -> None:
    rubric = load_course(root).assignment(assignment).rubric
    known = {criterion for topic in rubric.values() for criterion in topic}
    for answer in answers:
        unknown = sorted((set(answer.expected) | answer.may_fail) - known)
        if unknown:
            raise AnswerError(f"{answer.name}: {unknown[0]!r} is not a criterion of {assignment}")


def _grade(course: Path, assignment: str, answers: Sequence[Answer], seed: int, workers: int) -> Iterator[Checked]:
    by_student = {f"answer{place:04d}": answer for place, answer in enumerate(answers)}
    for student, answer in by_student.items():
        hand_in(course, assignment, student, answer)
    settings = load_course(course).assignment(assignment)
    for outcome in grading.grade(course, assignment, force=False, workers=Workers(processes=workers)):
        answer = by_student[outcome.student]
        name = notebook_name(settings, answer)
        found = [one for one in read_results(course, assignment, outcome.student) if one.notebook == name]
        if not found:
            raise AnswerError(f"{answer.name}: was not graded: {outcome.error}")
        yield Checked(answer, seed, found[0])
