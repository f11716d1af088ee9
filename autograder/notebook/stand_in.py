"""What takes the place of a notebook that cannot be graded: its test cells, no points, and the reason."""

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.notebook import cells as mine
from autograder.notebook.restore import source_cells


def stand_in(db_url: str, notebook: str, assignment: str, reason: str) -> NotebookNode:
    """Return a notebook with the assignment's test cells and nothing to run, which says why a person should look."""
    nb = new_notebook(
        cells=[
            new_code_cell(
                source=mine.without_hidden(cell.source),
                id=cell.name,
                metadata={"nbgrader": cell.metadata(), mine.KEY: {"topics": mine.declared_topics(cell.source)}},
            )
            for cell in source_cells(db_url, notebook, assignment)
            if cell.grade
        ]
    )
    mine.own(nb)["unreadable"] = True
    mine.remark(nb, reason)
    return nb
