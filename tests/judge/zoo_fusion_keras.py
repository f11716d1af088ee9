"""Keras networks of two inputs, right ones and wrong ones, for tests of the probe and of the topic fusion."""

from collections.abc import Callable
from typing import Any

import keras
from keras import layers, ops
from zoo_fusion_pytorch import COLUMNS, TOKENS, WORDS, Named


def mlp(*widths: int, end: bool = False) -> keras.Sequential:
    return keras.Sequential([layers.Dense(width, "relu") for width in widths[: None if end else -1]]
                            + ([] if end else [layers.Dense(widths[-1])]))  # fmt: skip


class Lambda(keras.Model):
    """A model around a function of (model, structured, names); one argument holds both."""

    def __init__(self, function: Callable, **parts: object) -> None:
        super().__init__()
        self.function = function
        for name, part in parts.items():
            setattr(self, f"{name}_", part)

    def call(self, inputs):
        s, n = (inputs["structured"], inputs["names"]) if isinstance(inputs, dict) else inputs
        return self.function(self, s, n)


class Separate(Lambda):
    def call(self, structured, names):
        return self.function(self, structured, names)


class Named_(Lambda):
    def call(self, inputs):
        return self.function(self, inputs["structured"], inputs["names"])


def net(function: Callable, kind: type[Lambda] = Lambda, **parts: Any) -> Lambda:
    usual = {"s": mlp(16, 8, end=True), "n": mlp(16, 8, end=True), "head": mlp(8, 1)}
    return kind(function, **{name: part for name, part in {**usual, **parts}.items() if part is not None})


def cat(m, a, b):
    return m.head_(ops.concatenate([a, b], 1))


def bags(m, s, n):
    return cat(m, m.s_(s), m.n_(n))


def late(m, s, n):
    return (m.one_(m.s_(s)) + m.two_(m.n_(n))) / 2


def early(m, s, n):
    return cat(m, s, n)


def scores() -> dict[str, Any]:
    return {"one": layers.Dense(1), "two": layers.Dense(1), "head": None}


def functional(
    join: Callable, *, names: str = "names", container: Callable = list, swap: bool = False, tokens: bool = False
) -> keras.Model:
    s = keras.Input((COLUMNS,), name="structured")
    n = keras.Input((WORDS,), name=names, dtype="int64" if tokens else "float32")
    by_name = {"structured": s, "names": n}
    return keras.Model(by_name if container is dict else container([n, s] if swap else [s, n]), join(s, n))


def usual(s, n):
    both = layers.Concatenate()([layers.Dense(8, "relu")(s), layers.Dense(8, "relu")(n)])
    return layers.Dense(1, activation="sigmoid")(layers.Dense(8, "relu")(both))


def embedded(s, n, *, layer: Any = None):
    h = layers.GlobalAveragePooling1D()(layers.Embedding(TOKENS, 8, mask_zero=True)(n))
    h = layer(h) if layer else h
    both = layers.Concatenate()([layers.Dense(8, "relu")(s) if layer else s, h])
    return layers.Dense(1)(layers.Dense(8, "relu")(both))


def recurrent(s, n, *, layer: type = layers.GRU):
    h = layer(8)(layers.Embedding(TOKENS, 8)(n))
    return layers.Dense(1)(layers.Dense(8, "relu")(layers.Concatenate()([layers.Dense(8, "relu")(s), h])))


def convolved(s, n):
    h = layers.GlobalMaxPooling1D()(layers.Conv1D(8, 3, activation="relu")(layers.Embedding(TOKENS, 8)(n)))
    return layers.Dense(1)(layers.Dense(8, "relu")(layers.Concatenate()([layers.Dense(8, "relu")(s), h])))


def averaged(s, n):
    return layers.Average()([layers.Dense(1, "sigmoid")(layers.Dense(8, "relu")(one)) for one in (s, n)])


def gated(m, s, n):
    a, b = m.s_(s), m.n_(n)
    z = m.gate_(ops.concatenate([a, b], 1))
    return m.head_(z * a + (1 - z) * b)


def frozen(part: str, model: Any) -> Any:
    getattr(model, f"{part}_").trainable = False
    return model


RIGHT: dict[str, Named] = {
    "functional list": Named(lambda: functional(usual), "intermediate"),
    "functional list, the other way round": Named(lambda: functional(usual, swap=True), "halverwege"),
    "functional dict": Named(lambda: functional(usual, container=dict), "intermediate"),
    "functional tuple, other names": Named(lambda: functional(usual, names="text", container=tuple), "intermediate"),
    "subclass, one argument": Named(lambda: net(bags), "Intermediate"),
    "subclass, two arguments": Named(lambda: net(bags, Separate), "intermediate"),
    "subclass, dict": Named(lambda: net(bags, Named_), "midden"),
    "embedding, mean, layer": Named(
        lambda: functional(lambda s, n: embedded(s, n, layer=layers.Dense(8, "relu")), tokens=True),
        "intermediate", tokens=True,
    ),
    "gru": Named(lambda: functional(recurrent, tokens=True), "intermediate", tokens=True),
    "lstm": Named(lambda: functional(lambda s, n: recurrent(s, n, layer=layers.LSTM), tokens=True), "intermediate",
                  tokens=True),
    "convolution": Named(lambda: functional(convolved, tokens=True), "intermediate", tokens=True),
    "gate": Named(lambda: net(gated, gate=layers.Dense(8, "sigmoid"), head=layers.Dense(1)), "intermediate"),
    "product": Named(lambda: net(lambda m, s, n: m.head_(m.s_(s) * m.n_(n))), "intermediate"),
    "one layer on features": Named(lambda: net(bags, head=layers.Dense(1)), "intermediate"),
    "one layer on features, called late": Named(lambda: net(bags, head=layers.Dense(1)), "late"),
    "mean of scores": Named(lambda: net(late, **scores()), "late"),
    "mean of probabilities": Named(lambda: functional(averaged), "laat"),
    "layer on scores": Named(
        lambda: net(lambda m, s, n: cat(m, m.one_(m.s_(s)), m.two_(m.n_(n))),
                    **{**scores(), "head": layers.Dense(1, "sigmoid")}),
        "late",
    ),
    "raw side by side": Named(lambda: net(early), "early"),
    "raw beside an embedding": Named(lambda: functional(embedded, tokens=True), "vroeg", tokens=True),
    "projections": Named(lambda: net(bags, s=layers.Dense(8), n=layers.Dense(8)), "early"),
}  # fmt: skip

WRONG: dict[str, Named] = {
    "names ignored": Named(lambda: net(lambda m, s, n: m.head_(m.s_(s))), "intermediate", "encoders", "ignored"),
    "structured ignored": Named(lambda: net(lambda m, s, n: m.head_(m.n_(n))), "late", "encoders", "ignored"),
    "one encoder twice": Named(
        lambda: net(lambda m, s, n: cat(m, m.s_(ops.pad(s, ((0, 0), (0, WORDS - COLUMNS)))), m.s_(n))),
        "intermediate", "encoders", "shared_encoder",
    ),
    "encoder sees names too": Named(lambda: net(lambda m, s, n: cat(m, m.s_(ops.concatenate([s, n], 1)), m.n_(n))),
                                    "intermediate", "encoders", "sees_other"),
    "structured raw": Named(lambda: net(lambda m, s, n: cat(m, s, m.n_(n))), "intermediate", "encoders", "no_encoder"),
    "names raw": Named(lambda: net(lambda m, s, n: cat(m, m.s_(s), n)), "intermediate", "encoders", "no_encoder"),
    "frozen": Named(lambda: frozen("n", net(bags)), "intermediate", "encoders", "frozen"),
    "detached": Named(lambda: net(lambda m, s, n: cat(m, ops.stop_gradient(m.s_(s)), m.n_(n))), "intermediate",
                      "encoders", "detached"),
    "features called late": Named(lambda: net(bags), "late", "fusion", "misnamed"),
    "features called early": Named(lambda: functional(usual), "early", "fusion", "misnamed"),
    "scores called intermediate": Named(lambda: functional(averaged), "intermediate", "fusion", "misnamed"),
    "scores called early": Named(lambda: net(late, **scores()), "vroeg", "fusion", "misnamed"),
    "raw called late": Named(lambda: net(early), "late", "fusion", "misnamed"),
    "no such name": Named(lambda: net(bags), "concat", "fusion", "not_named"),
    "features added up": Named(lambda: net(lambda m, s, n: ops.mean(m.s_(s) + m.n_(n), 1)), "intermediate",
                               "fusion", "not_fused"),
    "two outputs": Named(lambda: net(lambda m, s, n: (m.one_(m.s_(s)), m.two_(m.n_(n))), **scores()), "late",
                         "outputs", "extra_outputs"),
    "two classes": Named(lambda: net(bags, head=layers.Dense(2)), "intermediate", "outputs", "two_wide_output"),
    "one input": Named(
        lambda: keras.Sequential([keras.Input((COLUMNS + WORDS,)), layers.Dense(1)]), "early", "outputs", "wrong_inputs"
    ),
}  # fmt: skip
