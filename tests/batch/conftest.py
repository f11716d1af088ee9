"""A small course, ways to grade it in processes of their own, and pictures of what grading left behind."""

import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from thin import make

Picture = dict[str, Any]

PROGRAM = Path(sys.executable).parent / "autograder"

MARK = "BATCH_TESTS"

ENVIRONMENT = {
    **os.environ,
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "PYTHONPATH": str(Path(__file__).parents[2]),
    MARK: secrets.token_hex(8),
}

KILLER = """
import contextlib
import os
import psutil

for process in psutil.process_iter(["cmdline", "environ"]):
    ours = (process.info["environ"] or {}).get("BATCH_TESTS") == os.environ["BATCH_TESTS"]
    command = " ".join(process.info["cmdline"] or [])
    if ours and ("forkserver" in command or "spawn_main" in command):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()"""
"""Kills the workers of these tests, and what they are forked from, as running out of memory would."""

GRADES = """
SELECT student.id, notebook.name, base_cell.name, auto_score, manual_score, extra_credit, needs_manual_grade
FROM grade JOIN base_cell ON grade.cell_id = base_cell.id
JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
JOIN student ON submitted_assignment.student_id = student.id
JOIN notebook ON submitted_notebook.notebook_id = notebook.id"""

COMMENTS = """
SELECT student.id, notebook.name, base_cell.name, auto_comment, manual_comment
FROM comment JOIN base_cell ON comment.cell_id = base_cell.id
JOIN submitted_notebook ON comment.notebook_id = submitted_notebook.id
JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
JOIN student ON submitted_assignment.student_id = student.id
JOIN notebook ON submitted_notebook.notebook_id = notebook.id"""

OTHERS = """
SELECT student.id, submitted_assignment.timestamp, submitted_assignment.extension,
       submitted_notebook.late_submission_penalty, notebook.name
FROM student LEFT JOIN submitted_assignment ON submitted_assignment.student_id = student.id
LEFT JOIN submitted_notebook ON submitted_notebook.assignment_id = submitted_assignment.id
LEFT JOIN notebook ON submitted_notebook.notebook_id = notebook.id"""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The course, released, without submissions."""
    course = tmp_path_factory.mktemp("template")
    make(root, course)
    _run([sys.executable, "-m", "nbgrader", "generate_assignment", "multitask", "--create"], course)
    return course


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    return copied(template, tmp_path / "course")


def copied(template: Path, target: Path) -> Path:
    shutil.copytree(template, target)
    return target


@pytest.fixture(scope="session")
def grade() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `autograder grade multitask` with two workers in a course and return how it ended."""

    def run(course: Path, *options: str, status: int | None = 0) -> subprocess.CompletedProcess[str]:
        command = [str(PROGRAM), "grade", "multitask", "--workers", "2", *options]
        return _run(command, course, status)

    return run


@pytest.fixture(scope="session")
def nbgrader() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run one of nbgrader's own commands in a course."""

    def run(course: Path, *arguments: str, status: int | None = 0) -> subprocess.CompletedProcess[str]:
        return _run([sys.executable, "-m", "nbgrader", *arguments], course, status)

    return run


def _run(command: list[str], course: Path, status: int | None = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=course, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert status is None or done.returncode == status, done.stdout[-2000:] + done.stderr[-4000:]
    return done


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """Of processes that tests start themselves."""
    return ENVIRONMENT


@pytest.fixture(scope="session")
def program() -> Path:
    """The command `autograder`."""
    return PROGRAM


@pytest.fixture(scope="session")
def killer() -> str:
    """A student's cell that kills the workers of these tests; it takes a kernel without a sandbox."""
    return KILLER


@pytest.fixture(scope="session")
def rows() -> Callable[[Path], Picture]:
    """Read everything that a gradebook says of submissions, by names instead of random identifiers."""

    def read(course: Path) -> Picture:
        with sqlite3.connect(course / "gradebook.db") as database:
            found = {
                name: sorted(database.execute(question).fetchall(), key=repr)
                for name, question in (("grades", GRADES), ("comments", COMMENTS), ("submissions", OTHERS))
            }
        database.close()
        return found

    return read


@pytest.fixture(scope="session")
def files() -> Callable[[Path], Picture]:
    """Read the graded folders: every file with its permissions, notebooks without what differs from run to run."""

    def read(course: Path) -> Picture:
        graded = course / "autograded"
        return {
            str(path.relative_to(graded)): (oct(path.stat().st_mode), _content(path))
            for path in sorted(graded.rglob("*"))
        }

    return read


def _content(path: Path) -> Any:
    if path.is_dir():
        return "folder"
    if path.suffix != ".ipynb":
        return path.read_bytes()
    nb = nbformat.read(path, as_version=4)
    nb.metadata.get("autograder", {}).pop("grader_cpu_seconds", None)
    return json.dumps(nb, sort_keys=True, indent=1)


@pytest.fixture
def no_orphans() -> Iterator[None]:
    """Nothing that a test started outlives it: judges and kernels die at once, warm processes soon."""
    yield
    _, alive = psutil.wait_procs([process for process in psutil.process_iter() if _ours(process)], timeout=30)
    assert not alive


def _ours(process: psutil.Process) -> bool:
    """Whether these tests started a process, or something that they started did."""
    try:
        return process.environ().get(MARK) == ENVIRONMENT[MARK]
    except psutil.Error:
        return False
