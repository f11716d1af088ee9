"""What a calibration found, in few numbers: all that its page needs, and what is kept in the repository."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from scipy import stats

from autograder.calibrate.chances import Tail, at_most, tail
from autograder.calibrate.recipes import CAUGHT_ELSEWHERE, CONSTANT, RECIPES, RIGHT, Recipe
from autograder.calibrate.runs import Framework, Run

QUANTILES: Final = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
MARGINS: Final = (0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06)
"""How much better than the thresholds a student's own figures are, for the table of margins."""

SHIFTS: Final = (-0.05, -0.04, -0.03, -0.02, -0.01, 0.0, 0.01, 0.02)
"""How far other thresholds of the MAE lie from the one in use, for the table of choices."""

REFERENCE_FAILS: Final = 0.001
"""The aim: the reference recipe fails less often than this."""
WARNED_PASS: Final = 0.995
"""The aim: right work that reaches the targets on its own test part passes at least this often."""
WRONG_PASSES: Final = 0.05
"""The aim: no wrong recipe reaches both thresholds in more of its runs; a head that never learnt may by luck."""
ENOUGH_FOR_A_TAIL: Final = 100

Limits = Mapping[str, float]
"""Thresholds or targets: `mae` has to be below, `accuracy` above."""

Scores = NDArray[np.float64]
"""Of runs: test MAE, test accuracy, hidden MAE, hidden accuracy (n, 4)."""


class _Numbers(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Spread(_Numbers):
    """A distribution of hidden scores."""

    mean: float
    deviation: float
    quantiles: tuple[float, ...]
    """Of `QUANTILES`."""


class Row(_Numbers):
    """All runs of one recipe in one framework."""

    framework: Framework
    recipe: str
    runs: int
    mae: Spread
    accuracy: Spread
    failed_mae: int
    failed_accuracy: int
    failed: int
    """Runs that miss one of the thresholds on the hidden wines, or both."""

    @property
    def made_of(self) -> Recipe:
        """The recipe."""
        return next(one for one in (*RECIPES, CONSTANT) if one.name == self.recipe)


class Reached(_Numbers):
    """Of right work, the reference solution apart: how many reach given figures, and how many of them fail."""

    targets: dict[str, float]
    runs: int
    reached: int
    """Runs whose figures on the student's own test part reach the targets."""
    failed: int
    """Those among them that miss a threshold on the hidden wines."""
    worst: str
    """The recipe that fails most often among its runs that reach the targets, and how often."""

    @property
    def passes_at_least(self) -> float:
        """What right work that reaches the targets passes with, at least, with 95 % confidence."""
        return 1 - at_most(self.failed, self.reached) if self.reached else 0.0


class Choice(_Numbers):
    """What another threshold of the MAE would do, the accuracy's and the targets staying as they are."""

    mae: float
    reference_failed: int
    told: Reached
    constant_passes: float
    """The part of the hidden splits on which the mean alone is below it: there it says nothing."""


class Agreement(_Numbers):
    """Kolmogorov and Smirnov's test of the two frameworks' hidden scores with the reference recipe."""

    distance: float
    p: float


class Summary(_Numbers):
    """A calibration."""

    command: str
    thresholds: dict[str, float]
    rows: tuple[Row, ...]
    targets: Reached
    margins: tuple[Reached, ...]
    choices: tuple[Choice, ...]
    tails: dict[str, Tail]
    """Of the reference recipe in PyTorch, by score; empty when it ran too few times."""
    agreement: dict[str, Agreement]
    """By score; empty when the reference recipe did not run in both frameworks."""

    def reference(self, framework: Framework) -> Row | None:
        """Return the row of the reference recipe."""
        return next((row for row in self.rows if (row.framework, row.recipe) == (framework, "reference")), None)

    def missed(self) -> list[str]:
        """Return the aims that are not met, or not shown by so few runs."""
        return [*_reference_missed(self), *_targets_missed(self.targets), *_wrong_passes(self.rows)]


def summarise(runs: Sequence[Run], thresholds: Limits, targets: Limits, command: str) -> Summary:
    """Put runs together.  `thresholds` and `targets` have `mae` and `accuracy`."""
    groups: dict[tuple[Framework, str], list[list[float]]] = defaultdict(list)
    for run in runs:
        scores = [run.test_mae, run.test_accuracy, run.hidden_mae, run.hidden_accuracy]
        groups[run.framework, run.recipe].append(scores)
    tables = {key: np.array(scores) for key, scores in groups.items()}
    return Summary(
        command=command,
        thresholds=dict(thresholds),
        rows=tuple(_row(*key, scores, thresholds) for key, scores in tables.items()),
        targets=_reached(tables, thresholds, targets),
        margins=tuple(_reached(tables, thresholds, _better(thresholds, margin)) for margin in MARGINS),
        choices=tuple(_choice(tables, {**thresholds, "mae": round(thresholds["mae"] + s, 4)}, targets) for s in SHIFTS),
        tails=_tails(tables.get(("pytorch", "reference")), thresholds),
        agreement=_agreement(tables),
    )


def _row(framework: Framework, recipe: str, scores: Scores, thresholds: Limits) -> Row:
    mae, accuracy = _misses(scores[:, 2:], thresholds)
    return Row(
        framework=framework,
        recipe=recipe,
        runs=len(scores),
        mae=_spread(scores[:, 2]),
        accuracy=_spread(scores[:, 3]),
        failed_mae=int(mae.sum()),
        failed_accuracy=int(accuracy.sum()),
        failed=int((mae | accuracy).sum()),
    )


def _misses(scores: Scores, limits: Limits) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    # The judge asks for less than, and for more than.
    return scores[:, 0] >= limits["mae"], scores[:, 1] <= limits["accuracy"]


def _spread(values: Scores) -> Spread:
    quantiles = tuple(round(float(value), 4) for value in np.quantile(values, QUANTILES))
    return Spread(mean=round(values.mean(), 4), deviation=round(values.std(), 4), quantiles=quantiles)


def _better(thresholds: Limits, margin: float) -> dict[str, float]:
    return {"mae": round(thresholds["mae"] - margin, 4), "accuracy": round(thresholds["accuracy"] + margin, 4)}


def _reached(tables: Mapping[tuple[Framework, str], Scores], thresholds: Limits, targets: Limits) -> Reached:
    kinds = {recipe.name: recipe.kind for recipe in RECIPES}
    runs = reached = failed = 0
    worst, most = "none", 0.0
    for (framework, name), scores in tables.items():
        if kinds.get(name) not in RIGHT or kinds[name] == "reference":
            continue
        own, hidden = (np.logical_or(*_misses(part, limits)) for part, limits in _parts(scores, targets, thresholds))
        count, fooled = int((~own).sum()), int((~own & hidden).sum())
        runs, reached, failed = runs + len(scores), reached + count, failed + fooled
        if fooled and fooled / count > most:
            worst, most = f"{name} in {framework}, {fooled} of {count}", fooled / count
    return Reached(targets=dict(targets), runs=runs, reached=reached, failed=failed, worst=worst)


def _choice(tables: Mapping[tuple[Framework, str], Scores], thresholds: Limits, targets: Limits) -> Choice:
    reference = tables.get(("pytorch", "reference"), np.zeros((0, 4)))
    constant = tables.get(("none", CONSTANT.name), np.full((1, 4), np.nan))
    return Choice(
        mae=thresholds["mae"],
        reference_failed=int(np.logical_or(*_misses(reference[:, 2:], thresholds)).sum()),
        told=_reached(tables, thresholds, targets),
        constant_passes=float((constant[:, 2] < thresholds["mae"]).mean()),
    )


def _parts(scores: Scores, targets: Limits, thresholds: Limits) -> tuple[tuple[Scores, Limits], tuple[Scores, Limits]]:
    return (scores[:, :2], targets), (scores[:, 2:], thresholds)


def _tails(scores: Scores | None, thresholds: Limits) -> dict[str, Tail]:
    if scores is None or len(scores) < ENOUGH_FOR_A_TAIL:
        return {}
    return {"mae": tail(scores[:, 2], thresholds["mae"]), "accuracy": tail(-scores[:, 3], -thresholds["accuracy"])}


def _agreement(tables: Mapping[tuple[Framework, str], Scores]) -> dict[str, Agreement]:
    pytorch, keras = tables.get(("pytorch", "reference")), tables.get(("keras", "reference"))
    if pytorch is None or keras is None:
        return {}
    found = {name: stats.ks_2samp(pytorch[:, k], keras[:, k]) for name, k in (("mae", 2), ("accuracy", 3))}
    return {name: Agreement(distance=float(one.statistic), p=float(one.pvalue)) for name, one in found.items()}


# ---------------------------------------- aims


def _reference_missed(summary: Summary) -> list[str]:
    row = summary.reference("pytorch")
    if row is None:
        return ["the reference recipe did not run"]
    most = at_most(row.failed, row.runs)
    if most < REFERENCE_FAILS:
        return []
    seen = f"{row.failed} of {row.runs} runs of the reference recipe fail"
    return [f"{seen}: at most {most:.3%} with 95 % confidence, not below {REFERENCE_FAILS:.1%}"]


def _targets_missed(found: Reached) -> list[str]:
    if found.passes_at_least >= WARNED_PASS:
        return []
    seen = f"{found.failed} of {found.reached} right runs that reach the targets fail"
    return [f"{seen}: they pass at least {found.passes_at_least:.2%} with 95 % confidence, not {WARNED_PASS:.1%}"]


def _wrong_passes(rows: Sequence[Row]) -> list[str]:
    return [
        f"{row.runs - row.failed} of {row.runs} runs of the wrong recipe {row.recipe} pass in {row.framework}"
        for row in rows
        if row.made_of.kind == "wrong" and row.recipe not in CAUGHT_ELSEWHERE
        if row.runs - row.failed > WRONG_PASSES * row.runs
    ]
