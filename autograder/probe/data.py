"""Call the student's `split` and `prepare` again, on rows that tell apart what depends on what."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from autograder.evidence.frames import to_table
from autograder.evidence.narrow import kept_columns
from autograder.evidence.problem import Problem
from autograder.evidence.records import DataEvidence, Failure, Part, Prepared
from autograder.evidence.requests import DataChallenge
from autograder.probe.arrays import one_line
from autograder.probe.loaders import Unpacked, absent, grouped_inputs, numbers, side_by_side, unpack
from autograder.probe.quiet import preserved, quiet, seed_all

FAR = 1e-6
"""Rows are the same when their features agree to this part; the challenge's rows differ by far more."""

FEW = 7
"""Rows of a call that shows what is made of the rows themselves: their classes, their words, their longest text."""

MANY = 0.2
"""Different texts of a column, as a part of its rows, from which it is free text and not a class."""

REPLACED = 0.5
"""Part of the words of a text that are replaced, and of the rows of a column of classes."""

WORDS = ("abel", "bakboord", "Czaar", "droom", "Elzas", "fjord", "Gyula", "ijsberg", "Kwik", "Wezel", "zeeziek")
"""Words for texts: with all kinds of beginnings, so that they come everywhere in a sorted vocabulary."""

MANY_WORDS = 100
"""Of the table that are looked for in what `prepare` knows without having seen them in `train`."""

LETTERS = ("aeiouy", "bcdfghjklmnpqrstvwxz")

Array = npt.NDArray[Any]
Parts = tuple[pd.DataFrame, pd.DataFrame]
Function = Callable[..., Any]


def data(split: Any, prepare: Any, challenge: DataChallenge, problem: Problem) -> DataEvidence:
    """Call both functions on the challenge's rows and on the students' own.

    `split` and `prepare` are the student's functions, or the Failure that says that one is missing.
    """
    split, prepare = (absent(split, "split") or split, absent(prepare, "prepare") or prepare)
    if isinstance(split, Failure):
        return DataEvidence(train=split, test=split, base=prepare if isinstance(prepare, Failure) else None)
    with quiet(), preserved(split, prepare):
        return _Trial(split, prepare, challenge, problem).evidence()


def call_split(split: Function, table: pd.DataFrame) -> Parts | Failure:
    """Return the two parts into which a student's `split` divides a copy of a table."""
    try:
        result = split(table.copy())
    except (Exception, SystemExit) as error:  # the student's function may raise anything
        return Failure(kind="raised", name="split", detail=one_line(error))
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        return Failure(kind="unsupported", name="split", detail=_what(result))
    train, test = result
    if not isinstance(train, pd.DataFrame) or not isinstance(test, pd.DataFrame):
        found = " en ".join(_what(part) for part in result)
        return Failure(kind="unsupported", name="split", detail=found)
    return train, test


def call_prepare(
    prepare: Any, train: pd.DataFrame, rows: pd.DataFrame, problem: Problem, seed: int = 0
) -> Prepared | Failure:
    """Return what a student's `prepare` makes of copies of `train` and `rows`; the inputs with all their columns.

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
        inputs, labels = _unpacked(result, problem)
    except (TypeError, ValueError) as error:
        return Failure(kind="unsupported", name="prepare", detail=f"geeft: {error}")
    try:
        return _as_prepared([_matrix(one) for one in inputs], tuple(_vector(one) for one in labels))
    except Exception as error:  # nor is there a limit to what it may return
        return Failure(kind="unsupported", name="prepare", detail=one_line(error))


def _unpacked(result: Any, problem: Problem) -> Unpacked:
    """Return inputs and labels.  Raises TypeError for forms that a loader may give but `prepare` may not."""
    found = unpack(result, problem)
    if isinstance(result, (tuple, list)):
        inputs, heads = len(problem.inputs), len(problem.heads)
        allowed = {2, 1 + heads} if grouped_inputs(result, problem) else {inputs + heads}
        if len(result) not in allowed:
            raise TypeError(_what(result))
    return found


def _as_prepared(inputs: list[Array], labels: tuple[Array, ...]) -> Prepared:
    lengths = [len(one) for one in inputs]
    if len(set(lengths)) > 1:  # side by side they need one length; the judge then misses rows
        inputs = [one[: min(lengths)] for one in inputs]
    x, widths = side_by_side(inputs)
    return Prepared(x=x, widths=widths, labels=labels)


def narrowed(prepared: Prepared) -> Prepared:
    """Keep the columns of each input that may travel."""
    kept = kept_columns(prepared.widths)
    x = prepared.x[:, np.concatenate(kept)]
    return Prepared(x=x, widths=tuple(len(one) for one in kept), labels=prepared.labels)


class _Trial:
    """The calls on one challenge, each with the frames that `split` gave."""

    def __init__(self, split: Function, prepare: Any, challenge: DataChallenge, problem: Problem) -> None:
        self._split = split
        self._prepare = prepare
        self._problem = problem
        self._rows = to_table(challenge.rows)
        self._public = to_table(challenge.public)
        self._seed = challenge.seed
        self._rng = np.random.default_rng(challenge.seed)
        self._features = [column for column in challenge.rows.columns if column not in problem.targets]

    def evidence(self) -> DataEvidence:
        public, sizes = self._on_public()
        parts = call_split(self._split, self._rows)
        if isinstance(parts, Failure):
            return DataEvidence(train=parts, test=parts, public=public, public_sizes=sizes)
        train, test = parts
        # Called first: a student may keep a scaler in a global and fit it when `rows` is `train`.
        base_train = self._call(train, train)
        base = self._call(train, test)
        again = self._call(train, test)
        other = self._with_other_rows(test)
        other_rows = self._call(train, other)
        other_labels = self._call(train, self._with_other_labels(train, test))
        other_letters = self._call(train, self._with_other_letters(test)) if self._free_texts(test) else None
        few_rows = self._alike(test) if self._texts() else []
        few = self._call(train, test.iloc[few_rows]) if few_rows else None
        modalities = self._by_modality(train, test, other)
        changed = self._with_other_features(train, test)
        self._call(changed, changed)
        other_train = self._call(changed, test)
        words = self._words(train, test)
        whole = train.dropna(subset=[column for column in self._features if column in train])
        self._call(whole, whole)
        whole_train = self._call(whole, test) if 0 < len(whole) < len(train) else None
        return DataEvidence(
            train=Part(rows=positions(train, self._rows, self._features)),
            test=Part(rows=positions(test, self._rows, self._features)),
            base=base,
            base_train=base_train,
            again=again,
            other_rows=other_rows,
            other_train=other_train,
            other_labels=other_labels,
            few=few,
            few_rows=tuple(few_rows),
            words=words,
            whole_train=whole_train,
            other_letters=other_letters,
            modalities=modalities,
            public=public,
            public_sizes=sizes,
        )

    def _call(self, train: pd.DataFrame, rows: pd.DataFrame) -> Prepared | Failure:
        result = call_prepare(self._prepare, train, rows, self._problem, self._seed)
        return result if isinstance(result, Failure) else narrowed(result)

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

    def _texts(self) -> list[str]:
        return [column for column in self._features if is_text(self._rows[column])]

    def _alike(self, test: pd.DataFrame) -> list[int]:
        """Return the places of a few rows of the same classes as the first one."""
        classes = [
            test[column].astype(str).to_numpy()
            for column in self._texts()
            if column in test and self._kind(column, test[column]) == "class"
        ]
        alike = np.ones(len(test), dtype=bool)
        for values in classes:
            alike &= values == values[:1]
        return [int(place) for place in np.flatnonzero(alike)[:FEW]]

    def _words(self, train: pd.DataFrame, test: pd.DataFrame) -> tuple[Array, ...]:
        """Say which of the usual words of the table `prepare` tells apart, when it sees none of them in `train`.

        Rows of one text that differ in one word only: first a word of the table, then as many invented ones.
        """
        texts = self._free_texts(test)
        count = min(MANY_WORDS, len(test) // 2)
        if not texts or not count:
            return ()
        unseen, rows = train.copy(), test.iloc[: 2 * count].copy()
        for column in texts:
            known = pd.concat([train[column], test[column]])
            usual = _usual_words(known, count)
            context = next((one.split() for one in test[column] if isinstance(one, str) and one.split()), [])
            if len(usual) < count or not context:
                return ()
            in_train, invented = self._cipher(), self._cipher()
            unseen[column] = [one.translate(in_train) if isinstance(one, str) else one for one in train[column]]
            place = len(context) // 2
            rows[column] = [
                " ".join([*context[:place], word, *context[place + 1 :]])
                for word in [*usual, *(word.translate(invented) for word in usual)]
            ]
        self._call(unseen, unseen)
        prepared = call_prepare(self._prepare, unseen, rows, self._problem, self._seed)
        return _groups(prepared, len(rows)) if isinstance(prepared, Prepared) else ()

    def _free_texts(self, part: pd.DataFrame) -> list[str]:
        return [name for name in self._texts() if name in part and self._kind(name, part[name]) == "text"]

    def _with_other_letters(self, test: pd.DataFrame) -> pd.DataFrame:
        other = self._cipher()
        texts = {
            column: [one.translate(other) if isinstance(one, str) else one for one in test[column]]
            for column in self._free_texts(test)
        }
        return test.assign(**texts)

    def _cipher(self) -> dict[int, str]:
        """Return other letters for all letters, of the same kind, so that words keep their form and frequency."""
        other: dict[int, str] = {}
        for letters in LETTERS:
            order = self._rng.permutation(list(letters))
            for one, two in zip(order, np.roll(order, 1), strict=True):
                other |= {ord(one): str(two), ord(one.upper()): str(two.upper())}
        return other

    def _by_modality(
        self, train: pd.DataFrame, test: pd.DataFrame, other: pd.DataFrame
    ) -> tuple[Prepared | Failure, ...]:
        """Change the columns of one input at a time; the rows that `other` leaves alone get each other's texts."""
        inputs = self._problem.inputs if len(self._problem.inputs) > 1 else ()
        exchanged = other.copy()
        for column in self._free_texts(other):
            texts = list(other[column])
            texts[::2] = [texts[place] for place in self._rng.permutation(range(0, len(texts), 2))]
            exchanged[column] = pd.Series(texts, index=other.index, dtype=other[column].dtype)
        return tuple(
            self._call(train, test.assign(**{column: exchanged[column] for column in one.columns if column in test}))
            for one in inputs
        )

    def _with_other_rows(self, test: pd.DataFrame) -> pd.DataFrame:
        """Change the features of the second, fourth ... row: each number with decimals by a factor of its own.

        Whole numbers and categories change places among these rows, so that they stay what `prepare` may expect;
        free text gets other words.
        """
        changed = test.copy()
        for column in (column for column in self._features if column in test):
            kind = self._kind(column, test[column])
            if kind == "number":
                values = test[column].to_numpy(dtype=np.float64, na_value=np.nan).copy()
                values[1::2] *= self._rng.uniform(1.3, 2.5, size=len(values[1::2]))
                changed[column] = values
            elif kind == "text":
                changed[column] = _second(test[column], [self._reworded(one) for one in test[column].iloc[1::2]])
            else:
                there = test[column].iloc[1::2]
                known = there.notna().to_numpy()
                order = np.arange(len(there))
                order[known] = self._rng.permutation(order[known])  # what is missing stays so
                changed[column] = _second(test[column], list(there.iloc[order]))
        return changed

    def _kind(self, column: str, values: "pd.Series[Any]") -> Literal["number", "class", "text"]:
        """How a feature can be changed, for a column of a part that `split` gave."""
        known = self._rows[column]
        if is_text(known) and not _is_numeric(values):
            return "text" if known.nunique() > MANY * len(known) else "class"
        return "number" if known.dtype.kind == "f" and _is_numeric(values) else "class"

    def _reworded(self, text: Any) -> Any:
        """Return a text of the same form with about half of its words replaced by invented ones, and one more."""
        if not isinstance(text, str):
            return text
        found = text.split()
        others = self._rng.choice(WORDS, size=len(found) + 1)
        pairs = zip(found, others, strict=False)
        kept = [_in_place_of(word, other) if self._rng.random() < REPLACED else word for word, other in pairs]
        return " ".join([*kept, others[-1]])

    def _with_other_features(self, train: pd.DataFrame, test: pd.DataFrame) -> pd.DataFrame:
        """Stretch and shift every column of numbers that says nothing of the labels; other classes and words."""
        labels = self._label_columns(train, test)
        changed = train.copy()
        for column in train.columns:
            if column in labels:
                continue
            kind = self._kind(column, train[column]) if column in self._features else "number"
            if kind == "text":
                changed[column] = pd.Series([self._reworded(one) for one in train[column]], index=train.index)
            elif kind == "class" and column in self._features:
                changed[column] = self._mostly_one(train[column])
            elif train[column].dtype.kind in "fiu":
                values = train[column].to_numpy(dtype=np.float64)
                shift = self._rng.uniform(0.5, 1.5) * float(np.nanstd(values))
                changed[column] = values * self._rng.uniform(1.5, 3.0) + shift
        return changed

    def _mostly_one(self, column: "pd.Series[Any]") -> "pd.Series[Any]":
        """Let half of the rows of a column have its highest value; each value is still there."""
        known = column.dropna()
        if not len(known):
            return column.copy()
        again = column.duplicated().to_numpy() & column.notna().to_numpy()
        changed = column.copy()
        changed[again & (self._rng.random(len(column)) < REPLACED)] = known.max()
        return changed

    def _with_other_labels(self, train: pd.DataFrame, test: pd.DataFrame) -> pd.DataFrame:
        """Permute the columns of labels, and with them whatever `split` derived from them."""
        order = self._rng.permutation(len(test))
        changed = test.copy()
        for column in self._label_columns(train, test):
            changed[column] = test[column].to_numpy()[order]
        return changed

    def _label_columns(self, train: pd.DataFrame, test: pd.DataFrame) -> list[Any]:
        targets = [target for target in self._problem.targets if target in train and target in test]
        if not targets:
            return []
        together = pd.concat([train, test], ignore_index=True)
        added = [
            column
            for column in together.columns
            if column not in self._features
            and column not in targets
            and any(_is_function_of(together[column], together[target]) for target in targets)
        ]
        return [*targets, *added]


def _in_place_of(word: str, other: str) -> str:
    """Return another word with the signs around the first: students cut texts at commas and full stops."""
    signs = re.fullmatch(r"(\W*).*?(\W*)", word)
    return f"{signs[1]}{other}{signs[2]}" if signs is not None else other


def _usual_words(texts: "pd.Series[Any]", count: int) -> list[str]:
    """Return the words of three signs or more that are in most texts."""
    found = Counter(word for text in texts if isinstance(text, str) for word in set(text.split()) if len(word) > 2)
    return [word for word, _ in found.most_common(count)]


def _groups(prepared: Prepared, rows: int) -> tuple[Array, ...]:
    """(rows,) for each input: equal numbers for equal rows."""
    if len(prepared.x) != rows:
        return ()
    parts = np.split(np.nan_to_num(np.asarray(prepared.x, dtype=np.float64)), np.cumsum(prepared.widths)[:-1], axis=1)
    return tuple(np.unique(np.round(part, 4), axis=0, return_inverse=True)[1].ravel() for part in parts)


def is_text(column: "pd.Series[Any]") -> bool:
    """Whether a column of a table that the grader sent is one of text."""
    return not _is_numeric(column)


def _is_numeric(column: "pd.Series[Any]") -> bool:
    return pd.api.types.is_numeric_dtype(column) and not isinstance(column.dtype, pd.CategoricalDtype)


def _second(column: "pd.Series[Any]", values: list[Any]) -> "pd.Series[Any]":
    """Return a column with other values in its second, fourth ... row; values that its dtype has."""
    changed = column.copy()
    changed.iloc[1::2] = values
    return changed


def positions(part: pd.DataFrame, table: pd.DataFrame, features: Sequence[str]) -> Array:
    """Say which row of `table` each row of `part` is, by its features; -1 for a row that is not in it.

    A value that is missing in `table` may have been filled in.  Texts only tell apart rows whose numbers agree, so that
    `split` may change how they are written.
    """
    nowhere = np.full(len(part), -1, dtype=np.int32)
    figures = [column for column in features if not is_text(table[column])]
    if any(column not in part for column in figures) or not len(part) or not len(table):
        return nowhere
    try:
        rows = part[figures].to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError):
        return nowhere
    known = table[figures].to_numpy(dtype=np.float64)
    place, candidate, difference = _alike(rows, known)
    words = [column for column in features if column not in figures and column in part]
    same = np.ones(len(place), dtype=bool)
    for column in words:
        codes = {text: code for code, text in enumerate(table[column].dropna().unique())}
        there = part[column].astype(object).map(lambda text, codes=codes: _code(text, codes)).to_numpy(dtype=float)
        expected = table[column].map(lambda text, codes=codes: _code(text, codes)).to_numpy(dtype=float)
        same &= (there[place] == expected[candidate]) | np.isnan(expected[candidate])
    decimals = [number for number, column in enumerate(figures) if table[column].dtype.kind == "f"]
    if decimals:  # numbers with decimals differ in every row, as far as they are there
        proven = ~np.isnan(known[:, decimals]).all(axis=1)
        kept = proven[candidate] | same
        place, candidate, difference, same = (one[kept] for one in (place, candidate, difference, same))
    order = np.lexsort((difference, ~same, place))
    found, first = np.unique(place[order], return_index=True)
    nowhere[found] = candidate[order][first]
    return nowhere


def _code(text: Any, codes: dict[str, int]) -> float:
    return codes.get(text, -1) if isinstance(text, str) else np.nan


def _alike(rows: Array, known: Array) -> tuple[Array, Array, Array]:
    """Return each pair of a row and a known row whose numbers agree, and how far they differ at most."""
    scale = np.nanstd(known, axis=0) + 1e-12 if known.shape[1] else np.zeros(0)
    pairs = _near(rows, known, scale)
    place, candidate = pairs
    difference = np.zeros(len(place))
    for column in range(known.shape[1]):
        expected = known[candidate, column]
        differ = np.abs(rows[place, column] - expected) / (np.abs(expected) + scale[column])
        differ = np.where(np.isnan(expected), 0.0, differ)
        kept = differ < FAR
        place, candidate, difference = place[kept], candidate[kept], np.maximum(difference, differ)[kept]
    return place, candidate, difference


def _near(rows: Array, known: Array, scale: Array) -> tuple[Array, Array]:
    """Return the pairs that may agree, by the one column that tells most rows apart."""
    if not known.shape[1]:
        place, candidate = np.indices((len(rows), len(known))).reshape(2, -1)
        return place, candidate
    column = int(np.argmax([len(np.unique(values[~np.isnan(values)])) for values in known.T]))
    there = np.flatnonzero(~np.isnan(known[:, column]))
    lacking = np.flatnonzero(np.isnan(known[:, column]))
    order = there[np.argsort(known[there, column])]
    keys, sought = known[order, column], np.nan_to_num(rows[:, column], nan=np.inf)
    reach = 2 * FAR * (np.abs(np.where(np.isinf(sought), 0.0, sought)) + scale[column])
    low, high = np.searchsorted(keys, sought - reach), np.searchsorted(keys, sought + reach, side="right")
    counts = high - low
    place = np.repeat(np.arange(len(rows)), counts)
    steps = np.arange(len(place)) - np.repeat(np.cumsum(counts) - counts, counts)
    candidate = order[np.repeat(low, counts) + steps]
    every = np.repeat(np.arange(len(rows)), len(lacking))
    return np.concatenate([place, every]), np.concatenate([candidate, np.tile(lacking, len(rows))])


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
