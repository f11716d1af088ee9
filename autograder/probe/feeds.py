"""Note which rows a Keras loop of the student's own feeds at each step: whether it shuffles, and whose they are."""

import contextlib
import functools
import itertools
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.probe.arrays import to_numpy
from autograder.probe.trained import Rows

MOST_ROWS = 8_000
"""Rows of the last steps that are kept: a handful of epochs."""

FEWEST_PAIRS = 0.4
"""Pairs of rows to be seen after the first epoch, as a part of the rows in an epoch."""

SAME, OTHER = 0.9, 0.1
"""Shares of rows followed by the same row as before, from which an order is fixed and up to which it is not."""

KNOWN = 0.9
"""Part of the rows fed that have to be rows of `train_data`."""

LEAST = 0.5
"""Part of `train_data` to be fed at all; less is a trial on some batches."""

MOST_OWNERS = 16
"""Optimizers and models of which rows are kept: the last ones."""

LARGEST = 0.5
"""Part of all rows in one batch from which their order says little."""

MOST_TABLES = 4
"""Tables of one call that are kept: no network of a course has more inputs."""

Array = npt.NDArray[Any]
Tables = tuple[Array, ...]
"""Those of one call."""


@dataclass(frozen=True)
class Stepper:
    """The one function of TensorFlow that stepped an optimizer, and what it was last called with."""

    function: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class Fed:
    """Rows of `train_data`, by which what was fed is recognised.

    `x` is (rows, features), the inputs side by side, `widths` the columns of each; `labels` are (rows,) for each head.
    """

    def __init__(self, x: Array, labels: Sequence[Array] = (), widths: Sequence[int] = ()) -> None:
        self.x, self.labels, self.widths = x, labels, tuple(widths) or x.shape[1:]
        self._places = {row.tobytes(): place for place, row in reversed(list(enumerate(_plain(x))))}

    def places(self, table: Array) -> list[int]:
        """The place of each row of a table, -1 where it is none of these rows; empty for another kind of table."""
        if table.shape[1:] != self.x.shape[1:] or not len(table):
            return []
        return [self._places.get(row.tobytes(), -1) for row in _plain(table)]

    def places_in(self, tables: Sequence[Array]) -> list[int]:
        """The same for the tables of one call, whose first ones are the inputs, in any order."""
        if len(self.widths) == 1:
            return self.places(tables[0])
        fitting: list[list[int]] = []
        for order in itertools.permutations(range(len(tables)), len(self.widths)):
            chosen = [tables[place] for place in order]
            alike = len({len(table) for table in chosen}) == 1
            if alike and all(table.shape[1] == width for table, width in zip(chosen, self.widths, strict=True)):
                fitting.append(self.places(np.concatenate([table.astype(np.float64) for table in chosen], axis=1)))
        return max(fitting, key=lambda found: sum(place >= 0 for place in found), default=[])


class _Notes:
    """What was fed since the notebook started."""

    def __init__(self) -> None:
        self.steps: deque[list[Tables]] = deque()
        """For each step, the tables of numbers of the calls just before it: one of them may hold its rows."""
        self.rows = 0
        self.pending: list[Tables] = []
        self.depth = 0
        self.functions: list[Any] = []
        """The functions of TensorFlow that are being called, the outermost first."""
        self.steppers: list[Any] = []
        """Those that step an optimizer."""
        self.last: Stepper | None = None
        self.eager = False
        """Whether steps were taken outside of any such function too."""
        self.paused = False
        self.tapes = 0
        """Tapes that record outside of any such function."""
        self.taped: list[Array] = []
        """The tables that a model was called on under such a tape since the last step."""
        self.optimizers: list[Any] = []
        """Those that stepped inside of such a function."""
        self.trained: list[tuple[Any, Rows]] = []
        """By optimizer, or by model for `train_on_batch`, the rows of its steps."""


_NOTES = _Notes()


def forget() -> None:
    """Start a new notebook."""
    _NOTES.__init__()  # type: ignore[misc]


@contextlib.contextmanager
def paused() -> Iterator[None]:
    """Note nothing for a while: what the probe itself trains is no training of the student's."""
    before, _NOTES.paused = _NOTES.paused, True
    try:
        yield
    finally:
        _NOTES.paused = before


def is_paused() -> bool:
    """Whether nothing is to be noted now."""
    return _NOTES.paused


def watch() -> None:
    """Note steps from now on; does nothing before the notebook has imported Keras, or a second time."""
    keras, tf = sys.modules.get("keras"), sys.modules.get("tensorflow")
    if keras is None or tf is None or hasattr(keras.Optimizer.apply, "_noted"):
        return
    function = type(tf.function(lambda: None))
    for owner, name, around in (
        (keras.Optimizer, "apply", _apply),
        (keras.Model, "__call__", _call),
        (keras.Model, "train_on_batch", _train_on_batch),
        (function, "__call__", _function),
        (tf.GradientTape, "__enter__", _enter),
        (tf.GradientTape, "__exit__", _exit),
    ):
        _wrap(owner, name, around)


def _wrap(owner: Any, name: str, around: Callable[..., contextlib.AbstractContextManager[None]]) -> None:
    original = getattr(owner, name)

    @functools.wraps(original)
    def noted(self: Any, *args: Any, **kwargs: Any) -> Any:
        if _NOTES.paused:
            return original(self, *args, **kwargs)
        with around(self, args, kwargs):
            return original(self, *args, **kwargs)

    noted._noted = True  # type: ignore[attr-defined]
    setattr(owner, name, noted)


@contextlib.contextmanager
def _apply(optimizer: Any, _args: Any, _kwargs: Any) -> Iterator[None]:
    if not _NOTES.functions:
        _NOTES.eager = True
        _step()
        taped, _NOTES.taped = _NOTES.taped, []
        _learn(optimizer, taped)
    else:
        _once(_NOTES.steppers, _NOTES.functions[0])
        _once(_NOTES.optimizers, optimizer)
    yield


def _once(found: list[Any], value: Any) -> None:
    if not any(one is value for one in found):
        found.append(value)


@contextlib.contextmanager
def _enter(_tape: Any, _args: Any, _kwargs: Any) -> Iterator[None]:
    _NOTES.tapes += not _NOTES.functions
    yield


@contextlib.contextmanager
def _exit(_tape: Any, _args: Any, _kwargs: Any) -> Iterator[None]:
    _NOTES.tapes -= not _NOTES.functions
    yield


@contextlib.contextmanager
def _call(_model: Any, args: Any, kwargs: Any) -> Iterator[None]:
    if _NOTES.depth == 0:
        _keep(args, kwargs)
        if _NOTES.tapes > 0 and _NOTES.pending:
            _NOTES.taped = [*_NOTES.taped[-7:], _NOTES.pending[-1][0]]
    with _deeper():
        yield


@contextlib.contextmanager
def _train_on_batch(model: Any, args: Any, kwargs: Any) -> Iterator[None]:
    _keep(args, kwargs)
    with _deeper(), paused():
        yield
    _NOTES.eager = True
    if len(args) < 3 and kwargs.get("sample_weight") is None:  # a row that weighs nothing does not train
        _learn(model, [call[0] for call in _NOTES.pending[-1:]])
    _step()


@contextlib.contextmanager
def _function(function: Any, args: Any, kwargs: Any) -> Iterator[None]:
    outermost = not _NOTES.functions
    if outermost and _NOTES.depth == 0:
        _keep(args, kwargs)
    _NOTES.functions.append(function)
    before = _counts() if outermost else []
    try:
        with _deeper():
            yield
    finally:
        _NOTES.functions.pop()
    if outermost and any(one is function for one in _NOTES.steppers):
        _NOTES.last = Stepper(function, args, kwargs)
        _step()
        # The same function may only measure on other calls, and take a whole epoch of steps besides.
        for optimizer, then, now in zip(_NOTES.optimizers, before, _counts(), strict=False):
            if now == then + 1:
                _learn(optimizer, _all_tables(args, kwargs))


def _counts() -> list[int]:
    """How many steps each of the optimizers has taken."""
    with contextlib.suppress(Exception):  # a defect of the probe must never end a student's training
        return [int(optimizer.iterations.numpy()) for optimizer in _NOTES.optimizers]
    return []


def _all_tables(args: Any, kwargs: Any) -> list[Array]:
    with contextlib.suppress(Exception):  # likewise
        return list(tables([args, kwargs]))
    return []


def _learn(owner: Any, fed_now: Sequence[Array]) -> None:
    """Keep the rows of a step when it is certain which they are: only one table could have been them."""
    with contextlib.suppress(Exception):  # likewise
        if fed_now and all(np.array_equal(one, fed_now[-1]) for one in fed_now[:-1]):
            rows = next((rows for one, rows in _NOTES.trained if one is owner), None)
            if rows is None:
                rows = Rows()
                _NOTES.trained = [*_NOTES.trained[1 - MOST_OWNERS :], (owner, rows)]
            rows.add(fed_now[-1])


def fed(model: Any) -> list[Rows]:
    """Return the rows of the steps that changed weights of `model`, as far as it is certain which they are."""
    weights = {id(variable) for variable in getattr(model, "trainable_variables", ())}
    return [rows for owner, rows in _NOTES.trained if weights & {id(variable) for variable in _changed_by(owner)}]


def _changed_by(owner: Any) -> Sequence[Any]:
    return owner.trainable_variables if hasattr(owner, "trainable_variables") else owner._trainable_variables


@contextlib.contextmanager
def _deeper() -> Iterator[None]:
    _NOTES.depth += 1
    try:
        yield
    finally:
        _NOTES.depth -= 1


def _keep(args: Any, kwargs: Any) -> None:
    """Keep the first tables of numbers among some arguments until the next step."""
    with contextlib.suppress(Exception):  # a defect of the probe must never end a student's training
        found = tuple(itertools.islice(tables([args, kwargs]), MOST_TABLES))
        if found:
            _NOTES.pending = [*_NOTES.pending[-7:], found]


def tables(value: Any) -> Iterator[Array]:
    """Yield copies of the tables of numbers, (rows, three features or more), anywhere in some arguments."""
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from tables(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from tables(part)
    elif len(getattr(value, "shape", ())) == 2 and value.shape[1] > 2 and _is_concrete(value):
        yield to_numpy(value).copy()


def _is_concrete(value: Any) -> bool:
    return any(hasattr(value, name) for name in ("numpy", "to_numpy", "__array_interface__"))


def _step() -> None:
    tables, _NOTES.pending = _NOTES.pending, []
    if tables:
        _NOTES.steps.append(tables)
        _NOTES.rows += len(tables[-1][0])
    while _NOTES.rows > MOST_ROWS and len(_NOTES.steps) > 1:
        _NOTES.rows -= len(_NOTES.steps.popleft()[-1][0])


def any_noted() -> bool:
    """Whether any step was noted in this notebook."""
    return bool(_NOTES.steps)


def stepper() -> Stepper | None:
    """Return the function that took every step, None when there is not exactly one."""
    return _NOTES.last if len(_NOTES.steppers) == 1 and not _NOTES.eager else None


def shuffled(rows: Array, widths: Sequence[int] = ()) -> bool | None:
    """Whether the steps fed the rows of `train_data`, (rows, features), in another order each epoch.

    `widths` are the columns of each input.  None when that cannot be told: other rows were fed, too few of them, or one
    and the same batch in another place.
    """
    fed = Fed(rows, widths=widths)
    batches = [found for tables in _NOTES.steps if (found := _nearest(tables, fed)) is not None]
    if not batches or len(batches) < KNOWN * len(_NOTES.steps):
        return None
    if max(map(len, batches)) > LARGEST * len(rows) or len(set().union(*batches)) < LEAST * len(rows):
        return None
    inside, across = _repeated(batches, len(rows))
    if len(inside) + len(across) < FEWEST_PAIRS * len(rows):
        return None
    if np.mean(inside + across) <= OTHER:
        return True
    fixed = np.mean(across) >= SAME and (not inside or np.mean(inside) >= SAME) if across else False
    return False if fixed else None


def _plain(rows: Array) -> Array:
    # Plus zero: -0.0 and 0.0 are the same number with other bytes.
    return np.ascontiguousarray(np.asarray(rows).astype(np.float32) + np.float32(0))


def _nearest(calls: Sequence[Tables], fed: Fed) -> list[int] | None:
    """The places in `train_data` of the rows of the last call that holds such rows, which is nearest to the step."""
    for tables in reversed(calls):
        found = fed.places_in(tables)
        if found and np.mean(np.array(found) >= 0) >= KNOWN:
            return found
    return None


def _repeated(batches: Sequence[Sequence[int]], epoch: int) -> tuple[list[bool], list[bool]]:
    """For each row after the first epoch: whether the next one followed it before, inside a batch and across two."""
    seen: set[tuple[int, int]] = set()
    inside: list[bool] = []
    across: list[bool] = []
    last, count = None, 0
    for batch in batches:
        for place, row in enumerate(batch):
            if last is not None:
                if count > epoch:
                    (inside if place else across).append((last, row) in seen)
                seen.add((last, row))
            last, count = row, count + 1
    return inside, across
