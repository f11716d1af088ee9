"""Read `train_data` and `test_data` to the end, twice, whatever kind of loader they are."""

import contextlib
import copy
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from autograder.evidence.records import Batches, Failure, LoadersEvidence
from autograder.probe.arrays import one_line, to_numpy
from autograder.probe.quiet import quiet

MAX_ROWS = 20_000
"""Rows after which reading stops: the data set has 1599, so this loader repeats itself for ever."""

LABEL_KEYS = {"quality": ("qual", "kwal"), "good": ("good", "goed")}
"""What the key of a label in a dict contains."""

Array = npt.NDArray[Any]
Kind = Literal["arrays", "loader", "indexed"]


class _UnreadableError(Exception):
    """A loader that the probe cannot turn into rows; the message says what it is instead, in Dutch."""


def loaders(train_data: Any, test_data: Any) -> LoadersEvidence:
    """Read both loaders; each argument is the student's object, or the Failure that says that it is missing."""
    with quiet():
        return LoadersEvidence(train=_read(train_data, "train_data"), test=_read(test_data, "test_data"))


def absent(value: Any, name: str) -> Failure | None:
    """Return why an object is not there: its own Failure, or a name that only holds a placeholder."""
    if isinstance(value, Failure):
        return value
    return Failure(kind="missing", name=name) if value is None or value is Ellipsis else None


def numbers(value: Any) -> Array:
    """Return what a student calls an array as numpy; `to_numpy`, and sparse matrices too."""
    return to_numpy(value.toarray() if hasattr(value, "toarray") else value)


def unpack(batch: Any) -> tuple[Any, Any, Any]:
    """Return X, quality and good from any of the forms that a batch may have.

    Raises TypeError, with what it is instead in Dutch, for any other form.
    """
    if isinstance(batch, Mapping):
        return _from_mapping(batch)
    if not isinstance(batch, (tuple, list)):
        raise TypeError(f"een {type(batch).__name__}")
    if len(batch) >= 2 and isinstance(batch[1], Mapping):
        return _inputs(batch[0]), *_labels(batch[1])
    if len(batch) >= 2 and _is_pair(batch[1]):
        return _inputs(batch[0]), batch[1][0], batch[1][1]
    if len(batch) == 3:
        return _inputs(batch[0]), batch[1], batch[2]
    if len(batch) == 2:
        return _inputs(batch[0]), *_columns(batch[1])
    raise TypeError(f"een {type(batch).__name__} van {len(batch)}")


def _inputs(value: Any) -> Any:
    return next(iter(value.values())) if isinstance(value, Mapping) and len(value) == 1 else value


def _is_pair(value: Any) -> bool:
    return isinstance(value, (tuple, list)) and len(value) == 2 and not any(np.isscalar(item) for item in value)


def _columns(labels: Any) -> tuple[Any, Any]:
    names = [str(name) for name in getattr(labels, "columns", ())]
    values = numbers(labels)
    if values.ndim != 2 or values.shape[1] != 2:
        raise TypeError(f"een tuple van 2 met labels van de vorm {values.shape}")
    first = names.index(keys[0]) if (keys := _label_keys(names)) else 0
    return values[:, first], values[:, 1 - first]


def _labels(labels: Mapping[Any, Any]) -> tuple[Any, Any]:
    keys = _label_keys(list(labels))
    if keys is not None:
        return labels[keys[0]], labels[keys[1]]
    if len(labels) == 2:
        first, second = labels.values()
        return first, second
    raise TypeError(f"een dict met de sleutels {', '.join(map(str, labels))}")


def _label_keys(keys: list[Any]) -> list[Any] | None:
    """Return the key of quality and that of good, None unless each is found exactly once."""
    found = [
        [key for key in keys if str(key).lower() == name]
        or [key for key in keys if any(part in str(key).lower() for part in parts)]
        for name, parts in LABEL_KEYS.items()
    ]
    return [keys[0] for keys in found] if all(len(keys) == 1 for keys in found) else None


def _from_mapping(batch: Mapping[Any, Any]) -> tuple[Any, Any, Any]:
    labels = _label_keys(list(batch))
    inputs = [key for key in batch if labels is not None and key not in labels]
    if labels is None or len(inputs) != 1:
        raise TypeError(f"een dict met de sleutels {', '.join(map(str, batch))}")
    return batch[inputs[0]], batch[labels[0]], batch[labels[1]]


def _read(data: Any, name: str) -> Batches | Failure:
    missing = absent(data, name)
    if missing is not None:
        return missing
    try:
        kind = _kind(data)
        if kind == "indexed":
            data = _duplicate(data)
        with _generators_kept(data):
            first = _Pass(data, kind)
            if kind == "indexed" and callable(getattr(data, "on_epoch_end", None)):
                data.on_epoch_end()
            second = _second_pass(data, kind)
        return first.batches(kind, _order(first.rows(), second))
    except _UnreadableError as error:
        return Failure(kind="unsupported", name=name, detail=str(error))
    except (Exception, SystemExit) as error:  # the student's loader may raise anything
        return Failure(kind="raised", name=name, detail=one_line(error))


def _second_pass(data: Any, kind: Kind) -> Array:
    """Return the rows of a second pass, none when there is no second pass."""
    try:
        return _Pass(data, kind).rows()
    except (Exception, SystemExit):  # the first pass went well, so an error here says that it can be read once only
        return np.zeros((0, 0))


def _kind(data: Any) -> Kind:
    if isinstance(data, (str, bytes, int, float)):
        raise _UnreadableError(f"een {type(data).__name__}")
    if isinstance(data, (tuple, list, Mapping)):
        return "arrays" if _are_arrays(data) else "loader"
    by_number = hasattr(data, "__getitem__") and (hasattr(data, "num_batches") or not hasattr(data, "__iter__"))
    if by_number:
        return "indexed"
    if not hasattr(data, "__iter__"):
        raise _UnreadableError(f"een {type(data).__name__}")
    return "loader"


def _are_arrays(data: Any) -> bool:
    """Whether a tuple, list or dict is one (X, quality, good) and not a row of batches."""
    if not isinstance(data, Mapping) and data and isinstance(data[0], (tuple, list, Mapping)):
        with contextlib.suppress(TypeError, ValueError):
            unpack(data[0])
            return False
    try:
        x, _, _ = unpack(data)
        return numbers(x).ndim >= 2
    except (TypeError, ValueError):
        return isinstance(data, Mapping)


def _duplicate(data: Any) -> Any:
    try:
        return copy.deepcopy(data)
    except Exception:  # the student's class may refuse to be copied; then it is read itself
        return data


@contextlib.contextmanager
def _generators_kept(data: Any) -> Iterator[None]:
    """Give a DataLoader's own random generators back their state."""
    owners = (data, getattr(data, "sampler", None), getattr(data, "batch_sampler", None))
    found: list[Any] = [getattr(owner, "generator", None) for owner in owners]
    states = [(generator, generator.get_state()) for generator in found if hasattr(generator, "get_state")]
    try:
        yield
    finally:
        for generator, state in states:
            generator.set_state(state)


def _batches(data: Any, kind: Kind) -> Iterator[Any]:
    if kind == "arrays":
        yield data
    elif kind == "indexed":
        count = getattr(data, "num_batches", None)
        for number in range(len(data) if count is None else int(count)):
            yield data[number]
    else:
        yield from data


class _Pass:
    """One reading of a loader."""

    def __init__(self, data: Any, kind: Kind) -> None:
        self._x: list[Array] = []
        self._quality: list[Array] = []
        self._good: list[Array] = []
        self._shapes: tuple[tuple[int, ...], ...] = ()
        self._dtypes: tuple[str, ...] = ()
        read = 0
        for batch in _batches(data, kind):
            read += self._add(batch)
            if read > MAX_ROWS:
                raise _UnreadableError(f"iets dat na {MAX_ROWS} rijen nog niet aan het einde is")
        if not self._x:
            raise _UnreadableError("leeg")

    def _add(self, batch: Any) -> int:
        try:
            arrays = [numbers(part) for part in unpack(batch)]
        except (TypeError, ValueError) as error:
            raise _UnreadableError(f"in een batch: {error}") from None
        if not self._shapes:
            self._shapes = tuple(array.shape for array in arrays)
            self._dtypes = tuple(str(array.dtype) for array in arrays)
        x, quality, good = arrays
        rows = 1 if x.ndim == 1 and quality.ndim == 0 else x.shape[0] if x.ndim else 0
        if x.ndim == 0 or any(label.size % rows if rows else label.size for label in (quality, good)):
            raise _UnreadableError("vormen: " + ", ".join(str(array.shape) for array in arrays))
        if rows == 0:
            return 1  # an empty batch counts as read, so that an endless row of them ends too
        self._x.append(x.reshape(rows, -1))
        self._quality.append(quality.reshape(rows, -1)[:, 0])
        self._good.append(good.reshape(rows, -1)[:, 0])
        return rows

    def rows(self) -> Array:
        """X and both labels side by side, (rows, features + 2)."""
        width = {x.shape[1] for x in self._x}
        if len(width) > 1:
            raise _UnreadableError("vormen: X heeft niet in elke batch evenveel kolommen")
        parts = (np.concatenate(self._x), np.concatenate(self._quality), np.concatenate(self._good))
        return np.column_stack([np.asarray(part, dtype=np.float64) for part in parts])

    def batches(self, kind: Kind, order: Array) -> Batches:
        return Batches(
            kind=kind,
            x=np.concatenate(self._x),
            quality=np.concatenate(self._quality),
            good=np.concatenate(self._good),
            shapes=(self._shapes[0], self._shapes[1], self._shapes[2]),
            dtypes=(self._dtypes[0], self._dtypes[1], self._dtypes[2]),
            sizes=tuple(len(x) for x in self._x),
            second_order=order,
        )


def _order(first: Array, second: Array) -> Array:
    """Say where each row of the second pass stands in the first; equal rows are taken in turn."""
    if second.size and second.shape[1] != first.shape[1]:
        return np.full(len(second), -1)
    places: defaultdict[bytes, deque[int]] = defaultdict(deque)
    for place, row in enumerate(first + 0.0):  # plus zero: -0.0 and 0.0 are the same number with other bytes
        places[row.tobytes()].append(place)
    found = [places[row.tobytes()] for row in second + 0.0]
    return np.array([where.popleft() if where else -1 for where in found], dtype=np.int32)


def first_batch(data: Any) -> tuple[Any, Any, Any]:
    """Return X, quality and good of the first batch as the student's own objects; arrays give all their rows.

    The state of random generators that belong to the loader is given back.  Raises whatever the loader raises,
    TypeError for something that is not a loader.
    """
    kind = _kind(data)
    with _generators_kept(data):
        return unpack(next(iter(_batches(data, kind))))
