"""Grade a class through nbgrader's own converter, one submission at a time."""

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.apps.nbgraderapp import NbGraderApp
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback, GenerateSolution
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from autograder.course import load_config
from autograder.exceptions import AutograderError, CourseError

_LOG = logging.getLogger("autograder.nbgrader")
_LOG.setLevel(logging.ERROR)  # nbgrader warns of every test cell that it restores, which is all of them


@dataclass(frozen=True)
class Outcome:
    """How grading one submission ended."""

    student: str
    error: str = ""
    """Empty when the submission was graded, else one line."""


def submitted(root: Path, assignment: str) -> list[str]:
    """The students with a folder for `assignment`, sorted.  Raises CourseError when there are none."""
    folder = root / "submitted"
    students = sorted(path.parent.name for path in folder.glob(f"*/{assignment}") if path.is_dir())
    if not students:
        raise CourseError(
            f"{folder}: no submissions of {assignment}; expected submitted/<student>/{assignment}/<notebook>.ipynb "
            "(nbgrader zip_collect makes these folders)"
        )
    return students


def grade(root: Path, assignment: str, *, force: bool, students: list[str] | None = None) -> Iterator[Outcome]:
    """Grade each student's submission and yield how it ended; one that fails never stops the others."""
    for student in students if students is not None else submitted(root, assignment):
        try:
            convert(Autograde, root, assignment, student, force=force)
        except (NbGraderException, AutograderError) as error:
            yield Outcome(student, " ".join(str(error).split())[:300])
        else:
            yield Outcome(student)


def build(root: Path, assignment: str) -> None:
    """Make the release and the solutions of `assignment`.  Raises AutograderError or NbGraderException."""
    convert(GenerateAssignment, root, assignment, ".", force=True)
    convert(GenerateSolution, root, assignment, ".", force=True)


def release(root: Path, assignment: str) -> None:
    """Make the release of `assignment` only."""
    convert(GenerateAssignment, root, assignment, ".", force=True)


def feedback(root: Path, assignment: str) -> None:
    """Write the feedback of every graded submission."""
    convert(GenerateFeedback, root, assignment, "*", force=True)


def convert(converter: Any, root: Path, assignment: str, student: str, *, force: bool) -> None:
    """Run one of nbgrader's converters as its command would, in the course's folder."""
    with _inside(root):
        config = _config(root)
        coursedir = CourseDirectory(config=config)
        coursedir.root = str(root)
        coursedir.assignment_id, coursedir.student_id = assignment, student
        if converter in (GenerateAssignment, GenerateSolution):
            _stop_at_the_first_error(root / coursedir.source_directory / assignment)
        running = converter(coursedir=coursedir, config=config)
        running.force = force
        running.log = _LOG
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # nbgrader's gradebook, at every submission
            running.start()


def _config(root: Path) -> Config:
    config = NbGraderApp().config.copy()
    config.merge(load_config(root))
    return config


def _stop_at_the_first_error(source: Path) -> None:
    if not list(source.glob("*.ipynb")):
        raise CourseError(f"{source}: no source notebooks; is the assignment's name right?")


@contextmanager
def _inside(root: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(root)
    try:
        yield
    finally:
        os.chdir(before)
