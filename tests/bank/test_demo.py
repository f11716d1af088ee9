"""Who hands in what in the demonstration, from a file or chosen from the answers that there are."""

import shutil
from pathlib import Path

import pytest

from autograder.answers.demo import FILE, STUDENTS, answers_by_student, answers_of, assignments, read_class
from autograder.course import load_course
from autograder.exceptions import AnswerError

THIRD = Path(__file__).parents[1] / "third" / "answers"


def test_every_class_of_the_project_hands_in_answers_that_there_are(root: Path) -> None:
    found = assignments(root)
    assert "multitask" in found
    for name in found:
        folder = answers_of(root, name)
        students = answers_by_student(folder, read_class(folder))
        assert len(students) >= 2
        frameworks = set(load_course(root).assignment(name).notebooks.values())
        assert all(set(answers) <= frameworks for answers in students.values())
        assert any(answer.expected for answers in students.values() for answer in answers.values())


def test_an_assignment_without_answers_or_without_a_problem_is_no_demonstration(root: Path, tmp_path: Path) -> None:
    for name in ("nbgrader_config.py", "course_config.py"):
        shutil.copyfile(root / name, tmp_path / name)
    assert assignments(tmp_path) == []
    for name in ("multitask", "lesson"):
        (tmp_path / "tests" / "answers" / name).mkdir(parents=True)
        (tmp_path / "tests" / "answers" / name / "a.py").touch()
    assert assignments(tmp_path) == ["multitask"]


def test_without_a_file_right_and_wrong_answers_are_chosen() -> None:
    described = read_class(THIRD)
    students = answers_by_student(THIRD, described)
    assert 2 <= len(students) <= STUDENTS
    given = [answer for answers in students.values() for answer in answers.values()]
    assert {bool(answer.expected) for answer in given} == {True, False}
    assert described.cut_off == {}


@pytest.mark.parametrize(
    "text",
    [
        "[students",
        "students = 3",
        "[pupils]",
        '[students]\nan = { jax = "right/x" }',
        '[students]\nan = { pytorch = "right/none" }',
    ],
)
def test_a_malformed_class_is_one_line_that_names_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(AnswerError) as caught:
        answers_by_student(tmp_path, read_class(tmp_path))
    assert str(tmp_path / FILE) in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
