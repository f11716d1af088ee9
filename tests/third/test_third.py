"""A third assignment, made as docs/writing-an-assignment.md says and known to nothing in the package: it is graded."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from autograder.answers.answer import Answer, read_answers
from autograder.answers.course import copy_course, hand_in
from autograder.answers.verify import Checked
from autograder.course import load_course
from autograder.evidence.problem import Problem
from autograder.notebook import files
from autograder.report.results import read_results

HERE = Path(__file__).parent
ANSWERS = {Path(answer.name).name: answer for answer in read_answers(HERE / "answers")}
SEED = 12


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The course as its teacher made it, with nbgrader_config.py as it is everywhere."""
    course = tmp_path_factory.mktemp("third") / "course"
    shutil.copytree(HERE, course, ignore=shutil.ignore_patterns("answers", "test_*", "__pycache__"))
    shutil.copyfile(root / "nbgrader_config.py", course / "nbgrader_config.py")
    (course / "hidden_seed.txt").write_text(f"{SEED}\n", encoding="utf-8")
    return course


@pytest.fixture(scope="module")
def built(course: Path) -> Path:
    """The course after `autograder build`, which executes the reference solution."""
    _run("autograder", "build", course=course)
    return course


@pytest.fixture(scope="module")
def graded(built: Path) -> Path:
    """The course after `autograder grade`, with every answer handed in by a student of its name."""
    for student, answer in ANSWERS.items():
        hand_in(built, "health", student, answer)
    _run("autograder", "grade", "--workers", "1", course=built)
    return built


def _run(program: str, *arguments: str, course: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(HERE.parents[1])}
    environment.pop("AUTOGRADER_SEED", None)
    command = [str(Path(sys.executable).parent / program), *arguments]
    done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def _problem(course: Path) -> Problem:
    problem = load_course(course).assignment("health").problem
    assert problem is not None
    return problem


def test_the_release_has_the_students_part_of_the_courses_own_table(built: Path) -> None:
    whole = files.table(built, load_course(built), "diabetes.csv")
    students = pd.read_csv(built / "release" / "health" / "diabetes.csv")
    parts = files.material(built, load_course(built), "health").parts(_problem(built))
    assert parts is not None
    assert len(whole) == 442
    assert len(students) + len(parts.hidden) == 442
    assert students.merge(parts.hidden).empty
    pd.testing.assert_frame_equal(students, parts.students, check_exact=True)


def test_a_copy_of_the_course_brings_its_table_along(course: Path, tmp_path: Path) -> None:
    copy_course(course, tmp_path, "health", 3)
    assert (tmp_path / "tables.py").exists()
    assert len(pd.read_csv(tmp_path / "release" / "health" / "diabetes.csv")) < 442


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_every_answer_is_judged_as_its_file_says(graded: Path, answer: Answer) -> None:
    (result,) = read_results(graded, "health", Path(answer.name).name)
    checked = Checked(answer, SEED, result)
    assert len(result.verdicts) == 19
    assert checked.false_rejections == [], [verdict.message for verdict in result.verdicts]
    assert checked.false_acceptances == []
    assert checked.misnamed == []
    assert checked.unsure == []
    assert result.visible_errors == ()
    if not answer.expected:
        assert result.points == result.maximum == 20


def test_what_students_read_is_about_patients(graded: Path) -> None:
    texts = [
        f"{verdict.message} {verdict.hint}" for result in read_results(graded, "health") for verdict in result.verdicts
    ]
    assert not [text for text in texts if "wijn" in text or "quality" in text or "good" in text]


def test_nbgrader_itself_gives_the_same_marks(graded: Path) -> None:
    before = {result.student: result.points for result in read_results(graded, "health")}
    assert len(before) == len(ANSWERS) >= 4
    _run("nbgrader", "autograde", "health", "--student=absolute_error", "--force", course=graded)
    assert {result.student: result.points for result in read_results(graded, "health")} == before
