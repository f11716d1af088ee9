"""Find the outputs of the heads in whatever container a model returns, and fill that container anew."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any


@dataclasses.dataclass(frozen=True)
class Leaves:
    """The tensors in a container, the heads' first, in their order."""

    names: tuple[str, ...]
    tensors: tuple[Any, ...]
    container: str
    named: bool
    rebuild: Callable[[list[Any]], Any]
    """Make the same kind of container from other tensors, given in the order of `tensors`."""


def leaves(outputs: Any, is_tensor: Callable[[Any], bool], names: Sequence[str]) -> Leaves:
    """Take a model's outputs apart; `names` are the heads'.

    A single tensor stays single: `apart` sees whether it holds a column for every head.
    Raises TypeError for a container that holds something else than tensors or is not recognised.
    """
    if is_tensor(outputs):
        return Leaves(_by_place(1, names), (outputs,), "tensor", False, lambda tensors: tensors[0])
    keys, values, container = _items(outputs, names)
    for key, value in zip(keys, values, strict=True):
        if not is_tensor(value):
            raise TypeError(f"output {key!r} is a {type(value).__name__}, not a tensor")
    order, named = _order(keys, names)

    def rebuild(tensors: list[Any]) -> Any:
        filled = list(values)
        for place, tensor in zip(order, tensors, strict=True):
            filled[place] = tensor
        return _fill(outputs, keys, filled)

    return Leaves(_by_place(len(keys), names), tuple(values[place] for place in order), container, named, rebuild)


def apart(found: Leaves, stack: Callable[[list[Any]], Any], names: Sequence[str]) -> Leaves:
    """Take a single tensor of shape (rows, heads) apart, a column for each of several heads; `stack` joins columns."""
    heads, first = len(names), found.tensors[0] if len(found.tensors) == 1 else None
    if heads < 2 or first is None or first.ndim != 2 or first.shape[1] != heads:
        return found
    columns = tuple(first[:, head] for head in range(heads))
    return Leaves(tuple(names), columns, "stacked", False, stack)


def _by_place(count: int, names: Sequence[str]) -> tuple[str, ...]:
    """The names of outputs in the order of the heads; with fewer outputs than heads nobody knows which is which."""
    known = list(names) if count >= len(names) else []
    return (*known, *(f"output{rank}" for rank in range(len(known), count)))


def _items(outputs: Any, names: Sequence[str]) -> tuple[list[str], list[Any], str]:
    if isinstance(outputs, Mapping):
        return [str(key) for key in outputs], list(outputs.values()), "dict"
    if isinstance(outputs, tuple) and hasattr(outputs, "_fields"):
        return list(outputs._fields), list(outputs), "named tuple"
    if isinstance(outputs, (tuple, list)):
        return [str(place) for place in range(len(outputs))], list(outputs), type(outputs).__name__
    if dataclasses.is_dataclass(outputs) and not isinstance(outputs, type):
        fields = [field.name for field in dataclasses.fields(outputs)]
        return fields, [getattr(outputs, name) for name in fields], "dataclass"
    attributes = {key: value for key, value in getattr(outputs, "__dict__", {}).items() if not key.startswith("_")}
    if set(names) <= set(attributes):
        return list(names), [attributes[name] for name in names], "object"
    raise TypeError(f"the model returns a {type(outputs).__name__}")


def _order(keys: list[str], names: Sequence[str]) -> tuple[list[int], bool]:
    if set(names) <= set(keys):
        first = [keys.index(name) for name in names]
        return first + [place for place in range(len(keys)) if place not in first], True
    return list(range(len(keys))), False


def _fill(outputs: Any, keys: list[str], values: list[Any]) -> Any:
    if isinstance(outputs, Mapping):
        return dict(zip(outputs, values, strict=True))
    if isinstance(outputs, tuple) and hasattr(outputs, "_make"):
        return outputs._make(values)
    if isinstance(outputs, (tuple, list)):
        return type(outputs)(values)
    changes = dict(zip(keys, values, strict=True))
    if dataclasses.is_dataclass(outputs) and not isinstance(outputs, type):
        return dataclasses.replace(outputs, **changes)
    filled = object.__new__(type(outputs))
    filled.__dict__.update({**vars(outputs), **changes})
    return filled
