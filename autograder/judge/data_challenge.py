"""Make wines on which a student's `split` and `prepare` show what depends on what."""

import numpy as np

from autograder.data import FEATURES, TARGET
from autograder.evidence.requests import DataChallenge, Frame

LEAST_OF_A_SCORE = 12
"""Rows of every score, so that any stratified split can do its work; the students' wines have fewer of the rarest."""

JITTER = 1e-3
"""Largest shift of a number, in standard deviations of its column: it tells all rows apart and changes no fault."""


def make_challenge(students: Frame, seed: int) -> DataChallenge:
    """Return the students' wines with every row different, in another order, and the students' wines as they are.

    `students` has the columns of `autograder.data`; equal seeds give equal challenges.
    """
    rng = np.random.default_rng(seed)
    values = np.asarray(students.values, dtype=np.float64)
    scores = values[:, students.columns.index(TARGET)]
    rows = [np.arange(len(values))]
    for score in np.unique(scores):
        of_score = np.flatnonzero(scores == score)
        rows.append(rng.choice(of_score, size=max(0, LEAST_OF_A_SCORE - len(of_score))))
    wines = values[rng.permutation(np.concatenate(rows))]
    for name in FEATURES:
        column = students.columns.index(name)
        # Only upwards: a student's logarithm or square root has to keep working.
        wines[:, column] += rng.uniform(0.0, JITTER, size=len(wines)) * values[:, column].std()
    return DataChallenge(wines=Frame(columns=students.columns, values=wines), public=students, seed=seed % 2**32)
