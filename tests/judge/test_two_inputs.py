"""The judge on results of a network with two inputs and one head: the AUC, and whether both inputs are used."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score
from torch import nn
from two_inputs import PASSENGERS, TRAIN, WIDTHS, Alone, Fused, X, Y, batches, outputs, recorded

from autograder.evidence.records import (
    Batches,
    HiddenEvidence,
    LoadersEvidence,
    ModelEvidence,
    NotebookEvidence,
    ResultsEvidence,
    TrainingEvidence,
)
from autograder.judge import training
from autograder.judge.case import Case, Context
from autograder.judge.figures import auc
from autograder.judge.results import criteria, judge
from autograder.judge.verdicts import Verdict

CRITERIA = ("auc", "modalities_used", "reported")


@given(st.lists(st.tuples(st.integers(-3, 3), st.booleans()), min_size=2, max_size=40))
def test_the_area_is_that_of_scikit_learn(pairs: list[tuple[int, bool]]) -> None:
    scores, labels = np.array([pair[0] for pair in pairs], dtype=float), np.array([pair[1] for pair in pairs])
    if labels.all() or not labels.any():
        assert np.isnan(auc(scores, labels))
    else:
        assert auc(scores, labels) == pytest.approx(roc_auc_score(labels, scores))


def figures(model: nn.Module, cut: float = 0.0, rows: Any = (X, Y)) -> dict[str, float]:
    found = outputs(model, rows[0])
    return {"auc": auc(found, rows[1]), "accuracy": float(((found > cut) == (rows[1] > 0.5)).mean())}


def judged(
    model: nn.Module | ModelEvidence,
    reported: dict[str, float] | None = None,
    *,
    hidden: HiddenEvidence | None = None,
    test: Batches | None = None,
    threshold: float = 0.7,
    logit: bool | None = True,
    earlier: tuple[Verdict, ...] = (),
) -> dict[str, Verdict]:
    evidence = NotebookEvidence(
        framework="pytorch",
        training=TrainingEvidence(model=model if isinstance(model, ModelEvidence) else recorded(model)),
        loaders=LoadersEvidence(train=batches(*TRAIN), test=test or batches()),
        hidden=hidden or HiddenEvidence(x=X, widths=WIDTHS, train_found=True),
        results=ResultsEvidence(figures=reported or figures(model)),  # type: ignore[arg-type]
    )
    context = Context(seed=1, thresholds={"auc": threshold}, hidden_labels=(Y,), problem=PASSENGERS)
    case = Case(NotebookEvidence.from_wire(evidence.to_wire()), context)
    case.logits = (logit,)
    case.add(*earlier)
    judge(case)
    assert set(case.verdicts) - {verdict.criterion for verdict in earlier} == set(CRITERIA)
    return case.verdicts


def outcome(*args: Any, **more: Any) -> dict[str, str]:
    found = judged(*args, **more)
    return {name: found[name].fault or found[name].status for name in CRITERIA if found[name].status != "pass"}


def test_the_criteria_come_from_the_problem() -> None:
    assert criteria(PASSENGERS) == ("auc", "accuracy", "modalities_used", "reported")


@pytest.mark.parametrize("probability", [False, True])
@pytest.mark.parametrize("known", [True, False])
def test_right_results_pass(probability: bool, known: bool) -> None:
    model = Fused(probability=probability)
    found = judged(model, figures(model, 0.5 if probability else 0.0), logit=not probability if known else None)
    assert {found[name].status for name in CRITERIA} == {"pass"}
    assert {found[name].remark for name in CRITERIA} == {""}
    assert "`names`" in found["modalities_used"].message


def test_a_low_area_is_named_after_its_kind() -> None:
    found = judged(Fused(), threshold=0.99)["auc"]
    assert found.fault == "below_threshold"
    assert "AUC op de verborgen passagiers" in found.message


# ---------------------------------------- the student's own figures


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"auc": 0.5}, "disagrees"),
        ({"accuracy": 0.5}, "disagrees"),
        ({"auc": 1 - auc(outputs(Fused()), Y)}, "inverted"),
        ({"auc": auc(outputs(Fused()) > 0, Y)}, "hard_predictions"),
        (figures(Fused(), rows=TRAIN), "on_training_rows"),
    ],
)
def test_a_wrong_figure_gets_its_name(change: dict[str, float], fault: str) -> None:
    # Weak enough for the areas of scores, of predictions and of the training rows to lie apart.
    assert outcome(Fused(), {**figures(Fused()), **change}) == {"reported": fault}


SURE = np.abs(outputs(Fused())) > 2.5
"""Rows on which it hardly matters that predictions are cut."""


@pytest.mark.parametrize("probability", [False, True])
@pytest.mark.parametrize(("near", "fault"), [(0.0, "hard_predictions"), (0.001, "pass"), (-0.001, "pass")])
def test_predictions_are_told_within_the_tolerance_when_just_they_give_the_area(
    near: float, fault: str, probability: bool
) -> None:
    model, rows = Fused(probability=probability), (X[SURE], Y[SURE])
    real = figures(model, 0.5 if probability else 0.0, rows)
    cut = auc(outputs(Fused())[SURE] > 0, Y[SURE])
    assert 0.005 < abs(real["auc"] - cut) < 0.028
    found = judged(model, {**real, "auc": cut + near}, test=batches(*rows), logit=not probability)["reported"]
    assert (found.fault or found.status) == fault


def test_percentages_are_remarked_on() -> None:
    found = judged(Fused(), {name: 100 * value for name, value in figures(Fused()).items()})["reported"]
    assert found.status == "pass"
    assert "`auc` en `accuracy` zijn percentages" in found.remark


def test_an_area_of_labels_of_one_kind_is_for_a_person() -> None:
    assert outcome(Fused(), {"auc": 0.5, "accuracy": 0.5}, test=batches(X, np.ones(len(X))))["reported"] == "unsure"


# ---------------------------------------- whether both inputs are used


@pytest.mark.parametrize(("weights", "name"), [((2.0, 0.0), "names"), ((0.0, 1.0), "structured")])
def test_an_input_that_changes_nothing_is_ignored(weights: tuple[float, float], name: str) -> None:
    found = judged(Fused(*weights))["modalities_used"]
    assert found.fault == "ignored"
    assert f"`{name}`" in found.message


def test_an_input_that_costs_nothing_is_useless() -> None:
    found = judged(Fused(2.0, 0.002))["modalities_used"]
    assert found.fault == "useless"
    assert "`names`" in found.message


def test_a_little_is_enough() -> None:
    found = judged(Fused(2.0, 0.05))["modalities_used"]
    assert (found.status, found.remark) == ("pass", "")


class OffTheMark(Fused):
    """Reads a column of the names that tells nothing."""

    def forward(self, structured: torch.Tensor, names: torch.Tensor) -> torch.Tensor:
        return self.weights[0] * structured[:, 0] + self.weights[1] * (names[:, 1].float() - 4)


def test_where_chance_leaves_it_open_it_passes_with_a_remark() -> None:
    found = judged(OffTheMark(2.0, 1.0), threshold=0.5)["modalities_used"]
    assert found.status == "pass"
    assert "`names`" in found.remark


@pytest.mark.parametrize("model", [Fused(2.0, -0.5), OffTheMark(2.0, 0.3)])
def test_an_input_that_is_used_and_brings_nothing_passes_with_a_remark(model: nn.Module) -> None:
    found = judged(model, threshold=0.5)["modalities_used"]
    assert found.status == "pass"
    assert "`names`" in found.remark


@pytest.mark.parametrize("criterion", ["outputs", "encoders", "fusion", "classification_term", "learns"])
def test_what_has_its_name_already_is_not_accused_twice(criterion: str) -> None:
    earlier = Verdict(criterion=criterion, status="fail", fault="x")
    assert judged(Fused(2.0, 0.0), earlier=(earlier,))["modalities_used"].status == "not_judged"


def test_the_verdict_is_the_same_every_time() -> None:
    assert judged(Fused())["modalities_used"] == judged(Fused())["modalities_used"]


def test_without_the_columns_of_both_inputs_it_is_unsure() -> None:
    hidden = HiddenEvidence(x=X, widths=(5,), train_found=True)
    assert outcome(Fused(), hidden=hidden) == {"modalities_used": "unsure"}


def test_without_a_network_nothing_is_judged() -> None:
    assert outcome(ModelEvidence(), {"auc": 0.8, "accuracy": 0.8}) == dict.fromkeys(CRITERIA, "not_judged")


def test_a_network_that_does_not_take_both_is_not_recorded() -> None:
    assert recorded(Alone()).failure is not None


# ---------------------------------------- training


class Encoders(nn.Module):
    """An encoder for each input and a head on both."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.structured = nn.Sequential(nn.Linear(2, 8), nn.Tanh())
        self.names = nn.Sequential(nn.Embedding(9, 4), nn.Flatten(), nn.Linear(12, 8), nn.Tanh())
        self.head = nn.Linear(16, 1)

    def forward(self, structured: torch.Tensor, names: torch.Tensor) -> torch.Tensor:
        return self.head(torch.cat([self.structured(structured), self.names(names)], dim=1))


def learns(parts: tuple[str, ...], *earlier: Verdict) -> Verdict:
    model = Encoders()
    before = recorded(model)
    optimizer = torch.optim.Adam([p for name, p in model.named_parameters() if name.split(".")[0] in parts], lr=0.02)
    x, y = TRAIN
    given = torch.tensor(x[:, :2], dtype=torch.float32), torch.tensor(x[:, 2:], dtype=torch.int64)
    for _ in range(100):
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy_with_logits(model(*given)[:, 0], torch.tensor(y).float()).backward()
        optimizer.step()
    evidence = NotebookEvidence(
        framework="pytorch",
        architecture=before,
        training=TrainingEvidence(model=recorded(model)),
        loaders=LoadersEvidence(train=batches(*TRAIN), test=batches()),
    )
    case = Case(NotebookEvidence.from_wire(evidence.to_wire()), Context(seed=1, problem=PASSENGERS))
    case.logits = (True,)
    case.add(*earlier)
    training.judge(case)
    return case.verdicts["learns"]


def test_a_network_of_two_inputs_that_learned_passes() -> None:
    assert learns(("structured", "names", "head")).status == "pass"


@pytest.mark.parametrize(
    ("parts", "still"),
    [(("head",), "`structured` en `names`"), (("structured", "head"), "`names`"), (("names", "head"), "`structured`")],
)
def test_encoders_that_did_not_move_are_named(parts: tuple[str, ...], still: str) -> None:
    found = learns(parts)
    assert found.fault == "encoders_not_moved"
    assert f"enkel {still} lezen" in found.message
    assert learns(parts, Verdict(criterion="encoders", status="fail", fault="frozen")).status == "not_judged"
