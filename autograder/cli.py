"""The command `autograder`: build, grade, report, verify, demonstrate."""

import io
import os
import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from autograder.exceptions import AutograderError
from autograder.imports import without_grammar

if TYPE_CHECKING:
    from autograder.batch.executors import Workers

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
console = Console(width=None if sys.stdout.isatty() else 160)

AssignmentName = Annotated[str, typer.Argument(help="Name of the assignment; c.Course.usual when it is not given.")]
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
    settings = load_course(root)
    assignments = [assignment] if assignment else list(settings.assignments)
    if any(settings.assignment(name).problem for name in assignments):
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
    assignment: AssignmentName = "",
    course: CourseFolder = Path(),
    force: Annotated[bool, typer.Option("--force", help="Grade again what was graded before.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that grade at once.")] = os.cpu_count() or 1,
    scheduler: Annotated[str, typer.Option(help="Address of a Dask scheduler whose workers grade, tcp://....")] = "",
    unsafe: Annotated[bool, typer.Option("--unsafe-no-sandbox", help=UNSAFE)] = False,
) -> None:
    """Grade every submission of a class, as nbgrader autograde does; run it again to go on where it stopped."""
    from autograder.batch import grading
    from autograder.batch.executors import Workers
    from autograder.course import load_course

    root = course.resolve()
    assignment = load_course(root).chosen(assignment)
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
def report(assignment: AssignmentName = "", course: CourseFolder = Path()) -> None:
    """Show the points of the class and where it struggles."""
    from autograder.course import load_course
    from autograder.report.results import read_results
    from autograder.report.tables import criteria_table, students_table

    root = course.resolve()
    results = read_results(root, load_course(root).chosen(assignment))
    console.print(students_table(results))
    console.print(criteria_table(results))


@app.command()
def verify(
    assignment: AssignmentName = "",
    answers: Annotated[Path | None, typer.Option(help="Folder of answer files.")] = None,
    only: Annotated[str, typer.Option(help="Only answers whose name fits this pattern.")] = "*",
    seeds: Annotated[int, typer.Option(min=1, help="How many different hidden parts to grade with.")] = 1,
    workers: Annotated[int, typer.Option(min=1, help="Processes that grade at once.")] = os.cpu_count() or 1,
    page: Annotated[Path | None, typer.Option("--report", help="Write what was found to this Markdown file.")] = None,
    course: CourseFolder = Path(),
) -> None:
    """Verify the judge with known right and wrong answers."""
    from autograder.answers import verify as verifying
    from autograder.answers.answer import read_answers
    from autograder.answers.demo import answers_of
    from autograder.answers.findings import Findings
    from autograder.course import load_course

    root = course.resolve()
    settings = load_course(root)
    assignment = settings.chosen(assignment)
    problem = settings.assignment(assignment).problem
    metrics = frozenset(metric.name for metric in problem.metrics) if problem else frozenset()
    found = read_answers(answers or answers_of(root, assignment), only)
    checked = []
    try:
        with closing(verifying.verify(root, assignment, found, seeds, workers)) as graded:
            for one in graded:
                checked.append(one)
                deviations = [f"\r{line}\n" for line in Findings([one], metrics).deviations()]  # a run may take hours
                sys.stderr.write(f"{''.join(deviations)}\r{len(checked)}/{len(found) * seeds} notebooks ")
                sys.stderr.flush()
    finally:
        sys.stderr.write("\n")
        findings = Findings(checked, metrics)
        if page is not None:
            page.write_text(findings.page(assignment), encoding="utf-8")
    console.print(findings.table())
    for line in [*findings.deviations(), *findings.figures()]:
        _say(line)
    raise typer.Exit(0 if findings.fair else 1)


@app.command()
def demo(
    course: CourseFolder = Path(),
    folder: Annotated[Path, typer.Option(help="Where the demonstration course is made.")] = Path("demo"),
    unsafe: Annotated[bool, typer.Option("--unsafe-no-sandbox", help=UNSAFE)] = False,
) -> None:
    """Build a course, fill it with classes of known answers, grade them, and show what a teacher sees."""
    from autograder.answers.demo import make_class
    from autograder.batch import grading
    from autograder.batch.executors import Workers

    root, target = course.resolve(), folder.resolve()
    means = Workers(processes=os.cpu_count() or 1, sandbox=not unsafe)
    failed = 0
    for assignment, students in make_class(root, target).items():
        console.print(f"{assignment}: a class of {len(students)} students in {folder}/submitted.")
        failed += _grade(target, assignment, students, force=False, workers=means)
        grading.feedback(target, assignment)
        report(assignment, folder)
        _say(f"Feedback for each student: {folder}/feedback/<student>/{assignment}/*.html")
        _say(f"The same marks from nbgrader itself: cd {folder} && nbgrader autograde {assignment} --force")
    raise typer.Exit(1 if failed else 0)


@app.command()
def bench(assignment: AssignmentName = "", course: CourseFolder = Path()) -> None:
    """Grade one class with stock nbgrader and with this, and hold the bars."""
    from tempfile import mkdtemp

    from autograder.bench.comparing import Comparison, compare, comparison_table
    from autograder.course import load_course

    root = course.resolve()
    folder = Path(mkdtemp(prefix="autograder-bench-"))
    for step in compare(root, folder, load_course(root).chosen(assignment)):
        if isinstance(step, Comparison):
            console.print(comparison_table(step))
            shutil.rmtree(folder)
            _hold(step.missed())
        else:
            _say(f"{step} ...")


@app.command()
def soak(
    assignment: AssignmentName = "",
    course: CourseFolder = Path(),
    submissions: Annotated[int, typer.Option(min=40, help="How many short submissions to grade.")] = 500,
) -> None:
    """Grade many short submissions; memory must stay flat and nothing may be left behind."""
    from tempfile import mkdtemp

    from autograder.bench.soaking import soak as run
    from autograder.course import load_course

    root = course.resolve()
    folder = Path(mkdtemp(prefix="autograder-soak-"))
    found = run(root, folder, load_course(root).chosen(assignment), submissions)
    _say(found.summary())
    shutil.rmtree(folder)
    _hold(found.missed())


@app.command()
def calibrate(
    assignment: AssignmentName = "",
    runs: Annotated[int, typer.Option(min=2, help="Runs of the reference recipe; the others get a part of it.")] = 3000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that train at once.")] = os.cpu_count() or 1,
    only: Annotated[str, typer.Option(help="Only framework/recipe that fits this pattern.")] = "*",
    out: Annotated[Path | None, typer.Option(help="Folder for the page, its plot and its numbers.")] = None,
    course: CourseFolder = Path(),
) -> None:
    """Train right and wrong recipes many times, and say whether the thresholds meet their aims."""
    from autograder.calibrate import page
    from autograder.calibrate.calibration import Calibration
    from autograder.course import load_course

    root = course.resolve()
    calibration = Calibration(root, load_course(root).chosen(assignment), out or root / "docs", runs, only)
    total = sum(calibration.counts.values())
    for done in calibration.train(workers):
        sys.stderr.write(f"\r{done}/{total} runs ")
        sys.stderr.flush()
    summary = calibration.write()
    console.print(page.table(summary))
    _hold(summary.missed())


def _hold(missed: list[str]) -> None:
    for bar in missed:
        _say(f"MISSED: {bar}")
    if missed:
        raise typer.Exit(1)
    _say("Every bar is held.")


def main() -> None:
    """Run a command; what went wrong is one line on stderr, never a traceback."""
    without_grammar()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name that the terminal cannot say costs nobody a mark
    from nbgrader.converters.base import NbGraderException  # it imports jsonschema

    try:
        app()
    except (AutograderError, NbGraderException) as error:
        sys.stderr.write(f"autograder: {error}\n")
        sys.exit(2)
