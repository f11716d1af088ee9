"""What PyTorch does not check itself before an operation reads or writes memory, checked for a hostile program."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import torch

from autograder.exceptions import ReplayError

Arguments = Mapping[str, Any]
"""An operation's arguments by the names of its schema, defaults included."""

REFUSED = frozenset({"aten::_fft_r2c", "aten::_fft_c2r"})
"""Operations that end the process on some arguments, and that no network of the course needs."""

ENUMERATIONS = {
    "ScalarType": torch.dtype,
    "Layout": torch.layout,
    "MemoryFormat": torch.memory_format,
}
"""What PyTorch takes for one of its own constants, although it lets any whole number pass."""

LSTM = 2
"""PyTorch's number of an LSTM among recurrent layers; the others run as plain operations."""

MAX_LAYERS = 64
"""Layers that a recurrent network may say it has; each runs as an operation of its own."""


def refused(function: Any) -> bool:
    """Whether an operation has no place in a forward pass.

    Backward operations trust what the forward one computed; those that write into a given tensor cannot be trained.
    """
    schema = function._schema
    return schema.name in REFUSED or "backward" in schema.name or any(argument.is_out for argument in schema.arguments)


def run(function: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """Run an operation after the checks that PyTorch leaves out.  Raises ReplayError, and what PyTorch raises."""
    schema = function._schema
    enumerations, check = _enumerations(function), CHECKS.get(schema.name)
    if enumerations or check:
        given = _named(schema, args, kwargs)
        for name, kind in enumerations:
            _need(given[name] is None or isinstance(given[name], kind), schema.name, f"a {name} that is none")
        if check:
            fault = check(given)
            _need(not fault, schema.name, fault)
    return INSTEAD.get(schema.name, function)(*args, **kwargs)


def _need(holds: bool, name: str, fault: str) -> None:
    if not holds:
        raise ReplayError(f"operation {name} cannot be run again: it is given {fault}")


@cache
def _enumerations(function: Any) -> tuple[tuple[str, type], ...]:
    kinds = ((a.name, str(a.real_type).removeprefix("Optional[").removesuffix("]")) for a in function._schema.arguments)
    return tuple((name, ENUMERATIONS[kind]) for name, kind in kinds if kind in ENUMERATIONS)


def _named(schema: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    names = [argument.name for argument in schema.arguments if not argument.kwarg_only]
    defaults = {argument.name: argument.default_value for argument in schema.arguments}
    return {**defaults, **dict(zip(names, args, strict=False)), **kwargs}


# ---------------------------------------- checks: what is wrong with the arguments, or nothing


def _embedding_bag(given: Arguments) -> str:
    weight, indices, offsets = given["weight"], given["indices"], given["offsets"]
    if weight.ndim != 2 or indices.ndim != 1 or offsets.ndim != 1 or not weight.numel():
        return "a table, indices or offsets of another rank"
    if any(values.dtype not in (torch.int32, torch.int64) for values in (indices, offsets)):
        return "indices or offsets that are no whole numbers"
    if not _within(indices, len(weight) - 1):
        return "indices outside the table"
    enough = len(offsets) > bool(given["include_last_offset"])
    starts = enough and offsets[0] == 0 and bool((offsets[1:] >= offsets[:-1]).all())
    if not starts or not _within(offsets, len(indices)):
        return "offsets that do not divide the indices"
    if given["mode"] not in (0, 1, 2) or not -1 <= given["padding_idx"] < len(weight):
        return "a mode or padding_idx that does not exist"
    factors = given["per_sample_weights"]
    if factors is not None and (factors.shape != indices.shape or factors.dtype != weight.dtype):
        return "per_sample_weights that do not belong to the indices"
    return ""


def _within(values: torch.Tensor, last: int) -> bool:
    return not values.numel() or (int(values.min()) >= 0 and int(values.max()) <= last)


def _batch_norm(given: Arguments) -> str:
    values = given["input"]
    if values.ndim < 2 or not values.numel() or not values.is_floating_point():
        return "an input without rows, channels or fractions"
    vectors = [given.get(name) for name in ("weight", "bias", "running_mean", "running_var")]
    if any(vector is not None and vector.shape != (values.shape[1],) for vector in vectors):
        return "a vector that is not as long as there are channels"
    if not given.get("training", False) and any(vector is None for vector in vectors[2:]):
        return "no running statistics"
    return ""


def _weight_norm(given: Arguments) -> str:
    v, g, dim = given["v"], given["g"], given["dim"]
    if not v.numel() or dim not in (0, v.ndim - 1) or not v.ndim:
        return "a direction without values, or along another axis than the first or the last"
    if g.numel() != v.shape[dim] or g.dtype != v.dtype:
        return "lengths that do not belong to the directions"
    return ""


def _lstm(given: Arguments) -> str:
    values, hidden = given["input"], given["hidden_size"]
    if given["mode"] != LSTM or given["batch_sizes"] or not 1 <= given["num_layers"] <= MAX_LAYERS:
        return "another recurrent layer than an LSTM over whole rows"
    if values.ndim != 3 or not values.numel() or hidden < 1:
        return "an input without steps, rows or features"
    tensors = [values, *(given[name] for name in ("weight0", "weight1", "weight2", "weight3", "hx_", "cx_"))]
    rows, features = values.shape[1:]
    gates = 4 * hidden
    shapes = [(gates, features), (gates, hidden), (gates,), (gates,), (rows, hidden), (rows, hidden)]
    single = all(tensor.dtype == torch.float32 for tensor in tensors)
    if not single or [tuple(tensor.shape) for tensor in tensors[1:]] != shapes:
        return "weights or states of other sizes"
    return ""


def _attention(given: Arguments) -> str:
    query, key, value, mask = (given[name] for name in ("query", "key", "value", "attn_mask"))
    if any(tensor.ndim != 4 or not tensor.numel() for tensor in (query, key, value)):
        return "queries, keys or values of another rank, or none"
    if key.shape != value.shape or key.shape[:2] != query.shape[:2] or key.shape[3] != query.shape[3]:
        return "queries, keys and values that do not belong together"
    whole = (*query.shape[:3], key.shape[2])
    if mask is not None and (mask.ndim not in (2, 4) or any(
        size not in (1, wanted) for size, wanted in zip(mask.shape, whole[-mask.ndim :], strict=True)
    )):  # fmt: skip
        return "a mask of another size"
    return ""


def _distances(given: Arguments) -> str:
    rows = given["self"]
    ranked = rows.ndim == 2 and rows.numel() and rows.is_floating_point()
    return "" if ranked and given["p"] >= 0 else "points of another rank, none, or a distance that does not exist"


CHECKS: Mapping[str, Callable[[Arguments], str]] = {
    "aten::_embedding_bag": _embedding_bag,
    "aten::_embedding_bag_forward_only": _embedding_bag,
    "aten::native_batch_norm": _batch_norm,
    "aten::_native_batch_norm_legit": _batch_norm,
    "aten::_native_batch_norm_legit_no_training": _batch_norm,
    "aten::_weight_norm_interface": _weight_norm,
    "aten::mkldnn_rnn_layer": _lstm,
    "aten::_scaled_dot_product_flash_attention_for_cpu": _attention,
    "aten::_pdist_forward": _distances,
}

INSTEAD: Mapping[str, Any] = {"aten::_reshape_alias": torch.ops.aten.as_strided.default}
"""Operations of the same arguments that stay within the tensor's memory."""
