"""The judge on training, steps and results of networks of one head and of three."""

import copy
from collections.abc import Iterator, Sequence
from typing import Any

import heads
import numpy as np
import pytest
import torch
from heads import ALL, Net, batches, labels, problem, rows, terms

from autograder.evidence.problem import Problem
from autograder.evidence.records import (
    HiddenEvidence,
    LoadersEvidence,
    NotebookEvidence,
    ResultsEvidence,
    TrainingEvidence,
)
from autograder.judge import results, training
from autograder.judge.case import Case, Context
from autograder.judge.steps import other_weights
from autograder.judge.verdicts import Verdict
from autograder.probe import steps
from autograder.probe.pytorch import record

WEIGHTS = (0.001, 1.0, 1.0)
ONE = [problem(head.name) for head in heads.HEADS]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    steps.forget()
    yield
    steps.forget()


def trained(asked: Problem, weights: Sequence[float], *, epochs: int = 150, lr: float = 0.02) -> Net:
    model = Net(asked)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    x, given = torch.tensor(rows()[0]), tuple(torch.tensor(one[:, None]).float() for one in labels(asked))
    for _ in range(epochs):
        optimizer.zero_grad()
        sum(w * term for w, term in zip(weights, terms(asked, model(x), given), strict=True)).backward()
        optimizer.step()
    return model


def case(asked: Problem, before: Any, after: Any, **more: Any) -> Case:
    evidence = NotebookEvidence(
        framework="pytorch",
        architecture=record(before, rows()[0], asked),
        training=TrainingEvidence(model=record(after, rows()[0], asked), steps=more.pop("steps", None)),
        loaders=LoadersEvidence(train=batches(asked), test=batches(asked)),
        **more,
    )
    thresholds = {metric.name: 60.0 if metric.kind == "mae" else 0.6 for metric in asked.metrics}
    context = Context(seed=1, problem=asked, thresholds=thresholds, hidden_labels=labels(asked))
    found = Case(NotebookEvidence.from_wire(evidence.to_wire()), context)
    found.logits = tuple(True if head.kind == "binary" else None for head in asked.heads)
    return found


# ---------------------------------------- training


def learns(asked: Problem, after: Any, *earlier: Verdict) -> Verdict:
    found = case(asked, Net(asked), after)
    found.add(*earlier)
    training.judge(found)
    return found.verdicts["learns"]


@pytest.mark.parametrize("asked", ONE, ids=lambda asked: asked.names[0])
def test_one_head_that_learned_passes(asked: Problem) -> None:
    found = learns(asked, trained(asked, (1.0,)))
    assert found.status == "pass"
    assert found.message.startswith("De loss is gedaald: ")


@pytest.mark.parametrize("asked", ONE, ids=lambda asked: asked.names[0])
def test_one_head_that_did_not_learn_gets_its_name(asked: Problem) -> None:
    assert learns(asked, copy.deepcopy(Net(asked))).fault == "not_trained"
    found = learns(asked, trained(asked, (1.0,), epochs=1, lr=1e-4))
    assert found.fault == "too_few_epochs"
    assert f"`{asked.names[0]}`" in found.message


def test_three_heads_that_learned_pass() -> None:
    found = learns(ALL, trained(ALL, WEIGHTS))
    assert found.status == "pass"
    assert found.message.startswith("Alle losses zijn gedaald: MSE ")
    assert found.message.count("BCE") == 2


@pytest.mark.parametrize("left_out", range(3))
def test_a_head_of_three_that_did_not_learn_is_named(left_out: int) -> None:
    weights = [0.0 if place == left_out else weight for place, weight in enumerate(WEIGHTS)]
    found = learns(ALL, trained(ALL, weights))
    assert found.fault in ("one_task_only", "heads_not_moved", "too_few_epochs")
    assert f"`{ALL.names[left_out]}`" in found.message


def test_the_heads_own_term_explains_that_it_is_not_learned() -> None:
    after = trained(ALL, (0.001, 1.0, 0.0))
    explained = Verdict(criterion="sex_term", status="fail", fault="missing")
    assert learns(ALL, after, explained).status == "not_judged"
    other = Verdict(criterion="high_term", status="fail", fault="missing")
    assert learns(ALL, after, other).status == "fail"


def test_another_number_of_outputs_is_not_judged() -> None:
    assert learns(ALL, Net(ONE[0])).status == "not_judged"


# ---------------------------------------- steps


def test_the_heads_of_which_the_weights_differ_are_named() -> None:
    torch.manual_seed(0)
    model = Net(ALL)
    before = copy.deepcopy(model)
    steps.watch({"model": model, "In": ["def loss_function(outputs, p, h, s): ...", "another loss"]}, ALL.loss)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    x, given = torch.tensor(rows()[0]), tuple(torch.tensor(one[:, None]).float() for one in labels(ALL))
    for block in torch.randperm(len(x)).split(48):
        optimizer.zero_grad()
        found = terms(ALL, model(x[block]), tuple(one[block] for one in given))
        (0.001 * found[0] + 1.0 * found[1] + 20.0 * found[2]).backward()
        optimizer.step()
    seen = steps.noted(model)
    assert seen is not None
    desk = case(ALL, before, model, steps=seen)
    desk.loss_weights = (0.001, 1.0, 20.0)
    assert other_weights(desk, seen, batches(ALL)) is None
    desk.loss_weights = (0.001, 1.0, 1.0)
    other = other_weights(desk, seen, batches(ALL))
    assert other is not None
    assert 2 in (other.one, other.against)


# ---------------------------------------- results


def scores(model: Net, asked: Problem) -> dict[str, float]:
    with torch.no_grad():
        found = model(torch.tensor(rows()[0]))
    values = list(found.values()) if isinstance(found, dict) else [found]
    pairs = zip(asked.metrics, values, labels(asked), strict=True)
    return {
        metric.name: float(np.abs(value[:, 0].numpy() - label).mean())
        if metric.kind == "mae"
        else float(((value[:, 0].numpy() > 0) == (label > 0.5)).mean())
        for metric, value, label in pairs
    }


def judged(model: Net, asked: Problem, **figures: float) -> dict[str, Verdict]:
    hidden = HiddenEvidence(x=rows()[0], widths=(rows()[0].shape[1],), train_found=True)
    reported = ResultsEvidence(figures={**scores(model, asked), **figures})
    desk = case(asked, model, model, hidden=hidden, results=reported)
    results.judge(desk)
    assert tuple(desk.verdicts) == results.criteria(asked)
    return desk.verdicts


@pytest.mark.parametrize("asked", [ALL, *ONE], ids=lambda asked: " ".join(asked.names))
def test_right_results_pass(asked: Problem) -> None:
    found = judged(trained(asked, WEIGHTS if asked is ALL else (1.0,)), asked)
    assert {verdict.status for verdict in found.values()} == {"pass"}


def test_a_low_figure_is_named_after_its_kind_and_its_head() -> None:
    found = judged(Net(ALL), ALL)
    assert (found["mae"].fault, found["sex_accuracy"].fault) == ("above_threshold", "below_threshold")
    assert "accuracy van `sex` op de verborgen patiënten" in found["sex_accuracy"].message
    assert "De MAE op de verborgen patiënten" in found["mae"].message


def test_an_accuracy_from_the_regression_on_its_column_gets_its_name() -> None:
    model = trained(ALL, (1.0, 0.0, 0.0), epochs=400)
    with torch.no_grad():
        share = float(((model(torch.tensor(rows()[0]))["progression"][:, 0].numpy() >= 150) == labels(ALL)[1]).mean())
    found = judged(model, ALL, high_accuracy=share)["reported"]
    assert found.fault == "from_regression"
    assert "`progression` met 150 te vergelijken" in found.message
    assert judged(model, ALL, sex_accuracy=share)["reported"].fault == "disagrees"


def test_a_squared_error_as_mae_gets_its_name() -> None:
    model = trained(ALL, WEIGHTS)
    with torch.no_grad():
        error = model(torch.tensor(rows()[0]))["progression"][:, 0].numpy() - labels(ALL)[0]
    assert judged(model, ALL, mae=float(np.mean(error**2)))["reported"].fault == "other_measure"
