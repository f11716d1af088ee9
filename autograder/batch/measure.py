"""Measure what grading a class costs.

`python -m autograder.batch.measure COURSE [ASSIGNMENT]` prints the numbers of `simulate`.

Grades the class again, with as many workers as there are cores.  Time and memory are those of the whole machine, so
that kernels count wherever they run: measure on a machine that does nothing else.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from autograder.batch import grading
from autograder.batch.converting import CourseFolder
from autograder.batch.executors import Workers
from autograder.batch.outcome import Outcome
from autograder.batch.submission import ClassOf
from autograder.course import load_course


def main() -> None:
    """Grade and print."""
    root = Path(sys.argv[1]).resolve()
    assignment = load_course(root).chosen(sys.argv[2] if len(sys.argv) > 2 else "")
    notebooks = len(ClassOf(CourseFolder(root), assignment).notebooks)
    workers = psutil.cpu_count() or 1
    used = Used()
    started, busy, own = time.monotonic(), _busy(), time.process_time()
    with used.watched():
        outcomes: list[Outcome] = list(
            grading.grade(root, assignment, force=True, workers=Workers(processes=workers))
        )
    wall, busy, own = time.monotonic() - started, _busy() - busy, time.process_time() - own
    count = len(outcomes)
    print(  # noqa: T201
        f"{count} submissions, {workers} workers: {wall:.0f} s, {60 * count / wall:.1f} a minute\n"
        f"notebooks={notebooks}\n"
        f"worker_seconds={(busy - own) / (count * notebooks):.1f}\n"
        f"writer_seconds={own / count:.2f}\n"
        f"worker_gigabytes={used.peak / workers / 2**30:.1f}"
    )


class Used:
    """The most memory that was in use at once, beyond what was in use before."""

    def __init__(self) -> None:
        self.peak = 0
        self._before = psutil.virtual_memory().available
        self._ended = threading.Event()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look four times a second until this ends."""
        thread = threading.Thread(target=self._watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.25):
            self.peak = max(self.peak, self._before - psutil.virtual_memory().available)


def _busy() -> float:
    times = psutil.cpu_times()
    return float(times.user + times.system + times.nice)


if __name__ == "__main__":
    main()
