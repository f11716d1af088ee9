"""The step of a student's own compiled loop tells its loss, changes nothing, and stays a question where it cannot."""

from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, losses
from problems import MULTITASK

from autograder.evidence.records import NotebookEvidence, TrainingEvidence
from autograder.judge import loss as topic
from autograder.judge.case import Case, Context
from autograder.judge.loss_challenge import make_loss_challenge
from autograder.probe import feeds
from autograder.probe.keras import record
from autograder.probe.loss_keras import Training
from autograder.probe.loss_keras import step as probe
from autograder.probe.own_step import OwnStep

CHALLENGE = make_loss_challenge(MULTITASK, 7)
RNG = np.random.default_rng(0)
X = RNG.normal(size=(64, 11)).astype("float32")
Y = RNG.integers(3, 9, 64).astype("float32")
T = (Y >= 6).astype("float32")
REG, CLA, WEI = topic.criteria(MULTITASK)

Loss = Callable[[Any, Any, Any, Any], Any]

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    feeds.watch()
    feeds.forget()
    yield
    feeds.forget()


def net() -> keras.Model:
    x = keras.Input((11,))
    h = layers.Dropout(0.3)(layers.Dense(16, "relu")(x))
    h = layers.BatchNormalization()(layers.Dense(12, "relu")(h))
    return keras.Model(x, [layers.Dense(1)(h), layers.Dense(1, "sigmoid")(h)])


def mse(q: Any, y: Any) -> Any:
    return tf.reduce_mean((q - y) ** 2)


def bce(g: Any, t: Any) -> Any:
    return tf.reduce_mean(losses.binary_crossentropy(t, g))


def plain(q: Any, y: Any, g: Any, t: Any) -> Any:
    return 0.5 * mse(q, y) + bce(g, t)


def train(
    model: keras.Model,
    loss: Loss,
    *,
    change: Callable[[Any], Any] = lambda gradients: gradients,
    compiler: Any = tf.function,
    labels: Any = lambda y, t: {"quality": y, "good": t},
) -> None:
    optimizer = keras.optimizers.Adam(1e-3)

    def step(x: Any, given: Any) -> Any:
        y, t = (given["quality"], given["good"]) if isinstance(given, dict) else (given[:, 0], given[:, 1])
        y, t = (tf.reshape(tf.cast(part, tf.float32), (-1, 1)) for part in (y, t))
        with tf.GradientTape() as tape:
            q, g = model(x, training=True)
            value = loss(q, y, g, t)
        gradients = change(tape.gradient(value, model.trainable_variables))
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return value

    step = compiler(step)
    for start in (0, 16, 32, 48, 0):
        rows = slice(start, start + 16)
        step(tf.constant(X[rows]), labels(Y[rows], T[rows]))


def own() -> OwnStep | None:
    stepper = feeds.stepper()
    return OwnStep(stepper, feeds.Fed(X, (Y, T))) if stepper is not None else None


def outcome(model: keras.Model, step: OwnStep | None) -> dict[str, str]:
    with feeds.paused():
        evidence = probe(model, ((X,), (Y, T)), CHALLENGE, MULTITASK, Training(own=lambda: step))
        trained = record(model, X, MULTITASK)
    before = record(net(), X, MULTITASK)
    notebook = NotebookEvidence(
        framework="keras", step=evidence, architecture=before, training=TrainingEvidence(model=trained)
    )
    case = Case(notebook, Context(seed=1, problem=MULTITASK))
    topic.judge(case)
    return {name: v.fault or v.status for name, v in case.verdicts.items() if v.status != "pass"}


LOSSES: dict[str, tuple[Loss, dict[str, str]]] = {
    "right": (plain, {}),
    "smoothed": (lambda q, y, g, t: mse(q, y) + bce(g, 0.9 * t + 0.05), {}),
    "mae": (lambda q, y, g, t: tf.reduce_mean(tf.abs(q - y)) + bce(g, t), {REG: "mae"}),
    "huber": (lambda q, y, g, t: tf.reduce_mean(losses.huber(y, q)) + bce(g, t), {REG: "huber"}),
    "brier": (lambda q, y, g, t: mse(q, y) + mse(g, t), {CLA: "squared_error"}),
    "summed": (lambda q, y, g, t: tf.reduce_sum((q - y) ** 2) + bce(g, t), {REG: "sum"}),
    "detached": (lambda q, y, g, t: mse(tf.stop_gradient(q), y) + bce(g, t), {REG: "detached"}),
    "only quality": (lambda q, y, _g, _t: mse(q, y), {CLA: "missing", WEI: "not_judged"}),
}


@pytest.mark.parametrize("name", LOSSES)
def test_the_loss_of_an_own_loop_is_recognised(name: str) -> None:
    loss, expected = LOSSES[name]
    model = net()
    train(model, loss)
    found = outcome(model, own())
    assert {key: found.get(key) for key in expected} == expected
    assert set(found) <= {*expected, WEI} if expected else found == {}


class Trainer:
    """Has an optimizer for the first layers and one for the others, and a whole epoch in one graph."""

    def __init__(self, model: keras.Model, first: Callable[[Any, Any], Any]) -> None:
        self.model, self.first = model, first
        self.parts = (model.trainable_variables[:4], model.trainable_variables[4:])
        self.optimizers = [keras.optimizers.Adam(1e-3) for _ in self.parts]
        for optimizer, variables in zip(self.optimizers, self.parts, strict=True):
            optimizer.build(variables)

    @tf.function
    def epoch(self, data: Any) -> Any:
        last = tf.zeros(())
        for x, y, t in data:
            with tf.GradientTape(persistent=True) as tape:
                q, g = self.model(x, training=True)
                last = self.first(q, y) + bce(g, t)
            for optimizer, variables in zip(self.optimizers, self.parts, strict=True):
                optimizer.apply_gradients(zip(tape.gradient(last, variables), variables, strict=True))
        return last


@pytest.mark.parametrize(("first", "expected"), [(mse, {}), (lambda q, y: tf.reduce_mean(tf.abs(q - y)), {REG: "mae"})])
def test_a_whole_epoch_in_one_function_is_recognised(first: Any, expected: dict[str, str]) -> None:
    model = net()
    trainer = Trainer(model, first)
    for _ in range(2):
        trainer.epoch(tf.data.Dataset.from_tensor_slices((X, Y[:, None], T[:, None])).batch(16))
    found = outcome(model, own())
    assert {name: fault for name, fault in found.items() if name != WEI} == expected


def test_a_clipped_norm_is_seen_as_it_was_before() -> None:
    model = net()
    train(model, plain, change=lambda gradients: tf.clip_by_global_norm(gradients, 0.1)[0])
    assert outcome(model, own()) == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda gradients: [tf.clip_by_norm(gradient, 0.01) for gradient in gradients],
        lambda gradients: [tf.clip_by_value(gradient, -0.001, 0.001) for gradient in gradients],
        lambda gradients: [tf.sign(gradient) for gradient in gradients],
    ],
    ids=["norm", "value", "sign"],
)
def test_other_changes_of_the_gradients_are_never_a_fault(change: Any) -> None:
    model = net()
    train(model, plain, change=change)
    assert set(outcome(model, own()).values()) <= {"unsure", "not_judged"}


def test_nothing_is_changed() -> None:
    model = net()
    train(model, plain)
    step = own()
    before = [variable.numpy() for variable in model.variables]
    outcome(model, step)
    assert not tf.config.functions_run_eagerly()
    for value, variable in zip(before, model.variables, strict=True):
        np.testing.assert_array_equal(value, variable.numpy())
    train(model, plain)
    assert any(not np.array_equal(v, w.numpy()) for v, w in zip(before, model.variables, strict=True))


def test_an_eager_loop_stays_a_question() -> None:
    model = net()
    train(model, plain, compiler=lambda step: step)
    assert own() is None
    assert set(outcome(model, None).values()) == {"unsure"}


def test_two_functions_that_take_steps_in_turn_stay_a_question() -> None:
    model = net()
    train(model, lambda q, y, _g, _t: mse(q, y))
    train(model, lambda _q, _y, g, t: bce(g, t))
    assert own() is None


@pytest.mark.parametrize(
    "labels",
    [lambda y, t: {"quality": y / 8, "good": t}, lambda y, t: tf.stack([y, t], axis=1)],
    ids=["scaled", "one table"],
)
def test_labels_that_are_not_those_of_the_rows_stay_a_question(labels: Any) -> None:
    train(net(), plain, labels=labels)
    with pytest.raises(ValueError, match="labels"):
        own()
