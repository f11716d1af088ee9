"""Note how Keras' `fit` was called: whether it shuffled, how it was given the labels, and on which rows it trained."""

import contextlib
import functools
import inspect
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

import numpy as np

from autograder.evidence.problem import Problem
from autograder.probe import feeds
from autograder.probe.arrays import to_numpy
from autograder.probe.loaders import MAX_ROWS, drawn
from autograder.probe.trained import Rows

LabelStructure = Literal["tuple", "dict"]


@dataclass(frozen=True)
class FitCall:
    """The last call of `fit`."""

    shuffle: bool | None
    """The argument `shuffle` when `fit` was given plain arrays; None for data sets, which shuffle themselves."""
    labels: LabelStructure | None
    """How the labels were given, None when that cannot be told."""


MOST_SETS = 4
"""Data sets, the last ones of each model, of which the rows are read again when they are asked for."""


@dataclass
class _Fed:
    """What `fit` trained one model on."""

    model: Any
    rows: Rows = field(default_factory=Rows)
    """Of arrays."""
    sets: list[tuple[Any, int | None]] = field(default_factory=list)
    """Data sets, with the number of batches that was drawn at most."""


_CALLS: list[FitCall] = []
_MODELS: list[Any] = []
_FED: list[_Fed] = []


def last_fit() -> FitCall | None:
    """Return the last call of `fit` in this notebook, None when there was none."""
    return _CALLS[-1] if _CALLS else None


def trained(model: Any) -> bool:
    """Whether `fit` of this very object ran to its end in this notebook."""
    return any(one is model for one in _MODELS)


def around(model: Any) -> Any:
    """Return the model that `fit` trained last with all weights of `model` among its own; None when there is none.

    So do models that end in a layer with the loss, and models with a training step around another model.
    """
    weights = {id(variable) for variable in model.trainable_variables}
    for one in reversed(_MODELS):
        if one is not model and weights and weights <= {id(variable) for variable in one.trainable_variables}:
            return one
    return None


def fed(model: Any, but: Any, problem: Problem) -> list[Rows]:
    """Return the rows on which `fit` trained weights of `model`; those of the data set `but` are known already."""
    weights = {id(variable) for variable in getattr(model, "trainable_variables", ())}
    found = [one for one in _FED if weights & {id(variable) for variable in one.model.trainable_variables}]
    for one in found:
        for data, most in one.sets:
            if data is not but:
                _read_again(data, most, one.rows, problem)
        one.sets.clear()
    return [one.rows for one in found]


def _read_again(data: Any, most: int | None, rows: Rows, problem: Problem) -> None:
    read = 0
    with contextlib.suppress(Exception):  # the student's data set may raise anything
        for batch in islice(drawn(data, problem), most):
            table = next(feeds.tables(batch))
            rows.add(table)
            read += len(table)
            if read > MAX_ROWS:
                return


def forget() -> None:
    """Start a new notebook."""
    _CALLS.clear()
    _FED.clear()
    _MODELS.clear()
    feeds.forget()


def watch() -> None:
    """Note calls of `keras.Model.fit`, and other steps, from now on; does nothing before Keras has been imported."""
    feeds.watch()
    keras = sys.modules.get("keras")
    if keras is None or hasattr(keras.Model.fit, "_noted"):
        return
    original = keras.Model.fit
    signature = inspect.signature(original)

    @functools.wraps(original)
    def fit(self: Any, *args: Any, **kwargs: Any) -> Any:
        arguments: Mapping[str, Any] = {}
        with contextlib.suppress(TypeError):  # a wrong call: Keras itself says so below
            arguments = signature.bind(self, *args, **kwargs).arguments
            _CALLS.append(_read(arguments))
        history = original(self, *args, **kwargs)
        if not trained(self):
            _MODELS.append(self)
        if getattr(history, "epoch", True) and not feeds.is_paused():
            _note_rows(self, arguments)
        return history

    fit._noted = True  # type: ignore[attr-defined]
    keras.Model.fit = fit


def _read(arguments: Mapping[str, Any]) -> FitCall:
    labels = arguments.get("y")
    if labels is None:
        return FitCall(None, _structure(_element(arguments.get("x"))))
    return FitCall(bool(arguments.get("shuffle", True)), _structure(labels))


def _element(data: Any) -> Any:
    """Return the labels' place in what a data set yields, without drawing from it where it says so itself."""
    spec = getattr(data, "element_spec", None)
    return spec[1] if isinstance(spec, tuple) and len(spec) > 1 else None


def _structure(labels: Any) -> LabelStructure | None:
    if isinstance(labels, Mapping):
        return "dict"
    return "tuple" if isinstance(labels, (tuple, list)) else None


def _note_rows(model: Any, arguments: Mapping[str, Any]) -> None:
    found = next((one for one in _FED if one.model is model), None)
    if found is None:
        found = _Fed(model)
        _FED.append(found)
    with contextlib.suppress(Exception):  # a defect of the probe must never end a student's training
        if arguments.get("y") is not None:
            table = next(feeds.tables(arguments["x"]))
            found.rows.add(table[_trains(arguments, len(table))])
        elif not _is_weighed(arguments["x"]):
            steps = arguments.get("steps_per_epoch")
            _note_set(found, arguments["x"], None if steps is None else steps * arguments.get("epochs", 1))


def _note_set(found: _Fed, data: Any, most: int | None) -> None:
    kept = [one for one in found.sets if one[0] is not data]
    found.sets = [*kept[1 - MOST_SETS :], (data, most)]


def _trains(arguments: Mapping[str, Any], rows: int) -> Any:
    """Which rows of arrays train: those that are not kept to validate at the end, and that weigh something."""
    split = arguments.get("validation_split") if arguments.get("validation_data") is None else None
    trains = np.arange(rows) < int(rows * (1 - (split or 0.0)))
    for part in _parts(arguments.get("sample_weight")):
        trains &= to_numpy(part).reshape(rows, -1).any(axis=1)
    # Which part of arrays so few steps have seen is not known.
    return trains & (arguments.get("steps_per_epoch") is None)


def _parts(weights: Any) -> list[Any]:
    """The weights of the rows for each output."""
    if isinstance(weights, Mapping):
        return list(weights.values())
    return list(weights) if isinstance(weights, (list, tuple)) else [] if weights is None else [weights]


def _is_weighed(data: Any) -> bool:
    """Whether a data set gives weights of its rows besides both labels; some of them may be zero."""
    spec = getattr(data, "element_spec", None)
    return isinstance(spec, tuple) and len(spec) == 3 and isinstance(spec[1], (Mapping, tuple, list))
