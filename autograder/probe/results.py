"""Read the student's own figures, and have the student's `prepare` prepare the hidden rows."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from autograder.evidence.frames import to_table
from autograder.evidence.problem import Problem
from autograder.evidence.records import Batches, Failure, HiddenEvidence, Prepared, ResultsEvidence
from autograder.evidence.requests import Frame
from autograder.probe.arrays import one_line, to_numpy
from autograder.probe.data import call_prepare, call_split, positions
from autograder.probe.loaders import absent
from autograder.probe.quiet import preserved, quiet

MAX_CANDIDATES = 24
"""Frames of a notebook that are tried as its training part."""

LEAST_ROWS = 100
"""A frame of fewer rows is not a training part."""

FOUND = 0.95
"""Part of the training loader's rows that a frame has to bring forth to be the training part."""

Array = npt.NDArray[Any]


def results(figures: Mapping[str, Any]) -> ResultsEvidence:
    """Read the figures; each is the student's object by its name, or the Failure that says that it is missing."""
    with quiet():
        return ResultsEvidence(figures={name: _number(value, name) for name, value in figures.items()})


def _number(value: Any, name: str) -> float | Failure:
    missing = absent(value, name)
    if missing is not None:
        return missing
    found = type(value).__name__
    if isinstance(value, (str, bytes)) or callable(value):
        return Failure(kind="unsupported", name=name, detail=found)
    try:
        array = to_numpy(value)
    except Exception as error:  # there is no limit to what a student calls a figure
        return Failure(kind="unsupported", name=name, detail=f"{found} ({one_line(error)})"[:300])
    if array.size != 1:
        return Failure(kind="unsupported", name=name, detail=f"{found} met vorm {array.shape}")
    return float(array.reshape(()))


def hidden(  # noqa: PLR0913, PLR0917 - each is another thing of the notebook
    prepare: Any,
    split: Any,
    students_frame: Frame,
    hidden_frame: Frame,
    train_loader_batches: Batches | Failure,
    namespace_frames: Mapping[str, pd.DataFrame],
    problem: Problem,
) -> HiddenEvidence:
    """Prepare the hidden rows with the statistics of the student's own training part.

    That part is the frame of the notebook from which `prepare` makes the rows of `train_data`; without one, a new
    split of the students' rows stands in for it.
    """
    prepare = absent(prepare, "prepare") or prepare
    if isinstance(prepare, Failure):
        return HiddenEvidence(failure=prepare)
    with quiet(), preserved(prepare, split):
        students = to_table(students_frame)
        candidates = _candidates(namespace_frames, split, students)
        own = next((frame for frame in candidates if _makes(prepare, frame, train_loader_batches, problem)), None)
        found = own is not None
        train = _stand_in(namespace_frames, split, students) if own is None else own
        if isinstance(train, Failure):
            return HiddenEvidence(failure=train)
        call_prepare(prepare, train, train, problem)
        result = _prepared(prepare, split, train, to_table(hidden_frame), problem)
        return result.model_copy(update={"train_found": found})


def _prepared(prepare: Any, split: Any, train: pd.DataFrame, rows: pd.DataFrame, problem: Problem) -> HiddenEvidence:
    result = call_prepare(prepare, train, rows, problem)
    if isinstance(result, Failure) and result.kind == "raised":
        # It may ask for columns that `split` adds: let `split` add them to the hidden rows too.
        extended = _extended(split, rows, problem)
        result = result if extended is None else _first_good(call_prepare(prepare, train, extended, problem), result)
    if isinstance(result, Failure):
        return HiddenEvidence(failure=result)
    if len(result.x) != len(rows):
        names = " en ".join(one.name for one in problem.inputs)
        detail = f"{len(result.x)} rijen in {names} voor {len(rows)} {problem.rows}"
        return HiddenEvidence(failure=Failure(kind="unsupported", name="prepare", detail=detail))
    return HiddenEvidence(x=result.x, widths=result.widths)


def _first_good(first: Prepared | Failure, second: Failure) -> Prepared | Failure:
    return second if isinstance(first, Failure) else first


def _extended(split: Any, rows: pd.DataFrame, problem: Problem) -> pd.DataFrame | None:
    """Return `rows` in their own order with the columns that `split` adds; None when it does not keep them all."""
    parts = call_split(split, rows)
    if isinstance(parts, Failure):
        return None
    together = pd.concat(parts, ignore_index=True)
    where = positions(together, rows, [column for column in rows.columns if column not in problem.targets])
    order = np.full(len(rows), -1)
    order[where[where >= 0]] = np.flatnonzero(where >= 0)
    return None if (order < 0).any() else together.iloc[order].reset_index(drop=True)


def _candidates(frames: Mapping[str, pd.DataFrame], split: Any, students: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The frame called `train`, then the others by size, then a new split's training part."""
    usable = {name: frame for name, frame in frames.items() if _is_candidate(frame, students)}
    named = sorted(usable, key=lambda name: (name != "train", "train" not in name.lower(), -len(usable[name]), name))
    for name in named[:MAX_CANDIDATES]:
        yield usable[name]
    parts = call_split(split, students)
    if not isinstance(parts, Failure):
        yield parts[0]


def _is_candidate(frame: Any, students: pd.DataFrame) -> bool:
    return (
        isinstance(frame, pd.DataFrame)
        and LEAST_ROWS <= len(frame) <= 2 * len(students)
        and set(students.columns) <= set(frame.columns)
    )


def _stand_in(frames: Mapping[str, pd.DataFrame], split: Any, students: pd.DataFrame) -> pd.DataFrame | Failure:
    parts = call_split(split, students)
    if not isinstance(parts, Failure):
        return parts[0]
    return frames["train"] if _is_candidate(frames.get("train"), students) else parts


def _makes(prepare: Any, frame: pd.DataFrame, batches: Batches | Failure, problem: Problem) -> bool:
    if isinstance(batches, Failure):
        return False
    made = call_prepare(prepare, frame, frame, problem)
    if isinstance(made, Failure):
        return False
    return share_found(batches.x.astype(np.float64), made.x.astype(np.float64)) >= FOUND


def share_found(rows: Array, among: Array) -> float:
    """Return the part of `rows` that is also in `among`, up to the precision of float32; 0 where there are none."""
    if not len(rows) or not len(among) or rows.shape[1] != among.shape[1]:
        return 0.0
    rows, among = np.nan_to_num(rows), np.nan_to_num(among)  # who leaves missing values in has them in both
    # Two independent sums stand for all columns: chance agrees on both for one row in thousands.
    weights = np.random.default_rng(0).normal(size=(among.shape[1], 2)) / (among.std(axis=0)[:, None] + 1e-6)
    key, keys = rows @ weights, among @ weights
    order = np.argsort(keys[:, 0])
    keys = keys[order]
    place = np.searchsorted(keys[:, 0], key[:, 0])
    near = np.clip(place[:, None] + np.arange(-3, 3), 0, len(keys) - 1)
    return float(np.mean((np.abs(keys[near] - key[:, None, :]) < 1e-3).all(axis=2).any(axis=1)))
