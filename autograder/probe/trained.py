"""Keep which rows really trained a network, so that rows of the test part among them show."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.evidence.records import Batches, Failure, UsedTestRows

MOST = 20_000
"""Distinct rows that are kept of one network: more are new at every pass, by noise, and none of them is recognised."""

Array = npt.NDArray[Any]


class Rows:
    """Distinct rows of tables, each by a hash of its numbers."""

    def __init__(self) -> None:
        self.keys: set[int] = set()

    def add(self, table: Array) -> None:
        """Add the rows of a table, (rows, features)."""
        if len(self.keys) < MOST:
            self.keys |= _keys(table)


def used_test_rows(fed: Sequence[Rows], train: Batches | Failure, test: Batches | Failure) -> UsedTestRows | None:
    """Count the wines that only `test_data` holds, and those of them that trained; None where nothing is known."""
    if not fed or isinstance(train, Failure) or isinstance(test, Failure):
        return None
    own = _keys(test.x) - _keys(train.x)
    return UsedTestRows(held=len(own), trained=len(own & set().union(*(rows.keys for rows in fed))))


def _keys(table: Array) -> set[int]:
    # Rounding makes float32 and float64 versions of a row alike; plus zero, as -0.0 has other bytes than 0.0.
    rows = np.ascontiguousarray(np.round(np.asarray(table, dtype=np.float64), 4) + 0.0)
    return set(map(hash, rows.view(f"V{rows.strides[0]}").ravel().tolist()))
