"""What the steps of a training show: gradients that pile up, layers that never trained, another loss than defined."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.evidence.records import Batches, OptimizerStep, TrainingSteps
from autograder.exceptions import ReplayError
from autograder.judge.case import Case
from autograder.judge.replay import Network
from autograder.judge.structure import Structure

FEWEST = 6
"""Steps that have to be seen before anything is said of them."""

FEWEST_PILES, SMALLEST_PILE = 2, 3
"""Piles that have to be seen from start to end, and steps in each, where none is as long as that."""

PILES_UP = 0.5
"""Part of k times the first gradient that k piled up gradients have at least, while the losses fall."""

LONG, RISING, GROWN = 8, 0.9, 2.0
"""Steps of a pile from which it may grow unevenly, as it does when batches differ much: the rank correlation of size
and step then, and how many times the first quarter of the steps the last one is."""

LARGEST_PART = 4.0
"""How many times the largest of the first three sizes one batch may add, before the training itself runs away."""

OTHER = 2.5
"""Factor by which the ratio of both terms has to differ from the loss's own; chance gives half of it."""

ALIKE = 0.8
"""Cosine between a head's gradient and that of its own term from which one is a measure of the other."""

CLEAR = 3
"""Steps that have to show both terms clearly; in a small batch a term may drown in chance."""

MOST_STEPS = 0.8
"""Part of these steps that has to differ so much; so has their mean."""

BLOCKS = 4
"""Blocks of recorded rows that stand for all training rows."""

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Pile:
    """Gradients that were added up over some steps."""

    steps: int
    times: float
    """How many times the gradient of the first of these steps the last one is."""


def piled_up(steps: TrainingSteps) -> Pile | None:
    """Return the first pile of gradients when nothing but adding was done to them from one step to the next.

    Two signs: between steps the very same tensors were written exactly once, and together they grow with every step.
    Who empties them now and then, but not before every step, makes several such piles; all of them have to be.
    """
    if len(steps.first) < FEWEST:
        return None
    piles = _piles(steps.first)
    if len(piles[0]) >= FEWEST:
        return _pile(piles[0][:FEWEST]) or _long_pile(piles[0])
    # The last one may go on after what was seen, and the first one may be what a trial left.
    whole = piles[len(piles[0]) < SMALLEST_PILE : -1]
    if len(whole) < FEWEST_PILES or min(map(len, whole)) < SMALLEST_PILE:
        return None
    found = [_pile(norms) for norms in whole]
    return found[0] if all(found) else None


def _piles(steps: Sequence[OptimizerStep]) -> list[list[float]]:
    """The norms of the gradients, divided where they are other tensors or were written otherwise than once."""
    piles: list[list[float]] = []
    for step in steps:
        if step.writes == 1 and piles:
            piles[-1].append(step.norm)
        else:
            piles.append([step.norm])
    return piles


def _pile(norms: Sequence[float]) -> Pile | None:
    if not norms[0] > 0:
        return None
    growth = [norm / norms[0] for norm in norms]
    most = max(1.0, growth[1] - 1)  # what one batch adds: the first one may have been a small one
    steady = all(PILES_UP * (place + 1) <= times <= most * (place + 2) for place, times in enumerate(growth))
    rising = all(before < after for before, after in pairwise(growth))
    return Pile(len(norms), growth[-1]) if steady and rising else None


def _long_pile(norms: Sequence[float]) -> Pile | None:
    sizes = np.asarray(norms, dtype=np.float64)
    if len(sizes) < LONG or not (sizes > 0).all() or not np.isfinite(sizes).all():
        return None
    quarter, ranks = len(sizes) // 4, sizes.argsort().argsort()
    rising = float(np.corrcoef(ranks, np.arange(len(sizes)))[0, 1]) >= RISING
    grown = sizes[-quarter:].mean() >= GROWN * sizes[:quarter].mean()
    steady = np.diff(sizes).max() <= LARGEST_PART * sizes[:3].max()
    return Pile(len(sizes), float(sizes[-1] / sizes[0])) if rising and grown and steady else None


def evaluated(steps: TrainingSteps) -> bool:
    """Whether most steps were taken in evaluation mode: the layers say so, and nothing chanced or moved meanwhile."""
    if not steps.layers or steps.watched < FEWEST:
        return False
    return min(steps.evaluating, steps.still) > steps.watched / 2


def unmoved_averages(case: Case) -> tuple[str, ...]:
    """Return the running averages of a Keras network that training left at the 0 and 1 with which they start.

    Nothing unless that goes for all of them, means and variances.
    """
    before, after = case.initial, case.trained
    if case.evidence.framework != "keras" or not isinstance(before, Network) or not isinstance(after, Network):
        return ()
    names = [name for name in before.weights if name.rpartition("/")[2].split(":")[0] in STARTS]
    still = [name for name in names if name in after.weights and _at_start(name, before) and _at_start(name, after)]
    return tuple(names) if len(still) == len(names) else ()


STARTS = {"moving_mean": 0.0, "moving_variance": 1.0}


def _at_start(name: str, network: Network) -> bool:
    return bool((network.weights[name] == STARTS[name.rpartition("/")[2].split(":")[0]]).all())


@dataclass(frozen=True)
class OtherLoss:
    """By how much the steps' loss is another one than that which was defined."""

    one: int
    against: int
    """Places of two heads."""
    times: float
    """How many times as heavy `one` weighs against `against` in the steps as in the defined loss."""


def other_weights(case: Case, steps: TrainingSteps, loader: Batches) -> OtherLoss | None:
    """Return which two heads weigh otherwise against each other in the steps than in the defined loss.

    None when they agree, or when either is not known for certain.  Two signs: no other code names the loss, and in
    steps of which the heads' own gradients are clear, one head got far too much for what the other one got.
    """
    structure, network, weights = case.structure, case.initial, case.loss_weights
    if weights is None or steps.loss_named or len(steps.first) < FEWEST:
        return None
    if any(head.kind == "binary" and case.logit(place) is None for place, head in enumerate(case.problem.heads)):
        return None
    if not isinstance(structure, Structure) or not isinstance(network, Network):
        return None
    if set(structure.trainable) - {*structure.shared, *structure.split, *chain.from_iterable(structure.only)}:
        return None  # weights of the losses that the network learns
    try:
        factors = [_factors(case, network, step, loader, structure) for step in steps.first]
    except (ReplayError, ValueError, RuntimeError, KeyError):
        return None
    for one, against in combinations(range(len(weights)), 2):
        defined = weights[one] / weights[against]
        clear = [(f[one], f[against]) for f in factors]
        times = _beyond([a / b / defined for a, b in clear if a is not None and b is not None])
        if times is not None:
            return OtherLoss(one, against, times)
    return None


def _beyond(times: Sequence[float]) -> float | None:
    """Return the mean of some factors when it and most of them are far from 1, to the same side."""
    if len(times) < CLEAR or not np.isfinite(times).all() or min(times) <= 0:
        return None
    logs, far = np.log(times), np.log(OTHER)
    mean = float(logs.mean())
    most = float(np.mean(np.sign(mean) * logs > far))
    return float(np.exp(mean)) if abs(mean) > far and most >= MOST_STEPS else None


def _factors(
    case: Case, network: Network, step: OptimizerStep, loader: Batches, structure: Structure
) -> list[float | None]:
    """Return the weight of every head's term, as the head's own gradients show it; None where they do not."""
    weights = {**network.weights, **step.weights}
    if any(weights[name].shape != network.weights[name].shape for name in network.weights):
        raise ValueError("the steps are of another network")
    rows = np.linspace(0, len(loader.x) - 1, BLOCKS * network.rows).astype(int)
    expected: list[dict[str, Array]] = [{} for _ in case.problem.heads]
    for block in np.split(rows, BLOCKS):
        labels = tuple(one[block] for one in loader.labels)
        for place, part in enumerate(_gradients(case, network, loader.x[block], labels, weights)):
            for name, value in part.items():
                expected[place][name] = expected[place].get(name, 0.0) + value
    return [_factor(step.gradients, part, names) for part, names in zip(expected, structure.only, strict=True)]


def _gradients(
    case: Case, network: Network, x: Array, labels: Sequence[Array], weights: dict[str, Array]
) -> list[dict[str, Array]]:
    """By head, the gradient of the mean squared error or of the mean cross-entropy; each by parameter name."""
    found = []
    for place, (ref, value) in enumerate(zip(network.output_refs, network.run(x, weights), strict=True)):
        output, label = np.asarray(value, dtype=np.float64), np.asarray(labels[place], dtype=np.float64)
        label = label.reshape(output.shape)
        if case.problem.heads[place].kind == "regression":
            seed = 2 * (output - label)
        elif case.logit(place):
            seed = 1 / (1 + np.exp(-output)) - label
        else:
            seed = (output - label) / np.clip(output * (1 - output), 1e-6, None)
        parts = next(network.gradients(x, ref, [seed / (BLOCKS * network.rows)], weights))
        found.append({name: np.asarray(part, dtype=np.float64) for name, part in parts.items() if part is not None})
    return found


def _factor(found: dict[str, Array], expected: dict[str, Array], names: Sequence[str]) -> float | None:
    """Return by which factor some weights' gradients are those expected; None where they are not alike."""
    shared = [name for name in names if name in found and name in expected]
    if not shared:
        return None
    one, other = (np.concatenate([part[name].reshape(-1) for name in shared]) for part in (found, expected))
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    inner = float(one @ other)
    return inner / float(other @ other) if size > 0 and inner > ALIKE * size else None
