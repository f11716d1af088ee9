"""Make generated notebooks the same on every machine and in every run."""

from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor


class Stable(NbGraderPreprocessor):
    """Drop what differs from machine to machine: interpreter versions, traces, pictures of figures, progress bars."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Clean `nb` in place."""
        nb.metadata = NotebookNode(
            kernelspec=NotebookNode(display_name="Python 3", language="python", name="python3"),
            language_info=NotebookNode(name="python"),
        )
        for cell in nb.cells:
            for key in set(cell.metadata) - {"nbgrader", "tags", "deletable", "editable", "jupyter", "cellView"}:
                del cell.metadata[key]
            if "outputs" in cell:
                cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
            for output in cell.get("outputs", []):
                for kind in [kind for kind in output.get("data", {}) if kind.startswith("image/")]:
                    del output["data"][kind]
        return nb, resources
