"""What a real training step does to a Keras model's weights tells its loss, and the model never notices."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

keras = pytest.importorskip("keras")

import tensorflow as tf  # noqa: E402
from keras import layers, losses, ops  # noqa: E402
from problems import MULTITASK  # noqa: E402

from autograder.evidence.records import (  # noqa: E402
    Failure,
    NotebookEvidence,
    StepEvidence,
    TrainingEvidence,
)
from autograder.judge import loss as topic  # noqa: E402
from autograder.judge.case import Case, Context  # noqa: E402
from autograder.judge.loss_challenge import make_loss_challenge  # noqa: E402
from autograder.probe import fit  # noqa: E402
from autograder.probe.keras import record  # noqa: E402
from autograder.probe.loss_keras import Training  # noqa: E402
from autograder.probe.loss_keras import step as take_step  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")

CHALLENGE = make_loss_challenge(MULTITASK, 7)
RNG = np.random.default_rng(0)
X = RNG.normal(size=(64, 11)).astype(np.float32)
Y = RNG.integers(3, 9, 64).astype(np.float32)
T = (Y >= 6).astype(np.float32)

REG, CLA, WEI = topic.criteria(MULTITASK)


def probe(model: Any, batch: Any, labels: str | None, challenge: Any) -> StepEvidence:
    """Take the steps as for a model that `fit` never trained and as for one that it did, which are to tell the same."""
    x, *labels_of = batch
    slow, quick = (
        take_step(model, ((x,), tuple(labels_of)), challenge, MULTITASK, how)
        for how in (
            Training(labels, around=fit.around, trained=lambda _, known=known: known) for known in (False, True)
        )
    )
    assert (slow.failure and slow.failure.kind) == (quick.failure and quick.failure.kind)
    for one, other in zip(slow.steps, quick.steps, strict=True):
        assert one.gradients.keys() == other.gradients.keys()
        for name, gradient in one.gradients.items():
            np.testing.assert_allclose(gradient, other.gradients[name], rtol=1e-4, atol=1e-6)
        assert one.value == pytest.approx(other.value, rel=1e-5, nan_ok=True)
    return quick


def both(quality: Any, good: Any) -> dict[str, Any]:
    return {"quality": quality, "good": good}


def net(activation: str | None = "sigmoid", container: str = "dict", busy: bool = False, **regular: Any) -> Any:
    x = keras.Input((11,))
    h = layers.Dense(24, "relu", **regular)(x)
    if busy:
        h = layers.Dropout(0.4)(layers.GaussianNoise(0.3)(layers.BatchNormalization()(h)))
    h = layers.Dense(12, "relu")(h)
    quality, good = layers.Dense(1, name="quality")(h), layers.Dense(1, activation, name="good")(h)
    return keras.Model(x, both(quality, good) if container == "dict" else [quality, good])


def compiled(model: Any, **arguments: Any) -> Any:
    model.compile(optimizer="adam", **arguments)
    return model


class OwnLoss(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        q, g, y, t = (ops.reshape(part[name], (-1, 1)) for part in (y_pred, y) for name in ("quality", "good"))
        return self.combine(q, g, y, t)


def own_loss(combine: Callable, activation: str | None = "sigmoid") -> Any:
    base = net(activation)
    model = OwnLoss(base.inputs, base.output)
    model.combine = combine
    return compiled(model)


def mse(q, y):
    return ops.mean((q - y) ** 2)


def bce(g, t):
    return ops.mean(losses.binary_crossentropy(t, g))


class OwnStep(keras.Model):
    """Unbuilt until its first call, with a training step of its own."""

    def __init__(self, form: str = "tuple") -> None:
        super().__init__()
        self.trunk = keras.Sequential([layers.Dense(24, "relu"), layers.Dropout(0.3), layers.Dense(12, "relu")])
        self.q, self.g, self.form = layers.Dense(1), layers.Dense(1), form
        self.spread = self.add_weight(shape=(2,), initializer="zeros", name="log_variances")

    def call(self, x, training=False):
        h = self.trunk(x, training=training)
        return self.q(h), self.g(h)

    def train_step(self, data):
        x, y, t = {
            "tuple": lambda: (data[0], *data[1]),
            "three": lambda: data,
            "dict": lambda: (data[0], data[1]["quality"], data[1]["good"]),
            "stacked": lambda: (data[0], data[1][:, 0], data[1][:, 1]),
        }[self.form]()
        y, t = tf.reshape(tf.cast(y, tf.float32), (-1, 1)), tf.reshape(tf.cast(t, tf.float32), (-1, 1))
        with tf.GradientTape() as tape:
            q, g = self(x, training=True)
            terms = tf.reduce_mean((q - y) ** 2), tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(t, g))
            loss = sum(tf.exp(-self.spread[i]) * terms[i] + self.spread[i] for i in (0, 1))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
        return {"loss": loss}


class Climbing(keras.Model):
    """Takes the gradient where a step up the loss ends, and comes back (sharpness-aware minimisation)."""

    def train_step(self, data):
        x, y = data
        first = self.gradients(x, y)
        steps = [0.05 * gradient / tf.linalg.global_norm(first) for gradient in first]
        for variable, step in zip(self.trainable_variables, steps, strict=True):
            variable.assign_add(step)
        second = self.gradients(x, y)
        for variable, step in zip(self.trainable_variables, steps, strict=True):
            variable.assign_sub(step)
        self.optimizer.apply(second, self.trainable_variables)
        return {"loss": 0.0}

    def gradients(self, x, y):
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
        return tape.gradient(loss, self.trainable_variables)


class Bounded(keras.Model):
    """Keeps the weights small after each step."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        for variable in self.trainable_variables:
            variable.assign(tf.clip_by_value(variable, -0.05, 0.05))
        return {"loss": loss}


class ByHand(keras.Model):
    """Subtracts the gradient itself."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
        for variable, gradient in zip(
            self.trainable_variables, tape.gradient(loss, self.trainable_variables), strict=True
        ):
            variable.assign_sub(0.5 * gradient)
        return {"loss": loss}


class Surgery(keras.Model):
    """Changes the gradients of both tasks before it adds them, and tells what `told` makes of the losses."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape(persistent=True) as tape:
            out = self(x, training=True)
            q, g = mse(out["quality"], y["quality"][:, None]), bce(out["good"], y["good"][:, None])
        variables = self.trainable_variables
        pairs = (zip(tape.gradient(loss, variables), variables, strict=True) for loss in (q, g))
        one, other = ([tf.zeros_like(v) if d is None else d for d, v in pair] for pair in pairs)
        one, other = self.changed(one, other)
        self.optimizer.apply([a + b for a, b in zip(one, other, strict=True)], variables)
        return {"loss": self.told(q, g), "mse": q}  # of "loss" alone, Keras would tell what its own tracker holds


def dot(one, other):
    return tf.add_n([tf.reduce_sum(a * b) for a, b in zip(one, other, strict=True)])


def unclashed(one, other):
    """Each without what goes against the other (PCGrad)."""
    clash = tf.minimum(dot(one, other), 0.0)
    first, second = clash / dot(other, other), clash / dot(one, one)
    pairs = list(zip(one, other, strict=True))
    return [a - first * b for a, b in pairs], [b - second * a for a, b in pairs]


def first_only_where_they_clash(one, other):
    return one, [tf.where(dot(one, other) < 0, 0.0, b) for b in other]


def surgery(changed: Callable, told: Callable) -> Any:
    base = net()
    model = compiled(Surgery(base.inputs, base.output))
    model.changed, model.told = changed, told
    return model


def stepping(kind: type[keras.Model], **losses_of: Any) -> Any:
    base = net()
    return compiled(kind(base.inputs, base.output), loss=both(**losses_of))


MSE, BCE = "mse", "binary_crossentropy"
LOGITS = losses.BinaryCrossentropy(from_logits=True)

CASES: dict[str, tuple[Callable[[], Any], dict[str, str]]] = {
    "dict": (lambda: compiled(net(), loss=both(MSE, BCE), loss_weights=both(0.4, 1.6)), {}),
    "list": (lambda: compiled(net(container="list"), loss=[MSE, BCE], loss_weights=[0.25, 2.0]), {}),
    "no weights": (lambda: compiled(net(container="list"), loss=[MSE, BCE], metrics=[["mae"], ["accuracy"]]), {}),
    "logits": (lambda: compiled(net(None), loss=both(MSE, LOGITS)), {}),
    "from_logits that keras repairs": (lambda: compiled(net(), loss=both(MSE, LOGITS)), {}),
    "own functions": (
        lambda: compiled(net(), loss=both(lambda y, q: ops.mean((y - q) ** 2, -1), lambda t, g: 2 * bce(g, t))),
        {},
    ),
    "label smoothing": (
        lambda: compiled(net(), loss=both(MSE, losses.BinaryCrossentropy(label_smoothing=0.1))),
        {},
    ),
    "regularisers": (
        lambda: compiled(
            net(kernel_regularizer=keras.regularizers.L2(0.01), bias_regularizer="l1"), loss=both(MSE, BCE)
        ),
        {},
    ),
    "activity regularisers": (
        lambda: compiled(
            net(activity_regularizer=keras.regularizers.L2(1e-2)), loss=both(MSE, BCE), loss_weights=both(0.4, 1.6)
        ),
        {},
    ),
    "dropout, noise and batch norm": (lambda: compiled(net(busy=True), loss=both(MSE, BCE)), {}),
    "constraint": (lambda: compiled(net(kernel_constraint="max_norm"), loss=both(MSE, BCE)), {}),
    "compute_loss": (lambda: own_loss(lambda q, g, y, t: 0.7 * mse(q, y) + 1.3 * bce(g, t)), {}),
    "compute_loss, good from quality": (
        lambda: own_loss(lambda q, g, y, t: mse(q, y) + bce(g, ops.cast(y >= 6, "float32"))),
        {},
    ),
    "train_step": (lambda: compiled(OwnStep()), {}),
    "train_step of three": (lambda: compiled(OwnStep("three")), {}),
    "train_step of a dict": (lambda: compiled(OwnStep("dict")), {}),
    "train_step of two columns": (lambda: compiled(OwnStep("stacked")), {}),
    "a step by way of other weights": (lambda: stepping(Climbing, quality=MSE, good=BCE), {}),
    "mae by way of other weights": (lambda: stepping(Climbing, quality="mae", good=BCE), {REG: "mae"}),
    "weights that are kept small": (lambda: stepping(Bounded, quality=MSE, good=BCE), {}),
    "weights that are kept small, huber": (lambda: stepping(Bounded, quality="huber", good=BCE), {REG: "huber"}),
    "a step by hand": (lambda: stepping(ByHand, quality=MSE, good=BCE), {}),
    "a step by hand, mae": (lambda: stepping(ByHand, quality="mae", good=BCE), {REG: "mae"}),
    "mae": (lambda: compiled(net(), loss=both("mae", BCE)), {REG: "mae"}),
    "huber": (lambda: compiled(net(), loss=both("huber", BCE)), {REG: "huber"}),
    "sum": (
        lambda: compiled(net(), loss=both(losses.MeanSquaredError(reduction="sum"), BCE)),
        {REG: "sum"},
    ),
    "rmse": (lambda: own_loss(lambda q, g, y, t: ops.sqrt(mse(q, y)) + bce(g, t)), {REG: "rmse"}),
    "only mse": (lambda: compiled(net(), loss=both(MSE, None)), {CLA: "missing", WEI: "not_judged"}),
    "only bce": (lambda: compiled(net(), loss=both(None, BCE)), {REG: "missing", WEI: "not_judged"}),
    "zero": (
        lambda: compiled(net(), loss=both(MSE, BCE), loss_weights=both(1.0, 0.0)),
        {CLA: "not_judged", WEI: "zero"},
    ),
    "zero in a list": (
        lambda: compiled(net(container="list"), loss=[MSE, BCE], loss_weights=[0.0, 1.0]),
        {REG: "not_judged", WEI: "zero"},
    ),
    "negative": (
        lambda: compiled(net(), loss=both(MSE, BCE), loss_weights=both(1.0, -0.5)),
        {WEI: "negative"},
    ),
    "bce on logits": (lambda: compiled(net(None), loss=both(MSE, BCE)), {CLA: "bce_on_logits"}),
    "double sigmoid": (
        lambda: own_loss(lambda q, g, y, t: mse(q, y) + ops.mean(tf.nn.sigmoid_cross_entropy_with_logits(t, g))),
        {CLA: "double_sigmoid"},
    ),
    "mse on both": (lambda: compiled(net(), loss=MSE), {CLA: "squared_error"}),
    "losses swapped": (
        lambda: compiled(net(None), loss=both(LOGITS, MSE)),
        {REG: "cross_entropy", CLA: "squared_error"},
    ),
    "labels swapped": (
        lambda: own_loss(lambda q, g, y, t: mse(q, t) + bce(g, y)),
        {REG: "swapped", CLA: "swapped"},
    ),
    "a tenth": (lambda: own_loss(lambda q, g, y, t: mse(q, y / 10) + bce(g, t)), {REG: "wrong_target"}),
    "threshold": (
        lambda: own_loss(lambda q, g, y, t: mse(q, y) + bce(g, ops.cast(y > 6, "float32"))),
        {CLA: "wrong_threshold"},
    ),
    "broadcasting": (lambda: own_loss(lambda q, g, y, t: mse(q, y[:, 0]) + bce(g, t)), {REG: "broadcasting"}),
    "detached": (
        lambda: own_loss(lambda q, g, y, t: mse(q, y) + ops.stop_gradient(bce(g, t))),
        {CLA: "detached", WEI: "not_judged"},
    ),
    "product": (lambda: own_loss(lambda q, g, y, t: mse(q, y) * bce(g, t)), {WEI: "product"}),
    "geometric mean": (lambda: own_loss(lambda q, g, y, t: ops.sqrt(mse(q, y) * bce(g, t))), {WEI: "product"}),
    "weights from the other loss, as numbers": (
        lambda: own_loss(
            lambda q, g, y, t: ops.stop_gradient(bce(g, t) / (mse(q, y) + bce(g, t))) * mse(q, y)
            + ops.stop_gradient(mse(q, y) / (mse(q, y) + bce(g, t))) * bce(g, t)
        ),
        {WEI: "unsure"},
    ),
    "as heavy as each other": (
        lambda: own_loss(
            lambda q, g, y, t: mse(q, y) / ops.stop_gradient(mse(q, y)) + bce(g, t) / ops.stop_gradient(bce(g, t))
        ),
        {WEI: "unsure"},
    ),
    "logarithms": (
        lambda: compiled(net(), loss=both(losses.MeanSquaredLogarithmicError(), BCE)),
        {REG: "log_error"},
    ),
    "cross-entropy of scores": (
        lambda: compiled(net(), loss=both(BCE, BCE)),
        {REG: "cross_entropy"},
    ),
    "gradient surgery": (lambda: surgery(unclashed, lambda q, g: q + 2 * g), {}),
    "gradient surgery that tells another number": (lambda: surgery(unclashed, lambda q, g: q * g), {WEI: "unsure"}),
    "gradient surgery that tells no number": (
        lambda: surgery(unclashed, lambda q, g: q / 0.0 - g / 0.0),
        {WEI: "unsure"},
    ),
    "one task left out now and then": (
        lambda: surgery(first_only_where_they_clash, lambda q, g: q + g),
        {WEI: "unsure"},
    ),
    "against the told sum": (
        lambda: surgery(lambda a, b: (unclashed(a, b)[0], [-c for c in unclashed(a, b)[1]]), lambda q, g: q + g),
        {WEI: "unsure"},
    ),
    "maximum": (lambda: own_loss(lambda q, g, y, t: ops.maximum(mse(q, y), 3 * bce(g, t))), {WEI: "maximum"}),
    "focal": (
        lambda: compiled(net(), loss=both(MSE, "binary_focal_crossentropy")),
        {CLA: "unsure", WEI: "unsure"},
    ),
}


def case_of(step: StepEvidence | None, model: Any = None, **more: Any) -> Case:
    context = Context(seed=5, problem=MULTITASK)
    architecture = record(model, X, MULTITASK) if model is not None else None
    return Case(NotebookEvidence(framework="keras", step=step, **{"architecture": architecture, **more}), context)


def brief(case: Case) -> dict[str, str]:
    topic.judge(case)
    assert set(case.verdicts) == set(topic.criteria(MULTITASK))
    return {name: v.fault or v.status for name, v in case.verdicts.items() if v.status != "pass"}


@pytest.mark.parametrize("name", CASES)
def test_a_real_step_decides(name: str) -> None:
    make, expected = CASES[name]
    model = make()
    evidence = probe(model, (X, Y, T), None, CHALLENGE)
    assert evidence.failure is None
    case = case_of(StepEvidence.from_wire(evidence.to_wire()), model)
    assert brief(case) == expected
    assert not any("{" in v.message + v.hint for v in case.verdicts.values())


def test_weights_are_read_from_the_step() -> None:
    model = compiled(net(), loss=both(MSE, BCE), loss_weights=both(0.4, 1.6))
    case = case_of(probe(model, (X, Y, T), "dict", CHALLENGE), model)
    topic.judge(case)
    assert "0,40·MSE + 1,60·BCE" in case.verdicts[WEI].message
    assert case.logit(1) is False


def test_integer_labels_of_any_shape_pass() -> None:
    model = compiled(net(), loss=both(MSE, BCE))
    for y, t in ((Y.astype(np.int64), T.astype(np.int64)), (Y[:, None], T[:, None] > 0)):
        assert brief(case_of(probe(model, (X, y, t), "dict", CHALLENGE), model)) == {}


@pytest.mark.parametrize("weight", [0.3, 1.0])
def test_each_of_two_terms_is_the_greater_now_and_then_by_whatever_chance(weight: float) -> None:
    model = own_loss(lambda q, g, y, t: ops.maximum(weight * mse(q, y), bce(g, t)))
    around = Training(None, around=fit.around)
    for seed in range(100, 116):
        evidence = take_step(model, ((X,), (Y, T)), make_loss_challenge(MULTITASK, seed), MULTITASK, around)
        assert brief(case_of(evidence, model)) == {WEI: "maximum"}, seed


@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16"])
@pytest.mark.parametrize(("quality", "expected"), [(MSE, {}), ("mean_absolute_error", {REG: "mae"})])
def test_a_network_of_half_precision_is_judged_in_full(policy: str, quality: str, expected: dict[str, str]) -> None:
    x = keras.Input((11,))
    h = layers.Dense(24, "relu", dtype=policy)(x)
    h = layers.Dense(12, "relu", dtype=policy)(h)
    outputs = both(layers.Dense(1, dtype="float32")(h), layers.Dense(1, "sigmoid", dtype="float32")(h))
    model = compiled(keras.Model(x, outputs), loss=both(quality, BCE))
    before = np.array(outputs_of(model))
    assert brief(case_of(probe(model, (X, Y, T), "dict", CHALLENGE), model)) == expected
    assert [layer.dtype_policy.name for layer in model.layers[1:3]] == [policy, policy]
    np.testing.assert_array_equal(np.array(outputs_of(model)), before)


class NowAndThen(layers.Layer):
    """Leaves the whole layer out for some rows while training (stochastic depth)."""

    def call(self, x, training=False):
        if not training:
            return x
        return x * tf.cast(tf.random.uniform((tf.shape(x)[0], 1)) > 0.3, x.dtype) / 0.7


class Closed(layers.Layer):
    """Lets no gradient through while training."""

    def call(self, x, training=False):
        return ops.stop_gradient(x) if training else x


class OwnDropout(keras.Model):
    def __init__(self) -> None:
        super().__init__()
        self.h, self.q, self.g = layers.Dense(24, "relu"), layers.Dense(1), layers.Dense(1, "sigmoid")

    def call(self, x, training=False):
        h = self.h(x)
        h = tf.nn.dropout(h, 0.4) if training else h
        return both(self.q(h), self.g(h))


def with_layer(layer: Any) -> Any:
    x = keras.Input((11,))
    h = layer(layers.Dense(24, "relu")(x))
    return keras.Model(x, both(layers.Dense(1)(h), layers.Dense(1, "sigmoid")(layers.Dense(8, "relu")(layer(h)))))


@pytest.mark.parametrize("make", [lambda: with_layer(NowAndThen()), OwnDropout])
@pytest.mark.parametrize(("quality", "expected"), [(MSE, {}), ("mean_absolute_error", {REG: "mae"})])
def test_what_a_layer_of_the_students_own_draws_hides_no_loss(
    make: Callable, quality: str, expected: dict[str, str]
) -> None:
    model = make()
    model(X)
    compiled(model, loss=both(quality, BCE))
    around = Training("dict", around=fit.around, trained=lambda _: True)
    evidence = take_step(model, ((X,), (Y, T)), CHALLENGE, MULTITASK, around)
    assert brief(case_of(evidence, model)) == expected
    assert not np.allclose(*(np.array(model(X, training=True)["quality"]) for _ in range(2)))


def test_a_layer_that_closes_the_way_while_training_is_seen() -> None:
    model = compiled(with_layer(Closed()), loss=both(MSE, BCE))
    step = probe(model, (X, Y, T), "dict", CHALLENGE)
    first = model.layers[1].kernel.path
    assert all(not np.any(gradient) for one in step.steps for name, gradient in one.gradients.items() if name == first)


def outputs_of(model: Any) -> list[Any]:
    return [np.array(output) for output in model(X, training=False).values()]


def test_wide_inputs_without_normalisation_pass() -> None:
    model = compiled(net(), loss=both(MSE, BCE))
    assert brief(case_of(probe(model, (100 * X + 40, Y, T), "dict", CHALLENGE), model)) == {}


def test_a_trained_model_is_judged_alike_and_left_as_it_was() -> None:
    model = compiled(net(busy=True), loss=both(MSE, BCE), metrics=both(["mae"], ["accuracy"]))
    model.fit(X, both(Y, T), epochs=2, batch_size=16, verbose=0)
    before = snapshot(model)
    evidence = probe(model, (X, Y, T), "dict", CHALLENGE)
    assert_same(before, snapshot(model))
    assert brief(case_of(evidence, model)) == {}
    probe(model, (X, Y, T), "tuple", CHALLENGE)
    assert_same(before, snapshot(model))
    model.fit(X, both(Y, T), epochs=1, batch_size=16, verbose=0)


class TracedStep(OwnStep):
    @tf.function
    def train_step(self, data):
        return super().train_step(data)


def test_a_step_that_was_traced_with_another_optimizer_is_judged_alike() -> None:
    model = compiled(TracedStep())
    model.fit(X, (Y, T), epochs=2, batch_size=16, verbose=0)
    before = snapshot(model)
    assert brief(case_of(probe(model, (X, Y, T), "tuple", CHALLENGE), model)) == {}
    assert_same(before, snapshot(model))
    assert "train_step" not in vars(model)


def test_an_untrained_model_can_still_be_trained_with_other_labels() -> None:
    model = compiled(net(container="list"), loss=[MSE, BCE])
    before = snapshot(model)
    assert probe(model, (X, Y, T), "tuple", CHALLENGE).failure is None
    assert_same(before, snapshot(model))
    history = model.fit(X, [Y, T], epochs=1, verbose=0).history
    assert np.isfinite(history["loss"]).all()


class Balanced(layers.Layer):
    """Adds a penalty on what goes through it, as a mixture of experts does."""

    def call(self, x):
        self.add_loss(0.3 * ops.mean(ops.softmax(x) ** 2))
        return x


@pytest.mark.parametrize(("quality", "expected"), [(MSE, {}), ("mae", {REG: "mae"})])
def test_a_penalty_that_a_layer_adds_hides_neither_loss(quality: str, expected: dict[str, str]) -> None:
    x = keras.Input((11,))
    balanced = Balanced()
    h = balanced(layers.Dense(16, "relu")(x))
    outputs = both(layers.Dense(1, name="quality")(h), layers.Dense(1, "sigmoid", name="good")(h))
    model = compiled(keras.Model(x, outputs), loss=both(quality, BCE))
    assert brief(case_of(probe(model, (X, Y, T), "dict", CHALLENGE), model)) == expected
    assert "add_loss" not in vars(balanced)


class Endpoint(layers.Layer):
    """Adds the loss of labels and outputs, as Keras' guide shows."""

    def call(self, inputs):
        y, t, q, g = inputs
        self.add_loss(0.5 * mse(q, y))
        self.add_loss(bce(g, t))
        return q, g


class Around(keras.Model):
    """Trains another model with a step of its own and a learned weight for each loss."""

    def __init__(self, inner: Any) -> None:
        super().__init__()
        self.inner = inner
        self.logs = self.add_weight(shape=(2,), initializer="zeros")

    def call(self, x, training=False):
        return self.inner(x, training=training)

    def train_step(self, data):
        x, (y, t) = data
        with tf.GradientTape() as tape:
            out = self.inner(x, training=True)
            q, g = (tf.reshape(out[name], (-1,)) for name in ("quality", "good"))
            terms = mse(q, tf.reshape(y, (-1,))), tf.reduce_mean(tf.abs(g - tf.reshape(t, (-1,))))
            loss = sum(tf.exp(-self.logs[i]) * terms[i] + self.logs[i] for i in (0, 1))
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        return {"loss": loss}


@pytest.fixture
def noted() -> Iterator[None]:
    fit.watch()
    fit.forget()
    yield
    fit.forget()


@pytest.mark.usefixtures("noted")
def test_a_model_that_was_trained_inside_one_with_the_loss_is_judged_by_that() -> None:
    model = net(busy=True)
    y, t = keras.Input((1,)), keras.Input((1,))
    outputs = Endpoint()([y, t, model.output["quality"], model.output["good"]])
    trainer = compiled(keras.Model({"X": model.input, "quality": y, "good": t}, outputs))
    trainer.fit({"X": X, "quality": Y[:, None], "good": T[:, None]}, epochs=2, verbose=0)
    before = snapshot(trainer)
    assert brief(case_of(probe(model, (X, Y[:, None], T[:, None]), None, CHALLENGE), model)) == {}
    assert_same(before, snapshot(trainer))


@pytest.mark.usefixtures("noted")
def test_so_is_one_with_a_step_around_it() -> None:
    model = net()
    trainer = compiled(Around(model))
    trainer.fit(X, (Y, T), epochs=1, verbose=0)
    assert fit.around(model) is trainer
    assert fit.around(net()) is None
    found = brief(case_of(probe(model, (X, Y, T), "tuple", CHALLENGE), model))
    assert REG not in found
    assert CLA in found


def test_a_fit_is_not_noted() -> None:
    fit.watch()
    fit.forget()
    probe(compiled(net(), loss=both(MSE, BCE)), (X, Y, T), None, CHALLENGE)
    assert fit.last_fit() is None


def test_a_diverged_model_still_shows_its_loss() -> None:
    model = compiled(net(), loss=both("mae", BCE))
    for variable in model.trainable_variables:
        variable.assign(np.full(variable.shape, np.nan))
    evidence = probe(model, (X, Y, T), "dict", CHALLENGE)
    assert brief(case_of(evidence, net())) == {REG: "mae"}
    assert all(np.isnan(np.array(variable)).all() for variable in model.trainable_variables)


def snapshot(model: Any) -> dict[str, Any]:
    return {
        "variables": [np.array(v) for v in model.variables],
        "optimizer": [np.array(v) for v in model.optimizer.variables],
        "metrics": [np.array(v) for m in model.metrics for v in m.variables],
        "objects": [model.optimizer, model.train_function, getattr(model, "history", None), model._compile_loss],
        "compiled": [model._compile_metrics, model.steps_per_execution, model.jit_compile, model.stop_training],
        "trainable": [v.trainable for v in model.variables],
        "calls": ["call" in vars(layer) for layer in model._flatten_layers()],
        "random": [np.random.get_state()[1].tolist()],
    }


def assert_same(before: dict[str, Any], after: dict[str, Any]) -> None:
    for name in ("variables", "optimizer", "metrics"):
        assert len(before[name]) == len(after[name])
        assert all(np.array_equal(a, b) for a, b in zip(before[name], after[name], strict=True))
    for name in ("objects", "compiled"):
        assert all(a is b for a, b in zip(before[name], after[name], strict=True))
    for name in ("trainable", "calls", "random"):
        assert before[name] == after[name]


def test_a_model_that_was_never_compiled_nor_trained_has_no_loss() -> None:
    model = net()
    evidence = probe(model, (X, Y, T), None, CHALLENGE)
    assert evidence.failure is not None
    same = TrainingEvidence(model=record(model, X, MULTITASK))
    assert brief(case_of(evidence, model, training=same)) == {REG: "missing", CLA: "not_judged", WEI: "not_judged"}


def test_a_loop_of_the_students_own_is_for_a_person() -> None:
    model = net()
    before, evidence = record(model, X, MULTITASK), probe(model, (X, Y, T), None, CHALLENGE)
    model.trainable_variables[0].assign_add(np.ones(model.trainable_variables[0].shape))
    case = case_of(evidence, None, architecture=before, training=TrainingEvidence(model=record(model, X, MULTITASK)))
    assert brief(case) == dict.fromkeys((REG, CLA, WEI), "unsure")


def test_a_step_that_raises_fails_unless_the_student_did_train() -> None:
    model = compiled(net(), loss=both(lambda y, q: y.no_such_thing, BCE))
    before, evidence = record(model, X, MULTITASK), probe(model, (X, Y, T), "dict", CHALLENGE)
    same = TrainingEvidence(model=before)
    assert brief(case_of(evidence, model, training=same)) == {REG: "raised", CLA: "not_judged", WEI: "not_judged"}
    assert brief(case_of(evidence, model)) == dict.fromkeys((REG, CLA, WEI), "unsure")
    model.trainable_variables[0].assign_add(np.ones(model.trainable_variables[0].shape))
    case = case_of(evidence, None, architecture=before, training=TrainingEvidence(model=record(model, X, MULTITASK)))
    assert brief(case) == dict.fromkeys((REG, CLA, WEI), "unsure")


def test_what_is_no_model_with_two_outputs_is_not_judged() -> None:
    x = keras.Input((11,))
    single = compiled(keras.Model(x, layers.Dense(1)(x)), loss="mse")
    for model in (object(), single, Failure(kind="missing", name="model")):
        evidence = probe(model, (X, Y, T), None, CHALLENGE)
        assert brief(case_of(evidence)) == dict.fromkeys((REG, CLA, WEI), "not_judged")


def test_no_evidence_passes_nothing() -> None:
    for step in (None, StepEvidence()):
        assert set(brief(case_of(step))) == {REG, CLA, WEI}


def test_steps_on_other_rows_than_recorded_are_not_believed() -> None:
    model = compiled(net(), loss=both(MSE, BCE))
    evidence = probe(model, (X, Y, T), "dict", CHALLENGE)
    first, *rest = evidence.steps
    for steps in (
        (first.model_copy(update={"x": first.x + 1}), *rest),
        (first.model_copy(update={"gradients": {}}), *rest),
        (first.model_copy(update={"labels": (first.labels[0][:3], first.labels[1])}), *rest),
    ):
        forged = evidence.model_copy(update={"steps": steps})
        assert brief(case_of(forged, model)) == dict.fromkeys((REG, CLA, WEI), "unsure")
    broken = evidence.model_copy(update={"recording": None})
    assert brief(case_of(broken, model)) == dict.fromkeys((REG, CLA, WEI), "unsure")


def test_a_dead_network_still_shows_its_loss() -> None:
    model = compiled(net(), loss=both(MSE, "binary_focal_crossentropy"))
    for variable in model.trainable_variables[:4]:
        variable.assign(np.full(variable.shape, -1.0 if variable.ndim == 1 else 0.0))
    before = [np.array(variable) for variable in model.variables]
    evidence = probe(model, (X, Y, T), "dict", CHALLENGE)
    assert brief(case_of(evidence, model)) == {CLA: "unsure", WEI: "unsure"}
    assert all(np.array_equal(a, np.array(b)) for a, b in zip(before, model.variables, strict=True))


def test_outputs_that_ignore_the_inputs_hide_the_loss() -> None:
    base = net()
    dead = keras.Model(base.inputs, {name: layers.Rescaling(0.0, 0.4)(out) for name, out in base.output.items()})
    model = compiled(dead, loss=both("mae", BCE))
    evidence = probe(model, (X, Y, T), "dict", CHALLENGE)
    found = brief(case_of(evidence, model))
    assert not {"pass", "mae"} & {found.get(REG, "pass"), found.get(CLA, "pass")}
