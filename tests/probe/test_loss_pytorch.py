"""The probe of a PyTorch loss gives the loss what the student's own pipeline would, and leaves no trace."""

import random
import sys
import warnings
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from problems import MULTITASK
from torch import Tensor, nn

from autograder.evidence.records import Failure, LossEvidence
from autograder.judge.loss_challenge import make_loss_challenge
from autograder.probe.loss_pytorch import loss as probe

CHALLENGE = make_loss_challenge(MULTITASK, 1)
X = torch.randn(32, 4, generator=torch.Generator().manual_seed(0))
Y = torch.arange(32) % 6 + 3


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.5))
        self.q, self.g = nn.Linear(8, 1), nn.Linear(8, 1)

    def forward(self, x: Tensor) -> Any:
        h = self.trunk(x)
        return self.q(h), self.g(h)


def right(outputs: Any, quality: Tensor, good: Tensor, weight: float = 2.0) -> Tensor:
    return F.mse_loss(outputs[0], quality) + weight * F.binary_cross_entropy_with_logits(outputs[1], good)


def batch(shape: tuple[int, ...] = (-1, 1), dtype: torch.dtype = torch.float32) -> tuple[Tensor, Tensor, Tensor]:
    return X, Y.reshape(shape).to(dtype), (Y >= 6).reshape(shape).to(dtype)


def run(call: Any, model: Any = None, data: Any = None) -> LossEvidence:
    x, *labels = batch() if data is None else data
    return probe(call, model or Net(), ((x,), tuple(labels)), CHALLENGE, MULTITASK)


def test_it_sends_values_and_gradients_of_every_probe() -> None:
    evidence = run(right)
    assert evidence.failure is None
    assert len(evidence.logits) == len(evidence.probabilities) == len(CHALLENGE.sizes)
    place = slice(0, CHALLENGE.sizes[0])
    first, error = evidence.logits[0], (CHALLENGE.outputs[0] - CHALLENGE.labels[0])[place]
    np.testing.assert_allclose(first.gradients[0], 2 * error / len(error), rtol=1e-4, atol=1e-6)
    z, t = CHALLENGE.outputs[1][place].astype(float), CHALLENGE.labels[1][place]
    value = (error**2).mean() + 2 * (np.logaddexp(0, z) - t * z).mean()
    assert first.value == pytest.approx(value, rel=1e-5)


def test_an_output_that_is_not_used_has_no_gradient_and_one_times_nil_has_zeros() -> None:
    evidence = run(lambda o, y, t: F.mse_loss(o[0], y))
    assert all(p.gradients[1] is None for p in evidence.logits)
    evidence = run(lambda o, y, t: F.mse_loss(o[0], y) + 0 * o[1].sum())
    assert all(p.gradients[1] is not None and not p.gradients[1].any() for p in evidence.logits)


def test_labels_come_as_the_loader_yields_them() -> None:
    for shape, dtype in (((-1,), torch.int64), ((-1, 1), torch.float64), ((-1,), torch.bool)):
        seen: set[Any] = set()

        def call(o: Any, y: Tensor, t: Tensor, seen: set[Any] = seen) -> Tensor:
            seen.add((y.ndim, y.dtype, t.ndim, t.dtype))
            return (o[0].flatten() * y.flatten()).mean() + (o[1].flatten() * t.flatten()).mean()

        assert run(call, data=batch(shape, dtype)).failure is None
        assert seen == {(len(shape), dtype, len(shape), dtype)}


def test_numpy_labels_stay_numpy() -> None:
    def call(o: Any, y: Any, t: Any) -> Tensor:
        assert isinstance(y, np.ndarray)
        return F.mse_loss(o[0], torch.from_numpy(y)) + o[1].mean()

    x, y, t = batch()
    assert run(call, data=(x.numpy(), y.numpy(), t.numpy())).failure is None


def test_labels_that_the_loss_refuses_are_tried_as_the_loop_may_give_them() -> None:
    evidence = run(right, data=batch((-1,), torch.int64))
    assert evidence.failure is None
    assert all(p.value is not None for p in evidence.logits)


def test_a_loss_that_raises_says_what() -> None:
    def call(o: Any, y: Tensor, t: Tensor) -> Tensor:
        raise ValueError("twee\nregels")

    assert run(call).failure == Failure(kind="raised", name="multitask_loss", detail="ValueError: twee regels")


@pytest.mark.parametrize("result", [None, (1.0, 2.0), torch.ones(3), "x", {"loss": 1.0}])
def test_a_result_that_is_not_one_number_is_described(result: Any) -> None:
    failure = run(lambda o, y, t: result).failure
    assert failure is not None
    assert (failure.kind, failure.name) == ("unsupported", "multitask_loss")


def test_a_loss_for_its_own_batch_size_only_is_not_blamed() -> None:
    def call(o: Any, y: Tensor, t: Tensor) -> Tensor:
        return right(o, y.reshape(40, 1), t)

    failure = run(call, data=tuple(torch.cat([part, part[:8]]) for part in batch())).failure
    assert failure is not None
    assert (failure.kind, failure.name) == ("unsupported", "batch")


def test_bce_on_logits_works_on_probabilities_only() -> None:
    evidence = run(lambda o, y, t: F.mse_loss(o[0], y) + F.binary_cross_entropy(o[1], t))
    assert all(p.value is not None for p in evidence.probabilities)
    assert all(p.error for p in evidence.logits[:3])


def test_missing_objects_are_passed_on() -> None:
    gone = Failure(kind="missing", name="model")
    assert run(right, model=gone).failure == gone
    assert run(Failure(kind="missing", name="multitask_loss")).failure is not None
    assert run(right, data=Failure(kind="raised", name="train_data", detail="x")).failure is not None
    for odd in (3, "loss"):
        assert run(odd).failure is not None
    assert run(right, model=object()).failure is not None


@pytest.mark.parametrize("width", [1, 3])
def test_a_model_without_two_outputs_is_the_models_fault(width: int) -> None:
    failure = run(right, model=nn.Linear(4, width)).failure
    assert failure is not None
    assert failure.name == "model"


def test_a_model_that_raises_is_the_models_fault() -> None:
    failure = run(right, model=nn.Linear(5, 2)).failure
    assert failure is not None
    assert (failure.kind, failure.name) == ("raised", "model")


calls: list[int] = []


def test_globals_that_the_loss_changes_are_put_back() -> None:
    def call(o: Any, y: Tensor, t: Tensor) -> Tensor:
        calls.append(1)
        return right(o, y, t)

    assert run(call).failure is None
    assert calls == []


def test_nothing_is_left_behind(capfd: pytest.CaptureFixture[str]) -> None:
    class Noisy(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.weight = nn.Parameter(torch.ones(()))
            self.register_buffer("mean", torch.zeros(()))

        def forward(self, o: Any, y: Tensor, t: Tensor) -> Tensor:
            self.mean += 1
            sys.stdout.write(f"student's own words {torch.rand(1)} {random.random()} {np.random.rand()}")
            warnings.warn("careful", stacklevel=1)
            return self.weight * F.mse_loss(o[0], y) + F.binary_cross_entropy_with_logits(o[1], t)

    model, call = Net().train(), Noisy()
    right(model(X), *batch()[1:]).backward()
    state = {name: value.clone() for name, value in model.state_dict().items()}
    gradients = [None if p.grad is None else p.grad.clone() for p in model.parameters()]
    torch.manual_seed(0)
    random.seed(0)
    np.random.seed(0)
    before = (torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist())
    assert run(call, model=model).failure is None
    assert model.training
    assert model.trunk.training
    assert all(torch.equal(state[name], value) for name, value in model.state_dict().items())
    for parameter, gradient in zip(model.parameters(), gradients, strict=True):
        assert gradient is not None
        assert torch.equal(parameter.grad, gradient)
    assert call.mean == 0
    assert call.weight.grad is None
    assert torch.equal(before[0], torch.get_rng_state())
    assert before[1] == random.getstate()
    assert before[2] == np.random.get_state()[1].tolist()
    assert capfd.readouterr() == ("", "")


def test_training_mode_shows_what_evaluation_hides() -> None:
    class Late(Net):
        def forward(self, x: Tensor) -> Any:
            q, g = super().forward(x)
            return q, 50 * g if self.training else torch.sigmoid(g)

    seen = run(right, model=Late()).in_training
    assert seen is not None
    assert [one.shape for one in seen] == [(32,), (32,)]
    assert np.abs(seen[1]).max() > 1
