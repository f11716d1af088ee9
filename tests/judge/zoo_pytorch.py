"""PyTorch networks in many styles, right ones and wrong ones, for tests of the probe, the replay and the analysis."""

import warnings
from collections import OrderedDict, namedtuple
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

FEATURES = 11
Pair = namedtuple("Pair", ["quality", "good"])


@dataclass
class Outputs:
    quality: torch.Tensor
    good: torch.Tensor


def wines(dtype: str = "float32", rows: int = 200) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(rows, FEATURES)).astype(dtype)


def trunk(width: int = 16, out: int = 8, act: type[nn.Module] = nn.ReLU) -> nn.Sequential:
    return nn.Sequential(nn.Linear(FEATURES, width), act(), nn.Linear(width, out), act())


class Lambda(nn.Module):
    """A module around a function of (module, x): the shortest way to write many forwards down."""

    def __init__(self, forward: Callable, **parts: object) -> None:
        super().__init__()
        self.function = forward
        for name, part in parts.items():
            setattr(self, name, part)

    def forward(self, x):
        return self.function(self, x)


def net(forward: Callable, width: int = 16, **parts: object) -> Lambda:
    usual = {"trunk": trunk(width), "quality": nn.Linear(8, 1), "good": nn.Linear(8, 1)}
    return Lambda(forward, **{**usual, **parts})


def heads(self, h):
    return self.quality(h), self.good(h)


class Subclass(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(FEATURES, 32), nn.Linear(32, 16)
        self.quality, self.good = nn.Linear(16, 1), nn.Linear(16, 1)

    def forward(self, x):
        h = F.relu(self.fc2(F.relu(self.fc1(x))))
        return self.quality(h), torch.sigmoid(self.good(h))


class Scriptable(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.trunk = trunk()
        self.quality, self.good = nn.Linear(8, 1), nn.Linear(8, 1)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        h = self.trunk(x)
        return self.quality(h).squeeze(1), self.good(h).squeeze(1)


def scripted(model: nn.Module) -> nn.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return torch.jit.script(model)


def traced(model: nn.Module) -> nn.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return torch.jit.trace(model, torch.zeros(3, FEATURES))


class ByHand(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.w1, self.b1 = nn.Parameter(0.3 * torch.randn(FEATURES, 16)), nn.Parameter(torch.zeros(16))
        self.wq, self.wg = nn.Parameter(0.3 * torch.randn(16, 1)), nn.Parameter(0.3 * torch.randn(16, 1))

    def forward(self, x):
        h = (x @ self.w1 + self.b1).clamp(min=0)
        return h @ self.wq + 5.6, h @ self.wg


class Experts(nn.Module):
    """A mixture of shared experts with a gate for each task, which reads the features themselves."""

    def __init__(self, experts: int = 3) -> None:
        super().__init__()
        self.experts = nn.ModuleList(nn.Sequential(nn.Linear(FEATURES, 16), nn.ReLU()) for _ in range(experts))
        self.gate_quality, self.gate_good = nn.Linear(FEATURES, experts), nn.Linear(FEATURES, experts)
        self.quality, self.good = nn.Linear(16, 1), nn.Linear(16, 1)

    def forward(self, x):
        h = torch.stack([expert(x) for expert in self.experts], dim=1)
        mixed = [(gate(x).softmax(-1)[..., None] * h).sum(1) for gate in (self.gate_quality, self.gate_good)]
        return self.quality(mixed[0]), self.good(mixed[1])


class Attention(nn.Module):
    """Each feature is a token."""

    def __init__(self) -> None:
        super().__init__()
        self.token, self.place = nn.Linear(1, 8), nn.Parameter(0.1 * torch.randn(FEATURES, 8))
        self.block = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
        self.quality, self.good = nn.Linear(8, 1), nn.Linear(8, 1)

    def forward(self, x):
        h = self.block(self.token(x[:, :, None]) + self.place).mean(1)
        return {"quality": self.quality(h), "good": self.good(h)}


class Binned(nn.Module):
    """An embedding of binned features: the gradient with respect to the input is nil."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("edges", torch.linspace(-2, 2, 9))
        self.embed, self.mix = nn.Embedding(10, 4), nn.Linear(4 * FEATURES, 16)
        self.quality, self.good = nn.Linear(16, 1), nn.Linear(16, 1)

    def forward(self, x):
        h = torch.relu(self.mix(self.embed(torch.bucketize(x.contiguous(), self.edges)).flatten(1)))
        return self.quality(h), self.good(h)


class Codes(nn.Module):
    """The last column of X is a code from 0 to 4, out of which the embedding refuses any other."""

    def __init__(self) -> None:
        super().__init__()
        self.embed, self.mix = nn.Embedding(5, 4), nn.Linear(FEATURES - 1 + 4, 16)
        self.quality, self.good = nn.Linear(16, 1), nn.Linear(16, 1)

    def forward(self, x):
        h = torch.relu(self.mix(torch.cat([x[:, :-1], self.embed(x[:, -1].long())], 1)))
        return self.quality(h), self.good(h)


class Tied(nn.Module):
    """The second layer is the first one turned over."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(FEATURES, 16)
        self.quality, self.good = nn.Linear(FEATURES, 1), nn.Linear(FEATURES, 1)

    def forward(self, x):
        h = torch.tanh(torch.relu(self.first(x)) @ self.first.weight)
        return self.quality(h), self.good(h)


class Residual(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Linear(FEATURES, 16)
        self.blocks = nn.ModuleList(
            nn.Sequential(nn.LayerNorm(16), nn.Linear(16, 16), nn.GELU(), nn.Linear(16, 16)) for _ in range(2)
        )
        self.quality, self.good = nn.Linear(16, 1), nn.Linear(16, 1)

    def forward(self, x):
        h = self.stem(x)
        for block in self.blocks:
            h = h + block(h)
        return self.quality(h), self.good(h)


def in_place(self, x):
    h = self.trunk(x)
    out = torch.zeros(len(x), 2)
    out[:, 0] = self.quality(h).squeeze(1)
    out[:, 1] = torch.sigmoid(self.good(h)).squeeze(1)
    return out


def recurrent(kind: type[nn.Module]) -> nn.Module:
    def forward(self, x):
        return heads(self, self.cell(x[:, :, None])[0][:, -1])

    return net(forward, cell=kind(1, 8, batch_first=True), trunk=None)


def data_dependent(self, x):
    h = self.trunk(x)
    if h.mean() > -1e9:
        h = h * 1.5
    return heads(self, h)


def convolution() -> nn.Module:
    conv = nn.Sequential(nn.Conv1d(1, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(36, 8), nn.ReLU())
    return net(lambda s, x: heads(s, s.conv(x[:, None])), conv=conv, trunk=None)


def normed() -> nn.Module:
    layers = nn.Sequential(
        nn.Linear(FEATURES, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.3), nn.Linear(16, 8), nn.ReLU()
    )
    return net(lambda s, x: heads(s, s.trunk(x)), trunk=layers)


def deep_heads() -> nn.Module:
    quality = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 1))
    return net(lambda s, x: heads(s, s.trunk(x)), quality=quality)


def prelu_heads() -> nn.Module:
    def head() -> nn.Module:
        return nn.Sequential(nn.PReLU(8), nn.Linear(8, 4), nn.PReLU(), nn.Linear(4, 1))

    return net(lambda s, x: heads(s, s.trunk(x)), quality=head(), good=head())


def gated() -> nn.Module:
    def forward(self, x):
        return heads(self, self.a(x) * self.b(x))

    return net(forward, a=nn.Linear(FEATURES, 8), b=nn.Linear(FEATURES, 8), trunk=None)


def norm_only() -> nn.Module:
    layers = nn.Sequential(nn.Linear(FEATURES, 8), nn.LayerNorm(8))
    return net(lambda s, x: heads(s, s.trunk(x)), trunk=layers)


def wide_and_deep() -> nn.Module:
    def forward(self, x):
        h = torch.cat([self.trunk(x), 0.3 * x], 1)
        return self.quality(h), self.good(h)

    return net(forward, quality=nn.Linear(8 + FEATURES, 1), good=nn.Linear(8 + FEATURES, 1))


def dictionary(self, x):
    h = self.trunk(x)
    return OrderedDict(good=self.good(h).squeeze(-1), quality=self.quality(h).squeeze(-1))


def halves(self, x):
    h = self.trunk(x)
    return self.quality(h[:, :8]), self.good(h[:, 8:])


class CrossStitch(nn.Module):
    """Two columns that mix: every number of theirs serves both tasks."""

    def __init__(self) -> None:
        super().__init__()
        self.columns = nn.ModuleList([nn.Linear(FEATURES, 16), nn.Linear(FEATURES, 16)])
        self.mix = nn.Parameter(torch.tensor([[0.9, 0.1], [0.1, 0.9]]))
        self.heads = nn.ModuleList([nn.Linear(16, 1), nn.Linear(16, 1)])

    def forward(self, x):
        first, second = (torch.relu(column(x)) for column in self.columns)
        return tuple(head(a * first + b * second) for head, (a, b) in zip(self.heads, self.mix, strict=True))


class HeadsInOneTensor(nn.Module):
    """The heads' own layers side by side in two tensors, as research code has it."""

    def __init__(self) -> None:
        super().__init__()
        self.trunk = trunk()
        self.first, self.last = nn.Parameter(torch.randn(2, 8, 6) * 0.4), nn.Parameter(torch.randn(2, 6, 1) * 0.4)

    def forward(self, x):
        h = torch.relu(torch.einsum("ni,tio->tno", self.trunk(x), self.first))
        quality, good = torch.einsum("tni,tio->tno", h, self.last)
        return quality, good


class PlainList(nn.Module):
    """Layers that PyTorch does not find: whether they train is for another criterion."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = [nn.Linear(FEATURES, 8), nn.Linear(8, 1), nn.Linear(8, 1)]

    def forward(self, x):
        h = torch.relu(self.layers[0](x))
        return self.layers[1](h), self.layers[2](h)


def usual(self, x):
    return heads(self, self.trunk(x))


RIGHT: dict[str, Callable[[], nn.Module]] = {
    "subclass": Subclass,
    "sequential trunk": lambda: net(usual),
    "dictionary, good first": lambda: net(dictionary),
    "list": lambda: net(lambda s, x: list(usual(s, x))),
    "named tuple": lambda: net(lambda s, x: Pair(*usual(s, x))),
    "named tuple, good first": lambda: net(
        lambda s, x: namedtuple("Other", "good quality")(s.good(s.trunk(x)), s.quality(s.trunk(x)))
    ),
    "dataclass": lambda: net(lambda s, x: Outputs(*usual(s, x))),
    "object": lambda: net(lambda s, x: SimpleNamespace(**dict(zip(("quality", "good"), usual(s, x), strict=True)))),
    "stacked": lambda: net(lambda s, x: torch.cat(usual(s, x), 1)),
    "written into zeros": lambda: net(in_place),
    "trunk called twice": lambda: net(lambda s, x: (s.quality(s.trunk(x)), s.good(s.trunk(x)))),
    "batch norm and dropout": normed,
    "residual with layer norm": Residual,
    "attention over features": Attention,
    "product of two layers": gated,
    "glu": lambda: net(usual, trunk=nn.Sequential(nn.Linear(FEATURES, 16), nn.GLU())),
    "only a norm": norm_only,
    "halves of the trunk": lambda: net(halves, trunk=trunk(16, 16)),
    "heads in one tensor": HeadsInOneTensor,
    "cross-stitch": CrossStitch,
    "layers in a plain list": PlainList,
    "expected score": lambda: net(
        lambda s, x: ((usual(s, x)[0].softmax(1) * torch.arange(11.0)).sum(1), usual(s, x)[1]), quality=nn.Linear(8, 11)
    ),
    "experts": Experts,
    "binned": Binned,
    "wide and deep": wide_and_deep,
    "by hand": ByHand,
    "double precision": lambda: net(usual).double(),
    "tied weights": Tied,
    "heads of unequal depth": deep_heads,
    "heads with prelu": prelu_heads,
    "gru": lambda: recurrent(nn.GRU),
    "lstm": lambda: recurrent(nn.LSTM),
    "convolution": convolution,
    "scripted": lambda: scripted(Scriptable()),
    "traced": lambda: traced(Scriptable()),
    "lazy": lambda: net(usual, trunk=nn.Sequential(nn.LazyLinear(16), nn.ReLU(), nn.LazyLinear(8), nn.Tanh())),
    "if on the data": lambda: net(data_dependent),
    "weight norm": lambda: net(
        usual, trunk=nn.Sequential(nn.utils.parametrizations.weight_norm(nn.Linear(FEATURES, 8)), nn.ReLU())
    ),
    "activation in the heads' entry": lambda: net(
        lambda s, x: (s.quality(F.relu(s.trunk(x))), s.good(F.relu(s.trunk(x)))), trunk=nn.Linear(FEATURES, 8)
    ),
    "scaled sigmoid": lambda: net(lambda s, x: (10 * torch.sigmoid(usual(s, x)[0]), usual(s, x)[1])),
    "softplus": lambda: net(lambda s, x: (F.softplus(usual(s, x)[0]), torch.sigmoid(usual(s, x)[1]))),
    "partly frozen": lambda: frozen(net(usual), "trunk.0"),
    "8 units": lambda: net(usual, trunk=nn.Sequential(nn.Linear(FEATURES, 8), nn.ReLU())),
    "bottleneck of 2": lambda: net(
        usual, trunk=nn.Sequential(nn.Linear(FEATURES, 8), nn.ReLU(), nn.Linear(8, 2), nn.ReLU()),
        quality=nn.Linear(2, 1), good=nn.Linear(2, 1),
    ),
    "relu after the heads": lambda: net(lambda s, x: (F.relu(usual(s, x)[0]), usual(s, x)[1])),
    "leaky and deep": lambda: net(
        usual, trunk=nn.Sequential(*(m for _ in range(5) for m in (nn.LazyLinear(8), nn.LeakyReLU(0.1))))
    ),
}  # fmt: skip


def frozen(model: nn.Module, prefix: str) -> nn.Module:
    for name, parameter in model.named_parameters():
        if name.startswith(prefix):
            parameter.requires_grad_(False)
    return model


def no_grad(self, x):
    with torch.no_grad():
        h = self.trunk(x)
    return heads(self, h)


def fused() -> nn.Module:
    def forward(self, x):
        out = self.both(self.trunk(x))
        return out[:, 0], torch.sigmoid(out[:, 1])

    return net(forward, both=nn.Linear(8, 2), quality=None, good=None)


def split_fused() -> nn.Module:
    return net(lambda s, x: s.both(s.trunk(x)).split(1, dim=1), both=nn.Linear(8, 2), quality=None, good=None)


def chained(self, x):
    quality = self.quality(self.trunk(x))
    return quality, self.good(quality)


def chained_too(self, x):
    h = self.trunk(x)
    quality = self.quality(h)
    return quality, self.good(torch.cat([h, quality], 1))


def chained_detached(self, x):
    h = self.trunk(x)
    good = torch.sigmoid(self.good(h))
    return self.quality(torch.cat([h, good.detach()], 1)), good


def two_networks() -> nn.Module:
    return net(lambda s, x: (s.quality(s.trunk(x)), s.good(s.other(x))), other=trunk())


def nominal() -> nn.Module:
    def forward(self, x):
        h = 0.01 * self.trunk(x)
        return self.quality(h) + self.own_quality(x), self.good(h) + self.own_good(x)

    return net(forward, own_quality=nn.Linear(FEATURES, 1), own_good=nn.Linear(FEATURES, 1))


def linear(width: int = 16) -> nn.Sequential:
    return nn.Sequential(nn.Linear(FEATURES, width), nn.Dropout(0.2), nn.BatchNorm1d(width), nn.Linear(width, 8))


def straight(self, x):
    return self.quality(x), self.good(x)


class TwoInputs(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(6, 8), nn.Linear(5, 8)
        self.quality, self.good = nn.Linear(8, 1), nn.Linear(8, 1)

    def forward(self, a: torch.Tensor, b: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        h = torch.relu(self.first(a) + self.second(b))
        return self.quality(h), self.good(h)


@dataclass(frozen=True)
class Wrong:
    build: Callable[[], nn.Module]
    criterion: str
    fault: str


WRONG: dict[str, Wrong] = {
    "one output": Wrong(lambda: net(lambda s, x: s.quality(s.trunk(x))), "outputs", "one_output"),
    "one output in a tuple": Wrong(lambda: net(lambda s, x: (s.quality(s.trunk(x)),)), "outputs", "one_output"),
    "features too": Wrong(lambda: net(lambda s, x: (*usual(s, x), s.trunk(x))), "outputs", "extra_outputs"),
    "constant": Wrong(lambda: net(lambda s, x: (0 * usual(s, x)[0] + 5, usual(s, x)[1])), "outputs", "constant_output"),
    "constant good": Wrong(
        lambda: net(lambda s, x: (usual(s, x)[0], torch.softmax(usual(s, x)[1], 1))), "outputs", "constant_output"
    ),
    "sigmoid on quality": Wrong(
        lambda: net(lambda s, x: tuple(map(torch.sigmoid, usual(s, x)))), "outputs", "squashed_quality"
    ),
    "tanh on quality": Wrong(
        lambda: net(lambda s, x: (torch.tanh(usual(s, x)[0]), usual(s, x)[1])), "outputs", "squashed_quality"
    ),
    "sigmoid times five": Wrong(
        lambda: net(lambda s, x: (5 * torch.sigmoid(usual(s, x)[0]), usual(s, x)[1])), "outputs", "squashed_quality"
    ),
    "sigmoid on quality by name": Wrong(
        lambda: net(lambda s, x: {"quality": torch.sigmoid(usual(s, x)[0]), "good": usual(s, x)[1]}),
        "outputs", "squashed_quality",
    ),
    "swapped": Wrong(
        lambda: net(lambda s, x: (torch.sigmoid(s.good(s.trunk(x))), s.quality(s.trunk(x)))),
        "outputs", "swapped_outputs",
    ),
    "two classes": Wrong(lambda: net(usual, good=nn.Linear(8, 2)), "outputs", "two_wide_output"),
    "softmax of two": Wrong(
        lambda: net(usual, good=nn.Sequential(nn.Linear(8, 2), nn.Softmax(1))), "outputs", "two_wide_output"
    ),
    "eight features": Wrong(lambda: net(usual, trunk=nn.Sequential(nn.Linear(8, 8), nn.ReLU())),
                            "outputs", "wrong_inputs"),
    "norm of eight": Wrong(
        lambda: net(usual, trunk=nn.Sequential(nn.BatchNorm1d(8), nn.Linear(8, 8), nn.ReLU())),
        "outputs", "wrong_inputs",
    ),
    "two inputs": Wrong(TwoInputs, "outputs", "wrong_inputs"),
    "two inputs scripted": Wrong(lambda: scripted(TwoInputs()), "outputs", "wrong_inputs"),
    "layers that do not fit": Wrong(lambda: net(usual, quality=nn.Linear(7, 1)), "outputs", "raised"),
    "not a module": Wrong(lambda: Subclass().forward, "outputs", "not_a_model"),
    "two networks": Wrong(two_networks, "shared_trunk", "two_networks"),
    "two networks in one layer": Wrong(
        lambda: net(halves, trunk=nn.Sequential(nn.Linear(FEATURES, 16), nn.ReLU())), "shared_trunk", "two_networks"
    ),
    "no trunk": Wrong(
        lambda: net(straight, quality=nn.Linear(FEATURES, 1), good=nn.Linear(FEATURES, 1)), "shared_trunk", "no_trunk"
    ),
    "bypass by good": Wrong(
        lambda: net(lambda s, x: (s.quality(s.trunk(x)), torch.sigmoid(s.good(x))), good=nn.Linear(FEATURES, 1)),
        "shared_trunk", "bypass",
    ),
    "bypass by quality": Wrong(
        lambda: net(lambda s, x: (s.quality(x), s.good(s.trunk(x))), quality=nn.Linear(FEATURES, 1)),
        "shared_trunk", "bypass",
    ),
    "good detached": Wrong(
        lambda: net(lambda s, x: (s.quality(s.trunk(x)), s.good(s.trunk(x).detach()))), "shared_trunk", "detached"
    ),
    "both detached": Wrong(lambda: net(lambda s, x: heads(s, s.trunk(x).detach())), "shared_trunk", "detached"),
    "no_grad": Wrong(lambda: net(no_grad), "shared_trunk", "detached"),
    "frozen": Wrong(lambda: frozen(net(usual), "trunk"), "shared_trunk", "frozen_trunk"),
    "dead": Wrong(lambda: net(lambda s, x: heads(s, s.trunk(x) * 0)), "shared_trunk", "dead_trunk"),
    "nominal": Wrong(nominal, "shared_trunk", "nominal_sharing"),
    "fused": Wrong(fused, "two_heads", "fused_head"),
    "fused and split": Wrong(split_fused, "two_heads", "fused_head"),
    "fused and whole": Wrong(
        lambda: nn.Sequential(trunk(), nn.Linear(8, 2)), "two_heads", "fused_head"
    ),
    "chained": Wrong(lambda: net(chained, good=nn.Linear(1, 1)), "two_heads", "chained_heads"),
    "chained beside the trunk": Wrong(lambda: net(chained_too, good=nn.Linear(9, 1)), "two_heads", "chained_heads"),
    "chained and detached": Wrong(
        lambda: net(chained_detached, quality=nn.Linear(9, 1)), "two_heads", "chained_heads"
    ),
    "no head of its own": Wrong(
        lambda: net(lambda s, x: (s.trunk(x).mean(1), s.good(s.trunk(x)))), "two_heads", "headless"
    ),
    "linear": Wrong(lambda: net(usual, trunk=linear()), "non_linear", "linear_trunk"),
    "linear, deep heads": Wrong(
        lambda: net(usual, trunk=nn.Linear(FEATURES, 8),
                    quality=nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 1))),
        "non_linear", "linear_trunk",
    ),
    "linear, sigmoid at the end": Wrong(
        lambda: net(lambda s, x: (usual(s, x)[0], torch.sigmoid(usual(s, x)[1])), trunk=linear()),
        "non_linear", "linear_trunk",
    ),
}  # fmt: skip


def through_numpy(self, x):
    """Right or wrong, nobody can follow it: the values leave PyTorch."""
    scaled = (x.numpy() - 1.0) / 2.0
    return heads(self, self.trunk(torch.tensor(scaled, dtype=torch.float32)))


def codes(rows: int = 200) -> np.ndarray:
    """X for `Codes`."""
    generator = np.random.default_rng(0)
    x = generator.normal(size=(rows, FEATURES))
    x[:, -1] = generator.integers(0, 5, rows)
    return x.astype("float32")


UNSURE: dict[str, Callable[[], nn.Module]] = {
    "through numpy": lambda: net(through_numpy),
    "not numbers": lambda: net(lambda s, x: (torch.log(-s.quality(s.trunk(x)).abs()), s.good(s.trunk(x)))),
}


def trained(model: nn.Module, steps: int = 15) -> nn.Module:
    """Some real steps on both tasks."""
    generator = np.random.default_rng(1)
    dtype = next(model.parameters()).dtype
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], 0.02)
    model.train()
    for _ in range(steps):
        x = torch.tensor(generator.normal(size=(32, FEATURES)), dtype=dtype)
        quality, good = model(x)
        loss = ((quality.ravel() - 5.6 - x[:, 0]) ** 2).mean() + (good.ravel() - (x[:, 1] > 0).to(dtype)).pow(2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model
