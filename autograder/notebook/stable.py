"""Make generated notebooks the same on every machine and in every run."""

import re
import tempfile
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

_VARYING = re.compile(rf"(?<=at 0x)[0-9a-f]+|(?<={re.escape(tempfile.gettempdir())}/)[\w.-]+")
"""Addresses of objects, and names of temporary files and folders."""

_KEPT = frozenset({"nbgrader", "tags", "deletable", "editable", "jupyter", "cellView"})
"""Metadata of cells that is not a trace of one run."""


class Stable(NbGraderPreprocessor):
    """Drop what differs from machine to machine.

    That is interpreter versions, traces, pictures of figures, progress bars, addresses and temporary names.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Clean `nb` in place."""
        nb.metadata = NotebookNode(
            kernelspec=NotebookNode(display_name="Python 3", language="python", name="python3"),
            language_info=NotebookNode(name="python"),
        )
        for cell in nb.cells:
            for key in set(cell.metadata) - _KEPT:
                del cell.metadata[key]
            if "outputs" in cell:
                cell.outputs = [_clean(output) for output in cell.outputs if output.get("name") != "stderr"]
        return nb, resources


def _clean(output: NotebookNode) -> NotebookNode:
    if "text" in output:
        output["text"] = _VARYING.sub("...", output["text"])
    data = output.get("data", {})
    for kind in [kind for kind in data if kind.startswith("image/")]:
        del data[kind]
    if "text/plain" in data:
        data["text/plain"] = _VARYING.sub("...", data["text/plain"])
    return output
