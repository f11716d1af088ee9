"""Grade the same class with stock nbgrader and with this package, in one run, and hold the bars."""

import os
import shutil
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from autograder import data
from autograder.answers.answer import Answer, read_answers
from autograder.answers.course import copy_course, hand_in
from autograder.answers.demo import answers_of
from autograder.bench.watching import Cost, measured
from autograder.course import load_course
from autograder.notebook import files

STUDENTS = 16
SEED = 16
HELD = 2
"""Workers for which the bars are set."""
OTHERS = (1, 4)
"""Numbers of workers for comparison."""
CORES = 2
"""Of the machine for which the bar on wall time is set; the limit is divided by as many as the run may use."""

FASTER = 5.0
"""Bar: how many times faster than stock nbgrader, as installed and with one thread."""
NEAR = 1.6
"""Bar: wall time at two workers, in units of the limit."""
NOTEBOOK_MEGABYTES = 250.0
"""Bar: private memory of a running notebook."""

STOCK = """\
c = get_config()
c.CourseDirectory.course_id = "stock"
c.Execute.timeout = 300
c.ClearSolutions.code_stub = {"python": "# SCHRIJF HIER JE CODE\\nraise NotImplementedError()"}
"""
"""nbgrader as installed; its tests run in the student's kernel."""


@dataclass(frozen=True)
class Measured:
    """One way to grade the class, and what it cost."""

    name: str
    cost: Cost


@dataclass(frozen=True)
class Comparison:
    """All ways on the same class."""

    stock: Measured
    stock_one_thread: Measured
    own: dict[int, Measured]
    """By number of workers."""
    own_cells_seconds: tuple[float, ...]
    """CPU seconds of all cells of all submissions in warm kernels, without grading: every time it was measured."""

    @property
    def limit_seconds(self) -> float:
        """No grader can be faster: the students' own cells, with every core busy."""
        return statistics.mean(self.own_cells_seconds) / min(CORES, os.cpu_count() or 1)

    def missed(self) -> list[str]:
        """The bars that were missed, each with its figure."""
        two = self.own[HELD].cost
        found = []
        for other in (self.stock, self.stock_one_thread):
            ratio = other.cost.wall_seconds / two.wall_seconds
            if ratio < FASTER:
                found.append(f"2 workers are {ratio:.1f} times faster than {other.name}, the bar is {FASTER:g}")
        if two.wall_seconds > NEAR * self.limit_seconds:
            near = two.wall_seconds / self.limit_seconds
            found.append(f"2 workers take {near:.2f} times the limit, the bar is {NEAR:g}")
        largest = max(one.cost.notebook_megabytes for one in self.own.values())
        if largest > NOTEBOOK_MEGABYTES:
            found.append(f"a notebook had {largest:.0f} MB of its own, the bar is {NOTEBOOK_MEGABYTES:g}")
        return found


def compare(root: Path, folder: Path, assignment: str) -> Iterator[str | Comparison]:
    """Make a class in `folder`, grade it every way, and yield what is being done, at last the comparison.

    Machines are not equally fast all the time: what is held against each other is measured right after each other.
    """
    stock, own = folder / "stock", folder / "own"
    answers = chosen(read_answers(answers_of(root, assignment)))
    yield f"making a class of {STUDENTS} students, two notebooks each"
    _make_own(root, own, assignment, answers)
    _make_stock(own, stock, assignment)
    yield "stock nbgrader, as installed"
    as_installed = Measured("stock nbgrader", _stock(stock, assignment, {}))
    yield "running the students' own cells without grading"
    before = _own_cells(own, assignment)
    by_workers = {}
    yield _command(HELD)
    by_workers[HELD] = _own(own, assignment, HELD)
    yield "running the students' own cells without grading, once more"
    after = _own_cells(own, assignment)
    yield "stock nbgrader, OMP_NUM_THREADS=1"
    one_thread = Measured("stock nbgrader, OMP_NUM_THREADS=1", _stock(stock, assignment, {"OMP_NUM_THREADS": "1"}))
    for workers in OTHERS:
        yield _command(workers)
        by_workers[workers] = _own(own, assignment, workers)
    yield Comparison(as_installed, one_thread, dict(sorted(by_workers.items())), (before, after))


def chosen(answers: Sequence[Answer]) -> list[tuple[Answer, ...]]:
    """Return each student's answer in each framework: right and wrong ones, spread over the bank."""
    spread = []
    for framework in sorted({answer.framework for answer in answers}, reverse=True):
        own = [answer for answer in answers if answer.framework == framework]
        right = [answer for answer in own if not answer.expected]
        wrong = [answer for answer in own if answer.expected]
        kinds = [kind for kind in (right, wrong) if kind]
        spread.append([one for kind in kinds for one in _spread(kind, STUDENTS // 2 if right and wrong else STUDENTS)])
    return list(zip(*spread, strict=True))


def _spread(answers: Sequence[Answer], count: int) -> list[Answer]:
    """Return `count` answers, evenly spaced; fewer answers than that come back."""
    step = max(1, len(answers) // count)
    return [answers[place * step % len(answers)] for place in range(count)]


def comparison_table(found: Comparison) -> Table:
    """One line for each way to grade."""
    students = f"{STUDENTS} students, two notebooks each"
    table = Table(title=f"The same class, graded in one run: {students}")
    for name in ("", "wall s", "CPU s", "x stock", "x stock, 1 thread", "x limit", "peak MB", "MB per notebook"):
        table.add_column(name, justify="left" if not name else "right")
    for one in (found.stock, found.stock_one_thread, *found.own.values()):
        cost = one.cost
        table.add_row(
            one.name,
            f"{cost.wall_seconds:.0f}",
            f"{cost.cpu_seconds:.0f}",
            f"{found.stock.cost.wall_seconds / cost.wall_seconds:.1f}",
            f"{found.stock_one_thread.cost.wall_seconds / cost.wall_seconds:.1f}",
            f"{cost.wall_seconds / found.limit_seconds:.2f}",
            f"{cost.peak_megabytes:.0f}",
            f"{cost.notebook_megabytes:.0f}" if cost.notebook_megabytes else "-",
        )
    table.caption = (
        f"limit: {' and '.join(f'{seconds:.0f}' for seconds in found.own_cells_seconds)} CPU seconds of the students' "
        f"own cells (before and after {HELD} workers), their mean divided by the cores: {found.limit_seconds:.0f} s"
    )
    return table


def _make_own(root: Path, course: Path, assignment: str, answers: Sequence[tuple[Answer, ...]]) -> None:
    copy_course(root, course, assignment, SEED)
    for place, pair in enumerate(answers):
        for answer in pair:
            hand_in(course, assignment, f"student{place:02d}", answer)


def _make_stock(own: Path, stock: Path, assignment: str) -> None:
    """Make the same class for nbgrader alone, which copies the data files because nothing tells it not to."""
    for folder in ("source", "submitted"):
        shutil.copytree(own / folder, stock / folder)
    (stock / "nbgrader_config.py").write_text(STOCK, encoding="utf-8")
    for name, table in files.material(own, load_course(own), assignment).tables.items():
        data.place(table, stock / "source" / assignment, name)
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", assignment, "--create"]
    measured(command, stock, _environment({}))


def _stock(course: Path, assignment: str, variables: dict[str, str]) -> Cost:
    command = [sys.executable, "-m", "nbgrader", "autograde", assignment, "--force"]
    return measured(command, course, _environment(variables))


def _own(course: Path, assignment: str, workers: int) -> Measured:
    command = ["from autograder.cli import main; main()", "grade", assignment, "--force", "--workers", str(workers)]
    cost = measured([sys.executable, "-c", *command], course, _environment({}))
    return Measured(f"autograder, {workers} worker{'s' * (workers > 1)}", cost)


def _command(workers: int) -> str:
    return f"autograder grade --workers {workers}"


def _own_cells(course: Path, assignment: str) -> float:
    command = [sys.executable, "-m", "autograder.bench.own_cells", ".", assignment]
    return float(measured(command, course, _environment({"OMP_NUM_THREADS": "1"})).last_words)


def _environment(variables: dict[str, str]) -> dict[str, str]:
    """The environment of someone who set nothing: `make` sets what would make stock nbgrader faster."""
    own = {"OMP_NUM_THREADS", "TF_CPP_MIN_LOG_LEVEL", data.SEED_VARIABLE}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**{name: value for name, value in os.environ.items() if name not in own}, "PATH": path, **variables}
