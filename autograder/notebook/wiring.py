"""The one place where nbgrader's configuration is pointed at this package."""

import os
import shutil
import sys
from pathlib import Path

from traitlets.config import Config

from autograder import data
from autograder.course import table_names

_HERE = "autograder.notebook"


def wire(c: Config) -> None:
    """Make nbgrader's own commands build, grade and return with evidence and verdicts."""
    _find_alembic()
    c.CourseDirectory.solution_directory = "solutions"
    c.CourseDirectory.ignore.extend(data.ignored(table_names(c)))
    c.GenerateAssignment.preprocessors = [
        "nbgrader.preprocessors.IncludeHeaderFooter",
        f"{_HERE}.embed.EmbedFigures",
        f"{_HERE}.rubric.CheckRubric",
        "nbgrader.preprocessors.LockCells",
        "nbgrader.preprocessors.ClearSolutions",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.CheckCellMetadata",
        "nbgrader.preprocessors.ComputeChecksums",
        "nbgrader.preprocessors.SaveCells",
        "nbgrader.preprocessors.ClearHiddenTests",
        "nbgrader.preprocessors.ClearMarkScheme",
        "nbgrader.preprocessors.ComputeChecksums",
        "nbgrader.preprocessors.CheckCellMetadata",
        f"{_HERE}.embed.ShowFigures",
        f"{_HERE}.stable.Stable",
    ]
    c.GenerateAssignment.post_convert_hook = f"{_HERE}.files.place_released"
    c.GenerateSolution.preprocessors = [
        "nbgrader.preprocessors.IncludeHeaderFooter",
        f"{_HERE}.embed.EmbedFigures",
        "nbgrader.preprocessors.LockCells",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.ClearHiddenTests",
        "nbgrader.preprocessors.ClearMarkScheme",
        f"{_HERE}.solve.ExecuteSolution",
        f"{_HERE}.stable.Stable",
    ]
    c.GenerateSolution.post_convert_hook = f"{_HERE}.files.place_solved"
    c.ClearSolutions.code_stub = {"python": "# SCHRIJF HIER JE CODE\nraise NotImplementedError()"}
    c.Execute.timeout = 300  # nbgrader validate runs a student's cells with it
    c.Autograde.exporter_class = f"{_HERE}.exporter.SubmissionExporter"
    c.Autograde.sanitize_preprocessors = [
        "nbgrader.preprocessors.ClearOutput",
        f"{_HERE}.restore.RestoreCells",
        "nbgrader.preprocessors.OverwriteKernelspec",
        "nbgrader.preprocessors.OverwriteCells",
        f"{_HERE}.restore.DeclareTopics",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        f"{_HERE}.execute.ExecuteAndJudge",
        "nbgrader.preprocessors.LimitOutput",
        f"{_HERE}.save.SaveVerdicts",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.post_convert_hook = f"{_HERE}.absent.record_absent"


def _find_alembic() -> None:
    """Let nbgrader find the program that makes its gradebook when the environment is used without being activated."""
    if shutil.which("alembic") is None:
        os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
