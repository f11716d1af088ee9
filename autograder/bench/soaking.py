"""Grade many short submissions and hold that memory stays flat and that nothing is left behind."""

import math
import os
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from autograder.answers.course import copy_course
from autograder.bench.watching import Cost, measured
from autograder.course import load_course

SEED = 500
WORKERS = 2
GROWTH = 1.10
"""Bar: memory in the last quarter of the run, in units of that in the second quarter."""


@dataclass(frozen=True)
class Soaked:
    """A long run."""

    submissions: int
    cost: Cost
    left_files: tuple[str, ...]
    """Names of what the run left in its temporary folder."""

    @property
    def growth(self) -> float:
        """Memory of all processes in the last quarter of the run over that in the second; medians.

        Not of what lingers after the run.  NaN of a run that was too short to be looked at in both.
        """
        quarter = self.cost.wall_seconds / 4
        early, late = (
            [look.anonymous_megabytes for look in self.cost.memory if start * quarter <= look.seconds < end * quarter]
            for start, end in ((1, 2), (3, 4))
        )
        return statistics.median(late) / statistics.median(early) if early and late else math.nan

    def summary(self) -> str:
        """The run in one line."""
        time = f"{self.submissions} submissions in {self.cost.wall_seconds:.0f} s, {self.cost.cpu_seconds:.0f} CPU s"
        memory = f"at most {self.cost.peak_megabytes:.0f} MB, in the last quarter {self.growth:.2f} times the second's"
        return f"{time}; {memory}; no process and {len(self.left_files)} files left"

    def missed(self) -> list[str]:
        """The bars that were missed; a process that stays would have kept the measurement from ending."""
        found = []
        if math.isnan(self.growth):
            found.append("the run was too short to see whether memory grows")
        elif self.growth > GROWTH:
            found.append(f"memory grew to {self.growth:.2f} times what it was, the bar is {GROWTH:g}")
        if self.left_files:
            found.append(f"files were left behind: {', '.join(self.left_files[:5])}")
        return found


def soak(root: Path, folder: Path, assignment: str, submissions: int) -> Soaked:
    """Grade `submissions` untouched releases of the first notebook, which are short: every task raises."""
    course = folder / "soak"
    copy_course(root, course, assignment, SEED)
    first = next(iter(load_course(root).assignment(assignment).notebooks))
    notebook = course / "release" / assignment / f"{first}.ipynb"
    for number in range(submissions):
        target = course / "submitted" / f"student{number:04d}" / assignment
        target.mkdir(parents=True)
        shutil.copyfile(notebook, target / notebook.name)
    temporary = Path(tempfile.mkdtemp(prefix="soak-", dir="/tmp"))
    environment = {**os.environ, "TMPDIR": str(temporary), "PATH": f"{Path(sys.executable).parent}:{os.defpath}"}
    grade = ["from autograder.cli import main; main()", "grade", assignment, "--workers", str(WORKERS)]
    cost = measured([sys.executable, "-c", *grade], course, environment)
    left = sorted(str(path.relative_to(temporary)) for path in temporary.rglob("*") if not path.is_dir())
    shutil.rmtree(temporary)
    return Soaked(submissions, cost, tuple(left))
