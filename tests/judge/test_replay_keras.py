"""A recorded Keras network runs again exactly, and a hostile graph ends in one line."""

import base64
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
import zoo_keras
from problems import MULTITASK

from autograder.evidence.records import ModelEvidence, Output, Parameter, Recording
from autograder.exceptions import ReplayError
from autograder.judge.replay import Network, load
from autograder.probe.keras import record

X = np.ones((8, 2), dtype="float32")

FUSED_BY_TENSORFLOW = ("subclass with tf.function",)
"""TensorFlow itself rewrites a student's own tf.function, to the last bit but one."""


def recorded(model: Any, x: np.ndarray | None = None) -> Recording:
    evidence = record(model, zoo_keras.wines() if x is None else x, MULTITASK)
    assert evidence.recording is not None, evidence.failure
    return evidence.recording


@pytest.mark.parametrize("style", zoo_keras.RIGHT)
def test_every_style_survives_the_wire_and_runs_again_exactly(style: str) -> None:
    keras.utils.set_random_seed(0)
    again = ModelEvidence.from_wire(ModelEvidence(recording=recorded(zoo_keras.RIGHT[style]())).to_wire()).recording
    assert again is not None
    tolerance = 1e-6 if style in FUSED_BY_TENSORFLOW else 0.0
    for output, value in zip(again.outputs, load(again).run(again.x), strict=True):
        np.testing.assert_allclose(value, output.value, rtol=tolerance, atol=tolerance)


def test_other_inputs_and_other_weights_give_what_the_model_gives() -> None:
    model = zoo_keras.RIGHT["subclass, unbuilt"]()
    network = load(recorded(model))
    x = np.random.default_rng(3).normal(size=(150, zoo_keras.FEATURES)).astype("float32")
    other = {name: value * 0.5 + 0.1 for name, value in network.weights.items() if value.dtype.kind == "f"}
    for variable in model.variables:
        if variable.path in other:
            variable.assign(other[variable.path])
    for value, wanted in zip(network.outputs(x, other), model(x, training=False), strict=True):
        np.testing.assert_allclose(value, wanted, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("style", ["residual with layer norm", "binned", "gru", "subclass with tf.function"])
def test_gradients_are_those_of_the_model(style: str) -> None:
    keras.utils.set_random_seed(0)
    model = zoo_keras.RIGHT[style]()
    recording = recorded(model)
    seed = np.random.default_rng(0).normal(size=recording.outputs[0].value.shape).astype("float32")
    found = next(load(recording).gradients(recording.x, recording.outputs[0].ref, [seed]))
    with tf.GradientTape() as tape:
        returned = model(recording.x, training=False)
        total = tf.reduce_sum((returned["quality"] if isinstance(returned, dict) else returned[0]) * seed)
    for variable, wanted in zip(
        model.trainable_variables, tape.gradient(total, model.trainable_variables), strict=True
    ):
        if found[variable.path] is None:
            assert wanted is None or not np.any(wanted)
        else:
            np.testing.assert_allclose(found[variable.path], tf.convert_to_tensor(wanted), rtol=1e-4, atol=1e-5)


def test_rows_are_told_apart_where_a_batch_is_normalised_as_a_whole() -> None:
    x = keras.Input((zoo_keras.FEATURES,))
    h = keras.layers.Dense(4, "tanh")(x)
    h = h - keras.ops.mean(h, axis=0, keepdims=True)
    model = keras.Model(x, [keras.layers.Dense(1)(h), keras.layers.Dense(1)(h)])
    recording = recorded(model)
    found = load(recording).gradients(recording.x, recording.outputs[0].ref, np.eye(len(recording.x)))
    with tf.GradientTape(persistent=True) as tape:
        output = model(recording.x, training=False)[0]
    kernel = model.layers[1].kernel
    wanted = tape.jacobian(output, kernel.value, experimental_use_pfor=False)[:, 0]
    rows = np.stack([gradient[kernel.path] for gradient in found])
    np.testing.assert_allclose(rows, wanted, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("style", zoo_keras.RIGHT)
def test_the_gradients_of_all_rows_are_those_of_each_row(style: str) -> None:
    network = load(recorded(zoo_keras.RIGHT[style]()))
    for ref in network.output_refs:
        found = network.by_row(network.recording.x, ref)
        for name, wanted in Network.by_row(network, network.recording.x, ref).items():
            if wanted is None or found[name] is None:
                assert found[name] is wanted
            else:
                np.testing.assert_allclose(found[name], wanted, rtol=1e-5, atol=1e-6)


def test_a_network_of_dense_layers_needs_no_backward_pass_for_each_row(monkeypatch: pytest.MonkeyPatch) -> None:
    x = keras.Input((zoo_keras.FEATURES,))
    h = keras.layers.Dense(4, "tanh")(x)
    network = load(recorded(keras.Model(x, [keras.layers.Dense(1)(h), keras.layers.Dense(1)(h)])))
    passes: list[int] = []
    gradients = network.gradients

    def counted(at: Any, ref: str, seeds: Any, weights: Any = None) -> Any:
        passes.append(len(seeds))
        return gradients(at, ref, seeds, weights)

    monkeypatch.setattr(network, "gradients", counted)
    network.by_row(network.recording.x, network.output_refs[0])
    assert sum(passes) == 2


def test_no_gradient_passes_stop_gradient() -> None:
    recording = recorded(zoo_keras.WRONG["both detached"].build())
    output = recording.outputs[0]
    found = next(load(recording).gradients(recording.x, output.ref, [np.ones(output.value.shape)]))
    reached = {parameter.name: found.get(parameter.name) is not None for parameter in recording.parameters}
    assert sum(reached.values()) == 2
    assert set(output.reached or ()) == {name for name, there in reached.items() if there}


def test_an_inner_value_can_be_read_and_replaced() -> None:
    recording = recorded(zoo_keras.plain(good="linear")())
    network = load(recording)
    inner = [node.ref for node in network.nodes if node.op == "Relu"][-1]
    (hidden,) = network.run(recording.x, want=[inner])
    replaced = network.run(recording.x, override={inner: np.zeros_like(hidden)})
    np.testing.assert_array_equal(replaced[0], np.zeros((64, 1)))


def test_a_called_function_is_written_out() -> None:
    network = load(recorded(zoo_keras.WithFunction()))
    assert {node.op for node in network.nodes}.isdisjoint({"PartitionedCall", "StatefulPartitionedCall"})
    known = {node.ref for node in network.nodes} | set(network.weights) | {network.recording.input_ref}
    assert all(set(node.reads) <= known for node in network.nodes)


def traced(function: Callable[[Any], Any]) -> Any:
    """The graph of a function of the input, called `x`."""
    spec = tf.TensorSpec((None, 2), tf.float32, name="x")
    return tf.function(function).get_concrete_function(spec).graph.as_graph_def()


def changed(change: Callable[[Any], None], function: Callable[[Any], Any] = tf.nn.relu) -> Any:
    graph = traced(function)
    change(graph)
    return graph


def node(graph: Any, op: str) -> Any:
    return next(node for node in graph.node if node.op == op)


def rename_op(new: str) -> Callable[[Any], None]:
    def change(graph: Any) -> None:
        node(graph, "Relu").op = new

    return change


def read_nowhere(graph: Any) -> None:
    node(graph, "Relu").input[0] = "nowhere"


def read_itself(graph: Any) -> None:
    relu = node(graph, "Relu")
    relu.input[0] = relu.name


def read_twice(graph: Any) -> None:
    node(graph, "Relu").input.append("x")


def twice_the_name(graph: Any) -> None:
    graph.node.append(node(graph, "Relu"))


def foreign_parameter(graph: Any) -> None:
    node(graph, "Placeholder").attr["_parameter"].s = b"someone else's"


def not_utf8(graph: Any) -> None:
    node(graph, "Placeholder").attr["_parameter"].s = b"\xff\xfe"


def called(x: Any) -> Any:
    return tf.function(tf.nn.relu)(x)


def without_library(graph: Any) -> None:
    del graph.library.function[:]


def calls_itself(graph: Any) -> None:
    function = graph.library.function[0]
    relu = next(inner for inner in function.node_def if inner.op == "Relu")
    call = node(graph, "PartitionedCall")
    relu.op = "PartitionedCall"
    for key in ("f", "Tin", "Tout"):
        relu.attr[key].CopyFrom(call.attr[key])
    for inner in function.node_def:
        inner.input[:] = [text.replace(":activations:", ":output:") for text in inner.input]


def file_in_library(graph: Any) -> None:
    graph.library.function[0].node_def.add(name="file", op="ReadFile")


def results_without_end(graph: Any) -> None:
    """Ten thousand calls of a function that does nothing but return ten thousand times."""
    function = graph.library.function.add()
    function.signature.name = "wide"
    function.signature.input_arg.add(name="x", type=1)
    for rank in range(10_000):
        function.signature.output_arg.add(name=f"y{rank}", type=1)
        function.ret[f"y{rank}"] = "x"
    for rank in range(10_000):
        call = graph.node.add(name=f"call{rank}", op="PartitionedCall", input=[graph.node[0].name])
        call.attr["f"].func.name = "wide"


def loops_for_ever(x: Any) -> Any:
    return tf.while_loop(lambda i, y: i > -1, lambda i, y: (i * 0, y + 1), (0, x))[1]


def huge_constant(graph: Any) -> None:
    shape = node(graph, "Const").attr["value"].tensor.tensor_shape
    del shape.dim[:]
    for _ in range(3):
        shape.dim.add(size=10**6)


def lying_constant(graph: Any) -> None:
    tensor = node(graph, "Const").attr["value"].tensor
    tensor.tensor_content = b"123"
    tensor.tensor_shape.dim.add(size=5)


def longest_list(graph: Any) -> None:
    node(graph, "Pack").attr["N"].i = 10**9


def wrong_attribute(graph: Any) -> None:
    node(graph, "MatMul").attr["transpose_a"].s = b"yes"


HOSTILE: dict[str, Callable[[], Any]] = {
    "an empty graph": tf.compat.v1.GraphDef,
    "unknown": lambda: changed(rename_op("NoSuchOperation")),
    "a file": lambda: changed(rename_op("ReadFile")),
    "writes a file": lambda: traced(lambda x: [tf.io.write_file("f", tf.strings.as_string(x[0, 0])), x][1]),
    "python": lambda: traced(lambda x: tf.numpy_function(lambda y: y, [x], tf.float32)),
    "a table": lambda: changed(rename_op("HashTableV2")),
    "a variable of its own": lambda: changed(rename_op("VarHandleOp")),
    "a file in the library": lambda: changed(file_in_library, called),
    "random": lambda: traced(lambda x: x + tf.random.normal((8, 2))),
    "reads nowhere": lambda: changed(read_nowhere),
    "reads itself": lambda: changed(read_itself),
    "reads too much": lambda: changed(read_twice),
    "two of one name": lambda: changed(twice_the_name),
    "somebody else's parameter": lambda: changed(foreign_parameter),
    "a name that is no text": lambda: changed(not_utf8),
    "calls what is not there": lambda: changed(without_library, called),
    "calls itself": lambda: changed(calls_itself, called),
    "results without end": lambda: changed(results_without_end),
    "loops for ever": lambda: traced(loops_for_ever),
    "huge": lambda: traced(lambda x: tf.fill((10**6 + tf.shape(x)[0], 10**6), 1.0)),
    "huge range": lambda: traced(lambda x: tf.range(tf.cast(tf.shape(x)[0], tf.int64) * 10**12)),
    "huge constant": lambda: changed(huge_constant, lambda x: x + tf.constant(2.0)),
    "a constant that lies": lambda: changed(lying_constant, lambda x: x + tf.constant(2.0)),
    "a list of a thousand million": lambda: changed(longest_list, lambda x: tf.stack([x, x])),
    "wrong attribute": lambda: changed(wrong_attribute, lambda x: x @ tf.ones((2, 2))),
    "wrong shapes": lambda: traced(lambda x: tf.reshape(x, (3, -1))),
    "text": lambda: traced(lambda x: tf.strings.to_number(tf.constant("3"))),
}


def hostile(program: str) -> Recording:
    return Recording(
        framework="keras",
        program=program,
        input_ref="x:0",
        x=X,
        parameters=(Parameter(name="w", value=np.ones(2), trainable=True, kind="parameter"),),
        outputs=(Output(name="quality", ref="Identity:0", value=X),),
        container="tuple",
        named=False,
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_graph_ends_in_one_line(name: str) -> None:
    program = base64.b64encode(HOSTILE[name]().SerializeToString()).decode()
    with pytest.raises(ReplayError) as caught:
        load(hostile(program)).run(X)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("program", ["", "!", "AAAA", base64.b64encode(b"\xff" * 50).decode()])
def test_a_program_that_is_no_graph_ends_in_one_line(program: str) -> None:
    with pytest.raises(ReplayError) as caught:
        load(hostile(program)).run(X)
    assert "\n" not in str(caught.value)


def test_the_graph_on_which_the_hostile_ones_are_built_runs() -> None:
    program = base64.b64encode(traced(tf.nn.relu).SerializeToString()).decode()
    np.testing.assert_array_equal(load(hostile(program)).run(-X)[0], np.zeros_like(X))
