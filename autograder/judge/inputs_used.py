"""Whether a trained network needs each of its inputs: what it loses when that input's rows are shuffled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.dutch import number
from autograder.evidence.problem import Metric
from autograder.judge import figures
from autograder.judge.case import Case
from autograder.judge.figures import SHOWN, Array
from autograder.judge.replay import Network
from autograder.judge.verdicts import Verdict, failed, first_cause, not_judged, passed

SHUFFLES = 12

SAMPLES = 60
"""Draws of rows, with replacement, that show how far chance in the rows reaches."""

NOISE = 1e-5
"""Change of an output, as a part of its spread, up to which it is the same; sums in another order give less."""

HARDLY = 0.02
"""Mean change of an output, as a part of its spread, below which predictions hardly change. An honest network
whose second input brings nothing new changes by far more."""

LITTLE = 0.01
"""A cost that surely stays below this is none; docs/architecture.md says what honest networks lose."""

CAUSES = ("outputs", "encoders", "fusion")
"""Criteria whose failure explains it already, before those of the heads."""


@dataclass(frozen=True)
class Cost:
    """What shuffling one input costs by one metric."""

    metric: Metric
    before: float
    after: float
    """Mean over the shuffles."""
    mean: float
    """How much worse it gets; of an error as a part of the error."""
    spread: float
    """Standard deviation over draws of rows."""

    @property
    def most(self) -> float:
        """What it may well be; NaN is no ground for an accusation."""
        return self.mean + 2 * self.spread if np.isfinite(self.mean + self.spread) else float("inf")

    @property
    def is_clear(self) -> bool:
        """Whether it is more than chance."""
        return self.mean - 2 * self.spread > 0

    def shown(self) -> dict[str, str]:
        """What messages say of it."""
        return {
            "metric": SHOWN[self.metric.kind],
            "before": number(self.before, 3),
            "after": number(self.after, 3),
        }


def rules(case: Case, x: Array, widths: Sequence[int], labels: Sequence[Array]) -> Iterator[Verdict]:
    """Yield the verdict on hidden rows `x`, (rows, features), whose inputs have `widths` columns.

    Raises ReplayError, ValueError or RuntimeError when the rows do not fit the network.
    """
    assert isinstance(case.trained, Network)
    rng = np.random.default_rng(case.context.seed)
    before = case.trained.outputs(x)
    costs: dict[str, list[Cost]] = {}
    changes: dict[str, float] = {}
    starts = np.cumsum([0, *widths])
    for place, one in enumerate(case.problem.inputs):
        columns = slice(starts[place], starts[place + 1])
        shuffled = [case.trained.outputs(_shuffled(x, columns, rng)) for _ in range(SHUFFLES)]
        if all(_same(before, after) for after in shuffled):
            yield from _explained(case)
            yield failed("modalities_used", "ignored", input=one.name, rows=case.problem.rows)
        changes[one.name] = max(_change(before, after) for after in shuffled)
        costs[one.name] = [_cost(case, metric, (before, *shuffled), labels) for metric in _metrics(case)]
    for name, found in costs.items():
        # An input may bring nothing that the other one does not, and be used all the same: that is no fault.
        if found and changes[name] < HARDLY and all(cost.most < LITTLE for cost in found):
            yield from _explained(case)
            change = number(100 * changes[name], 1)
            shown = {"input": name, "rows": case.problem.rows, "change": change, **found[0].shown()}
            yield failed("modalities_used", "useless", **shown)
    yield _passed(costs)


def _metrics(case: Case) -> list[Metric]:
    """One for each head, the area under the curve where there is one: it moves with every prediction."""
    chosen: dict[str, Metric] = {}
    for metric in sorted(case.problem.metrics, key=lambda metric: metric.kind != "auc"):
        chosen.setdefault(metric.head, metric)
    return list(chosen.values())


def _shuffled(x: Array, columns: slice, rng: np.random.Generator) -> Array:
    changed = x.copy()
    changed[:, columns] = x[rng.permutation(len(x)), columns]
    return changed


def _same(before: Sequence[Array], after: Sequence[Array]) -> bool:
    pairs = zip(before, after, strict=True)
    return all(np.abs(one - other).max() <= NOISE * max(float(one.std()), NOISE) for one, other in pairs)


def _change(before: Sequence[Array], after: Sequence[Array]) -> float:
    """The mean change of the output that changes most, as a part of its spread."""
    pairs = zip(before, after, strict=True)
    return max(float(np.abs(one - other).mean()) / max(float(one.std()), NOISE) for one, other in pairs)


def _cost(case: Case, metric: Metric, outputs: Sequence[Sequence[Array]], labels: Sequence[Array]) -> Cost:
    """Return what shuffling costs; `outputs` are those of every head, without shuffling and with every shuffle."""
    place = case.problem.place(metric.head)
    cut = figures.cuts_of(case, place, outputs[0][place])[0]
    columns = [one[place][:, 0] for one in outputs]
    label = np.asarray(labels[place], dtype=np.float64)
    rng = np.random.default_rng(case.context.seed)
    whole = np.array([figures.figure(metric, column, label, cut) for column in columns])
    draws = [rng.integers(len(label), size=len(label)) for _ in range(SAMPLES)]
    parts = [[figures.figure(metric, column[rows], label[rows], cut) for column in columns] for rows in draws]
    return Cost(
        metric=metric,
        before=float(whole[0]),
        after=float(whole[1:].mean()),
        mean=_worse(metric, whole),
        spread=float(np.std([_worse(metric, np.array(part)) for part in parts])),
    )


def _worse(metric: Metric, found: Array) -> float:
    """How much worse the mean of all figures but the first is than the first."""
    first, mean = float(found[0]), float(found[1:].mean())
    return (mean - first) / max(first, 1e-12) if metric.lower_is_better else first - mean


def _explained(case: Case) -> Iterator[Verdict]:
    """Yield not judged when a fault that has its name leaves nothing to lose."""
    terms = (head.term for head in case.problem.heads)
    metrics = (metric.name for metric in case.problem.metrics)
    failures = {name: verdict for name, verdict in case.verdicts.items() if verdict.status == "fail"}
    cause = first_cause(failures, *CAUSES, *terms, "weights", "learns", *metrics)
    if cause is not None:
        yield not_judged("modalities_used", cause)


def _passed(costs: dict[str, list[Cost]]) -> Verdict:
    best = {name: max(found, key=lambda cost: cost.mean) for name, found in costs.items() if found}
    told = [
        f"zonder `{name}` gaat de {SHOWN[one.metric.kind]} van {number(one.before, 3)} naar {number(one.after, 3)}"
        for name, one in best.items()
    ]
    doubtful = [f"`{name}`" for name, found in costs.items() if not any(cost.is_clear for cost in found)]
    remark = f"Het is niet duidelijk of het netwerk iets heeft aan {' en '.join(doubtful)}." if doubtful else ""
    text = "; ".join(told)
    return passed("modalities_used", text[:1].upper() + text[1:] + ".", remark=remark)
