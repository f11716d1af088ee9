"""Numbers of any library as numpy arrays, and errors of any library as one line."""

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]


def to_numpy(value: Any) -> npt.NDArray[Any]:
    """Return a tensor, frame, series, array or nested list as an array of plain numbers.

    Raises TypeError or ValueError when it does not hold plain numbers.
    """
    if hasattr(value, "detach"):
        value = value.detach().cpu()
    if hasattr(value, "numpy") and callable(value.numpy):
        value = value.numpy()
    elif hasattr(value, "to_numpy"):
        value = value.to_numpy()
    array = np.asarray(value)
    if array.dtype == object:
        array = array.astype(np.float64)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"holds {array.dtype}, not numbers")
    return array


def one_line(error: BaseException) -> str:
    """Return an error as `Type: message`, in one line of at most 300 characters."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}"[:300]
