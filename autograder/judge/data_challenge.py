"""Make rows on which a student's `split` and `prepare` show what depends on what."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.evidence.frames import to_table
from autograder.evidence.problem import Problem
from autograder.evidence.requests import DataChallenge, Frame

LEAST_OF_A_LEVEL = 12
"""Rows of every label, so that any stratified split can do its work; the students' rows have fewer of the rarest."""

MOST_LEVELS = 20
"""Different labels from which a column is a quantity, of which no value has to come often."""

JITTER = 1e-3
"""Largest shift of a number, in standard deviations of its column: it tells all rows apart and changes no fault."""


def make_challenge(students: Frame, problem: Problem, seed: int) -> DataChallenge:
    """Return the students' rows with every one different, in another order, and the students' rows as they are.

    Equal seeds give equal challenges.
    """
    rng = np.random.default_rng(seed)
    rows = [np.arange(len(students))]
    for labels in _levels(students, problem):
        for level in np.unique(labels):
            of_level = np.flatnonzero(labels == level)
            rows.append(rng.choice(of_level, size=max(0, LEAST_OF_A_LEVEL - len(of_level))))
    order = rng.permutation(np.concatenate(rows))
    drawn = {name: _drawn(students, name, order) for name in students.columns}
    for name in problem.features:
        values = drawn[name]
        if isinstance(values, np.ndarray) and values.dtype.kind == "f":
            # Only upwards: a student's logarithm or square root has to keep working.
            drawn[name] = values + rng.uniform(0.0, JITTER, size=len(order)) * np.nanstd(students.column(name))
    jittered = Frame(columns=students.columns, values=tuple(drawn[name] for name in students.columns))
    return DataChallenge(rows=_distinct(jittered, problem), public=students, seed=seed % 2**32)


def _levels(students: Frame, problem: Problem) -> Iterator[npt.NDArray[np.float64]]:
    """The labels of which each value has to come often: of each column with few values, else of its binary heads."""
    for target in problem.targets:
        column = students.column(target)
        heads = [head for head in problem.heads if head.column == target and head.kind == "binary"]
        if len(np.unique(column)) <= MOST_LEVELS:
            yield column
        else:
            yield from (head.labels(column) for head in heads)


def _distinct(frame: Frame, problem: Problem) -> Frame:
    """Leave out rows whose features are those of an earlier one: where nothing is a fraction, no jitter helps."""
    kept = np.flatnonzero(~to_table(frame)[list(problem.features)].duplicated().to_numpy())
    if len(kept) == len(frame):
        return frame
    return Frame(columns=frame.columns, values=tuple(_drawn(frame, name, kept) for name in frame.columns))


def _drawn(frame: Frame, name: str, order: npt.NDArray[np.intp]) -> npt.NDArray[Any] | tuple[str | None, ...]:
    values = frame.values[frame.columns.index(name)]
    return tuple(values[place] for place in order) if isinstance(values, tuple) else values[order]
