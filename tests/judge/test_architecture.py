"""One analysis judges networks of both frameworks: right ones pass in any style, wrong ones fail by their own name."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import torch
import zoo_keras
import zoo_pytorch

from autograder.evidence.records import Failure, Framework, ModelEvidence, NotebookEvidence
from autograder.evidence.requests import Frame
from autograder.judge import architecture
from autograder.judge.case import Case, Context
from autograder.judge.catalogue import FAULTS
from autograder.judge.verdicts import Verdict
from autograder.probe.keras import record as record_keras
from autograder.probe.pytorch import record as record_pytorch

PASSES = dict.fromkeys(architecture.CRITERIA, "pass")
MEAN = np.array([8.3, 0.53, 0.27, 2.5, 0.087, 15.9, 46.5, 0.9967, 3.31, 0.66, 10.4])
SPREAD = np.array([1.7, 0.18, 0.19, 1.4, 0.047, 10.5, 32.9, 0.0019, 0.15, 0.17, 1.07])


def judged(evidence: ModelEvidence | None, framework: Framework, seed: int = 1) -> dict[str, Verdict]:
    if evidence is not None:
        evidence = ModelEvidence.from_wire(evidence.to_wire())
    context = Context(seed=seed, thresholds={}, students=Frame(columns=(), values=np.zeros((0, 0))))
    case = Case(NotebookEvidence(framework=framework, architecture=evidence), context)
    architecture.judge(case)
    return case.verdicts


def pytorch(build: Callable[[], Any], seed: int, x: np.ndarray | None = None) -> dict[str, Verdict]:
    torch.manual_seed(seed)
    return judged(record_pytorch(build(), zoo_pytorch.wines() if x is None else x), "pytorch", seed)


def with_keras(build: Callable[[], Any], seed: int, x: np.ndarray | None = None) -> dict[str, Verdict]:
    keras.utils.set_random_seed(seed)
    return judged(record_keras(build(), zoo_keras.wines() if x is None else x), "keras", seed)


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


def test_a_gradient_that_only_the_recording_loses_is_unsure() -> None:
    torch.manual_seed(0)
    evidence = record_pytorch(zoo_pytorch.WRONG["good detached"].build(), zoo_pytorch.wines())
    assert evidence.recording is not None
    names = tuple(parameter.name for parameter in evidence.recording.parameters)
    outputs = tuple(output.model_copy(update={"reached": names}) for output in evidence.recording.outputs)
    disputed = ModelEvidence(recording=evidence.recording.model_copy(update={"outputs": outputs}))
    assert judged(disputed, "pytorch")["shared_trunk"].status == "unsure"


def test_a_replay_that_disagrees_with_the_model_is_unsure() -> None:
    evidence = record_pytorch(zoo_pytorch.Subclass(), zoo_pytorch.wines())
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
    assert listed - shown == {("outputs", "missing")}
