"""A run that is killed, repeated, or followed by a new submission: nothing is lost and nothing is done twice."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook
from thin import MODEL, NAME, hand_in, solved

KILLED = """
import functools, importlib, os, signal, sys


def deadly(whole, nth, when):
    calls = 0

    @functools.wraps(whole)
    def call(*args, **kwargs):
        nonlocal calls
        calls += 1
        if calls == nth and when == "half":  # of a file
            args = (args[0], args[1][: len(args[1]) // 2], *args[2:])
        if calls == nth and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        value = whole(*args, **kwargs)
        if calls == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return value

    return call


if __name__ == "__main__":  # workers import this file too
    module, *owners, name = sys.argv[1].split(":")
    owner = functools.reduce(getattr, owners, importlib.import_module(module))
    setattr(owner, name, deadly(getattr(owner, name), int(sys.argv[2]), sys.argv[3]))
    from autograder.cli import main

    sys.argv = ["autograder", *sys.argv[4:]]
    main()
"""
"""The command `autograder`, in a process that kills itself when a function is entered or left for the n-th time."""

MOMENTS = {
    "before a submission is read": ("autograder.batch.submission:ClassOf:tasks", 2, "before"),
    "when its notebooks are under way": ("autograder.batch.executors:LocalProcesses:submit", 2, "after"),
    "when a result has come back": ("autograder.batch.run:Run:_settle", 2, "before"),
    "when old marks are forgotten": ("autograder.notebook.exporter:_forget_marks", 2, "after"),
    "when marks are saved in part": ("autograder.notebook.save:SaveVerdicts:_add_score", 2, "after"),
    "when a graded notebook is half written": ("nbconvert.writers.files:FilesWriter:write", 4, "half"),
    "when permissions are still to be set": ("nbgrader.converters.autograde:Autograde:set_permissions", 2, "before"),
    "when all is done but the last step": ("autograder.notebook.absent:record_absent", 2, "before"),
    "when a folder without notebooks is recorded in part": (
        "nbgrader.api:Gradebook:update_or_create_submission",
        4,
        "after",
    ),
    "when a submission has ended": ("autograder.batch.recording:Writer:record", 2, "after"),
}
"""Where a run is killed: a function of the main process, which call of it, before or after it (or half of its text)."""


def _class(course: Path) -> None:
    hand_in(course, "an", solved(course))
    hand_in(course, "bo", '{"cells": [')
    hand_in(course, "cy", '{"a": 1}')
    (course / "submitted" / "dora" / "multitask").mkdir(parents=True)


@pytest.fixture(scope="module")
def undisturbed(template: Path, tmp_path_factory: pytest.TempPathFactory, grade: Callable[..., Any]) -> Path:
    """The class, graded in one go."""
    course = tmp_path_factory.mktemp("undisturbed") / "course"
    shutil.copytree(template, course)
    _class(course)
    grade(course)
    return course


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.usefixtures("no_orphans")
def test_a_killed_run_is_completed_by_the_next(
    moment: str,
    undisturbed: Path,
    course: Path,
    environment: dict[str, str],
    grade: Callable[..., Any],
    rows: Callable[[Path], Any],
    files: Callable[[Path], Any],
) -> None:
    _class(course)
    program = course.parent / "killed.py"
    program.write_text(KILLED, encoding="utf-8")
    place, nth, when = MOMENTS[moment]
    command = [sys.executable, str(program), place, str(nth), when, "grade", "multitask", "--workers", "1"]
    killed = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True, check=False)
    assert killed.returncode == -9, killed.stderr

    grade(course, "--workers", "1")

    assert rows(course) == rows(undisturbed)
    assert files(course) == files(undisturbed)


def test_grading_twice_changes_nothing(undisturbed: Path, grade: Callable[..., Any]) -> None:
    before = _bytes(undisturbed)
    said = grade(undisturbed).stdout
    assert _bytes(undisturbed) == before
    assert "4 of 4 submissions" in said
    assert "4 of them by an earlier run" in said


def _bytes(course: Path) -> dict[str, tuple[bytes, int]]:
    kept = [course / "gradebook.db", *(path for path in (course / "autograded").rglob("*") if path.is_file())]
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in kept}


@pytest.fixture(scope="module")
def again(undisturbed: Path, tmp_path_factory: pytest.TempPathFactory, grade: Callable[..., Any]) -> tuple[Path, str]:
    """The class graded before, then once more with other submissions; and what that said."""
    course = tmp_path_factory.mktemp("again") / "course"
    shutil.copytree(undisturbed, course)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grade_of = gradebook.find_grade("test_architecture", NAME, "multitask", "dora")
        grade_of.manual_score, grade_of.needs_manual_grade = 2.5, False
        gradebook.db.commit()
    hand_in(course, "an", solved(course, model=MODEL.replace("self.good(shared)", "self.good(shared.detach())")))
    hand_in(course, "dora", solved(course))
    (course / "submitted" / "cy" / "multitask" / "hulp.py").write_text("breedte = 16\n", encoding="utf-8")
    return course, grade(course).stdout


def test_what_was_handed_in_again_is_graded_again(again: tuple[Path, str]) -> None:
    course, said = again
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        assert gradebook.find_submission("multitask", "an").score == 3
    assert "an: graded\n" in said


def test_what_was_not_is_not(again: tuple[Path, str]) -> None:
    assert "bo:" not in again[1]
    assert "1 of them by an earlier run" in again[1]


def test_another_file_next_to_the_notebook_is_another_submission(again: tuple[Path, str]) -> None:
    assert "cy: needs a person" in again[1]
    assert (again[0] / "autograded" / "cy" / "multitask" / "hulp.py").exists()


def test_points_given_by_hand_survive_and_wait_for_a_person(again: tuple[Path, str]) -> None:
    with Gradebook(f"sqlite:///{again[0] / 'gradebook.db'}") as gradebook:
        found = gradebook.find_grade("test_architecture", NAME, "multitask", "dora")
        assert found.auto_score == 5
        assert found.manual_score == 2.5
        assert found.needs_manual_grade
    assert "dora: needs a person: points were given by hand before\n" in again[1]


def test_force_that_was_broken_off_goes_on_without_force(
    undisturbed: Path,
    tmp_path: Path,
    environment: dict[str, str],
    grade: Callable[..., Any],
    files: Callable[[Path], Any],
) -> None:
    course, program = tmp_path / "course", tmp_path / "killed.py"
    shutil.copytree(undisturbed, course)
    program.write_text(KILLED, encoding="utf-8")
    place = "autograder.batch.recording:Writer:record"
    command = [sys.executable, str(program), place, "1", "after", "grade", "multitask", "--force"]
    subprocess.run(command, cwd=course, env=environment, capture_output=True, check=False)
    said = grade(course).stdout
    assert "2 of them by an earlier run" in said  # the one that was recorded, and the folder without notebooks
    assert files(course) == files(undisturbed)


def test_a_lost_gradebook_is_made_again(
    undisturbed: Path, template: Path, tmp_path: Path, grade: Callable[..., Any], rows: Callable[[Path], Any]
) -> None:
    course = tmp_path / "course"
    shutil.copytree(undisturbed, course)
    shutil.copyfile(template / "gradebook.db", course / "gradebook.db")
    grade(course)
    assert rows(course) == rows(undisturbed)


def test_the_digest_cannot_be_forged_by_a_student(undisturbed: Path) -> None:
    nb = nbformat.read(undisturbed / "autograded" / "an" / "multitask" / f"{NAME}.ipynb", as_version=4)
    assert len(nb.metadata["autograder"]["submitted"]) == 64
