"""How a submission ended, and whether it has: read from what nbgrader has left, in its folder and its gradebook."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import determine_grade

from autograder.batch.ledger import Entry
from autograder.batch.submission import Submission
from autograder.notebook import absent
from autograder.notebook import cells as mine
from autograder.notebook.execute import SUBMITTED

Ending = Literal["graded", "graded with remarks", "needs a person", "failed"]
"""`failed` is no result: the grader or the machine could not do its work."""


@dataclass(frozen=True)
class Outcome:
    """How grading one submission ended."""

    student: str
    ending: Ending
    reason: str = ""
    """Why it needs a person, or why it failed; one line."""
    earlier: bool = False
    """Whether an earlier run had done it."""

    @property
    def error(self) -> str:
        """Why there is no result; empty when there is one."""
        return self.reason if self.ending == "failed" else ""


def failed(student: str, error: object) -> Outcome:
    """No result, for a reason of the machine or the grader."""
    return Outcome(student, "failed", " ".join(str(error).split())[:300])


def outcome(
    submission: Submission, entries: Mapping[str, Entry], permissions: int, *, earlier: bool = False
) -> Outcome | None:
    """Return how a submission ended; None while it has not: then it has to be graded, again or for the first time.

    It has ended when every notebook has a readable graded one that was made from exactly what is submitted now, the
    gradebook holds the marks that these show, and nbgrader's last steps (permissions, absent notebooks) are done.
    """
    if submission.digests:
        graded = _graded(submission, permissions)
        if graded is None:
            return None
    else:
        graded = {}  # nbgrader makes no folder when there is nothing in it
    for name, nb in graded.items():
        entry = entries.get(name)
        if entry is None or not math.isclose(entry.auto_points, _points(nb), abs_tol=1e-6):
            return None
    for name in submission.absent:
        entry = entries.get(name)
        said = {absent.reason(submission.folder, name)}
        if entry is None or entry.auto_points or entry.comments not in (said, set()):
            return None
    return _classified(submission, entries, graded, earlier)


def _graded(submission: Submission, permissions: int) -> dict[str, NotebookNode] | None:
    found = {}
    for name in (*submission.digests, *submission.absent):
        path = submission.graded / f"{name}.ipynb"
        try:
            nb = nbformat.read(path, as_version=4)
        except Exception:  # not there, or cut off while it was written
            return None
        if name in submission.digests and mine.own(nb).get(SUBMITTED) != submission.digests[name]:
            return None
        if not _closed(path, permissions if name in submission.digests else absent.PERMISSIONS):
            return None
        found[name] = nb
    return found


def _closed(path: Path, permissions: int) -> bool:
    """Whether nbgrader has set its permissions on a file, which it does after everything else."""
    return not (path.stat().st_mode ^ permissions) & 0o200


def reopen(submission: Submission) -> None:
    """Have a submission graded again: take from its graded notebooks the mark that they are complete."""
    for name in submission.digests:
        path = submission.graded / f"{name}.ipynb"
        if path.exists():
            path.chmod(path.stat().st_mode ^ 0o200)


def _points(nb: NotebookNode) -> float:
    return sum(float(determine_grade(cell)[0] or 0.0) for cell in mine.tests(nb))


def _classified(
    submission: Submission, entries: Mapping[str, Entry], graded: Mapping[str, NotebookNode], earlier: bool
) -> Outcome:
    remarks = [text for nb in graded.values() for text in _remarks(nb)]
    missing = [absent.reason(submission.folder, name) for name in submission.absent]
    if any(entry.needs_person for entry in entries.values()):
        doubts = [text for nb in graded.values() for text in _doubts(nb)]
        by_hand = ["points were given by hand before"] if any(entry.by_hand for entry in entries.values()) else []
        reasons = [*missing, *doubts, *by_hand, *remarks, "the gradebook says so"]
        return Outcome(submission.student, "needs a person", reasons[0], earlier)
    if remarks or missing:
        return Outcome(submission.student, "graded with remarks", (missing + remarks)[0], earlier)
    return Outcome(submission.student, "graded", earlier=earlier)


def _doubts(nb: NotebookNode) -> Iterator[str]:
    """Why the marks of a notebook wait for a person."""
    for note in mine.remarks(nb):
        if note["cells"] != []:
            yield note["text"]
    for verdict in _verdicts(nb):
        if verdict.get("status") == "unsure":
            yield f"{verdict['criterion']}: {verdict['message']}"


def _remarks(nb: NotebookNode) -> Iterator[str]:
    """What a person should know and costs no points."""
    for note in mine.remarks(nb):
        yield note["text"]
    for verdict in _verdicts(nb):
        if verdict.get("remark"):
            yield verdict["remark"]


def _verdicts(nb: NotebookNode) -> Iterator[dict[str, str]]:
    return (verdict for cell in mine.tests(nb) for verdict in mine.own(cell).get("verdicts", []))
