"""What the grader asks of one notebook, and what it keeps to itself."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from autograder.course import Assignment
from autograder.data import TARGET, Wines
from autograder.evidence.requests import DataChallenge, Frame, Kind, LossChallenge
from autograder.judge.case import Context
from autograder.judge.data_challenge import make_challenge
from autograder.judge.loss_challenge import make_loss_challenge


@dataclass(frozen=True)
class Challenge:
    """Fresh for every notebook, so that no answer can be prepared."""

    assignment: Assignment
    seed: int
    students: Frame
    data: DataChallenge
    loss: LossChallenge
    hidden: Frame
    """The hidden wines with invented labels, as they go to the kernel."""
    hidden_quality: npt.NDArray[np.int64]
    """(hidden rows,) the true labels, which never leave the grader and the judge."""

    @classmethod
    def fresh(cls, wines: Wines, assignment: Assignment, seed: int) -> "Challenge":
        """Make the challenge of one notebook."""
        rng = np.random.default_rng(seed)
        rows = wines.hidden.iloc[rng.permutation(len(wines.hidden))]
        students = frame(wines.students)
        return cls(
            assignment=assignment,
            seed=seed,
            students=students,
            data=make_challenge(students, int(rng.integers(2**32))),
            loss=make_loss_challenge(int(rng.integers(2**32))),
            hidden=frame(rows.assign(**{TARGET: rng.integers(3, 9, len(rows))})),
            hidden_quality=rows[TARGET].to_numpy(),
        )

    def content(self, kind: Kind) -> dict[str, Any]:
        """What goes to the kernel with a request of this kind."""
        if kind == "data":
            return {"data": self.data}
        if kind in ("loss", "step"):
            return {"loss": self.loss}
        if kind == "hidden":
            return {"data": self.data, "hidden": self.hidden}
        if kind == "reading":
            return {"names": tuple(self.assignment.answers)}
        return {}

    def context(self) -> Context:
        """What goes to the judge only."""
        return Context(
            seed=self.seed,
            thresholds=self.assignment.thresholds,
            answers=self.assignment.answers,
            students=self.students,
            data=self.data,
            loss=self.loss,
            hidden_quality=self.hidden_quality,
        )


def frame(table: pd.DataFrame) -> Frame:
    """Return a table of wines as it travels."""
    return Frame(columns=tuple(table.columns), values=table.to_numpy(dtype=np.float64))
