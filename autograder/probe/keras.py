"""Record a Keras model's forward pass as the TensorFlow graph that its own call traces."""

import base64
import contextlib
import dataclasses
import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import keras
import numpy as np
import tensorflow as tf

from autograder.evidence.records import Failure, ModelEvidence, Output, Parameter, Recording
from autograder.probe.arrays import FloatArray
from autograder.probe.containers import NAMES, Leaves, leaves
from autograder.probe.inputs import refusal
from autograder.probe.quiet import quiet

ROWS = 64
"""Rows in a recorded forward pass."""

PARAMETER = "_parameter"
"""The attribute by which a placeholder of the graph tells which parameter it stands for."""


def record(model: Any, x: FloatArray) -> ModelEvidence:
    """Record one forward pass of `model` with `training=False` on the first `ROWS` rows of `x`.

    An unbuilt model is built by it. Weights, other state and random states are left as they were.
    """
    if not isinstance(model, keras.Model):
        return _failure("unsupported", f"geen keras.Model maar {type(model).__name__}")
    try:
        return _attempt(model, np.array(x[:ROWS]))
    except Exception as error:  # even listing the variables of a student's model may raise
        return _failure("raised", _told(error))


def _attempt(model: Any, batch: FloatArray) -> ModelEvidence:
    def call(rows: FloatArray) -> Any:
        return model(tf.convert_to_tensor(rows), training=False)

    with quiet(), undisturbed(model):
        try:
            found = take_apart(model, call(batch))
            reached = _reached(model, batch)
        except Exception as error:  # the student's call may raise anything
            return _failure("raised", refusal(batch, error, call, _inputs(model)) + _told(error))
        try:
            return ModelEvidence(recording=_record(model, batch, found, reached))
        except Exception as error:  # so may tracing it
            return _failure("unrecorded", _told(error))


def take_apart(model: Any, outputs: Any) -> Leaves:
    """Find `quality` and `good` in what a model returned; a list takes the names of a functional model's output layers.

    Raises TypeError for a container that is not recognised.
    """
    names = list(getattr(model, "output_names", None) or ())
    if isinstance(outputs, (list, tuple)) and set(names) == set(NAMES) and len(names) == len(outputs) == len(NAMES):
        named = leaves(dict(zip(names, outputs, strict=True)), tf.is_tensor)
        return dataclasses.replace(
            named,
            container=type(outputs).__name__,
            rebuild=lambda tensors: type(outputs)(tensors[NAMES.index(name)] for name in names),
        )
    found = leaves(outputs, tf.is_tensor)
    if len(found.tensors) == 1 and found.tensors[0].shape.rank == 2 and found.tensors[0].shape[1] == 2:
        both = found.tensors[0]
        return Leaves(NAMES, (both[:, 0], both[:, 1]), "stacked", False, lambda tensors: tf.stack(tensors, 1))
    return found


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


def _record(model: Any, batch: FloatArray, found: Leaves, reached: Sequence[tuple[str, ...]]) -> Recording:
    traced = _trace(model, batch)
    inputs, captured = traced.inputs[:1], traced.captured_inputs
    names, parameters = _parameters(model, traced, captured)
    graph = traced.graph.as_graph_def()
    stands_for = {
        placeholder.op.name: name for placeholder, name in zip(traced.inputs[len(inputs) :], names, strict=True)
    }
    for node in graph.node:
        if node.name in stands_for:
            node.attr[PARAMETER].s = stands_for[node.name].encode()
    return Recording(
        framework="keras",
        program=base64.b64encode(graph.SerializeToString()).decode(),
        input_ref=inputs[0].name,
        x=batch,
        parameters=tuple(parameters),
        outputs=tuple(
            Output(name=name, ref=inner.name, value=value.numpy(), reached=flow)
            for name, inner, value, flow in zip(found.names, traced.outputs, found.tensors, reached, strict=True)
        ),
        container=found.container,
        named=found.named,
    )


def _reached(model: Any, batch: FloatArray) -> list[tuple[str, ...]]:
    """For each output, the names to which TensorFlow sends a gradient when the model runs as it is, not as a graph."""
    variables = {name: variable for name, variable in named_variables(model).items() if variable.dtype[:5] == "float"}
    values = [variable.value for variable in variables.values()]
    with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
        tape.watch(values)
        outputs = take_apart(model, model(tf.convert_to_tensor(batch), training=False)).tensors
    gradients = [tape.gradient(output, values) for output in outputs]
    return [
        tuple(name for name, gradient in zip(variables, found, strict=True) if gradient is not None and _any(gradient))
        for found in gradients
    ]


def _any(gradient: Any) -> bool:
    """Whether some gradient flows: the call of a tf.function gives zeros where none does."""
    return bool(np.any(tf.convert_to_tensor(gradient).numpy()))


def _trace(model: Any, batch: FloatArray) -> Any:
    """Trace for any number of rows, or for this one where the student's code needs to know it."""

    def forward(rows: Any) -> list[Any]:
        return list(take_apart(model, model(rows, training=False)).tensors)

    dtype = tf.as_dtype(batch.dtype)
    try:
        return tf.function(forward).get_concrete_function(tf.TensorSpec((None, *batch.shape[1:]), dtype))
    except Exception:  # the student's code may raise anything on an unknown size
        return tf.function(forward).get_concrete_function(tf.TensorSpec(batch.shape, dtype))


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


def _inputs(model: Any) -> int | None:
    """How many inputs a model asks for, None for one that does not say."""
    inputs = getattr(model, "inputs", None)
    if inputs:
        return len(inputs)
    parameters = inspect.signature(model.call).parameters.values()
    special = ("training", "mask")
    needed = [p for p in parameters if p.default is p.empty and p.kind < p.VAR_POSITIONAL and p.name not in special]
    return len(needed) if needed else None


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
