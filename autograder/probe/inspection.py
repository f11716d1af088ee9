"""Read the student's table of statistics, and measure the bars in the student's figures."""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from autograder.evidence.records import Bars, Failure, InspectionEvidence, Table
from autograder.probe.arrays import one_line
from autograder.probe.loaders import absent
from autograder.probe.quiet import quiet

MAX_LINES = 2_000
"""Rows and columns of a table that travel; statistics of twelve columns have far fewer."""

MAX_BARS = 20_000


def inspection(statistics: Any, figures: Mapping[str, Any]) -> InspectionEvidence:
    """Read the table, and the figures by name; each is the student's object, or the Failure that says it is missing."""
    with quiet():
        return InspectionEvidence(
            statistics=_table(statistics),
            figures=tuple(_bars(value, name) for name, value in figures.items()),
        )


def _table(value: Any) -> Table | Failure:
    missing = absent(value, "statistics")
    if missing is not None:
        return missing
    try:
        frame = _frame(value).iloc[:MAX_LINES, :MAX_LINES]
        columns = [_numbers(frame.iloc[:, place]) for place in range(frame.shape[1])]
        return Table(
            rows=tuple(_label(label) for label in frame.index),
            columns=tuple(_label(label) for label in frame.columns),
            values=np.column_stack(columns) if columns else np.zeros((len(frame), 0)),
        )
    except Exception as error:  # there is no limit to what a student calls a table
        detail = f"{type(value).__name__} ({one_line(error)})"[:300]
        return Failure(kind="unsupported", name="statistics", detail=detail)


def _frame(value: Any) -> pd.DataFrame:
    value = getattr(value, "data", value) if hasattr(value, "to_html") else value  # a Styler keeps its table in `data`
    if isinstance(value, pd.DataFrame):
        return value
    if isinstance(value, pd.Series):
        unstacked: Any = value.unstack() if value.index.nlevels > 1 else value.to_frame()
        return _frame(unstacked)
    if hasattr(value, "to_pandas"):
        return _frame(value.to_pandas())
    if isinstance(value, (str, bytes, int, float)):
        raise TypeError("not a table")
    return pd.DataFrame(value)


def _numbers(column: "pd.Series[Any]") -> Any:
    if column.dtype.kind not in "fiub":
        column = column.map(lambda cell: cell.strip().replace(",", ".") if isinstance(cell, str) else cell)
    return pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)


def _label(label: Any) -> str:
    parts = label if isinstance(label, tuple) else (label,)
    return " ".join(str(part) for part in parts)[:100]


def _bars(value: Any, name: str) -> Bars | Failure:
    missing = absent(value, name)
    if missing is not None:
        return missing
    try:
        axes = list(dict.fromkeys(_axes(value)))
        if not axes and not hasattr(value, "add_subplot"):
            return Failure(kind="unsupported", name=name, detail=type(value).__name__)
        return _measure(axes)
    except Exception as error:  # nor to what a student calls a figure
        return Failure(kind="unsupported", name=name, detail=one_line(error))


def _axes(value: Any) -> Iterator[Any]:
    """Find the axes in a Figure, an Axes, bars, whatever `hist` and the like return, or a grid of seaborn."""
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.container import Container
    from matplotlib.figure import FigureBase

    if isinstance(value, Axes):
        yield value
    elif isinstance(value, FigureBase):
        axes: Any = value.axes
        yield from axes
        for part in value.subfigs:
            yield from _axes(part)
    elif isinstance(value, Container):
        for bar in value.get_children():
            yield from _axes_of(bar)
    elif isinstance(value, Artist):
        yield from _axes_of(value)
    elif isinstance(value, (tuple, list, set)) or (isinstance(value, np.ndarray) and value.dtype == object):
        for item in np.ravel(value) if isinstance(value, np.ndarray) else value:
            yield from _axes(item)
    elif hasattr(value, "figure"):
        yield from _axes(value.figure)


def _axes_of(artist: Any) -> Iterator[Any]:
    if artist.axes is not None:
        yield artist.axes


Bar = tuple[float, float, float, int, int]
"""Height, place, width, axes, container."""


def _measure(axes: list[Any]) -> Bars:
    bars: list[Bar] = []
    numbers = itertools.count()
    others = 0
    for number, ax in enumerate(axes):
        found, other = _bars_of(ax, number, numbers)
        bars.extend(found)
        others += other
    table = np.array(bars[:MAX_BARS], dtype=np.float64).reshape(-1, 5)
    return Bars(
        heights=table[:, 0],
        places=table[:, 1],
        widths=table[:, 2],
        axes=table[:, 3].astype(np.int32),
        containers=table[:, 4].astype(np.int32),
        other_artists=others,
    )


def _bars_of(ax: Any, number: int, numbers: "itertools.count[int]") -> tuple[list[Bar], int]:
    """Return the bars of one axes, and how many other artists it holds."""
    from matplotlib.container import BarContainer
    from matplotlib.patches import Rectangle

    drawn = {
        id(bar): (next_number, container.orientation)
        for container in ax.containers
        if isinstance(container, BarContainer)
        for next_number in [next(numbers)]
        for bar in container.patches
    }
    rectangles = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    lying = bool(rectangles) and len({round(bar.get_x(), 9) for bar in rectangles}) == 1
    bars = []
    for bar in rectangles:
        container, orientation = drawn.get(id(bar), (-1, None))
        x, y, width, height = bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()
        if orientation == "horizontal" or (orientation is None and lying and len(rectangles) > 1):
            x, y, width, height = y, x, height, width
        bars.append((float(height), float(x + width / 2), float(width), number, container))
    others = len(ax.lines) + len(ax.collections) + len(ax.images) + len(ax.patches) - len(rectangles)
    return bars, others
