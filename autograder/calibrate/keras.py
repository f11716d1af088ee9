"""Recipes in Keras, one network after the other, by `compile` and `fit` as in the reference solution."""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from autograder.calibrate.recipes import Recipe
from autograder.calibrate.sample import Part, Predictions, Sample


def train(recipe: Recipe, samples: Sequence[Sample]) -> list[tuple[Predictions, Predictions]]:
    """Train one network on each sample and return its predictions on the test part and on the hidden wines."""
    return [_train(recipe, sample) for sample in samples]


def _train(recipe: Recipe, sample: Sample) -> tuple[Predictions, Predictions]:
    keras.backend.clear_session()
    keras.utils.set_random_seed(sample.seed)
    model = build(recipe, sample.train.x.shape[1])
    model.compile(
        optimizer=_optimizer(recipe),
        loss={"quality": "mean_squared_error", "good": "binary_crossentropy"},
        loss_weights=dict(zip(("quality", "good"), recipe.weights, strict=True)),
    )
    if recipe.epochs:
        model.fit(
            _dataset(sample.train).shuffle(len(sample.train.x), seed=sample.seed).batch(recipe.batch),
            epochs=recipe.epochs,
            shuffle=False,
            verbose=0,
            validation_data=_dataset(sample.validation).batch(256) if sample.validation else None,
            callbacks=_callbacks(recipe),
        )
    return _predict(model, sample.test), _predict(model, sample.hidden)


def build(recipe: Recipe, features: int) -> Any:
    """The recipe's network: outputs `quality` and the probability `good`."""
    inputs = keras.Input(shape=(features,))
    shared = inputs
    for units in recipe.trunk:
        shared = layers.Dense(units)(shared)
        shared = layers.BatchNormalization()(shared) if recipe.batch_norm else shared
        shared = layers.Activation("relu")(shared)
        shared = layers.Dropout(recipe.dropout)(shared) if recipe.dropout else shared
    outputs = {}
    for name, activation in (("quality", None), ("good", "sigmoid")):
        head = shared
        for units in recipe.head:
            head = layers.Dense(units, activation="relu")(head)
        outputs[name] = layers.Dense(1, activation=activation, name=name)(head)
    return keras.Model(inputs, outputs)


def _optimizer(recipe: Recipe) -> Any:
    if recipe.optimizer == "sgd":
        return keras.optimizers.SGD(recipe.rate, momentum=0.9, weight_decay=recipe.decay or None)
    kind = keras.optimizers.AdamW if recipe.optimizer == "adamw" else keras.optimizers.Adam
    return kind(recipe.rate, weight_decay=recipe.decay or None)


def _callbacks(recipe: Recipe) -> list[Any]:
    if not recipe.patience:
        return []
    return [keras.callbacks.EarlyStopping(patience=recipe.patience, restore_best_weights=True)]


def _dataset(part: Part) -> Any:
    return tf.data.Dataset.from_tensor_slices((part.x, {"quality": part.quality, "good": part.good}))


def _predict(model: Any, part: Part) -> Predictions:
    outputs = model(part.x, training=False)
    return np.asarray(outputs["quality"])[:, 0], np.asarray(outputs["good"])[:, 0] > 0.5
