"""The judge on the results: its own scores on hidden wines, and the student's figures against its own."""

from functools import cache
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from problems import MULTITASK
from torch import nn

from autograder.evidence.records import (
    Batches,
    Failure,
    HiddenEvidence,
    LoadersEvidence,
    ModelEvidence,
    NotebookEvidence,
    ResultsEvidence,
    TrainingEvidence,
)
from autograder.evidence.requests import Frame
from autograder.judge.case import Case, Context
from autograder.judge.results import criteria, judge
from autograder.judge.verdicts import Verdict, unsure
from autograder.probe.pytorch import record

CRITERIA = criteria(MULTITASK)
ROWS = 200
RNG = np.random.default_rng(0)
QUALITY = RNG.integers(3, 9, size=ROWS).astype("float64")
X = np.column_stack([QUALITY, RNG.normal(size=(ROWS, 2))]).astype("float32")


class Reader(nn.Module):
    """Reads the score from the first column, `off` points too high, and tells good from it."""

    def __init__(
        self, off: float = 0.5, start: float = 5.5, *, probability: bool = False, single: bool = False
    ) -> None:
        super().__init__()
        self.off = nn.Parameter(torch.tensor(off))
        self.start, self.probability, self.single = start, probability, single

    def forward(self, x: torch.Tensor) -> Any:
        quality, good = x[:, :1] + self.off, x[:, :1] - self.start
        if self.single:
            return quality
        return quality, torch.sigmoid(good) if self.probability else good


@cache
def evidence_of(**options: Any) -> ModelEvidence:
    return record(Reader(**options), X, MULTITASK)


def reported(mae: Any, accuracy: Any, **more: Any) -> ResultsEvidence:
    return ResultsEvidence(figures={"mae": mae, "accuracy": accuracy}, **more)


def accuracy_from(start: float) -> float:
    return float(((start < QUALITY) == (QUALITY >= 6)).mean())


def batches(quality: Any = QUALITY) -> Batches:
    return Batches(
        kind="loader",
        x=X,
        widths=(X.shape[1],),
        labels=(quality, quality >= 6),
        shapes=((32, 3), (32,), (32,)),
        dtypes=("float32",) * 3,
        sizes=(ROWS,),
        second_order=np.arange(ROWS),
    )


def judged(
    *,
    model: ModelEvidence | str | None = "right",
    hidden: HiddenEvidence | str | None = "right",
    results: ResultsEvidence | str | None = "right",
    test: Any = None,
    train: Any = None,
    logit: bool | None = True,
    earlier: tuple[Verdict, ...] = (),
) -> dict[str, Verdict]:
    final = evidence_of() if model == "right" else model
    evidence = NotebookEvidence(
        framework="pytorch",
        training=TrainingEvidence(model=final) if isinstance(final, ModelEvidence) else None,
        loaders=LoadersEvidence(train=train or batches(), test=test or batches()),
        hidden=HiddenEvidence(x=X, train_found=True) if hidden == "right" else hidden,  # type: ignore[arg-type]
        results=reported(mae=0.5, accuracy=1.0) if results == "right" else results,  # type: ignore[arg-type]
    )
    context = Context(
        seed=1,
        thresholds={"mae": 0.6, "accuracy": 0.67},
        students=Frame(columns=("quality",), values=(QUALITY,)),
        hidden_labels=(QUALITY, QUALITY >= 6),
        problem=MULTITASK,
    )
    case = Case(NotebookEvidence.from_wire(evidence.to_wire()), context)
    case.logits = (None, logit)
    case.add(*earlier)
    judge(case)
    return {name: case.verdicts[name] for name in CRITERIA}


def outcome(**changes: Any) -> dict[str, str]:
    return {name: v.fault or v.status for name, v in judged(**changes).items() if v.status != "pass"}


def test_right_results_pass() -> None:
    assert outcome() == {}


@pytest.mark.parametrize("logit", [False, None])
def test_probabilities_have_their_own_limit(logit: bool | None) -> None:
    assert outcome(model=evidence_of(probability=True), logit=logit) == {}


def test_logits_are_told_by_their_range_where_the_loss_does_not_tell() -> None:
    assert outcome(logit=None) == {}


# ---------------------------------------- hidden wines


def test_a_high_error_gets_its_name_and_says_how_far() -> None:
    found = judged(model=evidence_of(off=0.75), results=reported(mae=0.75, accuracy=1.0))
    assert found["mae"].fault == "above_threshold"
    assert "0,75" in found["mae"].message
    assert "0,15" in found["mae"].message
    assert found["reported"].status == "pass"


def test_a_low_accuracy_gets_its_name() -> None:
    low = reported(mae=0.5, accuracy=accuracy_from(2.5))
    assert outcome(model=evidence_of(start=2.5), results=low) == {"accuracy": "below_threshold"}


def test_a_score_just_past_the_limit_is_shown_with_enough_decimals() -> None:
    message = judged(model=evidence_of(off=0.6004), results=None)["mae"].message
    assert "0,6004" in message


def test_the_likeliest_cause_is_named() -> None:
    earlier = (
        unsure("batches", "x"),
        Verdict(criterion="normalisation", status="fail", fault="ignores_train", message="Zo."),
        Verdict(criterion="learns", status="fail", fault="not_trained"),
    )
    verdict = judged(model=evidence_of(off=2.0), earlier=earlier)["mae"]
    assert f"`normalisation`: {earlier[1].message}" in verdict.message


def test_without_another_fault_the_own_test_part_is_compared_with() -> None:
    message = judged(model=evidence_of(off=0.75), results=None)["mae"].message
    assert "op je eigen `test_data` is het 0,75" in message


def test_what_no_honest_network_reaches_is_remarked_on_and_passes() -> None:
    found = judged(model=evidence_of(off=0.1), results=reported(mae=0.1, accuracy=1.0))
    assert found["mae"].status == "pass"
    assert "eerlijk" in found["mae"].remark


def test_without_the_training_part_a_bad_score_is_unsure() -> None:
    hidden = HiddenEvidence(x=X, train_found=False)
    assert outcome(hidden=hidden) == {}
    assert outcome(hidden=hidden, model=evidence_of(off=0.75), results=None)["mae"] == "unsure"


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [
        (None, "not_judged"),
        (HiddenEvidence(failure=Failure(kind="missing", name="prepare")), "not_judged"),
        (HiddenEvidence(failure=Failure(kind="raised", name="prepare", detail="KeyError: good")), "not_judged"),
        (HiddenEvidence(failure=Failure(kind="unsupported", name="prepare", detail="een str")), "unsure"),
        (HiddenEvidence(x=X[:7], train_found=True), "unsure"),
        (HiddenEvidence(), "unsure"),
    ],
)
def test_without_hidden_rows_there_is_no_score(hidden: HiddenEvidence | None, expected: str) -> None:
    found = judged(hidden=hidden)
    assert {found["mae"].status, found["accuracy"].status} == {expected}


@pytest.mark.parametrize(
    "hidden",
    [
        HiddenEvidence(failure=Failure(kind="unsupported", name="prepare", detail="een str")),
        HiddenEvidence(x=X[:7], train_found=True),
    ],
)
def test_a_preparation_that_failed_already_is_not_for_a_person_once_more(hidden: HiddenEvidence) -> None:
    found = judged(hidden=hidden, earlier=(Verdict(criterion="labels", status="fail", fault="not_three"),))
    assert {found["mae"].status, found["accuracy"].status} == {"not_judged"}
    assert "`labels`" in found["mae"].message


def test_predictions_that_are_not_numbers_fail() -> None:
    found = outcome(model=evidence_of(off=float("nan")), results=reported(mae=float("nan"), accuracy=1.0))
    assert found == {"mae": "above_threshold", "reported": "disagrees"}


@pytest.mark.parametrize("model", [None, ModelEvidence(failure=Failure(kind="missing", name="model"))])
def test_without_a_network_nothing_is_judged(model: ModelEvidence | None) -> None:
    assert outcome(model=model) == dict.fromkeys(CRITERIA, "not_judged")


def test_one_output_is_not_judged() -> None:
    assert outcome(model=evidence_of(single=True)) == dict.fromkeys(CRITERIA, "not_judged")


# ---------------------------------------- the student's own figures


@settings(max_examples=20, deadline=None)
@given(mae=st.floats(-0.029, 0.029), accuracy=st.floats(-0.029, 0.029), percentage=st.booleans())
def test_figures_within_the_tolerance_pass(mae: float, accuracy: float, percentage: bool) -> None:
    share = accuracy_from(4.5) + accuracy
    results = reported(mae=0.5 + mae, accuracy=100 * share if percentage else share)
    found = judged(model=evidence_of(start=4.5), results=results)["reported"]
    assert found.status == "pass"
    assert ("percentage" in found.remark) is percentage


@pytest.mark.parametrize(("mae", "accuracy"), [(0.54, 1.0), (0.46, 1.0), (0.5, 0.9), (0.5, 50.0), (float("nan"), 1.0)])
def test_figures_that_disagree_get_their_name(mae: float, accuracy: float) -> None:
    assert outcome(results=reported(mae=mae, accuracy=accuracy)) == {"reported": "disagrees"}


def _mistaken(start: float = 5.5, shift: float = 0.2, **figures: float) -> Verdict:
    """The network reads quality half a point too high; its training rows are the first half of the test rows."""
    rows = {"x": X[:100] + shift, "labels": (QUALITY[:100], QUALITY[:100] >= 6)}
    half = batches().model_copy(update=rows)
    return judged(model=evidence_of(start=start), results=reported(**figures), train=half)["reported"]


def test_figures_of_the_training_rows_get_their_name() -> None:
    verdict = _mistaken(mae=0.7, accuracy=1.0)
    assert verdict.fault == "on_training_rows"
    assert "0,700" in verdict.message
    assert "0,500" in verdict.message
    assert _mistaken(mae=0.7, accuracy=0.9).fault == "disagrees"


def test_so_do_those_that_are_within_the_tolerance_by_chance() -> None:
    assert _mistaken(shift=0.02, mae=0.52, accuracy=1.0).fault == "on_training_rows"
    assert _mistaken(shift=0.02, mae=0.521, accuracy=1.0).status == "pass"
    assert _mistaken(shift=0.02, mae=0.52, accuracy=0.98).status == "pass"


@pytest.mark.parametrize("cut", [lambda q: np.rint(q) >= 6, lambda q: q >= 6])
def test_an_accuracy_from_the_score_gets_its_name(cut: Any) -> None:
    share = float((cut(QUALITY + 0.45) == (QUALITY >= 6)).mean())
    results = reported(mae=0.45, accuracy=share)
    found = judged(model=evidence_of(off=0.45, start=3.5), results=results)["reported"]
    assert found.fault == "from_regression"


@pytest.mark.parametrize(("layers", "fault"), [(("Dropout",), "training_mode"), ((), "disagrees")])
def test_nothing_is_taken_for_an_accuracy_from_the_score_when_more_is_off(layers: tuple[str, ...], fault: str) -> None:
    share = float((np.rint(QUALITY + 0.45) >= 6).mean() - (QUALITY >= 6).mean())
    results = reported(mae=0.8, accuracy=1 - share, training_layers=layers)
    found = judged(model=evidence_of(off=0.45, start=3.5), results=results)["reported"]
    assert found.fault == fault


@pytest.mark.parametrize(("mae", "what"), [(0.25, "de MSE"), (0.5, "RMSE")])
def test_a_squared_error_as_mae_gets_its_name(mae: float, what: str) -> None:
    noisy = batches(QUALITY + np.where(np.arange(ROWS) % 2, 0.3, 0.0))  # so that MAE and RMSE differ
    error = 0.5 - np.where(np.arange(ROWS) % 2, 0.3, 0.0)
    value = float(np.mean(error**2)) ** (1.0 if what == "de MSE" else 0.5)
    found = judged(test=noisy, results=reported(mae=value, accuracy=0.5))["reported"]
    assert found.fault == "other_measure"
    assert what in found.message


def test_so_does_one_that_is_within_the_tolerance_by_chance() -> None:
    noise = np.where(np.arange(ROWS) % 2, 0.36, 0.0)
    error, quality = 0.5 + noise, QUALITY - noise
    root, mae = float(np.sqrt(np.mean(error**2))), float(error.mean())
    accuracy = float(((QUALITY > 5.5) == (quality >= 6)).mean())
    assert 0.02 < root - mae < 0.03

    def verdict(found: float) -> Verdict:
        return judged(test=batches(quality), results=reported(mae=found, accuracy=accuracy))["reported"]

    assert verdict(root).fault == "other_measure"
    assert verdict(root - 0.001).status == "pass"
    assert verdict(mae).status == "pass"


def test_a_network_in_training_mode_gets_its_name() -> None:
    results = reported(mae=0.8, accuracy=0.8, training_layers=("Dropout",))
    assert outcome(results=results) == {"reported": "training_mode"}
    right = reported(mae=0.5, accuracy=1.0, training_layers=("Dropout",))
    assert outcome(results=right) == {}


@pytest.mark.parametrize("name", ["mae", "accuracy"])
def test_a_missing_figure_gets_its_name(name: str) -> None:
    results = reported(**{"mae": 0.5, "accuracy": 1.0, name: Failure(kind="missing", name=name)})
    assert outcome(results=results) == {"reported": "missing"}


def test_a_figure_that_is_no_number_gets_its_name() -> None:
    text = Failure(kind="unsupported", name="mae", detail="str")
    assert outcome(results=reported(mae=text, accuracy=1.0)) == {"reported": "not_a_number"}


def test_a_missing_figure_is_named_even_without_a_network() -> None:
    results = reported(mae=Failure(kind="missing", name="mae"), accuracy=1.0)
    assert outcome(model=None, results=results)["reported"] == "missing"


def test_without_figures_or_test_data_nothing_is_compared() -> None:
    assert outcome(results=None) == {"reported": "not_judged"}
    assert outcome(test=Failure(kind="missing", name="test_data")) == {"reported": "not_judged"}
