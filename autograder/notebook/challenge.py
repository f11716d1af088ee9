"""What the grader asks of one notebook, and what it keeps to itself."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from autograder.data import Wines
from autograder.evidence.requests import Frame, Kind
from autograder.judge.case import Context


@dataclass(frozen=True)
class Challenge:
    """Fresh for every notebook, so that no answer can be prepared."""

    wines: Wines
    thresholds: dict[str, float]
    seed: int

    @classmethod
    def fresh(cls, wines: Wines, thresholds: dict[str, float], seed: int) -> "Challenge":
        """Make the challenge of one notebook."""
        return cls(wines, thresholds, seed)

    def content(self, kind: Kind) -> dict[str, Any]:
        """What goes to the kernel with a request of this kind."""
        return {}

    def context(self) -> Context:
        """What goes to the judge only."""
        return Context(
            seed=self.seed,
            thresholds=self.thresholds,
            students=frame(self.wines.students),
            hidden_quality=self.wines.hidden["quality"].to_numpy(),
        )


def frame(table: pd.DataFrame) -> Frame:
    """A table of wines as it travels."""
    return Frame(columns=tuple(table.columns), values=table.to_numpy(dtype=np.float64))
