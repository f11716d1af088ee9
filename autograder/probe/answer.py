"""Answer the grader's requests in the student's kernel."""

import importlib
import sys
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from autograder.evidence.encoding import Record
from autograder.evidence.problem import Problem
from autograder.evidence.records import (
    MIME,
    Batches,
    Failure,
    LoadersEvidence,
    LossEvidence,
    ModelEvidence,
    StepEvidence,
    TrainingEvidence,
    TrainingSteps,
    UsedTestRows,
)
from autograder.evidence.requests import Reply, Request
from autograder.probe import feeds, fit, trained
from autograder.probe.arrays import one_line, to_numpy
from autograder.probe.comparison import comparison, variables
from autograder.probe.data import data
from autograder.probe.inspection import inspection
from autograder.probe.loaders import Unpacked, first_batch, loaders, side_by_side
from autograder.probe.quiet import quiet
from autograder.probe.reading import reading
from autograder.probe.results import hidden, results


class Captured:
    """The student's objects, each taken right after the cell that defines it; later redefinitions do no harm."""

    def __init__(self) -> None:
        self._objects: dict[tuple[str, str], Any] = {}

    def clear(self) -> None:
        """Start a new notebook."""
        self._objects.clear()

    def take(self, cell: str, names: Sequence[str], namespace: dict[str, Any]) -> None:
        """Keep what `cell` defines."""
        for name in names:
            if name in namespace:
                self._objects[cell, name] = namespace[name]

    def get(self, cell: str, name: str, namespace: dict[str, Any]) -> Any:
        """Return an object as its cell left it, else as it is now, else a Failure that says that it is missing."""
        missing = Failure(kind="missing", name=name)
        return self._objects.get((cell, name), namespace.get(name, missing))


_CAPTURED = Captured()

_READ: list[tuple[Any, Any, LoadersEvidence]] = []
"""`train_data`, `test_data` and their rows, once `train_data` has been seen to give the same ones each time."""

FUSION = "fusion"
"""Says in the cell `model` how its inputs come together."""


class Mime:
    """A reply that the kernel's display machinery passes on untouched."""

    def __init__(self, reply: Reply) -> None:
        self._text = reply.to_wire()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {MIME: self._text, "text/plain": "evidence"}


def answer(text: str, namespace: dict[str, Any]) -> Mime:
    """Answer one request, given as JSON text; `namespace` is the notebook's.  Never raises."""
    request = Request.from_wire(text)
    try:
        with feeds.paused():
            evidence = _TOPICS[request.kind](request, namespace)
        reply = Reply(nonce=request.nonce, kind=request.kind, evidence=evidence.to_wire() if evidence else "")
    except Exception as error:  # a defect of the probe is never the student's failure
        reply = Reply(nonce=request.nonce, kind=request.kind, error=one_line(error))
    return Mime(reply)


def _start(request: Request, namespace: dict[str, Any]) -> None:
    _CAPTURED.clear()
    _READ.clear()
    fit.forget()
    if "autograder.probe.steps" in sys.modules:
        sys.modules["autograder.probe.steps"].forget()


def _capture(request: Request, namespace: dict[str, Any]) -> None:
    _CAPTURED.take(request.cell, _defines(request, request.cell), namespace)
    if request.framework == "keras":
        fit.watch()
    elif "torch" in sys.modules and request.problem is not None:
        from autograder.probe import steps

        steps.watch(namespace, request.problem.loss)


def _defines(request: Request, cell: str) -> tuple[str, ...]:
    """The contract: which names a solution cell defines."""
    return request.problem.cells.get(cell, ()) if request.problem is not None else ()


def _problem(request: Request) -> Problem:
    """Return what the assignment asks.  Raises ValueError for a request that needs it and does not say it."""
    if request.problem is None:
        raise ValueError("the request does not say what the assignment asks")
    return request.problem


def _get(request: Request, cell: str, namespace: dict[str, Any]) -> dict[str, Any]:
    return {name: _CAPTURED.get(cell, name, namespace) for name in _defines(request, cell)}


def _inspection(request: Request, namespace: dict[str, Any]) -> Record:
    found = _get(request, "inspect", namespace)
    return inspection(found.pop("statistics"), found)


def _loaders(request: Request, namespace: dict[str, Any]) -> LoadersEvidence:
    train_data, test_data = _get(request, "loaders", namespace).values()
    found = loaders(train_data, test_data, _problem(request))
    if isinstance(found.train, Batches) and found.train.kind == "loader" and _gives_the_same(found.train):
        _READ.append((train_data, test_data, found))
    return found


def _gives_the_same(rows: Batches) -> bool:
    return len(rows.second_order) == len(rows.x) and bool((rows.second_order >= 0).all())


def _held(request: Request, namespace: dict[str, Any]) -> LoadersEvidence:
    """The rows of both loaders, in any order: reading them is a large part of what some questions cost."""
    train_data, test_data = _get(request, "loaders", namespace).values()
    known = (found for train, test, found in _READ if train is train_data and test is test_data)
    return next(known, None) or loaders(train_data, test_data, _problem(request))


def _rows(request: Request, namespace: dict[str, Any]) -> Batches | Failure:
    return _held(request, namespace).train


def _architecture(request: Request, namespace: dict[str, Any]) -> Record:
    evidence = _recorded(request, "model", namespace)
    if FUSION not in _defines(request, "model"):
        return evidence
    said = reading((FUSION,), {FUSION: _CAPTURED.get("model", FUSION, namespace)}).values[FUSION]
    return evidence.model_copy(update={"fusion": str(said) if isinstance(said, float) else said})


def _training(request: Request, namespace: dict[str, Any]) -> Record:
    call = fit.last_fit()
    model = _CAPTURED.get("train", "model", namespace)
    recorded = _recorded(request, "train", namespace)
    return TrainingEvidence(
        model=recorded,
        undrawn=_undrawn(request, model, recorded) if fit.trained(model) or feeds.fed(model) else (),
        fit_shuffle=call.shuffle if call is not None else None,
        fed_shuffled=_fed_shuffled(request, namespace) if request.framework == "keras" else None,
        steps=_steps(model) if request.framework == "pytorch" else None,
        test_rows=_test_rows(request, model, namespace),
    )


def _undrawn(request: Request, model: Any, recorded: ModelEvidence) -> tuple[str, ...]:
    from autograder.probe.keras import caller
    from autograder.probe.modes_keras import never_drew

    assert request.problem is not None
    if recorded.recording is None:
        return ()
    found = recorded.recording
    return never_drew(model, found.x, caller(model, request.problem, found.widths, found.dtypes))


def _fed_shuffled(request: Request, namespace: dict[str, Any]) -> bool | None:
    rows = _rows(request, namespace) if feeds.any_noted() else None
    return feeds.shuffled(rows.x, rows.widths) if isinstance(rows, Batches) else None


def _steps(model: Any) -> TrainingSteps | None:
    from autograder.probe import steps

    return steps.noted(model)


def _test_rows(request: Request, model: Any, namespace: dict[str, Any]) -> UsedTestRows | None:
    """Tell which rows of the test part trained a model."""
    if request.framework == "keras":
        with quiet():
            train_data = _CAPTURED.get("loaders", "train_data", namespace)
            fed = [*fit.fed(model, train_data, _problem(request)), *feeds.fed(model)]
    else:
        from autograder.probe import rows_pytorch

        fed = rows_pytorch.fed(model)
    if not fed:
        return None
    held = _held(request, namespace)
    return trained.used_test_rows(fed, held.train, held.test)


def _recorded(request: Request, cell: str, namespace: dict[str, Any]) -> ModelEvidence:
    """Record the model as a cell left it, on a batch of `train_data`."""
    model = _CAPTURED.get(cell, "model", namespace)
    batch = _first_batch(request, namespace)
    if isinstance(model, Failure):
        return ModelEvidence(failure=model)
    if isinstance(batch, Failure):
        return ModelEvidence(failure=batch)
    probe = importlib.import_module(f"autograder.probe.{request.framework}")
    parts = [to_numpy(part) for part in batch[0]]
    rows = _rows(request, namespace) if any(part.ndim != 2 for part in parts) else None
    if isinstance(rows, Batches):  # rows that come one by one: the network is judged on several all the same
        x, widths, dtypes = rows.x, rows.widths, rows.dtypes[: len(rows.widths)]
    elif len(parts) == 1:
        x, widths, dtypes = parts[0], (), ()
    else:
        x, widths = side_by_side(parts)
        dtypes = tuple(str(part.dtype) for part in parts)
    evidence: ModelEvidence = probe.record(model, x, _problem(request), *((widths, dtypes) if len(widths) > 1 else ()))
    return evidence


def _first_batch(request: Request, namespace: dict[str, Any]) -> Unpacked | Failure:
    train_data = _CAPTURED.get("loaders", "train_data", namespace)
    if isinstance(train_data, Failure):
        return train_data
    try:
        with quiet():
            return first_batch(train_data, _problem(request))
    except Exception as error:  # the student's loader may raise anything
        return Failure(kind="raised", name="train_data", detail=one_line(error))


def _results(request: Request, namespace: dict[str, Any]) -> Record:
    found = results(_get(request, "evaluate", namespace))
    if request.framework != "pytorch":
        return found
    from autograder.probe.modes import in_training

    return found.model_copy(update={"training_layers": in_training(_CAPTURED.get("train", "model", namespace))})


def _data(request: Request, namespace: dict[str, Any]) -> Record:
    assert request.data is not None
    split, prepare = _get(request, "prepare", namespace).values()
    return data(split, prepare, request.data, _problem(request))


def _loss(request: Request, namespace: dict[str, Any]) -> Record:
    assert request.loss is not None
    assert request.problem is not None
    function, model = _CAPTURED.get("loss", request.problem.loss, namespace), _CAPTURED.get("model", "model", namespace)
    batch = _first_batch(request, namespace)
    for missing in (function, model, batch):
        if isinstance(missing, Failure):
            return LossEvidence(failure=missing)
    from autograder.probe.loss_pytorch import loss

    return loss(function, model, batch, request.loss, _problem(request))


def _step(request: Request, namespace: dict[str, Any]) -> Record:
    assert request.loss is not None
    model, batch = _CAPTURED.get("train", "model", namespace), _first_batch(request, namespace)
    for missing in (model, batch):
        if isinstance(missing, Failure):
            return StepEvidence(failure=missing)
    from autograder.probe.loss_keras import Training, step

    call = fit.last_fit()
    labels = call.labels if call is not None else None
    how = Training(labels, lambda: _own_step(request, namespace), fit.around, fit.trained)
    return step(model, batch, request.loss, _problem(request), how)


def _own_step(request: Request, namespace: dict[str, Any]) -> Any:
    """Return the step of the student's own loop, None when it is not one function of known arguments."""
    stepper = feeds.stepper()
    rows = _rows(request, namespace) if stepper is not None else None
    if stepper is None or not isinstance(rows, Batches):
        return None
    from autograder.probe.own_step import OwnStep

    try:
        return OwnStep(stepper, feeds.Fed(rows.x, rows.labels, rows.widths))
    except Exception:  # the student's data set may raise anything; without a step the loss is for a person
        return None


def _hidden(request: Request, namespace: dict[str, Any]) -> Record:
    assert request.hidden is not None
    assert request.data is not None
    split, prepare = _get(request, "prepare", namespace).values()
    batches = _rows(request, namespace)
    frames = {name: value for name, value in namespace.items() if isinstance(value, pd.DataFrame)}
    return hidden(prepare, split, request.data.public, request.hidden, batches, frames, _problem(request))


def _comparison(request: Request, namespace: dict[str, Any]) -> Record:
    problem = _problem(request)
    cells = {name: cell for cell, names in problem.cells.items() for name in names}
    network, named, figure = (_CAPTURED.get(cells.get(name, ""), name, namespace) for name in variables(problem))
    model = _CAPTURED.get("train", "model", namespace)
    rows = _rows(request, namespace)
    return comparison(network, named, figure, model, rows, problem, request.framework)


def _reading(request: Request, namespace: dict[str, Any]) -> Record:
    return reading(request.names, namespace)


_TOPICS: dict[str, Callable[[Request, dict[str, Any]], Record | None]] = {
    "start": _start,
    "capture": _capture,
    "inspection": _inspection,
    "loaders": _loaders,
    "architecture": _architecture,
    "training": _training,
    "results": _results,
    "data": _data,
    "loss": _loss,
    "step": _step,
    "hidden": _hidden,
    "comparison": _comparison,
    "reading": _reading,
}
