"""Record submissions that nbgrader passes over: a notebook that was not handed in, or a folder without any."""

from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from traitlets.config import Config

from autograder.course import load_config


def record_absent(assignment: str, student: str, notebooks: list[str]) -> None:
    """Give every notebook that is not there no points, a reason and a person; nbgrader calls this while grading.

    The hook is told the pattern of student ids, not the one just graded, so it looks at the whole class.
    """
    root = Path.cwd()
    config = load_config(root)
    with Gradebook(_database(config, root)) as gradebook:
        for folder in sorted((root / config.CourseDirectory.get("submitted_directory", "submitted")).glob("*")):
            if (folder / assignment).is_dir():
                _record(gradebook, folder.name, assignment, folder / assignment)


def _database(config: Config, root: Path) -> str:
    return str(config.CourseDirectory.get("db_url", f"sqlite:///{root / 'gradebook.db'}"))


def _record(gradebook: Gradebook, student: str, assignment: str, folder: Path) -> None:
    for notebook in gradebook.find_assignment(assignment).notebooks:
        if not (folder / f"{notebook.name}.ipynb").exists():
            _record_notebook(gradebook, student, assignment, notebook.name, folder)


def _record_notebook(gradebook: Gradebook, student: str, assignment: str, notebook: str, folder: Path) -> None:
    try:
        record = gradebook.find_submission_notebook(notebook, assignment, student)
    except MissingEntry:
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission(assignment, student)
        record = gradebook.find_submission_notebook(notebook, assignment, student)
    for grade in record.grades:
        grade.auto_score = 0
        grade.needs_manual_grade = True
    others = ", ".join(sorted(file.name for file in folder.glob("*.ipynb"))) or "geen enkele notebook"
    for comment in record.comments:
        comment.auto_comment = f"{notebook}.ipynb is niet ingediend; wel: {others}."
    gradebook.db.commit()
