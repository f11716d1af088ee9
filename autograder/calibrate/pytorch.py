"""Recipes in PyTorch, many networks at once: each layer is one batched product, each network learns for itself."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.func import functional_call, stack_module_state, vmap
from torch.nn import functional as F  # noqa: N812  (its usual name)

from autograder.calibrate.recipes import Recipe
from autograder.calibrate.sample import Part, Predictions, Sample

Weights = dict[str, Tensor]
"""Parameters or buffers by name, the networks along the first axis."""

Rows = tuple[Tensor, Tensor, Tensor]
"""x (k, n, 11), quality (k, n) and good (k, n) of k networks."""


class MultiTaskNet(nn.Module):
    """A trunk and two heads; gives quality and the logit of good, each (n,)."""

    def __init__(self, recipe: Recipe, features: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        width = features
        for units in recipe.trunk:
            layers.append(nn.Linear(width, units))
            layers += [nn.BatchNorm1d(units)] if recipe.batch_norm else []
            layers.append(nn.ReLU())
            layers += [nn.Dropout(recipe.dropout)] if recipe.dropout else []
            width = units
        self.trunk = nn.Sequential(*layers)
        self.quality = _head(width, recipe.head)
        self.good = _head(width, recipe.head)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return both outputs for x (n, features)."""
        shared = self.trunk(x)
        return self.quality(shared)[:, 0], self.good(shared)[:, 0]


def _head(width: int, hidden: tuple[int, ...]) -> nn.Sequential:
    layers: list[nn.Module] = []
    for units in hidden:
        layers += [nn.Linear(width, units), nn.ReLU()]
        width = units
    return nn.Sequential(*layers, nn.Linear(width, 1))


class Networks:
    """The networks of one group, of the same shape, each with weights of its own."""

    def __init__(self, recipe: Recipe, seeds: Sequence[int], features: int) -> None:
        nets = []
        for seed in seeds:
            torch.manual_seed(seed)
            nets.append(MultiTaskNet(recipe, features))
        self.net = nets[0]
        self.parameters: Weights
        self.buffers: Weights
        self.parameters, self.buffers = stack_module_state(nets)
        self._call: Callable[..., tuple[Tensor, Tensor]] = vmap(self._one, randomness="different")

    def _one(self, parameters: Weights, buffers: Weights, x: Tensor) -> tuple[Tensor, Tensor]:
        return functional_call(self.net, (parameters, buffers), (x,))

    def __call__(self, x: Tensor, *, training: bool) -> tuple[Tensor, Tensor]:
        """Return both outputs, each (k, n), for x (k, n, features)."""
        self.net.train(training)
        return self._call(self.parameters, self.buffers, x)

    def state(self) -> list[Tensor]:
        """All that training changes."""
        return [*self.parameters.values(), *self.buffers.values()]


def train(recipe: Recipe, samples: Sequence[Sample]) -> list[tuple[Predictions, Predictions]]:
    """Train one network on each sample and return its predictions on the test part and on the hidden wines.

    The samples have equally many training rows.
    """
    torch.set_num_threads(1)
    rows = _stacked([sample.train for sample in samples])
    networks = Networks(recipe, [sample.seed for sample in samples], rows[0].shape[2])
    torch.manual_seed(samples[0].seed)  # of dropout
    shuffles = [torch.Generator().manual_seed(sample.seed) for sample in samples]
    optimizer = _optimizer(recipe, list(networks.parameters.values()))
    stopping = _Stopping(recipe, networks, samples)
    for _ in range(recipe.epochs):
        orders = torch.stack([torch.randperm(rows[0].shape[1], generator=one) for one in shuffles])
        for index in orders.split(recipe.batch, dim=1):
            optimizer.zero_grad()
            x = rows[0].take_along_dim(index[:, :, None], 1)
            outputs = networks(x, training=True)
            losses = combined_loss(recipe, outputs, rows[1].gather(1, index), rows[2].gather(1, index))
            losses.sum().backward()
            optimizer.step()
        if stopping.after_epoch():
            break
    stopping.put_best_back()
    tested = _predict(networks, [sample.test for sample in samples])
    return list(zip(tested, _predict(networks, [sample.hidden for sample in samples]), strict=True))


def combined_loss(recipe: Recipe, outputs: tuple[Tensor, Tensor], quality: Tensor, good: Tensor) -> Tensor:
    """The weighted sum of MSE and BCE, one for each network."""
    mse = F.mse_loss(outputs[0], quality, reduction="none").mean(1)
    bce = F.binary_cross_entropy_with_logits(outputs[1], good, reduction="none").mean(1)
    return recipe.weights[0] * mse + recipe.weights[1] * bce


def _optimizer(recipe: Recipe, parameters: list[Tensor]) -> torch.optim.Optimizer:
    # They work element by element: on stacked weights they do what they do on each network's own.
    if recipe.optimizer == "sgd":
        return torch.optim.SGD(parameters, lr=recipe.rate, momentum=0.9, weight_decay=recipe.decay)
    kind: type[Any] = torch.optim.AdamW if recipe.optimizer == "adamw" else torch.optim.Adam
    return kind(parameters, lr=recipe.rate, weight_decay=recipe.decay)


class _Stopping:
    """Early stopping of each network for itself: a network that has stopped keeps its best weights."""

    def __init__(self, recipe: Recipe, networks: Networks, samples: Sequence[Sample]) -> None:
        self.recipe = recipe
        self.networks = networks
        parts = [sample.validation for sample in samples if sample.validation and recipe.patience]
        self.rows = _stacked(parts) if parts else None
        self.best = torch.full((len(samples),), torch.inf)
        self.waited = torch.zeros(len(samples))
        self.kept = [value.detach().clone() for value in networks.state()]

    @torch.no_grad()
    def after_epoch(self) -> bool:
        """Note the weights of networks that got better, and say whether all have stopped."""
        if self.rows is None:
            return False
        x, quality, good = self.rows
        loss = combined_loss(self.recipe, self.networks(x, training=False), quality, good)
        better = (loss < self.best) & (self.waited < self.recipe.patience)
        self.waited = torch.where(better, 0, self.waited + 1)
        self.best = torch.where(better, loss, self.best)
        for kept, value in zip(self.kept, self.networks.state(), strict=True):
            kept[better] = value[better]
        return bool((self.waited >= self.recipe.patience).all())

    @torch.no_grad()
    def put_best_back(self) -> None:
        """Give every network the weights of its best epoch."""
        for kept, value in zip(self.kept, self.networks.state(), strict=True):
            if self.rows is not None:
                value.copy_(kept)


def _stacked(parts: Sequence[Part]) -> Rows:
    x, quality, good = (np.stack([getattr(part, name) for part in parts]) for name in ("x", "quality", "good"))
    return torch.from_numpy(x), torch.from_numpy(quality), torch.from_numpy(good)


@torch.no_grad()
def _predict(networks: Networks, parts: Sequence[Part]) -> list[Predictions]:
    # The hidden parts differ in size by some rows: shorter ones are filled up, and cut again.
    longest = max(len(part.x) for part in parts)
    x = torch.stack([F.pad(torch.from_numpy(part.x), (0, 0, 0, longest - len(part.x))) for part in parts])
    quality, good = (values.numpy() for values in networks(x, training=False))
    return [(quality[k, : len(part.x)], good[k, : len(part.x)] > 0) for k, part in enumerate(parts)]
