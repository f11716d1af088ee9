"""Chances with their uncertainty: exact where runs are counted, modelled where nothing was seen to fail."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

CONFIDENCE = 0.95
BOOTSTRAPS = 1000
TAIL = 0.1
"""The worst part of the runs, to which a generalised Pareto distribution is fitted."""

Floats = NDArray[np.float64]


def interval(events: int, runs: int) -> tuple[float, float]:
    """Return the exact (Clopper-Pearson) two-sided 95 % interval of a chance."""
    edge = (1 - CONFIDENCE) / 2
    return _lower(events, runs, edge), _upper(events, runs, edge)


def at_most(events: int, runs: int) -> float:
    """Return what a chance is at most, with 95 % confidence: 3 / runs or so when no event was seen."""
    return _upper(events, runs, 1 - CONFIDENCE)


def _lower(events: int, runs: int, edge: float) -> float:
    return float(stats.beta.ppf(edge, events, runs - events + 1)) if events else 0.0


def _upper(events: int, runs: int, edge: float) -> float:
    return float(stats.beta.ppf(1 - edge, events + 1, runs - events)) if events < runs else 1.0


@dataclass(frozen=True)
class Tail:
    """How far a threshold lies out in a distribution, and the chance to lie beyond it, as two models see it."""

    distance: float
    """From the mean, in standard deviations."""
    low: float
    high: float
    """The 95 % interval of the distance, by bootstrap."""
    normal: float
    """The chance beyond, if scores were normally distributed."""
    pareto: float
    """The chance beyond by a generalised Pareto distribution of the worst tenth, which need not be normal."""
    pareto_high: float
    """The upper end of its 95 % interval, by bootstrap."""


def tail(losses: Floats, limit: float) -> Tail:
    """Return the tail beyond `limit` of what is better when it is lower; losses (n,), n at least 100."""
    rng = np.random.default_rng(0)
    distances, chances = [], []
    for _ in range(BOOTSTRAPS):
        drawn = rng.choice(losses, len(losses))
        distances.append(_distance(drawn, limit))
        chances.append(_pareto(drawn, limit))
    low, high = np.quantile(distances, [0.025, 0.975])
    distance = _distance(losses, limit)
    return Tail(
        distance=distance,
        low=float(low),
        high=float(high),
        normal=float(stats.norm.sf(distance)),
        pareto=_pareto(losses, limit),
        pareto_high=float(np.quantile(chances, 0.975)),
    )


def _distance(losses: Floats, limit: float) -> float:
    return float((limit - losses.mean()) / losses.std(ddof=1))


def _pareto(losses: Floats, limit: float) -> float:
    start = np.quantile(losses, 1 - TAIL)
    beyond = losses[losses > start] - start
    if limit <= start or len(beyond) < 2 or beyond.std() == 0:
        return float((losses >= limit).mean())
    # By moments (Hosking and Wallis, 1987): without a search, and steadier than likelihood on some hundred values.
    ratio = beyond.mean() ** 2 / beyond.var(ddof=1)
    shape, scale = (1 - ratio) / 2, beyond.mean() * (1 + ratio) / 2
    return float(TAIL * stats.genpareto.sf(limit - start, shape, scale=scale))
