"""Answer the grader's requests in the student's kernel."""

import importlib
from collections.abc import Callable
from typing import Any

import pandas as pd

from autograder.evidence.encoding import Record
from autograder.evidence.records import (
    MIME,
    Failure,
    LossEvidence,
    ModelEvidence,
    StepEvidence,
    TrainingEvidence,
)
from autograder.evidence.requests import Reply, Request
from autograder.probe import fit
from autograder.probe.arrays import one_line, to_numpy
from autograder.probe.data import data
from autograder.probe.inspection import inspection
from autograder.probe.loaders import first_batch, loaders
from autograder.probe.quiet import quiet
from autograder.probe.reading import reading
from autograder.probe.results import hidden, results

DEFINES: dict[str, tuple[str, ...]] = {
    "inspect": ("statistics", "figure_quality", "figure_good"),
    "prepare": ("split", "prepare"),
    "loaders": ("train_data", "test_data"),
    "model": ("model",),
    "loss": ("multitask_loss",),
    "train": ("model",),
    "evaluate": ("mae", "accuracy"),
}
"""The contract: which names each solution cell defines."""


class Captured:
    """The student's objects, each taken right after the cell that defines it; later redefinitions do no harm."""

    def __init__(self) -> None:
        self._objects: dict[tuple[str, str], Any] = {}

    def clear(self) -> None:
        """Start a new notebook."""
        self._objects.clear()

    def take(self, cell: str, namespace: dict[str, Any]) -> None:
        """Keep what `cell` defines."""
        for name in DEFINES.get(cell, ()):
            if name in namespace:
                self._objects[cell, name] = namespace[name]

    def get(self, cell: str, name: str, namespace: dict[str, Any]) -> Any:
        """Return an object as its cell left it, else as it is now, else a Failure that says that it is missing."""
        missing = Failure(kind="missing", name=name)
        return self._objects.get((cell, name), namespace.get(name, missing))


_CAPTURED = Captured()


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
        evidence = _TOPICS[request.kind](request, namespace)
        reply = Reply(nonce=request.nonce, kind=request.kind, evidence=evidence.to_wire() if evidence else "")
    except Exception as error:  # a defect of the probe is never the student's failure
        reply = Reply(nonce=request.nonce, kind=request.kind, error=one_line(error))
    return Mime(reply)


def _start(request: Request, namespace: dict[str, Any]) -> None:
    _CAPTURED.clear()
    fit.forget()


def _capture(request: Request, namespace: dict[str, Any]) -> None:
    _CAPTURED.take(request.cell, namespace)
    if request.framework == "keras":
        fit.watch()


def _get(cell: str, namespace: dict[str, Any]) -> list[Any]:
    return [_CAPTURED.get(cell, name, namespace) for name in DEFINES[cell]]


def _inspection(request: Request, namespace: dict[str, Any]) -> Record:
    return inspection(*_get("inspect", namespace))


def _loaders(request: Request, namespace: dict[str, Any]) -> Record:
    return loaders(*_get("loaders", namespace))


def _architecture(request: Request, namespace: dict[str, Any]) -> Record:
    return _recorded(request, "model", namespace)


def _training(request: Request, namespace: dict[str, Any]) -> Record:
    call = fit.last_fit()
    return TrainingEvidence(
        model=_recorded(request, "train", namespace), fit_shuffle=call.shuffle if call is not None else None
    )


def _recorded(request: Request, cell: str, namespace: dict[str, Any]) -> ModelEvidence:
    """Record the model as a cell left it, on a batch of `train_data`."""
    model = _CAPTURED.get(cell, "model", namespace)
    batch = _first_batch(namespace)
    if isinstance(model, Failure):
        return ModelEvidence(failure=model)
    if isinstance(batch, Failure):
        return ModelEvidence(failure=batch)
    probe = importlib.import_module(f"autograder.probe.{request.framework}")
    x = to_numpy(batch[0])
    if x.ndim != 2:  # rows that come one by one: the network is judged on several all the same
        rows = loaders(*_get("loaders", namespace)).train
        x = x if isinstance(rows, Failure) else rows.x
    evidence: ModelEvidence = probe.record(model, x)
    return evidence


def _first_batch(namespace: dict[str, Any]) -> tuple[Any, Any, Any] | Failure:
    train_data = _CAPTURED.get("loaders", "train_data", namespace)
    if isinstance(train_data, Failure):
        return train_data
    try:
        with quiet():
            return first_batch(train_data)
    except Exception as error:  # the student's loader may raise anything
        return Failure(kind="raised", name="train_data", detail=one_line(error))


def _results(request: Request, namespace: dict[str, Any]) -> Record:
    return results(*_get("evaluate", namespace))


def _data(request: Request, namespace: dict[str, Any]) -> Record:
    assert request.data is not None
    split, prepare = _get("prepare", namespace)
    return data(split, prepare, request.data)


def _loss(request: Request, namespace: dict[str, Any]) -> Record:
    assert request.loss is not None
    function, model = _CAPTURED.get("loss", "multitask_loss", namespace), _CAPTURED.get("model", "model", namespace)
    batch = _first_batch(namespace)
    for missing in (function, model, batch):
        if isinstance(missing, Failure):
            return LossEvidence(failure=missing)
    from autograder.probe.loss_pytorch import loss

    return loss(function, model, batch, request.loss)


def _step(request: Request, namespace: dict[str, Any]) -> Record:
    assert request.loss is not None
    model, batch = _CAPTURED.get("train", "model", namespace), _first_batch(namespace)
    for missing in (model, batch):
        if isinstance(missing, Failure):
            return StepEvidence(failure=missing)
    from autograder.probe.loss_keras import step

    call = fit.last_fit()
    return step(model, batch, call.labels if call is not None else None, request.loss)


def _hidden(request: Request, namespace: dict[str, Any]) -> Record:
    assert request.hidden is not None
    assert request.data is not None
    split, prepare = _get("prepare", namespace)
    batches = loaders(*_get("loaders", namespace)).train
    frames = {name: value for name, value in namespace.items() if isinstance(value, pd.DataFrame)}
    return hidden(prepare, split, request.data.public, request.hidden, batches, frames)


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
    "reading": _reading,
}
