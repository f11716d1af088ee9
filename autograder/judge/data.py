"""Topic `data`: a clean split, labels that fit their rows, and features that know neither test rows nor labels."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.data import FEATURES, GOOD_FROM, TARGET
from autograder.dutch import number
from autograder.evidence.records import DataEvidence, Failure, Part, Prepared
from autograder.evidence.requests import DataChallenge, Frame
from autograder.judge.case import Case
from autograder.judge.verdicts import Verdict, failed, not_judged, passed, unsure

CRITERIA = ("split", "labels", "normalisation", "leakage")

TOLERANCE = 2e-3
"""Change of a number in X, in standard deviations of its column, that is still no change."""

LEAST_KEPT = 0.8
"""Part of the wines that has to be in one of both parts; duplicates and outliers may go."""

LEAST_TEST = 0.1
"""Part of the kept wines that the test part has at least."""

MOST_UNKNOWN = 0.01
"""Part of the rows that may be unrecognisable before nothing can be said of them."""

SAME_SCALE = 1000.0
"""Ratio between the spreads of two columns of X that is no comparable scale any more; raw wines reach 17000."""

TELLS_LABEL = 0.95
"""Correlation with a label from which a column of X is that label; alcohol, the best feature, reaches 0.5."""

TELLS_HIDDEN_LABEL = 0.85
"""The same on hidden wines; the predictions of a random forest reach 0.7."""

MOST_HONEST_FIT = 0.7
"""Part of the variance of hidden scores that X explains linearly; honest features reach 0.4."""

DISCRETE = 12
"""A column with at most this many different values may be a class or a bin: it needs no scaling."""

Array = npt.NDArray[Any]


def judge(case: Case) -> None:
    """Add the verdicts on `CRITERIA`."""
    evidence, challenge = case.evidence.data, case.context.data
    if evidence is None or challenge is None:
        case.add(*(not_judged(criterion, "`split` en `prepare` zijn niet opgeroepen.") for criterion in CRITERIA))
        return
    split = _first(_split_rules(evidence, _table(challenge.wines)), "Beide delen zijn gescheiden en volledig.")
    case.add(split)
    if isinstance(evidence.train, Failure) or isinstance(evidence.test, Failure):
        case.add(*_without_split(evidence))
        return
    broken = _unusable(evidence)
    if broken is not None:
        cause = "eerst moet `prepare` een bruikbaar resultaat geven."
        case.add(broken, not_judged("normalisation", cause), not_judged("leakage", cause))
        return
    trial = Trial(evidence, challenge)
    labels = _first(_label_rules(trial), "De labels horen bij hun rijen en de grens ligt op 6.")
    case.add(labels)
    if labels.fault == "row_count" or trial.out_of_order:
        cause = "eerst moet `labels` in orde zijn."
        case.add(not_judged("normalisation", cause), not_judged("leakage", cause))
        return
    case.add(
        _first(_normalisation_rules(trial), "De statistieken komen enkel uit `train`."),
        _first(_leakage_rules(trial, case), "De kenmerken bevatten geen label."),
    )


def _first(verdicts: Iterator[Verdict], praise: str) -> Verdict:
    """Return the first rule that applies; the criterion is met when none does."""
    for verdict in verdicts:
        return verdict if verdict.status != "pass" else verdict.model_copy(update={"message": praise})
    raise AssertionError("the last rule always applies")


def _table(frame: Frame) -> dict[str, Array]:
    values = np.asarray(frame.values, dtype=np.float64)
    return {name: values[:, place] for place, name in enumerate(frame.columns)}


# ---------------------------------------- split


def _split_rules(evidence: DataEvidence, wines: dict[str, Array]) -> Iterator[Verdict]:
    for part in (evidence.train, evidence.test):
        if isinstance(part, Failure):
            yield _split_failure(part, evidence.public)
            return
    assert isinstance(evidence.train, Part)
    assert isinstance(evidence.test, Part)
    train, test = evidence.train.rows, evidence.test.rows
    if len(train) + len(test) == 0:
        yield failed("split", "rows_lost", lost=100, kept=0)
    if _unknown(train) or _unknown(test):
        yield unsure("split", "`split` verandert de waarden van de rijen, zodat ze niet te herkennen zijn.")
    twice = np.intersect1d(train[train >= 0], test[test >= 0])
    if len(twice):
        yield failed("split", "overlap", count=len(twice), test=len(test))
    total = len(wines[TARGET])
    kept = len(np.union1d(train[train >= 0], test[test >= 0]))
    if kept < LEAST_KEPT * total:
        yield failed("split", "rows_lost", lost=round(100 * (1 - kept / total)), kept=kept)
    if len(test) < LEAST_TEST * kept:
        yield failed("split", "test_too_small", percent=number(100 * len(test) / kept, 1), count=len(test))
    if len(train) < len(test):
        yield failed("split", "swapped_parts", train=len(train), test=len(test))
    yield passed("split")


def _split_failure(failure: Failure, public: Prepared | Failure | None) -> Verdict:
    if failure.kind == "missing":
        return failed("split", "missing")
    if failure.kind == "unsupported":
        return failed("split", "not_two_frames", found=failure.detail)
    if isinstance(public, Failure) and public.name == "split":
        return failed("split", "raised", error=public.detail)
    return unsure("split", f"`split` geeft een fout op andere wijnen dan de jouwe: {failure.detail}")


def _unknown(rows: Array) -> bool:
    return bool(len(rows)) and float(np.mean(rows < 0)) > MOST_UNKNOWN


def _without_split(evidence: DataEvidence) -> Iterator[Verdict]:
    if isinstance(evidence.base, Failure) and evidence.base.kind == "missing":
        yield failed("labels", "missing")
    else:
        yield not_judged("labels", "eerst moet `split` in orde zijn.")
    yield not_judged("normalisation", "eerst moet `split` in orde zijn.")
    yield not_judged("leakage", "eerst moet `split` in orde zijn.")


# ---------------------------------------- prepare


def _unusable(evidence: DataEvidence) -> Verdict | None:
    """Return the verdict on `labels` when the plain call of `prepare` gave nothing to look at."""
    failure = evidence.base
    if failure is None:
        return not_judged("labels", "`prepare` is niet opgeroepen.")
    if isinstance(failure, Prepared):
        return None
    if failure.kind == "missing":
        return failed("labels", "missing")
    if failure.detail.startswith("geeft: "):
        return failed("labels", "not_three", found=failure.detail.removeprefix("geeft: "))
    if failure.kind == "unsupported":
        return unsure("labels", f"wat `prepare` teruggeeft, is niet te lezen: {failure.detail}")
    if isinstance(evidence.public, Failure):
        return failed("labels", "raised", error=evidence.public.detail)
    return unsure("labels", f"`prepare` geeft een fout op andere wijnen dan de jouwe: {failure.detail}")


@dataclass(frozen=True)
class Trial:
    """What the calls of `prepare` show, measured once."""

    evidence: DataEvidence
    challenge: DataChallenge

    @cached_property
    def wines(self) -> dict[str, Array]:
        """The challenge's wines by column."""
        return _table(self.challenge.wines)

    @property
    def base(self) -> Prepared:
        """prepare(train, test), which is there."""
        assert isinstance(self.evidence.base, Prepared)
        return self.evidence.base

    def rows(self, part: Part | Failure) -> Array:
        """The challenge's row numbers of a part."""
        return part.rows if isinstance(part, Part) else np.zeros(0, dtype=np.int32)

    @cached_property
    def x(self) -> Array:
        """X of prepare(train, test) as float64."""
        return _finite(self.base.x)

    @cached_property
    def scale(self) -> Array:
        """(columns,) standard deviation of every column of X; 1 for a constant column."""
        spread = self.x.std(axis=0)
        return np.where(spread > 1e-9 * (1 + np.abs(self.x).max(axis=0, initial=0.0)), spread, 1.0)

    def moved(self, other: Prepared | Failure | None, rows: slice = slice(None)) -> Array | None:
        """(columns,) whether some row of X differs in another call; None when that call gives no comparable X."""
        if not isinstance(other, Prepared) or other.x.shape != self.x.shape:
            return None
        change = np.abs(_finite(other.x)[rows] - self.x[rows]) / self.scale
        moved: Array = change.max(axis=0, initial=0.0) > TOLERANCE
        return moved

    @cached_property
    def out_of_order(self) -> int:
        """How many rows of X are seen to stand elsewhere than in `rows`; 0 where nothing says so."""
        again, other = self.evidence.again, self.evidence.other_rows
        if isinstance(again, Prepared) and again.x.shape == self.x.shape:
            now, then = self.x, _finite(again.x)
            elsewhere = int((np.abs(now - then) > TOLERANCE * self.scale).any(axis=1).sum())
            if elsewhere and np.allclose(now[np.lexsort(now.T)], then[np.lexsort(then.T)]):
                return elsewhere
        if not isinstance(other, Prepared) or other.x.shape != self.x.shape:
            return 0
        # Every second row was changed: about as many rows of X have to change, and in those places.
        changed = (np.abs(_finite(other.x) - self.x) > TOLERANCE * self.scale).any(axis=1)
        expected = np.arange(len(changed)) % 2 == 1
        as_many = abs(int(changed.sum()) - int(expected.sum())) <= 0.02 * len(changed)
        elsewhere = int((changed != expected).sum())
        if as_many and elsewhere > 0.1 * len(changed):
            return elsewhere
        # An order that depends on the values moves the unchanged rows too, and leaves them what they were.
        before, after = (np.round(part / self.scale, 4) + 0.0 for part in (self.x, _finite(other.x)))
        rows, still_there = {row.tobytes() for row in before}, {row.tobytes() for row in after}
        kept = sum(row in still_there for row in rows) - int((~changed).sum())
        return kept if len(rows) > 0.9 * len(before) and kept > 0.3 * len(before) else 0

    @cached_property
    def raw_columns(self) -> list[str]:
        """The features that are in X as they are in the wines, whatever `train` holds.

        A feature that runs from 0 to 1 is left out: scaling it to that range changes nothing.
        """
        rows = self.rows(self.evidence.test)
        by_train = self.moved(self.evidence.other_train)
        still = self.x if by_train is None else self.x[:, ~by_train]
        return [
            name
            for name in FEATURES
            if np.ptp(self.wines[name]) < 0.9 or np.abs(self.wines[name]).max() > 1.1
            if any(_same(column, self.wines[name][rows]) for column in still.T)
        ]

    @cached_property
    def spreads(self) -> Array:
        """(such columns,) the standard deviations of those columns of X that are a feature, stretched and shifted."""
        rows = self.rows(self.evidence.test)
        features = np.column_stack([self.wines[name][rows] for name in FEATURES])
        together = _correlation(self.x, features)
        spreads: Array = self.x.std(axis=0)[np.abs(together).max(axis=1, initial=0.0) > 1 - 1e-7]
        return spreads

    @cached_property
    def continuous(self) -> Array:
        """(columns,) whether a column of X has more values than classes or bins would."""
        return np.array([len(np.unique(column)) > DISCRETE for column in self.x.T], dtype=bool)


def _finite(values: Array) -> Array:
    return np.nan_to_num(np.asarray(values, dtype=np.float64), nan=0.0, posinf=1e12, neginf=-1e12)


def _same(column: Array, feature: Array) -> bool:
    # The jitter makes every row its own, and float32 keeps six digits of it.
    return len(column) == len(feature) and bool(np.allclose(column, feature, rtol=1e-4, atol=1e-6))


def _correlation(first: Array, second: Array) -> Array:
    """(columns of first, columns of second) correlations; 0 with a constant column."""
    together: Array = _standard(first).T @ _standard(second) / max(len(first), 1)
    return together


def _standard(values: Array) -> Array:
    spread = values.std(axis=0)
    standard: Array = (values - values.mean(axis=0)) / np.where(spread > 1e-12, spread, np.inf)
    return standard


# ---------------------------------------- labels


def _label_rules(trial: Trial) -> Iterator[Verdict]:
    evidence = trial.evidence
    for part, prepared in ((evidence.test, evidence.base), (evidence.train, evidence.base_train)):
        if not isinstance(prepared, Prepared):
            continue
        rows = trial.rows(part)
        for name, values in (("X", prepared.x), (TARGET, prepared.quality), ("good", prepared.good)):
            if len(values) != len(rows):
                yield failed("labels", "row_count", name=name, found=len(values), expected=len(rows))
    for part, prepared in ((evidence.test, evidence.base), (evidence.train, evidence.base_train)):
        rows = trial.rows(part)
        if _unknown(rows):
            yield unsure("labels", "de rijen na `split` zijn niet te herkennen.")
        if isinstance(prepared, Prepared):
            known = rows >= 0
            truth = trial.wines[TARGET][rows[known]]
            yield from _quality_rules(_finite(prepared.quality)[known], truth)
            yield from _good_rules(_finite(prepared.good)[known], truth)
    if trial.out_of_order:
        yield failed("labels", "misaligned", name=TARGET, wrong=trial.out_of_order, total=len(trial.x))
    yield passed("labels")


def _quality_rules(quality: Array, truth: Array) -> Iterator[Verdict]:
    wrong = int((np.abs(quality - truth) > TOLERANCE).sum())
    if not wrong:
        return
    if np.allclose(np.sort(quality), np.sort(truth), atol=TOLERANCE):
        yield failed("labels", "misaligned", name=TARGET, wrong=wrong, total=len(truth))
    yield failed("labels", "not_quality", low=number(quality.min()), high=number(quality.max()))


def _good_rules(good: Array, truth: Array) -> Iterator[Verdict]:
    expected = truth >= GOOD_FROM
    wrong = int((np.abs(good - expected) > TOLERANCE).sum())
    if not wrong:
        return
    for start in np.unique(truth):
        if start != GOOD_FROM and np.array_equal(good, truth >= start):
            yield failed("labels", "wrong_threshold", found=int(start), wrong=wrong, total=len(truth))
    if np.array_equal(good, ~expected):
        yield failed("labels", "inverted", wrong=wrong, total=len(truth))
    if np.allclose(np.sort(good), np.sort(expected), atol=TOLERANCE):
        yield failed("labels", "misaligned", name="good", wrong=wrong, total=len(truth))
    yield failed("labels", "not_good", wrong=wrong, total=len(truth))


# ---------------------------------------- normalisation


def _normalisation_rules(trial: Trial) -> Iterator[Verdict]:
    evidence = trial.evidence
    again = trial.moved(evidence.again)
    if again is None or again.any():
        yield unsure("normalisation", "`prepare` geeft op dezelfde rijen niet telkens hetzelfde.")
    by_rows = trial.moved(evidence.other_rows, slice(0, None, 2))
    by_train = trial.moved(evidence.other_train)
    if by_rows is None or by_train is None:
        yield unsure("normalisation", "`prepare` werkt niet op rijen met andere waarden.")
        return
    if by_rows.any():
        columns = int(by_rows.sum())
        fault = "all_rows" if (by_rows & by_train).any() else "own_statistics"
        yield failed("normalisation", fault, columns=columns, total=len(by_rows))
    if not by_train.any():
        yield _without_train(trial)
    if trial.raw_columns:
        yield failed("normalisation", "not_normalised", columns=_raw(trial))
    spreads = trial.spreads
    if len(spreads) > 1 and spreads.max() > SAME_SCALE * spreads.min():
        low, high = f"{spreads.min():.1g}".replace(".", ","), number(spreads.max(), 1)
        found = f"de standaardafwijkingen van de kolommen lopen van {low} tot {high}"
        yield failed("normalisation", "not_normalised", columns=found)
    yield passed("normalisation")


def _raw(trial: Trial) -> str:
    return "ongewijzigd zijn " + ", ".join(f"`{name}`" for name in trial.raw_columns)


def _without_train(trial: Trial) -> Verdict:
    """Say where the statistics come from when they do not come from `train`."""
    if trial.raw_columns:
        return failed("normalisation", "not_normalised", columns=_raw(trial))
    if not trial.continuous.any():
        return unsure("normalisation", "X bevat alleen klassen of vaste intervallen.")
    public = trial.evidence.public
    if not isinstance(public, Prepared) or public.x.shape[1] != trial.x.shape[1]:
        return failed("normalisation", "ignores_train")
    x = _finite(public.x)[:, trial.continuous]
    if not _looks_normalised(x):
        return failed("normalisation", "not_normalised", columns="de kolommen hebben een heel verschillende schaal")
    if _fits_exactly(x, straight=len(trial.spreads) == trial.x.shape[1]):
        return failed("normalisation", "all_rows", columns=x.shape[1], total=trial.x.shape[1])
    return failed("normalisation", "ignores_train")


def _looks_normalised(x: Array) -> bool:
    """Whether every column is roughly centred with a spread of 1, or roughly between two of -1, 0 and 1."""
    centred = (np.abs(np.median(x, axis=0)) < 1) & (x.std(axis=0) > 0.1) & (x.std(axis=0) < 10)
    bounded = (x.min(axis=0) > -1.5) & (x.max(axis=0) < 1.5)
    return bool((centred | bounded).all())


def _fits_exactly(x: Array, *, straight: bool) -> bool:
    """Whether the statistics of these very rows are 0 and 1, so that they were computed on all of them.

    Bounds count only when every column is `straight`, a stretched feature: others may clip to 0 and 1.
    """
    spread = np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0)
    close = TOLERANCE * spread
    low, high = x.min(axis=0), x.max(axis=0)
    mean = np.abs(x.mean(axis=0)) < close
    median = np.abs(np.median(x, axis=0)) < close
    bounds = ((np.abs(low) < close) | (np.abs(low + 1) < close)) & (np.abs(high - 1) < close)
    return bool(mean.all() or median.all() or (straight and bounds.all()))


# ---------------------------------------- leakage


def _leakage_rules(trial: Trial, case: Case) -> Iterator[Verdict]:
    evidence = trial.evidence
    again = trial.moved(evidence.again)
    by_labels = trial.moved(evidence.other_labels)
    steady = again is not None and not again.any()
    if steady and by_labels is not None and by_labels.any():
        yield failed("leakage", "target_in_features", columns=int(by_labels.sum()), total=len(by_labels))
    if isinstance(evidence.public, Prepared):
        telling = _telling(_test_rows(evidence.public, evidence.public_sizes), TELLS_LABEL)
        if telling:
            yield failed("leakage", "target_in_features", columns=telling, total=evidence.public.x.shape[1])
    if _hidden_labels_known(case):
        yield failed("leakage", "lookup")
    if by_labels is None or not steady:
        yield unsure("leakage", "`prepare` gaf geen X die te vergelijken is wanneer de labels veranderen.")
    yield passed("leakage")


def _test_rows(public: Prepared, sizes: tuple[tuple[int, int], ...]) -> Prepared:
    """Keep the test rows, which come last: what was learned from the labels of training rows may fit those too well."""
    if not sizes or sum(sizes[0]) != len(public.x) or len(public.quality) != len(public.x) or sizes[0][1] == 0:
        return public
    test = slice(sizes[0][0], None)
    return Prepared(x=public.x[test], quality=public.quality[test], good=public.good[test])


def _telling(prepared: Prepared, limit: float) -> int:
    """Count the columns of X that are a label in disguise."""
    x, quality = _finite(prepared.x), _finite(prepared.quality)
    if not len(x) or len(x) != len(quality):
        return 0
    labels = np.column_stack([quality, quality >= GOOD_FROM]).astype(np.float64)
    return int((np.abs(_correlation(x, labels)).max(axis=1, initial=0.0) > limit).sum())


def _hidden_labels_known(case: Case) -> bool:
    """Whether X of the hidden wines tells their true scores better than any honest feature does."""
    hidden, truth = case.evidence.hidden, case.context.hidden_quality
    if hidden is None or hidden.x is None or truth is None or len(hidden.x) != len(truth):
        return False
    prepared = Prepared(x=hidden.x, quality=truth, good=truth >= GOOD_FROM)
    return (
        _telling(prepared, TELLS_HIDDEN_LABEL) > 0 or _linear_fit(_finite(hidden.x), _finite(truth)) > MOST_HONEST_FIT
    )


def _linear_fit(x: Array, truth: Array) -> float:
    """Return the part of the variance that a linear fit explains on rows that it has not seen; 0 for a wide X."""
    rows, columns = x.shape
    if columns * 4 > rows:
        return 0.0
    spread = x.std(axis=0)
    design = np.column_stack([(x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0), np.ones(rows)])
    fold = np.arange(rows) % 5
    predicted = np.zeros(rows)
    for number_of_fold in range(5):
        inside = fold != number_of_fold
        gram = design[inside].T @ design[inside] + 1e-3 * np.eye(columns + 1)
        weights = np.linalg.solve(gram, design[inside].T @ truth[inside])
        predicted[~inside] = design[~inside] @ weights
    return float(1 - np.mean((truth - predicted) ** 2) / max(float(truth.var()), 1e-12))
