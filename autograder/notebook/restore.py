"""Bring a submitted notebook back to a form that nbgrader can grade, and note everything that was wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.notebook import cells as mine


@dataclass(frozen=True)
class SourceCell:
    """What the gradebook knows of one cell of the assignment."""

    name: str
    cell_type: str
    locked: bool
    grade: bool
    solution: bool
    points: float
    source: str
    checksum: str

    def metadata(self) -> dict[str, object]:
        """The cell's nbgrader metadata."""
        found: dict[str, object] = {
            "grade_id": self.name,
            "grade": self.grade,
            "solution": self.solution,
            "locked": self.locked,
            "task": False,
            "schema_version": 3,
            "checksum": self.checksum,
            "cell_type": self.cell_type,
        }
        return {**found, "points": self.points} if self.grade else found


def source_cells(db_url: str, notebook: str, assignment: str) -> tuple[SourceCell, ...]:
    """Read the cells of one notebook from the gradebook, in their order."""
    with Gradebook(db_url) as gradebook:
        record = gradebook.find_notebook(notebook, assignment)
        points = {cell.name: float(cell.max_score) for cell in record.grade_cells}
        solutions = {cell.name for cell in record.solution_cells}
        return tuple(
            SourceCell(
                name=cell.name,
                cell_type=cell.cell_type,
                locked=bool(cell.locked),
                grade=cell.name in points,
                solution=cell.name in solutions,
                points=points.get(cell.name, 0.0),
                source=cell.source,
                checksum=cell.checksum,
            )
            for cell in record.source_cells
        )


class RestoreCells(NbGraderPreprocessor):
    """Give every cell of the assignment its metadata back, once; put missing test cells back; flag the rest.

    Cells are recognised by their nbgrader id, else by their cell id (a source notebook's cell ids equal its
    grade_ids), else by the text of a locked cell.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, dict[str, str]]
    ) -> tuple[NotebookNode, dict[str, dict[str, str]]]:
        """Restore `nb` in place."""
        where = resources["nbgrader"]
        known = source_cells(where["db_url"], where["notebook"], where["assignment"])
        restore(nb, known)
        return nb, resources


def restore(nb: NotebookNode, known: Sequence[SourceCell]) -> None:
    """Restore `nb` in place to the cells of the assignment, noting in its metadata why a person should look."""
    nb.metadata.pop(mine.KEY, None)
    owners = _owners(nb, known)
    for cell in nb.cells:
        cell.metadata = NotebookNode()
        cell.pop("attachments", None)
    for source in known:
        place = owners.get(source.name)
        if place is not None:
            nb.cells[place].metadata["nbgrader"] = NotebookNode(source.metadata())
            nb.cells[place]["id"] = source.name
    _unique_ids(nb)
    _put_back(nb, known, owners)


def _owners(nb: NotebookNode, known: Sequence[SourceCell]) -> dict[str, int]:
    """Find the place of each known cell; the last one of several, as nbgrader does."""
    names = {source.name for source in known}
    by_grade_id: dict[str, list[int]] = {}
    strangers = []
    for place, cell in enumerate(nb.cells):
        name = mine.grade_id(cell)
        if name in names:
            by_grade_id.setdefault(str(name), []).append(place)
        elif name is not None:
            strangers.append(name)
    for name, places in by_grade_id.items():
        if len(places) > 1:
            mine.remark(nb, f"De cel `{name}` staat er {len(places)} keer in; de laatste telt.", _concerns(name, known))
    for name in strangers:
        mine.remark(nb, f"De cel `{name}` hoort niet bij deze opdracht en is als gewone cel gelezen.", [])
    owners = {name: places[-1] for name, places in by_grade_id.items()}
    found = _recognise(nb, known, owners)
    if found:
        text = f"De metadata van nbgrader ontbrak bij {len(found)} cellen (Colab of VS Code?)"
        mine.remark(nb, f"{text}; ze zijn herkend aan hun id of tekst.", None)
    return {**owners, **found}


def _recognise(nb: NotebookNode, known: Sequence[SourceCell], owners: dict[str, int]) -> dict[str, int]:
    taken = set(owners.values())
    found: dict[str, int] = {}
    for source in known:
        if source.name in owners:
            continue
        visible = mine.without_hidden(source.source).strip()
        for place, cell in enumerate(nb.cells):
            ids = (cell.get("id"), cell.metadata.get("id"))
            same_text = source.locked and cell.source.strip() == visible
            if place not in taken and cell.cell_type == source.cell_type and (source.name in ids or same_text):
                found[source.name] = place
                taken.add(place)
                break
    return found


def _unique_ids(nb: NotebookNode) -> None:
    seen: set[str] = set()
    for place, cell in enumerate(nb.cells):
        if "nbgrader" not in cell.metadata or cell.get("id") in seen:
            cell["id"] = f"cell-{place}"
        seen.add(cell["id"])


def _put_back(nb: NotebookNode, known: Sequence[SourceCell], owners: dict[str, int]) -> None:
    """Insert missing test cells, and flag missing ones of every kind."""
    previous: str | None = None
    for source in known:
        if source.name not in owners:
            mine.remark(nb, f"De cel `{source.name}` ontbreekt.", _concerns(source.name, known))
            if source.grade or source.locked:
                _insert_after(nb, previous, source)
        if source.name in owners or source.grade or source.locked:
            previous = source.name


def _insert_after(nb: NotebookNode, previous: str | None, source: SourceCell) -> None:
    content = {"source": source.source, "id": source.name, "metadata": {"nbgrader": source.metadata()}}
    cell = new_code_cell(**content) if source.cell_type == "code" else new_markdown_cell(**content)
    places = [place for place, other in enumerate(nb.cells) if previous and mine.grade_id(other) == previous]
    nb.cells.insert(places[0] + 1 if places else 0, cell)


def _concerns(name: str, known: Sequence[SourceCell]) -> list[str]:
    """The test cell whose mark depends on a cell: itself, or the next one after it."""
    names = [source.name for source in known]
    later = [source.name for source in known[names.index(name) :] if source.grade]
    return later[:1]


class DeclareTopics(NbGraderPreprocessor):
    """Move the hidden block's declaration into metadata, so that no hidden line is executed or returned."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, dict[str, str]], cell_index: int
    ) -> tuple[NotebookNode, dict[str, dict[str, str]]]:
        """Strip the hidden block of a test cell."""
        if mine.is_test(cell):
            mine.own(cell)["topics"] = mine.declared_topics(cell.source)
            cell.source = mine.without_hidden(cell.source)
        return cell, resources
