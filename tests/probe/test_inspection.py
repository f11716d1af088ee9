"""The probe measures bars and reads tables without deciding anything."""

from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from autograder.evidence.records import Bars, Failure, InspectionEvidence, Table
from autograder.probe.inspection import inspection

mpl.use("Agg")


@pytest.fixture(autouse=True)
def _closed_figures() -> Iterator[None]:
    yield
    plt.close("all")


def bars(figure: Any) -> Bars:
    found = InspectionEvidence.from_wire(inspection(None, {"figure_quality": figure}).to_wire()).figures[0]
    assert isinstance(found, Bars), found
    return found


def table(statistics: Any) -> Table:
    found = InspectionEvidence.from_wire(inspection(statistics, {}).to_wire()).statistics
    assert isinstance(found, Table), found
    return found


@pytest.mark.parametrize("lying", [False, True])
def test_bars_have_their_extent_place_and_width(lying: bool) -> None:
    figure, ax = plt.subplots()
    (ax.barh if lying else ax.bar)([3, 4, 5], [10, 0, 20], 0.5)
    found = bars(figure)
    assert found.heights.tolist() == [10, 0, 20]
    assert found.places.tolist() == [3, 4, 5]
    assert found.widths.tolist() == [0.5, 0.5, 0.5]
    assert found.axes.tolist() == [0, 0, 0]
    assert found.containers.tolist() == [0, 0, 0]
    assert found.other_artists == 0


def test_axes_and_drawing_calls_are_numbered() -> None:
    figure, (first, second) = plt.subplots(1, 2)
    first.bar([1], [2])
    first.bar([2], [3])
    second.bar([1], [4])
    found = bars(figure)
    assert found.axes.tolist() == [0, 0, 1]
    assert found.containers.tolist() == [0, 1, 2]


def test_subfigures_are_entered() -> None:
    figure = plt.figure()
    figure.subfigures(1, 2)[1].subplots().bar([1], [2])
    assert bars(figure).heights.tolist() == [2]


def test_what_is_not_a_bar_is_counted() -> None:
    figure, ax = plt.subplots()
    ax.plot([1, 2])
    ax.scatter([1], [2])
    ax.pie([1, 2])
    found = bars(figure)
    assert found.heights.size == 0
    assert found.other_artists == 4


def test_a_grid_as_of_seaborn_is_entered() -> None:
    class Grid:
        def __init__(self) -> None:
            self.figure, ax = plt.subplots()
            ax.bar([1], [7])

    assert bars(Grid()).heights.tolist() == [7]


def test_a_figure_is_left_as_it_was() -> None:
    figure, ax = plt.subplots()
    ax.bar([1, 2], [3, 4])
    open_before = plt.get_fignums()
    bars(figure)
    assert plt.get_fignums() == open_before
    assert len(ax.patches) == 2


@pytest.mark.parametrize("value", ["text", 3, object(), [], pd.DataFrame()])
def test_what_is_no_figure_is_unsupported(value: Any) -> None:
    found = inspection(None, {"figure_quality": value}).figures[0]
    assert isinstance(found, Failure)
    assert found.kind == "unsupported"


@pytest.mark.parametrize("value", [None, ...])
def test_placeholders_are_missing(value: Any) -> None:
    found = inspection(value, {"figure_quality": value, "figure_good": value})
    for part in (found.statistics, *found.figures):
        assert isinstance(part, Failure)
        assert part.kind == "missing"


FRAME = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]}, index=["mean", "std"])


@pytest.mark.parametrize(
    "value",
    [
        FRAME,
        FRAME.to_dict(),
        FRAME.astype(object),
        FRAME.astype(str),
        FRAME.map(lambda value: str(value).replace(".", ",")),
        FRAME.astype("Float64"),
        FRAME.unstack().unstack().T,
    ],
)
def test_tables_of_any_kind_become_numbers_and_labels(value: Any) -> None:
    found = table(value)
    assert found.rows == ("mean", "std")
    assert found.columns == ("a", "b")
    assert found.values.tolist() == [[1, 3], [2, 4]]


def test_a_styled_table_is_read() -> None:
    class Styler:
        data = FRAME

        def to_html(self) -> str:
            return ""

    assert table(Styler()).values.tolist() == [[1, 3], [2, 4]]


def test_a_series_becomes_one_column() -> None:
    assert table(FRAME["a"]).values.tolist() == [[1], [2]]


def test_labels_of_several_levels_are_joined() -> None:
    assert table(pd.concat({"rood": FRAME}, axis=1)).columns == ("rood a", "rood b")


def test_cells_that_are_no_numbers_are_nan() -> None:
    assert np.isnan(table(pd.DataFrame({"a": ["x", 1]})).values[0, 0])


def test_an_empty_table_travels() -> None:
    assert table(pd.DataFrame()).values.shape == (0, 0)


@pytest.mark.parametrize("value", ["mean 5.6", 5.6, object()])
def test_what_is_no_table_is_unsupported(value: Any) -> None:
    found = inspection(value, {}).statistics
    assert isinstance(found, Failure)
    assert found.kind == "unsupported"
