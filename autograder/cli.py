"""The command `autograder`: build, grade, report, verify, demonstrate."""

import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from nbgrader.converters.base import NbGraderException
from rich.console import Console

from autograder.exceptions import AutograderError

if TYPE_CHECKING:
    from autograder.batch.executors import Workers

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
console = Console(width=None if sys.stdout.isatty() else 160)

AssignmentName = Annotated[str, typer.Argument(help="Name of the assignment, for instance multitask.")]
OneOrAll = Annotated[str, typer.Argument(help="Name of the assignment; all of them when it is not given.")]
CourseFolder = Annotated[Path, typer.Option("--course", help="The course's folder.", file_okay=False, exists=True)]

UNSAFE = "Students' code runs as you, with your files and your network: grade only classes that you trust."

INTERRUPTED = 130
"""Exit status after Ctrl-C."""

FITS_A_SCREEN = 100
"""Students of whom `grade` shows a table; `report` shows it of any number."""


@app.command()
def build(assignment: OneOrAll = "", course: CourseFolder = Path()) -> None:
    """Make the release and the solutions, with their data files."""
    from autograder import data
    from autograder.batch import grading
    from autograder.course import load_course
    from autograder.figures.pages import write_figures

    root = course.resolve()
    assignments = [assignment] if assignment else list(load_course(root).assignments)
    data.ensure_hidden_seed(root)
    for name in assignments:
        grading.build(root, name)
        console.print(f"release/{name} and solutions/{name} are made; hand out release/{name}.")
    write_figures(root)


@app.command()
def place(assignment: OneOrAll = "", course: CourseFolder = Path()) -> None:
    """Put the data files next to source and solutions, for authors and for nbval."""
    from autograder.course import load_course
    from autograder.notebook import files

    root = course.resolve()
    for name in [assignment] if assignment else load_course(root).assignments:
        for path in files.place_for_authors(root, name):
            console.print(str(path.relative_to(root)))


@app.command()
def grade(
    assignment: AssignmentName = "multitask",
    course: CourseFolder = Path(),
    force: Annotated[bool, typer.Option("--force", help="Grade again what was graded before.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that grade at once.")] = os.cpu_count() or 1,
    scheduler: Annotated[str, typer.Option(help="Address of a Dask scheduler whose workers grade, tcp://....")] = "",
    unsafe: Annotated[bool, typer.Option("--unsafe-no-sandbox", help=UNSAFE)] = False,
) -> None:
    """Grade every submission of a class, as nbgrader autograde does; run it again to go on where it stopped."""
    from autograder.batch import grading
    from autograder.batch.executors import Workers

    root = course.resolve()
    students = grading.submitted(root, assignment)
    means = Workers(processes=workers, scheduler=scheduler, sandbox=not unsafe)
    failed = _grade(root, assignment, students, force=force, workers=means)
    if len(students) <= FITS_A_SCREEN:
        report(assignment, course)
    raise typer.Exit(1 if failed else 0)


def _grade(root: Path, assignment: str, students: list[str], *, force: bool, workers: "Workers") -> int:
    """Grade, showing progress and a summary, and return how many submissions gave no result."""
    from autograder.batch import grading
    from autograder.batch.progress import Tally, display
    from autograder.course import load_course

    if not (workers.sandbox and load_course(root).sandbox):
        console.print(UNSAFE, style="yellow")
    tally = Tally(len(students))
    outcomes = grading.grade(root, assignment, force=force, students=students, workers=workers)
    try:
        with closing(outcomes), display(console, len(students)) as shown:
            for outcome in outcomes:
                tally.add(outcome)
                shown.show(outcome, tally)
    except KeyboardInterrupt:
        _say(f"Interrupted: {tally.done} of {tally.total} are graded. {_how_to_go_on(force)}")
        raise typer.Exit(INTERRUPTED) from None
    except AutograderError:
        _say(f"Stopped: {tally.done} of {tally.total} are graded. {_how_to_go_on(force)}")
        raise
    _say(tally.summary())
    return tally.failures


def _how_to_go_on(force: bool) -> str:
    return f"The same command{' without --force' if force else ''} grades the others."


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


@app.command()
def report(assignment: AssignmentName = "multitask", course: CourseFolder = Path()) -> None:
    """Show the points of the class and where it struggles."""
    from autograder.report.results import read_results
    from autograder.report.tables import criteria_table, students_table

    results = read_results(course.resolve(), assignment)
    console.print(students_table(results))
    console.print(criteria_table(results))


@app.command()
def verify(
    assignment: AssignmentName = "multitask",
    answers: Annotated[Path | None, typer.Option(help="Folder of answer files.")] = None,
    only: Annotated[str, typer.Option(help="Only answers whose name fits this pattern.")] = "*",
    seeds: Annotated[int, typer.Option(min=1, help="How many different hidden parts to grade with.")] = 1,
    workers: Annotated[int, typer.Option(min=1, help="Processes that grade at once.")] = os.cpu_count() or 1,
    course: CourseFolder = Path(),
) -> None:
    """Verify the judge with known right and wrong answers."""
    from autograder.answers import verify as verifying
    from autograder.answers.answer import read_answers

    root = course.resolve()
    found = read_answers(answers or root / "tests" / "answers" / assignment, only)
    checked = []
    for one in verifying.verify(root, assignment, found, seeds, workers):
        checked.append(one)
        sys.stderr.write(f"\r{len(checked)}/{len(found) * seeds} answers ")
        sys.stderr.flush()
    sys.stderr.write("\n")
    console.print(verifying.answers_table(checked))
    for line in verifying.summary(checked):
        console.print(line, highlight=False, soft_wrap=True, markup=False)
    raise typer.Exit(1 if any(one.false_rejections or one.false_acceptances for one in checked) else 0)


@app.command()
def demo(
    course: CourseFolder = Path(),
    folder: Annotated[Path, typer.Option(help="Where the demonstration course is made.")] = Path("demo"),
    unsafe: Annotated[bool, typer.Option("--unsafe-no-sandbox", help=UNSAFE)] = False,
) -> None:
    """Build a course, fill it with a class of known answers, grade it, and show what a teacher sees."""
    from autograder.answers.demo import ASSIGNMENT, make_class
    from autograder.batch import grading
    from autograder.batch.executors import Workers

    root, target = course.resolve(), folder.resolve()
    students = make_class(root, target)
    console.print(f"A class of {len(students)} students, two notebooks each, in {folder}/submitted.")
    means = Workers(processes=os.cpu_count() or 1, sandbox=not unsafe)
    failed = _grade(target, ASSIGNMENT, students, force=False, workers=means)
    grading.feedback(target, ASSIGNMENT)
    report(ASSIGNMENT, folder)
    console.print(f"Feedback for each student: {folder}/feedback/<student>/{ASSIGNMENT}/*.html", highlight=False)
    console.print(f"The same marks from nbgrader itself: cd {folder} && nbgrader autograde {ASSIGNMENT} --force")
    raise typer.Exit(1 if failed else 0)


@app.command()
def bench(course: CourseFolder = Path()) -> None:
    """Grade one class with stock nbgrader and with this, and hold the bars."""
    from tempfile import mkdtemp

    from autograder.bench.comparing import Comparison, compare, comparison_table

    folder = Path(mkdtemp(prefix="autograder-bench-"))
    for step in compare(course.resolve(), folder):
        if isinstance(step, Comparison):
            console.print(comparison_table(step))
            _hold(step.missed())
        else:
            _say(f"{step} ...")


@app.command()
def soak(
    course: CourseFolder = Path(),
    submissions: Annotated[int, typer.Option(min=40, help="How many short submissions to grade.")] = 500,
) -> None:
    """Grade many short submissions; memory must stay flat and nothing may be left behind."""
    from tempfile import mkdtemp

    from autograder.bench.soaking import soak as run

    found = run(course.resolve(), Path(mkdtemp(prefix="autograder-soak-")), submissions)
    _say(found.summary())
    _hold(found.missed())


def _hold(missed: list[str]) -> None:
    for bar in missed:
        _say(f"MISSED: {bar}")
    if missed:
        raise typer.Exit(1)
    _say("Every bar is held.")


def main() -> None:
    """Run a command; what went wrong is one line on stderr, never a traceback."""
    try:
        app()
    except (AutograderError, NbGraderException) as error:
        sys.stderr.write(f"autograder: {error}\n")
        sys.exit(2)
