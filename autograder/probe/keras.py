"""Record a Keras model's forward pass as the TensorFlow graph that its own call traces."""

import base64
import contextlib
import dataclasses
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import keras
import numpy as np
import tensorflow as tf

from autograder.evidence.problem import Problem
from autograder.evidence.records import Failure, ModelEvidence, Output, Parameter, Recording
from autograder.probe import inputs
from autograder.probe.arrays import FloatArray
from autograder.probe.containers import Leaves, apart, leaves
from autograder.probe.quiet import quiet

ROWS = 64
"""Rows in a recorded forward pass."""

PARAMETER = "_parameter"
"""The attribute by which a placeholder of the graph tells which parameter it stands for."""


def caller(
    model: Any, problem: Problem, widths: Sequence[int] = (), dtypes: Sequence[str] = ()
) -> Callable[..., Any]:
    """Return what calls a model on its inputs side by side, a tensor of shape (rows, sum of widths).

    One input, or none told, goes in as it is. Several are cut out, cast and given in the way that the model takes: a
    functional model as it was made, by the names of its inputs where these are the problem's; any other in one list,
    tuple or dict by name, or one by one; the first call finds out which. Keywords (`training`) are passed on.
    """
    if len(widths) < 2:
        whole: Callable[..., Any] = model
        return whole
    names = [one.name for one in problem.inputs]

    def cut(x: Any) -> list[Any]:
        parts = zip(inputs.bounds(widths), dtypes, strict=True)
        return [tf.cast(x[:, start:end], dtype) for (start, end), dtype in parts]

    return inputs.Caller(cut, _ways(model, names if len(names) == len(widths) else []))


def _ways(model: Any, names: list[str]) -> list[inputs.Way]:
    made = getattr(model, "inputs", None)
    if made and len(made) == len(names):
        return [_as_made(model, names)]
    all_in_one = [inputs.together(model, list), inputs.together(model, tuple), inputs.by_name(model, names)]
    separate = [inputs.one_by_one(model), inputs.by_keyword(model, names)]
    return [*separate, *all_in_one] if _wanted(model) == len(names) else [*all_in_one, *separate]


def _as_made(model: Any, names: list[str]) -> inputs.Way:
    """The way of a functional model: the structure of inputs of which it was made."""
    structure, own = model.input, [tensor.name for tensor in model.inputs]

    def call(parts: Sequence[Any], **keywords: Any) -> Any:
        given = dict(zip(names, parts, strict=True))
        if isinstance(structure, dict) and set(structure) == set(names):
            return model({key: given[key] for key in structure}, **keywords)
        flat = [given[name] for name in own] if set(own) == set(names) else list(parts)
        return model(keras.tree.pack_sequence_as(structure, flat), **keywords)

    return call


def record(
    model: Any, x: FloatArray, problem: Problem, widths: Sequence[int] = (), dtypes: Sequence[str] = ()
) -> ModelEvidence:
    """Record one forward pass of `model` with `training=False` on the first `ROWS` rows of `x`.

    `widths` and `dtypes` are those of several inputs, side by side in `x`; the recorded program cuts them out.
    An unbuilt model is built by it. Weights, other state and random states are left as they were.
    """
    if not isinstance(model, keras.Model):
        return _failure("unsupported", f"geen keras.Model maar {type(model).__name__}")
    try:
        return _Forward(model, problem, tuple(widths), tuple(dtypes)).evidence(np.array(x[:ROWS]))
    except Exception as error:  # even listing the variables of a student's model may raise
        return _failure("raised", _told(error))


def take_apart(model: Any, outputs: Any, heads: Sequence[str]) -> Leaves:
    """Find the heads in what a model returned; a list takes the names of a functional model's output layers.

    Raises TypeError for a container that is not recognised.
    """
    names = list(getattr(model, "output_names", None) or ())
    if isinstance(outputs, (list, tuple)) and set(names) == set(heads) and len(names) == len(outputs) == len(heads):
        named = leaves(dict(zip(names, outputs, strict=True)), tf.is_tensor, heads)
        return dataclasses.replace(
            named,
            container=type(outputs).__name__,
            rebuild=lambda tensors: type(outputs)(tensors[list(heads).index(name)] for name in names),
        )
    return apart(leaves(outputs, tf.is_tensor, heads), lambda tensors: tf.stack(tensors, 1), heads)


def named_variables(model: Any) -> dict[str, Any]:
    """Return every variable of a built model by a name of its own: its path, numbered where paths coincide."""
    found: dict[str, Any] = {}
    for variable in model.variables:
        found[_unused(variable.path, found)] = variable
    return found


@contextlib.contextmanager
def undisturbed(model: Any) -> Iterator[None]:
    """Give back the values of the model's variables as they were."""
    values = [(variable, variable.numpy()) for variable in model.variables]
    try:
        yield
    finally:
        for variable, value in values:
            if not np.array_equal(variable.numpy(), value, equal_nan=value.dtype.kind == "f"):
                variable.assign(value)


@dataclasses.dataclass(frozen=True)
class _Forward:
    """A model, and how it is to be called."""

    model: Any
    problem: Problem
    widths: tuple[int, ...]
    dtypes: tuple[str, ...]

    def evidence(self, batch: FloatArray) -> ModelEvidence:
        def call(rows: FloatArray, widths: Sequence[int]) -> Any:
            return caller(self.model, self.problem, widths, self.dtypes)(tf.convert_to_tensor(rows), training=False)

        with quiet(), undisturbed(self.model):
            try:
                forward = caller(self.model, self.problem, self.widths, self.dtypes)
                found = self._outputs(forward, tf.convert_to_tensor(batch))
                reached = self._reached(forward, batch)
            except Exception as error:  # the student's call may raise anything
                mark = inputs.refusal(batch, error, call, _wanted(self.model), self.widths)
                return _failure("raised", mark + _told(error))
            try:
                return ModelEvidence(recording=self._record(forward, batch, found, reached))
            except Exception as error:  # so may tracing it
                return _failure("unrecorded", _told(error))

    def _outputs(self, forward: Callable[..., Any], rows: Any) -> Leaves:
        return take_apart(self.model, forward(rows, training=False), self.problem.names)

    def _record(
        self, forward: Callable[..., Any], batch: FloatArray, found: Leaves, reached: Sequence[tuple[str, ...]]
    ) -> Recording:
        traced = self._trace(forward, batch)
        rows, captured = traced.inputs[:1], traced.captured_inputs
        names, parameters = _parameters(self.model, traced, captured)
        graph = traced.graph.as_graph_def()
        stands_for = {
            placeholder.op.name: name for placeholder, name in zip(traced.inputs[len(rows) :], names, strict=True)
        }
        for node in graph.node:
            if node.name in stands_for:
                node.attr[PARAMETER].s = stands_for[node.name].encode()
        return Recording(
            framework="keras",
            program=base64.b64encode(graph.SerializeToString()).decode(),
            input_ref=rows[0].name,
            x=batch,
            parameters=tuple(parameters),
            outputs=tuple(
                Output(name=name, ref=inner.name, value=value.numpy(), reached=flow)
                for name, inner, value, flow in zip(found.names, traced.outputs, found.tensors, reached, strict=True)
            ),
            container=found.container,
            named=found.named,
            widths=self.widths,
            dtypes=self.dtypes,
        )

    def _reached(self, forward: Callable[..., Any], batch: FloatArray) -> list[tuple[str, ...]]:
        """For each output, the names to which a gradient flows when the model runs as it is, not as a graph."""
        variables = {name: one for name, one in named_variables(self.model).items() if one.dtype[:5] == "float"}
        values = [variable.value for variable in variables.values()]
        with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
            tape.watch(values)
            outputs = self._outputs(forward, tf.convert_to_tensor(batch)).tensors
        gradients = [tape.gradient(output, values) for output in outputs]
        return [
            tuple(name for name, one in zip(variables, found, strict=True) if one is not None and _any(one))
            for found in gradients
        ]

    def _trace(self, forward: Callable[..., Any], batch: FloatArray) -> Any:
        """Trace for any number of rows, or for this one where the student's code needs to know it.

        AutoGraph, which takes longer than tracing does, comes in only where the student's code cannot do without.
        """
        as_written = tf.autograph.experimental.do_not_convert(take_apart)

        def traced(rows: Any) -> list[Any]:
            return list(as_written(self.model, forward(rows, training=False), self.problem.names).tensors)

        some = tf.TensorSpec((None, *batch.shape[1:]), tf.as_dtype(batch.dtype))
        for autograph in (False, True):
            with contextlib.suppress(Exception):  # the student's code may raise anything on an unknown size
                return tf.function(traced, autograph=autograph).get_concrete_function(some)
        return tf.function(traced).get_concrete_function(tf.TensorSpec(batch.shape, some.dtype))


def _any(gradient: Any) -> bool:
    """Whether some gradient flows: the call of a tf.function gives zeros where none does."""
    return bool(np.any(tf.convert_to_tensor(gradient).numpy()))


def _parameters(model: Any, traced: Any, captured: Sequence[Any]) -> tuple[list[str], list[Parameter]]:
    """The name of each captured tensor in turn, and everything that the model may read."""
    variables = named_variables(model)
    trainable, weights = {id(v) for v in model.trainable_variables}, _weights(model)
    parameters = {
        name: Parameter(
            name=name,
            value=variable.numpy(),
            trainable=id(variable) in trainable,
            kind="parameter" if id(variable) in trainable | weights else "buffer",
        )
        for name, variable in variables.items()
    }
    by_handle = {id(variable.value.handle): name for name, variable in variables.items()}
    loose = {id(variable.handle): variable for variable in traced.variables}
    names: list[str] = []
    for tensor in captured:
        name = by_handle.get(id(tensor))
        if name is None:
            name = _unused(loose[id(tensor)].name if id(tensor) in loose else "constant", parameters)
            parameters[name] = _loose(name, loose.get(id(tensor)), tensor)
        names.append(name)
    return names, list(parameters.values())


def _loose(name: str, variable: Any, tensor: Any) -> Parameter:
    """A captured variable that Keras does not keep, or a constant.  Raises TypeError for tables and the like."""
    if variable is not None:
        trainable = bool(variable.trainable)
        kind: Literal["parameter", "buffer"] = "parameter" if trainable else "buffer"
        return Parameter(name=name, value=variable.numpy(), trainable=trainable, kind=kind)
    if tensor.dtype in (tf.resource, tf.variant, tf.string):
        raise TypeError(f"the model reads a {tensor.dtype.name} that is not a variable")
    return Parameter(name=name, value=tensor.numpy(), trainable=False, kind="constant")


def _weights(model: Any) -> set[int]:
    """The variables made to be trained, frozen or not: only Keras' own lists tell them from moving averages."""
    layers = model._flatten_layers() if hasattr(model, "_flatten_layers") else [model]
    return {id(variable) for layer in layers for variable in getattr(layer, "_trainable_variables", ())}


def _unused(name: str, taken: Any) -> str:
    number, candidate = 0, name
    while candidate in taken:
        number += 1
        candidate = f"{name}_{number}"
    return candidate


def _wanted(model: Any) -> int | None:
    """How many inputs a model asks for, None for one that does not say."""
    made = getattr(model, "inputs", None)
    return len(made) if made else inputs.wanted(inspect.signature(model.call).parameters, ("training", "mask"))


def _told(error: BaseException) -> str:
    """The error in one line, without what Keras and TensorFlow wrap around the student's own mistake."""
    text = str(error)
    bold = re.search(r"\x1b\[1m(.*?)\x1b\[0m", text, re.DOTALL)
    if bold is not None:
        text = bold[1]
    elif "in user code:" in text:
        text = text.strip().splitlines()[-1].strip()
    plain = " ".join(re.sub(r"\{\{function_node \S+\}\}|\x1b\[\d*m", "", text).split())
    return f"{type(error).__name__}: {plain}"[:300]


def _failure(kind: Any, detail: str) -> ModelEvidence:
    return ModelEvidence(failure=Failure(kind=kind, name="model", detail=detail))
