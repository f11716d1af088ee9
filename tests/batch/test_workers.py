"""Workers that die, are interrupted, or are not fit for grading."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from problems import MULTITASK
from thin import MODEL, hand_in, solved

from autograder.batch import grading
from autograder.batch.converting import CourseFolder
from autograder.batch.submission import ClassOf
from autograder.batch.task import Result, Task, code_digest, seal, unseal
from autograder.batch.worker import run_task
from autograder.exceptions import BatchError, CourseError, DataError


@pytest.mark.usefixtures("no_orphans")
def test_a_notebook_that_kills_workers_is_passed_over(course: Path, grade: Callable[..., Any], killer: str) -> None:
    hand_in(course, "killer", solved(course, model=killer))
    for student in ("an", "bo"):
        hand_in(course, student, solved(course))
    said = grade(course, "--unsafe-no-sandbox", "--workers", "1").stdout
    assert "killer: needs a person: De notebook multitask_pytorch.ipynb is overgeslagen" in said
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        marks = {
            str(one.student_id): (one.score, bool(one.needs_manual_grade))
            for one in gradebook.assignment_submissions("multitask")
        }
    assert marks == {"an": (5, False), "bo": (5, False), "killer": (0, True)}


@pytest.mark.usefixtures("no_orphans")
def test_an_interrupted_run_ends_cleanly_and_goes_on(
    course: Path, program: Path, environment: dict[str, str], grade: Callable[..., Any]
) -> None:
    students = ["an", "bo", "cy", "dirk"]
    config = course / "course_config.py"
    quick = config.read_text(encoding="utf-8")
    assert '"cell_seconds": 8' in quick
    config.write_text(quick.replace('"cell_seconds": 8', '"cell_seconds": 1000'), encoding="utf-8")
    for student in students:
        hand_in(course, student, solved(course, model="while True:\n    pass" if student == "bo" else MODEL))
    command = [str(program), "grade", "multitask", "--workers", "2"]
    running = subprocess.Popen(
        command,
        cwd=course,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert running.stdout is not None
    first = next(line for line in running.stdout if line.startswith("["))
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to every process of the command
    said, complained = running.communicate()
    assert re.fullmatch(r"\[1/4\] (an|cy|dirk): graded\n", first)  # who comes first is up to the machine
    assert running.returncode == 130
    assert re.search(r"Interrupted: [1-3] of 4 are graded\. The same command grades the others\.\n\Z", said)
    assert complained == ""

    config.write_text(quick, encoding="utf-8")
    assert "4 of 4 submissions" in grade(course).stdout


def test_without_the_hidden_rows_nobody_is_marked_down(
    course: Path, grade: Callable[..., Any], rows: Callable[[Path], Any]
) -> None:
    hand_in(course, "an", solved(course))
    (course / "hidden_seed.txt").unlink()
    before = rows(course)
    done = grade(course, status=2)
    assert done.stderr.startswith("autograder: ")
    assert "no seed for the hidden rows" in done.stderr
    assert done.stderr.count("\n") == 1
    assert rows(course) == before
    assert not (course / "autograded").exists()


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        ('"memory_megabytes": 3', "no kernel starts, not even for an empty notebook"),
        ('"judge_gigabytes": 0.003', "the judge does not work, not even on an empty notebook"),
        ('"judge_seconds": 0.0001', "the judge does not work, not even on an empty notebook"),
    ],
)
def test_limits_in_which_nothing_starts_stop_the_class(
    course: Path, grade: Callable[..., Any], rows: Callable[[Path], Any], limit: str, reason: str
) -> None:
    for student in ("an", "bo", "cees"):
        hand_in(course, student, solved(course))
    config = course / "course_config.py"
    good = config.read_text(encoding="utf-8")
    bad = good.replace('{"cell_seconds": 8}', f'{{"cell_seconds": 8, {limit}}}')
    assert bad != good
    config.write_text(bad, encoding="utf-8")
    before = rows(course)
    done = grade(course, status=2)
    assert reason in done.stderr.splitlines()[-1]
    assert rows(course) == before
    config.write_text(good, encoding="utf-8")
    assert "3 of 3 submissions" in grade(course).stdout


@pytest.fixture
def task(course: Path) -> Task:
    """A right answer, on its way to a worker."""
    hand_in(course, "an", solved(course))
    (course / "submitted" / "an" / "multitask" / "hulp.py").write_text("breedte = 16\n", encoding="utf-8")
    of = ClassOf(CourseFolder(course), "multitask")
    return of.tasks(of.submission("an"))["multitask_pytorch"]


def test_a_worker_needs_nothing_but_the_task(
    task: Task, course: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    course.rename(tmp_path / "elsewhere")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUTOGRADER_SEED", raising=False)
    result = unseal(Result, run_task(seal(task)))
    assert '"status": "pass"' in result.text
    assert result.wall_seconds > 0


def test_the_data_arrives_as_they_left(task: Task, course: Path) -> None:
    from autograder.notebook import files

    of = ClassOf(CourseFolder(course), "multitask")
    sent = files.material(course, of.settings, "multitask").parts(MULTITASK)
    received = unseal(Task, seal(task)).material().parts(MULTITASK)
    assert sent is not None
    assert received is not None
    for one, other in ((sent.students, received.students), (sent.hidden, received.hidden)):
        assert one.to_csv(index=False) == other.to_csv(index=False)
        assert list(one.dtypes) == list(other.dtypes)


def test_a_task_holds_no_seed_and_no_hidden_test(task: Task) -> None:
    assert "HIDDEN TESTS" not in task.text
    assert "seed" not in Task.model_fields


def test_a_damaged_task_is_refused(task: Task) -> None:
    with pytest.raises(BatchError, match="damaged"):
        run_task(seal(task).replace("breedte", "lengte").replace("an", "bo"))


def test_a_worker_with_other_code_stops_the_class(task: Task) -> None:
    other = task.model_copy(update={"code": code_digest()[::-1]})
    result = unseal(Result, run_task(seal(other)))
    assert "another version" in result.stop


def test_a_file_outside_the_folder_is_refused(task: Task) -> None:
    result = unseal(Result, run_task(seal(task.model_copy(update={"files": {"../x.py": ""}}))))
    assert "outside its folder" in result.stop


def test_a_class_without_submissions_says_where_they_go(course: Path) -> None:
    with pytest.raises(CourseError, match=re.escape("submitted/<student>/multitask/<notebook>.ipynb")):
        grading.submitted(course, "multitask")


def test_a_class_that_was_not_built_says_so(template: Path, tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(template, course, ignore=shutil.ignore_patterns("gradebook.db"))
    (course / "submitted" / "an" / "multitask").mkdir(parents=True)
    with pytest.raises(CourseError, match="run `autograder build`"):
        list(grading.grade(course, "multitask", force=False))


def test_errors_of_the_course_come_before_any_grading(course: Path) -> None:
    hand_in(course, "an", solved(course))
    (course / "hidden_seed.txt").write_text("minus one", encoding="utf-8")
    with pytest.raises(DataError):
        list(grading.grade(course, "multitask", force=False))


def test_remarks_that_cost_nothing_are_told(course: Path) -> None:
    nb = solved(course)
    stranger = nb.cells[3].copy()
    stranger["id"] = "vreemd"
    stranger["metadata"] = {"nbgrader": {**nb.cells[3]["metadata"]["nbgrader"], "grade_id": "vreemd"}}
    nb.cells.append(type(nb)(stranger))
    hand_in(course, "an", nb)
    (found,) = grading.grade(course, "multitask", force=False)
    assert found.ending == "graded with remarks"
    assert "vreemd" in found.reason
