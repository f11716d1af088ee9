"""Call the student's `split` and `prepare` again, on wines that tell apart what depends on what."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from autograder.evidence.records import DataEvidence, Failure, Part, Prepared
from autograder.evidence.requests import DataChallenge, Frame
from autograder.probe.arrays import one_line
from autograder.probe.loaders import absent, numbers, unpack
from autograder.probe.quiet import preserved, quiet, seed_all

TARGET = "quality"

MAX_COLUMNS = 256
"""Columns of X that travel; polynomial features of degree three have more."""

FAR = 1e-6
"""Rows are the same when their features agree to this part; the challenge's rows differ by far more."""

Array = npt.NDArray[Any]
Parts = tuple[pd.DataFrame, pd.DataFrame]
Function = Callable[..., Any]


def to_frame(frame: Frame) -> pd.DataFrame:
    """Return a sent table as a DataFrame with an index of 0, 1, 2 ... and whole numbers for quality."""
    table = pd.DataFrame(np.array(frame.values, dtype=np.float64), columns=list(frame.columns))
    return table.astype({TARGET: np.int64}) if TARGET in table else table


def data(split: Any, prepare: Any, challenge: DataChallenge) -> DataEvidence:
    """Call both functions on the challenge's wines and on the students' own.

    `split` and `prepare` are the student's functions, or the Failure that says that one is missing.
    """
    split, prepare = (absent(split, "split") or split, absent(prepare, "prepare") or prepare)
    if isinstance(split, Failure):
        return DataEvidence(train=split, test=split, base=prepare if isinstance(prepare, Failure) else None)
    with quiet(), preserved(split, prepare):
        return _Trial(split, prepare, challenge).evidence()


def call_split(split: Function, wines: pd.DataFrame) -> Parts | Failure:
    """Return the two parts into which a student's `split` divides a copy of `wines`."""
    try:
        result = split(wines.copy())
    except (Exception, SystemExit) as error:  # the student's function may raise anything
        return Failure(kind="raised", name="split", detail=one_line(error))
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        return Failure(kind="unsupported", name="split", detail=_what(result))
    train, test = result
    if not isinstance(train, pd.DataFrame) or not isinstance(test, pd.DataFrame):
        found = " en ".join(_what(part) for part in result)
        return Failure(kind="unsupported", name="split", detail=found)
    return train, test


def call_prepare(prepare: Any, train: pd.DataFrame, rows: pd.DataFrame, seed: int = 0) -> Prepared | Failure:
    """Return what a student's `prepare` makes of copies of `train` and `rows`; X with all its columns.

    Where both are the same frame, so are the copies: some students ask `rows is train`.
    """
    if isinstance(prepare, Failure):
        return prepare
    first = train.copy()
    second = first if rows is train else rows.copy()
    try:
        seed_all(seed)
        result = prepare(first, second)
    except (Exception, SystemExit) as error:  # the student's function may raise anything
        return Failure(kind="raised", name="prepare", detail=one_line(error))
    try:
        x, quality, good = _three(result)
    except (TypeError, ValueError) as error:
        return Failure(kind="unsupported", name="prepare", detail=f"geeft: {error}")
    try:
        return Prepared(x=_matrix(x), quality=_vector(quality), good=_vector(good))
    except Exception as error:  # nor is there a limit to what it may return
        return Failure(kind="unsupported", name="prepare", detail=one_line(error))


def _three(result: Any) -> tuple[Any, Any, Any]:
    """Return X, quality and good.  Raises TypeError for two, which a loader may give but `prepare` may not."""
    found = unpack(result)
    if isinstance(result, (tuple, list)) and len(result) != 3:
        raise TypeError(_what(result))
    return found


class _Trial:
    """The calls on one challenge, each with the frames that `split` gave."""

    def __init__(self, split: Function, prepare: Any, challenge: DataChallenge) -> None:
        self._split = split
        self._prepare = prepare
        self._wines = to_frame(challenge.wines)
        self._public = to_frame(challenge.public)
        self._seed = challenge.seed
        self._rng = np.random.default_rng(challenge.seed)
        self._features = [column for column in challenge.wines.columns if column != TARGET]

    def evidence(self) -> DataEvidence:
        public, sizes = self._on_public()
        parts = call_split(self._split, self._wines)
        if isinstance(parts, Failure):
            return DataEvidence(train=parts, test=parts, public=public, public_sizes=sizes)
        train, test = parts
        # Called first: a student may keep a scaler in a global and fit it when `rows` is `train`.
        base_train = self._call(train, train)
        base = self._call(train, test)
        again = self._call(train, test)
        other_rows = self._call(train, self._with_other_rows(test))
        other_labels = self._call(train, self._with_other_labels(train, test))
        changed = self._with_other_features(train, test)
        self._call(changed, changed)
        other_train = self._call(changed, test)
        return DataEvidence(
            train=Part(rows=self._positions(train)),
            test=Part(rows=self._positions(test)),
            base=base,
            base_train=base_train,
            again=again,
            other_rows=other_rows,
            other_train=other_train,
            other_labels=other_labels,
            public=public,
            public_sizes=sizes,
        )

    def _call(self, train: pd.DataFrame, rows: pd.DataFrame) -> Prepared | Failure:
        result = call_prepare(self._prepare, train, rows, self._seed)
        if isinstance(result, Failure) or result.x.ndim < 2 or result.x.shape[1] <= MAX_COLUMNS:
            return result
        kept = np.linspace(0, result.x.shape[1] - 1, MAX_COLUMNS).astype(int)
        return Prepared(x=result.x[:, kept], quality=result.quality, good=result.good)

    def _on_public(self) -> tuple[Prepared | Failure, tuple[tuple[int, int], ...]]:
        parts = call_split(self._split, self._public)
        if isinstance(parts, Failure):
            return parts, ()
        second = call_split(self._split, self._public)
        sizes = [(len(train), len(test)) for train, test in (parts, second if isinstance(second, tuple) else parts)]
        train, test = parts
        together = pd.concat([train, test])
        if not together.index.is_unique:
            together = together.reset_index(drop=True)
        self._call(train, train)
        return self._call(train, together), tuple(sizes)

    def _positions(self, part: pd.DataFrame) -> Array:
        return positions(part, self._wines, self._features)

    def _with_other_rows(self, test: pd.DataFrame) -> pd.DataFrame:
        """Change the features of the second, fourth ... row, each number by a factor of its own."""
        changed = test.copy()
        for column in self._present(test):
            values = test[column].to_numpy(dtype=np.float64).copy()
            values[1::2] *= self._rng.uniform(1.3, 2.5, size=len(values[1::2]))
            changed[column] = values
        return changed

    def _with_other_features(self, train: pd.DataFrame, test: pd.DataFrame) -> pd.DataFrame:
        """Stretch and shift every column of numbers that says nothing of the labels."""
        labels = self._label_columns(train, test)
        changed = train.copy()
        for column in train.columns:
            if column in labels or train[column].dtype.kind not in "fiu":
                continue
            values = train[column].to_numpy(dtype=np.float64)
            shift = self._rng.uniform(0.5, 1.5) * float(np.nanstd(values))
            changed[column] = values * self._rng.uniform(1.5, 3.0) + shift
        return changed

    def _with_other_labels(self, train: pd.DataFrame, test: pd.DataFrame) -> pd.DataFrame:
        """Permute quality, and with it whatever `split` derived from it."""
        order = self._rng.permutation(len(test))
        changed = test.copy()
        for column in self._label_columns(train, test):
            changed[column] = test[column].to_numpy()[order]
        return changed

    def _label_columns(self, train: pd.DataFrame, test: pd.DataFrame) -> list[Any]:
        if TARGET not in train or TARGET not in test:
            return []
        together = pd.concat([train, test], ignore_index=True)
        added = [column for column in together.columns if column not in self._features and column != TARGET]
        return [TARGET, *(column for column in added if _is_function_of(together[column], together[TARGET]))]

    def _present(self, frame: pd.DataFrame) -> list[str]:
        return [column for column in self._features if column in frame]


def positions(part: pd.DataFrame, wines: pd.DataFrame, features: Sequence[str]) -> Array:
    """Say which row of `wines` each row of `part` is, by its features; -1 for a row that is not in it."""
    nowhere = np.full(len(part), -1, dtype=np.int32)
    if any(column not in part for column in features) or not len(part):
        return nowhere
    try:
        rows = part[list(features)].to_numpy(dtype=np.float64)
    except (TypeError, ValueError):
        return nowhere
    known = wines[list(features)].to_numpy(dtype=np.float64)
    scale = known.std(axis=0) + 1e-12
    # One number for each row finds the few candidates; all features then decide.
    weights = np.random.default_rng(0).normal(size=len(features)) / scale
    order = np.argsort(known @ weights)
    keys = (known @ weights)[order]
    place = np.searchsorted(keys, np.nan_to_num(rows @ weights))
    candidates = order[np.clip(place[:, None] + np.arange(-3, 3), 0, len(keys) - 1)]
    differ = (np.abs(known[candidates] - rows[:, None, :]) / (np.abs(known[candidates]) + scale)).max(axis=2)
    best = np.nan_to_num(differ, nan=np.inf).argmin(axis=1)
    rank = np.arange(len(rows))
    return np.where(differ[rank, best] < FAR, candidates[rank, best], -1).astype(np.int32)


def _is_function_of(column: "pd.Series[Any]", target: "pd.Series[Any]") -> bool:
    try:
        return bool(column.nunique() > 1 and column.groupby(target).nunique().max() <= 1)
    except TypeError:  # a column of objects that cannot be compared
        return False


def _matrix(value: Any) -> Array:
    array = numbers(value)
    if array.ndim < 2:
        array = array.reshape(-1, 1)
    return array.reshape(array.shape[0], -1)


def _vector(value: Any) -> Array:
    array = numbers(value)
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim != 1:
        raise ValueError(f"labels van de vorm {array.shape}")
    return array


def _what(value: Any) -> str:
    """Return what an object is, in Dutch."""
    if value is None:
        return "niets (None)"
    if isinstance(value, (tuple, list, dict)):
        return f"een {type(value).__name__} van {len(value)}"
    return f"een {type(value).__name__}"
