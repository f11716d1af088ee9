"""Run a recorded Keras graph again with TensorFlow's own operations, from a list of harmless ones."""

import base64
import binascii
import inspect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import tensorflow as tf
from google.protobuf.message import DecodeError
from tensorflow.python.framework import op_def_registry

from autograder.evidence.records import Recording
from autograder.exceptions import ReplayError
from autograder.judge.replay.network import Network, Node, Values, Weights

MAX_OPERATIONS = 20_000
"""Operations that one forward pass may have, calls written out."""

MAX_STEPS = 50_000
"""Operations that one run may execute, loops included."""

MAX_NUMEL = 50_000_000
"""Numbers that one value may hold."""

MAX_DEPTH = 20
"""Functions that may call one another."""

PARAMETER = "_parameter"
"""The attribute by which a placeholder of the graph tells which parameter it stands for."""

_PURE = """
Identity IdentityN Snapshot StopGradient PreventGradient Cast Bitcast EnsureShape CheckNumerics Add AddV2 AddN
Sub Mul MulNoNan Div DivNoNan RealDiv FloorDiv TruncateDiv FloorMod Mod Pow Neg Abs Sign Square Sqrt Rsqrt
Reciprocal Inv SquaredDifference Xdivy Xlogy Xlog1py Exp Expm1 Log Log1p Sin Cos Tan Asin Acos Atan Atan2 Sinh
Cosh Tanh Asinh Acosh Atanh Erf Erfc Erfinv Ndtri Lgamma Digamma Sigmoid Softplus Softsign Relu Relu6
LeakyRelu Elu Selu Softmax LogSoftmax Ceil Floor Round Rint Maximum Minimum ClipByValue IsNan IsInf IsFinite
NextAfter Equal NotEqual ApproximateEqual Less LessEqual Greater GreaterEqual LogicalAnd LogicalOr LogicalNot
Select SelectV2 Where Bucketize LowerBound UpperBound MatMul BatchMatMul BatchMatMulV2 BatchMatMulV3 BiasAdd
BiasAddV1 Einsum Cross L2Loss MatrixBandPart MatrixDiag MatrixDiagV2 MatrixDiagV3 MatrixDiagPart
MatrixDiagPartV2 MatrixDiagPartV3 Diag DiagPart MatrixInverse MatrixDeterminant Cholesky Sum Mean Prod Max Min
Any All ArgMax ArgMin Cumsum Cumprod CumulativeLogsumexp EuclideanNorm TopK TopKV2 NthElement InTopKV2
SegmentSum SegmentMean SegmentMax UnsortedSegmentSum UnsortedSegmentMax Shape ShapeN Size Rank Reshape Squeeze
ExpandDims Transpose ConjugateTranspose BroadcastTo BroadcastArgs BroadcastGradientArgs InvertPermutation
Concat ConcatV2 ConcatOffset Split SplitV Pack Unpack ParallelConcat Slice StridedSlice Tile Pad PadV2
MirrorPad Reverse ReverseV2 ReverseSequence Roll Gather GatherV2 GatherNd ScatterNd TensorScatterUpdate
TensorScatterAdd TensorScatterSub TensorScatterMax TensorScatterMin TensorStridedSliceUpdate OneHot Fill
ZerosLike OnesLike Range LinSpace Unique UniqueV2 DynamicPartition DynamicStitch Conv2D DepthwiseConv2dNative
Conv3D MaxPool MaxPoolV2 AvgPool MaxPool3D AvgPool3D SpaceToBatchND BatchToSpaceND FusedBatchNorm
FusedBatchNormV2 FusedBatchNormV3 LRN TensorListReserve EmptyTensorList TensorListSetItem TensorListGetItem
TensorListPushBack TensorListPopBack TensorListStack TensorListFromTensor TensorListLength
TensorListElementShape TensorListGather TensorListConcatV2
"""

PURE = frozenset(_PURE.split())
"""Operations that only compute; each is executed as TensorFlow has it."""

SAME = 1e-5
"""What rounding in float32 may leave between one gradient and the sum of its parts."""

READS = frozenset({"ReadVariableOp", "ResourceGather", "ResourceGatherNd", "VariableShape"})
"""Operations on variables, executed on the parameter's value instead."""

CALLS = frozenset({"PartitionedCall", "StatefulPartitionedCall"})

CONTROL = frozenset({"While", "StatelessWhile", "If", "StatelessIf", "Case", "StatelessCase"})

NEVER_RUN = frozenset({"NoOp", "Assert", "PrintV2", "StringFormat"})
"""May stand in a graph without being executed: no number depends on them."""

ALLOWED = PURE | READS | CALLS | CONTROL | NEVER_RUN | {"Const", "Placeholder"}

RENAMED = {("Squeeze", "squeeze_dims"): "axis"}
"""Attributes that `tf.raw_ops` calls otherwise than the operation's definition does."""

ERRORS = (tf.errors.OpError, ValueError, TypeError, RuntimeError, NotImplementedError, LookupError, AttributeError,
          OverflowError, MemoryError)  # fmt: skip

GROWTH: dict[str, Callable[[Sequence[Any]], float]] = {
    "Fill": lambda v: _product(v[0]),
    "BroadcastTo": lambda v: _product(v[1]),
    "Tile": lambda v: _product(v[0].shape) * _product(v[1]),
    "ScatterNd": lambda v: _product(v[2]),
    "OneHot": lambda v: _product(v[0].shape) * float(v[1]),
    "Range": lambda v: abs(float(v[1]) - float(v[0])) / max(abs(float(v[2])), 1e-12),
    "LinSpace": lambda v: float(v[2]),
    "TensorListReserve": lambda v: float(v[1]),
    "Pad": lambda v: _product(np.add(v[0].shape, np.sum(v[1], axis=1))),
    "PadV2": lambda v: _product(np.add(v[0].shape, np.sum(v[1], axis=1))),
}
"""How many numbers an operation will make whose inputs say so, asked before it takes the memory."""

Environment = dict[str, Any]


@dataclass(frozen=True)
class _Operation:
    """One operation; its values are called `name:0`, `name:1` and so on."""

    name: str
    kind: str
    reads: tuple[str, ...]
    count: int
    compute: Callable[["_Run", list[Any]], Sequence[Any]]

    @property
    def makes(self) -> tuple[str, ...]:
        return tuple(f"{self.name}:{rank}" for rank in range(self.count))


@dataclass(frozen=True)
class _Body:
    """A function of the graph's library, ready to be executed."""

    arguments: tuple[str, ...]
    operations: tuple[_Operation, ...]
    results: tuple[str, ...]

    def __call__(self, run: "_Run", values: Sequence[Any]) -> list[Any]:
        if len(values) != len(self.arguments):
            raise ReplayError(f"a function of the recorded graph takes {len(self.arguments)} values, not {len(values)}")
        made = run.execute(self.operations, dict(zip(self.arguments, values, strict=True)), {})
        return [_get(made, ref) for ref in self.results]


class _Run:
    """One execution, with a count of its steps so that no loop goes on for ever."""

    def __init__(self) -> None:
        self.steps = 0

    def execute(
        self, operations: Sequence[_Operation], values: Environment, override: Mapping[str, Values]
    ) -> Environment:
        for operation in operations:
            self.steps += 1
            if self.steps > MAX_STEPS:
                raise ReplayError(f"the recorded graph takes more than {MAX_STEPS} steps; too long to judge")
            made = self._compute(operation, values)
            for ref, value in zip(operation.makes, made, strict=True):
                values[ref] = _replaced(value, override[ref]) if ref in override else value
        return values

    def _compute(self, operation: _Operation, values: Environment) -> Sequence[Any]:
        try:
            read = [_get(values, ref) for ref in operation.reads]
            if operation.kind in GROWTH and GROWTH[operation.kind](read) > MAX_NUMEL:
                raise ReplayError(f"operation {operation.kind} makes more than {MAX_NUMEL} numbers; too large to judge")
            made = operation.compute(self, read)
        except ReplayError:
            raise
        except ERRORS as error:
            raise ReplayError(f"operation {operation.kind} cannot be run again: {_first_line(error)}") from None
        if len(made) != operation.count:
            raise ReplayError(f"operation {operation.kind} makes {len(made)} values instead of {operation.count}")
        for value in made:
            if (value.shape.num_elements() or 0) > MAX_NUMEL:
                raise ReplayError(f"operation {operation.kind} makes {value.shape.num_elements()} numbers; too large")
        return made


class KerasNetwork(Network):
    """A recorded TensorFlow graph, with calls of functions written out in their place."""

    def __init__(self, recording: Recording) -> None:
        super().__init__(recording)
        try:
            reader = _Reader(_graph(recording.program), recording)
            self._operations = reader.operations
        except ERRORS as error:
            raise ReplayError(f"the recorded graph is malformed: {_first_line(error)}") from None
        self._aliases = reader.aliases
        self._constants = {p.name: tf.constant(p.value) for p in recording.parameters}
        self._needed: dict[frozenset[str], tuple[_Operation, ...]] = {}

    @cached_property
    def nodes(self) -> Sequence[Node]:
        """Every value that an operation made."""
        return tuple(Node(ref, op.kind, op.reads) for op in self._operations for ref in op.makes)

    @property
    def output_refs(self) -> tuple[str, ...]:
        """The references of the outputs, in the order of the heads."""
        return tuple(self._aliases.get(ref, ref) for ref in super().output_refs)

    def run(
        self,
        x: Values,
        weights: Weights | None = None,
        want: Sequence[str] | None = None,
        override: Mapping[str, Values] | None = None,
    ) -> list[Values]:
        """See `Network.run`."""
        refs = self.output_refs if want is None else want
        values = self._execute(self._tensors(x, weights), refs, override or {})
        return [_numbers(_get(values, ref)) for ref in refs]

    def gradients(
        self, x: Values, ref: str, seeds: Iterable[Values], weights: Weights | None = None
    ) -> Iterator[dict[str, Values | None]]:
        """See `Network.gradients`."""
        tensors = self._tensors(x, weights)
        names = self._differentiable()
        leaves = [tensors[name] for name in names]
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(leaves)
            value = tf.cast(_get(self._execute(tensors, [ref], {}), ref), tf.float64)
        for seed in seeds:
            factor = tf.reshape(tf.constant(np.asarray(seed, np.float64)), value.shape)
            try:
                found = tape.gradient(value, leaves, factor)
            except ERRORS as error:
                raise ReplayError(f"the recorded graph has no gradient: {_first_line(error)}") from None
            yield {
                name: None if gradient is None else tf.convert_to_tensor(gradient).numpy()
                for name, gradient in zip(names, found, strict=True)
            }

    def by_row(self, x: Values, ref: str) -> dict[str, Values | None]:
        """See `Network.by_row`; one backward pass tells all rows where each goes its own way through dense layers."""
        try:
            found = self._through_dense_layers(x, ref)
        except ERRORS:
            found = None
        if found is None or not self._agrees(found, x, ref):
            return super().by_row(x, ref)
        return found

    def _through_dense_layers(self, x: Values, ref: str) -> dict[str, Values | None] | None:
        """The gradients by row, if no row is mixed with another; None where a parameter is used in another way."""
        tensors = self._tensors(x, None)
        leaves = {name: tensors[name] for name in self._differentiable()}
        with tf.GradientTape() as tape:
            tape.watch(list(leaves.values()))
            value = _get(self._execute(tensors, [ref], {}), ref)
        users = {name: self._users(tensors, leaf, ref) for name, leaf in leaves.items()}
        used = [name for name in leaves if users[name]]
        layers = [self._layer(tensors, leaves[name], users[name]) for name in used]
        if value.shape.num_elements() != self.rows or any(layer is None for layer in layers):
            return None
        slopes = tape.gradient(value, [made for _, made in filter(None, layers)])
        found: dict[str, Values | None] = dict.fromkeys(leaves)
        for name, (given, _), slope in zip(used, filter(None, layers), slopes, strict=True):
            if slope is not None:
                found[name] = slope.numpy() if given is None else np.einsum("ri,rj->rij", given.numpy(), slope.numpy())
        return found

    def _users(self, tensors: Environment, leaf: Any, ref: str) -> list[_Operation]:
        """The operations on the way to `ref` that compute with a parameter."""
        return [
            operation
            for operation in self._needed[frozenset([ref])]
            if operation.kind not in READS and any(tensors[read] is leaf for read in operation.reads)
        ]

    def _layer(self, tensors: Environment, leaf: Any, users: Sequence[_Operation]) -> tuple[Any, Any] | None:
        """What a dense layer multiplies with its parameter, None for one that it adds, and what it makes of that."""
        if len(users) != 1 or len(users[0].reads) != 2 or tensors[users[0].reads[1]] is not leaf:
            return None
        given, made = tensors[users[0].reads[0]], tensors[users[0].makes[0]]
        if users[0].kind == "MatMul" and made.shape == (self.rows, leaf.shape[-1]):
            return given, made
        added = users[0].kind in {"BiasAdd", "AddV2"} and made.shape == (self.rows, *leaf.shape)
        return (None, made) if added else None

    def _agrees(self, found: Mapping[str, Values | None], x: Values, ref: str) -> bool:
        """Whether sums of the rows' gradients, with factors that nobody knows, are those of the network itself."""
        factors = np.random.default_rng().normal(size=(2, self.rows))
        for seed, whole in zip(factors, self.gradients(x, ref, factors), strict=True):
            for name, parts in found.items():
                gradient = whole[name]
                if parts is None or gradient is None:
                    if parts is not gradient:
                        return False
                    continue
                size = np.linalg.norm(np.tensordot(np.abs(seed), np.abs(parts), 1))
                if not np.linalg.norm(np.tensordot(seed, parts, 1) - gradient) <= SAME * size:
                    return False
        return True

    def _differentiable(self) -> list[str]:
        return [p.name for p in self.recording.parameters if p.value.dtype.kind == "f" and p.kind != "buffer"]

    def _tensors(self, x: Values, weights: Weights | None) -> Environment:
        tensors = dict(self._constants)
        for name, value in (weights or {}).items():
            tensors[name] = tf.constant(np.asarray(value, dtype=self.weights[name].dtype))
        tensors[self.recording.input_ref] = tf.constant(np.asarray(x, dtype=self.recording.x.dtype))
        return tensors

    def _execute(self, tensors: Environment, want: Sequence[str], override: Mapping[str, Values]) -> Environment:
        wanted = frozenset(want)
        if wanted not in self._needed:
            self._needed[wanted] = self._only_for(wanted)
        return _Run().execute(self._needed[wanted], tensors, override)

    def _only_for(self, wanted: frozenset[str]) -> tuple[_Operation, ...]:
        """The operations on which these values depend: what is only ordered by control edges has no say in them."""
        needed, kept = set(wanted), []
        for operation in reversed(self._operations):
            if needed.intersection(operation.makes):
                needed.update(operation.reads)
                kept.append(operation)
        return tuple(reversed(kept))


class _Reader:
    """Turns a graph and its library into operations, checking every one, reached or not."""

    def __init__(self, graph: Any, recording: Recording) -> None:
        self.aliases: dict[str, str] = {}
        self._library = {function.signature.name: function for function in graph.library.function}
        self._known = {p.name for p in recording.parameters} | {recording.input_ref}
        self._parameters = {p.name for p in recording.parameters}
        self._count = 0
        for node in [*graph.node, *(node for function in graph.library.function for node in function.node_def)]:
            if node.op not in ALLOWED:
                raise ReplayError(f"operation {node.op[:60]} is not one that the judge runs")
        if recording.input_ref in self._parameters:
            raise ReplayError("the recorded graph calls its input as one of its parameters")
        self.operations = tuple(self._operations(graph.node, "", None, 0))
        made = Counter(ref for operation in self.operations for ref in operation.makes)
        if any(times > 1 for times in made.values()) or self._known & set(made):
            raise ReplayError("the recorded graph holds two operations of one name")
        self._check_order(self.operations, set(self._known))
        missing = [o.ref for o in recording.outputs if self.aliases.get(o.ref, o.ref) not in set(made) | self._known]
        if missing:
            raise ReplayError(f"the recorded graph does not make the output {missing[0][:40]!r}")

    @staticmethod
    def _check_order(operations: Sequence[_Operation], known: set[str]) -> None:
        for operation in operations:
            for ref in operation.reads:
                if ref not in known:
                    raise ReplayError(f"the recorded graph reads {ref[:40]!r} before it is made")
            known.update(operation.makes)

    def _operations(
        self, nodes: Sequence[Any], prefix: str, arguments: Mapping[str, str] | None, depth: int
    ) -> Iterator[_Operation]:
        """Write out nodes; in a function's body, `arguments` says what its arguments stand for."""
        inside = {node.name: node for node in nodes} if arguments is not None else None
        for node in nodes:
            self._count += 1
            self._check_size(depth)
            if node.op in NEVER_RUN:
                continue
            if node.op == "Placeholder":
                self._placeholder(node, prefix)
                continue
            reads = tuple(
                self._resolve(text, prefix, inside, arguments or {}) for text in node.input if not text.startswith("^")
            )
            if node.op in CALLS:
                yield from self._call(node, prefix, reads, depth)
            else:
                yield _Operation(prefix + node.name, node.op, reads, _output_count(node), self._compute(node, depth))

    def _check_size(self, depth: int) -> None:
        if self._count > MAX_OPERATIONS or depth > MAX_DEPTH:
            raise ReplayError(f"the recorded graph has more than {MAX_OPERATIONS} operations or {MAX_DEPTH} levels")

    def _placeholder(self, node: Any, prefix: str) -> None:
        ref = f"{prefix}{node.name}:0"
        name = node.attr[PARAMETER].s.decode() if PARAMETER in node.attr else ref
        if name not in self._known or prefix:
            raise ReplayError(f"the recorded graph has an input {ref[:40]!r} that is neither X nor a parameter")
        if name != ref:
            self.aliases[ref] = name

    def _resolve(self, text: str, prefix: str, inside: Mapping[str, Any] | None, arguments: Mapping[str, str]) -> str:
        name, *rest = text.split(":")
        if inside is None:
            ref = f"{prefix}{name}:{rest[0] if rest else 0}"
        elif not rest:
            if name not in arguments:
                raise ReplayError(f"the recorded graph reads {text[:40]!r} before it is made")
            ref = arguments[name]
        else:
            ref = f"{prefix}{name}:{_place(inside, name, rest)}"
        return self.aliases.get(ref, ref)

    def _call(self, node: Any, prefix: str, reads: tuple[str, ...], depth: int) -> Iterator[_Operation]:
        """Write out a called function in the place of the call."""
        function = self._function(node.attr["f"].func.name)
        inner = f"{prefix}{node.name}/"
        names = [argument.name for argument in function.signature.input_arg]
        if len(names) != len(reads):
            raise ReplayError(f"a function of the recorded graph takes {len(names)} values, not {len(reads)}")
        arguments = dict(zip(names, reads, strict=True))
        yield from self._operations(function.node_def, inner, arguments, depth + 1)
        for rank, ref in enumerate(self._results(function, inner, arguments)):
            self.aliases[f"{prefix}{node.name}:{rank}"] = ref

    def _results(self, function: Any, prefix: str, arguments: Mapping[str, str]) -> list[str]:
        inside = {node.name: node for node in function.node_def}
        self._count += len(function.signature.output_arg)
        self._check_size(0)
        return [
            self._resolve(function.ret[output.name], prefix, inside, arguments)
            for output in function.signature.output_arg
        ]

    def _function(self, name: str) -> Any:
        if name not in self._library:
            raise ReplayError(f"the recorded graph calls {name[:40]!r}, which it does not hold")
        return self._library[name]

    def _body(self, name: str, depth: int) -> _Body:
        function = self._function(name)
        # A body is executed with values of its own, so its names need not be told from those outside.
        outer, self.aliases = self.aliases, {}
        arguments = {argument.name: f"argument {argument.name}" for argument in function.signature.input_arg}
        operations = tuple(self._operations(function.node_def, f"{name}/", arguments, depth + 1))
        results = tuple(self._results(function, f"{name}/", arguments))
        self.aliases = outer
        self._check_order(operations, set(arguments.values()))
        return _Body(tuple(arguments.values()), operations, results)

    def _compute(self, node: Any, depth: int) -> Callable[[_Run, list[Any]], Sequence[Any]]:
        if node.op == "Const":
            return _constant(node)
        if node.op in READS:
            return _reading(node)
        if node.op in ("While", "StatelessWhile"):
            return _loop(*(self._body(node.attr[key].func.name, depth) for key in ("cond", "body")))
        if node.op in ("If", "StatelessIf"):
            return _choice(*(self._body(node.attr[key].func.name, depth) for key in ("else_branch", "then_branch")))
        if node.op in ("Case", "StatelessCase"):
            return _choice(*(self._body(branch.name, depth) for branch in node.attr["branches"].list.func))
        return _pure(node)


def _graph(program: str) -> Any:
    try:
        return tf.compat.v1.GraphDef.FromString(base64.b64decode(program, validate=True))
    except (binascii.Error, DecodeError, ValueError) as error:
        raise ReplayError(f"the recorded program is not a graph: {_first_line(error)}") from None


def _constant(node: Any) -> Callable[[_Run, list[Any]], Sequence[Any]]:
    proto = node.attr["value"].tensor
    if proto.dtype == tf.string.as_datatype_enum:
        return lambda _run, _values: _refuse("the recorded graph computes with text")
    count = 1
    for size in proto.tensor_shape.dim:
        count *= max(size.size, 0)
    if count > MAX_NUMEL:
        raise ReplayError(f"the recorded graph holds a constant of {count} numbers; too large")
    value = tf.constant(tf.make_ndarray(proto))
    return lambda _run, _values: [value]


def _reading(node: Any) -> Callable[[_Run, list[Any]], Sequence[Any]]:
    if node.op == "ReadVariableOp":
        return lambda _run, values: [values[0]]
    if node.op == "VariableShape":
        dtype = tf.as_dtype(node.attr["out_type"].type or tf.int32)
        return lambda _run, values: [tf.shape(values[0], out_type=dtype)]
    if node.op == "ResourceGatherNd":
        return lambda _run, values: [tf.gather_nd(*values)]
    batch = node.attr["batch_dims"].i
    return lambda _run, values: [tf.gather(*values, axis=batch, batch_dims=batch)]


def _loop(condition: _Body, body: _Body) -> Callable[[_Run, list[Any]], Sequence[Any]]:
    def compute(run: _Run, values: list[Any]) -> Sequence[Any]:
        while bool(condition(run, values)[0]):
            run.steps += 1
            values = body(run, values)
        return values

    return compute


def _choice(*branches: _Body) -> Callable[[_Run, list[Any]], Sequence[Any]]:
    def compute(run: _Run, values: list[Any]) -> Sequence[Any]:
        chosen = int(values[0])
        return branches[chosen if 0 <= chosen < len(branches) else -1](run, values[1:])

    return compute


def _pure(node: Any) -> Callable[[_Run, list[Any]], Sequence[Any]]:
    """Execute through `tf.raw_ops`: inputs first, in the order of the operation's definition but by Python's names."""
    function = getattr(tf.raw_ops, node.op)
    accepted = tuple(inspect.signature(function).parameters)
    groups = list(zip(accepted, (_length(argument, node) for argument in _definition(node).input_arg), strict=False))
    names = {key: RENAMED.get((node.op, key), key) for key in node.attr}
    attributes = {names[key]: _attribute(value) for key, value in node.attr.items() if names[key] in accepted}

    def compute(_run: _Run, values: list[Any]) -> Sequence[Any]:
        queue = iter(values)
        inputs = {name: next(queue) if size is None else [next(queue) for _ in range(size)] for name, size in groups}
        made = function(**inputs, **attributes)
        return made if isinstance(made, (list, tuple)) else [made]

    expected = sum(1 if size is None else size for _, size in groups)
    if expected != sum(not text.startswith("^") for text in node.input):
        raise ReplayError(f"operation {node.op} reads {expected} values, the recorded graph gives it another number")
    return compute


def _definition(node: Any) -> Any:
    definition = op_def_registry.get(node.op)
    if definition is None:
        raise ReplayError(f"operation {node.op[:60]} is not one that this TensorFlow has")
    return definition


def _length(argument: Any, node: Any) -> int | None:
    """How many values an argument of an operation takes or makes; None for one that is not a list."""
    if argument.number_attr:
        size = node.attr[argument.number_attr].i
    elif argument.type_list_attr:
        size = len(node.attr[argument.type_list_attr].list.type)
    else:
        return None
    if not 0 <= size <= MAX_OPERATIONS:
        raise ReplayError(f"operation {node.op} has a list of {size} values; too large")
    return int(size)


def _output_count(node: Any) -> int:
    return sum(1 if size is None else size for size in (_length(arg, node) for arg in _definition(node).output_arg))


def _place(inside: Mapping[str, Any], name: str, rest: Sequence[str]) -> int:
    """Which of a node's values is meant by `node:output:rank`, as values are called in a function's body."""
    node = inside.get(name)
    if node is None or len(rest) != 2 or not rest[1].isdigit():
        raise ReplayError(f"the recorded graph reads {name[:40]!r} before it is made")
    before = 0
    for output in _definition(node).output_arg:
        if output.name == rest[0]:
            return before + int(rest[1])
        size = _length(output, node)
        before += 1 if size is None else size
    raise ReplayError(f"operation {node.op} has no output {rest[0][:40]!r}")


def _attribute(value: Any) -> Any:
    kind = value.WhichOneof("value")
    if kind == "list":
        return next((list(getattr(value.list, part)) for part in ("i", "f", "b", "s", "type", "shape")
                     if len(getattr(value.list, part))), [])  # fmt: skip
    if kind == "shape":
        return tf.TensorShape(value.shape)
    if kind in ("i", "f", "b", "s", "type"):
        return getattr(value, kind)
    raise ReplayError(f"the recorded graph holds an attribute of kind {kind} that the judge does not run")


def _product(sizes: Any) -> float:
    return float(np.prod(np.abs(np.asarray(sizes, dtype=np.float64))))


def _get(values: Mapping[str, Any], ref: str) -> Any:
    found = values.get(ref)
    if found is None:
        raise ReplayError(f"the recorded graph reads {ref[:40]!r} before it is made")
    return found


def _replaced(value: Any, override: Values) -> Any:
    return tf.reshape(tf.cast(tf.constant(np.asarray(override)), value.dtype), value.shape)


def _numbers(value: Any) -> Values:
    """A value as an array; TensorFlow's lists and the like have no numbers of their own."""
    if value.dtype in (tf.variant, tf.resource, tf.string):
        return np.zeros(0)
    return np.array(value.numpy())


def _refuse(message: str) -> Sequence[Any]:
    raise ReplayError(message)


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
