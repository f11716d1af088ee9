"""A recorded PyTorch network runs again exactly, and a hostile program ends in one line."""

import json
from typing import Any

import numpy as np
import pytest
import torch
import zoo_pytorch
from problems import MULTITASK

from autograder.evidence.records import ModelEvidence, Output, Parameter, Recording
from autograder.exceptions import ReplayError
from autograder.judge.replay import load
from autograder.probe.pytorch import record

X = np.ones((8, 2), dtype="float32")


def recorded(model: Any, x: np.ndarray | None = None) -> Recording:
    evidence = record(model, zoo_pytorch.wines() if x is None else x, MULTITASK)
    assert evidence.recording is not None, evidence.failure
    return evidence.recording


@pytest.mark.parametrize("style", zoo_pytorch.RIGHT)
def test_every_style_survives_the_wire_and_runs_again_exactly(style: str) -> None:
    torch.manual_seed(0)
    x = zoo_pytorch.wines("float64" if style == "double precision" else "float32")
    recording = recorded(zoo_pytorch.RIGHT[style](), x)
    again = ModelEvidence.from_wire(ModelEvidence(recording=recording).to_wire()).recording
    assert again is not None
    for output, value in zip(again.outputs, load(again).run(again.x), strict=True):
        np.testing.assert_array_equal(value, output.value)


def test_other_inputs_and_other_weights_give_what_the_model_gives() -> None:
    torch.manual_seed(0)
    model = zoo_pytorch.RIGHT["batch norm and dropout"]().eval()
    network = load(recorded(model))
    x = np.random.default_rng(3).normal(size=(150, zoo_pytorch.FEATURES)).astype("float32")
    other = {name: value * 0.5 + 0.1 for name, value in network.weights.items() if value.dtype.kind == "f"}
    model.load_state_dict({**model.state_dict(), **{name: torch.tensor(value) for name, value in other.items()}})
    expected = [value.detach().numpy() for value in model(torch.tensor(x))]
    for value, wanted in zip(network.outputs(x, other), expected, strict=True):
        np.testing.assert_allclose(value, wanted, rtol=1e-5, atol=1e-6)


class ColumnsAndRows(torch.nn.Module):
    """Attention between parts of a wine, whose result lies in memory in another order than it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.up = torch.nn.Parameter(torch.randn(zoo_pytorch.FEATURES, 8))
        self.attention = torch.nn.MultiheadAttention(8, 2, batch_first=True)
        self.quality, self.good = torch.nn.Linear(8, 1), torch.nn.Linear(8, 1)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        parts = x.unsqueeze(-1) * self.up
        found = (parts + self.attention(parts, parts.tanh(), parts, need_weights=False)[0]).mean(1)
        return self.quality(found), self.good(found)


@pytest.mark.parametrize("make", [zoo_pytorch.Attention, zoo_pytorch.Residual, ColumnsAndRows])
def test_a_value_in_the_place_of_itself_changes_nothing(make: Any) -> None:
    torch.manual_seed(0)
    recording = recorded(make())
    network = load(recording)
    expected = network.outputs(recording.x)
    refs = [node.ref for node in network.nodes]
    for ref, value in zip(refs, network.run(recording.x, want=refs), strict=True):
        for found, wanted in zip(network.run(recording.x, override={ref: value}), expected, strict=True):
            np.testing.assert_allclose(found.reshape(wanted.shape), wanted, rtol=1e-5, atol=1e-6)


def test_gradients_are_those_of_the_model() -> None:
    torch.manual_seed(0)
    model = zoo_pytorch.Residual()
    recording = recorded(model)
    seed = np.random.default_rng(0).normal(size=recording.outputs[0].value.shape)
    found = next(load(recording).gradients(recording.x, recording.outputs[0].ref, [seed]))
    (model(torch.tensor(recording.x))[0] * torch.tensor(seed, dtype=torch.float32)).sum().backward()
    for name, parameter in model.named_parameters():
        if parameter.grad is None:
            assert found[name] is None
        else:
            np.testing.assert_allclose(found[name], parameter.grad.numpy(), rtol=1e-4, atol=1e-5)


def test_no_gradient_passes_a_detach_or_a_no_grad() -> None:
    for style in ("both detached", "no_grad"):
        recording = recorded(zoo_pytorch.WRONG[style].build())
        output = recording.outputs[0]
        found = next(load(recording).gradients(recording.x, output.ref, [np.ones(output.value.shape)]))
        assert found["trunk.0.weight"] is None
        assert found["quality.weight"] is not None


def test_an_inner_value_can_be_read_and_replaced() -> None:
    recording = recorded(zoo_pytorch.RIGHT["sequential trunk"]())
    network = load(recording)
    inner = next(node.ref for node in reversed(network.nodes) if node.op == "aten::relu")
    (hidden,) = network.run(recording.x, want=[inner])
    replaced = network.run(recording.x, override={inner: np.zeros_like(hidden)})
    np.testing.assert_allclose(replaced[0], np.broadcast_to(network.weights["quality.bias"], (64, 1)), atol=1e-7)


def operation(op: Any, *args: Any, makes: tuple[Any, ...] = ("a",), **kwargs: Any) -> dict[str, Any]:
    return {"op": op, "args": list(args), "kwargs": kwargs, "grad": True, "after": [], "makes": list(makes)}


INPUT = {"tensor": "input"}

HOSTILE: dict[str, Any] = {
    "not JSON": "{",
    "nested without end": "[" * 100_000,
    "not a list": json.dumps({"op": "aten::relu"}),
    "not operations": json.dumps([1, 2]),
    "a field too few": json.dumps([{"op": "aten::relu"}]),
    "arguments that are no list": json.dumps([{**operation("aten::relu"), "args": 3}]),
    "too many": json.dumps([operation("aten::relu", INPUT)] * 20_001),
    "unknown": json.dumps([operation("aten::no_such_operation", INPUT)]),
    "unknown overload": json.dumps([operation("aten::relu.no_such_overload", INPUT)]),
    "a file": json.dumps([operation("aten::from_file", "/etc/passwd", True, 100)]),
    "another namespace": json.dumps([operation("profiler::_record_function_enter_new", "a")]),
    "no name": json.dumps([operation(None)]),
    "an attribute of the namespace": json.dumps([operation("aten::__class__", INPUT)]),
    "an attribute of the packet": json.dumps([operation("aten::relu.__init__", INPUT)]),
    "changes storage": json.dumps([operation("aten::set_", INPUT)]),
    "random": json.dumps([operation("aten::rand_like", INPUT)]),
    "missing value": json.dumps([operation("aten::relu", {"tensor": "nowhere"})]),
    "huge": json.dumps([operation("aten::full", [1_000_000, 1_000_000], 1)]),
    "huge range": json.dumps([operation("aten::arange", 10**12)]),
    "more than a number can be": json.dumps([operation("aten::zeros", [10**30])]),
    "wrong types": json.dumps([operation("aten::relu", "text")]),
    "too many arguments": json.dumps([operation("aten::relu", INPUT, INPUT, INPUT)]),
    "an unknown dtype": json.dumps([operation("aten::to.dtype", INPUT, {"dtype": "quint8"})]),
    "another device": json.dumps([operation("aten::zeros", [2], device={"device": "cuda"})]),
    "an argument of two kinds": json.dumps([operation("aten::relu", {"tensor": "input", "dtype": "int8"})]),
    "an empty argument": json.dumps([operation("aten::relu", {})]),
    "a name that is no text": json.dumps([operation("aten::relu", INPUT, makes=([1],))]),
    "a name that is false": json.dumps([operation("aten::relu", INPUT, makes=("a", []))]),
    "a name that is made twice": json.dumps([operation("aten::relu", INPUT)] * 2),
    "the name of a parameter": json.dumps([operation("aten::relu", INPUT, makes=("a", "w"))]),
    "a mode that is neither": json.dumps([{**operation("aten::relu", INPUT), "grad": "yes"}]),
    "lists in lists": json.dumps([operation("aten::relu", json.loads("[" * 400 + "]" * 400))]),
    "half a character": json.dumps([operation("aten::\ud800", INPUT)]),
    "huge by name": json.dumps([operation("aten::full", size=[10**12], fill_value=1)]),
    "no output": json.dumps([operation("aten::relu", INPUT, makes=("b",))]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_program_ends_in_one_line(name: str) -> None:
    recording = Recording(
        framework="pytorch",
        program=HOSTILE[name],
        input_ref="input",
        x=X,
        parameters=(Parameter(name="w", value=np.ones(2), trainable=True, kind="parameter"),),
        outputs=(Output(name="quality", ref="a", value=X), Output(name="good", ref="a", value=X)),
        container="tuple",
        named=False,
    )
    with pytest.raises(ReplayError) as caught:
        load(recording).run(recording.x)
    assert "\n" not in str(caught.value)
