"""A throw-away copy of the course, in which known answers are graded the real way."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from autograder import data, tables
from autograder.answers.answer import Answer
from autograder.answers.submission import submission
from autograder.batch import grading
from autograder.course import Assignment, load_config, load_course, table_names
from autograder.exceptions import AnswerError


def copy_course(root: Path, target: Path, assignment: str, seed: int) -> None:
    """Copy the course's settings and one assignment's source to `target`, with a seed of its own, and release it."""
    target.mkdir(parents=True, exist_ok=True)
    _copy_settings(root, target)
    shutil.copytree(
        root / "source" / assignment,
        target / "source" / assignment,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns(*data.ignored(table_names(load_config(root))), ".ipynb_checkpoints"),
    )
    (target / data.SEED_FILE).write_text(f"{seed}\n", encoding="utf-8")
    grading.release(target, assignment)


def _copy_settings(root: Path, target: Path) -> None:
    """Copy all that the course's folder says of it, its own tables among it."""
    course = load_course(root)
    for path in (*root.glob("*.py"), *tables.local_parts(root, {**course.tables, "source": course.data_source})):
        copied = target / path.relative_to(root)
        copied.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, copied, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(path, copied)


@contextmanager
def temporary_course(root: Path, assignment: str, seed: int) -> Iterator[Path]:
    """A copy of the course in a temporary folder."""
    with TemporaryDirectory(prefix="autograder-course-", ignore_cleanup_errors=True) as name:
        copy_course(root, Path(name), assignment, seed)
        yield Path(name)


def hand_in(course: Path, assignment: str, student: str, answer: Answer) -> Path:
    """Put an answer's notebook in the course as a student's submission and return its path."""
    name = notebook_name(load_course(course).assignment(assignment), answer)
    made = submission(
        nbformat.read(course / "release" / assignment / f"{name}.ipynb", as_version=4),
        nbformat.read(course / "source" / assignment / f"{name}.ipynb", as_version=4),
        answer,
    )
    path = course / "submitted" / student / assignment / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)
    return path


def notebook_name(assignment: Assignment, answer: Answer) -> str:
    """The notebook that an answer's framework belongs to.  Raises AnswerError when the assignment has none in it."""
    for name, framework in assignment.notebooks.items():
        if framework == answer.framework:
            return name
    raise AnswerError(f"{answer.name}: the assignment has no notebook in {answer.framework}")
