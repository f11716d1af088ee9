"""Make the numbers on which a student's loss is observed."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from autograder.evidence.problem import Head, Problem, Values
from autograder.evidence.requests import LossChallenge

PROBES = 33

SIZES = (8, 16, 32)
"""Rows of the probes in turn: with one size only, sums and means could not be told apart."""

LEVELS = 24
"""Different labels of a head whose labels are not a few known values: as many as there are thresholds to find."""

WHOLE = 20
"""Whole numbers between the ends of a head's labels from which its labels are taken for whole numbers."""


def make_loss_challenge(problem: Problem, seed: int) -> LossChallenge:
    """Return outputs and labels for `PROBES` batches.

    Every output is exact in float32, so that losses in either precision are computed from the same numbers.  Errors
    and logits differ in scale from batch to batch, so that now one, now the other term is the greater, and the labels
    are drawn independently, so that it can be seen which of them a term is computed from.
    """
    rng = np.random.default_rng(seed)
    sizes = tuple(SIZES[probe % len(SIZES)] for probe in range(PROBES))
    regressions, binaries = ([head for head in problem.heads if head.kind == kind] for kind in ("regression", "binary"))
    levels = [_levels(rng, head, problem.heads) for head in regressions]
    scores = [np.concatenate([rng.choice(values, size) for size in sizes]) for values in levels]
    errors = [span(head) / 5 * np.concatenate([_errors(rng, size) for size in sizes]) for head in regressions]
    logits = [np.concatenate([_logits(rng, size) for size in sizes]) for _ in binaries]
    probabilities = [np.concatenate([_between(rng, size) for size in sizes]) for _ in binaries]
    classes = [np.concatenate([_both_classes(rng, size) for size in sizes]) for _ in binaries]
    near = [(label + error).astype(np.float32) for label, error in zip(scores, errors, strict=True)]
    lines = [np.clip(logit, -6, 6).astype(np.float32) for logit in logits]
    return LossChallenge(
        sizes=sizes,
        outputs=_in_order(problem, near, lines),
        probabilities=_in_order(problem, near, [one.astype(np.float32) for one in probabilities]),
        labels=_in_order(problem, scores, [one.astype(np.int64) for one in classes]),
    )


def span(head: Head) -> float:
    """Return how far the labels of a regression head lie apart."""
    return max(head.values) - min(head.values)


def has_levels(head: Head) -> bool:
    """Whether the labels of a regression head are a few known values, of which `values` lists all."""
    return len(head.values) > 2


def _in_order(
    problem: Problem, regressions: Sequence[npt.NDArray[np.generic]], binaries: Sequence[npt.NDArray[np.generic]]
) -> tuple[npt.NDArray[np.generic], ...]:
    """Put what was made for each kind of head back in the order of the heads."""
    made = {"regression": iter(regressions), "binary": iter(binaries)}
    return tuple(next(made[head.kind]) for head in problem.heads)


def _levels(rng: np.random.Generator, head: Head, heads: Sequence[Head]) -> npt.NDArray[np.generic]:
    """The labels to draw from: those that there are, or some between their ends and the thresholds of other heads."""
    if has_levels(head):
        return _plain(np.array(head.values))
    low, high = min(head.values), max(head.values)
    drawn = rng.uniform(low, high, LEVELS).astype(np.float32).astype(np.float64)
    if float(low).is_integer() and float(high).is_integer() and high - low >= WHOLE:
        drawn = np.rint(drawn)
    bounds = [one.at_least for one in heads if one.column == head.column and one.at_least is not None]
    return _plain(np.unique([*drawn, *bounds]))


def _plain(values: Values) -> npt.NDArray[np.generic]:
    """Whole numbers as such: that is how they reach a loss that does not ask for others."""
    return values.astype(np.int64) if np.array_equal(values, np.rint(values)) else values


def _errors(rng: np.random.Generator, size: int) -> Values:
    errors: Values = np.exp(rng.uniform(np.log(0.15), np.log(3.0))) * rng.normal(size=size)
    return errors


def _logits(rng: np.random.Generator, size: int) -> Values:
    logits: Values = np.exp(rng.uniform(np.log(0.5), np.log(3.0))) * rng.normal(size=size)
    return logits


def _between(rng: np.random.Generator, size: int) -> Values:
    half = rng.uniform(0.1, 0.44)
    values: Values = 0.5 + rng.uniform(-half, half, size)
    return values


def _both_classes(rng: np.random.Generator, size: int) -> npt.NDArray[np.bool_]:
    labels = rng.random(size) < rng.uniform(0.2, 0.8)
    first, second = rng.choice(size, 2, replace=False)
    labels[first], labels[second] = True, False
    return labels
