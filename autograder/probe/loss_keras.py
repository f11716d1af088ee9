"""Take real training steps of a compiled Keras model on the challenge's labels, and note what its weights do."""

import contextlib
import inspect
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MethodType
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from autograder.evidence.problem import Problem
from autograder.evidence.records import Failure, Recording, Step, StepEvidence
from autograder.evidence.requests import LossChallenge
from autograder.probe.arrays import FloatArray, one_line
from autograder.probe.inputs import bounds
from autograder.probe.keras import caller, named_variables, record, take_apart, undisturbed
from autograder.probe.loaders import numbers, side_by_side
from autograder.probe.own_step import OwnStep
from autograder.probe.quiet import quiet

SIZES = (12, 8, 12, 8, 12, 12)
"""Rows of the steps; together as many as a recorded forward pass has."""

ERRORS = (0.06, 0.3, 1.0)
"""How far scores are from the model's own output in every second step, as a part of how far labels lie apart.

Chance would leave the one term of a loss the greater in all of the steps now and then.
"""

LEARNING_RATE = 64.0
"""A power of two, so that dividing by it is exact, and so great that rounding the weights loses nothing of a step."""

ALIVE = 1e-2
"""How much an output has to vary over the student's own rows to be looked at as it is."""

SPREADS = ((1, 1), (1, 3), (1, 0.3), (1, 0), (3, 1), (0.3, 0.3), (0.1, 0.1), (0.01, 0.01), (0.001, 0))
"""Scales of real rows and of noise on them that are tried, to find inputs on which the outputs differ enough."""

Data = Any
"""What a batch of the student's training data looks like: nested tuples and dicts of arrays."""

Pack = Callable[[Data, Sequence[FloatArray]], Data]
"""(inputs, labels of each head) -> a batch."""

Taken = tuple[list[FloatArray], float | None]
"""The gradient of each variable in a step, and the loss as it was told."""

Take = Callable[[Any, Sequence[Any], Sequence[Data]], Iterator[Taken]]
"""(model, variables, batches) -> what each step did."""


@dataclass(frozen=True)
class _Batches:
    """The inputs, side by side, and each head's labels of all steps, (rows, ...) each."""

    x: FloatArray
    labels: tuple[FloatArray, ...]

    def part(self, rows: slice) -> "_Batches":
        """Some of the rows."""
        return _Batches(self.x[rows], tuple(labels[rows] for labels in self.labels))


@dataclass(frozen=True)
class Training:
    """What is known of how the student trained."""

    labels: str | None = None
    """How `fit` was given its labels: "tuple", "dict" or None when that is not known."""
    own: Callable[[], OwnStep | None] = lambda: None
    """Finds the student's own step, which is taken where the model was not compiled with a loss."""
    around: Callable[[Any], Any] = lambda _model: None
    """From a model to one that was trained with all of its weights, None when there is none."""
    trained: Callable[[Any], bool] = lambda _model: False
    """Whether `fit` of a model ran to its end, so that its loss works in a graph."""


@dataclass(frozen=True)
class _Inputs:
    """How a model takes its inputs, which stand side by side in x."""

    problem: Problem
    widths: tuple[int, ...] = ()
    """Columns of each of several; empty for one."""
    dtypes: tuple[str, ...] = ()

    def outputs(self, model: Any, x: FloatArray) -> list[FloatArray]:
        """Each head's output, (rows,).  Raises ValueError when there is not one number a row for each head."""
        forward = caller(model, self.problem, self.widths, self.dtypes)
        found = take_apart(model, forward(tf.convert_to_tensor(x), training=False), self.problem.names)
        values = [np.array(tensor).astype(np.float64).reshape(len(x), -1) for tensor in found.tensors]
        if len(values) != len(self.problem.heads) or any(value.shape[1] != 1 for value in values):
            raise ValueError("the model has not one output of one number a row for each head")
        return [value[:, 0] for value in values]

    def forms(self, model: Any) -> list[Callable[[FloatArray], Data]]:
        """The ways in which the inputs may be given to `fit`, the likeliest first."""
        if not self.widths:
            return [lambda x: x]
        names = [one.name for one in self.problem.inputs]
        by_name = lambda x: dict(zip(names, self._cut(x), strict=True))  # noqa: E731
        made = [tensor.name for tensor in getattr(model, "inputs", None) or ()]
        if made and (isinstance(model.input, Mapping) or set(made) == set(names)):
            return [by_name, self._cut]
        return [self._cut, by_name]

    def is_whole(self) -> list[slice]:
        """The columns of inputs of whole numbers, which stand for something else and cannot be a little different."""
        return [slice(*ends) for ends, dtype in zip(bounds(self.widths), self.dtypes, strict=True) if "int" in dtype]

    def _cut(self, x: FloatArray) -> tuple[FloatArray, ...]:
        cuts = zip(bounds(self.widths), self.dtypes, strict=True)
        return tuple(x[:, start:end].astype(dtype) for (start, end), dtype in cuts)


@dataclass(frozen=True)
class _Bench:
    """A model with what its steps are to be taken on."""

    model: Any
    inputs: _Inputs
    batches: _Batches
    recording: Recording


def step(model: Any, batch: Any, challenge: LossChallenge, problem: Problem, training: Training) -> StepEvidence:
    """Take a step from the same weights for each of `SIZES`, with plain gradient descent and without chance.

    `batch` holds inputs and labels as the student's `train_data` yields them.  Everything of the model is put back.
    """
    for value in (model, batch):
        if isinstance(value, Failure):
            return StepEvidence(failure=value)
    if not isinstance(model, keras.Model):
        return _failed("unsupported", "model", f"geen keras.Model maar {type(model).__name__}")
    compiled = getattr(model, "compiled", False)
    own = training.own() if not (compiled and _has_loss(model)) else None
    driven = model if compiled else training.around(model)
    if driven is None and own is None:
        return _failed("missing", "loss", "`model` is niet gecompileerd")
    with quiet():
        try:
            with undisturbed(model), _in_full_precision(model):
                inputs, batches = _prepared(model, batch, challenge, problem)
                evidence = record(model, batches.x, problem, inputs.widths, inputs.dtypes)
                if evidence.recording is None:
                    return StepEvidence(failure=evidence.failure)
                bench = _Bench(model, inputs, batches, evidence.recording)
                if own is not None:
                    return _observe_own(bench, own)
                with undisturbed(driven):
                    return _observe(bench, driven, training)
        except Exception as error:  # the student's model may raise anything
            return _failed("raised", "model", one_line(error))


def _failed(kind: Any, name: str, detail: str) -> StepEvidence:
    return StepEvidence(failure=Failure(kind=kind, name=name, detail=detail))


def _has_loss(model: Any) -> bool:
    """Whether `fit` would find a loss: one given to `compile`, or a step or a loss of the student's own."""
    own = (type(model).train_step, type(model).compute_loss) != (keras.Model.train_step, keras.Model.compute_loss)
    return own or getattr(model, "loss", None) is not None


def _prepared(model: Any, batch: Any, challenge: LossChallenge, problem: Problem) -> tuple[_Inputs, _Batches]:
    parts, labels = ([numbers(part) for part in group] for group in batch)
    x, widths = (parts[0], ()) if len(parts) == 1 else side_by_side(parts)
    inputs = _Inputs(problem, widths, tuple(str(part.dtype) for part in parts) if widths else ())
    rng = np.random.default_rng(np.abs(challenge.labels[0][:16]).astype(np.int64))
    _make_alive(model, x[: sum(SIZES)], inputs, rng)
    return inputs, _labelled(model, _spread_out(model, x, inputs, rng), labels, inputs, challenge)


def _observe_own(bench: _Bench, own: OwnStep) -> StepEvidence:
    model = bench.model
    names = {id(variable): name for name, variable in named_variables(model).items()}
    names |= {id(variable.value): names[id(variable)] for variable in model.variables}
    steps = []
    try:
        with contextlib.ExitStack() as stack:
            for layer in [*_built_in_layers(model), *_drawing_layers(bench)]:
                stack.enter_context(_never_training(layer))
            for layer in model._flatten_layers():
                stack.enter_context(_activity_unregularised(layer))
            for part in map(bench.batches.part, _places()):
                taken = own.take(part.x, part.labels)
                gradients = {names[key]: value for key, value in taken.gradients.items() if key in names}
                steps.append(_step(gradients, part, taken.value))
    except Exception as error:  # the student's function may raise anything
        return _failed("unsupported", "loss", f"de stap van je trainingslus: {one_line(error)}")
    return StepEvidence(recording=bench.recording, steps=tuple(steps))


def _places() -> Iterator[slice]:
    for size, end in zip(SIZES, np.cumsum(SIZES), strict=True):
        yield slice(int(end) - size, int(end))


def _step(gradients: dict[str, FloatArray], part: _Batches, value: float | None) -> Step:
    labels = tuple(one.astype(np.float64).reshape(-1) for one in part.labels)
    return Step(gradients=gradients, x=part.x, labels=labels, value=value)


def _observe(bench: _Bench, driven: Any, training: Training) -> StepEvidence:
    """Let `driven`, which is the model or has it inside, take steps, and note what becomes of the model's weights."""
    batches, inputs, errors = bench.batches, bench.inputs, []
    drawing = _drawing_layers(bench)
    floats = all(labels.dtype.kind == "f" for labels in batches.labels)
    take = _gradients if _steps_as_keras(driven) and training.trained(driven) else _descents
    packs = _packs(driven, bench.recording.container, training.labels, inputs.problem)
    # Labels as the student's own in every form, before they are tried as floats.
    for as_floats, pack, form in itertools.product((False,) if floats else (False, True), packs, inputs.forms(driven)):
        given = _as_floats(batches) if as_floats else batches
        data = [pack(form(part.x), part.labels) for part in map(given.part, _places())]
        try:
            with _plain_descent(driven, len(batches.labels), drawing):
                steps = _steps(driven, named_variables(bench.model), given, data, take)
        except Exception as error:  # so may the student's own training step
            errors.append(one_line(error))
        else:
            return _described(driven, inputs.problem, bench.recording, steps)
    return _failed("raised", "loss", errors[0])


def _described(model: Any, problem: Problem, recording: Recording, steps: Sequence[Step]) -> StepEvidence:
    return StepEvidence(recording=recording, steps=tuple(steps), loss_weights=_loss_weights(model, problem))


def _make_alive(model: Any, x: FloatArray, inputs: _Inputs, rng: np.random.Generator) -> None:
    """Give a model that diverged or died weights with which its loss can be seen; they are put back afterwards."""
    outputs = inputs.outputs(model, x)
    if all(np.isfinite(output).all() and np.ptp(output) > ALIVE for output in outputs):
        return
    for variable in model.trainable_variables:
        values = rng.normal(size=tuple(variable.shape))
        variable.assign(values / np.sqrt(values.shape[-2]) if values.ndim > 1 else 0.1 * values)


def _spread_out(model: Any, x: FloatArray, inputs: _Inputs, rng: np.random.Generator) -> FloatArray:
    """Rows like the student's, so chosen that binary outputs take many values and none that is saturated."""
    rows = x[rng.integers(len(x), size=sum(SIZES))].astype(np.float64)
    noise = rng.normal(size=rows.shape) * (x.std(axis=0) + 1e-3)
    tried = []
    for scale, spread in SPREADS:
        other = scale * rows + spread * noise
        for columns in inputs.is_whole():
            other[:, columns] = rows[:, columns]
        tried.append(other.astype(x.dtype))
    seen = zip(tried, _outputs_of(model, tried, inputs), strict=True)
    return max(seen, key=lambda pair: _spreads(pair[1], inputs))[0]


def _outputs_of(model: Any, tried: Sequence[FloatArray], inputs: _Inputs) -> list[list[FloatArray]]:
    """The outputs for each of these rows, in one call where the model takes as many at a time; none where it fails."""
    try:
        every = [np.split(output, len(tried)) for output in inputs.outputs(model, np.concatenate(tried))]
        return [list(outputs) for outputs in zip(*every, strict=True)]
    except Exception:  # the student's model may know one number of rows only, or not all numbers
        return [_outputs_or_none(model, candidate, inputs) for candidate in tried]


def _outputs_or_none(model: Any, x: FloatArray, inputs: _Inputs) -> list[FloatArray]:
    try:
        return inputs.outputs(model, x)
    except Exception:  # the student's model may raise anything
        return []


def _spreads(outputs: Sequence[FloatArray], inputs: _Inputs) -> float:
    """The least that a binary output can show; that of a regression shows its loss anywhere."""
    if not outputs:
        return -2.0
    pairs = zip(inputs.problem.heads, outputs, strict=True)
    return min((_spread(output) for head, output in pairs if head.kind == "binary"), default=0.0)


def _spread(output: FloatArray) -> float:
    """How much of what distinguishes one loss from another these outputs can show."""
    if not np.isfinite(output).all():
        return -1.0
    chance = output.min() >= 0 and output.max() <= 1
    inside = (output > 0.02) & (output < 0.98) if chance else np.abs(output) < 5
    return float(inside.mean() * (1e-3 + min(output.std() / (0.2 if chance else 1.0), 1.0)))


def _labelled(
    model: Any, x: FloatArray, own: Sequence[FloatArray], inputs: _Inputs, challenge: LossChallenge
) -> _Batches:
    """Labels for the rows: the challenge's, and in every second step scores near the model's own output.

    A model that has not learned yet is far from every score; its errors alone would not tell one loss from another.
    """
    rows = len(x)
    odd = np.repeat(np.arange(len(SIZES)) % 2 == 1, SIZES)
    outputs, labels = inputs.outputs(model, x), []
    for place, head in enumerate(inputs.problem.heads):
        given = challenge.labels[place][:rows]
        if head.kind == "regression":
            errors = (challenge.outputs[place] - challenge.labels[place])[:rows].astype(np.float64)
            near = outputs[place] + _of_sizes(errors, max(head.values) - min(head.values))
            given = np.where(odd, near if given.dtype.kind == "f" else np.rint(near), given.astype(np.float64))
        labels.append(_like(own[place], given))
    return _Batches(x, tuple(labels))


def _of_sizes(errors: FloatArray, span: float) -> FloatArray:
    """The errors (rows,) of each second step in turn of the sizes `ERRORS`, in units of `span`."""
    scaled = errors.copy()
    for part, size in zip(list(_places())[1::2], ERRORS, strict=True):
        scaled[part] *= size * span / np.sqrt(np.mean(errors[part] ** 2))
    return scaled


def _like(own: FloatArray, values: FloatArray) -> FloatArray:
    """`values` (rows,) with the dtype and number of dimensions of the student's own labels."""
    return np.asarray(values).astype(own.dtype).reshape(-1, *(1,) * (own.ndim - 1))


def _as_floats(batches: _Batches) -> _Batches:
    return _Batches(batches.x, tuple(labels.astype(np.float32) for labels in batches.labels))


def _packs(model: Any, container: str, fit_labels: str | None, problem: Problem) -> list[Pack]:
    """Ways of giving labels, the likeliest first."""
    by_keys = isinstance(getattr(model, "loss", None), Mapping) or container == "dict"
    likely = fit_labels if fit_labels in ("tuple", "dict") else "dict" if by_keys else "tuple"
    by_name: Pack = lambda x, labels: (x, dict(zip(_names(model, problem), labels, strict=True)))  # noqa: E731
    by_place: Pack = lambda x, labels: (x, labels[0] if len(labels) == 1 else tuple(labels))  # noqa: E731
    flat: list[Pack] = [lambda x, labels: (x, *labels)] if len(problem.heads) > 1 else []
    if len(problem.inputs) > 1:
        flat.append(lambda x, labels: (*(x if isinstance(x, tuple) else x.values()), *labels))
    return [
        *([by_name, by_place] if likely == "dict" else [by_place, by_name]),
        *flat,
        lambda x, labels: (x, np.stack([one.reshape(len(one)) for one in labels], axis=1)),
        lambda x, labels: _by_names(x, labels, problem),
    ]


def _by_names(x: Data, labels: Sequence[FloatArray], problem: Problem) -> Data:
    """All inputs and labels in one dict."""
    names = [one.name for one in problem.inputs]
    inputs = x if isinstance(x, dict) else dict(zip(names, x if isinstance(x, tuple) else (x,), strict=True))
    return {**inputs, **dict(zip(problem.names, labels, strict=True))}


def _names(model: Any, problem: Problem) -> Sequence[str]:
    """The keys of labels in a dict: those of the losses where they have other names than the contract's."""
    losses, count = getattr(model, "loss", None), len(problem.heads)
    if not isinstance(losses, Mapping) or len(losses) != count or set(losses) == set(problem.names):
        return problem.names
    order = [name for name in getattr(model, "output_names", None) or () if name in losses]
    return order if len(order) == count else list(losses)


def _steps(
    model: Any, named: Mapping[str, Any], batches: _Batches, data: Sequence[Data], take: Take
) -> list[Step]:
    trainable = {id(variable) for variable in model.trainable_variables}
    variables = {name: variable for name, variable in named.items() if id(variable) in trainable}
    found = take(model, list(variables.values()), data)
    return [
        _step(dict(zip(variables, gradients, strict=True)), batches.part(rows), value)
        for (gradients, value), rows in zip(found, _places(), strict=True)
    ]


def _steps_as_keras(model: Any) -> bool:
    """Whether nothing of the student's own takes the place of Keras' training step and of what adds its losses up."""
    own = (type(model).train_step, type(model).compute_loss)
    of_this_one = {"train_step", "compute_loss"} & set(vars(model))
    return own == (keras.Model.train_step, keras.Model.compute_loss) and not of_this_one


def _gradients(model: Any, variables: Sequence[Any], data: Sequence[Data]) -> Iterator[Taken]:
    """Differentiate the loss as Keras' own training step does; tracing that step would take longer than all of them."""
    values = [variable.value for variable in variables]
    for batch in data:
        x, y, weights = keras.utils.unpack_x_y_sample_weight(tf.nest.map_structure(tf.convert_to_tensor, batch))
        with undisturbed(model), tf.GradientTape() as tape:
            outputs = model(x, training=True) if model._call_has_training_arg else model(x)
            loss = model.compute_loss(x=x, y=y, y_pred=outputs, sample_weight=weights, training=True)
        found = tape.gradient(loss, values, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        yield [tf.convert_to_tensor(gradient).numpy() for gradient in found], float(loss)


def _descents(model: Any, variables: Sequence[Any], data: Sequence[Data]) -> Iterator[Taken]:
    """Let `fit` take each step, from the same weights, and see what became of these.

    A step of the student's own may try other weights on its way to the gradient, or limit them afterwards: at first
    nothing but its optimizer changes them.  One without an optimizer changes them as it likes.
    """
    if not _steps_as_keras(model):
        with _changed_by_optimizers_only(variables):
            steps = list(_fitted(model, variables, data))
        if any(gradient.any() for gradients, _ in steps for gradient in gradients):
            yield from steps
            return
        _set(model, "train_function", None)
    yield from _fitted(model, variables, data)


def _fitted(model: Any, variables: Sequence[Any], data: Sequence[Data]) -> Iterator[Taken]:
    start = [np.array(variable) for variable in variables]
    everything = [(variable.value, np.array(variable)) for variable in model.variables]
    _build_losses(model, data[0])
    for value, before in everything:
        value.assign(before)
    # Called by its own name, so that neither a noted call nor a student's override comes in between.
    fit = inspect.unwrap(keras.Model.fit)
    for batch, size in zip(data, SIZES, strict=True):
        history = fit(model, tf.data.Dataset.from_tensor_slices(batch).batch(size), epochs=1, verbose=0).history
        after = [np.array(variable) for variable in variables]
        gradients = [(old - new) / LEARNING_RATE for old, new in zip(start, after, strict=True)]
        for value, before in everything:
            value.assign(before)
        yield gradients, _value(history)


@contextlib.contextmanager
def _changed_by_optimizers_only(variables: Sequence[Any]) -> Iterator[None]:
    """Let weights stand still when they are told to change; Keras' optimizers reach for what is inside of them."""
    for variable in variables:
        _set(variable, "assign", lambda value: value)
    try:
        yield
    finally:
        for variable in variables:
            object.__delattr__(variable, "assign")


def _build_losses(model: Any, batch: Data) -> None:
    """Build the compiled losses as Keras' own training step would while it is traced.

    What makes variables while it is traced is traced again; that step is the larger part of what a question costs.
    """
    losses = getattr(model, "_compile_loss", None)
    if losses is None or losses.built or not _steps_as_keras(model):
        return
    try:
        x, y, weights = keras.utils.unpack_x_y_sample_weight(tf.nest.map_structure(tf.convert_to_tensor, batch))
        losses(y, model(x, training=True), weights)
    except Exception:  # the student's loss may raise anything; the step itself will tell
        _set(model, "_compile_loss", _fresh(losses))


def _value(history: Mapping[str, Sequence[Any]]) -> float | None:
    try:
        return float(history["loss"][-1])
    except (KeyError, IndexError, TypeError, ValueError):
        return None


@contextlib.contextmanager
def _plain_descent(model: Any, heads: int, drawing: Sequence[Any]) -> Iterator[None]:
    """Swap plain gradient descent in and chance out, and put the model back as it was."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(_kept_state(model))
        for layer in [*_built_in_layers(model), *drawing]:
            stack.enter_context(_never_training(layer))
        for layer in model._flatten_layers():
            stack.enter_context(_activity_unregularised(layer))
        if _has_all_losses(model, heads):
            for layer in model._flatten_layers(include_self=False):
                stack.enter_context(_adding_no_loss(layer))
        for variable in model.trainable_variables:
            stack.enter_context(_unconstrained(variable))
        stack.enter_context(_traced_anew(model))
        stack.enter_context(_swapped_optimizers(model))
        for name, value in (("train_function", None), ("steps_per_execution", 1), ("jit_compile", False)):
            _set(model, name, value)
        yield


def _set(thing: Any, name: str, value: Any) -> None:
    """Set an attribute without Keras taking what it is for a new part of the model."""
    object.__setattr__(thing, name, value)


@contextlib.contextmanager
def _traced_anew(model: Any) -> Iterator[None]:
    """Take the decorator `tf.function` off a training step: what it traced has the student's optimizer in it."""
    plain = getattr(type(model).train_step, "python_function", None)
    if plain is None:
        yield
        return
    _set(model, "train_step", MethodType(plain, model))
    try:
        yield
    finally:
        object.__delattr__(model, "train_step")


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
    return [layer for layer in layers if _is_built_in(layer) and _knows_training(layer)]


def _is_built_in(layer: Any) -> bool:
    return type(layer).__module__.split(".")[0] == "keras"


def _knows_training(layer: Any) -> bool:
    return "training" in inspect.signature(layer.call).parameters


def _drawing_layers(bench: _Bench) -> list[Any]:
    """The student's own layers that behave otherwise in training, where they draw from chance; else none.

    What they do in training without chance stays: that no gradient comes through, for one, is a fault.
    """
    model, inputs = bench.model, bench.inputs
    own = [layer for layer in model._flatten_layers() if not _is_built_in(layer) and _knows_training(layer)]
    if not own:
        return []
    forward = caller(model, inputs.problem, inputs.widths, inputs.dtypes)
    x = tf.convert_to_tensor(bench.batches.part(next(_places())).x)
    with contextlib.ExitStack() as stack:
        for layer in _built_in_layers(model):
            stack.enter_context(_never_training(layer))
        try:
            seen = [take_apart(model, forward(x, training=True), inputs.problem.names).tensors for _ in range(2)]
        except Exception:  # the student's layers may raise anything; the step itself will tell
            return []
    same = all(np.array_equal(one, other, equal_nan=True) for one, other in zip(*seen, strict=True))
    return [] if same else own


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
def _in_full_precision(model: Any) -> Iterator[None]:
    """Let layers that compute in half precision compute in single: two or three digits do not tell a loss."""
    policies = [(layer, layer.dtype_policy) for layer in model._flatten_layers()]
    half = [(layer, policy) for layer, policy in policies if policy.compute_dtype in ("bfloat16", "float16")]
    for layer, _ in half:
        layer.dtype_policy = "float32"
    try:
        yield
    finally:
        for layer, policy in half:
            layer.dtype_policy = policy


def _has_all_losses(model: Any, heads: int) -> bool:
    """Whether `compile` was given a loss for each output, and nothing of the student's own computes another one."""
    own = (type(model).train_step, type(model).compute_loss) != (keras.Model.train_step, keras.Model.compute_loss)
    given = getattr(model, "loss", None)
    alone = [given] if heads == 1 else []
    parts = list(given.values()) if isinstance(given, Mapping) else list(given) if isinstance(given, list) else alone
    return not own and len(parts) == heads and None not in parts


@contextlib.contextmanager
def _adding_no_loss(layer: Any) -> Iterator[None]:
    """Let a layer inside the model add no loss: it never sees a label, so what it adds only regularises."""
    _set(layer, "add_loss", lambda _loss: None)
    try:
        yield
    finally:
        object.__delattr__(layer, "add_loss")


@contextlib.contextmanager
def _unconstrained(variable: Any) -> Iterator[None]:
    constraint = variable.constraint
    variable.constraint = None
    try:
        yield
    finally:
        variable.constraint = constraint


def _loss_weights(model: Any, problem: Problem) -> tuple[float, ...] | None:
    """The weights given to `compile`, by head; None when there are none or they are of another kind."""
    heads = problem.names
    try:
        weights = model.get_compile_config().get("loss_weights")
        if isinstance(weights, Mapping):
            keys = heads if set(heads) <= set(weights) else _names(model, problem)
            return tuple(float(weights[name]) for name in keys)
        if isinstance(weights, (int, float)):
            weights = [weights]
        names = list(getattr(model, "output_names", None) or ())
        order = [names.index(name) for name in heads] if set(names) == set(heads) else range(len(heads))
        return tuple(float(weights[place]) for place in order) if weights is not None else None
    except Exception:  # a loss of the student's own may not be serialisable
        return None
