"""A demonstration class made from answer files: some right in different styles, most wrong in different ways."""

import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from autograder.answers.answer import Answer, read_answer, read_answers
from autograder.answers.course import copy_course, hand_in
from autograder.course import load_course
from autograder.evidence.records import Framework
from autograder.exceptions import AnswerError, CourseError

SEED = 2026
"""Of the demonstration's own hidden rows; a real course keeps its seed out of the repository."""

FILE = "demo.toml"
"""Among an assignment's answers: who hands in which; without it a few answers are chosen from all of them."""

STUDENTS = 6
"""Of a class that no file describes; half of them, if there are enough answers, deserve full marks."""


class Class(BaseModel):
    """A demonstration class."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    students: dict[str, dict[Framework, str]]
    """Each student's answers, `right/name` or `wrong/name`, by framework."""
    cut_off: dict[str, Framework] = {}
    """Students of whom one notebook breaks off in the middle, as by a full disk."""


def assignments(root: Path) -> list[str]:
    """Return the assignments of the course in `root` that have a problem and known answers."""
    found = load_course(root).assignments
    return [name for name, one in found.items() if one.problem and list(answers_of(root, name).rglob("*.py"))]


def answers_of(root: Path, assignment: str) -> Path:
    """Return the folder of an assignment's answer files."""
    return root / "tests" / "answers" / assignment


def make_class(root: Path, target: Path) -> dict[str, list[str]]:
    """Make the demonstration course in `target`, anew, and return the students of each assignment.

    Raises CourseError when `target` is something else than a demonstration course, or when there are no answers.
    """
    _clear(target)
    chosen = assignments(root)
    if not chosen:
        raise CourseError(f"{root}: no assignment has both a problem and answers in tests/answers/<assignment>")
    return {name: _hand_in_all(root, target, name) for name in chosen}


def _hand_in_all(root: Path, target: Path, assignment: str) -> list[str]:
    folder = answers_of(root, assignment)
    described = read_class(folder)
    by_student = answers_by_student(folder, described)
    copy_course(root, target, assignment, SEED)
    for student, answers in by_student.items():
        for framework, answer in answers.items():
            path = hand_in(target, assignment, student, answer)
            if described.cut_off.get(student) == framework:
                _cut_off(path)
    return sorted(described.students)


def read_class(folder: Path) -> Class:
    """Read the class that the folder of answers describes, or choose one.  Raises AnswerError in one line."""
    path = folder / FILE
    if not path.exists():
        return _chosen(read_answers(folder))
    try:
        return Class.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (ValidationError, ValueError) as error:
        raise AnswerError(f"{path}: {str(error).splitlines()[-1].strip()}") from None


def _chosen(answers: list[Answer]) -> Class:
    students: dict[str, dict[Framework, str]] = {}
    for framework in sorted({answer.framework for answer in answers}):
        own = [answer for answer in answers if answer.framework == framework]
        right = [answer for answer in own if not answer.expected][: STUDENTS // 2]
        wrong = [answer for answer in own if answer.expected][: STUDENTS - len(right)]
        for number, answer in enumerate([*right, *wrong], 1):
            students.setdefault(f"student{number}", {})[framework] = answer.name.partition("/")[2]
    return Class(students=students)


def answers_by_student(folder: Path, described: Class) -> Mapping[str, Mapping[Framework, Answer]]:
    """Read every student's answers.  Raises AnswerError when there is none of that name."""
    return {
        student: {framework: _answer(folder, framework, name) for framework, name in names.items()}
        for student, names in described.students.items()
    }


def _answer(folder: Path, framework: Framework, name: str) -> Answer:
    path = folder / framework / f"{name}.py"
    if not path.is_file():
        raise AnswerError(f"{folder / FILE}: there is no answer {framework}/{name}")
    return read_answer(path)


def _clear(target: Path) -> None:
    if target.exists():
        if any(target.iterdir()) and not (target / "nbgrader_config.py").exists():
            raise CourseError(f"{target}: is not an earlier demonstration; give another folder with --folder")
        shutil.rmtree(target)


def _cut_off(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: len(text) // 2], encoding="utf-8")
