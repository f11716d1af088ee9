"""Find the outputs `quality` and `good` in whatever container a model returns, and fill that container anew."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

NAMES = ("quality", "good")


@dataclasses.dataclass(frozen=True)
class Leaves:
    """The tensors in a container, in the order quality, good, others."""

    names: tuple[str, ...]
    tensors: tuple[Any, ...]
    container: str
    named: bool
    rebuild: Callable[[list[Any]], Any]
    """Make the same kind of container from other tensors, given in the order of `tensors`."""


def leaves(outputs: Any, is_tensor: Callable[[Any], bool]) -> Leaves:
    """Take a model's outputs apart.

    A single tensor stays single: whether an (n, 2) tensor is two outputs is for the caller to see.
    Raises TypeError for a container that holds something else than tensors or is not recognised.
    """
    if is_tensor(outputs):
        return Leaves(("output0",), (outputs,), "tensor", False, lambda tensors: tensors[0])
    keys, values, container = _items(outputs)
    for key, value in zip(keys, values, strict=True):
        if not is_tensor(value):
            raise TypeError(f"output {key!r} is a {type(value).__name__}, not a tensor")
    order, named = _order(keys)
    names = tuple(
        keys[place] if named and keys[place] in NAMES else NAMES[rank] if not named and rank < 2 else f"output{rank}"
        for rank, place in enumerate(order)
    )
    if len(keys) < 2 and not named:
        names = ("output0",) * len(keys)

    def rebuild(tensors: list[Any]) -> Any:
        filled = list(values)
        for place, tensor in zip(order, tensors, strict=True):
            filled[place] = tensor
        return _fill(outputs, keys, filled)

    return Leaves(names, tuple(values[place] for place in order), container, named, rebuild)


def _items(outputs: Any) -> tuple[list[str], list[Any], str]:
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
    if set(NAMES) <= set(attributes):
        return list(NAMES), [attributes[name] for name in NAMES], "object"
    raise TypeError(f"the model returns a {type(outputs).__name__}")


def _order(keys: list[str]) -> tuple[list[int], bool]:
    if set(NAMES) <= set(keys):
        first = [keys.index(name) for name in NAMES]
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
