"""Take a loss apart: which terms it is made of, with which weights, and how they are put together."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from autograder.judge.loss_forms import (
    CATALOGUES,
    GOOD,
    LEVELS,
    QUALITY,
    SQUARED,
    Form,
    Mixed,
    Plain,
    Sample,
    Soft,
    Values,
    Weighted,
    mixture,
)

State = Literal["term", "detached", "zero", "missing", "unknown"]
"""term: in the value and in the gradient; detached: in the value only; zero: connected, but without any effect;
missing: not there; unknown: not recognised."""

Link = Literal["sum", "product", "maximum", "minimum", "varying", "contradiction"]
"""varying: weights that differ from batch to batch in another way; contradiction: value and gradient disagree."""

MOVES = 1e-3
"""An output that moves less than this shows one point of a loss, through which many forms go."""

PLAINER = 0.1
"""A later form is preferred only when its error is this much smaller."""


@dataclass(frozen=True)
class Term:
    """A recognised term of the loss."""

    form: Form
    coefficients: Values
    summed: bool
    """Whether it is a sum over the rows rather than a mean."""
    scales: Values | None = None
    """(samples,) its weight in each sample, when that is not always the same; the coefficients are then all 1"""

    @property
    def weight(self) -> float:
        """Its weight; the mean one when scores have weights of their own, that of bad wines when classes have."""
        if self.scales is not None:
            return float(self.scales[np.argmax(np.abs(self.scales))])
        if not isinstance(self.form, Soft):
            return float(np.mean(self.coefficients))
        strengths = self.strengths()
        return float(strengths[0] if self.form.target.name == "classes" else strengths.mean())

    def strengths(self) -> Values:
        """Return the weight of each group of a `Soft` form, (groups,)."""
        ones, zeros = np.split(self.coefficients, 2)
        strengths: Values = ones + zeros
        return strengths

    def soft_targets(self) -> Values:
        """Return what each group of a `Soft` form is compared with, (groups,)."""
        ones, _ = np.split(self.coefficients, 2)
        strengths = self.strengths()
        targets: Values = np.divide(ones, strengths, out=np.full_like(ones, np.nan), where=strengths != 0)
        return targets

    def value(self, sample: Sample, head: int) -> float:
        """Its part of the loss."""
        return float(self.form.values(sample, head) @ self.coefficients) * (sample.rows if self.summed else 1)


@dataclass(frozen=True)
class Finding:
    """What became of one head's term."""

    state: State
    term: Term | None = None
    """There for `term` and `detached`."""


@dataclass(frozen=True)
class Analysis:
    """A loss, taken apart."""

    quality: Finding
    good: Finding
    link: Link


def analyse(samples: Sequence[Sample], connected: tuple[bool, bool], tolerances: tuple[float, float]) -> Analysis:
    """Take a loss apart.

    `connected` says for each output whether the loss was computed from it at all; `tolerances` are the greatest parts
    of what was seen of each output's gradient that a form may leave unexplained.  The gradients say which terms there
    are; the values, where they are known, have to agree.
    """
    findings = [_by_gradient(samples, head, tolerances[head]) for head in (QUALITY, GOOD)]
    tolerance = max(tolerances)
    terms = [finding.term for finding in findings]
    if any(term is not None and term.scales is not None for term in terms):
        quality, good = (_silent(found, known) for found, known in zip(findings, connected, strict=True))
        return Analysis(quality, good, _link(samples, terms, tolerance))
    if any(finding.state == "unknown" for finding in findings):
        quality, good = (_silent(found, known) for found, known in zip(findings, connected, strict=True))
        return Analysis(quality, good, "sum")
    return _by_value(samples, findings, connected, tolerance)


def _by_gradient(samples: Sequence[Sample], head: int, tolerance: float) -> Finding:
    if not any(np.any(sample.gradients[head]) for sample in samples):
        return Finding("missing")
    term = _constant_term(samples, head, tolerance) or _scaled_term(samples, head, tolerance)
    return Finding("unknown") if term is None else Finding("term", term)


def _constant_term(samples: Sequence[Sample], head: int, tolerance: float) -> Term | None:
    freedom = sum(_freedom(sample, head) for sample in samples)
    if freedom < 2 * len(samples) or max(np.ptp(sample.outputs[head]) for sample in samples) < MOVES:
        return None
    for tier in CATALOGUES[head].tiers:
        best, least = None, np.inf
        if freedom < 2 * max(form.slopes(samples[0], head).shape[1] for form in tier) + 2:
            break
        for form, summed in itertools.product(tier, (False, True)):
            coefficients, error = _fit(samples, head, form, summed)
            if error < (least if best is None else PLAINER * least):
                best, least = Term(form, coefficients, summed), error
        if best is not None and least < tolerance:
            return _made_plain(best) if isinstance(best.form, Mixed) else best
    return None


def _freedom(sample: Sample, head: int) -> int:
    """How many numbers were really seen of a gradient: a dead network hides most of them."""
    view = sample.views[head]
    return sample.rows if view is None else int(np.linalg.matrix_rank(view, rtol=1e-4))


def _made_plain(term: Term) -> Term:
    twice, *labels = term.coefficients
    quality, good, constant = (-label / (2 * twice) if twice else np.nan for label in labels)
    return Term(Plain(SQUARED, mixture(quality, good, constant)), np.array([twice]), term.summed)


def _fit(samples: Sequence[Sample], head: int, form: Form, summed: bool) -> tuple[Values, float]:
    """Return coefficients and the relative error that they leave."""
    seen = np.concatenate([sample.rows * sample.gradients[head] for sample in samples])
    columns = np.concatenate([_slopes(sample, head, form) * (sample.rows if summed else 1) for sample in samples])
    if not np.isfinite(columns).all():
        return np.zeros(columns.shape[1]), np.inf
    coefficients = np.linalg.lstsq(columns, seen, rcond=None)[0]
    return coefficients, _relative(columns @ coefficients - seen, seen)


def _slopes(sample: Sample, head: int, form: Form) -> Values:
    view, slopes = sample.views[head], form.slopes(sample, head)
    return slopes if view is None else view @ slopes


def _scaled_term(samples: Sequence[Sample], head: int, tolerance: float) -> Term | None:
    """Find a term of one coefficient that differs from sample to sample."""
    if sum(_freedom(sample, head) for sample in samples) < 3 * len(samples):
        return None
    best, least = None, np.inf
    for form in CATALOGUES[head].plain:
        scales, left, seen = [], [], []
        for sample in samples:
            column, gradient = _slopes(sample, head, form)[:, 0], sample.rows * sample.gradients[head]
            scale = float(column @ gradient) / max(float(column @ column), 1e-30)
            scales.append(scale)
            left.append(scale * column - gradient)
            seen.append(gradient)
        error = _relative(np.concatenate(left), np.concatenate(seen))
        if error < (least if best is None else PLAINER * least):
            best, least = Term(form, np.ones(1), summed=False, scales=np.array(scales)), error
    return best if least < tolerance else None


def _relative(left: Values, whole: Values) -> float:
    error = float(np.linalg.norm(left) / max(float(np.linalg.norm(whole)), 1e-30))
    return error if np.isfinite(error) else np.inf


def _silent(finding: Finding, connected: bool) -> Finding:
    return Finding("zero") if finding.state == "missing" and connected else finding


def _link(samples: Sequence[Sample], terms: Sequence[Term | None], tolerance: float) -> Link:
    quality, good = terms
    if quality is None or good is None:
        return "varying"
    scales = [_weights(term, len(samples)) for term in (quality, good)]
    values = [np.array([term.value(s, head) for s in samples]) for head, term in enumerate((quality, good))]
    if _is_product(scales, values, tolerance):
        return "product" if _explains(samples, [values[0] * values[1], *values], tolerance) else "contradiction"
    return _extreme(samples, scales, values, tolerance) or "varying"


def _weights(term: Term, count: int) -> Values:
    return np.ones(count) if term.scales is None else term.scales


def _is_product(scales: Sequence[Values], values: Sequence[Values], tolerance: float) -> bool:
    """Whether each term's weight is a straight line in the other term's value."""
    slopes = []
    for head in (QUALITY, GOOD):
        columns = np.stack([values[1 - head], np.ones(len(scales[head]))], axis=1)
        line = np.linalg.lstsq(columns, scales[head], rcond=None)[0]
        if _relative(columns @ line - scales[head], scales[head]) > 10 * tolerance:
            return False
        slopes.append(float(line[0]))
    return abs(slopes[0]) > 1e-6 and abs(slopes[0] - slopes[1]) <= 0.01 * abs(slopes[0])


def _extreme(
    samples: Sequence[Sample], scales: Sequence[Values], values: Sequence[Values], tolerance: float
) -> Literal["maximum", "minimum"] | None:
    """Whether just one of the terms counts in every sample, always the greatest or always the least."""
    counts = [np.abs(scale) > 1e-3 * np.abs(scale).max() for scale in scales]
    if np.any(counts[0] == counts[1]) or not (counts[0].any() and counts[1].any()):
        return None
    steady = [scale[count] for scale, count in zip(scales, counts, strict=True)]
    if any(np.ptp(weights) > 10 * tolerance * np.abs(weights).max() for weights in steady):
        return None
    both = [weights.mean() * value for weights, value in zip(steady, values, strict=True)]
    chosen = np.where(counts[0], both[0], both[1])
    if not _explains(samples, [chosen], tolerance):
        return None
    if np.all(chosen >= np.maximum(*both) - 1e-6):
        return "maximum"
    return "minimum" if np.all(chosen <= np.minimum(*both) + 1e-6) else None


def _explains(samples: Sequence[Sample], parts: Sequence[Values], tolerance: float) -> bool:
    """Whether the loss is a weighted sum of `parts` and a constant; true when its value was not seen."""
    whole = _values(samples)
    return whole is None or _left(whole, parts)[1] < tolerance


def _values(samples: Sequence[Sample]) -> Values | None:
    values = [sample.value for sample in samples if sample.value is not None]
    return np.array(values) if len(values) == len(samples) else None


def _left(whole: Values, parts: Sequence[Values]) -> tuple[Values, float]:
    columns = np.stack([*parts, np.ones(len(whole))], axis=1)
    weights: Values = np.linalg.lstsq(columns, whole, rcond=None)[0].astype(np.float64)
    spread = float(np.abs(whole - whole.mean()).max())
    return weights, float(np.abs(columns @ weights - whole).max()) / max(spread, 1e-30)


def _by_value(
    samples: Sequence[Sample], findings: Sequence[Finding], connected: tuple[bool, bool], tolerance: float
) -> Analysis:
    """Compare the loss's value with the terms that its gradient shows; what is left over is detached."""
    quality, good = (_silent(found, known) for found, known in zip(findings, connected, strict=True))
    whole = _values(samples)
    if whole is None:
        return Analysis(quality, good, "sum")
    left = whole - np.array(
        [sum(f.term.value(s, head) for head, f in enumerate(findings) if f.term is not None) for s in samples]
    )
    if np.ptp(left) <= tolerance * max(float(np.abs(whole).max()), 1e-6):
        return Analysis(quality, good, "sum")
    silent = [head for head, finding in enumerate(findings) if finding.state == "missing"]
    if not silent:
        return Analysis(quality, good, "contradiction")
    detached = _detached(samples, left, silent, tolerance)
    if detached is None:
        detached = dict.fromkeys(silent, Finding("unknown"))
    return Analysis(detached.get(QUALITY, quality), detached.get(GOOD, good), "sum")


def _detached(
    samples: Sequence[Sample], left: Values, heads: Sequence[int], tolerance: float
) -> dict[int, Finding] | None:
    """Find the terms of `heads`, or of one of them, of which only the value is there."""
    choices = [
        [(head, form, summed) for form in CATALOGUES[head].plain for summed in (False, True)] for head in heads
    ]
    for wanted in ([[choice] for choice in choices] if len(choices) > 1 else []) + [choices]:
        found = _best_values(samples, left, wanted, tolerance)
        if found is not None:
            return {head: found.get(head, Finding("missing")) for head in heads}
    return None


def _best_values(
    samples: Sequence[Sample],
    left: Values,
    choices: Sequence[Sequence[tuple[int, Form, bool]]],
    tolerance: float,
) -> dict[int, Finding] | None:
    columns = {
        (head, form, summed): _column(samples, head, form, summed) for some in choices for head, form, summed in some
    }
    best, least = None, np.inf
    for chosen in itertools.product(*choices):
        weights, error = _left(left, [columns[one] for one in chosen])
        if error < (least if best is None else PLAINER * least):
            best, least = dict(zip(chosen, weights, strict=False)), error
    if best is None or not least < tolerance:
        return None
    return {
        head: Finding("detached", Term(form, np.array([weight]), summed))
        for (head, form, summed), weight in best.items()
    }


def _column(samples: Sequence[Sample], head: int, form: Form, summed: bool) -> Values:
    column = np.array([form.values(s, head)[0] * (s.rows if summed else 1) for s in samples])
    return column if np.isfinite(column).all() else np.zeros(len(samples))


def steady_signs(term: Term) -> bool:
    """Whether all of a term's weights have one sign and none is nil."""
    weights = term.strengths() if isinstance(term.form, Soft) else term.coefficients
    return bool(np.all(weights > 1e-3 * np.abs(weights).max()) or np.all(weights < -1e-3 * np.abs(weights).max()))


def threshold_of(term: Term) -> int | None:
    """Return the score from which a `Soft` form by score calls a wine good, None when its targets are others."""
    targets = term.soft_targets()
    if not np.all((targets > -0.01) & (targets < 1.01)):
        return None
    good = targets > 0.5
    if good.all() or not good.any() or np.any(np.diff(good.astype(int)) < 0):
        return None
    return LEVELS[int(np.argmax(good))]


def is_weighted(term: Term) -> bool:
    """Whether rows have weights of their own by score."""
    return isinstance(term.form, Weighted)
