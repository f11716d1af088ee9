"""Refuse to build a notebook whose points do not agree with the rubric."""

from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import from_config
from autograder.exceptions import CourseError
from autograder.notebook import cells as mine


class CheckRubric(NbGraderPreprocessor):
    """Each test cell is worth the sum of its criteria, and every topic of the rubric has its test cell."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Check `nb`; raises CourseError in one line that names the cell."""
        where = resources["nbgrader"]
        check_rubric(nb, from_config(self.config).assignment(where["assignment"]).rubric, where["notebook"])
        return nb, resources


def check_rubric(nb: NotebookNode, rubric: dict[str, dict[str, float]], name: str) -> None:
    """Raise CourseError unless every test cell declares topics worth exactly its points, each topic once."""
    seen: list[str] = []
    for cell in mine.tests(nb):
        topics = mine.declared_topics(cell.source)
        points = float(cell.metadata["nbgrader"]["points"])
        unknown = [topic for topic in topics if topic not in rubric]
        if unknown or not topics:
            raise CourseError(
                f"{name}: cell {mine.grade_id(cell)} declares {unknown or 'nothing'}; the rubric in "
                f"course_config.py has {', '.join(rubric)}"
            )
        worth = sum(sum(rubric[topic].values()) for topic in topics)
        if points != worth:
            raise CourseError(
                f"{name}: cell {mine.grade_id(cell)} has {points:g} points, its criteria in "
                f"course_config.py {worth:g}; make them agree"
            )
        seen.extend(topics)
    missing = [topic for topic in rubric if seen.count(topic) != 1]
    if missing:
        raise CourseError(f"{name}: topic {missing[0]} of the rubric needs exactly one test cell")
