"""Split any table into the students' part and the hidden one, and give every folder the same data file."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from autograder.evidence.problem import Head, Problem
from autograder.exceptions import DataError
from autograder.refusals import refusal, said, unwritable

SEED_VARIABLE: Final = "AUTOGRADER_SEED"
SEED_FILE: Final = "hidden_seed.txt"

_SEED: Final = re.compile(r"[0-9]{1,39}")  # 39 digits hold any 128-bit number


@dataclass(frozen=True)
class Parts:
    """The two parts of a table, each in the table's columns with an index of 0, 1, 2 ...

    `students` holds duplicates as the table does; `hidden` holds each distinct row once. No row is in both, nor are
    rows that belong together. Columns that only say what belongs together are in neither.
    """

    students: pd.DataFrame
    hidden: pd.DataFrame


@dataclass(frozen=True)
class Material:
    """The data of one assignment."""

    tables: Mapping[str, pd.DataFrame]
    """Every data file as it lies next to the notebooks, by name."""
    hidden: pd.DataFrame | None = None
    """The rows of the problem's table that are kept back; None where the assignment has no problem."""
    key: str = ""
    """Of the challenges that notebooks get, as secret as the seed from which it is made; empty without hidden rows."""

    def parts(self, problem: Problem | None) -> Parts | None:
        """Return both parts of the problem's table; None without a problem."""
        if problem is None or self.hidden is None:
            return None
        return Parts(self.tables[problem.table], self.hidden)


def ignored(names: Iterable[str]) -> list[str]:
    """Return patterns to add to nbgrader's `CourseDirectory.ignore` (`.extend(...)`: its own defaults must stay).

    With these, stock nbgrader copies the data files `names` from nowhere to nowhere: not from source to release, and
    not from source or a submission to the autograded and feedback folders. Only `place` puts them somewhere. The
    second pattern covers what an interrupted `place` may leave behind.
    """
    return [pattern for name in names for pattern in (name, f".{name}.*")]


# ---------------------------------------- the hidden part


def split_hidden(table: pd.DataFrame, problem: Problem, seed: int, fraction: float = 0.2) -> Parts:
    """Hide about `fraction` of the rows, by whole groups of rows that belong together, stratified on a label.

    Identical rows belong together, and so do rows with the same value in one of the columns `problem.group`. The
    order of the rows does not matter. Strata are the two labels of the last binary head, thirds of the last head's
    values where there is none. Both parts are shuffled by `seed`, so that a student's first-80 % split is a fair one.
    Raises DataError for a seed below 0, a fraction that is not between 0 and 1, or a table that does not fit.
    """
    if seed < 0:
        raise DataError(f"hidden rows: the seed {seed} is negative; use a whole number from 0 on")
    if not 0 < fraction < 1:
        raise DataError(f"hidden rows: the fraction {fraction} is not between 0 and 1; use 0.2 or so")
    check_table(table, problem)
    rng = np.random.default_rng(seed)
    code, distinct = _distinct(table, problem)
    group = _groups(table, problem, code)
    of_row = group[code]
    sizes = np.bincount(of_row)
    strata = _strata(problem, distinct, group, np.bincount(code))
    members = [np.flatnonzero(strata == stratum) for stratum in np.unique(strata)[::-1]]
    drawn = [_draw(one, sizes, fraction, rng) for one in members]
    if any(not 0 < len(some) < len(all_of) for some, all_of in zip(drawn, members, strict=True)):
        raise _unfit(problem, "has too few groups of rows of one kind to hide some of them")
    hidden = np.concatenate([np.flatnonzero(group == one) for one in np.concatenate(drawn)])
    visible = np.setdiff1d(np.arange(len(distinct)), hidden)
    students = np.repeat(visible, np.bincount(code)[visible])
    return Parts(
        students=distinct.iloc[rng.permutation(students)].reset_index(drop=True),
        hidden=distinct.iloc[rng.permutation(hidden)].reset_index(drop=True),
    )


def check_table(table: pd.DataFrame, problem: Problem) -> None:
    """Raise DataError, in one line, unless `table` holds what the problem is about."""
    wanted = dict.fromkeys((*problem.features, *problem.targets, *problem.group))
    lacking = [name for name in wanted if name not in table.columns]
    if lacking:
        raise _unfit(problem, f"has no column {', '.join(lacking)}")
    for head in problem.heads:
        column = table[head.column]
        if not pd.api.types.is_numeric_dtype(column):
            raise _unfit(problem, f"has no numbers as {head.column}, which {head.name} comes from")
        values = column.to_numpy(np.float64)
        if not np.isfinite(values).all():
            row = int(np.flatnonzero(~np.isfinite(values))[0])
            raise _unfit(problem, f"row {row + 1} has no finite number as {head.column}, which {head.name} comes from")
        labels = head.labels(values)
        if head.kind == "binary" and not np.isin(labels, (0, 1)).all():
            raise _unfit(problem, f"has other values than 0 and 1 as {head.column}, and {head.name} has no at_least")
        if len(np.unique(labels)) < 2:
            raise _unfit(problem, f"gives {head.name} the same label in every row")


def _unfit(problem: Problem, what: str) -> DataError:
    return refusal(problem.table, what, "correct the table or the assignment's problem in course_config.py")


def _distinct(table: pd.DataFrame, problem: Problem) -> tuple[NDArray[np.intp], pd.DataFrame]:
    """Return which distinct row each row is, (rows,), and the distinct rows, sorted, without columns only to group."""
    only_group = set(problem.group) - set(problem.features) - set(problem.targets)
    kept = table[[name for name in table.columns if name not in only_group]]
    code = kept.groupby(list(kept.columns), sort=True, dropna=False).ngroup().to_numpy()
    _, first = np.unique(code, return_index=True)
    return code.astype(np.intp), kept.iloc[first].reset_index(drop=True)


def _groups(table: pd.DataFrame, problem: Problem, code: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the number of the group of each distinct row, numbered by the first row of each."""
    label = pd.Series(code)
    keys = [label.copy(), *(table[name].reset_index(drop=True) for name in problem.group)]
    while True:
        before = label
        for key in keys:  # a missing value groups with nothing
            label = label.groupby(key).transform("min").fillna(label).astype(np.intp)
        if (label == before).all():
            break
    _, first = np.unique(code, return_index=True)
    return np.unique(label.to_numpy()[first], return_inverse=True)[1].astype(np.intp)


def _strata(
    problem: Problem, distinct: pd.DataFrame, group: NDArray[np.intp], times: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Return the stratum of each group: of the label that most of its rows have, or of its rows' mean."""
    binary = [head for head in problem.heads if head.kind == "binary"]
    head: Head = (binary or list(problem.heads))[-1]
    labels = head.labels(distinct[head.column])
    means = np.bincount(group, weights=labels * times) / np.bincount(group, weights=times)
    limits = [0.5] if binary else np.quantile(means, [1 / 3, 2 / 3])
    return np.searchsorted(np.asarray(limits), means, side="right").astype(np.intp)


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


# ---------------------------------------- the seed


def hidden_seed(root: Path) -> int:
    """Return the seed of the hidden rows, from AUTOGRADER_SEED in the environment, else `hidden_seed.txt`.

    `root` is the course root, where that file is. An empty variable counts as none, because that is how
    continuous integration passes on a secret that it does not have. Raises DataError when neither is there,
    or when what is there is not a whole number from 0 on.
    """
    seed = _known_seed(root)
    if seed is None:
        raise DataError(
            f"{root / SEED_FILE}: no seed for the hidden rows; "
            f"run `autograder build`, which writes one, or set {SEED_VARIABLE} to a whole number"
        )
    return seed


def challenge_key(seed: int) -> str:
    """Return what challenges are drawn with in a course whose hidden rows have this seed; it does not tell the seed."""
    return hashlib.sha256(f"challenges {seed}".encode()).hexdigest()


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
        raise unwritable(path, error) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{seed}\n")
    return seed


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
        raise refusal(str(path), f"cannot be read ({error.strerror or said(error)})", remedy) from error
    return _seed(written, str(path), remedy)


def _seed(text: str, where: str, remedy: str) -> int:
    # The text itself stays out of the message: half a seed in a log is still half a seed.
    if not _SEED.fullmatch(text):
        raise refusal(where, "does not hold a whole number from 0 on", remedy)
    return int(text)


# ---------------------------------------- the data file in a folder


def place(table: pd.DataFrame, folder: Path, name: str) -> Path:
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
        raise unwritable(path, error) from error
    return path


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
