"""Turn what a probe saw of a loss into samples that can be taken apart, whichever framework it came from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from autograder.evidence.problem import Head
from autograder.evidence.records import LossEvidence, LossProbe, Step, StepEvidence
from autograder.evidence.requests import LossChallenge
from autograder.exceptions import ReplayError
from autograder.judge.loss_forms import Sample, Values
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
    probabilities: tuple[bool, ...]
    """Whether it was seen on outputs between 0 and 1, for each head."""


def from_values(
    evidence: LossEvidence, challenge: LossChallenge, heads: Sequence[Head], *, probabilities: bool
) -> Observed | None:
    """Take a PyTorch loss apart on one of the two sets; None when the loss did not work on most of it."""
    probes = evidence.probabilities if probabilities else evidence.logits
    outputs = challenge.probabilities if probabilities else challenge.outputs
    if len(probes) != len(challenge.sizes) or not len(outputs) == len(challenge.labels) == len(heads):
        return None
    ends = np.cumsum(challenge.sizes)
    places = [slice(int(end) - size, int(end)) for end, size in zip(ends, challenge.sizes, strict=True)]
    found = [_sample(probe, outputs, challenge.labels, place) for probe, place in zip(probes, places, strict=True)]
    samples = [sample for sample in found if sample is not None]
    if len(samples) < MIN_SAMPLES:
        return None
    connected = [_connected(probes, head) for head in range(len(heads))]
    analysis = analyse(samples, heads, connected, [EXACT] * len(heads))
    return Observed(analysis, tuple(probabilities and head.kind == "binary" for head in heads))


def _connected(probes: Sequence[LossProbe], head: int) -> bool:
    return any(len(probe.gradients) > head and probe.gradients[head] is not None for probe in probes)


def _sample(
    probe: LossProbe, outputs: Sequence[Values], labels: Sequence[Values], place: slice
) -> Sample | None:
    """One probe as a sample; None when it has no finite value or its gradients are not of its size."""
    rows = place.stop - place.start
    gradients = [
        np.zeros(rows) if gradient is None else np.asarray(gradient, dtype=np.float64)
        for gradient in (probe.gradients or (None,) * len(outputs))
    ]
    if probe.value is None or not np.isfinite(probe.value):
        return None
    if len(gradients) != len(outputs):
        return None
    if any(gradient.shape != (rows,) or not np.isfinite(gradient).all() for gradient in gradients):
        return None
    return Sample(
        outputs=tuple(output[place].astype(np.float64) for output in outputs),
        labels=tuple(label[place].astype(np.float64) for label in labels),
        gradients=tuple(gradients),
        value=probe.value,
    )


def from_steps(evidence: StepEvidence, network: Network, heads: Sequence[Head]) -> Observed:
    """Take a Keras model's loss apart from what its training steps did to its weights.

    Raises ReplayError when the steps do not belong to the recorded network.
    """
    samples, tolerances = _steps(evidence.steps, network, heads)
    weights = evidence.loss_weights
    connected = [weights is not None and len(weights) == len(heads) and weights[at] == 0 for at in range(len(heads))]
    values = [np.concatenate([sample.outputs[head] for sample in samples]) for head in range(len(heads))]
    inside = tuple(bool(np.all((value >= 0) & (value <= 1))) for value in values)
    analysis = analyse([replace(sample, value=None) for sample in samples], heads, connected, tolerances)
    if any(finding.state == "missing" for finding in analysis.findings):
        # A step's reported loss may be a running mean, so it only counts where it does show something detached.
        by_value = analyse(samples, heads, connected, tolerances)
        if any(finding.state == "detached" and finding.term is not None for finding in by_value.findings):
            analysis = by_value
    elif analysis.link == "varying":
        by_value = analyse(samples, heads, connected, tolerances)
        analysis = by_value if by_value.link == "sum" else analysis
    return Observed(analysis, inside)


def _steps(
    steps: Sequence[Step], network: Network, heads: Sequence[Head]
) -> tuple[list[Sample], tuple[float, ...]]:
    """The steps as samples, and what a form may leave unexplained of each head's gradients."""
    x = network.recording.x
    rows = sum(len(step.x) for step in steps)
    if not steps or rows > len(x) or not np.array_equal(np.concatenate([step.x for step in steps]), x[:rows]):
        raise ReplayError("the training steps were not taken on the recorded rows")
    outputs = network.outputs(x)
    if len(outputs) != len(heads) or any(output.shape[1] != 1 for output in outputs):
        raise ReplayError("the recorded network has not one output of one number for each head")
    if any(len(step.labels) != len(heads) for step in steps):
        raise ReplayError("a training step has not the labels of every head")
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
                outputs=tuple(output[place, 0] for output in outputs),
                labels=tuple(_labels(labels, len(step.x)) for labels in step.labels),
                gradients=tuple(gradients),
                views=tuple(maps),
                value=step.value,
            )
        )
        sizes.append(float(np.linalg.norm(np.concatenate(change))))
        start = place.stop
    return samples, tuple(_tolerance(samples, head, sizes) for head in range(len(heads)))


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
    every = [_through(network, names, head, rows) for head in range(len(network.output_refs))]
    kept = [place for place in range(len(names)) if any(np.any(blocks[place]) for blocks in every)]
    if not kept:
        raise ReplayError("no weight of the recorded network moves its outputs")
    return [[blocks[place] for place in kept] for blocks in every], [names[place] for place in kept]


def _through(network: Network, names: Sequence[str], head: int, rows: int) -> list[Values]:
    """How each weight is moved by the output of each row: (elements, rows) for each name."""
    blocks = [np.zeros((network.weights[name].size, rows)) for name in names]
    found = network.by_row(network.recording.x, network.output_refs[head])
    for name, block in zip(names, blocks, strict=True):
        gradient = found.get(name)
        if gradient is not None:
            block[:] = gradient[:rows].reshape(rows, -1).T
    return blocks


def _separated(
    change: Sequence[Values], views: Sequence[Sequence[Values]], weights: Sequence[Values]
) -> tuple[list[Values], list[Values]]:
    """Tell what each head did to the weights apart, leaving out whatever regularisers can have done.

    Returns for each head what was seen, (elements,), and how its output's gradient is seen there, (elements, rows).
    """
    kept = [_without_regularisers(block, weight) for block, weight in zip(change, weights, strict=True)]
    whole = np.concatenate(kept)
    every = [
        np.concatenate([_without_regularisers(block, weight) for block, weight in zip(blocks, weights, strict=True)])
        for blocks in views
    ]
    gradients, maps = [], []
    for head, own in enumerate(every):
        others = [view for place, view in enumerate(every) if place != head]
        other = _basis(_of_one_length(np.concatenate([np.zeros((len(whole), 0)), *others], axis=1)))
        seen = whole - other @ (other.T @ whole)
        if np.linalg.norm(seen) <= SILENT * np.linalg.norm(whole):
            seen = np.zeros_like(seen)
        gradients.append(seen)
        maps.append(own - other @ (other.T @ own))
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
