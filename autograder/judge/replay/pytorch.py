"""Run a recorded PyTorch program again with PyTorch's own operations, from a list of harmless ones."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import torch

from autograder.evidence.records import Recording
from autograder.exceptions import ReplayError
from autograder.judge.replay import careful
from autograder.judge.replay.network import Network, Node, Values, Weights

MAX_OPERATIONS = 20_000
"""Operations that one forward pass may have."""

MAX_NUMEL = 50_000_000
"""Numbers that one value may hold."""

ALLOWED_TAGS = (torch.Tag.pointwise, torch.Tag.core, torch.Tag.reduction)
"""PyTorch's own marks of operations that only compute."""

_ALSO_ALLOWED = """
t transpose view reshape _unsafe_view _reshape_alias alias detach lift_fresh lift_fresh_copy clone contiguous
copy_ fill_ zero_ zeros_like ones_like full_like empty_like new_zeros new_ones new_full new_empty zeros ones
full empty arange linspace eye scalar_tensor _to_copy to expand expand_as view_as unsqueeze unsqueeze_
squeeze squeeze_ floor_divide permute movedim swapaxes addmm mm bmm
baddbmm addbmm addmv mv dot vdot linear einsum outer ger matmul unsafe_split unsafe_split_with_sizes unsafe_chunk
stack cat hstack vstack split split_with_sizes chunk unbind narrow select slice index index_select gather
unfold masked_fill masked_fill_ masked_select where take take_along_dim roll flip repeat repeat_interleave
index_put index_put_ _index_put_impl_ scatter scatter_ scatter_add index_add slice_scatter select_scatter
softmax _softmax log_softmax _log_softmax _safe_softmax softplus elu selu celu gelu silu mish relu6 hardtanh
hardswish hardsigmoid leaky_relu prelu _prelu_kernel rrelu_with_noise_functional logsigmoid log_sigmoid
log_sigmoid_forward glu threshold hardshrink softshrink rrelu_with_noise native_batch_norm
_native_batch_norm_legit _native_batch_norm_legit_no_training cudnn_batch_norm native_layer_norm
native_group_norm _fused_rms_norm embedding _embedding_bag _embedding_bag_forward_only one_hot bucketize
searchsorted topk sort argsort argmax argmin max min amax amin aminmax median mode kthvalue sum mean var std
var_mean std_mean norm linalg_vector_norm linalg_norm prod cumsum cumprod logsumexp any all convolution
_convolution conv1d avg_pool1d max_pool1d adaptive_avg_pool1d max_pool2d_with_indices avg_pool2d
_adaptive_avg_pool2d constant_pad_nd mkldnn_rnn_layer _local_scalar_dense item is_nonzero equal
_scaled_dot_product_flash_attention_for_cpu _scaled_dot_product_attention_math scaled_dot_product_attention
tril triu diagonal diag_embed _weight_norm_interface isnan isinf isfinite _assert_async cdist _cdist_forward
_euclidean_dist bilinear _trilinear rsub addcmul addcdiv lerp
"""

ALSO_ALLOWED = frozenset(f"aten::{name}" for name in _ALSO_ALLOWED.split())

DETERMINISTIC_HERE = frozenset({"aten::_scaled_dot_product_flash_attention_for_cpu"})
"""Marked as drawing random numbers, for a dropout that evaluation mode leaves out."""

NEVER = frozenset({"aten::from_file", "aten::set_", "aten::resize_", "aten::save", "aten::_make_per_tensor_quantized"})

_DTYPES = "float16 float32 float64 bfloat16 int8 int16 int32 int64 uint8 bool complex64"

DTYPES = {name: getattr(torch, name) for name in _DTYPES.split()}


MAX_DEPTH = 20
"""Lists within lists that an argument may have."""

ERRORS = (RuntimeError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError, AssertionError,
          NotImplementedError, MemoryError)  # fmt: skip


class TorchNetwork(Network):
    """A recorded list of ATen operations."""

    def __init__(self, recording: Recording) -> None:
        super().__init__(recording)
        self._operations = _read_program(recording.program)
        self._functions = [_resolve(operation["op"]) for operation in self._operations]
        known = {p.name for p in recording.parameters}
        if recording.input_ref in known:
            raise ReplayError("the recorded program calls its input as one of its parameters")
        known.add(recording.input_ref)
        for operation in self._operations:
            for ref in _reads(operation):
                if ref not in known:
                    raise ReplayError(f"the recorded program reads {ref[:40]!r} before it is made")
            for ref in filter(None, operation["makes"]):
                if ref in known:
                    raise ReplayError(f"the recorded program makes {ref[:40]!r} twice")
                known.add(ref)

    @cached_property
    def nodes(self) -> Sequence[Node]:
        """Every value that an operation made."""
        return tuple(
            Node(ref, operation["op"], _reads(operation))
            for operation in self._operations
            for ref in operation["makes"]
            if ref is not None
        )

    def run(
        self,
        x: Values,
        weights: Weights | None = None,
        want: Sequence[str] | None = None,
        override: Mapping[str, Values] | None = None,
    ) -> list[Values]:
        """See `Network.run`."""
        with torch.no_grad():
            tensors = self._tensors(x, weights)
            # In-place writes into views change earlier values, so what is wanted is copied as it is made.
            kept = self._execute(tensors, frozenset(want or ()), override or {}, grad=False)
        refs = self.output_refs if want is None else want
        return [_get(kept if want is not None else tensors, tensors, ref).detach().numpy().copy() for ref in refs]

    def gradients(
        self, x: Values, ref: str, seeds: Iterable[Values], weights: Weights | None = None
    ) -> Iterator[dict[str, Values | None]]:
        """See `Network.gradients`."""
        tensors = self._tensors(x, weights)
        names = [p.name for p in self.recording.parameters if p.value.dtype.kind == "f" and p.kind != "buffer"]
        leaves = [tensors[name].requires_grad_(True) for name in names]
        self._execute(tensors, frozenset(), {}, grad=True)
        value = _get(tensors, tensors, ref).double()
        for seed in seeds:
            if not value.requires_grad:
                yield dict.fromkeys(names)
                continue
            factor = torch.tensor(np.asarray(seed, np.float64)).reshape(value.shape)
            found = torch.autograd.grad(value, leaves, factor, retain_graph=True, allow_unused=True)
            yield {name: None if g is None else g.numpy() for name, g in zip(names, found, strict=True)}

    def _tensors(self, x: Values, weights: Weights | None) -> dict[str, torch.Tensor]:
        values = {**self.weights, **(weights or {})}
        tensors = {
            name: torch.tensor(np.asarray(value, dtype=self.weights[name].dtype)) for name, value in values.items()
        }
        tensors[self.recording.input_ref] = torch.tensor(np.ascontiguousarray(x, dtype=self.recording.x.dtype))
        return tensors

    def _execute(
        self, tensors: dict[str, torch.Tensor], want: frozenset[str], override: Mapping[str, Values], *, grad: bool
    ) -> dict[str, torch.Tensor]:
        kept: dict[str, torch.Tensor] = {}
        for operation, function in zip(self._operations, self._functions, strict=True):
            with torch.set_grad_enabled(grad and operation["grad"]):
                made = self._apply(operation, function, tensors)
            for ref, value in zip(operation["makes"], made, strict=False):
                if ref is None or not isinstance(value, torch.Tensor):
                    continue
                if value.numel() > MAX_NUMEL:
                    raise ReplayError(f"operation {operation['op']} makes {value.numel()} numbers; too large to judge")
                tensors[ref] = _replaced(value, override[ref]) if ref in override else value
                if ref in want:
                    kept[ref] = tensors[ref].clone()
        return kept

    @staticmethod
    def _apply(operation: dict[str, Any], function: Any, tensors: dict[str, torch.Tensor]) -> Sequence[Any]:
        asked = max(_largest(operation["args"]), _largest(operation["kwargs"].values()))
        if not operation["op"].startswith("aten::slice") and asked > MAX_NUMEL:
            raise ReplayError(f"operation {operation['op']} asks for more than {MAX_NUMEL} numbers; too large to judge")
        try:
            args = [_decode(arg, tensors) for arg in operation["args"]]
            kwargs = {key: _decode(value, tensors) for key, value in operation["kwargs"].items()}
            result = careful.run(function, args, kwargs)
        except ReplayError:
            raise
        except ERRORS as error:
            first = (str(error).splitlines() or [type(error).__name__])[0]
            raise ReplayError(f"operation {operation['op']} cannot be run again: {first[:200]}") from None
        return result if isinstance(result, (tuple, list)) else [result]


def _read_program(text: str) -> list[dict[str, Any]]:
    try:
        program = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReplayError(f"the recorded program is not JSON: {error}") from None
    keys = {"op", "args", "kwargs", "grad", "after", "makes"}
    if not isinstance(program, list) or len(program) > MAX_OPERATIONS:
        raise ReplayError(f"the recorded program is not a list of at most {MAX_OPERATIONS} operations")
    for entry in program:
        if not isinstance(entry, dict) or set(entry) != keys or not isinstance(entry["kwargs"], dict):
            raise ReplayError("the recorded program holds something else than operations")
        lists = all(isinstance(entry[key], list) for key in ("args", "after", "makes"))
        if not lists or not isinstance(entry["grad"], bool) or not _are_names(entry["after"], entry["makes"]):
            raise ReplayError("the recorded program holds a malformed operation")
        if _depth([entry["args"], entry["kwargs"]]) > MAX_DEPTH:
            raise ReplayError("the recorded program holds lists that lie too deep")
    return program


def _are_names(after: Sequence[Any], makes: Sequence[Any]) -> bool:
    return all(isinstance(name, str) for name in [*after, *(name for name in makes if name is not None)])


def _depth(value: Any) -> int:
    """How deep lists and dicts lie in one another, level by level: deep ones would exhaust the stack."""
    depth, level = 0, [value]
    while level and depth <= MAX_DEPTH:
        level = [item for one in level for item in (one.values() if isinstance(one, dict) else one)
                 if isinstance(item, (dict, list))]  # fmt: skip
        depth += 1
    return depth


def _resolve(name: Any) -> Any:
    if not isinstance(name, str) or not name.isascii() or not name.startswith("aten::"):
        raise ReplayError(f"operation {str(name)[:60]} is not one that the judge runs")
    base, _, overload = name.partition(".")
    packet = getattr(torch.ops.aten, base.removeprefix("aten::"), None)
    function = getattr(packet, overload or "default", None) if packet is not None else None
    if not isinstance(function, torch._ops.OpOverload) or not _allowed(base, function):
        raise ReplayError(f"operation {name[:60]} is not one that the judge runs")
    return function


def _allowed(base: str, function: Any) -> bool:
    tags = set(function.tags)
    if careful.refused(function):
        return False
    if base in DETERMINISTIC_HERE:
        return True
    if base in NEVER or torch.Tag.nondeterministic_seeded in tags or torch.Tag.inplace_view in tags - set(ALLOWED_TAGS):
        return base in ("aten::unsqueeze_", "aten::squeeze_", "aten::transpose_", "aten::t_")
    plain = base.removesuffix("_") if not base.startswith("aten::__") else base
    return base in ALSO_ALLOWED or plain in ALSO_ALLOWED or bool(tags & set(ALLOWED_TAGS))


def _decode(value: Any, tensors: Mapping[str, torch.Tensor]) -> Any:
    if isinstance(value, list):
        return [_decode(item, tensors) for item in value]
    if not isinstance(value, dict):
        return value
    (kind, content), *more = value.items()
    if more or not isinstance(content, str):
        raise ReplayError("the recorded program holds a malformed argument")
    if kind == "tensor":
        return _get(tensors, tensors, content)
    if kind == "float":
        return float(content)
    if kind == "dtype" and content in DTYPES:
        return DTYPES[content]
    if kind == "device" and content == "cpu":
        return torch.device("cpu")
    if kind == "layout" and content == "strided":
        return torch.strided
    if kind == "memory_format" and content in ("preserve_format", "contiguous_format"):
        return getattr(torch, content)
    raise ReplayError(f"the recorded program holds an argument {kind}={content[:40]!r} that the judge does not run")


def _replaced(value: torch.Tensor, override: Values) -> torch.Tensor:
    """Return a tensor like `value`, also in how it lies in memory: a later `view` may count on that."""
    return value.clone().copy_(torch.tensor(np.asarray(override)).reshape(value.shape))


def _get(first: Mapping[str, torch.Tensor], second: Mapping[str, torch.Tensor], ref: str) -> torch.Tensor:
    found = first.get(ref, second.get(ref))
    if found is None:
        raise ReplayError(f"the recorded program reads {ref[:40]!r} before it is made")
    return found


def _largest(arguments: Any) -> int:
    """The most numbers that an argument can ask for: a whole number, or a list of sizes."""
    largest = 1
    for argument in arguments:
        sizes = argument if isinstance(argument, list) else [argument]
        largest = max(largest, math.prod(size for size in sizes if type(size) is int and size > 0))
    return largest


def _reads(operation: dict[str, Any]) -> tuple[str, ...]:
    return (*_tensors(operation["args"]), *_tensors(operation["kwargs"]), *operation["after"])


def _tensors(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _tensors(item)
    elif isinstance(value, dict):
        if isinstance(value.get("tensor"), str):
            yield value["tensor"]
        else:
            for item in value.values():
                yield from _tensors(item)
