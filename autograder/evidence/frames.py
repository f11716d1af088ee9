"""Tables as they travel, made of pandas' and made into them again."""

from typing import Any

import numpy as np
import pandas as pd

from autograder.evidence.requests import Frame


def to_frame(table: pd.DataFrame) -> Frame:
    """Return a table as it travels: columns of numbers or truth values keep their dtype, all others become text."""
    return Frame(columns=tuple(map(str, table.columns)), values=tuple(_travelling(table[name]) for name in table))


def to_table(frame: Frame) -> pd.DataFrame:
    """Return a sent table as a DataFrame of its own with an index of 0, 1, 2 ..."""
    columns = {
        name: pd.Series(np.array(values) if isinstance(values, np.ndarray) else list(values))
        for name, values in zip(frame.columns, frame.values, strict=True)
    }
    return pd.DataFrame(columns, columns=list(frame.columns))


def _travelling(column: "pd.Series[Any]") -> np.ndarray | tuple[str | None, ...]:
    if column.dtype.kind in "biuf":
        return column.to_numpy()
    return tuple(None if pd.isna(value) else str(value) for value in column)
