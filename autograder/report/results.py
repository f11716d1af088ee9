"""Read the results of a class: points from the gradebook, verdicts from the graded notebooks."""

from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry

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


def database(root: Path) -> str:
    """The gradebook's address."""
    return str(load_config(root).CourseDirectory.get("db_url", f"sqlite:///{root.resolve() / 'gradebook.db'}"))


def read_results(root: Path, assignment: str) -> list[NotebookResult]:
    """Read every submission of `assignment`, by student.  Raises CourseError when nothing was graded yet."""
    found: list[NotebookResult] = []
    try:
        with Gradebook(database(root)) as gradebook:
            for record in gradebook.assignment_submissions(assignment):
                for notebook in sorted(record.notebooks, key=lambda n: str(n.name)):
                    verdicts, remarks = _verdicts(root, str(record.student_id), assignment, str(notebook.name))
                    comments = [str(c.auto_comment) for c in notebook.comments if c.auto_comment]
                    absent = tuple(dict.fromkeys(text for text in comments if "niet ingediend" in text))
                    found.append(
                        NotebookResult(
                            student=str(record.student_id),
                            notebook=str(notebook.name),
                            points=float(notebook.score),
                            maximum=float(notebook.max_score),
                            needs_person=bool(notebook.needs_manual_grade),
                            verdicts=verdicts,
                            remarks=remarks or absent,
                        )
                    )
    except MissingEntry:
        raise CourseError(f"{root}: the gradebook has no assignment {assignment!r}; build and grade it first") from None
    return sorted(found, key=lambda result: (result.student, result.notebook))


def _verdicts(root: Path, student: str, assignment: str, notebook: str) -> tuple[tuple[Verdict, ...], tuple[str, ...]]:
    path = root / "autograded" / student / assignment / f"{notebook}.ipynb"
    if not path.exists():
        return (), ()
    nb = nbformat.read(path, as_version=4)
    verdicts = tuple(
        Verdict.model_validate(verdict) for cell in mine.tests(nb) for verdict in mine.own(cell).get("verdicts", [])
    )
    return verdicts, tuple(note["text"] for note in mine.remarks(nb))
