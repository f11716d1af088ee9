"""One calibration of one course: which recipes, how often, where the results go."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.calibrate import page, runs
from autograder.calibrate.summary import Summary, summarise
from autograder.course import load_course
from autograder.exceptions import CourseError


@dataclass(frozen=True)
class Calibration:
    """What was asked for."""

    root: Path
    """The course."""
    assignment: str
    folder: Path
    """Where page, plot, numbers and finished runs go."""
    size: int
    """Runs of the reference recipe in PyTorch."""
    only: str = "*"
    """Pattern of framework/recipe."""

    @property
    def counts(self) -> runs.Plan:
        """How many runs each recipe gets."""
        return runs.plan(self.size, self.only)

    @property
    def command(self) -> str:
        """What was typed, as far as it decides about the numbers."""
        only = f" --only '{self.only}'" if self.only != "*" else ""
        return f"autograder calibrate {self.assignment} --runs {self.size}{only}"

    def train(self, workers: int) -> Iterator[int]:
        """Do the runs that are missing, and yield how many are done."""
        done = len(runs.chosen(runs.read(self.folder), self.counts))
        for added in runs.run(self.folder, (self.root, self.assignment), self.counts, workers):
            done += added
            yield done

    def write(self) -> Summary:
        """Write page, plot and numbers of the finished runs.

        Raises CourseError when the assignment has no thresholds or targets, or when nothing was run.
        """
        settings = load_course(self.root).assignment(self.assignment)
        for name, figures in (("thresholds", settings.thresholds), ("targets", settings.targets)):
            if set(figures) != {"mae", "accuracy"}:
                raise CourseError(f"course_config.py: {self.assignment} has no {name} of mae and accuracy to calibrate")
        found = runs.chosen(runs.read(self.folder), self.counts)
        if not found:
            raise CourseError(f"no finished runs of {self.only!r}; recipes are named like pytorch/reference")
        summary = summarise(found, settings.thresholds, settings.targets, self.command)
        page.write(summary, self.folder)
        return summary
