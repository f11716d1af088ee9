"""Probe and judge on the network that uses one input only, and on its figure."""

from typing import Any

import numpy as np
import pytest
import torch
from problems import MULTITASK
from sklearn.linear_model import LogisticRegression
from torch import nn
from two_inputs import PASSENGERS, TRAIN, WIDTHS, Alone, Fused, X, Y, batches, outputs, recorded

from autograder.evidence.records import (
    BaselineEvidence,
    Batches,
    Failure,
    HiddenEvidence,
    LoadersEvidence,
    NotebookEvidence,
    TrainingEvidence,
)
from autograder.judge.case import Case, Context
from autograder.judge.comparison import criteria, judge
from autograder.judge.figures import auc
from autograder.judge.verdicts import Verdict
from autograder.probe.comparison import comparison, variables

MODEL = Fused()
ON_NAMES = Alone(1.0, 4.0, columns=3)


def figure(place: int) -> float:
    """The AUC of a column of both inputs on the rows of `test_data`."""
    return auc(X[:, place], Y)


def seen(
    network: Any = ON_NAMES, named: Any = "names", value: Any = None, *, rows: Batches | Failure | None = None
) -> BaselineEvidence:
    value = figure(2) if value is None else value
    found = comparison(network, named, value, MODEL, rows or batches(*TRAIN), PASSENGERS, "pytorch")
    return BaselineEvidence.from_wire(found.to_wire())


def judged(
    evidence: BaselineEvidence | None,
    *,
    train: Batches | Failure | None = None,
    test: Batches | Failure | None = None,
    hidden: np.ndarray = X,
) -> dict[str, Verdict]:
    notebook = NotebookEvidence(
        framework="pytorch",
        training=TrainingEvidence(model=recorded(MODEL)),
        loaders=LoadersEvidence(train=train or batches(*TRAIN), test=test or batches()),
        hidden=HiddenEvidence(x=hidden, widths=WIDTHS, train_found=True),
        comparison=evidence,
    )
    context = Context(seed=1, hidden_labels=(Y,), problem=PASSENGERS)
    case = Case(NotebookEvidence.from_wire(notebook.to_wire()), context)
    judge(case)
    assert tuple(case.verdicts) == criteria(PASSENGERS)
    return case.verdicts


def outcome(evidence: BaselineEvidence | None, **more: Any) -> dict[str, str]:
    return {name: v.fault or v.status for name, v in judged(evidence, **more).items() if v.status != "pass"}


def test_the_names_come_from_the_problem() -> None:
    assert criteria(PASSENGERS) == ("baseline", "comparison")
    assert variables(PASSENGERS) == ("baseline", "baseline_input", "baseline_auc")
    assert criteria(MULTITASK) == ()
    assert variables(MULTITASK)[2] == "baseline_mae"


@pytest.mark.parametrize(
    ("network", "named", "place"), [(ON_NAMES, "names", 2), (Alone(0.8), "structured", 0), (ON_NAMES, " names ", 2)]
)
def test_an_honest_baseline_passes(network: nn.Module, named: str, place: int) -> None:
    found = judged(seen(network, named, figure(place)))
    assert {verdict.status for verdict in found.values()} == {"pass"}
    assert "met alle invoer" in found["comparison"].message


def test_a_probability_passes() -> None:
    class Chance(Alone):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.sigmoid(super().forward(x))[:, None]

    assert outcome(seen(Chance(1.0, 4.0, columns=3))) == {}


def test_a_percentage_is_remarked_on() -> None:
    assert "percentage" in judged(seen(value=100 * figure(2)))["comparison"].remark


def test_a_figure_of_any_library_is_read() -> None:
    assert outcome(seen(value=torch.tensor(figure(2)))) == {}


# ---------------------------------------- the network


def missing(name: str) -> Failure:
    return Failure(kind="missing", name=name)


class Both(nn.Module):
    """Takes all columns at once, or both inputs."""

    def __init__(self, *, apart: bool) -> None:
        super().__init__()
        self.layer = nn.Linear(5, 1)
        self.apart = apart

    def forward(self, x: torch.Tensor, *more: torch.Tensor) -> torch.Tensor:
        if self.apart and not more:
            raise ValueError("both inputs are needed")
        return self.layer(torch.cat([x.float(), *(part.float() for part in more)], dim=1))


@pytest.mark.parametrize(
    ("network", "named", "fault"),
    [
        (missing("baseline"), "names", "missing"),
        (None, "names", "missing"),
        (ON_NAMES, missing("baseline_input"), "missing"),
        (LogisticRegression(), "names", "not_a_model"),
        (ON_NAMES, "naam", "wrong_input"),
        (ON_NAMES, 3, "wrong_input"),
        (ON_NAMES, "structured", "wrong_input"),
        (Alone(2.0), "names", "wrong_input"),
        (Alone(2.0, columns=7), "names", "wrong_input"),
        (Both(apart=True), "names", "both_modalities"),
        (MODEL, "names", "both_modalities"),
    ],
)
def test_what_is_no_network_on_one_input_gets_its_name(network: Any, named: Any, fault: str) -> None:
    assert outcome(seen(network, named)) == {"baseline": fault, "comparison": "not_judged"}


def test_the_input_on_which_it_does_run_is_named() -> None:
    assert "`structured`" in judged(seen(Alone(2.0), "names"))["baseline"].message


@pytest.mark.parametrize(("weight", "fault"), [(0.0, "not_trained"), (-1.0, "not_trained"), (np.nan, "not_trained")])
def test_a_network_that_learned_nothing_gets_its_name(weight: float, fault: str) -> None:
    network = Alone(weight, 4.0, columns=3)
    assert outcome(seen(network, value=0.5))["baseline"] == fault


def test_a_network_that_guesses_on_new_rows_gets_its_name() -> None:
    mixed = np.hstack([X[:, :2], X[np.random.default_rng(3).permutation(len(X)), 2:]])
    assert outcome(seen(), hidden=mixed) == {"baseline": "guesses"}


def test_weights_of_the_model_itself_get_their_name() -> None:
    network = Alone(1.0, 4.0, columns=3)
    network.borrowed = MODEL.weights
    assert outcome(seen(network)) == {"baseline": "shares_weights"}


def test_two_outputs_are_for_a_person() -> None:
    class Two(Alone):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return super().forward(x)[:, None].repeat(1, 2)

    assert outcome(seen(Two(1.0, 4.0, columns=3)))["baseline"] == "unsure"


# ---------------------------------------- its figure


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (missing("baseline_auc"), "missing"),
        ("0.8", "not_a_number"),
        (0.5, "disagrees"),
        (float("nan"), "disagrees"),
        (auc(outputs(MODEL), Y), "same_as_model"),
        (auc(TRAIN[0][:, 2], TRAIN[1]), "on_training_rows"),
        (auc(X[:, 2] > 4, Y), "hard_predictions"),
    ],
)
def test_a_wrong_figure_gets_its_name(value: Any, fault: str) -> None:
    assert outcome(seen(value=value)) == {"comparison": fault}


def test_a_missing_figure_is_named_even_without_a_network() -> None:
    found = outcome(seen(missing("baseline"), value=missing("baseline_auc")))
    assert found == {"baseline": "missing", "comparison": "missing"}


def test_without_rows_nothing_is_judged() -> None:
    gone = missing("train_data")
    assert outcome(seen(rows=gone), train=gone) == {"baseline": "not_judged", "comparison": "not_judged"}
    assert outcome(seen(), test=missing("test_data")) == {"comparison": "not_judged"}
    assert outcome(None) == {"baseline": "not_judged", "comparison": "not_judged"}


def test_an_input_that_the_loaders_lack_is_unsure() -> None:
    whole = batches(*TRAIN).model_copy(
        update={"widths": (5,), "shapes": ((32, 5), (32,)), "dtypes": ("float32", "float32")}
    )
    assert outcome(seen(), train=whole)["baseline"] == "unsure"
