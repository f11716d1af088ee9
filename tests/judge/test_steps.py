"""The judge on the steps of a training: another loss than defined is named, noise and unusual loops are not."""

from collections.abc import Callable, Iterator
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
    NotebookEvidence,
    OptimizerStep,
    TrainingEvidence,
    TrainingSteps,
)
from autograder.judge.case import Case, Context
from autograder.judge.steps import _beyond, evaluated, other_weights, piled_up
from autograder.probe import steps
from autograder.probe.pytorch import record
from autograder.wines import FEATURES, load_wines

LOOP = ["def multitask_loss(outputs, quality, good): ...", "a loop that does not name it"]

Loss = Callable[[Any, Any, Any], Any]


@cache
def rows() -> tuple[torch.Tensor, torch.Tensor]:
    table = split_hidden(load_wines(), MULTITASK, seed=7).students
    x = table[list(FEATURES)].to_numpy()
    x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")
    return torch.tensor(x), torch.tensor(table["quality"].to_numpy(dtype="float32"))[:, None]


class Net(nn.Module):
    def __init__(self, *, norm: bool = False, dropout: float = 0.0) -> None:
        super().__init__()
        extra = nn.BatchNorm1d(32) if norm else nn.Identity()
        self.trunk = nn.Sequential(nn.Linear(11, 32), extra, nn.ReLU(), nn.Dropout(dropout))
        self.quality, self.good = nn.Linear(32, 1), nn.Linear(32, 1)

    def forward(self, x: Any) -> Any:
        h = self.trunk(x)
        return self.quality(h), self.good(h)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    steps.forget()
    yield
    steps.forget()


def times(
    loss: Loss, *, seed: int = 0, batch: int = 64, cells: list[str] = LOOP, clip: bool = False, **more: Any
) -> Any:
    """What the judge makes of a training with `loss` where 0.5·MSE + BCE was defined."""
    torch.manual_seed(seed)
    model = Net(**more)
    x, quality = rows()
    initial = record(model, x.numpy(), MULTITASK)
    steps.watch({"model": model, "In": cells}, MULTITASK.loss)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for batch_rows in torch.randperm(len(x)).split(batch):
        optimizer.zero_grad()
        loss(model(x[batch_rows]), quality[batch_rows], (quality[batch_rows] >= 6).float()).backward()
        if clip:
            nn.utils.clip_grad_norm_(model.parameters(), 0.5)
        optimizer.step()
    seen = steps.noted(model)
    loader = Batches(
        kind="loader",
        x=x.numpy(),
        widths=(x.shape[1],),
        labels=(quality.numpy()[:, 0], quality.numpy()[:, 0] >= 6),
        shapes=((64, 11), (64,), (64,)),
        dtypes=("float32",) * 3,
        sizes=(len(x),),
        second_order=np.zeros(0),
    )
    evidence = NotebookEvidence(
        framework="pytorch",
        architecture=initial,
        training=TrainingEvidence(model=record(model, x.numpy(), MULTITASK), steps=seen),
    )
    evidence = NotebookEvidence.from_wire(evidence.to_wire())
    case = Case(evidence, Context(seed=1, problem=MULTITASK))
    case.logits, case.loss_weights = (None, True), (0.5, 1.0)
    assert evidence.training is not None
    assert evidence.training.steps is not None
    found = other_weights(case, evidence.training.steps, loader)
    assert found is None or (found.one, found.against) == (0, 1)
    return found.times if found else None


def weighted(quality_weight: float, good_weight: float) -> Loss:
    def loss(outputs: Any, quality: Any, good: Any) -> Any:
        mse, bce = nnf.mse_loss(outputs[0], quality), nnf.binary_cross_entropy_with_logits(outputs[1], good)
        return quality_weight * mse + good_weight * bce

    return loss


def absolute(outputs: Any, quality: Any, good: Any) -> Any:
    return nnf.l1_loss(outputs[0], quality) + nnf.binary_cross_entropy_with_logits(outputs[1], good)


@pytest.mark.parametrize("more", [{}, {"norm": True}, {"dropout": 0.4}, {"clip": True}], ids=str)
@pytest.mark.parametrize("batch", [16, 64])
@pytest.mark.parametrize("seed", range(3))
def test_the_defined_loss_is_never_another_one(seed: int, batch: int, more: dict[str, Any]) -> None:
    assert times(weighted(0.5, 1.0), seed=seed, batch=batch, **more) is None


@pytest.mark.parametrize("factor", [0.01, 1.0, 32.0])
def test_a_common_factor_is_no_other_loss(factor: float) -> None:
    assert times(weighted(0.5 * factor, factor)) is None


@pytest.mark.parametrize("seed", range(2))
def test_other_weights_are_another_loss(seed: int) -> None:
    found = times(weighted(1.0, 10.0), seed=seed)
    assert found is not None
    assert 1 / 60 < found < 1 / 3  # 1 / 20, as far as chance in the batches lets it be seen
    found = times(weighted(10.0, 1.0), seed=seed)
    assert found is not None
    assert 3 < found < 60


@pytest.mark.parametrize("seed", range(2))
def test_the_absolute_error_is_another_loss(seed: int) -> None:
    assert times(absolute, seed=seed) is not None


def test_a_loop_that_names_the_loss_is_believed() -> None:
    assert times(weighted(1.0, 10.0), cells=[LOOP[0], "multitask_loss(out, q, g, weight=0.1)"]) is None


# ---------------------------------------- signs have to agree


def _steps(norms: list[float], writes: list[int | None]) -> TrainingSteps:
    return TrainingSteps(first=tuple(OptimizerStep(norm=n, writes=w) for n, w in zip(norms, writes, strict=True)))


GROWING = [10.0, 19.0, 28.0, 36.0, 44.0, 51.0]


# Measured on small networks: batches that differ much, a first batch that is a small one, and zeroing through .data.
UNEVEN = [1.0, 1.65, 1.28, 2.07, 2.01, 2.35, 3.34, 3.53, 4.08, 4.27, 5.3, 5.75]
QUICK = [1.0, 2.48, 4.31, 8.04, 9.3, 11.33, 13.17, 15.55, 17.58, 20.47, 20.84, 23.27]
THROUGH_DATA = [1.0, 1.4, 0.8, 1.2, 1.6, 1.1, 1.9, 1.3, 1.5, 1.2, 1.7, 1.6]


@pytest.mark.parametrize(
    ("norms", "writes", "found"),
    [
        (GROWING, [None, 1, 1, 1, 1, 1], True),
        (GROWING, [None, 2, 2, 2, 2, 2], False),  # zeroed in place, and growing for another reason
        (GROWING, [None, 1, 1, None, 1, 1], False),  # once other tensors
        ([10.0, 11.0, 9.0, 10.0, 12.0, 11.0], [None, 1, 1, 1, 1, 1], False),  # zeroed through .data
        ([10.0, 25.8, 41.1, 50.6, 66.0, 78.5], [None, 1, 1, 1, 1, 1], True),  # the first batch was a small one
        ([10.0, 30.0, 90.0, 270.0, 810.0, 2430.0], [None, 1, 1, 1, 1, 1], False),  # it runs away
        ([10.0, 22.0, 48.0, 106.0, 233.0, 512.0], [None, 1, 1, 1, 1, 1], False),
        (GROWING[:4], [None, 1, 1, 1], False),
        ([0.0] * 6, [None, 1, 1, 1, 1, 1], False),
        (3 * GROWING[:4], 3 * [None, 1, 1, 1], True),  # emptied every fourth step, though each batch has a step
        (3 * GROWING[:4], [None, 1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1], True),
        (2 * GROWING[:5] + GROWING[:2], [None, 1, 1, 1, 1, None, 1, 1, 1, 1, None, 1], True),
        ([*GROWING[:4], 9.0, 10.0, 8.0, 9.0, *GROWING[:4]], 3 * [None, 1, 1, 1], False),  # one pile that is none
        (GROWING[:2] + 3 * GROWING[:3] + GROWING[:1], [None, 1, *3 * [None, 1, 1], None], True),
        (6 * GROWING[:2], 6 * [None, 1], False),
        ([10.0, 11.0, 12.0, 11.0] * 3, 3 * [None, 1, 1, 1], False),  # zeroed through .data in between
        (UNEVEN, [None, *11 * [1]], True),
        (UNEVEN, [None, *11 * [2]], False),
        (UNEVEN[:7], [None, *6 * [1]], False),  # too few to be sure
        (QUICK, [None, *11 * [1]], True),
        (THROUGH_DATA, [None, *11 * [1]], False),
        ([2.0**place for place in range(12)], [None, *11 * [1]], False),  # it runs away
        ([1.0] * 12, [None, *11 * [1]], False),
        ([1.0, 2.0, float("nan"), 4.0] * 3, [None, *11 * [1]], False),
    ],
)
def test_gradients_pile_up_when_both_signs_say_so(norms: list[float], writes: list[int | None], found: bool) -> None:
    assert (piled_up(_steps(norms, writes)) is not None) is found


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ([0.22, 0.21, 0.25, 0.12, 0.48, 0.2], True),
        ([0.17, 0.33, 0.17], True),
        ([4.0, 5.0, 3.0, 6.0, 1.2], True),
        ([0.2, 0.2], False),
        ([0.2, 0.2, 0.2, 1.1], False),
        ([0.3, 0.3, 3.0, 3.0], False),
        ([1.2, 0.9, 1.1, 1.0, 0.8], False),
        ([0.2, 0.2, 0.2, float("nan")], False),
        ([], False),
    ],
)
def test_most_steps_and_their_mean_have_to_be_far_off(times: list[float], found: bool) -> None:
    assert (_beyond(times) is not None) is found


@pytest.mark.parametrize(
    ("layers", "watched", "evaluating", "still", "found"),
    [
        (("Dropout",), 660, 660, 600, True),
        (("Dropout",), 660, 594, 540, True),  # only the first epoch in training mode
        (("Dropout",), 660, 660, 0, False),
        (("Dropout",), 660, 0, 600, False),
        (("Dropout",), 4, 4, 3, False),
        ((), 660, 660, 660, False),
    ],
)
def test_evaluation_mode_needs_both_signs(
    layers: tuple[str, ...], watched: int, evaluating: int, still: int, found: bool
) -> None:
    assert evaluated(TrainingSteps(layers=layers, watched=watched, evaluating=evaluating, still=still)) is found
