"""Make the numbers on which a student's loss is observed."""

import numpy as np

from autograder.evidence.requests import LossChallenge

PROBES = 33

SIZES = (8, 16, 32)
"""Rows of the probes in turn: with one size only, sums and means could not be told apart."""


def make_loss_challenge(seed: int) -> LossChallenge:
    """Return outputs and labels for `PROBES` batches.

    Every output is exact in float32, so that losses in either precision are computed from the same numbers.  Errors
    and logits differ in scale from batch to batch, so that now one, now the other term is the greater, and the labels
    are drawn independently, so that it can be seen which of them a term is computed from.
    """
    rng = np.random.default_rng(seed)
    sizes = tuple(SIZES[probe % len(SIZES)] for probe in range(PROBES))
    quality_label = [rng.integers(3, 9, size) for size in sizes]
    error = [np.exp(rng.uniform(np.log(0.15), np.log(3.0))) * rng.normal(size=size) for size in sizes]
    logit = [np.exp(rng.uniform(np.log(0.5), np.log(3.0))) * rng.normal(size=size) for size in sizes]
    probability = [_between(rng, size) for size in sizes]
    good_label = [_both_classes(rng, size) for size in sizes]
    labels = np.concatenate(quality_label).astype(np.int64)
    return LossChallenge(
        sizes=sizes,
        quality=(labels + np.concatenate(error)).astype(np.float32),
        probability=np.concatenate(probability).astype(np.float32),
        logit=np.clip(np.concatenate(logit), -6, 6).astype(np.float32),
        quality_label=labels,
        good_label=np.concatenate(good_label).astype(np.int64),
    )


def _between(rng: np.random.Generator, size: int) -> np.ndarray:
    half = rng.uniform(0.1, 0.44)
    values: np.ndarray = 0.5 + rng.uniform(-half, half, size)
    return values


def _both_classes(rng: np.random.Generator, size: int) -> np.ndarray:
    labels = rng.random(size) < rng.uniform(0.2, 0.8)
    first, second = rng.choice(size, 2, replace=False)
    labels[first], labels[second] = True, False
    return labels
