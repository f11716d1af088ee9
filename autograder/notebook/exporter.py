"""Read submissions in such a way that none ends silently: whatever fails becomes a recorded reason."""

import traceback
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook
from traitlets import Bool, Dict

from autograder.exceptions import AutograderError
from autograder.notebook.stand_in import stand_in

Resources = dict[str, Any]


class SubmissionExporter(NotebookExporter):
    """nbgrader's notebook exporter, for notebooks that anyone may have written.

    It runs twice on each notebook: to sanitise the submitted one and to grade the sanitised one. When either cannot
    be done, a stand-in made from the gradebook's cells goes on in its place: no points, a reason, a person needed.
    """

    sanitised = Dict(help="Submitted notebooks, as JSON text by name, that were sanitised before.").tag(config=True)
    reads_only = Bool(False, help="Whether submissions are read for a grading that is still to come.").tag(config=True)

    def from_filename(
        self, filename: str, resources: Resources | None = None, **kw: Any
    ) -> tuple[Any, Resources]:
        """Convert one notebook; see nbconvert's Exporter."""
        resources = resources if resources is not None else {}
        submitted = self._is_submitted(filename)
        try:
            if submitted and not self.reads_only:
                _forget_marks(resources)
            known = self.sanitised.get(resources["nbgrader"]["notebook"]) if submitted else None
            output, resources = (
                self._as_it_is(known, resources)
                if known is not None
                else super().from_filename(filename, resources=resources, **kw)
            )
            output.encode()  # lone surrogates pass through JSON and cannot be written
        except (KeyboardInterrupt, MemoryError):
            raise
        except Exception as error:  # one bad notebook must not cost the class its marks
            if isinstance(error, AutograderError) and error.stops_grading:
                raise
            self.log.error("%s: %s", filename, _one_line(error))
            self.log.debug(traceback.format_exc())
            where = resources["nbgrader"]
            nb = stand_in(where["db_url"], where["notebook"], where["assignment"], cannot_process(filename, error))
            if submitted:
                return self._as_it_is(nbformat.writes(nb), resources)
            return super().from_notebook_node(nb, resources=resources, **kw)  # type: ignore[no-untyped-call]
        return output, resources

    def _as_it_is(self, text: str, resources: Resources) -> tuple[str, Resources]:
        resources["output_extension"] = self.file_extension
        return text, resources

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


def cannot_process(filename: str, error: Exception) -> str:
    """Say, to the student, that a notebook could not be read or run for a reason that nobody foresaw."""
    return f"De notebook {Path(filename).name} kan niet verwerkt worden ({_one_line(error)})."


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
