"""Record submissions that nbgrader passes over: a notebook that was not handed in, or a folder without any."""

from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from traitlets.config import Config

from autograder.course import from_config, load_config
from autograder.notebook.execute import write_verdicts
from autograder.notebook.stand_in import stand_in

PERMISSIONS = 0o444
"""Of what stands in for an absent notebook; set last."""


def record_absent(assignment: str, student: str, notebooks: list[str]) -> None:
    """Give every notebook that is not there no points, a reason and a person; nbgrader calls this while grading.

    The hook is told the pattern of student ids, not the one just graded: it looks at all that the pattern matches.
    """
    root = Path.cwd()
    config = load_config(root)
    submitted = root / config.CourseDirectory.get("submitted_directory", "submitted")
    with Gradebook(_database(config, root)) as gradebook:
        names = [str(notebook.name) for notebook in gradebook.find_assignment(assignment).notebooks]
        for folder in sorted(submitted.glob(f"{student}/{assignment}")):
            for name in names:
                if not (folder / f"{name}.ipynb").exists():
                    why = reason(folder, name)
                    _record(gradebook, folder, name, why)
                    _write_stand_in(config, root, folder, name, why)


def reason(folder: Path, notebook: str) -> str:
    """Say, to the student, that a notebook is not in the submitted `folder`, and what is."""
    others = ", ".join(sorted(file.name for file in folder.glob("*.ipynb"))) or "geen enkele notebook"
    return f"{notebook}.ipynb is niet ingediend; wel: {others}."


def _database(config: Config, root: Path) -> str:
    return str(config.CourseDirectory.get("db_url", f"sqlite:///{root / 'gradebook.db'}"))


def _record(gradebook: Gradebook, folder: Path, notebook: str, why: str) -> None:
    student, assignment = folder.parent.name, folder.name
    try:
        record = gradebook.find_submission_notebook(notebook, assignment, student)
    except MissingEntry:
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission(assignment, student)
        record = gradebook.find_submission_notebook(notebook, assignment, student)
    for grade in record.grades:
        grade.auto_score = 0
        grade.needs_manual_grade = True
    for comment in record.comments:
        comment.auto_comment = why
    gradebook.db.commit()


def _write_stand_in(config: Config, root: Path, folder: Path, notebook: str, why: str) -> None:
    """Give the formgrader and the feedback something to show.

    Only in a folder that grading has made: nbgrader passes over students whose folder is there already.
    """
    student, assignment = folder.parent.name, folder.name
    graded = root / config.CourseDirectory.get("autograded_directory", "autograded") / student / assignment
    if not graded.is_dir():
        return
    nb = stand_in(_database(config, root), notebook, assignment, why)
    write_verdicts(nb, from_config(config).assignment(assignment).rubric, {})
    path = graded / f"{notebook}.ipynb"
    path.unlink(missing_ok=True)
    path.write_text(nbformat.writes(nb), encoding="utf-8")
    path.chmod(PERMISSIONS)
