"""The figures that a network has on some rows, metric by metric, as the judge computes them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.evidence.problem import Head, Metric, Problem
from autograder.evidence.records import Batches
from autograder.exceptions import ReplayError
from autograder.judge.case import Case
from autograder.judge.replay import Network
from autograder.judge.training import is_logit

SHOWN = {"mae": "MAE", "accuracy": "accuracy", "auc": "AUC"}
"""What a figure is called in messages, by its kind."""

SHARES = ("accuracy", "auc")
"""Kinds of figures between 0 and 1, which some give as a percentage."""

Array = npt.NDArray[Any]
Figures = dict[str, tuple[float, ...]]
"""By metric: the figure for each way in which the output may be meant, the likeliest one first."""


def of_trained(case: Case, x: Array, labels: Sequence[Array]) -> Figures:
    """Return the trained network's figures on rows, (rows, features) with labels (rows,) of every head.

    An accuracy has two when the loss does not tell logits from probabilities, or takes the one for the other: that
    fault is named already.
    Raises ReplayError, ValueError or RuntimeError when the rows do not fit the network.
    """
    assert isinstance(case.trained, Network)
    outputs = case.trained.outputs(x)
    found: Figures = {}
    for metric in case.problem.metrics:
        place = case.problem.place(metric.head)
        output, label = outputs[place][:, 0], np.asarray(labels[place], dtype=np.float64)
        cuts = cuts_of(case, place, outputs[place]) if metric.kind == "accuracy" else (0.5,)
        found[metric.name] = tuple(figure(metric, output, label, cut) for cut in cuts)
    return found


def cuts_of(case: Case, place: int, output: Array) -> tuple[float, ...]:
    """Return from where on a binary head says 1: 0 for a logit, 0.5 for a probability, both when it may be either."""
    assert isinstance(case.trained, Network)
    term = case.verdicts.get(case.problem.heads[place].term)
    mixed_up = term is not None and term.fault in ("double_sigmoid", "bce_on_logits")
    logit = case.logit(place)
    if logit is not None and not mixed_up:
        return (0.0,) if logit else (0.5,)
    # Outside 0 to 1 it cannot be a probability; inside, it may still be a logit.  Read as logits, numbers between 0
    # and 1 would call every row a 1: the first reading is the sensible one.
    return (0.0,) if is_logit(output, case.trained.recording.outputs[place].value) else (0.5, 0.0)


def figure(metric: Metric, output: Array, label: Array, cut: float) -> float:
    """Return one figure of outputs, (rows,), from `cut` on read as 1; NaN where it is not defined."""
    if metric.kind == "mae":
        return float(np.abs(output - label).mean())
    if metric.kind == "auc":
        return auc(output, label)
    return float(((output > cut) == (label > 0.5)).mean())


def auc(scores: Array, labels: Array) -> float:
    """Return the area under the ROC curve, tied scores counting for a half; NaN for labels of one kind only."""
    ones = np.asarray(labels) > 0.5
    pairs = int(ones.sum()) * int((~ones).sum())
    if not pairs or np.isnan(scores).any():
        return float("nan")
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    count = int(ones.sum())
    return float((ranks[ones].sum() - count * (count + 1) / 2) / pairs)


def on_loader(case: Case, loader: Batches) -> Figures | str:
    """Return the trained network's figures on a loader's rows, or why there are none."""
    try:
        return of_trained(case, loader.x, loader.labels)
    except (ReplayError, ValueError, RuntimeError) as error:
        return str(error)


def called(metric: Metric) -> str:
    """What messages call a figure: its kind, or the name that the assignment gave it."""
    return SHOWN[metric.kind] if metric.name == metric.kind else f"`{metric.name}`"


def of_head(metric: Metric, problem: Problem) -> str:
    """Tell a figure from others of its kind by its head; nothing where there are none."""
    alike = sum(other.kind == metric.kind for other in problem.metrics)
    return f" van `{metric.head}`" if alike > 1 else ""


def regression_of(head: Head, problem: Problem) -> Head | None:
    """Return the regression head on the column from which a binary head's label is cut, None without one."""
    if head.at_least is None:
        return None
    return next((one for one in problem.heads if one.kind == "regression" and one.column == head.column), None)
