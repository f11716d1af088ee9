"""One analysis judges networks of both frameworks: right ones pass in any style, wrong ones fail by their own name."""

import re
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import torch
import zoo_keras
import zoo_pytorch
from problems import MULTITASK

from autograder.evidence.problem import Head, Problem
from autograder.evidence.records import Failure, Framework, ModelEvidence, NotebookEvidence, TrainingEvidence
from autograder.judge import architecture
from autograder.judge.case import Case, Context
from autograder.judge.catalogue import FAULTS
from autograder.judge.verdicts import Verdict
from autograder.probe.keras import record as record_keras
from autograder.probe.pytorch import record as record_pytorch

PASSES = dict.fromkeys(architecture.CRITERIA, "pass")
MEAN = np.array([8.3, 0.53, 0.27, 2.5, 0.087, 15.9, 46.5, 0.9967, 3.31, 0.66, 10.4])
SPREAD = np.array([1.7, 0.18, 0.19, 1.4, 0.047, 10.5, 32.9, 0.0019, 0.15, 0.17, 1.07])


def judged(
    evidence: ModelEvidence | None,
    framework: Framework,
    seed: int = 1,
    *,
    after: ModelEvidence | None = None,
    problem: Problem = MULTITASK,
) -> dict[str, Verdict]:
    evidence, after = (one and ModelEvidence.from_wire(one.to_wire()) for one in (evidence, after))
    context = Context(seed=seed, problem=problem)
    training = after and TrainingEvidence(model=after)
    case = Case(NotebookEvidence(framework=framework, architecture=evidence, training=training), context)
    architecture.judge(case)
    return case.verdicts


def pytorch(build: Callable[[], Any], seed: int, x: np.ndarray | None = None) -> dict[str, Verdict]:
    torch.manual_seed(seed)
    return judged(record_pytorch(build(), zoo_pytorch.wines() if x is None else x, MULTITASK), "pytorch", seed)


def with_keras(build: Callable[[], Any], seed: int, x: np.ndarray | None = None) -> dict[str, Verdict]:
    keras.utils.set_random_seed(seed)
    return judged(record_keras(build(), zoo_keras.wines() if x is None else x, MULTITASK), "keras", seed)


def said(verdicts: dict[str, Verdict]) -> dict[str, str]:
    return {
        criterion: verdict.fault or (verdict.status if verdict.status != "unsure" else verdict.message)
        for criterion, verdict in verdicts.items()
    }


def only(criterion: str, fault: str, verdicts: dict[str, Verdict]) -> bool:
    """Whether this is the one fault named, and everything else passes or is not judged."""
    others = {v.status for name, v in verdicts.items() if name != criterion}
    return verdicts[criterion].fault == fault and others <= {"pass", "not_judged"}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("style", zoo_pytorch.RIGHT)
def test_right_pytorch_passes(style: str, seed: int) -> None:
    x = zoo_pytorch.wines("float64" if style == "double precision" else "float32")
    assert said(pytorch(zoo_pytorch.RIGHT[style], seed, x)) == PASSES


@pytest.mark.parametrize("style", zoo_keras.RIGHT)
def test_right_keras_passes(style: str) -> None:
    assert said(with_keras(zoo_keras.RIGHT[style], 1)) == PASSES


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("style", zoo_pytorch.WRONG)
def test_wrong_pytorch_is_named(style: str, seed: int) -> None:
    wrong = zoo_pytorch.WRONG[style]
    verdicts = pytorch(wrong.build, seed)
    assert only(wrong.criterion, wrong.fault, verdicts), said(verdicts)


@pytest.mark.parametrize("style", zoo_keras.WRONG)
def test_wrong_keras_is_named(style: str) -> None:
    wrong = zoo_keras.WRONG[style]
    verdicts = with_keras(wrong.build, 1)
    assert only(wrong.criterion, wrong.fault, verdicts), said(verdicts)


@pytest.mark.parametrize("style", zoo_pytorch.UNSURE)
def test_what_cannot_be_followed_in_pytorch_is_unsure(style: str) -> None:
    assert {v.status for v in pytorch(zoo_pytorch.UNSURE[style], 0).values()} == {"unsure"}


@pytest.mark.parametrize("style", zoo_keras.UNSURE)
def test_what_cannot_be_followed_in_keras_is_unsure(style: str) -> None:
    assert {v.status for v in with_keras(zoo_keras.UNSURE[style], 0).values()} == {"unsure"}


def test_one_layer_of_two_units_has_neither_trunk_nor_heads() -> None:
    verdicts = said(pytorch(lambda: torch.nn.Linear(zoo_pytorch.FEATURES, 2), 0))
    assert (verdicts["shared_trunk"], verdicts["two_heads"]) == ("no_trunk", "fused_head")


TRAINED = ("subclass", "batch norm and dropout", "experts", "8 units", "bottleneck of 2", "scripted", "by hand")


@pytest.mark.parametrize("style", TRAINED)
def test_right_pytorch_passes_after_training(style: str) -> None:
    for seed in range(3):
        assert said(pytorch(lambda: zoo_pytorch.trained(zoo_pytorch.RIGHT[style](), 60), seed)) == PASSES


@pytest.mark.parametrize("style", ["two networks", "good detached", "fused", "chained", "linear", "sigmoid on quality"])
def test_wrong_pytorch_is_named_after_training(style: str) -> None:
    wrong = zoo_pytorch.WRONG[style]
    verdicts = pytorch(lambda: zoo_pytorch.trained(wrong.build(), 60), 0)
    assert only(wrong.criterion, wrong.fault, verdicts), said(verdicts)


@pytest.mark.parametrize("style", ["functional list", "subclass, unbuilt", "8 units", "by hand"])
def test_right_keras_passes_after_training(style: str) -> None:
    assert said(with_keras(lambda: zoo_keras.trained(zoo_keras.RIGHT[style]()), 0)) == PASSES


@pytest.mark.parametrize("style", ["two networks", "good detached", "fused", "linear"])
def test_wrong_keras_is_named_after_training(style: str) -> None:
    wrong = zoo_keras.WRONG[style]
    verdicts = with_keras(lambda: zoo_keras.trained(wrong.build()), 0)
    assert only(wrong.criterion, wrong.fault, verdicts), said(verdicts)


@pytest.mark.parametrize("style", ["subclass", "sequential trunk", "experts", "8 units", "wide and deep", "binned"])
def test_features_that_were_never_normalised_do_not_matter(style: str) -> None:
    x = (MEAN + SPREAD * zoo_pytorch.wines()).astype("float32")
    for seed in range(3):
        assert said(pytorch(zoo_pytorch.RIGHT[style], seed, x)) == PASSES


@pytest.mark.parametrize("style", ["two networks", "bypass by good", "no trunk", "linear", "fused", "chained"])
def test_wrong_pytorch_is_named_on_features_that_were_never_normalised(style: str) -> None:
    wrong = zoo_pytorch.WRONG[style]
    verdicts = pytorch(wrong.build, 0, (MEAN + SPREAD * zoo_pytorch.wines()).astype("float32"))
    assert only(wrong.criterion, wrong.fault, verdicts), said(verdicts)


def test_codes_that_allow_no_other_values_are_analysed_within_their_values() -> None:
    for seed in range(3):
        assert said(pytorch(zoo_pytorch.Codes, seed, zoo_pytorch.codes())) == PASSES


def test_dead_units_at_the_recorded_weights_are_no_fault() -> None:
    def dead() -> torch.nn.Module:
        model = zoo_pytorch.RIGHT["bottleneck of 2"]()
        with torch.no_grad():
            model.trunk[2].bias.fill_(-50.0)
        return model

    assert said(pytorch(dead, 0)) == PASSES


def learned(model: torch.nn.Module, steps: int = 30) -> dict[str, str]:
    """What is said of a network that trains from the weights it has."""
    before = record_pytorch(model, zoo_pytorch.wines(), MULTITASK)
    after = record_pytorch(zoo_pytorch.trained(model, steps), zoo_pytorch.wines(), MULTITASK)
    return said(judged(before, "pytorch", after=after))


def zeroed(model: torch.nn.Module, part: str) -> torch.nn.Module:
    """Start every weight of which the name begins with `part` at zero."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.startswith(part):
                parameter.zero_()
    return model


DEAD = dict.fromkeys(architecture.CRITERIA, "not_judged") | {"shared_trunk": "dead_trunk"}


@pytest.mark.parametrize("style", ["subclass", "sequential trunk", "bottleneck of 2"])
def test_a_trunk_that_starts_at_zero_and_stays_there_is_dead(style: str) -> None:
    torch.manual_seed(0)
    model = zoo_pytorch.RIGHT[style]()
    assert learned(zeroed(model, "fc" if style == "subclass" else "trunk")) == DEAD


def test_a_keras_trunk_that_starts_at_zero_and_stays_there_is_dead() -> None:
    keras.utils.set_random_seed(0)
    inputs = x = keras.Input((zoo_keras.FEATURES,))
    for _ in range(2):
        x = keras.layers.Dense(16, "relu", kernel_initializer="zeros")(x)
    model = keras.Model(inputs, [keras.layers.Dense(1)(x), keras.layers.Dense(1, "sigmoid")(x)])
    before = record_keras(model, zoo_keras.wines(), MULTITASK)
    after = record_keras(zoo_keras.trained(model), zoo_keras.wines(), MULTITASK)
    assert said(judged(before, "keras", after=after)) == DEAD


class ReZero(torch.nn.Module):
    """Residual branches that start switched off, heads that start at zero, or nothing but branches."""

    def __init__(self, *, residual: bool = True) -> None:
        super().__init__()
        self.stem = torch.nn.Linear(zoo_pytorch.FEATURES, 16)
        self.branch, self.residual = torch.nn.Linear(16, 16), residual
        self.trunk_scale = torch.nn.Parameter(torch.zeros(16))
        self.quality, self.good = torch.nn.Linear(16, 1), torch.nn.Linear(16, 1)

    def forward(self, x: torch.Tensor) -> Any:
        h = torch.relu(self.stem(x))
        branch = self.trunk_scale * torch.relu(self.branch(h))
        h = h + branch if self.residual else branch
        return self.quality(h), self.good(h)


STARTS_AT_ZERO: dict[str, Callable[[], torch.nn.Module]] = {
    "rezero": ReZero,
    "a scale of zero and no way around it": lambda: ReZero(residual=False),
    "a branch of zero": lambda: zeroed(ReZero(), "branch"),
    "heads of zero": lambda: zeroed(zeroed(ReZero(), "quality"), "good"),
    "heads of zero and rezero": lambda: zeroed(zeroed(ReZero(residual=False), "quality"), "good.bias"),
    "everything but the heads, with tanh": lambda: zeroed(
        zoo_pytorch.net(zoo_pytorch.usual, trunk=zoo_pytorch.trunk(act=torch.nn.Tanh)), "trunk.2"
    ),
}


@pytest.mark.parametrize("start", STARTS_AT_ZERO)
def test_weights_that_start_at_zero_and_learn_are_no_dead_trunk(start: str) -> None:
    torch.manual_seed(0)
    assert learned(STARTS_AT_ZERO[start]()) == PASSES


@pytest.mark.parametrize("start", STARTS_AT_ZERO)
def test_weights_that_start_at_zero_are_no_dead_trunk_when_nothing_is_trained(start: str) -> None:
    torch.manual_seed(0)
    assert learned(STARTS_AT_ZERO[start](), 0) == PASSES


def test_a_trunk_that_dies_in_training_is_no_dead_trunk() -> None:
    torch.manual_seed(0)
    model = zoo_pytorch.RIGHT["sequential trunk"]()
    before = record_pytorch(model, zoo_pytorch.wines(), MULTITASK)
    with torch.no_grad():
        model[0][2].bias.fill_(-50.0) if isinstance(model, torch.nn.Sequential) else model.trunk[2].bias.fill_(-50.0)
    after = record_pytorch(model, zoo_pytorch.wines(), MULTITASK)
    assert said(judged(before, "pytorch", after=after)) == PASSES


def test_a_gradient_that_only_the_recording_loses_is_unsure() -> None:
    torch.manual_seed(0)
    evidence = record_pytorch(zoo_pytorch.WRONG["good detached"].build(), zoo_pytorch.wines(), MULTITASK)
    assert evidence.recording is not None
    names = tuple(parameter.name for parameter in evidence.recording.parameters)
    outputs = tuple(output.model_copy(update={"reached": names}) for output in evidence.recording.outputs)
    disputed = ModelEvidence(recording=evidence.recording.model_copy(update={"outputs": outputs}))
    assert judged(disputed, "pytorch")["shared_trunk"].status == "unsure"


def test_a_replay_that_disagrees_with_the_model_is_unsure() -> None:
    evidence = record_pytorch(zoo_pytorch.Subclass(), zoo_pytorch.wines(), MULTITASK)
    assert evidence.recording is not None
    first, second = evidence.recording.outputs
    forged = (first.model_copy(update={"value": first.value + 1.0}), second)
    disagreeing = ModelEvidence(recording=evidence.recording.model_copy(update={"outputs": forged}))
    assert {v.status for v in judged(disagreeing, "pytorch").values()} == {"unsure"}


@pytest.mark.parametrize(
    ("evidence", "status", "fault"),
    [
        (None, "not_judged", None),
        (ModelEvidence(), "unsure", None),
        (ModelEvidence(failure=Failure(kind="missing", name="model")), "fail", "missing"),
        (ModelEvidence(failure=Failure(kind="raised", name="model", detail="ValueError: no")), "fail", "raised"),
        (ModelEvidence(failure=Failure(kind="raised", name="model", detail="inputs:11:no")), "fail", "wrong_inputs"),
    ],
)
def test_without_a_network_nothing_passes(evidence: ModelEvidence | None, status: str, fault: str | None) -> None:
    verdicts = judged(evidence, "pytorch")
    assert set(verdicts) == set(architecture.CRITERIA)
    assert (verdicts["outputs"].status, verdicts["outputs"].fault) == (status, fault)
    assert not any(verdict.status == "pass" for verdict in verdicts.values())


def test_every_fault_of_the_architecture_is_shown_by_some_network() -> None:
    shown = {(w.criterion, w.fault) for zoo in (zoo_pytorch.WRONG, zoo_keras.WRONG) for w in zoo.values()}
    listed = {key for key in FAULTS if key[0] in architecture.CRITERIA}
    assert listed - shown == {("outputs", "missing"), ("outputs", "few_outputs")}


THREE = MULTITASK.model_copy(
    update={
        "heads": (*MULTITASK.heads, Head(name="high", kind="binary", column="quality", at_least=7, term="high_term"))
    }
)


def three(framework: Framework, model: Any) -> dict[str, str]:
    record, zoo = (record_pytorch, zoo_pytorch) if framework == "pytorch" else (record_keras, zoo_keras)
    verdicts = judged(record(model, zoo.wines(), THREE), framework, problem=THREE)
    assert not any(re.search(r"[{}]", verdict.message + verdict.hint) for verdict in verdicts.values())
    return said(verdicts)


def net3(forward: Callable[..., Any], **parts: Any) -> torch.nn.Module:
    return zoo_pytorch.net(forward, **{"high": torch.nn.Linear(8, 1), **parts})


def usual3(s: Any, x: Any) -> Any:
    h = s.trunk(x)
    return s.quality(h), s.good(h), s.high(h)


def beside(s: Any, x: Any) -> Any:
    return s.quality(s.trunk(x)), s.good(s.trunk(x)), s.high(s.other(x))


def a_linear_head_beside(s: Any, x: Any) -> Any:
    return s.quality(s.trunk(x)), s.good(s.trunk(x)), s.high(x)


def detached3(s: Any, x: Any) -> Any:
    h = s.trunk(x)
    return s.quality(h), s.good(h), s.high(h.detach())


def fused3(s: Any, x: Any) -> Any:
    return torch.unbind(s.all(s.trunk(x)), 1)


def chained3(s: Any, x: Any) -> Any:
    q, g, _ = usual3(s, x)
    return q, g, s.last(g)


OF_THREE: dict[str, tuple[Callable[[], torch.nn.Module], str, str]] = {
    "tuple": (lambda: net3(usual3), "", ""),
    "dict in another order": (
        lambda: net3(lambda s, x: dict(zip(("high", "good", "quality"), usual3(s, x)[::-1], strict=True))), "", ""
    ),
    "stacked": (lambda: net3(lambda s, x: torch.cat(usual3(s, x), 1)), "", ""),
    "two share a layer more": (
        lambda: net3(lambda s, x: (s.quality(s.trunk(x)), *(f(s.more(s.trunk(x)).relu()) for f in (s.good, s.high))),
                     more=torch.nn.Linear(8, 8)), "", "",
    ),
    "one of three beside": (lambda: net3(beside, other=zoo_pytorch.trunk()), "shared_trunk", "two_networks"),
    "one of three linear": (
        lambda: net3(a_linear_head_beside, high=torch.nn.Linear(zoo_pytorch.FEATURES, 1)), "shared_trunk", "bypass"
    ),
    "the third detached": (lambda: net3(detached3), "shared_trunk", "detached"),
    "fused": (lambda: net3(fused3, all=torch.nn.Linear(8, 3)), "two_heads", "fused_head"),
    "chained": (lambda: net3(chained3, last=torch.nn.Linear(1, 1)), "two_heads", "chained_heads"),
    "linear": (lambda: net3(usual3, trunk=torch.nn.Linear(zoo_pytorch.FEATURES, 8)), "non_linear", "linear_trunk"),
    "two of three": (lambda: zoo_pytorch.net(zoo_pytorch.usual), "outputs", "few_outputs"),
    "one of three": (lambda: torch.nn.Linear(zoo_pytorch.FEATURES, 1), "outputs", "one_output"),
    "squashed": (
        lambda: net3(lambda s, x: (torch.sigmoid(usual3(s, x)[0]), *usual3(s, x)[1:])), "outputs", "squashed_quality"
    ),
}  # fmt: skip


@pytest.mark.parametrize("style", OF_THREE)
def test_three_heads_in_pytorch(style: str) -> None:
    build, criterion, fault = OF_THREE[style]
    found = three("pytorch", build())
    expected = {**PASSES, criterion: fault} if criterion else PASSES
    rest = {key: value for key, value in found.items() if value != "not_judged"}
    assert rest == {key: expected[key] for key in rest}
    assert not criterion or found[criterion] == fault


def keras3(*, shared: bool = True, fused: bool = False) -> keras.Model:
    x = keras.Input((zoo_keras.FEATURES,))
    trunks = [keras.layers.Dense(16, "relu")(x) for _ in range(2)]
    if fused:
        return keras.Model(x, keras.layers.Dense(3)(trunks[0]))
    ways = [trunks[0], trunks[0], trunks[0 if shared else 1]]
    names = ("high", "good", "quality")
    return keras.Model(x, [keras.layers.Dense(1, name=n)(way) for n, way in zip(names, ways, strict=True)])


def test_three_heads_in_keras() -> None:
    assert three("keras", keras3()) == PASSES
    assert three("keras", keras3(shared=False))["shared_trunk"] == "two_networks"
    assert three("keras", keras3(fused=True)) == {**PASSES, "two_heads": "fused_head"}
