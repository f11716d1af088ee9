"""What the commands do with a class: build its assignment, grade it, write its feedback."""

from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

from nbgrader.converters import GenerateAssignment, GenerateFeedback, GenerateSolution

from autograder.batch.converting import CourseFolder
from autograder.batch.executors import HERE, Workers, opened
from autograder.batch.interrupt import Interrupts
from autograder.batch.outcome import Outcome, reopen
from autograder.batch.run import Run
from autograder.batch.submission import ClassOf
from autograder.exceptions import CourseError


def submitted(root: Path, assignment: str) -> list[str]:
    """The students with a folder for `assignment`, sorted.  Raises CourseError when there are none."""
    return ClassOf(CourseFolder(root), assignment).students()


def grade(
    root: Path,
    assignment: str,
    *,
    force: bool,
    students: list[str] | None = None,
    workers: Workers = HERE,
) -> Generator[Outcome, None, None]:
    """Grade each student's submission and yield how it ended; one that fails never stops the others.

    What is graded already is passed over; `force` takes its mark of completion away first, so that a run which is
    broken off goes on without `force`.  Raises AutograderError when nothing can be graded,
    KeyboardInterrupt after Ctrl-C; in both cases nothing is lost.
    """
    of = ClassOf(CourseFolder(root), assignment, workers.sandbox)
    chosen = students if students is not None else of.students()
    with Interrupts() as interrupts, opened(workers) as executor:
        executor.prepare(of.settings)
        if force:
            for student in chosen:
                with suppress(OSError):  # that it cannot be read is told when it is its turn
                    reopen(of.submission(student))
        yield from Run(of, executor, interrupts).outcomes(chosen)


def build(root: Path, assignment: str) -> None:
    """Make the release and the solutions of `assignment`.  Raises AutograderError or NbGraderException."""
    release(root, assignment)
    _from_source(GenerateSolution, root, assignment)


def release(root: Path, assignment: str) -> None:
    """Make the release of `assignment` only."""
    _from_source(GenerateAssignment, root, assignment)


def feedback(root: Path, assignment: str) -> None:
    """Write the feedback of every graded submission."""
    CourseFolder(root).convert(GenerateFeedback, assignment, "*", force=True)


def _from_source(kind: type, root: Path, assignment: str) -> None:
    course = CourseFolder(root)
    source = root / course.directory(assignment, ".").source_directory / assignment
    if not list(source.glob("*.ipynb")):
        raise CourseError(f"{source}: no source notebooks; is the assignment's name right?")
    course.convert(kind, assignment, ".", force=True)
