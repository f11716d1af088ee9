"""Which layers of a PyTorch model compute otherwise in training than in evaluation, and in which mode they are."""

from typing import Any

import torch
from torch import nn

_NORMS = (nn.modules.batchnorm._BatchNorm, nn.modules.instancenorm._InstanceNorm)


def two_faced(model: Any) -> list[nn.Module]:
    """Return the parts of a model that draw chance or keep averages in training only."""
    if not isinstance(model, nn.Module) or isinstance(model, torch.jit.ScriptModule):
        return []
    return [module for module in model.modules() if _draws(module) or _averages(module)]


def in_training(model: Any) -> tuple[str, ...]:
    """Return the kinds of those parts, when all of them are in training mode."""
    layers = two_faced(model)
    return tuple(sorted({type(layer).__name__ for layer in layers})) if all(one.training for one in layers) else ()


def _draws(module: nn.Module) -> bool:
    return isinstance(module, nn.modules.dropout._DropoutNd) and module.p > 0


def averages(layer: nn.Module) -> list[torch.Tensor]:
    """Return the running averages that a layer keeps."""
    values = (layer.running_mean, layer.running_var) if _averages(layer) else ()
    return [value for value in values if isinstance(value, torch.Tensor)]


def _averages(module: nn.Module) -> bool:
    return isinstance(module, _NORMS) and module.running_mean is not None
