"""PyTorch networks of two inputs, right ones and wrong ones, for tests of the probe and of the topic fusion."""

import warnings
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

COLUMNS, WORDS, TOKENS = 7, 12, 40


class Named(NamedTuple):
    """A network, what its student calls the fusion, and what is wrong: criterion and fault."""

    build: Callable[[], nn.Module]
    fusion: str
    criterion: str = ""
    fault: str = ""
    tokens: bool = False


def mlp(*widths: int, end: bool = False) -> nn.Sequential:
    layers: list[nn.Module] = []
    for a, b in pairwise(widths):
        layers += [nn.Linear(a, b), nn.ReLU()]
    return nn.Sequential(*(layers if end else layers[:-1]))


class Net(nn.Module):
    """A module around a function of (module, structured, names)."""

    def __init__(self, function: Callable, **parts: nn.Module) -> None:
        super().__init__()
        self.function = function
        for name, part in parts.items():
            setattr(self, name, part)

    def forward(self, structured, names):
        return self.function(self, structured, names)


def net(function: Callable, **parts: nn.Module) -> Net:
    usual = {
        "s": mlp(COLUMNS, 16, 8, end=True),
        "n": mlp(WORDS, 16, 8, end=True),
        "head": mlp(16, 8, 1),
        "emb": nn.Embedding(TOKENS, 8, padding_idx=0),
    }
    return Net(function, **{name: part for name, part in {**usual, **parts}.items() if part is not None})


def cat(m, a, b):
    return m.head(torch.cat([a, b], 1)).squeeze(1)


def masked_mean(m, names):
    mask = (names != 0).unsqueeze(-1).float()
    return (m.emb(names) * mask).sum(1) / mask.sum(1).clamp(min=1)


class OneArgument(nn.Module):
    def __init__(self, *, named: bool) -> None:
        super().__init__()
        self.s, self.n, self.head = mlp(COLUMNS, 8, end=True), mlp(WORDS, 8, end=True), mlp(16, 8, 1)
        self.named = named

    def forward(self, batch):
        s, n = (batch["structured"], batch["names"]) if self.named else batch
        return {"survived": torch.sigmoid(self.head(torch.cat([self.s(s), self.n(n)], 1)))}


class Scriptable(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.s, self.n, self.head = mlp(COLUMNS, 8, end=True), mlp(WORDS, 8, end=True), mlp(16, 8, 1)

    def forward(self, structured: torch.Tensor, names: torch.Tensor) -> torch.Tensor:
        return self.head(torch.cat([self.s(structured), self.n(names)], 1))


def scripted(model: nn.Module) -> nn.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return torch.jit.script(model)


class Recurrent(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.emb, self.gru = nn.Embedding(TOKENS, 8), nn.GRU(8, 8, batch_first=True)
        self.s, self.head = mlp(COLUMNS, 8, end=True), mlp(16, 8, 1)

    def forward(self, structured, names):
        _, h = self.gru(self.emb(names))
        return cat(self, self.s(structured), h[-1])


class ColumnsLookAtWords(nn.Module):
    """Every column is a token of its own, and all of them look at the words."""

    def __init__(self) -> None:
        super().__init__()
        self.scale, self.shift = nn.Parameter(torch.randn(COLUMNS, 8)), nn.Parameter(torch.randn(COLUMNS, 8))
        self.emb, self.norm = nn.Embedding(TOKENS, 8, padding_idx=0), nn.LayerNorm(8)
        self.attention, self.head = nn.MultiheadAttention(8, 2, batch_first=True), mlp(8, 8, 1)

    def forward(self, structured, names):
        tokens, words = self.norm(structured.unsqueeze(-1) * self.scale + self.shift), self.emb(names)
        found, _ = self.attention(tokens, words, words, key_padding_mask=names == 0, need_weights=False)
        return self.head((tokens + found).mean(1)).squeeze(-1)


class CrossAttention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.emb, self.query = nn.Embedding(TOKENS, 8, padding_idx=0), mlp(COLUMNS, 16, 8)
        self.attention, self.head = nn.MultiheadAttention(8, 2, batch_first=True), mlp(16, 8, 1)

    def forward(self, structured, names):
        q, e = self.query(structured), self.emb(names)
        h, _ = self.attention(q[:, None], e, e, key_padding_mask=names == 0)
        return cat(self, q, h[:, 0])


def gated(m, s, n):
    a, b = m.s(s), m.n(n)
    z = torch.sigmoid(m.gate(torch.cat([a, b], 1)))
    return m.head(z * a + (1 - z) * b)


def experts(m, s, n):
    a, b = m.s(s), m.n(n)
    z = torch.softmax(m.gate(torch.cat([a, b], 1)), 1)
    return (z * torch.cat([m.one(a), m.two(b)], 1)).sum(1)


def film(m, s, n):
    scale, shift = m.film(m.n(n)).chunk(2, 1)
    return m.head(m.s(s) * scale + shift)


def late(m, s, n):
    return (m.one(m.s(s)) + m.two(m.n(n))).squeeze(1) / 2


def scores() -> dict[str, nn.Module]:
    return {"one": nn.Linear(8, 1), "two": nn.Linear(8, 1), "head": None}


def bags(m, s, n):
    return cat(m, m.s(s), m.n(n))


def early(m, s, n):
    return m.head(torch.cat([s, n], 1))


def frozen(part: str, model: nn.Module) -> nn.Module:
    getattr(model, part).requires_grad_(False)
    return model


RIGHT: dict[str, Named] = {
    "features joined": Named(lambda: net(bags), "intermediate"),
    "in Dutch": Named(lambda: net(bags), " Intermediaire fusie"),
    "tuple": Named(lambda: OneArgument(named=False), "intermediate"),
    "dict": Named(lambda: OneArgument(named=True), "halverwege"),
    "scripted": Named(lambda: scripted(Scriptable()), "intermediate"),
    "embedding, masked mean, layer": Named(
        lambda: net(lambda m, s, n: cat(m, m.s(s), m.n(masked_mean(m, n))), n=mlp(8, 8, end=True)),
        "intermediate", tokens=True,
    ),
    "gru": Named(Recurrent, "intermediate", tokens=True),
    "columns look at words": Named(ColumnsLookAtWords, "intermediate", tokens=True),
    "cross attention": Named(CrossAttention, "intermediate", tokens=True),
    "gate": Named(lambda: net(gated, gate=nn.Linear(16, 8), head=nn.Linear(8, 1)), "intermediate"),
    "product": Named(lambda: net(lambda m, s, n: m.head(m.s(s) * m.n(n)), head=mlp(8, 8, 1)), "intermediate"),
    "film": Named(lambda: net(film, film=nn.Linear(8, 16), head=mlp(8, 8, 1)), "intermediate"),
    "experts": Named(lambda: net(experts, gate=nn.Linear(16, 2), **scores()), "intermediate"),
    "skip beside the encoder": Named(
        lambda: net(lambda m, s, n: m.head(torch.cat([s, m.s(s), m.n(n)], 1)), head=mlp(16 + COLUMNS, 8, 1)),
        "intermediate",
    ),
    "one layer on features": Named(lambda: net(bags, head=nn.Linear(16, 1)), "intermediate"),
    "one layer on features, called late": Named(lambda: net(bags, head=nn.Linear(16, 1)), "late"),
    "mean of scores": Named(lambda: net(late, **scores()), "late"),
    "mean of probabilities": Named(
        lambda: net(lambda m, s, n: (torch.sigmoid(m.one(m.s(s))) + torch.sigmoid(m.two(m.n(n)))) / 2, **scores()),
        "laat",
    ),
    "learned weight of scores": Named(
        lambda: net(lambda m, s, n: m.head(torch.cat([m.one(m.s(s)), m.two(m.n(n))], 1)),
                    **{**scores(), "head": nn.Linear(2, 1)}),
        "late",
    ),
    "raw side by side": Named(lambda: net(early, head=mlp(COLUMNS + WORDS, 16, 1)), "early"),
    "raw beside an embedding": Named(
        lambda: net(lambda m, s, n: m.head(torch.cat([s, masked_mean(m, n)], 1)), head=mlp(COLUMNS + 8, 16, 1)),
        "vroege fusie", tokens=True,
    ),
    "projections": Named(
        lambda: net(bags, s=nn.Linear(COLUMNS, 8), n=nn.Linear(WORDS, 8)), "early"
    ),
    "projections, squashed side by side": Named(
        lambda: net(lambda m, s, n: m.head(torch.cat([m.s(s), m.n(n)], 1).relu()),
                    s=nn.Linear(COLUMNS, 8), n=nn.Linear(WORDS, 8)),
        "intermediate",
    ),
}  # fmt: skip

WRONG: dict[str, Named] = {
    "names ignored": Named(lambda: net(lambda m, s, n: m.head(m.s(s)), head=mlp(8, 1)), "intermediate",
                           "encoders", "ignored"),
    "names times zero": Named(lambda: net(lambda m, s, n: cat(m, m.s(s), 0 * m.n(n))), "intermediate",
                              "encoders", "ignored"),
    "structured ignored": Named(lambda: net(lambda m, s, n: m.head(m.n(n)), head=mlp(8, 1)), "late",
                                "encoders", "ignored"),
    "one encoder twice": Named(
        lambda: net(lambda m, s, n: cat(m, m.s(F.pad(s, (0, WORDS - COLUMNS))), m.s(n)), s=mlp(WORDS, 8, end=True)),
        "intermediate", "encoders", "shared_encoder",
    ),
    "encoder sees names too": Named(
        lambda: net(lambda m, s, n: cat(m, m.s(torch.cat([s, n], 1)), m.n(n)), s=mlp(COLUMNS + WORDS, 8, end=True)),
        "intermediate", "encoders", "sees_other",
    ),
    "names encoder sees structured too": Named(
        lambda: net(lambda m, s, n: cat(m, m.s(s), m.n(torch.cat([n, s], 1))), n=mlp(COLUMNS + WORDS, 8, end=True)),
        "intermediate", "encoders", "sees_other",
    ),
    "encoder sees the embedding too": Named(
        lambda: net(lambda m, s, n: cat(m, m.s(torch.cat([s, masked_mean(m, n)], 1)), m.n(masked_mean(m, n))),
                    s=mlp(COLUMNS + 8, 8, end=True), n=mlp(8, 8, end=True)),
        "intermediate", "encoders", "sees_other", tokens=True,
    ),
    "raw beside an embedding, called intermediate": Named(
        lambda: net(lambda m, s, n: m.head(torch.cat([s, masked_mean(m, n)], 1)), head=mlp(COLUMNS + 8, 16, 1)),
        "intermediate", "fusion", "misnamed", tokens=True,
    ),
    "structured raw": Named(lambda: net(lambda m, s, n: cat(m, s, m.n(n)), head=mlp(8 + COLUMNS, 8, 1)),
                            "intermediate", "encoders", "no_encoder"),
    "names raw": Named(lambda: net(lambda m, s, n: cat(m, m.s(s), n), head=mlp(8 + WORDS, 8, 1)),
                       "intermediate", "encoders", "no_encoder"),
    "frozen embedding and layer": Named(lambda: frozen("n", net(bags)), "intermediate", "encoders", "frozen"),
    "frozen structured": Named(lambda: frozen("s", net(bags)), "intermediate", "encoders", "frozen"),
    "names detached": Named(lambda: net(lambda m, s, n: cat(m, m.s(s), m.n(n).detach())), "intermediate",
                            "encoders", "detached"),
    "late, detached": Named(lambda: net(lambda m, s, n: m.one(m.s(s)) + m.two(m.n(n)).detach(), **scores()), "late",
                            "encoders", "detached"),
    "features called late": Named(lambda: net(bags), "late", "fusion", "misnamed"),
    "features called early": Named(lambda: net(bags), "early", "fusion", "misnamed"),
    "scores called intermediate": Named(lambda: net(late, **scores()), "intermediate", "fusion", "misnamed"),
    "scores called early": Named(lambda: net(late, **scores()), "vroeg", "fusion", "misnamed"),
    "raw called intermediate": Named(lambda: net(early, head=mlp(COLUMNS + WORDS, 16, 1)), "intermediate",
                                     "fusion", "misnamed"),
    "raw called late": Named(lambda: net(early, head=mlp(COLUMNS + WORDS, 16, 1)), "late", "fusion", "misnamed"),
    "no such name": Named(lambda: net(bags), "concat", "fusion", "not_named"),
    "two names": Named(lambda: net(bags), "early of late", "fusion", "not_named"),
    "features added up": Named(lambda: net(lambda m, s, n: (m.s(s) + m.n(n)).mean(1)), "intermediate",
                               "fusion", "not_fused"),
    "two outputs": Named(lambda: net(lambda m, s, n: (m.one(m.s(s)), m.two(m.n(n))), **scores()), "late",
                         "outputs", "extra_outputs"),
    "two classes": Named(lambda: net(lambda m, s, n: m.head(torch.cat([m.s(s), m.n(n)], 1)), head=mlp(16, 2)),
                         "intermediate", "outputs", "two_wide_output"),
    "one input": Named(lambda: mlp(COLUMNS + WORDS, 8, 1), "early", "outputs", "wrong_inputs"),
    "too few columns": Named(lambda: net(bags, s=mlp(COLUMNS - 1, 8, end=True)), "late", "outputs", "wrong_inputs"),
    "constant": Named(lambda: net(lambda m, s, n: 0 * bags(m, s, n) + 1), "early", "outputs", "constant_output"),
}  # fmt: skip
