"""The judge on the moving averages of a Keras network: only a training without them leaves their first values."""

from typing import Any

import keras
import numpy as np
import pytest
from keras import layers
from problems import MULTITASK

from autograder.evidence.records import NotebookEvidence, TrainingEvidence
from autograder.judge.case import Case, Context
from autograder.judge.steps import unmoved_averages
from autograder.probe.keras import record

X = np.random.default_rng(0).normal(loc=0.3, size=(64, 5)).astype("float32")
Y = X.sum(axis=1, keepdims=True)


def net(norms: int) -> Any:
    inputs = keras.Input((5,))
    h = inputs
    for _ in range(norms):
        h = layers.BatchNormalization()(layers.Dense(8)(h))
    h = layers.Dense(8, activation="relu")(h)
    return keras.Model(inputs, [layers.Dense(1)(h), layers.Dense(1)(h)])


def by_fit(model: Any) -> None:
    model.compile("sgd", ["mse", "mse"])
    model.fit(X, [Y, Y], verbose=0)


def by_a_twin(model: Any) -> None:
    twin = keras.models.clone_model(model)
    by_fit(twin)
    model.set_weights(twin.get_weights())


def without_training_mode(model: Any) -> None:
    for layer in model.layers:
        if isinstance(layer, layers.Dense):
            layer.kernel.assign(layer.kernel * 1.1)


@pytest.mark.parametrize(
    ("norms", "train", "unmoved"),
    [
        (1, by_fit, 0),
        (2, by_fit, 0),
        (2, by_a_twin, 0),
        (0, without_training_mode, 0),
        (1, without_training_mode, 2),
        (2, without_training_mode, 4),
    ],
)
def test_averages_are_unmoved_only_without_training_mode(norms: int, train: Any, unmoved: int) -> None:
    model = net(norms)
    before = record(model, X, MULTITASK)
    train(model)
    evidence = NotebookEvidence(
        framework="keras", architecture=before, training=TrainingEvidence(model=record(model, X, MULTITASK))
    )
    case = Case(evidence, Context(seed=1, problem=MULTITASK))
    assert len(unmoved_averages(case)) == unmoved
