"""Dropout layers that never drew while their own model was trained are seen, and no other ones."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from autograder.probe import feeds, fit
from autograder.probe.modes_keras import never_drew

X = np.random.default_rng(0).normal(size=(64, 5)).astype("float32")
Y = X.sum(axis=1, keepdims=True)


class Forgetful:
    """A training step that forgets `training=True`."""

    def train_step(self, data: Any) -> Any:
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=y, y_pred=self(x))
        self.optimizer.apply(tape.gradient(loss, self.trainable_weights), self.trainable_weights)
        return {"loss": loss}


class Forgets(Forgetful, keras.Model):
    """A functional model with it."""


def net(kind: Any = keras.Model, dropout: Any = layers.Dropout, rate: float = 0.3, **more: Any) -> Any:
    inputs = keras.Input((5,))
    h = dropout(rate, **more)(layers.Dense(8, "relu")(inputs))
    return kind(inputs, layers.Dense(1)(h))


def trained(model: Any) -> Any:
    model.compile("sgd", "mse")
    model.fit(X, Y, verbose=0)
    return model


class Unused(Forgetful, keras.Model):
    """Has a dropout layer that it never calls, or never in training mode."""

    def __init__(self, *, called: bool) -> None:
        super().__init__()
        self.dense, self.dropout, self.called = layers.Dense(1), layers.Dropout(0.5), called

    def call(self, x: Any) -> Any:
        return self.dense(self.dropout(x, training=False) if self.called else x)


@pytest.mark.parametrize("more", [{}, {"seed": 3}])
def test_a_forgotten_training_argument_leaves_dropout_without_a_draw(more: dict[str, Any]) -> None:
    model = trained(net(Forgets, **more))
    before = [variable.numpy() for variable in model.variables]
    assert never_drew(model, X) == ("Dropout",)
    for value, variable in zip(before, model.variables, strict=True):
        np.testing.assert_array_equal(value, variable.numpy())


@pytest.mark.parametrize(
    "model",
    [
        lambda: net(),
        lambda: net(seed=3),
        lambda: net(Forgets, rate=0.0),
        lambda: net(Forgets, layers.GaussianNoise),
        lambda: Unused(called=False),
        lambda: Unused(called=True),
    ],
    ids=["fit", "seed", "rate 0", "no dropout", "unused", "never training"],
)
def test_dropout_that_drew_or_cannot_draw_is_not_accused(model: Any) -> None:
    assert never_drew(trained(model()), X) == ()


def test_only_the_very_model_that_fit_trained_counts() -> None:
    fit.watch()
    fit.forget()
    model = net()
    twin = trained(keras.models.clone_model(model))
    model.set_weights(twin.get_weights())
    assert fit.trained(twin)
    assert not fit.trained(model)
    fit.forget()
    assert not fit.trained(twin)


@pytest.mark.parametrize(("twin", "training"), [(False, False), (False, True), (True, False)])
def test_a_loop_that_steps_the_very_model_counts(twin: bool, training: bool) -> None:
    feeds.watch()
    feeds.forget()
    model = net()
    other = keras.models.clone_model(model) if twin else model
    optimizer = keras.optimizers.SGD()
    for _ in range(2):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((other(X, training=training) - Y) ** 2)
        optimizer.apply(tape.gradient(loss, other.trainable_variables), other.trainable_variables)
    model.set_weights(other.get_weights())
    assert bool(feeds.fed(model)) is not twin
    assert bool(never_drew(model, X)) is not training
    feeds.forget()
