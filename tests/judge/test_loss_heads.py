"""Losses of one head and of three get the verdicts that those of two would."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from loss_problems import ONE, THREE
from torch import Tensor, nn

from autograder.evidence.problem import Problem
from autograder.evidence.records import LossEvidence, NotebookEvidence
from autograder.judge import loss as topic
from autograder.judge.case import Case, Context
from autograder.judge.loss_challenge import make_loss_challenge
from autograder.judge.verdicts import Verdict
from autograder.probe.loss_pytorch import loss as probe
from autograder.probe.pytorch import record

RNG = np.random.default_rng(0)
X = RNG.normal(size=(64, 4)).astype(np.float32)
TOKENS = RNG.integers(0, 20, (64, 6))
PROGRESSION = RNG.integers(25, 347, 64)
LABELS = {
    "high": PROGRESSION >= 150,
    "progression": PROGRESSION,
    "sex": RNG.integers(0, 2, 64),
    "survived": RNG.integers(0, 2, 64),
}

mse, bce, bce_p, sg = F.mse_loss, F.binary_cross_entropy_with_logits, F.binary_cross_entropy, torch.sigmoid


class Fusion(nn.Module):
    """Two inputs, one output."""

    def __init__(self, form: str = "n1", scale: float = 8.0) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.words, self.rest = nn.Embedding(20, 5), nn.Linear(4, 8)
        self.head, self.form, self.scale = nn.Linear(13, 1), form, scale

    def forward(self, structured: Tensor, names: Tensor) -> Any:
        h = torch.cat([self.rest(structured).relu(), self.words(names).mean(1)], dim=1)
        out = self.scale * self.head(h)
        return {"n1": lambda: out, "n": lambda: out[:, 0], "dict": lambda: {"survived": out}, "tuple": lambda: (out,)}[
            self.form
        ]()


class Together(Fusion):
    """The same, with both inputs in one argument."""

    def forward(self, inputs: Any) -> Any:
        return super().forward(inputs["X"], inputs["names"]) if isinstance(inputs, dict) else super().forward(*inputs)


class Three(nn.Module):
    """One input, three outputs."""

    def __init__(self, form: str = "tuple", probabilities: Sequence[int] = ()) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.trunk = nn.Sequential(nn.Linear(4, 16), nn.ReLU())
        self.heads = nn.ModuleList([nn.Linear(16, 1) for _ in range(3)])
        self.form, self.probabilities = form, probabilities

    def forward(self, x: Tensor) -> Any:
        h = self.trunk(x)
        outputs = [9 * head(h) for head in self.heads]
        outputs = [torch.sigmoid(one) if place in self.probabilities else one for place, one in enumerate(outputs)]
        return {
            "tuple": lambda: tuple(outputs),
            "dict": lambda: dict(zip(("sex", "progression", "high"), outputs[::-1], strict=True)),
            "stacked": lambda: torch.cat(outputs, dim=1),
        }[self.form]()


def judged(function: Any, problem: Problem, model: nn.Module, shape: str = "n1") -> tuple[dict[str, Verdict], Case]:
    challenge = make_loss_challenge(problem, 7)
    labels = [torch.tensor(np.asarray(LABELS[name], dtype=np.float32)) for name in problem.names]
    given = [one[:, None] if shape == "n1" else one for one in labels]
    inputs = (torch.tensor(X), torch.tensor(TOKENS))[: len(problem.inputs)]
    evidence = probe(function, model, (inputs, given), challenge, problem)
    several = {"widths": (4, 6), "dtypes": ("float32", "int64")} if len(inputs) > 1 else {}
    x = np.concatenate([one.double().numpy() for one in inputs], axis=1) if len(inputs) > 1 else X
    notebook = NotebookEvidence(
        framework="pytorch",
        loss=LossEvidence.from_wire(evidence.to_wire()),
        architecture=record(model, x, problem, **several),
    )
    case = Case(notebook, Context(seed=5, problem=problem, loss=challenge))
    topic.judge(case)
    assert set(case.verdicts) == set(topic.criteria(problem))
    assert not any("{" in verdict.message + verdict.hint for verdict in case.verdicts.values())
    return case.verdicts, case


def brief(found: dict[str, Verdict]) -> dict[str, str]:
    return {name: v.fault or v.status for name, v in found.items() if v.status != "pass"}


# ---------------------------------------- one head

CLA = "classification_term"

ONE_HEAD: dict[str, tuple[Callable[[Tensor, Tensor], Any], str | None]] = {
    "bce": (bce, None),
    "weighed": (lambda o, t: 0.3 * bce(o, t), None),
    "sigmoid in the loss": (lambda o, t: bce_p(sg(o), t), None),
    "pos_weight": (lambda o, t: bce(o, t, pos_weight=torch.tensor(2.0)), None),
    "smoothed": (lambda o, t: bce(o, t * 0.9 + 0.05), None),
    "two classes": (lambda o, t: F.cross_entropy(torch.cat([torch.zeros_like(o), o], 1), t[:, 0].long()), None),
    "by hand": (lambda o, t: -(t * torch.log(sg(o) + 1e-7) + (1 - t) * torch.log(1 - sg(o) + 1e-7)).mean(), None),
    "and a constant": (lambda o, t: bce(o, t) + 3, None),
    "sum": (lambda o, t: bce(o, t, reduction="sum"), "sum"),
    "inverted": (lambda o, t: bce(o, 1 - t), "wrong_target"),
    "brier": (lambda o, t: mse(sg(o), t), "squared_error"),
    "mse": (mse, "squared_error"),
    "hinge": (lambda o, t: F.relu(1 - (2 * t - 1) * o).mean(), "hinge"),
    "hinge of a probability": (lambda o, t: F.relu(1 - (2 * t - 1) * sg(o)).mean(), "hinge"),
    "squared hinge": (lambda o, t: (F.relu(1 - (2 * t - 1) * o) ** 2).mean(), "hinge"),
    "hinge of zeros and ones": (lambda o, t: F.relu(1 - t * o).mean(), "hinge"),
    "hinge, summed": (lambda o, t: F.relu(1 - (2 * t - 1) * o).sum(), "hinge"),
    "on logits": (bce_p, "bce_on_logits"),
    "twice": (lambda o, t: bce(sg(o), t), "double_sigmoid"),
    "a number": (lambda o, t: bce(o, t).item(), "detached"),
    "detached": (lambda o, t: bce(o.detach(), t), "detached"),
    "nothing": (lambda o, t: torch.ones((), requires_grad=True) * 2, "missing"),
    "nil": (lambda o, t: 0 * bce(o, t), "zero"),
    "minus": (lambda o, t: -bce(o, t), "negative"),
    "none": (lambda o, t: None, "not_scalar"),
    "each": (lambda o, t: bce(o, t, reduction="none"), "not_scalar"),
    "raises": (lambda o, t: o.no_such_thing, "raised"),
    "squared": (lambda o, t: bce(o, t) ** 2, "unsure"),
    "focal": (lambda o, t: ((1 - torch.exp(-bce(o, t))) ** 2 * bce(o, t)).mean(), "unsure"),
    "only one class": (lambda o, t: -(t * F.logsigmoid(o)).mean(), "unsure"),
}


@pytest.mark.parametrize("name", ONE_HEAD)
def test_the_only_term_is_judged_with_its_weight(name: str) -> None:
    function, expected = ONE_HEAD[name]
    found, case = judged(function, ONE, Fusion())
    assert brief(found) == ({CLA: expected} if expected else {})
    if expected is None:
        assert case.logits == (True,)
        assert case.loss_weights is None or len(case.loss_weights) == 1


def test_messages_about_one_head_name_it() -> None:
    found, _ = judged(lambda o, t: bce(o, 1 - t), ONE, Fusion())
    assert "de uitvoer `survived` niet met het label `survived`, maar met het omgekeerde" in found[CLA].message
    assert "jouw loss ≈ 1,00·BCE(survived; 1 - survived)" in found[CLA].message
    found, _ = judged(lambda o, t: bce(o, t, reduction="sum"), ONE, Fusion())
    assert "met n het aantal passagiers in de batch" in found[CLA].message
    found, _ = judged(lambda o, t: None, ONE, Fusion())
    assert "`loss_function`" in found[CLA].message


@pytest.mark.parametrize("form", ["n1", "n", "dict", "tuple"])
@pytest.mark.parametrize("kind", [Fusion, Together])
def test_one_output_comes_in_any_form_from_inputs_in_any_form(form: str, kind: Any) -> None:
    def function(outputs: Any, labels: Tensor) -> Tensor:
        output = outputs["survived"] if form == "dict" else outputs[0] if form == "tuple" else outputs
        assert output.shape == labels.shape
        return bce(output, labels)

    found, _ = judged(function, ONE, kind(form), shape="n" if form == "n" else "n1")
    assert brief(found) == {}


def test_one_output_against_every_label_is_seen() -> None:
    found, _ = judged(lambda o, t: (F.softplus(o) - t * o).mean(), ONE, Fusion("n1"), shape="n")
    assert brief(found) == {CLA: "broadcasting"}


class Chance(Fusion):
    """Its output is a probability."""

    def forward(self, structured: Tensor, names: Tensor) -> Tensor:
        return sg(super().forward(structured, names))


def test_the_sigmoid_of_a_single_head_is_told_from_loss_and_model_together() -> None:
    for function, expected in ((bce_p, {}), (bce, {CLA: "double_sigmoid"}), (mse, {CLA: "squared_error"})):
        found, case = judged(function, ONE, Chance())
        assert brief(found) == expected
        assert case.logits == (function is bce,)


# ---------------------------------------- three heads

HIGH, PRO, SEX, WEI = "high_term", "progression_term", "sex_term", "weights"

Loss = Callable[..., Any]

THREE_RIGHT: dict[str, Loss] = {
    "sum": lambda h, p, s, a, y, b: bce(h, a) + mse(p, y) + bce(s, b),
    "weights": lambda h, p, s, a, y, b: 2 * bce(h, a) + 1e-3 * mse(p, y) + 0.5 * bce(s, b),
    "smoothed and pos_weight": lambda h, p, s, a, y, b: bce(h, 0.9 * a + 0.05)
    + 1e-4 * mse(p, y)
    + bce(s, b, pos_weight=torch.tensor(3.0)),
    "sigmoid in the loss": lambda h, p, s, a, y, b: bce_p(sg(h), a) + 1e-3 * mse(p, y) + bce_p(sg(s), b),
    "high from progression": lambda h, p, s, a, y, b: bce(h, (y >= 150).float()) + mse(p, y) + bce(s, b),
    "and smoothed": lambda h, p, s, a, y, b: bce(h, 0.9 * (y >= 150).float() + 0.05) + mse(p, y) + bce(s, b),
    "both binary at once": lambda h, p, s, a, y, b: mse(p, y) + 2 * bce(torch.cat([h, s], 1), torch.cat([a, b], 1)),
    "standardised error": lambda h, p, s, a, y, b: bce(h, a) + mse(p / 77, y / 77) + bce(s, b),
}


@pytest.mark.parametrize("name", THREE_RIGHT)
def test_right_losses_of_three_heads_pass(name: str) -> None:
    found, case = judged(lambda o, a, y, b: THREE_RIGHT[name](*o, a, y, b), THREE, Three())
    assert brief(found) == {}
    assert case.logits == (True, None, True)


def test_the_weight_of_every_head_is_told() -> None:
    found, case = judged(lambda o, a, y, b: 2 * bce(o[0], a) + 0.01 * mse(o[1], y) + bce(o[2], b), THREE, Three())
    assert "jouw loss ≈ 2,00·BCE(high) + 0,0100·MSE + 1,00·BCE(sex)" in found[WEI].message
    assert case.loss_weights == pytest.approx((2, 0.01, 1), rel=1e-3)


THREE_WRONG: dict[str, tuple[Loss, dict[str, str]]] = {
    "mae": (lambda h, p, s, a, y, b: bce(h, a) + F.l1_loss(p, y) + bce(s, b), {PRO: "mae"}),
    "huber": (lambda h, p, s, a, y, b: bce(h, a) + F.huber_loss(p, y) + bce(s, b), {PRO: "huber"}),
    "rmse": (lambda h, p, s, a, y, b: bce(h, a) + mse(p, y).sqrt() + bce(s, b), {PRO: "rmse"}),
    "log": (lambda h, p, s, a, y, b: bce(h, a) + mse(F.relu(p).log1p(), y.log1p()) + bce(s, b), {PRO: "log_error"}),
    "sums": (
        lambda h, p, s, a, y, b: bce(h, a, reduction="sum") + ((p - y) ** 2).sum() + bce(s, b),
        {HIGH: "sum", PRO: "sum"},
    ),
    "a tenth": (lambda h, p, s, a, y, b: bce(h, a) + mse(p, y / 10) + bce(s, b), {PRO: "wrong_target"}),
    "standardised": (lambda h, p, s, a, y, b: bce(h, a) + mse(p, (y - 152) / 77) + bce(s, b), {PRO: "wrong_target"}),
    "the mean": (lambda h, p, s, a, y, b: bce(h, a) + ((p - 150.0) ** 2).mean() + bce(s, b), {PRO: "wrong_target"}),
    "on a class": (lambda h, p, s, a, y, b: bce(h, a) + mse(p, b) + bce(s, b), {PRO: "wrong_target"}),
    "sex for high": (lambda h, p, s, a, y, b: bce(h, b) + mse(p, y) + bce(s, b), {HIGH: "wrong_target"}),
    "classes swapped": (lambda h, p, s, a, y, b: bce(h, b) + mse(p, y) + bce(s, a), {HIGH: "swapped", SEX: "swapped"}),
    "all turned": (
        lambda h, p, s, a, y, b: bce(h, y) + mse(p, b) + bce(s, a),
        {HIGH: "swapped", PRO: "swapped", SEX: "swapped"},
    ),
    "inverted": (lambda h, p, s, a, y, b: bce(h, a) + mse(p, y) + bce(s, 1 - b), {SEX: "wrong_target"}),
    "threshold": (
        lambda h, p, s, a, y, b: bce(h, (y > 200).float()) + mse(p, y) + bce(s, b),
        {HIGH: "wrong_threshold"},
    ),
    "the threshold itself": (
        lambda h, p, s, a, y, b: bce(h, (y > 150).float()) + mse(p, y) + bce(s, b),
        {HIGH: "wrong_threshold"},
    ),
    "twice": (lambda h, p, s, a, y, b: bce(sg(h), a) + mse(p, y) + bce(s, b), {HIGH: "double_sigmoid"}),
    "brier": (lambda h, p, s, a, y, b: bce(h, a) + mse(p, y) + mse(sg(s), b), {SEX: "squared_error"}),
    "missing": (lambda h, p, s, a, y, b: bce(h, a) + mse(p, y), {SEX: "missing", WEI: "not_judged"}),
    "two missing": (
        lambda h, p, s, a, y, b: mse(p, y),
        {HIGH: "missing", SEX: "missing", WEI: "not_judged"},
    ),
    "detached": (
        lambda h, p, s, a, y, b: bce(h, a) + mse(p, y) + bce(s, b).item(),
        {SEX: "detached", WEI: "not_judged"},
    ),
    "detached regression": (
        lambda h, p, s, a, y, b: bce(h, a) + mse(p, y).detach() + bce(s, b),
        {PRO: "detached", WEI: "not_judged"},
    ),
    "all a number": (
        lambda h, p, s, a, y, b: (bce(h, a) + 1e-3 * mse(p, y) + bce(s, b)).item(),
        {HIGH: "detached", PRO: "detached", SEX: "detached", WEI: "not_judged"},
    ),
    "nil": (lambda h, p, s, a, y, b: bce(h, a) + mse(p, y) + 0 * bce(s, b), {SEX: "not_judged", WEI: "zero"}),
    "minus": (lambda h, p, s, a, y, b: bce(h, a) + mse(p, y) - bce(s, b), {WEI: "negative"}),
    "product of all": (lambda h, p, s, a, y, b: bce(h, a) * mse(p, y) * bce(s, b), {WEI: "product"}),
    "product of two": (lambda h, p, s, a, y, b: bce(h, a) * mse(p, y) + bce(s, b), {WEI: "product"}),
    "geometric mean": (lambda h, p, s, a, y, b: (bce(h, a) * mse(p, y) * bce(s, b)) ** (1 / 3), {WEI: "product"}),
    "maximum of two": (lambda h, p, s, a, y, b: torch.maximum(bce(h, a), bce(s, b)) + mse(p, y), {WEI: "maximum"}),
    "maximum of all": (
        lambda h, p, s, a, y, b: torch.stack([bce(h, a), 2e-4 * mse(p, y), bce(s, b)]).max(),
        {WEI: "maximum"},
    ),
    "logarithms": (
        lambda h, p, s, a, y, b: bce(h, a).log() + mse(p, y).log() + bce(s, b).log(),
        {WEI: "unsure"},
    ),
    "focal": (
        lambda h, p, s, a, y, b: bce(h, a)
        + mse(p, y)
        + ((1 - torch.exp(-bce(s, b, reduction="none"))) ** 2 * bce(s, b, reduction="none")).mean(),
        {SEX: "unsure", WEI: "unsure"},
    ),
    "raises": (
        lambda h, p, s, a, y, b: h.no_such_thing,
        {HIGH: "raised", PRO: "not_judged", SEX: "not_judged", WEI: "not_judged"},
    ),
}


@pytest.mark.parametrize("name", THREE_WRONG)
def test_wrong_losses_of_three_heads_get_the_name_of_their_fault(name: str) -> None:
    function, expected = THREE_WRONG[name]
    found, _ = judged(lambda o, a, y, b: function(*o, a, y, b), THREE, Three())
    assert brief(found) == expected


def test_messages_about_three_heads_name_them() -> None:
    found, _ = judged(lambda o, a, y, b: bce(o[0], b) + mse(o[1], y) + bce(o[2], a), THREE, Three())
    assert "de uitvoer `high` wordt vergeleken met het label `sex`" in found[HIGH].message
    found, _ = judged(lambda o, a, y, b: bce(o[0], (y > 200).float()) + mse(o[1], y) + bce(o[2], b), THREE, Three())
    assert "noemt een patiënt `high` vanaf `progression` ergens tussen" in found[HIGH].message


@pytest.mark.parametrize("form", ["tuple", "dict", "stacked"])
def test_three_outputs_come_in_any_form(form: str) -> None:
    def function(outputs: Any, a: Tensor, y: Tensor, b: Tensor) -> Tensor:
        parts = outputs.T if form == "stacked" else outputs
        h, p, s = (parts[name] for name in THREE.names) if form == "dict" else parts
        return bce(h, a) + mse(p, y) + bce(s, b)

    found, _ = judged(function, THREE, Three(form), shape="n" if form == "stacked" else "n1")
    assert brief(found) == {}


def test_one_binary_head_may_be_a_logit_and_another_a_probability() -> None:
    def function(o: Any, a: Tensor, y: Tensor, b: Tensor) -> Tensor:
        return bce_p(o[0], a) + 1e-3 * mse(o[1], y) + bce(o[2], b)

    found, case = judged(function, THREE, Three(probabilities=(0,)))
    assert brief(found) == {}
    assert case.logits == (False, None, True)
    found, _ = judged(function, THREE, Three(probabilities=(1,)))
    assert brief(found) == {HIGH: "bce_on_logits"}


def test_the_sigmoid_of_each_head_is_its_own() -> None:
    def function(o: Any, a: Tensor, y: Tensor, b: Tensor) -> Tensor:
        return bce(o[0], a) + 1e-3 * mse(o[1], y) + bce(o[2], b)

    found, _ = judged(function, THREE, Three(probabilities=(2,)))
    assert brief(found) == {SEX: "double_sigmoid"}
    found, _ = judged(function, THREE, Three(probabilities=(0, 2)))
    assert brief(found) == {HIGH: "double_sigmoid", SEX: "double_sigmoid"}


def test_a_loss_for_either_kind_of_output_is_seen_on_the_models_own() -> None:
    def either(o: Tensor, t: Tensor) -> Tensor:
        return (bce_p if bool((o >= 0).all() and (o <= 1).all()) else bce)(o, t)

    def function(o: Any, a: Tensor, y: Tensor, b: Tensor) -> Tensor:
        return either(o[0], a) + 1e-3 * mse(o[1], y) + either(o[2], b)

    for probabilities in ((), (0,), (2,), (0, 2)):
        found, case = judged(function, THREE, Three(probabilities=probabilities))
        assert brief(found) == {}
        assert case.logits == (0 not in probabilities, None, 2 not in probabilities)


def test_a_challenge_has_labels_between_the_ends_and_the_threshold_itself() -> None:
    challenge = make_loss_challenge(THREE, 3)
    high, progression, sex = challenge.labels
    assert progression.min() >= 25
    assert progression.max() <= 346
    assert 150 in progression
    assert np.array_equal(progression, np.rint(progression))
    assert len(np.unique(progression)) > 10
    assert abs(float(np.corrcoef(high, progression >= 150)[0, 1])) < 0.2
    assert set(high) == set(sex) == {0, 1}
    assert all(output.dtype == np.float32 for output in (*challenge.outputs, *challenge.probabilities))
