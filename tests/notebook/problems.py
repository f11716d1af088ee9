"""What the course's assignments ask, for tests of what judges and asks."""

from pathlib import Path

from autograder.course import load_course
from autograder.evidence.problem import Problem

ROOT = Path(__file__).parents[2]


def _problem(assignment: str) -> Problem:
    found = load_course(ROOT).assignment(assignment).problem
    assert found is not None
    return found


def _rubric(assignment: str) -> dict[str, tuple[str, ...]]:
    return {topic: tuple(criteria) for topic, criteria in load_course(ROOT).assignment(assignment).rubric.items()}


MULTITASK = _problem("multitask")
RUBRIC = _rubric("multitask")
