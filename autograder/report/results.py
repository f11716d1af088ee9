"""Read the results of a class: points from the gradebook, verdicts from the graded notebooks."""

from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment, SubmittedNotebook

from autograder.course import load_config
from autograder.exceptions import CourseError
from autograder.judge.verdicts import Verdict
from autograder.notebook import cells as mine


@dataclass(frozen=True)
class NotebookResult:
    """One student's notebook."""

    student: str
    notebook: str
    points: float
    maximum: float
    needs_person: bool
    verdicts: tuple[Verdict, ...]
    remarks: tuple[str, ...]
    visible_errors: tuple[str, ...] = ()
    """What visible checks raised, with the name of the test cell; they move no points."""


def database(root: Path) -> str:
    """The gradebook's address."""
    return str(load_config(root).CourseDirectory.get("db_url", f"sqlite:///{root.resolve() / 'gradebook.db'}"))


def read_results(root: Path, assignment: str, student: str = "") -> list[NotebookResult]:
    """Read every submission of `assignment`, or only a student's, by student and notebook.

    Raises CourseError when nothing was graded yet.
    """
    try:
        with Gradebook(database(root)) as gradebook:
            if student:
                records = [gradebook.find_submission(assignment, student)]
            else:
                records = gradebook.assignment_submissions(assignment)
            found = [_result(root, assignment, record, notebook) for record in records for notebook in record.notebooks]
    except MissingEntry:
        of = f"nothing of {student} for" if student else "no assignment"
        raise CourseError(f"{root}: the gradebook has {of} {assignment!r}; build and grade it first") from None
    return sorted(found, key=lambda result: (result.student, result.notebook))


def _result(root: Path, assignment: str, record: SubmittedAssignment, notebook: SubmittedNotebook) -> NotebookResult:
    cells, remarks = _graded(root, str(record.student_id), assignment, str(notebook.name))
    raised = {mine.grade_id(cell): mine.own(cell).get("visible_error") for cell in cells}
    comments = [str(c.auto_comment) for c in notebook.comments if c.auto_comment]
    absent = tuple(dict.fromkeys(text for text in comments if "niet ingediend" in text))
    return NotebookResult(
        student=str(record.student_id),
        notebook=str(notebook.name),
        points=float(notebook.score),
        maximum=float(notebook.max_score),
        needs_person=bool(notebook.needs_manual_grade),
        verdicts=tuple(Verdict.model_validate(one) for cell in cells for one in mine.own(cell).get("verdicts", [])),
        remarks=remarks or absent,
        visible_errors=tuple(f"{name}: {error}" for name, error in raised.items() if error),
    )


def _graded(root: Path, student: str, assignment: str, notebook: str) -> tuple[list[NotebookNode], tuple[str, ...]]:
    """The test cells of a graded notebook, and what is irregular about it."""
    path = root / "autograded" / student / assignment / f"{notebook}.ipynb"
    if not path.exists():
        return [], ()
    nb = nbformat.read(path, as_version=4)
    return list(mine.tests(nb)), tuple(note["text"] for note in mine.remarks(nb))
