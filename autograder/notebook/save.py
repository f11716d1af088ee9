"""Save marks, and what has to wait for a person, in the gradebook."""

from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import SaveAutoGrades

from autograder.notebook import cells as mine


class SaveVerdicts(SaveAutoGrades):
    """nbgrader's own saving of marks, plus its needs-manual-grade flag where the judge or the grader asks for it."""

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._add_score(cell, resources)
        if mine.own(cell).get("needs_person"):
            grade = self.gradebook.find_grade(
                cell.metadata["nbgrader"]["grade_id"], self.notebook_id, self.assignment_id, self.student_id
            )
            grade.needs_manual_grade = True
            self.gradebook.db.commit()
