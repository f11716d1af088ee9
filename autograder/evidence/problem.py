"""What an assignment is about: the table, the inputs made of its columns, and what a network predicts from them."""

from typing import Literal, Self

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from autograder.evidence.encoding import Record

Values = npt.NDArray[np.float64]


class Input(Record):
    """One input of the network."""

    name: str
    columns: tuple[str, ...]
    """Of the table, from which students make it; a column of text makes it a modality of text."""


class Head(Record):
    """One output of the network and the label that it is trained on."""

    name: str
    kind: Literal["regression", "binary"]
    column: str
    """Of the table, from which the label comes."""
    at_least: float | None = None
    """binary: the label is 1 from this value of the column on; None: the column holds 0 and 1."""
    values: tuple[float, ...] = ()
    """regression: the values that labels have, when they are few; their ends otherwise."""
    term: str
    """The criterion of its term in the loss."""
    keys: tuple[str, ...] = ()
    """What the key of its labels in a dict may contain, besides its name."""

    def labels(self, column: npt.ArrayLike) -> Values:
        """Return the labels, float64, for values of the column."""
        values = np.asarray(column, dtype=np.float64)
        return values if self.at_least is None else (values >= self.at_least).astype(np.float64)


class Metric(Record):
    """A figure by which the trained network is judged on hidden rows, and which students report."""

    name: str
    """Of the criterion, and of the student's variable."""
    head: str
    kind: Literal["mae", "accuracy", "auc"]
    implausible: float | None = None
    """Better than this no honest network does."""

    @property
    def lower_is_better(self) -> bool:
        """Whether this is an error."""
        return self.kind == "mae"


class Problem(Record):
    """What students are asked to make; the judge, the probe and the build all read it here."""

    table: str
    """The data file."""
    row: str = "rij"
    rows: str = "rijen"
    """What a row is, in messages: one and several."""
    group: tuple[str, ...] = ()
    """Columns in each of which an equal value says that rows belong together: all are hidden, or none.

    A column of the table that no input or head comes from stays with the grader.
    """
    inputs: tuple[Input, ...] = Field(min_length=1)
    heads: tuple[Head, ...] = Field(min_length=1)
    metrics: tuple[Metric, ...] = ()
    loss: str = "loss_function"
    """PyTorch: the name of the student's loss."""
    cells: dict[str, tuple[str, ...]]
    """Which names each solution cell defines, by grade_id."""

    @model_validator(mode="after")
    def _metrics_are_of_heads(self) -> Self:
        heads = {head.name for head in self.heads}
        unknown = [metric.name for metric in self.metrics if metric.head not in heads]
        if unknown:
            raise ValueError(f"the metric {unknown[0]} is of no head")
        return self

    @property
    def features(self) -> tuple[str, ...]:
        """Columns of the table that inputs are made of."""
        return tuple(dict.fromkeys(column for one in self.inputs for column in one.columns))

    @property
    def targets(self) -> tuple[str, ...]:
        """Columns of the table that labels come from."""
        return tuple(dict.fromkeys(head.column for head in self.heads))

    @property
    def compared(self) -> Metric:
        """By which networks on fewer inputs are compared with the whole.  Raises ValueError without metrics."""
        if not self.metrics:
            raise ValueError("no metric to compare networks by")
        return next((metric for metric in self.metrics if metric.kind == "auc"), self.metrics[0])

    def told(self) -> "Problem":
        """Return what a student's kernel may know of it: not from which figure on a person is asked to look."""
        metrics = tuple(metric.model_copy(update={"implausible": None}) for metric in self.metrics)
        return self.model_copy(update={"metrics": metrics})

    @property
    def names(self) -> tuple[str, ...]:
        """Of the heads."""
        return tuple(head.name for head in self.heads)

    def quantity_of(self, head: Head) -> Head | None:
        """Return the regression head of the column that a binary head's labels are made of; None without one."""
        alike = (one for one in self.heads if one.kind == "regression" and one.column == head.column)
        return next(alike, None) if head.kind == "binary" else None

    def place(self, head: str) -> int:
        """Which head has this name, from 0."""
        return self.names.index(head)
