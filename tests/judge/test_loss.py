"""Each way of combining two losses gets the verdicts that it deserves."""

import dataclasses
from collections import namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from problems import MULTITASK
from torch import Tensor, nn

from autograder.evidence.records import (
    Batches,
    Failure,
    LoadersEvidence,
    LossEvidence,
    LossProbe,
    ModelEvidence,
    NotebookEvidence,
    TrainingEvidence,
)
from autograder.judge import loss as topic
from autograder.judge.case import Case, Context
from autograder.judge.catalogue.loss import FAULTS
from autograder.judge.loss_challenge import make_loss_challenge
from autograder.judge.verdicts import Verdict
from autograder.probe.loss_pytorch import loss as probe
from autograder.probe.pytorch import record

X = np.random.default_rng(0).normal(size=(64, 11)).astype(np.float32)
CHALLENGE = make_loss_challenge(MULTITASK, 7)

mse, bce, bce_p = F.mse_loss, F.binary_cross_entropy_with_logits, F.binary_cross_entropy
sg = torch.sigmoid

Pair = namedtuple("Pair", ["quality", "good"])


@dataclasses.dataclass
class Outputs:
    quality: Tensor
    good: Tensor


class Net(nn.Module):
    """A shared trunk with two heads; `form` says how the outputs come out."""

    def __init__(
        self, form: str = "tuple", *, probability: bool | str = False, flat: bool = False, swap: bool = False
    ) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.trunk = nn.Sequential(nn.Linear(11, 16), nn.ReLU(), nn.Linear(16, 8), nn.ReLU())
        self.q, self.g = nn.Linear(8, 1), nn.Linear(8, 1)
        self.form, self.probability, self.flat, self.swap = form, probability, flat, swap

    def forward(self, x: Tensor) -> Any:
        h = self.trunk(x)
        q, g = self.q(h), self.g(h)
        if self.probability == "evaluation":
            g = g if self.training else torch.sigmoid(g)
        elif self.probability:
            g = torch.sigmoid(g)
        if self.flat:
            q, g = q.squeeze(-1), g.squeeze(-1)
        if self.swap:
            q, g = g, q
        return {
            "tuple": lambda: (q, g),
            "list": lambda: [q, g],
            "dict": lambda: {"good": g, "quality": q},
            "named": lambda: Pair(q, g),
            "dataclass": lambda: Outputs(q, g),
            "stacked": lambda: torch.cat([q, g], dim=1),
        }[self.form]()


def labels(shape: str = "n1", dtype: torch.dtype = torch.float32) -> tuple[Tensor, Tensor]:
    rng = np.random.default_rng(3)
    q = torch.tensor(rng.integers(3, 9, 64)).to(dtype)
    g = (q >= 6).to(dtype)
    return (q[:, None], g[:, None]) if shape == "n1" else (q, g)


def judged(
    multitask_loss: Any,
    model: nn.Module | None = None,
    shape: str = "n1",
    dtype: torch.dtype = torch.float32,
    x: Any = X,
    seed: int = 7,
    **more: Any,
) -> tuple[dict[str, Verdict], Case]:
    model = model or Net()
    challenge = make_loss_challenge(MULTITASK, seed)
    evidence = probe(multitask_loss, model, ((torch.tensor(x),), labels(shape, dtype)), challenge, MULTITASK)
    evidence = LossEvidence.from_wire(evidence.to_wire())
    return verdicts(evidence, record(model, x, MULTITASK), challenge, **more)


def verdicts(
    evidence: LossEvidence | None, architecture: ModelEvidence | None = None, challenge: Any = CHALLENGE, **more: Any
) -> tuple[dict[str, Verdict], Case]:
    context = Context(
        seed=5, problem=MULTITASK, loss=challenge
    )
    notebook = NotebookEvidence(framework="pytorch", loss=evidence, architecture=architecture, **more)
    case = Case(notebook, context)
    topic.judge(case)
    assert set(case.verdicts) == set(topic.criteria(MULTITASK))
    return case.verdicts, case


def brief(found: dict[str, Verdict]) -> dict[str, str]:
    return {name: v.fault or v.status for name, v in found.items() if v.status != "pass"}


LOGIT_RIGHT: dict[str, Callable[..., Tensor]] = {
    "mse + bce": lambda q, g, y, t: mse(q, y) + bce(g, t),
    "own weights": lambda q, g, y, t: 0.3 * mse(q, y) + 2 * bce(g, t),
    "small weight": lambda q, g, y, t: mse(q, y) + 1e-3 * bce(g, t),
    "large weight": lambda q, g, y, t: 500 * mse(q, y) + bce(g, t),
    "pos_weight": lambda q, g, y, t: mse(q, y) + bce(g, t, pos_weight=torch.tensor(3.0)),
    "class weights": lambda q, g, y, t: mse(q, y) + bce(g, t, weight=torch.where(t == 1, 0.8, 1.3)),
    "score weights": lambda q, g, y, t: (torch.where(y > 6, 2.0, 1.0) * (q - y) ** 2).mean() + bce(g, t),
    "label smoothing": lambda q, g, y, t: mse(q, y) + bce(g, t * 0.9 + 0.05),
    "smoothing and pos_weight": lambda q, g, y, t: mse(q, y) + bce(g, t * 0.8 + 0.1, pos_weight=torch.tensor(2.0)),
    "kendall": lambda q, g, y, t: np.exp(-0.3) * 0.5 * mse(q, y) + 0.15 + np.exp(0.2) * bce(g, t) - 0.1,
    "constant": lambda q, g, y, t: mse(q, y) + bce(g, t) + 0.0371,
    "large constant": lambda q, g, y, t: mse(q, y) + bce(g, t) + 50,
    "sigmoid in the loss": lambda q, g, y, t: mse(q, y) + bce_p(torch.sigmoid(g), t),
    "by hand": lambda q, g, y, t: ((q - y) ** 2).mean()
    - (t * torch.log(sg(g) + 1e-7) + (1 - t) * torch.log(1 - sg(g) + 1e-7)).mean(),
    "clamped by hand": lambda q, g, y, t: ((q - y) ** 2).mean()
    - (t * torch.log(sg(g).clamp(1e-6)) + (1 - t) * torch.log((1 - sg(g)).clamp(1e-6))).mean(),
    "two classes": lambda q, g, y, t: mse(q, y)
    + F.cross_entropy(torch.cat([torch.zeros_like(g), g], 1), t[:, 0].long()),
    "good from quality": lambda q, g, y, t: mse(q, y) + bce(g, (y >= 6).float()),
    "good from quality, strict": lambda q, g, y, t: mse(q, y) + bce(g, (y > 5).float()),
    "good from quality, smoothed": lambda q, g, y, t: mse(q, y) + bce(g, (y > 5).float() * 0.9 + 0.05),
    "sum over n": lambda q, g, y, t: ((q - y) ** 2).sum() / len(q) + bce(g, t, reduction="sum") / len(g),
    "in float64": lambda q, g, y, t: mse(q.double(), y.double()) + bce(g.double(), t.double()),
    "one element": lambda q, g, y, t: (mse(q, y) + bce(g, t)).reshape(1),
}


@pytest.mark.parametrize("name", LOGIT_RIGHT)
def test_right_losses_of_logits_pass(name: str) -> None:
    found, case = judged(lambda outputs, y, t: LOGIT_RIGHT[name](*outputs, y, t))
    assert brief(found) == {}
    assert case.logit(1) is True


@pytest.mark.parametrize("seed", range(5))
def test_every_seed_shows_the_same(seed: int) -> None:
    found, _ = judged(lambda o, y, t: 0.7 * mse(o[0], y) + bce(o[1], t), seed=seed)
    assert brief(found) == {}
    assert "0,70·MSE + 1,00·BCE" in found["weights"].message


def test_right_losses_of_probabilities_pass() -> None:
    for call in (
        lambda o, y, t: mse(o[0], y) + 2 * bce_p(o[1], t),
        lambda o, y, t: mse(o[0], y) + bce_p(o[1], t * 0.9 + 0.05),
        lambda o, y, t: mse(o[0], y) + bce(torch.logit(o[1]), t),
        lambda o, y, t: mse(o[0], y) - (t * torch.log(o[1]) + (1 - t) * torch.log(1 - o[1])).mean(),
    ):
        found, case = judged(call, Net(probability=True))
        assert brief(found) == {}
        assert case.logit(1) is False


@pytest.mark.parametrize("form", ["tuple", "list", "dict", "named", "dataclass", "stacked"])
@pytest.mark.parametrize("flat", [False, True])
def test_every_container_is_filled_as_the_model_does(form: str, flat: bool) -> None:
    if form == "stacked" and flat:
        pytest.skip("stacked outputs have one column each")

    def multitask_loss(outputs: Any, quality: Tensor, good: Tensor, w: float = 1.0) -> Tensor:
        if form == "dict":
            q, g = outputs["quality"], outputs["good"]
        elif form in ("named", "dataclass"):
            q, g = outputs.quality, outputs.good
        elif form == "stacked":
            assert outputs.shape == (len(quality), 2)
            q, g = outputs[:, 0], outputs[:, 1]
        else:
            q, g = outputs
        assert q.shape == ((len(quality),) if flat or form == "stacked" else (len(quality), 1))
        return w * mse(q, quality) + bce(g, good)

    found, _ = judged(multitask_loss, Net(form, flat=flat), "n" if flat or form == "stacked" else "n1")
    assert brief(found) == {}


def test_integer_labels_that_the_loss_casts_pass() -> None:
    found, _ = judged(lambda o, y, t: mse(o[0], y.float()) + bce(o[1], t.float()), dtype=torch.int64)
    assert brief(found) == {}


def test_labels_that_the_loop_casts_and_reshapes_pass() -> None:
    found, _ = judged(lambda o, y, t: mse(o[0], y) + bce(o[1], t), shape="n", dtype=torch.int64)
    assert brief(found) == {}


def test_labels_that_the_loss_refuses_fail_when_nothing_was_trained() -> None:
    model = Net()
    same = TrainingEvidence(model=record(model, X, MULTITASK))
    found, _ = judged(lambda o, y, t: mse(o[0], y) + bce(o[1], t), model, shape="n", training=same)
    assert brief(found) == {REG: "raised", CLA: "not_judged", WEI: "not_judged"}
    assert "Target size" in found[REG].message


def test_float64_models_pass() -> None:
    found, _ = judged(
        lambda o, y, t: mse(o[0], y) + bce(o[1], t), Net().double(), dtype=torch.float64, x=X.astype(np.float64)
    )
    assert brief(found) == {}


def test_learned_weights_in_a_module_pass() -> None:
    class Kendall(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.s = nn.Parameter(torch.tensor([0.3, -0.2]))

        def forward(self, outputs: Any, quality: Tensor, good: Tensor) -> Tensor:
            terms = torch.stack([mse(outputs[0], quality), bce(outputs[1], good)])
            return (torch.exp(-self.s) * terms + self.s).sum()

    found, _ = judged(Kendall())
    assert brief(found) == {}


def test_regularisation_of_the_model_passes() -> None:
    model = Net()
    found, _ = judged(
        lambda o, y, t: mse(o[0], y) + bce(o[1], t) + 0.01 * sum((p**2).sum() for p in model.parameters()), model
    )
    assert brief(found) == {}


def test_a_sigmoid_only_in_evaluation_passes() -> None:
    found, _ = judged(lambda o, y, t: mse(o[0], y) + bce(o[1], t), Net(probability="evaluation"))
    assert brief(found) == {}


def test_a_loss_for_either_kind_of_output_passes() -> None:
    def multitask_loss(o: Any, y: Tensor, t: Tensor) -> Tensor:
        inside = bool((o[1] >= 0).all() and (o[1] <= 1).all())
        return mse(o[0], y) + (bce_p if inside else bce)(o[1], t)

    for probability in (False, True):
        found, case = judged(multitask_loss, Net(probability=probability))
        assert brief(found) == {}
        assert case.logit(1) is not probability


REG, CLA, WEI = "regression_term", "classification_term", "weights"

WRONG: dict[str, tuple[Callable[..., Any], dict[str, str]]] = {
    "only mse": (lambda q, g, y, t: mse(q, y), {CLA: "missing", WEI: "not_judged"}),
    "only bce": (lambda q, g, y, t: bce(g, t), {REG: "missing", WEI: "not_judged"}),
    "nothing": (lambda q, g, y, t: q.sum() * 0 + 3, {REG: "not_judged", CLA: "missing", WEI: "not_judged"}),
    "zero bce": (lambda q, g, y, t: mse(q, y) + 0 * bce(g, t), {CLA: "not_judged", WEI: "zero"}),
    "zero mse": (lambda q, g, y, t: 0.0 * mse(q, y) + bce(g, t), {REG: "not_judged", WEI: "zero"}),
    "bce.item()": (lambda q, g, y, t: mse(q, y) + bce(g, t).item(), {CLA: "detached", WEI: "not_judged"}),
    "mse.detach()": (lambda q, g, y, t: 0.2 * mse(q, y).detach() + bce(g, t), {REG: "detached", WEI: "not_judged"}),
    "detached output": (lambda q, g, y, t: mse(q, y) + bce(g.detach(), t), {CLA: "detached", WEI: "not_judged"}),
    "all a number": (
        lambda q, g, y, t: (mse(q, y) + bce(g, t)).item(),
        {REG: "detached", CLA: "detached", WEI: "not_judged"},
    ),
    "mae": (lambda q, g, y, t: F.l1_loss(q, y) + bce(g, t), {REG: "mae"}),
    "huber": (lambda q, g, y, t: F.smooth_l1_loss(q, y) + 0.5 * bce(g, t), {REG: "huber"}),
    "huber 2": (lambda q, g, y, t: F.huber_loss(q, y, delta=2.0) + bce(g, t), {REG: "huber"}),
    "log-cosh": (lambda q, g, y, t: torch.log(torch.cosh(q - y)).mean() + bce(g, t), {REG: "huber"}),
    "rmse": (lambda q, g, y, t: mse(q, y).sqrt() + bce(g, t), {REG: "rmse"}),
    "msle": (lambda q, g, y, t: mse(torch.log1p(q), torch.log1p(y)) + bce(g, t), {REG: "log_error"}),
    "msle, clipped": (lambda q, g, y, t: 9 * mse(torch.log1p(F.relu(q)), y.log1p()) + bce(g, t), {REG: "log_error"}),
    "rounded": (lambda q, g, y, t: mse(q.round(), y) + bce(g, t), {REG: "detached", WEI: "not_judged"}),
    "rounded and clipped": (
        lambda q, g, y, t: 0.5 * mse(q.clamp(3, 8).round(), y) + bce(g, t),
        {REG: "detached", WEI: "not_judged"},
    ),
    "probability rounded": (
        lambda q, g, y, t: mse(q, y) + mse(torch.sigmoid(g).round(), t),
        {CLA: "detached", WEI: "not_judged"},
    ),
    "bce on the score, clipped": (
        lambda q, g, y, t: bce_p(q.detach().double().clamp(1e-7, 1 - 1e-7), t.double()) + bce(g, t),
        {REG: "cross_entropy", WEI: "not_judged"},
    ),
    "bce on the score, as a number": (
        lambda q, g, y, t: bce_p(q.detach().clamp(1e-4, 1 - 1e-4), t) + bce(g, t),
        {REG: "unsure", WEI: "unsure"},
    ),
    "clipped to the scores": (lambda q, g, y, t: mse(q.clamp(3, 8), y) + bce(g, t), {REG: "unsure", WEI: "unsure"}),
    "chance beside the bce": (lambda q, g, y, t: bce(g, t) + torch.rand(()), {REG: "unsure", WEI: "unsure"}),
    "labels beside the bce": (lambda q, g, y, t: bce(g, t) + y.mean(), {REG: "unsure", WEI: "unsure"}),
    "labels taken from the bce": (lambda q, g, y, t: bce(g, t) - y.mean(), {REG: "unsure", WEI: "unsure"}),
    "spread of the labels": (lambda q, g, y, t: bce(g, t) + y.var(), {REG: "unsure", WEI: "unsure"}),
    "share of good wines": (lambda q, g, y, t: mse(q, y) + t.mean(), {CLA: "unsure", WEI: "unsure"}),
    "spread of the good wines": (lambda q, g, y, t: mse(q, y) + 9 * t.var(), {CLA: "unsure", WEI: "unsure"}),
    "sums": (lambda q, g, y, t: mse(q, y, reduction="sum") + bce(g, t, reduction="sum"), {REG: "sum", CLA: "sum"}),
    "sum of squares": (lambda q, g, y, t: ((q - y) ** 2).sum() + bce(g, t), {REG: "sum"}),
    "sum of bce": (lambda q, g, y, t: mse(q, y) + bce(g, t, reduction="sum"), {CLA: "sum"}),
    "regression on good": (lambda q, g, y, t: mse(q, t) + bce(g, t), {REG: "wrong_target"}),
    "regression on a tenth": (lambda q, g, y, t: mse(q, y / 10) + bce(g, t), {REG: "wrong_target"}),
    "regression on standardised": (lambda q, g, y, t: mse(q, (y - 5.6) / 0.8) + bce(g, t), {REG: "wrong_target"}),
    "regression on a constant": (lambda q, g, y, t: ((q - 5.0) ** 2).mean() + bce(g, t), {REG: "wrong_target"}),
    "classification on quality": (lambda q, g, y, t: mse(q, y) + bce(g, y), {CLA: "wrong_target"}),
    "classification inverted": (lambda q, g, y, t: mse(q, y) + bce(g, 1 - t), {CLA: "wrong_target"}),
    "threshold 7": (lambda q, g, y, t: mse(q, y) + bce(g, (y > 6).float()), {CLA: "wrong_threshold"}),
    "threshold 5": (lambda q, g, y, t: mse(q, y) + bce(g, (y >= 5).float()), {CLA: "wrong_threshold"}),
    "threshold 7 smoothed": (
        lambda q, g, y, t: mse(q, y) + bce(g, (y > 6).float() * 0.9 + 0.05),
        {CLA: "wrong_threshold"},
    ),
    "labels swapped": (lambda q, g, y, t: mse(q, t) + bce(g, y), {REG: "swapped", CLA: "swapped"}),
    "outputs swapped": (lambda q, g, y, t: mse(g, y) + bce(q, t), {REG: "swapped", CLA: "swapped"}),
    "double sigmoid": (lambda q, g, y, t: mse(q, y) + bce(torch.sigmoid(g), t), {CLA: "double_sigmoid"}),
    "mse on both": (lambda q, g, y, t: mse(q, y) + mse(torch.sigmoid(g), t), {CLA: "squared_error"}),
    "mse on the logit": (lambda q, g, y, t: mse(q, y) + mse(g, t), {CLA: "squared_error"}),
    "minus bce": (lambda q, g, y, t: mse(q, y) - bce(g, t), {WEI: "negative"}),
    "minus mse": (lambda q, g, y, t: -0.1 * mse(q, y) + bce(g, t), {WEI: "negative"}),
    "product": (lambda q, g, y, t: mse(q, y) * bce(g, t), {WEI: "product"}),
    "product of shifted": (lambda q, g, y, t: (1 + mse(q, y)) * (1 + bce(g, t)) - 1, {WEI: "product"}),
    "geometric mean": (lambda q, g, y, t: (mse(q, y) * bce(g, t)).sqrt(), {WEI: "product"}),
    "product of powers": (lambda q, g, y, t: 3 * mse(q, y) ** 0.7 * bce(g, t) ** 0.2 + 1, {WEI: "product"}),
    "rmse times bce": (lambda q, g, y, t: mse(q, y).sqrt() * bce(g, t), {WEI: "product"}),
    "quotient": (lambda q, g, y, t: mse(q, y) / bce(g, t), {WEI: "unsure"}),
    "harmonic mean": (lambda q, g, y, t: 1 / (1 / mse(q, y) + 1 / bce(g, t)), {WEI: "unsure"}),
    "sum of logarithms": (lambda q, g, y, t: mse(q, y).log() + bce(g, t).log(), {WEI: "unsure"}),
    "square plus bce": (lambda q, g, y, t: mse(q, y) ** 2 + bce(g, t), {WEI: "unsure"}),
    "maximum": (lambda q, g, y, t: torch.maximum(mse(q, y), bce(g, t)), {WEI: "maximum"}),
    "python's max": (lambda q, g, y, t: max(mse(q, y), bce(g, t)), {WEI: "maximum"}),
    "minimum": (lambda q, g, y, t: torch.minimum(mse(q, y), bce(g, t)), {WEI: "maximum"}),
    "mae and minus": (lambda q, g, y, t: F.l1_loss(q, y) - bce(g, t), {REG: "mae", WEI: "negative"}),
    "focal": (
        lambda q, g, y, t: mse(q, y)
        + ((1 - torch.exp(-bce(g, t, reduction="none"))) ** 2 * bce(g, t, reduction="none")).mean(),
        {CLA: "unsure", WEI: "unsure"},
    ),
    "mse and mae": (lambda q, g, y, t: mse(q, y) + F.l1_loss(q, y) + bce(g, t), {REG: "unsure", WEI: "unsure"}),
    "balanced by value": (
        lambda q, g, y, t: mse(q, y) / mse(q, y).detach() + bce(g, t) / bce(g, t).detach(),
        {WEI: "unsure"},
    ),
    "only good wines": (lambda q, g, y, t: mse(q, y) - (t * F.logsigmoid(g)).mean(), {CLA: "unsure", WEI: "unsure"}),
    "all labels raise": (lambda q, g, y, t: q.no_such_thing, {REG: "raised", CLA: "not_judged", WEI: "not_judged"}),
    "not one number": (
        lambda q, g, y, t: mse(q, y, reduction="none"),
        {REG: "not_scalar", CLA: "not_judged", WEI: "not_judged"},
    ),
    "a tuple": (lambda q, g, y, t: (mse(q, y), bce(g, t)), {REG: "not_scalar", CLA: "not_judged", WEI: "not_judged"}),
    "None": (lambda q, g, y, t: None, {REG: "not_scalar", CLA: "not_judged", WEI: "not_judged"}),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_losses_get_the_name_of_their_fault(name: str) -> None:
    call, expected = WRONG[name]
    found, _ = judged(lambda outputs, y, t: call(*outputs, y, t))
    assert brief(found) == expected
    assert not any("{" in verdict.message + verdict.hint for verdict in found.values())


def test_faults_of_the_sigmoid_follow_from_loss_and_model_together() -> None:
    for call, probability, fault in (
        (lambda o, y, t: mse(o[0], y) + bce(o[1], t), True, "double_sigmoid"),
        (lambda o, y, t: mse(o[0], y) + bce_p(torch.sigmoid(o[1]), t), True, "double_sigmoid"),
        (lambda o, y, t: mse(o[0], y) + bce_p(o[1], t), False, "bce_on_logits"),
        (lambda o, y, t: mse(o[0], y) + bce_p(o[1].clamp(1e-7, 1 - 1e-7), t), False, "bce_on_logits"),
        (lambda o, y, t: mse(o[0], y) + bce_p(o[1].clamp(1e-4, 1 - 1e-4), t), False, "bce_on_logits"),
        (lambda o, y, t: mse(o[0], y) + bce(torch.sigmoid(o[1]), t), True, "double_sigmoid"),
        (lambda o, y, t: mse(o[0], y) + mse(o[1], t), True, "squared_error"),
    ):
        found, _ = judged(call, Net(probability=probability))
        assert brief(found) == {CLA: fault}


BROADCAST: dict[str, tuple[Callable[..., Tensor], dict[str, str]]] = {
    "mse": (lambda q, g, y, t: ((q - y) ** 2).mean() + bce(g.squeeze(-1), t), {REG: "broadcasting"}),
    "torch's mse": (lambda q, g, y, t: mse(q, y) + bce(g.squeeze(-1), t), {REG: "broadcasting"}),
    "both": (
        lambda q, g, y, t: ((q - y) ** 2).mean() + (F.softplus(g) - t * g).mean(),
        {REG: "broadcasting", CLA: "broadcasting"},
    ),
    "bce": (
        lambda q, g, y, t: mse(q.flatten(), y) + (F.softplus(g) - t * g).mean(),
        {CLA: "broadcasting"},
    ),
    "aligned": (lambda q, g, y, t: mse(q.flatten(), y) + bce(g, t[:, None]), {}),
}


@pytest.mark.parametrize("name", BROADCAST)
def test_broadcasting_is_seen_in_the_shapes_of_the_student(name: str) -> None:
    call, expected = BROADCAST[name]
    found, _ = judged(lambda outputs, y, t: call(*outputs, y, t), shape="n")
    assert brief(found) == expected


def test_broadcasting_that_did_not_keep_the_network_from_learning_is_for_a_person() -> None:
    model, (y, t) = Net(), labels("n")
    optimizer = torch.optim.Adam(model.parameters(), 1e-2)
    for _ in range(300):
        optimizer.zero_grad()
        q, g = model(torch.tensor(X))
        (mse(q, y[:, None]) + bce(g, t[:, None])).backward()
        optimizer.step()
    found, _ = judged(
        lambda o, y, t: ((o[0] - y) ** 2).mean() + bce(o[1].squeeze(-1), t),
        shape="n",
        training=TrainingEvidence(model=record(model, X, MULTITASK)),
        loaders=loaders(),
    )
    assert brief(found) == {REG: "unsure"}


def loaders(size: int = 64) -> LoadersEvidence:
    y, t = labels("n")
    batches = Batches(
        kind="loader",
        x=X,
        widths=(X.shape[1],),
        labels=(y.numpy(), t.numpy()),
        shapes=((64, 11), (64,), (64,)),
        dtypes=("float32", "float32", "float32"),
        sizes=(size,),
        second_order=np.arange(64),
    )
    return LoadersEvidence(train=batches, test=batches)


def test_a_sum_over_the_students_own_batch_size_is_for_a_person() -> None:
    found, _ = judged(lambda o, y, t: ((o[0] - y) ** 2).sum() / 128 + bce(o[1], t), loaders=loaders(128))
    assert brief(found) == {REG: "unsure"}


def test_outputs_swapped_in_model_and_loss_alike_are_the_networks_fault() -> None:
    for call in (
        lambda o, y, t: mse(o[1], y) + bce_p(o[0], t),
        lambda o, y, t: mse(o[1], y) + bce(torch.logit(o[0]), t),
    ):
        found, _ = judged(call, Net(probability=True, swap=True))
        assert brief(found) == dict.fromkeys((REG, CLA, WEI), "not_judged")


def test_messages_carry_the_students_numbers() -> None:
    found, _ = judged(lambda o, y, t: mse(o[0], y) + 0 * bce(o[1], t))
    assert "jouw loss ≈ 1,00·MSE + 0,00·BCE" in found[WEI].message
    found, _ = judged(lambda o, y, t: 0.5 * mse(o[0], y) - 0.004 * bce(o[1], t))
    assert "jouw loss ≈ 0,50·MSE - 0,0040·BCE" in found[WEI].message
    found, _ = judged(lambda o, y, t: mse(o[0], y) + bce(o[1], (y >= 5).float()))
    assert "vanaf `quality` 5" in found[CLA].message
    found, _ = judged(lambda o, y, t: mse(o[0], y / 10) + bce(o[1], t))
    assert "0,10·quality" in found[REG].message
    found, _ = judged(lambda o, y, t: mse(o[0], y) * bce(o[1], t))
    assert "jouw loss ≈ MSE maal BCE" in found[WEI].message


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (Failure(kind="missing", name="multitask_loss"), "missing"),
        (Failure(kind="raised", name="multitask_loss", detail="ValueError: x"), "raised"),
        (Failure(kind="unsupported", name="multitask_loss", detail="niets (`None`)"), "not_scalar"),
    ],
)
def test_a_loss_that_cannot_be_called_fails_once(failure: Failure, expected: str) -> None:
    found, _ = verdicts(LossEvidence(failure=failure))
    assert brief(found) == {REG: expected, CLA: "not_judged", WEI: "not_judged"}


def test_a_loss_without_a_model_is_not_judged() -> None:
    for failure in (Failure(kind="missing", name="model"), Failure(kind="missing", name="train_data")):
        found, _ = verdicts(LossEvidence(failure=failure))
        assert brief(found) == dict.fromkeys((REG, CLA, WEI), "not_judged")


def test_no_evidence_passes_nothing() -> None:
    for evidence in (None, LossEvidence(), LossEvidence(logits=(LossProbe(value=None),) * 33)):
        found, _ = verdicts(evidence)
        assert all(verdict.status != "pass" for verdict in found.values())


def test_malformed_evidence_passes_nothing() -> None:
    good = LossProbe(value=1.0, gradients=(np.ones(3), np.ones((2, 2))))
    bad = LossProbe(value=float("nan"), gradients=(np.full(8, np.inf), None))
    for probes in ((good,) * 33, (bad,) * 33, (good,) * 5):
        found, _ = verdicts(LossEvidence(logits=probes, probabilities=probes))
        assert all(verdict.status not in ("pass", "fail") for verdict in found.values())


def test_random_gradients_are_not_recognised() -> None:
    rng = np.random.default_rng(0)
    probes = tuple(
        LossProbe(value=float(rng.normal()), gradients=(rng.normal(size=n), rng.normal(size=n)))
        for n in CHALLENGE.sizes
    )
    found, _ = verdicts(LossEvidence(logits=probes, probabilities=probes))
    assert brief(found) == dict.fromkeys((REG, CLA, WEI), "unsure")


def test_a_value_that_its_gradient_does_not_explain_is_for_a_person() -> None:
    batch = ((torch.tensor(X),), labels())
    right = probe(lambda o, y, t: mse(o[0], y) + bce(o[1], t), Net(), batch, CHALLENGE, MULTITASK)
    rng = np.random.default_rng(0)
    forged = tuple(p.model_copy(update={"value": float(rng.normal())}) for p in right.logits)
    found, _ = verdicts(LossEvidence(logits=forged), record(Net(), X, MULTITASK))
    assert brief(found) == dict.fromkeys((REG, CLA, WEI), "unsure")


def test_an_unknown_structure_leaves_the_sigmoid_to_a_person() -> None:
    batch = ((torch.tensor(X),), labels())
    evidence = probe(lambda o, y, t: mse(o[0], y) + bce(o[1], t), Net(), batch, CHALLENGE, MULTITASK)
    found, _ = verdicts(evidence)
    assert brief(found) == {CLA: "unsure"}


def test_every_fault_is_written_for_a_criterion_of_the_topic() -> None:
    assert {fault.criterion for fault in FAULTS} == set(topic.criteria(MULTITASK))
    assert all(fault.message and fault.hint for fault in FAULTS)
