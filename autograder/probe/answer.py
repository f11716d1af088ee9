"""Answer the grader's requests in the student's kernel."""

import importlib
from collections.abc import Callable
from typing import Any

from autograder.evidence.encoding import Record
from autograder.evidence.records import MIME, Failure, Framework, ModelEvidence, TrainingEvidence
from autograder.evidence.requests import Reply, Request
from autograder.probe.arrays import one_line

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

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
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
    global _CAPTURED
    _CAPTURED = Captured()


def _capture(request: Request, namespace: dict[str, Any]) -> None:
    _CAPTURED.take(request.cell, namespace)


def _framework(framework: Framework) -> Any:
    """The probe module of a framework; imported late, so that a PyTorch notebook never pays for TensorFlow."""
    return importlib.import_module(f"autograder.probe.{framework}")


def _model(request: Request, cell: str, namespace: dict[str, Any]) -> ModelEvidence:
    model = _CAPTURED.get(cell, "model", namespace)
    if isinstance(model, Failure):
        return ModelEvidence(failure=model)
    x = first_inputs(_CAPTURED.get("loaders", "train_data", namespace))
    if isinstance(x, Failure):
        return ModelEvidence(failure=x)
    evidence: ModelEvidence = _framework(request.framework).record(model, x)
    return evidence


def first_inputs(train_data: Any) -> Any:
    """Return the X of the first batch of `train_data` as an array, or a Failure."""
    if isinstance(train_data, Failure):
        return train_data
    from autograder.probe.arrays import to_numpy

    try:
        return to_numpy(next(iter(train_data))[0])
    except Exception as error:
        return Failure(kind="raised", name="train_data", detail=one_line(error))


def _architecture(request: Request, namespace: dict[str, Any]) -> Record:
    return _model(request, "model", namespace)


def _training(request: Request, namespace: dict[str, Any]) -> Record:
    return TrainingEvidence(model=_model(request, "train", namespace))


_TOPICS: dict[str, Callable[[Request, dict[str, Any]], Record | None]] = {
    "start": _start,
    "capture": _capture,
    "architecture": _architecture,
    "training": _training,
}
