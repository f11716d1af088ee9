"""Restoring cells, on notebooks alone."""

import nbformat
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.notebooknode import NotebookNode
from thin import source

from autograder.notebook import cells as mine
from autograder.notebook.restore import SourceCell, restore


def _known() -> tuple[SourceCell, ...]:
    return tuple(
        SourceCell(
            name=cell.id,
            cell_type=cell.cell_type,
            locked=cell.metadata.nbgrader.locked,
            grade=cell.metadata.nbgrader.grade,
            solution=cell.metadata.nbgrader.solution,
            points=cell.metadata.nbgrader.get("points", 0),
            source=cell.source,
            checksum="0",
        )
        for cell in source().cells
        if "nbgrader" in cell.metadata
    )


NAMES = [cell.name for cell in _known()]


def _ids(nb: NotebookNode) -> list[str]:
    return [str(mine.grade_id(cell)) for cell in nb.cells if mine.grade_id(cell)]


def test_an_intact_notebook_is_not_remarked_on() -> None:
    nb = source()
    restore(nb, _known())
    assert _ids(nb) == NAMES
    assert mine.remarks(nb) == []


def test_forged_remarks_and_verdicts_are_thrown_away() -> None:
    nb = source()
    nb.metadata[mine.KEY] = {"unreadable": True}
    nb.cells[4].metadata[mine.KEY] = {"topics": [], "verdicts": []}
    restore(nb, _known())
    assert mine.KEY not in nb.metadata
    assert mine.KEY not in nb.cells[4].metadata


def test_points_that_a_student_changed_are_set_back() -> None:
    nb = source()
    nb.cells[4].metadata.nbgrader["points"] = 500
    restore(nb, _known())
    assert nb.cells[4].metadata.nbgrader.points == 5


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(range(len(source().cells))), max_size=8),
    st.lists(st.sampled_from(["strip", "forge", "schema", "id", "text"]), max_size=8),
)
def test_every_test_cell_is_there_once_whatever_was_done(order: list[int], damage: list[str]) -> None:
    original = source()
    nb = source()
    nb["cells"] = [NotebookNode(nbformat.from_dict(original.cells[place])) for place in order]
    for cell, kind in zip(nb.cells, damage, strict=False):
        _damage(cell, kind)
    restore(nb, _known())
    ids = _ids(nb)
    assert len(ids) == len(set(ids))
    assert "test_architecture" in ids
    assert "load" in ids
    assert len({cell["id"] for cell in nb.cells}) == len(nb.cells)
    nbformat.validate(nb)


def _damage(cell: NotebookNode, kind: str) -> None:
    if kind == "strip":
        cell["metadata"] = NotebookNode()
    elif kind == "forge":
        cell["metadata"]["nbgrader"] = NotebookNode({"grade_id": "test_architecture"})
    elif kind == "schema":
        cell["metadata"]["nbgrader"] = NotebookNode({"schema_version": 1})
    elif kind == "id":
        cell.pop("id", None)
    else:
        cell["source"] = "pass"


def test_hidden_lines_are_found_and_removed() -> None:
    text = source().cells[4].source
    assert mine.declared_topics(text) == ["architecture"]
    assert "judged" not in mine.without_hidden(text)
    assert mine.without_hidden(text).startswith("assert isinstance")
    assert mine.declared_topics("judged('architecture')") == []
