"""What the grader asks of the probe: each request is answered once, by the reply that repeats its nonce."""

from typing import Literal, Self

import numpy as np
import numpy.typing as npt
from pydantic import model_validator

from autograder.evidence.encoding import Array, Record, Vector
from autograder.evidence.problem import Problem
from autograder.evidence.records import Framework
from autograder.exceptions import EvidenceError

Kind = Literal[
    "start",
    "capture",
    "inspection",
    "loaders",
    "architecture",
    "training",
    "results",
    "data",
    "loss",
    "step",
    "hidden",
    "comparison",
    "reading",
]


class Frame(Record):
    """A table that the grader sends, with the students' columns."""

    columns: tuple[str, ...]
    values: tuple[Vector | tuple[str | None, ...], ...]
    """(rows,) for each column: numbers, or texts of which some may be missing"""

    @model_validator(mode="after")
    def _columns_of_one_length(self) -> Self:
        if len(self.values) != len(self.columns) or len({len(column) for column in self.values}) > 1:
            raise ValueError("a table has a name for every column, and columns of one length")
        return self

    def __len__(self) -> int:
        return len(self.values[0]) if self.values else 0

    def column(self, name: str) -> npt.NDArray[np.float64]:
        """Return a column of numbers, (rows,) float64.  Raises ValueError for one of text."""
        return np.asarray(self.values[self.columns.index(name)], dtype=np.float64)

    def holds_text(self, name: str) -> bool:
        """Whether a column is one of text."""
        return isinstance(self.values[self.columns.index(name)], tuple)


class DataChallenge(Record):
    """Rows to split and prepare again."""

    rows: Frame
    """Jittered rows: every one differs from every other."""
    public: Frame
    """The students' own rows."""
    seed: int
    """Of the changes that the probe makes to parts of the rows."""


class LossChallenge(Record):
    """Outputs and labels on which to evaluate a loss (PyTorch) or a training step (Keras)."""

    sizes: tuple[int, ...]
    """Rows in each probe."""
    outputs: tuple[Array, ...]
    """(sum of sizes,) outputs of each head over the whole line: near its labels, or logits"""
    probabilities: tuple[Array, ...]
    """The same, but outputs of binary heads between 0 and 1."""
    labels: tuple[Array, ...]
    """(sum of sizes,) for each head: values that its labels have; 0 or 1, independent of all others"""


class Request(Record):
    """One question to the probe."""

    nonce: str
    kind: Kind
    framework: Framework
    problem: Problem | None = None
    """What the assignment asks; None for one that only asks questions with one right answer each."""
    cell: str = ""
    """capture: the grade_id of the solution cell that just ran."""
    data: DataChallenge | None = None
    loss: LossChallenge | None = None
    hidden: Frame | None = None
    names: tuple[str, ...] = ()
    """reading: the variables that hold the answers."""


class Reply(Record):
    """One answer of the probe."""

    nonce: str
    kind: Kind
    evidence: str = ""
    """The topic's record as JSON text; empty for start and capture."""
    error: str = ""
    """What went wrong in the probe itself, in one line."""

    def evidence_for(self, request: Request) -> str:
        """Return the evidence that answers `request`.  Raises EvidenceError when this is no answer to it."""
        if self.nonce != request.nonce or self.kind != request.kind:
            raise EvidenceError("the reply belongs to another request")
        if self.error:
            raise EvidenceError(self.error)
        return self.evidence
