"""Which dropout layers of a Keras model never drew chance while `fit` trained it, as their own counters tell."""

from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

from autograder.probe.arrays import FloatArray
from autograder.probe.keras import undisturbed
from autograder.probe.quiet import quiet


def never_drew(model: Any, x: FloatArray, call: Callable[..., Any] | None = None) -> tuple[str, ...]:
    """Return the kinds of dropout layers that draw on some rows in training mode, when no such layer ever drew.

    `call` calls the model on `x` where that takes more than calling it.
    Only to be asked of a model that was trained itself: the counters of a copy do not travel with its weights.
    """
    layers = _dropouts(model)
    if not layers or any(_drawn(layer) for layer in layers):
        return ()
    with quiet(), undisturbed(model):
        try:
            (call or model)(tf.convert_to_tensor(x), training=True)
        except Exception:  # the student's call may raise anything
            return ()
        return tuple(sorted({type(layer).__name__ for layer in layers if _drawn(layer)}))


def _dropouts(model: Any) -> list[Any]:
    if not isinstance(model, keras.Model):
        return []
    found = [layer for layer in model._flatten_layers() if isinstance(layer, keras.layers.Dropout) and layer.rate > 0]
    return [layer for layer in found if getattr(layer, "seed_generator", None) is not None]


def _drawn(layer: Any) -> int:
    """How often a layer drew: Keras keeps a seed and a counter."""
    return int(layer.seed_generator.state.numpy()[1])
