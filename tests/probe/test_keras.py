"""The Keras probe records any model, built or not, disturbs nothing, and never raises."""

import random
import sys
from collections import namedtuple
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, ops
from problems import MULTITASK

from autograder.evidence.records import ModelEvidence, Recording
from autograder.probe.keras import ROWS, named_variables, record, take_apart

X = np.random.default_rng(0).normal(size=(100, 11)).astype("float32")
Pair = namedtuple("Pair", ["good", "quality"])


class Net(keras.Model):
    """Unbuilt until its first call."""

    def __init__(self, returns: Callable[..., Any] = lambda quality, good: (quality, good)) -> None:
        super().__init__()
        self.returns = returns
        self.trunk = keras.Sequential([layers.Dense(8, "relu"), layers.BatchNormalization(), layers.Dropout(0.5)])
        self.quality, self.good = layers.Dense(1), layers.Dense(1)

    def call(self, x: Any, training: bool = False) -> Any:
        h = self.trunk(x, training=training)
        return self.returns(self.quality(h), self.good(h))


def functional(order: tuple[str, ...] = ("quality", "good"), features: int = 11) -> keras.Model:
    x = keras.Input((features,))
    h = layers.Dense(8, "relu")(x)
    return keras.Model(x, [layers.Dense(1, name=name)(h) for name in order])


def recorded(model: Any, x: np.ndarray = X) -> Recording:
    evidence = record(model, x, MULTITASK)
    assert evidence.recording is not None, evidence.failure
    return evidence.recording


def failure(model: Any, x: np.ndarray = X) -> tuple[str, str]:
    evidence = record(model, x, MULTITASK)
    assert evidence.failure is not None
    assert "\n" not in evidence.failure.detail
    return evidence.failure.kind, evidence.failure.detail


@pytest.mark.parametrize(
    ("returns", "container", "named"),
    [
        (lambda q, g: (q, g), "tuple", False),
        (lambda q, g: [q, g], "list", False),
        (lambda q, g: {"good": g, "quality": q}, "dict", True),
        (lambda q, g: Pair(g, q), "named tuple", True),
        (lambda q, g: ops.concatenate([q, g], 1), "stacked", False),
    ],
)
def test_outputs_come_quality_first_whatever_holds_them(returns: Any, container: str, named: bool) -> None:
    model = Net(returns)
    recording = recorded(model)
    h = model.trunk(X[:ROWS], training=False)
    assert (recording.container, recording.named) == (container, named)
    assert [output.name for output in recording.outputs] == ["quality", "good"]
    for output, head in zip(recording.outputs, (model.quality, model.good), strict=True):
        np.testing.assert_allclose(output.value.reshape(-1, 1), head(h), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("order", [("quality", "good"), ("good", "quality")])
def test_a_functional_list_takes_the_names_of_its_output_layers(order: tuple[str, ...]) -> None:
    model = functional(order)
    recording = recorded(model)
    assert (recording.container, recording.named) == ("list", True)
    expected = dict(zip(order, model(X[:ROWS]), strict=True))
    for output in recording.outputs:
        np.testing.assert_allclose(output.value, expected[output.name], rtol=1e-6)


def test_a_container_is_filled_again_in_its_own_order() -> None:
    model = functional(("good", "quality"))
    returned = model(X[:4])
    found = take_apart(model, returned, MULTITASK.names)
    again = found.rebuild(list(found.tensors))
    assert all(one is other for one, other in zip(returned, again, strict=True))


def test_other_names_are_taken_by_place() -> None:
    recording = recorded(functional(("score", "label")))
    assert (recording.named, [output.name for output in recording.outputs]) == (False, ["quality", "good"])


def test_parameters_say_what_they_are() -> None:
    model = Net()
    model(X[:2])
    model.trunk.layers[0].trainable = False
    found = {p.name: (p.trainable, p.kind) for p in recorded(model).parameters}
    by_end = {"/".join(name.split("/")[-2:]): value for name, value in found.items()}
    assert [value for name, value in by_end.items() if name.endswith("moving_mean")] == [(False, "buffer")]
    assert [value for name, value in by_end.items() if name.endswith("gamma")] == [(True, "parameter")]
    kernel = next(name for name, v in named_variables(model).items() if v is model.trunk.layers[0].kernel)
    assert found[kernel] == (False, "parameter")


def test_each_output_tells_where_its_gradient_goes() -> None:
    class Detached(Net):
        def call(self, x: Any, training: bool = False) -> Any:
            h = self.trunk(x, training=training)
            return self.quality(h), self.good(ops.stop_gradient(h))

    quality, good = recorded(Detached()).outputs
    assert len(quality.reached or ()) > 2
    assert [name.rsplit("/", 1)[-1] for name in good.reached or ()] == ["kernel", "bias"]


def test_names_are_unique_where_paths_coincide() -> None:
    class Plain(keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.a = self.add_weight(shape=(11, 1), name="w")
            self.b = self.add_weight(shape=(11, 1), name="w")

        def call(self, x: Any) -> Any:
            return ops.matmul(x, self.a), ops.matmul(x, self.b)

    assert len({p.name for p in recorded(Plain()).parameters}) == 2


def states() -> tuple[Any, ...]:
    return random.getstate(), np.random.get_state()[1].tolist()


def test_nothing_is_disturbed() -> None:
    model = Net()
    model(X[:2])
    values = [variable.numpy() for variable in model.variables]
    before = states()
    recorded(model)
    assert states() == before
    for variable, value in zip(model.variables, values, strict=True):
        np.testing.assert_array_equal(variable.numpy(), value)


def test_building_an_unbuilt_model_draws_nothing_from_anyone() -> None:
    before = states()
    model = Net()
    drawn = states()
    recorded(model)
    assert model.built
    assert states() == drawn != before


def test_a_model_that_changes_itself_and_draws_is_put_back() -> None:
    class Careless(Net):
        def call(self, x: Any, training: bool = False) -> Any:
            random.random()
            np.random.rand()
            noisy = x + keras.random.normal(ops.shape(x)) + tf.random.normal(tf.shape(x))
            return super().call(noisy, training=True)

    model = Careless()
    model(X[:2])
    values = [variable.numpy() for variable in model.variables]

    def draws() -> list[Any]:
        return [keras.random.normal((3,)).numpy(), tf.random.normal((3,)).numpy(), random.random(), np.random.rand()]

    def seed() -> None:
        keras.utils.set_random_seed(5)
        keras.random.normal((1,))  # makes Keras' own generator

    seed()
    expected = draws()
    seed()
    record(model, X, MULTITASK)
    for one, other in zip(draws(), expected, strict=True):
        np.testing.assert_array_equal(one, other)
    for variable, value in zip(model.variables, values, strict=True):
        np.testing.assert_array_equal(variable.numpy(), value)


def test_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    record(Net(lambda q, g: (sys.stdout.write("here"), (q, g))[1]), X, MULTITASK)
    assert capsys.readouterr() == ("", "")


def test_integers_and_double_precision_are_recorded_as_they_are() -> None:
    assert recorded(functional(), X[:20].astype("float64")).x.dtype == np.float64
    assert recorded(functional(), (3 * X).astype("int64")).x.dtype == np.int64


def test_evidence_survives_the_wire() -> None:
    evidence = ModelEvidence(recording=recorded(Net()))
    assert ModelEvidence.from_wire(evidence.to_wire()).to_wire() == evidence.to_wire()


@pytest.mark.parametrize("thing", [None, 3, Net, lambda x: x, layers.Dense(2)])
def test_what_is_no_model_is_unsupported(thing: Any) -> None:
    kind, detail = failure(thing)
    assert kind == "unsupported"
    assert detail.startswith("geen keras.Model maar ")


class TwoArguments(Net):
    def call(self, x: Any, other: Any) -> Any:
        return super().call(ops.concatenate([x, other], 1))


def two_inputs() -> keras.Model:
    a, b = keras.Input((6,)), keras.Input((5,))
    return keras.Model([a, b], layers.Dense(1)(layers.Concatenate()([a, b])))


@pytest.mark.parametrize("build", [lambda: functional(features=8), TwoArguments, two_inputs])
def test_a_model_for_other_inputs_is_marked(build: Callable[[], keras.Model]) -> None:
    kind, detail = failure(build())
    assert kind == "raised"
    assert detail.startswith("inputs:11:")


def raising(error: BaseException) -> Any:
    def fail(quality: Any, good: Any) -> Any:
        raise error

    return fail


@pytest.mark.parametrize(
    "returns",
    [
        raising(ValueError("a\nb")),
        lambda q, g: "text",
        lambda q, g: (q, 3),
        lambda q, g: None,
        lambda q, g: ops.concatenate([q, g], 1) @ tf.ones((11, 8)),
    ],
)
def test_a_model_that_fails_inside_is_not_blamed_on_its_inputs(returns: Any) -> None:
    kind, detail = failure(Net(returns))
    assert kind == "raised"
    assert not detail.startswith("inputs:")
    assert "\x1b" not in detail


def test_a_model_that_runs_but_cannot_be_traced_says_so_without_paths() -> None:
    kind, detail = failure(Net(lambda q, g: (tf.constant(q.numpy()), g)))
    assert kind == "unrecorded"
    assert detail
    assert "/" not in detail


def test_a_model_without_its_base_is_raised() -> None:
    class Unfinished(keras.Model):
        def __init__(self) -> None:
            pass

    assert failure(Unfinished())[0] == "raised"
