"""A problem of two inputs and one head, rows of it, and networks whose figures are known: for tests of the judge."""

from typing import Any

import numpy as np
import torch
from torch import nn

from autograder.evidence.problem import Head, Input, Metric, Problem
from autograder.evidence.records import Batches, ModelEvidence
from autograder.probe.pytorch import record

PASSENGERS = Problem(
    table="passengers.csv",
    row="passagier",
    rows="passagiers",
    inputs=(Input(name="structured", columns=("age", "fare")), Input(name="names", columns=("name",))),
    heads=(Head(name="survived", kind="binary", column="survived", term="classification_term"),),
    metrics=(
        Metric(name="auc", head="survived", kind="auc"),
        Metric(name="accuracy", head="survived", kind="accuracy"),
    ),
    cells={
        "loaders": ("train_data", "test_data"),
        "model": ("model",),
        "train": ("model",),
        "evaluate": ("auc", "accuracy"),
        "compare": ("baseline", "baseline_input", "baseline_auc"),
    },
)

ROWS = 300
WIDTHS, DTYPES = (2, 3), ("float32", "int64")


def rows(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Both inputs side by side, numbers and token ids, and labels that the first column of each helps to tell."""
    rng = np.random.default_rng(seed)
    numbers, tokens = rng.normal(size=(ROWS, 2)), rng.integers(0, 9, size=(ROWS, 3))
    chance = 1 / (1 + np.exp(-2 * numbers[:, 0] - (tokens[:, 0] - 4)))
    return np.hstack([numbers, tokens]), (rng.random(ROWS) < chance).astype("float64")


X, Y = rows(0)
TRAIN = rows(1)


class Fused(nn.Module):
    """A logit that weighs the telling column of both inputs."""

    def __init__(self, structured: float = 2.0, names: float = 1.0, *, probability: bool = False) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.tensor([structured, names]))
        self.probability = probability

    def forward(self, structured: torch.Tensor, names: torch.Tensor) -> torch.Tensor:
        logit = self.weights[0] * structured[:, 0] + self.weights[1] * (names[:, 0].float() - 4)
        return torch.sigmoid(logit) if self.probability else logit


class Alone(nn.Module):
    """A logit from one column of one input, of three columns or any."""

    def __init__(self, weight: float = 1.0, middle: float = 0.0, columns: int = 2) -> None:
        super().__init__()
        self.weight, self.middle, self.columns = nn.Parameter(torch.tensor(weight)), middle, columns

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.shape[1] != self.columns:
            raise ValueError(f"expected {self.columns} columns, got {x.shape[1]}")
        return self.weight * (x[:, 0].float() - self.middle)


def recorded(model: Any) -> ModelEvidence:
    return record(model, X, PASSENGERS, WIDTHS, DTYPES)


def batches(x: np.ndarray = X, labels: np.ndarray = Y) -> Batches:
    return Batches(
        kind="loader",
        x=x,
        widths=WIDTHS,
        labels=(labels,),
        shapes=((32, 2), (32, 3), (32,)),
        dtypes=(*DTYPES, "float32"),
        sizes=(len(x),),
        second_order=np.zeros(0),
    )


def outputs(model: nn.Module, x: np.ndarray = X) -> np.ndarray:
    """The model's own output, (rows,) float64."""
    parts = torch.tensor(x[:, :2], dtype=torch.float32), torch.tensor(x[:, 2:], dtype=torch.int64)
    with torch.no_grad():
        found: np.ndarray = model(*parts).numpy().astype("float64")
    return found
