"""The PyTorch probe records any model, disturbs nothing, and never raises."""

import copy
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch
from problems import MULTITASK
from torch import nn

from autograder.evidence.problem import Input
from autograder.evidence.records import ModelEvidence, Recording
from autograder.judge.replay import load
from autograder.probe.pytorch import ROWS, record

X = np.random.default_rng(0).normal(size=(100, 11)).astype("float32")


class Net(nn.Module):
    def __init__(self, returns: Callable[..., Any] = lambda quality, good: (quality, good), features: int = 11) -> None:
        super().__init__()
        self.returns = returns
        self.trunk = nn.Sequential(nn.Linear(features, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.5))
        self.quality, self.good = nn.Linear(8, 1), nn.Linear(8, 1)

    def forward(self, x: torch.Tensor) -> Any:
        h = self.trunk(x)
        return self.returns(self.quality(h), self.good(h))


@dataclass
class Both:
    good: torch.Tensor
    quality: torch.Tensor


def recorded(model: Any, x: np.ndarray = X) -> Recording:
    evidence = record(model, x, MULTITASK)
    assert evidence.recording is not None, evidence.failure
    return evidence.recording


def failure(model: Any, x: np.ndarray = X) -> tuple[str, str]:
    evidence = record(model, x, MULTITASK)
    assert evidence.failure is not None
    assert "\n" not in evidence.failure.detail
    return evidence.failure.kind, evidence.failure.detail


@pytest.mark.parametrize(
    ("returns", "container", "named"),
    [
        (lambda q, g: (q, g), "tuple", False),
        (lambda q, g: [q, g], "list", False),
        (lambda q, g: {"good": g, "quality": q}, "dict", True),
        (lambda q, g: Both(g, q), "dataclass", True),
        (lambda q, g: torch.cat([q, g], 1), "stacked", False),
    ],
)
def test_outputs_come_quality_first_whatever_holds_them(returns: Any, container: str, named: bool) -> None:
    model = Net(returns)
    recording = recorded(model)
    model.eval()
    h = model.trunk(torch.tensor(X[:ROWS]))
    assert (recording.container, recording.named) == (container, named)
    assert [output.name for output in recording.outputs] == ["quality", "good"]
    for output, head in zip(recording.outputs, (model.quality, model.good), strict=True):
        np.testing.assert_allclose(output.value.reshape(-1, 1), head(h).detach(), rtol=1e-5, atol=1e-6)


def test_parameters_say_what_they_are() -> None:
    model = Net()
    model.trunk[0].weight.requires_grad_(False)
    found = {p.name: (p.trainable, p.kind) for p in recorded(model).parameters}
    assert found["trunk.0.weight"] == (False, "parameter")
    assert found["quality.bias"] == (True, "parameter")
    assert found["trunk.1.running_mean"] == (False, "buffer")


def test_each_output_tells_where_its_gradient_goes() -> None:
    class Detached(Net):
        def forward(self, x: torch.Tensor) -> Any:
            h = self.trunk(x)
            return self.quality(h), self.good(h.detach())

    quality, good = recorded(Detached()).outputs
    assert "trunk.0.weight" in (quality.reached or ())
    assert good.reached == ("good.weight", "good.bias")


def test_nothing_is_disturbed() -> None:
    model = Net()
    model.train()
    model.trunk[1].eval()
    modes = [module.training for module in model.modules()]
    values = copy.deepcopy(model.state_dict())
    states = random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist()
    recorded(model)
    assert [module.training for module in model.modules()] == modes
    assert all(torch.equal(value, values[name]) for name, value in model.state_dict().items())
    assert (random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist()) == states
    assert all(parameter.grad is None for parameter in model.parameters())


def test_a_model_that_changes_itself_and_draws_is_put_back() -> None:
    class Careless(Net):
        def forward(self, x: torch.Tensor) -> Any:
            self.train()
            random.random()
            np.random.rand()
            return super().forward(x + torch.randn_like(x))

    model = Careless()
    model.eval()
    mean = model.trunk[1].running_mean.clone()
    states = random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist()
    record(model, X, MULTITASK)
    assert torch.equal(model.trunk[1].running_mean, mean)
    assert not model.training
    assert (random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist()) == states


def test_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    record(Net(lambda q, g: (sys.stdout.write("here"), (q, g))[1]), X, MULTITASK)
    assert capsys.readouterr() == ("", "")


def test_a_lazy_model_is_built_and_recorded() -> None:
    model = nn.Sequential(nn.LazyLinear(8), nn.ReLU(), nn.Linear(8, 2))
    assert {p.name for p in recorded(model).parameters} == {"0.weight", "0.bias", "2.weight", "2.bias"}


def test_few_rows_and_double_precision_are_recorded_as_they_are() -> None:
    recording = recorded(Net().double(), X[:20].astype("float64"))
    assert (recording.x.shape, recording.x.dtype) == ((20, 11), np.float64)


def test_evidence_survives_the_wire() -> None:
    evidence = ModelEvidence(recording=recorded(Net()))
    assert ModelEvidence.from_wire(evidence.to_wire()).to_wire() == evidence.to_wire()


@pytest.mark.parametrize("thing", [None, 3, "model", Net, lambda x: x, {"a": 1}])
def test_what_is_no_module_is_unsupported(thing: Any) -> None:
    kind, detail = failure(thing)
    assert kind == "unsupported"
    assert detail.startswith("geen nn.Module maar ")


class TwoInputs(Net):
    def forward(self, x: torch.Tensor, other: torch.Tensor) -> Any:
        return super().forward(torch.cat([x, other], 1))


@pytest.mark.parametrize("model", [Net(features=8), Net(features=12), TwoInputs()])
def test_a_model_for_other_inputs_is_marked(model: nn.Module) -> None:
    kind, detail = failure(model)
    assert kind == "raised"
    assert detail.startswith("inputs:11:")


def raising(error: BaseException) -> Any:
    def fail(quality: Any, good: Any) -> Any:
        raise error

    return fail


@pytest.mark.parametrize(
    "returns",
    [
        raising(ValueError("a\nb")),
        raising(RuntimeError("mat1 and mat2 shapes cannot be multiplied (64x11 and 8x16)")),
        lambda q, g: "text",
        lambda q, g: (q, 3),
        lambda q, g: None,
        lambda q, g: torch.cat([q, g], 1) @ torch.ones(11, 8),
    ],
)
def test_a_model_that_fails_inside_is_not_blamed_on_its_inputs(returns: Any) -> None:
    kind, detail = failure(Net(returns))
    assert kind == "raised"
    assert not detail.startswith("inputs:")


def test_a_model_that_runs_but_cannot_be_recorded_says_so() -> None:
    kind, detail = failure(Net(lambda q, g: (q + torch.rand(q.shape, generator=torch.Generator()), g)))
    assert kind == "unrecorded"
    assert detail


def test_a_module_without_its_base_is_raised() -> None:
    class Unfinished(nn.Module):
        def __init__(self) -> None:
            pass

    assert failure(Unfinished())[0] == "raised"


TWO = MULTITASK.model_copy(
    update={"inputs": tuple(Input(name=name, columns=("alcohol",)) for name in ("numbers", "tokens"))}
)
SIDE_BY_SIDE = np.concatenate([X, np.random.default_rng(1).integers(0, 9, (100, 4))], 1).astype("float64")


class TwoInputs(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.numbers, self.tokens = nn.Linear(11, 8), nn.Embedding(9, 8)
        self.quality, self.good = nn.Linear(8, 1), nn.Linear(8, 1)

    def forward(self, numbers: torch.Tensor, tokens: torch.Tensor) -> Any:
        h = torch.relu(self.numbers(numbers) + self.tokens(tokens.view(-1, 4)).mean(1))
        return self.quality(h), self.good(h)


class InOne(TwoInputs):
    def forward(self, batch: Any) -> Any:  # type: ignore[override]
        return super().forward(batch[0], batch[1])


class ByName(TwoInputs):
    def forward(self, batch: Any) -> Any:  # type: ignore[override]
        return super().forward(batch["numbers"], batch["tokens"])


class TheOtherWayRound(TwoInputs):
    def forward(self, tokens: torch.Tensor, numbers: torch.Tensor) -> Any:  # type: ignore[override]
        return super().forward(numbers, tokens)


def of_two(model: Any) -> ModelEvidence:
    return record(model, SIDE_BY_SIDE, TWO, (11, 4), ("float32", "int64"))


@pytest.mark.parametrize("kind", [TwoInputs, InOne, ByName, TheOtherWayRound])
def test_several_inputs_are_cut_from_one_in_the_recorded_program(kind: type[TwoInputs]) -> None:
    model = kind()
    recording = ModelEvidence.from_wire(of_two(model).to_wire()).recording
    assert recording is not None
    assert (recording.widths, recording.dtypes) == ((11, 4), ("float32", "int64"))
    x = torch.tensor(SIDE_BY_SIDE[:ROWS])
    expected = TwoInputs.forward(model, x[:, :11].float(), x[:, 11:].long().contiguous())
    network = load(recording)
    for one, two, output in zip(network.run(recording.x), expected, recording.outputs, strict=True):
        np.testing.assert_allclose(one, two.detach(), rtol=1e-5, atol=1e-6)
        np.testing.assert_array_equal(one, output.value)
    flipped = network.run(np.flip(recording.x, axis=0))
    np.testing.assert_allclose(flipped[0], np.flip(recording.outputs[0].value, axis=0), rtol=1e-5, atol=1e-6)
    seed = np.ones(recording.outputs[0].value.shape)
    found = next(network.gradients(recording.x, network.output_refs[0], [seed]))
    expected[0].sum().backward()
    assert model.tokens.weight.grad is not None
    np.testing.assert_allclose(found["tokens.weight"], model.tokens.weight.grad, rtol=1e-4, atol=1e-6)


def test_inputs_of_another_width_are_told_from_what_fails_inside() -> None:
    wrong = record(TwoInputs(), SIDE_BY_SIDE[:, 1:], TWO, (10, 4), ("float32", "int64")).failure
    assert wrong is not None
    assert wrong.detail.startswith("inputs:10,4:RuntimeError")

    class Broken(InOne):
        def forward(self, batch: Any) -> Any:
            return self.missing(batch[0])

    broken = of_two(Broken()).failure
    assert broken is not None
    assert broken.detail.startswith("AttributeError")
    assert "missing" in broken.detail
