"""What the grader asks of one notebook, and what it keeps to itself."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from nbformat.notebooknode import NotebookNode

from autograder.course import Assignment
from autograder.data import Parts
from autograder.evidence.frames import to_frame
from autograder.evidence.requests import DataChallenge, Frame, Kind, LossChallenge
from autograder.judge.case import Context
from autograder.judge.data_challenge import make_challenge
from autograder.judge.loss_challenge import make_loss_challenge

NO_ROWS = Frame(columns=(), values=())


def seed_for(nb: NotebookNode, key: str) -> int:
    """Return the seed of a notebook's challenge: the same for the same cells, so that marks can be made again.

    Without the course's `key` nobody can tell it beforehand, nor choose cells that bring about a favourable one.
    """
    cells = json.dumps([[cell["cell_type"], cell["source"]] for cell in nb["cells"]])
    found = hmac.new(key.encode(), cells.encode(), hashlib.sha256).digest()
    return int.from_bytes(found[:4], "big")


@dataclass(frozen=True)
class Challenge:
    """Another for every notebook, by a seed that only the grader knows, so that no answer can be prepared."""

    assignment: Assignment
    seed: int
    students: Frame = NO_ROWS
    data: DataChallenge | None = None
    loss: LossChallenge | None = None
    hidden: Frame | None = None
    """The hidden rows with invented labels, as they go to the kernel."""
    hidden_labels: tuple[npt.NDArray[Any], ...] | None = None
    """(hidden rows,) the true labels for each head, which never leave the grader and the judge."""

    @classmethod
    def fresh(cls, parts: Parts | None, assignment: Assignment, seed: int) -> "Challenge":
        """Make the challenge of one notebook; without a problem there are no parts."""
        problem = assignment.problem
        if problem is None or parts is None:
            return cls(assignment=assignment, seed=seed)
        rng = np.random.default_rng(seed)
        rows = parts.hidden.iloc[rng.permutation(len(parts.hidden))]
        students = to_frame(parts.students)
        return cls(
            assignment=assignment,
            seed=seed,
            students=students,
            data=make_challenge(students, problem, int(rng.integers(2**32))),
            loss=make_loss_challenge(problem, int(rng.integers(2**32))),
            hidden=to_frame(rows.assign(**{name: _invented(rows[name], rng) for name in problem.targets})),
            hidden_labels=tuple(head.labels(rows[head.column]) for head in problem.heads),
        )

    def content(self, kind: Kind) -> dict[str, Any]:
        """What goes to the kernel with a request of this kind."""
        if kind == "reading":
            return {"names": tuple(self.assignment.answers)}
        asked: dict[str, Any] = {"problem": self.assignment.problem and self.assignment.problem.told()}
        if kind == "data":
            return {**asked, "data": self.data}
        if kind in ("loss", "step"):
            return {**asked, "loss": self.loss}
        if kind == "hidden":
            return {**asked, "data": self.data, "hidden": self.hidden}
        return asked

    def context(self) -> Context:
        """What goes to the judge only."""
        return Context(
            seed=self.seed,
            problem=self.assignment.problem,
            rubric={topic: tuple(criteria) for topic, criteria in self.assignment.rubric.items()},
            thresholds=self.assignment.thresholds,
            answers=self.assignment.answers,
            students=self.students,
            data=self.data,
            loss=self.loss,
            hidden_labels=self.hidden_labels,
        )


def _invented(column: "pd.Series[Any]", rng: np.random.Generator) -> npt.NDArray[Any]:
    """Values that a column of labels has, drawn anew for every row, each as often as any other."""
    values: npt.NDArray[Any] = rng.choice(np.unique(column.to_numpy()), len(column))
    return values
