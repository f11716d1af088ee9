"""Topic `data`: a clean split, labels that fit their rows, and features that know neither test rows nor labels."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeGuard

import numpy as np
import numpy.typing as npt

from autograder.dutch import number
from autograder.evidence.problem import Head, Input, Problem
from autograder.evidence.records import Batches, DataEvidence, Failure, LoadersEvidence, Part, Prepared
from autograder.evidence.requests import DataChallenge, Frame
from autograder.judge.case import Case
from autograder.judge.verdicts import Verdict, failed, failed_in, not_judged, passed, unsure

CRITERIA = ("split", "labels", "modalities", "missing_values", "normalisation", "leakage")

TOLERANCE = 2e-3
"""Change of a number in X, in standard deviations of its column, that is still no change."""

LEAST_KEPT = 0.81
"""Part of the rows that has to be in one of both parts: duplicates and outliers may go, a fifth for validation not."""

WENT_MORE = 0.15
"""How much larger the lost part is of rows that lack a value, where they were lost for that; chance reaches to 0.1."""

LEAST_SINGLE = 0.4
"""Part of the rows of a text that have to be the only one of their kind before their places say anything."""

LEAST_SINGLE_TEXTS = 30
"""Rows of an input of text that no other row equals, so that their order can be told."""

BY_CHANCE = 1e-3
"""Chance that all rows which lack a value were lost as other rows are, below which they were lost for that."""

LEAST_KNOWN = 30
"""Words that `prepare` tells apart without having seen them, from which nobody typed them in as titles are."""

LEAST_TEST = 0.1
"""Part of the kept rows that the test part has at least."""

LEAST_SORTED = 30
"""Rows in each part from which chance cannot leave one of them without zeros or without ones."""

MOST_UNKNOWN = 0.01
"""Part of the rows that may be unrecognisable before nothing can be said of them."""

SAME_SCALE = 1000.0
"""Ratio between the spreads of two columns of X that is no comparable scale any more; raw measurements reach 17000."""

TELLS_LABEL = 0.95
"""Correlation with a label from which a column of X is that label; honest features reach 0.6."""

TELLS_HIDDEN_LABEL = 0.85
"""The same on hidden rows; the predictions of a random forest reach 0.7."""

MOST_HONEST_FIT = 0.7
"""Part of the variance of hidden labels that X explains linearly; honest features reach 0.4."""

DISCRETE = 12
"""A column with at most this many different values may be a class or a bin: it needs no scaling."""

Array = npt.NDArray[Any]


def judge(case: Case) -> None:
    """Add the verdicts on `CRITERIA`."""
    evidence, challenge = case.evidence.data, case.context.data
    if evidence is None or challenge is None:
        case.add(*(not_judged(criterion, "`split` en `prepare` zijn niet opgeroepen.") for criterion in CRITERIA))
        return
    problem = case.problem
    if any(isinstance(part, Part) and _out_of_range(part, challenge) for part in (evidence.train, evidence.test)):
        reason = f"het bewijs is beschadigd: het noemt {problem.rows} die de beoordelaar niet gestuurd heeft."
        case.add(*(unsure(criterion, reason) for criterion in CRITERIA))
        return
    trial = Trial(evidence, challenge, problem)
    case.add(_first(_split_rules(trial, case.evidence.loaders), "Beide delen zijn gescheiden en volledig."))
    if isinstance(evidence.train, Failure) or isinstance(evidence.test, Failure):
        case.add(*_without_split(evidence))
        return
    broken = _unusable(trial)
    if broken is not None:
        case.add(broken, *_waiting("eerst moet `prepare` een bruikbaar resultaat geven."))
        return
    labels = _first(_label_rules(trial), _praise_of_labels(problem))
    case.add(labels, *_waiting("eerst moet `labels` in orde zijn."))
    case.add(_first(_missing_rules(trial), "Elke rij is behouden en elk kenmerk is een getal."))
    if labels.fault == "row_count" or trial.out_of_order:
        if case.verdicts["missing_values"].status == "pass":
            case.add(not_judged("missing_values", "eerst moet `labels` in orde zijn."))
        return
    case.add(
        _first(_modality_rules(trial), "Elke invoer komt enkel uit zijn eigen kolommen."),
        _first(_normalisation_rules(trial), "De statistieken komen enkel uit `train`."),
        _first(_leakage_rules(trial, case), "De kenmerken bevatten geen label."),
    )


def _waiting(cause: str) -> Iterator[Verdict]:
    for criterion in ("modalities", "missing_values", "normalisation", "leakage"):
        yield not_judged(criterion, cause)


def _praise_of_labels(problem: Problem) -> str:
    bounds = [plain(head.at_least) for head in problem.heads if head.at_least is not None]
    if not bounds:
        return "De labels horen bij hun rijen."
    where = f"de grens ligt op {bounds[0]}" if len(bounds) == 1 else f"de grenzen liggen op {' en '.join(bounds)}"
    return f"De labels horen bij hun rijen en {where}."


def plain(value: float) -> str:
    """Return a value of a column as a person writes it."""
    return f"{value:g}".replace(".", ",")


def _first(verdicts: Iterator[Verdict], praise: str) -> Verdict:
    """Return the first rule that applies; the criterion is met when none does."""
    for verdict in verdicts:
        return verdict if verdict.status != "pass" else verdict.model_copy(update={"message": praise})
    raise AssertionError("the last rule always applies")


def _out_of_range(part: Part, challenge: DataChallenge) -> bool:
    return bool(np.any((part.rows < -1) | (part.rows >= len(challenge.rows))))


def _table(frame: Frame) -> dict[str, Array]:
    return {name: frame.column(name) for name in frame.columns if not frame.holds_text(name)}


# ---------------------------------------- split


def _split_rules(trial: "Trial", loaders: LoadersEvidence | None) -> Iterator[Verdict]:
    evidence, problem = trial.evidence, trial.problem
    for part in (evidence.train, evidence.test):
        if isinstance(part, Failure):
            yield _split_failure(part, evidence.public, problem)
            return
    train, test = trial.rows(evidence.train), trial.rows(evidence.test)
    if len(train) + len(test) == 0:
        yield failed_in(problem, "split", "rows_lost", lost=100)
    if _unknown(train) or _unknown(test):
        yield unsure("split", "`split` verandert de waarden van de rijen, zodat ze niet te herkennen zijn.")
    twice = np.intersect1d(train[train >= 0], test[test >= 0])
    if len(twice):
        yield failed_in(problem, "split", "overlap", count=len(twice), test=len(test))
    kept = len(trial.kept)
    # Rows that lack a value are another criterion's affair.
    if trial.lost > 1 - LEAST_KEPT:
        yield failed_in(problem, "split", "rows_lost", lost=round(100 * trial.lost))
    if len(test) < LEAST_TEST * kept:
        percent = number(100 * len(test) / kept, 1)
        yield failed_in(problem, "split", "test_too_small", percent=percent, count=len(test))
    if len(train) < len(test):
        yield failed("split", "swapped_parts", train=len(train), test=len(test))
    yield from _order_rules(trial, train, test, loaders)
    yield passed("split")


def _order_rules(trial: "Trial", train: Array, test: Array, loaders: LoadersEvidence | None) -> Iterator[Verdict]:
    problem = trial.problem
    for head in (head for head in problem.heads if head.kind == "binary"):
        values = [trial.table[head.column][rows[rows >= 0]] for rows in (train, test)]
        yield from _sorted_rules(head, problem, *map(head.labels, values), *values)
        yield from _sorted_loaders(head, problem, loaders)
    for name in trial.classes:
        yield from _one_class(name, problem, *(trial.table[name][rows[rows >= 0]] for rows in (train, test)))


def _one_class(name: str, problem: Problem, train: Array, test: Array) -> Iterator[Verdict]:
    """Name a test part of only the lowest or the highest of a few classes, which no chance gives either."""
    if min(len(train), len(test)) < LEAST_SORTED or len(np.unique(test)) > 1 or len(np.unique(train)) == 1:
        return
    value = test[0]
    if train.min() < value < train.max():
        return
    bounds = {"low": value, "high": value, "train_low": train.min(), "train_high": train.max()}
    said = {key: plain(bound) for key, bound in bounds.items()}
    yield failed_in(problem, "split", "sorted_parts", name=name, column=name, value=plain(value), **said)


def _sorted_loaders(head: Head, problem: Problem, loaders: LoadersEvidence | None) -> Iterator[Verdict]:
    if loaders is None or not isinstance(loaders.train, Batches) or not isinstance(loaders.test, Batches):
        return
    both = (loaders.train.labels, loaders.test.labels)
    if any(len(labels) != len(problem.heads) for labels in both):
        return
    twin = problem.quantity_of(head)
    if twin is None:
        ones = [np.asarray(labels[problem.place(head.name)], dtype=np.float64) for labels in both]
        if all(np.isin(part, (0, 1)).all() for part in ones):
            yield from _sorted_rules(head, problem, *ones, *ones)
        return
    values = [np.asarray(labels[problem.place(twin.name)], dtype=np.float64) for labels in both]
    if all(_are_labels(part, twin) for part in values):
        yield from _sorted_rules(head, problem, *map(head.labels, values), *values)


def _are_labels(values: Array, head: Head) -> bool:
    """Whether numbers can be labels of a regression head, and not those of another one or rescaled ones."""
    if len(head.values) > 2:
        return bool(np.isin(values, head.values).all())
    return not head.values or bool(((values >= min(head.values)) & (values <= max(head.values))).all())


def _sorted_rules(  # noqa: PLR0913, PLR0917 - labels and values of both parts
    head: Head, problem: Problem, train: Array, test: Array, train_values: Array, values: Array
) -> Iterator[Verdict]:
    """Name a test part of only zeros or only ones, which no chance gives and no order in the file either."""
    if min(len(train), len(test)) < LEAST_SORTED:
        return
    ones, of_train = test > 0, train > 0
    if ones.all() != ones.any() or of_train.all() or not of_train.any():
        return
    bounds = {
        "low": values.min(),
        "high": values.max(),
        "train_low": train_values.min(),
        "train_high": train_values.max(),
    }
    yield failed_in(
        problem,
        "split",
        "sorted_parts",
        name=head.name,
        column=head.column,
        value=int(ones.any()),
        **{name: plain(value) for name, value in bounds.items()},
    )


def _split_failure(failure: Failure, public: Prepared | Failure | None, problem: Problem) -> Verdict:
    if failure.kind == "missing":
        return failed("split", "missing")
    if failure.kind == "unsupported":
        return failed("split", "not_two_frames", found=failure.detail)
    if isinstance(public, Failure) and public.name == "split":
        return failed("split", "raised", error=public.detail)
    return unsure("split", f"`split` geeft een fout op andere {problem.rows} dan de jouwe: {failure.detail}")


def _unknown(rows: Array) -> bool:
    return bool(len(rows)) and float(np.mean(rows < 0)) > MOST_UNKNOWN


def _without_split(evidence: DataEvidence) -> Iterator[Verdict]:
    cause = "eerst moet `split` in orde zijn."
    if isinstance(evidence.base, Failure) and evidence.base.kind == "missing":
        yield failed("labels", "missing")
    else:
        yield not_judged("labels", cause)
    yield from _waiting(cause)


# ---------------------------------------- prepare


def _unusable(trial: "Trial") -> Verdict | None:
    """Return the verdict on `labels` when the plain call of `prepare` gave nothing to look at."""
    failure, problem = trial.evidence.base, trial.problem
    if failure is None:
        return not_judged("labels", "`prepare` is niet opgeroepen.")
    if isinstance(failure, Prepared):
        if len(failure.widths) == len(problem.inputs) and len(failure.labels) == len(problem.heads):
            return None
        return unsure("labels", "het bewijs is beschadigd: het heeft andere invoer of andere labels dan gevraagd.")
    if failure.kind == "missing":
        return failed("labels", "missing")
    if failure.detail.startswith("geeft: "):
        found = failure.detail.removeprefix("geeft: ")
        return failed("labels", "not_three", found=found, names=returned(problem))
    if failure.kind == "unsupported":
        return unsure("labels", f"wat `prepare` teruggeeft, is niet te lezen: {failure.detail}")
    if isinstance(trial.evidence.public, Failure):
        return failed("labels", "raised", error=trial.evidence.public.detail)
    return unsure("labels", f"`prepare` geeft een fout op andere {problem.rows} dan de jouwe: {failure.detail}")


def returned(problem: Problem) -> str:
    """Return what `prepare` gives and a batch holds, as a list in a sentence."""
    return _listed([*(one.name for one in problem.inputs), *problem.names])


def _listed(names: list[str]) -> str:
    *first, last = (f"`{name}`" for name in names)
    return f"{', '.join(first)} en {last}" if first else last


@dataclass(frozen=True)
class Trial:
    """What the calls of `split` and `prepare` show, measured once."""

    evidence: DataEvidence
    challenge: DataChallenge
    problem: Problem

    @cached_property
    def table(self) -> dict[str, Array]:
        """The challenge's rows by column, of those that hold numbers."""
        return _table(self.challenge.rows)

    @cached_property
    def lacking(self) -> dict[str, Array]:
        """(rows,) for each feature in which values are missing: where."""
        frame = self.challenge.rows
        found = {
            name: np.array([value is None for value in frame.values[frame.columns.index(name)]])
            if frame.holds_text(name)
            else np.isnan(self.table[name])
            for name in self.problem.features
        }
        return {name: where for name, where in found.items() if where.any()}

    @cached_property
    def complete(self) -> Array:
        """(rows,) whether a row of the challenge lacks no feature."""
        whole = np.ones(len(self.challenge.rows), dtype=bool)
        for where in self.lacking.values():
            whole &= ~where
        return whole

    @cached_property
    def kept(self) -> Array:
        """The challenge's rows that are in either part, each once."""
        rows = np.concatenate([self.rows(self.evidence.train), self.rows(self.evidence.test)])
        return np.unique(rows[rows >= 0])

    @cached_property
    def lost(self) -> float:
        """The part of the rows that is in neither part; of those without missing values where the others went more."""
        lost = ~np.isin(np.arange(len(self.challenge.rows)), self.kept)
        if not self.complete.any():
            return 0.0
        lacking = lost[~self.complete]
        for_that = len(lacking) > 0 and lacking.mean() > self.lost_complete + WENT_MORE
        return self.lost_complete if for_that else float(lost.mean())

    @cached_property
    def lost_complete(self) -> float:
        """The part of the rows without missing values that is in neither part."""
        return float(1 - np.isin(np.flatnonzero(self.complete), self.kept).mean()) if self.complete.any() else 0.0

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
        """The inputs of prepare(train, test), side by side, as float64."""
        return _finite(self.base.x)

    @cached_property
    def whole_test(self) -> Array:
        """(rows of test,) whether nothing is missing in a row, so that nothing was filled in."""
        rows = self.rows(self.evidence.test)
        return np.where(rows >= 0, self.complete[rows], True) if len(rows) == len(self.x) else np.ones(0, dtype=bool)

    @cached_property
    def scale(self) -> Array:
        """(columns,) standard deviation of every column of X; 1 for a constant column."""
        spread = self.x.std(axis=0)
        return np.where(spread > 1e-9 * (1 + np.abs(self.x).max(axis=0, initial=0.0)), spread, 1.0)

    def columns(self, place: int) -> slice:
        """Which columns of X are those of an input."""
        start = sum(self.base.widths[:place])
        return slice(start, start + self.base.widths[place])

    def moved(
        self, other: Prepared | Failure | None, rows: Array | slice = slice(None), among: list[int] | None = None
    ) -> list[Array] | None:
        """(columns,) for each input, whether some row of it differs in another call, or in one on some rows only.

        An input of another width has moved altogether where texts make columns.  None when there is nothing comparable.
        """
        x = self.x if among is None else self.x[among]
        if not isinstance(other, Prepared) or len(other.x) != len(x) or len(other.widths) != len(self.base.widths):
            return None
        found = []
        starts = np.cumsum([0, *other.widths])
        for place, width in enumerate(self.base.widths):
            if other.widths[place] != width:
                if not self.makes_columns_of_text(place):
                    return None
                found.append(np.ones(width, dtype=bool))
                continue
            columns = self.columns(place)
            then = _finite(other.x[:, starts[place] : starts[place + 1]])
            change = np.abs(then[rows] - x[rows][:, columns]) / self.scale[columns]
            found.append(change.max(axis=0, initial=0.0) > TOLERANCE)
        return found

    def other_width(self, other: Prepared | Failure | None, place: int) -> bool:
        """Whether an input has another number of columns in another call."""
        return isinstance(other, Prepared) and other.widths[place : place + 1] != self.base.widths[place : place + 1]

    def moved_by_few(self) -> list[Array] | None:
        """The same for a few rows without the others."""
        rows = list(self.evidence.few_rows)
        return self.moved(self.evidence.few, among=rows) if max(rows, default=0) < len(self.x) else None

    def makes_columns_of_text(self, place: int) -> bool:
        """Whether an input is made of any text."""
        return any(self.challenge.rows.holds_text(name) for name in self.problem.inputs[place].columns)

    def is_text(self, place: int) -> bool:
        """Whether an input is made of nothing but text, so that it needs no scaling."""
        return all(self.challenge.rows.holds_text(name) for name in self.problem.inputs[place].columns)

    @cached_property
    def measured(self) -> list[int]:
        """The inputs that are made of numbers too, by their places."""
        return [place for place in range(len(self.problem.inputs)) if not self.is_text(place)]

    def of_measured(self, parts: list[Array]) -> Array:
        """Of something for the columns of each input, that of the inputs that are made of numbers too."""
        return np.concatenate([np.zeros(0, dtype=bool), *(parts[place] for place in self.measured)])

    @cached_property
    def numbers(self) -> Array:
        """(rows, columns) of X of the inputs that are made of numbers too."""
        return np.concatenate([self.x[:, :0], *(self.x[:, self.columns(place)] for place in self.measured)], axis=1)

    @cached_property
    def out_of_order(self) -> int:
        """How many rows of an input are seen to stand elsewhere than in `rows`; 0 where nothing says so."""
        found = (self._out_of_order(place) for place in range(len(self.problem.inputs)))
        return next((count for count in found if count), 0)

    def _out_of_order(self, place: int) -> int:
        again, other = self.evidence.again, self.evidence.other_rows
        columns = self.columns(place)
        x, scale = self.x[:, columns], self.scale[columns]
        if self._is_like_base(again):
            then = _finite(again.x[:, columns])
            elsewhere = int((np.abs(x - then) > TOLERANCE * scale).any(axis=1).sum())
            if elsewhere and np.allclose(x[np.lexsort(x.T)], then[np.lexsort(then.T)]):
                return elsewhere
        if not self._is_like_base(other):
            return 0
        # Every second row was changed: about as many rows of X have to change, and in those places.
        then = _finite(other.x[:, columns])
        changed = (np.abs(then - x) > TOLERANCE * scale).any(axis=1)
        expected = np.arange(len(changed)) % 2 == 1
        as_many = abs(int(changed.sum()) - int(expected.sum())) <= 0.02 * len(changed)
        elsewhere = int((changed != expected).sum())
        if as_many and elsewhere > 0.1 * len(changed):
            return elsewhere
        # An order that depends on the values moves the unchanged rows too, and leaves them what they were.
        before, after = (np.round(part / scale, 4) + 0.0 for part in (x, then))
        rows, still_there = [row.tobytes() for row in before], {row.tobytes() for row in after}
        if self.is_text(place):  # many texts may be alike; those of which there is one tell where they went
            once = {row for row, count in Counter(rows).items() if count == 1}
            gone = [row for row, then in zip(rows, after, strict=True) if row in once and row != then.tobytes()]
            elsewhere = sum(row in still_there for row in gone)
            # Of coarse features, such as lengths, a few are single by chance, and so are those that come back.
            enough = len(once) >= max(LEAST_SINGLE_TEXTS, LEAST_SINGLE * len(rows))
            return elsewhere if enough and elsewhere > 0.3 * len(once) else 0
        kept = sum(row in still_there for row in set(rows)) - int((~changed).sum())
        return kept if len(set(rows)) > 0.9 * len(before) and kept > 0.3 * len(before) else 0

    def _is_like_base(self, other: Prepared | Failure | None) -> TypeGuard[Prepared]:
        return isinstance(other, Prepared) and other.x.shape == self.x.shape and other.widths == self.base.widths

    @cached_property
    def is_steady(self) -> bool:
        """Whether the same call gives the same again."""
        again = self.moved(self.evidence.again)
        return again is not None and not any(moved.any() for moved in again)

    def knows_words(self, place: int) -> bool:
        """Whether an input tells apart many words that `train` does not hold, and not so many invented ones.

        What is made of the signs of a word or hashes it tells them apart as well.
        """
        if len(self.evidence.words) != len(self.problem.inputs):
            return False
        groups = self.evidence.words[place]
        known, invented = (len(np.unique(half)) for half in (groups[: len(groups) // 2], groups[len(groups) // 2 :]))
        return known >= LEAST_KNOWN and invented < known / 2

    def own_columns(self, one: Input) -> list[str]:
        """The columns that no other input is made of."""
        others = {name for other in self.problem.inputs if other is not one for name in other.columns}
        return [name for name in one.columns if name not in others]

    @cached_property
    def quantities(self) -> list[str]:
        """The features whose numbers are no classes."""
        return [
            name
            for name in self.problem.features
            if name in self.table and not (self._is_whole(name) and len(np.unique(self.table[name])) <= DISCRETE)
        ]

    @property
    def classes(self) -> list[str]:
        """The features of numbers that are classes."""
        return [name for name in self.problem.features if name in self.table and name not in self.quantities]

    def _is_whole(self, name: str) -> bool:
        values = self.challenge.rows.values[self.challenge.rows.columns.index(name)]
        return isinstance(values, np.ndarray) and values.dtype.kind in "iub"

    @cached_property
    def raw_columns(self) -> list[str]:
        """The features that are in X as they are in the table, whatever `train` holds.

        A feature that runs from 0 to 1 is left out: scaling it to that range changes nothing.
        """
        rows = self.rows(self.evidence.test)[self.whole_test]
        by_train = self.moved(self.evidence.other_train, self.whole_test)
        x = self.numbers[self.whole_test]
        still = x if by_train is None else x[:, ~self.of_measured(by_train)]
        return [
            name
            for name in self.quantities
            if np.ptp(_known(self.table[name])) < 0.9 or np.abs(_known(self.table[name])).max() > 1.1
            if any(_same(column, self.table[name][rows]) for column in still.T)
        ]

    @cached_property
    def spreads(self) -> Array:
        """(such columns,) the standard deviations of those columns of X that are a feature, stretched and shifted."""
        rows = self.rows(self.evidence.test)[self.whole_test]
        x = self.numbers[self.whole_test]
        if not self.quantities or not len(x):
            return np.zeros(0)
        features = np.column_stack([self.table[name][rows] for name in self.quantities])
        together = _correlation(x, features)
        spreads: Array = x.std(axis=0)[np.abs(together).max(axis=1, initial=0.0) > 1 - 1e-7]
        return spreads

    @cached_property
    def continuous(self) -> Array:
        """(columns,) whether a column of X has more values than classes or bins would."""
        return np.array([len(np.unique(column)) > DISCRETE for column in self.numbers.T], dtype=bool)


def _known(values: Array) -> Array:
    return values[~np.isnan(values)]


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
    evidence, problem = trial.evidence, trial.problem
    both = ((evidence.test, evidence.base), (evidence.train, evidence.base_train))
    inputs = "` en `".join(one.name for one in problem.inputs)
    for part, prepared in both:
        if not isinstance(prepared, Prepared):
            continue
        rows = trial.rows(part)
        for name, values in ((inputs, prepared.x), *zip(problem.names, prepared.labels, strict=False)):
            if len(values) != len(rows):
                yield failed("labels", "row_count", name=name, found=len(values), expected=len(rows))
    for part, prepared in both:
        rows = trial.rows(part)
        if _unknown(rows):
            yield unsure("labels", "de rijen na `split` zijn niet te herkennen.")
        if isinstance(prepared, Prepared):
            known = rows >= 0
            for head, labels in zip(problem.heads, prepared.labels, strict=False):
                column = trial.table[head.column][rows[known]]
                rules = _regression_rules if head.kind == "regression" else _binary_rules
                yield from rules(head, problem, _finite(labels)[known], column)
    if trial.out_of_order:
        yield _misaligned(problem.heads[0], problem, trial.out_of_order, len(trial.x))
    yield passed("labels")


def _misaligned(head: Head, problem: Problem, wrong: int, total: int) -> Verdict:
    inputs = ", ".join(f"`{one.name}`" for one in problem.inputs)
    return failed_in(problem, "labels", "misaligned", inputs=inputs, name=head.name, wrong=wrong, total=total)


def _regression_rules(head: Head, problem: Problem, labels: Array, truth: Array) -> Iterator[Verdict]:
    wrong = int((np.abs(labels - truth) > TOLERANCE).sum())
    if not wrong:
        return
    if np.allclose(np.sort(labels), np.sort(truth), atol=TOLERANCE):
        yield _misaligned(head, problem, wrong, len(truth))
    bounds = {"low": number(labels.min()), "high": number(labels.max())}
    yield failed_in(problem, "labels", "not_quality", name=head.name, column=head.column, **bounds)


def _binary_rules(head: Head, problem: Problem, labels: Array, column: Array) -> Iterator[Verdict]:
    expected = head.labels(column) > 0
    wrong = int((np.abs(labels - expected) > TOLERANCE).sum())
    if not wrong:
        return
    say = {"name": head.name, "column": head.column, "wrong": wrong, "total": len(expected)}
    for start in np.unique(column) if head.at_least is not None else ():
        if start != head.at_least and np.array_equal(labels, column >= start):
            yield failed("labels", "wrong_threshold", found=plain(start), **say)
    if np.array_equal(labels, ~expected):
        yield failed_in(problem, "labels", "inverted", **say)
    if np.allclose(np.sort(labels), np.sort(expected), atol=TOLERANCE):
        yield _misaligned(head, problem, wrong, len(expected))
    yield failed_in(problem, "labels", "not_good", **say)


# ---------------------------------------- modalities


def _modality_rules(trial: Trial) -> Iterator[Verdict]:
    inputs = trial.problem.inputs
    if len(inputs) == 1:
        yield passed("modalities")
        return
    calls = [trial.moved(call) for call in trial.evidence.modalities]
    if len(calls) != len(inputs) or any(call is None for call in calls) or not trial.is_steady:
        yield unsure("modalities", "`prepare` gaf niets te vergelijken wanneer één soort kolommen verandert.")
        return
    depends = [[bool(moved.any()) for moved in call or ()] for call in calls]
    own = [trial.own_columns(one) for one in inputs]
    alone = [place for place in range(len(inputs)) if own[place]]
    others = [(place, of) for place in range(len(inputs)) for of in alone if of != place and depends[of][place]]
    if others and not any(depends[of][of] for of in alone):
        yield failed("modalities", "swapped", names=_listed([one.name for one in inputs]))
    for place, of in others:
        columns = ", ".join(f"`{name}`" for name in own[of])
        yield failed("modalities", "other_columns", name=inputs[place].name, other=inputs[of].name, columns=columns)
    for place in alone:
        if not depends[place][place]:
            columns = ", ".join(f"`{name}`" for name in own[place])
            yield failed("modalities", "own_columns_unused", name=inputs[place].name, columns=columns)
    yield from _form_of_words_rules(trial, [place for place in alone if trial.is_text(place)])
    yield passed("modalities")


def _form_of_words_rules(trial: Trial, texts: list[int]) -> Iterator[Verdict]:
    """Name an input of text that stays the same when all words are other ones of the same length."""
    by_letters = trial.moved(trial.evidence.other_letters)
    by_rows = trial.moved(trial.evidence.other_rows, slice(0, None, 2))
    if by_letters is None or by_rows is None:
        return
    for place in texts:
        if not by_letters[place].any() and not by_rows[place].any():  # words of `rows` itself are numbered alike
            one = trial.problem.inputs[place]
            columns = "elke letter van " + ", ".join(f"`{name}`" for name in trial.own_columns(one))
            yield failed("modalities", "own_columns_unused", name=one.name, columns=columns)


# ---------------------------------------- missing values


def _missing_rules(trial: Trial) -> Iterator[Verdict]:
    evidence, problem = trial.evidence, trial.problem
    for name, where in trial.lacking.items():
        count = int(where.sum())
        if not where[trial.kept].any() and trial.lost_complete**count < BY_CHANCE:
            yield failed_in(problem, "missing_values", "rows_dropped", count=count, column=name, place="split")
    for part, prepared in ((evidence.test, evidence.base), (evidence.train, evidence.base_train)):
        rows = trial.rows(part)
        if not isinstance(prepared, Prepared) or (rows < 0).any():
            continue
        count = len(rows) - len(prepared.x)
        fitting = [name for name, where in trial.lacking.items() if where[rows].sum() == count]
        if count > 0 and (fitting or (~trial.complete)[rows].sum() == count):
            column = "` of `".join(fitting[:1] or trial.lacking)
            yield failed_in(problem, "missing_values", "rows_dropped", count=count, column=column, place="prepare")
    for prepared in (evidence.base, evidence.base_train, evidence.public, evidence.whole_train):
        if isinstance(prepared, Prepared) and len(prepared.widths) == len(problem.inputs):
            yield from _unfilled(prepared, problem)
    yield passed("missing_values")


def _unfilled(prepared: Prepared, problem: Problem) -> Iterator[Verdict]:
    ends = np.cumsum(prepared.widths)
    for one, width, end in zip(problem.inputs, prepared.widths, ends, strict=True):
        bad = ~np.isfinite(np.asarray(prepared.x[:, end - width : end], dtype=np.float64))
        if bad.any():
            rows, columns = int(bad.any(axis=1).sum()), int(bad.any(axis=0).sum())
            say = {"name": one.name, "count": rows, "total": len(bad), "columns": columns}
            yield failed("missing_values", "not_numbers", **say)


# ---------------------------------------- normalisation


def _normalisation_rules(trial: Trial) -> Iterator[Verdict]:
    evidence = trial.evidence
    if not trial.is_steady:
        yield unsure("normalisation", "`prepare` geeft op dezelfde rijen niet telkens hetzelfde.")
    by_rows = trial.moved(evidence.other_rows, slice(0, None, 2))
    by_train = trial.moved(evidence.other_train)
    if by_rows is None or by_train is None:
        yield unsure("normalisation", "`prepare` werkt niet op rijen met andere waarden.")
        return
    yield from _other_rows_rules(trial, by_rows, by_train)
    if isinstance(evidence.few, Failure):
        yield unsure("normalisation", f"`prepare` werkt niet op enkele rijen: {evidence.few.detail}")
    known = [one.name for place, one in enumerate(trial.problem.inputs) if trial.knows_words(place)]
    if known:
        yield failed("normalisation", "ignores_train", name=known[0])
    if not trial.measured:
        yield passed("normalisation")
    whole = trial.moved(evidence.other_train, trial.whole_test)
    if whole is not None and not trial.of_measured(whole).any():
        yield _without_train(trial)
    if trial.raw_columns:
        yield _not_normalised(trial, _raw(trial))
    spreads = trial.spreads
    if len(spreads) > 1 and spreads.max() > SAME_SCALE * spreads.min():
        low, high = f"{spreads.min():.1g}".replace(".", ","), number(spreads.max(), 1)
        yield _not_normalised(trial, f"de standaardafwijkingen van de kolommen lopen van {low} tot {high}")
    yield passed("normalisation")


def _other_rows_rules(trial: Trial, by_rows: list[Array], by_train: list[Array]) -> Iterator[Verdict]:
    """Name the first input that depends on other rows than its own."""
    evidence, problem = trial.evidence, trial.problem
    by_few = trial.moved_by_few() or by_rows
    for place, (one, rows, train, few) in enumerate(zip(problem.inputs, by_rows, by_train, by_few, strict=True)):
        moved = rows | few
        if moved.any():
            # How many columns there are says more than what is in them, which no longer can be compared.
            wider = trial.other_width(evidence.other_rows, place) or trial.other_width(evidence.few, place)
            also = trial.other_width(evidence.other_train, place) if wider else _of_both(moved, train, trial, place)
            fault = "all_rows" if also else "own_statistics"
            say = {"columns": int(moved.sum()), "total": len(moved), "name": one.name}
            yield failed_in(problem, "normalisation", fault, **say)


def _of_both(moved: Array, train: Array, trial: Trial, place: int) -> bool:
    """Whether the columns that depend on other rows depend on `train` too.

    Where values are missing some do so by what is filled in only; what moves nothing else comes from the rows.
    """
    both = int((moved & train).sum())
    if not trial.lacking:
        return both > 0
    untouched = trial.whole_test & (np.arange(len(trial.x)) % 2 == 0)
    not_filled = trial.moved(trial.evidence.other_rows, untouched)
    only_filled = not_filled is not None and not not_filled[place].any() and not trial.is_text(place)
    return both > 0.5 * moved.sum() and not only_filled


def _not_normalised(trial: Trial, found: str) -> Verdict:
    return failed("normalisation", "not_normalised", name=_measured_names(trial), columns=found)


def _measured_names(trial: Trial) -> str:
    return "` en `".join(trial.problem.inputs[place].name for place in trial.measured)


def _raw(trial: Trial) -> str:
    return "ongewijzigd zijn " + ", ".join(f"`{name}`" for name in trial.raw_columns)


def _without_train(trial: Trial) -> Verdict:
    """Say where the statistics come from when they do not come from `train`."""
    name = _measured_names(trial)
    if trial.raw_columns:
        return _not_normalised(trial, _raw(trial))
    if not trial.continuous.any():
        return unsure("normalisation", f"{name} bevat alleen klassen of vaste intervallen.")
    public = trial.evidence.public
    numbers = _measured_part(public, trial)
    if numbers is None or numbers.shape[1] != trial.numbers.shape[1]:
        return failed("normalisation", "ignores_train", name=name)
    x = numbers[:, trial.continuous]
    if not _looks_normalised(x):
        return _not_normalised(trial, "de kolommen hebben een heel verschillende schaal")
    if _fits_exactly(x, straight=len(trial.spreads) == trial.numbers.shape[1]):
        say = {"columns": x.shape[1], "total": trial.numbers.shape[1], "name": name}
        return failed_in(trial.problem, "normalisation", "all_rows", **say)
    return failed("normalisation", "ignores_train", name=name)


def _measured_part(prepared: Prepared | Failure | None, trial: Trial) -> Array | None:
    """(rows, columns) of the inputs that are made of numbers too, in another call."""
    if not isinstance(prepared, Prepared) or len(prepared.widths) != len(trial.problem.inputs):
        return None
    ends = np.cumsum(prepared.widths)
    x = _finite(prepared.x)
    return np.concatenate(
        [x[:, :0], *(x[:, ends[place] - prepared.widths[place] : ends[place]] for place in trial.measured)], axis=1
    )


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
    evidence, problem = trial.evidence, trial.problem
    by_labels = trial.moved(evidence.other_labels)
    inputs = "` en `".join(one.name for one in problem.inputs)
    if trial.is_steady and by_labels is not None and any(moved.any() for moved in by_labels):
        for one, moved in zip(problem.inputs, by_labels, strict=True):
            if moved.any():
                say = {"columns": int(moved.sum()), "total": len(moved), "name": one.name}
                yield failed("leakage", "target_in_features", **say)
    if isinstance(evidence.public, Prepared):
        telling = _telling(_test_rows(evidence.public, evidence.public_sizes), TELLS_LABEL, problem)
        if telling:
            total = evidence.public.x.shape[1]
            yield failed("leakage", "target_in_features", columns=telling, total=total, name=inputs)
    if _hidden_labels_known(case):
        yield failed_in(problem, "leakage", "lookup", name=inputs)
    if by_labels is None or not trial.is_steady:
        what = "X" if len(problem.inputs) == 1 else "invoer"
        yield unsure("leakage", f"`prepare` gaf geen {what} die te vergelijken is wanneer de labels veranderen.")
    yield passed("leakage")


def _test_rows(public: Prepared, sizes: tuple[tuple[int, int], ...]) -> Prepared:
    """Keep the test rows, which come last: what was learned from the labels of training rows may fit those too well."""
    if not sizes or sum(sizes[0]) != len(public.x) or len(public.labels[0]) != len(public.x) or sizes[0][1] == 0:
        return public
    test = slice(sizes[0][0], None)
    return public.model_copy(update={"x": public.x[test], "labels": tuple(one[test] for one in public.labels)})


def _telling(prepared: Prepared, limit: float, problem: Problem) -> int:
    """Count the columns of X that are a label in disguise."""
    x = _finite(prepared.x)
    if not len(x) or any(len(labels) != len(x) for labels in prepared.labels):
        return 0
    by_head = dict(zip(problem.names, map(_finite, prepared.labels), strict=True))
    labels = np.column_stack(
        [
            head.labels(by_head[twin.name]) if (twin := problem.quantity_of(head)) is not None else by_head[head.name]
            for head in problem.heads
        ]
    )
    return int((np.abs(_correlation(x, labels)).max(axis=1, initial=0.0) > limit).sum())


def _hidden_labels_known(case: Case) -> bool:
    """Whether X of the hidden rows tells their true labels better than any honest feature does."""
    hidden, truths, problem = case.evidence.hidden, case.context.hidden_labels, case.problem
    if hidden is None or hidden.x is None or truths is None or len(hidden.x) != len(truths[0]):
        return False
    prepared = Prepared(x=hidden.x, widths=(hidden.x.shape[1],), labels=truths)
    kinds = [head.kind for head in problem.heads]
    plain_kind = "regression" if "regression" in kinds else "binary"
    told = (truth for kind, truth in zip(kinds, truths, strict=True) if kind == plain_kind)
    return _telling(prepared, TELLS_HIDDEN_LABEL, problem) > 0 or any(
        _linear_fit(_finite(hidden.x), _finite(truth)) > MOST_HONEST_FIT for truth in told
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
