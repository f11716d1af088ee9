"""What the grader asks of the probe: each request is answered once, by the reply that repeats its nonce."""

from typing import Literal

from autograder.evidence.encoding import Array, Record
from autograder.evidence.records import Framework

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
    "reading",
]


class Frame(Record):
    """Wines that the grader sends: a table with the students' columns."""

    columns: tuple[str, ...]
    values: Array
    """(rows, columns) float64; the column `quality` becomes integers."""


class DataChallenge(Record):
    """Wines to split and prepare again."""

    wines: Frame
    """Jittered wines: every row differs from every other."""
    public: Frame
    """The students' own wines."""
    seed: int
    """Of the changes that the probe makes to parts of the wines."""


class LossChallenge(Record):
    """Outputs and labels on which to evaluate a loss (PyTorch) or a training step (Keras)."""

    sizes: tuple[int, ...]
    """Rows in each probe."""
    quality: Array
    """(sum of sizes,) outputs of the quality head, in points"""
    probability: Array
    """(sum of sizes,) outputs of the other head between 0 and 1"""
    logit: Array
    """(sum of sizes,) outputs of the other head over the whole line"""
    quality_label: Array
    """(sum of sizes,) whole numbers from 3 to 8"""
    good_label: Array
    """(sum of sizes,) 0 or 1, independent of quality_label"""


class Request(Record):
    """One question to the probe."""

    nonce: str
    kind: Kind
    framework: Framework
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
