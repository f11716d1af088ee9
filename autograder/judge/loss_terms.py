"""Take a loss apart: which terms it is made of, with which weights, and how they are put together."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from autograder.evidence.problem import Head
from autograder.judge.loss_forms import (
    SQUARED,
    Catalogue,
    Form,
    Mixed,
    Plain,
    Sample,
    Soft,
    Values,
    Weighted,
    catalogues,
    mixture,
)

State = Literal["term", "detached", "zero", "missing", "unknown"]
"""term: in the value and in the gradient; detached: in the value only; zero: connected, but without any effect;
missing: not there; unknown: not recognised."""

Link = Literal["sum", "product", "maximum", "minimum", "varying", "contradiction"]
"""varying: weights that differ from batch to batch in another way; contradiction: value and gradient disagree."""

MOVES = 1e-3
"""An output that moves less than this shows one point of a loss, through which many forms go."""

FOLLOWS = 0.8
"""Correlation from which a loss's value is taken to follow the errors of an output; chance gives half of it."""

LEAST_POWER = 0.05
"""Power of a loss from which it is a factor of a product, and part of what weights vary that a form may miss."""

PLAINER = 0.1
"""A later form is preferred only when its error is this much smaller."""

HARDLY = 1e-6
"""Part of a loss's value that its rounding makes."""

FEWEST = 8
"""Samples by which a term that is detached may be recognised."""

MOST_CHOICES = 5_000
"""Combinations of detached terms of several heads that are tried; beyond, only the plainest forms are."""


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


LEAST_STEP = 1e-3
"""Of the greatest weight that a term has in any step, the least that it may have in another and still be learned."""


@dataclass(frozen=True)
class Finding:
    """What became of one head's term."""

    state: State
    term: Term | None = None
    """There for `term`, and for `detached` unless only its value's following the output was seen."""


@dataclass(frozen=True)
class Analysis:
    """A loss, taken apart."""

    findings: tuple[Finding, ...]
    """Of each head."""
    link: Link
    powers: tuple[float, ...] = ()
    """product: of which powers of the losses of the heads, 0 for one that is not multiplied."""

    @property
    def terms(self) -> tuple[Term | None, ...]:
        """The term of each head, None where none was recognised."""
        return tuple(finding.term for finding in self.findings)


def analyse(
    samples: Sequence[Sample], heads: Sequence[Head], connected: Sequence[bool], tolerances: Sequence[float]
) -> Analysis:
    """Take a loss apart.

    `connected` says for each output whether the loss was computed from it at all; `tolerances` are the greatest parts
    of what was seen of each output's gradient that a form may leave unexplained.  The gradients say which terms there
    are; the values, where they are known, have to agree.
    """
    forms = catalogues(heads, samples)
    findings = [_by_gradient(samples, one, tolerance) for one, tolerance in zip(forms, tolerances, strict=True)]
    tolerance = max(tolerances)
    told = tuple(_silent(found, known) for found, known in zip(findings, connected, strict=True))
    terms = [finding.term for finding in findings]
    if any(term is not None and term.scales is not None for term in terms):
        powers = _powers(samples, terms, tolerance)
        if powers is not None:
            return Analysis(told, "product", powers)
        known = all(finding.state != "unknown" for finding in findings)
        multiplied = tuple(float(term is not None and term.scales is not None) for term in terms)
        link = _link(samples, terms, tolerance) if known else "varying"
        summed = _summed(samples, told, tolerance) if known and link == "varying" else None
        return Analysis(told, link, multiplied) if summed is None else Analysis(summed, "sum")
    if any(finding.state == "unknown" for finding in findings):
        return Analysis(told, "sum")
    return _by_value(samples, findings, told, forms, tolerance)


def _by_gradient(samples: Sequence[Sample], forms: Catalogue, tolerance: float) -> Finding:
    if not any(np.any(sample.gradients[forms.head]) for sample in samples):
        return Finding("missing")
    term = _constant_term(samples, forms, tolerance) or _scaled_term(samples, forms, tolerance)
    return Finding("unknown") if term is None else Finding("term", term)


def _constant_term(samples: Sequence[Sample], forms: Catalogue, tolerance: float) -> Term | None:
    head = forms.head
    freedom = sum(_freedom(sample, head) for sample in samples)
    if freedom < 2 * len(samples) or max(np.ptp(sample.outputs[head]) for sample in samples) < MOVES:
        return None
    for tier in forms.tiers:
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
    return sample.rows if sample.views is None else int(np.linalg.matrix_rank(sample.views[head], rtol=1e-4))


def _made_plain(term: Term) -> Term:
    twice, *labels = term.coefficients
    *factors, constant = (float(-label / (2 * twice)) if twice else np.nan for label in labels)
    return Term(Plain(SQUARED, mixture(factors, constant)), np.array([twice]), term.summed)


def _fit(samples: Sequence[Sample], head: int, form: Form, summed: bool) -> tuple[Values, float]:
    """Return coefficients and the relative error that they leave."""
    seen = np.concatenate([sample.rows * sample.gradients[head] for sample in samples])
    columns = np.concatenate([_slopes(sample, head, form) * (sample.rows if summed else 1) for sample in samples])
    if not np.isfinite(columns).all():
        return np.zeros(columns.shape[1]), np.inf
    coefficients = np.linalg.lstsq(columns, seen, rcond=None)[0]
    return coefficients, _relative(columns @ coefficients - seen, seen)


def _slopes(sample: Sample, head: int, form: Form) -> Values:
    slopes = form.slopes(sample, head)
    return slopes if sample.views is None else sample.views[head] @ slopes


def _scaled_term(samples: Sequence[Sample], forms: Catalogue, tolerance: float) -> Term | None:
    """Find a term of one coefficient that differs from sample to sample."""
    head = forms.head
    if sum(_freedom(sample, head) for sample in samples) < 3 * len(samples):
        return None
    best, least = None, np.inf
    for form in forms.plain:
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
    """How the terms whose weights vary are put together; the others are added to them."""
    varying, scales, values, added = _varying(samples, terms)
    if len(varying) < 2:
        return "varying"
    if _is_product(scales, values, tolerance):
        parts = [np.prod(some, axis=0) for some in _subsets(values)]
        return "product" if _explains(samples, [*parts, *added], tolerance) else "contradiction"
    return _extreme(samples, scales, values, added, tolerance) or "varying"


def _summed(samples: Sequence[Sample], findings: Sequence[Finding], tolerance: float) -> tuple[Finding, ...] | None:
    """Return the terms with the weights of the told sum, when every step goes down all of them, however far; else None.

    So do steps whose gradients were changed after the loss was differentiated, as where those of two tasks clash.
    """
    whole = _values(samples)
    terms = [finding.term for finding in findings if finding.term is not None]
    scales = [term.scales for term in terms if term.scales is not None]
    if whole is None or not np.isfinite(whole).all() or len(terms) < len(findings):
        return None
    if any(scale.min() < LEAST_STEP * scale.max() for scale in scales):
        return None
    columns = [np.array([term.value(sample, head) for sample in samples]) for head, term in enumerate(terms)]
    (*weights, _), error = _left(whole, columns)
    if not (min(weights) > 0 and error < tolerance):
        return None
    return tuple(
        Finding("term", replace(term, scales=None, coefficients=weight * term.coefficients))
        for term, weight in zip(terms, weights, strict=True)
    )


def _varying(
    samples: Sequence[Sample], terms: Sequence[Term | None]
) -> tuple[list[int], list[Values], list[Values], list[Values]]:
    """Return the heads whose terms have varying weights, these weights, these terms, and the other terms."""
    varying, scales, values, added = [], [], [], []
    for head, term in enumerate(terms):
        if term is None:
            continue
        value = np.array([term.value(sample, head) for sample in samples])
        if term.scales is None:
            added.append(value)
            continue
        varying.append(head)
        scales.append(term.scales)
        values.append(value)
    return varying, scales, values, added


def _subsets(values: Sequence[Values]) -> list[tuple[Values, ...]]:
    """All ways to take one or more of them."""
    return [some for count in range(1, len(values) + 1) for some in itertools.combinations(values, count)]


def _is_product(scales: Sequence[Values], values: Sequence[Values], tolerance: float) -> bool:
    """Whether each term's weight is a straight line in each of the other terms' values."""
    slopes = []
    for head, weights in enumerate(scales):
        others = [np.prod(some, axis=0) for some in _subsets([*values[:head], *values[head + 1 :]])]
        columns = np.stack([*others, np.ones(len(weights))], axis=1)
        if columns.shape[1] > len(weights) / 2:
            return False
        line = np.linalg.lstsq(columns, weights, rcond=None)[0]
        if _relative(columns @ line - weights, weights) > 10 * tolerance:
            return False
        # Of the product of all: its slope is the same for each.
        slopes.append(float(line[len(others) - 1]))
    return abs(slopes[0]) > 1e-6 and all(abs(slopes[0] - slope) <= 0.01 * abs(slopes[0]) for slope in slopes)


def _powers(samples: Sequence[Sample], terms: Sequence[Term | None], tolerance: float) -> tuple[float, ...] | None:
    """Return the powers when the loss is a constant times powers of terms, all above zero, and maybe more; else None.

    Then the logarithm of a term's weight is log(k p) - log(term), for p the term's own power, and for every term its
    power times its logarithm: unknown numbers are the powers and one for each weight in every sample, and a constant
    that follows from the powers.
    """
    varying, scales, values, added = _varying(samples, terms)
    if len(varying) < 2:
        return None
    both = np.stack(scales)
    if np.any(np.stack(values) <= 0) or not (np.all(both > 0) or np.all(both < 0)):
        return None
    logs, seen, count = np.log(values), np.log(np.abs(both)), len(varying)
    columns = np.concatenate(
        [np.concatenate([logs.T, np.eye(count)[[place] * len(samples)]], axis=1) for place in range(count)]
    )
    found, _, rank, _ = np.linalg.lstsq(columns, (seen + logs).ravel(), rcond=1e-3)
    powers, firsts = found[:count], found[count:]
    error = np.abs(columns @ found - (seen + logs).ravel()).max()
    if rank < len(columns[0]) or powers.min() < LEAST_POWER or error > 2 * tolerance:
        return None
    same = firsts - np.log(powers)
    if np.ptp(same) > 10 * tolerance or error > LEAST_POWER * np.ptp(seen, axis=1).max():
        return None
    whole = np.prod([value**power for value, power in zip(values, powers, strict=True)], axis=0)
    if not _explains(samples, [whole, *added], 10 * tolerance):
        return None
    every = np.zeros(len(terms))
    every[varying] = powers
    return tuple(float(power) for power in every)


def _extreme(
    samples: Sequence[Sample],
    scales: Sequence[Values],
    values: Sequence[Values],
    added: Sequence[Values],
    tolerance: float,
) -> Literal["maximum", "minimum"] | None:
    """Whether just one of the terms counts in every sample, always the greatest or always the least."""
    counts = np.stack([np.abs(scale) > 1e-3 * np.abs(scale).max() for scale in scales])
    if np.any(counts.sum(axis=0) != 1) or not counts.any(axis=1).all():
        return None
    steady = [scale[count] for scale, count in zip(scales, counts, strict=True)]
    if any(np.ptp(weights) > 10 * tolerance * np.abs(weights).max() for weights in steady):
        return None
    weighed = np.stack([weights.mean() * value for weights, value in zip(steady, values, strict=True)])
    chosen = weighed[counts.argmax(axis=0), np.arange(len(samples))]
    if not _explains(samples, [chosen, *added], tolerance):
        return None
    if np.all(chosen >= weighed.max(axis=0) - 1e-6):
        return "maximum"
    return "minimum" if np.all(chosen <= weighed.min(axis=0) + 1e-6) else None


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
    samples: Sequence[Sample],
    findings: Sequence[Finding],
    told: tuple[Finding, ...],
    forms: Sequence[Catalogue],
    tolerance: float,
) -> Analysis:
    """Compare the loss's value with the terms that its gradient shows; what is left over is detached."""
    whole = _values(samples)
    if whole is None:
        return Analysis(told, "sum")
    left = whole - np.array(
        [sum(f.term.value(s, head) for head, f in enumerate(findings) if f.term is not None) for s in samples]
    )
    silent = [head for head, finding in enumerate(findings) if finding.state == "missing"]
    over, size = np.ptp(left), max(float(np.abs(whole).max()), 1e-6)
    detached = _detached(samples, left, silent, forms, tolerance) if silent and over > HARDLY * size else None
    if detached is None and over <= tolerance * size:
        # Beside a great term, a small one that is detached is hard to see, and best where the great one is least.
        least = np.argsort(np.abs(whole), kind="stable")[: len(whole) // 3]
        if silent and over > HARDLY * size and len(least) >= FEWEST:
            detached = _detached([samples[place] for place in least], left[least], silent, forms, tolerance)
        if detached is None:
            return Analysis(told, "sum")
    if not silent:
        return Analysis(told, "contradiction")
    if detached is None and len(silent) == 1 and _follows(samples, left, forms[silent[0]]):
        detached = {silent[0]: Finding("detached")}
    if detached is None:
        detached = dict.fromkeys(silent, Finding("unknown"))
    return Analysis(tuple(detached.get(head, one) for head, one in enumerate(told)), "sum")


def _detached(
    samples: Sequence[Sample], left: Values, heads: Sequence[int], forms: Sequence[Catalogue], tolerance: float
) -> dict[int, Finding] | None:
    """Find the terms of `heads`, or of some of them, of which only the value is there."""
    for count in range(1, len(heads) + 1):
        for some in itertools.combinations(heads, count):
            found = _best_values(samples, left, _choices(some, forms), tolerance)
            if found is not None:
                return {head: found.get(head, Finding("missing")) for head in heads}
    return None


def _choices(heads: Sequence[int], forms: Sequence[Catalogue]) -> list[list[tuple[int, Form, bool]]]:
    """What the term of each head may be; the plainest only when there would be too many combinations."""
    found = [[(head, form, summed) for form in forms[head].plain for summed in (False, True)] for head in heads]
    if np.prod([float(len(some)) for some in found]) <= MOST_CHOICES:
        return found
    return [[one for one in some if _is_plainest(one[1])] for some in found]


def _is_plainest(form: Form) -> bool:
    return form.target.name == "own" and not form.pairwise and form.measure.name in ("mse", "mae", "rmse", "bce")


def _follows(samples: Sequence[Sample], left: Values, forms: Catalogue) -> bool:
    """Whether a value that is not recognised grows with the errors of an output, as that of rounded outputs does."""
    errors = [form for form in forms.plain if form.target.name == "own" and not form.pairwise]
    if forms.heads[forms.head].kind == "regression":
        # A cross-entropy with a label that is no class follows that label more than any error.
        errors = [form for form in errors if form.measure.name != "bce"]
    return any(_alike(left, _column(samples, forms.head, form, summed=False)) for form in errors)


def _alike(left: Values, column: Values) -> bool:
    """Whether two rows of numbers go together, and their order too: a single great one may make the first so."""
    if not np.ptp(left) > 0 or not np.ptp(column) > 0:
        return False
    first, second = (np.argsort(np.argsort(values, kind="stable")) for values in (left, column))
    return bool(min(np.corrcoef(left, column)[0, 1], np.corrcoef(first, second)[0, 1]) > FOLLOWS)


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


def threshold_of(term: Term) -> float | None:
    """Return from which other label a `Soft` form by levels calls a label 1, None when its targets are others."""
    assert isinstance(term.form, Soft)
    targets = term.soft_targets()
    if not np.all((targets > -0.01) & (targets < 1.01)):
        return None
    high = targets > 0.5
    if high.all() or not high.any() or np.any(np.diff(high.astype(int)) < 0):
        return None
    return term.form.levels[int(np.argmax(high))]


def is_weighted(term: Term) -> bool:
    """Whether rows have weights of their own by score."""
    return isinstance(term.form, Weighted)
