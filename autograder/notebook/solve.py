"""Execute a solution notebook among the students' data, so that nbval can compare its outputs."""

from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import from_config
from autograder.notebook import files
from autograder.notebook.evidence import kernel_environment
from autograder.notebook.session import KERNEL_ARGUMENTS, transport


class ExecuteSolution(NbGraderPreprocessor):
    """Run the solution as a student would; an error stops the build."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Execute `nb` in place.  Raises nbclient's CellExecutionError when a cell fails."""
        course = from_config(self.config)
        found = files.example_material(Path.cwd(), course, resources["nbgrader"]["assignment"])
        with files.working_folder(Path("/nonexistent"), found.tables) as folder:
            client = NotebookClient(
                nb,
                timeout=course.limits.cell_seconds,
                record_timing=False,
                kernel_name="python3",
                extra_arguments=KERNEL_ARGUMENTS,
                resources={"metadata": {"path": str(folder)}},
                config=transport(),
            )
            client.execute(env=kernel_environment())
        return nb, resources
