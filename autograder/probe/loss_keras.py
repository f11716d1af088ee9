"""Take real training steps of a compiled Keras model on the challenge's labels, and note what its weights do."""

import contextlib
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from autograder.evidence.records import Failure, Recording, Step, StepEvidence
from autograder.evidence.requests import LossChallenge
from autograder.probe.arrays import FloatArray, one_line, to_numpy
from autograder.probe.containers import NAMES
from autograder.probe.keras import named_variables, record, take_apart, undisturbed
from autograder.probe.quiet import quiet

SIZES = (12, 8, 12, 8, 12, 12)
"""Rows of the steps; together as many as a recorded forward pass has."""

LEARNING_RATE = 64.0
"""A power of two, so that dividing by it is exact, and so great that rounding the weights loses nothing of a step."""

ALIVE = 1e-2
"""How much an output has to vary over the student's own rows to be looked at as it is."""

SPREADS = ((1, 1), (1, 3), (1, 0.3), (1, 0), (3, 1), (0.3, 0.3), (0.1, 0.1), (0.01, 0.01), (0.001, 0))
"""Scales of real rows and of noise on them that are tried, to find inputs on which the outputs differ enough."""

Data = Any
"""What a batch of the student's training data looks like: nested tuples and dicts of arrays."""

Pack = Callable[[FloatArray, FloatArray, FloatArray], Data]
"""(x, quality, good) -> a batch."""


@dataclass(frozen=True)
class _Batches:
    """The inputs and labels of all steps, (rows, ...) each."""

    x: FloatArray
    quality: FloatArray
    good: FloatArray


def step(model: Any, batch: Any, fit_labels: str | None, challenge: LossChallenge) -> StepEvidence:
    """Take a step from the same weights for each of `SIZES`, with plain gradient descent and without chance.

    `batch` is (x, quality, good) as the student's `train_data` yields them; `fit_labels` is how the student's own
    `fit` was given its labels: "tuple", "dict" or None when that is not known.  Everything is put back.
    """
    for value in (model, batch):
        if isinstance(value, Failure):
            return StepEvidence(failure=value)
    if not isinstance(model, keras.Model):
        return _failed("unsupported", "model", f"geen keras.Model maar {type(model).__name__}")
    if not getattr(model, "compiled", False):
        return _failed("missing", "loss", "`model` is niet gecompileerd")
    with quiet():
        try:
            with undisturbed(model):
                return _observe(model, batch, fit_labels, challenge)
        except Exception as error:  # the student's model may raise anything
            return _failed("raised", "model", one_line(error))


def _failed(kind: Any, name: str, detail: str) -> StepEvidence:
    return StepEvidence(failure=Failure(kind=kind, name=name, detail=detail))


def _observe(model: Any, batch: Any, fit_labels: str | None, challenge: LossChallenge) -> StepEvidence:
    x, quality, good = (to_numpy(part) for part in batch)
    rng = np.random.default_rng(challenge.quality_label[:16].astype(np.int64))
    _make_alive(model, x[: sum(SIZES)], rng)
    batches = _labelled(model, _spread_out(model, x, rng), quality, good, challenge)
    evidence = record(model, batches.x)
    if evidence.recording is None:
        return StepEvidence(failure=evidence.failure)
    errors: list[str] = []
    floats = quality.dtype.kind == "f" and good.dtype.kind == "f"
    for pack, as_floats in _packs(model, evidence.recording.container, fit_labels, floats):
        given = _as_floats(batches) if as_floats else batches
        try:
            with _plain_descent(model):
                steps = _steps(model, given, pack)
        except Exception as error:  # so may the student's own training step
            errors.append(one_line(error))
        else:
            return _described(model, evidence.recording, steps)
    return _failed("raised", "loss", errors[0])


def _described(model: Any, recording: Recording, steps: Sequence[Step]) -> StepEvidence:
    return StepEvidence(recording=recording, steps=tuple(steps), loss_weights=_loss_weights(model))


def _make_alive(model: Any, x: FloatArray, rng: np.random.Generator) -> None:
    """Give a model that diverged or died weights with which its loss can be seen; they are put back afterwards."""
    outputs = _outputs(model, x)
    if all(np.isfinite(output).all() and np.ptp(output) > ALIVE for output in outputs):
        return
    for variable in model.trainable_variables:
        values = rng.normal(size=tuple(variable.shape))
        variable.assign(values / np.sqrt(values.shape[-2]) if values.ndim > 1 else 0.1 * values)


def _spread_out(model: Any, x: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Rows like the student's, so chosen that the output `good` takes many values and none that is saturated."""
    rows = x[rng.integers(len(x), size=sum(SIZES))].astype(np.float64)
    noise = rng.normal(size=rows.shape) * (x.std(axis=0) + 1e-3)
    tried = [(scale * rows + spread * noise).astype(x.dtype) for scale, spread in SPREADS]
    return max(tried, key=lambda candidate: _spread(_outputs(model, candidate)[1]))


def _spread(good: FloatArray) -> float:
    """How much of what distinguishes one loss from another these outputs can show."""
    if not np.isfinite(good).all():
        return -1.0
    inside = (good > 0.02) & (good < 0.98) if good.min() >= 0 and good.max() <= 1 else np.abs(good) < 5
    return float(inside.mean() * (1e-3 + min(good.std() / (0.2 if good.min() >= 0 and good.max() <= 1 else 1.0), 1.0)))


def _outputs(model: Any, x: FloatArray) -> list[FloatArray]:
    """Both outputs, (rows,) each.  Raises ValueError when there are not two of one number a row."""
    found = take_apart(model, model(tf.convert_to_tensor(x), training=False))
    values = [np.array(tensor).astype(np.float64).reshape(len(x), -1) for tensor in found.tensors]
    if len(values) != 2 or any(value.shape[1] != 1 for value in values):
        raise ValueError("the model has not two outputs of one number a row")
    return [value[:, 0] for value in values]


def _labelled(
    model: Any, x: FloatArray, quality: FloatArray, good: FloatArray, challenge: LossChallenge
) -> _Batches:
    """Labels for the rows: the challenge's, and in every second step scores near the model's own output.

    A model that has not learned yet is far from every score; its errors alone would not tell one loss from another.
    """
    rows = len(x)
    scores = challenge.quality_label[:rows].astype(np.float64)
    errors = (challenge.quality - challenge.quality_label)[:rows].astype(np.float64)
    near = np.rint(_outputs(model, x)[0] + errors)
    odd = np.repeat(np.arange(len(SIZES)) % 2 == 1, SIZES)
    return _Batches(x, _like(quality, np.where(odd, near, scores)), _like(good, challenge.good_label[:rows]))


def _like(own: FloatArray, values: FloatArray) -> FloatArray:
    """`values` (rows,) with the dtype and number of dimensions of the student's own labels."""
    return np.asarray(values).astype(own.dtype).reshape(-1, *(1,) * (own.ndim - 1))


def _as_floats(batches: _Batches) -> _Batches:
    return _Batches(batches.x, batches.quality.astype(np.float32), batches.good.astype(np.float32))


def _packs(model: Any, container: str, fit_labels: str | None, floats: bool) -> Iterator[tuple[Pack, bool]]:
    """Ways of giving labels, the likeliest first; then the same with labels as floats."""
    by_keys = isinstance(getattr(model, "loss", None), Mapping) or container == "dict"
    likely = fit_labels if fit_labels in ("tuple", "dict") else "dict" if by_keys else "tuple"
    by_name: Pack = lambda x, q, g: (x, dict(zip(_names(model), (q, g), strict=True)))  # noqa: E731
    by_place: Pack = lambda x, q, g: (x, (q, g))  # noqa: E731
    packs = [by_name, by_place] if likely == "dict" else [by_place, by_name]
    packs += [
        lambda x, q, g: (x, q, g),
        lambda x, q, g: (x, np.stack([q.reshape(len(x)), g.reshape(len(x))], axis=1)),
        lambda x, q, g: {"X": x, "quality": q, "good": g},
    ]
    for as_floats in (False,) if floats else (False, True):
        for pack in packs:
            yield pack, as_floats


def _names(model: Any) -> Sequence[str]:
    """The keys of labels in a dict: those of the losses where they have other names than the contract's."""
    losses = getattr(model, "loss", None)
    if not isinstance(losses, Mapping) or len(losses) != 2 or set(losses) == set(NAMES):
        return NAMES
    order = [name for name in getattr(model, "output_names", None) or () if name in losses]
    return order if len(order) == 2 else list(losses)


def _steps(model: Any, batches: _Batches, pack: Pack) -> list[Step]:
    trainable = {id(variable) for variable in model.trainable_variables}
    variables = {name: variable for name, variable in named_variables(model).items() if id(variable) in trainable}
    start = {name: np.array(variable) for name, variable in variables.items()}
    everything = [(variable, np.array(variable)) for variable in model.variables]
    # Called by its own name, so that neither a noted call nor a student's override comes in between.
    fit = inspect.unwrap(keras.Model.fit)
    steps = []
    for size, end in zip(SIZES, np.cumsum(SIZES), strict=True):
        rows = slice(int(end) - size, int(end))
        x, quality, good = batches.x[rows], batches.quality[rows], batches.good[rows]
        data = tf.data.Dataset.from_tensor_slices(pack(x, quality, good)).batch(size)
        history = fit(model, data, epochs=1, verbose=0).history
        gradients = {name: (start[name] - np.array(variable)) / LEARNING_RATE for name, variable in variables.items()}
        for variable, value in everything:
            variable.assign(value)
        steps.append(
            Step(
                gradients=gradients,
                x=x,
                quality=quality.astype(np.float64).reshape(-1),
                good=good.astype(np.float64).reshape(-1),
                value=_value(history),
            )
        )
    return steps


def _value(history: Mapping[str, Sequence[Any]]) -> float | None:
    try:
        return float(history["loss"][-1])
    except (KeyError, IndexError, TypeError, ValueError):
        return None


@contextlib.contextmanager
def _plain_descent(model: Any) -> Iterator[None]:
    """Swap plain gradient descent in and chance out, and put the model back as it was."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(_kept_state(model))
        for layer in _built_in_layers(model):
            stack.enter_context(_never_training(layer))
        for layer in model._flatten_layers():
            stack.enter_context(_activity_unregularised(layer))
        for variable in model.trainable_variables:
            stack.enter_context(_unconstrained(variable))
        stack.enter_context(_swapped_optimizers(model))
        for name, value in (("train_function", None), ("steps_per_execution", 1), ("jit_compile", False)):
            _set(model, name, value)
        yield


def _set(thing: Any, name: str, value: Any) -> None:
    """Set an attribute without Keras taking what it is for a new part of the model."""
    object.__setattr__(thing, name, value)


@contextlib.contextmanager
def _swapped_optimizers(model: Any) -> Iterator[None]:
    """Swap the student's optimizers, one or several, for one that only subtracts the gradient."""
    found = {name: value for name, value in vars(model).items() if isinstance(value, keras.Optimizer)}
    plain = keras.optimizers.SGD(LEARNING_RATE)
    plain.build(model.trainable_variables)
    try:
        for name in {*found, "optimizer"}:
            _set(model, name, plain)
        yield
    finally:
        for name, value in {"optimizer": None, **found}.items():
            _set(model, name, value)


KEPT = ("train_function", "history", "stop_training", "steps_per_execution", "_jit_compile", "_compile_metrics")
"""What `fit` changes on a model besides its variables; not all of it has public names."""


@contextlib.contextmanager
def _kept_state(model: Any) -> Iterator[None]:
    kept = {name: getattr(model, name) for name in KEPT if hasattr(model, name)}
    losses = getattr(model, "_compile_loss", None)
    metrics = [(variable, np.array(variable)) for metric in model.metrics for variable in metric.variables]
    # A step builds losses and metrics for the labels that it is given, which may be others than the student's.
    _set(model, "_compile_metrics", None)
    if losses is not None:
        _set(model, "_compile_loss", _fresh(losses))
    try:
        yield
    finally:
        for variable, value in metrics:
            variable.assign(value)
        if losses is not None:
            _set(model, "_compile_loss", losses)
        for name, value in kept.items():
            _set(model, name, value)
        for name in KEPT:
            if name not in kept and name in vars(model):
                delattr(model, name)


def _fresh(losses: Any) -> Any:
    """The same losses, not yet built; as they are where Keras keeps them in another way than it did."""
    try:
        return type(losses)(losses._user_loss, losses._user_loss_weights, output_names=losses.output_names)
    except (AttributeError, TypeError):
        return losses


def _built_in_layers(model: Any) -> list[Any]:
    """Keras' own layers anywhere in the model that behave otherwise in training."""
    layers = [layer for layer in model._flatten_layers(include_self=False) if not isinstance(layer, keras.Model)]
    return [
        layer
        for layer in layers
        if type(layer).__module__.split(".")[0] == "keras" and "training" in inspect.signature(layer.call).parameters
    ]


@contextlib.contextmanager
def _never_training(layer: Any) -> Iterator[None]:
    """Let one layer compute as it does in evaluation, so that dropout drops nothing and averages stand still."""
    original = layer.call
    own = vars(layer).get("call")
    signature = inspect.signature(original)

    def call(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        bound.arguments["training"] = False
        return original(*bound.args, **bound.kwargs)

    _set(layer, "call", call)
    try:
        yield
    finally:
        object.__delattr__(layer, "call")
        if own is not None:
            _set(layer, "call", own)


@contextlib.contextmanager
def _activity_unregularised(layer: Any) -> Iterator[None]:
    """Let a layer's regulariser of its own outputs say nothing: it may be there, and would blur the two terms."""
    regulariser = layer.activity_regularizer
    _set(layer, "activity_regularizer", None)
    try:
        yield
    finally:
        _set(layer, "activity_regularizer", regulariser)


@contextlib.contextmanager
def _unconstrained(variable: Any) -> Iterator[None]:
    constraint = variable.constraint
    variable.constraint = None
    try:
        yield
    finally:
        variable.constraint = constraint


def _loss_weights(model: Any) -> tuple[float, ...] | None:
    """The weights given to `compile`, quality first; None when there are none or they are of another kind."""
    try:
        weights = model.get_compile_config().get("loss_weights")
        if isinstance(weights, Mapping):
            return tuple(float(weights[name]) for name in (NAMES if set(NAMES) <= set(weights) else _names(model)))
        names = list(getattr(model, "output_names", None) or ())
        order = [names.index(name) for name in NAMES] if set(names) == set(NAMES) else [0, 1]
        return tuple(float(weights[place]) for place in order) if weights is not None else None
    except Exception:  # a loss of the student's own may not be serialisable
        return None
