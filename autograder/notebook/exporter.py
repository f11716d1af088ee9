"""Read submissions in such a way that none ends silently: whatever fails becomes a recorded reason."""

import traceback
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook

from autograder.notebook import cells as mine
from autograder.notebook.restore import source_cells

Resources = dict[str, Any]


class SubmissionExporter(NotebookExporter):
    """nbgrader's notebook exporter, for notebooks that anyone may have written.

    It runs twice on each notebook: to sanitise the submitted one and to grade the sanitised one. When either cannot
    be done, a stand-in made from the gradebook's cells goes on in its place: no points, a reason, a person needed.
    """

    def from_filename(
        self, filename: str, resources: Resources | None = None, **kw: Any
    ) -> tuple[Any, Resources]:
        """Convert one notebook; see nbconvert's Exporter."""
        resources = resources if resources is not None else {}
        submitted = self._is_submitted(filename)
        try:
            if submitted:
                _forget_marks(resources)
            return super().from_filename(filename, resources=resources, **kw)
        except (KeyboardInterrupt, MemoryError):
            raise
        except Exception as error:  # one bad notebook must not cost the class its marks
            self.log.error("%s: %s", filename, _one_line(error))
            self.log.debug(traceback.format_exc())
            stand_in = _stand_in(resources, _reason(filename, error))
            if submitted:
                resources["output_extension"] = self.file_extension
                return nbformat.writes(stand_in), resources
            return super().from_notebook_node(stand_in, resources=resources, **kw)  # type: ignore[no-untyped-call]

    def _is_submitted(self, filename: str) -> bool:
        assert self.parent is not None
        return Path(self.parent.coursedir.submitted_directory).name in Path(filename).parts


def _forget_marks(resources: Resources) -> None:
    """Old marks never survive a failed re-grade: until this run has ended, a person would have to look."""
    where = resources["nbgrader"]
    with Gradebook(where["db_url"]) as gradebook:
        record = gradebook.find_submission_notebook(where["notebook"], where["assignment"], where["student"])
        for grade in record.grades:
            grade.auto_score = 0
            grade.needs_manual_grade = True
        gradebook.db.commit()


def _reason(filename: str, error: Exception) -> str:
    return f"De notebook {Path(filename).name} kan niet verwerkt worden ({_one_line(error)})."


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _stand_in(resources: Resources, reason: str) -> NotebookNode:
    """A notebook with the assignment's test cells and nothing to run."""
    where = resources["nbgrader"]
    known = source_cells(where["db_url"], where["notebook"], where["assignment"])
    nb = new_notebook(
        cells=[
            new_code_cell(
                source=mine.without_hidden(cell.source),
                id=cell.name,
                metadata={
                    "nbgrader": cell.metadata(),
                    mine.KEY: {"topics": mine.declared_topics(cell.source)},
                },
            )
            for cell in known
            if cell.grade
        ]
    )
    mine.own(nb)["unreadable"] = True
    mine.remark(nb, reason)
    return nb
