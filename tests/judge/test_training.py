"""The judge on training: a network that learned both tasks passes, every other gets its own name."""

import copy
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as nnf
from problems import MULTITASK
from torch import nn

from autograder.data import split_hidden
from autograder.evidence.records import (
    Batches,
    Failure,
    LoadersEvidence,
    ModelEvidence,
    NotebookEvidence,
    TrainingEvidence,
    TrainingSteps,
    UsedTestRows,
)
from autograder.evidence.requests import Frame
from autograder.judge.case import Case, Context
from autograder.judge.training import CRITERIA, judge
from autograder.judge.verdicts import Verdict
from autograder.probe.pytorch import record
from autograder.wines import FEATURES, load_wines

EPOCHS = 120

Loss = Callable[[Any, torch.Tensor, torch.Tensor], torch.Tensor]


class Net(nn.Module):
    """A trunk and two heads; logits or probabilities."""

    def __init__(self, *, probability: bool = False, width: int = 16, dropout: float = 0.0) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.trunk = nn.Sequential(nn.Linear(11, width), nn.ReLU(), nn.Dropout(dropout))
        self.quality = nn.Linear(width, 1)
        self.good = nn.Linear(width, 1)
        self.probability = probability

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        h = self.trunk(x)
        good = self.good(h)
        return self.quality(h), torch.sigmoid(good) if self.probability else good


@cache
def rows() -> tuple[np.ndarray, np.ndarray]:
    table = split_hidden(load_wines(), MULTITASK, seed=7).students
    x = table[list(FEATURES)].to_numpy()
    x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")
    return x, table["quality"].to_numpy(dtype="float32")


def both(outputs: Any, quality: torch.Tensor, good: torch.Tensor) -> torch.Tensor:
    return nnf.mse_loss(outputs[0], quality) + _bce(outputs[1], good)


def _bce(output: torch.Tensor, good: torch.Tensor, weight: float = 1.0) -> torch.Tensor:
    return nnf.binary_cross_entropy_with_logits(output, good, pos_weight=torch.tensor([weight]))


def trained(
    model: nn.Module,
    loss: Loss = both,
    *,
    epochs: int = EPOCHS,
    lr: float = 0.02,
    parameters: Iterable[Any] | None = None,
) -> nn.Module:
    """Train a copy of `model` on all rows at once."""
    model = copy.deepcopy(model)
    names = None if parameters is None else set(parameters)
    chosen = [p for name, p in model.named_parameters() if names is None or name.split(".")[0] in names]
    optimizer = torch.optim.Adam(chosen, lr=lr)
    x, quality = (torch.tensor(part) for part in rows())
    for _ in range(epochs):
        optimizer.zero_grad()
        loss(model(x), quality[:, None], (quality[:, None] >= 6).float()).backward()
        optimizer.step()
    return model


def loader() -> Batches:
    x, quality = rows()
    return Batches(
        kind="loader",
        x=x,
        widths=(x.shape[1],),
        labels=(quality, (quality >= 6).astype("float32")),
        shapes=((32, 11), (32,), (32,)),
        dtypes=("float32", "float32", "float32"),
        sizes=(len(x),),
        second_order=np.zeros(0),
    )


def judged(
    before: Any,
    after: Any,
    *,
    logit: bool | None = True,
    earlier: tuple[Verdict, ...] = (),
    batches: Any = None,
    steps: TrainingSteps | None = None,
    undrawn: tuple[str, ...] = (),
    test_rows: UsedTestRows | None = None,
) -> Verdict:
    def evidence(model: Any) -> ModelEvidence | None:
        if model is None or isinstance(model, ModelEvidence):
            return model
        return record(model, rows()[0], MULTITASK)

    final = evidence(after)
    notebook = NotebookEvidence(
        framework="pytorch",
        architecture=evidence(before),
        training=None if final is None else TrainingEvidence(
            model=final, steps=steps, undrawn=undrawn, test_rows=test_rows
        ),
        loaders=LoadersEvidence(train=batches or loader(), test=batches or loader()),
    )
    students = Frame(columns=("quality",), values=(rows()[1],))
    context = Context(seed=1, thresholds={}, students=students, problem=MULTITASK)
    case = Case(NotebookEvidence.from_wire(notebook.to_wire()), context)
    case.logits = (None, logit)
    case.add(*earlier)
    judge(case)
    return case.verdicts[CRITERIA[0]]


def outcome(*models: Any, **more: Any) -> str:
    verdict = judged(*models, **more)
    return verdict.fault or verdict.status


@cache
def net() -> Net:
    return Net()


@cache
def done() -> nn.Module:
    return trained(net())


def test_dropout_that_never_drew_was_not_in_training_mode_if_anything_was_trained() -> None:
    assert outcome(net(), done(), undrawn=("Dropout",)) == "evaluation_mode"
    assert outcome(net(), net(), undrawn=("Dropout",)) == "not_trained"
    assert outcome(net(), done()) == "pass"


@pytest.mark.parametrize(
    ("held", "used", "expected"),
    [(219, 219, "test_rows"), (219, 140, "test_rows"), (219, 80, "pass"), (219, 0, "pass"), (12, 12, "pass")],
)
def test_most_rows_of_the_test_part_must_not_have_trained(held: int, used: int, expected: str) -> None:
    assert outcome(net(), done(), test_rows=UsedTestRows(held=held, trained=used)) == expected


def test_a_network_that_did_not_learn_is_told_so_first() -> None:
    rows = UsedTestRows(held=219, trained=219)
    assert outcome(net(), trained(net(), epochs=1, lr=1e-4), test_rows=rows) == "too_few_epochs"


# ---------------------------------------- right ways


@pytest.mark.parametrize("logit", [True, None])
def test_a_trained_network_passes(logit: bool | None) -> None:
    assert outcome(net(), done(), logit=logit) == "pass"


@pytest.mark.parametrize("logit", [False, None])
def test_probabilities_pass(logit: bool | None) -> None:
    def loss(outputs: Any, quality: Any, good: Any) -> Any:
        return nnf.mse_loss(outputs[0], quality) + nnf.binary_cross_entropy(outputs[1], good)

    start = Net(probability=True)
    assert outcome(start, trained(start, loss), logit=logit) == "pass"


@pytest.mark.parametrize("weight", [0.2, 5.0])
def test_weighted_classes_pass(weight: float) -> None:
    def loss(outputs: Any, quality: Any, good: Any) -> Any:
        return nnf.mse_loss(outputs[0], quality) + _bce(outputs[1], good, weight)

    assert outcome(net(), trained(net(), loss)) == "pass"


def test_label_smoothing_and_dropout_pass() -> None:
    def loss(outputs: Any, quality: Any, good: Any) -> Any:
        return 0.3 * nnf.mse_loss(outputs[0], quality) + _bce(outputs[1], 0.1 + 0.8 * good)

    start = Net(dropout=0.3, width=32)
    assert outcome(start, trained(start, loss, epochs=250)) == "pass"


def test_a_model_that_was_made_anew_is_judged_by_its_losses() -> None:
    assert outcome(net(), trained(Net(width=24))) == "pass"


def test_without_the_network_before_training_the_losses_decide() -> None:
    assert outcome(None, done()) == "pass"
    assert outcome(None, net()) == "too_few_epochs"


def test_a_start_near_the_mean_passes() -> None:
    start = copy.deepcopy(net())
    nn.init.constant_(start.quality.bias, 5.6)
    assert outcome(start, trained(start)) == "pass"


def test_labels_that_are_float64_columns_pass() -> None:
    batches = loader().model_copy(update={"x": rows()[0].astype("float64"), "labels": (rows()[1], rows()[1] >= 6)})
    assert outcome(net(), done(), batches=batches) == "pass"


# ---------------------------------------- faults


def _quality_only(outputs: Any, quality: Any, good: Any) -> Any:
    return nnf.mse_loss(outputs[0], quality)


def _good_only(outputs: Any, quality: Any, good: Any) -> Any:
    return _bce(outputs[1], good)


def _spoiled() -> nn.Module:
    model = copy.deepcopy(done())
    with torch.no_grad():
        next(model.parameters())[0, 0] = float("nan")
    return model


FAULTS: dict[str, tuple[Callable[[], nn.Module], str]] = {
    "untouched": (lambda: copy.deepcopy(net()), "not_trained"),
    "three steps": (lambda: trained(net(), epochs=3), "too_few_epochs"),
    "a tiny step size": (lambda: trained(net(), lr=1e-5), "too_few_epochs"),
    "quality only": (lambda: trained(net(), _quality_only), "one_task_only"),
    "good only": (lambda: trained(net(), _good_only), "one_task_only"),
    "heads only": (lambda: trained(net(), parameters=["quality", "good"], epochs=400), "trunk_not_moved"),
    "trunk only": (lambda: trained(net(), parameters=["trunk"], epochs=400), "heads_not_moved"),
    "trunk and one head": (lambda: trained(net(), parameters=["trunk", "quality"], epochs=400), "heads_not_moved"),
    "not a number": (_spoiled, "diverged"),
    "far too large steps": (lambda: trained(net(), lr=50.0, epochs=10), "diverged"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_gets_its_name(name: str) -> None:
    make, fault = FAULTS[name]
    assert outcome(net(), make()) == fault


def test_the_message_carries_the_losses() -> None:
    message = judged(net(), trained(net(), _good_only)).message
    assert "`quality`" in message
    assert "MSE" in message
    assert "," in message


BESIDE = TrainingSteps(elsewhere=1000)


def test_a_network_made_anew_while_the_optimizer_holds_the_old_one_is_named() -> None:
    assert outcome(net(), Net(width=24), steps=BESIDE) == "other_network_trained"


def test_steps_elsewhere_do_not_accuse_a_network_that_learned_or_that_nothing_changed() -> None:
    assert outcome(net(), done(), steps=BESIDE) == "pass"
    assert outcome(net(), copy.deepcopy(net()), steps=BESIDE) == "not_trained"
    assert outcome(net(), trained(net(), _good_only), steps=BESIDE) == "one_task_only"
    assert outcome(net(), trained(net(), epochs=3), steps=TrainingSteps(elsewhere=2)) == "too_few_epochs"


def test_no_model_is_missing() -> None:
    assert outcome(net(), ModelEvidence(failure=Failure(kind="missing", name="model"))) == "missing"


# ---------------------------------------- no second accusation


@pytest.mark.parametrize(
    ("loss", "cause"),
    [
        (_quality_only, Verdict(criterion="classification_term", status="fail", fault="missing")),
        (_good_only, Verdict(criterion="regression_term", status="fail", fault="missing")),
    ],
)
def test_what_the_loss_explains_is_not_judged(loss: Loss, cause: Verdict) -> None:
    assert outcome(net(), trained(net(), loss), earlier=(cause,)) == "not_judged"


def test_a_frozen_trunk_is_not_accused_twice() -> None:
    model = trained(net(), parameters=["quality", "good"])
    cause = Verdict(criterion="shared_trunk", status="fail", fault="detached")
    assert outcome(net(), model, earlier=(cause,)) == "not_judged"


def test_swapped_labels_are_not_accused_twice() -> None:
    cause = Verdict(criterion="batches", status="fail", fault="labels_swapped")
    assert outcome(net(), done(), earlier=(cause,)) == "not_judged"


def test_without_a_loader_it_is_not_judged() -> None:
    assert outcome(net(), done(), batches=Failure(kind="missing", name="train_data")) == "not_judged"


def test_without_evidence_it_is_not_judged() -> None:
    assert outcome(net(), None) == "not_judged"


def test_a_model_that_raises_is_not_judged() -> None:
    raised = ModelEvidence(failure=Failure(kind="raised", name="model", detail="RuntimeError: x"))
    assert outcome(net(), raised) == "not_judged"


def test_one_output_is_not_judged() -> None:
    assert outcome(nn.Linear(11, 1), nn.Linear(11, 1)) == "not_judged"


def test_a_network_that_was_trained_before_its_cell_is_unsure() -> None:
    assert outcome(done(), copy.deepcopy(done())) == "unsure"


def test_inputs_that_the_network_cannot_take_are_unsure() -> None:
    batches = loader().model_copy(update={"x": rows()[0][:, :5], "widths": (5,)})
    assert outcome(net(), done(), batches=batches) == "unsure"


def test_a_recording_that_contradicts_itself_is_unsure() -> None:
    evidence = record(done(), rows()[0], MULTITASK)
    assert evidence.recording is not None
    outputs = tuple(o.model_copy(update={"value": o.value + 1}) for o in evidence.recording.outputs)
    forged = ModelEvidence(recording=evidence.recording.model_copy(update={"outputs": outputs}))
    assert outcome(net(), forged) == "unsure"
