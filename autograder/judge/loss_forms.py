"""The terms that a loss can be made of: their values and slopes on recorded outputs and labels."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from autograder.dutch import number

Values = npt.NDArray[np.float64]

Elementwise = Callable[[Values, Values], Values]
"""(outputs, labels) -> one number for each row; the two may have any shapes that broadcast."""

QUALITY, GOOD = 0, 1
"""The places of the two heads wherever there is a pair."""

LEVELS = range(3, 9)
"""The scores that wines have."""

THRESHOLD = 6
"""The lowest score of a good wine."""

HUBER_DELTAS = (0.05, 0.1, 0.2, 0.25, 0.3, 0.5, 0.75, 1.0, 1.345, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)

NEAREST = 1e-7
"""How near to 0 and 1 a probability comes when it is clipped, as Keras clips it."""


@dataclass(frozen=True)
class Sample:
    """One batch on which the loss was observed."""

    outputs: tuple[Values, Values]
    """(n,) each, quality then good"""
    quality: Values
    """(n,) labels"""
    good: Values
    """(n,) labels, 0 or 1"""
    gradients: tuple[Values, Values]
    """(m,) what was seen of the gradient with respect to each output"""
    views: tuple[Values | None, Values | None] = (None, None)
    """(m, n) how the gradient with respect to an output is seen; None when it is seen as it is"""
    value: float | None = None
    """The loss itself, None when it was not seen."""

    @property
    def rows(self) -> int:
        """How many rows the batch has."""
        return len(self.quality)


@dataclass(frozen=True)
class Measure:
    """How far an output is from its label, row by row."""

    name: Literal["mse", "mae", "huber", "log_cosh", "rmse", "bce", "brier"]
    label: str
    """As written in a formula."""
    value: Elementwise
    slope: Elementwise
    """The derivative of `value` with respect to the output."""
    reading: Literal["raw", "logit", "probability", "twice"] = "raw"
    """What the output is taken for; twice: a sigmoid is applied to what is taken for a logit afterwards."""


@dataclass(frozen=True)
class Target:
    """What an output is compared with."""

    name: Literal["own", "other", "inverted", "threshold", "constant", "classes", "levels", "mixed"]
    label: str
    of: Callable[[Sample], Values]
    level: int = 0
    """threshold: the lowest score that it calls good."""
    mixture: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """mixed and constant: factor of the score, factor of the label good, constant."""


class Form(Protocol):
    """A term with one or more unknown coefficients."""

    @property
    def measure(self) -> Measure:
        """How it measures."""

    @property
    def target(self) -> Target:
        """What it compares with."""

    @property
    def pairwise(self) -> bool:
        """Whether every output is compared with every label, as broadcasting does."""

    def values(self, sample: Sample, head: int) -> Values:
        """Return its value as a mean over the rows, (coefficients,)."""

    def slopes(self, sample: Sample, head: int) -> Values:
        """Return n times the derivative of `values` with respect to the output, (n, coefficients)."""


@dataclass(frozen=True)
class Plain:
    """A mean over the rows, or over all pairs of rows; one coefficient."""

    measure: Measure
    target: Target
    pairwise: bool = False

    def values(self, sample: Sample, head: int) -> Values:
        """See `Form.values`."""
        mean = self._all(self.measure.value, sample, head).mean()
        return np.array([np.sqrt(mean) if self.measure.name == "rmse" else mean])

    def slopes(self, sample: Sample, head: int) -> Values:
        """See `Form.slopes`."""
        slopes = self._all(self.measure.slope, sample, head).mean(axis=1)
        if self.measure.name == "rmse":
            slopes = slopes / (2 * max(float(self.values(sample, head)[0]), 1e-12))
        return slopes[:, None]

    def _all(self, function: Elementwise, sample: Sample, head: int) -> Values:
        """Apply `function` to every pair, (n, n), or to every row, (n, 1)."""
        labels = self.target.of(sample)
        labels = labels[None, :] if self.pairwise else labels[:, None]
        return function(sample.outputs[head][:, None], labels)


@dataclass(frozen=True)
class Weighted:
    """A mean with a weight of its own for every score; six coefficients."""

    measure: Measure
    target: Target
    pairwise: bool = False

    def values(self, sample: Sample, head: int) -> Values:
        """See `Form.values`."""
        values: Values = self._columns(self.measure.value, sample, head).mean(axis=0)
        return values

    def slopes(self, sample: Sample, head: int) -> Values:
        """See `Form.slopes`."""
        return self._columns(self.measure.slope, sample, head)

    def _columns(self, function: Elementwise, sample: Sample, head: int) -> Values:
        return function(sample.outputs[head], self.target.of(sample))[:, None] * by_level(sample)


@dataclass(frozen=True)
class Soft:
    """A cross-entropy whose targets and weights are unknown numbers, one for each group of rows.

    It is linear in its target s: alpha (s BCE(x, 1) + (1 - s) BCE(x, 0)).  The coefficients are alpha s, then
    alpha (1 - s), for each group in turn.
    """

    measure: Measure
    target: Target
    groups: Callable[[Sample], Values]
    """(n, groups) 1 where a row belongs to a group, 0 elsewhere"""
    pairwise: bool = False

    def values(self, sample: Sample, head: int) -> Values:
        """See `Form.values`."""
        values: Values = self._columns(self.measure.value, sample, head).mean(axis=0)
        return values

    def slopes(self, sample: Sample, head: int) -> Values:
        """See `Form.slopes`."""
        return self._columns(self.measure.slope, sample, head)

    def _columns(self, function: Elementwise, sample: Sample, head: int) -> Values:
        x, groups = sample.outputs[head], self.groups(sample)
        ones, zeros = function(x, np.ones_like(x)), function(x, np.zeros_like(x))
        return np.concatenate([ones[:, None] * groups, zeros[:, None] * groups], axis=1)


@dataclass(frozen=True)
class Mixed:
    """A squared error against an unknown mixture of both labels and a constant; four coefficients.

    Only its slopes can be known this way, so `values` leaves out what does not depend on the output.
    """

    measure: Measure
    target: Target
    pairwise: bool = False

    def values(self, sample: Sample, head: int) -> Values:
        """See `Form.values`."""
        x = sample.outputs[head]
        return np.array([(column * x).mean() for column in (x, *self._labels(sample))])

    def slopes(self, sample: Sample, head: int) -> Values:
        """See `Form.slopes`."""
        x = sample.outputs[head]
        return np.stack([2 * x, *self._labels(sample)], axis=1)

    @staticmethod
    def _labels(sample: Sample) -> tuple[Values, Values, Values]:
        return sample.quality, sample.good, np.ones_like(sample.quality)


def by_class(sample: Sample) -> Values:
    """Return which rows are bad and which are good, (n, 2)."""
    return np.stack([sample.good < 0.5, sample.good >= 0.5], axis=1).astype(np.float64)


def by_level(sample: Sample) -> Values:
    """Return which rows have which score, (n, 6)."""
    levels = np.clip(np.floor(sample.quality), LEVELS[0], LEVELS[-1])
    return (levels[:, None] == np.array(LEVELS)[None, :]).astype(np.float64)


def sigmoid(x: Values) -> Values:
    """Return the logistic function, without overflow."""
    result: Values = 0.5 * (1 + np.tanh(0.5 * x))
    return result


def _softplus(x: Values) -> Values:
    result: Values = np.logaddexp(0.0, x)
    return result


def _clipped(p: Values) -> Values:
    return np.clip(p, NEAREST, 1 - NEAREST)


def _inside(p: Values) -> Values:
    return ((p > NEAREST) & (p < 1 - NEAREST)).astype(np.float64)


def _huber(delta: float) -> Measure:
    def value(x: Values, y: Values) -> Values:
        error = np.abs(x - y)
        return np.where(error < delta, 0.5 * error**2, delta * (error - 0.5 * delta))

    def slope(x: Values, y: Values) -> Values:
        return np.clip(x - y, -delta, delta)

    return Measure("huber", f"Huber(delta = {number(delta)})", value, slope)


SQUARED = Measure("mse", "MSE", lambda x, y: (x - y) ** 2, lambda x, y: 2 * (x - y))

ABSOLUTE = Measure("mae", "MAE", lambda x, y: np.abs(x - y), lambda x, y: np.sign(x - y))

LOG_COSH = Measure(
    "log_cosh", "log-cosh", lambda x, y: _softplus(2 * (x - y)) - (x - y) - np.log(2), lambda x, y: np.tanh(x - y)
)

ROOT = Measure("rmse", "RMSE", SQUARED.value, SQUARED.slope)

BCE_LOGIT = Measure("bce", "BCE", lambda x, y: _softplus(x) - y * x, lambda x, y: sigmoid(x) - y, "logit")

BCE_PROBABILITY = Measure(
    "bce",
    "BCE",
    lambda x, y: -y * np.log(_clipped(x)) - (1 - y) * np.log(1 - _clipped(x)),
    lambda x, y: _inside(x) * ((1 - y) / (1 - _clipped(x)) - y / _clipped(x)),
    "probability",
)

BCE_TWICE = Measure(
    "bce",
    "BCE na tweemaal sigmoid",
    lambda x, y: BCE_LOGIT.value(sigmoid(x), y),
    lambda x, y: BCE_LOGIT.slope(sigmoid(x), y) * sigmoid(x) * (1 - sigmoid(x)),
    "twice",
)

BRIER_LOGIT = Measure(
    "brier",
    "MSE op de kans",
    lambda x, y: (sigmoid(x) - y) ** 2,
    lambda x, y: 2 * (sigmoid(x) - y) * sigmoid(x) * (1 - sigmoid(x)),
    "logit",
)

BRIER_PROBABILITY = Measure("brier", "MSE op good", SQUARED.value, SQUARED.slope, "probability")

CROSS_ENTROPIES = (BCE_LOGIT, BCE_PROBABILITY, BCE_TWICE)

LABEL_QUALITY = Target("own", "quality", lambda sample: sample.quality)
LABEL_GOOD = Target("own", "good", lambda sample: sample.good)
OTHER_QUALITY = Target("other", "quality", lambda sample: sample.quality)
OTHER_GOOD = Target("other", "good", lambda sample: sample.good)
INVERTED = Target("inverted", "1 - good", lambda sample: 1 - sample.good)
BY_CLASS = Target("classes", "good", lambda sample: sample.good)
BY_LEVEL = Target("levels", "quality", lambda sample: sample.quality)
MIXTURE = Target("mixed", "quality", lambda sample: sample.quality)


def threshold(level: int) -> Target:
    """Return the label good as made from the score anew."""

    def of(sample: Sample) -> Values:
        return (sample.quality >= level).astype(np.float64)

    return Target("threshold", f"quality >= {level}", of, level=level)


def mixture(quality: float, good: float, constant: float) -> Target:
    """Return a mixture of both labels as a target."""
    name: Literal["constant", "mixed"] = "constant" if abs(quality) + abs(good) < 1e-3 else "mixed"

    def of(sample: Sample) -> Values:
        return quality * sample.quality + good * sample.good + constant

    return Target(name, "?", of, mixture=(quality, good, constant))


class Catalogue:
    """Every form that is tried for a head, the plainest first."""

    def __init__(self, head: int) -> None:
        self.head = head

    @cached_property
    def plain(self) -> tuple[Form, ...]:
        """One coefficient each."""
        return tuple(self._quality() if self.head == QUALITY else self._good())

    @cached_property
    def tiers(self) -> tuple[tuple[Form, ...], ...]:
        """Forms by their number of coefficients; the later ones only count when the earlier ones do not fit."""
        if self.head == QUALITY:
            soft = Soft(BCE_LOGIT, OTHER_GOOD, by_class)
            return self.plain, (Mixed(SQUARED, MIXTURE), soft), (Weighted(SQUARED, LABEL_QUALITY),)
        return (
            self.plain,
            tuple(Soft(measure, BY_CLASS, by_class) for measure in CROSS_ENTROPIES),
            tuple(Soft(measure, BY_LEVEL, by_level) for measure in CROSS_ENTROPIES),
        )

    @staticmethod
    def _quality() -> Iterator[Form]:
        for measure in (SQUARED, ABSOLUTE, ROOT, *map(_huber, HUBER_DELTAS), LOG_COSH):
            yield Plain(measure, LABEL_QUALITY)
        for measure in (SQUARED, ABSOLUTE, ROOT):
            yield Plain(measure, LABEL_QUALITY, pairwise=True)
        yield Plain(SQUARED, OTHER_GOOD)
        yield Plain(ABSOLUTE, OTHER_GOOD)
        for measure in (BCE_LOGIT, BCE_PROBABILITY):
            yield Plain(measure, OTHER_GOOD)
            yield Plain(measure, LABEL_QUALITY)

    @staticmethod
    def _good() -> Iterator[Form]:
        targets = (LABEL_GOOD, *map(threshold, range(4, 9)), OTHER_QUALITY, INVERTED)
        for target in targets:
            for measure in CROSS_ENTROPIES:
                yield Plain(measure, target)
        for measure in (BCE_LOGIT, BCE_PROBABILITY):
            yield Plain(measure, LABEL_GOOD, pairwise=True)
        for measure in (BRIER_LOGIT, BRIER_PROBABILITY):
            yield Plain(measure, LABEL_GOOD)
        for measure in (SQUARED, ABSOLUTE):
            yield Plain(measure, OTHER_QUALITY)


CATALOGUES = (Catalogue(QUALITY), Catalogue(GOOD))
"""For the output quality, for the output good."""
