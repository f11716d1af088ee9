"""Record a PyTorch model's forward pass as a list of ATen operations, below autograd and above the kernels."""

import contextlib
import inspect
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn.parameter import is_lazy
from torch.utils._python_dispatch import TorchDispatchMode

from autograder.evidence.problem import Problem
from autograder.evidence.records import Failure, ModelEvidence, Output, Parameter, Recording
from autograder.probe import inputs
from autograder.probe.arrays import FloatArray, one_line
from autograder.probe.containers import Leaves, apart, leaves
from autograder.probe.quiet import quiet

ROWS = 64
"""Rows in a recorded forward pass; a program may hold for this number only."""


class Tape(TorchDispatchMode):
    """Writes down every operation with the names of the tensors that it reads and makes.

    `detach` and `no_grad` survive, in-place writes do too: a value that is read after another name of the same
    memory was written lists that write under `after`.
    """

    def __init__(self, named: dict[str, torch.Tensor]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.operations: list[dict[str, Any]] = []
        self.constants: dict[str, torch.Tensor] = {}
        self._names = {id(tensor): name for name, tensor in named.items()}
        self._alive: list[torch.Tensor] = list(named.values())
        self._writes: dict[int, list[str]] = {}

    def name_of(self, tensor: torch.Tensor) -> str:
        """Return the program's name of a tensor, naming it as a constant if it comes from outside."""
        name = self._names.get(id(tensor))
        if name is None:
            name = self._names[id(tensor)] = f"constant{len(self.constants)}"
            self.constants[name] = tensor
            self._alive.append(tensor)
        return name

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        read: list[torch.Tensor] = []
        entry = {
            "op": func.name(),
            "args": [self._encode(arg, read) for arg in args],
            "kwargs": {key: self._encode(value, read) for key, value in kwargs.items()},
            "grad": torch.is_grad_enabled(),
            "after": sorted({write for tensor in read for write in self._writes.get(_memory(tensor), [])}),
        }
        result = func(*args, **kwargs)
        made = result if isinstance(result, (tuple, list)) else [result]
        entry["makes"] = [self._made(value, rank) for rank, value in enumerate(made)]
        if func._schema.is_mutable:
            self._note_writes(func, args, kwargs, entry["makes"])
        self.operations.append(entry)
        return result

    def _made(self, value: Any, rank: int) -> str | None:
        if not isinstance(value, torch.Tensor):
            return None
        name = f"value{len(self.operations)}_{rank}"
        self._names[id(value)] = name
        self._alive.append(value)
        return name

    def _note_writes(self, func: Any, args: Any, kwargs: Any, makes: list[str | None]) -> None:
        made = [name for name in makes if name is not None]
        if not made:
            return
        for place, argument in enumerate(func._schema.arguments):
            written = args[place] if place < len(args) else kwargs.get(argument.name)
            if argument.alias_info is not None and argument.alias_info.is_write and isinstance(written, torch.Tensor):
                self._writes.setdefault(_memory(written), []).append(made[0])

    def _encode(self, value: Any, read: list[torch.Tensor]) -> Any:
        if isinstance(value, torch.Tensor):
            read.append(value)
            return {"tensor": self.name_of(value)}
        if isinstance(value, (list, tuple)):
            return [self._encode(item, read) for item in value]
        if isinstance(value, torch.dtype):
            return {"dtype": str(value).removeprefix("torch.")}
        if isinstance(value, torch.device):
            return {"device": value.type}
        if isinstance(value, torch.layout):
            return {"layout": str(value).removeprefix("torch.")}
        if isinstance(value, torch.memory_format):
            return {"memory_format": str(value).removeprefix("torch.")}
        if value is None or isinstance(value, (bool, int, str)):
            return value
        if isinstance(value, float):
            return {"float": repr(value)}
        raise TypeError(f"an argument of type {type(value).__name__} cannot be recorded")


def _memory(tensor: torch.Tensor) -> int:
    return tensor.untyped_storage().data_ptr() or id(tensor)


def caller(
    model: Any, problem: Problem, widths: Sequence[int] = (), dtypes: Sequence[str] = ()
) -> Callable[[torch.Tensor], Any]:
    """Return what calls a model on its inputs side by side, a tensor of shape (rows, sum of widths).

    One input, or none told, goes in as it is. Several are cut out, cast and given in the way that the model takes:
    one by one, or all in one tuple, list or dict by name; the first call finds out which.
    """
    if len(widths) < 2:
        whole: Callable[[torch.Tensor], Any] = model
        return whole
    names = [one.name for one in problem.inputs]

    def cut(x: torch.Tensor) -> list[torch.Tensor]:
        parts = zip(inputs.bounds(widths), dtypes, strict=True)
        return [x[:, start:end].to(getattr(torch, dtype)).contiguous() for (start, end), dtype in parts]

    ways = [inputs.one_by_one(model), inputs.together(model, tuple), inputs.together(model, list)]
    if len(names) == len(widths):
        ways += [inputs.by_name(model, names), inputs.by_keyword(model, names)]
    return inputs.Caller(cut, ways)


def take_apart(outputs: Any, names: Sequence[str]) -> Leaves:
    """Find the outputs of the heads in what a model returned.  Raises TypeError for an unknown container."""
    return apart(leaves(outputs, torch.is_tensor, names), lambda tensors: torch.stack(tensors, 1), names)


def record(
    model: Any, x: FloatArray, problem: Problem, widths: Sequence[int] = (), dtypes: Sequence[str] = ()
) -> ModelEvidence:
    """Record one forward pass of `model` in evaluation mode on the first `ROWS` rows of `x`.

    `widths` and `dtypes` are those of several inputs, side by side in `x`; the recorded program cuts them out.
    Weights, mode and random state are left as they were.
    """
    if not isinstance(model, torch.nn.Module):
        found = type(model).__name__
        return ModelEvidence(failure=Failure(kind="unsupported", name="model", detail=f"geen nn.Module maar {found}"))
    try:
        forward = _Forward(getattr(model, "_orig_mod", model), problem, tuple(widths), tuple(dtypes))
        return forward.evidence(np.array(x[:ROWS]))
    except Exception as error:  # even putting a student's module in evaluation mode may raise
        return ModelEvidence(failure=Failure(kind="raised", name="model", detail=one_line(error)))


@dataclass(frozen=True)
class _Forward:
    """A model, and how it is to be called."""

    model: torch.nn.Module
    problem: Problem
    widths: tuple[int, ...]
    dtypes: tuple[str, ...]

    def evidence(self, batch: FloatArray) -> ModelEvidence:
        with quiet(), undisturbed(self.model):
            try:
                if any(is_lazy(parameter) for parameter in self.model.parameters()):
                    self._caller(self.model)(torch.as_tensor(batch))
                return ModelEvidence(recording=self._record(_without_plans(self.model), batch))
            except Exception as error:  # the student's forward may raise anything
                return ModelEvidence(failure=self._explained(batch, error))

    def _caller(self, model: torch.nn.Module) -> Callable[[torch.Tensor], Any]:
        return caller(model, self.problem, self.widths, self.dtypes)

    def _explained(self, batch: FloatArray, error: Exception) -> Failure:
        """Why there is no recording: a model that runs when nobody listens is not to blame."""

        def call(rows: FloatArray, widths: Sequence[int]) -> Any:
            return caller(self.model, self.problem, widths, self.dtypes)(torch.as_tensor(rows))

        try:
            leaves(self._caller(self.model)(torch.as_tensor(batch)), torch.is_tensor, self.problem.names)
        except Exception as raised:  # the student's forward may raise anything
            mark = inputs.refusal(batch, raised, call, _wanted(self.model), self.widths)
            return Failure(kind="raised", name="model", detail=mark + one_line(raised))
        return Failure(kind="unrecorded", name="model", detail=one_line(error))

    def _record(self, model: torch.nn.Module, x: FloatArray) -> Recording:
        batch = torch.as_tensor(np.array(x))
        call, first = self._caller(model), self._caller(self.model)
        if isinstance(call, inputs.Caller) and isinstance(first, inputs.Caller):
            first(batch)  # the tape must not hold the attempts
            call = call.as_found_by(first)
        named = {**dict(model.named_parameters()), **dict(model.named_buffers())}
        trainable = {name: tensor.requires_grad for name, tensor in model.named_parameters()}
        before = {name: tensor.detach().clone() for name, tensor in named.items()}
        with torch.enable_grad(), Tape({**named, "input": batch}) as tape:
            found = take_apart(call(batch), self.problem.names)
        tensors = {**named, **tape.constants}
        parameters = [
            Parameter(
                name=name,
                value=value.cpu().numpy(),
                trainable=trainable.get(name, False),
                kind="parameter" if name in trainable else "buffer",
            )
            for name, value in before.items()
        ] + [
            Parameter(name=name, value=tensor.detach().cpu().numpy(), trainable=tensor.requires_grad, kind="constant")
            for name, tensor in tape.constants.items()
        ]
        return Recording(
            framework="pytorch",
            program=json.dumps(tape.operations),
            input_ref="input",
            x=np.array(x),
            parameters=tuple(parameters),
            outputs=tuple(
                Output(
                    name=name,
                    ref=tape.name_of(tensor),
                    value=tensor.detach().cpu().numpy(),
                    reached=_reached(tensor, tensors),
                )
                for name, tensor in zip(found.names, found.tensors, strict=True)
            ),
            container=found.container,
            named=found.named,
            widths=self.widths,
            dtypes=self.dtypes,
        )


def _without_plans(model: torch.nn.Module) -> torch.nn.Module:
    """A copy of a scripted model: after some calls TorchScript differentiates by itself, unseen by the tape."""
    if not isinstance(model, torch.jit.ScriptModule):
        return model
    buffer = io.BytesIO()
    torch.jit.save(model, buffer)
    buffer.seek(0)
    copy: torch.nn.Module = torch.jit.load(buffer)
    for theirs, ours in zip(model.parameters(), copy.parameters(), strict=True):
        ours.requires_grad_(theirs.requires_grad)
    return copy


def _wanted(model: torch.nn.Module) -> int | None:
    """How many inputs a model asks for, None for one that does not say."""
    try:
        return inputs.wanted(inspect.signature(model.forward).parameters)
    except (TypeError, ValueError):  # a scripted model has no Python signature
        return None


def _reached(output: torch.Tensor, tensors: dict[str, torch.Tensor]) -> tuple[str, ...] | None:
    """The names to which autograd itself sends a gradient, whatever was recorded below it."""
    asked = {name: tensor for name, tensor in tensors.items() if tensor.requires_grad}
    if not output.requires_grad or not asked:
        return ()
    try:
        found = torch.autograd.grad(output.sum(), list(asked.values()), retain_graph=True, allow_unused=True)
    except RuntimeError:  # values that were written over, or a hook of the student's
        return None
    return tuple(name for name, gradient in zip(asked, found, strict=True) if gradient is not None and gradient.any())


@contextlib.contextmanager
def undisturbed(model: torch.nn.Module) -> Iterator[None]:
    """Put the model in evaluation mode for a while; give back its mode and its values."""
    modes = [(module, module.training) for module in model.modules()]
    values = [(tensor, tensor.detach().clone()) for tensor in _tensors(model)]
    model.eval()
    try:
        yield
    finally:
        for tensor, value in values:
            if not torch.equal(tensor.detach(), value):
                tensor.detach().copy_(value)
        for module, training in modes:
            module.training = training


def _tensors(model: torch.nn.Module) -> list[torch.Tensor]:
    return [tensor for tensor in (*model.parameters(), *model.buffers()) if not is_lazy(tensor)]
