"""Turn what a probe saw of a loss into samples that can be taken apart, whichever framework it came from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from autograder.evidence.records import LossEvidence, LossProbe, Step, StepEvidence
from autograder.evidence.requests import LossChallenge
from autograder.exceptions import ReplayError
from autograder.judge.loss_forms import GOOD, QUALITY, Sample, Values
from autograder.judge.loss_terms import Analysis, analyse
from autograder.judge.replay import Network

EXACT = 3e-4
"""What a form may leave unexplained of gradients that were seen as they are; constants that students add inside
logarithms leave about 1e-4, float32 leaves 1e-6, and the wrong form leaves 1e-2 or more."""

THROUGH_WEIGHTS = (3e-4, 2e-3)
"""The same for gradients that were seen through the weights of a network: at the least, and at the most when one
head's part of a step is so small that rounding matters."""

ROUNDING = 5e-7
"""Part of a step's whole change that rounding may make."""

SILENT = 4 * ROUNDING
"""Part of a step's whole change below which a head's own part of it is taken for rounding."""

MIN_SAMPLES = 12


@dataclass(frozen=True)
class Observed:
    """A loss as it was seen."""

    analysis: Analysis
    probabilities: bool
    """Whether it was seen on `good` outputs between 0 and 1."""


def from_values(evidence: LossEvidence, challenge: LossChallenge, *, probabilities: bool) -> Observed | None:
    """Take a PyTorch loss apart on one of the two sets; None when the loss did not work on most of it."""
    probes = evidence.probabilities if probabilities else evidence.logits
    if len(probes) != len(challenge.sizes):
        return None
    good = challenge.probability if probabilities else challenge.logit
    ends = np.cumsum(challenge.sizes)
    places = [slice(int(end) - size, int(end)) for end, size in zip(ends, challenge.sizes, strict=True)]
    found = [_sample(probe, challenge, good, place) for probe, place in zip(probes, places, strict=True)]
    samples = [sample for sample in found if sample is not None]
    if len(samples) < MIN_SAMPLES:
        return None
    connected = (
        any(probe.quality_gradient is not None for probe in probes),
        any(probe.good_gradient is not None for probe in probes),
    )
    return Observed(analyse(samples, connected, (EXACT, EXACT)), probabilities)


def _sample(probe: LossProbe, challenge: LossChallenge, good: Values, place: slice) -> Sample | None:
    """One probe as a sample; None when it has no finite value or its gradients are not of its size."""
    rows = place.stop - place.start
    gradients = [
        np.zeros(rows) if gradient is None else np.asarray(gradient, dtype=np.float64)
        for gradient in (probe.quality_gradient, probe.good_gradient)
    ]
    if probe.value is None or not np.isfinite(probe.value):
        return None
    if any(gradient.shape != (rows,) or not np.isfinite(gradient).all() for gradient in gradients):
        return None
    return Sample(
        outputs=(challenge.quality[place].astype(np.float64), good[place].astype(np.float64)),
        quality=challenge.quality_label[place].astype(np.float64),
        good=challenge.good_label[place].astype(np.float64),
        gradients=(gradients[QUALITY], gradients[GOOD]),
        value=probe.value,
    )


def from_steps(evidence: StepEvidence, network: Network) -> Observed:
    """Take a Keras model's loss apart from what its training steps did to its weights.

    Raises ReplayError when the steps do not belong to the recorded network.
    """
    samples, tolerances = _steps(evidence.steps, network)
    weights = evidence.loss_weights
    nil = [weights is not None and len(weights) == 2 and weights[head] == 0 for head in (QUALITY, GOOD)]
    connected = (nil[QUALITY], nil[GOOD])
    values = np.concatenate([sample.outputs[GOOD] for sample in samples])
    inside = bool(np.all((values >= 0) & (values <= 1)))
    analysis = analyse([replace(sample, value=None) for sample in samples], connected, tolerances)
    if "missing" in (analysis.quality.state, analysis.good.state):
        # A step's reported loss may be a running mean, so it only counts where it does show something detached.
        by_value = analyse(samples, connected, tolerances)
        if "detached" in (by_value.quality.state, by_value.good.state):
            analysis = by_value
    return Observed(analysis, inside)


def _steps(steps: Sequence[Step], network: Network) -> tuple[list[Sample], tuple[float, float]]:
    """The steps as samples, and what a form may leave unexplained of each head's gradients."""
    x = network.recording.x
    rows = sum(len(step.x) for step in steps)
    if not steps or rows > len(x) or not np.array_equal(np.concatenate([step.x for step in steps]), x[:rows]):
        raise ReplayError("the training steps were not taken on the recorded rows")
    outputs = network.outputs(x)
    if len(outputs) != 2 or any(output.shape[1] != 1 for output in outputs):
        raise ReplayError("the recorded network has not two outputs of one number")
    seen, names = _seen(network, _seen_names(steps, network), rows)
    weights = [np.asarray(network.weights[name], dtype=np.float64).reshape(-1) for name in names]
    samples: list[Sample] = []
    sizes: list[float] = []
    start = 0
    for step in steps:
        place = slice(start, start + len(step.x))
        change = [np.asarray(step.gradients[name], dtype=np.float64).reshape(-1) for name in names]
        views = [[block[:, place] for block in blocks] for blocks in seen]
        gradients, maps = _separated(change, views, weights)
        samples.append(
            Sample(
                outputs=(outputs[QUALITY][place, 0], outputs[GOOD][place, 0]),
                quality=_labels(step.quality, len(step.x)),
                good=_labels(step.good, len(step.x)),
                gradients=(gradients[QUALITY], gradients[GOOD]),
                views=(maps[QUALITY], maps[GOOD]),
                value=step.value,
            )
        )
        sizes.append(float(np.linalg.norm(np.concatenate(change))))
        start = place.stop
    return samples, (_tolerance(samples, QUALITY, sizes), _tolerance(samples, GOOD, sizes))


def _tolerance(samples: Sequence[Sample], head: int, sizes: Sequence[float]) -> float:
    seen = float(np.linalg.norm(np.concatenate([sample.rows * sample.gradients[head] for sample in samples])))
    whole = float(np.linalg.norm([sample.rows * size for sample, size in zip(samples, sizes, strict=True)]))
    low, high = THROUGH_WEIGHTS
    return float(np.clip(2 * ROUNDING * whole / max(seen, 1e-30), low, high))


def _labels(values: Values, rows: int) -> Values:
    labels = np.asarray(values, dtype=np.float64).reshape(-1)
    if len(labels) != rows:
        raise ReplayError("a training step has another number of labels than of rows")
    return labels


def _seen_names(steps: Sequence[Step], network: Network) -> list[str]:
    names = [name for name in steps[0].gradients if name in network.weights]
    for step in steps:
        for name in names:
            gradient = step.gradients.get(name)
            if gradient is None or gradient.shape != network.weights[name].shape or not np.isfinite(gradient).all():
                raise ReplayError(f"a training step does not say what it did to {name[:40]!r}")
    if not names:
        raise ReplayError("the training steps changed no weight of the recorded network")
    return names


def _seen(network: Network, names: Sequence[str], rows: int) -> tuple[list[list[Values]], list[str]]:
    """How each head moves each weight, and the names of the weights that are moved by any.

    The others, such as weights of the losses that are learned too, say nothing about the outputs.
    """
    both = [_through(network, names, head, rows) for head in (QUALITY, GOOD)]
    kept = [place for place in range(len(names)) if any(np.any(blocks[place]) for blocks in both)]
    if not kept:
        raise ReplayError("no weight of the recorded network moves its outputs")
    return [[blocks[place] for place in kept] for blocks in both], [names[place] for place in kept]


def _through(network: Network, names: Sequence[str], head: int, rows: int) -> list[Values]:
    """How each weight is moved by the output of each row: (elements, rows) for each name."""
    ref = network.output_refs[head]
    shape = network.run(network.recording.x, want=[ref])[0].shape
    blocks = [np.zeros((network.weights[name].size, rows)) for name in names]
    for row in range(rows):
        seed = np.zeros(network.rows)
        seed[row] = 1.0
        found = network.gradients(network.recording.x, {ref: seed.reshape(shape)})
        for name, block in zip(names, blocks, strict=True):
            gradient = found.get(name)
            if gradient is not None:
                block[:, row] = np.asarray(gradient, dtype=np.float64).reshape(-1)
    return blocks


def _separated(
    change: Sequence[Values], views: Sequence[Sequence[Values]], weights: Sequence[Values]
) -> tuple[list[Values], list[Values]]:
    """Tell what each head did to the weights apart, leaving out whatever regularisers can have done.

    Returns for each head what was seen, (elements,), and how its output's gradient is seen there, (elements, rows).
    """
    kept = [_without_regularisers(block, weight) for block, weight in zip(change, weights, strict=True)]
    whole = np.concatenate(kept)
    both = [
        np.concatenate([_without_regularisers(block, weight) for block, weight in zip(blocks, weights, strict=True)])
        for blocks in views
    ]
    gradients, maps = [], []
    for head in (QUALITY, GOOD):
        other = _basis(_of_one_length(both[1 - head]))
        seen = whole - other @ (other.T @ whole)
        if np.linalg.norm(seen) <= SILENT * np.linalg.norm(whole):
            seen = np.zeros_like(seen)
        gradients.append(seen)
        maps.append(both[head] - other @ (other.T @ both[head]))
    return gradients, maps


def _without_regularisers(block: Values, weight: Values) -> Values:
    """Take out of (elements, ...) what L1 and L2 regularisers of this weight can put there."""
    if weight.size < 3:
        return block
    basis = _basis(np.stack([weight, np.sign(weight)], axis=1))
    left: Values = block - basis @ (basis.T @ block)
    return left


def _of_one_length(columns: Values) -> Values:
    """Scale the columns alike: a saturated output hardly moves a weight, but its loss may pull all the harder."""
    lengths = np.linalg.norm(columns, axis=0)
    scaled: Values = columns / np.where(lengths > 0, lengths, 1.0)
    return scaled


def _basis(columns: Values) -> Values:
    """Return an orthonormal basis of the space of the columns."""
    u, sizes, _ = np.linalg.svd(columns, full_matrices=False)
    basis: Values = u[:, sizes > 1e-6 * max(float(sizes.max(initial=0.0)), 1e-30)]
    return basis
