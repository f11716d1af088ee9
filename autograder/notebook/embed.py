"""Make figure cells of the author's stand on their own: students have no code of ours."""

import re
from html import escape
from typing import Any
from urllib.parse import quote

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.exceptions import CourseError
from autograder.figures import FIGURES
from autograder.figures.diagram import Diagram, svg

CALL = re.compile(r'^from autograder\.author import figure\n+figure\("(\w+)"\)$')
"""A figure cell as an author writes it."""

CELL = """\
#@title Figuur: {title}
# Voer deze cel uit om de figuur te tonen.
from IPython.display import HTML, display

display(HTML({html!r}))"""

HIDDEN = {"jupyter": {"source_hidden": True}, "cellView": "form"}
"""Cell metadata that folds the code away, in JupyterLab and in Colab."""


def image(diagram: Diagram) -> str:
    """Return a figure as HTML that every notebook viewer shows, without running anything and without a network.

    A picture in an `img` of an output: Markdown with SVG is not shown by Colab, attachments of SVG not by JupyterLab.
    """
    source = quote(svg(diagram), safe=" =:/;,.()'")
    return f'<img alt="{escape(diagram.description)}" style="max-width: 100%" src="data:image/svg+xml,{source}">'


class EmbedFigures(NbGraderPreprocessor):
    """Put the picture itself in the place of a call of ours."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Replace figure cells of `nb` in place.  Raises CourseError for a figure that does not exist."""
        for cell in nb.cells:
            call = CALL.match(cell.source.strip())
            if call is None:
                continue
            name = call.group(1)
            if name not in FIGURES:
                where = resources["nbgrader"]["notebook"]
                raise CourseError(f"{where}: figure {name!r} is not one of {', '.join(sorted(FIGURES))}")
            diagram = FIGURES[name]
            cell.source = CELL.format(title=diagram.title, html=image(diagram))
            cell.metadata.update(HIDDEN)
            cell.metadata["figure"] = name
        return nb, resources


class ShowFigures(NbGraderPreprocessor):
    """Let the figures be seen in a notebook that has not been run yet."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Give each figure cell of `nb` its output."""
        for cell in nb.cells:
            name = cell.metadata.get("figure")
            if name in FIGURES:
                data = {"text/html": image(FIGURES[name]), "text/plain": "<IPython.core.display.HTML object>"}
                cell["outputs"] = [new_output("display_data", data=data)]
        return nb, resources
