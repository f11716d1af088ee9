"""What the gradebook says of submissions, read in one question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import func, select


@dataclass(frozen=True)
class Entry:
    """The gradebook's rows of one submitted notebook, taken together."""

    auto_points: float
    """Points that the grader gave."""
    by_hand: bool
    """Whether a person has given points."""
    needs_person: bool
    comments: frozenset[str]
    """What the grader says of the solution cells, "" where it says nothing; empty when there are no such cells."""


Ledger = Mapping[str, Mapping[str, Entry]]
"""Entries by student and notebook."""


def read(database: str, assignment: str, student: str | None = None) -> Ledger:
    """Read the entries of a class, or of one student."""
    with Gradebook(database) as gradebook:
        comments: dict[tuple[str, str], set[str]] = {}
        whose = (SubmittedAssignment.student_id, Notebook.name)
        texts = _of_submissions(assignment, student, Comment, *whose, Comment.auto_comment, Comment.id)
        for who, notebook, text, row in gradebook.db.execute(texts):
            comments.setdefault((who, notebook), set()).update([text or ""] if row else [])
        found: dict[str, dict[str, Entry]] = {}
        totals = _of_submissions(
            assignment,
            student,
            Grade,
            *whose,
            func.coalesce(func.sum(Grade.auto_score), 0.0),
            func.count(Grade.manual_score),
            func.max(Grade.needs_manual_grade),
        ).group_by(SubmittedNotebook.id)
        for who, notebook, points, by_hand, needs_person in gradebook.db.execute(totals):
            found.setdefault(who, {})[notebook] = Entry(
                auto_points=float(points),
                by_hand=bool(by_hand),
                needs_person=bool(needs_person),
                comments=frozenset(comments.get((who, notebook), ())),
            )
        return found


def _of_submissions(assignment: str, student: str | None, cells: Any, *columns: Any) -> Any:
    """A question about the cells (grades or comments) of all submitted notebooks of an assignment."""
    question = (
        select(*columns)
        .select_from(SubmittedNotebook)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .outerjoin(cells, cells.notebook_id == SubmittedNotebook.id)
        .where(Assignment.name == assignment)
    )
    return question if student is None else question.where(SubmittedAssignment.student_id == student)
