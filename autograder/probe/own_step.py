"""Call the function with which a student's own Keras loop takes its steps once more, on other rows and labels."""

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from autograder.probe.arrays import FloatArray, to_numpy
from autograder.probe.feeds import Fed, Stepper

AGREE = 0.8
"""Part of a batch's labels that have to be those of its rows; identical wines may have other scores."""


@dataclass
class Taken:
    """What one call would have done."""

    gradients: dict[int, FloatArray] = field(default_factory=dict)
    """What the optimizer was given, by the id of the variable."""
    value: float | None = None
    """What was differentiated, None when that was not one number."""


class OwnStep:
    """A step of the student's own, or a whole epoch of such steps, whose data can be replaced.

    Raises ValueError when each of its inputs and labels is not one argument, or a part of one; the parts may also be
    those of a data set that is an argument.
    """

    def __init__(self, stepper: Stepper, fed: Fed) -> None:
        self._function = stepper.function
        self._arguments = (stepper.args, stepper.kwargs)
        leaves = tf.nest.flatten(self._arguments)
        sets = [place for place, leaf in enumerate(leaves) if isinstance(leaf, tf.data.Dataset)]
        self._set = sets[0] if len(sets) == 1 else None
        self._given = self._arguments if self._set is None else next(iter(leaves[self._set].take(1)))
        parts = tf.nest.flatten(self._given)
        rows, inputs = _rows(parts, fed)
        self._bounds = list(itertools.pairwise(itertools.accumulate(fed.widths, initial=0)))
        self._places = [*inputs, *(_labels(parts, labels[rows]) for labels in fed.labels)]
        if len(set(self._places)) < len(self._places):
            raise ValueError("one argument is taken for two")

    def take(self, x: FloatArray, labels: Sequence[FloatArray]) -> Taken:
        """Call the function on these, the inputs side by side in `x`, and let no optimizer change anything."""
        parts = list(tf.nest.flatten(self._given))
        inputs = [x[:, start:end] for start, end in self._bounds]
        for place, value in zip(self._places, (*inputs, *labels), strict=True):
            parts[place] = _like(parts[place], value)
        args, kwargs = self._with(tf.nest.pack_sequence_as(self._given, parts))
        taken = Taken()
        with _eager(), _noting(taken):
            self._function(*args, **kwargs)
        return taken

    def _with(self, given: Any) -> Any:
        """The arguments with other data in them."""
        if self._set is None:
            return given
        leaves = list(tf.nest.flatten(self._arguments))
        # A list: of a data set, a method that was traced before would make a graph again, whatever runs eagerly.
        leaves[self._set] = [given]
        return tf.nest.pack_sequence_as(self._arguments, leaves)


def _rows(leaves: Sequence[Any], fed: Fed) -> tuple[list[int], tuple[int, ...]]:
    """Which rows of `train_data` were given, and the place of each input."""
    tables = [place for place, leaf in enumerate(leaves) if len(getattr(leaf, "shape", ())) == 2]
    for places in itertools.permutations(tables, len(fed.widths)):
        chosen = [leaves[place] for place in places]
        if tuple(leaf.shape[1] for leaf in chosen) == fed.widths and len({len(leaf) for leaf in chosen}) == 1:
            parts = [to_numpy(leaf) for leaf in chosen]
            found = fed.places(parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1, dtype=np.float64))
            if found and min(found) >= 0:
                return found, places
    raise ValueError("no argument holds rows of train_data")


def _labels(leaves: Sequence[Any], expected: FloatArray) -> int:
    fits = []
    for place, leaf in enumerate(leaves):
        if tuple(getattr(leaf, "shape", ())) in ((len(expected),), (len(expected), 1)):
            agree = float(np.mean(to_numpy(leaf).reshape(-1) == expected))
            fits += [place] if agree >= AGREE else []
    if len(fits) != 1:
        raise ValueError("not one argument holds these labels")
    return fits[0]


def _like(leaf: Any, value: FloatArray) -> Any:
    shaped = value.reshape(len(value), *leaf.shape[1:])
    if tf.is_tensor(leaf):
        return tf.cast(tf.constant(shaped), leaf.dtype)
    return shaped.astype(to_numpy(leaf).dtype)


@contextlib.contextmanager
def _eager() -> Iterator[None]:
    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(before)


@contextlib.contextmanager
def _noting(taken: Taken) -> Iterator[None]:
    """Let optimizers only note what they are given, as it was before it was clipped to a norm."""
    gradient = tf.GradientTape.gradient
    targets: list[float | None] = []

    def apply(optimizer: Any, grads: Any, trainable_variables: Any = None) -> None:
        variables = trainable_variables if trainable_variables is not None else optimizer._trainable_variables
        for given, variable in zip(grads, variables, strict=True):
            if id(variable) in taken.gradients:
                raise ValueError("a variable is changed twice in one step")
            value = np.zeros(tuple(variable.shape)) if given is None else to_numpy(tf.convert_to_tensor(given))
            taken.gradients[id(variable)] = value

    def noted(tape: Any, target: Any, *args: Any, **kwargs: Any) -> Any:
        parts = [to_numpy(part) for part in tf.nest.flatten(target)]
        targets.append(float(sum(parts)) if all(part.size == 1 for part in parts) else None)
        taken.value = targets[0] if len(targets) == 1 else None
        return gradient(tape, target, *args, **kwargs)

    with contextlib.ExitStack() as stack:
        for owner, name, value in (
            (keras.Optimizer, "apply", apply),
            (tf.GradientTape, "gradient", noted),
            (tf, "clip_by_global_norm", _unclipped),
        ):
            stack.callback(setattr, owner, name, getattr(owner, name))
            setattr(owner, name, value)
        yield


def _unclipped(t_list: Any, clip_norm: Any, use_norm: Any = None, name: Any = None) -> tuple[Any, Any]:  # noqa: ARG001
    return t_list, tf.linalg.global_norm(t_list)
