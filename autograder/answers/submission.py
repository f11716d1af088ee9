"""Make the notebook that a student with a given answer would hand in."""

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.answers.answer import Answer, Change
from autograder.exceptions import AnswerError
from autograder.notebook import cells as mine


def submission(release: NotebookNode, source: NotebookNode, answer: Answer) -> NotebookNode:
    """Fill the release with the reference solution's cells, then make the answer's changes.

    Raises AnswerError when the answer names a cell that the notebook does not have.
    """
    nb: NotebookNode = NotebookNode(release.copy())
    nb["cells"] = [NotebookNode(cell.copy()) for cell in release.cells]
    solved = {mine.grade_id(cell): without_markers(cell.source) for cell in source.cells}
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell["source"] = solved[mine.grade_id(cell)]
    for change in answer.changes:
        _apply(nb, change, answer)
    return nb


def without_markers(source: str) -> str:
    """Return a solution cell without nbgrader's BEGIN and END SOLUTION lines."""
    markers = ("### BEGIN SOLUTION", "### END SOLUTION")
    return "\n".join(line for line in source.split("\n") if not any(marker in line for marker in markers))


def _apply(nb: NotebookNode, change: Change, answer: Answer) -> None:
    places = [place for place, cell in enumerate(nb.cells) if mine.grade_id(cell) == change.cell]
    if not places:
        raise AnswerError(f"{answer.name}: the notebook has no cell {change.cell!r}")
    if change.kind == "replace":
        nb.cells[places[0]]["source"] = change.source
    elif change.kind == "delete":
        del nb.cells[places[0]]
    else:
        added = sum("extra" in str(cell.get("id")) for cell in nb.cells)
        nb.cells.insert(places[0] + 1, new_code_cell(source=change.source, id=f"extra-{added}"))
