"""The terms that a loss can be made of: their values and slopes on recorded outputs and labels."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from autograder.dutch import number, plain
from autograder.evidence.problem import Head
from autograder.judge.loss_challenge import has_levels

Values = npt.NDArray[np.float64]

Elementwise = Callable[[Values, Values], Values]
"""(outputs, labels) -> one number for each row; the two may have any shapes that broadcast."""

HUBER_DELTAS = (0.05, 0.1, 0.2, 0.25, 0.3, 0.5, 0.75, 1.0, 1.345, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)

NEAREST = 1e-7
"""How near to 0 and 1 a probability comes when it is clipped, as Keras clips it."""


@dataclass(frozen=True)
class Sample:
    """One batch on which the loss was observed."""

    outputs: tuple[Values, ...]
    """(n,) for each head"""
    labels: tuple[Values, ...]
    """(n,) for each head; 0 or 1 for a binary one"""
    gradients: tuple[Values, ...]
    """(m,) what was seen of the gradient with respect to each output"""
    views: tuple[Values, ...] | None = None
    """(m, n) how the gradient with respect to each output is seen; None when it is seen as it is"""
    value: float | None = None
    """The loss itself, None when it was not seen."""

    @property
    def rows(self) -> int:
        """How many rows the batch has."""
        return len(self.labels[0])


Groups = Callable[[Sample], Values]
"""(n, groups) 1 where a row belongs to a group, 0 elsewhere."""


@dataclass(frozen=True)
class Measure:
    """How far an output is from its label, row by row."""

    name: Literal["mse", "mae", "huber", "log_cosh", "rmse", "msle", "bce", "brier", "hinge"]
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
    head: int = -1
    """other, threshold and levels: the head whose label it is made of."""
    level: float = 0.0
    """threshold: the lowest label that it calls 1."""
    mixture: tuple[float, ...] = ()
    """mixed and constant: the factor of each head's label, then a constant."""


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
    """A mean with a weight of its own for every group of rows; as many coefficients."""

    measure: Measure
    target: Target
    groups: Groups
    pairwise: bool = False

    def values(self, sample: Sample, head: int) -> Values:
        """See `Form.values`."""
        values: Values = self._columns(self.measure.value, sample, head).mean(axis=0)
        return values

    def slopes(self, sample: Sample, head: int) -> Values:
        """See `Form.slopes`."""
        return self._columns(self.measure.slope, sample, head)

    def _columns(self, function: Elementwise, sample: Sample, head: int) -> Values:
        return function(sample.outputs[head], self.target.of(sample))[:, None] * self.groups(sample)


@dataclass(frozen=True)
class Soft:
    """A cross-entropy whose targets and weights are unknown numbers, one for each group of rows.

    It is linear in its target s: alpha (s BCE(x, 1) + (1 - s) BCE(x, 0)).  The coefficients are alpha s, then
    alpha (1 - s), for each group in turn.
    """

    measure: Measure
    target: Target
    groups: Groups
    levels: tuple[float, ...] = ()
    """The lowest label of each group, when groups are made by another head's label."""
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
    """A squared error against an unknown mixture of all labels and a constant; two coefficients more than heads.

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
    def _labels(sample: Sample) -> tuple[Values, ...]:
        return *sample.labels, np.ones(sample.rows)


def by_class(head: int) -> Groups:
    """Return which rows have the label 0 and which have 1, (n, 2)."""

    def groups(sample: Sample) -> Values:
        labels = sample.labels[head]
        return np.stack([labels < 0.5, labels >= 0.5], axis=1).astype(np.float64)

    return groups


def by_level(head: int, levels: Sequence[float]) -> Groups:
    """Return which is the last of `levels` that each row's label reaches, the first where it reaches none."""

    def groups(sample: Sample) -> Values:
        places = np.clip(np.searchsorted(levels, sample.labels[head], side="right") - 1, 0, None)
        return np.eye(len(levels))[places]

    return groups


def sigmoid(x: Values) -> Values:
    """Return the logistic function, without overflow."""
    result: Values = 0.5 * (1 + np.tanh(0.5 * x))
    return result


def _softplus(x: Values) -> Values:
    result: Values = np.logaddexp(0.0, x)
    return result


def _log(x: Values) -> Values:
    """Return log(1 + x); NaN where there is none."""
    result: Values = np.log1p(np.where(x > -1, x, np.nan))
    return result


def _signed(y: Values) -> Values:
    """Labels of 0 and 1 as -1 and 1."""
    return 2 * y - 1


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

LOGARITHM = Measure(
    "msle",
    "MSLE",
    lambda x, y: (_log(x) - _log(y)) ** 2,
    lambda x, y: 2 * (_log(x) - _log(y)) / (1 + np.where(x > -1, x, np.nan)),
)

LOGARITHM_CLIPPED = Measure(
    "msle",
    "MSLE",
    lambda x, y: LOGARITHM.value(np.maximum(x, NEAREST), np.maximum(y, NEAREST)),
    lambda x, y: (x > NEAREST) * LOGARITHM.slope(np.maximum(x, NEAREST), np.maximum(y, NEAREST)),
)
"""As Keras has it: what lies below 0 counts as nearly 0, without a gradient."""

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


HINGE = Measure(
    "hinge",
    "hinge",
    lambda x, y: np.maximum(1 - _signed(y) * x, 0),
    lambda x, y: -_signed(y) * (_signed(y) * x < 1),
)

HINGE_SQUARED = Measure(
    "hinge",
    "hinge in het kwadraat",
    lambda x, y: HINGE.value(x, y) ** 2,
    lambda x, y: 2 * HINGE.value(x, y) * HINGE.slope(x, y),
)

HINGE_UNSIGNED = Measure(
    "hinge",
    "hinge met labels 0 en 1",
    lambda x, y: np.maximum(1 - y * x, 0),
    lambda x, y: -y * (y * x < 1),
)


def _on_probability(measure: Measure) -> Measure:
    """The same of the sigmoid of the output."""

    def slope(x: Values, y: Values) -> Values:
        p = sigmoid(x)
        return measure.slope(p, y) * p * (1 - p)

    return Measure(measure.name, f"{measure.label} op de kans", lambda x, y: measure.value(sigmoid(x), y), slope)


def _brier_probability(name: str) -> Measure:
    return Measure("brier", f"MSE op {name}", SQUARED.value, SQUARED.slope, "probability")


_PLAIN_HINGES = (HINGE, HINGE_SQUARED, HINGE_UNSIGNED)

HINGES = (*_PLAIN_HINGES, *map(_on_probability, _PLAIN_HINGES))

CROSS_ENTROPIES = (BCE_LOGIT, BCE_PROBABILITY, BCE_TWICE)

REGRESSIONS = (SQUARED, ABSOLUTE, ROOT, *map(_huber, HUBER_DELTAS), LOG_COSH, LOGARITHM, LOGARITHM_CLIPPED)


def _label(name: Literal["own", "other", "classes", "levels", "mixed"], head: int, heads: Sequence[Head]) -> Target:
    return Target(name, heads[head].name, lambda sample: sample.labels[head], head)


def _inverted(head: int, heads: Sequence[Head]) -> Target:
    return Target("inverted", f"1 - {heads[head].name}", lambda sample: 1 - sample.labels[head], head)


def threshold(head: int, level: float, heads: Sequence[Head]) -> Target:
    """Return a binary label as made anew from the label of a regression head."""

    def of(sample: Sample) -> Values:
        return (sample.labels[head] >= level).astype(np.float64)

    return Target("threshold", f"{heads[head].name} >= {plain(level)}", of, head, level=level)


def mixture(factors: Sequence[float], constant: float) -> Target:
    """Return a mixture of all labels as a target."""
    name: Literal["constant", "mixed"] = "constant" if sum(map(abs, factors)) < 1e-3 else "mixed"

    def of(sample: Sample) -> Values:
        parts = (factor * labels for factor, labels in zip(factors, sample.labels, strict=True))
        return sum(parts, np.full(sample.rows, constant))

    return Target(name, "?", of, mixture=(*factors, constant))


class Catalogue:
    """Every form that is tried for a head, the plainest first."""

    def __init__(self, heads: Sequence[Head], head: int, samples: Sequence[Sample]) -> None:
        self.heads, self.head = heads, head
        others = [place for place in range(len(heads)) if place != head]
        self._regressions = [place for place in others if heads[place].kind == "regression"]
        self._binaries = [place for place in others if heads[place].kind == "binary"]
        self._own = _label("own", head, heads)
        self._sources = [place for place in self._regressions if heads[place].column == heads[head].column]
        self._labels = {
            place: np.unique(np.concatenate([sample.labels[place] for sample in samples])) for place in self._sources
        }

    @cached_property
    def plain(self) -> tuple[Form, ...]:
        """One coefficient each."""
        return tuple(self._regression() if self.heads[self.head].kind == "regression" else self._binary())

    @cached_property
    def tiers(self) -> tuple[tuple[Form, ...], ...]:
        """Forms by their number of coefficients; the later ones only count when the earlier ones do not fit."""
        found = self._regression_tiers() if self.heads[self.head].kind == "regression" else self._binary_tiers()
        return self.plain, *(tier for tier in found if tier)

    def thresholds(self, source: int) -> tuple[float, ...]:
        """Return the labels of another head from which a binary label may be told to be 1."""
        levels = self.heads[source].values if has_levels(self.heads[source]) else self._labels[source]
        return tuple(float(level) for level in sorted(levels)[1:])

    def _regression_tiers(self) -> Iterator[tuple[Form, ...]]:
        head, values = self.head, self.heads[self.head].values
        soft = (Soft(BCE_LOGIT, self._other(one), by_class(one)) for one in self._binaries)
        yield Mixed(SQUARED, _label("mixed", head, self.heads)), *soft
        if has_levels(self.heads[head]):
            yield (Weighted(SQUARED, self._own, by_level(head, sorted(values))),)

    def _binary_tiers(self) -> Iterator[tuple[Form, ...]]:
        yield tuple(Plain(measure, self._own) for measure in HINGES)
        classes = _label("classes", self.head, self.heads)
        yield tuple(Soft(measure, classes, by_class(self.head)) for measure in CROSS_ENTROPIES)
        forms = []
        for source in self._sources:
            levels = self._groups(source)
            target = _label("levels", source, self.heads)
            forms += [Soft(measure, target, by_level(source, levels), levels) for measure in CROSS_ENTROPIES]
        yield tuple(forms)

    def _groups(self, source: int) -> tuple[float, ...]:
        """All levels of another head's label where they are few, else what is below and above the right threshold."""
        values, at_least = sorted(self.heads[source].values), self.heads[self.head].at_least
        return tuple(values) if has_levels(self.heads[source]) or at_least is None else (values[0], at_least)

    def _other(self, head: int) -> Target:
        return _label("other", head, self.heads)

    def _regression(self) -> Iterator[Form]:
        for measure in REGRESSIONS:
            yield Plain(measure, self._own)
        for measure in (SQUARED, ABSOLUTE, ROOT):
            yield Plain(measure, self._own, pairwise=True)
        for measure, other in product((SQUARED, ABSOLUTE), (*self._binaries, *self._regressions)):
            yield Plain(measure, self._other(other))
        for measure in (BCE_LOGIT, BCE_PROBABILITY):
            for other in self._binaries:
                yield Plain(measure, self._other(other))
            yield Plain(measure, self._own)

    def _binary(self) -> Iterator[Form]:
        thresholds = (threshold(one, level, self.heads) for one in self._sources for level in self.thresholds(one))
        others = [self._other(one) for one in (*self._regressions, *self._binaries)]
        for target in (self._own, *thresholds, *others, _inverted(self.head, self.heads)):
            for measure in CROSS_ENTROPIES:
                yield Plain(measure, target)
        for measure in (BCE_LOGIT, BCE_PROBABILITY):
            yield Plain(measure, self._own, pairwise=True)
        briers = (BRIER_LOGIT, _brier_probability(self.heads[self.head].name))
        for measure, target in product(briers, (self._own, *map(self._other, self._binaries))):
            yield Plain(measure, target)
        for measure, regression in product((SQUARED, ABSOLUTE), self._regressions):
            yield Plain(measure, self._other(regression))


def catalogues(heads: Sequence[Head], samples: Sequence[Sample]) -> tuple[Catalogue, ...]:
    """Return every form that is tried for each head, given all that was seen."""
    return tuple(Catalogue(heads, place, samples) for place in range(len(heads)))
