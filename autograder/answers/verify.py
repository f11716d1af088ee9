"""Verify the judge with known answers: no right one may lose a point, no wrong one may keep it."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from rich.table import Table

from autograder.answers.answer import Answer
from autograder.answers.course import hand_in, notebook_name, temporary_course
from autograder.batch import grading
from autograder.course import load_course
from autograder.exceptions import AnswerError
from autograder.judge.verdicts import Verdict
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
        return [c for c, got in self.got.items() if got == "unsure" and self.answer.expected.get(c) != "unsure"]

    @property
    def flags(self) -> list[str]:
        """Why the grader wants a person to look."""
        return list(self.result.remarks)


@dataclass(frozen=True)
class _Share:
    """The part of the work that one process does."""

    root: str
    assignment: str
    seed: int
    answers: tuple[Answer, ...]


def verify(root: Path, assignment: str, answers: Sequence[Answer], seeds: int, workers: int) -> Iterator[Checked]:
    """Grade every answer in a throw-away course for each of `seeds` hidden parts, and yield what came of it.

    Raises AnswerError when an answer expects a criterion that the rubric does not have.
    """
    _check_criteria(root, assignment, answers)
    shares = [share for seed in range(1, seeds + 1) for share in _shares(root, assignment, answers, seed, workers)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for future in as_completed([pool.submit(_grade_share, share) for share in shares]):
            yield from future.result()


def _check_criteria(root: Path, assignment: str, answers: Sequence[Answer]) -> None:
    rubric = load_course(root).assignment(assignment).rubric
    known = {criterion for topic in rubric.values() for criterion in topic}
    for answer in answers:
        unknown = sorted((set(answer.expected) | answer.may_fail) - known)
        if unknown:
            raise AnswerError(f"{answer.name}: {unknown[0]!r} is not a criterion of {assignment}")


def _shares(root: Path, assignment: str, answers: Sequence[Answer], seed: int, workers: int) -> list[_Share]:
    """Small enough that all processes stay busy, by framework so that each judge is started once."""
    shares = []
    for framework in ("pytorch", "keras"):
        own = [answer for answer in answers if answer.framework == framework]
        size = max(1, min(6, -(-len(own) // workers)))
        shares += [_Share(str(root), assignment, seed, tuple(own[at : at + size])) for at in range(0, len(own), size)]
    return shares


def _grade_share(share: _Share) -> list[Checked]:
    os.environ.pop("AUTOGRADER_SEED", None)  # the throw-away course has a seed of its own
    root = Path(share.root)
    with temporary_course(root, share.assignment, share.seed) as course:
        names = {f"answer{place:03d}": answer for place, answer in enumerate(share.answers)}
        for student, answer in names.items():
            hand_in(course, share.assignment, student, answer)
        errors = {outcome.student: outcome.error for outcome in grading.grade(course, share.assignment, force=True)}
        settings = load_course(course).assignment(share.assignment)
        by_student = {(result.student, result.notebook): result for result in read_results(course, share.assignment)}
        checked = []
        for student, answer in names.items():
            result = by_student.get((student, notebook_name(settings, answer)))
            if result is None:
                raise AnswerError(f"{answer.name}: was not graded: {errors.get(student)}")
            checked.append(Checked(answer, share.seed, result))
        return checked


def answers_table(checked: Sequence[Checked]) -> Table:
    """One line per answer: expected, got, points."""
    table = Table(title="Known answers")
    for name in ("answer", "expected", "got"):
        table.add_column(name, overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    for one in sorted(checked, key=lambda c: (c.answer.name, c.seed)):
        wrong = one.false_rejections or one.false_acceptances or one.misnamed or one.unsure
        expected = ", ".join(f"{c} {f}" for c, f in one.answer.expected.items()) or "full marks"
        got = ", ".join(f"{c} {f}" for c, f in one.got.items()) or "full marks"
        name = f"[bold red]{one.answer.name}[/]" if wrong else one.answer.name
        table.add_row(name, expected, got, f"{one.result.points:g}/{one.result.maximum:g}")
    return table


def summary(checked: Sequence[Checked]) -> list[str]:
    """The four figures that rule, each with the answers behind it."""
    lines = []
    for title, attribute in (
        ("false rejections", "false_rejections"),
        ("false acceptances", "false_acceptances"),
        ("misnamed faults", "misnamed"),
        ("unsure", "unsure"),
    ):
        found = [(one, text) for one in checked for text in getattr(one, attribute)]
        lines.append(f"{title}: {len(found)}")
        lines += [f"  {one.answer.name} (seed {one.seed}): {text}{_why(one, text)}" for one, text in found]
    return lines


def _why(one: Checked, text: str) -> str:
    criterion = text.split(maxsplit=1)[0]
    found: list[Verdict] = [v for v in one.result.verdicts if v.criterion == criterion]
    return f": {found[0].message}" if found else f": {'; '.join(one.flags)}"
