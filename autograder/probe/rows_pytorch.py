"""Note which rows trained a PyTorch network: those of which gradients came back just before an optimizer's step."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn
from torch.optim import optimizer as optim

from autograder.probe import feeds
from autograder.probe.arrays import to_numpy
from autograder.probe.containers import leaves
from autograder.probe.trained import Rows


@dataclass
class _Notes:
    namespace: dict[str, Any] = field(default_factory=dict)
    fed: list[tuple[nn.Module, Rows]] = field(default_factory=list)
    back: tuple[nn.Module, Any] | None = None
    """The network and the input of which gradients came back last, since the step before."""


_NOTES = _Notes()
_HOOKS: list[Any] = []


def forget() -> None:
    """Start a new notebook."""
    _NOTES.__init__()  # type: ignore[misc]


def watch(namespace: dict[str, Any]) -> None:
    """Note rows that train the `model` of `namespace` from now on."""
    _NOTES.namespace = namespace
    if not _HOOKS:
        _note_calls()
        _HOOKS.append(optim.register_optimizer_step_post_hook(_after_step))


def _note_calls() -> None:
    # No hook of PyTorch's: a global one makes torch.compile warn, one on the student's network spoils its scripting.
    original = nn.Module._call_impl

    @functools.wraps(original)
    def call(self: nn.Module, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True  # IPython leaves this frame out of what a student reads
        outputs = original(self, *args, **kwargs)  # type: ignore[no-untyped-call]
        if not torch.compiler.is_compiling() and self is _NOTES.namespace.get("model"):
            _after_forward(self, args, kwargs, outputs)
        return outputs

    nn.Module._call_impl = call  # type: ignore[method-assign]


def fed(model: Any) -> list[Rows]:
    """Return the rows that trained this very network; nothing where none were seen."""
    return [rows for one, rows in _NOTES.fed if one is model]


def _after_forward(module: nn.Module, args: Any, kwargs: Mapping[str, Any], outputs: Any) -> None:
    """Called after every call of the network itself; whatever goes wrong here goes unnoticed."""
    if not torch.is_grad_enabled() or torch._C._get_tracing_state() is not None or feeds.is_paused():
        return
    try:
        table = next(one for one in (*args, *kwargs.values()) if isinstance(one, torch.Tensor) and one.ndim == 2)
        node = next(one.grad_fn for one in leaves(outputs, torch.is_tensor, ()).tensors if one.grad_fn is not None)

        def came_back(_gradients: Any) -> None:
            _NOTES.back = (module, table)

        node.register_prehook(came_back)
    except Exception:  # a defect of the probe must never end a student's training
        _NOTES.back = None


def _after_step(optimizer: Any, args: Any, kwargs: Mapping[str, Any]) -> None:  # noqa: ARG001
    """Called by PyTorch after every step; only the last rows count: others may have been looked at before."""
    back, _NOTES.back = _NOTES.back, None
    if back is None or feeds.is_paused():
        return
    model, table = back
    try:
        held = {id(p) for group in optimizer.param_groups for p in group["params"]}
        if any(id(p) in held for p in model.parameters()):
            _rows_of(model).add(to_numpy(table))
    except Exception:  # a defect of the probe must never end a student's training
        _NOTES.fed.clear()


def _rows_of(model: nn.Module) -> Rows:
    found = next(iter(fed(model)), None)
    if found is None:
        found = Rows()
        _NOTES.fed[:] = [(model, found)]
    return found
