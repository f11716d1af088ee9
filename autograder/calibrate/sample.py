"""The wines of one run: hidden ones by the course's own split, and a student's own split of the rest, prepared."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from autograder.calibrate.recipes import Recipe
from autograder.data import split_hidden
from autograder.evidence.problem import Problem
from autograder.wines import FEATURES, GOOD_FROM, TARGET

Floats = NDArray[np.float32]
Predictions = tuple[NDArray[np.floating], NDArray[np.bool_]]
"""Of one part: quality in points, and whether the wine is called good; both (n,)."""


@dataclass(frozen=True)
class Part:
    """Prepared rows: x (n, 11), quality (n,) in points, good (n,) 0 or 1."""

    x: Floats
    quality: Floats
    good: Floats

    def rows(self, index: NDArray[np.integer]) -> "Part":
        """Return some of the rows."""
        return Part(self.x[index], self.quality[index], self.good[index])

    def scores(self, predicted: Predictions) -> tuple[float, float]:
        """Return MAE and accuracy, as the judge counts them."""
        quality, good = predicted
        return float(np.abs(quality - self.quality).mean()), float((good == (self.good > 0.5)).mean())


@dataclass(frozen=True)
class Sample:
    """A student's training and test part, and the hidden wines; `validation` only where the recipe stops early."""

    train: Part
    validation: Part | None
    test: Part
    hidden: Part
    seed: int
    """Of the training."""


def draw(wines: pd.DataFrame, problem: Problem, recipe: Recipe, seeds: tuple[int, int, int]) -> Sample:
    """Split and prepare all red wines: the seeds are of the hidden part, of the student's split and of the training."""
    parts = split_hidden(wines, problem, seeds[0])
    stratify = parts.students[TARGET] if recipe.stratified else None
    train, test = train_test_split(parts.students, test_size=0.2, random_state=seeds[1], stratify=stratify)
    scaler = StandardScaler().fit(train[list(FEATURES)]) if recipe.normalise else None
    fitted = _prepare(scaler, train)
    rng = np.random.default_rng(seeds[2])
    if recipe.shuffled_labels:
        order = rng.permutation(len(train))
        fitted = Part(fitted.x, fitted.quality[order], fitted.good[order])
    validation = None
    if recipe.patience:
        order = rng.permutation(len(train))
        validation, fitted = fitted.rows(order[: len(train) // 5]), fitted.rows(order[len(train) // 5 :])
    return Sample(fitted, validation, _prepare(scaler, test), _prepare(scaler, parts.hidden), seeds[2])


def _prepare(scaler: StandardScaler | None, rows: pd.DataFrame) -> Part:
    x = rows[list(FEATURES)]
    quality = rows[TARGET].to_numpy(np.float32)
    scaled = x.to_numpy() if scaler is None else scaler.transform(x)
    return Part(np.asarray(scaled, np.float32), quality, (quality >= GOOD_FROM).astype(np.float32))
