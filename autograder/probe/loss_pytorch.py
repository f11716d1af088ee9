"""Evaluate a student's loss on the challenge's outputs and labels, in the shapes of the student's own."""

import contextlib
import numbers
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import torch

from autograder.evidence.problem import Problem
from autograder.evidence.records import Failure, LossEvidence, LossProbe
from autograder.evidence.requests import LossChallenge
from autograder.probe.arrays import FloatArray, one_line
from autograder.probe.containers import Leaves
from autograder.probe.pytorch import caller, take_apart, undisturbed
from autograder.probe.quiet import preserved, quiet


class _NotOneNumberError(Exception):
    """The loss returned something else than one number; the message says what, in Dutch."""


class _OtherOutputsError(Exception):
    """The model does not return one number per row for each head."""


Dress = Callable[[FloatArray, Any, torch.Tensor], Any]
"""(n,) labels, the student's own labels and an output (n, ...) -> labels as a loss may want them."""


def loss(function: Any, model: Any, batch: Any, challenge: LossChallenge, problem: Problem) -> LossEvidence:
    """Evaluate the student's loss on every probe of the challenge, twice: with probabilities and with logits.

    `batch` holds inputs and labels as the student's `train_data` yields them.  Labels go in with that shape and dtype;
    only when the loss refuses those are they tried as floats, or in the shape of the outputs.
    """
    name = problem.loss
    for what, value in ((name, function), ("model", model), ("train_data", batch)):
        if isinstance(value, Failure):
            return LossEvidence(failure=value)
        if what == "model" and not isinstance(value, torch.nn.Module):
            return _failed("unsupported", "model", f"geen nn.Module maar {type(value).__name__}")
    if not callable(function):
        return _failed("unsupported", name, f"geen functie maar {type(function).__name__}")
    with _untouched(model, function):
        try:
            return _observe(function, model, batch, challenge, problem)
        except _OtherOutputsError as error:
            return _failed("unsupported", "model", str(error))
        except Exception as error:  # the student's model may raise anything
            return _failed("raised", "model", one_line(error))


def _observe(
    function: Any, model: torch.nn.Module, batch: Any, challenge: LossChallenge, problem: Problem
) -> LossEvidence:
    inputs, labels = batch
    forward = _forward(model, inputs, problem)
    outputs = forward()
    bench = _Bench(function, _take_apart(outputs, problem), labels, challenge)
    dress, errors = bench.fitting_dress()
    if dress is None:
        return LossEvidence(failure=_refused(function, outputs, labels, errors[0], problem.loss))
    return LossEvidence(
        probabilities=tuple(bench.probes(challenge.probabilities, dress)),
        logits=tuple(bench.probes(challenge.outputs, dress)),
        in_training=_in_training(model, forward, problem),
        refused="" if dress is _as_yielded else one_line(errors[0]),
    )


def _forward(model: torch.nn.Module, inputs: Sequence[Any], problem: Problem) -> Callable[[], Any]:
    """Call the model on the student's own inputs."""
    tensors = [torch.as_tensor(x if torch.is_tensor(x) else np.asarray(x)) for x in inputs]
    if len(tensors) == 1:
        return lambda: model(tensors[0])
    columns = [tensor.reshape(len(tensor), -1) for tensor in tensors]
    together = torch.cat([column.double() for column in columns], dim=1)
    widths, dtypes = [column.shape[1] for column in columns], [str(one.dtype).removeprefix("torch.") for one in tensors]
    call = caller(model, problem, widths, dtypes)
    return lambda: call(together)


def _refused(function: Any, outputs: Any, labels: Any, error: Exception, name: str) -> Failure:
    """Why no probe gave a number; a loss that works on the student's own batch is not to blame."""
    try:
        _number(function(outputs, *labels))
    except Exception:  # the student's loss may raise anything
        if isinstance(error, _NotOneNumberError):
            return Failure(kind="unsupported", name=name, detail=str(error))
        return Failure(kind="raised", name=name, detail=one_line(error))
    return Failure(kind="unsupported", name="batch", detail=one_line(error))


def _failed(kind: Any, name: str, detail: str) -> LossEvidence:
    return LossEvidence(failure=Failure(kind=kind, name=name, detail=detail))


def _take_apart(outputs: Any, problem: Problem) -> Leaves:
    """Find an output of one number per row for each head.  Raises _OtherOutputsError."""
    try:
        found = take_apart(outputs, problem.names)
    except TypeError as error:
        raise _OtherOutputsError(str(error)) from None
    single = all(tensor.ndim and tensor.numel() == tensor.shape[0] for tensor in found.tensors)
    if len(found.tensors) != len(problem.heads) or not single:
        shapes = ", ".join(str(tuple(tensor.shape)) for tensor in found.tensors)
        raise _OtherOutputsError(f"uitvoeren met vorm {shapes}")
    return found


def _in_training(
    model: torch.nn.Module, forward: Callable[[], Any], problem: Problem
) -> tuple[FloatArray, ...] | None:
    model.train()
    try:
        with torch.no_grad():
            outputs = _take_apart(forward(), problem).tensors
            return tuple(tensor.detach().cpu().numpy().reshape(-1) for tensor in outputs)
    except Exception:  # the student's model may raise anything
        return None
    finally:
        model.eval()


class _Bench:
    """The student's loss with everything that is needed to call it on other numbers."""

    def __init__(self, call: Any, found: Leaves, labels: Sequence[Any], challenge: LossChallenge) -> None:
        self._call = call
        self._found = found
        self._labels = labels
        self._challenge = challenge
        ends = np.cumsum(challenge.sizes)
        self._places = [slice(int(end) - size, int(end)) for end, size in zip(ends, challenge.sizes, strict=True)]

    def fitting_dress(self) -> tuple[Dress | None, list[Exception]]:
        """The first way of giving labels with which the loss works on some probe, and what the others raised."""
        errors: list[Exception] = []
        for dress in (_as_yielded, _as_floats, _as_outputs, _as_float_outputs):
            for outputs in (self._challenge.outputs, self._challenge.probabilities):
                try:
                    self._evaluate(self._places[0], outputs, dress)
                except Exception as error:  # the student's loss may raise anything
                    errors.append(error)
                else:
                    return dress, errors
        return None, errors

    def probes(self, outputs: Sequence[FloatArray], dress: Dress) -> Iterator[LossProbe]:
        """Evaluate every probe with these outputs, (sum of sizes,) for each head."""
        for place in self._places:
            try:
                yield self._evaluate(place, outputs, dress)
            except Exception as error:  # the student's loss may raise anything
                yield LossProbe(value=None, error=one_line(error))

    def _evaluate(self, place: slice, outputs: Sequence[FloatArray], dress: Dress) -> LossProbe:
        given = [
            _shaped_like(values[place], tensor).requires_grad_(True)
            for values, tensor in zip(outputs, self._found.tensors, strict=True)
        ]
        labels = (
            dress(values[place], own, tensor)
            for values, own, tensor in zip(self._challenge.labels, self._labels, given, strict=True)
        )
        # A stacked container makes a new tensor, so the leaves themselves are kept for their gradients.
        result = self._call(self._found.rebuild(list(given)), *labels)
        value = _number(result)
        gradients: tuple[torch.Tensor | None, ...] = (None,) * len(given)
        if torch.is_tensor(result) and result.requires_grad:
            gradients = torch.autograd.grad(result.reshape(()), given, allow_unused=True)
        arrays = (None if g is None else g.detach().cpu().double().numpy().reshape(-1) for g in gradients)
        return LossProbe(value=value, gradients=tuple(arrays))


def _shaped_like(values: FloatArray, tensor: torch.Tensor) -> torch.Tensor:
    """`values` (n,) with the dtype, device and number of dimensions of an output."""
    dtype = tensor.dtype if tensor.dtype.is_floating_point else torch.float32
    return torch.tensor(values).to(dtype=dtype, device=tensor.device).reshape(-1, *(1,) * (tensor.ndim - 1))


def _as_yielded(values: FloatArray, own: Any, _output: torch.Tensor) -> Any:
    shape = (-1, *(1,) * (np.ndim(own) - 1))
    if torch.is_tensor(own):
        return torch.tensor(values).to(dtype=own.dtype, device=own.device).reshape(shape)
    return np.asarray(values).astype(np.asarray(own).dtype).reshape(shape)


def _as_floats(values: FloatArray, own: Any, output: torch.Tensor) -> Any:
    return torch.as_tensor(_as_yielded(values, own, output)).to(output.dtype)


def _as_outputs(values: FloatArray, own: Any, output: torch.Tensor) -> Any:
    return torch.as_tensor(_as_yielded(values, own, output)).reshape(output.shape)


def _as_float_outputs(values: FloatArray, own: Any, output: torch.Tensor) -> Any:
    return _as_outputs(values, own, output).to(output.dtype)


def _number(result: Any) -> float:
    """The loss as a number.  Raises _NotOneNumberError."""
    if torch.is_tensor(result):
        if result.numel() == 1:
            return float(result.detach())
        raise _NotOneNumberError(f"een tensor met vorm {tuple(result.shape)}")
    if isinstance(result, (np.ndarray, np.generic)) and np.size(result) == 1:
        return float(np.asarray(result).reshape(()))
    if isinstance(result, numbers.Real):
        return float(result)
    if isinstance(result, (tuple, list, dict)):
        raise _NotOneNumberError(f"een {type(result).__name__} met {len(result)} waarden")
    raise _NotOneNumberError("niets (`None`)" if result is None else f"een {type(result).__name__}")


@contextlib.contextmanager
def _untouched(model: torch.nn.Module, function: Any) -> Iterator[None]:
    """Leave model, loss, gradients, globals, random states and the student's screen as they are."""
    with contextlib.ExitStack() as stack:
        for guard in (quiet(), preserved(function), undisturbed(model), _kept_gradients(model)):
            stack.enter_context(guard)
        if isinstance(function, torch.nn.Module):
            stack.enter_context(_kept_values(function))
            stack.enter_context(_kept_gradients(function))
        stack.enter_context(torch.enable_grad())
        yield


@contextlib.contextmanager
def _kept_gradients(module: torch.nn.Module) -> Iterator[None]:
    kept = [(p, p.grad, None if p.grad is None else p.grad.detach().clone()) for p in module.parameters()]
    try:
        yield
    finally:
        for parameter, gradient, value in kept:
            parameter.grad = gradient
            if gradient is not None and value is not None:
                gradient.detach().copy_(value)


@contextlib.contextmanager
def _kept_values(module: torch.nn.Module) -> Iterator[None]:
    """Keep the values of a loss that is a module: it may have averages that move when it is called."""
    values = [(tensor, tensor.detach().clone()) for tensor in (*module.parameters(), *module.buffers())]
    try:
        yield
    finally:
        for tensor, value in values:
            tensor.detach().copy_(value)
