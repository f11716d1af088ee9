"""Note the real steps of PyTorch's optimizers, through the hook that PyTorch itself offers for that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn
from torch.optim import optimizer as optim

from autograder.evidence.records import OptimizerStep, TrainingSteps
from autograder.probe import rows_pytorch
from autograder.probe.modes import averages, two_faced

VISIBLE_CHECK = "Zichtbare controle"
"""What a cell of the assignment that checks the student's work starts with."""

FIRST = 12
"""Steps of which the gradients are kept: enough to tell chance from a rule, few enough to weigh nothing."""

MOST_WATCHED = 2000
"""Steps after which no more is noted."""

MOST_PARAMETERS = 20_000
"""Weights of a network above which its gradients do not travel."""


@dataclass
class _Watch:
    """What was seen of one network's training."""

    model: nn.Module
    layers: list[nn.Module]
    seen: int = 0
    evaluating: int = 0
    still: int = 0
    steps: list[OptimizerStep] = field(default_factory=list)
    gradients: list[torch.Tensor | None] = field(default_factory=list)
    """The very tensors of the step before, so that another tensor is not taken for the same one."""
    versions: list[int] = field(default_factory=list)
    chance: list[torch.Tensor] = field(default_factory=list)


@dataclass
class _Beside:
    """A network that was there while optimizers that hold none of its weights took their steps."""

    model: nn.Module
    weights: list[torch.Tensor]
    """As they were at the first of these steps."""
    seen: int = 0

    def untouched(self, model: nn.Module) -> bool:
        """Whether `model` is this very network, with the same weights still."""
        now = list(model.parameters())
        same = model is self.model and len(now) == len(self.weights)
        return same and all(torch.equal(a, b) for a, b in zip(now, self.weights, strict=True))


_NAMESPACE: dict[str, Any] = {}
_WATCHES: list[_Watch] = []
_BESIDE: list[_Beside] = []
"""The last one only."""
_HOOKS: list[Any] = []


def forget() -> None:
    """Start a new notebook."""
    _WATCHES.clear()
    _BESIDE.clear()
    _NAMESPACE.clear()
    rows_pytorch.forget()


def watch(namespace: dict[str, Any], loss: str) -> None:
    """Note steps that train the `model` of `namespace` from now on; `loss` is the name of the student's loss."""
    _NAMESPACE.update(of=namespace, loss=loss)
    rows_pytorch.watch(namespace)
    if not _HOOKS:
        _HOOKS.append(optim.register_optimizer_step_pre_hook(_before_step))


def noted(model: Any) -> TrainingSteps | None:
    """Return what was seen of the steps that trained a network with the weights of `model`; None for nothing."""
    if not isinstance(model, nn.Module):
        return None
    elsewhere = _BESIDE[0].seen if _BESIDE and _BESIDE[0].untouched(model) else 0
    watched = _watched(model)
    if watched is None:
        return TrainingSteps(elsewhere=elsewhere) if elsewhere else None
    return watched.model_copy(update={"elsewhere": elsewhere})


def _watched(model: nn.Module) -> TrainingSteps | None:
    if not _WATCHES:
        return None
    found = _WATCHES[-1]
    shapes = [{name: p.shape for name, p in one.named_parameters()} for one in (model, found.model)]
    if shapes[0] != shapes[1]:
        return None
    named = _loss_named()
    # Only a training that does not seem to use the loss is looked at so closely.
    bare: dict[str, Any] = {"weights": {}, "gradients": {}}
    return TrainingSteps(
        first=tuple(step.model_copy(update=bare) if named else step for step in found.steps),
        loss_named=named,
        layers=tuple(sorted({type(layer).__name__ for layer in found.layers})),
        watched=found.seen,
        evaluating=found.evaluating,
        still=found.still,
    )


def _loss_named() -> bool:
    """Whether the training may well use the loss: it is named twice, or shares what it computes with other code."""
    cells: Iterable[str] = _NAMESPACE.get("of", {}).get("In", ())
    name = _NAMESPACE.get("loss", "")
    naming = [cell for cell in cells if name in cell and VISIBLE_CHECK not in cell]
    alone = len(naming) == 1 and naming[0].count(name) == 1
    return not alone or any(word in naming[0] for word in ("model.", "self."))


def _before_step(optimizer: Any, args: Any, kwargs: Mapping[str, Any]) -> None:
    """Called by PyTorch before every step of every optimizer; whatever goes wrong here goes unnoticed."""
    try:
        if len(args) <= 1 and not kwargs:  # with a closure, gradients are made during the step
            _note(optimizer)
    except Exception:  # a defect of the probe must never end a student's training
        _WATCHES.clear()
        _BESIDE.clear()


def _note(optimizer: Any) -> None:
    model = _NAMESPACE.get("of", {}).get("model")
    if not isinstance(model, nn.Module) or isinstance(model, torch.jit.ScriptModule):
        return
    held = {id(p) for group in optimizer.param_groups for p in group["params"]}
    if not held & {id(p) for p in model.parameters()}:
        _note_beside(model)
    own = {name: p for name, p in model.named_parameters() if p.requires_grad}
    if not own or held != {id(p) for p in own.values()}:  # several optimizers, or learned weights of the losses
        return
    found = next((one for one in _WATCHES if one.model is model), None)
    if found is None:
        found = _Watch(model, two_faced(model))
        _WATCHES.append(found)
    if found.seen < MOST_WATCHED:
        _note_mode(found)
        if found.seen < FIRST:
            _note_gradients(found, own)
        found.seen += 1


def _note_beside(model: nn.Module) -> None:
    if not _BESIDE or _BESIDE[0].model is not model:
        _BESIDE[:] = [_Beside(model, [p.detach().clone() for p in model.parameters()])]
    _BESIDE[0].seen += 1


def _note_mode(found: _Watch) -> None:
    """Count steps for which all such layers are in evaluation mode, and steps in which nothing chanced or moved."""
    if not found.layers:
        return
    found.evaluating += not any(layer.training for layer in found.layers)
    chance = [torch.get_rng_state(), *(value.clone() for layer in found.layers for value in averages(layer))]
    before, found.chance = found.chance, chance
    found.still += bool(before) and all(torch.equal(a, b) for a, b in zip(before, chance, strict=True))


def _note_gradients(found: _Watch, own: Mapping[str, nn.Parameter]) -> None:
    gradients = [p.grad for p in own.values()]
    versions = [0 if g is None else g._version for g in gradients]
    same = bool(found.gradients) and all(a is b for a, b in zip(found.gradients, gradients, strict=True))
    writes = [now - then for now, then in zip(versions, found.versions, strict=True)] if same else []
    flat = torch.cat([torch.zeros(0), *(g.detach().reshape(-1).double() for g in gradients if g is not None)])
    small = sum(p.numel() for p in own.values()) <= MOST_PARAMETERS
    found.gradients, found.versions = gradients, versions
    found.steps.append(
        OptimizerStep(
            norm=float(flat.norm()),
            writes=max(writes) if writes and min(writes) == max(writes) else None,
            weights={name: p.detach().cpu().numpy().copy() for name, p in own.items()} if small else {},
            gradients={name: p.grad.cpu().numpy().copy() for name, p in own.items() if p.grad is not None}
            if small
            else {},
        )
    )
