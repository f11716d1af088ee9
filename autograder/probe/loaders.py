"""Read `train_data` and `test_data` to the end, twice, whatever kind of loader they are."""

import contextlib
import copy
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from autograder.evidence.problem import Problem
from autograder.evidence.records import Batches, Failure, LoadersEvidence
from autograder.probe.arrays import one_line, to_numpy
from autograder.probe.quiet import quiet

MAX_ROWS = 20_000
"""Rows after which reading stops: a course's table has far fewer, so this loader repeats itself for ever."""

Array = npt.NDArray[Any]
Kind = Literal["arrays", "loader", "indexed"]
Unpacked = tuple[tuple[Any, ...], tuple[Any, ...]]
"""The inputs, and the labels of every head."""


class _UnreadableError(Exception):
    """A loader that the probe cannot turn into rows; the message says what it is instead, in Dutch."""


def loaders(train_data: Any, test_data: Any, problem: Problem) -> LoadersEvidence:
    """Read both loaders; each argument is the student's object, or the Failure that says that it is missing."""
    with quiet():
        return LoadersEvidence(
            train=_read(train_data, "train_data", problem), test=_read(test_data, "test_data", problem)
        )


def absent(value: Any, name: str) -> Failure | None:
    """Return why an object is not there: its own Failure, or a name that only holds a placeholder."""
    if isinstance(value, Failure):
        return value
    return Failure(kind="missing", name=name) if value is None or value is Ellipsis else None


def numbers(value: Any) -> Array:
    """Return what a student calls an array as numpy; `to_numpy`, and sparse matrices too."""
    return to_numpy(value.toarray() if hasattr(value, "toarray") else value)


def unpack(batch: Any, problem: Problem) -> Unpacked:
    """Return the inputs and the labels by head, from any of the forms that a batch may have.

    Raises TypeError, with what it is instead in Dutch, for any other form.
    """
    if isinstance(batch, Mapping):
        return _from_mapping(batch, problem)
    if not isinstance(batch, (tuple, list)):
        raise TypeError(f"een {type(batch).__name__}")
    inputs = len(problem.inputs)
    grouped = None if inputs == 1 or not len(batch) else _group_of_inputs(batch[0], problem)
    if inputs == 1 or grouped is not None:
        rest = batch[1:]
        first = grouped or tuple(_single(one) for one in batch[:1])
    else:
        rest = batch[inputs:]
        first = tuple(batch[:inputs])
    labels = _labels(rest, problem)
    if labels is None:
        raise TypeError(f"een {type(batch).__name__} van {len(batch)}")
    return first, labels


def grouped_inputs(batch: Any, problem: Problem) -> bool:
    """Whether the first part of a tuple holds all of several inputs."""
    return len(problem.inputs) > 1 and len(batch) > 0 and _group_of_inputs(batch[0], problem) is not None


def _single(value: Any) -> Any:
    return next(iter(value.values())) if isinstance(value, Mapping) and len(value) == 1 else value


def _group_of_inputs(value: Any, problem: Problem) -> tuple[Any, ...] | None:
    """Return the inputs of a tuple, a list or a dict that holds them all; None for anything else."""
    if isinstance(value, Mapping):
        return _inputs_by_name(value, problem)
    if not _is_group(value, len(problem.inputs)) or any(_is_row(part) for part in value):
        return None
    return tuple(value)


def _is_group(value: Any, size: int) -> bool:
    return isinstance(value, (tuple, list)) and len(value) == size and not any(np.isscalar(item) for item in value)


def _is_row(value: Any) -> bool:
    """Whether this is a list of plain numbers: a row of one input, no input."""
    return isinstance(value, (tuple, list)) and bool(len(value)) and np.isscalar(value[0])


def _inputs_by_name(values: Mapping[Any, Any], problem: Problem) -> tuple[Any, ...] | None:
    """Return the inputs in a dict that holds nothing else: by their names, else in the dict's own order."""
    if len(values) != len(problem.inputs):
        return None
    keys = list(values)
    found = [_keys_with(keys, one.name, (one.name,)) for one in problem.inputs]
    if all(len(one) == 1 for one in found):
        return tuple(values[one[0]] for one in found)
    known = {place: one[0] for place, one in enumerate(found) if len(one) == 1}
    others = iter([key for key in keys if key not in known.values()])
    return tuple(values[known[place] if place in known else next(others)] for place in range(len(found)))


def _labels(rest: Any, problem: Problem) -> tuple[Any, ...] | None:
    """Return the labels in what follows the inputs in a batch; None when they are not all there."""
    heads = len(problem.heads)
    if len(rest) and isinstance(rest[0], Mapping):
        return _labels_by_name(rest[0], problem)
    if len(rest) and _is_group(rest[0], heads) and not (heads == 1 and _is_row(rest[0])):
        return tuple(rest[0])
    if heads == 1:
        return (rest[0],) if len(rest) in (1, 2) else None  # the second are weights of the rows
    if len(rest) == heads:
        return tuple(rest)
    return _columns(rest[0], problem) if len(rest) == 1 else None


def _columns(labels: Any, problem: Problem) -> tuple[Any, ...]:
    names = [str(name) for name in getattr(labels, "columns", ())]
    values = numbers(labels)
    if values.ndim != 2 or values.shape[1] != len(problem.heads):
        raise TypeError(f"een tuple van 2 met labels van de vorm {values.shape}")
    keys = _label_keys(names, problem)
    order = [names.index(key) for key in keys] if keys else range(values.shape[1])
    return tuple(values[:, place] for place in order)


def _labels_by_name(labels: Mapping[Any, Any], problem: Problem) -> tuple[Any, ...]:
    keys = _label_keys(list(labels), problem)
    if keys is not None:
        return tuple(labels[key] for key in keys)
    if len(labels) == len(problem.heads):
        return tuple(labels.values())
    raise TypeError(f"een dict met de sleutels {', '.join(map(str, labels))}")


def _label_keys(keys: list[Any], problem: Problem) -> list[Any] | None:
    """Return the key of each head, None unless each is found exactly once."""
    found = [_keys_with(keys, head.name, (head.name, *head.keys)) for head in problem.heads]
    return [keys[0] for keys in found] if all(len(keys) == 1 for keys in found) else None


def _keys_with(keys: list[Any], name: str, parts: Sequence[str]) -> list[Any]:
    """Return the keys that are this name, else those that contain one of the parts."""
    same = [key for key in keys if str(key).lower() == name.lower()]
    return same or [key for key in keys if any(part.lower() in str(key).lower() for part in parts)]


def _from_mapping(batch: Mapping[Any, Any], problem: Problem) -> Unpacked:
    labels = _label_keys(list(batch), problem)
    if labels is None and len(problem.heads) == 1:
        labels = _key_left_over(list(batch), problem)
    inputs = [key for key in batch if labels is not None and key not in labels]
    found = None
    if labels is not None and len(inputs) == 1:
        group = batch[inputs[0]]
        found = (group,) if len(problem.inputs) == 1 else _group_of_inputs(group, problem)
    elif labels is not None:
        found = _inputs_by_name({key: batch[key] for key in inputs}, problem)
    if labels is None or found is None:
        raise TypeError(f"een dict met de sleutels {', '.join(map(str, batch))}")
    return found, tuple(batch[key] for key in labels)


def _key_left_over(keys: list[Any], problem: Problem) -> list[Any] | None:
    """Return the only key that is no input's name, where all inputs are there by theirs."""
    names = {one.name.lower() for one in problem.inputs}
    others = [key for key in keys if str(key).lower() not in names]
    return others if len(others) == 1 and len(keys) == len(names) + 1 else None


def _read(data: Any, name: str, problem: Problem) -> Batches | Failure:
    missing = absent(data, name)
    if missing is not None:
        return missing
    try:
        kind = _kind(data, problem)
        if kind == "indexed":
            data = _duplicate(data)
        with _generators_kept(data):
            first = _Pass(data, kind, problem)
            for event in ("on_epoch_end", "on_epoch_begin") if kind == "indexed" else ():  # as between epochs of `fit`
                getattr(data, event, _nothing)()
            second = _second_pass(data, kind, problem)
        return first.batches(kind, _order(first.rows(), second))
    except _UnreadableError as error:
        return Failure(kind="unsupported", name=name, detail=str(error))
    except (Exception, SystemExit) as error:  # the student's loader may raise anything
        return Failure(kind="raised", name=name, detail=one_line(error))


def _nothing() -> None:
    return None


def _second_pass(data: Any, kind: Kind, problem: Problem) -> Array:
    """Return the rows of a second pass, none when there is no second pass."""
    try:
        return _Pass(data, kind, problem).rows()
    except (Exception, SystemExit):  # the first pass went well, so an error here says that it can be read once only
        return np.zeros((0, 0))


def _kind(data: Any, problem: Problem) -> Kind:
    if isinstance(data, (str, bytes, int, float)):
        raise _UnreadableError(f"een {type(data).__name__}")
    if isinstance(data, (tuple, list, Mapping)):
        return "arrays" if _are_arrays(data, problem) else "loader"
    by_number = hasattr(data, "__getitem__") and (hasattr(data, "num_batches") or not hasattr(data, "__iter__"))
    if by_number:
        return "indexed"
    if not hasattr(data, "__iter__"):
        raise _UnreadableError(f"een {type(data).__name__}")
    return "loader"


def _are_arrays(data: Any, problem: Problem) -> bool:
    """Whether a tuple, list or dict is one batch of whole arrays and not a row of batches."""
    if not isinstance(data, Mapping) and data and isinstance(data[0], (tuple, list, Mapping)):
        with contextlib.suppress(TypeError, ValueError):
            unpack(data[0], problem)
            return False
    try:
        inputs, _ = unpack(data, problem)
        return all(numbers(one).ndim >= 2 for one in inputs)
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


def drawn(data: Any, problem: Problem) -> Iterator[Any]:
    """Yield the batches of one pass over a loader, or the arrays; a loader that gives them by number is copied first.

    Raises whatever the loader raises.
    """
    kind = _kind(data, problem)
    data = _duplicate(data) if kind == "indexed" else data
    with _generators_kept(data):
        yield from _batches(data, kind)


class _Pass:
    """One reading of a loader."""

    def __init__(self, data: Any, kind: Kind, problem: Problem) -> None:
        self._problem = problem
        self._inputs: list[list[Array]] = []
        self._labels: list[list[Array]] = []
        self._shapes: tuple[tuple[int, ...], ...] = ()
        self._dtypes: tuple[str, ...] = ()
        read = 0
        for batch in _batches(data, kind):
            read += self._add(batch)
            if read > MAX_ROWS:
                raise _UnreadableError(f"iets dat na {MAX_ROWS} rijen nog niet aan het einde is")
        if not self._inputs:
            raise _UnreadableError("leeg")

    def _add(self, batch: Any) -> int:
        try:
            inputs, labels = ([numbers(part) for part in parts] for parts in unpack(batch, self._problem))
        except (TypeError, ValueError) as error:
            raise _UnreadableError(f"in een batch: {error}") from None
        arrays = [*inputs, *labels]
        if not self._shapes:
            self._shapes = tuple(array.shape for array in arrays)
            self._dtypes = tuple(str(array.dtype) for array in arrays)
        x = inputs[0]
        single = all(one.ndim == 1 for one in inputs) and labels[0].ndim == 0
        rows = 1 if single else x.shape[0] if x.ndim else 0
        uneven = any(len(one) != rows for one in inputs[1:] if one.ndim) and not single
        if (
            uneven
            or any(one.ndim == 0 for one in inputs)
            or any(label.size % rows if rows else label.size for label in labels)
        ):
            raise _UnreadableError("vormen: " + ", ".join(str(array.shape) for array in arrays))
        if rows == 0:
            return 1  # an empty batch counts as read, so that an endless row of them ends too
        self._inputs.append([one.reshape(rows, -1) for one in inputs])
        self._labels.append([label.reshape(rows, -1)[:, 0] for label in labels])
        return rows

    def rows(self) -> Array:
        """All inputs and all labels side by side, (rows, features + heads)."""
        for place, one in enumerate(self._problem.inputs):
            if len({inputs[place].shape[1] for inputs in self._inputs}) > 1:
                raise _UnreadableError(f"vormen: {one.name} heeft niet in elke batch evenveel kolommen")
        parts = (*_joined(self._inputs), *_joined(self._labels))
        return np.column_stack([np.asarray(part, dtype=np.float64) for part in parts])

    def batches(self, kind: Kind, order: Array) -> Batches:
        x, widths = side_by_side(_joined(self._inputs))
        return Batches(
            kind=kind,
            x=x,
            widths=widths,
            labels=_joined(self._labels),
            shapes=self._shapes,
            dtypes=self._dtypes,
            sizes=tuple(len(inputs[0]) for inputs in self._inputs),
            second_order=order,
        )


def _joined(batches: list[list[Array]]) -> tuple[Array, ...]:
    return tuple(np.concatenate(parts) for parts in zip(*batches, strict=True))


def side_by_side(inputs: Sequence[Array]) -> tuple[Array, tuple[int, ...]]:
    """Return inputs (rows, features) as one array, float64 where their dtypes differ, and the columns of each."""
    alike = len({one.dtype for one in inputs}) == 1
    x = np.concatenate([one if alike else one.astype(np.float64) for one in inputs], axis=1)
    return x, tuple(one.shape[1] for one in inputs)


def _order(first: Array, second: Array) -> Array:
    """Say where each row of the second pass stands in the first; equal rows are taken in turn."""
    if second.size and second.shape[1] != first.shape[1]:
        return np.full(len(second), -1)
    places: defaultdict[bytes, deque[int]] = defaultdict(deque)
    for place, row in enumerate(first + 0.0):  # plus zero: -0.0 and 0.0 are the same number with other bytes
        places[row.tobytes()].append(place)
    found = [places[row.tobytes()] for row in second + 0.0]
    return np.array([where.popleft() if where else -1 for where in found], dtype=np.int32)


def first_batch(data: Any, problem: Problem) -> Unpacked:
    """Return the inputs and the labels of the first batch as the student's own objects; arrays give all their rows.

    The state of random generators that belong to the loader is given back.  Raises whatever the loader raises,
    TypeError for something that is not a loader.
    """
    kind = _kind(data, problem)
    with _generators_kept(data):
        return unpack(next(iter(_batches(data, kind))), problem)
