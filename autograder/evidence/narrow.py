"""Which columns of wide inputs travel, so that both sides can pick the same ones."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

MAX_COLUMNS = 256
"""Columns of each input that travel; polynomial features of degree three have more."""


def kept_columns(widths: Sequence[int]) -> list[npt.NDArray[np.intp]]:
    """Return, for each of several inputs side by side, which columns travel: evenly spaced where there are too many."""
    starts = np.cumsum([0, *widths[:-1]])
    return [
        start + np.linspace(0, width - 1, min(width, MAX_COLUMNS)).astype(np.intp)
        for start, width in zip(starts, widths, strict=True)
    ]
