"""Keras networks in many styles, right ones and wrong ones, for tests of the probe, the replay and the analysis."""

from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

FEATURES = 11
Pair = namedtuple("Pair", ["quality", "good"])


def wines(dtype: str = "float32", rows: int = 200) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(rows, FEATURES)).astype(dtype)


def trunk(width: int = 16, out: int = 8, activation: str | None = "relu") -> keras.Sequential:
    return keras.Sequential([layers.Dense(width, activation), layers.Dense(out, activation)])


class Lambda(keras.Model):
    """A model around a function of (model, x): the shortest way to write many calls down."""

    def __init__(self, forward: Callable, **parts: object) -> None:
        super().__init__()
        self.forward = forward
        for name, part in parts.items():
            setattr(self, f"{name}_", part)

    def call(self, x):
        return self.forward(self, x)


def net(forward: Callable, **parts: object) -> Lambda:
    made = {"trunk": trunk(), "quality": layers.Dense(1), "good": layers.Dense(1), **parts}
    return Lambda(forward, **{name: part for name, part in made.items() if part is not None})


def heads(self, h):
    return self.quality_(h), self.good_(h)


def usual(self, x):
    return heads(self, self.trunk_(x))


class Subclass(keras.Model):
    def __init__(self) -> None:
        super().__init__()
        self.a, self.norm, self.drop = layers.Dense(16, "relu"), layers.BatchNormalization(), layers.Dropout(0.2)
        self.b, self.q, self.g = layers.Dense(8, "gelu"), layers.Dense(1), layers.Dense(1, "sigmoid")

    def call(self, x, training=False):
        h = self.b(self.drop(self.norm(self.a(x), training=training), training=training))
        return self.q(h), self.g(h)


class WithFunction(Subclass):
    """Built first: variables that are made while a tf.function is traced get no gradient from that trace."""

    def __init__(self) -> None:
        super().__init__()
        Subclass.call(self, tf.zeros((2, FEATURES)))

    @tf.function
    def call(self, x, training=False):
        h = self.b(self.norm(self.a(x)))
        return {"quality": self.q(h), "good": self.g(h)}


class Scale(layers.Layer):
    """A custom layer with weights of its own."""

    def __init__(self, units: int, **options: object) -> None:
        super().__init__(**options)
        self.units = units

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer="glorot_uniform", name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, x):
        return ops.matmul(x, self.w) + self.b


class ByHand(keras.Model):
    def __init__(self) -> None:
        super().__init__()
        self.w1 = self.add_weight(shape=(FEATURES, 16), initializer="glorot_uniform")
        self.b1 = self.add_weight(shape=(16,), initializer="zeros")
        self.wq = self.add_weight(shape=(16, 1), initializer="glorot_uniform")
        self.wg = self.add_weight(shape=(16, 1), initializer="glorot_uniform")

    def call(self, x):
        h = tf.maximum(x @ self.w1 + self.b1, 0.0)
        return h @ self.wq + 5.6, h @ self.wg


class ByTensorFlow(keras.Model):
    """Variables that Keras does not keep."""

    def __init__(self) -> None:
        super().__init__()
        self.w1 = tf.Variable(tf.random.stateless_normal((FEATURES, 16), (1, 2)) * 0.3)
        self.wq, self.wg = layers.Dense(1), layers.Dense(1)

    def call(self, x):
        h = tf.nn.relu(tf.matmul(x, self.w1))
        return self.wq(h), self.wg(h)


class Tied(keras.Model):
    def __init__(self) -> None:
        super().__init__()
        self.first = layers.Dense(16, "relu")
        self.q, self.g = layers.Dense(1), layers.Dense(1)

    def call(self, x):
        h = ops.tanh(ops.matmul(self.first(x), ops.transpose(self.first.kernel)))
        return self.q(h), self.g(h)


def functional(make: Callable, **options: object) -> keras.Model:
    x = keras.Input((FEATURES,), **options)
    return keras.Model(x, make(x))


def plain(good: str = "sigmoid", order: tuple[str, str] = ("quality", "good"), container: Callable = list):
    def make(x):
        h = layers.Dense(8, "relu")(layers.Dense(16, "relu")(x))
        made = {
            "quality": layers.Dense(1, name="quality")(h),
            "good": layers.Dense(1, activation=good, name="good")(h),
        }
        return container([made[name] for name in order])

    return lambda: functional(make)


def named(x):
    h = layers.Dense(16, "tanh")(x)
    return {"good": layers.Dense(1, "sigmoid")(h), "quality": layers.Dense(1)(h)}


def unnamed(x):
    h = layers.Dense(16, "swish")(x)
    return [layers.Dense(1)(h), layers.Dense(1, "sigmoid")(h)]


def residual(x):
    h = layers.Dense(16)(x)
    for _ in range(2):
        h = layers.Add()([h, layers.Dense(16, "gelu")(layers.LayerNormalization()(h))])
    return [layers.Dense(1, name="quality")(h), layers.Dense(1, "sigmoid", name="good")(h)]


def attention(x):
    h = layers.Dense(8)(layers.Reshape((FEATURES, 1))(x))
    h = layers.LayerNormalization()(h + layers.MultiHeadAttention(2, 4)(h, h))
    h = layers.GlobalAveragePooling1D()(layers.Dense(8, "relu")(h))
    return [layers.Dense(1, name="quality")(h), layers.Dense(1, name="good")(h)]


def experts(x):
    each = ops.stack([layers.Dense(16, "relu")(x) for _ in range(3)], axis=1)
    out = []
    for name in ("quality", "good"):
        gate = layers.Dense(3, "softmax")(x)
        out.append(layers.Dense(1, name=name)(ops.sum(gate[..., None] * each, axis=1)))
    return out


def binned(x):
    codes = layers.Discretization(bin_boundaries=list(np.linspace(-2, 2, 9)))(x)
    h = layers.Dense(16, "relu")(layers.Flatten()(layers.Embedding(10, 4)(codes)))
    return [layers.Dense(1, name="quality")(h), layers.Dense(1, name="good")(h)]


def wide_and_deep(x):
    h = layers.Concatenate()([layers.Dense(16, "relu")(x), 0.3 * x])
    return [layers.Dense(1, name="quality")(h), layers.Dense(1, name="good")(h)]


def recurrent(kind: type[layers.Layer]) -> Callable:
    def make(x):
        h = kind(6)(layers.Reshape((FEATURES, 1))(x))
        return [layers.Dense(1, name="quality")(h), layers.Dense(1, name="good")(h)]

    return lambda: functional(make)


def convolution(x):
    h = layers.Conv1D(4, 3, activation="relu")(layers.Reshape((FEATURES, 1))(x))
    h = layers.Dense(8, "relu")(layers.Flatten()(h))
    return [layers.Dense(1, name="quality")(h), layers.Dense(1, name="good")(h)]


def lambdas(x):
    h = layers.Lambda(lambda t: ops.relu(t) + 0.1 * ops.sin(t))(layers.Dense(16)(x))
    return [layers.Dense(1, name="quality")(h), layers.Dense(1, name="good")(h)]


def unequal(x):
    h = layers.Dense(16, "relu")(x)
    q = layers.Dense(4, "relu")(layers.Dense(8, "relu")(h))
    return [layers.Dense(1, name="quality")(q), layers.Dense(1, "sigmoid", name="good")(h)]


def prelu(x):
    h = layers.Dense(16, "relu")(x)
    return [layers.Dense(1, name=n)(layers.PReLU()(layers.Dense(8)(h))) for n in ("quality", "good")]


def nested() -> keras.Model:
    def head(name: str) -> keras.Model:
        h = keras.Input((8,))
        return keras.Model(h, layers.Dense(1)(layers.Dense(4, "relu")(h)), name=name)

    base = functional(lambda x: layers.Dense(8, "relu")(layers.Dense(16, "relu")(x)))
    return functional(lambda x: [head("quality")(base(x)), head("good")(base(x))])


def in_place(self, x):
    quality, good = usual(self, x)
    out = tf.zeros((tf.shape(x)[0], 2))
    places = tf.stack([tf.range(tf.shape(x)[0]), tf.zeros(tf.shape(x)[0], tf.int32)], 1)
    out = tf.tensor_scatter_nd_update(out, places, quality[:, 0])
    return tf.tensor_scatter_nd_update(out, places + tf.constant([0, 1]), good[:, 0])


def knows_its_rows(self, x):
    """Works for a known number of rows only."""
    out = [heads(self, self.trunk_(x[row : row + 8])) for row in range(0, x.shape[0], 8)]
    return tf.concat([q for q, _ in out], 0), tf.concat([g for _, g in out], 0)


def in_graph_condition(self, x):
    h = self.trunk_(x)
    h = tf.cond(tf.reduce_mean(h) > -1e9, lambda: h * 1.5, lambda: h)
    return heads(self, h)


def double() -> keras.Model:
    x = keras.Input((FEATURES,), dtype="float64")
    h = layers.Dense(16, "relu", dtype="float64")(x)
    made = [layers.Dense(1, dtype="float64", name=name)(h) for name in ("quality", "good")]
    return keras.Model(x, made)


def freeze(model: keras.Model, *names: str) -> keras.Model:
    model(np.zeros((2, FEATURES), "float32"))
    for name in names:
        getattr(model, name).trainable = False
    return model


def bare(name: str, transform: Callable):
    """The usual functional model with something after one of its heads."""

    def make(x):
        h = layers.Dense(16, "relu")(x)
        made = {other: layers.Dense(1)(h) for other in ("quality", "good")}
        made[name] = transform(made[name])
        return [made["quality"], made["good"]]

    return lambda: functional(make)


RIGHT: dict[str, Callable[[], keras.Model]] = {
    "functional list": plain(),
    "functional list, good first": plain(order=("good", "quality")),
    "functional tuple": plain(container=tuple),
    "functional without names": lambda: functional(unnamed),
    "functional dictionary": lambda: functional(named),
    "functional, stacked": lambda: functional(lambda x: layers.Concatenate()(unnamed(x))),
    "subclass, unbuilt": Subclass,
    "subclass with tf.function": WithFunction,
    "sequential trunk": lambda: net(usual),
    "dictionary": lambda: net(lambda s, x: dict(zip(("good", "quality"), reversed(usual(s, x)), strict=True))),
    "named tuple": lambda: net(lambda s, x: Pair(*usual(s, x))),
    "stacked": lambda: net(lambda s, x: tf.stack([v[:, 0] for v in usual(s, x)], 1)),
    "flat": lambda: net(lambda s, x: [tf.squeeze(v, -1) for v in usual(s, x)]),
    "written into zeros": lambda: net(in_place),
    "trunk called twice": lambda: net(lambda s, x: (s.quality_(s.trunk_(x)), s.good_(s.trunk_(x)))),
    "knows its rows": lambda: net(knows_its_rows),
    "tf.cond": lambda: net(in_graph_condition),
    "residual with layer norm": lambda: functional(residual),
    "attention over features": lambda: functional(attention),
    "experts": lambda: functional(experts),
    "binned": lambda: functional(binned),
    "wide and deep": lambda: functional(wide_and_deep),
    "product of two layers": lambda: net(
        lambda s, x: heads(s, s.a_(x) * s.b_(x)), trunk=None, a=layers.Dense(8), b=layers.Dense(8)
    ),
    "by hand": ByHand,
    "by TensorFlow": ByTensorFlow,
    "custom layers": lambda: net(
        usual, trunk=keras.Sequential([Scale(16), layers.ReLU()]), quality=Scale(1), good=Scale(1)
    ),
    "lambda": lambda: functional(lambdas),
    "double precision": double,
    "tied weights": Tied,
    "heads of unequal depth": lambda: functional(unequal),
    "heads with prelu": lambda: functional(prelu),
    "nested models": nested,
    "gru": recurrent(layers.GRU),
    "lstm": recurrent(layers.LSTM),
    "convolution": lambda: functional(convolution),
    "scaled sigmoid": bare("quality", lambda q: 10 * ops.sigmoid(q)),
    "softplus": bare("quality", ops.softplus),
    "dropout and noise": lambda: net(
        usual,
        trunk=keras.Sequential([layers.Dense(8), layers.GaussianNoise(0.1), layers.LeakyReLU(), layers.Dropout(0.5)]),
    ),
    "partly frozen": lambda: net(
        usual, trunk=keras.Sequential([layers.Dense(16, "relu", trainable=False), layers.Dense(8, "relu")])
    ),
    "8 units": lambda: net(usual, trunk=layers.Dense(8, "relu")),
    "bottleneck of 2": lambda: net(usual, trunk=trunk(8, 2)),
}  # fmt: skip


def fused(x):
    out = layers.Dense(2)(layers.Dense(8, "relu")(x))
    return [out[:, 0], ops.sigmoid(out[:, 1])]


def chained(x):
    quality = layers.Dense(1, name="quality")(layers.Dense(8, "relu")(x))
    return [quality, layers.Dense(1, "sigmoid", name="good")(quality)]


def chained_too(x):
    h = layers.Dense(8, "relu")(x)
    quality = layers.Dense(1, name="quality")(h)
    return [quality, layers.Dense(1, "sigmoid", name="good")(layers.Concatenate()([h, quality]))]


def two_networks(x):
    return [layers.Dense(1, name=name)(layers.Dense(8, "relu")(x)) for name in ("quality", "good")]


def bypass(x):
    return [layers.Dense(1, name="quality")(layers.Dense(8, "relu")(x)), layers.Dense(1, "sigmoid", name="good")(x)]


def nominal(x):
    h = 0.01 * layers.Dense(8, "relu")(x)
    return [layers.Dense(1)(h) + layers.Dense(1)(x), layers.Dense(1)(h) + layers.Dense(1)(x)]


def two_inputs() -> keras.Model:
    a, b = keras.Input((6,)), keras.Input((5,))
    h = layers.Dense(8, "relu")(layers.Concatenate()([a, b]))
    return keras.Model([a, b], [layers.Dense(1)(h), layers.Dense(1)(h)])


class TwoArguments(keras.Model):
    def __init__(self) -> None:
        super().__init__()
        self.a, self.q, self.g = layers.Dense(8, "relu"), layers.Dense(1), layers.Dense(1)

    def call(self, x, extra):
        h = self.a(ops.concatenate([x, extra], -1))
        return self.q(h), self.g(h)


class Eight(keras.Model):
    """Built for eight features."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.q, self.g = layers.Dense(8, "relu"), layers.Dense(1), layers.Dense(1)
        self(np.zeros((2, 8), "float32"))

    def call(self, x):
        h = self.a(x)
        return self.q(h), self.g(h)


def eight() -> keras.Model:
    x = keras.Input((8,))
    h = layers.Dense(8, "relu")(x)
    return keras.Model(x, [layers.Dense(1)(h), layers.Dense(1)(h)])


@dataclass(frozen=True)
class Wrong:
    build: Callable[[], object]
    criterion: str
    fault: str


def straight(x):
    return [layers.Dense(1)(x), layers.Dense(1, "sigmoid")(x)]


def linear() -> keras.Sequential:
    return keras.Sequential([layers.Dense(16), layers.Dropout(0.1), layers.BatchNormalization(), layers.Dense(8)])


WRONG: dict[str, Wrong] = {
    "one output": Wrong(lambda: net(lambda s, x: s.quality_(s.trunk_(x))), "outputs", "one_output"),
    "features too": Wrong(lambda: net(lambda s, x: (*usual(s, x), s.trunk_(x))), "outputs", "extra_outputs"),
    "constant": Wrong(bare("quality", lambda q: 0 * q + 5), "outputs", "constant_output"),
    "softmax of one": Wrong(
        bare("good", lambda g: ops.exp(g) / ops.sum(ops.exp(g), axis=-1, keepdims=True)), "outputs", "constant_output"),
    "sigmoid on quality": Wrong(
        lambda: net(lambda s, x: tuple(map(ops.sigmoid, usual(s, x)))), "outputs", "squashed_quality"
    ),
    "sigmoid on quality by name": Wrong(
        lambda: net(lambda s, x: {"quality": ops.sigmoid(usual(s, x)[0]), "good": usual(s, x)[1]}),
        "outputs", "squashed_quality",
    ),
    "swapped": Wrong(
        lambda: net(lambda s, x: (ops.sigmoid(s.good_(s.trunk_(x))), s.quality_(s.trunk_(x)))),
        "outputs", "swapped_outputs",
    ),
    "two classes": Wrong(lambda: net(usual, good=layers.Dense(2, "softmax")), "outputs", "two_wide_output"),
    "eight features": Wrong(eight, "outputs", "wrong_inputs"),
    "eight features, subclass": Wrong(Eight, "outputs", "wrong_inputs"),
    "two inputs": Wrong(two_inputs, "outputs", "wrong_inputs"),
    "two arguments": Wrong(TwoArguments, "outputs", "wrong_inputs"),
    "fails inside": Wrong(lambda: net(lambda s, x: heads(s, ops.reshape(s.trunk_(x), (-1, 5)))), "outputs", "raised"),
    "not a model": Wrong(lambda: layers.Dense(2), "outputs", "not_a_model"),
    "two networks": Wrong(lambda: functional(two_networks), "shared_trunk", "two_networks"),
    "no trunk": Wrong(lambda: functional(straight), "shared_trunk", "no_trunk"),
    "bypass": Wrong(lambda: functional(bypass), "shared_trunk", "bypass"),
    "good detached": Wrong(
        lambda: net(lambda s, x: (s.quality_(s.trunk_(x)), s.good_(tf.stop_gradient(s.trunk_(x))))),
        "shared_trunk", "detached",
    ),
    "both detached": Wrong(
        lambda: net(lambda s, x: heads(s, ops.stop_gradient(s.trunk_(x)))), "shared_trunk", "detached"
    ),
    "frozen": Wrong(lambda: freeze(net(usual), "trunk_"), "shared_trunk", "frozen_trunk"),
    "frozen from the start": Wrong(
        lambda: net(usual, trunk=layers.Dense(8, "relu", trainable=False)), "shared_trunk", "frozen_trunk"
    ),
    "dead": Wrong(lambda: net(lambda s, x: heads(s, 0 * s.trunk_(x))), "shared_trunk", "dead_trunk"),
    "nominal": Wrong(lambda: functional(nominal), "shared_trunk", "nominal_sharing"),
    "fused": Wrong(lambda: functional(fused), "two_heads", "fused_head"),
    "fused and whole": Wrong(
        lambda: functional(lambda x: layers.Dense(2)(layers.Dense(8, "relu")(x))), "two_heads", "fused_head"
    ),
    "chained": Wrong(lambda: functional(chained), "two_heads", "chained_heads"),
    "chained beside the trunk": Wrong(lambda: functional(chained_too), "two_heads", "chained_heads"),
    "linear": Wrong(lambda: net(usual, trunk=linear()), "non_linear", "linear_trunk"),
    "linear, sigmoid at the end": Wrong(
        lambda: net(usual, trunk=linear(), good=layers.Dense(1, "sigmoid")), "non_linear", "linear_trunk"
    ),
}  # fmt: skip


def through_numpy(self, x):
    return heads(self, self.trunk_(tf.constant((x.numpy() - 1) / 2)))


class Random(keras.Model):
    """Draws at every call, which changes the state of its generator."""

    def __init__(self) -> None:
        super().__init__()
        self.generator = keras.random.SeedGenerator(3)
        self.a, self.q, self.g = layers.Dense(8, "relu"), layers.Dense(1), layers.Dense(1)

    def call(self, x):
        h = self.a(x + 0.01 * keras.random.normal(ops.shape(x), seed=self.generator))
        return self.q(h), self.g(h)


UNSURE: dict[str, Callable[[], keras.Model]] = {
    "through numpy": lambda: net(through_numpy),
    "random": Random,
}


def trained(model: keras.Model, steps: int = 5) -> keras.Model:
    """Some real steps on both tasks."""
    generator = np.random.default_rng(1)
    optimizer = keras.optimizers.Adam(0.02)
    for _ in range(steps):
        x = generator.normal(size=(32, FEATURES)).astype("float32")
        with tf.GradientTape() as tape:
            quality, good = model(x, training=True)
            loss = tf.reduce_mean((tf.reshape(quality, (-1,)) - 5.6 - x[:, 0]) ** 2)
            loss += tf.reduce_mean((tf.reshape(good, (-1,)) - tf.cast(x[:, 1] > 0, tf.float32)) ** 2)
        variables = model.trainable_variables
        optimizer.apply(tape.gradient(loss, variables), variables)
    return model
