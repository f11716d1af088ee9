"""A real training step of a Keras model of one head and two inputs, or of three heads, tells its loss."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

keras = pytest.importorskip("keras")

import tensorflow as tf  # noqa: E402
from keras import layers, losses, ops  # noqa: E402
from loss_problems import ONE, THREE  # noqa: E402

from autograder.evidence.problem import Problem  # noqa: E402
from autograder.evidence.records import NotebookEvidence, StepEvidence, TrainingEvidence  # noqa: E402
from autograder.judge import loss as topic  # noqa: E402
from autograder.judge.case import Case, Context  # noqa: E402
from autograder.judge.loss_challenge import make_loss_challenge  # noqa: E402
from autograder.probe import feeds  # noqa: E402
from autograder.probe.keras import record  # noqa: E402
from autograder.probe.loss_keras import Training, step  # noqa: E402
from autograder.probe.own_step import OwnStep  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")

RNG = np.random.default_rng(0)
X = RNG.normal(size=(64, 4)).astype(np.float32)
TOKENS = RNG.integers(0, 20, (64, 6)).astype(np.int32)
BOTH = np.concatenate([X, TOKENS], axis=1, dtype=np.float64)
SEVERAL = {"widths": (4, 6), "dtypes": ("float32", "int32")}
PROGRESSION = RNG.integers(25, 347, 64).astype(np.float32)
LABELS = {
    "high": (PROGRESSION >= 150).astype(np.float32),
    "progression": PROGRESSION,
    "sex": RNG.integers(0, 2, 64).astype(np.float32),
    "survived": RNG.integers(0, 2, 64).astype(np.float32),
}
MSE, BCE, LOGITS = "mse", "binary_crossentropy", losses.BinaryCrossentropy(from_logits=True)


def judged(
    model: Any, problem: Problem, *, fitted: bool = False, labels: str | None = None, own: Any = None
) -> tuple[dict[str, str], Case]:
    challenge = make_loss_challenge(problem, 7)
    inputs = (X, TOKENS)[: len(problem.inputs)]
    given = tuple(LABELS[name] for name in problem.names)
    how = Training(labels, own=lambda: own, trained=lambda _: fitted)
    several = SEVERAL if len(inputs) > 1 else {}
    before = [np.array(variable) for variable in model.variables]
    with feeds.paused():
        evidence = step(model, (inputs, given), challenge, problem, how)
        recorded = record(model, BOTH if several else X, problem, **several)
    assert evidence.failure is None
    assert all(np.array_equal(a, np.array(b)) for a, b in zip(before, model.variables, strict=True))
    notebook = NotebookEvidence(
        framework="keras",
        step=StepEvidence.from_wire(evidence.to_wire()),
        architecture=recorded,
        training=TrainingEvidence(model=recorded),
    )
    case = Case(notebook, Context(seed=5, problem=problem))
    topic.judge(case)
    assert set(case.verdicts) == set(topic.criteria(problem))
    return {name: v.fault or v.status for name, v in case.verdicts.items() if v.status != "pass"}, case


def compiled(model: Any, **arguments: Any) -> Any:
    model.compile(optimizer="adam", **arguments)
    return model


# ---------------------------------------- two inputs, one head

CLA = "classification_term"


def encoded(structured: Any, names: Any) -> Any:
    words = layers.GlobalAveragePooling1D()(layers.Embedding(20, 8)(names))
    return layers.Dense(16, "relu")(layers.Concatenate()([layers.Dense(16, "relu")(structured), words]))


def fusion(form: str = "list", activation: str | None = "sigmoid") -> Any:
    structured, names = keras.Input((4,), name="X"), keras.Input((6,), dtype="int32", name="names")
    output = layers.Dense(1, activation, name="survived")(layers.Dropout(0.3)(encoded(structured, names)))
    given = {"list": [structured, names], "turned": [names, structured], "dict": {"X": structured, "names": names}}
    return keras.Model(given[form], {"survived": output} if form == "dict" else output)


class Subclass(keras.Model):
    """Takes both inputs in one argument."""

    def __init__(self, by_name: bool = False) -> None:
        super().__init__()
        self.words, self.pool = layers.Embedding(20, 8), layers.GlobalAveragePooling1D()
        self.rest, self.last, self.by_name = layers.Dense(16, "relu"), layers.Dense(1), by_name

    def call(self, inputs: Any) -> Any:
        structured, names = (inputs["X"], inputs["names"]) if self.by_name else inputs
        joined = ops.concatenate([self.rest(structured), self.pool(self.words(names))], axis=1)
        return self.last(joined)


class OwnLoss(keras.Model):
    """A loss of its own."""

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return self.combine(y_pred, y)


def own_fusion(combine: Callable[[Any, Any], Any]) -> Any:
    base = fusion()
    model = OwnLoss(base.inputs, base.output)
    model.combine = lambda o, t: combine(ops.reshape(o, (-1,)), ops.reshape(ops.cast(t, "float32"), (-1,)))
    return compiled(model)


def bce(o: Any, t: Any) -> Any:
    return ops.mean(ops.binary_crossentropy(t, o))


ONE_HEAD: dict[str, tuple[Callable[[], Any], dict[str, str]]] = {
    "a list of inputs": (lambda: compiled(fusion(), loss=BCE, metrics=["AUC"]), {}),
    "inputs in another order": (lambda: compiled(fusion("turned"), loss=BCE), {}),
    "dicts": (lambda: compiled(fusion("dict"), loss={"survived": BCE}), {}),
    "weighed": (lambda: compiled(fusion(), loss=BCE, loss_weights=[0.3]), {}),
    "logits": (lambda: compiled(fusion(activation=None), loss=LOGITS), {}),
    "smoothed": (lambda: compiled(fusion(), loss=losses.BinaryCrossentropy(label_smoothing=0.1)), {}),
    "subclass": (lambda: compiled(Subclass(), loss=LOGITS), {}),
    "subclass, by name": (lambda: compiled(Subclass(by_name=True), loss=LOGITS), {}),
    "compute_loss": (lambda: own_fusion(bce), {}),
    "mse": (lambda: compiled(fusion(), loss=MSE), {CLA: "squared_error"}),
    "sum": (lambda: compiled(fusion(), loss=losses.BinaryCrossentropy(reduction="sum")), {CLA: "sum"}),
    "on logits": (lambda: compiled(fusion(activation=None), loss=BCE), {CLA: "bce_on_logits"}),
    "inverted": (lambda: own_fusion(lambda o, t: bce(o, 1 - t)), {CLA: "wrong_target"}),
    "minus": (lambda: own_fusion(lambda o, t: -bce(o, t)), {CLA: "negative"}),
    "nil": (lambda: compiled(fusion(), loss=BCE, loss_weights=[0.0]), {CLA: "zero"}),
    "nothing of it": (lambda: own_fusion(lambda o, t: 0 * ops.mean(o)), {CLA: "missing"}),
    "detached": (lambda: own_fusion(lambda o, t: ops.stop_gradient(bce(o, t)) + 0 * ops.sum(o)), {CLA: "detached"}),
    "every pair": (
        lambda: own_fusion(lambda o, t: bce(o[:, None] + 0 * t, t + 0 * o[:, None])),
        {CLA: "broadcasting"},
    ),
    "focal": (lambda: compiled(fusion(), loss="binary_focal_crossentropy"), {CLA: "unsure"}),
}


@pytest.mark.parametrize("name", ONE_HEAD)
def test_a_step_of_one_head_on_two_inputs_decides(name: str) -> None:
    make, expected = ONE_HEAD[name]
    model = make()
    if isinstance(model, Subclass):
        model({"X": X[:2], "names": TOKENS[:2]} if model.by_name else (X[:2], TOKENS[:2]))
    found, _ = judged(model, ONE)
    assert found == expected


def test_a_model_that_was_fitted_on_two_inputs_is_judged_alike() -> None:
    model = compiled(fusion(), loss=BCE)
    model.fit((X, TOKENS), LABELS["survived"], epochs=1, verbose=0)
    assert judged(model, ONE, fitted=True)[0] == {}


# ---------------------------------------- three heads

HIGH, PRO, SEX, WEI = "high_term", "progression_term", "sex_term", "weights"


def three(form: str = "dict", activation: str | None = "sigmoid", names: tuple[str, ...] = THREE.names) -> Any:
    x = keras.Input((4,))
    h = layers.Dense(32, "relu")(layers.Dense(24, "relu")(x))
    kinds = (activation, None, activation)
    outputs = [layers.Dense(1, kind, name=name)(h) for kind, name in zip(kinds, names, strict=True)]
    whole = {
        "dict": lambda: dict(zip(names, outputs, strict=True)),
        "list": lambda: outputs,
        "stacked": lambda: layers.Concatenate()(outputs),
    }
    return keras.Model(x, whole[form]())


def by_head(high: Any, progression: Any, sex: Any) -> dict[str, Any]:
    return dict(zip(THREE.names, (high, progression, sex), strict=True))


def own_three(combine: Callable[..., Any]) -> Any:
    class Own(keras.Model):
        def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
            parts = [ops.reshape(part[name], (-1,)) for part in (y_pred, y) for name in THREE.names]
            return combine(*parts)

    base = three()
    return compiled(Own(base.inputs, base.output))


class Columns(keras.Model):
    """One output of three columns, and a step that takes labels in three columns."""

    def __init__(self) -> None:
        super().__init__()
        self.trunk = keras.Sequential([layers.Dense(24, "relu"), layers.Dense(24, "relu")])
        self.heads = layers.Dense(3)

    def call(self, x, training=False):
        return self.heads(self.trunk(x))

    def train_step(self, data):
        x, labels = data
        with tf.GradientTape() as tape:
            o = self(x, training=True)
            crossed = tf.nn.sigmoid_cross_entropy_with_logits(labels[:, ::2], o[:, ::2])
            loss = 2 * tf.reduce_mean(crossed) + 0.01 * tf.reduce_mean((o[:, 1] - labels[:, 1]) ** 2)
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        return {"loss": loss}


def mse(p: Any, y: Any) -> Any:
    return ops.mean((p - y) ** 2)


THREE_HEADS: dict[str, tuple[Callable[[], Any], dict[str, str]]] = {
    "dict": (lambda: compiled(three(), loss=by_head(BCE, MSE, BCE), loss_weights=by_head(1.0, 0.01, 0.5)), {}),
    "list": (lambda: compiled(three("list"), loss=[BCE, MSE, BCE], loss_weights=[1.0, 1e-3, 2.0]), {}),
    "no weights": (lambda: compiled(three("list"), loss=[BCE, MSE, BCE]), {}),
    "other names": (
        lambda: compiled(three("list", names=("a", "b", "c")), loss={"a": BCE, "b": MSE, "c": BCE}),
        {},
    ),
    "logits": (lambda: compiled(three(activation=None), loss=by_head(LOGITS, MSE, LOGITS)), {}),
    "columns": (lambda: compiled(Columns()), {}),
    "high from progression": (
        lambda: own_three(lambda h, p, s, a, y, b: bce(h, ops.cast(y >= 150, "float32")) + mse(p, y) + bce(s, b)),
        {},
    ),
    "mae": (lambda: compiled(three(), loss=by_head(BCE, "mae", BCE)), {PRO: "mae"}),
    "huber": (lambda: compiled(three(), loss=by_head(BCE, losses.Huber(2.0), BCE)), {PRO: "huber"}),
    "sum": (
        lambda: compiled(three(), loss=by_head(BCE, MSE, losses.BinaryCrossentropy(reduction="sum"))),
        {SEX: "sum"},
    ),
    "mse for all": (lambda: compiled(three(), loss=MSE), {HIGH: "squared_error", SEX: "squared_error"}),
    "missing": (lambda: compiled(three(), loss=by_head(BCE, MSE, None)), {SEX: "missing", WEI: "not_judged"}),
    "zero": (
        lambda: compiled(three(), loss=by_head(BCE, MSE, BCE), loss_weights=by_head(1.0, 0.01, 0.0)),
        {SEX: "not_judged", WEI: "zero"},
    ),
    "negative": (
        lambda: compiled(three(), loss=by_head(BCE, MSE, BCE), loss_weights=by_head(1.0, 0.01, -0.5)),
        {WEI: "negative"},
    ),
    "on logits": (
        lambda: compiled(three(activation=None), loss=by_head(LOGITS, MSE, BCE), loss_weights=[1.0, 0.01, 1.0]),
        {SEX: "bce_on_logits"},
    ),
    "swapped": (
        lambda: own_three(lambda h, p, s, a, y, b: bce(h, b) + 0.01 * mse(p, y) + bce(s, a)),
        {HIGH: "swapped", SEX: "swapped"},
    ),
    "another label": (
        lambda: own_three(lambda h, p, s, a, y, b: bce(h, a) + 0.01 * mse(p, y) + bce(s, a)),
        {SEX: "wrong_target"},
    ),
    "threshold": (
        lambda: own_three(lambda h, p, s, a, y, b: bce(h, ops.cast(y >= 200, "float32")) + mse(p, y) + bce(s, b)),
        {HIGH: "wrong_threshold"},
    ),
    "product": (lambda: own_three(lambda h, p, s, a, y, b: bce(h, a) * bce(s, b) + 0.01 * mse(p, y)), {WEI: "product"}),
}


@pytest.mark.parametrize("name", THREE_HEADS)
def test_a_step_of_three_heads_decides(name: str) -> None:
    make, expected = THREE_HEADS[name]
    model = make()
    if isinstance(model, Columns):
        model(X[:2])
    found, _ = judged(model, THREE)
    assert found == expected


def test_the_weights_of_three_heads_are_told() -> None:
    model = compiled(three(), loss=by_head(BCE, MSE, BCE), loss_weights=by_head(1.0, 0.02, 0.5))
    model.fit(X, by_head(*(LABELS[name] for name in THREE.names)), epochs=1, verbose=0)
    found, case = judged(model, THREE, fitted=True, labels="dict")
    assert found == {}
    assert "1,00·BCE(high) + 0,020·MSE + 0,50·BCE(sex)" in case.verdicts[WEI].message
    assert case.logits == (False, None, False)


# ---------------------------------------- a loop of the student's own


@pytest.mark.parametrize(("fault", "expected"), [(False, {}), (True, {CLA: "squared_error"})])
def test_an_own_loop_over_two_inputs_is_recognised(fault: bool, expected: dict[str, str]) -> None:
    feeds.watch()
    feeds.forget()
    model, optimizer = fusion(), keras.optimizers.Adam(1e-3)

    @tf.function
    def train(structured: Any, names: Any, t: Any) -> Any:
        with tf.GradientTape() as tape:
            o = tf.reshape(model([structured, names], training=True), (-1,))
            loss = tf.reduce_mean((o - t) ** 2) if fault else tf.reduce_mean(losses.binary_crossentropy(t, o))
        optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        return loss

    for start in (0, 16, 32, 48):
        rows = slice(start, start + 16)
        train(tf.constant(X[rows]), tf.constant(TOKENS[rows]), tf.constant(LABELS["survived"][rows]))
    stepper = feeds.stepper()
    assert stepper is not None
    own = OwnStep(stepper, feeds.Fed(BOTH, (LABELS["survived"],), SEVERAL["widths"]))
    assert judged(model, ONE, own=own)[0] == expected
    feeds.forget()
