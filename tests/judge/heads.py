"""A problem of three heads on one input, and one of each of its heads alone: for tests of the judge."""

from functools import cache
from typing import Any

import numpy as np
import torch
import torch.nn.functional as nnf
from sklearn.datasets import load_diabetes
from torch import nn

from autograder.evidence.problem import Head, Input, Metric, Problem
from autograder.evidence.records import Batches

HEADS = (
    Head(name="progression", kind="regression", column="progression", values=(25, 346), term="progression_term"),
    Head(name="high", kind="binary", column="progression", at_least=150, term="high_term"),
    Head(name="sex", kind="binary", column="sex", at_least=2, term="sex_term"),
)
METRICS = (
    Metric(name="mae", head="progression", kind="mae"),
    Metric(name="high_accuracy", head="high", kind="accuracy"),
    Metric(name="sex_accuracy", head="sex", kind="accuracy"),
)
COLUMNS = ("age", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")


def problem(*names: str) -> Problem:
    """The problem of some heads."""
    return Problem(
        table="diabetes.csv",
        row="patiënt",
        rows="patiënten",
        inputs=(Input(name="X", columns=COLUMNS),),
        heads=tuple(head for head in HEADS if head.name in names),
        metrics=tuple(metric for metric in METRICS if metric.head in names),
        cells={"model": ("model",)},
    )


ALL = problem("progression", "high", "sex")


@cache
def rows() -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """The input, scaled, and the labels of every head; the progression in hundreds would do too, but is as it comes."""
    table = load_diabetes(as_frame=True, scaled=False).frame.rename(columns={"target": "progression"})
    x = table[list(COLUMNS)].to_numpy()
    x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")
    return x, tuple(head.labels(table[head.column]) for head in HEADS)


class Net(nn.Module):
    """A trunk and a head for each of the problem's; logits, and a score near the mean from the start."""

    def __init__(self, asked: Problem) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.trunk = nn.Sequential(nn.Linear(len(COLUMNS), 16), nn.ReLU())
        self.heads = nn.ModuleDict({head.name: nn.Linear(16, 1) for head in asked.heads})

    def forward(self, x: torch.Tensor) -> Any:
        h = self.trunk(x)
        found = {name: head(h) + (150.0 if name == "progression" else 0.0) for name, head in self.heads.items()}
        return found if len(found) > 1 else next(iter(found.values()))


def terms(asked: Problem, outputs: Any, labels: tuple[torch.Tensor, ...]) -> list[torch.Tensor]:
    """The loss of each head, unweighted."""
    values = list(outputs.values()) if isinstance(outputs, dict) else [outputs]
    return [
        nnf.mse_loss(value, label) if head.kind == "regression" else nnf.binary_cross_entropy_with_logits(value, label)
        for head, value, label in zip(asked.heads, values, labels, strict=True)
    ]


def labels(asked: Problem) -> tuple[np.ndarray, ...]:
    """(rows,) for each head of a problem."""
    return tuple(one for head, one in zip(HEADS, rows()[1], strict=True) if head in asked.heads)


def batches(asked: Problem) -> Batches:
    x, count = rows()[0], len(asked.heads)
    return Batches(
        kind="loader",
        x=x,
        widths=(x.shape[1],),
        labels=labels(asked),
        shapes=((32, x.shape[1]), *((32,),) * count),
        dtypes=("float32",) * (count + 1),
        sizes=(len(x),),
        second_order=np.zeros(0),
    )
