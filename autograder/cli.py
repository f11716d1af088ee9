"""The command `autograder`: build, grade, report, verify, demonstrate."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from nbgrader.converters.base import NbGraderException
from rich.console import Console

from autograder.exceptions import AutograderError

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
console = Console(width=None if sys.stdout.isatty() else 160)

AssignmentName = Annotated[str, typer.Argument(help="Name of the assignment, for instance multitask.")]
OneOrAll = Annotated[str, typer.Argument(help="Name of the assignment; all of them when it is not given.")]
CourseFolder = Annotated[Path, typer.Option("--course", help="The course's folder.", file_okay=False, exists=True)]

UNSAFE = "Students' code runs as you, with your files and your network: grade only classes that you trust."


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
    force: Annotated[bool, typer.Option(help="Grade again what was graded before.")] = False,
) -> None:
    """Grade every submission of a class, as nbgrader autograde does."""
    from autograder.batch import grading

    root = course.resolve()
    console.print(UNSAFE, style="yellow")
    failed = _grade(root, assignment, grading.submitted(root, assignment), force=force)
    report(assignment, course)
    raise typer.Exit(1 if failed else 0)


def _grade(root: Path, assignment: str, students: list[str], *, force: bool) -> int:
    from autograder.batch import grading

    failed = 0
    for place, outcome in enumerate(grading.grade(root, assignment, force=force, students=students), start=1):
        failed += bool(outcome.error)
        console.print(f"[{place}/{len(students)}] {outcome.student}: {outcome.error or 'graded'}", highlight=False)
    return failed


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
) -> None:
    """Build a course, fill it with a class of known answers, grade it, and show what a teacher sees."""
    from autograder.answers.demo import ASSIGNMENT, make_class
    from autograder.batch import grading

    root, target = course.resolve(), folder.resolve()
    students = make_class(root, target)
    console.print(f"A class of {len(students)} students, two notebooks each, in {folder}/submitted.")
    console.print(UNSAFE, style="yellow")
    failed = _grade(target, ASSIGNMENT, students, force=True)
    grading.feedback(target, ASSIGNMENT)
    report(ASSIGNMENT, folder)
    console.print(f"Feedback for each student: {folder}/feedback/<student>/{ASSIGNMENT}/*.html", highlight=False)
    console.print(f"The same marks from nbgrader itself: cd {folder} && nbgrader autograde {ASSIGNMENT} --force")
    raise typer.Exit(1 if failed else 0)


def main() -> None:
    """Run a command; what went wrong is one line on stderr, never a traceback."""
    try:
        app()
    except (AutograderError, NbGraderException) as error:
        sys.stderr.write(f"autograder: {error}\n")
        sys.exit(2)
